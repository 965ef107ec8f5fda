"""Columns to a panel: months, or days added up to them, and the days observed."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd

from trends.errors import BadOption, BadTable, DuplicateMonths
from trends.loaders._clocks import WEEK, add_up_days
from trends.loaders._coded import Codes, Columns
from trends.loaders._limits import Limits
from trends.loaders._rows import brief, short
from trends.panel import FloatArray, Panel, as_panel

PERIODS = {"day": 1, "week": WEEK}


def check_lengths(table: Columns, limits: Limits) -> None:
    """Refuse cells that are longer than allowed, in the columns that are read."""
    import pyarrow as pa
    import pyarrow.compute as pc

    for column, held in table.columns.items():
        kind = getattr(held.distinct, "type", None)
        if kind is None or not (pa.types.is_string(kind) or pa.types.is_large_string(kind)):
            continue
        if (pc.max(pc.binary_length(held.distinct)).as_py() or 0) <= limits.max_cell:
            continue
        long = pc.greater(pc.utf8_length(held.distinct), limits.max_cell).fill_null(False)
        if pc.any(long).as_py():
            row = held.first(np.array(long.to_numpy(zero_copy_only=False), dtype=np.bool_))
            needed = f"short enough: cells hold up to max_cell={limits.max_cell:,} characters"
            raise table.bad(row, column, needed)


def panel_of(
    name: str,
    codes: Codes,
    names: tuple[str, ...],
    months: Codes,
    numbers: FloatArray,
    limits: Limits,
    about: dict[str, Any],
) -> Panel:
    """Make a panel of one row a month and series."""
    limits.check_cells(name, int(months.max() - months.min()) + 1, len(names))
    unique = pd.Categorical.from_codes(codes, categories=pd.Index(names))
    index = pd.PeriodIndex.from_ordinals(months, freq="M")  # type: ignore[attr-defined]
    return as_panel(pd.DataFrame({"unique_id": unique, "ds": index, "y": numbers}), **about)


def twice(
    table: Columns,
    columns: tuple[str, str],
    error: DuplicateMonths,
    codes: Codes,
    names: tuple[str, ...],
    months: Codes,
) -> DuplicateMonths:
    """Say in which rows a month is there twice, and with which values."""
    month = error.months[0]
    at = (codes == names.index(error.series)) & (months == pd.Period(str(month), "M").ordinal)
    first, second = (int(row) + 1 for row in np.flatnonzero(at)[:2])
    days = table.cell(first, columns[0]) != table.cell(second, columns[0])
    hint = "; days are added up with how='sum'" if days else ""
    where = (
        f"{month} (rows {first} and {second}, column {columns[0]!r}: "
        f"{brief(table.cell(first, columns[1]))} and {brief(table.cell(second, columns[1]))}{hint})"
    )
    found = DuplicateMonths(table.name, short(error.series), [where, *error.months[1:]])
    found.series, found.months = error.series, error.months
    return found


def panel_of_days(
    table: Columns,
    columns: tuple[str, str],
    day: Codes,
    codes: Codes,
    names: tuple[str, ...],
    numbers: FloatArray,
    how: str,
    period: str,
    limits: Limits,
    about: dict[str, Any],
) -> Panel:
    """Make a panel of days; all series share one clock, so their days must be the same."""
    last = dt.date(1970, 1, 1) + dt.timedelta(days=int(day.max()) + PERIODS[period] - 1)
    if about["as_of"] is not None and about["as_of"] < last:
        needed = f"at or after {last}, the last day of the table"
        raise BadOption("load_table", "as_of", str(about["as_of"]), needed)
    found = add_up_days(table, columns, names, codes, day, numbers, how, PERIODS[period])
    present = np.unique(found.series)  # a series without any value has no month
    panel = panel_of(
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


def with_days(panel: Panel, table: Columns, months: Codes, column: str) -> Panel:
    """Put the observed days of the table into the panel; all series share one clock."""
    counts = table.counts(column)
    at = months - panel.months[0].ordinal
    length = np.asarray(panel.months.days_in_month)
    wrong = ~(counts <= length[at])  # NaN too
    if wrong.any():
        row = int(np.argmax(wrong))
        needed = f"a number of days, from 0 to {length[at[row]]}"
        raise table.bad(row + 1, column, needed)
    days = np.zeros(panel.n_time, dtype=np.int32)
    days[at[::-1]] = counts[::-1]  # the first row of a month stays
    differs = days[at] != counts
    if differs.any():
        row = int(np.argmax(differs))
        raise _uneven(table.name, panel.months[at[row]], days[at[row]], counts[row])
    unknown = np.isnan(panel.values).all(axis=0)
    return replace(panel, observed_days=np.where(unknown, 0, days).astype(np.int32))
