"""Figures: of a month, of a span, above or below a bound, gained and lost."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from dataclasses import replace

from trends.claims import Change, Multiple, Net, Rank, Record, Since, Streak, Threshold, Total
from trends.reading._bases import later
from trends.reading._firsts import side_of
from trends.reading._items import Item
from trends.reading._months import day_of
from trends.reading._numbers import Number
from trends.reading._parts import Part, months_of
from trends.reading._story import Fact, Found, Story

_CARRIERS = (Since, Record, Rank, Streak, Change, Multiple)
_UKRAINE_LOST = re.compile(
    r"\b(?:ukraine|kyiv|ukrainian (?:forces|troops|army)|ukrainians)(?: has| have| had)? "
    r"(?:lost|ceded|surrendered|gave up)\b"
)
_UKRAINE_WON = re.compile(
    r"\b(?:ukraine|kyiv|ukrainian (?:forces|troops|army)|ukrainians)(?: has| have| had)? "
    r"(?:gained|took|seized|captured|won)\b"
)


def read_amounts(story: Story, part: Part) -> None:
    """The numbers that no other claim of the part has used: figures, to be laid beside claims."""
    _ranges(story, part)
    if part.lead == "(" and _aside(story, part):
        return
    reached = False
    base = part.times("base")
    for item in part.items:
        if item.tag == "BASE":
            reached = True
        elif item.words == "to":
            reached = False
        if item.tag != "NUMBER" or item.used:
            continue
        item.used = True
        if why := _no_figure(part, item):
            story.miss(part, why)
            return
        fact = Fact(item, part, _mode(story, part, item))
        fact.series = _series(story, part, item, fact.mode)
        fact.month, fact.first = part.month, part.first
        if reached and base:
            months = months_of(base[0], part.month, strict=True)
            months = months and later(story, base[0], months)
            if months is None or months[0] != months[1]:
                fact.first, fact.month = months or (None, None)
            else:
                fact.first = fact.month = months[0]
            base[0].used = True
            fact.apart = True
        elif reached:
            story.miss(part, "which month the number is of cannot be told")
            return
        fact.day = _days(part)
        story.facts.append(fact)
    if any(fact.part is part for fact in story.facts):
        for mark in part.all("NET", "SINCE", "SIDE", "CROSS", "DAILY", "ALL"):
            mark.used = True


def _no_figure(part: Part, item: Item) -> str:
    """Why a number is no figure of the series, if so."""
    before, after = part.before(item), part.after(item)
    of = before is not None and before.words in ("of", "out of")
    if of and any(i.tag == "NUMBER" and i.end < item.start for i in part.items):
        return "a number out of another"
    counted = after is not None and after.tag in ("SERIES", "DOWNED", "GAIN", "LOSS", "NET")
    if item.number.unit == "" and not counted and not any(a.isdigit() for a in item.words):
        return f"{item.words!r} of what is not said"
    return ""


def _aside(story: Story, part: Part) -> bool:
    """``the largest since November 2024 (725 km2)``: the value of the month just named."""
    number = part.get("NUMBER")
    at = story.parts.index(part)
    found = story.found[-1] if story.found else None
    if number is None or found is None or found.part is not story.parts[at - 1]:
        return False
    name = {Since: "since_value", Change: "base_value", Multiple: "base_value"}.get(
        type(found.claim)
    )
    if name is None or number.number.hedge:
        return False
    number.used = True
    story.amend(found, part, **{name: number.number.value})
    return True


def _ranges(story: Story, part: Part) -> None:
    """``770-780 drones``: at least the one and at most the other."""
    for item in part.all("RANGE"):
        low, high = item.limits
        story.add(part, Threshold, item, bound=low, op="at least")
        story.add(part, Threshold, item, bound=high, op="at most")


def _mode(story: Story, part: Part, item: Item) -> str:
    """Whether it was gained, lost or is the net."""
    text = part.text(story.plain)
    if _UKRAINE_LOST.search(text):
        return ""
    if _UKRAINE_WON.search(text):
        return "lost"
    if part.has("NET"):
        return "net"
    losses = [i for i in part.items if i.tag == "LOSS"]
    if losses and part.series.startswith("territory"):
        return "lost"
    return "gained" if part.has("GAIN") else ""


def _series(story: Story, part: Part, item: Item, mode: str) -> str:
    after = part.after(item)
    steps = 0
    while after is not None and steps < 3 and after.tag in ("WORD", "SHAREOF", "HINT"):
        after, steps = part.after(after), steps + 1
    series = part.series
    if item.number.unit == "km2":
        series = series if series.startswith("territory") else "territory_km2"
    elif after is not None and after.tag == "SERIES" and str(after.value).endswith("_launched"):
        destroyed = series.replace("destroyed", "launched") == after.value and series
        series = destroyed or str(after.value)
    return "territory_lost_km2" if mode == "lost" and series.startswith("territory") else series


def _days(part: Part) -> tuple[dt.date, dt.date] | None:
    for item in part.items:
        if item.tag != "TIME" or part.roles.get(id(item)) != "subject" or part.month is None:
            continue
        if item.time.kind == "day":
            day = day_of(item.time, part.month)
            item.used = True
            return None if day is None else (day, day)
        if item.time.kind == "firstdays":
            item.used = True
            most = calendar.monthrange(part.month.year, part.month.month)[1]
            last = min(item.time.n, most)
            return (dt.date(part.month.year, part.month.month, 1),
                    dt.date(part.month.year, part.month.month, last))  # fmt: skip
    return None


def settle(story: Story) -> None:
    """Lay each figure beside the claims of its series and month, or make it a claim."""
    _net(story)
    nights = any(isinstance(f.claim, Record) and f.claim.of == "night" for f in story.found)
    nights = nights or any(i.tag == "NIGHT" for missed in story.missed for i in missed.part.items)
    for fact in story.facts:
        if not fact.series and not _generic(fact):
            story.leave(fact.part, fact.item.start, fact.item.end, "a number of what is not said")
            continue
        if fact.month is None:
            story.leave(fact.part, fact.item.start, fact.item.end,
                        "no month is named; give month= or published=")  # fmt: skip
            continue
        carriers = [] if _spanned(fact) else _carriers(story, fact)
        side = side_of(fact.part, fact.item)
        for found in carriers:
            value = fact.number.value
            hedge = fact.number.hedge or {"above": "more than", "below": "less than"}.get(side, "")
            found.claim = replace(found.claim, value=value, value_hedge=hedge)  # type: ignore[arg-type]
            found.parts.append(fact.part)
            found.assumed = (*found.assumed, *_note(fact.number))
        if nights and not carriers:
            story.leave(fact.part, fact.item.start, fact.item.end, "a figure of one night")
        elif not carriers:
            _alone(story, fact, side)


def _generic(fact: Fact) -> bool:
    """Whether it is of launches, of whatever kind."""
    after = fact.part.after(fact.item)
    if after is not None and after.tag == "SERIES":
        return True
    return after is not None and after.words in (
        "strikes", "launches", "attacks", "weapons", "aircraft", "aerial", "air", "long-range"
    )  # fmt: skip


def _note(number: Number) -> tuple[str, ...]:
    return (number.note,) if number.note and number.unit == "km2" else ()


def _spanned(fact: Fact) -> bool:
    return fact.first not in (None, fact.month)


def _carriers(story: Story, fact: Fact) -> list[Found]:
    """The claims that say more of the same figure."""
    if fact.mode == "lost" or fact.apart:
        return []
    rivals = [f for f in story.facts if f is not fact and not f.apart and not _spanned(f)
              and f.series == fact.series and f.month == fact.month]  # fmt: skip
    found = []
    for candidate in story.found:
        claim = candidate.claim
        if not isinstance(claim, _CARRIERS) or claim.month != fact.month or claim.value is not None:
            continue
        night = isinstance(claim, Record) and claim.of == "night"
        same = _plain(claim.series) == fact.series if night else claim.series == fact.series
        if same and not rivals and (night or fact.day is None):
            found.append(candidate)
    return found


def _plain(series: str) -> str:
    launched = series.removesuffix("_largest_night")
    return launched + "_launched" if launched in ("drones", "missiles") else launched


def _alone(story: Story, fact: Fact, side: str) -> None:
    number, part = fact.number, fact.part
    given: dict[str, object] = {"series": fact.series, "month": fact.month}
    night = any(i.tag == "NIGHT" for i in part.items)
    if night and fact.day is None:
        story.miss(part, "the figure of one night or one attack has no claim type")
        return
    if side and not _spanned(fact) and fact.day is None:
        story.add(part, Threshold, bound=number.value, op=side, **given)
        return
    days = {} if fact.day is None else dict(zip(("first_day", "last_day"), fact.day, strict=True))
    hedge = number.hedge or {"above": "more than", "below": "less than"}.get(side, "")
    story.add(part, Total, first=fact.first or fact.month, value=number.value, value_hedge=hedge,
              assumed=_note(number), **days, **given)  # fmt: skip


def _net(story: Story) -> None:
    """``713 taken, 79 lost, 634 net``."""
    lost = [f for f in story.facts if f.mode == "lost" and f.series == "territory_lost_km2"]
    gained = [f for f in story.facts if f.mode == "gained" and f.series.startswith("territory")]
    if len(lost) != 1 or len(gained) != 1 or lost[0].month != gained[0].month:
        return
    if _spanned(lost[0]) or lost[0].month is None:
        return
    net = [f for f in story.facts if f.mode == "net" and f.month == lost[0].month][:1]
    given: dict[str, object] = {"value": net[0].number.value} if net else {}
    used = [*lost, *gained, *net]
    given |= {"gained": gained[0].number.value, "lost": lost[0].number.value}
    found = story.add(gained[0].part, Net, series="territory_km2", month=lost[0].month, **given)
    if found is not None:
        found.parts.extend(f.part for f in used)
    story.facts = [f for f in story.facts if all(f is not other for other in used)]
