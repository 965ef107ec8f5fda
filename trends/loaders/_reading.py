"""Open a file and hand on its columns, or say in words why not."""

from __future__ import annotations

import codecs
import datetime as dt
import io
import os
import re
import stat
from collections import Counter
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path
from typing import TypeAlias

from trends.errors import (
    BadOption,
    BadTable,
    BadValue,
    EmptyTable,
    MissingColumns,
    UnreadableFile,
)
from trends.loaders._limits import Limits
from trends.loaders._names import apart, look
from trends.loaders._rows import (
    Where,
    brief,
    line_of,
    nowhere,
    parted,
    ragged,
    short,
    shown,
    tidy_header,
)
from trends.loaders._signatures import refuse_other

PathLike: TypeAlias = str | os.PathLike[str]

TEXT = {".csv": ",", ".tsv": "\t", ".txt": "\t"}
SUFFIXES = (*TEXT, ".xlsx", ".parquet", ".json")
NO_FETCHING = "Nothing is fetched from an address: download the file, and give its path."
# Excel shows the number 6 as a day of 1900; what lies further ahead than this is a slip.
EARLIEST, _TYPED, _AHEAD = 1800, 1901, 10
# Files say by their first bytes which encoding they have, UTF-32 before UTF-16 that begins like it.
_MARKS = {
    codecs.BOM_UTF8: "utf-8-sig",
    codecs.BOM_UTF32_LE: "utf-32",
    codecs.BOM_UTF32_BE: "utf-32",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}
_ADDRESS = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+:/")  # Path makes one slash of two


@dataclass(frozen=True, slots=True)
class Table:
    """The columns of one file, cell for cell: text as text, typed cells as they are."""

    name: str  # what an error calls it: the path
    columns: dict[str, list[object]]
    where: Where = nowhere
    comma: bool = False  # a decimal one may stand in numbers: it parts no cells

    def __len__(self) -> int:
        return len(next(iter(self.columns.values())))

    def bad(self, row: int, column: str, found: object, needed: str) -> BadValue:
        """Say of a cell in a data row, counted from 1, that it is not what is needed."""
        return BadValue(self.name + self.where(row), row, column, found, needed)

    def need(self, *names: str, remedy: str = "") -> None:
        """Refuse a table without these columns."""
        missing = [name for name in names if name not in self.columns]
        if not missing:
            return
        raise lacks(self.name, missing, tuple(self.columns), remedy)


def lacks(name: str, missing: Sequence[str], present: Sequence[str], remedy: str) -> MissingColumns:
    """Say which columns lack, and how the table is written if that may be why."""
    only = present[0] if len(present) == 1 else ""
    if re.search(r"\S {2,}\S", only):
        remedy = "Its columns seem to stand at fixed places (fixed width): save it as CSV."
    for mark in (";", "\t", "|", ","):
        if mark in only:
            remedy = f"Its columns seem to be parted by {mark!r}: load_table has delimiter=."
    for column in missing:
        for other in present:
            if look(column) == look(other):
                remedy = f"Two are alike: {apart(column, other)}. Name the column as the file does."
    return MissingColumns(name, missing, tuple(map(short, present)), remedy)


def unread(file: Path, suffixes: Sequence[str]) -> UnreadableFile:
    """Say that files of this name are not read."""
    return UnreadableFile(
        shown(file),
        f"the name ends in {file.suffix!r}, which this loader does not read",
        f"Give a file that ends in {', '.join(suffixes)}.",
    )


def read_bytes(file: Path, limits: Limits | None = None) -> bytes:
    """Read a whole file, or say why it cannot be read; never wait for one that is none."""
    name = shown(file)
    try:
        found = file.stat()
        if stat.S_ISREG(found.st_mode):
            (limits or Limits()).check_bytes(name, found.st_size)
        elif not stat.S_ISDIR(found.st_mode):
            kind = "a pipe" if stat.S_ISFIFO(found.st_mode) else "a device"
            kind = "a socket" if stat.S_ISSOCK(found.st_mode) else kind
            raise UnreadableFile(name, f"this is {kind} and not a file", "Save it as a file first.")
        # What the system shows as files says that it is empty; read, it could wait for ever.
        there = found.st_size or stat.S_ISDIR(found.st_mode)
        data = file.read_bytes() if there else b""
    except UnreadableFile:
        raise
    except FileNotFoundError as error:
        remedy = NO_FETCHING if _ADDRESS.match(str(file)) else "Check the path."
        raise UnreadableFile(name, "there is no such file", remedy) from error
    except IsADirectoryError as error:
        raise UnreadableFile(name, "this is a folder", "Name a file in it.") from error
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise UnreadableFile(
            name, f"it cannot be opened ({reason})", "Check its permissions and its name."
        ) from error
    if not data:
        raise EmptyTable(name, "an empty file (0 bytes)")
    refuse_other(name, data, file.suffix.lower())
    return data


def marked(data: bytes) -> str | None:
    """Tell the encoding by the mark at the beginning."""
    return next((found for mark, found in _MARKS.items() if data.startswith(mark)), None)


def decode(data: bytes, name: str, encoding: str = "utf-8-sig") -> str:
    """Make text of bytes, refusing binary files and encodings that are not marked."""
    if encoding == "utf-8-sig":
        encoding = marked(data) or encoding
    remedy = "Save it as UTF-8 text; load_table can be told another: encoding='utf-16'."
    try:
        text = data.decode(encoding)
    except UnicodeError as error:
        raise UnreadableFile(
            name, f"the bytes are not {encoding.removesuffix('-sig')} text ({error})", remedy
        ) from error
    except (LookupError, ValueError) as error:  # a name that holds NUL
        raise BadOption(name, "encoding", encoding, "an encoding that Python knows") from error
    if "\0" in text:
        raise binary(text, name)
    return text


def binary(text: str, name: str, delimiter: str = ",") -> UnreadableFile:
    """Say in which cell of a text a NUL stands first, if it is a table all the same."""
    problem = "it holds NUL bytes, so it is a binary file or has another encoding"
    header: list[str] = []
    rows = parted(io.StringIO(text, newline=""), name, delimiter)
    with suppress(UnreadableFile):
        for number, (line, row) in enumerate(rows):
            header = header or row
            at = next((at for at, cell in enumerate(row) if "\0" in cell), len(header))
            if at < len(header) and number:
                name = f"{name}, line {line}"
                column = short(header[at].strip())
                problem += f": the first in row {number}, column {column!r}, {brief(row[at])}"
                break
            if at < len(header):
                break
    return UnreadableFile(
        name,
        problem,
        "Save it as UTF-8 text, or name its encoding: load_table(..., encoding='utf-16').",
    )


def parse_csv(text: str, name: str, delimiter: str = ",") -> Table:
    """Part text into columns; blank lines are skipped."""
    if len(delimiter) != 1 or delimiter in '\r\n"':
        raise BadOption(name, "delimiter", delimiter, "a single character")
    rows = [row for _, row in parted(io.StringIO(text, newline=""), name, delimiter)]

    def where(row: int) -> str:
        return line_of(io.StringIO(text, newline=""), delimiter, row)

    return replace(tabulate(rows, name, where), comma=delimiter != ",")


def tabulate(rows: Iterable[Sequence[object]], name: str, where: Where = nowhere) -> Table:
    """Check header and widths; a ragged row is an error, never shifted or filled."""
    rows = list(rows)
    if not rows or not any(str(cell).strip() for cell in rows[0]):
        raise EmptyTable(name, "no header")
    header = header_of(rows[0], name)
    if len(rows) == 1:
        raise EmptyTable(name, "a header and no rows")
    for number, row in enumerate(rows[1:], start=1):
        if len(row) != len(header):
            raise ragged(name + where(number), number, row, header)
    columns = dict(zip(header, map(list, zip(*rows[1:], strict=True)), strict=True))
    return Table(name, columns, where)


def header_of(cells: Sequence[object], name: str, limits: Limits | None = None) -> list[str]:
    """Name the columns, each once."""
    (limits or Limits()).check_columns(name, len(cells))
    header = [
        (tidy_header(cell) if cell is not None else "") or f"column {i}"
        for i, cell in enumerate(cells, start=1)
    ]
    column, times = Counter(header).most_common(1)[0]
    if times > 1:
        raise BadTable(name, f"two columns are named {short(column)!r}", "Rename one of them.")
    return header


def is_blank(cell: object, marks: frozenset[str]) -> bool:
    """Tell whether a cell stands for an unknown value."""
    if isinstance(cell, str):
        return cell.strip() in marks
    if isinstance(cell, Decimal):  # a signalling one cannot be compared
        return cell.is_nan()
    return cell is None or cell != cell  # NaN and NaT differ from themselves


def as_date(cell: object) -> dt.date | None:
    """Read the calendar day of a date, time stamp or ISO text; None if it is none, or too far."""
    if isinstance(cell, dt.date):
        if not _TYPED <= cell.year <= latest_year():  # NaT too
            return None
        return cell.date() if isinstance(cell, dt.datetime) else cell
    if isinstance(cell, str) and len(cell.strip()) >= 10:
        try:
            found = dt.datetime.fromisoformat(cell.strip()).date()
        except ValueError:
            return None
        return found if EARLIEST <= found.year <= latest_year() else None
    return None


def latest_year() -> int:
    """Tell the last year that a table may speak of: one further ahead is a slip of the pen."""
    return dt.datetime.now(dt.UTC).year + _AHEAD
