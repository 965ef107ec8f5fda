"""The change from one month to another, in percent, by month or by day."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from typing import ClassVar, Literal, Self, TypeAlias

import numpy as np
import pandas as pd

from trends.claims._case import Case
from trends.claims._claim import Claim, Verdict, worst
from trends.claims._rounding import Hedge, Printed, fit
from trends.detect import find_changes
from trends.errors import UnknownOption
from trends.panel import FloatArray, MonthLike, Panel, PanelLike, as_month
from trends.wording import amount, check_language, month_words, percent

Per: TypeAlias = Literal["month", "day"]
_SHARES = frozenset({"%", "percent", "share"})  # these change by percentage points
MOST_SHARE = 1.0  # from a doubling on, a multiple says it better
_LAGS: tuple[tuple[Literal["month", "year"], int], ...] = (("month", 1), ("year", 12))


@dataclass(frozen=True, slots=True, kw_only=True)
class Change(Claim):
    """The value is up or down by so many percent on another month.

    Parameters
    ----------
    base : Period or str
        The month compared with.
    percent : float, int or Decimal
        The percentage printed, negative for a fall. Its last digit tells how exact it claims to be.
    hedge : {'', 'about', 'almost', 'more than', 'less than'}
        The word before the number.
    per : {'month', 'day'}
        Of the monthly totals, or of the totals divided by the days of their months.
    base_value : float, optional
        The value of the base month; checked where given.
    per_day : float, optional
        The change by day that goes with one by month, for the sentence.

    Notes
    -----
    Stated only for a positive base.

    Examples
    --------
    >>> drones = pd.Series([3974.0, 5438], pd.period_range("2025-05", periods=2, freq="M"))
    >>> print(Change(series="value", month="2025-06", base="2025-05", percent=37).check(drones))
    TRUE: From 3,974 in May 2025 to 5,438 in June 2025 is +36.8% (+41.4% per day).
    """

    type: ClassVar[str] = "change"
    figures: ClassVar[tuple[tuple[str, str], ...]] = (("value", "month"), ("base_value", "base"))

    base: pd.Period
    percent: Printed
    hedge: Hedge = ""
    per: Per = "month"
    base_value: float | None = None
    per_day: float | None = None

    def __post_init__(self) -> None:
        Claim.__post_init__(self)
        if self.per not in ("month", "day"):
            raise UnknownOption("Change", per=self.per, known=("month", "day"))

    @classmethod
    def propose(cls, panel: Panel, month: MonthLike) -> list[Self]:
        """The changes on the month before and on the same month a year before."""
        month = as_month(month)
        known = panel.until(month)
        found = []
        for against, lag in _LAGS:
            if known.n_time <= lag:
                continue
            changes = find_changes(known, against=against).changes
            for i, series in enumerate(known.names):
                share = float(changes[i, -1])
                printed = Decimal(f"{share * 100:.1f}") if np.isfinite(share) else Decimal(0)
                if not printed or share >= MOST_SHARE:
                    continue
                claim = cls(
                    series=series,
                    month=month,
                    value=float(known.values[i, -1]),
                    base=month - lag,
                    base_value=float(known.values[i, -1 - lag]),
                    percent=printed,
                    per_day=_by_day(share, month - lag, month) if panel.kind == "flow" else None,
                    rarity=_rarity(changes[i]),
                )
                found.append(claim.named(panel))
        return found

    def check(self, data: PanelLike) -> Verdict:
        """Check the claim with plain pandas."""
        case = Case.of(self, data)
        if stop := case.unknown(self.base):
            return stop
        before, after, facts = case.step(self.base)
        months = [self.base, self.month]
        if case.panel.unit in _SHARES:
            reason = f"{facts} is a change in percentage points, not in percent"
            return case.verdict("cannot say", reason, months=months)
        if before <= 0:
            reason = f"{facts} has no percentage, since it does not start from a positive value"
            return case.verdict("cannot say", reason, months=months)
        by_month = after / before - 1
        by_day = _by_day(by_month, self.base, self.month)
        is_flow = case.panel.kind == "flow"
        true = by_day if self.per == "day" else by_month
        fits = fit(true * 100, self.percent, self.hedge)
        said = f"{percent(by_month)} ({percent(by_day)} per day)" if is_flow else percent(by_month)
        return case.verdict(
            worst(fits),
            f"{facts} is {said}",
            months=months,
            corrected=replace(
                case.claim,
                percent=Decimal(f"{true * 100:.1f}"),
                hedge="",
                value=after,
                base_value=before,
                per_day=by_day if is_flow else None,
            ),
            caveats=_caveats(fits, by_month, by_day, is_flow),
        )

    def sentence(self, language: str = "en") -> str:
        """The claim in words."""
        check_language(language, "Change.sentence")
        number = float(self.percent)
        way = "up" if number > 0 else "down" if number < 0 else "changed by"
        digits = max(0, -int(Decimal(str(self.percent)).as_tuple().exponent))
        if isinstance(self.percent, float) and self.percent.is_integer():
            digits = 0
        hedge = f"{self.hedge} " if self.hedge else ""
        per = " per day" if self.per == "day" else ""
        base = "" if self.base_value is None else f" ({amount(self.base_value)})"
        daily = (
            f", {percent(self.per_day)} per day"
            if self.per_day is not None
            and self.per == "month"
            and self.base.days_in_month != self.month.days_in_month
            else ""
        )
        joint = "," if self.value is not None else ""
        return (
            f"{self._lead()}{joint} {way} {hedge}{abs(number):,.{digits}f}%{per} on "
            f"{month_words(self.base)}{base}{daily}."
        )


def _by_day(by_month: float, base: pd.Period, month: pd.Period) -> float:
    """The change of the per-day rates that goes with a change of monthly totals."""
    return (1 + by_month) * base.days_in_month / month.days_in_month - 1


def _rarity(values: FloatArray) -> float:
    """The share of the known values that are at least as far out as the last, on its side."""
    known = values[np.isfinite(values)]
    last = known[-1]
    return float(np.mean(known >= last if last > 0 else known <= last))


def _caveats(fits: str, by_month: float, by_day: float, is_flow: bool) -> tuple[str, ...]:
    notes = []
    if fits in ("understated", "overstated"):
        notes.append("True, but the number printed is more than a tenth away.")
    if is_flow and by_month * by_day < 0:
        notes.append("The length of the months turns the sign: by day it went the other way.")
    return tuple(notes)
