"""The smoothing parameters of forecasts: on their grid, within bounds, and none nearby better."""

from __future__ import annotations

import inspect
import itertools
import math

import numpy as np
import pytest

from trends.kernels import forecasts
from trends.kernels.forecasts import ENDS, GRID


def fitted(row: np.ndarray, trend: bool, seasonal: bool) -> tuple[np.ndarray, list[float]]:
    """The parameters found, and the errors of those that one step of the grid leads to."""
    params, state, season = np.zeros(5), np.zeros(2), np.zeros(12)
    start, shape = np.array([row[0], 0.0]), np.zeros(12)
    given = (start, shape, 12)
    forecasts._fit(row, len(row), trend, seasonal, *given, params, state, season)
    errors = []
    for which in range(4):
        for value in (params[which], *GRID[ENDS[which] : ENDS[which + 1]]):
            other = params.copy()
            other[which] = value
            free = which == 0 or (trend if which in (1, 2) else seasonal)
            if free and other[1] <= other[0] and other[3] <= 1 - other[0] + 1e-9:
                skip = max(2, min(12, len(row) // 4))
                errors.append(forecasts._tried(row, len(row), other, *given, skip, state, season))
    return params, errors


def test_the_grid_rises_within_bounds():
    for first, stop in itertools.pairwise(ENDS):
        part = GRID[first:stop]
        assert list(part) == sorted(set(part))
        assert 0 <= part[0] < part[-1] <= 1
    assert ENDS[-1] == len(GRID)


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize(("trend", "seasonal"), [(False, False), (True, False), (True, True)])
def test_a_sum_of_two_smoothings_is_at_most_one(seed, trend, seasonal):
    rng = np.random.default_rng(seed)
    row = rng.normal(0, 3, 72).cumsum() + np.tile(rng.normal(0, 3, 12), 6)
    params, errors = fitted(row, trend, seasonal)
    alpha, beta, phi, gamma, _ = params
    assert beta <= alpha <= 1
    assert alpha + gamma <= 1 + 1e-9
    assert trend or (beta, phi) == (0, 0)
    assert seasonal or gamma == 0
    assert min(errors) >= 0.9 * errors[0]  # two sweeps come near to the best


NAN = math.nan


def with_gaps(n, seed=1):
    rng = np.random.default_rng(seed)
    row = 20 + rng.normal(0, 3, n).cumsum() + 5 * np.sin(np.arange(n))
    row[[5, 6, n - 4]] = NAN
    return row


@pytest.mark.parametrize("period", [1, 3, 4, 12])
@pytest.mark.parametrize("n", [13, 25, 70])
def test_a_season_is_the_mean_distance_from_the_centred_average(period, n):
    row, half = with_gaps(n), period // 2
    weights = np.ones(2 * half + 1)
    if period % 2 == 0:
        weights[[0, -1]] = 0.5
    away = {s: [] for s in range(period)}
    for t in range(half, min(n, 5 * period) - half):
        near = row[t - half : t + half + 1]
        known = np.isfinite(near)
        if np.isfinite(row[t]) and weights[known].sum() > period / 2:
            away[t % period].append(row[t] - np.average(near[known], weights=weights[known]))
    means = np.array([np.mean(away[s]) if away[s] else 0.0 for s in range(period)])
    season, scratch = np.full(period, 9.0), np.full(period, 9.0)
    forecasts._season(row, n, period, scratch, season)
    np.testing.assert_allclose(season, means - means.mean(), atol=1e-12)


def test_an_average_of_less_than_half_a_season_says_nothing():
    row, season = np.full(12, NAN), np.empty(6)
    row[3:6] = 1.0, 2.0, 9.0  # 3 of 6 steps in the average: not enough
    forecasts._season(row, 12, 6, np.empty(6), season)
    assert season.tolist() == [0.0] * 6
    row[2] = 4.0
    forecasts._season(row, 12, 6, np.empty(6), season)
    assert np.ptp(season) > 1


@pytest.mark.parametrize("n", [2, 9, 30])
def test_a_line_is_that_of_least_squares(n):
    row, season = with_gaps(40), np.array([1.0, -2.0, 1.0])
    t = np.flatnonzero(np.isfinite(row[:n]))
    slope, level = np.polyfit(t, row[t] - season[t % 3], 1)
    assert forecasts._line(row, season, n, 3) == pytest.approx((level, slope))


def test_a_line_through_one_value_or_none():
    assert forecasts._line(np.array([NAN, NAN, 7.0, NAN]), np.zeros(2), 4, 2) == (7.0, 0.0)
    assert forecasts._line(np.array([NAN, NAN]), np.zeros(2), 2, 2) == (0.0, 0.0)


def test_persistence_is_a_regression_of_neighbours_about_the_mean():
    row, season, mean = with_gaps(40), np.array([2.0, -1.0, -1.0]), 21.0
    away = row - mean - season[np.arange(40) % 3]
    both = np.isfinite(away[1:]) & np.isfinite(away[:-1])
    now, before = away[1:][both], away[:-1][both]
    expected = now @ before / (before @ before)
    assert 0.1 < expected < 0.98
    assert forecasts._persistence(row, 40, mean, season, 3) == pytest.approx(expected)
    zero = np.zeros(3)
    assert forecasts._persistence(np.array([1.0, -1.0] * 5), 10, 0.0, zero, 3) == 0.0
    assert forecasts._persistence(np.arange(1.0, 30), 29, 0.0, zero, 3) == 0.98
    assert forecasts._persistence(np.array([3.0, NAN, 3.0]), 3, 0.0, zero, 3) == 0.0
    assert forecasts._persistence(np.zeros(9), 9, 0.0, zero, 3) == 0.0


def smoothed(row, params, start, shape, skip):
    """Component form: new level, slope and season are means of what was and what is seen."""
    alpha, beta, phi, gamma, drift = params
    (level, slope), season, errors = start, shape.copy(), []
    for t, y in enumerate(row):
        level, slope = level + phi * slope + drift, phi * slope
        s = t % len(shape)
        if np.isnan(y):
            continue
        error = y - (level + season[s])
        level, slope, season[s] = (
            level + alpha * error,
            slope + beta * error,
            season[s] + gamma * error,
        )
        errors += [error**2] if t >= skip else []
    return np.mean(errors) if errors else 0.0, (level, slope), season


@pytest.mark.parametrize("skip", [0, 3, 6, 40])
def test_smoothing_takes_in_step_by_step_and_passes_over_gaps(skip):
    row, params = with_gaps(40), np.array([0.4, 0.1, 0.9, 0.2, 0.3])
    shape = np.array([1.0, -3.0, 2.0])
    error, state, season = smoothed(row, params, (18.0, 0.5), shape, skip)
    told, seasons = np.empty(2), np.empty(3)
    given = (row, 40, params, np.array([18.0, 0.5]), shape, 3, skip, told, seasons)
    assert forecasts._tried(*given) == pytest.approx(error, rel=1e-12)
    np.testing.assert_allclose(told, state)
    np.testing.assert_allclose(seasons, season)


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize("n", [9, 26])
@pytest.mark.parametrize(("trend", "seasonal"), [(False, False), (True, False), (True, True),
                                                 (False, True)])  # fmt: skip
def test_parameters_are_sought_one_after_the_other_twice(seed, n, trend, seasonal):
    row = with_gaps(n, seed)
    row += 6 * np.tile(np.random.default_rng(seed).normal(0, seed, 4), 10)[:n]
    start, shape = np.array([20.0, 0.2]), np.array([1.0, -1.0, 2.0, -2.0])
    skip = max(2, min(4, n // 4))

    def error(params):
        return smoothed(row, params, start, shape, skip)[0]

    grids = [GRID[a:b] for a, b in itertools.pairwise(ENDS)]
    best = [0.3, 0.03 if trend else 0.0, 0.9 if trend else 0.0, 0.05 if seasonal else 0.0, 0.0]
    for which in (0, 1, 2, 3) * 2:
        if (which in (1, 2) and not trend) or (which == 3 and not seasonal):
            continue
        tried = [best, *([*best[:which], x, *best[which + 1 :]] for x in grids[which])]
        may = [p for p in tried if p is best or (p[1] <= p[0] and p[0] + p[3] <= 1 + 1e-9)]
        best = min(may, key=error)
    params = np.zeros(5)
    forecasts._fit(row, n, trend, seasonal, start, shape, 4, params, np.empty(2), np.empty(4))
    np.testing.assert_allclose(params, best)


def test_what_is_tried():
    parts = [GRID[a:b] for a, b in itertools.pairwise(ENDS)]
    assert [len(part) for part in parts] == [12, 6, 4, 7]
    assert [round(sum(k * x for k, x in enumerate(part, 1)), 6) for part in parts] == [
        49.62, 2.05, 9.37, 6.89,
    ]  # fmt: skip


def paths(row, period, horizon, origins, every, first):
    size = 9 * (origins + 1) * horizon
    out = np.empty(size + 45)
    forecasts._paths(row, period, horizon, origins, every, first, out)
    return out[:size].reshape(9, origins + 1, horizon), out[size:].reshape(9, 5)


def test_what_too_few_steps_give_is_unknown():
    told, params = paths(np.arange(10.0) % 4, 3, 2, 9, 1, 4)
    known = np.isfinite(told)
    seen = np.arange(1, 11)
    for member in range(9):
        least = 4 if member < 4 else 7
        assert known[member].all(axis=1).tolist() == (seen >= least).tolist()
        assert known[member].any(axis=1).tolist() == (seen >= least).tolist()
    assert np.isfinite(params).all()
    told, params = paths(np.arange(6.0), 3, 2, 2, 1, 2)
    assert np.isnan(told[4:]).all()
    assert np.isnan(params[4:]).all()
    assert np.isfinite(params[:4]).all()


def test_parameters_are_chosen_anew_after_so_many_steps_and_at_the_last(monkeypatch):
    chosen, prepare = {}, forecasts._prepare

    def noting(values, n, member, *more):
        chosen.setdefault(member, []).append(n)
        prepare(values, n, member, *more)

    monkeypatch.setattr(forecasts, "_prepare", noting)
    paths(with_gaps(20), 3, 1, 10, 4, 2)
    assert chosen == {member: [10, 14, 18, 20] for member in range(9)}
    chosen.clear()
    paths(with_gaps(20), 4, 1, 14, 5, 7)
    assert chosen[0] == [7, 12, 17, 20]
    assert chosen[5] == [9, 14, 19, 20]


@pytest.mark.parametrize("n", [20, 45])
def test_members_start_from_their_lines_and_seasons(n):
    """What is forecast, from the parameters that were chosen, step by step."""
    row, period = with_gaps(n), 4
    told, params = paths(row, period, 6, 0, 1, 2)
    seasonal = np.empty(period)
    forecasts._season(row, n, period, np.empty(period), seasonal)
    steps = np.arange(n, n + 6)
    for member in range(9):
        shape = seasonal if 4 <= member < 8 else np.zeros(period)
        rest = row - shape[np.arange(n) % period]
        known = np.flatnonzero(np.isfinite(rest))
        early = known[known < 3 * period]
        slope, level = np.polyfit(early, rest[early], 1)
        kind = member % 4
        if member == 8:
            assert params[8].tolist() == [0, 0, 0, 1, 0]
            level = slope = 0.0
        elif kind == 3:
            mean = rest[known].mean()
            phi = forecasts._persistence(row, n, mean, shape, period)
            np.testing.assert_allclose(params[member], [0, 0, phi, 0, 0], rtol=1e-12)
            expected = mean + phi ** np.arange(1, 7) * rest[-1] - mean * phi ** np.arange(1, 7)
            np.testing.assert_allclose(told[member, 0], expected + shape[steps % period])
            continue
        drift = np.polyfit(known, rest[known], 1)[0] / 2 if kind == 2 and member < 8 else 0.0
        assert params[member, 4] == pytest.approx(drift)
        start = (level, slope if kind == 1 else 0.0)
        _, (level, slope), shape = smoothed(row, params[member], start, shape, 0)
        phi = params[member, 2]
        ahead = level + np.cumsum(slope * phi ** np.arange(1, 7) + drift) + shape[steps % period]
        np.testing.assert_allclose(told[member, 0], ahead, rtol=1e-9)


def test_what_is_optional_is_named():
    kinds = [p.kind.name for p in inspect.signature(forecasts.smoothing_paths).parameters.values()]
    assert kinds == ["POSITIONAL_OR_KEYWORD"] * 4 + ["KEYWORD_ONLY"] * 2
