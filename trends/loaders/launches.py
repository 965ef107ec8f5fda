"""The attack-level file "Massive Missile Attacks on Ukraine", in all its historical schemas."""

from __future__ import annotations

import datetime as dt
import warnings
from collections import Counter
from collections.abc import Collection, Iterable
from typing import Literal

import numpy as np
import pandas as pd

from trends.errors import (
    BadOption,
    BadTable,
    NoValues,
    TrendsWarning,
    UnknownName,
    UnknownOption,
)
from trends.loaders._models import is_only, kinds
from trends.loaders._reading import TEXT, PathLike, read_table
from trends.loaders._reports import COLUMNS, Report, read_reports
from trends.panel import FloatArray, IntArray, Panel

SOURCE = (
    "Ukrainian Air Force reports, as transcribed in 'Massive Missile Attacks on Ukraine' "
    "(P. Ivaniuk, Kaggle)"
)
# Before this month most reports carry no clock time (2 to 10% of Shahed rows in 2024), so that
# leaving out the reports without one would leave out most weapons.
OVERNIGHT_FROM = pd.Period("2025-03", "M")


def recognise(columns: Collection[str]) -> dict[str, object] | None:
    """Tell whether a table with these columns is this file: the options to load it, or None."""
    return {} if set(COLUMNS) <= set(columns) else None


def load_launches(
    path: PathLike,
    *,
    weapons: Iterable[str] = "drones",
    definition: Literal["overnight", "all"] = "overnight",
    attribution: Literal["end", "start"] = "end",
    as_of: dt.date | None = None,
) -> Panel:
    """Load monthly launches from the attack-level file of air force reports.

    Parameters
    ----------
    path : path
        A CSV file with at least the columns ``time_start, time_end, model, launched``: every
        version of the file since 2023 has them.
    weapons : {'drones', 'missiles'} or iterable of str
        Drones are the rows of model ``Shahed-136/131``, decoys included, and no others. Missiles
        are all rows whose every model is a missile: ballistic, cruise, surface-to-air used against
        the ground, unidentified; no bombs. Or the models to add up, as the file spells them.
    definition : {'overnight', 'all'}
        *overnight* counts reports whose window starts at a stated clock time; that reproduces the
        monthly figures that AFP prints. Before 2025-03 most reports state none, so those months
        become gaps, with a warning. *all* counts every report.
    attribution : {'end', 'start'}
        Whether a window belongs to the month in which it ends (the morning report) or starts.
    as_of : date, optional
        The day on which the file was made; by default the last report's.

    Returns
    -------
    Panel
        One series, "drones" or "missiles" (or the models joined by " + "). A day between the first
        and the last report without a row is an observed zero. `notes` name every row left out.

    Raises
    ------
    UnreadableFile, EmptyTable, MissingColumns
        If it is not such a file.
    BadValue
        If a date, a number or a model cannot be read, or a window ends more than a day before it
        starts.
    UnknownName
        If a model asked for is not in the file.

    Examples
    --------
    >>> load_launches("missile_attacks_daily.csv")  # doctest: +SKIP
    <Panel: drones (drones, flow), 2022-09 to 2026-06, 46 months>
    """
    if definition not in ("overnight", "all"):
        raise UnknownOption("load_launches", definition=definition, known=("overnight", "all"))
    if attribution not in ("end", "start"):
        raise UnknownOption("load_launches", attribution=attribution, known=("end", "start"))
    table = read_table(path, suffixes=tuple(TEXT))
    table.need(*COLUMNS, remedy="This is not the attack-level file, which has one row a report.")
    reports = read_reports(table)
    if all(np.isnan(report.launched) for report in reports):
        raise NoValues(table.name, "every cell of 'launched' is empty")
    last = max(report.end.date() for report in reports)
    if as_of is not None and as_of < last:
        raise BadOption(
            "load_launches", "as_of", str(as_of), f"at or after {last}, the last report"
        )
    name, wanted = _wanted(reports, weapons)
    notes = _left_out(reports, wanted, name)
    months, days = _clock([report.day(attribution) for report in reports])
    values, untimed = _add_up(reports, wanted, attribution, months)
    if definition == "all":
        values = values + untimed[1]
    else:
        values, days, said = _gap_early(table.name, months, days, values, untimed, name)
        notes += said
    unit = name if name in ("drones", "missiles") else "weapons"
    return Panel(
        values[None, :],
        months,
        (name,),
        unit=unit,
        observed_days=days,
        quantity=f"{name} launched",
        definition=_definition(name, definition, attribution),
        source=SOURCE,
        as_of=as_of or last,
        notes=tuple(notes),
    )


def _wanted(reports: list[Report], weapons: Iterable[str]) -> tuple[str, frozenset[str]]:
    """Find the name of the series, and the models (as the file spells them) that it adds up."""
    present = sorted({report.model for report in reports})
    if weapons == "drones":
        return "drones", frozenset(m for m in present if is_only(m, "Shahed drone"))
    if weapons == "missiles":
        return "missiles", frozenset(m for m in present if is_only(m, "missile"))
    try:
        asked = [weapons] if isinstance(weapons, str) else list(weapons)
    except TypeError as error:
        raise BadOption("load_launches", "weapons", weapons, "names of models") from error
    if not asked:
        raise BadOption("load_launches", "weapons", weapons, "at least one model")
    for model in asked:
        if model not in present:
            raise UnknownName("load_launches: weapons", model, ("drones", "missiles", *present))
    return " + ".join(dict.fromkeys(asked)), frozenset(asked)


def _left_out(reports: list[Report], wanted: frozenset[str], name: str) -> list[str]:
    """Name and count every row that is not of the weapons wanted, gives no number or is odd."""
    silent = Counter(r.model for r in reports if r.model in wanted and np.isnan(r.launched))
    unnamed, mixed, others = Counter[str](), Counter[str](), Counter[str]()
    weapons = Counter[str]()
    for report in reports:
        if report.model in wanted:
            continue
        found = kinds(report.model)
        if found is None:
            unnamed[report.model] += 1
        elif len(found) > 1 or any(model in report.model for model in wanted):
            mixed[report.model] += 1
        else:
            (kind,) = found
            others[kind] += 1
            weapons[kind] += 0 if np.isnan(report.launched) else int(report.launched)
    notes = []
    backwards = Counter(r.model for r in reports if r.backwards and r.model in wanted)
    if backwards:
        notes.append(
            f"Counted on the day they state, though they end before they start: {_list(backwards)}."
        )
    if silent:
        notes.append(f"No number launched, not counted: {_list(silent)}.")
    if others:
        said = (f"{kind} {_rows(n)} ({weapons[kind]:,})" for kind, n in sorted(others.items()))
        notes.append(f"Not counted as {name}: {'; '.join(said)}.")
    if mixed:
        notes.append(f"Rows that name several models, not counted as {name}: {_list(mixed)}.")
    if unnamed:
        notes.append(f"Models of unknown kind, not counted as {name}: {_list(unnamed)}.")
        warnings.warn(notes[-1], TrendsWarning, stacklevel=3)
    return notes


def _list(rows: Counter[str]) -> str:
    return ", ".join(f"{model} ({_rows(n)})" for model, n in sorted(rows.items()))


def _rows(number: int) -> str:
    return f"{number:,} row{'s' if number != 1 else ''}"


def _clock(days: list[dt.date]) -> tuple[pd.PeriodIndex, IntArray]:
    """All months from the first to the last report, and how many days of each the span covers."""
    first, last = min(days), max(days)
    months = pd.period_range(pd.Period(first, "M"), pd.Period(last, "M"), freq="M")
    covered = np.asarray(months.days_in_month, dtype=np.int32).copy()
    covered[-1] = last.day
    covered[0] -= first.day - 1
    return months, covered


def _add_up(
    reports: list[Report], wanted: frozenset[str], attribution: str, months: pd.PeriodIndex
) -> tuple[FloatArray, IntArray]:
    """Add up the weapons a month of reports with a clock time; rows and weapons of the others."""
    timed = np.zeros(len(months))
    untimed = np.zeros((2, len(months)), dtype=np.int32)
    for report in reports:
        if report.model not in wanted or np.isnan(report.launched):
            continue
        day = report.day(attribution)
        at = (day.year - months[0].year) * 12 + day.month - months[0].month
        if report.timed:
            timed[at] += report.launched
        else:
            untimed[:, at] += (1, int(report.launched))
    return timed, untimed


def _gap_early(
    table: str,
    months: pd.PeriodIndex,
    days: IntArray,
    values: FloatArray,
    untimed: IntArray,
    name: str,
) -> tuple[FloatArray, IntArray, list[str]]:
    """Make unknown the months in which too few reports state a clock time; say what is left out."""
    early = np.asarray(months < OVERNIGHT_FROM)
    if early.all():
        raise BadTable(
            table,
            f"its reports end in {months[-1]}, and before {OVERNIGHT_FROM} most state no clock "
            "time, so that overnight launches are unknown",
            "Use definition='all'.",
        )
    notes = []
    if early.any():
        rows, weapons = untimed[:, early].sum(axis=1)
        notes.append(
            f"{months[0]} to {months[early][-1]}: left unknown, for want of clock times in "
            f"{_rows(rows)} ({weapons:,} {name}). definition='all' counts them."
        )
        warnings.warn(notes[-1], TrendsWarning, stacklevel=3)
    rows, weapons = untimed[:, ~early].sum(axis=1)
    if rows:
        notes.append(
            f"Left out from {months[~early][0]} on, for want of a clock time: {_rows(rows)} "
            f"({weapons:,} {name})."
        )
    return np.where(early, np.nan, values), np.where(early, 0, days).astype(np.int32), notes


def _definition(name: str, definition: str, attribution: str) -> str:
    what = {
        "drones": "Drones of model Shahed-136/131, decoys included",
        "missiles": "Missiles of all kinds, bombs excluded",
    }.get(name, f"Weapons reported as {name}")
    which = {
        "overnight": "in reports whose window starts at a stated clock time",
        "all": "in all reports, with and without a clock time",
    }[definition]
    return f"{what}, {which}, counted in the month in which the window {attribution}s."
