"""A reader's own file of what is odd about a series."""

from __future__ import annotations

from typing import cast

from trends.loaders._limits import Limits
from trends.loaders._reading import PathLike
from trends.loaders._whole import read_table
from trends.panel import Anomaly, AnomalyKind, Purpose, as_month

__all__ = ["load_anomalies"]


def load_anomalies(
    path: PathLike, *, limits: Limits | None = None
) -> dict[str, tuple[Anomaly, ...]]:
    r"""Load anomalies from a table.

    Parameters
    ----------
    path : path
        A table with the columns ``first``, ``kind`` and ``note`` and, where they are wanted,
        ``last`` (else `first`), ``source``, ``excluded_from`` (findings separated by spaces or
        semicolons) and ``series`` (else every series).
    limits : Limits, optional
        How large the file may be.

    Returns
    -------
    dict of str to tuple of Anomaly
        By series; under ``""`` those of every series.

    Raises
    ------
    MissingColumns, BadValue, BadTable, EmptyTable, UnreadableFile
        If it is not such a table.

    Examples
    --------
    >>> from tempfile import NamedTemporaryFile
    >>> with NamedTemporaryFile("w", suffix=".csv") as file:
    ...     _ = file.write("first,last,kind,note\n2026-05,2026-05,ceasefire,Three days of May.\n")
    ...     file.flush()
    ...     load_anomalies(file.name)[""][0].kind
    'ceasefire'
    """
    table = read_table(path, limits=limits)
    table.need("first", "kind", "note")
    columns = table.columns
    found: dict[str, list[Anomaly]] = {}
    for row in range(len(columns["first"])):

        def cell(name: str, row: int = row) -> str:
            return str(columns[name][row]).strip() if name in columns else ""

        if not cell("note"):
            raise table.bad(row + 1, "note", columns["note"][row], "a sentence for the reader")
        try:
            anomaly = Anomaly(
                as_month(cell("first"), "first"),
                as_month(cell("last") or cell("first"), "last"),
                cast(AnomalyKind, cell("kind")),
                cell("note"),
                cell("source"),
                cast("tuple[Purpose, ...]", tuple(cell("excluded_from").replace(";", " ").split())),
            )
        except ValueError as error:
            columns_read = "first, last, kind, excluded_from"
            raise table.bad(row + 1, columns_read, str(error), "an anomaly") from error
        found.setdefault(cell("series"), []).append(anomaly)
    return {series: tuple(anomalies) for series, anomalies in found.items()}
