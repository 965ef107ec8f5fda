"""UCDP GED: the real sample, events of several days, releases without a header."""

from __future__ import annotations

import csv
import datetime as dt
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from trends.errors import BadTable, BadValue, MissingColumns, TrendsError, UnknownOption
from trends.loaders import load_ucdp
from trends.loaders.ucdp import COLUMNS

HEADER = "id,country,type_of_violence,date_start,date_end,best,low,high\n"
ALL = ("1989-01-01", "2022-12-31")


def write(tmp_path: Path, rows: str, header: str = HEADER) -> Path:
    path = tmp_path / "ged.csv"
    path.write_text(header + rows, "utf-8")
    return path


@pytest.fixture
def sample(shared: Path) -> Path:
    return shared / "data" / "raw" / "ucdp" / "ucdp_ged_sample_1000rows.csv"


@pytest.mark.parametrize("measure", ["best", "low", "high"])
@pytest.mark.parametrize("attribution", ["end", "start", "split"])
def test_sample_totals(sample: Path, measure: str, attribution: str) -> None:
    panel = load_ucdp(sample, measure=measure, attribution=attribution, coverage=ALL)  # type: ignore[arg-type]
    assert (panel.n_series, panel.n_time, panel.unit) == (59, 408, "deaths")
    assert panel.complete.all()
    total = {"best": 9561, "low": 6224, "high": 22017}[measure]
    assert panel.values.sum() == pytest.approx(total, rel=1e-12)
    notes = " ".join(panel.notes)
    assert "Rows read: 1,000." in notes
    assert "Counted: 1,000 rows." in notes
    assert "Events that straddle months" in notes
    assert ": 19 (" in notes


def test_sample_against_pandas(sample: Path) -> None:
    frame = pd.read_csv(sample, parse_dates=["date_start", "date_end"])
    for attribution, column in (("end", "date_end"), ("start", "date_start")):
        panel = load_ucdp(sample, attribution=attribution, coverage=ALL)  # type: ignore[arg-type]
        keys = [frame["country"], frame[column].dt.to_period("M")]
        expected = frame.groupby(keys)["best"].sum()
        for (country, month), value in expected.items():
            assert panel[country][month] == value
        assert panel.values.sum() == expected.sum()


def test_split_day_by_day(sample: Path) -> None:
    panel = load_ucdp(sample, attribution="split", by=(), coverage=ALL)
    expected = dict.fromkeys(map(str, panel.months), 0.0)
    with sample.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            first, last = (dt.date.fromisoformat(row[c]) for c in ("date_start", "date_end"))
            days = (last - first).days + 1
            for n in range(days):
                expected[str(first + dt.timedelta(n))[:7]] += int(row["best"]) / days
    np.testing.assert_allclose(panel.values[0], list(expected.values()), rtol=1e-9)


def test_sample_without_coverage(sample: Path) -> None:
    panel = load_ucdp(sample, by=("country", "type_of_violence"), measure="events")
    assert "Ukraine / state-based" in panel.names
    assert np.nansum(panel.values) == 1000
    assert not (panel.values == 0).any()
    assert any("left unknown, not zero" in note for note in panel.notes)
    assert not panel.complete.any()


def test_release_without_header(sample: Path, tmp_path: Path) -> None:
    whole = sample.read_bytes()
    bare = tmp_path / "candidate.csv"
    bare.write_bytes(whole[whole.index(b"\n") + 1 :])
    panel = load_ucdp(bare, coverage=ALL)
    np.testing.assert_array_equal(panel.values, load_ucdp(sample, coverage=ALL).values)
    assert any("no header row" in note for note in panel.notes)
    with sample.open(encoding="utf-8") as file:
        assert file.readline().strip().split(",") == COLUMNS
    narrow = tmp_path / "narrow.csv"
    narrow.write_text("1,2,3\n4,5,6\n")
    with pytest.raises(MissingColumns, match="header row"):
        load_ucdp(narrow)


def test_dates_with_a_time_and_events_over_months(tmp_path: Path) -> None:
    path = write(
        tmp_path,
        "1,Ukraine,1,2025-03-30 00:00:00.000,2025-04-02 00:00:00.000,8,4,8\n"
        "2,Ukraine,1,2025-06-01,2025-06-01,5,5,5\n",
    )
    assert load_ucdp(path)["Ukraine"].tolist()[0] == 8  # April: where it ends
    split = load_ucdp(path, attribution="split")
    np.testing.assert_array_equal(split["Ukraine"], [4, 4, np.nan, 5])
    assert split.observed_days.tolist() == [2, 2, 0, 1]
    events = load_ucdp(path, attribution="split", measure="events")
    np.testing.assert_array_equal(events["Ukraine"], [0.5, 0.5, np.nan, 1])
    inside = load_ucdp(path, attribution="split", coverage=("2025-04-01", "2025-06-30"))
    assert inside["Ukraine"].tolist() == [4, 0, 5]
    assert any("the days of events outside the coverage: 4 deaths" in n for n in inside.notes)


def test_ends_before_it_starts(tmp_path: Path) -> None:
    for end in ("2025-03-29", "2036-03-29"):
        path = write(tmp_path, f"1,Ukraine,1,2025-03-30,{end},8,4,8\n")
        with pytest.raises(BadValue, match=r"row 1, column 'date_end'.*date_start, 2025-03-30"):
            load_ucdp(path)


def test_repeated_and_unknown(tmp_path: Path) -> None:
    row = "1,Ukraine,1,2025-03-30,2025-03-30,8,4,8\n"
    path = write(tmp_path, row + row + "2,Ukraine,1,2025-03-30,2025-03-30,,1,2\n")
    panel = load_ucdp(path)
    assert panel.values.tolist() == [[8]]
    notes = " ".join(panel.notes)
    assert "repeat an event: 1 row." in notes
    assert "'best' is empty: 1 row." in notes
    with pytest.raises(BadTable, match="event 1 has two versions"):
        load_ucdp(write(tmp_path, row + row.replace("Ukraine", "Russia")))


def test_options(tmp_path: Path) -> None:
    path = write(tmp_path, "1,Ukraine,1,2025-03-30,2025-03-30,8,4,8\n")
    with pytest.raises(UnknownOption, match="worst"):
        load_ucdp(path, measure="worst")  # type: ignore[arg-type]
    with pytest.raises(UnknownOption, match="middle"):
        load_ucdp(path, attribution="middle")  # type: ignore[arg-type]
    with pytest.raises(MissingColumns, match="adm_1"):
        load_ucdp(path, by="adm_1")
    with pytest.raises(TrendsError, match="as_of"):
        load_ucdp(path, as_of=dt.date(2025, 3, 1))
    one, other = (load_ucdp(path, measure=m).definition for m in ("best", "high"))  # type: ignore[arg-type]
    assert one != other
