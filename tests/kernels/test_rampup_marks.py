"""Which change is said to be the best, and what is marked: hand-made tables and cuts."""

from __future__ import annotations

import math

import numpy as np
import pytest
from gls import BIDS, direct, noise, onset_prior, standard, table
from hypothesis import given
from hypothesis import strategies as st

from trends.kernels import _gates, _marks, _plateaus, _scans, rampups

STEP, RAMP, STEP_LINE, RAMP_LINE = _scans.STEP, _scans.RAMP, _scans.STEP_LINE, _scans.RAMP_LINE
PLATEAU, PLATEAU_LINE, BOTH = _scans.PLATEAU, _scans.PLATEAU_LINE, _scans.BOTH

criteria = st.lists(st.integers(-6, 6).map(float), min_size=11, max_size=11)


@given(numbers=criteria, n=st.sampled_from([20, 24, 25, 40]), place=st.integers(0, 19))
def test_the_best_change_is_the_one_of_the_lowest_priced_criterion(numbers, n, place):
    found = table()
    found[:, _scans.CRITERION] = numbers
    found[[STEP, PLATEAU_LINE], _scans.PLACE] = place
    priced = {
        model: found[model, _scans.CRITERION] + bid
        - onset_prior(model, n, found[model, _scans.PLACE])
        for model, bid in BIDS.items()
    }  # fmt: skip
    best, model = _gates.scan_best(found, n)
    assert best == pytest.approx(min(priced.values()))
    assert priced[model] == pytest.approx(best)


@given(numbers=criteria)
def test_the_type_is_the_one_of_the_lowest_price_and_the_simpler_of_two(numbers):
    """A ramp is favoured by 2; an ended slope must beat a step by 8, and a ramp by 5, or more."""
    found = table()
    found[:, _scans.CRITERION] = numbers
    c = dict(enumerate(numbers))
    step, ramp = min(c[STEP], c[STEP_LINE] + 4), min(c[RAMP], c[RAMP_LINE] + 4)
    ended = min(c[PLATEAU], c[PLATEAU_LINE] + 2)
    if ended + 5 < ramp and ended + 8 < step:
        expected = PLATEAU if c[PLATEAU] == ended else PLATEAU_LINE
    elif ramp - 2 <= step:
        expected = RAMP if c[RAMP] == ramp else RAMP_LINE
    else:
        expected = STEP if c[STEP] == step else STEP_LINE
    assert _marks.typed(found) == expected


@pytest.mark.parametrize(("flat", "phi"), [(-5.0, 0.3), (0.0, 0.3), (0.1, 0.7)])
def test_phi_without_a_change_is_that_of_a_line_where_it_fits_clearly_better(flat, phi):
    found = table()
    found[[_scans.FLAT, _scans.LINE], _scans.CRITERION] = flat, -10.0
    found[[_scans.FLAT, _scans.LINE], _scans.PHI] = 0.3, 0.7
    assert rampups.null_phi(found) == phi


def best_table(model, place, end=0, both=0.0):
    found = table()
    found[:, _scans.CRITERION] = 50.0
    found[model, _scans.CRITERION] = 0.0
    found[model, [_scans.PLACE, _scans.END, _scans.PHI]] = place, end, 0.25
    found[BOTH, [_scans.CRITERION, _scans.PLACE]] = both, place + 1
    return found


def marked(found, n, first=0, stop=0, cut=0):
    times, marks = 2.0 * np.arange(40), np.zeros(80, int)
    _marks.mark_best(times, found, n, first, stop or n, cut, marks)
    return {int(at) // 2: int(marks[at]) for at in np.flatnonzero(marks)}


def test_the_best_change_is_marked_by_its_kind():
    for model, kind in ((STEP, 1), (STEP_LINE, 1), (RAMP, 2), (RAMP_LINE, 2)):
        assert marked(best_table(model, 7), 20) == {7: kind}
    for model in (PLATEAU, PLATEAU_LINE):
        assert marked(best_table(model, 7, 12), 20) == {7: 2, 12: 2}
    # A step and a ramp at once cost 4 more, and 1.5 logs of the steps; a line has paid the 4.
    price = 4 + 1.5 * math.log(20)
    for model, paid in ((STEP, 0), (RAMP, 0), (STEP_LINE, 4), (RAMP_LINE, 4)):
        for more, place in ((-0.01, 8), (0.01, 7)):
            kinds = marked(best_table(model, 7, both=paid - price + more), 20)
            kind = 3 if place == 8 else 1 if model in (STEP, STEP_LINE) else 2
            assert kinds == {place: kind}
    found = best_table(STEP, 7)
    facts = np.zeros(rampups.N_FACTS)
    rampups.tell_best(2.0 * np.arange(40), found, facts)
    told = facts[[rampups.BEST_TYPE, rampups.BEST_ONSET, rampups.PHI]]
    assert told.tolist() == [1, 14, 0.25]
    for model, kind in ((PLATEAU, 2), (PLATEAU_LINE, 4)):
        rampups.tell_best(2.0 * np.arange(40), best_table(model, 7, 12), facts)
        assert facts[[rampups.BEST_TYPE, rampups.BEST_ONSET, rampups.BEST_END]].tolist() == [
            kind, 14, 24,
        ]  # fmt: skip


def test_a_change_is_placed_near_its_cut_or_at_it():
    """At most half as far from the cut as the nearer end of the stretch, here steps 10 to 30."""
    for cut, place, at in [
        (20, 15, 15), (20, 14, 20), (20, 25, 25), (20, 26, 20),
        (14, 12, 12), (14, 11, 14), (14, 16, 16), (14, 17, 14),
        (26, 28, 28), (26, 29, 26), (26, 24, 24), (26, 23, 26),
    ]:  # fmt: skip
        assert marked(best_table(STEP, place - 10), 20, 10, 30, cut) == {at: 1}


def mark(z, starts, kinds, cost, odd=(), found=None, monkeypatch=None):
    """Marks of a row whose best cut is given, and whose odd steps are: places, in turn."""
    n, odd, prices, sizes = len(z), [*odd, 0, 0, 0], [], []

    def cut(times, z, n, price, to_starts, to_kinds):
        prices.append(price)
        sizes.append(n)
        to_starts[: len(starts)], to_kinds[: len(kinds)] = starts, kinds
        return len(starts), cost

    monkeypatch.setattr(_marks, "best_cuts", cut)
    monkeypatch.setattr(_marks, "odd_step", lambda *_: odd.pop(0))
    times, z, marks = np.arange(float(n)), z.copy(), np.zeros(n, int)
    found = best_table(STEP, 7) if found is None else found
    left = _marks.mark_changes(times, z, n, found, marks)
    assert len(set(prices)) == 1
    told = {int(at): int(marks[at]) for at in np.flatnonzero(marks)}
    return told, left, prices[0], sizes, (times[:left], z[:left], found)


@pytest.mark.parametrize(("n", "price"), [
    (10, 1.5), (200, 1.5), (447, 1.75), (1000, 2.0), (9000, 2.0),
])  # fmt: skip
def test_a_cut_of_a_long_row_costs_more(n, price, monkeypatch):
    told = mark(np.zeros(n), [0], [2], 0.0, monkeypatch=monkeypatch)
    assert told[2] == pytest.approx(price, abs=2e-4)


def test_one_cut_or_none_is_the_best_single_change(monkeypatch):
    for starts in ([0], [30, 0]):
        told = mark(np.zeros(40), starts, [2, 2], 0.0, monkeypatch=monkeypatch)
        assert told[:2] == ({7: 1}, 40)


@pytest.mark.parametrize("model", [PLATEAU, PLATEAU_LINE, STEP])
def test_a_slope_that_ends_is_not_cut_where_it_fits_as_well(model, monkeypatch):
    cost = 1.5 * math.log(40) * (6 if model == PLATEAU_LINE else 5)  # its criterion is 0
    z = 0.1 * noise(1, 40) + 3.0 * (np.arange(40) >= 15) - 2.0 * (np.arange(40) >= 27)
    for more in (-1e-6, 1e-6):
        found = best_table(model, 7, 19)
        told = mark(z, [27, 15, 0], [2, 2, 2], cost + more, found=found, monkeypatch=monkeypatch)
        whole = model != STEP and more > 0
        assert told[0] == ({7: 2, 19: 2} if whole else {15: 1, 27: 1})


def test_changes_in_short_stretches_are_named_by_what_they_part(monkeypatch):
    """Fewer than eight steps from the cut before to the cut after are not scanned again."""
    for kinds, marks in [
        ([2, 2, 2, 2], [1, 1, 1]), ([2, 2, 3, 2], [3, 3, 1]), ([3, 2, 2, 2], [1, 1, 3]),
        ([2, 3, 2, 2], [1, 3, 3]), ([2, 2, 2, 3], [3, 1, 1]), ([3, 3, 3, 3], [3, 3, 3]),
    ]:  # fmt: skip
        told = mark(np.zeros(11), [8, 5, 3, 0], kinds, 0.0, monkeypatch=monkeypatch)
        assert told[0] == dict(zip((3, 5, 8), marks, strict=True))


@pytest.mark.parametrize(("gap", "kind"), [(4, 1), (3, 3)])
def test_a_stretch_of_eight_steps_is_scanned_again(gap, kind, monkeypatch):
    """Levels that are said to be lines show what they are where there is room."""
    t = np.arange(8 + gap)
    z = 0.01 * np.cos(9.0 * t) + 5.0 * (t >= 4) - 9.0 * (t >= 4 + gap)
    told = mark(z, [4 + gap, 4, 0], [3, 3, 3], 0.0, monkeypatch=monkeypatch)
    assert told[0] == {4: kind, 4 + gap: kind}


def test_odd_steps_are_left_out_and_the_rest_scanned_anew(monkeypatch):
    t = np.arange(34)
    z = 0.3 * noise(5, 34) + 4.0 * (t >= 22)
    given = (z, [20, 0], [2, 2], 0.0)
    told, left, _, sizes, (times, z, found) = mark(
        *given, odd=[9, 13, 3, 5], monkeypatch=monkeypatch
    )
    assert (left, sizes) == (31, [34, 33, 32, 31])  # no more than three
    # of those left, 9, 13 and 3 are steps 9, 14 and 3
    assert {at for at, kind in told.items() if kind == 4} == {9, 14, 3}
    assert {at: kind for at, kind in told.items() if kind != 4} == {22: 1}
    assert not np.isin([9, 14, 3], times).any()
    for model in range(_scans.PLATEAU):
        key, criterion, _, _ = direct(model, times, z, 0, 1, recent=True)
        assert found[model, _scans.KEY] == pytest.approx(key, abs=1e-8)
        assert found[model, _scans.CRITERION] == pytest.approx(criterion, abs=1e-8)
    again = table()
    again[:, _scans.KEY] = found[:, _scans.KEY]
    again[[PLATEAU, PLATEAU_LINE], _scans.KEY] = math.inf
    _plateaus.scan_plateaus(times, z, 31, 0, 1, True, again)
    np.testing.assert_array_equal(found[[PLATEAU, PLATEAU_LINE]], again[[PLATEAU, PLATEAU_LINE]])


def test_what_is_odd_beside_the_cuts_is_told_from_what_begins():
    t = np.arange(36)
    z = 0.2 * noise(7, 36) + 3.0 * (t >= 10) - 5.0 * (t >= 24)
    z[17] += 1.5
    z, times, marks, found = standard(z), t + 0.0, np.zeros(36, int), table()
    _scans.scan(times, z, 36, 0, 1, True, found)
    left = _marks.mark_changes(times, z, 36, found, marks)
    assert {int(at): int(marks[at]) for at in np.flatnonzero(marks)} == {10: 1, 17: 4, 24: 1}
    assert left == 35
