"""Multiples on rows short enough to check by eye."""

from __future__ import annotations

from decimal import Decimal

import pytest
from claims.short_rows import about, panel, rows

from trends.claims import Multiple
from trends.claims.multiples import _rounded


@pytest.mark.parametrize(
    ("multiple", "hedge", "outcome"),
    [
        (2, "", "true"),
        (1.94, "", "true"),
        (Decimal("2.0"), "", "loose"),
        (2, "almost", "true"),
        (2, "more than", "false"),
        (3, "", "false"),
        (0.5, "", "false"),
    ],
)
def test_multiples(multiple, hedge, outcome):
    claim = about(Multiple, base="2025-05", multiple=multiple, hedge=hedge)
    assert claim.check(rows(124.0, 240)).outcome == outcome


def test_a_large_multiple_is_written_out():
    (claim,) = Multiple.propose(panel(2.0, 5438), "2025-06")
    assert "2,719 times" in claim.sentence()
    assert "2,719 times" in claim.check(rows(2.0, 5438)).reason


def test_none_is_no_multiple_of_some():
    verdict = about(Multiple, base="2025-05", multiple=2).check(rows(1, 2, 0))
    assert (verdict.outcome, verdict.corrected) == ("false", None)


@pytest.mark.parametrize(
    ("ratio", "shown"),
    [(0.0123, 0.012), (0.996, 1), (1.04, 1), (99.94, 99.9), (100.4, 100), (2719.4, 2719)],
)
def test_a_multiple_is_told_in_few_digits(ratio, shown):
    assert _rounded(ratio) == shown


IN_FULL = [
    (
        about(Multiple, base="2025-05", multiple=3, base_value=10),
        panel(10, 1),
        "FALSE: From 10 in May 2025 to 1 in June 2025 is 0.1 times.\n"
        "True instead: X in June 2025: 1, 0.1 times May 2025 (10).",
    ),
    (
        about(Multiple, base="2025-05", multiple=99),
        panel(10, 995),
        "TRUE: From 10 in May 2025 to 995 in June 2025 is 99.5 times.",
    ),
    (
        about(Multiple, base="2025-05", multiple=90),
        panel(10, 1004),
        "FALSE: From 10 in May 2025 to 1,004 in June 2025 is 100 times.\n"
        "True instead: X in June 2025: 1,004, 100 times May 2025 (10).",
    ),
    (
        about(Multiple, base="2025-05", multiple=0.5, hedge="almost"),
        panel(10, 4.9),
        "TRUE: From 10 in May 2025 to 4.9 in June 2025 is 0.49 times.",
    ),
    (
        about(Multiple, base="2025-05", multiple=1.0),
        panel(10, 10),
        "TRUE: From 10 in May 2025 to 10 in June 2025 is 1 times.",
    ),
    (
        about(Multiple, base="2025-05", multiple=1.1),
        panel(10, 10),
        "FALSE: From 10 in May 2025 to 10 in June 2025 is 1 times.\n"
        "True instead: X in June 2025: 10, 1 times May 2025 (10).",
    ),
    (
        about(Multiple, base="2025-05", multiple=0.3, hedge="about"),
        panel(3, 0.62),
        "FALSE: From 3 in May 2025 to 0.6 in June 2025 is 0.207 times.\n"
        "True instead: X in June 2025: 0.6, 0.21 times May 2025 (3).",
    ),
]


@pytest.mark.parametrize(("claim", "data", "told"), IN_FULL)
def test_in_full(claim, data, told):
    assert str(claim.check(data)) == told
