"""A span of months beside one or several others."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import ClassVar, Literal, Self, TypeAlias, get_args

import pandas as pd

from trends.claims._case import Case, as_flow, fits_printed
from trends.claims._claim import Claim, Outcome, Verdict, worst
from trends.claims._rounding import Fit, Hedge, Printed, fit
from trends.claims._rows import comparable_rows
from trends.claims._words import Speech
from trends.errors import BadOption, UnknownOption
from trends.panel import MonthLike, Panel, PanelLike, as_month

Relation: TypeAlias = Literal["above", "below", "multiple", "percent", "difference"]
Span: TypeAlias = tuple[pd.Period, pd.Period]


MOST_YEARS = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Window(Claim):
    """The months from `first` to the claim's hold more than, or so many times, other spans.

    Parameters
    ----------
    first : Period or str
        The first month of the span, which ends in the claim's month.
    bases : tuple of (Period, Period)
        The spans compared with, added up: "2023 and 2024 together" are two.
    relation : {'above', 'below', 'multiple', 'percent', 'difference'}
        More or less than, so many times, so many percent more (less), so many units more (less).
    number : float, int or Decimal, optional
        The number of the last three, negative for percent or units less.
    hedge : {'', 'about', 'almost', 'more than', 'less than'}
        The word before the number.
    per : {'total', 'day'}
        Of the totals, or of each side divided by its days.
    base_value : float, int or Decimal, optional
        The total printed for the bases; checked where given. `value` is that of the span.

    Examples
    --------
    >>> km2 = pd.Series([379.0, 507, 588], pd.period_range("2025-04", periods=3, freq="M"))
    >>> april = (("2025-04", "2025-04"),)
    >>> window = Window(series="value", month="2025-06", first="2025-05", bases=april)
    >>> print(replace(window, relation="multiple", number=3, hedge="almost").check(km2))
    TRUE: 1,095 from May 2025 to June 2025 against 379 in April 2025 is 2.89 times.
    """

    type: ClassVar[str] = "window"
    figures: ClassVar[tuple[tuple[str, str], ...]] = ()
    beside: ClassVar[tuple[str, ...]] = (*Claim.beside, "base_value")

    first: pd.Period
    bases: tuple[Span, ...]
    relation: Relation = "above"
    number: Printed | None = None
    hedge: Hedge = ""
    per: Literal["total", "day"] = "total"
    base_value: Printed | None = None

    def __post_init__(self) -> None:
        Claim.__post_init__(self)
        if self.relation not in get_args(Relation):
            raise UnknownOption("Window", relation=self.relation, known=get_args(Relation))
        if self.per not in ("total", "day"):
            raise UnknownOption("Window", per=self.per, known=("total", "day"))
        if self.first > self.month:
            raise BadOption("Window", "first", str(self.first), f"at or before {self.month}")
        if not self.bases:
            raise BadOption("Window", "bases", self.bases, "at least one span of months")
        if self.relation not in ("above", "below") and self.number is None:
            raise BadOption("Window", "number", None, f"a number, to say a {self.relation}")
        if self.relation == "multiple" and not float(self.number or 0) > 0:
            raise BadOption("Window", "number", self.number, "above 0")

    @classmethod
    def propose(cls, panel: Panel, month: MonthLike) -> list[Self]:
        """The year to date passes the whole of the years before it: one, two or three of them."""
        month = as_month(month)
        rows, _ = comparable_rows(panel, month)
        n, found = month.month, []
        years = min((rows.shape[1] - n) // 12, MOST_YEARS)
        if panel.kind != "flow" or years < 1:
            return []
        to_date, before = rows[:, -n:].sum(axis=1), rows[:, -n:-1].sum(axis=1)
        for i, series in enumerate(panel.names):
            for k in range(years, 0, -1):
                base = float(rows[i, -n - 12 * k : -n].sum())
                if not (
                    base > 0 and to_date[i] > base * (1 + 1e-12) and before[i] <= base * (1 + 1e-12)
                ):
                    continue
                year = month.year
                claim = cls(
                    series=series,
                    month=month,
                    value=float(to_date[i]),
                    first=month - (n - 1),
                    bases=tuple(_year(year - back) for back in range(k, 0, -1)),
                    base_value=base,
                    rarity=1 / (k + 1),
                )
                found.append(claim.named(panel))
                break
        return found

    def check(self, data: PanelLike, *, language: str = "en") -> Verdict:
        """Check the claim with plain pandas."""
        case = Case.of(self, as_flow(data), language)
        if case.panel.kind != "flow":
            return case.verdict("cannot say", case.say("rates"))
        spans = []
        for first, last in ((self.first, self.month), *self.bases):
            span = case.whole(first, last)
            if isinstance(span, Verdict):
                return span
            spans.append(span)
        sums = [float(span.sum()) for span in spans]
        after, before = sums[0], sum(sums[1:])
        months = [month for span in spans for month in span.index]
        days = [sum(month.days_in_month for month in span.index) for span in spans]
        by = (days[0], sum(days[1:])) if self.per == "day" else (1, 1)
        fits, misprints = self._printed(case, after, before)
        against = case.say(
            "window.against", value=case.amount(after), base=case.amount(before),
            span=case.speaks.span(self.first, self.month), spans=case.speaks.spans(self.bases),
            said=case.speaks.join(misprints) if misprints else None,
        )  # fmt: skip
        if before <= 0 and self.relation in ("multiple", "percent"):
            return case.verdict("cannot say", case.say("window.no_ratio", against=against))
        sides = after / by[0], before / by[1]
        true, fitted = self._compare(*sides)
        return case.verdict(
            worst(*fits, fitted),
            self._reason(case, against, true),
            months=months,
            caveats=case.far(*fits, fitted),
            corrected=self._right(replace(case.claim, value=after, base_value=before), *sides),
        )

    def _reason(self, case: Case[Window], against: str, true: float | None) -> str:
        """The sums, and the number that is true."""
        daily = "" if self.per == "day" else None
        if true is None:
            return case.say("window.plain", against=against, daily=daily)
        kind: str = self.relation
        number: object = case.amount(true, "")
        if kind == "multiple":
            kind, number = "more" if true > 1 else "less", case.speaks.ratio(true)
        elif kind == "percent":
            number = case.speaks.percent(true / 100)
        return case.say(f"window.{kind}", against=against, number=number, daily=daily)

    def _printed(
        self, case: Case[Window], after: float, before: float
    ) -> tuple[list[Outcome | Fit], list[str]]:
        """How the figures printed fit, and those that do not."""
        fits: list[Outcome | Fit] = ["true"]
        wrong: list[str] = []
        for printed, true, hedge in (
            (self.value, after, self.value_hedge), (self.base_value, before, ""),
        ):  # fmt: skip
            if printed is None:
                continue
            fits.append(fits_printed(true, printed, hedge))
            if fits[-1] in ("loose", "false"):
                wrong.append(case.figure(printed, "", hedge))
        return fits, wrong

    def _compare(self, after: float, before: float) -> tuple[float | None, Outcome | Fit]:
        """The number that is true, and how the claim fits it."""
        if self.relation in ("above", "below"):
            gap = after - before if self.relation == "above" else before - after
            level = math.isclose(after, before, rel_tol=1e-12)
            return None, "loose" if level else "true" if gap > 0 else "false"
        true = {
            "multiple": lambda: after / before,
            "percent": lambda: 100 * (after / before - 1),
            "difference": lambda: after - before,
        }[self.relation]()
        assert self.number is not None  # __post_init__ saw to it
        return true, fit(true, self.number, self.hedge)

    def _right(self, right: Window, after: float, before: float) -> Window | None:
        """The claim that is true instead: the one with the right figures in other words."""
        if self.relation in ("above", "below"):
            if math.isclose(after, before, rel_tol=1e-12):
                return replace(right, relation="difference", number=0)
            return replace(right, relation="above" if after > before else "below")
        true, _ = self._compare(after, before)
        assert true is not None  # of these relations
        if self.relation == "multiple" and true <= 0:
            return None
        return replace(right, number=_printable(self.relation, true), hedge="")

    def _said(self, say: Speech) -> str:
        number: Printed = 0 if self.number is None else self.number
        kind: str = self.relation
        if self.relation == "multiple":
            kind += ".more" if number > 1 else ".less"
        elif self.relation in ("percent", "difference"):
            kind += ".up" if number >= 0 else ".down"
        return say(
            f"window.{kind}",
            hedge=say.hedge(self.hedge),
            number=say.figure(number),
            size=say.figure(
                max(number, -number), "", self.hedge, percent=self.relation == "percent"
            ),
            spans=say.language.spans(self.bases),
            before=say.figure(self.base_value),
            daily="" if self.per == "day" else None,
        )

    def _when(self, say: Speech) -> str:
        return say.language.span(self.first, self.month)


def _year(year: int) -> Span:
    return pd.Period(year=year, month=1, freq="M"), pd.Period(year=year, month=12, freq="M")


def _printable(relation: str, true: float) -> Printed:
    """A number as it would be printed: whole, with one decimal, or, of a small one, two digits."""
    if relation == "difference" and true.is_integer():
        return int(true)
    return Decimal(f"{true:.2g}" if relation != "percent" and abs(true) < 1 else f"{true:.1f}")
