"""Arrow files and streams, good and hostile, and what must come out of each."""

from __future__ import annotations

import struct
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.ipc as ipc
from hardening.blind_packets import patched, written
from hardening.corpus_blind_columns import HERE, table
from hardening.corpus_blind_formats import GOOD, MONTHS, NO, Either, Input
from hardening.corpus_blind_parquet import LONG, damaged, repeated


def arrow(
    made: Any = None, *, name: str = "a.arrow", packed: str | None = None, stream: bool = False
) -> Any:
    def make(folder: Path) -> Path:
        found = table() if made is None else made if isinstance(made, pa.Table) else made()
        new = ipc.new_stream if stream else ipc.new_file
        with new(
            folder / name, found.schema, options=ipc.IpcWriteOptions(compression=packed)
        ) as sink:
            sink.write_table(found)
        return folder / name

    return make


def swap(before: bytes, after: bytes) -> Callable[[bytearray], None]:
    def change(content: bytearray) -> None:
        place = content.index(before)
        content[place : place + len(before)] = after

    return change


OFFSETS = struct.pack("<4i", 0, 7, 14, 21)
WORDS = arrow(table(month=pa.array(MONTHS)))
CODES = arrow(
    lambda: table(
        month=pa.DictionaryArray.from_arrays(pa.array([0, 1, 2], pa.int32()), list(MONTHS))
    )
)
CODE = struct.pack("<3i", 0, 1, 2)
ZEROS = 4_000_000


def zeros() -> pa.Table:
    return pa.table(
        {
            "month": pa.array(np.full(ZEROS, 20000, "int32")).cast(pa.date32()),
            "value": np.zeros(ZEROS),
        }
    )


def runs() -> pa.Table:
    end = pa.array([20_000_000], pa.int32())
    return pa.table(
        {
            "month": pa.RunEndEncodedArray.from_arrays(end, ["2025-01"]),
            "value": pa.RunEndEncodedArray.from_arrays(end, [1.0]),
        }
    )


def unknowns() -> pa.Table:
    return pa.table({"month": pa.nulls(20_000_000), "value": pa.nulls(20_000_000)})


def claims(size: int, packed: str) -> Callable[[Path], Path]:
    """A packed buffer whose first bytes claim that it unpacks to this many."""
    count = 5_000
    made = pa.table(
        {
            "month": [f"{1900 + n // 12 % 120}-{n % 12 + 1:02d}" for n in range(count)],
            "series": [f"s{n // 1440}" for n in range(count)],
            "value": [0.0] * count,
        }
    )
    return patched(
        swap(struct.pack("<q", 8 * count), struct.pack("<q", size)), arrow(made, packed=packed)
    )


ARROW = [
    Input("arrow", arrow(), GOOD),
    Input("arrow lz4", arrow(packed="lz4", name="a.feather"), GOOD),
    Input("arrow zstd", arrow(packed="zstd", name="a.ipc"), GOOD),
    Input("arrow stream", arrow(stream=True, packed="zstd"), GOOD),
    Input("arrow stream called ipc", arrow(stream=True, name="a.ipc"), GOOD),
    Input("arrow dictionary", CODES, GOOD),
    Input(
        "arrow in Kyiv", arrow(table(month=pa.array(HERE, pa.timestamp("s", "Europe/Kyiv")))), GOOD
    ),
    Input("arrow views", arrow(table(month=pa.array(MONTHS, pa.string_view()))), GOOD),
    Input("arrow large text", arrow(table(month=pa.array(MONTHS, pa.large_string()))), GOOD),
    Input(
        "arrow, an unread bomb beside",
        arrow(lambda: table(junk=["x" * 30_000_000, "", ""]), packed="zstd"),
        Either(),
    ),
    Input("arrow of no rows", arrow(table().slice(0, 0)), NO),
    Input("arrow, a bomb of zstd", arrow(zeros, packed="zstd"), NO),
    Input("arrow, a bomb of lz4", arrow(zeros, packed="lz4"), NO),
    Input("arrow stream, a bomb of zstd", arrow(zeros, packed="zstd", stream=True), NO),
    *[
        Input(f"arrow, {p} claims {n}", claims(n, p), NO)
        for p in ("zstd", "lz4")
        for n in (2**40, 2**62, -7, 10**9, 16)
    ],
    Input("arrow, runs without end", arrow(runs), NO),
    Input("arrow, unknowns without end", arrow(unknowns), NO),
    Input(
        "arrow, a long name in a dictionary",
        arrow(repeated(900_000, 100_000), packed="zstd"),
        NO,
        {"series": "series"},
    ),
    Input(
        "arrow, an offset beyond",
        patched(swap(OFFSETS, struct.pack("<4i", 0, 7, 14, 2**30)), WORDS),
        NO,
    ),
    Input(
        "arrow, an offset below zero",
        patched(swap(OFFSETS, struct.pack("<4i", 0, -7, 14, 21)), WORDS),
        NO,
    ),
    Input(
        "arrow, offsets that fall",
        patched(swap(OFFSETS, struct.pack("<4i", 0, 14, 7, 21)), WORDS),
        NO,
    ),
    Input("arrow, a code beyond", patched(swap(CODE, struct.pack("<3i", 0, 2**29, 2)), CODES), NO),
    Input("arrow, a code below zero", patched(swap(CODE, struct.pack("<3i", 0, -9, 2)), CODES), NO),
    Input("arrow, no UTF-8", patched(swap(b"2025-02", b"\xff\xfe25-02"), WORDS), NO),
    Input("arrow, half", patched(lambda c: c.__delitem__(slice(len(c) // 2, None)), arrow()), NO),
    Input(
        "arrow, half a stream",
        patched(lambda c: c.__delitem__(slice(-200, None)), arrow(stream=True)),
        NO,
    ),
    Input("arrow, a mark only", written("a.arrow", b"ARROW1\0\0ARROW1"), NO),
    Input("arrow, no bytes", written("a.feather", b""), NO),
    Input("arrow called parquet", arrow(name="a.parquet"), NO),
    *[Input(f"arrow, damaged {n}", damaged(n, arrow(LONG, packed="lz4")), NO) for n in range(6)],
    *[
        Input(f"arrow stream, damaged {n}", damaged(n, arrow(LONG, stream=True)), Either({}))
        for n in range(3)
    ],
]
