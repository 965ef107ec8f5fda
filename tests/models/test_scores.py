"""Scores against closed forms, their propriety by simulation, and the rolling origin."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from trends.errors import BadOption, NoValues
from trends.models.forecasts import fit_forecast
from trends.models.scores import crps, evaluate, interval_score, log_score, scaled_error


def levels(n: int) -> np.ndarray:
    return (np.arange(n) + 0.5) / n


@pytest.mark.parametrize("y", [-2.0, 0.0, 0.7, 4.0])
def test_crps_of_a_normal(y: float) -> None:
    # Gneiting and Raftery (2007), equation 21
    expected = y * (2 * stats.norm.cdf(y) - 1) + 2 * stats.norm.pdf(y) - 1 / math.sqrt(math.pi)
    draws = stats.norm.ppf(levels(20_000))
    assert crps(y, draws) == pytest.approx(expected, abs=1e-3)
    assert crps(y, draws, fair=False) == pytest.approx(expected, abs=1e-3)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.floats(-1e3, 1e3), min_size=2, max_size=12), st.floats(-1e3, 1e3))
def test_crps_by_its_definition(drawn: list[float], y: float) -> None:
    n = len(drawn)
    near = sum(abs(a - y) for a in drawn) / n
    pairs = sum(abs(a - b) for a in drawn for b in drawn)
    assert crps(y, drawn, fair=False) == pytest.approx(near - pairs / (2 * n * n), abs=1e-9)
    assert crps(y, drawn) == pytest.approx(near - pairs / (2 * n * (n - 1)), abs=1e-9)


def test_the_fair_crps_of_few_draws_is_that_of_their_distribution() -> None:
    rng = np.random.default_rng(1)
    y, draws = rng.standard_normal(40_000), rng.standard_normal((5, 40_000))
    expected = 1 / math.sqrt(math.pi)  # of a standard normal for itself
    assert crps(y, draws).mean() == pytest.approx(expected, abs=0.012)
    assert crps(y, draws, fair=False).mean() == pytest.approx(expected * (1 + 1 / 5), abs=0.012)


def test_log_score_of_a_normal_and_of_counts() -> None:
    draws = stats.norm.ppf(levels(20_000))
    for y in (-1.5, 0.0, 2.0):
        assert log_score(y, draws) == pytest.approx(-stats.norm.logpdf(y), abs=0.05)
    counts = stats.poisson.ppf(levels(20_000), 30)
    total = sum(math.exp(-log_score(float(k), counts, counts=True)) for k in range(90))
    assert total == pytest.approx(1.0, abs=1e-6)  # probabilities of all counts
    assert log_score(28.0, counts, counts=True) == pytest.approx(
        -stats.poisson.logpmf(28, 30), abs=0.05
    )
    assert log_score(1e9, draws) == pytest.approx(700.0)
    assert math.isnan(log_score(math.nan, draws))


def test_interval_score_by_hand() -> None:
    found = interval_score([5, -1, 12, math.nan], 0, 10, level=0.9)
    np.testing.assert_allclose(found, [10, 30, 50, math.nan], rtol=1e-12)


def test_scaled_error_by_hand() -> None:
    past = np.array([1.0, 5.0, 2.0, 7.0])  # changes over a period of 2: 1 and 2
    assert scaled_error(9.0, 6.0, past, period=2) == pytest.approx(2.0)
    assert math.isnan(scaled_error(9.0, 6.0, np.ones(5), period=1))


def test_the_true_forecast_has_the_lowest_expected_score() -> None:
    # 20,000 outcomes: forecasts that are off in place or width score worse, beyond the error
    rng = np.random.default_rng(2)
    y = rng.standard_normal(20_000)
    z = stats.norm.ppf(levels(200))
    scores = {}
    for place, width in [(0, 1), (0.4, 1), (-0.4, 1), (0, 0.6), (0, 1.5)]:
        draws = place + width * z
        drawn = np.broadcast_to(draws[:, None], (200, 20_000))
        ends = place + width * stats.norm.ppf([0.05, 0.95])
        scores[place, width] = (
            crps(y, drawn).mean(),
            log_score(y, drawn).mean(),
            interval_score(y, *ends, level=0.9).mean(),
        )
    true = scores.pop((0, 1))
    for other in scores.values():
        assert all(a < b - 0.005 for a, b in zip(true, other, strict=True))


def test_shapes_and_refusals_of_scores() -> None:
    y = np.zeros((3, 2))
    assert crps(y, np.zeros((7, 3, 2))).shape == (3, 2)
    assert log_score(y, np.zeros((7, 3, 2))).shape == (3, 2)
    with pytest.raises(BadOption, match="draws"):
        crps(y, np.zeros((7, 2, 3)))
    with pytest.raises(BadOption, match="fair=False"):
        crps(0.0, [1.0])
    with pytest.raises(BadOption, match="level"):
        interval_score(0.0, 0.0, 1.0, level=0)


def walk(seed: int, n: int = 60) -> np.ndarray:
    return np.cumsum(np.random.default_rng(seed).standard_normal(n))


def test_each_origin_is_a_forecast_from_what_was_known_then() -> None:
    values = walk(1)
    found = evaluate(values, 3, origins=4, n_draws=500).scores
    ours = found[found["method"] == "forecast"]
    assert ours["origin"].unique().tolist() == [53, 54, 55, 56]
    for origin, rows in ours.groupby("origin"):
        then = fit_forecast(values[: origin + 1], 3, n_draws=500)
        np.testing.assert_array_equal(rows[["low", "high"]], then.conf_int())
        came = values[origin + 1 : origin + 4]
        np.testing.assert_array_equal(rows["actual"], came)
        np.testing.assert_allclose(rows["crps"], crps(came, then.draws), rtol=1e-12)


def test_later_data_change_no_earlier_forecast() -> None:
    values = walk(2)
    other = values.copy()
    other[-3:] += 1000
    kept = ["point", "low", "high"]
    one, two = (evaluate(row, 3, origins=3).scores for row in (values, other))
    before = one["origin"] <= 56  # all of them: the outcomes alone differ
    pd.testing.assert_frame_equal(one.loc[before, kept], two.loc[before, kept])
    assert (one["crps"] != two["crps"]).any()


def test_what_it_is_compared_with() -> None:
    values = np.round(np.abs(walk(3, 70))) + 1
    found = evaluate(values, 13, origins=1, n_draws=20_000).scores
    naive = found[found["method"] == "seasonal naive"].set_index("step")
    past = values[:57]
    spread = math.sqrt(np.mean((past[12:] - past[:-12]) ** 2))
    np.testing.assert_allclose(naive["point"].loc[1:12], past[-12:], atol=0.01)
    assert naive["high"][1] - past[-12] == pytest.approx(1.96 * spread, rel=1e-3)
    assert naive["high"][13] - past[-12] == pytest.approx(1.96 * spread * math.sqrt(2), rel=1e-3)
    recent = found[found["method"] == "last 12"]
    assert recent["low"].min() >= past[-12:].min()
    exact = crps(recent["actual"].iloc[0], past[-12:], fair=False)
    assert recent["crps"].iloc[0] == pytest.approx(exact, rel=0.05)


def test_the_frame_is_means_of_the_scores_and_short_series_are_skipped() -> None:
    late = np.concatenate(([math.nan] * 4, walk(4)))
    found = evaluate({"a": late, "b": walk(5), "c": [1.0, 2.0], "d": [math.nan]}, 2, origins=3)
    assert set(found.skipped) == {"c", "d"}
    frame = found.frame()
    assert len(frame) == 2 * 3
    assert (frame["nobs"] == 6).all()
    rows = found.scores[(found.scores["method"] == "forecast") & (found.scores["step"] == 1)]
    row = frame[(frame["method"] == "forecast") & (frame["step"] == 1)].iloc[0]
    assert row["coverage"] == rows["covered"].mean()
    assert row["mase"] == pytest.approx(rows["scaled_error"].mean())
    assert row["crps"] == pytest.approx((rows["crps"] / rows["scale"]).mean())
    assert "2 series skipped" in found.summary()
    with pytest.raises(NoValues):
        evaluate([[1.0, 2.0]], 2)
    with pytest.raises(BadOption, match="origins"):
        evaluate(walk(1), 2, origins=0)


def test_panels_are_scored_by_series_with_months() -> None:
    months = pd.period_range("2020-01", periods=60, freq="M")
    frame = pd.DataFrame({"a": walk(6), "b": walk(7)}, index=months)
    frame.iloc[-2, 0] = math.nan
    found = evaluate(frame, 2, origins=2).scores
    assert set(found["series"]) == {"a", "b"}
    assert (found.loc[found["series"] == "b", "origin"].unique() == months[56:58]).all()
    assert found.loc[found["series"] == "a", "actual"].notna().all()
