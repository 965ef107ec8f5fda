"""Sentences and claims on the data that they speak of: arithmetic, support, robustness."""

from __future__ import annotations

import json

import numpy as np
import pandas as pd
import pytest

import trends
from trends.checks import check, claim_of, verify
from trends.claims import Record, Share, Since, Streak
from trends.errors import BadOption, BadTable, UnknownName, UnreadableFile
from trends.panel import Panel

SEED = (
    "Russia's biggest territorial gain since November while accelerating advances for a third "
    "consecutive month"
)


def panel_of(values, **about):
    months = pd.period_range(end="2025-06", periods=len(values), freq="M")
    return Panel([list(map(float, values))], months, ["s"], **about)


def test_the_seed_sentence_is_two_claims_that_depend_on_the_definition():
    found = check(SEED, month="2025-06")
    assert [(f.claim.type, f.outcome) for f in found.findings] == [
        ("since", "depends"),
        ("streak", "depends"),
    ]
    assert found.outcome == "depends"
    assert not found.unread
    assert not found.unchecked
    streak = found.findings[1]
    assert "240 < 379 < 507 < 588" in streak.verdict.reason
    elsewhere = {each.name: each.outcome for each in streak.elsewhere}
    assert elsewhere["territory-gain-isw"] == "false"
    assert streak.support.at_this_month == pytest.approx(1 / 24)
    assert streak.support.anywhere > streak.support.at_this_month
    assert streak.margins.revision == -81


def test_the_three_things_are_kept_apart():
    text = str(check(SEED, month="2025-06"))
    for words in ("TRUE, and it depends", "Support: ", "Margin: ", "Choices: "):
        assert words in text


def test_a_wrong_percentage_is_corrected():
    found = check("Missiles fell 2% in November to 215", month="2025-11")
    assert found.outcome == "false"
    (finding,) = found.findings
    assert finding.verdict.corrected is not None
    assert "down 21.9% on October 2025" in finding.verdict.corrected.sentence()
    assert any("AFP printed 270" in line and "20.4%" in line for line in finding.printed)
    assert finding.margins is None


@pytest.mark.parametrize(
    ("words", "source"),
    [
        ("ISW data show that Russia's advance slowed in May 2025", "Institute for the Study"),
        ("According to DeepState, Russia's advance slowed in May 2025", "DeepState"),
    ],
)
def test_the_source_that_is_named_is_looked_at(words, source):
    found = check(words)
    for finding in found.findings:
        assert finding.panel.source.startswith(source)
        assert any("The sentence says" in note for note in finding.notes)


def test_drones_and_missiles_are_added_up():
    found = check("Drones and missiles were up 36% in September on August", month="2025-09")
    (finding,) = found.findings
    assert finding.panel.metric == "drones_launched+missiles_launched"
    assert finding.verdict.numbers == {"2025-08": 4291.0, "2025-09": 5823.0}


def test_what_is_not_read_is_said_and_nothing_is_guessed():
    found = check("Things got much worse in June.", month="2025-06")
    assert found.outcome == "cannot say"
    assert not found.findings
    assert "CANNOT SAY" in str(found) or "Not read" in str(found)


def test_a_month_without_data_is_said():
    found = check("Drones set a record in June 1999")
    assert found.outcome == "cannot say"
    assert found.unchecked
    assert "outside the data" in found.unchecked[0].why


def test_data_of_ones_own():
    own = pd.Series(
        [9.0, 3, 4, 5, 6], pd.period_range("2025-02", periods=5, freq="M"), name="strikes"
    )
    found = check("The third consecutive monthly rise", own, month="2025-06")
    assert [f.outcome for f in found.findings] == ["true"]
    assert found.findings[0].claim.series == "strikes"


def test_a_typed_claim_and_its_month():
    claim = Streak(series="territory_km2", month="2025-06", length=3)
    assert check(claim).outcome == "depends"
    assert check(claim, "territory-gain-isw").outcome == "false"
    with pytest.raises(BadOption, match="month"):
        check(claim, month="2025-06")
    with pytest.raises(UnknownName, match="ships"):
        check(Since(series="ships", month="2025-06", since="2025-01"))


def test_a_share_finds_its_whole():
    part = panel_of([50, 60, 80, 90, 80], metric="drones_destroyed", unit="drones")
    whole = panel_of([100, 100, 100, 100, 100], metric="drones_launched", unit="drones")
    claim = Share(series="drones_destroyed", of="drones_launched", month="2025-06", percent=80)
    assert check(claim, [part, whole]).outcome == "true"


def test_facts_are_json_and_the_frame_has_a_row_a_claim():
    found = check(SEED, month="2025-06")
    facts = json.loads(json.dumps(found.facts(), allow_nan=False))
    assert [claim["type"] for claim in facts["claims"]] == ["since", "streak"]
    assert facts["claims"][1]["margin"]["month"] == "2025-06"
    assert list(found.frame()["type"]) == ["since", "streak"]


def test_html_is_escaped():
    html = check("<script>alert(1)</script> a record in June 2025")._repr_html_()
    assert "<script" not in html


def test_by_day_a_streak_may_break():
    # 310 of 31 days are 10 a day, 305 of 30 days more: a fall by month and a rise by day
    found = check(
        Streak(series="s", month="2025-06", length=2, kind="rise"), panel_of([300, 305, 311, 312])
    )
    assert found.findings[0].by_day.outcome in ("true", "loose", "false")
    falls = check(
        Streak(series="s", month="2025-06", length=1, kind="fall"), panel_of([300, 310, 305])
    )
    assert falls.findings[0].by_day.outcome == "false"
    assert "On amounts a day" in str(falls)


# --- verify ----------------------------------------------------------------------------------


def test_verify_reads_a_file_and_says_what_changed(tmp_path):
    entries = [
        {"sentence": SEED, "month": "2025-06", "outcome": "depends", "id": "AFP, June"},
        {"claim": {"type": "record", "series": "drones_launched", "month": "2025-05"}},
    ]
    path = tmp_path / "claims.json"
    path.write_text(json.dumps(entries), encoding="utf-8")
    found = verify(path)
    assert not found.holds
    assert list(found.frame()["holds"]) == [True, False]
    assert found.diff().splitlines()[1].startswith("+ ")
    assert verify([entries[0]]).diff() == ""


@pytest.mark.parametrize(
    ("text", "error", "words"),
    [
        ("{", UnreadableFile, "not JSON"),
        ("{}", BadTable, "no list"),
        ("[{}]", BadTable, "entry 1"),
        ('[{"sentence": "x", "claim": {}}]', BadTable, "either"),
        ('[{"claim": {"type": "record"}}]', BadTable, "not whole"),
        ('[{"claim": {"type": "x"}}]', BadTable, "no type of claim"),
        ('[{"claim": {"type": "record", "series": "s", "month": "2025-06", "x": 1}}]', BadTable,
         "has no x"),
        ('[{"sentence": "a record", "month": "2025-06", "outcome": "maybe"}]', BadTable,
         "no outcome"),
    ],
)  # fmt: skip
def test_verify_refuses_what_it_cannot_use(tmp_path, text, error, words):
    path = tmp_path / "claims.json"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(error, match=words):
        verify(path)


def test_a_claim_survives_json():
    claim = Record(series="drones_launched", month="2025-06", value=5438)
    typed = {"type": "record", "series": "drones_launched", "month": "2025-06", "value": 5438}
    assert claim_of(typed, "here") == claim


# --- claims ----------------------------------------------------------------------------------


def test_claims_say_nothing_twice_and_the_seed_leads():
    panels = [
        trends.load(n) for n in ("drones-launched", "missiles-launched", "territory-gain-afp")
    ]
    said = trends.claims(panels, "2025-06")
    proposed = trends.propose(panels, "2025-06")
    assert {c.sentence() for c in said} <= {c.sentence() for c in proposed}
    assert [c.type for c in said[:2]] == ["record", "streak"]
    assert "threshold" in {c.type for c in proposed}
    assert "threshold" not in {c.type for c in said}  # the record says as much


def test_a_narrow_claim_stands_back():
    wide = [*np.arange(100.0, 112), 90, 300]
    narrow = [*np.arange(1000.0, 1012), 900, 1011.5]
    both = [panel_of(wide, quantity="wide"), panel_of(narrow, quantity="narrow")]
    records = [c.subject for c in trends.claims(both, "2025-06") if c.type == "record"]
    assert records == ["wide", "narrow"]
    records = [c.subject for c in trends.claims(both[::-1], "2025-06") if c.type == "record"]
    assert records == ["wide", "narrow"]


# --- vintages ----------------------------------------------------------------------------------


def test_a_claim_is_checked_as_known_on_the_day_of_publication(tmp_path):
    about = {"unit": "km2", "definition": "net gain", "adds_up_to": "territory"}
    then = panel_of([9, 3, 4, 5, 6, 8], **about)
    now = panel_of([9, 3, 4, 5, 6, 5], **about)
    path = tmp_path / "store.db"
    with trends.Store.open(path) as store:
        store.add(then, as_of="2025-07-01")
        store.add(now, as_of="2025-09-01")
    found = check("The advance accelerated for a fourth consecutive month", "s", month="2025-06",
                  published="2025-07-02", store=path)  # fmt: skip
    (finding,) = found.findings
    assert finding.outcome == "false"
    table = finding.table().set_index("where")["outcome"]
    assert table["the data as known on 2025-07-02"] == "true"
    assert table["here"] == "false"
