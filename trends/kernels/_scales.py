"""The known values of a row, on the scale on which its noise is most even."""

import math

import numpy as np

from trends.kernels._outliers import null_criterion
from trends.kernels._rowwise import Row

__all__ = ["IDENTITY", "LOG", "ROOT", "gather"]

IDENTITY, ROOT, LOG = range(3)


def gather(values: Row, counts: bool, times: Row, z: Row) -> tuple[int, int]:
    """Fill the positions of the known values and the values, of mean 0 and variance 1.

    Returns how many are known, and the scale: a square root for counts, else as they are, and a
    logarithm where positive values that span more than 1.5 decades fit it clearly better. A row
    that is constant but for rounding is filled with zeros.
    """
    n, least, most = 0, math.inf, -math.inf
    for i in range(values.shape[0]):
        if not math.isnan(values[i]):
            times[n] = i
            z[n] = values[i]
            least, most = min(least, z[n]), max(most, z[n])
            n += 1
    scale = ROOT if counts and least >= 0.0 else IDENTITY
    if n == 0 or most - least <= 1e-9 * max(abs(least), abs(most)):
        for i in range(n):
            z[i] = 0.0
        return n, scale
    top = max(abs(least), abs(most))  # divided out: the squares of 1e300 would overflow
    offset = 0.5 if scale == ROOT else 0.0
    wide = least + offset > 0.0 and 30.0 * (least + offset) < most + offset
    if wide and n >= 24:
        raw, other = np.empty(n), np.empty(n)
        for i in range(n):
            raw[i] = z[i]
        size = transform(raw, n, scale, top, z)
        size_log = transform(raw, n, LOG, offset, other)
        gain = size + null_criterion(times, z, n, 0, 1)
        gain -= size_log + null_criterion(times, other, n, 0, 1)
        if gain > 6.0:
            scale = LOG
            for i in range(n):
                z[i] = other[i]
    else:
        transform(z, n, scale, top, z)
    return n, scale


def transform(raw: Row, n: int, scale: int, by: float, z: Row) -> float:
    """Fill the values on a scale, of mean 0 and variance 1.

    Returns what makes criteria of two scales comparable: ``n log(variance)`` less twice the sum of
    the logs of the derivatives. `by` is divided out of the values, and with LOG added to them.
    """
    slopes = 0.0
    for i in range(n):
        value = raw[i]
        if scale == ROOT:
            z[i] = math.sqrt(value + 0.375)
            slopes -= 0.5 * math.log(4.0 * (value + 0.375))
        elif scale == LOG:
            z[i] = math.log(value + by)
            slopes -= math.log(value + by)
        else:
            z[i] = value / by
            slopes -= math.log(by)
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
