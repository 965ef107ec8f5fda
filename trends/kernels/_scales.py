"""The known values of a row on three scales, and how plausible each is if nothing changes."""

import math

import numpy as np

from trends.kernels._outliers import null_criterion
from trends.kernels._rowwise import Row

__all__ = ["IDENTITY", "LOG", "N_SCALES", "ROOT", "gather", "put_on", "weigh"]

IDENTITY, ROOT, LOG, N_SCALES = range(4)


def other_price() -> float:
    """Price of a scale other than the usual one: at 0 a doubling is taken for skew more often."""
    return 3.0


def least_share() -> float:
    """A scale of a smaller share is left out: the p-value moves by no more than this."""
    return 0.005


def gather(values: Row, times: Row, y: Row) -> int:
    """Fill the positions of the known values and the values; how many are known.

    A row that is constant but for rounding is filled with zeros.
    """
    n, least, most = 0, math.inf, -math.inf
    for i in range(values.shape[0]):
        if not math.isnan(values[i]):
            times[n] = i
            y[n] = values[i]
            least, most = min(least, y[n]), max(most, y[n])
            n += 1
    if n == 0 or most - least <= 1e-9 * max(abs(least), abs(most)):
        for i in range(n):
            y[i] = 0.0
    return n


def weigh(times: Row, y: Row, n: int, counts: bool, shares: Row, nulls: Row) -> int:
    """Fill the share of each scale, of 1 in all, and its criterion without a change.

    A share is the likelihood of the best level or line on that scale, with its Jacobian and a
    price for any but the usual scale, which is returned: the root for counts, else the identity. A
    straight line on any scale is thus judged on that scale. Scales differ only in values that span
    enough: of counts by a factor of 2 (in full 4), of others of 10 (30), and only in positive ones.
    """
    least, most = math.inf, -math.inf
    for i in range(n):
        least, most = min(least, y[i]), max(most, y[i])
    usual = ROOT if counts and least >= 0.0 else IDENTITY
    offset = 0.5 if usual == ROOT else 0.0
    low, high = (2.0, 4.0) if usual == ROOT else (10.0, 30.0)
    wide = 0.0
    if least + offset > 0.0 and most + offset > low * (least + offset):
        span = math.log(most + offset) - math.log(least + offset)
        wide = min((span - math.log(low)) / math.log(high / low), 1.0)
    z, best = np.empty(n), math.inf
    for scale in range(N_SCALES):
        shares[scale], nulls[scale] = 0.0, math.inf
        if scale == usual or (wide > 0.0 and (usual == ROOT or scale == LOG)):
            shares[scale] = 1.0 if scale == usual else wide
            size = put_on(y, n, scale, usual, z)
            nulls[scale] = size + (0.0 if scale == usual else other_price())
            if wide > 0.0:
                nulls[scale] += null_criterion(times, z, n, 0, 1)
            best = min(best, nulls[scale])
    keep_plausible(shares, nulls, best)
    return usual


def keep_plausible(shares: Row, nulls: Row, best: float) -> None:
    """Turn prior shares and criteria into shares, without those that hardly count."""
    for least in (0.0, least_share()):
        total = 0.0
        for scale in range(N_SCALES):
            if least == 0.0 and shares[scale] > 0.0:
                shares[scale] *= math.exp(-0.5 * min(nulls[scale] - best, 1000.0))
            if shares[scale] < least:
                shares[scale] = 0.0
            total += shares[scale]
        for scale in range(N_SCALES):
            shares[scale] /= total


def put_on(y: Row, n: int, scale: int, usual: int, z: Row) -> float:
    """Fill the values on a scale, of mean 0 and variance 1.

    Returns what makes criteria of two scales comparable: ``n log(variance)`` less twice the sum of
    the logs of the derivatives.
    """
    top = 0.0
    for i in range(n):
        top = max(top, abs(y[i]))
    offset = 0.5 if usual == ROOT else 0.0
    slopes = 0.0
    for i in range(n):
        if scale == ROOT:
            z[i] = math.sqrt(y[i] + 0.375)
            slopes -= 0.5 * math.log(4.0 * (y[i] + 0.375))
        elif scale == LOG:
            z[i] = math.log(y[i] + offset)
            slopes -= z[i]
        else:  # the squares of 1e300 would overflow
            z[i] = y[i] / top
            slopes -= math.log(top)
    mean = squares = 0.0
    for i in range(n):
        mean += (z[i] - mean) / (i + 1)
    for i in range(n):
        z[i] -= mean
        squares += z[i] * z[i]
    sd = math.sqrt(squares / n) if squares > 0.0 else 1.0
    for i in range(n):
        z[i] /= sd
    return 2.0 * n * math.log(sd) - 2.0 * slopes
