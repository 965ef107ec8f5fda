"""A net loss or a net gain, and the first since when."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import ClassVar, Literal, Self

import numpy as np
import pandas as pd

from trends.claims._case import Case, as_flow
from trends.claims._claim import Claim, Verdict
from trends.claims._firsts import LEAST_EARLIER, First, first_ever, first_since
from trends.claims._rows import comparable_rows, latest
from trends.claims._words import Speech
from trends.errors import BadOption, UnknownOption
from trends.panel import MonthLike, Panel, PanelLike, as_month

LEAST_STEPS = 3
_SIGNS = ("negative", "positive")


@dataclass(frozen=True, slots=True, kw_only=True)
class Sign(Claim):
    """The value is below (above) zero, perhaps for the first time since another month.

    Parameters
    ----------
    sign : {'negative', 'positive'}
        A net loss or a net gain.
    first_since : Period or str, optional
        The latest month before with that sign: no month strictly between has it.
    first_ever : bool
        Whether no earlier known month has it.

    Examples
    --------
    >>> km2 = pd.Series([-7.0, 124, 24, -120], pd.period_range("2026-01", periods=4, freq="M"))
    >>> claim = Sign(series="value", month="2026-04", sign="negative", first_since="2026-01")
    >>> print(claim.check(km2))
    TRUE: −120 in April 2026 is below zero, the first since January 2026, which had −7.
    """

    type: ClassVar[str] = "sign"

    sign: Literal["negative", "positive"]
    first_since: pd.Period | None = None
    first_ever: bool = False

    def __post_init__(self) -> None:
        Claim.__post_init__(self)
        if self.sign not in _SIGNS:
            raise UnknownOption("Sign", sign=self.sign, known=_SIGNS)
        if self.first_ever and self.first_since is not None:
            raise BadOption("Sign", "first_ever", True, "false beside first_since")

    @classmethod
    def propose(cls, panel: Panel, month: MonthLike) -> list[Self]:
        """The first loss, or the first gain, in a flow that has been the other for some time."""
        month = as_month(month)
        rows, _ = comparable_rows(panel, month, "records")
        if panel.kind != "flow":
            return []
        found: list[Self] = []
        for i, series in enumerate(panel.names):
            if not abs(rows[i, -1]) > 0:
                continue
            row = rows[i] * np.sign(rows[i, -1])
            steps = latest(row > 0, row)
            earlier = int(np.isfinite(row[:-1]).sum())
            ever = not (row[:-1] > 0).any() and earlier >= LEAST_EARLIER
            if not (ever or steps >= LEAST_STEPS):
                continue
            claim = cls(
                series=series,
                month=month,
                value=float(rows[i, -1]),
                sign="negative" if rows[i, -1] < 0 else "positive",
                first_ever=ever,
                first_since=None if ever else month - steps,
                rarity=1 / (earlier + 1) if ever else 1 / steps,
            )
            found.append(claim.named(panel))
        return found

    def check(self, data: PanelLike, *, language: str = "en") -> Verdict:
        """Check the claim with plain pandas."""
        case = Case.of(self, as_flow(data), language)
        purposed = self.first_ever or self.first_since is not None
        if stop := case.unknown(purpose="records" if purposed else None):
            return stop
        value = case.value
        facts = {"value": case.amount(value), "month": self.month}
        if not self._alike(pd.Series([value])).iloc[0]:
            other: Literal["negative", "positive"] = "negative" if value < 0 else "positive"
            right = replace(case.claim, sign=other, value=value, first_since=None, first_ever=False)
            reason = case.say(f"sign.not_{self.sign}", **facts)
            return case.verdict("false", reason, corrected=right if value else None)
        first: First | Verdict = First("true", "")
        if self.first_since is not None:
            first = first_since(case, self._alike, self.first_since)
        elif self.first_ever:
            first = first_ever(case, self._alike)
        if isinstance(first, Verdict):
            return first
        reason = case.say(f"sign.{self.sign}", **facts)
        return case.verdict(
            first.outcome,
            f"{reason}, {first.reason}" if first.reason else reason,
            months=[m for m in (self.first_since, first.since, self.month) if m is not None],
            caveats=first.caveats,
            corrected=replace(
                case.claim, value=value, first_since=first.since, first_ever=first.ever
            ),
        )

    def _alike(self, values: pd.Series[float]) -> pd.Series[bool]:
        return values < 0 if self.sign == "negative" else values > 0

    def _said(self, say: Speech) -> str:
        said = say(f"sign.{self.sign}", since=say.month(self.first_since))
        return said + (say("sign.ever") if self.first_ever else "")
