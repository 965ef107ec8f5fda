"""Forecasts: the kernel against statsmodels, invariances, no look-ahead, honest refusals."""

from __future__ import annotations

import math
import sys
import warnings
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from statsmodels.tsa.exponential_smoothing.ets import ETSModel

from trends.errors import BadOption, NoValues, TooShort, UnknownName
from trends.kernels.forecasts import MEMBERS, PARAMS, _kernel, smoothing_paths
from trends.models._smoothings import _back, _shared
from trends.models.forecasts import fit_forecast, forecast
from trends.panel import Anomaly, Panel

VALIDITY = Path(__file__).parents[2] / "benchmarks" / "validity"


def seasonal(seed: int = 1, n: int = 72, size: float = 15) -> np.ndarray:
    rng = np.random.default_rng(seed)
    t = np.arange(n)
    return 100 + 0.3 * t + size * np.sin(2 * np.pi * t / 12) + rng.normal(0, 4, n)


def quiet(seed: int = 1, n: int = 80) -> np.ndarray:
    rng = np.random.default_rng(seed)
    return rng.negative_binomial(0.5, 0.2, n) * (rng.random(n) < 0.6)


def member(name: str, values: np.ndarray, horizon: int = 14) -> tuple[np.ndarray, np.ndarray]:
    paths, params = smoothing_paths(values, 12, horizon, 0)
    k = MEMBERS.index(name)
    return paths[k, 0], params[k]


def initial_line(values: np.ndarray, season: np.ndarray, n: int) -> np.ndarray:
    t = np.arange(n)
    return np.polyfit(t, values[:n] - season[t % 12], 1)


def initial_season(values: np.ndarray) -> np.ndarray:
    first = pd.Series(values[:60])
    mean = first.rolling(12).mean().rolling(2).mean().shift(-6)  # the centred 2 x 12 average
    away = (first - mean).groupby(np.arange(len(first)) % 12).mean().to_numpy()
    return away - away.mean()


@pytest.mark.parametrize("name", ["SES", "damped trend", "seasonal SES", "seasonal damped trend"])
def test_members_equal_statsmodels_at_the_same_parameters(name: str) -> None:
    values = seasonal(size=15 if "seasonal" in name else 1)  # statsmodels has no alpha of 1
    found, params = member(name, values)
    alpha, beta, phi, gamma, _ = params
    season = initial_season(values) if "seasonal" in name else np.zeros(12)
    slope, level = initial_line(values, season, 36)
    trend = "damped" in name
    model = ETSModel(
        values,
        trend="add" if trend else None,
        damped_trend=trend,
        seasonal="add" if "seasonal" in name else None,
        seasonal_periods=12 if "seasonal" in name else None,
        initialization_method="known",
        initial_level=level,
        **({"initial_trend": slope} if trend else {}),
        **({"initial_seasonal": season} if "seasonal" in name else {}),
    )
    given = {
        "smoothing_level": alpha,
        "smoothing_trend": beta,
        "smoothing_seasonal": gamma,
        "damping_trend": phi,
    }
    names = [one for one in model.param_names if one in given]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        full = [given[one] for one in names]
        expected = model.smooth(np.array(full)).forecast(14)
    np.testing.assert_allclose(found, expected, rtol=1e-9)


def test_seasonal_naive_and_return_by_hand() -> None:
    values = seasonal()
    np.testing.assert_allclose(member("seasonal naive", values, 12)[0], values[-12:], rtol=1e-12)
    found, params = member("return", values, 3)
    away = values - values.mean()
    phi = away[1:] @ away[:-1] / (away[:-1] @ away[:-1])
    assert params[PARAMS.index("phi")] == pytest.approx(phi, rel=1e-12)
    expected = values.mean() + phi ** np.arange(1, 4) * away[-1]
    np.testing.assert_allclose(found, expected, rtol=1e-12)


def test_drift_adds_half_the_slope() -> None:
    values = seasonal()
    found, _ = member("drift", values, 5)
    half = np.polyfit(np.arange(len(values)), values, 1)[0] / 2
    np.testing.assert_allclose(np.diff(found), half, rtol=1e-9)


def test_interpreted_and_compiled_give_the_same_bits() -> None:
    values = np.vstack([seasonal(2, 30), seasonal(3, 30)])
    values[1, 7] = math.nan
    kernel = _kernel(9 * (3 * 4 + 5))
    arguments = (12, 4, 2, 6, 2)
    np.testing.assert_array_equal(
        kernel.interpreted(values, *arguments), kernel.compiled(values, *arguments)
    )


def test_paths_of_earlier_origins_are_what_was_forecast_then() -> None:
    values = seasonal()
    # parameters chosen anew at every origin: then each is a forecast from the data cut there
    paths, _ = smoothing_paths(values, 12, 3, 10, every=1, first=25)
    for o in range(11):
        cut, _ = smoothing_paths(values[: len(values) - 10 + o], 12, 3, 0, every=1, first=25)
        np.testing.assert_array_equal(paths[:, o], cut[:, 0])


@pytest.mark.parametrize("make", [seasonal, quiet])
def test_draws_and_what_is_read_off_them(make) -> None:
    found = fit_forecast(make(), 6)
    assert found.draws.shape == (2000, 6)
    assert found.family == ("smoothing" if make is seasonal else "recent values")
    np.testing.assert_allclose(found.params.sum(), 1.0, rtol=1e-9)
    ends = found.conf_int()
    assert ends.shape == (6, 2)
    covered = ((found.draws >= ends[:, 0]) & (found.draws <= ends[:, 1])).mean(axis=0)
    assert (covered >= 0.949).all()
    if make is seasonal:
        assert (covered <= 0.952).all()
    inner = found.conf_int(0.5)
    assert (ends[:, 0] <= inner[:, 0]).all()
    assert (inner[:, 1] <= ends[:, 1]).all()
    np.testing.assert_array_equal(found.quantiles([0.5])[0], found.point)
    assert "will" not in found.summary()
    frame = found.frame()
    assert list(frame.columns) == ["step", "point", "mean", "low", "high"]
    np.testing.assert_array_equal(frame["high"], ends[:, 1])


def test_the_same_seed_gives_the_same_draws_and_another_the_same_quantiles() -> None:
    values = seasonal()
    one, again, other = (fit_forecast(values, 3, seed=seed) for seed in (4, 4, 5))
    np.testing.assert_array_equal(one.draws, again.draws)
    assert (one.draws != other.draws).any()
    np.testing.assert_allclose(one.conf_int(), other.conf_int(), rtol=1e-12)


@settings(max_examples=15, deadline=None)
@given(a=st.floats(-1e4, 1e4), b=st.floats(0.01, 100))
def test_signed_series_may_be_shifted_and_scaled(a: float, b: float) -> None:
    values = seasonal() - 110  # signed: one scale only
    base = fit_forecast(values, 4).draws
    a = min(a, -b * values.min() - 1e-3)  # so that it stays so
    moved = fit_forecast(a + b * values, 4).draws
    np.testing.assert_allclose(moved, a + b * base, rtol=1e-6, atol=1e-3 * b)


@pytest.mark.parametrize("factor", [1e-3, 1e4])
def test_positive_series_may_change_their_unit(factor: float) -> None:
    values = seasonal()
    np.testing.assert_allclose(
        fit_forecast(values * factor, 4).draws, fit_forecast(values, 4).draws * factor, rtol=1e-6
    )


def test_nothing_below_zero_where_nothing_was_and_counts_stay_whole() -> None:
    rng = np.random.default_rng(3)
    counts = rng.poisson(4, 60) + 1
    draws = fit_forecast(counts, 12).draws
    assert draws.min() >= 0
    assert (draws == np.round(draws)).all()
    below = fit_forecast(rng.normal(0, 1, 60), 12).draws
    assert below.min() < 0


def test_a_record_is_possible_among_resampled_counts_and_rare() -> None:
    counts = quiet()
    draws = fit_forecast(counts, 6, n_draws=20_000).draws
    assert 0 < np.mean(draws > counts.max()) < 0.02
    assert draws.max() <= 5 * counts.max() + 6


def test_gains_of_area_may_turn_into_losses_though_none_did() -> None:
    months = pd.period_range("2022-01", periods=40, freq="M")
    gains = np.random.default_rng(1).uniform(5, 400, (1, 40))
    area = fit_forecast(Panel(gains, months, ["territory"], unit="km2"), 3)
    assert area.conf_int()[-1, 0] < 0
    other = fit_forecast(Panel(gains, months, ["tonnes"], unit="tonnes"), 3)
    assert other.conf_int()[-1, 0] >= 0


def test_flows_are_forecast_by_the_day() -> None:
    months = pd.period_range("2021-01", periods=49, freq="M")  # to January 2025
    values = 10.0 * months.days_in_month.to_numpy() + np.random.default_rng(1).normal(0, 0.1, 49)
    found = fit_forecast(Panel([values], months, ["fires"], unit="fires"), 2)
    np.testing.assert_allclose(found.point, [280, 310], rtol=0.01)  # February, March
    assert list(found.months.astype(str)) == ["2025-02", "2025-03"]


def test_partial_months_and_method_breaks_are_left_out() -> None:
    months = pd.period_range("2020-01", periods=60, freq="M")
    values = seasonal(n=60)[None]
    days = months.days_in_month.to_numpy().copy()
    days[-1] = 7
    broken = (Anomaly(months[20], months[20], "method break", "other rule", "test"),)
    panel = Panel(
        values, months, ["s"], unit="shots", kind="rate", observed_days=days, anomalies=broken
    )
    found = fit_forecast(panel, 2)
    assert found.nobs == 39
    assert found.months[0] == months[-1]  # the partial month is the first one forecast
    assert any("another definition" in note for note in found.notes)
    assert any("partial" in note for note in found.notes)
    np.testing.assert_array_equal(found.draws, fit_forecast(values[0, 20:59], 2).draws)


def test_gaps_are_told_and_passed_over() -> None:
    values = seasonal()
    values[[10, 40, 41]] = math.nan
    found = fit_forecast(values, 3)
    assert any("3 values within" in note for note in found.notes)
    np.testing.assert_allclose(found.point, fit_forecast(seasonal(), 3).point, rtol=0.1)
    counts = quiet().astype(float)
    counts[[5, 50]] = math.nan
    assert np.isfinite(fit_forecast(counts, 3).draws).all()
    edges = np.concatenate(([math.nan] * 3, seasonal(), [math.nan] * 2))
    np.testing.assert_array_equal(fit_forecast(edges, 3).draws, fit_forecast(seasonal(), 3).draws)


@pytest.mark.parametrize("values", [np.zeros(40), np.full(40, 7.5), np.full(40, -3)])
def test_a_series_that_never_varied_is_insufficient(values: np.ndarray) -> None:
    found = fit_forecast(values, 3)
    assert found.insufficient
    assert (found.point == values[0]).all()
    assert "insufficient" in found.summary()


@pytest.mark.parametrize(
    "values",
    [
        np.r_[np.zeros(39), 5.0],
        np.r_[5.0, np.zeros(39)],
        np.r_[np.zeros(20), np.full(20, 1e6)],
        np.tile([0.0, 1e-9], 20),
        np.tile([1e12, -1e12], 20),
        np.exp(np.arange(40.0)),
        np.arange(40.0),
        -np.arange(40.0),
    ],
)
def test_odd_series_give_finite_draws(values: np.ndarray) -> None:
    found = fit_forecast(values, 12)
    assert np.isfinite(found.draws).all()
    assert np.isfinite(found.conf_int()).all()


def test_refusals_of_forecasts() -> None:
    with pytest.raises(TooShort, match="16 months where 17"):
        fit_forecast(seasonal(n=16), 3)
    fit_forecast(seasonal(n=17), 3)
    with pytest.raises(NoValues):
        fit_forecast([math.nan] * 30, 3)
    for horizon in (0, 25, 1.5, True):
        with pytest.raises(BadOption, match="horizon"):
            fit_forecast(seasonal(), horizon)
    with pytest.raises(BadOption, match="level"):
        fit_forecast(seasonal(), 1, level=1.0)
    with pytest.raises(BadOption, match="period"):
        fit_forecast(seasonal(), 1, period=1)
    with pytest.raises(BadOption, match="n_draws"):
        fit_forecast(seasonal(), 1, n_draws=3)
    with pytest.raises(BadOption, match="probabilities"):
        fit_forecast(seasonal(), 1).quantiles([1.5])


def test_a_panel_is_forecast_by_series_and_refusals_are_named() -> None:
    months = pd.period_range("2020-01", periods=50, freq="M")
    short = np.full(50, math.nan)
    short[-5:] = 1.0
    frame = pd.DataFrame({"a": seasonal(1, 50), "b": seasonal(2, 50), "c": short}, index=months)
    found = forecast(frame, 2)
    assert list(found) == ["a", "b"]
    assert len(found) == 2
    assert "too short" in found.refused["c"]
    np.testing.assert_array_equal(found["b"].draws, forecast(frame["b"], 2).draws)
    assert list(found.frame()["series"]) == ["a", "a", "b", "b"]
    assert "no forecast" in found.summary()
    with pytest.raises(UnknownName):
        found["c"]


@pytest.mark.parametrize("period", [4, 7])
def test_any_period(period: int) -> None:
    rng = np.random.default_rng(2)
    values = 50 + 10 * (np.arange(60) % period == 0) + rng.normal(0, 1, 60)
    found = fit_forecast(values, period, period=period)
    expected = 50 + 10 * ((60 + np.arange(period)) % period == 0)
    np.testing.assert_allclose(found.point, expected, atol=2.5)


def test_neighbouring_steps_of_a_walk_go_together() -> None:
    walk = np.cumsum(np.random.default_rng(5).standard_normal(120))
    draws = fit_forecast(walk, 12).draws
    assert np.corrcoef(draws[:, 10], draws[:, 11])[0, 1] > 0.8


@pytest.fixture(scope="module")
def made_up():
    sys.path.insert(0, str(VALIDITY))
    try:
        import sim_forecasts

        yield sim_forecasts
    finally:
        sys.path.remove(str(VALIDITY))
        for name in ("sim_forecasts", "series", "promises"):
            sys.modules.pop(name, None)


def test_an_interval_of_half_the_width_would_not_cover(made_up) -> None:
    # the simulation of the promise can fail: halved intervals do
    rng = np.random.default_rng(9)
    whole, halved = [], []
    for make in made_up.COLLECTION:
        for _ in range(8):
            values = make(rng, 96)
            found = fit_forecast(values[:84], 12)
            ends, came = found.conf_int(), values[84:]
            middle, half = ends.mean(axis=1), np.diff(ends, axis=1)[:, 0] / 2
            whole.append(np.abs(came - middle) <= half)
            halved.append(np.abs(came - middle) <= half / 2)
    assert np.mean(whole) > 0.87
    assert np.mean(halved) < 0.85


def test_neighbouring_errors_are_worth_what_they_do_not_share() -> None:
    """Of a walk, errors from origins k apart share h - k of h innovations; of noise, none."""
    walk, noise = np.ones((1, 12)), np.eye(1, 12)
    one = np.ones((1, 12))
    expected = [1 + 2 * sum((1 - k / h) ** 2 for k in range(1, h)) for h in range(1, 13)]
    np.testing.assert_allclose(_shared(one, walk), expected)
    np.testing.assert_array_equal(_shared(one, noise), np.ones(12))


def test_logs_go_over_into_a_straight_line_without_a_step() -> None:
    at = np.log([1.0, 9.999, 10.0, 10.001, 20.0, 1e300])
    back = _back(at, 0.0, 10.0)
    np.testing.assert_allclose(back[:3], [1.0, 9.999, 10.0])
    np.testing.assert_allclose(back[3], 10.001, rtol=1e-6)
    np.testing.assert_allclose(back[4], 10 * (1 + np.log(2)))
    assert back[5] < 1e4


def test_a_jump_at_the_end_gives_no_boundless_interval() -> None:
    rng = np.random.default_rng(8)
    past = np.concatenate([5 * np.exp(0.15 * rng.standard_normal(39)), [30.0, 55.0, 86.0]])
    found = fit_forecast(past, 12)
    low, high = found.conf_int()[-1]
    assert found.scale == "logs"
    assert 0 <= low < 86 < high < 100 * 86
