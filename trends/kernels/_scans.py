"""One added column at each place of a row with AR(1) noise: steps, ramps, pulses, in O(1) each."""

import math

import numpy as np

from trends.kernels._rowwise import Row
from trends.kernels._whitening import centred_squares, fill_season, innovations

__all__ = [
    "BOTH", "CRITERION", "END", "FLAT", "KEY", "LINE", "N_COLUMNS", "N_MODELS", "PHI", "PLACE",
    "PLATEAU", "PLATEAU_LINE", "PULSE", "PULSE_LINE", "RAMP", "RAMP_LINE", "STEP", "STEP_LINE",
    "fill_design", "keep", "project", "scan",
]  # fmt: skip

# The models, in the rows of what is found. `BOTH` is a step and a ramp at one place, on a line; a
# plateau is a ramp that ends, which is what `scan_plateaus` looks for.
FLAT, LINE, STEP, RAMP, STEP_LINE, RAMP_LINE, PULSE, PULSE_LINE, BOTH = range(9)
PLATEAU, PLATEAU_LINE, N_MODELS = range(9, 12)
# What is found of each: -2 log likelihood, where, at which phi, the restricted likelihood, and the
# place at which a plateau begins.
CRITERION, PLACE, PHI, KEY, END, N_COLUMNS = range(6)


def scan(times: Row, z: Row, n: int, harmonics: int, period: int, recent: bool, found: Row) -> None:
    """Find the best place and phi of each model, phi being profiled with the place.

    `recent` gives half of the prior mass to an onset among the last twelve. `found` has shape
    (N_MODELS, N_COLUMNS). The noise is taken to have at least 1% of the variance of the row.
    """
    p = 2 + 2 * harmonics
    raw, q, cross = np.empty((p, n)), np.empty((p + 2, n)), np.empty((2, p + 2))
    share, weight = np.empty(n), np.empty(n)
    fill_design(times, n, harmonics, period, raw)
    for model in range(N_MODELS):
        found[model, KEY] = found[model, CRITERION] = math.inf
        found[model, PLACE] = found[model, END] = found[model, PHI] = 0.0
    floor = 0.01 * max(centred_squares(z, n), 1e-9 * n)
    for k in range(9):
        phi = 0.1 * k
        logdet = innovations(times, n, phi, share, weight)
        logs, log_line = project(raw, z, n, share, weight, q)
        scan_at(
            times, n, phi, floor * (1.0 - phi * phi), logdet, logs, log_line, recent, share,
            weight, q, cross, found,
        )  # fmt: skip


def fill_design(times: Row, n: int, harmonics: int, period: int, raw: Row) -> None:
    """Fill the columns of the null design: ones, the season, and the line last."""
    middle = 0.5 * (times[0] + times[n - 1])
    for i in range(n):
        raw[0, i], raw[1 + 2 * harmonics, i] = 1.0, times[i] - middle
    for h in range(harmonics):
        fill_season(times, n, h + 1, period, raw[1 + 2 * h], raw[2 + 2 * h])


def project(raw: Row, z: Row, n: int, share: Row, weight: Row, q: Row) -> tuple[float, float]:
    """Fill the orthonormal columns of the whitened null design, the line last, and two residuals.

    The residuals are those without and with the line. Returns the logs of the determinants of the
    cross-products, without the line and of the line alone.
    """
    p = raw.shape[0]
    logs = last = 0.0
    for k in range(p + 2):
        before = raw[k] if k < p else z
        for i in range(n):
            past = before[i - 1] if i > 0 else 0.0
            q[k, i] = weight[i] * (before[i] - share[i] * past)
        for j in range(k if k < p else k - 1):
            dot = 0.0
            for i in range(n):
                dot += q[j, i] * q[k, i]
            for i in range(n):
                q[k, i] -= dot * q[j, i]
        if k < p:
            size = 0.0
            for i in range(n):
                size += q[k, i] * q[k, i]
            last = math.log(max(size, 1e-12))
            logs += last
            unit = 1.0 / math.sqrt(size) if size > 1e-12 else 0.0
            for i in range(n):
                q[k, i] *= unit
    return logs - last, last


def keep(
    found: Row, model: int, n: int, used: int, rss: float, logdet: float, more: float, place: int,
    phi: float,
) -> None:  # fmt: skip
    """Remember a model where its restricted likelihood is the best so far."""
    key = (n - used) * math.log(rss / (n - used)) + logdet + more
    if key < found[model, KEY]:
        found[model, KEY], found[model, PLACE], found[model, PHI] = key, place, phi
        found[model, CRITERION] = n * math.log(rss / n) + logdet


def scan_at(
    times: Row, n: int, phi: float, floor: float, logdet: float, logs: float, log_line: float,
    recent: bool, share: Row, weight: Row, q: Row, cross: Row, found: Row,
) -> None:  # fmt: skip
    """Compare all places at one phi, from the last to the first, with sums over what follows."""
    p = q.shape[0] - 2
    rss_flat, rss_line = floor, floor
    for i in range(n):
        rss_flat += q[p, i] * q[p, i]
        rss_line += q[p + 1, i] * q[p + 1, i]
    keep(found, FLAT, n, p - 1, rss_flat, logdet, logs, 0, phi)
    keep(found, LINE, n, p, rss_line, logdet, logs + log_line, 0, phi)
    for k in range(p + 2):
        cross[0, k] = cross[1, k] = 0.0
    ones = mixed = lines = 0.0
    split = recent and n > 24
    near = -2.0 * math.log(n * 0.5 / 12) if split else 0.0
    far = -2.0 * math.log(n * 0.5 / (n - 12)) if split else 0.0
    middle = 0.5 * (times[0] + times[n - 1])
    for i in range(n - 1, -1, -1):
        w = weight[i]
        after = -weight[i + 1] * share[i + 1] if i < n - 1 else 0.0
        pulse_at(i, w, after, n, phi, logdet, logs, log_line, rss_flat, rss_line, q, found)
        if 1 <= i <= n - 2:
            prior = near if i >= n - 12 else far
            c = times[i] - middle - 1.0
            column_at(
                i, w, c, w * w + ones, w * w + mixed - c * ones,
                w * w + lines - 2.0 * c * mixed + c * c * ones, n, phi, logdet, logs + prior,
                log_line, rss_flat, rss_line, q, cross, found,
            )  # fmt: skip
        one = w * (1.0 - share[i])
        line = w * (times[i] - middle - (share[i] * (times[i - 1] - middle) if i > 0 else 0.0))
        ones += one * one
        mixed += one * line
        lines += line * line
        for k in range(p + 2):
            cross[0, k] += one * q[k, i]
            cross[1, k] += line * q[k, i]


def pulse_at(
    i: int, w: float, after: float, n: int, phi: float, logdet: float, logs: float,
    log_line: float, rss_flat: float, rss_line: float, q: Row, found: Row,
) -> None:  # fmt: skip
    """Try a pulse: its own innovation, and less a share of it in the next."""
    p = q.shape[0] - 2
    j = min(i + 1, n - 1)  # `after` is 0 at the last
    size = w * w + after * after
    left = size
    for k in range(p - 1):
        dot = w * q[k, i] + after * q[k, j]
        left -= dot * dot
    on_line = w * q[p - 1, i] + after * q[p - 1, j]
    e_flat, e_line = w * q[p, i] + after * q[p, j], w * q[p + 1, i] + after * q[p + 1, j]
    if left > 1e-9 * size:
        rss = rss_flat - e_flat * e_flat / left
        keep(found, PULSE, n, p, rss, logdet, logs + math.log(left / size), i, phi)
    left -= on_line * on_line
    if left > 1e-9 * size:
        rss = rss_line - e_line * e_line / left
        more = logs + log_line + math.log(left / size)
        keep(found, PULSE_LINE, n, p + 1, rss, logdet, more, i, phi)


def column_at(
    i: int, w: float, c: float, ss: float, sr: float, rr: float, n: int, phi: float,
    logdet: float, logs: float, log_line: float, rss_flat: float, rss_line: float, q: Row,
    cross: Row, found: Row,
) -> None:  # fmt: skip
    """Try a step, a ramp and both at one place; `ss`, `sr` and `rr` are their raw products."""
    p = q.shape[0] - 2
    left_s, left_sr, left_r, by_s, by_r = ss, sr, rr, 0.0, 0.0
    for k in range(p + 2):
        by_s = w * q[k, i] + cross[0, k]
        by_r = w * q[k, i] + cross[1, k] - c * cross[0, k]
        if k == p:  # the residual without the line is left for its own models
            continue
        if k == p - 1:
            f_s, f_r = w * q[p, i] + cross[0, p], w * q[p, i] + cross[1, p] - c * cross[0, p]
            if i >= 2 and left_s > 1e-9 * ss:
                more = logs + math.log(left_s / ss)
                keep(found, STEP, n, p, rss_flat - f_s * f_s / left_s, logdet, more, i, phi)
            if i <= n - 3 and left_r > 1e-9 * rr:
                more = logs + math.log(left_r / rr)
                keep(found, RAMP, n, p, rss_flat - f_r * f_r / left_r, logdet, more, i, phi)
        if k < p:
            left_s -= by_s * by_s
            left_sr -= by_s * by_r
            left_r -= by_r * by_r
    logs += log_line
    if i >= 2 and left_s > 1e-9 * ss:
        more = logs + math.log(left_s / ss)
        keep(found, STEP_LINE, n, p + 1, rss_line - by_s * by_s / left_s, logdet, more, i, phi)
    if 2 <= i <= n - 3 and left_r > 1e-9 * rr:
        more = logs + math.log(left_r / rr)
        keep(found, RAMP_LINE, n, p + 1, rss_line - by_r * by_r / left_r, logdet, more, i, phi)
        apart = left_s * left_r - left_sr * left_sr
        if apart > 1e-9 * left_s * left_r:
            gain = (
                by_s * by_s * left_r - 2.0 * by_s * by_r * left_sr + by_r * by_r * left_s
            ) / apart
            more = logs + math.log(apart / (ss * rr))
            keep(found, BOTH, n, p + 2, rss_line - gain, logdet, more, i, phi)
