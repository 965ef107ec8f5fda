"""The clock: months, and the days in them."""

from __future__ import annotations

import datetime as dt
import re
from typing import TypeAlias

import numpy as np
import pandas as pd

from trends.errors import UnknownMonth

MonthLike: TypeAlias = pd.Period | str | dt.date | np.datetime64

_ISO = re.compile(r"\s*(\d{4})-(0?[1-9]|1[0-2])\s*", re.ASCII)


def as_month(month: MonthLike, where: str = "month") -> pd.Period:
    """Read one month.

    Parameters
    ----------
    month : Period, str, date, datetime or datetime64
        Text is year and month, ``"2025-06"``. A day names the month it lies in.
    where : str
        What to call the value in an error.

    Returns
    -------
    pandas.Period
        Of frequency ``M``.

    Raises
    ------
    UnknownMonth
        If the value does not name a month.

    Examples
    --------
    >>> as_month("2025-06")
    Period('2025-06', 'M')
    """
    if isinstance(month, pd.Period):
        if month.freqstr != "M":
            raise UnknownMonth(where, month)
        return month
    if isinstance(month, str):
        match = _ISO.fullmatch(month)
        if match is None or match[1] == "0000":
            raise UnknownMonth(where, month)
        return pd.Period(year=int(match[1]), month=int(match[2]), freq="M")
    if isinstance(month, dt.date | np.datetime64) and not pd.isna(month):
        stamp = pd.Timestamp(month)
        return pd.Period(year=stamp.year, month=stamp.month, freq="M")
    raise UnknownMonth(where, month)
