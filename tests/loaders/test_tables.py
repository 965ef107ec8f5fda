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
from trends.loaders._limits import Limits
from trends.loaders._sources import columns_of
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
    "cell",
    [
        *(
            "True",
            "--3",
            "1e999",
            "5 438",
            '"54,38,1"',
            "=1+1",
            '"=HYPERLINK(1)"',
        ),
        *("inf", "-Infinity", "0x1F", "1_000", "5438%", "@SUM(1)", "\u0665\u06f5", "1e", ".", "+"),
    ],
)
def test_not_numbers(cell: str, tmp_path: Path) -> None:
    for row in ("2025-06", "2025-04,7\n2025-05,7.5\n2025-06"):
        number = row.count("\n") + 1
        with pytest.raises(TrendsError, match=rf"[Rr]ow {number}\b") as caught:
            load(write(tmp_path, f"month,km2\n{row},{cell}\n"))
        assert "km2" in str(caught.value)


def test_ambiguous_number_is_refused_with_the_choice(tmp_path: Path) -> None:
    path = write(tmp_path, 'month,km2\n2025-05,7\n2025-06,"5,438"\n')
    choice = r"5438 with thousands=',' and 5\.438 with decimal=','"
    with pytest.raises(BadValue, match=rf"row 2, column 'km2': found '5,438'.*{choice}"):
        load(path)
    assert load(path, thousands=",").values[0, 1] == 5438
    assert load(path, decimal=",").values[0, 1] == 5.438
    # In a file parted by semicolons the point is as open as the comma.
    path = write(tmp_path, "month;km2\n2025-05;7\n2025-06;5.438\n")
    with pytest.raises(BadValue, match=r"5438 with thousands='\.' and 5\.438 with decimal='\.'"):
        load(path)
    assert load(path, thousands=".", decimal=",").values[0, 1] == 5438
    assert load(path, decimal=".").values[0, 1] == 5.438


@pytest.mark.parametrize(
    ("cells", "expected", "said"),
    [
        (["54,38"], [54.38], "',' as the decimal mark (as in '54,38')"),
        (["1.000.000"], [1e6], "'.' as parting thousands (as in '1.000.000')"),
        (["5,438", "1,5"], [5.438, 1.5], "',' as the decimal mark"),
        (["5,438", "1,234,567"], [5438, 1234567], "',' as parting thousands"),
        (["5,438", "12.5"], [5438, 12.5], "',' as parting thousands"),
        (["5.438", "12,5"], [5438, 12.5], "'.' as parting thousands"),
        (["5.438,25", "1"], [5438.25, 1], "',' as the decimal mark (as in '5.438,25') and '.'"),
        (["1\u00a0234,5"], [1234.5], "a no-break space as parting thousands"),
        (["1'234.5"], [1234.5], '"\'" as parting thousands'),
        (["1 234", "5 678"], [1234, 5678], "' ' as parting thousands"),
        (["0,123"], [0.123], "',' as the decimal mark"),
        (["-12345,678"], [-12345.678], "',' as the decimal mark"),
        (["1,5e3"], [1500], "',' as the decimal mark"),
        (["1.5", "2"], [1.5, 2], ""),
    ],
)
def test_marks_are_told_and_said(
    cells: list[str], expected: list[float], said: str, tmp_path: Path
) -> None:
    rows = "".join(f'{2000 + at}-01;"{cell}"\n' for at, cell in enumerate(cells))
    panel = load(write(tmp_path, "month;km2\n" + rows))
    assert panel.values[0, ::12].tolist() == expected
    assert (said in panel.notes[1]) if said else (len(panel.notes) == len(cells))
    # A deciding cell far below the first rows decides just as well.
    many = "".join(f"{month};7\n" for month in pd.period_range("1800-01", "1999-12", freq="M"))
    far = load(write(tmp_path, "month;km2\n" + many + rows))
    assert far.values[0, 2400::12].tolist() == expected


def test_contradicting_marks(tmp_path: Path) -> None:
    for one, two in (("1,5", "1.5"), ("1,234,567", "1.234.567"), ("1,5", "1,234,567")):
        path = write(tmp_path, f"month;km2\n2025-05;{one}\n2025-06;{two}\n")
        with pytest.raises(BadTable, match=r"in two ways: .* in row [12] and .* in row [12]"):
            load(path)


@pytest.mark.parametrize("mark", [";", "\t", "|", ","])
@pytest.mark.parametrize("suffix", [".csv", ".tsv", ".txt"])
def test_delimiter_is_told(mark: str, suffix: str, tmp_path: Path) -> None:
    text = "month,km2,note\n2025-05,1,x\n2025-06,2.5,y\n".replace(",", mark)
    panel = load(write(tmp_path, text, f"table{suffix}"))
    assert panel.values.tolist() == [[1, 2.5]]
    usual = "," if suffix == ".csv" else "\t"
    assert any("Delimiter" in note for note in panel.notes) == (mark != usual)


def test_hint_of_a_spreadsheet(tmp_path: Path) -> None:
    for text in ("sep=;\r\nmonth;km2\r\n2025-06;5\r\n", "\ufeffsep=^\nmonth^km2\n2025-06^5\n"):
        assert load(write(tmp_path, text)).values.tolist() == [[5]]


@pytest.mark.parametrize("encoding", ["utf-16", "utf-32", "utf-8-sig"])
def test_encoding_is_told_by_its_mark(encoding: str, tmp_path: Path) -> None:
    path = tmp_path / "table.csv"
    path.write_text("month,km2,хто\n2025-06,2,Київ\n", encoding)
    panel = load(path, series="хто")
    assert panel.names == ("Київ",)
    assert any(encoding in note for note in panel.notes) == (encoding != "utf-8-sig")


def test_old_encodings_are_refused_with_the_choice(tmp_path: Path) -> None:
    path = tmp_path / "table.csv"
    path.write_text("month,km2,who\n2025-06,2,Київ\n", "windows-1251")
    with pytest.raises(UnreadableFile, match=r"Київ.*in windows-1251.*in windows-1252"):
        load(path)
    assert load(path, series="who", encoding="windows-1251").names == ("Київ",)


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
    for options in ({"decimal": ".."}, {"thousands": "-"}, {"delimiter": "ab"}):
        with pytest.raises(BadOption):
            load(path, **options)
    with pytest.raises(UnreadableFile, match=r"ends in '\.sav'"):
        load(write(tmp_path, "x", "table.sav"))


def test_unclosed_quotation_mark_and_huge_cell(tmp_path: Path) -> None:
    for text in ('month,km2\n2025-06,"2\n', f"month,km2\n2025-06,{'9' * 200_000}\n"):
        with pytest.raises(TrendsError, match=r"table\.csv"):
            load(write(tmp_path, text))


# --- days and weeks -------------------------------------------------------------------------------
def days(first: str, last: str, **columns: object) -> pd.DataFrame:
    return pd.DataFrame({"month": pd.date_range(first, last).strftime("%Y-%m-%d"), **columns})


def test_days_add_up_and_are_counted() -> None:
    panel = load(days("2025-05-10", "2025-07-04", km2=2), how="sum")
    assert panel["km2"].tolist() == [44, 60, 8]
    assert panel.observed_days.tolist() == [22, 30, 4]
    assert [panel.status(month) for month in panel.months] == ["partial", "complete", "partial"]
    assert "sum of its days" in panel.notes[0]


def test_absent_and_empty_days_are_not_observed() -> None:
    frame = days("2025-05-01", "2025-06-30", km2=1.0)
    frame.loc[3, "km2"] = np.nan
    panel = load(frame.drop(index=[10, 11, 60]), how="sum")
    assert panel["km2"].tolist() == [28, 29]
    assert panel.observed_days.tolist() == [28, 29]
    gap = load(frame[(frame.index < 5) | (frame.index > 45)], how="sum")
    assert gap.observed_days.tolist() == [4, 15]
    far = load(pd.concat([frame[:5], days("2025-08-01", "2025-08-02", km2=1.0)]), how="sum")
    assert far.observed_days.tolist() == [4, 0, 0, 2]
    assert far["km2"].isna().tolist() == [False, True, True, False]


def test_the_last_day_of_a_stock() -> None:
    frame = days("2025-05-01", "2025-06-20", km2=np.arange(51.0))
    panel = load(frame.sample(frac=1, random_state=1), how="last", kind="stock")
    assert panel["km2"].tolist() == [30, 50]
    assert panel.observed_days.tolist() == [31, 20]


def test_days_against_pandas() -> None:
    rng = np.random.default_rng(3)
    frame = pd.concat(
        days("2024-01-17", "2025-03-09", km2=rng.integers(0, 99, 418), who=who) for who in "abc"
    )
    frame = frame.sample(frac=1, random_state=2, ignore_index=True)
    panel = load(frame, how="sum", series="who")
    stamps = pd.to_datetime(frame["month"]).dt.to_period("M")
    expected = frame.groupby(["who", stamps])["km2"].sum().unstack("who")
    pd.testing.assert_frame_equal(
        panel.frame()[list("abc")], expected, check_names=False, check_dtype=False
    )
    assert panel.observed_days.tolist() == frame[frame.who == "a"].groupby(stamps).size().tolist()


def test_weeks_are_parted_at_the_end_of_a_month() -> None:
    weeks = pd.DataFrame({"month": pd.date_range("2025-05-05", periods=5, freq="7D"), "km2": 7.0})
    panel = load(weeks, how="sum", period="week")
    assert panel["km2"].round(9).tolist() == [27, 8]
    assert panel.observed_days.tolist() == [27, 8]
    assert panel.values.sum() == pytest.approx(35)
    stock = load(weeks.assign(km2=range(5)), how="last", period="week", kind="stock")
    assert stock["km2"].tolist() == [2, 4]
    with pytest.raises(BadTable, match="period='week'"):
        load(weeks, how="sum")
    with pytest.raises(BadTable, match=r"weeks from 2025-05-05 and 2025-05-06"):
        load(days("2025-05-05", "2025-05-09", km2=1), how="sum", period="week")


def test_days_that_cannot_be_added_up(tmp_path: Path) -> None:
    frame = days("2025-05-01", "2025-05-09", km2=1.0)
    with pytest.raises(BadTable, match="more than one value for 2025-05-01"):
        load(pd.concat([frame, frame]), how="sum")
    uneven = pd.concat([frame.assign(who="a"), frame[:4].assign(who="b")])
    with pytest.raises(BadTable, match="9 and 4 observed days"):
        load(uneven, how="sum", series="who")
    for options in (
        {"how": "mean"},
        {"how": "last"},
        {"how": "sum", "kind": "stock"},
        {"how": "last", "kind": "rate"},
        {"period": "week"},
        {"how": "sum", "period": "fortnight"},
        {"how": "sum", "observed_days": "km2"},
        {"how": "sum", "as_of": dt.date(2025, 5, 8)},
    ):
        with pytest.raises(TrendsError, match="load_table"):
            load(frame, **options)
    with pytest.raises(BadValue, match=r"row 1, column 'month'.*a day such as"):
        load(write(tmp_path, "month,km2\n2025-06,2\n"), how="sum")


# --- what may do harm -----------------------------------------------------------------------------
def test_huge_cells_and_tables_are_refused_or_right(tmp_path: Path) -> None:
    big = "9" * 10_000_000
    for text in (f"month,km2\n2025-06,{big}\n", f'month,km2\n2025-06,"{big}"\n2025-07,1\n'):
        with pytest.raises(TrendsError, match=r"table\.csv"):
            load(write(tmp_path, text))
    path = write(tmp_path, f"month,km2,note\n2025-06,3,{'x' * 10_000_000}\n")
    try:  # whether Python's csv module takes such a field is a setting of the whole program
        assert load(path).values.tolist() == [[3]]
    except UnreadableFile as error:
        assert "field" in str(error)  # noqa: PT017
    with pytest.raises(UnreadableFile, match="max_bytes=1,000,000"):
        load(path, limits=Limits(max_bytes=1_000_000))
    path = write(tmp_path, "month,km2\n" + "".join(f"{1960 + i}-01,1\n" for i in range(60)))
    with pytest.raises(UnreadableFile, match="max_cells=100"):
        load(path, limits=Limits(max_cells=100))
    path = write(tmp_path, "month,km2\n1800-01,1\n2025-12,1\n")
    with pytest.raises(UnreadableFile, match="max_cells=1,000"):
        load(path, limits=Limits(max_cells=1_000))


def test_extreme_numbers(tmp_path: Path) -> None:
    panel = load(write(tmp_path, "month,km2\n2025-05,1e308\n2025-06,-1e-320\n2025-07,1e-999\n"))
    assert panel.values.tolist() == [[1e308, -1e-320, 0]]
    with pytest.raises(TrendsError):
        load(days("2025-05-01", "2025-05-03", km2=1e308), how="sum")
    for value in (np.inf, -np.inf, 10**400, "1e999", True, dt.date(2025, 1, 1), [1]):
        with pytest.raises(BadValue, match="row 2, column 'km2'"):
            load(pd.DataFrame({"month": ["2025-05", "2025-06"], "km2": [1, value]}, dtype=object))


def test_unclosed_quotation_mark_swallows_no_rows(tmp_path: Path) -> None:
    rows = "".join(f"{month},1,x\n" for month in pd.period_range("2020-01", "2024-12", freq="M"))
    for bad in ('2025-01,1,"x\n', '2025-01,1,"x\n2025-02,1,"x\n'):
        with pytest.raises(TrendsError, match=r"table\.csv"):
            load(write(tmp_path, f"month,km2,who\n{bad}{rows}"), series="who")
    text = 'month,km2,who\n2025-05,1,"two\nlines"\n2025-06,2,"two\nlines"\n'
    assert load(write(tmp_path, text), series="who").names == ("two lines",)


def test_formula_looking_names_are_only_text(tmp_path: Path) -> None:
    text = "month,km2,who\n2025-06,1,=cmd|' /C calc'!A0\n2025-06,2,@SUM(1)\n"
    assert load(write(tmp_path, text), series="who").names == ("=cmd|' /C calc'!A0", "@SUM(1)")


def test_columns_are_told_without_reading_all(tmp_path: Path) -> None:
    for text, options in (
        ("month,value\n2025-06,1\n", {}),
        ("\ufeffmonth;value\n2025-06;1,5\n", {}),
        ("sep=|\nmonth|value\n", {}),
        ('"month"^"value"\n', {"delimiter": "^"}),
    ):
        assert columns_of(write(tmp_path, text), **options) == ("month", "value")
    path = write(tmp_path, "month\tvalue\n", "table.tsv")
    assert columns_of(path) == ("month", "value")
    path.write_text("month\tvalue\n", "utf-16")
    assert columns_of(path) == ("month", "value")
    path.write_text("month\tvalue\n", "utf-16-le")
    with pytest.raises(UnreadableFile, match="another encoding"):
        columns_of(path)
    WIDE.to_parquet(tmp_path / "table.parquet")
    WIDE.to_excel(tmp_path / "table.xlsx", index=False)
    for suffix in (".parquet", ".xlsx"):
        assert columns_of(tmp_path / f"table{suffix}") == ("month", "km2")
    by_day = write(tmp_path, '{"2025-06-30": 1.5, "2025-07-01": 2}', "area.json")
    assert columns_of(by_day) == ("key", "value")
    records = write(tmp_path, '[{"month": "2025-06", "value": 1}]', "records.json")
    assert columns_of(records) == ("month", "value")


def test_a_column_of_observed_days_is_read_though_it_is_not_named(tmp_path):
    # else a month of eleven days would be compared as a whole one
    file = tmp_path / "mine.csv"
    file.write_text("day,n,observed_days\n2025-05,100,31\n2025-06,40,11\n", encoding="utf-8")
    panel = load_table(file, month="day", value="n", unit="strikes")
    assert panel.status("2025-06") == "partial"
    assert "Observed days: column 'observed_days'." in panel.notes
