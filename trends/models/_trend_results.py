"""What a fitted trend tells: growth, its interval, rank tests beside it, a line, words."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Literal, TypeAlias

import numpy as np
import pandas as pd

from trends.errors import BadOption
from trends.kernels.associations import (
    hamed_rao_tests,
    mann_kendall_tests,
    theil_sen_slopes,
    yue_wang_tests,
)
from trends.models._autoregressions import Floats, Profile
from trends.models._endog import Endog
from trends.panel import Plotted
from trends.wording import amount, month_words, percent

Family: TypeAlias = Literal["count", "real"]
# 97% of simulated random walks of 18 to 240 months, with normal steps, lie below
RANDOM_WALK = 4.2


@dataclass(frozen=True, slots=True)
class MannKendall:
    """Kendall's tau of a series with time, and the p-value of no trend by three variances.

    Parameters
    ----------
    tau : float
        Kendall's tau-b.
    z, p_value : float
        As if the months were independent.
    hamed_rao_p, yue_wang_p : float
        With the variance for autocorrelated values of Hamed and Rao, and of Yue and Wang. NaN where
        that variance is negative.
    """

    tau: float
    z: float
    p_value: float
    hamed_rao_p: float
    yue_wang_p: float


@dataclass(frozen=True, slots=True)
class TheilSen:
    """The median of the growth between all pairs of months, and its interval.

    `low` and `high` are Sen's, which hold for independent months only.
    """

    growth: float
    low: float
    high: float


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class TrendResults(Plotted):
    """What `fit_trend` estimated.

    Parameters
    ----------
    endog : Endog
        What was fitted, one row.
    family : {'count', 'real'}
        Growth by a share a month, or by an amount a month.
    alpha : float
        The level of the interval that `summary` gives.
    scaled : float64 array, shape (n,)
        The scale of the regression: ``log((y + 1/2) / exposure)`` of counts, else the value in a
        step of mean exposure.
    design : float64 array, shape (n, k)
        Level, slope and season.
    phi : float
        Autocorrelation of neighbouring months about the trend, by restricted maximum likelihood.
        NaN if the series does not vary.
    profile : Profile
        The regression at each value that phi can have, and how likely that is.
    warnings : tuple of str
        What a reader must know.
    """

    endog: Endog
    family: Family
    alpha: float
    scaled: Floats
    design: Floats
    phi: float
    profile: Profile
    warnings: tuple[str, ...]

    @property
    def months(self) -> pd.PeriodIndex | None:
        """The clock, where there is one."""
        return self.endog.months

    @property
    def nobs(self) -> int:
        """How many values are known."""
        return int(np.isfinite(self.endog.values).sum())

    @property
    def insufficient(self) -> bool:
        """Whether the series does not vary, so that nothing can be estimated."""
        return math.isnan(self.phi)

    @property
    def random_walk(self) -> bool:
        """Whether the data cannot tell the series from a random walk."""
        return not self.insufficient and self.profile.random_walk <= RANDOM_WALK

    @property
    def harmonics(self) -> int:
        """How many waves of the season were fitted with the trend."""
        return int(self.design.shape[1] // 2 - 1)

    @property
    def params(self) -> float:
        """Growth a month: 0.05 is +5%; of the family 'real' in units, see `fit_trend`."""
        return 0.0 if self.insufficient else self._growth_at(0.5)

    def conf_int(self, alpha: float | None = None) -> tuple[float, float]:
        """The interval that covers the true growth with probability 1 - `alpha`."""
        share = checked_alpha("conf_int", self.alpha if alpha is None else alpha) / 2
        if self.insufficient:
            return (math.nan, math.nan)
        return (self._growth_at(share), self._growth_at(1 - share))

    @property
    def p_value(self) -> float:
        """Two-sided p-value of no growth."""
        if self.insufficient:
            return 1.0
        return self.profile.p_value(self._slope)

    @property
    def p_value_random_walk(self) -> float:
        """Two-sided p-value of no drift, if the series is a random walk."""
        return 1.0 if self.insufficient else self.profile.p_value(self._slope, random_walk=True)

    @property
    def mann_kendall(self) -> MannKendall:
        """Rank tests of a monotonic trend, of the rates less their season."""
        rates = self.endog.values / self.endog.exposure
        row = self.scaled - self._season() if self.harmonics else rates
        known, score, _, z, p = (float(x) for x in mann_kendall_tests(row))
        pairs = known * (known - 1) / 2
        counts = np.unique(row[np.isfinite(row)], return_counts=True)[1]
        untied = pairs - float((counts * (counts - 1) / 2).sum())
        tau = score / math.sqrt(pairs * untied) if untied else 0.0
        hamed_rao, yue_wang = hamed_rao_tests(row, len(row), 0.05), yue_wang_tests(row, 1)
        return MannKendall(tau, z, p, float(hamed_rao[4]), float(yue_wang[4]))

    @property
    def theil_sen(self) -> TheilSen:
        """The growth by the slope of Theil and Sen, on the scale of `params`."""
        if self.insufficient:
            return TheilSen(0.0, math.nan, math.nan)
        slopes = theil_sen_slopes(self.scaled - self._season(), self.alpha)
        return TheilSen(*(self._growth(float(slope)) for slope in slopes[:3]))

    def predict(self, alpha: float | None = None) -> pd.DataFrame:
        """The fitted line with its season, and the interval of that line, on the data's scale.

        Of counts it is the line of the geometric mean, in the days of each month. Months are down;
        unknown ones have a line too. The interval is that of the line, not of a month about it.
        """
        share = checked_alpha("predict", self.alpha if alpha is None else alpha) / 2
        if self.insufficient:
            flat = np.full(len(self.endog.values), np.nanmean(self.endog.values))
            lines = {"fitted": flat, "low": flat * np.nan, "high": flat * np.nan}
            return pd.DataFrame(lines, index=self._index())
        shares = {"fitted": 0.5, "low": share, "high": 1 - share}
        lines = {
            name: self._unscaled(self.profile.quantiles(at, self.design))
            for name, at in shares.items()
        }
        return pd.DataFrame(lines, index=self._index())

    def frame(self) -> pd.DataFrame:
        """One row a month: value, exposure, fitted line and its interval."""
        frame = self.predict().reset_index()
        frame.insert(1, "value", self.endog.values)
        frame.insert(2, "exposure", self.endog.exposure)
        return frame

    def summary(self) -> str:
        """Effect first, then what supports it and what speaks against it."""
        about = f"{self.endog.name}: "
        if self.insufficient:
            return f"{about}insufficient, the series does not vary; {self._span()}."
        per = "step" if self.months is None else "month"
        low, high = self.conf_int()
        verdict = "" if self.p_value < self.alpha else ", compatible with noise"
        ranks, sen = self.mann_kendall, self.theil_sen
        lines = [
            f"{about}growth of {self._words(self.params)} a {per} ({1 - self.alpha:.0%} interval "
            f"{self._words(low)} to {self._words(high)}); {self._span()}.",
            f"Of no growth: p {p_words(self.p_value)}{verdict}. Autocorrelation {self.phi:.2f}"
            f"{self._season_words()}.",
            f"Theil-Sen: {self._words(sen.growth)} a {per}. Kendall's tau {ranks.tau:.2f}, "
            f"p {p_words(ranks.p_value)} if {per}s were independent, "
            f"p {p_words(ranks.hamed_rao_p)} by Hamed and Rao.",
            *(f"Note: {warning}." for warning in self.warnings),
        ]
        return "\n".join(lines)

    # --- the scale of the regression ---------------------------------------------------------
    @property
    def _slope(self) -> Floats:
        return np.asarray(np.eye(self.design.shape[1])[1])

    def _growth_at(self, share: float) -> float:
        return self._growth(float(self.profile.quantiles(share, self._slope)))

    def _growth(self, slope: float) -> float:
        return math.expm1(slope) if self.family == "count" else slope

    def _unscaled(self, line: Floats) -> Floats:
        exposure = self.endog.exposure
        if self.family == "count":
            return np.asarray(np.maximum(np.exp(line) * exposure - 0.5, 0.0))
        return np.asarray(line * exposure / exposure.mean())

    def _season(self) -> Floats:
        """The fitted season, at the most probable phi."""
        beta = self.profile.beta[int(np.argmax(self.profile.loglik))]
        return np.asarray(self.design[:, 2:] @ beta[2:])

    def _season_words(self) -> str:
        if not self.harmonics:
            return ""
        return f"; season of {self.harmonics} harmonic{'s' if self.harmonics > 1 else ''}"

    def _index(self) -> pd.Index:
        months = self.endog.months
        if months is None:
            return pd.RangeIndex(len(self.endog.values), name="step")
        return months.rename("month")

    def _span(self) -> str:
        if self.months is None:
            return f"{self.nobs} known values"
        known = self.months[np.isfinite(self.endog.values)]
        return f"{self.nobs} months from {month_words(known[0])} to {month_words(known[-1])}"

    def _words(self, growth: float) -> str:
        if self.family == "count":
            return percent(growth)
        text = amount(float(f"{growth:.3g}"), self.endog.unit)
        return f"+{text}" if growth > 0 else text


def checked_alpha(where: str, alpha: float) -> float:
    """Refuse a level that is none."""
    if not isinstance(alpha, int | float) or not 0 < alpha < 1:
        raise BadOption(where, "alpha", alpha, "between 0 and 1")
    return alpha


def p_words(p: float) -> str:
    """Three digits."""
    if math.isnan(p):
        return "unknown"
    return f"= {p:.3f}" if p >= 0.001 else "< 0.001"
