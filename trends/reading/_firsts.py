"""The first time since: bounds and signs."""

from __future__ import annotations

import re
from dataclasses import fields

from trends.claims import Threshold
from trends.reading._items import Item
from trends.reading._parts import Part, months_of
from trends.reading._story import Story

_FIRST = re.compile(
    r"\bfirst time\b|\bthe first (?:\w+ )?(?:rise|fall|drop|decline|increase|decrease|slowdown|"
    r"month)\b"
)
_AT_LEAST = re.compile(r"^(?:at least|no fewer than|no less than|a minimum of)\b")
_AT_MOST = re.compile(r"^(?:at most|up to|no more than|as many as)\b")


def read_firsts(story: Story, part: Part) -> None:
    """``the first month under 400 since April``, ``topped 5,000 for the first time``."""
    text = part.text(story.plain)
    if not says_first(part):
        return
    number = next((i for i in part.all("NUMBER") if side_of(part, i)), None)
    since = part.times("since")
    marks = [*part.all("FIRST", "SINCE", "CROSS", "SIDE", "NTH", "ONLY")]
    if number is None:
        _first_alone(story, part, since, text)
        return
    given: dict[str, object] = {"bound": number.number.value, "op": side_of(part, number)}
    scope = [t for t in part.times("subject", "base") if t.time.is_span()]
    if since and since[0].time.kind == "invasion":
        since[0].used = given["first_ever"] = True
    elif since:
        months = months_of(since[0], part.month, strict=True)
        if months is None or since[0].time.kind in ("vague", "yearpart", "began"):
            story.miss(part, f"which month {since[0].words!r} is cannot be told")
            return
        since[0].used = True
        given["first_since"] = months[1]
    elif scope:
        scope[0].used = True
        story.leave(part, part.start, part.end, "first of a span: only the bound is read")
    elif part.has("COUNT"):
        story.miss(part, "the first in so many months has no claim type")
        return
    else:
        given["first_ever"] = True
        marks += [i for i in part.times("scope") if i.time.kind == "invasion"]
    story.add(part, Threshold, number, *marks, **given)


def says_first(part: Part) -> bool:
    """Whether it speaks of a first one, other than in "the first half of 2025"."""
    return any(item.tag != "TIME" and re.search(r"\bfirst\b", item.words) for item in part.items)


def _first_alone(story: Story, part: Part, since: list[Item], text: str) -> None:
    """``, the first since August``: it speaks of the claim before it."""
    before = story.found[-1] if story.found and not part.hard else None
    alone = not part.has("PERCENT", "TIMES", "UP", "DOWN", "SUP", "REC", "NUMBER", "ACC", "SLOW")
    if (
        since
        and alone
        and before is not None
        and any(f.name == "first_since" for f in fields(before.claim))
    ):
        months = months_of(since[0], before.claim.month, strict=True)
        if months is not None and since[0].time.kind not in ("vague", "invasion", "began"):
            for item in part.items:
                item.used = True
            story.amend(before, part, first_since=months[1])
            return
    if (since or _FIRST.search(text)) and not part.has("SUP", "SECONDTO", "LOSS"):
        story.miss(part, "the first of its kind since a month: only bounds and signs are read")


def side_of(part: Part, item: Item) -> str:
    """On which side of the number the value lies, if on one."""
    number, before = item.number, part.before(item)
    if _AT_LEAST.match(number.words):
        return "at least"
    if _AT_MOST.match(number.words):
        return "at most"
    if number.hedge == "more than":
        return "above"
    if number.hedge == "less than":
        return "below"
    at = [i for i in part.items if i.tag in ("CROSS", "SIDE")]
    for mark in at:
        after = part.after(mark)
        while after is not None and after.tag in ("CROSS", "SIDE", "BREAK", "OVER"):
            after = part.after(after)
        if after is item:
            return str(mark.value)
    if before is not None and before.tag in ("CROSS", "SIDE"):
        return str(before.value)
    return ""
