"""One chart of each kind, and which of its texts lie on one another."""

from __future__ import annotations

import datetime as dt
import itertools
import tempfile
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.text import Text

from trends.detect import (
    find_changes,
    find_prominent_streaks,
    find_ranks,
    find_records,
    find_streaks,
)
from trends.detect.alarms import find_alarms
from trends.loaders import load
from trends.models import fit_surprise, fit_trend
from trends.models.baselines import fit_baseline
from trends.models.rampups import fit_rampup
from trends.panel import Panel
from trends.vintages import Revisions, Store, revisions

REGIONS = ("Kharkiv", "Donetsk", "Sumy", "Zaporizhzhia and its surroundings", "Kherson", "Odesa")


def regions() -> Panel:
    rng = np.random.default_rng(1)
    means = np.linspace(5, 40, len(REGIONS))[:, None] * np.linspace(0.6, 1.5, 40)
    months = pd.period_range("2023-01", periods=40, freq="M")
    about = {"unit": "attacks", "quantity": "attacks recorded", "source": "Made up"}
    return Panel(rng.poisson(means), months, REGIONS, **about)  # type: ignore[arg-type]


def nights() -> pd.Series[float]:
    rng = np.random.default_rng(2)
    days = pd.period_range("2024-09-10", "2026-06-07", freq="D")
    values = rng.poisson(np.linspace(10, 200, len(days))).astype(float)
    values[50:55], values[300], values[7] = np.nan, 810, 0
    return pd.Series(values, days, name="drones launched")


def revised() -> Revisions:
    months = pd.period_range("2024-01", periods=12, freq="M")
    base = np.array([181.0, 222, 300, 250, 410, 380, 390, 420, 500, 460, 480, 510])
    rng = np.random.default_rng(3)
    with Store.open(Path(tempfile.mkdtemp(), "store.sqlite")) as store:
        for k in range(6, 13):
            values = base[:k].copy()
            values[-2:] += rng.integers(-20, 40, 2)
            day = (months[k - 1] + 1).start_time.date() + dt.timedelta(days=9)
            panel = Panel([values], months[:k], ["missiles"], unit="missiles", definition="All.")
            store.add(panel, as_of=day)
        return revisions("missiles", store=store)


def stepped() -> pd.Series[float]:
    rng = np.random.default_rng(4)
    values = np.concatenate([rng.poisson(30, 24), rng.poisson(75, 12)]).astype(float)
    values[10] = 120
    return pd.Series(values, pd.period_range("2022-01", periods=36, freq="M"), name="attacks")


@cache
def cases() -> dict[str, tuple[Any, dict[str, Any]]]:
    """What to draw, and by what options."""
    drones, missiles = load("drones-launched"), load("missiles-launched")
    gain, area = load("territory-gain-afp"), load("area-controlled")
    names = ("afp", "isw", "deepstate", "deepstate-bom")
    june = {"month": "2025-06"}
    return {
        "series": (drones, {}),
        "series with gaps and a cut bar": (gain, {}),
        "series of a stock": (area, {}),
        "year": (drones, {"kind": "year", **june}),
        "year with gaps": (gain, {"kind": "year", **june}),
        "years": (drones, {"kind": "years"}),
        "years of a stock": (area, {"kind": "years"}),
        "multiples": (regions(), {}),
        "multiples on own scales": (regions(), {"sharey": False}),
        "sources": ({n: load(f"territory-gain-{n}") for n in names}, {"first": "2023-12"}),
        "records": (find_records(drones), {}),
        "low records": (find_records(missiles, direction="low", least=3), {}),
        "streaks": (find_streaks(drones), {}),
        "falls": (find_streaks(missiles, direction="fall"), {}),
        "ranks": (find_ranks(drones), june),
        "changes": (find_changes(drones), {}),
        "changes of a signed series": (find_changes(load("territory-gain-deepstate")), {}),
        "changes on a year": (find_changes(missiles, against="year", per="day"), {}),
        "prominent": (find_prominent_streaks(missiles), {}),
        "alarms": (find_alarms(missiles, alpha=0.05), {}),
        "alarms of a bare array": (find_alarms(stepped().to_numpy()), {}),
        "baseline": (fit_baseline(drones.until("2025-06")), {}),
        "rampup": (fit_rampup(stepped()), {}),
        "rampup of a bare array": (fit_rampup(stepped().to_numpy()), {}),
        "rampup not established": (fit_rampup(drones), {}),
        "trend": (fit_trend(drones), {}),
        "chances": (fit_surprise(drones.until("2025-06"), replicates=200), {}),
        "revisions": (revised(), {}),
        "nights": (nights(), {}),
    }


def one(drawn: Any) -> Axes:
    """The axes, or the first of several."""
    ax: Axes = drawn.flat[0] if isinstance(drawn, np.ndarray) else drawn
    return ax


def clashes(figure: Figure) -> list[str]:
    """Texts that lie on one another, or outside the figure, by more than a point."""
    canvas = FigureCanvasAgg(figure)
    canvas.draw()
    renderer = canvas.get_renderer()
    boxes = [(text.get_text(), Text.get_window_extent(text, renderer)) for text in _shown(figure)]
    point, inside = figure.dpi / 72, figure.bbox
    found = [
        f"outside: {words!r}"
        for words, box in boxes
        if box.x0 < inside.x0 - point
        or box.x1 > inside.x1 + point
        or box.y0 < inside.y0 - point
        or box.y1 > inside.y1 + point
    ]
    for (a, first), (b, second) in itertools.combinations(boxes, 2):
        wide = min(first.x1, second.x1) - max(first.x0, second.x0)
        high = min(first.y1, second.y1) - max(first.y0, second.y0)
        if min(wide, high) > 1.2 * point and {a, b} != {"▼"}:
            found.append(f"on one another: {a!r}, {b!r}")
    return found


def _shown(figure: Figure) -> Iterator[Text]:
    hidden: set[Text] = set()
    for ax in figure.axes:
        for axis, limits in ((ax.xaxis, ax.get_xlim()), (ax.yaxis, ax.get_ylim())):
            low, high = sorted(limits)
            for tick in [*axis.get_major_ticks(), *axis.get_minor_ticks()]:
                if not low <= tick.get_loc() <= high or not tick.label1.get_visible():
                    hidden.add(tick.label1)
    for text in figure.findobj(Text):
        assert isinstance(text, Text)
        if text not in hidden and text.get_visible() and text.get_text().strip():
            yield text
