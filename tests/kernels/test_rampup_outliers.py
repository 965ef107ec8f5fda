"""What is taken off a row before it is judged, seasons and outliers, against numpy."""

from __future__ import annotations

import math

import numpy as np
import pytest
from gls import (
    BIDS,
    direct,
    gappy,
    noise,
    null_criterion,
    onset_prior,
    season,
    standard,
    table,
    whitener,
)
from hypothesis import given, settings
from hypothesis import strategies as st

from trends.kernels import _gates, _measures, _outliers, _scans

STEP, RAMP, STEP_LINE, RAMP_LINE = _scans.STEP, _scans.RAMP, _scans.STEP_LINE, _scans.RAMP_LINE


@pytest.mark.parametrize("harmonics", [0, 1, 2])
@pytest.mark.parametrize("shape", ["flat", "line", "walk"])
def test_the_criterion_without_a_change_equals_direct_gls(harmonics, shape):
    times = gappy(27)
    z = noise(harmonics, 24) + (0.2 * times if shape == "line" else 0.0)
    z = (0.1 * z + np.cos(times / 8)) if shape == "walk" else z  # phi would be above 0.8
    expected = null_criterion(times, z, harmonics, 6)
    assert _outliers.null_criterion(times, z, 24, harmonics, 6) == pytest.approx(expected, abs=1e-8)


@pytest.mark.parametrize("period", [2, 3, 4, 5, 7])
@pytest.mark.parametrize("size", [(0.0, 0.0), (0.9, 0.0), (1.3, 0.0), (1.5, 1.0), (3.0, 3.0)])
def test_a_season_has_as_many_harmonics_as_pay(period, size):
    times = np.arange(28.0)
    z = noise(period, 28) + sum(
        size[h] * np.cos(2 * np.pi * (h + 1) * times / period + 0.5) for h in (0, 1)
    )
    z = standard(z)
    prices = {
        m: null_criterion(times, z, m, period) + 4 * m * math.log(28)
        for m in range(3) if 2 * m < period
    }  # fmt: skip
    chosen = _outliers.choose_harmonics(times, z, 28, period)
    assert chosen == min(prices, key=prices.__getitem__)


@pytest.mark.parametrize(("harmonics", "step"), [(1, 0), (2, 0), (2, 13), (1, 1)])
@pytest.mark.parametrize("phi", [0.0, 0.6])
def test_a_season_is_taken_off_as_fitted_beside_a_line_and_a_step(harmonics, step, phi):
    all_times = np.arange(30.0)
    all_z = noise(2, 30) + 2 * np.sin(all_times) + 0.1 * all_times + 3 * (all_times >= 16)
    used = np.delete(np.arange(30), [3, 8, 9])
    times, z = all_times[used], all_z[used]
    columns = [*season(times, harmonics, 6), np.ones(27), times]
    columns += [(np.arange(27) >= step).astype(float)] if step else []
    root, _ = whitener(times, phi)
    beta = np.linalg.lstsq(root @ np.column_stack(columns), root @ z, rcond=None)[0]
    waves = np.column_stack(season(all_times, harmonics, 6)) @ beta[: 2 * harmonics]
    expected = all_z - waves
    _outliers.remove_season(times, z, 27, harmonics, 6, step, phi, all_times, all_z, 30)
    np.testing.assert_allclose(all_z, expected, atol=1e-9)
    np.testing.assert_allclose(z, expected[used], atol=1e-9)


def odd_by_hand(times, z, starts, kinds):
    off, n = np.empty(len(z)), len(z)
    for start, stop, kind in zip(starts, [n, *starts[:-1]], kinds, strict=True):
        t, y = times[start:stop], z[start:stop]
        off[start:stop] = y - np.polyval(np.polyfit(t, y, kind - 2), t)
    size = abs(off)
    sd = max(1.4826 * np.sort(size)[n // 2], 0.1 * z.std())
    alone = [i for i in range(1, n - 1) if max(size[i - 1], size[i + 1]) < 2.5 * sd]
    odd = [i for i in alone if size[i] > 4.5 * sd]
    return max(odd, key=size.__getitem__, default=0)


@settings(deadline=None, max_examples=150)
@given(
    seed=st.integers(0, 10**6),
    odd=st.lists(st.tuples(st.integers(0, 23), st.integers(-9, 9)), max_size=3),
    quiet=st.booleans(),
)
def test_an_odd_step_is_far_off_its_segment_and_alone(seed, odd, quiet):
    times = gappy(27)
    z = (0.02 if quiet else 1.0) * noise(seed, 24) + 2 * (times > 12)
    for place, more in odd:
        z[place] += more
    starts, kinds = np.array([18, 10, 0]), np.array([2, 3, 2])
    expected = odd_by_hand(times, z, starts, kinds)
    assert _outliers.odd_step(times, z, 24, starts, kinds, 3) == expected


def drop_by_hand(times, z, harmonics, period):
    """Leave out the step that one pulse explains, again and again; which ones."""
    n0, gone = len(z), []
    times, z = times.copy(), z.copy()
    for _ in range(max(1, n0 // 12)):
        n = len(z)
        models = (_scans.FLAT, _scans.LINE, STEP, RAMP, STEP_LINE, RAMP_LINE, _scans.PULSE,
                  _scans.PULSE_LINE)  # fmt: skip
        told = {m: direct(m, times, z, harmonics, period, recent=True) for m in models}
        c = {m: criterion for m, (_, criterion, _, _) in told.items()}
        null = min(c[_scans.FLAT], c[_scans.LINE] + 4)
        flat = c[_scans.PULSE] <= c[_scans.PULSE_LINE] + 4
        pulse = min(c[_scans.PULSE], c[_scans.PULSE_LINE] + 4)
        priced = {
            m: c[m] + BIDS[m] - onset_prior(m, n, told[m][2])
            for m in (STEP, RAMP, STEP_LINE, RAMP_LINE)
        }
        model = min(priced, key=priced.__getitem__)
        change = priced[model]
        excess = _gates.scan_excess(
            c[_scans.FLAT] - change, c[_scans.LINE] - change, told[model][3], n, harmonics
        )
        price = 11 + 2 * math.log(max(n0 / 36, 1))
        if null - pulse < price or (excess > 0 and change < pulse - 1) or n < 8:
            break
        place = told[_scans.PULSE if flat else _scans.PULSE_LINE][2]
        gone.append(int(times[place]))
        times, z = np.delete(times, place), np.delete(z, place)
    return gone


@pytest.mark.parametrize(("n", "added"), [
    (30, {}), (30, {9: 4.0}), (30, {9: 9.0}), (30, {9: 9.0, 20: -8.0}),
    (30, {9: 9.0, 20: -8.0, 25: 9.0}), (23, {9: 9.0, 17: -8.0}), (24, {0: 9.0, 17: -8.0}),
    (30, {29: 9.0}), (30, {28: 5.0, 29: 5.0}), (30, dict.fromkeys(range(18, 30), 5.0)),
    (30, {**{k: 0.3 * k for k in range(30)}, 14: 12.0}), (8, {4: 20.0}), (7, {4: 20.0}),
])  # fmt: skip
def test_steps_are_left_out_where_a_pulse_explains_more_than_a_change(n, added):
    times = gappy(n + 3)
    z = 0.7 * noise(n, n)
    for place, more in added.items():
        z[place] += more
    z = standard(z)
    expected = drop_by_hand(times, z, 0, 1)
    marks, found = np.zeros(n + 3, int), table()
    left = _outliers.drop_outliers(times, z, n, 0, 1, marks, found)
    assert sorted(expected) == np.flatnonzero(marks).tolist()
    assert (set(marks), left) == ({0, 4} if expected else {0}, n - len(expected))
    assert not np.isin(expected, times[:left]).any()
    if left >= 10:  # what is left is scanned last
        told = direct(STEP, times[:left], z[:left], 0, 1, recent=True)
        assert found[STEP, _scans.KEY] == pytest.approx(told[0], abs=1e-7)


@pytest.mark.parametrize(("n", "price"), [(12, 11.0), (36, 11.0), (72, 11 + 2 * math.log(2))])
def test_prices_of_outliers(n, price, monkeypatch):
    """A pulse must beat the null by a price, and not lose to a change by 1, where that passes."""
    found, over = table(), {}

    def left_out(flat, line, pulse, pulse_line, change, passed, steps=n):
        def fill(times, z, n, harmonics, period, recent, found):
            found[[_scans.FLAT, _scans.LINE], _scans.CRITERION] = flat, line
            found[_scans.PULSE, [_scans.CRITERION, _scans.PLACE]] = pulse, 3
            found[_scans.PULSE_LINE, [_scans.CRITERION, _scans.PLACE]] = pulse_line, 5

        def excess(over_flat, over_line, phi, n, harmonics):
            over.update(flat=over_flat, line=over_line, phi=phi)
            return passed

        monkeypatch.setattr(_outliers, "scan", fill)
        monkeypatch.setattr(_outliers, "scan_best", lambda *_: (change, STEP))
        monkeypatch.setattr(_outliers, "scan_excess", excess)
        marks, found[STEP, _scans.PHI] = np.zeros(steps, int), 0.4
        rest = _outliers.drop_outliers(
            np.arange(float(steps)), np.zeros(steps), steps, 0, 1, marks, found
        )
        assert over == {"flat": flat - change, "line": line - change, "phi": 0.4}
        assert steps - rest == (marks == 4).sum()
        return np.flatnonzero(marks).tolist()

    most = max(1, n // 12)
    flat_ones, line_ones = [*range(3, 3 + most)], [*range(5, 5 + most)]
    for more, expected in ((0.01, flat_ones), (-0.01, [])):
        assert left_out(50.0, 99.0, 50 - price - more, 99.0, 0.0, 0.0) == expected
        assert left_out(99.0, 46.0, 50 - price - more, 99.0, 0.0, 0.0) == expected
    for more, expected in ((0.01, line_ones), (-0.01, [])):
        assert left_out(50.0, 99.0, 99.0, 46 - price - more, 0.0, 0.0) == expected
    assert left_out(99.0, 99.0, 4.0, 0.0, 50.0, 9.0) == flat_ones  # a tie is the simpler one's
    # a change that passes keeps the step where it is better by more than 1
    for change, passed, expected in [
        (8.99, 0.01, []), (9.01, 0.01, flat_ones), (8.99, 0.0, flat_ones), (-50.0, -1.0, flat_ones),
    ]:  # fmt: skip
        assert left_out(99.0, 99.0, 10.0, 99.0, change, passed) == expected
    assert left_out(99.0, 99.0, 10.0, 99.0, 50.0, 0.0, steps=8) == [3]
    assert left_out(99.0, 99.0, 10.0, 99.0, 50.0, 0.0, steps=7) == []


@pytest.mark.parametrize(("n", "period", "harmonics"), [
    (35, 12, 0), (36, 12, 1), (17, 6, 0), (18, 6, 1), (11, 3, 0), (12, 3, 1), (12, 4, 1),
])  # fmt: skip
def test_a_season_needs_three_periods_and_twelve_steps(n, period, harmonics):
    t = np.arange(n)
    row = 9 * np.sin(2 * np.pi * t / period + 0.4) + 0.2 * noise(n, n)
    raw, marks = np.empty(_measures.N_RAW), np.zeros(n, int)
    for seasonal in (True, False):
        _measures.measure(t + 0.0, standard(row), n, period, seasonal, table(), raw, marks)
        assert (raw[_measures.SEASON] >= 1) == (harmonics == 1 and seasonal)
