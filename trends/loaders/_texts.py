"""Delimited text to columns, quickly where it is plain and row by row where it is not."""

from __future__ import annotations

import csv
import io
import re
from itertools import islice
from typing import Any

import numpy as np

from trends.errors import TrendsError
from trends.loaders._coded import Choose, Column, Columns, coded
from trends.loaders._columns import (
    _after_header,
    _check_text,
    _has_empty,
    _header,
    _rows,
    _text,
    lines_of,
)
from trends.loaders._limits import Limits
from trends.loaders._marks import Marks, tell_marks
from trends.loaders._numbers import MOST
from trends.loaders._reading import decode, parse_csv
from trends.panel import FloatArray

_SAMPLE = 1000
_HEAD = 1 << 19
_BLOCK = 1 << 22


def read_text(
    data: bytes, name: str, delimiter: str, choose: Choose, limits: Limits | None = None
) -> Columns:
    """Read the columns that `choose` picks of UTF-8 text.

    Arrow forgives a quotation mark that is never closed, and takes the rows after it for one cell.
    So wherever cells may hold line ends, the stricter reader has the last word.
    """
    columns = _text(data, name, delimiter, choose, (), limits)
    if _line_by_line(data, len(columns)):
        return columns
    table = parse_csv(decode(data, name), name, delimiter)
    return Columns(
        name,
        columns.present,
        {column: coded(table.columns[column]) for column in columns.columns},
        where=table.where,
        comma=table.comma,
    )


def _line_by_line(data: bytes, rows: int) -> bool:
    return b'"' not in data or data.count(b"\n") + (not data.endswith(b"\n")) == rows + 1


def read_text_and_numbers(
    data: bytes,
    name: str,
    delimiter: str,
    choose: Choose,
    number: str,
    marks: Marks,
    limits: Limits,
) -> tuple[Columns, str]:
    """Read as `read_text`, and one column as numbers at once where all its cells allow it.

    The first rows must tell how numbers are written. What is said of it comes back too.
    """
    _check_text(data, name, delimiter)
    present = _header(next(_rows(data, name, delimiter), []), name, limits)
    wanted = list(dict.fromkeys(choose(present)))
    decimal, note = _decimal(data, name, delimiter, present.index(number), number, marks)
    columns = decimal and _quick(data, name, delimiter, present, wanted, number, marks, decimal)
    if not columns or not len(columns) or not _line_by_line(data, len(columns)):
        return read_text(data, name, delimiter, choose, limits), ""
    return columns, note


def _decimal(
    data: bytes, name: str, delimiter: str, at: int, number: str, marks: Marks
) -> tuple[str | None, str]:
    """Tell the decimal mark from the first rows; None where they do not decide."""
    if marks.decimal is not None or marks.thousands is not None:
        return (None if marks.thousands else marks.decimal), ""
    start = _after_header(data, delimiter)
    if start is None:
        return None, ""
    end = data.rfind(b"\n", start, start + _HEAD) + 1 or len(data)
    head = io.StringIO(data[start:end].decode("utf-8", errors="replace"))
    try:
        rows = list(islice(csv.reader(head, delimiter=delimiter), _SAMPLE))
        sample = coded([row[at] for row in rows if len(row) > at])
        decimal, thousands, note = tell_marks(Columns(name, (), {number: sample}), number, marks)
    except (csv.Error, TrendsError):
        return None, ""
    return (None if thousands else decimal), note


def _oddly_quoted(data: bytes, delimiter: str) -> bool:
    """Tell whether a backslash or a space stands before a quotation mark that opens a cell.

    Arrow keeps half of the first, and takes the second for text.
    """
    spaced = re.escape(delimiter.encode()) + rb' +"'
    return b'\\"' in data or (b' "' in data and re.search(spaced, data) is not None)


def _odd(column: Any, numbers: FloatArray, marks: Marks) -> bool:
    """Tell whether numbers hold what only the text of their cells can settle."""
    import pyarrow.compute as pc

    span = pc.min_max(column).as_py()
    if span["min"] is not None and (span["min"] <= -MOST or span["max"] >= MOST):
        return True
    if np.count_nonzero(np.isnan(numbers)) != column.null_count:
        return True
    return marks.counts and bool(marks.wrong(numbers).any())


def _quick(
    data: bytes,
    name: str,
    delimiter: str,
    present: tuple[str, ...],
    wanted: list[str],
    number: str,
    marks: Marks,
    decimal: str,
) -> Columns | None:
    import pyarrow as pa  # here, because it takes a while
    from pyarrow import csv as arrow_csv

    start = _after_header(data, delimiter)
    if start is None or start == len(data) or _oddly_quoted(data, delimiter):
        return None
    kinds: dict[str, Any] = dict.fromkeys(wanted, pa.dictionary(pa.int32(), pa.string()))
    kinds[number] = pa.float64()
    try:
        table = arrow_csv.read_csv(
            pa.BufferReader(pa.py_buffer(data).slice(start)),
            arrow_csv.ReadOptions(column_names=list(present), block_size=_BLOCK),
            arrow_csv.ParseOptions(delimiter=delimiter, newlines_in_values=b'"' in data),
            arrow_csv.ConvertOptions(
                include_columns=wanted,
                column_types=kinds,
                check_utf8=False,
                strings_can_be_null=False,
                null_values=list(marks.missing),
                decimal_point=decimal,
            ),
        )
    except (pa.ArrowException, ValueError):  # ValueError: a delimiter that is not ASCII
        return None
    numbers = table.column(number).to_numpy()
    if _odd(table.column(number), numbers, marks):  # the slower reader has the words for it
        return None
    columns = {number: Column(np.arange(len(numbers)), pa.array(numbers))}
    for column in wanted:
        if column != number:
            whole = table.column(column).unify_dictionaries().combine_chunks()
            columns[column] = Column(whole.indices.to_numpy().astype(np.int64), whole.dictionary)
    others = [held for column, held in columns.items() if column != number]
    if _has_empty(others, np.isnan(numbers)):
        return None
    return Columns(name, present, columns, where=lines_of(data, delimiter))
