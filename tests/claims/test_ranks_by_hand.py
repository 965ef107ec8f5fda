"""Ranks on rows short enough to check by eye."""

from __future__ import annotations

import pandas as pd
import pytest
from claims.short_rows import KM2, NAN, about, odd, panel, rows

from trends.claims import Rank
from trends.panel import Anomaly


@pytest.mark.parametrize(
    ("rank", "options", "outcome"),
    [
        (3, {}, "true"),
        (2, {}, "false"),
        (1, {"start": "2024-12"}, "true"),
        (3, {"start": "2020-01"}, "true"),
        (7, {"direction": "low"}, "true"),
        (2, {"start": "2024-11", "end": "2025-06"}, "true"),
        (1, {"start": "2025-07"}, "cannot say"),
        (1, {"end": "2025-05"}, "cannot say"),
    ],
)
def test_ranks(rank, options, outcome):
    assert about(Rank, rank=rank, **options).check(rows(*KM2)).outcome == outcome


def test_months_that_tie_share_a_place():
    verdict = about(Rank, rank=2).check(rows(725.0, 588, 100, 588))
    assert verdict.outcome == "true"
    assert "April 2025 had exactly the same value." in verdict.caveats


def test_a_rank_in_a_span_that_goes_on():
    longer = rows(*KM2, 700.0, last="2025-07")
    assert about(Rank, rank=3).check(longer).outcome == "true"
    assert about(Rank, rank=4, end="2025-07").check(longer).outcome == "true"


def test_a_rank_across_a_break_is_at_best_unknown():
    month = pd.Period("2025-04", "M")
    data = panel(*KM2, anomalies=(Anomaly(month, month, "method break", "Other areas count."),))
    assert about(Rank, rank=1).check(data).outcome == "cannot say"
    assert about(Rank, rank=1, start="2025-04").check(data).outcome == "true"
    assert about(Rank, month="2025-05", rank=1).check(data).outcome == "cannot say"
    assert about(Rank, month="2025-05", rank=1, direction="low").check(data).outcome == "false"


def test_a_rank_of_a_year_that_breaks_ends_the_month_before():
    month = pd.Period("2025-06", "M")
    cut = Anomaly(month, month, "method break", "Other areas count.")
    data = panel(1, 2, 3, 4, 5, 9, 4, anomalies=(cut,))
    verdict = about(Rank, "2025-04", rank=1, start="2024-12", end="2025-06").check(data)
    assert verdict.outcome == "false"
    assert "behind May 2025" in verdict.reason


def test_how_rare_a_rank_is():
    for n in (12, 15):
        row = [50.0, *(1.0 + k % 7 for k in range(n - 2)), 40.0]
        (rank,) = Rank.propose(panel(*row), "2025-06")
        assert (rank.rank, rank.rarity) == (2, 2 / n)
    assert Rank.propose(panel(*row[:10], 40.0), "2025-06") == []


KM2_PANEL = panel(*KM2, unit="km2", quantity="territory")

IN_FULL = [
    (
        about(Rank, rank=3, value=588, ahead=("2024-10", "2024-11")),
        KM2_PANEL,
        "TRUE: 588 km² in June 2025 is the third highest of the 9 known months from October "
        "2024, behind October 2024 610, November 2024 725.",
    ),
    (
        about(Rank, rank=2, value=588, ahead=("2024-10", "2024-12"), start="2024-10"),
        KM2_PANEL,
        "FALSE: 588 km² in June 2025 is the third highest of the 9 known months from October "
        "2024, behind October 2024 610, November 2024 725; December 2024 was not higher.\n"
        "True instead: Territory in June 2025: 588 km², the third highest month since "
        "October 2024, behind October and November 2024.",
    ),
    (
        about(Rank, "2025-03", rank=8, start="2024-08"),
        KM2_PANEL,
        "FALSE: 240 km² in March 2025 is the sixth highest of the 6 known months from "
        "October 2024, behind October 2024 610, November 2024 725, December 2024 476, "
        "January 2025 430, February 2025 389.\n"
        "True instead: Territory in March 2025: 240 km², the sixth highest month since "
        "October 2024, behind October, November, December 2024, January and February 2025.\n"
        "Note: The data begin in October 2024; nothing earlier was compared.",
    ),
    (
        about(Rank, rank=7),
        panel(9, 8, 7, 6, 5, 4, 3),
        "TRUE: 3 in June 2025 is the seventh highest of the 7 known months from December "
        "2024, behind December 2024 9, January 2025 8, February 2025 7, March 2025 6, April "
        "2025 5, May 2025 4.",
    ),
    (
        about(Rank, rank=8),
        panel(10, 9, 8, 7, 6, 5, 4, 3),
        "TRUE: 3 in June 2025 is the eighth highest of the 8 known months from November 2024.",
    ),
    (
        about(Rank, "2025-03", rank=1, direction="low", at_least=True),
        KM2_PANEL,
        "TRUE: 240 km² in March 2025 is the lowest of the 6 known months from October 2024.",
    ),
    (
        about(Rank, rank=2),
        panel(9, NAN, 3, 4, 1, 4),
        "TRUE: 4 in June 2025 is the second highest of the 5 known months from January 2025, "
        "behind January 2025 9.\n"
        "Note: 1 of the 6 months from January 2025 to June 2025 is unknown or partial.\n"
        "Note: April 2025 had exactly the same value.",
    ),
    (
        about(Rank, rank=2),
        panel(9, 8, 3, 4, 1, 4, anomalies=[odd("method break", "2025-02")]),
        "CANNOT SAY: A method break in February 2025 lies between the months compared: A note.",
    ),
    (
        about(Rank, rank=1),
        panel(9, 8, 3, 4, 1, 4, anomalies=[odd("method break", "2025-02")]),
        "FALSE: 4 in June 2025 is the second highest of the 5 known months from February "
        "2025, behind February 2025 8.\n"
        "True instead: X in June 2025: 4, the second highest month since February 2025, "
        "behind February 2025.\n"
        "Note: Months before February 2025 are of another definition and were not compared: "
        "A note.\n"
        "Note: April 2025 had exactly the same value.",
    ),
    (
        about(Rank, rank=1, start="2025-02"),
        panel(9, 8, 3, 4, 1, 5, anomalies=[odd("method break", "2025-02")]),
        "FALSE: 5 in June 2025 is the second highest of the 5 known months from February "
        "2025, behind February 2025 8.\n"
        "True instead: X in June 2025: 5, the second highest month since February 2025, "
        "behind February 2025.",
    ),
    (
        about(Rank, rank=2, start="2025-01", excluding=(("2025-02", "2025-03"),)),
        panel(9, 8, 7, 4, 1, 5, anomalies=[odd("ceasefire", "2025-05")]),
        "TRUE: 5 in June 2025 is the second highest of the 4 known months from January 2025, "
        "behind January 2025 9.\n"
        "Note: May 2025, ceasefire: A note.",
    ),
]


@pytest.mark.parametrize(("claim", "data", "told"), IN_FULL)
def test_in_full(claim, data, told):
    assert str(claim.check(data)) == told
