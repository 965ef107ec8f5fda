"""The bounds of alarms, against plain definitions and generalized linear models."""

from __future__ import annotations

import math
import statistics

import numpy as np
import pytest
import statsmodels.api as sm
from scipy import stats

from trends.kernels import alarms
from trends.kernels._baselines import _bound
from trends.kernels._distributions import (
    count_cdf,
    count_quantile,
    log_gamma,
    normal_quantile,
    student_two_sided,
)

PERIOD = 12


def c_bounds(row, baseline, gap, z, least):
    bounds = []
    for t in range(len(row)):
        past = row[max(0, t - gap - baseline) : max(0, t - gap)]
        known = len(past) == baseline and not any(map(math.isnan, past))
        sd = max(statistics.stdev(past), least) if known else math.nan
        bounds.append(statistics.fmean(past) + z * sd if known else math.nan)
    return bounds


def c3_bounds(row, baseline, z, least):
    middles = c_bounds(row, baseline, 2, 0.0, least)
    sds = [b - m for b, m in zip(c_bounds(row, baseline, 2, 1.0, least), middles, strict=True)]
    bounds = []
    for t in range(len(row)):
        if t < 2:
            bounds.append(math.nan)
            continue
        c2 = [(row[s] - middles[s]) / sds[s] for s in (t - 2, t - 1)]
        part = sum(x if math.isnan(x) else max(0.0, x - 1) for x in c2)
        bounds.append(float(np.maximum(0.0, middles[t] + sds[t] * (z - part))))
    return bounds


@pytest.mark.parametrize("mean", [0.4, 5.0, 1e6])
@pytest.mark.parametrize("least", [0.3, 0.0])
def test_ears_bounds_equal_their_definitions(mean, least):
    rng = np.random.default_rng(1)
    rows = rng.poisson(mean, (4, 60)).astype(float)
    rows[1, 20] = rows[2, 40] = math.nan
    z = statistics.NormalDist().inv_cdf
    c1 = [c_bounds(row.tolist(), 7, 0, z(0.999), least) for row in rows]
    c2 = [c_bounds(row.tolist(), 7, 2, z(0.999), least) for row in rows]
    np.testing.assert_allclose(alarms.ears_c1_bounds(rows, 7, 0.001, least), c1, rtol=1e-12)
    np.testing.assert_allclose(alarms.ears_c2_bounds(rows, 7, 0.001, least), c2, rtol=1e-12)
    if least or mean > 1.0:
        c3 = [c3_bounds(row.tolist(), 7, z(0.975), least) for row in rows]
        found = alarms.ears_c3_bounds(rows, 7, 0.025, least)
        np.testing.assert_allclose(found, c3, rtol=1e-9, atol=1e-9)


def test_c3_where_a_baseline_does_not_vary():
    row = [2.0] * 9 + [2.0, 2.0, 2.0, 5.0, 3.0, 3.0]
    bounds = alarms.ears_c3_bounds(row, 7, 0.025, 0.0)
    assert np.isnan(bounds[:11]).all()
    assert bounds[11] == 2.0  # no step before stood out
    assert bounds[13] == bounds[14] == 0.0  # the 5 did, beyond all measure


def fit(y, x, exposure, weights):
    model = sm.GLM(y, x, family=sm.families.Poisson(), exposure=exposure, var_weights=weights)
    return model.fit(scale="X2", tol=1e-13, maxiter=200)


def quasi(y, t, g, exposure, weights, trend, levels):
    """Fit what is not a season of zeros; those are at their limit, a mean of 0."""
    alive = [k for k in range(levels) if y[g == k].sum() > 0]
    some = np.isin(g, alive)
    columns = [(g == k) * 1.0 for k in alive] + ([t * 1.0] if trend else [])
    x = np.stack(columns, axis=1)
    model = fit(y[some], x[some], exposure[some], weights[some])
    mu = np.zeros(len(y))
    mu[some] = model.fittedvalues
    df = len(y) - len(np.unique(g)) - trend
    inner = np.linalg.inv(x[some].T @ ((weights * mu)[some, None] * x[some]))
    hat = np.full(len(y), 0.5)
    hat[some] = (weights * mu)[some] * np.einsum("ij,jk,ik->i", x[some], inner, x[some])
    pearson = np.sum((weights * (y - mu) ** 2)[some] / mu[some]) / df
    return model, mu, hat, inner, df, pearson, alive


def anscombe_weights(y, mu, hat, phi, limit):
    with np.errstate(divide="ignore", invalid="ignore"):
        s = 1.5 * (y ** (2 / 3) * mu ** (-1 / 6) - mu**0.5) / np.sqrt(phi * (1 - hat))
    s = np.where((mu > 0) & (hat < 1 - 1e-10), s, 0.0)
    high = np.where(s > limit, s, 1.0)
    return len(s) / np.sum(high**-2.0) * high**-2.0


def farrington(y, e, step, *, years, window, levels, skipped, trend_alpha, limit, alpha, power,
               method, as_surveillance):  # fmt: skip
    """The published algorithm, step by step: bound, expected, phi, slope."""
    season = np.full(len(y), -1)
    for year in range(1, years + 1):
        centre = step - PERIOD * year
        season[centre - window : centre + window + 1] = 0
        between = np.arange(centre + window + 1, centre + PERIOD - window)
        if levels > 1:
            for k, part in enumerate(np.array_split(between, levels - 1), start=1):
                season[part] = k
    season[step - window : step] = 0
    season[step - skipped :] = -1
    use = (season >= 0) & ~np.isnan(y) & (e > 0)
    yy, ee, g, t = y[use], e[use], season[use], np.flatnonzero(use)
    for trend in [True, False] if years > 2 and trend_alpha > 0 else [False]:
        ones = np.ones(len(yy))
        _, mu, hat, *_, pearson, alive = quasi(yy, t, g, ee, ones, trend, levels)
        weights = anscombe_weights(yy, mu, hat, max(pearson, 1), limit)
        model, mu, _, inner, df, pearson, alive = quasi(yy, t, g, ee, weights, trend, levels)
        phi = scale = max(pearson, 1)
        if as_surveillance:
            relative = np.where(mu > 0, (yy - mu) / np.where(mu > 0, mu, 1), -1.0)
            scale = np.sum(weights * relative**2) / df
        if 0 not in alive:
            return 0.0, 0.0, phi, math.nan
        x0 = np.array([k == 0 for k in alive] + ([step] if trend else []), float)
        eta = x0 @ model.params + math.log(e[step])
        error = math.sqrt(scale * (x0 @ inner @ x0))
        if trend:
            score = model.params[-1] / math.sqrt(scale * inner[-1, -1])
            if 2 * stats.t.sf(abs(score), df) < trend_alpha and math.exp(eta) <= yy.max():
                break
    mu0, z = math.exp(eta), stats.norm.ppf(1 - alpha)
    slope = model.params[-1] if trend else math.nan
    if method == alarms.DELTA:
        sd = math.sqrt(power**2 * mu0 ** (2 * power - 1) * (phi + mu0 * error**2))
        return (mu0**power + z * sd) ** (1 / power), mu0, phi, slope
    centre = mu0 * math.exp(z * error) if method == alarms.MUAN else mu0
    if phi > 1:
        return stats.nbinom.ppf(1 - alpha, centre / (phi - 1), 1 / phi), mu0, phi, slope
    return stats.poisson.ppf(1 - alpha, centre), mu0, phi, slope


def workload(n, steps, seed):
    rng = np.random.default_rng(seed)
    level = np.exp(rng.uniform(-1, 6, (n, 1)) + rng.normal(0, 0.012, (n, 1)) * np.arange(steps))
    mean = level * np.exp(rng.uniform(0, 0.7, (n, 1)) * np.sin(np.arange(steps) * math.tau / 12))
    alpha = rng.uniform(0.01, 0.5, (n, 1))
    y = rng.poisson(mean * rng.gamma(1 / alpha, alpha, mean.shape)).astype(float)
    y[rng.random(y.shape) < 0.02] *= 6
    return y


def options(**changes):
    usual = {
        "years": 5, "window": 1, "levels": 1, "skipped": 1, "trend_alpha": 0.05, "limit": 2.58,
        "alpha": 0.05, "power": 2 / 3, "method": alarms.DELTA, "as_surveillance": False,
    }  # fmt: skip
    return {**usual, **changes}


@pytest.mark.parametrize(
    "given",
    [
        options(),
        options(as_surveillance=True),
        options(levels=10, skipped=3),
        options(levels=10, skipped=3, as_surveillance=True),
        options(levels=4, window=2, skipped=0, years=4, power=0.5),
        options(levels=5, years=2, power=1.0),
        options(levels=10, trend_alpha=1.0, method=alarms.MUAN, alpha=0.01),
        options(levels=10, trend_alpha=1.0, method=alarms.NB_PLUGIN, alpha=0.01),
        options(levels=3, trend_alpha=0.0, limit=1.0),
    ],
)
def test_farrington_bounds_equal_generalized_linear_models(given):
    rows = workload(12, 72, 3)
    rows[0, 20:24] = rows[1, 65] = math.nan
    exposure = np.random.default_rng(4).uniform(0.5, 2, rows.shape)
    exposure[2, 50] = 0.0
    bounds = alarms.farrington_bounds(rows, exposure, 3, PERIOD, **given)
    facts = alarms.farrington_facts(rows, exposure, PERIOD, **given)
    assert np.isnan(bounds[:, :-3]).all()
    np.testing.assert_array_equal(facts[:, 0], bounds[:, -1])
    for i, (row, e) in enumerate(zip(rows, exposure, strict=True)):
        for step in (69, 71):
            expected = farrington(row, e, step, **given)
            np.testing.assert_allclose(bounds[i, step], expected[0], rtol=1e-7, err_msg=str(i))
        np.testing.assert_allclose(facts[i, :4], expected, rtol=1e-7)
    if given == options():
        assert 0 < np.isfinite(facts[:, 3]).sum() < len(rows)


def test_a_trend_as_asked_for_is_found():
    months = np.arange(72)
    row = np.round(np.exp(6 - 0.02 * months))
    facts = alarms.farrington_facts(row, 1, PERIOD, **options())
    assert facts[3] == pytest.approx(-0.02, rel=0.02)
    rise = alarms.farrington_facts(row[::-1], 1, PERIOD, **options())
    assert math.isnan(rise[3])  # it would expect more than was ever seen
    assert math.isnan(alarms.farrington_facts(row, 1, PERIOD, **options(trend_alpha=0.0))[3])
    assert math.isnan(alarms.farrington_facts(row, 1, PERIOD, **options(years=2))[3])


def test_seasons_of_zeros_and_rows_of_zeros():
    row = np.zeros(72)
    assert alarms.farrington_bounds(row, 1, 1, PERIOD, **options())[-1] == 0.0
    row[5::12] = [3, 5, 2, 4, 4, 3]  # in June only, and the step itself is a December
    given = options(levels=10)
    assert alarms.farrington_bounds(row, 1, 1, PERIOD, **given)[-1] == 0.0
    june = row[:66]  # and here it is a June
    found = alarms.farrington_facts(june, 1, PERIOD, **given)
    expected = farrington(june, np.ones(66), 65, **given)
    np.testing.assert_allclose(found[:4], expected, rtol=1e-7)


def test_what_cannot_be_known_is_nan():
    row = workload(1, 72, 1)[0]
    assert math.isnan(alarms.farrington_bounds(row[:61], 1, 1, PERIOD, **options())[-1])
    assert math.isfinite(alarms.farrington_bounds(row[:62], 1, 1, PERIOD, **options())[-1])
    gone = row.copy()
    gone[:] = math.nan
    assert math.isnan(alarms.farrington_bounds(gone, 1, 1, PERIOD, **options())[-1])
    gone[[-12, -24]] = 4
    assert math.isfinite(alarms.farrington_bounds(gone, 1, 1, PERIOD, **options())[-13 + 12])
    exposure = np.ones(72)
    exposure[-1] = 0
    assert math.isnan(alarms.farrington_bounds(row, exposure, 1, PERIOD, **options())[-1])
    assert alarms.farrington_bounds(np.empty((2, 0)), 1, 1, PERIOD, **options()).shape == (2, 0)


def test_a_bound_uses_nothing_of_its_own_step_or_after():
    rows = workload(3, 80, 5)
    whole = alarms.farrington_bounds(rows, 1, 20, PERIOD, **options(levels=6))
    later = rows.copy()
    later[:, 70:] = 1e5
    changed = alarms.farrington_bounds(later, 1, 20, PERIOD, **options(levels=6))
    np.testing.assert_array_equal(whole[:, :71], changed[:, :71])


def test_thresholds_known_from_the_tests_of_surveillance():
    of = {1.0: 8.6926872, 0.5: 9.3744842, 2 / 3: 9.1154825}
    for power, bound in of.items():
        assert _bound(5.0, 0.2 / 5.0, 1.0, 0.05, power, 0) == pytest.approx(bound, abs=1e-6)
    known = [(1.5, 2, 24), (1.0, 2, 22), (1.5, 1, 10), (1.0, 1, 9)]
    for phi, method, bound in known:
        assert _bound(5.0, math.log(2), phi, 0.05, 2 / 3, method) == bound


def test_distributions_equal_scipy():
    for p in (1e-12, 1e-3, 0.025, 0.3, 0.5, 0.7, 0.999, 1 - 1e-9):
        assert normal_quantile(p) == pytest.approx(stats.norm.ppf(p), rel=1e-13, abs=1e-15)
    for x in (1e-3, 0.5, 1.0, 2.0, 3.7, 9.99, 25.0, 1e6):
        assert log_gamma(x) == pytest.approx(math.lgamma(x), rel=1e-14, abs=1e-14)
    for t, df in [(0.0, 3), (1.0, 1), (2.2, 40), (-15.0, 5), (3.0, 5000)]:
        expected = 2 * stats.t.sf(abs(t), df)
        assert student_two_sided(t, df) == pytest.approx(expected, rel=1e-11)
    for mean in (1e-3, 0.7, 12.0, 400.0, 1e6):
        for phi in (1.0, 1.0001, 1.7, 30.0, 1e4):
            size, prob = (mean / (phi - 1), 1 / phi) if phi > 1 else (0, 0)
            law = stats.nbinom(size, prob) if phi > 1 else stats.poisson(mean)
            for p in (0.01, 0.5, 0.95, 0.9995):
                q = count_quantile(p, mean, phi)
                assert q == law.ppf(p), (mean, phi, p)
                assert count_cdf(q, mean, phi) == pytest.approx(law.cdf(q), rel=1e-8)


def test_interpreted_and_compiled_are_equal_to_the_bit():
    rows = workload(6, 75, 6)
    rows[0, 30] = math.nan
    rows[1] = 0.0
    rows[2] = 3.0
    rows[3] *= 1e4
    for kernel, args in [
        (alarms.ears_c1_bounds, (7, 0.001, 0.0)),
        (alarms.ears_c2_bounds, (7, 0.001, 0.5)),
        (alarms.ears_c3_bounds, (7, 0.025, 0.0)),
    ]:
        np.testing.assert_array_equal(kernel.compiled(rows, *args), kernel.interpreted(rows, *args))
    for given in (options(levels=5), options(method=2, as_surveillance=True), options(method=1)):
        args = (PERIOD, *given.values())
        for kernel, more in [(alarms.farrington_bounds, (4,)), (alarms.farrington_facts, ())]:
            compiled = kernel.compiled(rows, 1.0, *more, *args)
            np.testing.assert_array_equal(compiled, kernel.interpreted(rows, 1.0, *more, *args))
