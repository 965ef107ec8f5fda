"""Launches: published figures, an oracle in plain Python, and every row accounted for."""

from __future__ import annotations

import csv
import datetime as dt
import re
import warnings
from collections import Counter
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from trends.detect import find_changes
from trends.errors import (
    BadOption,
    BadTable,
    BadValue,
    MissingColumns,
    TrendsWarning,
    UnknownName,
    UnknownOption,
)
from trends.loaders import load_launches
from trends.loaders._models import CLASSES
from trends.loaders.launches import (
    explain_launches,
    load_daily_records,
    load_launches_daily,
    load_launches_weekly,
)
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


def load_quietly(path: Path, **options: object) -> Panel:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", TrendsWarning)
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


CHOICES = [
    *({"weapons": weapons} for weapons in CLASSES),
    *({"weapons": "drones", "definition": "all", "attribution": how} for how in ("start", "split")),
    {"weapons": "missiles", "attribution": "split"},
    {"weapons": "missiles", "measure": "destroyed", "definition": "all"},
    {"weapons": "missiles", "measure": "interception_rate"},
    {"weapons": ["cruise", "Iskander-M"], "definition": "all"},
]


@pytest.mark.parametrize("choice", CHOICES, ids=str)
def test_every_row_is_accounted_for(newest: Path, choice: dict[str, object]) -> None:
    with newest.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    account = explain_launches(newest, **choice)
    sums = account.groupby("fate")[["rows", "launched"]].sum()
    everything = sum(float(row["launched"] or 0) for row in rows)
    assert sums.loc["in"].tolist() == [len(rows), everything]
    assert (sums.loc["used"] + sums.loc["left out"]).tolist() == pytest.approx(sums.loc["in"])
    assert (account["rows"] >= 0).all()
    panel = load_quietly(newest, **choice)
    if choice.get("measure", "launched") == "launched":
        assert np.nansum(panel.values) == pytest.approx(sums.loc["used", "launched"], abs=1e-6)
    left = int(sums.loc["left out", "rows"])
    said = " ".join(
        note for note in panel.notes if ", counted" not in note and "Counted" not in note
    )
    numbers = re.findall(r"([\d,]+) rows?\b", said)
    assert sum(int(number.replace(",", "")) for number in numbers) == left


def test_notes_name_what_is_left_out(newest: Path) -> None:
    notes = " ".join(quiet(newest).notes)
    assert "Shahed-136/131 and Lancet (1 row)" in notes
    assert "unidentified drones 322 rows (6,491)" in notes
    notes = " ".join(load_launches(newest, weapons="missiles", definition="all").notes)
    assert "No number launched, not counted: C-300 (2 rows), Iskander-M/KN-23 (1 row)" in notes


def test_own_choice_of_models(newest: Path) -> None:
    panel = load_launches(newest, weapons=["Kalibr", "X-101/X-555"], definition="all")
    assert panel.names == ("Kalibr + X-101/X-555",)
    assert panel.values.sum() == 567 + 2111 + 643
    notes = " ".join(panel.notes)
    assert "all Kalibr + X-101/X-555, counted once: X-101/X-555 and Kalibr (9 rows)" in notes
    one = load_launches(newest, weapons="Kalibr", definition="all")
    assert one.values.sum() == 567
    left_out = (
        "Rows that name several models, not counted as Kalibr: Iskander-K and Kalibr (3 rows)"
    )
    assert left_out in " ".join(one.notes)
    assert "X-101/X-555 and Kalibr (9 rows)" in " ".join(one.notes)


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
    assert any("Oreshnik-9 (1 row)" in note for note in panel.notes)
    with pytest.warns(TrendsWarning):
        assert load_launches(path, weapons=["Oreshnik-9"]).values.sum() == 6


def test_options(tmp_path: Path) -> None:
    path = write(tmp_path, "2025-06-02 20:00,2025-06-03 08:00,Shahed-136/131,5")
    with pytest.raises(UnknownOption, match="definition='nightly'"):
        load_launches(path, definition="nightly")  # type: ignore[arg-type]
    with pytest.raises(UnknownOption, match="attribution='middle'"):
        load_launches(path, attribution="middle")  # type: ignore[arg-type]
    with pytest.raises(UnknownName, match=r"'Kalibr'.*'drones', 'missiles', 'cruise'"):
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


# --- weapons --------------------------------------------------------------------------------------
def test_broad_classes_part_the_missiles(newest: Path) -> None:
    def total(weapons: object) -> float:
        return float(load_launches(newest, weapons=weapons, definition="all").values.sum())

    broad = ("cruise", "ballistic", "surface-to-air", "unknown missile")
    assert total(broad) == total("missiles")
    parts = {name: total(name) for name in broad}
    assert parts == {
        "cruise": 5172, "ballistic": 1174, "surface-to-air": 494, "unknown missile": 90
    }  # fmt: skip
    # Cells of several classes are in none of them: C-400 and Iskander-M, ...
    assert total("missiles") - sum(parts.values()) == 419
    assert total("hypersonic") == 231 + 39
    assert total(["drones", "missiles"]) == total("drones") + total("missiles")


@pytest.mark.parametrize(
    ("weapons", "unit"),
    [
        *(("cruise", "missiles"), ("reconnaissance", "drones"), ("bombs", "bombs")),
        *(("Kalibr", "weapons"), ("Cruise Missiles", "missiles")),
        (["drones", "small drones"], "drones"),
    ],
)
def test_units_and_titles(newest: Path, weapons: object, unit: str) -> None:
    panel = load_quietly(newest, weapons=weapons)
    assert panel.unit == unit
    assert panel.quantity == f"{panel.names[0]} launched"


@pytest.mark.parametrize(
    "spelling",
    [
        "\u0425-101/\u0425-555",
        "Kh-101/Kh-555",
        "\u0445-101 / x-555",
        "X-101/X-555 ",
        "kh-101/\u0425-555",
    ],
)
def test_spellings(spelling: str, tmp_path: Path) -> None:
    path = write(
        tmp_path,
        f"2025-06-02 20:00,2025-06-03 08:00,{spelling},5",
        f"2025-06-02 20:00,2025-06-03 08:00,Калібр  AND {spelling},7",
        "2025-06-02 20:00,2025-06-03 08:00,\u0421-300,2",
        "2025-06-02 20:00,2025-06-03 08:00,Молния,3",
        "2025-06-02 20:00,2025-06-03 08:00,Shahed-131/136,1",
    )
    assert load_launches(path, weapons="cruise").values.sum() == 12
    assert load_launches(path, weapons="X-101/X-555").values.sum() == 5
    with pytest.raises(BadTable, match="'Kalibr' occurs only together with models"):
        load_launches(path, weapons="Kalibr")
    assert load_launches(path, weapons=["Kalibr", "X-101/X-555"]).values.sum() == 12
    assert load_launches(path, weapons="surface-to-air").values.sum() == 2
    assert load_launches(path, weapons="C-300").values.sum() == 2
    assert load_launches(path, weapons="small drones").values.sum() == 3
    assert load_launches(path).values.sum() == 1


# --- attribution ----------------------------------------------------------------------------------
def test_split_by_time_keeps_totals(tmp_path: Path) -> None:
    path = write(
        tmp_path,
        "2025-05-31 18:00,2025-06-01 06:00,Shahed-136/131,12",  # half and half
        "2025-05-31 23:00,2025-06-01 02:00,Shahed-136/131,3",  # one hour of three
        "2025-06-30 20:00,2025-07-02 20:00,Shahed-136/131,48",  # 4 hours, a day, 20 hours
        "2025-06-10 03:00,2025-06-10 03:00,Shahed-136/131,1",  # a moment
        "2025-06-12 22:00,2025-06-12 01:00,Shahed-136/131,2",  # backwards
        "2025-06-30 12:00,2025-07-01,Shahed-136/131,36",  # 12 hours, and all of the day
    )
    panel = load_launches(path, attribution="split")
    assert panel["drones"].tolist() == pytest.approx([7, 8 + 3 + 4 + 12, 44 + 24])
    daily = load_launches_daily(path, attribution="split")["value"]
    assert daily["2025-07-01"] == pytest.approx(24 + 24)
    assert daily.sum() == pytest.approx(102)


@pytest.mark.parametrize("weapons", ["drones", "missiles"])
def test_attributions_agree_on_the_total(newest: Path, weapons: str) -> None:
    totals = {
        how: load_launches(newest, weapons=weapons, definition="all", attribution=how).values.sum()
        for how in ("end", "start", "split")
    }
    assert totals["split"] == pytest.approx(totals["end"], abs=1e-6)
    assert totals["start"] == totals["end"]


# --- days, weeks, records -------------------------------------------------------------------------
@pytest.mark.parametrize("definition", ["overnight", "all"])
@pytest.mark.parametrize("attribution", ["end", "start", "split"])
def test_days_and_weeks_add_up_to_months(newest: Path, definition: str, attribution: str) -> None:
    options = {"definition": definition, "attribution": attribution}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", TrendsWarning)
        panel = load_launches(newest, **options)
        days = load_launches_daily(newest, **options)
        weeks = load_launches_weekly(newest, **options)
    months = days.groupby(days.index.asfreq("M"))
    np.testing.assert_allclose(
        months["value"].sum(min_count=1).to_numpy(), panel.values[0], atol=1e-6
    )
    assert months["observed"].sum().tolist() == panel.observed_days.tolist()
    assert weeks["value"].sum() == pytest.approx(np.nansum(panel.values))
    assert weeks["observed_days"].sum() == days["observed"].sum()
    assert weeks["rows"].sum() >= days["rows"].iloc[-1]
    assert days["value"].isna().equals(~days["observed"])
    assert set(weeks.index.to_timestamp(how="start").day_of_week) == {0}
    assert days.attrs["unit"] == weeks.attrs["unit"] == "drones"
    assert "in the day in which" in days.attrs["definition"] or attribution == "split"


def test_daily_records_are_those_published(newest: Path) -> None:
    records = load_daily_records(newest).set_index("day")
    published = {  # night: value, the record before
        "2023-05-28": (54, 45),
        "2024-11-26": (188, 145),
        "2025-05-18": (273, 267),
        "2025-05-25": (298, 273),
        "2025-05-26": (355, 298),
        "2025-07-04": (539, 479),
        "2025-07-09": (728, 539),
        "2025-09-07": (810, 728),
    }
    for night, figures in published.items():
        row = records.loc[pd.Timestamp(night)]
        assert (row["value"], row["previous"]) == figures
    assert records["value"].is_monotonic_increasing
    assert (records["previous"].iloc[1:].to_numpy() == records["value"].iloc[:-1].to_numpy()).all()
    assert records["previous_day"].iloc[1:].tolist() == records.index[:-1].tolist()
    assert records.iloc[-1]["value"] == 810
    by_day = load_daily_records(newest, per="day").iloc[-1]
    assert (str(by_day["day"].date()), by_day["value"]) == ("2026-03-24", 948)


def test_records_need_earlier_nights_and_ties_set_none(tmp_path: Path) -> None:
    nights = [
        f"2025-06-{day:02} 20:00,2025-06-{day + 1:02} 08:00,Shahed-136/131,{n}"
        for day, n in enumerate([5, 9, 9, 4, 11], start=1)
    ]
    twice = "2025-06-09 20:00,2025-06-10 08:00,Shahed-136/131,6"  # one window, two targets
    path = write(tmp_path, *reversed(nights), twice, twice)
    found = load_daily_records(path, min_earlier=1)
    assert found["value"].tolist() == [9, 11, 12]
    assert found["previous_day"].astype(str).tolist() == ["2025-06-02", "2025-06-03", "2025-06-06"]
    assert load_daily_records(path, min_earlier=3)["value"].tolist() == [11, 12]
    assert load_daily_records(path).empty
    with pytest.raises(UnknownOption, match="per='week'"):
        load_daily_records(path, per="week")  # type: ignore[arg-type]
    for wrong in (0, True, 1.5):
        with pytest.raises(BadOption, match="min_earlier"):
            load_daily_records(path, min_earlier=wrong)  # type: ignore[arg-type]


# --- shot down ------------------------------------------------------------------------------------
def destroyed(tmp_path: Path, *rows: str) -> Path:
    path = tmp_path / "launches.csv"
    path.write_text(HEADER.strip() + ",destroyed\n" + "\n".join(rows) + "\n", "utf-8")
    return path


def test_interception_rate(tmp_path: Path) -> None:
    path = destroyed(
        tmp_path,
        "2025-06-02 20:00,2025-06-03 08:00,Kalibr,8,6",
        "2025-06-03 20:00,2025-06-04 08:00,Kalibr,2,1",
        "2025-06-04 20:00,2025-06-05 08:00,Kalibr,90,",  # not known: not none
        "2025-08-04 20:00,2025-08-05 08:00,Kalibr,4,0",
    )
    rate = load_launches(path, weapons="missiles", measure="interception_rate")
    np.testing.assert_array_equal(rate.values, [[70, np.nan, 0]])
    assert (rate.unit, rate.kind) == ("percent", "rate")
    assert rate.status("2025-07") == "gap"
    assert any("No number destroyed, not counted: Kalibr (1 row)" in note for note in rate.notes)
    shot = load_launches(path, weapons="missiles", measure="destroyed")
    assert shot["missiles"].tolist() == [7, 0, 0]
    assert shot.quantity == "missiles shot down"
    assert load_launches(path, weapons="missiles").values.sum() == 104


def test_changes_of_an_interception_rate_are_points(newest: Path) -> None:
    rate = quiet(newest, measure="interception_rate")
    changes = find_changes(rate)
    assert np.isnan(changes.ratios).all()
    at = rate.position("2026-05")
    points = rate["drones"]["2026-05"] - rate["drones"]["2026-04"]
    assert changes.differences[0, at] == points
    assert abs(points) < 100


def test_more_shot_down_than_launched(tmp_path: Path) -> None:
    good = "2025-06-02 20:00,2025-06-03 08:00,Kalibr,8,6"
    path = destroyed(tmp_path, good, "2025-06-02 20:00,2025-06-03 08:00,Kalibr,8,9")
    with pytest.raises(BadValue, match=r"row 2, column 'destroyed'.*at most the number launched"):
        load_launches(path, weapons="missiles", measure="destroyed")
    assert load_launches(path, weapons="missiles").values.sum() == 16
    path = write(tmp_path, good.rsplit(",", 1)[0])
    with pytest.raises(MissingColumns, match="'destroyed'"):
        load_launches(path, weapons="missiles", measure="destroyed")
    with pytest.raises(UnknownOption, match="measure='lost'"):
        load_launches(path, measure="lost")  # type: ignore[arg-type]


def test_what_is_odd_about_counted_rows_is_said(newest: Path) -> None:
    notes = " ".join(load_launches(newest, definition="all").notes)
    assert (
        "Windows over a month's end, counted whole where they end: 19 rows (2,959 drones)" in notes
    )
    assert "Windows by day or evening, counted beside those of nights: 46 rows (3,189" in notes
    assert "Windows that begin before another has ended, counted: 9 rows (1,122 drones)" in notes
    notes = " ".join(load_launches(newest, weapons="missiles", definition="all").notes)
    assert "counted once: C-300 and Iskander-M (7 rows)" in notes
