"""Prominent streaks: the longest stretches above each level, and the highest of each length."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, Literal

import numpy as np
import numpy.typing as npt
import pandas as pd

from trends.detect._segments import by_segment, checked, locked
from trends.errors import BadOption, UnknownOption
from trends.kernels.prominences import (
    earlier_reaching_counts,
    spell_lengths,
    spell_lengths_ahead,
)
from trends.panel import FloatArray, IntArray, Panel, PanelLike, Plotted, ValueArray

__all__ = ["ProminentStreaks", "find_prominent_streaks"]

Places = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class ProminentStreaks(Plotted):
    """What `find_prominent_streaks` found. All arrays have shape (n_streaks,).

    The streaks stand by series, the longest first.

    Parameters
    ----------
    panel : Panel
        Where it was looked for.
    direction : {'high', 'low'}
        Above, or below, a level.
    top : int
        How many streaks may dominate one that is listed, plus 1.
    least_length : int
        The shortest streak listed.
    series, first, last : int64 array
        Positions of the series, and of the first and last month.
    levels : float64 or int array
        The lowest value (highest, for 'low') of each streak: what all of its months reach.
    dominators : int32 array
        How many maximal streaks of its series are at least as long and as high, and one of the two
        more so.
    overall : bool array
        Whether fewer than `top` of the streaks of all series dominate it.
    """

    panel: Panel
    direction: Literal["high", "low"]
    top: int
    least_length: int
    series: Places
    first: Places
    last: Places
    levels: ValueArray
    dominators: npt.NDArray[np.int32]
    overall: npt.NDArray[np.bool_]

    @property
    def lengths(self) -> Places:
        """How many months each streak has."""
        return self.last - self.first + 1

    def frame(self) -> pd.DataFrame:
        """One row a streak; `ended` where the month after it is known, and so ended it."""
        sign = 1.0 if self.direction == "high" else -1.0
        known = np.pad(
            self.panel.known().astype(np.float64), ((0, 0), (0, 1)), constant_values=np.nan
        )
        farthest = sign * _farthest(sign * known, self.series, self.first, self.last)
        low, high = (self.levels, farthest)[:: int(sign)]
        return pd.DataFrame(
            {
                "series": np.array(self.panel.names, dtype=object)[self.series],
                "first_month": self.panel.months.take(self.first),
                "last_month": self.panel.months.take(self.last),
                "length": self.lengths,
                "minimum": low,
                "maximum": high,
                "ended": ~np.isnan(known[self.series, self.last + 1]),
                "dominators": self.dominators,
                "overall": self.overall,
            }
        )


def find_prominent_streaks(
    data: PanelLike,
    *,
    direction: Literal["high", "low"] = "high",
    top: int = 1,
    least_length: int = 1,
) -> ProminentStreaks:
    """Find the streaks of months above a level that no other streak equals in length and level.

    A streak here is a stretch of consecutive months, and its level the lowest of their values:
    "eight consecutive months above 4,000". One dominates another that is not longer and not higher,
    if it is longer or higher. Only a streak that cannot be made longer at its level can be
    undominated, and there is at most one of these a month: they are the candidates [1]_.

    A gap ends a streak, and so does a method break. Partial months, and months that an anomaly
    excludes from streaks, count as gaps.

    Parameters
    ----------
    data : Panel, Series or DataFrame
        As `as_panel` takes.
    direction : {'high', 'low'}
        'low' finds the months below a level.
    top : int
        List the streaks that fewer than `top` candidates of their series dominate: 1 gives the
        undominated. (In [1]_ every stretch counts, so that from 2 on parts of one streak crowd out
        the others; here only streaks that cannot be made longer do.)
    least_length : int
        The shortest streak to list.

    Returns
    -------
    ProminentStreaks
        Of each series; `overall` tells those that no streak of another series dominates either.

    Raises
    ------
    UnknownOption, BadOption
        If an option has no such value.
    TooShort, NoValues
        If there are fewer than two months, or no value of a complete month.

    References
    ----------
    .. [1] X. Jiang, C. Li, P. Luo, M. Wang and Y. Yu (2011), "Prominent streak discovery in
       sequence data", KDD 2011, doi:10.1145/2020408.2020601. Extended by G. Zhang and others
       (2014), ACM Transactions on Knowledge Discovery from Data 8, doi:10.1145/2601439.

    Examples
    --------
    >>> months = pd.period_range("2025-01", periods=10, freq="M")
    >>> found = find_prominent_streaks(pd.Series([3.0, 1, 7, 7, 2, 5, 4, 6, 7, 3], months))
    >>> found.frame()[["first_month", "last_month", "length", "minimum"]]
      first_month last_month  length  minimum
    0     2025-01    2025-10      10      1.0
    1     2025-03    2025-10       8      2.0
    2     2025-06    2025-10       5      3.0
    3     2025-06    2025-09       4      4.0
    4     2025-03    2025-04       2      7.0
    """
    if direction not in ("high", "low"):
        raise UnknownOption("find_prominent_streaks", direction=direction, known=("high", "low"))
    for name, value in (("top", top), ("least_length", least_length)):
        if isinstance(value, bool) or not isinstance(value, int | np.integer) or value < 1:
            needed = "a whole number of at least 1"
            raise BadOption("find_prominent_streaks", name, value, needed)
    panel = checked("find_prominent_streaks", data)
    sign = 1.0 if direction == "high" else -1.0
    signed = sign * panel.values.astype(np.float64)
    looked = replace(panel, values=signed)
    before = by_segment(spell_lengths, looked, "streaks")
    lengths = before + by_segment(spell_lengths_ahead, looked, "streaks") - 1
    lengths[lengths < least_length] = 0
    counts = _dominators(lengths, signed, np.arange(panel.n_time) - before, int(top))
    series, at = np.nonzero((counts >= 0) & (counts < top))
    found = lengths[series, at].astype(np.int64)
    by_length = np.lexsort((at, -signed[series, at], -found, series))
    series, at, found = series[by_length], at[by_length], found[by_length]
    first = at - before[series, at] + 1
    # the streaks that any series' own top leaves out are dominated often enough already
    among = (found[None], signed[None, series, at], np.arange(len(found))[None])
    return ProminentStreaks(
        panel,
        direction,
        int(top),
        int(least_length),
        series=locked(series),
        first=locked(first),
        last=locked(first + found - 1),
        levels=locked(panel.values[series, at]),
        dominators=locked(counts[series, at]),
        overall=locked(_dominators(*among, int(top))[0] < top),
    )


def _dominators(
    lengths: npt.NDArray[Any], levels: FloatArray, starts: npt.NDArray[Any], most: int
) -> IntArray:
    """How many streaks of its row dominate each one, counted up to `most`.

    -1 where there is none: no length, or the streak has been counted at an equal minimum.
    """
    levels = np.where(lengths > 0, levels, np.nan)
    order = np.lexsort((starts, -levels, -lengths), axis=-1)
    length, level, start = (
        np.take_along_axis(part, order, -1)
        for part in (lengths, levels, np.broadcast_to(starts, lengths.shape))
    )
    # whatever dominates a streak stands before it; its equals, which do not, stand beside it
    equal = np.zeros(length.shape, np.bool_)
    equal[:, 1:] = (length[:, 1:] == length[:, :-1]) & (level[:, 1:] == level[:, :-1])
    again = equal.copy()
    again[:, 1:] &= start[:, 1:] == start[:, :-1]
    counts = earlier_reaching_counts(np.where(again, np.nan, level), most)
    heads = np.maximum.accumulate(np.where(equal, 0, np.arange(length.shape[1])), axis=-1)
    counts = np.take_along_axis(counts, heads, -1)
    counts[again | (length == 0)] = -1
    out = np.empty_like(counts)
    np.put_along_axis(out, order, counts, -1)
    return out


def _farthest(values: FloatArray, series: Places, first: Places, last: Places) -> FloatArray:
    """The highest value of each stretch, from two windows that cover it."""
    lengths = last - first + 1
    found = np.empty(len(lengths))
    width, windows = 1, values
    while True:
        fit = (lengths >= width) & (lengths < 2 * width)
        i, a, b = series[fit], first[fit], last[fit] - width + 1
        found[fit] = np.maximum(windows[i, a], windows[i, b])
        if 2 * width > values.shape[1]:
            return found
        windows = np.maximum(windows[:, :-width], windows[:, width:])
        width *= 2
