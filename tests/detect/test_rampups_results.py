"""What is told of ramp-ups whose facts are written by hand, and which facts are asked for."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd
import pytest

from trends.detect import rampups
from trends.detect.rampups import Rampups, find_rampups
from trends.errors import BadOption
from trends.kernels import rampups as told
from trends.panel import Anomaly, Panel

NAN = math.nan
MONTHS = pd.period_range("2024-01", periods=6, freq="M")


def panel_of(*rows, **about):
    values = np.array(rows)
    return Panel(values, MONTHS[: values.shape[1]], [f"s{k}" for k in range(len(rows))], **about)


def rampups_of(rows, *, part=slice(0, 6), **given):
    facts = np.zeros((len(rows), told.N_FACTS))
    for k, row in enumerate(rows):
        for name, value in row.items():
            facts[k, getattr(told, name)] = value
    n = len(rows)
    given = {
        "p_change": np.full(n, 0.5), "p_recent": np.full(n, 0.5), "means": np.full(n, 50.0),
        "q_change": np.full(n, 0.5), "q_recent": np.full(n, 0.5), "alpha": 0.05,
        "counts": np.ones(n, bool), "adjust": "bh", "period": 12, **given,
    }  # fmt: skip
    return Rampups(panel_of(*np.ones((n, 6))), part=part, facts=facts, **given)


def test_what_changed_is_named_by_its_best_change():
    rows = [{"N_KNOWN": 40, "BEST_TYPE": k, "BEST_ONSET": k, "N_OUTLIERS": k % 2,
             "RECENT_WINDOW": 3 * k} for k in range(5)]  # fmt: skip
    none = rampups_of(rows)
    assert none.kinds == ("nothing", "outlier", "nothing", "outlier", "nothing")
    assert none.onsets.isna().all()
    assert none.windows.tolist() == [0, 3, 6, 9, 12]
    every = rampups_of(rows, q_change=np.full(5, 0.05), part=slice(1, 6))
    assert every.kinds == ("nothing", "step", "ramp", "step", "ramp")
    assert every.onsets[1:].tolist() == MONTHS[2:].tolist()  # counted from the last break
    assert every.onsets.isna().tolist() == [True, False, False, False, False]
    assert every.frame()["kind"].tolist() == list(every.kinds)


def test_a_series_changes_or_rises_at_its_level():
    one = rampups_of(
        [{}] * 3,
        p_change=np.array([0.05, 0.051, NAN]), p_recent=np.array([0.06, 0.01, NAN]),
        q_change=np.array([0.05, 0.06, NAN]), q_recent=np.array([0.06, 0.05, NAN]),
    )  # fmt: skip
    assert one.changed.tolist() == [True, False, False]
    assert one.risen.tolist() == [False, True, False]
    assert one.adjusted.tolist() == [[True, False], [False, True], [False, False]]
    frame = one.frame()
    assert frame["changed"].tolist() == [True, False, False]
    assert frame["risen"].tolist() == [False, True, False]
    for column in ("p_change", "q_change", "p_recent", "q_recent"):
        np.testing.assert_array_equal(frame[column], getattr(one, column))
    assert frame["series"].tolist() == ["s0", "s1", "s2"]


def test_what_is_to_beware_of_is_said_of_each_series():
    usual = {"N_KNOWN": 30}
    rows = [
        usual, {"N_KNOWN": rampups.LEAST_KNOWN - 1, "SHORT": 1},
        {"N_KNOWN": rampups.LEAST_KNOWN, "SHORT": 1}, {**usual, "DRIFT": 1},
        {**usual, "UNDECIDED": 1}, usual, usual, usual, {**usual, "DRIFT": 1, "UNDECIDED": 1},
    ]  # fmt: skip
    least = rampups.SMALL_MEAN
    means = np.array([50.0] * 5 + [least, least - 0.01, least - 0.01, 50.0])
    counts = np.array([True] * 7 + [False, True])
    one = rampups_of(rows, means=means, counts=counts)
    assert one.warnings == (
        "", "insufficient", "short", "drift", "outlier or onset, undecided", "", "small counts",
        "", "drift; outlier or onset, undecided",
    )  # fmt: skip
    frame = one.frame()
    assert frame["warnings"].tolist() == list(one.warnings)
    assert frame["known_months"].tolist() == [row["N_KNOWN"] for row in rows]
    np.testing.assert_array_equal(frame["mean"], means)


@pytest.mark.parametrize(("unit", "kind"), [
    ("attacks", "flow"), ("km2", "flow"), ("attacks", "stock"), ("km2", "stock"),
])  # fmt: skip
def test_ramp_ups_are_sought_in_rates_of_counts_and_of_numbers(unit, kind, monkeypatch):
    rows = np.array([
        [3.0, 0, 7, NAN, 9, 40], [3.0, -1, 7, 8, 9, 40], [3.0, 0.5, 7, 8, 9, 40],
        [NAN] * 6, [5.0] * 6, [2.0, 4, 6, 8, 60, 12],
    ])  # fmt: skip
    asked = []

    def facts(rates, counts, period, seasonal):
        asked.append((rates.copy(), counts, period, seasonal))
        out = np.full((len(rates), told.N_FACTS), 0.25)
        out[:, told.N_KNOWN] = np.isfinite(rates).sum(axis=1) + 3  # 7 of the first, 8 of others
        return out

    monkeypatch.setattr(told, "rampup_facts", facts)
    broken = Anomaly(MONTHS[1], MONTHS[1], "method break", "New rule.")
    panel = panel_of(*rows, unit=unit, kind=kind, anomalies=(broken,))
    found = find_rampups(panel, adjust=None, period=np.int64(3))
    days = MONTHS[1:].days_in_month.to_numpy()
    rates = rows[:, 1:] / (days / (365.25 / 12) if kind == "flow" else 1.0)
    counted = unit != "km2" and kind == "flow"
    whole = np.array([counted and k not in (1, 2) for k in range(6)])
    assert found.counts.tolist() == whole.tolist()
    expected = [part for part in (False, True) if (whole == part).any()]
    assert [call[1:] for call in asked] == [(part, 3, True) for part in expected]
    for told_rates, part, _, _ in asked:
        np.testing.assert_allclose(told_rates, rates[whole == part], rtol=1e-12)
    np.testing.assert_allclose(found.means[[0, 1, 5]], np.nanmean(rates[[0, 1, 5]], axis=1))
    assert np.isnan(found.means[3])
    # what does not vary is nothing; of what is hardly known, nothing is said
    for p in (found.p_change, found.p_recent, found.q_change, found.q_recent):
        np.testing.assert_array_equal(p, [NAN, 0.25, 0.25, NAN, 1.0, 0.25])
    assert found.facts[4, told.CHANGED] == 0
    assert (found.period, type(found.period)) == (3, int)


@pytest.mark.parametrize("wrong", [
    {"alpha": 0}, {"alpha": 1}, {"alpha": -0.5}, {"alpha": "a"}, {"alpha": None},
    {"period": 1}, {"period": True}, {"period": 12.0}, {"period": None},
])  # fmt: skip
def test_options_of_ramp_ups_out_of_range_are_refused(wrong):
    with pytest.raises(BadOption, match=f"find_rampups: {next(iter(wrong))}="):
        find_rampups(panel_of([1.0, 2, 3]), **wrong)
