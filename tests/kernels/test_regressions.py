"""Regressions of counts, against statsmodels, and where a likelihood has no top."""

from __future__ import annotations

import math
import warnings

import numpy as np
import pytest
import statsmodels.api as sm
from scipy import optimize, special, stats

from trends.kernels import regressions

LINE = np.stack([np.ones(48), np.arange(48.0)], axis=1)
COEFFICIENTS, COVARIANCE = slice(0, 2), slice(2, 6)
ALPHA, ALPHA_SE, LOGLIK, NOBS, CONVERGED = range(6, 11)


def workload(seed=1, n=8, level=2.0, alpha=0.4):
    rng = np.random.default_rng(seed)
    exposure = rng.uniform(0.5, 3.0, (n, 48))
    slope = rng.normal(0, 0.02, (n, 1))
    mean = exposure * np.exp(level + slope * np.arange(48))
    shape = rng.gamma(1 / alpha, alpha, mean.shape) if alpha else 1.0
    return rng.poisson(mean * shape).astype(float), exposure


def gappy(seed=2, **given):
    counts, exposure = workload(seed, **given)
    rng = np.random.default_rng(seed)
    counts[rng.random(counts.shape) < 0.1] = math.nan
    exposure[rng.random(counts.shape) < 0.1] = 0.0
    exposure[rng.random(counts.shape) < 0.05] = math.nan
    return counts, exposure


def glm(counts, exposure, design):
    use = ~np.isnan(counts) & (exposure > 0)
    model = sm.GLM(counts[use], design[use], family=sm.families.Poisson(), exposure=exposure[use])
    return model.fit(tol=1e-14, maxiter=100)


def nb(counts, exposure, design, start):
    use = ~np.isnan(counts) & (exposure > 0)
    model = sm.NegativeBinomial(counts[use], design[use], exposure=exposure[use])
    return model.fit(start_params=start, method="newton", maxiter=200, tol=1e-13, disp=0)


@pytest.mark.parametrize("level", [0.5, 3.0, math.log(1e6)])
@pytest.mark.parametrize("make", [workload, gappy])
def test_poisson_equals_statsmodels(make, level):
    counts, exposure = make(level=level)
    for y, e, found in zip(
        counts, exposure, regressions.poisson_trends(counts, exposure), strict=True
    ):
        fit = glm(y, e, LINE)
        np.testing.assert_allclose(found[COEFFICIENTS], fit.params, rtol=1e-9)
        np.testing.assert_allclose(found[COVARIANCE], fit.cov_params().ravel(), rtol=1e-8)
        assert found[LOGLIK] == pytest.approx(fit.llf, rel=1e-11)
        assert found[[ALPHA, NOBS, CONVERGED]].tolist() == [0, fit.nobs, 1]
        assert math.isnan(found[ALPHA_SE])


@pytest.mark.parametrize("level", [0.5, 3.0, math.log(1e6)])
@pytest.mark.parametrize("make", [workload, gappy])
def test_negative_binomial_equals_statsmodels(make, level):
    counts, exposure = make(level=level)
    found = regressions.negative_binomial_trends(counts, exposure)
    assert (found[:, CONVERGED] == 1).all()
    for y, e, ours in zip(counts, exposure, found, strict=True):
        # From nearby: from its own start statsmodels fails on counts of a million.
        start = ours[[0, 1, ALPHA]] * [1.001, 1.001, 1.01]
        fit = nb(y, e, LINE, start)
        np.testing.assert_allclose(ours[[0, 1, ALPHA]], fit.params, rtol=1e-8)
        covariance = fit.cov_params()
        np.testing.assert_allclose(ours[COVARIANCE], covariance[:2, :2].ravel(), rtol=1e-7)
        assert ours[ALPHA_SE] == pytest.approx(fit.bse[2], rel=1e-7)
        # Theirs loses digits to differences of log-gamma; by 40 digits ours is right to 1e-13.
        assert ours[LOGLIK] == pytest.approx(fit.llf, rel=1e-10 if level < 9 else 1e-7)


def profile(y, e, design, alpha):
    """Highest log-likelihood for an alpha, by a general optimiser."""

    def loss(beta):
        mean = e * np.exp(design @ beta)
        if alpha == 0:
            return -stats.poisson.logpmf(y, mean).sum()
        size = 1 / alpha
        return -(
            special.gammaln(y + size) - special.gammaln(size) - special.gammaln(y + 1)
            + y * np.log(alpha * mean) - (y + size) * np.log1p(alpha * mean)
        ).sum()  # fmt: skip

    return -optimize.minimize(loss, [math.log(y.sum() / e.sum()), 0.0], tol=1e-12).fun


def test_alpha_is_0_just_where_the_likelihood_is_highest_there():
    counts, exposure = workload(seed=5, n=40, alpha=0.0)
    found = regressions.negative_binomial_trends(counts, exposure)
    poisson = regressions.poisson_trends(counts, exposure)
    zero = found[:, ALPHA] == 0
    assert 10 < zero.sum() < 30
    np.testing.assert_array_equal(found[zero], poisson[zero])
    assert (found[~zero, LOGLIK] > poisson[~zero, LOGLIK]).all()
    for y, e, ours in zip(counts[:12], exposure[:12], found, strict=False):
        elsewhere = [profile(y, e, LINE, a) for a in (0.0, 1e-3, 0.01, 0.03, 0.1, 0.5, 3.0)]
        assert ours[LOGLIK] >= max(elsewhere) - 1e-7


@pytest.mark.parametrize("alpha", [1e-4, 3.0, 30.0])
def test_dispersions_small_and_large(alpha):
    counts, exposure = workload(seed=8, n=6, level=5.0, alpha=alpha)
    for y, e, ours in zip(
        counts, exposure, regressions.negative_binomial_trends(counts, exposure), strict=True
    ):
        if ours[ALPHA] == 0:
            continue
        assert ours[CONVERGED] == 1
        around = [profile(y, e, LINE, ours[ALPHA] * k) for k in (0.9, 0.99, 1.0, 1.01, 1.1)]
        assert max(around) == around[2]
        assert ours[LOGLIK] == pytest.approx(around[2], abs=1e-6)


def test_any_design_equals_statsmodels():
    rng = np.random.default_rng(4)
    months = np.arange(48)
    design = np.stack(
        [np.ones(48), months / 12, months >= 24, np.sin(months * math.tau / 12)], axis=1
    )
    counts, exposure = gappy(seed=6)
    design[7, 2] = math.nan
    used = np.where(np.isnan(design).any(axis=1), math.nan, counts)
    p = 4
    found = regressions.poisson_regressions(counts, exposure, design)
    assert found.shape == (8, p + p * p + 5)
    for y, e, ours in zip(used, exposure, found, strict=True):
        fit = glm(y, e, design)
        np.testing.assert_allclose(ours[:p], fit.params, rtol=1e-8)
        np.testing.assert_allclose(
            ours[p : p + p * p], fit.cov_params().ravel(), rtol=1e-8, atol=1e-12
        )
        assert ours[-3:].tolist() == [pytest.approx(fit.llf), fit.nobs, 1]
    found = regressions.negative_binomial_regressions(counts, exposure, design)
    for y, e, ours in zip(used, exposure, found, strict=True):
        start = np.append(ours[:p], ours[-5]) * (1 + 1e-3 * rng.random(p + 1))
        fit = nb(y, e, design, start)
        np.testing.assert_allclose(np.append(ours[:p], ours[-5]), fit.params, rtol=1e-7)
        assert ours[-4] == pytest.approx(fit.bse[-1], rel=1e-7)


def test_a_line_is_a_design():
    counts, exposure = gappy()
    for trends, general in [
        (regressions.poisson_trends, regressions.poisson_regressions),
        (regressions.negative_binomial_trends, regressions.negative_binomial_regressions),
    ]:
        np.testing.assert_array_equal(trends(counts, exposure), general(counts, exposure, LINE))


NAN = math.nan
NO_TOP = [
    [0, 0, 0, 0, 0, 0],
    [0, 0, 0, 0, 0, 7],
    [9, 0, 0, 0, 0, 0],
    [NAN, 5, NAN, NAN, NAN, NAN],
    [NAN] * 6,
    [0, 0, 0, 10**6, NAN, NAN],
]


@pytest.mark.parametrize("row", NO_TOP)
@pytest.mark.parametrize(
    "kernel", [regressions.poisson_trends, regressions.negative_binomial_trends]
)
def test_without_a_top_nothing_is_known(kernel, row):
    found = kernel(np.array(row, float), 1.0)
    assert np.isnan(found[:NOBS]).all()
    assert found[[NOBS, CONVERGED]].tolist() == [np.sum(~np.isnan(row)), 0]


def test_constant_rows_short_rows_and_no_exposure():
    for kernel in (regressions.poisson_trends, regressions.negative_binomial_trends):
        found = kernel(np.full(12, 6.0), 2.0)
        np.testing.assert_allclose(found[:2], [math.log(3), 0], atol=1e-12)
        assert found[[ALPHA, CONVERGED]].tolist() == [0, 1]
        np.testing.assert_allclose(kernel([2, 8], 1)[:2], [math.log(2), math.log(4)])
        assert kernel([2, 8, 3], 0.0)[[NOBS, CONVERGED]].tolist() == [0, 0]
        assert kernel(np.empty((3, 0)), np.empty(0))[:, CONVERGED].tolist() == [0, 0, 0]
    same = np.ones((6, 2))
    found = regressions.poisson_regressions([1, 2, 3, 4, 5, 6], 1, same)
    assert np.isnan(found[:-2]).all()
    assert found[-1] == 0


def test_one_exposure_serves_all_rows_and_integers_do():
    counts, _ = workload()
    exposure = np.linspace(1, 2, 48)
    whole = np.broadcast_to(exposure, counts.shape)
    for kernel in (regressions.poisson_trends, regressions.negative_binomial_trends):
        expected = kernel(counts, whole)
        np.testing.assert_array_equal(kernel(counts, exposure), expected)
        np.testing.assert_array_equal(kernel(counts.astype(np.int32), exposure), expected)


@pytest.mark.parametrize("level", [0.3, 8.0])
def test_interpreted_and_compiled_are_equal_to_the_bit(level):
    counts, exposure = gappy(seed=9, n=10, level=level)
    counts[0] = 0
    counts[1] = 5
    counts[2, :-1] = 0
    counts[3] = 1e6 * counts[3]
    for kernel in (regressions.poisson_trends, regressions.negative_binomial_trends):
        np.testing.assert_array_equal(
            kernel.compiled(counts, exposure), kernel.interpreted(counts, exposure)
        )


def test_warns_of_nothing():
    counts, exposure = gappy(level=math.log(1e6))
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        regressions.negative_binomial_trends(counts, exposure)
