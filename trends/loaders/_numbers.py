"""Cells to numbers, strictly: what is not a number is named with its row and column."""

from __future__ import annotations

import re
from decimal import Decimal

import numpy as np

from trends.errors import BadOption
from trends.loaders._reading import Table, is_blank
from trends.panel import FloatArray

MOST = 2**53  # whole numbers beyond it are not all kept exactly
MISSING = ("", "NA", "N/A", "n/a", "#N/A", "NaN", "nan", "null", "NULL", "None")


def read_numbers(
    table: Table,
    column: str,
    *,
    counts: bool = False,
    lowest: float | None = None,
    decimal: str = ".",
    thousands: str | None = None,
    missing: tuple[str, ...] = MISSING,
) -> FloatArray:
    """Convert one column; NaN where a mark for a missing value stands.

    With `counts`, a negative or fractional number is refused.
    """
    pattern = _pattern(table.name, decimal, thousands)
    marks = frozenset(missing)
    values = np.full(len(table), np.nan)
    needed = "a whole number, 0 or more" if counts else "a number"
    if lowest is not None:
        needed = f"a number, {lowest:g} or more"
    for row, cell in enumerate(table.columns[column]):
        if is_blank(cell, marks):
            continue
        number = _number(cell, pattern, decimal, thousands)
        bad = number is None or not np.isfinite(number)
        if not bad and number is not None:
            bad = (counts and (number < 0 or number != round(number) or number >= MOST)) or (
                lowest is not None and number < lowest
            )
        if bad or number is None:
            raise table.bad(row + 1, column, cell, needed)
        values[row] = number
    return values + 0.0  # no zero has a sign


def _pattern(name: str, decimal: str, thousands: str | None) -> re.Pattern[str]:
    if len(decimal) != 1 or decimal.isdigit():
        raise BadOption(name, "decimal", decimal, "a single mark such as '.' or ','")
    whole = r"\d+"
    if thousands is not None:
        if len(thousands) != 1 or thousands.isdigit() or thousands == decimal:
            raise BadOption(name, "thousands", thousands, "a single mark other than decimal")
        whole = rf"(?:\d{{1,3}}(?:{re.escape(thousands)}\d{{3}})+|\d+)"
    point = re.escape(decimal)
    return re.compile(rf"[+-]?(?:{whole}(?:{point}\d*)?|{point}\d+)(?:[eE][+-]?\d+)?", re.ASCII)


def _number(
    cell: object, pattern: re.Pattern[str], decimal: str, thousands: str | None
) -> float | None:
    if isinstance(cell, bool):
        return None
    if isinstance(cell, int | float | Decimal):
        try:
            return float(cell)
        except OverflowError:
            return None
    if not isinstance(cell, str) or not pattern.fullmatch(cell.strip()):
        return None
    text = cell.strip()
    if thousands is not None:
        text = text.replace(thousands, "")
    return float(text.replace(decimal, "."))
