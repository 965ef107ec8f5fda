"""GeoJSON, good and hostile: what area must come out in km2, or what an error must say."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

Place = list[Any]
NAN = math.nan


@dataclass(frozen=True)
class Shape:
    """One file: its text, and polygons of the same area, a word of the notes, or words of an error.

    `same` are shells that do not overlap, as simple as can be: their areas are added up by another
    way. `says` must stand in the error in this order.
    """

    name: str
    text: str | bytes
    same: list[list[Place]] | None = None
    holes: list[list[Place]] = field(default_factory=list)
    note: str = ""
    says: tuple[str, ...] = ()


def box(west: float, south: float, east: float, north: float) -> list[Place]:
    return [[west, south], [east, south], [east, north], [west, north], [west, south]]


SQUARE = box(36, 48, 37, 49)
INSIDE = box(36.2, 48.2, 36.4, 48.4)
BESIDE = box(38, 48, 39, 49)
LEFT, RIGHT = [[36, 48], [36.5, 48.5], [36, 49]], [[37, 48], [37, 49], [36.5, 48.5]]


def polygon(*rings: Any) -> dict[str, Any]:
    return {"type": "Polygon", "coordinates": list(rings)}


def several(*polygons: Any) -> dict[str, Any]:
    return {"type": "MultiPolygon", "coordinates": list(polygons)}


def collection(*geometries: Any) -> dict[str, Any]:
    return {"type": "GeometryCollection", "geometries": list(geometries)}


def feature(geometry: Any, **properties: Any) -> dict[str, Any]:
    return {"type": "Feature", "properties": properties, "geometry": geometry}


def text(*geometries: Any, **members: Any) -> str:
    features = [feature(geometry) for geometry in geometries]
    return json.dumps({"type": "FeatureCollection", **members, "features": features})


def nested(depth: int, inside: Any) -> Any:
    for _ in range(depth):
        inside = collection(inside)
    return inside


def _near(longitude: float) -> list[Place]:
    return box(longitude - 1, 10, longitude, 11)


def shapes() -> Iterator[Shape]:
    yield from _good()
    yield from _odd()


def _good() -> Iterator[Shape]:
    yield Shape("square", text(polygon(SQUARE)), [SQUARE])
    yield Shape("turned the other way", text(polygon(SQUARE[::-1])), [SQUARE])
    yield Shape("hole", text(polygon(SQUARE, INSIDE)), [SQUARE], [INSIDE])
    yield Shape(
        "hole turned the other way", text(polygon(SQUARE, INSIDE[::-1])), [SQUARE], [INSIDE]
    )
    island = box(36.25, 48.25, 36.3, 48.3)
    in_hole = text(several([SQUARE, INSIDE], [island]))
    yield Shape("island in a hole", in_hole, [SQUARE, island], [INSIDE])
    yield Shape("two apart", text(several([SQUARE], [BESIDE])), [SQUARE, BESIDE])
    yield Shape("two features", text(polygon(SQUARE), polygon(BESIDE)), [SQUARE, BESIDE])
    yield Shape(
        "two that touch", text(polygon(SQUARE), polygon(box(37, 48, 38, 49))), [box(36, 48, 38, 49)]
    )
    yield Shape(
        "two that overlap",
        text(polygon(SQUARE), polygon(box(36.5, 48, 38, 49))),
        [box(36, 48, 38, 49)],
    )
    yield Shape("one feature", json.dumps(feature(polygon(SQUARE))), [SQUARE])
    yield Shape("bare polygon", json.dumps(polygon(SQUARE)), [SQUARE])
    yield Shape("nested collections", text(nested(5, polygon(SQUARE))), [SQUARE])
    yield Shape(
        "other members",
        text(polygon(SQUARE), bbox=[0, 0, 1, 1], crs=None, more={"a": [1]}),
        [SQUARE],
    )
    yield Shape("byte order mark", text(polygon(SQUARE)).encode("utf-8-sig"), [SQUARE])
    yield Shape("UTF-16, marked", text(polygon(SQUARE)).encode("utf-16"), [SQUARE])
    yield Shape("at the equator", text(polygon(box(-1, -1, 1, 1))), [box(-1, -1, 1, 1)])
    yield Shape(
        "southern and western", text(polygon(box(-70, -40, -69, -39))), [box(-70, -40, -69, -39)]
    )
    yield Shape("to the pole", text(polygon(box(0, 80, 90, 90))), [box(0, 80, 90, 90)])
    yield Shape("to the south pole", text(polygon(box(0, -90, 90, -80))), [box(0, -90, 90, -80)])
    yield Shape("to the 180th meridian", text(polygon(_near(180))), [_near(180)])
    yield Shape(
        "cut at the 180th meridian",
        text(several([_near(180)], [_near(-179)])),
        [_near(180), _near(-179)],
    )
    yield Shape(
        "small", text(polygon(box(36, 48, 36.0001, 48.0001))), [box(36, 48, 36.0001, 48.0001)]
    )
    yield Shape(
        "whole numbers",
        text(polygon([[36, 48], [37, 48], [37, 49], [36, 48]])),
        [[[36, 48], [37, 48], [37, 49]]],
    )
    for crs in (
        "EPSG:4326",
        "urn:ogc:def:crs:OGC:1.3:CRS84",
        "urn:ogc:def:crs:EPSG::4326",
        "+init=epsg:4326",
    ):
        named = {"type": "name", "properties": {"name": crs}}
        yield Shape(f"crs {crs}", text(polygon(SQUARE), crs=named), [SQUARE])
    metres = [[_mercator(x, y) for x, y in SQUARE]]
    named = {"type": "name", "properties": {"name": "EPSG:3857"}}
    yield Shape("metres that say so", text(polygon(*metres), crs=named), [SQUARE], note="converted")


def _mercator(longitude: float, latitude: float) -> Place:
    half = math.radians(latitude) / 2
    return [math.radians(longitude) * 6378137.0, math.log(math.tan(math.pi / 4 + half)) * 6378137.0]


def _odd() -> Iterator[Shape]:
    """Read right, and said."""
    yield Shape("unclosed", text(polygon(SQUARE[:-1])), [SQUARE], note="closed: 1")
    yield Shape(
        "bowtie",
        text(polygon([[36, 48], [37, 49], [37, 48], [36, 49], [36, 48]])),
        [LEFT, RIGHT],
        note="repaired: 1",
    )
    spike = [[36, 48], [37, 48], [37, 49], [37, 50], [37, 49], [36, 49], [36, 48]]
    swapped = [[y, x] for x, y in SQUARE]
    lies = "from longitude 48.0 to 49.0, latitude 36.0 to 37.0"
    yield Shape("latitude first, in range", text(polygon(swapped)), [swapped], note=lies)
    yield Shape("spike", text(polygon(spike)), [SQUARE], note="repaired: 1")
    twice = [*SQUARE[:-1], *SQUARE]
    yield Shape("round twice", text(polygon(twice)), [SQUARE], note="repaired: 1")
    yield Shape(
        "places repeated", text(polygon([place for place in SQUARE for _ in (0, 1)])), [SQUARE]
    )
    yield Shape("same feature twice", text(polygon(SQUARE), polygon(SQUARE)), [SQUARE])
    yield Shape(
        "overlap in one", text(several([SQUARE], [box(36.5, 48, 38, 49)])), [box(36, 48, 38, 49)]
    )
    yield Shape("hole outside", text(polygon(SQUARE, BESIDE)), [SQUARE], note="repaired: 1")
    yield Shape(
        "hole twice", text(polygon(SQUARE, INSIDE, INSIDE)), [SQUARE], [INSIDE], note="repaired: 1"
    )
    over = box(36.5, 48, 37.5, 49)
    yield Shape(
        "hole over the edge",
        text(polygon(SQUARE, over)),
        [box(36, 48, 36.5, 49)],
        note="repaired: 1",
    )
    yield Shape(
        "heights",
        text(polygon([[*place, 200.5] for place in SQUARE])),
        [SQUARE],
        note="heights, which were dropped: 1",
    )
    mixed = [[*place, 7][: 2 + at % 2] for at, place in enumerate(SQUARE)]
    yield Shape(
        "some heights", text(polygon(mixed)), [SQUARE], note="heights, which were dropped: 1"
    )
    yield Shape(
        "heights and measures",
        text(polygon([[*place, 2, 3] for place in SQUARE])),
        [SQUARE],
        note="heights",
    )
    yield Shape(
        "heights not a number",
        text(polygon([[*place, NAN] for place in SQUARE])),
        [SQUARE],
        note="heights",
    )
    flat = [[36, 48], [36.5, 48.5], [37, 49], [36, 48]]
    yield Shape(
        "one without area",
        text(polygon(SQUARE), polygon(flat)),
        [SQUARE],
        note="without an area, left out: 1",
    )
    yield Shape(
        "one of two places",
        text(polygon(SQUARE), polygon([[36, 48], [37, 48]])),
        [SQUARE],
        note="fewer than three places",
    )
    yield Shape(
        "hole of one place",
        text(polygon(SQUARE, [[36.5, 48.5]] * 4)),
        [SQUARE],
        note="fewer than three places",
    )
    yield Shape(
        "empty polygon too",
        text(polygon(SQUARE), polygon()),
        [SQUARE],
        note="without a geometry, left out: 1",
    )
    yield Shape(
        "null too", text(polygon(SQUARE), None), [SQUARE], note="without a geometry, left out: 1"
    )
    point = {"type": "Point", "coordinates": [36, 48]}
    yield Shape(
        "point too", text(polygon(SQUARE), point), [SQUARE], note="Points and lines, left out: 1"
    )
    yield Shape(
        "point in a collection",
        text(collection(polygon(SQUARE), point)),
        [SQUARE],
        note="Points and lines",
    )
