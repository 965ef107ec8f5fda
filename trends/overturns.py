"""Which records, streaks and since-statements a later vintage overturns."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from trends.claims import Claim, Record, Since, Streak, Verdict
from trends.errors import BadOption, UnknownName
from trends.newsworthiness import order
from trends.panel import Panel, Shown

_TYPES: tuple[type[Claim], ...] = (Record, Since, Streak)


@dataclass(frozen=True, slots=True)
class Overturn:
    """One statement that was true and is not any more.

    Parameters
    ----------
    claim : Claim
        As it was true then, with the figures of then.
    verdict : Verdict
        What is found now of the statement alone, without its figures: *false*, *loose* (a usual
        looser reading still holds, as of a streak that is now longer) or *cannot say*.
    """

    claim: Claim
    verdict: Verdict


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Overturns(Shown):
    """What `find_overturns` found.

    Parameters
    ----------
    before, after : Panel
        The two vintages.
    found : tuple of Overturn
        By month, the most newsworthy first.
    n_checked : int
        How many statements were true then and were checked now.
    """

    before: Panel
    after: Panel
    found: tuple[Overturn, ...]
    n_checked: int

    def frame(self) -> pd.DataFrame:
        """One row a statement: ``series, month, type, then, outcome, reason, now``."""
        rows = [
            (
                each.claim.series,
                each.claim.month,
                each.claim.type,
                each.claim.sentence(),
                each.verdict.outcome,
                each.verdict.reason,
                each.verdict.corrected.sentence() if each.verdict.corrected else "",
            )
            for each in self.found
        ]
        columns = ["series", "month", "type", "then", "outcome", "reason", "now"]
        return pd.DataFrame(rows, columns=columns)


def find_overturns(before: Panel, after: Panel) -> Overturns:
    """Find the records, streaks and since-statements that were true and are not any more.

    Every such statement that `before` makes true of any of its complete months is checked on
    `after`: the statement alone, since its figures may move without overturning it.

    Parameters
    ----------
    before, after : Panel
        Two vintages of the same series under the same definition, as `Store.load` gives them.

    Returns
    -------
    Overturns

    Raises
    ------
    BadOption
        If they differ in definition, unit or kind.
    UnknownName
        If a series of `before` is not in `after`.

    Examples
    --------
    >>> months = pd.period_range("2025-01", periods=6, freq="M")
    >>> then = Panel([[9.0, 3, 4, 5, 6, 8]], months, ["gain"])
    >>> now = Panel([[9.0, 3, 4, 5, 6, 5]], months, ["gain"])
    >>> find_overturns(then, now).frame()[["month", "type", "then", "outcome"]]
         month    type                                               then outcome
    0  2025-06  streak  Gain in June 2025: 8, the fourth consecutive m...   false
    1  2025-06   since  Gain in June 2025: 8, the highest since Januar...   false
    """
    for name in ("definition", "unit", "kind"):
        then, now = getattr(before, name), getattr(after, name)
        if then != now:
            needed = f"{then!r}, as before: only vintages of one series can be compared"
            raise BadOption("find_overturns", name, now, needed)
    for series in before.names:
        if series not in after.names:
            raise UnknownName("find_overturns", series, after.names)
    found, n_checked = [], 0
    for month in _to_check(before, after):
        claims = [claim for kind in _TYPES for claim in kind.propose(before, month)]
        n_checked += len(claims)
        for claim in sorted(claims, key=order):
            verdict = claim.bare().check(after)
            if verdict.outcome != "true":
                found.append(Overturn(claim, verdict))
    return Overturns(before, after, tuple(found), n_checked)


def _to_check(before: Panel, after: Panel) -> list[pd.Period]:
    """The months of both from the second on that were complete then."""
    if before.n_time < 2:
        return []
    first, last = max(before.months[1], after.months[0]), after.months[-1]
    whole = before.complete & ~np.isnan(before.values).all(axis=0)
    return [month for month in before.months[np.flatnonzero(whole)] if first <= month <= last]
