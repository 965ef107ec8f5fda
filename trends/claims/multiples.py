"""How many times another month."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import ClassVar, Literal, Self

import numpy as np
import pandas as pd

from trends.claims._case import Case
from trends.claims._claim import Claim, Verdict, worst
from trends.claims._rounding import Hedge, Printed, fit
from trends.claims._words import Speech
from trends.detect import find_changes
from trends.errors import BadOption
from trends.panel import MonthLike, Panel, PanelLike, as_month

LEAST = 2.0  # below it a percentage says it better
_LAGS: tuple[tuple[Literal["month", "year"], int], ...] = (("month", 1), ("year", 12))


@dataclass(frozen=True, slots=True, kw_only=True)
class Multiple(Claim):
    """The value is so many times that of another month.

    Parameters
    ----------
    base : Period or str
        The month compared with.
    multiple : float, int or Decimal
        The number printed: 2 for "double", 0.5 for "half".
    hedge : {'', 'about', 'almost', 'more than', 'less than'}
        The word before the number.
    base_value : float, optional
        The value of the base month; checked where given.

    Notes
    -----
    Stated only for a positive base.

    Examples
    --------
    >>> missiles = pd.Series([124.0, 240], pd.period_range("2025-05", periods=2, freq="M"))
    >>> double = Multiple(series="value", month="2025-06", base="2025-05", multiple=2)
    >>> print(replace(double, hedge="almost").check(missiles))
    TRUE: From 124 in May 2025 to 240 in June 2025 is 1.94 times.
    """

    type: ClassVar[str] = "multiple"
    figures: ClassVar[tuple[tuple[str, str], ...]] = (("value", "month"), ("base_value", "base"))

    beside: ClassVar[tuple[str, ...]] = (*Claim.beside, "base_value")

    base: pd.Period
    multiple: Printed
    hedge: Hedge = ""
    base_value: Printed | None = None

    def __post_init__(self) -> None:
        Claim.__post_init__(self)
        if not float(self.multiple) > 0:
            raise BadOption("Multiple", "multiple", self.multiple, "above 0")

    @classmethod
    def propose(cls, panel: Panel, month: MonthLike) -> list[Self]:
        """At least double the month before, or the same month a year before."""
        month = as_month(month)
        known = panel.until(month)
        found = []
        for against, lag in _LAGS:
            if known.n_time <= lag:
                continue
            ratios = find_changes(known, against=against).ratios
            for i, series in enumerate(known.names):
                ratio = float(ratios[i, -1])
                if not ratio >= LEAST:
                    continue
                past = ratios[i][np.isfinite(ratios[i])]
                claim = cls(
                    series=series,
                    month=month,
                    value=float(known.values[i, -1]),
                    base=month - lag,
                    base_value=float(known.values[i, -1 - lag]),
                    multiple=_rounded(ratio),
                    rarity=float(np.mean(past >= ratio)),
                )
                found.append(claim.named(panel))
        return found

    def check(self, data: PanelLike, *, language: str = "en") -> Verdict:
        """Check the claim with plain pandas."""
        case = Case.of(self, data, language)
        if stop := case.unknown(self.base):
            return stop
        before, after, facts = case.step(self.base)
        months = [self.base, self.month]
        if before <= 0:
            reason = case.say("multiple.none", step=facts)
            return case.verdict("cannot say", reason, months=months)
        true = after / before
        fits = fit(true, self.multiple, self.hedge)
        return case.verdict(
            worst(fits),
            case.say(
                f"multiple.{'more' if true > 1 else 'less'}",
                step=facts,
                number=case.speaks.ratio(true),
            ),
            months=months,
            corrected=replace(
                case.claim, multiple=_rounded(true), hedge="", value=after, base_value=before
            )
            if true > 0
            else None,
            caveats=case.far(fits),
        )

    def _said(self, say: Speech) -> str:
        return say(
            "multiple.more" if self.multiple > 1 else "multiple.less",
            hedge=say.hedge(self.hedge),
            number=say.language.ratio(float(self.multiple)),
            base=say.month(self.base),
            before=say.figure(self.base_value),
        )


def _rounded(ratio: float) -> float:
    """One decimal from one to a hundred, whole numbers above, two digits below one."""
    if ratio < 1:
        return float(f"{ratio:.2g}")
    return round(ratio, 1) if ratio < 100 else float(round(ratio))
