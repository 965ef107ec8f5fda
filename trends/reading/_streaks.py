"""Streaks: so many months in a row."""

from __future__ import annotations

import re

from trends.claims import Streak
from trends.reading._items import Item
from trends.reading._parts import Part, months_of
from trends.reading._story import Story

_KINDS = {"ACC": "acceleration", "SLOW": "slowing", "UP": "rise", "DOWN": "fall", "REC": "record"}
_EACH = re.compile(
    r"\b(?:every|each) (?:single )?month\b|month by month|month after month|each successive month|"
    r"\bmonthly\b.*\bsince\b.*\bwithout a break|\bsteadily\b"
)
_THAN_EACH = re.compile(
    r"\b(?:than|exceed\w*|above|below|surpass\w*|against)"
    r"(?: in| for| during| those of| that of)? (?:every|each)\b"
)
# what speaks of a streak that is over: "ending a run of three consecutive rises"
_OVER = re.compile(
    r"\b(?:ending|ended|ends|end|snapp\w+|halt\w*|interrupt\w*|following|revers\w+|"
    r"preceding|previous|stopp\w+|after (?:\w+ ){0,2}(?:consecutive|straight|successive|months))\b"
)
_FOR_NTH = re.compile(r"for (?:(?:a|the|its|their) )?\w+ (?:\w+ )?(?:month|time)\b")


def read_streaks(story: Story, part: Part) -> None:
    """The streaks of a part."""
    length, used = _length(story, part)
    if not length:
        return
    if part.has("CROSS", "SIDE", "NUMBER", "PERCENT") and _bound(part):
        story.miss(part, "a streak of months above or below a number has no claim type")
        return
    if _OVER.search(part.text(story.plain)) or (part.lead == "after" and not part.has("REC")):
        story.miss(part, "a streak that ended, or one of another month")
        return
    kind, mark = _kind(story, part)
    if not kind:
        story.miss(part, "a streak of what is not said")
        return
    for item in part.all("SUP"):
        item.used = item.used or kind == "record" or item.words in ("peak", "high")
    peak = part.times("ahead")
    if peak and part.month is not None:
        months = months_of(peak[0], part.month, strict=True)
        if months is None or (part.month - months[0]).n != length:
            story.miss(part, "the streak and the month it is counted from do not agree")
            return
        used = [*used, *peak, *part.all("AHEAD")]
    story.add(part, Streak, *used, mark, *part.all("RUN"), length=length, kind=kind)
    for item in part.all(*_KINDS):
        item.used = True


def _bound(part: Part) -> bool:
    """Whether the number is the bound of the streak: "below 600 for a third month"."""
    return any(
        (item.tag in ("CROSS", "SIDE") and (after := part.after(item)) and after.tag == "NUMBER")
        or (item.tag == "NUMBER" and item.number.hedge in ("more than", "less than"))
        for item in part.items
    )


def _length(story: Story, part: Part) -> tuple[int, list[Item]]:
    """How many months in a row, and the items that say so."""
    text = part.text(story.plain)
    run, nth = part.get("RUN"), part.get("NTH")
    count = next((i for i in part.all("COUNT") if i.number.unit in ("months", "years")), None)
    if run is not None and run.words not in ("month by month", "month after month"):
        if nth is not None:
            return int(str(nth.value)), [nth, run]
        if count is not None and count.number.unit == "months":
            return int(count.number.value), [count, run]
        number = next((i for i in part.all("NUMBER") if i.number.value < 60), None)
        if number is not None:
            number.used = True
            return int(number.number.value), [number, run]
        if run.words == "back-to-back":
            return 2, [run]
        return 0, []
    span = re.search(r"\bmonths? of (?:\w+ )?(?:acc|slow|quick|ris|fall|incr|decr|decl|fast)", text)
    if count is not None and span and count.number.unit == "months" and not count.number.hedge:
        return int(count.number.value), [count]
    if count is not None and re.search(r"(?:consecutive|straight|successive)", count.words):
        return int(count.number.value), [count]
    if _EACH.search(text) and not _THAN_EACH.search(text) and part.month is not None:
        for item in part.times("since", "base"):
            months = months_of(item, part.month, strict=True)
            if months is not None and months[0] == months[1]:
                marks = [item, *part.all("SINCE", "BASE", "RUN", "EVERY")]
                return (part.month - months[0]).n, marks
        return 0, []
    of = re.search(r"\bmonth (?:of|in which)\b", text)
    named = any(item.tag == "NTH" and (after := part.after(item)) and after.tag == "MONTHS"
                and (of or _FOR_NTH.search(text)) for item in part.items)  # fmt: skip
    if nth is not None and named and int(str(nth.value)) > 1 and _strong(part):
        return int(str(nth.value)), [nth]
    return 0, []


def _strong(part: Part) -> bool:
    """Whether no superlative stands beside: "the third largest month" is a rank."""
    return all(i.words in ("peak", "high", "low", "top") for i in part.items if i.tag == "SUP")


def _kind(story: Story, part: Part) -> tuple[str, Item | None]:
    """What goes on: in this part, or in the one before it."""
    near = [item for item in part.items if item.tag in _KINDS]
    record = next((item for item in near if item.tag == "REC"), None)
    speeds = [item for item in near if item.tag in ("ACC", "SLOW")]
    if record is not None:
        return "record", record
    for item in speeds or near:
        return _KINDS[item.tag], item
    sides = [item for item in part.items if item.tag == "MORE"]
    text = part.text(story.plain)
    if sides and (_EACH.search(text) or re.search(r"\bmonths? (?:of|with) \w+ ", text)):
        return ("rise" if sides[0].value == "up" else "fall"), sides[0]
    at = story.parts.index(part)
    if at and not part.hard:
        before = [item for item in story.parts[at - 1].items if item.tag in _KINDS]
        tags = {_KINDS[item.tag] for item in before}
        if len(tags) == 1:
            return tags.pop(), None
    if at + 1 < len(story.parts) and not story.parts[at + 1].hard and not part.has("SERIES"):
        after = [item for item in story.parts[at + 1].items if item.tag in _KINDS]
        if any(item.tag == "REC" for item in after):
            for item in story.parts[at + 1].all("REC", "BREAK", "SUP"):
                item.used = True
            part.series = story.parts[at + 1].series
            return "record", None
        tags = {_KINDS[item.tag] for item in after}
        if len(tags) == 1:
            return tags.pop(), None
    return "", None
