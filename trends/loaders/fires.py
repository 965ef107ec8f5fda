"""Fires seen from space, by the side that holds the place, as counted by The Economist."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from typing import Literal, get_args

import numpy as np
import pandas as pd

from trends.errors import BadTable, NoValues, UnknownOption
from trends.loaders._given import known_on
from trends.loaders._limits import Limits
from trends.loaders._numbers import read_numbers
from trends.loaders._reading import PathLike, Table, as_date
from trends.loaders._rows import brief
from trends.loaders._whole import read_table
from trends.panel import FloatArray, Panel

Side = Literal["all", "ukraine", "russia"]
Fires = Literal["war", "all"]

SOURCE = "The Economist, from satellite fire detections of NASA FIRMS"
_COLUMN = {
    "all": "fires_per_day",
    "ukraine": "fires_per_day_in_ukraine_held_area",
    "russia": "fires_per_day_in_russia_held_area",
}
_NAME = {
    "all": "fires",
    "ukraine": "fires in Ukraine-held area",
    "russia": "fires in Russia-held area",
}


def recognise(columns: Collection[str]) -> dict[str, object] | None:
    """Tell whether a table with these columns is this file: the options to load it, or None."""
    needed = {"date", *(f"war_{column}" for column in _COLUMN.values())}
    return {} if needed <= set(columns) else None


def load_fires(
    path: PathLike,
    *,
    side: Side | None = None,
    fires: Fires = "war",
    definition: str = "",
    source: str = SOURCE,
    as_of: dt.date | str | None = None,
    limits: Limits | None = None,
) -> Panel:
    """Load fires a month from the daily counts of The Economist.

    Parameters
    ----------
    path : path
        ``strikes_by_location_and_day.csv``: one row a day, in any order.
    side : {'all', 'ukraine', 'russia'}, optional
        Which side holds the place of the fire, in Ukraine as a whole. All three by default, a
        series each.
    fires : {'war', 'all'}
        Those that The Economist's model attributes to the war, or all.
    definition, source : str, optional
        As for `Panel`.
    as_of : date or str, optional
        The day on which the file was made; by default the last day in it.
    limits : Limits, optional
        How large the file may be.

    Returns
    -------
    Panel
        A day without a row is not observed. Nothing is corrected for clouds, which hide fires.

    Raises
    ------
    UnreadableFile, EmptyTable, MissingColumns
        If it is not such a file.
    BadValue
        If a day or a number cannot be read.
    BadTable
        If a day has two different rows, or rows are of different widths.
    NoValues
        If no day has a number.
    UnknownOption, BadOption
        If an option is none.

    Examples
    --------
    >>> load_fires("strikes_by_location_and_day.csv", side="russia")  # doctest: +SKIP
    <Panel: fires in Russia-held area (fires, flow), 2022-02 to 2026-08, 55 months>
    """
    if side is not None and side not in get_args(Side):
        raise UnknownOption("load_fires", side=side, known=get_args(Side))
    if fires not in get_args(Fires):
        raise UnknownOption("load_fires", fires=fires, known=get_args(Fires))
    table = read_table(path, limits=limits)
    sides: tuple[Side, ...] = get_args(Side) if side is None else (side,)
    columns = [("war_" if fires == "war" else "") + _COLUMN[name] for name in sides]
    table.need("date", *columns, remedy="This is not the daily file of fires.")
    notes = [f"Rows read: {len(table):,}."]
    days, counts = _by_day(table, columns, notes)
    first, last = min(days), max(days)
    made = known_on("load_fires", as_of, last, "last day")
    months = pd.period_range(pd.Period(first, "M"), pd.Period(last, "M"), freq="M")
    at = np.array([(day.year - first.year) * 12 + day.month - first.month for day in days])
    observed = np.bincount(at, minlength=len(months)).astype(np.int32)
    values = np.array([np.bincount(at, weights=row, minlength=len(months)) for row in counts])
    absent = (last - first).days + 1 - len(days)
    if absent:
        notes.append(f"Days without a row from {first} to {last}: {absent:,}.")
    return Panel(
        np.where(observed > 0, values, np.nan),
        months,
        tuple(_NAME[name] for name in sides),
        unit="fires",
        observed_days=observed,
        quantity="fires attributed to the war" if fires == "war" else "fires",
        definition=definition or _definition(fires),
        source=source,
        as_of=made,
        notes=tuple(notes),
    )


def _by_day(table: Table, columns: list[str], notes: list[str]) -> tuple[list[dt.date], FloatArray]:
    """Read each day once, with a number in every column wanted."""
    numbers = np.array([read_numbers(table, column, counts=True) for column in columns])
    for column, row in zip(columns, numbers, strict=True):
        if np.isnan(row).all():
            raise NoValues(table.name, f"every cell of {column!r} is empty")
    rows: dict[dt.date, int] = {}
    repeated = blank = 0
    for at, cell in enumerate(table.columns["date"]):
        day = as_date(cell)
        if day is None:
            raise table.bad(at + 1, "date", cell, "a day such as 2025-06-30")
        if np.isnan(numbers[:, at]).any():
            blank += 1
        elif day in rows:
            if (numbers[:, at] != numbers[:, rows[day]]).any():
                raise _two_rows(table, columns, day, rows[day], at)
            repeated += 1
        else:
            rows[day] = at
    if not rows:
        raise NoValues(table.name, "no day has a number in every column")
    if repeated:
        notes.append(f"Dropped because they repeat a day with the same numbers: {repeated:,}.")
    if blank:
        notes.append(f"Left out because a number is missing: {blank:,}.")
    notes.append(f"Counted: {len(rows):,} days.")
    return list(rows), numbers[:, list(rows.values())]


def _two_rows(table: Table, columns: list[str], day: dt.date, first: int, second: int) -> BadTable:
    cells = ((c, table.columns[c][first], table.columns[c][second]) for c in columns)
    column, one, other = next(found for found in cells if found[1] != found[2])
    return BadTable(
        table.name + table.where(second + 1),
        f"{day} has two different rows, {first + 1} and {second + 1}: column {column!r} holds "
        f"{brief(one)} and {brief(other)}",
        "Keep the right one.",
    )


def _definition(fires: str) -> str:
    which = "that The Economist's model attributes to the war" if fires == "war" else "of any cause"
    return (
        f"Fires in Ukraine seen by satellite, {which}, in the month of the day seen, by the side "
        "that held the place; not corrected for clouds."
    )
