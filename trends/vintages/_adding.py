"""A panel into the store, whole or not at all."""

from __future__ import annotations

import datetime as dt
import math
from dataclasses import dataclass

import numpy as np

from trends.panel import Panel
from trends.vintages._cells import anomalies_text
from trends.vintages._connections import Connection, Row
from trends.vintages._errors import ConflictingVintage


@dataclass(frozen=True, slots=True)
class Added:
    """What `Store.add` did.

    Parameters
    ----------
    series : tuple of str
        The series of the panel that have a value.
    as_of : date
        The vintage.
    new : int
        Values (series by month) that were added.
    unchanged : int
        Values that were already there.
    """

    series: tuple[str, ...]
    as_of: dt.date
    new: int
    unchanged: int

    def __str__(self) -> str:
        names = ", ".join(self.series[:3])
        more = f" and {len(self.series) - 3:,} more" if len(self.series) > 3 else ""
        months = "month" if self.new == 1 else "months"
        return (
            f"{names}{more} as of {self.as_of}: {self.new:,} {months} added, "
            f"{self.unchanged:,} already there."
        )


def add_panel(connection: Connection, panel: Panel, day: dt.date, source: str) -> Added:
    """Add all known values of a panel as one transaction, in a fixed number of statements."""
    months = [str(month) for month in panel.months]
    new: list[Row] = []
    names, unchanged = [], 0
    with connection.writing():
        series = _Table(connection, "trends_series", _series(connection, panel, day))
        vintages = _Table(connection, "trends_vintage", _vintages(connection, panel, day))
        stored = _stored(connection, panel, day)
        for i, name in enumerate(panel.names):
            known = np.flatnonzero(~np.isnan(panel.values[i]))
            if not len(known):
                continue
            names.append(name)
            fresh = []
            for t in known:
                given = float(panel.values[i, t]), int(panel.observed_days[t])
                if (name, months[t]) in stored:
                    had = stored[name, months[t]]
                    _check_same(connection, name, months[t], day, had, given)
                    unchanged += 1
                else:
                    fresh.append((months[t], *given))
            if fresh:
                about = series.id(name, name, panel.definition, panel.unit, panel.kind)
                vintage = vintages.id(name, about, *_about(panel, day, source))
                new += [(vintage, *row) for row in fresh]
        series.insert()
        vintages.insert()
        connection.insert("INSERT INTO trends_value VALUES (?, ?, ?, ?)", new)
    return Added(tuple(names), day, len(new), unchanged)


class _Table:
    """The ids of a table by the name of the series, and the rows to be added to it."""

    def __init__(self, connection: Connection, table: str, ids: dict[str, int]) -> None:
        self._connection, self._table, self._ids = connection, table, ids
        # The only writer asks, so that no two get the same number.
        ((self._last,),) = connection.execute(f"SELECT COALESCE(MAX(id), 0) FROM {table}")
        self._rows: list[Row] = []

    def id(self, name: str, *row: object) -> int:
        """The id for a name; a new one, with its row, where there is none."""
        if name not in self._ids:
            self._last += 1
            self._ids[name] = self._last
            self._rows.append((self._last, *row))
        return self._ids[name]

    def insert(self) -> None:
        """Add the new rows."""
        if self._rows:
            places = ", ".join("?" * len(self._rows[0]))
            self._connection.insert(f"INSERT INTO {self._table} VALUES ({places})", self._rows)


def _about(panel: Panel, day: dt.date, source: str) -> Row:
    """The columns of a vintage after its id and series."""
    now = dt.datetime.now(dt.UTC).isoformat(timespec="seconds")
    words = panel.quantity, panel.adds_up_to, panel.metric, source
    return day.isoformat(), *words, anomalies_text(panel.anomalies), now


def _series(connection: Connection, panel: Panel, day: dt.date) -> dict[str, int]:
    """The ids of the series of this definition, in the unit and kind of the panel."""
    rows = connection.execute(
        "SELECT name, id, unit, kind FROM trends_series WHERE definition = ?", (panel.definition,)
    )
    for name, _, unit, kind in rows:
        for what, stored, given in (("unit", unit, panel.unit), ("kind", kind, panel.kind)):
            if name in panel.names and stored != given:
                raise ConflictingVintage(connection.address, name, what, day, stored, given)
    return {name: int(number) for name, number, *_ in rows}


def _vintages(connection: Connection, panel: Panel, day: dt.date) -> dict[str, int]:
    """The ids of the vintages of that day."""
    rows = connection.execute(
        "SELECT s.name, v.id FROM trends_vintage v JOIN trends_series s ON s.id = v.series_id "
        "WHERE s.definition = ? AND v.as_of = ?",
        (panel.definition, day.isoformat()),
    )
    return {name: int(number) for name, number in rows}


def _stored(
    connection: Connection, panel: Panel, day: dt.date
) -> dict[tuple[str, str], tuple[float, int]]:
    """What the vintages of that day hold: value and observed days by series and month."""
    rows = connection.execute(
        "SELECT s.name, x.month, x.value, x.observed_days FROM trends_value x "
        "JOIN trends_vintage v ON v.id = x.vintage_id JOIN trends_series s ON s.id = v.series_id "
        "WHERE s.definition = ? AND v.as_of = ?",
        (panel.definition, day.isoformat()),
    )
    return {(name, month): (value, days) for name, month, value, days in rows}


def _check_same(
    connection: Connection,
    name: str,
    month: str,
    day: dt.date,
    stored: tuple[float, int],
    given: tuple[float, int],
) -> None:
    if math.isclose(stored[0], given[0], rel_tol=1e-12) and stored[1] == given[1]:
        return
    if stored[1] == given[1]:
        words = [f"{value:.15g}" for value, _ in (stored, given)]
    else:
        words = [f"{value:.15g} of {days} days" for value, days in (stored, given)]
    raise ConflictingVintage(connection.address, name, month, day, *words)
