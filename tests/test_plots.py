"""Charts: what is drawn, what is said of it, and that nothing else is touched."""

from __future__ import annotations

import re
import subprocess
import sys
import warnings
import xml.etree.ElementTree as ET

import matplotlib as mpl
import numpy as np
import pandas as pd
import pytest
from chart_cases import clashes
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.text import Text

from trends.errors import UnknownOption
from trends.loaders import load
from trends.models.baselines import fit_baseline
from trends.models.rampups import fit_rampup
from trends.panel import Anomaly, Panel
from trends.plots import Marks, Pace, alt_text, drawn_span, plot, plot_series, png_bytes, svg_text
from trends.wording import month_words

MONTHS = pd.period_range("2024-01", periods=18, freq="M")
LAST = MONTHS[-1]


def panel(*values: float, days: object = None, **more: object) -> Panel:
    months = MONTHS[-len(values) :]
    return Panel([values], months, ["s"], observed_days=days, **more)  # type: ignore[arg-type]


def texts(ax: Axes) -> list[str]:
    return [text.get_text() for text in ax.findobj(Text) if text.get_text()]


def heights(ax: Axes) -> list[float]:
    return [float(bar.get_height()) for bars in ax.containers for bar in bars]


def test_draws_on_a_given_ax() -> None:
    ax = Figure().subplots()
    assert plot_series(panel(1, 2, 3), "s", Marks(LAST, "title"), ax) is ax
    assert heights(ax) == [1, 2, 3]
    assert ax.get_title(loc="left") == "title"


def test_makes_its_own_ax() -> None:
    ax = plot_series(panel(1, 2, 3), "s", Marks(LAST, "title"))
    assert isinstance(ax, Axes)
    assert "3" in texts(ax)


def test_the_last_three_years_are_drawn() -> None:
    drones = load("drones-launched")
    marks = Marks(pd.Period("2026-05", "M"), "t")
    ax = plot_series(drones, "drones", marks)
    assert heights(ax) == list(drones["drones"]["2023-05":"2026-05"])
    assert drawn_span(drones, marks.month).n_time == 37


def test_rc_params_and_pyplot_stay_untouched() -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # reading all of them warns of the deprecated ones
        before = dict(mpl.rcParams)
        ax = plot_series(panel(1, 2, 3), "s", Marks(LAST, "t"))
        svg_text(ax)
        png_bytes(ax)
        assert dict(mpl.rcParams) == before
    code = (
        "import sys; from trends.plots import *; from trends.loaders import load; "
        "import pandas as pd; m = pd.Period('2025-06'); "
        "svg_text(plot_series(load('drones-launched'), 'drones', Marks(m, 't'))); "
        "print('matplotlib.pyplot' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
    assert done.stderr == ""


@pytest.mark.parametrize("name", ["drones-launched", "missiles-launched", "territory-gain-afp"])
@pytest.mark.parametrize("month", ["2025-06", "2026-02"])
def test_alt_text_says_the_highest_and_the_lowest_bar(name: str, month: str) -> None:
    data = load(name)
    (series,) = data.names
    marks = Marks(pd.Period(month, "M"), "A title.")
    ax = plot_series(data, series, marks)
    shown = drawn_span(data, marks.month)
    whole = shown[series][shown.complete].dropna()
    unit = " km²" if data.unit == "km2" else ""
    said = alt_text(ax)
    assert f"{whole.max():,.10g}{unit} in {month_words(whole.idxmax())}" in said
    assert f"the lowest {whole.min():,.10g}{unit} in {month_words(whole.idxmin())}" in said
    assert max(heights(ax)) == whole.max()
    span = f"{month_words(shown.months[0])} to {month_words(shown.months[-1])}"
    assert f"{span}. A title. " in said
    assert f"{whole[marks.month]:,.0f}" in texts(ax)


def test_a_partial_month_is_hatched_and_not_compared() -> None:
    data = panel(40, 50, 3, days=[30, 31, 7], unit="km2")
    ax = plot_series(data, "s", Marks(LAST, "t"))
    hatched = [bool(bar.get_hatch()) for bars in ax.containers for bar in bars]
    assert hatched == [False, False, True]
    said = alt_text(ax)
    assert "the lowest 40 km² in April 2025" in said
    assert "Hatched because not complete: June 2025." in said


def test_only_partial_months() -> None:
    data = panel(40, 3, days=[3, 7])
    ax = plot_series(data, "s", Marks(LAST, "t"))
    said = alt_text(ax)
    assert "highest" not in said
    assert "Hatched because not complete: May 2025, June 2025." in said
    assert png_bytes(ax)


@pytest.mark.parametrize("known", [slice(15, 18), slice(0, 3), slice(8, 9), slice(0, 0)])
def test_every_month_lies_inside_the_axes(known: slice) -> None:
    """Months at an end that have no bar widen the axes all the same."""
    values = np.full(18, np.nan)
    values[known] = 5.0
    ax = plot_series(panel(*values), "s", Marks(LAST, "t"))
    assert png_bytes(ax)  # and no warning that the layout has collapsed
    low, high = ax.get_xlim()
    assert low < MONTHS[0].ordinal - 0.5
    assert high > LAST.ordinal + 0.5
    assert all(low < text.xy[0] < high for text in ax.texts if text.get_text() == "?")


def test_a_gap_is_marked_and_never_zero() -> None:
    data = panel(40, np.nan, np.nan, 50)
    ax = plot_series(data, "s", Marks(LAST, "t"))
    assert texts(ax).count("?") == 2
    assert heights(ax) == [40, 50]
    assert "2 values are unknown, and marked." in alt_text(ax)
    one = alt_text(plot_series(panel(40, np.nan, 50), "s", Marks(LAST, "t")))
    assert "1 value is unknown, and marked." in one


@pytest.mark.parametrize(("kind", "style"), [("method break", "--"), ("splice", ":")])
def test_a_break_and_a_splice_are_lines(kind: str, style: str) -> None:
    note = Anomaly(MONTHS[-2], MONTHS[-2], kind, "why", "who")  # type: ignore[arg-type]
    data = panel(4, 5, 6, anomalies=(note,))
    ax = plot_series(data, "s", Marks(LAST, "t"))
    (line,) = [one for one in ax.lines if one.get_linestyle() == style]
    assert list(line.get_xdata()) == [MONTHS[-2].ordinal - 0.5] * 2
    assert kind in texts(ax)
    assert f"A line marks a {kind} in May 2025." in alt_text(ax)
    later = plot_series(data.window("2025-05", "2025-06"), "s", Marks(LAST, "t"))
    at_the_start = alt_text(later)
    assert kind not in at_the_start


def test_streak_and_since_are_marked() -> None:
    marks = Marks(LAST, "t", streak=(MONTHS[-3], LAST), since=MONTHS[-5])
    data = panel(90, 10, 20, 30, 40)
    ax = plot_series(data, "s", marks)
    assert {"90", "20", "40"} <= set(texts(ax))
    assert "The months April 2025 to June 2025 are shaded as a streak." in alt_text(ax)


def test_a_streak_longer_than_the_chart() -> None:
    months = pd.period_range("2018-01", periods=90, freq="M")
    data = Panel([np.arange(90.0)], months, ["s"])
    assert png_bytes(plot_series(data, "s", Marks(months[-1], "t", streak=(months[0], months[-1]))))


@pytest.mark.parametrize(
    "values",
    [(np.nan, np.nan, np.nan), (-5.0, -7.0, -1.0), (3.0, -3.0), (5.0,), (0.0, 0.0), (1.0, 2.0, 3.0),
     (1e-9, 2e-9), (1e15, 2e15)],
)  # fmt: skip
def test_odd_values(values: tuple[float, ...]) -> None:
    data = panel(*values)
    marks = Marks(LAST, "t", streak=(data.months[0], LAST), since=data.months[0])
    ax = plot_series(data, "s", marks)
    known = [value for value in values if not np.isnan(value)]
    assert heights(ax)[: len(known)] == known
    assert png_bytes(ax).startswith(b"\x89PNG")
    assert "nan" not in alt_text(ax)
    low, high = ax.get_ylim()
    assert low < high
    assert all(low <= value <= high for value in values if not np.isnan(value))


def test_nothing_known() -> None:
    ax = plot_series(panel(np.nan, np.nan, quantity="losses"), "s", Marks(LAST, "t"))
    assert alt_text(ax) == "Bar chart of losses, May 2025 to June 2025. t. No value is known."


def test_negative_numbers_are_written_with_a_minus_sign() -> None:
    ax = plot_series(panel(-5, -1500), "s", Marks(LAST, "t"))
    assert "\N{MINUS SIGN}1,500" in texts(ax)


def test_the_same_bytes_twice() -> None:
    drones, marks = load("drones-launched"), Marks(pd.Period("2025-06", "M"), "t")
    first, second = (plot_series(drones, "drones", marks) for _ in range(2))
    assert svg_text(first) == svg_text(second) == svg_text(first)
    assert png_bytes(first) == png_bytes(second) == png_bytes(first)


def test_ids_of_two_charts_differ_by_their_prefix() -> None:
    ax = plot_series(panel(1, 2, 3, days=[30, 31, 7]), "s", Marks(LAST, "t"))
    plain, one, two = svg_text(ax), svg_text(ax, "one-"), svg_text(ax, "two-")
    ids = [{e.get("id") for e in ET.fromstring(t).iter()} - {None} for t in (plain, one, two)]
    assert not ids[1] & ids[2]
    assert ids[1] == {f"one-{name}" for name in ids[0]}
    assert one.replace("one-", "two-") == two


@pytest.mark.parametrize("text", ["$x^2$", "$x^{2$", "5 $", "\\frac{$", "$\\frac{1}$", "a\nb", ""])
def test_names_are_never_typeset(text: str) -> None:
    data = panel(1, 2, 3, unit=text, quantity=text, source=text)
    ax = plot_series(data, "s", Marks(LAST, text))
    assert ET.fromstring(svg_text(ax)).tag.endswith("svg")
    written = [t for t in ax.findobj(Text) if "$" in t.get_text()]
    assert not any(t.get_parse_math() for t in written)
    assert bool(written) == ("$" in text)


def test_a_long_name_is_cut_and_a_long_title_wrapped() -> None:
    ax = plot_series(panel(1, 2, quantity="word " * 90), "s", Marks(LAST, "word " * 40))
    assert all(len(line) <= 125 for text in texts(ax) for line in text.splitlines())


# --- what a month that is not over is on pace for, and the languages ----------------------------
PACE = Pace(70, 52, 95, ("on pace for about 70", "90% interval 52 to 95"), "A whisker over it")


def test_a_pace_is_a_whisker_inside_the_axes() -> None:
    data = panel(40, 50, 12, days=[30, 31, 7])
    ax = plot_series(data, "s", Marks(LAST, "t", pace=PACE))
    (whisker,) = [each for each in ax.lines if each.get_marker() == "_"]
    assert list(whisker.get_ydata()) == [52, 95]
    assert set(whisker.get_xdata()) == {LAST.ordinal}
    low, high = ax.get_ylim()
    assert low <= 0
    assert high > 95
    assert set(PACE.words) <= set(texts(ax))
    assert "12" not in texts(ax)  # beside the bar it would read as a total
    assert "A whisker over it." in alt_text(ax)
    assert clashes(ax.figure.canvas.figure) == []


def test_a_negative_pace() -> None:
    data = panel(-40, 50, -12, days=[30, 31, 7])
    marks = Marks(LAST, "t", pace=Pace(-30, -80, 5, ("on pace",), "alt"))
    ax = plot_series(data, "s", marks)
    low, high = ax.get_ylim()
    assert low < -80 < 50 < high


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("fr", ("Drones lancés par mois", "juin 2025", "5 438", "raccord")),
        ("uk", ("Запущені дрони за місяць", "червні 2025 року", "5 438", "стик")),
    ],
)
def test_a_chart_speaks_the_language_asked_for(language: str, words: tuple[str, ...]) -> None:
    pytest.importorskip("babel")
    drones = load("drones-launched")
    ax = plot_series(drones, "drones", Marks(pd.Period("2025-06", "M"), ""), language=language)
    said = " ".join([*texts(ax), alt_text(ax)]).replace("\u202f", " ").replace("\xa0", " ")
    for each in words:
        assert each in said
    for english in ("Hatched", "highest", "Source: ", "a month", "splice", "as of"):
        assert english not in said
    numbers = ax.yaxis.get_major_formatter().format_ticks([5000.0])
    assert numbers[0].replace("\u202f", " ").replace("\xa0", " ") == "5 000"
    assert svg_text(ax) == svg_text(ax)


@pytest.mark.parametrize("language", ["fr", "uk"])
def test_fits_speak_it_too_and_the_others_say_that_they_do_not(language: str) -> None:
    pytest.importorskip("babel")
    drones = load("drones-launched").until("2025-06")
    for found in (fit_baseline(drones), fit_rampup(drones)):
        ax = plot(found, title="", language=language)
        said = " ".join([*texts(ax), alt_text(ax)])
        assert not re.search(r"\b(?:expected|fit|range|month|the)\b", said)
    with pytest.raises(UnknownOption, match="language"):
        plot(drones, language=language)


def test_an_outlier_does_not_squeeze_the_ramp_up_flat() -> None:
    rng = np.random.default_rng(4)
    values = rng.poisson(50, 36).astype(float)
    values[3] = 5_000
    months = pd.period_range("2022-01", periods=36, freq="M")
    found = fit_rampup(Panel([values], months, ("s",)))
    assert found.outliers == (months[3],)
    ax = plot(found)
    assert ax.get_ylim()[1] < 500
    assert "↑ 5,000" in texts(ax)
