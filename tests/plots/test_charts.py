"""`plot` of everything: words, sizes, nothing on top of anything, nothing else touched."""

from __future__ import annotations

import subprocess
import sys
import warnings
import xml.etree.ElementTree as ET
from typing import Any

import matplotlib as mpl
import numpy as np
import pandas as pd
import pytest
from chart_cases import cases, clashes, nights, one, regions, stepped
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.text import Text

from trends.detect import find_records, find_streaks
from trends.errors import (
    BadOption,
    MonthOutside,
    NoValues,
    TrendsError,
    UnknownName,
    UnknownOption,
)
from trends.loaders import load
from trends.models.rampups import fit_rampup
from trends.panel import Anomaly, Panel
from trends.plots import KINDS, alt_text, plot, png_bytes, svg_text

NAMES = sorted(cases())
LONG = "A claim that goes on about the number of drones launched, and how it compares, " * 3


def drawn(name: str, **more: Any) -> Axes:
    x, options = cases()[name]
    return one(plot(x, **{**options, **more}))


def texts(ax: Axes) -> list[str]:
    found = [text.get_text() for text in ax.figure.findobj(Text)]  # type: ignore[attr-defined]
    return [text for text in found if text]


def panel(*values: float, start: str = "2024-01", **more: Any) -> Panel:
    return Panel([values], pd.period_range(start, periods=len(values), freq="M"), ["s"], **more)


def test_every_kind_is_drawn_here() -> None:
    kinds = {cases()[name][1].get("kind", name.split()[0]) for name in NAMES}
    spelt = {"low": "records", "falls": "streaks", "alarms": "expected", "baseline": "expected"}
    assert {spelt.get(kind, kind) for kind in kinds} == set(KINDS)


@pytest.mark.parametrize(("size", "title"), [("page", None), ("wide", LONG), ("square", None)])
@pytest.mark.parametrize("name", NAMES)
def test_no_text_lies_on_another(name: str, size: Any, title: str | None) -> None:
    ax = drawn(name, size=size, title=title)
    assert clashes(ax.figure.canvas.figure) == []


def test_the_check_for_clashes_can_fail() -> None:
    ax = drawn("series")
    ax.text(0.5, 0.5, "one", transform=ax.transAxes)
    ax.text(0.5, 0.5, "two", transform=ax.transAxes)
    ax.text(2, 0.5, "three", transform=ax.transAxes, in_layout=False)
    assert len(clashes(ax.figure.canvas.figure)) == 2


@pytest.mark.parametrize("name", NAMES)
def test_words_title_and_bytes(name: str) -> None:
    ax = drawn(name)
    said = alt_text(ax)
    assert len(said) > 40
    assert said.endswith(".")
    assert "nan" not in said.lower().replace("financ", "")
    svg = ET.fromstring(svg_text(ax, "a-"))
    title, description = svg[0], svg[1]
    assert svg.get("role") == "img"
    assert svg.get("aria-labelledby") == "a-title a-description"
    assert (title.get("id"), description.get("id")) == ("a-title", "a-description")
    assert description.text == said
    assert said.split()[0].encode() in png_bytes(ax)
    assert svg_text(ax) == svg_text(ax) == svg_text(drawn(name))
    assert png_bytes(ax) == png_bytes(drawn(name))


@pytest.mark.parametrize("name", [n for n in NAMES if not n.startswith("multiples")])
def test_draws_on_given_axes_and_leaves_the_figure_alone(name: str) -> None:
    figure = Figure(figsize=(13, 9), layout="constrained")
    grid = figure.subplots(2, 2)
    assert drawn(name, ax=grid[1, 0]) is grid[1, 0]
    assert list(figure.axes) == list(grid.flat)
    grid[0, 0].set_title("Another")
    assert clashes(figure) == []


HOSTILE = {
    "axes.facecolor": "black", "figure.facecolor": "red", "savefig.facecolor": "green",
    "font.family": "serif", "font.size": 22, "text.color": "yellow", "axes.grid": True,
    "axes.grid.axis": "both", "grid.linestyle": ":", "axes.spines.left": True,
    "xtick.direction": "in", "ytick.labelsize": 30, "xtick.minor.visible": True,
    "lines.linewidth": 9, "lines.markersize": 20, "patch.linewidth": 5, "hatch.color": "red",
    "hatch.linewidth": 9, "axes.titlesize": 40, "axes.titlelocation": "right", "figure.dpi": 33,
    "savefig.dpi": 33, "savefig.bbox": "tight", "figure.autolayout": True, "svg.fonttype": "none",
    "axes.xmargin": 0.4, "axes.prop_cycle": mpl.cycler(color=["pink"]), "path.sketch": (5, 50, 2),
    "axes.formatter.use_locale": True, "axes.unicode_minus": False, "text.usetex": False,
    "text.parse_math": True, "xtick.top": True, "ytick.right": True, "axes.edgecolor": "red",
    "figure.constrained_layout.use": False, "image.cmap": "jet", "axes.labelcolor": "red",
}  # fmt: skip


@pytest.mark.parametrize("name", ["series", "years", "multiples", "rampup", "nights", "revisions"])
def test_the_users_settings_have_no_say(name: str) -> None:
    plain = drawn(name)
    with mpl.rc_context(HOSTILE):
        hostile = drawn(name)
        assert svg_text(hostile) == svg_text(plain)
        assert png_bytes(hostile) == png_bytes(plain)
    assert png_bytes(hostile) == png_bytes(plain)


@pytest.mark.parametrize("name", ["series", "years", "rampup", "nights", "sources", "chances"])
def test_nor_have_they_on_given_axes(name: str) -> None:
    def on(settings: dict[str, Any]) -> Axes:
        figure = Figure(figsize=(8, 4), dpi=100, facecolor="white", layout="constrained")
        with mpl.rc_context(settings):
            return drawn(name, ax=figure.subplots())

    assert png_bytes(on(HOSTILE)) == png_bytes(on({}))


def test_neither_settings_nor_pyplot_are_touched() -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # reading all of them warns of the deprecated ones
        before = dict(mpl.rcParams)
        for name in ("series", "multiples", "nights", "rampup"):
            svg_text(drawn(name))
        with pytest.raises(TrendsError):
            plot(load("drones-launched"), month="1999-01")
        assert dict(mpl.rcParams) == before
    code = (
        "import sys, trends.plots as p; from trends.loaders import load; "
        "p.png_bytes(p.plot(load('drones-launched'))); print('matplotlib.pyplot' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert (done.stdout.strip(), done.stderr) == ("False", "")


@pytest.mark.parametrize(("size", "pixels"), [("wide", (1200, 675)), ("square", (1080, 1080))])
def test_sizes_to_share(size: Any, pixels: tuple[int, int]) -> None:
    data = png_bytes(drawn("series", size=size))
    found = int.from_bytes(data[16:20], "big"), int.from_bytes(data[20:24], "big")
    assert found == pixels


def test_the_canvas_of_a_figure_is_its_own_again() -> None:
    ax = drawn("series")
    canvas = ax.figure.canvas
    png_bytes(ax)
    svg_text(ax)
    assert ax.figure.canvas is canvas


def test_a_notebook_shows_the_picture_and_its_words() -> None:
    ax = drawn("series")
    data, about = ax._repr_png_()  # type: ignore[attr-defined]
    assert data.startswith(b"\x89PNG")
    assert about["alt"] == alt_text(ax)


def test_months_stand_where_pandas_draws_them() -> None:
    ax = plot(panel(1, 2, 3))
    middles = [bar[0].get_x() + bar[0].get_width() / 2 for bar in ax.containers]
    first = pd.Period("2024-01").ordinal
    assert middles == pytest.approx([first, first + 1, first + 2])


def test_title_subtitle_and_source_can_be_given_or_left_out() -> None:
    ax = plot(panel(1, 2, 3, source="X"), title="Mine", subtitle="Sub", source="Y")
    assert ax.get_title(loc="left") == "Mine"
    assert {"Mine", "Sub", "Source: Y"} <= set(texts(ax))
    bare = plot(panel(1, 2, 3, source="X"), title="", subtitle="", source="")
    assert not any("Source" in text or text == "S" for text in texts(bare))


def test_nothing_after_the_month_is_drawn_or_looked_at() -> None:
    drones = load("drones-launched")
    june = plot(drones, month="2025-06")
    assert svg_text(june) == svg_text(plot(drones.until("2025-06"), month="2025-06"))
    assert len(plot(drones, month="2025-06", first="2025-01").containers) == 6


def test_titles_of_panels() -> None:
    def title(*values: float, **more: Any) -> str:
        return " ".join(plot(panel(*values, **more)).get_title(loc="left").split())

    assert (
        title(*range(1, 15))
        == "S in February 2025: 14, the highest of any month since January 2024"
    )
    assert title(9, 1, 1, 1, 1, 1, 1, 5) == "S in August 2024: 5, the highest since January 2024"
    assert title(4, 5, unit="km2") == "S in February 2024: 5 km², up 25.0% on January 2024"
    assert title(1, 9) == "S in February 2024: 9, 9 times that of January 2024"
    assert title(3, -3) == "S in February 2024: \N{MINUS SIGN}3, \N{MINUS SIGN}6 on January 2024"
    assert title(5, 5) == "S in February 2024: 5, as in January 2024"
    assert title(5) == "S in January 2024: 5"
    assert title(np.nan, np.nan) == "S: no complete month is known"
    cut = Anomaly(pd.Period("2024-03"), pd.Period("2024-03"), "method break", "New rule.")
    assert title(5, 6, 7, anomalies=(cut,)) == "S in March 2024: 7"


def test_records_and_streaks_say_what_was_found() -> None:
    found = find_records(panel(*range(1, 16)), least=12)
    ax = plot(found)
    assert texts(ax).count("▼") == int(found.flags.sum()) == 3
    assert "3 record highs, the latest in March 2025" in alt_text(ax).replace("\n", " ")
    falls = plot(find_streaks(panel(9, 7, 5, 3, 4), direction="fall"))
    assert "3 falls" in texts(falls)
    assert "Shaded: 3 falls to April 2024." in alt_text(falls)


def test_a_rampup_shows_its_onset_segments_and_outlier() -> None:
    found = fit_rampup(stepped())
    ax = plot(found)
    onset = found.onset
    assert isinstance(onset, pd.Period)
    (line,) = [each for each in ax.lines if list(each.get_xdata()) == [onset.ordinal - 0.5] * 2]
    assert line.get_color() == "#D55E00"
    assert any(text.startswith("onset ") for text in texts(ax))
    frame = found.frame()
    middle = [each for each in ax.lines if each.get_linewidth() == 2.0]
    assert len(middle) == frame["segment"].nunique()
    drawn_fit = np.concatenate([each.get_ydata() for each in middle])
    np.testing.assert_allclose(drawn_fit, frame["fitted"])
    (ring,) = [each for each in ax.lines if each.get_markersize() == 9]
    assert list(ring.get_ydata()) == frame.loc[frame["outlier"], "observed"].tolist()


def test_a_wide_range_is_cut_and_said() -> None:
    ax = drawn("rampup not established")
    shown = load("drones-launched")["drones"].max()
    assert ax.get_ylim()[1] < 3 * shown
    assert any("The range goes on to" in text for text in texts(ax))


def test_a_one_off_month_is_cut_and_its_value_written() -> None:
    ax = drawn("series with gaps and a cut bar")
    assert ax.get_ylim()[1] < 1_500
    assert "↑ 45,426" in texts(ax)


def test_partial_months_of_lines_are_hollow_and_no_line_falls_to_them() -> None:
    days = np.array([31, 29, 31, 7], dtype=np.int32)
    ax = plot(panel(40, 50, 60, 9, observed_days=days), "years")
    through = [each for each in ax.lines if len(each.get_xdata()) == 4]
    assert np.isnan(through[0].get_ydata()[3])
    assert "Hatched because not complete: April 2024." in alt_text(ax)


def test_multiples_are_axes_in_their_places() -> None:
    axes = plot(regions())
    assert axes.shape == (2, 3)
    assert [ax.get_title(loc="left").split()[0] for ax in axes.flat] == [
        "Kharkiv", "Donetsk", "Sumy", "Zaporizhzhia", "Kherson", "Odesa"
    ]  # fmt: skip
    assert len({ax.get_ylim() for ax in axes.flat}) == 1
    assert len({ax.get_ylim() for ax in plot(regions(), sharey=False).flat}) == 6
    assert all(region in alt_text(axes[0, 0]) for region in ("Kharkiv", "Odesa"))
    five = plot(regions().select("Sumy", "Kherson", "Odesa", "Kharkiv", "Donetsk"))
    assert five[-1, -1] is None


def test_a_sources_line_ends_in_its_name() -> None:
    ax = drawn("sources")
    assert {"afp", "isw", "deepstate", "deepstate-bom"} <= set(texts(ax))
    assert "method break (afp)" in texts(ax)
    # January 2026 is not complete in one of them, and no line crosses the break
    assert "in December 2025: 244 to 519" in ax.get_title(loc="left")
    at = pd.Period("2026-02").ordinal
    blue = [line.get_xdata() for line in ax.lines if line.get_color() == "#0072B2"]
    assert not any({at - 1, at} <= set(x) for x in blue if len(x) and line_of(ax, x) != "None")


def line_of(ax: Axes, x: Any) -> str:
    """The style of the line that has these places."""
    return next(line.get_linestyle() for line in ax.lines if line.get_xdata() is x)


def test_the_calendar_has_a_square_a_day() -> None:
    days = nights()
    ax = plot(days)
    squares = [p for p in ax.patches if p.get_width() == 0.92]
    assert len(squares) >= len(days)
    assert "810, 7 Jul" in texts(ax)
    assert "5 are unknown." in alt_text(ax)
    frame = pd.DataFrame({"value": days})
    frame.attrs["unit"] = "drones"
    assert "Drones a day, from Monday (top) to Sunday" in texts(plot(frame))


def test_the_triangle_has_a_square_a_value() -> None:
    revised = cases()["revisions"][0]
    ax = plot(revised)
    assert len(ax.patches) == int(revised.triangle().notna().sum().sum())
    assert any(text.endswith(")") and "(+" in text for text in texts(ax))


@pytest.mark.parametrize("kind", ["series", "year", "years", "multiples", "sources"])
@pytest.mark.parametrize(
    "values",
    [[np.nan] * 5, [5.0], [0.0] * 14, [-5.0, -7, -1], [3.0, -3] * 9, [1e-9, 2e-9] * 8,
     [1e15, 9e20] * 7, [7.0] * 30, [np.nan] * 8 + [3.0] + [np.nan] * 8],
    ids=["unknown", "one", "zero", "negative", "signed", "tiny", "huge", "constant", "lone"],
)  # fmt: skip
def test_odd_series(values: list[float], kind: str) -> None:
    ax = one(plot(panel(*values), kind))
    assert png_bytes(ax)
    assert clashes(ax.figure.canvas.figure) == []
    low, high = ax.get_ylim()
    known = [value for value in values if not np.isnan(value)]
    assert low < high
    assert all(low <= value <= high for value in known)
    assert "nan" not in alt_text(ax)


def test_400_months() -> None:
    steps = np.random.default_rng(5).normal(size=400).cumsum() * 100
    steps[40:60] = np.nan
    long = panel(*steps, start="1990-01")
    for kind in ("series", "years", "year"):
        assert clashes(plot(long, kind).figure.canvas.figure) == []


@pytest.mark.parametrize(
    ("call", "error", "words"),
    [
        (lambda: plot(panel(1, 2), "pie"), UnknownOption, "pie"),
        (lambda: plot(panel(1, 2), "rampup"), UnknownOption, "rampup"),
        (lambda: plot(find_records(panel(1, 2)), "series"), UnknownOption, "records"),
        (lambda: plot(3), BadOption, "int"),
        (lambda: plot(panel(1, 2), size="huge"), UnknownOption, "huge"),
        (lambda: plot(panel(1, 2), size=(0, 1)), BadOption, "inches"),
        (lambda: plot(panel(1, 2), ax="here"), BadOption, "Axes"),
        (lambda: plot(panel(1, 2), month="2030-01"), MonthOutside, "2030-01"),
        (lambda: plot(panel(1, 2), first="2024-02", month="2024-01"), BadOption, "first"),
        (lambda: plot(panel(1, 2), series="t"), UnknownName, "'t'"),
        (lambda: plot(regions(), "series"), BadOption, "multiples"),
        (lambda: plot(regions(), ax=Figure().subplots()), BadOption, "figure of their own"),
        (lambda: plot(regions(), size=(2, 2)), BadOption, "6 series"),
        (lambda: plot({}), BadOption, "no panel"),
        (lambda: plot({"a": regions()}), BadOption, "6 series"),
        (lambda: plot(nights() * -1), BadOption, "negative"),
        (lambda: plot(nights(), first="2030-01"), NoValues, "no day"),
        (lambda: plot(nights(), "series"), UnknownOption, "nights"),
        (lambda: plot(pd.Series([1.0], [0]), "nights"), BadOption, "days"),
    ],
)  # fmt: skip
def test_refusals(call: Any, error: type[Exception], words: str) -> None:
    with pytest.raises(error, match=words):
        call()


def test_49_series_are_refused_with_what_to_do() -> None:
    months = pd.period_range("2024-01", periods=3, freq="M")
    many = Panel(np.ones((49, 3)), months, [str(k) for k in range(49)])
    with pytest.raises(BadOption, match=r"49 series.*select"):
        plot(many)


def test_a_panel_plots_itself() -> None:
    ax = load("drones-launched").plot("years", size="wide", title="T")
    assert ax.get_title(loc="left") == "T"
    assert load("drones-launched").plot(ax=(given := Figure().subplots())) is given
