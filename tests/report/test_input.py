"""What report() takes, and what it refuses."""

from __future__ import annotations

import json

import numpy as np
import pandas as pd
import pytest

from trends.errors import (
    BadOption,
    MonthOutside,
    NoValues,
    TooShort,
    TrendsError,
    UnknownMonth,
    UnknownOption,
)
from trends.loaders import load
from trends.panel import Panel
from trends.report import report

MONTHS = pd.period_range("2023-06", "2025-06", freq="M")


def series(*values: float) -> pd.Series:
    return pd.Series(values, MONTHS[-len(values) :], name="s", dtype="float64")


def test_one_month() -> None:
    with pytest.raises(TooShort, match="found 1 month where 2 are needed"):
        report(series(5), "2025-06")


def test_first_month_of_a_longer_series() -> None:
    with pytest.raises(TooShort, match="2025-05"):
        report(series(5, 6), "2025-05")


def test_nothing_known() -> None:
    with pytest.raises(TrendsError, match="no known value"):
        report(series(np.nan, np.nan, np.nan), "2025-06")


def test_nothing_known_up_to_the_month() -> None:
    with pytest.raises(NoValues, match="every month up to 2025-05 is unknown"):
        report(series(np.nan, np.nan, 5), "2025-05")


@pytest.mark.parametrize("month", ["June", "2025-13", "2025", "", "2025-6-x", "NaT", None, 202506])
def test_unknown_month(month: object) -> None:
    with pytest.raises(UnknownMonth):
        report(series(1, 2, 3), month)  # type: ignore[arg-type]


@pytest.mark.parametrize("month", ["2020-01", "2030-01"])
def test_month_outside_all_data(month: str) -> None:
    with pytest.raises(MonthOutside, match="2025-04 to 2025-06") as caught:
        report(series(1, 2, 3), month)
    assert str(caught.value.month) == month


def test_no_data() -> None:
    with pytest.raises(NoValues, match="no data were given"):
        report([], "2025-06")


def test_too_many_series() -> None:
    frame = pd.DataFrame(np.ones((3, 13)), MONTHS[-3:], [f"s{k}" for k in range(13)])
    with pytest.raises(BadOption, match=r"13 series.*at most 12"):
        report(frame, "2025-06")
    with pytest.raises(BadOption, match="14 series"):
        report([frame.iloc[:, :7], frame.iloc[:, :7]], "2025-06")


def test_unknown_language() -> None:
    with pytest.raises(UnknownOption, match="language='xx'"):
        report(series(1, 2, 3), "2025-06", language="xx")


def test_not_data() -> None:
    with pytest.raises(TrendsError):
        report([object()], "2025-06")  # type: ignore[list-item]


def test_a_series() -> None:
    made = report(series(389, 240, 379, 507, 588), "2025-06")
    assert "third consecutive monthly rise" in made.headline
    assert repr(made) == f"<Report: 2025-06, {len(made.findings)} claims, 1 series>"


def test_a_wide_frame_with_gaps() -> None:
    rng = np.random.default_rng(7)
    frame = pd.DataFrame(rng.integers(1, 90, (25, 3)).astype(float), MONTHS, ["a", "b", "c"])
    frame.loc["2025-03", "b"] = np.nan
    frame.loc["2025-06", "c"] = np.nan
    frame.loc["2024-01"] = np.nan
    frame.loc["2025-06", "a"] = 1000.0
    made = report(frame, "2025-06")
    facts = json.loads(made.to_json())
    assert [s["series"] for s in facts["series"]] == ["a", "b", "c"]
    assert len({s["alt"] for s in facts["series"]}) == 3
    assert made.headline.startswith("A in June 2025: 1,000, the highest of any month on record")
    assert {claim["series"] for claim in facts["claims"]} <= {"a", "b"}
    rows = {s["series"]: s["months"] for s in facts["series"]}
    assert rows["c"][-1]["value"] is None
    assert rows["b"][-4]["value"] is None
    assert rows["b"][-3]["change"] is None
    assert "unknown" in made.to_markdown()


def test_several_series_of_one_quantity_are_told_apart() -> None:
    values = np.arange(1.0, 61).reshape(2, 30)
    months = pd.period_range("2023-01", periods=30, freq="M")
    panel = Panel(values, months, ["north", "south"], quantity="attacks", unit="attacks")
    facts = json.loads(report(panel, months[-1]).to_json())
    assert [s["name"] for s in facts["series"]] == ["attacks, north", "attacks, south"]
    assert facts["series"][0]["alt"].startswith("Bar chart of attacks, north, ")
    assert facts["series"][1]["alt"].startswith("Bar chart of attacks, south, ")


def test_negative_flows() -> None:
    made = report(series(120, 10, -37, -116), "2025-06")
    text = made.to_markdown()
    assert "the third consecutive monthly fall" in made.headline
    assert "(120 > 10 > \N{MINUS SIGN}37 > \N{MINUS SIGN}116)" in made.headline
    facts = json.loads(made.to_json())
    assert [row["value"] for row in facts["series"][0]["months"]] == [120, 10, -37, -116]
    assert facts["series"][0]["months"][-1]["change"] is None  # no percentage of a negative base
    assert "\N{MINUS SIGN}116" in text
    assert made.to_html()


def test_a_month_with_nothing_to_say() -> None:
    made = report(series(5, 5, 5), "2025-06")
    assert made.findings == ()
    assert made.headline == "June 2025: no record, streak or change to report."
    assert "No claim of any type is true of this month." in made.to_html()
    assert "No claim of any type is true of this month." in made.to_markdown()


def test_a_gap_in_the_month() -> None:
    made = report(series(4, 5, np.nan), "2025-06")
    assert made.findings == ()
    assert made.notices == ("No value of s is known for June 2025.",)


def test_a_stock() -> None:
    made = report(load("area-controlled"), "2025-06")
    (section,) = made.sections
    assert all(row.per_day_change is None for row in section.rows)
    assert made.to_html()


def test_later_months_change_nothing() -> None:
    """A report of June made of data to June is the report of June made of longer data."""
    rng = np.random.default_rng(3)
    longer = pd.Series(rng.integers(1, 99, 25).astype(float), MONTHS, name="s")
    at = MONTHS[-6]
    assert report(longer, at).to_html() == report(longer[:at], at).to_html()
