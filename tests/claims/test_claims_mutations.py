"""A true claim with one word changed is not true, unless the definition says that it is too."""

from __future__ import annotations

import dataclasses
from decimal import Decimal

import oracles
from claims.random_panels import panels_and_months, plain_row
from hypothesis import given, settings
from hypothesis import strategies as st

from trends.claims import Change, Multiple, Rank, Record, Since, Streak

many = settings(max_examples=150, deadline=None)
OTHER = {"high": "low", "low": "high"}


def row_of(panel, month, purpose, direction):
    row = plain_row(panel, month, purpose)
    return row if direction == "high" else oracles.mirror(row)


@many
@given(case=panels_and_months(), shift=st.sampled_from([-3, -2, -1, 1, 2, 3]))
def test_since_another_month_or_the_other_way(case, shift):
    panel, month = case
    for claim in Since.propose(panel, month):
        moved = dataclasses.replace(claim, since=claim.since + shift, since_value=None)
        assert moved.check(panel).outcome != "true"
        turned = dataclasses.replace(claim, direction=OTHER[claim.direction])
        # "highest" and "lowest since" hold together only of a tie
        tie = claim.since_value == claim.value
        assert (turned.check(panel).outcome == "true") <= tie


@many
@given(case=panels_and_months(), shift=st.sampled_from([-2, -1, 1, 2]))
def test_another_place(case, shift):
    panel, month = case
    for claim in Rank.propose(panel, month):
        if claim.rank + shift > 0:
            moved = dataclasses.replace(claim, rank=claim.rank + shift)
            assert moved.check(panel).outcome == "false"
        turned = dataclasses.replace(claim, direction=OTHER[claim.direction])
        row = row_of(panel, month, "", turned.direction)[-1 - (month - claim.start).n :]
        true = oracles.high_ranks(row)[-1] == claim.rank
        assert (turned.check(panel).outcome == "true") == true


@many
@given(case=panels_and_months(), shift=st.sampled_from([-2, -1, 1, 2, 3]))
def test_another_count_or_the_other_way(case, shift):
    panel, month = case
    turned = {"rise": "fall", "fall": "rise", "acceleration": "slowing", "slowing": "acceleration"}
    for claim in Streak.propose(panel, month):
        if claim.length + shift > 0:
            other = dataclasses.replace(claim, length=claim.length + shift)
            outcome = other.check(panel).outcome
            assert outcome == "loose" if shift < 0 else outcome in ("false", "cannot say")
        against = dataclasses.replace(claim, kind=turned[claim.kind])
        assert against.check(panel).outcome == "false"


@many
@given(case=panels_and_months(14), data=st.data())
def test_a_record_of_another_month_or_the_other_way(case, data):
    panel, month = case
    for claim in Record.propose(panel, month):
        turned = dataclasses.replace(claim, direction=OTHER[claim.direction])
        assert turned.check(panel).outcome == "false"
        other = data.draw(st.sampled_from([m for m in panel.months if m <= month]))
        moved = dataclasses.replace(claim, month=other, value=None, start=None)
        row = row_of(panel, other, "records", claim.direction)
        assert (moved.check(panel).outcome == "true") == oracles.record_flags(row, 12)[-1]


@many
@given(case=panels_and_months(), tenths=st.integers(1, 500), sign=st.sampled_from([-1, 1]))
def test_another_percentage(case, tenths, sign):
    panel, month = case
    for claim in Change.propose(panel, month):
        wrong = claim.percent + sign * (Decimal(tenths) / 10 + Decimal("0.1"))
        assert dataclasses.replace(claim, percent=wrong).check(panel).outcome != "true"
        assert dataclasses.replace(claim, percent=-claim.percent).check(panel).outcome == "false"


@many
@given(case=panels_and_months(), factor=st.sampled_from([0.3, 0.6, 0.8, 1.3, 2, 5]))
def test_another_multiple(case, factor):
    panel, month = case
    for claim in Multiple.propose(panel, month):
        wrong = round(claim.multiple * factor, 1)
        ratio = claim.value / claim.base_value
        # a whole number claims no more than the nearest whole number
        slack = 0.5 if float(wrong).is_integer() else 0.05
        outcome = dataclasses.replace(claim, multiple=wrong).check(panel).outcome
        assert (outcome == "true") == (abs(wrong - ratio) <= slack * (1 + 1e-9))


@many
@given(case=panels_and_months(), data=st.data())
def test_another_base(case, data):
    """Moved to another month, the printed base value gives the claim away unless it fits there."""
    panel, month = case
    for claim in [*Change.propose(panel, month), *Multiple.propose(panel, month)]:
        base = data.draw(st.sampled_from([m for m in panel.months if m != claim.base]))
        value = panel["x"][base]
        outcome = dataclasses.replace(claim, base=base).check(panel).outcome
        if value == value and abs(value - claim.base_value) > 0.51:
            assert outcome != "true"
