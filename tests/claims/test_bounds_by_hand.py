"""Bounds and signs on rows short enough to check by eye."""
# ruff: noqa: RUF001

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from claims.short_rows import NAN, about, odd, panel

from trends.claims import Sign, Threshold
from trends.claims._rows import comparable_rows, latest
from trends.claims.thresholds import _round_number


@pytest.mark.parametrize(
    ("value", "op", "bound"),
    [(0.0, "above", NAN), (float("inf"), "above", NAN), (5e-324, "below", NAN),
     (4131.0, "above", 2000.0), (4131.0, "below", 5000.0), (-7.0, "above", -10.0),
     (-0.7, "above", -1.0), (-0.7, "below", -0.5), (0.7, "above", 0.5), (0.7, "below", 1.0)],
)  # fmt: skip
def test_the_round_number_next_to_a_value(value, op, bound):
    np.testing.assert_equal(_round_number(value, op), bound)


@pytest.mark.parametrize("scale", [1.0, 0.01])
def test_a_bound_far_below_is_understated_at_every_scale(scale):
    close, far = (
        about(Threshold, bound=bound * scale, op="above").check(panel(1, 2, 90 * scale))
        for bound in (88, 20)
    )
    assert (close.outcome, far.outcome) == ("true", "true")
    assert (len(close.caveats), len(far.caveats)) == (0, 1)


def test_a_fall_is_below_any_bound_above_zero():
    for value in (-0.5, -50.0):
        verdict = about(Threshold, bound=5, op="below").check(panel(1, 2, value))
        assert (verdict.outcome, verdict.caveats) == ("true", ())


def test_an_unknown_month_has_no_sign():
    assert Sign.propose(panel(*[1.0] * 20, -1, kind="flow"), "2025-06")
    assert Sign.propose(panel(*[1.0] * 20, NAN, kind="flow"), "2025-06") == []
    assert Sign.propose(panel(*[1.0] * 20, 0, kind="flow"), "2025-06") == []


@pytest.mark.parametrize(
    ("flags", "values", "steps"),
    [
        ((1, 0, 0, 1), (5.0, 1, 2, 4), 3),  # the last one is the month itself
        ((0, 0, 0, 1), (1.0, 1, 2, 4), 0),
        ((1, 0, 0, 1), (5.0, NAN, 2, 4), -1),
        ((0, 0, 1, 1), (5.0, NAN, 5, 4), 1),
    ],
)
def test_the_latest_month_that_is_flagged(flags, values, steps):
    assert latest(np.array(flags, float), np.array(values)) == steps


@pytest.mark.parametrize(
    ("first", "last", "left"),
    [
        ("2025-01", "2025-02", [3, 4, 5]),
        ("2025-02", "2025-03", [NAN, 4, 5]),
        ("2025-03", "2025-03", [NAN, 4, 5]),
        ("2025-03", "2025-04", [NAN, NAN, 5]),
        ("2025-04", "2025-04", [3, NAN, 5]),
        ("2025-05", "2025-07", [3, 4, NAN]),
        ("2025-06", "2025-07", [3, 4, 5]),
    ],
)
def test_months_that_a_purpose_leaves_out_are_unknown(first, last, left):
    cut = odd("method break", "2025-03")
    spike = odd("one-off", first, last, out=("records",))
    data = panel(1, 2, 3, 4, 5, 6, 7, last="2025-07", anomalies=[cut, spike])
    values, start = comparable_rows(data, pd.Period("2025-05", "M"), "records")
    np.testing.assert_array_equal(values, [left])
    assert str(start) == "2025-03"
    for purpose in ("ranks", None):
        values, _ = comparable_rows(data, pd.Period("2025-05", "M"), purpose)
        np.testing.assert_array_equal(values, [[3, 4, 5]])


IN_FULL = [
    (
        about(Threshold, bound=5, first_since="2025-03"),
        panel(6, 7, 4, 5, 5.2),
        "TRUE: 5.2 in June 2025 is above 5, the first since March 2025, which had 7.",
    ),
    (
        about(Threshold, bound=5, first_since="2025-02"),
        panel(6, 7, 4, 5, 5.2),
        "FALSE: 5.2 in June 2025 is above 5, it is not the first since February 2025: March "
        "2025 had 7.\n"
        "True instead: X in June 2025: 5.2, above 5, for the first time since March 2025.",
    ),
    (
        about(Threshold, bound=5, first_since="2025-04"),
        panel(6, 7, 4, 5, 5.2),
        "LOOSE: 5.2 in June 2025 is above 5, no month since April 2025 is alike, nor is "
        "April 2025 itself (4).\n"
        "True instead: X in June 2025: 5.2, above 5, for the first time since March 2025.",
    ),
    (
        about(Threshold, bound=5, first_since="2025-04"),
        panel(6, 7, NAN, 4, 5, 5.2),
        "LOOSE: 5.2 in June 2025 is above 5, no month since April 2025 is alike, nor is "
        "April 2025 itself (4).\n"
        "True instead: X in June 2025: 5.2, above 5.",
    ),
    (
        about(Threshold, bound=5, first_since="2025-04"),
        panel(6, 7, NAN, 4, 6, 5.2),
        "FALSE: 5.2 in June 2025 is above 5, it is not the first since April 2025: May 2025 "
        "had 6.\n"
        "True instead: X in June 2025: 5.2, above 5, for the first time since May 2025.",
    ),
    (
        about(Threshold, bound=5, first_since="2025-04"),
        panel(4, 4, 4, 4, 5, 5.2),
        "LOOSE: 5.2 in June 2025 is above 5, no month since April 2025 is alike, nor is "
        "April 2025 itself (4).\n"
        "True instead: X in June 2025: 5.2, above 5.",
    ),
    (
        about(Threshold, bound=5, first_since="2025-06"),
        panel(4, 4, 4, 4, 5, 5.2),
        "FALSE: 5.2 in June 2025 is above 5, June 2025 is not earlier.\n"
        "True instead: X in June 2025: 5.2, above 5.",
    ),
    (
        about(Threshold, bound=5, first_ever=True),
        panel(*[4] * 12, 5.2),
        "TRUE: 5.2 in June 2025 is above 5, the first of 13 months.",
    ),
    (
        about(Threshold, bound=5, first_ever=True),
        panel(*[4] * 11, 5.2),
        "CANNOT SAY: 5.2 in June 2025 is above 5, only 11 earlier months are known, and it "
        "takes 12.",
    ),
    (
        about(Threshold, bound=5, first_ever=True),
        panel(6, *[4] * 11, 5.2),
        "FALSE: 5.2 in June 2025 is above 5, it is not the first: June 2024 had 6.\n"
        "True instead: X in June 2025: 5.2, above 5, for the first time since June 2024.",
    ),
    (
        about(Threshold, bound=5, first_ever=True),
        panel(6, NAN, *[4] * 11, 5.2),
        "FALSE: 5.2 in June 2025 is above 5, it is not the first: May 2024 had 6.\n"
        "True instead: X in June 2025: 5.2, above 5.",
    ),
    (
        about(Threshold, bound=5, first_ever=True),
        panel(NAN, *[4] * 12, 5.2, anomalies=[odd("one-off", "2025-05", out=("records",))]),
        "CANNOT SAY: 5.2 in June 2025 is above 5, only 11 earlier months are known, and it "
        "takes 12.\n"
        "Note: 2 of the 14 months from May 2024 to June 2025 are unknown or partial.",
    ),
    (
        about(Threshold, bound=5, first_ever=True),
        panel(9, *[4] * 12, 5.2, anomalies=[odd("method break", "2024-06")]),
        "TRUE: 5.2 in June 2025 is above 5, the first of 13 months.\n"
        "Note: Months before June 2024 are of another definition and were not compared: A "
        "note.",
    ),
    (
        about(Threshold, bound=5, op="below", value=6),
        panel(1, 6, unit="drones"),
        "FALSE: 6 drones in June 2025 is not below 5 drones.\n"
        "True instead: X in June 2025: 6 drones, above 5 drones.",
    ),
    (
        about(Threshold, bound=5, op="below"),
        panel(1, 5, unit="drones"),
        "LOOSE: 5 drones in June 2025 is not below 5 drones.\n"
        "True instead: X in June 2025: 5 drones, at most 5 drones.",
    ),
    (
        about(Threshold, bound=5),
        panel(1, 5, unit="drones"),
        "LOOSE: 5 drones in June 2025 is not above 5 drones.\n"
        "True instead: X in June 2025: 5 drones, at least 5 drones.",
    ),
    (
        about(Threshold, bound=5, op="at least"),
        panel(1, 4),
        "FALSE: 4 in June 2025 is not at least 5.\nTrue instead: X in June 2025: 4, below 5.",
    ),
    (
        about(Threshold, bound=5, op="at most"),
        panel(1, 6),
        "FALSE: 6 in June 2025 is not at most 5.\nTrue instead: X in June 2025: 6, above 5.",
    ),
    (
        about(Threshold, bound=5, op="at least"),
        panel(1, 5),
        "TRUE: 5 in June 2025 is at least 5.",
    ),
    (
        about(Threshold, bound=5, op="at most"),
        panel(1, 4),
        "TRUE: 4 in June 2025 is at most 5.\n"
        "Note: True, but the number printed is more than a tenth away.",
    ),
    (
        about(Threshold, bound=-5, op="below"),
        panel(1, -6),
        "TRUE: −6 in June 2025 is below −5.",
    ),
    (
        about(Threshold, bound=0),
        panel(1, 3),
        "TRUE: 3 in June 2025 is above 0.",
    ),
    (
        about(Threshold, bound=7, op="at most"),
        panel(1, -3),
        "TRUE: −3 in June 2025 is at most 7.",
    ),
    (
        about(Sign, sign="positive"),
        panel(1, -1, unit="km2"),
        "FALSE: −1 km² in June 2025 is not above zero.\n"
        "True instead: X in June 2025: −1 km², below zero.",
    ),
    (
        about(Sign, sign="negative"),
        panel(1, 2, unit="km2"),
        "FALSE: 2 km² in June 2025 is not below zero.\n"
        "True instead: X in June 2025: 2 km², above zero.",
    ),
    (
        about(Sign, sign="positive"),
        panel(1, 0),
        "FALSE: 0 in June 2025 is not above zero.",
    ),
    (
        about(Sign, sign="negative", first_since="2025-04"),
        panel(-1, -1, 1, -2),
        "TRUE: −2 in June 2025 is below zero, the first since April 2025, which had −1.",
    ),
    (
        about(Sign, sign="negative", first_since="2025-03"),
        panel(-1, -1, 1, -2),
        "FALSE: −2 in June 2025 is below zero, it is not the first since March 2025: April "
        "2025 had −1.\n"
        "True instead: X in June 2025: −2, below zero, the first since April 2025.",
    ),
    (
        about(Sign, sign="negative", first_since="2025-05"),
        panel(-1, -1, 0, -2),
        "LOOSE: −2 in June 2025 is below zero, no month since May 2025 is alike, nor is May "
        "2025 itself (0).\n"
        "True instead: X in June 2025: −2, below zero, the first since April 2025.",
    ),
    (
        about(Sign, sign="positive", first_ever=True),
        panel(-1, *[0] * 11, 2),
        "TRUE: 2 in June 2025 is above zero, the first of 13 months.",
    ),
    (
        about(Sign, sign="positive", first_ever=True, value=3),
        panel(1, *[0] * 11, 2),
        "FALSE: The data have 2, not 3; 2 in June 2025 is above zero, it is not the first: "
        "June 2024 had 1.\n"
        "True instead: X in June 2025: 2, above zero, the first since June 2024.",
    ),
    (
        about(Sign, sign="positive", first_ever=True),
        panel(*[0] * 11, 2),
        "CANNOT SAY: 2 in June 2025 is above zero, only 11 earlier months are known, and it "
        "takes 12.",
    ),
    (
        about(Sign, sign="negative"),
        panel(3, 9, 8, kind="stock"),
        "TRUE: −1 in June 2025 is below zero.",
    ),
    (
        about(Sign, sign="negative"),
        panel(1, 0.5),
        "FALSE: 0.5 in June 2025 is not below zero.\n"
        "True instead: X in June 2025: 0.5, above zero.",
    ),
    (
        about(Sign, sign="positive"),
        panel(1, -0.5),
        "FALSE: −0.5 in June 2025 is not above zero.\n"
        "True instead: X in June 2025: −0.5, below zero.",
    ),
]


@pytest.mark.parametrize(("claim", "data", "told"), IN_FULL)
def test_in_full(claim, data, told):
    assert str(claim.check(data)) == told
