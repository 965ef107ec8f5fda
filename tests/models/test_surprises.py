"""Chances of records and streaks: against every order there is, by hand, and by simulation."""

from __future__ import annotations

import itertools
import math
import sys
from fractions import Fraction
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import trends
from trends.errors import BadOption, MonthOutside, NoValues, TooShort, UnknownOption
from trends.models import _exchangeability as tests_of_order
from trends.models import _occurrences as occur
from trends.models import _record_chances as chances
from trends.models.surprises import fit_surprise
from trends.panel import Anomaly, Panel

VALIDITY = Path(__file__).resolve().parents[2] / "benchmarks" / "validity"


def orders(n: int) -> np.ndarray:
    return np.array(list(itertools.permutations(range(n))), dtype=float)


def lower_before(row: tuple[float, ...], t: int) -> int:
    """Values just before t that are lower."""
    return sum(1 for s in range(t) if all(row[u] < row[t] for u in range(s, t)))


def rises_at(row: tuple[float, ...], t: int) -> int:
    return sum(1 for s in range(t) if all(row[u] < row[u + 1] for u in range(s, t)))


@pytest.mark.parametrize("n", range(1, 7))
def test_every_chance_equals_a_count_over_all_orders(n: int) -> None:
    rows = list(itertools.permutations(range(n)))
    total = len(rows)
    assert chances.record_chance(n) == pytest.approx(
        sum(row[-1] == n - 1 for row in rows) / total, abs=1e-14
    )
    for span in range(1, n + 1):
        searched = range(n - span, n)
        for size in range(n + 1):
            since = sum(any(lower_before(row, t) >= size for t in searched) for row in rows)
            streak = sum(any(rises_at(row, t) >= size for t in searched) for row in rows)
            found = chances.any_since_chance(size, n, span=span)
            assert found == pytest.approx(since / total, abs=1e-14)
            found = chances.any_streak_chance(size, n, span=span)
            assert found == pytest.approx(streak / total, abs=1e-14)
        for least in range(1, n + 1):
            record = sum(
                any(t >= least and lower_before(row, t) == t for t in searched) for row in rows
            )
            found = chances.any_record_chance(n, least=least, span=span)
            assert found == pytest.approx(record / total, abs=1e-14)


def test_eight_values_too() -> None:
    rows = orders(8)
    for size in range(1, 8):
        at_end, anywhere = occur.occurrences(rows, "streak", size, 1, 8)
        assert chances.streak_chance(size) == pytest.approx(at_end.mean(), abs=1e-14)
        assert chances.any_streak_chance(size, 8) == pytest.approx(anywhere.mean(), abs=1e-14)
        at_end, anywhere = occur.occurrences(rows, "since", size, 1, 8)
        assert chances.since_chance(size) == pytest.approx(at_end.mean(), abs=1e-14)
        assert chances.any_since_chance(size, 8) == pytest.approx(anywhere.mean(), abs=1e-14)


@pytest.mark.parametrize(("rises", "n"), [(1, 30), (2, 36), (3, 36), (5, 120), (11, 60), (20, 300)])
def test_streaks_equal_exact_fractions(rises: int, n: int) -> None:
    # the series of David and Barton, in whole numbers, of the orders without such a streak
    r = rises + 1
    none: list[Fraction] = []
    for i in range(n + 1):
        value = Fraction(i == 0)
        for j in range(1, i + 1):
            if j % r == 0:
                value -= none[i - j] / math.factorial(j)
            elif j % r == 1:
                value += none[i - j] / math.factorial(j)
        none.append(value)
    exact = float(1 - none[n])
    assert chances.any_streak_chance(rises, n) == pytest.approx(exact, rel=1e-12)


@pytest.mark.parametrize(("lower", "n"), [(1, 12), (5, 36), (11, 120), (40, 500)])
def test_since_equals_exact_fractions(lower: int, n: int) -> None:
    none = [Fraction(1)] * (lower + 1)
    for i in range(lower + 1, n + 1):
        none.append(sum(none[i - lower : i], Fraction(0)) / i)
    exact = float(1 - none[n])
    assert chances.any_since_chance(lower, n) == pytest.approx(exact, rel=1e-12)


def test_the_third_rise_in_a_row_is_4_percent_in_a_month_and_71_in_three_years() -> None:
    assert chances.streak_chance(3) == pytest.approx(1 / 24, rel=1e-15)
    assert round(chances.streak_chance(3), 2) == 0.04
    assert round(chances.any_streak_chance(3, 36), 2) == 0.71


@pytest.mark.parametrize("n", range(1, 8))
def test_the_number_of_records_has_stirlings_distribution(n: int) -> None:
    rows = orders(n)
    records = np.array([sum(lower_before(tuple(row), t) == t for t in range(1, n)) for row in rows])
    expected = np.bincount(records, minlength=n) / len(rows)
    assert chances.record_count_chances(n) == pytest.approx(expected, abs=1e-14)
    mean, variance = chances.record_count_moments(n)
    assert mean == pytest.approx(records.mean(), abs=1e-12)
    assert variance == pytest.approx(records.var(), abs=1e-12)


def test_the_moments_are_those_of_the_distribution_and_harmonic_numbers() -> None:
    shares = chances.record_count_chances(120, least=12)
    counts = np.arange(len(shares))
    mean, variance = chances.record_count_moments(120, least=12)
    assert shares.sum() == pytest.approx(1, abs=1e-12)
    assert shares @ counts == pytest.approx(mean, abs=1e-12)
    assert shares @ (counts - mean) ** 2 == pytest.approx(variance, abs=1e-12)
    assert 1 - shares[0] == pytest.approx(chances.any_record_chance(120, least=12), abs=1e-12)
    harmonic = sum(1 / i for i in range(1, 37))
    assert chances.record_count_moments(36)[0] == pytest.approx(harmonic - 1, abs=1e-12)


@given(st.integers(1, 60), st.integers(1, 60), st.integers(1, 60))
def test_more_places_make_more_chances_and_larger_findings_fewer(k: int, n: int, span: int) -> None:
    for any_chance in (chances.any_since_chance, chances.any_streak_chance):
        here = any_chance(k, n, span=span)
        assert 0 <= here <= any_chance(k, n + 1, span=span) + 1e-15 <= 1 + 2e-15
        assert here <= any_chance(k, n, span=span + 1) + 1e-15
        assert any_chance(k + 1, n, span=span) <= here + 1e-15
    if n > k:
        assert chances.any_since_chance(k, n, span=1) == pytest.approx(1 / (k + 1), rel=1e-12)
        one = chances.any_streak_chance(k, n, span=1)
        assert one == pytest.approx(chances.streak_chance(k), rel=1e-12)


def test_any_of_several_series() -> None:
    assert chances.in_any_series(0.25, 3) == pytest.approx(1 - 0.75**3, rel=1e-14)
    assert chances.in_any_series(1e-18, 1000) == pytest.approx(1e-15, rel=1e-12)
    assert chances.in_any_series(1.0, 2) == 1.0


@pytest.mark.parametrize("n", range(2, 7))
def test_foster_stuart_equals_a_count_over_all_orders(n: int) -> None:
    rows = orders(n)
    all_of = [tests_of_order.foster_stuart(row) for row in rows]
    d, s = np.array([each.d for each in all_of]), np.array([each.s for each in all_of])
    for each in all_of[:: max(1, len(all_of) // 50)]:
        assert each.pvalue_d == pytest.approx((abs(d) >= abs(each.d)).mean(), abs=1e-12)
        assert each.pvalue_s == pytest.approx((s >= each.s).mean(), abs=1e-12)


def test_the_variance_of_d_is_that_of_foster_and_stuart() -> None:
    shares = tests_of_order.difference_chances(36)
    d = np.arange(-35, 36)
    assert shares @ d == pytest.approx(0, abs=1e-12)
    assert shares @ d**2 == pytest.approx(2 * sum(1 / i for i in range(2, 37)), abs=1e-12)


@pytest.mark.parametrize("n", [5, 6, 7])
def test_the_moments_of_the_rank_autocorrelation(n: int) -> None:
    rows = orders(n) - (n - 1) / 2
    found = (rows[:, 1:] * rows[:, :-1]).sum(1) / (rows[0] @ rows[0])
    mean, variance = tests_of_order.lag_one_moments(n)
    assert found.mean() == pytest.approx(mean, abs=1e-12)
    assert found.var() == pytest.approx(variance, abs=1e-12)


def test_the_season_test_equals_that_of_statsmodels() -> None:
    import statsmodels.api as sm

    rng = np.random.default_rng(2)
    at = np.arange(40)
    ranks = rng.permutation(40) + 1.0
    line = sm.add_constant(at.astype(float))
    full = sm.OLS(ranks, np.hstack([line, tests_of_order.harmonics(at)])).fit()
    expected = full.compare_f_test(sm.OLS(ranks, line).fit())[1]
    assert tests_of_order._season_pvalue(ranks, at) == pytest.approx(expected, rel=1e-9)


def test_ties_make_it_rarer_and_the_chances_bounds() -> None:
    rng = np.random.default_rng(5)
    rows = rng.poisson(2, (4000, 36)).astype(float)
    for finding, size, exact in (
        ("record", 35, (chances.record_chance(36), chances.any_record_chance(36, least=12))),
        ("since", 20, (chances.since_chance(20), chances.any_since_chance(20, 36))),
        ("streak", 3, (chances.streak_chance(3), chances.any_streak_chance(3, 36))),
    ):
        # the coupling that the docs name: what happens with ties happens with them broken too
        broken = rows + rng.random(rows.shape) * 1e-6
        tied = occur.occurrences(rows, finding, size, 12, 36)
        free = occur.occurrences(broken, finding, size, 12, 36)
        for events, without, chance in zip(tied, free, exact, strict=True):
            assert not (events & ~without).any()
            assert events.mean() < chance


@given(
    st.lists(st.sampled_from([0.0, 1, 2, 3, 4, math.nan]), min_size=2, max_size=20),
    st.integers(1, 6),
    st.integers(1, 20),
    st.integers(1, 5),
)
@settings(max_examples=200)
def test_occurrences_are_findings_of_every_prefix(
    row: list[float], size: int, span: int, least: int
) -> None:
    values = np.array(row)
    for finding in ("record", "since", "streak"):
        found = [occur.size_at_end(values[: t + 1], finding, least) for t in range(len(row))]
        needed = 1 if finding == "record" else size
        at_end, anywhere = occur.occurrences(values[None], finding, size, least, span)
        if len(row) > size:
            assert at_end[0] == (found[-1] >= needed)
        else:
            assert finding == "record" or not at_end.size or not at_end[0]
        assert anywhere[0] == any(each >= needed for each in found[max(0, len(row) - span) :])


# --- fit_surprise ------------------------------------------------------------------------------
def monthly(values: list[float], first: str = "2022-01") -> pd.Series:
    return pd.Series(values, pd.period_range(first, periods=len(values), freq="M"), name="x")


def noise(n: int = 36, seed: int = 4) -> np.ndarray:
    return np.random.default_rng(seed).standard_normal(n)


def test_both_chances_are_in_the_summary() -> None:
    values = noise()
    values[-4:] = [0.0, 0.1, 0.2, 0.3]
    found = fit_surprise(monthly(list(values)), finding="streak", null="exchangeable")
    assert found.size == 3 + int(values[-5] < 0)
    assert found.at_this_month == chances.streak_chance(found.size)
    assert found.anywhere == chances.any_streak_chance(found.size, 36)
    assert "in this month with chance 4.2%" in found.summary()
    assert "somewhere in 36 months with chance 71%" in found.summary()
    assert found.frame()["scope"].tolist() == ["this month", "anywhere"]
    many = fit_surprise(monthly(list(values)), finding="streak", null="exchangeable", n_series=5)
    assert many.anywhere == pytest.approx(1 - (1 - found.anywhere) ** 5)
    assert "of 5 series" in many.summary()


def test_gaps_end_streaks_and_part_the_places_searched() -> None:
    values = noise(30)
    values[10] = np.nan
    values[-3:] = [10.0, 11.0, 12.0]
    found = fit_surprise(values, finding="streak", null="exchangeable", span=25)
    k = found.size
    # places 5 ... 9 with the ten values before the gap, and all nineteen after it
    none = (1 - chances.any_streak_chance(k, 10, span=5)) * (1 - chances.any_streak_chance(k, 19))
    assert found.anywhere == pytest.approx(1 - none, rel=1e-12)
    record = fit_surprise(values, null="exchangeable")
    assert (record.size, record.at_this_month) == (28, 1 / 29)
    assert fit_surprise(values, finding="since", null="exchangeable").size == 18


def test_the_mirror_image() -> None:
    values = noise(40)
    values[-1] = values.max() + 1
    for finding, up, down in (("record", "high", "low"), ("streak", "rise", "fall")):
        one = fit_surprise(values, finding=finding, direction=up, null="exchangeable")
        other = fit_surprise(-values, finding=finding, direction=down, null="exchangeable")
        assert one.chances == other.chances
        assert one.size == other.size > 0
        made = fit_surprise(-values, finding=finding, direction=down, null="trend")
        assert made.at_this_month == pytest.approx(
            fit_surprise(values, finding=finding, direction=up, null="trend").at_this_month,
            abs=0.03,
        )


def test_nothing_later_is_looked_at() -> None:
    values = np.exp(0.05 * np.arange(60) + 0.3 * noise(60))
    whole = fit_surprise(monthly(list(values)), "2025-06", finding="since")
    cut = fit_surprise(monthly(list(values[:42])), finding="since")
    assert whole.chances == cut.chances
    assert whole.pvalues == cut.pvalues
    assert whole.summary() == cut.summary()
    assert fit_surprise(values, 41, finding="since").size == whole.size


def test_a_record_under_growth_is_no_surprise() -> None:
    values = np.exp(0.08 * np.arange(48) + 0.3 * noise(48, 1))
    values[-1] = values.max() * 1.01
    found = fit_surprise(values)
    assert found.null == "trend"
    assert found.exchangeable < 0.001
    assert found.chances[0].at_this_month == 1 / 48
    assert found.at_this_month > 0.2
    assert found.summary().endswith("Not rare.")
    again = fit_surprise(values)
    assert again.chances == found.chances  # seeded
    assert fit_surprise(values, seed=1).chances != found.chances
    assert 0 < found.chances[1].error < 0.006


def test_made_up_series_agree_with_a_known_truth() -> None:
    # a random order is the ar model with coefficient 0, which a long series settles
    values = noise(800, 9)
    values[-1] = values.max() + 0.1
    found = fit_surprise(values, finding="since", null="ar", span=36, replicates=4000)
    assert found.at_this_month < 0.01
    streak = noise(800, 9)
    streak[-4:] = [-1.0, -0.5, 0.0, 0.5]
    found = fit_surprise(streak, finding="streak", null="ar", span=36, replicates=20_000)
    assert found.size == 3
    assert found.at_this_month == pytest.approx(1 / 24, abs=0.01)
    # 36 places with enough before them: four errors, and what the coefficient leaves open
    exact = chances.any_streak_chance(3, 800, span=36)
    assert found.anywhere == pytest.approx(exact, abs=4 * found.chances[1].anywhere_error + 0.04)


def test_a_season_is_found_and_made_up() -> None:
    at = np.arange(60)
    values = 100 + 50 * np.sin(2 * np.pi * at / 12) + 5 * noise(60)
    found = fit_surprise(monthly(list(values)), "2026-04", finding="streak")
    assert found.null == "season"
    assert found.size >= 3
    assert found.at_this_month > 3 * found.chances[0].at_this_month


def test_a_month_without_a_finding_is_no_surprise() -> None:
    for values in (list(np.zeros(20)), [5.0] * 30, list(range(20, 0, -1))):
        for finding in ("record", "since", "streak"):
            found = fit_surprise(values, finding=finding)
            assert not found.found
            assert (found.at_this_month, found.anywhere) == (1.0, 1.0)
            assert "Rare" not in found.summary()
    # equal to the highest: a tie
    assert not fit_surprise([*range(14), 13]).found
    # thirteen months are needed before one can be a record
    assert not fit_surprise(list(range(12))).found
    assert fit_surprise(list(range(13))).found


def test_series_that_models_cannot_love() -> None:
    line = fit_surprise([float(t) for t in range(40)])  # no noise at all
    assert line.at_this_month == pytest.approx(1, abs=0.01)
    assert fit_surprise([3.0 * t - 50 for t in range(40)]).at_this_month > 0.99
    negative = fit_surprise(-np.exp(0.1 * np.arange(30)), direction="low", null="trend")
    assert np.isfinite(negative.at_this_month)
    spike = fit_surprise([0.0] * 30 + [1000.0])
    assert spike.chances[0].at_this_month == 1 / 31
    short = fit_surprise([1.0, 2.0], finding="streak")
    assert (short.at_this_month, short.null) == (0.5, "exchangeable")
    assert "Too few values" in short.summary()


def test_bad_input_is_refused() -> None:
    for wrong in ({"finding": "best"}, {"null": "walk"}, {"direction": "rise"}):
        with pytest.raises(UnknownOption):
            fit_surprise(noise(), **wrong)
    for wrong in ({"span": 0}, {"n_series": 0}, {"replicates": 5}, {"seed": -1}, {"least": True}):
        with pytest.raises(BadOption):
            fit_surprise(noise(), **wrong)
    with pytest.raises(TooShort):
        fit_surprise([1.0])
    with pytest.raises(TooShort):
        fit_surprise(noise(10), null="ar")
    with pytest.raises(BadOption, match="months"):
        fit_surprise(noise(40), null="season")
    with pytest.raises(NoValues):
        fit_surprise([math.nan] * 5)
    with pytest.raises(MonthOutside):
        fit_surprise(monthly(list(noise())), "2030-01")
    with pytest.raises(MonthOutside):
        fit_surprise([1.0, math.nan, 2.0, 3.0], 1)
    with pytest.raises(TooShort):
        fit_surprise([1.0, 2.0, 3.0], 0)
    for call in (
        lambda: chances.record_chance(0),
        lambda: chances.any_streak_chance(-1, 3),
        lambda: chances.any_since_chance(2, 3, span=0),
        lambda: chances.in_any_series(0.1, 0),
        lambda: chances.streak_chance(2.0),  # type: ignore[arg-type]
    ):
        with pytest.raises(BadOption):
            call()


def test_months_that_an_anomaly_excludes_take_no_part() -> None:
    months = pd.period_range("2024-01", periods=20, freq="M")
    values = np.arange(20.0)
    values[5] = 1000.0
    odd = Anomaly(months[5], months[5], "double count", "Twice.", excluded_from=("records",))
    plain = Panel(values[None], months, ["x"])
    marked = Panel(values[None], months, ["x"], anomalies=(odd,))
    assert not fit_surprise(plain).found
    assert fit_surprise(marked).size == 18
    assert fit_surprise(marked, finding="streak").size == 13  # only records leave it out


def test_the_bundled_series() -> None:
    drones = trends.load("drones-launched")
    found = fit_surprise(drones, "2025-06")
    assert found.chances[0].at_this_month == 1 / 33
    assert found.null == "trend"
    assert 0.25 < found.at_this_month < 0.37
    assert found.summary().endswith("Not rare.")
    territory = fit_surprise(trends.load("territory-gain-afp"), "2025-06", finding="streak")
    assert territory.size == 3
    assert territory.chances[0].at_this_month == pytest.approx(1 / 24)
    assert "18 months show only strong departures" in territory.summary()


def test_the_simulated_promises_hold_on_a_small_scale(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(VALIDITY))
    for name in ("promises", "series", "sim_surprises"):
        monkeypatch.delitem(sys.modules, name, raising=False)
    import sim_surprises

    rows = sim_surprises.rows(0.03)
    assert [row.what for row in rows if row.verdict == "not met"] == []
    # the same counts catch a chance that ignores growth, so they can fail
    told = {row.what: row.share for row in rows if row.verdict == "told"}
    assert max(told.values()) > 0.07
