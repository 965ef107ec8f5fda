"""How fast a series grows, and whether that is more than noise that remembers its past."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import Any, Literal, get_args

import numpy as np
import numpy.typing as npt
import pandas as pd

from trends.errors import BadOption, UnknownOption
from trends.models._autoregressions import Floats, Profile, best_phi, designs, profiles
from trends.models._endog import Endog, EndogLike
from trends.models._trend_results import (
    RANDOM_WALK,
    Family,
    MannKendall,
    TheilSen,
    TrendResults,
    checked_alpha,
    p_words,
)
from trends.panel import MonthLike, Panel, as_panel

__all__ = ["MannKendall", "TheilSen", "TrendResults", "fit_trend"]

LEAST_MONTHS = 8
LOW_MEAN = 5.0
SHORT = 24
_LEAST_DF = 4
_PERIODS_FOR_SEASON = 3


def fit_trend(
    data: EndogLike,
    *,
    start: MonthLike | int | None = None,
    end: MonthLike | int | None = None,
    family: Literal["auto", "count", "real"] = "auto",
    alpha: float = 0.05,
    seasonal: Literal["auto"] | int = "auto",
    period: int = 12,
    exposure: npt.ArrayLike | None = None,
) -> TrendResults:
    r"""Estimate the growth a month, with an interval that autocorrelation does not mislead.

    A straight line, with a season where the data ask for one, is fitted to ``log(y + 1/2)`` of
    counts less the log of the exposure, and to the daily rate else. Its errors are AR(1), with
    ``phi ** g`` between months g apart, so that gaps need no filling. The regression is done at 64
    values of phi, and the t distributions of the slope are mixed by the restricted likelihood [1]_
    of each phi, all of -1 to 1 held equally probable before [2]_: the interval then knows that
    phi is not known. `params` is the median of that mixture.

    A random walk wanders without any trend. Where the restricted likelihood of one [3]_ is not
    clearly lower than that of the best phi, `warnings` says so: its slope describes the path taken.

    Parameters
    ----------
    data : Panel of one series, Series, or array_like of float, shape (n,)
        NaN where unknown. Partial months of a panel are left out, and months before its last method
        break.
    start, end : month, or int for data without a clock, optional
        First and last to be used, both included. Later data change nothing, not by one bit.
    family : {'auto', 'count', 'real'}
        'count': growth by a share a month, for values of 0 and more. 'real': by an amount a month,
        for any values; of a panel or monthly series the unit is that of the data in a month of mean
        length, so that February does not look low. By default 'count' where all values are counts.
    alpha : float
        Level of the interval.
    seasonal : {'auto'} or int
        How many harmonics of `period` to fit; 'auto' takes 0, 1 or 2 by the Bayesian information
        criterion, and 0 in fewer than three periods.
    period : int
        Length of the season in steps.
    exposure : array_like of float, shape (n,), optional
        What a value is in proportion to. By default the days of a month, and 1 for stocks, rates
        and data without a clock.

    Returns
    -------
    TrendResults
        A series that does not vary has growth 0, p-value 1 and no interval: `insufficient`.

    Raises
    ------
    TooShort, NoValues
        If fewer than eight values are known.
    BadOption, UnknownOption, MonthOutside
        If an option cannot be used with these data.

    References
    ----------
    .. [1] H. D. Patterson and R. Thompson (1971), Biometrika 58, 545-554,
       doi:10.1093/biomet/58.3.545.
    .. [2] A. Zellner and G. C. Tiao (1964), "Bayesian analysis of the regression model with
       autocorrelated errors", Journal of the American Statistical Association 59, 763-778.
    .. [3] W. W. Chen and R. S. Deo (2009), "The restricted likelihood ratio test at the boundary in
       autoregressive series", Journal of Time Series Analysis 30.

    Examples
    --------
    >>> launched = [426, 790, 1334, 1912, 2434, 1807, 2629, 3902, 4198, 2476, 4003, 5438]
    >>> found = fit_trend(launched)
    >>> print(found.summary().splitlines()[0])
    endog: growth of +22.8% a step (95% interval +8.3% to +44.0%); 12 known values.
    >>> found.warnings[0][:23], round(found.p_value_random_walk, 2)
    ('it may be a random walk', 0.05)
    """
    checked_alpha("fit_trend", alpha)
    if family not in ("auto", *get_args(Family)):
        raise UnknownOption("fit_trend", family=family, known=("auto", *get_args(Family)))
    endog = _taken(data, start, end, exposure)
    known = np.isfinite(endog.values)
    kind: Family = ("count" if endog.counts else "real") if family == "auto" else family
    if kind == "count" and endog.values[known].min() < 0:
        raise BadOption("fit_trend", "family", "count", "possible with values below 0")
    if kind == "count":
        scaled = np.log((endog.values + 0.5) / endog.exposure)
    else:
        scaled = endog.values / endog.exposure * endog.exposure.mean()
    design, profile = _fitted(scaled, known, seasonal, period)
    level = float(np.abs(scaled[known]).max())
    varies = np.ptp(endog.values[known]) > 0 and np.ptp(scaled[known]) > 1e-12 * level
    rows = np.flatnonzero(known).astype(np.float64), design[known], scaled[known]
    phi = best_phi(*rows, profile) if varies else math.nan
    warnings = _warnings(endog, kind, profile) if varies else endog.notes
    return TrendResults(endog, kind, alpha, scaled, design, phi, profile, warnings)


def _taken(
    data: EndogLike,
    start: MonthLike | int | None,
    end: MonthLike | int | None,
    exposure: npt.ArrayLike | None,
) -> Endog:
    """Cut first, so that nothing that comes after `end` is looked at."""
    if isinstance(data, pd.Series) and isinstance(data.index, pd.PeriodIndex):
        data = as_panel(data.rename("series") if data.name is None else data)
    if isinstance(data, Panel):
        first = 0 if start is None else data.position(_month("start", start))
        last = data.n_time - 1 if end is None else data.position(_month("end", end))
        size = data.n_time
        endog = Endog.of(
            "fit_trend", data.window(data.months[first], data.months[last]), least=LEAST_MONTHS
        )
        if data.kind != "flow":
            endog = replace(endog, exposure=np.ones(len(endog.values)))
    else:
        row = np.atleast_1d(np.asarray(data))
        size = len(row)
        first = 0 if start is None else _whole("start", start, 0, size - 1)
        last = size - 1 if end is None else _whole("end", end, 0, size - 1)
        endog = Endog.of("fit_trend", row[first : last + 1], least=LEAST_MONTHS)
    if exposure is None:
        return endog
    try:
        given = np.asarray(exposure, dtype=np.float64)
    except (TypeError, ValueError):
        raise BadOption("fit_trend", "exposure", exposure, "numbers") from None
    if given.shape != (size,):
        raise BadOption("fit_trend", "exposure", given.shape, f"of shape ({size},), as the data")
    given = given[first : last + 1][-len(endog.values) :]
    if not (np.isfinite(given) & (given > 0)).all():
        raise BadOption("fit_trend", "exposure", "a value of 0 or less, or unknown", "positive")
    return replace(endog, exposure=given)


def _month(option: str, found: MonthLike | int) -> MonthLike:
    if isinstance(found, int):
        raise BadOption("fit_trend", option, found, "a month, which data with a clock need")
    return found


def _whole(option: str, found: Any, low: int, high: int) -> int:
    whole = isinstance(found, int | np.integer) and not isinstance(found, bool)
    if not whole or not low <= found <= high:
        raise BadOption("fit_trend", option, found, f"a whole number from {low} to {high}")
    return int(found)


def _fitted(
    scaled: Floats, known: npt.NDArray[np.bool_], seasonal: Literal["auto"] | int, period: int
) -> tuple[Floats, Profile]:
    """The design with as much season as was asked for, or as the data ask for."""
    period = _whole("period", period, 2, 1000)
    most = (period - 1) // 2
    nobs = int(known.sum())
    if seasonal == "auto":
        enough = nobs >= _PERIODS_FOR_SEASON * period
        tried = range(min(2, most) + 1 if enough else 1)
    else:
        # two columns are those of the line
        most = min(most, (nobs - 2 - _LEAST_DF) // 2)
        tried = range(_whole("seasonal", seasonal, 0, most), most + 1)[:1]
    all_steps = np.arange(len(scaled), dtype=np.float64)
    best, lowest = None, math.inf
    for harmonics in tried:
        design = designs(all_steps, period, harmonics)
        if np.linalg.matrix_rank(design[known]) < design.shape[1]:
            continue
        profile = profiles(all_steps[known], design[known], scaled[known])
        criterion = profile.criterion + 2 * harmonics * math.log(nobs)
        if criterion < lowest:
            best, lowest = (design, profile), criterion
    if best is None:
        raise BadOption("fit_trend", "seasonal", seasonal, "possible with so many months unknown")
    return best


def _warnings(endog: Endog, family: Family, profile: Profile) -> tuple[str, ...]:
    known = endog.values[np.isfinite(endog.values)]
    found = list(endog.notes)
    if profile.random_walk <= RANDOM_WALK:
        slope = np.eye(profile.beta.shape[1])[1]
        drift = profile.p_value(slope, random_walk=True)
        found.append(
            "it may be a random walk: the slope describes the path taken, and is no evidence of "
            f"a trend (of no drift in such a walk: p {p_words(drift)})"
        )
    if len(known) < SHORT:
        found.append(
            f"fewer than {SHORT} known months tell little of autocorrelation: where it is high, "
            "the interval is too narrow"
        )
    if family == "count" and known.mean() < LOW_MEAN:
        found.append(
            f"the mean is below {LOW_MEAN:g}: the growth found is nearer to none than the true one"
        )
    return tuple(found)
