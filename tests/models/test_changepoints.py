"""Changes of series of any kind: planted ones are found, and quiet ones are left alone."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from trends.errors import BadOption, NoValues, TooShort
from trends.models._cycles import find_cycle
from trends.models.changepoints import fit_changepoints

T = np.arange(120)


def noise(seed, n=120):
    return np.random.default_rng(seed).standard_normal(n)


def places(values, **options):
    return fit_changepoints(values, **options).changepoints.tolist()


@pytest.mark.parametrize("seed", range(5))
def test_a_shift_of_the_mean(seed):
    (found,) = places(noise(seed) + 3 * (T >= 60))
    assert abs(found - 60) <= 2


@pytest.mark.parametrize("seed", range(5))
def test_a_shift_up_and_down(seed):
    up, down = places(noise(seed) + 4 * ((T >= 40) & (T < 80)))
    assert abs(up - 40) <= 1
    assert abs(down - 80) <= 1


@pytest.mark.parametrize("seed", range(5))
def test_a_kink_of_growth(seed):
    (found,) = places(noise(seed) + 0.3 * np.maximum(T - 60, 0))
    assert abs(found - 60) <= 6


@pytest.mark.parametrize("length", [4, 7, 12])
def test_a_season_of_any_shape_is_no_change_and_hides_none(length):
    rng = np.random.default_rng(length)
    season = np.resize(rng.normal(0, 4, length), 120)
    found = fit_changepoints(noise(1) + season + 4 * (T >= 70))
    assert found.period == length
    (at,) = found.changepoints
    assert abs(at - 70) <= 1
    assert np.std(found.endog.values - found.fitted) < 1.4
    assert fit_changepoints(noise(1) + season, period=length).changepoints.size == 0


def test_outliers_are_set_aside_and_are_no_changes():
    found = fit_changepoints(noise(0) + 9 * (T == 50) - 9 * (T == 90))
    assert found.outliers.tolist() == [50, 90]
    assert found.changepoints.size == 0
    assert found.frame()["outlier"].sum() == 2


def test_quiet_series_are_mostly_left_alone():
    # 5% is promised: of 100, more than 5 + 4 s.e. would be 14
    assert sum(bool(places(noise(1000 + k, 60))) for k in range(100)) <= 13


def test_the_strongest_changes_are_kept():
    values = noise(2) + 3 * (T >= 30) + 12 * (T >= 60) - 3 * (T >= 90)
    assert len(places(values)) == 3
    found = fit_changepoints(values, max_changes=1)
    assert found.changepoints.tolist() == [60]
    assert found.dropped == 2
    assert places(values, max_changes=0) == []


def test_it_is_where_it_is_when_the_series_is_turned_or_scaled():
    values = noise(3) + 3 * (T >= 60) + 0.25
    (found,) = places(values)
    assert places(5 - 30 * values) == [found]


def test_missing_values_keep_their_place():
    values = noise(4) + 4 * (T >= 60)
    values[[3, 20, 21, 80]] = np.nan
    found = fit_changepoints(values)
    (at,) = found.changepoints
    assert abs(at - 60) <= 1
    assert np.isfinite(found.fitted).all()


def test_segments_tile_the_series_and_the_fit_follows():
    found = fit_changepoints(noise(5) + 4 * (T >= 60))
    first, second = found.segments
    assert (first.first, first.last + 1, second.last) == (0, second.first, 119)
    assert first.slope == second.slope == 0
    assert second.level - first.level == pytest.approx(4, abs=0.6)
    assert found.params["level"].tolist() == [first.level, second.level]
    assert found.predict() == pytest.approx(found.frame()["fitted"])
    assert found.frame()["segment"].tolist() == [0] * first.last + [0] + [1] * (119 - first.last)
    assert "0 to" in found.summary()


def test_months_have_a_season_of_twelve_and_their_days():
    months = pd.period_range("2016-01", periods=120, freq="M")
    days = months.days_in_month.to_numpy()
    found = fit_changepoints(pd.Series(100.0 * days, months))
    assert found.changepoints.size == 0
    assert found.predict() == pytest.approx(100.0 * days)


def test_noise_has_no_season():
    assert all(find_cycle(noise(k, 100)) is None for k in range(50))


def test_a_season_in_proportion_is_a_factor():
    season = np.resize(np.exp(np.sin(2 * np.pi * np.arange(12) / 12)), 120)
    cycle = find_cycle(np.exp(0.03 * T) * season)
    assert cycle is not None
    assert (cycle.length, cycle.factors) == (12, True)
    plain = cycle.removed(np.exp(0.03 * T) * season)
    assert plain == pytest.approx(np.exp(0.03 * T), rel=0.03)
    assert cycle.added(plain) == pytest.approx(np.exp(0.03 * T) * season)


def test_later_observations_change_nothing():
    values = noise(6) + 3 * (T >= 40)
    assert repr(fit_changepoints(values[:80]).frame()) == repr(
        fit_changepoints(values[:80].copy()).frame()
    )
    values[80:] = 1e6
    assert abs(places(values[:80])[0] - 40) <= 1


@pytest.mark.parametrize("values", [[0.0] * 20, [7.0] * 15, [0.0] * 19 + [1.0], [1.0, 2.0] * 10])
def test_degenerate_series_have_no_changes(values):
    found = fit_changepoints(values)
    assert found.changepoints.size == 0
    assert "compatible with noise" in found.summary()


@settings(max_examples=30, deadline=None)
@given(
    st.lists(st.one_of(st.floats(-1e6, 1e6), st.just(math.nan)), min_size=8, max_size=60),
    st.integers(0, 4),
)
def test_any_series_gives_places_in_order(values, most):
    if sum(not math.isnan(v) for v in values) < 8:
        return
    found = fit_changepoints(values, max_changes=most)
    at = found.changepoints.tolist()
    assert at == sorted(set(at))
    assert len(at) <= most
    assert all(0 < place < len(values) for place in at)
    assert not set(at) & set(found.outliers.tolist())


def test_changepoint_refusals():
    with pytest.raises(TooShort):
        fit_changepoints([1, 2, 3])
    with pytest.raises(NoValues):
        fit_changepoints([np.nan] * 20)
    with pytest.raises(BadOption, match="max_changes"):
        fit_changepoints(T, max_changes=-1)
    with pytest.raises(BadOption, match="period"):
        fit_changepoints(T, period=0)
    with pytest.raises(BadOption, match="one dimension"):
        fit_changepoints(np.zeros((3, 30)))
