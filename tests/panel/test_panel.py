"""Panel: every invariant, every error, and what each way of moving it keeps."""

from __future__ import annotations

import copy
import datetime as dt
import math
import pickle
from dataclasses import FrozenInstanceError, replace

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from trends.errors import (
    BadOption,
    InvalidPanel,
    MonthOutside,
    UnknownMonth,
    UnknownName,
    UnknownOption,
    WrongKind,
)
from trends.panel import Anomaly, Panel, as_month

MONTHS = pd.period_range("2025-01", periods=4, freq="M")


def panel_of(*rows, first="2025-01", **parts):
    rows = rows or ([1.0, 2.0, 3.0, 4.0],)
    months = pd.period_range(first, periods=len(rows[0]), freq="M")
    return Panel(np.array(rows, float), months, [f"s{i}" for i in range(len(rows))], **parts)


def anomaly(first, last=None, kind="method break", **parts):
    return Anomaly(pd.Period(first, "M"), pd.Period(last or first, "M"), kind, "x", **parts)


BAD_VALUES = {
    "one dimension": ([1.0, 2.0], "shape"),
    "three dimensions": ([[[1.0]]], "shape"),
    "no series": (np.empty((0, 4)), "shape"),
    "no months": (np.empty((1, 0)), "shape"),
    "infinity": ([[1.0, math.inf, 2.0, 3.0]], "inf in series 0, step 1"),
    "words": ([["a", "b", "c", "d"]], "not numbers"),
    "text": ([["1", "2", "3", "4"]], "not numbers"),
    "dates": (np.array([["2025-01-01"] * 4], "M8[D]"), "not numbers"),
    "truth": ([[True, False, True, True]], "not numbers"),
    "beyond 64 bits": (np.full((1, 4), 2**63, np.uint64), "not numbers .*beyond 64 bits"),
    "beyond all bits": ([[2**70, 10**400, 1, 2]], "not numbers"),
    "complex": (np.array([[1j, 2, 3, 4]]), "not numbers"),
    "ragged": ([[1.0, 2.0], [3.0]], "not numbers"),
    "too many": ([[1.0] * 5], "4 months for 5 values"),
}


@pytest.mark.parametrize("case", BAD_VALUES)
def test_bad_values(case):
    values, problem = BAD_VALUES[case]
    with pytest.raises(InvalidPanel, match=problem):
        Panel(values, MONTHS, ["a"])


BAD_MONTHS = {
    "a list": (list(MONTHS), "list"),
    "stamps": (MONTHS.to_timestamp(), "DatetimeIndex"),
    "quarters": (pd.period_range("2025Q1", periods=4, freq="Q"), "not a PeriodIndex of freq"),
    "too few": (MONTHS[:3], "3 months for 4 values"),
    "a hole": (MONTHS[[0, 1, 3]].append(MONTHS[3:] + 1), "without holes"),
    "twice": (MONTHS[[0, 1, 1, 2]], "without holes"),
    "backwards": (MONTHS[::-1], "without holes"),
    "unknown": (pd.PeriodIndex([*MONTHS[:3], pd.NaT], freq="M"), "without holes"),
}


@pytest.mark.parametrize("case", BAD_MONTHS)
def test_bad_months(case):
    months, problem = BAD_MONTHS[case]
    with pytest.raises(InvalidPanel, match=problem):
        Panel([[1.0, 2.0, 3.0, 4.0]], months, ["a"])


@pytest.mark.parametrize(
    ("names", "problem"),
    [
        ([], "0 names for 2"),
        (["a"], "1 names for 2"),
        ("ab", "1 names for 2"),
        (["a", "a"], "named 'a'"),
        ([1, "1"], "named '1'"),
        (5, "names are 5"),
        (None, "names are None"),
    ],
)
def test_bad_names(names, problem):
    with pytest.raises(InvalidPanel, match=problem):
        Panel([[1.0] * 4, [2.0] * 4], MONTHS, names)


@pytest.mark.parametrize(
    ("days", "problem"),
    [
        ([31, 28, 31], "shape"),
        ([31.0, 28.0, 31.0, 30.0], "type float64"),
        ([[31], [28, 31]], "different lengths"),
        ([31, 29, 31, 30], "29 observed days in 2025-02, which has 28"),
        ([31, 28, 31, -1], "-1 observed days"),
        ([31, 28, 31, 0], "2025-04, of which no day was observed"),
    ],
)
def test_bad_days(days, problem):
    with pytest.raises(InvalidPanel, match=problem):
        panel_of(observed_days=days)


def test_bad_kind():
    with pytest.raises(UnknownOption, match=r"kind='amount'.*'flow', 'stock', 'rate'"):
        panel_of(kind="amount")


def test_one_name_may_be_text():
    assert Panel([[1.0] * 4], MONTHS, "drones").names == ("drones",)


def test_arrays_are_read_only_and_the_panel_is_frozen():
    panel = panel_of()
    for array in (panel.values, panel.observed_days, panel.known()):
        with pytest.raises(ValueError, match="read-only"):
            array[..., 0] = 9
    with pytest.raises(FrozenInstanceError):
        panel.unit = "km2"


@pytest.mark.parametrize(
    "again", [copy.copy, copy.deepcopy, lambda p: pickle.loads(pickle.dumps(p))]
)
def test_copies_are_the_same_and_read_only(again):
    panel = panel_of([1.0, math.nan, 3.0, 4.0], unit="km2", anomalies=(anomaly("2025-02"),))
    twin = again(panel)
    np.testing.assert_array_equal(twin.values, panel.values)
    assert (twin.unit, twin.names, twin.anomalies) == (panel.unit, panel.names, panel.anomalies)
    assert not twin.values.flags.writeable


def test_days_are_those_of_the_months_by_default_and_none_in_a_gap():
    panel = panel_of([1.0, math.nan, 3.0, 4.0], [1.0, math.nan, math.nan, 4.0])
    assert panel.observed_days.tolist() == [31, 0, 31, 30]
    assert panel.complete.tolist() == [True, False, True, True]


@pytest.mark.parametrize(
    ("given", "held"),
    [
        ("f8", "f8"),
        ("f4", "f8"),
        (">f8", "f8"),
        ("i4", "i4"),
        ("i8", "i8"),
        ("i2", "i8"),
        ("u1", "i8"),
        ("u8", "i8"),
        (">i4", "i8"),
        (object, "f8"),
    ],
)
def test_floats_and_integers_are_held(given, held):
    values = np.array([[1, 2, 3, 4]]).astype(given)
    panel = Panel(values, MONTHS, ["a"])
    assert panel.values.dtype == np.dtype(held)
    assert panel.values.tolist() == [[1, 2, 3, 4]]
    assert np.shares_memory(panel.values, values) == (given == held)
    assert panel.observed_days.tolist() == [31, 28, 31, 30]
    assert panel.frame().to_numpy().T.tolist() == panel.values.tolist()
    assert panel["a"].tolist() == [1, 2, 3, 4]
    assert "<td>3</td>" in panel._repr_html_()


@pytest.mark.parametrize("order", ["C", "F"])
@pytest.mark.parametrize("where", [(0, 0), (0, 239), (299, 0), (299, 239), (150, 7)])
def test_infinity_is_found_wherever_it_is(order, where):
    values = np.full((300, 240), math.nan, order=order)
    values[where] = -math.inf
    months = pd.period_range("2000-01", periods=240, freq="M")
    with pytest.raises(InvalidPanel, match=rf"-inf in series {where[0]}, step {where[1]}\."):
        Panel(values, months, [str(i) for i in range(300)])


@pytest.mark.parametrize("order", ["C", "F"])
def test_one_value_in_a_month_is_enough(order):
    values = np.full((600, 240), math.nan, order=order)
    values[599, 3] = values[0, 5] = 1.0
    months = pd.period_range("2000-01", periods=240, freq="M")
    panel = Panel(values, months, [str(i) for i in range(600)])
    assert np.flatnonzero(panel.observed_days).tolist() == [3, 5]


def test_integers_become_floats_where_something_is_unknown():
    panel = Panel(np.array([[3, 9, 6, 4]], np.int32), MONTHS, ["a"], observed_days=[31, 28, 31, 7])
    np.testing.assert_array_equal(panel.known(), [[3.0, 9.0, 6.0, math.nan]])
    np.testing.assert_array_equal(panel.per_day().values, [[3 / 31, 9 / 28, 6 / 31, 4 / 7]])
    np.testing.assert_array_equal(replace(panel, kind="stock").flow().values, [[6, -3, -2]])
    assert panel.until("2025-03").known().dtype == np.int32


def test_status_and_known():
    panel = panel_of([1.0, math.nan, 3.0, 4.0], observed_days=[31, 0, 31, 7])
    assert [panel.status(m) for m in panel.months] == ["complete", "gap", "complete", "partial"]
    np.testing.assert_array_equal(panel.known(), [[1.0, math.nan, 3.0, math.nan]])
    assert panel.values[0, 3] == 4.0


def test_february_of_a_leap_year_has_29_days():
    assert panel_of([1.0, 2.0], first="2024-02").observed_days.tolist() == [29, 31]


def test_position():
    panel = panel_of()
    assert panel.position("2025-01") == 0
    assert panel.position(dt.date(2025, 4, 30)) == 3
    for month in ("2024-12", "2025-05"):
        with pytest.raises(MonthOutside, match=f"{month} is outside.*2025-01 to") as caught:
            panel.position(month)
        assert str(caught.value.month) == month
    with pytest.raises(UnknownMonth):
        panel.position("soon")


def test_a_series_by_name():
    series = panel_of([1.0, math.nan, 3.0, 4.0])["s0"]
    assert series.name == "s0"
    assert series.index.equals(MONTHS)
    assert series["2025-03"] == 3.0
    series.iloc[0] = 9.0  # a copy, free to be changed
    with pytest.raises(UnknownName, match=r"'drones'.*'s0'"):
        panel_of()["drones"]


def test_frame_and_select():
    panel = panel_of([1.0, 2.0], [3.0, 4.0])
    frame = panel.frame()
    assert frame.columns.tolist() == ["s0", "s1"]
    assert frame.to_numpy().tolist() == [[1.0, 3.0], [2.0, 4.0]]
    frame.iloc[0, 0] = 9.0
    assert panel.values[0, 0] == 1.0
    assert panel.select("s1", "s0").values.tolist() == [[3.0, 4.0], [1.0, 2.0]]
    with pytest.raises(UnknownName, match=r"Panel\.select"):
        panel.select("s2")
    with pytest.raises(InvalidPanel):
        panel.select()


def test_window_and_until():
    panel = panel_of(observed_days=[31, 28, 31, 7], unit="km2", anomalies=(anomaly("2025-03"),))
    part = panel.window("2025-02", "2025-03")
    assert part.values.tolist() == [[2.0, 3.0]]
    assert part.observed_days.tolist() == [28, 31]
    assert (part.unit, part.anomalies) == (panel.unit, panel.anomalies)
    assert panel.until("2025-02").values.tolist() == [[1.0, 2.0]]
    assert panel.until("2025-01").n_time == 1
    with pytest.raises(BadOption, match="at or after 2025-03"):
        panel.window("2025-03", "2025-02")
    with pytest.raises(MonthOutside):
        panel.until("2025-05")


def test_segments_end_at_method_breaks_inside_the_panel():
    breaks = ("2024-06", "2025-01", "2025-03", "2025-03", "2025-09")
    panel = panel_of(anomalies=[anomaly(m) for m in breaks] + [anomaly("2025-02", kind="splice")])
    assert panel.segments() == (slice(0, 2), slice(2, 4))
    assert panel_of().segments() == (slice(0, 4),)
    assert [a.first for a in panel.anomalies] == sorted(a.first for a in panel.anomalies)


def test_per_day():
    panel = panel_of([3974.0, 5438.0, math.nan], first="2025-05", unit="drones").per_day()
    np.testing.assert_allclose(panel.values[0, :2], [3974 / 31, 5438 / 30])
    assert math.isnan(panel.values[0, 2])
    assert (panel.kind, panel.unit) == ("rate", "drones per day")
    assert panel_of().per_day().unit == "per day"
    with pytest.raises(WrongKind, match=r"found a stock. Call .flow\(\)"):
        panel_of(kind="stock").per_day()
    with pytest.raises(WrongKind, match=r"found a rate\. It already is"):
        panel.per_day()


def test_a_partial_month_is_divided_by_the_days_observed():
    assert panel_of([70.0], observed_days=[7]).per_day().values.tolist() == [[10.0]]


def test_flow_of_a_stock():
    flow = panel_of([100.0, 110.0, 125.0, 120.0], kind="stock", unit="km2").flow()
    assert flow.values.tolist() == [[10.0, 15.0, -5.0]]
    assert (str(flow.months[0]), flow.kind, flow.unit) == ("2025-02", "flow", "km2")
    assert flow.complete.all()


def test_flow_is_unknown_after_an_unseen_month_end_and_at_a_break():
    after_partial = panel_of([1.0, 2.0, 4.0, 8.0], kind="stock", observed_days=[31, 20, 31, 30])
    np.testing.assert_array_equal(after_partial.flow().values, [[1.0, math.nan, 4.0]])
    after_gap = panel_of([1.0, math.nan, 4.0, 8.0], kind="stock").flow()
    np.testing.assert_array_equal(after_gap.values, [[math.nan, math.nan, 4.0]])
    assert after_gap.observed_days.tolist() == [0, 0, 30]
    broken = panel_of([1.0, 2.0, 40.0, 80.0], kind="stock", anomalies=(anomaly("2025-03"),)).flow()
    np.testing.assert_array_equal(broken.values, [[1.0, math.nan, 40.0]])


@pytest.mark.parametrize(("kind", "per"), [("flow", "month"), ("rate", "day")])
def test_only_a_stock_has_a_flow(kind, per):
    with pytest.raises(WrongKind, match=f"an amount a {per}"):
        panel_of(kind=kind).flow()


def test_one_month_of_a_stock_has_no_flow():
    with pytest.raises(InvalidPanel, match="one month"):
        panel_of([1.0], kind="stock").flow()


def test_repr_and_html():
    panel = Panel([[1.0, math.nan]] * 5, MONTHS[:2], ["<b>", *"cdef"], unit="km2", source="a & b")
    assert (
        repr(panel)
        == "<Panel: <b>, c, d and 2 more series (km2, flow), 2025-01 to 2025-02, 2 months>"
    )
    page = panel._repr_html_()
    assert "<b>" not in page
    assert "&lt;b&gt;" in page
    assert "a &amp; b" in page
    assert "unknown" in page
    assert "gap, 0 days" in page
    assert repr(panel_of([1.0])).endswith("2025-01 to 2025-01, 1 month>")


def test_html_shows_the_last_13_months():
    page = panel_of(list(range(1, 31)))._repr_html_()
    assert page.count("<tr>") == 1 + 13


def test_anomaly():
    assert Anomaly("2025-01", "2025-02", "splice", "x").first == pd.Period("2025-01", "M")
    with pytest.raises(UnknownMonth, match="Anomaly"):
        Anomaly(pd.Period("2025-01-01", "D"), pd.Period("2025-01-01", "D"), "splice", "x")
    with pytest.raises(UnknownOption, match="kind='accident'"):
        anomaly("2025-01", kind="accident")
    with pytest.raises(UnknownOption, match="excluded_from='news'"):
        anomaly("2025-01", excluded_from=("records", "news"))
    with pytest.raises(BadOption, match="at or after 2025-02"):
        anomaly("2025-02", "2025-01")


@pytest.mark.parametrize(
    "month",
    [
        "2025-06",
        " 2025-6 ",
        pd.Period("2025-06", "M"),
        dt.date(2025, 6, 30),
        dt.datetime(2025, 6, 1, 12, tzinfo=dt.UTC),
        pd.Timestamp("2025-06-30 23:59", tz="Europe/Kyiv"),
        np.datetime64("2025-06-15"),
        np.datetime64("2025-06"),
    ],
)
def test_as_month(month):
    assert as_month(month) == pd.Period("2025-06", "M")


@pytest.mark.parametrize(
    "found",
    [
        *("", "June 2025", "2025", "2025-13", "2025-00", "0000-01", "2025-06-30", "2025-06\n1"),
        *("\uff12025-06", None, 5, 2025.5, True, pd.NaT, np.datetime64("NaT"), dt.time(1)),
        *(pd.Period("2025Q1"), pd.Period("2025-06-01", "D")),
    ],
)
def test_as_month_refuses_what_names_no_month(found):
    with pytest.raises(UnknownMonth, match="somewhere: ") as caught:
        as_month(found, "somewhere")
    assert caught.value.found is found


value = st.one_of(st.integers(-100, 100).map(float), st.just(math.nan))


@st.composite
def panels(draw):
    n_time, n_series = draw(st.integers(1, 15)), draw(st.integers(1, 3))
    row = st.lists(value, min_size=n_time, max_size=n_time)
    panel = panel_of(
        *draw(st.lists(row, min_size=n_series, max_size=n_series)),
        first=draw(st.sampled_from(FIRST)),
    )
    breaks = draw(st.lists(st.sampled_from(list(panel.months)), max_size=3))
    return replace(panel, anomalies=tuple(anomaly(str(m)) for m in breaks))


FIRST = ["1999-12", "2024-02", "2025-06"]


@settings(deadline=None)
@given(panel=panels(), data=st.data())
def test_windows_nest_and_segments_cover(panel, data):
    a = data.draw(st.integers(0, panel.n_time - 1))
    b = data.draw(st.integers(a, panel.n_time - 1))
    part = panel.window(panel.months[a], panel.months[b])
    np.testing.assert_array_equal(part.values, panel.values[:, a : b + 1])
    np.testing.assert_array_equal(part.known(), panel.known()[:, a : b + 1])
    again = panel.until(panel.months[b])
    np.testing.assert_array_equal(
        again.window(panel.months[a], panel.months[b]).values, part.values
    )
    covered = [t for piece in part.segments() for t in range(part.n_time)[piece]]
    assert covered == list(range(part.n_time))
    whole = {panel.months[piece.start] for piece in panel.segments()}
    assert {part.months[piece.start] for piece in part.segments()[1:]} <= whole


@settings(deadline=None)
@given(row=st.lists(st.integers(-1000, 1000).map(float), min_size=2, max_size=30))
def test_the_flow_of_a_running_total_adds_up(row):
    stock = panel_of(row, kind="stock")
    assert stock.flow().values.sum() == row[-1] - row[0]


@settings(deadline=None)
@given(panel=panels())
def test_a_rate_times_the_days_is_the_flow(panel):
    back = panel.per_day().values * panel.observed_days
    np.testing.assert_allclose(back, panel.values)
