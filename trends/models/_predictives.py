"""What a forecaster hands back: a distribution for each step ahead."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

Floats: TypeAlias = npt.NDArray[np.float64]
MOST_ORIGINS = 60


@dataclass(frozen=True, slots=True)
class Predictive:
    """Distributions of the steps ahead.

    Parameters
    ----------
    quantiles : callable
        From probabilities, shape (n,), to values, shape (n, horizon).
    correlation : float64 array, shape (horizon, horizon)
        Of the normal scores of the steps.
    members : tuple of str
    weights : float64 array, shape (n_members, horizon)
        They sum to 1 in each column.
    scale : str
        On which the errors are of one size: ``"as they are"``, ``"square roots"``, ``"logs"``.
    origins : int
        From how many earlier steps forecasts were made, to choose weights and widths.
    """

    quantiles: Callable[[Floats], Floats]
    correlation: Floats
    members: tuple[str, ...]
    weights: Floats
    scale: str
    origins: int

    def draws(self, n_draws: int, rng: np.random.Generator) -> Floats:
        """Paths, shape (n_draws, horizon); each step is stratified."""
        horizon = len(self.correlation)
        # of a singular matrix, as of a walk that stays where it is, Cholesky has no root
        values, vectors = np.linalg.eigh(self.correlation)
        root = vectors * np.sqrt(np.maximum(values, 0.0))
        scores = rng.standard_normal((n_draws, horizon)) @ root.T
        ranks = scores.argsort(axis=0, kind="stable").argsort(axis=0, kind="stable")
        levels = self.quantiles((np.arange(n_draws) + 0.5) / n_draws)
        return np.take_along_axis(levels, ranks, axis=0)


def pooled_across_steps(horizon: int) -> Floats:
    """Weights with which a step borrows from its neighbours, shape (horizon, horizon)."""
    steps = np.arange(horizon)
    return np.asarray(np.exp(-0.5 * ((steps[:, None] - steps) / 2.0) ** 2), dtype=np.float64)


def outcomes(values: Floats, origins: int, horizon: int) -> Floats:
    """What came after each origin, shape (origins + 1, horizon); NaN where unknown."""
    n = len(values)
    at = n - 1 - origins + np.arange(origins + 1)[:, None] + np.arange(1, horizon + 1)
    return np.where(at < n, values[np.minimum(at, n - 1)], np.nan)
