"""What loaders seldom meet: each case reads right, is told in a note, or is refused in words."""

from __future__ import annotations

import dataclasses
import datetime as dt
import io
import json
import math
from collections import Counter
from pathlib import Path
from zoneinfo import ZoneInfoNotFoundError

import numpy as np
import openpyxl
import pandas as pd
import posts_made as made
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from trends.errors import (
    BadOption,
    BadTable,
    BadValue,
    EmptyTable,
    MissingColumns,
    NoValues,
    TrendsError,
    UnreadableFile,
)
from trends.loaders import (
    Limits,
    _columns,
    _exports,
    _geodesy,
    _messages,
    _reading,
    _rows,
    _shapes,
    _tallies,
    _whole,
    _workbooks,
    bundles,
    load,
    load_acled,
    load_polygons,
    load_reports,
    load_table,
    read_reports,
)
from trends.loaders._accounts import Line
from trends.loaders.bundles import days_of
from trends.posts import read_post

SQUARE = [[36, 48], [37, 48], [37, 49], [36, 49], [36, 48]]
FLAT = [[36, 48], [37, 48], [38, 48], [36, 48]]


def csv(folder: Path, text: str | bytes, name: str = "a.csv") -> Path:
    path = folder / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def table(source: object, **more: object) -> np.ndarray:
    return load_table(source, month="month", value="x", unit="km2", **more).values[0]


def feature(*rings: object, **properties: object) -> dict[str, object]:
    geometry = {"type": "Polygon", "coordinates": list(rings)}
    return {"type": "Feature", "properties": properties, "geometry": geometry}


def geojson(folder: Path, *features: object, name: str = "c_20250630", **more: object) -> Path:
    folder.mkdir(exist_ok=True)
    path = folder / f"{name}.geojson"
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features, **more}))
    return path


class TestTables:
    @pytest.mark.parametrize(
        ("option", "wrong"),
        [("date_format", "%d"), ("date_format", "%Q"), ("missing", "n/a"), ("missing", (1,)),
         ("limits", {"max_rows": 1}), ("decimal", 5)],
    )  # fmt: skip
    def test_options(self, option: str, wrong: object, tmp_path: Path) -> None:
        path = csv(tmp_path, "month,x\n2025-01,1\n")
        with pytest.raises(BadOption, match=option):
            table(path, **{option: wrong})

    def test_a_truth_is_no_day(self) -> None:
        frame = pd.DataFrame({"month": ["03/01/2025", True], "x": [1.0, 2.0]}, dtype=object)
        with pytest.raises(BadValue, match=r"row 2.*True"):
            table(frame, date_format="%d/%m/%Y", how="sum")

    def test_points_that_part_thousands_tell_what_a_comma_is(self, tmp_path: Path) -> None:
        text = "month;x\n2025-01;1.234.567\n2025-02;12,345\n"
        assert table(csv(tmp_path, text)).tolist() == [1234567, 12.345]

    def test_cells_are_measured_in_characters(self, tmp_path: Path) -> None:
        path = csv(tmp_path, "month,name,x\n2025-01,Харків,1\n")
        for most, good in ((6, True), (5, False)):
            limits = Limits(max_cell=7 if good else most)
            if good:
                assert table(path, series="name", limits=limits).tolist() == [1]
            else:
                with pytest.raises(BadValue, match="max_cell=5"):
                    table(path, series="name", limits=limits)

    def test_a_database_in_memory_is_no_file(self) -> None:
        pytest.importorskip("sqlalchemy")
        query = "SELECT '2025-01' AS month, 5 AS x"
        assert table("sqlite://", query=query).tolist() == [5]

    def test_many_equal_numbers_that_unpack_too_far(self, tmp_path: Path) -> None:
        path = tmp_path / "a.parquet"
        n = 2_100_000
        columns = {"month": pa.array(["2025-01"]).dictionary_encode().take(pa.array([0] * n))}
        pq.write_table(pa.table({**columns, "x": np.ones(n)}), path)
        with pytest.raises(UnreadableFile, match="max_ratio"):
            table(path)

    def test_a_parquet_file_damaged_inside(self, tmp_path: Path) -> None:
        sink = io.BytesIO()
        found = pa.table({"month": ["2025-01", "2025-02"], "x": [1.0, 2.0]})
        pq.write_table(found, sink, compression="none", use_dictionary=False,
                       write_statistics=False, store_schema=False)  # fmt: skip
        data = sink.getvalue().replace(b"2025-01", b"\xff025-01", 1)
        with pytest.raises(UnreadableFile, match="Parquet"):
            table(csv(tmp_path, data, "a.parquet"))

    def test_a_parquet_file_without_rows(self, tmp_path: Path) -> None:
        path = tmp_path / "a.parquet"
        pd.DataFrame({"month": [], "x": []}).to_parquet(path)
        with pytest.raises(EmptyTable, match="no rows"):
            _whole.read_table(path)

    def test_workbooks(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        book, path = openpyxl.Workbook(), tmp_path / "a.xlsx"
        book.active.append(["month", "y"])
        book.active.append(["2025-01", 1])
        book.create_chartsheet("chart").add_chart(openpyxl.chart.BarChart())
        book.save(path)
        with pytest.raises(MissingColumns, match="no column 'x'"):
            table(path)
        with pytest.raises(BadTable, match="sheet 'chart' is a chart"):
            table(path, sheet="chart")
        monkeypatch.setattr(_workbooks, "_FEW", -(10**6))
        with pytest.raises(UnreadableFile, match=r"parts without cells hold [0-9,]+ elements"):
            table(path)

    @pytest.mark.parametrize("delimiter", ["", ";;", '"', "\n"])
    def test_what_is_no_delimiter(self, delimiter: str) -> None:
        with pytest.raises(BadOption, match="a single character"):
            _reading.parse_csv("month,x\n", "a.csv", delimiter)

    def test_a_nul_in_no_column_has_no_place(self) -> None:
        said = str(_reading.binary("a,b\n1,2,\0\n", "a.csv"))
        assert "NUL" in said
        assert "row" not in said

    def test_lines_of_what_has_none(self) -> None:
        assert _rows.line_of(io.StringIO("a\n1\n2\n"), ",", 2) == ", line 3"
        assert _rows.line_of(io.StringIO('a\n"1\n'), ",", 1) == ""
        assert _rows.line_of(io.StringIO("a\n"), ",", 1) == ""

    def test_a_text_without_text_has_no_header(self) -> None:
        assert _columns._after_header(b"\n\r\n", ",") is None
        assert _columns._after_header(b"\na,b\n1,2\n", ",") == 5

    def test_other_encodings_are_refused_piece_by_piece(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(_columns, "_PIECE", 3)
        assert _columns._check_text("a,\u00e9\n".encode(), "a.csv", ",") is None
        for data in ("a,\u00e9\n".encode("latin-1"), b"a,\xc3"):
            with pytest.raises(UnreadableFile, match="not utf-8 text"):
                _columns._check_text(data, "a.csv", ",")

    def test_more_names_than_are_listed(self) -> None:
        details = tuple((f"n{k}", 1, 2.0) for k in range(43))
        line = Line("left out", "unknown", 43, 86.0, details)
        assert line.listed().endswith("n39 (1 row), 3 others (3 rows)")
        assert line.listed(amounts=True).endswith("n39 1 row (2); 3 others (3 rows)")


class TestEvents:
    HEADER = "event_id_cnty,event_date,event_type,admin1,fatalities,timestamp\n"

    def load(self, path: Path) -> object:
        return load_acled(path, measure="events")

    def test_an_upload_without_a_time_is_passed_over(self, tmp_path: Path) -> None:
        rows = "A1,2025-01-03,Battles,K,0,\nA2,2025-01-04,Battles,K,0,1740000000\n"
        panel = self.load(csv(tmp_path, self.HEADER + rows))
        assert panel.as_of == dt.date(2025, 2, 19)

    def test_other_encodings(self, tmp_path: Path) -> None:
        row = "A1,2025-01-03,Battles,Donets\u00e9,0,\n".encode("latin-1")
        with pytest.raises(UnreadableFile, match="not utf-8 text"):
            self.load(csv(tmp_path, self.HEADER.encode() + row))


class TestReports:
    def test_a_channel_that_counts_nothing(self, tmp_path: Path) -> None:
        posts = [made.message(1, "2026-07-02T17:00", "Увага! Ціль на Полтаву!")]
        path = made.written(tmp_path / "result.json", made.chat(posts))
        with pytest.raises(BadTable, match="none of its 1 posts is a tally of launches"):
            load_reports(path)

    def test_what_follows_the_messages(self, tmp_path: Path) -> None:
        path = tmp_path / "result.json"
        good = json.dumps(made.chat(made.nights(dt.date(2026, 6, 30), (154,))))
        for text, said in (
            (b'{"messages": [], 5: 1}', "'5' where a name must stand"),
            (good.encode() + b" \xff", "byte [0-9,]+ is not UTF-8 text"),
            (good.encode() + b" {}", "something follows the end"),
        ):
            path.write_bytes(text)
            with pytest.raises(UnreadableFile, match=said):
                read_reports(path)

    def test_a_chat_without_a_name_cannot_be_chosen(self, tmp_path: Path) -> None:
        whole = made.chat(made.nights(dt.date(2026, 6, 30), (154,)))
        path = made.written(tmp_path / "result.json", {"messages": whole["messages"]})
        assert read_reports(path).posts == 1
        with pytest.raises(BadTable, match="bears no name"):
            read_reports(path, channel="A channel")

    def test_an_object_of_many_names_is_no_export(self, tmp_path: Path) -> None:
        names = {f"n{k}": k for k in range(60)}
        path = made.written(tmp_path / "a.json", {**names, "messages": []})
        assert not _exports.is_export(path)

    def test_lines(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        path = csv(tmp_path, '{"id": 1}\n\n{"id": 2}\n', "a.jsonl")
        told: list[tuple[int, int]] = []
        found = list(_exports.lines(path, lambda *at: told.append(at)))
        assert found == [(1, {"id": 1}), (2, {"id": 2})]
        assert told == [(10, 21), (11, 21), (21, 21)]
        csv(tmp_path, "[" * 100_000 + "]" * 100_000, "b.jsonl")
        with pytest.raises(UnreadableFile, match="message 1: its brackets are nested too deeply"):
            list(_exports.lines(tmp_path / "b.jsonl", None))
        monkeypatch.setattr(_exports, "_MOST", 4)
        with pytest.raises(UnreadableFile, match="message 1: a line of more than 8 bytes"):
            list(_exports.lines(path, None))

    def test_texts(self, tmp_path: Path) -> None:
        csv(tmp_path, made.night(dt.date(2026, 6, 30), 154), "2026-06-30.txt")
        told: list[tuple[int, int]] = []
        found = list(_messages._folder(tmp_path, lambda *at: told.append(at)))
        assert (len(found), told) == (1, [(1, 1)])
        csv(tmp_path, " \n", "2026-07-01.txt")
        with pytest.raises(EmptyTable, match="no text"):
            list(_messages._folder(tmp_path, None))

    def test_the_time_zone_by_its_older_name(self, monkeypatch: pytest.MonkeyPatch) -> None:
        known: set[str] = {"Europe/Kiev"}

        def zone(key: str) -> str:
            if key not in known:
                raise ZoneInfoNotFoundError(key)
            return key

        monkeypatch.setattr(_messages, "ZoneInfo", zone)
        assert _messages._kyiv.__wrapped__() == "Europe/Kiev"
        known.clear()
        with pytest.raises(UnreadableFile, match="pip install tzdata"):
            _messages._kyiv.__wrapped__()

    def test_a_count_of_no_night_and_no_day_is_unsure(self) -> None:
        read = read_post(made.night(dt.date(2026, 6, 30), 154), "2026-06-30T09:00")
        sure = _tallies.tally_of(read, "1")
        other = _tallies.tally_of(dataclasses.replace(read, kind="other"), "1")
        assert (sure.unsure, len(other.unsure)) == ((), 1)
        assert "neither a night nor a day is named" in other.doubts("drones")

    def test_windows_without_an_end(self) -> None:
        start = dt.datetime.fromisoformat("2026-07-02T08:00")
        tally = _tallies.Tally(
            "1",
            dt.datetime.fromisoformat("2026-07-04T09:00"),
            "day",
            (start, None),
            None,
            {},
            {},
            {},
            (),
            (),
        )
        assert tally.day == dt.date(2026, 7, 2)
        assert dataclasses.replace(tally, kind="night").day == dt.date(2026, 7, 4)
        whole = dataclasses.replace(
            tally, window=(start, dt.datetime.fromisoformat("2026-07-02T20:00"))
        )
        assert _tallies._shared([(0, tally)], [(1, whole)]) == 0
        assert _tallies._shared([(0, whole)], [(1, whole)]) == 12


@pytest.mark.usefixtures("geo")
class TestPolygons:
    @pytest.fixture
    def geo(self) -> None:
        pytest.importorskip("shapely", reason="shapely is not installed")
        pytest.importorskip("pyproj", reason="pyproj is not installed")

    @pytest.mark.parametrize(
        ("wrong", "said"),
        [
            (5, "a feature, a JSON object"),
            ({"type": "Feature"}, "no member 'geometry'"),
            ({"type": "GeometryCollection", "geometries": 5}, "a list of geometries"),
            ({"type": "MultiPolygon", "coordinates": 5}, "a list of polygons"),
        ],
    )
    def test_features(self, wrong: object, said: str, tmp_path: Path) -> None:
        with pytest.raises(TrendsError, match=said):
            load_polygons(geojson(tmp_path, feature(SQUARE), wrong))

    def test_rings_and_geometries_of_nothing_are_told(self, tmp_path: Path) -> None:
        hole = [[36.5, 48.5], [36.6, 48.5], [36.5, 48.5]]
        none = {"type": "Feature", "properties": {}, "geometry": {}}
        panel = load_polygons(geojson(tmp_path, feature(SQUARE, hole), feature(FLAT), none))
        whole = load_polygons(geojson(tmp_path / "whole", feature(SQUARE)))
        assert panel.values.tolist() == whole.values.tolist()
        said = " ".join(panel.notes)
        assert "fewer than three places, left out: 1." in said
        assert "without a geometry, left out: 1." in said
        assert "Polygons without an area, left out: 1." in said

    @pytest.mark.parametrize("name", [True, "\u200b", [1]])
    def test_what_is_no_name(self, name: object, tmp_path: Path) -> None:
        path = geojson(tmp_path, feature(SQUARE, layer=name))
        with pytest.raises(BadValue, match="a name"):
            load_polygons(path, layer_property="layer")

    def test_a_system_of_heights(self, tmp_path: Path) -> None:
        crs = {"type": "name", "properties": {"name": "EPSG:5773"}}
        with pytest.raises(UnreadableFile, match="coordinate reference system"):
            load_polygons(geojson(tmp_path, feature(SQUARE), crs=crs))

    def test_edges_around_the_earth(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(_shapes, "LONGEST", 7)
        path = geojson(tmp_path, feature(SQUARE), feature(SQUARE))
        with pytest.raises(BadTable, match="up to feature 2 its edges are 8 degrees long"):
            load_polygons(path)

    def test_stars_of_too_many_crossings(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(_geodesy, "_MOST_PAIRS", 100)
        turns = [math.pi * k * 50 / 101 * 2 for k in range(102)]
        star = [[36 + math.cos(turn) / 2, 48 + math.sin(turn) / 2] for turn in turns]
        with pytest.raises(BadTable, match="feature 1: its 101 edges cross each other at too many"):
            load_polygons(geojson(tmp_path, feature(star)))

    def test_combs_of_too_many_crossings(self, monkeypatch: pytest.MonkeyPatch) -> None:
        import shapely

        teeth = shapely.MultiPolygon([shapely.box(k, 0, k + 0.5, 80) for k in range(80)])
        across = shapely.MultiPolygon([shapely.box(0, k, 80, k + 0.5) for k in range(80)])
        _geodesy._refuse_crossing(teeth, across)
        monkeypatch.setattr(_geodesy, "_MOST_PAIRS", 100)
        with pytest.raises(BadTable, match="cross each other at too many places"):
            _geodesy._refuse_crossing(teeth, across)

    def test_no_day_is_left(self, tmp_path: Path) -> None:
        path = geojson(tmp_path, feature(SQUARE))
        with pytest.raises(EmptyTable, match="no file with a day"):
            load_polygons(path, dates={path.name: None})
        with pytest.raises(BadOption, match="dates"):
            load_polygons(path, dates={path.name: "2025-06-30"})
        with pytest.raises(BadTable, match="20990630, which is no day"):
            load_polygons(geojson(tmp_path / "far", feature(SQUARE), name="c_20990630"))
        with pytest.raises(BadOption, match="layers"):
            load_polygons(path, layers=[])
        geojson(tmp_path, feature(SQUARE), name="d_20250531")
        with pytest.raises(NoValues, match="no day has all layers"):
            load_polygons(tmp_path, layers=["c", "d"])

    def test_regions_without_a_polygon(self, tmp_path: Path) -> None:
        empty = {"type": "Feature", "properties": {"name": "West"}, "geometry": None}
        regions = geojson(tmp_path / "regions", empty)
        with pytest.raises(NoValues, match="it holds no polygon"):
            load_polygons(geojson(tmp_path, feature(SQUARE)), regions=regions)

    def test_only_the_first_reading_of_a_month_closes_the_one_before(self, tmp_path: Path) -> None:
        geojson(tmp_path, feature(SQUARE), name="c_20250601")
        geojson(tmp_path, feature(FLAT[:2] + SQUARE[2:]), name="c_20250602")
        panel = load_polygons(tmp_path, reckoning="month-start")
        assert [str(month) for month in panel.months] == ["2025-05"]
        assert not any("too late" in note for note in panel.notes)

    def test_layers_of_tables_and_features_of_nothing(self, tmp_path: Path) -> None:
        raw = pytest.importorskip("pyogrio.raw", reason="pyogrio is not installed")
        import shapely

        path, names = tmp_path / "c_20250630.gpkg", [np.array(["a", "b", "c"], dtype=object)]
        square = shapely.Polygon(SQUARE)
        shapes = np.array([square.wkb, None, shapely.Polygon().wkb], dtype=object)
        raw.write(path, shapes, names, ["name"], geometry_type="Polygon", crs="EPSG:4326",
                  layer="c")  # fmt: skip
        raw.write(path, None, names, ["name"], layer="plain", append=True, crs=None,
                  geometry_type=None)  # fmt: skip
        panel = load_polygons(path)
        assert panel.n_series == 1
        assert any("without a geometry, left out: 2." in note for note in panel.notes)

    def test_bytes_that_are_no_geometry(self) -> None:
        with pytest.raises(BadValue, match=r"feature|geometry"):
            list(_shapes._from_wkb(b"\1\2\3", ("a.gpkg", 4), Counter()))


class TestBundles:
    def test_days_of_other_panels(self) -> None:
        drones = load("drones-launched")
        assert days_of(drones) is not None
        other = dataclasses.replace(drones, definition="Of another definition.")
        assert days_of(other) is None

    def test_no_data(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(bundles, "files", lambda _: tmp_path)
        monkeypatch.setattr(bundles, "__file__", str(tmp_path / "a" / "b" / "c.py"))
        with pytest.raises(UnreadableFile, match="the bundled data are not there"):
            bundles._folder()
