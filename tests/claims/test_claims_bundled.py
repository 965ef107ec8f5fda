"""What must be true of the figures that come with the library."""

from __future__ import annotations

from decimal import Decimal

import trends
from trends.claims import Change, Rank, Record, Since, Streak


def territory(claim_type: type, month: str, **options: object):
    claim = claim_type(series="territory", month=month, **options)
    return claim.check(trends.load("territory-gain-afp"))


def test_drones_in_june_2025():
    drones = trends.load("drones-launched")
    assert Record(series="drones", month="2025-06", value=5438).check(drones).outcome == "true"
    for percent, per in ((Decimal("35.8"), "month"), (Decimal("40.4"), "day")):
        change = Change(series="drones", month="2025-06", base="2025-05", percent=percent, per=per)
        assert change.check(drones).outcome == "true"


def test_territory_in_june_and_july_2025():
    assert territory(Since, "2025-06", since="2024-11", value=588).outcome == "true"
    assert territory(Rank, "2025-06", rank=3, start="2023-01").outcome == "true"
    chain = (240, 379, 507, 588)
    third = {"length": 3, "kind": "acceleration", "value": 588, "chain": chain}
    assert territory(Streak, "2025-06", **third).outcome == "true"
    assert territory(Streak, "2025-07", length=4, kind="acceleration").outcome == "true"
    assert territory(Since, "2025-07", since="2024-11", value=634).outcome == "true"


def test_august_ends_the_streak_and_december_is_the_lowest_since_march():
    verdict = territory(Streak, "2025-08", length=5, kind="acceleration")
    assert verdict.outcome == "false"
    assert (verdict.corrected.kind, verdict.corrected.length) == ("slowing", 1)
    assert territory(Since, "2025-12", since="2025-03", direction="low").outcome == "true"


def test_february_2026_is_not_laid_beside_january():
    verdict = territory(Change, "2026-02", base="2026-01", percent=-74, value=123, base_value=481)
    assert verdict.outcome == "cannot say"
    assert "no longer counts areas merely claimed" in verdict.reason
    assert verdict.numbers == {"2026-01": 481.0, "2026-02": 123.0}


def test_june_2026_is_not_complete():
    drones = trends.load("drones-launched")
    verdict = Change(series="drones", month="2026-06", base="2026-05", percent=-74).check(drones)
    assert verdict.outcome == "cannot say"
    assert "7 of 30 days" in verdict.reason


def test_a_splice_is_comparable_and_said():
    drones = trends.load("drones-launched")
    verdict = Change(series="drones", month="2025-03", base="2025-02", percent=7.6).check(drones)
    assert verdict.outcome == "true"
    assert any("spliced in March 2025" in note for note in verdict.caveats)
