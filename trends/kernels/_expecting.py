"""A regression on trend and season of the steps before: log-linear for counts, linear otherwise.

The variance of a count is ``phi * mean`` or ``mean + alpha * mean**2``, whichever the residuals
fit better, mixed where they do not tell; of other numbers it is constant. Past outbreaks count for
less, and the dispersion is corrected for what that cuts off where there was none.
"""

import math

import numpy as np

from trends.kernels._loglinear import clear, factorise, invert, solve
from trends.kernels._rowwise import Row

__all__ = ["climb", "fill_design", "moments", "normal_residual", "variance"]

LIMIT = 2.3  # past steps further up than this have less weight; 2.58 loses more to past outbreaks
LEAST_SHARE, ATTEMPTS = 1e-9, 25


def fill_design(ages: Row, n: int, period: int, design: Row) -> None:
    """Fill 1, the time in years, and pairs of cosine and sine; an age is in steps before now."""
    pairs = (design.shape[1] - 2) // 2
    for i in range(n):
        design[i, 0] = 1.0
        design[i, 1] = -ages[i] / period
        for j in range(pairs):
            phase = 2.0 * math.pi * ((j + 1) * ages[i] % period) / period
            design[i, 2 + 2 * j] = math.cos(phase)
            design[i, 3 + 2 * j] = math.sin(phase)


def variance(mean: float, parts: Row) -> float:
    """Variance of a value of this mean.

    `parts` holds phi, alpha, the share of the second form, and the variance of what is no count.
    """
    if parts[3] > 0.0:
        return float(parts[3])
    first = parts[0] * mean
    whole = first + parts[2] * (mean + parts[1] * mean * mean - first)
    return float(whole)


def normal_residual(value: float, mean: float, spread: float, counts: bool) -> float:
    """Residual that is near to standard normal: of the power of a count that has no skew."""
    if not counts:
        return (value - mean) / math.sqrt(spread)
    power = (1.0 + mean / spread) / 3.0
    ratio = spread / (mean * mean)
    middle = 1.0 / (1.0 + 0.5 * power * (1.0 - power) * ratio)
    return (math.pow(value / mean, power) - middle) / (power * math.sqrt(ratio))


def kept(mean: float, spread: float, counts: bool) -> float:
    """Expected squared residual, times weight, of a null: 1 but for what the limit cuts off."""
    ratio = spread / (mean * mean) if counts else 1.0
    power = (1.0 + mean / spread) / 3.0 if counts else 1.0
    middle = 1.0 / (1.0 + 0.5 * power * (1.0 - power) * ratio)
    cut, width = 0.0, 0.25
    for k in range(16):
        z = LIMIT + (k + 0.5) * width
        r = z
        if counts:
            base = middle + power * math.sqrt(ratio) * z
            r = (math.pow(base, 1.0 / power) - 1.0) / math.sqrt(ratio)
        away = 1.0 - (LIMIT / z) * (LIMIT / z)
        cut += width * away * r * r * math.exp(-0.5 * z * z) / math.sqrt(2.0 * math.pi)
    return max(0.5, 1.0 - (cut if counts else 2.0 * cut))


def means_of(exposure: Row, design: Row, n: int, beta: Row, counts: bool, means: Row) -> None:
    """Fill the means."""
    for i in range(n):
        eta = 0.0
        for j in range(design.shape[1]):
            eta += design[i, j] * beta[j]
        means[i] = exposure[i] * (math.exp(min(max(eta, -30.0), 30.0)) if counts else eta)


def weigh(values: Row, means: Row, n: int, parts: Row, counts: bool, weights: Row) -> None:
    """Weigh down what lies above the limit; of what is no count also what lies below."""
    for i in range(n):
        z = normal_residual(values[i], means[i], variance(means[i], parts), counts)
        z = z if counts else abs(z)
        weights[i] = (LIMIT / z) * (LIMIT / z) if z > LIMIT else 1.0


def moments(values: Row, means: Row, weights: Row, n: int, df: float, counts: bool, parts: Row
            ) -> None:  # fmt: skip
    """Set the parts of the variance so that weighted squares add up to what they should."""
    mean = first = second = slope = 0.0
    for i in range(n):
        mean += means[i] / n
        square = weights[i] * (values[i] - means[i]) * (values[i] - means[i])
        if counts:
            shrink = 1.0 / (1.0 + parts[1] * means[i])
            first += square / means[i]
            second += square / means[i] * shrink
            slope += square * shrink * shrink
        else:
            first += square
    if not counts:
        parts[3] = first / (df * kept(mean, 1.0, False))
        return
    total = df * kept(mean, variance(mean, parts), True)
    parts[0] = max(1.0, first / total)
    if slope > 0.0:
        parts[1] = max(0.0, parts[1] + (second - total) / slope)
    better = 0.0
    for i in range(n):
        better += 0.5 * math.log(parts[0] / (1.0 + parts[1] * means[i]))
    parts[2] = 1.0 / (1.0 + math.exp(min(max(-better, -50.0), 50.0)))


def gather(
    values: Row, exposure: Row, design: Row, means: Row, weights: Row, n: int, parts: Row,
    counts: bool, score: Row, info: Row,
) -> None:  # fmt: skip
    """Sum the score and the information."""
    p = design.shape[1]
    clear(score, info)
    for i in range(n):
        turn = means[i] if counts else exposure[i]
        pull = weights[i] * turn / variance(means[i], parts)
        rest, pull = pull * (values[i] - means[i]), pull * turn
        for j in range(p):
            x = design[i, j]
            score[j] += rest * x
            for k in range(j + 1):
                info[j, k] += pull * x * design[i, k]


def climb(
    values: Row, exposure: Row, design: Row, n: int, least: Row, counts: bool, beta: Row,
    means: Row, weights: Row, parts: Row, inverse: Row,
) -> bool:  # fmt: skip
    """Fit; whether it could. `least` is the least information on each param.

    `inverse` is left with the covariance of `beta`.
    """
    p = design.shape[1]
    score, info = np.empty(p), np.empty((p, p))
    start = 1.0 if counts else 1.0 * parts[3]  # the variance: numbers have a unit
    near = 1e-6 * math.sqrt(start)
    for i in range(n):
        weights[i] = 1.0
    for attempt in range(ATTEMPTS):
        means_of(exposure, design, n, beta, counts, means)
        if attempt > 1:
            weigh(values, means, n, parts, counts, weights)
            moments(values, means, weights, n, n - p, counts, parts)
            parts[3] = max(parts[3], 0.0 if counts else LEAST_SHARE * start)
        gather(values, exposure, design, means, weights, n, parts, counts, score, info)
        for j in range(p):
            score[j] -= least[j] * beta[j]
            info[j, j] += least[j]
        if not factorise(info, p):
            return False
        solve(info, p, score)
        move = 0.0
        for j in range(p):
            move = max(move, abs(score[j]))
        for j in range(p):
            beta[j] += score[j] * (min(1.0, 2.0 / move) if counts and move > 0.0 else 1.0)
        if attempt > 3 and move < near:
            break
    invert(info, p, inverse)
    means_of(exposure, design, n, beta, counts, means)
    return True
