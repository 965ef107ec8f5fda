"""Claims taken back, because a clause beside them was not read or says something else."""

from __future__ import annotations

from itertools import pairwise

from trends.claims import Window
from trends.reading._parts import Part
from trends.reading._refusals import SAID, goes_on, opens_narrowly, restricts
from trends.reading._story import Story

UNFORMED = "no claim of a known form"
_ARTICLES = {"the", "a", "some", "those", "these", "all", "of"}
_OPENINGS = {"in", "over", "during", "on", "at", "within", "across", "for"}


def unopened(story: Story) -> None:
    """Drop what stands behind an opening that was not understood: "Since October 1, ..."."""
    why = ""
    for part in story.parts:
        why = "" if part.hard else why
        missed = next((m for m in story.missed if m.part is part and m.whole), None)
        if missed is not None and opens_narrowly(story, part):
            why = missed.why
        elif why and (
            any(part in (found.part, *found.parts) for found in story.found)
            or any(fact.part is part for fact in story.facts)
        ):
            story.miss(part, why)


def narrowed(story: Story) -> None:
    """Drop the claims that a clause behind them narrows: ", in Donetsk region"."""
    strange = {id(part): why for part, why in story.strange}
    missed = {id(m.part): m.why for m in story.missed if m.whole}
    for before, part in reversed(list(pairwise(story.parts))):
        why = strange.get(id(part)) or missed.get(id(part))
        if not (goes_on(before, part) or restricts(part) or _more_bases(story, before, part)):
            continue
        stated = any(before in (found.part, *found.parts) for found in story.found)
        if why and _more_bases(story, before, part):
            story.miss(before, "what more it is compared with is not understood")
            continue
        if why and (stated or any(fact.part is before for fact in story.facts)):
            story.miss(before, why)


def _more_bases(story: Story, before: Part, part: Part) -> bool:
    """``surpassed that of May and the half of ...``: more of what a span is compared with."""
    last = before.items[-1]
    compared = before.roles.get(id(last)) == "base" and any(
        isinstance(found.claim, Window) and found.part is before for found in story.found
    )
    return compared and part.lead == "and" and not part.hard and not part.has("SERIES")


def dated_behind(story: Story) -> None:
    """Drop a superlative whose month may stand behind it: "..., the lowest, 240, in March"."""
    for k, part in enumerate(story.parts):
        dated = part.named and not part.hard and all(
            i.tag == "TIME" or i.words in ("in", "for", "during") for i in part.items
        )  # fmt: skip
        if not dated or not k or goes_on(story.parts[k - 1], part):
            continue
        if all(i.tag == "NUMBER" for i in story.parts[k - 1].items) and k > 1:
            k -= 1
        before = story.parts[k - 1]
        if before.has("SUP", "REC") and before.month != part.month and any(
            found.part is before for found in story.found
        ):  # fmt: skip
            story.miss(before, "of which of two months is not said")


def listed(story: Story) -> None:
    """Drop what is counted along with what was lost: "lost 33,200 soldiers and 1,400 drones"."""
    head: Part | None = None
    for part in story.parts:
        if head is None or part.hard or not part.only_counts() or part.lead not in (",", "and"):
            head = part
        elif head.has("LOSS") and any(m.part is head and m.whole for m in story.missed):
            story.miss(part, "what was lost is not what was launched")


def borrowed(story: Story) -> None:
    """Drop what took its month from a clause that was not read, unless the text is about it."""
    missed = {id(m.part): m.why for m in story.missed if m.whole}
    for part in story.parts:
        lender = part.lender
        if lender is None or part.month == story.seen or missed.get(id(lender)) in (None, UNFORMED):
            continue
        if story.rests_on(part):
            story.miss(
                part, f"its month is that of {story.plain.words(lender.start, lender.end)!r}"
            )


def cut_off(story: Story) -> None:
    """Drop what a clause between parts from its verb, or from the span that it is of."""
    strange = {id(part) for part, _ in story.strange}
    for k, part in enumerate(story.parts):
        rest = story.parts[k + 1 :]
        stop = next((n for n, other in enumerate(rest) if other.hard), len(rest))
        verb = rest[1] if stop > 1 and rest[1].lead == "," else None
        bare = {i.tag for i in part.items if i.words not in _ARTICLES} <= {
            "NUMBER",
            "SERIES",
            "HINT",
        }
        if bare and verb is not None and (id(verb) in strange or _only_downed(verb)):
            story.miss(part, "what is said of the number stands apart from it")
        times = [i for i in part.items if part.roles.get(id(i)) == "subject"]
        span = next((i for i in times if i.time.is_span()), None)
        if (
            span is None
            or part.first is not None
            or part.has("NUMBER", "SUP", "REC", "RUN")
            or part.named
        ):
            continue
        for other in rest[:stop]:
            if other.named or other.first is not None:
                break
            if story.rests_on(other):
                story.miss(other, f"of {span.words!r} or of the month is not said")


def _only_downed(part: Part) -> bool:
    return part.has("DOWNED") and not part.has("NUMBER", "PERCENT", "TIMES", "SERIES")


def leaning(story: Story, part: Part) -> None:
    """Drop what leans on a clause that was not read: its series or its span came from there."""
    at = story.parts.index(part)
    if not at or part.hard:
        return
    before = story.parts[at - 1]
    missed = next((m for m in story.missed if m.part is before and m.whole), None)
    if missed is None:
        return
    if missed.why == UNFORMED and not before.has("NIGHT") and _moved(before):
        return
    opening = before.items[0].words.split()[0] in _OPENINGS and not before.has("SERIES")
    opening = opening and len(before.items) <= 5 and before.lead != "and"
    ground = any(i.tag == "NUMBER" and i.number.unit == "km2" for i in before.items)
    leans = (
        (before.has("SERIES", "NIGHT") or ground) and not part.has("SERIES") and part.lead != "("
    )
    doing = part.items[0].words.endswith("ing") and before.has("SINCE", "COUNT", "NIGHT")
    leans = leans or (doing and part.lead != "(")  # "since the summit, launching 16,381"
    named = part.times("subject") or part.named
    leans = opening or (leans and not named and not story.metric)
    if leans and story.rests_on(part):
        story.miss(part, f"it leans on {story.plain.words(before.start, before.end)!r}")


def _moved(part: Part) -> bool:
    """Whether it only says that the series rose or fell: "Launches fell in December"."""
    said = {item.tag for item in part.items if item.tag in SAID}
    return part.has("SERIES") and said <= {"UP", "DOWN", "ACC", "SLOW", "TIME"}
