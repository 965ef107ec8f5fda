"""Which claims say the same, and which stand back, on rows short enough to check by eye."""

from __future__ import annotations

import pytest
from claims.short_rows import NAN, YEAR, panel

from trends.claims import Multiple, Since, Threshold
from trends.newsworthiness import claims, propose


def types(found: list) -> list[str]:
    return [claim.type for claim in found]


def test_a_bound_passed_again_stands_beside_a_since_that_reaches_further():
    data = panel(1900, 1100, *[800] * 11, 1200)
    found = claims(data, "2025-06")
    assert {(c.type, str(getattr(c, "since", getattr(c, "first_since", "")))) for c in found} >= {
        ("since", "2024-05"), ("threshold", "2024-06"),
    }  # fmt: skip


@pytest.mark.parametrize("values", [(1900, *[800] * 13, 1200), (-1900, *[-800] * 13, -1200)])
def test_of_one_quantity_under_two_definitions_the_same_is_said_once(values):
    """A bound passed for the first time since a month, and the highest since that month."""
    since = panel(*values, quantity="gain", definition="A")
    sign = 1 if values[0] > 0 else -1
    again = panel(sign * 1100, *values[1:], quantity="gain", definition="B")
    (alone,) = (c for c in claims(again, "2025-06") if isinstance(c, Threshold))
    assert str(alone.first_since) == "2024-04"
    together = claims([since, again], "2025-06")
    assert [str(c.since) for c in together if isinstance(c, Since)] == ["2024-04"]
    assert alone not in together


def test_a_multiple_speaks_for_the_change_on_the_same_month():
    found = claims(panel(*YEAR, *YEAR, 3, 30), "2025-06")
    against = [str(c.base) for c in found if c.type in ("change", "multiple")]
    assert len(against) == len(set(against))
    assert Multiple in map(type, found)


def test_a_claim_that_a_small_revision_overturns_counts_as_twice_as_common():
    """The second place of 13 is 2 in 13, and with a margin of 0.4% it stands as 4 in 13."""
    wide, narrow = (
        panel(50, *range(1, 12), top, quantity=name)
        for top, name in ((40, "wide"), (49.8, "narrow"))
    )
    ranks = [c.subject for c in claims([narrow, wide], "2025-06") if c.type == "rank"]
    assert ranks == ["wide", "narrow"]
    plain = [c.subject for c in propose([narrow, wide], "2025-06") if c.type == "rank"]
    assert plain == ["narrow", "wide"]


def test_a_month_without_a_quiet_night_has_no_margin_and_is_said():
    quiet = {"metric": "drones_nights_without", "unit": "nights", "quantity": "nights without"}
    found = claims(panel(*[3] * 12, 0, **quiet), "2025-06")
    assert "nights" in types(found)
    unknown = panel(*[3] * 12, NAN, **quiet)
    assert claims(unknown, "2025-06") == []
