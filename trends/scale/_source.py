"""A Parquet file that is read in pieces, from any row on, with the same memory however long."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pyarrow.types as kinds

from trends.errors import EmptyTable, MonthOutside, NoValues, TooShort, UnreadableFile
from trends.panel import MonthLike, as_month
from trends.scale._block import Clock
from trends.scale._shapes import MONTH, VALUE, Wide, months_of, numbers_of, shape_of
from trends.scale._whole import by_rows, by_series

# Of each column of a row group. Without one, whole column chunks are read into memory.
_BUFFER = 1 << 16
_LOOK = 1 << 16  # rows that are looked at together


class Source:
    """One Parquet file, wide or long."""

    def __init__(self, path: Path) -> None:
        self.path = path
        try:
            if path.is_dir():
                remedy = "Give one file, or read the folder with trends.scale.scan_dask."
                raise UnreadableFile(path, "is a folder", remedy)
            self.mark = _mark(path)
            self.file = pq.ParquetFile(path, buffer_size=_BUFFER, pre_buffer=False)
        except FileNotFoundError as error:
            raise UnreadableFile(path, "there is no such file", "Check the path.") from error
        except UnreadableFile:
            raise
        except (pa.ArrowException, OSError, ValueError) as error:  # ValueError: no name of a file
            remedy = "Write it with DataFrame.to_parquet, polars, DuckDB or Spark."
            raise UnreadableFile(path, f"is not a whole Parquet file ({error})", remedy) from error
        self.n_rows = int(self.file.metadata.num_rows)
        if self.n_rows == 0:  # before its columns, which may be of no type
            raise EmptyTable(str(path))
        self.shape = shape_of(self.file.schema_arrow, str(path))
        meta = self.file.metadata
        sizes = [meta.row_group(k).num_rows for k in range(meta.num_row_groups)]
        self.starts = np.concatenate([[0], np.cumsum(sizes)]).astype(np.int64)

    def close(self) -> None:
        """Close the file."""
        self.file.close()

    def unchanged(self) -> bool:
        """Whether the file is still the one that was opened."""
        try:
            return _mark(self.path) == self.mark
        except OSError:
            return False

    def blocks(self, start: int, most: int) -> Iterator[Any]:
        """Tables of `most` whole series, from row `start` on."""
        tables = self.tables(self.shape.columns, start, most)
        if isinstance(self.shape, Wide):
            return by_rows(tables, most)
        return by_series(tables, most, str(self.path))

    def tables(self, columns: Sequence[str], start: int = 0, rows: int = _LOOK) -> Iterator[Any]:
        """Tables of no more than `rows` rows, from row `start` on."""
        group = int(np.searchsorted(self.starts, start, "right")) - 1
        skip = start - int(self.starts[group])
        groups = range(group, len(self.starts) - 1)
        size = min(rows, _LOOK)
        try:
            for batch in self.file.iter_batches(size, row_groups=groups, columns=list(columns)):
                left = batch.slice(min(skip, batch.num_rows))
                skip -= batch.num_rows - left.num_rows
                if left.num_rows:
                    yield pa.Table.from_batches([left])
        except (pa.ArrowException, OSError) as error:
            remedy = "Write the file again; what is done so far is kept if it does not change."
            raise UnreadableFile(self.path, f"is damaged ({error})", remedy) from error

    def clock(self, asked: MonthLike | None) -> Clock:
        """From the first month of the file to `asked`, or to its last month with a value."""
        where = str(self.path)
        month = None if asked is None else as_month(asked, where)
        shape = self.shape
        first, last = self._wide_span(shape) if isinstance(shape, Wide) else self._long_span()
        if month is not None and not first <= month <= last:
            raise MonthOutside(where, month, first, last)
        if month is None:
            known = self._wide_known(shape) if isinstance(shape, Wide) else self._long_known(last)
            if known is None:
                raise NoValues(where)
            month = known
        if month == first:
            raise TooShort(where, 1, 2)
        return Clock(first, month)

    def _wide_span(self, shape: Wide) -> tuple[pd.Period, pd.Period]:
        return _period(min(shape.months)), _period(max(shape.months))

    def _wide_known(self, shape: Wide) -> pd.Period | None:
        for at, name in reversed(shape.months.items()):
            if any(_known(table.column(name)).any() for table in self.tables([name])):
                return _period(at)
        return None

    def _long_span(self) -> tuple[pd.Period, pd.Period]:
        found = self._noted_span()
        if found is None:
            seen = [
                (months.min(), months.max())
                for table in self.tables([MONTH])
                for months in [months_of(table.column(MONTH), str(self.path))]
            ]
            found = min(a for a, _ in seen), max(b for _, b in seen)
        return _period(found[0]), _period(found[1])

    def _noted_span(self) -> tuple[int, int] | None:
        """First and last month by the statistics of the row groups, where all have them."""
        kind, meta = self.file.schema_arrow.field(MONTH).type, self.file.metadata
        naive = kinds.is_date(kind) or (kinds.is_timestamp(kind) and kind.tz is None)
        names = [meta.schema.column(k).path for k in range(meta.num_columns)]
        column = names.index(MONTH) if naive and MONTH in names else None
        if column is None:
            return None
        ends: list[Any] = []
        for k in range(meta.num_row_groups):
            noted = meta.row_group(k).column(column).statistics
            if noted is None or not noted.has_min_max:
                return None
            ends += [noted.min, noted.max]
        months = months_of(pa.chunked_array([pa.array([min(ends), max(ends)])]), str(self.path))
        return int(months[0]), int(months[1])

    def _long_known(self, last: pd.Period) -> pd.Period | None:
        latest: int | None = None
        for table in self.tables([MONTH, VALUE]):
            months = months_of(table.column(MONTH), str(self.path))[_known(table.column(VALUE))]
            if len(months):
                latest = max(int(months.max()), latest if latest is not None else -(1 << 62))
            if latest == last.ordinal:
                break
        return None if latest is None else _period(latest)


def _known(column: Any) -> Any:
    values = numbers_of(column)
    return np.ones(len(values), np.bool_) if values.dtype.kind != "f" else ~np.isnan(values)


def _period(ordinal: int) -> pd.Period:
    return pd.Period(ordinal=int(ordinal), freq="M")


def _mark(path: Path) -> dict[str, Any]:
    """What tells a file from another: size, time, and a hash of the description at its end."""
    about = path.stat()
    with path.open("rb") as file:
        file.seek(max(0, about.st_size - 8))
        length = min(int.from_bytes(file.read(4), "little"), about.st_size)  # of what is no Parquet
        file.seek(max(0, about.st_size - 8 - length))
        digest = hashlib.sha256(file.read(length)).hexdigest()
    return {"size": about.st_size, "mtime_ns": about.st_mtime_ns, "description": digest}
