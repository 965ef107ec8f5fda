"""Printed figures in words."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from trends.claims._rounding import Hedge, Printed
from trends.wording import Language, language_of

_ENGLISH = language_of("en")


def figure(value: Printed, unit: str = "", hedge: Hedge = "") -> str:
    """A figure as it is printed, with the word before it.

    A Decimal keeps its digits; another number has one decimal where it has any.

    Examples
    --------
    >>> from decimal import Decimal
    >>> figure(5438, "drones"), figure(Decimal("4.50"), "km2", "almost")
    ('5,438 drones', 'almost 4.50 km²')
    """
    return _ENGLISH.figure(value, unit, hedge)


def day_words(day: dt.date) -> str:
    """``10 May 2025``."""
    return _ENGLISH.day(day)


def span_words(first: pd.Period, last: pd.Period) -> str:
    """``in June 2025`` or ``from January 2025 to June 2025``."""
    return _ENGLISH.span(first, last)


def spans_words(spans: Sequence[tuple[pd.Period, pd.Period]]) -> str:
    """``2023 and 2024 together``: whole years by their number, other spans by their months."""
    return _ENGLISH.spans(spans)


@dataclass(frozen=True, slots=True)
class Speech:
    """A language as a claim speaks it: what is not given is None, and no word is said of it."""

    language: Language

    def __call__(self, key: str, **slots: object) -> str:
        """Fill the template of a claim."""
        return self.language.sentence(key, **slots)

    def month(self, month: pd.Period | None) -> str | None:
        """A month."""
        return None if month is None else self.language.month(month)

    def day(self, day: dt.date | None) -> str | None:
        """A day."""
        return None if day is None else self.language.day(day)

    def figure(
        self, value: Printed | None, unit: str = "", hedge: Hedge = "", *, percent: bool = False
    ) -> str | None:
        """A printed figure."""
        return None if value is None else self.language.figure(value, unit, hedge, percent=percent)

    def hedge(self, hedge: Hedge) -> str | None:
        """The word before a figure, apart from it."""
        return self.language.hedges[hedge] if hedge else None
