"""The highest (or lowest) month on record."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import ClassVar, Self

import pandas as pd

from trends.claims._case import Case, at, between, gaps_note
from trends.claims._claim import Claim, Direction, Outcome, Verdict
from trends.detect import find_records
from trends.panel import MonthLike, Panel, PanelLike, as_month
from trends.wording import amount, check_language, month_words

LEAST_EARLIER = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Record(Claim):
    """The value is higher (lower) than that of every earlier complete month.

    Parameters
    ----------
    direction : {'high', 'low'}
        Highest or lowest.
    start : Period or str, optional
        The first month of the span that the record is said of; the first of the data by default.

    Notes
    -----
    At least 12 earlier months must be known. An equal value ties a record and does not set it.

    Examples
    --------
    >>> km2 = pd.Series([*range(100, 112), 300.0], pd.period_range("2024-06", periods=13, freq="M"))
    >>> verdict = Record(series="value", month="2025-06").check(km2)
    >>> print(verdict)
    TRUE: 300 in June 2025 is above every earlier month since June 2024; the highest was 111 in
    May 2025.
    """

    type: ClassVar[str] = "record"

    direction: Direction = "high"
    start: pd.Period | None = None

    @classmethod
    def propose(cls, panel: Panel, month: MonthLike) -> list[Self]:
        """The records that are set in `month`, high and low."""
        month = as_month(month)
        known = panel.until(month)
        found = []
        for direction in ("high", "low"):
            records = find_records(known, direction=direction, least=LEAST_EARLIER)
            for i, series in enumerate(known.names):
                if not records.flags[i, -1]:
                    continue
                earlier = int(records.earlier[i, -1])
                claim = cls(
                    series=series,
                    month=month,
                    value=float(known.values[i, -1]),
                    direction=direction,
                    start=known.months[known.segments()[-1].start],
                    rarity=1 / (earlier + 1),
                )
                found.append(claim.named(panel))
        return found

    def check(self, data: PanelLike) -> Verdict:
        """Check the claim with plain pandas."""
        case = Case.of(self, data)
        if stop := case.unknown(purpose="records"):
            return stop
        span = case.comparable(self.start, "records")
        earlier, value = span.iloc[:-1].dropna(), case.value
        notes = gaps_note(span) + case.cut(self.start)
        high = self.direction == "high"
        best = float(earlier.max() if high else earlier.min())
        beaten = value < best if high else value > best
        if len(earlier) < LEAST_EARLIER and not beaten:
            return case.verdict(
                "cannot say",
                f"only {len(earlier)} earlier months are known and a record needs {LEAST_EARLIER}",
                caveats=notes,
            )
        where = earlier[earlier == best].index[-1]
        stop = case.broken(self.start or self.month, self.month)
        if stop and not beaten:
            return stop
        outcome: Outcome = "false" if beaten else "loose" if value == best else "true"
        return case.verdict(
            outcome,
            self._reason(case, span, where, outcome),
            months=[span.index[0], where, self.month],
            caveats=notes,
            corrected=replace(case.claim, month=where, value=best, start=span.index[0])
            if beaten and self._is_record(span, where)
            else None,
        )

    def _reason(
        self, case: Case[Record], span: pd.Series[float], where: pd.Period, outcome: Outcome
    ) -> str:
        word, extreme = ("above", "highest") if self.direction == "high" else ("below", "lowest")
        unit = case.panel.unit
        facts = f"{amount(case.value, unit)} in {month_words(self.month)}"
        if outcome == "loose":
            return f"{facts} ties the record of {month_words(where)} and does not set one"
        known = f"is {word} every earlier month since {month_words(span.index[0])}"
        if outcome == "false":
            known = f"is not {word} every earlier month"
        return f"{facts} {known}; the {extreme} was {amount(at(span, where), unit)} in " + (
            month_words(where)
        )

    def _is_record(self, span: pd.Series[float], where: pd.Period) -> bool:
        earlier = between(span, span.index[0], where - 1).dropna()
        if len(earlier) < LEAST_EARLIER:
            return False
        value = at(span, where)
        return bool(
            (earlier < value).all() if self.direction == "high" else (earlier > value).all()
        )

    def sentence(self, language: str = "en") -> str:
        """The claim in words."""
        check_language(language, "Record.sentence")
        word = "highest" if self.direction == "high" else "lowest"
        since = f" (since {month_words(self.start)})" if self.start is not None else ""
        joint = "," if self.value is not None else ""
        return f"{self._lead()}{joint} the {word} of any month on record{since}."
