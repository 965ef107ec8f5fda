"""What every series of a panel is on pace for in a month that is not over."""

from __future__ import annotations

import math
from dataclasses import dataclass

import pandas as pd

from trends.claims import Record, Window
from trends.errors import BadOption, TrendsError
from trends.panel import MonthLike, Panel, Shown, as_month
from trends.prospects import Nowcast, nowcast

__all__ = ["Outlooks", "find_outlooks"]

COLUMNS = (
    "series", "observed", "observed_days", "point", "low", "high", "record", "above", "why",
)  # fmt: skip


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Outlooks(Shown):
    """What `find_outlooks` found.

    Parameters
    ----------
    month : Period
    found : dict of str to Nowcast
        By series.
    refused : dict of str to str
        Of the other series, why there is no nowcast.
    """

    month: pd.Period
    found: dict[str, Nowcast]
    refused: dict[str, str]

    def frame(self) -> pd.DataFrame:
        """One row a series, those without a nowcast last, with `why`.

        ``point``, ``low`` and ``high`` are of the total at the end of the month; ``record`` is the
        chance of the highest month on record, ``above`` that of a total above the month before. NaN
        where unknown.
        """
        rows = [_row(name, each) for name, each in self.found.items()]
        rows += [{"series": name, "why": why} for name, why in self.refused.items()]
        return pd.DataFrame(rows, columns=list(COLUMNS))


def _row(name: str, each: Nowcast) -> dict[str, object]:
    low, high = each.conf_int()
    record = above = math.nan
    for prospect in each.prospects:
        claim = prospect.claim
        if isinstance(claim, Record) and claim.direction == "high":
            record = prospect.chance
        if isinstance(claim, Window) and claim.relation == "above":
            above = prospect.chance
    return {
        "series": name, "observed": each.fit.observed, "observed_days": each.fit.observed_days,
        "point": each.point, "low": low, "high": high, "record": record, "above": above,
        "why": "the past does not vary" if each.fit.insufficient else "",
    }  # fmt: skip


def find_outlooks(
    data: Panel | pd.DataFrame, month: MonthLike, *, level: float = 0.9, seed: int = 0
) -> Outlooks:
    """Nowcast every series of a panel, or every column of a table of days.

    Parameters
    ----------
    data : Panel or DataFrame
        A panel in which `month` is partial, or daily amounts on a daily index, a column a series.
    month : Period, str or date
        The month. Nothing later is looked at.
    level : float
        Of the intervals, between 0 and 1.
    seed : int
        Of the draws, of every series the same.

    Returns
    -------
    Outlooks
        A series that cannot be nowcast is refused by itself, and the reason is kept.

    Raises
    ------
    BadOption
        If the data are neither, or an option is out of its range.

    Examples
    --------
    >>> import numpy as np
    >>> days = pd.period_range("2024-01-01", "2025-06-10", freq="D")
    >>> counts = np.random.default_rng(1).negative_binomial(3, 0.03, (len(days), 2))
    >>> table = pd.DataFrame(counts, days, ["north", "south"]).assign(east=np.nan)
    >>> found = find_outlooks(table, "2025-06")
    >>> found.frame()["series"].tolist(), list(found.refused)
    (['north', 'south', 'east'], ['east'])
    """
    month = as_month(month, "find_outlooks")
    if not 0 < level < 1:
        raise BadOption("find_outlooks", "level", level, "between 0 and 1")
    rows: dict[str, Panel | pd.Series[float]]
    if isinstance(data, Panel):
        rows = {name: data.select(name) for name in data.names}
    elif isinstance(data, pd.DataFrame) and data.columns.is_unique:
        rows = {str(name): data[name] for name in data}
    else:
        found = "columns of one name" if isinstance(data, pd.DataFrame) else type(data).__name__
        raise BadOption("find_outlooks", "data", found, "a Panel, or a DataFrame of days")
    made: dict[str, Nowcast] = {}
    refused: dict[str, str] = {}
    for name, one in rows.items():
        try:
            made[name] = nowcast(one, month, level=level, seed=seed)
        except TrendsError as error:
            refused[name] = str(error)
    return Outlooks(month, made, refused)
