"""Parquet files, good and hostile, and what must come out of each."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
from hardening.blind_packets import patched, written
from hardening.corpus_blind_columns import HERE, NOON, PLAIN, table
from hardening.corpus_blind_formats import (
    GAP,
    GOOD,
    MONTHS,
    NO,
    Cell,
    Either,
    Input,
    Refused,
)


def parquet(
    made: Callable[[], pa.Table] | pa.Table, *, name: str = "a.parquet", **options: Any
) -> Any:
    def make(folder: Path) -> Path:
        pq.write_table(made if isinstance(made, pa.Table) else made(), folder / name, **options)
        return folder / name

    return make


def repeated(text: int, count: int) -> Callable[[], pa.Table]:
    """A long name, once in a dictionary and often in a column."""

    def build() -> pa.Table:
        names = pa.DictionaryArray.from_arrays(pa.array(np.zeros(count, "int32")), ["x" * text])
        months = pa.DictionaryArray.from_arrays(pa.array(np.zeros(count, "int32")), ["2025-01"])
        return pa.table(
            {"month": months, "series": names, "value": pa.array(np.zeros(count, "int8"))}
        )

    return build


def written_out() -> pa.Table:
    return pa.table(
        {"month": ["2025-01"] * 900, "series": ["x" * 90_000] * 900, "value": [1] * 900}
    )


def constants(count: int) -> Callable[[], pa.Table]:
    def build() -> pa.Table:
        return pa.table(
            {
                "month": pa.array(np.full(count, 20000, "int32")).cast(pa.date32()),
                "value": pa.array(np.zeros(count)),
            }
        )

    return build


def schema_of(content: bytes) -> Callable[[bytearray], None]:
    def change(found: bytearray) -> None:
        place = found.index(b"ARROW:schema") + 20
        found[place : place + 40] = (content * 40)[:40]

    return change


def indexed(folder: Path) -> Path:
    pd.DataFrame(PLAIN).set_index("month").to_parquet(folder / "a.parquet")
    return folder / "a.parquet"


def under_key(folder: Path) -> Path:
    parquet(table())(folder)
    content = (folder / "a.parquet").read_bytes()
    (folder / "a.parquet").write_bytes(b"PARE" + content[4:-4] + b"PARE")
    return folder / "a.parquet"


def damaged(seed: int, make: Any) -> Callable[[Path], Path]:
    """Forty bytes of a good file, changed at random."""

    def change(content: bytearray) -> None:
        rng = np.random.default_rng(seed)
        for place in rng.integers(4, len(content) - 4, 40):
            content[int(place)] = int(rng.integers(256))

    return patched(change, make)


def end(change: Callable[[bytes], bytes]) -> Any:
    def to(content: bytearray) -> None:
        content[:] = change(bytes(content))

    return patched(to, parquet(table()))


LONG = pa.table(
    {
        "month": [f"{y}-{m:02d}" for y in range(1900, 2020) for m in range(1, 13)],
        "value": range(1440),
    }
)
PARQUET = [
    Input("parquet", parquet(table()), GOOD),
    *[
        Input(f"parquet {c}", parquet(table(), compression=c), GOOD)
        for c in ("zstd", "gzip", "brotli", "lz4", "none")
    ],
    Input("parquet decimals", parquet(table(pa.array([10, 20, 30], pa.decimal128(12, 2)))), GOOD),
    Input(
        "parquet exact decimals",
        parquet(table(pa.array([Decimal("0.1"), None, Decimal("2.5")]))),
        {"2025-01": 0.1, "2025-02": None, "2025-03": 2.5},
    ),
    Input(
        "parquet wide decimals",
        parquet(table(pa.array([10, 20, 30], pa.decimal256(60, 3)))),
        Either(),
    ),
    Input(
        "parquet decimals beyond doubles",
        parquet(table(pa.array([1, 10**30 + 1, 1], pa.decimal128(38, 0)))),
        NO,
    ),
    Input(
        "parquet in Kyiv",
        parquet(table(month=pa.array(HERE, pa.timestamp("ns", "Europe/Kyiv")))),
        GOOD,
    ),
    Input(
        "parquet in an unknown zone",
        parquet(table(month=pa.array(NOON, pa.timestamp("us", "Mars/Base")))),
        NO,
    ),
    Input(
        "parquet int96",
        parquet(
            table(month=pa.array(NOON, pa.timestamp("ns"))), use_deprecated_int96_timestamps=True
        ),
        GOOD,
    ),
    Input("parquet milliseconds", parquet(table(month=pa.array(NOON, pa.timestamp("ms")))), GOOD),
    Input("parquet days", parquet(table(month=pa.array([d.date() for d in NOON]))), GOOD),
    Input(
        "parquet far day",
        parquet(table(month=pa.array([2**31 - 5] * 3, pa.int32()).cast(pa.date32()))),
        NO,
    ),
    Input(
        "parquet far time", parquet(table(month=pa.array([2**62] * 3).cast(pa.timestamp("us")))), NO
    ),
    Input("parquet dictionary", parquet(table(month=pa.array(MONTHS).dictionary_encode())), GOOD),
    Input("parquet nested beside", parquet(table(more=[{"a": [1]}] * 3)), GOOD),
    Input("parquet nested value", parquet(table([{"a": 1}] * 3)), NO),
    Input("parquet lists", parquet(table([[1], [2], [3]])), NO),
    Input("parquet truths", parquet(table([True, False, True])), Refused("True")),
    Input("parquet text", parquet(table(["10", "20", "30"])), GOOD),
    Input(
        "parquet text with a word", parquet(table(["10", "vingt", "30"])), Cell(2, "value", "vingt")
    ),
    Input("parquet gap", parquet(table([10, None, 30])), GAP),
    Input("parquet NaN", parquet(table([10, float("nan"), 30])), GAP),
    Input("parquet infinity", parquet(table([10.0, float("-inf"), 30])), Cell(2, "value", "-inf")),
    Input(
        "parquet uint64",
        parquet(table(pa.array([10, 2**63 + 1, 30], pa.uint64()))),
        Cell(2, "value", str(2**63 + 1)),
    ),
    Input("parquet nulls", parquet(table(pa.nulls(3))), NO),
    Input("parquet durations", parquet(table(pa.array([1, 2, 3], pa.duration("s")))), NO),
    Input("parquet of no rows", parquet(table().slice(0, 0)), NO),
    Input("parquet of no columns", parquet(pa.table({})), NO),
    Input("parquet of an index", indexed, Either()),
    Input(
        "parquet, many groups",
        parquet(LONG, row_group_size=1),
        dict(zip(LONG["month"].to_pylist(), map(float, LONG["value"].to_pylist()), strict=True)),
    ),
    Input("parquet, case of names", parquet(table(Value=[1, 1, 1])), GOOD),
    Input(
        "parquet, a dot in a name",
        parquet(table().rename_columns(["month", "a.b"])),
        GOOD,
        {"value": "a.b"},
    ),
    Input(
        "parquet, a name twice",
        parquet(table(x=[9, 9, 9]).rename_columns(["month", "value", "value"])),
        Refused("value"),
    ),
    Input("parquet, marks in the path", parquet(table(), name="a?b#c%20[1]*.parquet"), GOOD),
    Input("parquet, a colon in the path", parquet(table(), name="s3:x.parquet"), GOOD),
    Input("parquet, short ending", parquet(table(), name="a.pq"), Either()),
    Input("parquet called csv", parquet(table(), name="a.csv"), NO),
    Input("parquet called arrow", parquet(table(), name="a.arrow"), NO),
    Input("parquet called workbook", parquet(table(), name="a.xlsx"), NO),
    Input("csv called parquet", written("a.parquet", b"month,value\n2025-01,10\n"), NO),
    Input(
        "parquet, long names",
        parquet(repeated(90_000, 100_000)),
        Refused("2025-01"),
        {"series": "series"},
    ),
    Input("parquet, endless names", parquet(repeated(900_000, 2_000)), NO, {"series": "series"}),
    Input(
        "parquet, long names written out",
        parquet(written_out, use_dictionary=False, compression="zstd"),
        NO,
        {"series": "series"},
    ),
    Input("parquet, constants", parquet(constants(3_000_000), compression="zstd"), NO),
    Input("parquet, schema of zeros", patched(schema_of(b"A"), parquet(table())), Either()),
    Input(
        "parquet, schema that is no code", patched(schema_of(b"\xff"), parquet(table())), Either()
    ),
    Input("parquet under a key", under_key, NO),
    Input("parquet, half", end(lambda c: c[: len(c) // 2]), NO),
    Input("parquet, marks only", end(lambda c: b"PAR1PAR1"), NO),
    Input("parquet, one mark", end(lambda c: b"PAR1"), NO),
    Input("parquet, footer of 4 GB", end(lambda c: c[:-8] + b"\xff\xff\xff\xff" + c[-4:]), NO),
    # where older writers put no more than their name
    Input("parquet, footer of zeros", end(lambda c: c[:-60] + bytes(52) + c[-8:]), Either()),
    Input("parquet, data of zeros", end(lambda c: c[:4] + bytes(60) + c[64:]), NO),
    *[Input(f"parquet, damaged {n}", damaged(n, parquet(LONG)), NO) for n in range(6)],
]
