"""Totals and windows on rows short enough to check by eye."""
# ruff: noqa: RUF001

from __future__ import annotations

import pytest
from claims.short_rows import NAN, about, odd, panel, rows

from trends.claims import Total, Window


def test_the_highest_twelve_months_without_a_number():
    total = about(Total, first="2024-07", most=True)
    rising = rows(*map(float, range(36)))
    assert total.check(panel(*rising, kind="flow")).outcome == "true"
    assert total.check(panel(*rising[::-1], kind="flow")).outcome == "false"


def test_twelve_months_that_the_month_before_ended_higher():
    assert Total.propose(panel(*[1.0] * 34, 9, 0.5, kind="flow"), "2025-06") == []
    assert Total.propose(panel(*[1.0] * 34, 9, 1.5, kind="flow"), "2025-06")


@pytest.mark.parametrize(
    ("facts", "span"),
    [
        ({"first_day": "2025-05-10"}, "10 May 2025 to 30 June 2025"),
        ({"last_day": "2025-06-20"}, "1 May 2025 to 20 June 2025"),
        ({}, "May 2025 to June 2025"),
    ],
)
def test_the_days_of_a_total(facts, span):
    total = about(Total, first="2025-05", value=5, **facts)
    assert total.sentence() == f"X from {span}: 5."


@pytest.mark.parametrize("facts", [{"first_day": "2025-05-10"}, {"last_day": "2025-06-20"}])
def test_days_within_months_are_not_whole_months(facts):
    data = panel(4.0, 5.0, kind="flow")
    assert about(Total, first="2025-05", value=9).check(data).outcome == "true"
    assert about(Total, first="2025-05", value=9, **facts).check(data).outcome == "cannot say"
    whole = about(Total, first="2025-05", value=9, first_day="2025-05-01", last_day="2025-06-30")
    assert whole.check(data).outcome == "true"


def test_windows_are_proposed_at_every_scale():
    for scale in (0.001, 1.0, 1000.0):
        row = [scale * x for x in ([1.0] * 42 + [0.0] * 5 + [13.0])]
        assert len(Window.propose(panel(*row, kind="flow"), "2025-06")) == 1


def test_how_rare_a_window_is():
    for years in (1, 2, 3):
        row = [1.0] * 42 + [0.0] * 5 + [12.0 * years + 1]
        (window,) = Window.propose(panel(*row, kind="flow"), "2025-06")
        assert (len(window.bases), window.rarity) == (years, 1 / (years + 1))


IN_FULL = [
    (
        about(Total, first="2025-05", value=10.4),
        panel(9, 1, 5, 5, 4, 6, unit="drones"),
        "LOOSE: 10 drones from May 2025 to June 2025, not 10.4 drones.\n"
        "True instead: X from May 2025 to June 2025: 10 drones.",
    ),
    (
        about(Total, first="2025-05", value=9, value_hedge="more than"),
        panel(9, 1, 5, 5, 4, 6, unit="drones"),
        "TRUE: 10 drones from May 2025 to June 2025.\n"
        "Note: True, but the number printed is more than a tenth away.",
    ),
    (
        about(Total, first="2025-05", value=10, most=True),
        panel(9, 1, 5, 5, 4, 6, unit="drones"),
        "LOOSE: 10 drones from May 2025 to June 2025; the highest earlier total of 2 months "
        "was 10 from March 2025 to April 2025.\n"
        "True instead: X from May 2025 to June 2025: 10 drones.",
    ),
    (
        about(Total, first="2025-05", value=12, most=True),
        panel(9, 1, 5, 5, 4, 6, unit="drones"),
        "FALSE: 10 drones from May 2025 to June 2025, not 12 drones; the highest earlier "
        "total of 2 months was 10 from March 2025 to April 2025.\n"
        "True instead: X from May 2025 to June 2025: 10 drones.",
    ),
    (
        about(Total, first="2025-05", value=12, most=True),
        panel(9, 1, 5, 5, 4, 7),
        "FALSE: 11 from May 2025 to June 2025, not 12; the highest earlier total of 2 months "
        "was 10 from March 2025 to April 2025.\n"
        "True instead: X from May 2025 to June 2025: 11, the most of any 2 consecutive "
        "months.",
    ),
    (
        about(Total, first="2025-05", value=11, most=True),
        panel(9, 1, NAN, 5, 4, 7),
        "TRUE: 11 from May 2025 to June 2025; the highest earlier total of 2 months was 10 "
        "from January 2025 to February 2025.\n"
        "Note: 1 of the 6 months from January 2025 to June 2025 is unknown or partial.",
    ),
    (
        about(Total, first="2025-05", most=True),
        panel(NAN, 1, NAN, 5, 4, 7),
        "CANNOT SAY: 11 from May 2025 to June 2025; the data hold no earlier span of 2 "
        "months apart from it.\n"
        "Note: 2 of the 6 months from January 2025 to June 2025 are unknown or partial.",
    ),
    (
        about(Total, first="2025-05", most=True),
        panel(1, 4, 7),
        "CANNOT SAY: 11 from May 2025 to June 2025; the data hold no earlier span of 2 "
        "months apart from it.",
    ),
    (
        about(Total, first="2025-05", most=True),
        panel(20, 20, 1, 4, 7, anomalies=[odd("method break", "2025-04")]),
        "CANNOT SAY: 11 from May 2025 to June 2025; the data hold no earlier span of 2 "
        "months apart from it.\n"
        "Note: Months before April 2025 are of another definition and were not compared: A "
        "note.",
    ),
    (
        about(Total, first="2025-05", most=True),
        panel(20, 20, 1, 2, 4, 7, anomalies=[odd("method break", "2025-03")]),
        "TRUE: 11 from May 2025 to June 2025; the highest earlier total of 2 months was 6 "
        "from April 2025 to May 2025.\n"
        "Note: Months before March 2025 are of another definition and were not compared: A "
        "note.",
    ),
    (
        about(Total, first="2025-05", value=12),
        panel(4, 7, kind="rate"),
        "CANNOT SAY: Amounts a day do not add up to a total.",
    ),
    (
        about(Total, first="2025-05", value=3, last_day="2025-06-29"),
        panel(4, 7, unit="drones"),
        "FALSE: The data have whole months, not days: between 4 and 11 drones; 11 drones "
        "from May 2025 to June 2025.",
    ),
    (
        about(Total, first="2025-05", value=11, last_day="2025-06-29"),
        panel(4, 7, unit="drones"),
        "CANNOT SAY: The data have whole months, not days: between 4 and 11 drones; 11 "
        "drones from May 2025 to June 2025.",
    ),
    (
        about(Total, first="2025-05", value=4, last_day="2025-06-29"),
        panel(4, 7, unit="drones"),
        "CANNOT SAY: The data have whole months, not days: between 4 and 11 drones; 11 "
        "drones from May 2025 to June 2025.",
    ),
    (
        about(Total, first="2025-05", value=6, first_day="2025-05-02"),
        panel(4, 7),
        "FALSE: The data have whole months, not days: between 7 and 11; 11 from May 2025 to "
        "June 2025.",
    ),
    (
        about(Total, first="2025-05", value=3, first_day="2025-05-02", last_day="2025-06-29"),
        panel(4, 7),
        "CANNOT SAY: The data have whole months, not days: between 0 and 11; 11 from May "
        "2025 to June 2025.",
    ),
    (
        about(Total, first="2025-05", value=12, first_day="2025-05-02", last_day="2025-06-29"),
        panel(4, -7),
        "CANNOT SAY: The data have whole months, not days; −3 from May 2025 to June 2025.",
    ),
    (
        about(Total, first="2025-05", value=12, first_day="2025-05-02"),
        panel(4, 7, adds_up_to="held"),
        "CANNOT SAY: The data have whole months, not days; 11 from May 2025 to June 2025.",
    ),
    (
        about(Total, first="2025-05", most=True, first_day="2025-05-02"),
        panel(4, 7),
        "CANNOT SAY: The data have whole months, not days; 11 from May 2025 to June 2025.",
    ),
    (
        about(Total, first="2025-06", value=8, first_day="2025-06-02", last_day="2025-06-29"),
        panel(4, 7),
        "FALSE: The data have whole months, not days: between 0 and 7; 7 in June 2025.",
    ),
    (
        about(Total, first="2025-04", value=12),
        panel(1, 4, 7, anomalies=[odd("method break", "2025-05")]),
        "CANNOT SAY: A method break in May 2025 lies between the months compared: A note.",
    ),
    (
        about(Total, first="2025-04", value=12),
        panel(1, 4, 7, anomalies=[odd("method break", "2025-04")]),
        "TRUE: 12 from April 2025 to June 2025.",
    ),
    (
        about(Total, first="2025-04", value=12),
        panel(1, NAN, 7, anomalies=[odd("method break", "2025-06")]),
        "CANNOT SAY: A method break in June 2025 lies between the months compared: A note.",
    ),
    (
        about(Total, first="2025-03", value=12),
        panel(1, 4, 7),
        "CANNOT SAY: The data do not reach March 2025.",
    ),
    (
        about(Total, first="2025-04", most=True),
        panel(1, 2, 3, 4),
        "CANNOT SAY: 9 from April 2025 to June 2025; the data hold no earlier span of 3 months "
        "apart from it.",
    ),
    (
        about(Total, first="2025-05", most=True),
        panel(1, 2, 3, 4),
        "TRUE: 7 from May 2025 to June 2025; the highest earlier total of 2 months was 5 from "
        "April 2025 to May 2025.",
    ),
    (
        about(Total, first="2025-05", most=True),
        panel(1, -2, -3, 4),
        "TRUE: 1 from May 2025 to June 2025; the highest earlier total of 2 months was −1 from "
        "March 2025 to April 2025.",
    ),
]


@pytest.mark.parametrize(("claim", "data", "told"), IN_FULL)
def test_in_full(claim, data, told):
    assert str(claim.check(data)) == told
