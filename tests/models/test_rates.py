"""Rate comparisons against statsmodels, scipy and brute force, and their levels by simulation."""

from __future__ import annotations

import importlib
import math
import sys
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
import statsmodels.api as sm
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

import trends
from trends.errors import BadOption, MonthOutside, NoValues, UnknownOption, WrongKind
from trends.models._rate_counts import SharedTotal
from trends.models._rate_memory import remember
from trends.models.rates import fit_rate_ratio
from trends.panel import Panel

VALIDITY = Path(__file__).parents[2] / "benchmarks" / "validity"


def noisy(n: int, seed: int = 1, k: float = 5.0, mean: float = 30.0) -> np.ndarray:
    rng = np.random.default_rng(seed)
    return rng.poisson(mean * rng.gamma(k, 1 / k, n)).astype(float)


def months(n: int) -> pd.PeriodIndex:
    return pd.period_range("2021-01", periods=n, freq="M")


# --- against others ----------------------------------------------------------------------------
@pytest.mark.parametrize("harmonics", [0, 1, 2])
def test_the_expectation_is_statsmodels_at_our_dispersion(harmonics: int) -> None:
    series = pd.Series(noisy(60), months(60))
    result = fit_rate_ratio(series, seasonal=harmonics)
    turns = 2 * np.pi * np.arange(60) / 12
    waves = [f(k * turns) for k in range(1, harmonics + 1) for f in (np.cos, np.sin)]
    design = np.stack([np.ones(60), *waves], axis=1)
    days = series.index.days_in_month.to_numpy(float)
    family = sm.families.NegativeBinomial(alpha=result.dispersion)
    fit = sm.GLM(series[:-1], design[:-1], family=family, exposure=days[:-1]).fit(tol=1e-12)
    expected = float(fit.predict(design[-1:], exposure=days[-1:])[0])
    assert result.expected == pytest.approx(expected, rel=1e-7)
    assert result.params == pytest.approx(series.iloc[-1] / expected, rel=1e-7)
    # and the dispersion is the one that the profile likelihood, adjusted, prefers to its neighbours

    def adjusted(dispersion: float) -> float:
        family = sm.families.NegativeBinomial(alpha=dispersion)
        fit = sm.GLM(series[:-1], design[:-1], family=family, exposure=days[:-1]).fit(tol=1e-12)
        _, logdet = np.linalg.slogdet(np.linalg.inv(fit.normalized_cov_params))
        return float(fit.llf - logdet / 2)

    best = adjusted(result.dispersion)
    assert best > max(adjusted(result.dispersion * by) for by in (0.95, 1.05))


def test_without_overdispersion_it_is_the_conditional_binomial_test() -> None:
    counts = np.array([11, 9, 14, 8, 10, 12, 9, 13, 25.0])
    days = np.array([31, 28, 31, 30, 31, 30, 31, 31, 30.0])
    result = fit_rate_ratio(counts, exposure=days, family="poisson")
    law = stats.binom(int(counts.sum()), days[-1] / days.sum())
    assert result.p_value_up == pytest.approx(law.sf(25) + law.pmf(25) / 2, rel=1e-9)
    assert result.params == pytest.approx((25 / 30) / (counts[:-1].sum() / days[:-1].sum()))
    for ratio, tail in zip(result.conf_int(), (0.025, 0.975), strict=True):
        share = ratio * days[-1] / (ratio * days[-1] + days[:-1].sum())
        law = stats.binom(int(counts.sum()), share)
        assert law.sf(25) + law.pmf(25) / 2 == pytest.approx(tail, rel=1e-5)


def test_the_shared_total_is_beta_binomial_where_the_shapes_agree() -> None:
    shape, mean, total = 5.0, 30.0, 400.0
    whole = (1 / mean + 1 / shape) / 8
    shared = SharedTotal(60.0, (mean, 8 * mean), (8 * whole, whole), total)
    law = stats.betabinom(int(total), shape, 8 * shape)
    above = law.sf(60) + law.pmf(60) / 2
    assert stats.norm.sf(shared.score(1.0)) == pytest.approx(above, rel=1e-9)


@pytest.mark.parametrize("ratio", [0.5, 1.0, 2.5])
def test_the_shared_total_is_the_quotient_of_probabilities(ratio: float) -> None:
    # every pair that sums to the total, weighed by scipy, one by one
    means, shapes, total, seen = (40.0, 900.0), (3.0, 70.0), 1000, 55
    variances = tuple(1 / m + 1 / k for m, k in zip(means, shapes, strict=True))
    scale = total / (means[0] * ratio + means[1])
    laws = [
        stats.nbinom(k, k / (k + scale * m))
        for m, k in zip((means[0] * ratio, means[1]), shapes, strict=True)
    ]
    weights = np.array([laws[0].pmf(y) * laws[1].pmf(total - y) for y in range(total + 1)])
    above = (weights[seen + 1 :].sum() + weights[seen] / 2) / weights.sum()
    shared = SharedTotal(float(seen), means, variances, float(total))
    assert stats.norm.sf(shared.score(ratio)) == pytest.approx(above, rel=1e-6)


def test_a_total_summed_in_strides_is_that_summed_in_full(monkeypatch: pytest.MonkeyPatch) -> None:
    shared = SharedTotal(900.0, (400.0, 9000.0), (0.2, 0.01), 9900.0)
    full = shared.score(1.0)
    monkeypatch.setattr("trends.models._rate_counts._POINTS", 1000)
    assert shared.score(1.0) == pytest.approx(full, abs=2e-3)


def test_a_difference_is_the_two_sample_t_test_with_one_in_the_window() -> None:
    rng = np.random.default_rng(4)
    values = rng.normal(5, 3, 20)
    result = fit_rate_ratio(values, seasonal=0)
    before = values[:-1]
    error = before.std(ddof=1) * math.sqrt((1 + 1 / 19) * result.inflation)
    assert result.params == pytest.approx(values[-1] - before.mean())
    two_sided = 2 * stats.t.sf(abs(result.params) / error, result.df)
    assert result.p_value == pytest.approx(two_sided, rel=1e-9)
    assert result.effect == "difference"
    assert result.family == "gaussian"


def test_the_correction_for_memory_is_the_matrix_algebra_it_stands_for() -> None:
    rng = np.random.default_rng(8)
    places = np.delete(np.arange(30), [4, 11, 12])
    m, n = len(places), 33
    turns = 2 * np.pi * places / 12
    basis, _ = np.linalg.qr(np.stack([np.ones(m), np.cos(turns), np.sin(turns)], axis=1))
    maker = np.eye(m) - basis @ basis.T
    contrast = np.zeros(n)
    contrast[places] = -1 / m
    contrast[30:] = 1 / 3
    memory = remember(maker @ rng.standard_normal(m), basis, places, contrast, 0.7)
    apart = np.abs(places[:, None] - places)
    pairs = (apart == 1) / 2
    rho = memory.autocorrelation
    correlations = np.where(apart > 0, 0.7 * rho ** apart.astype(float), 1.0)
    every = np.abs(np.arange(n)[:, None] - np.arange(n))
    whole = np.where(every > 0, 0.7 * rho ** every.astype(float), 1.0)
    inflation = (
        (contrast @ whole @ contrast)
        / (contrast @ contrast)
        * (m - 3)
        / np.trace(maker @ correlations)
    )
    assert memory.inflation == pytest.approx(inflation, rel=2e-3)  # read off a grid of rho
    rng = np.random.default_rng(8)
    residuals = maker @ rng.standard_normal(m)
    found = (residuals @ pairs @ residuals) / (residuals @ residuals)
    usual = np.trace(maker @ correlations @ maker @ pairs) / np.trace(maker @ correlations)
    assert found == pytest.approx(usual, abs=2e-3)


# --- properties --------------------------------------------------------------------------------
@settings(max_examples=25, deadline=None)
@given(st.integers(0, 10_000), st.sampled_from([1, 3]), st.sampled_from([12, 30]))
def test_the_interval_holds_what_the_test_does_not_reject(seed: int, window: int, n: int) -> None:
    result = fit_rate_ratio(noisy(n, seed), window=window)
    low, high = result.conf_int()
    assert low <= result.params <= high
    assert (low <= 1 <= high) == (result.p_value >= 0.05)
    wide = result.conf_int(0.01)
    assert wide[0] <= low
    assert high <= wide[1]
    ends = result.conf_int(result.p_value)  # an interval at the p-value ends at no effect
    assert min(abs(math.log(end)) for end in ends if 0 < end < math.inf) < 1e-4


def test_what_comes_later_has_no_say() -> None:
    series = pd.Series(noisy(50), months(50))
    later = series.copy()
    later.iloc[40:] = -7.5  # not even a count any more
    kept = fit_rate_ratio(series[:40])
    for data in (series, later):
        again = fit_rate_ratio(data, kept.spans.endog.months[-1])
        assert (again.p_value, again.params, again.family) == (
            kept.p_value,
            kept.params,
            kept.family,
        )
        assert again.conf_int() == kept.conf_int()
    assert fit_rate_ratio(later.to_numpy(), 39, exposure=series.index.days_in_month).p_value == (
        kept.p_value
    )


def test_units_of_exposure_do_not_matter() -> None:
    counts = noisy(40)
    first, second = (fit_rate_ratio(counts, exposure=np.full(40, days)) for days in (1.0, 30.0))
    assert first.p_value == pytest.approx(second.p_value, rel=1e-9)
    assert first.params == pytest.approx(second.params, rel=1e-9)


def test_more_days_explain_more_events() -> None:
    days = np.array([30.0] * 12 + [60.0])
    counts = np.array([10, 14, 9, 12, 8, 13, 11, 10, 15, 9, 12, 11, 22.0])
    assert fit_rate_ratio(counts, exposure=days).p_value > 0.5
    assert fit_rate_ratio(counts).p_value < 0.05


def test_a_gap_in_the_reference_is_left_out_and_told() -> None:
    series = pd.Series(noisy(20), months(20))
    series.iloc[7] = np.nan
    result = fit_rate_ratio(series, reference=12)
    assert result.nobs == 11
    assert len(result.frame()) == 12
    without = fit_rate_ratio(series, reference=11)  # begins after the gap
    assert result.expected == pytest.approx(without.expected, rel=1e-9)
    assert "Of the 12 months of the reference, 11 are known in full" in result.notes


def test_spans() -> None:
    series = pd.Series(noisy(36), months(36), name="shells")
    result = fit_rate_ratio(series, "2023-06", window=3, reference=("2022-01", "2022-12"))
    frame = result.frame()
    assert frame[frame.part == "window"].month.astype(str).tolist() == [
        "2023-04",
        "2023-05",
        "2023-06",
    ]
    assert frame[frame.part == "reference"].month.astype(str).tolist() == [
        f"2022-{month:02d}" for month in range(1, 13)
    ]
    assert result.observed == series["2023-04":"2023-06"].sum()
    assert result.exposure == 91
    assert result.summary().startswith("April to June 2023: ")
    assert " times January to December 2022 (" in result.summary()
    assert frame.expected_rate.notna().all()


# --- levels ------------------------------------------------------------------------------------
def test_simulated_levels_and_coverage(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(VALIDITY))
    for row in importlib.import_module("sim_rates").rows(0.02):
        assert row.verdict != "not met", row
    for name in ("sim_rates", "series", "promises"):
        sys.modules.pop(name, None)


def test_a_poisson_test_would_fail_the_same_simulation() -> None:
    rejected = sum(
        fit_rate_ratio(noisy(36, seed), family="poisson").p_value < 0.05 for seed in range(200)
    )
    assert rejected / 200 > 0.25


def test_without_inflation_autocorrelation_would_be_taken_for_a_change() -> None:
    rng = np.random.default_rng(5)
    plain = kept = 0
    for _ in range(200):
        noise = rng.standard_normal(66)
        for t in range(1, 66):
            noise[t] += 0.5 * noise[t - 1]
        result = fit_rate_ratio(noise[6:], window=6, seasonal=0)
        kept += result.p_value < 0.05
        t_plain = result.params / math.sqrt(result.scale / result.inflation)
        plain += 2 * stats.t.sf(abs(t_plain), 53) < 0.05
    assert plain / 200 > 0.15
    assert kept / 200 < 0.05 + 4 * math.sqrt(0.05 * 0.95 / 200)


# --- what cannot be said -----------------------------------------------------------------------
@pytest.mark.parametrize(
    ("data", "why"),
    [
        ([0.0] * 30, "nothing counted"),
        ([0.0] * 29 + [50.0], "nothing counted"),
        ([1.0, 0, 2, 1, 3, 0, 1, 9], "1.1 expected where 5 are needed"),
        ([9.0] * 5 + [30.0], "5 reference months known where 6"),
        ([5.0], "0 reference months"),
        ([-1.5] * 20, "does not vary"),
        ([-1.5] * 19 + [4.0], "does not vary"),
        ([np.nan] * 9 + [3.0], "0 reference months"),
    ],
)
def test_insufficient(data: list[float], why: str) -> None:
    result = fit_rate_ratio(data)
    assert result.status == "insufficient"
    assert why in result.reason
    assert math.isnan(result.p_value)
    assert math.isnan(result.p_value_up)
    assert math.isnan(result.params)
    assert all(map(math.isnan, result.conf_int()))
    assert why in result.summary()
    assert " p " not in result.summary()
    assert len(result.frame()) == result.nobs + 1


def test_an_unknown_month_is_not_compared() -> None:
    series = pd.Series(noisy(20), months(20))
    series.iloc[15] = np.nan
    result = fit_rate_ratio(series, "2022-04")
    assert result.status == "insufficient"
    assert "not known" in result.reason
    assert "cannot be held against" in result.summary()
    series.iloc[19] = np.nan
    assert fit_rate_ratio(series).spans.words == "July 2022"


def test_constant_counts_are_not_surprising_by_one_more() -> None:
    assert fit_rate_ratio([30.0] * 40).p_value > 0.9
    assert fit_rate_ratio([30.0] * 12 + [35.0]).p_value > 0.05


def test_no_event_in_the_window() -> None:
    result = fit_rate_ratio([*noisy(20, mean=40, k=20.0), 0.0], seasonal=0)
    low, high = result.conf_int()
    assert result.params == 0
    assert low == 0
    assert 0 < high < 1
    assert result.p_value < 0.01
    assert result.p_value_up > 0.99


def test_a_season_that_the_months_do_not_tell() -> None:
    series = pd.Series(noisy(72), months(72))
    series[series.index.month > 2] = np.nan  # two months a year, five coefficients
    result = fit_rate_ratio(series, "2026-02", seasonal=2)
    assert result.status == "insufficient"
    assert fit_rate_ratio(series - 0.5, "2026-02", seasonal=2).status == "insufficient"
    assert fit_rate_ratio(series, "2026-02").harmonics == 0


def test_a_ratio_to_what_is_not_positive_is_not_stated() -> None:
    losses = np.random.default_rng(2).normal(-20, 4, 15)
    result = fit_rate_ratio(losses)
    assert math.isnan(result.ratio)
    assert result.effect == "difference"


def test_large_counts_are_handled() -> None:
    counts = np.round(noisy(40, mean=1e6))
    result = fit_rate_ratio(counts * 1000)
    low, high = result.conf_int()
    assert 0 < low < result.params < high < math.inf
    small = fit_rate_ratio(counts)
    assert small.p_value == pytest.approx(result.p_value, abs=1e-3)


def test_refusals() -> None:
    counts = noisy(20)
    with pytest.raises(UnknownOption, match="family"):
        fit_rate_ratio(counts, family="normal")  # type: ignore[arg-type]
    with pytest.raises(BadOption, match="not all counts"):
        fit_rate_ratio(counts - 50, family="nb")
    for window in (0, 21, 1.5, True):
        with pytest.raises(BadOption, match="window"):
            fit_rate_ratio(counts, window=window)  # type: ignore[arg-type]
    for reference in (0, (5, 19), (9, 5), (1, 2, 3)):
        with pytest.raises(BadOption, match="reference"):
            fit_rate_ratio(counts, reference=reference)  # type: ignore[arg-type]
    for exposure in ([1.0], [0.0] * 20, [np.nan] * 20):
        with pytest.raises(BadOption, match="exposure"):
            fit_rate_ratio(counts, exposure=exposure)
    for seasonal in (6, -1, True, "yes"):
        with pytest.raises(BadOption, match="seasonal"):
            fit_rate_ratio(counts, seasonal=seasonal)  # type: ignore[arg-type]
    with pytest.raises(BadOption, match="period"):
        fit_rate_ratio(counts, period=1)
    with pytest.raises(BadOption, match="alpha"):
        fit_rate_ratio(counts, alpha=0.0)
    with pytest.raises(BadOption, match="alpha"):
        fit_rate_ratio(counts).conf_int(1.0)
    with pytest.raises(BadOption, match="month"):
        fit_rate_ratio(counts, "2022-01")
    with pytest.raises(NoValues):
        fit_rate_ratio([np.nan] * 5)
    series = pd.Series(counts, months(20))
    with pytest.raises(MonthOutside):
        fit_rate_ratio(series, "2030-01")
    with pytest.raises(MonthOutside):
        fit_rate_ratio(series, reference=("2019-01", "2021-06"))
    stock = Panel([counts], months(20), ["held"], kind="stock")
    with pytest.raises(WrongKind, match="stock"):
        fit_rate_ratio(stock)


# --- the bundled series ------------------------------------------------------------------------
def test_drones_in_june_2025_against_the_year_before() -> None:
    panel = trends.load("drones-launched")
    result = fit_rate_ratio(panel, "2025-06", reference=12)
    row = panel["drones"]
    before = row["2024-06":"2025-05"]
    rates = before / before.index.days_in_month
    assert result.params == pytest.approx(row["2025-06"] / 30 / rates.mean(), rel=0.02)
    assert result.autocorrelation > 0.6
    assert "ramp-up" in result.notes[-1]
    assert "compatible with noise" in result.summary()
    assert "no increase" not in result.summary()


def test_a_clear_rise_is_worded_with_its_effect_first() -> None:
    rng = np.random.default_rng(12)
    series = pd.Series([*rng.poisson(300.0, 36), 700], months(37), name="drones").astype(float)
    words = fit_rate_ratio(series).summary()
    assert words.startswith("January 2024: 22.6 drones a day, 2.3 times the 36 months before, ")
    assert "season included" in words
    assert "p < 0.001" in words
    assert "noise" not in words
