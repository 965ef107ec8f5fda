"""What a verdict says, in every language: the same numbers, no word of another, no slip."""
# ruff: noqa: RUF001

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from string import Formatter
from typing import Any

import pandas as pd
import pytest
from claims.random_claims import NOTE, cases

from trends.claims import CLAIM_TYPES, Claim, Verdict
from trends.errors import TrendsError, UnknownOption
from trends.panel import Panel
from trends.wording import LANGUAGES, Words

pytest.importorskip("babel")

NBSP, NARROW, MINUS = "\N{NO-BREAK SPACE}", "\N{NARROW NO-BREAK SPACE}", "\N{MINUS SIGN}"
OTHERS = [code for code in LANGUAGES if code != "en"]
COUNT = 150
MONTHS = (
    "January February March April May June July August September October November December"
)  # fmt: skip
UKRAINIAN_MONTHS = "січ[ен]|лют[ио]|берез|квіт|трав|черв|лип|серп|верес|жовт|листопад|груд"
WORD = r"[^\W\d_]{2,}"
SLIPS = ("  ", " ,", ",,", " .", "..", "( ", " )", "{", "}", "[", "]", "None", "|")


def leaves(texts: dict[str, Any], path: str = "") -> Iterator[tuple[str, str]]:
    for key, value in texts.items():
        if isinstance(value, str):
            yield f"{path}{key}", value
        else:
            yield from leaves(value, f"{path}{key}.")


def reasons(code: str) -> dict[str, str]:
    path = files("trends.wording") / "languages" / f"{code}.toml"
    return dict(leaves(tomllib.loads(path.read_text("utf-8"))["reasons"]))


def slots(template: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(template) if name is not None}


def fixed(template: str) -> str:
    """The words of a template, those of its plural forms with them."""
    forms = (form for _, _, form, _ in Formatter().parse(template) if form and "|" in form)
    return " ".join([re.sub(r"\{[^{}]*\}", " ", template), *forms]).lower()


@cache
def drawn(name: str) -> list[tuple[Claim, Panel]]:
    return list(cases(name, 3 * COUNT))


@cache
def checked(name: str, code: str) -> list[Verdict]:
    """The verdicts on the random claims of a type, in a language."""
    found = []
    for claim, panel in drawn(name)[:COUNT]:
        try:
            found.append(claim.check(panel, language=code))
        except TrendsError:
            continue  # the data have too few months for it
    return found


def texts(verdict: Verdict) -> list[str]:
    """The reason and the caveats, less what the data say of themselves."""
    name = getattr(verdict.claim, "of", "")
    return [
        text.replace(NOTE, "~").replace(NOTE.rstrip("."), "~").replace(name or "~", "~")
        for text in (verdict.reason, *verdict.caveats)
    ]


every_type = pytest.mark.parametrize("name", CLAIM_TYPES)
every_other = pytest.mark.parametrize("code", OTHERS)


@every_other
def test_brackets_hold_the_same_slots(code):
    """What is left out in one language is left out in the others."""
    english, other = reasons("en"), reasons(code)
    for key, template in english.items():
        optional = [slots(part) for part in re.findall(r"\[([^\[\]]*)\]", template)]
        assert [slots(part) for part in re.findall(r"\[([^\[\]]*)\]", other[key])] == optional, key


@every_type
def test_the_outcome_and_the_numbers_are_those_of_the_english_reason(name):
    for code in OTHERS:
        for mine, english in zip(checked(name, code), checked(name, "en"), strict=True):
            assert (mine.outcome, mine.numbers) == (english.outcome, english.numbers)
            assert len(mine.caveats) == len(english.caveats)
            for text, told in zip(texts(mine), texts(english), strict=True):
                assert numbers(text, code) == numbers(told, "en"), (text, told)


def numbers(text: str, code: str) -> set[str]:
    """The numbers in a text as English prints them, ordinals apart."""
    if code != "en":
        text = re.sub(r"(?<=\d),(?=\d)", ".", ungrouped(text))
        text = re.sub(r"\b\d+(?:e|-й)(?= )", "", text)
    else:
        text = re.sub(r"(?<=\d),(?=\d)", "", text)
        text = re.sub(r"\b\d+(?:st|nd|rd|th)\b", "", text)
    return set(re.findall(rf"{MINUS}?\d+(?:\.\d+)?(?:e[+-]\d+)?", text))


def ungrouped(text: str) -> str:
    return re.sub(rf"(?<=\d)[{NBSP}{NARROW}](?=\d\d\d)", "", text)


@every_type
@every_other
def test_no_word_of_another_language(name, code):
    english = f"{fixed(' '.join(reasons('en').values()))} {MONTHS.lower()}"
    own = fixed(" ".join(reasons(code).values()))
    foreign = set(re.findall(WORD, english)) - set(re.findall(WORD, own))
    assert {"the", "not", "known", "months"} <= foreign
    for verdict in checked(name, code):
        for text in texts(verdict):
            assert not foreign.intersection(re.findall(WORD, text.lower())), text
            if code == "uk":
                assert not re.search(r"[A-Za-z]", re.sub(r"\de[+-]\d", "", text)), text


@every_type
@every_other
def test_every_text_is_whole(name, code):
    for verdict in checked(name, code):
        assert verdict.reason.endswith(".")
        for text in (verdict.reason, *verdict.caveats):
            assert text[0] == text[0].upper()
            assert not [slip for slip in SLIPS if slip in text], text
            assert code != "fr" or not re.search(r"(?<![\xa0\u202f])[;:]", text.replace(NOTE, ""))


@every_type
def test_little_words_fit(name):
    for text in (text for verdict in checked(name, "fr") for text in texts(verdict)):
        assert not re.search(r"\b(de|que) [aeiouyéèêàâîôû]", text), text
        assert not re.search(r"\b(de le|de les|à le|à les|en le)\b", text), text
        for number, word in re.findall(r"(?<![\d,])(\d+) ([a-z]+)", ungrouped(text)):
            if word.rstrip("s") in ("jour", "nuit", "hausse", "baisse", "drone", "missile"):
                assert word.endswith("s") == (int(number) > 1), text
    for text in (text for verdict in checked(name, "uk") for text in texts(verdict)):
        assert not re.search(r"\bв [вф]", text), text
        assert not re.search(r"[аеєиіїоуюя] у [бгґджзйклмнпрстхцчшщ]", text), text
        assert not re.search(r"\bз (січня|серпня)", text), text
        assert not re.search(rf"({UKRAINIAN_MONTHS})\w* \d{{4}}(?! року)\b", text), text
        for number, word in re.findall(r"(?<![\d,])(\d+) ((?:дрон|ракет)\w*)", ungrouped(text)):
            assert word in COUNTED[category(int(number))], text


COUNTED = {
    "one": ("дрон", "ракета", "ракету"),
    "few": ("дрони", "ракети"),
    "many": ("дронів", "ракет"),
}


def category(number: int) -> str:
    """1, 21, 31; 2 to 4, 22 to 24; the others, those from 11 to 14 with them."""
    if number % 10 == 1 and number % 100 != 11:
        return "one"
    return "few" if number % 10 in (2, 3, 4) and number % 100 not in (12, 13, 14) else "many"


def test_every_reason_is_said(monkeypatch):
    """No template that nothing asks for, but those of what is told around a verdict."""
    asked: set[str] = set()
    real = Words.__call__

    def spy(self: Words, key: str, **values: object) -> str:
        asked.add(key.removeprefix("reasons."))
        return real(self, key, **values)

    monkeypatch.setattr(Words, "__call__", spy)
    for name in CLAIM_TYPES:
        for claim, panel in drawn(name):
            try:
                claim.check(panel)
            except TrendsError:
                continue
    missing = {key for key in reasons("en") if not key.startswith("told.")} - asked
    assert missing == set()


@every_type
def test_the_random_claims_meet_every_verdict(name):
    met = {verdict.outcome for verdict in checked(name, "en")}
    assert met >= {"true", "false", "cannot say"}


@every_type
def test_a_language_that_is_not_spoken(name):
    claim, panel = drawn(name)[0]
    with pytest.raises(UnknownOption, match=rf"{type(claim).__name__}\.check: language='pl'"):
        claim.check(panel, language="pl")


DRONES = Panel(
    [[3000.0, 3100, 2900, 3974, 5438]],
    pd.period_range("2025-02", periods=5, freq="M"),
    ["drones"],
    unit="drones",
    quantity="drones launched",
)
AREA = pd.Series(
    [610.0, 725, 476, 430, 389, 240, 379, 507, 588],
    pd.period_range("2024-10", periods=9, freq="M"),
    name="territory",
)


def drones(kind: str, /, **facts: object) -> Claim:
    return CLAIM_TYPES[kind](series="drones", month="2025-06", **facts)


def territory(kind: str, /, **facts: object) -> Claim:
    return CLAIM_TYPES[kind](series="territory", month="2025-06", **facts)


# read as a native reader would; "~" is a no-break space, "_" a narrow one
GOLDEN: list[tuple[Claim, str, str]] = [
    (
        drones("change", base="2025-05", percent=37),
        "De 3_974 drones en mai 2025 à 5_438 drones en juin 2025~: +36,8~% (+41,4~% en moyenne "
        "journalière).",
        "3~974 дрони в травні 2025 року, 5~438 дронів у червні 2025 року: +36,8% (+41,4% в "
        "перерахунку на добу).",
    ),
    (
        drones("multiple", base="2025-05", multiple=2, value=5000),
        "Les données donnent 5_438 drones (publié~: 5_000 drones)_; de 3_974 drones en mai 2025 à "
        "5_438 drones en juin 2025~: 1,37 fois la valeur de départ.",
        "За даними – 5~438 дронів (опубліковано: 5~000 дронів); 3~974 дрони в травні 2025 року, "
        "5~438 дронів у червні 2025 року: у 1,37 раза більше.",
    ),
    (
        drones("record"),
        "Seulement 4 mois antérieurs connus, alors qu'un record en demande 12.",
        "Відомих попередніх місяців лише 4, а рекорд потребує 12.",
    ),
    (
        drones("threshold", bound=3000, first_since="2025-03"),
        "5_438 drones en juin 2025~: au-dessus de 3_000 drones, mais pas pour la première fois "
        "depuis mars 2025~: 3_974 drones en mai 2025.",
        "5~438 дронів у червні 2025 року – понад 3~000 дронів, але не вперше з березня 2025 року: "
        "3~974 дрони в травні 2025 року.",
    ),
    (
        drones("mean", per_day=181),
        "5_438 drones en juin 2025 (30 jours)~: 181,3 par jour.",
        "5~438 дронів у червні 2025 року (30 днів): 181,3 на добу.",
    ),
    (
        drones("window", first="2025-05", bases=(("2025-02", "2025-04"),)),
        "9_412 drones de mai à juin 2025, contre 9_000 drones sur la période de février à avril "
        "2025.",
        "9~412 дронів з травня до червня 2025 року, а з лютого до квітня 2025 року – 9~000 дронів.",
    ),
    (
        drones("nights", count=3),
        "Les données sont en drones, et non en nuits sans attaque.",
        "Одиниця даних – дрони, а не ночі без атак.",
    ),
    (
        territory("since", since="2024-11"),
        "588 en juin 2025~: au-dessus de tous les mois depuis novembre 2024 (725).",
        "588 у червні 2025 року – більше, ніж у будь-якому місяці з листопада 2024 року (725).",
    ),
    (
        territory("rank", rank=3, ahead=("2024-10", "2024-12")),
        "588 en juin 2025~: le troisième plus haut niveau sur 9 mois connus à partir d'octobre "
        "2024, derrière octobre 2024 (610), novembre 2024 (725)_; décembre 2024 n'était pas plus "
        "haut.",
        "588 у червні 2025 року – третій найвищий показник серед 9 відомих місяців з жовтня 2024 "
        "року, нижче, ніж у жовтні 2024 року (610), у листопаді 2024 року (725); у грудні 2024 "
        "року показник не був вищий.",
    ),
    (
        territory("streak", length=3, kind="acceleration"),
        "389 > 240 < 379 < 507 < 588 de février 2025 à juin 2025~: 3 hausses consécutives.",
        "389 > 240 < 379 < 507 < 588 з лютого 2025 року до червня 2025 року: зростання 3 місяці "
        "поспіль.",
    ),
    (
        territory("total", first="2025-04", value=1474, most=True),
        "1_474 d'avril à juin 2025_; le total antérieur le plus élevé sur 3 mois était de 1_811 "
        "(d'octobre à décembre 2024).",
        "1~474 з квітня до червня 2025 року; найвищий попередній підсумок за 3 місяці – 1~811 з "
        "жовтня до грудня 2024 року.",
    ),
    (
        territory("net", value=588, gained=700, lost=112),
        "Le solde est de 588 en juin 2025_; 700 moins 112, soit 588, font bien 588.",
        "Чистий приріст у червні 2025 року – 588; 700 мінус 112, тобто 588, збігається з 588.",
    ),
    (
        territory("sign", sign="negative"),
        "588 en juin 2025~: pas au-dessous de zéro.",
        "588 у червні 2025 року – не нижче нуля.",
    ),
]  # fmt: skip


@pytest.mark.parametrize(
    ("claim", "french", "ukrainian"), GOLDEN, ids=[claim.type for claim, *_ in GOLDEN]
)
def test_golden_reasons(claim, french, ukrainian):
    data = DRONES if claim.series == "drones" else AREA
    found = claim.check(data, language="fr").reason
    assert found == french.replace("~", NBSP).replace("_", NARROW)
    assert claim.check(data, language="uk").reason == ukrainian.replace("~", NBSP)


def test_a_verdict_is_printed_in_its_language():
    claim = territory("net", value=500, gained=700)
    french, ukrainian = (str(claim.check(AREA, language=code)) for code in ("fr", "uk"))
    assert french.splitlines() == [
        f"FAUX. Les données donnent 588 (publié{NBSP}: 500){NARROW}; le solde est de 588 en "
        "juin 2025.",
        f"Ce qui est vrai{NBSP}: Territoire en juin 2025{NBSP}: 588.",
        f"Note{NBSP}: Les gains ne figurent pas dans ces données{NARROW}; seul le solde a été "
        "vérifié.",
    ]
    assert ukrainian.splitlines() == [
        "НЕПРАВДА: За даними – 588 (опубліковано: 500); чистий приріст у червні 2025 року – 588.",
        "Натомість правда: Територія в червні 2025 року: 588.",
        "Примітка: Скільки здобуто, у цих даних немає; перевірено лише чистий приріст.",
    ]
