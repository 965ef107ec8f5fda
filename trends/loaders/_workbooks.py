"""Excel workbooks, looked over before they are unpacked: they are zipped XML from anywhere."""

from __future__ import annotations

import io
import re
import warnings
import zipfile
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from trends.errors import BadTable, MissingColumns, TrendsError, UnknownName, UnreadableFile
from trends.loaders._limits import Limits, Stopwatch
from trends.loaders._rows import brief, short, shown, tidy_header
from trends.loaders._sheets import check_numbers, check_places, column_at, plain_xml

_CHUNK = 1 << 20
_MOST_PARTS = 10_000
_MANY, _FEW = ("xl/worksheets/", "xl/sharedStrings", "xl/media/"), 20_000
_LAST_ROW = 1_048_576
# A table is not almost empty: a file of few far cells would fill the memory with nothing.
_SPARSE, _SPARSE_FROM = 50, 2_000_000

# Bounded: what is made to harm may hold a megabyte in one tag.
_MERGED = re.compile(
    rb"<(?:\w+:)?mergeCell\s[^>]{0,200}?ref=\"([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})\""
)
_HOLLOW = re.compile(
    rb"<(?:\w+:)?c\s[^>]{0,200}?r=\"([A-Z]{1,3})(\d{1,7})\"[^>]{0,200}>"
    rb"<(?:\w+:)?f(?:\s[^>]*)?(?:/>|>([^<]*)</(?:\w+:)?f>)(?:<(?:\w+:)?v\s*/>|<v></v>)?</(?:\w+:)?c>"
)
# Of the styles only the formats of numbers are read: openpyxl refuses a workbook for an empty fill.
_LOOKS = re.compile(
    rb"<(?P<p>(?:\w+:)?)(?P<of>fonts|fills|borders|cellStyles|dxfs|tableStyles|colors|extLst)"
    rb"(?:\s[^<>]*)?(?:/>|>.*?</(?P=p)(?P=of)>)",
    re.S,
)
_NO_CELLS = (
    b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
    b'<dimension ref="A1"/><sheetData/></worksheet>'
)
_LITERAL = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]|_.')
_HIDDEN = re.compile(rb"<(?:\w+:)?row\s[^>]{0,400}?hidden=\"(?:1|true)\"")

Wanted = Callable[[Sequence[object]], Collection[int]]  # a header to the positions to read


@dataclass(frozen=True, slots=True)
class Grid:
    """The rows of a sheet, header first, all of one width, and the number of each in the sheet."""

    rows: Sequence[Sequence[object]]
    numbers: list[int]
    notes: tuple[str, ...] = ()

    def where(self, row: int) -> str:
        """Tell where in the sheet a data row stands."""
        return f", sheet row {self.numbers[row]}" if row < len(self.numbers) else ""


def read_workbook(
    data: bytes,
    name: str,
    sheet: str | int,
    limits: Limits | None = None,
    wanted: Wanted | None = None,
) -> Grid:
    """Read one sheet; empty rows are skipped.

    Merged cells and formulas without a result are refused in the columns `wanted`, by default all.
    """
    import openpyxl  # here, because only few files need it

    limits = limits or Limits()
    watch = limits.stopwatch(name, len(data))
    try:
        _look_over(data, name, limits)
        with warnings.catch_warnings():  # about styles, which say nothing about the figures
            warnings.simplefilter("ignore")
            slim = io.BytesIO(_without_looks(data))
            book = openpyxl.load_workbook(slim, data_only=True, read_only=True)
            page, notes = _page(book, name, sheet)
            xml = plain_xml(_xml(page, data), watch.check)
            check_places(xml, name, watch.check)
            check_numbers(xml, name)
            page._get_source = lambda: io.BytesIO(xml)
            rows, numbers = _rows(page, name, limits, watch, _percents(book))
            book.close()
    except TrendsError:
        raise
    except Exception as error:  # zip, XML and format errors of many kinds: all mean the same
        raise UnreadableFile(
            name,
            f"it is not an Excel workbook ({shown(error)[:300]})",
            "Save it again as .xlsx.",
        ) from error
    width = max((len(row) for row in rows), default=0)
    grid = [row + (None,) * (width - len(row)) for row in rows]
    positions: Collection[int] = range(width)
    if wanted is not None and grid:
        try:
            positions = wanted(grid[0])
        except MissingColumns:
            _check_cells(xml, name, Grid(grid[:1], numbers[:1]), positions)  # it may be why
            raise
    _check_cells(xml, name, Grid(grid, numbers), positions)
    hidden = len(_HIDDEN.findall(xml))
    if hidden:
        notes.append(f"Hidden rows of the sheet, read as the others: {hidden:,}.")
    return Grid(grid, numbers, tuple(notes))


def _look_over(data: bytes, name: str, limits: Limits) -> None:
    """Unpack piece by piece, keeping nothing: sizes as they are, not as the file claims them.

    Styles take openpyxl a tenth of a millisecond an element, so these are counted.
    """
    elements = 0
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = archive.infolist()
        if len(parts) > _MOST_PARTS:
            raise UnreadableFile(
                name, f"it has {len(parts):,} parts", "A workbook has few: save it again."
            )
        twice = len(parts) - len({part.filename.casefold() for part in parts})
        if twice:
            raise UnreadableFile(
                name, f"{twice:,} of its parts are there twice", "Save it again as .xlsx."
            )
        total = 0
        for part in parts:
            tail = b""
            with archive.open(part) as stream:
                while chunk := stream.read(_CHUNK):
                    total += len(chunk)
                    limits.check_unpacked(name, total, len(data))
                    text = (tail + chunk).replace(b"\0", b"")  # UTF-16 has them
                    if b"<!DOCTYPE" in text or b"<!ENTITY" in text:
                        raise UnreadableFile(
                            name,
                            f"{part.filename!r} declares a document type, which no workbook does "
                            "and which can harm",
                            "Save it again as .xlsx.",
                        )
                    if not part.filename.startswith(_MANY):
                        elements += chunk.count(b"<")
                    tail = chunk[-64:]
    if elements > _FEW + len(data) // 3:
        raise UnreadableFile(
            name,
            f"its styles and other parts without cells hold {elements:,} elements, more than a "
            "workbook of its size needs",
            "Export the sheet as CSV if you trust the file.",
        )


def _without_looks(data: bytes) -> bytes:
    """Pack anew what openpyxl is to read: no cells, which are given to it apart, and no looks."""
    slim = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as archive, zipfile.ZipFile(slim, "w") as packed:
        for part in archive.namelist():
            if part.startswith("xl/worksheets/") and part.endswith(".xml"):
                content = _NO_CELLS
            elif part == "xl/styles.xml":
                content = _LOOKS.sub(b"", archive.read(part))
            else:
                content = b"" if part.startswith("xl/media/") else archive.read(part)
            packed.writestr(part, content)
    return slim.getvalue()


def _percents(book: Any) -> frozenset[int]:
    """The styles that show a number a hundred times as large, with a percent sign."""
    from openpyxl.styles.numbers import BUILTIN_FORMATS, BUILTIN_FORMATS_MAX_SIZE

    found = set()
    for at, style in enumerate(book._cell_styles):
        own = style.numFmtId - BUILTIN_FORMATS_MAX_SIZE
        formats = book._number_formats
        shape = formats[own] if 0 <= own < len(formats) else BUILTIN_FORMATS.get(style.numFmtId, "")
        if "%" in _LITERAL.sub("", shape):
            found.add(at)
    return frozenset(found)


def _as_shown(cell: Any, percents: frozenset[int]) -> object:
    """Read a cell of percent as a reader of the sheet does: 0.125 is shown as 12.5%."""
    value: object = cell.value
    if getattr(cell, "_style_id", 0) in percents and type(value) in (int, float):
        return f"{(100 * Decimal(repr(value))).normalize():f}%"
    return value


def _page(book: Any, name: str, sheet: str | int) -> tuple[Any, list[str]]:
    """Find the sheet, which must be a visible one unless it is named."""
    names = book.sheetnames
    if not names:
        raise UnreadableFile(name, "it is not an Excel workbook (no sheet)", "Save it again.")
    chosen = sheet
    if isinstance(sheet, int) and not isinstance(sheet, bool) and 0 <= sheet < len(names):
        chosen = names[sheet]
    if chosen not in names:
        raise UnknownName(f"{name}: sheet", sheet, names)
    page = book[str(chosen)]
    if not hasattr(page, "iter_rows"):
        raise BadTable(name, f"sheet {chosen!r} is a chart", "Name a sheet with cells.")
    if chosen != sheet and page.sheet_state != "visible":
        others = ", ".join(map(repr, [one for one in names if one != chosen][:6])) or "none"
        raise BadTable(
            name,
            f"sheet {chosen!r}, the one of number {sheet}, is hidden, found beside it {others}",
            f"Name the sheet meant: sheet={chosen!r} reads it all the same.",
        )
    notes = [f"Sheet {chosen!r}, of {len(names):,}."] if len(names) > 1 else []
    return page, notes


def _rows(
    page: Any, name: str, limits: Limits, watch: Stopwatch, percents: frozenset[int]
) -> tuple[list[tuple[object, ...]], list[int]]:
    page.reset_dimensions()  # what the file says of them is often wrong
    rows: list[tuple[object, ...]] = []
    numbers: list[int] = []
    width = filled = 0
    for number, row in enumerate(page.iter_rows(values_only=not percents), start=1):
        if percents:
            row = tuple(_as_shown(cell, percents) for cell in row)
        if not number % 256:
            watch.check()
            limits.check_cells(name, len(rows), width)
        empty = row.count(None)
        if empty == len(row):
            continue
        full = len(row)
        while row[full - 1] is None:
            full -= 1
        rows.append(row[:full])
        numbers.append(number)
        filled += len(row) - empty
        if full > width:
            width = full
            limits.check_columns(name, width)
        if width * len(rows) > _SPARSE_FROM and width * len(rows) > _SPARSE * filled:
            raise UnreadableFile(
                name,
                f"sheet row {number} makes a table of {width:,} columns and {len(rows):,} rows "
                "that are almost all empty cells",
                "Delete what stands far from the table, or export it as CSV.",
            )
    limits.check_cells(name, len(rows), width)
    return rows, numbers


def _xml(page: Any, data: bytes) -> bytes:
    path = getattr(page, "_worksheet_path", "").lstrip("/")
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return archive.read(path) if path in archive.namelist() else b""


def _check_cells(xml: bytes, name: str, grid: Grid, positions: Collection[int]) -> None:
    """Refuse what would be read as empty cells though it is not: merged, or never computed."""
    place = {number: row for row, number in enumerate(grid.numbers)}
    for merged in _MERGED.finditer(xml):
        first, top, last, bottom = (part.decode() for part in merged.groups())
        columns = range(column_at(first), column_at(last) + 1)
        rows = [place[n] for n in range(int(top), min(int(bottom), _LAST_ROW) + 1) if n in place]
        hit = [at for at in columns if at in positions]
        if rows and hit:
            what = "the header" if rows[0] == 0 else "the table"
            found = _cell_words(grid, rows[-1], hit[0])
            raise BadTable(
                name,
                f"cells {first}{top}:{last}{bottom} of {what} are merged, so that only the first "
                f"of them has a value{found}",
                "Unmerge them and write one name a column and one value a cell, or export as CSV.",
            )
    for hollow in _HOLLOW.finditer(xml):
        row, at = place.get(int(hollow[2]), 0), column_at(hollow[1].decode())
        if at in positions:
            formula = (hollow[3] or b"").decode("utf-8", "replace")
            found = _cell_words(grid, row, at) + f", found {brief('=' + formula)}"
            raise BadTable(
                name,
                f"cell {hollow[1].decode()}{hollow[2].decode()} holds a formula without its "
                f"result{found}",
                "Open the file in a spreadsheet program, let it compute, and save it.",
            )


def _cell_words(grid: Grid, row: int, at: int) -> str:
    if row == 0:
        return ""
    header = grid.rows[0]
    column = header[at] if at < len(header) and header[at] is not None else f"column {at + 1}"
    return f": row {row}, column {short(tidy_header(column))!r}"
