"""The total of a month that is not over: the filter, the draws, and what is refused."""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from trends import load
from trends.errors import BadOption, BadValue, MissingColumns, TooShort, WrongKind
from trends.kernels.nowcasts import CELLS, DRIFTS, SIZES, log_rate_states
from trends.models._dailies import weekday_factors
from trends.models.nowcasts import fit_delays, fit_nowcast
from trends.panel import Panel

VALIDITY = Path(__file__).resolve().parents[2] / "benchmarks" / "validity"


def daily(n: int = 400, mean: float = 40.0, size: float = 3.0, seed: int = 1) -> pd.Series[float]:
    """Negative binomial days that end on 10 June 2025."""
    days = pd.period_range(end="2025-06-10", periods=n, freq="D")
    counts = np.random.default_rng(seed).negative_binomial(size, size / (size + mean), n)
    return pd.Series(counts.astype(float), days, name="drones")


def amounts(n: int = 400, seed: int = 2) -> pd.Series[float]:
    days = pd.period_range(end="2025-06-10", periods=n, freq="D")
    noise = np.random.default_rng(seed).standard_t(4, n)
    return pd.Series(10 + 6 * noise, days, name="km2")


def monthly(values: list[float], days: int, **about: str) -> Panel:
    months = pd.period_range(end="2025-06", periods=len(values), freq="M")
    observed = np.append(months.days_in_month[:-1], days)
    return Panel([values], months, ["drones"], observed_days=observed, **about)


# --- the filter --------------------------------------------------------------------------------


def by_grid(values, weights, drift, size):
    """Posterior mean and sd of the log rate and the log evidence, by brute force on a grid."""
    x = np.linspace(-4, 9, 6501)
    first = values[:28]
    known = ~np.isnan(first)
    start = np.log(first[known].sum() / weights[:28][known].sum())
    belief = stats.norm.pdf(x, start, 2.0)
    belief /= belief.sum()
    width = int(np.ceil(8 * drift / (x[1] - x[0])))
    step = stats.norm.pdf(np.arange(-width, width + 1) * (x[1] - x[0]), 0, drift)
    step /= step.sum()
    evidence = 0.0
    for t, (value, weight) in enumerate(zip(values, weights, strict=True)):
        if t:
            belief = np.convolve(belief, step, "same")
        if np.isnan(value):
            continue
        mean = weight * np.exp(x)
        belief = belief * stats.nbinom.pmf(value, size, size / (size + mean))
        evidence += np.log(belief.sum())
        belief /= belief.sum()
    mean = float(belief @ x)
    return mean, float(np.sqrt(belief @ (x - mean) ** 2)), evidence


def test_the_filter_is_near_to_brute_force() -> None:
    values = daily(120, 12.0).to_numpy(copy=True)
    values[[20, 21, 70]] = np.nan
    weights = np.tile([1.2, 0.8, 1.0, 0.9, 1.1, 1.3, 0.7], 18)[:120]
    states = log_rate_states(values, weights, np.ones(120), 1.0).reshape(CELLS, 3)
    cells = [(j, i) for j in (4, 5, 7) for i in (1, 3, 4)]
    found, slow = [], []
    for j, i in cells:
        mean, variance, weight = states[j * len(DRIFTS) + i]
        grid = by_grid(values, weights, DRIFTS[i], SIZES[j])
        assert mean == pytest.approx(grid[0], abs=0.008)
        assert np.sqrt(variance) == pytest.approx(grid[1], rel=0.05)
        found.append(weight)
        slow.append(grid[2])
    # the weights lack what all cells share
    np.testing.assert_allclose(np.subtract(found, found[0]), np.subtract(slow, slow[0]), atol=0.3)


@pytest.mark.parametrize(
    "values",
    [np.zeros(60), np.full(60, 1e7), np.full(60, np.nan), np.array([3.0]), daily(90).to_numpy()],
    ids=["zeros", "huge", "unknown", "one", "days"],
)
def test_the_filter_gives_equal_bits_and_finite_numbers(values) -> None:
    ones = np.ones(len(values))
    states = log_rate_states.interpreted(values, ones, ones, 0.996)
    assert np.isfinite(states).all()
    np.testing.assert_array_equal(log_rate_states.compiled(values, ones, ones, 0.996), states)


def test_unknown_days_only_add_drift() -> None:
    values = daily(100).to_numpy()
    ones = np.ones(101)
    states = log_rate_states(values, ones[:100], ones[:100], 1.0).reshape(CELLS, 3)
    later = log_rate_states(np.append(values, np.nan), ones, ones, 1.0).reshape(CELLS, 3)
    np.testing.assert_array_equal(later[:, [0, 2]], states[:, [0, 2]])
    drift = np.tile(DRIFTS, len(SIZES)) ** 2
    np.testing.assert_allclose(later[:, 1] - states[:, 1], drift, rtol=1e-6)


def test_weekdays_are_found_where_there_are_any() -> None:
    weekdays = np.arange(364) % 7
    truth = np.array([0.5, 0.8, 1.0, 1.0, 1.1, 1.2, 1.4])
    rng = np.random.default_rng(3)
    found = weekday_factors(rng.poisson(50 * truth[weekdays]).astype(float), weekdays)
    np.testing.assert_allclose(found, truth / truth.mean(), rtol=0.08)
    none = weekday_factors(rng.negative_binomial(2, 0.04, 364).astype(float), weekdays)
    assert np.abs(none - 1).max() < 0.15
    assert found.mean() == pytest.approx(1)
    np.testing.assert_array_equal(weekday_factors(np.ones(30), weekdays[:30]), np.ones(7))


# --- days --------------------------------------------------------------------------------------


def test_counts_stay_whole_and_at_or_above_what_is_seen() -> None:
    days = daily()
    found = fit_nowcast(days, "2025-06")
    assert found.counts
    assert found.observed == days["2025-06"].sum()
    assert found.observed_days == 10
    assert (found.draws >= found.observed).all()
    assert (found.draws == np.floor(found.draws)).all()
    assert not found.draws.flags.writeable


def test_steady_days_go_on_as_they_were() -> None:
    days = daily(mean=1000.0, size=500.0)
    found = fit_nowcast(days, "2025-06")
    assert found.point == pytest.approx(found.observed + 20 * days.mean(), rel=0.03)
    low, high = found.conf_int()
    # no narrower than the noise of the 20 days, no wider than three times that
    noise = 2 * 1.645 * np.sqrt(20 * (1000 + 1000**2 / 500))
    assert 0.9 * noise < high - low < 3 * noise


@pytest.mark.parametrize("days", [daily(), amounts()], ids=["counts", "amounts"])
def test_nothing_later_is_looked_at(days) -> None:
    later = pd.period_range("2025-06-11", "2025-07-20", freq="D")
    longer = pd.concat([days, pd.Series(1e4, later)])
    found = fit_nowcast(days, "2025-06")
    for again in (
        fit_nowcast(longer, "2025-06", as_of="2025-06-10"),
        fit_nowcast(days.set_axis(days.index.to_timestamp()), "2025-06"),
        fit_nowcast(days.iloc[::-1], "2025-06"),
        fit_nowcast(days.rename("value").to_frame(), "2025-06"),
    ):
        np.testing.assert_array_equal(again.draws, found.draws)
        pd.testing.assert_frame_equal(again.like_for_like, found.like_for_like)
    assert (fit_nowcast(days, "2025-06", seed=1).draws != found.draws).any()


def test_levels_are_taken_by_their_differences() -> None:
    flow = amounts()
    stock = pd.concat([pd.Series([5000.0], [flow.index[0] - 1]), flow]).cumsum()
    found = fit_nowcast(stock, "2025-06", kind="stock")
    assert found.observed == pytest.approx(flow["2025-06"].sum())
    np.testing.assert_allclose(found.draws, fit_nowcast(flow, "2025-06").draws, rtol=1e-9)


def test_amounts_move_with_shift_and_scale() -> None:
    days = amounts()
    found = fit_nowcast(days, "2025-06")
    assert not found.counts
    other = fit_nowcast(3 * days - 20, "2025-06")
    np.testing.assert_allclose(other.draws, 3 * found.draws - 20 * 30, rtol=1e-9)


def test_unknown_days_are_to_come_and_not_zero() -> None:
    days = daily(mean=1000.0, size=500.0)
    holes = days.drop(days.index[[-3, -5]])
    found = fit_nowcast(holes, "2025-06")
    assert found.observed_days == 8
    assert found.point == pytest.approx(fit_nowcast(days, "2025-06").point, rel=0.03)
    assert "2 days have no row" in found.notes[0]
    nan = fit_nowcast(days.mask(~days.index.isin(holes.index)), "2025-06")
    np.testing.assert_array_equal(nan.draws, found.draws)


def test_like_for_like_is_the_same_days_of_earlier_months() -> None:
    days = daily()
    frame = fit_nowcast(days, "2025-06").like_for_like
    assert frame.index[-1] == pd.Period("2025-05", "M")
    for month, row in frame.iterrows():
        own = days[str(month)]
        assert row["same_days"] == own[own.index.day <= 10].sum()
        assert row["total"] == own.sum()
    # the first month of the data is not whole
    assert days.index[0].day > 1
    assert days.index[0].asfreq("M") not in frame.index
    # a day that February lacks is not looked for in it
    whole = fit_nowcast(days[:"2025-05-30"], "2025-05").like_for_like
    assert whole.loc["2025-02", "same_days"] == days["2025-02"].sum()


def test_interval_chance_and_words() -> None:
    found = fit_nowcast(daily(), "2025-06")
    low, high = found.conf_int()
    inner = found.conf_int(0.5)
    assert low < inner[0] < found.point < inner[1] < high
    assert found.chance(above=high) <= 0.05
    assert found.chance(above=low, up_to=high) == pytest.approx(0.9, abs=0.02)
    assert found.chance() == 1
    assert "on pace for" in found.summary()
    assert "The first 10 days of May 2025 brought" in found.summary()
    assert "will" not in found.summary()
    with pytest.raises(BadOption, match="between 0 and 1"):
        found.conf_int(1.0)


def test_dull_series_say_little_and_crash_nothing() -> None:
    days = daily()
    zeros = fit_nowcast(days * 0, "2025-06")
    assert zeros.point == 0
    assert zeros.conf_int()[1] < 5
    flat = fit_nowcast(days * 0 - 1.5, "2025-06")
    assert flat.insufficient
    assert np.isnan([flat.point, *flat.conf_int(), flat.chance(above=1)]).all()
    assert "insufficient" in flat.summary()
    assert fit_nowcast(days * 0 + 7, "2025-06").point == pytest.approx(210, rel=0.05)


@pytest.mark.parametrize(
    ("change", "options", "error", "words"),
    [
        (lambda d: d[-60:], {}, TooShort, "found 2 months where 3"),
        (lambda d: d[:"2025-05-31"], {}, BadOption, "no day of June 2025"),
        (lambda d: d, {"month": "2025-05"}, BadOption, "May 2025, which is over"),
        (lambda d: d, {"level": 1.0}, BadOption, "level"),
        (lambda d: d, {"kind": "rate"}, BadOption, "kind"),
        (lambda d: d, {"as_of": "soon"}, BadOption, "as_of"),
        (lambda d: d, {"past": daily()}, BadOption, "past"),
        (lambda d: pd.concat([d, d[-1:]]), {}, BadOption, "two values for 2025-06-10"),
        (lambda d: d.mask(d.index == "2025-06-01", np.inf), {}, BadValue, "inf"),
        (lambda d: d.astype(str) + "?", {}, BadOption, "numbers"),
        (lambda d: d.to_frame("y"), {}, MissingColumns, "value"),
        (lambda d: d.reset_index(drop=True), {}, BadOption, "daily"),
        (lambda d: d.to_numpy(), {}, BadOption, "a Panel, Series or DataFrame"),
        (lambda d: d - 0.5, {"late": True}, BadOption, "late"),
    ],
)
def test_what_cannot_be_nowcast_is_refused(change, options, error, words) -> None:
    if options.get("late"):
        now = daily(600)
        options = {"late": fit_delays({"2025-01-01": now[:400], "2025-06-10": now})}
    if options.get("kind"):
        error = ValueError  # an unknown option is told with its choices
    with pytest.raises(error, match=words):
        fit_nowcast(change(daily()), **{"month": "2025-06", **options})


# --- months ------------------------------------------------------------------------------------


def test_a_panel_alone() -> None:
    totals = np.random.default_rng(4).poisson(3000, 29).astype(float)
    found = fit_nowcast(monthly([*totals, 800], 7), "2025-06")
    assert found.observed_days == 7
    assert found.nobs == 29
    low, high = found.conf_int()
    assert 2700 < low < found.point < high < 3500
    assert found.like_for_like.empty
    early = found.draws - 800
    late = fit_nowcast(monthly([*totals, 2900], 28), "2025-06").draws - 2900
    assert np.std(late) < np.std(early) / 3


def test_past_partial_totals_narrow_a_panel() -> None:
    """The first week of each month holds two thirds of it: months alone cannot know."""
    rng = np.random.default_rng(5)
    heads, rest = rng.poisson(2000, 30).astype(float), rng.poisson(1000, 30).astype(float)
    panel = monthly([*(heads + rest)[:-1], heads[-1]], 7)
    past = pd.Series(heads, panel.months)[:-1]
    found = fit_nowcast(panel, "2025-06", past=past)
    pd.testing.assert_series_equal(
        found.like_for_like["same_days"], past.rename("same_days"), check_names=False
    )
    blind = fit_nowcast(panel, "2025-06")
    assert np.ptp(found.conf_int()) != np.ptp(blind.conf_int())
    with pytest.raises(BadOption, match="a part of it"):
        fit_nowcast(panel, "2025-06", past=past * 5)
    with pytest.raises(BadOption, match="monthly PeriodIndex"):
        fit_nowcast(panel, "2025-06", past=[1, 2])


def test_net_amounts_of_a_panel_may_be_negative() -> None:
    flows = 20 + 100 * np.random.default_rng(6).standard_normal(30)
    found = fit_nowcast(monthly([*flows[:-1], -40.0], 10, unit="km2"), "2025-06")
    assert not found.counts
    assert found.draws.min() < 0 < found.draws.max()
    months = pd.period_range(end="2025-05", periods=24, freq="M")
    steady = [*(-3.0 * months.days_in_month), -30.0]
    assert fit_nowcast(monthly(steady, 10, unit="km2"), "2025-06").insufficient


@pytest.mark.parametrize(
    ("panel", "error", "words"),
    [
        (monthly([5.0] * 10 + [1.0], 7), TooShort, "10 months where 12"),
        (monthly([5.0] * 20, 30), BadOption, "which is over"),
        (monthly([5.0] * 20 + [1.0], 7, kind="stock"), WrongKind, "flow"),
        (
            Panel(
                np.ones((2, 20)),
                pd.period_range(end="2025-06", periods=20, freq="M"),
                ["a", "b"],
                observed_days=monthly([5.0] * 20, 7).observed_days,
            ),
            BadOption,
            "2 series",
        ),
    ],
)
def test_what_no_panel_can_tell_is_refused(panel, error, words) -> None:
    with pytest.raises(error, match=words):
        fit_nowcast(panel, "2025-06")


def test_options_of_days_are_refused_for_a_panel() -> None:
    panel = monthly([5.0] * 20 + [1.0], 7)
    for options in ({"as_of": "2025-06-07"}, {"kind": "stock"}):
        with pytest.raises(BadOption, match="goes with daily data"):
            fit_nowcast(panel, "2025-06", **options)


def test_the_last_bundled_month() -> None:
    found = fit_nowcast(load("drones-launched"), "2026-06")
    assert (found.observed, found.observed_days) == (2136, 7)
    low, high = found.conf_int()
    assert 4000 < low < 2136 / 7 * 30 < high < 20_000


# --- late reports and revisions ------------------------------------------------------------------


def test_delays_do_not_fall_and_are_those_that_were_planted() -> None:
    rng = np.random.default_rng(7)
    now = daily(400, mean=200.0)
    truth = np.array([0.5, 0.8, 0.95])
    vintages = {}
    for end in range(150, 370, 5):
        then = now[:end].copy()
        then.iloc[-3:] = rng.binomial(then.iloc[-3:].astype(int), truth[::-1])
        vintages[str(then.index[-1])] = then
    vintages["2025-06-11"] = now
    found = fit_delays(vintages, max_age=6)
    np.testing.assert_allclose(found.params, [*truth, 1, 1, 1], atol=0.03)
    assert (np.diff(found.params) >= 0).all()
    assert found.nobs == 44
    np.testing.assert_array_equal(found.reported(8)[:5], np.ones(5))
    np.testing.assert_array_equal(found.reported(2), found.params.to_numpy()[1::-1])
    assert "% after 0 days" in found.summary()


def test_pooled_shares_are_an_isotonic_regression() -> None:
    from scipy.optimize import isotonic_regression

    from trends.models._delays import _rising

    rng = np.random.default_rng(8)
    now = rng.integers(1, 50, 20).astype(float)
    then = np.floor(now * rng.uniform(0.2, 1, 20))
    expected = isotonic_regression(then / now, weights=now).x
    np.testing.assert_allclose(_rising(then, now), expected)


def test_late_reports_are_added() -> None:
    now = daily(mean=1000.0, size=500.0)
    then = now.copy()
    then.iloc[-2:] = np.round(then.iloc[-2:] * [0.8, 0.3])
    vintages = {"2025-03-01": now[:200].copy(), "2025-06-10": now}
    vintages["2025-03-01"].iloc[-2:] = np.round(vintages["2025-03-01"].iloc[-2:] * [0.8, 0.3])
    late = fit_delays(vintages, max_age=10)
    found = fit_nowcast(then, "2025-06", late=late)
    blind = fit_nowcast(then, "2025-06")
    whole = fit_nowcast(now, "2025-06")
    assert found.point == pytest.approx(whole.point, rel=0.03)
    assert found.point > blind.point * 1.02


@pytest.mark.parametrize(
    ("vintages", "error", "words"),
    [
        ({"2025-06-10": daily()}, TooShort, "found 1"),
        ({"2025-06-10": daily(), "2025-06-11": daily() - 0.5}, BadOption, "counts"),
        ({"2025-06-10": daily(), "2025-06-11": daily()}, BadOption, "younger"),
    ],
)
def test_delays_need_vintages(vintages, error, words) -> None:
    with pytest.raises(error, match=words):
        fit_delays(vintages)
    with pytest.raises(BadOption, match="max_age"):
        fit_delays(vintages, max_age=0)


def test_revisions_shift_the_draws() -> None:
    found = fit_nowcast(daily(), "2025-06")
    more = found.revised([0.1])
    np.testing.assert_array_equal(more.draws, np.round(found.draws * 1.1))
    assert "revised as 1 earlier" in more.notes[-1]
    signed = fit_nowcast(amounts(), "2025-06")
    np.testing.assert_allclose(signed.revised([5.0]).draws, signed.draws + 5)
    spread = found.revised([-0.3, 0.0, 0.3])
    assert np.ptp(spread.conf_int()) > np.ptp(found.conf_int())
    for bad in ([], [np.nan], [-1.0]):
        with pytest.raises(BadOption, match="sizes"):
            found.revised(bad)


# --- promises ------------------------------------------------------------------------------------


@pytest.fixture
def simulation(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.syspath_prepend(str(VALIDITY))
    import sim_nowcasts

    yield sim_nowcasts
    for name in ("sim_nowcasts", "promises", "series"):
        sys.modules.pop(name, None)


def test_the_promises_hold_in_a_small_simulation(simulation, monkeypatch) -> None:
    monkeypatch.setattr(simulation, "RAW", Path("nowhere"))
    rows = simulation.rows(0.02)
    missed = [row.what for row in rows if row.verdict == "not met"]
    assert not missed
    assert sum("covers" in row.what for row in rows) >= 18


def test_the_promises_hold_on_real_days(simulation, shared: Path) -> None:
    for row in simulation.real_rows(shared / "data" / "raw"):
        if row.low is None:
            assert 0.8 < row.share < 0.97
        else:
            assert row.low <= row.share <= row.high, row.what


def test_unknown_days_after_the_last_known_one_change_nothing() -> None:
    days = pd.period_range("2023-01-01", "2025-06-10", freq="D")
    row = pd.Series(np.random.default_rng(8).poisson(30.0, len(days)).astype(float), days)
    longer = row.reindex(pd.period_range("2023-01-01", "2025-07-31", freq="D"))
    np.testing.assert_array_equal(
        fit_nowcast(row, "2025-06").draws, fit_nowcast(longer, "2025-06").draws
    )
