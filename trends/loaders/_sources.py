"""Where a table comes from: a file by its suffix, a frame, or a database."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from trends.errors import BadOption, BadTable, MissingColumns, UnreadableFile
from trends.loaders._columns import Choose, Columns
from trends.loaders._delimiters import (
    find_delimiter,
    find_encoding,
    first_line,
    widest,
    without_hint,
)
from trends.loaders._frames import (
    check_names,
    column_of,
    is_frame,
    read_arrow,
    read_frame,
    read_parquet,
)
from trends.loaders._marks import Marks
from trends.loaders._reading import TEXT, decode, parse_csv, read_bytes, read_table, tabulate
from trends.loaders._records import read_records
from trends.loaders._sql import is_url, read_query
from trends.loaders._texts import read_text, read_text_and_numbers
from trends.loaders._workbooks import Limits, read_workbook

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
            raise MissingColumns(_name(source), missing, tuple(present), _hint(present))
        return [*need, *(column for column in more if column in present)]

    if is_url(source):
        return Found(read_query(source, reading.query, reading.params, choose, reading.limits))
    if reading.query is not None or reading.params is not None:
        raise BadOption("load_table", "query", reading.query, "for a file, only for a database")
    if is_frame(source):
        return Found(read_frame(source, choose, reading.limits))
    return _file(Path(source), choose, need, reading)


def _name(source: Any) -> str:
    return "the frame given" if is_frame(source) else str(source)


def _hint(present: Collection[str]) -> str:
    only = next(iter(present)) if len(present) == 1 else ""
    for mark in (";", "\t", "|", ","):
        if mark in only:
            return f"Its columns seem to be parted by {mark!r}: load_table has delimiter=."
    return ""


def _file(file: Path, choose: Choose, need: Collection[str], reading: Reading) -> Found:
    data, name, suffix = _bytes(file, reading.limits), str(file), file.suffix.lower()
    if suffix in TEXT:
        return _text(data, name, TEXT[suffix], choose, need, reading)
    if suffix == ".parquet":
        return Found(read_parquet(data, name, choose, reading.limits))
    if suffix in ARROW:
        return Found(read_arrow(data, name, choose, reading.limits))
    if suffix == ".xlsx":
        cells = tabulate(read_workbook(data, name, reading.sheet, reading.limits), name).columns
    else:
        cells = read_records(decode(data, name, reading.encoding or "utf-8-sig"), name)
        reading.limits.check_cells(name, len(next(iter(cells.values()))), len(cells))
    present = check_names(cells, name)
    wanted = dict.fromkeys(choose(present))
    return Found(Columns(name, present, {column: column_of(cells[column]) for column in wanted}))


def _bytes(file: Path, limits: Limits) -> bytes:
    if file.suffix.lower() not in SUFFIXES and file.is_file():
        raise UnreadableFile(
            file,
            f"the name ends in {file.suffix!r}, which this loader does not read",
            f"Give a file that ends in {', '.join(SUFFIXES)}.",
        )
    try:
        size = file.stat().st_size
    except (OSError, ValueError):
        size = 0  # read_bytes has the words for it
    limits.check_bytes(str(file), size)
    return read_bytes(file)


def _text(
    data: bytes, name: str, usual: str, choose: Choose, need: Collection[str], reading: Reading
) -> Found:
    notes = []
    data, encoding = _as_utf8(data, name, reading.encoding)
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
    if reading.number is None:
        columns = read_text(data, name, delimiter, choose)
    else:
        marks = replace(reading.marks, point_is_decimal=comma)
        columns, said = read_text_and_numbers(data, name, delimiter, choose, reading.number, marks)
        notes += [said] if said else []
    reading.limits.check_cells(name, len(columns), len(columns.columns))
    return Found(columns, tuple(notes), point_is_decimal=comma)


def _as_utf8(data: bytes, name: str, encoding: str | None) -> tuple[bytes, str]:
    found = encoding or find_encoding(data, name)
    if found.lower().replace("_", "-") in ("utf-8", "utf-8-sig", "utf8"):
        return data, "utf-8-sig"
    return decode(data, name, found).encode("utf-8"), found


def columns_of(path: Any, **options: Any) -> tuple[str, ...]:
    """Name the columns of a file without reading more of it than it must.

    Takes the options `delimiter`, `encoding` and `sheet` of `load_table`.
    """
    reading = Reading(**options)
    file = Path(path)
    data, name, suffix = _bytes(file, reading.limits), str(file), file.suffix.lower()
    if suffix in TEXT:
        data, _ = _as_utf8(data, name, reading.encoding)
        data, said = without_hint(data)
        delimiter = reading.delimiter or said or widest(data, TEXT[suffix])
        line = decode(first_line(data).encode(), name) + "\n"
        return tuple(parse_csv(line * 2, name, delimiter).columns)
    if suffix == ".json":
        with suppress(BadTable, UnreadableFile):  # one object of values by day, as of an area
            return tuple(read_table(file).columns)
    present: list[Collection[str]] = []

    def look(found: Collection[str]) -> Collection[str]:
        present.append(found)
        return list(found)[:1]

    _file(file, look, (), replace(reading, delimiter=None))
    return tuple(present[0])
