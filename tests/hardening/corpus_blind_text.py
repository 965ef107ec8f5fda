"""Numbers and dates in text tables, by somebody who had read the documentation, not the readers.

Every expectation was decided before its input was first read; one that was changed afterwards says
why, but where an error names another cell of the same line that is as wrong. What other corpora
have already was taken out.
"""

# ruff: noqa: RUF001 (odd letters are what is tested)

from __future__ import annotations

import csv
import datetime as dt
import io
from dataclasses import dataclass, field
from typing import Any

Want = dict[str, dict[str, float | None]]


@dataclass(frozen=True)
class Blind:
    """An input, and what must come of it: values, an error, or either of the two."""

    name: str
    data: bytes
    options: dict[str, Any]
    file: str = "table.csv"
    want: Want | None = None  # what a reading gives; None where it must be refused
    refusal: bool = False  # whether a refusal is right (too)
    cell: tuple[int, str, str] | None = None  # the line, column and value a refusal names
    says: tuple[str, ...] = ()  # what a refusal says besides
    days: dict[str, int] = field(default_factory=dict)  # observed days
    warns: str = ""  # what a warning says


CASES: dict[str, Blind] = {}  # by name: pytest imports this file more than once


def _case(name: str, data: str | bytes, want: Any, refusal: bool, /, **rest: Any) -> None:
    options = {"month": "month", "value": "value", "unit": "attacks"}
    own = {k: rest.pop(k) for k in ("file", "cell", "says", "days", "warns") if k in rest}
    coding = rest.pop("write", "utf-8")
    options.update(rest)
    if isinstance(want, list):
        want = {f"{2025 + k // 12}-{k % 12 + 1:02}": v for k, v in enumerate(want)}
    if isinstance(want, dict) and not isinstance(next(iter(want.values())), dict):
        want = {options.get("name") or options["value"]: want}
    raw = data.encode(coding) if isinstance(data, str) else data
    case = Blind(name, raw, options, want=want, refusal=refusal, **own)
    if repr(CASES.setdefault(name, case)) != repr(case):
        raise ValueError(f"two cases are named {name!r}")


def good(name: str, data: str | bytes, want: Any, /, **rest: Any) -> None:
    """Must be read, with these values."""
    _case(name, data, want, False, **rest)


def bad(name: str, data: str | bytes, cell: Any = None, /, **rest: Any) -> None:
    """Must be refused; where a cell is at fault, with its line, column and value."""
    _case(name, data, None, True, cell=cell, **rest)


def either(name: str, data: str | bytes, want: Any, cell: Any = None, /, **rest: Any) -> None:
    """Must be read with these values, or refused."""
    _case(name, data, want, True, cell=cell, **rest)


def rows(*lines: str, head: str = "month,value", end: str = "\n") -> str:
    """A table with this header, line by line."""
    return end.join([head, *lines]) + end


def column(*cells: str, mark: str = ",") -> str:
    """These values, quoted where need be, in the months from January 2025 on."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=mark, lineterminator="\n")
    writer.writerow(["month", "value"])
    writer.writerows([f"{2025 + k // 12}-{k % 12 + 1:02}", cell] for k, cell in enumerate(cells))
    return out.getvalue()


def months(*cells: str, head: str = "month,value") -> str:
    """These months, with the values 1, 2, 3, ..."""
    return rows(*(f"{cell},{k}" for k, cell in enumerate(cells, 1)), head=head)


def long(*lines: str) -> str:
    """A table of month, place and value."""
    return rows(*lines, head="month,place,value")


PLAIN = rows("2025-01,5", "2025-02,7")
D = "%d/%m/%Y"

# --- Numbers of every locale -------------------------------------------------------------------
good("english thousands told by a decimal", column("1,234.5", "12"), [1234.5, 12])
good("english thousands told by two marks", column("1,234,567", "89,012"), [1234567, 89012])
good("german told by both marks", column("1.234,5", "12", mark=";"), [1234.5, 12])
good("german point told by a comma cell", column("1.234", "507,5", mark=";"), [1234, 507.5])
good("german declared", column("1.234", "2.500", mark=";"), [1234, 2500], thousands=".")
good("german declared, both", column("1.234", "0,5"), [1234, 0.5], thousands=".", decimal=",")
bad("german counts undeclared", column("999", "1.234", "1.500", mark=";"), says=("1.234",))
bad("english counts undeclared", column("999", "1,234"), says=("1,234",))
# Expected to be refused at first; but a file of commas comes from a program, and a note says it.
good("three decimals everywhere", column("1.234", "2.345"), [1.234, 2.345])
good("three decimals with a leading zero", column("0.123", "1.234"), [0.123, 1.234])
good("three decimals declared", column("1.234", "2.345"), [1.234, 2.345], decimal=".")
good("french no-break space", column("1\u00a0234,5", "12", mark=";"), [1234.5, 12])
good("french narrow no-break space", column("12\u202f345", "1\u202f000\u202f000"), [12345, 1e6])
good("thin space", column("12\u2009345", "67\u2009890"), [12345, 67890])
# Expected to be read at first; but one space alone may part two cells, and the error says how.
bad("plain space", column("12 345", "999"), (2, "value", "12 345"), says=("thousands=' '",))
good("plain spaces", column("12 345", "67 890", "999"), [12345, 67890, 999])
either("declared plain space, written as no-break", column("1\u00a0234"), [1234], thousands=" ")
bad("a footnote copied behind a space", column("345", "123 1"), (3, "value", "123 1"))
good("swiss apostrophe", column("1'234.50", "12"), [1234.5, 12])
good("swiss typographic apostrophe", column("1\u2019234", "2\u2019500\u2019000"), [1234, 2500000])
either("indian lakhs", column("12,34,567", "1,00,000"), [1234567, 100000])
bad("thousands in the wrong place", column("1,2345"), (2, "value", "1,2345"), thousands=",")
bad("thousands at the end", column("1,234,"), (2, "value", "1,234,"), thousands=",")
bad("english and german in one column", column("1,234.5", "1.234,5"))
bad("another mark than declared", column("1.234", "5"), (2, "value", "1.234"), decimal=",")
good("arabic digits", column("١٢٣", "٤٥"), [123, 45])
good("arabic marks", column("١٬٢٣٤٫٥", "٧"), [1234.5, 7])
good("persian digits", column("۱۲۳", "۴۵۶"), [123, 456])
either("digits of two scripts in a cell", column("1٢3"), [123], (2, "value", "1٢3"))
either("devanagari", column("१२३"), [123], (2, "value", "१२३"))
good("full width", column("１２３", "４"), [123, 4])
either("full width with comma", column("１，２３４，５６７"), [1234567])
good("true minus", column("\u22125", "\u22121.5"), [-5, -1.5])
either("en dash for minus", column("\u20135"), [-5], (2, "value", "\u20135"))
either("accountants' brackets", column("(5)", "7"), [-5, 7], (2, "value", "(5)"))
either("minus behind, as SAP writes", column("5-", "7"), [-5, 7], (2, "value", "5-"))
good("plus", column("+5", "7"), [5, 7])
good("bare points", column("5.", ".5"), [5, 0.5])
good("scientific", column("1e3", "1E+05", "2.5e-1"), [1000, 100000, 0.25])
good("scientific, german", column("1,5E+03", "2,25", mark=";"), [1500, 2.25])
good("zeros in front", column("007", "-0"), [7, 0])
bad("hexadecimal float", column("0x1p4"), (2, "value", "0x1p4"))
bad("infinity", column("-Infinity"), (2, "value", "-Infinity"))
bad("infinity sign", column("5", "\u221e"), (3, "value", "\u221e"))
either("next to nothing", column("1e-400", "1"), [0, 1])
good("large but fine", column("1e300", "1"), [1e300, 1])
good("largest whole number", column("9007199254740992"), [9007199254740992])
bad("five thousand digits", column("7" * 5000), (2, "value", "777"))
good("seventeen digits", column("0.1", "0.2", "0.30000000000000004"), [0.1, 0.2, 0.1 + 0.2])
bad("a truth value", column("5", "TRUE"), (3, "value", "TRUE"))
bad("raised footnote", column("123", "123¹"), (3, "value", "123¹"))
bad("circled", column("⑤"), (2, "value", "⑤"))
bad("chinese", column("十二"), (2, "value", "十二"))
bad("letter for nought", column("1O5"), (2, "value", "1O5"))
good("the unit behind", column("5 attacks", "7 attacks"), [5, 7])
either("the unit, once in the singular", column("1 attack", "7 attacks"), [1, 7])
bad("another unit", column("5 km2", "7"), (2, "value", "5 km2"))
good("percent of percent", column("5%", "7.5 %"), [5, 7.5], unit="percent")
bad("percent of attacks", column("5%", "7%"), (2, "value", "5%"))
bad("percent in some cells", column("5%", "0.07"), unit="percent")
bad("thousands by letter", column("5k", "7"), (2, "value", "5k"))
bad("millions by letter", column("1.2M"), (2, "value", "1.2M"))
bad("about", column("~5"), (2, "value", "~5"))
bad("at least", column("≥5"), (2, "value", "≥5"))
bad("fewer than", column("5", "<5"), (3, "value", "<5"))
bad("an asterisk", column("5*"), (2, "value", "5*"))
bad("estimated", column("5 (est.)"), (2, "value", "5 (est.)"))
bad("wikipedia's footnote", column("5[1]"), (2, "value", "5[1]"))
bad("a range", column("5-7"), (2, "value", "5-7"))
bad("a range by en dash", column("5–7"), (2, "value", "5–7"))
bad("a sum", column("5+7"), (2, "value", "5+7"))
bad("a fraction", column("5/7"), (2, "value", "5/7"))
bad("eurostat's flag", column("123 p"), (2, "value", "123 p"))
bad("currency", column("€1.50"), (2, "value", "€1.50"))
bad("a time", column("12:30"), (2, "value", "12:30"))
bad("a date, made by a spreadsheet", column("3", "01. Mai", mark=";"), (3, "value", "01. Mai"))
bad("an iso date", column("2025-05-01"), (2, "value", "2025-05-01"))
bad("a formula", column("=SUM(B1:B2)"), (2, "value", "=SUM(B1:B2)"))
bad("too narrow a column", column("#####"), (2, "value", "#####"))
bad("libreoffice's error", column("Err:502"), (2, "value", "Err:502"))
bad("an apostrophe in front", column("'5"), (2, "value", "'5"))
bad("typographic quotes", column("“5”"), (2, "value", "“5”"))
either("arabic digits in a right-to-left embedding", column("\u202b١٢\u202c"), [12])
bad("reversed by an override", column("\u202e123\u202c"), (2, "value", "123"))
bad("a nul in a number", column("5\x006"), (2, "value", "5"))
good("spaces around", rows("2025-01 , 5 ", " 2025-02,\t7"), [5, 7])
good("no-break spaces around", column("\u00a05\u00a0", "7"), [5, 7])
bad("counts below nought", column("5", "-3"), (3, "value", "-3"), counts=True)
bad("a count and a half", column("5", "2.5"), (3, "value", "2.5"), counts=True)
good("counts with a point nought", column("5.0", "7"), [5, 7], counts=True)

# --- Missing values ----------------------------------------------------------------------------
good("marks of missing values", column("5", "NA", "#N/A", "null", "", "7"), [5] + [None] * 4 + [7])
good("blank of spaces", column("5", "   ", "7"), [5, None, 7])
bad("mysql's null", column("5", "\\N"), (3, "value", "\\N"))
good("sas's point, declared", column("5", ".", "7"), [5, None, 7], missing=(".",))
good("world bank's points, declared", column("5", "..", ""), [5, None, None], missing=("", ".."))
good("minus 999, declared", column("5", "-999", "7"), [5, None, 7], missing=("-999",))
either("minus 999.0, declared as -999", column("-999.0", "7"), [None, 7], missing=("-999",))
bad("missing words in another tongue", column("5", "k. A."), (3, "value", "k. A."))
bad("nothing but gaps", column("", "NA"))
bad("missing as a bare text", column("5", "NA"), missing="NA")
good("nought is not missing", column("0", "", "0.0"), [0, None, 0])

# --- Months and dates --------------------------------------------------------------------------
JAN_MAR = {"2025-01": 1, "2025-02": 2, "2025-03": 3}
good("javascript stamps", months("2025-01-15T00:00:00.000Z", "2025-02-15T00:00:00.000Z"), [1, 2])
good(
    "offsets", months("2025-01-15T12:00:00+02:00", "2025-04-15T12:00:00+03:00"), [1, None, None, 2]
)
either("late evening with an offset", months("2025-01-31T23:30:00-05:00"), [1])
good("descending", months("2025-03", "2025-02", "2025-01"), [3, 2, 1])
good("shuffled with a gap", months("2025-06", "2025-01", "2025-04"), [2, None, None, 3, None, 1])
bad("buddhist year", months("2568-06"), (2, "month", "2568-06"))
bad("persian year", months("1404-03"), (2, "month", "1404-03"))
bad("a year only", months("2024", "2025"), (2, "month", "2024"))
bad("a quarter", months("2025-Q1"), (2, "month", "2025-Q1"))
bad("half a year", months("2025-H1"), (2, "month", "2025-H1"))
bad("excel's serial", months("45658", "45689"), (2, "month", "45658"))
bad("seconds since 1970", months("1735689600"), (2, "month", "1735689600"))
bad("a month's name only", months("January", "February"), (2, "month", "January"))
bad("two formats", months("2025-01-15", "15/02/2025"), (3, "month", "15/02/2025"))
bad("an interval", months("2025-01-01/2025-01-31"), (2, "month", "2025-01-01/2025-01-31"))
bad("hour 25", months("2025-01-01T25:00"), (2, "month", "2025-01-01T25:00"))
bad("an hour of nowhere", months("2025-01-01T10:00+99:00"), (2, "month", "2025-01-01T10:00+99:00"))
bad("cut short", months("2025-01", "2025-0"), (3, "month", "2025-0"))
bad("missing month", rows("2025-01,5", "NA,7"), (3, "month", "NA"))
bad("something behind the month", months("2025-01 (p)"), (2, "month", "2025-01 (p)"))
bad("two months in a cell", months("2025-01 2025-02"), (2, "month", "2025-01 2025-02"))
either("basic iso", months("20250115", "20250215"), [1, 2], (2, "month", "20250115"))
either("slashes, year first", months("2025/01", "2025/02"), [1, 2], (2, "month", "2025/01"))
either("one digit", months("2025-1", "2025-2"), [1, 2], (2, "month", "2025-1"))
either("no-break hyphens", months("2025\u201101"), [1], (2, "month", "2025\u201101"))
either("stata's months", months("2025m1", "2025m2"), [1, 2], (2, "month", "2025m1"))
either("imf's months", months("2025M01", "2025M02"), [1, 2], (2, "month", "2025M01"))
either("persian digits in months", months("۲۰۲۵-۰۱"), [1], (2, "month", "۲۰۲۵-۰۱"))
either("ordinal day", months("2025-032"), {"2025-02": 1}, (2, "month", "2025-032"))
either("week date", months("2025-W06-1"), {"2025-02": 1}, (2, "month", "2025-W06-1"))
bad("week without a day", months("2025-W05"), (2, "month", "2025-W05"))
good("stata's months, declared", months("2025m1", "2025m2"), [1, 2], date_format="%Ym%m")
good("sas's dates", months("01JAN2025", "01FEB2025"), [1, 2], date_format="%d%b%Y")
good("days first", months("05/01/2025", "31/01/2026"), [1, *[None] * 11, 2], date_format=D)
good("days first, unpadded", months("5/1/2025", "5/2/2025"), [1, 2], date_format=D)
good("months first", months("01/31/2025", "02/28/2025"), [1, 2], date_format="%m/%d/%Y")
good("german dates", months("31.01.2025", "28.02.2025"), [1, 2], date_format="%d.%m.%Y")
good("excel's short months", months("Jan-25", "Feb-25"), [1, 2], date_format="%b-%y")
good("english names", months("January 2025", "MARCH 2025"), [1, None, 2], date_format="%B %Y")
bad("french names", months("janvier 2025"), (2, "month", "janvier 2025"), date_format="%B %Y")
good("day of the year", months("2025032"), {"2025-02": 1}, date_format="%Y%j")
bad("31 February, declared", months("31/02/2025"), (2, "month", "31/02/2025"), date_format=D)
bad(
    "iso though declared",
    months("05/01/2025", "2025-02-01"),
    (3, "month", "2025-02-01"),
    date_format=D,
)
bad(
    "a year of two digits that is to come",
    months("06/68"),
    (2, "month", "06/68"),
    date_format="%m/%y",
)
bad("a format of years", months("2025"), date_format="%Y")
bad("a format of months", months("06"), date_format="%m")
bad("a format of days", months("2025 15"), date_format="%Y %d")
bad("a format of times", months("12:30"), date_format="%H:%M")
bad("a format that python forgets: weeks", months("2025-W23"), date_format="%Y-W%W")
good("weeks of monday", months("2025-05-1"), {"2025-02": 1}, date_format="%Y-%W-%w")
bad("an empty format", PLAIN, date_format="")
bad("a format of nothing", PLAIN, date_format="%Q")
bad("a format that ends in percent", PLAIN, date_format="%Y-%m-%")
bad("a format with brackets", PLAIN, date_format="(%Y-%m")
bad("the same mark twice", months("2025-01 2025"), date_format="%Y-%m %Y")

# --- Days and weeks ----------------------------------------------------------------------------
JUNE = [f"2025-06-{d:02},{d}" for d in range(1, 31)]
good("a month of days", rows(*JUNE), {"2025-06": 465}, how="sum", days={"2025-06": 30})
good(
    "a day missing", rows(*JUNE[:9], *JUNE[10:]), {"2025-06": 455}, how="sum", days={"2025-06": 29}
)
good(
    "a day of unknown value",
    rows(*JUNE[:29], "2025-06-30,"),
    {"2025-06": 435},
    how="sum",
    days={"2025-06": 29},
)
good("days backwards, last", rows(*JUNE[::-1]), {"2025-06": 30}, how="last", kind="stock")
good(
    "last value unknown",
    rows(*JUNE[:29], "2025-06-30,NA"),
    {"2025-06": 29},
    how="last",
    kind="stock",
)
bad("a day twice", rows(*JUNE, "2025-06-10,10"), how="sum", says=("2025-06-10",))
bad("days without how", rows(*JUNE), says=("2025-06",))
bad("months among days", rows("2025-06-01,5", "2025-07,9"), (3, "month", "2025-07"), how="sum")
bad("sum of a stock", rows(*JUNE), how="sum", kind="stock")
bad("last of a flow", rows(*JUNE), how="last")
good(
    "a week over a month's end",
    rows("2025-06-23,70", "2025-06-30,70", "2025-07-07,7"),
    {"2025-06": 80, "2025-07": 67},
    how="sum",
    period="week",
    days={"2025-06": 8, "2025-07": 13},
)
bad("weeks that overlap", rows("2025-06-02,7", "2025-06-05,7"), how="sum", period="week")
good(
    "as of the middle",
    rows("2025-05,9", "2025-06,5"),
    {"2025-05": 9, "2025-06": 5},
    as_of=dt.date(2025, 6, 11),
    days={"2025-05": 31, "2025-06": 11},
)
bad("known before it was", rows("2025-06,5"), as_of=dt.date(2025, 5, 31), says=("2025-06",))
bad("two times of one day", rows("2025-06-01 08:00,5", "2025-06-01 20:00,7"), how="sum")
DAYS = "month,value,observed_days"
good("observed days", rows("2025-06,5,11", head=DAYS), {"2025-06": 5}, days={"2025-06": 11})
bad("31 days of June", rows("2025-06,5,31", head=DAYS), (2, "observed_days", "31"))
bad("half a day", rows("2025-06,5,11.5", head=DAYS), (2, "observed_days", "11.5"))
bad("days below nought", rows("2025-06,5,-1", head=DAYS), (2, "observed_days", "-1"))
bad("days in words", rows("2025-06,5,all", head=DAYS), (2, "observed_days", "all"))
bad("a value of no days", rows("2025-06,5,0", head=DAYS), says=("2025-06",))
bad("no number of days", rows("2025-06,5,", head=DAYS))
bad(
    "two series that disagree on the days",
    rows("2025-06,a,5,11", "2025-06,b,5,12", head="month,place,value,observed_days"),
    series="place",
)
