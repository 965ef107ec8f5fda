"""Excel workbooks, looked over before they are unpacked: they are zipped XML from anywhere."""

from __future__ import annotations

import io
import re
import warnings
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from trends.errors import BadTable, UnknownName, UnreadableFile

MAX_BYTES = 1_000_000_000
MAX_CELLS = 50_000_000

_CHUNK = 1 << 20
_SUSPECT = 50_000_000  # bytes unpacked, from which the ratio is looked at
_RATIO = 250  # worksheets pack 5 to 100 times
_MOST_PARTS = 10_000

_MERGED = re.compile(rb"<(?:\w+:)?mergeCell\s[^>]*?ref=\"([A-Z]+)(\d+):([A-Z]+)(\d+)\"")
_HOLLOW = re.compile(
    rb"<c\s[^>]*?r=\"([A-Z]+\d+)\"[^>]*><f[^>]*(?:/>|>[^<]*</f>)(?:<v\s*/>|<v></v>)?</c>"
)


@dataclass(frozen=True, slots=True)
class Limits:
    """How much of a source is read at most."""

    max_bytes: int = MAX_BYTES
    max_cells: int = MAX_CELLS

    def check_bytes(self, name: str, found: int, what: str = "bytes") -> None:
        """Refuse a file that is larger than allowed."""
        if found > self.max_bytes:
            raise UnreadableFile(
                name,
                f"it holds {found:,} {what}, more than max_bytes={self.max_bytes:,}",
                "Raise max_bytes if you trust the file.",
            )

    def check_cells(self, name: str, rows: int, columns: int) -> None:
        """Refuse a table that is larger than allowed."""
        if rows * columns > self.max_cells:
            raise UnreadableFile(
                name,
                f"it has more than max_cells={self.max_cells:,} cells ({columns:,} columns)",
                "Load fewer columns or rows, or raise max_cells.",
            )


def read_workbook(
    data: bytes, name: str, sheet: str | int, limits: Limits | None = None
) -> list[Sequence[object]]:
    """Read the rows of one sheet, header first, all of one width; empty rows are skipped."""
    import openpyxl  # here, because only few files need it

    limits = limits or Limits()
    try:
        _look_over(data, name, limits)
        with warnings.catch_warnings():  # about styles, which say nothing about the figures
            warnings.simplefilter("ignore")
            book = openpyxl.load_workbook(io.BytesIO(data), data_only=True, read_only=True)
            rows = _rows(book, data, name, sheet, limits)
            book.close()
    except (BadTable, UnknownName, UnreadableFile):
        raise
    except Exception as error:  # zip, XML and format errors of many kinds: all mean the same
        raise UnreadableFile(
            name, f"it is not an Excel workbook ({error})", "Save it again as .xlsx."
        ) from error
    width = max((len(row) for row in rows), default=0)
    return [row + (None,) * (width - len(row)) for row in rows]


def _look_over(data: bytes, name: str, limits: Limits) -> None:
    """Unpack piece by piece, keeping nothing: sizes as they are, not as the file claims them."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = archive.infolist()
        if len(parts) > _MOST_PARTS:
            raise UnreadableFile(
                name, f"it has {len(parts):,} parts", "A workbook has few: save it again."
            )
        total = 0
        for part in parts:
            tail = b""
            with archive.open(part) as stream:
                while chunk := stream.read(_CHUNK):
                    total += len(chunk)
                    limits.check_bytes(name, total, "bytes unpacked")
                    if total > max(_SUSPECT, _RATIO * len(data)):
                        raise UnreadableFile(
                            name,
                            f"it unpacks to more than {_RATIO} times its size, as a zip bomb does",
                            "Export the sheet as CSV if you trust the file.",
                        )
                    text = (tail + chunk).replace(b"\0", b"")  # UTF-16 has them
                    if b"<!DOCTYPE" in text or b"<!ENTITY" in text:
                        raise UnreadableFile(
                            name,
                            f"{part.filename!r} declares a document type, which no workbook does "
                            "and which can harm",
                            "Save it again as .xlsx.",
                        )
                    tail = chunk[-64:]


def _rows(
    book: Any, data: bytes, name: str, sheet: str | int, limits: Limits
) -> list[tuple[object, ...]]:
    names = book.sheetnames
    if isinstance(sheet, int) and not isinstance(sheet, bool) and 0 <= sheet < len(names):
        sheet = names[sheet]
    if sheet not in names:
        raise UnknownName(f"{name}: sheet", sheet, names)
    page = book[str(sheet)]
    if not hasattr(page, "iter_rows"):
        raise BadTable(name, f"sheet {sheet!r} is a chart", "Name a sheet with cells.")
    page.reset_dimensions()  # what the file says of them is often wrong
    rows: list[tuple[object, ...]] = []
    cells, header = 0, 0
    for number, row in enumerate(page.iter_rows(values_only=True), start=1):
        cells += len(row)
        limits.check_cells(name, 1, cells)
        full = max((at for at, cell in enumerate(row, start=1) if cell is not None), default=0)
        if full:
            header = header or number
            rows.append(tuple(row[:full]))
    path = getattr(page, "_worksheet_path", "").lstrip("/")
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        if path in archive.namelist():
            _check_cells(archive.read(path), name, header)
    return rows


def _check_cells(xml: bytes, name: str, header: int) -> None:
    """Refuse what would be read as empty cells though it is not: merged, or never computed."""
    merged = _MERGED.search(xml)
    if merged:
        first, top, last, bottom = (part.decode() for part in merged.groups())
        where = "the header" if int(top) <= header <= int(bottom) else "the table"
        raise BadTable(
            name,
            f"cells {first}{top}:{last}{bottom} of {where} are merged, so that only the first of "
            "them has a value",
            "Unmerge them and write one name a column and one value a cell, or export as CSV.",
        )
    hollow = _HOLLOW.search(xml)
    if hollow:
        raise BadTable(
            name,
            f"cell {hollow[1].decode()} holds a formula without its result",
            "Open the file in a spreadsheet program, let it compute, and save it.",
        )
