"""The parts of a check one by one, on data short enough to check by eye."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import numpy as np
import pandas as pd
import pytest

import trends
from trends.checks import (
    Elsewhere,
    Finding,
    check,
    find,
    other_definitions,
    printed_figures,
    printed_instead,
    weigh,
)
from trends.checks._support import support_of
from trends.claims import (
    Change,
    Claim,
    Mean,
    Multiple,
    Rank,
    Record,
    Share,
    Since,
    Streak,
    Total,
    Window,
)
from trends.panel import Panel

ROW = (9.0, 3, 4, 5, 6, 8)


def panel(*values: float, **about: object) -> Panel:
    months = pd.period_range(end="2025-06", periods=len(values), freq="M")
    return Panel([values], months, ["x"], **about)


def about(type_: type[Claim], **facts: object) -> Claim:
    return type_(series="x", month="2025-06", **facts)


# --- elsewhere --------------------------------------------------------------------------------


def found_elsewhere(claim: Claim, here: Panel, there: Panel) -> Finding:
    """The finding with a twin under another definition."""
    finding = weigh(claim, here, others={"there": there})
    assert [each.name for each in finding.elsewhere] == ["there"]
    return finding


@pytest.mark.parametrize(
    ("claim", "there", "outcome"),
    [
        (about(Streak, length=4), (9, 3, 4, 5, 6, 5), "depends"),
        (about(Streak, length=4), (9, 3, 4, 5, 6, 7), "true"),
        (about(Streak, length=4), (9, 3, 2, 5, 6, 7), "depends"),
        # a change is another number everywhere, and depends where it goes the other way
        (about(Change, base="2025-05", percent=33), (9, 3, 4, 5, 6, 9), "true"),
        (about(Change, base="2025-05", percent=33), (9, 3, 4, 5, 6, 6), "true"),
        (about(Change, base="2025-05", percent=33), (9, 3, 4, 5, 6, 5), "depends"),
        (about(Multiple, base="2025-02", multiple=2.7), (9, 3, 4, 5, 6, 2), "depends"),
        # of a total, a mean and a share there is no direction
        (about(Total, first="2025-05", value=14), (9, 3, 4, 5, 6, 1), "true"),
        (about(Mean, per_day=0.3), (9, 3, 4, 5, 6, 900), "true"),
        (about(Share, of="x", percent=100), (9, 3, 4, 5, 6, 1), "true"),
        # a window is a direction, or a number
        (about(Window, first="2025-06", bases=(("2025-05", "2025-05"),)), (1, 1, 1, 1, 6, 5),
         "depends"),
        (about(Window, first="2025-06", bases=(("2025-05", "2025-05"),), relation="multiple",
               number=1.3), (1, 1, 1, 1, 6, 5), "true"),
        # what is false here is false
        (about(Streak, length=5), (1, 2, 3, 4, 5, 6), "false"),
    ],
)  # fmt: skip
def test_a_claim_depends_on_the_definition_where_it_turns(claim, there, outcome):
    finding = found_elsewhere(claim, panel(*ROW), panel(*there, definition="Otherwise."))
    assert finding.outcome == outcome
    line = finding.elsewhere[0].line()
    numeric = isinstance(claim, Change | Multiple | Total | Mean | Share) or getattr(
        claim, "relation", ""
    ) in ("multiple", "percent", "difference")
    assert finding.elsewhere[0].numeric == numeric
    assert line.startswith("On there: ")
    told = finding.elsewhere[0].outcome + ". "
    assert line.startswith(f"On there: {told}") == (not numeric)


def test_what_cannot_be_checked_elsewhere_is_not_told():
    claim = about(Streak, length=4)
    for other in (panel(*ROW[:-1], np.nan), panel(8.0), panel(*ROW).window("2025-01", "2025-05")):
        assert weigh(claim, panel(*ROW), others={"there": other}).elsewhere == ()


def test_other_definitions_are_those_of_the_same_metric():
    afp = trends.load("territory-gain-afp")
    others = other_definitions(afp)
    assert "territory-gain-isw" in others
    assert all(p.metric == afp.metric and p.kind == afp.kind for p in others.values())
    assert all(p.definition != afp.definition for p in others.values())
    assert other_definitions(replace(afp, metric="")) == {}
    both = Panel([ROW, ROW], panel(*ROW).months, ["x", "y"], metric=afp.metric)
    assert other_definitions(both) == {}


# --- what was printed -------------------------------------------------------------------------


def test_what_publishers_printed_for_a_month():
    drones = trends.load("drones-launched")
    assert printed_figures(replace(drones, metric=""), pd.Period("2025-05", "M")) == []
    assert any("3,974" in line for line in printed_figures(drones, pd.Period("2025-05", "M")))


def test_a_multiple_as_others_printed_it():
    drones = trends.load("drones-launched")
    facts = {"series": "drones", "month": "2025-06", "base": "2025-05"}
    multiple = Multiple(multiple=1.4, **facts)
    assert printed_instead(multiple, drones) == [
        "AFP printed 3,974 for May 2025 and 5,438 for June 2025: 1.37 times."
    ]
    # where the claim has the same figures, nothing else was printed
    same = replace(multiple, value=5438, base_value=3974)
    assert printed_instead(same, drones) == []
    assert printed_instead(Record(series="drones", month="2025-06"), drones) == []
    assert printed_instead(multiple, replace(drones, metric="")) == []


# --- support ----------------------------------------------------------------------------------


def test_how_rare_chance_makes_it():
    flow = panel(5, 3, 8, 2, 9, 4, 6, 7, 10, 1, 2.5, 3.5, 4.5)
    streak = support_of(about(Streak, length=3), flow)
    assert streak.at_this_month == pytest.approx(1 / 24)  # of four values in order
    assert streak.rare
    two = support_of(about(Streak, length=1), panel(5, 3, 8, 2, 9, 4, 6, 7, 10, 1, 2.5, 3.5))
    assert two.at_this_month == pytest.approx(1 / 6)  # of the two rises that there are
    assert not two.rare
    assert support_of(about(Streak, length=3, kind="record"), flow) is None
    assert support_of(about(Rank, rank=1), flow) is None
    assert support_of(about(Streak, length=1, kind="fall"), flow) is None  # there is none
    assert support_of(about(Since, since="2025-05"), panel(2)) is None  # too short


def test_a_stock_accelerates_by_its_flow():
    """Levels that always rise have flows that rise twice at the end."""
    flow = np.array([5.0, 3, 8, 2, 9, 4, 6, 7, 1, 8, 2, 3, 4])
    stock = panel(*np.cumsum(flow), kind="stock")
    claim = about(Streak, length=2, kind="acceleration")
    assert support_of(claim, stock).at_this_month == pytest.approx(1 / 6)


def test_of_a_record_within_a_span_only_the_span_counts():
    row = (90.0, 5, 3, 8, 2, 9, 4, 6, 7, 1, 8, 2, 3, 4, 9.5)
    held = about(Record, start="2024-05")
    assert support_of(held, panel(*row)).at_this_month == pytest.approx(1 / 14)
    assert support_of(about(Record), panel(*row)) is None


# --- findings ---------------------------------------------------------------------------------


def test_findings_come_in_the_order_of_their_rarity():
    month = pd.Period("2025-06", "M")
    panels = [panel(*row, quantity=name) for row, name in (((9, 1, 2), "a"), (ROW, "b"))]
    found = find(panels, month)
    assert [f.claim for f in found] == trends.propose(panels, month)
    rarities = [f.claim.rarity for f in found]
    assert rarities == sorted(rarities)
    assert {f.claim.subject for f in found} == {"a", "b"}
    assert all(f.outcome == "true" for f in found)


def test_a_finding_as_json_and_as_a_page():
    claim = about(Record, value=Decimal("8.5"), previous_value=float("nan"))
    finding = Finding(claim, claim.check(panel(*ROW)), panel(*ROW))
    facts = finding.facts()["fields"]
    assert (facts["month"], facts["value"], facts["previous_value"]) == ("2025-06", 8.5, None)
    ranked = about(Rank, rank=2, ahead=("2025-01",))
    assert weigh(ranked, panel(*ROW)).facts()["fields"]["ahead"] == ["2025-01"]
    assert "<p>FALSE: The data have 8, not 8.5; " in finding._repr_html_()
    other = Elsewhere("there", "", "false", "No.", {}, numeric=False)
    assert other.line() == "On there: false. No."


def test_a_sentence_without_a_claim_says_so():
    found = check("It rained.", panel(*ROW), month="2025-06")
    assert found.outcome == "cannot say"
    empty = replace(found, unread=())
    assert str(empty).endswith("CANNOT SAY: no claim was found in it.")


# --- which data -------------------------------------------------------------------------------


def test_a_share_of_a_panel_of_both_and_of_a_sum():
    months = panel(*ROW).months[-2:]
    both = Panel([[1, 2], [3, 4]], months, ["x", "whole"])
    assert check(about(Share, of="whole", percent=50), both).outcome == "true"
    drones, missiles = (
        Panel([row], months, [name], unit=name) for row, name in (([1, 3], "x"), ([5, 1], "y"))
    )
    share = about(Share, of="x+y", percent=75)
    assert check(share, [drones, missiles]).outcome == "true"


def test_before_anything_was_known_there_is_no_vintage(tmp_path):
    with trends.Store.open(tmp_path / "store.db") as store:
        store.add(panel(*ROW, definition="net"), as_of="2025-07-01")
    found = check("The fourth consecutive monthly rise", "x", month="2025-06",
                  published="2025-06-30", store=tmp_path / "store.db")  # fmt: skip
    (finding,) = found.findings
    assert (finding.outcome, finding.elsewhere) == ("true", ())
