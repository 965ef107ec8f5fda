"""What can be claimed of any type, and how it is shown."""

from __future__ import annotations

import datetime as dt
import html
from dataclasses import replace
from decimal import Decimal

import pandas as pd
import pytest
from claims.short_rows import YEAR, about, panel

from trends.claims import (
    Change,
    Mean,
    Multiple,
    Net,
    Nights,
    Rank,
    Record,
    Share,
    Sign,
    Since,
    Streak,
    Threshold,
    Total,
    Window,
    worst,
)
from trends.errors import BadOption, TooShort, UnknownMonth, UnknownOption
from trends.panel import Panel


def test_one_month_is_no_series():
    with pytest.raises(TooShort, match=r"claim on 'x'.*1 .*2"):
        about(Record).check(panel(5))
    assert about(Record).check(panel(5, 6)).outcome == "cannot say"


@pytest.mark.parametrize(
    ("type_", "facts", "told"),
    [
        (Change, {"base": "2025-05"}, "percent=None"),
        (Change, {"base": "2025-05", "absolute": 3, "points": True}, "points=True"),
        (Threshold, {"bound": 1, "first_ever": True, "first_since": "2025-01"}, "first_ever=True"),
        (Sign, {"sign": "negative", "first_ever": True, "first_since": "2025-01"},
         "first_ever=True"),
        (Threshold, {"bound": 1, "op": "beyond"}, "op='beyond'"),
        (Sign, {"sign": "zero"}, "sign='zero'"),
        (Net, {}, "value=None"),
        (Share, {"of": "", "percent": 3}, "of=''"),
        (Total, {"first": "2025-06"}, "value=None"),
        (Total, {"first": "2025-07", "value": 1}, "first='2025-07'"),
        (Nights, {"count": 31}, "count=31"),
        (Nights, {"count": -1}, "count=-1"),
        (Nights, {"of": "between"}, "of='between'"),
        (Record, {"of": "week"}, "of='week'"),
        (Record, {"value_hedge": "roundabout"}, "value_hedge='roundabout'"),
        (Multiple, {"base": "2025-05", "multiple": float("nan")}, "multiple=nan"),
        (Window, {"first": "2025-06", "bases": (("2025-05", "2025-05"),), "relation": "multiple",
                  "number": -1}, "number=-1"),
    ],
)  # fmt: skip
def test_a_fact_that_makes_no_claim_is_told(type_, facts, told):
    with pytest.raises((BadOption, UnknownOption), match=f"^{type_.__name__}: {told}"):
        about(type_, **facts)


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


def test_a_span_that_ends_before_it_begins_is_told_of_the_claim():
    with pytest.raises(BadOption, match=r"^Rank: .*2025-03 to 2025-01.*a span of months"):
        about(Rank, rank=1, excluding=(("2025-03", "2025-01"),))


def test_a_claim_and_a_verdict_in_a_notebook_hold_no_markup_of_the_data():
    named = "<script>x</script>"
    data = panel(*YEAR, 10.0)
    claim = about(Record, subject=named)
    shown = claim._repr_html_()
    assert f"<p>{html.escape(claim.sentence())}</p>" in shown
    assert "&lt;script&gt;" in shown
    verdict = about(Record, value=11, subject=named).check(data)
    told = verdict._repr_html_()
    assert "<strong>FALSE" in told
    assert told.count("<p>") == len(str(verdict).splitlines()) > 1
    assert "<script" not in told


@pytest.mark.parametrize(
    "day",
    ["2025-05-11", dt.date(2025, 5, 11), pd.Timestamp("2025-05-11")],
)
def test_a_day_is_a_day(day):
    assert about(Nights, since_day=day).since_day == dt.date(2025, 5, 11)
    assert type(about(Nights, since_day=day).since_day) is dt.date


def test_a_day_that_is_none():
    with pytest.raises(BadOption, match=r"Nights: .*Nights\.since_day.*'11 May'.*2025-05-10"):
        about(Nights, since_day="11 May")


@pytest.mark.parametrize(
    ("name", "day"),
    [
        ("first_day", "2025-04-30"),
        ("first_day", "2025-06-01"),
        ("last_day", "2025-05-31"),
        ("last_day", "2024-06-30"),
    ],
)
def test_the_days_of_a_total_lie_in_its_first_and_last_month(name, day):
    with pytest.raises(BadOption, match=f"{name}.*{day}.*a day of 2025-0"):
        about(Total, first="2025-05", value=5, **{name: day})


def test_a_record_of_a_night_is_no_low():
    with pytest.raises(BadOption, match="largest nights do not tell the smallest"):
        about(Record, of="night", direction="low")


@pytest.mark.parametrize(
    ("outcomes", "found"),
    [
        (("true",), "true"),
        (("true", "depends"), "depends"),
        (("loose", "depends", "true"), "loose"),
        (("loose", "cannot say"), "cannot say"),
        (("false", "cannot say", "loose"), "false"),
        (("understated", "overstated"), "true"),
        (("overstated", "loose"), "loose"),
    ],
)
def test_the_worst_of_several_outcomes(outcomes, found):
    assert worst(*outcomes) == found


@pytest.mark.parametrize("scale", [1e-9, 1.0, 1e9])
def test_what_is_more_is_more_at_every_scale(scale):
    """Of 9, 1, 5, 5, 4 and 6 the last two hold 10, as much as the first two and the middle two."""
    data = panel(*(scale * x for x in (9, 1, 5, 5, 4, 6)))
    more = panel(*(scale * x for x in (9, 1, 5, 5, 4, 6.001)))
    less = panel(*(scale * x for x in (9, 1, 5, 5, 4, 5.999)))
    window = about(Window, first="2025-05", bases=(("2025-01", "2025-02"),))
    total = about(Total, first="2025-05", most=True)
    for claim in (window, replace(window, per="day", bases=(("2025-03", "2025-04"),)), total):
        outcomes = [claim.check(each).outcome for each in (data, more, less)]
        assert outcomes == ["loose", "true", "false"]
    assert replace(window, relation="below").check(less).outcome == "true"
    for claim, outcome in (
        (about(Since, since="2025-01"), "true"),
        (about(Rank, rank=2), "true"),
        (about(Streak, length=1), "true"),
        (about(Change, base="2025-05", percent=50), "true"),
        (about(Multiple, base="2025-05", multiple=Decimal("1.50")), "true"),
        (about(Sign, sign="positive"), "true"),
        (about(Record), "false"),
    ):
        assert claim.check(data).outcome == outcome


def test_more_and_less_are_told_apart():
    """English says times of both; Ukrainian says so many times more, or so much of it."""
    pytest.importorskip("babel")
    for after, more in ((30, True), (11, True), (10, False), (3, False)):
        data = panel(10, after)
        times = about(Multiple, base="2025-05", multiple=7)
        span = about(
            Window, first="2025-06", bases=(("2025-05", "2025-05"),), relation="multiple", number=7
        )
        for claim in (times, span):
            reason = claim.check(data, language="uk").reason
            assert ("більше" in reason) == more


def test_what_a_series_is_called():
    months = pd.period_range(end="2025-06", periods=2, freq="M")
    two = Panel([[1, 2], [3, 4]], months, ["x", "y"], quantity="drones launched", unit="drones")
    claim = about(Sign, sign="positive")
    assert claim.named(two).sentence() == "Drones launched, x in June 2025: above zero."
    assert claim.named(two.select("x")).sentence() == "Drones launched in June 2025: above zero."
    assert claim.named(panel(1, 2)).sentence() == "X in June 2025: above zero."
