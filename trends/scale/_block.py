"""The one function that everything here maps: a block of series in, a table of facts out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa

from trends.detect import Latest, find_latest
from trends.errors import BadTable, BadValue, InvalidPanel, MonthOutside, TooShort
from trends.panel import MonthLike, Panel, as_month
from trends.scale._shapes import as_table, shape_of

FACTS = pa.schema(
    [
        ("unique_id", pa.string()),
        ("month", pa.string()),
        ("value", pa.float64()),
        ("rise", pa.int32()),
        ("fall", pa.int32()),
        ("longest_rise", pa.int32()),
        ("longest_rise_end", pa.string()),
        ("longest_fall", pa.int32()),
        ("longest_fall_end", pa.string()),
        ("record", pa.bool_()),
        ("low_record", pa.bool_()),
        ("since", pa.string()),
        ("since_steps", pa.int32()),
        ("since_low", pa.string()),
        ("since_low_steps", pa.int32()),
        ("rank", pa.int32()),
        ("low_rank", pa.int32()),
        ("earlier", pa.int32()),
        ("difference", pa.float64()),
        ("ratio", pa.float64()),
        ("change", pa.float64()),
    ]
)


@dataclass(frozen=True)
class Clock:
    """The months that all blocks share, so that each is answered as a part of the whole.

    Parameters
    ----------
    first : str, Period or date
        The first month of the whole table, not of one block.
    month : str, Period or date
        The month that the facts are about; later ones are not looked at.

    Raises
    ------
    UnknownMonth, MonthOutside, TooShort
        If there are not at least two months from `first` to `month`.

    Examples
    --------
    >>> Clock("2025-03", "2025-06").n_time
    4
    """

    first: MonthLike
    month: MonthLike

    def __post_init__(self) -> None:
        first, month = as_month(self.first, "Clock"), as_month(self.month, "Clock")
        if month < first:
            raise MonthOutside("Clock", month, first, "later")
        if month == first:
            raise TooShort("Clock", 1, 2)
        object.__setattr__(self, "first", first)
        object.__setattr__(self, "month", month)

    @property
    def months(self) -> pd.PeriodIndex:
        """All months, the last being the one that the facts are about."""
        return pd.period_range(as_month(self.first), as_month(self.month), freq="M")

    @property
    def start(self) -> int:
        """Ordinal of the first month."""
        return int(as_month(self.first).ordinal)

    @property
    def n_time(self) -> int:
        """Number of months."""
        return int(as_month(self.month).ordinal) - self.start + 1


def scan_block(block: Any, clock: Clock, *, least: int = 12, where: str = "scan_block") -> Any:
    """Find all facts of the latest month of every series of one block.

    Pure: the answer for a series depends on its row and on the clock, not on the block it is in.
    Joined, the answers of any blocks are those of `find_latest` for the whole table.

    Parameters
    ----------
    block : pyarrow.Table, pyarrow.RecordBatch or DataFrame
        Wide: ``unique_id`` and one column a month, named as in ``"2025-06"``. Long: ``unique_id``,
        ``ds`` (month) and ``y`` (value), with all rows of each of its series.
    clock : Clock
        The months that all blocks share.
    least : int
        How many earlier months with a value a record needs.
    where : str
        What to call the block in an error.

    Returns
    -------
    pyarrow.Table
        One row a series, in order of appearance; its schema is `FACTS`.

    Raises
    ------
    TrendsError
        If the block is of neither shape, or a series has two values for one month.

    Examples
    --------
    >>> wide = pd.DataFrame({"unique_id": ["a"], "2025-04": [3], "2025-05": [5], "2025-06": [4]})
    >>> facts = scan_block(wide, Clock("2025-04", "2025-06"))
    >>> facts.select(["unique_id", "month", "fall", "since", "rank"]).to_pylist()
    [{'unique_id': 'a', 'month': '2025-06', 'fall': 1, 'since': '2025-05', 'rank': 2}]
    """
    table = as_table(block, where) if isinstance(block, pd.DataFrame) else block
    if isinstance(table, pa.RecordBatch):
        table = pa.Table.from_batches([table])
    if table.num_rows == 0:
        return FACTS.empty_table()
    shape = shape_of(table.schema, where)
    names, values = shape.series(table, clock.start, clock.n_time, where)
    return facts_of(names, values, clock, least, where)


def facts_of(names: Any, values: npt.NDArray[Any], clock: Clock, least: int, where: str) -> Any:
    """The facts of series that all have the months of `clock`; `names` is an Arrow array."""
    known = values.dtype.kind != "f" or not np.isnan(values[:, -1]).all()
    if not known:
        # Alone, this block would be answered for an earlier month. A row that is known in this one
        # stands in with it, and is taken out of the answer.
        values = np.concatenate([values, np.zeros((1, values.shape[1]))])
    # An array that came over a network may lie askew in memory, which the kernels do not take.
    values = np.require(values, requirements="A")
    labels = tuple(map(str, range(len(values))))
    try:
        latest = find_latest(Panel(values, clock.months, labels), least=least)
    except InvalidPanel:
        _refuse_infinity(names, values, clock, where)
        raise
    if len(names.unique()) != len(names):
        twice = pd.Series(names.to_pylist()).value_counts().index[0]
        raise BadTable(where, f"two rows are the series {twice!r}", "Keep one row a series.")
    return _table(names, latest).slice(0, len(names))


def _refuse_infinity(names: Any, values: npt.NDArray[Any], clock: Clock, where: str) -> None:
    rows, steps = np.nonzero(np.isinf(values))
    if len(rows):
        name, month = names[int(rows[0])].as_py(), str(clock.months[steps[0]])
        found = float(values[rows[0], steps[0]])
        raise BadValue(where, f"of series {name!r}", month, found, "a finite number")


def _table(names: Any, latest: Latest) -> Any:
    at = latest.panel.position(latest.month)
    labels = pa.array(latest.panel.months.astype(str))

    def months(positions: npt.NDArray[Any]) -> Any:
        return labels.take(pa.array(positions, mask=positions < 0))

    def back(steps: npt.NDArray[Any]) -> Any:
        return months(np.where(steps > 0, at - steps, -1))

    size = latest.panel.n_series
    columns: dict[str, Any] = {
        "unique_id": pa.concat_arrays([names, pa.nulls(size - len(names), pa.string())]),
        "month": months(np.full(size, at)),
        "value": latest.values.astype(np.float64),
        "rise": latest.rises,
        "fall": latest.falls,
        "longest_rise": latest.longest_rises,
        "longest_rise_end": months(latest.longest_rise_ends),
        "longest_fall": latest.longest_falls,
        "longest_fall_end": months(latest.longest_fall_ends),
        "record": latest.records,
        "low_record": latest.low_records,
        "since": back(latest.since_steps),
        "since_steps": latest.since_steps,
        "since_low": back(latest.since_low_steps),
        "since_low_steps": latest.since_low_steps,
        "rank": latest.ranks,
        "low_rank": latest.low_ranks,
        "earlier": latest.earlier,
        "difference": latest.differences,
        "ratio": latest.ratios,
        "change": latest.ratios - 1.0,
    }
    arrays = [
        pa.array(columns[part.name], type=part.type, from_pandas=True)
        if isinstance(columns[part.name], np.ndarray)
        else columns[part.name].cast(part.type)
        for part in FACTS
    ]
    return pa.Table.from_arrays(arrays, schema=FACTS)
