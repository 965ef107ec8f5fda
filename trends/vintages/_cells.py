"""All that a store knows of one series: a value a vintage and month."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import dataclass

import numpy as np
import pandas as pd

from trends.errors import BadOption, UnknownName, UnreadableFile
from trends.panel import Anomaly, FloatArray, IntArray, Kind, Panel, as_month
from trends.vintages._connections import Connection, Row


@dataclass(frozen=True, slots=True)
class Series:
    """One line of the store's list of series."""

    id: int
    name: str
    definition: str
    unit: str
    kind: Kind


@dataclass(frozen=True, slots=True, eq=False)
class Cells:
    """The values of one series. Arrays have shape (n_vintages, n_time); NaN and 0 days: no row."""

    series: Series
    vintages: tuple[dt.date, ...]
    months: pd.PeriodIndex
    values: FloatArray
    days: IntArray

    def newest(self, day: dt.date | None = None) -> IntArray:
        """For each month the vintage that counts on `day`, -1 where none knew the month.

        That is the latest of those that observed the most days of it, so that a later file that
        only holds the end of a month, or does not reach back to it, overrides nothing.
        """
        known = np.array([day is None or vintage <= day for vintage in self.vintages])
        days = np.where(known[:, None] & ~np.isnan(self.values), self.days, -1)
        fullest = days.max(axis=0)
        last = len(self.vintages) - 1 - np.argmax((days == fullest)[::-1], axis=0)
        return np.where(fullest < 0, -1, last).astype(np.int32)


def find_series(connection: Connection, name: str, definition: str | None, where: str) -> Series:
    """The one series of that name; of several definitions, the one meant."""
    found = [series for series in all_series(connection) if series.name == name]
    if not found:
        raise UnknownName(where, name, sorted({s.name for s in all_series(connection)}))
    if definition is not None and not isinstance(definition, str):
        raise BadOption(where, "definition", definition, "text")
    if definition is not None:
        exact = [series for series in found if series.definition == definition]
        part = definition.strip().casefold()
        meant = exact or [s for s in found if part and part in s.definition.casefold()]
    else:
        meant = found
    if len(meant) != 1:
        raise BadOption(
            where,
            "definition",
            definition,
            f"one of the {len(found)} definitions of {name!r} in the store, or words that only "
            "one of them has: " + " | ".join(series.definition for series in found),
        )
    return meant[0]


def all_series(connection: Connection) -> list[Series]:
    """Every series of a store."""
    rows = connection.execute(
        "SELECT id, name, definition, unit, kind FROM trends_series ORDER BY name, definition"
    )
    return [Series(*row) for row in rows]


def read_cells(connection: Connection, series: Series) -> Cells:
    """All rows of a series, in one statement and so as of one moment."""
    rows = connection.execute(
        "SELECT v.as_of, x.month, x.value, x.observed_days FROM trends_value x "
        "JOIN trends_vintage v ON v.id = x.vintage_id WHERE v.series_id = ? ORDER BY v.as_of",
        (series.id,),
    )
    if not rows:
        raise UnreadableFile(connection.address, f"{series.name!r} has no values", "Add some.")
    texts = list(dict.fromkeys(row[0] for row in rows))
    ordinals = {text: as_month(text, connection.address).ordinal for text in {r[1] for r in rows}}
    first, last = min(ordinals.values()), max(ordinals.values())
    months = pd.period_range(
        pd.Period(ordinal=first, freq="M"), pd.Period(ordinal=last, freq="M"), freq="M"
    )
    values = np.full((len(texts), len(months)), np.nan)
    days = np.zeros(values.shape, dtype=np.int32)
    position = {text: k for k, text in enumerate(texts)}
    for as_of, month, value, observed in rows:
        at = position[as_of], ordinals[month] - first
        values[at], days[at] = float(value), int(observed)
    return Cells(series, tuple(map(dt.date.fromisoformat, texts)), months, values, days)


def panel_of(connection: Connection, cells: Cells, day: dt.date | None) -> Panel:
    """The series as it was known on a day: its latest vintage until then, and months before."""
    at = cells.newest(day)
    known = np.flatnonzero(at >= 0)
    span = slice(int(known[0]), int(known[-1]) + 1)
    best, steps = at[span], np.arange(span.start, span.stop, dtype=np.int32)
    last = max(v for v in cells.vintages if day is None or v <= day)
    about = _about(connection, cells.series, last)
    return Panel(
        np.where(best >= 0, cells.values[best, steps], np.nan)[None, :],
        cells.months[span],
        (cells.series.name,),
        unit=cells.series.unit,
        kind=cells.series.kind,
        observed_days=np.where(best >= 0, cells.days[best, steps], 0).astype(np.int32),
        quantity=about[0],
        definition=cells.series.definition,
        source=about[3],
        as_of=last,
        adds_up_to=about[1],
        metric=about[2],
        anomalies=anomalies_of(about[4]),
        notes=_notes(connection, cells, best, steps, last),
    )


def _about(connection: Connection, series: Series, as_of: dt.date) -> Row:
    (row,) = connection.execute(
        "SELECT quantity, adds_up_to, metric, source, anomalies FROM trends_vintage "
        "WHERE series_id = ? AND as_of = ?",
        (series.id, as_of.isoformat()),
    )
    return row


def _notes(
    connection: Connection, cells: Cells, best: IntArray, steps: IntArray, last: dt.date
) -> tuple[str, ...]:
    notes = [f"From the store {connection.address}, as known on {last}."]
    older = (best >= 0) & (best != cells.vintages.index(last))
    if older.any():
        months = cells.months[steps[older]]
        notes.append(
            f"{len(months)} month{'s' if len(months) != 1 else ''} that this vintage does not "
            f"hold in full, {months[0]} to {months[-1]}, come from earlier ones."
        )
    return tuple(notes)


def anomalies_text(anomalies: tuple[Anomaly, ...]) -> str:
    """Anomalies as JSON."""
    return json.dumps(
        [
            [str(a.first), str(a.last), a.kind, a.note, a.source, list(a.excluded_from)]
            for a in anomalies
        ],
        ensure_ascii=False,
    )


def anomalies_of(text: str) -> tuple[Anomaly, ...]:
    """The anomalies that `anomalies_text` wrote."""
    return tuple(
        Anomaly(as_month(first), as_month(last), kind, note, source, tuple(excluded))
        for first, last, kind, note, source, excluded in json.loads(text)
    )
