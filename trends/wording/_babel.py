"""What Babel knows of a language: its signs, its months and its plurals."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from trends.errors import TrendsError


@dataclass(frozen=True, slots=True)
class Locale:
    """The data of the CLDR that sentences need; never those of the process."""

    decimal: str
    group: str
    percent: str  # what follows the number, its space included
    months: tuple[str, ...]  # as they stand in a date
    months_alone: tuple[str, ...]
    plural: Callable[[Decimal], str]  # the category: "one", "few", "many", "other"


@cache
def locale_of(code: str) -> Locale:
    """Ask Babel for a language."""
    try:
        import babel
        from babel.numbers import get_decimal_symbol, get_group_symbol
    except ImportError as error:
        raise TrendsError(
            f"language={code!r}: babel cannot be imported ({error}). "
            "Install it: pip install 'attack-trends[languages]'. English does without."
        ) from error
    locale = babel.Locale(code)
    months = {way: locale.months[way]["wide"] for way in ("format", "stand-alone")}
    return Locale(
        decimal=get_decimal_symbol(locale),
        group=get_group_symbol(locale),
        percent=locale.percent_formats[None].suffix[0],
        months=tuple(months["format"][k] for k in range(1, 13)),
        months_alone=tuple(months["stand-alone"][k] for k in range(1, 13)),
        plural=locale.plural_form,
    )
