"""The same facts with dask: its arrays and its DataFrames, on one machine or many."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from typing import Any, Literal

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from trends.errors import BadOption, BadTable, MonthOutside, NoValues, TrendsError, UnknownOption
from trends.panel import MonthLike, as_month
from trends.scale._block import FACTS, Clock, facts_of, scan_block
from trends.scale._shapes import (
    ID,
    MONTH,
    VALUE,
    Wide,
    as_table,
    months_of,
    numbers_of,
    plain,
    shape_by_names,
)

# dask is imported inside the functions: it is an extra, attack-trends[dask].


def scan_dask(
    frame: Any,
    *,
    first: MonthLike | None = None,
    month: MonthLike | None = None,
    least: int = 12,
    partitions: Literal["shuffle", "whole"] = "shuffle",
) -> Any:
    """Find all facts of the latest month of every series of a dask DataFrame.

    The values are those of `find_latest` for the whole table; the rows stand in the order of the
    partitions. Nothing but the clock is computed before the result is.

    Parameters
    ----------
    frame : dask.dataframe.DataFrame
        Wide: ``unique_id`` and one column a month, named as in ``"2025-06"``. Long: ``unique_id``
        (a column, or the index), ``ds`` (month) and ``y`` (value).
    first, month : str, Period or date, optional
        The first month of the table and the one that the facts are about. By default the first, and
        the last in which any series has a value: one pass over the months and values.
    least : int
        How many earlier months with a value a record needs.
    partitions : {'shuffle', 'whole'}
        How it is made sure that all rows of a series of a long table are in one partition: by
        moving them there, or by the caller, as in a table sorted by ``unique_id``. That is checked
        in one pass over ``unique_id``. Not asked of a table whose index is ``unique_id`` with
        known divisions, nor of a wide one.

    Returns
    -------
    dask.dataframe.DataFrame
        With the columns of `FACTS`. ``.to_parquet(path, schema=FACTS)`` writes it.

    Raises
    ------
    TrendsError
        If the table is of neither shape, or a series is in two partitions that are called whole.

    Examples
    --------
    >>> import dask.dataframe as dd  # doctest: +SKIP
    >>> facts = scan_dask(dd.read_parquet("panel/"))  # doctest: +SKIP
    >>> facts.to_parquet("facts/", schema=FACTS, write_index=False)  # doctest: +SKIP
    """
    _need_dask("scan_dask")
    if partitions not in ("shuffle", "whole"):
        raise UnknownOption("scan_dask", partitions=partitions, known=("shuffle", "whole"))
    by_index = frame.index.name == ID and ID not in frame.columns
    sorted_by_id = by_index and frame.known_divisions
    if by_index:
        frame = frame.reset_index()
    shape = shape_by_names(frame.columns, "scan_dask")
    if isinstance(shape, Wide):
        clock = _wide_clock(frame, shape, first, month)
    else:
        frame = frame[list(shape.columns)]
        check = partitions == "whole" and not sorted_by_id
        clock = _long_clock(frame, first, month, check)
        if partitions == "shuffle" and not sorted_by_id:
            frame = frame.shuffle(ID)
    return frame.map_partitions(_frame_facts, clock, least, meta=_meta()).clear_divisions()


def scan_dask_array(
    values: Any,
    first: MonthLike,
    *,
    month: MonthLike | None = None,
    names: Sequence[str] | Any = None,
    least: int = 12,
) -> Any:
    """Find all facts of the latest month of every series of a dask array.

    Parameters
    ----------
    values : dask.array.Array of float or int, shape (n_series, n_time)
        NaN where a value is unknown. Chunks of rows are worked apart; chunks of time are joined.
    first : str, Period or date
        The month of the first column; the others follow it.
    month : str, Period or date, optional
        The month that the facts are about. By default the last in which any series has a value,
        looked up at once.
    names : sequence of str or dask.array.Array, shape (n_series,), optional
        By default the numbers of the rows, from 0.
    least : int
        How many earlier months with a value a record needs.

    Returns
    -------
    dask.dataframe.DataFrame
        With the columns of `FACTS`, in the order of the rows, a partition a chunk.

    Raises
    ------
    TrendsError
        If the array is not such a table, or a chunk has an unknown size.

    Examples
    --------
    >>> import dask.array as da  # doctest: +SKIP
    >>> scan_dask_array(da.from_zarr("panel.zarr"), "2005-07").compute()  # doctest: +SKIP
    """
    _need_dask("scan_dask_array")
    import dask.dataframe as dd
    from dask.delayed import delayed

    if values.ndim != 2 or values.dtype.kind not in "iuf":
        found = f"{values.dtype} of shape {values.shape}"
        raise BadOption("scan_dask_array", "values", found, "numbers of shape (n_series, n_time)")
    if np.isnan(values.shape).any() or 0 in values.shape:
        needed = "of known size: call .compute_chunk_sizes(), and leave an empty one out"
        raise BadOption("scan_dask_array", "values", values.shape, needed)
    clock = _array_clock(values, as_month(first, "scan_dask_array"), month)
    values = values[:, : clock.n_time].rechunk({1: -1})
    edges = np.concatenate([[0], np.cumsum(values.chunks[0])])
    parts = delayed(_array_facts, pure=True)
    blocks = [
        parts(block, name, clock, least)
        for block, name in zip(
            values.to_delayed().ravel(), _names(names, values, edges), strict=True
        )
    ]
    return dd.from_delayed(blocks, meta=_meta(), verify_meta=False)


def _need_dask(where: str) -> None:
    try:
        import dask.dataframe  # noqa: F401
    except ImportError as error:
        raise TrendsError(
            f"{where}: dask cannot be imported ({error}). "
            "Install it: pip install 'attack-trends[dask]'."
        ) from error


def _meta() -> pd.DataFrame:
    return _frame(FACTS.empty_table())


def _frame(facts: Any) -> pd.DataFrame:
    frame: pd.DataFrame = facts.to_pandas()
    return frame


def _frame_facts(frame: pd.DataFrame, clock: Clock, least: int) -> pd.DataFrame:
    return _frame(scan_block(frame, clock, least=least, where="scan_dask"))


def _array_facts(values: Any, names: Any, clock: Clock, least: int) -> pd.DataFrame:
    text = pa.array([str(name) for name in names], pa.string())
    return _frame(facts_of(text, np.asarray(values), clock, least, "scan_dask_array"))


def _names(names: Any, values: Any, edges: Any) -> list[Any]:
    """The names of each block."""
    spans = [(int(a), int(b)) for a, b in itertools.pairwise(edges)]
    if names is None:
        return [range(a, b) for a, b in spans]
    if len(names) != values.shape[0]:
        raise BadOption("scan_dask_array", "names", f"{len(names)} names", "one a series")
    if hasattr(names, "to_delayed"):
        return list(names.rechunk((values.chunks[0],)).to_delayed().ravel())
    return [list(names[a:b]) for a, b in spans]


def _array_clock(values: Any, first: pd.Period, month: MonthLike | None) -> Clock:
    if month is not None:
        return _within(Clock(first, month), first + values.shape[1] - 1)
    for t in reversed(range(values.shape[1])):
        column = values[:, t]
        if values.dtype.kind != "f" or bool((column == column).any().compute()):
            return Clock(first, first + t)
    raise NoValues("scan_dask_array")


def _wide_clock(frame: Any, shape: Wide, first: MonthLike | None, month: MonthLike | None) -> Clock:
    begin = pd.Period(ordinal=min(shape.months), freq="M") if first is None else as_month(first)
    if month is not None:
        return _within(Clock(begin, month), pd.Period(ordinal=max(shape.months), freq="M"))
    for at, name in reversed(shape.months.items()):
        if int(frame[name].count().compute()):
            return Clock(begin, pd.Period(ordinal=at, freq="M"))
    raise NoValues("scan_dask")


def _within(clock: Clock, last: pd.Period) -> Clock:
    if as_month(clock.month) > last:
        raise MonthOutside("scan_dask", clock.month, clock.first, last)
    return clock


def _long_clock(frame: Any, first: MonthLike | None, month: MonthLike | None, check: bool) -> Clock:
    """The clock of a long table; one pass, and none if nothing is asked of it."""
    if first is not None and month is not None and not check:
        return Clock(first, month)
    from dask.delayed import delayed

    pieces = delayed([delayed(_span)(part) for part in frame.to_delayed()])
    spans = [span for span in pieces.compute() if span is not None]
    if not spans:
        raise NoValues("scan_dask", "no partition has a row")
    if check:
        _refuse_overlap(sorted((low, high) for low, high, *_ in spans))
    known = [last for *_, last in spans if last is not None]
    if month is None and not known:
        raise NoValues("scan_dask")
    begin = pd.Period(ordinal=min(start for _, _, start, _ in spans), freq="M")
    end = pd.Period(ordinal=max(known), freq="M") if month is None else month
    return Clock(begin if first is None else first, end)


def _span(frame: pd.DataFrame) -> tuple[Any, Any, int, int | None] | None:
    """First and last series, first month and last month with a value."""
    if not len(frame):
        return None
    table = as_table(frame, "scan_dask")
    shape_by_names(table.column_names, "scan_dask")
    ids = pc.min_max(plain(table.column(ID))).as_py()
    months = months_of(table.column(MONTH), "scan_dask")
    values = numbers_of(table.column(VALUE))
    known = months[values == values]
    return ids["min"], ids["max"], int(months.min()), int(known.max()) if len(known) else None


def _refuse_overlap(spans: list[tuple[Any, Any]]) -> None:
    for (_, high), (low, _) in itertools.pairwise(spans):
        if low <= high:
            raise BadTable(
                "scan_dask",
                f"a partition begins with series {low!r}, and one before it ends with {high!r}: "
                "the partitions are not whole",
                "Use partitions='shuffle', or sort the table by unique_id once.",
            )
