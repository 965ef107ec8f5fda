"""How much a claim says, as one number, with each choice that it could have been made with."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal, TypeAlias

import numpy as np
import pandas as pd

Choice: TypeAlias = Literal["reference", "start", "window", ""]
Row: TypeAlias = "pd.Series[float]"


@dataclass(frozen=True)
class Kind:
    """How a type of claim is perturbed.

    `choices(claim, row)` gives the claim's own choice and the strength with each, `row` ending in
    the claim's month; `at(claim, row, month)` the strength of the same statement about a month.
    """

    choice: Choice
    choices: Callable[[Any, Row], tuple[Any, Row]]
    at: Callable[[Any, Row, pd.Period], float]
    neutral: float = 0.0  # the strength of what neither rises nor falls


def _none(claim: Any, row: Row) -> tuple[Any, Row]:
    return None, pd.Series(dtype=np.float64)


def way(claim: Any) -> float:
    """Whether the claim speaks of much (1) or of little (-1)."""
    if claim.type == "change":
        number = claim.percent if getattr(claim, "percent", None) is not None else claim.absolute
        return -1.0 if number < 0 else 1.0
    if claim.type == "multiple":
        return -1.0 if claim.multiple < 1 else 1.0
    if claim.type == "streak":
        return -1.0 if claim.kind in ("fall", "slowing") else 1.0
    if claim.type == "threshold":
        return 1.0 if claim.op in ("above", "at least") else -1.0
    return -1.0 if getattr(claim, "direction", "high") == "low" else 1.0


def _gain(claim: Any, now: float, then: Any) -> Any:
    """The change on a reference in the direction claimed; of a multiple, how many times."""
    if claim.type == "multiple":
        return now / then if way(claim) > 0 else then / now if now > 0 else then * np.nan
    return way(claim) * (now / then - 1)


def _references(claim: Any, row: Row) -> tuple[Any, Row]:
    earlier = row.iloc[:-1]
    return claim.base, _gain(claim, float(row.iloc[-1]), earlier[earlier > 0])


def _gain_at(claim: Any, row: Row, month: pd.Period) -> float:
    then = row.get(month - (claim.month - claim.base).n, np.nan)
    return float(_gain(claim, float(row.get(month, np.nan)), float(then))) if then > 0 else np.nan


def _starts(claim: Any, row: Row) -> tuple[Any, Row]:
    """For each start with which the claim holds, how many months it is said of.

    Empty where the claim holds of all of the data: then its start was not chosen.
    """
    if claim.start is None or claim.start <= row.index[0]:
        return _none(claim, row)
    sign = way(claim)
    ahead = (sign * row.iloc[:-1] > sign * row.iloc[-1]) | (
        (row.iloc[:-1] == row.iloc[-1]) & (claim.type == "record")
    )
    ranks = 1 + ahead.iloc[::-1].cumsum().iloc[::-1]
    holds = ranks[ranks <= getattr(claim, "rank", 1)]
    if len(holds) == len(ranks):
        return _none(claim, row)
    beaten = pd.Series(np.arange(len(holds), 0, -1.0), holds.index)
    own = holds.index[holds.index >= claim.start]
    return (own[0] if len(own) else None), beaten


def _beaten_at(claim: Any, row: Row, month: pd.Period) -> float:
    """How many months before it a month beats; of a rank, with as many ahead as claimed."""
    earlier = way(claim) * row.loc[: month - 1].to_numpy()[::-1]
    ahead = np.flatnonzero(earlier >= way(claim) * row.get(month, np.nan))
    allowed = getattr(claim, "rank", 1)
    return float(ahead[allowed - 1] if len(ahead) >= allowed else len(earlier))


def _length_at(claim: Any, row: Row, month: pd.Period) -> float:
    until = row.loc[:month]
    steps = way(claim) * np.diff(until.to_numpy())
    near = np.diff(pd.PeriodIndex(until.index).asi8) == 1
    going = ((steps > 0) & near)[::-1]
    return float(len(going) if going.all() else going.argmin())


def _ratio_at(claim: Any, row: Row, month: pd.Period) -> float:
    bound = float(claim.bound)
    value = float(row.get(month, np.nan))
    if bound <= 0 or value <= 0:
        return np.nan
    return value / bound if way(claim) > 0 else bound / value


def _sum(row: Row, first: pd.Period, last: pd.Period) -> float:
    part = row.loc[first:last]
    return float(part.sum()) if len(part) == (last - first).n + 1 else np.nan


def _total_at(claim: Any, row: Row, month: pd.Period) -> float:
    return _sum(row, month - (claim.month - claim.first).n, month)


def _window_strength(claim: Any, row: Row, month: pd.Period, length: int) -> float:
    """The mean of a window over that of its base, both of one length and as far apart as said."""
    ((_, last),) = claim.bases
    gap = (claim.first - last).n - 1
    end = month - length - gap
    now, then = _sum(row, month - length + 1, month), _sum(row, end - length + 1, end)
    if not then > 0:
        return np.nan
    low = claim.relation == "below" or (
        claim.relation in ("multiple", "percent")
        and float(claim.number) < (1 if claim.relation == "multiple" else 0)
    )
    return then / now if low and now > 0 else now / then


def _alike(claim: Any) -> bool:
    if len(claim.bases) != 1:
        return False
    ((first, last),) = claim.bases
    return bool((last - first) == (claim.month - claim.first) and last < claim.first)


def _lengths(claim: Any, row: Row) -> tuple[Any, Row]:
    if not _alike(claim):
        return _none(claim, row)
    lengths = range(1, len(row) // 2 + 1)
    found = {k: _window_strength(claim, row, claim.month, k) for k in lengths}
    return (claim.month - claim.first).n + 1, pd.Series(found, dtype=np.float64)


def _window_at(claim: Any, row: Row, month: pd.Period) -> float:
    if not _alike(claim):
        return np.nan
    return _window_strength(claim, row, month, (claim.month - claim.first).n + 1)


KINDS: dict[str, Kind] = {
    "record": Kind("start", _starts, _beaten_at),
    "since": Kind("", _none, _beaten_at),
    "rank": Kind("start", _starts, _beaten_at),
    "streak": Kind("", _none, _length_at),
    "change": Kind("reference", _references, _gain_at),
    "multiple": Kind("reference", _references, _gain_at, 1.0),
    "threshold": Kind("", _none, _ratio_at),
    "total": Kind("", _none, _total_at),
    "window": Kind("window", _lengths, _window_at, 1.0),
}
