"""Frames as they are given, good and hostile, and what must come out of each."""

# ruff: noqa: DTZ001
from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np
import pandas as pd
import pyarrow as pa
from hardening.corpus_blind_formats import GAP, GOOD, MONTHS, NO, Cell, Either, Input, Refused

KYIV = ZoneInfo("Europe/Kyiv")
NOON = [dt.datetime(2025, m, 1) for m in (1, 2, 3)]
HERE = [day.replace(tzinfo=KYIV) for day in NOON]
PLAIN = {"month": list(MONTHS), "value": [10, 20, 30]}


def frame(value: Any = (10, 20, 30), month: Any = MONTHS, **more: Any) -> Callable[[Path], object]:
    return lambda folder: pd.DataFrame(
        {
            "month": month if hasattr(month, "dtype") else list(month),
            "value": value if hasattr(value, "dtype") else list(value),
            **more,
        }
    )


def polars(**columns: Any) -> Callable[[Path], object]:
    def make(folder: Path) -> object:
        import polars as pl

        return pl.DataFrame({**PLAIN, **{k: f(pl) for k, f in columns.items()}})

    return make


def lazy(folder: Path) -> object:
    import polars as pl

    return pl.LazyFrame(PLAIN)


def relation(folder: Path) -> object:
    import duckdb

    return duckdb.sql(
        "SELECT * FROM (VALUES ('2025-01', 10), ('2025-02', 20), ('2025-03', 30)) t(month, value)"
    )


def narwhal(folder: Path) -> object:
    import narwhals as nw

    return nw.from_native(pd.DataFrame(PLAIN))


def table(value: Any = None, month: Any = None, **more: Any) -> pa.Table:
    return pa.table(
        {
            "month": MONTHS if month is None else month,
            "value": [10, 20, 30] if value is None else value,
            **more,
        }
    )


BIG = 2**53 + 1
FRAMES = [
    Input("frame", frame(), GOOD),
    Input("frame of days", frame(month=NOON), GOOD),
    Input("frame of dates", frame(month=[d.date() for d in NOON]), GOOD),
    Input("frame in Kyiv", frame(month=HERE), GOOD),
    Input("frame of periods", frame(month=pd.period_range("2025-01", periods=3, freq="M")), GOOD),
    Input("frame of quarters", frame(month=pd.period_range("2025Q1", periods=3, freq="Q")), NO),
    Input("frame of categories", frame(month=pd.Categorical(MONTHS)), GOOD),
    Input("frame with NaN", frame([10, float("nan"), 30]), GAP),
    Input("frame of Int64 with NA", frame(pd.array([10, None, 30], dtype="Int64")), GAP),
    Input("frame of Arrow", frame(pd.array([10, None, 30], dtype="int64[pyarrow]")), GAP),
    Input("frame of Decimals", frame([Decimal("10"), Decimal("20"), Decimal("30.0")]), GOOD),
    Input("frame of a Decimal NaN", frame([Decimal("10"), Decimal("NaN"), Decimal("30")]), GAP),
    Input(
        "frame of a Decimal that signals",
        frame([Decimal("10"), Decimal("sNaN"), Decimal("30")]),
        Either(GAP),
    ),
    Input("frame of mixed", frame([10, "20", 30.0]), GOOD),
    Input("frame of float32", frame(np.array([10, 20, 30], dtype="float32")), GOOD),
    Input("frame of sparse", frame(pd.arrays.SparseArray([10, 20, 30])), GOOD),
    Input("frame of text with a word", frame(["10", "zwanzig", "30"]), Cell(2, "value", "zwanzig")),
    Input("frame of truths", frame([True, False, True]), Refused("True")),
    Input("frame with one truth", frame([10, True, 30]), Cell(2, "value", "True")),
    Input("frame with infinity", frame([10, float("inf"), 30]), Cell(2, "value", "inf")),
    Input("frame of complex", frame([10, 20j, 30]), NO),
    Input("frame of durations", frame(pd.to_timedelta([10, 20, 30], unit="D")), NO),
    Input("frame of days as values", frame(NOON), NO),
    Input("frame of lists", frame([[10], [20], [30]]), NO),
    Input("frame of objects", frame([10, object(), 30]), NO),
    Input("frame of bytes", frame([b"10", b"20", b"30"]), Either()),
    Input("frame beyond doubles", frame([10, BIG, 30]), Cell(2, "value", str(BIG))),
    Input("frame beyond int64", frame(np.array([10, 10**400, 30], dtype=object)), NO),
    Input(
        "frame of uint64",
        frame(np.array([10, 2**64 - 1, 30], dtype="uint64")),
        Cell(2, "value", str(2**64 - 1)),
    ),
    Input("frame without a day", frame(month=[*NOON[:2], pd.NaT]), Refused("3")),
    Input("frame of intervals", frame(month=pd.interval_range(0, 3)), NO),
    Input("frame of numbers for months", frame(month=[1, 2, 3]), Cell(1, "month", "1")),
    Input(
        "frame with an index of months", lambda f: pd.DataFrame(PLAIN).set_index("month"), Either()
    ),
    Input(
        "frame of two headers",
        lambda f: pd.DataFrame(
            [["2025-01", 1]], columns=pd.MultiIndex.from_tuples([("month", "a"), ("value", "b")])
        ),
        NO,
    ),
    Input(
        "frame with a name twice",
        lambda f: pd.DataFrame([["2025-01", 1, 2]], columns=["month", "value", "value"]),
        Refused("value"),
    ),
    Input("frame with an index twice", lambda f: pd.DataFrame(PLAIN, index=[0, 0, 0]), GOOD),
    Input("frame of no rows", lambda f: pd.DataFrame({"month": [], "value": []}), NO),
    Input("frame of nothing", lambda f: pd.DataFrame(), NO),
    Input("a Series", lambda f: pd.Series([10, 20, 30], index=list(MONTHS)), NO),
    Input("a dict", lambda f: dict(PLAIN), NO),
    Input("a list", lambda f: [PLAIN], NO),
    Input("None", lambda f: None, NO),
    Input("a number", lambda f: 0, NO),
    Input("a true", lambda f: True, NO),
    Input(
        "an array with names",
        lambda f: np.array([("2025-01", 10)], dtype=[("month", "U7"), ("value", "i4")]),
        NO,
    ),
    Input("polars", polars(), GOOD),
    Input("polars, lazy", lazy, Either()),
    Input("polars days", polars(month=lambda pl: pl.Series(NOON).cast(pl.Date)), GOOD),
    Input("polars in Kyiv", polars(month=lambda pl: pl.Series(HERE)), GOOD),
    Input(
        "polars categories", polars(month=lambda pl: pl.Series(MONTHS, dtype=pl.Categorical)), GOOD
    ),
    Input(
        "polars decimals",
        polars(value=lambda pl: pl.Series(["10", "20", "30"]).cast(pl.Decimal(10, 2))),
        GOOD,
    ),
    Input("polars gap", polars(value=lambda pl: [10, None, 30]), GAP),
    Input("polars of nulls", polars(value=lambda pl: [None, None, None]), NO),
    Input("polars of lists", polars(value=lambda pl: [[10], [20], [30]]), NO),
    Input(
        "polars of objects", polars(value=lambda pl: pl.Series([10, 20, {1}], dtype=pl.Object)), NO
    ),
    Input("polars structs", polars(value=lambda pl: [{"a": 1}] * 3), NO),
    Input("polars durations", polars(value=lambda pl: [dt.timedelta(1)] * 3), NO),
    Input("Arrow", lambda f: table(), GOOD),
    Input("Arrow batch", lambda f: table().to_batches()[0], Either()),
    Input(
        "Arrow in chunks", lambda f: pa.concat_tables([table().slice(n, 1) for n in range(3)]), GOOD
    ),
    Input("Arrow dictionary", lambda f: table(month=pa.array(MONTHS).dictionary_encode()), GOOD),
    Input(
        "Arrow runs",
        lambda f: table(pa.RunEndEncodedArray.from_arrays([1, 2, 3], [10, 20, 30])),
        Either(),
    ),
    Input("Arrow views", lambda f: table(month=pa.array(MONTHS, pa.string_view())), GOOD),
    Input("Arrow half floats", lambda f: table(pa.array(np.array([10, 20, 30], "float16"))), GOOD),
    Input("Arrow bytes", lambda f: table(month=pa.array([m.encode() for m in MONTHS])), Either()),
    Input("Arrow times of day", lambda f: table(pa.array([dt.time(1)] * 3)), NO),
    Input("narwhals", narwhal, Either()),
    Input("relation of DuckDB", relation, Either()),
]
