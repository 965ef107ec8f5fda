"""GeoJSON of every kind: its area as PROJ has it to 1e-6, or an error with place and value."""

from __future__ import annotations

import datetime as dt
import json
import time
import warnings
from contextlib import suppress
from pathlib import Path
from random import Random

import numpy as np
import pytest
from hardening.corpus_shapes import BESIDE, INSIDE, SQUARE, Place, Shape, polygon, shapes, text
from hardening.corpus_shapes_refused import comb, refused

from trends.errors import BadOption, BadTable, TrendsError, TrendsWarning
from trends.loaders import load_polygons, load_territory_changes
from trends.panel import Panel

CASES = (*shapes(), *refused())
pytest.importorskip("shapely", reason="the extra [geo] is not installed")
pyproj = pytest.importorskip("pyproj", reason="the extra [geo] is not installed")


def proj_area(ring: list[Place]) -> float:
    """Area in km2 of edges straight in degrees: PROJ has geodesics, so they are cut fine."""
    longitudes, latitudes = [], []
    for (x, y), (to_x, to_y) in zip(ring, [*ring[1:], ring[0]], strict=True):
        steps = np.linspace(0, 1, 2 + int(200 * max(abs(to_x - x), abs(to_y - y))), endpoint=False)
        longitudes.append(x + steps * (to_x - x))
        latitudes.append(y + steps * (to_y - y))
    found, _ = pyproj.Geod(ellps="WGS84").polygon_area_perimeter(
        np.concatenate(longitudes), np.concatenate(latitudes)
    )
    return abs(float(found)) / 1e6


def kept(folder: Path, data: str | bytes, name: str = "a_20250630.geojson") -> Path:
    path = folder / name
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return path


def load(path: Path, **options: object) -> Panel:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", TrendsWarning)
        return load_polygons(path, **options)


@pytest.mark.parametrize(
    "case", CASES, ids=lambda case: case.name.encode("ascii", "replace").decode()
)
def test_case(case: Shape, tmp_path: Path) -> None:
    path = kept(tmp_path, case.text)
    began = time.process_time()
    if case.same is None:
        with pytest.raises(TrendsError) as caught:
            load(path)
        message = str(caught.value)
        at = 0
        for words in case.says:
            assert words in message[at:], message
            at = message.index(words, at)
        assert len(message) < 3000
        assert message.isprintable()
    else:
        panel = load(path)
        expected = sum(map(proj_area, case.same)) - sum(map(proj_area, case.holes))
        np.testing.assert_allclose(panel.values, [[expected]], rtol=1e-6)
        assert case.note in " ".join(panel.notes)
        odd = ("closed:", "repaired:", "left out:", "dropped:", "converted")
        assert case.note or not any(word in note for word in odd for note in panel.notes)
    assert time.process_time() - began < 10


def test_the_order_of_rings_and_the_place_where_they_begin_change_nothing(tmp_path: Path) -> None:
    turned = [*SQUARE[2:-1], *SQUARE[:3]]
    first = load(kept(tmp_path, text(polygon(SQUARE, INSIDE), polygon(BESIDE))))
    second = load(kept(tmp_path, text(polygon(BESIDE), polygon(turned, INSIDE[::-1]))))
    np.testing.assert_allclose(first.values, second.values, rtol=1e-12)


def test_days_that_cross_each_other_too_often_are_refused(tmp_path: Path) -> None:
    days = [
        kept(tmp_path, text(polygon(comb(2_000, turned))), f"a_2025{month}.geojson")
        for month, turned in (("0531", False), ("0630", True))
    ]
    with pytest.raises(BadTable, match="cross each other at too many places"):
        load_territory_changes(days)
    with pytest.raises(BadTable, match="cross each other at too many places"):
        load(days[0], regions=_named(tmp_path, comb(2_000, True)))


@pytest.mark.parametrize("name", ["99991231", "00010101", "20250231", "20250030", "17000101"])
def test_a_name_that_holds_no_day(tmp_path: Path, name: str) -> None:
    with pytest.raises(BadTable, match=f"{name}, which is no day"):
        load(kept(tmp_path, text(polygon(SQUARE)), f"a_{name}.geojson"))


def test_options_of_other_types_are_refused(tmp_path: Path) -> None:
    path = kept(tmp_path, text(polygon(SQUARE)))
    for layers in ((), [], 5, {"a"}):
        with pytest.raises(BadOption, match="layers"):
            load(path, layers=layers)
    for day in ("2025-06-30", dt.datetime(2025, 6, 30), 20250630):  # noqa: DTZ001
        with pytest.raises(BadOption, match="a_20250630"):
            load(path, dates={"a_20250630.geojson": day})


def test_regions_that_overlap_and_hostile_names(tmp_path: Path) -> None:
    path = kept(tmp_path, text(polygon(SQUARE)))
    regions = _named(tmp_path, SQUARE, SQUARE)
    panel = load(path, regions=regions)
    assert any("Regions overlap" in note for note in panel.notes)
    np.testing.assert_allclose(panel.values[:, 0], [proj_area(SQUARE)] * 2, rtol=1e-6)
    for name in (None, "", {"a": 1}, [1], True):
        with pytest.raises(TrendsError, match=r"r\.geojson"):
            load(path, regions=_named(tmp_path, SQUARE, name=name))


@pytest.mark.parametrize(("suffix", "driver"), [(".gpkg", "GPKG"), (".shp", "ESRI Shapefile")])
def test_damaged_files_of_gdal(tmp_path: Path, suffix: str, driver: str) -> None:
    raw = pytest.importorskip("pyogrio.raw", reason="pyogrio is not installed")
    import shapely

    path = tmp_path / f"a_20250630{suffix}"
    shape = np.array([shapely.to_wkb(shapely.Polygon(ring)) for ring in (SQUARE, BESIDE)], object)
    names = [np.array(["a", "b"], dtype=object)]
    raw.write(path, geometry=shape, field_data=names, fields=["name"], crs="EPSG:4326",
              geometry_type="Polygon", driver=driver)  # fmt: skip
    whole = load(path).values[0, 0]
    parts = {part: part.read_bytes() for part in tmp_path.iterdir()}
    random = Random(9)
    for _ in range(40):
        for part, content in parts.items():
            part.write_bytes(content)
        part = random.choice(sorted(parts))
        data = bytearray(parts[part])
        at = random.randrange(len(data))
        if random.random() < 0.5:
            data[at] ^= 1 << random.randrange(8)
        else:
            del data[at : at + random.randrange(1, 60)]
        part.write_bytes(data)
        with suppress(TrendsError):
            assert 0 <= load(path).values[0, 0] < 510e6
    assert whole == pytest.approx(proj_area(SQUARE) + proj_area(BESIDE), rel=1e-6)


def _named(folder: Path, *rings: list[Place], name: object = "x") -> Path:
    features = [
        {
            "type": "Feature",
            "properties": {"name": f"{name}{at}" if name == "x" else name},
            "geometry": polygon(ring),
        }
        for at, ring in enumerate(rings)
    ]
    found = json.dumps({"type": "FeatureCollection", "features": features})
    return kept(folder, found, "r.geojson")
