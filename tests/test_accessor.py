"""`Series.trends` and `DataFrame.trends`: the functions of `trends`, and nothing else."""

from __future__ import annotations

import inspect
import subprocess
import sys

import numpy as np
import pandas as pd
import pytest

import trends
import trends.checks
import trends.detect
import trends.models
from trends.accessor import TrendsAccessor
from trends.errors import NotMonthly

HOMES = (trends, trends.checks, trends.detect, trends.models)
METHODS = [name for name in vars(TrendsAccessor) if not name.startswith("_")]
MONTHS = pd.period_range("2024-11", periods=8, freq="M")
GAIN = pd.Series([725.0, 476, 430, 389, 240, 379, 507, 588], MONTHS, name="territory")
BOTH = pd.DataFrame({"a": GAIN, "b": GAIN[::-1].to_numpy()})


def function(name: str) -> object:
    return next(getattr(home, name) for home in HOMES if hasattr(home, name))


@pytest.mark.parametrize("name", METHODS)
def test_a_method_is_the_function_of_its_name(name: str) -> None:
    method = getattr(GAIN.trends, name)
    assert method.__name__ == name
    assert method.__doc__.splitlines()[0] == inspect.getdoc(function(name)).splitlines()[0]
    if name != "check":  # data come second there
        own = list(inspect.signature(function(name)).parameters.values())
        assert list(inspect.signature(method).parameters.values()) == own[1:]


@pytest.mark.parametrize("data", [GAIN, BOTH], ids=["series", "frame"])
@pytest.mark.parametrize(
    "name", ["find_records", "find_streaks", "find_ranks", "find_changes", "find_latest"]
)
def test_detectors_find_the_same(data: pd.Series | pd.DataFrame, name: str) -> None:
    ours, theirs = getattr(data.trends, name)(), function(name)(data)
    assert type(ours) is type(theirs)
    pd.testing.assert_frame_equal(ours.frame(), theirs.frame())


def test_options_are_handed_on() -> None:
    assert GAIN.trends.find_records(direction="low", least=3).flags.sum() == 2
    assert GAIN.trends.as_panel(unit="km2").unit == "km2"
    found = GAIN.trends.find_changes(against="month", per="day")
    np.testing.assert_array_equal(found.changes, trends.find_changes(GAIN, per="day").changes)


def test_claims_and_sentences() -> None:
    assert GAIN.trends.propose("2025-06") == trends.propose(GAIN, "2025-06")
    found = GAIN.trends.check("biggest territorial gain since November", month="2025-06")
    assert found.outcome == "true"
    assert GAIN.trends.check("biggest territorial gain ever", month="2025-06").outcome != "true"
    assert GAIN.trends.report("2025-06").to_json() == trends.report(GAIN, "2025-06").to_json()


def test_models_have_the_same_estimates() -> None:
    series = pd.concat([GAIN, GAIN * 2, GAIN * 3])
    series.index = pd.period_range("2023-07", periods=24, freq="M")
    ours, theirs = series.trends.fit_trend(), trends.models.fit_trend(series)
    assert ours.summary() == theirs.summary()


def test_bad_data_are_refused_by_the_function_and_not_on_sight() -> None:
    daily = pd.Series(1.0, pd.date_range("2025-01-01", periods=40))
    with pytest.raises(NotMonthly):
        daily.trends.find_records()
    assert isinstance(daily.trends, TrendsAccessor)


def test_it_is_there_once_imported_and_the_data_stay_as_they_are() -> None:
    script = (
        "import pandas as pd, trends\n"
        "trends.Panel\n"
        "assert not hasattr(pd.Series, 'trends')\n"
        "import trends.accessor\n"
        "assert hasattr(pd.Series, 'trends') and hasattr(pd.DataFrame, 'trends')"
    )
    strict = ["-W", "error", "-W", "ignore::DeprecationWarning"]
    subprocess.run([sys.executable, *strict, "-c", script], check=True)
    before = GAIN.copy()
    GAIN.trends.find_records()
    pd.testing.assert_series_equal(GAIN, before)
