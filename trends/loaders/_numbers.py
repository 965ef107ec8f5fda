"""Cells to numbers, strictly: what is not a number is named with its row and column."""

from __future__ import annotations

import re
from decimal import Decimal

import numpy as np

from trends.loaders._reading import Table, is_blank
from trends.panel import FloatArray

MOST = 2**53  # whole numbers beyond it are not all kept exactly
MISSING = ("", "NA", "N/A", "n/a", "#N/A", "NaN", "nan", "null", "NULL", "None")
_PLAIN = re.compile(r"[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?", re.ASCII)


def read_numbers(
    table: Table,
    column: str,
    *,
    counts: bool = False,
    lowest: float | None = None,
) -> FloatArray:
    """Convert one column; NaN where a mark for a missing value stands.

    With `counts`, a negative or fractional number is refused.
    """
    marks = frozenset(MISSING)
    values = np.full(len(table), np.nan)
    needed = "a whole number, 0 or more" if counts else "a number"
    if lowest is not None:
        needed = f"a number, {lowest:g} or more"
    for row, cell in enumerate(table.columns[column]):
        if is_blank(cell, marks):
            continue
        number = _number(cell)
        bad = number is None or not np.isfinite(number)
        if not bad and number is not None:
            bad = (counts and (number < 0 or number != round(number) or number >= MOST)) or (
                lowest is not None and number < lowest
            )
        if bad or number is None:
            raise table.bad(row + 1, column, cell, needed)
        values[row] = number
    return values + 0.0  # no zero has a sign


def _number(cell: object) -> float | None:
    if isinstance(cell, bool):
        return None
    if isinstance(cell, int | float | Decimal):
        try:
            return float(cell)
        except OverflowError:
            return None
    if not isinstance(cell, str) or not _PLAIN.fullmatch(cell.strip()):
        return None
    return float(cell.strip())  # of marks such as U+001D, too, which float does not take off
