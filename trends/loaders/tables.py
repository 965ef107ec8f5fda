"""Any tidy table, from a file, a frame or a database: a column of months, a column of values."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping
from dataclasses import replace
from typing import Any, Literal

import numpy as np

from trends.errors import BadOption, DuplicateMonths, NoValues, UnknownOption
from trends.loaders._clocks import check_format, days_of, months_of, names_of, refuse_mixed
from trends.loaders._limits import Limits, checked
from trends.loaders._marks import Marks, read_marked
from trends.loaders._names import warn_of_look_alikes
from trends.loaders._numbers import MISSING
from trends.loaders._reading import PathLike
from trends.loaders._sources import Reading, read_source
from trends.loaders._tabled import PERIODS, check_lengths, panel_of, panel_of_days, twice, with_days
from trends.panel import Kind, Panel

DAYS = "observed_days"


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
    date_format: str | None = None,
    limits: Limits | None = None,
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
        What to ask a database: one SELECT, its ``:name`` parameters bound, never pasted. A query of
        a file of SQLite or DuckDB reads no other file.
    sheet : str or int
        Which sheet of a workbook, by name or from 0. Cells in a percent format are read as they are
        shown: 0.125 is 12.5.
    delimiter, encoding : str, optional
        By default what the header and the mark at the beginning of the file say.
    decimal, thousands : str, optional
        The marks in numbers that are text. By default told from the cells; a column in which they
        cannot be told (``1,234``) is refused, but ``1.234`` in a file of commas is decimal, which a
        note says. If either is given, nothing is told; with ``thousands="."``, the comma is
        decimal. Indian groups (``12,34,567``) are read if the comma is given. Arabic, Persian
        and full-width digits, the minus U+2212, and the `unit` (or ``%``, of percent) behind a
        number are read; whole numbers that a double does not keep are refused.
    missing : tuple of str
        The marks of an unknown value; one that is a number (``-999``) stands for its equals, too.
    date_format : str, optional
        How dates are written, such as ``%d/%m/%Y``, in the marks of `datetime.strptime`. By default
        ISO 8601 only: ``01/02/2025`` is two days. Of the years 1800 to ten years ahead. Where
        nothing parts its numbers (``%d%m%Y``), none of them may have lost a nought.
    limits : Limits, optional
        How much is read at most; larger files are refused.

    Returns
    -------
    Panel
        Months without a row, and empty values, are gaps. `notes` say what was found out. Rows of a
        text in which nothing stands are none.

    Raises
    ------
    UnreadableFile, EmptyTable, MissingColumns, UnknownName
        If there is no such table, sheet or column, or it is beyond `limits`.
    BadValue
        If a month, a name or a value cannot be read; the error names row, column and value, and the
        line of a text or the row of a sheet.
    BadTable
        If rows are of different widths, columns share a name, cells are merged or hold formulas
        without a result, numbers are written in two ways, or a day has two values.
    DuplicateMonths
        If one series has two rows for one month; the error names the rows.
    NoValues
        If every value is missing.
    BadOption, UnknownOption, InvalidPanel
        If an option is none, or does not fit the others.

    Warns
    -----
    TrendsWarning
        If names of series differ only by letters of other scripts, hyphens, apostrophes or
        characters that cannot be seen; the code points of both are told.

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

    >>> import pandas as pd
    >>> days = pd.DataFrame({"day": pd.date_range("2025-05-01", "2025-06-03"), "drones": 100})
    >>> daily = load_table(days, month="day", value="drones", unit="drones", how="sum")
    >>> daily["drones"].tolist(), daily.status("2025-06")
    ([3100.0, 300.0], 'partial')
    """
    _check_texts(
        month, value, unit, series, observed_days, name, delimiter, encoding, decimal, thousands
    )
    _check(how, period, kind, observed_days)
    several = isinstance(missing, Collection) and not isinstance(missing, str)
    if not several or not all(isinstance(mark, str) for mark in missing):
        raise BadOption("load_table", "missing", missing, "a tuple of texts, such as ('', 'n/a')")
    check_format(date_format, days=how is not None)
    limits = checked(limits)
    need = (month, value, *(x for x in (series, observed_days) if x is not None))
    marks = Marks(decimal, thousands, missing, counts, unit=unit)
    marks.check("load_table")
    reading = Reading(delimiter, encoding, sheet, query, params, value, marks, limits)
    more = [DAYS] if how is None and DAYS not in need else []
    found = read_source(path, need, reading, more)
    table, marks = found.columns, replace(marks, point_is_decimal=found.point_is_decimal)
    check_lengths(table, limits)
    numbers, said = read_marked(table, value, marks)
    if np.isnan(numbers).all():
        raise NoValues(table.name, f"every cell of {value!r} is empty or marked as missing")
    codes, names = names_of(table, series, name or value)
    alike = warn_of_look_alikes(table.name, names)
    notes = [*found.notes, *filter(None, (said, alike))]
    about = {
        "unit": unit, "kind": kind, "quantity": quantity, "definition": definition,
        "source": source, "as_of": as_of,
    }  # fmt: skip
    if how is not None:
        day = days_of(table, month, date_format)
        columns = (month, value)
        panel = panel_of_days(
            table, columns, day, codes, names, numbers, how, period, limits, about
        )
        what = "sum" if how == "sum" else "last value"
        notes.append(f"Each month is the {what} of its {period}s; the days present are observed.")
    else:
        months = months_of(table, month, date_format)
        try:
            panel = panel_of(table.name, codes, names, months, numbers, limits, about)
        except DuplicateMonths as error:
            raise twice(table, (month, value), error, codes, names, months) from None
        if date_format is None:
            refuse_mixed(table, month)
        if more and DAYS in table.columns:
            observed_days = DAYS  # a partial month must not pass for a whole one
            notes.append(f"Observed days: column {DAYS!r}.")
        if observed_days is not None:
            panel = with_days(panel, table, months, observed_days)
    return replace(panel, notes=(*notes, *panel.notes))


def _check_texts(month: object, value: object, unit: object, *others: object) -> None:
    names = ("series", "observed_days", "name", "delimiter", "encoding", "decimal", "thousands")
    needed = {"month": month, "value": value, "unit": unit}
    given = {name: found for name, found in zip(names, others, strict=True) if found is not None}
    for option, found in {**needed, **given}.items():
        if not isinstance(found, str):
            raise BadOption("load_table", option, found, "a text")
        if not found and option in ("delimiter", "encoding"):
            raise BadOption("load_table", option, found, "one; leave it out to have it found")
    columns = {"month": month, "value": value}
    columns |= {option: given[option] for option in ("series", "observed_days") if option in given}
    for option, found in columns.items():
        if list(columns.values()).count(found) > 1 and option != "month":
            raise BadOption("load_table", option, found, "a column of its own")


def _check(how: str | None, period: str, kind: str, observed_days: str | None) -> None:
    if how not in (None, "sum", "last"):
        raise UnknownOption("load_table", how=how, known=("sum", "last"))
    if period not in PERIODS:
        raise UnknownOption("load_table", period=period, known=tuple(PERIODS))
    if how is None and period != "day":
        raise BadOption("load_table", "period", period, "for months; give how='sum' or 'last'")
    if how is not None and (how == "sum") != (kind == "flow"):
        needed = "what its kind needs: flows add up (kind='flow'), stocks do not (kind='stock')"
        raise BadOption("load_table", "how", how, needed)
    if how == "last" and kind != "stock":
        raise BadOption("load_table", "how", how, "for a rate; load it by month")
    if how is not None and observed_days is not None:
        raise BadOption("load_table", "observed_days", observed_days, "for days, which are counted")
