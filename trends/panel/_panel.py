"""The one shape that carries data: series of one quantity on one monthly clock."""

from __future__ import annotations

import datetime as dt
import html
from dataclasses import dataclass, field, fields, replace
from itertools import pairwise
from typing import Literal, TypeAlias, cast, get_args

import numpy as np
import numpy.typing as npt
import pandas as pd

from trends.errors import (
    BadOption,
    InvalidPanel,
    MonthOutside,
    UnknownName,
    UnknownOption,
    WrongKind,
    spelled,
    whole,
)
from trends.panel._anomalies import Anomaly
from trends.panel._checks import (
    BoolArray,
    ValueArray,
    checked_days,
    checked_months,
    checked_names,
    checked_values,
    held_months,
)
from trends.panel._definitions import as_definition
from trends.panel._months import MonthLike, as_month
from trends.panel._plotting import Plotted
from trends.panel._showing import notebook_html

FloatArray: TypeAlias = npt.NDArray[np.float64]
IntArray: TypeAlias = npt.NDArray[np.int32]
Kind: TypeAlias = Literal["flow", "stock", "rate"]
Status: TypeAlias = Literal["complete", "partial", "gap"]


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Panel(Plotted):
    """Series of one quantity, of one definition, on one monthly clock.

    Immutable: the arrays are read-only views. They share memory with the arrays given, so do not
    write to those afterwards.

    Parameters
    ----------
    values : array_like of float or int, shape (n_series, n_time)
        NaN where a value is unknown: a gap is unknown, never zero. Arrays of float64, int32 and
        int64 are kept as they are, other numbers widened to float64 or int64. Whole numbers are all
        known.
    months : PeriodIndex, shape (n_time,)
        Of frequency ``M``, without holes.
    names : sequence of str, shape (n_series,)
        Unique.
    unit : str
        What one counts, in the plural: ``"drones"``, ``"km2"``.
    kind : {'flow', 'stock', 'rate'}
        An amount a month, a level at the end of the month, or an amount a day.
    observed_days : array_like of int, shape (n_time,), optional
        How many days of each month the source covers. By default every day of a month in which any
        series has a value, and none of a month in which no series has one.
    quantity : str
        What is measured, in words that can begin a sentence: ``"drones launched"``.
    definition : Definition or str
        The rule that made the numbers, in a sentence.
    source : str
        Who publishes them.
    as_of : date, optional
        The day on which these values were known.
    adds_up_to : str
        What a flow adds up to, where that is a quantity of its own (``"territory held"`` for km2
        gained): a rise of such a flow is an *acceleration*.
    metric : str
        A key that panels share which measure the same thing under different definitions.
    anomalies : tuple of Anomaly
        Method breaks, splices and other oddities.
    notes : tuple of str
        What was done on the way here: rows left out, conversions.

    Raises
    ------
    InvalidPanel
        If the parts do not fit together.

    Examples
    --------
    >>> months = pd.period_range("2025-03", "2025-06", freq="M")
    >>> panel = Panel([[240.0, 379.0, 507.0, 588.0]], months, ["territory"], unit="km2")
    >>> panel
    <Panel: territory (km2, flow), 2025-03 to 2025-06, 4 months>
    >>> panel["territory"]["2025-06"]
    np.float64(588.0)
    """

    values: ValueArray
    months: pd.PeriodIndex
    names: tuple[str, ...]
    unit: str = ""
    kind: Kind = "flow"
    observed_days: IntArray = cast(IntArray, None)  # noqa: RUF009
    quantity: str = ""
    definition: str = ""  # held as a Definition, which is a str
    source: str = ""
    as_of: dt.date | None = None
    adds_up_to: str = ""
    metric: str = ""
    anomalies: tuple[Anomaly, ...] = ()
    notes: tuple[str, ...] = field(default=())

    def __post_init__(self) -> None:
        def put(name: str, value: object) -> None:
            object.__setattr__(self, name, value)

        put("values", checked_values(self.values))
        put("months", checked_months(self.months, self.values.shape[1]))
        put("names", checked_names(self.names, self.values.shape[0]))
        put("observed_days", checked_days(self.observed_days, self.values, self.months))
        put("anomalies", tuple(sorted(self.anomalies, key=lambda a: (a.first, a.kind, a.note))))
        put("notes", tuple(map(whole, self.notes)))
        put("definition", as_definition(self.definition))
        for part in ("unit", "quantity", "source", "adds_up_to", "metric"):
            put(part, whole(getattr(self, part)))
        if self.kind not in get_args(Kind):
            raise UnknownOption("Panel", kind=self.kind, known=get_args(Kind))

    def __reduce__(self) -> tuple[type[Panel], tuple[object, ...]]:
        # A copy or an unpickled array is writable: make the panel anew.
        return Panel, tuple(getattr(self, part.name) for part in fields(self))

    # --- looking -----------------------------------------------------------------------------
    @property
    def n_series(self) -> int:
        """Number of series."""
        return int(self.values.shape[0])

    @property
    def n_time(self) -> int:
        """Number of months."""
        return int(self.values.shape[1])

    @property
    def complete(self) -> BoolArray:
        """Which months the source covers on all of their days, shape (n_time,)."""
        length: IntArray = np.asarray(self.months.days_in_month)
        complete: BoolArray = self.observed_days == length
        return complete

    def position(self, month: MonthLike) -> int:
        """Position of `month` on the clock.

        Raises
        ------
        UnknownMonth, MonthOutside
            If it names no month, or one outside the panel.
        """
        period = as_month(month)
        if not self.months[0] <= period <= self.months[-1]:
            raise MonthOutside(self.quantity or "panel", period, self.months[0], self.months[-1])
        return int((period - self.months[0]).n)

    def status(self, month: MonthLike) -> Status:
        """Whether `month` is complete, partial or a gap."""
        at = self.position(month)
        if self.observed_days[at] == 0:
            return "gap"
        return "complete" if self.complete[at] else "partial"

    def segments(self) -> tuple[slice, ...]:
        """Stretches of months within which values are comparable: they end at method breaks."""
        starts = {0}
        for anomaly in self.anomalies:
            if anomaly.kind == "method break" and self.months[0] < anomaly.first <= self.months[-1]:
                starts.add(self.position(anomaly.first))
        edges = [*sorted(starts), self.n_time]
        return tuple(slice(a, b) for a, b in pairwise(edges))

    def __getitem__(self, name: str) -> pd.Series[float]:
        if name not in self.names:
            raise UnknownName(
                f"panel of {self.quantity or self.unit or 'series'}", name, self.names
            )
        row = self.values[self.names.index(name)]
        return pd.Series(row.copy(), index=self.months, name=name)

    def frame(self) -> pd.DataFrame:
        """Months down, series across; NaN where unknown."""
        return pd.DataFrame(self.values.T, index=self.months, columns=list(self.names), copy=True)

    # --- moving ------------------------------------------------------------------------------
    def select(self, *names: str) -> Panel:
        """The panel with only the series named."""
        rows = []
        for name in names:
            if name not in self.names:
                raise UnknownName("Panel.select", name, self.names)
            rows.append(self.names.index(name))
        return replace(self, values=self.values[rows], names=names)

    def window(self, first: MonthLike, last: MonthLike) -> Panel:
        """The panel from `first` to `last`, both included."""
        a, b = self.position(first), self.position(last) + 1
        if b <= a:
            raise BadOption("Panel.window", "last", str(last), f"at or after {first}")
        return replace(
            self,
            values=self.values[:, a:b],
            months=self.months[a:b],
            observed_days=self.observed_days[a:b],
        )

    def until(self, month: MonthLike) -> Panel:
        """The panel up to `month`, included."""
        return self.window(self.months[0], month)

    def known(self) -> ValueArray:
        """Values of complete months; NaN elsewhere, so that a partial month competes with none.

        The values themselves, not copied, if all months are complete; otherwise a copy, of float64.
        """
        complete = self.complete
        if complete.all():
            return self.values
        return np.where(complete, self.values, np.nan)

    def per_day(self) -> Panel:
        """The flow divided by the observed days of each month.

        Raises
        ------
        WrongKind
            If the panel is not a flow.
        """
        if self.kind != "flow":
            remedy = "Call .flow() first." if self.kind == "stock" else "It already is by the day."
            raise WrongKind("Panel.per_day", self.kind, "flow", remedy)
        with np.errstate(divide="ignore", invalid="ignore"):
            rates = np.where(self.observed_days > 0, self.values / self.observed_days, np.nan)
        return replace(self, values=rates, kind="rate", unit=f"{self.unit} per day".strip())

    def flow(self) -> Panel:
        """The monthly flow of a stock: the difference of month-ends.

        The flow is unknown in the first month, and after a month whose end was not observed.

        Raises
        ------
        WrongKind
            If the panel is not a stock.
        """
        if self.kind != "stock":
            per = "month" if self.kind == "flow" else "day"
            raise WrongKind("Panel.flow", self.kind, "stock", f"It already is an amount a {per}.")
        if self.n_time < 2:
            raise InvalidPanel("one month of a stock has no flow", "Load at least two months.")
        flows = np.full(self.values.shape, np.nan)
        before = np.where(self.complete, self.values, np.nan)[:, :-1]
        flows[:, 1:] = self.values[:, 1:] - before
        for part in self.segments():  # a difference across a method break is not a flow
            flows[:, part.start] = np.nan
        days = np.where(held_months(flows), self.observed_days, 0)
        return replace(
            self,
            values=flows[:, 1:],
            months=self.months[1:],
            observed_days=days[1:].astype(np.int32),
            kind="flow",
            quantity=f"net change of {self.quantity}" if self.quantity else "",
            adds_up_to=self.quantity or self.names[0],
        )

    # --- showing -----------------------------------------------------------------------------
    def _title(self) -> str:
        names = ", ".join(self.names[:3]) + (
            f" and {self.n_series - 3:,} more series" if self.n_series > 3 else ""
        )
        return f"{names} ({self.unit or 'no unit'}, {self.kind})"

    def __repr__(self) -> str:
        months = f"{self.n_time} month{'s' if self.n_time > 1 else ''}"
        span = f"{self.months[0]} to {self.months[-1]}"
        return spelled(f"<Panel: {self._title()}, {span}, {months}>")

    def _repr_html_(self) -> str:
        tail = self.window(self.months[max(0, self.n_time - 13)], self.months[-1])
        shown = tail.select(*self.names[:8])
        head = "".join(f"<th scope='col'>{html.escape(name)}</th>" for name in shown.names)
        rows = []
        for t, month in enumerate(shown.months):
            cells = "".join(
                f"<td>{'unknown' if np.isnan(v) else f'{v:,.10g}'}</td>" for v in shown.values[:, t]
            )
            rows.append(
                f"<tr><th scope='row'>{month}</th>{cells}"
                f"<td>{shown.status(month)}, {shown.observed_days[t]} days</td></tr>"
            )
        about = html.escape(" ".join(x for x in (self.definition, self.source) if x))
        return notebook_html(
            table=f"<table><caption>{html.escape(repr(self)[1:-1])}<br>{about}</caption>"
            f"<thead><tr><th scope='col'>month</th>{head}<th scope='col'>observed</th></tr></thead>"
            f"<tbody>{''.join(rows)}</tbody></table>"
        )
