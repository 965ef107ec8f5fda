"""From batches as they come to blocks of whole series, with no more than one block held."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from trends.errors import BadTable
from trends.scale._shapes import ID, plain


def by_rows(tables: Iterable[Any], most: int) -> Iterator[Any]:
    """Blocks of exactly `most` rows; the last may be shorter."""
    held: list[Any] = []
    size = 0
    for table in tables:
        rest = table
        while size + rest.num_rows >= most:
            held.append(rest.slice(0, most - size))
            rest = rest.slice(most - size)
            yield pa.concat_tables(held)
            held, size = [], 0
        if rest.num_rows:
            held.append(rest)
            size += rest.num_rows
    if held:
        yield pa.concat_tables(held)


def by_series(tables: Iterable[Any], most: int, where: str) -> Iterator[Any]:
    """Blocks of `most` whole series, of rows sorted by series; the last may be shorter.

    Where a block ends depends on the rows alone, not on the batches that they come in.
    """
    held: list[Any] = []
    size, last = 0, None
    for table in tables:
        if not table.num_rows:
            continue
        ids = plain(table.column(ID))
        begins = _begins(ids, last, where)
        last, done = ids[-1:], 0
        while size + len(begins) > most:
            cut = int(begins[most - size])
            held.append(table.slice(done, cut - done))
            yield pa.concat_tables(held)
            held, begins, size, done = [], begins[most - size :], 0, cut
        held.append(table.slice(done))
        size += len(begins)
    if held:
        yield pa.concat_tables(held)


def _begins(ids: Any, last: Any, where: str) -> npt.NDArray[np.intp]:
    """Where another series begins than that of the row before; `last` is the row before these."""
    before = pa.concat_arrays([ids[:1] if last is None else last, ids[:-1]])
    falls = pc.less(ids, before)
    if pc.any(falls).as_py():
        at = falls.index(True).as_py()
        raise BadTable(
            where,
            f"series {ids[at].as_py()!r} stands after {before[at].as_py()!r}: "
            "its rows are not sorted by unique_id",
            "Sort it once, for example with polars: "
            "scan_parquet(path).sort('unique_id', 'ds').sink_parquet(sorted_path).",
        )
    other = pc.fill_null(pc.not_equal(ids, before), True).to_numpy(zero_copy_only=False)
    if last is None:
        other[0] = True
    return np.flatnonzero(other)
