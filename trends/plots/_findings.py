"""A series with what a detector found in it."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from matplotlib.axes import Axes

from trends.detect import Changes, Ranks, Records, Streaks, find_records, find_streaks
from trends.errors import TrendsError
from trends.panel import Panel
from trends.plots._dress import upper
from trends.plots._headlines import headline, last_complete
from trends.plots._marks import Flag, chosen_series, shown_window
from trends.plots._rows import Asked, Row
from trends.plots._series import Look, series_chart
from trends.plots._style import SAND
from trends.wording import month_words, ordinal, percent

LEAST_STREAK = 2
WINNERS = 5  # ranks that are written


def shown(panel: Panel, series: str, asked: Asked) -> tuple[Panel, int | None]:
    """The months drawn, and the position among them of the month that the chart is about."""
    month = asked.month if asked.month is not None else last_complete(panel, series)
    window = shown_window(panel, asked.first, asked.month or panel.months[-1])
    if month is None or not window.months[0] <= month <= window.months[-1]:
        return window, None
    return window, window.position(month)


def finish(
    panel: Panel, series: str, asked: Asked, window: Panel, look: Look, title: str, alt: list[str],
    words: str = "",
) -> Axes:  # fmt: skip
    """Draw a panel's series in our words, or those asked for."""
    row = Row.of_panel(window, series)
    subtitle = row.subtitle if asked.subtitle is None else asked.subtitle
    if words and asked.subtitle is None:
        subtitle = f"{subtitle}. {words}"
    return series_chart(
        asked.axes(),
        row,
        look,
        title=title if asked.title is None else asked.title,
        subtitle=subtitle,
        source=row.source if asked.source is None else asked.source,
        alt=alt,
    )


def streak_flag(window: Panel, first: int, last: int, text: str) -> Flag:
    """The shade of a streak."""
    start = window.months[0].ordinal
    return Flag(text, start + max(first, 0) - 0.5, start + last + 0.5, colour=SAND)


def draw_series(panel: Panel, asked: Asked) -> Axes:
    """A series, the month it is about, the records on the way and the streak that ends there."""
    series = chosen_series(panel, asked.series)
    one = panel.select(series)
    window, main = shown(one, series, asked)
    records: tuple[int, ...] = ()
    flags: tuple[Flag, ...] = ()
    emphasis: tuple[int, ...] = ()
    labels: dict[int, str] = {}
    alt = []
    try:
        start = one.position(window.months[0])
        found = find_records(one).flags[0, start : start + window.n_time]
        records = tuple(int(t) for t in np.flatnonzero(found))
    except TrendsError:  # too short, or nothing known
        pass
    streak = None if one.kind == "stock" else _streak(one, window, main)
    if streak is not None and main is not None:
        length, word = streak
        flags = (streak_flag(window, main - length, main, f"{length} {word}"),)
        emphasis = tuple(range(max(main - length, 0), main))
        labels = {max(main - length, 0): ""}
        alt.append(f"Shaded: {length} {word} to {month_words(window.months[main])}")
    if records:
        said = ", ".join(month_words(window.months[t]) for t in records[-3:])
        many = f"{len(records)} records, the last " if len(records) > 3 else "a record: "
        alt.append(f"Triangles mark {many}{said}")
    about = None if main is None else window.months[main]
    look = Look(main=main, emphasis=emphasis, labels=labels, marked=records, flags=flags)
    words = "▼ record" if records else ""
    return finish(one, series, asked, window, look, headline(one, series, about), alt, words)


def _streak(panel: Panel, window: Panel, main: int | None) -> tuple[int, str] | None:
    if main is None:
        return None
    month = window.months[main]
    for direction, word in (("rise", "rises in a row"), ("fall", "falls in a row")):
        try:
            found = find_streaks(panel.until(month), direction=direction)  # type: ignore[arg-type]
        except TrendsError:
            return None
        length = int(found.lengths[0, -1])
        if length >= LEAST_STREAK:
            return length, word
    return None


def draw_records(found: Records, asked: Asked) -> Axes:
    """A series with a triangle at each record."""
    series = chosen_series(found.panel, asked.series)
    k = found.panel.names.index(series)
    window, _ = shown(found.panel, series, asked)
    start = found.panel.position(window.months[0])
    here = np.flatnonzero(found.flags[k, start : start + window.n_time])
    word = {"high": "highest", "low": "lowest"}[found.direction]
    row = Row.of_panel(window, series)
    since = month_words(found.panel.months[0])
    if len(here):
        last = int(here[-1])
        months = f"{len(here)} record {'highs' if found.direction == 'high' else 'lows'}"
        if len(here) == 1:
            months = months[:-1]
        title = f"{upper(row.name)}: {months}, the latest in {row.when(last)}"
        months = ", ".join(row.when(int(t)) for t in here)
        alt = [f"Triangles mark the {word} values since {since}: {months}"]
    else:
        last, alt = None, []
        title = f"{upper(row.name)}: no month set a record"
    labels = {int(t): "" for t in here[::-1]}
    marks = tuple(int(t) for t in here)
    look = Look(main=last, labels=labels, marked=marks, emphasis=marks[:-1])
    words = f"▼ {word} so far, of at least {found.least + 1} months" if len(here) else ""
    return finish(found.panel, series, asked, window, look, title, alt, words)


def draw_streaks(found: Streaks, asked: Asked) -> Axes:
    """A series with its streaks shaded, the longest named."""
    series = chosen_series(found.panel, asked.series)
    k = found.panel.names.index(series)
    window, main = shown(found.panel, series, asked)
    start = found.panel.position(window.months[0])
    lengths = found.lengths[k, start : start + window.n_time]
    word = {"rise": "rises", "fall": "falls"}[found.direction]
    ends = [
        t
        for t, length in enumerate(lengths)
        if length >= LEAST_STREAK and (t + 1 == len(lengths) or lengths[t + 1] != length + 1)
    ]
    longest = max(lengths, default=0)
    flags = tuple(streak_flag(window, t - lengths[t], t, f"{lengths[t]} {word}") for t in ends)
    row = Row.of_panel(window, series)
    now = 0 if main is None else int(lengths[main])
    if main is not None and now >= LEAST_STREAK:
        title = f"{upper(row.name)}: {row.when(main)} was the {ordinal(now)} {word[:-1]} in a row"
    elif ends:
        at = next(t for t in ends if lengths[t] == longest)
        title = f"{upper(row.name)}: at most {longest} {word} in a row, to {row.when(at)}"
    else:
        title = f"{upper(row.name)}: no two {word} in a row"
    inside = {s for t in ends for s in range(max(t - int(lengths[t]), 0), t + 1)}
    alt = [f"Shaded: {lengths[t]} {word} to {row.when(t)}" for t in ends]
    look = Look(main=main, emphasis=tuple(sorted(inside - {main})), flags=flags)
    words = f"Shaded: at least {LEAST_STREAK} {word} in a row, with the month they began from"
    return finish(found.panel, series, asked, window, look, title, alt, words if ends else "")


def draw_ranks(found: Ranks, asked: Asked) -> Axes:
    """A series with the place of each of its highest (lowest) months, among all up to the last."""
    series = chosen_series(found.panel, asked.series)
    window, main = shown(found.panel, series, asked)
    row = Row.of_panel(window, series)
    known = np.where(window.complete, row.values, np.nan)
    sign = -1.0 if found.direction == "high" else 1.0
    order = np.argsort(np.where(np.isfinite(known), sign * known, np.inf), kind="stable")
    best = [int(t) for t in order[:WINNERS] if np.isfinite(known[t])]
    place = {t: 1 + int((sign * known < sign * known[t]).sum()) for t in best}
    labels = {t: f"{place[t]}{_suffix(place[t])}" for t in best}
    word = {"high": "highest", "low": "lowest"}[found.direction]
    title = f"{upper(row.name)}: no complete month is known"
    if main is not None:
        at = found.panel.position(window.months[main])
        rank = int(found.ranks[found.panel.names.index(series), at])
        number = int(found.earlier[found.panel.names.index(series), at]) + 1
        of = f"{ordinal(rank)} {word}" if rank > 1 else word
        title = f"{upper(row.name)}: {row.when(main)} was the {of} of {number} months"
        if rank < 1:
            title = f"{upper(row.name)}: {row.when(main)} has no rank"
    alt = [f"The {word}: " + ", ".join(f"{row.when(t)} {row.amount(known[t])}" for t in best)]
    look = Look(main=main, emphasis=tuple(t for t in best if t != main), labels=labels)
    return finish(found.panel, series, asked, window, look, title, alt if best else [])


def _suffix(number: int) -> str:
    return {1: "st", 2: "nd", 3: "rd"}.get(number, "th")


def draw_changes(found: Changes, asked: Asked) -> Axes:
    """The change of each month, in percent, or in the unit where there is none in percent."""
    series = chosen_series(found.panel, asked.series)
    k = found.panel.names.index(series)
    share = np.isfinite(found.changes[k]).any() and not (found.panel.values[k] < 0).any()
    values = 100 * found.changes[k] if share else found.differences[k]
    changed = replace(
        found.panel.select(series),
        values=values[None],
        kind="flow",
        unit="%" if share else found.panel.unit,
        observed_days=None,  # type: ignore[arg-type]
    )
    window, main = shown(changed, series, asked)
    row = Row.of_panel(window, series)
    against = {"month": "the month before", "year": "the same month a year before"}[found.against]
    a_day = ", per day" if found.per == "day" else ""
    of = "percent" if share else row.unit
    name = upper(row.name)
    title = f"{name}: no change is known"
    if main is not None:
        value = float(row.values[main])
        much = percent(value / 100) if share else f"{'+' if value > 0 else ''}{row.amount(value)}"
        title = f"{name}: {much} in {row.when(main)}, against {against}"
    subtitle = f"{name}, change on {against}{a_day}" + (f", {of}" if of else "")
    labels = {}
    if main is not None and share:
        labels[main] = percent(float(row.values[main]) / 100)
    return finish(
        changed, series, replace(asked, subtitle=asked.subtitle or subtitle), window,
        Look(main=main, labels=labels), title, [f"Bars are changes on {against}{a_day}"],
    )  # fmt: skip
