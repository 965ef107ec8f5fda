"""Polygons of control: the real month starts against an independent area, and every bad input."""

from __future__ import annotations

import csv
import datetime as dt
import json
import sys
from pathlib import Path

import numpy as np
import pytest

from trends.errors import (
    BadOption,
    BadTable,
    BadValue,
    EmptyTable,
    MissingColumns,
    NoValues,
    TooShort,
    TrendsError,
    TrendsWarning,
    UnknownName,
    UnknownOption,
    UnreadableFile,
)
from trends.loaders import load_polygons, load_territory_changes
from trends.loaders.polygons import recognise

pytest.importorskip("shapely", reason="the extra [geo] is not installed")
pytest.importorskip("pyproj", reason="the extra [geo] is not installed")

A, F = 6378137.0, 1 / 298.257223563  # WGS84, as defined
E = np.sqrt(F * (2 - F))


def zone(latitude: np.ndarray) -> np.ndarray:
    """Area in km2 between the equator and a latitude, a radian wide (Snyder 1987, 3-12)."""
    s = np.sin(np.radians(latitude))
    q = (1 - E**2) * (s / (1 - (E * s) ** 2) + np.arctanh(E * s) / E)
    return A**2 * q / 2 / 1e6


def ring_area(ring: list[list[float]]) -> float:
    """Area of a ring with edges straight in degrees, integrated edge by edge."""
    places = np.array(ring)[:, :2]
    nodes, weights = np.polynomial.legendre.leggauss(8)
    start, end = places[:-1], places[1:]
    t = (nodes[None, :] + 1) / 2
    latitudes = start[:, 1:] + t * (end - start)[:, 1:]
    mean = (zone(latitudes) * weights / 2).sum(axis=1)
    return abs(float((np.radians(end - start)[:, 0] * mean).sum()))


def file_area(path: Path) -> float:
    total = 0.0
    for feature in json.loads(path.read_text())["features"]:
        for shell, *holes in feature["geometry"]["coordinates"]:
            total += ring_area(shell) - sum(map(ring_area, holes))
    return total


def box(west: float, south: float, east: float, north: float) -> list[list[float]]:
    return [[west, south], [east, south], [east, north], [west, north], [west, south]]


def box_area(west: float, south: float, east: float, north: float) -> float:
    south_zone, north_zone = zone(np.array([south, north]))
    return float(np.radians(east - west) * (north_zone - south_zone))


def feature(*rings: list[list[float]], **properties: object) -> dict[str, object]:
    geometry = {"type": "Polygon", "coordinates": list(rings)}
    return {"type": "Feature", "properties": properties, "geometry": geometry}


def write(folder: Path, name: str, /, *features: object, **members: object) -> Path:
    folder.mkdir(exist_ok=True)
    path = folder / name
    path.write_text(
        json.dumps({"type": "FeatureCollection", **members, "features": features}), "utf-8"
    )
    return path


SQUARE = box(36, 48, 37, 49)
HALF = box(36, 48, 36.5, 49)


@pytest.fixture
def folder(shared: Path) -> Path:
    return shared / "data" / "raw" / "deepstate_geojson"


class TestReal:
    def test_stock_and_differences_against_an_independent_area(self, folder: Path) -> None:
        panel = load_polygons(folder, reckoning="month-start")
        assert (panel.kind, panel.unit, panel.n_time) == ("stock", "km2", 25)
        files = sorted(folder.glob("*.geojson"))[1:]  # 2024-07-08 begins no month
        expected = [file_area(file) for file in files]
        np.testing.assert_allclose(panel.values[0], expected, rtol=1e-7)
        np.testing.assert_allclose(panel.flow().values[0], np.diff(expected), rtol=1e-3)

    def test_differences_against_those_of_the_upstream_days(
        self, folder: Path, shared: Path
    ) -> None:
        flow = load_polygons(folder, reckoning="month-start").flow()
        with (shared / "data" / "monthly_territory.csv").open() as file:
            rows = [row for row in csv.DictReader(file) if row["deepstate_bom"]]
        checked = 0
        for row in rows:
            if row["month"] == "2024-07":  # from the 8th
                continue
            assert flow["territory"][row["month"]] == pytest.approx(
                float(row["deepstate_bom"]), abs=0.06
            ), row
            checked += 1
        assert checked == 24

    def test_gross_minus_lost_is_net(self, folder: Path) -> None:
        panel = load_territory_changes(folder, reckoning="month-start")
        gained, lost, net = panel.values
        assert (gained >= 0).all()
        assert (lost >= 0).all()
        np.testing.assert_array_equal(net, gained - lost)
        flow = load_polygons(folder, reckoning="month-start").flow()
        assert panel.months.equals(flow.months)
        np.testing.assert_allclose(net, flow.values[0], atol=1e-3)
        assert round(panel["lost"]["2026-05"], 1) == 64.6
        months = load_territory_changes(folder, reckoning="month-start", steps="months")
        np.testing.assert_array_equal(months.values, panel.values)  # one reading a month

    def test_late_readings_are_said(self, folder: Path) -> None:
        panel = load_territory_changes(folder, reckoning="month-start")
        assert [str(anomaly.first) for anomaly in panel.anomalies] == ["2024-12", "2025-03"]
        assert panel.status("2025-01") == panel.status("2025-04") == "partial"
        assert panel.observed_days[panel.position("2025-01")] == 30
        assert panel.complete.sum() == 22
        strict = load_territory_changes(folder, reckoning="month-start", late=0)
        assert strict.status("2025-01") == strict.status("2024-12") == "gap"
        assert any("2025-01-02, 2025-04-02" in note for note in strict.notes)

    def test_notes_and_source(self, folder: Path) -> None:
        panel = load_polygons(folder, reckoning="month-start")
        notes = " ".join(panel.notes)
        assert "Files read: 26; days with polygons: 26." in notes
        assert "Readings that close a month: 25." in notes
        assert "read late (2): 2024-12 on 2025-01-02, 2025-03 on 2025-04-02." in notes
        assert "LICENSE-GPL-3.0.txt" in notes
        assert "2024-07-08" in notes
        assert "DeepStateMap" in panel.source
        assert panel.as_of == dt.date(2026, 8, 1)

    def test_month_starts_are_no_month_ends(self, folder: Path) -> None:
        files = sorted(folder.glob("*.geojson"))[1:]
        with pytest.warns(TrendsWarning, match="month-start"):
            assert not load_polygons(files).complete.any()
        with (
            pytest.warns(TrendsWarning, match="month-start"),
            pytest.raises(BadTable, match="month-start"),
        ):
            load_territory_changes(files)


class TestAreas:
    def one(self, tmp_path: Path, *features: object) -> tuple[float, str]:
        panel = load_polygons(write(tmp_path, "a_20250630.geojson", *features))
        return float(panel.values[0, 0]), " ".join(panel.notes)

    def test_square(self, tmp_path: Path) -> None:
        area, _ = self.one(tmp_path, feature(SQUARE))
        assert area == pytest.approx(box_area(36, 48, 37, 49), rel=1e-7)

    @pytest.mark.parametrize("turn", [1, -1])
    def test_holes_are_taken_off_whichever_way_they_turn(self, turn: int, tmp_path: Path) -> None:
        hole = box(36.2, 48.2, 36.4, 48.4)[::turn]
        for shell in (SQUARE, SQUARE[::-1]):
            area, _ = self.one(tmp_path, feature(shell, hole))
            assert area == pytest.approx(
                box_area(36, 48, 37, 49) - box_area(36.2, 48.2, 36.4, 48.4), rel=1e-7
            )

    def test_overlaps_count_once(self, tmp_path: Path) -> None:
        area, _ = self.one(tmp_path, feature(SQUARE), feature(HALF))
        assert area == pytest.approx(box_area(36, 48, 37, 49), rel=1e-7)

    def test_self_crossing(self, tmp_path: Path) -> None:
        bow = [[36, 48], [37, 49], [37, 48], [36, 49], [36, 48]]
        area, notes = self.one(tmp_path, feature(bow))
        assert area == pytest.approx(box_area(36, 48, 37, 49) / 2, rel=1e-3)
        assert "cross or touch themselves, repaired: 1." in notes

    def test_heights_and_open_rings(self, tmp_path: Path) -> None:
        high = [[*place, 120.5] for place in SQUARE[:-1]]
        area, notes = self.one(tmp_path, feature(high))
        assert area == pytest.approx(box_area(36, 48, 37, 49), rel=1e-7)
        assert "heights, which were dropped: 1." in notes
        assert "closed: 1." in notes
        mixed = [SQUARE[0], [*SQUARE[1], 7], *SQUARE[2:]]
        assert self.one(tmp_path, feature(mixed))[0] == area

    def test_what_is_no_area_is_counted(self, tmp_path: Path) -> None:
        point = {"type": "Feature", "geometry": {"type": "Point", "coordinates": [36, 48]}}
        empty = {"type": "Feature", "properties": None, "geometry": None}
        none = {"type": "Feature", "geometry": {"type": "MultiPolygon", "coordinates": []}}
        spike = feature([[36, 48], [37, 49], [36, 48]])
        area, notes = self.one(tmp_path, feature(SQUARE), point, empty, none, spike)
        assert area == pytest.approx(box_area(36, 48, 37, 49), rel=1e-7)
        assert "Points and lines, left out: 1." in notes
        assert "without a geometry, left out: 2." in notes
        assert "fewer than three places, left out: 1." in notes

    def test_collections_and_bare_geometries(self, tmp_path: Path) -> None:
        parts = [{"type": "Polygon", "coordinates": [SQUARE]}]
        path = tmp_path / "a_20250630.geojson"
        for content in (parts[0], {"type": "GeometryCollection", "geometries": parts}):
            path.write_text(json.dumps(content))
            assert load_polygons(path).values[0, 0] == pytest.approx(box_area(36, 48, 37, 49))

    def test_other_system_of_coordinates(self, tmp_path: Path) -> None:
        r = 6378137.0
        metres = [
            [np.radians(x) * r, r * np.log(np.tan(np.pi / 4 + np.radians(y) / 2))]
            for x, y in SQUARE
        ]
        crs = {"type": "name", "properties": {"name": "EPSG:3857"}}
        path = write(tmp_path, "a_20250630.geojson", feature(metres), crs=crs)
        panel = load_polygons(path)
        assert panel.values[0, 0] == pytest.approx(box_area(36, 48, 37, 49), rel=1e-7)
        assert any("converted" in note for note in panel.notes)
        for bad in ({"type": "name", "properties": {"name": "nonsense"}}, "EPSG:3857", {}):
            write(tmp_path, path.name, feature(metres), crs=bad)
            with pytest.raises(TrendsError, match=r"a_20250630.*(system|crs)"):
                load_polygons(path)


class TestMonths:
    def days(self, tmp_path: Path, *east: tuple[str, float]) -> Path:
        for day, edge in east:
            write(tmp_path, f"x_{day}.geojson", feature(box(36, 48, edge, 49)))
        return tmp_path

    def test_month_end(self, tmp_path: Path) -> None:
        folder = self.days(
            tmp_path,
            *(("20250328", 36.1), ("20250331", 36.2), ("20250430", 36.3), ("20250610", 36.4)),
        )
        panel = load_polygons(folder)
        np.testing.assert_allclose(
            panel.values[0],
            [box_area(36, 48, e, 49) if e else np.nan for e in (36.2, 36.3, 0, 36.4)],
        )
        assert panel.observed_days.tolist() == [31, 30, 0, 10]
        assert any("for want of readings (1): 2025-05." in note for note in panel.notes)
        change = load_territory_changes(folder)
        assert change.observed_days.tolist() == [30, 0, 0]
        assert np.isnan(change["net"]["2025-06"])
        np.testing.assert_allclose(change.values[2], panel.flow().values[0], atol=1e-6)

    def test_gross_depends_on_the_steps(self, tmp_path: Path) -> None:
        edges = (("20250331", 36.2), ("20250410", 36.5), ("20250430", 36.3))
        folder = self.days(tmp_path, *edges)
        by_reading = load_territory_changes(folder)
        by_month = load_territory_changes(folder, steps="months")
        assert by_reading["gained"]["2025-04"] == pytest.approx(box_area(36.2, 48, 36.5, 49))
        assert by_reading["lost"]["2025-04"] == pytest.approx(box_area(36.3, 48, 36.5, 49))
        assert by_month["gained"]["2025-04"] == pytest.approx(box_area(36.2, 48, 36.3, 49))
        assert by_month["lost"]["2025-04"] == 0
        assert by_reading["net"]["2025-04"] == pytest.approx(by_month["net"]["2025-04"])
        assert by_reading.definition != by_month.definition

    def test_edges_cut_anew_add_up(self, tmp_path: Path) -> None:
        # A long edge that the next day cuts: geodesics between its ends would leave 100 km2.
        write(tmp_path, "x_20250331.geojson", feature([[30, 48], [40, 48.5], [40, 50], [30, 48]]))
        write(tmp_path, "x_20250430.geojson", feature(box(33.3, 46, 36.6, 52)))
        net = load_territory_changes(tmp_path)["net"]["2025-04"]
        assert net == pytest.approx(load_polygons(tmp_path).flow().values[0, 0], abs=0.01)

    def test_unmoved_map_is_said(self, tmp_path: Path) -> None:
        folder = self.days(tmp_path, ("20250331", 36.2), ("20250430", 36.2))
        assert any("same polygons as the one before: 1." in n for n in load_polygons(folder).notes)
        assert load_territory_changes(folder).values.tolist() == [[0], [0], [0]]

    def test_options(self, tmp_path: Path) -> None:
        folder = self.days(tmp_path, ("20250331", 36.2))
        with pytest.raises(TooShort):
            load_territory_changes(folder)
        with pytest.raises(BadOption, match="as_of"):
            load_polygons(folder, as_of=dt.date(2025, 3, 1))
        with pytest.raises(UnknownOption, match="weekly"):
            load_polygons(folder, reckoning="weekly")  # type: ignore[arg-type]
        with pytest.raises(UnknownOption, match="days"):
            load_territory_changes(folder, steps="days")  # type: ignore[arg-type]
        for late in (-1, 28, True, 1.5):
            with pytest.raises(BadOption, match="late"):
                load_polygons(folder, late=late)  # type: ignore[arg-type]
        with pytest.raises(BadTable, match="within 4 days"):
            load_polygons(folder, reckoning="month-start")


class TestNames:
    @pytest.mark.parametrize(
        ("name", "problem"),
        [
            ("control.geojson", "holds no day"),
            ("control_20250230.geojson", "20250230, which is no day"),
            ("control_12345678.geojson", "12345678, which is no day"),
            ("control_20250131_20250228.geojson", "20250131, 20250228"),
            ("control_30062025.geojson", "which is no day"),
        ],
    )
    def test_undated_or_misdated(self, name: str, problem: str, tmp_path: Path) -> None:
        path = write(tmp_path, name, feature(SQUARE))
        with pytest.raises(BadTable, match=problem):
            load_polygons(path)
        panel = load_polygons(path, dates={name: dt.date(2025, 6, 30)})
        assert str(panel.months[0]) == "2025-06"

    def test_content_of_another_day(self, tmp_path: Path) -> None:
        path = write(tmp_path, "c_20250630.geojson", feature(SQUARE), name="c_20250531")
        with pytest.raises(BadTable, match="misdated"):
            load_polygons(path)
        write(tmp_path, "c_20250531.geojson", feature(SQUARE))
        panel = load_polygons(tmp_path, dates={path.name: None})
        assert panel.n_time == 1
        assert any("c_20250630.geojson" in note for note in panel.notes)
        with pytest.raises(UnknownName, match="typo"):
            load_polygons(tmp_path, dates={"typo": None})

    def test_forms_of_a_day(self, tmp_path: Path) -> None:
        for name in ("a_20250630", "a 2025-06-30", "2025_06_30_a", "20250630"):
            path = write(tmp_path, f"{name}.geojson", feature(SQUARE))
            assert str(load_polygons(path).as_of) == "2025-06-30"

    def test_two_files_of_a_day(self, tmp_path: Path) -> None:
        write(tmp_path, "c_20250630.geojson", feature(SQUARE))
        write(tmp_path, "c_2025-06-30.geojson", feature(SQUARE))
        assert any("repeat a day" in note for note in load_polygons(tmp_path).notes)
        write(tmp_path, "c_2025-06-30.geojson", feature(HALF))
        with pytest.raises(BadTable, match="2025-06-30 has other polygons"):
            load_polygons(tmp_path)


class TestLayers:
    def test_layer_by_file(self, tmp_path: Path) -> None:
        write(tmp_path, "control_20250531.geojson", feature(HALF))
        write(tmp_path, "control_20250630.geojson", feature(HALF))
        write(tmp_path, "claimed_20250630.geojson", feature(SQUARE))
        with pytest.raises(BadOption, match=r"'claimed', 'control'"):
            load_polygons(tmp_path)
        control = load_polygons(tmp_path, layers=["control"])
        np.testing.assert_allclose(control.values[0], box_area(36, 48, 36.5, 49))
        assert any("Layers left out: claimed." in note for note in control.notes)
        both = load_polygons(tmp_path, layers=["control", "claimed"])
        np.testing.assert_allclose(both.values[0], box_area(36, 48, 37, 49))  # no place twice
        assert any("(1): 2025-05-31." in note for note in both.notes)
        assert "control + claimed, their union" in both.definition
        assert control.definition != both.definition
        with pytest.raises(UnknownName, match="advances"):
            load_polygons(tmp_path, layers="advances")

    def test_layer_by_property(self, tmp_path: Path) -> None:
        features = feature(HALF, status="control"), feature(SQUARE, status="claimed")
        path = write(tmp_path, "isw_20250630.geojson", *features)
        panel = load_polygons(path, layers=["control"], layer_property="status")
        assert panel.values[0, 0] == pytest.approx(box_area(36, 48, 36.5, 49))
        with pytest.raises(MissingColumns, match="layer_property"):
            load_polygons(path, layer_property="kind")

    def test_a_day_without_polygons_is_no_zero(self, tmp_path: Path) -> None:
        write(tmp_path, "c_20250531.geojson", feature(SQUARE))
        write(tmp_path, "c_20250630.geojson")
        panel = load_polygons(tmp_path)
        assert panel.n_time == 1
        assert any("(1): 2025-06-30." in note for note in panel.notes)


class TestRegions:
    def test_by_region(self, tmp_path: Path) -> None:
        regions = write(
            tmp_path / "regions", "r.geojson", feature(HALF, name="West"),
            feature(box(36.5, 48, 36.9, 49), name="East"),
        )  # fmt: skip
        write(tmp_path / "d", "c_20250531.geojson", feature(HALF))
        write(tmp_path / "d", "c_20250630.geojson", feature(box(36.25, 48, 37, 49)))
        panel = load_polygons(tmp_path / "d", regions=regions)
        assert panel.names == ("West", "East")
        west, east = panel.values
        np.testing.assert_allclose(west, [box_area(0, 48, 0.5, 49), box_area(0, 48, 0.25, 49)])
        np.testing.assert_allclose(east, [0, box_area(0, 48, 0.4, 49)], atol=1e-9)
        assert any("Outside all regions" in note for note in panel.notes)
        change = load_territory_changes(tmp_path / "d", regions=regions)
        assert change.names[:3] == ("West: gained", "West: lost", "West: net")
        assert change["West: lost"]["2025-06"] == pytest.approx(box_area(0, 48, 0.25, 49))
        with pytest.raises(MissingColumns, match="region_name"):
            load_polygons(tmp_path / "d", regions=regions, region_name="oblast")

    def test_overlapping_regions_are_said(self, tmp_path: Path) -> None:
        regions = write(
            tmp_path / "regions", "r.geojson", feature(SQUARE, name="a"), feature(HALF, name="b")
        )
        write(tmp_path / "d", "c_20250531.geojson", feature(HALF))
        notes = load_polygons(tmp_path / "d", regions=regions).notes
        assert any("overlap" in note for note in notes)


class TestOtherFormats:
    def save(self, path: Path, crs: str | None, layer: str | None = None) -> Path:
        raw = pytest.importorskip("pyogrio.raw", reason="pyogrio is not installed")
        import shapely

        shapes = np.array([shapely.Polygon(SQUARE).wkb], dtype=object)
        fields = [np.array(["West"], dtype=object)]
        raw.write(
            path, shapes, fields, ["name"], geometry_type="Polygon", crs=crs, layer=layer,
            append=path.exists(),
        )  # fmt: skip
        return path

    @pytest.mark.parametrize("name", ["c_20250630.gpkg", "c_20250630.shp"])
    def test_read(self, name: str, tmp_path: Path) -> None:
        panel = load_polygons(self.save(tmp_path / name, "EPSG:4326"))
        assert panel.values[0, 0] == pytest.approx(box_area(36, 48, 37, 49), rel=1e-7)
        regions = load_polygons(tmp_path / name, regions=tmp_path / name)
        assert regions.names == ("West",)
        assert load_polygons(tmp_path).n_time == 1  # the parts of a shapefile are no files

    def test_layers_of_a_geopackage(self, tmp_path: Path) -> None:
        path = self.save(tmp_path / "d_20250630.gpkg", "EPSG:4326", "control")
        self.save(path, "EPSG:4326", "claimed")
        with pytest.raises(BadOption, match="'claimed', 'control'"):
            load_polygons(path)
        assert load_polygons(path, layers="control").n_time == 1

    @pytest.mark.filterwarnings("ignore::UserWarning")
    def test_no_system_of_coordinates(self, tmp_path: Path) -> None:
        with pytest.raises(BadTable, match="does not state its coordinate reference system"):
            load_polygons(self.save(tmp_path / "c_20250630.shp", None))

    def test_broken(self, tmp_path: Path) -> None:
        pytest.importorskip("pyogrio", reason="pyogrio is not installed")
        for suffix in (".gpkg", ".shp"):
            path = tmp_path / f"c_20250630{suffix}"
            path.write_bytes(bytes(range(256)) * 9)
            with pytest.raises(UnreadableFile, match="GDAL cannot read it"):
                load_polygons(path)

    def test_without_pyogrio(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setitem(sys.modules, "pyogrio", None)
        path = tmp_path / "c_20250630.gpkg"
        path.write_bytes(b"x")
        with pytest.raises(UnreadableFile, match="pip install pyogrio"):
            load_polygons(path)


class TestBadInput:
    """What test_loaders_contract.py asks of tables, asked of polygons."""

    @pytest.mark.parametrize(
        "place",
        [
            *([4000000, 6000000], [181, 48], [36, -90.5], [36, float("nan")], [1e308, 48]),
            *([float("inf"), 48], ["36", 48], [36, None], [36], "36,48", 7, [10**400, 4]),
        ],
        ids=repr,
    )  # fmt: skip
    def test_place(self, place: object, tmp_path: Path) -> None:
        ring = [SQUARE[0], place, *SQUARE[2:]]
        path = write(tmp_path, "c_20250630.geojson", feature(SQUARE), feature(ring))  # type: ignore[arg-type]
        with pytest.raises(BadValue, match=r"c_20250630.*row 2, column 'coordinates'"):
            load_polygons(path)

    def test_antimeridian(self, tmp_path: Path) -> None:
        ring = [[179, 60], [-179, 60], [-179, 61], [179, 61], [179, 60]]
        with pytest.raises(BadTable, match="180th meridian"):
            load_polygons(write(tmp_path, "c_20250630.geojson", feature(ring)))

    @pytest.mark.parametrize(
        "content",
        [
            *(b"[]", b"{}", b"7", b"null", b'"text"', b"{", b"\n\n", b"[" * 100_000),
            *(b'{"type": "Topology"}', b'{"type": "FeatureCollection", "features": 7}'),
            *(b'{"type": "FeatureCollection", "features": [7]}',),
            *(b'{"type": "Polygon", "coordinates": 7}', b'{"type": "Polygon", "coordinates": [7]}'),
            b'{"type": "Feature", "geometry": {"type": "Curve"}}',
            b'{"type": "Feature", "geometry": [1]}',
            *(b"\0\1\2\3" * 99, bytes(range(256)), b"PK\3\4junk", b""),
        ],
    )
    def test_rubbish(self, content: bytes, tmp_path: Path) -> None:
        path = tmp_path / "c_20250630.geojson"
        path.write_bytes(content)
        for load in (load_polygons, load_territory_changes):
            with pytest.raises(TrendsError, match="c_20250630"):
                load(path)

    def test_no_polygon_at_all(self, tmp_path: Path) -> None:
        with pytest.raises(NoValues):
            load_polygons(write(tmp_path, "c_20250630.geojson"))

    def test_encodings(self, tmp_path: Path) -> None:
        path = write(tmp_path, "c_20250630.geojson", feature(SQUARE))
        text = path.read_text("utf-8")
        path.write_bytes(text.encode("utf-8-sig"))
        assert load_polygons(path).n_time == 1
        for encoding in ("utf-16", "utf-32"):  # marked by their first bytes
            path.write_bytes(text.encode(encoding))
            assert load_polygons(path).n_time == 1
            path.write_bytes(text.encode(f"{encoding}-le"))
            with pytest.raises(UnreadableFile, match="encoding"):
                load_polygons(path)

    def test_folders_and_files_that_are_none(self, tmp_path: Path) -> None:
        with pytest.raises(EmptyTable, match="no file that ends in"):
            load_polygons(tmp_path)
        with pytest.raises(EmptyTable, match="no files"):
            load_polygons([])
        with pytest.raises(UnreadableFile, match="no such file"):
            load_polygons(tmp_path / "c_20250630.geojson")
        with pytest.raises(UnreadableFile, match=r"ends in '\.kml'"):
            load_polygons(tmp_path / "c_20250630.kml")
        for name in ("long" * 200, "nul\0.geojson"):
            with pytest.raises(TrendsError):
                load_polygons(name)

    def test_without_the_extra(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        path = write(tmp_path, "c_20250630.geojson", feature(SQUARE))
        monkeypatch.setitem(sys.modules, "shapely", None)
        with pytest.raises(UnreadableFile, match=r"attack-trends\[geo\]"):
            load_polygons(path)

    def test_recognised_by_its_members(self) -> None:
        assert recognise(["type", "name", "features"]) == {}
        assert recognise(["month", "value"]) is None
