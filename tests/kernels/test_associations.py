"""Mann-Kendall and Theil-Sen, against scipy, pymannkendall and the formulas written out."""

from __future__ import annotations

import collections
import math
import warnings

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from scipy import stats

from trends.kernels import associations
from trends.kernels._selections import highest_of, select

KERNELS = [
    (associations.mann_kendall_tests, ()),
    (associations.hamed_rao_tests, (1000, 0.05)),
    (associations.hamed_rao_tests, (3, 0.3)),
    (associations.yue_wang_tests, (1,)),
    (associations.yue_wang_tests, (1000,)),
    (associations.theil_sen_slopes, (0.05,)),
]


def rows(seed=1):
    rng = np.random.default_rng(seed)
    noise = rng.normal(size=(24, 40))
    noise[:8] = noise[:8].cumsum(axis=1)
    noise[8:16] = rng.poisson(2, (8, 40))  # ties everywhere
    noise[16:20] += 0.1 * np.arange(40)
    noise[20] = np.arange(40)
    noise[21] = 7.0
    noise[22] = rng.poisson(1e6, 40)
    return noise


def with_gaps(seed=1):
    gappy = rows(seed)
    gappy[np.random.default_rng(seed).random(gappy.shape) < 0.2] = math.nan
    return gappy


def signs(values):
    return sum(
        int(values[j] > values[i]) - int(values[j] < values[i])
        for j in range(len(values))
        for i in range(j)
    )


@pytest.mark.parametrize("data", [rows(), with_gaps()])
def test_mann_kendall_equals_its_definition_and_scipy(data):
    for row, (n, s, variance, z, p) in zip(
        data, associations.mann_kendall_tests(data), strict=True
    ):
        known = row[~np.isnan(row)]
        ties = collections.Counter(known.tolist()).values()
        assert (n, s) == (len(known), signs(known))
        tied = sum(t * (t - 1) * (2 * t + 5) for t in ties)
        assert variance == (n * (n - 1) * (2 * n + 5) - tied) / 18
        if variance:
            assert z == pytest.approx((s - np.sign(s)) / math.sqrt(variance), rel=1e-14)
            assert p == pytest.approx(2 * stats.norm.sf(abs(z)), rel=1e-12)
            tau = stats.kendalltau(np.flatnonzero(~np.isnan(row)), known).statistic
            pairs = n * (n - 1) / 2
            untied = pairs - sum(t * (t - 1) / 2 for t in ties)
            assert s / math.sqrt(pairs * untied) == pytest.approx(tau, rel=1e-12)


@pytest.mark.parametrize("data", [rows(), with_gaps()])
@pytest.mark.parametrize("alpha", [0.01, 0.05, 0.5])
def test_theil_sen_equals_scipy(data, alpha):
    for row, found in zip(data, associations.theil_sen_slopes(data, alpha), strict=True):
        known = np.flatnonzero(~np.isnan(row))
        slope, intercept, low, high = stats.theilslopes(row[known], known, 1 - alpha)
        np.testing.assert_array_equal(found[:3], [slope, low, high])
        assert found[3] == pytest.approx(intercept, rel=1e-12, abs=1e-12)


def corrected(row, lags, alpha):
    """Both corrected variances as the papers write them; of known values, closed up."""
    known = np.flatnonzero(~np.isnan(row))
    n = len(known)
    _, _, variance, *_ = associations.mann_kendall_tests(row)
    slope = stats.theilslopes(row[known], known)[0]
    rest = row[known] - slope * (known + 1)

    def rho(x):
        x = x - x.mean()
        return [np.sum(x[: n - k] * x[k:]) / np.sum(x * x) for k in range(min(lags, n - 1) + 1)]

    ranks = rho(stats.rankdata(rest))
    limit = stats.norm.ppf(1 - alpha / 2) / math.sqrt(n)
    big = [(k, r) for k, r in enumerate(ranks) if k and abs(r) > limit]
    hamed_rao = (
        2 / (n * (n - 1) * (n - 2)) * sum((n - k) * (n - k - 1) * (n - k - 2) * r for k, r in big)
    )
    yue_wang = 2 * sum((1 - k / n) * r for k, r in enumerate(rho(rest)) if k)
    return variance * (1 + hamed_rao), variance * (1 + yue_wang)


@pytest.mark.parametrize("data", [rows()[:20], with_gaps()[:20]])
@pytest.mark.parametrize(("lags", "alpha"), [(1000, 0.05), (3, 0.3), (1, 0.05)])
def test_corrected_variances_equal_their_formulas(data, lags, alpha):
    hamed_rao = associations.hamed_rao_tests(data, lags, alpha)
    yue_wang = associations.yue_wang_tests(data, lags)
    plain = associations.mann_kendall_tests(data)
    for found in (hamed_rao, yue_wang):
        np.testing.assert_array_equal(found[:, :2], plain[:, :2])
        assert np.isnan(found[found[:, 2] < 0, 3:]).all()
    expected = np.array([corrected(row, lags, alpha) for row in data])
    scale = plain[:, 2]
    np.testing.assert_allclose(hamed_rao[:, 2] / scale, expected[:, 0] / scale, atol=1e-12)
    np.testing.assert_allclose(yue_wang[:, 2] / scale, expected[:, 1] / scale, atol=1e-12)


def test_equals_pymannkendall():
    mk = pytest.importorskip("pymannkendall", reason="a peer of the benchmarks, in their venv")
    data = rows()[:20]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of roots of negative variances
        theirs = [
            [
                mk.original_test(row),
                mk.hamed_rao_modification_test(row),
                mk.yue_wang_modification_test(row, lag=1),
            ]
            for row in data
        ]
    ours = [
        associations.mann_kendall_tests(data),
        associations.hamed_rao_tests(data, 1000, 0.05),
        associations.yue_wang_tests(data, 1),
    ]
    for k, found in enumerate(ours):
        expected = [[t[k].s, t[k].var_s, t[k].z, t[k].p] for t in theirs]
        np.testing.assert_allclose(found[:, 1:], expected, rtol=1e-9, atol=1e-12)


def test_rows_too_short_or_of_ties_only():
    nan = math.nan
    for kernel, args in KERNELS:
        for row in ([], [3.0], [nan, nan], [nan, 4.0]):
            found = kernel(np.array(row), *args)
            assert np.isnan(found[-2:]).all()
        assert kernel(np.empty((0, 4)), *args).shape[0] == 0
    for kernel, args in KERNELS[:5]:
        assert kernel([5, 5, 5, 5], *args).tolist() == [4, 0, 0, 0, 1]
    slope = associations.theil_sen_slopes([5, 5, 5, 5], 0.05)
    assert slope.tolist() == [0, 0, 0, 5]
    assert associations.theil_sen_slopes([1, 4], 0.05).tolist() == [3, 3, 3, 1]


@pytest.mark.parametrize("dtype", [np.bool_, np.int32, np.int64, np.float32])
def test_takes_every_type(dtype):
    data = np.random.default_rng(2).integers(0, 2, (5, 30)).astype(dtype)
    for kernel, args in KERNELS:
        np.testing.assert_array_equal(kernel(data, *args), kernel(data.astype(float), *args))


def test_interpreted_and_compiled_are_equal_to_the_bit():
    data = np.concatenate([rows(3)[::3], with_gaps(3)[::3]])
    for kernel, args in KERNELS:
        np.testing.assert_array_equal(
            kernel.compiled(data, *args), kernel.interpreted(data, *args), err_msg=str(kernel)
        )


items = hnp.arrays(
    np.float64, st.integers(1, 40), elements=st.sampled_from(range(9)) | st.floats(-9, 9)
)


@settings(deadline=None, max_examples=200)
@given(array=items, data=st.data())
def test_select_finds_what_sorting_would(array, data):
    k = data.draw(st.integers(0, len(array) - 1))
    moved = array.copy()
    assert select(moved, 0, len(array), k) == np.sort(array)[k]
    assert (moved[:k] <= moved[k]).all()
    assert (moved[k:] >= moved[k]).all()
    np.testing.assert_array_equal(np.sort(moved), np.sort(array))
    assert highest_of(array, 0, len(array)) == array.max()


def test_two_values_have_no_autocorrelation():
    pairs = np.random.default_rng(7).normal(0, 1, (100, 2))  # of which rounding leaves something
    plain = associations.mann_kendall_tests(pairs)
    np.testing.assert_array_equal(associations.hamed_rao_tests(pairs, 5, 0.05), plain)
