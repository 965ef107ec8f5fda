"""A series with what a model says of it: segments and their onset, a trend, what was expected."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from trends.detect.alarms import Alarms
from trends.models.baselines import BaselineResults
from trends.models.rampups import RampupResults
from trends.models.trends import TrendResults
from trends.plots._dress import FloatRow, upper, value_words
from trends.plots._marks import Flag, chosen_series, floats
from trends.plots._rows import Asked, Row
from trends.plots._series import Look, Overlay, series_chart
from trends.plots._speech import month_said, said, spoken, step_said
from trends.plots._style import GREEN, SAND, VERMILLION
from trends.wording import language_of

TOO_WIDE = 20  # usual months


def draw_rampup(found: RampupResults, asked: Asked) -> Axes:
    """Bars, the fitted segments with their band, and the months in which the rise may begin."""
    row = Row.of_endog(found.endog)
    frame = found.frame()
    at, where = list(frame["month"]), row.at
    flags, alt = [], []
    starts = found.onset_set()
    share = share_words(1 - found.alpha)
    keys = [row.subtitle, said("key_fit", share=share)]
    if starts and found.onset is not None:
        places = [float(where[at.index(start)]) for start in starts]
        onset = _when(found.onset)
        flags = [Flag("", first - 0.5, last + 0.5, colour=SAND) for first, last in _runs(places)]
        line = float(where[at.index(found.onset)]) - 0.5
        flags.append(Flag(said("onset", month=onset), line, colour=VERMILLION))
        keys.append(said("key_onset", share=share))
        ends = {"first": _when(starts[0]), "last": _when(starts[-1])}
        span = ends["first"] if len(starts) == 1 else said("span", **ends)
        alt.append(said("alt_onset", onset=onset, share=share, span=span))
    if frame["outlier"].any():
        keys.append(said("key_ring"))
    row = replace(row, odd=tuple(int(t) for t in np.flatnonzero(frame["outlier"])))
    overlay = Overlay(
        middle=_floats(frame["fitted"]),
        low=_floats(frame["lower"]),
        high=_floats(frame["upper"]),
        name=said("fit"),
        parts=frame["segment"].to_numpy(),
    )
    rings = tuple(int(t) for t in np.flatnonzero(frame["outlier"]))
    look = Look(rings=rings, flags=tuple(flags), overlay=overlay)
    return _finish(
        row, look, asked, _rampup_title(found, row), ". ".join(keys), [*alt, *_summary(found)]
    )


def _rampup_title(found: RampupResults, row: Row) -> str:
    name = upper(row.name)
    rise = found.rise
    if not found.established or found.onset is None or rise is None:
        return f"{name}: no change is established beyond noise that persists"
    size = ""
    if np.isfinite(rise.growth):
        low, high = rise.growth_interval
        size = f", {rise.growth:+.1f}% a month" if found.endog.counts else ""
        if size and np.isfinite(low):
            size += f" ({low:+.1f}% to {high:+.1f}%)"
    elif np.isfinite(found.ratio):
        size = f", to {found.ratio:.2g} times the level before"
    return f"{name}: a rise that began about {_when(found.onset)}{size}"


def draw_trend(found: TrendResults, asked: Asked) -> Axes:
    """Bars, and the fitted line with the interval of that line."""
    row = Row.of_endog(found.endog)
    frame = found.frame()
    overlay = Overlay(
        middle=_floats(frame["fitted"]),
        low=_floats(frame["low"]),
        high=_floats(frame["high"]),
        name="trend",
    )
    words = found.summary().splitlines()
    subtitle = f"{row.subtitle}. Line and band: the trend, with its {1 - found.alpha:.0%} interval"
    title = upper(words[0].split(";")[0].rstrip("."))
    return _finish(row, Look(overlay=overlay), asked, title, subtitle, words)


def draw_baseline(found: BaselineResults, asked: Asked) -> Axes:
    """Bars, and what the months before each month led one to expect."""
    row = Row.of_endog(found.endog)
    frame = _frame(found)
    share = share_words(1 - found.alpha)
    main = len(frame) - 1
    value, low, high = (float(frame[name].iloc[main]) for name in ("value", "lower", "upper"))
    title = f"{upper(row.name)} in {row.when(main)}: {value_words(value)}"
    if found.insufficient or not np.isfinite(value):
        title = f"{upper(row.name)} in {row.when(main)}: nothing to hold it against"
    elif low <= value <= high:
        title += f", within the {value_words(low)} to {value_words(high)} expected"
    else:
        side = "above" if value > high else "below"
        title += f", {side} the {value_words(low)} to {value_words(high)} expected"
    look = Look(main=main if np.isfinite(value) else None)
    return _expected(row, frame, look, share, asked, title, _summary(found))


@lru_cache(maxsize=4)
def _frame(found: BaselineResults) -> pd.DataFrame:
    """Made once: it fits every month, and a page draws the same in two widths."""
    return found.frame()


def draw_alarms(found: Alarms, asked: Asked) -> Axes:
    """Bars, the range expected of each month from those before it, and the months above it."""
    if found.panel is not None:
        series = chosen_series(found.panel, asked.series)
        k = found.panel.names.index(series)
        row = Row.of_panel(found.panel, series)
        row = replace(row, values=floats(found.panel, series))
    else:
        k = int(asked.series or 0)
        values = np.asarray(found.values[k], dtype=np.float64)
        row = Row(
            clock=pd.RangeIndex(len(values)), values=values, partial=("",) * len(values),
            name="series", subtitle="Value of each step",
        )  # fmt: skip
    columns = {"value": found.values, "expected": found.expected}
    columns |= {"lower": found.lower, "upper": found.upper}
    frame = pd.DataFrame({name: array[k] for name, array in columns.items()})
    months = [row.when(int(t)) for t in np.flatnonzero(found.alarms[k])]
    judged = int((np.isfinite(found.upper[k]) & np.isfinite(found.values[k])).sum())
    of = f"{judged} {'months' if found.panel is not None else 'steps'} judged"
    title = f"{upper(row.name)}: none of {of} was above what those before it led one to expect"
    if len(months) == 1:
        title = f"{upper(row.name)}: {months[0]} was above what those before it led one to expect"
    elif months:
        title = (
            f"{upper(row.name)}: {len(months)} of {of} above what those before led one to expect"
        )
        title += f", the last in {months[-1]}"
    elif not judged:
        title = f"{upper(row.name)}: the past is too short to expect anything"
    share = share_words(1 - 2 * found.alpha)
    alt = [f"Above the range: {', '.join(months)}"] if months else []
    return _expected(row, frame, Look(), share, asked, title, alt)


def _expected(
    row: Row, frame: pd.DataFrame, look: Look, share: str, asked: Asked, title: str, alt: list[str]
) -> Axes:
    above = (frame["value"] > frame["upper"]).to_numpy()
    frame, wide = _without_wide(frame, look.main)
    marked = tuple(int(t) for t in np.flatnonzero(above))
    overlay = Overlay(
        middle=_floats(frame["expected"]),
        low=_floats(frame["lower"]),
        high=_floats(frame["upper"]),
        name=said("expected"),
        colour=GREEN,
        dashed=True,
        focus=look.main,
    )
    known = np.flatnonzero(np.isfinite(frame["value"]))
    last = int(known[-1]) if len(known) else None
    subtitle = f"{row.subtitle}. {said('key_expected', share=share)}"
    if not isinstance(row.clock, pd.PeriodIndex):
        subtitle = subtitle.replace("months", "steps")
    if marked:
        subtitle += f". {said('key_above')}"
    if wide:
        subtitle += f". {said('key_wide', n=TOO_WIDE)}"
    if last is not None and np.isfinite(overlay.middle[last]):
        low, high = value_words(overlay.low[last]), value_words(overlay.high[last])
        middle = value_words(overlay.middle[last])
        when = row.when(last)
        alt = [*alt, said("alt_expected", month=when, expected=middle, low=low, high=high)]
    labels = dict.fromkeys(reversed(marked), "")
    look = replace(look, marked=marked, labels=labels, overlay=overlay)
    return _finish(row, look, asked, title, subtitle, alt)


def _without_wide(frame: pd.DataFrame, main: int | None) -> tuple[pd.DataFrame, bool]:
    """Without the ranges that would fill the chart and tell nothing; that of `main` stays."""
    usual = float(frame["value"].abs().median())
    wide = ((frame["upper"] - frame["lower"]) > TOO_WIDE * usual).to_numpy(copy=True)
    if main is not None:
        wide[main] = False
    if not usual > 0 or not wide.any():
        return frame, False
    frame = frame.copy()
    frame.loc[wide, ["expected", "lower", "upper"]] = np.nan
    return frame, True


def _finish(row: Row, look: Look, asked: Asked, title: str, subtitle: str, alt: list[str]) -> Axes:
    row, look = _cut(row, look, asked)
    return series_chart(
        asked.axes(),
        row,
        look,
        title=title if asked.title is None else asked.title,
        subtitle=subtitle if asked.subtitle is None else asked.subtitle,
        source=row.source if asked.source is None else asked.source,
        alt=alt,
    )


def _cut(row: Row, look: Look, asked: Asked) -> tuple[Row, Look]:
    """From the first month asked for on."""
    if asked.first is None or not isinstance(row.clock, pd.PeriodIndex):
        return row, look
    start = max(0, int((row.clock < asked.first).sum()))
    over = look.overlay
    if over is not None:
        over = replace(
            over,
            middle=over.middle[start:],
            low=over.low[start:],
            high=over.high[start:],
            parts=None if over.parts is None else over.parts[start:],
            focus=None if over.focus is None or over.focus < start else over.focus - start,
        )
    first = int(row.clock[start].ordinal)
    emphasis, marked, rings = (
        tuple(t - start for t in kept if t >= start)
        for kept in (look.emphasis, look.marked, look.rings)
    )
    main = None if look.main is None or look.main < start else look.main - start
    flags = tuple(flag for flag in look.flags if flag.first >= first - 0.5)
    labels = {t - start: text for t, text in look.labels.items() if t >= start}
    look = replace(
        look, overlay=over, main=main, flags=flags, labels=labels, emphasis=emphasis,
        marked=marked, rings=rings,
    )  # fmt: skip
    kept = tuple(flag for flag in row.flags if flag.first > first - 0.5)
    return replace(
        row, clock=row.clock[start:], values=row.values[start:], partial=row.partial[start:],
        flags=kept, odd=tuple(t - start for t in row.odd if t >= start),
    ), look  # fmt: skip


def _floats(column: pd.Series[float]) -> FloatRow:
    return np.asarray(column, dtype=np.float64)


def _when(step: object) -> str:
    return month_said(step) if isinstance(step, pd.Period) else step_said(step)


def _summary(found: RampupResults | BaselineResults) -> list[str]:
    """The sentences of a result, which are English."""
    return found.summary().splitlines() if spoken() == "en" else []


def share_words(share: float) -> str:
    """``95%``."""
    return f"{100 * share:.0f}{language_of(spoken()).percent_sign()}"


def _runs(places: list[float]) -> list[tuple[float, float]]:
    """First and last of each stretch of neighbours."""
    runs: list[tuple[float, float]] = []
    for place in places:
        if runs and place == runs[-1][1] + 1:
            runs[-1] = (runs[-1][0], place)
        else:
            runs.append((place, place))
    return runs
