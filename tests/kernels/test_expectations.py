"""What is expected of a step: against generalized linear models, exact sums, and its own past."""

from __future__ import annotations

import math

import numpy as np
import pytest
import statsmodels.api as sm
from scipy import stats

from trends.kernels import _expecting, expectations
from trends.kernels._expecting_averages import follow

RNG = np.random.default_rng(4)
SERIES = {
    "counts": RNG.negative_binomial(5, 0.2, (3, 60)).astype(float),
    "low": RNG.poisson(0.2, (3, 60)).astype(float),
    "numbers": RNG.normal(0, 30, (3, 60)),
    "zeros": np.zeros((2, 40)),
    "large": RNG.negative_binomial(2, 1e-6, (2, 50)).astype(float),
}


def design(n, period, pairs):
    ages = np.arange(n, 0, -1.0)
    x = np.empty((n, 2 + 2 * pairs))
    _expecting.fill_design(ages, n, period, x)
    return x


def fitted(values, x, counts, spread=0.0):
    n, p = x.shape
    beta, means, weights, inverse = np.zeros(p), np.empty(n), np.empty(n), np.empty((p, p))
    beta[0] = math.log(values.mean()) if counts else values.mean()
    parts = np.array([1.0, 0.0, 0.0, spread])
    assert _expecting.climb(
        values, np.ones(n), x, n, np.zeros(p), counts, beta, means, weights, parts, inverse
    )
    return beta, means, weights, parts, inverse


def test_the_fit_of_counts_is_a_weighted_glm():
    values = RNG.poisson(40 * np.exp(0.3 * np.sin(np.arange(72)))).astype(float)
    values[30] = 400.0
    x = design(72, 12, 2)
    beta, means, weights, parts, inverse = fitted(values, x, True)
    spread = np.array([_expecting.variance(m, parts) for m in means])
    assert weights[30] < 0.2  # the outbreak counts for less
    # one step of a Poisson GLM with those weights does not move it
    glm = sm.GLM(values, x, family=sm.families.Poisson(), var_weights=weights * means / spread)
    found = glm.fit(start_params=beta, tol=1e-12, scale=1.0)
    np.testing.assert_allclose(beta, found.params, atol=2e-5)
    np.testing.assert_allclose(inverse, found.cov_params(), rtol=1e-3)


def test_the_fit_of_numbers_is_least_squares():
    values = RNG.normal(0, 1, 60).clip(-2.0, 2.0) * 0.9  # so that none is beyond the limit
    x = design(60, 12, 3)
    beta, _, weights, parts, _ = fitted(values, x, False, 1.0)
    found = sm.OLS(values, x).fit()
    if (weights == 1.0).all():
        np.testing.assert_allclose(beta, found.params, atol=1e-9)
    kept = _expecting.kept(0.0, 1.0, False)
    squares = (weights * (values - x @ beta) ** 2).sum()
    assert parts[3] == pytest.approx(squares / (60 - 8) / kept, rel=1e-4)


def test_what_the_limit_cuts_off_is_a_truncated_normal_s():
    z = np.linspace(2.3, 9, 200_001)
    cut = np.trapezoid((1 - (2.3 / z) ** 2) * z**2 * stats.norm.pdf(z), z)
    assert _expecting.kept(0.0, 1.0, False) == pytest.approx(1 - 2 * cut, abs=2e-3)
    # of counts the residual is skewed, so that more is cut off above
    assert _expecting.kept(1e6, 1e6, True) == pytest.approx(1 - cut, abs=3e-3)


def test_memory_is_a_gaussian_process():
    r = RNG.normal(0, 1, 20)
    ages = np.array([25.0, *range(20, 10, -1), *range(9, 0, -1)])
    share, memory = 0.5, 0.8
    times = np.append(-ages, 0.0)
    whole = share * memory ** np.abs(times[:, None] - times)
    whole += (1 - share) * np.eye(21)
    past = np.linalg.inv(whole[:20, :20])
    height, level, spread = follow(r, ages, 20, share, memory)
    assert level == pytest.approx(whole[20, :20] @ past @ r, rel=1e-10)
    assert spread == pytest.approx(1 - whole[20, :20] @ past @ whole[:20, 20], rel=1e-10)
    expected = stats.multivariate_normal(np.zeros(20), whole[:20, :20]).logpdf(r)
    assert height - 10 * math.log(2 * math.pi) == pytest.approx(expected, rel=1e-10)


@pytest.mark.parametrize("df", [6.0, 8.0, 30.0])
def test_the_stretch_is_student_s(df):
    z = stats.norm.isf(0.01)
    assert stats.t.sf(expectations.stretch(z, df), df) == pytest.approx(0.01, rel=0.03)
    assert expectations.shrink(expectations.stretch(z, df), df) == pytest.approx(z, rel=1e-12)


@pytest.mark.parametrize(("mean", "phi"), [(0.3, 2.0), (7.0, 1.0), (40.0, 6.0)])
def test_the_fourth_moment_of_counts_costs_degrees_of_freedom(mean, phi):
    law = stats.nbinom(mean / (phi - 1), 1 / phi) if phi > 1 else stats.poisson(mean)
    parts, means = np.array([phi, 0.0, 0.0, 0.0]), np.full(60, mean)
    left = expectations.freedom(means, 60, 4, parts, True)
    expected = 56 / (1 + law.stats("k") / 2)
    assert left == pytest.approx(max(expected, expectations.LEAST_DF), rel=1e-9)
    assert expectations.freedom(means, 60, 4, parts, False) == 56.0


@pytest.mark.parametrize(("mean", "phi"), [(0.3, 2.0), (7.0, 1.0), (40.0, 6.0)])
def test_the_middle_quantile_is_half_way_between_counts(mean, phi):
    law = stats.nbinom(mean / (phi - 1), 1 / phi) if phi > 1 else stats.poisson(mean)
    for p in (0.01, 0.5, 0.975, 0.99):
        bound = expectations.middle_quantile(p, mean, phi)
        k = np.arange(0, 200)
        middle = law.cdf(k) - law.pmf(k) / 2
        assert bound == k[np.argmax(middle >= p)] - 0.5


@pytest.mark.parametrize("name", SERIES)
def test_the_same_bits_interpreted_and_compiled(name):
    rows = SERIES[name]
    for kernel, more in (
        (expectations.expectation_facts, (12, 0.01, True)),
        (expectations.past_weights, (12, True)),
    ):
        given = (rows, np.ones(rows.shape[1]), *more)
        np.testing.assert_array_equal(kernel.interpreted(*given), kernel.compiled(*given))


@pytest.mark.parametrize("name", SERIES)
def test_the_past_is_all_that_is_looked_at(name):
    rows = SERIES[name]
    facts = expectations.expectation_facts(rows, 1.0 * np.ones(rows.shape[1]), 12, 0.01, True)
    changed = rows.copy()
    changed[:, -1] = 1.0
    if name == "numbers":  # 1 alone does not make counts of them
        changed[:, -1] = 0.5
    again = expectations.expectation_facts(changed, np.ones(rows.shape[1]), 12, 0.01, True)
    for k in (0, 1, 2, *range(4, 17)):  # all but the p-value
        np.testing.assert_array_equal(facts[:, k], again[:, k])


def test_too_little():
    facts = expectations.expectation_facts([3.0] * 12, 1, 12, 0.01, True)
    assert np.isnan(facts[:7]).all()
    assert facts[7] == 11
    facts = expectations.expectation_facts([3.0] * 13, 1, 12, 0.01, True)
    assert np.isfinite(facts[:9]).all()
    for row in ([math.nan] * 30, [2.5] * 30, []):
        facts = expectations.expectation_facts(np.array(row), np.ones(len(row)), 12, 0.01, True)
        assert np.isnan(facts[:7]).all()
