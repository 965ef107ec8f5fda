"""Since-statements on rows short enough to check by eye."""

from __future__ import annotations

import pandas as pd
import pytest
from claims.short_rows import KM2, NAN, about, panel, rows

from trends.claims import Since
from trends.panel import Anomaly


@pytest.mark.parametrize(
    ("values", "since", "outcome"),
    [
        (KM2, "2024-11", "true"),
        (KM2, "2025-01", "loose"),  # January was lower too
        (KM2, "2024-10", "false"),  # November was higher
        (KM2, "2024-09", "false"),  # November decides, whatever September was
        (KM2[2:], "2024-11", "cannot say"),  # before the data
        ((610.0, 725, 476, NAN, 389, 240, 379, 507, 588), "2024-11", "cannot say"),
        ((610.0, 725, 476, 430, 389, 240, 588, 507, 588), "2024-11", "false"),  # a tie in April
        ((610.0, 725, 476, 430, 389, 240, 588, 507, 588), "2025-04", "true"),
        (KM2, "2025-06", "false"),
        (KM2, "2025-07", "false"),
    ],
)
def test_since(values, since, outcome):
    assert about(Since, since=since).check(rows(*values)).outcome == outcome


def test_since_says_what_is_true_instead():
    for since in ("2025-01", "2024-10"):
        corrected = about(Since, since=since).check(rows(*KM2)).corrected
        assert str(corrected.since) == "2024-11"
        assert corrected.since_value == 725.0


def test_since_says_a_tie():
    verdict = about(Since, since="2025-03").check(rows(588.0, 1, 2, 588))
    assert verdict.outcome == "true"
    assert verdict.caveats == ("March 2025 had exactly the same value.",)


def test_the_value_of_the_other_month_is_checked():
    wrong = about(Since, since="2024-11", value=588, since_value=900)
    verdict = wrong.check(rows(*KM2))
    assert verdict.outcome == "false"
    assert "725 in November 2024, not 900" in verdict.reason
    assert verdict.corrected.since_value == 725.0


def test_a_month_left_out_is_unknown():
    month = pd.Period("2024-11", "M")
    outage = Anomaly(month, month, "double count", "Counted twice.", "", ("records",))
    data = panel(*KM2, anomalies=(outage,))
    assert about(Since, since="2024-11").check(data).outcome == "cannot say"
    assert about(Since, since="2025-01").check(data).outcome == "loose"
    assert Since.propose(data, "2025-06") == []


KM2_PANEL = panel(*KM2, unit="km2", quantity="territory")

IN_FULL = [
    (
        about(Since, since="2024-11", value=588, since_value=725),
        KM2_PANEL,
        "TRUE: 588 km² in June 2025 is above every month since November 2024, which had 725 km².",
    ),
    (
        about(Since, since="2025-01", value=588, since_value=430),
        KM2_PANEL,
        "LOOSE: 588 km² in June 2025 is above January 2025 (430 km²) too, so it is the "
        "highest since an earlier month, November 2024.\n"
        "True instead: Territory in June 2025: 588 km², the highest since November 2024 "
        "(725).",
    ),
    (
        about(Since, since="2025-01", since_value=999),
        KM2_PANEL,
        "LOOSE: 588 km² in June 2025 is above January 2025 (430 km²) too, so it is the "
        "highest since an earlier month, November 2024.\n"
        "True instead: Territory in June 2025: 588 km², the highest since November 2024 "
        "(725).",
    ),
    (
        about(Since, since="2024-10", value=588, since_value=610),
        KM2_PANEL,
        "FALSE: 588 km² in June 2025 is not above every month since October 2024: November "
        "2024 had 725 km².\n"
        "True instead: Territory in June 2025: 588 km², the highest since November 2024 "
        "(725).",
    ),
    (
        about(Since, "2025-04", since="2024-10"),
        KM2_PANEL,
        "FALSE: 379 km² in April 2025 is not above every month since October 2024: February "
        "2025 had 389 km².\n"
        "True instead: Territory in April 2025: 379 km², the highest since February 2025 "
        "(389).",
    ),
    (
        about(Since, "2025-01", since="2024-12", direction="low"),
        KM2_PANEL,
        "LOOSE: 430 km² in January 2025 is below December 2024 (476 km²) too, so it is the "
        "lowest since an earlier month.",
    ),
    (
        about(Since, since="2025-03"),
        rows(9, NAN, 3, 1, 2, 4),
        "LOOSE: 4 in June 2025 is above March 2025 (3) too, so it is the highest since an "
        "earlier month.",
    ),
    (
        about(Since, since="2025-05"),
        rows(9, 4, 3),
        "TRUE: 3 in June 2025 is above every month since May 2025, which had 4.",
    ),
    (
        about(Since, since="2025-06"),
        rows(9, 4, 3),
        "FALSE: The month of comparison is not earlier.",
    ),
    (
        about(Since, since="2025-03", direction="low"),
        rows(1, 5, 6, 3),
        "TRUE: 3 in June 2025 is below every month since March 2025, which had 1.",
    ),
    (
        about(Since, since="2025-03", direction="low"),
        rows(3, 5, 6, 3),
        "TRUE: 3 in June 2025 is below every month since March 2025, which had 3.\n"
        "Note: March 2025 had exactly the same value.",
    ),
    (
        about(Since, since="2024-08", words_since="late Summer"),
        panel(9, 1, 1, 1, *[2] * 9, 5),  # May is of the spring
        "LOOSE: 5 in June 2025 is above August 2024 (1) too, so it is the highest since an earlier "
        "month, May 2024.\n"
        "True instead: X in June 2025: 5, the highest since May 2024 (9).",
    ),
    (
        about(Since, since="2024-08", words_since="late Summer"),
        panel(1, 9, 1, 1, *[2] * 9, 5),
        "TRUE: 5 in June 2025 is above every month since June 2024, which had 9.",
    ),
    (
        about(Since, since="2024-11", value=700, value_hedge="about"),
        panel(*KM2),
        "FALSE: The data have 588, not about 700; 588 in June 2025 is above every month since "
        "November 2024, which had 725.\n"
        "True instead: X in June 2025: 588, the highest since November 2024.",
    ),
    (
        about(Since, since="2025-03"),
        rows(9, 4, 6, 5),  # "since last month" says nothing
        "FALSE: 5 in June 2025 is not above every month since March 2025: May 2025 had 6.",
    ),
]


@pytest.mark.parametrize(("claim", "data", "told"), IN_FULL)
def test_in_full(claim, data, told):
    assert str(claim.check(data)) == told
