"""Superlatives: which of record, since and rank they make."""

from __future__ import annotations

import re

from trends.claims import Rank, Record
from trends.reading._items import Item
from trends.reading._parts import Part, months_of
from trends.reading._ranks import WAR, read_among, read_only, read_rank, span_of
from trends.reading._records import (
    read_beaten,
    read_previous,
    read_scoped,
    read_since,
)  # fmt: skip
from trends.reading._story import Story
from trends.reading._unseen import is_night, read_unseen, spend

_EVERY = re.compile(
    r"\b(?:every|any|all) (?:\w+ )?(?:earlier|previous|other|prior|preceding|before)\b|"
    r"\b(?:than|exceed\w*|above|below|surpass\w*)(?: in| for| during| those of| that of)? "
    r"(?:every|each|all) months?\b|"
    r"\b(?:earlier|previous|other|preceding) months\b|\bany (?:other |single |calendar )?(?:one )?"
    r"month\b|\bever(?: before)?\b|\bat any (?:time|point)\b"
)
_WEAK = {"high", "low", "top", "peak", "peaked"}


def read_extremes(story: Story, part: Part) -> None:
    """The superlatives and records of a part."""
    if read_unseen(story, part) or read_only(story, part) or _beyond_all(story, part):
        return
    top, record = _superlative(part), part.get("REC")
    if record is not None and _of_another(part, record):
        record.used, record = True, None
    if record is not None and story.last_of(Record) and not part.hard and _earlier(part):
        record.used = True
        read_previous(story, part)
        return
    if record is not None and top is None and _earlier(part) and not part.has("BREAK", "TIME"):
        story.miss(part, "which month held the record before is not said")
        return
    if top is None and record is None:
        second = part.get("SECONDTO")
        if part.get("SECONDTO", "AHEAD") is not None and _behind(story, part):
            return
        if second is not None:
            nth = part.get("NTH")
            rank = 1 if nth is None else int(str(nth.value))
            read_rank(story, part, rank, "high", second, nth)
        elif not part.has("PERCENT", "TIMES", "MORE") and story.last_of(Record) and not part.hard:
            read_beaten(story, part)
        return
    if top is not None and top.value == "?":
        story.miss(part, f"{top.words!r} may mean most or fewest")
        return
    named = None if top is None else part.after(top)
    if named is not None and named.tag == "TIME" and named.time.kind == "month":
        story.miss(part, f"the {named.words}s of several years are not compared")
        return
    counted = None if top is None else part.before(top)
    if counted is not None and counted.tag == "NUMBER" and not part.has("AMONG"):
        story.miss(part, "several highest or lowest at once")
        return
    if top is not None and _of_a_change(story, part, top):
        return
    if _of_days(story, part):
        story.miss(part, "of the daily mean or of the month is not said")
        return
    direction = str(top.value) if top is not None else "low" if record and record.value else "high"
    _place(story, part, direction, top, record)


def _month_of_raids(part: Part) -> bool:
    """``February's missile barrage was the heaviest``."""
    raids = [i.value == "raid" for i in part.items if i.tag == "NIGHT"]
    return bool(raids) and all(raids) and any(
        i.tag == "TIME" and i.time.kind == "month" and i.words.endswith("'s") for i in part.items
    )  # fmt: skip


def _of_days(story: Story, part: Part) -> bool:
    """Whether it may be said of a daily mean: "The daily average, 263, was the highest"."""
    if part.has("SERIES", "NIGHT") or part.hard:
        return False
    for before in reversed(story.parts[: story.parts.index(part)]):
        if before.has("MEAN") or (before.has("DAILY") and before.has("NUMBER")):
            return True
        if before.has("SERIES") or before.hard:
            return False
    return False


def _behind(story: Story, part: Part) -> bool:
    """``, behind only November 2024``: the months ahead of the rank just read."""
    found = story.last_of(Rank)
    if found is None or part.hard or not isinstance(found.claim, Rank) or found.claim.ahead:
        return False
    times = part.times("ahead")
    months = [months_of(item, part.month, strict=True) for item in times]
    ahead = [span[0] for span in months if span is not None and span[0] == span[1]]
    if len(ahead) != len(times) or len(ahead) != found.claim.rank - 1:
        return False
    for item in (*times, *part.all("SECONDTO", "ONLY", "AHEAD")):
        item.used = True
    story.amend(found, part, ahead=tuple(sorted(ahead)))
    return True


def _of_another(part: Part, record: Item) -> bool:
    """Whether it is the record of a month compared with: "down 41% on March's record"."""
    before = part.before(record)
    based = before is not None and part.roles.get(id(before)) in ("base", "ahead", "since")
    return based and not part.has("BREAK", "OVER")


def _earlier(part: Part) -> bool:
    """Whether the record spoken of is the one that was beaten."""
    words = {item.words for item in part.items}
    return bool(words & {"earlier", "previous", "old", "former", "prior"}) or part.has("BREAK")


def _superlative(part: Part) -> Item | None:
    for item in part.all("SUP"):
        rest = part.text_after(item)
        most_of = rest.startswith("of") and not rest.startswith(("of any", "of the war", "of all"))
        if item.words == "most" and (most_of or rest.startswith("likely")):
            item.used = True
            continue
        if item.words in _WEAK:
            before = part.before(item)
            windowed = before is not None and before.tag in ("COUNT", "MONTHS", "REC")
            if not windowed and not part.has("SINCE", "REC"):
                item.used = True
                continue
            if windowed and before is not None and before.tag == "REC":
                item.used = True
                continue
        return item
    return None


def _of_a_change(story: Story, part: Part, top: Item) -> bool:
    """Miss the superlative of a change, "the largest drop", which no type holds."""
    ahead = part.before(top)
    if ahead is not None and ahead.words == "the":
        ahead = part.before(ahead)
    if ahead is not None and ahead.tag in ("UP", "DOWN") and ahead.words != "up":
        story.miss(part, f"{top.words!r} is said of a change ({ahead.words}), not of a month")
        return True
    after, words = part.after(top), 0
    while after is not None and words < 4 and after.tag in ("WORD", "MONTHS", "NET"):
        after, words = part.after(after), words + 1
    change = after is not None and (
        after.tag in ("DOWN", "ACC", "SLOW") or (after.tag == "UP" and not _grown(part))
    )
    if change and after is not None and after.words not in ("faster", "slower"):
        story.miss(part, f"{top.words!r} is said of a change ({after.words}), not of a month")
    return change


def _grown(part: Part) -> bool:
    """Whether an increase is itself the quantity: the ground that was added."""
    return part.series.startswith("territory") and not part.has("SERIES")


def _place(story: Story, part: Part, direction: str, top: Item | None, record: Item | None) -> None:
    since, night = part.times("since"), is_night(story, part)
    if night and _month_of_raids(part):
        story.miss(part, "of one attack or of the month is not said")
        return
    if night:
        for item in part.all("NIGHT"):
            item.used = True
    nth, among = part.get("NTH"), part.get("AMONG")
    anchors = (top, record, nth)
    if nth is not None and record is not None and top is None:
        story.miss(part, "which record of several is meant")
        return
    if among is not None and top is not None:
        read_among(story, part, direction, top, among)
        return
    if part.has("SECONDTO", "AHEAD") and part.times("ahead") and (top or nth):
        rank = int(str(nth.value)) if nth is not None else 0
        read_rank(story, part, rank, direction, *anchors)
        return
    if nth is not None and top is not None:
        read_rank(story, part, int(str(nth.value)), direction, *anchors)
        return
    if since:
        read_since(story, part, since[0], direction, anchors, night)
        return
    if part.has("SINCE"):
        story.miss(part, "since when is not a month that this reader knows")
        return
    read_scoped(story, part, direction, anchors, night, record is not None)


def _beyond_all(story: Story, part: Part) -> bool:
    """``exceeded every earlier month of the war``, ``above earlier months of the year``."""
    if not part.has("OVER", "SIDE", "CROSS", "BREAK", "MORE", "BASE") or part.has("PERCENT"):
        return False
    sided = any(i.tag == "BASE" and i.words != "than" for i in part.items)
    if not sided and not part.has("OVER", "SIDE", "CROSS", "BREAK", "MORE", "ACC", "SLOW"):
        return False
    every = _EVERY.search(part.text(story.plain))
    if every is None:
        return False
    if _of_days(story, part):
        story.miss(part, "of the daily mean or of the month is not said")
        return True
    low = part.has("SLOW") or any(
        i.value in ("below", "down") or i.words in ("less than", "fewer than")
        for i in part.items
        if i.tag in ("SIDE", "MORE", "BASE")
    )
    since = [item for item in part.times("since") if item.time.kind in ("month", "season")]
    if since:
        read_since(story, part, since[0], "low" if low else "high", (), False)
        spend(part)
        return True
    for item in part.times("since"):
        if item.time.kind not in ("invasion", "began"):
            story.miss(part, f"which months since {item.words!r} are meant is not said")
            return True
    for item in part.times("base", "since"):
        item.used = item.used or item.time.kind == "began"
        part.roles[id(item)] = "subject"
    start, end, scoped = span_of(story, part)
    direction = "low" if low else "high"
    for item in part.all("SINCE"):
        item.used = True
    if is_night(story, part):
        read_scoped(story, part, direction, (), True, True)
    elif scoped and start != WAR:
        story.add(part, Rank, rank=1, direction=direction, start=start, end=end)
    else:
        story.add(part, Record, direction=direction, start=start)
    spend(part)
    return True
