"""JSON records to columns: a list of objects, one object a line, or a list under ``data``."""

from __future__ import annotations

import json
from typing import Any

from trends.errors import BadTable, EmptyTable, UnreadableFile

_SHAPES = (
    'Write a list of records, [{"month": "2025-06", "value": 588}, ...], or one record a line.'
)


def read_records(text: str, name: str) -> dict[str, list[object]]:
    """Read records; a key that a record lacks is unknown there."""
    found = _parsed(text, name)
    if isinstance(found, dict) and isinstance(found.get("data"), list):
        found = found["data"]
    if isinstance(found, dict) and not any(isinstance(v, dict | list) for v in found.values()):
        found = [found]
    if not isinstance(found, list) or not all(isinstance(record, dict) for record in found):
        raise BadTable(name, "it holds no list of JSON records", _SHAPES)
    if not found or not any(found):
        raise EmptyTable(name, "a list without records")
    columns = dict.fromkeys(key for record in found for key in record)
    return {column: [record.get(column) for record in found] for column in columns}


def _parsed(text: str, name: str) -> Any:
    try:
        return json.loads(text, object_pairs_hook=_once)
    except (ValueError, RecursionError) as error:
        problem = error
    lines = [line for line in text.splitlines() if line.strip()]
    if len(lines) > 1 and all(line.lstrip().startswith("{") for line in lines):
        return [_record(line, number, name) for number, line in enumerate(lines, start=1)]
    raise UnreadableFile(name, f"it is not JSON ({problem})", "Export it again.") from problem


def _record(line: str, number: int, name: str) -> Any:
    try:
        return json.loads(line, object_pairs_hook=_once)
    except (ValueError, RecursionError) as error:
        raise UnreadableFile(
            name, f"record {number} is not JSON ({error})", "Export it again."
        ) from error


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a record has one key twice")
    return found
