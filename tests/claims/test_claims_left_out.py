"""Months left out, breaks and other oddities: wherever they lie, against a loop over the months."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from claims.random_panels import plain_row
from claims.short_rows import NAN, YEAR, about, odd, panel
from claims.test_claims_firsts import first_outcome
from claims.test_claims_truths import since_outcome, streak_outcome
from oracles import rise_lengths

from trends.claims import (
    Change,
    Rank,
    Record,
    Sign,
    Since,
    Streak,
    Threshold,
    Total,
    summed,
)
from trends.panel import Panel

ROW = (9.0, -3, 2, 5, 1, 4)
MONTHS = pd.period_range(end="2025-06", periods=len(ROW), freq="M")
SPANS = [(first, first + n) for n in (0, 1) for first in MONTHS[: len(ROW) - n]]
KINDS = ("one-off", "method break")


def parted(kind: str, first: pd.Period, last: pd.Period, purpose: str) -> Panel:
    out = (purpose,) if kind == "one-off" else ()
    return panel(*ROW, anomalies=[odd(kind, first, last, out=out)])


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(("first", "last"), SPANS)
def test_since_and_first_since(kind, first, last):
    data = parted(kind, first, last, "records")
    for month in MONTHS[2:]:
        row = plain_row(data, month, "records")
        for back in (1, 3):
            since = {"since": month - back}
            assert about(Since, month, **since).check(data).outcome == since_outcome(row, back)
            value = float(data["x"][month])
            if value <= 0:
                continue
            expected = "cannot say" if row[-1] is None else first_outcome(row, back, "above", 0)
            claim = about(Sign, month, sign="positive", first_since=month - back)
            assert claim.check(data).outcome == expected
            claim = about(Threshold, month, bound=0, first_since=month - back)
            assert claim.check(data).outcome == expected


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(("first", "last"), SPANS)
def test_rises(kind, first, last):
    data = parted(kind, first, last, "streaks")
    for month in MONTHS[2:]:
        row = plain_row(data, month, "streaks")
        true = rise_lengths(row)[-1]
        for length in (1, 2):
            outcome = about(Streak, month, length=length).check(data).outcome
            assert outcome == streak_outcome(row, true, length)


@pytest.mark.parametrize("kind", ["outage", "splice", "method break"])
@pytest.mark.parametrize(("first", "last"), SPANS)
def test_what_is_said_of_the_months_between(kind, first, last):
    """An outage where it overlaps them, a splice where it parts them; across a break nothing."""
    data = panel(*ROW, anomalies=[odd(kind, first, last)])
    base, month = MONTHS[2], MONTHS[4]
    for claim in (
        about(Change, month, base=base, percent=-50),
        about(Change, base, base=month, percent=100),
        about(Total, month, first=base, value=8),
    ):
        verdict = claim.check(data)
        parts = base < first <= month
        overlaps = any(base <= each <= month for each in pd.period_range(first, last, freq="M"))
        if kind == "method break":
            assert verdict.outcome == ("cannot say" if parts else "true")
            assert verdict.caveats == ()
        else:
            assert verdict.outcome == "true"
            assert len(verdict.caveats) == (parts if kind == "splice" else overlaps)


def test_the_reason_of_what_is_not_known():
    """A break says more than a gap does; of several months the first that stops it is told."""
    cut = odd("method break", "2025-05")
    gap = panel(9, 2, NAN, 4, 5, anomalies=[cut])
    change = about(Change, base="2025-04", percent=1)
    assert "method break in May 2025" in change.check(gap).reason
    both = panel(9, 2, NAN, 4, NAN, anomalies=[cut])
    assert "value of June 2025 is not known" in change.check(both).reason
    two = panel(9, 2, NAN, NAN, 5)
    assert "value of April 2025 is not known" in about(Since, since="2025-02").check(two).reason


def test_a_month_left_out_of_records_only():
    """Streaks, ranks and records each leave out their own months."""
    values, place = (*YEAR, 10), "2025-06"
    for purpose, stopped in (("records", Record), ("streaks", Streak), ("ranks", None)):
        data = panel(*values, anomalies=[odd("one-off", place, out=(purpose,))])
        for claim in (about(Record), about(Streak, length=2), about(Rank, rank=1)):
            outcome = claim.check(data).outcome
            assert outcome == ("cannot say" if isinstance(claim, stopped or ()) else "true")


def test_of_a_month_alone_nothing_is_left_out():
    data = panel(*ROW, anomalies=[odd("one-off", "2025-06", out=("records",))])
    for claim in (about(Sign, sign="positive"), about(Threshold, bound=3)):
        assert claim.check(data).outcome == "true"
        for first in ({"first_since": "2025-05"}, {"first_ever": True}):
            verdict = replace(claim, **first).check(data)
            assert verdict.outcome == "cannot say"
            assert "left out of records" in verdict.reason


def test_a_sum_of_series_of_two_definitions():
    one, other = (
        Panel([[1.0, 2]], MONTHS[:2], ["x"], unit="drones", definition=said, metric=said[:1])
        for said in ("Launched.", "Shot down.")
    )
    both = summed({"one": one, "other": other})
    np.testing.assert_array_equal(both.values, [[2, 4]])
    assert (both.names, both.unit, both.metric) == (("one+other",), "drones", "L+S")
