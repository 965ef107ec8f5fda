"""What stays when a series is scaled, shifted or turned; series of one value and of a million."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import trends
from trends.detect import DETECTORS
from trends.errors import TooLong, TooShort
from trends.kernels.ranks import high_ranks, low_ranks

SCALES = (1e-9, 2.0**-30, 2.0**30, 1e9)
MODELS = {
    "fit_trend": trends.fit_trend,
    "fit_rampup": trends.fit_rampup,
    "fit_changepoints": trends.fit_changepoints,
    "fit_surprise": trends.fit_surprise,
}


def areas(n: int = 60, seed: int = 5) -> np.ndarray:
    rng = np.random.default_rng(seed)
    return np.round(300 + 4.0 * np.arange(n) + rng.normal(0, 60, n), 1)


def panel_of(values: np.ndarray, first: str = "2020-01") -> trends.Panel:
    months = pd.period_range(first, periods=len(values), freq="M")
    return trends.Panel(values[None, :], months, ["gain"], unit="km2")


def plain(frame: pd.DataFrame) -> pd.DataFrame:
    """The columns that have no unit: flags, months, lengths, ranks."""
    kinds = frame.dtypes.astype(str)
    return frame[[c for c in frame if kinds[c].startswith(("bool", "int", "period", "str", "obj"))]]


@pytest.mark.parametrize("scale", SCALES)
@pytest.mark.parametrize("name", DETECTORS)
def test_a_detector_finds_the_same_in_other_units(name: str, scale: float) -> None:
    here = plain(DETECTORS[name](panel_of(areas())).frame())
    there = plain(DETECTORS[name](panel_of(areas() * scale)).frame())
    pd.testing.assert_frame_equal(here, there)


@pytest.mark.parametrize("name", ["records", "streaks", "ranks", "prominent_streaks"])
def test_order_alone_counts(name: str) -> None:
    """A tenth is lost in a value of 1e9 by less than the values differ."""
    here = plain(DETECTORS[name](panel_of(areas())).frame())
    there = plain(DETECTORS[name](panel_of(areas() + 1e9)).frame())
    pd.testing.assert_frame_equal(here, there)


@pytest.mark.parametrize("scale", SCALES)
def test_models_are_equivariant(scale: float) -> None:
    values = areas()
    here, there = trends.fit_trend(values), trends.fit_trend(values * scale)
    assert there.p_value == pytest.approx(here.p_value, rel=1e-6)
    np.testing.assert_allclose(there.conf_int(), np.asarray(here.conf_int()) * scale, rtol=1e-6)
    one, other = trends.fit_rampup(values), trends.fit_rampup(values * scale)
    assert (one.kind, one.established) == (other.kind, other.established)
    assert other.p_change == pytest.approx(one.p_change, rel=1e-6, abs=1e-9)
    first, second = trends.fit_changepoints(values), trends.fit_changepoints(values * scale)
    np.testing.assert_array_equal(first.changepoints, second.changepoints)
    np.testing.assert_allclose(second.fitted, first.fitted * scale, rtol=1e-6)


def test_a_trend_of_large_values_is_the_trend() -> None:
    values = areas()
    here, there = trends.fit_trend(values), trends.fit_trend(values + 1e9)
    assert there.p_value == pytest.approx(here.p_value, rel=1e-3)
    np.testing.assert_allclose(there.conf_int(), here.conf_int(), rtol=1e-3)


def test_a_row_read_backwards() -> None:
    values = areas()
    here, back = trends.fit_trend(values), trends.fit_trend(values[::-1].copy())
    np.testing.assert_allclose(
        np.sort(np.asarray(back.conf_int())), np.sort(-np.asarray(here.conf_int())), rtol=1e-6
    )
    rises = trends.find_streaks(panel_of(values)).lengths.max()
    falls = trends.find_streaks(panel_of(values[::-1].copy()), direction="fall").lengths.max()
    assert rises == falls


@pytest.mark.parametrize("name", [*DETECTORS, *MODELS])
def test_one_value(name: str) -> None:
    """A clear error, or a result that finds nothing."""
    find = {**DETECTORS, **MODELS}[name]
    try:
        found = find(panel_of(np.array([5.0])))
    except TooShort:
        return
    assert not found.frame().select_dtypes("bool").to_numpy().any()


@pytest.mark.parametrize("name", ["fit_trend", "fit_rampup", "fit_changepoints", "fit_surprise"])
def test_a_million_values_are_refused_where_they_cannot_be_fitted(name: str) -> None:
    with pytest.raises(TooLong, match=r"1,000,000 months where at most"):
        MODELS[name](np.arange(1_000_000.0))


@pytest.mark.slow
@pytest.mark.parametrize(
    "name", ["records", "streaks", "ranks", "changes", "latest", "prominent_streaks"]
)
def test_a_million_values_in_a_row(name: str) -> None:
    values = np.random.default_rng(0).normal(100.0, 10.0, 1_000_000)
    found = DETECTORS[name](panel_of(values, "0001-01"))
    if name == "records":
        best = np.maximum.accumulate(values)
        flags = np.append(False, values[1:] > best[:-1])
        flags[:12] = False
        np.testing.assert_array_equal(found.flags[0], flags)


@settings(max_examples=20, deadline=None)
@given(st.integers(501, 1200), st.integers(1, 400), st.booleans())
def test_long_ranks_are_counts(n: int, values: int, whole: bool) -> None:
    rng = np.random.default_rng(n)
    row = rng.integers(0, values, n).astype(np.int64 if whole else np.float64)
    if not whole:
        row[rng.random(n) < 0.1] = np.nan
    above = np.array([np.sum(row[:t] > x) for t, x in enumerate(row)])
    below = np.array([np.sum(row[:t] < x) for t, x in enumerate(row)])
    known = row == row
    np.testing.assert_array_equal(high_ranks(row), np.where(known, 1 + above, -1))
    np.testing.assert_array_equal(low_ranks(row), np.where(known, 1 + below, -1))
