"""Prices and p-values of ramp-ups: as they were simulated; another number needs another run."""

from __future__ import annotations

import math

import numpy as np
import pytest

from trends.kernels import _gates, _nulls
from trends.kernels._distributions import incomplete_beta

KNOTS = [_nulls.row_length(k) for k in range(_nulls.n_knots())]
TAILS = np.array([_nulls.tail(j) for j in range(_nulls.n_tails())])


def quantiles(of, n: int) -> np.ndarray:
    """By numpy: linear in the logarithm of the length, and level beyond both ends."""
    table = np.array([[of(k, j) for j in range(len(TAILS))] for k in range(len(KNOTS))])
    return np.array([np.interp(math.log(n), np.log(KNOTS), column) for column in table.T])


@pytest.mark.parametrize("n", [20, 24, 30, 36, 47, 60, 95, 120, 500])
@pytest.mark.parametrize(("p_of", "of"), [
    (_gates.change_p, _nulls.change_quantile), (_gates.recent_p, _nulls.recent_quantile),
])  # fmt: skip
def test_p_values_are_those_of_the_table(p_of, of, n):
    squared = p_of is _gates.recent_p
    known = quantiles(of, n)
    for x in np.linspace(known[0] - 2, known[-1] + 6, 60):
        given = math.copysign(math.sqrt(abs(x)), x) if squared else x
        beyond = max(0.0, x - known[-1])
        expected = math.exp(np.interp(x, known, np.log(TAILS)) - beyond / 2)
        expected = 1.0 if x <= known[0] else expected
        assert p_of(given, n) == pytest.approx(expected, rel=1e-9), x


def test_the_tables_are_the_simulated_ones():
    """Sums, weighted by place: whoever simulates anew, changes them along with the tables."""
    ks, js = range(len(KNOTS)), range(len(TAILS))
    levels = (_nulls.row_length, _nulls.scan_level, _nulls.partition_level, _nulls.recent_level)
    sums = [round(sum((1 + k) * of(k) for k in ks), 3) for of in levels]
    assert sums == [17802.0, 713.015, -201.236, 116.06]
    assert round(sum((1 + j) * TAILS[j] for j in js), 3) == 11.865
    for of, known in ((_nulls.change_quantile, -493.93), (_nulls.recent_quantile, 5887.01)):
        assert round(sum(of(k, j) * (1 + k + j) for k in ks for j in js), 2) == known


@pytest.mark.parametrize("of", [_nulls.change_quantile, _nulls.recent_quantile])
def test_quantiles_rise_from_tail_to_tail(of):
    table = np.array([[of(k, j) for j in range(len(TAILS))] for k in range(len(KNOTS))])
    assert (np.diff(table) > 0).all()
    assert (np.diff(TAILS) < 0).all()
    assert (np.diff(KNOTS) > 0).all()
    # Neighbouring lengths have like quantiles.
    assert (abs(np.diff(table, axis=0)) < 2.5).all()


@pytest.mark.parametrize(("n", "each"), [(36, 1.5), (59, 1.5), (60, 0.5), (120, 0.5)])
def test_what_a_season_costs(n, each):
    def excess(over_flat: float, over_line: float, harmonics: int) -> float:
        return _gates.scan_excess(over_flat, over_line, 0.0, n, harmonics)

    for m in (1, 2):
        shrink = (n - 2 * m) / n
        price = excess(30.0, 1e9, 0) - excess(30.0, 1e9, m)
        assert price == pytest.approx(30.0 * (1 - shrink) + each * m)
        assert excess(1e9, 10.0, m) == pytest.approx(10.0 * shrink - 6.5 - each * m)
    one, none = (_gates.partition_excess(20.0, 0.0, n, m) for m in (1, 0))
    assert none - one == pytest.approx(3.0)
    assert _gates.recent_excess(4.0, 0.5, n, 1) == pytest.approx(4 * math.sqrt(1 - 2 / n) - 1)


def test_what_memory_costs():
    assert _gates.scan_price(0.25, 36) == pytest.approx(6.0)
    assert _gates.scan_price(0.25, 240) == pytest.approx(3.0)
    assert _gates.partition_price(0.5) == pytest.approx(7.0)
    flat = [_gates.scan_excess(30.0, 1e9, phi, 60, 0) for phi in (0.0, 0.25)]
    assert flat[0] - flat[1] == pytest.approx(6.0)


def test_half_of_the_onsets_are_expected_in_the_last_twelve_steps():
    for n in (25, 48, 240):
        shares = [math.exp(-_gates.onset_price(n, place) / 2) / n for place in range(n)]
        assert [sum(shares[:-12]), sum(shares[-12:])] == pytest.approx([0.5, 0.5])
    assert _gates.onset_price(24, 3) == 0.0


def test_an_incomplete_beta_function_has_ends():
    for x, expected in ((-1.0, 0.0), (0.0, 0.0), (1.0, 1.0), (2.0, 1.0), (0.5, 0.5)):
        assert incomplete_beta(x, 3.0, 3.0) == pytest.approx(expected, abs=1e-14)


def test_the_three_tests_are_united_by_the_largest():
    level = np.interp(math.log(48), np.log([36, 60]), [2.12, 1.88])
    for scan, partition, recent, over in [
        (-9.0, -9.0, 4.0, 50.0), (-9.0, -9.0, 4.0, 5.0), (-9.0, -9.0, -4.0, 50.0),
        (8.0, -9.0, 4.0, 5.0), (-9.0, 7.0, 4.0, 5.0), (-9.0, -8.0, -4.0, -50.0),
    ]:  # fmt: skip
        rise = min(math.copysign(recent**2, recent) - level**2, over - 3.0)
        assert _gates.union(scan, partition, recent, over, 48) == pytest.approx(
            max(scan, partition, rise)
        )


@pytest.mark.parametrize("n", [5, 8, 10, 12, 30, 47, 60, 100, 700, 1000, 5000])
def test_critical_values_lie_between_those_of_simulated_lengths(n):
    knots = [_nulls.row_length(k) for k in range(_nulls.n_knots())]
    scan, partition, recent = (
        np.interp(math.log(n), np.log(knots), [of(k) for k in range(_nulls.n_knots())])
        for of in (_nulls.scan_level, _nulls.partition_level, _nulls.recent_level)
    )
    assert _gates.scan_excess(0.0, 1e9, 0.0, n, 0) == pytest.approx(-scan)
    assert _gates.partition_excess(0.0, 0.0, n, 0) == pytest.approx(-partition)
    assert _gates.union(-1e9, -1e9, 0.0, 1e9, n) == pytest.approx(-recent * recent)
