"""The share of one series in another."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from typing import ClassVar, Self

import numpy as np

from trends.claims._case import Case
from trends.claims._claim import Claim, Verdict, worst
from trends.claims._rounding import Hedge, Printed, fit
from trends.claims._words import Speech
from trends.errors import BadOption
from trends.panel import MonthLike, Panel, PanelLike


@dataclass(frozen=True, slots=True, kw_only=True)
class Share(Claim):
    """The value is so many percent of another series in the same month.

    Parameters
    ----------
    percent : float, int or Decimal
        The percentage printed.
    of : str
        The whole: the name of another series of the panel.
    hedge : {'', 'about', 'almost', 'more than', 'less than'}
        The word before the number.

    Examples
    --------
    >>> import pandas as pd
    >>> months = pd.period_range("2025-05", periods=2, freq="M")
    >>> weapons = Panel([[60.0, 80], [100, 100]], months, ["down", "launched"])
    >>> print(Share(series="down", month="2025-06", of="launched", percent=80).check(weapons))
    TRUE: 80 in June 2025 of 100 (launched) is 80%.
    """

    type: ClassVar[str] = "share"

    percent: Printed
    of: str
    hedge: Hedge = ""

    def __post_init__(self) -> None:
        Claim.__post_init__(self)
        if not self.of:
            raise BadOption("Share", "of", self.of, "the name of the whole")

    @classmethod
    def propose(cls, panel: Panel, month: MonthLike) -> list[Self]:
        """Nothing: the panel does not tell which of its series is a part of which."""
        panel.position(month)
        return []

    def check(self, data: PanelLike, *, language: str = "en") -> Verdict:
        """Check the claim with plain pandas."""
        case = Case.of(self, data, language)
        if stop := case.unknown():
            return stop
        if self.of not in case.panel.names:
            return case.verdict("cannot say", case.say("share.absent", name=self.of))
        whole = case.other(self.of)
        name = case.speaks.term(self.of.replace("_", " "))
        facts = {"value": case.amount(case.value), "month": self.month, "name": name}
        if np.isnan(whole):
            return case.verdict("cannot say", case.say("share.unknown", **facts))
        facts["whole"] = case.amount(whole)
        if whole <= 0:
            return case.verdict("cannot say", case.say("share.none", **facts))
        true = 100 * case.value / whole
        percent = case.speaks.figure(true, percent=True)
        fits = fit(true, self.percent, self.hedge)
        return case.verdict(
            worst(fits),
            case.say("share.is", **facts, percent=percent),
            caveats=case.far(fits),
            corrected=replace(
                case.claim, percent=Decimal(f"{true:.1f}"), hedge="", value=case.value
            ),
        )

    def _said(self, say: Speech) -> str:
        percent = say.figure(self.percent, "", self.hedge, percent=True)
        return say("share.of", percent=percent, whole=say.language.term(self.of.replace("_", " ")))
