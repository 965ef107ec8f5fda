"""Numbers as people and machines write them."""

from __future__ import annotations

from collections.abc import Iterator

from hardening.corpus_tables import GAP, Case, Fault, text

# cells of 2025-04, 2025-05 and so on, what they are, and the options that declare it
GOOD = {
    "plain": (["7", "588"], [7, 588], {}),
    "fraction": (["7.5", "588.25"], [7.5, 588.25], {}),
    "three decimals beside one": (["1.234", "7.5"], [1.234, 7.5], {}),
    "point alone in a file of commas": (["1.234"], [1.234], {}),
    "signs": (["+5", "-116.5"], [5, -116.5], {}),
    "minus zero": (["-0", "3"], [0, 3], {}),
    "bare points": ([".5", "5."], [0.5, 5], {}),
    "exponents": (["1e3", "1.5E-3"], [1000, 0.0015], {}),
    "leading zeros": (["007", "0588"], [7, 588], {}),
    "padded": (["  588 ", "\t7"], [588, 7], {}),
    "padded by no-break spaces": (["588\u00a0", "\u202f7"], [588, 7], {}),
    "seventeen digits": (["0.1234567890123456", "2"], [0.1234567890123456, 2], {}),
    "very large": (["1e308", "1"], [1e308, 1], {}),
    "very small": (["1e-300", "1"], [1e-300, 1], {}),
    "largest whole": (["9007199254740992", "1"], [9007199254740992, 1], {}),
    "thousands by comma": (["1,234,567", "1,234"], [1234567, 1234], {}),
    "thousands by comma, point": (["1,234.5", "1,234"], [1234.5, 1234], {}),
    "thousands by point, comma": (["1.234,5", "1.234"], [1234.5, 1234], {}),
    "thousands by point": (["1.234.567", "2.345.678"], [1234567, 2345678], {}),
    "thousands by space": (["1 234", "5 678"], [1234, 5678], {}),
    "thousands by no-break space": (["1\u00a0234", "7"], [1234, 7], {}),
    "thousands by narrow space": (["1\u202f234", "7"], [1234, 7], {}),
    "thousands by thin space": (["1\u2009234", "7"], [1234, 7], {}),
    "thousands by apostrophe": (["1'234", "7"], [1234, 7], {}),
    "thousands by curly apostrophe": (["1\u2019234", "7"], [1234, 7], {}),
    "decimal comma": (["12,5", "7"], [12.5, 7], {}),
    "decimal comma settles": (["12,5", "1,234"], [12.5, 1.234], {}),
    "zero settles": (["0,123", "1,234"], [0.123, 1.234], {}),
    "narrow space and comma": (["1\u202f234,5", "2"], [1234.5, 2], {}),
    "comma declared as thousands": (["1,234", "7"], [1234, 7], {"thousands": ","}),
    "comma declared as decimal": (["1,234", "7"], [1.234, 7], {"decimal": ","}),
    "lone space declared": (["5 438", "7"], [5438, 7], {"thousands": " "}),
    "both declared": (["1.234,5", "7"], [1234.5, 7], {"thousands": ".", "decimal": ","}),
    "unicode minus": (["\u2212116.5", "3"], [-116.5, 3], {}),
    "unicode minus and comma": (["\u221212,5", "3"], [-12.5, 3], {}),
    "arabic digits": (["\u0661\u0662", "\u0663"], [12, 3], {}),
    "arabic decimal mark": (["\u0661\u0662\u066b\u0665", "\u0663"], [12.5, 3], {}),
    "arabic thousands mark": (["\u0661\u066c\u0662\u0663\u0664", "\u0663"], [1234, 3], {}),
    "persian digits": (["\u06f5\u06f8\u06f8", "\u06f7"], [588, 7], {}),
    "full-width digits": (["\uff15\uff18\uff18", "7"], [588, 7], {}),
    "full-width point": (["\uff15\uff0e\uff15", "7"], [5.5, 7], {}),
    "missing marks": (["", "NA", "n/a", "NaN", "null", "N/A", "7"], [GAP] * 6 + [7], {}),
    "dash declared missing": (["-", "7"], [GAP, 7], {"missing": ("", "-")}),
    "dots declared missing": (["\u2026", "7"], [GAP, 7], {"missing": ("\u2026",)}),
    "percent of a share": (["12%", "7.5 %"], [12, 7.5], {"unit": "percent"}),
    "percent of %": (["12%", "7"], [12, 7], {"unit": "%"}),
    "the unit behind": (["588 km2", "7km2"], [588, 7], {}),
    "unit and comma": (["588,5 km2", "7 km2"], [588.5, 7], {}),
    "thousands in thousands": (["12,345,678", "1,000"], [12345678, 1000], {}),
    "zeros": (["0", "0.0"], [0, 0], {}),
    "counts": (["588", "7.0"], [588, 7], {"counts": True}),
}
# what stands in the second row, beside a 7 in the first
BAD = (
    *("12\u00b2", "XII", "\u216b", "1e400", "1e999", "-1e999", "inf", "-inf", "Infinity"),
    *("0x10", "0b1", "1_000", "True", "false", "yes", "(12)", "12-", "-", "--", "\u2026", "..."),
    *("unknown", "n.a.", "?", "12 ha", "12km", "$12", "12 $", "\u20ac12", "\u20b412", "12 UAH"),
    *("12*", "12[1]", "12\u00b9", "12 (est.)", "#REF!", "#DIV/0!", "#VALUE!", "=1+1", "=B2"),
    *("+", ".", "e5", "5e", "1e5.5", "--5", "+-5", "5-5", "1 2", "12 34", "1,23,456", "1.2.3"),
    *("12..5", "1/2", "\u00bd", "~12", "<12", ">12", "\u226412", "12-15", "12\u201315", "ca. 12"),
    *("12?", "12!", "twelve", "1e", "12\u200b", "\u202e12", "9007199254740993", "5 438"),
    *("123456789012345678901", "12%", "12 percent", "1 000 000,5.5", "5,,5", "5'5", "1\u00a02"),
    *("<b>12</b>", "12;13", "@SUM(A1)", "\u2212", "\u06f5a", "\u0661\u06f2", "1\uff12", "NaN%"),
    *("12 k", "1.5M", "12\\n", "9" * 400, "1e308e", "0,1,2", "0x1p3", "\u0967\u0968"),
    *(
        "-nan",
        "NAN",
        "nan(1)",
        "+NaN",
        "1.#INF",
        "1d5",
        "1,5e3,0",
        "0.1.2",
        ",5,",
        "1e+",
        "\uff0d5",
    ),
)


def month(at: int) -> str:
    return f"2025-{at + 4:02d}"


def column(cells: list[str], delimiter: str = ",") -> str:
    rows = (f'{month(at)}{delimiter}"{cell}"' for at, cell in enumerate(cells))
    return f"month{delimiter}km2\n" + "\n".join(rows) + "\n"


def cases() -> Iterator[Case]:
    for name, (cells, values, options) in GOOD.items():
        totals = {month(at): value for at, value in enumerate(values)}
        yield text(f"number: {name}", column(cells), totals, **options)
        if name in ("decimal comma", "plain", "thousands by narrow space", "fraction"):
            yield text(f"number;: {name}", column(cells, ";"), totals, **options)
    for cell in BAD:
        fault = Fault(2, "km2", cell)
        yield text(f"number refused: {cell[:30]!a}", column(["7", cell]), fault)
    for cell in ("1,234", "-1,234", "12,345"):
        fault = Fault(2, "km2", cell, says=f"with thousands=',' and {cell.replace(',', '.')} with")
        yield text(f"number open: {cell}", column(["7", cell]), fault)
    for cell in ("1.234", "12.345"):
        yield text(f"number open;: {cell}", column(["7", cell], ";"), Fault(2, "km2", cell))
    ways = column(["1,234.5", "1.234,5"])
    yield text("number: two ways", ways, Fault(2, "km2", "1.234,5", says="in two ways"))
    yield text("number: two marks", column(["1 234", "1 235", "1'234"]), Fault(3, "km2", "1'234"))
    yield text("number: all missing", column(["", "n/a"]), Fault(says="no known value"))
    for cell, said in (("-1", "0 or more"), ("1.5", "whole"), ("-0.5", "whole")):
        fault = Fault(2, "km2", cell, says=said)
        yield text(f"count refused: {cell}", column(["7", cell]), fault, counts=True)
    percent = Fault(2, "km2", "12%")
    yield text("percent among plain of km2", column(["7", "12%"]), percent, unit="km2 ")
    yield text("other unit behind", column(["7", "12 km"]), Fault(2, "km2", "12 km"))
    yield text(
        "unit like an exponent", column(["7", "12e3"]), {"2025-04": 7, "2025-05": 12000}, unit="e3"
    )
    every = [f"{y}-{m:02d}" for y in range(1990, 2026) for m in range(1, 13)]
    many = "month,km2\n" + "".join(f"{month},{at}.5\n" for at, month in enumerate(every))
    yield text("number: many", many, {month: at + 0.5 for at, month in enumerate(every)})
    sums = "day,km2\n2025-06-01,1e308\n2025-06-02,1e308\n"
    yield text("sum beyond all numbers", sums, Fault(1, "km2", "1e308"), month="day", how="sum")
