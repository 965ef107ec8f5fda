"""Which marks in the numbers of a column must be decimal, part thousands, or may be either."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from trends.errors import BadTable
from trends.loaders._coded import Column, Columns

_POINTS = (",", ".")
_SPACES = ("'", "\u2019", "\u00a0", "\u202f", "\u2009", " ")
_WHOLE = r"[+-]?[1-9][0-9]{0,2}"
_THREE = rf"{_WHOLE}[.][0-9]{{3}}"
_WORDS = {"\u00a0": "a no-break space", "\u202f": "a narrow space", "\u2009": "a thin space"}


@dataclass(frozen=True, slots=True)
class Evidence:
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
            return ".", None, self._three()
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

    def _three(self) -> str:
        """Say that points were taken for decimal where each stands before three digits."""
        cell = self.first(_THREE)
        if not cell or self.first(".*[.].*", but=_THREE) or self.first("[+-]?[0-9]{4,}"):
            return ""
        remedy = "if it parts thousands, give thousands='.'"
        return f"Column {self.column!r}: read '.' as the decimal mark (as in {cell!r}); {remedy}."

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
