"""Items of one kind brought together: what is repeated counts once, what contradicts is said."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from trends.posts._items import Item


@dataclass(slots=True)
class Sum:
    """A number, the items that it comes from, and what speaks against it."""

    value: int | None
    bound: str
    items: list[Item]
    several: bool = False  # added up from counts of one sentence
    conflict: str = ""

    @property
    def start(self) -> int:
        """Where its words begin."""
        items = self.items
        return items[0].start if len(items) == 1 else min(item.start for item in items)

    @property
    def end(self) -> int:
        """Where its words end."""
        items = self.items
        return items[0].end if len(items) == 1 else max(item.end for item in items)


@dataclass(slots=True)
class Found:
    """What a post says, as far as it was read."""

    figures: dict[str, Sum] = field(default_factory=dict)
    launched: dict[str, Sum] = field(default_factory=dict)
    destroyed: dict[str, Sum] = field(default_factory=dict)
    unsure: list[str] = field(default_factory=list)
    checks: list[str] = field(default_factory=list)

    def doubt(self, key: str, why: str) -> None:
        """Say that a figure is unsure."""
        if (entry := f"{key}: {why}") not in self.unsure:
            self.unsure.append(entry)


def groups(items: Iterable[Item]) -> list[list[Item]]:
    """Part items into sentences; the bullets of one list are one."""
    parted: dict[tuple[str, int], list[Item]] = {}
    for item in items:
        key = ("list", item.paragraph) if item.bullet else ("sentence", item.sentence)
        parted.setdefault(key, []).append(item)
    return list(parted.values())


def total(items: list[Item]) -> Sum | None:
    """Add up within a sentence or list; between them, the same number is the same weapons.

    A number that is only bounded ("over 70") gives way to an exact one that it allows.
    """
    if len(items) < 2:
        return _added(items) if items else None
    sums = [_added(group) for group in groups(items)]
    known = [each for each in sums if each.value is not None]
    exact = [each for each in known if each.bound == "exact"]
    best = max(exact or known or sums, key=lambda each: len(each.items))
    if other := next((each for each in known if not _agree(best, each)), None):
        best.conflict = f"{_said(best)} in one place, {_said(other)} in another"
    return best


def _added(group: list[Item]) -> Sum:
    counts = [item.count for item in group]
    bounds = {item.bound for item in group if item.bound != "exact"}
    bound = "exact" if not bounds else bounds.pop() if len(bounds) == 1 else "about"
    if any(count is None for count in counts):
        numbered = [item for item in group if item.count is not None]
        return Sum(None, "exact", group) if not numbered or len(group) > 1 else _added(numbered)
    return Sum(sum(count for count in counts if count), bound, group, len(group) > 1)


def _said(each: Sum) -> str:
    return f"{'' if each.bound == 'exact' else each.bound + ' '}{each.value}"


_ALLOWS: dict[str, Callable[[int, int], bool]] = {
    "exact": lambda best, said: best == said,
    "at least": lambda best, said: best >= said,
    "at most": lambda best, said: best <= said,
    "about": lambda best, said: abs(best - said) <= max(2, 0.15 * said),
}


def _agree(best: Sum, other: Sum) -> bool:
    return best is other or _ALLOWS[other.bound](best.value or 0, other.value or 0)
