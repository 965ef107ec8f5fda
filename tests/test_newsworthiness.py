"""Which claims about a month come first, and which are not said."""

from __future__ import annotations

import dataclasses
import math
from decimal import Decimal

import numpy as np
import pandas as pd
import pytest
from claims.random_panels import panels, panels_and_months
from hypothesis import given, settings
from hypothesis import strategies as st

import trends
from trends.claims import CLAIM_TYPES
from trends.errors import BadOption, MonthOutside, NoValues, TooShort, UnknownMonth
from trends.newsworthiness import RULE, order, propose
from trends.panel import Anomaly, Panel

SEED = ("drones-launched", "missiles-launched", "territory-gain-afp")


def panel(*values: float, last: str = "2025-06", **options: object) -> Panel:
    months = pd.period_range(end=last, periods=len(values), freq="M")
    return Panel([values], months, ["x"], **options)


def find(claims, series, kind, **options):
    """The one claim of that kind."""
    (found,) = [
        c
        for c in claims
        if (c.series, c.type) == (series, kind)
        and all(getattr(c, name) == value for name, value in options.items())
    ]
    return found


# --- the seed ---------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def june():
    return propose([trends.load(name) for name in SEED], "2025-06")


def test_june_2025(june):
    record = find(june, "drones", "record", direction="high")
    assert record.value == 5438
    streak = find(june, "territory", "streak")
    assert (streak.kind, streak.length, streak.chain) == ("acceleration", 3, (240, 379, 507, 588))
    since = find(june, "territory", "since")
    assert (str(since.since), since.since_value) == ("2024-11", 725)
    rank = find(june, "territory", "rank")
    assert (rank.rank, str(rank.start), len(rank.ahead)) == (3, "2023-01", 2)
    change = find(june, "drones", "change")
    assert (change.percent, str(change.base)) == (Decimal("35.8"), "2025-05")
    assert round(100 * change.per_day, 1) == 40.4


def test_june_2025_in_words(june):
    said = [claim.sentence() for claim in june]
    for words in (
        "Drones launched in June 2025: 5,438, the highest of any month on record",
        "the third consecutive month of acceleration (240 < 379 < 507 < 588)",
        "588 km², the highest since November 2024 (725)",
        "the third highest month since January 2023, behind October and November 2024",
        "5,438, up 35.8% on May 2025 (4,003), +40.4% per day",
    ):
        assert any(words in sentence for sentence in said), words


def test_the_record_leads_june_2025(june):
    assert (june[0].series, june[0].type) == ("drones", "record")


def test_later_months():
    afp = trends.load("territory-gain-afp")
    july = propose(afp, "2025-07")
    assert find(july, "territory", "streak").length == 4
    assert str(find(july, "territory", "since").since) == "2024-11"
    assert not [c for c in propose(afp, "2025-08") if c.type == "streak"]
    december = propose(afp, "2025-12")
    assert str(find(december, "territory", "since", direction="low").since) == "2025-03"
    assert propose(afp, "2026-02") == []  # nothing before it is of the same definition


# --- the rule ---------------------------------------------------------------------------------


@settings(max_examples=100, deadline=None)
@given(case=panels_and_months())
def test_the_order_follows_the_rule(case):
    data, month = case
    claims = propose(data, month)
    rarities = [round(c.rarity, 12) for c in claims]
    assert rarities == sorted(rarities)
    assert all(0 < c.rarity <= 1 for c in claims)
    keys = [(round(c.rarity, 12), list(CLAIM_TYPES).index(c.type), c.series) for c in claims]
    assert keys == sorted(keys)


def test_the_rarity_of_each_type(june):
    """The rule in numbers, on what AFP printed of June 2025."""
    assert find(june, "territory", "streak").rarity == 1 / math.factorial(4)
    assert find(june, "territory", "since").rarity == 1 / 7
    # 17 months from January 2023 on are known
    assert find(june, "territory", "rank").rarity == 3 / 17
    assert find(june, "drones", "record").rarity == 1 / 33
    drones = trends.load("drones-launched")["drones"]["2022-10":"2025-06"]
    changes = drones.pct_change().dropna()
    assert find(june, "drones", "change").rarity == (changes >= changes.iloc[-1]).mean()


def test_ties_are_broken_by_type_and_series():
    month = pd.Period("2025-06", "M")
    claims = [
        CLAIM_TYPES[kind](series=series, month=month, rarity=rarity, **options)
        for kind, options in (("since", {"since": "2025-01"}), ("record", {}))
        for series, rarity in (("b", 0.5), ("a", 0.5 + 1e-15), ("a", None))
    ]
    found = [(c.type, c.series, c.rarity is None) for c in sorted(claims, key=order)]
    assert found == [
        ("record", "a", False),
        ("record", "b", False),
        ("since", "a", False),
        ("since", "b", False),
        ("record", "a", True),
        ("since", "a", True),
    ]


def test_the_rule_is_said():
    for word in ("record", "since", "streak", "change", "multiple", "Ties"):
        assert word in RULE


@settings(max_examples=60, deadline=None)
@given(several=st.lists(panels(4, 20), min_size=2, max_size=3))
def test_the_order_of_the_panels_does_not_matter(several):
    named = [dataclasses.replace(p, names=(f"s{i}",)) for i, p in enumerate(several)]
    named = [dataclasses.replace(p, observed_days=None, values=np.nan_to_num(p.values))
             for p in named]  # fmt: skip
    month = named[0].months[3]
    assert propose(named, month) == propose(named[::-1], month)


# --- what is not said twice ---------------------------------------------------------------------


def test_a_record_says_what_since_and_rank_would():
    records = propose(panel(30.0, *range(1, 14), 20.0, quantity="gain"), "2025-06")
    assert {"since", "rank"} <= {c.type for c in records}
    records = propose(panel(*range(1, 15), 20.0, quantity="gain"), "2025-06")
    kinds = {c.type for c in records}
    assert "record" in kinds
    assert not kinds & {"since", "rank"}


def test_a_record_of_one_series_silences_no_other():
    """Two definitions of one quantity have the same words and the same name."""
    a = panel(*range(1, 15), 20.0, quantity="gain", definition="A")
    b = panel(30.0, *range(1, 14), 20.0, quantity="gain", definition="B")
    together, alone = propose([a, b], "2025-06"), propose(b, "2025-06")
    assert {"since", "rank"} <= {c.type for c in alone}
    assert all(claim in together for claim in alone)


@settings(max_examples=100, deadline=None)
@given(case=panels_and_months())
def test_nothing_is_said_twice(case):
    data, month = case
    claims = propose(data, month)
    assert len({c.sentence() for c in claims}) == len(claims)
    records = {c.direction for c in claims if c.type == "record"}
    assert not [c for c in claims if c.type in ("since", "rank") and c.direction in records]


# --- what is not there ----------------------------------------------------------------------------


def test_a_month_outside_all_data():
    with pytest.raises(MonthOutside, match="2031-01"):
        propose(panel(1.0, 2, 3), "2031-01")
    with pytest.raises(UnknownMonth):
        propose(panel(1.0, 2, 3), "June")


def test_a_month_inside_some_of_the_data():
    early, late = panel(1.0, 2, 3), panel(1.0, 2, 3, last="2026-06", quantity="late")
    assert {c.subject for c in propose([early, late], "2026-06")} == {"late"}


@pytest.mark.parametrize("days", [7, 0])
def test_a_month_without_a_complete_value_yields_nothing(days):
    values = np.array([[*map(float, range(1, 20)), 500.0 if days else np.nan]])
    months = pd.period_range(end="2025-06", periods=20, freq="M")
    observed = [*months.days_in_month[:-1], days]
    assert propose(Panel(values, months, ["x"], observed_days=observed), "2025-06") == []


def test_a_gap_that_lasts_since_a_break_yields_nothing():
    """The ranking begins at the break, and nothing is known from there on."""
    month = pd.Period("2024-01", "M")
    broken = Anomaly(month, month, "method break", "Another rule.")
    data = panel(*range(1, 13), *[np.nan] * 18, anomalies=(broken,))
    assert propose(data, "2025-06") == []


def test_no_data():
    with pytest.raises(BadOption, match="at least one panel"):
        propose([], "2025-06")
    with pytest.raises(TooShort):
        propose(panel(1.0), "2025-06")
    with pytest.raises(NoValues):
        propose(panel(np.nan, np.nan, np.nan), "2025-06")


def test_series_and_frames_are_taken_as_they_are():
    months = pd.period_range("2025-01", periods=4, freq="M")
    series = pd.Series([1.0, 2, 3, 4], months, name="x")
    assert propose(series, "2025-04") == propose(series.to_frame(), "2025-04")
    assert propose([series], "2025-04") == propose(series, "2025-04") != []
