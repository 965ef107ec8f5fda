"""A claim laid beside the data that it is checked on."""

from __future__ import annotations

import datetime as dt
import math
from dataclasses import dataclass, replace
from typing import Generic, TypeVar

import numpy as np
import pandas as pd

from trends.claims._claim import Claim, Outcome, Verdict, worst
from trends.claims._rounding import Fit, Hedge, Printed, fit
from trends.errors import TooShort
from trends.panel import Anomaly, Panel, PanelLike, Purpose, as_panel
from trends.wording import Language, Phrase, check_language, language_of, read_words

ClaimT = TypeVar("ClaimT", bound=Claim)


@dataclass(frozen=True, slots=True)
class Case(Generic[ClaimT]):
    """A claim laid beside the plain pandas series that it is checked on."""

    claim: ClaimT
    panel: Panel
    values: pd.Series[float]  # complete months only; NaN where unknown
    language: str = "en"

    @classmethod
    def of(cls, claim: ClaimT, data: PanelLike, language: str = "en") -> Case[ClaimT]:
        """Find the claim's series and month in the data."""
        check_language(language, f"{type(claim).__name__}.check")
        panel = as_panel(data)
        panel.position(claim.month)
        if panel.n_time < 2:
            raise TooShort(f"check of a claim on {claim.series!r}", panel.n_time, 2)
        values = panel[claim.series]
        return Case(claim.named(panel), panel, values.where(panel.complete), language)

    # --- what can be compared ------------------------------------------------------------------
    def at(self, month: pd.Period) -> float:
        """The value of a month, NaN where it is not known."""
        return at(self.values, month)

    @property
    def value(self) -> float:
        """The value of the claim's month."""
        return self.at(self.claim.month)

    def whole(self, first: pd.Period, last: pd.Period) -> pd.Series[float] | Verdict:
        """The months of a span, or the verdict when one of them is unknown or past a break."""
        span = self.values.loc[first:last]
        if len(span) == (last - first).n + 1 and not np.isnan(span.to_numpy()).any():
            return self.broken(min(first, self.claim.month), max(last, self.claim.month)) or span
        months = pd.period_range(first, last, freq="M")
        stop = self.unknown(first, last) or self.unknown(*months)
        assert stop is not None  # a month of the span is not known
        return stop

    def other(self, series: str) -> float:
        """The value of another series in the claim's month, NaN where there is none."""
        if series not in self.panel.names:
            return float("nan")
        return at(self.panel[series], self.claim.month)

    def step(self, base: pd.Period) -> tuple[float, float, str]:
        """The value of another month, that of the claim's, and both in words."""
        before, after = self.at(base), self.value
        words = self.say(
            "step", before=self.amount(before), base=base, after=self.amount(after),
            month=self.claim.month,
        )  # fmt: skip
        return before, after, words

    def comparable(
        self, first: pd.Period | None = None, purpose: Purpose | None = None
    ) -> pd.Series[float]:
        """The months up to the claim's that one definition covers, less those left out."""
        start = self.values.index[0] if first is None else max(first, self.values.index[0])
        for anomaly in self.breaks(start, self.claim.month):
            start = anomaly.first
        values = between(self.values, start, self.claim.month)
        for anomaly in self.left_out(purpose):
            values.loc[anomaly.first : anomaly.last] = np.nan
        return values

    def left_out(self, purpose: Purpose | None) -> list[Anomaly]:
        """The spans that are left out of a kind of finding."""
        return [a for a in self.panel.anomalies if purpose in a.excluded_from]

    def breaks(self, first: pd.Period, last: pd.Period) -> list[Anomaly]:
        """The method breaks between two months."""
        return [
            a for a in self.panel.anomalies if a.kind == "method break" and first < a.first <= last
        ]

    # --- the words -------------------------------------------------------------------------------
    def say(self, key: str, **slots: object) -> str:
        """A reason, a part of one or a caveat, in the language that the check was asked in.

        The texts are the templates under ``[reasons]`` in ``trends/wording/languages``, one file a
        language, every language with the same keys and slots. A slot is given as a Period, a list
        of them, a date, a whole number that counts, an `amount` of the panel, a printed `figure`,
        or a text; for None the part in brackets around it is left out.

        ``case.say("first.since", since=month, value=case.amount(5.0))`` fills
        ``since = "the first since {since}, which had {value}"`` under ``[reasons.first]``. Other
        languages ask for the forms of a month, ``{since:in}``, and all of them for plurals,
        ``{n} {n:record|records}``, in the order of their `plurals`.
        """
        speaks = self.speaks
        said = {name: _spoken(value, speaks) for name, value in slots.items()}
        return read_words(speaks.code)(f"reasons.{key}", **said)

    @property
    def speaks(self) -> Language:
        """The grammar of the language."""
        return language_of(self.language)

    def amount(self, value: float, unit: str | None = None) -> Phrase:
        """A value in words, with the unit of the panel unless another one is given."""
        return self.speaks.figure(float(value), self.panel.unit if unit is None else unit)

    def figure(self, value: Printed, unit: str = "", hedge: Hedge = "") -> Phrase:
        """A figure as it was printed, with the word before it."""
        return self.speaks.figure(value, unit, hedge)

    def joined(self, *parts: str) -> str:
        """Several facts in one sentence."""
        return f"{self.speaks.semicolon} ".join(parts)

    # --- what is said ----------------------------------------------------------------------------
    def unknown(self, *months: pd.Period, purpose: Purpose | None = None) -> Verdict | None:
        """The verdict when a month that is needed is unknown, left out, or past a break."""
        span = [self.claim.month, *months]
        for month in span:
            if not self.values.index[0] <= month <= self.values.index[-1]:
                return self.verdict("cannot say", self.say("reach", month=month))
        # a break says more than a gap does, so it comes first
        if not np.isnan(self.value) and (stop := self.broken(min(span), max(span))):
            return stop
        for month in span:
            if np.isnan(self.at(month)):
                return self.verdict("cannot say", self._why_unknown(month))
            for anomaly in self.left_out(purpose):
                if anomaly.first <= month <= anomaly.last:
                    reason = self.say(f"left_out.{purpose}", month=month)
                    return self.verdict("cannot say", reason, months=[month])
        return None

    def broken(self, first: pd.Period, last: pd.Period) -> Verdict | None:
        """The verdict when a method break lies between two months."""
        for anomaly in self.breaks(first, last):
            return self.verdict(
                "cannot say",
                self.say("broken", month=anomaly.first, note=anomaly.note.rstrip(".")),
                months=[m for m in (first, last) if m in self.values.index],
            )
        return None

    def _why_unknown(self, month: pd.Period) -> str:
        days = int(self.panel.observed_days[self.panel.position(month)])
        if self.panel.status(month) == "partial":
            return self.say("partial", month=month, n=days, of=month.days_in_month)
        return self.say("unknown", month=month)

    def verdict(
        self,
        outcome: Outcome,
        reason: str,
        *,
        months: list[pd.Period] | None = None,
        corrected: Claim | None = None,
        caveats: tuple[str, ...] = (),
    ) -> Verdict:
        """A verdict with its numbers and the caveats that the span of `months` brings."""
        used = months or [self.claim.month]
        fits, misprints, figures = self._figures()
        if misprints:
            reason = self.joined(*misprints, reason)
            if outcome == "true":  # else the claim stays wrong with the right figures in it
                corrected = corrected or replace(self.claim, **figures)  # type: ignore[arg-type]
        if corrected is not None and corrected.value is not self.claim.value:
            corrected = replace(corrected, value_hedge="")
        outcome = worst(outcome, *fits)
        shown = {str(m): self.at(m) for m in used if m in self.values.index}
        return Verdict(
            self.claim,
            outcome,
            f"{_capital(reason)}.",
            {m: v for m, v in shown.items() if not np.isnan(v)},
            corrected if outcome in ("false", "loose") else None,
            caveats + self.far(*fits) + self._anomalies(min(used), max(used)),
            self.panel.definition,
            self.panel.as_of,
            self.language,
        )

    def _figures(self) -> tuple[list[Fit], list[str], dict[str, float]]:
        """How the figures printed fit, what is said of those that do not, and the right ones."""
        fits: list[Fit] = []
        misprints, right = [], {}
        for name, of in self.claim.figures:
            printed, month = getattr(self.claim, name), getattr(self.claim, of)
            value = self.at(month)
            if printed is None or np.isnan(value):
                continue
            if name == "since_value" and self.claim.value is None:
                continue  # the statement alone, laid beside the figures of another data set
            right[name] = value
            hedge = self.claim.value_hedge if name == "value" else ""
            fits.append(fits_printed(value, printed, hedge))
            if fits[-1] in ("loose", "false"):
                unit = self.panel.unit
                where = None if month == self.claim.month else month
                said = self.figure(printed, unit, hedge)
                shown = self.amount(value)
                misprints.append(self.say("misprint", value=shown, month=where, said=said))
        return fits, misprints, right

    def _anomalies(self, first: pd.Period, last: pd.Period) -> tuple[str, ...]:
        said = []
        for a in self.panel.anomalies:
            if a.kind == "method break":
                continue  # no comparison crosses one; where it cut the span, the claim type says so
            if a.kind == "splice" and first < a.first <= last:
                said.append(self.say("caveats.spliced", month=a.first, note=a.note))
            if a.kind != "splice" and a.first <= last and first <= a.last:
                kind = read_words(self.language)(f"kinds.{a.kind}")
                said.append(
                    _capital(self.say("caveats.odd", month=a.first, kind=kind, note=a.note))
                )
        return tuple(said)

    def cut(self, first: pd.Period | None = None) -> tuple[str, ...]:
        """The caveat that a method break, or where the data begin, cut the span looked at."""
        start = self.values.index[0] if first is None else first
        begun = self.values.index[0]
        late = (self.say("caveats.begun", month=begun),) if start < begun else ()
        return late + tuple(
            self.say("caveats.cut", month=a.first, note=a.note)
            for a in self.breaks(start, self.claim.month)[-1:]
        )

    def gaps(self, values: pd.Series[float]) -> tuple[str, ...]:
        """The caveat that some months of a span are unknown."""
        missing = int(values.isna().sum())
        if not missing:
            return ()
        first, last = values.index[0], values.index[-1]
        return (self.say("caveats.gaps", k=missing, n=len(values), first=first, last=last),)

    def same(self, months: list[pd.Period]) -> tuple[str, ...]:
        """The caveat that months tie."""
        return (_capital(self.say("caveats.same", months=months)),) if months else ()

    def far(self, *fits: Outcome | Fit) -> tuple[str, ...]:
        """The caveat of a number that is true and says too little."""
        too_little = "understated" in fits or "overstated" in fits
        return (self.say("caveats.far"),) if too_little else ()


def fits_printed(value: float, printed: Printed, hedge: Hedge = "") -> Fit:
    """How a printed figure fits a value; one printed in full fits, whatever its digits."""
    if not hedge and math.isclose(value, float(printed), rel_tol=1e-12):
        return "true"
    return fit(value, printed, hedge)


def as_flow(data: PanelLike) -> Panel:
    """The panel, or its flow where it is one of a stock."""
    panel = as_panel(data)
    return panel.flow() if panel.kind == "stock" else panel


def at(values: pd.Series[float], month: pd.Period) -> float:
    """The value of a month."""
    return float(values.get(month, np.nan))


def between(values: pd.Series[float], first: pd.Period, last: pd.Period) -> pd.Series[float]:
    """A copy of the values from one month to another, both included."""
    return values.loc[first:last].copy()


def _capital(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}"


def _spoken(value: object, speaks: Language) -> object:
    """A slot in the words of a language; whole numbers and texts are put in as they are."""
    match value:
        case pd.Period():
            return speaks.month(value)
        case dt.date():
            return speaks.day(value)
        case list():
            return speaks.months(value)
    return value
