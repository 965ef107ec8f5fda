"""Sentences read into typed claims, each beside the claims that were written down by hand."""

from __future__ import annotations

import json
from collections import Counter
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from trends.claims import Claim
from trends.reading import read_claim

SENTENCES = json.loads((Path(__file__).parent / "sentences.json").read_text("utf-8"))
NOT_READ = {"subject", "unit", "rarity", "words_since", "gained_from", "lost_from"}
DEFAULTS = {"direction": "high", "kind": "rise", "op": "above", "relation": "above"}
DEFAULTS |= {"per": ("month", "total"), "of": ("month", "without"), "count": "0"}
TYPES_LEAST = 15


def plain(value: Any) -> str:
    if isinstance(value, tuple):
        return "+".join("..".join(map(str, v)) if isinstance(v, tuple) else str(v) for v in value)
    if isinstance(value, Decimal | int | float) and not isinstance(value, bool):
        return format(Decimal(str(value)).normalize(), "f")
    return str(value)


def said(claim: Claim) -> dict[str, str]:
    """The fields of a claim that are not what they are when nothing is said."""
    fields = {"type": claim.type}
    for name in type(claim).__dataclass_fields__:
        if name in {"type", "figures", "beside", *NOT_READ}:
            continue
        value = getattr(claim, name)
        if value in (None, "", (), False) and value != 0:
            continue
        text = plain(value)
        usual = DEFAULTS.get(name, "")
        if value is False or text in (usual if isinstance(usual, tuple) else (usual,)):
            continue
        fields[name] = text
    return fields


def outcome(sentence: dict[str, Any]) -> tuple[str, list[dict[str, str]]]:
    given = {k: sentence[k] for k in ("month", "published", "metric") if sentence.get(k)}
    got = [said(read.claim) for read in read_claim(sentence["text"], **given).claims]
    want = sentence["claims"]
    short = [g for g in got if g not in want]
    if any(not any(g.items() <= w.items() for w in want) for g in short):
        return "wrong", got
    if len(got) == len(want) and not short:
        return "right", got
    return ("partly" if got else "unread"), got


@pytest.mark.parametrize("sentence", SENTENCES, ids=lambda s: s["text"][:60])
def test_nothing_is_read_wrongly(sentence: dict[str, Any]) -> None:
    result, got = outcome(sentence)
    assert result != "wrong", got


def test_nearly_all_is_read() -> None:
    results = Counter(outcome(sentence)[0] for sentence in SENTENCES)
    assert results["right"] >= 0.98 * len(SENTENCES), results


def test_the_published_paraphrases_are_read() -> None:
    published = [s for s in SENTENCES if s["set"] == "published"]
    assert len(published) == 98
    assert sum(bool(s["claims"]) for s in published) >= 84


def test_every_type_is_met() -> None:
    assert len({c["type"] for s in SENTENCES for c in s["claims"]}) == TYPES_LEAST


def test_refusals_are_among_them() -> None:
    refused = [s for s in SENTENCES if not s["claims"]]
    assert len(refused) > 50
    for sentence in refused:
        given = {k: sentence[k] for k in ("month", "published", "metric") if sentence.get(k)}
        unread = read_claim(sentence["text"], **given).unread
        assert unread
        assert all(left.why for left in unread)
