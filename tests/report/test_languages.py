"""Every fixed word has one place a language, and a report in a language has no word of another."""

from __future__ import annotations

import json
import re
import string
import sys
import tomllib
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from html.parser import HTMLParser
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest

from trends.errors import TrendsError, UnknownOption
from trends.loaders import load
from trends.report import Report, diff, report
from trends.wording import LANGUAGES, language_of, read_words

pytest.importorskip("babel")

TRENDS = Path(str(files("trends")))
WORDS = TRENDS / "wording" / "languages"
OTHERS = [language for language in LANGUAGES if language != "en"]
BUNDLED = ("drones-launched", "missiles-launched", "territory-gain-afp")
MONTHS = ("2025-06", "2026-06")
LATIN = re.compile(r"[a-z]{3,}", re.IGNORECASE)
# names of things, files and formats that are the same in every language
NAMES = frozenset(
    re.findall(
        "[a-z]+",
        "afp isw acled ucdp deepstate kaggle attack trends sha markdown json csv svg png pdf html "
        "datawrapper flourish mann kendall foster stuart",
    )
)


def texts(language: str) -> dict[str, list[str]]:
    """The texts by key; plural forms together."""

    def leaves(part: dict[str, Any], path: str) -> Iterator[tuple[str, list[str]]]:
        for key, value in part.items():
            at = f"{path}.{key}" if path else key
            if isinstance(value, str):
                yield at, [value]
            elif "other" in value and set(value) <= {"one", "few", "many", "other"}:
                yield at, list(value.values())
            else:
                yield from leaves(value, at)

    return dict(leaves(tomllib.loads((WORDS / f"{language}.toml").read_text("utf-8")), ""))


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
            assert "<" not in text.replace(" < ", ""), key


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_choice_of_a_word_has_a_word_for_each_plural(language: str) -> None:
    for key, forms in texts(language).items():
        for text in forms:
            for _, name, form, _ in string.Formatter().parse(text):
                if form and "|" in form:
                    choices = form.split("|")
                    assert len(choices) == len(language_of(language).plurals), (key, name)
                elif form:
                    assert form in {*language_of(language).forms, "f"}, (key, form)


def test_every_key_is_used() -> None:
    source = "".join(
        path.read_text("utf-8")
        for pattern in ("*.py", "templates/report.html", "templates/report.md")
        for path in TRENDS.rglob(pattern)
    )
    for key in texts("en"):
        if key.startswith("reasons."):  # those of claims, asked for by ``case.say("record.high")``
            of = key.removeprefix("reasons.")
            kind = of.partition(".")[0].removeprefix("not_")
            built = re.search(rf'f"(?:reasons\.|\{{\w+\}})?{kind}\.', source)
            assert built or f'"{of}"' in source or f'"{key}"' in source, key
            continue
        section, _, last = key.rpartition(".")
        named = f'"{key}"' in source or f'"{last}"' in source
        built = section and re.search(rf'"{section}\."|f"{section}\.\{{', source)
        assert named or built or re.search(rf'f"{section}\.\w*\{{', source), key


@pytest.mark.parametrize("name", ["report.html", "report.md", "report.typ"])
def test_no_template_has_a_word_of_its_own(name: str) -> None:
    """What is left of a template without its marks has no word."""
    text = (TRENDS / "report" / "templates" / name).read_text("utf-8")
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
    words = read_words("uk")
    for n, said in ((1, "значення"), (3, "значення"), (5, "значень"), (21, "значення")):
        assert f"{n} місячн" in words("revisions.values", n=n, of=99)
        assert said in words("revisions.values", n=n, of=99)


def test_unknown_language() -> None:
    with pytest.raises(UnknownOption, match="report: language='xx'"):
        report(load("territory-gain-afp"), "2025-06", language="xx")


def test_without_babel_the_error_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    from trends.wording import _babel

    monkeypatch.setitem(sys.modules, "babel", None)
    _babel.locale_of.cache_clear()
    read_words.cache_clear()
    try:
        with pytest.raises(TrendsError, match=r"pip install 'attack-trends\[languages\]'"):
            report(load("territory-gain-afp"), "2025-06", language="fr")
        assert report(load("territory-gain-afp"), "2025-06").headline.startswith("Net territorial")
    finally:
        _babel.locale_of.cache_clear()
        read_words.cache_clear()


# --- whole reports -----------------------------------------------------------------------------


@cache
def made(language: str, month: str) -> Report:
    return report([load(name) for name in BUNDLED], month, language=language)


class Page(HTMLParser):
    """What a page says, less the parts that are marked as English."""

    def __init__(self) -> None:
        super().__init__()
        self.said: list[str] = []
        self.english: list[str] = []
        self.skipping = ""
        self.depth = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        known = dict(attrs)
        if tag in ("style", "defs"):
            self.skipping = tag
        if self.depth or (tag != "html" and known.get("lang") == "en"):
            self.depth += tag not in ("br", "meta", "img")
            return
        spoken = ("alt", "title", "aria-label", "summary")
        self.said += [value for key in spoken if (value := known.get(key))]
        if tag == "meta" and known.get("name") == "description":
            self.said.append(known["content"] or "")

    def handle_endtag(self, tag: str) -> None:
        self.skipping = "" if tag == self.skipping else self.skipping
        self.depth = max(0, self.depth - 1)

    def handle_data(self, data: str) -> None:
        if not self.skipping:
            (self.english if self.depth else self.said).append(data)


@cache
def page(language: str, month: str) -> Page:
    found = Page()
    found.feed(made(language, month).to_html(formats=("html", "md", "json", "csv", "svg")))
    return found


def text_of(found: Page) -> str:
    """What a page says, less names of files and hashes."""
    named = r"[\w-]+\.(?:html|md|json|csv|svg|png|pdf)|\b[0-9a-f]{12,64}\b"
    return re.sub(named, "", "\n".join(found.said))


def strings(value: Any, key: str = "") -> Iterator[tuple[str, str]]:
    """Every text of the JSON with its key."""
    if isinstance(value, str):
        yield key, value
    elif isinstance(value, dict):
        for name, each in value.items():
            yield from strings(each, name)
    elif isinstance(value, list):
        for each in value:
            yield from strings(each, key)


# keys of what is not said but named: identifiers, types and what the data say of themselves
IDENTIFIERS = frozenset(
    re.findall(
        "[a-z_]+",
        "id type series month unit metric kind adds_up_to outcome by_day definition source licence "
        "quantity status language version content_hash when first last null choice scale onset "
        "basis as_of excluded_from note notes publisher",
    )
)


def data_texts(facts: dict[str, Any]) -> list[str]:
    """What the data say of themselves, in English."""
    printed = load("published-monthly")
    found = {*printed["note"].dropna(), *printed["publisher"], "Shahed only", facts["content_hash"]}
    found |= {facts["content_hash"][:12], *(load(name).source for name in BUNDLED)}
    for each in facts["series"]:
        found |= {each["source"], each["definition"], each["licence"], *each["notes"]}
        found |= {a["note"] for a in each["anomalies"]}
        rows = each["disagreement"]["rows"]
        found |= {row[key] for row in rows for key in ("name", "definition", "source")}
    found |= {other["name"] for claim in facts["claims"] for other in claim["elsewhere"]}
    found |= {text.rstrip(".") for text in found}
    return sorted((text for text in found if len(text) > 2), key=len, reverse=True)


def without(text: str, parts: list[str]) -> str:
    for part in parts:
        text = text.replace(part, " ")
    return text


def left(text: str) -> set[str]:
    return {word.lower() for word in LATIN.findall(text)} - NAMES


@pytest.mark.parametrize("month", MONTHS)
def test_no_latin_word_is_left_on_a_ukrainian_page(month: str) -> None:
    assert left(text_of(page("uk", month))) == set()


@pytest.mark.parametrize("month", MONTHS)
def test_no_latin_word_is_left_in_ukrainian_json_text_and_tables(month: str) -> None:
    facts = json.loads(made("uk", month).to_json())
    own = data_texts(facts)
    claims = [{k: v for k, v in claim.items() if k != "fields"} for claim in facts["claims"]]
    for key, text in strings({**facts, "claims": claims}):
        if key not in IDENTIFIERS:
            assert left(without(text, own)) == set(), (key, text)
    markdown = re.sub(r"\\(.)", r"\1", made("uk", month).to_markdown())
    markdown = markdown.replace("&lt;", "<").replace("&gt;", ">")
    assert left(without(markdown, own)) == set()
    for name, text in made("uk", month).files(("csv",)).items():
        assert left(str(text)) == set(), name


@pytest.mark.parametrize("language", OTHERS)
@pytest.mark.parametrize("month", MONTHS)
def test_no_english_word_is_left_on_the_page(language: str, month: str) -> None:
    """Of the words of our English, those that are no words of the other language."""

    def words_of(code: str) -> set[str]:
        speaks = language_of(code)
        said = [text for forms in texts(code).values() for text in forms]
        said += [*speaks.sentences.values(), *speaks.units.values(), *speaks.terms.values()]
        bare = re.sub(r"\{(\w+)", "{", " ".join(said))
        return {word.lower() for word in re.findall(r"[^\W\d_]{3,}", bare)}

    said = text_of(page(language, month))
    ours = words_of("en") - words_of(language) - NAMES
    assert {word.lower() for word in re.findall(r"[^\W\d_]{3,}", said)} & ours == set()


@pytest.mark.parametrize("language", OTHERS)
def test_what_is_english_says_so_and_nothing_else_does(language: str) -> None:
    found = page(language, "2025-06")
    english = " ".join(found.english)
    panel = load("drones-launched")
    assert str(panel.definition) in english
    assert panel.source in english
    assert not re.search("[\u0400-\u04ff]", english)
    assert not {"dans", "des", "mois", "août"} & set(english.split())
    assert 'lang="en"' not in made("en", "2025-06").to_html().split("<body>")[1]


def test_a_text_of_ones_own_is_not_taken_for_english() -> None:
    said = {"definition": "Décompte de la rédaction.", "source": "La rédaction"}
    own = replace(load("drones-launched"), metric="", anomalies=(), **said)
    text = report(own, "2025-06", language="fr").to_html()
    assert "Décompte de la rédaction." in text
    assert 'lang="en"' not in text.split("<body>")[1]


@pytest.mark.parametrize("month", MONTHS)
def test_french_spaces_do_not_break(month: str) -> None:
    said = text_of(page("fr", month))
    assert re.findall(r".{20}[ ][:;?!%»].{5}|« .{5}", said) == []
    assert re.findall(r".{12}\d\.\d.{6}", re.sub(r"0\.1\.0", "", said)) == []
    assert re.findall(r"\b(?:de|que|le) [aeiouyéèêâîôû]\w+", said.lower()) == []


@pytest.mark.parametrize(
    ("language", "month", "headline"),
    [
        (
            "fr",
            "2025-06",
            "Drones lancés en juin 2025 : 5 438, le plus haut niveau mensuel jamais enregistré "
            "(depuis septembre 2022).",
        ),
        (
            "uk",
            "2025-06",
            "Запущені дрони в червні 2025 року: 5 438, найвищий місячний показник за весь час "
            "спостережень (з вересня 2022 року).",
        ),
    ],
)
def test_headlines(language: str, month: str, headline: str) -> None:
    said = made(language, month).headline
    assert re.sub("[\xa0\u202f]", " ", said) == headline


def test_identifiers_are_the_same_in_every_language() -> None:
    shapes = []
    for language in LANGUAGES:
        facts = json.loads(made(language, "2025-06").to_json())
        assert facts["language"] == language
        shapes.append(
            (
                [(c["id"], c["type"], c["outcome"], c["fields"]) for c in facts["claims"]],
                [(s["quantity"], s["series"], s["history"]) for s in facts["series"]],
                sorted(made(language, "2025-06").files(("csv", "json"))),
                sorted({key for key, _ in strings(facts)}),
            )
        )
    assert shapes[0] == shapes[1] == shapes[2]


def test_reports_in_two_languages_are_compared_by_their_claims() -> None:
    english, ukrainian = (json.loads(made(code, "2025-06").to_json()) for code in ("en", "uk"))
    assert not diff(english, ukrainian)
    assert not diff(ukrainian, english)
    fewer = {**english, "claims": english["claims"][1:]}
    found = diff(fewer, ukrainian)
    assert found.new == (ukrainian["claims"][0]["sentence"],)
    assert found.headline is not None
    assert found.headline[1] == ukrainian["headline"]
    later = report(
        [load(name) for name in BUNDLED], "2025-12", language="uk", previous=english
    ).facts()
    assert later["revisions"]["n_compared"] > 50
    assert left(" ".join(o["sentence"] for o in later["revisions"]["overturned"])) == set()


def test_csv_numbers_are_for_machines() -> None:
    for name, text in made("uk", "2025-06").files(("csv",)).items():
        if "table" in name or "chart" in name:
            rows = [line.split(",") for line in str(text).splitlines()[1:]]
            assert all(re.fullmatch(r"\d{4}-\d{2}", row[0]) for row in rows), name
            assert all(re.fullmatch(r"-?[\d.]*", row[1]) for row in rows), name
