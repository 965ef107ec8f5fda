"""Whether the level of the last months is above what came before."""

import math

import numpy as np

from trends.kernels._rowwise import Row
from trends.kernels._whitening import centred_squares, innovations

__all__ = ["fill_recent"]


def fill_recent(
    times: Row, z: Row, n: int, last: float, rises: Row, phis: Row, over_line: Row
) -> None:
    """Fill the signed root of the gain of a step before the last 3, 6 and 12 times, and its phi.

    `last` is the last time, `over_line` by how much a line is beaten. Minus infinity where there is
    nothing before or after.
    """
    share, weight = np.empty(n), np.empty(n)
    # of windows of 3, 6, 12, none, and of a line
    key, gain, sign = np.empty(5), np.empty(5), np.empty(5)
    for j in range(5):
        key[j], gain[j], sign[j] = math.inf, 0.0, 1.0
    floor = 0.01 * max(centred_squares(z, n), 1e-9 * n)
    for k in range(9):
        phi = 0.1 * k
        logdet = innovations(times, n, phi, share, weight)
        rest = floor * (1.0 - phi * phi)
        for j in range(5):
            after = last - 3.0 * (1 << j) if j < 3 else math.inf
            rss, more, slope, used = step_after(times, z, n, after, j == 4, share, weight)
            if used == (1 if j == 3 else 2):
                rss = max(rss, 0.0) + rest
                new = (n - used) * math.log(rss / (n - used)) + logdet + more
                if new < key[j]:
                    key[j], sign[j] = new, 1.0 if slope > 0.0 else -1.0
                    gain[j] = n * math.log(rss / n) + logdet
                    if j < 3:
                        phis[j] = phi
    for j in range(3):
        rises[j] = over_line[j] = -math.inf
        if key[j] < math.inf:
            rises[j] = sign[j] * math.sqrt(max(gain[3] - gain[j], 0.0))
            over_line[j] = gain[4] - gain[j]


def step_after(
    times: Row, z: Row, n: int, after: float, line: bool, share: Row, weight: Row
) -> tuple[float, float, float, int]:
    """Fit a level and a step after a time, or a line.

    Returns the squares left, the log determinant, the slope, and the columns used.
    """
    middle = 0.5 * (times[0] + times[n - 1])
    aa = ab = bb = ay = by = yy = 0.0
    for i in range(n):
        s, w = share[i], weight[i]
        a, y = w * (1.0 - s), w * (z[i] - (s * z[i - 1] if i > 0 else 0.0))
        b = 0.0
        if line:
            b = w * (times[i] - middle - (s * (times[i - 1] - middle) if i > 0 else 0.0))
        elif times[i] > after:
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
