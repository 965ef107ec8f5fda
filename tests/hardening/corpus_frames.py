"""Frames in memory and databases, good and hostile."""
# Cases are a line each, and times without a zone, as files hold them.
# ruff: noqa: E501

from __future__ import annotations

import datetime as dt
import decimal
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
from hardening.corpus_tables import GAP, Case, Fault, one

from trends.loaders._limits import Limits

TOTALS = {"2025-05": 507, "2025-06": 588}
MONTHS = ["2025-05", "2025-06"]


def cases() -> Iterator[Case]:
    yield from _frames()
    yield from _databases()


def _frames() -> Iterator[Case]:
    def frame(km2: Any, month: Any = MONTHS) -> Any:
        return lambda folder: pd.DataFrame({"month": month, "km2": km2})

    stamps = pd.to_datetime(MONTHS)
    for name, made in {
        "plain": frame([507, 588]), "Int64": frame(pd.array([507, 588], "Int64")),
        "object": frame(np.array([507, "588"], object)), "stamps": frame([507, 588], stamps),
        "periods": frame([507, 588], pd.PeriodIndex(MONTHS, freq="M")),
        "zoned": frame([507, 588], stamps.tz_localize("Europe/Kyiv")),
        "categories": frame([507, 588], pd.Categorical(MONTHS)),
        "decimals": frame([decimal.Decimal(507), decimal.Decimal(588)]),
        "index": lambda folder: pd.DataFrame({"km2": [507, 588]}, pd.Index(MONTHS, name="month")),
        "arrow": lambda folder: pa.table({"month": MONTHS, "km2": [507, 588]}),
    }.items():  # fmt: skip
        yield Case(f"frame: {name}", made, one(TOTALS))
    gaps = {"2025-05": 507, "2025-06": GAP}
    for name, km2 in {"NA": pd.array([507, None], "Int64"), "NaN": [507, np.nan], "None": [507, None],
                      "NaT": [507, pd.NaT], "Decimal NaN": [decimal.Decimal(507), decimal.Decimal("NaN")],
                      "signalling NaN": [decimal.Decimal(507), decimal.Decimal("sNaN")]}.items():  # fmt: skip
        yield Case(f"frame gap: {name}", frame(km2), one(gaps))
    for name, km2, found in (
        ("complex", [1 + 2j, 3], "(1+2j)"), ("bool", [True, False], "True"),
        ("mixed bool", np.array([True, 2], object), "True"),
        ("bytes", [b"1", b"2"], "b'1'"), ("tuples", [(1, 2), (3, 4)], "1, 2"),
        ("infinite", [np.inf, 1], "inf"), ("stamps", stamps, "2025"),
        ("periods", pd.PeriodIndex(MONTHS, freq="M"), "2025-05"), ("sets", [{1}, {2}], "[1]"),
        ("spans", pd.to_timedelta([1, 2]), "1"), ("big", pd.Series([10**400, 1], dtype=object), "1000"),
        ("intervals", pd.interval_range(0, 2), "1"),
    ):  # fmt: skip
        yield Case(f"frame refused: {name}", frame(km2), Fault(1, "km2", found))
    for name, month, found in (
        ("NaT", [pd.NaT, stamps[1]], "None"), ("None", [None, "2025-06"], "None"),
        ("mixed NaT", np.array([pd.NaT, "2025-06"], object), "N"), ("wholes", [202505, 202506], "202505"),
        ("quarters", pd.PeriodIndex(["2025Q1", "2025Q2"], freq="Q"), "2025Q1"),
        ("years", pd.PeriodIndex(["2024", "2025"], freq="Y"), "2024"),
        ("year 1", np.array([dt.date(1, 1, 1), dt.date(2025, 6, 1)], object), "1"),
        ("year 9999", np.array([dt.date(9999, 12, 31), dt.date(2025, 6, 1)], object), "9999"),
    ):  # fmt: skip
        yield Case(f"frame month refused: {name}", frame([1, 2], month), Fault(1, "month", found))
    two = pd.DataFrame([[1, 2, 3]], columns=["month", "km2", "km2"])
    yield Case("frame: name twice", lambda folder: two, Fault(says="two columns are named 'km2'"))
    levels = pd.DataFrame(
        [[1, 2]], columns=pd.MultiIndex.from_tuples([("a", "month"), ("a", "km2")])
    )
    yield Case("frame: levels", lambda folder: levels, Fault(says="no column"))
    yield Case(
        "frame: empty", lambda folder: pd.DataFrame({"month": [], "km2": []}), Fault(says="no rows")
    )
    yield Case("frame: no columns", lambda folder: pd.DataFrame(), Fault(says="no column"))


def _databases() -> Iterator[Case]:
    def base(folder: Path) -> str:
        path = folder / "base.sqlite"
        with sqlite3.connect(path) as connection:
            connection.executescript(
                "CREATE TABLE gains (month TEXT, km2 REAL); CREATE TABLE odd (month TEXT, km2);"
                "INSERT INTO gains VALUES ('2025-05', 507), ('2025-06', 588), ('2025-07', NULL);"
                "INSERT INTO odd VALUES ('2025-05', 507), ('2025-06', 'x'), ('2025-07', x'00ff');"
                "CREATE VIEW seen AS SELECT * FROM gains;"
            )
        connection.close()
        return f"sqlite:///{path}"

    def case(name: str, query: object, expected: Any, **options: Any) -> Case:
        return Case(f"sql: {name}", base, one(expected), {"query": query, **options})

    whole = {**TOTALS, "2025-07": GAP}
    yield case("table", "SELECT * FROM gains", whole)
    yield case("view", "SELECT * FROM seen", whole)
    bound = "SELECT * FROM gains WHERE month < :last"
    yield case("bound", bound, TOTALS, params={"last": "2025-07"})
    hostile = "2025-07'; DROP TABLE gains; --"
    yield case("bound and hostile", bound, whole, params={"last": hostile})
    yield case("param lacks", bound, Fault(says="last"))
    yield case("wrong type", "SELECT * FROM odd", Fault(2, "km2", "x"))
    yield case(
        "binary", "SELECT * FROM odd WHERE month > '2025-06'", Fault(1, "km2", "b'\\x00\\xff'")
    )
    yield case("no such table", "SELECT * FROM nothing", Fault(says="nothing"))
    yield case("no such column", "SELECT month FROM gains", Fault(says="no column 'km2'"))
    yield case("no rows", "SELECT * FROM gains WHERE 0", Fault(says="without rows"))
    yield case("name twice", "SELECT month, km2, km2 FROM gains", Fault(says="two columns"))
    for statement in ("DROP TABLE gains", "DELETE FROM gains", "INSERT INTO gains VALUES (1, 2)",
                      "SELECT 1; DROP TABLE gains", "ATTACH 'x' AS y", "PRAGMA writable_schema=1",
                      "CREATE TABLE t (a)", "VACUUM", ""):  # fmt: skip
        yield case(
            f"refused: {statement or 'nothing'}",
            statement,
            Fault(says="database|SELECT|query|readonly"),
        )
    yield case(
        "endless",
        "WITH RECURSIVE n(month, km2) AS (SELECT '2025-05', 1 UNION ALL SELECT month, km2 + 1 FROM n) SELECT * FROM n",
        Fault(says="max_seconds"),
        limits=Limits(max_seconds=0.3),
    )
    silent = "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) SELECT '2025-05' AS month, count(*) AS km2 FROM n"
    yield case(
        "silent and endless", silent, Fault(says="max_seconds"), limits=Limits(max_seconds=0.3)
    )
    yield Case(
        "sql: no file",
        lambda f: f"sqlite:///{f}/none.db",
        Fault(says="no such file"),
        {"query": "SELECT 1"},
    )
    yield Case(
        "sql: no base",
        lambda f: _text_base(f),
        Fault(says="database"),
        {"query": "SELECT * FROM gains"},
    )
    yield Case("sql: http", lambda f: "http://127.0.0.1:9/x.csv", Fault(says="query|database"), {})


def _text_base(folder: Path) -> str:
    path = folder / "text.sqlite"
    path.write_text("month,km2\n2025-05,1\n" * 100)
    return f"sqlite:///{path}"
