"""Tidy tables: the formats, the ways to write numbers, the observed days."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from trends.errors import (
    BadOption,
    BadTable,
    BadValue,
    DuplicateMonths,
    TrendsError,
    UnknownName,
    UnreadableFile,
)
from trends.loaders import LOADERS, load_file, load_table
from trends.panel import Panel

WIDE = pd.DataFrame({"month": ["2025-04", "2025-05", "2025-06"], "km2": [379.0, np.nan, 588.0]})


def load(path: Path, **options: object) -> Panel:
    return load_table(path, **{"month": "month", "value": "km2", "unit": "km2", **options})


def write(tmp_path: Path, text: str, name: str = "table.csv") -> Path:
    path = tmp_path / name
    path.write_text(text, "utf-8")
    return path


@pytest.mark.parametrize("stamps", [False, True])
@pytest.mark.parametrize("suffix", [".csv", ".tsv", ".txt", ".xlsx", ".parquet"])
def test_formats(suffix: str, stamps: bool, tmp_path: Path) -> None:
    path = tmp_path / f"table{suffix}"
    table = WIDE.assign(month=pd.to_datetime(WIDE["month"])) if stamps else WIDE
    if suffix == ".xlsx":
        table.to_excel(path, index=False)
    elif suffix == ".parquet":
        table.to_parquet(path, index=False)
    else:
        table.to_csv(path, index=False, sep="," if suffix == ".csv" else "\t")
    panel = load(path)
    np.testing.assert_array_equal(panel.values, [[379, np.nan, 588]])
    assert panel.observed_days.tolist() == [30, 0, 30]
    assert panel.names == ("km2",)


def test_several_series_unsorted_with_holes(tmp_path: Path) -> None:
    text = "month,km2,who\n2025-06,1,b\n2025-04,2,a\n2025-06,3,a\n"
    panel = load(write(tmp_path, text), series="who")
    assert dict(zip(panel.names, panel.values.tolist(), strict=True))["a"][::2] == [2, 3]
    assert np.isnan(panel["b"]["2025-04"])
    assert panel.status("2025-05") == "gap"
    with pytest.raises(DuplicateMonths, match=r"table\.csv: series 'a'"):
        load(write(tmp_path, text + "2025-06-30,4,a\n"), series="who")
    with pytest.raises(BadValue, match="row 4, column 'who'"):
        load(write(tmp_path, text + "2025-06-30,4, \n"), series="who")


@pytest.mark.parametrize(
    ("cell", "options", "expected"),
    [
        ("-116.5", {}, -116.5),
        ("+1.5e3", {}, 1500),
        (".5", {}, 0.5),
        ('"5,438"', {"thousands": ","}, 5438),
        ('"1.234.567,8"', {"thousands": ".", "decimal": ","}, 1234567.8),
        ("5 438", {"thousands": " "}, 5438),
    ],
)
def test_numbers(cell: str, options: dict[str, object], expected: float, tmp_path: Path) -> None:
    panel = load(write(tmp_path, f"month,km2\n2025-06,{cell}\n"), **options)
    assert panel.values[0, 0] == expected


@pytest.mark.parametrize(
    "cell", ['"5,438"', '"54,38"', "1.000.000", "True", "--3", "1e999", "\u22123"]
)
def test_not_numbers(cell: str, tmp_path: Path) -> None:
    with pytest.raises(BadValue, match="row 1, column 'km2'"):
        load(write(tmp_path, f"month,km2\n2025-06,{cell}\n"))
    if "54" in cell and "438" not in cell:
        with pytest.raises(BadValue):
            load(write(tmp_path, f"month,km2\n2025-06,{cell}\n"), thousands=",")


@pytest.mark.parametrize("mark", ["", "NA", "n/a", "NaN", "null", " "])
def test_missing_marks(mark: str, tmp_path: Path) -> None:
    panel = load(write(tmp_path, f"month,km2\n2025-05,{mark}\n2025-06,1\n"))
    assert panel.status("2025-05") == "gap"


def test_own_missing_mark(tmp_path: Path) -> None:
    path = write(tmp_path, "month,km2\n2025-05,..\n2025-06,1\n")
    with pytest.raises(BadValue, match=r"'\.\.'"):
        load(path)
    assert load(path, missing=("..",)).status("2025-05") == "gap"


def test_observed_days(tmp_path: Path) -> None:
    text = "month,km2,days\n2025-04,1,30\n2025-05,,31\n2025-06,3,7\n"
    panel = load(write(tmp_path, text), observed_days="days")
    assert panel.observed_days.tolist() == [30, 0, 7]
    for cell in ("31", "-1", "2.5", "", "all"):
        with pytest.raises(BadValue, match="row 4, column 'days'"):
            load(write(tmp_path, text + f"2025-09,1,{cell}\n"), observed_days="days")
    with pytest.raises(TrendsError, match="no day was observed"):
        load(write(tmp_path, text + "2025-07,1,0\n"), observed_days="days")
    text = "month,km2,days,who\n2025-04,1,30,a\n2025-04,2,29,b\n"
    with pytest.raises(BadTable, match="30 and 29 observed days"):
        load(write(tmp_path, text), observed_days="days", series="who")


def test_recognised_columns(tmp_path: Path) -> None:
    text = "month,value,observed_days,series\n2025-05,1,31,a\n2025-06,2,7,a\n"
    panel = load_file(write(tmp_path, text), LOADERS, unit="km2", kind="stock")
    assert panel.names == ("a",)
    assert panel.observed_days.tolist() == [31, 7]
    assert (panel.unit, panel.kind) == ("km2", "stock")
    text = text.replace(",", ";")
    assert load_file(write(tmp_path, text), LOADERS, delimiter=";").names == ("a",)


def test_metadata_and_as_of(tmp_path: Path) -> None:
    path = write(tmp_path, "month,km2\n2025-05,1\n2025-06,2\n")
    panel = load(
        path, quantity="gain", definition="d", source="s", as_of=dt.date(2025, 6, 7), name="x"
    )
    assert (panel.quantity, panel.definition, panel.source) == ("gain", "d", "s")
    assert panel.observed_days.tolist() == [31, 7]
    assert panel.names == ("x",)
    with pytest.raises(BadOption, match="as_of"):
        load(path, as_of=dt.date(2025, 1, 1))


def test_encoding(tmp_path: Path) -> None:
    path = tmp_path / "table.csv"
    path.write_text("month,km2\n2025-06,2\n", "utf-16")
    assert load(path, encoding="utf-16").values.tolist() == [[2]]
    with pytest.raises(BadOption, match="encoding"):
        load(path, encoding="utf-99")


def test_sheets(tmp_path: Path) -> None:
    path = tmp_path / "book.xlsx"
    with pd.ExcelWriter(path) as book:
        WIDE.to_excel(book, sheet_name="first", index=False)
        WIDE.assign(km2=1.0).to_excel(book, sheet_name="second", index=False)
    assert load(path, sheet="second").values.tolist() == [[1, 1, 1]]
    assert load(path, sheet=1).values.tolist() == [[1, 1, 1]]
    for sheet in ("third", 2, -1):
        with pytest.raises(UnknownName, match="'first', 'second'"):
            load(path, sheet=sheet)


def test_bad_options(tmp_path: Path) -> None:
    path = write(tmp_path, "month,km2\n2025-06,2\n")
    for options in ({"decimal": ".."}, {"thousands": "."}, {"delimiter": "ab"}):
        with pytest.raises(BadOption):
            load(path, **options)
    with pytest.raises(UnreadableFile, match=r"ends in '\.sav'"):
        load(write(tmp_path, "x", "table.sav"))


def test_unclosed_quotation_mark_and_huge_cell(tmp_path: Path) -> None:
    for text in ('month,km2\n2025-06,"2\n', f"month,km2\n2025-06,{'9' * 200_000}\n"):
        with pytest.raises(TrendsError, match=r"table\.csv"):
            load(write(tmp_path, text))
