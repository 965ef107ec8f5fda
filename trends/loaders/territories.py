"""Daily areas under control, to a stock at the end of each month."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Collection
from dataclasses import dataclass
from typing import Literal, TypeAlias, get_args

import numpy as np
import pandas as pd

from trends.errors import BadOption, BadTable, MissingColumns, NoValues, UnknownOption
from trends.loaders._given import known_on, texts
from trends.loaders._limits import Limits
from trends.loaders._numbers import read_numbers
from trends.loaders._reading import PathLike, Table, as_date
from trends.loaders._whole import read_table
from trends.panel import Panel

AreaUnit: TypeAlias = Literal["m2", "km2"]

_M2_IN_KM2 = 1_000_000
_PARTED = re.compile(r"[1-9]\d{0,2}\.\d{3}", re.ASCII)
_EARTH_KM2 = 510_100_000  # an area above it is in square metres


@dataclass(frozen=True, slots=True)
class _Schema:
    """A file whose columns are known, and with them the unit that they do not state."""

    date: str
    area: str
    unit: AreaUnit
    definition: str
    source: str


_SCHEMAS = (
    _Schema(
        "date",
        "area_assessed_as_russia_controlled",
        "m2",
        "Area that ISW assesses as controlled by Russia at the last reading of the month, Crimea "
        "and the parts of Donbas held before 2022 included, areas merely claimed excluded.",
        "The Economist, from shapefiles of the Institute for the Study of War",
    ),
    _Schema(
        "date",
        "area",
        "km2",
        "Area occupied by Russia at the last reading of the month, as drawn by Liveuamap.",
        "Liveuamap, by way of conflict-investigations/liveuamap-analysis",
    ),
)


def recognise(columns: Collection[str]) -> dict[str, object] | None:
    """Tell whether a table with these columns is a daily area: the options to load it, or None."""
    return {} if _schema(columns) is not None else None


def _schema(columns: Collection[str]) -> _Schema | None:
    for schema in _SCHEMAS:
        # a name as common as "area" is known only in the company that it keeps
        exact = set(columns) == {schema.date, schema.area}
        if exact or (schema.area != "area" and {schema.date, schema.area} <= set(columns)):
            return schema
    return None


def load_territory(
    path: PathLike,
    *,
    name: str = "territory",
    date: str | None = None,
    area: str | None = None,
    unit: AreaUnit | None = None,
    definition: str = "",
    source: str = "",
    as_of: dt.date | str | None = None,
    limits: Limits | None = None,
) -> Panel:
    """Load a daily area as a stock at the end of each month, in km2.

    Call ``.flow()`` on it for the net gain of each month.

    Parameters
    ----------
    path : path
        A table with one row a day (CSV, Excel, Parquet), or JSON ``{"2025-06-30": area, ...}``.
        The files of The Economist and of Liveuamap are known by their columns.
    name : str
        Name of the series.
    date, area : str, optional
        The columns to read; needed where the columns are not known.
    unit : {'m2', 'km2'}, optional
        What the file counts in; needed where the columns are not known.
    definition, source : str
        As for `Panel`; known for the files that are known.
    as_of : date or str, optional
        The day on which the file was made; by default the last day in it.
    limits : Limits, optional
        How large the file may be.

    Returns
    -------
    Panel
        Kind "stock". The last reading of a month covers all its days up to that one, so that the
        observed days are the day of the month of its last reading. `notes` say the unit, repeated
        days and days without a reading.

    Raises
    ------
    UnreadableFile, EmptyTable, MissingColumns
        If it is not such a file.
    BadValue
        If a date or an area cannot be read, or an area is negative.
    BadTable
        If one day has two different areas, or rows are of different widths.
    NoValues
        If no row has an area.
    BadOption, UnknownOption
        If the unit is needed, or an option is none.

    Examples
    --------
    >>> load_territory("area_assessed_as_controlled_by_russia.csv").flow()  # doctest: +SKIP
    <Panel: territory (km2, flow), 2022-03 to 2026-08, 54 months>
    """
    if unit is not None and unit not in get_args(AreaUnit):
        raise UnknownOption("load_territory", unit=unit, known=get_args(AreaUnit))
    texts("load_territory", name=name, date=date, area=area)
    table = read_table(path, limits=limits)
    known = _schema(table.columns)
    date, area = _columns(table, known, date, area)
    notes: list[str] = []
    assumed = unit is None
    if unit is None:
        if known is None or area != known.area:
            raise BadOption("load_territory", "unit", None, "'m2' or 'km2', which the file omits")
        unit = known.unit
        notes.append(f"Column {area!r} is known to be in {unit}, which the file does not state.")
    readings = _readings(table, date, area, unit, notes)
    if assumed and unit == "m2":
        _refuse_small(table, area, max(readings.values()))
    first, last = min(readings), max(readings)
    made = known_on("load_territory", as_of, last, "last day")
    months = pd.period_range(pd.Period(first, "M"), pd.Period(last, "M"), freq="M")
    values = np.full(len(months), np.nan)
    days = np.zeros(len(months), dtype=np.int32)
    for day in sorted(readings):
        at = (day.year - first.year) * 12 + day.month - first.month
        values[at], days[at] = readings[day], day.day
    absent = (last - first).days + 1 - len(readings)
    if absent:
        notes.append(f"Days without a reading from {first} to {last}: {absent:,}.")
    return Panel(
        values[None, :],
        months,
        (name,),
        unit="km2",
        kind="stock",
        observed_days=days,
        quantity="territory under Russian control" if known else "territory",
        definition=definition or (known.definition if known else ""),
        source=source or (known.source if known else ""),
        as_of=made,
        notes=tuple(notes),
    )


def _refuse_small(table: Table, area: str, largest: float) -> None:
    """Refuse a unit that is only supposed where it makes a country of less than 1 km2."""
    if 0 < largest < 1:
        raise BadTable(
            table.name,
            f"column {area!r} is known to be in m2, in which its largest area is less than 1 km2",
            "If the areas were written in km2, say unit='km2'; if not, unit='m2'.",
        )


def _columns(
    table: Table, known: _Schema | None, date: str | None, area: str | None
) -> tuple[str, str]:
    if set(table.columns) == {"key", "value"}:  # JSON
        date, area = date or "key", area or "value"
    date = date or (known.date if known else None)
    area = area or (known.area if known else None)
    if date is None or area is None:
        needed = [schema.area for schema in _SCHEMAS]
        raise MissingColumns(
            table.name,
            needed if date else ["date", *needed],
            tuple(table.columns),
            "Name the columns: load_territory(path, date=..., area=..., unit='km2').",
        )
    table.need(date, area)
    return date, area


def _readings(
    table: Table, date: str, area: str, unit: AreaUnit, notes: list[str]
) -> dict[dt.date, float]:
    """Read the area of each day in km2, each day once."""
    values = read_numbers(table, area, lowest=0)
    if unit == "m2":
        values = values / _M2_IN_KM2
    readings: dict[dt.date, float] = {}
    rows: dict[dt.date, int] = {}
    repeated: list[dt.date] = []
    blank = 0
    for row, (cell, value) in enumerate(zip(table.columns[date], values, strict=True), start=1):
        day = as_date(cell)
        if day is None:
            raise table.bad(row, date, cell, "a day such as 2025-06-30")
        if np.isnan(value):
            blank += 1
            continue
        if value > _EARTH_KM2:
            found = table.columns[area][row - 1]
            needed = f"an area on Earth in {unit}; if the file counts in m2, say unit='m2'"
            raise table.bad(row, area, found, needed)
        if day in readings:
            if readings[day] != value:
                raise BadTable(
                    table.name + table.where(row),
                    f"{day} has two areas, {readings[day]:.10g} and {value:.10g} km2, in rows "
                    f"{rows[day]} and {row}, column {area!r}",
                    "Keep the right one.",
                )
            repeated.append(day)
        readings[day], rows[day] = float(value), row
    if not readings:
        raise NoValues(table.name, f"every cell of {area!r} is empty")
    if repeated:
        notes.append(
            f"Dropped because they repeat a day with the same area ({len(repeated)}): "
            + ", ".join(map(str, repeated[:6]))
            + (" ..." if len(repeated) > 6 else ".")
        )
    if blank:
        notes.append(f"Left out because they have no area: {blank:,}.")
    _say_doubts(table, area, notes)
    return readings


def _say_doubts(table: Table, area: str, notes: list[str]) -> None:
    """Say what may be a thousand times too small, or rounded before it came here."""
    cells = [text for cell in table.columns[area] if (text := str(cell).strip())]
    short = [text for text in cells if re.fullmatch(r"[\d.]{1,8}[eE]\+?\d+", text)]
    if short:
        notes.append(
            f"Column {area!r}: rounded areas, as spreadsheets show large numbers, {len(short):,} "
            f"(as {short[0]!r}): export them with all digits."
        )
    if all(_PARTED.fullmatch(cell) for cell in cells):
        notes.append(
            f"Column {area!r}: read '.' as the decimal mark (as in {cells[0]!r}); if it parts "
            "thousands, take it out of the file."
        )
