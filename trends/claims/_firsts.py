"""Whether a month is the first of its kind since another."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

import pandas as pd

from trends.claims._case import Case, at
from trends.claims._claim import Claim, Outcome, Verdict

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
    month = case.claim.month
    if said >= month:
        return First("false", case.say("first.later", since=said))
    earlier = case.comparable(purpose="records").iloc[:-1]
    found = earlier[alike(earlier)]
    actual = found.index[-1] if len(found) else None
    if actual is not None and actual > said:
        value = case.amount(at(found, actual))
        reason = case.say("first.not_since", since=said, where=actual, value=value)
        return First("false", reason, _seen(earlier, actual))
    stop = case.unknown(*pd.period_range(said, month, freq="M"), purpose="records")
    if stop:
        return stop
    if actual == said:
        value = case.amount(at(found, said))
        return First("true", case.say("first.since", since=said, value=value), actual)
    reason = case.say("first.none", since=said, value=case.amount(case.at(said)))
    return First("loose", reason, _seen(earlier, actual))


def first_ever(case: Case[ClaimT], alike: Callable[[pd.Series[float]], pd.Series[bool]]) -> First:
    """Check that no earlier known month is alike, of which there must be twelve."""
    span = case.comparable(purpose="records")
    earlier = span.iloc[:-1].dropna()
    found = earlier[alike(earlier)]
    notes = case.gaps(span) + case.cut()
    if len(found):
        last = found.index[-1]
        reason = case.say("first.not_ever", where=last, value=case.amount(at(found, last)))
        return First("false", reason, _seen(span, last))
    if len(earlier) < LEAST_EARLIER:
        reason = case.say("first.few", n=len(earlier), least=LEAST_EARLIER)
        return First("cannot say", reason, caveats=notes)
    return First("true", case.say("first.ever", n=len(span)), ever=True, caveats=notes)


def _seen(earlier: pd.Series[float], actual: pd.Period | None) -> pd.Period | None:
    """The month, unless what lies between is not known."""
    return None if actual is None or earlier.loc[actual:].isna().any() else actual
