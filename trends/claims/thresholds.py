"""Above or below a bound, and for the first time since when."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import ClassVar, Literal, Self, TypeAlias, get_args

import numpy as np
import pandas as pd

from trends.claims._case import Case
from trends.claims._claim import Claim, Verdict, worst
from trends.claims._firsts import LEAST_EARLIER, First, first_ever, first_since
from trends.claims._rounding import Fit, Hedge, Printed, fit
from trends.claims._rows import comparable_rows, latest
from trends.claims._words import Speech
from trends.errors import BadOption, UnknownOption
from trends.panel import MonthLike, Panel, PanelLike, as_month

LEAST_STEPS = 12  # a year
Op: TypeAlias = Literal["above", "below", "at least", "at most"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Threshold(Claim):
    """The value lies above (below) a bound, perhaps for the first time since another month.

    Parameters
    ----------
    bound : float, int or Decimal
        The number printed: 4,000 in "more than 4,000".
    op : {'above', 'below', 'at least', 'at most'}
        On which side.
    first_since : Period or str, optional
        The latest month before that lies on the same side: every month strictly between lies on the
        other.
    first_ever : bool
        Whether every earlier known month lies on the other side.

    Examples
    --------
    >>> drones = pd.Series([3974.0, 5438], pd.period_range("2025-05", periods=2, freq="M"))
    >>> print(Threshold(series="value", month="2025-06", bound=5000).check(drones))
    TRUE: 5,438 in June 2025 is above 5,000.
    """

    type: ClassVar[str] = "threshold"

    bound: Printed
    op: Op = "above"
    first_since: pd.Period | None = None
    first_ever: bool = False

    def __post_init__(self) -> None:
        Claim.__post_init__(self)
        if self.op not in get_args(Op):
            raise UnknownOption("Threshold", op=self.op, known=get_args(Op))
        if self.first_ever and self.first_since is not None:
            raise BadOption("Threshold", "first_ever", True, "false beside first_since")

    @classmethod
    def propose(cls, panel: Panel, month: MonthLike) -> list[Self]:
        """Round numbers (1, 2, 5, 10, 20, 50, ...) passed for the first time, or in a year.

        Not where the same month is named by a claim that it is the highest or lowest since.
        """
        month = as_month(month)
        rows, _ = comparable_rows(panel, month, "records")
        found: list[Self] = []
        for op in ("above", "below"):
            for i, series in enumerate(panel.names):
                row = rows[i] if op == "above" else -rows[i]
                bound = _round_number(float(rows[i, -1]), op)
                limit = bound if op == "above" else -bound
                if not row[-1] > limit:
                    continue  # unknown, or with no round number beside it
                steps = latest(row > limit, row)
                earlier = int(np.isfinite(row[:-1]).sum())
                ever = not (row[:-1] > limit).any() and earlier >= LEAST_EARLIER
                news = steps >= LEAST_STEPS and not row[-1 - steps] >= row[-1]
                if not (ever or news):
                    continue
                claim = cls(
                    series=series,
                    month=month,
                    value=float(rows[i, -1]),
                    bound=bound,
                    op=op,
                    first_ever=ever,
                    first_since=None if ever else month - steps,
                    rarity=1 / (earlier + 1) if ever else 1 / steps,
                )
                found.append(claim.named(panel))
        return found

    def check(self, data: PanelLike, *, language: str = "en") -> Verdict:
        """Check the claim with plain pandas."""
        case = Case.of(self, data, language)
        purposed = self.first_ever or self.first_since is not None
        if stop := case.unknown(purpose="records" if purposed else None):
            return stop
        value, bound = case.value, float(self.bound)
        side = bool(self._alike(pd.Series([value])).iloc[0])
        reason = case.say(
            f"{'threshold' if side else 'not_threshold'}.{self.op}",
            value=case.amount(value),
            month=self.month,
            bound=case.figure(self.bound, case.panel.unit),
        )
        if not side:
            op: Op = "below" if value < bound else "above"
            if value == bound:
                op = "at least" if self.op == "above" else "at most"
            right = replace(case.claim, op=op, value=value, first_since=None, first_ever=False)
            return case.verdict("loose" if value == bound else "false", reason, corrected=right)
        hedge: Hedge = "more than" if self.op in ("above", "at least") else "less than"
        fits: Fit = fit(value, self.bound, hedge) if value > 0 and bound > 0 else "true"
        first: First | Verdict = First("true", "")
        if self.first_since is not None:
            first = first_since(case, self._alike, self.first_since)
        elif self.first_ever:
            first = first_ever(case, self._alike)
        if isinstance(first, Verdict):
            return first
        return case.verdict(
            worst(first.outcome, fits),
            f"{reason}, {first.reason}" if first.reason else reason,
            months=[m for m in (self.first_since, first.since, self.month) if m is not None],
            caveats=case.far(fits) + first.caveats,
            corrected=replace(
                case.claim, value=value, first_since=first.since, first_ever=first.ever
            ),
        )

    def _alike(self, values: pd.Series[float]) -> pd.Series[bool]:
        """Which values lie on the same side of the bound."""
        bound = float(self.bound)
        return {"above": values.gt, "below": values.lt, "at least": values.ge,
                "at most": values.le}[self.op](bound)  # fmt: skip

    def _said(self, say: Speech) -> str:
        said = say(
            f"threshold.{self.op}",
            bound=say.figure(self.bound, self._shown_unit()),
            since=say.month(self.first_since),
        )
        return said + (say("threshold.ever") if self.first_ever else "")


def _round_number(value: float, op: str) -> float:
    """The nearest number of 1, 2, 5, 10, 20, ... that a value is above (below); NaN without one."""
    if not abs(value) > 0 or np.isinf(value):
        return np.nan
    up = (op == "below") == (value > 0)  # away from zero
    size = abs(value)
    power = 10.0 ** np.floor(np.log10(size))
    steps = [m * power for m in (0.5, 1, 2, 5, 10)]
    sizes = [s for s in steps if (s > size if up else s < size)]
    if not sizes:
        return np.nan
    return float(np.copysign(min(sizes) if up else max(sizes), value))
