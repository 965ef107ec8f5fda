"""From items to claims: context, refusals, the families of claims in order, what is left over."""

from __future__ import annotations

import re
from collections.abc import Callable

from trends.claims import Claim, Record
from trends.reading._amounts import read_amounts, settle
from trends.reading._changes import read_changes
from trends.reading._context import find_months, find_series
from trends.reading._extremes import read_extremes
from trends.reading._firsts import read_firsts
from trends.reading._items import Item, read_items
from trends.reading._nights import (
    read_means,
    read_nights,
    read_paces,
    read_shares,
    read_signs,
)  # fmt: skip
from trends.reading._parts import Part, split
from trends.reading._story import Story
from trends.reading._streaks import read_streaks
from trends.reading._words import FOREIGN, pick

# the order matters: what is read first is not read again
FAMILIES: tuple[Callable[[Story, Part], None], ...] = (
    read_paces,
    read_nights,
    read_signs,
    read_streaks,
    read_shares,
    read_means,
    read_firsts,
    read_extremes,
    read_changes,
    read_amounts,
)

# what a claim must not leave over in its part: it may say that something else is meant
_WEIGHTY = frozenset({
    "PERCENT", "TIMES", "COUNT", "NTH", "SUP", "REC", "RUN", "SINCE", "TIME", "RANGE", "DAILY",
    "EX", "AMONG", "PACE", "NUMBER", "MEAN", "NIGHT",
})  # fmt: skip
_SAID = _WEIGHTY | {"UP", "DOWN", "ACC", "SLOW", "SECONDTO", "OVER", "BREAK", "LOSS"}
_ENGLISH = frozenset(
    pick(
        "the|of|in|than|since|and|a|was|were|for|month|on|by|an|its|from|to|with|it|more|most|"
        "is|at|largest|biggest|highest|lowest|record|drones|missiles"
    )
)
_NEGATED = re.compile(r"\bno (?:more|fewer|longer|record|increase|decrease|rise|gains?)\b")
# what is longer is no sentence, and the reading of a clause costs its length squared
MOST_PARTS, MOST_ITEMS = 400, 300
# words of other spans than months: what is said of a year is not said of a month
_SPANS = frozenset(
    pick(
        "year|years|yearly|annual|annually|quarter|quarters|quarterly|then|decade|season|seasonal|"
        "spell|anniversary|hour|biweekly|bimonthly|half-yearly|peacetime|ended|ending|reversed|"
        "cumulative|rolling|per-capita|adjusted|typical|usual|normally|usually"
    )
)
_OPENINGS = {"in", "over", "during", "on", "at", "within", "across", "for"}
_ALL_ON = "*"  # marks a reason that holds for the next part too, whatever it says


def understand(story: Story) -> None:
    """Read all parts of a text into claims."""
    items = read_items(story.plain)
    if _foreign(story.plain.text):
        part = Part([Item("WORD", 0, len(story.plain.text))])
        story.parts = [part]
        story.miss(part, "the sentence is not in English")
        return
    story.parts = [part for part in split(items) if part.items]
    if len(story.parts) > MOST_PARTS or any(len(p.items) > MOST_ITEMS for p in story.parts):
        part = Part(items)
        story.parts = [part]
        story.miss(part, "more clauses, or longer ones, than a few sentences have")
        return
    find_months(story)
    find_series(story)
    carried = ""
    for part in story.parts:
        carried = _refused(story, part, "" if part.hard else carried)
        if carried:
            bare = not any(item.tag in _SAID and item.tag != "TIME" for item in part.items)
            story.miss(part, carried)
            carried = _ALL_ON + carried if bare else carried
            continue
        for family in FAMILIES:
            if any(missed.part is part and missed.whole for missed in story.missed):
                break
            family(story, part)
    for part in story.parts:
        _leftover(story, part)
        _leaning(story, part)
    settle(story)


def _foreign(text: str) -> bool:
    letters = [a for a in text if a.isalpha()]
    if not letters:
        return False
    if sum(a.isascii() for a in letters) < 0.7 * len(letters):
        return True
    words = re.findall(r"[^\W\d_]+", text)
    english = sum(word in _ENGLISH for word in words)
    return any(
        (n := sum(word in set(known.split()) for word in words)) >= 2 and n > english
        for known in FOREIGN.values()
    )


def _refused(story: Story, part: Part, carried: str) -> str:
    """Why a part cannot be read, if so; it holds for the parts that lean on it."""
    why = ""
    refused = part.get("REFUSED")
    negated = part.get("NEG")
    forecast = part.get("FORE")
    text = part.text(story.plain)
    if refused is not None and not any(
        i.tag == "HINT" and i.start <= refused.start and i.end >= refused.end for i in part.items
    ):
        why = f"{refused.words!r}: {refused.value}"
    elif (negated is not None or _NEGATED.search(text)) and not _nightly(text):
        why = "it says what is not so" if negated is None else f"a negation: {negated.words!r}"
    elif forecast is not None and not part.has("PACE"):
        why = f"a forecast or a condition, not a statement: {forecast.words!r}"
    other = next((i for i in part.items if _of_another_span(i)), None)
    if not why and other is not None:
        why = f"{other.words!r}: a span other than a month, or another time"
    if why:
        return why
    if carried and part.lead == "which":
        return carried.removeprefix(_ALL_ON)
    if carried.startswith(_ALL_ON):
        return carried.removeprefix(_ALL_ON)
    if carried and not part.has("SERIES") and not (part.has("NUMBER") and part.times("subject")):
        return carried
    return ""


def _leaning(story: Story, part: Part) -> None:
    """Drop what leans on a clause that was not read: its series or its span came from there."""
    at = story.parts.index(part)
    if not at or part.hard:
        return
    before = story.parts[at - 1]
    missed = next((m for m in story.missed if m.part is before and m.whole), None)
    if missed is None:
        return
    opening = before.items[0].words.split()[0] in _OPENINGS and not before.has("SERIES")
    opening = opening and len(before.items) <= 5 and before.lead != "and"
    leans = before.has("SERIES", "NIGHT") and not part.has("SERIES") and part.lead != "("
    named = part.times("subject") or part.named
    leans = opening or (leans and not named and not story.metric)
    if leans and any(found.part is part for found in story.found):
        story.miss(part, f"it leans on {story.plain.words(before.start, before.end)!r}")


def _of_another_span(item: Item) -> bool:
    if item.tag == "WORD":
        return item.words in _SPANS
    return item.tag == "TIME" and item.time.kind == "vague" and item.time.words.startswith("a ")


def _nightly(text: str) -> bool:
    return (
        re.search(r"\b(?:not (?:a|one)|no|without a) (?:single )?(?:night|day)\b", text) is not None
    )


def _leftover(story: Story, part: Part) -> None:
    """Drop the claims of a part that leaves something over that may change its meaning."""
    if any(missed.part is part and missed.whole for missed in story.missed):
        return
    left = [item for item in part.items if not item.used and item.tag in _WEIGHTY]
    left = [item for item in left if not _harmless(part, item)]
    read = any(part in found.parts or found.part is part for found in story.found)
    read = read or any(fact.part is part for fact in story.facts)
    if any(claim_of_night(found.claim) for found in story.found):
        left = [item for item in left if item.tag != "NIGHT"]
    if left and read:
        story.miss(part, f"what {left[0].words!r} adds is not understood")
    elif not read and any(item.tag in _SAID and not item.used for item in part.items):
        story.miss(part, "no claim of a known form")


def claim_of_night(claim: Claim) -> bool:
    """Whether it speaks of nights, so that a night in another part is no surprise."""
    return claim.series.endswith(("_largest_night", "_nights_without")) or (
        isinstance(claim, Record) and claim.of == "night"
    )


def _harmless(part: Part, item: Item) -> bool:
    if item.tag == "TIME" and part.roles.get(id(item)) in ("out",):
        return True
    if item.tag == "NIGHT":
        return "night" not in item.words and "day" not in item.words and item.words != "overnight"
    if item.tag == "COUNT" and item.words.replace("-", " ") in ("one month", "a month"):
        return True
    return item.tag in ("MEAN", "NTH") and item.words in ("mean", "first")
