"""Numbers as people write them: which mark is decimal and which parts thousands, if it can be told.

``1,234`` alone is 1234 or 1.234. Another cell of the column can decide (``12,5`` or ``1,234,567``);
where none does, the column is refused.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import numpy as np

from trends.errors import BadOption, BadTable
from trends.loaders._coded import Column, Columns
from trends.loaders._digits import PERCENT, plain_texts
from trends.loaders._evidence import Evidence
from trends.loaders._numbers import MOST, number_of
from trends.loaders._reading import is_blank
from trends.panel import BoolArray, FloatArray

_BLANKS = " \u00a0\u202f\u2009"  # of which people see no difference
_LAKHS = "[0-9]{1,2}(?:,[0-9]{2})+,[0-9]{3}"  # 12,34,567, as in India
_UNSURE = re.compile(rf"[+-]?(?:[0-9]{{1,3}}(?: [0-9]{{3}})+|{_LAKHS})(?:[.,][0-9]*)?")


@dataclass(frozen=True, slots=True)
class Marks:
    """How numbers are written; `None` where that is to be told from the cells."""

    decimal: str | None = None
    thousands: str | None = None
    missing: tuple[str, ...] = ()
    counts: bool = False  # whole, and not negative
    point_is_decimal: bool = True  # where nothing else decides: in all but locale-bound files
    unit: str = ""  # may stand behind a number

    def wrong(self, values: FloatArray) -> BoolArray:
        """Mark what is infinite or, of counts, negative or a fraction; never what is unknown."""
        wrong: BoolArray = np.isinf(values)
        if self.counts:
            wrong |= (values < 0) | ((values != np.round(values)) & ~np.isnan(values))
        return wrong

    @property
    def point(self) -> str:
        """The decimal mark, where one of the two is given."""
        return self.decimal or ("," if self.thousands == "." else ".")

    def check(self, name: str) -> None:
        """Refuse marks that are none."""
        if self.decimal is not None and not _is_mark(self.decimal):
            raise BadOption(name, "decimal", self.decimal, "a single mark such as '.' or ','")
        mark = self.thousands
        if mark is not None and (not _is_mark(mark) or mark == self.point):
            raise BadOption(name, "thousands", mark, "a single mark other than decimal")

    def unknown(self, values: FloatArray) -> BoolArray:
        """Mark the numbers that stand for an unknown value: ``-999`` is ``-999.0``, too."""
        numbers = [number_of(mark) for mark in self.missing]
        return np.isin(values, [number for number in numbers if number is not None])


def _is_mark(text: str) -> bool:
    return len(text) == 1 and not text.isalnum() and text not in "+-"


def read_marked(table: Columns, column: str, marks: Marks) -> tuple[FloatArray, str]:
    """Convert one column, NaN where unknown; and say which marks were taken, if any."""
    found = table.columns[column]
    values, bad, note = _distinct(table, column, found, marks)
    unknown = marks.unknown(values)
    values[unknown], bad[unknown] = np.nan, False
    bad |= marks.wrong(values)
    if bad.any():
        row = int(np.argmax(bad[found.codes]))
        code = int(found.codes[row])
        cell = _cell(found, code)
        raise table.bad(row + 1, column, _needed(cell, float(values[code]), marks), cell)
    rows: FloatArray = values[found.codes]
    rows += 0.0  # no zero has a sign
    return rows, note


def _needed(cell: object, value: float, marks: Marks) -> str:
    if MOST <= abs(value) < np.inf:
        return f"a whole number that is kept exactly; such are up to {MOST:,}"
    needed = "a whole number, 0 or more" if marks.counts else "a number"
    if not isinstance(cell, str) or not cell.strip():
        return needed
    mark = next((mark for mark in " ," if mark in cell), "")
    if marks.thousands is None and _UNSURE.fullmatch(cell.strip()):
        return f"{needed}, unless thousands={mark!r} says that it is"
    if not any(mark.isdigit() for mark in cell):
        return f"{needed}; if it stands for an unknown value, name it in missing="
    if cell.strip()[0].isdigit() and not cell.strip()[-1].isdigit():
        return f"{needed}; a unit behind numbers is read if it is the one of unit="
    return needed


def _cell(column: Column, code: int) -> object:
    cell = column.distinct[code]
    return getattr(cell, "as_py", lambda: cell)()


def _distinct(
    table: Columns, column: str, found: Column, marks: Marks
) -> tuple[FloatArray, BoolArray, str]:
    """Convert the distinct cells; which of them are no numbers."""
    import pyarrow as pa  # here, because it takes a while

    kind = getattr(found.distinct, "type", None)
    if kind is not None and (pa.types.is_integer(kind) or pa.types.is_floating(kind)):
        numbers = found.distinct.cast(pa.float64(), safe=False).to_numpy(zero_copy_only=False)
        values = np.array(numbers, dtype=np.float64)
        inexact = np.zeros(len(values), dtype=np.bool_)
        if pa.types.is_integer(kind):
            for large in map(int, np.flatnonzero(np.abs(values) >= MOST)):
                inexact[large] = found.distinct[large].as_py() != int(values[large])
        return values, inexact, ""
    if kind is not None and (pa.types.is_string(kind) or pa.types.is_large_string(kind)):
        return _texts(table, column, found, found.distinct, marks)
    cells = found.cells
    texts = pa.array(
        [
            cell.encode("utf-8", "replace").decode() if isinstance(cell, str) else ""
            for cell in cells
        ],
        pa.string(),
    )
    values, bad, note = _texts(table, column, found, texts, marks)
    for at, cell in enumerate(cells):
        if isinstance(cell, str):
            continue
        values[at], bad[at] = np.nan, False
        if is_blank(cell, frozenset()):
            continue
        values[at], bad[at] = _value(cell)
    return values, bad, note


def _value(cell: object) -> tuple[float, bool]:
    """Convert a typed cell, and tell whether it is no number or one that is not kept exactly."""
    if not isinstance(cell, int | float | Decimal | np.number) or isinstance(cell, bool | complex):
        return np.nan, True
    try:
        value = float(cell)
        return value, abs(value) >= MOST and isinstance(cell, int | Decimal) and value != cell
    except (OverflowError, TypeError):
        return np.nan, True


def _texts(
    table: Columns, column: str, found: Column, texts: Any, marks: Marks
) -> tuple[FloatArray, BoolArray, str]:
    import pyarrow as pa
    import pyarrow.compute as pc

    trimmed = pc.utf8_trim_whitespace(texts).cast(pa.large_string()).fill_null("")
    blank = pc.is_in(trimmed, pa.array(list(marks.missing), pa.large_string()))
    blank = pc.or_(blank, pc.is_null(texts))
    trimmed, said = plain_texts(trimmed, marks.unit)
    decimal, thousands, note = marks.point, marks.thousands, ""
    if thousands is not None and thousands in _BLANKS:
        trimmed = pc.replace_substring_regex(trimmed, f"[{_BLANKS}]", thousands)
    if marks.decimal is None and thousands is None:
        cells = Evidence(table, column, found, trimmed, pc.invert(blank))
        decimal, thousands, note = cells.marks(marks.point_is_decimal)
    whole = r"[0-9]+"
    if thousands is not None:
        lakhs = f"{_LAKHS}|" if thousands == "," else ""
        whole = rf"(?:{lakhs}[0-9]{{1,3}}(?:{re.escape(thousands)}[0-9]{{3}})+|[0-9]+)"
    point = re.escape(decimal)
    pattern = rf"^[+-]?(?:{whole}(?:{point}[0-9]*)?|{point}[0-9]+)(?:[eE][+-]?[0-9]+)?$"
    good = pc.and_not(pc.match_substring_regex(trimmed, pattern), blank)
    plain = trimmed
    if thousands is not None:
        plain = pc.replace_substring(plain, thousands, "")
    if decimal != ".":
        plain = pc.replace_substring(plain, decimal, ".")
    plain = pc.replace_substring_regex(plain, r"^\+", "")
    numbers = pc.if_else(good, plain, pa.scalar(None, pa.large_string())).cast(pa.float64())
    values = np.array(numbers.to_numpy(zero_copy_only=False), dtype=np.float64)
    bad = np.array(pc.invert(pc.or_(good, blank)).to_numpy(zero_copy_only=False), dtype=np.bool_)
    for large in map(int, np.flatnonzero((np.abs(values) >= MOST) & np.isfinite(values))):
        digits = plain[large].as_py()
        bad[large] = digits.lstrip("-").isdigit() and int(digits) != int(values[large])
    if said:
        note = f"{note} " * bool(note) + f"Column {column!r}: {said}."
    if said and marks.unit.strip() in PERCENT:
        _agree_on_percent(table, column, found, values)
    return values, bad, note


def _agree_on_percent(table: Columns, column: str, found: Column, values: FloatArray) -> None:
    """Refuse cells with and without a percent sign: 0.07 beside 5% may be seven percent."""
    signed = np.array([str(cell).strip().endswith(PERCENT) for cell in found.cells])
    bare = ~signed & (np.abs(values) < 1) & (values != 0)
    if signed.any() and bare.any():
        rows = sorted((found.first(signed), found.first(bare)))
        cells = [f"{table.cell(row, column)!r} in row {row}" for row in rows]
        raise BadTable(
            table.name + table.where(rows[1]),
            f"column {column!r} writes percent in two ways: {' and '.join(cells)}",
            "Write the sign behind all of them, or behind none.",
        )


def tell_marks(table: Columns, column: str, marks: Marks) -> tuple[str, str | None, str]:
    """Tell the decimal mark and that of thousands from a column of texts, and say so."""
    import pyarrow as pa
    import pyarrow.compute as pc

    found = table.columns[column]
    texts = pc.utf8_trim_whitespace(
        pa.array([str(cell) for cell in found.cells], pa.large_string())
    )
    known = pc.invert(pc.is_in(texts, pa.array(list(marks.missing), pa.large_string())))
    return Evidence(table, column, found, texts, known).marks(marks.point_is_decimal)
