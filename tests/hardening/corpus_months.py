"""Months and days as people and machines write them, series and observed days."""

from __future__ import annotations

from collections.abc import Iterator

from hardening.corpus_tables import GAP, Case, Fault, text

GOOD = {
    "months": (["2025-05", "2025-06"], {}),
    "a digit less": (["2025-5", "2025-6"], {}),
    "padded": ([" 2025-05", "2025-06 "], {}),
    "days": (["2025-05-31", "2025-06-30"], {}),
    "first days": (["2025-05-01", "2025-06-01"], {}),
    "first days among months": (["2025-05", "2025-06-01"], {}),
    "stamps": (["2025-05-31T12:00:00", "2025-06-30 23:59:59"], {}),
    "stamps in UTC": (["2025-05-31T23:59:59Z", "2025-06-30T00:00:00Z"], {}),
    "stamps with offsets": (["2025-05-31T23:59:59+03:00", "2025-06-01T00:00:00-11:00"], {}),
    "microseconds": (["2025-05-31T23:59:59.999999", "2025-06-30T00:00:00.000"], {}),
    "the hour that was skipped": (["2025-05-25T03:30:00", "2025-06-29T03:30:00+03:00"], {}),
    "week dates": (["2025-W19-1", "2025-W23-1"], {}),
    "day first, declared": (["01/05/2025", "02/06/2025"], {"date_format": "%d/%m/%Y"}),
    "month first, declared": (["05/01/2025", "06/02/2025"], {"date_format": "%m/%d/%Y"}),
    "dots, declared": (["31.05.2025", "30.06.2025"], {"date_format": "%d.%m.%Y"}),
    "eight digits, declared": (["20250531", "20250630"], {"date_format": "%Y%m%d"}),
    "two digits of a year, declared": (["05/25", "06/25"], {"date_format": "%m/%y"}),
    "six digits, declared": (["202505", "202506"], {"date_format": "%Y%m"}),
}
BAD = (
    *("2025-02-31", "2025-06-31", "2025-02-29", "0001-01", "9999-12", "0000-01", "0001-01-01"),
    *("9999-12-31", "2025-13", "2025-00", "2025-1-", "25-06", "06/2025", "2025/06", "2025.06"),
    *("01/02/2025", "13/02/2025", "02/13/2025", "1.6.2025", "01.02.25", "1/2/25", "2025-31-01"),
    *("June 2025", "Jun-25", "juin 2025", "\u0447\u0435\u0440\u0432\u0435\u043d\u044c 2025"),
    *("\u0438\u044e\u043d\u044c 2025", "Q2 2025", "2025-Q2", "2025Q2", "2025-W23", "2025-153"),
    *("now", "today", "yesterday", "tomorrow", "last month", "NaT", "nan", "", " ", "-", "n/a"),
    *("1748736000", "1748736000000", "45809", "45809.5", "2025", "20250101", "202506", "6"),
    *("2025-06-30x", "2025-06*", "2025\u201306", "\uff12\uff10\uff12\uff15-06", "2025-06-30T25:00"),
    *("Total", "TOTAL", "\u0412\u0441\u044c\u043e\u0433\u043e", "\u0418\u0442\u043e\u0433\u043e"),
    *("Somme", "Average", "Subtotal 2025", "month", "# note", "Source: ISW", "2025-06 (prelim.)"),
    *(
        "2025-06-30T12:00:00 Europe/Kyiv",
        "-2025-06",
        "+2025-06",
        "2025--6",
        "12025-06",
        "2025-06-1",
    ),
    *("1799-12", "2200-01", "Infinity", "1e3", "=TODAY()", "<b>2025-06</b>", "2025-06\u202e"),
)
SERIES = {
    "homoglyph": ("Donetsk", "D\u043enetsk"),
    "html": ("<script>alert(1)</script>", "a&b"),
    "long": ("x" * 10_000, "y"),
    "formula": ("=1+1", "@SUM(1)"),
    "quotes": ('a""b', "c"),
    "emoji": ("\U0001f680", "\u2708"),
    "arabic": ("\u062f\u0645\u0634\u0642", "\u062d\u0644\u0628"),
    "persian joiner": ("\u0645\u06cc\u200c\u0634\u0648\u062f", "b"),
}


def cases() -> Iterator[Case]:
    for name, (cells, options) in GOOD.items():
        data = f"month,km2\n{cells[0]},507\n{cells[1]},588\n"
        yield text(f"month: {name}", data, {"2025-05": 507, "2025-06": 588}, **options)
    for cell in BAD:
        data = f'month,km2\n2025-05,507\n"{cell}",588\n'
        yield text(f"month refused: {cell!a}", data, Fault(2, "month", cell))
    for cell in ("2025-02-31", "now", "01/02/2025", "20250101", "2025-06", "0001-01-01", ""):
        data = f'day,km2\n2025-05-01,507\n"{cell}",588\n'
        fault = Fault(2, "day", cell)
        yield text(f"day refused: {cell}", data, fault, month="day", how="sum")
    mixed = "month,km2\n2025-05,507\n2025-06-30,588\n"
    yield text("months and days mixed", mixed, Fault(2, "month", "2025-06-30"))
    declared = "month,km2\n31.05.2025,507\n2025-06-30,588\n"
    fault = Fault(2, "month", "2025-06-30")
    yield text("declared, and another", declared, fault, date_format="%d.%m.%Y")
    yield from _rows()
    yield from _series()
    yield from _days()


def _rows() -> Iterator[Case]:
    head = "month,km2\n"
    yield text(
        "unsorted", head + "2025-06,3\n2025-04,1\n", {"2025-04": 1, "2025-05": GAP, "2025-06": 3}
    )
    twice = Fault(3, "month", "2025-05", says="more than one")
    yield text("month twice, same", head + "2025-05,1\n2025-06,2\n2025-05,1\n", twice)
    yield text("month twice, other", head + "2025-05,1\n2025-06,2\n2025-05,9\n", twice)
    days = head + "2025-05-01,1\n2025-06-02,2\n2025-05-03,9\n"
    yield text("two days of a month", days, Fault(3, "month", "2025-05", says="how="))
    yield text("header again", head + "2025-05,1\nmonth,km2\n2025-06,2\n", Fault(2, "km2", "km2"))
    yield text("comment inside", head + "2025-05,1\n# x,\n2025-06,2\n", Fault(2, "month", "# x"))
    blank = head + "\n2025-05,1\n\n\r\n2025-06,2\n\n"
    yield text("blank lines", blank, {"2025-05": 1, "2025-06": 2})
    empty = head + "2025-05,1\n,\n2025-06,2\n"
    yield text("row of empty cells", empty, {"2025-05": 1, "2025-06": 2})
    yield text(
        "total at the end", head + "2025-05,1\n2025-06,2\nTotal,3\n", Fault(3, "month", "Total")
    )
    yield text("total without a name", head + "2025-05,1\n2025-06,2\n,3\n", Fault(3, "month", ""))
    yield text("a century", head + "1900-01,1\n1999-12,2\n", _century())
    far = head + "2025-05,1\n2125-05,2\n"
    yield text("a century ahead", far, Fault(2, "month", "2125-05", says="ahead"))


def _century() -> dict[str, float | None]:
    months = {f"{y}-{m:02d}": GAP for y in range(1900, 2000) for m in range(1, 13)}
    return {**months, "1900-01": 1.0, "1999-12": 2.0}


def _series() -> Iterator[Case]:
    for name, (a, b) in SERIES.items():
        data = f'month,km2,who\n2025-05,1,"{a}"\n2025-05,2,"{b}"\n'
        totals = {a.replace('""', '"'): {"2025-05": 1.0}, b: {"2025-05": 2.0}}
        yield text(f"series: {name}", data, totals, series="who")
    for name, cell in {
        "newline": "Donetsk\nOblast", "tab": "Donetsk\tOblast", "spaces": "Donetsk  Oblast",
        "no-break": "Donetsk\u00a0Oblast", "right to left": "Donetsk \u202eOblast",
        "isolate": "\u2066Donetsk Oblast\u2069", "bell": "Donetsk\a Oblast",
        "zero width": "Donetsk\u200b Oblast", "mark inside": "\ufeffDonetsk Oblast",
        "line separator": "Donetsk\u2028Oblast",
    }.items():  # fmt: skip
        data = f'month,km2,who\n2025-05,1,"{cell}"\n2025-06,2,Donetsk Oblast\n'
        totals = {"Donetsk Oblast": {"2025-05": 1.0, "2025-06": 2.0}}
        yield text(f"series cleaned: {name}", data, totals, series="who")
    for name, cell in {"empty": "", "blank": "  ", "only marks": "\u200b\u202e"}.items():
        data = f'month,km2,who\n2025-05,1,a\n2025-05,2,"{cell}"\n'
        yield text(f"series refused: {name}", data, Fault(2, "who", ""), series="who")
    twice = "month,km2,who\n2025-05,1,a\n2025-05,2,b\n2025-05,3,a \n"
    yield text("series twice", twice, Fault(3, "month", "2025-05"), series="who")


def _days() -> Iterator[Case]:
    head = "month,km2,observed_days\n"
    good = head + "2025-05,1,31\n2025-06,2,10\n"
    yield text("observed days", good, {"2025-05": 1, "2025-06": 2})
    for cell in ("31", "-1", "x", "1.5", "", "inf"):
        data = head + f"2025-05,1,31\n2025-06,2,{cell}\n"
        yield text(f"observed days refused: {cell}", data, Fault(2, "observed_days", cell))
    day = "day,km2\n" + "".join(f"2025-06-{d:02d},{d}\n" for d in range(1, 31))
    options = {"month": "day", "how": "sum"}
    yield text("days summed", day, {"2025-06": 465}, **options)
    yield text("day twice", day + "2025-06-30,1\n", Fault(31, "day", "2025-06-30"), **options)
    stock = {"month": "day", "how": "last", "kind": "stock"}
    yield text("days last", day, {"2025-06": 30}, **stock)
    week = "day,km2\n2025-05-05,7\n2025-05-12,14\n2025-05-19,7\n2025-05-26,7\n"
    weeks = {"2025-05": 34, "2025-06": 1}
    yield text("weeks parted", week, weeks, **options, period="week")
    yield text("weeks as days", week, Fault(says="whole weeks apart"), **options)
    over = week + "2025-05-28,7\n"
    yield text("weeks that overlap", over, Fault(5, "day", "2025-05-28"), **options, period="week")
