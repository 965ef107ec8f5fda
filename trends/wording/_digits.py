"""Numbers in digits, as English prints them; the other languages change the signs."""

from __future__ import annotations

import math
from collections.abc import Sequence
from decimal import Decimal
from itertools import pairwise

MINUS = "\N{MINUS SIGN}"
_LONGEST = 8  # a longer chain is cut in the middle


def digits(value: float) -> str:
    """Thousands marks, and one decimal where it has any."""
    text = f"{abs(value):,.0f}" if float(value).is_integer() else f"{abs(value):,.1f}"
    if not any(digit in text for digit in "123456789") and value:
        text = f"{abs(value):.2g}"
    sign = MINUS if value < 0 and not math.isclose(value, 0) else ""
    return f"{sign}{text}"


def printed_digits(value: float | Decimal) -> str:
    """The same; a Decimal keeps all of its digits."""
    if isinstance(value, Decimal):
        return f"{MINUS if value < 0 else ''}{abs(value):,f}"
    return digits(value)


def chain_digits(values: Sequence[float], signs: Sequence[str]) -> str:
    """Values with as many decimals as tell neighbours apart, the middle cut."""
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
        f"{MINUS if v < 0 and float(w.replace(',', '')) else ''}{w}"
        for v, w in zip(values, words, strict=True)
    ]
    parts = [words[0]]
    for sign, word in zip(signs, words[1:], strict=True):
        parts += [sign, word]
    if len(words) > _LONGEST:
        parts = [*parts[:4], "…", *parts[-6:]]
    return " ".join(parts)


def percent_digits(share: float, decimals: int) -> tuple[str, str]:
    """The sign and the digits of a share in percent; what rounds to nothing has no sign."""
    text = f"{abs(share) * 100:,.{decimals}f}"
    if not any(digit in text for digit in "123456789"):
        return "", text
    return "+" if share > 0 else MINUS, text


def ratio_digits(ratio: float) -> str:
    """Three digits, or all of a large number."""
    text = f"{abs(ratio):,.3g}" if abs(ratio) < 999.5 else f"{abs(ratio):,.0f}"
    return f"{MINUS if ratio < 0 else ''}{text}"


def exact(text: str) -> Decimal:
    """The number that digits stand for, without its sign."""
    return Decimal(text.lstrip(MINUS).replace(",", ""))
