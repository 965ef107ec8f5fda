"""What a chart says where nobody gave it a title."""

from __future__ import annotations

import numpy as np
import pandas as pd

from trends.detect import find_changes, find_records
from trends.errors import TrendsError
from trends.panel import Panel
from trends.plots._dress import name_words, number, upper, value_words
from trends.wording import amount, month_words, percent, unit_words

MANY = 3.0  # times as much, from which on percent are hard to read
FAR = 6  # months that "the highest since" must reach back to be said


def last_complete(panel: Panel, series: str) -> pd.Period | None:
    """The last complete month with a value."""
    values = panel[series].to_numpy(dtype=np.float64)
    known = np.flatnonzero(np.isfinite(values) & panel.complete)
    return panel.months[known[-1]] if len(known) else None


def headline(panel: Panel, series: str, month: pd.Period | None) -> str:
    """The month's value, and the strongest of: record, since, change. The arithmetic alone."""
    one = panel.select(series)
    name = upper(name_words(panel, series))
    month = last_complete(one, series) if month is None else month
    if month is None:
        return f"{name}: no complete month is known"
    value = float(one.values[0, one.position(month)])
    if not np.isfinite(value):
        return f"{name} in {month_words(month)}: unknown"
    unit = one.unit if one.unit and one.unit not in name.lower() else ""
    said = f"{name} in {month_words(month)}: {value_words(value)}"
    said += f" {unit_words(unit)}" if unit else ""
    if one.status(month) != "complete":
        return f"{said} so far"
    try:
        return said + _finding(one.until(month))
    except TrendsError:  # too short for any
        return said


def _finding(panel: Panel) -> str:
    sinces = []
    for direction, word in (("high", "highest"), ("low", "lowest")):
        found = find_records(panel, direction=direction)  # type: ignore[arg-type]
        if found.flags[0, -1]:
            first = panel.months[panel.segments()[-1].start]
            return f", the {word} of any month since {month_words(first)}"
        sinces.append((int(found.since_steps[0, -1]), word))
    back, word = max(sinces)
    if back >= FAR:
        return f", the {word} since {month_words(panel.months[-1] - back)}"
    changes = find_changes(panel)
    change, step = float(changes.changes[0, -1]), float(changes.differences[0, -1])
    if panel.kind == "stock" and np.isfinite(step):
        moved = amount(float(f"{step:.3g}"), panel.unit)
        return f" ({'+' if step > 0 else ''}{moved} on {month_words(panel.months[-2])})"
    if not np.isfinite(step):
        return ""
    return f", {change_words(panel, change, step)} {month_words(panel.months[-2])}"


def change_words(panel: Panel, change: float, step: float) -> str:
    """A change in percent; a multiple where it is large, a difference where a sign changes."""
    if step == 0:
        return "as in"
    if not np.isfinite(change) or change < -1:
        return f"{'+' if step > 0 else ''}{amount(float(f'{step:.4g}'), panel.unit)} on"
    if 1 + change >= MANY:
        return f"{number(float(f'{1 + change:.3g}'))} times that of"
    if abs(change) < 0.0005:
        return "nearly as in"
    return f"{'up' if change > 0 else 'down'} {percent(abs(change))[1:]} on"
