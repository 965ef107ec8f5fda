"""The two shapes a table of series comes in, and the array in it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.types as kinds

from trends.errors import (
    BadTable,
    BadValue,
    DuplicateMonths,
    MissingColumns,
    NotMonthly,
    UnknownMonth,
)
from trends.panel import as_month

Numbers: TypeAlias = npt.NDArray[Any]

ID, MONTH, VALUE = "unique_id", "ds", "y"
_SHAPES = (
    "A wide table has unique_id and one column a month, named as in 2025-06; "
    "a long one has unique_id, ds (month) and y (value)."
)


@dataclass(frozen=True)
class Wide:
    """One row a series: the column of each month, by the ordinal of the month."""

    months: dict[int, str]
    kind = "wide"

    @property
    def columns(self) -> list[str]:
        """The columns to read."""
        return [ID, *self.months.values()]

    def series(self, table: Any, first: int, n_time: int, where: str) -> tuple[Any, Numbers]:
        """Names and values of the block, months from `first` on."""
        names = _as_text(table.column(ID), where)
        picked = [self.months.get(first + t) for t in range(n_time)]
        columns = [None if name is None else table.column(name) for name in picked]
        whole = all(
            c is not None and kinds.is_integer(c.type) and not c.null_count for c in columns
        )
        # A month at a time: by series, each value would be written to a cache line of its own.
        values: Numbers = np.empty((n_time, table.num_rows), np.int64 if whole else np.float64)
        for t, column in enumerate(columns):
            values[t] = np.nan if column is None else numbers_of(column)
        return names, values.T


@dataclass(frozen=True)
class Long:
    """One row a series and month."""

    kind = "long"
    columns = (ID, MONTH, VALUE)

    def series(self, table: Any, first: int, n_time: int, where: str) -> tuple[Any, Numbers]:
        """Names, in order of appearance, and values of the block, months from `first` on."""
        coded = _as_text(table.column(ID), where).dictionary_encode()
        names, codes = coded.dictionary, coded.indices.to_numpy().astype(np.int64)
        at = months_of(table.column(MONTH), where) - first
        y = numbers_of(table.column(VALUE))
        inside = (at >= 0) & (at < n_time)
        if not inside.all():
            codes, at, y = codes[inside], at[inside], y[inside]
        cell = codes * n_time + at
        full = len(names) * n_time
        if (np.diff(cell) <= 0).any():  # not sorted: look whether one comes twice
            taken = np.zeros(full, np.bool_)
            taken[cell] = True
            if int(taken.sum()) != len(cell):
                _refuse_twice(cell, names, first, n_time, where)
        whole = len(cell) == full and y.dtype.kind in "iu"
        values: Numbers = np.empty(full, np.int64) if whole else np.full(full, np.nan)
        values[cell] = y
        return names, values.reshape(len(names), n_time)


Shape: TypeAlias = Wide | Long


def shape_of(schema: Any, where: str) -> Shape:
    """Tell by its columns which shape a table has, and refuse any other."""
    shape = shape_by_names(schema.names, where)
    _need_kind(schema, ID, _is_name, "text or whole numbers", where)
    if isinstance(shape, Wide):
        for name in shape.months.values():
            _need_kind(schema, name, _is_number, "numbers", where)
        return shape
    _need_kind(schema, VALUE, _is_number, "numbers", where)
    found = schema.field(MONTH).type
    if not (kinds.is_timestamp(found) or kinds.is_date(found) or _is_text(found)):
        raise NotMonthly(where, f"{found} in column 'ds'", "Give dates, or text as '2025-06'.")
    return shape


def shape_by_names(columns: Iterable[object], where: str) -> Shape:
    """The shape of a table of which only the names of the columns are known."""
    names = [str(name) for name in columns]
    twice = next((name for name in names if names.count(name) > 1), None)
    if twice is not None:
        raise BadTable(where, f"two columns are named {twice!r}", "Keep one of them.")
    if ID not in names:
        raise MissingColumns(where, [ID], names, _SHAPES)
    if MONTH not in names and VALUE not in names:
        return Wide(_month_columns(names, where))
    missing = [name for name in Long.columns if name not in names]
    if missing:
        raise MissingColumns(where, missing, names, _SHAPES)
    return Long()


def _month_columns(names: list[str], where: str) -> dict[int, str]:
    months: dict[int, str] = {}
    for name in names:
        if name == ID:
            continue
        try:
            at = as_month(name).ordinal
        except UnknownMonth as error:
            problem = f"column {name!r} is neither unique_id nor a month"
            raise BadTable(where, problem, f"Leave it out. {_SHAPES}") from error
        if at in months:
            problem = f"columns {months[at]!r} and {name!r} are one month"
            raise BadTable(where, problem, "Keep one column a month.")
        months[at] = name
    if not months:
        raise BadTable(where, "no column is a month", _SHAPES)
    return dict(sorted(months.items()))


def _need_kind(schema: Any, column: str, is_kind: Any, needed: str, where: str) -> None:
    found = schema.field(column).type
    if not is_kind(found):
        raise BadTable(
            where, f"column {column!r} holds {found}, not {needed}", "Convert it before the scan."
        )


def _is_number(found: Any) -> bool:
    # A column without a single value, made by pandas, has no kind.
    return bool(kinds.is_integer(found) or kinds.is_floating(found) or kinds.is_null(found))


def numbers_of(column: Any) -> Numbers:
    """Values as numpy numbers, NaN where there is none."""
    floats = column.cast(pa.float64()) if kinds.is_null(column.type) else column
    values: Numbers = floats.to_numpy()
    return values


def _is_text(found: Any) -> bool:
    if kinds.is_dictionary(found):
        return _is_text(found.value_type)
    return bool(
        kinds.is_string(found) or kinds.is_large_string(found) or kinds.is_string_view(found)
    )


def _is_name(found: Any) -> bool:
    return _is_text(found) or bool(kinds.is_integer(found))


def as_table(frame: pd.DataFrame, where: str) -> Any:
    """Make an Arrow table of a DataFrame whose columns, and months, may be periods."""
    named = frame.rename(columns=str)
    if ID not in named.columns and named.index.name == ID:
        named = named.reset_index()
    if MONTH in named.columns and isinstance(named[MONTH].dtype, pd.PeriodDtype):
        named = named.assign(ds=named[MONTH].dt.to_timestamp())
    try:
        return pa.Table.from_pandas(named, preserve_index=False)
    except (pa.ArrowException, TypeError, ValueError) as error:
        raise BadTable(where, f"a column cannot be read ({error})", _SHAPES) from error


def plain(column: Any) -> Any:
    """One array of text or whole numbers, without a dictionary."""
    kind = column.type
    if kinds.is_dictionary(kind):
        column = column.cast(kind.value_type)
    return column.combine_chunks() if isinstance(column, pa.ChunkedArray) else column


def _as_text(column: Any, where: str) -> Any:
    if column.null_count:
        row = column.is_null().index(True).as_py() + 1
        raise BadValue(where, row, ID, None, "the name of a series")
    return plain(column).cast(pa.string())


def months_of(column: Any, where: str) -> Numbers:
    """Months since 1970-01, as `pandas.Period` counts them."""
    if column.null_count:
        raise BadValue(where, column.is_null().index(True).as_py() + 1, MONTH, None, "a month")
    kind = column.type
    if kinds.is_date(kind) or kinds.is_timestamp(kind):
        if kinds.is_timestamp(kind) and kind.tz is not None:
            column = pc.local_timestamp(column)
        stamps: Numbers = column.to_numpy()
        return stamps.astype("datetime64[M]").astype(np.int64)
    coded = plain(column).dictionary_encode()
    ordinals = [_ordinal(text, where) for text in coded.dictionary.to_pylist()]
    months: Numbers = np.array(ordinals, np.int64)[coded.indices.to_numpy()]
    return months


def _ordinal(text: str, where: str) -> int:
    if len(text.strip()) < 10:
        return int(as_month(text, where).ordinal)
    try:
        return int(as_month(pd.Timestamp(text).to_pydatetime(), where).ordinal)
    except ValueError as error:
        raise UnknownMonth(where, text) from error


def _refuse_twice(cell: Numbers, names: Any, first: int, n_time: int, where: str) -> None:
    order = np.sort(cell)
    twice = int(order[np.flatnonzero(np.diff(order) == 0)[0]])
    month = pd.Period(ordinal=first + twice % n_time, freq="M")
    raise DuplicateMonths(where, names[twice // n_time].as_py(), [month])
