"""The place of a month among the others of a span."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import ClassVar, Self

import numpy as np
import pandas as pd

from trends.claims._case import Case, at, between
from trends.claims._claim import Claim, Direction, Verdict
from trends.claims._words import Speech
from trends.detect import find_ranks
from trends.errors import BadOption
from trends.panel import MonthLike, Panel, PanelLike, as_month

MOST = 3  # a fourth place is not news
LEAST_MONTHS = 12
MOST_NAMED = 6  # months ahead


@dataclass(frozen=True, slots=True, kw_only=True)
class Rank(Claim):
    """The value is the second, third, ... highest (lowest) of a span of months.

    Parameters
    ----------
    rank : int
        1 + the number of complete months of the span that are higher (lower).
    direction : {'high', 'low'}
        Counted from the highest or from the lowest.
    start, end : Period or str, optional
        The span; from the first month of the data to the claim's own month by default.
    ahead : tuple of Period
        The months before it in rank, as in "only October and November 2024 were larger"; checked
        where given.
    at_least : bool
        Whether a better place will do: "among the three highest".
    excluding : tuple of (Period, Period)
        Spans of months that are left out: "the opening months of the war aside".

    Examples
    --------
    >>> km2 = pd.Series([610.0, 725, 476, 588], pd.period_range("2024-10", periods=4, freq="M"))
    >>> Rank(series="value", month="2025-01", rank=3).check(km2).outcome
    'true'
    """

    type: ClassVar[str] = "rank"
    beside: ClassVar[tuple[str, ...]] = (*Claim.beside, "ahead")

    rank: int
    direction: Direction = "high"
    start: pd.Period | None = None
    end: pd.Period | None = None
    ahead: tuple[pd.Period, ...] = ()
    at_least: bool = False
    excluding: tuple[tuple[pd.Period, pd.Period], ...] = ()

    def __post_init__(self) -> None:
        Claim.__post_init__(self)
        if self.rank < 1:
            raise BadOption("Rank", "rank", self.rank, "1 or more")

    @classmethod
    def propose(cls, panel: Panel, month: MonthLike) -> list[Self]:
        """Second and third places, in the span after the latest break or month left out."""
        month = as_month(month)
        start = _start(panel, month)
        known = panel.window(start, month)
        found: list[Self] = []
        if known.n_time < LEAST_MONTHS or np.isnan(known.known()[:, -1]).all():
            return found
        for direction in ("high", "low"):
            result = find_ranks(known, direction=direction)
            for i, series in enumerate(known.names):
                rank, months = int(result.ranks[i, -1]), int(result.earlier[i, -1]) + 1
                if not 2 <= rank <= MOST or months < LEAST_MONTHS:
                    continue
                value = float(known.values[i, -1])
                row = known[series].where(known.complete)
                better = row[(row > value) if direction == "high" else (row < value)]
                claim = cls(
                    series=series,
                    month=month,
                    value=value,
                    rank=rank,
                    direction=direction,
                    start=start,
                    ahead=tuple(better.index),
                    rarity=rank / months,
                )
                found.append(claim.named(panel))
        return found

    def check(self, data: PanelLike, *, language: str = "en") -> Verdict:
        """Check the claim with plain pandas."""
        case = Case.of(self, data, language)
        if stop := case.unknown(*self.ahead):
            return stop
        if not (self.start or self.month) <= self.month <= (self.end or self.month):
            return case.verdict("cannot say", case.say("rank.outside"))
        if any(first <= self.month <= last for first, last in self.excluding):
            return case.verdict("cannot say", case.say("rank.left_out"))
        span, notes = self._span(case)
        high, value = self.direction == "high", case.value
        better = span[(span > value) if high else (span < value)].dropna()
        tied = span[span == value].drop(self.month)
        rank = len(better) + 1
        stop = case.broken(self.start or case.values.index[0], self.end or self.month)
        if stop and rank <= self.rank:
            return stop  # what lies beyond the break may be ahead too
        reason = self._reason(case, span, better)
        wrong = [month for month in self.ahead if month not in better.index]
        if wrong:
            reason = case.joined(reason, case.say(f"rank.not_{self.direction}", months=wrong))
        notes += case.same(list(tied.index))
        corrected = replace(
            case.claim, rank=rank, value=value, start=span.index[0], at_least=False,
            ahead=tuple(better.index),
        )  # fmt: skip
        holds = rank <= self.rank if self.at_least else rank == self.rank
        return case.verdict(
            "true" if holds and not wrong else "false",
            reason,
            months=[span.index[0], *better.index[:MOST_NAMED], self.month],
            caveats=notes,
            corrected=corrected,
        )

    def _reason(self, case: Case[Rank], span: pd.Series[float], better: pd.Series[float]) -> str:
        """Its place, and the months before it where they are few."""
        facts = {
            "value": case.amount(case.value),
            "month": self.month,
            "n": int(span.notna().sum()),
            "first": span.index[0],
        }
        if not len(better):
            return case.say(f"rank.first_{self.direction}", **facts)
        ahead = ", ".join(
            case.say("rank.ahead", month=month, value=case.amount(at(better, month), ""))
            for month in better.index[:MOST_NAMED]
        )
        return case.say(
            f"rank.nth_{self.direction}",
            **facts,
            nth=case.speaks.ordinal(len(better) + 1),
            ahead=ahead if len(better) <= MOST_NAMED else None,
        )

    def _span(self, case: Case[Rank]) -> tuple[pd.Series[float], tuple[str, ...]]:
        """The months ranked, those left out as NaN, and what is to be said of the others."""
        span = case.comparable(self.start)
        notes = case.gaps(span) + case.cut(self.start)
        if self.end is not None:
            later = [a.first - 1 for a in case.breaks(self.month, self.end)][:1]
            span = between(case.values, span.index[0], (later or [self.end])[0])
        for first, last in self.excluding:
            span.loc[first:last] = np.nan
        return span, notes

    def _said(self, say: Speech) -> str:
        kind = "among" if self.at_least else "first" if self.rank == 1 else "nth"
        place = say(
            f"rank.{kind}.{self.direction}",
            rank=say.language.ordinal(self.rank),
            count=say.figure(self.rank),
            start=say.month(self.start),
        )
        return place + say(
            f"rank.rest.{self.direction}",
            excluding=say.language.spans(self.excluding) if self.excluding else None,
            ahead=say.language.months(sorted(self.ahead)) if self.ahead else None,
        )


def _start(panel: Panel, month: pd.Period) -> pd.Period:
    """The first month after the latest method break and after the months that ranks leave out."""
    known = panel.until(month)
    first: pd.Period = known.months[known.segments()[-1].start]
    for anomaly in panel.anomalies:
        if "ranks" in anomaly.excluded_from and anomaly.last < month:
            first = max(first, anomaly.last + 1)
    return first
