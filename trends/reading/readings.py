"""Read a sentence into typed claims; say what could not be read."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import pandas as pd

from trends.claims import Claim
from trends.errors import BadOption
from trends.panel import MonthLike, as_month, notebook_html
from trends.reading._grammar import understand
from trends.reading._story import Found, Story
from trends.reading._tokens import plain

MOST_LETTERS = 10_000


@dataclass(frozen=True, slots=True)
class ReadClaim:
    """A typed claim and the words it was read from.

    Parameters
    ----------
    claim : Claim
        The claim. Its `series` is the key of a metric ("drones_launched"), empty where the
        sentence does not say.
    words : str
        The words of the sentence.
    span : tuple of int
        Where they begin and end in the text.
    source : str
        The publisher that the sentence names.
    definition_hint : str
        What the sentence says of the definition: "Shahed only".
    assumed : tuple of str
        What the reader took for granted: the month before as the base, a unit converted.
    """

    claim: Claim
    words: str
    span: tuple[int, int]
    source: str = ""
    definition_hint: str = ""
    assumed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Unread:
    """Words that were not read, where they stand, and why."""

    words: str
    span: tuple[int, int]
    why: str


@dataclass(frozen=True, slots=True)
class Reading:
    """What `read_claim` made of a text: typed claims, and what it did not read."""

    text: str
    claims: tuple[ReadClaim, ...]
    unread: tuple[Unread, ...]

    def __str__(self) -> str:
        lines = []
        for read in self.claims:
            kind = type(read.claim).__name__
            lines.append(f'{kind}: {read.claim.sentence()} ("{read.words}")')
            lines += [f"    taken for granted: {note}" for note in read.assumed]
        lines += [f'Not read: "{left.words}": {left.why}.' for left in self.unread]
        return "\n".join(lines)

    def _repr_html_(self) -> str:
        return notebook_html(str(self).splitlines())


def read_claim(
    text: str,
    *,
    month: MonthLike | None = None,
    published: dt.date | str | None = None,
    metric: str = "",
) -> Reading:
    """Read an English sentence about monthly figures into typed claims.

    Rule-based and deterministic. What is not understood is said and never guessed.

    Parameters
    ----------
    text : str
        One sentence or a few, at most 10,000 letters.
    month : Period, str or date, optional
        The month that the text is about where it names none, and from which "last November" and
        "a year earlier" are counted.
    published : date or str, optional
        The day of publication. Without `month`, the text is about the month before it.
    metric : str, optional
        The series where the sentence does not say, such as ``"drones_launched"``.

    Returns
    -------
    Reading
        `claims`, each with the words it was read from, and `unread`, each with why.

    Raises
    ------
    BadOption
        If the text is no text or too long, or `published` is no day.
    UnknownMonth
        If `month` does not name a month.

    Examples
    --------
    >>> print(read_claim("Russia's biggest territorial gain since November while accelerating "
    ...                  "advances for a third consecutive month", month="2025-06"))
    Since: Territory_km2 in June 2025: the highest since November 2024. ("Russia's biggest
    territorial gain since November")
    Streak: Territory_km2 in June 2025: the third consecutive month of acceleration.
    ("accelerating advances for a third consecutive month")
    """
    if not isinstance(text, str):
        raise BadOption("read_claim", "text", type(text).__name__, "text")
    if len(text) > MOST_LETTERS:
        found = f"{len(text):,} letters"
        raise BadOption("read_claim", "text", found, f"{MOST_LETTERS:,} letters at most")
    seen = None if month is None else as_month(month)
    told = _day(published)
    upto = seen
    if seen is None and told is not None:
        upto = pd.Period(told, "M")
        seen = upto - 1
    story = Story(plain(text), seen, told, metric, upto=upto)
    understand(story)
    return Reading(text, _claims(story), _unread(story))


def _day(published: dt.date | str | None) -> dt.date | None:
    if published is None:
        return None
    try:
        text = isinstance(published, str)
        day: object = dt.date.fromisoformat(str(published)) if text else published
    except ValueError:
        day = None
    if not isinstance(day, dt.date):
        raise BadOption("read_claim", "published", published, "a day as 2025-07-01")
    return day.date() if isinstance(day, dt.datetime) else day


def _claims(story: Story) -> tuple[ReadClaim, ...]:
    sources = [i.value for part in story.parts for i in part.items if i.tag == "SOURCE"]
    read, seen = [], []
    for found in sorted(story.found, key=lambda found: found.part.start):
        if found.claim in seen:
            continue
        seen.append(found.claim)
        start, end = found.part.start, found.part.end
        read.append(
            ReadClaim(
                found.claim,
                story.plain.words(start, end),
                story.plain.span(start, end),
                str(sources[0]) if sources else "",
                _hint(story, found),
                (*found.assumed, *_open(found.claim)),
            )
        )
    return tuple(read)


def _open(claim: Claim) -> tuple[str, ...]:
    return () if claim.series else ("of drones, missiles or ground is not said; give metric=",)


def _hint(story: Story, found: Found) -> str:
    hints = []
    for part in [found.part, *story.parts]:
        for item in part.items:
            if item.tag == "HINT" and str(item.value) not in hints:
                fits = part is found.part or not str(item.value).endswith(" only")
                if fits:
                    hints.append(str(item.value))
    return "; ".join(dict.fromkeys(hints))


def _unread(story: Story) -> tuple[Unread, ...]:
    left = [
        Unread(
            story.plain.words(missed.start, missed.end),
            story.plain.span(missed.start, missed.end),
            missed.why,
        )
        for missed in sorted(story.missed, key=lambda missed: missed.start)
    ]
    if not story.found and not left:
        left = [
            Unread(story.plain.original, (0, len(story.plain.original)), "no claim of a known form")
        ]
    return tuple(left)
