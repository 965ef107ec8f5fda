"""When a rate began to rise, how fast, and how sure that is."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import numpy.typing as npt

from trends.errors import BadOption
from trends.kernels import rampups as kernel
from trends.models._endog import Endog, EndogLike
from trends.models._profiles import FloatRow
from trends.models._rampup_results import (
    STANDARD_DAYS,
    Kind,
    RampupResults,
    back,
    checked_alpha,
    position,
    standard_days,
    told,
)
from trends.models._rampup_words import Recent, Segment
from trends.models._segments import (
    OUTLIER,
    RAMP,
    STEP,
    Piecewise,
    fit_pieces,
    latest_rise,
    outlier_p,
    scaled,
    step_since,
)
from trends.panel import Panel
from trends.wording import Saying

__all__ = ["STANDARD_DAYS", "RampupResults", "Recent", "Segment", "fit_rampup"]

LEAST_KNOWN = 8
LONGEST = 1_000  # 20 seconds and 2 GB
LEAST_APART = 3
SMALL_MEAN = 5.0
NAN2 = (np.nan, np.nan)
_ALONE = {1: STEP, 2: RAMP, 3: STEP, 4: RAMP}  # the mark of each type of single change


def fit_rampup(
    data: EndogLike,
    *,
    period: int = 12,
    seasonal: bool = True,
    alpha: float = 0.05,
    gate: bool = True,
) -> RampupResults:
    """Estimate when the latest rise began, how fast it was, and whether it is more than noise.

    Rates (values by days of the month, times 30.4) are cut into levels and lines in AR(1) noise,
    the coefficient of which is profiled together with the changes [1]_. A cut is *established*
    only if a gate that is calibrated by simulation opens. Counts are cut on the square-root scale
    and measured on the log scale, so that growth is percent a month as in joinpoint regression
    [2]_; everything else stays in its unit and may be negative.

    The intervals average over the months in which each change may have begun, over those in which
    its segment may have ended, and over the AR(1) coefficient. At the likeliest month alone, those
    of a ramp's growth would cover 64% to 76% instead of 95%. The kinds of the changes, and the
    months of changes elsewhere, are taken as known.

    Parameters
    ----------
    data : Panel of one series, Series or array_like, shape (n,)
        As `Endog.of` takes: complete months after the last method break.
    period : int
        Steps of a season.
    seasonal : bool
        Whether a season of up to two harmonics may be found (needs three periods).
    alpha : float
        1 - `alpha` is what the intervals cover.

    gate : bool
        If False, the likeliest change is described even where none is established.

    Returns
    -------
    RampupResults
        Amounts are of a month of 30.4 days where the series has months and is a flow.

    Raises
    ------
    TooShort, NoValues
        If fewer than eight values are known.
    BadOption
        If an option is out of its range, or the data are not one series.

    References
    ----------
    .. [1] G. Romano, G. Rigaill, V. Runge and P. Fearnhead (2022), Journal of the American
       Statistical Association 117, 2147-2162, doi:10.1080/01621459.2021.1909598.
    .. [2] H.-J. Kim, M. P. Fay, E. J. Feuer and D. N. Midthune (2000), Statistics in Medicine 19,
       335-351, doi:10.1002/(SICI)1097-0258(20000215)19:3<335::AID-SIM336>3.0.CO;2-Z.

    Examples
    --------
    >>> y = [31, 22, 35, 27, 30, 41, 24, 29, 33, 26, 38, 28, 23, 34, 30, 66, 71, 58, 80, 62, 69, 74]
    >>> found = fit_rampup(y)
    >>> found.kind, found.onset
    ('step', 15)
    """
    alpha = checked_alpha("fit_rampup", alpha)
    if isinstance(period, bool) or not isinstance(period, int | np.integer) or period < 2:
        raise BadOption("fit_rampup", "period", period, "a whole number of at least 2")
    for name, flag in (("seasonal", seasonal), ("gate", gate)):
        if not isinstance(flag, bool | np.bool_):
            raise BadOption("fit_rampup", name, flag, "True or False")
    endog = _known_span(Endog.of("fit_rampup", data, least=LEAST_KNOWN, most=LONGEST))
    if isinstance(data, Panel) and data.kind != "flow":
        endog = replace(endog, exposure=np.ones(len(endog.values)))
    rates = endog.values / (endog.exposure / standard_days(endog))
    options = (endog.counts, int(period), bool(seasonal))
    facts = kernel.rampup_facts(rates, *options)
    marks = np.array(kernel.rampup_marks(rates, *options))
    if hardly_vary(endog.values):
        facts[[kernel.P_CHANGE, kernel.P_RECENT]], facts[kernel.CHANGED] = 1.0, 0.0
        marks[marks != OUTLIER] = 0
    established = bool(facts[kernel.CHANGED])
    best = int(facts[kernel.BEST_ONSET])
    if not established and not gate and best > 0:
        marks[best] = _ALONE[int(facts[kernel.BEST_TYPE])]
        if facts[kernel.BEST_END] > 0:  # a rise or fall that ends: the slope changes there too
            marks[int(facts[kernel.BEST_END])] = RAMP
    return _results(endog, rates, facts, marks, int(period), alpha)


def hardly_vary(values: npt.NDArray[np.float64]) -> npt.NDArray[np.bool_]:
    """Whether fewer than three values of a row differ from most of it: no test is made of these.

    A single 1 at the end of a row of zeros is one event, and looks like 5 standard deviations.
    """
    middle = np.nanmedian(values, axis=-1, keepdims=True)
    few: npt.NDArray[np.bool_] = ((values != middle) & ~np.isnan(values)).sum(axis=-1) < LEAST_APART
    return few


def _known_span(endog: Endog) -> Endog:
    """From the first to the last known month: a segment neither begins nor ends in an unknown."""
    known = np.flatnonzero(~np.isnan(endog.values))
    span = slice(known[0], known[-1] + 1)
    months = None if endog.months is None else endog.months[span]
    return replace(endog, values=endog.values[span], exposure=endog.exposure[span], months=months)


def _results(
    endog: Endog,
    rates: FloatRow,
    facts: npt.NDArray[np.float64],
    marks: npt.NDArray[np.int32],
    period: int,
    alpha: float,
) -> RampupResults:
    season = (period, int(facts[kernel.HARMONICS]))
    pieces = fit_pieces(rates, marks, endog.counts, *season)
    tested = np.sqrt(rates + 0.375) if endog.counts else rates
    rising = latest_rise(pieces)
    aside = np.setdiff1d(np.flatnonzero(~np.isnan(rates)), pieces.lines.at)
    return RampupResults(
        endog=endog,
        alpha=alpha,
        kind=_kind(marks),
        established=bool(facts[kernel.CHANGED]),
        p_change=float(facts[kernel.P_CHANGE]),
        p_recent=float(facts[kernel.P_RECENT]),
        p_outlier=outlier_p(pieces, tested, float(facts[kernel.PHI])),
        recent=_recent(endog, rates, int(facts[kernel.RECENT_WINDOW]), season, alpha),
        segments=_segments(endog, pieces, alpha),
        onset=None if rising is None else position(endog, pieces.changes[rising].at),
        outliers=tuple(position(endog, int(t)) for t in aside),
        warnings=_warnings(endog, rates, facts, bool((marks == OUTLIER).any())),
        pieces=pieces,
        rising=rising,
    )


def _kind(marks: npt.NDArray[np.int32]) -> Kind:
    changes = marks[(marks > 0) & (marks < OUTLIER)]
    if len(changes) > 1:
        return "segments"
    if len(changes) == 1:
        return "step" if changes[0] == STEP else "ramp"
    return "outlier" if (marks == OUTLIER).any() else "nothing"


def _recent(
    endog: Endog, rates: FloatRow, window: int, season: tuple[int, int], alpha: float
) -> Recent:
    values = scaled(rates, endog.counts)
    known = np.flatnonzero(~np.isnan(values))
    start = int(known[-window]) if 0 < window < len(known) else 0
    mixture = step_since(values, start, *season) if start else None
    if mixture is None:
        return Recent(window, np.nan, NAN2)
    return Recent(window, *told(mixture, alpha, endog.counts))


def _segments(endog: Endog, pieces: Piecewise, alpha: float) -> tuple[Segment, ...]:
    found = []
    bounds, log = pieces.bounds, endog.counts
    levels = back(pieces.levels(), log)
    for k, (slope, jump) in enumerate(pieces.mixtures):
        first, last = bounds[k], bounds[k + 1] - 1
        found.append(
            Segment(
                position(endog, first),
                position(endog, last),
                "level" if slope is None else "line",
                float(levels[(first + last) // 2]),
                *((np.nan, NAN2) if slope is None else told(slope, alpha, log, growth=True)),
                *((np.nan, NAN2) if jump is None else told(jump, alpha, log)),
            )
        )
    return tuple(found)


def _warnings(
    endog: Endog, rates: FloatRow, facts: npt.NDArray[np.float64], outliers: bool
) -> tuple[str, ...]:
    known = int(facts[kernel.N_KNOWN])
    told_of = [
        (facts[kernel.DRIFT], "drift"),
        (known < 36, "short"),
        (endog.counts and np.nanmean(rates) < SMALL_MEAN, "small_counts"),
        (hardly_vary(endog.values), "hardly_varies"),
        (facts[kernel.UNDECIDED], "undecided"),
        (facts[kernel.HARMONICS] and known < 60, "season"),
    ]
    said = (Saying(f"warnings.{key}", n=known) for told, key in told_of if told)
    return (*said, *endog.notes)
