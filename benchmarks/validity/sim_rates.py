"""Levels, coverage and power of `fit_rate_ratio`, by calling it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import series
from promises import Row

from trends.models.rates import DRIFTING, Family, RateRatioResults, fit_rate_ratio

REPLICATES = 2000
LEVEL = (0.035, 0.065)
COVERAGE = (0.935, 0.965)
METHOD = "fit_rate_ratio"
SD = float(np.sqrt(np.log(1.2)))  # of the log mean: as dispersed as a negative binomial of k = 5
Noise = Callable[[series.Rng, series.Floats], series.Floats]


@dataclass(frozen=True)
class Case:
    """A way to make series up, and a comparison to make in each."""

    words: str
    noise: Noise
    n: int
    mean: float = 30.0
    window: int = 1
    reference: int | None = None
    amplitude: float = 0.4
    ratio: float = 1.0
    level: tuple[float, float] | None = LEVEL  # the target; None where the figure is told
    counts: bool = True
    start: int | None = None  # the month of the year that begins; None where any may
    family: Family = "auto"

    def fits(self, rng: series.Rng, replicates: int) -> list[RateRatioResults]:
        """Fit made-up series."""
        return [
            self._fit(rng, int(rng.integers(12)) if self.start is None else self.start)
            for _ in range(replicates)
        ]

    def _fit(self, rng: series.Rng, start: int) -> RateRatioResults:
        days = series.calendar_days(self.n, start)
        season = series.season(self.n + start, self.amplitude)[start:]
        means = self.mean * days / 30.4 * season
        means[-self.window :] *= self.ratio
        counts = self.noise(rng, means)
        return fit_rate_ratio(
            counts,
            window=self.window,
            reference=self.reference,
            exposure=days,
            family=self.family,
        )

    @property
    def title(self) -> str:
        """In the table."""
        months = "month" if self.window == 1 else f"{self.window} months"
        before = f"{self.reference} before" if self.reference else "all before"
        season = "season" if self.amplitude else "no season"
        level = f", mean {self.mean:g}, {season}" if self.counts else ""
        return f"{self.words}{level}, n = {self.n}, {months} v. {before}"


def negative_binomial(k: float) -> Noise:
    return lambda rng, means: series.negative_binomial(rng, means, k)


def remembering(phi: float) -> Noise:
    """Poisson counts of a lognormal mean that is AR(1)."""

    def noise(rng: series.Rng, means: series.Floats) -> series.Floats:
        level = np.exp(SD * series.ar1(rng, (1, len(means)), phi)[0] - SD * SD / 2)
        return rng.poisson(means * level).astype(np.float64)

    return noise


def wandering(rng: series.Rng, means: series.Floats) -> series.Floats:
    """Poisson counts of a log mean that is a random walk."""
    level = np.exp(0.15 * series.ar1(rng, (1, len(means)), 1.0)[0])
    return rng.poisson(means * level).astype(np.float64)


def rising(rng: series.Rng, means: series.Floats) -> series.Floats:
    """Counts of a mean that grows by 2% a month."""
    return series.negative_binomial(rng, means * np.exp(0.02 * np.arange(len(means))), 5.0)


def normal(phi: float) -> Noise:
    """Net gains around zero: not counts."""
    return lambda rng, means: 10 * series.ar1(rng, (1, len(means)), phi)[0]


POISSON, NB5, NB1 = (negative_binomial(k) for k in (np.inf, 5.0, 1.0))
AR = remembering(0.5)
NULLS = (
    Case("Poisson", POISSON, 36, mean=10),
    Case("Poisson", POISSON, 120, mean=300, window=3),
    Case("NB k=5", NB5, 36, mean=10),
    Case("NB k=5", NB5, 36, window=6, amplitude=0.0),
    Case("NB k=5", NB5, 60, window=6),
    Case("NB k=5", NB5, 120, window=12),
    Case("NB k=1", NB1, 36, mean=10),
    Case("NB k=1", NB1, 36, window=3),
    Case("NB k=1", NB1, 60, window=6),
    Case("NB k=1", NB1, 120, mean=100),
    Case("NB k=5", NB5, 60, reference=12, amplitude=0.0, level=None),
    Case("NB k=5", NB5, 60, reference=12, level=None),
    Case("Poisson", POISSON, 60, mean=10, reference=12, amplitude=0.0, level=None),
    Case("lognormal AR .5", AR, 36, level=None),
    Case("lognormal AR .5", AR, 36, window=6, level=None),
    Case("lognormal AR .5", AR, 60, window=6, level=None),
    Case("lognormal AR .5", AR, 120, window=12, level=None),
    Case("lognormal AR .8", remembering(0.8), 60, window=6, level=None),
    Case("normal", normal(0.0), 36, window=3, counts=False),
    Case("normal AR .5", normal(0.5), 60, window=6, level=None, counts=False),
)
PEAK = 4  # the first month of 60 of which the last is the season's highest
OUTSIDE = (  # of what the method assumes
    Case("random walk", wandering, 60, mean=100, amplitude=0.0),
    Case("random walk", wandering, 60, mean=100, window=6, amplitude=0.0),
    Case("2% a month, NB k=5", rising, 60, amplitude=0.0),
    Case("yearly peak, NB k=5", NB5, 60, reference=12, start=PEAK),
    Case("yearly peak, NB k=5", NB5, 60, start=PEAK),
    Case("NB k=5", NB5, 24, window=12, amplitude=0.0),
    Case("NB k=5, as Poisson", NB5, 36, amplitude=0.0, family="poisson"),
)
UNIFORM = (Case("NB k=5", NB5, 60, amplitude=0.0), Case("Poisson", POISSON, 60, mean=10))
COVERED = (
    Case("NB k=5, ratio 2", NB5, 36, ratio=2.0, amplitude=0.0),
    Case("NB k=5, ratio 2", NB5, 60, window=6, ratio=2.0),
    Case("NB k=1, ratio 3", NB1, 60, window=3, ratio=3.0),
    Case("lognormal AR .5, ratio 2", AR, 60, ratio=2.0),
    Case("lognormal AR .5, ratio 2", AR, 60, window=6, ratio=2.0),
    Case("lognormal AR .5, ratio 2", AR, 120, window=12, ratio=2.0),
)
RAISED = (
    Case("NB k=5, x2", NB5, 36, ratio=2.0, amplitude=0.0),
    Case("NB k=5, x2", NB5, 36, window=3, ratio=2.0, amplitude=0.0),
    Case("NB k=5, x2", NB5, 36, window=6, ratio=2.0, amplitude=0.0),
    Case("NB k=5, x1.5", NB5, 36, window=6, ratio=1.5, amplitude=0.0),
)


def rows(scale: float = 1.0) -> list[Row]:
    """All rows; `scale` multiplies the replicates."""
    replicates = max(20, round(REPLICATES * scale))
    rng = np.random.default_rng(20250605)
    out = []
    for case in NULLS:
        fits = case.fits(rng, replicates)
        both = np.array([fit.p_value for fit in fits])
        up = np.array([fit.p_value_up for fit in fits])
        out.append(_row(f"{case.title}: p < .05", both < 0.05, case.level))
        out.append(_row(f"{case.title}: one-sided p < .05", up < 0.05, case.level))
    for case in UNIFORM:
        values = np.sort([fit.p_value for fit in case.fits(rng, replicates)])
        above = float((np.arange(1, replicates + 1) / replicates - values).max())
        # the distance that a uniform sample of this size exceeds in one case of a hundred
        most = float(np.sqrt(np.log(100) / 2 / replicates))
        what = f"{case.title}: largest excess of the share of p-values below x over x"
        out.append(Row(METHOD, what, max(above, 0.0), replicates, 0.0, most))
    for case in COVERED:
        bounds = [fit.conf_int() for fit in case.fits(rng, replicates)]
        inside = np.array([low <= case.ratio <= high for low, high in bounds])
        out.append(_row(f"{case.title}: 95% interval covers", inside, COVERAGE))
    for case in RAISED:
        up = np.array([fit.p_value_up for fit in case.fits(rng, replicates)])
        out.append(_row(f"{case.title}: one-sided p < .05", up < 0.05, None))
    return out + _outside(replicates)


def _outside(replicates: int) -> list[Row]:
    rng = np.random.default_rng(20250606)
    out = []
    for case in OUTSIDE:
        fits = case.fits(rng, replicates)
        both = np.array([fit.p_value < 0.05 for fit in fits])
        up = np.array([fit.p_value_up < 0.05 for fit in fits])
        noted = np.array([fit.autocorrelation >= DRIFTING for fit in fits])
        out.append(_row(f"{case.title}: p < .05", both, None))
        out.append(_row(f"{case.title}: one-sided p < .05", up, None))
        if case.noise in (wandering, rising):
            out.append(_row(f"{case.title}: drift noted", noted, None))
    return out


def _row(what: str, flags: np.ndarray, target: tuple[float, float] | None) -> Row:
    low, high = target if target else (None, None)
    return Row(METHOD, what, float(flags.mean()), len(flags), low, high)
