"""Spells above each value, and counts of higher ones before, against counting one by one."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from trends.kernels.prominences import (
    earlier_reaching_counts,
    spell_lengths,
    spell_lengths_ahead,
)

few = st.sampled_from([-2.0, 0.0, 0.0, 1.0, 2.0, 3.0, math.nan])
tables = hnp.arrays(np.float64, hnp.array_shapes(min_dims=1, max_dims=3, max_side=12), elements=few)


def spell_by_hand(row, step):
    found = []
    for t in range(len(row)):
        length, s = 0, t
        while 0 <= s < len(row) and row[s] >= row[t]:
            length, s = length + 1, s + step
        found.append(length)
    return found


def reaching_by_hand(row, most):
    return [min(most, sum(earlier >= value for earlier in row[:t])) for t, value in enumerate(row)]


@given(tables, st.integers(1, 4))
def test_kernels_equal_counting_one_by_one(values, most):
    flat = values.reshape(-1, values.shape[-1]).tolist()
    for kernel, params, expected in (
        (spell_lengths, (), [spell_by_hand(row, -1) for row in flat]),
        (spell_lengths_ahead, (), [spell_by_hand(row, 1) for row in flat]),
        (earlier_reaching_counts, (most,), [reaching_by_hand(row, most) for row in flat]),
    ):
        found = kernel(values, *params)
        assert found.dtype == np.int32
        np.testing.assert_array_equal(found, np.array(expected).reshape(values.shape))


@given(hnp.arrays(np.float64, st.integers(2, 30), elements=few), st.integers(1, 29))
def test_a_longer_row_begins_alike(row, cut):
    for kernel, params in ((spell_lengths, ()), (earlier_reaching_counts, (2,))):
        short = kernel(row[:cut], *params)
        np.testing.assert_array_equal(kernel(row, *params)[: len(short)], short)


@given(hnp.arrays(np.float64, st.integers(1, 30), elements=few))
def test_ahead_is_the_mirror_image(row):
    np.testing.assert_array_equal(spell_lengths_ahead(row), spell_lengths(row[::-1])[::-1])


@pytest.mark.parametrize("dtype", [np.float64, np.int32, np.int64, np.bool_])
def test_compiled_and_interpreted_agree(dtype):
    values = np.random.default_rng(1).integers(0, 9, (7, 50)).astype(dtype)
    before = values.copy()
    for kernel, params in (
        (spell_lengths, ()),
        (spell_lengths_ahead, ()),
        (earlier_reaching_counts, (3,)),
    ):
        np.testing.assert_array_equal(
            kernel.compiled(values, *params), kernel.interpreted(values, *params)
        )
    np.testing.assert_array_equal(values, before)


def test_long_slopes_are_walked_once():
    n = 200_000
    down = np.arange(n, 0, -1.0)
    assert spell_lengths(down)[-1] == n
    assert spell_lengths_ahead(down).max() == 1
