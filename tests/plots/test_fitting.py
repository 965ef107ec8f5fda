"""Text that fits: lines, distances, numbers."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from matplotlib.text import Text

import trends
from trends.plots._dress import number, value_words
from trends.plots._fitting import spread, text_width, wrapped

heights = st.lists(st.floats(0, 1000), min_size=1, max_size=12)


@given(heights, st.floats(1, 50))
def test_spread_keeps_the_distance_and_the_order(wished: list[float], gap: float) -> None:
    out = spread(wished, gap, 0.0, 10_000.0)
    order = np.argsort(wished, kind="stable")
    steps = np.diff(np.array(out)[order])
    assert (steps >= gap * (1 - 1e-9)).all()
    assert min(out) >= 0


@given(heights)
def test_spread_moves_nothing_that_has_room(wished: list[float]) -> None:
    apart = sorted({round(height / 20) * 20.0 for height in wished})
    assert spread(apart, 15.0, 0.0, 2000.0) == pytest.approx(apart)


def test_spread_keeps_within_bounds() -> None:
    out = spread([99.0, 99.5, 100.0], 10.0, 0.0, 100.0)
    assert out == pytest.approx([80, 90, 100])


words = st.lists(st.text(st.characters(categories=("L", "N")), min_size=1, max_size=14), min_size=1)


@settings(deadline=None)  # the widths of new letters are slow to read from the font
@given(words, st.floats(60, 500), st.sampled_from(["normal", "bold"]))
def test_lines_fit_and_hold_every_letter(parts: list[str], width: float, weight: str) -> None:
    lines = wrapped(" ".join(parts), width, 10, weight, most=1000)
    assert "".join(lines).replace(" ", "") == "".join(parts)
    assert all(text_width(line, 10, weight) <= width or len(line) == 1 for line in lines)


def test_titles_are_balanced_and_other_text_is_not() -> None:
    text = "seven words that hardly need two lines"
    width = text_width(text, 10, "bold") * 0.95
    assert [len(line.split()) for line in wrapped(text, width, 10, "bold")] != [6, 1]
    assert wrapped(text, text_width(text, 10) * 0.95, 10)[-1] == "lines"


def test_what_does_not_fit_is_cut_with_an_ellipsis() -> None:
    lines = wrapped("word " * 90, 200, 10, most=2)
    assert len(lines) == 2
    assert lines[-1].endswith(" …")
    assert all(text_width(line, 10) <= 200 for line in lines)


@pytest.mark.parametrize(
    ("value", "words"),
    [(0, "0"), (-0.0, "0"), (5438, "5,438"), (-1500, "\N{MINUS SIGN}1,500"), (0.25, "0.25"),
     (1e6, "1m"), (2.5e9, "2.5bn"), (1e12, "1tn"), (1e15, "1·10¹⁵"),
     (-2e-7, "\N{MINUS SIGN}2·10⁻⁷"), (999_999, "999,999"), (1e-4, "0.0001")],
)  # fmt: skip
def test_numbers_on_axes(value: float, words: str) -> None:
    assert number(value) == words


@pytest.mark.parametrize(
    ("value", "words"),
    [(588.4, "588"), (99.96, "99.96"), (5437.6, "5,438"), (1_234_567.0, "1.235m"), (0.1, "0.1")],
)  # fmt: skip
def test_values_beside_bars(value: float, words: str) -> None:
    assert value_words(value) == words


def test_a_range_that_tells_nothing_is_not_drawn_and_said() -> None:
    gain = trends.load("territory-gain-afp")
    ax = trends.plot(trends.fit_baseline(gain, "2025-06"), first="2023-06")
    words = " ".join(text.get_text().replace("\n", " ") for text in ax.figure.findobj(Text))
    assert "Ranges wider than 20 usual months are not drawn" in words
    assert ax.get_ylim()[1] < 2000
    drones = trends.plot(trends.fit_baseline(trends.load("drones-launched"), "2025-06"))
    assert "Ranges wider" not in " ".join(t.get_text() for t in drones.figure.findobj(Text))
