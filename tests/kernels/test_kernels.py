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
import trends.kernels.ranks

KERNELS = {name: getattr(trends.kernels, name) for name in trends.kernels.__all__}
KERNELS = {name: kernel for name, kernel in KERNELS.items() if hasattr(oracles, name)}
PARAMS = {
    **dict.fromkeys(("differences", "ratios"), ((1,), (3,), (12,))),
    **dict.fromkeys((name for name in KERNELS if name.startswith("window_")), ((1,), (2,), (7,))),
}
CASES = [(name, params) for name in KERNELS for params in PARAMS.get(name, ((),))]
MAPS = [(name, params) for name, params in CASES if KERNELS[name].width is None]
ROUNDED = {"window_sums", "window_means"}  # the oracle rounds once, the kernel with each addition
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


def shape_of(name, shape):
    width = KERNELS[name].width
    return shape if width is None else shape[:-1] if width == 1 else (*shape[:-1], width)


def assert_equals_oracle(name, array, params):
    expected = by_oracle(name, array, params)
    result = KERNELS[name](array, *params)
    assert result.shape == shape_of(name, array.shape)
    assert result.dtype == KERNELS[name].dtype
    if name in ROUNDED:
        size = np.nanmax(np.abs(array.astype(np.float64)), initial=0, where=array == array)
        np.testing.assert_allclose(result, expected, rtol=0, atol=1e-14 * size)
    else:
        np.testing.assert_array_equal(result.astype(np.float64), expected)


def by_oracle(name, array, params):
    width = KERNELS[name].width
    answers = np.empty((*array.shape[:-1], array.shape[-1] if width is None else width))
    for index in np.ndindex(array.shape[:-1]):
        row = [None if math.isnan(x) else x for x in array[index].tolist()]
        row = [int(x) if isinstance(x, bool) else x for x in row]
        answer = getattr(oracles, name)(row, *params)
        answers[index] = [math.nan if x is None else x for x in answer]
    return answers[..., 0] if width == 1 else answers


def test_every_kernel_of_these_files_has_an_oracle():
    homes = {kernel.__module__.rpartition(".")[2] for kernel in KERNELS.values()}
    assert homes == {"changes", "extremes", "latest", "ranks", "records", "runs", "windows"}
    for name in trends.kernels.__all__:
        kernel = getattr(trends.kernels, name)
        assert name in KERNELS or kernel.__module__.rpartition(".")[2] not in homes


@every_case
@settings(deadline=None, max_examples=25)
@given(array=floats)
def test_equals_the_oracle(name, params, array):
    before = array.copy()
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert_equals_oracle(name, array, params)
    np.testing.assert_array_equal(array, before)


@every_case
@settings(deadline=None, max_examples=25)
@given(array=integers)
def test_equals_the_oracle_on_integers(name, params, array):
    assert_equals_oracle(name, array, params)


@pytest.mark.parametrize(("name", "params"), MAPS)
@settings(deadline=None, max_examples=25)
@given(array=floats, cut=st.integers(0, 14))
def test_a_longer_row_has_the_same_beginning(name, params, array, cut):
    whole = KERNELS[name](array, *params)
    beginning = KERNELS[name](array[..., :cut], *params)
    np.testing.assert_array_equal(whole[..., :cut], beginning)


@every_case
@pytest.mark.parametrize("shape", [(0,), (1,), (0, 5), (3, 0), (3, 1), (2, 0, 4), (2, 3, 4)])
def test_keeps_every_shape(name, params, shape):
    result = KERNELS[name](np.ones(shape), *params)
    assert result.shape == shape_of(name, shape)
    assert result.dtype == KERNELS[name].dtype
    np.testing.assert_array_equal(result, by_oracle(name, np.ones(shape), params))


@every_case
def test_fills_out_whatever_its_strides(name, params):
    array = np.array([[3.0, 1.0, math.nan, 2.0], [1.0, 1.0, 5.0, 0.0]])
    expected = KERNELS[name](array, *params)
    room = np.zeros(expected.shape[::-1], expected.dtype).T
    assert KERNELS[name](array, *params, out=room) is room
    np.testing.assert_array_equal(room, expected)
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
    for part in ("Returns\n", "NaN", ">>> "):
        assert part in kernel.__doc__
    assert ("Causal" in kernel.__doc__) == (kernel.width is None)


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


def rows_of(dtype, shape=(40, 60)):
    rng = np.random.default_rng(1)
    array = rng.integers(0, 5, shape).astype(dtype)
    if array.dtype.kind == "f":
        array[rng.random(shape) < 0.1] = np.nan
        array[0], array[1] = np.nan, -0.0
    return array


def assert_same_bits(name, array, params):
    expected = KERNELS[name].interpreted(array, *params)
    result = KERNELS[name].compiled(array, *params)
    assert result.tobytes() == expected.tobytes(), (name, array.dtype)


@every_case
def test_interpreted_and_compiled_answers_are_equal_to_the_bit(name, params):
    pytest.importorskip("numba")
    assert_same_bits(name, rows_of(np.float64), params)
    assert_same_bits(name, rows_of(np.float64, (40, 1)), params)
    assert_same_bits(name, rows_of(np.int32, (60, 40)).T, params)


@pytest.mark.slow
@every_case
@pytest.mark.parametrize("dtype", [np.float64, np.float32, np.int64, np.int32, np.uint8, np.bool_])
def test_every_type_and_layout_gives_the_same_bits(name, params, dtype):
    pytest.importorskip("numba")
    array = rows_of(dtype, (9, 8, 60))
    for view in (array, array[0], array[0, 0], array[:, ::2, ::-3], array.T, array[..., 5:]):
        assert_same_bits(name, view, params)


@pytest.mark.parametrize("n", [trends.kernels.ranks.SHORT, trends.kernels.ranks.SHORT + 1])
@pytest.mark.parametrize("ties", [True, False])
def test_long_rows_are_ranked_as_short_ones(n, ties):
    rng = np.random.default_rng(n)
    row = rng.integers(0, 90, n) + 0.0 if ties else rng.permutation(n) + 0.0
    if ties:
        row[[0, 7, n - 2]] = math.nan
    later = row[:, None]
    before = np.tri(n, k=-1, dtype=bool)
    higher, lower = (before & (row > later)).sum(1), (before & (row < later)).sum(1)
    known = ~np.isnan(row)
    for kernel, others in ((trends.kernels.high_ranks, higher), (trends.kernels.low_ranks, lower)):
        np.testing.assert_array_equal(kernel.interpreted(row), np.where(known, 1 + others, -1))
