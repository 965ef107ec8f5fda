"""Workbooks and frames as they arrive, good and hostile, and what must come out of each."""

# ruff: noqa: DTZ001, RUF001
from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import openpyxl
from openpyxl.comments import Comment
from openpyxl.utils.datetime import CALENDAR_MAC_1904

MONTHS = ("2025-01", "2025-02", "2025-03")
GOOD: dict[str, float | None] = {"2025-01": 10.0, "2025-02": 20.0, "2025-03": 30.0}
GAP = GOOD | {"2025-02": None}


@dataclass(frozen=True)
class Cell:
    """An error that names this row, this column and this value."""

    row: int
    column: str
    found: str


@dataclass(frozen=True)
class Refused:
    """An error with these words, of any kind that is documented."""

    words: str = ""


@dataclass(frozen=True)
class Either:
    """Read so, or refused: the documentation promises neither."""

    values: dict[str, float | None] = field(default_factory=lambda: dict(GOOD))


Expected = Mapping[str, float | None] | Cell | Refused | Either
NO = Refused()


@dataclass(frozen=True)
class Input:
    """One thing that is given to a reader."""

    name: str
    make: Callable[[Path], object]
    expect: Expected
    options: dict[str, Any] = field(default_factory=dict)
    reader: str = "load_table"
    leaves: frozenset[str] = frozenset()  # what stands in its folder only once it is read


# Workbooks by openpyxl ------------------------------------------------------------------------


def book(
    rows: Any, *, name: str = "a.xlsx", tweak: Callable[[Any], object] | None = None
) -> Callable[[Path], Path]:
    def make(folder: Path) -> Path:
        wb = openpyxl.Workbook()
        for row in rows:
            wb.active.append(row)
        if tweak:
            tweak(wb)
        wb.save(folder / name)
        return folder / name

    return make


HEAD = ("month", "value")
PLAIN = [HEAD, *GOOD.items()]
DAYS = [HEAD, *((dt.datetime(2025, m, 1), 10 * m) for m in (1, 2, 3))]


def values(*found: object) -> list[tuple[object, ...]]:
    return [HEAD, *zip(MONTHS, found, strict=True)]


def formatted(column: str, form: str) -> Callable[[Any], None]:
    def tweak(wb: Any) -> None:
        for n in (2, 3, 4):
            wb.active[f"{column}{n}"].number_format = form

    return tweak


def sheets(hidden: str, *, other: float = 999.0) -> Callable[[Any], None]:
    """A first sheet of this state with other numbers, before the one that is seen."""

    def tweak(wb: Any) -> None:
        ws = wb.create_sheet("old", 0)
        for row in values(other, other, other):
            ws.append(row)
        ws.sheet_state = hidden
        wb.active = 1

    return tweak


def mac(wb: Any) -> None:
    wb.epoch = CALENDAR_MAC_1904
    for n in (2, 3, 4):
        wb.active[f"A{n}"].value = dt.datetime(2025, n - 1, 1)


def filtered(wb: Any) -> None:
    wb.active.auto_filter.ref = "A1:B4"
    wb.active.row_dimensions[3].hidden = True


def commented(wb: Any) -> None:
    wb.active["B3"].comment = Comment("really 25", "editor")


def charted(wb: Any) -> None:
    wb.create_chartsheet("chart", 0)


def by_name(*series: str) -> list[tuple[object, ...]]:
    return [(s, m, v) for s in series for m, v in GOOD.items()]


def several(wb: Any) -> None:
    for row in PLAIN:
        wb.create_sheet("Дані") if "Дані" not in wb.sheetnames else None
        wb["Дані"].append(row)


TALL = [("series", "month", "value"), *by_name("Kyiv")]

BOOKS = [
    Input("plain", book(PLAIN), GOOD),
    Input("upper-case ending", book(PLAIN, name="A.XLSX"), GOOD),
    Input("dates", book(DAYS), GOOD),
    Input("dates of 1904", book(DAYS, tweak=mac), GOOD),
    Input(
        "ends of months",
        book([HEAD, (dt.date(2025, 1, 31), 10), (dt.date(2025, 2, 28), 20), ("2025-03-31", 30)]),
        GOOD,
    ),
    Input("German month format", book(DAYS, tweak=formatted("A", "[$-407]mmm\\ yy;@")), GOOD),
    Input("Ukrainian month format", book(DAYS, tweak=formatted("A", "[$-422]mmmm yyyy;@")), GOOD),
    Input("Japanese month format", book(DAYS, tweak=formatted("A", 'yyyy"年"m"月"')), GOOD),
    Input("format names drones", book(PLAIN, tweak=formatted("B", '0" drones per day"')), GOOD),
    Input("format with an escaped d", book(PLAIN, tweak=formatted("B", "0\\d")), GOOD),
    Input("format in euros", book(PLAIN, tweak=formatted("B", "#,##0 [$EUR-407]")), GOOD),
    Input("format in millions", book(PLAIN, tweak=formatted("B", '#,##0.0,,"M"')), GOOD),
    Input("format that hides", book(PLAIN, tweak=formatted("B", ";;;")), GOOD),
    Input(
        "percent cells, of percent",
        book(values(0.125, 0.25, 0.5), tweak=formatted("B", "0.0%")),
        {"2025-01": 12.5, "2025-02": 25.0, "2025-03": 50.0},
        {"unit": "%"},
    ),
    Input(
        "percent cells, of shares",
        book(values(0.125, 0.25, 0.5), tweak=formatted("B", "0.0%")),
        Cell(1, "value", "12.5%"),
        {"unit": "share"},
    ),
    Input("numbers as text", book(values("10", "20", "30")), GOOD),
    Input("numbers and text", book(values(10, "20", 30.0)), GOOD),
    Input(
        "thousands as text",
        book(values("1,234,567", "2,000,000", "3,000,001")),
        {"2025-01": 1234567.0, "2025-02": 2000000.0, "2025-03": 3000001.0},
    ),
    Input(
        "German text",
        book(values("1.234,5", "2.000,25", "3,5")),
        {"2025-01": 1234.5, "2025-02": 2000.25, "2025-03": 3.5},
        {"decimal": ",", "thousands": "."},
    ),
    Input("a mark of the unknown", book(values(10, "–", 30)), GAP, {"missing": ("–",)}),
    Input("a dash", book(values(10, "–", 30)), Cell(2, "value", "–")),
    Input("a footnote mark", book(values(10, "20*", 30)), Cell(2, "value", "20*")),
    Input("an estimate", book(values(10, "ca. 20", 30)), Cell(2, "value", "ca. 20")),
    Input("an empty cell", book(values(10, None, 30)), GAP),
    Input("a true", book(values(10, True, 30)), Cell(2, "value", "True")),
    Input(
        "a date among values",
        book(values(10, dt.datetime(2025, 2, 1), 30)),
        Cell(2, "value", "2025"),
    ),
    Input(
        "a time among values", book(values(10, dt.time(20, 0), 30)), Cell(2, "value", "time(20, 0)")
    ),
    Input("a duration", book(values(10, dt.timedelta(hours=20), 30)), Cell(2, "value", "72000")),
    Input("a time as month", book([HEAD, (dt.time(1, 2), 10)]), Cell(1, "month", "time(1, 2)")),
    Input(
        "serials without format", book([HEAD, (45658, 10), (45689, 20)]), Cell(1, "month", "45658")
    ),
    Input(
        "year of 1900", book([HEAD, (1, 10)], tweak=lambda wb: formatted("A", "yyyy-mm-dd")(wb)), NO
    ),
    Input("months as numbers", book([HEAD, (2025.01, 10)]), Cell(1, "month", "2025.01")),
    Input("compact months", book([HEAD, (202501, 10), (202502, 20), (202503, 30)]), Either()),
    Input("a total", book([*PLAIN, ("Total", 60)]), Cell(4, "month", "Total")),
    Input("a Ukrainian total", book([*PLAIN, ("Разом", 60)]), Cell(4, "month", "Разом")),
    Input("an Arabic total", book([*PLAIN, ("المجموع", 60)]), Cell(4, "month", "المجموع")),
    Input("a total without a name", book([*PLAIN, (None, 60)]), Refused("4")),
    Input(
        "a pivot",
        book([("Row Labels", "Sum of value"), *GOOD.items(), ("Grand Total", 60)]),
        Cell(4, "Row Labels", "Grand Total"),
        {"month": "Row Labels", "value": "Sum of value"},
    ),
    Input("a pivot with years between", book([HEAD, ("2025", 60), *GOOD.items()]), NO),
    Input(
        "a series total",
        book([*TALL, *by_name("Total")]),
        {"Kyiv": 60.0, "Total": 60.0},
        {"series": "series"},
    ),
    Input(
        "a source below",
        book([*PLAIN, (), ("Source: Ministry", None)]),
        Refused("Source: Ministry"),
    ),
    Input("empty rows between", book([*PLAIN[:2], (), *PLAIN[2:]]), GOOD),
    Input("a million-like tail", book([*PLAIN, *([(None, None)] * 5000)]), GOOD),
    Input("columns further right", book([(None, None, *r) for r in PLAIN]), GOOD),
    Input("a title above", book([("Attacks by month", None), *PLAIN]), NO),
    Input(
        "a header in two lines",
        book([("month", "value\n(attacks)"), *GOOD.items()]),
        GOOD,
        {"value": "value\n(attacks)"},
    ),
    Input(
        "a header that is a number",
        book([("month", 2025), *GOOD.items()]),
        Either(),
        {"value": "2025"},
    ),
    Input(
        "a name twice", book([("month", "value", "value"), ("2025-01", 10, 99)]), Refused("value")
    ),
    Input("only a header", book([HEAD]), NO),
    Input("nothing", book([]), NO),
    Input(
        "a merged title",
        book([("Attacks", None), *PLAIN], tweak=lambda wb: wb.active.merge_cells("A1:B1")),
        NO,
    ),
    Input(
        "merged names",
        book(TALL, tweak=lambda wb: wb.active.merge_cells("A2:A4")),
        Refused("A2:A4"),
        {"series": "series"},
    ),
    Input(
        "merged values",
        book(PLAIN, tweak=lambda wb: wb.active.merge_cells("B2:B3")),
        Refused("B2:B3"),
    ),
    Input(
        "merged beside",
        book([(*r, "note") for r in PLAIN], tweak=lambda wb: wb.active.merge_cells("D2:D4")),
        Either(),
    ),
    Input("hidden rows", book(PLAIN, tweak=filtered), GOOD),
    Input("a comment", book(PLAIN, tweak=commented), GOOD),
    Input("a hidden first sheet", book(PLAIN, tweak=sheets("hidden")), Either()),
    Input("a very hidden first sheet", book(PLAIN, tweak=sheets("veryHidden")), Either()),
    Input(
        "a hidden sheet, asked for",
        book(PLAIN, tweak=sheets("hidden", other=7.0)),
        dict.fromkeys(MONTHS, 7.0),
        {"sheet": "old"},
    ),
    Input("a sheet by name", book([("x",)], tweak=several), GOOD, {"sheet": "Дані"}),
    Input("a sheet by number", book([("x",)], tweak=several), GOOD, {"sheet": 1}),
    Input("no such sheet", book([("x",)], tweak=several), Refused("Дані"), {"sheet": "Data"}),
    Input("a sheet too far", book(PLAIN), Refused("7"), {"sheet": 7}),
    Input("a sheet below zero", book(PLAIN), Refused("-1"), {"sheet": -1}),
    Input("a sheet that is true", book(PLAIN, tweak=several), Refused("True"), {"sheet": True}),
    Input("a chart first", book(PLAIN, tweak=charted), Either()),
    Input("with macros", book(PLAIN, name="a.xlsm"), Either()),
    Input("named xls", book(PLAIN, name="a.xls"), Either()),
    Input("named csv", book(PLAIN, name="a.csv"), NO),
    Input("named parquet", book(PLAIN, name="a.parquet"), NO),
    Input("named ods", book(PLAIN, name="a.ods"), Either()),
    Input("a formula without result", book(values(10, "=SUM(B2,10)", 30)), Refused("B3")),
    Input("a formula unread", book([(*r, "=1+1") for r in PLAIN]), GOOD),
    Input("a duplicated month", book([*PLAIN, ("2025-02", 21)]), Refused("2025-02")),
    Input(
        "months as text with a time",
        book([(m if m == "month" else m + "-01 00:00:00", v) for m, v in PLAIN]),
        GOOD,
    ),
]
