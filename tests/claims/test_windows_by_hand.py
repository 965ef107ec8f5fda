"""Windows on rows short enough to check by eye."""
# ruff: noqa: RUF001

from __future__ import annotations

import pytest
from claims.short_rows import about, odd, panel

from trends.claims import Window
from trends.claims.windows import _printable


@pytest.mark.parametrize(
    ("relation", "number", "shown"),
    [
        ("multiple", 0.123, "0.12"),
        ("multiple", 0.999, "1"),
        ("multiple", 1.0, "1.0"),
        ("multiple", 2.26, "2.3"),
        ("percent", 0.04, "0.0"),
        ("percent", -45.02, "-45.0"),
        ("difference", 3.0, "3"),
        ("difference", -12.34, "-12.3"),
        ("difference", 0.0164, "0.016"),
        ("difference", -0.0164, "-0.016"),
        ("difference", 0.0, "0"),
    ],
)
def test_a_number_as_it_would_be_printed(relation, number, shown):
    assert str(_printable(relation, number)) == shown


IN_FULL = [
    (
        about(
            Window,
            first="2025-05",
            bases=(("2025-03", "2025-04"),),
            relation="below",
            value=12,
            base_value=10,
        ),
        panel(9, 1, 5, 5, 4, 7, unit="drones"),
        "FALSE: 11 drones from May 2025 to June 2025 against 10 drones in March 2025 to "
        "April 2025, not 12.\n"
        "True instead: X from May 2025 to June 2025: 11 drones, more than March 2025 to "
        "April 2025 (10).",
    ),
    (
        about(Window, first="2025-05", bases=(("2025-02", "2025-04"),), relation="above"),
        panel(9, 1, 5, 5, 4, 7, unit="drones"),
        "LOOSE: 11 drones from May 2025 to June 2025 against 11 drones in February 2025 to "
        "April 2025.\n"
        "True instead: X from May 2025 to June 2025: 11 drones, 0 more than February 2025 to "
        "April 2025 (11).",
    ),
    (
        about(
            Window, first="2025-05", bases=(("2025-03", "2025-04"),), relation="multiple", number=2
        ),
        panel(9, 1, 5, 5, 4, 7, unit="drones"),
        "FALSE: 11 drones from May 2025 to June 2025 against 10 drones in March 2025 to "
        "April 2025 is 1.1 times.\n"
        "True instead: X from May 2025 to June 2025: 11 drones, 1.1 times March 2025 to "
        "April 2025 (10).",
    ),
    (
        about(
            Window,
            first="2025-05",
            bases=(("2025-01", "2025-04"),),
            relation="multiple",
            number=0.7,
        ),
        panel(9, 1, 5, 5, 4, 7, unit="drones"),
        "FALSE: 11 drones from May 2025 to June 2025 against 20 drones in January 2025 to "
        "April 2025 is 0.55 times.\n"
        "True instead: X from May 2025 to June 2025: 11 drones, 0.55 times January 2025 to "
        "April 2025 (20).",
    ),
    (
        about(
            Window,
            first="2025-05",
            bases=(("2025-01", "2025-02"), ("2025-03", "2025-04")),
            relation="multiple",
            number=0.5,
        ),
        panel(9, 1, 5, 5, 4, 7, unit="drones"),
        "TRUE: 11 drones from May 2025 to June 2025 against 20 drones in January 2025 to "
        "February 2025 and March 2025 to April 2025 together is 0.55 times.",
    ),
    (
        about(
            Window,
            first="2025-05",
            bases=(("2025-03", "2025-04"),),
            relation="percent",
            number=11,
            hedge="less than",
        ),
        panel(9, 1, 5, 5, 4, 7, unit="drones"),
        "TRUE: 11 drones from May 2025 to June 2025 against 10 drones in March 2025 to April "
        "2025 is +10.0%.",
    ),
    (
        about(
            Window, first="2025-05", bases=(("2025-01", "2025-04"),), relation="percent", number=-10
        ),
        panel(9, 1, 5, 5, 4, 7, unit="drones"),
        "FALSE: 11 drones from May 2025 to June 2025 against 20 drones in January 2025 to "
        "April 2025 is −45.0%.\n"
        "True instead: X from May 2025 to June 2025: 11 drones, down 45.0% on January 2025 "
        "to April 2025 (20).",
    ),
    (
        about(
            Window,
            first="2025-05",
            bases=(("2025-03", "2025-04"),),
            relation="difference",
            number=5,
        ),
        panel(9, 1, 5, 5, 4, 7, unit="drones"),
        "FALSE: 11 drones from May 2025 to June 2025 against 10 drones in March 2025 to "
        "April 2025 is a difference of 1.\n"
        "True instead: X from May 2025 to June 2025: 11 drones, 1 more than March 2025 to "
        "April 2025 (10).",
    ),
    (
        about(
            Window,
            first="2025-05",
            bases=(("2025-01", "2025-04"),),
            relation="difference",
            number=-9,
        ),
        panel(9, 1, 5, 5, 4, 7, unit="drones"),
        "TRUE: 11 drones from May 2025 to June 2025 against 20 drones in January 2025 to "
        "April 2025 is a difference of −9.",
    ),
    (
        about(
            Window,
            first="2025-05",
            bases=(("2025-03", "2025-04"),),
            relation="difference",
            number=0.1,
            per="day",
        ),
        panel(9, 1, 5, 5, 4, 7, unit="drones"),
        "FALSE: 11 drones from May 2025 to June 2025 against 10 drones in March 2025 to "
        "April 2025 is a difference of 0.016 per day.\n"
        "True instead: X from May 2025 to June 2025: 11 drones, 0.016 more than March 2025 "
        "to April 2025 (10) per day.",
    ),
    (
        about(
            Window,
            first="2025-05",
            bases=(("2025-03", "2025-04"),),
            relation="difference",
            number=2,
        ),
        panel(0, 0, 4, 7.5),
        "FALSE: 11.5 from May 2025 to June 2025 against 0 in March 2025 to April 2025 is a "
        "difference of 11.5.\n"
        "True instead: X from May 2025 to June 2025: 11.5, 11.5 more than March 2025 to "
        "April 2025 (0).",
    ),
    (
        about(
            Window, first="2025-05", bases=(("2025-03", "2025-04"),), relation="multiple", number=2
        ),
        panel(0, 0, 4, 7),
        "CANNOT SAY: 11 from May 2025 to June 2025 against 0 in March 2025 to April 2025: no "
        "ratio of what is not positive.",
    ),
    (
        about(
            Window, first="2025-05", bases=(("2025-03", "2025-04"),), relation="percent", number=2
        ),
        panel(-1, 0, 4, 7),
        "CANNOT SAY: 11 from May 2025 to June 2025 against −1 in March 2025 to April 2025: "
        "no ratio of what is not positive.",
    ),
    (
        about(
            Window, first="2025-05", bases=(("2025-03", "2025-04"),), relation="multiple", number=2
        ),
        panel(1, 1, 0, 0),
        "FALSE: 0 from May 2025 to June 2025 against 2 in March 2025 to April 2025 is 0 times.",
    ),
    (
        about(
            Window, first="2025-05", bases=(("2025-03", "2025-04"),), relation="multiple", number=2
        ),
        panel(50, 50, 1, 0),
        "FALSE: 1 from May 2025 to June 2025 against 100 in March 2025 to April 2025 is 0.01 "
        "times.\n"
        "True instead: X from May 2025 to June 2025: 1, 0.01 times March 2025 to April 2025 "
        "(100).",
    ),
    (
        about(
            Window,
            first="2025-05",
            bases=(("2025-03", "2025-04"),),
            value=11,
            value_hedge="about",
            base_value=10.4,
        ),
        panel(9, 1, 5, 5, 4, 7, unit="drones"),
        "LOOSE: 11 drones from May 2025 to June 2025 against 10 drones in March 2025 to "
        "April 2025, not 10.4.\n"
        "True instead: X from May 2025 to June 2025: 11 drones, more than March 2025 to "
        "April 2025 (10).",
    ),
    (
        about(
            Window,
            first="2025-05",
            bases=(("2025-03", "2025-04"),),
            value=9,
            value_hedge="more than",
        ),
        panel(9, 1, 5, 5, 4, 7, unit="drones"),
        "TRUE: 11 drones from May 2025 to June 2025 against 10 drones in March 2025 to April "
        "2025.\n"
        "Note: True, but the number printed is more than a tenth away.",
    ),
    (
        about(Window, first="2025-05", bases=(("2025-03", "2025-04"),), relation="above"),
        panel(1, 1, 1, 1, kind="rate"),
        "CANNOT SAY: Amounts a day do not add up to a total.",
    ),
    (
        about(Window, first="2025-05", bases=(("2025-03", "2025-04"),), relation="below"),
        panel(0, 1, 2, 3, 5, kind="stock"),
        "FALSE: 3 from May 2025 to June 2025 against 2 in March 2025 to April 2025.\n"
        "True instead: X from May 2025 to June 2025: 3, more than March 2025 to April 2025 "
        "(2).",
    ),
    (
        about(
            Window,
            first="2025-06",
            bases=(("2025-03", "2025-04"),),
            relation="percent",
            number=20,
            per="day",
        ),
        panel(9, 1, 5, 5, 4, 7, unit="drones"),
        "FALSE: 7 drones in June 2025 against 10 drones in March 2025 to April 2025 is "
        "+42.3% per day.\n"
        "True instead: X in June 2025: 7 drones, up 42.3% on March 2025 to April 2025 (10) "
        "per day.",
    ),
    (
        about(Window, first="2025-06", bases=(("2025-02", "2025-02"),), per="day"),
        panel(28, 0, 0, 0, 30),
        "LOOSE: 30 in June 2025 against 28 in February 2025 per day.\n"
        "True instead: X in June 2025: 30, 0 more than February 2025 (28) per day.",
    ),
    (
        about(
            Window, first="2025-06", bases=(("2025-02", "2025-02"),), relation="below", per="day"
        ),
        panel(28, 0, 0, 0, 29),
        "TRUE: 29 in June 2025 against 28 in February 2025 per day.",
    ),
    (
        about(Window, first="2025-05", bases=(("2025-07", "2025-07"),)),
        panel(3, 4, 9, last="2025-07"),
        "FALSE: 7 from May 2025 to June 2025 against 9 in July 2025.\n"
        "True instead: X from May 2025 to June 2025: 7, less than July 2025 (9).",
    ),
    (
        about(Window, first="2025-05", bases=(("2025-07", "2025-07"),)),
        panel(3, 4, 9, last="2025-07", anomalies=[odd("method break", "2025-07")]),
        "CANNOT SAY: A method break in July 2025 lies between the months compared: A note.",
    ),
    (
        about(Window, first="2025-05", bases=(("2025-07", "2025-08"),)),
        panel(3, 4, 9, last="2025-07"),
        "CANNOT SAY: The data do not reach August 2025.",
    ),
]


@pytest.mark.parametrize(("claim", "data", "told"), IN_FULL)
def test_in_full(claim, data, told):
    assert str(claim.check(data)) == told
