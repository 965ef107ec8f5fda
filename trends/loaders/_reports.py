"""The rows of the attack-level file: reporting windows, with the quirks of their times."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

from trends.errors import BadValue
from trends.loaders._models import tidy
from trends.loaders._numbers import read_numbers
from trends.loaders._reading import Table

# The copies of 2023 hold 4 windows that end before they start, by up to a day: slips, later mended.
SLIP = dt.timedelta(days=1)

COLUMNS = ("time_start", "time_end", "model", "launched")

_STAMP = re.compile(r"(\d{4}-\d{2}-\d{2})(?:[ T](\d{1,2}):(\d{2})(?::\d{2})?)?", re.ASCII)


@dataclass(frozen=True, slots=True)
class Report:
    """One row: a reporting window of one model."""

    start: dt.datetime
    end: dt.datetime
    timed: bool  # the window's start has a clock time
    backwards: bool  # ends before it starts
    model: str
    launched: float  # NaN where the report gives no number

    def day(self, attribution: str) -> dt.date:
        """Give the day on which the window ends or starts."""
        return (self.end if attribution == "end" else self.start).date()


def read_reports(table: Table) -> list[Report]:
    """Read every row; a row that cannot be is an error that names it."""
    launched = read_numbers(table, "launched", counts=True)
    reports = []
    columns = (table.columns[name] for name in COLUMNS[:3])
    for row, (first, last, model) in enumerate(zip(*columns, strict=True), start=1):
        start, timed = _stamp(table.name, row, "time_start", str(first))
        end, end_timed = _stamp(table.name, row, "time_end", str(last))
        if end.date() < start.date() - SLIP:
            raise BadValue(table.name, row, "time_end", last, f"at or after time_start, {first}")
        backwards = end < start if timed and end_timed else end.date() < start.date()
        name = tidy(str(model))
        if not name:
            raise BadValue(table.name, row, "model", model, "the name of a model")
        reports.append(Report(start, end, timed, backwards, name, float(launched[row - 1])))
    return reports


def _stamp(table: str, row: int, column: str, cell: str) -> tuple[dt.datetime, bool]:
    """Read a local time with or without a clock: '2023-05-16 3:30', '2024-05-16 '."""
    match = _STAMP.fullmatch(cell.strip())
    try:
        if match is None:
            raise ValueError
        day = dt.datetime.fromisoformat(match[1])
        if match[2] is None:
            return day, False
        return day.replace(hour=int(match[2]), minute=int(match[3])), True
    except ValueError as error:
        needed = "a date such as 2025-06-01, with or without a clock time"
        raise BadValue(table, row, column, cell, needed) from error
