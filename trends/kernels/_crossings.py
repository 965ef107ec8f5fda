"""What a segment costs at means other than its own, and where it has cost so much."""

import math


def levy(mean: float, dispersion: float, reference: float) -> float:
    """What each step costs at a mean, whatever its count; 0 at the reference, to lose no digits."""
    if dispersion == 0:
        return mean - reference
    excess = dispersion * (mean - reference) / (1.0 + dispersion * reference)
    return math.log1p(excess) / dispersion


def slopes(place: float, dispersion: float | None, reference: float) -> tuple[float, float]:
    """What the steps to come add to the height of an edge; squared errors need no such thing."""
    if dispersion is None:
        return 0.0, 0.0
    log = math.log(place / reference) if place > 0 else -math.inf
    return levy(place, dispersion, reference), log


def crossing(
    side: float,
    room: float,
    size: float,
    mean: float,
    total: float,
    dispersion: float | None,
) -> float:
    """Mean at which a segment costs `room` more than the least, left (-1) or right (1) of its own.

    A column of `pieces` gives size, mean and total.
    """
    room = max(room, 0.0)
    if dispersion is None:
        return mean + side * math.sqrt(room / size)
    if room == 0:
        return mean
    if total > 0:
        return mean * count_crossing(side, 0.5 * room / total, dispersion * mean)
    if dispersion == 0:
        return 0.5 * room / size
    return math.expm1(min(0.5 * dispersion * room / size, 700.0)) / dispersion


def count_crossing(side: float, room: float, excess: float) -> float:
    """Ratio of means at which half the deviance for each count has grown by `room`.

    By Newton's method on the logarithm of the ratio, in which the deviance is convex: after the
    first step it stays on the outer side, and a start by a series leaves two or three.
    """
    share = excess / (1.0 + excess)
    turn = math.sqrt(2.0 * room * (1.0 + excess))
    if turn < 1:
        log = side * turn - turn * turn * (1.0 - 2.0 * share) / 6.0
    elif side > 0:
        log = math.log1p(room + turn)
    else:
        log = -turn
    ratio = 1.0
    for _ in range(50):
        grown = math.expm1(log)
        if grown == 0:
            break
        ratio = 1.0 + grown
        cost = math.log1p(share * grown) / share if share > 0 else grown
        step = (cost - log - room) * (1.0 + share * grown) / ((1.0 - share) * grown)
        log = min(log - step, 40.0)
        if abs(step) < 1e-7:
            return ratio * (1.0 - step)  # right to about step**2
    return ratio
