"""JSON, parsed strictly: nothing deep, no key twice; and its records, one object each."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from typing import Any

from trends.errors import BadTable, EmptyTable, UnreadableFile
from trends.loaders._limits import Limits
from trends.loaders._rows import brief

_SHAPES = (
    'Write a list of records, [{"month": "2025-06", "value": 588}, ...], or one record a line.'
)
_ENDS = re.compile(r"[\r\n]+")
_DIGITS = 400  # of a whole number; beyond, it is text, which is refused as a number


class _Twice(ValueError):
    """One key twice in one object."""

    def __init__(self, at: int, key: str, first: object, second: object) -> None:
        self.at, self.key, self.first, self.second = at, key, first, second


def read_records(
    text: str, name: str, limits: Limits
) -> tuple[tuple[str, ...], Sequence[dict[str, Any]]]:
    """Read records: the names of their keys, and they; a key that one lacks is unknown there."""
    found = _parsed(text, name, limits)
    if isinstance(found, dict) and isinstance(found.get("data"), list):
        found = found["data"]
    if isinstance(found, dict) and not any(isinstance(v, dict | list) for v in found.values()):
        found = [found]
    if not isinstance(found, list) or not all(isinstance(record, dict) for record in found):
        raise BadTable(name, "it holds no list of JSON records", _SHAPES)
    if not found or not any(found):
        raise EmptyTable(name, "a list without records")
    names = tuple(dict.fromkeys(key for record in found for key in record))
    limits.check_columns(name, len(names))
    return names, found


def parse(text: str, name: str, limits: Limits, remedy: str = "") -> Any:
    """Parse JSON, or say where it is none; `remedy` is for what is nested too deeply."""
    limits.check_depth(name, text.encode("utf-8", "surrogatepass"), remedy)
    return _strictly(text, name)


def _strictly(text: str, name: str) -> Any:
    try:
        return _loads(text)
    except _Twice as error:
        raise _twice(name, error) from error
    except (ValueError, RecursionError) as error:
        raise UnreadableFile(name, f"it is not JSON ({error})", "Export it again.") from error


def _parsed(text: str, name: str, limits: Limits) -> Any:
    limits.check_depth(name, text.encode("utf-8", "surrogatepass"))
    try:
        return _strictly(text, name)
    except UnreadableFile:
        # By these marks only: a text may hold the others at which Python ends a line.
        lines = [line for line in _ENDS.split(text) if line.strip()]
        if len(lines) < 2 or not (lines[0].lstrip()[0] == "{" and lines[0].rstrip()[-1] == "}"):
            raise
    return [_record(line, number, name) for number, line in enumerate(lines, start=1)]


def _record(line: str, number: int, name: str) -> Any:
    try:
        found = _loads(line)
    except _Twice as error:
        error.at = number
        raise _twice(name, error) from error
    except (ValueError, RecursionError) as error:
        raise UnreadableFile(
            name, f"record {number} is not JSON ({error})", "Export it again."
        ) from error
    if not isinstance(found, dict):
        raise BadTable(name, f"record {number} is no object, found {brief(found)}", _SHAPES)
    return found


def _loads(text: str) -> Any:
    objects = 0

    def once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        nonlocal objects
        objects += 1
        found = dict(pairs)
        if len(found) != len(pairs):
            keys = [key for key, _ in pairs]
            key = next(key for key in keys if keys.count(key) > 1)
            first, second = [value for other, value in pairs if other == key][:2]
            raise _Twice(objects, key, first, second)
        return found

    try:
        return json.loads(text, object_pairs_hook=once)
    except ValueError as error:
        if "digits" not in str(error):
            raise
    objects = 0
    return json.loads(
        text,
        object_pairs_hook=once,
        parse_int=lambda digits: digits if len(digits) > _DIGITS else int(digits),
    )


def _twice(name: str, error: _Twice) -> BadTable:
    return BadTable(
        name,
        f"row {error.at}, column {error.key!r}: the key is there twice, "
        f"found {brief(error.first)} and {brief(error.second)}",
        "Keep one of them.",
    )
