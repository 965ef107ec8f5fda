"""The smoothing parameters of forecasts: on their grid, within bounds, and none nearby better."""

from __future__ import annotations

import itertools

import numpy as np
import pytest

from trends.kernels import forecasts
from trends.kernels.forecasts import ENDS, GRID


def fitted(row: np.ndarray, trend: bool, seasonal: bool) -> tuple[np.ndarray, list[float]]:
    """The parameters found, and the errors of those that one step of the grid leads to."""
    params, state, season = np.zeros(5), np.zeros(2), np.zeros(12)
    start, shape = np.array([row[0], 0.0]), np.zeros(12)
    given = (start, shape, 12)
    forecasts._fit(row, len(row), trend, seasonal, *given, params, state, season)
    errors = []
    for which in range(4):
        for value in (params[which], *GRID[ENDS[which] : ENDS[which + 1]]):
            other = params.copy()
            other[which] = value
            free = which == 0 or (trend if which in (1, 2) else seasonal)
            if free and other[1] <= other[0] and other[3] <= 1 - other[0] + 1e-9:
                skip = max(2, min(12, len(row) // 4))
                errors.append(forecasts._tried(row, len(row), other, *given, skip, state, season))
    return params, errors


def test_the_grid_rises_within_bounds():
    for first, stop in itertools.pairwise(ENDS):
        part = GRID[first:stop]
        assert list(part) == sorted(set(part))
        assert 0 <= part[0] < part[-1] <= 1
    assert ENDS[-1] == len(GRID)


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize(("trend", "seasonal"), [(False, False), (True, False), (True, True)])
def test_a_sum_of_two_smoothings_is_at_most_one(seed, trend, seasonal):
    rng = np.random.default_rng(seed)
    row = rng.normal(0, 3, 72).cumsum() + np.tile(rng.normal(0, 3, 12), 6)
    params, errors = fitted(row, trend, seasonal)
    alpha, beta, phi, gamma, _ = params
    assert beta <= alpha <= 1
    assert alpha + gamma <= 1 + 1e-9
    assert trend or (beta, phi) == (0, 0)
    assert seasonal or gamma == 0
    assert min(errors) >= 0.9 * errors[0]  # two sweeps come near to the best
