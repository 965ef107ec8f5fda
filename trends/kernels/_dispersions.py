"""How the negative binomial's log-likelihood depends on its dispersion alpha.

Of a count y with mean m it is, but for what depends on y alone, ``y log m`` plus the sum of
``log(1 + alpha k)`` over k < y less ``(y + 1 / alpha) log(1 + alpha m)``: written so, and not by
differences of log-gamma, nothing cancels where alpha is small.
"""

import math

from trends.kernels._rowwise import Row

__all__ = ["count_above", "counts_part", "mean_part"]


def count_above(counts: Row, n: int, above: Row) -> None:
    """Fill ``above[k]`` with how many counts are above k."""
    room = above.shape[0]
    for k in range(room):
        above[k] = 0.0
    for i in range(n):
        count = min(math.ceil(counts[i]), room)
        if count > 0:
            above[count - 1] += 1.0
    for k in range(room - 2, -1, -1):
        above[k] += above[k + 1]


def counts_part(counts: Row, n: int, alpha: float, above: Row) -> tuple[float, float, float]:
    """Sum of ``log(1 + alpha k)``, k below each count, and its first two derivatives by alpha.

    Term by term up to the room of `above`; beyond that by Stirling's series.
    """
    room = above.shape[0]
    total = slope = bend = 0.0
    for k in range(1, room):
        times = above[k]
        if times == 0.0:
            return total, slope, bend
        r = k / (1.0 + alpha * k)
        total += times * math.log1p(alpha * k)
        slope += times * r
        bend -= times * r * r
    theta = 1.0 / alpha
    a = theta + room
    for i in range(n):
        more = counts[i] - room
        if more > 0.0:
            b = a + more
            grown = math.log1p(more / a)
            total += (a - 0.5) * grown + more * math.log1p(alpha * counts[i]) - more
            total += stirling(b) - stirling(a)
            first = grown + digamma_rest(b) - digamma_rest(a)
            second = trigamma(a) - trigamma(b)
            slope += theta * (more - theta * first)
            bend -= theta * theta * (more - theta * (2.0 * first - theta * second))
    return total, slope, bend


def stirling(x: float) -> float:
    """Log-gamma less its leading terms, for x > 30."""
    r = 1.0 / x
    q = r * r
    return r * (1.0 / 12.0 - q * (1.0 / 360.0 - q / 1260.0))


def digamma_rest(x: float) -> float:
    """Digamma less the logarithm, for x > 30."""
    r = 1.0 / x
    q = r * r
    return -0.5 * r - q * (1.0 / 12.0 - q * (1.0 / 120.0 - q / 252.0))


def trigamma(x: float) -> float:
    """Trigamma, for x > 30."""
    r = 1.0 / x
    q = r * r
    return r + 0.5 * q + r * q * (1.0 / 6.0 - q * (1.0 / 30.0 - q / 42.0))


def mean_part(counts: Row, n: int, alpha: float, means: Row) -> tuple[float, float]:
    """First two derivatives by alpha of less the sum of ``(y + 1 / alpha) log(1 + alpha m)``."""
    slope = bend = 0.0
    for i in range(n):
        y, m = counts[i], means[i]
        x = alpha * m
        r = 1.0 / (1.0 + x)
        if x < 0.03:  # log(1 + x) / x differentiated term by term: below, too much cancels
            first = second = 0.0
            for k in range(9, 1, -1):
                sign = 1.0 - 2.0 * (k % 2)
                second = second * x + sign * k * (k - 1) / (k + 1.0)
            for k in range(9, 0, -1):
                sign = 1.0 - 2.0 * (k % 2)
                first = first * x + sign * k / (k + 1.0)
        else:
            grown = math.log1p(x)
            first = (x * r - grown) / (x * x)
            second = (2.0 * (grown - x * r) - x * x * r * r) / (x * x * x)
        slope -= m * (y * r + m * first)
        bend += m * m * (y * r * r - m * second)
    return slope, bend
