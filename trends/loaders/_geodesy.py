"""Areas on the WGS84 ellipsoid, and polygons made sound. All of pyproj and shapely is here."""

from __future__ import annotations

import re
import warnings
from collections import Counter
from collections.abc import Sequence
from functools import cache
from itertools import chain
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt

from trends.errors import BadTable, BadValue, UnreadableFile
from trends.loaders._rows import brief

Geometry: TypeAlias = Any  # shapely has no types
Ring: TypeAlias = npt.NDArray[np.float64]

# GeoJSON (RFC 7946, 3.1.1) draws an edge straight in longitude and latitude. Cut this fine (in
# degrees) a geodesic leaves it by centimetres, so that areas add up wherever an edge is cut.
_STEP = 0.02
_GRIDS = re.compile(r"grids=(?!@null)", re.I)  # PROJ would open the file named
_M2_IN_KM2 = 1e6
_DEGREES = (
    "a longitude (-180 to 180) and then a latitude (-90 to 90) in degrees; convert metres first"
)
_PLACE = "a place, a list of two numbers or three"
# The front line is some 15 degrees of edges. Each is cut at every `_STEP`, so a small file of edges
# around the Earth would fill the memory.
LONGEST = 20_000  # degrees of edges in a file
# Pairs of edges near each other, beyond the neighbours: 1,000 edges drawn at random have four times
# as many, and GEOS takes half a minute to repair them.
_MOST_PAIRS = 100_000


def need_geo(file: object) -> None:
    """Refuse polygons in words where the extra is not installed."""
    try:
        import pyproj  # noqa: F401
        import shapely  # noqa: F401
    except ImportError as error:
        raise UnreadableFile(
            file,
            f"polygons need pyproj and shapely ({error})",
            "Install them: pip install 'attack-trends[geo]'.",
        ) from error


@cache
def _ellipsoid() -> Any:
    import pyproj

    return pyproj.Geod(ellps="WGS84")


def area_km2(geometry: Geometry) -> float:
    """Area of a sound geometry on WGS84, holes taken off whichever way their rings turn."""
    import shapely

    if geometry.is_empty:
        return 0.0
    fine = shapely.orient_polygons(shapely.segmentize(geometry, _STEP))
    area, _ = _ellipsoid().geometry_area_perimeter(fine)
    return float(area) / _M2_IN_KM2


def united(parts: Sequence[Geometry], where: str) -> Geometry:
    """All polygons as one geometry in which no place counts twice."""
    import shapely

    _refuse_tangled(parts, where)
    return _polygons(shapely.unary_union(list(parts)))


def taken(after: Geometry, before: Geometry) -> Geometry:
    """What the first has and the second has not."""
    _refuse_crossing(after, before)
    return _polygons(after.difference(before))


def within(geometry: Geometry, region: Geometry) -> Geometry:
    """What lies in a region."""
    _refuse_crossing(geometry, region)
    return _polygons(geometry.intersection(region))


def _polygons(geometry: Geometry) -> Geometry:
    """Drop the points and lines that touching polygons leave."""
    import shapely

    parts = [p for p in shapely.get_parts(geometry) if p.geom_type == "Polygon"]
    return shapely.MultiPolygon(parts)


def overlapping(shapes: Sequence[Geometry]) -> list[tuple[Geometry, Geometry]]:
    """The pairs that touch or overlap, each once."""
    import shapely

    pairs = shapely.STRtree(shapes).query(shapes, predicate="intersects").T
    return [(shapes[a], shapes[b]) for a, b in pairs.tolist() if a < b]


def _edges(parts: Sequence[Geometry]) -> tuple[Ring, Ring]:
    """The corners of the boxes around all edges: the south-western ones and the north-eastern."""
    import shapely

    found = shapely.get_rings(shapely.get_parts(list(parts)))
    places, rings = shapely.get_coordinates(found, return_index=True)
    edges = rings[1:] == rings[:-1]
    first, second = places[:-1][edges], places[1:][edges]
    return np.minimum(first, second), np.maximum(first, second)


def _refuse_tangled(parts: Sequence[Geometry], where: str) -> None:
    """Refuse polygons that cross so often that uniting them takes minutes, or all memory."""
    import shapely

    low, high = _edges(parts)
    boxes = shapely.box(*low.T, *high.T)
    tree = shapely.STRtree(boxes)
    pairs, at_once = 0, max(1, 5_000_000 // max(1, len(boxes)))
    for at in range(0, len(boxes), at_once):
        pairs += tree.query(boxes[at : at + at_once]).shape[1]
        if pairs > _MOST_PAIRS + 10 * len(boxes):
            raise BadTable(
                where,
                f"its {len(boxes):,} edges cross each other at too many places",
                "Draw the polygons without crossing edges (in QGIS: Fix geometries).",
            )


def _refuse_crossing(one: Geometry, other: Geometry) -> None:
    """The same of two that are sound; only long edges cross often, and few have many of them."""
    pairs = 1
    for geometry in (one, other):
        low, high = _edges([geometry])
        sides = high - low
        extent = np.ptp(np.concatenate([low, high]), axis=0).max() if len(low) else 0.0
        pairs *= int((sides.max(axis=1, initial=0) > extent / 20).sum())
    if pairs > _MOST_PAIRS:
        _refuse_tangled([one, other], "polygons: two days, or a day and the regions")


def polygon(rings: Sequence[Ring], where: tuple[str, int], counts: Counter[str]) -> Geometry | None:
    """Make a sound polygon of a shell and its holes; None if it has no area."""
    import shapely

    usable = []
    for at, ring in enumerate(rings):
        if len(ring) and not np.array_equal(ring[0], ring[-1]):
            counts["unclosed"] += 1
            ring = np.vstack([ring, ring[:1]])
        if len(np.unique(ring, axis=0)) < 3:
            counts["short"] += 1
            if at == 0:
                return None
            continue
        usable.append(ring)
    made = shapely.Polygon(usable[0], usable[1:])
    if not made.is_valid:
        file, feature = where
        _refuse_tangled([made], f"{file}: feature {feature}")
        counts["invalid"] += 1
        made = taken(_repaired(usable[0]), shapely.unary_union([*map(_repaired, usable[1:])]))
    if not made.area > 0:
        counts["flat"] += 1
        return None
    return made


def _repaired(ring: Ring) -> Geometry:
    """What one ring goes around, at least once: with its holes, one outside would count as held.

    GEOS's make_valid, by structure, gives another area where some rings are turned around.
    """
    import shapely

    lines = shapely.unary_union(shapely.LineString(ring))
    faces = shapely.get_parts(shapely.polygonize([lines]))
    inside = [face for face in faces if _turns(ring, face.representative_point())]
    return _polygons(shapely.unary_union(inside))


def _turns(ring: Ring, place: Geometry) -> int:
    """How often a ring goes around a place, less those the other way."""
    (x, y), (to_x, to_y) = (ring[:-1] - (place.x, place.y)).T, (ring[1:] - (place.x, place.y)).T
    left = x * to_y - to_x * y
    up, down = (y <= 0) & (to_y > 0) & (left > 0), (to_y <= 0) & (y > 0) & (left < 0)
    return int(up.sum() - down.sum())


def places(given: Any, where: tuple[str, int], counts: Counter[str]) -> Ring:
    """Read the positions of a ring: two numbers each, heights dropped."""
    try:
        kinds = set(map(type, chain.from_iterable(given)))
        found = np.array(given) if kinds <= {int, float} else np.array([])
        plain = found.ndim == 2 and found.shape[1] >= 2 and found.dtype.kind in "iuf"
    except (ValueError, TypeError, OverflowError):
        plain = False
    if plain:
        flat = found[:, :2].astype(np.float64)
        high = found.shape[1] > 2
    else:
        flat, high = _one_by_one(given, where)
    counts["high"] += high
    return flat


def ring(flat: Ring, where: tuple[str, int], given: Ring) -> Ring:
    """Check that a ring is finite, in degrees, and on one side of 180 degrees."""
    file, feature = where
    bad = ~np.isfinite(flat).all(axis=1) | (np.abs(flat) > (180, 90)).any(axis=1)
    if bad.any():
        raise BadValue(file, feature, "coordinates", given[np.argmax(bad)].tolist(), _DEGREES)
    ahead = np.roll(flat, -1, axis=0)  # the last edge closes the ring, if it is not closed
    far = np.abs(ahead[:, 0] - flat[:, 0]) > 180
    if far.any():
        at = np.argmax(far)
        raise BadTable(
            file,
            f"a polygon of feature {feature} crosses the 180th meridian, "
            f"from {flat[at].tolist()} to {ahead[at].tolist()}",
            "Cut it there into two (RFC 7946, 3.1.9).",
        )
    return flat


def _one_by_one(positions: object, where: tuple[str, int]) -> tuple[Ring, bool]:
    """Find the position that is none; or read those of different lengths."""
    file, feature = where
    if not isinstance(positions, list):
        raise BadValue(file, feature, "coordinates", positions, "a ring, a list of positions")
    flat = []
    for position in positions:
        real = isinstance(position, list) and len(position) >= 2
        if not real or not all(type(number) in (int, float) for number in position):
            raise BadValue(file, feature, "coordinates", position, _PLACE)
        try:
            flat.append((float(position[0]), float(position[1])))
        except OverflowError as error:
            raise BadValue(file, feature, "coordinates", position, _DEGREES) from error
    found = np.array(flat, dtype=np.float64).reshape(-1, 2)
    return found, any(len(position) > 2 for position in positions)


def converted(given: Ring, convert: Any) -> Ring:
    """Convert places; infinite where there is no such place, which PROJ may wrap around instead."""
    found = np.column_stack(convert.transform(*given.T))
    back = np.column_stack(convert.transform(*found.T, direction="INVERSE"))
    with np.errstate(invalid="ignore"):  # infinite less infinite
        same = np.abs(back - given) <= 1e-6 * np.maximum(1, np.abs(given))
    found[~same.all(axis=1)] = np.inf
    return found


def to_wgs84(crs: object, file: str) -> Any | None:
    """Make the conversion to longitude and latitude on WGS84; None where none is needed."""
    import pyproj

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # old ways to name a system are read all the same
            if _GRIDS.search(str(crs)):
                raise ValueError("it names files of grids")
            given = pyproj.CRS.from_user_input(crs)
            degrees = pyproj.CRS("OGC:CRS84")
            if given.equals(degrees, ignore_axis_order=True):
                return None
            if not (given.is_geographic or given.is_projected):
                raise ValueError("it is of heights, or of no place on the Earth")
            return pyproj.Transformer.from_crs(given, degrees, always_xy=True)
    except (pyproj.exceptions.ProjError, ValueError) as error:
        raise UnreadableFile(
            file,
            f"its coordinate reference system cannot be used ({brief(crs)})",
            "Convert the file to longitude and latitude on WGS84 (EPSG:4326).",
        ) from error
