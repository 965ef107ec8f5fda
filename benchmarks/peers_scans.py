"""Runs, records and windows by bottleneck, numbagg, xclim, pandas, polars, scipy and NumPy.

Each way is the fastest one known to us with that library, in the layout that it likes best.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from programs import Answer, Array, Arrays, Program, by

WINDOW = 12


def frame(arrays: Arrays) -> Any:
    """A pandas frame with the months as its rows, each series one block of memory."""
    import pandas as pd

    (array,) = arrays.values()
    return pd.DataFrame(array.T)


def polars_frame(arrays: Arrays) -> Any:
    import polars as pl

    (array,) = arrays.values()
    n, n_time = array.shape
    return pl.DataFrame(
        {"series": np.repeat(np.arange(n, dtype=np.int32), n_time), "x": array.ravel()}
    )


def data_array(arrays: Arrays) -> Any:
    import xarray as xr

    (array,) = arrays.values()
    return xr.DataArray(array, dims=("series", "time"))


def since_zero(flags: Array, fill: Any) -> Array:
    """Steps since the last zero, given what carries the last known value of each row on."""
    step = np.arange(1.0, flags.shape[1] + 1)
    zeros = np.where(flags == 0, step, np.nan)
    zeros[:, 0] = np.where(flags[:, 0] == 0, 1.0, 0.0)
    return np.asarray(step - fill(zeros))


def bottleneck_runs(flags: Array) -> Array:
    import bottleneck

    return since_zero(flags, lambda zeros: bottleneck.push(zeros, axis=1))


def numbagg_runs(flags: Array) -> Array:
    import numbagg

    return since_zero(flags, lambda zeros: numbagg.ffill(zeros, axis=1))


def xclim_runs(flags: Any) -> Array:
    from xclim.indices.run_length import _cumsum_reset  # the public rle() does more

    return np.asarray(_cumsum_reset(flags).values)


def pandas_runs(flags: Any) -> Any:
    total = flags.cumsum()
    return total - total.where(flags == 0).ffill().fillna(0)


def polars_runs(flags: Any) -> Any:
    import polars as pl

    total = flags.lazy().with_columns(total=pl.col("x").cum_sum().over("series"))
    zeros = pl.when(pl.col("x") == 0).then(pl.col("total"))
    last = zeros.forward_fill().over("series").fill_null(0)
    return total.select((pl.col("total") - last).alias("run")).collect()["run"]


def xclim_run_ends(flags: Any) -> tuple[Array, Array, Array]:
    from xclim.indices.run_length import rle

    lengths = rle(flags, index="last").fillna(0)
    return lengths.max("time").values, lengths.argmax("time").values, lengths.values[:, -1]


def pandas_run_ends(flags: Any) -> tuple[Array, Array, Array]:
    lengths = pandas_runs(flags)
    return lengths.max().to_numpy(), lengths.idxmax().to_numpy(), lengths.iloc[-1].to_numpy()


def run_ends(result: tuple[Array, Array, Array]) -> Answer:
    """Longest run, its last step (the first one of equals; -1 without a run), current run."""
    longest, end, current = (np.asarray(part, np.int64) for part in result)
    return {"longest": longest, "end": np.where(longest > 0, end, -1), "current": current}


def numpy_records(values: Array) -> Array:
    flags = np.zeros(values.shape, bool)
    highest = np.maximum.accumulate(values, axis=1)
    np.greater(values[:, 1:], highest[:, :-1], out=flags[:, 1:])
    return flags


def pandas_records(values: Any) -> Any:
    return values > values.cummax().shift()


def polars_records(values: Any) -> Any:
    import polars as pl

    highest = pl.col("x").cum_max().shift()
    record = (pl.col("x") > highest).fill_null(False)
    return values.lazy().select(record.over("series").alias("record")).collect()["record"]


def python_since(values: Array) -> list[list[int]]:
    """A stack of the values that are not yet exceeded: linear, in plain Python."""
    found = []
    for row in values.tolist():
        stack: list[int] = []
        since = []
        for t, value in enumerate(row):
            while stack and row[stack[-1]] < value:
                stack.pop()
            since.append(t - stack[-1] if stack else 0)
            stack.append(t)
        found.append(since)
    return found


def numpy_last_since(values: Array) -> Array:
    higher = values[:, -2::-1] >= values[:, -1:]
    back = higher.argmax(axis=1) + 1
    return np.where(higher.any(axis=1), back, 0)


def numpy_latest(values: Array) -> Answer:
    """The facts of the last month, each by NumPy's fastest idiom."""
    last, before = values[:, -1:], values[:, :-1]
    still = before[:, ::-1] >= values[:, :0:-1]  # no rise, from the last step backwards
    run = np.where(still.any(axis=1), still.argmax(axis=1), still.shape[1])
    return {
        "rise": run,
        "record": (last > before.max(axis=1, keepdims=True))[:, 0],
        "since": numpy_last_since(values),
        "rank": (before > last).sum(axis=1) + 1,
        "change": values[:, -1] - values[:, -2],
    }


def bottleneck_max(values: Array) -> Array:
    import bottleneck

    return np.asarray(bottleneck.move_max(values, WINDOW, axis=1))


def scipy_max(values: Array) -> Array:
    from scipy.ndimage import maximum_filter1d

    return np.asarray(maximum_filter1d(values, WINDOW, axis=1, origin=(WINDOW - 1) // 2))


def full_windows(result: Array) -> Answer:
    """What a full window gives: programs differ in what they say before."""
    return {"max": np.asarray(result)[:, WINDOW - 1 :]}


def rows(name: str, n_time: int = 240, dtype: Any = np.int64) -> Any:
    return lambda column: {name: column.to_numpy().reshape(-1, n_time).astype(dtype)}


def transposed(name: str, dtype: Any = np.int64) -> Any:
    return lambda frame: {name: frame.to_numpy().T.astype(dtype)}


PROGRAMS = (
    Program("run_lengths", "bottleneck", bottleneck_runs, by("runs", np.int64)),
    Program("run_lengths", "numbagg", numbagg_runs, by("runs", np.int64)),
    Program("run_lengths", "xclim", xclim_runs, by("runs", np.int64), data_array),
    Program("run_lengths", "pandas", pandas_runs, transposed("runs"), frame),
    Program("run_lengths", "polars", polars_runs, rows("runs"), polars_frame),
    Program("run_ends", "xclim", xclim_run_ends, run_ends, data_array),
    Program("run_ends", "pandas", pandas_run_ends, run_ends, frame),
    Program("record_flags", "numpy", numpy_records, by("records")),
    Program("record_flags", "pandas", pandas_records, transposed("records", bool), frame),
    Program("record_flags", "polars", polars_records, rows("records", dtype=bool), polars_frame),
    Program("steps_since", "plain Python", python_since, by("since"), rows=5_000, package="python"),
    Program("last_since", "numpy", numpy_last_since, by("since")),
    Program("latest", "numpy", numpy_latest, dict),
    Program("running_max", "bottleneck", bottleneck_max, full_windows),
    Program("running_max", "scipy", scipy_max, full_windows),
)
