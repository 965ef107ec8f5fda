"""ACLED exports: one row an event, counted or its fatalities added up by month."""

from __future__ import annotations

import datetime as dt
import re
import warnings
from collections.abc import Collection, Sequence
from typing import Literal, get_args

import numpy as np

from trends.errors import TrendsWarning, UnknownOption
from trends.loaders._coded import Columns
from trends.loaders._columns import read_columns
from trends.loaders._events import (
    Coverage,
    Events,
    add_up,
    column_names,
    day_of,
    iso_day,
    known_amounts,
    number_of_day,
    once,
    series_of,
    span,
)
from trends.loaders._given import known_on
from trends.loaders._limits import Limits
from trends.loaders._reading import PathLike, lacks
from trends.loaders._rows import shown
from trends.panel import Panel

Measure = Literal["events", "fatalities"]

SOURCE = "ACLED (Armed Conflict Location & Event Data)"
_IDS = ("event_id_cnty", "data_id")  # the newer exports have no data_id
_DAY = re.compile(r"(\d{1,2})[ -]([A-Za-z]{3,9})[ -](\d{4})", re.ASCII)
_MONTHS = (
    *("january", "february", "march", "april", "may", "june", "july", "august"),
    *("september", "october", "november", "december"),
)
_API_PAGE = 5_000


def recognise(columns: Collection[str]) -> dict[str, object] | None:
    """Tell whether a table with these columns is an ACLED export: the options, or None."""
    names = {column.lower() for column in columns}
    known = {"event_date", "event_type", "admin1", "fatalities"} <= names
    return {} if known and names & set(_IDS) else None


def load_acled(
    path: PathLike,
    *,
    by: str | Sequence[str] = ("admin1", "event_type"),
    measure: Measure = "events",
    coverage: Coverage | None = None,
    definition: str = "",
    source: str = SOURCE,
    as_of: dt.date | str | None = None,
    limits: Limits | None = None,
) -> Panel:
    """Load events or fatalities a month from an export of ACLED.

    Parameters
    ----------
    path : path
        The CSV of the export tool, or the CSV or JSON of the API, of any age. Days are written
        ``2025-05-16`` or ``16 May 2025``. Each event is known by ``event_id_cnty`` (``data_id``).
    by : str or sequence of str
        The columns whose combinations are the series: admin levels, event types or any other.
        ``()`` makes one series.
    measure : {'events', 'fatalities'}
        What to add up. ACLED's fatalities are the lowest number reported.
    coverage : (date, date), optional
        The first and the last day that the export covers. In this span a month without an event is
        zero, and all days count as observed. Without it such a month is unknown, since an export
        may be filtered in any way, and only days with an event count as observed.
    definition, source : str, optional
        As for `Panel`; a definition made from the options is the default.
    as_of : date or str, optional
        The day of the export; by default that of the newest ``timestamp`` in it, or else of the
        last event.
    limits : Limits, optional
        How large the file may be.

    Returns
    -------
    Panel
        `notes` count the rows used and every row left out: outside the coverage, repeated, without
        a number.

    Raises
    ------
    UnreadableFile, EmptyTable, MissingColumns
        If it is not such a file.
    NoValues
        If no event has a number, or none lies in the coverage.
    UnknownOption, BadOption
        If an option is none.
    BadValue
        If a day or a number cannot be read.
    BadTable
        If an event is given in two versions.

    Examples
    --------
    >>> load_acled(
    ...     "acled.csv", by="event_type", coverage=("2024-01-01", "2025-06-30")
    ... )  # doctest: +SKIP
    <Panel: Battles, Explosions/Remote violence, ... (events, flow), 2024-01 to 2025-06, 18 months>
    """
    if measure not in get_args(Measure):
        raise UnknownOption("load_acled", measure=measure, known=get_args(Measure))
    by = column_names("load_acled", by)
    declared = span("load_acled", coverage)
    names: dict[str, str] = {}
    table = read_columns(
        path, lambda present: _choose(shown(path), present, by, measure, names), limits=limits
    )
    notes = [f"Rows read: {len(table):,}."]
    _warn_of_page(table, notes)
    days = table.days(names["event_date"], _day, "a day such as 2025-06-30 or 16 May 2025")
    amounts = np.ones(len(table))
    if measure == "fatalities":
        amounts = table.counts(names["fatalities"])
    series, labels = series_of(table, [names[c] for c in by], measure, notes)
    events = Events(days, days, amounts, series, labels)
    events = once(table, names["id"], events, notes)
    events = known_amounts(events, measure, table.name, notes)
    last = int(days.max())
    made = known_on("load_acled", as_of, day_of(last), "last event")
    months, values, observed = add_up(table.name, events, declared, measure, notes)
    return Panel(
        values,
        months,
        labels,
        unit=measure,
        observed_days=observed,
        quantity=f"{measure} recorded by ACLED",
        definition=definition or _definition(measure, by),
        source=source,
        as_of=(_uploaded(table, names) if as_of is None else None) or made,
        notes=tuple(notes),
    )


def _choose(
    file: str, present: Collection[str], by: Sequence[str], measure: str, names: dict[str, str]
) -> list[str]:
    """Find the columns needed, whatever the case of the header; put them in `names`."""
    spelled = {column.lower(): column for column in present}
    needed = ["event_date", *by] + ([measure] if measure == "fatalities" else [])
    identity = next((name for name in _IDS if name in spelled), None)
    missing = [name for name in needed if name.lower() not in spelled]
    if identity is None:
        missing.append(_IDS[0])
    if missing or identity is None:
        raise lacks(file, missing, tuple(present), "Export all columns, or change by=.")
    names.update({name: spelled[name.lower()] for name in needed})
    names["id"] = spelled[identity]
    if "timestamp" in spelled:
        names["timestamp"] = spelled["timestamp"]
    return list(names.values())


def _day(cell: object) -> int | None:
    day = iso_day(cell)
    match = _DAY.fullmatch(cell.strip()) if day is None and isinstance(cell, str) else None
    if match is None:
        return day
    word = match[2].lower()
    month = [at for at, name in enumerate(_MONTHS, 1) if word in (name, name[:3])]
    try:
        return number_of_day(dt.date(int(match[3]), month[0], int(match[1])))
    except (IndexError, ValueError):
        return None


def _uploaded(table: Columns, names: dict[str, str]) -> dt.date | None:
    """Find the day of the newest upload, which the export cannot be older than."""
    if "timestamp" not in names:
        return None
    column = table.columns[names["timestamp"]]
    newest = 0
    for code, cell in enumerate(column.cells):
        text = str(cell).strip()
        if text in ("", "None"):
            continue
        if not (text.isascii() and text.isdigit() and len(text) <= 10):
            needed = "the seconds since 1970"
            raise table.bad(column.row(code), names["timestamp"], needed, cell)
        newest = max(newest, int(text))
    return dt.datetime.fromtimestamp(newest, dt.UTC).date() if newest else None


def _warn_of_page(table: Columns, notes: list[str]) -> None:
    if len(table) == _API_PAGE:
        notes.append("The file has exactly 5,000 rows, one page of the API: more may be missing.")
        warnings.warn(f"{table.name}: {notes[-1]}", TrendsWarning, stacklevel=3)


def _definition(measure: str, by: Sequence[str]) -> str:
    what = {
        "events": "Events of all types that ACLED records",
        "fatalities": "Fatalities that ACLED reports (the lowest number reported)",
    }[measure]
    each = f", by {' and '.join(by)}" if by else ""
    return f"{what}{each}, each event in the month of its event_date."
