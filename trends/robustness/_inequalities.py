"""What a claim rests on: linear inequalities between the values of months."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import pairwise
from typing import Any, Literal

import numpy as np
import pandas as pd

from trends.claims import Change, Claim
from trends.panel import Panel, Purpose
from trends.wording import Figure, Saying

# the bands of words.md outside of which a number is false, of the true one to the one printed
_HOLDS = {
    "": (0.95, 1.05),
    "about": (0.95, 1.05),
    "almost": (0.90, 1.05),
    "more than": (1.00, np.inf),
    "less than": (-np.inf, 1.00),
}


@dataclass(frozen=True, slots=True)
class Inequality:
    """``sum of terms[m] * value of m, plus constant``, must not be below 0.

    Parameters
    ----------
    terms : dict of Period to float
        How the sum moves with the value of each month.
    constant : float
        The printed number that the sum is held against.
    words : Saying
        What it says.
    turns : {'false', 'loose'}
        What the claim becomes where it does not hold.
    """

    terms: dict[pd.Period, float]
    constant: float
    words: Saying
    turns: Literal["false", "loose"] = "false"

    def slack(self, values: pd.Series[float]) -> float:
        """By how much it holds; NaN where a value is unknown."""
        return float(sum(c * values.get(m, np.nan) for m, c in self.terms.items()) + self.constant)


Rests = Callable[[Any, "pd.Series[float]"], list[Inequality]]


def rests_on(claim: Claim, panel: Panel) -> list[Inequality] | None:
    """The inequalities that a true claim consists of; None for a type that is no such thing."""
    if claim.type not in RESTS_ON:
        return None
    purpose, found = RESTS_ON[claim.type]
    if isinstance(claim, Change) and panel.kind != "flow":
        claim = replace(claim, per="month")  # levels and daily amounts are not divided by days
    return found(claim, comparable(claim, panel, purpose))


def comparable(claim: Claim, panel: Panel, purpose: Purpose | None) -> pd.Series[float]:
    """The complete months of a claim's series after the last method break before its month."""
    row = panel[claim.series].where(panel.complete)
    for anomaly in panel.anomalies:
        if anomaly.kind == "method break" and anomaly.first <= claim.month:
            row = row.loc[anomaly.first :]
        if purpose in anomaly.excluded_from:
            row.loc[anomaly.first : anomaly.last] = np.nan
    return row.dropna()


def _above(
    high: pd.Period, low: pd.Period, sign: float, turns: Literal["false", "loose"] = "false"
) -> Inequality:
    """One month is above another; below it with `sign` -1."""
    key = "margins.above" if sign > 0 else "margins.below"
    return Inequality({high: sign, low: -sign}, 0.0, Saying(key, month=high, other=low), turns)


def _over_all(
    month: pd.Period, others: Iterable[pd.Period], sign: float, turns: Any = "false"
) -> list[Inequality]:
    return [_above(month, other, sign, turns) for other in others if other != month]


def _record(claim: Any, row: pd.Series[float]) -> list[Inequality]:
    first = claim.start or row.index[0]
    return _over_all(claim.month, row.loc[first : claim.month].index, _sign(claim))


def _since(claim: Any, row: pd.Series[float]) -> list[Inequality]:
    between = row.loc[claim.since + 1 : claim.month].index
    # where the other month falls below too, the claim holds all the more, of a longer span
    return [
        *_over_all(claim.month, between, _sign(claim)),
        _above(claim.since, claim.month, _sign(claim), "loose"),
    ]


def _rank(claim: Any, row: pd.Series[float]) -> list[Inequality]:
    span = row.loc[claim.start or row.index[0] : claim.end or claim.month]
    for first, last in getattr(claim, "excluding", ()):
        span = span[(span.index < first) | (span.index > last)]
    sign = _sign(claim)
    ahead = span[sign * (span - span[claim.month]) > 0].index
    behind = span.index.difference(ahead)
    found = _over_all(claim.month, behind, sign)
    if not getattr(claim, "at_least", False):
        found += [_above(other, claim.month, sign) for other in ahead]
    return found


def _streak(claim: Any, row: pd.Series[float]) -> list[Inequality]:
    if claim.kind not in ("rise", "fall", "acceleration", "slowing"):
        return []
    sign = 1.0 if claim.kind in ("rise", "acceleration") else -1.0
    months = pd.period_range(claim.month - claim.length, claim.month, freq="M")
    return [_above(after, before, sign) for before, after in pairwise(months)]


def _band(
    top: dict[pd.Period, float],
    base: dict[pd.Period, float],
    low: float,
    high: float,
    words: Saying,
) -> list[Inequality]:
    """``low * base <= top <= high * base``; a `base` without months is the number 1."""
    found = []
    for bound, sign in ((low, 1.0), (high, -1.0)):
        if not np.isfinite(bound):
            continue
        terms = {m: sign * c for m, c in top.items()}
        for month, c in base.items():
            terms[month] = terms.get(month, 0.0) - sign * bound * c
        constant = 0.0 if base else -sign * bound
        found.append(Inequality(terms, constant, words))
    return found


def held(printed: Any, hedge: str, least: float) -> tuple[float, float]:
    """Between what a number may lie before the printed one is false; `least` is half a digit."""
    number = float(printed)
    low, high = sorted(number * factor for factor in _HOLDS[hedge])
    return min(low, number - least) if hedge == "" else low, (
        max(high, number + least) if hedge == "" else high
    )


def _digit(printed: Any) -> float:
    decimals = format(Decimal(str(printed)), "f").partition(".")[2]
    if isinstance(printed, float):  # which says nothing of trailing zeros
        decimals = decimals.rstrip("0")
    return float(0.5 * 10.0 ** -len(decimals))


def _change(claim: Any, row: pd.Series[float]) -> list[Inequality]:
    if getattr(claim, "points", False) or getattr(claim, "percent", None) is None:
        return []
    low, high = held(claim.percent, claim.hedge, _digit(claim.percent))
    low, high = 1 + low / 100, 1 + high / 100
    top, base = {claim.month: 1.0}, {claim.base: 1.0}
    if claim.per == "day":
        top = {claim.month: 1 / claim.month.days_in_month}
        base = {claim.base: 1 / claim.base.days_in_month}
    words = Saying("margins.change", month=claim.month, base=claim.base)
    return _band(top, base, low, high, words)


def _multiple(claim: Any, row: pd.Series[float]) -> list[Inequality]:
    low, high = held(claim.multiple, claim.hedge, _digit(claim.multiple))
    words = Saying("margins.multiple", month=claim.month, base=claim.base)
    return _band({claim.month: 1.0}, {claim.base: 1.0}, low, high, words)


def _threshold(claim: Any, row: pd.Series[float]) -> list[Inequality]:
    sign = 1.0 if claim.op in ("above", "at least") else -1.0
    bound = float(claim.bound)
    inside, outside = ("over", "under")[:: int(sign)]

    def words(key: str, month: pd.Period) -> Saying:
        return Saying(f"margins.{key}", month=month, bound=Figure(bound))

    found = [Inequality({claim.month: sign}, -sign * bound, words(inside, claim.month))]
    if claim.first_since is not None:
        for other in row.loc[claim.first_since + 1 : claim.month - 1].index:
            found.append(Inequality({other: -sign}, sign * bound, words(outside, other)))
    return found


def _total(claim: Any, row: pd.Series[float]) -> list[Inequality]:
    if claim.value is None:
        return []
    low, high = held(claim.value, claim.value_hedge, _digit(claim.value))
    return _band(_months(claim.first, claim.month), {}, low, high, Saying("margins.total"))


def _mean(claim: Any, row: pd.Series[float]) -> list[Inequality]:
    low, high = held(claim.per_day, claim.hedge, _digit(claim.per_day))
    months = _months(claim.first or claim.month, claim.month)
    days = sum(month.days_in_month for month in months)
    top = dict.fromkeys(months, 1 / days)
    return _band(top, {}, low, high, Saying("margins.mean"))


def _window(claim: Any, row: pd.Series[float]) -> list[Inequality]:
    top = _months(claim.first, claim.month)
    base: dict[pd.Period, float] = {}
    for first, last in claim.bases:
        base |= _months(first, last)
    if claim.per == "day":
        top, base = (
            dict.fromkeys(part, 1 / sum(m.days_in_month for m in part)) for part in (top, base)
        )
    words = Saying("margins.window")
    if claim.relation in ("above", "below"):
        low, high = (1.0, np.inf) if claim.relation == "above" else (-np.inf, 1.0)
        return _band(top, base, low, high, words)
    if claim.number is None or claim.relation == "difference":
        return []
    low, high = held(claim.number, claim.hedge, _digit(claim.number))
    if claim.relation == "percent":
        low, high = 1 + low / 100, 1 + high / 100
    return _band(top, base, low, high, words)


def _sign_of(claim: Any, row: pd.Series[float]) -> list[Inequality]:
    sign = 1.0 if claim.sign == "positive" else -1.0
    words = Saying(f"margins.{claim.sign}", month=claim.month)
    found = [Inequality({claim.month: sign}, 0.0, words)]
    if claim.first_since is not None:
        for other in row.loc[claim.first_since + 1 : claim.month - 1].index:
            words = Saying(f"margins.not_{claim.sign}", month=other)
            found.append(Inequality({other: -sign}, 0.0, words))
    return found


def _months(first: pd.Period, last: pd.Period) -> dict[pd.Period, float]:
    return dict.fromkeys(pd.period_range(first, last, freq="M"), 1.0)


def _sign(claim: Any) -> float:
    return 1.0 if claim.direction == "high" else -1.0


RESTS_ON: dict[str, tuple[Purpose | None, Rests]] = {
    "record": ("records", _record),
    "since": ("records", _since),
    "rank": (None, _rank),
    "streak": ("streaks", _streak),
    "change": (None, _change),
    "multiple": (None, _multiple),
    "threshold": (None, _threshold),
    "total": (None, _total),
    "mean": (None, _mean),
    "window": (None, _window),
    "sign": (None, _sign_of),
}
