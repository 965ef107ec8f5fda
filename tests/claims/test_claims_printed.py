"""What sentences print beside a claim: hedged figures, records beaten, months left out, parts."""

from __future__ import annotations

import dataclasses
from decimal import Decimal

import numpy as np
import pandas as pd
import pytest

import trends
from trends.claims import (
    Change,
    Mean,
    Multiple,
    Net,
    Pace,
    Rank,
    Record,
    Share,
    Since,
    Streak,
    Total,
    summed,
)
from trends.errors import BadOption, UnknownOption
from trends.models import fit_nowcast
from trends.panel import Anomaly, Panel

NAN = np.nan
YEAR = (5.0, 3, 8, 2, 9, 4, 6, 7, 1, 8, 2, 3)


def panel(*values: float, last: str = "2025-06", **options: object) -> Panel:
    months = pd.period_range(end=last, periods=len(values), freq="M")
    return Panel([values], months, ["x"], **options)


def about(claim_type: type, month: str = "2025-06", **options: object):
    return claim_type(series="x", month=month, **options)


# --- figures with a word before them ---------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "hedge", "outcome"),
    [
        (288, "more than", "true"),
        (288, "", "loose"),
        (290, "more than", "true"),
        (291, "more than", "false"),
        (300, "almost", "true"),
        (300, "less than", "true"),
        (280, "about", "true"),
        (200, "about", "false"),
        (Decimal("290.0"), "", "true"),
        (200, "more than", "true"),  # and says too little
    ],
)
def test_a_hedged_figure(value, hedge, outcome):
    verdict = about(Record, value=value, value_hedge=hedge).check(panel(*YEAR, 290.0))
    assert verdict.outcome == outcome
    little = (value, hedge) == (200, "more than")
    assert any("more than a tenth" in note for note in verdict.caveats) == little


def test_a_figure_keeps_its_digits_and_its_hedge():
    claim = about(Since, since="2025-01", value=Decimal("4.50"), value_hedge="almost")
    assert claim.sentence().startswith("X in June 2025: almost 4.50, the highest since")
    with pytest.raises(UnknownOption, match="roundabout"):
        about(Since, since="2025-01", value_hedge="roundabout")


def test_the_bare_claim_keeps_what_it_states():
    total = about(Total, first="2025-05", value=3, value_hedge="about")
    assert total.bare() == total
    record = about(Record, value=3, value_hedge="about", previous="2025-05", margin=1)
    assert record.bare() == about(Record)
    mean = about(Mean, per_day=4.5, value=135)
    assert mean.bare() == about(Mean, per_day=4.5)


# --- records ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("options", "outcome"),
    [
        ({"previous": "2024-10"}, "true"),
        ({"previous": "2025-01"}, "false"),
        ({"previous": "2023-01"}, "cannot say"),
        ({"previous_value": 9}, "true"),
        ({"previous_value": 12}, "false"),
        ({"margin": 11}, "true"),
        ({"margin": 12, "margin_hedge": "almost"}, "true"),
        ({"margin": 15}, "false"),
        ({"margin": 12, "margin_hedge": "more than"}, "false"),
        ({"of": "night", "day": "2025-06-09"}, "true"),
        ({"of": "night", "day": "2025-05-09"}, "false"),
        ({"of": "night", "previous_value": 12}, "cannot say"),  # of a night earlier in the month
        ({"of": "night", "previous_value": 7}, "false"),
        ({"of": "night", "margin": 5}, "cannot say"),
        ({"of": "night", "margin": 13}, "false"),
    ],
)
def test_the_record_before(options, outcome):
    values = panel(*YEAR, 20.0)
    verdict = about(Record, **options).check(values)
    assert verdict.outcome == outcome
    if outcome == "false":
        assert verdict.corrected.check(values).outcome == "true"


def test_records_of_nights_are_not_those_of_months():
    monthly = panel(*YEAR, 20.0, metric="drones_launched")
    nightly = panel(*YEAR, 20.0, metric="drones_largest_night")
    assert about(Record, of="night").check(monthly).outcome == "cannot say"
    assert about(Record, of="night").check(nightly).outcome == "true"
    assert [c.of for c in Record.propose(nightly, "2025-06")] == ["night"]
    assert about(Record, of="night").check(panel(3.0, 20)).outcome == "true"  # a month of nights
    sentence = about(Record, of="night", value=20, day="2025-06-09", margin=11).sentence()
    assert sentence == (
        "X in June 2025: 20, the highest of any night on record, on 9 June 2025, by 11."
    )
    with pytest.raises(UnknownOption, match="week"):
        about(Record, of="week")


@pytest.mark.parametrize(("length", "outcome"), [(1, "loose"), (2, "true"), (3, "false")])
def test_consecutive_records(length, outcome):
    values = panel(*YEAR, 4.0, 10, 11)
    verdict = about(Streak, length=length, kind="record").check(values)
    assert verdict.outcome == outcome
    assert "the highest before was 9" in verdict.reason
    short = panel(*YEAR, 10.0, 11)  # the tenth would have had to exceed eleven months
    assert about(Streak, length=2, kind="record").check(short).outcome == "true"
    assert about(Streak, length=3, kind="record").check(panel(*range(13, 27))).outcome == (
        "cannot say"
    )


# --- ranks ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("options", "outcome"),
    [
        ({"rank": 3}, "true"),
        ({"rank": 3, "ahead": ("2024-10", "2024-11")}, "true"),
        ({"rank": 3, "ahead": ("2024-10", "2024-12")}, "false"),
        ({"rank": 3, "ahead": ("2023-10", "2024-11")}, "cannot say"),
        ({"rank": 1, "excluding": (("2024-10", "2024-11"),)}, "true"),
        ({"rank": 2, "excluding": (("2024-10", "2024-10"),), "ahead": ("2024-11",)}, "true"),
        ({"rank": 2, "excluding": (("2024-10", "2024-10"),), "ahead": ("2024-10",)}, "false"),
        ({"rank": 1, "excluding": (("2025-06", "2025-06"),)}, "cannot say"),
        ({"rank": 5, "at_least": True}, "true"),
        ({"rank": 3, "at_least": True}, "true"),
        ({"rank": 2, "at_least": True}, "false"),
    ],
)
def test_ranks_as_they_are_said(options, outcome):
    values = panel(610.0, 725, 476, 430, 389, 240, 379, 507, 588)
    verdict = about(Rank, **options).check(values)
    assert verdict.outcome == outcome
    if verdict.corrected is not None:
        assert verdict.corrected.check(values).outcome == "true"


def test_ranks_in_words():
    claim = about(Rank, rank=3, at_least=True, excluding=(("2022-02", "2022-12"),))
    assert claim.sentence() == (
        "X in June 2025: among the 3 highest months, February 2022 to December 2022 left out."
    )


# --- since a season ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("values", "words", "outcome"),
    [
        ((9.0, 1, 1), "summer", "true"),  # June 2024 is of that summer
        ((9.0, 1, 1), "", "loose"),
        ((1.0, 1, 9), "summer", "true"),
        ((1.0, 1, 1), "summer", "loose"),
    ],
)
def test_since_a_season_is_since_any_month_of_it(values, words, outcome):
    data = panel(*values, *[2.0] * 9, 5.0)  # from June 2024 on
    claim = about(Since, since="2024-08", words_since=words)
    assert claim.check(data).outcome == outcome


# --- differences and points -------------------------------------------------------------------


@pytest.mark.parametrize(
    ("options", "outcome"),
    [
        ({"absolute": 700, "hedge": "almost"}, "true"),
        ({"absolute": 684}, "true"),
        ({"absolute": -684}, "false"),
        ({"absolute": 900}, "false"),
        ({"absolute": 684, "percent": 51}, "true"),
        ({"absolute": 684, "percent": 81}, "false"),
        ({"absolute": 400, "percent": 51}, "false"),
    ],
)
def test_differences(options, outcome):
    values = panel(1339.0, 2023)
    verdict = about(Change, base="2025-05", **options).check(values)
    assert verdict.outcome == outcome
    if verdict.corrected is not None:
        assert verdict.corrected.check(values).outcome == "true"


def test_percentage_points():
    shares = panel(80.0, 84.5, unit="percent", kind="rate")
    points = about(Change, base="2025-05", percent=4.5, points=True)
    assert points.check(shares).outcome == "true"
    assert "up 4.5 percentage points on May 2025" in points.sentence()
    assert dataclasses.replace(points, percent=9).check(shares).outcome == "false"
    assert dataclasses.replace(points, percent=-4.5).check(shares).outcome == "false"
    assert points.check(panel(80.0, 84.5)).outcome == "cannot say"
    absolute = about(Change, base="2025-05", absolute=4.5, unit="drones")
    assert absolute.check(shares).outcome == "true"
    assert "up 4.5 drones on May 2025" in absolute.sentence()


def test_a_difference_by_day():
    claim = about(Change, "2025-03", base="2025-02", absolute=-5, per="day")
    assert claim.check(panel(2800.0, 2945, last="2025-03")).outcome == "true"


def test_changes_that_make_no_claim():
    with pytest.raises(BadOption, match="percent"):
        about(Change, base="2025-05")
    with pytest.raises(BadOption, match="points"):
        about(Change, base="2025-05", absolute=3, points=True)


# --- nets, shares, paces ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("gained", "lost", "value", "outcome"),
    [
        (713, 79, 634, "true"),
        (713, 79, None, "true"),
        (713, 78, 634, "true"),  # within the digits printed
        (713, 60, 634, "loose"),
        (713, 179, 634, "false"),
        (713, None, 634, "true"),
        (None, 79, None, "cannot say"),
        (713, 79, 500, "false"),
    ],
)
def test_nets(gained, lost, value, outcome):
    verdict = about(Net, gained=gained, lost=lost, value=value).check(panel(588.0, 634))
    assert verdict.outcome == outcome
    assert about(Net, gained=gained, lost=lost, value=value).sentence().endswith(".")


def test_nets_against_their_parts():
    months = pd.period_range(end="2025-06", periods=2, freq="M")
    rows = [[588.0, 634], [600, 713], [12, 79]]
    parts = Panel(rows, months, ["x", "gained", "lost"], unit="km2")
    assert about(Net, gained=713, lost=79, value=634).check(parts).outcome == "true"
    verdict = about(Net, gained=800, lost=166, value=634).check(parts)
    assert verdict.outcome == "false"
    assert (verdict.corrected.gained, verdict.corrected.lost) == (713.0, 79.0)
    with pytest.raises(BadOption, match="value"):
        about(Net)


@pytest.mark.parametrize(
    ("percent", "hedge", "outcome"),
    [(80, "", "true"), (81, "", "loose"), (90, "", "false"), (79, "more than", "true"),
     (80.5, "almost", "true")],
)  # fmt: skip
def test_shares(percent, hedge, outcome):
    months = pd.period_range(end="2025-06", periods=2, freq="M")
    both = Panel([[30.0, 80], [50, 100]], months, ["x", "launched"])
    claim = about(Share, of="launched", percent=percent, hedge=hedge)
    verdict = claim.check(both)
    assert verdict.outcome == outcome
    if verdict.corrected is not None:
        assert verdict.corrected.check(both).outcome == "true"
    assert claim.check(both.select("x")).outcome == "cannot say"
    none = Panel([[30.0, 80], [50, 0]], months, ["x", "launched"])
    assert claim.check(none).outcome == "cannot say"
    with pytest.raises(BadOption, match="of"):
        about(Share, of="", percent=3)


# the nowcast of June 2026 from the months alone: 8,880 (90% interval 6,096 to 13,035)
@pytest.mark.parametrize(
    ("options", "outcome"),
    [
        ({"value": 9154}, "true"),
        ({"value": 8000}, "true"),
        ({"value": 20_000}, "false"),
        ({"value": 5000}, "false"),
        ({"value": 13_000, "value_hedge": "about"}, "true"),
        ({"value": 8500, "value_hedge": "more than"}, "true"),
        ({"value": 9000, "value_hedge": "more than"}, "loose"),
        ({"value": 15_000, "value_hedge": "more than"}, "false"),
        ({"value": 9000, "value_hedge": "less than"}, "true"),
        ({"value": 5000, "value_hedge": "less than"}, "false"),
        ({"base": "2026-05"}, "true"),
        ({"base": "2026-05", "op": "below"}, "loose"),
        ({"base": "2025-01", "op": "below"}, "false"),
        ({"value": 20_000, "base": "2026-05"}, "false"),
    ],
)
def test_paces(options, outcome):
    drones = trends.load("drones-launched")
    claim = Pace(series="drones", month="2026-06", **options)
    verdict = claim.check(drones)
    assert verdict.outcome == outcome
    assert "2,136 drones on 7 of the 30 days" in verdict.reason
    assert "90% interval is 6,096 to 13,035 drones" in verdict.caveats[0]
    assert (verdict.corrected is None) == (outcome == "true")
    if verdict.corrected is not None:
        assert verdict.corrected.check(drones).outcome == "true"
    assert "on pace" in claim.sentence()
    for language in ("en", "fr", "uk"):
        said = str(claim.check(drones, language=language))
        assert " will " not in said
        assert "{" not in said


def test_a_pace_is_judged_by_the_nowcast():
    drones = trends.load("drones-launched")
    found = fit_nowcast(drones, "2026-06")
    low, high = found.conf_int()
    for value, outcome in ((low, "true"), (high, "true"), (low - 1, "false"), (high + 1, "false")):
        assert Pace(series="drones", month="2026-06", value=value).check(drones).outcome == outcome
    verdict = Pace(series="drones", month="2026-06", base="2026-05").check(drones)
    assert f"is {found.chance(above=8150):.0%}." in verdict.reason
    # one series of several, and months after it, change nothing
    both = Panel(
        np.vstack([drones.values[0], np.arange(drones.n_time)]), drones.months,
        ["drones", "other"], unit="drones", observed_days=drones.observed_days,
    )  # fmt: skip
    again = Pace(series="drones", month="2026-06", base="2026-05").check(both)
    assert (again.outcome, again.reason) == (verdict.outcome, verdict.reason)


def test_chances_that_the_draws_cannot_tell_are_neither_0_nor_100():
    drones = trends.load("drones-launched")
    far = Pace(series="drones", month="2026-06", base="2023-01").check(drones)
    assert "is over 99%" in far.reason
    none = Pace(series="drones", month="2026-06", base="2023-01", op="below").check(drones)
    assert "is below 1%" in none.reason
    assert none.outcome == "false"


def test_no_pace_from_too_few_months_or_months_that_do_not_vary():
    months = pd.period_range(end="2025-06", periods=31, freq="M")
    days = np.array([*months[:-1].days_in_month, 7])
    even = Panel([0.5 * days], months, ["x"], unit="km2", observed_days=days)
    short = Panel([[*YEAR[:11], 2.0]], months[-12:], ["x"], observed_days=days[-12:])
    for data, scaled in ((even, "15"), (short, "9")):
        for options in ({"value": 9}, {"base": "2025-05"}):
            verdict = about(Pace, **options).check(data)
            assert verdict.outcome == "cannot say"
            assert f"scaled up by days alone, give {scaled}" in verdict.reason
            assert "this has no interval" in verdict.caveats[0]
            assert verdict.corrected is None


def test_no_pace_of_a_month_that_is_over_of_a_level_or_across_a_break():
    assert about(Pace, value=3).check(panel(1.0, 2)).outcome == "cannot say"
    days = {"observed_days": [31, 7]}
    assert about(Pace, value=3).check(panel(1.0, 2, kind="stock", **days)).outcome == "cannot say"
    month = pd.Period("2025-06", "M")
    cut = Anomaly(month, month, "method break", "Other areas count.")
    broken = panel(1.0, 2, anomalies=(cut,), **days)
    assert about(Pace, base="2025-05").check(broken).outcome == "cannot say"
    drones = trends.load("drones-launched")
    for base, said in (("2022-09", "3 of 30 days"), ("2020-01", "do not reach")):
        verdict = Pace(series="drones", month="2026-06", base=base).check(drones)
        assert verdict.outcome == "cannot say"
        assert said in verdict.reason
    with pytest.raises(BadOption, match="value"):
        about(Pace)
    with pytest.raises(UnknownOption, match="beyond"):
        about(Pace, value=3, op="beyond")


# --- series added up --------------------------------------------------------------------------


def test_drones_and_missiles_together():
    given = {name: trends.load(f"{name}-launched") for name in ("drones", "missiles")}
    both = summed(given)
    assert both.metric == "drones_launched+missiles_launched"
    change = Change(series="drones+missiles", month="2025-09", base="2025-08", percent=36)
    assert change.check(both).outcome == "true"
    assert "drones and missiles" in change.check(both).reason
    assert both.status("2026-06") == "partial"
    parts = summed(given, parts=True)
    share = Share(series="missiles", month="2025-09", of="drones+missiles", percent=3.2)
    assert share.check(parts).outcome == "true"
    double = Multiple(series="drones", month="2025-06", base="2025-02", multiple=2)
    assert double.check(parts).outcome == double.check(given["drones"]).outcome


def test_a_sum_is_unknown_where_a_part_is():
    both = summed({"a": panel(1.0, NAN, 3), "b": panel(1.0, 2, 3)})
    assert both.values[0, [0, 2]].tolist() == [2, 6]
    assert both.status("2025-05") == "gap"
    parts = summed({"a": panel(1.0, NAN, 3), "b": panel(1.0, 2, 3)}, parts=True)
    assert parts["b"]["2025-05"] == 2


def test_what_does_not_add_up():
    with pytest.raises(BadOption, match="two or more"):
        summed({"a": panel(1.0, 2)})
    with pytest.raises(BadOption, match="rate"):
        summed({"a": panel(1.0, 2), "b": panel(1.0, 2, kind="rate")})
    with pytest.raises(BadOption, match="stock"):
        summed({"a": panel(1.0, 2), "b": panel(1.0, 2, kind="stock")})
