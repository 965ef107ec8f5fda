"""The place of each month among those up to it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import pandas as pd

from trends.detect._segments import by_segment, checked, locked, tidy
from trends.errors import UnknownOption
from trends.kernels import high_ranks, known_counts, low_ranks
from trends.panel import IntArray, Panel, PanelLike, Plotted

__all__ = ["Ranks", "find_ranks"]


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Ranks(Plotted):
    """What `find_ranks` found. Both arrays have shape (n_series, n_time).

    Parameters
    ----------
    panel : Panel
        Where it was looked for: its first month begins the span.
    direction : {'high', 'low'}
        Whether the highest or the lowest value comes first.
    ranks : int32 array
        The rank of each month among those up to it; -1 where it is unknown.
    earlier : int32 array
        How many earlier months it competes with.
    """

    panel: Panel
    direction: Literal["high", "low"]
    ranks: IntArray
    earlier: IntArray

    def frame(self) -> pd.DataFrame:
        """One row a series and month."""
        return tidy(self.panel, value=self.panel.values, rank=self.ranks, earlier=self.earlier)


def find_ranks(data: PanelLike, *, direction: Literal["high", "low"] = "high") -> Ranks:
    """Rank each month among the complete months up to it.

    A rank is 1 + the number of earlier months that are higher (lower); equal months share one. The
    span begins with the panel (take another with ``panel.window``), or with the latest method
    break. Partial months, and months that an anomaly excludes from ranks, take no part.

    Parameters
    ----------
    data : Panel, Series or DataFrame
        As `as_panel` takes.
    direction : {'high', 'low'}
        Whether the highest or the lowest value comes first.

    Returns
    -------
    Ranks
        With the rank of each month.

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
    >>> find_ranks(km2).ranks
    array([[1, 1, 1, 1, 1, 4]], dtype=int32)
    """
    kernels = {"high": high_ranks, "low": low_ranks}
    if direction not in kernels:
        raise UnknownOption("find_ranks", direction=direction, known=tuple(kernels))
    panel = checked("find_ranks", data)
    return Ranks(
        panel,
        direction,
        ranks=locked(by_segment(kernels[direction], panel, "ranks")),
        earlier=locked(by_segment(known_counts, panel, "ranks")),
    )
