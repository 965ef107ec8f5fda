"""Every error that is raised on purpose: *where: what is wrong, what was found. What to do*."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

__all__ = [
    "BadOption",
    "BadTable",
    "BadValue",
    "DifferentDefinitions",
    "DuplicateMonths",
    "EmptyTable",
    "InvalidPanel",
    "MissingColumns",
    "MonthOutside",
    "NoValues",
    "NotMonthly",
    "TooShort",
    "TrendsError",
    "TrendsWarning",
    "UnknownMonth",
    "UnknownName",
    "UnknownOption",
    "UnreadableFile",
    "WrongKind",
]


# what moves a cursor, ends a line or turns the writing round, and halves of characters; a carriage
# return before a line feed is a line end as any other
_STEERS = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff]|\r(?!\n)"
)

_HALF = re.compile("[\ud800-\udfff]")


def spelled(text: str) -> str:
    r"""Text that does nothing to a terminal or a page: what would steer it is spelled out.

    Examples
    --------
    >>> print(spelled("\x1b[2Jdrones \u202e588"))
    \u001b[2Jdrones \u202e588
    """
    return _STEERS.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


def whole(text: str) -> str:
    r"""Text without halves of characters, which nothing can write: each becomes its number."""
    if not isinstance(text, str) or text.isascii() or _HALF.search(text) is None:
        return text
    return text.encode("utf-8", "backslashreplace").decode("utf-8")


def _printable(said: object) -> object:
    """Escape what would move the cursor, or be invisible: files and databases are quoted here."""
    if not isinstance(said, str) or said.replace("\n", "").isprintable():
        return said
    return "".join(c if c.isprintable() or c == "\n" else repr(c)[1:-1] for c in said)


class TrendsError(ValueError):
    """Root of all errors that this library raises on purpose."""

    def __init__(self, *said: object) -> None:
        super().__init__(*map(_printable, said))


class TrendsWarning(UserWarning):
    """Something that a reader of the result must know, and that is not an error."""

    def __init__(self, *said: object) -> None:
        super().__init__(*map(_printable, said))


def _quote(names: Collection[object], most: int = 12) -> str:
    shown = [repr(str(name)) for name in list(names)[:most]]
    more = len(names) - len(shown)
    return ", ".join(shown) + (f" and {more} more" if more > 0 else "") if shown else "nothing"


class UnreadableFile(TrendsError):
    """A file cannot be opened, or is not of the format that its name promises."""

    def __init__(self, path: object, problem: str, remedy: str) -> None:
        self.path, self.problem = str(path), problem
        super().__init__(f"{self.path}: {problem}. {remedy}")


class EmptyTable(TrendsError):
    """A table has no rows to work on."""

    def __init__(self, table: str, found: str = "no rows") -> None:
        self.table = table
        super().__init__(
            f"{table}: there is nothing to read, found {found}. "
            "Check that the export finished, and that the right file was given."
        )


class MissingColumns(TrendsError):
    """A table lacks columns that its loader needs."""

    def __init__(
        self, table: str, missing: Collection[str], present: Collection[str], remedy: str = ""
    ) -> None:
        self.table, self.missing, self.present = table, tuple(missing), tuple(present)
        super().__init__(
            f"{table}: no column {_quote(self.missing)}; the table has {_quote(self.present)}. "
            + (remedy or "Rename the columns in the file, or name them when you load it.")
        )


class BadValue(TrendsError):
    """A cell holds what its column cannot hold.

    `row` counts the data rows from 1, as a reader of the file would without the header.
    """

    def __init__(self, table: str, row: object, column: str, found: object, needed: str) -> None:
        self.table, self.row, self.column, self.found = table, row, column, found
        shown = repr(found)
        if len(shown) > 80:
            shown = shown[:77] + "..."
        super().__init__(
            f"{table}: row {row}, column {column!r}: found {shown}, which is not {needed}. "
            "Correct the cell, or leave it empty if the value is unknown."
        )


class BadTable(TrendsError):
    """A table as a whole contradicts what its loader needs."""

    def __init__(self, table: str, problem: str, remedy: str) -> None:
        self.table, self.problem = table, problem
        super().__init__(f"{table}: {problem}. {remedy}")


class DuplicateMonths(TrendsError):
    """A series has two values for one month."""

    def __init__(self, table: str, series: str, months: Sequence[object]) -> None:
        self.table, self.series, self.months = table, series, tuple(months)
        super().__init__(
            f"{table}: series {series!r} has more than one value for {_quote(self.months, 6)}. "
            "Keep one row a month, or add the rows up before loading."
        )


class DifferentDefinitions(TrendsError):
    """Two panels whose numbers were made by different rules."""

    def __init__(self, first: str, definition: object, second: str, other: object) -> None:
        self.first, self.second = first, second
        super().__init__(
            f"join: {first!r} and {second!r} are of different definitions, found "
            f"{str(definition) or 'none stated'!r} and {str(other) or 'none stated'!r}. "
            "Compare them with trends.compare, or join them all the same with mixed=True."
        )


class NotMonthly(TrendsError):
    """An index is not a monthly clock."""

    def __init__(self, table: str, found: str, remedy: str) -> None:
        self.table, self.found = table, found
        super().__init__(f"{table}: the index is not monthly, found {found}. {remedy}")


class UnknownMonth(TrendsError):
    """A text or value does not name a month."""

    def __init__(self, where: str, found: object) -> None:
        self.found = found
        super().__init__(
            f"{where}: {found!r} does not name a month. Write year and month as in '2025-06'."
        )


class MonthOutside(TrendsError):
    """A month lies outside the months of a panel, or has no value there."""

    def __init__(self, where: str, month: object, first: object, last: object) -> None:
        self.month, self.first, self.last = month, first, last
        super().__init__(
            f"{where}: {month} is outside the data, which run from {first} to {last}. "
            "Choose a month in that span, or load newer data."
        )


class NoValues(TrendsError):
    """Nothing but unknown values."""

    def __init__(self, where: str, found: str = "every value is missing") -> None:
        super().__init__(
            f"{where}: no known value, {found}. "
            "Check the value column, and the marks that stand for a missing value."
        )


class TooShort(TrendsError):
    """Too few months for what was asked."""

    def __init__(self, where: str, found: int, needed: int) -> None:
        self.found, self.needed = found, needed
        super().__init__(
            f"{where}: too short, found {found} month{'s' if found != 1 else ''} where "
            f"{needed} are needed. Load a longer series."
        )


class TooLong(TrendsError):
    """More months than a method can be fitted to in reasonable time and memory."""

    def __init__(self, where: str, found: int, most: int) -> None:
        self.found, self.most = found, most
        super().__init__(
            f"{where}: too long, found {found:,} months where at most {most:,} can be fitted. "
            "Give a shorter span, as with panel.window(first, last)."
        )


class WrongKind(TrendsError):
    """An operation that does not exist for this kind of quantity."""

    def __init__(self, where: str, kind: str, needed: str, remedy: str) -> None:
        self.kind, self.needed = kind, needed
        super().__init__(f"{where}: needs a {needed}, found a {kind}. {remedy}")


class InvalidPanel(TrendsError):
    """The parts of a panel do not fit together."""

    def __init__(self, problem: str, remedy: str) -> None:
        self.problem = problem
        super().__init__(f"Panel: {problem}. {remedy}")


class UnknownName(TrendsError):
    """A name (of a series, a data set, a loader) that does not exist."""

    def __init__(self, where: str, name: object, known: Collection[object]) -> None:
        self.name, self.known = name, tuple(known)
        super().__init__(f"{where}: nothing is named {name!r}. Choose one of {_quote(self.known)}.")


class UnknownOption(TrendsError):
    """An option has a value that is not among its choices."""

    def __init__(self, where: str, *, known: Collection[object], **option: object) -> None:
        ((self.option, self.found),) = option.items()
        self.known = tuple(known)
        super().__init__(
            f"{where}: {self.option}={self.found!r} is not an option. "
            f"Choose one of {_quote(self.known)}."
        )


class BadOption(TrendsError):
    """An option has a value out of its range, or contradicts another."""

    def __init__(self, where: str, option: str, found: object, needed: str) -> None:
        self.option, self.found = option, found
        super().__init__(f"{where}: {option}={found!r}, which is not {needed}. Change the option.")
