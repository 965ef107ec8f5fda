"""The filter of log rates: its start, its modes and its moments, against scipy and by hand."""

from __future__ import annotations

import math

import numpy as np
import pytest
from scipy import optimize, special, stats

from trends.kernels import nowcasts
from trends.kernels.nowcasts import CELLS, DRIFTS, SIZES, log_rate_states

NAN = math.nan


def start(values, weights=None, spans=None):
    ones = np.ones(len(values))
    weights = ones if weights is None else np.array(weights, float)
    return nowcasts.start(np.array(values, float), weights, ones if spans is None else spans)


def test_the_start_is_the_rate_of_the_first_four_weeks_that_are_known():
    row = np.r_[np.full(28, 3.0), np.full(9, 50.0)]
    assert start(row) == pytest.approx(math.log(3))
    assert start(np.r_[NAN, 5.0, NAN, row[:27]]) == pytest.approx(math.log((5 + 81) / 28))
    assert start(row, spans=np.full(37, 7.0)) == pytest.approx(math.log(3))
    assert start([2, 4, 9, 9, 90], spans=np.full(5, 7.0)) == pytest.approx(math.log(6))
    assert start([2, 4, 9, 9, 90], spans=np.full(5, 9.0)) == pytest.approx(math.log(6))
    # what has no weight is not seen
    assert start([7, 1, 4], [0, 0.25, 0.75]) == pytest.approx(math.log(5))
    assert start([0, 0, 0, 0]) == pytest.approx(math.log(0.5 / 4))
    assert start([0, 1], [0.1, 0.1]) == pytest.approx(math.log(5))
    assert start([]) == start([NAN]) == start([8.0], [0.0]) == 0.0


def height(x, y, size, centre, spread):
    """Log posterior, of a count of mean exp(x)."""
    likelihood = stats.nbinom.logpmf(y, size, 1 / (1 + np.exp(x) / size))
    return likelihood - 0.5 * (x - centre) ** 2 / spread


CASES = [
    (y, size, centre, spread)
    for y in (0.0, 3.0, 250.0)
    for size in (0.3, 12.0)
    for centre, spread in ((-1.0, 4.0), (4.0, 0.01), (1.5, 1.0))
]


@pytest.mark.parametrize(("y", "size", "centre", "spread"), CASES)
def test_a_count_moves_a_cell_by_the_moments_at_the_mode(y, size, centre, spread):
    weight = 1.7
    cell = np.array([0.0, 0.0, 0.0, centre - math.log(weight), spread, -2.5])
    found = optimize.minimize_scalar(
        lambda x: -height(x, y, size, centre, spread), (centre - 3, centre + 3), tol=1e-12
    )
    mode = nowcasts.log_mode(y, size, centre, spread)
    assert mode == pytest.approx(found.x, abs=1e-5)
    constant = special.gammaln(y + size) - special.gammaln(size)
    nowcasts.see(y, weight, size, constant, 3, cell)
    h = 0.02
    at = height(mode + h * np.arange(-2, 3), y, size, centre, spread)
    bend = (at[0] - 16 * at[1] + 30 * at[2] - 16 * at[3] + at[4]) / (12 * h * h)
    third = (at[4] - 2 * at[3] + 2 * at[1] - at[0]) / (2 * h**3)
    assert cell[4] == pytest.approx(1 / bend, rel=1e-4)
    most = 0.5 / math.sqrt(bend)
    away = np.clip(0.5 * third / bend**2, -most, most)
    assert cell[3] + math.log(weight) - mode == pytest.approx(away, rel=2e-2, abs=1e-4)
    evidence = at[2] + special.gammaln(y + 1) - 0.5 * math.log(spread * bend)
    assert cell[5] == pytest.approx(-2.5 + evidence, abs=1e-4)
    assert cell[:3].tolist() == [0, 0, 0]


def test_modes_stay_within_bounds():
    assert nowcasts.log_mode(1e30, 1.0, 0.0, 1e9) == pytest.approx(nowcasts.MOST)
    assert nowcasts.log_mode(0.0, 1.0, -40.0, 1.0) == pytest.approx(-nowcasts.MOST)
    assert nowcasts.log_mode(0.0, 1.0, 20.0, 1e6) < -5


def test_cells_take_drift_size_and_forgetting_block_by_block():
    values, weights = np.array([4.0, NAN, 11.0, 0.0]), np.array([1.0, 2.0, 2.5, 0.5])
    spans, forget = np.array([1.0, 2.0, 3.0, 1.0]), 0.9
    states = log_rate_states.interpreted(values, weights, spans, forget).reshape(CELLS, 3)
    for j, i in ((0, 0), (4, 5), (10, 3), (7, 2)):
        cell = np.array([math.log(15 / 4), 4.0, 0.0])
        for t, between in enumerate((0.0, 1.5, 2.5, 2.0)):
            cell[1] += DRIFTS[i] ** 2 * between
            if t != 1:
                cell[2] *= forget
                size = SIZES[j] * spans[t]
                constant = special.gammaln(values[t] + size) - special.gammaln(size)
                nowcasts.see(values[t], weights[t], size, constant, 0, cell)
        np.testing.assert_allclose(states[j * len(DRIFTS) + i], cell, rtol=1e-9, atol=1e-12)


def test_drifts_and_sizes_are_the_measured_ones():
    """Whoever measures anew, changes them here as well."""
    assert DRIFTS == (0.003, 0.007, 0.014, 0.028, 0.056, 0.11)
    assert SIZES == (0.1, 0.2, 0.4, 0.8, 1.5, 3.0, 6.0, 12.0, 30.0, 100.0, 1000.0)
    assert CELLS == 66
