"""From items to claims: context, refusals, the families of claims in order, what is left over."""

from __future__ import annotations

import re
from collections.abc import Callable

from trends.claims import Claim, Record
from trends.reading._amounts import read_amounts
from trends.reading._changes import read_changes
from trends.reading._clauses import split
from trends.reading._context import find_months, find_series
from trends.reading._doubts import doubt, of_sentences
from trends.reading._extremes import read_extremes
from trends.reading._firsts import read_firsts
from trends.reading._items import Item, read_items
from trends.reading._nights import (
    read_means,
    read_nights,
    read_shares,
    read_signs,
)  # fmt: skip
from trends.reading._odd import odd_figures
from trends.reading._paces import read_paces
from trends.reading._parts import Part
from trends.reading._refusals import (
    ALL_ON,
    SAID,
    bare_reason,
    narrative,
    opens_narrowly,
    refused,
    transparent,
)  # fmt: skip
from trends.reading._settled import settle
from trends.reading._story import Story
from trends.reading._streaks import read_streaks
from trends.reading._subjects import FOREIGN
from trends.reading._withdrawn import (
    UNFORMED,
    borrowed,
    cut_off,
    dated_behind,
    leaning,
    listed,
    narrowed,
    unopened,
)
from trends.reading._words import pick

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
_ENGLISH = frozenset(
    pick(
        "the|of|in|than|since|and|a|was|were|for|month|on|by|an|its|from|to|with|it|more|most|"
        "is|at|largest|biggest|highest|lowest|record|drones|missiles"
    )
)
# what is longer is no sentence, and the reading of a clause costs its length squared
MOST_PARTS, MOST_ITEMS = 400, 300
_TURNED = re.compile("[\u202b\u202d\u202e\u2067]")  # right to left, and overrides


def understand(story: Story) -> None:
    """Read all parts of a text into claims."""
    items = read_items(story.plain)
    turned = _TURNED.search(story.plain.original) is not None
    if turned or _foreign(story.plain.text):
        part = Part([Item("WORD", 0, len(story.plain.text))])
        story.parts = [part]
        why = (
            "marks that turn the order of the letters"
            if turned
            else "the sentence is not in English"
        )
        story.miss(part, why)
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
    odd, asked = list(odd_figures(story.plain.text)), of_sentences(story)
    for part in story.parts:
        why = next((why for start, end, why in odd if start < part.end and part.start < end), "")
        why = why or asked.get(id(part), "")
        if why:
            story.miss(part, why)
            carried = ALL_ON + why
            continue
        carried = _read_part(story, part, "" if part.hard else carried)
    _withdraw(story)
    settle(story)


def _withdraw(story: Story) -> None:
    """Take back the claims that leave something over, or lean on what was not read."""
    for part in story.parts:
        _leftover(story, part)
        leaning(story, part)
    unopened(story)
    for found in list(story.found):
        if found.claim.series == "" and found.part.has("LOSS"):
            story.miss(found.part, "losses of what is not said")
    dated_behind(story)
    narrowed(story)
    listed(story)
    borrowed(story)
    cut_off(story)


def _read_part(story: Story, part: Part, carried: str) -> str:
    """Read a part, or return why not: it holds for those that lean on it."""
    stated = any(item.tag in SAID for item in part.items)
    why = refused(story, part, carried)
    if why:
        story.miss(part, bare_reason(why))
        return why
    strange = narrative(story, part) or doubt(story, part)
    if strange:
        if stated:
            story.miss(part, strange)
        story.strange.append((part, strange))
        if opens_narrowly(story, part):
            return ALL_ON + strange
        return carried if transparent(part) else strange
    for family in FAMILIES:
        if any(missed.part is part and missed.whole for missed in story.missed):
            break
        family(story, part)
        if family is read_paces and any(found.part is part for found in story.found):
            break
    return ""


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
    elif not read and any(item.tag in SAID and not item.used for item in part.items):
        story.miss(part, UNFORMED)


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
