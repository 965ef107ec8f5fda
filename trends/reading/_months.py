"""Months, years, seasons and spans in words, and what they mean beside the month spoken of."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass, replace

import pandas as pd

from trends.reading._calendar import NAMES, RULES
from trends.reading._numbers import cardinal
from trends.reading._words import EVENTS, OPENING


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
    if kind in ("nightpair", "daydate"):
        day = int(found["day"])
        first = int(found["a"]) if kind == "nightpair" else day
        if not 1 <= day <= 31 or (
            kind == "nightpair" and (day - first) % 31 not in (1, 2, 3) and day != 1
        ):
            return None
        return replace(time, kind="day", day=day)
    if kind == "firstdays":
        n = cardinal(found["count"])
        return None if n is None else replace(time, n=int(n))
    if kind == "between":
        return _ended(found, time)
    if kind in ("half", "quarter"):
        return _part_of_year(found, time)
    if kind in ("firstn", "lastn", "previoustwelve", "toward", "ago", "previous"):
        return _counted(kind, found, time)
    if kind == "same":
        return replace(time, kind="ago", n=12)
    if kind == "monthbefore":
        return replace(time, kind="ago", n=1)
    if kind == "monthyear":
        return Time("month", int(found["iso"][5:]), int(found["iso"][:4]), words=words)
    if kind == "season":
        return _seasonal(found, time)
    if kind == "yearpart":
        return replace(time, n={"early": 1, "the beginning of": 1, "the start of": 1,
                                "the turn of": 1}.get(found["part"], 0))  # fmt: skip
    if kind == "event":
        return replace(time, kind="eventyear")
    if kind == "began":
        return replace(time, year=int(found["since"][-4:]) if found.get("since") else None)
    return time


def _ended(found: dict[str, str | None], time: Time) -> Time | None:
    """From a month to a month."""
    name = str(found["month2"]).rstrip(".")
    if not any(name in (m, m[:3], m[:4]) for m in NAMES):
        return None
    last, _ = _year(found.get("year2"))
    return replace(time, ends=(Time("month", _named(name), last),))


def _part_of_year(found: dict[str, str | None], time: Time) -> Time | None:
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


def _seasonal(found: dict[str, str | None], time: Time) -> Time | None:
    season = str(found["season"])
    if season == "fall" and not time.year and not time.words.startswith(("the ", "last ", "this ")):
        return None  # the verb
    if found.get("part"):
        return replace(time, kind="vague")
    if season == "winter" and time.year and not found.get("year2"):
        return replace(time, kind="vague")  # which of the two winters?
    return replace(time, month=_SEASON_MONTHS[season], season=season)


def _latest(month: int, before: pd.Period, strict: bool) -> pd.Period:
    """The latest month of that name before another."""
    found = pd.Period(year=before.year, month=month, freq="M")
    return found - 12 if found > before or (strict and found == before) else found


def _january(year: int) -> pd.Period:
    return pd.Period(year=year, month=1, freq="M")


def resolve(
    time: Time, seen: pd.Period | None, *, strict: bool
) -> tuple[pd.Period, pd.Period] | None:
    """The first and the last month that are meant.

    `seen` is the month it is seen from; `strict` leaves that month itself out.
    """
    if time.kind in ("month", "day", "firstdays"):
        return _one_month(time, seen, strict)
    if time.kind == "invasion":
        return (pd.Period(EVENTS["war"], "M"),) * 2
    if time.kind == "opening":
        first, last = OPENING
        return pd.Period(first, "M"), pd.Period(last if "month" in time.words else "2022-03", "M")
    if time.kind == "eventyear":
        return _january(int(str(time.year))), _january(int(str(time.year))) + 11
    year = time.year
    if year is None and seen is not None:
        year = seen.year - (1 if "last year" in time.words else 0)
    if year is None:
        return None
    return _span(time, seen, year, strict)


def _span(
    time: Time, seen: pd.Period | None, year: int, strict: bool
) -> tuple[pd.Period, pd.Period] | None:
    start = _january(year)
    match time.kind:
        case "year":
            return start, start + 11
        case "half":
            return start + 6 * (time.n - 1), start + 6 * time.n - 1
        case "quarter":
            return start + 3 * (time.n - 1), start + 3 * time.n - 1
        case "firstn":
            return start, start + time.n - 1
        case "between":
            return _between(time, seen)
        case "season":
            return _season_span(time, seen, strict)
        case "toward":
            last = _one_month(time, seen, False)
            return None if last is None else (last[1] - time.n + 1, last[1])
        case "yearpart" if time.n == 1 and not time.words.endswith(("war", "invasion", "conflict")):
            return start, start
    if seen is None:
        return None
    match time.kind:
        case "sameperiod":
            return seen - 12 * (seen.year - year), seen - 12 * (seen.year - year)
        case "ago":
            return seen - time.n, seen - time.n
        case "lastmonth":
            return seen - 1, seen - 1
        case "thismonth":
            return seen, seen
        case "ytd" | "thisyear":
            return start, seen if year == seen.year else start + 11
        case "lastyear":
            return _january(seen.year - 1), _january(seen.year) - 1
        case "lastn":
            return seen - time.n + 1, seen
    return None


def _one_month(
    time: Time, seen: pd.Period | None, strict: bool
) -> tuple[pd.Period, pd.Period] | None:
    if time.year is not None:
        month = pd.Period(year=time.year, month=time.month, freq="M")
        return month, month
    if seen is None:
        return None
    if time.season in ("last year", "the previous year", "the year before"):
        month = pd.Period(year=seen.year - 1, month=time.month, freq="M")
    elif time.season in ("this year", "the same year"):
        month = pd.Period(year=seen.year, month=time.month, freq="M")
    else:
        month = _latest(time.month, seen, strict)
    return month, month


def _between(time: Time, seen: pd.Period | None) -> tuple[pd.Period, pd.Period] | None:
    (end,) = time.ends
    last = _one_month(end, seen, False)
    if last is None:
        return None
    if time.year is not None:
        first = pd.Period(year=time.year, month=time.month, freq="M")
        if end.year is None:
            later = pd.Period(year=time.year, month=end.month, freq="M")
            last = (later if later > first else later + 12,) * 2
    else:
        first = _latest(time.month, last[0], True)
    return (first, last[0]) if first < last[0] else None


def _season_span(
    time: Time, seen: pd.Period | None, strict: bool
) -> tuple[pd.Period, pd.Period] | None:
    if time.year is not None:
        first = pd.Period(year=time.year, month=time.month, freq="M")
        return first, first + 2
    if seen is None:
        return None
    first = pd.Period(year=seen.year, month=time.month, freq="M")
    while first + 2 > seen or (strict and first + 2 == seen):
        first -= 12
    return first, first + 2


def day_of(time: Time, month: pd.Period) -> dt.date | None:
    """The day of a month, where it has that day."""
    if not 1 <= time.day <= month.days_in_month:
        return None
    return dt.date(month.year, month.month, time.day)
