"""How surprising a record or a streak is: in its month, and anywhere that one looked."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import Literal

import numpy as np
import numpy.typing as npt

from trends.errors import BadOption, MonthOutside, TooShort, UnknownOption
from trends.models._endog import Endog, EndogLike
from trends.models._exchangeability import RECORDS, SEASON, TREND, exchangeability, joined
from trends.models._null_series import LEAST_FITTED, NULLS, null_series
from trends.models._occurrences import Finding, anywhere_by_chance, occurrences, size_at_end
from trends.models._record_chances import (
    any_record_chance,
    in_any_series,
    record_chance,
    since_chance,
    streak_chance,
)
from trends.models._surprise_results import (
    MODELS,
    RARE,
    REJECTED,
    Chance,
    Direction,
    SurpriseResults,
)
from trends.panel import MonthLike, Panel, as_month

__all__ = ["Chance", "SurpriseResults", "fit_surprise"]

Null = Literal["auto", "exchangeable", "ar", "trend", "season"]
_DIRECTIONS: dict[str, tuple[Direction, Direction]] = {
    "record": ("high", "low"),
    "since": ("high", "low"),
    "streak": ("rise", "fall"),
}


def fit_surprise(
    data: EndogLike,
    month: MonthLike | int | None = None,
    *,
    finding: Finding = "record",
    direction: Direction | None = None,
    span: int | None = None,
    n_series: int = 1,
    null: Null = "auto",
    least: int = 12,
    replicates: int = 10_000,
    seed: int = 0,
) -> SurpriseResults:
    """Ask how often chance alone brings a record, a "highest since" or a streak like a month's.

    Two chances are always given together: in this month, named beforehand, and anywhere in what was
    searched. Both are exact where the order of the months is random. Where the data speak
    against that, they are also given for made-up series with the memory, trend or season of this
    one: under growth, a record is no surprise. A tie sets no record and ends a streak, so that of
    data with ties the chances are bounds from above.

    Parameters
    ----------
    data : array_like, Series or Panel
        One series. Unknown and partial months take no part, nor do months before a method break
        and, of a panel, months that an anomaly excludes.
    month : Period, str or int, optional
        The month, or the position in an array. By default the last known one. Nothing later is
        looked at.
    finding : {'record', 'since', 'streak'}
        Highest of all; highest of itself and the months just before it, as far back as they are
        lower; consecutive rises.
    direction : {'high', 'low', 'rise', 'fall'}, optional
        'low' and 'fall' are the mirror image. By default 'high' or 'rise'.
    span : int, optional
        How many months, up to this one, were searched. By default all.
    n_series : int
        How many series were searched, taken to be independent and alike.
    null : {'auto', 'exchangeable', 'ar', 'trend', 'season'}
        The model of chance beside a random order. ``auto`` stays with the random order unless the
        tests reject it: the least of the p-values of Mann-Kendall, Foster-Stuart d, the rank
        autocorrelation at lag 1 and two harmonics of the year, times their number, is below 0.1.
        Then it takes a season if that test's own p-value is below 0.05, else a trend if one of the
        first two is, else memory alone. Each model holds those before it.
    least : int
        How many earlier months a record needs.
    replicates, seed : int
        How many series to make up, and the seed of them.

    Returns
    -------
    SurpriseResults

    Raises
    ------
    UnknownOption, BadOption
        If an option has no such value.
    MonthOutside
        If the month lies outside the data or its value is unknown.
    TooShort, NoValues
        If fewer than two months are known, or fewer than 12 for a model that is fitted.

    References
    ----------
    .. [1] B. C. Arnold, N. Balakrishnan and H. N. Nagaraja, *Records*, Wiley, 1998.
    .. [2] F. N. David and D. E. Barton, *Combinatorial Chance*, Griffin, 1962.

    Examples
    --------
    >>> import pandas as pd
    >>> km2 = pd.Series([240.0, 379, 507, 588], pd.period_range("2025-03", periods=4, freq="M"))
    >>> found = fit_surprise(km2, finding="streak", span=36)
    >>> found.size, round(found.at_this_month, 3)
    (3, 0.042)
    """
    where = "fit_surprise"
    _check_options(finding, null)
    way = _direction(finding, direction)
    for name, value, low in (
        ("n_series", n_series, 1), ("least", least, 1), ("replicates", replicates, 100),
        ("seed", seed, 0), ("span", 1 if span is None else span, 1),
    ):  # fmt: skip
        if isinstance(value, bool) or not isinstance(value, int | np.integer) or value < low:
            raise BadOption(where, name, value, f"a whole number of at least {low}")
    endog = _until(data, month, "streaks" if finding == "streak" else "records")
    signed = endog.values if way in ("high", "rise") else -endog.values
    n_known = int((~np.isnan(signed)).sum())
    if null in NULLS and n_known < LEAST_FITTED:
        raise TooShort(where, n_known, LEAST_FITTED)
    if null == "season" and endog.months is None:
        raise BadOption(where, "null", null, "possible without months")
    size = size_at_end(signed, finding, least)
    span = min(len(signed), span or len(signed))
    pvalues = exchangeability(signed, endog.months)
    chosen = _chosen(pvalues) if null == "auto" else null
    asked = SurpriseResults(
        endog, finding, way, size, least, span, n_series, chosen, pvalues, (), seed
    )
    chances = [_exact(asked, signed)]
    if chosen != "exchangeable":
        chances.append(_simulated(asked, -1 if way in ("low", "fall") else 1, replicates))
    return replace(asked, chances=tuple(chances))


def _check_options(finding: str, null: str) -> None:
    if finding not in _DIRECTIONS:
        raise UnknownOption("fit_surprise", finding=finding, known=tuple(_DIRECTIONS))
    if null not in ("auto", *MODELS):
        raise UnknownOption("fit_surprise", null=null, known=("auto", *MODELS))


def _direction(finding: str, direction: Direction | None) -> Direction:
    known = _DIRECTIONS[finding]
    if direction is None:
        return known[0]
    if direction not in known:
        raise UnknownOption("fit_surprise", direction=direction, known=known)
    return direction


def _until(data: EndogLike, month: MonthLike | int | None, purpose: str) -> Endog:
    """The series up to the month, without what an anomaly excludes from the finding."""
    where = "fit_surprise"
    if isinstance(data, Panel):
        if month is not None:
            data = data.until(month)  # type: ignore[arg-type]
        values = data.known().astype(np.float64)
        for anomaly in data.anomalies:
            if purpose in anomaly.excluded_from:
                out = (data.months >= anomaly.first) & (data.months <= anomaly.last)
                values[:, np.asarray(out)] = np.nan
        data = replace(data, values=values)
    endog = Endog.of(where, data)
    known = np.flatnonzero(~np.isnan(endog.values))
    at = int(known[-1])
    if month is not None:
        at = _position(endog, month)
        if at not in known:
            raise MonthOutside(where, month, *_ends(endog, known))
    cut = endog.until(at)
    if (~np.isnan(cut.values)).sum() < 2:
        raise TooShort(where, 1, 2)
    return cut


def _position(endog: Endog, month: MonthLike | int) -> int:
    if endog.months is not None:
        return int((as_month(month) - endog.months[0]).n)  # type: ignore[arg-type]
    if isinstance(month, bool) or not isinstance(month, int | np.integer):
        raise BadOption("fit_surprise", "month", month, "a position in the array")
    return int(month)


def _ends(endog: Endog, known: npt.NDArray[np.intp]) -> tuple[object, object]:
    first, last = int(known[0]), int(known[-1])
    return (first, last) if endog.months is None else (endog.months[first], endog.months[last])


def _chosen(pvalues: dict[str, float]) -> str:
    if joined(pvalues) >= REJECTED:
        return "exchangeable"
    if pvalues.get(SEASON, 1.0) < RARE:
        return "season"
    return "trend" if min(pvalues[TREND], pvalues[RECORDS]) < RARE else "ar"


def _exact(asked: SurpriseResults, values: npt.NDArray[np.float64]) -> Chance:
    if not asked.found:
        return Chance("exchangeable", 1.0, 1.0)
    if asked.finding == "record":
        n = int((~np.isnan(values)).sum())
        searched = int((~np.isnan(values[-asked.span :])).sum())
        here, any_ = record_chance(n), any_record_chance(n, least=asked.least, span=searched)
    else:
        here = (since_chance if asked.finding == "since" else streak_chance)(asked.size)
        any_ = anywhere_by_chance(values, asked.finding, asked.size, asked.span)
    return Chance("exchangeable", here, in_any_series(any_, asked.n_series))


def _simulated(asked: SurpriseResults, sign: int, replicates: int) -> Chance:
    if not asked.found:
        return Chance(asked.null, 1.0, 1.0)
    rng = np.random.default_rng(asked.seed)
    here = any_ = 1  # the series itself is counted among those made up, so that no chance is 0
    for rows in null_series(asked.endog.values, asked.null, replicates, rng):
        at_end, somewhere = occurrences(
            sign * rows, asked.finding, asked.size, asked.least, asked.span
        )
        here, any_ = here + int(at_end.sum()), any_ + int(somewhere.sum())
    p, q = here / (replicates + 1), any_ / (replicates + 1)
    # the slope of 1 - (1 - q)**m carries the error of one series over to m
    slope = asked.n_series * (1 - q) ** (asked.n_series - 1)
    return Chance(
        asked.null,
        p,
        in_any_series(q, asked.n_series),
        math.sqrt(p * (1 - p) / replicates),
        slope * math.sqrt(q * (1 - q) / replicates),
        replicates,
    )
