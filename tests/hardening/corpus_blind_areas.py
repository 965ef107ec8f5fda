"""Files of areas and of polygons as they arrive."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from hardening.corpus_blind_sources import HTML, Case, Cell, Refused, Values, call, text

# A case is a line; texts hold what people type.
# ruff: noqa: E501
# fmt: off

ECONOMIST = "date,area_assessed_as_russia_controlled,change_in_area_assessed_as_russia_controlled\n"
M2 = ECONOMIST + "2025-05-30,43679052552.25,\n2025-05-31,43700000000.0,0.0\n2025-06-29,43800000000,1\n"
SOME = {"territory": {"2025-05": 43700.0, "2025-06": 43800.0}}
KM2 = "date,area\n2025-05-31 00:00:00,43700\n2025-06-29 00:00:00,43800.0\n"


def area(name: str, row: int, column: str, value: str, good: Values | None = None) -> Case:
    """An area file of two rows, one cell changed."""
    rows = [["2025-05-31", "43700"], ["2025-06-29", "43800"]]
    rows[row - 1][("date", "area").index(column)] = value
    body = "date,area\n" + "".join(",".join(one) + "\n" for one in rows)
    return Case(name, text(body), call("load_territory"), good, Cell(row, column, value.strip().strip('"')))


TERRITORY = [
    Case("square metres", text(M2), call("load_territory"), SOME),
    Case("square kilometres with midnight", text(KM2), call("load_territory"), SOME),
    Case("JSON of days", text('{"2025-05-31T00:00:00.000": 43700, "2025-06-29T00:00:00.000": 43800.0}', "f.json"), call("load_territory", unit="km2"), SOME),
    Case("JSON with a byte order mark", text('{"2025-05-31": 43700, "2025-06-29": 43800.0}', "f.json", "utf-8-sig"), call("load_territory", unit="km2"), SOME, Refused()),
    Case("newest first", text("date,area\n2025-06-29,43800\n2025-05-31,43700\n"), call("load_territory"), SOME),
    Case("its own columns", text("Tag;Fläche\n2025-05-31;43700,0\n2025-06-29;43800,0\n"), call("load_territory", date="Tag", area="Fläche", unit="km2"), SOME),
    Case("its own columns in a code page", text("Tag;Fläche\n2025-05-31;43700,0\n2025-06-29;43800,0\n", encoding="cp1252"), call("load_territory", date="Tag", area="Fläche", unit="km2"), SOME, Refused()),
    Case("a day twice with one area", text(KM2 + "2025-06-29 00:00:00,43800.0\n"), call("load_territory"), SOME, note="2025-06-29"),
    Case("a day without an area", text(KM2 + "2025-06-30 00:00:00,\n"), call("load_territory"), SOME, note="no area: 1"),
    Case("German days", text("date,area\n31.05.2025,43700\n29.06.2025,43800\n"), call("load_territory"), SOME, Cell(1, "date", "31.05.2025")),
    Case("m2 that is km2 already", text(M2.replace("43679052552.25", "43679.05").replace("43700000000.0", "43700").replace("43800000000", "43800")), call("load_territory"), SOME, Refused(("m2",)), "m2"),
    area("thousands marked", 2, "area", '"43,800"', SOME),
    area("a narrow space", 2, "area", "43\u202f800", SOME),
    area("an area with its unit", 2, "area", "43800 km2", SOME),
    Case("points before three digits", text("date,area\n2025-05-31,43.700\n2025-06-29,43.800\n"), call("load_territory"), {"territory": {"2025-05": 43.7, "2025-06": 43.8}}, note="if it parts thousands"),
    Case("points before three digits, and semicolons", text("date;area\n2025-05-31;43.700\n2025-06-29;43.800\n"), call("load_territory"), None, Cell(1, "area", "43.700")),
    Case("rounded by a spreadsheet", text(M2.replace("43700000000.0", "4.37E+10")), call("load_territory"), SOME, note="rounded areas"),
    area("larger than the Earth", 2, "area", "43800000000"),
    area("negative", 2, "area", "-43800"),
    area("infinite", 2, "area", "1e999"),
    area("a word", 2, "area", "unchanged"),
    area("31 June", 2, "date", "2025-06-31"),
    area("a day that may be two", 2, "date", "06/07/2025"),
    area("a month", 2, "date", "2025-06"),
    area("year 1", 1, "date", "0001-05-31"),
    area("a year mistyped", 2, "date", "2205-06-29"),
    area("a total", 2, "date", "Total"),
    Case("a day with two areas", text(KM2 + "2025-06-29 00:00:00,43900\n"), call("load_territory"), None, Refused(("2025-06-29", "43800", "43900"))),
    Case("a day with two areas by the hour", text(KM2 + "2025-06-29 18:00:00,43900\n"), call("load_territory"), None, Refused(("2025-06-29",))),
    Case("JSON with a day twice", text('{"2025-05-31": 43700, "2025-06-29": 1, "2025-06-29": 43800.0}', "f.json"), call("load_territory", unit="km2"), None, Refused(("2025-06-29",))),
    Case("JSON of lists", text('[["2025-05-31", 43700]]', "f.json"), call("load_territory", unit="km2"), None, Refused()),
    Case("JSON of records", text(json.dumps([{"date": "2025-05-31", "area": 43700}, {"date": "2025-06-29", "area": 43800}]), "f.json"), call("load_territory"), SOME, Refused()),
    Case("JSON of GeoJSON", text('{"type": "FeatureCollection", "features": []}', "f.json"), call("load_territory", unit="km2"), None, Refused()),
    Case("JSON of texts", text('{"2025-05-31": "43700", "2025-06-29": "viel"}', "f.json"), call("load_territory", unit="km2"), None, Refused(("viel", "2025-06-29"))),
    Case("JSON of true", text('{"2025-05-31": 43700, "2025-06-29": true}', "f.json"), call("load_territory", unit="km2"), None, Refused(("2025-06-29",))),
    Case("JSON of 1e999", text('{"2025-05-31": 43700, "2025-06-29": 1e999}', "f.json"), call("load_territory", unit="km2"), None, Refused(("2025-06-29",))),
    Case("JSON of NaN", text('{"2025-05-31": 43700, "2025-06-29": NaN}', "f.json"), call("load_territory", unit="km2"), {"territory": {"2025-05": 43700.0}}, note="no area: 1"),
    Case("JSON of null", text('{"2025-05-31": 43700, "2025-06-29": 43800, "2025-06-30": null}', "f.json"), call("load_territory", unit="km2"), SOME, note="no area: 1"),
    Case("JSON cut off", text('{"2025-05-31": 43700, "2025-06', "f.json"), call("load_territory", unit="km2"), None, Refused()),
    Case("JSON 100,000 deep", text("[" * 100_000, "f.json"), call("load_territory", unit="km2"), None, Refused()),
    Case("no areas", text("date,area\n2025-05-31,\n"), call("load_territory"), None, Refused()),
    Case("an unknown column without a unit", text(KM2.replace("area", "km")), call("load_territory", date="date", area="km"), None, Refused(("unit",))),
    Case("miles", text(KM2), call("load_territory", unit="mi2"), None, Refused(("mi2",))),
    Case("a page of an error", text(HTML), call("load_territory"), None, Refused()),
    Case("made before its last day", text(KM2), call("load_territory", as_of=dt.date(2025, 6, 1)), None, Refused()),
]


def ring(west: float, south: float, size: float = 1.0) -> list[list[float]]:
    east, north = west + size, south + size
    return [[west, south], [east, south], [east, north], [west, north], [west, south]]


def shape(coordinates: Any, kind: str = "Polygon", **more: Any) -> str:
    feature = {"type": "Feature", "properties": {}, "geometry": {"type": kind, "coordinates": coordinates}}
    return json.dumps({"type": "FeatureCollection", "features": [feature], **more})


def maps(files: dict[str, str | bytes]) -> Callable[[Path], Path]:
    def make(folder: Path) -> Path:
        for name, content in files.items():
            (folder / name).write_bytes(content if isinstance(content, bytes) else content.encode())
        return folder

    return make


def sides(lon: float, lat: float, size: float = 1.0) -> float:
    """The area of a square in degrees, in km2, by another's geodesics on dense edges."""
    from pyproj import Geod

    n = 2000
    steps = [size * i / n for i in range(n + 1)]
    lons = [lon + s for s in steps] + [lon + size - s for s in steps]
    lats = [lat] * (n + 1) + [lat + size] * (n + 1)
    return float(abs(Geod(ellps="WGS84").polygon_area_perimeter(lons, lats)[0]) / 1e6)


MAY, JUNE = "map_20250531.geojson", "map_2025-06-30.geojson"
ONE_SQUARE = shape([ring(36, 48)])
SQUARE = sides(36, 48)
POLYGONS = [
    Case("polygons: two days", maps({MAY: ONE_SQUARE, JUNE: shape([ring(36, 48, 2)])}), call("load_polygons"), {"territory": {"2025-05": SQUARE, "2025-06": sides(36, 48, 2)}}),
    Case("polygons: with heights", maps({MAY: shape([[[*p, 120.0] for p in ring(36, 48)]])}), call("load_polygons"), {"territory": {"2025-05": SQUARE}}),
    Case("polygons: a licence beside", maps({MAY: ONE_SQUARE, "LICENSE.txt": "MIT"}), call("load_polygons"), {"territory": {"2025-05": SQUARE}}, note="LICENSE.txt"),
    Case("polygons: gain and loss", maps({MAY: ONE_SQUARE, JUNE: shape([ring(37, 48)])}), call("load_territory_changes"), {"gained": {"2025-06": SQUARE}, "lost": {"2025-06": SQUARE}, "net": {"2025-06": 0.0}}),
    Case("polygons: latitude first", maps({MAY: shape([[p[::-1] for p in ring(36, 48)]])}), call("load_polygons"), {"territory": {"2025-05": sides(48, 36)}}, Refused(), "longitude 48"),
    Case("polygons: a copy of the day", maps({MAY: ONE_SQUARE, "map_20250531 (1).geojson": ONE_SQUARE}), call("load_polygons"), {"territory": {"2025-05": SQUARE}}, Refused(("map_ (1)",))),
    Case("polygons: metres", maps({MAY: shape([ring(4_000_000, 6_000_000, 1000)])}), call("load_polygons"), None, Refused(("degrees",))),
    Case("polygons: two maps of a day", maps({MAY: ONE_SQUARE, "other_20250531.geojson": shape([ring(36, 48, 2)])}), call("load_polygons"), None, Refused()),
    Case("polygons: no day in the name", maps({"map.geojson": ONE_SQUARE}), call("load_polygons"), None, Refused(("map.geojson",))),
    Case("polygons: 30 February in the name", maps({"map_20250230.geojson": ONE_SQUARE}), call("load_polygons"), None, Refused(("map_20250230.geojson",))),
    Case("polygons: a folder without maps", maps({"LICENSE.txt": "MIT"}), call("load_polygons"), None, Refused()),
    Case("polygons: cut off", maps({MAY: ONE_SQUARE, JUNE: ONE_SQUARE[:-30]}), call("load_polygons"), None, Refused((JUNE,))),
    Case("polygons: a page of an error", maps({MAY: ONE_SQUARE, JUNE: HTML}), call("load_polygons"), None, Refused((JUNE,))),
    Case("polygons: texts for numbers", maps({MAY: shape([[["36", "48"], ["37", "48"], ["37", "49"], ["36", "48"]]])}), call("load_polygons"), None, Refused((MAY,))),
    Case("polygons: nobody holds anything", maps({MAY: ONE_SQUARE, JUNE: '{"type": "FeatureCollection", "features": []}'}), call("load_polygons"), {"territory": {"2025-05": SQUARE}}, note="2025-06-30"),
    Case("polygons: a line", maps({MAY: shape([[36, 48], [37, 48]], "LineString")}), call("load_polygons"), None, Refused(("polygon",))),
    Case("polygons: no list", lambda _: [], call("load_polygons"), None, Refused()),
    Case("polygons: one day for changes", maps({MAY: ONE_SQUARE}), call("load_territory_changes"), None, Refused()),
]
