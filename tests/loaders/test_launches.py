"""Launches: published figures, an oracle in plain Python, and every row accounted for."""

from __future__ import annotations

import csv
import datetime as dt
import re
from collections import Counter
from pathlib import Path

import pytest

from trends.errors import BadOption, BadTable, BadValue, TrendsWarning, UnknownName, UnknownOption
from trends.loaders import load_launches
from trends.panel import Panel

HEADER = "time_start,time_end,model,launched\n"
PUBLISHED = {  # month: (printed, computed)
    "2025-05": (3974, 4003),
    "2025-06": (5438, 5438),
    "2025-07": (6297, 6297),
    "2025-08": (4132, 4132),
    "2025-09": (5638, 5636),
    "2025-10": (5298, 5298),
    "2025-11": (5445, 5445),
    "2025-12": (5134, 5131),
    "2026-01": (4452, 4482),
    "2026-02": (5059, 5059),
    "2026-05": (8150, 8150),
}
NOT_MISSILES = {
    *(
        "Shahed-136/131",
        "Lancet",
        "Unknown UAV",
        "Молнія",
        "Reconnaissance UAV",
        "ZALA",
        "Supercam",
    ),
    *("Orlan-10", "Orlan-30", "Merlin-VR", "Orion", "Mohajer-6", "Forpost", "Kub", "Картограф"),
    *("Привет-82", "Фенікс", "Eleron", "Granat-4", "GBU", "KAB", "Aerial Bomb"),
}


@pytest.fixture(scope="module")
def folder(shared: Path) -> Path:
    return shared / "data" / "raw" / "massive_missile_attacks"


@pytest.fixture(scope="module")
def newest(folder: Path) -> Path:
    return folder / "missile_attacks_daily.csv"


def quiet(path: Path, **options: object) -> Panel:
    """Load, expecting the warning that early months have no overnight figure."""
    with pytest.warns(TrendsWarning, match="for want of clock times"):
        return load_launches(path, **options)


def write(tmp_path: Path, *rows: str) -> Path:
    path = tmp_path / "launches.csv"
    path.write_text(HEADER + "\n".join(rows) + "\n", "utf-8")
    return path


def oracle(path: Path, weapons: str, *, timed: bool, column: str = "time_end") -> Counter[str]:
    sums: Counter[str] = Counter()
    with path.open(encoding="utf-8-sig", newline="") as file:
        for row in csv.DictReader(file):
            models = set(row["model"].split(" and "))
            shahed = models == {"Shahed-136/131"}
            right = shahed if weapons == "drones" else not models & NOT_MISSILES
            if right and row["launched"] and (":" in row["time_start"] or not timed):
                sums[row[column][:7]] += int(float(row["launched"]))
    return sums


def test_published_drones(newest: Path) -> None:
    panel = quiet(newest)
    for month, (_, computed) in PUBLISHED.items():
        assert panel["drones"][month] == computed, month
    errors = [abs(computed - printed) for printed, computed in PUBLISHED.values()]
    assert sum(error == 0 for error in errors) == 7
    assert round(sum(errors) / len(errors), 1) == 5.8
    assert (panel.unit, panel.kind, panel.quantity) == ("drones", "flow", "drones launched")
    assert panel.as_of == dt.date(2026, 6, 7)
    assert "Air Force" in panel.source


def test_known_missiles(newest: Path) -> None:
    every = load_launches(newest, weapons="missiles", definition="all")["missiles"]
    known = {"2025-01": 84, "2025-02": 112, "2025-03": 92, "2025-04": 125, "2024-01": 281}
    known |= {"2024-11": 272, "2024-03": 269}
    assert {month: every[month] for month in known} == known
    timed = quiet(newest, weapons="missiles")["missiles"]
    known = {"2025-05": 124, "2025-06": 240, "2025-10": 270, "2026-01": 135, "2026-02": 290}
    assert {month: timed[month] for month in known} == known


@pytest.mark.parametrize("weapons", ["drones", "missiles"])
@pytest.mark.parametrize("attribution", ["end", "start"])
def test_against_the_oracle_in_every_vintage(folder: Path, weapons: str, attribution: str) -> None:
    paths = [folder / "missile_attacks_daily.csv", *sorted((folder / "vintages").glob("*.csv"))]
    assert len(paths) == 9
    for path in paths:
        column = f"time_{attribution}"
        every = load_launches(path, weapons=weapons, definition="all", attribution=attribution)
        expected = oracle(path, weapons, timed=False, column=column)
        assert every[weapons].sum() == sum(expected.values())
        for month, value in every[weapons].items():
            assert value == expected[str(month)], (path.name, month)
        if every.months[-1].year < 2025:
            with pytest.raises(BadTable, match="definition='all'"):
                load_launches(path, weapons=weapons, attribution=attribution)
            continue
        timed = quiet(path, weapons=weapons, attribution=attribution)
        expected = oracle(path, weapons, timed=True, column=column)
        late = timed[weapons]["2025-03":]
        assert late.to_dict() == {month: expected[str(month)] for month in late.index}
        assert timed[weapons][:"2025-02"].isna().all()


def test_first_and_last_month_are_partial(newest: Path) -> None:
    panel = load_launches(newest, definition="all")
    days = dict(zip(map(str, panel.months), panel.observed_days, strict=True))
    assert (days["2022-09"], days["2022-10"], days["2026-05"], days["2026-06"]) == (3, 31, 31, 7)
    assert panel.status("2026-06") == "partial"
    panel = quiet(newest)
    assert panel.status("2025-02") == "gap"
    assert panel.status("2025-03") == "complete"


@pytest.mark.parametrize("weapons", ["drones", "missiles"])
def test_every_row_is_accounted_for(newest: Path, weapons: str) -> None:
    panel = quiet(newest, weapons=weapons)
    with newest.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    counted = sum(
        row["launched"] != "" and ":" in row["time_start"] and row["time_end"] >= "2025-03"
        for row in rows
        if (row["model"] == "Shahed-136/131") == (weapons == "drones")
        and (weapons == "drones" or not set(row["model"].split(" and ")) & NOT_MISSILES)
    )
    before = sum(
        row["launched"] != "" and ":" in row["time_start"] and row["time_end"] < "2025-03"
        for row in rows
        if (row["model"] == "Shahed-136/131") == (weapons == "drones")
        and (weapons == "drones" or not set(row["model"].split(" and ")) & NOT_MISSILES)
    )
    said = re.findall(r"([\d,]+) rows?\b", " ".join(panel.notes))
    left_out = sum(int(number.replace(",", "")) for number in said)
    assert counted + before + left_out == len(rows)


def test_notes_name_what_is_left_out(newest: Path) -> None:
    notes = " ".join(quiet(newest).notes)
    assert "Shahed-136/131 and Lancet (1 row)" in notes
    assert "unidentified drone 322 rows (6,491)" in notes
    notes = " ".join(load_launches(newest, weapons="missiles", definition="all").notes)
    assert "No number launched, not counted: C-300 (2 rows), Iskander-M/KN-23 (1 row)" in notes


def test_own_choice_of_models(newest: Path) -> None:
    panel = load_launches(newest, weapons=["Kalibr", "X-101/X-555"], definition="all")
    assert panel.names == ("Kalibr + X-101/X-555",)
    assert panel.values.sum() == 567 + 2111
    assert "X-101/X-555 and Kalibr (9 rows)" in " ".join(panel.notes)
    assert load_launches(newest, weapons="Kalibr", definition="all").values.sum() == 567


def test_months_of_windows_over_a_month_end(tmp_path: Path) -> None:
    path = write(
        tmp_path,
        "2025-05-31 18:00,2025-06-01 08:30,Shahed-136/131,472.0",
        "2025-05-01 18:00 ,2025-05-02 ,Shahed-136/131,1",
        "2025-05-03,2025-05-03 8:30,Shahed-136/131,90",
        "2025-05-04 3:30,2025-05-04 9:00,  Shahed-136/131 ,",
        "2025-05-05 3:30,2025-05-05 9:00,Shahed-136/131 and Lancet,16",
    )
    end, start = load_launches(path), load_launches(path, attribution="start")
    assert end["drones"].tolist() == [1, 472]
    assert end.observed_days.tolist() == [30, 1]
    assert start["drones"].tolist() == [473]
    assert start.observed_days.tolist() == [31]
    assert load_launches(path, definition="all")["drones"].tolist() == [91, 472]
    assert any("for want of a clock time: 1 row (90 drones)" in note for note in end.notes)
    assert any("No number launched" in note for note in end.notes)


def test_slips_of_a_day_are_said(tmp_path: Path) -> None:
    path = write(tmp_path, "2025-03-30 21:10,2025-03-30 01:30,Shahed-136/131,4")
    said = "end before they start: Shahed-136/131 (1 row)"
    assert any(said in note for note in load_launches(path).notes)
    path = write(tmp_path, "2025-09-18,2025-09-17 08:00,Shahed-136/131,4")
    assert any(said in note for note in load_launches(path, definition="all").notes)


def test_a_quiet_month_is_an_observed_zero(tmp_path: Path) -> None:
    path = write(
        tmp_path,
        "2025-04-02 20:00,2025-04-03 08:00,Shahed-136/131,4",
        "2025-06-02 20:00,2025-06-03 08:00,Shahed-136/131,5",
    )
    panel = load_launches(path)
    assert panel["drones"].tolist() == [4, 0, 5]
    assert panel.observed_days.tolist() == [28, 31, 3]


def test_unknown_model_is_said(tmp_path: Path) -> None:
    path = write(
        tmp_path,
        "2025-06-02 20:00,2025-06-03 08:00,Shahed-136/131,5",
        "2025-06-02 20:00,2025-06-03 08:00,Oreshnik-9,6",
        "2025-06-02 20:00,2025-06-03 08:00,Kalibr and Oreshnik-9,6",
    )
    with pytest.warns(TrendsWarning, match=r"unknown kind.*Kalibr and Oreshnik-9 .*Oreshnik-9"):
        panel = load_launches(path, weapons="missiles")
    assert panel.values.sum() == 0
    assert "Oreshnik-9 (1 row)" in panel.notes[-1]
    with pytest.warns(TrendsWarning):
        assert load_launches(path, weapons=["Oreshnik-9"]).values.sum() == 6


def test_options(tmp_path: Path) -> None:
    path = write(tmp_path, "2025-06-02 20:00,2025-06-03 08:00,Shahed-136/131,5")
    with pytest.raises(UnknownOption, match="definition='nightly'"):
        load_launches(path, definition="nightly")  # type: ignore[arg-type]
    with pytest.raises(UnknownOption, match="attribution='middle'"):
        load_launches(path, attribution="middle")  # type: ignore[arg-type]
    with pytest.raises(UnknownName, match=r"'Kalibr'.*'drones', 'missiles', 'Shahed-136/131'"):
        load_launches(path, weapons=["Kalibr"])
    with pytest.raises(BadOption, match="weapons"):
        load_launches(path, weapons=[])
    with pytest.raises(BadOption, match="weapons"):
        load_launches(path, weapons=3)  # type: ignore[arg-type]
    with pytest.raises(BadOption, match="as_of"):
        load_launches(path, as_of=dt.date(2025, 6, 2))
    assert load_launches(path, as_of=dt.date(2025, 7, 1)).as_of == dt.date(2025, 7, 1)


@pytest.mark.parametrize(
    ("row", "column"),
    [
        ("2025-06-03,2025-06-01,Shahed-136/131,5", "time_end"),
        ("2025-06-03 24:00,2025-06-04 08:00,Shahed-136/131,5", "time_start"),
        ("2025-06-31,2025-07-01,Shahed-136/131,5", "time_start"),
        ("2025-06-03,2025-06-03, ,5", "model"),
        ("2025-06-03,2025-06-03,Kalibr,-1", "launched"),
    ],
)
def test_bad_rows(row: str, column: str, tmp_path: Path) -> None:
    good = "2025-06-02 20:00,2025-06-03 08:00,Shahed-136/131,5"
    with pytest.raises(BadValue, match=f"row 2, column '{column}'"):
        load_launches(write(tmp_path, good, row))
