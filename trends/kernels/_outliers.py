"""What stands in the way of changes: single odd steps, left out, and a season, taken off."""

import math

import numpy as np

from trends.kernels._gates import scan_best, scan_excess
from trends.kernels._loglinear import factorise, solve
from trends.kernels._rowwise import Row
from trends.kernels._scans import (
    CRITERION,
    FLAT,
    KEY,
    LINE,
    N_COLUMNS,
    N_MODELS,
    PHI,
    PLACE,
    PULSE,
    PULSE_LINE,
    fill_design,
    keep,
    project,
    scan,
)
from trends.kernels._whitening import centred_squares, fill_season, innovations

__all__ = [
    "choose_harmonics",
    "drop_outliers",
    "drop_step",
    "null_criterion",
    "odd_step",
    "remove_season",
]


def drop_outliers(
    times: Row, z: Row, n: int, harmonics: int, period: int, marks: Row, found: Row
) -> int:
    """Leave out steps that one pulse explains better than a change; mark them; how many are left.

    To leave a step out is to give it a pulse of its own. `found` is left with the last scan.
    """
    most = max(1, n // 12)
    price = 11.0 + 2.0 * math.log(max(n / 36, 1.0))
    scan(times, z, n, harmonics, period, True, found)
    for _ in range(most):
        pulse = min(found[PULSE, CRITERION], found[PULSE_LINE, CRITERION] + 4.0)
        null = min(found[FLAT, CRITERION], found[LINE, CRITERION] + 4.0)
        change, model = scan_best(found, n)
        over_flat, over_line = found[FLAT, CRITERION] - change, found[LINE, CRITERION] - change
        passed = scan_excess(over_flat, over_line, found[model, PHI], n, harmonics) > 0.0
        if null - pulse < price or (passed and change < pulse - 1.0) or n < 8:
            break
        flat = found[PULSE, CRITERION] <= found[PULSE_LINE, CRITERION] + 4.0
        place = int(found[PULSE if flat else PULSE_LINE, PLACE])
        n = drop_step(times, z, n, place, marks)
        scan(times, z, n, harmonics, period, True, found)
    return n


def drop_step(times: Row, z: Row, n: int, place: int, marks: Row) -> int:
    """Leave one step out, and mark it as an outlier."""
    marks[int(times[place])] = 4
    for i in range(place, n - 1):
        times[i], z[i] = times[i + 1], z[i + 1]
    return n - 1


def choose_harmonics(times: Row, z: Row, n: int, period: int) -> int:
    """Choose none, one or two harmonics of the season, each dearly: AR(1) noise looks seasonal."""
    best, chosen = math.inf, 0
    for m in range(3):
        if 2 * m < period:
            c = null_criterion(times, z, n, m, period) + 4.0 * m * math.log(n)
            if c < best:
                best, chosen = c, m
    return chosen


def null_criterion(times: Row, z: Row, n: int, harmonics: int, period: int) -> float:
    """Criterion of a level or, at a price of 4, of a line: phi is the best of each."""
    p = 2 + 2 * harmonics
    found, raw, q = np.empty((N_MODELS, N_COLUMNS)), np.empty((p, n)), np.empty((p + 2, n))
    share, weight = np.empty(n), np.empty(n)
    fill_design(times, n, harmonics, period, raw)
    found[FLAT, KEY] = found[LINE, KEY] = math.inf
    floor = 0.01 * max(centred_squares(z, n), 1e-9 * n)
    for k in range(9):
        phi = 0.1 * k
        logdet = innovations(times, n, phi, share, weight)
        logs, log_line = project(raw, z, n, share, weight, q)
        for model in (FLAT, LINE):
            rss = floor * (1.0 - phi * phi)
            for i in range(n):
                rss += q[p + model, i] * q[p + model, i]
            keep(found, model, n, p - 1 + model, rss, logdet, logs + model * log_line, 0, phi)
    return float(min(found[FLAT, CRITERION], found[LINE, CRITERION] + 4.0))


def remove_season(
    times: Row, z: Row, n: int, harmonics: int, period: int, step: int, phi: float,
    all_times: Row, all_z: Row, size: int,
) -> None:  # fmt: skip
    """Take the season off two rows, fitted to the first beside a line and a step.

    The step is at place `step`, where that is not 0.
    """
    p = 2 * harmonics + (3 if step > 0 else 2)
    design, white = np.empty((p, n)), np.empty((p + 1, n))
    cross, beta = np.empty((p, p)), np.empty(p)
    share, weight = np.empty(n), np.empty(n)
    innovations(times, n, phi, share, weight)
    middle = 0.5 * (times[0] + times[n - 1])
    scale = 1.0 / max(times[n - 1] - times[0], 1.0)
    for h in range(harmonics):
        fill_season(times, n, h + 1, period, design[2 * h], design[2 * h + 1])
    for i in range(n):
        design[2 * harmonics, i] = 1.0
        design[2 * harmonics + 1, i] = (times[i] - middle) * scale
        if step > 0:
            design[p - 1, i] = 1.0 if i >= step else 0.0
    for j in range(p + 1):
        column = design[j] if j < p else z
        for i in range(n):
            past = column[i - 1] if i > 0 else 0.0
            white[j, i] = weight[i] * (column[i] - share[i] * past)
    for j in range(p):
        beta[j] = 0.0
        for i in range(n):
            beta[j] += white[j, i] * white[p, i]
        for k in range(j + 1):
            cross[j, k] = 0.0
            for i in range(n):
                cross[j, k] += white[j, i] * white[k, i]
    if not factorise(cross, p):
        return
    solve(cross, p, beta)
    subtract(times, z, n, harmonics, period, beta)
    subtract(all_times, all_z, size, harmonics, period, beta)


def subtract(times: Row, z: Row, n: int, harmonics: int, period: int, beta: Row) -> None:
    """Take harmonics of known coefficients off a row."""
    cosine, sine = np.empty(n), np.empty(n)
    for h in range(harmonics):
        fill_season(times, n, h + 1, period, cosine, sine)
        for i in range(n):
            z[i] -= beta[2 * h] * cosine[i] + beta[2 * h + 1] * sine[i]


def odd_step(times: Row, z: Row, n: int, starts: Row, kinds: Row, segments: int) -> int:
    """Place of the step furthest off its segment, where it is odd and alone; 0 if there is none.

    Odd is more than 4.5 robust standard deviations, alone that both neighbours are within 2.5. The
    deviation is taken as at least a tenth of that of the row.
    """
    off, size = np.empty(n), np.empty(n)
    stop = n
    for k in range(segments):
        residuals(times, z, int(starts[k]), stop, kinds[k] == 3, off)
        stop = int(starts[k])
    for i in range(n):
        size[i] = abs(off[i])
    size.sort()
    sd = max(1.4826 * size[n // 2], 0.1 * math.sqrt(centred_squares(z, n) / n))
    place, most = 0, 4.5 * sd
    for i in range(1, n - 1):
        if abs(off[i]) > most and max(abs(off[i - 1]), abs(off[i + 1])) < 2.5 * sd:
            place, most = i, abs(off[i])
    return place


def residuals(times: Row, z: Row, start: int, stop: int, line: bool, off: Row) -> None:
    """Fill what a mean or a line, by least squares, leaves of a segment."""
    count = stop - start
    time = level = top = bottom = 0.0
    for i in range(start, stop):
        time += times[i] / count
        level += z[i] / count
    for i in range(start, stop):
        top += (times[i] - time) * (z[i] - level)
        bottom += (times[i] - time) * (times[i] - time)
    slope = top / bottom if line and bottom > 0.0 else 0.0
    for i in range(start, stop):
        off[i] = z[i] - level - slope * (times[i] - time)
