"""Margins: a little less than the smallest revision leaves a claim true, a little more does not."""

# ruff: noqa: RUF001

from __future__ import annotations

import pickle
from decimal import Decimal

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from trends.claims import (
    Change,
    Mean,
    Multiple,
    Rank,
    Record,
    Sign,
    Since,
    Streak,
    Threshold,
    Total,
    Window,
)
from trends.errors import BadOption
from trends.panel import Panel
from trends.robustness import KINDS, find_margins, find_perturbations
from trends.robustness._inequalities import rests_on

MONTHS = pd.period_range("2023-01", periods=30, freq="M")
LAST = MONTHS[-1]


def panel_of(values: list[float]) -> Panel:
    months = pd.period_range(end=LAST, periods=len(values), freq="M")
    return Panel([values], months, ["gain"], unit="km2")


def all_true(panel: Panel) -> list:
    found = [c for kind in (Record, Since, Streak, Rank) for c in kind.propose(panel, LAST)]
    for base in (LAST - 1, LAST - 5):
        now, then = panel["gain"][LAST], panel["gain"][base]
        share = Decimal(f"{(now / then - 1) * 100:.1f}")
        if abs(share) > 1:
            found.append(Change(series="gain", month=LAST, base=base, percent=share))
        found.append(
            Multiple(series="gain", month=LAST, base=base, multiple=Decimal(f"{now / then:.2f}"))
        )
    return [claim.bare() for claim in found if claim.bare().check(panel).outcome == "true"]


def revised(panel: Panel, month: pd.Period, by: float) -> Panel:
    values = panel.values.copy()
    values[0, panel.position(month)] += by
    return Panel(values, panel.months, panel.names, unit="km2")


@settings(max_examples=60, deadline=None)
@given(st.lists(st.integers(50, 5000), min_size=14, max_size=26, unique=True))
def test_the_margin_is_the_edge(values):
    panel = panel_of([float(v) for v in values])
    for claim in all_true(panel):
        margins = find_margins(claim, panel)
        assert margins.month is not None
        below = claim.check(revised(panel, margins.month, margins.revision * 0.999)).outcome
        above = claim.check(revised(panel, margins.month, margins.revision * 1.001)).outcome
        assert below in ("true", "loose"), (claim, margins)
        assert above not in ("true", "loose"), (claim, margins)


@settings(max_examples=25, deadline=None)
@given(st.lists(st.integers(50, 5000), min_size=14, max_size=20, unique=True), st.data())
def test_no_smaller_revision_of_any_month_overturns_it(values, data):
    panel = panel_of([float(v) for v in values])
    for claim in all_true(panel):
        margins = find_margins(claim, panel)
        month = data.draw(st.sampled_from(list(panel.months)))
        share = data.draw(st.floats(-0.98, 0.98)) * abs(margins.relative)
        after = revised(panel, month, share * panel["gain"][month])
        assert claim.check(after).outcome in ("true", "loose"), (claim, month, share)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.integers(50, 5000), min_size=14, max_size=20, unique=True), st.data())
def test_the_joint_margin_leaves_room_to_any_smaller_revision_of_all_months(values, data):
    panel = panel_of([float(v) for v in values])
    for claim in all_true(panel):
        joint = find_margins(claim, panel).joint * 0.98
        signs = data.draw(
            st.lists(st.sampled_from([-1, 0, 1]), min_size=len(values), max_size=len(values))
        )
        moved = panel.values * (1 + joint * np.array(signs))
        after = Panel(moved, panel.months, panel.names, unit="km2")
        assert claim.check(after).outcome in ("true", "loose")


def test_scaling_the_series_scales_the_revision_alone():
    panel = panel_of([725.0, 476, 430, 389, 240, 379, 507, 588])
    claim = Since(series="gain", month=LAST, since=LAST - 7)
    one = find_margins(claim, panel)
    many = find_margins(claim, panel_of(list(panel.values[0] * 1000)))
    assert many.revision == pytest.approx(1000 * one.revision)
    assert (many.relative, many.joint, many.month) == (one.relative, one.joint, one.month)


def test_by_hand_and_in_words():
    panel = panel_of([725.0, 476, 430, 389, 240, 379, 507, 588])
    margins = find_margins(
        Streak(series="gain", month=LAST, length=3), panel, revisions=[0.01, 0.02, -0.2, np.nan]
    )
    assert (margins.month, margins.revision) == (LAST, -81)
    assert margins.joint == pytest.approx(81 / (588 + 507))
    assert margins.as_large == pytest.approx(1 / 3)
    assert margins.n_revisions == 3
    assert margins.frame()["month"].is_unique
    assert "Of 3 known revisions 33% were at least as large." in margins.summary()


def test_what_is_false_already_has_no_margin():
    panel = panel_of([1.0, 2, 3, 2])
    with pytest.raises(BadOption, match="true of the data"):
        find_margins(Streak(series="gain", month=LAST, length=2), panel)


def test_the_same_in_french_and_ukrainian():
    pytest.importorskip("babel")
    panel = panel_of([725.0, 476, 430, 389, 240, 379, 507, 588])
    since = LAST - 7
    margins = find_margins(
        Since(series="gain", month=LAST, since=since), panel, revisions=[0.01, -0.02, 0.2]
    )
    french, ukrainian = (
        margins.summary(code).replace("\xa0", " ").replace("\u202f", " ") for code in ("fr", "uk")
    )
    assert french == (
        "L'énoncé tombe si la valeur de juin 2025 est inférieure de 81 km² (−13,8 %), ou si chaque "
        "mois s'écarte de 7,4 % dans le sens défavorable. Sur 3 révisions connues, 33 % étaient au "
        "moins aussi grandes."
    )
    assert ukrainian.startswith(
        "Твердження перестане бути правдивим, якщо значення за червень 2025 року буде меншим на "
        "81 км² (−13,8%)"
    )
    assert margins.breaks == "June 2025 is above May 2025"
    assert margins.breaks.into("fr") == "juin 2025 est au-dessus de mai 2025"
    assert "показник червня 2025 року вищий" in margins.breaks.into("uk")
    assert pickle.loads(pickle.dumps(margins.breaks)).into("fr") == margins.breaks.into("fr")


@pytest.mark.parametrize("language", ["en", "fr", "uk"])
def test_every_inequality_and_every_choice_can_be_said(language):
    if language != "en":
        pytest.importorskip("babel")
    claims = [
        Record(series="gain", month=LAST, direction="high"),
        Threshold(series="gain", month=LAST, bound=500, op="above", first_since=LAST - 6),
        Threshold(series="gain", month=LAST, bound=900, op="below"),
        Multiple(series="gain", month=LAST, base=LAST - 1, multiple=Decimal("1.2")),
        Change(series="gain", month=LAST, base=LAST - 1, percent=Decimal("18.3")),
        Mean(series="gain", month=LAST, per_day=Decimal(20)),
        Total(series="gain", month=LAST, first=LAST - 1, value=Decimal(1107)),
        Sign(series="gain", month=LAST, sign="positive"),
        Window(
            series="gain", month=LAST, first=LAST - 1, bases=((LAST - 3, LAST - 2),),
            relation="above",
        ),
    ]  # fmt: skip
    panel = panel_of([510.0, *range(240, 250), 300, 507, 600])
    for claim in claims:
        for each in rests_on(claim, panel):
            said = each.words.into(language)
            assert said
            assert "{" not in said
            assert (said == each.words) == (language == "en")
        if claim.type in KINDS:
            text = find_perturbations(claim, panel).summary(language)
            assert "{" not in text
