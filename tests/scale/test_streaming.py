"""`scan_parquet`: the same as in memory, however it is cut; bad input; memory."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from scale.files import left_behind, n_parts, read, write

from trends.errors import (
    BadOption,
    BadTable,
    DuplicateMonths,
    EmptyTable,
    MissingColumns,
    MonthOutside,
    NoValues,
    TooShort,
    TrendsError,
    UnknownMonth,
    UnreadableFile,
)
from trends.scale import scan_parquet


@pytest.mark.parametrize("groups", [1, 37, 10_000])
@pytest.mark.parametrize("block_rows", [2, 33, 230, 1000])
def test_the_same_however_it_is_cut(
    made: Any, same: Any, shape: str, tmp_path: Path, groups: int, block_rows: int
) -> None:
    if groups == 1 and (shape == "long" or block_rows != 33):
        groups = 2
    source, out = write(made, shape, tmp_path / "panel.parquet", groups), tmp_path / "facts.parquet"
    done = scan_parquet(source, out, block_rows=block_rows)
    same(read(out), made.facts())
    assert (done.shape, done.n_series, str(done.month)) == (shape, 230, "2023-04")
    assert (done.n_blocks, done.n_kept) == (-(-230 // block_rows), 0)
    assert left_behind(out) == ["facts.parquet"]


def test_an_earlier_month(made: Any, same: Any, shape: str, tmp_path: Path) -> None:
    source = write(made, shape, tmp_path / "panel.parquet")
    scan_parquet(source, tmp_path / "facts.parquet", month="2022-06")
    same(read(tmp_path / "facts.parquet"), made.facts(made.panel().until("2022-06")))


@pytest.mark.parametrize(
    "kind",
    ["month text", "dates", "zone", "no statistics", "whole ids", "dictionary ids", "large text"],
)
def test_kinds_of_long_files(made: Any, same: Any, tmp_path: Path, kind: str) -> None:
    frame, expected, options = made.long(), made.facts(), {}
    table = pa.Table.from_pandas(frame, preserve_index=False)
    if kind == "month text":
        table = table.set_column(1, "ds", pa.array(frame["ds"].dt.strftime("%Y-%m")))
    elif kind == "dates":
        table = table.set_column(1, "ds", table["ds"].cast(pa.date32()))
    elif kind == "zone":
        local = pa.array(frame["ds"].dt.tz_localize("Europe/Kyiv"))
        table = table.set_column(1, "ds", local)
    elif kind == "no statistics":
        options = {"write_statistics": False}
    elif kind == "whole ids":
        ids = frame["unique_id"].str[-6:].astype(int)
        table = table.set_column(0, "unique_id", pa.array(ids))
        numbers = pd.Series([str(k) for k in range(len(expected))], dtype=object)
        expected = expected.assign(unique_id=numbers)
    elif kind == "dictionary ids":
        table = table.set_column(0, "unique_id", table["unique_id"].dictionary_encode())
    else:
        table = table.set_column(0, "unique_id", table["unique_id"].cast(pa.large_string()))
    pq.write_table(table, tmp_path / "panel.parquet", row_group_size=500, **options)
    scan_parquet(tmp_path / "panel.parquet", tmp_path / "facts.parquet", block_rows=50)
    same(read(tmp_path / "facts.parquet"), expected)


def test_whole_numbers(maker: Any, same: Any, tmp_path: Path, shape: str) -> None:
    made = maker(60, 30, whole=True)
    source = write(made, shape, tmp_path / "panel.parquet")
    scan_parquet(source, tmp_path / "facts.parquet", block_rows=7)
    same(read(tmp_path / "facts.parquet"), made.facts())


# --- bad input --------------------------------------------------------------------------------


def wide(**columns: Any) -> pd.DataFrame:
    return pd.DataFrame({"unique_id": ["a", "b"], "2020-01": [1, 2], "2020-02": [3, 4]} | columns)


def long(**columns: Any) -> pd.DataFrame:
    return pd.DataFrame(
        {"unique_id": ["a", "a", "b"], "ds": ["2020-01", "2020-02", "2020-02"], "y": [1, 2, 3]}
        | columns
    )


WRONG = [
    (wide().iloc[:0], EmptyTable, "nothing to read"),
    (wide().drop(columns="unique_id"), MissingColumns, "no column 'unique_id'"),
    (long().drop(columns="ds"), MissingColumns, "no column 'ds'"),
    (wide().drop(columns="2020-02"), TooShort, "found 1 month"),
    (wide(**{"2020-1": 3}), BadTable, "are one month"),
    (wide(**{"2020-01": np.nan, "2020-02": np.nan}), NoValues, "no known value"),
    (wide(region="x"), BadTable, "'region' is neither"),
    (long(ds="2020-01"), TooShort, "found 1 month"),
    (long(ds=["2020-02", "2020-02", "2020-01"]), DuplicateMonths, "'a' has more than one"),
    (long(ds=["2020-02", "2020-01", "x"]), UnknownMonth, "'x'"),
    (long(unique_id=["b", "b", "a"]), BadTable, "series 'a' stands after 'b'"),
    (long(unique_id=["a", "b", "a"]), BadTable, "sort('unique_id', 'ds')"),
    (long(unique_id=["a", None, "b"]), TrendsError, "None, which is not the name of a series"),
    (long(y=np.nan), NoValues, "no known value"),
    (long(y=[1, 2, np.inf]), TrendsError, "found inf"),
]


@pytest.mark.parametrize(("frame", "kind", "words"), WRONG)
@pytest.mark.parametrize("block_rows", [1, 100])
def test_what_is_wrong_is_said(
    tmp_path: Path, frame: pd.DataFrame, kind: type[TrendsError], words: str, block_rows: int
) -> None:
    source, out = tmp_path / "panel.parquet", tmp_path / "facts.parquet"
    frame.to_parquet(source, index=False)
    with pytest.raises(kind) as caught:
        scan_parquet(source, out, block_rows=block_rows)
    assert words in str(caught.value)
    assert str(source) in str(caught.value)
    assert left_behind(out) == []


def test_two_rows_of_one_name_in_a_block(tmp_path: Path) -> None:
    source, out = tmp_path / "panel.parquet", tmp_path / "facts.parquet"
    wide(unique_id="a").to_parquet(source, index=False)
    with pytest.raises(BadTable, match="two rows are the series 'a'"):
        scan_parquet(source, out)
    assert left_behind(out) == []
    assert scan_parquet(source, out, block_rows=1).n_series == 2  # not noticed: see docs/scale.md


def test_paths(made: Any, tmp_path: Path) -> None:
    source, out = write(made, "wide", tmp_path / "panel.parquet"), tmp_path / "facts.parquet"
    with pytest.raises(UnreadableFile, match="no such file"):
        scan_parquet(tmp_path / "absent.parquet", out)
    with pytest.raises(UnreadableFile, match="is a folder"):
        scan_parquet(tmp_path, out)
    with pytest.raises(UnreadableFile, match="is a folder"):
        scan_parquet(source, tmp_path)
    with pytest.raises(UnreadableFile, match="does not exist"):
        scan_parquet(source, tmp_path / "absent" / "facts.parquet")
    with pytest.raises(BadOption, match="another file than the source"):
        scan_parquet(source, tmp_path / "." / "panel.parquet")
    for content in (b"", b"unique_id,ds,y\n" * 9, source.read_bytes()[:-9]):
        (tmp_path / "text.parquet").write_bytes(content)
        with pytest.raises(UnreadableFile, match="not a whole Parquet file"):
            scan_parquet(tmp_path / "text.parquet", out)
    assert left_behind(out) == []


def test_options(made: Any, tmp_path: Path) -> None:
    source, out = write(made, "wide", tmp_path / "panel.parquet"), tmp_path / "facts.parquet"
    for option in ({"block_rows": 0}, {"block_rows": 1.5}, {"least": True}, {"least": "12"}):
        with pytest.raises(BadOption):
            scan_parquet(source, out, **option)
    for month, kind in (("May", UnknownMonth), ("2030-01", MonthOutside), ("2020-01", TooShort)):
        with pytest.raises(kind):
            scan_parquet(source, out, month=month)
    assert left_behind(out) == []


def test_damage_in_the_middle_keeps_what_is_done(made: Any, tmp_path: Path) -> None:
    source, out = tmp_path / "panel.parquet", tmp_path / "facts.parquet"
    made.wide().to_parquet(source, row_group_size=50, index=False, compression="zstd")
    content = bytearray(source.read_bytes())
    place = pq.ParquetFile(source).metadata.row_group(3).column(5).data_page_offset
    content[place : place + 40] = b"\xff" * 40
    source.write_bytes(content)
    with pytest.raises(UnreadableFile, match="is damaged"):
        scan_parquet(source, out, block_rows=50)
    assert not out.exists()
    assert n_parts(out) == 3


# --- memory -----------------------------------------------------------------------------------

PEAK = """
import sys
from trends.scale import scan_parquet
scan_parquet(sys.argv[1], sys.argv[2], block_rows=2048)
print(next(line.split()[1] for line in open("/proc/self/status") if line.startswith("VmHWM")))
"""


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="memory is read from /proc")
def test_memory_does_not_grow_with_the_file(shape: str, tmp_path: Path) -> None:
    n, peaks = (16_000 if shape == "wide" else 8_000), []
    for times in (1, 4):
        source = tmp_path / f"{times}.parquet"
        write_large(source, shape, n * times)
        command = [sys.executable, "-c", PEAK, source, tmp_path / "facts.parquet"]
        done = subprocess.run(command, capture_output=True, text=True, check=True)
        peaks.append(int(done.stdout) / 1024)
    in_memory = n * 3 * 240 * (8 if shape == "wide" else 24) / 2**20
    assert in_memory > 80  # a leak would be seen
    assert peaks[1] < 1.2 * peaks[0], f"{peaks} MiB"


def write_large(path: Path, shape: str, n: int) -> None:
    rng = np.random.default_rng(n)
    months = pd.period_range("2005-01", periods=240, freq="M")
    values = rng.integers(0, 200, (1000, 240)).astype(np.float64)
    writer = None
    for start in range(0, n, 1000):
        names = pa.array([f"{k:08d}" for k in range(start, start + 1000)])
        if shape == "wide":
            columns = {str(m): values[:, t] for t, m in enumerate(months)}
            table = pa.table({"unique_id": names, **columns})
        else:
            ids = names.take(pa.array(np.repeat(np.arange(1000), 240)))
            stamps = pa.array(np.tile(months.to_timestamp(), 1000))
            table = pa.table({"unique_id": ids, "ds": stamps, "y": values.ravel()})
        writer = writer or pq.ParquetWriter(path, table.schema, compression="none")
        writer.write_table(table)
    writer.close()
