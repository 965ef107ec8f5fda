"""Figures laid beside the claims of their series and month, or made claims of their own."""

from __future__ import annotations

from dataclasses import replace

from trends.claims import Change, Multiple, Net, Rank, Record, Since, Streak, Threshold, Total
from trends.reading._firsts import side_of
from trends.reading._numbers import Number
from trends.reading._story import Fact, Found, Story

_CARRIERS = (Since, Record, Rank, Streak, Change, Multiple)


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


def _of_a_day(story: Story, fact: Fact) -> bool:
    """Whether a neighbour speaks of a day, and the part names no month of its own."""
    days = any(i.tag == "TIME" and i.time.kind in ("day", "firstdays") and
               p.roles.get(id(i)) == "subject" for p in story.parts for i in p.items)  # fmt: skip
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
