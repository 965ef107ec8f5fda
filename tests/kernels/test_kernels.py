"""Every kernel against its oracle, on every shape and type, and causal."""

from __future__ import annotations

import inspect
import math
import warnings

import numpy as np
import oracles
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

import trends.kernels

KERNELS = {name: getattr(trends.kernels, name) for name in trends.kernels.__all__}
LAGGED = {"differences", "ratios"}
CASES = [(name, (lag,)) for name in sorted(LAGGED) for lag in (1, 3, 12)] + [
    (name, ()) for name in KERNELS if name not in LAGGED
]
every_case = pytest.mark.parametrize(("name", "params"), CASES)

# Few distinct values make ties and zeros; wide ones make everything else.
few = st.sampled_from([-2.0, -1.0, 0.0, 0.0, 1.0, 2.0, 3.0, math.nan])
wide = st.floats(-1e9, 1e9) | st.just(math.nan)
SHAPES = hnp.array_shapes(min_dims=1, max_dims=3, min_side=0, max_side=14)
floats = st.one_of(
    hnp.arrays(np.float64, SHAPES, elements=few, fill=st.nothing()),
    hnp.arrays(np.float64, SHAPES, elements=wide, fill=st.nothing()),
)
integers = st.sampled_from([np.int64, np.int32, np.uint8, np.bool_]).flatmap(
    lambda dtype: hnp.arrays(dtype, SHAPES, fill=st.nothing())
)


def by_oracle(name, array, params):
    answers = np.empty(array.shape, np.float64)
    for index in np.ndindex(array.shape[:-1]):
        row = [None if math.isnan(x) else x for x in array[index].tolist()]
        row = [int(x) if isinstance(x, bool) else x for x in row]
        answer = getattr(oracles, name)(row, *params)
        answers[index] = [math.nan if x is None else x for x in answer]
    return answers


def test_every_kernel_has_an_oracle():
    assert all(callable(getattr(oracles, name, None)) for name in KERNELS)


@every_case
@settings(deadline=None, max_examples=40)
@given(array=floats)
def test_equals_the_oracle(name, params, array):
    before = array.copy()
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        result = KERNELS[name](array, *params)
    assert result.shape == array.shape
    np.testing.assert_array_equal(result.astype(np.float64), by_oracle(name, array, params))
    np.testing.assert_array_equal(array, before)


@every_case
@settings(deadline=None, max_examples=40)
@given(array=integers)
def test_equals_the_oracle_on_integers(name, params, array):
    result = KERNELS[name](array, *params)
    np.testing.assert_array_equal(result.astype(np.float64), by_oracle(name, array, params))


@every_case
@settings(deadline=None, max_examples=40)
@given(array=floats, cut=st.integers(0, 14))
def test_a_longer_row_has_the_same_beginning(name, params, array, cut):
    whole = KERNELS[name](array, *params)
    beginning = KERNELS[name](array[..., :cut], *params)
    np.testing.assert_array_equal(whole[..., :cut], beginning)


@every_case
@pytest.mark.parametrize("shape", [(0,), (1,), (0, 5), (3, 0), (3, 1), (2, 0, 4), (2, 3, 4)])
def test_keeps_every_shape(name, params, shape):
    result = KERNELS[name](np.ones(shape), *params)
    assert result.shape == shape
    assert result.dtype == KERNELS[name](np.ones(2), *params).dtype


@every_case
def test_fills_out_whatever_its_strides(name, params):
    array = np.array([[3.0, 1.0, math.nan, 2.0], [1.0, 1.0, 5.0, 0.0]])
    expected = KERNELS[name](array, *params)
    room = np.zeros((4, 2), expected.dtype)
    assert KERNELS[name](array, *params, out=room.T) is not None
    np.testing.assert_array_equal(room.T, expected)
    given_out = np.zeros_like(expected)
    assert KERNELS[name](array, *params, given_out) is given_out


@every_case
def test_reads_arrays_that_are_not_contiguous_or_not_writable(name, params):
    array = np.arange(24.0).reshape(6, 4) % 5
    expected = KERNELS[name](array.T.copy(), *params)
    view = array.T
    view.flags.writeable = False
    np.testing.assert_array_equal(KERNELS[name](view, *params), expected)


@pytest.mark.parametrize("name", KERNELS)
def test_says_what_it_is(name):
    kernel = KERNELS[name]
    parameters = list(inspect.signature(kernel).parameters)
    assert parameters[-1] == "out"
    assert kernel.__name__ == name
    assert kernel.__module__.startswith("trends.kernels.")
    for part in ("Returns\n", "Causal", "NaN", ">>> "):
        assert part in kernel.__doc__


def test_the_doctests_of_kernels_are_found():
    import doctest

    import trends.kernels.runs as module

    examples = {test.name for test in doctest.DocTestFinder().find(module) if test.examples}
    assert examples == {f"trends.kernels.runs.{name}" for name in module.__all__}


def test_takes_named_parameters_and_refuses_unknown_ones():
    np.testing.assert_array_equal(
        trends.kernels.differences(values=[1, 2, 4], lag=2), [math.nan, math.nan, 3.0]
    )
    with pytest.raises(TypeError, match="lag"):
        trends.kernels.differences([1, 2, 4])


# Published: AFP's monthly net gain, km2, March to August 2025.
KM2 = [240, 379, 507, 588, 594, 447]


def test_published_months_rise_four_times_and_then_fall():
    assert trends.kernels.rise_lengths(KM2).tolist() == [0, 1, 2, 3, 4, 0]
    assert trends.kernels.fall_lengths(KM2).tolist() == [0, 0, 0, 0, 0, 1]
    assert trends.kernels.differences(KM2, 1).tolist()[1:] == [139, 128, 81, 6, -147]
    assert trends.kernels.record_flags(KM2).tolist() == [False, True, True, True, True, False]
    assert trends.kernels.steps_since(KM2).tolist() == [0, 0, 0, 0, 0, 1]
    assert trends.kernels.high_ranks(KM2).tolist() == [1, 1, 1, 1, 1, 4]


def test_published_drones_of_june_2025_are_up_by_36_8_percent():
    assert round(trends.kernels.ratios([3974, 5438], 1)[1] - 1, 3) == 0.368


def test_without_claimed_areas_june_2025_is_no_third_rise():
    assert trends.kernels.rise_lengths([204, 187, 516, 482]).tolist() == [0, 0, 1, 0]


def test_an_unknown_month_is_never_taken_for_none():
    unknown = [5.0, math.nan, 3.0, 4.0, 1.0]
    assert trends.kernels.steps_since(unknown).tolist() == [0, -1, -1, -1, 1]
    assert trends.kernels.high_ranks(unknown).tolist() == [1, -1, 2, 2, 4]


class Counted(list):
    """A row that counts how often it is read."""

    reads = 0

    @property
    def shape(self):
        return (len(self),)

    def __getitem__(self, t):
        self.reads += 1
        return super().__getitem__(t)


@pytest.mark.parametrize("name", ["steps_since", "steps_since_low"])
@pytest.mark.parametrize(
    "row",
    [
        range(2000),
        range(2000, 0, -1),
        [1, 2] * 1000,
        [*range(1000), *range(1000, 0, -1)],
        [0] * 2000,
    ],
)
def test_steps_since_reads_a_row_a_bounded_number_of_times(name, row):
    values, out = Counted(row), [0] * len(row)
    KERNELS[name].__wrapped__(values, out)
    assert values.reads < 12 * len(row)
    assert out == KERNELS[name](list(row)).tolist()


@pytest.mark.slow
def test_each_loop_compiles_and_gives_the_same_bits():
    numba = pytest.importorskip("numba")
    rng = np.random.default_rng(1)
    for name, kernel in KERNELS.items():
        compiled = numba.njit(kernel.__wrapped__)
        for dtype in (np.float64, np.float32, np.int64, np.int32, np.uint8, np.bool_):
            row = rng.integers(0, 5, 60).astype(dtype)
            if row.dtype.kind == "f":
                row[rng.random(60) < 0.1] = np.nan
            params = (3,) if name in LAGGED else ()
            expected = kernel(row, *params)
            result = np.empty_like(expected)
            compiled(row, *params, result)
            np.testing.assert_array_equal(result, expected)
