"""Series added up: drones and missiles together."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import numpy as np

from trends.errors import BadOption
from trends.panel import Panel, join


def summed(panels: Mapping[str, Panel], *, parts: bool = False) -> Panel:
    """Add up panels of one series each, month by month.

    Parameters
    ----------
    panels : mapping of str to Panel
        The panels by the names that their series get. Units may differ; kinds may not, and rates do
        not add up.
    parts : bool
        Whether the series themselves are kept before their sum, as a `Share` needs them.

    Returns
    -------
    Panel
        On the months of all. The last series is the sum, named ``"drones+missiles"``; it is unknown
        where one of them is, and so is the metric, ``"drones_launched+missiles_launched"``.

    Raises
    ------
    BadOption
        If there are fewer than two panels, kinds differ, or a panel has several series.

    Examples
    --------
    >>> import pandas as pd
    >>> months = pd.period_range("2025-08", periods=2, freq="M")
    >>> drones = Panel([[4132.0, 5638]], months, ["x"], unit="drones")
    >>> missiles = Panel([[156.0, 185]], months, ["x"], unit="missiles")
    >>> summed({"drones": drones, "missiles": missiles})
    <Panel: drones+missiles (drones and missiles, flow), 2025-08 to 2025-09, 2 months>
    """
    given = list(panels.values())
    if len(given) < 2:
        raise BadOption("summed", "panels", list(panels), "two or more")
    if any(panel.kind == "rate" for panel in given):
        raise BadOption("summed", "panels", "a rate", "amounts or levels, which add up")
    unit = " and ".join(dict.fromkeys(panel.unit or "no unit" for panel in given))
    joined = join({name: replace(p, unit=unit) for name, p in panels.items()}, mixed=True)
    total = joined.values.sum(axis=0, keepdims=True)
    days = np.where(np.isnan(joined.values).any(axis=0), 0, joined.observed_days)
    keys = [panel.metric for panel in given]
    name = "+".join(panels)
    return replace(
        joined,
        values=np.concatenate([joined.values, total]) if parts else total,
        names=(*panels, name) if parts else (name,),
        observed_days=joined.observed_days if parts else days,
        quantity="" if parts else " and ".join(p.quantity or n for n, p in panels.items()),
        metric="+".join(keys) if all(keys) else "",
        adds_up_to="",
    )
