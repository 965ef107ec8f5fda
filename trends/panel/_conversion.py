"""From what pandas users hold to a panel, saying what was done."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import TypeAlias, cast

import numpy as np
import numpy.typing as npt
import pandas as pd

from trends.errors import (
    BadOption,
    BadValue,
    DuplicateMonths,
    EmptyTable,
    MissingColumns,
    NotMonthly,
)
from trends.panel._anomalies import Anomaly
from trends.panel._checks import ValueArray, held_months
from trends.panel._months import as_month
from trends.panel._panel import IntArray, Kind, Panel

PanelLike: TypeAlias = "Panel | pd.Series[float] | pd.DataFrame"

_LONG = ("ds", "y")
_PLAIN = {np.dtype(kind) for kind in (np.float64, np.int32, np.int64)}
_AGGREGATE = (
    "Add the days up first: data.resample('MS').sum(min_count=1) for a flow, "
    "data.resample('MS').last() for a stock."
)


def as_panel(
    data: PanelLike,
    *,
    unit: str = "",
    kind: Kind = "flow",
    quantity: str = "",
    definition: str = "",
    source: str = "",
    as_of: dt.date | None = None,
    adds_up_to: str = "",
    anomalies: tuple[Anomaly, ...] = (),
) -> Panel:
    """Make a panel of a Series or DataFrame; hand a Panel on as it is.

    Parameters
    ----------
    data : Panel, Series or DataFrame
        Whole numbers stay whole if all are and no month is absent.
        A Series or a wide DataFrame has months as its index (periods, month starts or ends, any
        one stamp a month, or text as ``"2025-06"``) and a column a series. A long DataFrame has
        columns ``ds`` (month), ``y`` (value) and, for more than one series, ``unique_id``.
    unit, kind, quantity, definition, source, adds_up_to, anomalies
        As for `Panel`. Not with a Panel, which has its own.
    as_of : date, optional
        The last day that the data cover. Days after it count as not observed.

    Returns
    -------
    Panel
        Its `notes` say what was done: sorting, time zones dropped, missing months.

    Raises
    ------
    NotMonthly
        If the index is daily or no clock at all.
    DuplicateMonths
        If one series has two values for one month.
    BadValue
        If a value is not a number.

    Examples
    --------
    >>> km2 = pd.Series([240, 379, 507, 588], ["2025-03", "2025-04", "2025-05", "2025-06"])
    >>> as_panel(km2.rename("territory"), unit="km2")
    <Panel: territory (km2, flow), 2025-03 to 2025-06, 4 months>
    """
    if isinstance(data, Panel):
        given = (unit, quantity, definition, source, as_of, adds_up_to, anomalies)
        if kind != "flow" or any(given):
            raise BadOption(
                "as_panel",
                "data",
                data,
                "a Series or DataFrame, so it takes no unit, kind or source",
            )
        return data
    notes: list[str] = []
    if isinstance(data, pd.Series):
        name = "value" if data.name is None else str(data.name)
        months, values, names = _wide(data.to_frame(name), notes)
    elif isinstance(data, pd.DataFrame):
        reader = _long if all((data.columns == name).any() for name in _LONG) else _wide
        months, values, names = reader(data, notes)
    else:
        raise BadOption("as_panel", "data", type(data).__name__, "a Panel, Series or DataFrame")
    return Panel(
        values,
        months,
        names,
        unit=unit,
        kind=kind,
        observed_days=_days(values, months, as_of),
        quantity=quantity,
        definition=definition,
        source=source,
        as_of=as_of,
        adds_up_to=adds_up_to,
        anomalies=anomalies,
        notes=tuple(notes),
    )


def _days(values: ValueArray, months: pd.PeriodIndex, as_of: dt.date | None) -> IntArray:
    length = np.asarray(months.days_in_month, dtype=np.int32)
    if as_of is not None:
        last = as_month(as_of)
        length = np.where(months < last, length, np.where(months == last, as_of.day, 0)).astype(
            np.int32
        )
    known = held_months(values)
    if (known & (length == 0)).any():
        late = months[known & (length == 0)][0]
        raise BadOption("as_panel", "as_of", str(as_of), f"at or after {late}, which has a value")
    return np.where(known, length, 0).astype(np.int32)


def _wide(
    frame: pd.DataFrame, notes: list[str]
) -> tuple[pd.PeriodIndex, ValueArray, tuple[str, ...]]:
    if frame.empty:
        raise EmptyTable("as_panel", f"{len(frame)} rows and {frame.shape[1]} columns")
    names = tuple(str(name) for name in frame.columns)
    periods = _periods(frame.index, notes)
    twice = periods[periods.duplicated()]
    if len(twice):
        raise DuplicateMonths("as_panel", names[0], list(twice.unique()))
    values = _numbers(frame, periods, names)
    if not periods.is_monotonic_increasing:
        order = np.argsort(periods.asi8, kind="stable")
        periods, values = periods[order], values[:, order]
        notes.append("Months were not in order and were sorted.")
    full = pd.period_range(periods[0], periods[-1], freq="M")
    if len(full) != len(periods):
        filled = np.full((len(names), len(full)), np.nan)
        filled[:, periods.asi8 - full.asi8[0]] = values
        missing = full.difference(periods)
        notes.append(_absent(missing))
        return full, filled, names
    return periods, values, names


def _long(
    frame: pd.DataFrame, notes: list[str]
) -> tuple[pd.PeriodIndex, ValueArray, tuple[str, ...]]:
    if frame.empty:
        raise EmptyTable("as_panel", "a long table without rows")
    if "unique_id" not in frame.columns and len(frame.columns) > len(_LONG):
        raise MissingColumns("as_panel", ["unique_id"], [str(c) for c in frame.columns])
    if "unique_id" in frame.columns:
        codes, uniques = pd.factorize(frame["unique_id"])
        if (codes < 0).any():
            row = int(np.flatnonzero(codes < 0)[0]) + 1
            raise BadValue("as_panel", row, "unique_id", None, "the name of a series")
        names = tuple(str(name) for name in uniques)
    else:
        codes, names = np.zeros(len(frame), dtype=np.intp), ("y",)
    periods = _periods(pd.Index(frame["ds"]), notes, where="column 'ds'")
    ordinals = periods.asi8
    full = pd.period_range(
        periods[int(ordinals.argmin())], periods[int(ordinals.argmax())], freq="M"
    )
    cell = codes * len(full) + (ordinals - full.asi8[0])
    order = np.argsort(cell, kind="stable")
    same = np.flatnonzero(np.diff(cell[order]) == 0)
    if len(same):
        first = int(order[same[0]])
        raise DuplicateMonths("as_panel", names[codes[first]], [periods[first]])
    numbers = _numbers(frame[["y"]], periods, ["y"])[0]
    empty = len(names) * len(full) - len(frame)
    values = np.full(len(frame) + empty, np.nan) if empty else np.empty_like(numbers)
    values[cell] = numbers
    if empty and len(names) == 1:
        notes.append(_absent(full.difference(periods)))
    elif empty:
        are = "cell (series by month) has" if empty == 1 else "cells (series by month) have"
        was = "was" if empty == 1 else "were"
        notes.append(f"{empty:,} {are} no row and {was} left unknown.")
    return full, values.reshape(len(names), len(full)), names


def _absent(missing: pd.PeriodIndex) -> str:
    words = "month is absent and was" if len(missing) == 1 else "months are absent and were"
    listed = ", ".join(map(str, missing[:6])) + (" ..." if len(missing) > 6 else ".")
    return f"{len(missing)} {words} left unknown: {listed}"


def _numbers(frame: pd.DataFrame, periods: pd.PeriodIndex, names: Sequence[str]) -> ValueArray:
    types = set(frame.dtypes)
    # Not columns.is_unique: it leaves an index in memory, of 40 bytes a column.
    if len(types) == 1 and types <= _PLAIN and len(set(names)) == len(names):
        return cast(ValueArray, frame.to_numpy().T)  # a view, also of a million columns
    for column in frame.columns:
        data = frame[column]
        if isinstance(data, pd.DataFrame):
            raise BadOption(
                "as_panel", "columns", str(column), "unique: two columns have that name"
            )
        if data.dtype.kind not in "iuf":
            for row, value in enumerate(data.array):
                if not (_is_real(value) or (pd.api.types.is_scalar(value) and pd.isna(value))):
                    raise BadValue("as_panel", str(periods[row]), str(column), value, "a number")
    # Objects hold pd.NA and NaT beside numbers, which na_value alone does not turn into NaN.
    objects = any(data.dtype.kind == "O" for _, data in frame.items())
    known = frame.where(frame.notna(), np.nan) if objects else frame
    array = known.to_numpy(dtype=np.float64, na_value=np.nan)
    return cast(ValueArray, array.T)


def _is_real(value: object) -> bool:
    real = isinstance(value, int | float | np.integer | np.floating)
    return real and not isinstance(value, bool)


def _periods(index: pd.Index, notes: list[str], where: str = "the index") -> pd.PeriodIndex:
    if isinstance(index, pd.MultiIndex):
        raise NotMonthly(
            "as_panel",
            f"{index.nlevels} levels",
            "Make a long table of it: data.reset_index(), with columns unique_id, ds and y.",
        )
    if index.hasnans:
        row = int(np.flatnonzero(index.isna())[0]) + 1
        raise BadValue("as_panel", row, where, index[row - 1], "a month")
    if isinstance(index, pd.PeriodIndex):
        if index.freqstr != "M":
            raise NotMonthly("as_panel", f"periods of frequency {index.freqstr}", _AGGREGATE)
        return index
    if isinstance(index, pd.DatetimeIndex):
        return _stamps(index, notes)
    if isinstance(index, pd.RangeIndex) or index.dtype.kind in "iufb":
        raise NotMonthly(
            "as_panel",
            f"numbers ({index[0]}, ...)",
            "Make the column that holds the months the index: data.set_index('month').",
        )
    first = index[0]
    if isinstance(first, str) and len(first.strip()) >= 10:
        try:
            stamps = pd.DatetimeIndex(pd.to_datetime(index, format="ISO8601"))
        except (TypeError, ValueError) as error:
            raise NotMonthly("as_panel", f"text such as {first!r}", "Write '2025-06'.") from error
        return _stamps(stamps, notes)
    if isinstance(first, dt.date) and all(isinstance(day, dt.date) for day in index):
        return _stamps(pd.DatetimeIndex(index), notes)
    months: npt.NDArray[np.int64] = np.fromiter(
        (as_month(value, "as_panel").ordinal for value in index), np.int64, len(index)
    )
    ordinals: pd.PeriodIndex = pd.PeriodIndex.from_ordinals(months, freq="M")  # type: ignore[attr-defined]
    return ordinals


def _stamps(index: pd.DatetimeIndex, notes: list[str]) -> pd.PeriodIndex:
    if index.tz is not None:
        notes.append(f"Time zone {index.tz} was dropped; months are those of its local clock.")
        index = index.tz_localize(None)
    periods = index.to_period("M")
    spread = index.sort_values().unique()
    if len(spread) > 1 and np.median(np.diff(spread.asi8)) < _nanoseconds(index, 20):
        raise NotMonthly(
            "as_panel", f"stamps less than 20 days apart ({spread[0]}, ...)", _AGGREGATE
        )
    days = set(index.day)
    if days != {1} and not index.is_month_end.all():
        notes.append("Each stamp was taken as the month that it lies in.")
    return periods


def _nanoseconds(index: pd.DatetimeIndex, days: int) -> float:
    return pd.Timedelta(days=days) / pd.Timedelta(1, unit=index.unit)
