"""Bounds passed, signs turned, and the first time since when, against loops."""

from __future__ import annotations

import dataclasses

import pandas as pd
import pytest
from claims.random_panels import panels_and_months, plain_row
from hypothesis import given, settings
from hypothesis import strategies as st

from trends.claims import Sign, Threshold
from trends.errors import BadOption, UnknownOption
from trends.panel import Panel

many = settings(max_examples=250, deadline=None)
OTHER = {"above": "at most", "at most": "above", "below": "at least", "at least": "below"}


def flow(*values: float, last: str = "2025-06", **options: object) -> Panel:
    months = pd.period_range(end=last, periods=len(values), freq="M")
    return Panel([values], months, ["x"], **options)


def on_side(value: float, op: str, bound: float) -> bool:
    return {"above": value > bound, "below": value < bound, "at least": value >= bound,
            "at most": value <= bound}[op]  # fmt: skip


def first_outcome(row: list, back: int, op: str, bound: float) -> str:
    """The verdict on "the first since `back` months ago" of a month on the side."""
    if back <= 0:
        return "false"
    between = row[-back:-1] if back > 1 else []
    if any(x is not None and on_side(x, op, bound) for x in between):
        return "false"
    if back >= len(row) or None in between or row[-1 - back] is None:
        return "cannot say"
    return "true" if on_side(row[-1 - back], op, bound) else "loose"


@many
@given(
    case=panels_and_months(),
    data=st.data(),
    bound=st.integers(-3, 400),
    op=st.sampled_from(["above", "below", "at least", "at most"]),
)
def test_thresholds(case, data, bound, op):
    panel, month = case
    since = data.draw(st.sampled_from(list(panel.months)))
    row = plain_row(panel, month, "records")
    plain = plain_row(panel, month)[-1]
    claim = Threshold(series="x", month=month, bound=bound, op=op)
    outcome = claim.check(panel).outcome
    turned = dataclasses.replace(claim, op=OTHER[op]).check(panel).outcome
    if plain is None:
        assert outcome == turned == "cannot say"
        return
    side = on_side(plain, op, bound)
    assert outcome == ("true" if side else "loose" if plain == bound else "false")
    assert (turned == "true") == (not side)
    said = dataclasses.replace(claim, first_since=since).check(panel).outcome
    ever = dataclasses.replace(claim, first_ever=True).check(panel).outcome
    if row[-1] is None:
        assert said == ever == "cannot say"
    elif side:
        assert said == first_outcome(row, (month - since).n, op, bound)
        earlier = [x for x in row[:-1] if x is not None]
        if any(on_side(x, op, bound) for x in earlier):
            assert ever == "false"
        else:
            assert ever == ("true" if len(earlier) >= 12 else "cannot say")


@many
@given(case=panels_and_months(), data=st.data())
def test_signs(case, data):
    panel, month = case
    if panel.kind == "stock":
        return
    since = data.draw(st.sampled_from(list(panel.months)))
    row = plain_row(panel, month, "records")
    for sign, op in (("negative", "below"), ("positive", "above")):
        claim = Sign(series="x", month=month, sign=sign, first_since=since)
        if row[-1] is None:
            assert claim.check(panel).outcome == "cannot say"
            continue
        if not on_side(row[-1], op, 0):
            assert claim.check(panel).outcome == "false"
            continue
        expected = first_outcome(row, (month - since).n, op, 0)
        assert claim.check(panel).outcome == expected


@many
@given(case=panels_and_months(6), shift=st.sampled_from([-2, -1, 1, 2]))
def test_what_is_proposed_and_moved_to_another_month(case, shift):
    panel, month = case
    for kind in (Threshold, Sign):
        for claim in kind.propose(panel, month):
            assert claim.check(panel).outcome == "true"
            if claim.first_since is not None:
                moved = dataclasses.replace(claim, first_since=claim.first_since + shift)
                assert moved.check(panel).outcome != "true"
                ever = dataclasses.replace(claim, first_since=None, first_ever=True)
                assert ever.check(panel).outcome == "false"
    for claim in Sign.propose(panel, month):
        turned = {"negative": "positive", "positive": "negative"}[claim.sign]
        assert dataclasses.replace(claim, sign=turned).check(panel).outcome == "false"


def test_a_round_number_passed_for_the_first_time():
    panel = flow(*[800.0] * 12, 1200)
    (claim,) = Threshold.propose(panel, "2025-06")
    assert (claim.bound, claim.op, claim.first_ever) == (1000, "above", True)
    assert claim.sentence() == "X in June 2025: 1,200, above 1,000, for the first time."
    assert claim.rarity == 1 / 13
    assert Threshold.propose(flow(*[800.0] * 11, 1200), "2025-06") == []  # of too few months
    assert Threshold.propose(flow(*[800.0] * 12, 990), "2025-06") == []


def test_a_round_number_passed_again_after_a_year():
    up = flow(1900.0, *[800.0] * 12, 1200)  # of which "the highest since" says the same
    assert Threshold.propose(up, "2025-06") == []
    up = flow(1900.0, 1100, *[800.0] * 12, 1200)
    (claim,) = Threshold.propose(up, "2025-06")
    assert str(claim.first_since) == "2024-05"
    assert claim.rarity == 1 / 13


@pytest.mark.parametrize(
    ("value", "op", "bound"),
    [(5438.0, "above", 5000), (5000.0, "above", 2000), (398.0, "below", 500), (1.0, "above", 0.5),
     (0.03, "below", 0.05), (-120.0, "below", -100), (-120.0, "above", -200)],
)  # fmt: skip
def test_round_numbers(value, op, bound):
    fill = bound - abs(bound) if op == "above" else bound + abs(bound)
    (claim,) = [c for c in Threshold.propose(flow(*[fill] * 12, value), "2025-06") if c.op == op]
    assert claim.bound == pytest.approx(bound)


def test_a_first_loss():
    panel = flow(-5.0, 10, 20, 30, -40)
    (claim,) = Sign.propose(panel, "2025-06")
    assert (claim.sign, str(claim.first_since)) == ("negative", "2025-02")
    assert "below zero, the first since February 2025" in claim.sentence()
    verdict = Sign(series="x", month="2025-06", sign="positive").check(panel)
    assert verdict.outcome == "false"
    assert verdict.corrected.sign == "negative"
    stock = flow(100.0, 110, 90, kind="stock")
    assert Sign(series="x", month="2025-06", sign="negative").check(stock).outcome == "true"


def test_a_bound_that_is_far_away_is_true_and_said():
    verdict = Threshold(series="x", month="2025-06", bound=4000).check(flow(1.0, 5438))
    assert verdict.outcome == "true"
    assert "more than a tenth" in verdict.caveats[0]


def test_bounds_that_make_no_claim():
    with pytest.raises(UnknownOption, match="beyond"):
        Threshold(series="x", month="2025-06", bound=1, op="beyond")
    with pytest.raises(UnknownOption, match="zero"):
        Sign(series="x", month="2025-06", sign="zero")
    for kind, options in ((Threshold, {"bound": 1}), (Sign, {"sign": "negative"})):
        with pytest.raises(BadOption, match="first_ever"):
            kind(series="x", month="2025-06", first_since="2025-01", first_ever=True, **options)
