"""The bands of words.md: what a printed number may stand for."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trends.claims._rounding import fit, half_unit
from trends.errors import BadOption, UnknownOption


@pytest.mark.parametrize(
    ("printed", "half"),
    [
        (37, 0.5),
        (37.0, 0.5),  # a float says nothing of trailing zeros
        (36.8, 0.05),
        (0.3333, 0.00005),
        (-2, 0.5),
        (5438, 0.5),
        (1e16, 0.5),
        (0, 0.5),
        (Decimal("37.0"), 0.05),
        (Decimal("37.00"), 0.005),
        (Decimal("1E+3"), 0.5),
        (1e-7, 5e-8),
    ],
)
def test_half_a_unit_of_the_last_digit(printed, half):
    assert half_unit(printed) == pytest.approx(half, rel=1e-12)


@pytest.mark.parametrize("printed", [float("nan"), float("inf"), Decimal("NaN")])
def test_no_number(printed):
    with pytest.raises(BadOption, match="finite"):
        fit(1.0, printed)


def test_no_such_word():
    with pytest.raises(UnknownOption, match="'circa'"):
        fit(1.0, 1, "circa")  # type: ignore[arg-type]


# the true value for a printed 100, which has a half unit of 0.5
@pytest.mark.parametrize(
    ("hedge", "true", "fits"),
    [
        ("", 99.5, "true"),
        ("", 100.5, "true"),
        ("", 99.49, "loose"),
        ("", 100.51, "loose"),
        ("", 95, "loose"),
        ("", 105, "loose"),
        ("", 94.9, "false"),
        ("", 105.1, "false"),
        ("about", 95, "true"),
        ("about", 105, "true"),
        ("about", 94.9, "false"),
        ("about", 105.1, "false"),
        ("about", 89.9, "false"),
        ("about", 110.1, "false"),
        ("almost", 90, "true"),
        ("almost", 100, "true"),
        ("almost", 100.1, "loose"),
        ("almost", 89.9, "false"),
        ("almost", 84.9, "false"),
        ("almost", 105.1, "false"),
        ("more than", 100, "true"),
        ("more than", 110, "true"),
        ("more than", 110.1, "understated"),
        ("more than", 1000, "understated"),
        ("more than", 99.9, "false"),
        ("less than", 100, "true"),
        ("less than", 90, "true"),
        ("less than", 89.9, "overstated"),
        ("less than", 0, "overstated"),
        ("less than", 100.1, "false"),
    ],
)
@pytest.mark.parametrize("sign", [1, -1])
def test_the_band_of_each_word(hedge, true, fits, sign):
    assert fit(sign * true, sign * 100, hedge) == fits


@pytest.mark.parametrize("hedge", ["", "about", "almost", "more than", "less than"])
def test_the_other_side_of_zero_is_false(hedge):
    assert fit(-2.0, 20, hedge) == "false"


def test_zero():
    assert fit(0.0, 0) == "true"
    assert fit(0.4, 0) == "true"
    assert fit(0.6, 0) == "false"
    assert fit(0.0, Decimal("0.0")) == "true"
    assert fit(0.06, Decimal("0.0")) == "false"


HEDGES = {"about": (95, 105), "almost": (90, 100), "more than": (100, 110), "less than": (90, 100)}


@given(
    hundredths=st.integers(1, 10**6), hedge=st.sampled_from(list(HEDGES)), edge=st.integers(0, 1)
)
def test_the_edges_belong_to_the_band(hundredths, hedge, edge):
    """Whatever the floats do: of 0.3, 1.05 times is 0.315."""
    printed = hundredths / 100
    true = float(Decimal(hundredths) * HEDGES[hedge][edge] / 10_000)
    assert fit(true, printed, hedge) == "true"


@given(st.floats(-1e9, 1e9), st.integers(0, 3))
def test_a_number_rounded_to_any_digit_is_true(true, digits):
    assert fit(true, Decimal(f"{true:.{digits}f}")) == "true"
