"""Nights with and without an attack."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from typing import ClassVar, Literal, Self

import numpy as np

from trends.claims._case import Case
from trends.claims._claim import Claim, Outcome, Verdict, worst
from trends.claims._nightly import METRIC, nights_running, no_number
from trends.claims._rounding import Fit, Hedge, fit
from trends.claims._rows import comparable_rows
from trends.claims._words import Speech
from trends.errors import BadOption, UnknownOption
from trends.panel import MonthLike, Panel, PanelLike, as_month

LEAST_EARLIER = 12
MOST_SHARE = 0.25


@dataclass(frozen=True, slots=True, kw_only=True)
class Nights(Claim):
    """So many nights of the month were without (with) an attack, or none since a day.

    It is checked on a series of the nights without an attack, month by month.

    Parameters
    ----------
    count : int
        The number of nights.
    of : {'without', 'with'}
        Which nights are counted.
    hedge : {'', 'about', 'almost', 'more than', 'less than'}
        The word before the number.
    since_day : date, optional
        An attack on every night from this day to the end of the month; `count` is not looked at.

    Examples
    --------
    >>> import pandas as pd
    >>> quiet = pd.Series([3.0, 0], pd.period_range("2025-05", periods=2, freq="M"))
    >>> print(Nights(series="value", month="2025-06", count=30, of="with").check(quiet))
    TRUE: 0 of the 30 nights of June 2025 were without an attack.
    """

    type: ClassVar[str] = "nights"

    count: int = 0
    of: Literal["without", "with"] = "without"
    hedge: Hedge = ""
    since_day: dt.date | None = None

    def __post_init__(self) -> None:
        Claim.__post_init__(self)
        if self.of not in ("without", "with"):
            raise UnknownOption("Nights", of=self.of, known=("without", "with"))
        if not 0 <= self.count <= self.month.days_in_month:
            raise BadOption("Nights", "count", self.count, f"0 to {self.month.days_in_month}")

    @classmethod
    def propose(cls, panel: Panel, month: MonthLike) -> list[Self]:
        """A month without a quiet night, where at most one month in four so far was one."""
        month = as_month(month)
        rows, _ = comparable_rows(panel, month)
        if not panel.metric.endswith(METRIC):
            return []
        found = []
        for i, series in enumerate(panel.names):
            known = rows[i][np.isfinite(rows[i])]
            if rows[i, -1] != 0 or len(known) <= LEAST_EARLIER:
                continue
            share = float(np.mean(known == 0))
            if share <= MOST_SHARE:
                claim = cls(series=series, month=month, value=0.0, rarity=share)
                found.append(claim.named(panel))
        return found

    def check(self, data: PanelLike, *, language: str = "en") -> Verdict:
        """Check the claim with plain pandas."""
        case = Case.of(self, data, language)
        if case.panel.unit not in ("", "nights"):
            reason = case.say("not_nights", unit=case.speaks.unit(case.panel.unit))
            return case.verdict("cannot say", reason)
        if stop := case.unknown():
            return stop
        if self.since_day is not None:
            return self._since(case)
        if stop := no_number(case, self.month):
            return stop
        quiet, days = int(case.value), self.month.days_in_month
        true = quiet if self.of == "without" else days - quiet
        fits: Outcome | Fit = "true" if true == self.count else "false"
        if self.hedge:
            fits = fit(true, self.count, self.hedge)
        return case.verdict(
            worst(fits),
            case.say("nights.without", n=quiet, of=days, month=self.month),
            caveats=case.far(fits),
            corrected=replace(case.claim, count=true, hedge="", value=case.value),
        )

    def _since(self, case: Case[Nights]) -> Verdict:
        """The verdict on an attack every night since a day."""
        assert self.since_day is not None  # check saw to it
        run = nights_running(case.comparable(), self.month)
        if stop := no_number(case, run.begins):
            return stop
        last = self.month.end_time.date()
        nights = (last - self.since_day).days + 1
        if nights < 1:
            return case.verdict("false", case.say("day_later", day=self.since_day))
        outcome: Outcome = "true" if nights <= run.least else "cannot say"
        if run.most is not None and nights > run.most:
            outcome = "false"
        begun = last - dt.timedelta(days=run.least - 1)
        return case.verdict(
            outcome,
            case.say("nights.since", run=run.words(case), n=nights),
            months=[run.begins, self.month],
            corrected=replace(case.claim, since_day=begun, value=case.value) if run.least else None,
        )

    def _said(self, say: Speech) -> str:
        kind: str = self.of
        if not self.hedge and self.of == "without" and self.count == 0:
            kind = "none"
        if not self.hedge and self.of == "with" and self.count == self.month.days_in_month:
            kind = "all"
        if self.since_day is not None:
            kind = "since"
        count = say.figure(self.count, "", self.hedge)
        return say(f"nights.{kind}", count=count, day=say.day(self.since_day))
