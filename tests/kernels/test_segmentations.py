"""Segmentations against every segmentation of short rows and optimal partitioning of long ones."""

from __future__ import annotations

import itertools
import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from trends.kernels import _crossings, segmentations

FAMILIES = [("mean", ()), ("poisson", ()), ("negative_binomial", (0.3,))]
MORE = [*FAMILIES, ("negative_binomial", (0,)), ("negative_binomial", (1e-6,))]
MORE += [("negative_binomial", (20.0,))]
every_family = pytest.mark.parametrize(("family", "params"), FAMILIES)
more_families = pytest.mark.parametrize(("family", "params"), MORE)


def kernel(family, what):
    return getattr(segmentations, f"{family}_change_{what}")


# The oracle: textbook formulas for one segment, from sums; no functions of means, no pruning.


def saturated(y, alpha):
    """Log-likelihood of counts that have means of their own, without what all means share."""
    own = np.where(y > 0, y * np.log(np.where(y > 0, y, 1)), 0)
    return own if alpha == 0 else own - (y + 1 / alpha) * np.log1p(alpha * y)


def segment_costs(row, t, family, params):
    """Cost of the segments that start at 0 ... t and end with step t."""
    y = row[: t + 1].astype(np.longdouble)
    n = np.arange(t + 1, 0, -1)
    total = np.cumsum(y[::-1])[::-1]
    if family == "mean":
        return np.cumsum((y**2)[::-1])[::-1] - total**2 / n
    alpha = params[0] if params else 0
    mean = total / n
    log = np.log(np.where(mean > 0, mean, 1))
    fit = total * log if alpha == 0 else total * log - (total + n / alpha) * np.log1p(alpha * mean)
    return 2 * (np.cumsum(saturated(y, alpha)[::-1])[::-1] - fit)


def optimal_partitioning(row, penalty, family, params):
    best = np.array([-penalty], np.longdouble)
    for t in range(len(row)):
        ways = best + segment_costs(row, t, family, params) + penalty
        best = np.append(best, ways.min())
    return float(best[-1])


def cost_of(flags, row, penalty, family, params):
    cuts = [0, *np.flatnonzero(flags), len(row)]
    costs = [
        segment_costs(row[a:b], b - a - 1, family, params)[0] for a, b in itertools.pairwise(cuts)
    ]
    return float(sum(costs) + penalty * (len(cuts) - 2))


def all_costs(row, penalty, family, params):
    n = len(row)
    segment = {
        (a, b): float(segment_costs(row[a:b], b - a - 1, family, params)[0])
        for a, b in itertools.combinations(range(n + 1), 2)
    }
    for inner in itertools.product([False, True], repeat=n - 1):
        flags = (False, *inner)
        cuts = [0, *np.flatnonzero(flags), n]
        pairs = itertools.pairwise(cuts)
        yield sum(segment[pair] for pair in pairs) + penalty * sum(flags), flags


def check(row, penalty, family, params, how="interpreted"):
    row = np.asarray(row, np.float64)
    known = ~np.isnan(row)
    flags = getattr(kernel(family, "flags"), how)(row, penalty, *params)
    cost = getattr(kernel(family, "costs"), how)(row, penalty, *params)
    assert not flags[~known].any()
    best = optimal_partitioning(row[known], penalty, family, params)
    near = {"rel": 1e-9, "abs": 1e-9}
    assert cost == pytest.approx(best, **near)
    assert cost_of(flags[known], row[known], penalty, family, params) == pytest.approx(best, **near)
    return flags


def steps(rng, shape, changes, family):
    """Rows with some levels and noise of the family."""
    at = np.cumsum(rng.random(shape) < changes / shape[-1], axis=-1)
    levels = rng.gamma(1.0, 6.0, (*shape[:-1], shape[-1] + 1))
    means = np.take_along_axis(levels, at, axis=-1)
    if family == "mean":
        return means + rng.normal(size=shape)
    return rng.poisson(means if family == "poisson" else means * rng.gamma(3.0, 1 / 3.0, shape))


few = st.sampled_from([0.0, 0.0, 1.0, 2.0, 3.0, 10.0, math.nan])
wide = st.floats(0, 1e4).map(lambda x: round(x, 3))
PENALTIES = st.sampled_from([0.0, 0.5, 1.0, 2.0, 5.0]) | st.floats(0, 40)


@more_families
@settings(deadline=None, max_examples=30)
@given(row=st.lists(few, min_size=1, max_size=9), penalty=PENALTIES)
def test_equals_the_best_of_all_segmentations(family, params, row, penalty):
    row = np.array(row)
    known = row[~np.isnan(row)]
    flags = kernel(family, "flags")(row, penalty, *params)
    cost = kernel(family, "costs")(row, penalty, *params)
    if not known.size:
        assert math.isnan(cost)
        assert not flags.any()
        return
    ranked = sorted(all_costs(known, penalty, family, params))
    assert cost == pytest.approx(ranked[0][0], rel=1e-9, abs=1e-9)
    if len(ranked) == 1 or ranked[1][0] > ranked[0][0] + 1e-7:
        assert tuple(flags[~np.isnan(row)]) == ranked[0][1]


@pytest.mark.parametrize("n", [11, 12])
@every_family
def test_equals_the_best_of_all_segmentations_of_longer_rows(family, params, n):
    rng = np.random.default_rng(n)
    for _ in range(4):
        row = steps(rng, (n,), 3, family)
        cost, flags = min(all_costs(row, 3.0, family, params))
        assert kernel(family, "costs")(row, 3.0, *params) == pytest.approx(cost, rel=1e-9)
        assert tuple(kernel(family, "flags")(row, 3.0, *params)) == flags


@more_families
@settings(deadline=None, max_examples=20)
@given(row=st.lists(few | wide, min_size=1, max_size=40), penalty=PENALTIES)
def test_equals_optimal_partitioning(family, params, row, penalty):
    if not np.isnan(row).all():
        check(row, penalty, family, params)


@more_families
@pytest.mark.parametrize("changes", [0, 3, 40])
def test_equals_optimal_partitioning_of_many_rows(family, params, changes):
    rng = np.random.default_rng(changes)
    rows = steps(rng, (12, 240), changes, family).astype(np.float64)
    for penalty in (0.3, 2 * math.log(240)):
        for row in rows:
            check(row, penalty, family, params, "compiled")


@every_family
@pytest.mark.parametrize("shape", ["trend", "walk", "waves", "spikes", "two", "square"])
def test_equals_optimal_partitioning_of_awkward_rows(family, params, shape):
    rng = np.random.default_rng(7)
    t = np.arange(300.0)
    walk = np.cumsum(rng.integers(-3, 4, 300))
    row = {
        "trend": t,
        "walk": walk - walk.min(),
        "waves": np.round(40 + 30 * np.sin(t / 4)),
        "spikes": np.where(rng.random(300) < 0.05, 1000.0, 0.0),
        "two": t % 2,
        "square": np.floor(t * t / 100),
    }[shape]
    for penalty in (0.0, 0.1, 3.0, 30.0, 1e5):
        check(row, penalty, family, params, "compiled")


@more_families
def test_interpreted_and_compiled_answers_have_equal_bits(family, params):
    rng = np.random.default_rng(3)
    rows = steps(rng, (12, 120), 5, family).astype(np.float64)
    rows[3:6][rng.random((3, 120)) < 0.2] = math.nan
    for what in ("flags", "costs"):
        one = kernel(family, what)
        np.testing.assert_array_equal(
            one.interpreted(rows, 4.0, *params), one.compiled(rows, 4.0, *params)
        )


def test_a_shift_changes_nothing():
    rng = np.random.default_rng(5)
    rows = np.round(64 * steps(rng, (20, 240), 4, "mean")) / 64
    flags = segmentations.mean_change_flags.compiled(rows, 11.0)
    costs = segmentations.mean_change_costs.compiled(rows, 11.0)
    for shift in (1e9, -1e9):
        moved = rows + shift
        np.testing.assert_array_equal(moved - shift, rows)
        moved_flags = segmentations.mean_change_flags.compiled(moved, 11.0)
        np.testing.assert_array_equal(moved_flags, flags)
        moved_costs = segmentations.mean_change_costs.compiled(moved, 11.0)
        np.testing.assert_allclose(moved_costs, costs, rtol=1e-12)


def test_levels_far_apart_hide_no_noise():
    quiet = np.tile([0.0, 1.0], 60)
    row = np.concatenate([quiet, quiet + 3, quiet + 1e9])
    flags = segmentations.mean_change_flags(row, 8.0)
    assert np.flatnonzero(flags).tolist() == [120, 240]
    assert segmentations.mean_change_costs(row, 8.0) == pytest.approx(106.0, rel=1e-9)


@pytest.mark.parametrize("size", [1e3, 1e6, 1e9])
def test_large_counts(size):
    rng = np.random.default_rng(2)
    row = rng.poisson(np.repeat([1.0, 1.01, 0.5], 50) * size).astype(np.float64)
    for params in [(0.0,), (1e-3,)]:
        best = optimal_partitioning(row, 10.0, "negative_binomial", params)
        cost = segmentations.negative_binomial_change_costs(row, 10.0, *params)
        assert cost == pytest.approx(best, rel=1e-9 if size < 1e9 else 1e-6)


@every_family
def test_finds_the_level_that_there_is(family, params):
    flags = kernel(family, "flags")([2, 3, 2, 3, 30, 31, 29, 30, 31], 4.0, *params)
    assert np.flatnonzero(flags).tolist() == [4]
    row = [math.nan, 2, 3, 2, math.nan, math.nan, 30, math.nan, 31, 30, math.nan]
    assert np.flatnonzero(kernel(family, "flags")(row, 4.0, *params)).tolist() == [6]


@every_family
@pytest.mark.parametrize("row", [[5], [5, 5], [0, 0, 0], [0], [7] * 30, [0.25] * 50])
@pytest.mark.parametrize("penalty", [0, 1, 0.5])
def test_constant_rows_have_no_changes_and_no_cost(family, params, row, penalty):
    assert not kernel(family, "flags")(row, penalty, *params).any()
    assert kernel(family, "costs")(row, penalty, *params) == pytest.approx(0, abs=1e-12)


@every_family
def test_shapes_and_types(family, params):
    flags, costs = kernel(family, "flags"), kernel(family, "costs")
    for shape in [(0,), (1,), (0, 5), (3, 0), (2, 3, 4)]:
        found = flags(np.ones(shape), 1.0, *params)
        assert (found.shape, found.dtype) == (shape, np.bool_)
        assert costs(np.ones(shape), 1.0, *params).shape == shape[:-1]
    assert np.isnan(costs(np.ones((3, 0)), 1.0, *params)).all()
    counts = np.random.default_rng(0).poisson(5, (2, 3, 40))
    for dtype in (np.int64, np.int32, np.uint8, np.float32):
        found = flags(counts.astype(dtype), 2.0, *params)
        np.testing.assert_array_equal(found, flags(counts.astype(np.float64), 2, *params))


def test_a_dispersion_of_zero_is_poisson():
    counts = steps(np.random.default_rng(4), (3, 120), 4, "poisson")
    for what in ("flags", "costs"):
        poisson = kernel("poisson", what)(counts, 9.0)
        same = kernel("negative_binomial", what)(counts, 9.0, 0.0)
        np.testing.assert_array_equal(poisson, same)


@pytest.mark.parametrize("changes", [0, 5])
def test_equals_ruptures(changes):
    ruptures = pytest.importorskip("ruptures")
    rows = steps(np.random.default_rng(1), (20, 240), changes, "mean")
    penalty = 2 * math.log(240)
    ours = segmentations.mean_change_flags.compiled(rows, penalty)
    for row, flags in zip(rows, ours, strict=True):
        search = ruptures.KernelCPD("linear", min_size=1, jump=1).fit(row)
        assert search.predict(pen=penalty)[:-1] == np.flatnonzero(flags).tolist()


def test_one_long_row_equals_skchange():
    detectors = pytest.importorskip("skchange.detectors")
    row = steps(np.random.default_rng(1), (100_000,), 50, "mean")
    penalty = 2 * math.log(len(row))
    theirs = detectors.FPOP(penalty=penalty).fit(row[:, None]).predict(row[:, None])
    ours = segmentations.mean_change_flags.compiled(row, penalty)
    np.testing.assert_array_equal(np.flatnonzero(ours), theirs)


@pytest.mark.parametrize("dispersion", [None, 0.0, 1e-6, 0.3, 5.0])
@pytest.mark.parametrize(("size", "mean"), [(1.0, 3.0), (7.0, 0.2), (40.0, 2500.0)])
@pytest.mark.parametrize("room", [1e-9, 1e-3, 0.7, 5.0, 300.0])
def test_a_segment_costs_so_much_more_where_it_is_said_to(dispersion, size, mean, room):
    total = size * mean

    def more(at):
        if dispersion is None:
            return size * (at - mean) ** 2
        if dispersion == 0:
            return 2 * (size * (at - mean) - total * math.log1p((at - mean) / mean))
        excess = math.log1p(dispersion * (at - mean) / (1 + dispersion * mean))
        weight = total + size / dispersion
        return 2 * (weight * excess - total * math.log1p((at - mean) / mean))

    for side in (-1.0, 1.0):
        at = _crossings.crossing(side, room, size, mean, total, dispersion)
        assert (at - mean) * side > 0
        if at < 1e15 and (dispersion is None or at > 1e-12):
            assert more(at) == pytest.approx(room, rel=1e-5)
    for nothing in (0.0, -1e-18, -1e-3):  # what rounding may leave
        assert _crossings.crossing(1.0, nothing, size, mean, total, dispersion) == mean


@pytest.mark.parametrize("dispersion", [0.0, 1e-6, 0.3])
def test_a_segment_of_zeros_costs_so_much_more_where_it_is_said_to(dispersion):
    for size, room in ((1.0, 0.5), (9.0, 4.0)):
        at = _crossings.crossing(1.0, room, size, 0.0, 0.0, dispersion)
        cost = 2 * size * (math.log1p(dispersion * at) / dispersion if dispersion else at)
        assert cost == pytest.approx(room, rel=1e-9)
