"""GeoJSON that must be refused: what an error must say of it."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator
from typing import Any

from hardening.corpus_shapes import (
    BESIDE,
    NAN,
    SQUARE,
    Place,
    Shape,
    box,
    feature,
    nested,
    polygon,
    text,
)

INF = math.inf
HUGE = 10**400


def refused() -> Iterator[Shape]:
    yield from _of_numbers()
    yield from _of_places()
    yield from _of_structure()
    yield from _of_text()
    yield from _of_size()


def star(corners: int) -> list[Place]:
    """A ring whose edges nearly all cross each other."""
    found = [[36 + (at * 0.6180339887) % 1, 48 + (at * 0.7548776662) % 1] for at in range(corners)]
    return [*found, found[0]]


def comb(teeth: int, turned: bool) -> list[Place]:
    """A ring of long thin teeth, which crosses none of its own edges."""
    up = [place for at in range(teeth) for place in ([at, 0.0], [at + 0.4, 9e9], [at + 0.8, 0.0])]
    ring = [[x / teeth, min(y, 1.0)] for x, y in [*up, [teeth, -1.0], [0, -1.0]]]
    ring = [[y, x] for x, y in ring] if turned else ring
    return [[36 + x, 48 + y] for x, y in [*ring, ring[0]]]


def _of_numbers() -> Iterator[Shape]:
    """One number of the second feature is no degree."""

    def case(name: str, number: Any, *says: str) -> Shape:
        ring = [[36, 48], [number, 48], [37, 49], [36, 48]]
        return Shape(
            name, text(polygon(BESIDE), polygon(ring)), says=("row 2", "'coordinates'", *says)
        )

    yield case("not a number", NAN, "nan", "longitude")
    yield case("infinite", INF, "inf", "longitude")
    yield case("minus infinite", -INF, "-inf", "longitude")
    yield case("1e308", 1e308, "1e+308", "longitude")
    yield case("10**400", HUGE, "1000", "longitude")
    yield case("null", None, "None", "two numbers")
    yield case("true", True, "True", "two numbers")
    yield case("text", "36", "'36'", "two numbers")
    yield case("full width", "\uff13\uff16", "two numbers")
    yield case("empty text", "", "two numbers")
    yield case("list", [36], "two numbers")
    yield case("object", {"lon": 36}, "lon", "two numbers")
    yield case("beyond 180", 190, "190", "longitude")
    yield case("metres", 4_007_501, "4007501", "convert metres")
    true = [[True, 48.5], [37.5, 48], [37, 49], [True, 48.5]]
    yield Shape("true among fractions", text(polygon(true)), says=("row 1", "True", "two numbers"))
    for name, crs in (("text", "36"), ("true", True), ("null", None)):
        ring = [[crs, 48], [37, 48], [37, 49], [crs, 48]]
        named = {"type": "name", "properties": {"name": "EPSG:3857"}}
        yield Shape(
            f"{name} in metres",
            text(polygon(ring), crs=named),
            says=("row 1", repr(crs), "two numbers"),
        )
    far = [[1e30, 0], [2e30, 0], [2e30, 1e30], [1e30, 0]]
    named = {"type": "name", "properties": {"name": "EPSG:3857"}}
    yield Shape(
        "metres beyond the Earth",
        text(polygon(far), crs=named),
        says=("row 1", "1e+30", "longitude"),
    )


def _of_places() -> Iterator[Shape]:
    swapped = [[y, x] for x, y in box(100, 10, 101, 11)]
    yield Shape(
        "latitude first",
        text(polygon(swapped)),
        says=("row 1", "[10.0, 100.0]", "and then a latitude"),
    )
    utm = [[500000, 5300000], [600000, 5300000], [600000, 5400000], [500000, 5300000]]
    yield Shape("UTM without a crs", text(polygon(utm)), says=("row 1", "500000", "convert metres"))
    yield Shape(
        "beyond the pole", text(polygon(box(0, 80, 10, 90.1))), says=("row 1", "90.1", "latitude")
    )
    yield Shape("over the 180th meridian", text(polygon(box(170, 10, -170, 11))),
                says=("feature 1", "180th meridian", "170", "-170"))  # fmt: skip
    across = [[-100, 0], [0, 0], [100, 0], [100, 10]]
    yield Shape(
        "closed over the 180th meridian",
        text(polygon(across)),
        says=("feature 1", "180th", "100", "-100"),
    )
    yield Shape(
        "around the Earth",
        text(polygon(box(-180, -90, 180, 90))),
        says=("feature 1", "180th meridian"),
    )
    for name in ("EPSG:999999", "nonsense", "", "EPSG:5773", "+proj=", "\0"):
        crs = {"type": "name", "properties": {"name": name}}
        yield Shape(
            f"crs {name!a}", text(polygon(SQUARE), crs=crs), says=("coordinate reference system",)
        )
    for crs in (
        5,
        "EPSG:4326",
        {"type": "link", "properties": {"href": "http://192.0.2.1/crs"}},
        [],
        {"properties": []},
    ):
        yield Shape(
            f"crs is {crs!a:.20}",
            text(polygon(SQUARE), crs=crs),
            says=("its crs is", "names no system"),
        )


def _of_structure() -> Iterator[Shape]:
    def case(name: str, geometry: Any, *says: str) -> Shape:
        return Shape(name, text(polygon(BESIDE), geometry), says=says)

    two = ("row 2",)
    yield case("coordinates null", polygon() | {"coordinates": None}, *two, "'coordinates'", "None")
    yield case(
        "coordinates text", polygon() | {"coordinates": "36 48"}, *two, "'coordinates'", "36 48"
    )
    yield case("coordinates object", polygon() | {"coordinates": {"a": 1}}, *two, "'coordinates'")
    yield case("no coordinates", {"type": "Polygon"}, *two, "'coordinates'")
    yield case(
        "a level too few", {"type": "Polygon", "coordinates": SQUARE}, *two, "'coordinates'", "36"
    )
    yield case("a level too many", polygon([SQUARE]), *two, "'coordinates'", "two numbers")
    yield case("one number", polygon([[36], [37], [38], [36]]), *two, "[36]")
    yield case("ring null", polygon(SQUARE, None), *two, "None", "a ring")
    yield case("unknown type", {"type": "Circle", "coordinates": SQUARE}, *two, "'Circle'")
    yield case("type in small letters", polygon(SQUARE) | {"type": "polygon"}, *two, "'polygon'")
    yield case("type a list", polygon(SQUARE) | {"type": ["Polygon"]}, *two, "Polygon")
    yield case("Esri rings", {"rings": [SQUARE]}, *two, "None")
    yield case("TopoJSON", {"type": "Topology", "arcs": []}, *two, "'Topology'")
    yield case("feature in a geometry", feature(polygon(SQUARE)), *two, "'Feature'")
    yield case("geometry a list", [polygon(SQUARE)], *two, "'geometry'")
    yield case("geometry text", "POLYGON((0 0,1 0,1 1,0 0))", *two, "POLYGON")
    yield case(
        "collection without geometries",
        {"type": "GeometryCollection"},
        *two,
        "'geometries'",
        "None",
    )
    yield case("nested too deep", nested(12, polygon(SQUARE)), *two, "'geometry'")
    base = {"type": "FeatureCollection"}
    yield Shape("no features", json.dumps(base), says=("features are not a list",))
    yield Shape(
        "features an object",
        json.dumps({**base, "features": {}}),
        says=("features are not a list",),
    )
    yield Shape(
        "features of numbers",
        json.dumps({**base, "features": [1]}),
        says=("row 1", "'features'", "1"),
    )
    yield Shape(
        "no geometry",
        json.dumps({**base, "features": [{"type": "Feature"}]}),
        says=("feature 1", "'geometry'"),
    )
    yield Shape(
        "no feature", json.dumps({**base, "features": []}), says=("no file holds a polygon",)
    )
    yield Shape("only null", text(None), says=("no file holds a polygon",))
    yield Shape(
        "only points",
        text({"type": "Point", "coordinates": [36, 48]}),
        says=("no file holds a polygon",),
    )
    yield Shape(
        "only without area",
        text(polygon([[36, 48], [37, 49], [36.5, 48.5], [36, 48]])),
        says=("no file holds a polygon",),
    )
    yield Shape("hole as large", text(polygon(SQUARE, SQUARE)), says=("no file holds a polygon",))


def _of_text() -> Iterator[Shape]:
    good = text(polygon(SQUARE))
    yield Shape("empty file", "", says=("0 bytes",))
    yield Shape("white", " \n", says=("not JSON",))
    yield Shape("cut off", good[:-20], says=("not JSON",))
    yield Shape("two documents", good + good, says=("not JSON",))
    yield Shape("not GeoJSON", '{"a": 1}', says=("not GeoJSON", "None"))
    yield Shape("a list", "[]", says=("not GeoJSON",))
    yield Shape("a number", "1", says=("not GeoJSON",))
    yield Shape(
        "a point", '{"type": "Point", "coordinates": [36, 48]}', says=("not GeoJSON", "'Point'")
    )
    yield Shape(
        "a key twice",
        good.replace('"type": "Polygon"', '"type": "Polygon", "type": "MultiPolygon"'),
        says=("'type'", "twice"),
    )
    yield Shape("comment", "// x\n" + good, says=("not JSON",))
    yield Shape("NUL", good.replace("Polygon", "Poly\0gon"), says=("NUL",))
    yield Shape("not UTF-8", good.encode().replace(b"Polygon", b"Pol\xffgon"), says=("UTF-8",))
    yield Shape("HTML", "<html><body>404</body></html>", says=("a_20250630",))
    yield Shape("a zip", b"PK\x03\x04" + bytes(40), says=("a_20250630",))
    long = f'{{"type": "Polygon", "coordinates": [[[{"9" * 5000}, 1]]]}}'
    yield Shape("5,000 digits", long, says=("a_20250630",))
    yield Shape(
        "misdated",
        text(polygon(SQUARE), name="control 2025-06-01" + "\u202e" * 9000),
        says=("misdated", "2025-06-01"),
    )


def _of_size() -> Iterator[Shape]:
    yield Shape("brackets, 100,000 deep", "[" * 100_000, says=("nested deeper",))
    deep = '{"type": "GeometryCollection", "geometries": [' * 400 + "]}" * 400
    yield Shape("collections, 400 deep", deep, says=("nested deeper",))
    yield Shape(
        "properties, 400 deep",
        text(polygon(SQUARE)).replace(
            '"properties": {}', '"properties": {"a":' + "[" * 400 + "]" * 400 + "}"
        ),
        says=("nested deeper",),
    )
    yield Shape("star of 3,000", text(polygon(star(3_000))), says=("feature 1", "cross each other"))
    combs = text(polygon(comb(2_000, False)), polygon(comb(2_000, True)))
    yield Shape("two combs", combs, says=("layer", "cross each other"))
    zigzag = [[170.0 * (at % 2), at / 1000] for at in range(2_000)]
    yield Shape(
        "edges around the Earth",
        text(polygon([*zigzag, [-1, 1], [-1, 0]])),
        says=("feature 1", "degrees long in all"),
    )
