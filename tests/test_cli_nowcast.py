"""`trends nowcast` and `trends forecast`: the library's answers, and what is refused."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from click.testing import CliRunner, Result

import trends
from trends._cli_nowcast import forecast, nowcast
from trends.errors import TrendsError

RAW = Path(__file__).resolve().parents[2] / "shared" / "data" / "raw"
LAUNCHES = RAW / "massive_missile_attacks" / "missile_attacks_daily.csv"
AREAS = RAW / "economist_isw_area" / "area_assessed_as_controlled_by_russia.csv"


def run(command: Any, *arguments: object) -> Result:
    return CliRunner().invoke(command, [str(each) for each in arguments])


def said(command: Any, *arguments: object) -> str:
    found = run(command, *arguments)
    assert found.exit_code == 0, found.output
    return found.output


@pytest.fixture
def days(tmp_path: Path) -> Path:
    clock = pd.period_range("2024-01-01", "2025-06-20", freq="D")
    counts = np.random.default_rng(2).poisson(20, len(clock))
    path = tmp_path / "days.csv"
    pd.DataFrame({"date": clock.astype(str), "value": counts}).to_csv(path, index=False)
    return path


def test_of_a_bundled_month() -> None:
    months, days = trends.load("drones-launched"), trends.load("drones-launched-daily")
    expected = trends.nowcast(days, "2026-06", months=months)
    assert said(nowcast, "2026-06", "--data", "drones-launched").startswith(expected.summary())
    found = json.loads(
        said(nowcast, "2026-06", "--data", "drones-launched", "--level", "0.5", "--json")
    )
    assert (found["observed"], found["observed_days"], found["days"]) == (2136, 7, 30)
    assert [found["low"], found["high"]] == list(expected.conf_int(0.5))
    assert found["level"] == 0.5
    assert found["point"] == expected.point
    assert found["prospects"][0]["words"] == "the highest month on record"


def test_of_a_table_of_days_up_to_a_day(days: Path) -> None:
    table = pd.read_csv(days, index_col=0, parse_dates=True)["value"]
    expected = trends.nowcast(table, "2025-06", as_of="2025-06-10")
    found = json.loads(
        said(nowcast, "2025-06", "--days", days, "--as-of", "2025-06-10", "--json", "--unit", "x")
    )
    assert (found["point"], found["observed_days"]) == (expected.point, 10)
    assert found["unit"] == "x"
    assert list(found["same_days"]) == ["2025-05"]


def test_of_levels_and_of_other_columns(days: Path, tmp_path: Path) -> None:
    table = pd.read_csv(days)
    path = tmp_path / "levels.csv"
    levels = pd.DataFrame({"day": table["date"], "area": table["value"].cumsum() + 0.5})
    levels[::-1].to_csv(path, index=False)  # in any order
    options = ("--days", path, "--day-column", "day", "--value-column", "area", "--kind", "stock")
    found = json.loads(said(nowcast, "2025-06", *options, "--json"))
    assert found["observed"] == table["value"][-20:].sum()


@pytest.mark.skipif(not LAUNCHES.exists(), reason="no raw launches")
def test_of_attack_level_launches_and_whole_months() -> None:
    both = ("--days", LAUNCHES, "--data", "drones-launched", "--definition", "all")
    text = said(nowcast, "2026-06", *both)
    assert text.startswith("June 2026: on pace for")
    assert "The first 7 days of May 2026 brought" in text
    assert "highest month on record" in text


@pytest.mark.skipif(not AREAS.exists(), reason="no raw areas")
def test_of_daily_areas_of_october_2024() -> None:
    column = "area_assessed_as_russia_controlled"
    found = run(
        nowcast, "2024-10", "--days", AREAS, "--value-column", column, "--kind", "stock",
        "--as-of", "2024-10-27",
    )  # fmt: skip
    assert found.exit_code == 0, found.output
    assert found.stdout.startswith("October 2024: on pace for")
    assert "left out as said twice (same day, same value): 1" in found.stderr


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["2026-06"], "Name one data set or file"),
        (["2026-06", "--data", "drones-launched", "--data", "missiles-launched"], "Name one"),
        (["2026-06", "--data", "drones-launched", "--level", "1"], "0<x<1"),
    ],
)
def test_what_is_asked_wrongly(arguments: list[str], words: str, days: Path) -> None:
    found = run(nowcast, *[each.format(days=days) for each in arguments])
    assert found.exit_code == 2
    assert words in found.output


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["2026-05", "--data", "drones-launched"], "which is over"),
        (["2025-07", "--days", "{days}"], "ask for a forecast"),
        (["2026-06", "--days", "{days}", "--value-column", "n"], "the table has 'date', 'value'"),
        (["2026-06", "--days", "{days}", "--day-column", "n"], "no column 'n'"),
        (["2025-06", "--days", "{days}", "--day-column", "value"], "row 1, column 'value'"),
        (["2025-06", "--days", "{bad}"], "it is not a table of text"),
    ],
)
def test_what_the_data_do_not_tell(arguments: list[str], words: str, days: Path) -> None:
    bad = days.with_name("bad.csv")
    bad.write_text('date,value\n"2025-06-01,1\n', encoding="utf-8")
    table = pd.read_csv(days)
    if "--day-column" in arguments:
        table.assign(value="x").to_csv(days, index=False)
    found = run(nowcast, *[each.format(days=days, bad=bad) for each in arguments])
    assert isinstance(found.exception, TrendsError), found.output
    assert words in str(found.exception)


def test_forecasts_of_one_series_and_of_several(tmp_path: Path) -> None:
    expected = trends.forecast(trends.load("drones-launched"), 2)
    command = (forecast, "--data", "drones-launched", "--horizon", 2)
    assert said(*command) == expected.summary() + "\n"
    (found,) = json.loads(said(*command, "--json"))
    assert [row["month"] for row in found["months"]] == ["2026-06", "2026-07"]
    assert [row["low"] for row in found["months"]] == expected.conf_int()[:, 0].tolist()

    months = pd.period_range("2023-01", periods=30, freq="M").astype(str)
    table = pd.DataFrame({"month": [*months, *months[:5]], "value": [*range(30), *range(5)]})
    table["series"] = ["long"] * 30 + ["short"] * 5
    path = tmp_path / "table.csv"
    table.to_csv(path, index=False)
    several = ("--data", path, "--unit", "reports")
    rows = json.loads(said(forecast, *several, "--json"))
    assert [row["series"] for row in rows] == ["long", "short"]
    assert "refused" in rows[1]
    assert "short: no forecast." in said(forecast, *several)


def test_no_interval_of_what_never_varied(tmp_path: Path) -> None:
    months = pd.period_range("2023-01", periods=30, freq="M").astype(str)
    path = tmp_path / "flat.csv"
    pd.DataFrame({"month": months, "value": 4}).to_csv(path, index=False)
    (found,) = json.loads(said(forecast, "--data", path, "--unit", "reports", "--json"))
    assert found["insufficient"]
    assert found["months"][0]["low"] is None


def test_a_forecast_needs_data() -> None:
    found = run(forecast)
    assert found.exit_code == 2
    assert "Name a data set or file" in found.output
