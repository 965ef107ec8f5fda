"""Which loader reads a file, told by its columns."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass

from trends.errors import MissingColumns, UnknownOption
from trends.loaders._reading import PathLike
from trends.loaders._sources import columns_of
from trends.panel import Panel


@dataclass(frozen=True, slots=True)
class Loader:
    """One line of the registry.

    Parameters
    ----------
    load : callable
        A path in, a Panel out.
    recognise : callable
        The column names of a file in; the options with which `load` reads it out, or None if it is
        not a file of this loader.
    columns : str
        The columns that it is recognised by, for a reader.
    """

    load: Callable[..., Panel]
    recognise: Callable[[Collection[str]], dict[str, object] | None]
    columns: str


def load_file(path: PathLike, loaders: Mapping[str, Loader], /, **options: object) -> Panel:
    """Load a file by the first loader that recognises its columns.

    Parameters
    ----------
    path : path
        A file of a known kind: attack-level launches, a daily area, or a table with the columns
        ``month`` and ``value`` (and ``series``, ``observed_days``).
    loaders : mapping of str to Loader
        The registry, `LOADERS`; it is tried in order.
    **options
        Options of the loader that is chosen, such as ``weapons="missiles"`` or ``unit="km2"``;
        ``limits=Limits(...)``, which all take but those of polygons and of posts.

    Returns
    -------
    Panel

    Raises
    ------
    MissingColumns
        If no loader recognises the columns; the error names them.
    UnknownOption
        If the loader chosen has no such option.
    UnreadableFile, EmptyTable, BadTable, BadValue, DuplicateMonths, NoValues, BadOption
        As the loader chosen does; all are a `TrendsError`.

    Examples
    --------
    >>> load_file("missile_attacks_daily.csv", LOADERS, weapons="missiles")  # doctest: +SKIP
    <Panel: missiles (missiles, flow), 2022-09 to 2026-06, 46 months>
    """
    known_early = ("delimiter", "encoding", "sheet", "limits")
    reading = {k: v for k, v in options.items() if k in known_early and v is not None}
    present = columns_of(path, **reading)
    for name, loader in loaders.items():
        found = loader.recognise(present)
        if found is not None:
            _check(name, loader, options)
            return loader.load(path, **{**found, **options})
    known = "; ".join(f"{loader.columns} ({name})" for name, loader in loaders.items())
    raise MissingColumns(
        str(path),
        ("month", "value"),
        present,
        f"Known files have the columns {known}. For any other, name the columns: "
        "load_table(path, month=..., value=..., unit=...) or "
        "load_territory(path, date=..., area=..., unit=...).",
    )


def _check(name: str, loader: Loader, options: Mapping[str, object]) -> None:
    known = [key for key in inspect.signature(loader.load).parameters if key != "path"]
    for option in options:
        if option not in known:
            raise UnknownOption(f"load_file of a {name} file", option=option, known=known)
