# ruff: noqa: RUF001
"""The text of one air force post read into figures, each traced to its words."""

from __future__ import annotations

import re
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import Literal, cast

from trends.errors import BadOption
from trends.posts._figures import figures
from trends.posts._items import Item
from trends.posts._reader import Reader
from trends.posts._sums import Found, Sum
from trends.posts._tokens import Plain, plain, tokens
from trends.posts._windows import nature, times

Bound = Literal["exact", "at least", "at most", "about"]
Kind = Literal["night", "day", "correction", "regional", "other"]

MOST = 20_000  # letters that are read: a Telegram post has at most 4,096
_COUNTED = frozenset({"drone", "missile"})
_GATE = re.compile(
    r"виявл|супров|вдар|удари|перехоп|придуш|втрач|обнаруж|detect|fired|used|збит|збил|збив|знищ|подавл|атаку|атако|застос|випус|запус|пуск|завда|знешкод|локаційн|влуч"
    r"|(?:противник|ворог)\s\d|сбит|сбил|уничт|выпус|примен|попад|shot|attack|launch|destr|eliminat|down|intercept|обстріля|обстреля|випущ"
)
_PLACES = re.compile(
    r"(?:напрямк\w{1,3}|напрямів|район\w{1,3}\s+пуск\w{1,3}|район\w{1,3}|направлени\w{1,2}"
    r"|directions?(?: of)?|районах)\s?[:(–—-]{0,2}\s?([^\n.;!?()]{3,400}|[^\n!?()]{3,400})"
)


@dataclass(frozen=True, slots=True)
class Figure:
    """A number as a post gives it, and the words that it was read from.

    Attributes
    ----------
    value : int or None
        None if the weapon is named without a number: unknown, not 0.
    bound : {"exact", "at least", "at most", "about"}
        "Over 70" is ``at least``, "up to 17" is ``at most``.
    start, end : int
        ``text[start:end]`` are the words.
    """

    value: int | None
    bound: Bound
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Post:
    """What one text says.

    Attributes
    ----------
    text : str
    posted : datetime
        Local time of Kyiv, as all times here.
    kind : {"night", "day", "correction", "regional", "other"}
        ``other``: no count of an attack of a night or a day.
    window : tuple of (datetime or None)
        Start and end; the end of a night is the hour that it was reported as of.
    as_of : datetime or None
    figures : mapping of str to Figure
        Of ``launched_drones``, ``of_which_shahed``, ``of_which_jet``, ``destroyed_drones``,
        ``suppressed_or_lost``, ``not_reached``, ``destroyed_missiles``, ``hits``,
        ``hit_locations``, ``debris_locations`` those that the text gives.
    launched_missiles, destroyed_missiles : mapping of str to Figure
        By model; ``unknown`` is a missile whose model is not named.
    launch_places : tuple of str
    unsure : tuple of str
        What is missing, contradictory or was not read. An entry begins with the figure's name.
    checks : tuple of str
        What was compared inside the post and agrees.
    """

    text: str
    posted: datetime
    kind: Kind
    window: tuple[datetime | None, datetime | None]
    as_of: datetime | None
    figures: Mapping[str, Figure]
    launched_missiles: Mapping[str, Figure]
    destroyed_missiles: Mapping[str, Figure]
    launch_places: tuple[str, ...]
    unsure: tuple[str, ...]
    checks: tuple[str, ...]


def read_post(text: str, posted: datetime | str) -> Post:
    """Read one post of the air force: what was launched, and what became of it.

    Rules over words, no model and no guess: a number without a weapon, two numbers that do
    not agree, or parts that exceed their total are listed in `unsure`.

    Parameters
    ----------
    text : str
        In Ukrainian, Russian or English. Only the first 20,000 letters are read.
    posted : datetime or str
        When it was posted, local time of Kyiv without a time zone (or ISO 8601 text of it). The
        year of a date without one is taken from it.

    Returns
    -------
    Post

    Raises
    ------
    BadOption
        If `text` is not a str, or `posted` is not a time or has a time zone.

    Examples
    --------
    >>> post = read_post(
    ...     "У ніч на 3 травня (з 19:00 2 травня) противник атакував двома ракетами Х-59 та "
    ...     "108-ма ударними БпЛА. Станом на 08.30 збито 90 БпЛА.",
    ...     "2025-05-03T09:00",
    ... )
    >>> post.figures["launched_drones"].value, post.launched_missiles["Х-59"].value
    (108, 2)
    >>> post.window[0]
    datetime.datetime(2025, 5, 2, 19, 0)
    """
    if not isinstance(text, str):
        raise BadOption("read_post", "text", type(text).__name__, "a str")
    when = _posted(posted)
    clear = plain(text[:MOST])
    if not _GATE.search(clear.text):
        return _other(text, when, clear, ())
    reader = Reader(clear, tokens(clear), _headline(clear.shown))
    items = reader.read()
    if not any(item.fate in {"launch", "down", "lost"} for item in items):
        return _other(text, when, clear, _too_long(text))
    found = figures(items)
    _doubts(text, clear, reader, found)
    said = times(clear.text[: reader.stopped], when)
    kind = nature(clear.text) or said.kind or "other"
    if reader.long or (kind in {"night", "day"} and not found.figures):
        kind = "other"
    elif kind == "other" and said.as_of and "launched_drones" in found.figures:
        kind = "night" if said.as_of.hour < 14 else "day"
    if not found.figures and not found.launched and not found.destroyed:
        found.doubt("figures", "none were found")
    return Post(
        text,
        when,
        cast(Kind, kind),
        (said.start, said.end),
        said.as_of,
        {key: _figure(each, clear) for key, each in found.figures.items()},
        {key: _figure(each, clear) for key, each in found.launched.items()},
        {key: _figure(each, clear) for key, each in found.destroyed.items()},
        _launch_places(clear, items),
        (*found.unsure, *said.doubts),
        (*found.checks, *said.notes),
    )


def explain(post: Post, around: int = 40) -> str:
    """Write each figure of a post with the words that it came from.

    Parameters
    ----------
    post : Post
    around : int
        Letters of the text shown on either side.

    Returns
    -------
    str
        A line for each figure, then what is unsure and what was checked.

    Raises
    ------
    BadOption
        If `around` is not a whole number from 0 on.

    Examples
    --------
    >>> post = read_post("Уночі 5 травня збито 7 із 9 БпЛА.", "2025-05-05T08:00")
    >>> print(explain(post, 8))
    night: unknown to unknown
    launched_drones: 9  то 7 із «9» БпЛА.
    destroyed_drones: 7  я збито «7» із 9 Бп
    """
    if isinstance(around, bool) or not isinstance(around, int) or around < 0:
        raise BadOption("explain", "around", around, "a whole number from 0 on")
    lines = [f"{post.kind}: {_said(post.window[0])} to {_said(post.window[1])}"]
    if post.as_of:
        lines[0] += f", as of {_said(post.as_of)}"
    for title, figures_ in (
        ("", post.figures),
        ("launched: ", post.launched_missiles),
        ("destroyed: ", post.destroyed_missiles),
    ):
        for key, figure in figures_.items():
            value = "no number" if figure.value is None else str(figure.value)
            bound = "" if figure.bound == "exact" else figure.bound + " "
            lines.append(f"{title}{key}: {bound}{value}  {_words(post.text, figure, around)}")
    if post.launch_places:
        lines.append(f"launch places: {', '.join(post.launch_places)}")
    lines += [f"unsure: {entry}" for entry in post.unsure]
    lines += [f"checked: {entry}" for entry in post.checks]
    return "\n".join(lines)


def _said(moment: datetime | None) -> str:
    return f"{moment:%Y-%m-%d %H:%M}" if moment else "unknown"


def _words(text: str, figure: Figure, around: int) -> str:
    before = text[max(0, figure.start - around) : figure.start]
    after = text[figure.end : figure.end + around]
    marked = f"{before}\N{LEFT-POINTING DOUBLE ANGLE QUOTATION MARK}"
    marked += f"{text[figure.start : figure.end]}\N{RIGHT-POINTING DOUBLE ANGLE QUOTATION MARK}"
    return " ".join(f"{marked}{after}".split())


def _posted(posted: object) -> datetime:
    """Read the time of a post."""
    when = posted
    if isinstance(posted, str):
        with suppress(ValueError):
            when = datetime.fromisoformat(posted)
    if not isinstance(when, datetime) or when.tzinfo is not None:
        needed = "a time of Kyiv without a time zone, as in '2025-05-03T09:00'"
        raise BadOption("read_post", "posted", posted, needed)
    return when


def _other(text: str, when: datetime, clear: Plain, unsure: tuple[str, ...]) -> Post:
    """Make a post that counts no attack."""
    kind = nature(clear.text) if unsure else ""
    named = cast(Kind, kind if kind in {"correction", "regional"} else "other")
    return Post(text, when, named, (None, None), None, {}, {}, {}, (), unsure, ())


def _too_long(text: str) -> tuple[str, ...]:
    if len(text) <= MOST:
        return ()
    return (f"text: only the first {MOST:,} of {len(text):,} letters were read",)


def _figure(each: Sum, clear: Plain) -> Figure:
    return Figure(each.value, cast(Bound, each.bound), *clear.span(each.start, each.end))


def _headline(shown: str) -> int:
    """Find where the headline ends: the first lines as long as they are in capitals."""
    place = 0
    for line in shown.split("\n", 8)[:8]:
        letters = sum(map(str.isalpha, line[:200]))
        if letters and sum(map(str.isupper, line[:200])) < 0.7 * letters:
            break
        place += len(line) + 1
    else:
        return 0
    return place


def _doubts(text: str, clear: Plain, reader: Reader, found: Found) -> None:
    """List numbers that stand among the counts and were not read, and texts cut short."""
    for start, end in reader.unread[:20]:
        words = clear.shown[start : end + 25].split("\n")[0]
        found.doubt("unread", f"the number in {words!r}")
    alone = (i for i in reader.items if i.numbered and not i.fate and i.role == "count")
    for item in islice((i for i in alone if i.kind in _COUNTED), 20):
        words = clear.shown[item.start : item.end]
        found.doubt("unread", f"no verb says what became of {words!r}")
        if item.kind == "missile":
            found.doubt("launched_missiles", f"no verb says what became of {words!r}")
    if reader.long:
        for key in ("window", *found.figures, "launched_missiles", "destroyed_missiles"):
            found.doubt(key, "it speaks of a week or a month")
    elif reader.apart is not None:
        words = clear.shown[reader.apart : reader.apart + 25].split("\n")[0]
        found.doubt("unread", f"what is said of a week or a month, from {words!r} on")
    found.unsure.extend(_too_long(text))


def _launch_places(clear: Plain, items: list[Item]) -> tuple[str, ...]:
    """Read where the drones were launched from: the list after "from the directions"."""
    drones = [i.start for i in items if i.kind == "drone" and i.fate == "launch"]
    match = _PLACES.search(clear.text, drones[0] if drones else 0)
    if match is None:
        return ()
    shown = clear.shown[slice(*match.span(1))]
    shown = re.split(r"\n|\.\s+(?=[А-ЯІЇЄҐA-Z])|\s(?:близько|понад|до)\s\d", shown)[0]
    places = []
    for part in re.split(r"[,;]|\s(?:та|і|и|and)\s|\s[-–—]\s?", shown):
        name = re.sub(r"(?<![^\W_])(?:ТОТ|АР|рф|РФ|ТОТ АР)(?![^\W_])|[.()\"«»“”„]", " ", part)
        name = " ".join(name.split()).strip(" -–—")
        if re.search(r"ракет|БпЛА|дрон|пуск", name):
            break
        if name and name[0].isupper() and len(name) <= 40 and name not in places:
            places.append(name)
    return tuple(places)
