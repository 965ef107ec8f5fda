"""Rows of delimited text, and where in the file they stand."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from itertools import islice
from typing import TextIO, TypeAlias

from trends.errors import BadTable, TrendsError, UnreadableFile

Where: TypeAlias = Callable[[int], str]  # a data row, from 1, to ", line 7"

_LONGEST = 60  # characters of a cell that an error shows


def parted(lines: TextIO, name: str, delimiter: str) -> Iterator[tuple[int, list[str]]]:
    """Part text into rows, each with its line; those without anything in them are skipped."""
    reader = csv.reader(lines, delimiter=delimiter, strict=True, skipinitialspace=spaced(delimiter))
    header: list[str] = []
    line, number = 1, -1
    while True:
        try:
            row = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            lines.seek(0)
            text = next(islice(lines, line - 1, line), "")
            raise _broken(error, name, delimiter, text, line, number + 1, header) from error
        if any(map(str.strip, row)):
            number += 1
            header = header or row
            yield line, row
        line = reader.line_num + 1


def spaced(delimiter: str) -> bool:
    """Tell whether spaces may stand behind this delimiter, before a quotation mark, too."""
    return not delimiter.isspace()


def _broken(
    error: csv.Error,
    name: str,
    delimiter: str,
    text: str,
    line: int,
    number: int,
    header: list[str],
) -> UnreadableFile:
    parts = text.rstrip("\r\n").split(delimiter)
    odd = [at for at, part in enumerate(parts) if _odd(part)]
    at = odd[0] if odd else max(range(len(parts)), key=lambda at: len(parts[at]))
    where = "the header"
    if number:
        column = header[at].strip() if at < len(header) else f"column {at + 1}"
        where = f"row {number}, column {column!r}"
    return UnreadableFile(
        f"{name}, line {line}",
        f"it is not a table of text: {where}: found {brief(parts[at])} ({shown(error)})",
        "Mend the quotation marks of that row, or export it again as CSV.",
    )


def _odd(part: str) -> bool:
    """Tell whether a piece of a line has quotation marks that do not just stand around it."""
    inner = part[1:-1] if part.startswith('"') and part.endswith('"') and len(part) > 1 else part
    return '"' in inner.replace('""', "")


def brief(cell: object) -> str:
    """Write a cell for an error: control characters escaped, and not too long."""
    text = repr(cell)
    return text if len(text) <= _LONGEST else text[: _LONGEST - 3] + "..."


def short(name: str) -> str:
    """Cut the name of a column that is too long for an error."""
    return name if len(name) <= _LONGEST else name[: _LONGEST - 3] + "..."


def tidy_header(cell: object) -> str:
    """Write the name of a column without what surrounds it, or a second byte order mark."""
    return str(cell).strip().lstrip("\ufeff")


def shown(path: object) -> str:
    """Write a path on one line, whatever its name holds."""
    return "".join(mark if mark.isprintable() else repr(mark)[1:-1] for mark in str(path))


def ragged(where: str, number: int, row: Sequence[object], header: Sequence[str]) -> BadTable:
    """Say of a row of another width than the header what lacks, or is too much."""
    if len(row) < len(header):
        found = f"nothing in column {short(header[len(row)])!r} after {brief(row[-1])}"
    else:
        found = f"found {brief(row[len(header)])} after the last column, {short(header[-1])!r}"
    return BadTable(
        where,
        f"row {number} has {len(row)} cells where the header has {len(header)}: {found}",
        "Check that row for a stray or missing delimiter or quotation mark.",
    )


def line_of(lines: TextIO, delimiter: str, row: int, headers: int = 1) -> str:
    """Tell the line of a data row, counted from 1."""
    with suppress(TrendsError):
        at = row - 1 + headers
        line, _ = next(islice(parted(lines, "", delimiter), at, at + 1), (0, []))
        return f", line {line}" if line else ""
    return ""


def nowhere(row: int) -> str:
    """Say nothing of the line of a row: the rows of this source have none."""
    return ""
