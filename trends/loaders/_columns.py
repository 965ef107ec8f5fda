"""The few columns that a loader needs of a large file, each as codes into its distinct cells.

A column of a million cells has few distinct days, names and numbers: each is read once, strictly,
in Python, and the codes do the rest. Arrow parses the text; what it refuses is read again row by
row, which finds the words for what is wrong.
"""

from __future__ import annotations

import codecs
import csv
import io
import json
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt

from trends.errors import BadTable, BadValue, EmptyTable, MissingColumns, UnreadableFile
from trends.loaders._numbers import read_numbers
from trends.loaders._reading import TEXT, PathLike, Table, decode, parse_csv, read_bytes, read_table
from trends.panel import FloatArray

Codes: TypeAlias = npt.NDArray[np.int64]
Choose: TypeAlias = Callable[[Collection[str]], Collection[str]]

# Small enough for the caches; one thread reads no slower than two, for half the work.
_PIECE, _BLOCK = 1 << 16, 1 << 20


@dataclass(frozen=True)
class Column:
    """Cells as codes into the distinct ones."""

    codes: Codes
    distinct: Any  # a sequence, or an Arrow array

    @cached_property
    def cells(self) -> list[object]:
        """The distinct cells."""
        found: list[object] = getattr(self.distinct, "to_pylist", lambda: list(self.distinct))()
        return found

    def blank(self) -> int | None:
        """Find the distinct cell with nothing in it, without making Python objects of all."""
        if isinstance(self.distinct, list):
            return next((at for at, cell in enumerate(self.distinct) if cell in (None, "")), None)
        at = int(self.distinct.index("").as_py())
        return at if at >= 0 else None

    def row(self, code: int) -> int:
        """Tell in which data row, from 1, a distinct cell occurs first."""
        return int(np.argmax(self.codes == code)) + 1


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns of one file that were asked for."""

    name: str  # what an error calls it: the path
    present: tuple[str, ...]
    columns: dict[str, Column]
    headless: bool = False

    def __len__(self) -> int:
        return len(next(iter(self.columns.values())).codes)

    def days(self, column: str, read: Callable[[object], int | None], needed: str) -> Codes:
        """Read a column of days, all of them stated."""
        found = self.columns[column]
        days = [read(cell) for cell in found.cells]
        bad = [found.row(code) for code, day in enumerate(days) if day is None]
        if bad:
            row = min(bad)
            raise BadValue(self.name, row, column, found.cells[found.codes[row - 1]], needed)
        return np.array(days, dtype=np.int64)[found.codes]

    def counts(self, column: str) -> FloatArray:
        """Read a column of whole numbers; NaN where a mark for a missing value stands."""
        found = self.columns[column]
        distinct = Table(self.name, {column: found.cells})
        bad: BadValue | None = None
        values = np.full(len(found.cells), np.nan)
        try:
            values = read_numbers(distinct, column, counts=True)
        except BadValue as error:
            bad = error
        if bad is not None:
            row = found.row(int(str(bad.row)) - 1)
            raise BadValue(self.name, row, column, bad.found, "a whole number, 0 or more")
        numbers: FloatArray = values[found.codes]
        return numbers


def read_columns(
    path: PathLike,
    choose: Choose,
    *,
    headless: Sequence[str] = (),
    suffixes: Sequence[str] = (*TEXT, ".json", ".xlsx", ".parquet"),
) -> Columns:
    """Read the columns that `choose` picks from those present.

    A text file whose first row has as many cells as `headless`, the first of them a number, has no
    header: `headless` names its columns.
    """
    file = Path(path)
    suffix = file.suffix.lower()
    if suffix in TEXT:
        return _text(read_bytes(file), str(file), TEXT[suffix], choose, headless)
    if suffix == ".json" and suffix in suffixes:
        columns = _records(decode(read_bytes(file), str(file)), str(file))
    else:
        columns = read_table(file, suffixes=suffixes).columns
    wanted = choose(tuple(columns))
    return Columns(
        str(file), tuple(columns), {name: _coded(columns[name]) for name in dict.fromkeys(wanted)}
    )


def _text(
    data: bytes, name: str, delimiter: str, choose: Choose, headless: Sequence[str]
) -> Columns:
    _check_text(data, name)
    first = next(_rows(data, name, delimiter), [])
    bare = len(first) == len(headless) > 0 and first[0].isdigit()
    present = tuple(headless) if bare else _header(first, name)
    wanted = list(dict.fromkeys(choose(present)))
    columns = _quick(data, bare, present, wanted, delimiter)
    if columns is None:
        columns = _slow(data, name, bare, present, wanted, delimiter)
    if not len(columns[wanted[0]].codes):
        raise EmptyTable(name, "a header and no rows")
    return Columns(name, present, columns, bare)


def _rows(data: bytes, name: str, delimiter: str) -> Iterator[list[str]]:
    text = io.TextIOWrapper(io.BytesIO(data), encoding="utf-8-sig", newline="")
    try:
        yield from (row for row in csv.reader(text, delimiter=delimiter, strict=True) if row)
    except csv.Error as error:
        raise UnreadableFile(
            name, f"it is not a table of text ({error})", "Export it again as CSV."
        ) from error


def _header(first: list[str], name: str) -> tuple[str, ...]:
    """Names of columns, checked as those of a small table are."""
    line = io.StringIO()
    if first:
        csv.writer(line).writerow(first)
    return tuple(parse_csv(line.getvalue() * 2, name).columns)


def _check_text(data: bytes, name: str) -> None:
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
        raise UnreadableFile(
            name,
            "it holds NUL bytes, so it is a binary file or has another encoding",
            "Save it as UTF-8 text.",
        )


def _after_header(data: bytes) -> int | None:
    """Where the first line with text in it ends; None where the header may end elsewhere."""
    lines = io.BytesIO(data)
    for line in iter(lines.readline, b""):
        text = line.rstrip(b"\r\n").removeprefix(codecs.BOM_UTF8)
        if text:
            plain = b"\r" not in text and text.count(b'"') % 2 == 0
            return lines.tell() if plain else None
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
    start = (3 if data.startswith(codecs.BOM_UTF8) else 0) if bare else _after_header(data)
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
    except pa.ArrowException:
        return None
    columns = {}
    for column in wanted:
        whole = table.column(column).combine_chunks()
        if isinstance(whole, pa.ChunkedArray):
            whole = whole.chunk(0) if whole.num_chunks else pa.array([], kind)
        columns[column] = Column(whole.indices.to_numpy().astype(np.int64), whole.dictionary)
    return columns


def _slow(
    data: bytes, name: str, bare: bool, present: Sequence[str], wanted: list[str], delimiter: str
) -> dict[str, Column]:
    """Read row by row, and say in words what is wrong with which."""
    at = [present.index(column) for column in wanted]
    kept: list[list[object]] = [[] for _ in at]
    for number, row in enumerate(_rows(data, name, delimiter), start=1 if bare else 0):
        if len(row) != len(present):
            raise BadTable(
                name,
                f"row {number} has {len(row)} cells where the header has {len(present)}",
                "Check that row for a stray or missing delimiter or quotation mark.",
            )
        if number > 0:
            for cells, position in zip(kept, at, strict=True):
                cells.append(row[position])
    return {column: _coded(cells) for column, cells in zip(wanted, kept, strict=True)}


def _coded(cells: Sequence[object]) -> Column:
    codes: dict[tuple[type, str], int] = {}
    found = np.empty(len(cells), dtype=np.int64)
    distinct: list[object] = []
    for row, cell in enumerate(cells):
        key = (type(cell), str(cell))  # 1 and True are two cells, and a list has no hash
        if key not in codes:
            codes[key] = len(distinct)
            distinct.append(cell)
        found[row] = codes[key]
    return Column(found, distinct)


def _records(text: str, name: str) -> dict[str, list[object]]:
    """Read JSON records: a list of objects, or an object that holds one as ``data``."""
    try:
        found = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise UnreadableFile(name, f"it is not JSON ({error})", "Export it again.") from error
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
