"""Excel workbooks, good and hostile."""
# Cases are a line each, and times without a zone, as files hold them.
# ruff: noqa: DTZ001

from __future__ import annotations

import datetime as dt
import io
import zipfile
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import openpyxl
from hardening.corpus_tables import GAP, Case, Fault, one

HEAD = ("month", "km2")
ROWS = (("2025-05", 507), ("2025-06", 588))
TOTALS = {"2025-05": 507, "2025-06": 588}
SHEET = "xl/worksheets/sheet1.xml"
Change = Callable[[Any], None]


def book(*rows: Sequence[object], change: Change | None = None, parts: Any = None) -> Any:
    """A maker of a workbook, changed by openpyxl and then in its parts."""

    def make(folder: Path) -> Path:
        made = openpyxl.Workbook()
        for row in rows:
            made.active.append(row)
        if change is not None:
            change(made)
        path = folder / "book.xlsx"
        made.save(path)
        if parts is not None:
            path.write_bytes(_repacked(path.read_bytes(), parts))
        return path

    return make


def _repacked(data: bytes, parts: dict[str, Callable[[bytes], bytes]]) -> bytes:
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as old,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            new.writestr(name, parts.get(name, bytes)(old.read(name)))
        for name in parts.keys() - set(old.namelist()):
            new.writestr(name, parts[name](b""))
    return out.getvalue()


def sheet(old: bytes, new: bytes) -> dict[str, Callable[[bytes], bytes]]:
    def change(data: bytes) -> bytes:
        assert old in data, (old, data)
        return data.replace(old, new, 1)

    return {SHEET: change}


def books() -> Iterator[Case]:
    def case(
        name: str,
        expected: Any,
        *rows: Sequence[object],
        head: Any = HEAD,
        options: Any = None,
        **how: Any,
    ) -> Case:
        return Case(f"xlsx: {name}", book(head, *rows, **how), one(expected), options or {})

    yield case("plain", TOTALS, *ROWS)
    yield case("numbers as text", TOTALS, *((m, str(v)) for m, v in ROWS))
    yield case("dates", TOTALS, *((dt.date.fromisoformat(m + "-01"), v) for m, v in ROWS))
    yield case("dates and text", TOTALS, (dt.date(2025, 5, 1), 507), ROWS[1])
    yield case(
        "dates since 1904",
        TOTALS,
        *((dt.datetime.fromisoformat(m + "-01"), v) for m, v in ROWS),
        change=_since_1904,
    )
    yield case("empty cell", {"2025-05": GAP, "2025-06": 588}, ("2025-05", None), ROWS[1])
    yield case("not available", {"2025-05": GAP, "2025-06": 588}, ("2025-05", "#N/A"), ROWS[1])
    yield case("empty rows", TOTALS, (), ROWS[0], (), (None, None), ROWS[1])
    yield case("hidden row", TOTALS, *ROWS, change=_hide_row)
    yield case("hidden column", TOTALS, *ROWS, change=_hide_column)
    yield case("more sheets", TOTALS, *ROWS, change=lambda made: made.create_sheet("notes"))
    yield case("sheet by name", TOTALS, *ROWS, options={"sheet": "Sheet"})
    yield case("name of a sheet", Fault(says="'nothing'"), *ROWS, options={"sheet": "nothing"})
    yield case("number of a sheet", Fault(says="7"), *ROWS, options={"sheet": 7})
    yield case("sheet below 0", Fault(says="-1"), *ROWS, options={"sheet": -1})
    yield case("sheet true", Fault(says="True"), *ROWS, options={"sheet": True})
    yield case("first sheet hidden", Fault(says="hidden"), *ROWS, change=_hide_first)
    yield case(
        "hidden sheet by name", TOTALS, *ROWS, change=_hide_first, options={"sheet": "Sheet"}
    )
    for cell in ("#REF!", "#DIV/0!", "#VALUE!", "#NAME?", "#NUM!", "12 km", "1,234", "n.a.", True):
        yield case(f"cell {cell}", Fault(2, "km2", str(cell)), ROWS[0], ("2025-06", cell))
    yield case(
        "date as value", Fault(2, "km2", "2025"), ROWS[0], ("2025-06", dt.datetime(2025, 5, 1))
    )
    yield case("time as value", Fault(2, "km2", "12"), ROWS[0], ("2025-06", dt.time(12)))
    for cell in (
        45809,
        45809.5,
        20250601,
        202506,
        "Total",
        "Q2",
        True,
        dt.time(12),
        0,
        dt.datetime(1900, 1, 6),
    ):
        shown = (
            "1900"
            if isinstance(cell, dt.datetime)
            else "12"
            if isinstance(cell, dt.time)
            else str(cell)
        )
        yield case(f"month {cell}", Fault(2, "month", shown), ROWS[0], (cell, 588))
    yield case("month empty", Fault(2, "month", "None"), ROWS[0], (None, 588))
    yield case("serial 60", Fault(2, "month", "1900"), ROWS[0], (60, 588), change=_as_date)
    yield case(
        "serial of 9999", Fault(2, "month", "9999"), ROWS[0], (2958465, 588), change=_as_date
    )
    yield case(
        "serial beyond", Fault(2, "month", "#VALUE!"), ROWS[0], (2958466, 588), change=_as_date
    )
    yield case("formula", Fault(2, "km2", "=B2+1"), ROWS[0], ("2025-06", "=B2+1"))
    yield case("formula in the month", Fault(2, "month", "=A2"), ROWS[0], ("=A2", 5))
    computed = sheet(b"<f>B2+81</f><v />", b"<f>B2+81</f><v>588</v>")
    yield case("formula computed", TOTALS, ROWS[0], ("2025-06", "=B2+81"), parts=computed)
    yield case("formula elsewhere", TOTALS, (*ROWS[0], "=B2+1"), ROWS[1], head=(*HEAD, "note"))
    yield case(
        "merged title",
        Fault(says="merged"),
        ROWS[0],
        head=("title", None),
        change=lambda m: m.active.merge_cells("A1:B1"),
    )
    yield case(
        "merged months",
        Fault(2, "month", says="merged"),
        ROWS[0],
        (None, 1),
        change=lambda m: m.active.merge_cells("A2:A3"),
    )
    yield case("merged elsewhere", TOTALS, *ROWS, change=lambda m: m.active.merge_cells("D1:E9"))
    yield case("header only", Fault(says="no rows"))
    yield case("nothing", Fault(says="no header"), head=())
    yield case(
        "name twice",
        Fault(says="two columns are named 'km2'"),
        ("2025-05", 1, 2),
        head=(*HEAD, "km2"),
    )
    yield case("comment on a cell", TOTALS, *ROWS, change=_comment)
    yield case("total below", Fault(3, "month", "Total"), *ROWS, ("Total", 1095))
    yield case("note below", Fault(3, "month", "Source: ISW"), *ROWS, ("Source: ISW",))
    yield case("month twice", Fault(3, "month", "2025-06", says="more than one"), *ROWS, ROWS[1])
    yield from _hostile()


def _since_1904(made: Any) -> None:
    made.epoch = openpyxl.utils.datetime.CALENDAR_MAC_1904


def _hide_row(made: Any) -> None:
    made.active.row_dimensions[2].hidden = True


def _hide_column(made: Any) -> None:
    made.active.column_dimensions["A"].hidden = True


def _hide_first(made: Any) -> None:
    first = made.active
    made.create_sheet("seen")
    made.active = 1
    first.sheet_state = "hidden"


def _as_date(made: Any) -> None:
    made.active["A3"].number_format = "yyyy-mm-dd"


def _comment(made: Any) -> None:
    made.active["B2"].comment = openpyxl.comments.Comment("seen twice", "x")


LAUGHS = b"".join(b'<!ENTITY l%d "%s">' % (n, b"&l%d;" % (n - 1) * 10) for n in range(1, 10))


def _hostile() -> Iterator[Case]:
    def case(name: str, fault: Fault | dict[str, float], parts: Any) -> Case:
        return Case(f"xlsx: {name}", book(HEAD, *ROWS, parts=parts), one(fault))

    doctype = b'<!DOCTYPE x [<!ENTITY l0 "ha">' + LAUGHS + b"]>"
    for part in (
        SHEET,
        "xl/workbook.xml",
        "[Content_Types].xml",
        "xl/styles.xml",
        "docProps/core.xml",
    ):
        yield case(
            f"entities in {part}", Fault(says="document type"), {part: lambda data: doctype + data}
        )
    outside = b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>'
    yield case("outside entity", Fault(says="document type"), {SHEET: lambda data: outside + data})
    wide = "<!DOCTYPE x []>".encode("utf-16")
    yield case("entities in UTF-16", Fault(says="document type"), {SHEET: lambda data: wide + data})
    zeros = {"xl/media/zeros.bin": lambda data: bytes(20_000_000)}
    yield case("zip bomb", Fault(says="zip bomb"), zeros)
    spaces = {
        SHEET: lambda data: data.replace(b"</sheetData>", b" " * 10_000_000 + b"</sheetData>")
    }
    yield case("a sheet of spaces", Fault(says="zip bomb"), spaces)
    rows = b"".join(b'<row r="%d"><c r="XFD%d"><v>1</v></c></row>' % (r, r) for r in range(4, 3000))
    yield case(
        "far cells", Fault(says="empty cells"), sheet(b"</sheetData>", rows + b"</sheetData>")
    )
    last = b'<row r="1048576"><c r="A1048576"><v>1</v></c></row></sheetData>'
    yield case("last row", Fault(3, "month", "1"), sheet(b"</sheetData>", last))
    beyond = b'<row r="99999999"><c r="A99999999"><v>1</v></c></row></sheetData>'
    yield case("beyond the last row", Fault(says="rows"), sheet(b"</sheetData>", beyond))
    yield case("a size declared", TOTALS, sheet(b'ref="A1:B3"', b'ref="A1:XFD1048576"'))
    yield case("a size too small", TOTALS, sheet(b'ref="A1:B3"', b'ref="A1"'))
    yield case("cut XML", Fault(says="not an Excel"), {SHEET: lambda data: data[: len(data) // 2]})
    yield case("no sheet", Fault(says="not an Excel|no sheet"), {SHEET: lambda data: b""})
    yield case("no workbook", Fault(says="not an Excel"), {"xl/workbook.xml": lambda data: b"<x/>"})
    text = {
        SHEET: lambda data: data.replace(
            b'<c r="B2" t="n"><v>507</v>', b'<c r="B2" t="s"><v>99</v>'
        )
    }
    yield case("string that is not there", Fault(says="not an Excel"), text)
    number = sheet(b"<v>507</v>", b"<v>1e400</v>")
    yield case("a number beyond", Fault(1, "km2", "inf"), number)
    nan = sheet(b"<v>507</v>", b"<v>x</v>")
    yield case("a number that is none", Fault(says="cell B2"), nan)
    for name, hurt in {
        "cut": lambda data: data[: len(data) // 2], "cut at the end": lambda data: data[:-10],
        "without its mark": lambda data: b"XX" + data[2:], "byte changed": _flipped,
        "empty zip": lambda data: b"PK\5\6" + bytes(18),
    }.items():  # fmt: skip
        made = book(HEAD, *ROWS)

        def make(folder: Path, made: Any = made, hurt: Any = hurt) -> Path:
            path: Path = made(folder)
            path.write_bytes(hurt(path.read_bytes()))
            return path

        yield Case(f"xlsx damaged: {name}", make, Fault(says="not an Excel"))


def _flipped(data: bytes) -> bytes:
    middle = len(data) // 2
    return data[:middle] + bytes([data[middle] ^ 255]) + data[middle + 1 :]
