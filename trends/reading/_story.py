"""What is known while a text is read: the month spoken of, the series, the claims so far."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field, replace

import pandas as pd

from trends.claims import Claim, Window
from trends.errors import TrendsError
from trends.reading._items import Item
from trends.reading._numbers import Number
from trends.reading._parts import Part
from trends.reading._tokens import Plain


def _within_itself(given: dict[str, object]) -> bool:
    """Whether a span is compared with months of its own; a month may be, with its year."""
    first, month, bases = given.get("first"), given["month"], given["bases"]
    if first == month or not isinstance(first, pd.Period) or not isinstance(bases, tuple):
        return False
    return any(start <= month and first <= end for start, end in bases)


@dataclass(slots=True)
class Found:
    """A claim, the part it was read from, and what was taken for granted."""

    claim: Claim
    part: Part
    parts: list[Part] = field(default_factory=list)
    assumed: tuple[str, ...] = ()


@dataclass(slots=True)
class Missed:
    """A part that was not read, or a piece of one."""

    part: Part
    start: int
    end: int
    why: str
    whole: bool = True


@dataclass(slots=True)
class Fact:
    """A number that is printed for a series and its months."""

    item: Item
    part: Part
    mode: str = ""  # gained, lost, net
    series: str = ""
    month: pd.Period | None = None
    first: pd.Period | None = None
    day: tuple[dt.date, dt.date] | None = None
    apart: bool = False  # the figure of a month compared with

    @property
    def number(self) -> Number:
        """The number."""
        return self.item.number


@dataclass(slots=True)
class Story:
    """The text, and all that has been read of it."""

    plain: Plain
    seen: pd.Period | None  # the month the text is about, where it names none
    published: dt.date | None
    metric: str
    upto: pd.Period | None = None  # the latest month that a bare name can mean
    parts: list[Part] = field(default_factory=list)
    found: list[Found] = field(default_factory=list)
    missed: list[Missed] = field(default_factory=list)
    facts: list[Fact] = field(default_factory=list)
    strange: list[tuple[Part, str]] = field(default_factory=list)  # parts with unknown words

    def add(
        self, part: Part, type_: type[Claim], /, *used: Item | None, **given: object
    ) -> Found | None:
        """Take a claim of this type up, or say why it cannot be one."""
        for item in used:
            if item is not None:
                item.used = True
        assumed = given.pop("assumed", ())
        given.setdefault("series", part.series)
        given.setdefault("month", part.month)
        if given["month"] is None:
            self.miss(part, "no month is named; give month= or published=")
            return None
        if given.get("base") == given["month"]:
            self.miss(part, "it is compared with its own month")
            return None
        if type_ is Window and _within_itself(given):
            self.miss(part, "it is compared with a part of itself")
            return None
        try:
            claim = type_(**given)  # type: ignore[arg-type]
        except TrendsError as error:
            self.miss(part, str(error))
            return None
        found = Found(claim, part, [part], tuple(map(str, assumed)))  # type: ignore[call-overload]
        self.found.append(found)
        return found

    def miss(self, part: Part, why: str) -> None:
        """Say that a part is not read, and spend it."""
        for item in part.items:
            item.used = True
        self.facts = [fact for fact in self.facts if fact.part is not part]
        self.found = [found for found in self.found if found.part is not part]
        if all(missed.part is not part for missed in self.missed):
            self.missed.append(Missed(part, part.start, part.end, why))

    def leave(self, part: Part, start: int, end: int, why: str) -> None:
        """Say that a piece of a part is not read, and keep the rest."""
        self.missed.append(Missed(part, start, end, why, whole=False))

    def rests_on(self, part: Part) -> bool:
        """Whether a claim or a figure was read from a part."""
        return any(found.part is part for found in self.found) or any(
            fact.part is part for fact in self.facts
        )

    def last_of(self, kind: type[Claim]) -> Found | None:
        """The last claim, if it is of this kind."""
        if self.found and isinstance(self.found[-1].claim, kind):
            return self.found[-1]
        return None

    def amend(self, found: Found, part: Part, **given: object) -> None:
        """Add what a later part says of a claim."""
        found.claim = replace(found.claim, **given)  # type: ignore[arg-type]
        found.parts.append(part)
