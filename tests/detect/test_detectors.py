"""The detectors: oracles, prefix, segments, partial months, options and errors."""

from __future__ import annotations

import dataclasses
import inspect
import math
from dataclasses import replace

import numpy as np
import oracles
import pandas as pd
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from trends.detect import DETECTORS, find_changes, find_ranks, find_records, find_streaks
from trends.detect._segments import row_blocks
from trends.errors import BadOption, NotMonthly, NoValues, TooShort, UnknownOption, WrongKind
from trends.panel import Anomaly, Panel

CASES = [
    ("records", {"direction": "high", "least": 3}),
    ("records", {"direction": "low", "least": 1}),
    ("records", {}),
    ("streaks", {"direction": "rise"}),
    ("streaks", {"direction": "fall"}),
    ("ranks", {"direction": "high"}),
    ("ranks", {"direction": "low"}),
    ("changes", {}),
    ("changes", {"against": "year"}),
    ("changes", {"per": "day"}),
]
every_case = pytest.mark.parametrize(("name", "options"), CASES)
LATEST = ("latest", {"least": 3})  # one row a series: see also test_latest.py
ALARMS = ("alarms", {})  # needs a year of past: see also test_alarms_detector.py
RAMPUPS = ("rampups", {})  # one row a series: see also test_rampups_detector.py
STREAKS = ("prominent_streaks", {})  # one row a streak: see also test_prominences_detector.py

KM2 = [240.0, 379, 507, 588, 594, 447]


def months(n, first="2022-09"):
    return pd.period_range(first, periods=n, freq="M")


def panel_of(*rows, **parts):
    return Panel(
        np.array(rows, dtype=float),
        months(len(rows[0])),
        [f"s{i}" for i in range(len(rows))],
        **parts,
    )


def span(panel, a, b, kind, *excluded):
    return Anomaly(panel.months[a], panel.months[b], kind, "x", excluded_from=excluded)


@st.composite
def panels(draw):
    n_time, n_series = draw(st.integers(2, 20)), draw(st.integers(1, 2))
    value = st.one_of(st.integers(-2, 4).map(float), st.just(math.nan))
    row = st.lists(value, min_size=n_time, max_size=n_time)
    panel = panel_of(*draw(st.lists(row, min_size=n_series, max_size=n_series)))
    days = panel.observed_days.copy()
    for t in draw(st.sets(st.integers(0, n_time - 1), max_size=2)):
        days[t] = min(days[t], 7)
    anomalies = [
        span(panel, t, t, "method break")
        for t in draw(st.sets(st.integers(0, n_time - 1), max_size=2))
    ]
    excluded = draw(st.sampled_from([(), ("records",), ("streaks", "ranks")]))
    if excluded:
        first = draw(st.integers(0, n_time - 1))
        last = draw(st.integers(first, n_time - 1))
        anomalies.append(span(panel, first, last, "one-off", *excluded))
    return replace(panel, observed_days=days, anomalies=tuple(anomalies))


def arrays_of(result):
    return {
        field.name: value
        for field in dataclasses.fields(result)
        if isinstance(value := getattr(result, field.name), np.ndarray)
    }


def by_oracle(oracle, panel, purpose, *params):
    """The oracle on each stretch between breaks, on complete months that are not excluded."""
    answers = np.full(panel.values.shape, math.nan)
    breaks = [a.first for a in panel.anomalies if a.kind == "method break"]
    for i, series in enumerate(panel.values.tolist()):
        stretch: list[list] = [[]]
        for t, month in enumerate(panel.months):
            if month in breaks:
                stretch.append([])
            whole = panel.observed_days[t] == month.days_in_month
            out = any(
                purpose in a.excluded_from and a.first <= month <= a.last for a in panel.anomalies
            )
            stretch[-1].append(series[t] if whole and not out and series[t] == series[t] else None)
        joined = [x for part in stretch for x in oracle(part, *params)]
        answers[i] = [math.nan if x is None else x for x in joined]
    return answers


@settings(deadline=None, max_examples=60)
@given(panel=panels(), least=st.integers(1, 6))
def test_records_equal_the_oracle(panel, least):
    assume(not np.isnan(panel.known()).all())
    for direction, turn in (("high", list), ("low", oracles.mirror)):
        found = find_records(panel, direction=direction, least=least)
        expected = {
            "flags": lambda row, turn=turn: oracles.record_flags(turn(row), least),
            "ties": lambda row, turn=turn: oracles.tie_flags(turn(row), least),
            "since_steps": lambda row, turn=turn: oracles.steps_since(turn(row)),
            "earlier": oracles.known_counts,
        }
        for name, oracle in expected.items():
            np.testing.assert_array_equal(
                getattr(found, name), by_oracle(oracle, panel, "records"), err_msg=name
            )


@settings(deadline=None, max_examples=60)
@given(panel=panels())
def test_streaks_and_ranks_equal_the_oracle(panel):
    assume(not np.isnan(panel.known()).all())
    for direction, oracle in (("rise", oracles.rise_lengths), ("fall", oracles.fall_lengths)):
        lengths = find_streaks(panel, direction=direction).lengths
        np.testing.assert_array_equal(lengths, by_oracle(oracle, panel, "streaks"))
    for direction, oracle in (("high", oracles.high_ranks), ("low", oracles.low_ranks)):
        ranks = find_ranks(panel, direction=direction).ranks
        np.testing.assert_array_equal(ranks, by_oracle(oracle, panel, "ranks"))


@settings(deadline=None, max_examples=60)
@given(panel=panels())
def test_changes_equal_the_oracle(panel):
    assume(not np.isnan(panel.known()).all())
    for against, lag in (("month", 1), ("year", 12)):
        found = find_changes(panel, against=against)
        ratios = by_oracle(oracles.ratios, panel, None, lag)
        np.testing.assert_array_equal(
            found.differences, by_oracle(oracles.differences, panel, None, lag)
        )
        np.testing.assert_array_equal(found.ratios, ratios)
        np.testing.assert_array_equal(found.changes, ratios - 1)
        known = ~np.isnan(found.differences)
        now, then = panel.values[known], found.bases[known]
        np.testing.assert_array_equal(now - then, found.differences[known])
        assert np.isnan(found.bases[~known]).all()


@every_case
@settings(deadline=None, max_examples=40)
@given(panel=panels(), cut=st.integers(2, 20))
def test_nothing_found_uses_the_future(name, options, panel, cut):
    assume(cut <= panel.n_time)
    beginning = panel.until(panel.months[cut - 1])
    assume(not np.isnan(beginning.known()).all())
    whole = arrays_of(DETECTORS[name](panel, **options))
    early = arrays_of(DETECTORS[name](beginning, **options))
    assert whole.keys() == early.keys() != set()
    for key, array in early.items():
        np.testing.assert_array_equal(whole[key][:, :cut], array, err_msg=key)


@every_case
def test_results_are_frozen_and_have_a_tidy_frame(name, options):
    panel = panel_of(KM2, KM2[::-1])
    result = DETECTORS[name](panel, **options)
    assert options.items() <= {f: getattr(result, f) for f in result.__slots__}.items()
    with pytest.raises(dataclasses.FrozenInstanceError):
        result.panel = panel
    for array in arrays_of(result).values():
        assert array.shape == panel.values.shape
        with pytest.raises(ValueError, match="read-only"):
            array[0, 0] = 1
    frame = result.frame()
    assert list(frame.columns[:3]) == ["series", "month", "value"]
    assert frame["series"].tolist() == ["s0"] * 6 + ["s1"] * 6
    assert frame["month"].dtype == pd.PeriodDtype("M")
    assert frame["month"].tolist() == [*panel.months, *panel.months]
    np.testing.assert_array_equal(frame["value"], result.panel.values.ravel())


@pytest.mark.parametrize("name", DETECTORS)
def test_options_are_keywords_and_unknown_ones_are_refused(name):
    find = DETECTORS[name]
    assert find.__name__ == f"find_{name}"
    parameters = inspect.signature(find).parameters
    data, *options = parameters.values()
    assert data.name == "data"
    for option in options:
        assert option.kind is option.KEYWORD_ONLY
        with pytest.raises((UnknownOption, BadOption), match=f"find_{name}: {option.name}='up'"):
            find(panel_of(KM2), **{option.name: "up"})


@pytest.mark.parametrize("name", DETECTORS)
def test_bad_data_are_refused(name):
    find = DETECTORS[name]
    with pytest.raises(TooShort, match=f"find_{name}: too short, found 1 month where 2"):
        find(panel_of([1.0]))
    with pytest.raises(NoValues, match=f"find_{name}: no known value, every value is missing"):
        find(panel_of([math.nan] * 3))
    partial = panel_of([math.nan, 5.0], observed_days=[0, 7])
    with pytest.raises(NoValues, match="every month with a value is partial"):
        find(partial)
    with pytest.raises(NotMonthly):
        find(pd.Series([1.0, 2.0], pd.date_range("2025-06-01", periods=2)))


def test_every_detector_has_a_case():
    assert {name for name, _ in (*CASES, LATEST, STREAKS, ALARMS, RAMPUPS)} == set(DETECTORS)


@pytest.mark.parametrize(("name", "options"), [*CASES, LATEST, STREAKS])
def test_takes_series_and_frames_of_floats_and_of_integers(name, options):
    series = pd.Series(KM2, months(6), name="s0")
    expected = arrays_of(DETECTORS[name](panel_of(KM2), **options))
    for data in (series, series.to_frame(), series.astype("int32"), series.astype("int64")):
        for key, array in arrays_of(DETECTORS[name](data, **options)).items():
            np.testing.assert_array_equal(array, expected[key])


@pytest.mark.parametrize("least", [0, -1, 1.5, True, None])
def test_least_is_a_whole_number_of_at_least_1(least):
    with pytest.raises(BadOption, match="least") as caught:
        find_records(panel_of(KM2), least=least)
    assert caught.value.option == "least"


def test_a_record_needs_twelve_earlier_months_and_a_tie_is_none():
    found = find_records(panel_of([*range(1, 14), 13, 14]))
    assert np.flatnonzero(found.flags).tolist() == [12, 14]
    assert np.flatnonzero(found.ties).tolist() == [13]
    assert found.since_steps[0, 12:].tolist() == [0, 1, 0]
    assert not find_records(panel_of(range(1, 13))).flags.any()
    assert find_records(panel_of([*range(1, 14)]), least=np.int64(12)).flags[0, 12]


def test_the_frame_of_records_names_the_month_since():
    frame = find_records(panel_of([5, 3, math.nan, 1, 2, 9, 8])).frame()
    assert frame["since"].dtype == pd.PeriodDtype("M")
    assert frame["since_steps"].tolist() == [0, 1, -1, -1, -1, -1, 1]
    assert [str(month) for month in frame["since"]] == ["NaT", "2022-09"] + ["NaT"] * 4 + [
        "2023-02"
    ]


def test_the_frame_of_streaks_names_where_they_began():
    frame = find_streaks(panel_of(KM2)).frame()
    assert frame["length"].tolist() == [0, 1, 2, 3, 4, 0]
    assert [str(month) for month in frame["from_month"]] == ["NaT"] + ["2022-09"] * 4 + ["NaT"]


@pytest.mark.parametrize(("against", "base"), [("month", "2023-08"), ("year", "2022-09")])
def test_the_frame_of_changes_names_the_base(against, base):
    last = find_changes(panel_of(range(1, 14)), against=against).frame().iloc[-1]
    assert str(last["base_month"]) == base
    assert last["value"] - last["base"] == last["difference"]


def test_a_partial_month_never_competes():
    whole = panel_of([1.0, 2.0, 99.0, 3.0])
    days = whole.observed_days.copy()
    days[2] = 7
    panel = replace(whole, observed_days=days)
    assert find_records(panel, least=1).flags.tolist() == [[False, True, False, True]]
    assert find_streaks(panel).lengths.tolist() == [[0, 1, 0, 0]]
    assert find_ranks(panel).ranks.tolist() == [[1, 1, -1, 1]]
    assert np.isnan(find_changes(panel).differences[0, 2:]).all()
    assert panel.values[0, 2] == 99.0  # still there to be shown


@every_case
def test_partial_months_of_integers_take_no_part(name, options):
    whole = panel_of([*range(1, 14), 99, 3])
    days = whole.observed_days.copy()
    days[13] = 7
    panel = replace(whole, observed_days=days)
    counted = replace(panel, values=panel.values.astype(np.int32))
    assert counted.values.dtype == np.int32
    expected = arrays_of(DETECTORS[name](panel, **options))
    for key, array in arrays_of(DETECTORS[name](counted, **options)).items():
        np.testing.assert_array_equal(array, expected[key], err_msg=key)


def test_months_are_masked_by_the_block(monkeypatch):
    panel = panel_of(*np.random.default_rng(1).integers(0, 9, (7, 30)))
    days = panel.observed_days.copy()
    days[20] = 7
    panel = replace(panel, observed_days=days, anomalies=(span(panel, 9, 9, "method break"),))
    expected = {name: arrays_of(find(panel)) for name, find in DETECTORS.items()}
    monkeypatch.setattr("trends.detect._segments.row_blocks.__defaults__", (60,))
    for name, find in DETECTORS.items():
        for key, array in arrays_of(find(panel)).items():
            np.testing.assert_array_equal(array, expected[name][key], err_msg=key)


def test_nothing_crosses_a_method_break():
    panel = panel_of([1.0, 2, 3, 4, 5, 6])
    panel = replace(panel, anomalies=(span(panel, 3, 3, "method break"),))
    assert find_records(panel, least=1).flags.tolist() == [[False, True, True] * 2]
    assert find_streaks(panel).lengths.tolist() == [[0, 1, 2] * 2]
    assert find_ranks(panel, direction="low").ranks.tolist() == [[1, 2, 3] * 2]
    assert np.isnan(find_changes(panel).differences).tolist() == [[True, False, False] * 2]


def test_a_splice_is_comparable():
    panel = panel_of([1.0, 2, 3, 4])
    panel = replace(panel, anomalies=(span(panel, 2, 2, "splice"),))
    assert find_streaks(panel).lengths.tolist() == [[0, 1, 2, 3]]


def test_excluded_months_are_left_out_of_their_finding_only():
    panel = panel_of([1.0, 9.0, 2.0, 3.0])
    panel = replace(panel, anomalies=(span(panel, 1, 1, "one-off", "records"),))
    assert find_records(panel, least=1).flags.tolist() == [[False, False, True, True]]
    assert find_streaks(panel).lengths.tolist() == [[0, 1, 0, 1]]
    assert find_ranks(panel).ranks.tolist() == [[1, 1, 2, 2]]


def test_june_2025_by_month_and_by_day():
    drones = pd.Series([3974.0, 5438.0], months(2, "2025-05"))
    assert round(find_changes(drones).changes[0, 1], 3) == 0.368
    by_day = find_changes(drones, per="day")
    assert round(by_day.changes[0, 1], 3) == 0.414
    assert by_day.panel.kind == "rate"


def test_a_change_needs_a_positive_base():
    found = find_changes(panel_of([0.0, 5.0, -5.0, 5.0, 10.0]))
    np.testing.assert_array_equal(found.changes, [[math.nan, math.nan, -2.0, math.nan, 1.0]])
    np.testing.assert_array_equal(found.differences, [[math.nan, 5.0, -10.0, 10.0, 5.0]])


@pytest.mark.parametrize("unit", ["%", "percent", "share"])
def test_percentages_change_by_points_only(unit):
    found = find_changes(panel_of([20.0, 30.0], unit=unit))
    assert found.differences[0, 1] == 10.0
    assert np.isnan(found.ratios).all()
    assert np.isnan(found.changes).all()
    assert np.isnan(find_changes(panel_of([20.0, 30.0], unit=unit), per="day").changes).all()


@pytest.mark.parametrize("kind", ["stock", "rate"])
def test_only_a_flow_has_changes_by_day(kind):
    panel = panel_of([1.0, 2.0], kind=kind)
    assert find_changes(panel).changes[0, 1] == 1.0
    with pytest.raises(WrongKind):
        find_changes(panel, per="day")


def test_an_accelerating_advance_is_a_streak_of_its_flow():
    area = panel_of(np.cumsum([1000.0, 240, 379, 507, 588]), kind="stock")
    assert find_streaks(area.flow()).lengths.tolist() == [[0, 1, 2, 3]]


@pytest.mark.parametrize("name", DETECTORS)
def test_a_result_is_frozen_and_shown_briefly(name):
    rows = 20 + np.random.default_rng(3).poisson(30, (2, 48))
    found = DETECTORS[name](panel_of(*rows))
    with pytest.raises(dataclasses.FrozenInstanceError):
        found.panel = None
    assert "array(" not in repr(found)


@pytest.mark.parametrize(("shape", "step"), [((10, 100), 3), ((2, 100), 3), ((10, 1000), 1)])
def test_blocks_hold_about_as_many_values_as_asked(shape, step):
    blocks = list(row_blocks(np.zeros(shape), 300))
    assert blocks == [slice(at, at + step) for at in range(0, shape[0], step)]


def test_the_frame_of_records_says_since_when_before_how_many_steps():
    columns = list(find_records(panel_of(KM2), least=1).frame().columns)
    assert columns[3:7] == ["record", "since", "tie", "since_steps"]
