"""Any tidy monthly table: a column of months, a column of values."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from dataclasses import replace

import numpy as np
import pandas as pd

from trends.errors import BadTable, BadValue, DuplicateMonths, NoValues, UnknownMonth
from trends.loaders._numbers import MISSING, read_numbers
from trends.loaders._reading import PathLike, Table, as_date, is_blank, read_table
from trends.panel import Kind, Panel, as_month, as_panel


def recognise(columns: Collection[str]) -> dict[str, object] | None:
    """Tell whether a table has columns ``month`` and ``value``: the options to load it, or None."""
    if not {"month", "value"} <= set(columns):
        return None
    others: dict[str, object] = {
        name: name for name in ("series", "observed_days") if name in columns
    }
    return {"month": "month", "value": "value", "unit": "", **others}


def load_table(
    path: PathLike,
    *,
    month: str,
    value: str,
    unit: str,
    series: str | None = None,
    observed_days: str | None = None,
    name: str | None = None,
    kind: Kind = "flow",
    quantity: str = "",
    definition: str = "",
    source: str = "",
    as_of: dt.date | None = None,
    counts: bool = False,
    sheet: str | int = 0,
    delimiter: str | None = None,
    encoding: str = "utf-8-sig",
    decimal: str = ".",
    thousands: str | None = None,
    missing: tuple[str, ...] = MISSING,
) -> Panel:
    r"""Load a tidy table with one row a month (and series).

    Parameters
    ----------
    path : path
        A file that ends in ``.csv``, ``.tsv``, ``.txt``, ``.xlsx`` or ``.parquet``.
    month, value : str
        The columns of months (``2025-06``, or any day of the month) and of values.
    unit : str
        What one counts, in the plural.
    series : str, optional
        The column that holds the names of the series. Without it, the table is one series.
    observed_days : str, optional
        The column that says how many days of each month the source covers. Without it, all days of
        a month with a value, up to `as_of`.
    name : str, optional
        What to call the one series of a table without `series`; by default the value column.
    kind, quantity, definition, source, as_of
        As for `Panel`.
    counts : bool
        Refuse negative and fractional values.
    sheet : str or int
        Which sheet of a workbook, by name or from 0.
    delimiter : str, optional
        By default a comma in ``.csv`` and a tab in ``.tsv`` and ``.txt``.
    encoding, decimal, thousands
        How the text is written.
    missing : tuple of str
        The marks of an unknown value.

    Returns
    -------
    Panel
        Months without a row, and empty values, are gaps.

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
    >>> _ = file.write_text("month,km2\n2025-05,507\n2025-06,588\n")
    >>> load_table(file, month="month", value="km2", unit="km2")
    <Panel: km2 (km2, flow), 2025-05 to 2025-06, 2 months>
    """
    table = read_table(path, delimiter=delimiter, encoding=encoding, sheet=sheet)
    table.need(month, value, *(x for x in (series, observed_days) if x is not None))
    numbers = read_numbers(
        table, value, counts=counts, decimal=decimal, thousands=thousands, missing=missing
    )
    if np.isnan(numbers).all():
        raise NoValues(table.name, f"every cell of {value!r} is empty or marked as missing")
    months = _months(table, month)
    names = _names(table, series, name or value)
    try:
        panel = as_panel(
            pd.DataFrame({"unique_id": names, "ds": months, "y": numbers}),
            unit=unit,
            kind=kind,
            quantity=quantity,
            definition=definition,
            source=source,
            as_of=as_of,
        )
    except DuplicateMonths as error:
        raise DuplicateMonths(table.name, error.series, error.months) from None
    if observed_days is None:
        return panel
    return _with_days(panel, table, months, observed_days)


def _months(table: Table, column: str) -> pd.PeriodIndex:
    known: dict[object, int] = {}  # many series share few months
    ordinals = np.empty(len(table), dtype=np.int64)
    for row, cell in enumerate(table.columns[column]):
        ordinal = known.get(cell)
        if ordinal is None:
            day = as_date(cell)
            try:
                ordinal = as_month(day or str(cell)).ordinal
            except UnknownMonth:
                raise BadValue(
                    table.name, row + 1, column, cell, "a month such as 2025-06"
                ) from None
            known[cell] = ordinal
        ordinals[row] = ordinal
    return pd.PeriodIndex.from_ordinals(ordinals, freq="M")  # type: ignore[attr-defined,no-any-return]


def _names(table: Table, series: str | None, only: str) -> list[str]:
    if series is None:
        return [only] * len(table)
    for row, cell in enumerate(table.columns[series], start=1):
        if is_blank(cell, frozenset([""])):
            raise BadValue(table.name, row, series, cell, "the name of a series")
    return [str(cell).strip() for cell in table.columns[series]]


def _with_days(panel: Panel, table: Table, months: pd.PeriodIndex, column: str) -> Panel:
    """Put the observed days of the table into the panel; all series share one clock."""
    days = np.zeros(panel.n_time, dtype=np.int32)
    seen: dict[pd.Period, float] = {}
    for row, (month, count) in enumerate(
        zip(months, read_numbers(table, column, counts=True), strict=True), start=1
    ):
        found = table.columns[column][row - 1]
        if not count <= month.days_in_month:  # NaN too
            needed = f"a number of days, from 0 to {month.days_in_month}"
            raise BadValue(table.name, row, column, found, needed)
        if seen.setdefault(month, count) != count:
            raise BadTable(
                table.name,
                f"{month} has {seen[month]:g} and {count:g} observed days in different series",
                "Load series that are observed on different days one by one.",
            )
        days[month.ordinal - panel.months[0].ordinal] = int(count)
    unknown = np.isnan(panel.values).all(axis=0)
    return replace(panel, observed_days=np.where(unknown, 0, days).astype(np.int32))
