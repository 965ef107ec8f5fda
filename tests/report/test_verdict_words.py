"""Arithmetic, support and robustness are three verdicts, worded by rules that never mix them."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd
import pytest

from trends.checks import Support
from trends.loaders import load
from trends.report import Report, report
from trends.report._verdicts import support
from trends.wording import chance_words, read_words

WORDS = read_words("en")
MONTHS = pd.period_range("2021-01", "2025-06", freq="M")
Told = Callable[[str], dict[str, Any]]


@pytest.mark.parametrize(
    "month", ["2025-06", "2025-07", "2025-08", "2025-12", "2026-02", "2026-05"]
)
def test_three_to_five_findings_are_shown_in_full(told: Told, month: str) -> None:
    claims = told(month)["claims"]
    main = [claim for claim in claims if claim["main"]]
    assert min(3, len(claims)) <= len(main) <= 5
    assert claims[0]["main"]
    for claim in claims:
        assert (claim["verdict"] is not None) == claim["main"]
        if not claim["main"]:
            assert claim["support"] is claim["margin"] is claim["choices"] is None
    for claim in main:
        assert set(claim["verdict"]) == {"arithmetic", "support", "robustness"}
        for verdict in claim["verdict"].values():
            assert verdict["word"]
            assert verdict["lines"]
    for series in {claim["series"] for claim in main}:
        assert sum(claim["series"] == series for claim in main) <= 2
    assert all(claim["fields"]["rarity"] < 0.5 for claim in main[3:])


def test_the_seed_sentences_of_june_2025_are_shown_in_full(told: Told) -> None:
    main = [claim["sentence"] for claim in told("2025-06")["claims"] if claim["main"]]
    assert "5,438, the highest of any month on record" in main[0]
    assert any("588 km², the highest since November 2024" in said for said in main)
    assert any("third consecutive month of acceleration (240 < 379 < 507 < 588)" in s for s in main)


@pytest.mark.parametrize(
    ("here", "anywhere", "word"),
    [
        (0.001, 0.03, "support_rare"),
        (0.042, 0.29, "support_rare_here"),
        (0.05, 0.6, "support_common"),
        (0.31, 0.99, "support_common"),
    ],
)
def test_support_says_both_chances(here: float, anywhere: float, word: str) -> None:
    found = support(Support(here, anywhere, "trend", "how"), WORDS)
    assert found["word"] == WORDS(f"verdict.{word}")
    said = " ".join(found["lines"])
    assert chance_words(here) in said
    assert chance_words(anywhere) in said
    assert found["detail"] == "how"
    assert ("does not say that nothing changed" in said) == (word == "support_common")


def test_support_is_said_to_be_missing() -> None:
    assert support(None, WORDS)["word"] == "Not computed"


@pytest.mark.parametrize(
    ("share", "words"),
    [
        (0.0, "0%"),
        (1e-6, "below 0.01%"),
        (0.0421, "4.2%"),
        (0.31, "31%"),
        (0.999, "over 99%"),
        (1, "100%"),
    ],
)
def test_a_chance_that_is_not_none_is_not_printed_as_none(share: float, words: str) -> None:
    assert chance_words(share) == words


@pytest.mark.parametrize("month", ["2025-06", "2025-08", "2026-02", "2026-06"])
def test_noise_is_never_worded_no_increase(made: Callable[[str], Report], month: str) -> None:
    text = made(month).to_markdown()
    for line in re.split(r"(?<=[.;:])\s", text):
        if re.search(r"\bno (increase|rise|growth|change)\b", line, re.I):
            assert re.search(r"never|is established|no rise\.|that a straight|There|since", line), (
                line
            )


def expectation(values: Any, month: str = "2025-06") -> dict[str, Any]:
    series = pd.Series(values, MONTHS[-len(values) :], name="s")
    (found,) = json.loads(report(series, month).to_json())["series"]
    facts: dict[str, Any] = found["expectation"]
    return facts


def test_a_doubled_level_is_above_and_a_usual_month_is_not() -> None:
    rng = np.random.default_rng(5)
    past = rng.poisson(100, 53).astype(float)
    assert " is above what the 53 months" in expectation([*past, 260.0])["sentences"][0]
    assert " is below what the 53 months" in expectation([*past, 10.0])["sentences"][0]
    inside = expectation([*past, 101.0])
    assert "compatible with noise; that does not rule out an increase" in inside["sentences"][0]
    assert inside["expected"]["lower"] <= 101 <= inside["expected"]["upper"]


def test_a_step_is_dated_and_sized() -> None:
    rng = np.random.default_rng(11)
    found = expectation([*rng.poisson(40, 40).astype(float), *rng.poisson(120, 14).astype(float)])
    assert found["rampup"]["established"]
    assert found["rampup"]["onset"] in ("2024-04", "2024-05", "2024-06")
    assert "The level rose in" in found["sentences"][1]
    assert "times the level before" in found["sentences"][1]


def test_steady_growth_is_told_as_growth_and_not_as_nothing() -> None:
    rng = np.random.default_rng(2)
    found = expectation(rng.poisson(100 * 1.02 ** np.arange(54)).astype(float))
    assert not found["rampup"]["established"]
    assert found["sentences"][1].startswith("One line describes January 2021 to June 2025: +")


@pytest.mark.parametrize(
    "values",
    [[5.0] * 20, [0.0] * 20, [1.0, 2.0], [-3.0, 4.0, -5.0, 6.0], [np.nan, 3.0, np.nan, 4.0]],
)
def test_what_cannot_be_told_is_said(values: list[float]) -> None:
    for sentence in expectation(values)["sentences"]:
        assert "above" not in sentence
        assert "The level rose" not in sentence


def test_the_stock_is_looked_at_by_its_flow() -> None:
    made = report(load("area-controlled"), "2025-06")
    (section,) = made.sections
    assert section.expectation["sentences"]
