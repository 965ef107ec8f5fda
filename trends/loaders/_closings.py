"""Which reading closes which month."""

from __future__ import annotations

import warnings
from dataclasses import dataclass
from typing import Literal, TypeAlias

import pandas as pd

from trends.errors import BadTable, TrendsWarning
from trends.loaders._snapshots import Snapshots
from trends.panel import Anomaly

Reckoning: TypeAlias = Literal["month-end", "month-start"]

_EARLY = 4  # a day this early in a month is hardly meant as its end


@dataclass(frozen=True, slots=True)
class Closing:
    """The reading that closes a month."""

    at: int  # its position among the days
    days: int  # of the month, until the reading
    late: int  # days of the month after that it lies behind
    whole: bool  # whether all days of the month are behind it


def closings(
    read: Snapshots, reckoning: Reckoning, late: int, notes: list[str]
) -> dict[pd.Period, Closing]:
    """Find the reading that closes each month; the months without one are absent."""
    if reckoning == "month-start":
        closed = _by_month_start(read, late, notes)
    else:
        closed = _by_month_end(read, notes)
    notes.append(f"Readings that close a month: {len(closed):,}.")
    return closed


def _by_month_end(read: Snapshots, notes: list[str]) -> dict[pd.Period, Closing]:
    closed = {}
    for at, snapshot in enumerate(read.days):
        month = pd.Period(snapshot.day, "M")
        whole = snapshot.day.day == month.days_in_month
        closed[month] = Closing(at, snapshot.day.day, 0, whole)
    if len(closed) > 1 and all(close.days <= _EARLY for close in closed.values()):
        notes.append(
            "All readings lie at the beginning of their months, which end unread: "
            "reckoning='month-start' reads them as the ends of the months before."
        )
        warnings.warn(f"{read.name}: {notes[-1]}", TrendsWarning, stacklevel=5)
    partial = [str(m) for m, close in closed.items() if not close.whole]
    if partial:
        shown = ", ".join(partial[:6]) + (" ..." if len(partial) > 6 else ".")
        notes.append(f"Months whose last day was not read ({len(partial):,}): {shown}")
    return closed


def _by_month_start(read: Snapshots, late: int, notes: list[str]) -> dict[pd.Period, Closing]:
    closed: dict[pd.Period, Closing] = {}
    too_late = []
    for at, snapshot in enumerate(read.days):
        month = pd.Period(snapshot.day, "M") - 1
        if month in closed:
            continue
        if snapshot.day.day > 1 + late:
            first = at == 0 or pd.Period(read.days[at - 1].day, "M") <= month
            too_late += [str(snapshot.day)] if first else []
            continue
        closed[month] = Closing(at, month.days_in_month, snapshot.day.day - 1, True)
    if not closed:
        raise BadTable(
            read.name,
            f"no reading within {1 + late} days from the first of a month",
            "Use reckoning='month-end', or raise late=.",
        )
    late_ones = [f"{m} on {read.days[c.at].day}" for m, c in closed.items() if c.late]
    if late_ones:
        shown = ", ".join(late_ones[:6]) + (" ..." if len(late_ones) > 6 else ".")
        notes.append(f"Ends of months that were read late ({len(late_ones)}): {shown}")
    if too_late:
        notes.append(
            "First readings of a month that are too late to close the month before: "
            + ", ".join(too_late[:6])
            + (" ..." if len(too_late) > 6 else ".")
        )
    return closed


def late_readings(read: Snapshots, closed: dict[pd.Period, Closing]) -> tuple[Anomaly, ...]:
    """Say of which months the end was read late: they are too long, and the next too short."""
    return tuple(
        Anomaly(
            month,
            month + 1,
            "outage",
            f"The end of {month} is read on {read.days[close.at].day}, {close.late} "
            f"day{'s' if close.late > 1 else ''} late.",
        )
        for month, close in closed.items()
        if close.late
    )
