"""Neighbours of what a first round of text tables had found, thought of with the readers read."""

# ruff: noqa: RUF001 (odd letters are what is tested)

from __future__ import annotations

from hardening.corpus_blind_layouts import both, two
from hardening.corpus_blind_text import (
    DAYS,
    PLAIN,
    D,
    bad,
    column,
    either,
    good,
    long,
    months,
    rows,
)

DMY = "%d%m%Y"
bad("a lost nought in front of a day", months("1122025"), (2, "month", "1122025"), date_format=DMY)
bad("a lost nought in a month", months("2025111"), (2, "month", "2025111"), date_format="%Y%m%d")
good(
    "dates without marks",
    months("01122025", "11012025"),
    {"2025-12": 1, "2025-01": 2},
    date_format=DMY,
)
good(
    "dates without marks, year first", months("20250115", "20250215"), [1, 2], date_format="%Y%m%d"
)
good(
    "months without marks",
    months("202501", "202512"),
    {"2025-01": 1, "2025-12": 2},
    date_format="%Y%m",
)
good(
    "american with a name",
    rows('"Jan 5, 2025",1', '"Feb 15, 2025",2'),
    [1, 2],
    date_format="%b %d, %Y",
)
good("short years", months("05/01/25", "05/02/25"), [1, 2], date_format="%d/%m/%y")
good(
    "dates with hours, declared",
    months("05.01.2025 13:30", "05.02.2025 00:00"),
    [1, 2],
    date_format="%d.%m.%Y %H:%M",
)
bad(
    "a date behind a date",
    months("05.01.2025 - 12.01.2025"),
    (2, "month", "05.01.2025"),
    date_format="%d.%m.%Y",
)
bad("days of months only", rows("01/2025,5"), date_format="%m/%Y", how="sum")
good(
    "days declared",
    rows("30/06/2025,5", "01/07/2025,7"),
    {"2025-06": 5, "2025-07": 7},
    date_format=D,
    how="sum",
    days={"2025-06": 1, "2025-07": 1},
)
either("postgresql's zone", months("2025-01-15 00:00:00+00", "2025-02-15 00:00:00+00"), [1, 2])
either(
    "a zone by name",
    months("2025-01-15 00:00:00 UTC"),
    [1],
    (2, "month", "2025-01-15 00:00:00 UTC"),
)
bad("two zones", months("2025-01-15T00:00:00+00:00Z"), (2, "month", "2025-01-15T00:00:00+00:00Z"))
bad("a unit of time behind", months("2025-01 month"), (2, "month", "2025-01 month"))
bad("a day among months", months("2025-01", "2025-02-15"), (3, "month", "2025-02-15"))
good("first days and months", months("2025-01", "2025-02-01"), [1, 2])
good("spaces of all kinds around months", rows(" 2025-01\u00a0,5", "\u20092025-02,7"), [5, 7])
good("months behind values", "value,month\n5,2025-01\n7,2025-02\n", [5, 7])
good("mark and quotes in a header", '\ufeff"month","value"\n"2025-01","5"\n', [5])
good("mark and sep", "\ufeffsep=;\r\nmonth;value\r\n2025-01;5\r\n", [5])
good("sep of a tab", "sep=\t\nmonth\tvalue\n2025-01\t5\n", [5])
either("sep in capitals", "SEP=;\nmonth;value\n2025-01;5\n", [5])
good("sep in utf-16", "sep=;\r\nmonth;value\r\n2025-01;1,5\r\n", [1.5], write="utf-16")
either("a broken bar", PLAIN.replace(",", "\u00a6"), [5, 7], delimiter="\u00a6")
either("a full-width semicolon", PLAIN.replace(",", "\uff1b"), [5, 7], delimiter="\uff1b")
bad("nul for a delimiter", PLAIN, delimiter="\0")
bad("a letter for a delimiter", PLAIN, delimiter="a")
bad("a digit for a delimiter", PLAIN, delimiter="0")
either("one space", "month value\n2025-01 5\n2025-02 7\n", [5, 7], delimiter=" ")
bad("no missing", PLAIN, missing=None)
bad("a number for missing", PLAIN, missing=(-999,))
good("a list for missing", column("5", "k"), [5, None], missing=["k"])
good("no marks at all", PLAIN, [5, 7], missing=())
bad("no marks, and a gap", column("5", ""), (3, "value", ""), missing=())
bad("a number for a column", PLAIN, value=1)
bad("no column", PLAIN, month="")
bad("an hour for a day", PLAIN, as_of="2025-02-31")
bad("as of a number", PLAIN, as_of=20250301)
bad("a column of days that is the value", rows("2025-01,5,31", head=DAYS), observed_days="value")
bad("series and month in one", PLAIN, series="month")
either("a unit of two words", column("5 air attacks", "7 air attacks"), [5, 7], unit="air attacks")
either("a unit with signs", column("5 km² (net)", "7"), [5, 7], unit="km² (net)")
good("square kilometres", column("5,5 km²", "7 km²", mark=";"), [5.5, 7], unit="km2")
bad("a unit in front", column("attacks 5"), (2, "value", "attacks 5"))
bad("percent, and a fraction of one", column("12%", "0.5"), says=("12%", "0.5"), unit="%")
good("percent and nought", column("12%", "0"), [12, 0], unit="%")
good("per cent by word", column("12 percent", "7 percent"), [12, 7], unit="percent")
either("arabic percent", column("١٢٪"), [12], (2, "value", "١٢٪"), unit="percent")
good(
    "minus 999 in a long table",
    long("2025-01,a,-999", "2025-02,a,-999.00", "2025-03,a,4"),
    {"a": {"2025-01": None, "2025-02": None, "2025-03": 4}},
    series="place",
    missing=("-999",),
)
good("99999, german", column("1.234,5", "-999,0", mark=";"), [1234.5, None], missing=("-999",))
good("nought as a mark", column("5", "0", "0.0"), [5, None, None], missing=("0",))
MANY = [f"{1870 + k // 12}-{k % 12 + 1:02}" for k in range(1500)]


def late(*last: str, first: str = "5") -> str:
    """1,500 months of one value, and then others."""
    cells = [
        *(f'{m},"{first}"' for m in MANY),
        *(f'{2000 + k}-01,"{c}"' for k, c in enumerate(last)),
    ]
    return rows(*cells)


def lately(*last: float | None, first: float = 5) -> dict[str, float | None]:
    """What those hold."""
    return dict.fromkeys(MANY, first) | {f"{2000 + k}-01": v for k, v in enumerate(last)}


good("thousands behind a thousand rows", late("1,234.5", "7"), lately(1234.5, 7))
good("a decimal comma behind a thousand rows", late("1,5", "7"), lately(1.5, 7))
bad("1,234 behind a thousand rows", late("1,234"), (1502, "value", "1,234"))
good("points of thousands behind a thousand rows", late("1.234.567"), lately(1234567))
good("a gap behind a thousand rows", late("", "7"), lately(None, 7))
bad("a word behind a thousand rows", late("x"), (1502, "value", "x"))
bad("two ways behind a thousand rows", late("1,5", first="1.5"), says=("two ways",))
good("arabic digits behind a thousand rows", late("٧"), lately(7))
good("a unit behind a thousand rows", late("7 attacks"), lately(7))
bad(
    "a whole number too large behind a thousand rows",
    late("9007199254740993"),
    (1502, "value", "9007199254740993"),
)
bad(
    "a fraction of a count behind a thousand rows", late("1.5"), (1502, "value", "1.5"), counts=True
)
good("minus 999.0 behind a thousand rows", late("-999.0", "7"), lately(None, 7), missing=("-999",))
bad(
    "a blank month behind a thousand rows",
    rows(*(f"{m},5" for m in MANY), ",5"),
    (1502, "month", ""),
)
good(
    "empty rows behind a thousand rows",
    rows(*(f"{m},5" for m in MANY), ",", ", "),
    dict.fromkeys(MANY, 5),
)
good(
    "empty rows between",
    rows("2025-01,5,x", ",,", '"","",""', " , , ", "2025-02,7,", head="month,value,note"),
    [5, 7],
)
bad(
    "behind empty rows",
    rows("2025-01,5,x", ",,", "2025-02,x,", head="month,value,note"),
    (4, "value", "x"),
)
good("empty rows above", ",,\n;;\n,,\nmonth,value,note\n2025-01,5,x\n".replace(";;\n", ""), [5])
bad(
    "a row of nothing but a note",
    rows("2025-01,5,x", ",,see above", "2025-02,7,", head="month,value,note"),
    (3, "month", ""),
)
good(
    "a space before a quote in a name",
    long('2025-01, "a, b", 1', '2025-02, "a, b", 2'),
    {"a, b": {"2025-01": 1, "2025-02": 2}},
    series="place",
)
good(
    "the same name with and without a space before its quote",
    long('2025-01, "a", 1', '2025-02,"a",2'),
    {"a": {"2025-01": 1, "2025-02": 2}},
    series="place",
)
good(
    "quotes within a name",
    long('2025-01,"Shahed ""Geran""",1'),
    {'Shahed "Geran"': {"2025-01": 1}},
    series="place",
)
good("an inch within a name", long('2025-01,5" gun,1'), {'5" gun': {"2025-01": 1}}, series="place")
either(
    "a name of numbers in two ways",
    long("2025-01,1,5", "2025-02,1.0,7"),
    {"1": {"2025-01": 5, "2025-02": None}, "1.0": {"2025-01": None, "2025-02": 7}},
    series="place",
)
for _what, _a, _b in (
    ("an apostrophe", "Slov'yansk", "Slov\u2019yansk"),
    ("a modifier apostrophe", "Знам'янка", "Знам\u02bcянка"),
    ("a hyphen and a dash", "X-101", "X\u2013101"),
    ("a Cyrillic ha", "X-101", "\u0425-101"),
    ("a joiner of no width", "Kyiv", "Ky\u200div"),
    ("a variation selector", "☂", "☂\ufe0f"),
    ("a small Cyrillic ie in Donetsk", "Donetsk", "Don\u0435tsk"),
    ("mathematical letters", "Kyiv", "𝐊yiv"),
):
    good(
        f"names that look the same: {_what}", two(_a, _b), both(_a, _b), series="place", warns="U+"
    )
good("names of two scripts that differ", two("Rada", "Рада"), both("Rada", "Рада"), series="place")
good(
    "the same word in two scripts, not the same to the eye",
    two("Х-22", "H-22"),
    both("Х-22", "H-22"),
    series="place",
)
good(
    "a thousand names, two of them alike",
    long(*(f"2025-01,п{k},1" for k in range(1000)), "2025-01,Ch7,2", "2025-01,С\u04bb7,3"),
    {
        **{f"п{k}": {"2025-01": 1} for k in range(1000)},
        "Ch7": {"2025-01": 2},
        "С\u04bb7": {"2025-01": 3},
    },
    series="place",
    warns="U+04BB",
)
good(
    "french thousands declared by a space",
    column("1\u00a0234", "2\u202f345", "3 456"),
    [1234, 2345, 3456],
    thousands=" ",
)
good("lakhs declared", column("1,23,456", "999"), [123456, 999], thousands=",")
bad("lakhs broken", column("1,23,45"), (2, "value", "1,23,45"), thousands=",")
bad("lakhs undeclared", column("1,23,456"), (2, "value", "1,23,456"), says=("thousands=','",))
bad("thousands by point, and half a number", column("1.5"), (2, "value", "1.5"), thousands=".")
good(
    "thousands by apostrophe declared, decimal comma",
    column("1'234,5", mark=";"),
    [1234.5],
    thousands="'",
    decimal=",",
)
good(
    "line ends in a header of semicolons",
    '"Monat";"Angriffe\n(gesamt)"\n2025-01;"1,5"\n',
    [1.5],
    month="Monat",
    value="Angriffe\n(gesamt)",
)
good(
    "line ends of windows in a header of tabs",
    'month\t"value\r\n(n)"\r\n2025-01\t5\r\n',
    [5],
    value="value\r\n(n)",
    file="t.csv",
)
good(
    "old macintosh with semicolons",
    rows("2025-01;1,5", "2025-02;7", head="month;value", end="\r"),
    [1.5, 7],
)
good("old macintosh with sep", "sep=;\rmonth;value\r2025-01;5\r", [5])
bad(
    "old macintosh, a word",
    rows("2025-01;1,5", "2025-02;x", head="month;value", end="\r"),
    (3, "value", "x"),
)
