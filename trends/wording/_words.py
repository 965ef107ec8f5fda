"""The fixed words of a language: a file of texts with names in braces."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from numbers import Integral
from typing import Any

from trends.wording._phrases import fill
from trends.wording._speaking import amount, check_language, language_of, plural_category


@dataclass(frozen=True, slots=True, eq=False)
class Words:
    r"""The fixed words of one language, asked for by ``section.key``.

    Examples
    --------
    >>> words = read_words("fr")
    >>> words("revisions.values", n=1, of=1300)
    '1 valeur mensuelle sur 1\u202f300 a été révisée.'
    """

    language: str
    texts: Mapping[str, Any]

    def __call__(self, key: str, **values: object) -> str:
        """The text of a key, with its values put in; of plural forms the one that `n` takes.

        A part in brackets is left out where one of its values is None. A whole number has the
        thousands marks of the language, and chooses the form of a word: ``{n:day|days}``.
        """
        text: Any = self.texts
        for part in key.split("."):
            text = text[part]
        if not isinstance(text, str):
            category = plural_category(int(values["n"]), self.language)  # type: ignore[call-overload]
            text = text.get(category, text["other"])
        said = {name: self._said(value) for name, value in values.items()}
        filled = fill(text, said) if said else str(text)
        return language_of(self.language).smooth(filled)

    def _said(self, value: object) -> object:
        whole = isinstance(value, Integral) and not isinstance(value, bool)
        return amount(float(value), language=self.language) if whole else value  # type: ignore[arg-type]


@cache
def read_words(language: str, where: str = "wording") -> Words:
    """Read the fixed words of a language.

    Raises
    ------
    UnknownOption
        If no words are written in it.
    TrendsError
        If it needs Babel, and that cannot be imported.
    """
    check_language(language, where)
    path = files("trends.wording") / "languages" / f"{language}.toml"
    return Words(language, tomllib.loads(path.read_text("utf-8")))
