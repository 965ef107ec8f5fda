"""Where a series of any kind changes: the first observation of each new segment."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import numpy.typing as npt
import pandas as pd

from trends.errors import BadOption
from trends.kernels.rampups import P_CHANGE, rampup_facts, rampup_marks
from trends.models._cycles import Cycle, find_cycle
from trends.models._endog import Endog, EndogLike
from trends.models._least_squares import least_squares
from trends.models._profiles import FloatRow, FloatTable, whiten
from trends.panel import Shown

__all__ = ["ChangepointsResults", "LineSegment", "fit_changepoints"]

MOST_CHANGES = 6  # people who mark changes by eye rarely mark more
LEAST_KNOWN = 8
STEP, RAMP, BOTH, OUTLIER = 1, 2, 3, 4  # marks of the kernel
_PHIS = (0.0, 0.2, 0.4, 0.6, 0.8)


@dataclass(frozen=True, slots=True)
class LineSegment:
    """Observations between two changes, and the line through them.

    Parameters
    ----------
    first, last : int
        Index of its first and its last observation.
    level : float
        Fitted in the middle, the season apart.
    slope : float
        Units a step; 0 of a level.
    """

    first: int
    last: int
    level: float
    slope: float


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class ChangepointsResults(Shown):
    """What `fit_changepoints` found.

    Parameters
    ----------
    endog : Endog
        The series.
    changepoints : int64 array
        Index of the first observation of each new segment: from 0, and never 0.
    outliers : int64 array
        Index of single observations set aside.
    segments : tuple of LineSegment
    p_value : float
        Of any change that a straight line does not explain.
    period : int
        Steps of the season that was taken off; 1 where there is none.
    dropped : int
        Changes found beyond `max_changes`.
    fitted : float64 array, shape (n,)
        Segments and season.
    """

    endog: Endog
    changepoints: npt.NDArray[np.int64]
    outliers: npt.NDArray[np.int64]
    segments: tuple[LineSegment, ...]
    p_value: float
    period: int
    dropped: int
    fitted: FloatRow

    @property
    def params(self) -> pd.DataFrame:
        """Level and slope of each segment, by its first observation."""
        rows = {segment.first: (segment.level, segment.slope) for segment in self.segments}
        return pd.DataFrame.from_dict(rows, orient="index", columns=["level", "slope"])

    def predict(self) -> FloatRow:
        """The fit at each observation."""
        return self.fitted.copy()

    def frame(self) -> pd.DataFrame:
        """One row an observation: index or month, observed, fitted, segment, outlier."""
        n = len(self.endog.values)
        at = np.arange(n)
        return pd.DataFrame(
            {
                "at": at if self.endog.months is None else self.endog.months,
                "observed": self.endog.values,
                "fitted": self.fitted,
                "segment": np.searchsorted(self.changepoints, at, side="right"),
                "outlier": np.isin(at, self.outliers),
            }
        )

    def summary(self) -> str:
        """One line a segment, then the p-value."""
        months = self.endog.months
        at = range(len(self.endog.values)) if months is None else months
        lines = [
            f"{at[s.first]} to {at[s.last]}: level {s.level:.4g}"
            + (f", slope {s.slope:+.3g} a step" if s.slope else "")
            for s in self.segments
        ]
        p = f"= {self.p_value:.3f}" if self.p_value >= 0.001 else "< 0.001"
        lines.append(f"Any change that a straight line does not explain: p {p}.")
        if not len(self.changepoints):
            lines.append("No change is established: what there is, is compatible with noise.")
        if len(self.outliers):
            lines.append(f"Set aside as outliers: {', '.join(str(at[k]) for k in self.outliers)}.")
        if self.period > 1:
            lines.append(f"A season of {self.period} steps was taken off.")
        if self.dropped:
            lines.append(f"{self.dropped} weaker changes left out.")
        return "\n".join([*lines, *(f"Note: {note}." for note in self.endog.notes)])


def fit_changepoints(
    endog: EndogLike, *, max_changes: int = MOST_CHANGES, period: int | None = None
) -> ChangepointsResults:
    """Find where the level or the growth of a series changes.

    For any series: growth, seasons, outliers, shifts of the mean. The changes are those of
    `fit_rampup` [1]_ [2]_, without months and intervals: AR(1) noise is profiled together with an
    exact cut into levels and lines, and the cut counts only if a gate that is calibrated by
    simulation opens. A season is first taken off where it explains most of what varies within it.

    Parameters
    ----------
    endog : array_like of float, Series or one-series Panel, shape (n,)
        NaN where unknown.
    max_changes : int
        Of more changes those are kept of which the fit would miss most.
    period : int, optional
        Steps of a season; 1 for none. By default 12 of monthly data, and otherwise looked for.

    Returns
    -------
    ChangepointsResults

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
    .. [2] N. R. Zhang and D. O. Siegmund (2007), Biometrics 63, 22-32,
       doi:10.1111/j.1541-0420.2006.00662.x.

    Examples
    --------
    >>> y = [31, 22, 35, 27, 30, 41, 24, 29, 33, 26, 38, 28, 23, 34, 30, 66, 71, 58, 80, 62, 69, 74]
    >>> fit_changepoints(y).changepoints
    array([15])
    """
    _check_whole("max_changes", max_changes, 0)
    if period is not None:
        _check_whole("period", period, 1)
    found = Endog.of("fit_changepoints", endog, least=LEAST_KNOWN)
    if found.months is not None:  # a segment does not end in a month that is not over
        found = found.until(int(np.flatnonzero(~np.isnan(found.values))[-1]))
    rates = found.values / found.exposure * found.exposure.mean()
    known = ~np.isnan(rates)
    lengths = (12,) if period is None and found.months is not None else None
    cycle = find_cycle(rates, lengths if period is None else (int(period),))
    plain = rates if cycle is None else cycle.removed(rates)
    counts = found.counts and cycle is None
    facts = rampup_facts(plain, counts, 12, False)
    marks = np.array(rampup_marks(plain, counts, 12, False))
    changes = np.flatnonzero((marks > 0) & (marks < OUTLIER))
    outliers = np.flatnonzero(marks == OUTLIER)
    known[outliers] = False
    kept = _strongest(plain, known, marks, changes, int(max_changes))
    return _results(found, plain, known, marks, kept, cycle, float(facts[P_CHANGE]), len(changes))


def _check_whole(name: str, value: object, least: int) -> None:
    if isinstance(value, bool) or not isinstance(value, int | np.integer) or value < least:
        raise BadOption("fit_changepoints", name, value, f"a whole number of at least {least}")


def _results(
    endog: Endog,
    plain: FloatRow,
    known: npt.NDArray[np.bool_],
    marks: npt.NDArray[np.int32],
    kept: npt.NDArray[np.int64],
    cycle: Cycle | None,
    p_value: float,
    n_found: int,
) -> ChangepointsResults:
    table = _design(len(plain), marks, kept)
    _, beta = _criterion(plain, known, table)
    fit = table @ beta
    bounds = [0, *kept.tolist(), len(plain)]
    segments = tuple(
        LineSegment(a, b - 1, float(fit[(a + b - 1) // 2]), _slope(fit, a, b))
        for a, b in pairwise(bounds)
    )
    fitted = fit if cycle is None else cycle.added(fit)
    return ChangepointsResults(
        endog,
        kept,
        np.flatnonzero(marks == OUTLIER),
        segments,
        p_value,
        1 if cycle is None else cycle.length,
        n_found - len(kept),
        fitted * endog.exposure / endog.exposure.mean(),
    )


def _slope(fit: FloatRow, first: int, stop: int) -> float:
    slope = float(fit[stop - 1] - fit[first]) / max(stop - 1 - first, 1)
    return slope if abs(slope) * (stop - first) > 1e-9 * float(np.abs(fit).max()) else 0.0


def _strongest(
    values: FloatRow,
    known: npt.NDArray[np.bool_],
    marks: npt.NDArray[np.int32],
    changes: npt.NDArray[np.int64],
    most: int,
) -> npt.NDArray[np.int64]:
    """Give up, one by one, the change of which the fit misses least."""
    while len(changes) > most:
        without = [np.delete(changes, k) for k in range(len(changes))]
        prices = [_criterion(values, known, _design(len(values), marks, w))[0] for w in without]
        changes = without[int(np.argmin(prices))]
    return changes


def _design(n: int, marks: npt.NDArray[np.int32], changes: npt.NDArray[np.int64]) -> FloatTable:
    """Level, slope where any segment has one, and the columns of the changes."""
    t = np.arange(n)
    columns: list[FloatRow] = [np.ones(n)]
    if (marks[changes] != STEP).any() or not len(changes):
        columns.append(t / n)
    for at in changes:
        if marks[at] != RAMP:
            columns.append((t >= at) * 1.0)
        if marks[at] != STEP:
            columns.append(np.maximum(t - at + 1, 0) / n)
    return np.column_stack(columns)


def _criterion(
    values: FloatRow, known: npt.NDArray[np.bool_], table: FloatTable
) -> tuple[float, FloatRow]:
    """Minus twice the log-likelihood at the best phi, and the coefficients there."""
    at = np.flatnonzero(known)
    best = np.inf
    found: FloatRow = np.zeros(table.shape[1])
    squares = float(np.var(values[at])) or 1.0
    for phi in _PHIS:
        white, volume = whiten(np.column_stack([table, values])[at], at, phi)
        beta = least_squares(white[:, :-1], white[:, -1])
        rest = white[:, -1] - white[:, :-1] @ beta
        # the noise has a floor, so that a smooth curve is not cut for its last digits
        price = len(at) * float(np.log(rest @ rest / len(at) / squares + 1e-6)) + volume
        if price < best:
            best, found = price, beta
    return best, found
