"""The same facts with Spark."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa

from trends.errors import BadValue, MonthOutside, NoValues, TrendsError
from trends.panel import MonthLike, as_month
from trends.scale._block import FACTS, Clock, scan_block
from trends.scale._shapes import ID, MONTH, VALUE, Wide, as_table, shape_by_names
from trends.scale._whole import by_rows, by_series

# pyspark is imported inside the functions: it is an extra, attack-trends[spark].

_JANUARY_1970 = 1970 * 12 + 1
_KINDS = {pa.string(): "string", pa.float64(): "double", pa.int32(): "int", pa.bool_(): "boolean"}
_SCHEMA = ", ".join(f"{part.name} {_KINDS[part.type]}" for part in FACTS)


def scan_spark(
    frame: Any,
    *,
    first: MonthLike | None = None,
    month: MonthLike | None = None,
    least: int = 12,
    block_rows: int = 16_384,
) -> Any:
    """Find all facts of the latest month of every series of a Spark DataFrame.

    The values are those of `find_latest` for the whole table; the rows stand in any order. Spark
    brings the rows of a series together (``repartition`` and ``sortWithinPartitions`` by
    ``unique_id``) and maps one function over them (``mapInPandas``): an executor holds no more than
    `block_rows` series at once.

    Parameters
    ----------
    frame : pyspark.sql.DataFrame
        Wide: ``unique_id`` and one column a month, named as in ``2025-06``. Long: ``unique_id``,
        ``ds`` (date, timestamp, or text as ``2025-06``) and ``y`` (value).
    first, month : str, Period or date, optional
        The first month of the table and the one that the facts are about. By default the first, and
        the last in which any series has a value: one job.
    least : int
        How many earlier months with a value a record needs.
    block_rows : int
        How many series are worked together.

    Returns
    -------
    pyspark.sql.DataFrame
        With the columns of `FACTS`; unknown is null.

    Raises
    ------
    TrendsError
        If the table is of neither shape. A bad value within it ends the job; Spark repeats the
        message.

    Examples
    --------
    >>> facts = scan_spark(spark.read.parquet("panel/"))  # doctest: +SKIP
    >>> facts.write.parquet("facts/")  # doctest: +SKIP
    """
    try:
        from pyspark.sql import functions
    except ImportError as error:
        raise TrendsError(
            f"scan_spark: pyspark cannot be imported ({error}). "
            "Install it: pip install 'attack-trends[spark]'. It needs Java 17."
        ) from error
    shape = shape_by_names(frame.columns, "scan_spark")
    if isinstance(shape, Wide):
        given = _wide(frame, shape, functions)
        begin, last, known = _wide_span(given, shape, functions)
        whole = given
    else:
        given = _long(frame, functions)
        begin, last, known = _long_span(given, functions, first, month)
        whole = given.repartition(ID).sortWithinPartitions(ID)
    clock = _clock(first, month, begin, last, known)
    return whole.mapInPandas(_mapped(isinstance(shape, Wide), clock, least, block_rows), _SCHEMA)


def _mapped(wide: bool, clock: Clock, least: int, block_rows: int) -> Any:
    def facts(frames: Iterable[pd.DataFrame]) -> Iterator[pd.DataFrame]:
        where = "scan_spark"
        tables = (as_table(_with_months(frame), where) for frame in frames if len(frame))
        blocks = by_rows(tables, block_rows) if wide else by_series(tables, block_rows, where)
        for block in blocks:
            yield scan_block(block, clock, least=least, where=where).to_pandas()

    return facts


def _wide(frame: Any, shape: Wide, functions: Any) -> Any:
    # One kind of number, so that batches with and without a null are alike.
    months = [
        functions.col(f"`{name}`").cast("double").alias(name) for name in shape.months.values()
    ]
    return frame.select(functions.col(ID).cast("string").alias(ID), *months)


def _long(frame: Any, functions: Any) -> Any:
    kind = dict(frame.dtypes)[MONTH]
    if kind == "string":  # with two digits, text is in the order of the months
        month = functions.regexp_replace(MONTH, r"^\s*(\d{4})-(\d)\s*$", "$1-0$2")
    else:  # counted by Spark: days are converted to Python slowly, and by other time zones
        month = functions.year(MONTH) * 12 + functions.month(MONTH) - _JANUARY_1970
    return frame.select(
        functions.col(ID).cast("string").alias(ID),
        month.alias(MONTH),
        functions.col(VALUE).cast("double").alias(VALUE),
    )


def _month(found: Any) -> pd.Period:
    if isinstance(found, int):
        return pd.Period(ordinal=found, freq="M")
    return as_month(found[:7], "scan_spark")


def _with_months(frame: pd.DataFrame) -> pd.DataFrame:
    """The frame with dates for the months that Spark counted."""
    if MONTH not in frame or frame[MONTH].dtype.kind not in "if":
        return frame
    unknown = frame[MONTH].isna()
    if unknown.any():
        raise BadValue("scan_spark", int(unknown.argmax()) + 1, MONTH, None, "a month")
    months = frame[MONTH].to_numpy(np.int64).astype("datetime64[M]")
    return frame.assign(ds=months.astype("datetime64[s]"))


def _known(column: Any, functions: Any) -> Any:
    return column.isNotNull() & ~functions.isnan(column)


def _wide_span(
    frame: Any, shape: Wide, functions: Any
) -> tuple[pd.Period, pd.Period, pd.Period | None]:
    found = frame.select(
        [functions.max(_known(functions.col(f"`{n}`"), functions)) for n in shape.months.values()]
    ).first()
    held = [at for at, value in zip(shape.months, found, strict=True) if value]
    first, last = (pd.Period(ordinal=at, freq="M") for at in (min(shape.months), max(shape.months)))
    return first, last, pd.Period(ordinal=held[-1], freq="M") if held else None


def _long_span(
    frame: Any, functions: Any, first: MonthLike | None, month: MonthLike | None
) -> tuple[pd.Period, pd.Period, pd.Period | None]:
    if first is not None and month is not None:
        return as_month(first), as_month(month), None
    when = functions.when(_known(functions.col(VALUE), functions), functions.col(MONTH))
    low, high, known = frame.select(
        functions.min(MONTH), functions.max(MONTH), functions.max(when)
    ).first()
    if low is None:
        raise NoValues("scan_spark", "no row")
    return _month(low), _month(high), None if known is None else _month(known)


def _clock(
    first: MonthLike | None,
    month: MonthLike | None,
    begin: pd.Period,
    last: pd.Period,
    known: pd.Period | None,
) -> Clock:
    if month is None:
        if known is None:
            raise NoValues("scan_spark")
        month = known
    if as_month(month) > last:
        raise MonthOutside("scan_spark", month, begin, last)
    return Clock(begin if first is None else first, month)
