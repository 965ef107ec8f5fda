"""The fixed words of a report: one file a language."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from trends.errors import UnknownOption

SPOKEN = ("en",)


@dataclass(frozen=True, slots=True, eq=False)
class Words:
    """The words of one language, asked for by ``section.key``."""

    language: str
    texts: Mapping[str, Any]

    def __call__(self, key: str, **values: object) -> str:
        """The text of a key, with its values put in; of plural forms the one that `n` takes."""
        text: Any = self.texts
        for part in key.split("."):
            text = text[part]
        if not isinstance(text, str):
            text = text[plural(self.language, values["n"])]
        return str(text.format(**values)) if values else str(text)


def plural(language: str, number: object) -> str:
    """The CLDR category of a whole number; so far every language has the forms of English."""
    return "one" if number == 1 else "other"


@cache
def read_words(language: str) -> Words:
    """Read the words of a language."""
    if language not in SPOKEN:  # verdicts, supports and margins still speak English
        raise UnknownOption("report", language=language, known=SPOKEN)
    path = files("trends.wording") / "languages" / f"{language}.toml"
    return Words(language, tomllib.loads(path.read_text("utf-8")))
