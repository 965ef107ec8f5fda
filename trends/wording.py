"""Numbers, months and ordinals in words."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise

import pandas as pd

from trends.errors import UnknownOption

LANGUAGES = ("en",)

_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip
_ORDINALS = (
    "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth",
    "tenth", "eleventh", "twelfth",
)  # fmt: skip
_LONGEST = 8  # a longer chain is cut in the middle
_MINUS = "\N{MINUS SIGN}"


def check_language(language: str, where: str) -> None:
    """Refuse a language that no sentence is written in."""
    if language not in LANGUAGES:
        raise UnknownOption(where, language=language, known=LANGUAGES)


def month_words(month: pd.Period) -> str:
    """``June 2025``, whatever the locale of the process."""
    return f"{_MONTHS[month.month - 1]} {month.year}"


def months_list(months: list[pd.Period]) -> str:
    """``October and November 2024``: the year once where it is the same."""
    words = [
        _MONTHS[month.month - 1] if k + 1 < len(months) and months[k + 1].year == month.year
        else month_words(month)
        for k, month in enumerate(months)
    ]  # fmt: skip
    return " and ".join([", ".join(words[:-1]), words[-1]]) if len(words) > 1 else words[0]


def ordinal(number: int) -> str:
    """``third``; from 13 on in figures."""
    if 1 <= number <= len(_ORDINALS):
        return _ORDINALS[number - 1]
    tail = (
        "th" if number % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    )
    return f"{number}{tail}"


def amount(value: float, unit: str = "") -> str:
    """A value with thousands marks, one decimal where it has any, and its unit unless it counts.

    Examples
    --------
    >>> amount(5438.0), amount(203.7, "km2"), amount(-37.0, "km2")
    ('5,438', '203.7 km²', '−37 km²')
    """
    text = f"{abs(value):,.0f}" if float(value).is_integer() else f"{abs(value):,.1f}"
    if not any(digit in text for digit in "123456789") and value:
        text = f"{abs(value):.2g}"
    sign = _MINUS if value < 0 and not math.isclose(value, 0) else ""
    return f"{sign}{text}" + (f" {unit_words(unit)}" if unit else "")


def chain_words(values: Sequence[float], signs: Sequence[str]) -> str:
    """``240 < 379 < 507``: values with as many decimals as tell neighbours apart, the middle cut.

    Examples
    --------
    >>> chain_words([9.11, 9.14, 9.1], ["<", ">"])
    '9.11 < 9.14 > 9.10'
    >>> chain_words(range(10), ["<"] * 9)
    '0 < 1 < … < 7 < 8 < 9'
    """
    for decimals in range(7):
        words = [f"{abs(value):,.{decimals}f}" for value in values]
        shown = [float(f"{value:.{decimals}f}") for value in values]
        apart = all(
            (a == b) == (x == y)
            for (a, b), (x, y) in zip(pairwise(values), pairwise(shown), strict=True)
        )
        whole = decimals > 0 or all(float(value).is_integer() for value in values)
        if apart and whole:
            break
    words = [
        f"{_MINUS if v < 0 and float(w.replace(',', '')) else ''}{w}"
        for v, w in zip(values, words, strict=True)
    ]
    parts = [words[0]]
    for sign, word in zip(signs, words[1:], strict=True):
        parts += [sign, word]
    if len(words) > _LONGEST:
        parts = [*parts[:4], "…", *parts[-6:]]
    return " ".join(parts)


def unit_words(unit: str) -> str:
    """The unit as it is printed."""
    return unit.replace("km2", "km²")


def percent(share: float, decimals: int = 1) -> str:
    """``+35.8%`` for 0.358."""
    text = f"{abs(share) * 100:,.{decimals}f}%"
    if not any(digit in text for digit in "123456789"):
        return text  # what rounds to nothing has no sign
    return f"{'+' if share > 0 else _MINUS}{text}"
