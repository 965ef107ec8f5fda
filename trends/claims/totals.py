"""The total of a span of months."""

from __future__ import annotations

import datetime as dt
import math
from dataclasses import dataclass, replace
from typing import ClassVar, Self

import numpy as np
import pandas as pd

from trends.claims._case import Case, as_flow, fits_printed
from trends.claims._claim import Claim, Outcome, Verdict, worst
from trends.claims._rounding import Fit
from trends.claims._rows import comparable_rows
from trends.claims._words import Speech
from trends.errors import BadOption
from trends.panel import MonthLike, Panel, PanelLike, as_month

MONTHS = 12
_SLACK = 1e-12  # sums that differ by less are the same
LEAST_SPANS = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Total(Claim):
    """The months from `first` to the claim's add up to so much.

    Parameters
    ----------
    first : Period or str
        The first month of the span; the claim's month for the figure of one month.
    value : float, int or Decimal
        The total printed.
    first_day, last_day : date, optional
        The days, where the sentence names days and they are not the ends of months.
    most : bool
        Whether it is said to be the highest total of as many consecutive months.

    Examples
    --------
    >>> km2 = pd.Series([379.0, 507, 588], pd.period_range("2025-04", periods=3, freq="M"))
    >>> print(Total(series="value", month="2025-06", first="2025-04", value=1474).check(km2))
    TRUE: 1,474 from April 2025 to June 2025.
    """

    type: ClassVar[str] = "total"
    figures: ClassVar[tuple[tuple[str, str], ...]] = ()
    beside: ClassVar[tuple[str, ...]] = ()

    first: pd.Period
    first_day: dt.date | None = None
    last_day: dt.date | None = None
    most: bool = False

    def __post_init__(self) -> None:
        Claim.__post_init__(self)
        if self.first > self.month:
            raise BadOption("Total", "first", str(self.first), f"at or before {self.month}")
        if self.value is None and not self.most:
            raise BadOption("Total", "value", None, "the total printed")
        for name, month in (("first_day", self.first), ("last_day", self.month)):
            day = getattr(self, name)
            if day is not None and (day.year, day.month) != (month.year, month.month):
                raise BadOption("Total", name, str(day), f"a day of {month}")

    @classmethod
    def propose(cls, panel: Panel, month: MonthLike) -> list[Self]:
        """The highest total of any twelve months, where three such spans fit side by side."""
        month = as_month(month)
        rows, _ = comparable_rows(panel, month)
        n_time = rows.shape[1]
        if panel.kind != "flow" or n_time < LEAST_SPANS * MONTHS:
            return []
        sums = np.lib.stride_tricks.sliding_window_view(rows, MONTHS, axis=1).sum(axis=2)
        best = np.fmax.reduce(sums[:, :-1], axis=1)  # of those that are known
        known = np.isfinite(rows).sum(axis=1)
        return [
            cls(
                series=panel.names[i],
                month=month,
                value=float(sums[i, -1]),
                first=month - (MONTHS - 1),
                most=True,
                rarity=MONTHS / int(known[i]),
            ).named(panel)
            for i in np.flatnonzero(
                (known >= LEAST_SPANS * MONTHS) & (sums[:, -1] > best + _SLACK * abs(best))
            )
        ]

    def check(self, data: PanelLike, *, language: str = "en") -> Verdict:
        """Check the claim with plain pandas."""
        case = Case.of(self, as_flow(data), language)
        if case.panel.kind != "flow":
            return case.verdict("cannot say", case.say("rates"))
        span = case.whole(self.first, self.month)
        if isinstance(span, Verdict):
            return span
        total = float(span.sum())
        facts = {"value": case.amount(total), "span": case.speaks.span(self.first, self.month)}
        if self._cuts_months():
            return self._within(case, span, case.say("total.is", **facts, said=None))
        fits: list[Outcome | Fit] = ["true"]
        said = None
        if self.value is not None:
            fits.append(fits_printed(total, self.value, self.value_hedge))
            if fits[-1] in ("loose", "false"):
                said = case.figure(self.value, case.panel.unit, self.value_hedge)
        reason = case.say("total.is", **facts, said=said)
        notes: tuple[str, ...] = ()
        if self.most:
            outcome, others = self._compare(case, total)
            notes = case.gaps(case.comparable()) + case.cut()
            fits.append(outcome)
            reason = case.joined(reason, others)
        most = self.most and fits[-1] == "true"
        return case.verdict(
            worst(*fits),
            reason,
            months=list(span.index),
            caveats=case.far(*fits) + notes,
            corrected=replace(case.claim, value=total, most=most, first_day=None, last_day=None),
        )

    def _compare(self, case: Case[Total], total: float) -> tuple[Outcome, str]:
        """Whether no earlier span of as many months held as much."""
        n = (self.month - self.first).n + 1
        sums = case.comparable().rolling(n).sum().iloc[:-1].dropna()
        if not len(sums) or sums.index[0] >= self.first:
            return "cannot say", case.say("total.alone", n=n)
        best = float(sums.max())
        last = sums[sums == best].index[-1]
        where = case.speaks.span(last - (n - 1), last)
        said = case.say("total.highest", n=n, best=case.amount(best, ""), span=where)
        if total > best + _SLACK * abs(best):
            return "true", said
        return "loose" if math.isclose(total, best, rel_tol=_SLACK) else "false", said

    def _cuts_months(self) -> bool:
        """Whether the days named are not those on which months begin and end."""
        begins, ends = self.first.start_time.date(), self.month.end_time.date()
        return (self.first_day or begins) != begins or (self.last_day or ends) != ends

    def _within(self, case: Case[Total], span: pd.Series[float], reason: str) -> Verdict:
        """The verdict on days inside months: no more than a range is known."""
        full = span.copy()
        if self.first_day is not None and self.first_day > self.first.start_time.date():
            full = full.iloc[1:]
        if self.last_day is not None and self.last_day < self.month.end_time.date():
            full = full.iloc[:-1]
        least, most = float(full.sum()), float(span.sum())
        outcome: Outcome = "cannot say"
        low = high = None
        if not case.panel.adds_up_to and (span >= 0).all() and self.value is not None:
            low, high = case.amount(least, ""), case.amount(most)
            fits = [fits_printed(each, self.value, self.value_hedge) for each in (least, most)]
            outside = float(self.value) < least or float(self.value) > most
            if outside and set(fits) == {"false"}:
                outcome = "false"
        said = case.joined(case.say("total.days", least=low, most=high), reason)
        return case.verdict(outcome, said, months=list(span.index))

    def _said(self, say: Speech) -> str:
        n = (self.month - self.first).n + 1
        return say("total.most", count=say.figure(n)) if self.most else ""

    def _when(self, say: Speech) -> str:
        if not (self.first_day or self.last_day):
            return say.language.span(self.first, self.month)
        start = self.first_day or self.first.start_time.date()
        return say.language.days(start, self.last_day or self.month.end_time.date())
