"""The languages there are, and what is said in them by number, month or list."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal

import pandas as pd

from trends.errors import UnknownOption
from trends.wording._babel import locale_of
from trends.wording._digits import exact
from trends.wording._en import English
from trends.wording._fr import French
from trends.wording._language import Language
from trends.wording._uk import Ukrainian

_SPOKEN: tuple[Language, ...] = (English(), French(), Ukrainian())  # one line a language
LANGUAGES = tuple(language.code for language in _SPOKEN)
_BY_CODE = dict(zip(LANGUAGES, _SPOKEN, strict=True))


def check_language(language: str, where: str) -> None:
    """Refuse a language that no sentence is written in, or that needs Babel where that is not."""
    if language not in LANGUAGES:
        raise UnknownOption(where, language=language, known=LANGUAGES)
    if language != "en":
        locale_of(language)


def language_of(language: str) -> Language:
    """The words and the grammar of a language."""
    check_language(language, "wording")
    return _BY_CODE[language]


def month_words(month: pd.Period, language: str = "en") -> str:
    """``June 2025``, whatever the locale of the process.

    In French and Ukrainian the text also has the forms that a sentence needs.

    Examples
    --------
    >>> june = pd.Period("2025-06", "M")
    >>> month_words(june), month_words(june, "fr"), month_words(june, "uk")
    ('June 2025', 'juin 2025', 'червень 2025')
    >>> f"{month_words(june, 'fr'):in}", f"{month_words(june, 'uk'):in}"
    ('en juin 2025', 'у червні 2025 року')
    """
    return language_of(language).month(month)


def months_list(months: Sequence[pd.Period], language: str = "en") -> str:
    """``October and November 2024``: the year once where it is the same."""
    return language_of(language).months(months)


def day_words(day: dt.date, language: str = "en") -> str:
    """``10 May 2025``."""
    return language_of(language).day(day)


def ordinal(number: int, language: str = "en") -> str:
    """``third``; from 13 on in figures."""
    return language_of(language).ordinal(number)


def amount(value: float, unit: str = "", language: str = "en") -> str:
    """A value with thousands marks, one decimal where it has any, and its unit unless it counts.

    Examples
    --------
    >>> amount(5438.0), amount(203.7, "km2"), amount(-37.0, "km2")
    ('5,438', '203.7 km²', '−37 km²')
    >>> amount(2.0, "drones", "uk"), amount(5.0, "drones", "uk"), amount(1.0, "drones", "fr")
    ('2 дрони', '5 дронів', '1 drone')
    """
    return language_of(language).figure(float(value), unit)


def chain_words(values: Sequence[float], signs: Sequence[str], language: str = "en") -> str:
    """``240 < 379 < 507``: values with as many decimals as tell neighbours apart, the middle cut.

    Examples
    --------
    >>> chain_words([9.11, 9.14, 9.1], ["<", ">"])
    '9.11 < 9.14 > 9.10'
    >>> chain_words(range(10), ["<"] * 9)
    '0 < 1 < … < 7 < 8 < 9'
    """
    return language_of(language).chain(values, signs)


def unit_words(unit: str, language: str = "en") -> str:
    """The unit as it is printed by itself.

    Examples
    --------
    >>> unit_words("km2"), unit_words("drones", "uk"), unit_words("km2 per day", "fr")
    ('km²', 'дрони', 'km² par jour')
    """
    return language_of(language).unit(unit)


def quantity_words(quantity: str, language: str = "en") -> str:
    """The name of a quantity or of a series; one that the language does not know stays as it is.

    Examples
    --------
    >>> quantity_words("drones launched", "fr"), quantity_words("drones launched", "uk")
    ('drones lancés', 'запущені дрони')
    """
    return language_of(language).term(quantity)


def percent(share: float, decimals: int = 1, language: str = "en") -> str:
    """``+35.8%`` for 0.358."""
    return language_of(language).percent(share, decimals)


def plural_category(number: float | Decimal | str, language: str = "en") -> str:
    """The category of CLDR that a number takes: "one", "few", "many" or "other".

    Examples
    --------
    >>> [plural_category(n, "uk") for n in (1, 3, 5, "1.5")]
    ['one', 'few', 'many', 'other']
    """
    if language == "en":
        return "one" if str(number) == "1" else "other"
    check_language(language, "plural_category")
    return locale_of(language).plural(exact(str(number)))
