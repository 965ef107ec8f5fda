"""What is known of a ramp-up: its numbers, its frame, its sentences."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

import numpy as np
import pandas as pd

from trends.errors import BadOption
from trends.models._endog import Endog
from trends.models._profiles import FloatRow, IntTable, Mixture
from trends.models._rampup_words import Recent, Segment, sentences
from trends.models._segments import Piecewise, onset_weights
from trends.panel import Plotted

STANDARD_DAYS = 365.25 / 12  # of the month that rates are told by
Position: TypeAlias = "int | pd.Period"
Kind: TypeAlias = Literal["nothing", "outlier", "step", "ramp", "segments"]


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class RampupResults(Plotted):
    """What `fit_rampup` estimated.

    Parameters
    ----------
    endog : Endog
        The series.
    alpha : float
        The intervals cover with probability 1 - `alpha`.
    kind : {'nothing', 'outlier', 'step', 'ramp', 'segments'}
        What is fitted; 'segments' is several changes.
    established : bool
        Whether a change is, at 5%.
    p_change, p_recent, p_outlier : float
        Three questions: is there any change that a straight line does not explain; is the recent
        level above that before; does any single month stand out (Bonferroni's).
    recent : Recent
        The recent window, and its level against that before.
    segments : tuple of Segment
    onset : Period, int or None
        The likeliest first month of the latest rise.
    outliers : tuple of Period or int
        The months that were set aside.
    warnings : tuple of str
    pieces : Piecewise
        The fit, on the log scale for counts.
    rising : int or None
        Which change of `pieces` is the latest rise.
    """

    endog: Endog
    alpha: float
    kind: Kind
    established: bool
    p_change: float
    p_recent: float
    p_outlier: float
    recent: Recent
    segments: tuple[Segment, ...]
    onset: Position | None
    outliers: tuple[Position, ...]
    warnings: tuple[str, ...]
    pieces: Piecewise
    rising: int | None

    @property
    def rise(self) -> Segment | None:
        """The segment that the latest rise began."""
        return None if self.rising is None else self.segments[self.rising + 1]

    @property
    def growth(self) -> float:
        """Growth a month of the latest rise; NaN where there is none, or a step."""
        return np.nan if self.rise is None else self.rise.growth

    @property
    def ratio(self) -> float:
        """Level at the end of the latest rise over that before it; NaN unless of counts."""
        return self.rise.jump if self.rise is not None and self.endog.counts else np.nan

    @property
    def onset_interval(self) -> tuple[Position, Position] | None:
        """First and last of `onset_set`."""
        months = self.onset_set()
        return (months[0], months[-1]) if months else None

    def onset_set(self, alpha: float | None = None) -> tuple[Position, ...]:
        """The fewest months that hold the onset with probability 1 - `alpha`."""
        alpha = checked_alpha("onset_set", self.alpha if alpha is None else alpha)
        if self.rising is None:
            return ()
        starts = smallest_set(*onset_weights(self.pieces, self.rising), alpha)
        return tuple(position(self.endog, int(t)) for t in starts)

    @property
    def params(self) -> pd.Series[float]:
        """Growth and jump of each segment that has one, named by its first month."""
        return pd.Series(
            {name: value for name, (value, _) in self._told(self.alpha).items()}, dtype=np.float64
        )

    def conf_int(self, alpha: float | None = None) -> pd.DataFrame:
        """Intervals that cover `params` with probability 1 - `alpha`."""
        alpha = checked_alpha("conf_int", self.alpha if alpha is None else alpha)
        rows = {name: interval for name, (_, interval) in self._told(alpha).items()}
        return pd.DataFrame.from_dict(rows, orient="index", columns=["lower", "upper"])

    def _told(self, alpha: float) -> dict[str, tuple[float, tuple[float, float]]]:
        log, found = self.endog.counts, {}
        for segment, (slope, jump) in zip(self.segments, self.pieces.mixtures, strict=True):
            if slope is not None:
                found[f"growth from {segment.first}"] = told(slope, alpha, log, growth=True)
            if jump is not None:
                name = "ratio" if log else "difference"
                found[f"{name} from {segment.first}"] = told(jump, alpha, log)
        return found

    def predict(self) -> FloatRow:
        """Fitted values of all months, in the unit and for the days of the data."""
        return np.asarray(self.frame()["fitted"], dtype=np.float64)

    def frame(self) -> pd.DataFrame:
        """One row a month: observed, fitted, lower, upper, segment (from 0), outlier.

        The interval is of the fitted value, and takes the months of change as known.
        """
        endog, n = self.endog, len(self.endog.values)
        scale = endog.exposure / standard_days(endog)
        fits = self.pieces.fitted(self.alpha)
        fit, lower, upper = (back(row, endog.counts) * scale for row in fits)
        at = [position(endog, t) for t in range(n)]
        columns = {
            "month": pd.PeriodIndex(at) if endog.months is not None else at,
            "observed": endog.values,
            "fitted": fit,
            "lower": lower,
            "upper": upper,
            "segment": np.searchsorted(self.pieces.bounds[1:-1], np.arange(n), side="right"),
            "outlier": [t in self.outliers for t in at],
        }
        return pd.DataFrame(columns)

    def summary(self) -> str:
        """Plain sentences, the effect first, one a line."""
        return "\n".join(sentences(self, self.onset_set()))


def checked_alpha(where: str, alpha: float) -> float:
    """A share between 0 and 1."""
    if not isinstance(alpha, int | float) or not 0 < alpha < 1:
        raise BadOption(where, "alpha", alpha, "between 0 and 1")
    return float(alpha)


def standard_days(endog: Endog) -> float:
    """Days of the month that rates are told by; 1 where exposure plays no part."""
    return STANDARD_DAYS if (endog.exposure != 1).any() else 1.0


def position(endog: Endog, t: int) -> Position:
    """The month at a position, where the series has months."""
    return t if endog.months is None else endog.months[t]


def smallest_set(starts: IntTable, weights: FloatRow, alpha: float) -> IntTable:
    """The fewest starts that weigh at least 1 - `alpha`."""
    order = np.argsort(-weights, kind="stable")
    sums = np.cumsum(weights[order])
    number = int(np.searchsorted(sums, (1 - alpha) * sums[-1])) + 1
    return np.sort(starts[order[:number]])


def back(row: FloatRow, log: bool) -> FloatRow:
    """From the scale of the fit to rates."""
    return np.maximum(np.exp(np.minimum(row, 700.0)) - 0.5, 0.0) if log else row


def told(
    mixture: Mixture, alpha: float, log: bool, *, growth: bool = False
) -> tuple[float, tuple[float, float]]:
    """Median and interval: percent (of a growth) or ratio where the fit is on the log scale."""
    row = np.array([mixture.quantile(share) for share in (0.5, alpha / 2, 1 - alpha / 2)])
    if log:
        row = np.exp(np.clip(row, -700.0, 700.0))
        row = 100 * (row - 1) if growth else row
    return float(row[0]), (float(row[1]), float(row[2]))
