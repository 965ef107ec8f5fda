"""The few columns that a loader needs of a large file, each as codes into its distinct cells.

A column of a million cells has few distinct days, names and numbers: each is read once, strictly,
in Python, and the codes do the rest. Arrow parses the text; what it refuses is read again row by
row, which finds the words for what is wrong.
"""

from __future__ import annotations

import codecs
import io
from collections.abc import Collection, Iterable, Iterator, Sequence

import numpy as np

from trends.errors import BadTable, EmptyTable, MissingColumns, UnreadableFile
from trends.loaders._coded import Choose, Column, Columns, coded
from trends.loaders._delimiters import plain_text
from trends.loaders._given import path_of
from trends.loaders._limits import Limits, checked
from trends.loaders._reading import (
    TEXT,
    PathLike,
    binary,
    decode,
    header_of,
    read_bytes,
)
from trends.loaders._records import parse
from trends.loaders._rows import Where, line_of, nowhere, parted, ragged, shown
from trends.loaders._tabled import check_lengths
from trends.loaders._whole import read_table
from trends.panel import BoolArray

# Small enough for the caches; one thread reads no slower than two, for half the work.
_PIECE, _BLOCK = 1 << 16, 1 << 20


def read_columns(
    path: PathLike,
    choose: Choose,
    *,
    headless: Sequence[str] = (),
    suffixes: Sequence[str] = (*TEXT, ".json", ".xlsx", ".parquet"),
    limits: Limits | None = None,
) -> Columns:
    """Read the columns that `choose` picks from those present.

    A text file whose first row has as many cells as `headless`, the first of them a number, has no
    header: `headless` names its columns.
    """
    file, limits = path_of(path), checked(limits)
    suffix, name = file.suffix.lower(), shown(file)
    where: Where = nowhere
    if suffix in TEXT:
        data, delimiter = plain_text(
            read_bytes(file, limits), name, TEXT[suffix], lambda header: _fits(choose, header)
        )
        found = _text(data, name, delimiter, choose, headless, limits)
        limits.check_cells(name, len(found), len(found.columns))
        check_lengths(found, limits)
        return found
    if suffix == ".json" and suffix in suffixes:
        columns = _records(decode(read_bytes(file, limits), name), name, limits)
    else:
        table = read_table(file, suffixes=suffixes, limits=limits)
        columns, where = table.columns, table.where
    wanted = dict.fromkeys(choose(tuple(columns)))
    kept = {column: coded(columns[column]) for column in wanted}
    return Columns(name, tuple(columns), kept, where=where)


def _fits(choose: Choose, header: Collection[str]) -> bool:
    try:
        choose(header)
    except MissingColumns:
        return False
    return True


def _text(
    data: bytes,
    name: str,
    delimiter: str,
    choose: Choose,
    headless: Sequence[str],
    limits: Limits | None = None,
) -> Columns:
    _check_text(data, name, delimiter)
    first = next(_rows(data, name, delimiter), [])
    bare = len(first) == len(headless) > 0 and first[0].isdigit()
    present = tuple(headless) if bare else _header(first, name, limits)
    wanted = list(dict.fromkeys(choose(present)))
    columns = _quick(data, bare, present, wanted, delimiter)
    if columns is None:
        columns = _slow(data, name, bare, present, wanted, delimiter)
    if not len(columns[wanted[0]].codes):
        raise EmptyTable(name, "a header and no rows")
    where = lines_of(data, delimiter, bare=bare)
    return Columns(name, present, columns, bare, where, delimiter != ",")


def lines_of(data: bytes, delimiter: str, *, bare: bool = False) -> Where:
    """Tell the line of each data row, when it is asked for."""
    return lambda row: line_of(_opened(data), delimiter, row, 0 if bare else 1)


def _opened(data: bytes) -> io.TextIOWrapper:
    return io.TextIOWrapper(io.BytesIO(data), encoding="utf-8-sig", newline="")


def _rows(data: bytes, name: str, delimiter: str) -> Iterator[list[str]]:
    return (row for _, row in parted(_opened(data), name, delimiter))


def _header(first: list[str], name: str, limits: Limits | None = None) -> tuple[str, ...]:
    """Names of columns, checked as those of a small table are."""
    if not any(cell.strip() for cell in first):
        raise EmptyTable(name, "no header")
    return tuple(header_of(first, name, limits))


def _check_text(data: bytes, name: str, delimiter: str) -> None:
    """Refuse other encodings piece by piece: the whole as text would take twice its room."""
    decoder = codecs.getincrementaldecoder("utf-8-sig")()
    view = memoryview(data)
    try:
        for start in range(0, len(view), _PIECE):
            decoder.decode(view[start : start + _PIECE])
        decoder.decode(b"", final=True)
    except UnicodeError as error:
        raise UnreadableFile(
            name, f"the bytes are not utf-8 text ({error})", "Save it in the encoding UTF-8."
        ) from error
    if b"\0" in data:
        raise binary(data.decode("utf-8-sig"), name, delimiter)


def _after_header(data: bytes, delimiter: str) -> int | None:
    """Where the first line with text in it ends; None where the header may end elsewhere."""
    lines = io.BytesIO(data)
    for line in iter(lines.readline, b""):
        text = line.rstrip(b"\r\n").removeprefix(codecs.BOM_UTF8)
        if text:
            plain = b"\r" not in text and text.count(b'"') % 2 == 0
            empty = not text.strip(b' "' + delimiter.encode())  # the header is further below
            return lines.tell() if plain and not empty else None
    return None


def _well_quoted(data: bytes, delimiter: str) -> bool:
    """Tell whether every quotation mark opens a cell, closes one, or is doubled in one.

    Arrow takes all that follows a mark that is never closed for one cell, and says nothing.
    """
    text = np.frombuffer(data, dtype=np.uint8)
    pieces = range(0, len(text), _BLOCK)
    found = [np.flatnonzero(text[at : at + _BLOCK] == ord('"')) + at for at in pieces]
    marks = np.concatenate(found)
    if len(marks) % 2:
        return False
    edges = np.frombuffer(b'\r\n"' + delimiter.encode(), dtype=np.uint8)
    opening, closing = marks[::2], marks[1::2]
    opening = opening[opening > (3 if data.startswith(codecs.BOM_UTF8) else 0)]
    closing = closing[closing < len(text) - 1]
    return bool(np.isin(text[opening - 1], edges).all() and np.isin(text[closing + 1], edges).all())


def _quick(
    data: bytes, bare: bool, present: Sequence[str], wanted: list[str], delimiter: str
) -> dict[str, Column] | None:
    """Read by Arrow, which keeps only the columns wanted; None where it refuses."""
    import pyarrow as pa  # here, because it takes a while
    from pyarrow import csv as arrow_csv

    kind = pa.dictionary(pa.int32(), pa.string())
    marked = 3 if data.startswith(codecs.BOM_UTF8) else 0
    start = marked if bare else _after_header(data, delimiter)
    if start is None or start == len(data) or not _well_quoted(data, delimiter):
        return None
    try:
        table = arrow_csv.read_csv(
            pa.BufferReader(pa.py_buffer(data).slice(start)),
            arrow_csv.ReadOptions(use_threads=False, block_size=_BLOCK, column_names=list(present)),
            arrow_csv.ParseOptions(delimiter=delimiter, newlines_in_values=True),
            arrow_csv.ConvertOptions(
                include_columns=wanted,
                column_types=dict.fromkeys(wanted, kind),
                check_utf8=False,
                strings_can_be_null=False,
            ),
        )
    except (pa.ArrowException, ValueError):  # ValueError: a delimiter that is not ASCII
        return None
    columns = {}
    for column in wanted:
        whole = table.column(column).combine_chunks()
        columns[column] = Column(whole.indices.to_numpy().astype(np.int64), whole.dictionary)
    return None if _has_empty(columns.values()) else columns


def _has_empty(columns: Iterable[Column], empty: BoolArray | None = None) -> bool:
    """Tell whether a row has nothing in any of these columns: the slower reader knows if in all."""
    for column in columns:
        nothing = column.blank()
        if nothing is None:
            return False
        here = column.codes == nothing
        empty = here if empty is None else empty & here
    return empty is not None and bool(empty.any())


def _slow(
    data: bytes, name: str, bare: bool, present: Sequence[str], wanted: list[str], delimiter: str
) -> dict[str, Column]:
    """Read row by row, and say in words what is wrong with which."""
    at = [present.index(column) for column in wanted]
    kept: list[list[object]] = [[] for _ in at]
    rows = parted(_opened(data), name, delimiter)
    for number, (line, row) in enumerate(rows, start=1 if bare else 0):
        if len(row) != len(present):
            raise ragged(f"{name}, line {line}", number, row, present)
        if number > 0:
            for cells, position in zip(kept, at, strict=True):
                cells.append(row[position])
    return {column: coded(cells) for column, cells in zip(wanted, kept, strict=True)}


def _records(text: str, name: str, limits: Limits) -> dict[str, list[object]]:
    """Read JSON records: a list of objects, or an object that holds one as ``data``."""
    found = parse(text, name, limits)
    if isinstance(found, dict) and isinstance(found.get("data"), list):
        found = found["data"]
    if not isinstance(found, list) or not all(isinstance(record, dict) for record in found):
        said = ", ".join(map(repr, list(found)[:6])) if isinstance(found, dict) else "no records"
        raise BadTable(
            name,
            f"it is not a list of JSON records, nor an object with one as 'data' (found {said})",
            "Check the answer of the API for an error, and save the whole of it.",
        )
    if not found:
        raise EmptyTable(name, "a list without records")
    columns = dict.fromkeys(key for record in found for key in record)
    for number, record in enumerate(found, start=1):
        if len(record) != len(columns):
            missing = [column for column in columns if column not in record]
            remedy = f"Record {number} lacks what others have: write null where it is unknown."
            raise MissingColumns(f"{name}, record {number}", missing, tuple(record), remedy)
    return {column: [record[column] for record in found] for column in columns}
