"""What a later vintage overturns, by hand and against plain checks."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from trends.claims import CLAIM_TYPES
from trends.errors import BadOption, UnknownName
from trends.overturns import find_overturns
from trends.panel import Panel

NAN = float("nan")


def panel(*values: float, **about: object) -> Panel:
    months = pd.period_range("2024-01", periods=len(values), freq="M")
    return Panel([values], months, ["a"], **about)


RISING = tuple(float(k) for k in range(1, 15))


def found(then: Panel, now: Panel) -> list[tuple[str, str, str]]:
    rows = find_overturns(then, now).frame()
    return [(str(row.month), row.type, row.outcome) for row in rows.itertuples()]


def test_the_same_vintage_overturns_nothing() -> None:
    result = find_overturns(panel(*RISING), panel(*RISING, 3.0))
    assert result.found == ()
    assert result.n_checked == 14  # 12 streaks of two or more, 2 records
    assert list(result.frame().columns) == [
        "series", "month", "type", "then", "outcome", "reason", "now",
    ]  # fmt: skip


def test_a_figure_may_move_without_overturning_what_is_said_of_it() -> None:
    assert found(panel(*RISING), panel(*RISING[:-1], 14.5)) == []


def test_a_record_and_a_streak() -> None:
    assert found(panel(*RISING), panel(*RISING[:-1], 12.5)) == [
        ("2025-02", "streak", "false"),
        ("2025-02", "record", "false"),
    ]


def test_later_months_fall_with_an_earlier_one() -> None:
    now = panel(RISING[0], 99.0, *RISING[2:])
    assert {row[1] for row in found(panel(*RISING), now)} == {"streak", "record"}
    assert ("2025-02", "record", "false") in found(panel(*RISING), now)


def test_a_longer_streak_and_an_earlier_since_are_loose() -> None:
    then = panel(9, 7, 3, 4, 5, 8, 6.5)
    now = panel(9, 7, 3, 4, 5, 9.5, 6.5)
    assert found(then, now) == [("2024-06", "since", "loose")]
    assert found(panel(5, 6, 5, 6, 7), panel(5, 4, 5, 6, 7)) == [("2024-05", "streak", "loose")]


def test_what_became_unknown_cannot_be_said() -> None:
    days = np.array(pd.period_range("2024-01", periods=14, freq="M").days_in_month)
    days[-1] = 3
    now = panel(*RISING, observed_days=days)
    assert {row[2] for row in found(panel(*RISING), now)} == {"cannot say"}
    shorter = panel(*RISING).window("2024-01", "2024-12")
    assert found(panel(*RISING), shorter) == []  # months that are not there are not looked at


def test_partial_months_were_never_claimed() -> None:
    days = np.array(pd.period_range("2024-01", periods=14, freq="M").days_in_month)
    days[-1] = 3
    assert found(panel(*RISING, observed_days=days), panel(*RISING[:-1], 1.0)) == []
    assert find_overturns(panel(1.0), panel(1.0, 2.0)).n_checked == 0
    assert find_overturns(panel(NAN, 1.0), panel(3.0, 1.0)).n_checked == 0


def test_only_vintages_of_one_series() -> None:
    one = panel(*RISING, definition="All.", unit="km2")
    others = {"definition": "Other.", "unit": "m2", "kind": "stock"}
    for name, other in others.items():
        with pytest.raises(BadOption, match=f"{name}='{other}'"):
            find_overturns(one, replace(one, **{name: other}))
    with pytest.raises(UnknownName, match="nothing is named 'a'"):
        find_overturns(one, replace(one, names=("b",)))


def test_against_all_claims_checked_one_by_one() -> None:
    random = np.random.default_rng(20250601)
    kinds = [CLAIM_TYPES[name] for name in ("record", "streak", "since")]
    total = 0
    for _ in range(12):
        values = random.poisson(20, 30).astype(float)
        moved = values + (random.random(30) < 0.15) * random.integers(-9, 9, 30)
        then, now = panel(*values), panel(*np.maximum(moved, 0))
        want = {
            (claim.month, claim.type, claim.sentence())
            for month in then.months[1:]
            for kind in kinds
            for claim in kind.propose(then, month)
            if claim.bare().check(now).outcome != "true"
        }
        rows = find_overturns(then, now).frame()
        assert set(zip(rows["month"], rows["type"], rows["then"], strict=True)) == want
        assert rows["month"].is_monotonic_increasing
        total += len(want)
    assert total > 20
