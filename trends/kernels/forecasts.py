"""Forecasts by exponential smoothing, and what they would have been at earlier steps."""

import functools
import math

import numpy as np
import numpy.typing as npt

from trends.kernels._rowwise import Kernel, Row, rowwise

__all__ = ["MEMBERS", "PARAMS", "smoothing_paths"]

# Four ways to go on, each without and with a season, and last year's month. SES is simple
# exponential smoothing; "drift" adds half the slope of the whole past, as the theta method does;
# "return" is an AR(1) about the mean.
MEMBERS = (
    "SES",
    "damped trend",
    "drift",
    "return",
    "seasonal SES",
    "seasonal damped trend",
    "seasonal drift",
    "seasonal return",
    "seasonal naive",
)
PARAMS = ("alpha", "beta", "phi", "gamma", "drift")
# What is tried, of alpha, beta, phi and gamma in turn, and where each ends
GRID = (
    *(0.02, 0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0),
    *(0.0, 0.01, 0.03, 0.06, 0.1, 0.2),
    *(0.8, 0.9, 0.95, 0.98),
    *(0.0, 0.02, 0.05, 0.1, 0.2, 0.3, 0.5),
)
ENDS = (0, 12, 18, 22, 29)
SWEEPS = 2
CYCLES = 5  # that the season at the start is the mean of


def _season(values: Row, n: int, period: int, scratch: Row, season: Row) -> None:
    """Mean distance of each season from the centred moving average, over the first cycles."""
    half = period // 2
    last = min(n, CYCLES * period)
    for s in range(period):
        season[s] = scratch[s] = 0.0
    for t in range(half, last - half):
        total = weight = 0.0
        for k in range(-half, half + 1):
            part = 0.5 if period % 2 == 0 and (k == -half or k == half) else 1.0
            y = 1.0 * values[t + k]
            if y == y:
                total += part * y
                weight += part
        y = 1.0 * values[t]
        if y == y and weight > 0.5 * period:
            season[t % period] += y - total / weight
            scratch[t % period] += 1.0
    mean = 0.0
    for s in range(period):
        if scratch[s] > 0.0:
            season[s] /= scratch[s]
        mean += season[s] / period
    for s in range(period):
        season[s] -= mean


def _line(values: Row, season: Row, n: int, period: int) -> tuple[float, float]:
    """Least squares line through the first n values less their season: at step 0, and its slope."""
    count = times = squares = total = cross = 0.0
    for t in range(n):
        y = 1.0 * values[t]
        if y == y:
            y -= season[t % period]
            count += 1.0
            times += t
            squares += 1.0 * t * t
            total += y
            cross += t * y
    if count == 0.0:
        return 0.0, 0.0
    spread = squares - times * times / count
    slope = (cross - times * total / count) / spread if spread > 0.0 else 0.0
    return (total - slope * times) / count, slope


def _smooth(
    values: Row, first: int, last: int, params: Row, state: Row, season: Row, period: int, skip: int
) -> float:
    """Take the steps first ... last - 1 into level, slope and season; the mean squared error."""
    alpha, beta, phi, gamma, drift = params[0], params[1], params[2], params[3], params[4]
    level, slope = state[0], state[1]
    total = count = 0.0
    for t in range(first, last):
        y = 1.0 * values[t]
        s = t % period
        level += phi * slope + drift
        slope *= phi
        if y == y:
            error = y - level - season[s]
            level += alpha * error
            slope += beta * error
            season[s] += gamma * error
            if t >= skip:
                total += error * error
                count += 1.0
    state[0], state[1] = level, slope
    return total / count if count > 0.0 else 0.0


def _tried(
    values: Row, n: int, params: Row, start: Row, shape: Row, period: int, skip: int, state: Row,
    season: Row,
) -> float:  # fmt: skip
    """The mean squared error one step on, from the start."""
    state[0], state[1] = start[0], start[1]
    for s in range(period):
        season[s] = shape[s]
    return _smooth(values, 0, n, params, state, season, period, skip)


def _fit(
    values: Row, n: int, trend: bool, seasonal: bool, start: Row, shape: Row, period: int,
    params: Row, state: Row, season: Row,
) -> None:  # fmt: skip
    """Choose the smoothing parameters on a grid, one after the other, by the error one step on."""
    params[0], params[1], params[2], params[3] = 0.3, 0.0, 0.0, 0.0
    if trend:
        params[1], params[2] = 0.03, 0.9
    if seasonal:
        params[3] = 0.05
    skip = max(2, min(period, n // 4))
    best = _tried(values, n, params, start, shape, period, skip, state, season)
    for _ in range(SWEEPS):
        for which in range(4):
            if (which in (1, 2) and not trend) or (which == 3 and not seasonal):
                continue
            kept = params[which]
            for i in range(ENDS[which], ENDS[which + 1]):
                value = GRID[i]
                params[which] = value
                if params[1] > params[0] or params[3] > 1.0 - params[0] + 1e-9:
                    continue
                error = _tried(values, n, params, start, shape, period, skip, state, season)
                if error < best:
                    best, kept = error, value
            params[which] = kept


def _persistence(values: Row, n: int, mean: float, season: Row, period: int) -> float:
    """Lag-one regression about the mean, of neighbours both known; 0 to 0.98."""
    cross = squares = 0.0
    for t in range(1, n):
        a, b = 1.0 * values[t - 1], 1.0 * values[t]
        if a == a and b == b:
            a -= mean + season[(t - 1) % period]
            cross += a * (b - mean - season[t % period])
            squares += a * a
    return min(max(cross / squares, 0.0), 0.98) if squares > 0.0 else 0.0


def _prepare(
    values: Row, n: int, member: int, period: int, params: Row, start: Row, shape: Row, state: Row,
    season: Row,
) -> None:  # fmt: skip
    """Fit a member to the first n steps, and set its state to that before the first."""
    seasonal = 4 <= member < 8
    for s in range(period):
        shape[s] = season[s] = 0.0
    if seasonal:
        _season(values, n, period, season, shape)
    kind = member % 4
    for k in range(5):
        params[k] = 0.0
    if member == 8:
        params[3] = 1.0
        start[0] = start[1] = 0.0
    elif kind == 3:
        # written as a slope that is all of the distance from the mean
        start[0] = 0.0
        count = 0.0
        for t in range(n):
            y = 1.0 * values[t]
            if y == y:
                start[0] += y - shape[t % period]
                count += 1.0
        start[0] /= max(count, 1.0)
        start[1] = 0.0
        params[2] = _persistence(values, n, start[0], shape, period)
    else:
        intercept, slope = _line(values, shape, min(n, 3 * period), period)
        start[0], start[1] = intercept, 0.0
        if kind == 1:
            start[1] = slope
        elif kind == 2:
            _, slope = _line(values, shape, n, period)
            params[4] = 0.5 * slope
        _fit(values, n, kind == 1, seasonal, start, shape, period, params, state, season)
    state[0], state[1] = start[0], start[1]
    for s in range(period):
        season[s] = shape[s]


def _return(
    values: Row, first: int, last: int, params: Row, state: Row, season: Row, period: int
) -> None:
    """Let the distance from the mean decay, and set it anew at each known step."""
    for t in range(first, last):
        y = 1.0 * values[t]
        state[1] *= params[2]
        if y == y:
            state[1] = y - state[0] - season[t % period]


def _ahead(
    member: int, t: int, horizon: int, params: Row, state: Row, season: Row, period: int,
    at: int, out: Row,
) -> None:  # fmt: skip
    """Write the forecasts from step t."""
    level, slope = state[0], state[1]
    for h in range(1, horizon + 1):
        slope *= params[2]
        if member % 4 == 3:
            out[at + h - 1] = level + slope + season[(t + h) % period]
        else:
            level += slope + params[4]
            out[at + h - 1] = level + season[(t + h) % period]


def _paths(
    values: Row, period: int, horizon: int, origins: int, every: int, first: int, out: Row
) -> None:
    """Write what `smoothing_paths` gives, one after the other."""
    n = values.shape[0]
    state, start, params = np.empty(2), np.empty(2), np.empty(5)
    season, shape = np.empty(period), np.empty(period)
    table = (origins + 1) * horizon
    size = len(MEMBERS) * table
    for i in range(out.shape[0]):
        out[i] = math.nan
    for member in range(len(MEMBERS)):
        done = fitted = 0
        for o in range(origins + 1):
            t = n - 1 - origins + o
            if t + 1 < first or (member >= 4 and t + 1 < 2 * period + 1):
                continue
            if done == 0 or t + 1 - fitted >= every or o == origins:
                _prepare(values, t + 1, member, period, params, start, shape, state, season)
                done, fitted = 0, t + 1
            if member % 4 == 3:
                _return(values, done, t + 1, params, state, season, period)
            else:
                _smooth(values, done, t + 1, params, state, season, period, n)
            done = t + 1
            at = member * table + o * horizon
            _ahead(member, t, horizon, params, state, season, period, at, out)
        for k in range(5):
            out[size + 5 * member + k] = params[k] if done > 0 else math.nan


@functools.cache
def _kernel(width: int) -> Kernel[np.float64]:
    return rowwise(np.float64, width=width, cost=100_000.0)(_paths)


def smoothing_paths(
    values: npt.ArrayLike,
    period: int,
    horizon: int,
    origins: int,
    *,
    every: int = 6,
    first: int = 2,
) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]:
    """Forecasts of `MEMBERS` from the last steps, each from what came before it alone.

    Parameters
    ----------
    values : real array, shape (..., n_time)
        NaN is passed over: the state goes on as forecast.
    period : int
        Length of the season.
    horizon : int
        How many steps ahead.
    origins : int
        From how many steps before the last one to forecast as well, at most n_time - 1.
    every : int
        The smoothing parameters are chosen anew after so many steps, and at the last one.
    first : int
        Steps that must have been seen.

    Returns
    -------
    paths : float64 array, shape (..., 9, origins + 1, horizon)
        NaN before `first` steps, and for members with a season before ``2 * period + 1``.
        Causal: what is forecast from a step is of the steps up to it, except that the steps
        at which parameters are chosen anew are counted from the first origin.
    params : float64 array, shape (..., 9, 5)
        `PARAMS` at the last step, in the error correction form of [1]_.

    References
    ----------
    .. [1] R. J. Hyndman, A. B. Koehler, J. K. Ord and R. D. Snyder (2008), Forecasting with
       Exponential Smoothing, Springer, doi:10.1007/978-3-540-71918-2.
    .. [2] R. J. Hyndman and B. Billah (2003), "Unmasking the Theta method", International Journal
       of Forecasting 19, 287-290, doi:10.1016/S0169-2070(01)00143-1.

    Examples
    --------
    >>> paths, params = smoothing_paths([3.0, 1.0, 3.0, 1.0, 3.0, 1.0, 3.0, 1.0], 2, 2, 0)
    >>> paths[MEMBERS.index("seasonal naive"), 0]
    array([3., 1.])
    """
    rows = np.asarray(values, dtype=np.float64)
    shape = (len(MEMBERS), origins + 1, horizon)
    size = math.prod(shape)
    kernel = _kernel(size + len(MEMBERS) * len(PARAMS))
    found = kernel(rows, period, horizon, origins, every, first)
    return (
        found[..., :size].reshape(*rows.shape[:-1], *shape),
        found[..., size:].reshape(*rows.shape[:-1], len(MEMBERS), len(PARAMS)),
    )
