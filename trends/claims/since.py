"""The highest (or lowest) month since an earlier one."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import ClassVar, Self

import pandas as pd

from trends.claims._case import Case, at, between
from trends.claims._claim import Claim, Direction, Verdict
from trends.claims._rounding import Printed
from trends.claims._words import Speech
from trends.detect import find_records
from trends.panel import MonthLike, Panel, PanelLike, as_month

LEAST_STEPS = 3  # "highest since the month before last" is true every other month
_SEASONS = frozenset({"spring", "summer", "autumn", "fall", "winter"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Since(Claim):
    """The value is the highest (lowest) since another month.

    Parameters
    ----------
    since : Period or str
        The latest month before whose value is not lower (not higher).
    direction : {'high', 'low'}
        Highest or lowest.
    since_value : float, optional
        The value of that month; checked where `value` is given too.
    words_since : str
        How the sentence named that month, where it did not: "summer", "last month".

    Examples
    --------
    >>> km2 = pd.Series([725.0, 476, 430, 389, 240, 379, 507, 588],
    ...                 pd.period_range("2024-11", periods=8, freq="M"))
    >>> print(Since(series="value", month="2025-06", since="2024-11").check(km2))
    TRUE: 588 in June 2025 is above every month since November 2024, which had 725.
    """

    type: ClassVar[str] = "since"
    figures: ClassVar[tuple[tuple[str, str], ...]] = (("value", "month"), ("since_value", "since"))

    beside: ClassVar[tuple[str, ...]] = (*Claim.beside, "since_value")

    since: pd.Period
    direction: Direction = "high"
    since_value: Printed | None = None
    words_since: str = ""

    @classmethod
    def propose(cls, panel: Panel, month: MonthLike) -> list[Self]:
        """The latest months whose value `month` does not reach."""
        month = as_month(month)
        known = panel.until(month)
        found = []
        for direction in ("high", "low"):
            records = find_records(known, direction=direction)
            for i, series in enumerate(known.names):
                steps = int(records.since_steps[i, -1])
                if steps < LEAST_STEPS:
                    continue
                claim = cls(
                    series=series,
                    month=month,
                    value=float(known.values[i, -1]),
                    since=month - steps,
                    since_value=float(known.values[i, -1 - steps]),
                    direction=direction,
                    rarity=1 / steps,
                )
                found.append(claim.named(panel))
        return found

    def check(self, data: PanelLike, *, language: str = "en") -> Verdict:
        """Check the claim with plain pandas."""
        case = Case.of(self, data, language)
        if self.since >= self.month:
            return case.verdict("false", case.say("since.later"))
        if stop := case.unknown(purpose="records"):
            return stop
        high, value = self.direction == "high", case.value
        facts = {"value": case.amount(value), "month": self.month}
        span = case.comparable(purpose="records")
        earlier = span.iloc[:-1]
        reached = earlier[(earlier >= value) if high else (earlier <= value)]
        actual = reached.index[-1] if len(reached) else None
        if actual is not None and actual > self.since:
            return case.verdict(
                "false",
                case.say(
                    f"since.not_{self.direction}",
                    **facts,
                    since=self.since,
                    where=actual,
                    base=case.amount(at(span, actual)),
                ),
                months=[actual, self.month],
                corrected=self._corrected(case, span, actual),
            )
        months = pd.period_range(self.since, self.month, freq="M")
        if stop := case.unknown(*months, purpose="records"):
            return stop
        if actual is not None and (actual == self.since or self._in_season(actual)):
            base = at(span, actual)
            return case.verdict(
                "true",
                case.say(f"since.{self.direction}", **facts, since=actual, base=case.amount(base)),
                months=[actual, self.month],
                caveats=case.same([actual] if base == value else []),
            )
        corrected = self._corrected(case, span, actual)
        return case.verdict(
            "loose",
            case.say(
                f"since.loose_{self.direction}",
                **facts,
                since=self.since,
                base=case.amount(at(span, self.since)),
                where=corrected.since if corrected else None,
            ),
            months=[self.since, self.month],
            corrected=corrected,
        )

    def _in_season(self, actual: pd.Period) -> bool:
        """Whether a month lies in the season that the sentence named by its last month."""
        named = set(self.words_since.lower().split()) & _SEASONS
        return bool(named) and self.since - 2 <= actual <= self.since

    def _corrected(
        self, case: Case[Since], span: pd.Series[float], actual: pd.Period | None
    ) -> Since | None:
        if (
            actual is None
            or actual + 1 == self.month
            or between(span, actual, self.month).isna().any()
        ):
            return None
        return replace(
            self.named(case.panel),
            since=actual,
            words_since="",
            since_value=at(span, actual),
            value=case.value,
        )

    def _said(self, say: Speech) -> str:
        before = say.figure(self.since_value)
        return say(f"since.{self.direction}", since=say.month(self.since), before=before)
