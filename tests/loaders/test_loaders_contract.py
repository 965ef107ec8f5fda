"""Every loader meets every kind of bad file with an error in words, never a traceback of pandas."""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from trends.errors import (
    BadValue,
    DuplicateMonths,
    EmptyTable,
    MissingColumns,
    NoValues,
    TrendsError,
    UnknownOption,
    UnreadableFile,
)
from trends.loaders import LOADERS, load_file
from trends.panel import Panel

PNG = bytes.fromhex("89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c489")

# A good file of each loader of tables, its options, and which of its columns holds what.
GOOD = {
    "launches": (
        "time_start,time_end,model,launched\n"
        "2025-05-31 18:00,2025-06-01 08:30,Shahed-136/131,5\n"
        "2025-06-01,2025-06-02,Kalibr,2\n"
        "2025-06-02 20:00,2025-06-03 8:00,Shahed-136/131,7.0\n",
        {},
    ),
    "territory": ("date,area\n2025-05-30,100\n2025-05-31,101.5\n2025-06-30,103\n", {}),
    "acled": (
        "event_id_cnty,event_date,event_type,admin1,fatalities\n"
        "UKR1,2025-05-30,Battles,Donetsk,1\n"
        "UKR2,2025-06-01,Battles,Donetsk,1\n"
        "UKR3,2025-06-02,Battles,Sumy,1\n",
        {"measure": "fatalities"},
    ),
    "ucdp": (
        "id,country,date_start,date_end,best\n"
        "1,Ukraine,2025-05-30,2025-05-30,4\n"
        "2,Ukraine,2025-05-31,2025-06-01,5\n"
        "3,Russia,2025-06-02,2025-06-02,6\n",
        {},
    ),
    "fires": (
        "date,war_fires_per_day,war_fires_per_day_in_ukraine_held_area,"
        "war_fires_per_day_in_russia_held_area\n"
        "2025-06-01,7,3,4\n2025-05-31,5,2,3\n2025-05-30,1,1,0\n",
        {},
    ),
    "table": (
        "month,value\n2025-05,507\n2025-06,588\n",
        {"month": "month", "value": "value", "unit": "km2"},
    ),
}
DATE = {
    "launches": "time_end",
    "territory": "date",
    "acled": "event_date",
    "ucdp": "date_end",
    "fires": "date",
    "table": "month",
}
NUMBER = {
    "launches": "launched",
    "territory": "area",
    "acled": "fatalities",
    "ucdp": "best",
    "fires": "war_fires_per_day",
    "table": "value",
}
# Polygons and posts are no tables, and lie in folders: test_polygons.py and test_reports.py meet
# them with the same bad input.
NO_TABLES = {"polygons", "reports"}

every_loader = pytest.mark.parametrize("name", [name for name in LOADERS if name not in NO_TABLES])


def read(name: str, path: Path, **more: object) -> Panel:
    return LOADERS[name].load(path, **{**GOOD[name][1], **more})


def spoiled(name: str, tmp_path: Path, column: str, cell: str, rows: slice = slice(1, 2)) -> Path:
    """The good file with `cell` in some rows of a column (the second, unless told)."""
    header, *lines = [line.split(",") for line in GOOD[name][0].splitlines()]
    for line in lines[rows]:
        line[header.index(column)] = cell
    path = tmp_path / "spoiled.csv"
    path.write_text("\n".join(",".join(line) for line in [header, *lines]) + "\n", "utf-8")
    return path


def test_every_loader_has_a_good_file() -> None:
    assert set(GOOD) | NO_TABLES == set(LOADERS)


@every_loader
def test_good_file(name: str, tmp_path: Path) -> None:
    path = tmp_path / "good.csv"
    path.write_text(GOOD[name][0], "utf-8")
    panel = read(name, path)
    assert isinstance(panel, Panel)
    assert str(panel.months[-1]) == "2025-06"
    assert panel.unit
    found = load_file(path, LOADERS)
    assert found.names == panel.names
    np.testing.assert_array_equal(found.values, panel.values)
    np.testing.assert_array_equal(found.observed_days, panel.observed_days)


@every_loader
def test_byte_order_mark_and_windows_line_ends(name: str, tmp_path: Path) -> None:
    path = tmp_path / "windows.csv"
    path.write_bytes(GOOD[name][0].replace("\n", "\r\n").encode("utf-8-sig"))
    plain = tmp_path / "plain.csv"
    plain.write_bytes(GOOD[name][0].encode())
    np.testing.assert_array_equal(read(name, path).values, read(name, plain).values)


@every_loader
@pytest.mark.parametrize("cell", ["yesterday", "2025-13-01", "01/06/2025", "", "2025"])
def test_unparseable_date(name: str, cell: str, tmp_path: Path) -> None:
    with pytest.raises(BadValue, match=rf"row 2, column '{DATE[name]}'") as caught:
        read(name, spoiled(name, tmp_path, DATE[name], cell))
    assert caught.value.row == 2


@every_loader
@pytest.mark.parametrize(
    "cell", ["many", "1 000", "0x10", "1_000", "inf", "5438 (est.)", "\u0661\u06f5"]
)
def test_text_in_a_number(name: str, cell: str, tmp_path: Path) -> None:
    with pytest.raises(BadValue, match=rf"row 2, column '{NUMBER[name]}'.*{re.escape(cell)}"):
        read(name, spoiled(name, tmp_path, NUMBER[name], cell))


@every_loader
def test_negative_count(name: str, tmp_path: Path) -> None:
    path = spoiled(name, tmp_path, NUMBER[name], "-3")
    with pytest.raises(BadValue, match=r"'-3', which is not a (whole )?number, 0 or more"):
        read(name, path, **({"counts": True} if name == "table" else {}))


@pytest.mark.parametrize("name", ["launches", "acled", "ucdp", "fires", "table"])
def test_fractional_count(name: str, tmp_path: Path) -> None:
    path = spoiled(name, tmp_path, NUMBER[name], "2.5")
    with pytest.raises(BadValue, match="whole number"):
        read(name, path, **({"counts": True} if name == "table" else {}))


def test_duplicate_month(tmp_path: Path) -> None:
    with pytest.raises(DuplicateMonths, match=r"spoiled\.csv: series 'value'.*2025-05"):
        read("table", spoiled("table", tmp_path, "month", "2025-05"))


@every_loader
def test_all_missing(name: str, tmp_path: Path) -> None:
    with pytest.raises(NoValues, match=NUMBER[name]):
        read(name, spoiled(name, tmp_path, NUMBER[name], "", slice(None)))


@every_loader
def test_missing_column(name: str, tmp_path: Path) -> None:
    path = tmp_path / "other.csv"
    path.write_text(GOOD[name][0].replace(NUMBER[name], "amount"), "utf-8")
    with pytest.raises(MissingColumns, match=NUMBER[name]) as caught:
        read(name, path)
    assert "amount" in caught.value.present
    with pytest.raises(MissingColumns, match="load_table"):
        load_file(path, LOADERS)


@every_loader
@pytest.mark.parametrize("suffix", [".csv", ".tsv", ".txt", ".xlsx", ".parquet", ".json", ".doc"])
@pytest.mark.parametrize(
    "data",
    [b"", b"\n\n", b"\0\1\2\3" * 99, PNG, bytes(range(256)) * 9, b"PK\3\4junk", b"PAR1junkPAR1"],
    ids=["empty", "blank", "nul", "png", "bytes", "zip", "par"],
)
def test_rubbish(name: str, suffix: str, data: bytes, tmp_path: Path) -> None:
    path = tmp_path / f"rubbish{suffix}"
    path.write_bytes(data)
    for call in (lambda: read(name, path), lambda: load_file(path, LOADERS)):
        with pytest.raises(TrendsError, match="rubbish"):
            call()


@every_loader
def test_empty_file_and_header_only(name: str, tmp_path: Path) -> None:
    path = tmp_path / "empty.csv"
    path.write_bytes(b"")
    with pytest.raises(EmptyTable, match="0 bytes"):
        read(name, path)
    path.write_text(GOOD[name][0].splitlines()[0] + "\n")
    with pytest.raises(EmptyTable, match="a header and no rows"):
        read(name, path)


@every_loader
@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-32"])
def test_wrong_encoding(name: str, encoding: str, tmp_path: Path) -> None:
    path = tmp_path / "encoded.csv"
    path.write_text(GOOD[name][0], encoding)
    if encoding != "utf-16-le":  # its mark tells the encoding
        panel = read(name, path)
        path.write_text(GOOD[name][0], "utf-8")
        np.testing.assert_array_equal(panel.values, read(name, path).values)
        return
    with pytest.raises(UnreadableFile, match="encoding"):
        read(name, path)


@every_loader
def test_latin_1(name: str, tmp_path: Path) -> None:
    path = tmp_path / "latin.csv"
    path.write_text(GOOD[name][0].replace("\n", ",é\n"), "latin-1")
    with pytest.raises(UnreadableFile, match="utf-8"):
        read(name, path)


@every_loader
def test_folder_and_no_file(name: str, tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile, match="this is a folder"):
        read(name, tmp_path)
    with pytest.raises(UnreadableFile, match="there is no such file"):
        read(name, tmp_path / "absent.csv")
    with pytest.raises(UnreadableFile, match="cannot be opened"):
        read(name, tmp_path / ("long" * 200 + ".csv"))
    with pytest.raises(UnreadableFile, match="cannot be opened"):
        LOADERS[name].load("nul\0.csv", **GOOD[name][1])


@every_loader
def test_ragged_row_is_not_shifted(name: str, tmp_path: Path) -> None:
    path = tmp_path / "ragged.csv"
    path.write_text(GOOD[name][0].rstrip() + ",9\n", "utf-8")
    with pytest.raises(TrendsError, match=r"row \d has \d cells where the header has"):
        read(name, path)


@every_loader
def test_two_columns_of_one_name(name: str, tmp_path: Path) -> None:
    path = tmp_path / "twice.csv"
    path.write_text("value,value\n1,2\n")
    with pytest.raises(TrendsError, match="two columns are named 'value'"):
        read(name, path)


@every_loader
def test_unknown_option_of_load_file(name: str, tmp_path: Path) -> None:
    path = tmp_path / "good.csv"
    path.write_text(GOOD[name][0], "utf-8")
    with pytest.raises(UnknownOption, match=f"a {name} file: option='colour'"):
        load_file(path, LOADERS, colour="red")


def test_semicolons_are_said(tmp_path: Path) -> None:
    path = tmp_path / "semi.csv"
    path.write_text("month;value\n2025-05;1\n")
    assert read("table", path).notes == ("Delimiter: ';', by the header.",)
    assert load_file(path, LOADERS).values.tolist() == [[1]]


def test_registry_is_tried_in_order() -> None:
    for name, (text, _) in GOOD.items():
        header = text.splitlines()[0].split(",")
        taken = [key for key, loader in LOADERS.items() if loader.recognise(header) is not None]
        assert taken == [name]


def test_months_are_periods(tmp_path: Path) -> None:
    path = tmp_path / "good.csv"
    path.write_text(GOOD["table"][0])
    assert read("table", path).months.equals(pd.period_range("2025-05", "2025-06", freq="M"))
