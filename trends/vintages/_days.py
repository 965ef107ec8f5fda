"""Days on which something was known."""

from __future__ import annotations

import datetime as dt
import re
from typing import TypeAlias

import pandas as pd

from trends.errors import BadOption

DayLike: TypeAlias = dt.date | str

_ISO = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)


def as_day(day: DayLike, where: str = "day", option: str = "as_of") -> dt.date:
    """Read one day.

    Parameters
    ----------
    day : date, datetime or str
        Text is year, month and day: ``"2025-07-01"``. Of a datetime, its own date.
    where, option : str
        What to call the value in an error.

    Returns
    -------
    date

    Raises
    ------
    BadOption
        If the value does not name a day.

    Examples
    --------
    >>> as_day("2025-07-01")
    datetime.date(2025, 7, 1)
    """
    if isinstance(day, dt.datetime) and not pd.isna(day):
        return day.date()
    if isinstance(day, dt.date) and not pd.isna(day):
        return day
    if isinstance(day, str) and _ISO.fullmatch(day.strip()):
        try:
            return dt.date.fromisoformat(day.strip())
        except ValueError:
            pass  # 2025-02-30
    raise BadOption(where, option, day, "a day such as 2025-07-01")
