"""Totals, windows and means against plain sums, and with one word of them changed."""

from __future__ import annotations

import dataclasses
import datetime as dt
from decimal import Decimal

import pandas as pd
import pytest
from claims.random_panels import START, panels_and_months, plain_row
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from trends.claims import Mean, Total, Window
from trends.errors import BadOption, UnknownOption
from trends.panel import Panel

many = settings(max_examples=150, deadline=None)


def flow(values: list[float], last: str = "2025-06", **options: object) -> Panel:
    months = pd.period_range(end=last, periods=len(values), freq="M")
    return Panel([values], months, ["x"], **{"unit": "drones"} | options)


def known(panel: Panel, first: pd.Period, last: pd.Period) -> list[float] | None:
    """The values of a span, None where one of them is unknown or partial."""
    values = []
    for month in pd.period_range(first, last, freq="M"):
        if not panel.months[0] <= month <= panel.months[-1]:
            return None
        t = panel.position(month)
        value = float(panel.values[0, t])
        if value != value or panel.observed_days[t] != month.days_in_month:
            return None
        values.append(value)
    return values


def breaks(panel: Panel, first: pd.Period, last: pd.Period) -> bool:
    return any(a.kind == "method break" and first < a.first <= last for a in panel.anomalies)


@st.composite
def flows(draw: st.DrawFn) -> tuple[Panel, pd.Period, pd.Period]:
    """A flow, a month of it, and a month before it."""
    panel, month = draw(panels_and_months(4))
    assume(panel.kind == "flow")
    return panel, month, draw(st.sampled_from([m for m in panel.months if m <= month]))


def digits(value: float) -> Decimal:
    return Decimal(f"{value:.1f}")


@many
@given(case=flows(), off=st.integers(1, 900), sign=st.sampled_from([-1, 1]))
def test_totals(case, off, sign):
    panel, month, first = case
    values = known(panel, first, month)
    claim = Total(series="x", month=month, first=first, value=1)
    if values is None or breaks(panel, first, month):
        assert claim.check(panel).outcome == "cannot say"
        return
    true = sum(values)
    assert dataclasses.replace(claim, value=digits(true)).check(panel).outcome == "true"
    wrong = digits(true) + sign * off
    verdict = dataclasses.replace(claim, value=wrong).check(panel)
    near = true * float(wrong) > 0 and 0.95 <= true / float(wrong) <= 1.05
    assert verdict.outcome == ("loose" if near else "false")
    assert verdict.corrected.value == pytest.approx(true)


@many
@given(case=flows(), data=st.data())
def test_windows(case, data):
    panel, month, first = case
    spans = st.tuples(st.sampled_from(list(panel.months)), st.integers(0, 3))
    bases = tuple((m, m + n) for m, n in data.draw(st.lists(spans, min_size=1, max_size=2)))
    claim = Window(series="x", month=month, first=first, bases=bases)
    everything = [known(panel, a, b) for a, b in [(first, month), *bases]]
    lowest, highest = min(a for a, _ in bases), max(b for _, b in bases)
    crossed = breaks(panel, min(lowest, first), max(highest, month))
    if None in everything:
        assert claim.check(panel).outcome == "cannot say"
        return
    if crossed:
        assert claim.check(panel).outcome == "cannot say"
        return
    after, before = sum(everything[0]), sum(sum(values) for values in everything[1:])
    assume(abs(after - before) > 1e-6)
    turned = {"above": "below", "below": "above"}
    right = "above" if after > before else "below"
    assert dataclasses.replace(claim, relation=right).check(panel).outcome == "true"
    against = dataclasses.replace(claim, relation=turned[right]).check(panel)
    assert against.outcome == "false"
    assert against.corrected.relation == right
    if before > 0:
        percent = dataclasses.replace(
            claim, relation="percent", number=digits(100 * (after / before - 1))
        )
        assert percent.check(panel).outcome == "true"
        other = dataclasses.replace(percent, number=percent.number + 7)
        assert other.check(panel).outcome in ("loose", "false")


@many
@given(case=flows(), off=st.integers(1, 90))
def test_means(case, off):
    panel, month, first = case
    values = known(panel, first, month)
    claim = Mean(series="x", month=month, first=first, per_day=1)
    if values is None or breaks(panel, first, month):
        assert claim.check(panel).outcome == "cannot say"
        return
    days = sum(m.days_in_month for m in pd.period_range(first, month, freq="M"))
    true = sum(values) / days
    right = dataclasses.replace(claim, per_day=digits(true))
    assert right.check(panel).outcome == "true"
    wrong = dataclasses.replace(claim, per_day=right.per_day + off)
    assert wrong.check(panel).outcome in ("loose", "false")


@settings(max_examples=60, deadline=None)
@given(case=panels_and_months(30))
def test_what_is_proposed_of_spans(case):
    """The highest of any twelve months; and the year to date beyond whole years."""
    panel, month = case
    row = plain_row(panel, month)
    sums = [
        sum(row[t - 11 : t + 1]) for t in range(11, len(row)) if None not in row[t - 11 : t + 1]
    ]
    complete = sum(x is not None for x in row)
    now = None not in row[-12:] and len(row) >= 12
    best = (
        panel.kind == "flow"
        and complete >= 36
        and now
        and len(sums) > 1
        and sums[-1] > max(sums[:-1])
    )
    assert bool(Total.propose(panel, month)) == best
    for claim in Window.propose(panel, month):
        years = len(claim.bases)
        assert claim.first == pd.Period(year=month.year, month=1, freq="M")
        base = known(panel, claim.bases[0][0], claim.first - 1)
        assert len(base) == 12 * years
        assert sum(base) < sum(known(panel, claim.first, month))


def test_a_window_is_said_in_the_month_that_it_is_passed_in():
    panel = flow([10.0] * 12 + [30.0] * 12, last="2025-12")
    assert [len(Window.propose(panel, f"2025-{m:02d}")) for m in range(1, 13)] == [
        0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0,
    ]  # fmt: skip
    (claim,) = Window.propose(panel, "2025-05")
    assert "150 drones, more than 2024 (120)" in claim.sentence() or "150, more" in claim.sentence()


def test_several_spans_and_the_days_of_the_months():
    panel = flow([100.0, 100, 28, 31], last="2025-03")
    claim = Window(
        series="x", month="2025-03", first="2025-03", bases=(("2025-02", "2025-02"),),
        relation="percent", number=0, per="day",
    )  # fmt: skip
    assert claim.check(panel).outcome == "true"
    both = (("2024-12", "2024-12"), ("2025-01", "2025-01"))
    less = dataclasses.replace(claim, bases=both, relation="below", number=None, per="total")
    verdict = less.check(panel)
    assert verdict.outcome == "true"
    assert "December 2024 and January 2025 together" in verdict.reason
    assert "together" in less.sentence()


@pytest.mark.parametrize(
    ("value", "last", "outcome"),
    [
        (150, dt.date(2025, 6, 20), "cannot say"),
        (90, dt.date(2025, 6, 20), "false"),  # May alone is more
        (900, dt.date(2025, 6, 20), "false"),
        (300, dt.date(2025, 6, 30), "true"),
    ],
)
def test_days_inside_a_month(value, last, outcome):
    claim = Total(series="x", month="2025-06", first="2025-05", value=value, last_day=last)
    panel = flow([100.0, 200.0])
    assert claim.check(panel).outcome == outcome
    # a net change can turn within the month, so that nothing follows from whole ones
    net = dataclasses.replace(panel, adds_up_to="area held")
    assert claim.check(net).outcome == (outcome if last.day == 30 else "cannot say")


def test_levels_are_summed_as_changes_and_rates_not_at_all():
    stock = flow([10.0, 30.0, 60.0, 100.0], kind="stock")
    claim = Total(series="x", month="2025-06", first="2025-05", value=70)
    assert claim.check(stock).outcome == "true"
    assert claim.check(flow([1.0, 2, 3, 4], kind="rate")).outcome == "cannot say"
    rate = flow([1.0, 2, 3, 4], kind="rate")
    assert Mean(series="x", month="2025-06", per_day=4).check(rate).outcome == "true"


def test_the_most_of_any_span():
    panel = flow([9.0, 1, 5, 5, 4, 6])
    claim = Total(series="x", month="2025-06", first="2025-05", value=10, most=True)
    verdict = claim.check(panel)  # 9 + 1 and 5 + 5 are as much
    assert verdict.outcome == "loose"
    assert verdict.corrected == Total(
        series="x", month="2025-06", first="2025-05", value=10.0, subject="x", unit="drones"
    )
    assert claim.check(flow([4.0, 6.0])).outcome == "cannot say"


def test_spans_that_make_no_claim():
    with pytest.raises(BadOption, match="first"):
        Total(series="x", month="2025-06", first="2025-07", value=1)
    with pytest.raises(BadOption, match="value"):
        Total(series="x", month="2025-06", first="2025-06")
    with pytest.raises(BadOption, match="number"):
        Window(series="x", month="2025-06", first="2025-06", bases=(("2025-05", "2025-05"),),
               relation="multiple")  # fmt: skip
    with pytest.raises(BadOption, match="bases"):
        Window(series="x", month="2025-06", first="2025-06", bases=())
    with pytest.raises(BadOption, match="2025-05 to 2025-04"):
        Window(series="x", month="2025-06", first="2025-06", bases=(("2025-05", "2025-04"),))
    with pytest.raises(UnknownOption, match="week"):
        Window(series="x", month="2025-06", first="2025-06", bases=((START, START),), per="week")
