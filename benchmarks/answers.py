"""Whether two programs gave the same answer, and what a segmentation costs."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[Any]


def difference(ours: Mapping[str, Array], theirs: Mapping[str, Array]) -> dict[str, float]:
    """Largest difference of each answer that both give, relative to the size of theirs.

    Rows that theirs does not have (a subset) are left out; NaN equals NaN and nothing else.
    """
    found = {}
    for name in ours.keys() & theirs.keys():
        there = np.asarray(theirs[name], float)
        here = np.asarray(ours[name], float)[: len(there)]
        if here.shape != there.shape or (np.isnan(here) != np.isnan(there)).any():
            found[name] = np.inf
            continue
        with np.errstate(invalid="ignore"):
            gap = np.where(here == there, 0.0, np.abs(here - there))
        scale = np.maximum(np.abs(there), np.finfo(float).tiny)
        # A coefficient near zero has no relative error to speak of: 1e-3 of the typical one counts.
        typical = np.nanmedian(np.abs(there)) if there.size else 0.0
        relative = gap / np.maximum(scale, 1e-3 * typical)
        found[name] = float(np.nanmax(relative, initial=0.0))
    return found


def with_alarms(bounds: Mapping[str, Array], counts: Array) -> dict[str, Array]:
    """Bounds, and under NAME_alarms which counts are above them."""
    return {**bounds, **{f"{name}_alarms": counts > bound for name, bound in bounds.items()}}


def agrees(found: Mapping[str, float], rtol: Mapping[str, float]) -> bool:
    """Whether there is an answer to compare, and each is within its tolerance."""
    return bool(found) and all(gap <= rtol.get(name, 0.0) for name, gap in found.items())


def l2_objective(values: Array, starts: Array, penalty: float) -> Array:
    """Squared distances from the means of the segments + `penalty` for each change point."""
    return _objective(values, starts, penalty, lambda n, s, q: q - s * s / n)


def poisson_objective(values: Array, starts: Array, penalty: float) -> Array:
    """Minus twice the log-likelihood, less its constant, + `penalty` for each change point."""

    def cost(n: Array, s: Array, q: Array) -> Array:
        return 2 * (s - s * np.log(np.where(s > 0, s / n, 1.0)))

    return _objective(values, starts, penalty, cost)


def _objective(values: Array, starts: Array, penalty: float, cost: Any) -> Array:
    """`starts` is True where a segment begins; the first step begins one in any case."""
    starts = np.asarray(starts, bool).copy()
    starts[:, 0] = True
    at = np.flatnonzero(starts)
    n = np.diff(np.append(at, starts.size))
    flat = np.asarray(values, float).ravel()
    sums = np.add.reduceat(flat, at)
    # Squares from the segment's mean: no digits are lost on long rows.
    centred = flat - np.repeat(sums / n, n)
    squares = np.add.reduceat(centred * centred, at) + sums * sums / n
    rows = at // values.shape[1]
    total = np.bincount(rows, cost(n, sums, squares), len(values))
    return np.asarray(total + penalty * (starts.sum(axis=1) - 1))
