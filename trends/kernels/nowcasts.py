"""The level of counts now: a drifting log rate, filtered under many drifts and dispersions."""

import math

import numpy as np

from trends.kernels._distributions import log_gamma
from trends.kernels._rowwise import Row, rowwise

__all__ = ["CELLS", "DRIFTS", "SIZES", "log_rate_states"]

DRIFTS = (0.003, 0.007, 0.014, 0.028, 0.056, 0.11)  # sd of the log rate's step, a day
SIZES = (0.1, 0.2, 0.4, 0.8, 1.5, 3.0, 6.0, 12.0, 30.0, 100.0, 1000.0)  # of a day's counts
CELLS = len(DRIFTS) * len(SIZES)
START_DAYS = 28.0
START_VARIANCE = 4.0  # a factor of 7 either way
MOST = 30.0  # of a log rate


def start(values: Row, weights: Row, spans: Row) -> float:
    """Log rate of the first four weeks that are known."""
    total, weight, days = 0.0, 0.0, 0.0
    for t in range(values.shape[0]):
        if values[t] == values[t] and weights[t] > 0.0 and days < START_DAYS:
            total += values[t]
            weight += weights[t]
            days += spans[t]
    return math.log(max(total, 0.5) / weight) if weight > 0.0 else 0.0


def log_mode(y: float, size: float, centre: float, spread: float) -> float:
    """Mode of the log mean of a negative binomial count under a normal prior."""
    x = centre
    for _ in range(30):
        p = 1.0 / (1.0 + size * math.exp(-x))
        slope = y - (y + size) * p - (x - centre) / spread
        step = slope / ((y + size) * p * (1.0 - p) + 1.0 / spread)
        step = min(max(step, -2.0), 2.0)
        x = min(max(x + step, -MOST), MOST)
        if abs(step) < 1e-7:
            break
    return x


def see(y: float, weight: float, size: float, constant: float, at: int, out: Row) -> None:
    """Update the mean, the variance and the log weight of one cell by one count."""
    offset, spread = math.log(weight), out[at + 1]
    centre = out[at] + offset
    x = log_mode(y, size, centre, spread)
    p = 1.0 / (1.0 + size * math.exp(-x))
    bend = (y + size) * p * (1.0 - p) + 1.0 / spread
    # log(size + e^x), and of e^x alone where that is the larger part
    both = math.log(size) - math.log1p(-p) if p < 0.5 else x - math.log(p)
    away = x - centre
    out[at + 2] += constant + size * math.log(size) + y * x - (y + size) * both
    out[at + 2] -= 0.5 * away * away / spread + 0.5 * math.log(spread * bend)
    # dispersed counts skew the posterior to the right: its mean lies above its mode. Without this,
    # points were half a percent low, and so were chances to pass a record, by up to 0.07
    skew = 0.5 * (y + size) * p * (1.0 - p) * (2.0 * p - 1.0) / (bend * bend)
    most = 0.5 / math.sqrt(bend)
    out[at] = x + min(max(skew, -most), most) - offset
    out[at + 1] = 1.0 / bend


@rowwise(np.float64, width=3 * CELLS, rows=3, cost=60.0 * CELLS)
def log_rate_states(values: Row, weights: Row, spans: Row, forget: float, out: Row) -> None:
    """Filter the log rate of counts after the last step, for each drift and dispersion.

    The counts are negative binomial with mean ``weight * exp(x)`` and size ``span * size``; x is a
    random walk whose step from one block to the next has variance ``drift**2`` times the days
    between their middles. Each update is Laplace's: the posterior is taken for normal, with the
    curvature at its mode, and its mean moved off the mode by the skewness.

    Parameters
    ----------
    values : real array, shape (..., n_time)
        Counts of a day, or of a block of days. NaN where unknown: time passes, nothing is seen.
    weights : real array, shape (..., n_time)
        What a count is in proportion to, above 0: days, and the factors of weekdays.
    spans : real array, shape (..., n_time)
        Days of each block, above 0.
    forget : float
        What of the log likelihood is kept from one step to the next.

    Returns
    -------
    float64 array, shape (..., 3 * CELLS)
        Of each cell the mean and the variance of x, and its log weight; the size varies slower than
        the drift. Of the whole row, but of its past alone: a longer row begins with the same steps.

    Examples
    --------
    >>> states = log_rate_states([4.0, 7, 5, 6], [1.0, 1, 1, 1], [1.0, 1, 1, 1], 1.0)
    >>> states.shape == (3 * CELLS,)
    True
    """
    level, spread = start(values, weights, spans), START_VARIANCE
    for cell in range(CELLS):
        out[3 * cell], out[3 * cell + 1], out[3 * cell + 2] = level, spread, 0.0
    for t in range(values.shape[0]):
        between = 0.5 * (spans[t - 1] + spans[t]) if t > 0 else 0.0
        y = values[t]
        for j in range(len(SIZES)):
            size = SIZES[j] * spans[t]
            constant = log_gamma(y + size) - log_gamma(size) if y == y else 0.0
            for i in range(len(DRIFTS)):
                at = 3 * (j * len(DRIFTS) + i)
                out[at + 1] += DRIFTS[i] * DRIFTS[i] * between
                if y == y:
                    out[at + 2] *= forget
                    see(y, weights[t], size, constant, at, out)
