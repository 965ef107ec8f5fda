"""What is fuzzed: a reader each, from bytes; and what counts as a finding."""

from __future__ import annotations

import atexit
import datetime as dt
import io
import json
import math
import os
import resource
import shutil
import sqlite3
import tempfile
import time
import traceback
import warnings
import zipfile
from collections.abc import Callable, Mapping
from contextlib import closing
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from trends.checks import check, verify
from trends.errors import NoValues, TrendsError, TrendsWarning
from trends.loaders import (
    LOADERS,
    Limits,
    load_anomalies,
    load_file,
    load_polygons,
    load_table,
    load_territory_changes,
    read_reports,
)
from trends.panel import Panel
from trends.posts import explain, read_post
from trends.reading import read_claim
from trends.report._config import read_config

MOST_SECONDS, MOST_BYTES, LONGEST_MESSAGE = 10.0, 500 * 2**20, 5_000
EARTH_KM2 = 510_100_000.0
NAMED = {"month": "month", "value": "km2", "unit": "km2"}
# What a first byte chooses among: so the fuzzer reaches the options as well.
OPTIONS: tuple[Mapping[str, Any], ...] = (
    {},
    {"series": "series"},
    {"series": "series", "observed_days": "observed_days"},
    {"decimal": ",", "thousands": "."},
    {"counts": True},
    {"how": "sum"},
    {"how": "last", "kind": "stock"},
    {"how": "sum", "period": "week"},
    {"date_format": "%d/%m/%Y"},
    {"delimiter": ";"},
)


class Broken(AssertionError):
    """A result, or an error, that must not be."""


@cache
def folder() -> Path:
    """Where the files of this process lie: in memory if there is such a place."""
    shm = Path("/dev/shm")
    root = tempfile.mkdtemp(prefix="trends-fuzz-", dir=shm if os.access(shm, os.W_OK) else None)
    atexit.register(shutil.rmtree, root, ignore_errors=True)
    return Path(root)


def kept(data: bytes, name: str) -> Path:
    path = folder() / name
    path.write_bytes(data)
    return path


def sound(panel: Panel) -> Panel:
    """Refuse a panel that no file may give."""
    if np.isinf(panel.values).any():
        raise Broken(f"an infinite value: {panel.values}")
    if not len(panel.months) == panel.values.shape[1] > 0 or len(set(panel.names)) < panel.n_series:
        raise Broken(f"its parts do not fit: {panel!r}")
    return panel


def _table(suffix: str) -> Callable[[bytes], None]:
    def run(data: bytes) -> None:
        options = OPTIONS[data[0] % len(OPTIONS)] if data else {}
        sound(load_table(kept(data[1:], f"table{suffix}"), **{**NAMED, **options}))

    return run


PARTS = ("xl/worksheets/sheet1.xml", "xl/styles.xml", "xl/workbook.xml", "xl/sharedStrings.xml")


@cache
def parts() -> dict[str, bytes]:
    """The parts of a small workbook, as openpyxl writes it."""
    import openpyxl

    book = openpyxl.Workbook()
    for row in (("month", "km2"), (dt.date(2025, 5, 1), 507), ("2025-06", "588,5")):
        book.active.append(row)
    out = io.BytesIO()
    book.save(out)
    with zipfile.ZipFile(out) as packed:
        return {name: packed.read(name) for name in packed.namelist()}


def _workbook_part(data: bytes) -> None:
    """Bytes that stand where one part of a sound workbook stood."""
    changed = PARTS[data[0] % len(PARTS)] if data else PARTS[0]
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as packed:
        for name, content in parts().items():
            packed.writestr(name, data[1:] if name == changed else content)
    sound(load_table(kept(out.getvalue(), "book.xlsx"), **NAMED))


def cells(data: bytes) -> list[list[Any]]:
    """Typed cells, a line a row and a tab between two: ``n1.5``, ``d20000``, ``b``, ``stext``."""
    rows: list[list[Any]] = []
    for line in data.decode("utf-8", "replace").split("\n")[:50]:
        rows.append([_cell(part) for part in line.split("\t")[:8]])
    return rows


def _cell(part: str) -> Any:
    kind, rest = part[:1], part[1:]
    try:
        if kind == "n":
            return float(rest)
        if kind == "i":
            return int(rest[:18])
        if kind == "d":
            return dt.datetime(1970, 1, 1) + dt.timedelta(days=float(rest))  # noqa: DTZ001
        if kind == "b":
            return bool(rest)
        if kind == "x":
            return rest.encode()
        if kind == "l":
            return [rest]
    except (ValueError, OverflowError):
        return None
    return rest if kind == "s" else None


def _typed(data: bytes) -> Any:
    """An Arrow table of typed cells, the type of a column that of its first cell."""
    import pyarrow as pa

    rows = cells(data[1:])
    made: dict[str, Any] = {}
    for at, name in enumerate(("month", "km2", "series", "observed_days")):
        column = [row[at] if at < len(row) else None for row in rows]
        first = next((type(cell) for cell in column if cell is not None), str)
        array = pa.array([cell if type(cell) is first else None for cell in column])
        if data and data[0] & 1 and pa.types.is_string(array.type):
            array = array.dictionary_encode()
        if data and data[0] & 2 and first is dt.datetime:
            array = array.cast(pa.timestamp("us", "Europe/Kyiv"))
        made[name] = array
    return pa.table(made, metadata={b"pandas": data[:200]} if data and data[0] & 4 else None)


def _parquet_cells(data: bytes) -> None:
    import pyarrow.parquet as pq

    out = io.BytesIO()
    pq.write_table(_typed(data), out, compression="none")
    options = OPTIONS[data[0] % 3] if data else {}
    sound(load_table(kept(out.getvalue(), "table.parquet"), **{**NAMED, **options}))


def _arrow_cells(data: bytes) -> None:
    import pyarrow as pa

    table, out = _typed(data), io.BytesIO()
    with pa.ipc.new_file(out, table.schema) as writer:
        writer.write_table(table)
    options = OPTIONS[data[0] % 3] if data else {}
    sound(load_table(kept(out.getvalue(), "table.arrow"), **{**NAMED, **options}))


@cache
def database() -> bytes:
    """A small database of SQLite, as bytes."""
    with closing(sqlite3.connect(":memory:")) as made:
        made.execute("CREATE TABLE t (month TEXT, km2 REAL, series TEXT, observed_days INTEGER)")
        rows = (("2025-05", 507, "a", 31), ("2025-06", 588.25, "a", 30), ("2025-06", None, "b", 12))
        made.executemany("INSERT INTO t VALUES (?, ?, ?, ?)", rows)
        made.execute("CREATE VIEW sums AS SELECT month, sum(km2) AS km2 FROM t GROUP BY month")
        made.commit()
        return made.serialize()


def _database(data: bytes) -> None:
    """A file that says it is a database."""
    query = ("SELECT * FROM t", "SELECT * FROM sums")[data[0] % 2 if data else 0]
    options = {"series": "series"} if query.endswith("t") else {}
    path = kept(data[1:], "t.db")
    sound(load_table(f"sqlite:///{path}", query=query, **options, **NAMED))


def _query(data: bytes) -> None:
    """A query that somebody else wrote: whatever it says, it changes no file and makes none."""
    path = kept(database(), "whole.db")
    before = sorted(folder().iterdir())
    options = {**NAMED, "limits": Limits(max_seconds=2, max_cells=100_000)}
    try:
        text = data.decode("utf-8", "replace")
        sound(load_table(f"sqlite:///{path}", query=text, params={"m": "2025-06"}, **options))
    finally:
        if path.read_bytes() != database() or sorted(folder().iterdir()) != before:
            raise Broken("a query that writes")


def _sources(data: bytes) -> None:
    """The loader that recognises the columns, as ``trends`` chooses it for any file."""
    options = ({}, {"by": "admin1"}, {"weapons": "missiles"}, {"unit": "km2"})
    sound(load_file(kept(data[1:], "file.csv"), LOADERS, **options[data[0] % 4 if data else 0]))


def _anomalies(data: bytes) -> None:
    load_anomalies(kept(data, "odd.csv"))


def _geojson(data: bytes) -> None:
    path = kept(data[1:], "control_20250630.geojson")
    later = data[:1] > b"\x7f"
    options: dict[str, Any] = {"layer_property": "layer"} if data[:1] > b"\xc0" else {}
    panel = sound(load_polygons(path, regions=path if later else None, **options))
    known = panel.values[~np.isnan(panel.values)]
    if (known < 0).any() or (known > EARTH_KM2).any():
        raise Broken(f"an area that the Earth does not have: {known}")


def _geojson_changes(data: bytes) -> None:
    """Two days, each half of the bytes."""
    first, _, second = data.partition(b"\x1e")
    days = (("a_20250531.geojson", first), ("a_20250630.geojson", second or first))
    panel = sound(load_territory_changes([kept(text, name) for name, text in days], layers=None))
    gained, lost, net = panel.values
    if not np.allclose(gained - lost, net, equal_nan=True, rtol=1e-6, atol=1e-6):
        raise Broken(f"net is not the difference: {panel.values}")


def rings(data: bytes) -> list[list[list[float]]]:
    """Rings on a coarse grid, where edges meet, cross and fall together; 255 ends a ring."""
    found = []
    for part in data[:120].split(b"\xff")[:4]:
        places = [[30 + (byte >> 4) / 8, 48 + (byte & 15) / 8] for byte in part]
        found.append([*places, *places[:1]])
    return found


def _area(shapes: list[list[list[float]]]) -> float:
    text = json.dumps({"type": "Polygon", "coordinates": shapes}).encode()
    try:
        return float(sound(load_polygons(kept(text, "a_20250630.geojson"))).values[0, 0])
    except NoValues:
        return 0.0


def _geojson_rings(data: bytes) -> None:
    """Polygons drawn at random: turned around they have the same area, and holes take away."""
    shell, *holes = rings(data)
    whole, area = _area([shell]), _area([shell, *holes])
    turned = _area([shell[::-1], *(hole[::-1] for hole in holes[::-1])])
    if not math.isclose(area, turned, rel_tol=1e-9, abs_tol=1e-9):
        raise Broken(f"{area} km2, and turned around {turned}")
    if not 0 <= area <= whole * (1 + 1e-9):
        raise Broken(f"{area} km2 with holes, {whole} without")


def _reports(suffix: str) -> Callable[[bytes], None]:
    def run(data: bytes) -> None:
        found = read_reports(kept(data, f"export_2026-07-02{suffix}"))
        found.panel()

    return run


def _post(data: bytes) -> None:
    text = data.decode("utf-8", "replace")
    post = read_post(text, "2026-07-02T09:15")
    for name, figure in post.figures.items():
        if not 0 <= figure.start <= figure.end <= len(text):
            raise Broken(f"{name}: {figure} lies outside the text of {len(text)}")
    explain(post)


def _sentence(data: bytes) -> None:
    text = data.decode("utf-8", "surrogateescape" if data[:1] == b"\xff" else "replace")
    reading = read_claim(text, month="2025-06")
    for read in (*reading.claims, *reading.unread):
        start, end = read.span
        if not 0 <= start <= end <= len(text) or text[start:end] != read.words:
            raise Broken(f"{read.words!r} does not stand at {read.span}")
    str(reading)


@cache
def panel() -> Panel:
    months = pd.period_range("2023-01", "2025-06", freq="M")
    steps = np.arange(len(months))
    values = np.array([200 + 37 * steps % 400, 2000 + 113 * steps % 3000], dtype=float)
    return Panel(values, months, ("territory_km2", "drones_launched"), unit="", kind="flow")


def _check(data: bytes) -> None:
    text = data.decode("utf-8", "replace")
    for language in ("en", "fr")[: 1 + (data[:1] > b"\x7f")]:
        found = check(text, panel(), published="2025-07-01", language=language)
        str(found), found.frame()
        json.dumps(found.facts(), default=str)


def _claims(data: bytes) -> None:
    found = verify(kept(data, "claims.json"), panel())
    found.frame(), found.diff()


def _config(data: bytes) -> None:
    read_config(kept(data, "report.toml"))


@dataclass(frozen=True)
class Target:
    """One reader; `slow` runs are worth less of the time."""

    run: Callable[[bytes], None]
    longest: int = 2_000


TARGETS: Mapping[str, Target] = {
    "csv": Target(_table(".csv")),
    "json": Target(_table(".json")),
    "jsonl": Target(_table(".jsonl")),
    "xlsx": Target(_table(".xlsx"), 8_000),
    "workbook_part": Target(_workbook_part, 4_000),
    "parquet": Target(_table(".parquet"), 4_000),
    "parquet_cells": Target(_parquet_cells),
    "arrow": Target(_table(".arrow"), 4_000),
    "arrow_cells": Target(_arrow_cells),
    "database": Target(_database, 20_000),
    "query": Target(_query, 300),
    "sources": Target(_sources),
    "anomalies": Target(_anomalies),
    "geojson": Target(_geojson),
    "geojson_changes": Target(_geojson_changes),
    "geojson_rings": Target(_geojson_rings, 120),
    "reports": Target(_reports(".json"), 4_000),
    "report_lines": Target(_reports(".jsonl"), 4_000),
    "report_texts": Target(_reports(".txt"), 4_000),
    "post": Target(_post, 1_000),
    "sentence": Target(_sentence, 300),
    "check": Target(_check, 200),
    "claims": Target(_claims),
    "config": Target(_config),
}


def finding(name: str, data: bytes) -> tuple[str, str]:
    """Run one input: ('', 'read' or 'refused'), or what is wrong and where it came from."""
    before, began = _peak(), time.process_time()
    said = "read"
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            warnings.simplefilter("ignore", TrendsWarning)
            TARGETS[name].run(data)
    except TrendsError as error:
        said = "refused"
        message = str(error)
        if len(message) > LONGEST_MESSAGE:
            return f"message of {len(message)} characters: {type(error).__name__}", message[:200]
        if not all(letter.isprintable() or letter == "\n" for letter in message):
            return f"message not printable: {type(error).__name__}", ascii(message[:200])
    except Exception as error:
        frames = traceback.extract_tb(error.__traceback__)
        ours = [frame for frame in frames if "/trends/" in frame.filename] or list(frames)
        place = f"{Path(ours[-1].filename).name}:{ours[-1].lineno}"
        return f"{type(error).__name__} at {place}", traceback.format_exc()[-3000:]
    if (seconds := time.process_time() - began) > MOST_SECONDS:
        return f"slow: {MOST_SECONDS:g} s", f"{seconds:.1f} s"
    if (grown := _peak() - before) > MOST_BYTES:
        return f"memory: {MOST_BYTES:,} bytes", f"{grown:,} bytes"
    return "", said


def _peak() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
