"""Figures laid beside the claims of their series and month, or made claims of their own."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd

from trends.claims import (
    Change,
    Claim,
    Multiple,
    Net,
    Rank,
    Record,
    Since,
    Streak,
    Threshold,
    Total,
)
from trends.reading._firsts import side_of
from trends.reading._numbers import Number
from trends.reading._story import Fact, Found, Story

_CARRIERS = (Since, Record, Rank, Streak, Change, Multiple)


def settle(story: Story) -> None:
    """Lay each figure beside the claims of its series and month, or make it a claim."""
    _net(story)
    story.facts = [fact for fact in story.facts if not _said_twice(story, fact)]
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
        if fact.day is None and not nights and _of_a_day(story, fact):
            story.leave(fact.part, fact.item.start, fact.item.end,
                        "of the day or of the month is not said")  # fmt: skip
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
    _agreed(story)


def _agreed(story: Story) -> None:
    """Drop the figures of one month that contradict one another."""
    printed = [(found, *figure) for found in story.found for figure in _figures(found.claim)]
    doubted: list[tuple[Found, str]] = []
    for found, what, value, hedge in printed:
        for other, what2, value2, hedge2 in printed:
            if other is found or what != what2:
                continue
            if _at_odds(value, hedge, value2, hedge2):
                kinds = _kind_only(found), _kind_only(other)
                if kinds[0] and not kinds[1]:
                    doubted.append((found, "a part of another figure"))
                elif kinds[0] or not kinds[1]:
                    doubted.append((found, "two figures are given for the same months"))
    for found, why in doubted:
        story.miss(found.part, why)


def _kind_only(found: Found) -> bool:
    return any(i.tag == "HINT" and str(i.value).endswith(" only") for i in found.part.items)


def _figures(claim: Claim) -> list[tuple[tuple[object, ...], float, str]]:
    """What a claim prints, and of which series and months."""
    if isinstance(claim, Change) and claim.percent is not None:
        change = (claim.series, claim.base, claim.month, claim.per, claim.points)
        return [(change, float(str(claim.percent)), claim.hedge), *_of_months(claim)]
    return _of_months(claim)


def _of_months(claim: Claim) -> list[tuple[tuple[object, ...], float, str]]:
    given: list[tuple[object, object, str]] = []
    first = claim.month
    match claim:
        case Total(first_day=None):
            given, first = [(claim.month, claim.value, claim.value_hedge)], claim.first
        case Threshold(first_since=None, first_ever=False):
            side = "more than" if claim.op in ("above", "at least") else "less than"
            given = [(claim.month, claim.bound, side)]
        case Record(of="month"):
            given = [(claim.month, claim.value, claim.value_hedge),
                     (claim.previous, claim.previous_value, "")]  # fmt: skip
        case Change() | Multiple():
            given = [(claim.month, claim.value, claim.value_hedge),
                     (claim.base, claim.base_value, "")]  # fmt: skip
        case Since() | Rank() | Streak():
            given = [(claim.month, claim.value, claim.value_hedge)]
    return [
        ((claim.series, min(first, month), month), float(str(value)), hedge)
        for month, value, hedge in given
        if isinstance(month, pd.Period) and value is not None
    ]


def _at_odds(one: float, hedge: str, other: float, hedge2: str) -> bool:
    """Whether two figures cannot both be of one month."""
    if hedge and not hedge2:
        one, hedge, other, hedge2 = other, hedge2, one, hedge
    if hedge2 == "more than":
        return hedge != "more than" and not other <= one <= 1.25 * other
    if hedge2 == "less than":
        return hedge != "less than" and one > other and hedge != "more than"
    return abs(one - other) > (0.1 * abs(other) if hedge or hedge2 else 0)


def _said_twice(story: Story, fact: Fact) -> bool:
    """``588 square kilometres (227 square miles)``: one figure in two units."""
    at = story.parts.index(fact.part)
    if not (fact.number.note and fact.part.lead == "(" and at):
        return False
    return any(
        other.part is story.parts[at - 1] and other.number.unit == "km2"
        and abs(other.number.value - fact.number.value) <= fact.number.value / 50
        for other in story.facts
    )  # fmt: skip


def _of_a_day(story: Story, fact: Fact) -> bool:
    """Whether a neighbour speaks of a day, and the part names no month of its own."""
    days = any(i.tag == "TIME" and i.time.kind in ("day", "firstdays") and
               p.roles.get(id(i)) == "subject" and not p.says()
               for p in story.parts for i in p.items)  # fmt: skip
    return days and not fact.part.named


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
    nights = [f for f in found if isinstance(f.claim, Record) and f.claim.of == "night"]
    beside = any(f.part is fact.part for f in nights) or any(
        i.tag == "NIGHT" and i.value != "raid" for i in fact.part.items
    )
    return nights if nights and beside else found


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
