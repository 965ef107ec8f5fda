"""What begins where: the best cut of a row into segments, each change of it named."""

import math

import numpy as np

from trends.kernels._outliers import drop_step, odd_step
from trends.kernels._partitions import best_cuts
from trends.kernels._plateaus import scan_plateaus
from trends.kernels._rowwise import Row
from trends.kernels._scans import (
    BOTH,
    CRITERION,
    END,
    N_COLUMNS,
    N_MODELS,
    PLACE,
    PLATEAU,
    PLATEAU_LINE,
    RAMP,
    RAMP_LINE,
    STEP,
    STEP_LINE,
    scan,
)

__all__ = ["mark_changes", "typed"]


def typed(found: Row) -> int:
    """Model of the single change, a ramp favoured by 2: both kinds are then mistaken as often.

    A slope that ends must beat a step by 8 more than a ramp, or a step of 3 sd within 36 noisy
    steps would be taken for a short slope in 14%.
    """
    step, ramp, plateau = STEP, RAMP, PLATEAU
    best_step, best_ramp = found[STEP, CRITERION], found[RAMP, CRITERION] - 2.0
    if found[STEP_LINE, CRITERION] + 4.0 < best_step:
        best_step, step = found[STEP_LINE, CRITERION] + 4.0, STEP_LINE
    if found[RAMP_LINE, CRITERION] + 2.0 < best_ramp:
        best_ramp, ramp = found[RAMP_LINE, CRITERION] + 2.0, RAMP_LINE
    best = found[PLATEAU, CRITERION] + 3.0
    if found[PLATEAU_LINE, CRITERION] + 5.0 < best:
        best, plateau = found[PLATEAU_LINE, CRITERION] + 5.0, PLATEAU_LINE
    if best < best_ramp and best + 5.0 < best_step:
        return plateau
    return ramp if best_ramp <= best_step else step


def mark_changes(times: Row, z: Row, n: int, found: Row, marks: Row) -> int:
    """Mark the changes of the best cut, and the outliers that show only beside it.

    A rise or fall that ends is not cut, which would take two parameters more, where it fits as
    well as the cut. Returns how many steps are left.
    """
    starts, kinds = np.empty(24, np.int64), np.empty(24, np.int64)
    # Long rows wander more than AR(1) noise of 0.8: three random walks of 1,000 had 6 to 10 changes
    # at 1.5, and have 4 to 7.
    price = 1.5 + 0.5 * min(max(math.log(n / 200) / math.log(5), 0.0), 1.0)
    before = n
    segments, cost = best_cuts(times, z, n, price, starts, kinds)
    for _ in range(3):
        place = odd_step(times, z, n, starts, kinds, segments)
        if place == 0:
            break
        n = drop_step(times, z, n, place, marks)
        segments, cost = best_cuts(times, z, n, price, starts, kinds)
    if n < before:
        scan(times, z, n, 0, 1, True, found)
        scan_plateaus(times, z, n, 0, 1, True, found)
    model = typed(found)
    plateau = found[model, CRITERION] + price * math.log(n) * (5 if model == PLATEAU else 6)
    if segments <= 2 or (model in (PLATEAU, PLATEAU_LINE) and plateau <= cost):
        mark_best(times, found, n, 0, n, 0, marks)
        return n
    local = np.empty((N_MODELS, N_COLUMNS))
    for k in range(segments - 1):
        first, place = int(starts[k + 1]), int(starts[k])
        stop = n if k == 0 else int(starts[k - 1])
        if stop - first >= 8:
            scan(times[first:stop], z[first:stop], stop - first, 0, 1, False, local)
            mark_best(times, local, stop - first, first, stop, place, marks)
        else:
            marks[int(times[place])] = 1 if kinds[k] == 2 and kinds[k + 1] == 2 else 3
    return n


def mark_best(times: Row, found: Row, n: int, first: int, stop: int, cut: int, marks: Row) -> None:
    """Mark the best single change of a stretch: near its cut, where there is one."""
    model = typed(found)
    if model in (PLATEAU, PLATEAU_LINE):
        marks[int(times[int(found[model, PLACE])])] = 2
        marks[int(times[int(found[model, END])])] = 2
        return
    best = found[model, CRITERION] + (0.0 if model in (STEP, RAMP) else 4.0)
    if found[BOTH, CRITERION] + 4.0 + 1.5 * math.log(n) < best:
        model = BOTH
    place = first + int(found[model, PLACE])
    if cut > 0 and 2 * abs(place - cut) > min(cut - first, stop - cut):
        place = cut
    marks[int(times[place])] = 1 if model in (STEP, STEP_LINE) else 3 if model == BOTH else 2
