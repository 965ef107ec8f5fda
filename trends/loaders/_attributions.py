"""Which day a reporting window belongs to: its end, its start, or each of its days in part."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from trends.loaders._coded import Codes
from trends.loaders._reports import DAY, Reports
from trends.panel import FloatArray


@dataclass(frozen=True, slots=True)
class Pieces:
    """Parts of rows: the row, the day (since 1970), and the share of the row that falls on it."""

    row: Codes
    day: Codes
    share: FloatArray


def pieces(reports: Reports, attribution: str) -> Pieces:
    """Attribute every row; the shares of a row add up to 1.

    In a split, a window without a clock time starts with its first day or ends with its last.
    """
    rows = np.arange(len(reports))
    if attribution != "split":
        times = reports.end if attribution == "end" else reports.start
        return Pieces(rows, times // DAY, np.ones(len(reports)))
    first = reports.start
    last = np.where(reports.end_timed, reports.end, (reports.end // DAY + 1) * DAY)
    whole = (last <= first) | reports.backwards  # a moment, or a slip: where it says that it ends
    first = np.where(whole, reports.end // DAY * DAY, first)
    last = np.where(whole, first + 1, last)
    number = (last - 1) // DAY - first // DAY + 1
    row = np.repeat(rows, number)
    nth = np.arange(len(row)) - np.repeat(np.cumsum(number) - number, number)
    day = first[row] // DAY + nth
    minutes = np.minimum(last[row], (day + 1) * DAY) - np.maximum(first[row], day * DAY)
    return Pieces(row, day, minutes / (last - first)[row])
