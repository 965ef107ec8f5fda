"""Figures: of a month, of a span, above or below a bound, gained and lost."""

from __future__ import annotations

import calendar
import datetime as dt
import re

from trends.claims import (
    Change,
    Mean,
    Multiple,
    Since,
    Threshold,
    Window,
)
from trends.reading._bases import later
from trends.reading._items import Item
from trends.reading._parts import Part, months_of
from trends.reading._spans import day_of
from trends.reading._story import Fact, Story

_UNTIL = {"to", "by", "until", "till", "through", "before", "after", "from"}
_RAIDS = {"attacks", "strikes", "raids", "assaults", "barrages", "waves", "salvos", "salvoes"}
_MONTHLY = re.compile(r"(?<!in )\b(?:a|per|each|every) month\b(?! (?:earlier|before|ago|later))")
_UKRAINE = (
    r"(?<!in )(?<!on )(?<!of )(?<!against )\b(?:(?:ukraine|kyiv)"
    r"(?:'s (?:forces|troops|army|military|men|defenders|soldiers))?|"
    r"ukrainian (?:forces|troops|army|military|defenders)|ukrainians)(?: has| have| had| also)* "
)
_UKRAINE_LOST = re.compile(_UKRAINE + r"(?:lost|ceded|surrendered|gave up)\b")
_UKRAINE_WON = re.compile(_UKRAINE + r"(?:gained|took|seized|captured|won|advanced|pushed)\b")


def read_amounts(story: Story, part: Part) -> None:
    """The numbers that no other claim of the part has used: figures, to be laid beside claims."""
    _ranges(story, part)
    if part.lead == "(" and _aside(story, part):
        return
    if part.has("NUMBER") and part.get("SINCE") and not part.times("since"):
        story.miss(part, "since when is not a month that this reader knows")
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
        if reached and not base:
            story.miss(part, "which month the number is of cannot be told")
            return
        beside = part.before(item)  # "after January's 61"
        ahead = beside if part.roles.get(id(beside)) == "ahead" else None
        fact = _fact(story, part, item, base[0] if reached else ahead)
        if why := _elsewhere(story, part, fact):
            story.leave(part, item.start, item.end, why)
            continue
        fact.day = _days(part)
        story.facts.append(fact)
    if any(fact.part is part for fact in story.facts):
        for mark in part.all("NET", "SINCE", "SIDE", "CROSS", "DAILY", "ALL"):
            mark.used = True


def _fact(story: Story, part: Part, item: Item, base: Item | None) -> Fact:
    """The figure of the month spoken of, or of the one it is compared with."""
    fact = Fact(item, part, _mode(story, part, item))
    fact.series = _series(story, part, item, fact.mode)
    fact.month, fact.first = part.month, part.first
    if base is not None:
        months = months_of(base, part.month, strict=True)
        months = months and later(story, base, months)
        if months and part.first is not None and part.month is not None and (
            "same" in base.time.words or base.time.kind == "sameperiod"):  # fmt: skip
            back = part.month - months[1]
            months = part.first - back, part.month - back
        fact.first, fact.month = months or (None, None)
        base.used = fact.apart = True
    return fact


def _words_of(part: Part) -> str:
    return " ".join(item.words for item in part.items)


def _elsewhere(story: Story, part: Part, fact: Fact) -> str:
    """Why the figure may be of another month, or a daily mean, if so."""
    if fact.apart and any(isinstance(f.claim, Mean) and f.claim.series == fact.series
                          for f in story.found):  # fmt: skip
        return "a daily mean or the figure of a month: which is not said"
    at = story.parts.index(part)
    if at > 1 and part.lead == "and" and story.parts[at - 1].lead == "(":
        at -= 1  # "(5,298 and 270)"
    elif not at or part.hard or part.named or not (part.lead == "(" or _when(part)):
        return ""
    last = [i for i in story.parts[at - 1].items if i.tag == "TIME"][-1:]
    of_another = last and story.parts[at - 1].roles.get(id(last[0])) != "subject"
    return f"of {last[0].words!r} or of the month spoken of is not said" if of_another else ""


def _when(part: Part) -> bool:
    return part.items[0].words in ("when", "where") or part.lead == "when"


def _no_figure(part: Part, item: Item) -> str:
    """Why a number is no figure of the series, if so."""
    before, after = part.before(item), part.after(item)
    of = before is not None and before.words in ("of", "out of", "of the", "of all")
    noun = part.before(item, 2)
    of = of and (noun is None or noun.tag not in ("GAIN", "UP", "LOSS"))  # "a net gain of 481"
    if of and any(i.tag == "NUMBER" and i.end < item.start for i in part.items):
        return "a number out of another"
    if after is not None and after.words in ("of which", "of them", "of those") and (
        not part.has("DOWNED")):  # fmt: skip
        return "a part of another figure"
    gone = noun is not None and noun.words in ("advanced", "advance", "advancing", "forward")
    if before is not None and before.words == "by" and not gone and (
        after is None or after.tag != "SERIES"):  # fmt: skip
        return "by how much of what is not said"
    value, launched = item.number.value, "launched" in part.series
    if launched and (value < 0 or value != int(value)):
        return f"{item.words!r} is no number of drones or missiles"
    if (before is not None and before.tag == "NUMBER") or (
        after is not None and after.tag == "NUMBER"):  # fmt: skip
        return "two numbers in a row"
    if _attacks(part, after):
        return "so many attacks are not so many drones or missiles"
    if _MONTHLY.search(_words_of(part)):
        return "a figure per month, over several or of one: which is not said"
    counted = after is not None and after.tag in ("SERIES", "DOWNED", "GAIN", "LOSS", "NET")
    if item.number.unit == "" and not counted and not any(a.isdigit() for a in item.words):
        return f"{item.words!r} of what is not said"
    return ""


def _attacks(part: Part, after: Item | None) -> bool:
    """``30 attacks``, in a clause that does not say of what, beside one that does."""
    counted = after is not None and (
        (after.tag == "NIGHT" and after.value == "raid") or after.words in _RAIDS
    )
    return counted and part.series != "" and not part.has("SERIES")


def _aside(story: Story, part: Part) -> bool:
    """``the largest since November 2024 (725 km2)``: the value of the month just named."""
    number = part.get("NUMBER")
    at = story.parts.index(part)
    found = story.found[-1] if story.found else None
    if number is None or found is None or found.part is not story.parts[at - 1]:
        return False
    name = {
        Since: "since_value",
        Change: "base_value",
        Multiple: "base_value",
        Window: "base_value",
    }.get(type(found.claim))
    numbers = part.all("NUMBER")
    if name == "base_value" and len(numbers) == 2 and part.has("BASE") and part.lead == "(":
        now, then = numbers if part.items[0] is numbers[0] else reversed(numbers)
        if not now.number.hedge and not then.number.hedge:  # "(239 against 124)"
            now.used = then.used = True
            given = {"value": now.number.value, name: then.number.value}
            story.amend(found, part, **given)
            return True
    if name is None or number.number.hedge or len(numbers) > 1:
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
    said = [i for i in part.items if i.tag in ("NET", "LOSS", "GAIN")]
    nearest = [i for i in said if i.start < item.start][-2:]
    if len({i.tag for i in said}) > 1 and nearest:  # "lost 40 for a net gain of 481"
        if nearest[-1].tag == "NET" or (nearest[-1].tag == "GAIN" and nearest[0].tag == "NET"):
            return "net"
        return "lost" if nearest[-1].tag == "LOSS" else "gained"
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
        before = part.before(item)
        if before is not None and before.words in _UNTIL:
            return None
        if item.time.kind == "day":
            day = day_of(item.time, part.month)
            item.used = True
            return None if day is None else (day, day)
        if item.time.kind == "firstdays":
            item.used = True
            most = calendar.monthrange(part.month.year, part.month.month)[1]
            last = min(item.time.n, most)
            if item.time.day > most:
                return None
            return (dt.date(part.month.year, part.month.month, item.time.day),
                    dt.date(part.month.year, part.month.month, last))  # fmt: skip
    return None
