"""Whether a row changes, where and how: one scan and one cut, with AR(1) noise profiled in both."""

import math

import numpy as np

from trends.kernels._gates import (
    change_p,
    partition_excess,
    recent_excess,
    recent_p,
    scan_excess,
    union,
)
from trends.kernels._marks import mark_changes, typed
from trends.kernels._measures import (
    GAIN,
    GAIN_PHI,
    LINE_3,
    N_RAW,
    OVER_FLAT,
    OVER_LINE,
    PHI_3,
    RISE_3,
    SCAN_PHI,
    SEASON,
    measure,
)
from trends.kernels._rowwise import Row, rowwise
from trends.kernels._scales import N_SCALES, gather, put_on, weigh
from trends.kernels._scans import (
    CRITERION,
    END,
    FLAT,
    LINE,
    N_COLUMNS,
    N_MODELS,
    PLATEAU,
    PLATEAU_LINE,
    STEP,
)
from trends.kernels._scans import PHI as AT_PHI
from trends.kernels._scans import PLACE as AT_PLACE
from trends.kernels._whitening import centred_squares

__all__ = ["rampup_facts", "rampup_marks"]

# What `rampup_facts` tells, in this order.
N_KNOWN, SCALE, PHI_NULL, PHI, SCAN, PARTITION, RECENT, RECENT_WINDOW = range(8)
P_CHANGE, P_RECENT, CHANGED, BEST_TYPE, BEST_ONSET, N_OUTLIERS, HARMONICS = range(8, 15)
UNDECIDED, SHORT, DRIFT, BEST_END, N_FACTS = range(15, 20)


@rowwise(np.float64, width=N_FACTS, cost=20_000.0)
def rampup_facts(values: Row, counts: bool, period: int, seasonal: bool, out: Row) -> None:
    """Whether a row changes anywhere, whether its recent level is up, and its best single change.

    Parameters
    ----------
    values : real array, shape (..., n_time)
    counts : bool
        Whether the values are counts, or such divided by an exposure: they are then worked as
        square roots, which evens out their noise.
    period : int
        Steps of a season.
    seasonal : bool
        Whether a season may be taken off: up to two harmonics, from three periods on.

    Returns
    -------
    float64 array, shape (..., N_FACTS)
        By the constants of this module: known values; the scale of the best change (0 identity,
        1 square root, 2 logarithm); phi of the best model without a change, and of the single best
        change; three statistics (of one change, of several, and of the recent level) and the window
        of the last, 3, 6 or 12; p-values of *any change that a straight line does not explain* and
        of *the recent level is higher*, one-sided; whether the first is at most 0.05; the best
        single change (0 none, 1 step, 2 ramp, 3 step on a line, 4 ramp on a line) and the step at
        which it begins; outliers; harmonics taken off; whether the last value is an outlier or an
        onset, undecided; fewer than 24 known values; phi without a change at least 0.7; the step
        at which a ramp ends, -1 where it does not.
        A NaN is left out. With fewer than 8 known values, or a constant row, nothing is found: the
        p-values are 1. Of the whole row, so not causal.

    Notes
    -----
    AR(1) noise is profiled together with each change, on 0, 0.1, ..., 0.8, and is taken to have at
    least 1% of the variance of the row. The p-values are looked up in quantiles of simulated nulls
    (`benchmarks/validity/calibrate_rampups.py`), the larger of two: independent noise, and equal
    parts of that and of AR(1) noise of 0.3. The recent level counts towards any change upwards
    only. Above 0.8 noise is not told from changes: rows of which phi without a change is at
    least 0.7 may be random walks, whose changes are no evidence.

    Counts are worked as they are, as square roots and as logarithms; positive values that span a
    decade or more as they are and as logarithms. The p-values are averaged over the scales, each
    weighed by the likelihood of its best level or straight line: what is a line on any of them is
    not called a change because it bends on another, and nothing jumps where one begins to fit
    better than another. The square of n_time in work.

    References
    ----------
    .. [1] H.-J. Kim, M. P. Fay, E. J. Feuer and D. N. Midthune, "Permutation tests for joinpoint
       regression with applications to cancer rates", Statistics in Medicine 19, 335-351, 2000.
    .. [2] C. Chen and L.-M. Liu, "Joint estimation of model parameters and outlier effects in time
       series", Journal of the American Statistical Association 88, 284-297, 1993.

    Examples
    --------
    >>> row = [5, 7, 4, 6, 5, 8, 6, 4, 7, 5, 6, 5, 15, 18, 14, 17, 15, 16, 19, 15]
    >>> facts = rampup_facts(row, True, 12, False)
    >>> bool(facts[CHANGED]), int(facts[BEST_TYPE]), int(facts[BEST_ONSET])
    (True, 1, 12)
    """
    marks = np.empty(values.shape[0], np.int32)
    analyse(values, counts, period, seasonal, out, marks)


@rowwise(np.int32, cost=20_000.0)
def rampup_marks(values: Row, counts: bool, period: int, seasonal: bool, out: Row) -> None:
    """What begins at each step: nothing, a level, a slope, both, or that it is an outlier.

    Parameters
    ----------
    values : real array, shape (..., n_time)
    counts, period, seasonal
        As for `rampup_facts`.

    Returns
    -------
    int32 array, shape (..., n_time)
        0 nothing; 1 a new level begins; 2 the slope changes; 3 both, a line apart from the one
        before; 4 an outlier. 1 to 3 only where `rampup_facts` says that there is a change. A NaN
        is 0. Of the whole row, so not causal.

    Notes
    -----
    Outliers are left out first, where one pulse explains more than one change does. The rest is
    cut exactly into constant and linear segments, of at least 2 and 3 steps, at a price for each
    parameter and each cut; beyond 2,000 steps on a grid of about 2,000 places. Each change is then
    named, and placed, by the best single change between its neighbours.

    References
    ----------
    .. [1] B. Jackson et al., "An algorithm for optimal partitioning of data on an interval", IEEE
       Signal Processing Letters 12, 105-108, 2005.
    .. [2] N. R. Zhang and D. O. Siegmund, "A modified Bayes information criterion with applications
       to the analysis of comparative genomic hybridization data", Biometrics 63, 22-32, 2007.

    Examples
    --------
    >>> row = [5, 7, 4, 6, 5, 8, 6, 4, 7, 5, 6, 5, 15, 18, 14, 17, 15, 16, 19, 15]
    >>> rampup_marks(row, True, 12, False)
    array([0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0],
          dtype=int32)
    """
    facts = np.empty(N_FACTS)
    analyse(values, counts, period, seasonal, facts, out)


def analyse(values: Row, counts: bool, period: int, seasonal: bool, facts: Row, marks: Row) -> None:
    """Fill both: what is known of a row, and what begins at each of its steps.

    All is done on each plausible scale. The p-values are averaged; the rest is that of the scale
    which is likeliest with its best change or none.
    """
    size = values.shape[0]
    times, y = np.empty(max(size, 1)), np.empty(max(size, 1))
    known = gather(values, times, y)
    nothing(size, known, facts, marks)
    if known < 8 or centred_squares(y, known) == 0.0:
        return
    shares, nulls = np.empty(N_SCALES), np.empty(N_SCALES)
    usual = weigh(times, y, known, counts, shares, nulls)
    p_change = p_recent = 0.0
    least, n = math.inf, 0
    found, best_z, best_times = np.empty((N_MODELS, N_COLUMNS)), np.empty(known), np.empty(known)
    other, told, raw = np.empty((N_MODELS, N_COLUMNS)), np.empty(N_FACTS), np.empty(N_RAW)
    own, z, own_times = np.empty(size, np.int32), np.empty(known), np.empty(known)
    for scale in range(N_SCALES):
        if shares[scale] == 0.0:
            continue
        put_on(y, known, scale, usual, z)
        for i in range(known):
            own_times[i] = times[i]
        nothing(size, known, told, own)
        left = measure(own_times, z, known, period, seasonal, other, raw, own)
        judge(other, raw, left, known, told)
        p_change += shares[scale] * told[P_CHANGE]
        p_recent += shares[scale] * told[P_RECENT]
        score = nulls[scale] - max(min(raw[OVER_FLAT], raw[OVER_LINE] + 4.0), 0.0)
        if score < least:
            least, n = score, left
            told[SCALE] = scale
            copy(told, facts, N_FACTS)
            copy(own, marks, size)
            copy(z, best_z, left)
            copy(own_times, best_times, left)
            for k in range(N_MODELS):
                copy(other[k], found[k], N_COLUMNS)
    facts[P_CHANGE], facts[P_RECENT] = min(p_change, 1.0), min(p_recent, 1.0)
    facts[CHANGED] = facts[P_CHANGE] <= 0.05
    facts[UNDECIDED] = marks[int(times[known - 1])] == 4
    tell_best(best_times, found, facts)
    if facts[CHANGED]:
        n = mark_changes(best_times, best_z, n, found, marks)
    facts[N_OUTLIERS] = known - n


def copy(given: Row, to: Row, n: int) -> None:
    """Copy the first items."""
    for i in range(n):
        to[i] = given[i]


def judge(found: Row, raw: Row, n: int, known: int, facts: Row) -> None:
    """Fill the test statistics, their p-values, and whether there may be drift."""
    m = int(raw[SEASON])
    facts[HARMONICS], facts[PHI_NULL] = m, null_phi(found)
    facts[DRIFT] = facts[PHI_NULL] > 0.65
    facts[SCAN] = scan_excess(raw[OVER_FLAT], raw[OVER_LINE], raw[SCAN_PHI], n, m)
    facts[PARTITION] = partition_excess(raw[GAIN], raw[GAIN_PHI], n, m)
    facts[RECENT] = over_line = -math.inf
    for k in range(3):
        rise = recent_excess(raw[RISE_3 + k], raw[PHI_3 + k], known, m)
        if rise > facts[RECENT]:
            facts[RECENT], facts[RECENT_WINDOW], over_line = rise, 3 << k, raw[LINE_3 + k]
    u = union(facts[SCAN], facts[PARTITION], facts[RECENT], over_line, n)
    facts[P_CHANGE], facts[P_RECENT] = change_p(u, n), recent_p(facts[RECENT], known)


def nothing(size: int, known: int, facts: Row, marks: Row) -> None:
    """Fill what is told of a row in which nothing is found."""
    for i in range(size):
        marks[i] = 0
    for k in range(N_FACTS):
        facts[k] = 0.0
    facts[N_KNOWN], facts[SHORT] = known, known < 24
    facts[P_CHANGE] = facts[P_RECENT] = 1.0
    facts[BEST_ONSET] = facts[BEST_END] = -1.0


def null_phi(found: Row) -> float:
    """Phi of a level or, where that fits clearly better, of a line."""
    flat = found[FLAT, CRITERION] <= found[LINE, CRITERION] + 10.0
    return float(found[FLAT if flat else LINE, AT_PHI])


def tell_best(times: Row, found: Row, facts: Row) -> None:
    """Fill the type, place and phi of the best single change."""
    model = typed(found)
    facts[BEST_TYPE] = 1 + model - STEP  # the models are in the order of the types
    if model in (PLATEAU, PLATEAU_LINE):
        facts[BEST_TYPE] = 2 if model == PLATEAU else 4
        facts[BEST_END] = times[int(found[model, END])]
    facts[BEST_ONSET] = times[int(found[model, AT_PLACE])]
    facts[PHI] = found[model, AT_PHI]
