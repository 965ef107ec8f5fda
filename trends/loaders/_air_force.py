"""What an export of the air force's channel holds: rows, months, and what was left out."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass
from typing import Literal, TypeAlias, get_args

import numpy as np
import pandas as pd

from trends.errors import BadTable, UnknownOption
from trends.loaders._given import known_on
from trends.loaders._postings import account, launches, rows, unread
from trends.loaders._tallies import Count, Tally, Weapons, count
from trends.loaders._tellings import notes_of, rule_of
from trends.panel import Panel

Definition: TypeAlias = Literal["nights", "nights and days"]
Silence: TypeAlias = Literal["unknown", "zero"]

SOURCE = "Reports of the Ukrainian Air Force, read from an export of its channel"
_KNOWN = {
    "weapons": get_args(Weapons),
    "definition": get_args(Definition),
    "silent_nights": get_args(Silence),
}


def check_options(where: str, **options: str) -> None:
    """Refuse a value that an option does not have."""
    for name, value in options.items():
        if value not in _KNOWN[name]:
            raise UnknownOption(where, known=_KNOWN[name], **{name: value})


@dataclass(frozen=True, slots=True, eq=False)
class AirForceReports:
    """What `read_reports` found: the figures of each report, and what became of every post.

    Parameters
    ----------
    source : str
        The file that was read.
    tallies : tuple of Tally
        One a report, in the order of the file, without the texts.
    others : mapping of str to int
        How many posts are no reports, by reason.
    posted : frozenset of date
        The days on which anything was posted.
    first, last : date
        The days of the first and of the last post.
    local : int
        Posts whose moment is known in the exporter's local time only.
    """

    source: str
    tallies: tuple[Tally, ...]
    others: dict[str, int]
    posted: frozenset[dt.date]
    first: dt.date
    last: dt.date
    local: int

    @property
    def posts(self) -> int:
        """How many posts the file holds."""
        return len(self.tallies) + sum(self.others.values())

    @property
    def unread(self) -> pd.DataFrame:
        """The posts that could not be read whole: `post`, `posted`, `kind`, `missing`, `text`.

        `missing` says what is unsure, `text` how the post begins.
        """
        return unread(self.tallies)

    def frame(
        self, *, weapons: Weapons = "drones", definition: Definition = "nights"
    ) -> pd.DataFrame:
        """Tabulate the reports, one row a post.

        Parameters
        ----------
        weapons, definition
            As for `load_reports`: for these, `counted` tells whether the post's number is in the
            monthly totals, and `reason` why not.

        Returns
        -------
        DataFrame
            `date` is the day to which the post belongs. Numbers are whole or unknown (``<NA>``);
            missiles are JSON by model, null where a model is named without a number. `bounds` names
            the numbers that are open or rounded, in JSON. `unsure` and `checks` are those of
            `read_post`.
        """
        found = self._count("AirForceReports.frame", weapons, definition)
        return rows(self.tallies, found)

    def launches(
        self, *, weapons: Weapons = "drones", definition: Definition = "nights"
    ) -> pd.DataFrame:
        """The posts that count, in the columns of the attack-level file.

        Written to a CSV file, it is read by `load_launches` (with ``definition="all"``).

        Parameters
        ----------
        weapons, definition
            As for `load_reports`: which posts count.

        Returns
        -------
        DataFrame
            One row a model of a post: `time_start`, `time_end`, `model` (drones are
            ``Shahed-136/131``, decoys included), `launched` (empty where it is open), `destroyed`,
            `launch_place` and others; `source` is the post's id.
        """
        check_options("AirForceReports.launches", weapons=weapons, definition=definition)
        return launches(
            self.tallies, count(self.tallies, weapons, with_days=definition != "nights")
        )

    def account(
        self, *, weapons: Weapons = "drones", definition: Definition = "nights"
    ) -> pd.DataFrame:
        """Account for every post: *in*, *used*, or *left out* and why; the sums balance.

        Parameters
        ----------
        weapons, definition
            As for `load_reports`.

        Returns
        -------
        DataFrame
            Columns `fate`, `reason`, `posts`.
        """
        found = self._count("AirForceReports.account", weapons, definition)
        return account(self.others, found)

    def panel(
        self,
        *,
        weapons: Weapons = "drones",
        definition: Definition = "nights",
        silent_nights: Silence = "unknown",
        as_of: dt.date | str | None = None,
    ) -> Panel:
        """Add up the months.

        Parameters
        ----------
        weapons, definition, silent_nights, as_of
            As for `load_reports`.

        Returns
        -------
        Panel
        """
        where = "load_reports"
        check_options(where, silent_nights=silent_nights)
        found = self._count(where, weapons, definition)
        made = known_on(where, as_of, self.last, "day of the last post")
        if not self.tallies:
            problem = f"none of its {self.posts:,} posts is a tally of launches"
            raise BadTable(self.source, problem, "Check that this is the air force's channel.")
        return _monthly(self, found, weapons, definition, silent_nights, made)

    def _count(self, where: str, weapons: Weapons, definition: Definition) -> Count:
        check_options(where, weapons=weapons, definition=definition)
        return count(self.tallies, weapons, with_days=definition != "nights")


def _monthly(
    read: AirForceReports,
    found: Count,
    weapons: Weapons,
    definition: str,
    silent_nights: str,
    as_of: dt.date,
) -> Panel:
    """Add up the observed days of each month, from the first day with a tally to the last."""
    days: dict[dt.date, int] = dict(found.days)
    known = [*found.days, *found.unknown]
    silent: list[dt.date] = []
    if silent_nights == "zero" and known:
        span = (day for day in read.posted if min(known) <= day <= max(known))
        silent = [day for day in span if day not in days and day not in found.unknown]
        days |= dict.fromkeys(silent, 0)
    if not days:
        raise BadTable(
            read.source,
            f"no day of {len(found.unknown):,} with a tally has a sure number of {weapons}",
            "See what is missing: trends reports list, or read_reports(path).frame().",
        )
    months, values, observed = add_up(days, known)
    return Panel(
        values[None, :],
        months,
        (weapons,),
        unit=weapons,
        kind="flow",
        observed_days=observed,
        quantity=f"{weapons} launched",
        definition=rule_of(weapons, definition, silent_nights),
        source=SOURCE,
        as_of=as_of,
        metric=f"{weapons}_launched",
        notes=tuple(notes_of(read.others, read.local, found, weapons, silent)),
    )


def add_up(
    days: dict[dt.date, int], known: Collection[dt.date]
) -> tuple[pd.PeriodIndex, np.ndarray, np.ndarray]:
    """Sums and observed days of the months that the days span; NaN where none is observed."""
    months = pd.period_range(min(known), max(known), freq="M")
    values, observed = np.zeros(len(months)), np.zeros(len(months), dtype=np.int32)
    for day, number in days.items():
        at = (day.year - months[0].year) * 12 + day.month - months[0].month
        values[at] += number
        observed[at] += 1
    values[observed == 0] = np.nan
    return months, values, observed
