"""What a nowcast is made from: days or blocks of days, up to the last one observed."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal, TypeAlias

import numpy as np
import numpy.typing as npt
import pandas as pd

from trends.errors import BadOption, BadValue, MissingColumns, NoValues
from trends.panel import Panel

Floats: TypeAlias = npt.NDArray[np.float64]
DailyLike: TypeAlias = "pd.Series[float] | pd.DataFrame"
DailyKind: TypeAlias = Literal["flow", "stock"]

MOST_DAYS = 500  # of the past that are looked at
YEAR = 364  # whole weeks
LEAST_WEEKS = 8


@dataclass(frozen=True, slots=True, eq=False)
class Days:
    """Daily amounts without a hole in the clock; NaN where unknown."""

    values: Floats
    days: pd.PeriodIndex
    name: str = "value"
    unit: str = ""
    notes: tuple[str, ...] = ()

    @classmethod
    def of(cls, where: str, data: DailyLike, kind: DailyKind) -> Days:
        """Read a daily Series, or the column ``value`` of a daily table."""
        unit = str(data.attrs.get("unit", ""))
        if isinstance(data, pd.DataFrame):
            if "value" not in data.columns:
                raise MissingColumns(where, ["value"], [str(column) for column in data.columns])
            data = data["value"]
        clock = _clock(where, data.index)
        if clock.has_duplicates:
            twice = clock[clock.duplicated()][0]
            raise BadOption(where, "data", f"two values for {twice}", "one value a day")
        if not len(clock):
            raise NoValues(where, "the data have no day")
        values = _numbers(where, data, clock)
        full = pd.period_range(clock.min(), clock.max(), freq="D")
        row = np.full(len(full), np.nan)
        row[clock.asi8 - full.asi8[0]] = values
        notes = []
        if absent := len(full) - len(clock):
            many = "days have no row and are" if absent > 1 else "day has no row and is"
            notes.append(f"{absent} {many} taken for unknown, not for zero")
        if kind == "stock":
            row, full = np.diff(row), full[1:]
        name = "value" if data.name is None else str(data.name)
        return cls(row, full, name, unit, tuple(notes))

    def until(self, day: pd.Period) -> Days:
        """Cut after a day."""
        keep = self.days <= day
        return replace(self, values=self.values[keep], days=self.days[keep])

    def of_month(self, month: pd.Period) -> Floats:
        """The amounts of the days of a month; NaN where unknown or not reached."""
        n = month.days_in_month
        row = np.full(n, np.nan)
        at = self.days.asi8 - pd.Period(month.start_time, "D").ordinal
        inside = (at >= 0) & (at < n)
        row[at[inside]] = self.values[inside]
        return row

    def like_for_like(self, month: pd.Period, seen: npt.NDArray[np.bool_]) -> pd.DataFrame:
        """What the same days of each earlier month brought, and the whole of it."""
        months = self.days.asfreq("M").asi8
        known = np.isfinite(self.values)
        start = np.searchsorted(months, np.unique(months))
        early = np.where(np.append(seen, False)[_own(self.days, len(seen))], self.values, 0.0)
        whole = np.add.reduceat(known, start) == self.days[start].days_in_month.to_numpy()
        clock = self.days.asfreq("M")[start]
        frame = pd.DataFrame(
            {
                "same_days": np.add.reduceat(early, start),
                "total": np.add.reduceat(self.values, start),
            },
            clock.rename("month"),
        )
        keep = whole & np.asarray(clock < month)
        found: pd.DataFrame = frame.loc[keep]
        return found


def _own(days: pd.PeriodIndex, longest: int) -> npt.NDArray[np.int64]:
    """The day of the month from 0; `longest` where the other month has no such day."""
    own: npt.NDArray[np.int64] = np.minimum(days.day.to_numpy(np.int64) - 1, longest)
    return own


def _clock(where: str, index: pd.Index) -> pd.PeriodIndex:
    if isinstance(index, pd.PeriodIndex) and index.freqstr == "D":
        return index
    if isinstance(index, pd.DatetimeIndex):
        if index.hasnans:
            raise BadOption(where, "data", "an unknown day in the index", "a day a value")
        return index.tz_localize(None).to_period("D")
    needed = "daily: a Series on a DatetimeIndex, or a Panel of months"
    raise BadOption(where, "data", f"an index of {index.dtype}", needed)


def _numbers(where: str, data: pd.Series[float], clock: pd.PeriodIndex) -> Floats:
    try:
        values: Floats = np.asarray(data.to_numpy(np.float64, na_value=np.nan), dtype=np.float64)
    except (TypeError, ValueError):
        raise BadOption(where, "data", f"values of {data.dtype}", "numbers") from None
    if np.isinf(values).any():
        row = int(np.flatnonzero(np.isinf(values))[0])
        raise BadValue(where, str(clock[row]), "value", values[row], "finite")
    return values


def are_counts(values: Floats) -> bool:
    """Whether all known values are whole and not negative."""
    known = values[~np.isnan(values)]
    return bool((known >= 0).all() and (known == np.floor(known)).all())


def weekday_factors(values: Floats, weekdays: npt.NDArray[np.int64]) -> Floats:
    """What each weekday brings, against the four weeks around it; shape (7,), of mean 1.

    Of the last year. Each ratio is drawn towards 1 by as much as chance alone would scatter it, so
    that a series without a weekly pattern gets none.
    """
    values, weekdays = values[-YEAR:], weekdays[-YEAR:]
    known = ~np.isnan(values)
    flat = np.ones(7)
    if known.sum() < 7 * LEAST_WEEKS:
        return flat
    window = np.ones(29)
    count = np.convolve(known, window, "same")
    around = np.convolve(np.where(known, values, 0.0), window, "same") / np.maximum(count, 1)
    member = (weekdays[None, :] == np.arange(7)[:, None]) & known
    expected = member @ around
    if expected.min() <= 0:
        return flat
    ratios = (member @ np.where(known, values, 0.0)) / expected
    scatter = (member @ np.where(known, values - around, 0.0) ** 2) / expected**2
    between = max(float(ratios.var(ddof=1) - scatter.mean()), 0.0)
    factors = 1 + (ratios - 1) * between / (between + scatter) if between else flat
    factors = np.maximum(factors, 0.05)
    shares: Floats = np.asarray(factors / factors.mean(), dtype=np.float64)
    return shares


@dataclass(frozen=True, slots=True, eq=False)
class Blocks:
    """Amounts of stretches of days, of which the last is what is known of the month."""

    values: Floats
    spans: Floats
    notes: tuple[str, ...] = ()

    @classmethod
    def of(
        cls, where: str, panel: Panel, month: pd.Period, past: pd.Series[float] | None, k: int
    ) -> Blocks:
        """The months of a panel after its last method break, cut in two where `past` can."""
        if panel.n_series != 1:
            needed = "a panel of one series; take it with panel.select(name)"
            raise BadOption(where, "data", f"{panel.n_series} series", needed)
        panel = panel.until(month)
        part = panel.segments()[-1]
        months, row = panel.months[part], panel.known()[0, part].astype(np.float64)
        lengths = months.days_in_month.to_numpy(np.float64)
        heads = np.full(len(row), np.nan) if past is None else _heads(where, past, months)
        values, spans = [], []
        for total, n, head in zip(row[:-1], lengths[:-1], heads[:-1], strict=True):
            if np.isnan(head) or np.isnan(total) or k >= n:
                values.append(total)
                spans.append(n)
            else:
                values += [head, total - head]
                spans += [float(k), n - k]
        if are_counts(row) and (np.asarray(values) < 0).any():
            raise BadOption(where, "past", "more than the total of its month", "a part of it")
        notes = []
        if part.start:
            notes.append(f"months before {months[0]} are of another definition")
        if unknown := int(np.isnan(row[:-1]).sum()):
            notes.append(f"{unknown} earlier month{'s are' if unknown > 1 else ' is'} unknown")
        so_far = float(panel.values[0, -1])
        return cls(np.array([*values, so_far]), np.array([*spans, float(k)]), tuple(notes))


def _heads(where: str, past: pd.Series[float], months: pd.PeriodIndex) -> Floats:
    if not isinstance(past, pd.Series) or not isinstance(past.index, pd.PeriodIndex):
        raise BadOption(where, "past", type(past).__name__, "a Series on a monthly PeriodIndex")
    return np.asarray(past.reindex(months).to_numpy(np.float64, na_value=np.nan))
