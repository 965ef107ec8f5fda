"""Whether the level of the last months is above what came before."""

import math

import numpy as np

from trends.kernels._rowwise import Row
from trends.kernels._whitening import centred_squares, innovations

__all__ = ["fill_recent"]


def fill_recent(times: Row, z: Row, n: int, rises: Row, phis: Row) -> None:
    """Fill the signed root of the gain of a step before the last 3, 6 and 12 times, and its phi.

    Minus infinity where there is nothing before.
    """
    share, weight = np.empty(n), np.empty(n)
    key, gain, sign = np.empty(4), np.empty(4), np.empty(4)  # of windows of 3, 6, 12, and none
    for j in range(4):
        key[j], gain[j], sign[j] = math.inf, 0.0, 1.0
    floor = 0.01 * max(centred_squares(z, n), 1e-9 * n)
    for k in range(9):
        phi = 0.1 * k
        logdet = innovations(times, n, phi, share, weight)
        rest = floor * (1.0 - phi * phi)
        for j in range(4):
            after = times[n - 1] - 3.0 * (1 << j) if j < 3 else math.inf
            rss, more, slope, used = step_after(times, z, n, after, share, weight)
            if used == (1 if j == 3 else 2):
                rss = max(rss, 0.0) + rest
                new = (n - used) * math.log(rss / (n - used)) + logdet + more
                if new < key[j]:
                    key[j], sign[j] = new, 1.0 if slope > 0.0 else -1.0
                    gain[j] = n * math.log(rss / n) + logdet
                    if j < 3:
                        phis[j] = phi
    for j in range(3):
        rises[j] = -math.inf
        if key[j] < math.inf:
            rises[j] = sign[j] * math.sqrt(max(gain[3] - gain[j], 0.0))


def step_after(
    times: Row, z: Row, n: int, after: float, share: Row, weight: Row
) -> tuple[float, float, float, int]:
    """Fit a level and a step after a time: squares left, determinant, slope, columns used."""
    aa = ab = bb = ay = by = yy = 0.0
    for i in range(n):
        s, w = share[i], weight[i]
        a, y = w * (1.0 - s), w * (z[i] - (s * z[i - 1] if i > 0 else 0.0))
        b = 0.0
        if times[i] > after:
            b = a if i > 0 and times[i - 1] > after else w
        aa += a * a
        ab += a * b
        bb += b * b
        ay += a * y
        by += b * y
        yy += y * y
    rss, left, over = yy - ay * ay / aa, bb - ab * ab / aa, by - ab * ay / aa
    if left > 1e-9 * bb:
        return rss - over * over / left, math.log(aa) + math.log(left / bb), over, 2
    return rss, math.log(aa), 0.0, 1
