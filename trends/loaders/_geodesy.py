"""Areas on the WGS84 ellipsoid, and polygons made sound. All of pyproj and shapely is here."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from functools import cache
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt

from trends.errors import BadTable, BadValue, UnreadableFile

Geometry: TypeAlias = Any  # shapely has no types
Ring: TypeAlias = npt.NDArray[np.float64]

# GeoJSON (RFC 7946, 3.1.1) draws an edge straight in longitude and latitude. Cut this fine (in
# degrees) a geodesic leaves it by centimetres, so that areas add up wherever an edge is cut.
_STEP = 0.02
_M2_IN_KM2 = 1e6
_DEGREES = "a longitude (-180 to 180) and a latitude (-90 to 90) in degrees; convert metres first"


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


def united(parts: Sequence[Geometry]) -> Geometry:
    """All polygons as one geometry in which no place counts twice."""
    import shapely

    return _polygons(shapely.unary_union(list(parts)))


def taken(after: Geometry, before: Geometry) -> Geometry:
    """What the first has and the second has not."""
    return _polygons(after.difference(before))


def within(geometry: Geometry, region: Geometry) -> Geometry:
    """What lies in a region."""
    return _polygons(geometry.intersection(region))


def _polygons(geometry: Geometry) -> Geometry:
    """Drop the points and lines that touching polygons leave."""
    import shapely

    parts = [p for p in shapely.get_parts(geometry) if p.geom_type == "Polygon"]
    return shapely.MultiPolygon(parts)


def polygon(rings: Sequence[Ring], counts: Counter[str]) -> Geometry | None:
    """Make a sound polygon of a shell and its holes; None if the shell has no area."""
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
    if not usable:
        return None
    made = shapely.Polygon(usable[0], usable[1:])
    if made.is_valid:
        return made
    counts["invalid"] += 1
    return _polygons(shapely.make_valid(made, method="structure", keep_collapsed=False))


def ring(positions: object, where: tuple[str, int], counts: Counter[str]) -> Ring:
    """Check the positions of a ring: numbers, finite, in degrees, on one side of 180 degrees."""
    file, feature = where
    try:
        found = np.array(positions)
        plain = found.ndim == 2 and found.shape[1] >= 2 and found.dtype.kind in "iuf"
    except (ValueError, TypeError, OverflowError):
        plain = False
    if plain:
        flat = found[:, :2].astype(np.float64)
        high = found.shape[1] > 2
    else:
        flat, high = _one_by_one(positions, where)
    counts["high"] += high
    bad = ~np.isfinite(flat).all(axis=1) | (np.abs(flat) > (180, 90)).any(axis=1)
    if bad.any():
        raise BadValue(file, feature, "coordinates", flat[np.argmax(bad)].tolist(), _DEGREES)
    if len(flat) > 1 and np.abs(np.diff(flat[:, 0])).max() > 180:
        raise BadTable(
            file,
            f"a polygon of feature {feature} crosses the 180th meridian",
            "Cut it there into two (RFC 7946, 3.1.9).",
        )
    return flat


def _one_by_one(positions: object, where: tuple[str, int]) -> tuple[Ring, bool]:
    """Find the position that is none; or read those of different lengths."""
    file, feature = where
    if not isinstance(positions, list):
        raise BadValue(file, feature, "coordinates", positions, "a ring, a list of positions")
    for position in positions:
        real = isinstance(position, list) and len(position) >= 2
        if not real or not all(type(number) in (int, float) for number in position):
            raise BadValue(file, feature, "coordinates", position, _DEGREES)
    try:
        flat = np.array([position[:2] for position in positions], dtype=np.float64)
    except OverflowError as error:
        raise BadValue(file, feature, "coordinates", "a number too large", _DEGREES) from error
    return flat.reshape(-1, 2), any(len(position) > 2 for position in positions)


def to_wgs84(crs: object, file: str) -> Any | None:
    """Make the conversion to longitude and latitude on WGS84; None where none is needed."""
    import pyproj

    try:
        given = pyproj.CRS.from_user_input(crs)
        degrees = pyproj.CRS("OGC:CRS84")
        if given.equals(degrees, ignore_axis_order=True):
            return None
        return pyproj.Transformer.from_crs(given, degrees, always_xy=True)
    except pyproj.exceptions.ProjError as error:
        raise UnreadableFile(
            file,
            f"its coordinate reference system cannot be used ({crs!r})",
            "Convert the file to longitude and latitude on WGS84 (EPSG:4326).",
        ) from error
