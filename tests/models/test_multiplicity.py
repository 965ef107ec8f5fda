"""Adjusted p-values against their definition, written out."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from trends.errors import BadOption, UnknownOption
from trends.models.multiplicity import adjust_p_values

SHARES = st.lists(st.floats(0, 1), min_size=1, max_size=30)


def stepped_up(p, factor):
    n, order = len(p), np.argsort(p)
    out, least = np.empty(n), 1.0
    for rank in range(n, 0, -1):
        least = min(least, p[order[rank - 1]] * n * factor / rank)
        out[order[rank - 1]] = least
    return out


@given(SHARES)
def test_benjamini_hochberg_is_its_definition_and_scipys(p):
    found = adjust_p_values(p)
    assert found == pytest.approx(stepped_up(np.array(p), 1.0), rel=1e-9, abs=1e-300)
    assert found == pytest.approx(stats.false_discovery_control(p), rel=1e-9, abs=1e-300)


@given(SHARES)
def test_benjamini_yekutieli_is_its_definition(p):
    factor = sum(1 / k for k in range(1, len(p) + 1))
    expected = stepped_up(np.array(p), factor)
    assert adjust_p_values(p, method="by") == pytest.approx(expected, rel=1e-9, abs=1e-300)


@given(SHARES, st.integers(1, 5))
def test_what_was_not_tested_counts_for_nothing(p, unknown):
    padded = adjust_p_values([np.nan] * unknown + p)
    assert np.isnan(padded[:unknown]).all()
    assert padded[unknown:].tolist() == adjust_p_values(p).tolist()


def test_nothing_is_tested():
    assert adjust_p_values([]).shape == (0,)
    assert np.isnan(adjust_p_values([np.nan, np.nan])).all()


def test_adjustment_refusals():
    with pytest.raises(UnknownOption, match="holm"):
        adjust_p_values([0.1], method="holm")
    with pytest.raises(BadOption, match="0 to 1"):
        adjust_p_values([1.1])
    with pytest.raises(BadOption, match="0 to 1"):
        adjust_p_values([[0.1]])
