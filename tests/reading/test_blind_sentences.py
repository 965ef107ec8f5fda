"""Sentences written, with what each says, before the reader was run on them.

Each row has the claims that a careful reader writes down (`claims`), those that may be read besides
(`also`), other readings that are right too (`alts`, with the reason in `slip` where they were added
after the first run), and how it is read now (`now`, where that is not right). ``{"any": [...]}`` is
any of several, ``"*"`` anything; `times` repeats a text.
"""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import MISSING, fields
from pathlib import Path
from typing import Any

import pytest

from trends.claims import CLAIM_TYPES, Claim
from trends.reading import read_claim

ROWS = json.loads((Path(__file__).parent / "blind.json").read_text("utf-8"))
TYPES = {kind.__name__: kind for kind in CLAIM_TYPES.values()}
NOT_READ = {"subject", "unit", "rarity", "chain", "words_since", "gained_from", "lost_from"}
BESIDE = {"value", "value_hedge", "base_value", "previous_value", "since_value"}
FIGURES = {"value": "month", "base_value": "base", "previous_value": "previous"}
UP, DOWN = ("above", "at least"), ("below", "at most")


def text_of(row: dict[str, Any]) -> str:
    return str(row["text"] * row.get("times", 1))


def plain(value: Any) -> Any:
    if isinstance(value, list | tuple):
        return [plain(v) for v in value]
    if isinstance(value, bool) or value is None or isinstance(value, dict):
        return value
    try:
        return float(value)
    except (TypeError, ValueError):
        return str(value)


def alike(have: Any, want: Any) -> bool:
    if isinstance(want, dict):
        return any(w == "*" or alike(have, w) for w in want["any"])
    return bool(plain(have) == plain(want))


def said(claim: Claim) -> dict[str, Any]:
    """The fields of a claim; all nights with an attack are none without."""
    read = {f.name: plain(getattr(claim, f.name)) for f in fields(claim) if f.name not in NOT_READ}
    read["type"] = type(claim).__name__
    if read.get("of") == "with" and read.get("since_day") is None:
        read |= {"of": "without", "count": claim.month.days_in_month - read["count"]}
    if read["type"] == "Rank" and read["end"] == read["month"]:
        read["end"] = None
    return read


def wanted(want: dict[str, Any]) -> dict[str, Any]:
    """What was written down, with what is left out as it is by default."""
    kind = TYPES[want["type"]]
    full = {f.name: want.get(f.name, None if f.default is MISSING else plain(f.default))
            for f in fields(kind) if f.name not in NOT_READ}  # fmt: skip
    full["type"] = want["type"]
    if full.get("of") == "with":
        days = {"02": 28, "04": 30, "06": 30, "09": 30, "11": 30}.get(want["month"][5:], 31)
        full |= {"of": "without", "count": days - want["count"]}
    return full


def is_figure(claim: dict[str, Any]) -> bool:
    """Whether it is no more than the number of a month."""
    first = claim["type"] == "Threshold" and not (claim["first_since"] or claim["first_ever"])
    return first or (claim["type"] == "Total" and claim["first"] == claim["month"])


def figures(claim: dict[str, Any]) -> list[tuple[Any, ...]]:
    """The numbers that a claim prints for single months, each with its hedge."""
    series, found = claim["series"], []
    if claim["type"] == "Threshold" and is_figure(claim):
        return [(series, claim["month"], claim["bound"], "+" if claim["op"] in UP else "-")]
    if claim["type"] in ("Total", "Window") and claim["first"] != claim["month"]:
        return []
    sides = {"more than": "+", "less than": "-"}
    for name, month in FIGURES.items():
        at = claim.get(month)
        if month == "base" and claim["type"] == "Window" and isinstance(claim["bases"], list):
            at = claim["bases"][0][0]
        if claim.get(name) is not None and at is not None:
            hedge = claim.get("value_hedge") or "" if name == "value" else ""
            found.append((series, at, claim[name], sides.get(str(hedge), hedge)))
    return found


def printed(figure: tuple[Any, ...], others: list[tuple[Any, ...]]) -> bool:
    return any(
        all(alike(a, b) or alike(b, a) for a, b in zip(figure, other, strict=True))
        for other in others
    )


def matches(have: dict[str, Any], want: dict[str, Any], pool: list[tuple[Any, ...]]) -> bool:
    """Whether a claim is the one written down; a figure beside it may be missing from it."""
    if have["type"] != want["type"]:
        return False
    for name, value in want.items():
        if alike(have[name], value):
            continue
        missing = have[name] in (None, "") and not (name == "value" and is_figure(have))
        extra = value in (None, "") and printed_all(have, pool)
        if name not in BESIDE or not (missing or extra):
            return False
    return True


def printed_all(have: dict[str, Any], pool: list[tuple[Any, ...]]) -> bool:
    return all(printed(figure, pool) for figure in figures(have))


def outcome(row: dict[str, Any]) -> str:
    have = [said(read.claim) for read in read_claim(text_of(row), month=row["month"]).claims]
    results = []
    for option in [row["claims"], *row.get("alts", [])]:
        must = [wanted(want) for want in option]
        allowed = [*must, *(wanted(want) for want in row.get("also", []))]
        pool = [figure for want in allowed for figure in figures(want)]
        read = [figure for claim in have for figure in figures(claim)]
        wrong = [claim for claim in have
                 if not any(matches(claim, want, pool) for want in allowed)
                 and not (is_figure(claim) and printed_all(claim, pool))]  # fmt: skip
        left = [want for want in must
                if not any(matches(claim, want, pool) for claim in have)
                and not (is_figure(want) and printed_all(want, read))]  # fmt: skip
        results.append("misread" if wrong else "unread" if left else "right")
    return min(results, key=("right", "unread", "misread").index)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["id"])
def test_each_is_read_as_it_is_known_to_be(row: dict[str, Any]) -> None:
    assert outcome(row) == row.get("now", "right"), row["text"]


def test_another_month_or_series_would_be_a_misreading() -> None:
    for row in ROWS:
        if row["claims"] and not row.get("also") and not row.get("alts") and "now" not in row:
            turned = [{**want, "month": "2021-01"} for want in row["claims"]]
            assert outcome({**row, "claims": turned}) == "misread", row["text"]
            turned = [{**want, "series": "area_km2"} for want in row["claims"]]
            assert outcome({**row, "claims": turned}) == "misread", row["text"]


def test_none_is_known_to_be_misread() -> None:
    assert {row.get("now", "right") for row in ROWS} == {"right", "unread"}


def test_most_are_read() -> None:
    results = Counter(row.get("now", "right") for row in ROWS)
    assert results["right"] >= 0.85 * len(ROWS), results


def test_every_type_is_met_and_many_have_nothing_to_read() -> None:
    assert {want["type"] for row in ROWS for want in row["claims"]} == set(TYPES)
    assert sum(not row["claims"] for row in ROWS) > 80


def test_what_is_not_read_is_said() -> None:
    for row in ROWS:
        reading = read_claim(text_of(row), month=row["month"])
        assert reading.claims or reading.unread, row["text"]
