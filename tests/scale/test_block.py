"""The block function: any blocks, of any shape, joined, say what `find_latest` does."""

from __future__ import annotations

import itertools
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest

from trends.errors import (
    BadTable,
    BadValue,
    DuplicateMonths,
    MissingColumns,
    MonthOutside,
    NotMonthly,
    TooShort,
    TrendsError,
    UnknownMonth,
)
from trends.scale import FACTS, Clock, scan_block

CLOCK = Clock("2020-01", "2023-04")  # nothing is known of 2023-05


def joined(blocks: Any) -> pd.DataFrame:
    tables = [scan_block(block, CLOCK) for block in blocks]
    assert all(table.schema == FACTS for table in tables)
    return pa.concat_tables(tables).to_pandas()


@pytest.mark.parametrize("size", [1, 7, 100, 1000])
def test_wide_blocks(made: Any, same: Any, size: int) -> None:
    wide = made.wide()
    found = joined(wide.iloc[a : a + size] for a in range(0, len(wide), size))
    same(found, made.facts())


@pytest.mark.parametrize("size", [1, 7, 100, 1000])
def test_long_blocks(made: Any, same: Any, size: int) -> None:
    parts = [part for _, part in made.long().groupby("unique_id")]
    found = joined(pd.concat(parts[a : a + size]) for a in range(0, len(parts), size))
    same(found, made.facts())


def test_rows_in_any_order(made: Any, same: Any) -> None:
    shuffled = made.long().sample(frac=1, random_state=1)
    found = scan_block(shuffled, CLOCK).to_pandas().sort_values("unique_id")
    same(found, made.facts())


def test_whole_numbers_stay_exact(maker: Any, same: Any) -> None:
    made = maker(50, 30, whole=True)
    clock = Clock(made.months[0], made.months[-1])
    expected = made.facts()
    same(scan_block(made.wide(), clock).to_pandas(), expected)
    same(scan_block(made.long(gaps=False), clock).to_pandas(), expected)
    big = 2**60 + np.arange(30)  # as floats they would all be equal
    wide = pd.DataFrame([["a", *big]], columns=["unique_id", *made.months.astype(str)])
    assert scan_block(wide, clock)["rise"].to_pylist() == [29]


def _dates(frame: pd.DataFrame) -> pd.DataFrame:
    return frame.assign(ds=frame["ds"].dt.date)


KINDS = {
    "periods": lambda f: f.assign(ds=f["ds"].dt.to_period("M")),
    "month text": lambda f: f.assign(ds=f["ds"].dt.strftime("%Y-%m")),
    "day text": lambda f: f.assign(ds=f["ds"].dt.strftime("%Y-%m-%d")),
    "dates": _dates,
    "zone": lambda f: f.assign(ds=f["ds"].dt.tz_localize("Europe/Kyiv")),
    "month ends": lambda f: f.assign(ds=f["ds"] + pd.offsets.MonthEnd(0)),
    "categories": lambda f: f.assign(unique_id=f["unique_id"].astype("category")),
    "nullable": lambda f: f.assign(y=f["y"].astype("Float64")),
    "more columns": lambda f: f.assign(region="east"),
}


@pytest.mark.parametrize("kind", KINDS)
def test_kinds_of_columns(made: Any, same: Any, kind: str) -> None:
    same(scan_block(KINDS[kind](made.long()), CLOCK).to_pandas(), made.facts())


def test_wide_months_in_any_order_and_with_holes(made: Any, same: Any) -> None:
    wide = made.wide().drop(columns="2021-03")
    wide = wide[[*reversed(wide.columns)]]
    values = made.values.copy()
    values[:, list(made.months.astype(str)).index("2021-03")] = np.nan
    expected = type(made)(values, made.names, made.months).facts()
    same(scan_block(wide, CLOCK).to_pandas(), expected)


def test_a_clock_earlier_than_the_data_end(made: Any, same: Any) -> None:
    clock = Clock("2020-01", "2022-06")
    expected = made.facts(made.panel().until("2022-06"))
    same(scan_block(made.wide(), clock).to_pandas(), expected)
    same(scan_block(made.long(), clock).to_pandas(), expected)


def test_nothing_in_nothing_out() -> None:
    empty = pd.DataFrame({"unique_id": [], "ds": [], "y": []})
    assert scan_block(empty, CLOCK).equals(FACTS.empty_table())


def test_a_block_of_unknowns() -> None:
    wide = pd.DataFrame({"unique_id": ["a"], "2020-01": [1.0], "2023-04": [None]})
    (row,) = scan_block(wide, CLOCK).to_pylist()
    assert (row["month"], row["value"], row["rank"], row["since_steps"]) == (
        "2023-04",
        None,
        -1,
        -1,
    )


def long(**columns: Any) -> pd.DataFrame:
    return pd.DataFrame(
        {"unique_id": ["a", "a"], "ds": ["2020-01", "2020-02"], "y": [1, 2]} | columns
    )


WRONG = [
    (long().drop(columns="unique_id"), MissingColumns, "unique_id and one column a month"),
    (long().drop(columns="y"), MissingColumns, "no column 'y'"),
    (long().drop(columns="ds"), MissingColumns, "no column 'ds'"),
    (long(ds=["2020-01", "2020-01"]), DuplicateMonths, "'a' has more than one value for '2020-01'"),
    (long(ds=["2020-01-03", "2020-01-04"]), DuplicateMonths, "more than one value"),
    (long(ds=[202001, 202002]), NotMonthly, "int64 in column 'ds'"),
    (long(ds=["2020-01", "May"]), UnknownMonth, "'May'"),
    (long(ds=["2020-01", "2020-01-55T"]), UnknownMonth, "2020-01-55T"),
    (long(ds=["2020-01", None]), BadValue, "row 2, column 'ds'"),
    (long(unique_id=["a", None]), BadValue, "row 2, column 'unique_id'"),
    (long(unique_id=[1.5, 2.5]), BadTable, "column 'unique_id' holds double"),
    (long(y=["1", "2"]), BadTable, "column 'y' holds"),
    (long(y=[1, "2"]), BadTable, "cannot be read"),
    (long(y=[True, False]), BadTable, "column 'y' holds bool"),
    (long(y=[1, np.inf]), BadValue, "of series 'a', column '2020-02': found inf"),
    (pd.DataFrame({"unique_id": ["a"]}), BadTable, "no column is a month"),
    (pd.DataFrame({"unique_id": ["a"], "2020-01": 1, "x": 2}), BadTable, "'x' is neither"),
    (pd.DataFrame({"unique_id": ["a"], "2020-01": 1, "2020-1": 2}), BadTable, "are one month"),
    (pd.DataFrame({"unique_id": ["a"], "2020-01": "1"}), BadTable, "'2020-01' holds"),
    (pd.DataFrame({"unique_id": ["a", "a"], "2020-01": [1, 2]}), BadTable, "are the series 'a'"),
]


@pytest.mark.parametrize(("block", "kind", "words"), WRONG)
def test_what_is_wrong_is_said(block: pd.DataFrame, kind: type[TrendsError], words: str) -> None:
    with pytest.raises(kind, match=r"^here: ") as caught:
        scan_block(block, CLOCK, where="here")
    assert words in str(caught.value)


def test_two_columns_of_one_name() -> None:
    table = pa.Table.from_arrays(
        [pa.array(["a"]), pa.array([1]), pa.array([2])], ["unique_id", "2020-01", "2020-01"]
    )
    with pytest.raises(BadTable, match="two columns are named '2020-01'"):
        scan_block(table, CLOCK)


def test_clocks() -> None:
    with pytest.raises(TooShort):
        Clock("2020-01", "2020-01")
    with pytest.raises(MonthOutside):
        Clock("2020-02", "2020-01")
    with pytest.raises(UnknownMonth):
        Clock("May", "2020-01")
    assert list(Clock("2020-01", "2020-03").months.astype(str)) == ["2020-01", "2020-02", "2020-03"]


def test_the_schema_is_that_of_the_guide() -> None:
    from pathlib import Path

    text = (Path(__file__).resolve().parents[2] / "docs" / "scale.md").read_text("utf-8")
    rows = [line.split("|")[1:3] for line in text.splitlines() if line.startswith("| `")]
    said = {(name.strip(" `"), kind.strip()) for name, kind in rows}
    assert {(part.name, str(part.type)) for part in FACTS} <= said
    assert len(list(itertools.chain(FACTS))) == 21
