"""What a model is fitted to: one row of numbers on one clock, however it was given."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TypeAlias

import numpy as np
import numpy.typing as npt
import pandas as pd

from trends.errors import BadOption, NoValues, TooLong, TooShort, spelled
from trends.panel import Panel, as_panel
from trends.wording import Saying

FloatRow: TypeAlias = npt.NDArray[np.float64]
EndogLike: TypeAlias = "npt.ArrayLike | pd.Series[float] | Panel"

# time and memory grow with a power of the length
LONGEST = 20_000


@dataclass(frozen=True, slots=True, repr=False)
class Endog:
    """One series, ready to be fitted.

    Parameters
    ----------
    values : float64 array, shape (n,)
        NaN where unknown: gaps, and partial months of a panel.
    exposure : float64 array, shape (n,)
        What a value is in proportion to: the days of the months of a flow, 1 else.
    months : PeriodIndex or None
        Its clock, where it has one.
    counts : bool
        Whether all known values are whole and not negative, and their unit no area.
    name, unit : str
        Of the panel or series.
    notes : tuple of str
        What was left out, in sentences.
    """

    values: FloatRow
    exposure: FloatRow
    months: pd.PeriodIndex | None
    counts: bool
    name: str = "endog"
    unit: str = ""
    notes: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        object.__setattr__(self, "name", spelled(self.name))
        object.__setattr__(self, "unit", spelled(self.unit))

    def __repr__(self) -> str:
        n = len(self.values)
        at = "" if self.months is None else f", {self.months[0]} to {self.months[-1]}"
        return f"<{self.name}{at}, {n} month{'s' if n > 1 else ''}>"

    @classmethod
    def of(cls, where: str, data: EndogLike, *, least: int = 2, most: int = LONGEST) -> Endog:
        """Take a one-series panel, a monthly Series, or anything that is an array of one dimension.

        Of a panel only complete months are taken, and only those after its last method break: a
        model looks across no break. `least` is how many known values are needed, `most` how long
        it may be.
        """
        clock = (pd.PeriodIndex, pd.DatetimeIndex)
        if isinstance(data, pd.Series) and isinstance(data.index, clock):
            name = str(data.name) if data.name is not None else "series"
            found = cls._of_panel(where, as_panel(data.rename(name)))
        elif isinstance(data, Panel):
            found = cls._of_panel(where, data)
        else:
            found = cls._of_array(where, data)
        known = int(np.isfinite(found.values).sum())
        if not known:
            raise NoValues(where)
        if known < least:
            raise TooShort(where, known, least)
        if len(found.values) > most:
            raise TooLong(where, len(found.values), most)
        return found

    @classmethod
    def _of_panel(cls, where: str, panel: Panel) -> Endog:
        if panel.n_series != 1:
            needed = "a panel of one series; take it with panel.select(name)"
            raise BadOption(where, "data", f"{panel.n_series} series", needed)
        last = panel.segments()[-1]
        months, values = panel.months[last], panel.values[0, last].astype(np.float64)
        partial = ~panel.complete[last] & ~np.isnan(values)
        values[partial] = np.nan
        notes = []
        if last.start:
            notes.append(Saying("warnings.other_definition", month=months[0]))
        if partial.any():
            named = list(months[partial][-3:])
            notes.append(Saying("warnings.partial", n=int(partial.sum()), months=named))
        days = months.days_in_month.to_numpy(np.float64)
        return cls(
            values,
            days if panel.kind == "flow" else np.ones(len(values)),
            months,
            _counts(values) and panel.unit != "km2" and panel.kind == "flow",
            panel.names[0],
            panel.unit,
            tuple(notes),
        )

    @classmethod
    def _of_array(cls, where: str, data: object) -> Endog:
        try:
            values = np.array(data, dtype=np.float64)
        except (TypeError, ValueError):
            raise BadOption(where, "endog", data, "numbers") from None
        if values.ndim != 1:
            raise BadOption(where, "endog", values.shape, "an array of one dimension")
        if np.isinf(values).any():
            raise BadOption(where, "endog", "an infinite value", "finite; NaN where unknown")
        return cls(values, np.ones(len(values)), None, _counts(values))

    def until(self, position: int) -> Endog:
        """Cut after a position."""
        months = None if self.months is None else self.months[: position + 1]
        end = slice(position + 1)
        return replace(self, values=self.values[end], exposure=self.exposure[end], months=months)


def _counts(values: FloatRow) -> bool:
    known = values[~np.isnan(values)]
    return bool((known >= 0).all() and (known == np.floor(known)).all())
