"""When a row is said to hold a change: critical values, and p-values from simulated nulls."""

import math

from trends.kernels._nulls import (
    change_quantile,
    n_knots,
    n_tails,
    partition_level,
    recent_level,
    recent_quantile,
    row_length,
    scan_level,
    tail,
)
from trends.kernels._rowwise import Row
from trends.kernels._scans import (
    CRITERION,
    PLACE,
    PLATEAU,
    PLATEAU_LINE,
    RAMP,
    RAMP_LINE,
    STEP,
    STEP_LINE,
)

__all__ = [
    "change_p", "line_level", "partition_excess", "partition_price", "recent_excess",
    "recent_line_level", "recent_p", "recent_price", "scan_best", "scan_excess", "scan_price",
    "union",
]  # fmt: skip


def onset_price(n: int, place: int) -> float:
    """Price of an onset: half of the prior mass lies on the last twelve steps."""
    if n <= 24:
        return 0.0
    return -2.0 * math.log(0.5 * n / 12 if place >= n - 12 else 0.5 * n / (n - 12))


def scan_bid(model: int) -> float:
    """Price of a kind of change."""
    if model == STEP:
        return 0.0
    if model == RAMP:
        return 1.0
    if model == PLATEAU:
        return 4.0
    return 7.5 if model == PLATEAU_LINE else 6.0


def scan_best(found: Row, n: int) -> tuple[float, int]:
    """Criterion of the best single change, priced, and which model it is."""
    best, best_model = math.inf, STEP
    for model in (STEP, RAMP, STEP_LINE, RAMP_LINE, PLATEAU, PLATEAU_LINE):
        c = scan_bid(model) + found[model, CRITERION] + onset_price(n, int(found[model, PLACE]))
        if c < best:
            best, best_model = c, model
    return best, best_model


def knot_of(n: int) -> tuple[int, float]:
    """Last of the simulated lengths that is no longer than a row, and how far on the row is."""
    if n <= row_length(0):
        return 0, 0.0
    for k in range(n_knots() - 1):
        if n < row_length(k + 1):
            return k, math.log(n / row_length(k)) / math.log(row_length(k + 1) / row_length(k))
    return n_knots() - 2, 1.0


def scan_price(phi: float, n: int) -> float:
    """Price of the phi that a single change is found at.

    A root, because a small estimate may be a larger phi missed: at ``12 * phi`` AR(1) noise of 0.5
    passed in 4.7% instead of 3.3% of 36 steps, and in 2.2% instead of 1.1% of 60. Long rows tell
    phi better.
    """
    return 12.0 * math.sqrt(phi * min(1.0, 60.0 / n))


def partition_price(phi: float) -> float:
    """Price of the phi that a cut into several segments is found at."""
    return 14.0 * phi


def recent_price(phi: float) -> float:
    """Price of the phi of a recent level, as AR(1) noise wanders."""
    return 2.0 * phi


def line_level() -> float:
    """By how much a straight line must be beaten by the best change."""
    return 6.5


def recent_line_level() -> float:
    """By how much a straight line must be beaten by the recent level itself.

    It was to be beaten by the best change anywhere, by 5.5: a trend of z = 4 was then called a
    change in 12 instead of 10% of 36 steps, and a doubling of the last 6 found in 70 and not 75%.
    """
    return 3.0


def scan_excess(over_flat: float, over_line: float, phi: float, n: int, harmonics: int) -> float:
    """By how much the best change passes: above 0, by itself, in 1.5% of independent noise.

    A straight line must be beaten too.
    """
    k, share = knot_of(n)
    level = scan_level(k) + share * (scan_level(k + 1) - scan_level(k))
    shrink = (n - 2.0 * harmonics) / n
    flat = shrink * over_flat - scan_price(phi, n) - level
    excess = min(flat, shrink * over_line - line_level())
    return excess - (1.5 if n < 60 else 0.5) * harmonics


def partition_excess(gain: float, phi: float, n: int, harmonics: int) -> float:
    """By how much five units or more pass: above 0 in 0.4% of rows of independent noise."""
    k, share = knot_of(n)
    level = partition_level(k) + share * (partition_level(k + 1) - partition_level(k))
    return gain - partition_price(phi) - level - 3.0 * harmonics


def recent_excess(rise: float, phi: float, n: int, harmonics: int) -> float:
    """Discount the rise of a recent level for AR(1) noise, which wanders."""
    return rise * math.sqrt((n - 2.0 * harmonics) / n) - recent_price(phi)


def union(scan: float, partition: float, recent: float, over_line: float, n: int) -> float:
    """One statistic of the three: above 0 where one of them passes.

    `over_line` is by how much the recent level beats a line.
    """
    k, share = knot_of(n)
    level = recent_level(k) + share * (recent_level(k + 1) - recent_level(k))
    rise = recent * abs(recent) - level * level
    return max(scan, partition, min(rise, over_line - recent_line_level()))


def change_p(statistic: float, n: int) -> float:
    """Look up the p-value of `union`: linear in its logarithm, at the rate of 1/2 beyond."""
    k, share = knot_of(n)
    last = n_tails() - 1
    before = change_quantile(k, 0) + share * (change_quantile(k + 1, 0) - change_quantile(k, 0))
    if statistic <= before:
        return 1.0
    for j in range(1, last + 1):
        after = change_quantile(k, j) + share * (change_quantile(k + 1, j) - change_quantile(k, j))
        if statistic < after:
            part = (statistic - before) / (after - before)
            return math.exp(math.log(tail(j - 1)) * (1.0 - part) + math.log(tail(j)) * part)
        before = after
    return tail(last) * math.exp(-0.5 * min(statistic - before, 1000.0))


def recent_p(statistic: float, n: int) -> float:
    """Look up the one-sided p-value of the recent level, by its signed square."""
    k, share = knot_of(n)
    last, square = n_tails() - 1, statistic * abs(statistic)
    before = recent_quantile(k, 0) + share * (recent_quantile(k + 1, 0) - recent_quantile(k, 0))
    if square <= before:
        return 1.0
    for j in range(1, last + 1):
        after = recent_quantile(k, j) + share * (recent_quantile(k + 1, j) - recent_quantile(k, j))
        if square < after:
            part = (square - before) / (after - before)
            return math.exp(math.log(tail(j - 1)) * (1.0 - part) + math.log(tail(j)) * part)
        before = after
    return tail(last) * math.exp(-0.5 * min(square - before, 1000.0))
