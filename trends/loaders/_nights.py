"""The nights, or days, on which more was launched than ever before."""

from __future__ import annotations

import numpy as np
import pandas as pd

from trends.loaders._reports import DAY
from trends.loaders._selections import Selection


def records(chosen: Selection, per: str, min_earlier: int) -> pd.DataFrame:
    """Find the windows (or days) that exceed all earlier ones, of which there must be enough."""
    frame = _attacks(chosen, per)
    best = frame["value"].cummax().shift()
    higher = (frame["value"] > best).to_numpy(copy=True)
    higher[:1] = True
    frame["previous"] = best
    frame["previous_day"] = frame["day"].where(higher).ffill().shift()
    setting = higher & (np.arange(len(frame)) >= min_earlier)
    found = ["day", "start", "end", "value", "previous", "previous_day"]
    return frame.loc[setting, found].reset_index(drop=True)


def _attacks(chosen: Selection, per: str) -> pd.DataFrame:
    """One row a window, or a day of ends, in the order of time."""
    reports, used = chosen.reports, chosen.used
    frame = pd.DataFrame(
        {
            "day": reports.end[used] // DAY * DAY,
            "start": reports.start[used],
            "end": reports.end[used],
            "value": reports.launched[used],
        }
    )
    grouped = frame.groupby(["end", "start"] if per == "night" else ["day"])
    first = grouped[["day", "start", "end"]].agg({"day": "min", "start": "min", "end": "max"})
    first["value"] = grouped["value"].sum()
    first = first.reset_index(drop=True)
    for name in ("day", "start", "end"):
        first[name] = pd.to_datetime(first[name] * 60, unit="s")
    return first
