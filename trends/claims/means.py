"""The daily mean of a month or of a span of months."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from typing import ClassVar, Self

import pandas as pd

from trends.claims._case import Case, as_flow
from trends.claims._claim import Claim, Verdict, worst
from trends.claims._rounding import Hedge, Printed, fit
from trends.claims._words import Speech
from trends.errors import BadOption
from trends.panel import MonthLike, Panel, PanelLike


@dataclass(frozen=True, slots=True, kw_only=True)
class Mean(Claim):
    """So many a day, over the month or from `first` to it.

    Parameters
    ----------
    per_day : float, int or Decimal
        The mean printed.
    hedge : {'', 'about', 'almost', 'more than', 'less than'}
        The word before the number.
    first : Period or str, optional
        The first month of the span; the claim's month by default. `value` is the figure of the
        claim's month alone.

    Examples
    --------
    >>> drones = pd.Series([3974.0, 5438], pd.period_range("2025-05", periods=2, freq="M"))
    >>> print(Mean(series="value", month="2025-06", per_day=181).check(drones))
    TRUE: 5,438 on 30 days in June 2025 is 181.3 a day.
    """

    type: ClassVar[str] = "mean"

    per_day: Printed
    hedge: Hedge = ""
    first: pd.Period | None = None

    def __post_init__(self) -> None:
        Claim.__post_init__(self)
        if self.first is not None and self.first > self.month:
            raise BadOption("Mean", "first", str(self.first), f"at or before {self.month}")

    @classmethod
    def propose(cls, panel: Panel, month: MonthLike) -> list[Self]:
        """Nothing: a mean by itself is no news, and a change gives its own by the day."""
        panel.position(month)
        return []

    def check(self, data: PanelLike, *, language: str = "en") -> Verdict:
        """Check the claim with plain pandas."""
        case = Case.of(self, as_flow(data), language)
        first = self.month if self.first is None else self.first
        span = case.whole(first, self.month)
        if isinstance(span, Verdict):
            return span
        days = span.index.days_in_month.to_numpy()  # type: ignore[attr-defined]
        n, when = int(days.sum()), case.speaks.span(first, self.month)
        if case.panel.kind == "flow":
            true, total = float(span.sum()) / n, case.amount(float(span.sum()))
            mean = case.amount(true, "")
            reason = case.say("mean.total", total=total, n=n, span=when, mean=mean)
        else:  # a rate is by the day already
            true = float((span * days).sum()) / n
            reason = case.say("mean.rate", n=n, span=when, mean=case.amount(true, ""))
        fits = fit(true, self.per_day, self.hedge)
        return case.verdict(
            worst(fits),
            reason,
            months=list(span.index),
            caveats=case.far(fits),
            corrected=replace(
                case.claim, per_day=Decimal(f"{true:.1f}"), hedge="", value=case.value
            ),
        )

    def _said(self, say: Speech) -> str:
        span = None
        if self.first is not None and self.first != self.month:
            span = say.language.span(self.first, self.month)
        return say("mean.per_day", mean=say.figure(self.per_day, "", self.hedge), span=span)
