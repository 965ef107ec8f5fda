"""Every number of the report's tables, recomputed from the CSV files with plain Python."""

from __future__ import annotations

import calendar
import csv
import json
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

DATASETS = Path(__file__).resolve().parents[2] / "datasets"
FILES = {
    "drones": "drones-launched",
    "missiles": "missiles-launched",
    "territory": "territory-gain-afp",
}
MONTHS = ("2023-10", "2024-12", "2025-03", "2025-06", "2025-07", "2025-08", "2025-12", "2026-02",
          "2026-05", "2026-06")  # fmt: skip


def days_in(month: str) -> int:
    return calendar.monthrange(int(month[:4]), int(month[5:]))[1]


def back(month: str, months: int) -> str:
    at = int(month[:4]) * 12 + int(month[5:]) - 1 - months
    return f"{at // 12:04d}-{at % 12 + 1:02d}"


def read(name: str) -> dict[str, tuple[float | None, int]]:
    with (DATASETS / f"{name}.csv").open(encoding="utf-8", newline="") as stream:
        return {
            row["month"]: (float(row["value"]) if row["value"] else None, int(row["observed_days"]))
            for row in csv.DictReader(stream)
        }


def anomalies_of(name: str) -> list[dict[str, Any]]:
    package = json.loads((DATASETS / "datapackage.json").read_text("utf-8"))
    (card,) = [resource for resource in package["resources"] if resource["name"] == name]
    found: list[dict[str, Any]] = card["trends"]["anomalies"]
    return found


class Oracle:
    """One series; only complete months compete, and nothing is compared across a break."""

    def __init__(self, name: str) -> None:
        self.rows, anomalies = read(name), anomalies_of(name)
        cuts = [a["first"] for a in anomalies if a["kind"] == "method break"]
        self.cut = cuts[0] if cuts else "0000-00"
        self.unranked = [
            (a["first"], a["last"]) for a in anomalies if "ranks" in a["excluded_from"]
        ]
        self.whole = {m: v for m, (v, days) in self.rows.items() if days == days_in(m)}

    def same_side(self, a: str, b: str) -> bool:
        return (a < self.cut) == (b < self.cut)

    def share(self, month: str, base: str) -> float | None:
        now, before = self.whole.get(month), self.whole.get(base)
        if now is None or before is None or before <= 0 or not self.same_side(month, base):
            return None
        return now / before - 1

    def daily(self, month: str) -> float | None:
        base = back(month, 1)
        if self.share(month, base) is None:
            return None
        now, before = self.whole[month], self.whole[base]
        assert now is not None
        assert before is not None
        return (now / days_in(month)) / (before / days_in(base)) - 1

    def rivals(self, month: str, *, ranked: bool = False) -> list[float]:
        out = self.unranked if ranked else []
        return [
            v
            for m, v in self.whole.items()
            if v is not None and m < month and self.same_side(m, month)
            if not any(first <= m <= last for first, last in out)
        ]

    def rank(self, month: str) -> int | None:
        value = self.whole.get(month)
        ahead = self.rivals(month, ranked=True)
        first = not any(m < month and self.same_side(m, month) for m in self.rows)
        return None if value is None or first else 1 + sum(v > value for v in ahead)

    def record(self, month: str, sign: int) -> bool:
        value = self.whole.get(month)
        rivals = self.rivals(month)
        return (
            value is not None and len(rivals) >= 12 and all(sign * (value - v) > 0 for v in rivals)
        )

    def streak(self, month: str, sign: int) -> int:
        months = [m for m in self.rows if m <= month]
        length = 0
        for before, after in reversed(list(pairwise(months))):
            a, b = self.whole.get(before), self.whole.get(after)
            if a is None or b is None or not self.same_side(before, after) or sign * (b - a) <= 0:
                break
            length += 1
        return length


@pytest.mark.parametrize("month", MONTHS)
def test_tables(told: Callable[[str], dict[str, Any]], month: str) -> None:
    seen = 0
    for series in told(month)["series"]:
        oracle = Oracle(FILES[series["series"]])
        expected = [m for m in oracle.rows if m <= month][-13:]
        assert [row["month"] for row in series["months"]] == expected
        for row in series["months"]:
            at = row["month"]
            assert row["value"] == oracle.rows[at][0]
            assert row["change"] == pytest.approx(oracle.share(at, back(at, 1)))
            assert row["per_day_change"] == pytest.approx(oracle.daily(at))
            assert row["year_on_year"] == pytest.approx(oracle.share(at, back(at, 12)))
            assert row["rank"] == oracle.rank(at), (series["series"], at)
            assert set(row["flags"]) == flags(oracle, series["series"], at)
            seen += 1
    assert seen >= 14


def flags(oracle: Oracle, series: str, month: str) -> set[str]:
    value, days = oracle.rows[month]
    up, down = ("acceleration", "slowing") if series == "territory" else ("rise", "fall")
    found = {
        "record high": oracle.record(month, 1),
        "record low": oracle.record(month, -1),
        f"{up} {oracle.streak(month, 1)}": oracle.streak(month, 1) >= 2,
        f"{down} {oracle.streak(month, -1)}": oracle.streak(month, -1) >= 2,
        f"partial, {days} of {days_in(month)} days": 0 < days < days_in(month),
        "gap": value is None,
        "method break": month == oracle.cut,
        "splice": month == "2025-03" and series != "territory",
    }
    return {flag for flag, holds in found.items() if holds}


@pytest.mark.parametrize("month", MONTHS)
def test_claims(told: Callable[[str], dict[str, Any]], month: str) -> None:
    """Every number that a claim rests on stands in the file, and every claim follows from it."""
    for claim in told(month)["claims"]:
        oracle, fields = Oracle(FILES[claim["series"]]), claim["fields"]
        for at, value in claim["numbers"].items():
            assert oracle.rows[at][0] == value
        check = {
            "record": record,
            "since": since,
            "rank": rank,
            "streak": streak,
            "threshold": threshold,
            "total": total,
        }
        check.get(claim["type"], ratio)(oracle, month, fields)


def record(oracle: Oracle, month: str, fields: dict[str, Any]) -> None:
    assert oracle.record(month, 1 if fields["direction"] == "high" else -1)


def since(oracle: Oracle, month: str, fields: dict[str, Any]) -> None:
    sign = 1 if fields["direction"] == "high" else -1
    base = oracle.whole[fields["since"]]
    assert sign * (base - fields["value"]) >= 0
    at = back(month, 1)
    while at != fields["since"]:
        assert sign * (fields["value"] - oracle.whole[at]) > 0
        at = back(at, 1)


def rank(oracle: Oracle, month: str, fields: dict[str, Any]) -> None:
    sign = 1 if fields["direction"] == "high" else -1
    ahead = [
        m
        for m, v in oracle.whole.items()
        if v is not None and fields["start"] <= m < month and sign * (v - fields["value"]) > 0
    ]
    assert fields["ahead"] == ahead
    assert fields["rank"] == len(ahead) + 1


def streak(oracle: Oracle, month: str, fields: dict[str, Any]) -> None:
    sign = 1 if fields["kind"] in ("rise", "acceleration") else -1
    assert fields["length"] == oracle.streak(month, sign)
    span = [oracle.whole[back(month, k)] for k in range(fields["length"], -1, -1)]
    assert fields["chain"] == span


def threshold(oracle: Oracle, month: str, fields: dict[str, Any]) -> None:
    sign = 1 if fields["op"] == "above" else -1
    assert sign * (fields["value"] - fields["bound"]) > 0
    if fields["first_ever"]:
        assert all(sign * (v - fields["bound"]) <= 0 for v in oracle.rivals(month))


def total(oracle: Oracle, month: str, fields: dict[str, Any]) -> None:
    def summed(last: str, n: int) -> float | None:
        values = [oracle.whole.get(back(last, k)) for k in range(n)]
        return None if None in values else sum(v for v in values if v is not None)

    n = 1
    while back(month, n - 1) != fields["first"]:
        n += 1
    assert summed(month, n) == fields["value"]
    others = [summed(m, n) for m in oracle.rows if m < month]
    if fields["most"]:
        assert all(other < fields["value"] for other in others if other is not None)


def ratio(oracle: Oracle, month: str, fields: dict[str, Any]) -> None:
    share = oracle.share(month, fields["base"])
    assert share is not None
    if "percent" in fields:
        assert fields["percent"] == pytest.approx(share * 100, abs=0.05 + 1e-9)
        by_day = (1 + share) * days_in(fields["base"]) / days_in(month) - 1
        assert fields["per_day"] == pytest.approx(by_day)
    else:
        assert fields["multiple"] == pytest.approx(1 + share, abs=0.05 + 1e-9)
