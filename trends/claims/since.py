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
from trends.wording import amount, month_words

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

    def check(self, data: PanelLike) -> Verdict:
        """Check the claim with plain pandas."""
        case = Case.of(self, data)
        if self.since >= self.month:
            return case.verdict("false", "the month of comparison is not earlier")
        if stop := case.unknown(purpose="records"):
            return stop
        high, value, unit = self.direction == "high", case.value, case.panel.unit
        word = "above" if high else "below"
        facts = f"{amount(value, unit)} in {month_words(self.month)}"
        span = case.comparable(purpose="records")
        earlier = span.iloc[:-1]
        reached = earlier[(earlier >= value) if high else (earlier <= value)]
        actual = reached.index[-1] if len(reached) else None
        if actual is not None and actual > self.since:
            return case.verdict(
                "false",
                f"{facts} is not {word} every month since {month_words(self.since)}: "
                f"{month_words(actual)} had {amount(at(span, actual), unit)}",
                months=[actual, self.month],
                corrected=self._corrected(case, span, actual),
            )
        months = pd.period_range(self.since, self.month, freq="M")
        if stop := case.unknown(*months, purpose="records"):
            return stop
        if actual is not None and (actual == self.since or self._in_season(actual)):
            then, base = month_words(actual), at(span, actual)
            return case.verdict(
                "true",
                f"{facts} is {word} every month since {then}, which had {amount(base, unit)}",
                months=[actual, self.month],
                caveats=(f"{then} had exactly the same value.",) if base == value else (),
            )
        corrected = self._corrected(case, span, actual)
        return case.verdict(
            "loose",
            f"{facts} is {word} {month_words(self.since)} ({amount(at(span, self.since), unit)}) "
            f"too, so it is the {'highest' if high else 'lowest'} since an earlier month"
            + (f", {month_words(corrected.since)}" if corrected else ""),
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
