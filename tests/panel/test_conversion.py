"""as_panel: what it takes, what it says that it did, what it refuses."""

from __future__ import annotations

import datetime as dt
import math
from decimal import Decimal

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from trends.errors import (
    BadOption,
    BadValue,
    DuplicateMonths,
    EmptyTable,
    InvalidPanel,
    MissingColumns,
    NotMonthly,
    TrendsError,
    UnknownMonth,
)
from trends.panel import Anomaly, Panel, as_panel

MONTHS = pd.period_range("2025-03", periods=3, freq="M")
TEXT = ["2025-03", "2025-04", "2025-05"]
DAYS = ["2025-03-01", "2025-04-01", "2025-05-01"]
LONG = pd.DataFrame(
    {"unique_id": ["a", "a", "b"], "ds": ["2025-01", "2025-03", "2025-02"], "y": [1.0, 2.0, 3.0]}
)

INDEXES = {
    "periods": MONTHS,
    "starts": pd.DatetimeIndex(DAYS),
    "ends": pd.DatetimeIndex(["2025-03-31", "2025-04-30", "2025-05-31"]),
    "seconds": pd.DatetimeIndex(DAYS).as_unit("s"),
    "text": TEXT,
    "text of days": DAYS,
    "dates": [dt.date.fromisoformat(day) for day in DAYS],
    "categories": pd.CategoricalIndex(TEXT),
    "objects": pd.Index(list(MONTHS), dtype=object),
}


@pytest.mark.parametrize("clock", INDEXES)
def test_every_monthly_clock(clock):
    panel = as_panel(pd.Series([1.0, 2.0, 3.0], INDEXES[clock], name="drones"))
    assert panel.months.equals(MONTHS)
    assert panel.values.tolist() == [[1.0, 2.0, 3.0]]
    assert panel.names == ("drones",)
    assert panel.notes == ()


@pytest.mark.parametrize(
    ("index", "note"),
    [
        (pd.DatetimeIndex(DAYS, tz="Europe/Kyiv"), "Time zone Europe/Kyiv was dropped"),
        (pd.DatetimeIndex(["2025-03-15", "2025-04-15", "2025-05-15"]), "month that it lies in"),
        (TEXT[::-1], "were sorted"),
        (["2025-03", "2025-04", "2025-06"], "1 month is absent and was left unknown: 2025-05."),
        (["2020-01", "2020-02", "2021-01"], "10 months are absent.*2020-08 ..."),
    ],
)
def test_says_what_it_did(index, note):
    notes = as_panel(pd.Series([1.0, 2.0, 3.0], index)).notes
    assert len(notes) == 1
    with pytest.raises(ValueError, match=note):
        raise ValueError(notes[0])


def test_months_are_those_of_the_local_clock():
    index = pd.DatetimeIndex(["2025-02-28 22:00", "2025-03-31 21:00"], tz="UTC")
    local = as_panel(pd.Series([1.0, 2.0], index.tz_convert("Europe/Kyiv")))
    assert [str(month) for month in local.months] == ["2025-03", "2025-04"]


def test_absent_months_are_unknown_and_not_zero():
    panel = as_panel(pd.Series([2.0, 1.0], ["2025-05", "2025-03"]))
    np.testing.assert_array_equal(panel.values, [[1.0, math.nan, 2.0]])
    assert panel.observed_days.tolist() == [31, 0, 31]


def test_a_wide_frame():
    panel = as_panel(pd.DataFrame({"a": [1, 2, 3], "b": [0.5, None, 2]}, MONTHS))
    assert panel.names == ("a", "b")
    np.testing.assert_array_equal(panel.values, [[1, 2, 3], [0.5, math.nan, 2]])


def test_a_long_frame():
    panel = as_panel(LONG)
    assert panel.names == ("a", "b")
    nan = math.nan
    np.testing.assert_array_equal(panel.values, [[1, nan, 2], [nan, 3, nan]])
    assert panel.notes == ("3 cells (series by month) have no row and were left unknown.",)


def test_a_long_frame_of_one_series():
    panel = as_panel(LONG.loc[:1, ["ds", "y"]])
    assert panel.names == ("y",)
    np.testing.assert_array_equal(panel.values, [[1, math.nan, 2]])


def test_the_parts_are_handed_on():
    parts = {
        "unit": "km2",
        "kind": "stock",
        "quantity": "area held",
        "definition": "D.",
        "source": "S.",
        "anomalies": (Anomaly(MONTHS[0], MONTHS[0], "splice", "x"),),
    }
    panel = as_panel(pd.Series([1.0, 2.0, 3.0], MONTHS), **parts)
    assert {name: getattr(panel, name) for name in parts} == parts
    assert as_panel(panel) is panel
    for name, part in parts.items():
        with pytest.raises(BadOption, match="takes no unit, kind or source"):
            as_panel(panel, **{name: part})


def test_as_of_cuts_the_last_month():
    series = pd.Series([1.0, 2.0, 3.0], MONTHS)
    assert as_panel(series, as_of=dt.date(2025, 5, 7)).observed_days.tolist() == [31, 30, 7]
    assert as_panel(series, as_of=dt.date(2026, 1, 1)).complete.all()
    with pytest.raises(BadOption, match=r"as_of='2025-04-07'.*2025-05, which has a value"):
        as_panel(series, as_of=dt.date(2025, 4, 7))


@pytest.mark.parametrize(
    "values",
    [
        pd.array([1, None, 3], dtype="Int64"),
        pd.array([1, None, 3], dtype="Float64"),
        pd.array([1, None, 3], dtype="int64[pyarrow]"),
        np.array([1, None, 3], dtype=object),
        np.array([1, pd.NA, 3.0], dtype=object),
        np.array([1, pd.NaT, 3.0], dtype=object),
        np.array([1, math.nan, 3], dtype=np.float32),
    ],
)
def test_every_kind_of_missing_value(values):
    series = pd.Series(values, MONTHS)
    before = series.copy()
    np.testing.assert_array_equal(as_panel(series).values, [[1, math.nan, 3]])
    pd.testing.assert_series_equal(series, before)


@pytest.mark.parametrize(
    "cell", ["n/a", "2", True, Decimal(2), [1, 2], 2j, dt.date(2025, 1, 1), pd.Timedelta(1, "D")]
)
def test_a_cell_that_is_no_number(cell):
    series = pd.Series([1.0, cell, 3.0], MONTHS, name="drones", dtype=object)
    with pytest.raises(
        BadValue, match=r"row 2025-04, column 'drones': found .* not a number"
    ) as no:
        as_panel(series)
    assert (no.value.row, no.value.column) == ("2025-04", "drones")


@pytest.mark.parametrize("dtype", [complex, bool, str, "m8[ns]"])
def test_a_column_that_holds_no_numbers(dtype):
    with pytest.raises(BadValue, match="not a number"):
        as_panel(pd.Series([1, 2, 3], MONTHS).astype(dtype))


def test_infinity_is_no_value():
    with pytest.raises(InvalidPanel, match="inf"):
        as_panel(pd.Series([1.0, math.inf, 2.0], MONTHS))


DAILY = pd.date_range("2025-03-01", periods=3)
NOT_MONTHLY = {
    "days": (DAILY, r"resample\('MS'\).sum"),
    "days as text": (DAILY.strftime("%Y-%m-%d"), r"resample\('MS'\).sum"),
    "days as dates": (list(DAILY.date), r"resample\('MS'\).sum"),
    "days as periods": (DAILY.to_period("D"), r"frequency D.*resample\('MS'\).sum"),
    "weeks": (pd.date_range("2025-03-02", periods=3, freq="W"), "less than 20 days apart"),
    "quarters": (pd.period_range("2025Q1", periods=3, freq="Q"), "frequency Q"),
    "positions": (None, r"numbers \(0, .*set_index"),
    "numbers": ([202503, 202504, 202505], r"numbers \(202503, "),
    "levels": (pd.MultiIndex.from_product([[2025], [3, 4, 5]]), r"2 levels.*reset_index"),
    "words": (["March 2025", "April 2025", "May 2025"], "'March 2025'"),
}


@pytest.mark.parametrize("case", NOT_MONTHLY)
def test_what_is_no_monthly_clock(case):
    index, problem = NOT_MONTHLY[case]
    with pytest.raises(NotMonthly, match=problem):
        as_panel(pd.Series([1.0, 2.0, 3.0], index))


def test_words_that_are_no_month():
    with pytest.raises(UnknownMonth, match="as_panel: 'spring'"):
        as_panel(pd.Series([1.0, 2.0], ["spring", "summer"]))


@pytest.mark.parametrize(
    "index",
    [
        pd.DatetimeIndex(["2025-03-01", pd.NaT]),
        pd.PeriodIndex(["2025-03", pd.NaT], freq="M"),
        ["2025-03", None],
    ],
)
def test_an_unknown_month_is_refused(index):
    with pytest.raises(BadValue, match="row 2, column 'the index'"):
        as_panel(pd.Series([1.0, 2.0], index))


def test_two_values_for_a_month():
    with pytest.raises(DuplicateMonths, match="'drones' has more than one value for '2025-03'"):
        as_panel(pd.Series([1.0, 2.0], ["2025-03", "2025-03"], name="drones"))
    with pytest.raises(DuplicateMonths, match="'b' has more than one value for '2025-02'") as twice:
        as_panel(pd.concat([LONG, LONG.tail(1)]))
    assert twice.value.series == "b"


@pytest.mark.parametrize(
    "data",
    [pd.Series([], dtype=float), pd.DataFrame(), pd.DataFrame(index=MONTHS), LONG.head(0)],
)
def test_nothing_to_read(data):
    with pytest.raises(EmptyTable):
        as_panel(data)


def test_bad_tables():
    with pytest.raises(MissingColumns, match="no column 'unique_id'"):
        as_panel(LONG.rename(columns={"unique_id": "name"}))
    with pytest.raises(BadValue, match="column 'unique_id'"):
        as_panel(LONG.assign(unique_id=["a", None, "b"]))
    with pytest.raises(BadValue, match="column 'y'"):
        as_panel(LONG.assign(y=["1", "x", "3"]))
    with pytest.raises(BadValue, match="column 'ds'"):
        as_panel(LONG.assign(ds=["2025-01", None, "2025-02"]))
    with pytest.raises(BadOption, match="two columns have that name"):
        as_panel(pd.DataFrame([[1, 2]] * 3, MONTHS, columns=["a", "a"]))
    with pytest.raises(InvalidPanel, match="two series are named '1'"):
        as_panel(pd.DataFrame([[1, 2]] * 3, MONTHS, columns=[1, "1"]))


@pytest.mark.parametrize("data", [None, [1, 2], np.ones(3), {"2025-03": 1}, "2025-03", 5])
def test_what_is_no_table(data):
    with pytest.raises(BadOption, match=f"data='{type(data).__name__}'"):
        as_panel(data)


def test_every_error_is_a_trends_error_and_a_value_error():
    assert issubclass(TrendsError, ValueError)


@settings(deadline=None)
@given(
    values=st.lists(st.integers(-9, 9).map(float) | st.just(math.nan), min_size=2, max_size=12),
    data=st.data(),
)
def test_long_wide_and_shuffled_are_one_panel(values, data):
    months = pd.period_range("2024-11", periods=len(values), freq="M")
    series = pd.Series(values, months, name="y")
    expected = Panel([values], months, ["y"])
    order = data.draw(st.permutations(range(len(values))))
    shuffled = series.iloc[order]
    long = pd.DataFrame({"ds": shuffled.index, "y": shuffled.to_numpy()})
    for table in (series, shuffled, series.to_frame(), long, expected.frame()):
        panel = as_panel(table)
        assert panel.months.equals(months)
        assert panel.names == ("y",)
        np.testing.assert_array_equal(panel.values, expected.values)
        np.testing.assert_array_equal(panel.observed_days, expected.observed_days)
