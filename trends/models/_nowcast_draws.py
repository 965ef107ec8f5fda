"""What the days to come may bring: draws, from the days or months so far."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
import numpy.typing as npt
import pandas as pd

from trends.kernels.nowcasts import DRIFTS, SIZES, log_rate_states

Floats: TypeAlias = npt.NDArray[np.float64]
Rng: TypeAlias = np.random.Generator

# Of each step the log likelihood keeps so much, so that drift and dispersion are those of about a
# year of days, or of all months there are. Kept whole, it widened intervals on real launches, whose
# dispersion fell by ten in three years; 1 - 1/60 to 1 made coverage 0.89 to 0.96.
KEPT_A_DAY = 1 - 1 / 250
KEPT_A_MONTH = 1 - 1 / 20
MOST_MEAN = 1e12
SPEEDS = (0.02, 0.06, 0.2)  # of the running means of amounts that are no counts
SCALE_SPEED = 0.03
SETTLED = 28  # days until those means are worth an error
RATIOS = np.array([1e-5, 1e-4, 1e-3, 1e-2, 0.1, 0.5])  # drift against noise, in variance a day
SCALE_KEPT = 0.8  # a month of 2022 is no measure of one of 2025
MOST_SPAN = 730.0  # days of months or parts of months that are looked at


@dataclass(frozen=True, slots=True, eq=False)
class Rates:
    """Draws of the log rate now, and of the drift and the dispersion that go with it."""

    log_rate: Floats
    drift: Floats
    size: Floats

    @classmethod
    def of(
        cls, values: Floats, weights: Floats, spans: Floats, kept: float, nobs: int, rng: Rng
    ) -> Rates:
        """Filter the past, and draw from what is left of each drift and dispersion."""
        mean, variance, log_weight = log_rate_states(values, weights, spans, kept).reshape(-1, 3).T
        weight = np.exp(log_weight - log_weight.max())
        cell = rng.choice(len(weight), nobs, p=weight / weight.sum())
        level = mean[cell] + np.sqrt(variance[cell]) * rng.standard_normal(nobs)
        return cls(level, np.tile(DRIFTS, len(SIZES))[cell], np.repeat(SIZES, len(DRIFTS))[cell])

    def days(self, factors: Floats, rng: Rng) -> Floats:
        """The sum of days to come, each with its weekday's factor."""
        steps = rng.standard_normal((len(self.log_rate), len(factors)))
        path = self.log_rate[:, None] + np.cumsum(self.drift[:, None] * steps, axis=1)
        return self._counts(path, factors, self.size[:, None], rng)

    def block(self, span: float, away: float, rng: Rng) -> Floats:
        """The sum of `span` days to come, `away` days from what was seen last."""
        steps = self.drift * np.sqrt(away) * rng.standard_normal(len(self.drift))
        path = (self.log_rate + steps)[:, None]
        return self._counts(path, np.array([span]), (self.size * span)[:, None], rng)

    def late(self, missing: Floats, rng: Rng) -> Floats:
        """What is still to be reported of days past, of which `missing` is the expected part."""
        if not missing.any():
            return np.zeros(len(self.log_rate))
        path = np.repeat(self.log_rate[:, None], len(missing), axis=1)
        return self._counts(path, missing, self.size[:, None], rng)

    def _counts(self, path: Floats, factors: Floats, size: Floats, rng: Rng) -> Floats:
        mean = np.exp(np.minimum(path, np.log(MOST_MEAN))) * factors
        rate = mean * rng.standard_gamma(np.broadcast_to(size, mean.shape)) / size
        drawn = rng.poisson(np.minimum(rate.sum(axis=1), MOST_MEAN))
        return np.asarray(drawn, dtype=np.float64)


def amounts_to_come(values: Floats, days: int, nobs: int, rng: Rng) -> Floats | None:
    """Draws of the sum of `days` days of amounts of any sign; None where they do not vary.

    The errors that running means of three speeds have made in the past at the same distance, each
    by the scale of its own time and carried to that of today. A local level with Student's errors
    made intervals a quarter worse (CRPS, daily km2 of 2023 to 2026): the noise has a few huge days.
    """
    known = values[~np.isnan(values)]
    origins = np.arange(SETTLED - 1, len(known) - days)
    sums = np.concatenate([[0.0], np.cumsum(known)])
    row = pd.Series(known)
    drawn = []
    for speed in SPEEDS:
        mean = row.ewm(alpha=speed).mean()
        scale = (row - mean.shift()).abs().ewm(alpha=SCALE_SPEED).mean().to_numpy()
        level = mean.to_numpy()
        use = origins[scale[origins] > 0]
        if not len(use):
            return None
        error = (sums[use + days + 1] - sums[use + 1] - days * level[use]) / scale[use]
        drawn.append(days * level[-1] + error * scale[-1])
    return rng.choice(np.concatenate(drawn), nobs)


def block_to_come(values: Floats, spans: Floats, days: float, nobs: int, rng: Rng) -> Floats | None:
    """Draws of the sum of `days` days after blocks of amounts of any sign; None if all are equal.

    A local level with normal errors, under several ratios of drift to noise; the scale is learnt
    and slowly forgotten, so that the draws are Student's.
    """
    recent = np.cumsum(spans[::-1])[::-1] <= MOST_SPAN + spans[-1]
    values, spans = values[recent], spans[recent]
    known = ~np.isnan(values)
    rate, span = values[known] / spans[known], spans[known]
    middle = (np.cumsum(spans) - spans / 2)[known]
    if np.ptp(rate) == 0:
        return None
    level = np.full(len(RATIOS), rate[0])
    spread = np.full(len(RATIOS), 1 / span[0])  # in units of the noise of a day
    squares, df = np.full(len(RATIOS), float(np.var(np.diff(rate)) * span.mean() / 2)), 1.0
    log_weight = np.zeros(len(RATIOS))
    for t in range(1, len(rate)):
        spread = spread + RATIOS * (middle[t] - middle[t - 1])
        total = spread + 1 / span[t]
        error = rate[t] - level
        scale = np.maximum(squares / df, np.finfo(float).tiny)
        log_weight -= 0.5 * np.log(total * scale)
        log_weight -= 0.5 * (df + 1) * np.log1p(error**2 / (total * scale * df))
        level = level + spread / total * error
        spread = spread / span[t] / total
        squares, df = SCALE_KEPT * squares + error**2 / total, SCALE_KEPT * df + 1
    weight = np.exp(log_weight - log_weight.max())
    cell: npt.NDArray[np.int64] = rng.choice(len(weight), nobs, p=weight / weight.sum())
    away = (span[-1] + days) / 2
    variance = days**2 * (spread + RATIOS * away)[cell] + days
    scatter = np.sqrt(variance * (squares / df)[cell])
    return np.asarray(days * level[cell] + scatter * rng.standard_t(df, nobs))
