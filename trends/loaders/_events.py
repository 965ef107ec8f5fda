"""Events with a day or a span of days, added up by month and series."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TypeAlias

import numpy as np
import numpy.typing as npt
import pandas as pd

from trends.errors import BadOption, BadTable, NoValues
from trends.loaders._coded import Codes, Columns
from trends.loaders._names import clean_name
from trends.loaders._reading import as_date
from trends.loaders._rows import brief
from trends.panel import FloatArray, IntArray

Coverage: TypeAlias = tuple[dt.date | str, dt.date | str]

MOST_CELLS = 50_000_000
_EARLIEST, _LATEST = dt.date(1900, 1, 1), dt.date(2199, 12, 31)
_EPOCH = dt.date(1970, 1, 1)


@dataclass(frozen=True, slots=True)
class Events:
    """One event a row: its first and last day (days since 1970), its amount, its series."""

    first: Codes
    last: Codes
    amounts: FloatArray
    series: Codes
    names: tuple[str, ...]

    def keep(self, rows: npt.NDArray[np.bool_]) -> Events:
        """Leave out the rows that are False."""
        if rows.all():
            return self
        return replace(
            self,
            first=self.first[rows],
            last=self.last[rows],
            amounts=self.amounts[rows],
            series=self.series[rows],
        )


def number_of_day(day: dt.date | None) -> int | None:
    """Count the days since 1970; None for no day, or one of another age."""
    if day is None or not _EARLIEST <= day <= _LATEST:
        return None
    return (day - _EPOCH).days


def iso_day(cell: object) -> int | None:
    """Read a day as `number_of_day`, time part or not."""
    return number_of_day(as_date(cell))


def day_of(number: int) -> dt.date:
    """Turn the days since 1970 into a date."""
    return _EPOCH + dt.timedelta(days=int(number))


def column_names(where: str, by: str | Sequence[str]) -> tuple[str, ...]:
    """Check the option `by`."""
    found = (by,) if isinstance(by, str) or not isinstance(by, Iterable) else tuple(by)
    if not all(isinstance(column, str) for column in found) or len(set(found)) != len(found):
        raise BadOption(where, "by", by, "names of columns, each once")
    return found


def span(where: str, coverage: Coverage | None) -> tuple[int, int] | None:
    """Read a declared coverage, both days included."""
    if coverage is None:
        return None
    days = []
    if isinstance(coverage, Sequence) and not isinstance(coverage, str) and len(coverage) == 2:
        days = [number_of_day(as_date(day)) for day in coverage]
    first, last = days if days else (None, None)
    if first is None or last is None or first > last:
        raise BadOption(
            where, "coverage", coverage, "the first and the last day covered, the earlier first"
        )
    return first, last


def series_of(
    table: Columns, by: Sequence[str], otherwise: str, notes: list[str]
) -> tuple[Codes, tuple[str, ...]]:
    """Give each row the number of its series: one a combination of the cells of `by`, sorted."""
    codes = np.zeros(len(table), dtype=np.int64)
    names: list[tuple[str, ...]] = [()]
    for column in by:
        found = table.columns[column]
        cells = ["" if cell is None else clean_name(cell) for cell in found.cells]
        levels = sorted(set(cells))
        order = {level: at for at, level in enumerate(levels)}
        place = np.array([order[cell] for cell in cells], dtype=np.int64)
        blank = int((place[found.codes] == 0).sum()) if levels[0] == "" else 0
        if blank:
            notes.append(f"Rows in which {column!r} is empty, counted as '(empty)': {blank:,}.")
        raw = codes * len(levels) + place[found.codes]
        present, codes = np.unique(raw, return_inverse=True)
        names = [
            (*names[at // len(levels)], levels[at % len(levels)] or "(empty)")
            for at in present.tolist()
        ]
    return codes, tuple(" / ".join(name) for name in names) if by else (otherwise,)


def once(table: Columns, identity: str, events: Events, notes: list[str]) -> Events:
    """Keep the first row of each event; refuse an event that is given in two ways."""
    ids = table.columns[identity]
    blank = ids.blank()
    if blank is not None:
        raise table.bad(ids.row(blank), identity, "the id of an event", "")
    if len(ids.distinct) == len(ids.codes):
        return events
    origin = np.empty(len(ids.distinct), dtype=np.int64)
    origin[ids.codes[::-1]] = np.arange(len(ids.codes))[::-1]  # the first row is written last
    earlier = origin[ids.codes]
    repeated = earlier != np.arange(len(ids.codes))
    differs = np.zeros(len(repeated), dtype=bool)
    for part in (events.first, events.last, events.series):
        differs |= part != part[earlier]
    a, b = events.amounts, events.amounts[earlier]
    differs |= (a != b) & ~(np.isnan(a) & np.isnan(b))
    if differs.any():
        row = int(np.argmax(differs))
        raise _two_versions(table, identity, int(earlier[row]) + 1, row + 1)
    notes.append(f"Dropped because they repeat an event: {_rows(int(repeated.sum()))}.")
    return events.keep(~repeated)


def _two_versions(table: Columns, identity: str, first: int, second: int) -> BadTable:
    columns = [one for one in table.columns if table.cell(first, one) != table.cell(second, one)]
    column = columns[0] if columns else identity
    return BadTable(
        table.name + table.where(second),
        f"event {table.cell(second, identity)} has two versions, in rows {first} and {second}: "
        f"column {column!r} holds {brief(table.cell(first, column))} and "
        f"{brief(table.cell(second, column))}",
        "Keep the newer one.",
    )


def _rows(number: int) -> str:
    return f"{number:,} row{'s' if number != 1 else ''}"


def known_amounts(events: Events, column: str, name: str, notes: list[str]) -> Events:
    """Leave out the rows without a number."""
    blank = np.isnan(events.amounts)
    if blank.all():
        raise NoValues(name, f"every cell of {column!r} is empty")
    if blank.any():
        notes.append(f"Left out because {column!r} is empty: {_rows(int(blank.sum()))}.")
    return events.keep(~blank)


def add_up(
    name: str, events: Events, coverage: tuple[int, int] | None, unit: str, notes: list[str]
) -> tuple[pd.PeriodIndex, FloatArray, IntArray]:
    """Add up by series and month, an event of several days in proportion to them.

    Inside a declared coverage a month without an event is zero. Without one it is unknown, and the
    days observed are those of events.
    """
    start, end = coverage or (int(events.first.min()), int(events.last.max()))
    inside = (events.last >= start) & (events.first <= end)
    left = float(events.amounts[~inside].sum())
    if not inside.any():
        raise NoValues(name, f"no event from {day_of(start)} to {day_of(end)}")
    if not inside.all():
        notes.append(
            f"Left out because they lie outside {day_of(start)} to {day_of(end)}: "
            f"{_rows(int((~inside).sum()))} ({left:,.10g} {unit})."
        )
    notes.append(f"Counted: {_rows(int(inside.sum()))}.")
    events = events.keep(inside)
    months = pd.period_range(pd.Period(day_of(start), "M"), pd.Period(day_of(end), "M"), freq="M")
    size = len(months) * len(events.names)
    if size > MOST_CELLS:
        raise BadTable(
            name,
            f"{len(events.names):,} series of {len(months):,} months are too many",
            "Choose fewer columns with by=.",
        )
    row, month, share = _pieces(events, start, end)
    cell = events.series[row] * len(months) + month
    amounts = events.amounts[row] * share
    values = np.bincount(cell, weights=amounts, minlength=size).astype(np.float64)
    cut = float(events.amounts.sum() - amounts.sum())
    if cut > 1e-6:
        notes.append(f"Left out, the days of events outside the coverage: {cut:,.4g} {unit}.")
    if coverage is None:
        seen = np.bincount(cell, minlength=size) > 0
        values = np.where(seen, values, np.nan)
        if not seen.all():
            notes.append(
                f"No coverage is declared, so months of a series without an event are left "
                f"unknown, not zero: {int((~seen).sum()):,} of {size:,}."
            )
    days = _days(events, months, start, end, whole=coverage is not None)
    return months, values.reshape(len(events.names), len(months)), days


def _pieces(events: Events, start: int, end: int) -> tuple[Codes, Codes, FloatArray]:
    """Part each event at the ends of months: its row, the month, and its share of the days."""
    base = int(_month(np.array([start]))[0])
    first, last = np.maximum(events.first, start), np.minimum(events.last, end)
    opens, closes = _month(first), _month(last)
    number = closes - opens + 1
    row = np.repeat(np.arange(len(first)), number)
    month = opens[row] + np.arange(len(row)) - np.repeat(np.cumsum(number) - number, number)
    begins = np.maximum(first[row], _first_day(month))
    ends = np.minimum(last[row], _first_day(month + 1) - 1)
    length = (events.last - events.first + 1)[row]
    return row, month - base, (ends - begins + 1) / length


def _month(days: Codes) -> Codes:
    return days.astype("datetime64[D]").astype("datetime64[M]").astype(np.int64)


def _first_day(months: Codes) -> Codes:
    return months.astype("datetime64[M]").astype("datetime64[D]").astype(np.int64)


def _days(events: Events, months: pd.PeriodIndex, start: int, end: int, *, whole: bool) -> IntArray:
    """How many days of each month are covered: all inside a declared span, else those of events."""
    if whole:
        day = np.arange(start, end + 1)
    else:
        change = np.zeros(end - start + 2, dtype=np.int64)
        np.add.at(change, events.first - start, 1)
        np.add.at(change, events.last - start + 1, -1)
        day = np.flatnonzero(np.cumsum(change)[:-1]) + start
    at = _month(day) - int(_month(np.array([start]))[0])
    return np.bincount(at, minlength=len(months)).astype(np.int32)
