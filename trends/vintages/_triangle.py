"""How the values of a series were revised: the triangle, and the size of revisions by age."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import pandas as pd

from trends.errors import WrongKind
from trends.panel import BoolArray, FloatArray, IntArray, Kind, Panel, Plotted
from trends.vintages._moves import same
from trends.vintages._store import Store


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Revisions(Plotted):
    """All values that a series has had, by month and by the day on which they were known.

    Parameters
    ----------
    series, definition, unit, kind
        What it is.
    vintages : tuple of date
        The days, in order.
    months : PeriodIndex
        All months of which any vintage had a value.
    values : float array, shape (n_vintages, n_time)
        NaN where a vintage had no value.
    observed_days : int32 array, shape (n_vintages, n_time)
        How many days of the month the vintage covered.
    """

    series: str
    definition: str
    unit: str
    kind: Kind
    vintages: tuple[dt.date, ...]
    months: pd.PeriodIndex
    values: FloatArray
    observed_days: IntArray

    @property
    def complete(self) -> BoolArray:
        """Which values are of a whole month, shape (n_vintages, n_time)."""
        length = np.asarray(self.months.days_in_month)
        whole: BoolArray = (self.observed_days == length) & ~np.isnan(self.values)
        return whole

    @property
    def ages(self) -> IntArray:
        """Months since the month ended, by calendar; 0 until the end of the next month."""
        known = np.array([pd.Period(day, "M").ordinal for day in self.vintages])
        ages: IntArray = np.maximum(known[:, None] - self.months.asi8 - 1, 0).astype(np.int32)
        return ages

    def triangle(self) -> pd.DataFrame:
        """Months down, vintages across: the value of each complete month as known on that day."""
        values = np.where(self.complete, self.values, np.nan)
        frame = pd.DataFrame(values.T, self.months, pd.Index(self.vintages, name="as_of"))
        return frame.dropna(how="all")

    def frame(self) -> pd.DataFrame:
        """One row a complete month and vintage.

        Columns ``month, as_of, age, value, newest, to_come``: the value then, the value of the
        newest vintage that has the month, and the second minus the first.
        """
        k, t = np.nonzero(self.complete)
        newest = self._newest()[t]
        value = self.values[k, t]
        frame = pd.DataFrame(
            {
                "month": self.months[t],
                "as_of": [self.vintages[i] for i in k],
                "age": self.ages[k, t],
                "value": value,
                "newest": newest,
                "to_come": np.where(same(value, newest), 0.0, newest - value),
            }
        )
        return frame.sort_values(["month", "as_of"], ignore_index=True)

    def by_age(self) -> pd.DataFrame:
        """How far values of each age were from what is known now.

        A value counts if a later vintage has the month too.

        Returns
        -------
        DataFrame
            Index ``age``, months since the month ended. Columns ``values`` (how many), ``revised``
            (of these), ``mean``, ``mean_absolute`` and ``largest`` (of the revisions that were
            still to come, in the unit of the series, those of 0 included).
        """
        frame = self.frame()
        last = frame.groupby("month")["as_of"].transform("max")
        early = frame[frame["as_of"] < last]
        size = early["to_come"].abs()
        groups = early.assign(size=size, moved=size > 0).groupby("age")
        table = groups.agg(
            values=("to_come", "size"),
            revised=("moved", "sum"),
            mean=("to_come", "mean"),
            mean_absolute=("size", "mean"),
            largest=("size", "max"),
        )
        return table.astype({"values": int, "revised": int})

    def flow(self) -> Revisions:
        """The revisions of the monthly flow of a stock: within each vintage, month less month.

        Raises
        ------
        WrongKind
            If it is not a stock.
        """
        if self.kind != "stock":
            raise WrongKind("Revisions.flow", self.kind, "stock", "It already is a flow.")
        flows = np.full(self.values.shape, np.nan)
        ends = np.where(self.complete, self.values, np.nan)
        flows[:, 1:] = self.values[:, 1:] - ends[:, :-1]
        return replace(self, kind="flow", values=flows)

    def _newest(self) -> FloatArray:
        last = len(self.vintages) - 1 - np.argmax(self.complete[::-1], axis=0)
        newest: FloatArray = self.values[last, np.arange(len(self.months))]
        return newest


def revisions(
    series: str | Panel,
    *,
    store: Store | str | Path | None = None,
    definition: str | None = None,
) -> Revisions:
    """All vintages of a series: the triangle of its values, and its revisions by age.

    Parameters
    ----------
    series : str or Panel
        The name of a series in the store, or a panel of that one series.
    store : Store, path or URL, optional
        By default the store in the user's data folder.
    definition : str, optional
        Which of several definitions, as for `Store.load`.

    Returns
    -------
    Revisions
        Of a stock, ``.flow()`` gives those of the monthly changes.

    Raises
    ------
    UnreadableFile
        If there is no store.
    UnknownName, BadOption
        If it has no such series, or several.

    Examples
    --------
    >>> import tempfile
    >>> months = pd.period_range("2024-07", periods=2, freq="M")
    >>> with Store.open(Path(tempfile.mkdtemp(), "store.sqlite")) as store:
    ...     for day, values in (("2024-10-13", [181, 222]), ("2024-11-17", [181, 228])):
    ...         _ = store.add(Panel([values], months, ["missiles"], definition="All."), as_of=day)
    ...     found = revisions("missiles", store=store)
    >>> found.triangle()
    as_of    2024-10-13  2024-11-17
    2024-07       181.0       181.0
    2024-08       222.0       228.0
    >>> found.by_age()
         values  revised  mean  mean_absolute  largest
    age
    1         1        1   6.0            6.0      6.0
    2         1        0   0.0            0.0      0.0
    """
    if not isinstance(store, Store):
        with Store.open(store, read_only=True) as opened:
            return revisions(series, store=opened, definition=definition)
    cells = store.cells(series, definition, "revisions")
    about = cells.series
    return Revisions(
        about.name,
        about.definition,
        about.unit,
        about.kind,
        cells.vintages,
        cells.months,
        cells.values,
        cells.days,
    )
