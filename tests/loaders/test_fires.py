"""Fires: the real daily file, and its quirks one by one."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from trends.errors import BadOption, BadTable, NoValues, UnknownOption
from trends.loaders import LOADERS, load_file, load_fires

HEADER = (
    "date,war_fires_per_day,war_fires_per_day_in_ukraine_held_area,"
    "war_fires_per_day_in_russia_held_area\n"
)


@pytest.fixture
def real(shared: Path) -> Path:
    return shared / "data" / "raw" / "economist_isw_area" / "strikes_by_location_and_day.csv"


def write(tmp_path: Path, rows: str) -> Path:
    path = tmp_path / "fires.csv"
    path.write_text(HEADER + rows, "utf-8")
    return path


def test_real_file(real: Path) -> None:
    panel = load_fires(real)
    assert (panel.n_time, panel.unit, panel.kind) == (55, "fires", "flow")
    assert panel.values.sum(axis=1).tolist() == [389_312, 178_793, 210_519]
    np.testing.assert_array_equal(panel.values[0], panel.values[1] + panel.values[2])
    assert panel.status("2022-02") == panel.status("2026-08") == "partial"
    assert (panel.observed_days[0], panel.observed_days[-1]) == (6, 15)
    assert panel.complete.sum() == 53
    assert panel.as_of == dt.date(2026, 8, 15)
    assert panel.notes == ("Rows read: 1,635.", "Counted: 1,635 days.")
    assert load_file(real, LOADERS).names == panel.names


@pytest.mark.parametrize(("fires", "prefix"), [("war", "war_"), ("all", "")])
def test_real_file_against_pandas(real: Path, fires: str, prefix: str) -> None:
    frame = pd.read_csv(real, parse_dates=["date"])
    months = frame["date"].dt.to_period("M")
    expected = frame.groupby(months)[f"{prefix}fires_per_day_in_russia_held_area"].sum()
    panel = load_fires(real, side="russia", fires=fires)  # type: ignore[arg-type]
    np.testing.assert_array_equal(panel.values[0], expected)
    assert panel.names == ("fires in Russia-held area",)


def test_a_missing_day_is_not_observed(tmp_path: Path) -> None:
    path = write(tmp_path, "2025-06-30,5,2,3\n2025-06-28,1,1,0\n2025-04-30,4,4,0\n")
    panel = load_fires(path, side="all")
    np.testing.assert_array_equal(panel["fires"], [4, np.nan, 6])
    assert panel.observed_days.tolist() == [1, 0, 2]
    assert any("2025-06-30: 59." in note for note in panel.notes)


def test_repeated_and_blank_days(tmp_path: Path) -> None:
    path = write(tmp_path, "2025-06-30,5,2,3\n2025-06-30,5,2,3\n2025-06-29,,2,3\n")
    panel = load_fires(path)
    assert panel.values.tolist() == [[5], [2], [3]]
    notes = " ".join(panel.notes)
    assert "same numbers: 1." in notes
    assert "a number is missing: 1." in notes
    assert load_fires(path, side="russia").values.tolist() == [[6]]
    with pytest.raises(BadTable, match="2025-06-30 has two different rows, 1 and 2"):
        load_fires(write(tmp_path, "2025-06-30,5,2,3\n2025-06-30,6,2,4\n"))
    with pytest.raises(NoValues, match="every column"):
        load_fires(write(tmp_path, "2025-06-30,5,,3\n2025-06-29,,2,4\n"))


def test_options(tmp_path: Path) -> None:
    path = write(tmp_path, "2025-06-30,5,2,3\n")
    with pytest.raises(UnknownOption, match="nobody"):
        load_fires(path, side="nobody")  # type: ignore[arg-type]
    with pytest.raises(UnknownOption, match="forest"):
        load_fires(path, fires="forest")  # type: ignore[arg-type]
    with pytest.raises(BadOption, match="as_of"):
        load_fires(path, as_of=dt.date(2025, 6, 1))
