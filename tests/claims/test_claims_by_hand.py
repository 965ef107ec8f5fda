"""Each claim type on rows short enough to check by eye."""

from __future__ import annotations

from decimal import Decimal

import numpy as np
import pandas as pd
import pytest

from trends.claims import Change, Multiple, Rank, Record, Since, Streak
from trends.errors import BadOption, UnknownMonth, UnknownOption
from trends.panel import Anomaly, Panel

NAN = np.nan


def rows(*values: float, last: str = "2025-06") -> pd.Series:
    return pd.Series(values, pd.period_range(end=last, periods=len(values), freq="M"), name="x")


def panel(*values: float, last: str = "2025-06", **options: object) -> Panel:
    series = rows(*values, last=last)
    return Panel([series.to_numpy()], series.index, ["x"], **options)


def about(claim_type: type, month: str = "2025-06", **options: object):
    return claim_type(series="x", month=month, **options)


# --- record ---------------------------------------------------------------------------------

YEAR = (5.0, 3, 8, 2, 9, 4, 6, 7, 1, 8, 2, 3)


@pytest.mark.parametrize(
    ("values", "direction", "outcome"),
    [
        ((*YEAR, 10.0), "high", "true"),
        ((*YEAR, 0.5), "low", "true"),
        ((*YEAR, -4.0), "low", "true"),
        ((*YEAR, 9.0), "high", "loose"),  # a tie does not set a record
        ((*YEAR, 8.9), "high", "false"),
        ((*YEAR[1:], 10.0), "high", "cannot say"),  # eleven earlier months
        ((*YEAR[1:], 8.9), "high", "false"),  # which suffice to see that it is none
        ((*YEAR[:5], NAN, *YEAR[6:], 10.0), "high", "cannot say"),
        ((4.0, *YEAR[:5], NAN, *YEAR[6:], 10.0), "high", "true"),
    ],
)
def test_records(values, direction, outcome):
    assert about(Record, direction=direction).check(rows(*values)).outcome == outcome


def test_a_record_is_proposed_after_twelve_months():
    assert len(Record.propose(panel(*YEAR, 10.0), "2025-06")) == 1
    assert Record.propose(panel(*YEAR[1:], 10.0), "2025-06") == []


def test_a_record_names_the_one_before_and_the_gaps():
    verdict = about(Record).check(rows(4.0, *YEAR[:5], NAN, *YEAR[6:], 10.0))
    assert "the highest was 9 in October 2024" in verdict.reason
    assert any("1 of the 14 months" in note for note in verdict.caveats)


def test_the_true_record_is_said_where_it_is_one():
    verdict = about(Record).check(rows(*YEAR, 20.0, 11.0))
    right = about(Record, month="2025-05", value=20.0, start="2024-05", subject="x")
    assert verdict.corrected == right
    # the nine, of which only four months were before, was no record
    assert about(Record).check(rows(*YEAR, 8.0)).corrected is None


def test_a_span_that_begins_before_the_data_is_said():
    verdict = about(Record, start="2022-02").check(rows(*YEAR, 10.0))
    assert verdict.outcome == "true"
    assert any("begin in June 2024" in note for note in verdict.caveats)


# --- since ----------------------------------------------------------------------------------

KM2 = (610.0, 725, 476, 430, 389, 240, 379, 507, 588)


@pytest.mark.parametrize(
    ("values", "since", "outcome"),
    [
        (KM2, "2024-11", "true"),
        (KM2, "2025-01", "loose"),  # January was lower too
        (KM2, "2024-10", "false"),  # November was higher
        (KM2, "2024-09", "false"),  # November decides, whatever September was
        (KM2[2:], "2024-11", "cannot say"),  # before the data
        ((610.0, 725, 476, NAN, 389, 240, 379, 507, 588), "2024-11", "cannot say"),
        ((610.0, 725, 476, 430, 389, 240, 588, 507, 588), "2024-11", "false"),  # a tie in April
        ((610.0, 725, 476, 430, 389, 240, 588, 507, 588), "2025-04", "true"),
        (KM2, "2025-06", "false"),
        (KM2, "2025-07", "false"),
    ],
)
def test_since(values, since, outcome):
    assert about(Since, since=since).check(rows(*values)).outcome == outcome


def test_since_says_what_is_true_instead():
    for since in ("2025-01", "2024-10"):
        corrected = about(Since, since=since).check(rows(*KM2)).corrected
        assert str(corrected.since) == "2024-11"
        assert corrected.since_value == 725.0


def test_since_says_a_tie():
    verdict = about(Since, since="2025-03").check(rows(588.0, 1, 2, 588))
    assert verdict.outcome == "true"
    assert verdict.caveats == ("March 2025 had exactly the same value.",)


def test_the_value_of_the_other_month_is_checked():
    wrong = about(Since, since="2024-11", value=588, since_value=900)
    verdict = wrong.check(rows(*KM2))
    assert verdict.outcome == "false"
    assert "725 in November 2024, not 900" in verdict.reason
    assert verdict.corrected.since_value == 725.0


def test_a_month_left_out_is_unknown():
    month = pd.Period("2024-11", "M")
    outage = Anomaly(month, month, "double count", "Counted twice.", "", ("records",))
    data = panel(*KM2, anomalies=(outage,))
    assert about(Since, since="2024-11").check(data).outcome == "cannot say"
    assert about(Since, since="2025-01").check(data).outcome == "loose"
    assert Since.propose(data, "2025-06") == []


# --- rank -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("rank", "options", "outcome"),
    [
        (3, {}, "true"),
        (2, {}, "false"),
        (1, {"start": "2024-12"}, "true"),
        (3, {"start": "2020-01"}, "true"),
        (7, {"direction": "low"}, "true"),
        (2, {"start": "2024-11", "end": "2025-06"}, "true"),
        (1, {"start": "2025-07"}, "cannot say"),
        (1, {"end": "2025-05"}, "cannot say"),
    ],
)
def test_ranks(rank, options, outcome):
    assert about(Rank, rank=rank, **options).check(rows(*KM2)).outcome == outcome


def test_months_that_tie_share_a_place():
    verdict = about(Rank, rank=2).check(rows(725.0, 588, 100, 588))
    assert verdict.outcome == "true"
    assert "April 2025 had exactly the same value." in verdict.caveats


def test_a_rank_in_a_span_that_goes_on():
    longer = rows(*KM2, 700.0, last="2025-07")
    assert about(Rank, rank=3).check(longer).outcome == "true"
    assert about(Rank, rank=4, end="2025-07").check(longer).outcome == "true"


def test_a_rank_across_a_break_is_at_best_unknown():
    month = pd.Period("2025-04", "M")
    data = panel(*KM2, anomalies=(Anomaly(month, month, "method break", "Other areas count."),))
    assert about(Rank, rank=1).check(data).outcome == "cannot say"
    assert about(Rank, rank=1, start="2025-04").check(data).outcome == "true"
    assert about(Rank, month="2025-05", rank=1).check(data).outcome == "cannot say"
    assert about(Rank, month="2025-05", rank=1, direction="low").check(data).outcome == "false"


# --- streak ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("values", "length", "kind", "outcome"),
    [
        ((389.0, 240, 379, 507, 588), 3, "acceleration", "true"),
        ((389.0, 240, 379, 507, 588), 2, "acceleration", "loose"),
        ((389.0, 240, 379, 507, 588), 4, "acceleration", "false"),
        ((240.0, 379, 507, 588), 3, "acceleration", "true"),
        ((240.0, 379, 507, 588), 4, "acceleration", "cannot say"),  # what was before is unknown
        ((NAN, 240, 379, 507, 588), 4, "acceleration", "cannot say"),
        ((100.0, NAN, 379, 507, 588), 3, "acceleration", "cannot say"),
        ((240.0, 379, 379, 507, 588), 3, "acceleration", "false"),  # a tie ends it
        ((240.0, 379, 379, 507, 588), 2, "acceleration", "true"),
        ((725.0, 476, 430, 389, 240), 4, "slowing", "true"),
        ((725.0, 476, 430, 389, 240), 4, "rise", "false"),
        ((9.0, -30, -20, -10), 2, "acceleration", "loose"),  # it shrinks less and less
        ((9.0, -30, -20, -10), 2, "rise", "true"),
        ((5.0, 5, 5), 1, "rise", "false"),
    ],
)
def test_streaks(values, length, kind, outcome):
    claim = about(Streak, length=length, kind=kind)
    assert claim.check(rows(*values)).outcome == outcome


def test_the_acceleration_of_a_stock_is_that_of_its_flow():
    stock = panel(1000.0, 1010, 1030, 1060, kind="stock", quantity="area held", unit="km2")
    claim = about(Streak, length=2, kind="acceleration")
    assert claim.check(stock).outcome == "true"
    assert claim.check(stock.flow()).outcome == "true"
    assert about(Streak, length=3, kind="rise").check(stock).outcome == "true"
    assert [c.kind for c in Streak.propose(stock, "2025-06")] == ["rise"]
    assert [c.kind for c in Streak.propose(stock.flow(), "2025-06")] == ["acceleration"]


def test_a_streak_turned_round():
    verdict = about(Streak, length=3, kind="acceleration").check(rows(500.0, 400, 300, 200))
    assert (verdict.corrected.kind, verdict.corrected.length) == ("slowing", 3)
    assert about(Streak, length=1).check(rows(4.0, 5, 5)).corrected is None


def test_a_printed_chain_is_checked():
    values = rows(389.0, 240, 379, 507, 588)
    right = about(Streak, length=3, value=588, chain=(240, 379, 507, 588))
    wrong = about(Streak, length=3, value=588, chain=(240, 379, 570, 588))
    assert right.check(values).outcome == "true"
    assert wrong.check(values).outcome == "false"
    assert wrong.check(values).corrected.chain == (240, 379, 507, 588)


@pytest.mark.parametrize("before", [4.0, NAN])
def test_a_month_that_streaks_leave_out(before):
    month = pd.Period("2025-06", "M")
    out = Anomaly(month, month, "ceasefire", "Nothing was launched.", "", ("streaks",))
    verdict = about(Streak, length=1).check(panel(3.0, before, 5.0, anomalies=(out,)))
    assert verdict.outcome == "cannot say"
    assert "left out of streaks" in verdict.reason


# --- change and multiple ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("percent", "options", "outcome"),
    [
        (37, {}, "true"),
        (36.8, {}, "true"),
        (Decimal("37.0"), {}, "loose"),
        (41.4, {"per": "day"}, "true"),
        (41.4, {}, "false"),
        (40, {"hedge": "almost"}, "true"),
        (35, {"hedge": "more than"}, "true"),
        (30, {"hedge": "more than"}, "true"),
        (40, {"hedge": "more than"}, "false"),
        (-37, {}, "false"),
        (37, {"value": 5400}, "loose"),
        (37, {"base_value": 3974}, "true"),
        (37, {"base_value": 3000}, "false"),
    ],
)
def test_changes(percent, options, outcome):
    claim = about(Change, base="2025-05", percent=percent, **options)
    assert claim.check(rows(3974.0, 5438)).outcome == outcome


def test_a_number_true_but_far_is_said():
    claim = about(Change, base="2025-05", percent=30, hedge="more than")
    assert "more than a tenth" in claim.check(rows(3974.0, 5438)).caveats[0]


@pytest.mark.parametrize("base", [0.0, -5.0])
def test_no_percentage_and_no_multiple_of_a_base_that_is_not_positive(base):
    for claim in (
        about(Change, base="2025-05", percent=10),
        about(Multiple, base="2025-05", multiple=2),
    ):
        verdict = claim.check(rows(base, 8.0))
        assert verdict.outcome == "cannot say"
        assert "positive" in verdict.reason
    assert Change.propose(panel(base, 8.0), "2025-06") == []
    assert Multiple.propose(panel(base, 8.0), "2025-06") == []


def test_the_length_of_the_months_turns_the_sign():
    """100 a day in February and 95 in March: up by month, down by day."""
    data = rows(2800.0, 2945, last="2025-03")
    verdict = about(Change, "2025-03", base="2025-02", percent=5.2).check(data)
    assert verdict.outcome == "true"
    assert "\N{MINUS SIGN}5.0% per day" in verdict.reason
    assert any("turns the sign" in note for note in verdict.caveats)
    daily = about(Change, "2025-03", base="2025-02", percent=-5, per="day").check(data)
    assert daily.outcome == "true"


def test_shares_change_by_percentage_points():
    data = panel(80.0, 84.0, unit="%", kind="rate")
    verdict = about(Change, base="2025-05", percent=5).check(data)
    assert verdict.outcome == "cannot say"
    assert "percentage points" in verdict.reason
    assert Change.propose(data, "2025-06") == []


def test_no_change():
    verdict = about(Change, base="2025-05", percent=7).check(rows(50.0, 50))
    assert verdict.outcome == "false"
    assert verdict.corrected.sentence() == (
        "X in June 2025: 50, changed by 0.0% on May 2025 (50), +3.3% per day."
    )


@pytest.mark.parametrize(
    ("multiple", "hedge", "outcome"),
    [
        (2, "", "true"),
        (1.94, "", "true"),
        (Decimal("2.0"), "", "loose"),
        (2, "almost", "true"),
        (2, "more than", "false"),
        (3, "", "false"),
        (0.5, "", "false"),
    ],
)
def test_multiples(multiple, hedge, outcome):
    claim = about(Multiple, base="2025-05", multiple=multiple, hedge=hedge)
    assert claim.check(rows(124.0, 240)).outcome == outcome


def test_a_large_multiple_is_written_out():
    (claim,) = Multiple.propose(panel(2.0, 5438), "2025-06")
    assert "2,719 times" in claim.sentence()
    assert "2,719 times" in claim.check(rows(2.0, 5438)).reason


# --- what cannot be claimed -------------------------------------------------------------------


def test_options_that_make_no_claim():
    with pytest.raises(BadOption, match="rank"):
        about(Rank, rank=0)
    with pytest.raises(BadOption, match="length"):
        about(Streak, length=0)
    with pytest.raises(BadOption, match="multiple"):
        about(Multiple, base="2025-05", multiple=0)
    with pytest.raises(UnknownOption, match="quickening"):
        about(Streak, length=1, kind="quickening")
    with pytest.raises(UnknownOption, match="week"):
        about(Change, base="2025-05", percent=1, per="week")
    with pytest.raises(UnknownMonth, match=r"Record\.month"):
        about(Record, month="June")
    with pytest.raises(UnknownMonth, match=r"Since\.since"):
        about(Since, since="2024-13")
