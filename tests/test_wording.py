"""Numbers, months and ordinals in words, and what a language file owes."""

# ruff: noqa: RUF001
from __future__ import annotations

import copy
import datetime as dt
import json
import os
import pickle
import re
import subprocess
import sys
import tomllib
from decimal import Decimal
from pathlib import Path
from string import Formatter

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from trends.errors import UnknownOption
from trends.wording import (
    LANGUAGES,
    amount,
    chain_words,
    check_language,
    day_words,
    language_of,
    month_words,
    months_list,
    ordinal,
    percent,
    plural_category,
    quantity_words,
    unit_words,
)

NBSP, NARROW, MINUS = "\N{NO-BREAK SPACE}", "\N{NARROW NO-BREAK SPACE}", "\N{MINUS SIGN}"
OTHERS = [code for code in LANGUAGES if code != "en"]


def months(*texts: str) -> list[pd.Period]:
    return [pd.Period(text, "M") for text in texts]


@pytest.mark.parametrize(
    ("number", "word"),
    [(1, "first"), (3, "third"), (12, "twelfth"), (13, "13th"), (21, "21st"), (22, "22nd"),
     (23, "23rd"), (24, "24th"), (111, "111th"), (112, "112th"), (121, "121st"), (0, "0th")],
)  # fmt: skip
def test_ordinals(number, word):
    assert ordinal(number) == word


@pytest.mark.parametrize(
    ("language", "number", "plain", "feminine"),
    [
        ("fr", 1, "premier", "première"),
        ("fr", 3, "troisième", "troisième"),
        ("fr", 13, "13e", "13e"),
        ("uk", 1, "перший", "перша"),
        ("uk", 3, "третій", "третя"),
        ("uk", 5, "п’ятий", "п’ята"),
        ("uk", 12, "дванадцятий", "дванадцята"),
        ("uk", 13, "13-й", "13-та"),
        ("uk", 21, "21-й", "21-ша"),
        ("uk", 22, "22-й", "22-га"),
        ("uk", 23, "23-й", "23-тя"),
        ("uk", 27, "27-й", "27-ма"),
        ("uk", 111, "111-й", "111-та"),
    ],
)
def test_ordinals_agree(language, number, plain, feminine):
    word = ordinal(number, language)
    assert (word, f"{word:f}") == (plain, feminine)


@pytest.mark.parametrize(
    ("value", "unit", "text"),
    [
        (5438.0, "drones", "5,438 drones"),
        (203.7, "km2", "203.7 km²"),
        (-37.0, "", f"{MINUS}37"),
        (0.0, "", "0"),
        (-0.0, "", "0"),
        (0.04, "", "0.04"),
        (1234567.25, "", "1,234,567.2"),
        (99.96, "", "100.0"),
        (5.0, "a|b", "5 a|b"),
    ],
)
def test_amounts(value, unit, text):
    assert amount(value, unit) == text


@pytest.mark.parametrize(
    ("language", "value", "unit", "text"),
    [
        ("fr", 5438.0, "drones", f"5{NARROW}438 drones"),
        ("fr", 0.0, "drones", "0 drone"),
        ("fr", 1.0, "drones", "1 drone"),
        ("fr", 1.5, "drones", "1,5 drone"),  # French counts plural from 2 on
        ("fr", 2.0, "drones", "2 drones"),
        ("fr", -37.0, "km2", f"{MINUS}37{NBSP}km²"),
        ("fr", 80.0, "percent", f"80{NBSP}%"),
        ("fr", 3.0, "km2 per day", f"3{NBSP}km² par jour"),
        ("fr", 3.0, "tanks", "3 tanks"),  # an unknown one stays as it is
        ("uk", 1.0, "drones", "1 дрон"),
        ("uk", 2.0, "drones", "2 дрони"),
        ("uk", 5.0, "drones", "5 дронів"),
        ("uk", 11.0, "drones", "11 дронів"),
        ("uk", 12.0, "drones", "12 дронів"),
        ("uk", 21.0, "drones", "21 дрон"),
        ("uk", 24.0, "missiles", "24 ракети"),
        ("uk", 111.0, "nights", "111 ночей"),
        ("uk", 203.7, "drones", "203,7 дрона"),
        ("uk", 5438.0, "drones per day", f"5{NBSP}438 дронів на добу"),
        ("uk", 203.7, "km2", f"203,7{NBSP}км²"),
        ("uk", 3.0, "drones and missiles", "3 дрони та ракети"),
        ("uk", 80.0, "%", "80%"),
    ],
)
def test_amounts_of_other_languages(language, value, unit, text):
    assert amount(value, unit, language) == text


def test_a_unit_agrees_with_what_stands_before_it():
    one = language_of("uk").figure(1, "missiles")
    assert f"{one:by}" == "на 1 ракету"
    assert f"{one:over}" == "понад 1 ракету"
    almost = language_of("uk").figure(700, "drones", "almost")
    assert (almost, f"{almost:by}") == ("майже 700 дронів", "майже на 700 дронів")
    about = language_of("fr").figure(37, "", "about", percent=True)
    assert f"{about:of}" == f"d'environ 37{NBSP}%"
    assert f"{language_of('fr').figure(37):of}" == "de 37"


@pytest.mark.parametrize(
    ("share", "text"),
    [
        (0.358, "+35.8%"),
        (-0.2037, f"{MINUS}20.4%"),
        (0.0, "0.0%"),
        (-0.0003, "0.0%"),  # what rounds to nothing has no sign
        (0.0003, "0.0%"),
        (15.58, "+1,558.0%"),
    ],
)
def test_percentages(share, text):
    assert percent(share) == text


def test_percentages_of_other_digits_and_languages():
    assert percent(0.368, 0) == "+37%"
    assert percent(-0.0003, 2) == f"{MINUS}0.03%"
    assert percent(0.358, language="fr") == f"+35,8{NBSP}%"
    assert percent(15.58, language="fr") == f"+1{NARROW}558,0{NBSP}%"
    assert percent(-0.2037, language="uk") == f"{MINUS}20,4%"


def test_months():
    assert month_words(*months("2025-06")) == "June 2025"
    assert months_list(months("2025-06")) == "June 2025"
    assert months_list(months("2024-10", "2024-11")) == "October and November 2024"
    assert months_list(months("2023-12", "2024-01")) == "December 2023 and January 2024"
    assert months_list(months("2023-11", "2023-12", "2024-01")) == (
        "November, December 2023 and January 2024"
    )


def test_months_in_their_cases():
    def forms(language, text, *names):
        month = month_words(pd.Period(text, "M"), language)
        return [format(month, name) for name in names]

    fr = forms("fr", "2025-08", "", "in", "of", "than")
    assert fr == ["août 2025", "en août 2025", "d'août 2025", "qu'en août 2025"]
    assert forms("fr", "2025-06", "of") == ["de juin 2025"]
    assert forms("fr", "2025-10", "of") == ["d'octobre 2025"]
    uk = forms("uk", "2025-06", "", "in", "of", "since", "to", "for")
    assert uk == [
        "червень 2025", "у червні 2025 року", "червня 2025 року", "з червня 2025 року",
        "до червня 2025 року", "за червень 2025 року",
    ]  # fmt: skip
    assert forms("uk", "2025-01", "since") == ["із січня 2025 року"]
    assert forms("uk", "2025-02", "in", "of") == ["у лютому 2025 року", "лютого 2025 року"]
    two = months_list(months("2024-10", "2024-11"), "uk")
    assert f"{two:in}" == "у жовтні та листопаді 2024 року"
    assert months_list(months("2024-10", "2024-11"), "fr") == "octobre et novembre 2024"


def test_the_cases_of_all_months_differ_in_ukrainian():
    for month in pd.period_range("2025-01", periods=12, freq="M"):
        name = month_words(month, "uk")
        cases = {name.split()[0], *(f"{name:{form}}".split()[-3] for form in ("in", "of"))}
        assert len(cases) == 3, cases


def test_spans():
    year, half = months("2024-01", "2024-12"), months("2024-01", "2024-06")
    fr, uk = language_of("fr"), language_of("uk")
    assert fr.span(*half) == "de janvier à juin 2024"
    assert fr.span(*months("2024-08", "2025-06")) == "d'août 2024 à juin 2025"
    assert uk.span(*half) == "із січня до червня 2024 року"
    assert uk.span(*months("2024-11", "2025-06")) == "з листопада 2024 року до червня 2025 року"
    both = [tuple(months("2023-01", "2023-12")), tuple(year)]
    assert f"{fr.spans(both):than}" == "qu'en 2023 et en 2024 réunis"
    assert f"{uk.spans(both):in}" == "у 2023 та 2024 роках разом"
    assert f"{uk.spans(both):for}" == "за 2023 та 2024 роки разом"
    assert f"{uk.spans([tuple(half)]):of}" == "періоду із січня до червня 2024 року"
    assert f"{fr.spans([tuple(half)]):of}" == "de la période de janvier à juin 2024"


def test_days():
    may, june = dt.date(2025, 5, 10), dt.date(2025, 6, 1)
    assert day_words(may) == "10 May 2025"
    assert day_words(june, "fr") == "1er juin 2025"
    assert day_words(may, "fr") == "10 mai 2025"
    assert day_words(may, "uk") == "10 травня 2025 року"
    assert language_of("fr").days(may, june) == "du 10 mai au 1er juin 2025"
    assert language_of("uk").days(may, june) == "з 10 травня до 1 червня 2025 року"


def test_units_quantities_and_chains():
    assert unit_words("km2 per day") == "km² per day"
    assert unit_words("drones") == "drones"
    assert [unit_words("drones", code) for code in OTHERS] == ["drones", "дрони"]
    assert quantity_words("drones launched") == "drones launched"
    assert quantity_words("drones_launched", "uk") == "запущені дрони"
    both = "drones launched and missiles launched"
    assert quantity_words(both, "fr") == "drones lancés et missiles lancés"
    assert quantity_words("net territorial gain, x", "fr") == "gain territorial net, x"
    assert quantity_words("sorties and drones", "fr") == "sorties and drones"
    assert chain_words([379.0, 1507.5], ["<"], "fr") == f"379,0 < 1{NARROW}507,5"


def test_plural_categories():
    assert [plural_category(n, "uk") for n in (1, 21, 2, 11, 5)] == [
        "one", "one", "few", "many", "many",
    ]  # fmt: skip
    assert [plural_category(n, "fr") for n in (0, 1, 2)] == ["one", "one", "other"]
    assert [plural_category(n) for n in (0, 1, 2)] == ["other", "one", "other"]


def test_languages():
    assert LANGUAGES == ("en", "fr", "uk")
    for code in LANGUAGES:
        check_language(code, "here")
    with pytest.raises(UnknownOption, match="here: language='pl'"):
        check_language("pl", "here")


def test_the_forms_that_reasons_ask_for():
    june, may = months("2025-06", "2025-05")
    assert f"{month_words(june, 'uk'):full}" == "червень 2025 року"
    years = [(pd.Period(f"{year}-01", "M"), pd.Period(f"{year}-12", "M")) for year in (2023, 2024)]
    french, english = language_of("fr"), language_of("en")
    assert f"{french.spans(years):in}" == "en 2023 et en 2024 réunis"
    assert f"{french.spans([(may, june)]):in}" == "sur la période de mai à juin 2025"
    for count, word in ((1, "was"), (2, "were")):
        assert f"{english.months([may, june][:count]):was|were}" == word
        assert f"{english.figure(count):was|were}" == word
    assert f"{language_of('uk').months([may, june]):був|були|було}" == "були"


def test_what_is_said_by_the_day():
    assert [unit_words("per day", code) for code in LANGUAGES] == ["per day", "par jour", "на добу"]
    assert amount(0.3, "percent per day", "fr") == f"0,3{NBSP}% par jour"
    assert amount(0.3, "percent per day", "uk") == "0,3% на добу"


@pytest.mark.parametrize(
    ("text", "smooth"),
    [
        ("дрони у травні", "дрони в травні"),
        ("дронів у травні", "дронів у травні"),
        ("дрони у вересні", "дрони у вересні"),
        ("ніж у 2024 році, у травні", "ніж у 2024 році, у травні"),
        ("а у жовтні та у липні", "а в жовтні та в липні"),
    ],
)
def test_little_words_between_vowels(text, smooth):
    assert language_of("uk").smooth(text) == smooth
    assert language_of("fr").smooth(text) == text


def test_a_phrase_is_plain_text_elsewhere():
    june = month_words(pd.Period("2025-06", "M"), "uk")
    assert json.dumps(june, ensure_ascii=False) == '"червень 2025"'
    for same in (copy.deepcopy(june), pickle.loads(pickle.dumps(june))):
        assert same == june
    assert f"{june:>14}" == "  червень 2025"
    with pytest.raises(ValueError, match="format"):
        format(june, "ablative")


@given(st.integers(-(10**12), 10**12))
def test_whole_numbers_are_written_in_full(number):
    assert int(amount(float(number)).replace(",", "").replace(MINUS, "-")) == number


@given(st.floats(-1e15, 1e15), st.sampled_from(OTHERS))
def test_the_digits_are_those_of_english(value, language):
    """Only the signs are another language's: never another rounding."""
    text = amount(value, "", language)
    for group in (NARROW, NBSP):
        text = text.replace(group, "_")
    assert text.replace(",", ".") == amount(value).replace(",", "_")


@given(st.floats() | st.decimals(allow_nan=False, allow_infinity=False, places=3))
def test_no_number_is_too_odd(value):
    for language in LANGUAGES:
        assert language_of(language).figure(value, "drones")


# --- what a language file owes -----------------------------------------------------------------


def slots(template: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(template.replace("[", "").replace("]", ""))
            if name}  # fmt: skip


@pytest.mark.parametrize("code", OTHERS)
def test_a_language_says_all_that_english_says(code):
    english, other = language_of("en").sentences, language_of(code).sentences
    assert english.keys() == other.keys()
    for key, template in english.items():
        assert slots(other[key]) == slots(template), key
    assert language_of(code).hedges.keys() == language_of("en").hedges.keys()


@pytest.mark.parametrize("code", OTHERS)
def test_a_unit_has_all_its_plural_forms(code):
    language = language_of(code)
    for unit, forms in language.units.items():
        count = len(forms.split("|"))
        assert count == 1 or count - len(language.plurals) in (0, 1), unit


@pytest.mark.parametrize("code", OTHERS)
def test_the_languages_know_the_same_units_and_quantities(code):
    assert language_of(code).units.keys() == language_of("fr").units.keys()
    assert language_of(code).terms.keys() == language_of("fr").terms.keys()


WORDS = Path(__file__).resolve().parents[1] / "trends" / "wording" / "languages"
CATEGORIES = {"one", "few", "many", "other"}


def texts(code: str) -> dict[str, dict[str, str]]:
    """The fixed words of the report: the plural forms by key, one form under ""."""
    found: dict[str, dict[str, str]] = {}

    def walk(table, path):
        for key, value in table.items():
            if isinstance(value, dict) and not value.keys() <= CATEGORIES:
                walk(value, f"{path}{key}.")
            else:
                found[path + key] = value if isinstance(value, dict) else {"": value}

    walk(tomllib.loads((WORDS / f"{code}.toml").read_text("utf-8")), "")
    return found


@pytest.mark.parametrize("code", OTHERS)
def test_the_fixed_words_of_a_report_are_all_there(code):
    english, other = texts("en"), texts(code)
    assert english.keys() == other.keys()
    needed = {"fr": {"one", "other"}, "uk": CATEGORIES}[code]
    for key, forms in other.items():
        names = set().union(*map(slots, english[key].values()))
        assert set().union(*map(slots, forms.values())) == names, key
        assert forms.keys() in ({""}, needed), key
        assert all(forms.values()), key


def test_no_little_word_that_would_have_to_be_elided_stands_before_a_month():
    for key, forms in texts("fr").items():
        for text in forms.values():
            for name in ("month", "first", "last", "onset", "months"):
                assert not re.search(rf"\b(de|que) {{{name}}}", text), key


# --- where it runs -----------------------------------------------------------------------------

SCRIPT = """
import locale, sys
try:
    locale.setlocale(locale.LC_ALL, "")
except locale.Error:
    pass
import pandas as pd
from trends.wording import amount, month_words, percent
for code in ("en", "fr", "uk"):
    june = month_words(pd.Period("2025-06", "M"), code)
    said = [june, amount(5438.5, "drones", code), percent(0.5, 1, code)]
    sys.stdout.buffer.write(("|".join(said) + "\\n").encode())
"""


def run(script: str, **environment: str) -> subprocess.CompletedProcess[bytes]:
    given = {k: v for k, v in os.environ.items() if not k.startswith(("LC_", "LANG"))}
    return subprocess.run(
        [sys.executable, "-c", script], env=given | environment, capture_output=True, check=False
    )


def test_the_locale_of_the_process_does_not_matter():
    said = {
        run(SCRIPT, LC_ALL=each, LANG=each, LANGUAGE=each, LC_NUMERIC=each).stdout
        for each in ("C", "de_DE.UTF-8", "uk_UA.UTF-8")
    }
    (lines,) = said
    assert lines.decode().splitlines() == [
        "June 2025|5,438.5 drones|+50.0%",
        f"juin 2025|5{NARROW}438,5 drones|+50,0{NBSP}%",
        f"червень 2025|5{NBSP}438,5 дрона|+50,0%",
    ]


WITHOUT = """
import sys
sys.modules["babel"] = None
import pandas as pd
from trends.claims import Change
from trends.wording import check_language
change = Change(series="x", month="2025-06", base="2025-05", percent=37)
print(change.sentence())
for ask in (lambda: check_language("uk", "here"), lambda: change.sentence("fr")):
    try:
        ask()
    except Exception as error:
        print(type(error).__name__, error)
"""


def test_english_needs_no_babel_and_the_others_say_what_to_install():
    done = run(WITHOUT, PYTHONIOENCODING="utf-8")
    english, uk, fr = done.stdout.decode().splitlines()
    assert english == "X in June 2025: up 37% on May 2025."
    for line, code in ((uk, "uk"), (fr, "fr")):
        assert line.startswith(f"TrendsError language='{code}': babel cannot be imported")
        assert "pip install 'attack-trends[languages]'" in line


def test_babel_is_loaded_when_it_is_needed():
    script = (
        "import sys, trends.claims, pandas as pd\nfrom trends.wording import month_words\n"
        "month_words(pd.Period('2025-06', 'M'))\nprint('babel' in sys.modules)"
    )
    assert run(script).stdout.decode().strip() == "False"


def test_decimals_keep_their_digits():
    assert language_of("uk").figure(Decimal("4.50"), "km2", "almost") == f"майже 4,50{NBSP}км²"
    assert language_of("en").figure(Decimal("-1234.50")) == f"{MINUS}1,234.50"
