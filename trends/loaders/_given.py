"""What every loader is given, checked: the path of a file, and the day on which it was made."""

from __future__ import annotations

import datetime as dt
import os
from pathlib import Path

from trends.errors import BadOption
from trends.loaders._reading import as_date


def path_of(path: object) -> Path:
    """The path of a file, and nothing else that a name could be made of."""
    try:
        found = os.fspath(path) if isinstance(path, os.PathLike) else path
    except TypeError:
        found = None
    if not isinstance(found, str):
        kind = f"of type {type(path).__name__}"
        raise BadOption("the loader", "path", kind, "the path of a file")
    return Path(found)


def known_on(where: str, as_of: object, last: dt.date, what: str) -> dt.date:
    """The day on which a file was made: by default that of the last thing in it."""
    if as_of is None:
        return last
    day = as_date(as_of)
    if day is None:
        found = str(as_of) if isinstance(as_of, dt.date) else as_of
        raise BadOption(where, "as_of", found, "a day such as 2025-06-30, not far ahead")
    if day < last:
        raise BadOption(where, "as_of", str(day), f"at or after {last}, the {what}")
    return day


def texts(where: str, **options: object) -> None:
    """Refuse options that are no text; None where nothing was given."""
    for option, found in options.items():
        if found is not None and not isinstance(found, str):
            raise BadOption(where, option, found, "text")
