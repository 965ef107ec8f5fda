"""Alarms: what they say of odd data, that they look at no future, and how often they are wrong."""

from __future__ import annotations

import importlib
import sys
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from trends.detect.alarms import find_alarms
from trends.errors import BadOption, NoValues, TooShort
from trends.panel import Anomaly, Panel

MONTHS = pd.period_range("2020-01", periods=48, freq="M")
FIELDS = ("expected", "lower", "upper", "p_values", "alarms")


def made(rng, shape, mean=20.0):
    return rng.negative_binomial(5, 5 / (5 + mean), shape).astype(float)


def test_results_of_a_step_do_not_change_when_later_data_are_removed():
    rng = np.random.default_rng(2)
    rows = made(rng, (4, 48))
    rows[1, 20] = np.nan
    rows[2, 30] = 300
    rows[3, 40:] = -3.5  # what were counts are none from here on
    whole = find_alarms(rows)
    for cut in (14, 30, 41, 47):
        part = find_alarms(rows[:, :cut])
        for name in FIELDS:
            np.testing.assert_array_equal(getattr(part, name), getattr(whole, name)[:, :cut])
    last = find_alarms(rows, last=3)
    assert np.isnan(last.upper[:, :-3]).all()
    np.testing.assert_array_equal(last.upper[:, -3:], whole.upper[:, -3:])


@settings(deadline=None, max_examples=40)
@given(
    st.lists(
        st.one_of(st.just(np.nan), st.integers(0, 9).map(float), st.floats(-1e6, 1e6)),
        min_size=2,
        max_size=30,
    )
)
def test_any_numbers_give_an_answer(row):
    if np.isnan(row).all():
        return
    found = find_alarms(row)
    known = ~np.isnan(found.expected)
    assert (found.lower[known] <= found.expected[known] + 1e-6).all()
    assert (found.upper[known] >= found.expected[known] - 1.0).all()
    p = found.p_values[~np.isnan(found.p_values)]
    assert ((p >= 0) & (p <= 1)).all()
    np.testing.assert_array_equal(found.alarms, found.values > found.upper)
    assert not found.alarms[:, :12].any()


@pytest.mark.parametrize("row", [[0.0] * 60, [30.0] * 60, [2.5] * 60, [-4.0] * 60, [0.0, 1.0] * 30])
def test_what_does_not_vary_gives_no_alarm(row):
    assert not find_alarms(row).alarms.any()
    with_gaps = np.array(row)
    with_gaps[5::7] = np.nan
    assert not find_alarms(with_gaps).alarms.any()


def test_an_outbreak_is_found_and_the_next_year_is_not_blind():
    row = np.tile([20.0, 24.0, 18.0, 22.0, 19.0, 25.0, 21.0, 17.0, 23.0, 20.0], 6)
    row[30] = row[50] = 90
    found = find_alarms(row)
    assert np.flatnonzero(found.alarms[0]).tolist() == [30, 50]


def test_a_panel_s_partial_months_and_breaks():
    rng = np.random.default_rng(3)
    values = made(rng, (2, 48))
    days = MONTHS.days_in_month.to_numpy().astype(np.int32).copy()
    days[30] = 10
    odd = Anomaly(MONTHS[20], MONTHS[20], "method break", "new rule", "test")
    panel = Panel(values, MONTHS, ["a", "b"], unit="x", observed_days=days, anomalies=(odd,))
    found = find_alarms(panel)
    assert np.isnan(found.upper[:, 20:32]).all()
    assert np.isfinite(found.upper[:, 12:20]).all()
    assert np.isfinite(found.upper[:, 34:]).all()
    assert np.isnan(found.p_values[:, 30]).all()
    alone = find_alarms(panel.window(MONTHS[20], MONTHS[47]))
    np.testing.assert_array_equal(found.upper[:, 34:], alone.upper[:, 14:])
    frame = found.frame()
    assert frame.columns.tolist()[:4] == ["series", "month", "value", "expected"]
    assert len(frame) == 96


def test_months_are_judged_by_the_day():
    rng = np.random.default_rng(5)
    days = MONTHS.days_in_month.to_numpy(float)
    row = rng.poisson(1000 * days).astype(float)
    found = find_alarms(pd.Series(row, MONTHS, name="x"))
    error = found.expected[0, 24:] / (1000 * days[24:]) - 1
    assert np.abs(error).max() < 0.01
    given_days = find_alarms(row, exposure=days)
    np.testing.assert_array_equal(given_days.upper, found.upper)


def test_km2_and_stocks_are_no_counts():
    rng = np.random.default_rng(6)
    values = rng.integers(0, 40, (1, 48)).astype(float)
    as_area = find_alarms(Panel(values, MONTHS, ["a"], unit="km2"))
    as_count = find_alarms(Panel(values, MONTHS, ["a"], unit="drones"))
    assert as_area.lower[0, -1] < 0 <= as_count.lower[0, -1]
    # numbers: invariant to scale and shift
    numbers = rng.normal(0, 1, 48)
    one, other = find_alarms(numbers), find_alarms(7 * numbers + 0.3)
    np.testing.assert_allclose(other.upper, 7 * one.upper + 0.3, rtol=1e-5, atol=1e-4)


def test_refused():
    for wrong in (
        {"alpha": 0},
        {"alpha": 0.5},
        {"alpha": 0.7},
        {"alpha": "a"},
        {"period": 0},
        {"period": True},
        {"last": 0},
    ):
        with pytest.raises(BadOption):
            find_alarms([1, 2, 3], **wrong)
    with pytest.raises(BadOption, match="months have"):
        find_alarms(pd.Series(range(48), MONTHS, dtype=float), period=52)
    for exposure in ([1, 2], [1, 2, 0], [1, 2, -1], [1, np.inf, 1], [1, np.nan, 1], ["a", 1, 1]):
        with pytest.raises(BadOption, match="exposure"):
            find_alarms([1, 2, 3], exposure=exposure)
    with pytest.raises(BadOption):
        find_alarms([1, 2, np.inf])
    with pytest.raises(BadOption):
        find_alarms(["a", "b"])
    with pytest.raises(BadOption):
        find_alarms(np.ones((2, 2, 2)))
    with pytest.raises(TooShort):
        find_alarms([1])
    with pytest.raises(NoValues):
        find_alarms([np.nan, np.nan])


def test_promises_hold_on_a_few_series(monkeypatch):
    monkeypatch.syspath_prepend(str(Path(__file__).parents[2] / "benchmarks" / "validity"))
    known = set(sys.modules)
    rows = importlib.import_module("sim_alarms").rows(0.03)
    for name in set(sys.modules) - known:
        if name in ("sim_alarms", "promises", "series"):
            del sys.modules[name]
    assert len({row.what for row in rows}) == len(rows)
    missed = [row.what for row in rows if row.verdict == "not met"]
    assert [what for what in missed if "outbreak of 5 sd found" not in what] == []


def test_weekly_tables_are_bare_numbers_a_column_a_series() -> None:
    rng = np.random.default_rng(2)
    rows = rng.poisson(20, (2, 160)).astype(float)
    weeks = pd.date_range("2020-01-05", periods=160, freq="W")
    table = pd.DataFrame(rows.T, weeks, ["a", "b"])
    bare = find_alarms(rows, period=52, last=4)
    for each in (table, table.reset_index(drop=True)):
        np.testing.assert_array_equal(find_alarms(each, period=52, last=4).upper, bare.upper)
    one = find_alarms(table["a"], period=52, last=4)
    np.testing.assert_array_equal(one.upper, bare.upper[:1])
