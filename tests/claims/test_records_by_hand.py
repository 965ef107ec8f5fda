"""Records on rows short enough to check by eye."""
# ruff: noqa: RUF001

from __future__ import annotations

import pandas as pd
import pytest
from claims.short_rows import KM2, NAN, YEAR, about, odd, panel, rows

from trends.claims import Record
from trends.panel import Anomaly


@pytest.mark.parametrize(
    ("values", "direction", "outcome"),
    [
        ((*YEAR, 10.0), "high", "true"),
        ((*YEAR, 0.5), "low", "true"),
        ((*YEAR, -4.0), "low", "true"),
        ((*YEAR, 9.0), "high", "loose"),  # a tie does not set a record
        ((*YEAR, 8.9), "high", "false"),
        ((*YEAR[1:], 10.0), "high", "cannot say"),  # eleven earlier months
        ((*YEAR[1:], 8.9), "high", "false"),  # which suffice to see that it is none
        ((*YEAR[:5], NAN, *YEAR[6:], 10.0), "high", "cannot say"),
        ((4.0, *YEAR[:5], NAN, *YEAR[6:], 10.0), "high", "true"),
    ],
)
def test_records(values, direction, outcome):
    assert about(Record, direction=direction).check(rows(*values)).outcome == outcome


def test_a_record_is_proposed_after_twelve_months():
    assert len(Record.propose(panel(*YEAR, 10.0), "2025-06")) == 1
    assert Record.propose(panel(*YEAR[1:], 10.0), "2025-06") == []


def test_a_record_names_the_one_before_and_the_gaps():
    verdict = about(Record).check(rows(4.0, *YEAR[:5], NAN, *YEAR[6:], 10.0))
    assert "the highest was 9 in October 2024" in verdict.reason
    assert any("1 of the 14 months" in note for note in verdict.caveats)


def test_the_true_record_is_said_where_it_is_one():
    verdict = about(Record).check(rows(*YEAR, 20.0, 11.0))
    right = about(Record, month="2025-05", value=20.0, start="2024-05", subject="x")
    assert verdict.corrected == right
    # the nine, of which only four months were before, was no record
    assert about(Record).check(rows(*YEAR, 8.0)).corrected is None


def test_a_span_that_begins_before_the_data_is_said():
    verdict = about(Record, start="2022-02").check(rows(*YEAR, 10.0))
    assert verdict.outcome == "true"
    assert any("begin in June 2024" in note for note in verdict.caveats)


def test_a_record_over_a_method_break_that_it_was_said_to_span():
    month = pd.Period("2024-03", "M")
    cut = Anomaly(month, month, "method break", "Other areas count.")
    data = panel(*YEAR, *YEAR, 10.0, anomalies=(cut,))
    verdict = about(Record, start="2023-06").check(data)
    assert (verdict.outcome, verdict.caveats) == ("cannot say", ())
    assert "March 2024" in verdict.reason
    assert about(Record, start="2024-03").check(data).outcome == "true"


def test_what_is_right_of_a_record_keeps_what_was_said():
    data = panel(*YEAR, 10.0)
    said = about(Record, previous="2024-10", previous_value=8, value=10)
    right = said.check(data).corrected
    assert (right.previous_value, str(right.previous)) == (9.0, "2024-10")
    plain = about(Record, previous="2024-09").check(data).corrected
    assert (plain.previous_value, str(plain.previous)) == (None, "2024-10")


KM2_PANEL = panel(*KM2, unit="km2", quantity="territory")

IN_FULL = [
    (
        about(Record, value=11, previous="2024-10", previous_value=9, margin=2),
        panel(
            4,
            *YEAR[:5],
            NAN,
            *YEAR[6:],
            11,
            unit="drones",
            anomalies=[odd("outage", "2024-04", "2024-05"), odd("double count", "2025-06")],
        ),
        "TRUE: 11 drones in June 2025 is above every earlier month since May 2024; the "
        "highest was 9 drones in October 2024.\n"
        "Note: 1 of the 14 months from May 2024 to June 2025 is unknown or partial.\n"
        "Note: April 2024, outage: A note.\n"
        "Note: June 2025, double count: A note.",
    ),
    (
        about(
            Record, value=11, previous="2024-10", previous_value=9, margin=1, margin_hedge="about"
        ),
        panel(*YEAR, 11, unit="drones"),
        "FALSE: 11 drones in June 2025 is above every earlier month since June 2024; the "
        "highest was 9 drones in October 2024; the margin was 2 drones, not about 1 drones.\n"
        "True instead: X in June 2025: 11 drones, the highest of any month on record, "
        "beating the record of October 2024 (9) by 2 drones.",
    ),
    (
        about(Record, direction="low", value=-4, margin=5, start="2024-07"),
        panel(9, *YEAR, -4),
        "CANNOT SAY: Only 11 earlier months are known and a record needs 12.",
    ),
    (
        about(Record, direction="low", value=-4, margin=6, start="2024-06"),
        panel(9, *YEAR, -4),
        "FALSE: −4 in June 2025 is below every earlier month since June 2024; the lowest was "
        "1 in February 2025; the margin was 5, not 6.\n"
        "True instead: X in June 2025: −4, the lowest of any month on record (since June "
        "2024), by 5.",
    ),
    (
        about(Record, value=11, previous="2024-10", start="2024-01"),
        panel(*YEAR, 20, 11),
        "FALSE: 11 in June 2025 is not above every earlier month; the highest was 20 in May "
        "2025.\n"
        "True instead: X in May 2025: 20, the highest of any month on record (since May "
        "2024).\n"
        "Note: The data begin in May 2024; nothing earlier was compared.",
    ),
    (
        about(Record),
        panel(3, 5, 4),
        "FALSE: 4 in June 2025 is not above every earlier month; the highest was 5 in May 2025.",
    ),
    (
        about(Record, direction="low"),
        panel(*YEAR, 1),
        "LOOSE: 1 in June 2025 ties the record of February 2025 and does not set one.",
    ),
    (
        about(Record),
        panel(
            30,
            40,
            *YEAR,
            10,
            anomalies=[
                odd("method break", "2024-05"),
                odd("method break", "2024-06", note="B."),
                odd("splice", "2024-06"),
                odd("splice", "2024-07", note="S."),
            ],
        ),
        "TRUE: 10 in June 2025 is above every earlier month since June 2024; the highest was "
        "9 in October 2024.\n"
        "Note: Months before June 2024 are of another definition and were not compared: B.\n"
        "Note: The series is spliced in July 2024: S.",
    ),
    (
        about(Record),
        panel(*YEAR, 30, 10, anomalies=[odd("one-off", "2025-05", out=("records",))]),
        "TRUE: 10 in June 2025 is above every earlier month since May 2024; the highest was "
        "9 in September 2024.\n"
        "Note: 1 of the 14 months from May 2024 to June 2025 is unknown or partial.\n"
        "Note: May 2025, one-off: A note.",
    ),
    (
        about(Record, of="night", day="2025-06-30", previous_value=9.5, margin=0.5),
        panel(*YEAR, 10, metric="drones_largest_night"),
        "CANNOT SAY: 10 in June 2025 is above every earlier month since June 2024; the "
        "highest was 9 in October 2024; an earlier night of the same month is not in the "
        "data, so the record before may have been 9.5; an earlier night of the same month is "
        "not in the data, so the margin may have been 0.5.",
    ),
    (
        about(Record, of="night", day="2025-06-30", previous_value=9, margin=1),
        panel(*YEAR, 10, metric="drones_largest_night"),
        "TRUE: 10 in June 2025 is above every earlier month since June 2024; the highest was "
        "9 in October 2024.",
    ),
    (
        about(Record, of="night", day="2025-07-01", previous_value=10, margin=0),
        panel(*YEAR, 10, metric="drones_largest_night"),
        "FALSE: 10 in June 2025 is above every earlier month since June 2024; the highest "
        "was 9 in October 2024; the record before was 9, not 10; the margin was 1, not 0; 1 "
        "July 2025 is not in June 2025.\n"
        "True instead: X in June 2025: 10, the highest of any night on record, beating the "
        "record (9) by 1.",
    ),
    (
        about(Record, of="night", day="2024-06-30", previous_value=5, margin=3),
        panel(*YEAR, 10),
        "FALSE: 10 in June 2025 is above every earlier month since June 2024; the highest "
        "was 9 in October 2024; the record before was 9, not 5; the margin was 1, not 3; 30 "
        "June 2024 is not in June 2025.\n"
        "True instead: X in June 2025: 10, the highest of any night on record, beating the "
        "record (9) by 1.",
    ),
    (
        about(Record, of="night"),
        panel(*YEAR, 10, metric="drones_launched"),
        "CANNOT SAY: The data have no largest nights, only whole months.",
    ),
    (
        about(Record, previous="2025-06"),
        panel(*YEAR, 10),
        "FALSE: 10 in June 2025 is above every earlier month since June 2024; the highest was 9 in "
        "October 2024; the record before was not that of June 2025.\n"
        "True instead: X in June 2025: 10, the highest of any month on record, beating the record "
        "of October 2024.",
    ),
    (
        about(Record, of="night", previous="2025-06"),
        panel(*YEAR, 10),
        "TRUE: 10 in June 2025 is above every earlier month since June 2024; the highest was 9 in "
        "October 2024.",
    ),
    (
        about(Record),
        panel(*YEAR[1:], 20, 11),  # after eleven months the twenty was no record
        "FALSE: 11 in June 2025 is not above every earlier month; the highest was 20 in May 2025.",
    ),
    (
        about(Record),
        panel(20, *YEAR, 20, 11),  # nor does it set one again
        "FALSE: 11 in June 2025 is not above every earlier month; the highest was 20 in May 2025.",
    ),
    (
        about(Record, direction="low"),
        panel(*YEAR, 0.5, 0.7),
        "FALSE: 0.7 in June 2025 is not below every earlier month; the lowest was 0.5 in May "
        "2025.\n"
        "True instead: X in May 2025: 0.5, the lowest of any month on record (since May 2024).",
    ),
    (
        about(Record),
        panel(NAN, 5),
        "CANNOT SAY: Only 0 earlier months are known and a record needs 12.\n"
        "Note: 1 of the 2 months from May 2025 to June 2025 is unknown or partial.",
    ),
]


@pytest.mark.parametrize(("claim", "data", "told"), IN_FULL)
def test_in_full(claim, data, told):
    assert str(claim.check(data)) == told
