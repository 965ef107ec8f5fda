"""Ramp-ups of many series: each as if alone, adjusted together, and blind to what comes later."""

from __future__ import annotations

import dataclasses

import numpy as np
import pandas as pd
import pytest

from trends.detect.rampups import find_rampups
from trends.errors import BadOption, NoValues, TooShort, UnknownOption
from trends.kernels.rampups import P_CHANGE, rampup_facts
from trends.models.multiplicity import adjust_p_values
from trends.models.rampups import fit_rampup
from trends.panel import Anomaly, Panel

MONTHS = pd.period_range("2020-01", periods=48, freq="M")


def counts(n_series=6, seed=1, n_time=48):
    rng = np.random.default_rng(seed)
    return rng.poisson(30 * rng.gamma(5, 1 / 5, (n_series, n_time))).astype(float)


def panel_of(values, **options):
    options = {"unit": "attacks", **options}
    values = np.asarray(values)
    names = [f"s{k}" for k in range(len(values))]
    return Panel(values, MONTHS[: values.shape[1]], names, **options)


def raised():
    values = counts()
    values[2, 30:] *= 4
    return values


def test_the_planted_one_is_found_and_the_others_are_not():
    found = find_rampups(panel_of(raised()))
    frame = found.frame().set_index("series")
    assert frame["changed"].tolist() == [False, False, True, False, False, False]
    assert frame.loc["s2", "kind"] == "step"
    assert abs((frame.loc["s2", "onset"] - MONTHS[30]).n) <= 1
    assert frame["onset"].isna().sum() == 5
    assert set(frame["kind"]) <= {"step", "nothing", "outlier"}


def test_each_series_is_as_if_alone_and_as_the_full_fit():
    panel = panel_of(raised())
    found = find_rampups(panel)
    for k, name in enumerate(panel.names):
        alone = find_rampups(panel.select(name))
        assert alone.facts[0].tolist() == found.facts[k].tolist()
        full = found.fit(name)
        assert full.p_change == found.p_change[k]
        assert full.p_recent == found.p_recent[k]
    assert found.fit("s2").established


def test_flows_are_taken_by_the_day_and_stocks_are_not():
    days = MONTHS.days_in_month.to_numpy(float)
    values = raised()
    exposure = days / (365.25 / 12)
    expected = rampup_facts(values / exposure, True, 12, True)
    assert find_rampups(panel_of(values)).facts.tolist() == expected.tolist()
    as_stock = rampup_facts(values, False, 12, True)
    assert find_rampups(panel_of(values, kind="stock")).facts.tolist() == as_stock.tolist()
    area = rampup_facts(values / exposure, False, 12, True)
    assert find_rampups(panel_of(values, unit="km2")).facts.tolist() == area.tolist()


@pytest.mark.parametrize("adjust", ["bh", "by"])
def test_adjusted_and_raw_are_both_told(adjust):
    found = find_rampups(panel_of(raised()), adjust=adjust)
    for raw, adjusted in ((found.p_change, found.q_change), (found.p_recent, found.q_recent)):
        assert adjusted.tolist() == adjust_p_values(raw, method=adjust).tolist()
        assert (adjusted >= raw).all()
    frame = found.frame()
    assert frame["p_change"].tolist() == found.p_change.tolist()
    assert frame["q_change"].tolist() == found.q_change.tolist()
    assert found.adjusted.shape == (6, 2)
    assert (found.adjusted[:, 0] <= found.changed).all()
    bare = find_rampups(panel_of(raised()), adjust=None)
    assert bare.q_change.tolist() == bare.p_change.tolist()


def test_later_months_change_nothing():
    values = raised()
    panel, other = panel_of(values), panel_of(np.where(np.arange(48) < 40, values, 5.0))
    early, same = (find_rampups(p.until(MONTHS[39])) for p in (panel, other))
    assert early.facts.tolist() == same.facts.tolist()
    assert early.frame().equals(same.frame())


def test_partial_months_and_months_before_a_break_take_no_part():
    values = raised()
    values[:, -1] = 9_999
    days = MONTHS.days_in_month.to_numpy().copy()
    days[-1] = 3
    found = find_rampups(panel_of(values, observed_days=days))
    gap = values.copy()
    gap[:, -1] = np.nan
    assert found.facts.tolist() == find_rampups(panel_of(gap)).facts.tolist()
    anomaly = Anomaly(first=MONTHS[20], last=MONTHS[20], kind="method break", note="recounted")
    after = find_rampups(panel_of(raised(), anomalies=(anomaly,)))
    assert (after.frame()["known_months"] == 28).all()
    alone = find_rampups(panel_of(raised()).window(MONTHS[20], MONTHS[47]))
    assert after.facts.tolist() == alone.facts.tolist()


def test_too_few_months_are_insufficient_and_count_for_nothing():
    values = raised()
    values[0, 7:] = np.nan
    found = find_rampups(panel_of(values))
    assert np.isnan(found.p_change[0])
    assert np.isnan(found.q_change[0])
    assert found.warnings[0] == "insufficient"
    assert not found.adjusted[0].any()
    alone = find_rampups(panel_of(values[1:]))
    assert found.q_change[1:].tolist() == alone.q_change.tolist()


@pytest.mark.parametrize("row", [np.zeros(48), np.r_[np.zeros(47), 1.0], np.r_[np.ones(46), 9, 9]])
def test_series_that_hardly_vary_are_nothing(row):
    found = find_rampups(panel_of([row], kind="stock"))
    assert found.p_change.tolist() == found.p_recent.tolist() == [1.0]
    full = found.fit("s0")
    assert (full.p_change, full.p_recent, full.established) == (1.0, 1.0, False)
    assert "hardly varies" in full.summary()


def test_warnings_name_what_to_beware_of():
    walk = np.cumsum(np.random.default_rng(1).standard_normal(48)) + 200.5
    few = np.random.default_rng(3).poisson(2.0, 48).astype(float)
    assert "drift" in find_rampups(panel_of([walk], kind="stock")).warnings[0]
    assert find_rampups(panel_of([few, few + 20])).warnings == ("small counts", "")
    level = 200 + np.random.default_rng(5).standard_normal(48)
    level[-1] = 300
    assert "outlier or onset, undecided" in find_rampups(panel_of([level])).warnings[0]


def test_the_result_is_frozen():
    found = find_rampups(panel_of(raised()))
    assert "array(" not in repr(found)
    assert found.kinds == ("nothing", "nothing", "step", "nothing", "nothing", "nothing")
    with pytest.raises(dataclasses.FrozenInstanceError):
        found.alpha = 0.1
    for array in (found.facts, found.p_change, found.q_recent):
        with pytest.raises(ValueError, match="read-only"):
            array[0] = 0


def test_many_series_are_compiled_to_the_same_bits():
    pytest.importorskip("numba")
    values = counts(300, seed=5)
    found = find_rampups(panel_of(values))
    few = find_rampups(panel_of(values[:3]))
    assert found.facts[:3, P_CHANGE].tolist() == few.facts[:, P_CHANGE].tolist()


def test_a_fit_of_one_series_is_the_model_itself():
    panel = panel_of(raised())
    one, other = find_rampups(panel).fit("s2"), fit_rampup(panel.select("s2"))
    assert repr(one.segments) == repr(other.segments)


def test_detector_refusals():
    panel = panel_of(raised())
    with pytest.raises(BadOption, match="alpha"):
        find_rampups(panel, alpha=1)
    with pytest.raises(UnknownOption, match="holm"):
        find_rampups(panel, adjust="holm")
    with pytest.raises(BadOption, match="period"):
        find_rampups(panel, period=1)
    with pytest.raises(TooShort):
        find_rampups(panel.window(MONTHS[0], MONTHS[0]))
    with pytest.raises(NoValues):
        find_rampups(panel_of([[np.nan] * 48]))
