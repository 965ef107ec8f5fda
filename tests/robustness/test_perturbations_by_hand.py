"""Perturbations on rows short enough to check by eye."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from trends.claims import Change, Claim, Mean, Rank, Record, Since, Threshold, Window
from trends.errors import BadOption
from trends.panel import Panel
from trends.robustness import KINDS, find_perturbations

NAN = np.nan


def panel_of(*values: float, unit: str = "") -> Panel:
    months = pd.period_range(end="2025-06", periods=len(values), freq="M")
    return Panel([values], months, ["x"], unit=unit)


def about(type_: type[Claim], **facts: object) -> Claim:
    return type_(series="x", month="2025-06", **facts)


def test_the_choices_the_strongest_first():
    """Of the references only that of three months ago says less."""
    change = about(Change, base="2025-05", percent=20)
    found = find_perturbations(change, panel_of(4, 5, 3, 5, 6))
    assert found.strength == pytest.approx(0.2)
    assert [str(m) for m in found.frame()["choice"]] == ["2025-04", "2025-02", "2025-03"]
    assert list(found.frame()["strength"]) == pytest.approx([1, 0.5, 0.2])
    assert found.usual
    assert not find_perturbations(
        about(Change, base="2025-04", percent=100), panel_of(4, 5, 3, 5, 6)
    ).usual


PICKED = (*[100.0] * 20, 40, 90)  # the month before is the one that was low


def test_a_usual_choice_that_is_the_strongest_is_told_from_one_that_looks_picked():
    month = find_perturbations(about(Change, base="2025-05", percent=125), panel_of(*PICKED))
    assert month.picked
    assert month.usual
    assert "; a usual choice, but the strongest." in month.summary()
    moved = panel_of(*PICKED[:-2], 40, 100, 90)
    other = find_perturbations(about(Change, base="2025-04", percent=125), moved)
    assert other.picked
    assert not other.usual
    assert other.summary().startswith("None of the 20 months before could say as much. ")
    assert "; it looks picked." in other.summary()


def test_a_start_that_leaves_nothing_out_was_not_chosen():
    """Of all of the data the claim holds too, though it names a later month."""
    held = find_perturbations(about(Record, start="2025-03"), panel_of(1, 2, 3, 4, 5, 6, 9))
    assert (held.choice, len(held.choices)) == ("start", 0)
    assert np.isnan(held.strength)
    late = find_perturbations(about(Record, start="2025-03"), panel_of(9, 2, 3, 4, 5, 6, 8))
    # from January on it is above five months, from March on above three
    assert list(late.choices["strength"]) == [5, 4, 2, 1]
    assert late.strength == 3
    rank = find_perturbations(about(Rank, rank=2, start="2025-03"), panel_of(9, 2, 3, 4, 5, 6, 8))
    assert len(rank.choices) == 0


@pytest.mark.parametrize(
    ("bound", "op", "strength"),
    [(5, "above", 1.2), (12, "below", 2), (0, "above", NAN), (-3, "above", NAN)],
)
def test_a_bound_says_how_far_it_is_passed(bound, op, strength):
    found = find_perturbations(about(Threshold, bound=bound, op=op), panel_of(4, 0, -2, 6))
    at = KINDS["threshold"].at(about(Threshold, bound=bound, op=op), panel_of(4, 6)["x"], LAST)
    assert at == pytest.approx(strength, nan_ok=True)
    positive = [1 for value in (4, 0, -2) if value > 0 and bound > 0]
    assert len(found.months) == len(positive)


LAST = pd.Period("2025-06", "M")


@pytest.mark.parametrize(
    "bases",
    [
        (("2025-03", "2025-03"), ("2025-04", "2025-04")),  # two spans
        (("2025-01", "2025-03"),),  # of another length
        (("2025-05", "2025-06"),),  # not before it
    ],
)
def test_a_window_beside_what_is_not_like_it_has_no_other_choices(bases):
    claim = about(Window, first="2025-05", bases=bases)
    found = find_perturbations(claim, panel_of(1, 2, 3, 4, 5, 6))
    assert np.isnan(found.strength)
    assert (len(found.choices), len(found.months)) == (0, 0)
    assert found.summary() == ""


def test_a_window_with_other_lengths():
    """May and June hold 11 and March and April 7; the months alone 6 and 5, the halves 15 and 6."""
    claim = about(Window, first="2025-05", bases=(("2025-03", "2025-04"),))
    found = find_perturbations(claim, panel_of(1, 2, 3, 4, 5, 6))
    assert found.strength == pytest.approx(11 / 7)
    assert list(found.choices["strength"]) == pytest.approx([6 / 5, 15 / 6])
    less = find_perturbations(
        about(Window, first="2025-05", bases=(("2025-03", "2025-04"),), relation="below"),
        panel_of(6, 5, 4, 3, 2, 1),
    )
    assert less.strength == pytest.approx(7 / 3)
    none = find_perturbations(claim, panel_of(0, 0, 0, 0, 5, 6))
    assert np.isnan(none.strength)


def test_one_month_alone_leaves_nothing_to_compare():
    found = find_perturbations(about(Since, since="2025-05"), panel_of(NAN, 6))
    assert np.isnan(found.uniqueness)
    assert found.summary() == ""
    record = find_perturbations(about(Record), panel_of(NAN, 6))
    assert record.counter == ""


def test_what_has_no_perturbations():
    with pytest.raises(BadOption, match=r"mean.*one of record"):
        find_perturbations(about(Mean, per_day=3), panel_of(1, 2))
    with pytest.raises(BadOption, match=r"span=0.*at least 1"):
        find_perturbations(about(Since, since="2025-05"), panel_of(1, 2), span=0)


def test_a_narrow_record_is_told():
    near = panel_of(*range(80, 92), 100, 103, unit="drones")
    assert find_perturbations(about(Record), near).counter == (
        "But it is only 3.0% above May 2025 (100 drones)."
    )
    far = panel_of(*range(80, 92), 100, 105)
    assert find_perturbations(about(Record), far).counter == ""
    low = panel_of(*range(110, 122), 100, 97)
    assert find_perturbations(about(Record, direction="low"), low).counter == (
        "But it is only 3.0% below May 2025 (100)."
    )
