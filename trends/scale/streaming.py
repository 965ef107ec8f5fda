"""A Parquet file larger than memory, scanned block by block on one machine."""

from __future__ import annotations

import importlib.metadata
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from trends.errors import BadOption, BadTable, TrendsError, UnreadableFile
from trends.panel import MonthLike, as_month
from trends.scale._block import Clock, scan_block
from trends.scale._parts import Parts
from trends.scale._source import Source

BLOCK_ROWS = 16_384


@dataclass(frozen=True, slots=True)
class Scan:
    """What `scan_parquet` did.

    Parameters
    ----------
    source, out : Path
        The file that was read, and the one that was written.
    shape : {'wide', 'long'}
        How the series stood in it.
    month : Period
        The month that the facts are about.
    n_series, n_blocks : int
        How many there are in the result.
    n_kept : int
        How many of the blocks were there from a scan that was stopped.
    """

    source: Path
    out: Path
    shape: str
    month: pd.Period
    n_series: int
    n_blocks: int
    n_kept: int


def scan_parquet(
    source: str | Path,
    out: str | Path,
    *,
    block_rows: int = BLOCK_ROWS,
    month: MonthLike | None = None,
    least: int = 12,
    restart: bool = False,
    progress: Callable[[int, int], None] | None = None,
) -> Scan:
    """Write the facts of the latest month of every series in a Parquet file to another.

    Memory does not grow with the file. A scan that is stopped, in whatever way, is taken up by
    calling it again: finished blocks stand in the folder ``<out>.parts`` until all are joined, and
    `out` itself is replaced in one step at the end.

    Parameters
    ----------
    source : path
        Wide: ``unique_id`` and one column a month, named as in ``"2025-06"``. Long: ``unique_id``,
        ``ds`` (month) and ``y`` (value), sorted by ``unique_id``.
    out : path
        The Parquet file to write, with the columns of `FACTS`. It is replaced if it exists.
    block_rows : int
        How many series are worked together.
    month : str, Period or date, optional
        The month that the facts are about. By default the last one in which any series has a value.
    least : int
        How many earlier months with a value a record needs.
    restart : bool
        Begin anew even if a scan of the same was stopped.
    progress : callable, optional
        Is called with the rows done and the rows of the file.

    Returns
    -------
    Scan

    Raises
    ------
    TrendsError
        If the file is not such a table, if it changes while it is read, or if the scan that was
        stopped was of another file or had other options. `out` is left as it was.

    Examples
    --------
    >>> import tempfile
    >>> folder = Path(tempfile.mkdtemp())
    >>> wide = pd.DataFrame({"unique_id": ["a", "b"], "2025-05": [3, 9], "2025-06": [5, 4]})
    >>> wide.to_parquet(folder / "panel.parquet")
    >>> scan_parquet(folder / "panel.parquet", folder / "facts.parquet").n_series
    2
    >>> pd.read_parquet(folder / "facts.parquet")[["unique_id", "month", "rise", "difference"]]
      unique_id    month  rise  difference
    0         a  2025-06     1         2.0
    1         b  2025-06     0        -5.0
    """
    source, out = Path(source), Path(out)
    asked = {**_checked(block_rows, least, month), "version": _version()}
    opened = Source(source)
    try:
        with Parts(out) as parts:
            if source.resolve() == out.resolve():
                raise BadOption("scan_parquet", "out", str(out), "another file than the source")
            if restart:
                parts.clear()
            noted = parts.begun({**asked, **opened.mark})
            kept = parts.done
            try:
                clock = _begin(opened, parts, asked, noted)
                _work(opened, parts, clock, asked, progress)
            except TrendsError as error:
                if not isinstance(error, UnreadableFile):  # the input itself is at fault
                    parts.drop()
                raise
            blocks, shape, last = parts.done, opened.shape.kind, as_month(clock.month)
            return Scan(source, out, shape, last, parts.join(), blocks, kept)
    finally:
        opened.close()


def _checked(block_rows: object, least: object, month: MonthLike | None) -> dict[str, Any]:
    """The options on which the result depends, plain enough to be noted."""
    for name, value in (("block_rows", block_rows), ("least", least)):
        whole = isinstance(value, int | np.integer) and not isinstance(value, bool)
        if not whole or int(value) < 1:  # type: ignore[call-overload]
            raise BadOption("scan_parquet", name, value, "a whole number of at least 1")
    asked = None if month is None else str(as_month(month, "scan_parquet"))
    return {"block_rows": int(block_rows), "least": int(least), "month": asked}  # type: ignore[call-overload]


def _version() -> str:
    return importlib.metadata.version("attack-trends")


def _begin(
    source: Source, parts: Parts, asked: dict[str, Any], noted: dict[str, Any] | None
) -> Clock:
    if noted is None:
        parts.clear()
        clock = source.clock(asked["month"])
        span = {"first": str(clock.first), "month": str(clock.month)}
        parts.begin({"asked": {**asked, **source.mark}, "clock": span})
        return clock
    return Clock(**noted["clock"])


def _work(
    source: Source,
    parts: Parts,
    clock: Clock,
    asked: dict[str, Any],
    progress: Callable[[int, int], None] | None,
) -> None:
    def say() -> None:
        if progress is not None:
            progress(parts.next_row, source.n_rows)

    say()
    if parts.next_row < source.n_rows:
        for block in source.blocks(parts.next_row, asked["block_rows"]):
            facts = scan_block(block, clock, least=asked["least"], where=str(source.path))
            parts.add(facts, parts.next_row + block.num_rows)
            say()
    if not source.unchanged():
        problem = "changed while it was read"
        raise BadTable(str(source.path), problem, "Scan it again when nobody writes it.")
