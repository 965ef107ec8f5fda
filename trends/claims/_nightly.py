"""Nights with an attack in a row, from the counts of those without one."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from trends.claims._case import at
from trends.wording import month_words

METRIC = "_nights_without"


@dataclass(frozen=True, slots=True)
class Run:
    """Between how many nights with an attack end a month, and the month in which they begin."""

    least: int
    most: int | None  # None: what came before is not known
    begins: pd.Period

    def words(self, month: pd.Period) -> str:
        """What is known of the run that ends with a month."""
        count = f"{self.least}"
        if self.most is None:
            count = f"at least {self.least}"
        elif self.most > self.least:
            count = f"between {self.least} and {self.most}"
        return f"{count} nights with an attack in a row end with {month_words(month)}"


def nights_running(values: pd.Series[float], month: pd.Period) -> Run:
    """Count back over the months without a quiet night, into the one that had some.

    Where in that month they lay is not known, so the count has a least and a most.
    """
    nights = 0
    while (quiet := at(values, month)) == 0:
        nights += month.days_in_month
        month -= 1
    if np.isnan(quiet):
        return Run(nights, None, month + 1)
    return Run(nights, nights + month.days_in_month - int(quiet), month)
