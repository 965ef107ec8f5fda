"""What all claims share: the words they are about, and the verdict on them."""

from __future__ import annotations

import datetime as dt
import html
from abc import ABC, abstractmethod
from dataclasses import dataclass, field, replace
from typing import ClassVar, Generic, Literal, Self, TypeAlias, TypeVar

import numpy as np
import pandas as pd

from trends.claims._rounding import Fit, fit
from trends.errors import TooShort
from trends.panel import Anomaly, MonthLike, Panel, PanelLike, Purpose, as_month, as_panel
from trends.wording import amount, month_words

Outcome: TypeAlias = Literal["true", "depends", "loose", "false", "cannot say"]
Direction: TypeAlias = Literal["high", "low"]

# from the best to the worst, so that a verdict on several facts is the worst of them
OUTCOMES: tuple[Outcome, ...] = ("true", "depends", "loose", "cannot say", "false")


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim(ABC):
    """A statement about one month of one series.

    Parameters
    ----------
    series : str
        The name of the series in its panel.
    month : Period or str
        The month it is about.
    value : float, optional
        The figure printed for the month; checked where given.
    subject, unit : str
        The words for the quantity. `propose` and `check` take them from the panel.
    rarity : float, optional
        How often a month carries so strong a claim if the order of the months is random; `propose`
        sets it, and the newsworthiness rule sorts by it.
    """

    type: ClassVar[str] = "claim"

    series: str
    month: pd.Period
    value: float | None = None
    subject: str = ""
    unit: str = ""
    rarity: float | None = field(default=None, compare=False)

    def __post_init__(self) -> None:
        for name in ("month", "base", "since", "start", "end"):
            given = getattr(self, name, None)
            if given is not None:
                object.__setattr__(self, name, as_month(given, f"{type(self).__name__}.{name}"))

    @classmethod
    @abstractmethod
    def propose(cls, panel: Panel, month: MonthLike) -> list[Self]:
        """Find the claims of this type that are true of `month`, from the fast kernels."""

    @abstractmethod
    def check(self, data: PanelLike) -> Verdict:
        """Check the claim with plain pandas, the other way to the same truth."""

    @abstractmethod
    def sentence(self, language: str = "en") -> str:
        """Say the claim."""

    def named(self, panel: Panel) -> Self:
        """The claim in the words of a panel."""
        return replace(self, subject=subject(panel, self.series), unit=panel.unit)

    def _lead(self) -> str:
        words = self.subject or self.series
        figure = "" if self.value is None else f" {amount(self.value, self._shown_unit())}"
        return f"{words[:1].upper()}{words[1:]} in {month_words(self.month)}:{figure}"

    def _shown_unit(self) -> str:
        # "drones launched: 5,438 drones" says drones twice
        return "" if self.unit and self.unit in (self.subject or self.series) else self.unit


def subject(panel: Panel, series: str) -> str:
    """What a series measures, in words."""
    if not panel.quantity:
        return series
    return panel.quantity if panel.n_series == 1 else f"{panel.quantity}, {series}"


@dataclass(frozen=True, slots=True)
class Verdict:
    """What `check` found.

    Parameters
    ----------
    claim : Claim
        The claim that was checked, in the words of the panel.
    outcome : {'true', 'depends', 'loose', 'false', 'cannot say'}
        *depends*: true under this definition and not under another that was given; *loose*: a
        stricter reading fails and a usual looser one holds.
    reason : str
        One sentence with the numbers it rests on.
    numbers : dict of str to float
        Those numbers, by month.
    corrected : Claim or None
        What would be true instead, where the claim is not.
    caveats : tuple of str
        What a reader must know besides.
    definition : str
        The definition of the numbers.
    as_of : date or None
        The day on which they were known.
    """

    claim: Claim
    outcome: Outcome
    reason: str
    numbers: dict[str, float] = field(default_factory=dict)
    corrected: Claim | None = None
    caveats: tuple[str, ...] = ()
    definition: str = ""
    as_of: dt.date | None = None

    def __str__(self) -> str:
        lines = [f"{self.outcome.upper()}: {self.reason}"]
        if self.corrected is not None:
            lines.append(f"True instead: {self.corrected.sentence()}")
        lines += [f"Note: {caveat}" for caveat in self.caveats]
        return "\n".join(lines)

    def _repr_html_(self) -> str:
        head, *rest = (html.escape(line) for line in str(self).splitlines())
        return f"<p><strong>{head}</strong></p>" + "".join(f"<p>{line}</p>" for line in rest)


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

    def comparable(
        self, first: pd.Period | None = None, purpose: Purpose | None = None
    ) -> pd.Series[float]:
        """The months up to the claim's that one definition covers, less those left out."""
        start = self.values.index[0] if first is None else max(first, self.values.index[0])
        for anomaly in self.breaks(start, self.claim.month):
            start = anomaly.first
        values = between(self.values, start, self.claim.month)
        for anomaly in self.panel.anomalies:
            if purpose in anomaly.excluded_from:
                values.loc[anomaly.first : anomaly.last] = np.nan
        return values

    def breaks(self, first: pd.Period, last: pd.Period) -> list[Anomaly]:
        """The method breaks between two months."""
        return [
            a for a in self.panel.anomalies if a.kind == "method break" and first < a.first <= last
        ]

    # --- what is said ----------------------------------------------------------------------------
    def unknown(self, *months: pd.Period) -> Verdict | None:
        """The verdict when a month that is needed is partial, a gap, outside, or past a break."""
        for month in (self.claim.month, *months):
            if not self.values.index[0] <= month <= self.values.index[-1]:
                return self.verdict("cannot say", f"the data do not reach {month_words(month)}")
            if np.isnan(self.at(month)):
                return self.verdict("cannot say", self._why_unknown(month))
        span = [self.claim.month, *months]
        for anomaly in self.breaks(min(span), max(span)):
            return self.verdict(
                "cannot say",
                f"a method break in {month_words(anomaly.first)} lies between the months compared: "
                f"{anomaly.note.rstrip('.')}",
                months=span,
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
        outcome, wrong_value = self._with_printed_value(outcome)
        if wrong_value:
            reason = f"{wrong_value}; {reason}"
            corrected = corrected or replace(self.claim, value=self.value)
        shown = {str(m): self.at(m) for m in used if m in self.values.index}
        return Verdict(
            self.claim,
            outcome,
            f"{reason[:1].upper()}{reason[1:]}.",
            {m: v for m, v in shown.items() if not np.isnan(v)},
            corrected if outcome in ("false", "loose") else None,
            caveats + self._anomalies(min(used), max(used)),
            self.panel.definition,
            self.panel.as_of,
        )

    def _with_printed_value(self, outcome: Outcome) -> tuple[Outcome, str]:
        printed, value = self.claim.value, self.value
        if printed is None or np.isnan(value):
            return outcome, ""
        fits = fit(value, printed)
        if fits == "true" or np.isclose(value, printed, rtol=1e-12):
            return outcome, ""
        unit = self.panel.unit
        found = f"the data have {amount(value, unit)}, not {amount(printed, unit)}"
        return worst(outcome, fits), found

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
        """The caveat that a method break cut the span looked at."""
        start = self.values.index[0] if first is None else first
        return tuple(
            f"Months before {month_words(a.first)} are of another definition and were not "
            f"compared: {a.note}"
            for a in self.breaks(start, self.claim.month)[-1:]
        )


def at(values: pd.Series[float], month: pd.Period) -> float:
    """The value of a month."""
    return float(values.get(month, np.nan))


def between(values: pd.Series[float], first: pd.Period, last: pd.Period) -> pd.Series[float]:
    """A copy of the values from one month to another, both included."""
    return values.loc[first:last].copy()


def worst(*outcomes: Outcome | Fit) -> Outcome:
    """The worst of several outcomes; a number that is true but says too little is true."""
    plain: list[Outcome] = [
        "true" if outcome in ("understated", "overstated") else outcome  # type: ignore[misc]
        for outcome in outcomes
    ]
    return max(plain, key=OUTCOMES.index)


def gaps_note(values: pd.Series[float]) -> tuple[str, ...]:
    """The caveat that some months of a span are unknown."""
    missing = int(values.isna().sum())
    if not missing:
        return ()
    return (
        f"{missing} of the {len(values)} months from {month_words(values.index[0])} to "
        f"{month_words(values.index[-1])} {'is' if missing == 1 else 'are'} unknown or partial.",
    )
