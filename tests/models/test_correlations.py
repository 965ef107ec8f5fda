"""The rank correlation against scipy, and its interval by simulation."""

from __future__ import annotations

import math

import numpy as np
import pytest
from scipy import stats

from trends.errors import BadOption, TooShort
from trends.models import fit_rank_correlation


def test_equals_scipy_with_ties_and_gaps() -> None:
    rng = np.random.default_rng(3)
    x = rng.integers(0, 6, 40).astype(float)
    y = x + rng.integers(0, 6, 40)
    expected = stats.spearmanr(x, y).statistic
    assert fit_rank_correlation(x, y).params == pytest.approx(expected, rel=1e-12)
    with_gaps = np.insert(x, 5, np.nan), np.insert(y, 5, 1.0)
    assert fit_rank_correlation(*with_gaps).params == pytest.approx(expected, rel=1e-12)


def ar_pairs(rng: np.random.Generator, n: int, phi: float, rho: float) -> np.ndarray:
    noise = rng.standard_normal((2, n + 50))
    noise[1] = rho * noise[0] + math.sqrt(1 - rho**2) * noise[1]
    rows = np.zeros_like(noise)
    for t in range(1, n + 50):
        rows[:, t] = phi * rows[:, t - 1] + noise[:, t]
    return rows[:, 50:]


@pytest.mark.parametrize(("n", "phi", "rho"), [(36, 0.0, 0.6), (36, 0.8, 0.0), (60, 0.5, 0.9)])
def test_the_interval_covers_under_autocorrelation(n: int, phi: float, rho: float) -> None:
    # 400 replicates: four Monte-Carlo standard errors of 0.93 are 0.051
    rng = np.random.default_rng(11)
    true = 6 / math.pi * math.asin(rho / 2)
    covered = 0
    for _ in range(400):
        low, high = fit_rank_correlation(*ar_pairs(rng, n, phi, rho)).conf_int()
        covered += low <= true <= high
    assert 0.93 - 0.051 <= covered / 400 <= 1.0


def test_an_interval_that_ignores_autocorrelation_would_fail_here() -> None:
    # the same simulation catches the usual interval, so the test above can fail
    rng = np.random.default_rng(11)
    covered = 0
    for _ in range(400):
        result = fit_rank_correlation(*ar_pairs(rng, 36, 0.8, 0.0))
        width = 1.96 * math.sqrt((1 + result.params**2 / 2) / (result.nobs - 3))
        covered += abs(math.atanh(result.params)) <= width
    assert covered / 400 < 0.85


def test_refusals() -> None:
    with pytest.raises(TooShort):
        fit_rank_correlation([1, 2, 3], [1, 2, 3])
    with pytest.raises(BadOption, match="constant"):
        fit_rank_correlation([1.0] * 10, range(10))
    with pytest.raises(BadOption, match="one length"):
        fit_rank_correlation(range(10), range(11))
    with pytest.raises(BadOption, match="alpha"):
        fit_rank_correlation(range(10), [*range(1, 10), 0]).conf_int(alpha=1)


def test_perfect_agreement_of_ten_months_is_not_certain() -> None:
    low, high = fit_rank_correlation(range(10), range(10)).conf_int()
    assert 0.5 < low < 1.0  # a straight line is worth few independent months
    assert high == pytest.approx(1.0)
