"""Records and "since"."""

from __future__ import annotations

import re

import pandas as pd

from trends.claims import Rank, Record, Since
from trends.reading._items import Item
from trends.reading._parts import Part, months_of
from trends.reading._ranks import WAR, months_back, span_of
from trends.reading._spans import day_of
from trends.reading._story import Story

_EVER = re.compile(
    r"\b(ever|on record|so far|yet|in history|to date|all time|all-time|any (?:previous |other |"
    r"earlier |single )?(?:calendar )?month|any other|"
    r"(?:every|all|each) (?:previous|earlier|other|prior) months?|"
    r"any one month|in a (?:calendar |single )?month|of all months)\b"
)


def _later_scope(story: Story, part: Part) -> bool:
    """Whether the scope stands elsewhere: "The war's highest ...", "... of the whole war"."""
    return any(t.time.kind == "invasion" for p in story.parts for t in p.times("scope"))


_ON = ("on", "in", "during")


def _within(part: Part, top: Item | None) -> bool:
    """Whether it is only of its month: "the largest attack of October", "June's largest"."""
    if top is None:
        return False
    the, on = part.before(top), part.before(top, 2)
    if the is not None and the.words == "the" and (on is None or on.words in _ON):
        return True  # "on the busiest night"
    for item in part.items:
        before, after = part.before(item), part.after(item)
        month = item.tag == "MONTHS" or (
            item.tag == "TIME" and item.time.kind in ("month", "lastmonth", "thismonth")
        )
        of = before is not None and before.words in ("of", "of the", "of this", "of last", "in")
        if month and item.start > top.start and of:
            return True
        if month and item.words.endswith("'s") and after is top:
            return True
    return False


def _series(part: Part, night: bool) -> str:
    """The series of a night's record is that of the largest nights."""
    if not night or not part.series:
        return part.series
    if part.series in ("drones_launched", "missiles_launched"):
        return part.series.replace("_launched", "_largest_night")
    return f"{part.series}_largest_night"


def _of_night(story: Story, part: Part) -> dict[str, object]:
    days = [i for p in story.parts for i in p.items if i.tag == "TIME" and i.time.kind == "day"]
    if len(days) != 1 or part.month is None:
        return {}
    days[0].used = True
    return {"day": day_of(days[0].time, part.month)}


def _of_a_record(part: Part, side: Item) -> bool:
    """Whether "over" is that of "700 over the old record", not of "5,438 over the month"."""
    words = part.text_after(side).split()[:4]
    return side.words != "over" or any(w in ("record", "previous", "old", "high") for w in words)


def read_previous(story: Story, part: Part) -> None:
    """The record before, its month and the margin, where the same part says them."""
    found = story.last_of(Record)
    if found is None:
        return
    given: dict[str, object] = {}
    for item in part.times("base"):
        if item.time.kind == "day":
            continue
        if item.time.year and months_of(item, part.month, strict=True) == (part.month,) * 2:
            item.used = True  # "its own record in March 2026"
            continue
        months = months_of(item, part.month, strict=True)
        if months is not None and months[0] == months[1]:
            item.used = True
            given["previous"] = months[0]
    reached = False
    for item in part.items:
        if item.tag in ("BASE", "BREAK", "SIDE") or item.words in ("previous", "earlier", "prior"):
            reached = True
        if item.tag == "NUMBER" and not item.used:
            before, after = part.before(item), part.after(item)
            above = after is not None and (
                after.tag == "MORE" or (after.tag == "SIDE" and _of_a_record(part, after))
            )
            if above or (before is not None and before.words == "by"):
                given["margin"], given["margin_hedge"] = item.number.value, item.number.hedge
                item.used = True
            elif reached and not item.number.hedge:
                given["previous_value"] = item.number.value
                item.used = True
    if given:
        story.amend(found, part, **given)


def read_beaten(story: Story, part: Part) -> None:
    """``, topping September's 1,339``: what the record of the part before it beat."""
    if part.has("BREAK", "SIDE", "OVER") or (
        part.has("UP") and part.has("BASE") and not part.times("base")
    ):
        read_previous(story, part)
        if part.get("NUMBER") is None and not part.times("base"):
            for mark in part.all("BREAK", "SIDE", "OVER", "CROSS", "UP", "BASE", "REC"):
                mark.used = True


def read_scoped(
    story: Story, part: Part, direction: str, anchors: tuple[Item | None, ...], night: bool,
    record: bool,
) -> None:  # fmt: skip
    """A superlative of a span: of so many months, of the year, of the war, or ever."""
    series = _series(part, night)
    back = months_back(part)
    if back is not None and part.month is not None:
        n, item = back
        note = f"{item.words}: the least it can mean, {n} months" if item.number.hedge else ""
        story.add(part, Rank, *anchors, item, rank=1, direction=direction, series=series,
                  start=part.month - n + 1, end=part.month,
                  assumed=(note,) if note else ())  # fmt: skip
        return
    start, end, scoped = span_of(story, part)
    if scoped and start != WAR and start is not None and end is not None:
        if night:
            story.miss(part, "a night's rank within a span of months has no claim type")
            return
        story.add(part, Rank, *anchors, rank=1, direction=direction, start=start, end=end)
        return
    ever = _EVER.search(part.text(story.plain))
    if not (scoped or ever or record or night):
        if part.month is None or not _later_scope(story, part):
            story.miss(part, "the highest or lowest of what span is not said")
            return
        start = WAR
    if night and not (scoped or ever or record) and _within(part, anchors[0]):
        story.miss(part, "the largest night of a month has no claim type")
        return
    extra = _of_night(story, part) if night else {}
    if start is not None and start != WAR:
        start = None
    found = story.add(part, Record, *anchors, series=series, direction=direction, start=start,
                      **({"of": "night"} if night else {}), **extra)  # fmt: skip
    if found is not None:
        read_previous(story, part)


def _from_there(part: Part, item: Item) -> tuple[bool, pd.Period | None]:
    """Whether it is said of all months from a start on, and which: since records began in 2023."""
    time, since = item.time, part.get("SINCE")
    if since is not None and "at least" in since.words and time.kind in ("month", "year"):
        months = months_of(item, part.month, strict=True)
        return True, None if months is None else months[0]
    early = (
        time.kind == "yearpart" and time.n == 1 and not time.words.startswith(("the s", "the b"))
    )
    if time.kind not in ("invasion", "began") and not early:
        return False, None
    start = WAR if time.kind == "invasion" else None
    if time.year is not None:
        start = pd.Period(year=time.year, month=time.month or 1, freq="M")
    later = next((t for t in part.times("subject") if t.time.kind == "yearpart"), None)
    if later is not None and later.time.n == 1 and later.time.year:
        start = pd.Period(year=later.time.year, month=1, freq="M")
        later.used = True
    return True, start


def read_since(
    story: Story, part: Part, item: Item, direction: str, anchors: tuple[Item | None, ...],
    night: bool,
) -> None:  # fmt: skip
    """``since November``: a Since, or a record or a rank of all months from there on."""
    time, series = item.time, _series(part, night)
    rest: dict[str, object] = {"series": series, "direction": direction}
    marks = (*anchors, item, part.get("SINCE"))
    ago = part.month
    spanned, start = _from_there(part, item)
    if spanned:
        story.add(part, Record, *marks, start=start,
                  **({"of": "night"} if night else {}),
            **(_of_night(story, part) if night else {}), **rest)  # fmt: skip
        return
    months = months_of(item, ago, strict=True)
    if time.kind in ("vague", "yearpart", "ago") and not (time.kind == "yearpart" and time.n == 1):
        story.miss(part, f"{time.words!r} names no month")
        return
    if months is None or ago is None:
        story.miss(part, f"which month {time.words!r} is cannot be told; give month=")
        return
    first, last = months
    if time.kind == "yearpart" or (time.kind == "day" and time.month == 1 and time.day == 1):
        story.add(part, Rank, *marks, rank=1, start=first, end=ago, **rest)
        return
    words = time.words if first != last or time.kind in ("lastmonth", "opening") else ""
    if last >= ago:
        story.miss(part, f"{time.words!r} is not before the month spoken of")
        return
    if night:
        story.miss(part, "a night since a month has no claim type")
        return
    then = part.after(item)
    if then is not None and then.tag == "NUMBER" and not then.number.hedge:
        then.used = True
        rest["since_value"] = then.number.value
    story.add(part, Since, *marks, since=last, words_since=words, **rest)
