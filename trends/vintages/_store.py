"""The append-only store of what was known when."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from types import TracebackType
from typing import Self

import numpy as np
import pandas as pd

from trends.errors import BadOption, NoValues
from trends.panel import Panel, as_month
from trends.vintages._adding import Added, add_panel
from trends.vintages._cells import Cells, all_series, find_series, panel_of, read_cells
from trends.vintages._connections import Connection, connect
from trends.vintages._days import DayLike, as_day
from trends.vintages._moves import MOVED, moved
from trends.vintages._schema import prepare


class Store:
    """What was known when: the values of each series by month, and the day they were known on.

    Nothing in a store is ever changed or removed. It is a SQLite file, or the same tables in
    PostgreSQL. Two programs can write to it at once: one waits for the other. A write is whole or
    not there, also when the program is killed in the middle of it.

    Open it with `Store.open`, as a context manager.

    Examples
    --------
    >>> import tempfile
    >>> months = pd.period_range("2024-06", periods=3, freq="M")
    >>> def known(values, day):
    ...     return Panel([values], months, ["missiles"], definition="All.", as_of=day)
    >>> with Store.open(Path(tempfile.mkdtemp(), "store.sqlite")) as store:
    ...     print(store.add(known([163, 181, 222], dt.date(2024, 10, 13))))
    ...     print(store.add(known([163, 181, 228], dt.date(2024, 11, 17))))
    ...     print(store.load("missiles", as_of="2024-11-01")["missiles"]["2024-08"])
    ...     print(store.diff("2024-11-01", "2024-12-01")[["month", "before", "after"]])
    missiles as of 2024-10-13: 3 months added, 0 already there.
    missiles as of 2024-11-17: 3 months added, 0 already there.
    222.0
         month  before  after
    0  2024-08   222.0  228.0
    """

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    @classmethod
    def open(cls, path_or_url: str | Path | None = None, *, read_only: bool = False) -> Self:
        """Open a store; make it if there is none.

        Parameters
        ----------
        path_or_url : path or str, optional
            A file, or ``postgresql://...``; by default the file in the user's data folder.
        read_only : bool
            Write nothing. The store must exist.

        Raises
        ------
        UnreadableFile
            If it cannot be opened, is not a store, or is one of a newer version.
        """
        connection = connect(path_or_url, read_only=read_only)
        try:
            prepare(connection, read_only=read_only)
        except BaseException:
            connection.close()
            raise
        return cls(connection)

    @property
    def address(self) -> str:
        """The path or URL, without a password."""
        return self._connection.address

    def close(self) -> None:
        """Let go of the file or the server."""
        self._connection.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()

    def __repr__(self) -> str:
        return f"<Store: {self.address}>"

    # --- writing ---------------------------------------------------------------------------------
    def add(
        self, panel: Panel, *, as_of: DayLike | None = None, source: str | None = None
    ) -> Added:
        """Add a vintage: all known values of a panel, as known on one day.

        Parameters
        ----------
        panel : Panel
            With a definition: a store keeps series apart by name and definition.
        as_of : date or str, optional
            The day on which the values were known; by default that of the panel.
        source : str, optional
            Where they are from; by default as the panel says.

        Returns
        -------
        Added
            How many months were new, and how many already there: adding the same panel
            twice adds nothing. Gaps are not stored, since a month that a vintage does not hold is
            not a revision to unknown.

        Raises
        ------
        ConflictingVintage
            If the store holds another value for the same month as of the same day, or the series in
            another unit or kind. Nothing is added then.
        BadOption
            If no day is known, or the panel has no definition.
        NoValues
            If the panel has no known value.
        """
        if not isinstance(panel, Panel):
            raise BadOption("Store.add", "panel", type(panel).__name__, "a Panel (see as_panel)")
        day = _day_of(panel, as_of)
        if not panel.definition.strip():
            raise BadOption(
                "Store.add",
                "definition",
                panel.definition,
                "a sentence: a store keeps series apart by their definition. Load the file "
                "with definition='...' (--definition)",
            )
        if np.isnan(panel.values).all():
            raise NoValues("Store.add")
        return add_panel(self._connection, panel, day, panel.source if source is None else source)

    # --- reading ---------------------------------------------------------------------------------
    def load(
        self,
        series: str | Panel,
        *,
        as_of: DayLike | None = None,
        definition: str | None = None,
    ) -> Panel:
        """One series as it was known on a day.

        Parameters
        ----------
        series : str or Panel
            Its name, or a panel of one series that names it and its definition.
        as_of : date or str, optional
            The day; by default the last.
        definition : str, optional
            Which of several definitions of one name: the sentence, or words that only it has.

        Returns
        -------
        Panel
            Its `as_of` is the latest vintage until that day. It ends with the last month then
            known. A month that this vintage does not hold in full is as the latest one that does
            knew it; `notes` say so.

        Raises
        ------
        UnknownName
            If the store has no such series.
        BadOption
            If several definitions fit, or nothing was known on that day.
        """
        day = None if as_of is None else as_day(as_of, "Store.load")
        cells = self.cells(series, definition, "Store.load")
        if day is not None and day < cells.vintages[0]:
            needed = f"at or after {cells.vintages[0]}, the first vintage of {cells.series.name!r}"
            raise BadOption("Store.load", "as_of", str(day), needed)
        return panel_of(self._connection, cells, day)

    def cells(self, series: str | Panel, definition: str | None, where: str) -> Cells:
        """All vintages of one series."""
        if isinstance(series, Panel):
            if series.n_series != 1:
                raise BadOption(where, "series", series, "a panel of one series (Panel.select)")
            definition = series.definition if definition is None else definition
            series = series.names[0]
        return read_cells(
            self._connection, find_series(self._connection, series, definition, where)
        )

    def log(self) -> pd.DataFrame:
        """All vintages, in the order in which they were added: one row a series and day.

        Returns
        -------
        DataFrame
            Columns ``series, as_of, months, first, last, unit, kind, metric, source, added_at,
            definition``; `months` counts the values.
        """
        rows = self._connection.execute(
            "SELECT s.name, v.as_of, COUNT(*), MIN(x.month), MAX(x.month), s.unit, s.kind, "
            "v.metric, v.source, v.added_at, s.definition FROM trends_vintage v "
            "JOIN trends_series s ON s.id = v.series_id JOIN trends_value x ON x.vintage_id = v.id "
            "GROUP BY v.id, s.name, v.as_of, s.unit, s.kind, v.metric, v.source, v.added_at, "
            "s.definition ORDER BY v.id"
        )
        columns = "series as_of months first last unit kind metric source added_at definition"
        frame = pd.DataFrame(rows, columns=columns.split())
        frame["as_of"] = [dt.date.fromisoformat(day) for day in frame["as_of"]]
        for edge in ("first", "last"):
            frame[edge] = pd.PeriodIndex([as_month(m) for m in frame[edge]], freq="M")
        return frame

    def diff(
        self,
        before: DayLike,
        after: DayLike,
        *,
        series: str | Panel | None = None,
        definition: str | None = None,
        partial: bool = False,
    ) -> pd.DataFrame:
        """The months whose values moved between what was known on one day and on another.

        Parameters
        ----------
        before, after : date or str
            Two days. A series of which nothing was known on the first is left out.
        series, definition
            As for `load`; by default every series.
        partial : bool
            Also the months that grew because more of their days were observed.

        Returns
        -------
        DataFrame
            Columns ``series, quantity, kind, month, before, after, change, days_before,
            days_after, unit, definition``. A stock has rows of kind "stock", and of kind "flow"
            for the monthly changes that moved with it.
        """
        compared = self.pairs(before, after, series=series, definition=definition)
        rows = [row for a, b in compared for row in moved(a, b, partial=partial)]
        return pd.DataFrame(rows, columns=list(MOVED))

    def pairs(
        self,
        before: DayLike,
        after: DayLike,
        *,
        series: str | Panel | None = None,
        definition: str | None = None,
    ) -> list[tuple[Panel, Panel]]:
        """Each series as it was known on two days; after a stock its monthly flow.

        A series of which nothing was known on one of the days is left out.
        """
        first = as_day(before, "Store.diff", "before")
        last = as_day(after, "Store.diff", "after")
        if series is None:
            every = all_series(self._connection)
            found = [read_cells(self._connection, each) for each in every]
        else:
            found = [self.cells(series, definition, "Store.diff")]
        pairs: list[tuple[Panel, Panel]] = []
        for cells in found:
            if min(first, last) < cells.vintages[0]:
                continue
            a, b = (panel_of(self._connection, cells, day) for day in (first, last))
            pairs.append((a, b))
            if cells.series.kind == "stock" and a.n_time > 1 and b.n_time > 1:
                pairs.append((a.flow(), b.flow()))
        return pairs


def _day_of(panel: Panel, as_of: DayLike | None) -> dt.date:
    if as_of is None and panel.as_of is None:
        needed = "a day, which the panel does not name either: say when it was known (--as-of)"
        raise BadOption("Store.add", "as_of", None, needed)
    day = as_day(panel.as_of if as_of is None else as_of, "Store.add")  # type: ignore[arg-type]
    if panel.as_of is not None and day < panel.as_of:
        needed = f"at or after {panel.as_of}, the day of the panel"
        raise BadOption("Store.add", "as_of", str(day), needed)
    known = panel.months[np.flatnonzero(~np.isnan(panel.values).all(axis=0))]
    if len(known) and known[-1] > as_month(day):
        raise BadOption("Store.add", "as_of", str(day), f"in or after {known[-1]}, which has a "
                        "value")  # fmt: skip
    return day
