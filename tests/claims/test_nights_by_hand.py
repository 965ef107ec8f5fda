"""Nights on months that count those without an attack."""
# ruff: noqa: RUF001

from __future__ import annotations

import pytest
from claims.short_rows import NAN, about, panel

from trends.claims import Nights, Streak

IN_FULL = [
    (
        about(Nights, count=1),
        panel(3, 0, unit="nights"),
        "FALSE: 0 of the 30 nights of June 2025 were without an attack.\n"
        "True instead: X in June 2025: 0 nights, no night without an attack.",
    ),
    (
        about(Nights, count=1),
        panel(3, 30, unit="nights"),
        "FALSE: 30 of the 30 nights of June 2025 were without an attack.\n"
        "True instead: X in June 2025: 30 nights, 30 nights without an attack.",
    ),
    (
        about(Nights, count=1),
        panel(3, 31),
        "CANNOT SAY: 31 is no number of nights of June 2025.",
    ),
    (
        about(Nights, count=1),
        panel(3, -1),
        "CANNOT SAY: −1 is no number of nights of June 2025.",
    ),
    (
        about(Nights, count=1),
        panel(3, 0.5),
        "CANNOT SAY: 0.5 is no number of nights of June 2025.",
    ),
    (
        about(Nights, count=28, of="with", hedge="more than"),
        panel(3, 1),
        "TRUE: 1 of the 30 nights of June 2025 were without an attack.",
    ),
    (
        about(Nights, count=25, of="with", hedge="more than"),
        panel(3, 1),
        "TRUE: 1 of the 30 nights of June 2025 were without an attack.\n"
        "Note: True, but the number printed is more than a tenth away.",
    ),
    (
        about(Nights, count=30, of="with"),
        panel(3, 1),
        "FALSE: 1 of the 30 nights of June 2025 were without an attack.\n"
        "True instead: X in June 2025: 1, 29 nights with an attack.",
    ),
    (
        about(Nights, count=0, of="with"),
        panel(3, 1),
        "FALSE: 1 of the 30 nights of June 2025 were without an attack.\n"
        "True instead: X in June 2025: 1, 29 nights with an attack.",
    ),
    (
        about(Nights, count=1, value=2),
        panel(3, 1),
        "FALSE: The data have 1, not 2; 1 of the 30 nights of June 2025 were without an "
        "attack.\n"
        "True instead: X in June 2025: 1, 1 nights without an attack.",
    ),
    (
        about(Nights, since_day="2025-06-30"),
        panel(3, 0, 0),
        "TRUE: Between 61 and 88 nights with an attack in a row end with June 2025; 1 would "
        "have to.",
    ),
    (
        about(Nights, since_day="2025-05-01"),
        panel(3, 0, 0),
        "TRUE: Between 61 and 88 nights with an attack in a row end with June 2025; 61 would "
        "have to.",
    ),
    (
        about(Nights, since_day="2025-04-30"),
        panel(3, 0, 0),
        "CANNOT SAY: Between 61 and 88 nights with an attack in a row end with June 2025; 62 "
        "would have to.",
    ),
    (
        about(Nights, since_day="2025-04-04"),
        panel(3, 0, 0),
        "CANNOT SAY: Between 61 and 88 nights with an attack in a row end with June 2025; 88 "
        "would have to.",
    ),
    (
        about(Nights, since_day="2025-04-03"),
        panel(3, 0, 0),
        "FALSE: Between 61 and 88 nights with an attack in a row end with June 2025; 89 "
        "would have to.\n"
        "True instead: X in June 2025: 0, an attack on every night since 1 May 2025.",
    ),
    (
        about(Nights, since_day="2025-07-01"),
        panel(3, 0, 0),
        "FALSE: 1 July 2025 is not earlier.",
    ),
    (
        about(Nights, since_day="2025-04-30"),
        panel(0, 0),
        "CANNOT SAY: At least 61 nights with an attack in a row end with June 2025; 62 would "
        "have to.",
    ),
    (
        about(Nights, since_day="2025-06-01"),
        panel(0, 30),
        "FALSE: 0 nights with an attack in a row end with June 2025; 30 would have to.",
    ),
    (
        about(Nights, since_day="2025-06-30"),
        panel(0, 29),
        "CANNOT SAY: Between 0 and 1 nights with an attack in a row end with June 2025; 1 "
        "would have to.",
    ),
    (
        about(Nights, since_day="2025-04-29"),
        panel(31, 0, 0),
        "CANNOT SAY: 31 is no number of nights of April 2025.",
    ),
    (
        about(Streak, length=61, kind="nights"),
        panel(4, 3, 0, 0, unit="nights"),
        "TRUE: Between 61 and 88 nights with an attack in a row end with June 2025.",
    ),
    (
        about(Streak, length=61, kind="nights", since_day="2025-05-01"),
        panel(4, 30, 0, 0, unit="nights"),
        "TRUE: 61 nights with an attack in a row end with June 2025.",
    ),
    (
        about(Streak, length=61, kind="nights", since_day="2025-04-30"),
        panel(4, 3, 0, 0),
        "CANNOT SAY: Between 61 and 88 nights with an attack in a row end with June 2025.",
    ),
    (
        about(Streak, length=61, kind="nights", since_day="2025-05-03"),
        panel(4, 3, 0, 0),
        "FALSE: Between 61 and 88 nights with an attack in a row end with June 2025; from 3 "
        "May 2025 on there are 59 nights.\n"
        "True instead: X in June 2025: 0, the 61st consecutive night with an attack.",
    ),
    (
        about(Streak, length=60, kind="nights", since_day="2025-05-02"),
        panel(4, 3, 0, 0),
        "LOOSE: Between 61 and 88 nights with an attack in a row end with June 2025.\n"
        "True instead: X in June 2025: 0, the 61st consecutive night with an attack.",
    ),
    (
        about(Streak, length=1, kind="nights", since_day="2025-07-01"),
        panel(4, 3, 0, 0),
        "FALSE: Between 61 and 88 nights with an attack in a row end with June 2025; 1 July "
        "2025 is not earlier.\n"
        "True instead: X in June 2025: 0, the 61st consecutive night with an attack.",
    ),
    (
        about(Streak, length=1, kind="nights", since_day="2025-06-30"),
        panel(4, 3, 0, 0),
        "LOOSE: Between 61 and 88 nights with an attack in a row end with June 2025.\n"
        "True instead: X in June 2025: 0, the 61st consecutive night with an attack.",
    ),
    (
        about(Streak, length=62, kind="nights"),
        panel(NAN, 0, 0),
        "CANNOT SAY: At least 61 nights with an attack in a row end with June 2025.",
    ),
    (
        about(Streak, length=3, kind="nights"),
        panel(0, 27),
        "CANNOT SAY: Between 0 and 3 nights with an attack in a row end with June 2025.",
    ),
    (
        about(Streak, length=4, kind="nights"),
        panel(0, 27),
        "FALSE: Between 0 and 3 nights with an attack in a row end with June 2025.",
    ),
    (
        about(Streak, length=3, kind="nights"),
        panel(0, 30),
        "FALSE: 0 nights with an attack in a row end with June 2025.",
    ),
    (
        about(Streak, length=3, kind="nights"),
        panel(0, 5438),
        "CANNOT SAY: 5,438 is no number of nights of June 2025.",
    ),
    (
        about(Streak, length=62, kind="nights"),
        panel(2.5, 0, 0),
        "CANNOT SAY: 2.5 is no number of nights of April 2025.",
    ),
    (
        about(Streak, length=4, kind="nights"),
        panel(0, 27, unit="missiles"),
        "CANNOT SAY: The data count missiles, not nights without an attack.",
    ),
    (
        about(Streak, length=3, kind="nights"),
        panel(0, NAN),
        "CANNOT SAY: The value of June 2025 is not known.",
    ),
]


@pytest.mark.parametrize(("claim", "data", "told"), IN_FULL)
def test_in_full(claim, data, told):
    assert str(claim.check(data)) == told
