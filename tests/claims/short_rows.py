"""Rows short enough to check by eye, the last month of which is June 2025."""

from __future__ import annotations

import numpy as np
import pandas as pd

from trends.claims import CLAIM_TYPES, Claim
from trends.panel import Anomaly, Panel

NAN = np.nan
YEAR = (5.0, 3, 8, 2, 9, 4, 6, 7, 1, 8, 2, 3)
KM2 = (610.0, 725, 476, 430, 389, 240, 379, 507, 588)


def rows(*values: float, last: str = "2025-06") -> pd.Series:
    """A plain series named x."""
    return pd.Series(values, pd.period_range(end=last, periods=len(values), freq="M"), name="x")


def panel(*values: float, last: str = "2025-06", **options: object) -> Panel:
    """A panel of one series named x."""
    series = rows(*values, last=last)
    return Panel([series.to_numpy()], series.index, ["x"], **options)


def odd(kind: str, first: str, last: str = "", note: str = "A note.", out: tuple = ()) -> Anomaly:
    """What is known to be odd about some months."""
    return Anomaly(first, last or first, kind, note, "", out)


def about(claim_type: type, month: str = "2025-06", **options: object):
    """A claim about the series named x."""
    return claim_type(series="x", month=month, **options)


EXAMPLES = {
    "record": {},
    "since": {"since": "2024-01"},
    "streak": {"length": 2},
    "rank": {"rank": 2},
    "change": {"base": "2025-05", "percent": 10},
    "multiple": {"base": "2025-05", "multiple": 2},
    "threshold": {"bound": 4000},
    "total": {"first": "2025-01", "value": 20_000},
    "window": {"first": "2025-01", "bases": (("2024-01", "2024-12"),)},
    "share": {"percent": 80, "of": "x"},
    "mean": {"per_day": 100},
    "net": {"gained": 713, "lost": 79},
    "sign": {"sign": "negative"},
    "nights": {},
    "pace": {"value": 100},
}


def example(name: str, **other: object) -> Claim:
    """A claim of a type, with as little as it takes."""
    return CLAIM_TYPES[name](**{"series": "x", "month": "2025-06"} | EXAMPLES[name] | other)
