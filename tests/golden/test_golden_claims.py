"""Published sentences, and what the bundled figures say of them.

`claims.json` holds the typed facts of each: who said it and when, in our words; the claim type and
its options; the data it is checked on with every figure printed (`data`, `outcome`); the same
statement without its figures under other definitions (`also`); and, where our verdict is not the
label that the collection gave it by hand, `why`.
"""

from __future__ import annotations

import csv
import dataclasses
import json
from pathlib import Path

import pandas as pd
import pytest

import trends
from trends.claims import CLAIM_TYPES, Claim, Streak
from trends.panel import Panel, as_panel

GOLDEN = json.loads((Path(__file__).parent / "claims.json").read_text(encoding="utf-8"))
every_claim = pytest.mark.parametrize("golden", GOLDEN, ids=[g["id"] for g in GOLDEN])
FIGURES = {"value": None, "base_value": None, "since_value": None, "chain": ()}


def panel_of(data: str, published: str) -> Panel:
    """A bundled data set, the flow of one, or what a publisher had printed by a day."""
    if data.startswith("printed: "):
        publisher, metric = data.removeprefix("printed: ").split(", ")
        return printed(publisher, metric, pd.Timestamp(published))
    if data.startswith("flow of "):
        return trends.load(data.removeprefix("flow of ")).flow()
    return trends.load(data)


def printed(publisher: str, metric: str, day: pd.Timestamp) -> Panel:
    """What one publisher had printed by a day, the latest print of each month."""
    rows = trends.load("published-monthly")
    rows = rows[(rows["publisher"] == publisher) & (rows["metric"] == metric)]
    rows = rows[(rows["published_date"] <= day) & (rows["period"].str.len() == len("2025-06"))]
    last = rows.sort_values("published_date", kind="stable").groupby("period")["value"].last()
    return as_panel(last.rename(metric), quantity=f"{metric} as printed by {publisher}")


def claim_of(golden: dict, panel: Panel) -> Claim:
    options = {k: tuple(v) if k == "chain" else v for k, v in golden["options"].items()}
    kind = CLAIM_TYPES[golden["type"]]
    return kind(series=panel.names[0], month=golden["month"], **options)


def without_figures(claim: Claim) -> Claim:
    own = {field.name for field in dataclasses.fields(claim)}
    return dataclasses.replace(claim, **{k: v for k, v in FIGURES.items() if k in own})


def outcomes(golden: dict) -> set[str]:
    return {golden["outcome"], *golden["also"].values()}


@every_claim
def test_a_published_claim(golden):
    panel = panel_of(golden["data"], golden["published"])
    verdict = claim_of(golden, panel).check(panel)
    assert verdict.outcome == golden["outcome"], str(verdict)
    if verdict.corrected is not None:
        assert verdict.corrected.check(panel).outcome == "true"


@every_claim
def test_the_same_statement_under_other_definitions(golden):
    for data, outcome in golden["also"].items():
        panel = panel_of(data, golden["published"])
        verdict = without_figures(claim_of(golden, panel)).check(panel)
        assert verdict.outcome == outcome, f"{data}: {verdict}"


def test_every_type_and_outcome_is_covered():
    assert len(GOLDEN) >= 45
    assert len({g["id"] for g in GOLDEN}) == len(GOLDEN)
    assert {g["type"] for g in GOLDEN} == set(CLAIM_TYPES)
    assert {o for g in GOLDEN for o in outcomes(g)} == {"true", "loose", "false", "cannot say"}


def test_disagreements_with_the_labels_are_explained(shared):
    file = shared / "claims" / "published_claims.csv"
    with file.open(encoding="utf-8", newline="") as lines:
        labels = {row["id"]: row["expected"] for row in csv.DictReader(lines)}
    for golden in GOLDEN:
        label = labels[golden["id"]]
        agrees = label in ("", golden["outcome"])
        if label == "depends":  # a verdict on one definition is not the one on another
            agrees = len(outcomes(golden)) > 1
        assert agrees or golden["why"], f"{golden['id']}: {label}, and we say {golden['outcome']}"


def test_the_third_month_of_acceleration_fails_without_claimed_areas():
    """204, 187, 516, 482: the verdict says why, and what is true."""
    panel = trends.load("territory-gain-isw")
    claim = Streak(series="territory", month="2025-06", length=3, kind="acceleration")
    verdict = claim.check(panel)
    assert verdict.outcome == "false"
    assert "515.9 > 481.8" in verdict.reason
    assert "no rise" in verdict.reason
    assert (verdict.corrected.kind, verdict.corrected.length) == ("slowing", 1)
    assert "claimed excluded" in verdict.definition


def test_no_method_break_is_crossed_in_silence():
    panel = trends.load("territory-gain-afp")
    for name, options in {
        "change": {"base": "2026-01", "percent": -74},
        "multiple": {"base": "2026-01", "multiple": 0.26},
        "since": {"since": "2024-04", "direction": "low"},
        "rank": {"rank": 1, "direction": "low", "start": "2023-01"},
        "streak": {"length": 1, "kind": "slowing"},
        "record": {"direction": "low", "start": "2023-01"},
    }.items():
        verdict = CLAIM_TYPES[name](series="territory", month="2026-02", **options).check(panel)
        assert verdict.outcome == "cannot say"
        assert "no longer counts areas merely claimed" in str(verdict), name
        assert CLAIM_TYPES[name].propose(panel, "2026-02") == []
