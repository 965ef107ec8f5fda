"""What is drawn of one series, wherever it comes from, and the options it is drawn by."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from trends.panel import Panel
from trends.plots._dress import (
    FloatRow,
    name_words,
    number,
    places_of,
    source_words,
    subtitle_words,
    upper,
)
from trends.plots._marks import (
    FEW,
    Flag,
    anomaly_flags,
    anomaly_words,
    floats,
    odd_months,
    partial_words,
)
from trends.plots._speech import kind_words, month_said, said, spoken, step_said
from trends.plots._style import Size, new_axes, reset
from trends.wording import quantity_words, unit_words


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """The options of `plot`."""

    ax: Axes | None = None
    title: str | None = None
    subtitle: str | None = None
    source: str | None = None
    month: pd.Period | None = None
    first: pd.Period | None = None
    series: str | None = None
    size: Size = "page"
    sharey: bool = True

    def axes(self) -> Axes:
        """Where to draw: new axes, or those given, freed of the user's settings."""
        ax = new_axes(self.size) if self.ax is None else self.ax
        reset(ax)
        return ax


class Endog(Protocol):
    """What a model was fitted to."""

    @property
    def values(self) -> FloatRow: ...
    @property
    def months(self) -> pd.PeriodIndex | None: ...
    @property
    def name(self) -> str: ...
    @property
    def unit(self) -> str: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One series on one clock, and what there is to say of it.

    Parameters
    ----------
    clock : PeriodIndex, or Index of whole numbers
    values : float64 array, shape (n,)
        NaN where unknown.
    partial : tuple of str
        ``7 of 30 days`` where a month is not complete, else empty.
    name, subtitle, source : str
    flags : tuple of Flag
        Breaks and spans that come with the data, and `facts`, the same in sentences.
    line : bool
        Whether it is a level, which a line shows, and not an amount, which bars do.
    odd : tuple of int
        Months that must not squeeze the others flat: they take no part in ranks or records.
    missing : str
        Why a value is.
    """

    clock: pd.Index
    values: FloatRow
    name: str
    subtitle: str
    partial: tuple[str, ...] = ()
    unit: str = ""
    source: str = ""
    flags: tuple[Flag, ...] = ()
    facts: tuple[str, ...] = ()
    line: bool = False
    odd: tuple[int, ...] = ()
    missing: str = "unknown"

    @classmethod
    def of_panel(cls, panel: Panel, series: str) -> Row:
        """The months of a panel."""
        return cls(
            clock=panel.months,
            values=floats(panel, series),
            name=name_words(panel, series),
            subtitle=subtitle_words(panel, series),
            partial=tuple(partial_words(panel)),
            unit=unit_words(panel.unit, spoken()),
            source=source_words(panel),
            flags=tuple(anomaly_flags(panel)),
            facts=tuple(anomaly_words(panel.anomalies, panel)),
            line=panel.kind == "stock",
            odd=tuple(odd_months(panel)),
        )

    @classmethod
    def of_endog(cls, endog: Endog) -> Row:
        """What a model was fitted to."""
        months = endog.months
        unit, name = unit_words(endog.unit, spoken()), quantity_words(endog.name, spoken())
        per = unit if unit and endog.unit not in endog.name else ""
        if months is not None:
            per = said("monthly_unit", unit=per) if per else said("monthly")
        joint = " " if months is not None and per == said("monthly") else ", "
        return cls(
            clock=pd.RangeIndex(len(endog.values)) if months is None else months,
            values=np.asarray(endog.values, dtype=np.float64),
            name=str(name),
            subtitle=f"{upper(name)}{joint}{per}" if per else upper(name),
            partial=("",) * len(endog.values),
            unit=unit,
            missing="unknown" if months is None else "unknown_or_partial",
        )

    @property
    def at(self) -> FloatRow:
        """Where the months stand on the axis."""
        if isinstance(self.clock, pd.PeriodIndex):
            return places_of(self.clock)
        return np.asarray(self.clock, dtype=np.float64)

    @property
    def cuts(self) -> list[float]:
        """Where method breaks are."""
        return [flag.first for flag in self.flags if flag.text == kind_words("method break")]

    @property
    def is_partial(self) -> list[bool]:
        """Which months are not complete."""
        return [bool(words) for words in self.partial]

    def when(self, position: int) -> str:
        """A month in words, or the number of a step."""
        step = self.clock[position]
        return month_said(step) if isinstance(step, pd.Period) else step_said(step)

    def span_words(self) -> str:
        """From when to when."""
        return said("span", first=self.when(0), last=self.when(-1))

    def amount(self, value: float) -> str:
        """A value with its unit, unless the name says it."""
        return number(value) + (f" {self.unit}" if self.unit and self.unit not in self.name else "")

    def extremes_words(self) -> str:
        """The highest and the lowest value, of complete months where there are any."""
        whole = np.where(self.is_partial, np.nan, self.values)
        if not np.isfinite(whole).any():
            return "" if np.isfinite(self.values).any() else said("alt_nothing")
        top, low = int(np.nanargmax(whole)), int(np.nanargmin(whole))
        which = "_complete" if any(self.is_partial) else ""
        if whole[top] == whole[low]:
            return said(f"alt_same{which}", value=self.amount(whole[top]))
        return said(
            f"alt_extremes{which}",
            high=self.amount(whole[top]),
            high_month=self.when(top),
            low=self.amount(whole[low]),
            low_month=self.when(low),
        )

    def key_words(self) -> str:
        """What hatches, hollow points and question marks mean, of those that there are."""
        known = np.isfinite(self.values)
        parts = []
        if (np.array(self.is_partial) & known).any():
            parts.append(said("key_hollow" if self.line else "key_hatched"))
        if not self.line and not known.all() and len(known) <= FEW:
            parts.append(said(f"key_{self.missing}"))
        return "; ".join(parts)

    def gaps_words(self) -> list[str]:
        """What is unknown, and what is not complete."""
        missing = int((~np.isfinite(self.values)).sum())
        words = []
        if missing and missing < len(self.values):
            words.append(said(f"alt_{self.missing}", n=missing))
        known = [
            self.when(t)
            for t, part in enumerate(self.is_partial)
            if part and np.isfinite(self.values[t])
        ]
        if known:
            how = "alt_hollow" if self.line else "alt_hatched"
            words.append(said(how, months=", ".join(known)))
        return words
