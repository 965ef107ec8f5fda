"""What each time of a clause is there for: spoken of, compared with, left out."""

from __future__ import annotations

from trends.reading._items import Item
from trends.reading._parts import Part
from trends.reading._words import pick

_SKIPPED = frozenset(
    pick(
        "the|that|of|its|as|in|level|figure|total|those|what|it|was|all|a|during|for|many|much|"
        "high|large|big|were|reported|period|month's|seen|it's|their|is|is'|every|almost|just|"
        "reached|at|least|way|back"
    )
)
_COUNTRIES = frozenset(pick("ukraine|ukrainian|ukrainians|kyiv|russia|moscow|our|country|them"))
_MEASURES = {"PERCENT", "TIMES", "NUMBER", "UP", "DOWN", "MORE", "ACC", "SLOW"}
_COMPARED = {"the", "that", "those", "what", "as", "of", "of the", "of those"}
_IN = {"in", "during"}
# after these, an "as" does not open a clause of its own
NOT_SPLIT_AS = frozenset(pick("many|much|large|high|big|fast|a|the|in|well|it|of|low|few"))


def assign(part: Part) -> None:
    """Give each time its role: what is spoken of, or what it is compared with."""
    role = "subject"
    seen: set[str] = set()
    for k, item in enumerate(part.items):
        if item.tag == "BASE" and _aimed(part, k):
            item.tag = "WORD"  # "against Ukraine" is no comparison
        elif item.tag == "TIME":
            _place(part, item, role)
            listed = k + 1 < len(part.items) and part.items[k + 1].tag in ("JOIN", "MARK")
            role = role if listed else "subject"
        else:
            role = _turned(part, k, seen, role)
        seen.add(item.tag)


def _turned(part: Part, k: int, seen: set[str], role: str) -> str:
    """The role of the times that follow an item."""
    item, after = part.items[k], _next(part, k)
    to_time = after is not None and after.tag == "TIME"
    if item.tag == "BREAK" and k and part.items[k - 1].words in ("was", "were", "been", "is"):
        return role  # "was beaten in July": when, not what
    crossed = item.tag in ("OVER", "BREAK") and _numbered(after)
    if _of_itself(part, k) or (crossed and after and not after.words.startswith("the ")):
        return role  # "topped 5,000 in June"; but "the 6,297 of July" is what was topped
    if item.tag in ("BASE", "OVER", "BREAK") or (
        item.tag in ("SIDE", "CROSS") and to_time and item.words != "over"
    ):
        return "base"
    if item.tag == "TIMES" and item.number.unit == "fraction" and (
        item.number.is_share() or (part.has("DOWNED") and not part.has("BASE"))
    ):  # fmt: skip
        return role
    if item.tag == "TIMES" and k + 1 < len(part.items):
        return "base" if _multiplied(part, k + 1, to_time) else role
    if item.words == "as" and "TIMES" in seen and not _many(part, k + 1):
        return "base"
    if item.tag == "MORE" and item.words.endswith(" on"):
        return "base"  # "a threefold increase on the 1,900 recorded in November"
    if item.words == "on" and _numbered(after) and seen & {"TIMES", "PERCENT", "UP", "DOWN"}:
        return "base"
    if _dated(after) and (
        (item.words == "on" and seen & _MEASURES) or (item.words == "over" and "PERCENT" in seen)
    ):
        return "base"
    if item.words == "to" and role == "base":
        return "subject"
    if item.tag == "ONLY":
        return "ahead" if to_time else role
    if item.tag == "SINCE":
        return "since" if to_time else "lost"
    return {"SECONDTO": "ahead", "AHEAD": "ahead", "EX": "out"}.get(item.tag, role)


def _of_itself(part: Part, k: int) -> bool:
    """``more than it lost in June`` is of June."""
    own = k + 2 < len(part.items) and part.items[k + 1].words in ("it", "they")
    return own and part.items[k].tag == "BASE" and part.items[k + 2].tag in ("LOSS", "GAIN")


def _numbered(item: Item | None) -> bool:
    return item is not None and item.tag == "NUMBER"


def _place(part: Part, item: Item, role: str) -> None:
    kind = item.time.kind
    if kind in ("ago", "previous", "previoustwelve") and role == "subject":
        measured = part.has("PERCENT", "TIMES", "MORE", "UP", "DOWN", "ALL")
        role = "base" if measured else "subject"
    against = part.before(item)
    apart = against is not None and (against.tag == "BASE" or against.words == "on")
    if kind == "thismonth" or (kind == "between" and part.has("TIMES", "PERCENT") and not apart):
        role = "subject"
    if kind == "opening" and role not in ("since", "base"):
        role = "out"
    if kind in ("invasion",) and role == "subject":
        role = "scope"
    part.roles[id(item)] = role


def _next(part: Part, k: int) -> Item | None:
    """The next item that says something."""
    for item in part.items[k + 1 :]:
        if item.start >= part.items[k].end and not (
            item.tag in ("WORD", "ONLY", "EVERY", "SHAREOF", "TO") and item.words in _SKIPPED
        ):
            return item
    return None


def _many(part: Part, k: int) -> bool:
    """Whether an "as" is that of "as many"."""
    return k < len(part.items) and part.items[k].words in NOT_SPLIT_AS - {
        "in",
        "the",
        "a",
        "it",
        "of",
    }


def _dated(item: Item | None) -> bool:
    """Whether a time that is no day follows: "on 9 July" is not "on June"."""
    return item is not None and item.tag == "TIME" and item.time.kind != "day"


def _aimed(part: Part, k: int) -> bool:
    """Whether a country follows "against" or "from", not what it is compared with."""
    words = [item.words for item in part.items[k + 1 : k + 3]]
    return part.items[k].words in ("against", "from") and bool(words) and (
        words[0] in _COUNTRIES or (words[0] == "the" and words[-1] in _COUNTRIES)
    )  # fmt: skip


def _multiplied(part: Part, k: int, to_time: bool) -> bool:
    """Whether what follows "double" is what it is double of."""
    direct = part.items[k]
    if direct.words in _COMPARED:
        return not (direct.words == "as" and _many(part, k + 1))
    return direct.tag == "NUMBER" or (to_time and direct.words not in _IN)
