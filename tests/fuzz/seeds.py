# ruff: noqa: RUF001  (Ukrainian)
"""Where the fuzzer begins: small inputs of each reader, good and odd, and the words they use."""

from __future__ import annotations

import dataclasses
import datetime as dt
import io
import json
from collections.abc import Callable, Iterator, Mapping

import posts_made
from fuzz.targets import OPTIONS, PARTS, cells, database, parts
from hardening.corpus_sources import (
    ACLED,
    AREA,
    AREAS,
    DEATHS,
    EVENTS,
    FIRE,
    FIRES,
    LAUNCHES,
    NIGHTS,
    UCDP,
)

from trends.claims import CLAIM_TYPES
from trends.report._config import config_template

ROWS = "month,km2\n2025-05,507\n2025-06,588\n"
TABLES = (
    ROWS,
    "month;km2\n2025-05;507,5\n2025-06;1.588,25\n",
    "month,km2,series\n2025-05,507,a\n2025-05,1,b\n2025-06,n/a,a\n",
    "month,km2,series,observed_days\n2025-05,507,a,31\n2025-06,588,a,12\n",
    'month,km2\n2025-05,"1,507"\n2025-06,"2,588"\n2025-07,12%\n',
    "month,km2\n2025-05-01,5\n2025-05-02,6\n2025-06-01,7\n",
    "month,km2\n01/05/2025,5\n31/05/2025,6\n",
    "month,km2\n2025-05,1e308\n2025-06,\u0661\u0662\n2025-07,inf\nTotal,3\n",
    "month\tkm2\r\nMay 2025\t5 km2\r\nJun 2025\t(6)\r\n",
)
SENTENCES = (
    "Russia's biggest territorial gain since November while accelerating advances for a third "
    "consecutive month",
    "Russia launched 5,438 drones in June 2025, 38% more than in May.",
    "Drone launches doubled from 1,200 in January to about 2,400 in March 2025.",
    "It was the second-highest monthly figure of the year, at 588 square kilometres.",
    "More than two-thirds of the missiles were shot down in the first half of 2025.",
    "On average, 180 drones a night were launched in the 30 days to June 30.",
    "Between 770 and 780 drones on the night of 31 February 2025, a record.",
    "Russia gained 1e308 km2, \uff15\uff18\uff18 square miles, -0 hectares, in the year 9999.",
    "For the first time since August 2022, Ukraine regained more land than it lost.",
    "Net losses of 54 sq km; the lowest since last November, down by a quarter year on year.",
)
SQUARE = [[36, 48], [37, 48], [37, 49], [36, 49], [36, 48]]
HOLE = [[36.2, 48.2], [36.2, 48.4], [36.4, 48.4], [36.4, 48.2], [36.2, 48.2]]
BOWTIE = [[36, 48], [37, 49], [37, 48], [36, 49], [36, 48]]


def _tables() -> Iterator[bytes]:
    for at in range(len(OPTIONS)):
        for text in TABLES:
            yield bytes([at]) + text.encode()


def _records() -> Iterator[bytes]:
    rows = [{"month": "2025-05", "km2": 507, "series": "a"}, {"month": "2025-06", "km2": None}]
    for at in range(3):
        yield bytes([at]) + json.dumps(rows).encode()
        yield bytes([at]) + json.dumps({"data": rows}).encode()
        yield bytes([at]) + "\n".join(map(json.dumps, rows)).encode()


def _workbook() -> Iterator[bytes]:
    import zipfile

    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as packed:
        for name, content in parts().items():
            packed.writestr(name, content)
    yield b"\0" + out.getvalue()


def _parts() -> Iterator[bytes]:
    for at, name in enumerate(PARTS):
        yield bytes([at]) + parts().get(name, b"<sst/>")


def _cells() -> Iterator[bytes]:
    for first in range(8):
        for line in (
            "s2025-05\tn507\ns2025-06\tn588",
            "d20000\ti5\nd20031\ti7",
            "s2025-05\ts1,5\tsa\ti31",
        ):
            yield bytes([first]) + line.encode()


def _packed(kind: str) -> Callable[[], Iterator[bytes]]:
    def made() -> Iterator[bytes]:
        import pyarrow as pa
        import pyarrow.parquet as pq

        for seed in _cells():
            rows = cells(seed[1:])
            table = pa.table(
                {name: [row[at] for row in rows] for at, name in enumerate(("month", "km2"))}
            )
            out = io.BytesIO()
            if kind == "parquet":
                pq.write_table(table, out, compression="none")
            else:
                with pa.ipc.new_file(out, table.schema) as writer:
                    writer.write_table(table)
            yield seed[:1] + out.getvalue()

    return made


def _databases() -> Iterator[bytes]:
    yield from (first + database() for first in (b"\0", b"\1"))


def _queries() -> Iterator[bytes]:
    yield b"SELECT month, km2 FROM t WHERE km2 > 0"
    yield b"SELECT month, sum(km2) AS km2 FROM t WHERE month = :m GROUP BY month"
    yield b"WITH c(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c) SELECT * FROM c LIMIT 1"
    yield b"ATTACH 'other.db' AS o; CREATE TABLE o.t (a)"
    yield b"VACUUM INTO 'copy.db'"
    yield b"PRAGMA journal_mode = WAL"
    yield b"DELETE FROM t RETURNING month, km2"


def _sources() -> Iterator[bytes]:
    for at in range(4):
        for text in (ACLED + EVENTS, UCDP + DEATHS, LAUNCHES + NIGHTS, AREA + AREAS, FIRES + FIRE,
                     "month,value\n2025-05,5\n"):  # fmt: skip
            yield bytes([at]) + text.encode()


def _anomalies() -> Iterator[bytes]:
    yield b"first,last,kind,note\n2026-05,2026-05,ceasefire,Three days of May.\n"
    yield b"first,kind,note,excluded_from,series\n2026-05,outage,x,records;streaks,a\n"


def _shapes() -> Iterator[bytes]:
    def collection(*geometries: object, **more: object) -> bytes:
        features = [
            {"type": "Feature", "properties": {"layer": "a", "name": str(at)}, "geometry": geometry}
            for at, geometry in enumerate(geometries)
        ]
        return json.dumps({"type": "FeatureCollection", **more, "features": features}).encode()

    square = {"type": "Polygon", "coordinates": [SQUARE, HOLE]}
    several = {"type": "MultiPolygon", "coordinates": [[SQUARE], [BOWTIE]]}
    nested = {
        "type": "GeometryCollection",
        "geometries": [square, {"type": "Point", "coordinates": [1, 2]}],
    }
    crs = {"type": "name", "properties": {"name": "EPSG:3857"}}
    metres = {
        "type": "Polygon",
        "coordinates": [[[4e6, 6e6], [4.1e6, 6e6], [4.1e6, 6.1e6], [4e6, 6e6]]],
    }
    for first in (b"\0", b"\x80", b"\xff"):
        yield first + collection(square)
        yield first + collection(square, several, None)
        yield first + collection(nested, name="control 20250630")
        yield first + collection(metres, crs=crs)
        yield first + json.dumps(several).encode()


def _changes() -> Iterator[bytes]:
    found = [seed[1:] for seed in _shapes()][:5]
    for first in found:
        for second in found:
            yield first + b"\x1e" + second


def _rings() -> Iterator[bytes]:
    yield from (b"\x00\x40\x44\x04", b"\x00\x44\x40\x04")
    yield b"\x00\xf0\xfe\x0e\xff\x22\x42\x44\x24"


def _posts() -> Iterator[bytes]:
    day = dt.date(2026, 7, 2)
    yield posts_made.night(day, 115, 80).encode()
    yield posts_made.daytime(day, 50, 40).encode()
    yield "Збито 3 крилаті ракети Х-101 з 5, 2 балістичні ракети\nта 41 БпЛА".encode()


def _exports() -> Iterator[bytes]:
    posts = [
        posts_made.message(at, f"2026-07-0{at + 1}T06:00", text.decode())
        for at, text in enumerate(_posts())
    ]
    yield json.dumps({"name": "x", "type": "public_channel", "id": 1, "messages": posts}).encode()
    yield json.dumps({"chats": {"list": [{"name": "x", "id": 1, "messages": posts[:1]}]}}).encode()


def _lines() -> Iterator[bytes]:
    for at, text in enumerate(_posts()):
        record = {
            "id": at,
            "date": "2026-07-02T09:15:00",
            "date_unixtime": "1782972900",
            "text": text.decode(),
        }
        yield json.dumps(record).encode() + b"\n"


def _dated() -> Iterator[bytes]:
    for text in _posts():
        yield b"2026-07-02 09:15\n" + text + b"\n\n2026-07-03 09:15\n" + text


def _sentences() -> Iterator[bytes]:
    yield from (text.encode() for text in SENTENCES)


def _claims() -> Iterator[bytes]:
    for text in SENTENCES:
        yield json.dumps([{"sentence": text, "month": "2025-06", "outcome": "true"}]).encode()
    typed = {"series": "territory_km2", "month": "2025-06", "value": 588}
    months = {"since": "2024-11", "base": "2025-05", "first": "2025-01", "start": "2025-01"}
    given = {
        **months, "length": 3, "rank": 2, "multiple": 1.5, "percent": 12.5, "bound": 500,
        "bases": [["2024-01", "2024-06"]], "of": "drones_launched", "per_day": 19.6,
        "gained": 600, "sign": "positive",
    }  # fmt: skip
    for kind, claim in CLAIM_TYPES.items():
        needed = {f.name: given[f.name] for f in dataclasses.fields(claim) if f.name in given}
        for fields in (needed, {**needed, **typed}):
            whole = {"type": kind, **typed, **fields}
            if kind in ("nights", "record"):
                whole.pop("of", None)
            yield json.dumps([{"claim": whole, "id": kind}]).encode()


def _configs() -> Iterator[bytes]:
    yield config_template().encode()
    series = b'[[series]]\ndata = "a.csv"\nstore = "postgresql:///x"\nas_of = "2025-01-01"\n'
    yield b'months = ["2025-05"]\n' + series


SEEDS: Mapping[str, Callable[[], Iterator[bytes]]] = {
    "csv": _tables, "json": _records, "jsonl": _records, "xlsx": _workbook, "workbook_part": _parts,
    "parquet": _packed("parquet"), "parquet_cells": _cells, "arrow": _packed("arrow"),
    "arrow_cells": _cells, "database": _databases, "query": _queries,
    "sources": _sources, "anomalies": _anomalies, "geojson": _shapes,
    "geojson_rings": _rings,
    "geojson_changes": _changes, "reports": _exports, "report_lines": _lines,
    "report_texts": _dated, "post": _posts, "sentence": _sentences, "check": _sentences,
    "claims": _claims, "config": _configs,
}  # fmt: skip

# Every target has the same dictionary: words that mean something to one reader are odd to another.
TOKENS = (
    "month", "km2", "series", "observed_days", "value", "n/a", "NaN", "inf", "-0", "1e308", "1e400",
    "1" + "0" * 400, "2025-02-31", "0001-01", "9999-12", "20250101", "now", "Total", "12%", "1,234",
    "\u0661\u0662", "\uff11\uff12", "\u202e", "\u200b", "\ufeff", "\0", "\x1b[31m", "<script>",
    "=cmd|' /C calc'!A0", "type", "features", "FeatureCollection", "Polygon", "MultiPolygon",
    "GeometryCollection", "coordinates", "geometry", "properties", "[[[", "180", "-180", "90",
    "null", "true", "{}", "[]", "messages", "date_unixtime", "text", "since", "record", "third",
    "consecutive", "drones", "territory", "percent", "more than", "half of", "compared with",
    "a year earlier",
    "in June 2025", "square kilometres", "a night", "average", "doubled", "two hundred and",
    "SELECT", "FROM t", "PRAGMA", "ATTACH", "VACUUM INTO", "writefile(", "UNION ALL", "RECURSIVE",
    "sentence", "claim", "outcome", "published", "id", "[[series]]", "data = ", "https://", "../..",

    "БпЛА", "ракет", "збито", "У ніч на", "з 18:00",
    "<c r=\"A1\" t=\"s\"><v>0</v></c>", "<!DOCTYPE",
    "t=\"d\"", "t=\"e\"", "<f>1+1</f>", "1904", "mergeCell",
)  # fmt: skip
