"""Every fixed word has one place a language, and every language has every word."""

from __future__ import annotations

import re
import string
import tomllib
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest

from trends.errors import UnknownOption
from trends.report._words import read_words

REPORT = Path(str(files("trends.report")))
LANGUAGES = sorted(path.stem for path in Path(str(files("trends.wording") / "languages")).glob("*.toml"))


def leaves(texts: dict[str, Any], path: str = "") -> dict[str, list[str]]:
    """The texts by key; plural forms together."""
    found: dict[str, list[str]] = {}
    for key, value in texts.items():
        at = f"{path}.{key}" if path else key
        if isinstance(value, str):
            found[at] = [value]
        elif "other" in value and set(value) <= {"zero", "one", "two", "few", "many", "other"}:
            found[at] = list(value.values())
        else:
            found |= leaves(value, at)
    return found


def texts(language: str) -> dict[str, list[str]]:
    path = files("trends.wording") / "languages" / f"{language}.toml"
    return leaves(tomllib.loads(path.read_text("utf-8")))


def names(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_language_has_every_key_and_every_name(language: str) -> None:
    english, other = texts("en"), texts(language)
    assert set(other) == set(english)
    for key, forms in other.items():
        wanted = set().union(*(names(text) for text in english[key]))
        for text in forms:
            assert names(text) <= wanted, key
            assert text == text.strip(), key
            assert "<" not in text.replace(" < ", ""), key


def test_every_key_is_used() -> None:
    source = "".join(
        path.read_text("utf-8")
        for pattern in ("*.py", "templates/report.html", "templates/report.md")
        for path in REPORT.glob(pattern)
    )
    for key in texts("en"):
        section, _, last = key.rpartition(".")
        named = f'"{key}"' in source or f'"{last}"' in source
        built = section and re.search(rf'"{section}\."|f"{section}\.\{{', source)
        assert named or built or re.search(rf'f"{section}\.\w*\{{', source), key


@pytest.mark.parametrize("name", ["report.html", "report.md", "report.typ"])
def test_no_template_has_a_word_of_its_own(name: str) -> None:
    """What is left of a template without its marks has no word."""
    text = (REPORT / "templates" / name).read_text("utf-8")
    if name == "report.typ":
        shown = re.findall(r"\[([^\[\]#]*[a-z]{3}[^\[\]]*)\]", text)
    else:
        text = re.sub(r"\{%.*?%\}|\{\{.*?\}\}", "", text, flags=re.S)
        text = re.sub(r"<(?:[^<>\"]|\"[^\"]*\")*>", "", text)
        shown = re.findall(r"[A-Za-z]{2,}", text)
    assert shown == []


def test_a_plural_takes_the_form_of_its_number() -> None:
    words = read_words("en")
    assert words("revisions.values", n=1, of=9) == "1 of 9 monthly values was revised."
    assert words("revisions.values", n=2, of=9) == "2 of 9 monthly values were revised."


def test_unknown_language() -> None:
    with pytest.raises(UnknownOption, match="language='xx'"):
        read_words("xx")
