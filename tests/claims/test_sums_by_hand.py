"""Nets, shares and means on rows short enough to check by eye."""
# ruff: noqa: RUF001

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from claims.short_rows import NAN, about, panel

from trends.claims import Mean, Net, Share, summed
from trends.errors import BadOption
from trends.panel import Panel

PARTS = Panel(
    [[588.0, 634], [600, 713], [12, 79]],
    pd.period_range(end="2025-06", periods=2, freq="M"),
    ["x", "gained", "lost"],
    unit="km2",
)
HALF = replace(PARTS, values=[[588.0, 634], [600, NAN], [12, 79]], unit="")
WHOLE = Panel([[30.0, 80], [50, 100]], PARTS.months, ["x", "whole_lot"], unit="drones")


def test_series_added_up():
    drones = panel(1, NAN, 3, unit="drones", quantity="drones launched", metric="drones")
    missiles = panel(10, 20, 30, 40, last="2025-07", unit="missiles", adds_up_to="all")
    both = summed({"drones": drones, "missiles": missiles})
    np.testing.assert_array_equal(both.values, [[11, NAN, 33, NAN]])
    assert both.observed_days.tolist() == [30, 0, 30, 0]
    assert (both.names, both.unit) == (("drones+missiles",), "drones and missiles")
    assert (both.quantity, both.metric, both.adds_up_to) == ("drones launched and missiles", "", "")
    parts = summed({"drones": drones, "missiles": missiles}, parts=True)
    np.testing.assert_array_equal(
        parts.values, [[1, NAN, 3, NAN], [10, 20, 30, 40], [11, NAN, 33, NAN]]
    )
    assert parts.observed_days.tolist() == [30, 31, 30, 31]
    assert (parts.names, parts.quantity) == (("drones", "missiles", "drones+missiles"), "")
    same = summed({"a": panel(1, 2, unit="km2"), "b": panel(1, 2, unit="km2")})
    assert (same.unit, summed({"a": drones, "b": panel(1, 2)}).unit) == (
        "km2", "drones and no unit",
    )  # fmt: skip
    with pytest.raises(BadOption, match="two or more"):
        summed({"a": drones})
    with pytest.raises(BadOption, match="rate"):
        summed({"a": drones, "b": panel(1, 2, kind="rate")})


IN_FULL = [
    (
        about(Net, gained=713, lost=79, value=634),
        PARTS.select("x"),
        "TRUE: The net is 634 km² in June 2025; 713 less 79, which leaves 634, is 634.\n"
        "Note: What was gained and lost is not in these data; only the net was checked.",
    ),
    (
        about(Net, gained=713),
        PARTS,
        "TRUE: The net is 634 km² in June 2025.",
    ),
    (
        about(Net, gained=713),
        PARTS.select("x"),
        "CANNOT SAY: The net is 634 km² in June 2025, and what was gained is not known.",
    ),
    (
        about(Net, lost=80),
        PARTS,
        "LOOSE: The net is 634 km² in June 2025; 79 km² lost, not 80.\n"
        "True instead: X in June 2025: 634 km², 713 gained and 79 lost.",
    ),
    (
        about(Net, lost=80),
        PARTS.select("x"),
        "CANNOT SAY: The net is 634 km² in June 2025, and what was lost is not known.",
    ),
    (
        about(Net, gained=700, lost=66, value=634),
        PARTS,
        "FALSE: The net is 634 km² in June 2025; 713 km² gained, not 700; 79 km² lost, not "
        "66; 700 less 66, which leaves 634, is 634.\n"
        "True instead: X in June 2025: 634 km², 713 gained and 79 lost.",
    ),
    (
        about(Net, gained=713, lost=79, value=600),
        PARTS.select("x"),
        "FALSE: The data have 634 km², not 600 km²; the net is 634 km² in June 2025; 713 "
        "less 79, which leaves 634, is not 600.\n"
        "True instead: X in June 2025: 634 km².\n"
        "Note: What was gained and lost is not in these data; only the net was checked.",
    ),
    (
        about(Net, gained=740, lost=79),
        PARTS,
        "LOOSE: The net is 634 km² in June 2025; 713 km² gained, not 740; 740 less 79, which "
        "leaves 661, is not 634.\n"
        "True instead: X in June 2025: 634 km², 713 gained and 79 lost.",
    ),
    (
        about(Net, gained=713, lost=77.4, value=634),
        PARTS.select("x"),
        "LOOSE: The net is 634 km² in June 2025; 713 less 77.4, which leaves 635.6, is not "
        "634.\n"
        "True instead: X in June 2025: 634 km².\n"
        "Note: What was gained and lost is not in these data; only the net was checked.",
    ),
    (
        about(Net, gained=713, lost=78, value=630, value_hedge="more than"),
        PARTS.select("x"),
        "LOOSE: The net is 634 km² in June 2025; 713 less 78, which leaves 635, is not 630.\n"
        "True instead: X in June 2025: 634 km².\n"
        "Note: What was gained and lost is not in these data; only the net was checked.",
    ),
    (
        about(Net, gained=713.6, lost=79),
        PARTS.select("x"),
        "LOOSE: The net is 634 km² in June 2025; 713.6 less 79, which leaves 634.6, is not "
        "634.\n"
        "True instead: X in June 2025: 634 km².\n"
        "Note: What was gained and lost is not in these data; only the net was checked.",
    ),
    (
        about(Net, gained=713, lost=79.5),
        PARTS.select("x"),
        "TRUE: The net is 634 km² in June 2025; 713 less 79.5, which leaves 633.5, is 634.\n"
        "Note: What was gained and lost is not in these data; only the net was checked.",
    ),
    (
        about(Net, gained=1, lost=2.1, value=-1),
        panel(0, -1),
        "TRUE: The net is −1 in June 2025; 1 less 2.1, which leaves −1.1, is −1.\n"
        "Note: What was gained and lost is not in these data; only the net was checked.",
    ),
    (
        about(Net, gained=1, lost=3.1, value=-1),
        panel(0, -1),
        "FALSE: The net is −1 in June 2025; 1 less 3.1, which leaves −2.1, is not −1.\n"
        "True instead: X in June 2025: −1.\n"
        "Note: What was gained and lost is not in these data; only the net was checked.",
    ),
    (
        about(Net, gained=1000, lost=50),
        panel(0, 1000),
        "LOOSE: The net is 1,000 in June 2025; 1,000 less 50, which leaves 950, is not "
        "1,000.\n"
        "True instead: X in June 2025: 1,000.\n"
        "Note: What was gained and lost is not in these data; only the net was checked.",
    ),
    (
        about(Net, gained=1000, lost=50.1),
        panel(0, 1000),
        "FALSE: The net is 1,000 in June 2025; 1,000 less 50.1, which leaves 949.9, is not "
        "1,000.\n"
        "True instead: X in June 2025: 1,000.\n"
        "Note: What was gained and lost is not in these data; only the net was checked.",
    ),
    (
        about(Net, gained=1000, lost=366),
        HALF,
        "FALSE: The net is 634 in June 2025; 79 lost, not 366; 1,000 less 366, which leaves "
        "634, is 634.\n"
        "True instead: X in June 2025: 634, 79 lost.\n"
        "Note: What was gained is not in these data; only the net was checked.",
    ),
    (
        about(Net, gained=1000, value=634),
        HALF,
        "TRUE: The net is 634 in June 2025.\n"
        "Note: What was gained is not in these data; only the net was checked.",
    ),
    (
        about(Net, gained=3, lost=2, value=3, gained_from="x", lost_from="y"),
        panel(0, 3),
        "FALSE: The net is 3 in June 2025; 3 less 2, which leaves 1, is not 3.\n"
        "True instead: X in June 2025: 3, 3 gained.\n"
        "Note: What was lost is not in these data; only the net was checked.",
    ),
    (
        about(Share, of="whole_lot", percent=80, value=80),
        WHOLE,
        "TRUE: 80 drones in June 2025 of 100 drones (whole lot) is 80%.",
    ),
    (
        about(Share, of="whole_lot", percent=79.5),
        WHOLE,
        "LOOSE: 80 drones in June 2025 of 100 drones (whole lot) is 80%.\n"
        "True instead: X in June 2025: 80 drones, 80.0% of whole lot.",
    ),
    (
        about(Share, of="whole_lot", percent=60, hedge="more than"),
        WHOLE,
        "TRUE: 80 drones in June 2025 of 100 drones (whole lot) is 80%.\n"
        "Note: True, but the number printed is more than a tenth away.",
    ),
    (
        about(Share, of="whole_lot", percent=3),
        replace(WHOLE, values=[[30, 80], [50, 0]]),
        "CANNOT SAY: 80 drones in June 2025 of 0 drones (whole lot) has no share.",
    ),
    (
        about(Share, of="whole_lot", percent=3),
        replace(WHOLE, values=[[30, 80], [50, NAN]]),
        "CANNOT SAY: 80 drones in June 2025 of whole lot, of which the value is not known.",
    ),
    (
        about(Share, of="whole_lot", percent=1),
        replace(WHOLE, values=[[30, 0.5], [50, 0.5]]),
        "FALSE: 0.5 drones in June 2025 of 0.5 drones (whole lot) is 100%.\n"
        "True instead: X in June 2025: 0.5 drones, 100.0% of whole lot.",
    ),
    (
        about(Share, of="whole_lot", percent=3),
        panel(3, 4),
        "CANNOT SAY: The data have no series 'whole_lot', the whole.",
    ),
    (
        about(Mean, per_day=1.5, first="2025-05", value=60),
        panel(62, 31, 60, unit="drones"),
        "TRUE: 91 drones on 61 days from May 2025 to June 2025 is 1.5 a day.",
    ),
    (
        about(Mean, per_day=1.6, first="2025-05"),
        panel(62, 31, 60, unit="drones"),
        "FALSE: 91 drones on 61 days from May 2025 to June 2025 is 1.5 a day.\n"
        "True instead: X in June 2025: 60 drones, 1.5 a day from May 2025 to June 2025.",
    ),
    (
        about(Mean, per_day=3, first="2025-06", value=62),
        panel(62, 31, 60),
        "FALSE: The data have 60, not 62; 60 on 30 days in June 2025 is 2 a day.\n"
        "True instead: X in June 2025: 60, 2.0 a day.",
    ),
    (
        about(Mean, per_day=1.3, hedge="more than", first="2025-05"),
        panel(62, 31, 60),
        "TRUE: 91 on 61 days from May 2025 to June 2025 is 1.5 a day.\n"
        "Note: True, but the number printed is more than a tenth away.",
    ),
    (
        about(Mean, per_day=1.7, first="2025-05"),
        panel(2, 1, 2, unit="km2 per day", kind="rate"),
        "FALSE: The mean over 61 days from May 2025 to June 2025 is 1.5 a day.\n"
        "True instead: X in June 2025: 2 km² per day, 1.5 a day from May 2025 to June 2025.",
    ),
    (
        about(Mean, per_day=2),
        panel(2, 40, 100, unit="km2", kind="stock"),
        "TRUE: 60 km² on 30 days in June 2025 is 2 a day.",
    ),
    (
        about(Mean, per_day=2, first="2025-04"),
        panel(2, 40, 100, unit="km2", kind="stock"),
        "CANNOT SAY: The data do not reach April 2025.",
    ),
]


@pytest.mark.parametrize(("claim", "data", "told"), IN_FULL)
def test_in_full(claim, data, told):
    assert str(claim.check(data)) == told
