"""The strongest argument against a claim, in a sentence."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from trends.robustness._strengths import way
from trends.wording import Figure, Portion, Saying

CLOSE = 0.05  # a record by less is said to be a narrow one
NOTHING = Saying("")


def counter(claim: Any, row: pd.Series[float], unit: str) -> Saying:
    """What speaks most against it, of a series that ends in the claim's month; '' for nothing."""
    if claim.type in ("change", "multiple"):
        return _other_reference(claim, row)
    if claim.type == "record":
        return _narrow(claim, row, unit)
    if claim.type in ("since", "rank", "streak"):
        return _beyond(claim, row, unit)
    return NOTHING


def _other_reference(claim: Any, row: pd.Series[float]) -> Saying:
    """Of the three usual references the one on which least remains of the change."""
    now, year = float(row.iloc[-1]), row.iloc[:-1].loc[claim.month - 12 :]
    usual: list[tuple[float, str, dict[str, Any]]] = []
    for lag, key in ((1, "month_before"), (12, "year_before")):
        base = claim.month - lag
        then = float(row.get(base, np.nan))
        if base != claim.base and then > 0:
            usual.append((then, key, {"base": base}))
    if len(year) == 12 and year.mean() > 0:
        usual.append((round(float(year.mean()), 1), "twelve_before", {}))
    then = float(row.get(claim.base, np.nan))
    if not usual or not then > 0:
        return NOTHING
    weakest, key, slots = min(usual, key=lambda each: way(claim) * (now / each[0] - 1))
    if way(claim) * (now / weakest - 1) >= way(claim) * (now / then - 1):
        return NOTHING
    change = Portion(now / weakest - 1, signed=True)
    return Saying(f"choices.{key}", value=Figure(weakest), change=change, **slots)


def _narrow(claim: Any, row: pd.Series[float], unit: str) -> Saying:
    earlier = row.iloc[:-1].loc[claim.start or row.index[0] :]
    if not len(earlier):
        return NOTHING
    high = way(claim) > 0
    month = pd.PeriodIndex(earlier.index)[int(earlier.argmax() if high else earlier.argmin())]
    base, now = float(earlier.max() if high else earlier.min()), float(row.iloc[-1])
    if base <= 0 or abs(now / base - 1) >= CLOSE:
        return NOTHING
    key = f"choices.only_{'above' if high else 'below'}"
    far = Portion(abs(now / base - 1))
    return Saying(key, far=far, month=month, value=Figure(base, unit))


def _beyond(claim: Any, row: pd.Series[float], unit: str) -> Saying:
    """That a month of the series went further."""
    high = way(claim) > 0
    month = pd.PeriodIndex(row.index)[int(row.argmax() if high else row.argmin())]
    top, now = float(row.max() if high else row.min()), float(row.iloc[-1])
    if top == now or (top <= 0 and now <= 0):
        return NOTHING
    shares = top > 0 and now > 0
    far = Portion(abs(now / top - 1)) if shares else Figure(abs(top - now), unit)
    key = f"choices.{'below' if high else 'above'}"
    return Saying(key, far=far, month=month, value=Figure(top, unit))
