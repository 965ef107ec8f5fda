"""A table of days, kept as days."""

from __future__ import annotations

import datetime as dt
from contextlib import suppress
from dataclasses import replace

import numpy as np
import pandas as pd

from trends.errors import BadOption, BadTable, NoValues
from trends.loaders._clocks import check_format, days_of
from trends.loaders._coded import Columns
from trends.loaders._given import texts
from trends.loaders._limits import Limits, checked
from trends.loaders._marks import Marks, read_marked
from trends.loaders._numbers import MISSING
from trends.loaders._reading import PathLike
from trends.loaders._sources import Reading, read_source
from trends.loaders._tabled import check_lengths

__all__ = ["load_days"]


def load_days(
    path: PathLike | pd.DataFrame,
    *,
    day: str = "date",
    value: str = "value",
    unit: str = "",
    decimal: str | None = None,
    thousands: str | None = None,
    date_format: str | None = None,
    limits: Limits | None = None,
) -> pd.Series[float]:
    """Read the daily values of a table, as `trends.nowcast` takes them.

    Parameters
    ----------
    path : str, Path or DataFrame
        What `load_table` takes.
    day, value : str
        The columns of the day and of its value.
    unit : str
        Of the values.
    decimal, thousands : str, optional
        The signs in numbers, where they are not plain from the cells.
    date_format : str, optional
        Of the days, as of ``strptime``; by default ISO 8601.
    limits : Limits, optional
        How large a file may be.

    Returns
    -------
    Series
        float64, on a daily PeriodIndex from the first day to the last; NaN where a day is absent or
        its value missing. ``attrs["unit"]`` and ``attrs["left_out"]``, how many rows said the same
        twice.

    Raises
    ------
    UnreadableFile, MissingColumns, BadValue
        If the file, or a cell, cannot be read.
    BadTable
        If a day has two values.
    NoValues
        If every value is missing.

    Examples
    --------
    >>> days = pd.DataFrame({"date": ["2025-06-01", "2025-06-03"], "value": [472, 51]})
    >>> load_days(days, unit="drones").tolist()
    [472.0, nan, 51.0]
    """
    texts("load_days", day=day, value=value, decimal=decimal, thousands=thousands)
    if day is None or value is None:
        raise BadOption("load_days", "value" if day else "day", None, "the name of a column")
    check_format(date_format, days=True)
    marks = Marks(decimal, thousands, MISSING, False, unit=unit)
    marks.check("load_days")
    limits = checked(limits)
    reading = Reading(number=value, marks=marks, limits=limits)
    found = read_source(path, (day, value), reading, [])
    table, marks = found.columns, replace(marks, point_is_decimal=found.point_is_decimal)
    check_lengths(table, limits)
    numbers, _ = read_marked(table, value, marks)
    if np.isnan(numbers).all():
        raise NoValues(table.name, f"every cell of {value!r} is empty or marked as missing")
    ordinals = days_of(table, day, date_format).astype("datetime64[D]")
    _refuse_moments(table, day)
    index = pd.DatetimeIndex(ordinals).to_period("D")
    rows = pd.DataFrame({"day": index, "value": numbers})
    once = rows.drop_duplicates()
    twice = once["day"].duplicated(keep=False)
    if twice.any():
        at = once["day"][twice].iloc[0]
        values = ", ".join(f"{v:,.10g}" for v in once["value"][once["day"] == at])
        raise BadTable(
            table.name,
            f"{at} has the values {values}",
            "Keep one row a day, or add them up before.",
        )
    series = once.set_index("day")["value"].sort_index().rename(value)
    series = series.reindex(pd.period_range(series.index[0], series.index[-1], freq="D"))
    series.attrs = {"unit": unit, "left_out": len(rows) - len(once)}
    return series


def _refuse_moments(table: Columns, column: str) -> None:
    """Refuse moments of a time zone: midnight in Kyiv is an hour of the day before in UTC."""
    found = table.columns[column]
    moments = np.array([_is_moment(cell) for cell in found.cells], dtype=np.bool_)
    if moments.any():
        needed = "a day: this hour in its time zone may belong to another day elsewhere"
        raise table.bad(found.first(moments), column, needed)


def _is_moment(cell: object) -> bool:
    with suppress(ValueError):
        found = dt.datetime.fromisoformat(cell.strip()) if isinstance(cell, str) else cell
        aware = isinstance(found, dt.datetime) and found.tzinfo is not None
        return aware and isinstance(found, dt.datetime) and found.time() != dt.time()
    return False
