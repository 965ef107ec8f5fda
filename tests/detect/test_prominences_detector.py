"""Prominent streaks against every interval of short series."""

from __future__ import annotations

import math
from itertools import pairwise

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

import trends
from trends.detect.prominences import find_prominent_streaks
from trends.errors import BadOption, NoValues, TooShort, UnknownOption
from trends.panel import Anomaly, Panel

few = st.sampled_from([0.0, 1.0, 2.0, 3.0, 4.0, 5.0, math.nan])
tables = hnp.arrays(np.float64, st.tuples(st.integers(1, 3), st.integers(2, 12)), elements=few)
long_rows = hnp.arrays(
    np.float64,
    st.tuples(st.just(1), st.integers(2, 60)),
    elements=st.integers(0, 30).map(float) | st.just(math.nan),
)


def panel_of(values: np.ndarray, **about: object) -> Panel:
    months = pd.period_range("1950-01", periods=values.shape[1], freq="M")
    return Panel(values, months, [f"s{i}" for i in range(len(values))], **about)


def all_intervals(values: np.ndarray) -> list[tuple[int, int, int, float]]:
    found = []
    for i, row in enumerate(values.tolist()):
        for a in range(len(row)):
            level = math.inf
            for b in range(a, len(row)):
                if math.isnan(row[b]):
                    break
                level = min(level, row[b])
                found.append((i, a, b, level))
    return found


def dominates(one: tuple[int, int, int, float], other: tuple[int, int, int, float]) -> bool:
    longer = (one[2] - one[1]) - (other[2] - other[1])
    higher = one[3] - other[3]
    return longer >= 0 and higher >= 0 and (longer > 0 or higher > 0)


def skyline(streaks: list[tuple[int, int, int, float]]) -> set[tuple[int, int, int, float]]:
    return {s for s in streaks if not any(dominates(other, s) for other in streaks)}


def listed(found: object) -> set[tuple[int, int, int, float]]:
    parts = (found.series, found.first, found.last, found.levels)
    return {tuple(each) for each in zip(*(part.tolist() for part in parts), strict=True)}


@given(tables)
@settings(max_examples=150, deadline=None)
def test_the_undominated_of_all_intervals_are_found(values: np.ndarray) -> None:
    if np.isnan(values).all():
        return
    found = find_prominent_streaks(panel_of(values))
    every = all_intervals(values)
    expected = set().union(
        *(skyline([each for each in every if each[0] == i]) for i in range(len(values)))
    )
    assert listed(found) == expected
    assert len(found.first) == len(expected)
    assert (found.dominators == 0).all()
    overall = {each for each, flag in zip(_rows(found), found.overall, strict=True) if flag}
    assert overall == skyline(every)


def _rows(found: object) -> list[tuple[int, int, int, float]]:
    parts = (found.series, found.first, found.last, found.levels)
    return list(zip(*(part.tolist() for part in parts), strict=True))


@given(long_rows)
@settings(max_examples=25, deadline=None)
def test_sixty_months_too(values: np.ndarray) -> None:
    if np.isnan(values).all():
        return
    every = all_intervals(values)
    # one pass: the best level of each length, and of all greater lengths
    best: dict[int, float] = {}
    for _, a, b, level in every:
        best[b - a] = max(best.get(b - a, -math.inf), level)
    expected = {
        each
        for each in every
        if each[3] == best[each[2] - each[1]]
        and all(level < each[3] for gap, level in best.items() if gap > each[2] - each[1])
    }
    assert listed(find_prominent_streaks(panel_of(values))) == expected


@given(tables, st.integers(1, 4), st.integers(1, 4))
@settings(max_examples=150, deadline=None)
def test_top_counts_the_maximal_streaks_that_dominate(
    values: np.ndarray, top: int, least: int
) -> None:
    if np.isnan(values).all():
        return
    n = values.shape[1]
    maximal = [
        (i, a, b, v)
        for i, a, b, v in all_intervals(values)
        if (a == 0 or not values[i, a - 1] >= v) and (b == n - 1 or not values[i, b + 1] >= v)
    ]
    assert len(maximal) <= values.size
    found = find_prominent_streaks(panel_of(values), top=top, least_length=least)
    expected, overall = {}, {}
    for each in maximal:
        count = sum(dominates(other, each) for other in maximal if other[0] == each[0])
        if count < top and each[2] - each[1] + 1 >= least:
            expected[each] = count
            overall[each] = sum(dominates(other, each) for other in maximal) < top
    rows = _rows(found)
    assert dict(zip(rows, found.dominators.tolist(), strict=True)) == expected
    assert dict(zip(rows, found.overall.tolist(), strict=True)) == overall


@given(tables, st.sampled_from([0.5, 3.0, 1000.0]), st.sampled_from([-7.0, 0.0, 40.0]))
@settings(deadline=None)
def test_scale_and_mirror(values: np.ndarray, factor: float, shift: float) -> None:
    if np.isnan(values).all():
        return
    found = find_prominent_streaks(panel_of(values))
    scaled = find_prominent_streaks(panel_of(factor * values + shift))
    for name in ("series", "first", "last", "overall"):
        np.testing.assert_array_equal(getattr(found, name), getattr(scaled, name))
    low = find_prominent_streaks(panel_of(-values), direction="low")
    for name in ("series", "first", "last", "overall"):
        np.testing.assert_array_equal(getattr(found, name), getattr(low, name))
    np.testing.assert_array_equal(found.levels, -low.levels)


def test_nothing_later_is_looked_at() -> None:
    rng = np.random.default_rng(3)
    panel = panel_of(rng.integers(0, 9, (3, 40)).astype(float))
    for t in (2, 11, 39):
        cut = find_prominent_streaks(panel.until(panel.months[t])).frame()
        alone = find_prominent_streaks(panel_of(panel.values[:, : t + 1].copy())).frame()
        pd.testing.assert_frame_equal(cut, alone)


def test_the_frame_holds_the_range_of_each_streak() -> None:
    rng = np.random.default_rng(8)
    values = rng.integers(0, 50, (4, 37)).astype(float)
    values[rng.random(values.shape) < 0.1] = np.nan
    panel = panel_of(values)
    for direction in ("high", "low"):
        found = find_prominent_streaks(panel, direction=direction, top=3)
        frame = found.frame()
        for (i, a, b, level), row in zip(_rows(found), frame.itertuples(), strict=True):
            assert row.minimum == values[i, a : b + 1].min()
            assert row.maximum == values[i, a : b + 1].max()
            assert level == (row.minimum if direction == "high" else row.maximum)
            assert row.length == b - a + 1
            assert row.ended == (b < 36 and not np.isnan(values[i, b + 1]))
        for _, group in frame.groupby("series"):
            assert all(x >= y for x, y in pairwise(group["length"]))


def test_gaps_breaks_partial_and_excluded_months_end_a_streak() -> None:
    values = np.full((1, 24), 5.0)
    months = pd.period_range("1950-01", periods=24, freq="M")
    broken = Anomaly(months[6], months[6], "method break", "New rule.")
    odd = Anomaly(months[10], months[10], "outage", "Off.", excluded_from=("streaks",))
    days = months.days_in_month.to_numpy().copy()
    days[23] = 3
    found = find_prominent_streaks(
        panel_of(values, anomalies=(broken, odd), observed_days=days)
    ).frame()
    assert found["length"].tolist() == [12]  # months 11 ... 22
    assert found["first_month"].tolist() == [months[11]]
    assert not found["ended"].any()  # the next month is partial


def test_bundled_drones() -> None:
    drones = trends.load("drones-launched")
    frame = find_prominent_streaks(drones).frame()
    nine = frame[frame["length"] == 9].iloc[0]
    assert str(nine["first_month"]) == "2025-09"
    assert nine["minimum"] == 4482.0
    # all that is prominent in a series that grows goes on, but for one
    assert (~frame["ended"]).sum() == len(frame) - 1


def test_whole_numbers_are_kept() -> None:
    panel = panel_of(np.array([[3, 1, 4, 1, 5, 9]], dtype=np.int32))
    for direction in ("high", "low"):
        assert find_prominent_streaks(panel, direction=direction).levels.dtype.kind == "i"


def test_bad_options_are_refused() -> None:
    panel = panel_of(np.ones((1, 5)))
    with pytest.raises(UnknownOption):
        find_prominent_streaks(panel, direction="up")
    for wrong in ({"top": 0}, {"top": True}, {"least_length": 1.5}):
        with pytest.raises(BadOption):
            find_prominent_streaks(panel, **wrong)
    with pytest.raises(TooShort):
        find_prominent_streaks(panel_of(np.ones((1, 1))))
    with pytest.raises(NoValues):
        find_prominent_streaks(panel_of(np.full((1, 5), np.nan)))
    assert len(find_prominent_streaks(panel_of(np.zeros((1, 5)))).first) == 1


def test_a_million_points() -> None:
    walk = np.random.default_rng(0).standard_normal(1_000_000).cumsum()
    months = pd.period_range("0001-01", periods=1_000_000, freq="M")
    found = find_prominent_streaks(Panel(walk[None], months, ["walk"]))
    assert list(found.levels) == sorted(found.levels)  # the longer, the lower
    for first, last, level in zip(found.first, found.last, found.levels, strict=True):
        assert walk[first : last + 1].min() == level
        around = [walk[at] for at in (first - 1, last + 1) if 0 <= at < len(walk)]
        assert all(value < level for value in around)
    assert found.first[0] == 0
    assert found.last[0] == 999_999
    assert found.levels[-1] == walk.max()
