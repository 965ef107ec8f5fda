"""Made-up series: nulls that real series resemble, and changes planted into them."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Rng = np.random.Generator


def negative_binomial(rng: Rng, mean: npt.ArrayLike, k: float) -> Floats:
    """Counts of variance ``mean + mean**2 / k``; Poisson's where `k` is infinite."""
    mean = np.asarray(mean, np.float64)
    rate = mean if np.isinf(k) else mean * rng.gamma(k, 1 / k, mean.shape)
    return rng.poisson(rate).astype(np.float64)


def ar1(rng: Rng, shape: tuple[int, int], phi: float) -> Floats:
    """Stationary AR(1) rows of variance 1; with `phi` 1 random walks of unit steps."""
    noise = rng.standard_normal(shape)
    if phi == 1:
        return np.cumsum(noise, axis=1)
    noise[:, 1:] *= np.sqrt(1 - phi * phi)
    for t in range(1, shape[1]):
        noise[:, t] += phi * noise[:, t - 1]
    return noise


def lognormal_counts(
    rng: Rng, shape: tuple[int, int], phi: float, sd: float = 0.3, mean: float = 30.0
) -> Floats:
    """Poisson counts of which the log mean is AR(1) with standard deviation `sd`."""
    return rng.poisson(mean * np.exp(sd * ar1(rng, shape, phi) - sd * sd / 2)).astype(np.float64)


def calendar_days(n: int, start: int = 0) -> Floats:
    """Days of `n` months of common years."""
    days = np.array([31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31], np.float64)
    return days[(start + np.arange(n)) % 12]


def season(n: int, amplitude: float, period: int = 12) -> Floats:
    """Factor ``exp(amplitude * sin)`` of one harmonic."""
    return np.exp(amplitude * np.sin(2 * np.pi * np.arange(n) / period))
