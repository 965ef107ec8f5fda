"""Territory: the real daily files, and their quirks one by one."""

from __future__ import annotations

import csv
import datetime as dt
import json
from pathlib import Path

import pytest

from trends.errors import BadOption, BadTable, BadValue, MissingColumns, UnknownOption
from trends.loaders import LOADERS, load_file, load_territory

ECONOMIST = "area_assessed_as_controlled_by_russia"


@pytest.fixture(scope="module")
def raw(shared: Path) -> Path:
    return shared / "data" / "raw"


def write(tmp_path: Path, text: str, name: str = "area.csv") -> Path:
    path = tmp_path / name
    path.write_text(text, "utf-8")
    return path


def test_economist(raw: Path, shared: Path) -> None:
    panel = load_territory(raw / "economist_isw_area" / f"{ECONOMIST}.csv")
    assert (panel.kind, panel.unit, panel.names) == ("stock", "km2", ("territory",))
    assert panel.as_of == dt.date(2026, 8, 21)
    assert (panel.observed_days[-1], panel.status("2026-08")) == (21, "partial")
    assert panel.status("2022-02") == "complete"
    notes = " ".join(panel.notes)
    assert "2026-04-04" in notes
    assert "known to be in m2" in notes
    flow = panel.flow()
    assert round(flow["territory"]["2026-03"], 1) == 24.2
    with (shared / "data" / "monthly_territory.csv").open() as file:
        for row in csv.DictReader(file):
            expected = float(row["economist_isw_assessed_eom"])
            assert flow["territory"][row["month"]] == pytest.approx(expected, abs=0.051), row


def test_revision_between_vintages(raw: Path) -> None:
    old = load_territory(raw / "economist_isw_area" / f"{ECONOMIST}_asof_2026-04-03.csv").flow()
    assert round(old["territory"]["2026-03"], 1) == -9.2
    load_territory(raw / "economist_isw_area" / f"{ECONOMIST}_asof_2025-07-07.csv")


def test_liveuamap(raw: Path) -> None:
    path = raw / "liveuamap_territory" / "territory.csv"
    panel = load_territory(path)
    assert panel["territory"]["2022-02"] > 42_000
    assert panel.observed_days[-1] == 16
    assert "Liveuamap" in panel.source
    assert not any("without a reading" in note for note in panel.notes)  # 1,062 rows, no hole
    assert load_file(path, LOADERS).notes == panel.notes


def test_nzz_json_needs_its_unit(raw: Path) -> None:
    path = raw / "liveuamap_territory" / "nzz_area_occupied.json"
    with pytest.raises(BadOption, match="unit"):
        load_territory(path)
    panel = load_territory(path, unit="km2")
    expected = json.loads(path.read_text())
    assert panel["territory"]["2023-02"] == expected["2023-02-28T00:00:00.000"]


def test_month_end_stock_and_days(tmp_path: Path) -> None:
    text = "date,area\n2025-06-29,12\n2025-03-30,10\n2025-03-31 00:00:00,11\n2025-05-02,\n"
    panel = load_territory(write(tmp_path, text))
    assert panel["territory"].tolist()[0] == 11
    assert panel.observed_days.tolist() == [31, 0, 0, 29]
    assert panel.status("2025-04") == "gap"
    assert any("have no area: 1." in note for note in panel.notes)
    assert any("from 2025-03-30 to 2025-06-29: 89." in note for note in panel.notes)


def test_repeated_day(tmp_path: Path) -> None:
    same = write(tmp_path, "date,area\n2025-06-29,12\n2025-06-29,12\n2025-06-30,13\n")
    assert "2025-06-29" in " ".join(load_territory(same).notes)
    other = write(tmp_path, "date,area\n2025-06-29,12\n2025-06-29,12.5\n2025-06-30,13\n")
    with pytest.raises(BadTable, match=r"2025-06-29 has two areas, 12 and 12\.5 km2"):
        load_territory(other)


def test_units(tmp_path: Path) -> None:
    path = write(tmp_path, "day,held\n2025-06-29,12000000\n2025-06-30,13000000\n")
    with pytest.raises(MissingColumns, match="load_territory"):
        load_territory(path)
    with pytest.raises(BadOption, match="unit"):
        load_territory(path, date="day", area="held")
    panel = load_territory(path, date="day", area="held", unit="m2", name="north")
    assert panel["north"].tolist() == [13]
    with pytest.raises(UnknownOption, match="acres"):
        load_territory(path, date="day", area="held", unit="acres")  # type: ignore[arg-type]


def test_square_metres_taken_for_km2(tmp_path: Path) -> None:
    path = write(tmp_path, "date,area\n2025-06-30,43679052552.25\n")
    with pytest.raises(BadValue, match="unit='m2'"):
        load_territory(path)
    assert load_territory(path, unit="m2").values[0, 0] == pytest.approx(43_679.05, abs=0.01)


def test_json_of_another_shape(tmp_path: Path) -> None:
    for text in ("[1, 2]", '{"2025-06-30": {"a": 1}}', '"text"', "{"):
        with pytest.raises(ValueError, match=r"area\.json"):
            load_territory(write(tmp_path, text, "area.json"), unit="km2")


def test_as_of_before_the_last_day(tmp_path: Path) -> None:
    path = write(tmp_path, "date,area\n2025-06-30,1\n")
    with pytest.raises(BadOption, match="as_of"):
        load_territory(path, as_of=dt.date(2025, 6, 1))
