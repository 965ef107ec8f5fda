"""Sentences that know how they are said in the other languages."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Self

import pandas as pd

from trends.wording._speaking import amount, language_of, month_words, months_list, percent
from trends.wording._words import read_words


@dataclass(frozen=True, slots=True)
class Figure:
    """A value, printed as each language does."""

    value: float
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Portion:
    """A share in percent; its sign is left out unless it is `signed`."""

    share: float
    signed: bool = False
    decimals: int = 1


class Saying(str):
    """A sentence in English, made of fixed words, that can be said in another language.

    Parameters
    ----------
    key : str
        Of the fixed words, ``section.key``; '' for nothing.
    **slots
        What is put in: a Period, a list of them, a `Figure`, a `Portion`, another `Saying`, a whole
        number or a text.

    Examples
    --------
    >>> said = Saying("margins.above", month=pd.Period("2025-06", "M"), other=pd.Period("2025-04"))
    >>> said, said.into("fr")
    ('June 2025 is above April 2025', "juin 2025 est au-dessus d'avril 2025")
    """

    __slots__ = ("_key", "_slots")
    _key: str
    _slots: dict[str, Any]

    def __new__(cls, key: str, **slots: Any) -> Self:
        self = super().__new__(cls, _say(key, slots, "en"))
        self._key, self._slots = key, slots
        return self

    def into(self, language: str) -> str:
        """The same in another language."""
        return _say(self._key, self._slots, language)

    def __reduce__(self) -> tuple[Any, ...]:
        return _again, (self._key, self._slots)


def _again(key: str, slots: dict[str, Any]) -> Saying:
    return Saying(key, **slots)


def chance_words(share: float, language: str = "en", *, error: float = 0.0) -> str:
    r"""A chance in percent: two digits below a tenth, never 0% or 100% where it is not.

    Parameters
    ----------
    share : float
    language : str
    error : float
        The standard error of an estimate, which is printed unless it is 0.

    Examples
    --------
    >>> chance_words(0.0421), chance_words(0.312, error=0.005), chance_words(0.9999, "fr")
    ('4.2%', '31% (s.e. 0.5%)', 'plus de 99\xa0%')
    """
    key, text = "share", f"{100 * share:.2g}" if share < 0.1 else f"{100 * share:.0f}"
    if share < 0.0001 and (share > 0 or error):
        key, text = "below", "0.01"
    if 0.995 <= share < 1:
        key, text = "over", "99"
    speaks = language_of(language)
    shown, of = (
        f"{speaks.number(digits)}{speaks.percent_sign()}" for digits in (text, f"{100 * error:.1g}")
    )
    return read_words(language)(f"chance.{key}", share=shown, error=of if error else None)


def said(text: str, language: str) -> str:
    """A text in a language, where it can be said in it; as it is, where it is not one of ours."""
    return text.into(language) if isinstance(text, Saying) else text


def _say(key: str, slots: dict[str, Any], language: str) -> str:
    if not key:
        return ""
    return read_words(language)(
        key, **{name: _spoken(value, language) for name, value in slots.items()}
    )


def _spoken(value: Any, language: str) -> Any:
    match value:
        case pd.Period():
            return month_words(value, language)
        case Figure():
            return amount(value.value, value.unit, language)
        case Portion():
            text = percent(value.share, value.decimals, language)
            return text if value.signed else text.lstrip("+\N{MINUS SIGN}")
        case Saying():
            return value.into(language)
        case [pd.Period(), *_]:
            return months_list(value, language)
    return value
