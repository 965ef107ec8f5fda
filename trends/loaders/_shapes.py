"""Polygons out of a file: GeoJSON, and with pyogrio GeoPackage and Shapefile."""

from __future__ import annotations

import warnings
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from numbers import Real
from pathlib import Path
from typing import Any

from trends.errors import BadTable, BadValue, MissingColumns, UnreadableFile
from trends.loaders._geodesy import (
    LONGEST,
    Geometry,
    Ring,
    converted,
    need_geo,
    places,
    polygon,
    ring,
    to_wgs84,
)
from trends.loaders._limits import Limits
from trends.loaders._names import clean_name
from trends.loaders._reading import decode, read_bytes
from trends.loaders._records import parse
from trends.loaders._rows import brief, short, shown

GEOJSON = (".geojson", ".json")
BY_GDAL = (".gpkg", ".shp")
SUFFIXES = (*GEOJSON, *BY_GDAL)

_GEOJSON_TYPES = ("FeatureCollection", "Feature", "Polygon", "MultiPolygon", "GeometryCollection")
_DEEPEST = 50  # brackets: GeoJSON needs ten
_REMEDY = "Give GeoJSON with polygons, as by RFC 7946."
SAID = {
    "high": "Rings with heights, which were dropped",
    "unclosed": "Rings that did not end where they start, closed",
    "short": "Rings of fewer than three places, left out",
    "flat": "Polygons without an area, left out",
    "invalid": "Polygons that cross or touch themselves, repaired",
    "not area": "Points and lines, left out",
    "empty": "Features without a geometry, left out",
    "warned": "Warnings of GDAL, which reads what it can of a damaged file",
    "converted": "Files converted to longitude and latitude on WGS84",
}


@dataclass(frozen=True, slots=True)
class Feature:
    """The polygons of one feature, in longitude and latitude on WGS84."""

    layer: str  # in a GeoPackage; else empty
    properties: Mapping[str, object]
    polygons: tuple[Geometry, ...]


@dataclass(frozen=True, slots=True)
class Shapes:
    """What one file holds."""

    file: str
    title: str  # the name that the file gives to its own content
    features: tuple[Feature, ...]


def name_of(feature: Feature, number: int, file: str, member: str, option: str) -> str:
    """Read the property of a feature that names its layer or its region."""
    found = feature.properties.get(member)
    if found in (None, ""):
        present = [short(str(key)) for key in feature.properties]
        remedy = f"Say which property has the name: {option}=."
        raise MissingColumns(f"{file}: feature {number}", [member], present, remedy)
    plain = isinstance(found, str | Real) and not isinstance(found, bool) and found == found
    name = clean_name(found) if plain else ""
    if not name:
        raise BadValue(file, number, member, found, "a name")
    return name


def read_shapes(path: Path, counts: Counter[str]) -> Shapes:
    """Read a file by its suffix; what is odd in it is counted under the keys of `SAID`."""
    need_geo(path)
    suffix = path.suffix.lower()
    if suffix in GEOJSON:
        return _of_a_length(_geojson(path, counts))
    if suffix in BY_GDAL:
        return _of_a_length(_by_gdal(path, counts))
    raise UnreadableFile(
        shown(path),
        f"the name ends in {path.suffix!r}, which this loader does not read",
        f"Give a file that ends in {', '.join(SUFFIXES)}.",
    )


def _of_a_length(shapes: Shapes) -> Shapes:
    """Refuse a file of edges around the Earth, which has no area of control."""
    length = 0.0
    for number, feature in enumerate(shapes.features, start=1):
        length += sum(one.length for one in feature.polygons)
        if length > LONGEST:
            raise BadTable(
                shapes.file,
                f"up to feature {number} its edges are {length:,.0f} degrees long in all, "
                f"more than {LONGEST:,}",
                "Check its coordinates: polygons of control have fewer or shorter edges.",
            )
    return shapes


def _geojson(path: Path, counts: Counter[str]) -> Shapes:
    file = shown(path)
    found = parse(decode(read_bytes(path), file), file, Limits(max_depth=_DEEPEST), _REMEDY)
    kind = found.get("type") if isinstance(found, dict) else None
    if kind not in _GEOJSON_TYPES:
        raise BadTable(file, f"it is not GeoJSON with polygons (type {brief(kind)})", _REMEDY)
    features = [found]
    if kind == "FeatureCollection":
        features = found.get("features")
    if not isinstance(features, list):
        raise BadTable(file, "its features are not a list", _REMEDY)
    convert = _conversion(found.get("crs"), file, counts)
    read = []
    for number, feature in enumerate(features, start=1):
        if not isinstance(feature, dict):
            raise BadValue(file, number, "features", feature, "a feature, a JSON object")
        outer = feature.get("type") == "Feature"
        properties = feature.get("properties") if outer else None
        if outer and "geometry" not in feature:
            raise BadTable(file, f"feature {number} has no member 'geometry'", _REMEDY)
        geometry = feature.get("geometry") if outer else feature
        rings = _rings_of(geometry, (file, number), counts, depth=0)
        polygons = _polygons(rings, (file, number), convert, counts)
        if not polygons and geometry in (None, {}):
            counts["empty"] += 1
        known = properties if isinstance(properties, dict) else {}
        read.append(Feature("", known, tuple(polygons)))
    title = found.get("name")
    return Shapes(file, title if isinstance(title, str) else "", tuple(read))


def _conversion(crs: object, file: str, counts: Counter[str]) -> Any | None:
    """GeoJSON is in WGS84; its old version of 2008 could name another system."""
    if crs is None:
        return None
    properties = crs.get("properties") if isinstance(crs, dict) else None
    name = properties.get("name") if isinstance(properties, dict) else None
    if not isinstance(name, str):
        raise BadTable(
            file, f"its crs is {brief(crs)}, which names no system", "Remove it, or name it."
        )
    convert = to_wgs84(name, file)
    counts["converted"] += convert is not None
    return convert


def _rings_of(
    geometry: object, where: tuple[str, int], counts: Counter[str], depth: int
) -> Iterator[list[object]]:
    """Find the rings of each polygon of a GeoJSON geometry."""
    if geometry is None:
        return
    if not isinstance(geometry, dict) or depth > 9:
        raise BadValue(*where, "geometry", geometry, "a GeoJSON geometry")
    kind = geometry.get("type")
    if kind == "GeometryCollection":
        inner = geometry.get("geometries")
        if not isinstance(inner, list):
            raise BadValue(*where, "geometries", inner, "a list of geometries")
        for part in inner:
            yield from _rings_of(part, where, counts, depth + 1)
    elif kind in ("Point", "MultiPoint", "LineString", "MultiLineString"):
        counts["not area"] += 1
    elif kind in ("Polygon", "MultiPolygon"):
        inner = geometry.get("coordinates")
        polygons = [inner] if kind == "Polygon" else inner
        if not isinstance(polygons, list):
            raise BadValue(*where, "coordinates", inner, "a list of polygons")
        for rings in polygons:
            if not isinstance(rings, list):
                raise BadValue(*where, "coordinates", rings, "a list of rings")
            yield rings
        if not polygons or polygons == [[]]:
            counts["empty"] += 1
    elif geometry:
        raise BadValue(*where, "geometry", kind, "a type of GeoJSON geometry")


def _polygons(
    found: Iterator[list[object]],
    where: tuple[str, int],
    convert: Any | None,
    counts: Counter[str],
) -> list[Geometry]:
    made = []
    for positions in found:
        rings = [_ring(one, where, convert, counts) for one in positions]
        one = polygon(rings, where, counts) if rings else None
        if one is not None:
            made.append(one)
    return made


def _ring(
    positions: object, where: tuple[str, int], convert: Any | None, counts: Counter[str]
) -> Ring:
    given = places(positions, where, counts)
    if convert is None:
        return ring(given, where, given)
    return ring(converted(given, convert), where, given)


def _by_gdal(path: Path, counts: Counter[str]) -> Shapes:
    """Read by GDAL, which comes with pyogrio."""
    file = shown(path)
    read_bytes(path)  # says in words whether the file is there
    try:
        import pyogrio
        import pyogrio.raw
    except ImportError as error:
        raise UnreadableFile(
            file,
            f"{path.suffix} needs pyogrio, which is not installed",
            "Install it (pip install pyogrio), or convert the file to GeoJSON in WGS84.",
        ) from error
    features: list[Feature] = []
    try:
        with warnings.catch_warnings(record=True) as warned:
            warnings.simplefilter("always")
            layers = [str(name) for name in pyogrio.list_layers(path)[:, 0]]
            tables = [(layer, pyogrio.raw.read(path, layer=layer)) for layer in layers]
    except Exception as error:  # of many kinds: all mean the same
        raise UnreadableFile(
            file, f"GDAL cannot read it ({brief(str(error))})", "Export it again."
        ) from error
    counts["warned"] += len(warned)
    for layer, (meta, _, shapes, fields) in tables:
        if shapes is None:
            continue
        if meta["crs"] is None:
            raise BadTable(
                file,
                f"layer {layer!r} does not state its coordinate reference system",
                "Keep the .prj file beside it, or assign the system and export it again.",
            )
        convert = to_wgs84(meta["crs"], file)
        counts["converted"] += convert is not None
        names = [str(name) for name in meta["fields"]]
        for number, wkb in enumerate(shapes, start=1):
            row = dict(zip(names, (column[number - 1] for column in fields), strict=True))
            found = _from_wkb(wkb, (file, number), counts)
            polygons = _polygons(found, (file, number), convert, counts)
            title = layer if path.suffix.lower() == ".gpkg" else ""
            features.append(Feature(title, row, tuple(polygons)))
    return Shapes(file, "", tuple(features))


def _from_wkb(
    wkb: bytes | None, where: tuple[str, int], counts: Counter[str]
) -> Iterator[list[object]]:
    import shapely
    from shapely.geometry import mapping

    shape = None if wkb is None else shapely.from_wkb(wkb, on_invalid="fix")
    if shape is None and wkb is not None:  # it closes rings, and has no words for the rest
        raise BadValue(*where, "geometry", wkb[:20], "a geometry")
    if shape is None or shape.is_empty:
        counts["empty"] += 1
        return
    as_lists: Callable[[object], object] = lambda x: (  # noqa: E731
        [as_lists(y) for y in x] if isinstance(x, tuple) else x
    )
    for part in shapely.get_parts(shape):
        found = mapping(part)
        yield from _rings_of(
            {**found, "coordinates": as_lists(found["coordinates"])}, where, counts, 0
        )
