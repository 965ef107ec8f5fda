"""A typed claim as JSON spells it."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Mapping
from decimal import Decimal
from functools import cache
from numbers import Integral, Real
from types import NoneType, UnionType
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

import pandas as pd

from trends.claims import CLAIM_TYPES, Claim
from trends.errors import BadTable

HOW = (
    'Write a list such as [{"sentence": "...", "month": "2025-06", "outcome": "true"}, '
    '{"claim": {"type": "streak", "series": "territory_km2", "month": "2025-06", "length": 3}}].'
)
_MOST, _FINEST = 10**15, -15  # of a number that is printed: its size, the place of its last digit
_NUMBERS = {int: "a whole number", float: "a number", Decimal: "a number"}
_NEEDED = {
    **_NUMBERS, str: "text", bool: "true or false", NoneType: "null",
    pd.Period: "a month", dt.date: "a day",
}  # fmt: skip


def claim_of(typed: Any, where: str) -> Claim:
    """The claim that a mapping with its ``type`` and its fields spells, as JSON holds it."""
    name = typed.get("type") if isinstance(typed, Mapping) else typed
    if not isinstance(typed, Mapping) or not isinstance(name, str) or name not in CLAIM_TYPES:
        known = ", ".join(CLAIM_TYPES)
        raise BadTable(where, f"{short(name)} is no type of claim", f"Take one of {known}.")
    kind = CLAIM_TYPES[name]
    hints = _hints(kind)
    given = {str(key): _tuples(value) for key, value in typed.items() if key != "type"}
    if extra := sorted(set(given) - set(hints)):
        named = ", ".join(short(each)[1:-1] for each in extra)
        raise BadTable(where, f"a {kind.type} has no {named}", "Leave it out.")
    for key, value in given.items():
        if not _fits(value, hints[key]):
            problem = f"{key!r} of a {kind.type} is {short(value)}, which is not"
            raise BadTable(where, f"{problem} {_needed(hints[key])}", "Correct the claim.")
    try:
        return kind(**given)
    except TypeError as error:
        raise BadTable(where, f"the claim is not whole ({error})", HOW) from None


@cache
def _hints(kind: type[Claim]) -> Mapping[str, Any]:
    hints = get_type_hints(kind)
    return {field.name: hints[field.name] for field in dataclasses.fields(kind)}


def _fits(value: Any, hint: Any) -> bool:
    """Whether a value is of a type, where JSON spells months and days as text."""
    inside = get_args(hint)
    if get_origin(hint) in (Union, UnionType):
        return any(_fits(value, each) for each in inside)
    if get_origin(hint) is Literal:
        return isinstance(value, str) and value in inside
    if get_origin(hint) is tuple:
        if not isinstance(value, tuple):
            return False
        kinds = inside[:1] * len(value) if inside[-1] is ... else inside
        return len(value) == len(kinds) and all(map(_fits, value, kinds))
    if hint in (pd.Period, dt.date):
        return isinstance(value, str | hint)
    if hint in _NUMBERS:
        number = Integral if hint is int else Real | Decimal  # numpy's too
        return isinstance(value, number) and not isinstance(value, bool) and _plain(value)
    return isinstance(value, hint)


def _plain(value: Any) -> bool:
    """Whether it is a number that anybody would print."""
    if isinstance(value, Decimal):
        exponent = value.as_tuple().exponent
        return isinstance(exponent, int) and exponent >= _FINEST and abs(value) <= _MOST
    return bool(abs(value) <= _MOST)  # not so of NaN


def _needed(hint: Any) -> str:
    """What a type is, in words."""
    inside = get_args(hint)
    if get_origin(hint) in (Union, UnionType):
        return " or ".join(dict.fromkeys(map(_needed, inside)))
    if get_origin(hint) is Literal:
        return "one of " + ", ".join(map(repr, inside))
    if get_origin(hint) is tuple:
        return "a list"
    return _NEEDED[hint]


def _tuples(value: Any) -> Any:
    return tuple(_tuples(each) for each in value) if isinstance(value, list) else value


def short(value: Any) -> str:
    """What an error says was found."""
    try:
        shown = ascii(value)
    except (RecursionError, ValueError):  # very deep, or an integer of thousands of digits
        return f"a {type(value).__name__} too long to show"
    return shown if len(shown) <= 60 else f"{shown[:57]}..."
