"""Functional pruning: the cheapest cost so far, as a function of the mean of the last segment.

Candidates for the start of the last segment compete for each mean. The envelope, the cheapest at
each, consists of pieces between edges, from the lowest to the highest value of the row: piece k
lies between edges k and k + 1. A candidate without a piece can never win again, and is forgotten.
"""

import math

import numpy as np

from trends.kernels._crossings import crossing, levy, slopes
from trends.kernels._rowwise import Row

# Rows of `pieces`: the steps of the candidate's segment, their mean, the least cost, which it
# reaches there, and for counts the sum of the steps and the part of the cost that no mean changes.
SIZE, MEAN, LEAST, TOTAL, BASE = 0, 1, 2, 3, 4
# Rows of `edges`: the mean, the envelope's height there, and for counts what a step adds to it.
PLACE, HEIGHT, LEVY, LOG = 0, 1, 2, 3

# A dispersion of None stands for squared errors, 0 for Poisson, more for the negative binomial.
# numba leaves out what None does not need.


def last_starts(
    row: Row, penalty: float, dispersion: float | None, reference: float, last: Row
) -> None:
    """For the steps up to each one, where the last segment of the best segmentation starts."""
    steps = row.shape[0]
    low = high = row[0]
    for t in range(steps):
        low = min(low, row[t])
        high = max(high, row[t])
    # At most 2 n - 1 pieces (a Davenport-Schinzel sequence of order 2), and at most one more at
    # either end with each step. Only the used middle is ever touched.
    pieces, edges = np.empty((5, 4 * steps + 8)), np.empty((4, 4 * steps + 8))
    spare, margin = np.empty((5, 2 * steps + 4)), np.empty((4, 2 * steps + 4))
    head = 2 * steps + 4
    tail = head + 1
    set_piece(pieces, head, 0.0)
    set_edge(edges, head, low, 0.0, dispersion, reference)
    set_edge(edges, tail, high, 0.0, dispersion, reference)
    for t in range(steps):
        if dispersion is None:
            best = add_square(row[t], head, tail, pieces, edges)
        else:
            best = add_count(row[t], head, tail, pieces, edges, dispersion, reference)
        last[t] = t + 1 - int(pieces[SIZE, best])
        level = pieces[LEAST, best] + penalty
        if edges[HEIGHT, head] > level:
            head = cut_left(level, head, tail, pieces, edges, dispersion, reference)
        if edges[HEIGHT, tail] > level:
            tail = cut_right(level, head, tail, pieces, edges, dispersion, reference)
        if rises_between(level, head, tail, edges):
            used = rebuild(level, head, tail, pieces, edges, spare, margin, dispersion, reference)
            head = 2 * steps + 4 - used // 2
            tail = head + used
            restore(head, used, pieces, edges, spare, margin)


def add_square(value: float, head: int, tail: int, pieces: Row, edges: Row) -> int:
    """Add a step's squared errors to the envelope; the piece with the least cost."""
    best, least = head, math.inf
    for k in range(head, tail):
        size = pieces[SIZE, k] + 1.0
        off = value - pieces[MEAN, k]
        mean = pieces[MEAN, k] + off / size
        cost = pieces[LEAST, k] + off * (value - mean)
        pieces[SIZE, k], pieces[MEAN, k], pieces[LEAST, k] = size, mean, cost
        if cost < least:
            best, least = k, cost
    for k in range(head, tail + 1):
        off = value - edges[PLACE, k]
        edges[HEIGHT, k] += off * off
    return best


def add_count(
    value: float,
    head: int,
    tail: int,
    pieces: Row,
    edges: Row,
    dispersion: float,
    reference: float,
) -> int:
    """Add a step's deviances to the envelope; the piece with the least cost."""
    weight = 1.0 + dispersion * value
    own = value * math.log(value / reference) if value > 0 else 0.0
    own = 2.0 * (own - weight * levy(value, dispersion, reference))
    best, least = head, math.inf
    for k in range(head, tail):
        size, total = pieces[SIZE, k] + 1.0, pieces[TOTAL, k] + value
        mean, base = total / size, pieces[BASE, k] + own
        due = (size + dispersion * total) * levy(mean, dispersion, reference)
        if total > 0:
            due -= total * math.log(mean / reference)
        cost = base + 2.0 * due
        pieces[SIZE, k], pieces[MEAN, k], pieces[LEAST, k] = size, mean, cost
        pieces[TOTAL, k], pieces[BASE, k] = total, base
        if cost < least:
            best, least = k, cost
    for k in range(head, tail + 1):
        edges[HEIGHT, k] += own + 2.0 * weight * edges[LEVY, k]
        if value > 0:  # a mean of 0 cannot give it: infinite
            edges[HEIGHT, k] -= 2.0 * value * edges[LOG, k]
    return best


def dips(level: float, least: float, left: float, mean: float, right: float) -> bool:
    """Whether a piece with both edges above the level goes below it in between."""
    return least < level and left < mean < right


# The functions below hand no arrays on: numba counts references to arrays that are handed on twice,
# with atomic instructions that took more than half of the time.


def cut_left(
    level: float,
    head: int,
    tail: int,
    pieces: Row,
    edges: Row,
    dispersion: float | None,
    reference: float,
) -> int:
    """Give the part of the envelope's left end above the level to the new candidate."""
    low, levy_low, log_low = edges[PLACE, head], edges[LEVY, head], edges[LOG, head]
    while (
        head < tail
        and edges[HEIGHT, head + 1] > level
        and not dips(
            level,
            pieces[LEAST, head],
            edges[PLACE, head],
            pieces[MEAN, head],
            edges[PLACE, head + 1],
        )
    ):
        head += 1
    if head < tail:
        size, mean, total = pieces[SIZE, head], pieces[MEAN, head], pieces[TOTAL, head]
        room = level - pieces[LEAST, head]
        place = crossing(-1.0, room, size, mean, total, dispersion)
        place = min(max(place, edges[PLACE, head]), edges[PLACE, head + 1])
        edges[PLACE, head] = place
        edges[LEVY, head], edges[LOG, head] = slopes(place, dispersion, reference)
    edges[HEIGHT, head] = level
    head -= 1
    pieces[SIZE, head] = pieces[MEAN, head] = pieces[TOTAL, head] = 0.0
    pieces[LEAST, head] = pieces[BASE, head] = edges[HEIGHT, head] = level
    edges[PLACE, head], edges[LEVY, head], edges[LOG, head] = low, levy_low, log_low
    return head


def cut_right(
    level: float,
    head: int,
    tail: int,
    pieces: Row,
    edges: Row,
    dispersion: float | None,
    reference: float,
) -> int:
    """Give the part of the envelope's right end above the level to the new candidate."""
    high, levy_high, log_high = edges[PLACE, tail], edges[LEVY, tail], edges[LOG, tail]
    while (
        head < tail
        and edges[HEIGHT, tail - 1] > level
        and not dips(
            level,
            pieces[LEAST, tail - 1],
            edges[PLACE, tail - 1],
            pieces[MEAN, tail - 1],
            edges[PLACE, tail],
        )
    ):
        tail -= 1
    if head < tail:
        size, mean, total = pieces[SIZE, tail - 1], pieces[MEAN, tail - 1], pieces[TOTAL, tail - 1]
        room = level - pieces[LEAST, tail - 1]
        place = crossing(1.0, room, size, mean, total, dispersion)
        place = min(max(place, edges[PLACE, tail - 1]), edges[PLACE, tail])
        edges[PLACE, tail] = place
        edges[LEVY, tail], edges[LOG, tail] = slopes(place, dispersion, reference)
    edges[HEIGHT, tail] = level
    pieces[SIZE, tail] = pieces[MEAN, tail] = pieces[TOTAL, tail] = 0.0
    pieces[LEAST, tail] = pieces[BASE, tail] = edges[HEIGHT, tail + 1] = level
    tail += 1
    edges[PLACE, tail], edges[LEVY, tail], edges[LOG, tail] = high, levy_high, log_high
    return tail


def rises_between(level: float, head: int, tail: int, edges: Row) -> bool:
    """Whether the envelope rises above the level at an edge other than the first and the last."""
    above = 0
    for k in range(head + 1, tail):
        above += edges[HEIGHT, k] > level
    return above > 0


def set_piece(pieces: Row, k: int, cost: float) -> None:
    """Open a piece for the candidate whose segment starts with the next step."""
    pieces[SIZE, k] = pieces[MEAN, k] = pieces[TOTAL, k] = 0.0
    pieces[LEAST, k] = pieces[BASE, k] = cost


def set_edge(
    edges: Row, k: int, place: float, height: float, dispersion: float | None, reference: float
) -> None:
    """Set an edge and the envelope's height there."""
    edges[PLACE, k], edges[HEIGHT, k] = place, height
    edges[LEVY, k], edges[LOG, k] = slopes(place, dispersion, reference)


def kept(
    level: float, k: int, pieces: Row, edges: Row, dispersion: float | None
) -> tuple[float, float]:
    """Part of a piece that is not above the level; from a mean to the same one where it all is."""
    first, final = edges[PLACE, k], edges[PLACE, k + 1]
    size, mean, total = pieces[SIZE, k], pieces[MEAN, k], pieces[TOTAL, k]
    room = level - pieces[LEAST, k]
    left, right = edges[HEIGHT, k] > level, edges[HEIGHT, k + 1] > level
    if left and right and not dips(level, pieces[LEAST, k], first, mean, final):
        return final, final
    begin, end = first, final
    if left:
        begin = crossing(-1.0, room, size, mean, total, dispersion)
    if right:
        end = crossing(1.0, room, size, mean, total, dispersion)
    return min(max(begin, first), final), min(max(end, first), final)


def rebuild(
    level: float,
    head: int,
    tail: int,
    pieces: Row,
    edges: Row,
    spare: Row,
    margin: Row,
    dispersion: float | None,
    reference: float,
) -> int:
    """Write the envelope with all that is above the level given to the new candidate."""
    used, done, final = 0, edges[PLACE, head], edges[PLACE, tail]
    for k in range(head, tail):
        begin, end = kept(level, k, pieces, edges, dispersion)
        if begin >= end:
            continue
        if done < begin:
            set_piece(spare, used, level)
            set_edge(margin, used, done, level, dispersion, reference)
            used += 1
        for field in range(5):
            spare[field, used] = pieces[field, k]
        set_edge(margin, used, begin, min(edges[HEIGHT, k], level), dispersion, reference)
        used, done = used + 1, end
    if done < final:
        set_piece(spare, used, level)
        set_edge(margin, used, done, level, dispersion, reference)
        used += 1
    set_edge(margin, used, final, min(edges[HEIGHT, tail], level), dispersion, reference)
    return used


def restore(head: int, used: int, pieces: Row, edges: Row, spare: Row, margin: Row) -> None:
    """Put a rebuilt envelope back to where there is room on both sides."""
    for k in range(used):
        for field in range(5):
            pieces[field, head + k] = spare[field, k]
    for k in range(used + 1):
        for field in range(4):
            edges[field, head + k] = margin[field, k]
