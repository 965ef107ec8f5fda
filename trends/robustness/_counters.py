"""The strongest argument against a claim, in a sentence."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from trends.robustness._strengths import way
from trends.wording import amount, month_words, percent

CLOSE = 0.05  # a record by less is said to be a narrow one


def counter(claim: Any, row: pd.Series[float], unit: str) -> str:
    """What speaks most against it, of a series that ends in the claim's month; '' for nothing."""
    if claim.type in ("change", "multiple"):
        return _other_reference(claim, row)
    if claim.type == "record":
        return _narrow(claim, row, unit)
    if claim.type in ("since", "rank", "streak"):
        return _beyond(claim, row, unit)
    return ""


def _other_reference(claim: Any, row: pd.Series[float]) -> str:
    """Of the three usual references the one on which least remains of the change."""
    now, year = float(row.iloc[-1]), row.iloc[:-1].loc[claim.month - 12 :]
    usual: list[tuple[float, str]] = []
    for lag, words in ((1, "the month before"), (12, "the same month a year before")):
        base = claim.month - lag
        then = float(row.get(base, np.nan))
        if base != claim.base and then > 0:
            usual.append((then, f"{words}, {month_words(base)} ({amount(then)})"))
    if len(year) == 12 and year.mean() > 0:
        mean = round(float(year.mean()), 1)
        usual.append((mean, f"the mean of the twelve months before ({amount(mean)})"))
    then = float(row.get(claim.base, np.nan))
    if not usual or not then > 0:
        return ""
    weakest, words = min(usual, key=lambda pair: way(claim) * (now / pair[0] - 1))
    if way(claim) * (now / weakest - 1) >= way(claim) * (now / then - 1):
        return ""
    return f"But against {words}, it is {percent(now / weakest - 1)}."


def _narrow(claim: Any, row: pd.Series[float], unit: str) -> str:
    earlier = row.iloc[:-1].loc[claim.start or row.index[0] :]
    if not len(earlier):
        return ""
    high = way(claim) > 0
    month = pd.PeriodIndex(earlier.index)[int(earlier.argmax() if high else earlier.argmin())]
    base, now = float(earlier.max() if high else earlier.min()), float(row.iloc[-1])
    if base <= 0 or abs(now / base - 1) >= CLOSE:
        return ""
    word = "above" if high else "below"
    far = percent(abs(now / base - 1))[1:]
    return f"But it is only {far} {word} {month_words(month)} ({amount(base, unit)})."


def _beyond(claim: Any, row: pd.Series[float], unit: str) -> str:
    """That a month of the series went further."""
    high = way(claim) > 0
    month = pd.PeriodIndex(row.index)[int(row.argmax() if high else row.argmin())]
    top, now = float(row.max() if high else row.min()), float(row.iloc[-1])
    if top == now or (top <= 0 and now <= 0):
        return ""
    if top > 0 and now > 0:
        far = percent(abs(now / top - 1))[1:]
        far = f"{far} {'below' if high else 'above'}"
    else:
        far = f"{amount(abs(top - now), unit)} {'below' if high else 'above'}"
    return f"But it is {far} {month_words(month)} ({amount(top, unit)})."
