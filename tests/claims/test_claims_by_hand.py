"""Each claim type on rows short enough to check by eye."""

from __future__ import annotations

import html
from decimal import Decimal

import numpy as np
import pandas as pd
import pytest

from trends.claims import (
    Change,
    Mean,
    Multiple,
    Pace,
    Rank,
    Record,
    Sign,
    Since,
    Streak,
    Threshold,
    Total,
    Window,
)
from trends.claims._rows import comparable_rows, latest
from trends.claims.changes import _rarity
from trends.claims.paces import _rounded
from trends.claims.thresholds import _round_number
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


# --- what seldom happens --------------------------------------------------------------------


def test_a_record_over_a_method_break_that_it_was_said_to_span():
    month = pd.Period("2024-03", "M")
    cut = Anomaly(month, month, "method break", "Other areas count.")
    data = panel(*YEAR, *YEAR, 10.0, anomalies=(cut,))
    verdict = about(Record, start="2023-06").check(data)
    assert (verdict.outcome, verdict.caveats) == ("cannot say", ())
    assert "March 2024" in verdict.reason
    assert about(Record, start="2024-03").check(data).outcome == "true"


@pytest.mark.parametrize(("absolute", "outcome"), [(5, "true"), (7, "false")])
def test_points_and_a_difference_are_both_held_to_the_data(absolute, outcome):
    change = about(Change, base="2025-05", percent=5, absolute=absolute, points=True)
    assert change.check(panel(20.0, 25.0, unit="%", kind="stock")).outcome == outcome


@pytest.mark.parametrize(
    ("type_", "wrong", "option"),
    [
        (Mean, {"per_day": 1, "first": "2025-07"}, "first"),
        (Window, {"first": "2025-05", "bases": (), "relation": "above"}, "bases"),
        (Window, {"first": "2025-07", "bases": (("2025-01", "2025-02"),), "relation": "above"},
         "first"),
        (Window, {"first": "2025-05", "bases": (("2025-01", "2025-02"),), "relation": "multiple",
         "number": 0}, "number"),
        (Window, {"first": "2025-05", "bases": (("2025-01", "2025-02"),), "relation": "percent"},
         "number"),
    ],
)  # fmt: skip
def test_spans_that_are_none(type_, wrong, option):
    with pytest.raises(BadOption, match=option):
        about(type_, **wrong)


@pytest.mark.parametrize("wrong", [{"relation": "about"}, {"relation": "above", "per": "week"}])
def test_windows_of_other_words(wrong):
    with pytest.raises(UnknownOption, match="Window"):
        about(Window, first="2025-05", bases=(("2025-01", "2025-02"),), **wrong)


def test_the_highest_twelve_months_without_a_number():
    total = about(Total, first="2024-07", most=True)
    rising = rows(*map(float, range(36)))
    assert total.check(panel(*rising, kind="flow")).outcome == "true"
    assert total.check(panel(*rising[::-1], kind="flow")).outcome == "false"


@pytest.mark.parametrize(
    ("value", "op", "bound"),
    [(0.0, "above", NAN), (float("inf"), "above", NAN), (5e-324, "below", NAN),
     (4131.0, "above", 2000.0), (4131.0, "below", 5000.0), (-7.0, "above", -10.0)],
)  # fmt: skip
def test_the_round_number_next_to_a_value(value, op, bound):
    np.testing.assert_equal(_round_number(value, op), bound)


def test_a_claim_and_a_verdict_in_a_notebook_hold_no_markup_of_the_data():
    named = "<script>x</script>"
    data = panel(*YEAR, 10.0)
    claim = about(Record, subject=named)
    shown = claim._repr_html_()
    assert shown == f"<p>{html.escape(claim.sentence())}</p>"
    assert "&lt;script&gt;" in shown
    verdict = about(Record, value=11, subject=named).check(data)
    told = verdict._repr_html_()
    assert "<strong>FALSE" in told
    assert told.count("<p>") == len(str(verdict).splitlines()) > 1
    assert "<script" not in told


def test_facts_are_given_by_name():
    with pytest.raises(TypeError, match="positional"):
        Record("x", "2025-06")


def test_a_span_that_ends_before_it_begins_is_told_of_the_claim():
    with pytest.raises(BadOption, match=r"^Rank: .*2025-03 to 2025-01.*a span of months"):
        about(Rank, rank=1, excluding=(("2025-03", "2025-01"),))


@pytest.mark.parametrize(
    ("flags", "values", "steps"),
    [
        ((1, 0, 0, 1), (5.0, 1, 2, 4), 3),  # the last one is the month itself
        ((0, 0, 0, 1), (1.0, 1, 2, 4), 0),
        ((1, 0, 0, 1), (5.0, NAN, 2, 4), -1),
        ((0, 0, 1, 1), (5.0, NAN, 5, 4), 1),
    ],
)
def test_the_latest_month_that_is_flagged(flags, values, steps):
    assert latest(np.array(flags, float), np.array(values)) == steps


@pytest.mark.parametrize(
    ("changes", "share"),
    [((1.0, -2, 3, 2), 2 / 4), ((1.0, -2, 3, -2), 2 / 4), ((NAN, -1, -3, -2), 2 / 3), ((0.0,), 1)],
)
def test_how_rare_a_rise_or_a_fall_is(changes, share):
    assert _rarity(np.array(changes)) == pytest.approx(share)


@pytest.mark.parametrize("scale", [1.0, 0.01])
def test_a_bound_far_below_is_understated_at_every_scale(scale):
    close, far = (
        about(Threshold, bound=bound * scale, op="above").check(panel(1, 2, 90 * scale))
        for bound in (88, 20)
    )
    assert (close.outcome, far.outcome) == ("true", "true")
    assert (len(close.caveats), len(far.caveats)) == (0, 1)


@pytest.mark.parametrize(
    ("facts", "end"),
    [
        ({"value": 100}, "for 100."),
        ({"base": "2024-06"}, "to end above June 2024."),
        ({"value": 100, "base": "2024-06"}, "for 100 and to end above June 2024."),
    ],
)
def test_what_a_month_is_on_pace_for(facts, end):
    assert about(Pace, op="above", **facts).sentence() == f"X in June 2025: on pace {end}"


@pytest.mark.parametrize(
    ("facts", "span"),
    [
        ({"first_day": "2025-05-10"}, "10 May 2025 to 30 June 2025"),
        ({"last_day": "2025-06-20"}, "1 May 2025 to 20 June 2025"),
        ({}, "May 2025 to June 2025"),
    ],
)
def test_the_days_of_a_total(facts, span):
    total = about(Total, first="2025-05", value=5, **facts)
    assert total.sentence() == f"X from {span}: 5."


def test_a_rank_of_a_year_that_breaks_ends_the_month_before():
    month = pd.Period("2025-06", "M")
    cut = Anomaly(month, month, "method break", "Other areas count.")
    data = panel(1, 2, 3, 4, 5, 9, 4, anomalies=(cut,))
    verdict = about(Rank, "2025-04", rank=1, start="2024-12", end="2025-06").check(data)
    assert verdict.outcome == "false"
    assert "behind May 2025" in verdict.reason


def test_consecutive_records_name_their_first_month():
    verdict = about(Streak, kind="record", length=3).check(panel(*YEAR, 10, 11, 12))
    assert verdict.outcome == "true"
    assert "3 consecutive records from April 2025 on; the highest before was 9" in verdict.reason


def test_how_rare_a_streak_and_a_window_are():
    (streak,) = {c.rarity for c in Streak.propose(panel(9, 1, 2, 3, 4, 5, 6), "2025-06")}
    assert streak == pytest.approx(1 / 720)  # of six values in order, one order in 6!
    for years in (1, 2, 3):
        row = [1.0] * 42 + [0.0] * 5 + [12.0 * years + 1]
        (window,) = Window.propose(panel(*row, kind="flow"), "2025-06")
        assert (len(window.bases), window.rarity) == (years, 1 / (years + 1))


def test_how_rare_a_rank_is():
    for n in (12, 15):
        row = [50.0, *(1.0 + k % 7 for k in range(n - 2)), 40.0]
        (rank,) = Rank.propose(panel(*row), "2025-06")
        assert (rank.rank, rank.rarity) == (2, 2 / n)
    assert Rank.propose(panel(*row[:10], 40.0), "2025-06") == []


def test_months_that_a_purpose_leaves_out_are_unknown():
    first, last = pd.Period("2025-03", "M"), pd.Period("2025-04", "M")
    spike = Anomaly(first, last, "one-off", "A raid.", excluded_from=("records",))
    data = panel(1, 2, 3, 4, 5, anomalies=(spike,))
    values, start = comparable_rows(data, pd.Period("2025-06", "M"), "records")
    np.testing.assert_array_equal(values, [[1, NAN, NAN, 4, 5]])
    assert str(start) == "2025-02"


def test_none_is_no_multiple_of_some():
    verdict = about(Multiple, base="2025-05", multiple=2).check(rows(1, 2, 0))
    assert (verdict.outcome, verdict.corrected) == ("false", None)


@pytest.mark.parametrize(
    ("value", "shown"), [(3.14159, 3.1), (9.96, 10.0), (10.4, 10), (-12.6, -13)]
)
def test_an_end_of_a_month_is_told_in_few_digits(value, shown):
    assert _rounded(value) == shown


def test_what_is_right_of_a_record_keeps_what_was_said():
    data = panel(*YEAR, 10.0)
    said = about(Record, previous="2024-10", previous_value=8, value=10)
    right = said.check(data).corrected
    assert (right.previous_value, str(right.previous)) == (9.0, "2024-10")
    plain = about(Record, previous="2024-09").check(data).corrected
    assert (plain.previous_value, str(plain.previous)) == (None, "2024-10")


def test_each_series_is_proposed_by_itself():
    months = pd.period_range(end="2025-06", periods=8, freq="M")
    data = Panel([[3, 1, 3, 1, 3, 1, 3, 1], [9, 1, 2, 3, 4, 5, 6, 7]], months, ["a", "b"])
    assert {claim.series for claim in Streak.propose(data, "2025-06")} == {"b"}


def test_an_unknown_month_has_no_sign():
    assert Sign.propose(panel(*[1.0] * 20, -1, kind="flow"), "2025-06")
    assert Sign.propose(panel(*[1.0] * 20, NAN, kind="flow"), "2025-06") == []
    assert Sign.propose(panel(*[1.0] * 20, 0, kind="flow"), "2025-06") == []


def test_twelve_months_that_the_month_before_ended_higher():
    assert Total.propose(panel(*[1.0] * 34, 9, 0.5, kind="flow"), "2025-06") == []
    assert Total.propose(panel(*[1.0] * 34, 9, 1.5, kind="flow"), "2025-06")


@pytest.mark.parametrize("facts", [{"first_day": "2025-05-10"}, {"last_day": "2025-06-20"}])
def test_days_within_months_are_not_whole_months(facts):
    data = panel(4.0, 5.0, kind="flow")
    assert about(Total, first="2025-05", value=9).check(data).outcome == "true"
    assert about(Total, first="2025-05", value=9, **facts).check(data).outcome == "cannot say"
    whole = about(Total, first="2025-05", value=9, first_day="2025-05-01", last_day="2025-06-30")
    assert whole.check(data).outcome == "true"


def test_windows_are_proposed_at_every_scale():
    for scale in (0.001, 1.0, 1000.0):
        row = [scale * x for x in ([1.0] * 42 + [0.0] * 5 + [13.0])]
        assert len(Window.propose(panel(*row, kind="flow"), "2025-06")) == 1


def test_a_fall_is_below_any_bound_above_zero():
    for value in (-0.5, -50.0):
        verdict = about(Threshold, bound=5, op="below").check(panel(1, 2, value))
        assert (verdict.outcome, verdict.caveats) == ("true", ())
