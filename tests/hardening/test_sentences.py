"""Hostile sentences and files of claims: read as printed, or not read and why; never guessed."""

from __future__ import annotations

import json
import os
import time
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from trends.checks import check, claim_of, verify
from trends.errors import BadTable, TrendsError, UnreadableFile
from trends.panel import Panel
from trends.reading import read_claim

MONTHS = pd.period_range("2023-01", "2025-06", freq="M")
VALUES = np.array([200 + 37 * np.arange(30) % 400, 2000 + 113 * np.arange(30) % 3000], dtype=float)
PANEL = Panel(VALUES, MONTHS, ("territory_km2", "drones_launched"), unit="")
LAUNCHED = "Russia launched {} drones in June 2025."


def values(sentence: str) -> list[float]:
    reading = read_claim(sentence, month="2025-06")
    return [float(read.claim.value) for read in reading.claims if read.claim.value is not None]


@pytest.mark.parametrize(
    "written",
    [
        "5,438", "5438", "5,438.0", "5\u202f438", "5\u00a0438", "5\u200b438",
        "5,4\u00ad38", "\u2066\u20695,438", "\uff15,\uff14\uff13\uff18", "\u0665\u0664\u0663\u0668",
        "\u096b\u096a\u0969\u096e",
    ],
)  # fmt: skip
def test_the_same_number_in_every_writing(written: str) -> None:
    assert values(LAUNCHED.format(written)) == [5438]


@pytest.mark.parametrize(
    "written",
    [
        "5,43", "5,4388", "5.438,00", "5'438", "5_438", "5 438", "5\x00438", "54,38,000",
        "5,438,", "5,438.", "5..438", "5,,438", "1e308", "1e400", "0x1F", "NaN", "inf", "\u00bd",
        "\u216b", "\u2460", "5\u00b9", "5\u0664\u0663\u0668", "9" * 16, "1" + "0" * 400, "9" * 4000,
        "5,438.0000000000000001", "5,438 5,439", "five thousand 438", "three four",
    ],
)  # fmt: skip
def test_a_number_that_cannot_be_told_is_not_read_as_another(written: str) -> None:
    sentence = LAUNCHED.format(written)
    found = values(sentence)
    plain = written.rstrip(",.")
    assert found in ([], [5438] if plain == "5,438" else [], [5438, 5439][: 2 * (" " in written)])
    outcome = check(sentence, PANEL, month="2025-06").outcome
    assert outcome == ("cannot say" if not found else "false")


@pytest.mark.parametrize(
    "when",
    [
        "31 February 2025", "February 30, 2024", "29 February 2023", "the 31st of April",
        "June 31, 2025", "0 June 2025", "June 32, 2025", "June 9999", "June 0001", "June 99999",
        "June 1e400",
    ],
)  # fmt: skip
@pytest.mark.parametrize(
    "sentence", ["The most drones since {}.", "On {} Russia launched 500 drones."]
)
def test_a_day_that_is_none_is_not_read_as_another(when: str, sentence: str) -> None:
    found = check(sentence.format(when), PANEL, month="2025-06")
    assert not found.findings
    assert found.outcome == "cannot say"
    assert found.unread


def test_a_year_far_away_is_no_month_of_the_data() -> None:
    for year in ("1999", "2099"):
        sentence = LAUNCHED.format("5,438").replace("2025", year)
        found = check(sentence, PANEL, month="2025-06")
        assert found.outcome == "cannot say"
        assert not found.findings


TEXTS = [
    "", " ", "\0", "\u200b", "\u202e", "?!,.;", "\ud800", "\ufeff", "5", "%", "\U0001f600" * 500,
    "<script>alert(1)</script>", "{{ 7*7 }}", "'; DROP TABLE months; --", "=1+1",
    "../../etc/passwd",
    "a" * 10_000, "9" * 10_000, "1 " * 5_000, "1," * 5_000, "a " * 5_000, "third " * 1_600,
    "half of a " * 1_000, "two hundred and " * 600, "more than in " * 700, "since June 2025 " * 600,
    "\u202e" * 10_000, "(" * 10_000, "e\u0301" * 5_000, "\u0130" * 5_000, "\n" * 10_000,
    "Russia launched 5,438 drones in June 2025, 38% more than in May. " * 150,
]  # fmt: skip


@pytest.mark.parametrize("text", TEXTS, ids=lambda text: ascii(text[:20]))
def test_any_text_is_read_or_not_and_soon(text: str) -> None:
    began = time.process_time()
    reading = read_claim(text, month="2025-06")
    for read in (*reading.claims, *reading.unread):
        assert text[slice(*read.span)] == read.words
    found = check(text, PANEL, month="2025-06")
    json.dumps(found.facts(), default=str)
    assert "<script" not in found._repr_html_()
    assert found.outcome in ("cannot say", "false")
    assert time.process_time() - began < 10


@pytest.mark.parametrize("text", ["a" * 10_001, 5, None, b"drones", ["a"], float("nan")])
def test_no_text_and_too_long_a_text_are_refused(text: Any) -> None:
    with pytest.raises(TrendsError, match="text"):
        read_claim(text)


@pytest.mark.parametrize(
    "published", ["2025-02-31", "now", "0000-01-01", "", 5, "2025-06", "x" * 99]
)
def test_a_day_of_publication_that_is_none(published: Any) -> None:
    with pytest.raises(TrendsError, match="published"):
        read_claim("The most drones ever.", published=published)


STREAK = {"type": "streak", "series": "drones_launched", "month": "2025-06", "length": 2}


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("type", None), ("type", []), ("type", {}), ("type", "Streak"), ("type", "x" * 9999),
        ("series", 5), ("series", None), ("series", ["a"]), ("month", 5), ("month", None),
        ("month", True), ("length", "2"), ("length", 2.5), ("length", True), ("length", None),
        ("length", 10**400), ("value", "588"), ("value", "1e5"), ("value", True), ("value", [1]),
        ("value", float("nan")), ("value", float("inf")), ("value", 1e308), ("value", {"a": 1}),
        ("value_hedge", "nearly"), ("value_hedge", 1), ("kind", "sideways"), ("kind", []),
        ("chain", 5), ("chain", "12"), ("chain", [1, "2"]), ("since_day", 5), ("unit", 5),
        ("rarity", "0.5"), ("extra", 1), ("<script>", 1), ("\u202e", 1), ("x" * 9999, 1),
    ],
)  # fmt: skip
def test_a_typed_claim_of_other_types_is_refused(field: str, value: Any) -> None:
    with pytest.raises(BadTable) as caught:
        claim_of({**STREAK, field: value}, "claims.json, entry 1")
    message = str(caught.value)
    assert message.startswith("claims.json, entry 1: ")
    assert message.isprintable()
    assert len(message) < 1000


def test_a_typed_claim_with_a_month_or_day_that_is_none() -> None:
    for field, value in (("month", "2025-13"), ("month", "x"), ("since_day", "2025-02-31")):
        with pytest.raises(TrendsError, match=value):
            claim_of({**STREAK, field: value}, "here")


ENTRY = {"sentence": "Russia launched 5,438 drones in June 2025."}


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "not JSON"), ("[", "not JSON"), ("[" * 100_000, "not JSON"), ("{}", "no list"),
        ("5", "no list"), ("[5]", "no entry"), ("[[]]", "no entry"), ('"a"', "no list"),
        ("[{}]", "either a sentence or a claim"), ('[{"sentence": ""}]', "either"),
        ('[{"sentence": 5}]', "'sentence' is 5"), ('[{"sentence": ["a"]}]', "'sentence'"),
        ('[{"claim": 5}]', "no type of claim"), ('[{"claim": []}]', "no type of claim"),
        ('[{"claim": {"type": {}}}]', "no type of claim"), ("[" + "9" * 5000 + "]", "not JSON"),
        (json.dumps([ENTRY | {"outcome": "maybe"}]), "no outcome"),
        (json.dumps([ENTRY | {"outcome": ["true"]}]), "'outcome'"),
        (json.dumps([ENTRY | {"data": 5}]), "'data' is 5"),
        (json.dumps([ENTRY | {"data": {"a": 1}}]), "'data'"),
        (json.dumps([ENTRY | {"data": [5]}]), "'data'"),
        (json.dumps([ENTRY | {"data": "no-such-data"}]), "no-such-data"),
        (json.dumps([ENTRY | {"data": "http://192.0.2.1/x"}]), "192.0.2.1"),
        (json.dumps([ENTRY | {"data": "../../../etc/passwd"}]), "passwd"),
        (json.dumps([ENTRY | {"month": 5}]), "'month' is 5"),
        (json.dumps([ENTRY | {"month": "2025-13"}]), "2025-13"),
        (json.dumps([ENTRY | {"published": "2025-02-31"}]), "2025-02-31"),
        (json.dumps([ENTRY | {"published": True}]), "'published' is True"),
        (json.dumps([ENTRY | {"id": {"a": 1}}]), "'id'"),
        (json.dumps([{"claim": STREAK | {"value": 1e400}}]), "'value' of a streak is inf"),
    ],
    ids=lambda text: ascii(text[:24]),
)  # fmt: skip
def test_a_file_of_claims_that_is_none(tmp_path: Path, text: str, says: str) -> None:
    path = tmp_path / "claims.json"
    path.write_text(text)
    with pytest.raises(TrendsError) as caught:
        verify(path, PANEL)
    message = str(caught.value)
    assert says in message
    assert message.isprintable()
    assert len(message) < 3000


def test_claims_that_are_no_file(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    for path in (tmp_path, tmp_path / "pipe", tmp_path / "none", Path("/dev/zero"), Path("a\0b")):
        with pytest.raises(UnreadableFile):
            verify(path, PANEL)


def test_good_claims_are_checked_as_before(tmp_path: Path) -> None:
    path = tmp_path / "claims.json"
    value = VALUES[1, -1]
    typed = {"type": "record", "series": "drones_launched", "month": "2025-06", "value": value}
    entries = [ENTRY | {"outcome": "false", "id": 7}, {"claim": typed, "outcome": "false"}]
    path.write_text(json.dumps(entries))
    found = verify(path, PANEL)
    assert found.holds
    assert found.labels[0] == "7"
    numpy = verify(
        [{"claim": {**STREAK, "length": np.int64(2), "value": np.float64(value)}}], PANEL
    )
    assert len(numpy.checks) == 1
