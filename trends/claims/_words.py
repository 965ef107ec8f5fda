"""Printed figures in words."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal

import pandas as pd

from trends.claims._rounding import Hedge, Printed
from trends.wording import amount, month_words


def figure(value: Printed, unit: str = "", hedge: Hedge = "") -> str:
    """A figure as it is printed, with the word before it.

    A Decimal keeps its digits; another number has one decimal where it has any.

    Examples
    --------
    >>> figure(5438, "drones"), figure(Decimal("4.50"), "km2", "almost")
    ('5,438 drones', 'almost 4.50 km²')
    """
    if isinstance(value, Decimal):
        size = amount(1.0, unit).removeprefix("1")
        sign = "\N{MINUS SIGN}" if value < 0 else ""
        text = f"{sign}{abs(value):,f}{size}"
    else:
        text = amount(value, unit)
    return f"{hedge} {text}" if hedge else text


def day_words(day: dt.date) -> str:
    """``10 May 2025``."""
    return f"{day.day} {month_words(pd.Period(year=day.year, month=day.month, freq='M'))}"


def span_words(first: pd.Period, last: pd.Period) -> str:
    """``in June 2025`` or ``from January 2025 to June 2025``."""
    if first == last:
        return f"in {month_words(last)}"
    return f"from {month_words(first)} to {month_words(last)}"


def spans_words(spans: Sequence[tuple[pd.Period, pd.Period]]) -> str:
    """``2023 and 2024 together``: whole years by their number, other spans by their months."""
    words = [
        month_words(first) if first == last
        else str(first.year) if first.year == last.year and last.month - first.month == 11
        else f"{month_words(first)} to {month_words(last)}"
        for first, last in spans
    ]  # fmt: skip
    if len(words) == 1:
        return words[0]
    return f"{', '.join(words[:-1])} and {words[-1]} together"
