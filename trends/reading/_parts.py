"""A sentence in parts, each with its months and its series."""

from __future__ import annotations

from dataclasses import dataclass, field

import pandas as pd

from trends.reading._items import Item
from trends.reading._months import resolve
from trends.reading._tokens import Plain
from trends.reading._words import pick

_SKIPPED = frozenset(
    pick(
        "the|that|of|its|as|in|level|figure|total|those|what|it|was|all|a|during|for|many|much|"
        "high|large|big|were|reported|period|month's|seen|it's|their|is|is'|every|almost|just|"
        "reached|at|least|way|back"
    )
)
_VERGES = {"third": 3, "fifth": 5, "sixth": 6, "eighth": 8, "tenth": 10}
_NTH_NEXT = {"RUN", "MONTHS", "REC", "SUP", "UP", "DOWN", "NIGHT"}
_MEASURES = {"PERCENT", "TIMES", "NUMBER", "UP", "DOWN", "MORE", "ACC", "SLOW"}
_COMPARED = {"the", "that", "those", "what", "as", "of", "of the"}
_IN = {"in", "during"}
_HARD = {".", ";", "!", "?"}
_NOT_SPLIT_AS = {"many", "much", "large", "high", "big", "fast", "a", "the", "in", "well", "it",
                 "of", "low", "few"}  # fmt: skip


@dataclass(slots=True)
class Part:
    """A clause: what it says, and what it takes from its neighbours."""

    items: list[Item]
    roles: dict[int, str] = field(default_factory=dict)  # id of a time item -> its role
    hard: bool = False  # a full stop or a semicolon stands before it
    lead: str = ""  # the word or the mark before it
    series: str = ""
    month: pd.Period | None = None
    first: pd.Period | None = None  # where it speaks of a span: its first month
    named: bool = False  # whether its month is named in the sentence

    def get(self, *tags: str) -> Item | None:
        """The first unused item with one of these tags."""
        return next((item for item in self.items if item.tag in tags and not item.used), None)

    def all(self, *tags: str) -> list[Item]:
        """The unused items with these tags."""
        return [item for item in self.items if item.tag in tags and not item.used]

    def has(self, *tags: str) -> bool:
        """Whether an item with one of these tags is there, used or not."""
        return any(item.tag in tags for item in self.items)

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


def split(items: list[Item]) -> list[Part]:
    """The parts of a text, at the marks and at the words that join clauses."""
    items = _ordinals(items)
    parts: list[Part] = []
    current: list[Item] = []
    hard, lead = False, ""
    for k, item in enumerate(items):
        if item.tag in ("MARK", "JOIN") and not _kept(items, k):
            if current:
                parts.append(Part(current, hard=hard, lead=lead))
                current, hard, lead = [], False, ""
            hard, lead = hard or item.words in _HARD, item.words
        else:
            current.append(item)
    if current:
        parts.append(Part(current, hard=hard, lead=lead))
    for part in parts:
        _assign(part)
    return parts


def _ordinals(items: list[Item]) -> list[Item]:
    """``a third month``, ``missiles for a third``: no third of a month."""
    for k, item in enumerate(items):
        name = item.words.split()[-1] if item.words else ""
        if item.tag != "TIMES" or name not in _VERGES or item.number.hedge:
            continue
        before = items[k - 1].words if k else ""
        after = items[k + 1] if k + 1 < len(items) else None
        counted = after is not None and (after.tag in _NTH_NEXT or after.words == "time")
        if counted or (before == "for" and (after is None or after.tag in ("MARK", "JOIN"))):
            item.tag, item.value = "NTH", _VERGES[name]
    return items


def _kept(items: list[Item], k: int) -> bool:
    """Whether a mark or a joining word stands inside a clause."""
    item = items[k]
    before = items[k - 1] if k else None
    after = items[k + 1] if k + 1 < len(items) else None
    if item.words == "as" and after is not None and after.words in _NOT_SPLIT_AS:
        return True
    if before is None or after is None:
        return False
    if item.words == "and" and _listed(items, k):
        return True
    if item.words == "," and _listed(items, k) and k + 2 < len(items):
        return items[k + 2].words in ("and", ",")
    if item.words == "as":
        return after.words in _NOT_SPLIT_AS or before.words in _NOT_SPLIT_AS or after.tag in (
            "TIME", "MORE", "SERIES", "NUMBER"
        ) or before.tag == "TIMES" or before.words == "twice"  # fmt: skip
    if item.words == "after":
        at = k + 1
        while at < len(items) and items[at].words in ("the", "a", "an"):
            at += 1
        if at < len(items) and items[at].tag == "TIME":
            item.tag = "AHEAD"
            return True
    return item.words == "with" and before.tag in ("BASE", "WORD") and before.words in (
        "compared", "comparison")  # fmt: skip


def _listed(items: list[Item], k: int) -> bool:
    """Whether an "and" joins two times: "October and November 2024"."""
    before, after = items[k - 1], items[k + 1]
    if before.tag != "TIME":
        return False
    if after.tag == "WORD" and after.words in ("the", "all", "of") and k + 2 < len(items):
        after = items[k + 2]
    return after.tag == "TIME" and {before.time.kind, after.time.kind} <= {"month", "year"}


def _next(part: Part, k: int) -> Item | None:
    """The next item that says something."""
    for item in part.items[k + 1 :]:
        if not (item.tag in ("WORD", "ONLY", "EVERY", "SHAREOF", "TO") and item.words in _SKIPPED):
            return item
    return None


def _many(part: Part, k: int) -> bool:
    """Whether an "as" is that of "as many"."""
    return k < len(part.items) and part.items[k].words in _NOT_SPLIT_AS - {"in", "the", "a"}


def _dated(item: Item | None) -> bool:
    """Whether a time that is no day follows: "on 9 July" is not "on June"."""
    return item is not None and item.tag == "TIME" and item.time.kind != "day"


def _multiplied(part: Part, k: int, to_time: bool) -> bool:
    """Whether what follows "double" is what it is double of."""
    direct = part.items[k]
    if direct.words in _COMPARED:
        return not (direct.words == "as" and _many(part, k + 1))
    return direct.tag == "NUMBER" or (to_time and direct.words not in _IN)


def _assign(part: Part) -> None:
    """Give each time its role: what is spoken of, or what it is compared with."""
    role = "subject"
    seen: set[str] = set()
    for k, item in enumerate(part.items):
        after = _next(part, k)
        to_time = after is not None and after.tag == "TIME"
        own = k + 2 < len(part.items) and part.items[k + 1].words in ("it", "they")
        if own and item.tag == "BASE" and part.items[k + 2].tag in ("LOSS", "GAIN"):
            pass  # "more than it lost in June" is of June
        elif item.tag == "SINCE":
            role = "since" if to_time else "lost"
        elif item.tag in ("BASE", "OVER", "BREAK") or (
            item.tag in ("SIDE", "CROSS") and to_time and item.words != "over"
        ):
            role = "base"
        elif item.tag in ("SECONDTO", "AHEAD"):
            role = "ahead"
        elif item.tag == "EX":
            role = "out"
        elif item.tag == "ONLY" and to_time:
            role = "ahead"
        elif item.tag == "TIMES" and k + 1 < len(part.items):
            role = "base" if _multiplied(part, k + 1, to_time) else role
        elif item.words == "as" and "TIMES" in seen and not _many(part, k + 1):
            role = "base"
        elif item.words in ("on", "over", "of") and _dated(after) and seen & _MEASURES:
            if item.words == "on" or (item.words == "over" and "PERCENT" in seen):
                role = "base"
        elif item.words == "to" and role == "base":
            role = "subject"
        elif item.tag == "TIME":
            _place(part, item, role)
            listed = k + 1 < len(part.items) and part.items[k + 1].tag in ("JOIN", "MARK")
            role = role if listed else "subject"
        seen.add(item.tag)


def _place(part: Part, item: Item, role: str) -> None:
    kind = item.time.kind
    if kind in ("ago", "previous", "previoustwelve") and role == "subject":
        measured = part.has("PERCENT", "TIMES", "MORE", "UP", "DOWN", "ALL")
        role = "base" if measured else "subject"
    if kind == "thismonth" or (kind == "between" and part.has("TIMES", "PERCENT")):
        role = "subject"
    if kind == "opening" and role not in ("since", "base"):
        role = "out"
    if kind in ("invasion",) and role == "subject":
        role = "scope"
    part.roles[id(item)] = role


def months_of(
    item: Item, seen: pd.Period | None, *, strict: bool
) -> tuple[pd.Period, pd.Period] | None:
    """The months that a time item means."""
    return resolve(item.time, seen, strict=strict)
