"""Past values as draws: zero-heavy counts, by weights that past scores choose."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from trends.models._predictives import (
    MOST_ORIGINS,
    Floats,
    Predictive,
    outcomes,
    pooled_across_steps,
)

WINDOWS = (12, 24, 60)
HALF_LIVES = (2, 6, 18)
MEMBERS = (
    *(f"last {window}" for window in WINDOWS),
    "all",
    *(f"half-life {life}" for life in HALF_LIVES),
    "negative binomial",
    "after the like",
)
FIRST = 12  # months that must have been seen
FORGETTING = 60.0  # in steps, of the half-life of a score
TOWARDS_EQUAL = 4.0  # months of scores that equal weights are worth
LIKENESS = 0.7  # in units of log(1 + y)
STEPS = 300
BEYOND = (1.1, 1.3, 1.6, 2.0, 3.0, 5.0)


def resampled(values: Floats, horizon: int) -> Predictive:
    """Predict with a mixture of past values, each member weighting them by age or likeness."""
    n = len(values)
    origins = min(MOST_ORIGINS, n - FIRST - 1)
    at = np.arange(n - 1 - origins, n)
    atoms = np.unique(values[~np.isnan(values)])
    if atoms[-1] > 0:  # a record is possible; how high, the negative binomial alone says
        atoms = np.concatenate((atoms, np.ceil(atoms[-1] * np.array(BEYOND)) + np.arange(6)))
    below = (values[:, None] <= atoms).astype(np.float64)
    by_age = _by_age(values, at)
    fixed = np.einsum("kon,ng->kog", by_age, below)
    fixed = np.concatenate((fixed, _counted(values, by_age, atoms)[None]))
    cdfs = np.array(
        [
            np.concatenate((fixed, (_by_likeness(values, at, h, by_age[3]) @ below)[None]))
            for h in range(1, horizon + 1)
        ]
    )
    weights = _stacked(cdfs, outcomes(values, origins, horizon), atoms)
    mixture = np.einsum("hk,hkg->hg", weights, cdfs[:, :, -1])
    mixture /= mixture[:, -1:]

    def quantiles(probabilities: Floats) -> Floats:
        places = [np.searchsorted(cdf, probabilities - 1e-12) for cdf in mixture]
        return atoms[np.minimum(np.array(places).T, len(atoms) - 1)]

    return Predictive(
        quantiles, _memory(values, horizon), MEMBERS, weights.T, "as they are", origins
    )


def _by_age(values: Floats, at: npt.NDArray[np.int64]) -> Floats:
    """Weights of past values, shape (7, n_origins, n)."""
    ages = at[:, None] - np.arange(len(values))
    usable = (ages >= 0) & ~np.isnan(values)
    tables = [usable & (ages < window) for window in (*WINDOWS, len(values) + 1)]
    halved = [np.where(usable, 0.5 ** (np.maximum(ages, 0) / life), 0.0) for life in HALF_LIVES]
    weights = np.array([*tables, *halved], dtype=np.float64)
    empty = weights.sum(axis=2) == 0  # of a window in which nothing is known: all values
    weights = np.where(empty[:, :, None], usable, weights)
    return np.asarray(weights / weights.sum(axis=2, keepdims=True), dtype=np.float64)


def _counted(values: Floats, by_age: Floats, atoms: Floats) -> Floats:
    """Negative binomials: the recent mean, and the dispersion of all values before."""
    from scipy import stats

    known = np.where(np.isnan(values), 0.0, values)
    recent = by_age[len(WINDOWS) + 2] @ known
    mean = by_age[len(WINDOWS)] @ known
    variance = by_age[len(WINDOWS)] @ known**2 - mean**2
    alpha = np.maximum((variance - mean) / np.maximum(mean**2, 1e-9), 1e-6)[:, None]
    level = np.maximum(recent, 1e-9)[:, None]
    return np.asarray(stats.nbinom.cdf(atoms, 1 / alpha, 1 / (1 + alpha * level)))


def _by_likeness(values: Floats, at: npt.NDArray[np.int64], h: int, every: Floats) -> Floats:
    """Weights of the values that came h steps after a value like the present one."""
    size = np.log1p(values)
    present = size[at]
    weights = np.zeros((len(at), len(values)))
    far = np.abs(present[:, None] - size[:-h]) / LIKENESS
    waited = at[:, None] - h - np.arange(len(values) - h)
    near = np.where(waited >= 0, np.exp(-far) * 0.5 ** (np.maximum(waited, 0) / FORGETTING), 0.0)
    weights[:, h:] = np.where(np.isnan(near) | np.isnan(values[h:]), 0.0, near)
    weights += 2.0 * every
    return np.asarray(weights / weights.sum(axis=1, keepdims=True), dtype=np.float64)


def _stacked(cdfs: Floats, actual: Floats, atoms: Floats) -> Floats:
    """Weights of least CRPS on square roots, drawn to equal ones, shape (horizon, n_members).

    The score of a mixture is quadratic in its weights; they stay on the simplex by multiplied
    steps.
    """
    horizon, size = cdfs.shape[:2]
    root = np.sqrt(atoms)
    gaps = np.diff(root, append=root[-1])
    ages = np.arange(actual.shape[0])[::-1]
    squares, crosses = np.empty((horizon, size, size)), np.empty((horizon, size))
    counts = np.empty(horizon)
    for h in range(horizon):
        known = ~np.isnan(actual[:, h])
        recency = 0.5 ** (ages[known] / FORGETTING)
        found = cdfs[h][:, known]
        reached = (actual[known, h][:, None] <= atoms) * 1.0
        weighted = found * gaps * recency[:, None]
        squares[h] = np.einsum("kog,log->kl", weighted, found)
        crosses[h] = np.einsum("kog,og->k", weighted, reached)
        counts[h] = recency.sum()
    borrowed = pooled_across_steps(horizon)
    squares = np.einsum("ij,jkl->ikl", borrowed, squares)
    crosses, counts = borrowed @ crosses, borrowed @ counts
    month = np.trace(squares, axis1=1, axis2=2) / size / np.maximum(counts, 1e-9)
    ridge = TOWARDS_EQUAL * month[:, None]
    weights = np.full((horizon, size), 1 / size)
    for step in range(STEPS):
        slopes = np.einsum("hkl,hl->hk", squares, weights) - crosses + ridge * (weights - 1 / size)
        slopes -= slopes.min(axis=1, keepdims=True)
        slopes /= np.maximum(slopes.max(axis=1, keepdims=True), 1e-12)
        weights = weights * np.exp(-0.5 * 0.97**step * slopes)
        weights /= weights.sum(axis=1, keepdims=True)
    return weights


def _memory(values: Floats, horizon: int) -> Floats:
    """Correlation of an AR(1) with the rank correlation of neighbouring months."""
    from scipy import stats

    ranks = stats.rankdata(np.where(np.isnan(values), np.nanmedian(values), values))
    both = np.std(ranks[1:]) * np.std(ranks[:-1])  # 0 where only the first or last differs
    phi = np.cov(ranks[1:], ranks[:-1], bias=True)[0, 1] / both if both > 0 else 0.0
    apart = np.abs(np.arange(horizon)[:, None] - np.arange(horizon))
    return np.asarray(np.clip(phi, 0.0, 0.95) ** apart, dtype=np.float64)
