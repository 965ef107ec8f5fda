"""The data that a report is given: which of them reach its month, and under what terms."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from trends.errors import BadOption, MonthOutside, NoValues, TooShort
from trends.panel import Panel
from trends.report._facts import Terms
from trends.wording import Words, month_words, quantity_words

MOST_SERIES = 12  # more pictures than a reader looks at


def reaching(panels: Sequence[Panel], month: pd.Period) -> list[Panel]:
    """The panels that reach the month, each with a history that can be told of."""
    if sum(panel.n_series for panel in panels) > MOST_SERIES:
        total = sum(panel.n_series for panel in panels)
        raise BadOption("report", "data", f"{total} series", f"at most {MOST_SERIES}: select some")
    inside = [panel for panel in panels if panel.months[0] <= month <= panel.months[-1]]
    if not inside:
        if not panels:
            raise NoValues("report", "no data were given")
        first = min(panel.months[0] for panel in panels)
        raise MonthOutside("report", month, first, max(panel.months[-1] for panel in panels))
    for panel in inside:
        known = panel.until(month)
        name = panel.quantity or ", ".join(panel.names[:3])
        if known.n_time < 2:
            raise TooShort(f"report on {name} in {month}", known.n_time, 2)
        if pd.isna(known.values).all():
            raise NoValues(f"report on {name}", f"every month up to {month} is unknown")
    return inside


def terms_of(terms: Sequence[Terms | None], panels: Sequence[Panel]) -> list[Terms]:
    """The terms of each panel, empty where none were given."""
    if terms and len(terms) != len(panels):
        needed = f"one for each of the {len(panels)} data"
        raise BadOption("report", "terms", f"{len(terms)} of them", needed)
    return [each or Terms() for each in terms or [None] * len(panels)]


def left_out(panel: Panel, words: Words) -> str:
    """That a panel does not reach the month."""
    name = str(quantity_words(panel.quantity or ", ".join(panel.names[:3]), words.language))
    first, last = (month_words(panel.months[k], words.language) for k in (0, -1))
    source = panel.source or None
    return words(
        "left_out", name=f"{name[:1].upper()}{name[1:]}", source=source, first=first, last=last
    )
