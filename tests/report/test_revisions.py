"""What changed since an earlier report: from its facts alone."""

from __future__ import annotations

import copy
import dataclasses
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from trends.errors import BadTable, UnreadableFile
from trends.loaders import load
from trends.panel import Panel
from trends.report import Report, changes, diff, read_facts, report
from trends.report._revisions import claim_of, panel_of

Told = Callable[[str], dict[str, Any]]


@pytest.mark.parametrize("month", ["2025-06", "2025-12", "2026-02", "2026-05"])
def test_a_claim_of_the_json_is_true_of_the_series_of_the_json(told: Told, month: str) -> None:
    facts = told(month)
    assert facts["claims"]
    for claim in facts["claims"]:
        (series,) = [s for s in facts["series"] if s["series"] == claim["series"]]
        verdict = claim_of(claim).check(panel_of(series))
        assert verdict.outcome == "true", claim["sentence"]


def revised(panel: Panel, month: str, value: float) -> Panel:
    values = panel.values.astype(float).copy()
    values[0, panel.position(month)] = value
    return dataclasses.replace(panel, values=values)


def test_a_revision_that_overturns_a_streak_is_told() -> None:
    then = load("territory-gain-afp")
    old = report(then, "2025-06")
    new = report(revised(then, "2025-05", 600.0), "2025-07", previous=old)
    found = new.facts()["revisions"]
    assert found["month"] == "2025-06"
    (value,) = found["values"]
    assert (value["month"], value["then"], value["now"]) == ("2025-05", 507, 600)
    assert value["change"] == pytest.approx(600 / 507 - 1)
    sentences = [each["sentence"] for each in found["overturned"]]
    assert any("third consecutive month of acceleration" in said for said in sentences)
    for text in (new.to_html(), new.to_markdown()):
        assert "1 of 18 monthly values was revised." in text
        assert "no longer hold" in text
        assert "Compared with the report of June 2025" in text


def test_nothing_revised_is_said(made: Callable[[str], Report]) -> None:
    old = made("2025-06")
    new = report([load("drones-launched"), load("missiles-launched"), load("territory-gain-afp")],
                 "2025-07", previous=old)  # fmt: skip
    found = new.facts()["revisions"]
    assert found["values"] == found["overturned"] == []
    assert found["n_statements"] == len(old.findings)
    assert "was revised, and every statement of that report still holds." in new.to_markdown()


def test_another_definition_is_not_compared() -> None:
    panel = load("territory-gain-afp")
    other = dataclasses.replace(panel, definition="Another rule.")
    found = report(other, "2025-07", previous=report(panel, "2025-06")).facts()["revisions"]
    assert found["not_compared"] == ["net territorial gain"]
    assert found["n_compared"] == 0
    assert found["n_unchecked"] == found["n_statements"] > 0


def test_the_content_hash_is_of_the_content() -> None:
    panel = load("territory-gain-afp")
    one, two = report(panel, "2025-06"), report(revised(panel, "2025-01", 431.0), "2025-06")
    assert one.facts()["content_hash"] != two.facts()["content_hash"]
    later = report(panel, "2025-06", previous=report(panel, "2025-05"))
    assert later.facts()["content_hash"] == one.facts()["content_hash"]


def test_previous_is_a_report_its_facts_a_file_or_a_folder(tmp_path: Path) -> None:
    panel = load("territory-gain-afp")
    old = report(panel, "2025-05")
    old.save(tmp_path / "old", formats=("json",))
    told = [
        report(panel, "2025-06", previous=before).to_json()
        for before in (old, old.facts(), tmp_path / "old", tmp_path / "old" / "report.json")
    ]
    assert len(set(told)) == 1
    assert json.loads(told[0])["revisions"] is not None


def test_diff_of_one_month_lists_what_only_one_says() -> None:
    panel = load("territory-gain-afp")
    old, new = report(panel, "2025-06"), report(revised(panel, "2025-05", 600.0), "2025-06")
    found = diff(old.facts(), new.facts())
    assert found
    assert any("third consecutive month" in said for said in found.gone)
    assert set(found.overturned) <= set(found.gone)
    assert any("down 2.0% on May 2025 (600)" in said for said in found.new)
    assert not diff(old.facts(), old.facts())
    assert [line[0] for line in found.lines()] == sorted(
        (line[0] for line in found.lines()), key="- +".index
    ) or {line[0] for line in found.lines()} == {"-", " ", "+"}


def test_diff_of_two_months_lists_only_what_is_overturned() -> None:
    panel = load("territory-gain-afp")
    june, july = report(panel, "2025-06").facts(), report(panel, "2025-07").facts()
    assert not diff(june, july)
    worse = report(revised(panel, "2025-05", 600.0), "2025-07").facts()
    assert diff(june, worse).overturned
    assert diff(june, worse).gone == ()


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("", "is not JSON"),
        ("[]", "is no report"),
        ("{}", "is no report"),
        (
            '{"schema": 1, "month": "2025-06", "claims": [], "series": []}',
            "version 1 of the schema",
        ),
    ],
)
def test_what_is_no_report_is_refused(tmp_path: Path, text: str, problem: str) -> None:
    path = tmp_path / "report.json"
    path.write_text(text)
    with pytest.raises((BadTable, UnreadableFile), match=problem):
        read_facts(path)
    with pytest.raises(UnreadableFile, match="cannot be read"):
        read_facts(tmp_path / "absent")


@pytest.mark.parametrize("key", ["history", "definition", "name"])
def test_half_a_report_is_refused(told: Told, key: str) -> None:
    facts = told("2025-06")
    broken = copy.deepcopy(facts)
    del broken["series"][0][key]
    with pytest.raises(BadTable, match="not whole"):
        changes(broken, facts)


def test_many_revisions_are_cut_and_counted() -> None:
    rng = np.random.default_rng(0)
    panel = load("drones-launched")
    moved = dataclasses.replace(panel, values=panel.values + rng.integers(1, 9, panel.values.shape))
    text = report(moved, "2025-06", previous=report(panel, "2025-06")).to_html()
    assert "13 smaller revisions are not listed." in text
