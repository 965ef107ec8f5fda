"""UCDP GED: one row an event of lethal violence, with low, best and high counts of deaths."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import Literal, get_args

import numpy as np

from trends.errors import UnknownOption
from trends.loaders._coded import Codes, Columns
from trends.loaders._columns import read_columns
from trends.loaders._events import (
    Coverage,
    Events,
    add_up,
    column_names,
    day_of,
    iso_day,
    known_amounts,
    once,
    series_of,
    span,
)
from trends.loaders._given import known_on
from trends.loaders._limits import Limits
from trends.loaders._reading import PathLike, lacks
from trends.loaders._rows import shown
from trends.panel import Panel

Measure = Literal["best", "low", "high", "events"]
Attribution = Literal["end", "start", "split"]

SOURCE = "UCDP Georeferenced Event Dataset (GED)"
# GED 23.1 Codebook; releases of candidate events come in this order without a header.
COLUMNS = (  # noqa: SIM905
    "id relid year active_year code_status type_of_violence conflict_dset_id conflict_new_id "
    "conflict_name dyad_dset_id dyad_new_id dyad_name side_a_dset_id side_a_new_id side_a "
    "side_b_dset_id side_b_new_id side_b number_of_sources source_article source_office "
    "source_date source_headline source_original where_prec where_coordinates where_description "
    "adm_1 adm_2 latitude longitude geom_wkt priogrid_gid country country_id region event_clarity "
    "date_prec date_start date_end deaths_a deaths_b deaths_civilians deaths_unknown best high low "
    "gwnoa gwnob"
).split()
_VIOLENCE = {"1": "state-based", "2": "non-state", "3": "one-sided"}
_LONGEST = 3_660  # GED events last a year at most


def recognise(columns: Collection[str]) -> dict[str, object] | None:
    """Tell whether a table with these columns is UCDP GED: the options to load it, or None."""
    needed = {"id", "country", "date_start", "date_end", "best"}
    return {} if needed <= set(columns) else None


def load_ucdp(
    path: PathLike,
    *,
    by: str | Sequence[str] = "country",
    measure: Measure = "best",
    attribution: Attribution = "end",
    coverage: Coverage | None = None,
    definition: str = "",
    source: str = SOURCE,
    as_of: dt.date | str | None = None,
    limits: Limits | None = None,
) -> Panel:
    """Load deaths or events a month from a release of UCDP GED.

    Parameters
    ----------
    path : path
        The file of a yearly or candidate release. One without a header row must have the 49 columns
        of the codebook.
    by : str or sequence of str
        The columns whose combinations are the series, such as ``("country", "type_of_violence")``.
        ``()`` makes one series.
    measure : {'best', 'low', 'high', 'events'}
        One of the counts of deaths, or the number of events.
    attribution : {'end', 'start', 'split'}
        To which month an event of several days belongs: that of its last day, of its first day, or
        each in proportion to the days in it, so that the total stays the same.
    coverage : (date, date), optional
        The first and the last day that the file covers. In this span a month without an event is
        zero, and all days count as observed. Without it such a month is unknown, and only the
        days to which events belong count as observed.
    definition, source : str, optional
        As for `Panel`; a definition made from the options is the default.
    as_of : date or str, optional
        The day of the release; by default that of the last event.
    limits : Limits, optional
        How large the file may be.

    Returns
    -------
    Panel
        `notes` count the rows used, every row left out, and the events that straddle months.

    Raises
    ------
    UnreadableFile, EmptyTable, MissingColumns
        If it is not such a file.
    NoValues
        If no event has a number, or none lies in the coverage.
    UnknownOption, BadOption
        If an option is none.
    BadValue
        If a day or a number cannot be read, or an event ends before it starts.
    BadTable
        If an event is given in two versions.

    Examples
    --------
    >>> load_ucdp("ged.csv", coverage=("1989-01-01", "2022-12-31"))  # doctest: +SKIP
    <Panel: Afghanistan, Algeria, Angola and 56 more series (deaths, flow), 1989-01 to 2022-12, ...>
    """
    if measure not in get_args(Measure):
        raise UnknownOption("load_ucdp", measure=measure, known=get_args(Measure))
    if attribution not in get_args(Attribution):
        raise UnknownOption("load_ucdp", attribution=attribution, known=get_args(Attribution))
    by = column_names("load_ucdp", by)
    declared = span("load_ucdp", coverage)
    needed = ["id", "date_start", "date_end", *by] + ([measure] if measure != "events" else [])
    table = read_columns(
        path, lambda found: _check(shown(path), needed, found), headless=COLUMNS, limits=limits
    )
    notes = [f"Rows read: {len(table):,}."]
    if table.headless:
        notes.append("The file has no header row; its 49 columns are named as in the codebook.")
    first, last = _days(table)
    amounts = table.counts(measure) if measure != "events" else np.ones(len(table))
    unit = "events" if measure == "events" else "deaths"
    series, labels = series_of(_in_words(table), by, unit, notes)
    events = once(table, "id", Events(first, last, amounts, series, labels), notes)
    events = known_amounts(events, measure, table.name, notes)
    made = known_on("load_ucdp", as_of, day_of(int(last.max())), "last event")
    events = _attribute(events, attribution, unit, notes)
    months, values, observed = add_up(table.name, events, declared, unit, notes)
    return Panel(
        values,
        months,
        labels,
        unit=unit,
        observed_days=observed,
        quantity="events of lethal violence" if unit == "events" else f"deaths ({measure})",
        definition=definition or _definition(measure, by, attribution),
        source=source,
        as_of=made,
        notes=tuple(notes),
    )


def _check(file: str, needed: Sequence[str], present: Collection[str]) -> Sequence[str]:
    missing = [name for name in needed if name not in present]
    if missing:
        remedy = "This is not a file of UCDP GED with a header row, or by= names another column."
        raise lacks(file, missing, tuple(present), remedy)
    return needed


def _days(table: Columns) -> tuple[Codes, Codes]:
    words = "a day such as 2025-06-30"
    first = table.days("date_start", iso_day, words)
    last = table.days("date_end", iso_day, words)
    wrong = (last < first) | (last - first > _LONGEST)
    if wrong.any():
        row = int(np.argmax(wrong)) + 1
        needed = f"at or within ten years after date_start, {day_of(first[row - 1])}"
        raise table.bad(row, "date_end", needed, str(day_of(last[row - 1])))
    return first, last


def _in_words(table: Columns) -> Columns:
    """Say the type of violence in words, where it is asked for."""
    found = table.columns.get("type_of_violence")
    if found is None:
        return table
    words = [_VIOLENCE.get(str(cell).strip(), cell) for cell in found.cells]
    spoken = replace(found, distinct=words)
    return replace(table, columns={**table.columns, "type_of_violence": spoken})


def _attribute(events: Events, attribution: str, unit: str, notes: list[str]) -> Events:
    """Put each event on its first or last day, or leave it on all; say how many straddle months."""
    opens, closes = (
        days.astype("datetime64[D]").astype("datetime64[M]") for days in (events.first, events.last)
    )
    straddle = opens != closes
    if straddle.any():
        how = {
            "end": "counted in the month in which they end",
            "start": "counted in the month in which they start",
            "split": "parted in proportion to the days",
        }[attribution]
        notes.append(
            f"Events that straddle months, {how}: {int(straddle.sum()):,} "
            f"({events.amounts[straddle].sum():,.10g} {unit})."
        )
    if attribution == "split":
        return events
    day = events.last if attribution == "end" else events.first
    return replace(events, first=day, last=day)


def _definition(measure: str, by: Sequence[str], attribution: str) -> str:
    what = "Events" if measure == "events" else f"Deaths ({measure} estimate) in events"
    how = {
        "end": "each in the month in which it ends",
        "start": "each in the month in which it starts",
        "split": "each parted among months in proportion to its days",
    }[attribution]
    each = f", by {' and '.join(by)}" if by else ""
    return f"{what} of lethal violence that UCDP GED records{each}, {how}."
