"""What the times named in a text mean, seen from the month spoken of."""

from __future__ import annotations

import datetime as dt

import pandas as pd

from trends.reading._months import Time
from trends.reading._words import EVENTS, OPENING


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
