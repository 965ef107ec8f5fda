"""Nights with an attack in a row, from the counts of those without one."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from trends.claims._case import Case, ClaimT, at
from trends.claims._claim import Verdict

METRIC = "_nights_without"


@dataclass(frozen=True, slots=True)
class Run:
    """Between how many nights with an attack end a month, and the month in which they begin."""

    least: int
    most: int | None  # None: what came before is not known
    begins: pd.Period

    def words(self, case: Case[ClaimT]) -> str:
        """What is known of the run that ends with the month of a claim."""
        month = case.claim.month
        if self.most is None:
            return case.say("run.least", n=self.least, month=month)
        if self.most > self.least:
            return case.say("run.between", n=self.least, most=self.most, month=month)
        return case.say("run.exact", n=self.least, month=month)


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


def no_number(case: Case[ClaimT], month: pd.Period) -> Verdict | None:
    """The verdict where the value of a month, which is known, counts no nights of it."""
    quiet = case.at(month)
    if quiet.is_integer() and 0 <= quiet <= month.days_in_month:
        return None
    reason = case.say("nights.no_number", value=case.amount(quiet, ""), month=month)
    return case.verdict("cannot say", reason, months=[month, case.claim.month])
