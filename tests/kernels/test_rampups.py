"""Ramp-ups against direct GLS, every cut of short rows, and what no result may depend on."""

from __future__ import annotations

import itertools
import math

import numpy as np
import pytest
from gls import PHIS, columns_of, direct, gls, size, whitener
from hypothesis import given, settings
from hypothesis import strategies as st

from trends.kernels import _partitions, _plateaus, _scales, _scans, rampups
from trends.kernels.rampups import rampup_facts, rampup_marks

pytest.importorskip("numba")
BOTH_WAYS = pytest.mark.parametrize("way", ["interpreted", "compiled"])


def facts(rows, counts=False, period=12, seasonal=False):
    return rampup_facts.compiled(np.asarray(rows, np.float64), counts, period, seasonal)


def marks(rows, counts=False, period=12, seasonal=False):
    return rampup_marks.compiled(np.asarray(rows, np.float64), counts, period, seasonal)


def noise(seed, *shape):
    return np.random.default_rng(seed).standard_normal(shape)


@BOTH_WAYS
@pytest.mark.parametrize("harmonics", [0, 1])
@pytest.mark.parametrize("gaps", [False, True])
def test_the_scan_equals_direct_gls(way, harmonics, gaps):
    times = np.arange(17.0)
    if gaps:
        times = np.delete(times, [3, 8, 9])
    z = noise(harmonics, len(times))
    z[9:] += 2.0
    z = (z - z.mean()) / z.std()
    found = np.empty((_scans.N_MODELS, _scans.N_COLUMNS))
    scan = _scans.scan if way == "interpreted" else _compiled_scan()
    scan(times, z, len(z), harmonics, 5, False, found)
    for model in range(_scans.PLATEAU):
        key, criterion, _, _ = direct(model, times, z, harmonics, 5)
        assert found[model, _scans.KEY] == pytest.approx(key, abs=1e-8)
        assert found[model, _scans.CRITERION] == pytest.approx(criterion, abs=1e-8)


def _compiled_scan():
    from trends.kernels import _rowwise

    return _rowwise._compiled(_scans.scan)


@pytest.mark.parametrize("harmonics", [0, 1])
@pytest.mark.parametrize("gaps", [False, True])
def test_a_slope_that_ends_equals_direct_gls(harmonics, gaps):
    times = np.arange(19.0)
    if gaps:
        times = np.delete(times, [3, 8, 9])
    z = noise(harmonics, len(times)) + np.clip(times - 8, 0, 5)
    z = (z - z.mean()) / z.std()
    found = np.empty((_scans.N_MODELS, _scans.N_COLUMNS))
    _scans.scan(times, z, len(z), harmonics, 5, False, found)
    _plateaus.scan_plateaus(times, z, len(z), harmonics, 5, False, found)
    for model in (_scans.PLATEAU, _scans.PLATEAU_LINE):
        key, criterion, first, end = direct_plateau(model, times, z, harmonics)
        assert found[model, _scans.KEY] == pytest.approx(key, abs=1e-8)
        assert found[model, _scans.CRITERION] == pytest.approx(criterion, abs=1e-8)
        assert found[model, [_scans.PLACE, _scans.END]].tolist() == [first, end]


def direct_plateau(model, times, z, harmonics):
    """The best key of all beginnings and phi, each with the end that leaves least."""
    n, best = len(z), (math.inf,)
    alike = _scans.STEP if model == _scans.PLATEAU else _scans.STEP_LINE
    null, _ = columns_of(alike, times, 2, harmonics, 5)
    used = len(null) + 1
    for phi in PHIS:
        root, logdet = whitener(times, phi)
        floor = 0.01 * n * z.var() * (1 - phi * phi)
        for first in range(1, n - 4):
            least = (math.inf,)
            for end in range(first + 2, n - 2):
                column = np.clip(times - times[first] + 1, 0, times[end] - times[first])
                rss, logs = gls(z, [*null, column], root)
                least = min(least, (rss + floor, logs - size(column, root), end))
            key = (n - used) * np.log(least[0] / (n - used)) + logdet + least[1]
            best = min(best, (key, n * np.log(least[0] / n) + logdet, first, least[2]))
    return best


def every_cut(n):
    """All segments of at least two steps, constant or linear (of three at least)."""
    if n == 0:
        yield ()
    for first in range(2, n + 1):
        for kind in (2, 3):
            if first >= kind:
                for rest in every_cut(n - first):
                    yield ((first, kind), *rest)


@pytest.mark.parametrize("phi", [0.0, 0.45])
@pytest.mark.parametrize("n", [5, 8, 10])
def test_the_cut_equals_the_best_of_all(n, phi):
    times, z = np.arange(float(n)), noise(n, n)
    cost = {}
    for start, stop in itertools.combinations(range(n + 1), 2):
        for kind in (2, 3):
            if stop - start >= kind:
                t = times[start:stop]
                columns = [np.ones(len(t)), t - t.mean()][: kind - 1]
                cost[start, stop, kind] = gls(z[start:stop], columns, whitener(t, phi)[0])[0]
    least = {}
    for cut in every_cut(n):
        stops = np.cumsum([0, *(length for length, _ in cut)])
        total = sum(
            cost[a, b, kind]
            for (a, b), (_, kind) in zip(itertools.pairwise(stops), cut, strict=True)
        )
        units = sum(kind for _, kind in cut)
        least[units] = min(least.get(units, math.inf), total)
    white, best = np.empty((n, 5)), np.empty((n + 1, 13))
    _partitions.whiten_row(times, z, n, phi, white)
    _partitions.fill_costs(white, n, 1 - phi * phi, 12, 1, best)
    for units, total in least.items():
        if units <= 12:
            assert best[n, units] == pytest.approx(total, abs=1e-9)
            starts, kinds = np.empty(24, int), np.empty(24, int)
            k = _partitions.trace_cuts(white, n, 1 - phi * phi, units, 1, best, starts, kinds)
            stops = [n, *starts[: k - 1]]
            told = sum(cost[starts[i], stops[i], kinds[i]] for i in range(k))
            assert told == pytest.approx(total, abs=1e-9)
            assert kinds[:k].sum() == units


values = st.floats(-1e3, 1e3).map(lambda x: round(x, 2)) | st.just(math.nan) | st.just(0.0)


@settings(deadline=None, max_examples=25)
@given(row=st.lists(values, max_size=45), counts=st.booleans(), seasonal=st.booleans())
def test_is_the_same_compiled_and_for_any_row(row, counts, seasonal):
    row = np.array(row, np.float64)
    told = rampup_facts.interpreted(row, counts, 12, seasonal)
    np.testing.assert_array_equal(told, rampup_facts.compiled(row, counts, 12, seasonal))
    assert 0 < told[rampups.P_CHANGE] <= 1
    assert 0 < told[rampups.P_RECENT] <= 1
    if len(row):
        marked = rampup_marks.interpreted(row, counts, 12, seasonal)
        np.testing.assert_array_equal(marked, rampup_marks.compiled(row, counts, 12, seasonal))
        assert set(marked) <= {0, 1, 2, 3, 4}
        assert not marked[np.isnan(row)].any()
        assert (marked == 4).sum() == told[rampups.N_OUTLIERS]
        if not told[rampups.CHANGED]:
            assert set(marked) <= {0, 4}


def test_is_the_same_interpreted_where_something_is_found():
    rows = noise(1, 4, 60)
    rows[0, 30:] += 4
    rows[1, 40:] += np.arange(20) / 3
    rows[2, 15:35] += 5
    rows[2, 50] += 12
    rows[3] += 3 * np.sin(np.arange(60) * np.pi / 6)
    rows[3, 25:] += 4
    rows[0, [3, 31, 44]] = np.nan
    for seasonal in (False, True):
        for kernel in (rampup_facts, rampup_marks):
            told = kernel.interpreted(rows, False, 12, seasonal)
            np.testing.assert_array_equal(told, kernel.compiled(rows, False, 12, seasonal))
    assert facts(rows, seasonal=True)[:, rampups.CHANGED].all()


@pytest.mark.parametrize(
    "row",
    [
        [],
        [5.0],
        [1, 2, 3, 4, 5, 6, 7],
        np.zeros(60),
        np.full(60, 7.0),
        np.full(60, 0.1) + 1e-13 * noise(0, 60),
        np.full(60, np.nan),
        [np.nan, 3.0] * 3,
        np.full(60, 1e300),
        np.full(60, -1e-300),
    ],
)
def test_finds_nothing_where_nothing_is(row):
    for counts in (False, True):
        told = facts(row, counts)
        assert told[rampups.P_CHANGE] == told[rampups.P_RECENT] == 1
        assert not told[[rampups.CHANGED, rampups.N_OUTLIERS, rampups.BEST_TYPE]].any()
        assert told[rampups.BEST_ONSET] == -1
        if len(row):
            assert not marks(row, counts).any()


def test_one_odd_month_among_zeros_is_an_outlier():
    row = np.zeros(48)
    row[20] = 9
    told = facts(row, True)
    assert told[rampups.CHANGED] == 0
    assert np.flatnonzero(marks(row, True)).tolist() == [20]
    row = np.zeros(48)
    row[-1] = 9
    assert facts(row, True)[rampups.UNDECIDED] == 1


@pytest.mark.parametrize("factor", [3.0, -0.01, 1e6])
def test_does_not_depend_on_the_unit(factor):
    rows = noise(3, 60, 48)
    rows[:30, 30:] += 2.5
    numbers = [rampups.SCAN, rampups.PARTITION, rampups.PHI, rampups.BEST_ONSET]
    if factor > 0:  # of a recent level only the rise counts
        numbers += [rampups.P_CHANGE, rampups.P_RECENT, rampups.CHANGED]
    scaled, told = facts(5 * factor + factor * rows), facts(rows)
    np.testing.assert_allclose(scaled[:, numbers], told[:, numbers], rtol=1e-6, atol=1e-9)
    if factor > 0:
        np.testing.assert_array_equal(marks(5 * factor + factor * rows), marks(rows))


def test_later_values_do_not_matter_to_a_shorter_row():
    row = noise(4, 60)
    row[40:] += 3
    longer = row.copy()
    longer[50:] = 99
    np.testing.assert_array_equal(facts(row[:50]), facts(longer[:50]))


def test_a_gap_is_left_out_and_its_place_kept():
    row = noise(5, 60)
    row[30:] += 6
    holes = row.copy()
    holes[[4, 11, 12, 45]] = np.nan
    assert np.flatnonzero(marks(holes)).tolist() == [30]
    assert facts(holes)[rampups.BEST_ONSET] == 30
    assert facts(holes)[rampups.N_KNOWN] == 56


@pytest.mark.parametrize(
    "row", [np.arange(30.0), 3.0 * np.arange(50.0) + 2, 2.0 ** np.arange(20), np.arange(60.0) ** 2]
)
def test_counts_on_a_line_of_some_scale_do_not_change(row):
    assert facts(row, True)[rampups.P_CHANGE] > 0.5
    assert facts(row[::-1], True)[rampups.P_CHANGE] > 0.5
    assert not marks(row, True).any()


def test_the_scales_have_shares_by_how_well_their_lines_fit():
    t, shares, nulls = np.arange(60.0), np.empty(3), np.empty(3)
    rng = np.random.default_rng(9)
    for row, scale in [
        (rng.poisson(np.full(60, 9.0)) + 0.0, _scales.ROOT),
        (rng.poisson(np.exp(0.1 * t) * rng.gamma(9, 1 / 9, 60)) + 0.0, _scales.LOG),
        (2 * t, _scales.IDENTITY),
    ]:
        assert _scales.weigh(t, row, 60, True, shares, nulls) == _scales.ROOT
        assert shares.sum() == pytest.approx(1.0)
        assert shares.argmax() == scale
    for row, counts, usual in [(t - 5, False, 0), (t + 100, False, 0), (1e6 + t, True, 1)]:
        assert _scales.weigh(t, row, 60, counts, shares, nulls) == usual
        assert shares[usual] == 1.0


def test_marks_say_where_a_rise_begins_and_where_it_ends():
    t = np.arange(60)
    row = 0.5 * noise(10, 60) + np.clip(t - 24, 0, 15) / 3
    begin, end = np.flatnonzero(marks(row))
    assert marks(row)[[begin, end]].tolist() == [2, 2]
    assert abs(begin - 25) <= 3
    assert abs(end - 40) <= 3
    told = facts(row)
    assert told[[rampups.BEST_ONSET, rampups.BEST_END]].tolist() == [begin, end]
    assert told[rampups.BEST_TYPE] == 2
    assert facts(0.5 * noise(10, 60) + 3.0 * (t >= 30))[rampups.BEST_END] == -1


def test_marks_say_what_begins():
    t = np.arange(90.0)
    quiet = 0.3 * noise(6, 90)
    step = quiet + 4 * (t >= 50)
    ramp = quiet + 0.3 * np.maximum(t - 49, 0)
    broken = quiet + np.where(t < 45, 0.2 * t, 4 - 0.3 * (t - 45))
    two = quiet + 3 * (t >= 30) - 4 * (t >= 60)
    assert [(int(i), int(marks(step)[i])) for i in np.flatnonzero(marks(step))] == [(50, 1)]
    (at,) = np.flatnonzero(marks(ramp))
    assert (marks(ramp)[at], abs(at - 50) <= 4) == (2, True)
    assert [(int(i), int(marks(broken)[i])) for i in np.flatnonzero(marks(broken))] == [(45, 3)]
    assert [(int(i), int(marks(two)[i])) for i in np.flatnonzero(marks(two))] == [(30, 1), (60, 1)]


def test_a_season_is_no_change():
    season = 4 * np.sin(np.arange(72) * np.pi / 6)
    rows = noise(7, 300, 72) + season
    told = facts(rows, seasonal=True)
    assert (told[:, rampups.HARMONICS] >= 1).mean() > 0.95
    assert told[:, rampups.CHANGED].mean() < 0.10
    rows[:, 40:] += 3
    assert facts(rows, seasonal=True)[:, rampups.CHANGED].mean() > 0.95


def test_a_long_row_is_cut_on_a_grid_and_its_changes_found_all_the_same():
    row = noise(8, 4500)
    row[1999:] += 2
    row[3333:] -= 3
    found = np.flatnonzero(np.isin(marks(row), [1, 2, 3]))
    assert len(found) == 2
    assert np.abs(found - [1999, 3333]).max() <= 3


@pytest.mark.parametrize("last", [3, 6, 12])
def test_a_recent_fall_is_no_recent_rise(last):
    rows = [0.5 * noise(1, 48) + way * 3.0 * (np.arange(48) >= 48 - last) for way in (1, -1)]
    risen, fallen = (rampup_facts.interpreted(row, False, 12, False) for row in rows)
    assert (risen[rampups.P_RECENT] < 0.001, risen[rampups.RECENT] > 5) == (True, True)
    assert risen[rampups.RECENT_WINDOW] == last
    assert (fallen[rampups.P_RECENT], fallen[rampups.RECENT] < -2) == (1.0, True)
