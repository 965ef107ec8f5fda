"""A text split into clauses, at the marks and at the words that join them."""

from __future__ import annotations

from trends.reading._items import Item
from trends.reading._parts import Part
from trends.reading._roles import NOT_SPLIT_AS, assign

_VERGES = {"third": 3, "fifth": 5, "sixth": 6, "eighth": 8, "tenth": 10}
_NTH_NEXT = {"RUN", "MONTHS", "REC", "SUP", "UP", "DOWN", "NIGHT"}
_TO_TIME = {
    "since",
    "in",
    "on",
    "over",
    "during",
    "for",
    "the",
    "between",
    "from",
    "across",
    "alone",
}
_BY_NIGHT = ("overnight", "nighttime", "night-time")
_HARD = {".", ";", "!", "?"}


def split(items: list[Item]) -> list[Part]:
    """The parts of a text, at the marks and at the words that join clauses."""
    items = _ordinals(items)
    parts: list[Part] = []
    current: list[Item] = []
    hard, lead = False, ""
    for k, item in enumerate(items):
        if item.tag in ("MARK", "JOIN") and not _kept(items, k):
            if current:
                parts.append(Part(current, hard=hard, lead=lead, tail=item.words))
                current, hard, lead = [], False, ""
            elif parts and item.words in _HARD:
                parts[-1].tail = item.words
            hard, lead = hard or item.words in _HARD, item.words
        else:
            current.append(item)
    if current:
        parts.append(Part(current, hard=hard, lead=lead))
    parts = _rejoined(parts)
    for part in parts:
        assign(part)
    return parts


def _rejoined(parts: list[Part]) -> list[Part]:
    """``4,700 km2 (1,815 square miles) over the course of 2025``: the time is of the first."""
    kept: list[Part] = []
    for part in parts:
        timed = part.lead == ")" and all(_spans(i) or i.words in _TO_TIME for i in part.items)
        if timed and len(kept) > 1 and kept[-1].lead == "(":
            kept[-2].items.extend(part.items)
            kept[-1].tail = part.tail
        else:
            kept.append(part)
    return kept


def _ordinals(items: list[Item]) -> list[Item]:
    """``a third month``, ``missiles for a third``: no third of a month."""
    for k, item in enumerate(items):
        if item.tag == "NIGHT" and item.value == "raid" and _names(items, k):
            item.tag = "WORD"  # "attack drones"
        if item.tag == "NIGHT" and item.words in _BY_NIGHT and _names(items, k) and any(
            i.tag == "MONTHS" for i in items
        ):  # fmt: skip
            item.tag = "WORD"  # "overnight missile attacks ... their highest monthly level"
        name = item.words.split()[-1] if item.words else ""
        if item.tag != "TIMES" or name not in _VERGES or item.number.hedge:
            continue
        before = items[k - 1].words if k else ""
        after = items[k + 1] if k + 1 < len(items) else None
        counted = after is not None and (after.tag in _NTH_NEXT or after.words == "time")
        if counted or (before == "for" and (after is None or after.tag in ("MARK", "JOIN"))):
            item.tag, item.value = "NTH", _VERGES[name]
    return items


def _names(items: list[Item], k: int) -> bool:
    """Whether a raid only names what follows: "attack UAVs"."""
    return k + 1 < len(items) and items[k + 1].tag == "SERIES" and (
        items[k + 1].start >= items[k].end
    )  # fmt: skip


def _kept(items: list[Item], k: int) -> bool:
    """Whether a mark or a joining word stands inside a clause."""
    item = items[k]
    before = items[k - 1] if k else None
    after = items[k + 1] if k + 1 < len(items) else None
    if item.words == "as" and after is not None and after.words in NOT_SPLIT_AS:
        return True
    if before is None or after is None:
        return False
    if item.words == "and" and _listed(items, k):
        return True
    if item.words == "which" and before.words in ("in", "during"):
        return True  # "the first month in which"
    if item.words == "," and _opens(items, k):
        return True
    if item.words == "," and _listed(items, k) and k + 2 < len(items):
        return items[k + 2].words in ("and", ",")
    if item.words == "as":
        return after.words in NOT_SPLIT_AS or before.words in NOT_SPLIT_AS or after.tag in (
            "TIME", "MORE", "SERIES", "NUMBER"
        ) or before.tag == "TIMES" or before.words == "twice"  # fmt: skip
    if item.words == "after":
        at = k + 1
        while at < len(items) and items[at].words in ("the", "a", "an"):
            at += 1
        if at < len(items) and items[at].tag == "TIME":
            item.tag = "AHEAD"
            return True
    return item.words == "with" and before.tag in ("BASE", "WORD") and before.words in (
        "compared", "comparison")  # fmt: skip


def _opens(items: list[Item], k: int) -> bool:
    """Whether what stands before belongs to what follows: "On 9 June, ...", "On average, ..."."""
    start = k
    while start and items[start - 1].tag not in ("MARK", "JOIN"):
        start -= 1
    if start and items[start - 1].words not in _HARD:
        return False
    opening = items[start:k]
    if not opening or len(opening) > 6:
        return False
    day = any(i.tag == "TIME" and i.time.kind in ("day", "firstdays", "between") for i in opening)
    said = any(i.tag in ("MEAN", "FIRST", "RUN") for i in opening) and not any(
        i.tag == "SERIES" for i in opening
    )
    if all(_spans(i) or i.words in _TO_TIME for i in opening):
        return len([i for i in opening if _spans(i)]) == 1
    first = opening[0].words.split()[0]
    return (day or said) and first in ("for", "on", "in", "between", "from", "over", "during")


def _spans(item: Item) -> bool:
    """Whether it is a time, or so many months."""
    counted = item.tag == "COUNT" and item.number.unit in ("months", "years")
    return item.tag == "TIME" or counted


def _listed(items: list[Item], k: int) -> bool:
    """Whether an "and" joins two times: "October and November 2024"."""
    before, after = items[k - 1], items[k + 1]
    if before.tag != "TIME":
        return False
    if after.tag == "WORD" and after.words in ("the", "all", "of") and k + 2 < len(items):
        after = items[k + 2]
    return after.tag == "TIME" and {before.time.kind, after.time.kind} <= {"month", "year"}
