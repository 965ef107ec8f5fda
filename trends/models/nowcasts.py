"""The total of a month that is not over, from the days of it that are known."""

from __future__ import annotations

import datetime as dt
from typing import TypeAlias

import numpy as np
import numpy.typing as npt
import pandas as pd

from trends.errors import BadOption, TooShort, UnknownOption, WrongKind
from trends.models._dailies import (
    MOST_DAYS,
    Blocks,
    DailyKind,
    DailyLike,
    Days,
    are_counts,
    weekday_factors,
)
from trends.models._delays import DelayResults, fit_delays
from trends.models._nowcast_draws import (
    KEPT_A_DAY,
    KEPT_A_MONTH,
    Rates,
    amounts_to_come,
    block_to_come,
)
from trends.models._nowcast_results import NowcastResults, checked_level, locked
from trends.panel import MonthLike, Panel, as_month
from trends.wording import month_words

__all__ = [
    "LEAST_DAYS",
    "LEAST_MONTHS",
    "DelayResults",
    "NowcastResults",
    "fit_delays",
    "fit_nowcast",
]

Floats: TypeAlias = npt.NDArray[np.float64]

LEAST_DAYS = 90
LEAST_MONTHS = 12
DRAWS = 5000
WHERE = "fit_nowcast"


def fit_nowcast(
    data: DailyLike | Panel,
    month: MonthLike,
    *,
    level: float = 0.9,
    as_of: dt.date | str | None = None,
    kind: DailyKind = "flow",
    past: pd.Series[float] | None = None,
    late: DelayResults | None = None,
    seed: int = 0,
) -> NowcastResults:
    """Estimate the total of a month of which some days are known.

    Of daily **counts**: negative binomial around a log rate that is a random walk, times the
    factors of the weekdays. Drift and dispersion are not fixed but weighed by how well each pair
    foretold the past days, the last 250 most; days to come are drawn from all of them. Of daily
    **amounts of any sign**: the errors that running means made in the past at the same distance, in
    the scale of their time. Of a **panel**, whose last month is partial: the same for counts with
    months for days, and a local level with Student's errors for amounts.

    Parameters
    ----------
    data : Series, DataFrame or Panel
        Daily amounts on a DatetimeIndex or daily PeriodIndex (or a table with such an index and a
        column ``value``, as `load_launches_daily` gives); a day without a row is unknown, not zero.
        Or a Panel of one monthly flow in which `month` is partial.
    month : Period, str or date
        The month. Nothing later is looked at.
    level : float
        Of the interval, between 0 and 1.
    as_of : date or str, optional
        The last day that is looked at, of daily data.
    kind : {'flow', 'stock'}
        Whether daily data are amounts, or levels of which the differences are.
    past : Series, optional
        With a panel: totals of as many first days of earlier months, on a monthly PeriodIndex.
    late : DelayResults, optional
        From `fit_delays`: the share of a day's counts that is reported by its age.
    seed : int
        Of the draws.

    Returns
    -------
    NowcastResults

    Raises
    ------
    TooShort
        If fewer than 90 days, or of a panel fewer than 12 complete months, are known.
    BadOption
        If no day of the month is known or the month is over, or an option has no such value.
    WrongKind
        If a panel is not a flow.

    Notes
    -----
    Days are taken to be alike up to weekday and drift: holidays, announced truces and the weather
    are not known to it. See the page on nowcasts for what was measured.

    Examples
    --------
    >>> days = pd.period_range("2025-01-01", "2025-06-10", freq="D")
    >>> counts = np.random.default_rng(1).negative_binomial(3, 0.03, len(days))
    >>> found = fit_nowcast(pd.Series(counts, days), "2025-06")
    >>> found.observed_days, len(found.draws), found.chance(above=found.point) <= 0.5
    (10, 5000, True)
    """
    month = as_month(month, WHERE)
    level = checked_level(WHERE, level)
    if kind not in ("flow", "stock"):
        raise UnknownOption(WHERE, kind=kind, known=("flow", "stock"))
    rng = np.random.default_rng(seed)
    if isinstance(data, Panel):
        _only_daily(as_of=as_of, late=late, kind=None if kind == "flow" else kind)
        found = _of_panel(data, month, level, past, rng)
    elif isinstance(data, pd.Series | pd.DataFrame):
        if past is not None:
            raise BadOption(WHERE, "past", "a Series", "for daily data, which have those totals")
        days = Days.of(WHERE, data, kind)
        found = _of_days(days.until(_last(days, month, as_of)), month, level, late, rng)
    else:
        raise BadOption(WHERE, "data", type(data).__name__, "a Panel, Series or DataFrame")
    return found


def _of_days(
    days: Days, month: pd.Period, level: float, late: DelayResults | None, rng: np.random.Generator
) -> NowcastResults:
    row = days.of_month(month)
    seen = ~np.isnan(row)
    _check_seen(month, int(seen.sum()))
    if late is None:  # which counts its ages from the last day, known or not
        days = days.until(days.days[np.flatnonzero(~np.isnan(days.values))[-1]])
    nobs = int((~np.isnan(days.values)).sum())
    if nobs < LEAST_DAYS:
        raise TooShort(WHERE, nobs // 30, LEAST_DAYS // 30)
    values = days.values[-MOST_DAYS:]
    # the past that is looked at, so that later days do not change what kind of number it was
    counts = are_counts(days.values) and days.unit != "km2"
    observed = float(row[seen].sum())
    if counts:
        to_come = _counts_to_come(days, month, seen, late, rng)
    elif late is not None:
        raise BadOption(WHERE, "late", "delays of counts", "for amounts that are no counts")
    else:
        found = amounts_to_come(values, int((~seen).sum()), DRAWS, rng)
        to_come = np.empty(0) if found is None else found
    return NowcastResults(
        month, locked(observed + to_come), observed, int(seen.sum()), level, counts,
        min(nobs, MOST_DAYS), days.like_for_like(month, seen), days.name, days.unit, days.notes,
    )  # fmt: skip


def _counts_to_come(
    days: Days,
    month: pd.Period,
    seen: npt.NDArray[np.bool_],
    late: DelayResults | None,
    rng: np.random.Generator,
) -> Floats:
    """Draws of the days of the month that are unknown, and of what is late of the others."""
    values = days.values[-MOST_DAYS:]
    weekdays = days.days[-MOST_DAYS:].day_of_week.to_numpy()
    reported = np.ones(len(values)) if late is None else late.reported(len(values))
    factors = weekday_factors(values / reported, weekdays)
    ones = np.ones(len(values))
    rates = Rates.of(values, factors[weekdays] * reported, ones, KEPT_A_DAY, DRAWS, rng)
    own = (month.start_time.day_of_week + np.arange(len(seen))) % 7
    inside = np.flatnonzero(days.days[-MOST_DAYS:].asfreq("M") == month)
    missing = (factors[weekdays] * (1 - reported))[inside]
    missing = missing[~np.isnan(values[inside])]
    return rates.days(factors[own[~seen]], rng) + rates.late(missing, rng)


def _of_panel(
    panel: Panel,
    month: pd.Period,
    level: float,
    past: pd.Series[float] | None,
    rng: np.random.Generator,
) -> NowcastResults:
    if panel.kind != "flow":
        remedy = "Call .flow() first." if panel.kind == "stock" else "Give a flow."
        raise WrongKind(WHERE, panel.kind, "flow", remedy)
    k = int(panel.observed_days[panel.position(month)])
    _check_seen(month, k)
    blocks = Blocks.of(WHERE, panel, month, past, k)
    values, spans = blocks.values, blocks.spans
    nobs = round(float(spans[:-1][~np.isnan(values[:-1])].sum()) / 30.44)
    if nobs < LEAST_MONTHS:
        raise TooShort(WHERE, nobs, LEAST_MONTHS)
    left = month.days_in_month - k
    counts = are_counts(values) and panel.unit != "km2"
    if counts:
        rates = Rates.of(values, spans, spans, KEPT_A_MONTH, DRAWS, rng)
        to_come = rates.block(left, month.days_in_month / 2, rng)
    else:
        found = block_to_come(values, spans, left, DRAWS, rng)
        to_come = np.empty(0) if found is None else found
    observed = float(values[-1])
    return NowcastResults(
        month, locked(observed + to_come), observed, k, level, counts, nobs,
        _heads(panel, month, past), panel.names[0], panel.unit, blocks.notes,
    )  # fmt: skip


def _heads(panel: Panel, month: pd.Period, past: pd.Series[float] | None) -> pd.DataFrame:
    """The totals of first days that were given, beside those of their months."""
    total = pd.Series(panel.known()[0].astype(np.float64), panel.months)
    head = pd.Series(np.nan, panel.months) if past is None else past
    frame = pd.DataFrame({"same_days": head, "total": total}).dropna()
    return frame[frame.index < month].rename_axis("month")


def _last(days: Days, month: pd.Period, as_of: dt.date | str | None) -> pd.Period:
    end = pd.Period(month.end_time, "D")
    if as_of is None:
        return end
    try:
        return min(end, pd.Period(pd.Timestamp(as_of), "D"))
    except (TypeError, ValueError):
        raise BadOption(WHERE, "as_of", as_of, "a day as 2025-05-10") from None


def _only_daily(**given: object) -> None:
    for name, value in given.items():
        if value is not None:
            raise BadOption(WHERE, name, value, "for a panel: it goes with daily data")


def _check_seen(month: pd.Period, k: int) -> None:
    if k == 0:
        found = f"no day of {month_words(month)} is known"
        raise BadOption(WHERE, "month", found, "partly observed: ask for a forecast")
    if k == month.days_in_month:
        found = f"{month_words(month)}, which is over"
        raise BadOption(WHERE, "month", found, "partial: its total is known")
