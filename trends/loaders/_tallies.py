"""One night, one count: which tally of the air force counts for a day, and why another does not."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal, Protocol, TypeAlias

from trends.posts import Figure, Post

Weapons: TypeAlias = Literal["drones", "missiles"]
Part: TypeAlias = Literal["night", "day"]
Window: TypeAlias = tuple[dt.datetime | None, dt.datetime | None]

FIGURES = {"drones": "launched_drones", "missiles": "launched_missiles"}
_LATE = dt.timedelta(days=2)  # a tally is posted within hours; a window further off is a slip
NOT_SURE = "not sure: "
# What makes every number of a post unsure: a number that was not read may belong to any of them.
_ANY = ("kind", "figures", "unread", "text")


class _Dated(Protocol):
    @property
    def posted(self) -> dt.datetime: ...
    @property
    def edited(self) -> dt.datetime | None: ...


@dataclass(frozen=True, slots=True)
class Tally:
    """The figures of one post, without its text."""

    post: str
    posted: dt.datetime
    kind: str
    window: Window
    as_of: dt.datetime | None
    figures: Mapping[str, Figure]
    launched_missiles: Mapping[str, Figure]
    destroyed_missiles: Mapping[str, Figure]
    unsure: tuple[str, ...]
    checks: tuple[str, ...]
    places: tuple[str, ...] = ()  # of launch
    excerpt: str = ""  # the beginning of an unread text
    forwarded: bool = False
    edited: dt.datetime | None = None

    @property
    def day(self) -> dt.date:
        """The day on which the window ends; of one without an end, that of the post."""
        start, end = self.window
        if end is not None:
            return end.date()
        if self.kind == "day" and start is not None:
            return start.date()
        return (self.as_of or self.posted).date()

    @property
    def figures_alone(self) -> tuple[object, ...]:
        """What two copies of one post have in common, wherever they were posted."""
        maps = (self.figures, self.launched_missiles, self.destroyed_missiles)
        values = (sorted((k, f.value, f.bound) for k, f in m.items()) for m in maps)
        return self.kind, self.day, self.window, *map(tuple, values)

    def doubts(self, weapons: Weapons) -> str:
        """Why the number launched is not known exactly; empty if it is."""
        posted = self.posted.date()
        # A slip in the window does no harm where it ends on the day of the post all the same.
        keys = (*_ANY, FIGURES[weapons], *(["window"] if self.day != posted else []))
        for entry in self.unsure:
            if entry.startswith(keys):
                return f"{NOT_SURE}{entry}"
        if abs(self.day - posted) > _LATE:
            return f"{NOT_SURE}window: it ends on {self.day}, posted on {posted}"
        if weapons == "missiles" and not self.launched_missiles and self._shot_down():
            return f"{NOT_SURE}launched_missiles: shot down, none launched"
        open_ = [f"{name} {_open(f)}".strip() for name, f in self._launched(weapons) if _open(f)]
        return f"open number: {', '.join(open_)}" if open_ else ""

    def amount(self, weapons: Weapons) -> int | None:
        """The number launched; None where the post names none of these weapons."""
        found = [figure.value for _, figure in self._launched(weapons)]
        return sum(value or 0 for value in found) if found else None

    def _shot_down(self) -> bool:
        total = self.figures.get("destroyed_missiles")
        return bool(self.destroyed_missiles) or (total is not None and total.value != 0)

    def _launched(self, weapons: Weapons) -> list[tuple[str, Figure]]:
        if weapons == "missiles":
            return list(self.launched_missiles.items())
        figure = self.figures.get("launched_drones")
        return [] if figure is None else [("", figure)]


def tally_of(read: Post, post: str, *, forwarded: bool = False,
             edited: dt.datetime | None = None) -> Tally:  # fmt: skip
    """Keep of a post that was read what is needed to count it."""
    unsure = read.unsure
    if read.kind == "other" and ("launched_drones" in read.figures or read.launched_missiles):
        unsure = (*unsure, "kind: launches are counted, and neither a night nor a day is named")
    return Tally(
        post,
        read.posted,
        read.kind,
        read.window,
        read.as_of,
        read.figures,
        read.launched_missiles,
        read.destroyed_missiles,
        unsure,
        read.checks,
        read.launch_places,
        read.text[:120] if unsure else "",
        forwarded,
        edited,
    )


@dataclass(slots=True)
class Count:
    """The days that are known, those that are not, and what became of each tally."""

    days: dict[dt.date, int] = field(default_factory=dict)
    unknown: dict[dt.date, str] = field(default_factory=dict)
    fates: dict[int, str] = field(default_factory=dict)  # by place; "" is counted
    overlaps: list[tuple[dt.date, float]] = field(default_factory=list)  # hours


def count(tallies: Sequence[Tally], weapons: Weapons, *, with_days: bool) -> Count:
    """Count each night once, and each day tally beside its night where they are asked for."""
    found = Count()
    groups = _groups(tallies, found.fates, with_days)
    for day, parts in sorted(groups.items()):
        amounts = [_settle(parts[part], weapons, found) for part in parts]
        doubts = [amount for amount in amounts if isinstance(amount, str)]
        if "night" not in parts:
            doubts.append("no tally of the night")
        if doubts:
            found.unknown[day] = doubts[0]
            for group in parts.values():
                for place, _ in group:
                    left = f"the day is left out: {doubts[0]}"
                    found.fates[place] = found.fates.get(place) or left
            continue
        found.days[day] = sum(amount for amount in amounts if isinstance(amount, int))
        if len(parts) == 2:
            found.overlaps.append((day, _shared(parts["night"], parts["day"])))
    for tally in tallies:
        if tally.kind == "other" and tally.day not in found.days:
            found.unknown.setdefault(tally.day, "a post of the day was not read")
    return found


Group: TypeAlias = list[tuple[int, Tally]]


def _groups(
    tallies: Sequence[Tally], fates: dict[int, str], with_days: bool
) -> dict[dt.date, dict[Part, Group]]:
    """The tallies of each day and part that may count, in the order in which they were posted."""
    groups: dict[dt.date, dict[Part, Group]] = defaultdict(dict)
    once = _once(tallies, fates)
    kinds: dict[dt.date, list[Tally]] = defaultdict(list)
    for _, tally in once:
        if tally.kind in ("night", "day"):
            kinds[tally.day].append(tally)
    for place, tally in once:
        part = _part(tally, kinds[tally.day])
        if part is None:
            which = "kind: it does not say which tally it corrects"
            tally = replace(tally, unsure=(which, *tally.unsure))
        if tally.kind == "regional":
            fates[place] = "a part: a regional command's post"
        elif tally.kind == "other":
            fates[place] = f"{NOT_SURE}{tally.unsure[0]}"
        elif part == "day" and not with_days:
            fates[place] = "of a day, which this definition does not count"
        else:
            groups[tally.day].setdefault(part or "night", []).append((place, tally))
    for parts in groups.values():
        for group in parts.values():
            group.sort(key=lambda item: (item[1].posted, item[0]))
    return groups


def _part(tally: Tally, same_day: Sequence[Tally]) -> Part | None:
    """Night or day; a correction is of what its window meets, or of the only kind posted before."""
    if tally.kind != "correction":
        return "day" if tally.kind == "day" else "night"
    start, end = tally.window
    if start is not None and end is not None:
        return "day" if start.date() == end.date() and start.hour >= 5 else "night"
    before = {other.kind for other in same_day if other.posted <= tally.posted}
    if len(before) == 1:
        return "day" if before == {"day"} else "night"
    return None


def _once(tallies: Sequence[Tally], fates: dict[int, str]) -> list[tuple[int, Tally]]:
    """Leave out what arrived twice: of one id the last edition, of copies the original."""
    latest: dict[str, int] = {}
    for place, tally in enumerate(tallies):
        held = latest.get(tally.post)
        if held is None or edition(tally) >= edition(tallies[held]):
            latest[tally.post] = place
        if held is not None:
            older = held if latest[tally.post] == place else place
            fates[older] = f"the same post again: {tally.post}"
    copies: dict[tuple[object, ...], int] = {}
    order = sorted(latest.values(), key=lambda p: (tallies[p].forwarded, tallies[p].posted, p))
    for place in order:
        first = copies.setdefault(tallies[place].figures_alone, place)
        if first != place:
            fates[place] = f"the same figures as post {tallies[first].post}"
    return [(place, tallies[place]) for place in sorted(copies.values())]


def edition(post: _Dated) -> dt.datetime:
    """When these words were written."""
    return post.edited or post.posted


def _settle(group: Group, weapons: Weapons, found: Count) -> int | str:
    """The number of one night or day, or why it is not known."""
    corrections, rest = [], []
    for place, tally in group:
        if tally.kind != "correction":
            rest.append((place, tally))
        elif tally.amount(weapons) is not None or tally.doubts(weapons):
            corrections.append((place, tally))
        else:
            found.fates[place] = "names none of these weapons"
    for last, correction in corrections:
        for place, tally in rest:
            if _meet(tally, correction):
                found.fates[place] = f"replaced by the correction {correction.post}"
        rest = [*((p, t) for p, t in rest if p not in found.fates), (last, correction)]
    return _add(rest, weapons, found)


def _add(group: Group, weapons: Weapons, found: Count) -> int | str:
    """Add up the tallies whose windows do not meet; those that do must say the same."""
    for place, tally in group:
        if doubt := tally.doubts(weapons):
            found.fates[place] = doubt
    doubts = [found.fates[place] for place, _ in group if place in found.fates]
    if doubts:
        return doubts[0]
    stated = [(p, t) for p, t in group if t.amount(weapons) is not None]
    kept: Group = []
    for place, tally in stated:
        met = [other for _, other in kept if _meet(tally, other)]
        if not met:
            kept.append((place, tally))
        elif any(other.amount(weapons) != tally.amount(weapons) for other in met):
            return f"{NOT_SURE}posts {met[0].post} and {tally.post} disagree"
        else:
            found.fates[place] = f"says the same as post {met[0].post}"
    if not kept and weapons == "drones":
        return "no number of drones"
    counted = {place for place, _ in kept or group}
    for place, _ in group:
        found.fates.setdefault(place, "" if place in counted else "names none of these weapons")
    return sum(tally.amount(weapons) or 0 for _, tally in kept)


def _meet(one: Tally, other: Tally) -> bool:
    """Whether two tallies can be of the same hours: they are, unless their windows say not."""
    (a, b), (c, d) = one.window, other.window
    if a is None or b is None or c is None or d is None:
        return True
    return a < d and c < b


def _shared(nights: Group, days: Group) -> float:
    """Hours that the windows of a night and of the next day have in common."""
    hours = 0.0
    for _, night in nights:
        for _, day in days:
            (a, b), (c, d) = night.window, day.window
            if a and b and c and d:
                hours += max((min(b, d) - max(a, c)).total_seconds(), 0) / 3600
    return hours


def _open(figure: Figure) -> str:
    """An open number in words; empty if it is exact."""
    if figure.value is None:
        return "without a number"
    return "" if figure.bound == "exact" else f"{figure.bound} {figure.value}"
