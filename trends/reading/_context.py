"""The months and the series that each part speaks of: its own, or a neighbour's."""

from __future__ import annotations

import re

import pandas as pd

from trends.reading._items import Item
from trends.reading._parts import Part
from trends.reading._spans import resolve
from trends.reading._story import Story

# spans that end in the month spoken of, or are counted from it
_FROM_HERE = frozenset({"previous", "ytd", "thisyear", "lastn", "lastyear"})
_SINGLE = frozenset({"month", "day", "firstdays", "lastmonth", "thismonth", "ago"})


def find_months(story: Story) -> None:
    """The months that each part speaks of: its own, or those of a neighbour."""
    for part in story.parts:
        _own_months(story, part)
    last: tuple[pd.Period, pd.Period | None] | None = None
    lender: Part | None = None
    # what is forecast or denied of a month does not say of which month the rest is
    first_named = next((part for part in story.parts if _lends(part)), None)
    for k, part in enumerate(story.parts):
        if part.named and part.month is not None:
            _windows(story, part)
            _since_window(story, part)
            if part.lead not in ("after", "(") and not _listed(story.parts[max(k - 1, 0)], part):
                last, lender = (part.month, part.first), part
            continue
        aside = story.parts[max(k - 1, 0)]
        if part.lead == ":" and aside.named and aside.lead in ("(", ";"):
            part.month, part.lender = aside.month, aside  # "(in September: 5,638)"
        elif last is not None:
            part.month, first = last
            part.first, part.lender = part.first or first, lender
        elif first_named is not None:
            part.month, first = first_named.month, first_named.first
            part.lender = first_named
            part.first = part.first or (first if not part.has("SUP", "REC") else None)
        else:
            part.month = story.seen
        before = part.first
        _windows(story, part)
        if part.first == before:
            _since_window(story, part)
        if part.month is not None and part.first != before:
            last = (part.month, part.first)
    _same_span(story)


def _listed(before: Part, part: Part) -> bool:
    """``against 507 in May and 379 in April``: one more month compared with."""
    times = [i for i in before.items if i.tag == "TIME"]
    based = bool(times) and before.roles.get(id(times[-1])) == "base"
    bare = all(i.tag in ("NUMBER", "TIME") or i.words in ("in", "for", "the") for i in part.items)
    return based and bare and part.lead == "and" and not part.hard


def _same_span(story: Story) -> None:
    """Leave out ``400 in the same period last year``, where the period is none of a month."""
    spanned = False
    for part in story.parts:
        same = any(
            i.tag == "TIME" and "same" in i.time.words and part.roles.get(id(i)) == "subject"
            for i in part.items
        )
        if same and spanned and part.first is None:
            story.miss(part, "of which months it is cannot be told")
        spanned = (spanned and not part.hard) or part.first not in (None, part.month)


def _lends(part: Part) -> bool:
    """Whether its month holds for the parts before it that name none."""
    stated = part.first is None or part.has("NUMBER")
    if any(
        i.tag == "TIME" and i.time.kind in ("ago", "sameperiod", "previous") for i in part.items
    ):
        return False
    apart = part.lead in ("after", "(") or part.has("FORE", "NEG", "REFUSED")
    return part.named and stated and not apart


def _own_months(story: Story, part: Part) -> None:
    extreme = part.has("SUP", "REC")
    for item in part.times("subject"):
        time = item.time
        if time.kind == "between" and _moves(part):
            _from_to(story, part, item)
            return
        if time.kind in ("lastmonth", "thismonth"):
            part.month, part.named = _spoken(story, time.kind), True
            item.used = True
            return
        span = time.is_span() and not extreme and time.kind not in _FROM_HERE
        if time.kind in _SINGLE or span:
            if time.kind == "ago" and (not part.has("NUMBER") or time.words == "over the year"):
                continue
            months = resolve(time, story.upto if time.year is None else None, strict=False)
            if months is None:
                continue
            part.first, part.month = months
            if part.first == part.month or time.kind in _SINGLE:
                part.first = None
            part.named = True
            if time.kind not in ("day", "firstdays"):
                item.used = True
            return


def _spoken(story: Story, kind: str) -> pd.Period | None:
    """The month that "last month" or "this month" is, when a text speaks of it."""
    if kind == "thismonth" and story.published is not None and story.upto != story.seen:
        return story.upto
    return story.seen


def _moves(part: Part) -> bool:
    """Whether it is a change from one month to the other, not a span of months."""
    by = any(
        item.tag == "NUMBER" and (before := part.before(item)) is not None and before.words == "by"
        for item in part.items
    )
    return (by or part.has("TIMES", "PERCENT")) and not part.times("base")


def _from_to(story: Story, part: Part, item: Item) -> None:
    """``halved between November and February``: from one month to the other."""
    months = resolve(item.time, story.upto, strict=False)
    if months is None:
        return
    part.month, part.named = months[1], True
    item.value = type(item.time)("month", months[0].month, months[0].year, words=item.words)
    part.roles[id(item)] = "base"


def _windows(story: Story, part: Part) -> None:
    """Spans that are seen from the month: since January, in four months, this year."""
    if part.month is None or part.has("SUP", "REC"):
        return
    if any(i.words in ("earlier", "previous", "other", "prior") for i in part.items):
        return  # "every earlier month of the year"
    for item in part.times("subject", "scope"):
        kind = item.time.kind
        if (
            kind in ("ytd", "thisyear", "lastn", "lastyear", "invasion")
            and (part.has("NUMBER", "TIMES", "PERCENT", "MORE", "OVER", "DAILY", "BREAK", "CROSS"))
            and not part.has("FIRST")
        ):
            if kind == "lastyear" and story.published is None and part.month.month == 12:
                continue  # it may be told in January, of the year just over
            months = resolve(item.time, part.month, strict=False)
            if months is not None:
                part.first = months[0]
                part.month = months[1] if kind == "lastyear" else part.month
                item.used = True
                return
    counted = next((i for i in part.all("COUNT") if i.number.unit in ("months", "years")), None)
    lone = not part.has("RUN", "FIRST", "ACC", "SLOW", "UP", "DOWN")
    if counted is None or not lone or re.search("consec|straight|succ", counted.words):
        return
    n = int(counted.number.value) * (12 if counted.number.unit == "years" else 1)
    plainly = counted.number.hedge == "" or counted.words.startswith("over ")
    if part.has("NUMBER", "TIMES", "DAILY") and plainly and 0 < n < 600:
        part.first = part.month - n + 1
        counted.used = True


def _since_window(story: Story, part: Part) -> None:
    """``1,246 km2 since January``: a total from there on."""
    after = story.parts[story.parts.index(part) + 1 :][:1]
    told = any(other.lead == ":" and other.has("NUMBER") for other in after)
    if not (part.has("NUMBER") or told) or part.has("SUP", "REC") or part.has(
        "PERCENT", "TIMES", "FIRST", "RUN", "UP", "DOWN", "ACC", "SLOW", "NIGHT", "MORE", "NTH",
        "ONLY",
    ):  # fmt: skip
        return
    for item in part.times("since"):
        if item.time.kind in ("month", "yearpart", "invasion"):
            if item.time.kind == "yearpart" and item.time.n != 1:
                continue
            months = resolve(item.time, part.month, strict=True)
            if months is not None and part.month is not None and months[0] < part.month:
                part.first = months[0]
                item.used = True
                for mark in part.all("SINCE"):
                    mark.used = True


def find_series(story: Story) -> None:
    """The series that each part speaks of: its own, or that of a neighbour."""
    own = [_own_series(part) for part in story.parts]
    for k, part in enumerate(story.parts[1:], 1):
        if part.lead in ("and", ",") and own[k - 1].endswith("_destroyed") and part.only_counts():
            own[k] = own[k].replace("_launched", "_destroyed")
    for k, part in enumerate(story.parts):
        before = [name for name in own[:k] if name]
        after = [name for name in own[k + 1 :] if name]
        part.series = own[k] or (before[-1] if before else after[0] if after else story.metric)
        if not own[k] and part.has("DOWNED") and not part.has("PERCENT", "TIMES"):
            part.series = part.series.replace("_launched", "_destroyed")
        if own[k] == "" and k > 1 and own[k - 1] and own[k - 2] and own[k - 1] != own[k - 2]:
            two = {own[k - 1], own[k - 2]} == {"drones_launched", "missiles_launched"}
            if two and part.has("PERCENT", "TIMES", "UP", "DOWN", "SUP", "REC") and not part.hard:
                story.miss(part, "of the drones, of the missiles or of both is not said")
        if not own[k] and k and not part.hard and _two_figures(story.parts[k - 1]) and (
            part.has("PERCENT", "TIMES", "SUP", "REC")):  # fmt: skip
            story.miss(part, "of the drones, of the missiles or of both is not said")
        after_it = story.parts[k + 1 : k + 2]
        mixed = [o for o in after_it if o.lead == "and" and o.has("NUMBER") and own[k + 1]]
        if own[k] and part.has("NIGHT") and part.has("SUP", "REC") and mixed and (
            own[k + 1] != own[k]):  # fmt: skip
            story.miss(part, "of the drones, of the missiles or of both is not said")
        if part.series == "ukrainian":  # refused in its own part, and those that lean on it
            part.series = ""
        if not own[k] and not before and len(set(after)) > 1 and part.has("SUP", "REC"):
            story.miss(part, "of the drones, of the missiles or of both is not said")


def _two_figures(part: Part) -> bool:
    """``728 drones + 13 missiles``: a figure of each, in one clause."""
    named = [i.value for i in part.items if i.tag == "SERIES" and "_launched" in str(i.value)]
    return len(set(named)) > 1 and sum(i.tag == "NUMBER" for i in part.items) > 1


def _own_series(part: Part) -> str:
    named = [str(item.value) for item in part.items if item.tag == "SERIES"]
    if "ukrainian" in named:
        return "ukrainian"
    if any(i.tag == "NUMBER" and i.number.unit == "km2" for i in part.items):
        return "territory_km2"
    launched = [name for name in named if name.startswith(("drones", "missiles"))]
    downed = next((item for item in part.items if item.tag == "DOWNED"), None)
    if launched:
        both = {name for whole in launched for name in whole.split("+")}
        name = "+".join(sorted(both))
        numbers = sum(item.tag == "NUMBER" for item in part.items)
        if len(both) > 1 and all("+" not in whole for whole in launched) and numbers > 1:
            name = launched[0]
        shared = any(i.tag == "TIMES" and i.number.is_share() for i in part.items)
        if downed is not None and not (part.has("PERCENT") or shared) and not (
            part.has("TIMES") and part.has("SHAREOF")):  # fmt: skip
            return name.replace("_launched", "_destroyed")
        return name
    if downed is not None and "rate" in downed.words and not part.has("PERCENT"):
        return "interception_rate"
    return "territory_km2" if named or _ground(part) else ""


def _ground(part: Part) -> bool:
    """Words that are said of ground alone: gains, and what was taken back."""
    return any(
        (item.tag == "GAIN" and item.words in ("gains", "gained", "gain", "captured", "seized",
                                              "conquered", "occupied", "seizing", "capturing"))
        or (item.tag == "LOSS" and item.words in ("retook", "retaken", "recaptured", "reclaimed",
                                                 "liberated", "regained"))
        or (item.tag == "NET" and part.has("LOSS", "GAIN"))
        for item in part.items
    )  # fmt: skip
