"""Cells to numbers, strictly: what is not a number is named with its row and column."""

from __future__ import annotations

import re
from decimal import Decimal

import numpy as np

from trends.loaders._reading import Table, is_blank
from trends.panel import FloatArray

MOST = 2**53  # whole numbers beyond it are not all kept exactly
MISSING = ("", "NA", "N/A", "n/a", "#N/A", "NaN", "nan", "null", "NULL", "None")
# Commas that cannot part thousands.
_COMMA = re.compile(r"[+-]?(?:\d{4,},\d+|0+,\d+|\d+,(?:\d{1,2}|\d{4,}))", re.ASCII)
_PARTED = re.compile(r"[+-]?[1-9]\d{0,2}(?:\.\d{3})+", re.ASCII)  # 1.000 is 1, or a thousand
_PLAIN = re.compile(r"[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?", re.ASCII)


def read_numbers(
    table: Table,
    column: str,
    *,
    counts: bool = False,
    lowest: float | None = None,
) -> FloatArray:
    """Convert one column; NaN where a mark for a missing value stands.

    With `counts`, a negative or fractional number is refused, and one with three zeros behind a
    point, as nobody writes a count that is not a thousand.
    """
    marks = frozenset(MISSING)
    values = np.full(len(table), np.nan)
    needed = "a whole number, 0 or more" if counts else "a number"
    if lowest is not None:
        needed = f"a number, {lowest:g} or more"
    for row, cell in enumerate(table.columns[column]):
        if is_blank(cell, marks):
            continue
        number = number_of(cell, comma=table.comma)
        bad = number is None or not np.isfinite(number)
        if not bad and number is not None:
            bad = (counts and (number < 0 or number != round(number) or number >= MOST)) or (
                lowest is not None and number < lowest
            )
        if (counts or table.comma) and isinstance(cell, str) and _PARTED.fullmatch(cell.strip()):
            bad, needed = True, f"{needed}, without a point that may part thousands"
        if bad or number is None:
            raise table.bad(row + 1, column, cell, needed)
        values[row] = number
    return values + 0.0  # no zero has a sign


def number_of(cell: object, *, comma: bool = False) -> float | None:
    """Read a cell that is a plain number, of which a comma may be decimal; None if it is none."""
    if isinstance(cell, bool):
        return None
    if isinstance(cell, int | float | Decimal):
        try:
            return float(cell)
        except OverflowError:
            return None
    if not isinstance(cell, str):
        return None
    text = cell.strip()  # marks such as U+001D, too, which float does not take off
    if comma and _COMMA.fullmatch(text):
        text = text.replace(",", ".")
    return float(text) if _PLAIN.fullmatch(text) else None
