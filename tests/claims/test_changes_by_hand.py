"""Changes on rows short enough to check by eye."""
# ruff: noqa: RUF001

from __future__ import annotations

from decimal import Decimal

import numpy as np
import pytest
from claims.short_rows import NAN, about, odd, panel, rows

from trends.claims import Change, Multiple
from trends.claims.changes import _rarity


@pytest.mark.parametrize(
    ("percent", "options", "outcome"),
    [
        (37, {}, "true"),
        (36.8, {}, "true"),
        (Decimal("37.0"), {}, "loose"),
        (41.4, {"per": "day"}, "true"),
        (41.4, {}, "false"),
        (40, {"hedge": "almost"}, "true"),
        (35, {"hedge": "more than"}, "true"),
        (30, {"hedge": "more than"}, "true"),
        (40, {"hedge": "more than"}, "false"),
        (-37, {}, "false"),
        (37, {"value": 5400}, "loose"),
        (37, {"base_value": 3974}, "true"),
        (37, {"base_value": 3000}, "false"),
    ],
)
def test_changes(percent, options, outcome):
    claim = about(Change, base="2025-05", percent=percent, **options)
    assert claim.check(rows(3974.0, 5438)).outcome == outcome


def test_a_number_true_but_far_is_said():
    claim = about(Change, base="2025-05", percent=30, hedge="more than")
    assert "more than a tenth" in claim.check(rows(3974.0, 5438)).caveats[0]


@pytest.mark.parametrize("base", [0.0, -5.0])
def test_no_percentage_and_no_multiple_of_a_base_that_is_not_positive(base):
    for claim in (
        about(Change, base="2025-05", percent=10),
        about(Multiple, base="2025-05", multiple=2),
    ):
        verdict = claim.check(rows(base, 8.0))
        assert verdict.outcome == "cannot say"
        assert "positive" in verdict.reason
    assert Change.propose(panel(base, 8.0), "2025-06") == []
    assert Multiple.propose(panel(base, 8.0), "2025-06") == []


def test_the_length_of_the_months_turns_the_sign():
    """100 a day in February and 95 in March: up by month, down by day."""
    data = rows(2800.0, 2945, last="2025-03")
    verdict = about(Change, "2025-03", base="2025-02", percent=5.2).check(data)
    assert verdict.outcome == "true"
    assert "−5.0% per day" in verdict.reason
    assert any("turns the sign" in note for note in verdict.caveats)
    daily = about(Change, "2025-03", base="2025-02", percent=-5, per="day").check(data)
    assert daily.outcome == "true"


def test_shares_change_by_percentage_points():
    data = panel(80.0, 84.0, unit="%", kind="rate")
    verdict = about(Change, base="2025-05", percent=5).check(data)
    assert verdict.outcome == "cannot say"
    assert "percentage points" in verdict.reason
    assert Change.propose(data, "2025-06") == []


def test_no_change():
    verdict = about(Change, base="2025-05", percent=7).check(rows(50.0, 50))
    assert verdict.outcome == "false"
    assert verdict.corrected.sentence() == (
        "X in June 2025: 50, changed by 0.0% on May 2025 (50), +3.3% per day."
    )


@pytest.mark.parametrize(("absolute", "outcome"), [(5, "true"), (7, "false")])
def test_points_and_a_difference_are_both_held_to_the_data(absolute, outcome):
    change = about(Change, base="2025-05", percent=5, absolute=absolute, points=True)
    assert change.check(panel(20.0, 25.0, unit="%", kind="stock")).outcome == outcome


@pytest.mark.parametrize(
    ("changes", "share"),
    [((1.0, -2, 3, 2), 2 / 4), ((1.0, -2, 3, -2), 2 / 4), ((NAN, -1, -3, -2), 2 / 3), ((0.0,), 1)],
)
def test_how_rare_a_rise_or_a_fall_is(changes, share):
    assert _rarity(np.array(changes)) == pytest.approx(share)


IN_FULL = [
    (
        about(Change, base="2025-05", percent=36, value=5438, base_value=3974),
        panel(3974, 5438, unit="drones"),
        "LOOSE: From 3,974 drones in May 2025 to 5,438 drones in June 2025 is +36.8% (+41.4% "
        "per day).\n"
        "True instead: X in June 2025: 5,438 drones, up 36.8% on May 2025 (3,974), +41.4% "
        "per day.",
    ),
    (
        about(Change, base="2025-05", percent=30, absolute=1400, hedge="about"),
        panel(3974, 5438, unit="drones"),
        "FALSE: From 3,974 drones in May 2025 to 5,438 drones in June 2025 is +36.8% (+41.4% "
        "per day).\n"
        "True instead: X in June 2025: 5,438 drones, up 36.8% on May 2025 (3,974), +41.4% "
        "per day.",
    ),
    (
        about(Change, base="2025-05", percent=40.4, per="day"),
        panel(3974, 5438, unit="drones"),
        "LOOSE: From 3,974 drones in May 2025 to 5,438 drones in June 2025 is +36.8% (+41.4% "
        "per day).\n"
        "True instead: X in June 2025: 5,438 drones, up 41.4% per day on May 2025 (3,974).",
    ),
    (
        about(Change, base="2025-05", percent=30, hedge="more than"),
        panel(3974, 5438, unit="drones"),
        "TRUE: From 3,974 drones in May 2025 to 5,438 drones in June 2025 is +36.8% (+41.4% "
        "per day).\n"
        "Note: True, but the number printed is more than a tenth away.",
    ),
    (
        about(Change, base="2025-05", percent=-90),
        panel(3974, 0, unit="drones"),
        "FALSE: From 3,974 drones in May 2025 to 0 drones in June 2025 is −100.0%.\n"
        "True instead: X in June 2025: 0 drones, down 100.0% on May 2025 (3,974).",
    ),
    (
        about(Change, base="2025-05", percent=-3),
        panel(31, 30.5, unit="drones"),
        "FALSE: From 31 drones in May 2025 to 30.5 drones in June 2025 is −1.6% (+1.7% per "
        "day).\n"
        "True instead: X in June 2025: 30.5 drones, down 1.6% on May 2025 (31), +1.7% per "
        "day.\n"
        "Note: The length of the months turns the sign: by day it went the other way.",
    ),
    (
        about(Change, base="2025-05", percent=5),
        panel(31, 33, kind="stock"),
        "FALSE: From 31 in May 2025 to 33 in June 2025 is +6.5%.\n"
        "True instead: X in June 2025: 33, up 6.5% on May 2025 (31).",
    ),
    (
        about(Change, base="2025-05", percent=6.5, per="day"),
        panel(31, 33, kind="stock"),
        "TRUE: From 31 in May 2025 to 33 in June 2025 is +6.5%.",
    ),
    (
        about(Change, base="2025-05", percent=5),
        panel(20, 25.5, unit="share", kind="rate"),
        "CANNOT SAY: From 20 share in May 2025 to 25.5 share in June 2025 is a change in "
        "percentage points, not in percent.",
    ),
    (
        about(Change, base="2025-05", percent=5, points=True),
        panel(20, 25.5, unit="km2", kind="rate"),
        "CANNOT SAY: From 20 km² in May 2025 to 25.5 km² in June 2025 is a change in "
        "percent, not in percentage points.",
    ),
    (
        about(Change, base="2025-05", percent=4, points=True, per="day"),
        panel(20, 25.5, unit="%", kind="rate"),
        "FALSE: From 20 % in May 2025 to 25.5 % in June 2025 is 5.5 percentage points more.\n"
        "True instead: X in June 2025: 25.5 %, up 5.5 percentage points per day on May 2025 "
        "(20).",
    ),
    (
        about(Change, base="2025-05", percent=-5, absolute=-7, points=True),
        panel(25.5, 20, unit="percent", kind="stock"),
        "FALSE: From 25.5 percent in May 2025 to 20 percent in June 2025 is 5.5 percentage "
        "points less.\n"
        "True instead: X in June 2025: 20 percent, down 5.5 percentage points on May 2025 "
        "(25.5).",
    ),
    (
        about(Change, base="2025-05", absolute=-3),
        panel(20, 20, unit="km2"),
        "FALSE: From 20 km² in May 2025 to 20 km² in June 2025 is 0 km² more.\n"
        "True instead: X in June 2025: 20 km², changed by 0 km² on May 2025 (20).",
    ),
    (
        about(Change, base="2025-05", absolute=0.3, per="day"),
        panel(31, 33, unit="km2"),
        "FALSE: From 31 km² in May 2025 to 33 km² in June 2025 is 0.1 km² per day more.\n"
        "True instead: X in June 2025: 33 km², up 0.1 km² per day on May 2025 (31).",
    ),
    (
        about(Change, base="2025-05", absolute=10, hedge="less than"),
        panel(20, 25, unit="km2"),
        "TRUE: From 20 km² in May 2025 to 25 km² in June 2025 is 5 km² more.\n"
        "Note: True, but the number printed is more than a tenth away.",
    ),
    (
        about(Change, base="2025-05", percent=3),
        panel(-1, 25, unit="km2"),
        "CANNOT SAY: From −1 km² in May 2025 to 25 km² in June 2025 has no percentage, since "
        "it does not start from a positive value.",
    ),
    (
        about(Change, base="2025-07", percent=3),
        panel(1, 25),
        "CANNOT SAY: The data do not reach July 2025.",
    ),
    (
        about(Change, base="2025-04", percent=2400),
        panel(
            1,
            2,
            25,
            anomalies=[
                odd("splice", "2025-04"),
                odd("splice", "2025-05", note="B."),
                odd("splice", "2025-06", note="C."),
            ],
        ),
        "TRUE: From 1 in April 2025 to 25 in June 2025 is +2,400.0% (+2,400.0% per day).\n"
        "Note: The series is spliced in May 2025: B.\n"
        "Note: The series is spliced in June 2025: C.",
    ),
    (
        about(Change, base="2025-04", percent=2400),
        panel(
            1,
            2,
            25,
            anomalies=[
                odd("outage", "2025-03", "2025-04"),
                odd("outage", "2025-06", "2025-07", "B."),
                odd("outage", "2025-02", "2025-03", "C."),
                odd("outage", "2025-07", "2025-08", "D."),
            ],
        ),
        "TRUE: From 1 in April 2025 to 25 in June 2025 is +2,400.0% (+2,400.0% per day).\n"
        "Note: March 2025, outage: A note.\n"
        "Note: June 2025, outage: B.",
    ),
    (
        about(Change, base="2025-04", percent=2400),
        panel(1, 2, 25, anomalies=[odd("method break", "2025-04")]),
        "TRUE: From 1 in April 2025 to 25 in June 2025 is +2,400.0% (+2,400.0% per day).",
    ),
    (
        about(Change, base="2025-04", percent=2400),
        panel(1, 2, 25, anomalies=[odd("method break", "2025-05")]),
        "CANNOT SAY: A method break in May 2025 lies between the months compared: A note.",
    ),
    (
        about(Change, "2025-04", base="2025-06", percent=2400),
        panel(1, 2, 25, anomalies=[odd("method break", "2025-06")]),
        "CANNOT SAY: A method break in June 2025 lies between the months compared: A note.",
    ),
    (
        about(Change, base="2025-05", percent=37, base_value=3000, value=5438),
        panel(3974, 5438),
        "FALSE: The data have 3,974 in May 2025, not 3,000; from 3,974 in May 2025 to 5,438 in "
        "June 2025 is +36.8% (+41.4% per day).\n"
        "True instead: X in June 2025: 5,438, up 36.8% on May 2025 (3,974), +41.4% per day.",
    ),
    (
        about(Change, base="2025-05", absolute=-0.2),
        panel(3, 2.5, kind="stock"),
        "FALSE: From 3 in May 2025 to 2.5 in June 2025 is 0.5 less.\n"
        "True instead: X in June 2025: 2.5, down 0.5 on May 2025 (3).",
    ),
]


@pytest.mark.parametrize(("claim", "data", "told"), IN_FULL)
def test_in_full(claim, data, told):
    assert str(claim.check(data)) == told
