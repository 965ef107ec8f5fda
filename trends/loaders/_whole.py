"""A whole table of a small file, cell for cell."""

from __future__ import annotations

from collections.abc import Sequence

from trends.errors import BadTable
from trends.loaders._delimiters import plain_text
from trends.loaders._frames import read_parquet
from trends.loaders._given import path_of
from trends.loaders._limits import Limits, checked
from trends.loaders._reading import (
    SUFFIXES,
    TEXT,
    PathLike,
    Table,
    decode,
    parse_csv,
    read_bytes,
    tabulate,
    unread,
)
from trends.loaders._records import parse
from trends.loaders._rows import shown
from trends.loaders._workbooks import read_workbook


def read_table(
    path: PathLike, *, suffixes: Sequence[str] = SUFFIXES, limits: Limits | None = None
) -> Table:
    """Read a file by its suffix; at least one row, every row as wide as the header.

    A text is parted by the mark that its suffix stands for or, where that parts nothing of the
    header, by another one.
    """
    file, limits = path_of(path), checked(limits)
    data, name, suffix = read_bytes(file, limits), shown(file), file.suffix.lower()
    if suffix not in suffixes:
        raise unread(file, suffixes)
    if suffix == ".xlsx":
        grid = read_workbook(data, name, 0, limits)
        table = tabulate(grid.rows, name, grid.where)
    elif suffix == ".parquet":
        table = _parquet(data, name, limits)
    elif suffix == ".json":
        table = _json(decode(data, name), name, limits)
    else:
        data, delimiter = plain_text(data, name, TEXT[suffix], lambda header: len(header) > 1)
        table = parse_csv(decode(data, name), name, delimiter)
    limits.check_cells(name, len(table), len(table.columns))
    return table


def _parquet(data: bytes, name: str, limits: Limits) -> Table:
    found = read_parquet(data, name, lambda present: present, limits)
    columns = {
        column: [held.cells[code] for code in held.codes.tolist()]
        for column, held in found.columns.items()
    }
    return Table(name, columns)


def _json(text: str, name: str, limits: Limits) -> Table:
    found = parse(text, name, limits)
    if not isinstance(found, dict) or any(isinstance(v, dict | list) for v in found.values()):
        raise BadTable(
            name, "it is not one JSON object of plain values", "Write {'2025-06-30': 1.5, ...}."
        )
    keys = list(found)
    rows = [("key", "value"), *found.items()]
    return tabulate(rows, name, lambda row: f", {keys[row - 1]!r}")
