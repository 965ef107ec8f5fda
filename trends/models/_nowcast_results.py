"""What a nowcast tells: the month's total, with its interval and its chances."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TypeAlias

import numpy as np
import numpy.typing as npt
import pandas as pd

from trends.errors import BadOption
from trends.panel import Shown
from trends.wording import amount, month_words

Floats: TypeAlias = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class NowcastResults(Shown):
    """What `fit_nowcast` found of a month.

    Parameters
    ----------
    month : Period
    draws : float64 array
        Totals that the month may have, of equal weight; read-only. Empty if `insufficient`.
    observed : float
        The sum of the days that are known.
    observed_days : int
        How many those are.
    level : float
        Of the interval, unless another is asked for.
    counts : bool
        Whether the amounts were taken for counts.
    nobs : int
        Days (of a panel, months) of the past that it rests on.
    like_for_like : DataFrame
        By earlier month ``same_days``, the sum of the same days of it, and ``total``. Empty
        where those are not known.
    name, unit : str
    notes : tuple of str
        What was left out or assumed, in sentences.
    """

    month: pd.Period
    draws: Floats
    observed: float
    observed_days: int
    level: float
    counts: bool
    nobs: int
    like_for_like: pd.DataFrame
    name: str = "value"
    unit: str = ""
    notes: tuple[str, ...] = ()

    @property
    def insufficient(self) -> bool:
        """Whether the past tells nothing, because it does not vary."""
        return not len(self.draws)

    @property
    def point(self) -> float:
        """The median of the draws; NaN if `insufficient`."""
        return float("nan") if self.insufficient else float(np.median(self.draws))

    def conf_int(self, level: float | None = None) -> tuple[float, float]:
        """The interval that holds the month's total with probability `level`."""
        level = self.level if level is None else checked_level("conf_int", level)
        if self.insufficient:
            return (float("nan"), float("nan"))
        tail = (1 - level) / 2
        low = np.quantile(self.draws, tail, method="lower")
        return float(low), float(np.quantile(self.draws, 1 - tail, method="higher"))

    def chance(self, above: float = -np.inf, *, up_to: float = np.inf) -> float:
        """The probability that the month ends above a value, and not above another."""
        if self.insufficient:
            return float("nan")
        return float(np.mean((self.draws > above) & (self.draws <= up_to)))

    def revised(self, sizes: npt.ArrayLike, *, seed: int = 0) -> NowcastResults:
        """The same, of the total as it is revised after the month is over.

        Parameters
        ----------
        sizes : array_like of float
            How earlier totals were revised: of counts as shares of the total (0.01 where one
            percent was added), else in the unit. One of them, at random, is added to each draw.
        seed : int
            Of the choice.
        """
        moves = np.asarray(sizes, dtype=np.float64)
        if moves.ndim != 1 or not len(moves) or not np.isfinite(moves).all():
            raise BadOption("revised", "sizes", sizes, "a list of finite numbers, one at least")
        if self.counts and (moves <= -1).any():
            raise BadOption("revised", "sizes", float(moves.min()), "a share above -1, of counts")
        drawn = np.random.default_rng(seed).choice(moves, len(self.draws))
        draws = np.round(self.draws * (1 + drawn)) if self.counts else self.draws + drawn
        note = f"revised as {len(moves)} earlier months were after they were over"
        return replace(self, draws=locked(draws), notes=(*self.notes, note))

    def summary(self) -> str:
        """Two sentences: what the month is on pace for, and the same days of the month before."""
        days = f"{self.observed_days} of {self.month.days_in_month} days"
        so_far = f"{amount(_rounded(self.observed), self.unit)} on {days}"
        name = month_words(self.month)
        if self.insufficient:
            return f"{name}: {so_far}; insufficient to say more, the past does not vary."
        low, high = (amount(_rounded(bound)) for bound in self.conf_int())
        told = (
            f"{name}: on pace for {amount(_rounded(self.point), self.unit)} "
            f"({self.level:.0%} interval {low} to {high}), from {so_far}."
        )
        if len(self.like_for_like):
            last = self.like_for_like.iloc[-1]
            head = f"{amount(_rounded(last['same_days']))} of {amount(_rounded(last['total']))}"
            before = month_words(self.like_for_like.index[-1])
            told += f" The first {self.observed_days} days of {before} brought {head}."
        return told


def checked_level(where: str, level: float) -> float:
    """A level between 0 and 1."""
    if not 0 < level < 1:
        raise BadOption(where, "level", level, "between 0 and 1")
    return float(level)


def locked(draws: Floats) -> Floats:
    """Make the draws read-only."""
    draws.flags.writeable = False
    return draws


def _rounded(value: float) -> float:
    """Whole where it is large; a digit after the point below 10."""
    return round(value) if abs(value) >= 10 else round(value, 1)
