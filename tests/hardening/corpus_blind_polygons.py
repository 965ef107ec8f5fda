"""Polygons, good and hostile, and what must come out of each."""

from __future__ import annotations

import datetime as dt
import json
import math
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from hardening.blind_packets import written
from hardening.corpus_blind_formats import NO, Either, Input, Refused
from hardening.corpus_blind_places import directory, fifo, link, member

A, B = 6378137.0, 6356752.314245179
ECC = math.sqrt(1 - (B / A) ** 2)


def zone(lat: float) -> float:
    s = math.sin(math.radians(lat))
    return (
        B * B / 2 * (s / (1 - (ECC * s) ** 2) + math.log((1 + ECC * s) / (1 - ECC * s)) / (2 * ECC))
    )


def km2(west: float, south: float, east: float, north: float) -> float:
    """The area between two meridians and two parallels, in closed form."""
    return math.radians(east - west) * (zone(north) - zone(south)) / 1e6


def ring(west: float, south: float, east: float, north: float) -> list[list[float]]:
    return [[west, south], [east, south], [east, north], [west, north], [west, south]]


SQUARE = ring(30, 48, 31, 49)
ONE = {"2025-01": km2(30, 48, 31, 49)}


def shape(coordinates: Any, kind: str = "Polygon") -> dict[str, Any]:
    return {"type": kind, "coordinates": coordinates}


def features(*geometries: Any, **more: Any) -> str:
    return json.dumps(
        {
            "type": "FeatureCollection",
            **more,
            "features": [{"type": "Feature", "properties": {}, "geometry": g} for g in geometries],
        }
    )


def area(
    name: str, found: str | bytes, expect: Any, file: str = "2025-01-31.geojson", **options: Any
) -> Input:
    content = found if isinstance(found, bytes) else found.encode()
    return Input(f"polygons: {name}", written(file, content), expect, options, "load_polygons")


def coords(found: str) -> str:
    return features(shape([SQUARE])).replace("[31, 49]", found)


def crs(name: object) -> dict[str, Any]:
    return {"crs": {"type": "name", "properties": {"name": name}}}


def mercator() -> str:
    def place(lon: float, lat: float) -> list[float]:
        return [A * math.radians(lon), A * math.log(math.tan(math.pi / 4 + math.radians(lat) / 2))]

    return json.dumps(shape([[place(*p) for p in SQUARE]]))


def nested(count: int) -> str:
    return '{"type": "GeometryCollection", "geometries": [' * count + "]}" * count


def folder_with(second: Callable[[Path], object] | None) -> Callable[[Path], Path]:
    def make(folder: Path) -> Path:
        (folder / "2025-01-31.geojson").write_text(features(shape([SQUARE])))
        if second:
            second(folder)
        return folder

    return make


LATER = frozenset({"2025-01-31.geojson"})


def generator(folder: Path) -> Iterator[Path]:
    folder_with(None)(folder)
    yield folder / "2025-01-31.geojson"


HOLE = ring(30.25, 48.25, 30.75, 48.75)
BOW = [[30, 48], [31, 49], [31, 48], [30, 49], [30, 48]]
POLYGONS = [
    area("a square", features(shape([SQUARE])), ONE),
    area("turned", features(shape([SQUARE[::-1]])), ONE),
    area("bare", json.dumps(shape([SQUARE])), ONE),
    area(
        "one feature",
        json.dumps({"type": "Feature", "properties": None, "geometry": shape([SQUARE])}),
        ONE,
    ),
    area(
        "several",
        features(shape([[SQUARE], [ring(32, 48, 33, 49)]], "MultiPolygon")),
        {"2025-01": 2 * ONE["2025-01"]},
    ),
    area(
        "a hole",
        features(shape([SQUARE, HOLE])),
        {"2025-01": ONE["2025-01"] - km2(30.25, 48.25, 30.75, 48.75)},
    ),
    area(
        "a hole, same turn",
        features(shape([SQUARE, HOLE[::-1]])),
        {"2025-01": ONE["2025-01"] - km2(30.25, 48.25, 30.75, 48.75)},
    ),
    area(
        "overlapping",
        features(shape([SQUARE]), shape([ring(30.5, 48, 31.5, 49)])),
        {"2025-01": km2(30, 48, 31.5, 49)},
    ),
    area("twice", features(shape([SQUARE]), shape([SQUARE])), ONE),
    area("unclosed", features(shape([SQUARE[:-1]])), ONE),
    area("heights", features(shape([[[*p, 120.5] for p in SQUARE]])), ONE),
    area("points twice", features(shape([[p for p in SQUARE for _ in range(2)]])), ONE),
    area("a spike", features(shape([[*SQUARE[:2], [32, 48], [31, 48], *SQUARE[2:]]])), Either(ONE)),
    area("a bow tie", features(shape([BOW])), {"2025-01": ONE["2025-01"] / 2}),
    area("a hole outside", features(shape([SQUARE, ring(40, 48, 41, 49)])), ONE),
    area("a hole that is all", features(shape([SQUARE, SQUARE])), Either({})),
    area("a feature without shape", features(shape([SQUARE]), None), ONE),
    area(
        "a collection",
        features({"type": "GeometryCollection", "geometries": [shape([SQUARE])]}),
        ONE,
    ),
    area("a mark of order", "\ufeff" + features(shape([SQUARE])), ONE),
    area("at the meridian's edge", features(shape([ring(179, 48, 180, 49)])), ONE),
    area("at the pole", features(shape([ring(30, 89, 31, 90)])), {"2025-01": km2(30, 89, 31, 90)}),
    area(
        "a system that is the same",
        features(shape([SQUARE]), **crs("urn:ogc:def:crs:OGC:1.3:CRS84")),
        ONE,
    ),
    area(
        "metres that say so",
        features(json.loads(mercator()), **crs("urn:ogc:def:crs:EPSG::3857")),
        ONE,
    ),
    area("metres that do not", features(json.loads(mercator())), Refused("3339584")),
    area("a system that is none", features(shape([SQUARE]), **crs("EPSG:999999")), NO),
    area("a system in a file", features(shape([SQUARE]), **crs("/etc/passwd")), NO),
    area(
        "a system of grids",
        features(shape([SQUARE]), **crs("+proj=longlat +nadgrids=/etc/passwd +type=crs")),
        NO,
    ),
    area("a system that is a number", features(shape([SQUARE]), **crs(4326)), Either(ONE)),
    area(
        "a linked system",
        features(
            shape([SQUARE]), crs={"type": "link", "properties": {"href": "http://127.0.0.1/"}}
        ),
        NO,
    ),
    area("a system of no kind", features(shape([SQUARE]), crs=[1]), NO),
    area("no features", features(), Either({})),
    area("no rings", features(shape([])), Either({})),
    area("an empty ring", features(shape([[]])), Either({})),
    area("two places", features(shape([SQUARE[:2]])), Either({})),
    area("no width", features(shape([[[30, 48], [31, 48], [30, 48], [30, 48]]])), Either({})),
    *[
        area(f"a place {p[:20]}", coords(p), Refused("1"))
        for p in (
            "[NaN, 49]",
            "[Infinity, 49]",
            "[1e400, 49]",
            "[null, 49]",
            '["31", 49]',
            "[31]",
            "[]",
            "31",
            "[true, 49]",
            "[31, 91]",
            "[-181, 49]",
            "[190, 49]",
            "[1e308, 49]",
            "[[31, 49]]",
            '{"x": 31}',
            "null",
        )
    ],
    area("a place of 400 digits", coords(f"[{'9' * 400}, 49]"), NO),
    area("a place of 9,000 digits", coords(f"[{'9' * 9000}, 49]"), NO),
    area(
        "across the edge",
        features(shape([[[179, 48], [-179, 48], [-179, 49], [179, 49], [179, 48]]])),
        NO,
    ),
    area("a point", features(shape([30, 48], "Point")), NO),
    area("a line", features(shape(SQUARE, "LineString")), NO),
    area("a kind that is none", features(shape([SQUARE], "Circle")), NO),
    area("a list for a kind", features({"type": ["Polygon"], "coordinates": [SQUARE]}), NO),
    area("a ring as a polygon", features(shape(SQUARE)), NO),
    area("too many brackets", features(shape([[SQUARE]])), NO),
    area("features as an object", '{"type": "FeatureCollection", "features": {"0": 1}}', NO),
    area("features of numbers", '{"type": "FeatureCollection", "features": [1, "a", null]}', NO),
    area(
        "coordinates twice",
        features(shape([SQUARE])).replace('"coordinates"', '"coordinates": [], "coordinates"'),
        NO,
    ),
    area(
        "a deep collection",
        f'{{"type": "Feature", "properties": {{}}, "geometry": {nested(5_000)}}}',
        NO,
    ),
    area(
        "deep places",
        '{"type": "Polygon", "coordinates": ' + "[" * 9_000 + "]" * 9_000 + "}",
        Refused("RFC 7946"),
    ),
    area("a table", json.dumps([{"month": "2025-01"}]), NO),
    *[
        area(f"the document {d!r}", d, NO)
        for d in ("", "{}", "[]", "null", "7", '"x"', "{", "<kml/>")
    ],
    area("TopoJSON", '{"type": "Topology", "arcs": [], "objects": {}}', NO),
    area("half", features(shape([SQUARE]))[:-30], NO),
    area("no UTF-8", features(shape([SQUARE])).encode().replace(b"Feature", b"Fe\xffture"), NO),
    area("UTF-16", features(shape([SQUARE])).encode("utf-16"), Either(ONE)),
    area("no day", features(shape([SQUARE])), NO, "map.geojson"),
    area(
        "a day that is given",
        features(shape([SQUARE])),
        ONE,
        "map.geojson",
        dates={"map.geojson": dt.date(2025, 1, 31)},
    ),
    area("a day that is none", features(shape([SQUARE])), NO, "20250231.geojson"),
    area("two days", features(shape([SQUARE])), NO, "2025-01-31_2025-02-28.geojson"),
    area("a broken GeoPackage", b"SQLite format 3\0" + bytes(200), NO, "2025-01-31.gpkg"),
    area("a lone Shapefile", b"\0\0\x27\x0a" + bytes(96), NO, "2025-01-31.shp"),
    area("a workbook", member("xl/workbook.xml"), NO, "2025-01-31.xlsx"),
    *[
        Input(f"polygons: a folder with {n}", folder_with(m), e, {}, "load_polygons")
        for n, m, e in (
            ("one", None, ONE),
            ("a pipe", fifo("2025-02-28.geojson"), NO),
            ("a broken link", link("2025-02-28.geojson", "none"), NO),
            ("a device", link("2025-02-28.geojson", "/dev/zero"), NO),
            ("a folder", directory("2025-02-28.geojson"), Either(ONE)),
            (
                "the same day twice",
                written("2025-01-31b.geojson", features(shape([HOLE])).encode()),
                Either({}),
            ),
            ("notes", written("README.md", b"mine"), ONE),
        )
    ],
    Input("polygons: nothing", lambda f: f, NO, {}, "load_polygons"),
    Input("polygons: a generator", generator, ONE, {}, "load_polygons", LATER),
    Input("polygons: numbers", lambda f: [1, 2], NO, {}, "load_polygons"),
    Input("polygons: None", lambda f: None, NO, {}, "load_polygons"),
    Input(
        "polygons: an address",
        lambda f: "http://127.0.0.1/2025-01-31.geojson",
        NO,
        {},
        "load_polygons",
    ),
]
