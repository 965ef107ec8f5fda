"""Nights with and without an attack: months are checked against the days that they are made of."""

from __future__ import annotations

import dataclasses
import datetime as dt

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import trends
from trends.claims import Nights, Streak
from trends.errors import BadOption, UnknownOption
from trends.panel import Panel

JUNE = pd.Period("2025-06", "M")


def nights(*quiet: float, last: str = "2025-06") -> Panel:
    months = pd.period_range(end=last, periods=len(quiet), freq="M")
    return Panel([quiet], months, ["x"], unit="nights", metric="drones_nights_without")


@st.composite
def days(draw: st.DrawFn) -> pd.Series:
    """Attacks by day over half a year that ends with June 2025, most days with one."""
    index = pd.period_range("2025-01-01", "2025-06-30", freq="D")
    attacked = np.ones(len(index), dtype=bool)
    for day in draw(st.lists(st.integers(0, len(index) - 1), max_size=6)):
        attacked[day] = False
    return pd.Series(attacked, index)


def panel_of(attacked: pd.Series) -> Panel:
    quiet = (~attacked).groupby(attacked.index.asfreq("M")).sum()
    return nights(*quiet.astype(float))


@settings(max_examples=200, deadline=None)
@given(attacked=days(), length=st.integers(1, 200))
def test_a_run_of_nights_is_never_judged_against_the_days(attacked, length):
    panel = panel_of(attacked)
    true = int(attacked.iloc[::-1].cumprod().sum())
    started = true < len(attacked)  # else what came before is not known
    verdict = Streak(series="x", month=JUNE, length=length, kind="nights").check(panel)
    if verdict.outcome == "false":
        assert length > true
    if verdict.outcome == "loose":
        assert length < true
    if verdict.outcome == "true":
        assert length <= true
    since = dt.date.fromisoformat("2025-06-30") - dt.timedelta(days=length - 1)
    every = Nights(series="x", month=JUNE, since_day=since).check(panel)
    if every.outcome == "true":
        assert length <= true
    if every.outcome == "false":
        assert started
        assert length > true
    for each in (verdict, every):
        if each.corrected is not None:
            assert each.corrected.check(panel).outcome == "true"


@settings(max_examples=100, deadline=None)
@given(attacked=days(), count=st.integers(0, 30))
def test_nights_of_a_month(attacked, count):
    panel = panel_of(attacked)
    quiet = int((~attacked["2025-06"]).sum())
    for of, true in (("without", quiet), ("with", 30 - quiet)):
        claim = Nights(series="x", month=JUNE, count=count, of=of)
        verdict = claim.check(panel)
        assert verdict.outcome == ("true" if count == true else "false")
        if count != true:
            assert verdict.corrected.count == true


def test_a_month_without_a_quiet_night_is_news_where_it_is_rare():
    (claim,) = Nights.propose(nights(*[3.0] * 12, 0), JUNE)
    assert claim.rarity == 1 / 13
    assert "no night without an attack" in claim.sentence()
    turned = dataclasses.replace(claim, count=1)
    assert turned.check(nights(*[3.0] * 12, 0)).outcome == "false"
    assert Nights.propose(nights(*[0.0, 3.0] * 6, 0), JUNE) == []
    assert Nights.propose(nights(*[3.0] * 11, 0), JUNE) == []
    months = pd.period_range(end="2025-06", periods=13, freq="M")
    other = Panel([[3.0] * 12 + [0]], months, ["x"], unit="missiles")
    assert Nights.propose(other, JUNE) == []
    assert Nights(series="x", month=JUNE).check(other).outcome == "cannot say"
    run = Streak(series="x", month=JUNE, length=30, kind="nights")
    assert run.check(other).outcome == "cannot say"


def test_nights_in_a_row():
    panel = nights(4.0, 3, 0, 0)  # of April's 30 nights, 27 had an attack
    for length, outcome in ((61, "true"), (60, "loose"), (62, "cannot say"), (88, "cannot say"),
                            (89, "false")):  # fmt: skip
        claim = Streak(series="x", month=JUNE, length=length, kind="nights")
        assert claim.check(panel).outcome == outcome
    dated = Streak(series="x", month=JUNE, length=61, kind="nights", since_day="2025-05-01")
    assert dated.check(panel).outcome == "true"
    assert "since 1 May 2025" in dated.sentence()
    moved = dataclasses.replace(dated, since_day="2025-04-20")
    assert moved.check(panel).outcome == "false"


@pytest.mark.parametrize(
    ("hedge", "count", "outcome"),
    [("more than", 25, "true"), ("almost", 30, "true"), ("less than", 25, "false")],
)
def test_hedged_nights(hedge, count, outcome):
    claim = Nights(series="x", month=JUNE, count=count, of="with", hedge=hedge)
    assert claim.check(nights(1.0, 2)).outcome == outcome


def test_values_that_are_no_nights():
    for value in (2.5, 31.0, -1.0):
        claim = Nights(series="x", month=JUNE)
        assert claim.check(nights(1.0, value)).outcome == "cannot say"


def test_the_bundled_nights():
    quiet = trends.load("drones-nights-without")
    every = {"series": "nights", "month": "2025-09"}
    assert Nights(**every, since_day="2025-06-01").check(quiet).outcome == "true"
    assert Nights(**every, since_day="2025-05-11").check(quiet).outcome == "cannot say"
    assert Nights(**every, since_day="2025-04-30").check(quiet).outcome == "false"


def test_nights_that_make_no_claim():
    with pytest.raises(BadOption, match="0 to 30"):
        Nights(series="x", month=JUNE, count=31)
    with pytest.raises(UnknownOption, match="between"):
        Nights(series="x", month=JUNE, of="between")
    with pytest.raises(BadOption, match="2025-05-10"):
        Nights(series="x", month=JUNE, since_day="10 May")
