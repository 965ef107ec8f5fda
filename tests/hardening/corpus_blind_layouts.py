"""Encodings, delimiters, rows, names and options of text tables, as in `corpus_blind_text`."""

# ruff: noqa: RUF001 (odd letters are what is tested)

from __future__ import annotations

import codecs

from hardening.corpus_blind_text import (
    JUNE,
    PLAIN,
    Want,
    bad,
    column,
    either,
    good,
    long,
    months,
    rows,
)

# --- Encodings ---------------------------------------------------------------------------------
KYIV = long("2025-01,Київ,5", "2025-02,Київ,7")
HERE: Want = {"Київ": {"2025-01": 5, "2025-02": 7}}
good("utf-8", KYIV, HERE, series="place")
good("utf-8 with its mark", KYIV, HERE, series="place", write="utf-8-sig")
good(
    "utf-8 with its mark, declared", KYIV, HERE, series="place", write="utf-8-sig", encoding="utf-8"
)
good("utf-16 of excel", KYIV.replace(",", "\t"), HERE, series="place", write="utf-16", file="t.txt")
good("utf-16 big end first", codecs.BOM_UTF16_BE + KYIV.encode("utf-16-be"), HERE, series="place")
either("utf-16 without a mark", KYIV, HERE, series="place", write="utf-16-le")
good("utf-16 declared", KYIV, HERE, series="place", write="utf-16-le", encoding="utf-16-le")
either("utf-32", KYIV, HERE, series="place", write="utf-32")
either("two marks", "\ufeff" + KYIV, HERE, series="place", write="utf-8-sig")
bad("utf-16 of odd length", KYIV.encode("utf-16")[:-1], series="place")
for _coding in ("cp1251", "koi8-u", "mac-cyrillic", "iso8859-5"):
    good(f"{_coding} declared", KYIV, HERE, series="place", write=_coding, encoding=_coding)
    bad(f"{_coding} undeclared", KYIV, series="place", write=_coding)
UMLAUT = long("2025-01,Zürich – Süd,5")
good(
    "cp1252 declared",
    UMLAUT,
    {"Zürich – Süd": {"2025-01": 5}},
    series="place",
    write="cp1252",
    encoding="cp1252",
)
bad("cp1252 undeclared", UMLAUT, series="place", write="cp1252")
good(
    "latin-1 header",
    "Monat;Tote (geschätzt)\n2025-01;5\n",
    [5],
    month="Monat",
    value="Tote (geschätzt)",
    write="latin-1",
    encoding="latin-1",
)
GAZA = long("2025-01,غزة,١٢", "2025-02,غزة,٧")
good("utf-8 arabic", GAZA, {"غزة": {"2025-01": 12, "2025-02": 7}}, series="place")
good(
    "cp1256 declared",
    long("2025-01,غزة,12"),
    {"غزة": {"2025-01": 12}},
    series="place",
    write="cp1256",
    encoding="cp1256",
)
bad("ascii declared of what is not", KYIV, series="place", encoding="ascii")
for _coding in ("utf-9", "", "base64", "rot13", "zlib", "undefined", "mbcs", "utf-8\0"):
    bad(f"encoding {_coding!r}", PLAIN, encoding=_coding)
bad("half a character at the end", PLAIN.encode() + b"2025-03,\xd0", encoding="utf-8")
bad("surrogates", PLAIN.encode() + b"\xed\xa0\x80,7\n")
bad("overlong", PLAIN.encode() + b"2025-03,\xc0\xb5\n")

# --- Delimiters, quotes, lines -----------------------------------------------------------------
good("tabs", PLAIN.replace(",", "\t"), [5, 7], file="t.tsv")
good("tabs in a csv", PLAIN.replace(",", "\t"), [5, 7])
good("pipes", PLAIN.replace(",", "|"), [5, 7], file="t.txt")
good("semicolons", PLAIN.replace(",", ";"), [5, 7])
good("a colon declared", PLAIN.replace(",", ":"), [5, 7], delimiter=":")
good("a caret declared", PLAIN.replace(",", "^"), [5, 7], delimiter="^")
good("a unit separator declared", PLAIN.replace(",", "\x1f"), [5, 7], delimiter="\x1f")
good("excel's sep line", "sep=;\n" + PLAIN.replace(",", ";"), [5, 7])
bad("two characters", PLAIN.replace(",", "||"), delimiter="||")
bad("no character", PLAIN, delimiter="")
bad("a line end for a delimiter", PLAIN, delimiter="\n")
bad("a quote for a delimiter", PLAIN, delimiter='"')
bad("another delimiter than declared", PLAIN, delimiter=";")
bad("header and rows differ", "month;value\n2025-01,5\n")
good("a semicolon in a header of commas", '"month","value","a; b; c; d"\n2025-01,5,x\n', [5])
good("commas in a header of semicolons", "month;value;killed, wounded, missing\n2025-01;5;x\n", [5])
good("upper case ending", PLAIN, [5, 7], file="T.CSV")
good("all quoted", '"month","value"\n"2025-01","5"\n"2025-02","7"\n', [5, 7])
good(
    "quotes in quotes",
    rows('2025-01,5,"a ""b"", c"', "2025-02,7,", head="month,value,note"),
    [5, 7],
)
good(
    "line ends in quotes",
    rows('2025-01,5,"a\nb\r\nc"', "2025-02,7,x", head="month,value,note"),
    [5, 7],
)
bad(
    "behind line ends in quotes",
    rows('2025-01,5,"a\nb"', "2025-02,x,", head="month,value,note"),
    (4, "value", "x"),
)
bad("behind blank lines", "month,value\n\n2025-01,5\n\n\n2025-02,x\n", (6, "value", "x"))
good("blank lines", "month,value\n\n2025-01,5\n\n\n2025-02,7\n\n", [5, 7])
bad(
    "behind line separators in a note",
    rows("2025-01,5,a\u2028b\x85c\x0cd", "2025-02,x,", head="month,value,note"),
    (3, "value", "x"),
)
good(
    "line separators in a note",
    rows("2025-01,5,a\u2028b\x85c\x0bd\x1ce", "2025-02,7,", head="month,value,note"),
    [5, 7],
)
bad("a quote never closed", rows('2025-01,"5', "2025-02,7"))
bad(
    "a quote never closed, in a note",
    rows('2025-01,5,"x', "2025-02,7,y", "2025-03,9,z", head="month,value,note"),
)
either(
    "an inch in a note", rows('2025-01,5,5" gun', "2025-02,7,x", head="month,value,note"), [5, 7]
)
either(
    "backslashes before quotes",
    rows(r'2025-01,5,"a \"b\" c"', "2025-02,7,x", head="month,value,note"),
    [5, 7],
)
bad("single quotes", rows("2025-01,'5'"), (2, "value", "'5'"))
good("windows", rows("2025-01,5", "2025-02,7", end="\r\n"), [5, 7])
either("old macintosh", rows("2025-01,5", "2025-02,7", end="\r"), [5, 7])
either("line ends doubled", rows("2025-01,5", "2025-02,7", end="\r\r\n"), [5, 7])
good("mixed line ends", "month,value\r\n2025-01,5\n2025-02,7\r\n", [5, 7])
good("no last line end", PLAIN.rstrip(), [5, 7])
either("control-Z", PLAIN + "\x1a", [5, 7])
bad("noughts of a lost disk block", PLAIN.encode() + bytes(512))
good("a space behind the comma", "month, value\n2025-01, 5\n", [5])
good("a quote behind a space", 'month, value\n2025-01, "5"\n', [5])

# --- Rows and columns --------------------------------------------------------------------------
bad("a short row", rows("2025-01,5", "2025-02"), says=("line 3",))
bad("a long row", rows("2025-01,5", "2025-02,7,9"), says=("line 3",))
bad("unquoted thousands", rows("2025-01,999", "2025-02,1,234"), says=("line 3",))
bad("unquoted thousands throughout", rows("2025-01,1,999", "2025-02,1,234"))
# Expected to be refused at first; but the file is a sound table of three columns.
good("a column without a name", rows("2025-01,1,5", "2025-02,1,7", head="month,value,"), [1, 1])
good(
    "empty columns of a spreadsheet",
    rows("2025-01,5,,", "2025-02,7,,", head="month,value,,"),
    [5, 7],
)
good(
    "empty rows of a spreadsheet",
    rows("2025-01,5,x", "2025-02,7,", ",,", ",,", head="month,value,note"),
    [5, 7],
)
either("a delimiter at the end of rows", rows("2025-01,5,", "2025-02,7,"), [5, 7])
good("row names of R", '"","month","value"\n"1","2025-01",5\n"2","2025-02",7\n', [5, 7])
bad("row names of R, unnamed", 'month value\n"1" 2025-01 5\n', delimiter=" ")
good("an index of pandas", ",month,value\n0,2025-01,5.0\n1,2025-02,\n2,2025-03,7.0\n", [5, None, 7])
bad("no header", "2025-01,5\n2025-02,7\n")
bad("another column", PLAIN, value="wert", says=("wert",))
bad("another case", PLAIN, value="Value", says=("Value",))
bad("a name twice", "month,value,value\n2025-01,5,7\n")
bad("a name twice but for a space", "month,value,value \n2025-01,5,7\n")
# Expected to be read at first; the refusal is documented.
either("a name twice that is not read", "month,value,note,note\n2025-01,5,a,b\n", [5])
good("a line end in a header", '"month","value\n(total)"\n2025-01,5\n', [5], value="value\n(total)")
either("a no-break space in a header", "month,value\u00a0\n2025-01,5\n", [5])
either(
    "a header composed otherwise",
    "month,tue\u0301s\n2025-01,5\n",
    {"2025-01": 5},
    value="tués",
    name="tués",
)
good("a header of html", "month,<b>value</b>\n2025-01,5\n", [5], value="<b>value</b>")
bad(
    "two lines of header",
    "month,Drones,\n,launched,downed\n2025-01,5,4\n",
    (2, "Drones", "launched"),
    value="Drones",
)
bad("units below the header", "month,value\n,number\n2025-01,5\n", (2, "value", "number"))
bad("the header again", rows("2025-01,5", "month,value", "2025-02,7"), (3, "value", "value"))
bad("a german total", rows("2025-01,5", "Gesamt,5"), (3, "month", "Gesamt"))
bad("a ukrainian total", rows("2025-01,5", "Разом,5"), (3, "month", "Разом"))
bad(
    "a pivot's grand total",
    "Row Labels,Sum of n\n2025-01,5\nGrand Total,5\n",
    (3, "Row Labels", "Grand Total"),
    month="Row Labels",
    value="Sum of n",
)
bad("a total of quarters between", rows("2025-01,5", "Q1,5"), (3, "month", "Q1"))
bad("a total of years between", rows("2024-12,5", "2024,5", "2025-01,7"), (3, "month", "2024"))
bad("a source at the end", rows("2025-01,5", "Source: ministry,"), (3, "month", "Source: ministry"))
bad("a source at the end, ragged", rows("2025-01,5", "Source: ministry"))
bad("a number of rows, as psql writes", rows("2025-01,5", "(1 row)"))
either("a title above", "Attacks by month\n\n" + PLAIN, [5, 7])
either("a title above, padded", "Attacks by month,\n,\n" + PLAIN, [5, 7])
either("comments above", "# source: ministry\n# 2025\n" + PLAIN, [5, 7])
either("blank lines above", "\n\n" + PLAIN, [5, 7])
either(
    "a comment between",
    rows("2025-01,5", "# revised,", "2025-02,7"),
    [5, 7],
    (3, "month", "# revised"),
)
bad("months across", "place,2025-01,2025-02\nKyiv,5,7\n")
bad("a month twice", rows("2025-01,5", "2025-02,7", "2025-01,5"), says=("2025-01", "1", "3"))
bad("a month twice, written in two ways", rows("2025-01,5", "2025-01-31,7"), says=("2025-01",))
bad("a month twice, one unknown", rows("2025-01,5", "2025-01,"), says=("2025-01",))
good(
    "wide, one of the columns", "month,Kyiv,Odesa\n2025-01,5,x\n2025-02,7,\n", [5, 7], value="Kyiv"
)
good(
    "long",
    long("2025-01,a,1", "2025-01,b,2", "2025-02,a,3", "2025-02,b,4"),
    {"a": {"2025-01": 1, "2025-02": 3}, "b": {"2025-01": 2, "2025-02": 4}},
    series="place",
)
good(
    "long, with a hole",
    long("2025-01,a,1", "2025-02,a,3", "2025-02,b,4"),
    {"a": {"2025-01": 1, "2025-02": 3}, "b": {"2025-01": None, "2025-02": 4}},
    series="place",
)
bad(
    "long, one series twice",
    long("2025-01,a,1", "2025-01,a,2"),
    series="place",
    says=("2025-01", "a"),
)
bad("long, read as one", long("2025-01,a,1", "2025-01,b,2"), says=("2025-01",))
bad(
    "one row a month and place, days of no place",
    long("2025-01,,1"),
    (2, "place", ""),
    series="place",
)

# --- Text that looks like a table --------------------------------------------------------------
either("markdown", "| month | value |\n|---|---|\n| 2025-01 | 5 |\n", [5], file="t.txt")
either("org-mode", "| month | value |\n|-------+-------|\n| 2025-01 | 5 |\n", [5], file="t.txt")
either(
    "psql", "  month  | value \n---------+-------\n 2025-01 |     5\n(1 row)\n", [5], file="t.txt"
)
either("fixed width", "month   value\n2025-01     5\n2025-02    12\n", [5, 12], file="t.txt")
bad("fixed width by single spaces", "month value\n2025-01  5\n", delimiter=" ")
either("clipboard", "month\tvalue\r\n2025-01\t1 234\r\n2025-02\t 12\r\n", [1234, 12], file="t.txt")
bad("latex", "month & value \\\\\n2025-01 & 5 \\\\\n", file="t.txt")
bad(
    "html",
    "<table><tr><th>month</th><th>value</th></tr><tr><td>2025-01</td><td>5</td></tr></table>",
)
bad("a page that says no", "<!DOCTYPE html><html><body>403 Forbidden, month, value</body></html>")
bad("json", '[{"month": "2025-01", "value": 5}]')
bad("rtf", "{\\rtf1\\ansi month,value\\par 2025-01,5}")
bad("zip", b"PK\x03\x04" + bytes(60))
bad("gzip", b"\x1f\x8b\x08\x00" + bytes(20))
bad("pdf", b"%PDF-1.7\n1 0 obj<</Type/Catalog>>endobj\n")
bad("picture", b"\x89PNG\r\n\x1a\n" + bytes(30))
bad("empty", b"")
bad("a mark only", b"\xef\xbb\xbf")
bad("line ends only", b"\n\n\r\n")
bad("a header only", b"month,value\n")
bad("a header only, cut", b"month,value")
bad("one column", "month\n2025-01\n")

# --- Names -------------------------------------------------------------------------------------


def two(a: str, b: str) -> str:
    """Two series of these names, quoted, two months each."""
    lines = [f'{m},"{n}",{v}' for n, v in ((a, 1), (b, 2)) for m in ("2025-01", "2025-02")]
    return long(*lines)


def both(a: str, b: str) -> Want:
    """What those two hold."""
    return {n: dict.fromkeys(("2025-01", "2025-02"), v) for n, v in ((a, 1.0), (b, 2.0))}


for _what, _a, _b in (
    ("a Cyrillic a", "Kharkiv", "Kh\u0430rkiv"),
    ("a Greek o", "Lyon", "Ly\u03bfn"),
    ("all letters Cyrillic", "COP", "\u0421\u041e\u0420"),
    ("a zero-width space", "Kyiv", "Ky\u200biv"),
    ("a right-to-left mark", "غزة", "غزة\u200f"),
    ("a soft hyphen", "Kyiv", "Ky\u00adiv"),
    ("a word joiner", "Odesa", "Ode\u2060sa"),
    ("full width", "Kyiv", "Ｋyiv"),
):
    either(
        f"names that look the same: {_what}", two(_a, _b), both(_a, _b), series="place", warns="U+"
    )
for _what, _a, _b in (
    ("composed", "Orléans", "Orle\u0301ans"),
    ("a no-break space", "New York", "New\u00a0York"),
    ("two spaces", "New York", "New  York"),
    ("case", "Kyiv", "KYIV"),
):
    either(f"names that differ by {_what}", two(_a, _b), both(_a, _b), series="place", warns="")
bad("names that differ by a space behind", two("Kyiv", "Kyiv "), series="place", says=("Kyiv",))
good("two towns", two("Kyiv", "Київ"), both("Kyiv", "Київ"), series="place")
good(
    "two scripts in one name",
    two("Kyiv (Київ)", "Lviv (Львів)"),
    both("Kyiv (Київ)", "Lviv (Львів)"),
    series="place",
)
good(
    "html in a name",
    two("<script>alert(1)</script>", "b"),
    both("<script>alert(1)</script>", "b"),
    series="place",
)
good(
    "formula in a name",
    two("=cmd|' /C calc'!A0", "b"),
    both("=cmd|' /C calc'!A0", "b"),
    series="place",
)
good("emoji in a name", two("👩‍🚒", "🇺🇦"), both("👩‍🚒", "🇺🇦"), series="place")
good("numbers for names", two("01", "1"), both("01", "1"), series="place")
good("a name of 300 letters", two("x" * 300, "b"), both("x" * 300, "b"), series="place")
either("Namibia", two("NA", "ZA"), both("NA", "ZA"), series="place")
either("a person called Null", two("null", "b"), both("null", "b"), series="place")
either("a name of 10,000 letters", two("x" * 10_000, "b"), both("x" * 10_000, "b"), series="place")
good("a line end in a name", two("a\nb", "b"), both("a b", "b"), series="place")
bad("a nul in a name", two("a\x00b", "b"), series="place", says=("place",))
bad("a name of zero width", long("2025-01,\u200b,5"), (2, "place", "\u200b"), series="place")
either(
    "a total among the series",
    long("2025-01,a,1", "2025-01,b,2", "2025-01,Total,3"),
    {"a": {"2025-01": 1}, "b": {"2025-01": 2}, "Total": {"2025-01": 3}},
    series="place",
)

# --- Options that do not fit -------------------------------------------------------------------
bad("one column for both", PLAIN, month="value")
bad("one column for series and value", PLAIN, series="value")
bad("decimal and thousands alike", PLAIN, decimal=",", thousands=",")
bad("a digit for a mark", PLAIN, thousands="5")
bad("no decimal mark", PLAIN, decimal="")
bad("two decimal marks", PLAIN, decimal=",.")
bad("a minus for a mark", PLAIN, thousands="-")
bad("an e for a mark", PLAIN, decimal="e")
bad("unknown kind", PLAIN, kind="level")
bad("unknown period", rows(*JUNE), how="sum", period="month")
bad("unknown how", rows(*JUNE), how="mean")
bad("a date in words", PLAIN, as_of="yesterday")
bad("a query of a text", PLAIN, query="select 1")
bad("an ending of nothing known", PLAIN, file="table.dat")

# --- Huge and malicious ------------------------------------------------------------------------
good("one row", rows("2025-01,5"), [5])
good(
    "two thousand months",
    months(*(f"{1860 + k // 12}-{k % 12 + 1:02}" for k in range(2000))),
    {f"{1860 + k // 12}-{k % 12 + 1:02}": k + 1 for k in range(2000)},
)
good(
    "ten thousand series",
    long(*(f"2025-01,s{k},{k}" for k in range(10_000))),
    {f"s{k}": {"2025-01": k} for k in range(10_000)},
    series="place",
)
good(
    "ten thousand columns",
    ",".join(["month", "value", *map(str, range(10_000))]) + "\n2025-01,5" + "," * 10_000 + "\n",
    [5],
)
bad(
    "twenty thousand columns",
    ",".join(["month", "value", *map(str, range(20_000))]) + "\n2025-01,5" + "," * 20_000 + "\n",
)
bad("a cell of 200,000 letters", rows("2025-01," + "x" * 200_000))
bad("thousands without end", column(",".join(["123"] * 20_000) + "x"), (2, "value", "123"))
bad("spaces without end", column("1" + " " * 90_000 + "x"), (2, "value", "1"))
bad("minus signs without end", column("-" * 90_000), (2, "value", "---"))
bad("apostrophes without end", column("1'" * 40_000), (2, "value", "1'"))
bad(
    "noughts without end behind a date",
    months("2025-01-01T00:00:00." + "0" * 90_000 + "x"),
    (2, "month", "2025-01-01"),
)
bad("a date of 90,000 digits", months("2" * 90_000), (2, "month", "222"))
bad("quotes without end", "month,value\n2025-01," + '"' * 99_999 + "\n")
bad("commas without end", "," * 2_000_000)
bad("one line without end", "month,value" + "x" * 3_000_000)
bad(
    "an exponent of 20 digits",
    column("1e99999999999999999999"),
    (2, "value", "1e99999999999999999999"),
)
good("a million blank lines", "month,value\n" + "\n" * 1_000_000 + "2025-01,5\n", [5])
