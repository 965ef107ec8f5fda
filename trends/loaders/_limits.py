"""How much of a file is read at most: what arrives by e-mail may be made to exhaust a machine."""

from __future__ import annotations

import re
import time
from dataclasses import dataclass, fields

import numpy as np

from trends.errors import BadOption, UnreadableFile

__all__ = ["Limits", "Stopwatch"]

_SUSPECT = 8_000_000  # bytes unpacked, from which the ratio is looked at
_LEAST, _WHOLE = 0.06, 5_000_000  # the share of the time that any file gets; bytes that get all
_CELL = 8  # bytes, of a number
_STRINGS = re.compile(rb'"(?:[^"\\]|\\.)*+"', re.S)
_OTHERS = bytes(set(range(256)) - set(b"[]{}"))


@dataclass(frozen=True, slots=True)
class Limits:
    """How much of a source is read at most; a larger one is refused, with the limit named.

    Parameters
    ----------
    max_bytes : int
        Bytes of the file, and of what it unpacks to.
    max_ratio : int
        How many times its size a file may unpack to (workbooks pack 5 to 30 times). Looked at from
        8 MB unpacked on.
    max_cells : int
        Cells of the columns that are read.
    max_rows : int
        Rows of the table.
    max_columns : int
        Columns of the table, read or not.
    max_cell : int
        Characters of a cell that is read. The reader of text stops at 131,072 in any case where it
        has to go row by row.
    max_depth : int
        How deep JSON may be nested.
    max_seconds : float
        How long a query of a server may take, or of a workbook or database of 5 MB: other files in
        proportion, and the smallest a sixteenth of it.

    Raises
    ------
    BadOption
        If a limit is not a positive number.

    Examples
    --------
    >>> Limits(max_rows=1_000).max_rows
    1000
    """

    max_bytes: int = 2_000_000_000
    max_ratio: int = 100
    max_cells: int = 50_000_000
    max_rows: int = 25_000_000
    max_columns: int = 16_384
    max_cell: int = 100_000
    max_depth: int = 100
    max_seconds: float = 120.0

    def __post_init__(self) -> None:
        for option in fields(self):
            found = getattr(self, option.name)
            if isinstance(found, bool) or not isinstance(found, int | float) or not found > 0:
                raise BadOption("Limits", option.name, found, "a number above 0")

    def check_bytes(self, name: str, found: int, what: str = "bytes") -> None:
        """Refuse a file that is larger than allowed."""
        if found > self.max_bytes:
            self._refuse(name, f"it holds {found:,} {what}, more than {{}}", "max_bytes")

    def check_unpacked(self, name: str, found: int, packed: int) -> None:
        """Refuse a file that unpacks to more than its size can explain."""
        self.check_bytes(name, found, "bytes unpacked")
        if found > max(_SUSPECT, self.max_ratio * packed):
            problem = (
                f"it unpacks to more than {self.max_ratio} times its size, as a zip bomb does: "
                "more than {}"
            )
            self._refuse(name, problem, "max_ratio")

    def check_packed_cells(self, name: str, cells: int, packed: int) -> None:
        """Refuse numbers that unpack to more than the size of the file can explain."""
        if cells * _CELL > max(2 * _SUSPECT, self.max_ratio * packed):
            self._refuse(name, f"it unpacks to {cells:,} cells, beyond {{}}", "max_ratio")

    def check_cells(self, name: str, rows: int, columns: int) -> None:
        """Refuse a table that is larger than allowed."""
        if rows > self.max_rows:
            self._refuse(name, "it has more than {} rows", "max_rows")
        if rows * columns > self.max_cells:
            self._refuse(name, f"it has more than {{}} cells ({columns:,} columns)", "max_cells")

    def check_columns(self, name: str, found: int) -> None:
        """Refuse a header that is wider than allowed."""
        if found > self.max_columns:
            self._refuse(name, f"it has {found:,} columns, more than {{}}", "max_columns")

    def check_depth(self, name: str, text: bytes, remedy: str = "") -> None:
        """Refuse JSON that is nested deeper than allowed, before it is parsed."""
        if _depth(text) > self.max_depth and _depth(_STRINGS.sub(b"", text)) > self.max_depth:
            self._refuse(name, "it is nested deeper than {}", "max_depth", remedy)

    def seconds(self, size: int | None) -> float:
        """How long a file of so many bytes may take, or what has no size."""
        return self.max_seconds * (1 if size is None else max(_LEAST, size / _WHOLE))

    def stopwatch(self, name: str, size: int | None = None) -> Stopwatch:
        """Start to measure the time; a small file gets less of it."""
        return Stopwatch(self, name, time.monotonic() + self.seconds(size))

    def _refuse(self, name: str, problem: str, limit: str, remedy: str = "") -> None:
        raise UnreadableFile(
            name,
            problem.format(f"{limit}={getattr(self, limit):,}"),
            remedy or f"If you trust it, give the loader limits=Limits({limit}=...).",
        )


def checked(limits: Limits | None) -> Limits:
    """The limits given to a loader, or the usual ones."""
    if limits is not None and not isinstance(limits, Limits):
        raise BadOption("the loader", "limits", limits, "made by Limits(...)")
    return limits or Limits()


@dataclass(frozen=True, slots=True)
class Stopwatch:
    """The time that is left."""

    limits: Limits
    name: str
    ends: float

    def check(self) -> None:
        """Refuse to go on when the time is over."""
        if time.monotonic() > self.ends:
            problem = "it takes longer than a file of its size may, by {}"
            self.limits._refuse(self.name, problem, "max_seconds")


def _depth(text: bytes) -> int:
    """Tell how deep brackets nest at most, those in strings included."""
    marks = np.frombuffer(text.translate(None, _OTHERS), dtype=np.uint8)
    steps = np.where((marks == ord("[")) | (marks == ord("{")), 1, -1)
    return int(np.cumsum(steps).max(initial=0))
