"""Any tidy table, from a file, a frame or a database: a column of months, a column of values."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping
from dataclasses import replace
from typing import Any, Literal

import numpy as np
import pandas as pd

from trends.errors import BadOption, BadTable, BadValue, DuplicateMonths, NoValues, UnknownOption
from trends.loaders._clocks import WEEK, add_up_days, days_of, months_of, names_of
from trends.loaders._columns import Codes, Columns
from trends.loaders._marks import Marks, read_marked
from trends.loaders._numbers import MISSING
from trends.loaders._reading import PathLike
from trends.loaders._sources import Reading, read_source
from trends.loaders._workbooks import MAX_BYTES, MAX_CELLS, Limits
from trends.panel import FloatArray, Kind, Panel, as_panel

DAYS = "observed_days"
_PERIODS = {"day": 1, "week": WEEK}


def recognise(columns: Collection[str]) -> dict[str, object] | None:
    """Tell whether a table has columns ``month`` and ``value``: the options to load it, or None."""
    if not {"month", "value"} <= set(columns):
        return None
    others: dict[str, object] = {
        name: name for name in ("series", "observed_days") if name in columns
    }
    return {"month": "month", "value": "value", "unit": "", **others}


def load_table(
    path: PathLike | Any,
    *,
    month: str,
    value: str,
    unit: str,
    series: str | None = None,
    observed_days: str | None = None,
    how: Literal["sum", "last"] | None = None,
    period: Literal["day", "week"] = "day",
    name: str | None = None,
    kind: Kind = "flow",
    quantity: str = "",
    definition: str = "",
    source: str = "",
    as_of: dt.date | None = None,
    counts: bool = False,
    query: str | None = None,
    params: Mapping[str, object] | None = None,
    sheet: str | int = 0,
    delimiter: str | None = None,
    encoding: str | None = None,
    decimal: str | None = None,
    thousands: str | None = None,
    missing: tuple[str, ...] = MISSING,
    max_bytes: int = MAX_BYTES,
    max_cells: int = MAX_CELLS,
) -> Panel:
    r"""Load a tidy table with one row a month, week or day (and series).

    Parameters
    ----------
    path : path, URL or frame
        A file that ends in ``.csv``, ``.tsv``, ``.txt``, ``.xlsx``, ``.parquet``, ``.arrow``,
        ``.feather``, ``.ipc``, ``.json``, ``.jsonl`` or ``.ndjson``; the URL of a database, such as
        ``postgresql://user@host/base``, ``sqlite:///file`` or ``duckdb:///file``, read only and
        with `query` (extra ``sql``); or a frame of pandas, Arrow, polars or what narwhals knows.
    month, value : str
        The columns of months (``2025-06``, or any day of the month) and of values.
    unit : str
        What one counts, in the plural.
    series : str, optional
        The column that holds the names of the series. Without it, the table is one series.
    observed_days : str, optional
        The column that says how many days of each month the source covers; by default the one of
        this name. Without it, all days of a month with a value, up to `as_of`.
    how : {'sum', 'last'}, optional
        For a table by day or week, whose `month` column holds days: months are the sum of a flow,
        or the last value of a stock. The observed days are those present, with a value.
    period : {'day', 'week'}
        What a row of it covers: its day, or 7 days from it on. A week over a month's end is parted
        by days.
    name : str, optional
        What to call the one series of a table without `series`; by default the value column.
    kind, quantity, definition, source, as_of
        As for `Panel`.
    counts : bool
        Refuse negative and fractional values.
    query, params : str, mapping, optional
        What to ask a database: one SELECT, its ``:name`` parameters bound, never pasted.
    sheet : str or int
        Which sheet of a workbook, by name or from 0.
    delimiter, encoding : str, optional
        By default what the header and the mark at the beginning of the file say.
    decimal, thousands : str, optional
        The marks in numbers that are text. By default told from the cells; a column in which they
        cannot be told (``1,234``) is refused. If either is given, nothing is told.
    missing : tuple of str
        The marks of an unknown value.
    max_bytes : int
        Refuse a larger file, or a workbook that unpacks to more.
    max_cells : int
        Refuse a larger table.

    Returns
    -------
    Panel
        Months without a row, and empty values, are gaps. `notes` say what was found out.

    Raises
    ------
    UnreadableFile, EmptyTable, MissingColumns
        If there is no such table.
    BadValue
        If a month or a value cannot be read; the error names row and column.
    DuplicateMonths
        If one series has two rows for one month.
    NoValues
        If every value is missing.

    Examples
    --------
    >>> import pathlib, tempfile
    >>> file = pathlib.Path(tempfile.mkdtemp(), "gains.csv")
    >>> _ = file.write_text("month;km2\n2025-05;507,5\n2025-06;588\n")
    >>> panel = load_table(file, month="month", value="km2", unit="km2")
    >>> panel
    <Panel: km2 (km2, flow), 2025-05 to 2025-06, 2 months>
    >>> panel.notes
    ("Delimiter: ';', by the header.",
     "Column 'km2': read ',' as the decimal mark (as in '507,5').")

    Days, added up:

    >>> days = pd.DataFrame({"day": pd.date_range("2025-05-01", "2025-06-03"), "drones": 100})
    >>> daily = load_table(days, month="day", value="drones", unit="drones", how="sum")
    >>> daily["drones"].tolist(), daily.status("2025-06")
    ([3100.0, 300.0], 'partial')
    """
    _check(how, period, kind, observed_days)
    limits = Limits(max_bytes, max_cells)
    need = (month, value, *(x for x in (series, observed_days) if x is not None))
    marks = Marks(decimal, thousands, missing, counts)
    marks.check("load_table")
    reading = Reading(delimiter, encoding, sheet, query, params, value, marks, limits)
    more = [DAYS] if how is None and DAYS not in need else []
    found = read_source(path, need, reading, more)
    table, marks = found.columns, replace(marks, point_is_decimal=found.point_is_decimal)
    numbers, said = read_marked(table, value, marks)
    if np.isnan(numbers).all():
        raise NoValues(table.name, f"every cell of {value!r} is empty or marked as missing")
    codes, names = names_of(table, series, name or value)
    notes = [*found.notes, *([said] if said else [])]
    about = {
        "unit": unit, "kind": kind, "quantity": quantity, "definition": definition,
        "source": source, "as_of": as_of,
    }  # fmt: skip
    if how is not None:
        panel = _of_days(table, month, codes, names, numbers, how, period, limits, about)
        what = "sum" if how == "sum" else "last value"
        notes.append(f"Each month is the {what} of its {period}s; the days present are observed.")
    else:
        months = months_of(table, month)
        panel = _panel(table.name, codes, names, months, numbers, limits, about)
        if more and DAYS in table.columns:
            observed_days = DAYS  # a partial month must not pass for a whole one
            notes.append(f"Observed days: column {DAYS!r}.")
        if observed_days is not None:
            panel = _with_days(panel, table, months, observed_days)
    return replace(panel, notes=(*notes, *panel.notes))


def _check(how: str | None, period: str, kind: str, observed_days: str | None) -> None:
    if how not in (None, "sum", "last"):
        raise UnknownOption("load_table", how=how, known=("sum", "last"))
    if period not in _PERIODS:
        raise UnknownOption("load_table", period=period, known=tuple(_PERIODS))
    if how is None and period != "day":
        raise BadOption("load_table", "period", period, "for months; give how='sum' or 'last'")
    if how is not None and (how == "sum") != (kind == "flow"):
        needed = "what its kind needs: flows add up (kind='flow'), stocks do not (kind='stock')"
        raise BadOption("load_table", "how", how, needed)
    if how == "last" and kind != "stock":
        raise BadOption("load_table", "how", how, "for a rate; load it by month")
    if how is not None and observed_days is not None:
        raise BadOption("load_table", "observed_days", observed_days, "for days, which are counted")


def _panel(
    name: str,
    codes: Codes,
    names: tuple[str, ...],
    months: Codes,
    numbers: FloatArray,
    limits: Limits,
    about: dict[str, Any],
) -> Panel:
    limits.check_cells(name, len(names), int(months.max() - months.min()) + 1)
    unique = pd.Categorical.from_codes(codes, categories=pd.Index(names))
    index = pd.PeriodIndex.from_ordinals(months, freq="M")  # type: ignore[attr-defined]
    try:
        return as_panel(pd.DataFrame({"unique_id": unique, "ds": index, "y": numbers}), **about)
    except DuplicateMonths as error:
        raise DuplicateMonths(name, error.series, error.months) from None


def _of_days(
    table: Columns,
    column: str,
    codes: Codes,
    names: tuple[str, ...],
    numbers: FloatArray,
    how: str,
    period: str,
    limits: Limits,
    about: dict[str, Any],
) -> Panel:
    """Make a panel of days; all series share one clock, so their days must be the same."""
    day = days_of(table, column)
    last = dt.date(1970, 1, 1) + dt.timedelta(days=int(day.max()) + _PERIODS[period] - 1)
    if about["as_of"] is not None and about["as_of"] < last:
        needed = f"at or after {last}, the last day of the table"
        raise BadOption("load_table", "as_of", str(about["as_of"]), needed)
    found = add_up_days(table.name, names, codes, day, numbers, how, _PERIODS[period])
    present = np.unique(found.series)  # a series without any value has no month
    panel = _panel(
        table.name,
        np.searchsorted(present, found.series),
        tuple(names[at] for at in present),
        found.month,
        found.value,
        limits,
        about,
    )
    at = found.month - panel.months[0].ordinal
    most, least = np.zeros(panel.n_time, np.int64), np.full(panel.n_time, 99)
    np.maximum.at(most, at, found.days)
    np.minimum.at(least, at, found.days)
    uneven = (most > 0) & (most != least)
    if uneven.any():
        t = int(np.argmax(uneven))
        raise _uneven(table.name, panel.months[t], int(most[t]), int(least[t]))
    return replace(panel, observed_days=most.astype(np.int32))


def _uneven(table: str, month: object, one: float, other: float) -> BadTable:
    return BadTable(
        table,
        f"{month} has {one:g} and {other:g} observed days in different series",
        "Load series that are observed on different days one by one; of a flow, write 0 where "
        "nothing happened.",
    )


def _with_days(panel: Panel, table: Columns, months: Codes, column: str) -> Panel:
    """Put the observed days of the table into the panel; all series share one clock."""
    counts = table.counts(column)
    at = months - panel.months[0].ordinal
    length = np.asarray(panel.months.days_in_month)
    wrong = ~(counts <= length[at])  # NaN too
    if wrong.any():
        row = int(np.argmax(wrong))
        cells = table.columns[column]
        needed = f"a number of days, from 0 to {length[at[row]]}"
        raise BadValue(table.name, row + 1, column, cells.cells[cells.codes[row]], needed)
    days = np.zeros(panel.n_time, dtype=np.int32)
    days[at[::-1]] = counts[::-1]  # the first row of a month stays
    differs = days[at] != counts
    if differs.any():
        row = int(np.argmax(differs))
        raise _uneven(table.name, panel.months[at[row]], days[at[row]], counts[row])
    unknown = np.isnan(panel.values).all(axis=0)
    return replace(panel, observed_days=np.where(unknown, 0, days).astype(np.int32))
