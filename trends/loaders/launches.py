"""The attack-level file "Massive Missile Attacks on Ukraine", in all its historical schemas."""

from __future__ import annotations

import datetime as dt
import warnings
from collections.abc import Collection, Iterable
from typing import Literal

import numpy as np
import pandas as pd

from trends.errors import BadOption, TrendsWarning, UnknownOption
from trends.loaders._accounts import as_frame
from trends.loaders._given import known_on
from trends.loaders._limits import Limits
from trends.loaders._nights import records
from trends.loaders._reading import PathLike
from trends.loaders._reports import COLUMNS, read_reports
from trends.loaders._selections import (
    Attribution,
    Definition,
    Measure,
    Selection,
    check_options,
    select,
)
from trends.loaders._sentences import breaks_of, definition_of
from trends.loaders._totals import Totals, total
from trends.panel import Panel

SOURCE = (
    "Ukrainian Air Force reports, as transcribed in 'Massive Missile Attacks on Ukraine' "
    "(P. Ivaniuk, Kaggle)"
)


def recognise(columns: Collection[str]) -> dict[str, object] | None:
    """Tell whether a table with these columns is this file: the options to load it, or None."""
    return {} if set(COLUMNS) <= set(columns) else None


def load_launches(
    path: PathLike,
    *,
    weapons: Iterable[str] = "drones",
    definition: Definition = "overnight",
    attribution: Attribution = "end",
    measure: Measure = "launched",
    as_of: dt.date | str | None = None,
    limits: Limits | None = None,
) -> Panel:
    """Load monthly launches from the attack-level file of air force reports.

    Parameters
    ----------
    path : path
        A CSV file with at least the columns ``time_start, time_end, model, launched``.
    weapons : str or iterable of str
        One or several classes, added up: ``"drones"`` (model ``Shahed-136/131``, decoys included,
        and no others), ``"missiles"`` (all of them; no bombs), or of the missiles ``"cruise"``,
        ``"ballistic"``, ``"surface-to-air"``, ``"unknown missile"`` (each missile is in one of
        these), ``"hypersonic"``, ``"anti-ship"``, ``"anti-radiation"`` (these cut across them); or
        ``"unknown drones"``, ``"small drones"``, ``"reconnaissance"``, ``"bombs"``. Or models, in
        any usual spelling. A cell that names several is counted once if all are asked for.
    definition : {'overnight', 'all'}
        *overnight* counts reports whose window starts at a stated clock time; that reproduces the
        monthly figures that AFP prints. Before 2025-03 most reports state none, so those months
        become gaps, with a warning. *all* counts every report.
    attribution : {'end', 'start', 'split'}
        Whether a window belongs to the month in which it ends (the morning report) or starts, or to
        each month that it touches in proportion to its time.
    measure : {'launched', 'destroyed', 'interception_rate'}
        Weapons launched; those of them shot down; or the second in percent of the first, over the
        reports that state both. Of drones, what counts as shot down changed: a method break.
    as_of : date or str, optional
        The day on which the file was made; by default the last report's.
    limits : Limits, optional
        How large the file may be.

    Returns
    -------
    Panel
        One series, named for the weapons. A day between the first and the last report without a row
        is an observed zero. `notes` name every row left out; so does `explain_launches`.

    Raises
    ------
    UnreadableFile, EmptyTable, MissingColumns, NoValues
        If it is not such a file.
    BadValue
        If a date, a number or a model cannot be read, or a window ends more than a day before it
        starts or 31 days after.
    BadTable, UnknownOption, BadOption, UnknownName
        If rows are of different widths or none can count, or an option or a model is none.

    Examples
    --------
    >>> load_launches("missile_attacks_daily.csv")  # doctest: +SKIP
    <Panel: drones (drones, flow), 2022-09 to 2026-06, 46 months>
    """
    chosen = _choose(
        "load_launches", path, weapons, definition, attribution, measure, as_of, limits
    )
    found = total(chosen, measure, definition, "M")
    rate = measure == "interception_rate"
    return Panel(
        found.values[None, :],
        found.periods,
        (chosen.name,),
        unit="percent" if rate else chosen.unit,
        kind="rate" if rate else "flow",
        observed_days=np.where(np.isnan(found.values), 0, found.days).astype(np.int32),
        quantity=f"{chosen.name} {_DONE[measure]}",
        definition=definition_of(chosen.name, definition, attribution, measure),
        source=SOURCE,
        as_of=known_on("load_launches", as_of, chosen.reports.last, "last report"),
        anomalies=breaks_of(chosen.models, measure),
        notes=chosen.notes,
    )


def load_launches_daily(
    path: PathLike,
    *,
    weapons: Iterable[str] = "drones",
    definition: Definition = "overnight",
    attribution: Attribution = "end",
    measure: Measure = "launched",
    as_of: dt.date | str | None = None,
    limits: Limits | None = None,
) -> pd.DataFrame:
    """Load daily totals from the attack-level file.

    Parameters
    ----------
    path, weapons, definition, attribution, measure, as_of, limits
        As for `load_launches`.

    Returns
    -------
    DataFrame
        One row a day from the first report to the last, on a daily PeriodIndex: `value` (NaN where
        unknown), `rows` (reports counted) and `observed` (bool). ``.attrs`` holds the unit, the
        definition and the notes.

    Examples
    --------
    >>> load_launches_daily("missile_attacks_daily.csv").tail(1)  # doctest: +SKIP
                value  rows  observed
    day
    2026-06-07  236.0     1      True
    """
    chosen = _choose(
        "load_launches_daily", path, weapons, definition, attribution, measure, as_of, limits
    )
    found = total(chosen, measure, definition, "D")
    frame = _frame(chosen, found, "day", definition, attribution, measure)
    return frame.assign(observed=found.days == 1)


def load_launches_weekly(
    path: PathLike,
    *,
    weapons: Iterable[str] = "drones",
    definition: Definition = "overnight",
    attribution: Attribution = "end",
    measure: Measure = "launched",
    as_of: dt.date | str | None = None,
    limits: Limits | None = None,
) -> pd.DataFrame:
    """Load weekly totals, Monday to Sunday, from the attack-level file.

    Parameters
    ----------
    path, weapons, definition, attribution, measure, as_of, limits
        As for `load_launches`.

    Returns
    -------
    DataFrame
        One row a week, like those of `load_launches_daily`; `observed_days` is 7 in a whole week.

    Examples
    --------
    >>> load_launches_weekly("missile_attacks_daily.csv")["value"].iloc[-1]  # doctest: +SKIP
    2136.0
    """
    chosen = _choose(
        "load_launches_weekly", path, weapons, definition, attribution, measure, as_of, limits
    )
    found = total(chosen, measure, definition, "W-SUN")
    frame = _frame(chosen, found, "week", definition, attribution, measure)
    return frame.assign(observed_days=found.days)


def load_daily_records(
    path: PathLike,
    *,
    weapons: Iterable[str] = "drones",
    per: Literal["night", "day"] = "night",
    min_earlier: int = 30,
    as_of: dt.date | str | None = None,
    limits: Limits | None = None,
) -> pd.DataFrame:
    """List the nights (or days) on which more was launched than ever before.

    Parameters
    ----------
    path, weapons, as_of, limits
        As for `load_launches`. All reports count, with and without a clock time.
    per : {'night', 'day'}
        One reporting window, rows of the same window added up, as the "record for one night" of the
        press; or a calendar day, all windows that end in it added up.
    min_earlier : int
        How many earlier windows (or days with any) a record must exceed.

    Returns
    -------
    DataFrame
        One row a record: `day` on which it ended, `start` and `end` of the window, `value`, and
        `previous` and `previous_day`, the record broken. An equal value sets none.

    Examples
    --------
    >>> load_daily_records("missile_attacks_daily.csv").tail(1)  # doctest: +SKIP
               day               start                 end  value  previous previous_day
    18  2025-09-07 2025-09-06 17:00:00 2025-09-07 09:30:00  810.0     728.0   2025-07-09
    """
    if per not in ("night", "day"):
        raise UnknownOption("load_daily_records", per=per, known=("night", "day"))
    if isinstance(min_earlier, bool) or not isinstance(min_earlier, int) or min_earlier < 1:
        raise BadOption("load_daily_records", "min_earlier", min_earlier, "a whole number from 1")
    chosen = _choose("load_daily_records", path, weapons, "all", "end", "launched", as_of, limits)
    return records(chosen, per, min_earlier)


def explain_launches(
    path: PathLike,
    *,
    weapons: Iterable[str] = "drones",
    definition: Definition = "overnight",
    attribution: Attribution = "end",
    measure: Measure = "launched",
    as_of: dt.date | str | None = None,
    limits: Limits | None = None,
) -> pd.DataFrame:
    """Account for every row of the attack-level file: used, or left out, and why.

    Parameters
    ----------
    path, weapons, definition, attribution, measure, as_of, limits
        As for `load_launches`.

    Returns
    -------
    DataFrame
        Columns `fate`, `reason`, `rows`, `launched`. The rows *in* the file are those *used* and
        those *left out*, each under one reason, and so are the weapons launched. Lines *said* are
        about rows that are used.

    Examples
    --------
    >>> explain_launches("missile_attacks_daily.csv").head(2)  # doctest: +SKIP
       fate       reason  rows  launched
    0    in  in the file  3770  118578.0
    1  used      counted   472   80926.0
    """
    chosen = _choose(
        "explain_launches", path, weapons, definition, attribution, measure, as_of, limits, 0
    )
    return as_frame(chosen.account)


_DONE = {
    "launched": "launched",
    "destroyed": "shot down",
    "interception_rate": "shot down, percent of those launched",
}


def _choose(
    where: str,
    path: PathLike,
    weapons: Iterable[str],
    definition: str,
    attribution: str,
    measure: str,
    as_of: dt.date | str | None,
    limits: Limits | None,
    warn: int = 1,
) -> Selection:
    check_options(where, definition=definition, attribution=attribution, measure=measure)
    reports = read_reports(path, measure, as_of, limits)
    chosen = select(reports, weapons, definition, attribution, measure)
    for text in chosen.warnings if warn else ():
        warnings.warn(text, TrendsWarning, stacklevel=3)
    return chosen


def _frame(
    chosen: Selection,
    found: Totals,
    name: str,
    definition: str,
    attribution: str,
    measure: str,
) -> pd.DataFrame:
    frame = pd.DataFrame(
        {"value": found.values, "rows": found.rows}, index=found.periods.rename(name)
    )
    frame.attrs = {
        "unit": "percent" if measure == "interception_rate" else chosen.unit,
        "definition": definition_of(chosen.name, definition, attribution, measure, name),
        "notes": chosen.notes,
    }
    return frame
