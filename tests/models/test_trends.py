"""Trends against statsmodels, a dense restricted likelihood, scipy, and what must not matter."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd
import pytest
import statsmodels.api as sm
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import optimize, stats

import trends
from trends.errors import BadOption, MonthOutside, NoValues, TooShort, UnknownOption
from trends.models._autoregressions import PHIS, best_phi, designs, profiles
from trends.models.trends import fit_trend
from trends.panel import Panel

GAIN = [240, 379, 507, 588, 634, 594, 447, 461, 701, 655, 590, 720]


def ar_row(seed: int, n: int, phi: float = 0.5, slope: float = 0.0) -> np.ndarray:
    rng = np.random.default_rng(seed)
    row = rng.standard_normal(n)
    for t in range(1, n):
        row[t] = phi * row[t - 1] + math.sqrt(1 - phi * phi) * row[t]
    return row + slope * np.arange(n)


def correlations(steps: np.ndarray, phi: float) -> np.ndarray:
    return phi ** np.abs(steps[:, None] - steps)


def restricted(phi: float, steps: np.ndarray, x: np.ndarray, y: np.ndarray) -> float:
    """The restricted log likelihood by an orthonormal basis of what the design leaves."""
    basis = np.linalg.svd(x)[0][:, x.shape[1] :]
    cov = basis.T @ correlations(steps, phi) @ basis
    rest = basis.T @ y
    n = len(rest)
    return -0.5 * (n * np.log(rest @ np.linalg.solve(cov, rest)) + np.linalg.slogdet(cov)[1])


# --- oracles ---------------------------------------------------------------------------------


@pytest.mark.parametrize("harmonics", [0, 2])
def test_each_regression_is_statsmodels_gls(harmonics: int) -> None:
    steps = np.delete(np.arange(40.0), [3, 4, 5, 20, 33])
    x = designs(steps, 12, harmonics)
    y = ar_row(1, 40, slope=0.1)[steps.astype(int)]
    profile = profiles(steps, x, y)
    assert profile.df == len(steps) - x.shape[1]
    for at in (0, 10, 32, 50, 63):
        gls = sm.GLS(y, x, sigma=correlations(steps, PHIS[at])).fit()
        np.testing.assert_allclose(profile.beta[at], gls.params, rtol=1e-7, atol=1e-9)
        np.testing.assert_allclose(profile.cov[at], gls.cov_params(), rtol=1e-6, atol=1e-12)


def test_the_restricted_likelihood_is_that_of_error_contrasts() -> None:
    steps = np.delete(np.arange(30.0), [7, 8, 21])
    x, y = designs(steps, 12, 1), ar_row(2, 30)[np.r_[0:7, 9:21, 22:30]]
    profile = profiles(steps, x, y)
    dense = np.array([restricted(phi, steps, x, y) for phi in PHIS])
    apart = profile.loglik - dense
    np.testing.assert_allclose(apart, apart[0], atol=1e-6)


@pytest.mark.parametrize("seed", range(8))
def test_phi_is_where_a_search_over_the_dense_likelihood_ends(seed: int) -> None:
    steps, y = np.arange(48.0), ar_row(seed, 48, phi=0.6)
    x = designs(steps, 12, 0)
    found = best_phi(steps, x, y, profiles(steps, x, y))
    near = optimize.minimize_scalar(
        lambda phi: -restricted(phi, steps, x, y),
        bounds=(found - 0.1, min(found + 0.1, 0.999)),
        method="bounded",
        options={"xatol": 1e-9},
    )
    assert found == pytest.approx(near.x, abs=2e-5)
    assert fit_trend(y, seasonal=0).phi == found


def test_the_mixture_is_the_integral_over_phi() -> None:
    # the same by a fine rule in phi and by quadrature of dense regressions
    y = ar_row(3, 24, slope=0.05)
    found = fit_trend(y, seasonal=0)
    steps = np.arange(24.0)
    x = sm.add_constant(steps)
    phis = np.linspace(-0.999, 0.999, 1001)
    logs = np.array([restricted(phi, steps, x, y) for phi in phis])
    fits = [sm.GLS(y, x, sigma=correlations(steps, phi)).fit() for phi in phis]
    below = np.array([stats.t.cdf(0, 22, fit.params[1], fit.bse[1]) for fit in fits])
    weights = np.exp(logs - logs.max())
    share = float(below @ weights / weights.sum())
    assert found.p_value == pytest.approx(2 * min(share, 1 - share), rel=2e-3)
    low, high = found.conf_int(alpha=0.1)
    for end, at in ((low, 0.05), (high, 0.95)):
        parts = np.array([stats.t.cdf(end, 22, fit.params[1], fit.bse[1]) for fit in fits])
        assert parts @ weights / weights.sum() == pytest.approx(at, abs=2e-4)


def test_rank_tests_and_theil_sen_are_scipys() -> None:
    y = np.round(ar_row(4, 40, slope=0.02), 1)
    found = fit_trend(y, seasonal=0, alpha=0.1)
    kendall = stats.kendalltau(np.arange(40), y)
    assert found.mann_kendall.tau == pytest.approx(kendall.statistic, rel=1e-12)
    assert found.mann_kendall.p_value == pytest.approx(kendall.pvalue, rel=0.1)
    sen = stats.theilslopes(y, np.arange(40), alpha=0.9)
    theil_sen = found.theil_sen
    assert theil_sen.growth == pytest.approx(sen.slope, rel=1e-12)
    assert (theil_sen.low, theil_sen.high) == pytest.approx((sen.low_slope, sen.high_slope))


def test_drift_of_a_random_walk_is_the_t_test_of_its_steps() -> None:
    y = np.cumsum(np.random.default_rng(5).standard_normal(60) + 0.2)
    expected = stats.ttest_1samp(np.diff(y), 0).pvalue
    assert fit_trend(y, seasonal=0).p_value_random_walk == pytest.approx(expected, rel=0.02)


# --- what must not matter --------------------------------------------------------------------


@settings(deadline=None, max_examples=25)
@given(
    seed=st.integers(0, 10_000),
    scale=st.sampled_from([1e-6, 0.5, 3.0, 1e7]),
    shift=st.sampled_from([-1e3, 0.0, 7.5]),
    slope=st.sampled_from([-2.0, 0.0, 0.3]),
)
def test_scale_shift_and_an_added_line(seed: int, scale: float, shift: float, slope: float) -> None:
    y = ar_row(seed, 40, phi=0.4)
    plain = fit_trend(y, seasonal=1)
    moved = fit_trend(scale * (y + shift + slope * np.arange(40)), family="real", seasonal=1)
    size = plain.conf_int()[1] - plain.conf_int()[0]
    assert moved.params / scale == pytest.approx(plain.params + slope, abs=1e-5 * size)
    assert moved.phi == pytest.approx(plain.phi, abs=1e-4)
    for ours, theirs in zip(moved.conf_int(), plain.conf_int(), strict=True):
        assert ours / scale == pytest.approx(theirs + slope, abs=1e-5 * size)


@settings(deadline=None, max_examples=25)
@given(seed=st.integers(0, 10_000))
def test_time_reversed_grows_the_other_way(seed: int) -> None:
    y = ar_row(seed, 30, phi=0.4)
    y[4] = np.nan
    there, back = fit_trend(y, seasonal=0), fit_trend(y[::-1], seasonal=0)
    assert back.params == pytest.approx(-there.params, rel=1e-6, abs=1e-9)
    assert back.p_value == pytest.approx(there.p_value, rel=1e-6)


def test_exposure_is_divided_out() -> None:
    rng = np.random.default_rng(6)
    days = np.array([31, 28, 31, 30] * 9, float)
    y = np.round(days * np.exp(0.03 * np.arange(36) + 0.2 * rng.standard_normal(36)) * 1e6)
    found = fit_trend(y, exposure=days, seasonal=0)
    rates = fit_trend(y / days, family="count", seasonal=0)
    assert found.params == pytest.approx(rates.params, abs=1e-6)
    panel = pd.Series(y, pd.period_range("2023-01", periods=36, freq="M"), name="a")
    own = panel.index.days_in_month.to_numpy(float)
    assert fit_trend(panel, seasonal=0).params == fit_trend(y, exposure=own, seasonal=0).params


@pytest.mark.parametrize("cut", [10, 24, 40])
def test_later_months_change_no_bit(cut: int) -> None:
    drones = trends.load("drones-launched")
    month = drones.months[cut - 1]
    early, late = fit_trend(drones.until(month)), fit_trend(drones, end=month)
    assert early.params == late.params
    assert early.conf_int() == late.conf_int()
    assert (early.phi, early.p_value, early.warnings) == (late.phi, late.p_value, late.warnings)
    pd.testing.assert_frame_equal(early.frame(), late.frame(), check_exact=True)


def test_a_later_fraction_does_not_turn_counts_into_amounts() -> None:
    row = [*map(float, GAIN), 0.5, -3.0]
    assert fit_trend(row, end=11).family == "count"
    assert fit_trend(row, end=11).params == fit_trend(GAIN).params
    assert fit_trend(row).family == "real"


def test_end_lies_before_a_method_break() -> None:
    months = pd.period_range("2022-01", periods=24, freq="M")
    broken = trends.Anomaly(months[12], months[12], "method break", "other rows")
    panel = Panel([[*GAIN, *GAIN]], months, ["a"], anomalies=(broken,))
    assert fit_trend(panel).months[0] == months[12]
    assert fit_trend(panel, end=months[11]).months[0] == months[0]


# --- what it says ----------------------------------------------------------------------------


def test_a_planted_growth_is_found() -> None:
    rng = np.random.default_rng(7)
    y = rng.poisson(50 * np.exp(0.04 * np.arange(48)))
    found = fit_trend(y)
    low, high = found.conf_int()
    assert low < math.expm1(0.04) < high
    assert low < found.params < high
    assert high - low < 0.01
    assert found.p_value < 1e-6
    assert not found.warnings


def test_a_season_is_fitted_only_where_there_is_one() -> None:
    rng = np.random.default_rng(8)
    t = np.arange(60)
    y = rng.poisson(200 * np.exp(0.5 * np.sin(2 * np.pi * t / 12)))
    with_season, without = fit_trend(y), fit_trend(y, seasonal=0)
    assert with_season.harmonics == 1
    assert abs(with_season.phi) < 0.35 < without.phi
    assert fit_trend(rng.poisson(200, 60)).harmonics == 0
    assert "season of 1 harmonic." in with_season.summary()


@pytest.mark.parametrize("n", [36, 120])
def test_random_walks_are_warned_of(n: int) -> None:
    rng = np.random.default_rng(9)
    walks = [fit_trend(np.cumsum(rng.standard_normal(n)), seasonal=0) for _ in range(200)]
    warned = [any("random walk" in text for text in walk.warnings) for walk in walks]
    assert warned == [walk.random_walk for walk in walks]
    assert np.mean(warned) > 0.95 - 4 * math.sqrt(0.95 * 0.05 / 200)


def test_the_usual_least_squares_would_fail_the_level() -> None:
    # the simulation of benchmarks/validity can fail: this is what it is to catch
    rows = [ar_row(seed, 36) for seed in range(300)]
    usual = np.mean([stats.linregress(np.arange(36), row).pvalue < 0.05 for row in rows])
    ours = np.mean([fit_trend(row, seasonal=0).p_value < 0.05 for row in rows])
    assert usual > 0.2
    assert ours < 0.075 + 4 * math.sqrt(0.075 * 0.925 / 300)


def test_summary_frame_and_line() -> None:
    gain = trends.load("territory-gain-isw")
    found = fit_trend(gain)
    assert found.family == "real"
    lines = found.summary().splitlines()
    assert lines[0].startswith("territory: growth of +15.1 km² a month (95% interval ")
    assert "25 months from December 2023 to December 2025" in lines[0]
    assert "compatible with noise" in lines[1]
    assert "no trend" not in found.summary()
    frame = found.frame()
    assert list(frame) == ["month", "value", "exposure", "fitted", "low", "high"]
    assert len(frame) == 26
    assert (frame["low"] < frame["fitted"]).all()
    assert (frame["fitted"] < frame["high"]).all()
    line = found.predict(alpha=0.5)
    assert (line["low"] > frame["low"].to_numpy()).all()
    assert line.index[0] == pd.Period("2023-12", "M")


def test_the_line_of_counts_is_in_the_days_of_each_month() -> None:
    months = pd.period_range("2023-01", periods=24, freq="M")
    series = pd.Series(100.0 * months.days_in_month, months, name="a")
    series += np.random.default_rng(1).integers(-3, 4, 24)
    line = fit_trend(series).predict()["fitted"]
    assert line["2023-02"] / line["2023-03"] == pytest.approx(28 / 31, rel=1e-3)


# --- bad input -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "row", [[0] * 20, [5] * 40, [2.5] * 10, [1, np.nan] * 10, [-1e9] * 12, [1e-300] * 12]
)
def test_a_series_that_does_not_vary_is_insufficient(row: list[float]) -> None:
    found = fit_trend(row)
    assert found.insufficient
    assert found.params == 0.0
    assert found.p_value == found.p_value_random_walk == 1.0
    assert np.isnan(found.conf_int()).all()
    assert math.isnan(found.phi)
    assert not found.random_walk
    assert "insufficient" in found.summary()
    assert found.mann_kendall.p_value == 1.0
    assert found.theil_sen.growth == 0.0
    assert len(found.frame()) == len(row)


def test_zeros_of_months_of_unequal_length_are_insufficient() -> None:
    months = pd.period_range("2023-01", periods=30, freq="M")
    assert fit_trend(pd.Series(0.0, months)).insufficient
    days = np.asarray(months.days_in_month, float)
    assert fit_trend(2.5 * days, exposure=days).insufficient


@pytest.mark.parametrize(
    "row",
    [[0] * 30 + [1], [0] * 15 + [1] + [0] * 15, [7] * 29 + [8], [0, 1] * 18, [1e12, 1] * 18],
)
def test_odd_rows_are_not_significant(row: list[float]) -> None:
    found = fit_trend(row)
    assert found.p_value > 0.05
    assert np.isfinite(found.conf_int()).all()
    assert np.isfinite(found.predict().to_numpy()).all()


def test_a_perfect_line_is_no_crash() -> None:
    found = fit_trend(0.25 + 0.5 * np.arange(20.0))
    assert found.params == pytest.approx(0.5)
    assert found.p_value < 1e-6


def test_refusals() -> None:
    with pytest.raises(TooShort):
        fit_trend([1, 2, 3, 4, 5, 6, 7, np.nan])
    with pytest.raises(TooShort):
        fit_trend([4.0])
    with pytest.raises(NoValues):
        fit_trend([np.nan] * 9)
    with pytest.raises(NoValues):
        fit_trend([])
    with pytest.raises(BadOption, match="count"):
        fit_trend([-1, *GAIN], family="count")
    with pytest.raises(UnknownOption):
        fit_trend(GAIN, family="log")
    with pytest.raises(BadOption, match="alpha"):
        fit_trend(GAIN, alpha=0)
    with pytest.raises(BadOption, match="alpha"):
        fit_trend(GAIN).conf_int(1.0)
    with pytest.raises(BadOption, match="exposure"):
        fit_trend(GAIN, exposure=[1.0] * 11)
    with pytest.raises(BadOption, match="exposure"):
        fit_trend(GAIN, exposure=[0.0] * 12)
    with pytest.raises(BadOption, match="period"):
        fit_trend(GAIN, period=1)
    for seasonal in (-1, 6, "yes", 4, 1.0):
        with pytest.raises(BadOption, match="seasonal"):
            fit_trend(GAIN, seasonal=seasonal)
    with pytest.raises(BadOption, match="start"):
        fit_trend(GAIN, start="2024-01")
    with pytest.raises(BadOption, match="end"):
        fit_trend(GAIN, end=12)
    with pytest.raises(BadOption, match="one dimension"):
        fit_trend([GAIN, GAIN])
    drones = trends.load("drones-launched")
    with pytest.raises(MonthOutside):
        fit_trend(drones, end="2030-01")
    with pytest.raises(BadOption, match="month"):
        fit_trend(drones, start=3)
    with pytest.raises(TooShort):
        fit_trend(drones, start="2025-01", end="2025-06")


def test_a_season_that_the_known_months_cannot_show_is_refused() -> None:
    row = np.full(120, np.nan)
    row[::12] = ar_row(1, 10)
    with pytest.raises(BadOption, match="seasonal"):
        fit_trend(row, seasonal=1)
    assert fit_trend(row).nobs == 10
