"""The highest (or lowest) month on record."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from typing import ClassVar, Literal, Self

import pandas as pd

from trends.claims._case import Case, at, between, fits_printed
from trends.claims._claim import Claim, Direction, Outcome, Verdict, worst
from trends.claims._rounding import Fit, Hedge, Printed
from trends.claims._words import Speech
from trends.detect import find_records
from trends.errors import BadOption, UnknownOption
from trends.panel import MonthLike, Panel, PanelLike, as_month

LEAST_EARLIER = 12
LEAST_NIGHTS = 1  # a month before holds nights enough
_NIGHTLY = "_largest_night"


@dataclass(frozen=True, slots=True, kw_only=True)
class Record(Claim):
    """The value is higher (lower) than that of every earlier complete month.

    Parameters
    ----------
    direction : {'high', 'low'}
        Highest or lowest.
    start : Period or str, optional
        The first month of the span that the record is said of; the first of the data by default.
    previous : Period or str, optional
        The month that held the record before; checked where given.
    previous_value : float, int or Decimal, optional
        The record before; checked where given.
    margin : float, int or Decimal, optional
        By how much the record was beaten; checked where given.
    margin_hedge : {'', 'about', 'almost', 'more than', 'less than'}
        The word before the margin.
    of : {'month', 'night'}
        Of what it is said. A record of a night is a high; it is checked on the panel of the largest
        nights of the months.
    day : date, optional
        The date of the night; it must lie in the month.

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
    beside: ClassVar[tuple[str, ...]] = (
        *Claim.beside, "previous", "previous_value", "margin", "margin_hedge", "day",
    )  # fmt: skip

    direction: Direction = "high"
    start: pd.Period | None = None
    previous: pd.Period | None = None
    previous_value: Printed | None = None
    margin: Printed | None = None
    margin_hedge: Hedge = ""
    of: Literal["month", "night"] = "month"
    day: dt.date | None = None

    def __post_init__(self) -> None:
        Claim.__post_init__(self)
        if self.of not in ("month", "night"):
            raise UnknownOption("Record", of=self.of, known=("month", "night"))
        if self.of == "night" and self.direction == "low":
            needed = "'month' of a low: the largest nights do not tell the smallest"
            raise BadOption("Record", "of", self.of, needed)

    @classmethod
    def propose(cls, panel: Panel, month: MonthLike) -> list[Self]:
        """The records that are set in `month`, high and low."""
        month = as_month(month)
        known = panel.until(month)
        found = []
        nightly = panel.metric.endswith(_NIGHTLY)
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
                    of="night" if nightly and direction == "high" else "month",
                    start=known.months[known.segments()[-1].start],
                    rarity=1 / (earlier + 1),
                )
                found.append(claim.named(panel))
        return found

    def check(self, data: PanelLike, *, language: str = "en") -> Verdict:
        """Check the claim with plain pandas."""
        case = Case.of(self, data, language)
        if self.of == "night" and case.panel.metric and not case.panel.metric.endswith(_NIGHTLY):
            return case.verdict("cannot say", case.say("record.no_nights"))
        if stop := case.unknown(purpose="records"):
            return stop
        if self.previous is not None and (stop := case.unknown(self.previous, purpose="records")):
            return stop
        least = LEAST_NIGHTS if self.of == "night" else LEAST_EARLIER
        span = case.comparable(self.start, "records")
        earlier, value = span.iloc[:-1].dropna(), case.value
        notes = case.gaps(span) + case.cut(self.start)
        high = self.direction == "high"
        best = float(earlier.max() if high else earlier.min())
        beaten = value < best if high else value > best
        if len(earlier) < least and not beaten:
            return case.verdict(
                "cannot say",
                case.say("record.few", n=len(earlier), least=least),
                caveats=notes,
            )
        where = earlier[earlier == best].index[-1]
        stop = case.broken(self.start or self.month, self.month)
        if stop and not beaten:
            return stop
        outcome: Outcome = "false" if beaten else "loose" if value == best else "true"
        reason = self._reason(case, span, where, outcome)
        months = [span.index[0], where, self.month]
        if outcome == "true":
            fits, wrong, right = self._extras(case, earlier, where, best)
            return case.verdict(
                worst(*fits), case.joined(reason, *wrong), months=months,
                caveats=notes + case.far(*fits), corrected=right,
            )  # fmt: skip
        right = replace(
            case.claim, month=where, value=best, start=span.index[0], previous=None,
            previous_value=None, margin=None, margin_hedge="", day=None,
        )  # fmt: skip
        return case.verdict(
            outcome, reason, months=months, caveats=notes,
            corrected=right if beaten and self._is_record(span, where, least) else None,
        )  # fmt: skip

    def _extras(
        self, case: Case[Record], earlier: pd.Series[float], where: pd.Period, best: float
    ) -> tuple[list[Outcome | Fit], list[str], Record]:
        """How the record before, the margin and the day fit, and what is said where they do not."""
        fits: list[Outcome | Fit] = ["true"]
        wrong: list[str] = []
        gap = abs(case.value - best)
        seen = self.of == "month"  # of nights, an earlier one of the same month is not seen
        held = None if not seen and self.previous == self.month else self.previous
        if held is not None and at(earlier, held) != best:
            fits.append("false")
            wrong.append(case.say("record.previous", month=held))
        extras: tuple[tuple[Printed | None, float, float, Hedge, str], ...] = (
            (self.previous_value, best, case.value, "", "before"),
            (self.margin, gap, 0.0, self.margin_hedge, "margin"),
        )
        for printed, true, end, hedge, word in extras:
            if printed is None:
                continue
            each: Outcome | Fit = fits_printed(true, printed, hedge)
            within = min(true, end) < printed < max(true, end)
            if not seen and each in ("loose", "false") and within:
                each = "cannot say"
                said = case.figure(printed, case.panel.unit)
                wrong.append(case.say(f"record.night_{word}", said=said))
            elif each in ("loose", "false"):
                said = case.figure(printed, case.panel.unit, hedge)
                wrong.append(case.say(f"record.{word}", value=case.amount(true), said=said))
            fits.append(each)
        if self.day is not None and not _within(self.day, self.month):
            fits.append("false")
            wrong.append(case.say("record.day", day=self.day, month=self.month))
        right = replace(
            case.claim, value=case.value, day=None, margin_hedge="",
            previous=None if self.previous is None else where,
            previous_value=None if self.previous_value is None else best,
            margin=None if self.margin is None else gap,
        )  # fmt: skip
        return fits, wrong, right

    def _reason(
        self, case: Case[Record], span: pd.Series[float], where: pd.Period, outcome: Outcome
    ) -> str:
        facts = {"value": case.amount(case.value), "month": self.month, "where": where}
        if outcome == "loose":
            return case.say("record.ties", **facts)
        facts["best"] = case.amount(at(span, where))
        if outcome == "false":
            return case.say(f"record.not_{self.direction}", **facts)
        return case.say(f"record.{self.direction}", **facts, first=span.index[0])

    def _is_record(self, span: pd.Series[float], where: pd.Period, least: int) -> bool:
        earlier = between(span, span.index[0], where - 1).dropna()
        if len(earlier) < least:
            return False
        value = at(span, where)
        return bool(
            (earlier < value).all() if self.direction == "high" else (earlier > value).all()
        )

    def _said(self, say: Speech) -> str:
        of, way = self.of, self.direction
        said = say(f"record.{of}.{way}", start=say.month(self.start), day=say.day(self.day))
        previous, before = say.month(self.previous), say.figure(self.previous_value)
        margin = say.figure(self.margin, self._shown_unit(), self.margin_hedge)
        if previous or before:
            said += say("record.beats", previous=previous, before=before, margin=margin)
        elif margin:
            said += say("record.margin", margin=margin)
        return said


def _within(day: dt.date, month: pd.Period) -> bool:
    return (day.year, day.month) == (month.year, month.month)
