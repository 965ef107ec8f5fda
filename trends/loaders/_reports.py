"""The rows of the attack-level file: reporting windows, with the quirks of their times."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd

from trends.errors import BadOption, NoValues
from trends.loaders._coded import Codes, Columns
from trends.loaders._delimiters import as_utf8, find_delimiter
from trends.loaders._models import tidy
from trends.loaders._reading import TEXT, PathLike, as_date, lacks, read_bytes, unread
from trends.loaders._rows import shown
from trends.loaders._texts import read_text
from trends.panel import BoolArray, FloatArray

COLUMNS = ("time_start", "time_end", "model", "launched")
DAY = 24 * 60  # minutes
# Before this month most reports carry no clock time (2 to 10% of Shahed rows in 2024), so that
# leaving out the reports without one would leave out most weapons.
OVERNIGHT_FROM = pd.Period("2025-03", "M")
# The copies of 2023 hold 4 windows that end before they start, by up to a day: slips, later mended.
SLIP = 1  # day
LONGEST = 31  # days; the longest window of the real file has two

_STAMP = re.compile(r"(\d{4}-\d{2}-\d{2})(?:[ T](\d{1,2}):(\d{2})(?::\d{2})?)?", re.ASCII)
_EPOCH = dt.datetime.fromisoformat("1970-01-01")


@dataclass(frozen=True, slots=True)
class Reports:
    """One row a reporting window of one model; times are minutes since 1970, local."""

    name: str
    start: Codes
    end: Codes
    timed: BoolArray  # the window's start has a clock time
    end_timed: BoolArray
    models: tuple[str, ...]
    model: Codes
    launched: FloatArray  # NaN where the report gives no number
    destroyed: FloatArray

    def __len__(self) -> int:
        return len(self.start)

    @property
    def backwards(self) -> BoolArray:
        """Windows that end before they start."""
        clocks = self.timed & self.end_timed
        backwards: BoolArray = np.where(
            clocks, self.end < self.start, self.end // DAY < self.start // DAY
        )
        return backwards

    @property
    def last(self) -> dt.date:
        """The day of the last report."""
        return day_of(int(self.end.max()) // DAY)


def day_of(number: int) -> dt.date:
    """Turn the days since 1970 into a date."""
    return (_EPOCH + dt.timedelta(days=number)).date()


def read_reports(path: PathLike, measure: str, as_of: dt.date | None) -> Reports:
    """Read every row; a row that cannot be is an error that names it."""
    file = Path(path)
    data, name = read_bytes(file), shown(file)
    if file.suffix.lower() not in TEXT:
        raise unread(file, tuple(TEXT))
    data, _ = as_utf8(data, name, None)
    usual = TEXT[file.suffix.lower()]
    delimiter = find_delimiter(data, usual, lambda header: set(COLUMNS) <= set(header))
    needed = COLUMNS if measure == "launched" else (*COLUMNS, "destroyed")

    def choose(present: Collection[str]) -> tuple[str, ...]:
        missing = [column for column in needed if column not in present]
        if missing:
            remedy = "This is not the attack-level file, which has one row a report."
            raise lacks(name, missing, tuple(present), remedy)
        return needed

    table = read_text(data, name, delimiter, choose)
    reports = _checked(table, measure)
    if as_of is not None and as_of < reports.last:
        raise BadOption(
            "load_launches", "as_of", str(as_of), f"at or after {reports.last}, the last report"
        )
    return reports


def _checked(table: Columns, measure: str) -> Reports:
    launched = table.counts("launched")
    needs_one = [("launched", launched)]
    destroyed = np.full(len(table), np.nan)
    if measure != "launched":
        destroyed = table.counts("destroyed")
        needs_one.append(("destroyed", destroyed))
        _refuse(table, destroyed > launched, "destroyed", "at most the number launched")
    for column, numbers in needs_one:
        if np.isnan(numbers).all():
            raise NoValues(table.name, f"every cell of {column!r} is empty")
    needed = "a date such as 2025-06-01, with or without a clock time"
    start = table.days("time_start", _stamp, needed)
    end = table.days("time_end", _stamp, needed)
    _refuse(table, end // 2 // DAY < start // 2 // DAY - SLIP, "time_end", "at or after time_start")
    needed = f"within {LONGEST} days after time_start"
    _refuse(table, end // 2 // DAY > start // 2 // DAY + LONGEST, "time_end", needed)
    cells = [tidy(str(cell)) for cell in table.columns["model"].cells]
    codes = table.columns["model"].codes
    unnamed = [code for code, cell in enumerate(cells) if not cell]
    _refuse(table, np.isin(codes, unnamed), "model", "the name of a model")
    models = tuple(sorted(set(cells)))
    place = {model: at for at, model in enumerate(models)}
    return Reports(
        table.name,
        start // 2,
        end // 2,
        start % 2 == 1,
        end % 2 == 1,
        models,
        np.array([place[cell] for cell in cells], dtype=np.int64)[codes],
        launched,
        destroyed,
    )


def _refuse(table: Columns, wrong: BoolArray, column: str, needed: str) -> None:
    if wrong.any():
        row = int(np.argmax(wrong))
        raise table.bad(row + 1, column, needed)


def _stamp(cell: object) -> int | None:
    """Read a local time with or without a clock: '2023-05-16 3:30', '2024-05-16 '.

    Twice the minutes since 1970, and one more if a clock time is given.
    """
    match = _STAMP.fullmatch(str(cell).strip())
    try:
        if match is None:
            return None
        day = dt.datetime.fromisoformat(match[1])
        if as_date(match[1]) is None:  # too far back or ahead
            return None
        if match[2] is not None:
            day = day.replace(hour=int(match[2]), minute=int(match[3]))
    except ValueError:
        return None
    since = day - _EPOCH
    return 2 * (since.days * DAY + since.seconds // 60) + (match[2] is not None)
