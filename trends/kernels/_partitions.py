"""The best cuts of a row into constant and linear segments, for each number of units they use."""

import math

import numpy as np

from trends.kernels._rowwise import Row
from trends.kernels._whitening import centred_squares, innovations

__all__ = ["best_cuts", "partition_gain"]

# A constant segment uses two units (a level and a place), a linear one three.
FAR = 1e300


def whiten_row(times: Row, z: Row, n: int, phi: float, white: Row) -> None:
    """Fill, of each step: the innovations of 1, of time and of `z`, then time itself."""
    share, weight = np.empty(n), np.empty(n)
    innovations(times, n, phi, share, weight)
    middle = 0.5 * (times[0] + times[n - 1])
    for i in range(n):
        time, w, s = times[i] - middle, weight[i], share[i]
        white[i, 3], white[i, 4] = time, z[i]
        if i > 0:
            white[i, 0] = w * (1.0 - s)
            white[i, 1] = w * (time - s * (times[i - 1] - middle))
            white[i, 2] = w * (z[i] - s * z[i - 1])


def fill_costs(white: Row, n: int, own: float, units: int, stride: int, best: Row) -> None:
    """Fill the least cost of the first j steps cut into segments of u units: ``best[j, u]``.

    The noise starts anew with each segment: its first step has the weight `own`. Sums run on from
    each first step, so that nothing is subtracted that was summed before.
    """
    for j in range(n + 1):
        for u in range(units + 1):
            best[j, u] = FAR
    best[0, 0] = 0.0
    for i in range(0, n - 1, stride):
        time, value = white[i, 3], white[i, 4]
        oo, ot, tt = own, own * time, own * time * time
        oz, tz, zz = own * value, own * time * value, own * value * value
        for j in range(i + 1, n):
            a, b, c = white[j, 0], white[j, 1], white[j, 2]
            oo += a * a
            ot += a * b
            tt += b * b
            oz += a * c
            tz += b * c
            zz += c * c
            if (j + 1) % stride and j < n - 1:
                continue
            level = max(zz - oz * oz / oo, 0.0)
            for u in range(2, units + 1):
                best[j + 1, u] = min(best[j + 1, u], best[i, u - 2] + level)
            if j > i + 1:
                slope, apart = tz - ot * oz / oo, tt - ot * ot / oo
                line = max(level - slope * slope / apart, 0.0)
                for u in range(3, units + 1):
                    best[j + 1, u] = min(best[j + 1, u], best[i, u - 3] + line)


def trace_cuts(
    white: Row, n: int, own: float, units: int, stride: int, best: Row, starts: Row, kinds: Row
) -> int:
    """Fill the first steps of the segments, last one first, and their units; return their number.

    Segments are tried again from their end backwards, so that no choice need be stored.
    """
    segments, stop, u = 0, n, units
    while stop > 0:
        oo = ot = tt = oz = tz = zz = 0.0
        least, start, kind = math.inf, 0, 2
        for i in range(stop - 1, -1, -1):
            time, value = white[i, 3], white[i, 4]
            fo, ft, fz = oo + own, ot + own * time, oz + own * value
            if i % stride == 0 and i <= stop - 2:
                level = max(zz + own * value * value - fz * fz / fo, 0.0)
                if u >= 2 and best[i, u - 2] + level < least:
                    least, start, kind = best[i, u - 2] + level, i, 2
                if u >= 3 and i <= stop - 3:
                    slope = tz + own * time * value - ft * fz / fo
                    apart = tt + own * time * time - ft * ft / fo
                    line = max(level - slope * slope / apart, 0.0)
                    if best[i, u - 3] + line < least:
                        least, start, kind = best[i, u - 3] + line, i, 3
            if i > 0:
                a, b, c = white[i, 0], white[i, 1], white[i, 2]
                oo += a * a
                ot += a * b
                tt += b * b
                oz += a * c
                tz += b * c
                zz += c * c
        starts[segments], kinds[segments] = start, kind
        segments += 1
        stop = start
        u -= kind
    return segments


def partition_gain(times: Row, z: Row, n: int) -> tuple[float, float]:
    """How much five units or more gain over a line, each priced, and the phi they gain it at."""
    units, stride = min(10, n), stride_of(n)
    white, best = np.empty((n, 5)), np.empty((n + 1, units + 1))
    floor = 0.01 * max(centred_squares(z, n), 1e-9 * n)
    flat = line = more = math.inf
    at = 0.0
    for k in range(5):
        phi = 0.2 * k
        own = 1.0 - phi * phi
        whiten_row(times, z, n, phi, white)
        fill_costs(white, n, own, units, stride, best)
        for u in range(2, units + 1):
            if best[n, u] >= FAR:
                continue
            restarts = 1 if u <= 3 else u // 2
            c = n * math.log((best[n, u] + floor * own) / n) - restarts * math.log(own)
            if u == 2:
                flat = min(flat, c)
            elif u == 3:
                line = min(line, c)
            elif u >= 5 and c + 1.5 * math.log(n) * (u - 2) < more:
                more, at = c + 1.5 * math.log(n) * (u - 2), phi
    return min(flat, line + 4.0) - more, at


def best_cuts(
    times: Row, z: Row, n: int, price: float, starts: Row, kinds: Row
) -> tuple[int, float]:
    """Fill the segments of the best cut at a price for each unit, last first.

    Returns their number, and what they cost.
    """
    units, stride = min(24, max(n // 2, 2)), stride_of(n)
    white, best = np.empty((n, 5)), np.empty((n + 1, units + 1))
    floor = 0.01 * max(centred_squares(z, n), 1e-9 * n)
    least, used, at = math.inf, 2, 0.0
    for k in range(8):  # the best once more at the end, to be traced
        phi = (0.0, 0.15, 0.3, 0.45, 0.6, 0.7, 0.8)[k] if k < 7 else at
        own = 1.0 - phi * phi
        whiten_row(times, z, n, phi, white)
        fill_costs(white, n, own, units, stride, best)
        for u in range(2, units + 1):
            c = n * math.log((best[n, u] + floor * own) / n) + price * u * math.log(n)
            if k < 7 and best[n, u] < FAR and c < least:
                least, used, at = c, u, phi
    return trace_cuts(white, n, 1.0 - at * at, used, stride, best, starts, kinds), least


def stride_of(n: int) -> int:
    """Places of cuts lie this far apart: at every step up to 2,000 steps."""
    return 1 + (n - 1) // 2000
