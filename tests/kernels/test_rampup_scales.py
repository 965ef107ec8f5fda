"""The scales of a row, against likelihoods, and the values that are least."""

from __future__ import annotations

import math

import numpy as np
import pytest
from gls import noise, null_criterion, standard, table
from scipy import stats

from trends.kernels import _gates, _measures, _scales, _scans, rampups


@pytest.mark.parametrize("counts", [True, False])
def test_scales_are_compared_by_the_likelihood_of_what_was_given(counts):
    y = np.random.default_rng(2).gamma(3, 20, 30)
    usual, offset = (_scales.ROOT, 0.5) if counts else (_scales.IDENTITY, 0.0)
    for scale, at, slope in [
        (_scales.IDENTITY, y, np.ones(30)),
        (_scales.ROOT, np.sqrt(y + 0.375), 0.5 / np.sqrt(y + 0.375)),
        (_scales.LOG, np.log(y + offset), 1 / (y + offset)),
    ]:
        z = np.empty(30)
        size = _scales.put_on(y, 30, scale, usual, z)
        likelihood = stats.norm.logpdf(at, at.mean(), at.std()).sum() + np.log(slope).sum()
        assert size == pytest.approx(-2 * likelihood - 30 * math.log(2 * math.pi * math.e))
        np.testing.assert_allclose(z, standard(at), atol=1e-12)


def test_a_scale_of_what_is_constant_has_no_spread():
    z = np.empty(5)
    _scales.put_on(np.full(5, 4.0), 5, _scales.ROOT, _scales.ROOT, z)
    assert z.tolist() == [0.0] * 5


def shares_by_hand(times, y, counts):
    usual = 1 if counts and y.min() >= 0 else 0
    offset, (low, high) = (0.5, (2, 4)) if usual else (0.0, (10, 30))
    ratio = (y.max() + offset) / (y.min() + offset) if y.min() + offset > 0 else 0.0
    wide = min(math.log(ratio / low) / math.log(high / low), 1.0) if ratio > low else 0.0
    prior = np.zeros(3)
    if wide:
        prior[:] = wide if usual else 0.0, 0.0, wide
    prior[usual] = 1.0
    nulls, z = np.full(3, math.inf), np.empty(len(y))
    for scale in np.flatnonzero(prior):
        nulls[scale] = _scales.put_on(y, len(y), scale, usual, z) + 3.0 * (scale != usual)
        nulls[scale] += null_criterion(times, z, 0, 1) if wide else 0.0
    shares = prior * np.exp(-0.5 * (nulls - nulls.min()))
    shares /= shares.sum()
    shares[shares < 0.005] = 0.0
    return usual, shares / shares.sum(), nulls


@pytest.mark.parametrize("counts", [True, False])
@pytest.mark.parametrize("row", [
    np.tile([2.0, 3.0, 4.0, 4.5], 6), np.tile([2.0, 3.0, 4.0, 4.6], 6),
    np.tile([2.0, 3.0, 7.0, 9.5], 6), np.tile([2.0, 3.0, 7.0, 12.0], 6),
    np.tile([2.0, 3.0, 7.0, 20.0], 6), np.tile([2.0, 9.0, 7.0, 30.0], 6),
    np.tile([2.0, 9.0, 7.0, 60.0], 6), np.tile([0.0, 1.0, 3.0, 9.0], 6),
    np.tile([-1.0, 1.0, 3.0, 9.0], 6), np.exp(np.arange(24) / 4.0), np.arange(24.0) ** 2,
    np.arange(1, 25.0), np.tile([0.4, 1.0, 3.0, 9.0], 6), np.exp(np.arange(24) / 2.0),
])  # fmt: skip
def test_shares_of_scales_are_their_likelihoods(counts, row):
    y = row * (1 + 0.01 * np.abs(np.sin(np.arange(24)))) if row.min() > 1 else row
    times, shares, nulls = np.arange(24.0), np.empty(3), np.empty(3)
    usual, expected, criteria = shares_by_hand(times, y, counts)
    assert _scales.weigh(times, y, 24, counts, shares, nulls) == usual
    np.testing.assert_allclose(shares, expected, rtol=1e-6, atol=1e-12)
    np.testing.assert_allclose(nulls, criteria, rtol=1e-9)


def test_a_scale_that_hardly_counts_is_left_out():
    shares = np.array([0.8, 1.0, 0.5])
    nulls = np.array([10.0, 12.0, 22.0])
    _scales.keep_plausible(shares, nulls, 10.0)
    parts = np.array([0.8, math.exp(-1.0), 0.0])  # 0.5 exp(-6) is 0.1% of all
    np.testing.assert_allclose(shares, parts / parts.sum())
    shares = np.array([0.0, 1.0, 1.0])
    _scales.keep_plausible(shares, np.array([math.inf, 0.0, 10.0]), 0.0)  # 0.67%: stays
    np.testing.assert_allclose(shares, [0.0, 1 / (1 + math.exp(-5)), 1 / (1 + math.exp(5))])


def test_known_values_are_gathered_with_their_places():
    times, y = np.full(6, -1.0), np.full(6, -1.0)
    row = np.array([math.nan, 4.0, 1.0, math.nan, -7.0, math.nan])
    assert _scales.gather(row, times, y) == 3
    assert [times[:3].tolist(), y[:3].tolist()] == [[1, 2, 4], [4, 1, -7]]
    for row, kept in [
        (np.full(6, 1e3) + 1e-7 * np.arange(6), False),
        (np.full(6, 1e3) + 1e-6 * np.arange(6), True),
        (np.full(6, -1e3) + 1e-6 * np.arange(6), True),
        (-np.full(6, 1e3) + 1e-7 * np.arange(6), False),
        (1e-30 * np.arange(6), True),
    ]:
        assert _scales.gather(row, times, y) == 6
        assert y.tolist() == (row.tolist() if kept else [0.0] * 6)


@pytest.mark.parametrize(("n", "told"), [(7, 0), (8, 1)])
def test_eight_values_are_the_least(n, told):
    row = np.r_[np.zeros(n - 4), 9.0, 9.1, 9.0, 9.2] + 0.1 * np.sin(np.arange(n))
    facts = rampups.rampup_facts.interpreted(row, False, 12, False)
    assert (facts[rampups.P_CHANGE] < 1) == told
    assert (facts[rampups.BEST_TYPE] > 0) == told


@pytest.mark.parametrize(("n", "short"), [(23, 1), (24, 0)])
def test_a_row_of_fewer_than_24_is_short(n, short):
    row = np.r_[math.nan, noise(n, n), math.nan]
    facts = rampups.rampup_facts.interpreted(row, False, 12, False)
    assert facts[[rampups.N_KNOWN, rampups.SHORT]].tolist() == [n, short]


@pytest.mark.parametrize("seed", range(4))
def test_p_values_are_averaged_over_scales_and_the_rest_is_of_the_likeliest(seed):
    """Standardised values span no factor and are worked as they are: each scale by itself."""
    rng = np.random.default_rng(seed)
    row = rng.poisson(np.where(np.arange(26) < 14 + seed, 3.0, 3.0 + 4 * seed)).astype(float)
    shares, nulls, z = np.empty(3), np.empty(3), np.empty(26)
    usual = _scales.weigh(np.arange(26.0), row, 26, True, shares, nulls)
    assert (shares > 0).sum() > 1
    alone, scores = {}, {}
    for scale in np.flatnonzero(shares):
        _scales.put_on(row, 26, scale, usual, z)
        alone[scale] = rampups.rampup_facts.interpreted(z, False, 12, False)
        # what the best change gains, from the statistics of that scale
        told, raw, found = z.copy(), np.empty(_measures.N_RAW), table()
        _measures.measure(np.arange(26.0), told, 26, 12, False, found, raw, np.zeros(26, np.int32))
        gain = min(raw[_measures.OVER_FLAT], raw[_measures.OVER_LINE] + 4)
        scores[scale] = nulls[scale] - max(gain, 0.0)
    facts = rampups.rampup_facts.interpreted(row, True, 12, False)
    for p in (rampups.P_CHANGE, rampups.P_RECENT):
        assert facts[p] == pytest.approx(sum(shares[s] * alone[s][p] for s in alone), rel=1e-9)
    assert facts[rampups.CHANGED] == (facts[rampups.P_CHANGE] <= 0.05)
    best = min(scores, key=scores.__getitem__)
    assert facts[rampups.SCALE] == best
    same = [rampups.PHI_NULL, rampups.PHI, rampups.SCAN, rampups.PARTITION, rampups.RECENT,
            rampups.RECENT_WINDOW, rampups.BEST_TYPE, rampups.BEST_ONSET, rampups.BEST_END,
            rampups.UNDECIDED, rampups.DRIFT]  # fmt: skip
    np.testing.assert_allclose(facts[same], alone[best][same], rtol=1e-9)


@pytest.mark.parametrize("window", [3, 6, 12])
def test_the_recent_level_is_that_of_the_window_that_rises_most(window):
    k = (3, 6, 12).index(window)
    raw, found, facts = np.zeros(_measures.N_RAW), table(), np.zeros(rampups.N_FACTS)
    found[[_scans.FLAT, _scans.LINE], _scans.CRITERION] = 0.0, 0.0
    found[_scans.FLAT, _scans.PHI] = 0.7
    raw[_measures.OVER_FLAT], raw[_measures.OVER_LINE], raw[_measures.SCAN_PHI] = 9.0, 8.0, 0.3
    raw[_measures.GAIN], raw[_measures.GAIN_PHI], raw[_measures.SEASON] = 4.0, 0.2, 1
    rises, phis, lines = np.array([2.0, 2.1, 1.9]), np.array([0.5, 0.6, 0.4]), np.arange(3.0) + 2
    rises[k], phis[k], lines[k] = 5.0, 0.1, 30.0
    raw[_measures.RISE_3 : _measures.PHI_3] = rises
    raw[_measures.PHI_3 : _measures.LINE_3] = phis
    raw[_measures.LINE_3 :] = lines
    rampups.judge(found, raw, 40, 42, facts)
    scan = _gates.scan_excess(9.0, 8.0, 0.3, 40, 1)
    cut = _gates.partition_excess(4.0, 0.2, 40, 1)
    recent = _gates.recent_excess(5.0, 0.1, 42, 1)
    assert facts[[rampups.SCAN, rampups.PARTITION, rampups.RECENT]].tolist() == [scan, cut, recent]
    assert facts[[rampups.RECENT_WINDOW, rampups.HARMONICS]].tolist() == [window, 1]
    assert facts[[rampups.PHI_NULL, rampups.DRIFT]].tolist() == [0.7, 1]
    united = _gates.union(scan, cut, recent, 30.0, 40)
    assert facts[rampups.P_CHANGE] == _gates.change_p(united, 40)
    assert facts[rampups.P_RECENT] == _gates.recent_p(recent, 42)
    found[_scans.FLAT, _scans.PHI] = 0.6
    rampups.judge(found, raw, 40, 42, facts)
    assert facts[rampups.DRIFT] == 0
    raw[_measures.RISE_3 : _measures.PHI_3] = -np.inf  # of no window is anything known
    rampups.judge(found, raw, 40, 42, facts)
    assert facts[rampups.RECENT] == -np.inf


def test_an_odd_last_value_is_undecided_and_an_odd_one_before_it_is_not():
    for place, undecided in ((29, 1), (20, 0)):
        row = np.r_[math.nan, noise(3, 30), math.nan]
        row[1 + place] += 12.0
        facts = rampups.rampup_facts.interpreted(row, False, 12, False)
        assert facts[[rampups.N_OUTLIERS, rampups.UNDECIDED]].tolist() == [1, undecided]
        marks = rampups.rampup_marks.interpreted(row, False, 12, False)
        assert np.flatnonzero(marks == 4).tolist() == [1 + place]
