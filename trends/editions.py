"""Data as they were known on a day: from the library, or from a store of vintages."""

from __future__ import annotations

from pathlib import Path
from typing import Literal, overload

import pandas as pd

from trends.errors import BadOption
from trends.loaders import data_sets
from trends.loaders import load as load_bundled
from trends.panel import Panel
from trends.vintages import DayLike, Store, as_day


@overload
def load(  # type: ignore[overload-overlap]
    name: Literal["published-monthly"],
    *,
    as_of: DayLike | None = None,
    store: None = None,
) -> pd.DataFrame: ...


@overload
def load(
    name: str,
    *,
    as_of: DayLike | None = None,
    store: Store | str | Path | None = None,
    definition: str | None = None,
) -> Panel: ...


def load(
    name: str,
    *,
    as_of: DayLike | None = None,
    store: Store | str | Path | None = None,
    definition: str | None = None,
) -> Panel | pd.DataFrame:
    """Load a bundled data set, or a series of a store, as it was known on a day.

    Parameters
    ----------
    name : str
        One of `data_sets`; with a store, also the name of a series in it.
    as_of : date or str, optional
        The day; by default the last.
    store : Store, path or URL, optional
        Where vintages are kept. Without one, there is the one vintage that comes with the library.
    definition : str, optional
        Which of several definitions of a series in the store.

    Returns
    -------
    Panel or DataFrame
        "published-monthly" is a table of printed figures: those printed until that day.

    Raises
    ------
    UnknownName
        If there is no such data set or series.
    BadOption
        If nothing was known on that day, or `as_of` names none.

    Examples
    --------
    >>> load("drones-launched", as_of="2026-07-01").as_of
    datetime.date(2026, 6, 7)
    """
    if store is not None:
        if isinstance(store, Store):
            return _from_store(store, name, as_of, definition)
        with Store.open(store, read_only=True) as opened:
            return _from_store(opened, name, as_of, definition)
    if definition is not None:
        raise BadOption("load", "definition", definition, "for bundled data: each has its own")
    panel: Panel | pd.DataFrame = load_bundled(name)
    if as_of is None:
        return panel
    day = as_day(as_of, "load")
    if isinstance(panel, pd.DataFrame) and "published_date" in panel:
        return panel[panel["published_date"] <= pd.Timestamp(day)].reset_index(drop=True)
    if day < (known := data_sets()[name].as_of):
        needed = (
            f"at or after {known}, the one vintage of {name!r} that comes with the library; "
            "earlier ones can be kept in a store (trends store add, store=...)"
        )
        raise BadOption("load", "as_of", str(day), needed)
    return panel


def _from_store(store: Store, name: str, as_of: DayLike | None, definition: str | None) -> Panel:
    card = data_sets().get(name)
    if card is None:
        return store.load(name, as_of=as_of, definition=definition)
    return store.load(card.series, as_of=as_of, definition=definition or card.definition)
