"""Results of detectors: what they are, and what their frames make of findings written by hand."""

from __future__ import annotations

import dataclasses
import inspect
import math

import numpy as np
import pandas as pd
import pytest

from trends import detect
from trends.detect import alarms, find_latest
from trends.detect.alarms import Alarms, find_alarms
from trends.detect.prominences import ProminentStreaks, find_prominent_streaks
from trends.errors import BadOption
from trends.panel import Anomaly, Panel, Shown

NAN = math.nan
MONTHS = pd.period_range("2024-01", periods=6, freq="M")
RESULTS = [
    one
    for one in vars(detect).values()
    if inspect.isclass(one) and dataclasses.is_dataclass(one) and one.__module__ != "trends.panel"
]


def panel_of(*rows, months=MONTHS, **about):
    values = np.array(rows)
    return Panel(values, months[: values.shape[1]], [f"s{k}" for k in range(len(rows))], **about)


def result_of(kind, panel, **given):
    """A result that holds what is given, and nothing else."""
    names = {field.name for field in dataclasses.fields(kind)}
    assert names >= given.keys()
    return kind(**{name: given.get(name) for name in names - {"panel"}}, panel=panel)


@pytest.mark.parametrize("kind", RESULTS)
def test_a_result_cannot_be_changed_is_equal_to_itself_alone_and_shown_by_its_panel(kind):
    panel = panel_of([1.0, 2, 3])
    one, other = result_of(kind, panel), result_of(kind, panel)
    with pytest.raises(dataclasses.FrozenInstanceError):
        one.panel = None
    assert not hasattr(one, "__dict__")  # nothing can be added either
    assert one == one
    assert one != other
    assert len({one, other}) == 2
    assert type(one).__repr__ is Shown.__repr__ or "__repr__" not in vars(kind)
    assert kind.__name__ in [name for name in detect.__all__ if name[0].isupper()]


def test_every_detector_has_a_result():
    assert len(RESULTS) == len(detect.DETECTORS)
    for name, find in detect.DETECTORS.items():
        parameters = list(inspect.signature(find).parameters.values())
        assert parameters[0].kind is parameters[0].POSITIONAL_OR_KEYWORD, name
        assert {p.kind for p in parameters[1:]} == {inspect.Parameter.KEYWORD_ONLY}, name


# Alarms


def alarm_arrays(shape):
    names = ("values", "expected", "lower", "upper", "p_values")
    return {name: k * 10.0 + np.arange(6.0).reshape(shape) for k, name in enumerate(names)}


@pytest.mark.parametrize("adjust", ["bh", "by"])
def test_the_frame_of_alarms_has_months_of_a_panel_and_steps_of_bare_numbers(adjust):
    arrays = alarm_arrays((2, 3))
    arrays["p_values"] = np.array([[0.01, NAN, 0.5], [0.02, 0.3, 0.4]])
    flags = np.array([[True, False, False], [False, False, True]])
    given = {**arrays, "alarms": flags, "alpha": 0.01, "adjust": adjust}
    panel = panel_of([1.0, 2, 3], [4.0, 5, 6])
    dated, bare = (result_of(Alarms, where, **given).frame() for where in (panel, None))
    assert dated["series"].tolist() == ["s0"] * 3 + ["s1"] * 3
    assert dated["month"].tolist() == [*MONTHS[:3]] * 2
    assert bare["series"].tolist() == [0] * 3 + [1] * 3
    assert bare["step"].tolist() == [0, 1, 2] * 2
    many = 1.5 if adjust == "by" else 1.0  # of two: the sum of 1 and 1/2
    q = np.array([[0.02 * many, NAN, 0.5 * many], [0.02 * many, 0.3, 0.5 * many]])
    for frame in (dated, bare):
        assert frame.columns[2:].tolist() == [
            "value", "expected", "lower", "upper", "p", "q", "alarm",
        ]  # fmt: skip
        for column, name in (("value", "values"), ("expected", "expected"), ("lower", "lower"),
                             ("upper", "upper"), ("p", "p_values")):  # fmt: skip
            np.testing.assert_array_equal(frame[column], arrays[name].ravel())
        np.testing.assert_allclose(frame["q"], q.ravel())
        assert frame["alarm"].tolist() == flags.ravel().tolist()


@pytest.fixture
def asked(monkeypatch):
    """What the kernel is asked, instead of an answer."""
    calls = []

    def facts(values, exposure, period, alpha, whole):
        calls.append((values.copy(), exposure.copy(), period, alpha, whole))
        return np.tile(np.arange(17.0), (len(values), 1))

    monkeypatch.setattr(alarms, "expectation_facts", facts)
    return calls


def test_each_step_is_judged_by_seven_years_of_its_stretch(asked):
    rows = np.arange(60.0).reshape(2, 30)
    found = find_alarms(rows, period=3, alpha=0.02, exposure=np.arange(1.0, 31), last=25)
    assert len(asked) == 25
    for t, (values, exposure, period, alpha, whole) in zip(range(5, 30), asked, strict=True):
        first = max(0, t - 21)
        np.testing.assert_array_equal(values, rows[:, first : t + 1])
        np.testing.assert_array_equal(exposure, np.arange(1.0, 31)[first : t + 1])
        assert (period, alpha, whole) == (3, 0.02, True)
    arrays = (found.expected, found.lower, found.upper, found.p_values)
    for k, array in enumerate(arrays):
        assert np.isnan(array[:, :5]).all()
        assert (array[:, 5:] == k).all()
    np.testing.assert_array_equal(found.alarms, (rows > 2) & (np.arange(30) >= 5))
    asked.clear()
    assert (find_alarms(rows, last=99).upper == 2).all()
    assert len(asked) == 30


@pytest.mark.parametrize(("unit", "kind", "whole"), [
    ("attacks", "flow", True), ("strikes", "flow", True), ("km2", "flow", False),
    ("attacks", "stock", False), ("km2", "stock", False),
])  # fmt: skip
def test_flows_are_counts_by_the_day_but_for_areas(asked, unit, kind, whole):
    broken = Anomaly(MONTHS[2], MONTHS[2], "method break", "New rule.")
    odd = Anomaly(MONTHS[4], MONTHS[4], "outage", "Off.", excluded_from=("trends",))
    panel = panel_of([1, 2, 3, 4, 5, 6], unit=unit, kind=kind, anomalies=(broken, odd))
    found = find_alarms(panel)
    assert found.panel is panel
    assert [call[0].shape[1] for call in asked] == [1, 2, 1, 2, 3, 4]
    np.testing.assert_array_equal(asked[-1][0], [[3, 4, NAN, 6]])
    days = [31, 30, 31, 30] if kind == "flow" else [1] * 4
    assert asked[-1][1].tolist() == days
    assert {call[4] for call in asked} == {whole}


def test_numbers_without_months_are_taken_as_they_are(asked):
    row = [1.0, 5.0, 2.0]
    for data in (row, np.array(row), pd.Series(row), pd.Series(row, [5, 6, 7]).to_frame("a")):
        asked.clear()
        assert find_alarms(data).panel is None
        assert asked[-1][0].tolist() == [row]
        assert asked[-1][1].tolist() == [1, 1, 1]
        assert asked[-1][4] is True
    for data in (pd.Series(row, MONTHS[:3]), pd.Series(row, MONTHS[:3].to_timestamp())):
        assert find_alarms(data).panel is not None
    weeks = pd.Series(row, pd.date_range("2024-01-07", periods=3, freq="W"))
    assert find_alarms(weeks, period=52).panel is None


@pytest.mark.parametrize("wrong", [
    {"alpha": 0.5}, {"alpha": 0}, {"alpha": -0.1}, {"alpha": "0.1"}, {"alpha": None},
    {"period": 0}, {"period": 1.5}, {"period": True}, {"period": None},
    {"last": 0}, {"last": 2.0}, {"last": False}, {"last": -1},
    {"exposure": [1, 2]}, {"exposure": [1, 2, 0]}, {"exposure": [1, -2, 3]},
    {"exposure": [1, math.inf, 3]}, {"exposure": [1, NAN, 3]}, {"exposure": ["a", 1, 2]},
    {"exposure": [[1, 2, 3]]}, {"exposure": {}},
])  # fmt: skip
def test_options_of_alarms_out_of_range_are_refused(wrong, asked):
    with pytest.raises(BadOption, match=f"find_alarms: {next(iter(wrong))}="):
        find_alarms([1.0, 2, 3], **wrong)
    assert asked == []
    find_alarms([1.0, 2, 3], alpha=0.49, period=np.int64(1), last=1, exposure=[1, 2, 0.5])


# The latest month, and prominent streaks


def test_a_record_is_the_highest_since_no_month():
    rows = [9.0, 1, 2, 3], [1.0, 2, 3, 9], [9.0, 2, 3, 1], [5.0, 2, 5, NAN]
    found = find_latest(panel_of(*rows), least=1)
    frame = found.frame()
    assert frame["since"].isna().tolist() == [False, True, False, True]
    assert frame["since_low"].isna().tolist() == [False, False, True, True]
    assert found.since_steps.tolist() == [3, 0, 1, -1]
    assert frame["since"][0] == MONTHS[0]
    assert frame["since_low"][:2].tolist() == [MONTHS[2]] * 2
    assert frame["longest_fall_end"].isna().tolist() == [False, True, False, False]


@pytest.mark.parametrize("months", [1, 2, 3, 4, 5, 8, 9])
def test_ranges_of_prominent_streaks_are_those_of_their_months(months):
    row = np.array([5.0, 3, 8, 1, 9, 2, 7, 4, 6])[:months]
    clock = pd.period_range("2024-01", periods=9, freq="M")
    spans = [(a, b) for a in range(months) for b in range(a, months)]
    first, last = np.array(spans).T
    for direction, of in (("high", np.min), ("low", np.max)):
        one = result_of(
            ProminentStreaks, panel_of(row, row[::-1], months=clock), direction=direction,
            series=np.zeros(len(spans), int), first=first, last=last,
            levels=np.array([of(row[a : b + 1]) for a, b in spans]),
            dominators=np.zeros(len(spans), int), overall=np.ones(len(spans), bool),
        )  # fmt: skip
        frame = one.frame()
        assert frame["minimum"].tolist() == [row[a : b + 1].min() for a, b in spans]
        assert frame["maximum"].tolist() == [row[a : b + 1].max() for a, b in spans]
        assert frame["length"].tolist() == one.lengths.tolist() == [b - a + 1 for a, b in spans]
        assert frame["ended"].tolist() == [b < months - 1 for a, b in spans]
        assert frame["first_month"].tolist() == [clock[a] for a, b in spans]


@pytest.mark.parametrize("wrong", [
    {"top": 0}, {"top": True}, {"top": 1.0}, {"top": None},
    {"least_length": 0}, {"least_length": False}, {"least_length": 1.5}, {"least_length": -1},
])  # fmt: skip
def test_options_of_prominent_streaks_out_of_range_are_refused(wrong):
    with pytest.raises(BadOption, match=f"find_prominent_streaks: {next(iter(wrong))}="):
        find_prominent_streaks(panel_of([1.0, 2, 3]), **wrong)
    found = find_prominent_streaks(panel_of([1.0, 2, 3]), top=np.int64(2), least_length=np.int32(2))
    assert (found.top, found.least_length) == (2, 2)
    assert (found.lengths >= 2).all()


def test_streaks_of_one_length_stand_by_their_level():
    row = [5.0, 1.0, 7.0]
    high = find_prominent_streaks(panel_of(row), top=2)
    low = find_prominent_streaks(panel_of([-value for value in row]), top=2, direction="low")
    assert high.levels.tolist() == (-low.levels).tolist() == [1, 7, 5]


def test_the_latest_month_is_one_with_a_value():
    days = MONTHS[:4].days_in_month  # the last month was watched, and nothing is known of it
    found = find_latest(panel_of([1.0, 2, 5, NAN], [3.0, 4, NAN, NAN], observed_days=days))
    assert found.month == MONTHS[2]
    assert find_latest(panel_of([1, 2, 5])).month == MONTHS[2]
