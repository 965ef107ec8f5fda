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
from trends.loaders._digits import plain_texts
from trends.loaders._numbers import MOST
from trends.loaders._reading import is_blank
from trends.panel import BoolArray, FloatArray

_POINTS = (",", ".")
_SPACES = ("'", "\u2019", "\u00a0", "\u202f", "\u2009", " ")
_WHOLE = r"[+-]?[1-9][0-9]{0,2}"
_WORDS = {"\u00a0": "a no-break space", "\u202f": "a narrow space", "\u2009": "a thin space"}


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

    def check(self, name: str) -> None:
        """Refuse marks that are none."""
        if self.decimal is not None and (len(self.decimal) != 1 or self.decimal.isdigit()):
            raise BadOption(name, "decimal", self.decimal, "a single mark such as '.' or ','")
        mark = self.thousands
        if mark is not None and (len(mark) != 1 or mark.isdigit() or mark == (self.decimal or ".")):
            raise BadOption(name, "thousands", mark, "a single mark other than decimal")


def read_marked(table: Columns, column: str, marks: Marks) -> tuple[FloatArray, str]:
    """Convert one column, NaN where unknown; and say which marks were taken, if any."""
    found = table.columns[column]
    values, bad, note = _distinct(table, column, found, marks)
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
    decimal, thousands, note = marks.decimal or ".", marks.thousands, ""
    if marks.decimal is None and thousands is None:
        cells = _Cells(table, column, found, trimmed, pc.invert(blank))
        decimal, thousands, note = cells.marks(marks.point_is_decimal)
    whole = r"[0-9]+"
    if thousands is not None:
        whole = rf"(?:[0-9]{{1,3}}(?:{re.escape(thousands)}[0-9]{{3}})+|[0-9]+)"
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
    return values, bad, note


def tell_marks(table: Columns, column: str, marks: Marks) -> tuple[str, str | None, str]:
    """Tell the decimal mark and that of thousands from a column of texts, and say so."""
    import pyarrow as pa
    import pyarrow.compute as pc

    found = table.columns[column]
    texts = pc.utf8_trim_whitespace(
        pa.array([str(cell) for cell in found.cells], pa.large_string())
    )
    known = pc.invert(pc.is_in(texts, pa.array(list(marks.missing), pa.large_string())))
    return _Cells(table, column, found, texts, known).marks(marks.point_is_decimal)


@dataclass(frozen=True, slots=True)
class _Cells:
    """The distinct texts of one column, asked for evidence of marks."""

    table: Columns
    column: str
    found: Column
    texts: Any
    known: Any

    def first(self, pattern: str, but: str | None = None, least: int = 1) -> str | None:
        """Find the first cell that matches, if there are enough of them."""
        import pyarrow.compute as pc

        hits = pc.and_(pc.match_substring_regex(self.texts, f"^(?:{pattern})$"), self.known)
        if but is not None:
            hits = pc.and_not(hits, pc.match_substring_regex(self.texts, f"^(?:{but})$"))
        if (pc.sum(hits).as_py() or 0) < least:
            return None
        return str(self.texts[int(pc.index(hits, True).as_py())])

    def marks(self, point_is_decimal: bool) -> tuple[str, str | None, str]:
        """Tell the decimal mark and that of thousands, and say so where they are unusual."""
        import pyarrow.compute as pc

        odd = pc.match_substring_regex(self.texts, "[,' \u2019\u00a0\u202f\u2009]|[.].*[.]")
        if point_is_decimal and not pc.any(pc.and_(odd, self.known)).as_py():
            return ".", None, ""
        decimals, thousands, open_ = self._evidence()
        for mark, cell in open_.items():
            if mark in decimals or mark in thousands:
                continue
            if decimals:
                thousands[mark] = cell
            elif thousands or (mark == "." and point_is_decimal and len(open_) == 1):
                decimals[mark] = cell
            else:
                self._refuse(cell, mark)
        self._agree(decimals, thousands)
        decimal = next(iter(decimals), "," if "." in thousands else ".")
        parting = next(iter(thousands), None)
        return decimal, parting, self._said(decimals, thousands)

    def _evidence(self) -> tuple[dict[str, str], dict[str, str], dict[str, str]]:
        """Cells in which a mark must be decimal, must part thousands, or may be either."""
        decimals: dict[str, str] = {}
        thousands: dict[str, str] = {}
        open_: dict[str, str] = {}
        for space in _SPACES:
            grouped = rf"{_WHOLE}(?:{space}[0-9]{{3}})+(?:[.,][0-9]*)?"
            cell = self.first(grouped, least=2 if space == " " else 1)  # a lone one may be a slip
            if cell:
                thousands[space] = cell
        for mark, other in (_POINTS, _POINTS[::-1]):
            m, o = re.escape(mark), re.escape(other)
            either = rf"{_WHOLE}{m}[0-9]{{3}}"
            parting = rf"{_WHOLE}(?:(?:{m}[0-9]{{3}}){{2,}}|(?:{m}[0-9]{{3}})+{o}[0-9]*)"
            point = rf"[+-]?(?:[0-9]+{m}[0-9]*|{m}[0-9]+)(?:[eE][+-]?[0-9]+)?"
            after = rf"{_WHOLE}(?:[{o}{''.join(_SPACES)}][0-9]{{3}})+{m}[0-9]*"
            for pattern, but, into in (
                (f"{point}|{after}", either, decimals),
                (parting, None, thousands),
                (either, None, open_),
            ):
                cell = self.first(pattern, but)
                if cell:
                    into[mark] = cell
        return decimals, thousands, open_

    def _row(self, cell: str) -> int:
        import pyarrow.compute as pc

        return self.found.row(int(pc.index(self.texts, cell).as_py()))

    def _refuse(self, cell: str, mark: str) -> None:
        as_thousands = cell.replace(mark, "")
        as_decimal = cell.replace(mark, ".")
        raise self.table.bad(
            self._row(cell),
            self.column,
            f"a number that can be read in one way: it is {as_thousands} with thousands={mark!r} "
            f"and {as_decimal} with decimal={mark!r}, and no other cell of the column decides. "
            "Give one of these options",
            cell,
        )

    def _agree(self, decimals: dict[str, str], thousands: dict[str, str]) -> None:
        for one, two in (
            (list(decimals.values())[:1], list(decimals.values())[1:]),
            (list(thousands.values())[:1], list(thousands.values())[1:]),
            *(([cell], [thousands[mark]]) for mark, cell in decimals.items() if mark in thousands),
        ):
            if one and two:
                last = max(self._row(cell) for cell in (one[0], two[0]))
                raise BadTable(
                    self.table.name + self.table.where(last),
                    f"column {self.column!r} writes numbers in two ways: {one[0]!r} in row "
                    f"{self._row(one[0])} and {two[0]!r} in row {self._row(two[0])}",
                    "Write them in one way, or give decimal= and thousands=.",
                )

    def _said(self, decimals: dict[str, str], thousands: dict[str, str]) -> str:
        said = []
        for mark, cell in decimals.items():
            if mark != ".":
                said.append(f"{mark!r} as the decimal mark (as in {cell!r})")
        for mark, cell in thousands.items():
            said.append(f"{_WORDS.get(mark, repr(mark))} as parting thousands (as in {cell!r})")
        return f"Column {self.column!r}: read {' and '.join(said)}." if said else ""
