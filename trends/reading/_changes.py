"""Changes in percent, in points and in units; multiples; spans beside spans."""

from __future__ import annotations

import re
from decimal import Decimal

from trends.claims import Change, Mean, Multiple, Window
from trends.reading._bases import (
    Span,
    base_of,
    base_value,
    bases_of,
    direction_of,
    is_single,
    printed_of,
    unlike,
)  # fmt: skip
from trends.reading._items import Item
from trends.reading._parts import Part
from trends.reading._story import Story
from trends.reading._words import Hedge

_OPPOSITE: dict[Hedge, Hedge] = {"more than": "less than", "almost": "more than"}
_ALIKE = re.compile(
    r"\bas (?:much|many|large|big|high|great)(?: [\w ]{0,20}?)? as\b|"
    r"\bequal to\b|\bthe same as\b|\bequivalent to\b|\bmatch(?:ed|ing|es)\b"
)
_STOCK = re.compile(r"\b(?:area|control|territory|land|held|holdings)\b(?! (?:gain|seized|taken))")
_WHOLLY = re.compile(r"\b(?:whole|all|entire|combined|together)\b")
_WHOLE = {"the", "that", "those", "what", "as", "its", "of"}
_OFTEN = {"thisyear", "ytd", "lastn", "thismonth", "invasion", "began"}
_LESSER = {"fewer", "less", "lower", "smaller", "slower"}


def read_changes(story: Story, part: Part) -> None:
    """The changes and multiples of a part, and then its plain comparisons."""
    percent, times = part.get("PERCENT"), part.get("TIMES")
    if times is not None and times.number.unit == "fraction":
        if _fraction_of_change(part, times):
            _percent(story, part, times)
            return
        _multiple(story, part, times)
        return
    if percent is not None:
        _percent(story, part, percent)
    elif times is not None:
        _multiple(story, part, times)
    elif not _absolute(story, part):
        _compared(story, part)


def _fraction_of_change(part: Part, times: Item) -> bool:
    """Whether "a third" is by how much it changed, not what it changed to."""
    before, after = part.before(times), part.after(times)
    if times.number.more:
        return True
    if after is not None and after.words in ("of", "of the", "of all", "as", "that", "those"):
        return False
    if "halv" in times.words:
        return False
    if times.words.startswith("by ") and part.has("UP", "DOWN", "MORE", "ACC", "SLOW"):
        return True
    return (part.has("UP", "DOWN", "MORE") and not (before and before.words == "to")) or (
        before is not None and before.words == "by"
    )


def _sign(story: Story, part: Part, item: Item) -> int:
    """Up or down, by the number, the words of the part, or those of the part before."""
    number = item.number
    if number.value < 0:
        return -1
    if "+" in item.words:
        return 1
    if number.more:
        return -1 if number.more in _LESSER else 1
    sign, beside = direction_of(part), story.last_of(Change)
    if not sign and part.lead == "and" and beside is not None and isinstance(beside.claim, Change):
        return 1 if (beside.claim.percent or 0) > 0 else -1  # "37% on May and 1,400% on June 2024"
    if not sign and part.items[0].words.split()[0] == "by" and story.parts[0] is not part:
        return direction_of(story.parts[story.parts.index(part) - 1])
    return sign


def _percent(story: Story, part: Part, item: Item) -> None:
    number = item.number
    value = Decimal(number.note) if number.unit == "fraction" else number.value
    sign = _sign(story, part, item)
    value = abs(value)
    if not sign:
        story.miss(part, "whether it went up or down is not said, or both are")
        return
    if part.lead in ("after", "following") and not part.named and not part.times("base"):
        story.miss(part, "a change of an earlier month")
        return
    before = part.before(item)
    if before is not None and before.tag == "BASE":
        story.miss(part, "the share of another month, not a change")  # "up from 88% in April"
        return
    based = base_of(story, part)
    if based is None:
        return
    spans, items, assumed = based
    marks = (item, *items, *part.all("SINCE", "UP", "DOWN", "MORE", "ACC", "SLOW", "BASE"))
    per = "day" if part.has("DAILY", "MEAN") or _after_a_mean(story, part) else "month"
    for mark in part.all("DAILY", "MEAN"):
        mark.used = True
    if number.unit == "points" and "rate" not in part.series:
        story.miss(part, "points are of shares, and no share is named")
        return
    values = printed_of(part, spans)
    if not is_single(part, spans):
        if number.unit == "points":
            story.miss(part, "points between spans of months have no claim type")
            return
        story.add(part, Window, *marks, first=part.first or part.month, bases=tuple(spans),
                  relation="percent", number=sign * value, hedge=number.hedge, assumed=assumed,
                  **base_value(values))  # fmt: skip
        return
    points = {"points": True} if number.unit == "points" else {}
    story.add(part, Change, *marks, base=spans[0][0], percent=sign * value,
                      hedge=number.hedge, assumed=assumed, **points,
                      **({"per": "day"} if per == "day" else {}), **base_value(values))  # fmt: skip


def _after_a_mean(story: Story, part: Part) -> bool:
    """``181 drones a day, up 41% on May``."""
    at = story.parts.index(part)
    last = story.last_of(Mean)
    return bool(at and last and last.part is story.parts[at - 1]) and not (
        part.hard or part.has("SERIES")
    )


def _multiple(story: Story, part: Part, item: Item) -> None:
    number = item.number
    if number.is_share():
        story.miss(part, f"{item.words!r} of what is not said")
        return
    if _counted(part, item):
        story.miss(part, f"{item.words!r}: so often, or so many times as many")
        return
    if number.more in _LESSER and number.unit != "fraction":
        story.miss(part, f"{item.words!r} may mean a {number.value}th, or something else")
        return
    hedge = number.hedge
    if "halv" in item.words:
        hedge = _OPPOSITE.get(hedge, hedge)
    based = base_of(story, part)
    if based is None:
        return
    spans, items, assumed = based
    if number.more and number.unit == "times":
        assumed = (*assumed, f"{item.words!r} is read as so many times as many")
    marks = (item, *items, *part.all("SINCE", "UP", "DOWN", "MORE", "BASE"))
    values = base_value(printed_of(part, spans))
    if any(i.time.kind == "season" for i in items) and part.first in (None, part.month):
        story.miss(part, "a month beside a season: which month of it is not said")
        return
    if not is_single(part, spans):
        story.add(part, Window, *marks, first=part.first or part.month, bases=tuple(spans),
                  relation="multiple", number=number.value, hedge=hedge, assumed=assumed,
                  **values)  # fmt: skip
        return
    story.add(part, Multiple, *marks, base=spans[0][0], multiple=number.value, hedge=hedge,
              assumed=assumed, **values)  # fmt: skip


def _each_or_all(part: Part, spans: list[Span]) -> bool:
    """Whether several months are compared with, and not "together"."""
    return len(spans) > 1 and not part.has("ALL")


def _counted(part: Part, item: Item) -> bool:
    """Whether it is so often, "hit 12 times", and no multiple."""
    if not item.words.endswith("times") or item.number.more or part.has("UP", "DOWN", "BASE"):
        return False
    after = part.after(item)
    if after is not None and after.tag == "TIME" and after.time.kind in _OFTEN and (
        not after.words.endswith("'s")):  # fmt: skip
        return True  # "four times this year"
    return after is None or not (
        after.tag in ("NUMBER", "TIME", "MORE", "SOURCE") or after.words in _WHOLE
    )


def _absolute(story: Story, part: Part) -> bool:
    """``700 more than in September``, ``up by 1,464 on May``."""
    for item in part.all("NUMBER"):
        before, after = part.before(item), part.after(item)
        if after is not None and after.tag == "SERIES":
            after = part.after(after)
        by = before is not None and before.words == "by" and part.has("UP", "DOWN", "OVER", "BREAK")
        noun = part.before(item, 2)
        by = by or (before is not None and before.words == "of" and noun is not None and
                    noun.tag in ("UP", "DOWN"))  # fmt: skip
        more = after is not None and (
            after.tag == "MORE" or (after.tag in ("BASE", "SIDE") and after.words in
                                    ("more than", "fewer than", "less than", "above", "below"))
        )  # fmt: skip
        beside = more and after is not None and after.tag == "SIDE"
        if beside and before is not None and before.words in ("of", "at", "was", "gained"):
            continue  # "a gain of 594 km2, below July's"
        if not (by or more) or part.has("REC"):
            continue
        if part.series.startswith("territory") and by and _STOCK.search(part.text(story.plain)):
            story.miss(part, "of the area held or of the gain is not said")
            return True
        sign = direction_of(part)
        based = base_of(story, part) if sign else None
        if based is None:
            return False
        spans, items, assumed = based
        if not is_single(part, spans):
            story.add(part, Window, item, *items, *part.all("MORE", "UP", "DOWN", "BASE"),
                      first=part.first or part.month, bases=tuple(spans), relation="difference",
                      number=sign * item.number.value, hedge=item.number.hedge)  # fmt: skip
            return True
        story.add(part, Change, item, *items, *part.all("MORE", "UP", "DOWN", "BASE", "OVER"),
                  base=spans[0][0], absolute=sign * item.number.value, hedge=item.number.hedge,
                  assumed=assumed)  # fmt: skip
        return True
    return False


def _unclear(story: Story, part: Part, spans: list[Span], items: list[Item]) -> str:
    """Why what it is compared with may be something else, if so."""
    if _each_or_all(part, spans):
        return "than each, or than all of them together, is not said"
    single = part.first in (None, part.month) and not _WHOLLY.search(part.text(story.plain))
    if single and any(i.time.kind == "season" for i in items):
        return "a month beside a season: which month of it is not said"
    if any(part.month is not None and part.month <= last for _, last in spans):
        return "it is compared with its own month or a later one"
    return ""


def _compared(story: Story, part: Part) -> None:
    """``more in the first half of 2025 than in all of 2024``: no number, only more or less."""
    if not part.times("base") or part.has("PERCENT", "TIMES", "SUP", "REC", "SECONDTO"):
        return
    alike = _ALIKE.search(part.text(story.plain))
    sign = direction_of(part)
    if part.has("OVER", "BREAK"):
        sign = sign or 1
    if any(i.tag == "CROSS" for i in part.items) and not sign:
        sign = 1 if any(i.value == "above" for i in part.items if i.tag == "CROSS") else -1
    own = [i for i in part.all("NUMBER") if i not in printed_of(part, [])]
    moved = part.has("UP", "DOWN") and not part.has("MORE", "OVER", "BREAK", "CROSS")
    if (moved and own) or not (sign or alike):
        return
    if why := unlike(story, part):
        story.miss(part, why)
        return
    based = bases_of(story, part)
    if based is None or not based[0]:
        story.miss(part, "which month it is compared with cannot be told; give month=")
        return
    spans, items = based
    if why := _unclear(story, part, spans, items):
        story.miss(part, why)
        return
    printed = printed_of(part, spans)
    if moved and printed and is_single(part, spans):
        return  # "a decrease from 270 in October": two figures
    values = base_value(printed)
    marks = (
        *items,
        *part.all("MORE", "OVER", "BREAK", "BASE", "SIDE", "CROSS", "ALL", "UP", "DOWN"),
    )
    first = part.first or part.month
    if alike and not sign:
        story.add(part, Window, *marks, first=first, bases=tuple(spans), relation="multiple",
                  number=1, hedge="about", **values)  # fmt: skip
    else:
        story.add(part, Window, *marks, first=first, bases=tuple(spans),
                  relation="above" if sign > 0 else "below", **values)  # fmt: skip
