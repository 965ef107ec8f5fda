"""Frames in memory and Arrow files to columns: pandas and Arrow natively, others by narwhals."""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Collection, Iterable
from typing import Any

import numpy as np
import pandas as pd

from trends.errors import BadOption, BadTable, EmptyTable, TrendsError, UnreadableFile
from trends.loaders._batches import check_unpacked, whole_stream
from trends.loaders._coded import Choose, Column, Columns, coded
from trends.loaders._limits import Limits
from trends.loaders._rows import short, shown


def column_of(cells: Any) -> Column:
    """Code an Arrow array, or a list of Python objects, by its distinct cells."""
    import pyarrow as pa  # here, because it takes a while

    if isinstance(cells, list):
        kinds = set(map(type, cells)) - {type(None)}
        if len(kinds) > 1 and kinds != {int, float}:
            return coded(cells)  # an array would take a true for a one, and a day for a time
        try:
            if kinds == {str}:  # long ones may be shared: an array would have each by itself
                codes = {cell: code for code, cell in enumerate(dict.fromkeys(cells))}
                rows = np.array([codes[cell] for cell in cells], dtype=np.int64)
                return Column(rows, pa.array(list(codes)))
            cells = pa.array(cells)
        except (pa.ArrowException, OverflowError, TypeError, ValueError):
            return coded(cells)  # cells of several types
    if isinstance(cells, pa.ChunkedArray):
        cells = cells.combine_chunks()
    if isinstance(cells, pa.ExtensionArray):
        cells = cells.storage
    if pa.types.is_dictionary(cells.type):  # not to be written out: long texts may stand in it
        used = cells.indices.dictionary_encode(null_encoding="encode")
        inner = column_of(_of_one_kind(cells.dictionary).take(used.dictionary))
        return Column(inner.codes[used.indices.to_numpy()], inner.distinct)
    cells = _of_one_kind(cells)
    if pa.types.is_floating(cells.type):  # mostly distinct
        return Column(np.arange(len(cells)), cells)
    try:
        found = cells.dictionary_encode(null_encoding="encode")
        return Column(found.indices.to_numpy().astype("int64"), found.dictionary)
    except pa.ArrowException:
        return coded(cells.to_pylist())  # nested, or of a type without a hash


def _of_one_kind(cells: Any) -> Any:
    """Text in views as text: Arrow can do little with views."""
    import pyarrow as pa

    views = {"string_view": pa.large_string(), "binary_view": pa.large_binary()}
    return cells.cast(views[str(cells.type)]) if str(cells.type) in views else cells


def is_frame(source: object) -> bool:
    """Tell whether something is a frame rather than a path."""
    return not isinstance(source, str) and not hasattr(source, "__fspath__")


def read_frame(source: Any, choose: Choose, limits: Limits) -> Columns:
    """Take the columns that `choose` picks of a frame."""
    import pyarrow as pa

    name = f"the {type(source).__module__.split('.')[0]} {type(source).__name__} given"
    if isinstance(source, pd.DataFrame):
        return _pandas(source, choose, name, limits)
    if not isinstance(source, pa.Table | pa.RecordBatch):
        source = _to_arrow(source, name)
    return arrow_columns(source, choose, name, limits)


def _to_arrow(source: Any, name: str) -> Any:
    import pyarrow as pa

    try:
        if hasattr(source, "__arrow_c_stream__"):
            return pa.table(source)
        import narwhals as nw  # optional: for frames that do not speak Arrow themselves

        frame = nw.from_native(source)
        return (frame.collect() if isinstance(frame, nw.LazyFrame) else frame).to_arrow()
    except ImportError as error:
        raise BadOption(
            "load_table",
            "path",
            name,
            "a path, a pandas or Arrow table; other frames need narwhals (pip install narwhals)",
        ) from error
    except (TypeError, AttributeError, pa.ArrowException) as error:
        raise BadOption("load_table", "path", name, "a path, a URL or a frame") from error


def _pandas(frame: pd.DataFrame, choose: Choose, name: str, limits: Limits) -> Columns:
    import pyarrow as pa

    named = [level for level in frame.index.names if level is not None]
    if named and not set(named) & set(frame.columns):
        frame = frame.reset_index()
    present = check_names(frame.columns, name, limits)
    wanted = list(dict.fromkeys(choose(present)))
    limits.check_cells(name, len(frame), len(wanted))
    if frame.empty:
        raise EmptyTable(name, "no rows")
    columns = {}
    for column in wanted:
        data = frame[frame.columns[present.index(column)]]
        if isinstance(data.dtype, pd.PeriodDtype):
            data = data.astype(str)
        try:
            columns[column] = column_of(pa.array(data, from_pandas=True))
        except (pa.ArrowException, OverflowError, TypeError, ValueError):
            columns[column] = coded(data.tolist())
    return Columns(name, present, columns)


def arrow_columns(
    table: Any, choose: Choose, name: str, limits: Limits, packed: int | None = None
) -> Columns:
    """Take the columns that `choose` picks of an Arrow table, of a file of so many bytes."""
    present = check_names(table.column_names, name, limits)
    wanted = list(dict.fromkeys(choose(present)))
    limits.check_cells(name, table.num_rows, len(wanted))
    if packed is not None:
        limits.check_packed_cells(name, table.num_rows * len(wanted), packed)
    if not table.num_rows:
        raise EmptyTable(name, "no rows")
    return Columns(name, present, {column: column_of(table.column(column)) for column in wanted})


def check_names(names: Iterable[object], name: str, limits: Limits) -> tuple[str, ...]:
    """Column names as text, each once."""
    found = tuple(str(column) for column in names)
    limits.check_columns(name, len(found))
    if not found:
        raise EmptyTable(name, "no columns")
    column, times = Counter(found).most_common(1)[0]
    if times > 1:
        raise BadTable(name, f"two columns are named {short(column)!r}", "Rename one of them.")
    return found


def read_parquet(data: bytes, name: str, choose: Choose, limits: Limits) -> Columns:
    """Read the columns that `choose` picks of a Parquet file."""
    import pyarrow.parquet as pq

    try:
        file = pq.ParquetFile(io.BytesIO(data))
        present: Collection[str] = file.schema_arrow.names
        rows = file.metadata.num_rows
        # Text stays in its dictionaries: written out, a long one would fill the memory.
        texts = [one.path for one in file.schema if one.physical_type == "BYTE_ARRAY"]
        file = pq.ParquetFile(io.BytesIO(data), read_dictionary=texts)
    except Exception as error:  # arrow errors of many kinds: all mean the same
        raise _not_arrow(name, "Parquet", error) from error
    wanted = list(dict.fromkeys(choose(check_names(present, name, limits))))
    limits.check_cells(name, rows, len(wanted))
    limits.check_packed_cells(name, rows * len(wanted), len(data))
    try:
        # Of all columns: to ask for one by one of them aborts Python where the file is damaged.
        groups = map(file.metadata.row_group, range(file.metadata.num_row_groups))
        unpacked = sum(max(0, int(group.total_byte_size)) for group in groups)
        limits.check_unpacked(name, unpacked, len(data))
        table = file.read(columns=wanted)
        table.validate(full=True)  # text in a damaged file may be none
    except TrendsError:
        raise
    except Exception as error:
        raise _not_arrow(name, "Parquet", error) from error
    found = arrow_columns(table, lambda _: wanted, name, limits)
    return Columns(name, tuple(present), found.columns)


def read_arrow(data: bytes, name: str, choose: Choose, limits: Limits) -> Columns:
    """Read the columns that `choose` picks of an Arrow file or stream (Feather)."""
    import pyarrow as pa

    try:
        packed = whole_stream(data)
        check_unpacked(packed, name, limits)
        file = pa.ipc.open_stream(packed)
        rows, kept = 0, list[Any]()
        for batch in file:
            rows += batch.num_rows
            limits.check_cells(name, rows, 1)
            batch.validate(full=True)  # a damaged file can point outside its memory
            kept.append(batch)
        table = pa.Table.from_batches(kept, file.schema)
        check_names(table.column_names, name, limits)
    except TrendsError:
        raise
    except Exception as error:
        raise _not_arrow(name, "Arrow", error) from error
    return arrow_columns(table, choose, name, limits, len(data))


def _not_arrow(name: str, kind: str, error: Exception) -> UnreadableFile:
    said = shown(error)[:300]
    return UnreadableFile(name, f"it is not a {kind} file ({said})", "Write it again.")
