"""A clause of a sentence, with its months and its series."""

from __future__ import annotations

from dataclasses import dataclass, field

import pandas as pd

from trends.reading._items import Item
from trends.reading._spans import resolve
from trends.reading._tokens import Plain


@dataclass(slots=True)
class Part:
    """A clause: what it says, and what it takes from its neighbours."""

    items: list[Item]
    roles: dict[int, str] = field(default_factory=dict)  # id of a time item -> its role
    hard: bool = False  # a full stop or a semicolon stands before it
    lead: str = ""  # the word or the mark before it
    tail: str = ""  # and the one after it
    series: str = ""
    month: pd.Period | None = None
    first: pd.Period | None = None  # where it speaks of a span: its first month
    named: bool = False  # whether its month is named in the sentence
    lender: Part | None = field(default=None, compare=False)  # whose month it has taken

    def get(self, *tags: str) -> Item | None:
        """The first unused item with one of these tags."""
        return next((item for item in self.items if item.tag in tags and not item.used), None)

    def all(self, *tags: str) -> list[Item]:
        """The unused items with these tags."""
        return [item for item in self.items if item.tag in tags and not item.used]

    def has(self, *tags: str) -> bool:
        """Whether an item with one of these tags is there, used or not."""
        return any(item.tag in tags for item in self.items)

    def says(self) -> bool:
        """Whether it only says who said it, and when: ", DeepState said on Oct. 1"."""
        return self.has("SOURCE") and not self.has("SERIES", "NUMBER", "PERCENT", "TIMES", "SUP")

    def only_counts(self) -> bool:
        """Whether its verb stands in a clause before: "and 140 missiles in November"."""
        verbless = all(
            i.tag in ("NUMBER", "SERIES", "TIME", "HINT", "REFUSED")
            or i.words in ("in", "during", "of")
            for i in self.items
        )
        return verbless and self.has("NUMBER")

    def times(self, *roles: str) -> list[Item]:
        """The unused times with these roles."""
        return [i for i in self.items
                if i.tag == "TIME" and not i.used and self.roles.get(id(i)) in roles]  # fmt: skip

    def before(self, item: Item, n: int = 1) -> Item | None:
        """The n-th item before another."""
        at = next(k for k, other in enumerate(self.items) if other is item)
        return self.items[at - n] if at >= n else None

    def after(self, item: Item, n: int = 1) -> Item | None:
        """The n-th item after another."""
        at = next(k for k, other in enumerate(self.items) if other is item)
        return self.items[at + n] if at + n < len(self.items) else None

    @property
    def start(self) -> int:
        """Where it begins in the plain text."""
        return self.items[0].start

    @property
    def end(self) -> int:
        """Where it ends."""
        return max(item.end for item in self.items)

    def text_after(self, item: Item) -> str:
        """The words of the items that follow another."""
        at = next(k for k, other in enumerate(self.items) if other is item)
        return " ".join(other.words for other in self.items[at + 1 : at + 6])

    def text(self, plain: Plain) -> str:
        """Its plain text."""
        return plain.text[self.start : self.end]


def months_of(
    item: Item, seen: pd.Period | None, *, strict: bool
) -> tuple[pd.Period, pd.Period] | None:
    """The months that a time item means."""
    return resolve(item.time, seen, strict=strict)
