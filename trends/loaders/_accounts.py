"""What became of each row of a file: used, or left out, and why. The sums balance."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal, TypeAlias

import pandas as pd

Fate: TypeAlias = Literal["in", "used", "left out", "said"]

_MOST_NAMES = 40


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the account: rows of one fate and reason.

    Rows *in* are those used and those left out, each under one reason. Rows *said* are used, and
    have something about them that a reader may want to know.
    """

    fate: Fate
    reason: str
    rows: int
    launched: float
    details: tuple[tuple[str, int, float], ...] = ()  # name, rows, launched

    def listed(self, *, amounts: bool = False) -> str:
        """Name the details with their rows: 'Kalibr (3 rows), X-22 (1 row)'."""
        shown = [
            f"{name} {rows_in_words(rows)} ({launched:,.10g})"
            if amounts
            else f"{name} ({rows_in_words(rows)})"
            for name, rows, launched in self.details[:_MOST_NAMES]
        ]
        more = self.details[_MOST_NAMES:]
        if more:
            shown.append(f"{len(more):,} others ({rows_in_words(sum(d[1] for d in more))})")
        return ("; " if amounts else ", ").join(shown)


def rows_in_words(number: int) -> str:
    """Write '1 row', '1,234 rows'."""
    return f"{number:,} row{'s' if number != 1 else ''}"


def as_frame(lines: Iterable[Line]) -> pd.DataFrame:
    """Tabulate an account, one row a line, and one a detail of what is left out."""
    rows = []
    for line in lines:
        parts = line.details if line.fate == "left out" and line.details else ()
        for name, count, launched in parts or (("", line.rows, line.launched),):
            reason = f"{line.reason}: {name}" if name else line.reason
            rows.append((line.fate, reason, count, launched))
    return pd.DataFrame(rows, columns=["fate", "reason", "rows", "launched"])
