"""Whether a month is the first of its kind since another."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

import pandas as pd

from trends.claims._case import Case, at, gaps_note
from trends.claims._claim import Claim, Outcome, Verdict
from trends.wording import amount, month_words

ClaimT = TypeVar("ClaimT", bound=Claim)
LEAST_EARLIER = 12


@dataclass(frozen=True, slots=True)
class First:
    """What is true of "the first since": the outcome, and the month that it is the first since."""

    outcome: Outcome
    reason: str
    since: pd.Period | None = None
    ever: bool = False
    caveats: tuple[str, ...] = ()


def first_since(
    case: Case[ClaimT], alike: Callable[[pd.Series[float]], pd.Series[bool]], said: pd.Period
) -> First | Verdict:
    """Check that the months strictly between are not alike, and that the one named is."""
    month, unit = case.claim.month, case.panel.unit
    if said >= month:
        return First("false", f"{month_words(said)} is not earlier")
    earlier = case.comparable(purpose="records").iloc[:-1]
    found = earlier[alike(earlier)]
    actual = found.index[-1] if len(found) else None
    then = month_words(said)
    if actual is not None and actual > said:
        reason = f"it is not the first since {then}: {month_words(actual)} had "
        return First("false", reason + amount(at(found, actual), unit), _seen(earlier, actual))
    stop = case.unknown(*pd.period_range(said, month, freq="M"), purpose="records")
    if stop:
        return stop
    if actual == said:
        reason = f"the first since {then}, which had {amount(at(found, said), unit)}"
        return First("true", reason, actual)
    reason = f"no month since {then} is alike, nor is {then} itself ({amount(case.at(said), unit)})"
    return First("loose", reason, _seen(earlier, actual))


def first_ever(case: Case[ClaimT], alike: Callable[[pd.Series[float]], pd.Series[bool]]) -> First:
    """Check that no earlier known month is alike, of which there must be twelve."""
    span = case.comparable(purpose="records")
    earlier = span.iloc[:-1].dropna()
    found = earlier[alike(earlier)]
    notes = gaps_note(span) + case.cut()
    if len(found):
        last = found.index[-1]
        reason = f"it is not the first: {month_words(last)} had "
        said = reason + amount(at(found, last), case.panel.unit)
        return First("false", said, _seen(span, last))
    if len(earlier) < LEAST_EARLIER:
        reason = f"only {len(earlier)} earlier months are known, and it takes {LEAST_EARLIER}"
        return First("cannot say", reason, caveats=notes)
    return First("true", f"the first of {len(span)} months", ever=True, caveats=notes)


def _seen(earlier: pd.Series[float], actual: pd.Period | None) -> pd.Period | None:
    """The month, unless what lies between is not known."""
    return None if actual is None or earlier.loc[actual:].isna().any() else actual
