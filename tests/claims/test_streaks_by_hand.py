"""Streaks on rows short enough to check by eye."""
# ruff: noqa: RUF001

from __future__ import annotations

import pandas as pd
import pytest
from claims.short_rows import KM2, NAN, YEAR, about, odd, panel, rows

from trends.claims import Streak
from trends.panel import Anomaly, Panel


@pytest.mark.parametrize(
    ("values", "length", "kind", "outcome"),
    [
        ((389.0, 240, 379, 507, 588), 3, "acceleration", "true"),
        ((389.0, 240, 379, 507, 588), 2, "acceleration", "loose"),
        ((389.0, 240, 379, 507, 588), 4, "acceleration", "false"),
        ((240.0, 379, 507, 588), 3, "acceleration", "true"),
        ((240.0, 379, 507, 588), 4, "acceleration", "cannot say"),  # what was before is unknown
        ((NAN, 240, 379, 507, 588), 4, "acceleration", "cannot say"),
        ((100.0, NAN, 379, 507, 588), 3, "acceleration", "cannot say"),
        ((240.0, 379, 379, 507, 588), 3, "acceleration", "false"),  # a tie ends it
        ((240.0, 379, 379, 507, 588), 2, "acceleration", "true"),
        ((725.0, 476, 430, 389, 240), 4, "slowing", "true"),
        ((725.0, 476, 430, 389, 240), 4, "rise", "false"),
        ((9.0, -30, -20, -10), 2, "acceleration", "loose"),  # it shrinks less and less
        ((9.0, -30, -20, -10), 2, "rise", "true"),
        ((5.0, 5, 5), 1, "rise", "false"),
    ],
)
def test_streaks(values, length, kind, outcome):
    claim = about(Streak, length=length, kind=kind)
    assert claim.check(rows(*values)).outcome == outcome


def test_the_acceleration_of_a_stock_is_that_of_its_flow():
    stock = panel(1000.0, 1010, 1030, 1060, kind="stock", quantity="area held", unit="km2")
    claim = about(Streak, length=2, kind="acceleration")
    assert claim.check(stock).outcome == "true"
    assert claim.check(stock.flow()).outcome == "true"
    assert about(Streak, length=3, kind="rise").check(stock).outcome == "true"
    assert [c.kind for c in Streak.propose(stock, "2025-06")] == ["rise"]
    assert [c.kind for c in Streak.propose(stock.flow(), "2025-06")] == ["acceleration"]


def test_a_streak_turned_round():
    verdict = about(Streak, length=3, kind="acceleration").check(rows(500.0, 400, 300, 200))
    assert (verdict.corrected.kind, verdict.corrected.length) == ("slowing", 3)
    assert about(Streak, length=1).check(rows(4.0, 5, 5)).corrected is None


def test_a_printed_chain_is_checked():
    values = rows(389.0, 240, 379, 507, 588)
    right = about(Streak, length=3, value=588, chain=(240, 379, 507, 588))
    wrong = about(Streak, length=3, value=588, chain=(240, 379, 570, 588))
    assert right.check(values).outcome == "true"
    assert wrong.check(values).outcome == "false"
    assert wrong.check(values).corrected.chain == (240, 379, 507, 588)


@pytest.mark.parametrize("before", [4.0, NAN])
def test_a_month_that_streaks_leave_out(before):
    month = pd.Period("2025-06", "M")
    out = Anomaly(month, month, "ceasefire", "Nothing was launched.", "", ("streaks",))
    verdict = about(Streak, length=1).check(panel(3.0, before, 5.0, anomalies=(out,)))
    assert verdict.outcome == "cannot say"
    assert "left out of streaks" in verdict.reason


def test_consecutive_records_name_their_first_month():
    verdict = about(Streak, kind="record", length=3).check(panel(*YEAR, 10, 11, 12))
    assert verdict.outcome == "true"
    assert "3 consecutive records from April 2025 on; the highest before was 9" in verdict.reason


def test_each_series_is_proposed_by_itself():
    months = pd.period_range(end="2025-06", periods=8, freq="M")
    data = Panel([[3, 1, 3, 1, 3, 1, 3, 1], [9, 1, 2, 3, 4, 5, 6, 7]], months, ["a", "b"])
    assert {claim.series for claim in Streak.propose(data, "2025-06")} == {"b"}


def test_how_rare_a_streak_is():
    (streak,) = {c.rarity for c in Streak.propose(panel(9, 1, 2, 3, 4, 5, 6), "2025-06")}
    assert streak == pytest.approx(1 / 720)  # of six values in order, one order in 6!


IN_FULL = [
    (
        about(Streak, length=3, kind="acceleration", value=588, chain=(240, 379, 507, 588)),
        panel(*KM2, unit="km2"),
        "TRUE: 389 > 240 < 379 < 507 < 588 km² from February 2025 to June 2025: 3 "
        "consecutive rises.",
    ),
    (
        about(Streak, length=2),
        rows(1, 2, 3),
        "TRUE: 1 < 2 < 3 from April 2025 to June 2025: 2 consecutive rises.\n"
        "Note: What came before April 2025 is not known or not comparable, so the streak may "
        "be longer.",
    ),
    (
        about(Streak, length=3),
        rows(1, 2, 3),
        "CANNOT SAY: 1 < 2 < 3 from April 2025 to June 2025: 2 consecutive rises.\n"
        "Note: What came before April 2025 is not known or not comparable, so the streak may "
        "be longer.",
    ),
    (
        about(Streak, length=1),
        panel(NAN, 5, 3, 4, 5, unit="drones"),
        "LOOSE: 5 > 3 < 4 < 5 drones from March 2025 to June 2025: 2 consecutive rises.\n"
        "True instead: X in June 2025: 5 drones, the second consecutive monthly rise (3 < 4 "
        "< 5).",
    ),
    (
        about(Streak, length=3, kind="fall"),
        panel(5, 6, 4, 3, unit="drones"),
        "FALSE: 5 < 6 > 4 > 3 drones from March 2025 to June 2025: 2 consecutive falls.\n"
        "True instead: X in June 2025: 3 drones, the second consecutive monthly fall (6 > 4 "
        "> 3).",
    ),
    (
        about(Streak, length=1, kind="slowing"),
        panel(5, 6, 4, 4),
        "FALSE: 4 = 4 from May 2025 to June 2025: no fall.",
    ),
    (
        about(Streak, length=1, kind="slowing"),
        panel(5, 4, 6, 7),
        "FALSE: 6 < 7 from May 2025 to June 2025: no fall.\n"
        "True instead: X in June 2025: 7, the second consecutive month of acceleration (4 < "
        "6 < 7).",
    ),
    (
        about(Streak, length=1, kind="acceleration"),
        panel(5, -4, -6, -1),
        "LOOSE: −4 > −6 < −1 from April 2025 to June 2025: 1 consecutive rise.\n"
        "True instead: X in June 2025: −1, a rise on the month before (−6 < −1).\n"
        "Note: The flow was negative in part of the span: the stock was shrinking.",
    ),
    (
        about(Streak, length=2, kind="acceleration"),
        panel(5, -4, 0, 1),
        "TRUE: 5 > −4 < 0 < 1 from March 2025 to June 2025: 2 consecutive rises.\n"
        "Note: The flow was negative in part of the span: the stock was shrinking.",
    ),
    (
        about(Streak, length=1, kind="slowing"),
        panel(5, -4, 1, 0),
        "TRUE: −4 < 1 > 0 from April 2025 to June 2025: 1 consecutive fall.",
    ),
    (
        about(Streak, length=2),
        panel(0, 1, 2, 3, anomalies=[odd("method break", "2025-04")]),
        "TRUE: 1 < 2 < 3 from April 2025 to June 2025: 2 consecutive rises.\n"
        "Note: What came before April 2025 is not known or not comparable, so the streak may "
        "be longer.\n"
        "Note: Months before April 2025 are of another definition and were not compared: A "
        "note.",
    ),
    (
        about(Streak, length=2),
        panel(0, 4, 2, 3, anomalies=[odd("method break", "2025-04")]),
        "FALSE: 4 > 2 < 3 from April 2025 to June 2025: 1 consecutive rise.\n"
        "True instead: X in June 2025: 3, a rise on the month before (2 < 3).",
    ),
    (
        about(Streak, length=1),
        panel(0, 4, 2, 3, anomalies=[odd("method break", "2025-06")]),
        "CANNOT SAY: 3 from June 2025 to June 2025: no rise.\n"
        "Note: Months before June 2025 are of another definition and were not compared: A "
        "note.",
    ),
    (
        about(Streak, length=1, value=3, chain=(9, 4, 2, 3)),
        panel(0, NAN, 4, 2, 3),
        "TRUE: 4 > 2 < 3 from April 2025 to June 2025: 1 consecutive rise.",
    ),
    (
        about(Streak, length=1, chain=(4, 2, 9)),
        panel(0, 9, 4, 2, 3),
        "TRUE: 4 > 2 < 3 from April 2025 to June 2025: 1 consecutive rise.",
    ),
    (
        about(Streak, length=1, value=3, chain=(4.4, 2, 3)),
        panel(0, 9, 4, 2, 3),
        "FALSE: 4 > 2 < 3 from April 2025 to June 2025: 1 consecutive rise.\n"
        "True instead: X in June 2025: 3, a rise on the month before (2 < 3).",
    ),
    (
        about(Streak, length=2, kind="record"),
        panel(*YEAR, 10),
        "FALSE: 10 in June 2025: 1 consecutive record from June 2025 on; the highest before "
        "was 9.\n"
        "True instead: X in June 2025: 10, a record.",
    ),
    (
        about(Streak, length=1, kind="record"),
        panel(*YEAR, 10),
        "TRUE: 10 in June 2025: 1 consecutive record from June 2025 on; the highest before was 9.",
    ),
    (
        about(Streak, length=2, kind="record"),
        panel(*YEAR, 10, 11, unit="drones"),
        "TRUE: 11 drones in June 2025: 2 consecutive records from May 2025 on; the highest "
        "before was 9 drones.",
    ),
    (
        about(Streak, length=1, kind="record", value=10, chain=(9, 10)),
        panel(*YEAR, 11, 10),
        "FALSE: 10 in June 2025: no consecutive records.",
    ),
    (
        about(Streak, length=2, kind="record", value=11, chain=(10, 12)),
        panel(*YEAR, 10, 11),
        "FALSE: 11 in June 2025: 2 consecutive records from May 2025 on; the highest before "
        "was 9.\n"
        "True instead: X in June 2025: 11, the second consecutive record month.",
    ),
    (
        about(Streak, length=3, kind="record"),
        panel(*YEAR[1:], 10, 11, 12),
        "CANNOT SAY: 12 in June 2025: 2 consecutive records from May 2025 on; the highest "
        "before was 10.",
    ),
    (
        about(Streak, length=2, kind="record"),
        panel(*YEAR[1:], 10, NAN, 12),
        "CANNOT SAY: 12 in June 2025: 1 consecutive record from June 2025 on; the highest "
        "before was 10.\n"
        "Note: 1 of the 14 months from May 2024 to June 2025 is unknown or partial.",
    ),
    (
        about(Streak, length=2, kind="record"),
        panel(*YEAR, NAN, 12),
        "CANNOT SAY: 12 in June 2025: 1 consecutive record from June 2025 on; the highest "
        "before was 9.\n"
        "Note: 1 of the 14 months from May 2024 to June 2025 is unknown or partial.",
    ),
    (
        about(Streak, length=14, kind="record"),
        panel(*range(14)),
        "CANNOT SAY: 13 in June 2025: 2 consecutive records from May 2025 on; the highest "
        "before was 11.",
    ),
    (
        about(Streak, length=2, kind="acceleration"),
        panel(5, -0.5, 0.2, 0.4),
        "TRUE: 5.0 > −0.5 < 0.2 < 0.4 from March 2025 to June 2025: 2 consecutive rises.\n"
        "Note: The flow was negative in part of the span: the stock was shrinking.",
    ),
    (
        about(Streak, length=1, kind="record"),
        panel(*YEAR, NAN),
        "CANNOT SAY: The value of June 2025 is not known.",
    ),
    (
        about(Streak, length=2, kind="record"),
        panel(*YEAR, 10, 11, anomalies=[odd("outage", "2025-03"), odd("outage", "2025-04")]),
        "TRUE: 11 in June 2025: 2 consecutive records from May 2025 on; the highest before was "
        "9.\n"
        "Note: April 2025, outage: A note.",
    ),
]


@pytest.mark.parametrize(("claim", "data", "told"), IN_FULL)
def test_in_full(claim, data, told):
    assert str(claim.check(data)) == told
