"""Least squares against the numbers that NIST certifies."""

from __future__ import annotations

import numpy as np
import pytest
from hardening.strd import Certified, certified_sets, digits_of

from trends.models._autoregressions import profiles
from trends.models._least_squares import least_squares

SETS = certified_sets()
EXACT_FITS = ("Wampler1", "Wampler2")  # their certified errors are 0


@pytest.mark.parametrize("name", SETS)
def test_coefficients_have_the_digits_that_are_asked(name: str) -> None:
    known = SETS[name]
    assert digits_of(least_squares(known.design, known.endog), known.beta) >= known.digits


def independent(known: Certified) -> tuple[np.ndarray, np.ndarray]:
    """What `fit_trend` computes where the months are independent: phi is 0."""
    steps = np.arange(len(known.endog), dtype=float)
    found = profiles(steps, known.design, known.endog, np.array([0.0]))
    return found.beta[0], np.sqrt(np.diag(found.cov[0]))


@pytest.mark.parametrize("name", SETS)
def test_generalised_least_squares_of_independent_months(name: str) -> None:
    known = SETS[name]
    beta, errors = independent(known)
    assert digits_of(beta, known.beta) >= known.digits
    if name not in EXACT_FITS:
        assert digits_of(errors, known.errors) >= 8


def test_columns_that_depend_are_no_crash() -> None:
    x = np.arange(10.0)
    twice = np.column_stack([x, 2 * x, np.zeros(10)])
    np.testing.assert_allclose(twice @ least_squares(twice, 3 * x), 3 * x, rtol=1e-12)
