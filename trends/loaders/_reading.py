"""Open a file and hand on its columns, or say in words why not."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

from trends.errors import (
    BadOption,
    BadTable,
    EmptyTable,
    MissingColumns,
    UnreadableFile,
)
from trends.loaders._workbooks import read_workbook

PathLike: TypeAlias = str | os.PathLike[str]

TEXT = {".csv": ",", ".tsv": "\t", ".txt": "\t"}
SUFFIXES = (*TEXT, ".xlsx", ".parquet", ".json")


@dataclass(frozen=True, slots=True)
class Table:
    """The columns of one file, cell for cell: text as text, typed cells as they are."""

    name: str  # what an error calls it: the path
    columns: dict[str, list[object]]

    def __len__(self) -> int:
        return len(next(iter(self.columns.values())))

    def need(self, *names: str, remedy: str = "") -> None:
        """Refuse a table without these columns."""
        missing = [name for name in names if name not in self.columns]
        if not missing:
            return
        only = next(iter(self.columns)) if len(self.columns) == 1 else ""
        for mark in (";", "\t", "|", ","):
            if mark in only:
                remedy = f"Its columns seem to be parted by {mark!r}: load_table has delimiter=."
        raise MissingColumns(self.name, missing, tuple(self.columns), remedy)


def read_table(
    path: PathLike,
    *,
    delimiter: str | None = None,
    encoding: str = "utf-8-sig",
    sheet: str | int = 0,
    suffixes: Sequence[str] = SUFFIXES,
) -> Table:
    """Read a file by its suffix; at least one row, every row as wide as the header."""
    file = Path(path)
    data = read_bytes(file)
    suffix = file.suffix.lower()
    if suffix not in suffixes:
        raise UnreadableFile(
            file,
            f"the name ends in {file.suffix!r}, which this loader does not read",
            f"Give a file that ends in {', '.join(suffixes)}.",
        )
    if suffix == ".xlsx":
        rows = read_workbook(data, str(file), sheet)
    elif suffix == ".parquet":
        return _parquet(data, str(file))
    elif suffix == ".json":
        rows = _json(decode(data, str(file), encoding), str(file))
    else:
        return parse_csv(decode(data, str(file), encoding), str(file), delimiter or TEXT[suffix])
    return tabulate(rows, str(file))


def read_bytes(file: Path) -> bytes:
    """Read a whole file, or say why it cannot be read."""
    try:
        data = file.read_bytes()
    except FileNotFoundError as error:
        raise UnreadableFile(file, "there is no such file", "Check the path.") from error
    except IsADirectoryError as error:
        raise UnreadableFile(file, "this is a folder", "Name a file in it.") from error
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise UnreadableFile(
            file, f"it cannot be opened ({reason})", "Check its permissions and its name."
        ) from error
    if not data:
        raise EmptyTable(str(file), "an empty file (0 bytes)")
    return data


def decode(data: bytes, name: str, encoding: str = "utf-8-sig") -> str:
    """Make text of bytes, refusing other encodings and binary files."""
    remedy = "Save it as UTF-8 text, or name its encoding: load_table(..., encoding='utf-16')."
    try:
        text = data.decode(encoding)
    except LookupError as error:
        raise BadOption(name, "encoding", encoding, "an encoding that Python knows") from error
    except UnicodeError as error:
        raise UnreadableFile(
            name, f"the bytes are not {encoding.removesuffix('-sig')} text ({error})", remedy
        ) from error
    if "\0" in text:
        raise UnreadableFile(
            name, "it holds NUL bytes, so it is a binary file or has another encoding", remedy
        )
    return text


def parse_csv(text: str, name: str, delimiter: str = ",") -> Table:
    """Part text into columns; blank lines are skipped."""
    if len(delimiter) != 1 or delimiter in '\r\n"':
        raise BadOption(name, "delimiter", delimiter, "a single character")
    try:
        lines = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
        rows = [row for row in lines if row]
    except csv.Error as error:
        raise UnreadableFile(
            name, f"it is not a table of text ({error})", "Export it again as CSV."
        ) from error
    return tabulate(rows, name)


def tabulate(rows: Iterable[Sequence[object]], name: str) -> Table:
    """Check header and widths; a ragged row is an error, never shifted or filled."""
    rows = list(rows)
    if not rows or not any(str(cell).strip() for cell in rows[0]):
        raise EmptyTable(name, "no header")
    header = [
        str(cell).strip() if cell is not None and str(cell).strip() else f"column {i}"
        for i, cell in enumerate(rows[0], start=1)
    ]
    twice = sorted({column for column in header if header.count(column) > 1})
    if twice:
        raise BadTable(name, f"two columns are named {twice[0]!r}", "Rename one of them.")
    if len(rows) == 1:
        raise EmptyTable(name, "a header and no rows")
    for number, row in enumerate(rows[1:], start=1):
        if len(row) != len(header):
            raise BadTable(
                name,
                f"row {number} has {len(row)} cells where the header has {len(header)}",
                "Check that row for a stray or missing delimiter or quotation mark.",
            )
    return Table(name, dict(zip(header, map(list, zip(*rows[1:], strict=True)), strict=True)))


def _parquet(data: bytes, name: str) -> Table:
    import pyarrow.parquet  # here, because only few files need it

    try:
        found = pyarrow.parquet.read_table(io.BytesIO(data))
        columns = {str(key): found.column(key).to_pylist() for key in found.column_names}
    except Exception as error:  # arrow errors of many kinds: all mean the same
        raise UnreadableFile(
            name, f"it is not a Parquet file ({error})", "Write it again with to_parquet."
        ) from error
    if not columns or not next(iter(columns.values())):
        raise EmptyTable(name, "no rows")
    return Table(name, columns)


def _json(text: str, name: str) -> list[Sequence[object]]:
    try:
        found = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise UnreadableFile(name, f"it is not JSON ({error})", "Export it again.") from error
    if not isinstance(found, dict) or any(isinstance(v, dict | list) for v in found.values()):
        raise BadTable(
            name, "it is not one JSON object of plain values", "Write {'2025-06-30': 1.5, ...}."
        )
    return [("key", "value"), *found.items()]


def is_blank(cell: object, marks: frozenset[str]) -> bool:
    """Tell whether a cell stands for an unknown value."""
    if isinstance(cell, str):
        return cell.strip() in marks
    return cell is None or cell != cell  # NaN and NaT differ from themselves


def as_date(cell: object) -> dt.date | None:
    """Read the calendar day of a date, time stamp or ISO text; None if it is none."""
    if isinstance(cell, dt.datetime):
        return cell.date()
    if isinstance(cell, dt.date):
        return cell
    if isinstance(cell, str) and len(cell.strip()) >= 10:
        try:
            return dt.datetime.fromisoformat(cell.strip()).date()
        except ValueError:
            return None
    return None
