"""Printed figures in words."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import pandas as pd

from trends.claims._rounding import Hedge, Printed
from trends.wording import Language


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
