"""A claim laid beside the data that it is checked on."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import Generic, TypeVar

import numpy as np
import pandas as pd

from trends.claims._claim import Claim, Outcome, Verdict, far, worst
from trends.claims._rounding import Fit, Hedge, Printed, fit
from trends.claims._words import figure
from trends.errors import TooShort
from trends.panel import Anomaly, Panel, PanelLike, Purpose, as_panel
from trends.wording import amount, month_words

ClaimT = TypeVar("ClaimT", bound=Claim)


@dataclass(frozen=True, slots=True)
class Case(Generic[ClaimT]):
    """A claim laid beside the plain pandas series that it is checked on."""

    claim: ClaimT
    panel: Panel
    values: pd.Series[float]  # complete months only; NaN where unknown

    @classmethod
    def of(cls, claim: ClaimT, data: PanelLike) -> Case[ClaimT]:
        """Find the claim's series and month in the data."""
        panel = as_panel(data)
        panel.position(claim.month)
        if panel.n_time < 2:
            raise TooShort(f"check of a claim on {claim.series!r}", panel.n_time, 2)
        values = panel[claim.series]
        return Case(claim.named(panel), panel, values.where(panel.complete))

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
        return stop or self.verdict("cannot say", "the span has no month")

    def other(self, series: str) -> float:
        """The value of another series in the claim's month, NaN where there is none."""
        if series not in self.panel.names:
            return float("nan")
        return at(self.panel[series], self.claim.month)

    def step(self, base: pd.Period) -> tuple[float, float, str]:
        """The value of another month, that of the claim's, and both in words."""
        before, after, unit = self.at(base), self.value, self.panel.unit
        words = (
            f"from {amount(before, unit)} in {month_words(base)} to {amount(after, unit)} in "
            f"{month_words(self.claim.month)}"
        )
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

    # --- what is said ----------------------------------------------------------------------------
    def unknown(self, *months: pd.Period, purpose: Purpose | None = None) -> Verdict | None:
        """The verdict when a month that is needed is unknown, left out, or past a break."""
        span = [self.claim.month, *months]
        for month in span:
            if not self.values.index[0] <= month <= self.values.index[-1]:
                return self.verdict("cannot say", f"the data do not reach {month_words(month)}")
        # a break says more than a gap does, so it comes first
        if not np.isnan(self.value) and (stop := self.broken(min(span), max(span))):
            return stop
        for month in span:
            if np.isnan(self.at(month)):
                return self.verdict("cannot say", self._why_unknown(month))
            for anomaly in self.left_out(purpose):
                if anomaly.first <= month <= anomaly.last:
                    reason = f"{month_words(month)} is left out of {purpose}"
                    return self.verdict("cannot say", reason, months=[month])
        return None

    def broken(self, first: pd.Period, last: pd.Period) -> Verdict | None:
        """The verdict when a method break lies between two months."""
        for anomaly in self.breaks(first, last):
            return self.verdict(
                "cannot say",
                f"a method break in {month_words(anomaly.first)} lies between the months compared: "
                f"{anomaly.note.rstrip('.')}",
                months=[m for m in (first, last) if m in self.values.index],
            )
        return None

    def _why_unknown(self, month: pd.Period) -> str:
        days = int(self.panel.observed_days[self.panel.position(month)])
        if self.panel.status(month) == "partial":
            return (
                f"{month_words(month)} is not complete: {days} of {month.days_in_month} days were "
                "observed, and a partial month is not compared with whole ones"
            )
        return f"the value of {month_words(month)} is not known"

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
            reason = f"{'; '.join(misprints)}; {reason}"
            if outcome == "true":  # else the claim stays wrong with the right figures in it
                corrected = corrected or replace(self.claim, **figures)  # type: ignore[arg-type]
        if corrected is not None and corrected.value is not self.claim.value:
            corrected = replace(corrected, value_hedge="")
        outcome = worst(outcome, *fits)
        shown = {str(m): self.at(m) for m in used if m in self.values.index}
        return Verdict(
            self.claim,
            outcome,
            f"{reason[:1].upper()}{reason[1:]}.",
            {m: v for m, v in shown.items() if not np.isnan(v)},
            corrected if outcome in ("false", "loose") else None,
            caveats + far(*fits) + self._anomalies(min(used), max(used)),
            self.panel.definition,
            self.panel.as_of,
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
                where = "" if month == self.claim.month else f" in {month_words(month)}"
                said = figure(printed, unit, hedge)
                misprints.append(f"the data have {amount(value, unit)}{where}, not {said}")
        return fits, misprints, right

    def _anomalies(self, first: pd.Period, last: pd.Period) -> tuple[str, ...]:
        said = []
        for a in self.panel.anomalies:
            if a.kind == "method break":
                continue  # no comparison crosses one; where it cut the span, the claim type says so
            if a.kind == "splice" and first < a.first <= last:
                said.append(f"The series is spliced in {month_words(a.first)}: {a.note}")
            if a.kind != "splice" and a.first <= last and first <= a.last:
                said.append(f"{month_words(a.first)}, {a.kind}: {a.note}")
        return tuple(said)

    def cut(self, first: pd.Period | None = None) -> tuple[str, ...]:
        """The caveat that a method break, or where the data begin, cut the span looked at."""
        start = self.values.index[0] if first is None else first
        begun = self.values.index[0]
        late = (f"The data begin in {month_words(begun)}; nothing earlier was compared.",)
        return (late if start < begun else ()) + tuple(
            f"Months before {month_words(a.first)} are of another definition and were not "
            f"compared: {a.note}"
            for a in self.breaks(start, self.claim.month)[-1:]
        )


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


def gaps_note(values: pd.Series[float]) -> tuple[str, ...]:
    """The caveat that some months of a span are unknown."""
    missing = int(values.isna().sum())
    if not missing:
        return ()
    return (
        f"{missing} of the {len(values)} months from {month_words(values.index[0])} to "
        f"{month_words(values.index[-1])} {'is' if missing == 1 else 'are'} unknown or partial.",
    )
