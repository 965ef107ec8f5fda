"""What expectations are made of: averages over priors, memory, bounds, and which past counts."""

from __future__ import annotations

import math

import numpy as np
import pytest
from scipy import stats

from trends.kernels import expectations
from trends.kernels._distributions import count_cdf
from trends.kernels._expecting_averages import (
    MEMORIES,
    SEASONS,
    SHARES,
    TRENDS,
    average,
    follow,
    now_of,
    remember,
)

NAN = math.nan


@pytest.mark.parametrize("n", [0, 1, 12, 40])
@pytest.mark.parametrize("size", [0.3, 1.0, 3.0])
def test_the_next_residual_is_averaged_by_likelihood(n, size):
    """Half of the prior on no memory, the rest shared out among nine; moments of the mixture."""
    r = size * np.random.default_rng(n).normal(0, 1, n).cumsum() / math.sqrt(max(n, 1))
    ages = np.arange(n, 0, -1.0)
    members = [(math.log(0.5) - r @ r / 2, 0.0, 1.0)]
    for share in SHARES:
        for memory in MEMORIES:
            height, level, spread = follow(r, ages, n, share, memory)
            members.append((math.log(0.5 / 9) + height, level, spread))
    heights, levels, spreads = np.array(members).T
    weights = np.exp(heights - heights.max())
    weights /= weights.sum()
    mean = weights @ levels
    expected = weights @ (spreads + levels**2) - mean**2
    assert remember(r, ages, n) == (pytest.approx(mean), pytest.approx(expected))


@pytest.mark.parametrize("pairs", [0, 1, 3])
@pytest.mark.parametrize("scale", [1.0, 40.0])
def test_params_are_averaged_over_normal_priors(pairs, scale):
    """Bayes' rule with matrices: beta is normal about the params, all but the level near to 0."""
    p = 2 + 2 * pairs
    rng = np.random.default_rng(pairs)
    root = rng.normal(0, 0.3, (p, p))
    inverse = scale**2 * (root @ root.T + 0.01 * np.eye(p))
    beta = scale * rng.normal(0, 0.4, p)
    now = np.array([1.0, *[0.0, 1.0] * p][:p])
    heights, shifts, gains = [], [], []
    for season in SEASONS:
        for trend in TRENDS:
            sd = [trend, *(season / (1 + j // 2) for j in range(2 * pairs))]
            prior = np.diag(np.square(scale * np.array(sd)))
            whole = inverse[1:, 1:] + prior
            heights.append(
                stats.multivariate_normal(np.zeros(p - 1), whole, allow_singular=True).logpdf(
                    beta[1:]
                )
            )
            pull = inverse[:, 1:] @ np.linalg.inv(whole)
            shifts.append(pull @ beta[1:])
            gains.append(now @ pull @ inverse[1:] @ now)
    weights = np.exp(np.array(heights) - max(heights))
    weights /= weights.sum()
    shifts = np.array(shifts)
    moved = weights @ shifts
    between = weights @ (shifts @ now) ** 2 - (moved @ now) ** 2
    expected = beta - moved
    told = average(beta, inverse, scale)
    np.testing.assert_allclose(beta, expected, rtol=1e-6, atol=1e-9 * scale)
    assert told == pytest.approx(now @ inverse @ now + between - weights @ gains, rel=1e-5)
    assert now_of(beta) == pytest.approx(now @ beta)


def test_params_known_for_certain_are_not_moved():
    beta = np.array([1.0, 0.5, 0.25, -0.25])
    assert average(beta, np.zeros((4, 4)), 1.0) == 0.0
    assert beta.tolist() == [1.0, 0.5, 0.25, -0.25]


def facts_of(row, exposure=None, period=12, whole=True, alpha=0.01):
    exposure = np.ones(len(row)) if exposure is None else exposure
    return expectations.expectation_facts.interpreted(
        np.array(row, float), exposure, period, alpha, whole
    )


def test_the_past_is_gathered_with_ages():
    row, exposure = np.array([7.0, NAN, 3.0, 4.0, 9.0, 2.5]), np.array([1.0, 1, 0, 2, -1, 1])
    for first, whole, ages, counts in [
        (0, True, [5, 2], False), (1, True, [2], False), (0, False, [5, 2], False),
    ]:  # fmt: skip
        room = np.zeros((3, 5))
        n, told = expectations.gather_past(row, exposure, first, whole, room)
        assert (n, told) == (len(ages), counts)
        assert room[0, :n].tolist() == ages
        assert room[1, :n].tolist() == [row[5 - age] for age in ages]
        assert room[2, :n].tolist() == [exposure[5 - age] for age in ages]
    for changed, counts in [(6.0, True), (0.0, True), (-1.0, False), (NAN, True), (1.5, False)]:
        row[5] = changed
        assert expectations.gather_past(row, exposure, 0, True, np.zeros((3, 5)))[1] == counts
    row[2] = 0.5  # has no exposure, and is no count all the same
    assert not expectations.gather_past(row, exposure, 0, True, np.zeros((3, 5)))[1]


@pytest.mark.parametrize("counts", [True, False])
def test_the_fit_starts_from_the_mean_of_a_mean_exposure(counts):
    room = np.array([[3.0, 2, 1], [4.0, 9, 2], [1.0, 2, 6]])
    beta, least = np.full(4, 9.0), np.full(4, 9.0)
    unit, scale, mean = expectations.prepare(room, 3, counts, beta, least)
    assert (unit, mean) == (3.0, pytest.approx(5 + 0.5 / 3 if counts else 5.0))
    assert room[2].tolist() == [1 / 3, 2 / 3, 2.0]
    sd = np.std([4, 9, 2])
    assert scale == pytest.approx(1.0 if counts else sd)
    half = 0.5 * room[2] / 3 if counts else np.zeros(3)
    np.testing.assert_allclose(room[1], np.array([4, 9, 2]) + half)  # half a count among all
    assert beta.tolist() == [pytest.approx(math.log(mean) if counts else mean), 0, 0, 0]
    np.testing.assert_allclose(least, np.array([0, 0.25, 1, 1]) / scale**2)
    expectations.prepare(np.ones((3, 3)), 3, False, beta, least)
    assert least.tolist() == [0.0] * 4  # of what does not vary


def test_memory_heeds_no_residual_beyond_two_and_a_half():
    means, parts = np.full(8, 4.0), np.array([2.0, 0.0, 0.0, 0.0])
    values, ages = np.array([4.0, 6, 1, 40, 5, 0, 9, 8]), np.arange(8, 0, -1.0)
    z = np.clip((values - 4) / math.sqrt(8), -2.5, 2.5)
    size = math.sqrt((z**2).mean())
    mean, share = remember(z / size, ages, 8)
    told = expectations.recall(np.array([ages, values, np.ones(8)]), 8, means, parts)
    assert told == (pytest.approx(mean * size), pytest.approx(share))
    told = expectations.recall(np.array([ages, means, np.ones(8)]), 8, means, parts)
    assert told[0] == 0.0


@pytest.mark.parametrize("value", [0.0, 3.0, 12.0, 90.0, NAN])
@pytest.mark.parametrize(("mean", "spread"), [(8.0, 8.0), (8.0, 30.0), (0.2, 0.9)])
def test_bounds_of_counts_are_quantiles_as_far_out_as_student_s(value, mean, spread):
    out, df, phi = np.full(9, -7.0), 20.0, spread / mean
    expectations.bounds_of(value, mean, spread, df, 0.01, True, out)
    tail = stats.norm.sf(expectations.stretch(stats.norm.isf(0.01), df))
    middle = expectations.middle_quantile
    expected = [mean, max(0.0, middle(tail, mean, phi)), middle(1 - tail, mean, phi)]
    assert out[:3].tolist() == pytest.approx(expected)
    if value != value:
        assert out[3] == -7.0
    elif value == 0.0:
        assert out[3] == 1.0
    else:
        above = max(1 - count_cdf(value - 1, mean, phi), 1e-15)
        t = stats.norm.isf(above)
        assert out[3] == pytest.approx(stats.norm.sf(expectations.shrink(t, df)), rel=1e-6)


@pytest.mark.parametrize("value", [0.0, 9.0, -30.0, NAN])
def test_bounds_of_numbers_are_student_s(value):
    out = np.full(9, -7.0)
    expectations.bounds_of(value, 2.0, 25.0, 30.0, 0.02, False, out)
    reach = 5 * stats.t.isf(0.02, 30)
    assert out[:3].tolist() == pytest.approx([2.0, 2 - reach, 2 + reach], rel=2e-3)
    if value == value:
        assert out[3] == pytest.approx(stats.t.sf((value - 2) / 5, 30), rel=5e-3)
    else:
        assert out[3] == -7.0
    expectations.bounds_of(value, 2.0, 0.0, 30.0, 0.02, False, out)
    assert out[:3].tolist() == [2, 2, 2]
    assert value != value or out[3] == 1.0


@pytest.mark.parametrize(("n", "period", "params"), [
    (12, 12, 4), (23, 12, 4), (24, 12, 6), (35, 12, 6), (36, 12, 8), (60, 12, 8),
    (14, 2, 2), (21, 3, 4), (28, 4, 4), (30, 5, 6), (30, 6, 6), (30, 7, 8),
])  # fmt: skip
def test_a_year_of_the_past_buys_a_harmonic(n, period, params):
    row = np.random.default_rng(n).poisson(20, n + 1)
    told = facts_of(row, period=period)
    assert np.isfinite(told[9:]).sum() == params
    assert np.isfinite(told[9 : 9 + params]).all()
    assert told[7] == n


@pytest.mark.parametrize("whole", [True, False])
def test_expectations_are_of_seven_years_and_of_what_has_exposure(whole):
    rng = np.random.default_rng(3)
    row, exposure = rng.poisson(20, 43).astype(float), rng.uniform(0.5, 2, 43)
    told = facts_of(row, exposure, 5, whole)
    assert (told[7], told[8]) == (35, whole)
    early = row.copy()
    early[:7] = 999.5
    np.testing.assert_array_equal(facts_of(early, exposure, 5, whole), told)
    early[7] = 999
    assert facts_of(early, exposure, 5, whole)[0] != told[0]
    gaps = row.copy()
    gaps[[9, 20]] = NAN
    without = exposure.copy()
    without[[9, 20]] = 0.0, -1.0
    np.testing.assert_array_equal(
        facts_of(gaps, exposure, 5, whole), facts_of(row, without, 5, whole)
    )
    assert facts_of(gaps, exposure, 5, whole)[7] == 33
    without = exposure.copy()
    without[-1] = 0.0
    nothing = facts_of(row, without, 5, whole)
    assert np.isnan(nothing[[0, 1, 2, 3, 4, 5, 6, *range(9, 17)]]).all()
    assert (nothing[7], nothing[8]) == (35, whole)


def test_expectations_follow_the_unit_of_exposure_and_of_numbers():
    rng = np.random.default_rng(5)
    exposure = rng.uniform(0.5, 2, 40)
    for row, whole in ((rng.poisson(20 * exposure).astype(float), True),
                       (exposure * rng.normal(3, 9, 40), False)):  # fmt: skip
        told = facts_of(row, exposure, 12, whole)
        other = facts_of(row, 3 * exposure, 12, whole)
        np.testing.assert_allclose(other[:9], told[:9], rtol=1e-6)
        changed = told[9] - math.log(3) if whole else told[9] / 3
        assert other[9] == pytest.approx(changed, rel=1e-6)
        np.testing.assert_allclose(other[10:], told[10:], rtol=1e-6)
        now = np.array([1.0, *[0.0, 1.0] * 7][: np.isfinite(told[9:]).sum()])
        level = told[9 : 9 + len(now)] @ now
        if whole:  # what memory makes of the level now
            assert told[0] == pytest.approx(exposure[-1] * math.exp(level) * told[5])
        scaled = facts_of(-5 * row, exposure, 12, False)
        plain = facts_of(row, exposure, 12, False)
        assert plain[8] == 0
        assert scaled[[0, 2, 1]].tolist() == pytest.approx((-5 * plain[:3]).tolist(), rel=1e-5)
        assert scaled[3] == pytest.approx(1 - plain[3], rel=1e-5)
        assert scaled[4] == pytest.approx(25 * plain[4], rel=1e-5)
        assert scaled[[5, 6, 7]].tolist() == pytest.approx([-5 * plain[5], *plain[6:8]], rel=1e-5)


def test_steps_that_are_not_used_have_no_weight():
    rng = np.random.default_rng(6)
    row, exposure = rng.poisson(20, 43).astype(float), np.ones(43)
    row[[10, 30]], row[20], exposure[25] = NAN, 200.0, 0.0
    weights = expectations.past_weights.interpreted(row, exposure, 5, True)
    unknown = {*range(7), 10, 25, 30, 42}
    assert set(np.flatnonzero(np.isnan(weights))) == unknown
    assert weights[20] < 0.4
    rest = np.delete(weights, [20, *unknown])
    assert ((rest > 0.3) & (rest <= 1)).all()
    assert (rest == 1).mean() > 0.8
    short = expectations.past_weights.interpreted(row[:12], exposure[:12], 5, True)
    assert np.isnan(short).all()


@pytest.mark.parametrize("whole", [True, False])
def test_what_was_high_of_late_is_expected_to_stay_so(whole):
    row = 30 + 4.0 * np.cos(np.arange(49)).round()
    for shift in (9.0, -9.0):
        late = row.copy()
        late[-6:] += shift
        memory = facts_of(late, whole=whole)[5]
        assert 2 < abs(memory) < 9 if not whole else 1.05 < memory ** np.sign(shift) < 1.4
        assert (memory > (1 if whole else 0)) == (shift > 0)
