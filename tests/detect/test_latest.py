"""The latest month in one pass: what the other detectors find for it, in little memory."""

from __future__ import annotations

import os
import subprocess
import sys
import textwrap
from dataclasses import FrozenInstanceError, replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from trends.detect import find_changes, find_latest, find_ranks, find_records, find_streaks
from trends.errors import BadOption
from trends.panel import Anomaly, Panel

KM2 = [240.0, 379, 507, 588, 594, 447]


def panel_of(*rows, **parts):
    months = pd.period_range("2025-03", periods=len(rows[0]), freq="M")
    names = [f"s{i}" for i in range(len(rows))]
    return Panel(np.array(rows), months, names, **parts)


@st.composite
def panels(draw):
    n_time, n_series = draw(st.integers(2, 20)), draw(st.integers(1, 3))
    value = st.integers(-2, 4)
    if draw(st.booleans()):
        value = st.one_of(value.map(float), st.just(float("nan")))
    row = st.lists(value, min_size=n_time, max_size=n_time)
    panel = panel_of(*draw(st.lists(row, min_size=n_series, max_size=n_series)))
    days = panel.observed_days.copy()
    for t in draw(st.sets(st.integers(0, n_time - 1), max_size=3)):
        days[t] = min(days[t], 7)
    spans = st.tuples(
        st.integers(0, n_time - 1),
        st.sampled_from(["method break", "one-off"]),
        st.sampled_from([(), ("records",), ("streaks", "ranks"), ("records", "streaks", "ranks")]),
    )
    anomalies = tuple(
        Anomaly(panel.months[t], panel.months[t], kind, "x", excluded_from=excluded)
        for t, kind, excluded in draw(st.lists(spans, max_size=3))
    )
    return replace(panel, observed_days=days, anomalies=anomalies)


def by_the_others(panel, at, least):
    """Each fact from a detector that finds it for every month."""
    facts = {}
    for direction, prefix in (("high", ""), ("low", "low_")):
        records = find_records(panel, direction=direction, least=least)
        facts[f"{prefix}records"] = records.flags[:, at]
        facts[f"since_{prefix}steps"] = records.since_steps[:, at]
        facts[f"{prefix}ranks"] = find_ranks(panel, direction=direction).ranks[:, at]
    facts["earlier"] = records.earlier[:, at]
    start = max(part.start for part in panel.segments() if part.start <= at)
    for direction in ("rise", "fall"):
        lengths = find_streaks(panel, direction=direction).lengths[:, start : at + 1]
        longest = lengths.max(axis=1)
        facts[f"{direction}s"] = lengths[:, -1]
        facts[f"longest_{direction}s"] = longest
        facts[f"longest_{direction}_ends"] = np.where(
            longest > 0, start + lengths.argmax(axis=1), -1
        )
    changes = find_changes(panel)
    return {
        **facts,
        "differences": changes.differences[:, at],
        "ratios": changes.ratios[:, at],
        "values": panel.values[:, at],
    }


@settings(deadline=None, max_examples=150)
@given(panel=panels(), least=st.integers(1, 5))
def test_equals_the_other_detectors(panel, least):
    held = panel.complete & ~np.isnan(panel.values).all(axis=0)
    assume(held.any())
    at = int(np.flatnonzero(held)[-1])
    found = find_latest(panel, least=least)
    assert (found.month, found.least) == (panel.months[at], least)
    for name, expected in by_the_others(panel, at, least).items():
        np.testing.assert_array_equal(getattr(found, name), expected, err_msg=name)


@settings(deadline=None, max_examples=40)
@given(panel=panels(), cut=st.integers(2, 20))
def test_no_month_after_the_latest_complete_one_matters(panel, cut):
    held = panel.complete & ~np.isnan(panel.values).all(axis=0)
    assume(cut <= panel.n_time)
    assume(held[:cut].any())
    early = find_latest(panel.until(panel.months[cut - 1]))
    days = np.where(np.arange(panel.n_time) < cut, panel.observed_days, 1)
    late = find_latest(replace(panel, observed_days=days))
    pd.testing.assert_frame_equal(early.frame(), late.frame())


def test_the_frame_names_the_months():
    days = [31, 30, 31, 30, 31, 31, 7]
    partial = panel_of([*KM2, 9.0], [6.0, 5, 4, 3, 2, 3, 0], observed_days=days)
    frame = find_latest(partial, least=3).frame()
    assert frame["series"].tolist() == ["s0", "s1"]
    assert frame["month"].tolist() == [pd.Period("2025-08", "M")] * 2
    assert frame["month"].dtype == frame["since"].dtype == pd.PeriodDtype("M")
    assert frame["value"].tolist() == [447.0, 3.0]
    assert frame["fall"].tolist() == [1, 0]
    assert frame["longest_rise"].tolist() == [4, 1]
    assert [str(m) for m in frame["longest_rise_end"]] == ["2025-07", "2025-08"]
    assert [str(m) for m in frame["longest_fall_end"]] == ["2025-08", "2025-07"]
    assert [str(m) for m in frame["since"]] == ["2025-07", "2025-06"]
    assert [str(m) for m in frame["since_low"]] == ["2025-04", "2025-07"]
    assert frame["change"].round(3).tolist() == [-0.247, 0.5]


def test_the_highest_since_the_very_first_month():
    since = find_latest(panel_of([9.0, 1, 2, 3]), least=3).frame()["since"]
    assert [str(month) for month in since] == ["2025-03"]


def test_percentages_have_no_ratio():
    found = find_latest(panel_of([20.0, 30.0], unit="%"))
    assert found.differences.tolist() == [10.0]
    assert np.isnan(found.ratios).all()


def test_is_frozen_and_its_options_are_checked():
    found = find_latest(panel_of(KM2))
    with pytest.raises(FrozenInstanceError):
        found.least = 3
    for array in (found.rises, found.records, found.ratios, found.values):
        with pytest.raises(ValueError, match="read-only"):
            array[0] = 1
    with pytest.raises(BadOption, match="find_latest: least=0"):
        find_latest(panel_of(KM2), least=0)


PEAK = """
    import sys
    import numpy as np, pandas as pd
    from trends.kernels import record_flags, run_lengths
    from trends.detect import find_latest
    from trends.panel import Panel, as_panel

    def memory(key):
        with open("/proc/self/status") as lines:
            return next(int(line.split()[1]) for line in lines if line.startswith(key)) * 1024

    what, n, kind = sys.argv[1], int(sys.argv[2]), sys.argv[3]
    months = pd.period_range("2005-01", periods=240, freq="M")

    def work(n):
        shape = (n, 240) if what != "wide" else (240, n)
        values = np.empty(shape, kind)
        step = max(1, 2**16 // shape[1])
        for a in range(0, shape[0], step):
            values[a : a + step] = np.arange(shape[1]) * (a + 1) % 97
        names = np.array([f"s{i}" for i in range(n)], dtype=object)
        days = np.asarray(months.days_in_month).copy()
        days[-1] = 7 if what == "partial" else 31
        frame = pd.DataFrame(values, months, names, copy=False) if what == "wide" else None
        if what in ("runs", "records"):
            out = np.empty(shape, np.int32 if what == "runs" else bool)
        before = memory("VmRSS")
        if what == "runs":
            run_lengths(values, out=out)
        elif what == "records":
            record_flags(values, out=out)
        elif what == "wide":
            find_latest(frame)
        else:
            find_latest(Panel(values, months, names, observed_days=days))
        return values.nbytes, before

    work(25_000)  # compiled here, so that what follows is data alone
    with open("/proc/self/clear_refs", "w") as reset:
        reset.write("5")
    size, before = work(n)
    print((size + memory("VmHWM") - before) / size)
"""


def peak_over_input(what, n, kind):
    if not Path("/proc/self/clear_refs").is_file():
        pytest.skip("the peak is read from Linux's /proc")
    done = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(PEAK), what, str(n), kind],
        env={**os.environ, "NUMBA_NUM_THREADS": "2"},
        capture_output=True,
        text=True,
        check=False,
        timeout=600,
    )
    assert done.returncode == 0, done.stderr
    return float(done.stdout)


LIMITS = [
    ("runs", "float64", 1.51),  # int32 out, 0.5 of the input, and nothing beside it
    ("records", "float64", 1.14),  # bool out, 0.125
    ("panel", "float64", 1.1),
    ("partial", "float64", 1.1),
    ("wide", "float64", 1.1),
    ("wide", "int32", 1.2),  # names and facts weigh the same beside half the input
]


@pytest.mark.parametrize(("what", "kind", "most"), LIMITS)
def test_memory_of_100_000_series(what, kind, most):
    assert peak_over_input(what, 100_000, kind) < most


@pytest.mark.slow
@pytest.mark.parametrize(("what", "kind", "most"), LIMITS)
def test_memory_of_a_million_series(what, kind, most):
    assert peak_over_input(what, 1_000_000, kind) < most
