"""Two slopes that meet levels: a rise that ends, tried at pairs of places in O(1) each."""

import math

import numpy as np

from trends.kernels._rowwise import Row
from trends.kernels._scans import (
    END,
    KEY,
    PHI,
    PLACE,
    PLATEAU,
    PLATEAU_LINE,
    fill_design,
    keep,
    project,
)
from trends.kernels._whitening import centred_squares, innovations

__all__ = ["scan_plateaus"]


def scan_plateaus(
    times: Row, z: Row, n: int, harmonics: int, period: int, recent: bool, found: Row
) -> None:
    """Find the best pair of places between which a row rises or falls, beside a level or a line.

    Pairs lie on a grid of about 40 places, and the best is then refined. `recent` as in `scan`.
    """
    if n < 12:
        return
    p = 2 + 2 * harmonics
    raw, q, by = np.empty((p, n)), np.empty((p + 2, n)), np.empty((p + 2, n))
    share, weight, sums = np.empty(n), np.empty(n), np.empty((5, n))
    fill_design(times, n, harmonics, period, raw)
    floor = 0.01 * max(centred_squares(z, n), 1e-9 * n)
    stride = 1 + (n - 1) // 40
    for k in range(9 if stride == 1 else 11):
        # the grid at each phi, and the best of each model again, between the places of the grid
        model = PLATEAU + k - 9
        phi = 0.1 * k if k < 9 else found[model, PHI]
        if k >= 9 and found[model, KEY] == math.inf:
            continue
        logdet = innovations(times, n, phi, share, weight)
        logs, log_line = project(raw, z, n, share, weight, q)
        sum_after(times, n, share, weight, q, by, sums)
        rest_flat = rest_line = floor * (1.0 - phi * phi)
        for i in range(n):
            rest_flat += q[p, i] * q[p, i]
            rest_line += q[p + 1, i] * q[p + 1, i]
        if k < 9:
            first, last, start, stop, step = 1, n - 4, 3, n - 2, stride
        else:
            a, b = int(found[model, PLACE]), int(found[model, END])
            first, last = max(a - stride, 1), min(a + stride + 1, n - 4)
            start, stop, step = max(b - stride, 3), min(b + stride + 1, n - 2), 1
        for a in range(first, last, step):
            prior = logs
            if recent and n > 24:
                prior -= 2.0 * math.log(n * 0.5 / (12 if a >= n - 12 else n - 12))
            low = a + 2 if k < 9 else max(a + 2, start)
            best_at(
                times, a, low, stop, step, n, phi, logdet, prior, log_line, rest_flat, rest_line,
                weight, by, sums, found,
            )  # fmt: skip


def sum_after(times: Row, n: int, share: Row, weight: Row, q: Row, by: Row, sums: Row) -> None:
    """Fill products of the ramp at each place: with all columns, and what those of pairs need."""
    columns = q.shape[0]
    middle = 0.5 * (times[0] + times[n - 1])
    for k in range(columns):
        ones = lines = 0.0
        for i in range(n - 1, -1, -1):
            c = times[i] - middle - 1.0
            by[k, i] = weight[i] * q[k, i] + lines - c * ones
            ones += weight[i] * (1.0 - share[i]) * q[k, i]
            past = share[i] * (times[i - 1] - middle) if i > 0 else 0.0
            lines += weight[i] * (times[i] - middle - past) * q[k, i]
    ones = mixed = lines = 0.0
    for i in range(n - 1, -1, -1):
        sums[0, i], sums[1, i], sums[2, i], sums[4, i] = ones, mixed, lines, share[i]
        past = share[i] * (times[i - 1] - middle) if i > 0 else 0.0
        one, line = weight[i] * (1.0 - share[i]), weight[i] * (times[i] - middle - past)
        ones += one * one
        mixed += one * line
        lines += line * line
        c = times[i] - middle - 1.0
        sums[3, i] = weight[i] * weight[i] + sums[2, i] - 2.0 * c * sums[1, i] + c * c * sums[0, i]


def best_at(
    times: Row, a: int, low: int, stop: int, step: int, n: int, phi: float, logdet: float,
    logs: float, log_line: float, rest_flat: float, rest_line: float, weight: Row, by: Row,
    sums: Row, found: Row,
) -> None:  # fmt: skip
    """Try all ends of a slope that begins at one place; of each model the best is kept.

    Of one beginning the ends are compared by the squares that are left alone.
    """
    p = by.shape[0] - 2
    middle = 0.5 * (times[0] + times[n - 1])
    ca = times[a] - middle - 1.0
    gain_flat = gain_line = more_flat = more_line = 0.0
    end_flat = end_line = 0
    for b in range(low, stop, step):
        cb, w = times[b] - middle - 1.0, weight[b]
        gap = times[b] - times[b - 1]
        rise = times[b] - times[a] + 1.0  # where the first ramp stands when the second begins
        own = w * w * (rise - sums[4, b] * (rise - gap))
        both = own + sums[2, b] - (ca + cb) * sums[1, b] + ca * cb * sums[0, b]
        size = sums[3, a] + sums[3, b] - 2.0 * both
        left = size
        for k in range(p - 1):
            dot = by[k, a] - by[k, b]
            left -= dot * dot
        dot = by[p, a] - by[p, b]
        if left > 1e-6 * size and dot * dot > gain_flat * left:
            gain_flat, more_flat, end_flat = dot * dot / left, left / size, b
        dot = by[p - 1, a] - by[p - 1, b]
        left -= dot * dot
        dot = by[p + 1, a] - by[p + 1, b]
        if left > 1e-6 * size and dot * dot > gain_line * left:
            gain_line, more_line, end_line = dot * dot / left, left / size, b
    if end_flat > 0:
        before, more = found[PLATEAU, KEY], logs + math.log(more_flat)
        keep(found, PLATEAU, n, p, rest_flat - gain_flat, logdet, more, a, phi)
        if found[PLATEAU, KEY] < before:
            found[PLATEAU, END] = end_flat
    if end_line > 0:
        before, more = found[PLATEAU_LINE, KEY], logs + log_line + math.log(more_line)
        keep(found, PLATEAU_LINE, n, p + 1, rest_line - gain_line, logdet, more, a, phi)
        if found[PLATEAU_LINE, KEY] < before:
            found[PLATEAU_LINE, END] = end_line
