"""The last thirteen months of a series: value, changes, rank and flags."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from trends.detect import find_changes, find_ranks, find_records, find_streaks
from trends.panel import Panel
from trends.wording import Words

ROWS = 13


@dataclass(frozen=True, slots=True)
class Row:
    """One month of the table; None where there is nothing to say."""

    month: pd.Period
    value: float | None
    change: float | None
    per_day_change: float | None
    year_on_year: float | None
    rank: int | None
    flags: tuple[str, ...]


def last_months(panel: Panel, series: str, month: pd.Period, words: Words) -> list[Row]:
    """The rows up to `month`, which see nothing later."""
    known = panel.select(series).until(month)
    if known.n_time < 2 or np.isnan(known.known()).all():
        return [_bare(known, t) for t in range(known.n_time)]
    changes = find_changes(known).changes[0]
    yearly = find_changes(known, against="year").changes[0]
    daily = changes if known.kind != "flow" else find_changes(known, per="day").changes[0]
    ranks = find_ranks(known).ranks[0]
    alone = {segment.start for segment in known.segments()}  # first of one month is no rank
    facts = _flags(known, words)
    return [
        Row(
            known.months[t],
            _known(known.values[0, t]),
            _known(changes[t]),
            _known(daily[t]) if known.kind == "flow" else None,
            _known(yearly[t]),
            int(ranks[t]) if ranks[t] > 0 and t not in alone else None,
            tuple(facts[t]),
        )
        for t in range(max(0, known.n_time - ROWS), known.n_time)
    ]


def _bare(known: Panel, t: int) -> Row:
    return Row(known.months[t], _known(known.values[0, t]), None, None, None, None, ())


def _known(value: float) -> float | None:
    return exact(value) if np.isfinite(value) else None  # a change may be beyond all numbers


def exact(value: float | np.integer[Any]) -> float:
    """A number of a panel; a whole one that no float holds stays whole."""
    number = float(value)
    whole = isinstance(value, np.integer) and int(number) != int(value)
    return int(value) if whole else number


def _flags(known: Panel, words: Words) -> list[list[str]]:
    high, low = find_records(known), find_records(known, direction="low")
    rises = find_streaks(known).lengths[0]
    falls = find_streaks(known, direction="fall").lengths[0]
    up, down = ("acceleration", "slowing") if known.adds_up_to else ("rise", "fall")
    facts: list[list[str]] = []
    for t, month in enumerate(known.months):
        flags = []
        if high.flags[0, t]:
            flags.append(words("table.record_high"))
        if low.flags[0, t]:
            flags.append(words("table.record_low"))
        if rises[t] >= 2:
            flags.append(words(f"table.{up}", n=rises[t]))
        if falls[t] >= 2:
            flags.append(words(f"table.{down}", n=falls[t]))
        if known.status(month) == "partial":
            flags.append(words("table.partial", n=known.observed_days[t], of=month.days_in_month))
        if known.status(month) == "gap":
            flags.append(words("table.gap"))
        flags += [
            words(f"table.{a.kind.replace(' ', '_')}")
            for a in known.anomalies
            if a.first == month and a.kind in ("method break", "splice")
        ]
        facts.append(flags)
    return facts
