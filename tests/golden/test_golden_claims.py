"""Published sentences, and what the bundled figures say of them.

`claims.json` holds the typed facts of each: who said it and when, in our words; the claim type and
its options; the data it is checked on with every figure printed (`data`, `outcome`); the same
statement without its figures under other definitions (`also`); and, where our verdict is not the
label that the collection gave it by hand, `why`.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from dataclasses import fields, replace
from pathlib import Path

import pandas as pd
import pytest

import trends
from trends.claims import CLAIM_TYPES, Claim, Streak, summed
from trends.errors import MonthOutside
from trends.panel import Panel, as_panel

GOLDEN = json.loads((Path(__file__).parent / "claims.json").read_text(encoding="utf-8"))
# of which no published claim has its data among the bundled
NOT_PUBLISHED = {"share", "mean", "pace"}
LEFT_OUT = {
    "C011": "about single attacks within a month, which no bundled series has",
    "C026": "one night beside a whole month: two series of different kinds",
    "C035": "about a single day of territory; the bundled series are monthly",
    "C051": "rests on the series of Black Bird Group, which is not bundled",
    "C080": "about Ukrainian drones; no series is bundled",
    "C088": "names no rank, only one of the largest",
    "C098": "years of war from 24 February to 23 February; the bundled series are monthly",
    "C160": "weeks and days within months; the bundled series are monthly",
}
every_claim = pytest.mark.parametrize("golden", GOLDEN, ids=[g["id"] for g in GOLDEN])


def panel_of(data: str, published: str) -> Panel:
    """A bundled data set, the flow of one, a sum, or what a publisher had printed by a day."""
    if data.startswith("printed: "):
        publisher, metric, *day = data.removeprefix("printed: ").split(", ")
        return printed(publisher, metric, pd.Timestamp(*(day or [published])))
    if data.startswith("sum of "):
        return summed({n: trends.load(n) for n in data.removeprefix("sum of ").split(", ")})
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
    options = {k: tuple(v) if isinstance(v, list) else v for k, v in golden["options"].items()}
    kind = CLAIM_TYPES[golden["type"]]
    return kind(series=panel.names[0], month=golden["month"], **options)


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
        verdict = claim_of(golden, panel).bare().check(panel)
        assert verdict.outcome == outcome, f"{data}: {verdict}"


def test_every_type_and_outcome_is_covered():
    assert len({g["id"] for g in GOLDEN}) == len(GOLDEN)
    assert {g["type"] for g in GOLDEN} == set(CLAIM_TYPES) - NOT_PUBLISHED
    assert {o for g in GOLDEN for o in outcomes(g)} == {"true", "loose", "false", "cannot say"}


def test_every_published_claim_is_here_or_left_out_for_a_reason(shared):
    ours = {row_of(g) for g in GOLDEN}
    assert not ours & set(LEFT_OUT)
    assert ours | set(LEFT_OUT) == set(labels(shared))
    assert all(LEFT_OUT.values())


def row_of(golden: dict) -> str:
    """The row of the collection; a second fact of one row has a word after its number."""
    return golden["id"].split()[0]


def labels(shared: Path) -> dict[str, str]:
    file = shared / "claims" / "published_claims.csv"
    with file.open(encoding="utf-8", newline="") as lines:
        return {row["id"]: row["expected"] for row in csv.DictReader(lines)}


def test_disagreements_with_the_labels_are_explained(shared):
    given = labels(shared)
    for golden in GOLDEN:
        label = given[row_of(golden)]
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


TURNED = {
    "high": "low", "low": "high", "rise": "fall", "fall": "rise", "acceleration": "slowing",
    "slowing": "acceleration", "above": "below", "below": "above", "negative": "positive",
    "positive": "negative", "without": "with", "with": "without",
}  # fmt: skip
COUNTS = ("length", "rank", "count")
NUMBERS = ("percent", "multiple", "value", "base_value", "number", "gained", "lost", "margin",
           "previous_value", "absolute")  # fmt: skip


def mutations(claim: Claim) -> Iterator[Claim]:
    """The claim with one word changed: month, count, number, or direction."""
    of_one_month = claim.type not in ("total", "window", "nights")
    for shift in (-2, -1, 1, 2):
        if of_one_month and claim.value is not None and not claim.value_hedge:
            yield replace(claim, month=claim.month + shift)
    for name in (field.name for field in fields(claim)):
        given = getattr(claim, name)
        if name in COUNTS and given is not None and getattr(claim, "since_day", None) is None:
            yield replace(claim, **{name: given + (1 if name != "count" else -1)})
        elif name in NUMBERS and given is not None:
            hedge = getattr(claim, {"value": "value_hedge", "margin": "margin_hedge"}.get(
                name, "hedge"), "")  # fmt: skip
            if hedge != "less than":  # which a larger number leaves true
                yield replace(claim, **{name: given * 1.2 + 1})
            if hedge != "more than":
                yield replace(claim, **{name: given * 0.8})
        elif name == "direction" and getattr(claim, "of", "") == "night":
            continue  # no claim is that a night was the smallest
        elif name in ("direction", "kind", "op", "relation", "sign", "of") and given in TURNED:
            yield replace(claim, **{name: TURNED[given]})


@every_claim
def test_a_true_claim_with_one_word_changed(golden):
    """Whatever is changed of a true published claim, it is not called true."""
    panel = panel_of(golden["data"], golden["published"])
    claim = claim_of(golden, panel)
    if golden["outcome"] != "true":
        return
    for mutated in mutations(claim):
        try:
            outcome = mutated.check(panel).outcome
        except MonthOutside:
            continue
        assert outcome != "true", mutated.sentence()


def test_paraphrases_are_read_as_what_they_claim_or_not_at_all() -> None:
    """Four hold a figure that is a claim of its own, or bounds that are thresholds."""
    said = [
        {each.claim.type for each in trends.read_claim(g["paraphrase"], month=g["month"]).claims}
        for g in GOLDEN
    ]
    other = {g["id"] for g, types in zip(GOLDEN, said, strict=True) if types - {g["type"]}}
    assert other == {"C009", "C027", "C146", "C164"}
    assert sum(g["type"] in types for g, types in zip(GOLDEN, said, strict=True)) >= 67
