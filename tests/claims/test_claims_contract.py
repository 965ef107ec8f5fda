"""What every claim type owes: propose and check are two ways to the same truth."""

from __future__ import annotations

import dataclasses

import numpy as np
import pandas as pd
import pytest
from claims.random_panels import nights_and_months, panels_and_months, with_value
from claims.short_rows import EXAMPLES, example
from hypothesis import given, settings
from hypothesis import strategies as st

from trends.claims import CLAIM_TYPES, Claim
from trends.errors import MonthOutside, NoValues, TooShort, UnknownName
from trends.panel import Panel
from trends.wording import amount, month_words

every_type = pytest.mark.parametrize("kind", CLAIM_TYPES.values(), ids=CLAIM_TYPES)
cases = st.one_of(panels_and_months(), panels_and_months(), nights_and_months())
OF_SEVERAL_MONTHS = ("total", "window")  # whose value is a sum


def shrinks(claim: Claim, panel: Panel) -> bool:
    return claim.type == "streak" and bool((panel.known() < 0).any())


def followed_by(panel: Panel, future: list[float | None]) -> Panel:
    """The panel with months after its last."""
    values = [np.nan if x is None else x for x in future]
    months = pd.period_range(panel.months[0], periods=panel.n_time + len(future), freq="M")
    later = months[panel.n_time :]
    days = np.where(np.isnan(values), 0, later.days_in_month)
    return dataclasses.replace(
        panel,
        values=np.concatenate([panel.values, [values]], axis=1),
        months=months,
        observed_days=np.concatenate([panel.observed_days, days]),
    )


@every_type
@settings(max_examples=120, deadline=None)
@given(case=cases)
def test_what_is_proposed_is_true(kind, case):
    panel, month = case
    for claim in kind.propose(panel, month):
        assert claim.type in CLAIM_TYPES
        assert claim.month == month
        for each in (claim, claim.bare()):
            verdict = each.check(panel)
            allowed = ("true", "loose") if shrinks(claim, panel) else ("true",)
            assert verdict.outcome in allowed, str(verdict)
            assert verdict.claim == each.named(panel)
            shown = verdict.numbers
            if claim.type in OF_SEVERAL_MONTHS:
                parts = [shown[str(m)] for m in pd.period_range(claim.first, month, freq="M")]
                assert sum(parts) == pytest.approx(claim.value)
            else:
                assert shown[str(month)] == claim.value


@every_type
@settings(max_examples=80, deadline=None)
@given(case=cases)
def test_a_nudge_of_the_value_fails_it(kind, case):
    panel, month = case
    for claim in kind.propose(panel, month):
        outcomes = [
            claim.bare().check(with_value(panel, month, far)).outcome for far in (-1e12, 1e12)
        ]
        assert any(outcome != "true" for outcome in outcomes)
        for far in (-1e12, 1e12):  # with its figure printed, no other value will do
            assert claim.check(with_value(panel, month, far)).outcome == "false"


@every_type
@settings(max_examples=80, deadline=None)
@given(case=cases)
def test_a_sentence_is_one_line_with_the_month_and_the_value(kind, case):
    panel, month = case
    for claim in kind.propose(panel, month):
        sentence = claim.sentence()
        assert sentence.endswith(".")
        assert "\n" not in sentence
        assert "  " not in sentence
        assert month_words(month) in sentence
        assert amount(claim.value) in sentence
        assert sentence[0] == sentence[0].upper()
        without = claim.bare().sentence()
        assert without.endswith(".")
        assert month_words(month) in without


@every_type
@settings(max_examples=80, deadline=None)
@given(case=cases, future=st.lists(st.sampled_from([None, -1e9, 0.0, 1e9])))
def test_nothing_later_is_seen(kind, case, future):
    panel, month = case
    until, longer = panel.until(month), followed_by(panel, future)
    claims = kind.propose(until, month)
    assert kind.propose(longer, month) == claims
    assert [c.rarity for c in kind.propose(longer, month)] == [c.rarity for c in claims]
    for claim in claims:
        assert str(claim.check(longer)) == str(claim.check(until))


@settings(max_examples=150, deadline=None)
@given(case=cases, data=st.data())
def test_what_would_be_true_instead_is_true(case, data):
    panel, month = case
    claim = data.draw(any_claim(panel, month))
    verdict = claim.check(panel)
    if verdict.outcome == "true":
        assert verdict.corrected is None
    if verdict.corrected is not None:
        assert verdict.corrected.sentence().endswith(".")
        assert verdict.corrected.check(panel).outcome == "true", str(verdict)


@st.composite
def any_claim(draw: st.DrawFn, panel: Panel, month: pd.Period) -> Claim:
    """A claim of any type, right or wrong."""
    other = draw(st.sampled_from(list(panel.months)))
    value = draw(st.one_of(st.none(), st.just(1.0), st.just(1e6)))
    ways = st.sampled_from(["high", "low"])
    hedges = st.sampled_from(["", "about", "almost", "more than", "less than"])
    kind = draw(st.sampled_from(list(CLAIM_TYPES)))
    if panel.kind == "stock" and panel.n_time < 3 and kind in OF_A_FLOW:
        kind = "record"  # of one month of a stock there is no flow to speak of
    first, number = min(other, month), draw(st.integers(-50, 50))
    options: dict[str, object] = {
        "record": {"direction": draw(ways)},
        "since": {"since": other, "direction": draw(ways)},
        "rank": {"rank": draw(st.integers(1, 4)), "direction": draw(ways), "start": other},
        "streak": {
            "length": draw(st.integers(1, 40)),
            "kind": draw(
                st.sampled_from(["rise", "fall", "acceleration", "slowing", "record", "nights"])
            ),
        },
        "threshold": {"bound": number, "op": draw(st.sampled_from(OPS)), **draw(firsts(other))},
        "total": {"first": first, "value": number, "most": draw(st.booleans())},
        "window": {
            "first": first,
            "bases": ((other, max(other, month)), (month, month)),
            "relation": draw(st.sampled_from(RELATIONS)),
            "number": abs(number) + 1,
            "hedge": draw(hedges),
            "per": draw(st.sampled_from(["total", "day"])),
        },
        "share": {"of": "x", "percent": number, "hedge": draw(hedges)},
        "mean": {"per_day": number, "first": draw(st.sampled_from([None, first]))},
        "net": {"value": number, "gained": draw(st.sampled_from([None, 60])), "lost": 60 - number},
        "sign": {"sign": draw(st.sampled_from(["negative", "positive"])), **draw(firsts(other))},
        "nights": {
            "count": abs(number) % 28,
            "of": draw(st.sampled_from(["with", "without"])),
            "since_day": draw(st.sampled_from([None, first.start_time.date()])),
        },
        "pace": {"value": number, "base": draw(st.sampled_from([None, other]))},
        "change": {"base": other, "percent": draw(st.integers(-50, 50)), "hedge": draw(hedges)},
        "multiple": {"base": other, "multiple": draw(st.integers(1, 4)), "hedge": draw(hedges)},
    }[kind]
    if kind == "streak" and panel.kind == "stock":
        options["kind"] = draw(st.sampled_from(["rise", "fall"]))
    return CLAIM_TYPES[kind](**{"series": "x", "month": month, "value": value} | options)


OF_A_FLOW = ("total", "window", "mean", "net", "sign")
OPS = ("above", "below", "at least", "at most")
RELATIONS = ("above", "below", "multiple", "percent", "difference")


def firsts(other: pd.Period) -> st.SearchStrategy[dict[str, object]]:
    return st.sampled_from([{}, {"first_since": other}, {"first_ever": True}])


def rows(values: list[float], last: str = "2025-06") -> pd.Series:
    return pd.Series(values, pd.period_range(end=last, periods=len(values), freq="M"), name="x")


every_name = pytest.mark.parametrize("name", CLAIM_TYPES)


@every_name
def test_an_example_for_each_type(name):
    assert EXAMPLES.keys() == CLAIM_TYPES.keys()
    assert example(name).type == name


@every_name
def test_a_series_that_does_not_exist(name):
    with pytest.raises(UnknownName, match="'y'"):
        example(name, series="y").check(rows([1.0] * 30))


@every_name
def test_a_month_outside(name):
    with pytest.raises(MonthOutside, match="2025-06"):
        example(name).check(rows([1.0] * 30, last="2025-05"))
    panel = Panel([[1.0, 2]], pd.period_range("2025-01", periods=2, freq="M"), ["x"])
    with pytest.raises(MonthOutside, match="2025-06"):
        CLAIM_TYPES[name].propose(panel, "2025-06")


@every_name
def test_one_month_is_too_short(name):
    with pytest.raises(TooShort):
        example(name).check(rows([5.0]))


@every_name
def test_nothing_known(name):
    empty = rows([np.nan] * 30)
    verdict = example(name).check(empty)
    assert verdict.outcome == "cannot say"
    assert verdict.numbers == {}
    panel = Panel([[np.nan] * 30], empty.index, ["x"])
    if name in ("record", "since", "streak", "change", "multiple"):  # which ask the detectors
        with pytest.raises(NoValues):
            CLAIM_TYPES[name].propose(panel, "2025-06")
    else:
        assert CLAIM_TYPES[name].propose(panel, "2025-06") == []


@pytest.mark.parametrize("name", [name for name in CLAIM_TYPES if name != "pace"])
def test_a_partial_month_is_not_compared(name):
    values = rows([*range(1, 30), 1000.0])
    days = [month.days_in_month for month in values.index]
    days[-1] = 7
    panel = Panel([values.to_numpy()], values.index, ["x"], observed_days=days)
    assert CLAIM_TYPES[name].propose(panel, "2025-06") == []
    verdict = example(name).check(panel)
    assert verdict.outcome == "cannot say"
    assert "7 of 30 days" in verdict.reason


@every_name
def test_a_gap_in_the_month(name):
    values = rows([*map(float, range(1, 30)), np.nan])
    panel = Panel([values.to_numpy()], values.index, ["x"])
    assert CLAIM_TYPES[name].propose(panel, "2025-06") == []
    verdict = example(name).check(values)
    assert verdict.outcome == "cannot say"
    assert "June 2025 is not known" in verdict.reason


# claims of one month with 24, true of the panel below
TRUE = {
    "threshold": {"bound": 20},
    "total": {"first": "2025-06"},
    "window": {"first": "2025-06", "bases": (("2025-05", "2025-05"),)},
    "share": {"percent": 100, "of": "x"},
    "mean": {"per_day": 0.8},
    "net": {"gained": 30, "lost": 6},
    "sign": {"sign": "positive"},
    "nights": {"count": 24},
}


@pytest.mark.parametrize("name", [name for name in CLAIM_TYPES if name != "pace"])
def test_a_wrong_printed_value_fails_a_true_claim(name):
    """The figure of the month is checked with the statement about it."""
    first = 10.0 if name == "record" else 30.0
    months = pd.period_range(end="2025-06", periods=30, freq="M")
    panel = Panel([[first] + [10.0] * 27 + [15.0, 24.0]], months, ["x"])
    claims = CLAIM_TYPES[name].propose(panel, "2025-06")
    if name in TRUE:
        claims = [CLAIM_TYPES[name](series="x", month="2025-06", value=24, **TRUE[name])]
    assert claims
    for claim in claims:
        assert claim.check(panel).outcome == "true"
        assert dataclasses.replace(claim, value=24.3).check(panel).outcome == "loose"
        verdict = dataclasses.replace(claim, value=40.0).check(panel)
        assert verdict.outcome == "false"
        assert "not 40" in verdict.reason
        assert verdict.corrected is not None
        assert verdict.corrected.value == 24.0
        hedged = dataclasses.replace(claim, value=23, value_hedge="more than")
        assert hedged.check(panel).outcome == "true"
        hedged = dataclasses.replace(claim, value=25, value_hedge="more than")
        assert hedged.check(panel).outcome == "false"
        assert hedged.check(panel).corrected.value_hedge == ""
