"""Where a table comes from: a file by its suffix, a frame, or a database."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from trends.errors import BadOption, BadTable, UnreadableFile
from trends.loaders._coded import Choose, Columns
from trends.loaders._delimiters import (
    as_utf8,
    find_delimiter,
    first_line,
    widest,
    without_hint,
)
from trends.loaders._exports import is_export
from trends.loaders._frames import (
    column_of,
    is_frame,
    read_arrow,
    read_frame,
    read_parquet,
)
from trends.loaders._given import path_of
from trends.loaders._limits import Limits
from trends.loaders._marks import Marks
from trends.loaders._reading import (
    TEXT,
    decode,
    header_of,
    lacks,
    parse_csv,
    read_bytes,
    tabulate,
    unread,
)
from trends.loaders._records import read_records
from trends.loaders._rows import shown
from trends.loaders._sql import is_url, read_query, without_password
from trends.loaders._texts import read_text_and_numbers
from trends.loaders._whole import read_table
from trends.loaders._workbooks import read_workbook

RECORDS = (".json", ".jsonl", ".ndjson")
ARROW = (".arrow", ".feather", ".ipc")
SUFFIXES = (*TEXT, ".xlsx", ".parquet", *ARROW, *RECORDS)

_WORDS = {"\t": "a tab", "utf-8-sig": "UTF-8"}


@dataclass(frozen=True, slots=True)
class Reading:
    """How to read a source; `None` where that is to be found out."""

    delimiter: str | None = None
    encoding: str | None = None
    sheet: str | int = 0
    query: str | None = None
    params: Mapping[str, object] | None = None
    number: str | None = None  # the column that will be read as numbers
    marks: Marks = field(default_factory=Marks)
    limits: Limits = field(default_factory=Limits)


@dataclass(frozen=True, slots=True)
class Found:
    """The columns of a source, and what was found out on the way."""

    columns: Columns
    notes: tuple[str, ...] = ()
    point_is_decimal: bool = True


def read_source(
    source: Any, need: Collection[str], reading: Reading, more: Collection[str] = ()
) -> Found:
    """Read the columns needed of anything that holds a table, and those `more` that are there."""

    def choose(present: Collection[str]) -> Collection[str]:
        missing = [column for column in need if column not in present]
        if missing:
            raise lacks(_name(source), missing, tuple(present), "")
        return [*need, *(column for column in more if column in present)]

    if is_url(source):
        return Found(read_query(source, reading.query, reading.params, choose, reading.limits))
    if reading.query is not None or reading.params is not None:
        raise BadOption("load_table", "query", reading.query, "for a file, only for a database")
    if is_frame(source):
        return Found(read_frame(source, choose, reading.limits))
    return _file(path_of(source), choose, need, reading)


def _name(source: Any) -> str:
    if is_frame(source):
        return "the frame given"
    return without_password(source) if is_url(source) else shown(source)


def _file(file: Path, choose: Choose, need: Collection[str], reading: Reading) -> Found:
    data, name, suffix = _bytes(file, reading.limits), shown(file), file.suffix.lower()
    if suffix in TEXT:
        return _text(data, name, TEXT[suffix], choose, need, reading)
    if suffix == ".parquet":
        return Found(read_parquet(data, name, choose, reading.limits))
    if suffix in ARROW:
        return Found(read_arrow(data, name, choose, reading.limits))
    if suffix == ".xlsx":
        return _workbook(data, name, choose, reading)
    text = decode(data, name, reading.encoding or "utf-8-sig")
    names, records = read_records(text, name, reading.limits)
    wanted = dict.fromkeys(choose(names))
    reading.limits.check_cells(name, len(records), len(wanted))
    columns = {key: column_of([record.get(key) for record in records]) for key in wanted}
    return Found(Columns(name, names, columns))


def _workbook(data: bytes, name: str, choose: Choose, reading: Reading) -> Found:
    def positions(header: Sequence[object]) -> Collection[int]:
        names = header_of(header, name, reading.limits)
        return [names.index(column) for column in choose(names)]

    grid = read_workbook(data, name, reading.sheet, reading.limits, positions)
    table = tabulate(grid.rows, name, grid.where)
    wanted = dict.fromkeys(choose(tuple(table.columns)))
    columns = {column: column_of(table.columns[column]) for column in wanted}
    return Found(Columns(name, tuple(table.columns), columns, where=grid.where), grid.notes)


def _bytes(file: Path, limits: Limits) -> bytes:
    there = False
    with suppress(OSError, ValueError):  # read_bytes has the words for them
        there = file.is_file()
    if there and file.suffix.lower() not in SUFFIXES:
        raise unread(file, SUFFIXES)
    return read_bytes(file, limits)


def _text(
    data: bytes, name: str, usual: str, choose: Choose, need: Collection[str], reading: Reading
) -> Found:
    notes = []
    data, encoding = as_utf8(data, name, reading.encoding)
    if reading.encoding is None and encoding != "utf-8-sig":
        notes.append(f"Encoding: {encoding}, by the mark at the beginning of the file.")
    data, said = without_hint(data)
    delimiter = reading.delimiter or said
    if delimiter is None:
        delimiter = find_delimiter(data, usual, lambda header: set(need) <= set(header))
        if delimiter != usual:
            notes.append(f"Delimiter: {_WORDS.get(delimiter, repr(delimiter))}, by the header.")
    elif len(delimiter) != 1 or delimiter in '\r\n"':
        raise BadOption(name, "delimiter", delimiter, "a single character")
    # A decimal comma would need quotation marks in a file parted by commas.
    comma = delimiter == ","
    assert reading.number is not None  # it is for columns_of alone, which parts a text by itself
    marks = replace(reading.marks, point_is_decimal=comma)
    columns, said = read_text_and_numbers(
        data, name, delimiter, choose, reading.number, marks, reading.limits
    )
    notes += [said] if said else []
    reading.limits.check_cells(name, len(columns), len(columns.columns))
    return Found(columns, tuple(notes), point_is_decimal=comma)


def columns_of(path: Any, **options: Any) -> tuple[str, ...]:
    """Name the columns of a file without reading more of it than it must.

    Takes the options `delimiter`, `encoding` and `sheet` of `load_table`.
    """
    reading = Reading(**options)
    file = path_of(path)
    if file.suffix.lower() == ".json" and is_export(file):  # too large to be read whole
        return ("messages",)
    data, name, suffix = _bytes(file, reading.limits), shown(file), file.suffix.lower()
    if suffix in TEXT:
        data, _ = as_utf8(data, name, reading.encoding)
        data, said = without_hint(data)
        delimiter = reading.delimiter or said or widest(data, TEXT[suffix])
        line = decode(first_line(data).encode(), name) + "\n"
        return tuple(parse_csv(line * 2, name, delimiter).columns)
    if suffix == ".json":
        with suppress(BadTable, UnreadableFile):  # one object of values by day, as of an area
            return tuple(read_table(file, limits=reading.limits).columns)
    present: list[Collection[str]] = []

    def look(found: Collection[str]) -> Collection[str]:
        present.append(found)
        return list(found)[:1]

    _file(file, look, (), replace(reading, delimiter=None))
    return tuple(present[0])
