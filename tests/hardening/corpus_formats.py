"""Workbooks, JSON, Parquet, Arrow, frames and databases, good and hostile."""
# Cases are a line each, and times without a zone, as files hold them.
# ruff: noqa: E501, DTZ001

from __future__ import annotations

import datetime as dt
import decimal
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.feather
import pyarrow.parquet as pq
from hardening.corpus_books import books
from hardening.corpus_tables import GAP, Case, Fault, one, text

TOTALS = {"2025-05": 507, "2025-06": 588}
MONTHS = ["2025-05", "2025-06"]
WIDE = decimal.Decimal("12345678901234567890.5")


def cases() -> Iterator[Case]:
    yield from books()
    yield from _json()
    yield from _arrow_types()
    yield from _damaged()


def _json() -> Iterator[Case]:
    def case(
        name: str, data: str, expected: object, file: str = "table.json", **options: object
    ) -> Case:
        return text(f"json: {name}", data, expected, file=file, **options)

    records = [{"month": m, "km2": v} for m, v in TOTALS.items()]
    yield case("records", json.dumps(records), TOTALS)
    yield case("under data", json.dumps({"data": records, "count": 2}), TOTALS)
    lines = "\n".join(map(json.dumps, records))
    yield case("lines", lines, TOTALS, file="table.jsonl")
    yield case("lines called json", lines, TOTALS)
    yield case("one record", json.dumps(records[0]), {"2025-05": 507})
    yield case("numbers as text", '[{"month": "2025-05", "km2": "507.5"}]', {"2025-05": 507.5})
    yield case(
        "null",
        '[{"month": "2025-05", "km2": null}, {"month": "2025-06", "km2": 1}]',
        {"2025-05": GAP, "2025-06": 1},
    )
    yield case(
        "NaN",
        '[{"month": "2025-05", "km2": NaN}, {"month": "2025-06", "km2": 1}]',
        {"2025-05": GAP, "2025-06": 1},
    )
    yield case(
        "a key less",
        '[{"month": "2025-05"}, {"month": "2025-06", "km2": 1}]',
        {"2025-05": GAP, "2025-06": 1},
    )
    yield case("byte mark", "\ufeff" + json.dumps(records), TOTALS)
    head = '[{"month": "2025-05", "km2": 507}, '
    for name, cell, found in (
        ("Infinity", "Infinity", "inf"),
        ("minus Infinity", "-Infinity", "-inf"),
        ("huge exponent", "1e400", "inf"),
        ("big whole", "1" + "0" * 400, "10000"),
        ("beyond a double", "9007199254740993", "9007199254740993"),
        ("true", "true", "True"),
        ("list", "[1, 2]", "[1, 2]"),
        ("object", '{"a": 1}', "{'a': 1}"),
        ("empty list", "[]", "[]"),
        ("text", '"12 or so"', "12 or so"),
        ("NUL", '"5\\u00008"', "5\\x008"),
        ("lone surrogate", '"\\ud800"', "\\ud800"),
    ):
        data = head + f'{{"month": "2025-06", "km2": {cell}}}]'
        yield case(f"value {name}", data, Fault(2, "km2", found))
    for name, cell, found in (
        ("whole", "202506", "202506"), ("day as whole", "20250601", "20250601"),
        ("null", "null", "None"), ("true", "true", "True"), ("list", '["2025-06"]', "['2025-06']"),
        ("fraction", "2025.06", "2025.06"), ("milliseconds", "1748736000000", "1748736000000"),
    ):  # fmt: skip
        data = head + f'{{"month": {cell}, "km2": 1}}]'
        yield case(f"month {name}", data, Fault(2, "month", found))
    twice = head + '{"month": "2025-06", "km2": 1, "km2": 2}]'
    yield case("key twice", twice, Fault(2, "km2", "2", says="twice"))
    yield case(
        "key twice in a line",
        lines + '\n{"month": "2025-07", "km2": 1, "km2": 2}',
        Fault(3, "km2", "2"),
    )
    digits = head + '{"month": "2025-06", "km2": ' + "9" * 5000 + "}]"
    yield case("five thousand digits", digits, Fault(2, "km2", "999"))
    for name, data in {
        "lists": "[" * 100_000 + "]" * 100_000, "open lists": "[" * 1_000_000,
        "objects": '{"a":' * 100_000 + "1" + "}" * 100_000,
        "in a cell": head + '{"month": "2025-06", "km2": ' + "[" * 900 + "]" * 900 + "}]",
    }.items():  # fmt: skip
        yield case(f"deep {name}", data, Fault(says="max_depth"))
    for name, data in {"number": "7", "text": '"month"', "null": "null", "numbers": "[1, 2]",
                       "lists": '[["month", "km2"], ["2025-05", 507]]'}.items():  # fmt: skip
        yield case(f"top {name}", data, Fault(says="no list of JSON records"))
    yield case("empty list", "[]", Fault(says="without records"))
    yield case("empty object", "{}", Fault(says="without records"))
    yield case("cut", json.dumps(records)[:-5], Fault(says="not JSON"))
    yield case("comment", "// x\n" + json.dumps(records), Fault(says="not JSON"))
    yield case("line damaged", lines + '\n{"month": ', Fault(says="record 3"), file="table.jsonl")
    wide = json.dumps([{"month": "2025-05", "km2": 1, **{f"c{n}": 1 for n in range(20_000)}}])
    yield case("wide", wide, Fault(says="max_columns"))


def _file(name: str, table: pa.Table) -> Any:
    def make(folder: Path) -> Path:
        path = folder / name
        if name.endswith(".parquet"):
            pq.write_table(table, path)
        else:
            pyarrow.feather.write_feather(table, path, compression="uncompressed")
        return path

    return make


def _arrow_types() -> Iterator[Case]:
    day = [dt.date(2025, 5, 31), dt.date(2025, 6, 30)]
    stamp = [dt.datetime(2025, 5, 31, 22), dt.datetime(2025, 6, 30, 22)]  # 1st of the next in Kyiv
    kyiv = {"2025-06": 507, "2025-07": 588}
    good: dict[str, tuple[pa.Array, pa.Array, dict[str, float]]] = {
        "int8": (pa.array(MONTHS), pa.array([5, 8], pa.int8()), {"2025-05": 5, "2025-06": 8}),
        "uint64": (pa.array(MONTHS), pa.array([507, 588], pa.uint64()), TOTALS),
        "float32": (pa.array(MONTHS), pa.array([507, 588], pa.float32()), TOTALS),
        "float16": (pa.array(MONTHS), pa.array(np.array([507, 588], np.float16)), TOTALS),
        "decimal": (pa.array(MONTHS), pa.array([507, 588], pa.decimal128(12, 2)), TOTALS),
        "decimal256": (pa.array(MONTHS), pa.array([507, 588], pa.decimal256(50, 2)), TOTALS),
        "dictionary": (pa.array(MONTHS).dictionary_encode(), pa.array([507.0, 588]).dictionary_encode(), TOTALS),
        "large text": (pa.array(MONTHS, pa.large_string()), pa.array(["507", "588"], pa.large_string()), TOTALS),
        "date32": (pa.array(day), pa.array([507, 588]), TOTALS),
        "date64": (pa.array(day, pa.date64()), pa.array([507, 588]), TOTALS),
        "stamps": (pa.array(stamp, pa.timestamp("ns")), pa.array([507, 588]), TOTALS),
        "stamps in UTC": (pa.array(stamp, pa.timestamp("us", "UTC")), pa.array([507, 588]), TOTALS),
        "stamps in Kyiv": (pa.array(stamp, pa.timestamp("ms", "Europe/Kyiv")), pa.array([507, 588]), kyiv),
    }  # fmt: skip
    for name, (month, km2, totals) in good.items():
        for suffix in (".parquet", ".arrow"):
            table = pa.table({"month": month, "km2": km2})
            yield Case(f"type: {name}{suffix}", _file(f"t{suffix}", table), one(totals))
    far = pa.array([0, 10**17], pa.timestamp("s"))
    union = pa.UnionArray.from_sparse(
        pa.array([0, 1], pa.int8()), [pa.array([1, 2]), pa.array(["a", "b"])]
    )
    bad: dict[str, tuple[pa.Array, pa.Array, Fault]] = {
        "uint64 beyond": (pa.array(MONTHS), pa.array([1, 2**64 - 1], pa.uint64()), Fault(2, "km2", "18446744073709551615")),
        "int64 beyond": (pa.array(MONTHS), pa.array([1, 2**53 + 1]), Fault(2, "km2", "9007199254740993")),
        "decimal beyond": (pa.array(MONTHS), pa.array([1, WIDE], pa.decimal128(30, 1)), Fault(2, "km2", "12345678901234567890.5")),
        "bool": (pa.array(MONTHS), pa.array([True, False]), Fault(1, "km2", "True")),
        "binary": (pa.array(MONTHS), pa.array([b"1", b"2"]), Fault(1, "km2", "b'1'")),
        "list": (pa.array(MONTHS), pa.array([[1], [2]]), Fault(1, "km2", "[1]")),
        "struct": (pa.array(MONTHS), pa.array([{"a": 1}, {"a": 2}]), Fault(1, "km2", "{'a': 1}")),
        "infinite": (pa.array(MONTHS), pa.array([1.0, np.inf]), Fault(2, "km2", "inf")),
        "duration": (pa.array(MONTHS), pa.array([1, 2], pa.duration("s")), Fault(1, "km2", "timedelta")),
        "date as value": (pa.array(MONTHS), pa.array(day), Fault(1, "km2", "2025, 5, 31")),
        "time": (pa.array(MONTHS), pa.array([1, 2], pa.time32("s")), Fault(1, "km2", "time")),
        "all null": (pa.array(MONTHS), pa.nulls(2), Fault(says="no known value")),
        "month null": (pa.array(["2025-05", None]), pa.array([1, 2]), Fault(2, "month", "None")),
        "month whole": (pa.array([202505, 202506]), pa.array([1, 2]), Fault(1, "month", "202505")),
        "month bool": (pa.array([True, False]), pa.array([1, 2]), Fault(1, "month", "True")),
    }  # fmt: skip
    for name, (month, km2, fault) in bad.items():
        table = pa.table({"month": month, "km2": km2})
        yield Case(f"type refused: {name}", _file("t.parquet", table), fault)
    table = pa.table({"month": pa.array(MONTHS), "km2": union})
    yield Case("type refused: union", _ipc(table), Fault(2, "km2", "b"))
    table = pa.table({"month": far, "km2": pa.array([1, 2])})
    fault = Fault(2, "month", "100000000000000000")
    yield Case("type refused: stamp far", _ipc(table), fault)
    empty = pa.table({"month": pa.array([], pa.string()), "km2": pa.array([], pa.float64())})
    yield Case("parquet: no rows", _file("t.parquet", empty), Fault(says="no rows"))
    twice = pa.table(
        [pa.array(MONTHS), pa.array([1, 2]), pa.array([1, 2])], ["month", "km2", "km2"]
    )
    yield Case("arrow: name twice", _ipc(twice), Fault(says="two columns are named 'km2'"))


def _ipc(table: pa.Table) -> Any:
    def make(folder: Path) -> Path:
        path = folder / "t.arrow"
        with pa.OSFile(str(path), "wb") as out, pa.ipc.new_file(out, table.schema) as writer:
            writer.write_table(table)
        return path

    return make


def _damaged() -> Iterator[Case]:
    table = pa.table({"month": pa.array(MONTHS * 50), "km2": pa.array([507.0, 588.0] * 50)})
    for suffix in (".parquet", ".arrow", ".feather"):
        for name, hurt in {
            "cut in half": lambda data: data[: len(data) // 2],
            "cut at the end": lambda data: data[:-3],
            "cut to its mark": lambda data: data[:6],
            "without its mark": lambda data: b"XXXX" + data[4:-4] + b"XXXX",
            "zeros": lambda data: bytes(len(data)),
        }.items():  # fmt: skip
            made = _file(f"t{suffix}", table)

            def make(folder: Path, made: Any = made, hurt: Any = hurt) -> Path:
                path: Path = made(folder)
                path.write_bytes(hurt(path.read_bytes()))
                return path

            yield Case(f"damaged{suffix}: {name}", make, Fault(says="not a"))
