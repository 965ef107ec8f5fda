"""Consecutive rises and falls."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import pandas as pd

from trends.detect._segments import by_segment, checked, locked, months_back, tidy
from trends.errors import UnknownOption
from trends.kernels import fall_lengths, rise_lengths
from trends.panel import IntArray, Panel, PanelLike, Plotted

__all__ = ["Streaks", "find_streaks"]


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Streaks(Plotted):
    """What `find_streaks` found: the lengths, and the panel they came from.

    Parameters
    ----------
    panel : Panel
        Where it was looked for.
    direction : {'rise', 'fall'}
        What was counted.
    lengths : int32 array, shape (n_series, n_time)
        The streak that ends in each month.
    """

    panel: Panel
    direction: Literal["rise", "fall"]
    lengths: IntArray

    def frame(self) -> pd.DataFrame:
        """One row a series and month; `from_month` is the one that the first rise rose from."""
        frame = tidy(self.panel, value=self.panel.values, length=self.lengths)
        frame["from_month"] = months_back(self.panel, self.lengths)
        return frame


def find_streaks(data: PanelLike, *, direction: Literal["rise", "fall"] = "rise") -> Streaks:
    """Count the consecutive rises (or falls) that end in each month.

    Five months 240, 379, 507, 588, 594 hold four rises. A tie ends a streak, and so does a gap.
    Partial months, and months that an anomaly excludes from streaks, count as gaps. A method break
    ends a streak too: the month after it neither rises nor falls.

    Parameters
    ----------
    data : Panel, Series or DataFrame
        As `as_panel` takes.
    direction : {'rise', 'fall'}
        What to count.

    Returns
    -------
    Streaks
        With the length of the streak that ends in each month, 0 where none does.

    Raises
    ------
    UnknownOption
        If `direction` has no such value.
    TooShort, NoValues
        If there are fewer than two months, or no value of a complete month.

    Examples
    --------
    >>> months = pd.period_range("2025-03", "2025-08", freq="M")
    >>> km2 = pd.Series([240, 379, 507, 588, 594, 447], months)
    >>> find_streaks(km2).lengths
    array([[0, 1, 2, 3, 4, 0]], dtype=int32)
    """
    kernels = {"rise": rise_lengths, "fall": fall_lengths}
    if direction not in kernels:
        raise UnknownOption("find_streaks", direction=direction, known=tuple(kernels))
    panel = checked("find_streaks", data)
    return Streaks(panel, direction, locked(by_segment(kernels[direction], panel, "streaks")))
