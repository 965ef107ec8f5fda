"""What is expected now, averaged over how strong trend, season and memory may be.

Each average is weighted by how well its members explain the past: no member is chosen.
"""

import math

import numpy as np

from trends.kernels._loglinear import factorise, solve
from trends.kernels._rowwise import Row

__all__ = ["average", "now_of", "remember"]

SEASONS = (0.0, 0.05, 0.2, 0.8)
TRENDS = (0.1, 0.5, 1.0)
SHARES = (0.25, 0.5, 0.75)
MEMORIES = (0.5, 0.8, 0.95)


def explain(
    beta: Row, inverse: Row, season: float, trend: float, room: Row, shifts: Row, gain: Row
) -> float:
    """Draw the params towards 0 by a prior: its log likelihood.

    Fills how far each param moves, and how much of the variance of the predictor is gone.
    """
    p = beta.shape[0]
    q = p - 1
    work, against = np.empty(q), np.empty(q)
    for j in range(q):
        against[j] = inverse[0, j + 1]
        for k in range(q):
            room[j, k] = inverse[j + 1, k + 1]
            if k % 2:
                against[j] += room[j, k]
        sd = trend if j == 0 else season / (1 + (j - 1) // 2)
        room[j, j] = room[j, j] * (1.0 + 1e-9) + sd * sd
        work[j] = beta[j + 1]
    if not factorise(room, q):
        return -1e300
    likelihood = gain[0] = 0.0
    solve(room, q, work)
    for j in range(p):
        shifts[j] = 0.0
        for k in range(q):
            shifts[j] += inverse[j, k + 1] * work[k]
    for j in range(q):
        likelihood -= math.log(room[j, j]) + 0.5 * work[j] * beta[j + 1]
        work[j] = against[j]
    solve(room, q, work)
    for j in range(q):
        gain[0] += against[j] * work[j]
    return likelihood


def now_of(params: Row) -> float:
    """Linear predictor at age 0, where all sines are 0 and all cosines 1."""
    total = 1.0 * params[0]
    for j in range(2, params.shape[0], 2):
        total += params[j]
    return float(total)


def average(beta: Row, inverse: Row, scale: float) -> float:
    """Average `beta`, in place, over the strengths; return the variance of the predictor now."""
    p = beta.shape[0]
    room, shifts, gain = np.empty((p - 1, p - 1)), np.empty(p), np.empty(1)
    moved = np.empty(p)
    for j in range(p):
        moved[j] = 0.0
    best, total, square, within = -1e300, 0.0, 0.0, 0.0
    for season in SEASONS:
        for trend in TRENDS:
            height = explain(beta, inverse, season * scale, trend * scale, room, shifts, gain)
            if height == -1e300:
                continue
            fade = math.exp(max(min(best - height, 0.0), -700.0))
            best = max(best, height)
            weight = math.exp(max(height - best, -700.0))
            shift = now_of(shifts)
            total = total * fade + weight
            square = square * fade + weight * shift * shift
            within = within * fade + weight * gain[0]
            for j in range(p):
                moved[j] = moved[j] * fade + weight * shifts[j]
    spread = 0.0
    for j in range(p):
        for k in range(p):
            if (j == 0 or (j > 1 and j % 2 == 0)) and (k == 0 or (k > 1 and k % 2 == 0)):
                spread += inverse[j, k]
    if total > 0.0:
        shift = now_of(moved) / total
        spread += max(0.0, square / total - shift * shift) - within / total
        for j in range(p):
            beta[j] -= moved[j] / total
    return max(0.0, spread)


def remember(residuals: Row, ages: Row, n: int) -> tuple[float, float]:
    """Mean and variance of the next standard residual, from the memory of those before.

    A share of the variance is AR(1), the rest white; averaged over shares and memories, half of
    the prior weight on none.
    """
    best, total, mean, square, within = 0.0, 1.0, 0.0, 0.0, 1.0
    for i in range(n):
        best -= 0.5 * residuals[i] * residuals[i]
    for share in SHARES:
        for memory in MEMORIES:
            height, level, spread = follow(residuals, ages, n, share, memory)
            fade = math.exp(max(min(best - height, 0.0), -700.0))
            best = max(best, height)
            weight = math.exp(max(height - best, -700.0)) / (len(SHARES) * len(MEMORIES))
            total = total * fade + weight
            mean = mean * fade + weight * level
            square = square * fade + weight * level * level
            within = within * fade + weight * spread
    mean /= total
    return mean, within / total + max(0.0, square / total - mean * mean)


def follow(
    residuals: Row, ages: Row, n: int, share: float, memory: float
) -> tuple[float, float, float]:
    """Kalman's filter: log likelihood, mean and variance of the next residual."""
    height, level, spread = 0.0, 0.0, share
    for i in range(n):
        whole = spread + 1.0 - share
        away = residuals[i] - level
        height -= 0.5 * (math.log(whole) + away * away / whole)
        level += spread / whole * away
        spread *= (1.0 - share) / whole
        gap = ages[i] - (ages[i + 1] if i + 1 < n else 0.0)
        fade = math.pow(memory, gap)
        level *= fade
        spread = share + fade * fade * (spread - share)
    return height, level, spread + 1.0 - share
