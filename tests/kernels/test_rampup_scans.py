"""Single changes, slopes that end and recent levels, each against generalised least squares."""

from __future__ import annotations

import math

import numpy as np
import pytest
from gls import (
    PHIS,
    columns_of,
    covariance,
    direct,
    gappy,
    gls,
    noise,
    onset_prior,
    size,
    standard,
    table,
    whitener,
)

from trends.kernels import _plateaus, _recent, _scans, _whitening

STEP, STEP_LINE = _scans.STEP, _scans.STEP_LINE
PLATEAU, PLATEAU_LINE = _scans.PLATEAU, _scans.PLATEAU_LINE


@pytest.mark.parametrize("phi", [0.0, 0.3, 0.8])
def test_innovations_are_those_of_the_covariance(phi):
    times = np.array([2.0, 3, 4, 6, 7, 10, 11, 12, 90, 91, 400, 401])
    v, cov = noise(1, 12), covariance(times, phi)
    share, weight = np.empty(12), np.empty(12)
    logdet = _whitening.innovations(times, 12, phi, share, weight)
    white = weight * (v - share * np.append(0.0, v[:-1]))
    assert white @ white == pytest.approx(v @ np.linalg.solve(cov, v), rel=1e-12)
    assert logdet == pytest.approx(np.linalg.slogdet(cov)[1], rel=1e-12, abs=1e-14)
    assert _whitening.centred_squares(1e9 + v, 12) == pytest.approx(12 * v.var(), rel=1e-6)


@pytest.mark.parametrize("n", [24, 25, 30])
def test_a_scan_expects_half_of_the_onsets_in_the_last_twelve_steps(n):
    times, z = np.arange(float(n)), noise(n, n)
    z = standard(z.cumsum().cumsum() if n == 25 else z)  # phi would be above 0.8
    found = table()
    _scans.scan(times, z, n, 0, 1, True, found)
    for model in range(_scans.PLATEAU):
        key, criterion, place, phi = direct(model, times, z, 0, 1, recent=True)
        assert found[model, _scans.KEY] == pytest.approx(key, abs=1e-8)
        assert found[model, _scans.CRITERION] == pytest.approx(criterion, abs=1e-8)
        told = found[model, [_scans.PLACE, _scans.PHI]]
        assert told.tolist() == [place, pytest.approx(phi)]


def slope_that_ends(times, first, end):
    return np.clip(times - times[first] + 1, 0, times[end] - times[first])


def plateaus_by_hand(times, z, recent):
    """Pairs on a grid, then those around the best of each model at its phi."""
    n, stride = len(z), 1 + (len(z) - 1) // 40
    best = {PLATEAU: (math.inf,), PLATEAU_LINE: (math.inf,)}

    def try_all(phi, firsts, ends):
        root, logdet = whitener(times, phi)
        floor = 0.01 * n * z.var() * (1 - phi * phi)
        for model in best:
            null, _ = columns_of(STEP if model == PLATEAU else STEP_LINE, times, 2, 0, 1)
            used = len(null) + 1
            for first in firsts:
                least = (math.inf, 0.0, 0)
                for end in ends(first):
                    column = slope_that_ends(times, first, end)
                    rss, logs = gls(z, [*null, column], root)
                    least = min(least, (rss + floor, logs - size(column, root), end))
                rss, logs, end = least
                key = (n - used) * np.log(rss / (n - used)) + logdet + logs
                key -= onset_prior(model, n, first) if recent else 0.0
                best[model] = min(best[model], (key, n * np.log(rss / n) + logdet, first, end, phi))

    for phi in PHIS:
        try_all(phi, range(1, n - 4, stride), lambda first: range(first + 2, n - 2, stride))
    if stride > 1:
        for model in best:
            _, _, first, end, phi = best[model]
            near = range(max(1, first - stride), min(first + stride + 1, n - 4))
            try_all(phi, near, lambda a, b=end: range(
                max(a + 2, b - stride, 3), min(b + stride + 1, n - 2)
            ))  # fmt: skip
    return best


@pytest.mark.parametrize(("n", "begin", "stop"), [
    (12, 4, 8), (26, 15, 21), (41, 10, 20), (42, 1, 4), (43, 15, 24), (43, 35, 41),
])  # fmt: skip
def test_slopes_that_end_are_sought_on_a_grid_and_then_around_it(n, begin, stop):
    times = gappy(44) if n == 41 else np.arange(float(n))
    z = standard(0.2 * noise(n, n) + np.clip(times - begin, 0, stop - begin))
    found = table()
    _scans.scan(times, z, n, 0, 1, True, found)
    _plateaus.scan_plateaus(times, z, n, 0, 1, True, found)
    for model, told in plateaus_by_hand(times, z, recent=True).items():
        key, criterion, first, end, phi = told
        assert found[model, _scans.KEY] == pytest.approx(key, abs=1e-7)
        assert found[model, _scans.CRITERION] == pytest.approx(criterion, abs=1e-7)
        found_at = found[model, [_scans.PLACE, _scans.END, _scans.PHI]].tolist()
        assert found_at == [first, end, pytest.approx(phi)]


def test_fewer_than_twelve_steps_have_no_slope_that_ends():
    found = table()
    _plateaus.scan_plateaus(np.arange(11.0), noise(1, 11), 11, 0, 1, True, found)
    assert np.isinf(found[PLATEAU, _scans.KEY])


def recent_by_hand(times, z, last):
    """Root of the gain, phi, and by how much a line is beaten: of windows of 3, 6 and 12."""
    n = len(z)
    ones, line = np.ones(n), times - (times[0] + times[-1]) / 2
    models = {w: (times > last - w).astype(float) for w in (3, 6, 12)}
    best = {}
    for phi in PHIS:
        root, logdet = whitener(times, phi)
        floor = 0.01 * n * z.var() * (1 - phi * phi)
        for name, column in {**models, "none": None, "line": line}.items():
            columns = [ones] if column is None else [ones, column]
            if column is not None and (column == column[0]).all():
                continue
            rss, logs = gls(z, columns, root)
            x, y = root @ np.column_stack(columns), root @ z
            sign = np.linalg.lstsq(x, y, rcond=None)[0][-1]
            logs -= 0.0 if column is None else size(column, root)
            rss, used = rss + floor, len(columns)
            key = (n - used) * np.log(rss / (n - used)) + logdet + logs
            criterion = n * np.log(rss / n) + logdet
            best[name] = min(best.get(name, (math.inf,)), (key, criterion, phi, sign))
    told = []
    for window in models:
        if window not in best:
            told.append((-math.inf, None, -math.inf))
            continue
        _, criterion, phi, sign = best[window]
        rise = math.copysign(math.sqrt(max(best["none"][1] - criterion, 0.0)), sign)
        told.append((rise, phi, best["line"][1] - criterion))
    return told


@pytest.mark.parametrize("times", [np.arange(20.0), gappy(24), gappy(30, (3, 18, 27)), gappy(11)])
@pytest.mark.parametrize("shift", [0.0, 2.5, -2.5])
@pytest.mark.parametrize("late", [0.0, 2.0, 4.0])
def test_the_recent_level_equals_direct_gls(times, shift, late):
    last = times[-1] + late  # an outlier at the end was left out
    z = noise(len(times), len(times))
    z = z.cumsum().cumsum() if shift < 0 and late else z + shift * (times > last - 6)
    z = standard(z)
    rises, phis, over = np.full(3, math.nan), np.full(3, math.nan), np.full(3, math.nan)
    _recent.fill_recent(times, z, len(z), last, rises, phis, over)
    for j, (rise, phi, beaten) in enumerate(recent_by_hand(times, z, last)):
        assert rises[j] == pytest.approx(rise, abs=1e-5)
        assert over[j] == pytest.approx(beaten, abs=1e-8)
        if phi is not None:
            assert phis[j] == pytest.approx(phi)
