"""Several panels as one, where their numbers are of one kind."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import numpy as np
import pandas as pd

from trends.errors import BadOption, DifferentDefinitions
from trends.panel._definitions import Definition, as_definition
from trends.panel._panel import Panel


def join(panels: Mapping[str, Panel], *, mixed: bool = False) -> Panel:
    """Join panels of one series each into one panel of several series.

    Parameters
    ----------
    panels : mapping of str to Panel
        The panels, by the names that their series get. Unit and kind must be the same.
    mixed : bool
        Whether series of different definitions may stand in one panel. By default they may not: two
        numbers of different definitions are two series, and a panel has one definition.

    Returns
    -------
    Panel
        On the months of all. A month is observed on as many days as the panel that covers it least,
        of those that cover it at all.

    Raises
    ------
    DifferentDefinitions
        If definitions differ and `mixed` is false.
    BadOption
        If units or kinds differ, or a panel has several series.

    Examples
    --------
    >>> months = pd.period_range("2025-05", periods=2, freq="M")
    >>> a = Panel([[507.0, 588]], months, ["x"], unit="km2", definition="claims count")
    >>> b = Panel([[515.9, 481.8]], months, ["x"], unit="km2", definition="claims do not")
    >>> join({"afp": a, "isw": b}, mixed=True).names
    ('afp', 'isw')
    """
    if not panels:
        raise BadOption("join", "panels", panels, "at least one panel")
    (first_name, first), *_ = panels.items()
    for name, panel in panels.items():
        if panel.n_series != 1:
            raise BadOption("join", name, f"{panel.n_series} series", "one series: select it")
        if (panel.unit, panel.kind) != (first.unit, first.kind):
            found = f"{panel.unit or 'no unit'} ({panel.kind})"
            needed = f"in {first.unit or 'no unit'} ({first.kind}) as {first_name!r} is"
            raise BadOption("join", name, found, needed)
        if not mixed and not _same(panel, first):
            raise DifferentDefinitions(first_name, first.definition, name, panel.definition)
    start = min(panel.months[0] for panel in panels.values())
    end = max(panel.months[-1] for panel in panels.values())
    months = pd.period_range(start, end, freq="M")
    values = np.full((len(panels), len(months)), np.nan)
    days = np.full((len(panels), len(months)), 99, dtype=np.int32)
    for row, panel in enumerate(panels.values()):
        at = (panel.months[0] - start).n
        values[row, at : at + panel.n_time] = panel.values[0]
        seen = panel.observed_days > 0
        days[row, at : at + panel.n_time][seen] = panel.observed_days[seen]
    least = days.min(axis=0)
    return replace(
        first,
        values=values,
        months=months,
        names=tuple(panels),
        observed_days=np.where(least == 99, 0, least).astype(np.int32),
        definition=_together(panels),
        source="; ".join(dict.fromkeys(p.source for p in panels.values() if p.source)),
        as_of=None if any(p.as_of != first.as_of for p in panels.values()) else first.as_of,
        anomalies=tuple(dict.fromkeys(a for p in panels.values() for a in p.anomalies)),
        notes=tuple(f"{name}: {note}" for name, p in panels.items() for note in p.notes),
    )


def _same(a: Panel, b: Panel) -> bool:
    return as_definition(a.definition).same_as(as_definition(b.definition))


def _together(panels: Mapping[str, Panel]) -> Definition:
    one = next(iter(panels.values()))
    if all(_same(panel, one) for panel in panels.values()):
        return as_definition(one.definition)
    return Definition("; ".join(f"{name}: {panel.definition}" for name, panel in panels.items()))
