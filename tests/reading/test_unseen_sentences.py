"""Sentences of five sets that the rules had not seen when they were first read.

Each row is a sentence with the claims written down for it beforehand; `alts` holds other readings
that are right too, and `slip` says which of them were added after the first run, and why.
"""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import MISSING, fields
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from trends.claims import CLAIM_TYPES, Claim
from trends.reading import read_claim

ROWS = json.loads((Path(__file__).parent / "unseen.json").read_text("utf-8"))
NOT_READ = {"subject", "unit", "rarity", "words_since", "chain", "gained_from", "lost_from"}
# figures printed beside a statement: none is wrong where the words hold it elsewhere
BESIDE = {"value", "value_hedge", "base_value", "previous_value", "since_value", "ahead"}
TYPES = {kind.type: kind for kind in CLAIM_TYPES.values()}


def same(value: Any) -> Any:
    if value in (None, "", (), []) or value is False:
        return None
    if isinstance(value, list | tuple):
        return tuple(same(v) for v in value)
    if isinstance(value, Decimal | int | float) and not isinstance(value, bool):
        return round(float(value), 3)
    return str(value)


def alike(kind: str, said: dict[str, Any]) -> tuple[str, dict[str, Any]]:
    """Two forms of one statement are one: over 5,000 in a month, on all of its nights."""
    if kind == "total" and said["first"] == said["month"] and not said["first_day"]:
        side = {"more than": "above", "less than": "below"}.get(said["value_hedge"])
        if side:
            bound = {"bound": said["value"], "op": side, "value": None, "value_hedge": None}
            month = {k: said[k] for k in ("series", "month")}
            return "threshold", {**bound, **month, "first_since": None, "first_ever": None}
    if kind == "threshold":
        said["op"] = {"at least": "above", "at most": "below"}.get(said["op"], said["op"])
    if kind == "nights" and said["of"] == "with" and said["count"] in (30, 31):
        said |= {"of": "without", "count": 0.0}
    return kind, said


def got(claim: Claim) -> tuple[str, dict[str, Any]]:
    names = [f.name for f in fields(claim) if f.name not in NOT_READ]
    return alike(claim.type, {name: same(getattr(claim, name)) for name in names})


def wanted(row: dict[str, Any], want: dict[str, Any]) -> tuple[str, dict[str, Any]]:
    said = {}
    for f in fields(TYPES[want["type"]]):
        default = None if f.default is MISSING else f.default
        default = row["month"] if f.name == "month" else default
        if f.name not in NOT_READ:
            said[f.name] = same(want.get(f.name, default))
    return alike(want["type"], said)


def match(want: tuple[str, dict[str, Any]], have: tuple[str, dict[str, Any]]) -> bool:
    if want[0] != have[0]:
        return False
    return all(
        value == have[1][name] or (name in BESIDE and None in (value, have[1][name]))
        for name, value in want[1].items()
    )


def outcome(row: dict[str, Any]) -> str:
    given = {"published": row["published"]} if "published" in row else {"month": row["month"]}
    read = [got(r.claim) for r in read_claim(row["text"], **given).claims]
    results = []
    for option in [row["claims"], *row.get("alts", [])]:
        left, missing = list(read), 0
        for want in [wanted(row, claim) for claim in option]:
            found = next((have for have in left if match(want, have)), None)
            missing += found is None
            left = [have for have in left if have is not found]
        printed = {same(claim.get("value")) for claim in option}
        left = [h for h in left if not (h[0] == "total" and h[1]["value"] in printed)]
        results.append("wrong" if left else "unread" if missing else "right")
    return min(results, key=("right", "unread", "wrong").index)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["set"] + " " + row["text"][:60])
def test_nothing_unseen_is_read_wrongly(row: dict[str, Any]) -> None:
    assert outcome(row) != "wrong"


@pytest.mark.parametrize("name", sorted({row["set"] for row in ROWS}))
def test_most_of_each_set_is_read(name: str) -> None:
    results = Counter(outcome(row) for row in ROWS if row["set"] == name)
    assert results["right"] >= 0.85 * results.total(), results


def test_many_have_nothing_to_read() -> None:
    assert sum(not row["claims"] for row in ROWS) > 80
