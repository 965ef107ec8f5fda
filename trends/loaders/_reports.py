"""The rows of the attack-level file: reporting windows, with the quirks of their times."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Collection
from dataclasses import dataclass

import numpy as np
import pandas as pd

from trends.errors import BadTable, NoValues
from trends.loaders._coded import Codes, Columns
from trends.loaders._delimiters import plain_text
from trends.loaders._given import known_on, path_of
from trends.loaders._limits import Limits, checked
from trends.loaders._names import clean_name
from trends.loaders._reading import TEXT, PathLike, as_date, lacks, read_bytes, unread
from trends.loaders._rows import brief, shown
from trends.loaders._tabled import check_lengths
from trends.loaders._texts import read_text
from trends.panel import BoolArray, FloatArray

COLUMNS = ("time_start", "time_end", "model", "launched")
# With the window and the model these tell a report from any other, in all nine copies known.
_APART = ("target", "source")
_SLIPS = 10  # more rows that repeat others are a second copy of the file, with its own revisions
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
    repeated: BoolArray  # an earlier row says the same
    apart: bool  # and is the same report for sure

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


def read_reports(
    path: PathLike, measure: str, as_of: dt.date | str | None, limits: Limits | None = None
) -> Reports:
    """Read every row; a row that cannot be is an error that names it."""
    file, limits = path_of(path), checked(limits)
    data, name = read_bytes(file, limits), shown(file)
    if file.suffix.lower() not in TEXT:
        raise unread(file, tuple(TEXT))
    usual = TEXT[file.suffix.lower()]
    data, delimiter = plain_text(data, name, usual, lambda header: set(COLUMNS) <= set(header))
    needed = COLUMNS if measure == "launched" else (*COLUMNS, "destroyed")

    def choose(present: Collection[str]) -> tuple[str, ...]:
        missing = [column for column in needed if column not in present]
        if missing:
            remedy = "This is not the attack-level file, which has one row a report."
            raise lacks(name, missing, tuple(present), remedy)
        return tuple(dict.fromkeys((*needed, *present)))

    table = read_text(data, name, delimiter, choose, limits)
    limits.check_cells(name, len(table), len(table.columns))
    check_lengths(table, limits)
    reports = _checked(table, measure)
    known_on("load_launches", as_of, reports.last, "last report")
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
    cells = [clean_name(cell) for cell in table.columns["model"].cells]
    codes = table.columns["model"].codes
    unnamed = [code for code, cell in enumerate(cells) if not cell]
    _refuse(table, np.isin(codes, unnamed), "model", "the name of a model")
    models = tuple(sorted(set(cells)))
    place = {model: at for at, model in enumerate(models)}
    model = np.array([place[cell] for cell in cells], dtype=np.int64)[codes]
    repeated, apart = _repeated(table, [start, end, model], dict(needs_one))
    return Reports(
        table.name,
        start // 2,
        end // 2,
        start % 2 == 1,
        end % 2 == 1,
        models,
        model,
        launched,
        destroyed,
        repeated,
        apart,
    )


def _repeated(
    table: Columns, keys: list[Codes], numbers: dict[str, FloatArray]
) -> tuple[BoolArray, bool]:
    """Mark the rows that say what an earlier one says, and tell whether they must be one report.

    The same report with another number is an error, and so are many repeated: where two copies of
    the file were put together, rows of which a window or a target was revised count twice.
    """
    apart = set(_APART) <= set(table.columns)
    wanted = ("launch_place", *_APART) if apart else tuple(table.columns)
    more = [name for name in wanted if name in table.columns]
    stacked = np.stack([*keys, *(table.columns[name].codes for name in more)])
    _, first, back = np.unique(stacked, axis=1, return_index=True, return_inverse=True)
    earlier = first[back.ravel()]
    repeated: BoolArray = earlier != np.arange(len(earlier))
    for column, found in numbers.items() if apart else ():
        was = found[earlier]
        differs = (found != was) & ~(np.isnan(found) & np.isnan(was))
        if differs.any():
            row = int(np.argmax(differs)) + 1
            one = int(earlier[row - 1]) + 1
            raise BadTable(
                table.name + table.where(row),
                f"rows {one} and {row} are one report (window, model, target and source), and "
                f"column {column!r} holds {brief(table.cell(one, column))} and "
                f"{brief(table.cell(row, column))}",
                "Keep the newer one; copies of different days are read one by one.",
            )
    if apart and repeated.sum() > _SLIPS:
        row = int(np.argmax(repeated)) + 1
        raise BadTable(
            table.name + table.where(row),
            f"{int(repeated.sum()):,} rows repeat reports of other rows (first: row {row} that of "
            f"row {int(earlier[row - 1]) + 1}), as where two copies of the file were put together",
            "Read one copy at a time.",
        )
    return repeated, apart


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
