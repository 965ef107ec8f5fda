"""Margins of every type of claim: the claim holds just inside of the edge and falls beyond it."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import numpy as np
import pandas as pd
import pytest

from trends.claims import (
    CLAIM_TYPES,
    Change,
    Claim,
    Mean,
    Multiple,
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
)
from trends.panel import Anomaly, Panel
from trends.robustness import RESTS_ON, find_margins
from trends.robustness._inequalities import rests_on

ROW = (300.0, 610, 725, 476, 430, 389, 240, 379, 507, 588, 450, 150, 160, 320)
MONTHS = pd.period_range(end="2025-06", periods=len(ROW), freq="M")
AREA = Panel([ROW], MONTHS, ["x"], unit="km2")


def about(type_: type[Claim], month: str = "2025-06", **facts: object) -> Claim:
    return type_(series="x", month=month, **facts)


def revised(panel: Panel, month: pd.Period, by: float) -> Panel:
    values = panel.values.copy()
    values[0, panel.position(month)] += by
    return replace(panel, values=values)


HOLDS = [
    about(Since, direction="low", month="2025-04", since="2024-11"),
    about(Since, since="2025-03"),
    about(Rank, rank=1, start="2025-03", excluding=(("2025-03", "2025-03"),)),
    about(Rank, "2025-03", rank=6, at_least=True),
    about(Rank, "2025-02", rank=1, end="2025-02", start="2024-10", direction="high"),
    about(Streak, "2024-11", length=4, kind="fall"),
    about(Streak, length=2, kind="acceleration"),
    about(Change, base="2025-05", percent=100),
    about(Change, base="2025-05", percent=90, hedge="more than"),
    about(Change, base="2025-05", percent=Decimal("100.0"), hedge="about"),
    about(Change, base="2025-05", percent=106, hedge="almost", per="day"),
    about(Change, "2025-04", base="2025-03", percent=-67),
    about(Change, "2025-04", base="2025-03", percent=-70, hedge="less than"),
    about(Multiple, base="2025-05", multiple=2),
    about(Multiple, base="2025-05", multiple=2.0),
    about(Multiple, base="2025-05", multiple=Decimal("2.0")),
    about(Multiple, "2024-07", base="2024-06", multiple=1),
    about(Change, "2025-05", base="2025-04", percent=7),
    about(Change, "2025-05", base="2025-04", percent=6.7),
    about(Multiple, base="2025-05", multiple=2.1, hedge="almost"),
    about(Threshold, bound=300),
    about(Threshold, bound=300, first_since="2025-03"),
    about(Threshold, "2025-04", bound=200, op="at most"),
    about(Threshold, "2025-04", bound=200, op="below", first_since="2024-12"),
    about(Total, first="2025-04", value=630),
    about(Total, first="2025-04", value=600, value_hedge="more than"),
    about(Mean, per_day=11),
    about(Mean, per_day=Decimal("6.9"), first="2025-04", hedge="about"),
    about(Window, first="2025-05", bases=(("2025-03", "2025-04"),), relation="below"),
    about(Window, first="2025-05", bases=(("2025-05", "2025-05"),), relation="above"),
    about(
        Window, first="2025-05", bases=(("2025-03", "2025-04"),), relation="below", per="day"
    ),
    about(
        Window, first="2025-05", bases=(("2025-03", "2025-04"),), relation="multiple", number=0.8
    ),
    about(
        Window, first="2025-05", bases=(("2025-03", "2025-04"),), relation="percent", number=-20
    ),
    about(Sign, sign="positive"),
]  # fmt: skip


@pytest.mark.parametrize("claim", HOLDS, ids=lambda claim: claim.sentence()[:60])
def test_the_margin_is_the_edge(claim):
    assert claim.check(AREA).outcome in ("true", "loose")
    margins = find_margins(claim, AREA)
    kept = (claim if claim.type == "total" else claim.bare()).check
    for share, holds in ((0.99, True), (1.01, False)):
        outcome = kept(revised(AREA, margins.month, margins.revision * share)).outcome
        assert (outcome in ("true", "loose")) == holds, (margins.month, margins.revision)
    assert margins.relative == margins.revision / AREA["x"][margins.month]
    assert margins.frame()["relative"].abs().is_monotonic_increasing


def test_a_net_loss_and_the_first_since():
    """Each month between must not be one; the month itself must."""
    flow = Panel([[-7.0, 124, 24, -120]], MONTHS[-4:], ["x"])
    claim = about(Sign, sign="negative", first_since="2025-03")
    margins = find_margins(claim, flow)
    shown = {str(row.month): (row.revision, row.breaks) for row in margins.frame().itertuples()}
    assert shown == {
        "2025-06": (120, "June 2025 is negative"),
        "2025-05": (-24, "May 2025 is not negative"),
        "2025-04": (-124, "April 2025 is not negative"),
    }
    rests = rests_on(claim, flow)
    assert [str(*each.terms) for each in rests] == ["2025-06", "2025-04", "2025-05"]
    gain = about(Sign, sign="positive", first_since="2025-03")
    margins = find_margins(gain, replace(flow, values=-flow.values))
    assert sorted(margins.frame()["revision"]) == [-120, 24, 124]


def test_levels_and_daily_amounts_are_not_divided_by_days():
    for kind in ("stock", "rate"):
        level = Panel([[310.0, 330]], MONTHS[-2:], ["x"], kind=kind)
        by_day, by_month = (
            about(Change, base="2025-05", percent=6, per=per) for per in ("day", "month")
        )
        assert by_day.check(level).outcome == by_month.check(level).outcome == "true"
        assert find_margins(by_day, level).revision == find_margins(by_month, level).revision


@pytest.mark.parametrize(
    "claim",
    [
        about(Streak, "2024-07", length=1, kind="record"),
        about(Change, base="2025-05", absolute=160),
        about(Total, first="2025-05", most=True),
        about(
            Window, first="2025-05", bases=(("2025-03", "2025-04"),), relation="difference",
            number=-120,
        ),
        about(Nights, count=3),
        about(Share, of="x", percent=100),
    ],
    ids=lambda claim: claim.type,
)  # fmt: skip
def test_a_claim_of_which_no_edge_is_known(claim):
    values = [*range(1, 15)] if claim.type == "streak" else ROW
    if claim.type == "total":
        values = [*ROW[:-1], 9000]
    if claim.type == "nights":
        values = [3] * 14
    panel = Panel([values], MONTHS, ["x"])
    if claim.type == "streak":
        claim = replace(claim, month=MONTHS[-1])
        assert claim.check(panel).outcome in ("true", "loose")
    margins = find_margins(claim, panel)
    assert margins.month is None
    assert np.isnan([margins.revision, margins.relative, margins.joint]).all()
    assert margins.summary() == "No revision of a single month would overturn it."
    assert len(margins.frame()) == 0
    assert (rests_on(claim, panel) is None) == (claim.type not in RESTS_ON)


def test_points_rest_on_no_month():
    shares = Panel([[40.0, 45]], MONTHS[-2:], ["x"], unit="percent", kind="rate")
    assert rests_on(about(Change, base="2025-05", percent=5, points=True), shares) == []


def test_a_break_bounds_what_a_claim_rests_on():
    broken = [
        replace(AREA, anomalies=(Anomaly(month, month, "method break", "Another rule."),))
        for month in ("2025-03", "2025-06", "2025-07")
    ]
    claim = about(Record, start="2025-04")
    rests = [{str(m) for each in rests_on(claim, p) for m in each.terms} for p in broken]
    assert rests[0] == {"2025-04", "2025-05", "2025-06"}
    assert rests[1] == set()
    assert rests[2] == rests[0]
    spike = Anomaly("2025-04", "2025-04", "one-off", "A raid.", excluded_from=("records",))
    without = rests_on(claim, replace(AREA, anomalies=(spike,)))
    assert [set(map(str, each.terms)) for each in without] == [{"2025-05", "2025-06"}]


def test_every_type_that_can_be_proposed_or_read_is_known_or_has_no_margin():
    assert set(RESTS_ON) | {"share", "net", "nights", "pace"} == set(CLAIM_TYPES)
