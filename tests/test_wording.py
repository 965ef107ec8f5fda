"""Numbers, months and ordinals in words."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from trends.errors import UnknownOption
from trends.wording import (
    amount,
    check_language,
    month_words,
    months_list,
    ordinal,
    percent,
    unit_words,
)


def months(*texts: str) -> list[pd.Period]:
    return [pd.Period(text, "M") for text in texts]


@pytest.mark.parametrize(
    ("number", "word"),
    [(1, "first"), (3, "third"), (12, "twelfth"), (13, "13th"), (21, "21st"), (22, "22nd"),
     (23, "23rd"), (24, "24th"), (111, "111th"), (112, "112th"), (121, "121st"), (0, "0th")],
)  # fmt: skip
def test_ordinals(number, word):
    assert ordinal(number) == word


@pytest.mark.parametrize(
    ("value", "unit", "text"),
    [
        (5438.0, "drones", "5,438 drones"),
        (203.7, "km2", "203.7 km²"),
        (-37.0, "", "\N{MINUS SIGN}37"),
        (0.0, "", "0"),
        (-0.0, "", "0"),
        (0.04, "", "0.04"),
        (1234567.25, "", "1,234,567.2"),
        (99.96, "", "100.0"),
    ],
)
def test_amounts(value, unit, text):
    assert amount(value, unit) == text


@pytest.mark.parametrize(
    ("share", "text"),
    [
        (0.358, "+35.8%"),
        (-0.2037, "\N{MINUS SIGN}20.4%"),
        (0.0, "0.0%"),
        (-0.0003, "0.0%"),  # what rounds to nothing has no sign
        (0.0003, "0.0%"),
        (15.58, "+1,558.0%"),
    ],
)
def test_percentages(share, text):
    assert percent(share) == text


def test_percentages_of_other_digits():
    assert percent(0.368, 0) == "+37%"
    assert percent(-0.0003, 2) == "\N{MINUS SIGN}0.03%"


def test_months():
    assert month_words(*months("2025-06")) == "June 2025"
    assert months_list(months("2025-06")) == "June 2025"
    assert months_list(months("2024-10", "2024-11")) == "October and November 2024"
    assert months_list(months("2023-12", "2024-01")) == "December 2023 and January 2024"
    assert months_list(months("2023-11", "2023-12", "2024-01")) == (
        "November, December 2023 and January 2024"
    )


def test_units():
    assert unit_words("km2 per day") == "km² per day"
    assert unit_words("drones") == "drones"


def test_languages():
    check_language("en", "here")
    with pytest.raises(UnknownOption, match="here: language='uk'"):
        check_language("uk", "here")


@given(st.integers(-(10**12), 10**12))
def test_whole_numbers_are_written_in_full(number):
    assert int(amount(float(number)).replace(",", "").replace("\N{MINUS SIGN}", "-")) == number
