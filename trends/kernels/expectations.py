"""What the past leads one to expect of a step: its mean, its bounds, and how far off it is."""

import math

import numpy as np

from trends.kernels._distributions import count_cdf, count_quantile, normal_quantile
from trends.kernels._expecting import climb, fill_design, variance
from trends.kernels._expecting_averages import average, now_of, remember
from trends.kernels._rowwise import Row, rowwise

__all__ = ["FACTS", "LEAST_STEPS", "MOST_PARAMS", "MOST_YEARS", "expectation_facts", "past_weights"]

LEAST_STEPS = 12  # of the past; or a year of them, if that is more
MOST_YEARS = 7  # how far back the past goes
MOST_PARAMS = 8
LEAST_DF = 8.0
MOST_AWAY = 2.5  # standard residuals that memory heeds
FACTS = ("expected", "lower", "upper", "p_value", "variance", "memory", "df", "nobs", "counts")


def stretch(z: float, df: float) -> float:
    """Student's t as far out as a standard normal (Wallace, 1959)."""
    c = z * (8.0 * df + 3.0) / (8.0 * df + 1.0)
    return math.copysign(math.sqrt(df * math.expm1(min(c * c / df, 600.0))), z)


def shrink(t: float, df: float) -> float:
    """Undo `stretch`."""
    c = math.sqrt(df * math.log1p(t * t / df)) * (8.0 * df + 1.0) / (8.0 * df + 3.0)
    return math.copysign(c, t)


def above(z: float) -> float:
    """Chance that a standard normal exceeds z."""
    return 0.5 * math.erfc(z / math.sqrt(2.0))


def middle_quantile(p: float, mean: float, phi: float) -> float:
    """Half-way below the first count k of ``P(Y < k) + P(Y = k) / 2 >= p``."""
    k = count_quantile(p, mean, phi)
    middle = 0.5 * (count_cdf(k, mean, phi) + count_cdf(k - 1.0, mean, phi))
    return k - 0.5 if middle >= p else k + 0.5


def bounds_of(
    value: float, mean: float, spread: float, df: float, alpha: float, counts: bool, out: Row
) -> None:
    """Write expected, lower and upper bound, and p-value."""
    out[0] = mean
    t = stretch(-normal_quantile(alpha), df)
    if counts:
        phi, tail = spread / mean, max(above(t), 1e-12)
        out[1] = max(0.0, middle_quantile(tail, mean, phi))
        out[2] = middle_quantile(1.0 - tail, mean, phi)
        if value == value:
            tail = min(max(1.0 - count_cdf(value - 1.0, mean, phi), 1e-15), 1.0)
            out[3] = above(shrink(-normal_quantile(tail), df)) if tail < 1.0 else 1.0
        return
    sd = math.sqrt(spread)
    out[1], out[2] = mean - t * sd, mean + t * sd
    if value == value:
        out[3] = above(shrink((value - mean) / sd, df)) if sd > 0.0 else 1.0


def freedom(means: Row, n: int, p: int, parts: Row, counts: bool) -> float:
    """Degrees of freedom of the dispersion, fewer where the fourth moment of counts is high."""
    if not counts:
        return 1.0 * (n - p)
    kurtosis = 0.0
    for i in range(n):
        spread = variance(means[i], parts)
        excess = max(0.0, spread / means[i] - 1.0)
        kurtosis += (6.0 * excess / means[i] + 1.0 / spread) / n
    return max(LEAST_DF, (n - p) / (1.0 + 0.5 * kurtosis))


def gather_past(
    values: Row, exposure: Row, first: int, counts: bool, table: Row
) -> tuple[int, bool]:
    """Fill ages, values and exposures of the known steps: how many, and whether all are counts."""
    last = values.shape[0] - 1
    n = 0
    for t in range(first, last + 1):
        y, e = 1.0 * values[t], 1.0 * exposure[t]
        if y == y and (y < 0.0 or y != math.floor(y)):
            counts = False
        if y == y and e > 0.0 and t < last:
            table[0, n], table[1, n], table[2, n] = last - t, y, e
            n += 1
    return n, counts


def prepare(table: Row, n: int, counts: bool, beta: Row, least: Row) -> tuple[float, float, float]:
    """Scale exposures to a mean of 1 and set the start: unit of exposure, scale, mean.

    Counts share half a count among them, so that a past of zeros has a mean.
    """
    time = total = squares = 0.0
    for i in range(n):
        time += table[2, i] / n
        total += table[1, i] / n
    for i in range(n):
        table[2, i] /= time
        squares += (table[1, i] - total) * (table[1, i] - total) / n
        if counts:
            table[1, i] += 0.5 * table[2, i] / n
    mean = total + 0.5 / n if counts else total
    scale = 1.0 if counts else math.sqrt(squares)
    for j in range(beta.shape[0]):
        beta[j] = 0.0
        least[j] = 0.0 if j == 0 or scale == 0.0 else 1.0 / (scale * scale)
    least[1] *= 0.25
    beta[0] = math.log(mean) if counts else mean
    return time, scale, mean


def recall(table: Row, n: int, means: Row, parts: Row) -> tuple[float, float]:
    """What the memory of residuals adds, in standard deviations, and the variance it leaves."""
    squares = 0.0
    for i in range(n):
        z = (table[1, i] - means[i]) / math.sqrt(variance(means[i], parts))
        table[1, i] = min(max(z, -MOST_AWAY), MOST_AWAY)
        squares += table[1, i] * table[1, i] / n
    size = math.sqrt(max(squares, 1e-12))
    for i in range(n):
        table[1, i] /= size
    away, share = remember(table[1], table[0], n)
    return away * size, share


def expect(
    values: Row, exposure: Row, period: int, alpha: float, whole: bool, params: Row, weights: Row,
    out: Row,
) -> int:  # fmt: skip
    """Write the facts of the last step; return how many weights of past steps are known."""
    last = values.shape[0] - 1
    table = np.empty((3, max(last, 1)))
    n, counts = gather_past(values, exposure, max(0, last - MOST_YEARS * period), whole, table)
    out[7], out[8] = n, counts
    if n < max(LEAST_STEPS, period) or not exposure[last] > 0.0:
        return 0
    p = 2 + 2 * max(0, min(3, n // period, (period - 1) // 2))
    beta, least, inverse = np.empty(p), np.empty(p), np.empty((p, p))
    design, means, parts = np.empty((n, p)), np.empty(n), np.empty(4)
    unit, scale, mean = prepare(table, n, counts, beta, least)
    if not scale > 1e-9 * abs(mean) and not counts:
        return 0
    parts[0], parts[1], parts[2], parts[3] = 1.0, 0.0, 0.0, 0.0 if counts else scale * scale
    fill_design(table[0], n, period, design)
    if not climb(
        table[1], table[2], design, n, least, counts, beta, means, weights, parts, inverse
    ):
        return 0
    error = average(beta, inverse, scale)
    df = freedom(means, n, p, parts, counts)
    away, share = recall(table, n, means, parts)
    now = exposure[last] / unit
    if counts:
        mean = now * math.exp(min(max(now_of(beta), -30.0), 30.0))
        x = away * math.sqrt(variance(mean, parts)) / mean
        out[5] = 1.0 + x if x > 0.0 else math.exp(x)
        mean *= out[5]
        spread = max(mean, variance(mean, parts) * share) + mean * mean * error
    else:
        out[5] = away * math.sqrt(parts[3])
        mean, spread = now * now_of(beta) + out[5], parts[3] * share + now * now * error
    bounds_of(1.0 * values[last], mean, spread, df, alpha, counts, out)
    out[4], out[6] = spread, df
    for j in range(p):
        params[j] = beta[j]
    params[0] += -math.log(unit) if counts else params[0] / unit - params[0]
    return n


@rowwise(np.float64, width=17, rows=2, cost=1500)
def expectation_facts(
    values: Row, exposure: Row, period: int, alpha: float, whole: bool, out: Row
) -> None:
    """What the steps before lead one to expect of the last step, and how far off it is.

    Parameters
    ----------
    values : real array, shape (..., n_time)
    exposure : real array, shape (..., n_time)
        What a value is in proportion to; 1 for none.
    period : int
        Steps of a year.
    alpha : float
        Chance to lie above the upper bound, and below the lower one.
    whole : bool
        Whether values are counts where all that is looked at are whole and not negative.

    Returns
    -------
    float64 array, shape (..., 17)
        First `FACTS`: the expected value; its bounds, half-way between counts; the chance of a
        value as high or higher; the predictive variance; what memory does to the expectation (a
        factor of counts, added to numbers); the degrees of freedom of the dispersion; how many
        past steps were used; whether they are counts. Then the params, NaN where they are none:
        level now for an exposure of 1, trend a year, and pairs of cosine and sine of the age in
        steps; of counts on the log scale. A NaN, or no exposure, is left out. All but the number of
        steps NaN where fewer than 12 or a year are known, and where numbers do not vary. Causal.

    Notes
    -----
    Weighted regression on trend and up to three harmonics, one for each year of the past; params
    drawn to 0 by normal priors, averaged over their widths; AR(1) memory of residuals, averaged
    over its strength; a negative binomial (or Student's t) of that mean, that variance and the
    variance of estimation. The cost grows with the steps used, at most 7 years.

    References
    ----------
    .. [1] A. Noufaily, D. G. Enki, P. Farrington, P. Garthwaite, N. Andrews and A. Charlett, "An
       improved algorithm for outbreak detection in multiple surveillance systems", Statistics in
       Medicine 32, 2013, doi:10.1002/sim.5595.

    Examples
    --------
    >>> row = [8, 9, 7, 8, 9, 8, 9, 10, 8, 9, 11, 9, 9, 99]
    >>> expectation_facts(row, 1, 12, 0.01, True)[:4].round(2)
    array([ 9.15,  1.5 , 20.5 ,  0.  ])
    """
    for k in range(17):
        out[k] = math.nan
    if values.shape[0] == 0:
        return
    weights = np.empty(values.shape[0])
    params = np.empty(MOST_PARAMS)
    for j in range(MOST_PARAMS):
        params[j] = math.nan
    expect(values, exposure, period, alpha, whole, params, weights, out)
    for j in range(MOST_PARAMS):
        out[9 + j] = params[j]


@rowwise(np.float64, rows=2, cost=1500)
def past_weights(values: Row, exposure: Row, period: int, whole: bool, out: Row) -> None:
    """How much each past step counts for when the last step is judged: 1 but for outbreaks.

    Parameters
    ----------
    values, exposure, period, whole
        As of `expectation_facts`.

    Returns
    -------
    float64 array, shape (..., n_time)
        NaN where a step is not used, as the last one never is. Of the whole row, so not causal.

    Examples
    --------
    >>> row = [9, 8, 7, 9, 10, 11, 8, 9, 60, 7, 9, 8, 9, 11, 7, 10, 8, 9, 10, 7, 9]
    >>> past_weights(row, 1, 12, True)[7:10].round(2)
    array([1.  , 0.58, 1.  ])
    """
    steps = values.shape[0]
    weights, params, facts = np.empty(steps), np.empty(MOST_PARAMS), np.empty(17)
    n = expect(values, exposure, period, 0.01, whole, params, weights, facts)
    k = 0
    for t in range(steps):
        out[t] = math.nan
        used = t < steps - 1 and t >= steps - 1 - MOST_YEARS * period and exposure[t] > 0.0
        if n > 0 and used and values[t] == values[t]:
            out[t] = weights[k]
            k += 1
