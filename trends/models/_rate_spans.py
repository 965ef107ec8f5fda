"""Which months are asked about, and which they are held against."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias, cast

import numpy as np
import numpy.typing as npt
import pandas as pd

from trends.errors import BadOption, MonthOutside, WrongKind
from trends.models._endog import Endog, EndogLike
from trends.panel import MonthLike, Panel, as_month, as_panel
from trends.wording import month_words

Places: TypeAlias = npt.NDArray[np.int64]
When: TypeAlias = "MonthLike | int"
WHERE = "fit_rate_ratio"


@dataclass(frozen=True, slots=True)
class Spans:
    """A series cut after the month asked about, and the places of its window and reference.

    Parameters
    ----------
    endog : Endog
        Nothing after the month is in it.
    window, reference : int array
        Where the known values of each stand.
    first, last : int
        The first and last place of the reference, known or not.
    size : int
        How many months the window has, known or not.
    notes : tuple of str
        What is not in either span though it was asked for, in sentences.
    """

    endog: Endog
    window: Places
    reference: Places
    first: int
    last: int
    size: int
    notes: tuple[str, ...]

    @property
    def window_known(self) -> bool:
        """Whether the month asked about is."""
        return len(self.window) > 0 and int(self.window[-1]) == len(self.endog.values) - 1

    @property
    def words(self) -> str:
        """The window: ``June 2025``, ``April to June 2025``."""
        end = len(self.endog.values) - 1
        return self._named(end - self.size + 1, end)

    @property
    def reference_words(self) -> str:
        """What it is compared with: ``the 12 months before``."""
        size = self.last - self.first + 1
        if self.last == len(self.endog.values) - self.size - 1 and size > 1:
            return f"the {size} {'values' if self.endog.months is None else 'months'} before"
        if not size:
            return "what was before"
        return self._named(self.first, self.last)

    def _named(self, first: int, last: int) -> str:
        if self.endog.months is None:
            return f"value {last}" if first == last else f"values {first} to {last}"
        a, b = month_words(self.endog.months[first]), month_words(self.endog.months[last])
        if first == last:
            return b
        return f"{a.split()[0] if a.split()[1] == b.split()[1] else a} to {b}"


def spans_of(
    data: EndogLike,
    month: When | None,
    window: int,
    reference: int | tuple[When, When] | None,
    exposure: npt.ArrayLike | None,
) -> Spans:
    """Cut the data after the month, so that nothing later has a say, and place both spans."""
    endog = _taken(data, month, exposure)
    known = np.isfinite(endog.values)
    if month is None:  # the last known one
        endog = endog.until(int(np.flatnonzero(known)[-1]))
    n = len(endog.values)
    _check_whole("window", window, n)
    start = n - window
    if reference is None:
        first, last = 0, start - 1
    elif isinstance(reference, tuple):
        if len(reference) != 2:
            raise BadOption(WHERE, "reference", reference, "a first and a last month")
        first, last = (_place(endog, when, "reference") for when in reference)
        if not first <= last < start:
            raise BadOption(WHERE, "reference", reference, "in order and before the window")
    else:
        _check_whole("reference", reference, None)
        first, last = max(0, start - reference), start - 1
    known = np.flatnonzero(np.isfinite(endog.values))
    now = known[known >= start]
    then = known[(known >= first) & (known <= last)]
    notes = []
    cut = isinstance(data, Panel) and endog.months is not None and endog.months[0] > data.months[0]
    if first == 0 and cut:
        notes.append("Earlier months are of another definition")
    for part, places, size in (("reference", then, last - first + 1), ("window", now, window)):
        if 0 < len(places) < size:
            notes.append(f"Of the {size} months of the {part}, {len(places)} are known in full")
    return Spans(endog, now, then, first, last, window, tuple(notes))


def _taken(data: EndogLike, month: When | None, exposure: npt.ArrayLike | None) -> Endog:
    if isinstance(data, pd.Series) and isinstance(data.index, pd.PeriodIndex):
        data = as_panel(data.rename(str(data.name) if data.name is not None else "series"))
    if isinstance(data, Panel):
        if data.kind == "stock":
            raise WrongKind(WHERE, "stock", "flow or rate", "Call .flow() first.")
        days = _exposure(exposure, data.n_time)
        if days is None and data.kind == "rate":
            days = np.ones(data.n_time)
        if month is not None:
            data = data.until(as_month(cast(MonthLike, month), WHERE))
        endog = Endog.of(WHERE, data, least=1)
        if days is None:
            return endog
        # what precedes a method break is not in the row any more
        end = data.n_time
        return _with(endog, days[end - len(endog.values) : end])
    row = np.asarray(data)
    days = _exposure(exposure, len(row)) if row.ndim == 1 else None
    if month is not None and row.ndim == 1:
        end = _index(month, len(row)) + 1
        row, days = row[:end], None if days is None else days[:end]
    endog = Endog.of(WHERE, row, least=1)
    return endog if days is None else _with(endog, days)


def _with(endog: Endog, exposure: npt.NDArray[np.float64]) -> Endog:
    return Endog(
        endog.values, exposure, endog.months, endog.counts, endog.name, endog.unit, endog.notes
    )


def _exposure(exposure: npt.ArrayLike | None, n: int) -> npt.NDArray[np.float64] | None:
    if exposure is None:
        return None
    row = np.array(exposure, dtype=np.float64)
    if row.shape != (n,):
        raise BadOption(WHERE, "exposure", row.shape, f"a row of {n}, one for each value")
    if not (np.isfinite(row) & (row > 0)).all():
        raise BadOption(WHERE, "exposure", "a value that is not", "finite and above zero")
    return row


def _check_whole(option: str, found: object, most: int | None) -> None:
    whole = isinstance(found, int | np.integer) and not isinstance(found, bool)
    if not whole or cast(int, found) < 1 or (most is not None and cast(int, found) > most):
        upper = "" if most is None else f" and at most {most}, the months there are"
        raise BadOption(WHERE, option, found, f"a whole number of months from 1{upper}")


def _place(endog: Endog, when: When, option: str) -> int:
    if endog.months is None:
        return _index(when, len(endog.values), option)
    month = as_month(cast(MonthLike, when), WHERE)
    if not endog.months[0] <= month <= endog.months[-1]:
        raise MonthOutside(WHERE, month, endog.months[0], endog.months[-1])
    return int((month - endog.months[0]).n)


def _index(when: When, n: int, option: str = "month") -> int:
    if not isinstance(when, int | np.integer) or isinstance(when, bool) or not -n <= when < n:
        raise BadOption(WHERE, option, when, f"an index of the {n} values; months need a clock")
    return int(when) % n
