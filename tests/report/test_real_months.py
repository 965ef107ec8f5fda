"""What the report must say of the bundled data, month by month."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

Told = Callable[[str], dict[str, Any]]
MONTHS = ("2025-06", "2025-07", "2025-08", "2025-12", "2026-02", "2026-05", "2026-06")
every_month = pytest.mark.parametrize("month", MONTHS)


def claims(facts: dict[str, Any], kind: str, series: str) -> list[dict[str, Any]]:
    return [c for c in facts["claims"] if c["type"] == kind and c["series"] == series]


def only(facts: dict[str, Any], kind: str, series: str) -> dict[str, Any]:
    (claim,) = claims(facts, kind, series)
    return claim


def on(facts: dict[str, Any], kind: str, series: str, base: str) -> dict[str, Any]:
    (claim,) = [c for c in claims(facts, kind, series) if c["fields"]["base"] == base]
    return claim


def elsewhere(claim: dict[str, Any]) -> dict[str, str]:
    return {other["name"]: other["outcome"] for other in claim["elsewhere"]}


@every_month
def test_every_claim_is_of_the_month_and_says_so(told: Told, month: str) -> None:
    facts = told(month)
    assert facts["month"] == month
    for claim in facts["claims"]:
        assert {"type", "series", "month", "sentence"} <= set(claim)
        assert claim["month"] == month
        assert claim["sentence"].endswith(".")
        assert claim["outcome"] in ("true", "depends")
        if claim["type"] != "total":  # its value is that of several months
            assert claim["numbers"][month] == claim["fields"]["value"]
        assert set(claim["fields"]) & {"type", "figures"} == set()


@every_month
def test_nothing_later_than_the_month_is_looked_at(told: Told, month: str) -> None:
    facts = told(month)
    for claim in facts["claims"]:
        assert max(claim["numbers"]) == month
    for series in facts["series"]:
        assert series["months"][-1]["month"] == month


@every_month
def test_claims_are_in_the_order_of_the_rule(told: Told, month: str) -> None:
    rarities = [claim["fields"]["rarity"] for claim in told(month)["claims"]]
    assert rarities == sorted(rarities)
    assert all(0 < rarity <= 1 for rarity in rarities)


def test_june_2025_drones(told: Told) -> None:
    facts = told("2025-06")
    record = only(facts, "record", "drones")
    assert record["fields"]["value"] == 5438
    assert "5,438, the highest of any month on record" in record["sentence"]
    assert facts["headline"] == record["sentence"]
    change = on(facts, "change", "drones", "2025-05")
    assert change["fields"]["base_value"] == 4003
    assert change["fields"]["percent"] == 35.8
    assert "up 35.8% on May 2025 (4,003), +40.4% per day" in change["sentence"]
    assert change["printed"] == [
        "AFP printed 3,974 for May 2025 and 5,438 for June 2025: +36.8% (+41.4% per day)."
    ]


def test_june_2025_territory(told: Told) -> None:
    facts = told("2025-06")
    since = only(facts, "since", "territory")
    assert (since["fields"]["value"], since["fields"]["since"]) == (588, "2024-11")
    assert "588 km², the highest since November 2024 (725)" in since["sentence"]
    streak = only(facts, "streak", "territory")
    assert streak["fields"]["kind"] == "acceleration"
    assert streak["fields"]["length"] == 3
    assert streak["fields"]["chain"] == [240, 379, 507, 588]
    assert "third consecutive month of acceleration (240 < 379 < 507 < 588)" in streak["sentence"]
    rank = only(facts, "rank", "territory")
    assert (rank["fields"]["rank"], rank["fields"]["start"]) == (3, "2023-01")
    assert "third highest month since January 2023" in rank["sentence"]
    assert "October and November 2024" in rank["sentence"]


def test_june_2025_depends_on_the_definition(told: Told) -> None:
    streak = only(told("2025-06"), "streak", "territory")
    assert streak["outcome"] == "depends"
    assert elsewhere(streak)["territory-gain-isw"] == "false"
    (isw,) = [other for other in streak["elsewhere"] if other["name"] == "territory-gain-isw"]
    assert "515.9 > 481.8" in isw["reason"]
    assert only(told("2025-06"), "since", "territory")["outcome"] == "depends"


def test_july_2025(told: Told) -> None:
    facts = told("2025-07")
    streak = only(facts, "streak", "territory")
    assert streak["fields"]["chain"] == [240, 379, 507, 588, 634]
    assert "fourth consecutive month of acceleration" in streak["sentence"]
    assert only(facts, "since", "territory")["fields"]["since"] == "2024-11"
    assert only(facts, "record", "drones")["fields"]["value"] == 6297


def test_august_2025_ends_the_streak(told: Told) -> None:
    facts = told("2025-08")
    assert claims(facts, "streak", "territory") == []
    (notice,) = [line for line in facts["notices"] if line.startswith("Net territorial gain")]
    assert "the fall to 594 km² in August 2025 ends a streak of 4 months of accel" in notice
    assert "240 < 379 < 507 < 588 < 634" in notice
    assert claims(facts, "record", "drones") == []
    assert any(line.startswith("Drones launched: the fall to 4,132") for line in facts["notices"])


def test_december_2025(told: Told) -> None:
    facts = told("2025-12")
    assert only(facts, "since", "territory")["fields"]["since"] == "2025-03"
    assert only(facts, "since", "territory")["fields"]["direction"] == "low"
    change = on(facts, "change", "territory", "2025-11")
    assert (change["fields"]["value"], change["fields"]["base_value"]) == (244, 701)
    # our figure 5,131 is not the printed 5,134, and the report says both
    drones = on(facts, "change", "drones", "2025-11")
    assert drones["fields"]["value"] == 5131
    assert any("5,134" in line for line in drones["printed"])


def test_february_2026_no_claim_crosses_the_method_break(told: Told) -> None:
    facts = told("2026-02")
    assert [c for c in facts["claims"] if c["series"] == "territory"] == []
    (notice,) = [line for line in facts["notices"] if line.startswith("Method break")]
    assert "February 2026" in notice
    assert "no longer counts areas merely claimed" in notice
    assert "not compared" in notice
    (territory,) = [s for s in facts["series"] if s["series"] == "territory"]
    last = territory["months"][-1]
    assert last["value"] == 123
    assert last["change"] is last["per_day_change"] is last["year_on_year"] is None
    assert last["flags"] == ["method break"]
    assert "A line marks a method break in February 2026." in territory["alt"]
    assert only(facts, "record", "missiles")["fields"]["value"] == 290


@every_month
def test_no_number_of_a_territory_claim_lies_beyond_the_break(told: Told, month: str) -> None:
    for claim in told(month)["claims"]:
        if claim["series"] == "territory":
            assert len({m < "2026-02" for m in claim["numbers"]}) == 1


def test_may_2026(told: Told) -> None:
    facts = told("2026-05")
    assert only(facts, "record", "drones")["fields"]["value"] == 8150
    assert only(facts, "streak", "drones")["fields"]["length"] == 4
    assert [s["series"] for s in facts["series"]] == ["drones", "missiles"]
    (line,) = facts["left_out"]
    assert line.startswith("Net territorial gain (AFP")
    assert "to February 2026" in line


def test_june_2026_is_partial_and_never_compared(told: Told) -> None:
    facts = told("2026-06")
    assert facts["claims"] == []
    assert "on pace for about 7,700 drones (90% interval 5,900 to 10,800)" in facts["headline"]
    assert " will " not in json.dumps(facts)
    assert "7 of 30 days were observed" in facts["notices"][0]
    assert "drones launched" in facts["notices"][0]
    (line,) = facts["left_out"]
    assert "Net territorial gain" in line
    for series in facts["series"]:
        assert series["status"] == "partial"
        last = series["months"][-1]
        assert last["value"] is not None
        assert last["change"] is last["per_day_change"] is last["year_on_year"] is None
        assert last["rank"] is None
        assert last["flags"] == ["partial, 7 of 30 days"]
        assert "Hatched because not complete: June 2026." in series["alt"]


@every_month
def test_the_page_and_the_text_say_every_sentence(
    made: Callable[[str], Any], told: Told, month: str
) -> None:
    import html

    facts, page, text = told(month), html.unescape(made(month).to_html()), made(month).to_markdown()
    for said in (facts["headline"], *facts["notices"], *facts["left_out"]):
        assert said in page
    for claim in facts["claims"]:
        for said in (claim["sentence"], claim["reason"], *claim["printed"], *claim["caveats"]):
            assert said in page
            assert html.escape(said, quote=False) in text
