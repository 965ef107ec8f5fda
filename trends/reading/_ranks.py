"""Ranks: the second largest, only two were larger, among the three highest."""

from __future__ import annotations

import re

import pandas as pd

from trends.claims import Rank
from trends.reading._items import Item
from trends.reading._parts import Part, months_of
from trends.reading._story import Story
from trends.reading._words import EVENTS

WAR = pd.Period(EVENTS["war"], "M")
_KINDS_OF_YEAR = frozenset({"year", "thisyear", "ytd", "half", "quarter", "season", "firstn",
                            "lastn", "between"})  # fmt: skip
_ONLY_TIMES = re.compile(
    r"only (once|twice|three times|one(?: other)?(?: month)?|two(?: other)? months|"
    r"three(?: other)? months)"
)


def span_of(story: Story, part: Part) -> tuple[pd.Period | None, pd.Period | None, bool]:
    """The span that a superlative is said of, from the times of its part."""
    for item in part.times("subject", "scope"):
        if item.time.kind == "invasion":
            item.used = True
            return WAR, None, True
        if item.time.kind in _KINDS_OF_YEAR and part.month is not None:
            here = part.month
            if story.seen is not None and story.seen.year == here.year:
                here = max(here, story.seen)  # told later in the year
            if item.time.kind == "lastn":
                here = part.month
            months = months_of(item, here, strict=False)
            if months is None:
                continue
            item.used = True
            first, last = months
            if item.time.kind in ("thisyear", "ytd") and first <= here:
                last = here
            elif item.time.kind == "season" and item.time.year is None:
                into = (part.month.month - item.time.month) % 12
                if into > 2:
                    continue  # it is not of that season
                first, last = part.month - into, part.month
            elif not first <= part.month <= last:
                last = part.month
            told = story.published
            if told is not None and item.time.kind == "year":
                last = max(part.month, min(last, pd.Period(told, "M") - 1))
            return first, last, True
    return None, None, False


def months_back(part: Part) -> tuple[int, Item] | None:
    """``a 16-month high``, ``in nine months``, ``in almost two years``: so many months."""
    for item in part.all("COUNT"):
        if item.words in ("one-month", "one month", "1-month"):
            item.used = True
            continue
        if item.number.unit in ("months", "years") and not part.has("RUN"):
            n = float(item.number.value) * (12 if item.number.unit == "years" else 1)
            least = {"almost": 0.9, "about": 0.95, "less than": 0.9}.get(item.number.hedge, 1.0)
            return max(int(n * least), 2), item
    return None


def read_rank(story: Story, part: Part, rank: int, direction: str, *anchors: Item | None) -> None:
    """``second largest``, ``second only to November 2024``."""
    ahead = []
    for item in part.times("ahead"):
        months = months_of(item, part.month, strict=True)
        if months is None or months[0] != months[1]:
            story.miss(part, f"which month {item.words!r} is cannot be told; give month=")
            return
        item.used = True
        ahead.append(months[0])
    since = part.times("since")
    start, end, _ = span_of(story, part)
    if since and part.month is not None:
        months = months_of(since[0], part.month, strict=True)
        if months is None:
            story.miss(part, f"which month {since[0].words!r} is cannot be told")
            return
        since[0].used = True
        start = months[1] + 1 if since[0].time.kind == "opening" else months[0]
    back = months_back(part)
    if back is not None and part.month is not None:
        start, end = part.month - back[0] + 1, part.month
        back[1].used = True
    if start is None and part.first not in (None, part.month):
        start, end = part.first, part.month  # "only March saw fewer this year"
    ahead = _same_years(part, ahead)
    rank = max(rank, len(ahead) + 1)
    if rank == 1:
        story.miss(part, "behind which month is not said")
        return
    story.add(part, Rank, *anchors, *part.all("SECONDTO", "AHEAD", "SINCE", "ONLY", "FIRST"),
              rank=rank, direction=direction, start=start, end=end, ahead=tuple(sorted(ahead)),
              excluding=excluded(story, part))  # fmt: skip


def _same_years(part: Part, ahead: list[pd.Period]) -> list[pd.Period]:
    """``October and November 2024``: the year that stands at the end holds for both."""
    times = [i.time for i in part.items if i.tag == "TIME" and part.roles.get(id(i)) == "ahead"]
    if len(times) > 1 and times[-1].year and all(t.year is None for t in times[:-1]):
        year = times[-1].year
        return [pd.Period(year=year, month=t.month, freq="M") for t in times]
    return ahead


def excluded(story: Story, part: Part) -> tuple[tuple[pd.Period, pd.Period], ...]:
    """The span that a ranking leaves out, wherever the sentence says so."""
    for other in story.parts:
        for item in other.items:
            if item.tag == "TIME" and other.roles.get(id(item)) == "out":
                if item.time.kind != "opening" and not _only_left_out(other):
                    continue
                item.used = True
                for mark in other.all("EX"):
                    mark.used = True
                months = months_of(item, part.month, strict=False)
                return () if months is None else (months,)
    return ()


def _only_left_out(part: Part) -> bool:
    """Whether a clause names what is left out, and says no more."""
    start = next(k for k, item in enumerate(part.items) if item.tag == "EX")
    return all(i.tag in ("EX", "TIME") or len(i.words) < 4 for i in part.items[start:])


def read_only(story: Story, part: Part) -> bool:
    """``only October and November 2024 were larger``, ``only twice has it taken more``."""
    if not part.has("MORE") or part.has("PERCENT"):
        return False
    side = next(item for item in part.items if item.tag == "MORE")
    direction = "high" if side.value == "up" else "low"
    if part.has("ONLY") and part.times("ahead"):
        for item in part.times("base"):  # "only November saw more than June"
            if months_of(item, story.upto, strict=False) == (part.month,) * 2:
                item.used = True
        read_rank(story, part, 1, direction)
        return True
    times = _ONLY_TIMES.search(part.text(story.plain))
    if times is None:
        return False
    n = {"once": 1, "one": 1, "twice": 2, "two": 2, "three": 3}[times[1].split()[0]]
    for item in part.all("COUNT", "TIMES", "NUMBER", "ONLY"):
        item.used = True
    read_rank(story, part, n + 1, direction, *part.all("NTH"))
    return True


def read_among(story: Story, part: Part, direction: str, top: Item, among: Item) -> None:
    """``among the three highest``: a rank or a better one."""
    number = next((i for i in part.all("NUMBER", "NTH", "COUNT") if i.tag != "NTH"), None)
    if number is None or number.number.value > 20:
        story.miss(part, f"{among.words!r} without a number says too little to check")
        return
    start, end, _ = span_of(story, part)
    for item in part.times("since"):
        if item.time.kind != "invasion":
            story.miss(part, f"which months since {item.words!r} are meant is not understood")
            return
        start, item.used = WAR, True
        for mark in part.all("SINCE"):
            mark.used = True
    rank, left = int(number.number.value), excluded(story, part)
    story.add(part, Rank, top, among, number, rank=rank, at_least=True, direction=direction,
              start=start, end=end, excluding=left)  # fmt: skip
