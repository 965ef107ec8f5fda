"""Months, years, seasons and spans in words."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace

from trends.reading._calendar import NAMES, RULES
from trends.reading._numbers import cardinal


def _named(name: str) -> int:
    return next(i for i, month in enumerate(NAMES, 1) if month.startswith(name[:3]))


@dataclass(frozen=True, slots=True)
class Time:
    """A time as it was named, before it is known which month it is seen from."""

    kind: str
    month: int = 0
    year: int | None = None
    n: int = 0
    day: int = 0
    season: str = ""
    words: str = ""
    ends: tuple[Time, ...] = ()

    def is_span(self) -> bool:
        """Whether it names more than one month."""
        return self.kind in SPANS


SPANS = frozenset({
    "year", "season", "half", "quarter", "lastn", "ytd", "thisyear", "lastyear", "between", "war",
    "firstn", "previous", "toward",
})  # fmt: skip


def read_time(text: str, cased: str, at: int) -> tuple[Time, int] | None:
    """The time that starts there, and where it ends."""
    for kind, rule in RULES:
        match = rule.match(text, at)
        if match is None or match.end() == at:
            continue
        time = _built(kind, match, cased)
        if time is not None:
            return time, match.end()
    return None


def _year(words: str | None) -> tuple[int | None, str]:
    """The year in figures, or how it was named."""
    if not words:
        return None, ""
    return (int(words), "") if words[:2].isdigit() else (None, words)


def _built(kind: str, match: re.Match[str], cased: str) -> Time | None:
    """The time that a rule's match says."""
    found = match.groupdict()
    words = match[0].strip()
    month = 0
    if found.get("month"):
        start = match.start("month")
        if found["month"] in ("may", "march", "mar", "mar.") and not cased[start].isupper():
            return None  # the modal and the verb
        month = _named(found["month"])
    year, year_words = _year(found.get("year") or found.get("year_"))
    # what was called "this year" or "last year" is kept where a season's name would stand
    time = Time(kind, month, year, words=words, season=year_words)
    return _KINDS[kind](kind, found, time) if kind in _KINDS else time


def _dated(kind: str, found: dict[str, str | None], time: Time) -> Time | None:
    """A day, or the night between two."""
    day = int(str(found["day"]))
    first = int(str(found["a"])) if kind == "nightpair" else day
    if not 1 <= day <= 31 or (
        kind == "nightpair" and (day - first) % 31 not in (1, 2, 3) and day != 1
    ):
        return None
    return replace(time, kind="day", day=day)


def _days(kind: str, found: dict[str, str | None], time: Time) -> Time | None:
    """The first ten days of a month, or its days from one to another."""
    if kind == "days":
        first, last = int(str(found["a"])), int(str(found["day"]))
        return replace(time, kind="firstdays", day=first, n=last) if 0 < first < last else None
    n = cardinal(str(found["count"]))
    return None if n is None else replace(time, day=1, n=int(n))


def _yearpart(kind: str, found: dict[str, str | None], time: Time) -> Time | None:
    early = {"early": 1, "the beginning of": 1, "the start of": 1, "the turn of": 1}
    return replace(time, n=early.get(str(found["part"]), 0))


def _began(kind: str, found: dict[str, str | None], time: Time) -> Time | None:
    since = found.get("since")
    return replace(time, year=int(since[-4:]) if since else None)


def _iso(kind: str, found: dict[str, str | None], time: Time) -> Time | None:
    name = str(found["iso"])
    return Time("month", int(name[5:]), int(name[:4]), words=time.words)


def _ended(kind: str, found: dict[str, str | None], time: Time) -> Time | None:
    """From a month to a month."""
    name = str(found["month2"]).rstrip(".")
    if not any(name in (m, m[:3], m[:4]) for m in NAMES):
        return None
    last, _ = _year(found.get("year2"))
    return replace(time, ends=(Time("month", _named(name), last),))


def _part_of_year(kind: str, found: dict[str, str | None], time: Time) -> Time | None:
    """A half or a quarter."""
    order = {"first": 1, "second": 2, "third": 3, "fourth": 4}
    most = 2 if time.kind == "half" else 4
    if time.kind == "half" and "six months" in time.words and not found.get("year"):
        return None
    return replace(time, n=order.get(str(found["nth"]), most))


def _counted(kind: str, found: dict[str, str | None], time: Time) -> Time | None:
    words = found.get("count")
    unit = found.get("unit") or found.get("plural") or "months"
    if kind == "ago" and words is None:
        return replace(time, n=12)
    if kind == "lastn" and words is None:
        return replace(time, n=12)
    count = 1 if words in ("a", "an", None) else cardinal(str(words))
    if count is None or count != int(count) or not 0 < count < 1000:
        return None
    if kind == "previous":
        if unit == "years":
            return replace(time, n=int(count), season="years")
        return replace(time, n=int(count), month=_named(unit))
    n = int(count) * (12 if unit.startswith("year") else 1)
    if kind == "toward" and words is None:
        n = 12
    return replace(time, n=n)


_SEASON_MONTHS = {"spring": 3, "summer": 6, "autumn": 9, "fall": 9, "winter": 12}


def _seasonal(kind: str, found: dict[str, str | None], time: Time) -> Time | None:
    season = str(found["season"])
    if season == "fall" and not time.year and not time.words.startswith(("the ", "last ", "this ")):
        return None  # the verb
    if found.get("part"):
        return replace(time, kind="vague")
    if season == "winter" and time.year and not found.get("year2"):
        return replace(time, kind="vague")  # which of the two winters?
    return replace(time, month=_SEASON_MONTHS[season], season=season)


_KINDS: dict[str, Callable[[str, dict[str, str | None], Time], Time | None]] = {
    **dict.fromkeys(("nightpair", "daydate"), _dated),
    **dict.fromkeys(("days", "firstdays"), _days),
    **dict.fromkeys(("half", "quarter"), _part_of_year),
    **dict.fromkeys(("firstn", "lastn", "previoustwelve", "toward", "ago", "previous"), _counted),
    "between": _ended,
    "same": lambda kind, found, time: replace(time, kind="ago", n=12),
    "monthbefore": lambda kind, found, time: replace(time, kind="ago", n=1),
    "monthyear": _iso,
    "season": _seasonal,
    "yearpart": _yearpart,
    "event": lambda kind, found, time: replace(time, kind="eventyear"),
    "began": _began,
}
