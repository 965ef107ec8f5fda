"""One chart of anything that the library makes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
from matplotlib.axes import Axes

from trends.detect import Changes, ProminentStreaks, Ranks, Records, Streaks
from trends.detect.alarms import Alarms
from trends.errors import BadOption, UnknownOption
from trends.models import SurpriseResults, TrendResults
from trends.models.baselines import BaselineResults
from trends.models.rampups import RampupResults
from trends.panel import MonthLike, Panel, as_month, as_panel
from trends.plots._chances import draw_chances
from trends.plots._comparing import draw_sources
from trends.plots._findings import (
    draw_changes,
    draw_ranks,
    draw_records,
    draw_series,
    draw_streaks,
)
from trends.plots._fits import draw_alarms, draw_baseline, draw_rampup, draw_trend
from trends.plots._multiples import draw_multiples
from trends.plots._nights import draw_nights
from trends.plots._prominences import draw_prominent
from trends.plots._revisions import draw_revisions
from trends.plots._rows import Asked
from trends.plots._style import Size, styled
from trends.plots._years import draw_year, draw_years
from trends.vintages import Revisions

Draw = Callable[[Any, Asked], Any]

# Of a panel; the first is drawn unasked where it has one series.
PANEL_KINDS: dict[str, Draw] = {
    "series": draw_series,
    "year": draw_year,
    "years": draw_years,
    "multiples": draw_multiples,
}
# Of anything else: its own kind, and how it is drawn.
RESULTS: dict[type, tuple[str, Draw]] = {
    Records: ("records", draw_records),
    Streaks: ("streaks", draw_streaks),
    Ranks: ("ranks", draw_ranks),
    Changes: ("changes", draw_changes),
    ProminentStreaks: ("prominent", draw_prominent),
    Alarms: ("expected", draw_alarms),
    BaselineResults: ("expected", draw_baseline),
    RampupResults: ("rampup", draw_rampup),
    TrendResults: ("trend", draw_trend),
    SurpriseResults: ("chances", draw_chances),
    Revisions: ("revisions", draw_revisions),
}
OTHERS = ("sources", "nights")
SPEAKING = (BaselineResults, RampupResults)  # whose charts a report shows in its language
KINDS = tuple(dict.fromkeys([*PANEL_KINDS, *OTHERS, *(kind for kind, _ in RESULTS.values())]))


def plot(
    x: object,
    kind: str | None = None,
    *,
    ax: Axes | None = None,
    title: str | None = None,
    subtitle: str | None = None,
    source: str | None = None,
    month: MonthLike | None = None,
    first: MonthLike | None = None,
    series: str | None = None,
    size: Size = "page",
    sharey: bool = True,
    language: str = "en",
) -> Any:
    """Draw one chart: a panel, what was found in it or fitted to it, sources, revisions, nights.

    The claim is the title, the unit the subtitle, and the source stands below. Months that are not
    complete are hatched, gaps, method breaks and splices marked. The chart carries its own words
    for those who do not see it: `alt_text`, and inside the files of `svg_text` and `png_bytes`.

    Parameters
    ----------
    x : Panel, Series, DataFrame, mapping of str to Panel, or a result
        What to draw. Of a mapping (or a `Comparison`) its sources; of days (a Series on a daily
        index, or the frame of `load_launches_daily`) a calendar; of `find_records`,
        `find_streaks`, `find_ranks`, `find_changes`, `find_prominent_streaks`, `find_alarms`,
        `fit_rampup`, `fit_baseline`, `fit_trend`, `fit_surprise` or `revisions` what was found.
    kind : str, optional
        Of panels: 'series' (the months, the records and the streak that ends there), 'year'
        (thirteen months, each with its value), 'years' (a line a year), 'multiples' (a small chart
        a series; the default where there are several) or 'sources' (a line a series). All else has
        one kind.
    ax : Axes, optional
        Where to draw; on a new figure by default. Small multiples make their own.
    title, subtitle, source : str, optional
        By default what follows from the data; "" writes none.
    month : month, optional
        What the chart is about: the last complete month by default. Nothing later is drawn. Of
        models it is the month that they were fitted to.
    first : month, optional
        The first month drawn.
    series : str, optional
        Which series of several.
    size : {'page', 'wide', 'square'} or pair of float
        Of a new figure: 8.6 x 4.4 inches for text; 1200 x 675 or 1080 x 1080 pixels to be shared;
        or width and height in inches.
    sharey : bool
        Whether small multiples share one scale.
    language : str
        Of what was expected and of ramp-ups, whose titles are to be given then; all else is in
        English.

    Returns
    -------
    Axes
        Months stand at their ordinals (``pd.Period("2025-06").ordinal``), as where pandas draws
        them. Of small multiples an array of Axes, of shape (rows, columns), None where empty.

    Raises
    ------
    BadOption, UnknownOption
        If `x` is nothing that is drawn, has no such kind, or an option does not fit.
    MonthOutside, UnknownName, NoValues
        If there is no such month, series or value.

    Notes
    -----
    Neither pyplot nor the user's settings have a say: matplotlib's settings are replaced by ours
    while a chart is drawn, and put back. Do not draw with matplotlib in another thread meanwhile.

    Examples
    --------
    >>> from trends.loaders import load
    >>> ax = plot(load("drones-launched"), month="2025-06")
    >>> print(ax.get_title(loc="left"))
    Drones launched in June 2025: 5,438, the
    highest of any month since September 2022
    """
    asked = Asked(
        ax=_checked_ax(ax),
        title=title,
        subtitle=subtitle,
        source=source,
        month=None if month is None else as_month(month, "plot"),
        first=None if first is None else as_month(first, "plot"),
        series=series,
        size=size,
        sharey=sharey,
    )
    if kind is not None and kind not in KINDS:
        raise UnknownOption("plot", kind=kind, known=KINDS)
    if asked.month is not None and asked.first is not None and asked.first > asked.month:
        raise BadOption("plot", "first", str(first), f"at or before {asked.month}")
    if language != "en" and not isinstance(x, SPEAKING):
        raise UnknownOption("plot of this", language=language, known=("en",))
    with styled(language):
        return _draw(x, kind, asked)


def _draw(x: object, kind: str | None, asked: Asked) -> Any:
    for shape, (own, draw) in RESULTS.items():
        if isinstance(x, shape):
            _only(kind, own)
            return draw(x, asked)
    panels = x if isinstance(x, Mapping) else getattr(x, "panels", None)
    if isinstance(panels, Mapping):
        _only(kind, "sources")
        return draw_sources({str(name): as_panel(panel) for name, panel in panels.items()}, asked)
    if isinstance(x, pd.Series | pd.DataFrame) and (kind == "nights" or _is_daily(x)):
        _only(kind, "nights")
        return draw_nights(*_days(x), asked)
    if not isinstance(x, Panel | pd.Series | pd.DataFrame):
        needed = "a panel, a table, or a result that has a chart"
        raise BadOption("plot", "x", type(x).__name__, needed)
    panel = as_panel(x)
    if kind == "sources":
        return draw_sources({name: panel.select(name) for name in panel.names}, asked)
    several = panel.n_series > 1 and asked.series is None
    chosen = kind or ("multiples" if several else "series")
    if chosen not in PANEL_KINDS:
        raise UnknownOption("plot of a panel", kind=chosen, known=(*PANEL_KINDS, "sources"))
    return PANEL_KINDS[chosen](panel, asked)


def _only(kind: str | None, own: str) -> None:
    if kind not in (None, own):
        raise UnknownOption("plot", kind=kind, known=(own,))


def _checked_ax(ax: object) -> Axes | None:
    if ax is not None and not isinstance(ax, Axes):
        raise BadOption("plot", "ax", type(ax).__name__, "a matplotlib Axes")
    return ax


def _is_daily(x: pd.Series[Any] | pd.DataFrame) -> bool:
    index = x.index
    if isinstance(index, pd.PeriodIndex):
        return bool(index.freqstr == "D")
    # month-ends and month-starts are months; neighbouring days are days
    if not isinstance(index, pd.DatetimeIndex) or len(index) < 2:
        return False
    steps: npt.NDArray[Any] = np.diff(index.sort_values().to_numpy())
    return bool(np.median(steps) < np.timedelta64(7, "D"))


def _days(x: pd.Series[Any] | pd.DataFrame) -> tuple[pd.Series[Any], str]:
    """The values of each day, and what one counts."""
    if isinstance(x, pd.Series):
        return x, ""
    name = "value" if "value" in x.columns else x.columns[0]
    if "value" not in x.columns and x.shape[1] != 1:
        raise BadOption("plot", "x", f"{x.shape[1]} columns", "one, or one named 'value'")
    unit = str(x.attrs.get("unit", ""))
    return x[name].rename(str(x.attrs.get("quantity", "")) or unit or str(name)), unit
