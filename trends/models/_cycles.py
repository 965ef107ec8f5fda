"""A season of any shape: found by its length, taken off, and put back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from trends.models._profiles import FloatRow

LENGTHS = (4, 7, 12, 24, 52)  # quarters, weekdays, months, hours, weeks
LEAST_SHARE = 0.4  # of the variance about a moving average, that the season explains
LEAST_CYCLES = 3


@dataclass(frozen=True, slots=True)
class Cycle:
    """A season: a sum or a factor for each phase.

    Parameters
    ----------
    length : int
    phases : float64 array, shape (length,)
        Of mean 0; logarithms where `factors`.
    factors : bool
    share : float
        Of the variance about a moving average that it explains, adjusted for its length.
    """

    length: int
    phases: FloatRow
    factors: bool
    share: float

    def removed(self, values: FloatRow) -> FloatRow:
        """The values without the season."""
        season = np.resize(self.phases, len(values))
        return values / np.exp(season) if self.factors else values - season

    def added(self, values: FloatRow) -> FloatRow:
        """Values with the season put back."""
        season = np.resize(self.phases, len(values))
        return values * np.exp(season) if self.factors else values + season


def find_cycle(values: FloatRow, lengths: Sequence[int] | None = None) -> Cycle | None:
    """The season that explains most, if any explains enough; as factors where these explain more.

    `lengths` are those looked for; by default the usual ones.
    """
    best: Cycle | None = None
    positive = bool((values[~np.isnan(values)] > 0).all())
    for length in LENGTHS if lengths is None else lengths:
        if length < 2 or len(values) < LEAST_CYCLES * length + length // 2:
            continue
        for factors in (False, True) if positive else (False,):
            cycle = _cycle(np.log(values) if factors else values, length, factors)
            if cycle is not None and cycle.share > (best.share if best else LEAST_SHARE):
                best = cycle
    return best


def _cycle(values: FloatRow, length: int, factors: bool) -> Cycle | None:
    weights = np.full(length, 1.0 / length)
    if length % 2 == 0:  # half weight to both ends, so that the average is centred
        weights = np.convolve(weights, (0.5, 0.5))
    reach = len(weights) // 2
    off = values[reach:-reach] - np.convolve(values, weights, "valid")
    at = np.arange(reach, len(values) - reach) % length
    known = ~np.isnan(off)
    counts = np.bincount(at[known], minlength=length)
    rest = int(known.sum()) - length
    if counts.min() < 2 or rest < length:
        return None
    phases = np.array([np.median(off[known & (at == phase)]) for phase in range(length)])
    phases -= phases.mean()
    total = float(np.var(off[known])) * known.sum()
    if total <= 0:
        return None
    left = float(((off - phases[at])[known] ** 2).sum())
    return Cycle(length, phases, factors, 1 - left / rest / (total / (known.sum() - 1)))
