"""Consecutive rises or falls that end in a month."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from itertools import pairwise
from math import factorial
from typing import ClassVar, Literal, Self, TypeAlias

import numpy as np
import pandas as pd

from trends.claims._case import Case, as_flow, at, between, fits_printed
from trends.claims._claim import Claim, Outcome, Verdict, worst
from trends.claims._nightly import Run, nights_running, no_number
from trends.claims._rounding import Fit
from trends.claims._words import Speech
from trends.detect import find_streaks
from trends.errors import BadOption, UnknownOption
from trends.panel import MonthLike, Panel, PanelLike, as_month

StreakKind: TypeAlias = Literal["rise", "fall", "acceleration", "slowing", "record", "nights"]
LEAST_LENGTH = 2
_UP = {"rise": True, "fall": False, "acceleration": True, "slowing": False}
_KINDS = (*_UP, "record", "nights")
LEAST_EARLIER = 12  # of a record


@dataclass(frozen=True, slots=True, kw_only=True)
class Streak(Claim):
    """The n-th consecutive month of rises, falls, acceleration or records, or the n-th night.

    Parameters
    ----------
    length : int
        The number of consecutive rises (falls) that end in the month. Five months 240, 379, 507,
        588, 634 hold four rises.
    kind : {'rise', 'fall', 'acceleration', 'slowing', 'record', 'nights'}
        An *acceleration* is a rise of the flow: the stock grows faster than the month before. On a
        panel of a stock it is checked on the stock's flow. A *record* is a month above all earlier
        ones. *nights* are those with an attack that end with the month, checked on a series of the
        nights without one.
    chain : tuple of float
        The values from before the first rise to the month; checked where
        `value` is given too.
    since_day : date, optional
        The first of the nights.

    Examples
    --------
    >>> months = pd.period_range("2025-02", periods=5, freq="M")
    >>> km2 = pd.Series([389.0, 240, 379, 507, 588], months)
    >>> print(Streak(series="value", month="2025-06", length=3, kind="acceleration").check(km2))
    TRUE: 389 > 240 < 379 < 507 < 588 from February 2025 to June 2025: 3 consecutive rises.
    """

    type: ClassVar[str] = "streak"
    beside: ClassVar[tuple[str, ...]] = (*Claim.beside, "chain")

    length: int
    kind: StreakKind = "rise"
    chain: tuple[float, ...] = ()
    since_day: dt.date | None = None

    def __post_init__(self) -> None:
        Claim.__post_init__(self)
        if self.kind not in _KINDS:
            raise UnknownOption("Streak", kind=self.kind, known=_KINDS)
        if self.length < 1:
            raise BadOption("Streak", "length", self.length, "1 or more")

    @classmethod
    def propose(cls, panel: Panel, month: MonthLike) -> list[Self]:
        """The streaks of at least two that end in `month`."""
        month = as_month(month)
        known = panel.until(month)
        found = []
        for direction in ("rise", "fall"):
            lengths = find_streaks(known, direction=direction).lengths[:, -1]
            for i, series in enumerate(known.names):
                length = int(lengths[i])
                if length < LEAST_LENGTH:
                    continue
                chain = tuple(float(v) for v in known.values[i, -1 - length :])
                claim = cls(
                    series=series,
                    month=month,
                    value=chain[-1],
                    length=length,
                    kind=_kind(panel, direction, chain),
                    chain=chain,
                    rarity=1 / factorial(length + 1),
                )
                found.append(claim.named(panel))
        return found

    def check(self, data: PanelLike, *, language: str = "en") -> Verdict:
        """Check the claim with plain pandas."""
        if self.kind == "nights":
            return self._nights(Case.of(self, data, language))
        if self.kind == "record":
            return self._records(Case.of(self, data, language))
        speed = self.kind in ("acceleration", "slowing")
        case = Case.of(self, as_flow(data) if speed else data, language)
        if stop := case.unknown(purpose="streaks"):
            return stop
        up = _UP[self.kind]
        span = case.comparable(purpose="streaks")
        actual = _run(span, up)
        first = self.month - actual
        chain = between(span, max(first - 1, span.index[0]), self.month)
        reason = self._reason(chain, actual, case)
        # the streak may be longer than the data show where what lies before it is unknown
        open_ended = first == span.index[0] or bool(pd.isna(at(span, first - 1)))
        months = list(chain.index)
        notes = self._notes(case, between(span, first, self.month), open_ended)
        if first == span.index[0]:
            notes += case.cut()
        if open_ended and actual < self.length:
            return case.verdict("cannot say", reason, months=months, caveats=notes)
        right = self._right(case, span, actual, up) if actual else None
        outcome: Outcome = "true"
        if actual != self.length:
            outcome = "loose" if actual > self.length else "false"
        elif right and right.kind != self.kind:
            outcome = "loose"
        return case.verdict(
            worst(outcome, *self._chain_fits(case)),
            reason,
            months=months,
            caveats=notes,
            corrected=right or self._right(case, span, _run(span, not up), not up),
        )

    def _records(self, case: Case[Streak]) -> Verdict:
        """The verdict on consecutive record months."""
        if stop := case.unknown(purpose="records"):
            return stop
        span = case.comparable(purpose="records")
        best = span.cummax().ffill().shift()
        known = span.notna().cumsum().shift() >= LEAST_EARLIER
        setting = (span > best) & known
        actual = int(setting.iloc[::-1].cumprod().sum())
        before = self.month - actual
        open_ended = bool(np.isnan(at(span, before))) or (
            not bool(known.get(before, False)) and not at(span, before) <= at(best, before)
        )
        facts = {"value": case.amount(case.value), "month": self.month}
        reason = case.say("streak.no_record", **facts)
        if actual:
            was = case.amount(at(best, before + 1))
            reason = case.say("streak.records", **facts, n=actual, first=before + 1, best=was)
        outcome: Outcome = "true" if actual == self.length else "loose"
        if actual < self.length:
            outcome = "cannot say" if open_ended else "false"
        return case.verdict(
            worst(outcome, *self._chain_fits(case)),
            reason,
            months=[max(before, span.index[0]), self.month],
            caveats=case.gaps(span) + case.cut(),
            corrected=replace(case.claim, length=actual, value=case.value, chain=())
            if actual
            else None,
        )

    def _nights(self, case: Case[Streak]) -> Verdict:
        """The verdict on consecutive nights, from the nights without an attack."""
        if case.panel.unit not in ("", "nights"):
            reason = case.say("not_nights", unit=case.speaks.unit(case.panel.unit))
            return case.verdict("cannot say", reason)
        if stop := case.unknown(purpose="streaks"):
            return stop
        run = nights_running(case.comparable(purpose="streaks"), self.month)
        if stop := no_number(case, run.begins):
            return stop
        outcomes: list[Outcome] = [_of_nights(self.length, run)]
        reason = run.words(case)
        if self.since_day is not None:
            nights = (self.month.end_time.date() - self.since_day).days + 1
            outcomes.append(_of_nights(nights, run))
            # sources differ on which day a night belongs to
            if nights < 1 or abs(nights - self.length) > 1:
                outcomes.append("false")
                over = case.say("day_later", day=self.since_day)
                if nights > 0:
                    over = case.say("streak.since_day", day=self.since_day, n=nights)
                reason = case.joined(reason, over)
        return case.verdict(
            worst(*outcomes),
            reason,
            months=[run.begins, self.month],
            corrected=replace(case.claim, length=run.least, since_day=None, value=case.value)
            if run.least
            else None,
        )

    def _right(
        self, case: Case[Streak], span: pd.Series[float], length: int, up: bool
    ) -> Streak | None:
        """The streak that there is, in the words claimed or, if it shrinks, in plain ones."""
        if not length:
            return None
        chain = tuple(float(v) for v in between(span, self.month - length, self.month))
        speed = self.kind in ("acceleration", "slowing") and min(chain[1:]) >= 0
        kind: StreakKind = (
            ("acceleration" if up else "slowing") if speed else ("rise" if up else "fall")
        )
        return replace(case.claim, length=length, kind=kind, value=chain[-1], chain=chain)

    def _chain_fits(self, case: Case[Streak]) -> list[Fit]:
        """How the figures of the printed chain fit, back from the month."""
        if self.value is None:
            return []  # the statement alone, laid beside the figures of another data set
        pairs = [(case.at(self.month - k), v) for k, v in enumerate(reversed(self.chain))]
        return [fits_printed(value, printed) for value, printed in pairs if not np.isnan(value)]

    def _reason(self, run: pd.Series[float], actual: int, case: Case[Streak]) -> str:
        known = run.dropna()
        signs = ["<" if b > a else ">" if b < a else "=" for a, b in pairwise(known)]
        word = "rise" if _UP[self.kind] else "fall"
        unit = case.panel.unit
        return case.say(
            f"streak.{word}s" if actual else f"streak.no_{word}",
            chain=case.speaks.chain(known.tolist(), signs),
            unit=case.speaks.unit(unit) if unit else None,
            first=known.index[0],
            month=self.month,
            n=actual,
        )

    def _notes(
        self, case: Case[Streak], run: pd.Series[float], open_ended: bool
    ) -> tuple[str, ...]:
        notes = []
        if open_ended and len(run) > 1:
            notes.append(case.say("caveats.open", month=run.index[0]))
        if self.kind in ("acceleration", "slowing") and bool((run < 0).any()):
            notes.append(case.say("caveats.shrinking"))
        return tuple(notes)

    def _said(self, say: Speech) -> str:
        alone = ".one" if self.length == 1 else ""
        nth, day = say.language.ordinal(self.length), say.day(self.since_day)
        words = say(f"streak.{self.kind}{alone}", nth=nth, day=day)
        signs = ["<" if _UP.get(self.kind, True) else ">"] * (len(self.chain) - 1)
        return words + (f" ({say.language.chain(self.chain, signs)})" if self.chain else "")


def _of_nights(length: int, run: Run) -> Outcome:
    if length == run.least:
        return "true"
    if length < run.least:
        return "loose"
    return "cannot say" if run.most is None or length <= run.most else "false"


def _run(span: pd.Series[float], up: bool) -> int:
    """The consecutive rises (falls) that end the span."""
    steps = span.diff().iloc[1:]
    going = (steps > 0) if up else (steps < 0)
    return int(going.iloc[::-1].cumprod().sum())  # the first step that is not one ends the count


def _kind(panel: Panel, direction: str, chain: tuple[float, ...]) -> StreakKind:
    if panel.kind != "stock" and panel.adds_up_to and min(chain[1:]) >= 0:
        return "acceleration" if direction == "rise" else "slowing"
    return "rise" if direction == "rise" else "fall"
