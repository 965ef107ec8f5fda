"""The quasi-Poisson baseline of Farrington's bound: a level for each season, and a trend.

With a level for each season the likelihood is highest where each season's means add up to its
counts. So the levels follow from the trend, Newton's steps are in one dimension, and a season of
zeros has means of 0, its limit.
"""

import math

import numpy as np

from trends.kernels._distributions import count_quantile, normal_quantile, student_two_sided
from trends.kernels._rowwise import Row

__all__ = ["farrington"]


def seasons_of(
    step: int, period: int, years: int, window: int, levels: int, skipped: int, seasons: Row
) -> None:
    """Fill the season of each step before: 0 the reference windows, -1 outside the baseline.

    The steps between two windows are shared out to seasons 1, 2, ..., the first ones longer.
    """
    for t in range(seasons.shape[0]):
        seasons[t] = -1
    for t in range(step - window, step):
        seasons[t] = 0
    for year in range(1, years + 1):
        centre = step - year * period
        for t in range(centre - window, centre + window + 1):
            seasons[t] = 0
        t = centre + window + 1
        between = period - 2 * window - 1
        for season in range(1, levels):
            length = between // (levels - 1) + (season <= between % (levels - 1))
            for _ in range(length):
                seasons[t] = season
                t += 1
    for t in range(max(0, step - skipped), step):
        seasons[t] = -1


def _sums(
    counts: Row, exposure: Row, times: Row, groups: Row, weights: Row, n: int, slope: float,
    means: Row, sums: Row,
) -> tuple[float, float]:  # fmt: skip
    """Fill the means at a slope, and of each season: its weight, mean time, and log of the level.

    Returns the first derivative of the likelihood by the slope, and less the second.
    """
    for g in range(sums.shape[0]):
        for k in range(4):
            sums[g, k] = 0.0
    for i in range(n):
        g = groups[i]
        means[i] = exposure[i] * math.exp(slope * times[i])
        sums[g, 0] += weights[i] * means[i]
        sums[g, 1] += weights[i] * means[i] * times[i]
        sums[g, 2] += weights[i] * counts[i]
    for g in range(sums.shape[0]):
        if sums[g, 0] > 0.0:
            sums[g, 1] /= sums[g, 0]
            sums[g, 3] = sums[g, 2] / sums[g, 0]
    score = spread = 0.0
    for i in range(n):
        g = groups[i]
        means[i] *= sums[g, 3]
        away = times[i] - sums[g, 1]
        score += weights[i] * counts[i] * away
        spread += weights[i] * means[i] * away * away
    return score, spread


def _climb(
    counts: Row, exposure: Row, times: Row, groups: Row, weights: Row, n: int, means: Row, sums: Row
) -> tuple[bool, float, float]:
    """Fit the slope, for times within -1 ... 1: whether it was reached, it, and its information."""
    slope = 0.0
    for _ in range(60):
        score, spread = _sums(counts, exposure, times, groups, weights, n, slope, means, sums)
        if not spread > 1e-12 or abs(slope) > 30.0:
            return False, 0.0, 0.0
        move = min(max(score / spread, -1.0), 1.0)
        slope += move
        if abs(move) < 1e-10:
            return True, slope, spread
    return False, 0.0, 0.0


def _pearson(counts: Row, weights: Row, means: Row, n: int, relative: bool) -> float:
    """Sum of Pearson's squares, or of the squared errors relative to the mean."""
    total = 0.0
    for i in range(n):
        error = counts[i] - means[i]
        if relative:
            error = error / means[i] if means[i] > 0.0 else -1.0
            total += weights[i] * error * error
        elif means[i] > 0.0:
            total += weights[i] * error * error / means[i]
    return total


def _reweight(
    counts: Row, times: Row, groups: Row, weights: Row, means: Row, sums: Row, n: int,
    spread: float, phi: float, limit: float,
) -> None:  # fmt: skip
    """Weigh down the steps whose Anscombe residuals are above the limit."""
    total = 0.0
    for i in range(n):
        m, g = means[i], groups[i]
        leverage = 0.0
        if m > 0.0:
            leverage = m / (sums[g, 0] * sums[g, 3])
            if spread > 0.0:
                leverage += m * (times[i] - sums[g, 1]) * (times[i] - sums[g, 1]) / spread
        s = 0.0
        if m > 0.0 and leverage < 1.0 - 1e-10:
            s = 1.5 * (math.pow(counts[i], 2.0 / 3.0) * math.pow(m, -1.0 / 6.0) - math.sqrt(m))
            s /= math.sqrt(phi * (1.0 - leverage))
        weights[i] = 1.0 / (s * s) if s > limit else 1.0
        total += weights[i]
    for i in range(n):
        weights[i] *= n / total


def _fit(
    counts: Row, exposure: Row, times: Row, groups: Row, weights: Row, n: int, trend: bool,
    limit: float, relative: bool, means: Row, sums: Row,
) -> tuple[bool, float, float, float, float]:  # fmt: skip
    """Fit, weigh, fit again: whether it could, the slope and its information, phi, the scale.

    The scale is what the squares of standard errors are multiplied by.
    """
    for i in range(n):
        weights[i] = 1.0
    slope = spread = 0.0
    reached = True
    for again in range(1 + (limit < math.inf)):
        if trend:
            reached, slope, spread = _climb(
                counts, exposure, times, groups, weights, n, means, sums
            )
        else:
            _sums(counts, exposure, times, groups, weights, n, 0.0, means, sums)
        df = _degrees(sums, n) - trend
        if not reached or df <= 0.0:
            return False, 0.0, 0.0, 0.0, 0.0
        found = _pearson(counts, weights, means, n, False) / df
        phi = max(found, 1.0)
        if not again and limit < math.inf:
            _reweight(counts, times, groups, weights, means, sums, n, spread, phi, limit)
    if relative and limit < math.inf:
        found = _pearson(counts, weights, means, n, True) / df
    return True, slope, spread, phi, found if relative else phi


def expect(
    table: Row, groups: Row, n: int, levels: int, exposure: float, try_trend: bool,
    trend_alpha: float, limit: float, relative: bool,
) -> tuple[float, float, float, float]:  # fmt: skip
    """Fit the baseline and look at time 0, in season 0.

    `table` holds counts, exposure and times (-1 ... 0) in its first rows, and room in two more.
    Returns the expected count, phi, the slope or NaN, the standard error of the log expectation.
    """
    counts, known, times = table[0], table[1], table[2]
    weights, means, sums = table[3], table[4], np.empty((levels, 4))
    highest = 0.0
    for i in range(n):
        highest = max(highest, counts[i])
    for trend in range(int(try_trend and trend_alpha > 0.0), -1, -1):
        fitted, slope, spread, phi, scale = _fit(
            counts, known, times, groups, weights, n, trend > 0, limit, relative, means, sums
        )
        if not fitted or sums[0, 0] <= 0.0:
            continue
        expected = exposure * sums[0, 3] if exposure > 0.0 else math.nan
        if trend:
            t = abs(slope) / math.sqrt(max(scale, 1e-300) / spread)
            p_value = student_two_sided(t, _degrees(sums, n) - 1.0)
            if p_value >= trend_alpha or expected > highest:
                continue
        if expected <= 0.0:
            return 0.0, phi, math.nan, math.nan
        variance = scale / (sums[0, 0] * sums[0, 3])
        if trend:
            variance += scale * sums[0, 1] * sums[0, 1] / spread
        return expected, phi, slope if trend else math.nan, math.sqrt(variance)
    return math.nan, math.nan, math.nan, math.nan


def _degrees(sums: Row, n: int) -> float:
    """Steps less seasons."""
    degrees = float(n)
    for g in range(sums.shape[0]):
        degrees -= sums[g, 0] > 0.0
    return degrees


def _bound(
    expected: float, error: float, phi: float, alpha: float, power: float, method: int
) -> float:
    """Bound of a count, from its expectation and the standard error of the logarithm of that."""
    if not expected > 0.0:
        return expected  # 0 where all of the season were, NaN where nothing is known
    z = normal_quantile(1.0 - alpha)
    if method == 0:  # DELTA
        spread = phi + expected * error * error
        sd = power * math.sqrt(math.pow(expected, 2.0 * power - 1.0) * spread)
        return math.pow(max(0.0, math.pow(expected, power) + z * sd), 1.0 / power)
    if method == 2:  # MUAN
        expected *= math.exp(min(z * error, 600.0))
    return count_quantile(1.0 - alpha, expected, phi)


def farrington(
    counts: Row, exposure: Row, step: int, period: int, years: int, window: int, levels: int,
    skipped: int, trend_alpha: float, limit: float, alpha: float, power: float, method: int,
    as_surveillance: bool, out: Row,
) -> None:  # fmt: skip
    """Write the bound of a step and what it was made of, as `farrington_facts` says."""
    for k in range(5):
        out[k] = math.nan
    out[5] = 0
    earliest = step - years * period - window
    if earliest < 0:
        return
    room = step - earliest
    seasons = np.empty(room, np.int64)
    seasons_of(room, period, years, window, levels, skipped, seasons)
    table = np.empty((5, room))
    n = 0
    for i in range(room):
        y, e = 1.0 * counts[earliest + i], 1.0 * exposure[earliest + i]
        if seasons[i] >= 0 and y == y and e > 0.0:
            table[0, n], table[1, n], table[2, n] = y, e, (i - room) / room
            seasons[n] = seasons[i]
            n += 1
    out[5] = n
    expected, phi, slope, error = expect(
        table, seasons, n, levels, exposure[step], years > 2, trend_alpha, limit, as_surveillance
    )
    out[0] = _bound(expected, error, phi, alpha, power, method)
    out[1], out[2], out[3], out[4] = expected, phi, slope / room, error
