"""What a month that is not over would end at if it went on so."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import ClassVar, Literal, Self

import numpy as np
import pandas as pd

from trends.claims._case import Case
from trends.claims._claim import Claim, Outcome, Verdict, far, worst
from trends.claims._rounding import Fit, fit
from trends.claims._words import Speech
from trends.errors import BadOption, UnknownOption
from trends.panel import MonthLike, Panel, PanelLike
from trends.wording import amount, month_words


@dataclass(frozen=True, slots=True, kw_only=True)
class Pace(Claim):
    """The month is on pace for so much, or to pass another month.

    Parameters
    ----------
    value : float, int or Decimal, optional
        What the month is said to be on pace for.
    base : Period or str, optional
        The month that it is said to be on pace to pass.
    op : {'above', 'below'}
        Whether it is to end above or below that month.

    Examples
    --------
    >>> months = pd.period_range("2026-05", periods=2, freq="M")
    >>> drones = Panel([[8150.0, 2136]], months, ["drones"], observed_days=[31, 7])
    >>> pace = Pace(series="drones", month="2026-06", value=9000, value_hedge="more than")
    >>> print(pace.check(drones))
    TRUE: 2,136 on 7 of the 30 days of June 2026 scale to 9,154.
    Note: A month need not go on as it began; this has no interval.
    """

    type: ClassVar[str] = "pace"
    figures: ClassVar[tuple[tuple[str, str], ...]] = ()
    beside: ClassVar[tuple[str, ...]] = ()

    base: pd.Period | None = None
    op: Literal["above", "below"] = "above"

    def __post_init__(self) -> None:
        Claim.__post_init__(self)
        if self.op not in ("above", "below"):
            raise UnknownOption("Pace", op=self.op, known=("above", "below"))
        if self.value is None and self.base is None:
            raise BadOption("Pace", "value", None, "a figure, or a month in base")

    @classmethod
    def propose(cls, panel: Panel, month: MonthLike) -> list[Self]:
        """Nothing: a month that is not over is not compared with whole ones."""
        panel.position(month)
        return []

    def check(self, data: PanelLike) -> Verdict:
        """Check the claim with plain pandas: the days observed, as if the others were like them."""
        case = Case.of(self, data)
        name, unit = month_words(self.month), case.panel.unit
        so_far = case.other(self.series)
        if stop := self._stopped(case, so_far):
            return case.verdict("cannot say", stop)
        days = int(case.panel.observed_days[case.panel.position(self.month)])
        scaled = so_far / days * self.month.days_in_month
        reason = (
            f"{amount(so_far, unit)} on {days} of the {self.month.days_in_month} days of {name} "
            f"scale to {amount(round(scaled), unit)}"
        )
        fits: list[Outcome | Fit] = ["true"]
        if self.value is not None:
            fits.append(fit(scaled, self.value, self.value_hedge))
        op = self.op
        if self.base is not None:
            before = case.at(self.base)
            if np.isnan(before):
                reason += f"; the value of {month_words(self.base)} is not known"
                return case.verdict("cannot say", reason)
            if case.breaks(min(self.base, self.month), max(self.base, self.month)):
                return case.verdict("cannot say", f"{reason}; the definition changed in between")
            reason += f", against {amount(before, unit)} in {month_words(self.base)}"
            op = "above" if scaled > before else "below"
            fits.append("true" if op == self.op else "false")
        right = None if self.value is None else round(scaled)
        return case.verdict(
            worst(*fits),
            reason,
            caveats=("A month need not go on as it began; this has no interval.", *far(*fits)),
            corrected=replace(case.claim, value=right, op=op),
        )

    def _stopped(self, case: Case[Pace], so_far: float) -> str:
        """Why the month has no pace."""
        name = month_words(self.month)
        if np.isnan(so_far):
            return f"the value of {name} is not known"
        if case.panel.status(self.month) == "complete":
            found = amount(so_far, case.panel.unit)
            return f"{name} is over, with {found}; its first days are not known apart"
        return "" if case.panel.kind == "flow" else "only amounts a month grow with its days"

    def _said(self, say: Speech) -> str:
        aim = say.figure(self.value, self._shown_unit(), self.value_hedge)
        base = say.month(self.base)
        return say(f"pace.{self.op}", value=aim, both="" if aim and base else None, base=base)

    def _value_said(self, say: Speech) -> str | None:
        return None  # it is no figure of the month
