"""Polygons out of a file: GeoJSON, and with pyogrio GeoPackage and Shapefile."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from trends.errors import BadTable, BadValue, UnreadableFile
from trends.loaders._geodesy import Geometry, Ring, need_geo, polygon, ring, to_wgs84
from trends.loaders._reading import decode, read_bytes

GEOJSON = (".geojson", ".json")
BY_GDAL = (".gpkg", ".shp")
SUFFIXES = (*GEOJSON, *BY_GDAL)

_GEOJSON_TYPES = ("FeatureCollection", "Feature", "Polygon", "MultiPolygon", "GeometryCollection")
_REMEDY = "Give GeoJSON with polygons, as by RFC 7946."
SAID = {
    "high": "Rings with heights, which were dropped",
    "unclosed": "Rings that did not end where they start, closed",
    "short": "Rings of fewer than three places, left out",
    "invalid": "Polygons that cross or touch themselves, repaired",
    "not area": "Points and lines, left out",
    "empty": "Features without a geometry, left out",
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


def read_shapes(path: Path, counts: Counter[str]) -> Shapes:
    """Read a file by its suffix; what is odd in it is counted under the keys of `SAID`."""
    need_geo(path)
    suffix = path.suffix.lower()
    if suffix in GEOJSON:
        return _geojson(path, counts)
    if suffix in BY_GDAL:
        return _by_gdal(path, counts)
    raise UnreadableFile(
        path,
        f"the name ends in {path.suffix!r}, which this loader does not read",
        f"Give a file that ends in {', '.join(SUFFIXES)}.",
    )


def _geojson(path: Path, counts: Counter[str]) -> Shapes:
    file = str(path)
    try:
        found = json.loads(decode(read_bytes(path), file))
    except (RecursionError, json.JSONDecodeError) as error:
        raise UnreadableFile(file, f"it is not JSON ({error})", "Export it again.") from error
    kind = found.get("type") if isinstance(found, dict) else None
    if kind not in _GEOJSON_TYPES:
        raise BadTable(file, f"it is not GeoJSON with polygons (type {kind!r})", _REMEDY)
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
        raise BadTable(file, f"its crs is {crs!r}, which names no system", "Remove it, or name it.")
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
        for part in inner if isinstance(inner, list) else []:
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
        one = polygon(rings, counts) if rings else None
        if one is not None:
            made.append(one)
    return made


def _ring(
    positions: object, where: tuple[str, int], convert: Any | None, counts: Counter[str]
) -> Ring:
    if convert is None:
        return ring(positions, where, counts)
    try:
        flat = np.array(positions, dtype=np.float64)[:, :2]
    except (ValueError, TypeError, IndexError, OverflowError) as error:
        raise BadValue(*where, "coordinates", positions, "a ring of numbers") from error
    x, y = convert.transform(flat[:, 0], flat[:, 1])
    return ring(np.column_stack([x, y]), where, counts)


def _by_gdal(path: Path, counts: Counter[str]) -> Shapes:
    """Read by GDAL, which comes with pyogrio."""
    file = str(path)
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
        layers = [str(name) for name in pyogrio.list_layers(path)[:, 0]]
        tables = [(layer, pyogrio.raw.read(path, layer=layer)) for layer in layers]
    except (pyogrio.errors.DataSourceError, pyogrio.errors.DataLayerError) as error:
        raise UnreadableFile(file, f"GDAL cannot read it ({error})", "Export it again.") from error
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
