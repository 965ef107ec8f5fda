"""What is proposed of rows short enough to check by eye: every claim, each with its rarity."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import numpy as np
import pandas as pd
import pytest
from claims.short_rows import NAN, YEAR, about, odd, panel

from trends.claims import (
    CLAIM_TYPES,
    Change,
    Mean,
    Multiple,
    Net,
    Nights,
    Pace,
    Rank,
    Record,
    Share,
    Sign,
    Since,
    Streak,
    Threshold,
    Total,
    Window,
)
from trends.errors import MonthOutside

NIGHTLY = {"metric": "drones_largest_night"}
QUIET = {"metric": "drones_nights_without"}
GROWS = {"adds_up_to": "territory held"}


def year(number: int) -> tuple[str, str]:
    return f"{number}-01", f"{number}-12"


# a type, a row that ends in June 2025, and the facts of each claim about it
PROPOSED = [
    (Record, panel(*YEAR, 10), [{"value": 10, "start": "2024-06", "rarity": 1 / 13}]),
    (Record, panel(*YEAR, 9), []),
    (Record, panel(*YEAR[1:], 10), []),
    (
        Record,
        panel(3, *YEAR, 10, anomalies=[odd("method break", "2024-06")]),
        [{"value": 10, "start": "2024-06", "rarity": 1 / 13}],
    ),
    (
        Record,
        panel(*YEAR, 10, **NIGHTLY),
        [{"value": 10, "start": "2024-06", "of": "night", "rarity": 1 / 13}],
    ),
    (
        Record,  # the smallest of the largest nights is no smallest night
        panel(*YEAR, 0.5, **NIGHTLY),
        [{"value": 0.5, "start": "2024-06", "direction": "low", "rarity": 1 / 13}],
    ),
    (Since, panel(9, 3, 8), []),
    (Since, panel(9, 2, 3, 8), [
        {"value": 8, "since": "2025-03", "since_value": 9, "rarity": 1 / 3},
    ]),
    (Since, panel(9, 1, 2, 3, 8), [
        {"value": 8, "since": "2025-02", "since_value": 9, "rarity": 1 / 4},
    ]),
    (
        Since,
        panel(1, 9, 9, 9, 1),
        [{"value": 1, "since": "2025-02", "since_value": 1, "direction": "low", "rarity": 1 / 4}],
    ),
    (Streak, panel(3, 1, 2), []),
    (Streak, panel(1, 2, 3), [{"value": 3, "length": 2, "chain": (1, 2, 3), "rarity": 1 / 6}]),
    (
        Streak,
        panel(3, 2, 1, 0, **GROWS),
        [{"value": 0, "length": 3, "kind": "slowing", "chain": (3, 2, 1, 0), "rarity": 1 / 24}],
    ),
    (
        Streak,
        panel(-1, 0, 1, **GROWS),
        [{"value": 1, "length": 2, "kind": "acceleration", "chain": (-1, 0, 1), "rarity": 1 / 6}],
    ),
    (
        Streak,
        panel(-2, -1, 1, **GROWS),
        [{"value": 1, "length": 2, "chain": (-2, -1, 1), "rarity": 1 / 6}],
    ),
    (
        Streak,
        panel(3, 2, 1, kind="stock", **GROWS),
        [{"value": 1, "length": 2, "kind": "fall", "chain": (3, 2, 1), "rarity": 1 / 6}],
    ),
    (
        Rank,
        panel(50, *range(10), 40),
        [{"value": 40, "rank": 2, "start": "2024-07", "ahead": ("2024-07",), "rarity": 2 / 12}],
    ),
    (Rank, panel(50, *range(9), 40), []),
    (
        Rank,
        panel(50, 60, *range(9), 40),
        [
            {
                "value": 40, "rank": 3, "start": "2024-07", "ahead": ("2024-07", "2024-08"),
                "rarity": 3 / 12,
            }
        ],
    ),
    (Rank, panel(50, 60, 70, *range(9), 40), []),
    (
        Rank,
        panel(1, *range(11, 21), 2),
        [
            {
                "value": 2, "rank": 2, "direction": "low", "start": "2024-07",
                "ahead": ("2024-07",), "rarity": 2 / 12,
            }
        ],
    ),
    (Rank, panel(50, *range(10), 40, anomalies=[odd("one-off", "2025-01", out=("ranks",))]), []),
    (Rank, panel(99, 50, *range(10), 40, anomalies=[odd("one-off", "2024-06", out=("ranks",))]), [
        {"value": 40, "rank": 2, "start": "2024-07", "ahead": ("2024-07",), "rarity": 2 / 12},
    ]),
    (Change, panel(10, 20), []),
    (Change, panel(10, 25), []),
    (Change, panel(0, 25), []),
    (Change, panel(10, 10), []),
    (Change, panel(10, 10.004), []),
    (
        Change,
        panel(31, 60),
        [
            {
                "value": 60, "base": "2025-05", "base_value": 31, "percent": Decimal("93.5"),
                "per_day": pytest.approx(1.0), "rarity": 1,
            }
        ],
    ),
    (
        Change,
        panel(10, 9.99, kind="stock"),
        [
            {
                "value": 9.99, "base": "2025-05", "base_value": 10, "percent": Decimal("-0.1"),
                "rarity": 1,
            }
        ],
    ),
    (
        Change,
        panel(7, *[8] * 12, 10, kind="rate"),
        [
            {
                "value": 10, "base": "2025-05", "base_value": 8, "percent": Decimal("25.0"),
                "rarity": 1 / 13,
            },
            {
                "value": 10, "base": "2024-06", "base_value": 8, "percent": Decimal("25.0"),
                "rarity": 1 / 2,
            },
        ],
    ),
    (Multiple, panel(10, 19.99), []),
    (Multiple, panel(10, 20), [
        {"value": 20, "base": "2025-05", "base_value": 10, "multiple": 2, "rarity": 1},
    ]),
    (Multiple, panel(1, 4, 2, 10), [
        {"value": 10, "base": "2025-05", "base_value": 2, "multiple": 5, "rarity": 1 / 3},
    ]),
    (Multiple, panel(3, *[8] * 11, 7), [
        {"value": 7, "base": "2024-06", "base_value": 3, "multiple": 2.3, "rarity": 1},
    ]),
    (Multiple, panel(8, *[8] * 10, 7), []),
    (Threshold, panel(*[800] * 12, 1200), [
        {"value": 1200, "bound": 1000, "first_ever": True, "rarity": 1 / 13},
    ]),
    (Threshold, panel(*[800] * 11, 1200), []),
    (Threshold, panel(*[800] * 12, 300), [
        {"value": 300, "bound": 500, "op": "below", "first_ever": True, "rarity": 1 / 13},
    ]),
    (Threshold, panel(*[-800] * 12, -1200), [
        {"value": -1200, "bound": -1000, "op": "below", "first_ever": True, "rarity": 1 / 13},
    ]),
    (Threshold, panel(1900, 1100, *[800] * 11, 1200), [
        {"value": 1200, "bound": 1000, "first_since": "2024-06", "rarity": 1 / 12},
    ]),
    (Threshold, panel(1900, 1100, *[800] * 10, 1200), []),  # less than a year ago
    (Threshold, panel(1900, 1200, *[800] * 11, 1200), []),  # the highest since, as well
    (Threshold, panel(1000, *[800] * 11, 1200), [  # at the bound, and not above it
        {"value": 1200, "bound": 1000, "first_ever": True, "rarity": 1 / 13},
    ]),
    (Threshold, panel(1900, 1100, NAN, *[800] * 11, 1200), []),
    (Threshold, panel(*[800] * 12, 0), []),
    (Threshold, panel(*[800] * 12, 1100, 1200), []),
    (Sign, panel(10, -40, 5), []),
    (Sign, panel(-5, 10, 20, -40), [
        {"value": -40, "sign": "negative", "first_since": "2025-03", "rarity": 1 / 3},
    ]),
    (Sign, panel(-5, 10, -40), []),
    (Sign, panel(*[5] * 12, -40), [
        {"value": -40, "sign": "negative", "first_ever": True, "rarity": 1 / 13},
    ]),
    (Sign, panel(*[5] * 11, -40), []),
    (Sign, panel(*[5] * 12, -1, -40), []),
    (Sign, panel(*[-5] * 11, 0, 4), [
        {"value": 4, "sign": "positive", "first_ever": True, "rarity": 1 / 13},
    ]),
    (Sign, panel(-5, NAN, 20, 30, -40), []),
    (Sign, panel(*[5] * 12, -40, kind="rate"), []),
    (Nights, panel(*[3] * 12, 0, 0, 0, 0, **QUIET), [{"value": 0, "rarity": 4 / 16}]),
    (Nights, panel(*[3] * 11, 0, 0, 0, 0, **QUIET), []),
    (Nights, panel(*[3] * 12, 1, **QUIET), []),
    (Nights, panel(*[3] * 11, 0, **QUIET), []),
    (Nights, panel(NAN, *[3] * 11, 0, **QUIET), []),
    (Nights, panel(*[3] * 12, 0), []),
    (Total, panel(*[1] * 35, 2), [
        {"value": 13, "first": "2024-07", "most": True, "rarity": 12 / 36},
    ]),
    (Total, panel(*[1] * 34, 2), []),
    (Total, panel(*[1] * 36), []),
    (Total, panel(*[0.1] * 36), []),  # of which sums differ in their last bits
    (Total, panel(NAN, *[1] * 34, 2), []),
    (Total, panel(NAN, *[1] * 35, 2), [
        {"value": 13, "first": "2024-07", "most": True, "rarity": 12 / 36},
    ]),
    (Total, panel(*[-1] * 35, 0), [
        {"value": -11, "first": "2024-07", "most": True, "rarity": 12 / 36},
    ]),
    (Total, panel(*[1] * 35, 2, kind="stock"), []),
    (Window, panel(*[1] * 17, 13), [
        {
            "value": 18, "first": "2025-01", "bases": (year(2024),), "base_value": 12,
            "rarity": 1 / 2,
        },
    ]),
    (Window, panel(*[1] * 12, *[2] * 6), []),  # as much, and not more
    (Window, panel(*[1] * 12, *[2] * 5, 2.5), [
        {
            "value": 12.5, "first": "2025-01", "bases": (year(2024),), "base_value": 12,
            "rarity": 1 / 2,
        },
    ]),
    (Window, panel(*[1] * 12, *[3] * 6), []),  # passed in May
    (Window, panel(*[1] * 11, *[3] * 6), []),  # of a year that is not whole
    (Window, panel(*[0] * 17, 13), []),
    (Window, panel(*[0.1] * 12, *[0.2] * 6), []),
    (Window, panel(*[1] * 41, 20), [
        {
            "value": 25, "first": "2025-01", "bases": (year(2023), year(2024)), "base_value": 24,
            "rarity": 1 / 3,
        },
    ]),
    (Window, panel(*[1] * 65, 60), [
        {
            "value": 65, "first": "2025-01", "bases": (year(2022), year(2023), year(2024)),
            "base_value": 36, "rarity": 1 / 4,
        },
    ]),
    (Window, panel(*[1] * 17, 13, kind="rate"), []),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "data", "facts"), PROPOSED)
def test_what_is_proposed(kind, data, facts):
    found = kind.propose(data, "2025-06")
    for claim, each in zip(found, facts, strict=True):
        per_day = each.pop("per_day", None)
        assert claim.rarity == pytest.approx(each["rarity"], rel=1e-12)
        assert getattr(claim, "per_day", None) == per_day
        if per_day is not None:
            each["per_day"] = claim.per_day
        assert claim == about(kind, subject="x", **each)


LAST = {kind: (data, facts) for kind, data, facts in PROPOSED if facts}


@pytest.mark.parametrize("kind", LAST)
def test_a_series_is_proposed_of_whatever_stands_beside_it(kind):
    """A series of which nothing is said stops no other."""
    data, facts = LAST[kind]
    alone = [(c.month, c.value, c.rarity) for c in kind.propose(data, "2025-06")]
    for dull in (0.0, 1.0, NAN):
        rows = [np.full(data.n_time, dull), data.values[0], np.full(data.n_time, dull)]
        both = replace(data, values=rows, names=["d", "x", "e"], observed_days=None)
        found = [c for c in kind.propose(both, "2025-06") if c.series == "x"]
        assert [(c.month, c.value, c.rarity) for c in found] == alone
        assert len(found) == len(facts)


@pytest.mark.parametrize("kind", [Change, Multiple, Threshold, Sign, Nights, Total, Window, Rank])
def test_nothing_is_proposed_of_the_first_month(kind):
    data = panel(7, 8, 9, last="2025-08", **QUIET)
    assert kind.propose(data, "2025-06") == []


@pytest.mark.parametrize("kind", [Mean, Net, Share, Pace])
def test_what_is_never_proposed(kind):
    data = panel(*YEAR, *YEAR, *YEAR, 10)
    assert kind.propose(data, "2025-06") == []
    with pytest.raises(MonthOutside):
        kind.propose(data, "2025-07")
    assert set(LAST) | {Mean, Net, Share, Pace} == set(CLAIM_TYPES.values())


@pytest.mark.parametrize("kind", LAST)
def test_a_month_in_the_middle_is_proposed_as_if_it_were_the_last(kind):
    data, _ = LAST[kind]
    months = pd.period_range(data.months[0], periods=data.n_time + 2, freq="M")
    longer = replace(data, values=[[*data.values[0], 99, -99]], months=months, observed_days=None)
    assert kind.propose(longer, "2025-06") == kind.propose(data, "2025-06")
