"""How much of a day's counts is reported by its age, from vintages of a daily series."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
import numpy.typing as npt
import pandas as pd

from trends.errors import BadOption, TooShort
from trends.models._dailies import DailyLike, Days, are_counts
from trends.panel import Shown

Floats: TypeAlias = npt.NDArray[np.float64]
LEAST_SHARE = 0.02
WHERE = "fit_delays"


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class DelayResults(Shown):
    """What `fit_delays` estimated.

    Parameters
    ----------
    params : Series
        The share of what is known now that was reported then, by ``age``: days before the last day
        of a vintage. Never above 1, never falling with age; 1 from its end on.
    nobs : int
        Vintages compared with the last.
    totals : DataFrame
        By age the counts ``then`` and ``now`` that the shares are of.
    """

    params: pd.Series[float]
    nobs: int
    totals: pd.DataFrame

    def reported(self, n: int) -> Floats:
        """The shares of the last `n` days, oldest first."""
        shares = np.ones(n)
        ages = self.params.to_numpy()[:n]
        shares[n - len(ages) :] = ages[::-1]
        return shares

    def summary(self) -> str:
        """One sentence."""
        shown = [f"{share:.0%} after {age} days" for age, share in self.params.items()][:4]
        return f"reported by age: {', '.join(shown)} ({self.nobs} vintages)"


def fit_delays(vintages: Mapping[dt.date | str, DailyLike], *, max_age: int = 28) -> DelayResults:
    """Estimate the share of a day's counts that is reported, by the age of the day.

    Each vintage is laid beside the last. Of the days of one age the counts of all vintages are
    added up, then and now; a share is the first by the second, with older ages pooled where it
    would fall (isotonic regression).

    Parameters
    ----------
    vintages : mapping of date to Series or DataFrame
        The daily counts as known on each day, as for `fit_nowcast`; at least two.
    max_age : int
        Days from which on a count is taken for complete, at least 1.

    Returns
    -------
    DelayResults

    Raises
    ------
    TooShort
        If there are fewer than two vintages.
    BadOption
        If the amounts are no counts, or the last vintage is too young to judge any other.

    Examples
    --------
    >>> days = pd.period_range("2025-06-01", periods=60, freq="D")
    >>> now = pd.Series(100.0, days)
    >>> then = now[:20].mask(now[:20].index == days[19], 40.0)  # the last day was late
    >>> fit_delays({"2025-06-20": then, "2025-07-30": now}, max_age=3).params.to_dict()
    {0: 0.4, 1: 1.0, 2: 1.0}
    """
    if not isinstance(max_age, int) or max_age < 1:
        raise BadOption(WHERE, "max_age", max_age, "a whole number above 0")
    if len(vintages) < 2:
        raise TooShort(WHERE, len(vintages), 2)
    known = sorted((pd.Timestamp(day), data) for day, data in vintages.items())
    rows = [Days.of(WHERE, data, "flow") for _, data in known]
    if not all(are_counts(each.values) for each in rows):
        raise BadOption(WHERE, "vintages", "amounts that are no counts", "whole and not negative")
    last = pd.Series(rows[-1].values, rows[-1].days)
    settled = last[last.index <= rows[-1].days[-1] - max_age]
    totals = np.zeros((2, max_age))
    for each in rows[:-1]:
        days, then = each.days[-max_age:], each.values[-max_age:]
        ages = days.asi8[-1] - days.asi8
        now = settled.reindex(days).to_numpy()
        both = ~(np.isnan(then) | np.isnan(now))
        np.add.at(totals[0], ages[both], then[both])
        np.add.at(totals[1], ages[both], now[both])
    if not totals[1].sum():
        needed = f"{max_age} days younger than another, with counts in it"
        raise BadOption(WHERE, "vintages", "a last one", needed)
    shares = np.clip(_rising(*totals), LEAST_SHARE, 1.0)
    age = pd.RangeIndex(max_age, name="age")
    frame = pd.DataFrame({"then": totals[0], "now": totals[1]}, age)
    return DelayResults(pd.Series(shares, age, name="reported"), len(rows) - 1, frame)


def _rising(then: Floats, now: Floats) -> Floats:
    """Ratios that do not fall: neighbours that do are pooled."""
    pools: list[list[float]] = []
    for a, b in zip(then, now, strict=True):
        pools.append([a, b, 1])
        while len(pools) > 1 and pools[-2][0] * pools[-1][1] >= pools[-1][0] * pools[-2][1]:
            top = pools.pop()
            pools[-1] = [x + y for x, y in zip(pools[-1], top, strict=True)]
    ratios = [np.full(int(n), a / b if b else 1.0) for a, b, n in pools]
    return np.concatenate(ratios)
