"""The best cuts of a row into segments, against a direct search of all."""

from __future__ import annotations

import math

import numpy as np
import pytest
from gls import gappy, gls, noise, standard, whitener

from trends.kernels import _partitions


def segment_costs(times, z, phi):
    """Of each stretch: the squares that a level, and a line, leave."""
    n, costs = len(z), {}
    for start in range(n):
        for stop in range(start + 2, n + 1):
            t = times[start:stop]
            root, ones = whitener(t - t[0], phi)[0], np.ones(len(t))
            costs[start, stop, 2] = gls(z[start:stop], [ones], root)[0]
            if stop > start + 2:
                costs[start, stop, 3] = gls(z[start:stop], [ones, t - t.mean()], root)[0]
    return costs


def cheapest(costs, n, most, stride=1):
    """Least cost for each number of units, segments beginning at multiples of the stride."""
    best = {(0, 0): 0.0}
    for stop in range(1, n + 1):
        for start in range(0, stop, stride):
            for kind in (2, 3):
                if (start, stop, kind) not in costs or (stop % stride and stop < n):
                    continue
                for units in range(kind, most + 1):
                    before = best.get((start, units - kind), math.inf)
                    total = before + costs[start, stop, kind]
                    if total < best.get((stop, units), math.inf):
                        best[stop, units] = total
    return {units: cost for (stop, units), cost in best.items() if stop == n}


@pytest.mark.parametrize("stride", [2, 3])
@pytest.mark.parametrize("n", [11, 12, 13])
def test_cuts_on_a_grid_are_the_best_of_the_grid(n, stride):
    times, z, phi = gappy(n + 3), noise(n, n), 0.3
    costs = segment_costs(times, z, phi)
    white, best = np.empty((n, 5)), np.empty((n + 1, 10))
    _partitions.whiten_row(times, z, n, phi, white)
    _partitions.fill_costs(white, n, 1 - phi * phi, 9, stride, best)
    for units, cost in cheapest(costs, n, 9, stride).items():
        assert best[n, units] == pytest.approx(cost, abs=1e-9)
        starts, kinds = np.full(24, -1), np.empty(24, int)
        k = _partitions.trace_cuts(white, n, 1 - phi * phi, units, stride, best, starts, kinds)
        stops = [n, *starts[: k - 1]]
        told = sum(costs[starts[i], stops[i], kinds[i]] for i in range(k))
        assert told == pytest.approx(cost, abs=1e-9)
        assert (starts[k - 1], kinds[:k].sum()) == (0, units)
        assert (starts[:k] % stride == 0).all()


@pytest.mark.parametrize(("n", "stride"), [(2, 1), (2000, 1), (2001, 2), (4000, 2), (4001, 3)])
def test_places_of_cuts_lie_on_a_grid_beyond_two_thousand(n, stride):
    assert _partitions.stride_of(n) == stride


def rows_to_cut():
    t = np.arange(14.0)
    quiet = 0.3 * noise(3, 14)
    return [
        (t, noise(4, 14)),
        (t, quiet + 3 * (t >= 5) - 4 * (t >= 10)),
        (t, quiet + np.where(t < 7, t, 20 - t)),
        (t, quiet + np.abs(t % 6 - 3)),
        (gappy(12), quiet[:9] + 3 * (t[:9] >= 4)),
        (t[:7], noise(8, 7)),
        (t, 0.5 * t),
    ]


@pytest.mark.parametrize("case", range(7))
def test_what_several_segments_gain_equals_a_direct_search(case):
    times, z = rows_to_cut()[case]
    z, n = standard(z), len(z)
    few, many = [], []
    for phi in (0.0, 0.2, 0.4, 0.6, 0.8):
        own = 1 - phi * phi
        for units, cost in cheapest(segment_costs(times, z, phi), n, min(10, n)).items():
            segments = 1 if units <= 3 else units // 2
            c = n * math.log((cost + 0.01 * n * own) / n) - segments * math.log(own)
            if units <= 3:
                few.append(c + (4.0 if units == 3 else 0.0))
            elif units >= 5:
                many.append((c + 1.5 * math.log(n) * (units - 2), phi))
    gain, phi = _partitions.partition_gain(times, z, n)
    assert gain == pytest.approx(min(few) - min(many)[0], abs=1e-8)
    assert phi == pytest.approx(min(many)[1])


@pytest.mark.parametrize("case", range(7))
@pytest.mark.parametrize("price", [0.3, 1.5])
def test_the_best_cut_is_that_of_a_direct_search(case, price):
    times, z = rows_to_cut()[case]
    z, n = standard(z), len(z)
    bids = []
    for phi in (0.0, 0.15, 0.3, 0.45, 0.6, 0.7, 0.8):
        costs = segment_costs(times, z, phi)
        for units, cost in cheapest(costs, n, max(n // 2, 2)).items():
            c = n * math.log((cost + 0.01 * n * (1 - phi * phi)) / n) + price * units * math.log(n)
            bids.append((c, units, phi, cost))
    c, units, phi, cost = min(bids)
    starts, kinds = np.full(24, -1), np.empty(24, int)
    k, least = _partitions.best_cuts(times, z, n, price, starts, kinds)
    assert least == pytest.approx(c, abs=1e-8)
    stops, costs = [n, *starts[: k - 1]], segment_costs(times, z, phi)
    assert kinds[:k].sum() == units
    assert sum(costs[starts[i], stops[i], kinds[i]] for i in range(k)) == pytest.approx(cost)
