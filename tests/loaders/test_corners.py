"""What real files seldom do: each reader, where it must notice."""

from __future__ import annotations

import io
import json
import struct
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from trends.errors import (
    BadOption,
    BadTable,
    BadValue,
    EmptyTable,
    TrendsError,
    TrendsWarning,
    UnreadableFile,
)
from trends.loaders import (
    LOADERS,
    load_file,
    load_launches,
    load_launches_weekly,
    load_polygons,
    load_table,
    load_territory,
    load_territory_changes,
    load_ucdp,
)
from trends.loaders._batches import check_unpacked
from trends.loaders._limits import Limits
from trends.loaders._numbers import number_of
from trends.loaders.ucdp import COLUMNS

HEAD = "time_start,time_end,model,launched\n"


def row(start: str, end: str, launched: int, model: str = "Shahed-136/131") -> str:
    return f"{start},{end},{model},{launched}\n"


def kept(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def arrow(*batches: list[int]) -> bytes:
    out = io.BytesIO()
    schema = pa.schema([("km2", pa.int64())])
    with pa.ipc.new_file(out, schema) as writer:
        for batch in batches:
            writer.write_batch(pa.record_batch([pa.array(batch)], schema=schema))
    return out.getvalue()


def test_an_index_that_leaves_batches_out_is_noticed(tmp_path: Path) -> None:
    one, two = arrow([1, 2]), arrow([1, 2], [3, 4])

    def index(data: bytes) -> int:
        return len(data) - 10 - struct.unpack("<i", data[-10:-6])[0]

    path = tmp_path / "t.arrow"
    path.write_bytes(two[: index(two)] + one[index(one) :])
    with pytest.raises(UnreadableFile, match="its index names 1 batches, and it holds 2"):
        load_table(path, month="month", value="km2", unit="km2")


def test_a_batch_that_names_no_buffers_unpacks_to_nothing() -> None:
    sink = io.BytesIO()
    schema = pa.schema([("km2", pa.int64())])
    options = pa.ipc.IpcWriteOptions(compression="lz4")
    with pa.ipc.new_stream(sink, schema, options=options) as writer:
        writer.write_batch(pa.record_batch([pa.array(range(10**6))], schema=schema))
    data = bytearray(sink.getvalue())
    with pytest.raises(UnreadableFile, match="max_bytes"):
        check_unpacked(pa.py_buffer(bytes(data)), "t", Limits(max_bytes=4_000_000))
    batch = struct.unpack_from("<i", data, 4)[0] + 8 + 8  # behind the schema and two lengths
    (root,) = struct.unpack_from("<I", data, batch)

    def member(table: int, number: int) -> int:
        vtable = table - struct.unpack_from("<i", data, table)[0]
        return vtable + 4 + 2 * number

    place = member(batch + root, 2)
    header = batch + root + struct.unpack_from("<H", data, place)[0]
    header += struct.unpack_from("<I", data, header)[0]
    struct.pack_into("<H", data, member(header, 2), 0)
    check_unpacked(pa.py_buffer(bytes(data)), "t", Limits(max_bytes=4_000_000))


def square(folder: Path, *days: str) -> list[Path]:
    pytest.importorskip("shapely", reason="the extra [geo] is not installed")
    pytest.importorskip("pyproj", reason="the extra [geo] is not installed")
    ring = [[36, 48], [37, 48], [37, 49], [36, 49], [36, 48]]
    text = json.dumps({"type": "Polygon", "coordinates": [ring]})
    return [kept(folder, f"control_{day}.geojson", text) for day in days]


def test_readings_at_the_beginning_of_months_are_told(tmp_path: Path) -> None:
    files = square(tmp_path, "20250501", "20250601", "20250702")
    with pytest.warns(TrendsWarning, match="reckoning='month-start'"):
        panel = load_polygons(files)
    assert [str(month) for month in panel.months] == ["2025-05", "2025-06", "2025-07"]
    assert any("whose last day was not read (3)" in note for note in panel.notes)


def test_a_first_reading_that_is_too_late_closes_no_month(tmp_path: Path) -> None:
    files = square(tmp_path, "20250501", "20250610", "20250701")
    panel = load_polygons(files, reckoning="month-start")
    assert np.isnan(panel.values[0, list(panel.months).index(pd.Period("2025-05"))])
    late = [note for note in panel.notes if "too late" in note]
    assert late == [
        "First readings of a month that are too late to close the month before: 2025-06-10."
    ]
    panel = load_polygons(square(tmp_path, "20250501", "20250602"), reckoning="month-start")
    assert "Ends of months that were read late (1): 2025-05 on 2025-06-02." in panel.notes
    assert [anomaly.kind for anomaly in panel.anomalies] == ["outage"]
    with pytest.raises(BadTable, match="no reading within 1 days"):
        load_polygons(square(tmp_path, "20250502"), reckoning="month-start", late=0)


def test_changes_need_a_month_read_at_both_ends(tmp_path: Path) -> None:
    files = square(tmp_path, "20250331", "20250630")
    with pytest.raises(BadTable, match="no month was read both at its beginning and at its end"):
        load_territory_changes(files, steps="months")


def test_a_header_longer_than_a_cell_can_be(tmp_path: Path) -> None:
    path = kept(tmp_path, "t.csv", "m" * 140_000 + ";km2\n2025-06;5\n")
    for load in (
        lambda: load_file(path, LOADERS),
        lambda: load_table(path, month="month", value="km2", unit="km2"),
    ):
        with pytest.raises(TrendsError, match=r"field larger than field limit|month"):
            load()


def test_a_whole_number_beyond_every_float(tmp_path: Path) -> None:
    path = kept(tmp_path, "a.json", json.dumps({"2025-05-31": 1.5, "2025-06-30": 10**400}))
    with pytest.raises(BadValue, match="2025-06-30"):
        load_territory(path, unit="km2")
    assert number_of(10**400) is None
    assert number_of("1e3") == 1000
    assert number_of(None) is None


def test_a_table_of_areas_without_rows(tmp_path: Path) -> None:
    path = tmp_path / "a.parquet"
    pq.write_table(pa.table({"date": pa.array([], pa.string()), "area": pa.array([], "f8")}), path)
    with pytest.raises(EmptyTable, match="no rows"):
        load_territory(path)


def test_many_reports_that_stand_twice_are_two_copies(tmp_path: Path) -> None:
    head = "time_start,time_end,model,launched,target,source\n"
    night = "2025-06-{0:02} 20:00,2025-06-{0:02} 23:00,Shahed-136/131,{0},Ukraine,kpszsu\n"
    once = "".join(map(night.format, range(1, 12)))
    with pytest.raises(BadTable, match=r"11 rows repeat reports of other rows \(first: row 12"):
        load_launches(kept(tmp_path, "l.csv", head + 2 * once))
    with pytest.warns(TrendsWarning, match="repeat another report"):
        panel = load_launches(kept(tmp_path, "l.csv", head + once + night.format(11)))
    assert np.nansum(panel.values) == sum(range(1, 12))


def test_overnight_launches_before_clock_times_are_unknown(tmp_path: Path) -> None:
    early = row("2024-05-01", "2024-05-02", 5) + row("2024-05-03 20:00", "2024-05-04 06:00", 7)
    with pytest.raises(BadTable, match="its reports end in 2024-05, and before 2025-03"):
        load_launches(kept(tmp_path, "l.csv", HEAD + early))
    later = early + row("2025-02-28 20:00", "2025-03-01 08:00", 12)
    later += row("2025-03-01", "2025-03-02", 3) + row("2025-03-02 20:00", "2025-03-03 08:00", 4)
    path = kept(tmp_path, "l.csv", HEAD + later)
    with pytest.warns(TrendsWarning, match="left unknown, for want of clock times"):
        panel = load_launches(path)
    assert panel.values[0, -1] == 16
    assert np.isnan(panel.values[0, :-1]).all()
    said = " ".join(panel.notes)
    assert "1 row (5 drones) without; 1 row (7 drones) with one" in said
    assert "1 row (3 drones)" in said
    with pytest.warns(TrendsWarning):
        split = load_launches(path, attribution="split")
    assert split.values[0, -1] == pytest.approx(4 + 12 * 8 / 12)
    assert any("Parts of windows before 2025-03: 0 rows (4 drones)" in note for note in split.notes)


def test_weeks_begin_on_monday(tmp_path: Path) -> None:
    nights = row("2025-06-01 20:00", "2025-06-02 08:00", 5)  # ends on a Monday
    nights += row("2025-06-07 20:00", "2025-06-08 08:00", 6)  # and a Sunday
    nights += row("2025-06-08 20:00", "2025-06-09 08:00", 9)
    weeks = load_launches_weekly(kept(tmp_path, "l.csv", HEAD + nights))
    assert weeks["value"].tolist() == [11, 9]
    assert weeks["observed_days"].tolist() == [7, 1]


def test_a_rate_has_no_last_value(tmp_path: Path) -> None:
    path = kept(tmp_path, "t.csv", "month,km2\n2025-06-01,5\n")
    with pytest.raises(BadOption, match="for days, which are counted"):
        load_table(path, month="month", value="km2", unit="", how="sum", observed_days="days")
    with pytest.raises(BadOption, match="for a rate"):
        load_table(path, month="month", value="km2", unit="%", how="last", kind="rate")


def test_events_without_a_header_and_kinds_in_words(tmp_path: Path) -> None:
    cells = dict.fromkeys(COLUMNS, "")
    cells |= {"id": "1", "year": "2025", "country": "Ukraine", "type_of_violence": "3"}
    cells |= {"date_start": "2025-06-01", "date_end": "2025-06-02", "best": "4"}
    path = kept(tmp_path, "ged.csv", ",".join(cells.values()) + "\n")
    panel = load_ucdp(path, by="type_of_violence")
    assert panel.names == ("one-sided",)
    assert panel.values.tolist() == [[4]]
    assert any("49 columns are named as in the codebook" in note for note in panel.notes)
