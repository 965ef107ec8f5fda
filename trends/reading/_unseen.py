"""Records said by what has not been: "never so many", "no month has seen more"."""

from __future__ import annotations

import re

from trends.claims import Rank
from trends.reading._parts import Part, months_of
from trends.reading._records import read_scoped, read_since
from trends.reading._story import Story

NEVER = re.compile(
    r"^never(?: before| yet)?\b.*\b(?:so|as|this) (?:(?P<high>many|much)|(?P<low>few|little))\b"
)
NO_MONTH = re.compile(
    r"^(?:in )?no (?:other |previous |earlier |single )?month\b.*"
    r"\b(?:has|have|had|did|saw|was|were)\b.*?"
    r"\b(?:(?:as|so) (?:many|much|high|large)|(?:more|higher|larger|bigger)|"
    r"(?P<low>(?:as|so) (?:few|little|low)|fewer|less|lower|smaller))\b"
)
_NOT_SO = re.compile(
    r"\b(?:has|have|had) not \w+ (?:\w+ )?(?:so|as|this|that) (?:(?P<high>many|much|high|large|"
    r"fast|quickly|rapidly)|(?P<low>few|little|low|small|slow|slowly))\b.*\bsince\b"
)
_SO = re.compile(
    r"^not since\b.*\b(?:so|as|this|that|such)(?: an?)? (?:(?P<high>much|many|high|large|big|fast|"
    r"quickly|rapidly|great)|(?P<low>little|few|low|small|slow|slowly))\b"
)


def read_unseen(story: Story, part: Part) -> bool:
    """``Not since November has Russia gained so much``."""
    if _no_month(story, part):
        return True
    never = NEVER.search(part.text(story.plain))
    if never is not None and part.times("since") and not part.has("SUP", "REC"):
        for item in part.all("NEG"):
            item.used = True
        read_since(
            story, part, part.times("since")[0], "low" if never["low"] else "high", (), False
        )
        return True
    if never is not None and not part.has("SUP", "REC", "SINCE"):
        for item in part.all("NEG", "TIME", "COUNT"):
            item.used = True
        direction = "low" if never["low"] else "high"
        read_scoped(story, part, direction, (), is_night(story, part), True)
        return True
    if part.times("since") and (so := _NOT_SO.search(part.text(story.plain))) is not None:
        for item in part.all("NEG", "SUP"):
            item.used = True
        read_since(story, part, part.times("since")[0], "low" if so["low"] else "high", (), False)
        return True
    so, since = _SO.search(part.text(story.plain)), part.times("since")
    if so is None or not since:
        return False
    read_since(story, part, since[0], "low" if so["low"] else "high", (), False)
    return True


def _no_month(story: Story, part: Part) -> bool:
    """``No month of the war has seen as many missiles as February``."""
    said = NO_MONTH.search(part.text(story.plain))
    if said is None or part.has("SUP", "REC", "PERCENT", "TIMES", "SINCE"):
        return False
    for item in part.times("base"):
        if months_of(item, story.upto, strict=False) != (part.month,) * 2:
            story.miss(part, "which month has the most is not understood")
            return True
        item.used = True
    spend(part)
    direction = "low" if said["low"] else "high"
    if part.first not in (None, part.month):  # "no month this year"
        story.add(part, Rank, rank=1, direction=direction, start=part.first, end=part.month)
    else:
        read_scoped(story, part, direction, (), is_night(story, part), True)
    return True


def _at_night(story: Story, at: int) -> bool:
    """Whether the clauses before speak of a night, and none between of a month."""
    for k in range(at - 1, -1, -1):
        before = story.parts[k]
        if any(i.tag == "NIGHT" and i.value != "raid" for i in before.items):
            return True
        days = any(i.tag == "TIME" and i.time.kind == "day" for i in before.items)
        if (before.named and not days) or (k < at - 1 and story.parts[k + 1].hard):
            return False
    return False


def is_night(story: Story, part: Part) -> bool:
    """Whether it is a night's record, not a month's."""
    if not any(other.has("MONTHS") for other in story.parts):
        at = story.parts.index(part)
        raid = at > 0 and {i.tag for i in story.parts[at - 1].items} <= {"WORD", "NIGHT", "TO"}
        if raid and story.parts[at - 1].has("NIGHT"):
            return True
        if not part.named and _at_night(story, at):
            return True  # "355 drones overnight, its biggest drone assault"
        near = [o for o in story.parts[max(at - 1, 0) : at + 2] if o is part or not (
            o.has("SINCE") or o.says())]  # fmt: skip
        if any(i.time.kind == "day" for o in near for i in o.items if i.tag == "TIME"):
            return True
    if part.has("MONTHS") and not any(i.tag == "NIGHT" and "night" in i.words for i in part.items):
        return False
    night = [item for item in part.items if item.tag == "NIGHT"]
    day = any(t.time.kind == "day" for t in part.items if t.tag == "TIME")
    return bool(night) or day


def spend(part: Part) -> None:
    for item in part.all("MORE", "OVER", "BREAK", "CROSS", "SIDE", "BASE"):
        item.used = True
