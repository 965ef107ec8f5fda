"""A month that is not over competes with no whole one: not in a detector, model, claim or chart."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import matplotlib as mpl
import numpy as np
import pandas as pd
import pytest

import trends
import trends.models
from trends.claims import CLAIM_TYPES
from trends.detect import DETECTORS
from trends.errors import TrendsError
from trends.newsworthiness import claims, propose
from trends.panel import Panel

WHOLE = 40
RAW = (0.0, 3.0, 1e7)  # what is known of the month so far, against 50 to 120 of a whole one
MONTHS = pd.period_range(end="2025-06", periods=WHOLE + 1, freq="M")
LAST, BEFORE = MONTHS[-1], MONTHS[-2]


def panel_of(raw: float | None, n_series: int = 2) -> Panel:
    """Counts that rise, and a month of 7 days; without that month if `raw` is None."""
    rng = np.random.default_rng(5)
    values = np.round(rng.uniform(50, 90, (n_series, WHOLE + 1)) + np.arange(WHOLE + 1))
    values[:, WHOLE] = 0 if raw is None else raw
    days = MONTHS.days_in_month.to_numpy().copy()
    days[-1] = 7
    names = ["a", "b"][:n_series]
    found = Panel(values, MONTHS, names, unit="drones", observed_days=days)
    return found.until(BEFORE) if raw is None else found


def middle_of(raw: float) -> Panel:
    """Whole months, but for one in the middle and the first one."""
    panel = replace(panel_of(raw), observed_days=None)
    values, days = panel.values.copy(), panel.observed_days.copy()
    values[:, [0, 30]], days[[0, 30]] = raw, 7
    values[:, -1] = 140
    return replace(panel, values=values, observed_days=days)


def told(found: Any) -> pd.DataFrame:
    """What a result says, but for the raw value that it shows."""
    return found.frame().drop(columns="value", errors="ignore")


# --- detectors ------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", DETECTORS)
def test_no_detector_compares_it(name: str) -> None:
    find = DETECTORS[name]
    without = told(find(panel_of(None)))
    for raw in RAW:
        found = told(find(panel_of(raw)))
        if "month" in found and name != "latest":
            pd.testing.assert_frame_equal(
                found[found["month"] < LAST].reset_index(drop=True), without, check_dtype=False
            )
            assert _nothing(found[found["month"] == LAST])
        else:
            pd.testing.assert_frame_equal(found, without)


def _nothing(rows: pd.DataFrame) -> bool:
    """Whether the rows hold no finding: no flag, no length, no rank, no number."""
    about = ["series", "month", "base_month", "earlier", "expected", "lower", "upper"]
    held = rows.drop(columns=about, errors="ignore")
    for column in held:
        for cell in held[column]:
            empty = pd.isna(cell) or cell in (False, 0, -1, "")
            if not empty:
                return False
    return True


@pytest.mark.parametrize("name", DETECTORS)
def test_nor_one_in_the_middle(name: str) -> None:
    frames = [told(DETECTORS[name](middle_of(raw))) for raw in RAW]
    for frame in frames[1:]:
        pd.testing.assert_frame_equal(frame, frames[0])


# --- models ---------------------------------------------------------------------------------------

BEFOREHAND = (str(MONTHS[-13]), str(MONTHS[-7]))
MODELS: dict[str, Callable[[Panel], Any]] = {
    "fit_baseline": lambda data: trends.models.fit_baseline(data, BEFORE),
    "fit_changepoints": trends.models.fit_changepoints,
    "fit_forecast": lambda data: trends.models.fit_forecast(data, 3),
    "fit_foster_stuart": trends.models.fit_foster_stuart,
    "fit_rampup": trends.models.fit_rampup,
    "fit_rate_ratio": trends.models.fit_rate_ratio,
    "fit_surprise": lambda data: trends.models.fit_surprise(data, replicates=500),
    "fit_trend": trends.models.fit_trend,
    "forecast": lambda data: trends.models.forecast(data, 3),
    "evaluate": lambda data: trends.models.evaluate(data, 1, origins=2),
}
# of bare numbers; of months that are not over
OTHERWISE = {"fit_rank_correlation", "fit_nowcast", "fit_delays"}


def test_every_model_is_looked_at() -> None:
    fits = {name for name in trends.models.__all__ if name.startswith("fit_")}
    assert fits <= MODELS.keys() | OTHERWISE


def said(found: Any) -> str:
    return found.summary() if hasattr(found, "summary") else repr(found)


@pytest.mark.parametrize("name", MODELS)
def test_no_model_is_fitted_to_it(name: str) -> None:
    fit = MODELS[name]
    without = said(fit(panel_of(None, 1)))
    found = [said(fit(panel_of(raw, 1))) for raw in RAW]
    assert found == [found[0]] * len(RAW)
    lines = [line for line in found[0].splitlines() if "partial" not in line]
    assert lines == without.splitlines()
    middle = [said(fit(middle_of(raw).select("a"))) for raw in RAW]
    assert middle == [middle[0]] * len(RAW)


@pytest.mark.parametrize("name", ["fit_forecast", "fit_rampup", "fit_trend", "fit_changepoints"])
def test_what_is_left_out_is_said(name: str) -> None:
    found = MODELS[name](panel_of(3.0, 1))
    assert "partial month left out (June 2025)" in " ".join(found.endog.notes)


def test_it_is_not_judged_against_what_was_expected() -> None:
    found = [trends.fit_baseline(panel_of(raw, 1)) for raw in RAW]
    assert all(np.isnan(each.value) and np.isnan(each.p_value) for each in found)
    assert {each.summary() for each in found} == {found[0].summary()}
    assert found[0].summary().startswith("June 2025: unknown")


# --- claims ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("raw", RAW)
def test_no_claim_is_made_of_it_or_against_it(raw: float) -> None:
    assert claims(panel_of(raw), LAST) == propose(panel_of(raw), LAST) == []
    without = claims(panel_of(None), BEFORE)
    found = claims(panel_of(raw), BEFORE)
    assert without
    assert [claim.sentence() for claim in found] == [claim.sentence() for claim in without]
    for claim in found:
        assert str(claim.check(panel_of(raw))) == str(claim.check(panel_of(None)))
        margins = [trends.find_margins(claim, panel_of(value)) for value in (raw, None)]
        assert margins[0].frame().equals(margins[1].frame())


def test_nor_against_one_in_the_middle() -> None:
    first, *others = [claims(middle_of(raw), LAST) for raw in RAW]
    assert {"record", "streak"} & {claim.type for claim in first}
    for raw, other in zip(RAW[1:], others, strict=True):
        assert [claim.sentence() for claim in other] == [claim.sentence() for claim in first]
        for claim in first:
            assert str(claim.check(middle_of(raw))) == str(claim.check(middle_of(RAW[0])))
            robust = [
                trends.find_perturbations(claim, middle_of(value)).frame()
                for value in (raw, RAW[0])
            ]
            assert robust[0].equals(robust[1])


BASES = {
    "change": {"base": MONTHS[30], "percent": 10},
    "multiple": {"base": MONTHS[30], "multiple": 2},
    "since": {"since": MONTHS[30]},
    "threshold": {"bound": 135, "first_since": MONTHS[30]},
    "total": {"first": MONTHS[29], "value": 1000},
    "window": {"first": LAST, "bases": ((MONTHS[30], MONTHS[30]),)},
    "mean": {"per_day": 3, "first": MONTHS[29]},
    "record": {"previous": MONTHS[30]},
    "pace": {"base": MONTHS[30]},
}


@pytest.mark.parametrize("name", BASES)
def test_no_claim_that_names_it_is_true_or_false(name: str) -> None:
    for raw in RAW:
        panel = middle_of(raw)
        if name == "pace":
            days = panel.observed_days.copy()
            days[-1] = 7
            panel = replace(panel, observed_days=days)
        verdict = CLAIM_TYPES[name](series="a", month=LAST, **BASES[name]).check(panel)
        assert verdict.outcome == "cannot say", (name, raw, verdict.reason)
        assert f"of {MONTHS[30].days_in_month} days" in verdict.reason


# --- two sources, revisions, charts and nowcasts ------------------------------------------


def test_sources_are_not_compared_on_it() -> None:
    other = panel_of(None, 1)
    frames = [trends.compare([panel_of(raw, 1), other]).frame() for raw in RAW]
    for frame in frames:
        assert frame.loc[frame.index == LAST].isna().all(axis=None)
        pd.testing.assert_frame_equal(frame, frames[0])
    same = [trends.find_overturns(panel_of(raw, 1), other).frame() for raw in RAW]
    assert all(frame.empty for frame in same)


def test_no_chart_is_headed_by_it() -> None:
    mpl.use("agg")
    charts = [trends.plot(panel_of(raw, 1)) for raw in (3.0, 1e7)]
    assert [chart.get_title(loc="left") for chart in charts] == [
        "A in May 2025: 117 drones, up 24.5% on April 2025"
    ] * 2
    for chart in charts:
        assert [bar.get_hatch() is not None for bar in chart.patches][-2:] == [False, True]
        assert "Hatched: month not complete" in chart.texts[-1].get_text()


def test_a_nowcast_takes_the_days_known_for_what_they_are() -> None:
    """Of a panel, and of the days of the same months: the total so far is a part of the total."""
    days = pd.period_range("2023-01-01", "2025-06-07", freq="D")
    counts = np.random.default_rng(3).poisson(4, len(days)).astype(float)
    daily = pd.Series(counts, days)
    months = pd.period_range("2023-01", "2025-06", freq="M")
    totals = daily.groupby(days.asfreq("M")).sum().to_numpy()[None]
    panel = Panel(totals, months, ["a"], observed_days=[*months[:-1].days_in_month, 7])
    for data in (daily, panel):
        found = trends.nowcast(data, "2025-06")
        assert found.fit.observed == counts[-7:].sum()
        assert (found.draws >= found.fit.observed).all()
        low, high = found.conf_int()
        assert low < 4 * 30 < high
        with pytest.raises(TrendsError, match="over"):
            trends.nowcast(data, "2025-05")
    with pytest.raises(TrendsError, match="forecast"):
        trends.nowcast(daily[:"2025-05-31"], "2025-06")
