"""Claims against the definitions of words.md, computed with lists and loops only."""

from __future__ import annotations

from decimal import Decimal

import oracles
import pandas as pd
from claims.random_panels import START, panels_and_months, plain_row
from hypothesis import given, settings
from hypothesis import strategies as st

from trends.claims import Change, Claim, Multiple, Rank, Record, Since, Streak
from trends.panel import Panel

many = settings(max_examples=250, deadline=None)
DIRECTIONS = ("high", "low")


def upright(row: list, direction: str) -> list:
    """The row in which the lowest becomes the highest."""
    return row if direction == "high" else oracles.mirror(row)


def first_month(panel: Panel, month: pd.Period) -> pd.Period:
    """Where the stretch of one definition begins that the month lies in."""
    return month - (len(plain_row(panel, month)) - 1)


def figures(panel: Panel) -> dict[pd.Period, float | None]:
    """Every complete month, whatever its definition."""
    return {
        month: None if panel.values[0, t] != panel.values[0, t]
        or panel.observed_days[t] != month.days_in_month else float(panel.values[0, t])
        for t, month in enumerate(panel.months)
    }  # fmt: skip


def break_between(panel: Panel, one: pd.Period, other: pd.Period) -> bool:
    first, last = min(one, other), max(one, other)
    return any(a.kind == "method break" and first < a.first <= last for a in panel.anomalies)


def only(claims: list, **options: object) -> Claim | None:
    """The claim with those options, of which there is at most one."""
    found = [c for c in claims if all(getattr(c, k) == v for k, v in options.items())]
    assert len(found) <= 1
    return found[0] if found else None


# --- record ---------------------------------------------------------------------------------


@many
@given(case=panels_and_months())
def test_records(case):
    panel, month = case
    for direction in DIRECTIONS:
        row = upright(plain_row(panel, month, "records"), direction)
        outcome = Record(series="x", month=month, direction=direction).check(panel).outcome
        claim = only(Record.propose(panel, month), direction=direction)
        earlier = [x for x in row[:-1] if x is not None]
        is_record = oracles.record_flags(row, 12)[-1]
        assert (claim is not None) == is_record
        assert (outcome == "true") == is_record
        if row[-1] is not None:
            assert (outcome == "false") == any(x > row[-1] for x in earlier)
            assert (outcome == "loose") == oracles.tie_flags(row, 12)[-1]
        else:
            assert outcome == "cannot say"
        if claim is not None:
            assert claim.start == first_month(panel, month)
            assert claim.rarity == 1 / (len(earlier) + 1)


# --- since ----------------------------------------------------------------------------------


@many
@given(case=panels_and_months(), data=st.data())
def test_since(case, data):
    panel, month = case
    said = data.draw(st.sampled_from(list(panel.months)))
    for direction in DIRECTIONS:
        row = upright(plain_row(panel, month, "records"), direction)
        steps = oracles.steps_since(row)[-1]
        claim = only(Since.propose(panel, month), direction=direction)
        assert (claim is not None) == (steps >= 3)
        if claim is not None:
            assert (claim.month - claim.since).n == steps
            assert claim.since_value == upright([row[-1 - steps]], direction)[0]
        check = Since(series="x", month=month, since=said, direction=direction).check(panel)
        assert check.outcome == since_outcome(row, (month - said).n), str(check)


def since_outcome(row: list, back: int) -> str:
    """The verdict on "the highest since `back` months ago"."""
    value = row[-1]
    if back <= 0:
        return "false"
    if value is None:
        return "cannot say"
    between = row[-back:-1] if back > 1 else []
    if any(x is not None and x >= value for x in between):
        return "false"
    if back >= len(row) or None in between or row[-1 - back] is None:
        return "cannot say"
    return "true" if row[-1 - back] >= value else "loose"


# --- rank -----------------------------------------------------------------------------------


@many
@given(case=panels_and_months(), data=st.data())
def test_ranks(case, data):
    panel, month = case
    start = data.draw(st.sampled_from([m for m in panel.months if m <= month]))
    rank = data.draw(st.integers(1, 5))
    known = figures(panel)
    for direction in DIRECTIONS:
        check = Rank(series="x", month=month, rank=rank, direction=direction, start=start)
        outcome = check.check(panel).outcome
        if known[month] is None:
            assert outcome == "cannot say"
            continue
        span = [x for m, x in known.items() if max(start, first_month(panel, month)) <= m <= month]
        true = oracles.high_ranks(upright(span, direction))[-1]
        if break_between(panel, start, month):
            assert outcome == ("false" if true > rank else "cannot say")
        else:
            assert outcome == ("true" if true == rank else "false")


@many
@given(case=panels_and_months(12))
def test_ranks_that_are_proposed(case):
    """Second and third places of at least twelve months, after any month that ranks leave out."""
    panel, month = case
    row = plain_row(panel, month)
    start = first_month(panel, month)
    for a in panel.anomalies:
        if "ranks" in a.excluded_from and a.last < month:
            start = max(start, a.last + 1)
    within = any("ranks" in a.excluded_from and a.first <= month <= a.last for a in panel.anomalies)
    row = row[len(row) - 1 - (month - start).n :]
    row = [
        None if any("ranks" in a.excluded_from and a.first <= start + t <= a.last
                    for a in panel.anomalies) else x
        for t, x in enumerate(row)
    ]  # fmt: skip
    for direction in DIRECTIONS:
        claim = only(Rank.propose(panel, month), direction=direction)
        rank = oracles.high_ranks(upright(row, direction))[-1]
        enough = sum(x is not None for x in row) >= 12
        assert (claim is not None) == (rank in (2, 3) and enough and not within)
        if claim is not None:
            assert (claim.rank, claim.start) == (rank, start)
            assert len(claim.ahead) == rank - 1


# --- streak ---------------------------------------------------------------------------------


@many
@given(case=panels_and_months(), length=st.integers(1, 5))
def test_streaks(case, length):
    panel, month = case
    row = plain_row(panel, month, "streaks")
    for direction in ("rise", "fall"):
        lengths = oracles.rise_lengths if direction == "rise" else oracles.fall_lengths
        true = lengths(row)[-1]
        kinds = ("rise", "acceleration") if direction == "rise" else ("fall", "slowing")
        found = [c for c in Streak.propose(panel, month) if c.kind in kinds]
        assert [c.length for c in found] == ([true] if true >= 2 else [])
        for claim in found:
            assert list(claim.chain) == row[-1 - true :]
            grows = panel.kind != "stock" and panel.adds_up_to and min(claim.chain[1:]) >= 0
            assert claim.kind == kinds[1 if grows else 0]
        outcome = (
            Streak(series="x", month=month, length=length, kind=direction).check(panel).outcome
        )
        assert outcome == streak_outcome(row, true, length)


def streak_outcome(row: list, true: int, length: int) -> str:
    """The verdict on "the n-th rise": one too few is loose, and what is unknown is not false."""
    if row[-1] is None:
        return "cannot say"
    if true == length:
        return "true"
    if true > length:
        return "loose"
    may_be_longer = true == len(row) - 1 or row[-2 - true] is None
    return "cannot say" if may_be_longer else "false"


# --- change and multiple --------------------------------------------------------------------


@many
@given(case=panels_and_months(), data=st.data())
def test_changes(case, data):
    panel, month = case
    known = figures(panel)
    base = data.draw(st.sampled_from(list(panel.months)))
    tenths = data.draw(st.integers(-1200, 1200))
    per = data.draw(st.sampled_from(["month", "day"]))
    percent = Decimal(tenths).scaleb(-1)  # 23.0 is not 23
    claim = Change(series="x", month=month, base=base, percent=percent, per=per)
    verdict = claim.check(panel)
    before, after = known[base], known[month]
    if before is None or after is None or before <= 0 or break_between(panel, base, month):
        assert verdict.outcome == "cannot say"
        return
    by_day = per == "day" and panel.kind == "flow"  # a level and a daily amount are not divided
    days = base.days_in_month / month.days_in_month if by_day else 1
    true = 100 * (after / before * days - 1)
    right = Decimal(f"{true:.1f}")
    if abs(true - float(percent)) > 0.0501:
        assert verdict.outcome in ("loose", "false")
        assert (verdict.outcome == "loose") == about(true, float(percent))
        assert abs(verdict.corrected.percent - right) <= Decimal("0.1")
    assert Change(
        series="x", month=month, base=base, percent=right, per=per
    ).check(panel).outcome == "true"  # fmt: skip


def about(true: float, printed: float) -> bool:
    return printed != 0 and 0.95 <= true / printed <= 1.05


@many
@given(case=panels_and_months(), data=st.data())
def test_multiples(case, data):
    panel, month = case
    known = figures(panel)
    base = data.draw(st.sampled_from(list(panel.months)))
    times = data.draw(st.integers(1, 6))
    outcome = Multiple(series="x", month=month, base=base, multiple=times).check(panel).outcome
    before, after = known[base], known[month]
    if before is None or after is None or before <= 0 or break_between(panel, base, month):
        assert outcome == "cannot say"
    elif abs(after / before - times) < 0.499:
        assert outcome == "true"
    elif abs(after / before - times) > 0.501:
        assert outcome == ("loose" if about(after / before, times) else "false")


@many
@given(case=panels_and_months())
def test_changes_and_multiples_that_are_proposed(case):
    """On the month before and the year before: a multiple from a doubling on, else a percentage."""
    panel, month = case
    known = figures(panel)
    changes, multiples = Change.propose(panel, month), Multiple.propose(panel, month)
    for lag in (1, 12):
        base = month - lag
        change, multiple = only(changes, base=base), only(multiples, base=base)
        before, after = known.get(base), known[month]
        if not before or before < 0 or after is None or break_between(panel, base, month):
            assert change is None
            assert multiple is None
            continue
        assert (multiple is not None) == (after / before >= 2)
        if multiple is not None:
            assert abs(multiple.multiple - after / before) <= max(0.0501, 0.01 * after / before)
            assert change is None
        elif abs(after / before - 1) > 0.0006:
            assert abs(float(change.percent) - 100 * (after / before - 1)) < 0.0501
            assert change.base_value == before
    assert all(c.base >= START for c in [*changes, *multiples])
