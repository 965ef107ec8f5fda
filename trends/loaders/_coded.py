"""Columns as codes into their distinct cells, of which each is read once."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt

from trends.errors import BadValue
from trends.loaders._numbers import read_numbers
from trends.loaders._reading import Table
from trends.loaders._rows import Where, nowhere
from trends.panel import BoolArray, FloatArray

Codes: TypeAlias = npt.NDArray[np.int64]
Choose: TypeAlias = Callable[[Collection[str]], Collection[str]]
# Beyond the years, or the digits, of Python; or a time zone that pytz, where it is, does not know.
_BEYOND = (ValueError, ArithmeticError, LookupError)


@dataclass(frozen=True)
class Column:
    """Cells as codes into the distinct ones."""

    codes: Codes
    distinct: Any  # a sequence, or an Arrow array

    @cached_property
    def cells(self) -> list[object]:
        """The distinct cells."""
        if not hasattr(self.distinct, "to_pylist"):
            return list(self.distinct)
        try:
            found: list[object] = self.distinct.to_pylist()
        except _BEYOND:
            return [_as_py(cell) for cell in self.distinct]
        return found

    def blank(self) -> int | None:
        """Find the distinct cell with nothing in it, without making Python objects of all."""
        if isinstance(self.distinct, list):
            cells = enumerate(self.distinct)
            return next((at for at, cell in cells if cell is None or not str(cell).strip()), None)
        import pyarrow.compute as pc

        at = int(pc.utf8_trim_whitespace(self.distinct).index("").as_py())
        return at if at >= 0 else None

    def row(self, code: int) -> int:
        """Tell in which data row, from 1, a distinct cell occurs first."""
        return int(np.argmax(self.codes == code)) + 1

    def first(self, marked: BoolArray) -> int:
        """Tell the first data row, from 1, whose distinct cell is one of those marked."""
        return int(np.argmax(marked[self.codes])) + 1


def _as_py(cell: Any) -> object:
    try:
        found: object = cell.as_py()
    except _BEYOND:
        return getattr(cell, "value", "(damaged)")  # as it is stored
    return found


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns of one file that were asked for."""

    name: str  # what an error calls it: the path
    present: tuple[str, ...]
    columns: dict[str, Column]
    headless: bool = False
    where: Where = nowhere
    comma: bool = False  # as of `Table`

    def __len__(self) -> int:
        return len(next(iter(self.columns.values())).codes)

    def bad(self, row: int, column: str, needed: str, found: object = ...) -> BadValue:
        """Say of the cell in a data row, counted from 1, that it is not what is needed."""
        if found is ...:
            found = self.cell(row, column)
        return BadValue(self.name + self.where(row), row, column, found, needed)

    def cell(self, row: int, column: str) -> object:
        """Find the cell in a data row, counted from 1."""
        held = self.columns[column]
        return held.cells[held.codes[row - 1]]

    def days(self, column: str, read: Callable[[object], int | None], needed: str) -> Codes:
        """Read a column of days, all of them stated."""
        found = self.columns[column]
        days = [read(cell) for cell in found.cells]
        bad = np.array([day is None for day in days], dtype=np.bool_)
        if bad.any():
            raise self.bad(found.first(bad), column, needed)
        return np.array(days, dtype=np.int64)[found.codes]

    def counts(self, column: str) -> FloatArray:
        """Read a column of whole numbers; NaN where a mark for a missing value stands."""
        found = self.columns[column]
        distinct = Table(self.name, {column: found.cells}, comma=self.comma)
        bad: BadValue | None = None
        values = np.full(len(found.cells), np.nan)
        try:
            values = read_numbers(distinct, column, counts=True)
        except BadValue as error:
            bad = error
        if bad is not None:
            row = found.row(int(str(bad.row)) - 1)
            raise self.bad(row, column, "a whole number, 0 or more", bad.found)
        numbers: FloatArray = values[found.codes]
        return numbers


def coded(cells: Sequence[object]) -> Column:
    codes: dict[tuple[type, str], int] = {}
    found = np.empty(len(cells), dtype=np.int64)
    distinct: list[object] = []
    for row, cell in enumerate(cells):
        key = (type(cell), str(cell))  # 1 and True are two cells, and a list has no hash
        if key not in codes:
            codes[key] = len(distinct)
            distinct.append(cell)
        found[row] = codes[key]
    return Column(found, distinct)
