"""The change from one month to another, in percent, by month or by day."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from typing import ClassVar, Literal, Self, TypeAlias

import numpy as np
import pandas as pd

from trends.claims._case import Case
from trends.claims._claim import Claim, Verdict, worst
from trends.claims._rounding import Fit, Hedge, Printed, fit
from trends.claims._words import Speech
from trends.detect import find_changes
from trends.errors import BadOption, UnknownOption
from trends.panel import FloatArray, MonthLike, Panel, PanelLike, as_month

Per: TypeAlias = Literal["month", "day"]
_SHARES = frozenset({"%", "percent", "share"})  # these change by percentage points
MOST_SHARE = 1.0  # from a doubling on, a multiple says it better
_SLACK = 1e-12  # a change by less is none: 28 in a February and 29 in a leap one
_LAGS: tuple[tuple[Literal["month", "year"], int], ...] = (("month", 1), ("year", 12))


@dataclass(frozen=True, slots=True, kw_only=True)
class Change(Claim):
    """The value is up or down by so many percent on another month.

    Parameters
    ----------
    base : Period or str
        The month compared with.
    percent : float, int or Decimal, optional
        The percentage printed, negative for a fall. Its last digit tells how exact it claims to be.
    absolute : float, int or Decimal, optional
        The difference printed, in units of the series, negative for a fall; instead of `percent`.
    points : bool
        Whether `percent` means percentage points: the difference of two shares.
    hedge : {'', 'about', 'almost', 'more than', 'less than'}
        The word before the number.
    per : {'month', 'day'}
        Of the monthly totals, or of the totals divided by the days of their months. Levels and
        amounts a day are not divided.
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

    beside: ClassVar[tuple[str, ...]] = (*Claim.beside, "base_value", "per_day")

    base: pd.Period
    percent: Printed | None = None
    absolute: Printed | None = None
    points: bool = False
    hedge: Hedge = ""
    per: Per = "month"
    base_value: Printed | None = None
    per_day: float | None = None

    def __post_init__(self) -> None:
        Claim.__post_init__(self)
        if self.per not in ("month", "day"):
            raise UnknownOption("Change", per=self.per, known=("month", "day"))
        if self.percent is None and self.absolute is None:
            raise BadOption("Change", "percent", None, "a number, or one in absolute")
        if self.points and self.percent is None:
            raise BadOption("Change", "points", True, "false where no percentage is given")

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

    def check(self, data: PanelLike, *, language: str = "en") -> Verdict:
        """Check the claim with plain pandas."""
        case = Case.of(self, data, language)
        if stop := case.unknown(self.base):
            return stop
        before, after, facts = case.step(self.base)
        months = [self.base, self.month]
        shares = case.panel.unit in _SHARES
        if self.percent is not None and shares != self.points:
            reason = case.say(f"change.in_{'points' if shares else 'percent'}", step=facts)
            return case.verdict("cannot say", reason, months=months)
        if self.percent is None or self.points:
            return self._difference(case, facts)
        if before <= 0:
            reason = case.say("change.no_percent", step=facts)
            return case.verdict("cannot say", reason, months=months)
        by_month = after / before - 1
        by_day = _by_day(by_month, self.base, self.month)
        is_flow = case.panel.kind == "flow"
        true = by_day if self.per == "day" and is_flow else by_month
        turns = is_flow and by_month * by_day < 0 and abs(by_day) > _SLACK
        turned = (case.say("caveats.turned"),) if turns else ()
        fits: list[Fit] = [fit(true * 100, self.percent, self.hedge)]
        exact = _exact(after - before)
        if self.absolute is not None:
            fits.append(fit(after - before, self.absolute, self.hedge))
        words = case.speaks.percent
        daily = words(by_day) if is_flow and by_month != -1 else None
        return case.verdict(
            worst(*fits),
            case.say("change.percent", step=facts, percent=words(by_month), daily=daily),
            months=months,
            corrected=replace(
                case.claim,
                percent=Decimal(f"{true * 100:.1f}"),
                absolute=None if self.absolute is None else exact,
                hedge="",
                value=after,
                base_value=before,
                per_day=by_day if is_flow else None,
            ),
            caveats=case.far(*fits) + turned,
        )

    def _difference(self, case: Case[Change], facts: str) -> Verdict:
        """The verdict on a difference: in units of the series, or of two shares in points."""
        before, after, _ = case.step(self.base)
        if self.per == "day" and case.panel.kind == "flow":
            true = after / self.month.days_in_month - before / self.base.days_in_month
            unit = f"{case.panel.unit} per day".strip()
        else:
            true, unit = after - before, "percentage points" if self.points else case.panel.unit
        name = "percent" if self.points else "absolute"
        fits = [fit(true, getattr(self, name), self.hedge)]
        if self.points and self.absolute is not None:
            fits.append(fit(true, self.absolute, self.hedge))
        right = {
            name: _exact(true),
            **({} if self.absolute is None else {"absolute": _exact(true)}),
        }
        return case.verdict(
            worst(*fits),
            case.say(
                f"change.{'less' if true < 0 else 'more'}",
                step=facts,
                size=case.amount(abs(true), unit),
            ),
            months=[self.base, self.month],
            corrected=replace(
                case.claim,
                hedge="",
                value=after,
                base_value=before,
                per_day=None,
                **right,  # type: ignore[arg-type]
            ),
            caveats=case.far(*fits),
        )

    def _said(self, say: Speech) -> str:
        number = self.absolute if self.percent is None else self.percent
        way = "flat" if not number else "up" if number > 0 else "down"
        unit = "percentage points" if self.points else ""
        if self.percent is None:
            unit = self._shown_unit()
        told = self.per == "month" and self.base.days_in_month != self.month.days_in_month
        by_day = self.per_day if told and self.per_day != -1 else None
        return say(
            f"change.{way}",
            size=say.figure(
                _digits(number),
                unit,
                self.hedge,
                percent=self.percent is not None and not self.points,
            ),
            daily="" if self.per == "day" else None,
            base=say.month(self.base),
            before=say.figure(self.base_value),
            per_day=None if by_day is None else say.language.percent(by_day),
        )


def _by_day(by_month: float, base: pd.Period, month: pd.Period) -> float:
    """The change of the per-day rates that goes with a change of monthly totals."""
    return (1 + by_month) * base.days_in_month / month.days_in_month - 1


def _rarity(values: FloatArray) -> float:
    """The share of the known values that are at least as far out as the last, on its side."""
    known = values[np.isfinite(values)]
    last = known[-1]
    return float(np.mean(known >= last if last > 0 else known <= last))


def _digits(number: Printed | None) -> Printed:
    """The size of a printed number, with all of its digits."""
    size = abs(number or 0) if not isinstance(number, Decimal) else abs(number)
    whole = not isinstance(size, float) or size.is_integer()
    return size if whole else Decimal(repr(size))


def _exact(difference: float) -> Printed:
    """A difference as it would be printed: whole, or with one decimal."""
    return int(difference) if difference.is_integer() else Decimal(f"{difference:.1f}")
