"""A month that is not over: what it is on pace for, its chart, its words, and its refusals."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import date
from functools import cache
from typing import Any

import numpy as np
import pandas as pd
import pytest

from trends.errors import BadOption
from trends.loaders import load
from trends.loaders.bundles import days_of
from trends.panel import Panel
from trends.prospects import nowcast
from trends.report import Report, report, schema_text

JUNE = pd.Period("2026-06", "M")
LANGUAGES = ("en", "fr", "uk")
NEVER = re.compile(r"\b(?:will|shall|going to|sera|atteindra|буде|досягне)\b", re.IGNORECASE)


@cache
def made(language: str = "en") -> Report:
    if language != "en":
        pytest.importorskip("babel")
    names = ("drones-launched", "drones-nights-without")
    return report([load(name) for name in names], JUNE, language=language)


def told(found: Report, k: int = 0) -> dict[str, Any]:
    facts: dict[str, Any] = found.facts()["series"][k]["nowcast"]
    return facts


def monthly(days: pd.Series, observed: int, name: str = "s") -> Panel:
    """The months of days, the last of them partial."""
    sums = days.groupby(days.index.asfreq("M")).sum()
    full = sums.index.days_in_month.to_numpy().astype(np.int32)
    full[-1] = observed
    return Panel(sums.to_numpy()[None, :], sums.index, (name,), unit="drones", observed_days=full)


def own_days(end: str = "2025-05-10", seed: int = 1) -> pd.Series:
    clock = pd.period_range("2023-01-01", end, freq="D")
    return pd.Series(np.random.default_rng(seed).negative_binomial(4, 0.05, len(clock)), clock)


def test_the_figures_are_those_of_the_days_and_of_the_nowcast() -> None:
    found, panel = told(made()), load("drones-launched")
    days = load("drones-launched-daily")["value"]
    assert (found["observed"], found["observed_days"], found["basis"]) == (2136, 7, "days")
    assert found["observed"] == days["2026-06-01":"2026-06-07"].sum()
    may, before = found["same_days"]
    assert (may["month"], may["value"]) == ("2026-05", days["2026-05-01":"2026-05-07"].sum())
    assert may["total"] == panel["drones"]["2026-05"]
    assert (before["month"], before["total"]) == ("2025-06", 5438)
    again = nowcast(days.to_frame(), JUNE, months=panel)
    low, high = again.conf_int()
    width = high - low
    for key, exact in (("point", again.point), ("lower", low), ("upper", high)):
        assert abs(found[key] - exact) <= width / 20
    chances = {each["type"]: each["chance"] for each in found["chances"]}
    finished = again.draws > panel["drones"].dropna().drop(JUNE).max()
    assert chances["record"] == pytest.approx(finished.mean(), abs=5e-4)
    assert chances["window"] == pytest.approx((again.draws > 8150).mean(), abs=5e-4)


@pytest.mark.parametrize("language", LANGUAGES)
def test_words_of_every_language(language: str) -> None:
    found = made(language)
    page, text = found.to_html(), found.to_markdown()
    for now in (told(found, 0), told(found, 1)):
        for sentence in now["sentences"]:
            assert sentence in page.replace("&#39;", "'")
        assert (
            NEVER.search(" ".join(now["sentences"] + [c["words"] for c in now["chances"]])) is None
        )
        assert all(re.search(r"\d+\s?%", c["said"]) for c in now["chances"])
    assert 'id="nowcast"' in page
    assert str(told(found)["observed"])[0] in text
    digits = re.sub(r"\D", "", told(found)["sentences"][0])
    assert digits.startswith("7700") or "7700" in digits
    assert found.headline == told(found)["sentences"][0]


def test_a_pace_never_comes_from_raw_numbers() -> None:
    """Nothing sets the partial total against a complete month."""
    facts = made().facts()
    assert [c for c in facts["claims"] if c["series"] == "drones"] == []
    sentences = told(made())["sentences"]
    assert sentences[0] == (
        "Drones launched: June 2026 is on pace for about 7,700 drones (90% interval 5,900 to "
        "10,800), after 2,136 drones in the first 7 of 30 days."
    )
    assert sentences[1] == (
        "In the first 7 days of May 2026 it was 2,128 (8,150 in the whole month)."
    )


def test_the_chart_has_the_whisker_and_says_so() -> None:
    found = made()
    marks = found.sections[0].marks
    assert marks.pace is not None
    assert (marks.pace.low, marks.pace.high) == (told(found)["lower"], told(found)["upper"])
    assert "A whisker over June 2026 marks what it is on pace for" in found.sections[0].alt
    assert "Hatched because not complete: June 2026." in found.sections[0].alt
    assert any("Whisker" in line for line in found.sections[0].legend)
    assert marks.title == "Drones launched: June 2026 is on pace for about 7,700 drones"


def test_a_complete_month_has_none_of_it() -> None:
    whole = report(load("drones-launched"), "2026-05")
    assert told(whole) is None
    assert whole.sections[0].marks.pace is None
    assert 'id="nowcast"' not in whole.to_html()
    assert "pace" not in whole.to_markdown().replace("change of pace", "").replace("its pace", "")


def test_months_alone_say_that_no_days_are_known() -> None:
    data = monthly(own_days(), 10)
    found = told(report(data, "2025-05"))
    assert (found["basis"], found["same_days"]) == ("months", [])
    assert "What the first days of earlier months brought is not known" in found["sentences"][-1]
    assert found["lower"] >= found["observed"]


def test_days_of_ones_own() -> None:
    days = own_days()
    data = monthly(days, 10)
    found = told(report(data, "2025-05", days={"s": days}))
    assert found["basis"] == "days"
    assert found["same_days"][0]["value"] == days["2025-04-01":"2025-04-10"].sum()
    with pytest.raises(BadOption, match="10 days that add up to"):
        report(data, "2025-05", days={"s": days + 1})
    with pytest.raises(BadOption, match="daily"):
        report(data, "2025-05", days={"s": pd.Series([1.0])})


def test_days_after_the_month_are_not_looked_at() -> None:
    days = own_days("2025-09-30")
    cut = days[:"2025-05-10"]
    data = monthly(cut, 10)
    later = pd.concat([cut, days["2025-06-01":] * 9])
    assert told(report(data, "2025-05", days={"s": later})) == told(
        report(data, "2025-05", days={"s": cut})
    )


@pytest.mark.parametrize(
    ("values", "word"), [([5, 9, 4, 7, 2], "too few"), ([6] * 30 + [1], "too few, or vary")]
)
def test_refusals(values: list[float], word: str) -> None:
    months = pd.period_range("2023-01", periods=len(values), freq="M")
    days = months.days_in_month.to_numpy().astype(np.int32)
    days[-1] = 5
    found = told(report(Panel([values], months, ("s",), observed_days=days), months[-1]))
    if found["basis"] is None:
        assert word in found["sentences"][1]
        assert found["point"] is None
        assert found["chances"] == []
    else:  # counts that never varied still have a distribution
        assert found["lower"] >= values[-1]


def test_what_does_not_add_up_has_no_pace() -> None:
    found = told(made(), 1)
    assert found["basis"] is None
    assert "no amount that adds up day by day" in found["sentences"][1]
    rate = load("drones-largest-night")
    assert told(report(rate, JUNE))["point"] is None


def test_a_stock_is_told_by_its_flow() -> None:
    data = load("area-controlled")
    found = told(report(data, data.months[-1]))
    assert found["observed"] == pytest.approx(data.flow().values[0, -1])
    assert report(data, data.months[-1]).sections[0].marks.pace is None


def test_a_month_that_is_over_is_not_on_pace() -> None:
    data = replace(monthly(own_days(), 10), as_of=date(2025, 8, 1))
    said = told(report(data, "2025-05"))["sentences"][0]
    assert "with the days that are not known" in said
    assert "pace" not in said


def test_facts_fit_the_schema() -> None:
    jsonschema = pytest.importorskip("jsonschema")
    schema = json.loads(schema_text())
    for language in LANGUAGES:
        jsonschema.Draft202012Validator(schema).validate(json.loads(made(language).to_json()))


def test_bundled_days_are_of_the_very_series() -> None:
    drones = load("drones-launched")
    days = days_of(drones)
    assert days is not None
    sums = days["value"].groupby(days.index.asfreq("M")).sum()
    np.testing.assert_array_equal(sums, drones["drones"])
    assert days_of(load("drones-launched-by-start")) is None
    assert days_of(load("territory-gain-afp")) is None
    values = drones.values.copy()
    values[0, 20] += 1  # somebody's corrected series
    assert days_of(replace(drones, values=values)) is None
    cut = days_of(drones.until("2026-03"))
    assert cut is not None
    assert str(cut.index[-1]) == "2026-03-31"
