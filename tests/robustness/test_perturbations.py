"""Perturbations against brute force; picked references are flagged, random ones rarely."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from trends.claims import Change, Multiple, Record, Since, Streak
from trends.errors import BadOption
from trends.panel import Panel
from trends.robustness import find_perturbations

LAST = pd.Period("2025-06", "M")


def panel_of(values) -> Panel:
    months = pd.period_range(end=LAST, periods=len(values), freq="M")
    return Panel([list(map(float, values))], months, ["gain"])


rows = st.lists(st.integers(1, 500), min_size=4, max_size=60)


@settings(max_examples=80, deadline=None)
@given(rows, st.data())
def test_a_change_equals_brute_force(values, data):
    back = data.draw(st.integers(1, len(values) - 1))
    now, then = values[-1], values[-1 - back]
    percent = round((now / then - 1) * 100)
    claim = Change(series="gain", month=LAST, base=LAST - back, percent=percent)
    found = find_perturbations(claim, panel_of(values))
    way = -1 if percent < 0 else 1
    reach = max(back, 24)
    gains = {k: way * (now / values[-1 - k] - 1) for k in range(1, len(values)) if k <= reach}
    own = gains.pop(back)
    assert found.strength == pytest.approx(own, abs=1e-9)
    assert sorted(found.choices["strength"]) == pytest.approx(sorted(gains.values()))
    if own > 0 and gains:
        relative = [g / own - 1 for g in gains.values()]
        assert found.fairness == pytest.approx(sum(relative) / len(relative))
        squares = [min(0, r) ** 2 for r in relative]
        assert found.robustness == pytest.approx(math.exp(-sum(squares) / len(squares)))
        as_strong = 1 + sum(g >= own - 1e-12 for g in gains.values())
        most = 0.05 if min(gains.values()) < 0 else 0.10
        assert found.picked == (as_strong / (1 + len(gains)) <= most)
    same = {
        k: way * (values[-1 - k] / values[-1 - k - back] - 1)
        for k in range(1, min(25, len(values) - back))
    }
    assert found.equals == sum(g >= own - 1e-9 for g in same.values())
    if same:
        assert found.uniqueness == pytest.approx(
            sum(g < own - 1e-9 for g in same.values()) / len(same)
        )


@settings(max_examples=60, deadline=None)
@given(st.lists(st.integers(1, 500), min_size=4, max_size=60))
def test_since_and_streak_equal_brute_force(values):
    panel = panel_of(values)

    def beaten(t):
        k = 0
        while t - k - 1 >= 0 and values[t - k - 1] < values[t]:
            k += 1
        return k

    def rises(t):
        k = 0
        while t - k - 1 >= 0 and values[t - k - 1] < values[t - k]:
            k += 1
        return k

    months = [len(values) - 1 - k for k in range(min(24, len(values) - 1), 0, -1)]
    since = find_perturbations(Since(series="gain", month=LAST, since=LAST - 1), panel)
    assert list(since.months["strength"]) == [beaten(t) for t in months]
    streak = find_perturbations(Streak(series="gain", month=LAST, length=1), panel)
    assert list(streak.months["strength"]) == [rises(t) for t in months]


@settings(max_examples=40, deadline=None)
@given(rows, st.integers(2, 1000))
def test_scaling_the_series_changes_nothing(values, factor):
    claim = Multiple(series="gain", month=LAST, base=LAST - 2, multiple=2)
    one = find_perturbations(claim, panel_of(values))
    many = find_perturbations(claim, panel_of(np.array(values) * float(factor)))
    for name in ("strength", "fairness", "robustness", "uniqueness", "picked"):
        assert getattr(one, name) == pytest.approx(getattr(many, name), nan_ok=True), name


def change(now, then, base):
    percent = round((now / then - 1) * 100, 1)
    return Change(series="gain", month=LAST, base=base, percent=percent)


def multiple(now, then, base):
    return Multiple(series="gain", month=LAST, base=base, multiple=round(now / then, 3))


@pytest.mark.parametrize("claim", [change, multiple])
def test_a_picked_reference_is_flagged_and_a_random_one_rarely(claim):
    rng = np.random.default_rng(5)
    picked = random = 0
    for _ in range(400):
        values = rng.gamma(5, 200, 40)
        panel, now = panel_of(values), values[-1]
        before = values[-25:-1]
        far = before.argmin() if now > before.min() else before.argmax()  # the best there is
        best, drawn = 24 - int(far), int(rng.integers(1, 25))
        picked += find_perturbations(claim(now, values[-1 - best], LAST - best), panel).picked
        random += find_perturbations(claim(now, values[-1 - drawn], LAST - drawn), panel).picked
    # 0.95 and 0.10, of 400: the standard errors are 0.011 and 0.015
    assert picked / 400 >= 0.95
    assert random / 400 <= 0.10 + 3 * 0.015


def test_a_start_just_after_a_higher_month_is_picked():
    values = [900, *range(100, 130), 200]
    claim = Record(series="gain", month=LAST, start=LAST - 30)
    found = find_perturbations(claim, panel_of(values))
    assert found.choice == "start"
    assert found.picked
    late = find_perturbations(Record(series="gain", month=LAST, start=LAST - 12), panel_of(values))
    assert not late.picked
    whole = find_perturbations(Record(series="gain", month=LAST), panel_of(values[1:]))
    assert not whole.picked
    assert not len(whole.choices)


def test_the_counter_argument_is_the_reference_that_leaves_least():
    values = [100] * 12 + [300, 240, 379, 507, 588]
    claim = Multiple(series="gain", month=LAST, base=LAST - 3, multiple=2.45)
    found = find_perturbations(claim, panel_of(values))
    assert found.counter == "But against the month before, May 2025 (507), it is +16.0%."
    since = find_perturbations(Since(series="gain", month=LAST, since=LAST - 4), panel_of(
        [725, 476, 430, 389, 588, 240, 379, 507, 580]))  # fmt: skip
    assert since.counter == "But it is 20.0% below October 2024 (725)."
    assert "of the 8 months before could say as much." in since.summary()


def test_an_unknown_month_is_refused():
    claim = Since(series="gain", month=LAST, since=LAST - 2)
    with pytest.raises(BadOption, match="complete month"):
        find_perturbations(claim, panel_of([1, 2, 3, float("nan")]))
