"""In which order a row is measured: season, outliers, season again, change, recent level."""

from __future__ import annotations

import numpy as np
import pytest
from gls import noise, table

from trends.kernels import _measures, _recent, _scans

STEP, RAMP, STEP_LINE, PLATEAU = _scans.STEP, _scans.RAMP, _scans.STEP_LINE, _scans.PLATEAU


class Measured:
    """One row measured, with parts that note how they were called and give what they are told."""

    def __init__(self, monkeypatch, *, harmonics, lost, model=STEP, excess=1.0, period=12):
        self.calls, self.raw, n = [], np.full(_measures.N_RAW, -7.0), 40
        harmonics, lost = [*harmonics], [*lost]

        def choose(times, z, n, period):
            self.calls.append(("choose", n, period))
            return harmonics.pop(0)

        def drop(times, z, n, m, period, marks, found):
            self.calls.append(("drop", n, m))
            return n - lost.pop(0)

        def plateaus(times, z, n, m, period, recent, found):
            self.calls.append(("plateaus", n, m, recent))

        def excess_of(over_flat, over_line, phi, n, m):
            self.calls.append(("excess", over_flat, over_line, phi, n, m))
            return excess

        def remove(times, z, n, m, period, step, phi, all_times, all_z, known):
            self.calls.append(("remove", n, m, step, phi, known))

        for name, part in {
            "choose_harmonics": choose, "drop_outliers": drop, "scan_plateaus": plateaus,
            "scan_best": lambda found, n: (3.0, model), "scan_excess": excess_of,
            "remove_season": remove, "partition_gain": lambda times, z, n: (2.5, n / 100),
        }.items():  # fmt: skip
            monkeypatch.setattr(_measures, name, part)
        found = table()
        found[[_scans.FLAT, _scans.LINE], _scans.CRITERION] = 20.0, 15.0
        found[model, [_scans.PLACE, _scans.PHI]] = 11, 0.3
        self.times, self.z = np.arange(40.0), noise(1, 40)
        self.left = _measures.measure(
            self.times, self.z, n, period, True, found, self.raw, np.zeros(n, int)
        )
        assert (harmonics, lost) == ([], [])
        raw = self.raw
        names = (_measures.OVER_FLAT, _measures.OVER_LINE, _measures.SCAN_PHI, _measures.GAIN)
        assert raw[[*names]].tolist() == [17.0, 12.0, 0.3, 2.5]
        assert raw[_measures.GAIN_PHI] == self.left / 100


def test_without_outliers_the_season_is_chosen_once(monkeypatch):
    one = Measured(monkeypatch, harmonics=[1], lost=[0])
    assert one.calls == [
        ("choose", 40, 12), ("drop", 40, 1), ("plateaus", 40, 1, True),
        ("excess", 17.0, 12.0, 0.3, 40, 1), ("remove", 40, 1, 11, 0.3, 40),
    ]  # fmt: skip
    assert (one.left, one.raw[_measures.SEASON]) == (40, 1)


@pytest.mark.parametrize(("again", "lost", "m", "left"), [
    (1, [2], 1, 38), (2, [2, 1], 2, 37), (0, [2, 0], 0, 38),
])  # fmt: skip
def test_without_its_outliers_a_row_may_have_another_season(monkeypatch, again, lost, m, left):
    one = Measured(monkeypatch, harmonics=[1, again], lost=lost)
    expected = [("choose", 40, 12), ("drop", 40, 1), ("choose", 38, 12)]
    expected += [("drop", 38, m)] if m != 1 else []
    expected += [("plateaus", left, m, True)]
    expected += (
        [("excess", 17.0, 12.0, 0.3, left, m), ("remove", left, m, 11, 0.3, 40)] if m else []
    )
    assert one.calls == expected
    assert (one.left, one.raw[_measures.SEASON]) == (left, m)


@pytest.mark.parametrize(("model", "excess", "step"), [
    (STEP, 0.1, 11), (STEP, 0.0, 0), (STEP, -1.0, 0), (STEP_LINE, 0.1, 11), (RAMP, 0.1, 0),
    (PLATEAU, 0.1, 0),
])  # fmt: skip
def test_a_season_is_fitted_beside_a_step_that_passes(monkeypatch, model, excess, step):
    one = Measured(monkeypatch, harmonics=[2], lost=[0], model=model, excess=excess)
    assert one.calls[-1] == ("remove", 40, 2, step, 0.3, 40)


def test_outliers_count_towards_a_recent_level_but_not_against_a_line(monkeypatch):
    whole, less = (Measured(monkeypatch, harmonics=[], lost=[k], period=1) for k in (0, 4))
    rises, phis, lines, lines_less = (np.empty(3) for _ in range(4))
    _recent.fill_recent(whole.times, whole.z, 40, 39.0, rises, phis, lines)
    _recent.fill_recent(less.times, less.z, 36, 39.0, np.empty(3), np.empty(3), lines_less)
    for one, against in ((whole, lines), (less, lines_less)):
        raw = one.raw
        np.testing.assert_array_equal(raw[_measures.RISE_3 : _measures.PHI_3], rises)
        np.testing.assert_array_equal(raw[_measures.PHI_3 : _measures.LINE_3], phis)
        np.testing.assert_array_equal(raw[_measures.LINE_3 :], against)
        assert raw[_measures.SEASON] == 0
