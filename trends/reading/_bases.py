"""What a change or a multiple is compared with."""

from __future__ import annotations

import re

import pandas as pd

from trends.claims import Mean
from trends.reading._items import Item
from trends.reading._parts import Part, months_of
from trends.reading._story import Story

Span = tuple[pd.Period, pd.Period]
_TOOK = re.compile(r"(?:in|over|within|for)\b")
MOST_OF_A_MONTH = 26  # days after the first: what is said of so many is said of the month


def direction_of(part: Part) -> int:
    """Up or down, by the words of the part; 0 where neither or both are said."""
    signs = set()
    for item in part.items:
        if item.tag in ("UP", "DOWN"):
            signs.add(1 if item.tag == "UP" else -1)
        elif item.tag == "MORE":
            signs.add(1 if item.value == "up" else -1)
        elif item.tag == "SIDE":
            signs.add(1 if item.value == "above" else -1)
        elif item.tag == "BASE" and item.words in ("more than", "less than", "fewer than"):
            signs.add(1 if item.words == "more than" else -1)
        elif item.tag == "BASE" and item.words in ("up on", "down on"):
            signs.add(1 if item.words == "up on" else -1)
        elif item.tag in ("ACC", "SLOW"):
            signs.add(1 if item.tag == "ACC" else -1)
        elif item.tag in ("OVER", "BREAK"):
            signs.add(1)
    if {i.tag for i in part.items if i.tag in ("UP", "DOWN")} == {"UP"}:
        return 1
    if {i.tag for i in part.items if i.tag in ("UP", "DOWN")} == {"DOWN"}:
        return -1
    return signs.pop() if len(signs) == 1 else 0


def bases_of(story: Story, part: Part) -> tuple[list[Span], list[Item]] | None:
    """The months compared with; None where one is named that cannot be told."""
    found: list[Span] = []
    items = part.times("base") or part.times("since")
    _since_then(part)
    last_year = None
    for item in reversed(items):  # "October and November 2024"
        time = item.time
        if time.kind == "month" and time.year is None and last_year is not None:
            month = pd.Period(year=last_year, month=time.month, freq="M")
            found.insert(0, (month, month))
            continue
        if time.kind == "lastn" and part.month is not None and _TOOK.match(time.words):
            if part.first not in (None, part.month):
                return None
            found.insert(0, (part.month - time.n,) * 2)  # "fourteen-fold in a year"
            continue
        if time.kind in ("previous", "previoustwelve"):
            before = _previous(part, item)
            if before is None:
                return None
            found[:0] = before
            continue
        if part.first is not None and part.month is not None and part.first != part.month:
            back = {"ago": time.n, "sameperiod": 12 * (part.month.year - (time.year or 0))}
            if time.kind in back and back[time.kind] % 12 == 0:
                found.insert(0, (part.first - back[time.kind], part.month - back[time.kind]))
                continue
        told = time.kind not in ("day", "eventyear") and not (
            time.kind in ("year", "season") and part.roles.get(id(item)) == "since"
        )
        months = months_of(item, part.month, strict=True) if told else None
        if months is None:
            return None
        months = later(story, item, months)
        last_year = time.year if time.kind == "month" else None
        found.insert(0, months)
    return found, items


def _since_then(part: Part) -> None:
    """``Since January, it took more than in all of 2023``: from there on, beside a base."""
    since = part.times("since")
    if not part.times("base") or len(since) != 1 or part.first not in (None, part.month):
        return
    time = since[0].time
    if time.kind in ("month", "yearpart") and (time.kind == "month" or time.n == 1):
        months = months_of(since[0], part.month, strict=True)
        if months is not None and part.month is not None and months[0] < part.month:
            part.first, since[0].used = months[0], True
            for mark in part.all("SINCE"):
                mark.used = True


def later(story: Story, item: Item, months: Span) -> Span:
    """``389 in February against 240 in March``: the month that the text is about, if so named."""
    upto = story.upto
    bare = (
        not item.words.startswith("last ")
        and item.time.kind == "month"
        and item.time.year is None
        and not item.time.season
    )
    return (upto, upto) if bare and upto is not None and upto.month == item.time.month else months


def _previous(part: Part, item: Item) -> list[Span] | None:
    """``the two previous Januaries``, ``the previous twelve`` months."""
    time, month = item.time, part.month
    if month is None:
        return None
    if time.kind == "previoustwelve":
        first = part.first or month
        n = time.n
        return [(first - n, first - 1)]
    if time.season == "years":
        return [
            (pd.Period(year=month.year - k, month=1, freq="M"),
             pd.Period(year=month.year - k, month=12, freq="M"))
            for k in range(time.n, 0, -1)
        ]  # fmt: skip
    latest = pd.Period(year=month.year, month=time.month, freq="M")
    latest = latest - 12 if latest >= month else latest
    return [(latest - 12 * k, latest - 12 * k) for k in range(time.n - 1, -1, -1)]


def unlike(story: Story, part: Part) -> str:
    """Why the month may not be what is compared: the clause before is of its days, or a mean."""
    at = story.parts.index(part)
    if not at or part.hard or part.named or part.has("SERIES"):
        return ""
    before = story.parts[at - 1]
    if any(isinstance(f.claim, Mean) and f.part is before for f in story.found) and (
        not part.has("DAILY", "PERCENT")):  # fmt: skip
        return "of the daily mean or of the month is not said"
    days = [i.time for i in before.items if i.tag == "TIME" and i.time.kind == "firstdays"]
    if any(time.n - time.day < MOST_OF_A_MONTH for time in days):
        return "of some days or of the month is not said"
    return ""


def base_of(story: Story, part: Part) -> tuple[list[Span], list[Item], tuple[str, ...]] | None:
    """The months compared with, the month before where none is named."""
    if why := unlike(story, part):
        story.miss(part, why)
        return None
    read = bases_of(story, part)
    if read is None:
        story.miss(part, "which month it is compared with cannot be told; give month=")
        return None
    spans, items = read
    dangling = [i for i in part.all("SINCE") if not part.times("since")]
    if dangling:
        story.miss(part, "since when is not a month that this reader knows")
        return None
    if spans:
        return spans, items, ()
    carried = _neighbour(story, part)
    if carried is None and (beside := _spoken_of(story, part)) is not None:
        if part.has("SERIES") or beside[0] != beside[1]:
            if beside != ((part.month or beside[0]) - 1,) * 2:
                story.miss(part, "compared with the month before, or as the clause before is")
                return None
        else:
            carried = beside
    if _open(part):
        story.miss(part, "what it is compared with is not a month that is named")
        return None
    if carried is not None:
        return [carried], [], ()
    if part.month is None:
        story.miss(part, "no month is named; give month= or published=")
        return None
    others = {p.month for p in story.parts[: story.parts.index(part)] if p.named}
    if others - {part.month, part.month - 1, None}:
        story.miss(part, "compared with the month before, or with another that is named")
        return None
    if part.first not in (None, part.month):
        story.miss(part, "what the span is compared with is not said")
        return None
    return [(part.month - 1,) * 2], [], ("compared with the month before, as none is named",)


def _open(part: Part) -> bool:
    """Whether something is named that it is compared with, but no month: "than DeepState's"."""
    for item in part.all("BASE", "TIMES"):
        after = part.after(item)
        if item.tag == "TIMES":
            if " as " in item.words and _as_another(part, item):
                return True
            of = after is not None and after.words in (
                "that",
                "those",
                "what",
                "of",
                "of the",
                "of all",
            )
            if of:
                return True
        elif after is not None and after.tag not in ("NUMBER", "TIME") and after.words != "its":
            return True
    return False


def _as_another(part: Part, times: Item) -> bool:
    """``twice as many drones as Ukraine``: as another, not as another month."""
    behind = [item for item in part.items if item.start >= times.end]
    return part.tail == "as" or any(
        item.words == "as" and (after := part.after(item)) is not None
        and after.tag not in ("TIME", "NUMBER", "BASE") and after.words not in ("in", "the", "it")
        for item in behind
    )  # fmt: skip


def _spoken_of(story: Story, part: Part) -> Span | None:
    """What the clause before is compared with: "5,298 against 3,300 a year ago, up 60%"."""
    at = story.parts.index(part)
    if not at or part.hard:
        return None
    before = story.parts[at - 1]
    for item in before.items:
        if item.tag == "TIME" and before.roles.get(id(item)) == "base":
            return months_of(item, part.month, strict=True)
    return None


def _neighbour(story: Story, part: Part) -> Span | None:
    """A base that stands alone in a part before or after: "Compared with May, launches rose"."""
    at = story.parts.index(part)
    for other in story.parts[max(at - 1, 0) : at + 2]:
        opening = other.items[0].tag == "SINCE" and story.parts.index(other) < at
        if other is part or other.has("PERCENT", "TIMES", "SUP") or (
            other.has("REC") and not opening):  # fmt: skip
            continue
        for item in other.times(*(("base", "since") if opening else ("base",))):
            if item.time.kind in ("month", "ago"):
                months = months_of(item, part.month, strict=True)
                if months is not None:
                    item.used = True
                    for mark in other.all("BASE", "SINCE"):
                        mark.used = True
                    return months
    return None


def is_single(part: Part, spans: list[Span]) -> bool:
    """Whether one month is compared with one month."""
    whole = part.first not in (None, part.month)
    return not whole and len(spans) == 1 and spans[0][0] == spans[0][1]


def printed_of(part: Part, spans: list[Span]) -> list[Item]:
    """The numbers that are printed for what it is compared with."""
    reached, found = False, []
    for item in part.items:
        if item.tag == "BASE" or (item.tag == "SIDE" and item.words != "over"):
            reached = True
        elif item.words == "to":
            reached = False
        elif item.tag == "NUMBER" and not item.used:
            before = part.before(item)
            of_base = before is not None and (
                before.tag == "TIMES" or part.roles.get(id(before)) == "base"
            )
            if reached or of_base:
                found.append(item)
    return found


def base_value(items: list[Item]) -> dict[str, object]:
    """The figure printed for the base, where there is one."""
    if len(items) != 1 or items[0].number.hedge or not re.search(r"\d", items[0].words):
        return {}
    items[0].used = True
    return {"base_value": items[0].number.value}
