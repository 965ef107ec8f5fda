"""The same quantity under other definitions, and as others printed it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd

from trends.checks import Finding, other_definitions
from trends.detect import find_changes
from trends.panel import Panel
from trends.wording import Words


def disagreement(
    panel: Panel, series: str, month: pd.Period, findings: Sequence[Finding], words: Words
) -> dict[str, Any]:
    """The month under every other bundled definition, and the claims of `findings` that fail there.

    Changes are left to the table, which shows that of each definition.
    """
    rows = [_row(words("disagreement.ours"), panel.select(series), month)]
    rows += [_row(name, other, month) for name, other in _others(panel, month).items()]
    ours, *others = (row["change"] for row in rows)
    known = [change for change in others if change is not None] if ours is not None else []
    return {
        "rows": rows if len(rows) > 1 else [],
        "n_compared": len(known),
        "n_other_way": int(sum(np.sign(change) != np.sign(ours) for change in known)),
        "fails": [
            {
                "sentence": finding.claim.sentence(words.language),
                "lines": [other.line() for other in finding.elsewhere if other.outcome == "false"],
            }
            for finding in findings
            if finding.outcome == "depends" and not any(e.numeric for e in finding.elsewhere)
        ],
    }


def _others(panel: Panel, month: pd.Period) -> dict[str, Panel]:
    others = other_definitions(panel)
    return {k: one for k, one in others.items() if one.months[0] <= month <= one.months[-1]}


def _row(name: str, one: Panel, month: pd.Period) -> dict[str, Any]:
    known = one.until(month)
    value = float(known.known()[0, -1]) if known.status(month) == "complete" else np.nan
    change = float(find_changes(known).changes[0, -1]) if known.n_time > 1 else np.nan
    return {
        "name": name,
        "definition": str(one.definition),
        "source": one.source,
        "value": None if np.isnan(value) else value,
        "change": None if np.isnan(change) else change,
    }
