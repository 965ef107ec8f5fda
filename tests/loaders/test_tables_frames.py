"""Tables from frames, Arrow files, JSON records and workbooks; workbooks that mean harm."""

from __future__ import annotations

import contextlib
import datetime as dt
import io
import json
import sys
import tracemalloc
import zipfile
from decimal import Decimal
from pathlib import Path

import numpy as np
import openpyxl
import pandas as pd
import pyarrow as pa
import pyarrow.feather
import pyarrow.parquet
import pytest

from trends.errors import BadOption, BadTable, BadValue, EmptyTable, TrendsError, UnreadableFile
from trends.loaders import load_table
from trends.loaders._limits import Limits
from trends.panel import Panel

ROWS = {"month": ["2025-04", "2025-05", "2025-06"], "km2": [379.0, None, 588.5]}
FRAME = pd.DataFrame(ROWS)
KEY = {"month": "month", "value": "km2", "unit": "km2"}


def load(source: object, **options: object) -> Panel:
    return load_table(source, **{**KEY, **options})


def check(panel: Panel) -> None:
    np.testing.assert_array_equal(panel.values, [[379, np.nan, 588.5]])
    assert panel.observed_days.tolist() == [30, 0, 30]


# --- frames ---------------------------------------------------------------------------------------
PANDAS = {
    "plain": FRAME,
    "index": FRAME.set_index("month"),
    "stamps": FRAME.assign(month=pd.to_datetime(FRAME["month"])),
    "zone": FRAME.assign(month=pd.to_datetime(FRAME["month"]).dt.tz_localize("Europe/Kyiv")),
    "dates": FRAME.assign(month=[dt.date(2025, month, 30) for month in (4, 5, 6)]),
    "periods": FRAME.assign(month=pd.PeriodIndex(FRAME["month"], freq="M")),
    "category": FRAME.astype({"month": "category"}),
    "nullable": FRAME.astype({"km2": "Float64", "month": "string"}),
    "arrow": FRAME.astype({"km2": "float64[pyarrow]", "month": "string[pyarrow]"}),
    "text": FRAME.assign(km2=["379", "", "588.5"]),
    "objects": FRAME.assign(km2=pd.Series([379, None, "588.5"], dtype=object)),
    "decimals": FRAME.assign(km2=[Decimal(379), None, Decimal("588.5")]),
    "unsorted": FRAME[::-1],
    "float32": FRAME.astype({"km2": "float32"}),
}


@pytest.mark.parametrize("kind", PANDAS)
def test_pandas(kind: str) -> None:
    before = PANDAS[kind].copy()
    check(load(PANDAS[kind]))
    pd.testing.assert_frame_equal(PANDAS[kind], before)


@pytest.mark.parametrize("form", ["table", "batch", "dictionary", "stream", "chunks"])
def test_arrow(form: str) -> None:
    table = pa.table(ROWS)
    source = {
        "table": table,
        "batch": table.to_batches()[0],
        "dictionary": table.set_column(0, "month", table["month"].dictionary_encode()),
        "stream": pa.RecordBatchReader.from_batches(table.schema, table.to_batches()),
        "chunks": pa.concat_tables([table[:1], table[1:1], table[1:]]),
    }[form]
    check(load(source))


@pytest.mark.parametrize("lazy", [False, True])
def test_polars(lazy: bool) -> None:
    polars = pytest.importorskip("polars", reason="polars is not installed")
    if lazy:
        pytest.importorskip("narwhals", reason="narwhals is not installed")
    frame = polars.DataFrame(ROWS)
    check(load(frame.lazy() if lazy else frame))
    stamped = frame.with_columns(polars.col("month").str.to_date("%Y-%m"))
    check(load(stamped.lazy() if lazy else stamped))


def test_duckdb_relation() -> None:
    duckdb = pytest.importorskip("duckdb", reason="duckdb is not installed")
    frame = FRAME  # noqa: F841
    with duckdb.connect() as base:
        check(load(base.sql("select * from frame")))


def test_other_frames_without_narwhals(monkeypatch: pytest.MonkeyPatch) -> None:
    class Odd:
        """Not a frame that speaks Arrow."""

    monkeypatch.setitem(sys.modules, "narwhals", None)
    with pytest.raises(BadOption, match=r"pip install narwhals"):
        load(Odd())


@pytest.mark.parametrize("source", [3, None, [1, 2], {"month": ["2025-06"]}, np.ones(3), b"x.csv"])
def test_what_is_no_frame(source: object) -> None:
    with pytest.raises(TrendsError):
        load(source)


def test_bad_frames() -> None:
    with pytest.raises(EmptyTable, match="the pandas DataFrame given"):
        load(FRAME[:0])
    with pytest.raises(EmptyTable):
        load(pa.table(ROWS)[:0])
    with pytest.raises(BadTable, match="two columns are named 'km2'"):
        load(pd.concat([FRAME, FRAME[["km2"]]], axis=1))
    with pytest.raises(TrendsError, match=r"no column 'km2'.*the table has 'month', 'gain'"):
        load(FRAME.rename(columns={"km2": "gain"}))
    for cell in (None, pd.NaT, 3, 2.5, "soon"):
        with pytest.raises(BadValue, match="row 2, column 'month'"):
            load(FRAME.assign(month=pd.Series(["2025-04", cell, "2025-06"], dtype=object)))
    with pytest.raises(BadOption, match="query"):
        load(FRAME, query="select 1")
    with pytest.raises(BadValue, match="row 1, column 'km2'"):
        load(pa.table({"month": ["2025-06"], "km2": [[1.0]]}))


# --- Arrow files ----------------------------------------------------------------------------------
@pytest.mark.parametrize("suffix", [".feather", ".arrow", ".ipc", ".stream.arrow", ".parquet"])
def test_arrow_files(suffix: str, tmp_path: Path) -> None:
    path = tmp_path / f"table{suffix}"
    table = pa.table(ROWS)
    if suffix == ".parquet":
        pyarrow.parquet.write_table(table, path)
    elif suffix == ".stream.arrow":
        with pa.ipc.new_stream(path, table.schema) as sink:
            sink.write_table(table)
    else:
        pyarrow.feather.write_feather(table, path)
    check(load(path))
    with pytest.raises(UnreadableFile, match="max_cells=2 "):
        load(path, limits=Limits(max_cells=2))
    path.write_bytes(path.read_bytes()[:-40])
    with pytest.raises(TrendsError, match="table"):
        load(path)


def test_a_damaged_arrow_file_does_not_crash(tmp_path: Path) -> None:
    path = tmp_path / "damaged.feather"
    pyarrow.feather.write_feather(pa.table(ROWS), path, compression="uncompressed")
    whole = path.read_bytes()
    for at in range(0, len(whole), 3):
        path.write_bytes(whole[:at] + b"\xff" * 5 + whole[at + 5 :])
        with contextlib.suppress(TrendsError):
            load(path)


def test_a_parquet_file_that_unpacks_to_much_is_refused_unread(tmp_path: Path) -> None:
    path = tmp_path / "bomb.parquet"
    column = pa.array(np.zeros(3_000_000, dtype=np.int8))
    pyarrow.parquet.write_table(pa.table({"month": column, "km2": column}), path)
    assert path.stat().st_size < 100_000
    tracemalloc.start()
    with pytest.raises(UnreadableFile, match="max_cells"):
        load(path, limits=Limits(max_cells=1_000_000))
    assert tracemalloc.get_traced_memory()[1] < 20_000_000
    tracemalloc.stop()


# --- JSON -----------------------------------------------------------------------------------------
RECORDS = [{"month": m, "km2": v} for m, v in zip(*ROWS.values(), strict=True)]
SHAPES = {
    "list.json": json.dumps(RECORDS),
    "data.json": json.dumps({"status": 200, "data": RECORDS}),
    "lines.jsonl": "\n".join(map(json.dumps, RECORDS)),
    "lines.ndjson": "\n".join(map(json.dumps, RECORDS)) + "\n\n",
    "lines.json": "\n".join(map(json.dumps, RECORDS)),
    "absent.json": json.dumps([RECORDS[0], {"month": "2025-05"}, RECORDS[2]]),
    "nan.json": json.dumps(RECORDS).replace("null", "NaN"),
    "more.json": json.dumps([{**record, "place": {"lat": 1}} for record in RECORDS]),
}


@pytest.mark.parametrize("name", SHAPES)
def test_json_records(name: str, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_text(SHAPES[name], "utf-8")
    check(load(path))


@pytest.mark.parametrize(
    "text",
    [
        *("[]", "{}", "[[1, 2]]", "3", '"x"', "[1]", '{"month": {"0": 1}}', "[" * 200_000, "{" * 9),
        '[{"month": "2025-06", "km2": 1, "km2": 2}]',
        '[{"month": "2025-06", "km2": Infinity}]',
        '[{"month": "2025-06", "km2": {"a": 1}}]',
        '[{"month": "2025-06", "km2": true}]',
        f'[{{"month": "2025-06", "km2": {"9" * 5000}}}]',
        '{"month": "2025-06", "km2": 1}\n{"month": "2025-07", "km2"',
        '[{"month": ["2025-06"], "km2": 1}]',
    ],
)
def test_bad_json(text: str, tmp_path: Path) -> None:
    path = tmp_path / "bad.json"
    path.write_text(text, "utf-8")
    with pytest.raises(TrendsError, match=r"bad\.json"):
        load(path)


# --- workbooks ------------------------------------------------------------------------------------
def workbook(path: Path, *rows: tuple[object, ...], merge: str = "") -> Path:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    if merge:
        book.active.merge_cells(merge)
    book.save(path)
    return path


def repacked(path: Path, part: str, change: bytes, into: bytes) -> Path:
    """The workbook with bytes of one part replaced."""
    out = io.BytesIO()
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            data = old.read(name)
            new.writestr(name, data.replace(change, into) if name == part else data)
    path.write_bytes(out.getvalue())
    return path


GOOD = (("month", "km2"), ("2025-04", 379), ("2025-05", None), ("2025-06", 588.5))
SHEET = "xl/worksheets/sheet1.xml"


def test_workbook(tmp_path: Path) -> None:
    check(load(workbook(tmp_path / "good.xlsx", *GOOD)))
    empty = (None, None, None)
    check(load(workbook(tmp_path / "loose.xlsx", empty, *((*row, None) for row in GOOD), empty)))
    text = [(month, None if km2 is None else str(km2)) for month, km2 in GOOD]
    check(load(workbook(tmp_path / "text.xlsx", *text)))
    stamps = [GOOD[0], *((dt.datetime.fromisoformat(m + "-01"), km2) for m, km2 in GOOD[1:])]
    check(load(workbook(tmp_path / "stamps.xlsx", *stamps)))
    wrong = repacked(workbook(tmp_path / "size.xlsx", *GOOD), SHEET, b'ref="A1:B4"', b'ref="A1"')
    check(load(wrong))


def test_merged_cells_are_refused(tmp_path: Path) -> None:
    title = (("Gains", None), *GOOD)
    with pytest.raises(BadTable, match=r"cells A1:B1 of the header are merged"):
        load(workbook(tmp_path / "title.xlsx", *title, merge="A1:B1"))
    with pytest.raises(BadTable, match=r"cells B2:B3 of the table are merged"):
        load(workbook(tmp_path / "cells.xlsx", *GOOD, merge="B2:B3"))


def test_formulas(tmp_path: Path) -> None:
    rows = (*GOOD[:2], ("2025-05", "=B2+1"), GOOD[3])
    path = workbook(tmp_path / "formula.xlsx", *rows)
    with pytest.raises(BadTable, match="cell B3 holds a formula without its result"):
        load(path)
    for empty in (b"<f>B2+1</f><v></v>", b"<f>B2+1</f><v />", b"<f>B2+1</f><v/>"):
        repacked(path, SHEET, empty, b"<f>B2+1</f><v>380</v>")
    assert load(path).values[0, 1] == 380
    error = workbook(tmp_path / "error.xlsx", *GOOD[:2], ("2025-05", "#DIV/0!"))
    with pytest.raises(BadValue, match="#DIV/0!"):
        load(error)


def test_zip_bombs(tmp_path: Path) -> None:
    path = workbook(tmp_path / "bomb.xlsx", *GOOD)
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as book:
        book.writestr("xl/media/zeros.bin", bytes(120_000_000))
    assert path.stat().st_size < 200_000
    tracemalloc.start()
    with pytest.raises(UnreadableFile, match="zip bomb"):
        load(path)
    assert tracemalloc.get_traced_memory()[1] < 30_000_000
    tracemalloc.stop()
    with pytest.raises(UnreadableFile, match="max_bytes=1,000,000"):
        load(path, limits=Limits(max_bytes=1_000_000))
    with zipfile.ZipFile(tmp_path / "many.xlsx", "w") as book:
        for part in range(10_001):
            book.writestr(str(part), b"")
    with pytest.raises(UnreadableFile, match="10,001 parts"):
        load(tmp_path / "many.xlsx")


def test_a_sheet_of_far_cells_is_bounded(tmp_path: Path) -> None:
    path = workbook(tmp_path / "far.xlsx", *GOOD)
    rows = b"".join(b'<row r="%d"><c r="XFD%d"><v>1</v></c></row>' % (r, r) for r in range(5, 99))
    repacked(path, SHEET, b"</sheetData>", rows + b"</sheetData>")
    with pytest.raises(UnreadableFile, match="max_cells=1,000,000"):
        load(path, limits=Limits(max_cells=1_000_000))


LAUGHS = b"".join(b'<!ENTITY l%d "%s">' % (n, b"&l%d;" % (n - 1) * 10) for n in range(1, 10))


@pytest.mark.parametrize("part", [SHEET, "xl/workbook.xml", "[Content_Types].xml"])
@pytest.mark.parametrize(
    "doctype",
    [
        b'<!DOCTYPE x [<!ENTITY l0 "lol">' + LAUGHS + b"]>",
        b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>',
    ],
)
def test_document_types_are_refused_before_parsing(
    part: str, doctype: bytes, tmp_path: Path
) -> None:
    path = workbook(tmp_path / "laughs.xlsx", *GOOD)
    with zipfile.ZipFile(path) as book:
        start = book.read(part).index(b"<", 5) if book.read(part)[:5] == b"<?xml" else 0
        head = book.read(part)[:start]
        first = book.read(part)[start : start + 12]
    repacked(path, part, head + first, head + doctype + first)
    with pytest.raises(UnreadableFile, match="declares a document type"):
        load(path)


def test_damaged_workbooks(tmp_path: Path) -> None:
    path = workbook(tmp_path / "bad.xlsx", *GOOD)
    whole = path.read_bytes()
    for size in (1, 30, len(whole) // 2, len(whole) - 30):
        path.write_bytes(whole[:size])
        with pytest.raises(TrendsError, match=r"bad\.xlsx"):
            load(path)
    path.write_bytes(whole)
    repacked(path, SHEET, b"</sheetData>", b"</sheet>")
    with pytest.raises(UnreadableFile, match="not an Excel workbook"):
        load(path)
