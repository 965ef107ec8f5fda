"""What a case of the corpus is, and the whole of it: files good and hostile, made by code.

The totals are written down here by hand or by plain Python; nothing of the library makes them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

GAP = None
Totals = Mapping[str, Mapping[str, float | None]]


@dataclass(frozen=True)
class Fault:
    """What an error must say: the data row, the column, the value; or only some words."""

    row: int | None = None
    column: str | None = None
    found: str | None = None
    says: str = ""  # words that must stand in it

    @property
    def of_a_cell(self) -> bool:
        return self.row is not None


@dataclass(frozen=True)
class Case:
    """One input, and either the totals that must come out or the fault that must be named."""

    name: str
    make: Callable[[Path], Any]  # a folder in; a path, a frame or a URL out
    expected: Totals | Fault
    options: Mapping[str, Any] = field(default_factory=dict)
    loader: str = "load_table"
    given: bool = False  # whether the options are all that is needed


def kept(name: str, data: str | bytes) -> Callable[[Path], Path]:
    """A maker of a file with this content."""

    def make(folder: Path) -> Path:
        path = folder / name
        path.write_bytes(data.encode("utf-8") if isinstance(data, str) else data)
        return path

    return make


def text(
    name: str,
    data: str | bytes,
    expected: Totals | Fault | Mapping[str, float | None],
    *,
    file: str = "table.csv",
    loader: str = "load_table",
    **options: Any,
) -> Case:
    """A case of a file of text; the totals of a single series may be given alone."""
    return Case(name, kept(file, data), one(expected), options, loader)


def one(expected: Any, name: str = "km2") -> Any:
    """Totals by month of the one series."""
    if isinstance(expected, Fault) or all(isinstance(v, Mapping) for v in expected.values()):
        return expected
    return {name: expected}


def all_cases() -> list[Case]:
    """Every case, each name once."""
    from hardening import (
        corpus_cells,
        corpus_formats,
        corpus_frames,
        corpus_months,
        corpus_sources,
        corpus_texts,
    )

    parts = (
        *(corpus_cells, corpus_months, corpus_texts),
        *(corpus_formats, corpus_frames, corpus_sources),
    )
    found = [case for part in parts for case in part.cases()]
    names = [case.name for case in found]
    assert len(set(names)) == len(names), sorted({n for n in names if names.count(n) > 1})
    return found
