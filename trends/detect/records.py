"""Records, and since when a value is the highest or lowest."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import pandas as pd

from trends.detect._segments import by_segment, checked, checked_least, locked, months_back, tidy
from trends.errors import UnknownOption
from trends.kernels import (
    known_counts,
    low_record_flags,
    low_tie_flags,
    record_flags,
    steps_since,
    steps_since_low,
    tie_flags,
)
from trends.panel import BoolArray, IntArray, Panel, PanelLike, Plotted

__all__ = ["Records", "find_records"]


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Records(Plotted):
    """What `find_records` found. All arrays have shape (n_series, n_time).

    Parameters
    ----------
    panel : Panel
        Where it was looked for.
    direction : {'high', 'low'}
        Whether a record is a highest or a lowest value.
    least : int
        How many earlier months a record needs.
    flags : bool array
        Whether the month sets a record.
    ties : bool array
        Whether the month equals the record before it, with as many earlier months.
    since_steps : int32 array
        Months back to the latest month that is not lower (not higher). 0: there is none.
        -1: unknown, because this month or one on the way back is.
    earlier : int32 array
        How many earlier months it competes with.
    """

    panel: Panel
    direction: Literal["high", "low"]
    least: int
    flags: BoolArray
    ties: BoolArray
    since_steps: IntArray
    earlier: IntArray

    def frame(self) -> pd.DataFrame:
        """One row a series and month; `since` is the month that `since_steps` leads to, or NaT."""
        frame = tidy(
            self.panel,
            value=self.panel.values,
            record=self.flags,
            tie=self.ties,
            since_steps=self.since_steps,
            earlier=self.earlier,
        )
        frame.insert(4, "since", months_back(self.panel, self.since_steps))
        return frame


def find_records(
    data: PanelLike, *, direction: Literal["high", "low"] = "high", least: int = 12
) -> Records:
    """Find the months that are higher (or lower) than every earlier complete month.

    A record needs `least` earlier months; the first month is not one. An equal value ties a record
    and does not set it. Partial months, and months that an anomaly excludes from records, take no
    part: they count as unknown. Nothing is compared across a method break: there the count begins
    anew.

    Parameters
    ----------
    data : Panel, Series or DataFrame
        As `as_panel` takes.
    direction : {'high', 'low'}
        Whether a record is a highest or a lowest value.
    least : int
        How many earlier months with a value a record needs, at least 1.

    Returns
    -------
    Records
        Also holds since when each month is the highest (lowest).

    Raises
    ------
    UnknownOption, BadOption
        If an option has no such value.
    TooShort, NoValues
        If there are fewer than two months, or no value of a complete month.

    Examples
    --------
    >>> km2 = pd.Series(
    ...     [240.0, 379, 507, 588, 594, 447],
    ...     pd.period_range("2025-03", periods=6, freq="M"),
    ...     name="territory",
    ... )
    >>> found = find_records(km2, least=3)
    >>> found.flags
    array([[False, False, False,  True,  True, False]])
    >>> found.frame()[["month", "record", "since"]].tail(2)
         month  record    since
    4  2025-07    True      NaT
    5  2025-08   False  2025-07
    """
    kernels = {
        "high": (record_flags, tie_flags, steps_since),
        "low": (low_record_flags, low_tie_flags, steps_since_low),
    }
    if direction not in kernels:
        raise UnknownOption("find_records", direction=direction, known=tuple(kernels))
    least = checked_least("find_records", least)
    panel = checked("find_records", data)
    beats, equals, since = kernels[direction]
    earlier = by_segment(known_counts, panel, "records")
    enough = earlier >= least
    flags, ties = by_segment(beats, panel, "records"), by_segment(equals, panel, "records")
    flags &= enough
    ties &= enough
    return Records(
        panel,
        direction,
        least,
        flags=locked(flags),
        ties=locked(ties),
        since_steps=locked(by_segment(since, panel, "records")),
        earlier=locked(earlier),
    )
