"""What can be said by a month's end: chances that agree with the checks of the claims."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from trends import load
from trends.claims import Rank, Record, Streak
from trends.errors import BadOption, TrendsError
from trends.models.nowcasts import fit_nowcast
from trends.panel import Anomaly, Panel
from trends.prospects import Nowcast, nowcast
from trends.vintages import Store, revisions


def daily(n: int = 560, seed: int = 1) -> pd.Series[float]:
    """Counts that rise slowly and end on 10 June 2025."""
    days = pd.period_range(end="2025-06-10", periods=n, freq="D")
    mean = np.exp(3 + 0.001 * np.arange(n))
    counts = np.random.default_rng(seed).negative_binomial(3, 3 / (3 + mean))
    return pd.Series(counts.astype(float), days, name="drones")


def monthly(n: int = 30, **about) -> Panel:
    months = pd.period_range(end="2025-06", periods=n, freq="M")
    values = np.random.default_rng(2).poisson(3000, n).astype(float)
    values[-1] = 900
    days = np.append(months.days_in_month[:-1], 9)
    return Panel([values], months, ["drones"], observed_days=days, unit="drones", **about)


def agree(found: Nowcast) -> None:
    """Each chance is what the check of the claim says, up to the draws that it is shown."""
    assert found.prospects
    for each in found.prospects:
        assert each.chance == pytest.approx(found.chance(each.claim), abs=0.0051), each.words
        assert each.or_more >= each.chance


@pytest.mark.parametrize(
    "found",
    [
        nowcast(daily(), "2025-06"),
        nowcast(monthly(), "2025-06"),
        nowcast(daily(), "2025-06", months=monthly()),
        nowcast(daily() - 20.5, "2025-06"),
    ],
    ids=["days", "months", "both", "amounts"],
)
def test_chances_are_those_of_the_claims(found: Nowcast) -> None:
    agree(found)
    types = {each.claim.type for each in found.prospects}
    assert {"record", "window"} <= types


def test_chances_are_shares_of_draws_by_plain_pandas() -> None:
    found = nowcast(daily(), "2025-06")
    totals = daily().groupby(daily().index.asfreq("M")).sum()["2024-01":"2025-05"]
    draws = found.draws
    by_words = found.frame().set_index("words")["chance"]
    record = by_words["the highest month on record"]
    assert record == pytest.approx(np.mean(draws > totals.max()))
    assert by_words["a total above May 2025"] == np.mean(draws > totals.iloc[-1])
    for each in found.prospects:
        if each.claim.type == "since" and each.claim.direction == "high":
            since = each.claim.since
            between = totals[since + 1 :].max()
            assert each.or_more == np.mean(draws > between)
            assert each.chance == np.mean((draws > between) & (draws <= totals[since]))


def test_a_streak_is_continued_or_not() -> None:
    panel = monthly()
    values = panel.values.copy()
    values[0, -4:-1] = [2900, 3000, 3100]
    values[0, -5] = 5000
    found = nowcast(
        Panel(values, panel.months, ["x"], observed_days=panel.observed_days), "2025-06"
    )
    words = {each.words: each for each in found.prospects}
    rise = words["the third consecutive monthly rise"]
    assert rise.claim == Streak(series="x", month="2025-06", length=3)
    assert rise.chance == words["a total above May 2025"].chance
    assert rise.chance + words["a total below May 2025"].chance == pytest.approx(1, abs=0.01)
    agree(found)


def test_nothing_is_compared_across_a_method_break() -> None:
    note = Anomaly("2024-01", "2024-01", "method break", "Another rule.", "test")
    panel = monthly(60, anomalies=(note,))
    found = nowcast(panel, "2025-06")
    agree(found)
    record = next(each for each in found.prospects if each.claim.type == "record")
    inside = panel["drones"]["2024-01":"2025-05"]
    assert record.chance == np.mean(found.draws > inside.max())
    assert not any(
        each.claim.since < pd.Period("2024-01", "M")
        for each in found.prospects
        if each.claim.type == "since"
    )


def test_a_gap_just_before_leaves_the_step_unsaid() -> None:
    panel = monthly()
    values, days = panel.values.copy(), panel.observed_days.copy()
    values[0, -2], days[-2] = np.nan, 0
    found = nowcast(Panel(values, panel.months, ["x"], observed_days=days), "2025-06")
    assert not {"window", "streak"} & {each.claim.type for each in found.prospects}
    agree(found)


def test_too_few_months_for_a_record() -> None:
    found = nowcast(daily(200), "2025-06")
    assert not any(each.claim.type == "record" for each in found.prospects)
    agree(found)


def test_other_claims_have_a_chance_too() -> None:
    found = nowcast(daily(), "2025-06")
    first = Rank(series="drones", month="2025-06", rank=1, start="2025-01", end="2025-12")
    best = daily()["2025-01":"2025-05"].groupby(lambda day: day.asfreq("M")).sum().max()
    assert found.chance(first) == pytest.approx(np.mean(found.draws > best), abs=0.006)
    with pytest.raises(BadOption, match="month of the nowcast"):
        found.chance(Record(series="drones", month="2025-05"))


def test_it_is_the_fit_and_says_so() -> None:
    found = nowcast(daily(), "2025-06", level=0.8)
    fit = fit_nowcast(daily(), "2025-06", level=0.8)
    np.testing.assert_array_equal(found.draws, fit.draws)
    assert found.point == fit.point
    assert found.conf_int() == fit.conf_int()
    text = str(found)
    assert text.startswith(fit.summary())
    assert "will" not in text
    assert "Chance of the highest month on record" in text
    assert list(found.frame().columns) == ["type", "words", "chance", "or_more"]
    assert found.panel.status("2025-06") == "partial"


def test_no_past_that_varies_has_no_prospects() -> None:
    found = nowcast(daily() * 0 - 2.5, "2025-06")
    assert found.prospects == ()
    assert "insufficient" in str(found)
    assert np.isnan(found.chance(Record(series="drones", month="2025-06")))


def test_nothing_later_is_compared() -> None:
    panel = monthly()
    months = pd.period_range(panel.months[0], periods=33, freq="M")
    longer = Panel([[*panel.values[0], 9e4, 9e4, 9e4]], months, ["drones"], unit="drones")
    found = nowcast(daily(), "2025-06", months=longer)
    again = nowcast(daily(), "2025-06", months=panel)
    pd.testing.assert_frame_equal(found.frame(), again.frame())


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"months": monthly().window("2023-06", "2025-04")}, "2025-05"),
        ({"months": pd.DataFrame({"a": [1.0, 2], "b": 1.0}, ["2025-04", "2025-05"])}, "2 series"),
        ({"as_of": "tomorrow"}, "tomorrow"),
        ({"level": 0}, "level"),
        ({"month": "June"}, "does not name a month"),
    ],
)
def test_what_is_refused(options, words) -> None:
    with pytest.raises(TrendsError, match=words):
        nowcast(daily(), **{"month": "2025-06", **options})


def test_revisions_of_a_store_are_to_come(tmp_path: Path) -> None:
    months = pd.period_range("2025-01", periods=4, freq="M")
    values = np.array([700.0, 800, 900, 1000])
    with Store.open(tmp_path / "store.sqlite") as store:
        for k in range(1, 5):
            known = values[:k] * np.where(np.arange(k) == k - 1, 1.0, 1.25)
            panel = Panel([known], months[:k], ["drones"], definition="All.")
            store.add(panel, as_of=(months[k - 1] + 1).start_time.date() + dt.timedelta(days=3))
        moved = revisions("drones", store=store)
    plain = nowcast(daily(), "2025-06")
    found = nowcast(daily(), "2025-06", revisions=moved)
    np.testing.assert_array_equal(found.draws, np.round(plain.draws * 1.25))
    early = nowcast(daily(), "2025-06", revisions=moved, as_of="2025-06-10")
    np.testing.assert_array_equal(early.draws, found.draws)
    with pytest.raises(BadOption, match="revisions"):
        nowcast(daily(), "2025-02", revisions=moved, as_of="2025-02-10")


def test_the_last_bundled_month_from_months_alone() -> None:
    found = nowcast(load("drones-launched"), "2026-06")
    agree(found)
    record = next(each for each in found.prospects if each.claim.type == "record")
    assert 0.2 < record.chance < 0.9


def test_october_2024_as_it_was_known_on_the_27th(shared: Path) -> None:
    """The month ended at 554 km2 in this source: the highest since June 2022."""
    file = "economist_isw_area/area_assessed_as_controlled_by_russia.csv"
    frame = pd.read_csv(shared / "data" / "raw" / file, parse_dates=["date"])
    frame = frame.drop_duplicates("date").set_index("date")
    stock = frame["area_assessed_as_russia_controlled"].loc["2022-02-28":] / 1e6
    found = nowcast(stock.rename("km2"), "2024-10", kind="stock", as_of="2024-10-27")
    low, high = found.conf_int()
    assert found.fit.observed == pytest.approx(446.5, abs=0.1)
    assert low < 554 < high < 650
    since = {e.words: e for e in found.prospects}["the highest since June 2022"]
    assert since.chance > 0.9
    early = nowcast(stock.rename("km2"), "2024-10", kind="stock", as_of="2024-10-14")
    chance = {e.words: e for e in early.prospects}["the highest since June 2022"].or_more
    assert 0.2 < chance < 0.5
