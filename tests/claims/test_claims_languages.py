"""Every claim type in every language: it renders, it is grammatical, no English is left."""
# ruff: noqa: RUF001

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from decimal import Decimal

import pandas as pd
import pytest
from claims.random_panels import nights_and_months, panels_and_months
from hypothesis import given, settings
from hypothesis import strategies as st

from trends.claims import CLAIM_TYPES, Claim
from trends.errors import UnknownOption
from trends.wording import LANGUAGES, language_of

NBSP, NARROW, MINUS = "\N{NO-BREAK SPACE}", "\N{NARROW NO-BREAK SPACE}", "\N{MINUS SIGN}"
OTHERS = [code for code in LANGUAGES if code != "en"]
HEDGES = ("", "about", "almost", "more than", "less than")
START = pd.Period("2021-01", "M")

month = st.integers(0, 70).map(lambda n: START + n)
day = st.dates(dt.date(2021, 1, 1), dt.date(2026, 12, 31))
number = st.one_of(
    st.integers(-50, 100_000),
    st.floats(-5000, 100_000, allow_nan=False),
    st.decimals(-5000, 5000, places=2),
)
hedge = st.sampled_from(HEDGES)
direction = st.sampled_from(["high", "low"])
lengths = st.integers(1, 40)
SUBJECTS = [(words, unit) for words in language_of("fr").terms for unit in ("drones", "km2")]


def maybe(of: st.SearchStrategy) -> st.SearchStrategy:
    return st.one_of(st.none(), of)


@st.composite
def spans(draw: st.DrawFn) -> tuple[tuple[pd.Period, pd.Period], ...]:
    def one() -> tuple[pd.Period, pd.Period]:
        first = draw(month)
        if draw(st.booleans()):
            first = pd.Period(year=first.year, month=1, freq="M")
            return first, first + 11
        return first, first + draw(st.sampled_from([0, 2, 14]))

    return tuple(one() for _ in range(draw(st.integers(1, 3))))


def within(about: pd.Period) -> st.SearchStrategy[dt.date]:
    return st.integers(1, about.days_in_month).map(lambda d: dt.date(about.year, about.month, d))


def since_when(draw: st.DrawFn) -> dict[str, object]:
    return draw(st.sampled_from([{}, {"first_since": draw(month)}, {"first_ever": True}]))


@st.composite
def claims(draw: st.DrawFn, name: str, subjects: list[tuple[str, str]] = SUBJECTS) -> Claim:
    """A claim of a type with everything that it can say, sense or none."""
    subject, unit = draw(st.sampled_from(subjects))
    about = draw(month)
    first = about - draw(st.integers(0, 14))
    size = draw(number)
    multiple = draw(st.sampled_from([0.5, 1, 2, 3.2, 21, 2719.0, Decimal("2.0")]))
    relation = draw(st.sampled_from(["above", "below", "multiple", "percent", "difference"]))
    options: dict[str, Callable[[], dict[str, object]]] = {
        "record": lambda: {
            **draw(st.sampled_from([{"of": "night"}, {"direction": "high"}, {"direction": "low"}])),
            "start": draw(maybe(month)), "day": draw(maybe(day)),
            "previous": draw(maybe(month)), "previous_value": draw(maybe(number)),
            "margin": draw(maybe(number)), "margin_hedge": draw(hedge),
        },
        "since": lambda: {
            "since": draw(month), "direction": draw(direction), "since_value": draw(maybe(number)),
        },
        "streak": lambda: {
            "length": draw(lengths), "since_day": draw(maybe(day)), "chain": (1.5, 2.0, 1000.0),
            "kind": draw(st.sampled_from(
                ["rise", "fall", "acceleration", "slowing", "record", "nights"]
            )),
        },
        "rank": lambda: {
            "rank": draw(lengths), "direction": draw(direction), "start": draw(maybe(month)),
            "ahead": tuple(draw(st.sets(month, max_size=3))), "at_least": draw(st.booleans()),
            "excluding": draw(st.one_of(st.just(()), spans())),
        },
        "change": lambda: {
            "base": draw(month), "hedge": draw(hedge), "base_value": draw(maybe(number)),
            "per": draw(st.sampled_from(["month", "day"])),
            "per_day": draw(maybe(st.floats(-0.9, 9))),
            **draw(st.sampled_from(
                [{"percent": size}, {"percent": size, "points": True}, {"absolute": size}]
            )),
        },
        "multiple": lambda: {
            "base": draw(month), "multiple": multiple, "hedge": draw(hedge),
            "base_value": draw(maybe(number)),
        },
        "threshold": lambda: {
            "bound": size, **since_when(draw),
            "op": draw(st.sampled_from(["above", "below", "at least", "at most"])),
        },
        "total": lambda: {
            "first": first, "first_day": draw(maybe(within(first))),
            "last_day": draw(maybe(within(about))), "most": draw(st.booleans()),
        },
        "window": lambda: {
            "first": first, "bases": draw(spans()), "relation": relation, "hedge": draw(hedge),
            "number": multiple if relation == "multiple" else size,
            "per": draw(st.sampled_from(["total", "day"])), "base_value": draw(maybe(number)),
        },
        "share": lambda: {
            "percent": size, "of": draw(st.sampled_from(subjects))[0], "hedge": draw(hedge),
        },
        "mean": lambda: {
            "per_day": size, "first": draw(maybe(st.just(first))), "hedge": draw(hedge),
        },
        "net": lambda: {"gained": draw(maybe(number)), "lost": draw(maybe(number))},
        "sign": lambda: {
            "sign": draw(st.sampled_from(["negative", "positive"])), **since_when(draw),
        },
        "nights": lambda: {
            "count": draw(st.sampled_from([0, 1, 2, 5, 21, about.days_in_month])),
            "of": draw(st.sampled_from(["with", "without"])), "hedge": draw(hedge),
            "since_day": draw(maybe(day)),
        },
        "pace": lambda: {
            "base": draw(maybe(month)), "op": draw(st.sampled_from(["above", "below"])),
        },
    }  # fmt: skip
    needed = name in ("total", "net", "pace")
    value = draw(number if needed else maybe(number))
    return CLAIM_TYPES[name](
        series="x", month=about, value=value, value_hedge=draw(hedge), subject=subject, unit=unit,
        **options[name](),
    )  # fmt: skip


every_type = pytest.mark.parametrize("name", CLAIM_TYPES)
every_language = pytest.mark.parametrize("code", LANGUAGES)


# the signs of languages, not words
ENGLISH = re.compile(
    r"\b(the|of|in|on|and|from|since|month|months|monthly|night|nights|day|days|year|highest|"
    r"lowest|record high|launched|gained|lost|shot|down|up|above|below|at least|at most|more|less|"
    r"than|about|almost|by|per day|times|first|second|third|consecutive|rise|fall|percent|"
    r"percentage|share|total of|with|without|attack|attacks|every|pace|end|behind|left|together|"
    r"territory|fires|deaths|events|weapons|best|low|high|beating|January|February|March|April|May|"
    r"June|July|August|September|October|November|December)\b",
    re.IGNORECASE,
)


UKRAINIAN_MONTHS = "січн|лют|берез|квіт|трав|черв|лип|серп|верес|жовт|листопад|груд"


@every_type
@settings(max_examples=100, deadline=None)
@given(data=st.data())
def test_any_claim_is_said_in_every_language(name, data):
    claim = data.draw(claims(name))
    for code in LANGUAGES:
        sentence = claim.sentence(code)
        assert sentence.endswith(".")
        assert sentence[0] == sentence[0].upper()
        for wrong in ("\n", "  ", " ,", ",,", " .", "( ", "{", "}", "[", "]", "None", "|", ": ,"):
            assert wrong not in sentence, sentence
    no_english(claim)
    little_words_fit(claim)


def no_english(claim: Claim) -> None:
    french = claim.sentence("fr")
    assert not ENGLISH.findall(french), french
    ukrainian = claim.sentence("uk").replace("ACLED", "")
    latin = re.sub(r"\de[+-]\d", "", ukrainian)  # 1,2e-05
    assert not re.search("[A-Za-z]", latin), ukrainian


def little_words_fit(claim: Claim) -> None:
    french, ukrainian = claim.sentence("fr"), claim.sentence("uk")
    assert not re.search(r"\b(de|que) [aeiouyéèêàâîôû]", french), french
    assert not re.search(r"\b(de le|de les|à le|à les)\b", french), french
    assert not re.search(r"\ble 1 [a-zéû]+ \d", french), french
    assert not re.search(r"\bв [вф]", ukrainian), ukrainian
    assert not re.search(r"\bз (січня|серпня)", ukrainian), ukrainian
    assert not re.search(rf"({UKRAINIAN_MONTHS})\w* \d{{4}}(?! року)\b", ukrainian), ukrainian


@every_type
@settings(max_examples=40, deadline=None)
@given(case=st.one_of(panels_and_months(), nights_and_months()))
def test_what_is_proposed_is_said_in_every_language(name, case):
    panel, about = case
    for claim in CLAIM_TYPES[name].propose(panel, about):
        for code in LANGUAGES:
            for each in (claim, claim.bare()):
                assert str(about.year) in each.sentence(code)


@every_type
def test_a_language_that_is_not_spoken(name):
    kind = CLAIM_TYPES[name].__name__
    claim = next(claim for claim, *_ in GOLDEN if claim.type == name)
    with pytest.raises(UnknownOption, match=rf"{kind}\.sentence: language='pl'.*'fr', 'uk'"):
        claim.sentence("pl")


def drones(kind: str, value: object = 5438, /, **facts: object) -> Claim:
    options = {"subject": "drones launched", "unit": "drones", "value": value} | facts
    return CLAIM_TYPES[kind](series="drones", month="2025-06", **options)


def km2(kind: str, value: object = 588, /, **facts: object) -> Claim:
    options = {"subject": "net territorial gain", "unit": "km2", "value": value} | facts
    return CLAIM_TYPES[kind](series="territory", month="2025-06", **options)


# read as a native reader would; "~" is a no-break space, "_" a narrow one
GOLDEN: list[tuple[Claim, str, str]] = [
    (
        drones("record", start="2022-09"),
        "Drones lancés en juin 2025~: 5_438, le plus haut niveau mensuel jamais enregistré (depuis "
        "septembre 2022).",
        "Запущені дрони в червні 2025 року: 5~438, найвищий місячний показник за весь час "
        "спостережень (з вересня 2022 року).",
    ),
    (
        drones("record", 479, of="night", day="2025-06-01", subject="drones of the largest night",
               previous="2025-04", previous_value=267, margin=200, margin_hedge="more than"),
        "Drones de la nuit la plus intense en juin 2025~: 479, le plus haut niveau jamais "
        "enregistré en une nuit, le 1er juin 2025, battant de plus de 200 le précédent record "
        "d'avril 2025 (267).",
        "Дрони наймасованішої ночі в червні 2025 року: 479, найвищий показник за одну ніч за весь "
        "час спостережень, 1 червня 2025 року, попередній рекорд квітня 2025 року (267) побито "
        "більш ніж на 200.",
    ),
    (
        km2("record", Decimal("-4.50"), direction="low", margin=7),
        "Gain territorial net en juin 2025~: −4,50~km², le plus bas niveau mensuel jamais "
        "enregistré, battant de 7~km² le précédent record.",
        "Чистий приріст території в червні 2025 року: −4,50~км², найнижчий місячний показник за "
        "весь час спостережень, попередній рекорд побито на 7~км².",
    ),
    (
        km2("since", since="2024-11", since_value=725),
        "Gain territorial net en juin 2025~: 588~km², le plus haut niveau depuis novembre 2024 "
        "(725).",
        "Чистий приріст території в червні 2025 року: 588~км², найвищий показник з листопада 2024 "
        "року (725).",
    ),
    (
        km2("since", None, since="2025-01", direction="low"),
        "Gain territorial net en juin 2025~: le plus bas niveau depuis janvier 2025.",
        "Чистий приріст території в червні 2025 року: найнижчий показник із січня 2025 року.",
    ),
    (
        km2("streak", length=3, kind="acceleration", chain=(240, 379, 507, 588)),
        "Gain territorial net en juin 2025~: 588~km², en accélération pour le troisième mois "
        "consécutif (240 < 379 < 507 < 588).",
        "Чистий приріст території в червні 2025 року: 588~км², прискорення третій місяць поспіль "
        "(240 < 379 < 507 < 588).",
    ),
    (
        drones("streak", None, length=1, kind="fall"),
        "Drones lancés en juin 2025~: en baisse par rapport au mois précédent.",
        "Запущені дрони в червні 2025 року: зниження порівняно з попереднім місяцем.",
    ),
    (
        drones("streak", None, length=51, kind="nights", since_day="2025-05-11"),
        "Drones lancés en juin 2025~: la 51e nuit consécutive avec une attaque depuis le 11 mai "
        "2025.",
        "Запущені дрони в червні 2025 року: 51-ша ніч поспіль з атаками з 11 травня 2025 року.",
    ),
    (
        km2("rank", rank=3, ahead=("2024-10", "2024-11"), start="2022-08"),
        "Gain territorial net en juin 2025~: 588~km², le troisième plus haut niveau mensuel depuis "
        "août 2022, derrière octobre et novembre 2024.",
        "Чистий приріст території в червні 2025 року: 588~км², третій найвищий місячний показник "
        "із серпня 2022 року, нижче, ніж у жовтні та листопаді 2024 року.",
    ),
    (
        km2("rank", rank=3, at_least=True,
            excluding=(("2022-02", "2022-04"), ("2023-01", "2023-12"))),
        "Gain territorial net en juin 2025~: 588~km², parmi les 3 plus hauts niveaux mensuels, "
        "hors la période de février à avril 2022 et 2023.",
        "Чистий приріст території в червні 2025 року: 588~км², серед 3 найвищих місячних "
        "показників, без урахування періоду з лютого до квітня 2022 року та 2023 року.",
    ),
    (
        drones("multiple", base="2024-06", multiple=Decimal("16.3"), base_value=333),
        "Drones lancés en juin 2025~: 5_438, 16,3 fois le niveau de juin 2024 (333).",
        "Запущені дрони в червні 2025 року: 5~438, у 16,3 раза більше, ніж у червні 2024 року "
        "(333).",
    ),
    (
        drones("multiple", None, base="2024-08", multiple=2, hedge="almost"),
        "Drones lancés en juin 2025~: près de 2 fois le niveau d'août 2024.",
        "Запущені дрони в червні 2025 року: майже у 2 рази більше, ніж у серпні 2024 року.",
    ),
    (
        drones("multiple", None, base="2025-05", multiple=0.5),
        "Drones lancés en juin 2025~: 0,5 fois le niveau de mai 2025.",
        "Запущені дрони в червні 2025 року: 0,5 показника травня 2025 року.",
    ),
    (
        drones("change", base="2025-05", percent=Decimal("36.8"), base_value=3974, per_day=0.414),
        "Drones lancés en juin 2025~: 5_438, en hausse de 36,8~% par rapport à mai 2025 (3_974), "
        "+41,4~% en moyenne journalière.",
        "Запущені дрони в червні 2025 року: 5~438, на 36,8% більше, ніж у травні 2025 року "
        "(3~974), +41,4% в перерахунку на добу.",
    ),
    (
        drones("change", None, base="2024-10", percent=-20, hedge="about", per="day"),
        "Drones lancés en juin 2025~: en baisse d'environ 20~% en moyenne journalière par rapport "
        "à octobre 2024.",
        "Запущені дрони в червні 2025 року: приблизно на 20% менше в перерахунку на добу, ніж у "
        "жовтні 2024 року.",
    ),
    (
        km2("change", None, base="2025-05", absolute=1, unit="missiles", subject="x"),
        "X en juin 2025~: en hausse de 1 missile par rapport à mai 2025.",
        "X у червні 2025 року: на 1 ракету більше, ніж у травні 2025 року.",
    ),
    (
        drones("change", Decimal("82"), base="2025-05", percent=Decimal("4.5"), points=True,
               subject="interception rate", unit="percent"),
        "Taux d'interception en juin 2025~: 82~%, en hausse de 4,5 points de pourcentage par "
        "rapport à mai 2025.",
        "Частка перехоплень у червні 2025 року: 82%, на 4,5 відсоткового пункту більше, ніж у "
        "травні 2025 року.",
    ),
    (
        drones("threshold", bound=5000, first_since="2024-11"),
        "Drones lancés en juin 2025~: 5_438, au-dessus de 5_000, pour la première fois depuis "
        "novembre 2024.",
        "Запущені дрони в червні 2025 року: 5~438, понад 5~000, уперше з листопада 2024 року.",
    ),
    (
        km2("threshold", None, bound=400, op="below", first_ever=True),
        "Gain territorial net en juin 2025~: au-dessous de 400~km², pour la première fois.",
        "Чистий приріст території в червні 2025 року: менше ніж 400~км², уперше.",
    ),
    (
        drones("total", 23_000, first="2025-01", value_hedge="more than", most=True),
        "Drones lancés de janvier à juin 2025~: plus de 23_000, le total le plus élevé jamais "
        "enregistré sur 6 mois consécutifs.",
        "Запущені дрони із січня до червня 2025 року: більш ніж 23~000, найбільший підсумок за "
        "будь-які 6 місяців поспіль.",
    ),
    (
        drones("total", 100, first="2025-05", first_day="2025-05-01", last_day="2025-06-10"),
        "Drones lancés du 1er mai au 10 juin 2025~: 100.",
        "Запущені дрони з 1 травня до 10 червня 2025 року: 100.",
    ),
    (
        drones("window", 30_000, first="2025-01",
               bases=(("2023-01", "2023-12"), ("2024-01", "2024-12")), base_value=13_000),
        "Drones lancés de janvier à juin 2025~: 30_000, plus qu'en 2023 et en 2024 réunis "
        "(13_000).",
        "Запущені дрони із січня до червня 2025 року: 30~000, більше, ніж у 2023 та 2024 роках "
        "разом (13~000).",
    ),
    (
        drones("window", None, first="2025-01", bases=(("2024-08", "2024-11"),), relation="percent",
               number=-12, per="day", hedge="almost"),
        "Drones lancés de janvier à juin 2025~: en baisse de près de 12~% par rapport à la période "
        "d'août à novembre 2024 en moyenne journalière.",
        "Запущені дрони із січня до червня 2025 року: майже на 12% менше в перерахунку на добу, "
        "ніж із серпня до листопада 2024 року.",
    ),
    (
        drones("window", None, first="2025-01", bases=(("2024-01", "2024-12"),),
               relation="multiple", number=2, hedge="more than"),
        "Drones lancés de janvier à juin 2025~: plus de 2 fois le total de 2024.",
        "Запущені дрони із січня до червня 2025 року: більш ніж у 2 рази більше, ніж у 2024 році.",
    ),
    (
        drones("share", None, percent=80, of="drones_launched", subject="drones shot down",
               hedge="almost"),
        "Drones abattus en juin 2025~: près de 80~% des drones lancés.",
        "Збиті дрони в червні 2025 року: майже 80% запущених дронів.",
    ),
    (
        drones("mean", None, per_day=181, hedge="about", first="2025-04"),
        "Drones lancés en juin 2025~: environ 181 par jour en moyenne d'avril à juin 2025.",
        "Запущені дрони в червні 2025 року: у середньому приблизно 181 на добу з квітня до червня "
        "2025 року.",
    ),
    (
        km2("net", 634, gained=713, lost=79),
        "Gain territorial net en juin 2025~: 634~km², gains de 713 et pertes de 79.",
        "Чистий приріст території в червні 2025 року: 634~км², здобуто 713, втрачено 79.",
    ),
    (
        km2("sign", -120, sign="negative", first_since="2025-01"),
        "Gain territorial net en juin 2025~: −120~km², au-dessous de zéro, pour la première fois "
        "depuis janvier 2025.",
        "Чистий приріст території в червні 2025 року: −120~км², нижче нуля, уперше із січня 2025 "
        "року.",
    ),
    (
        drones("nights", 0, subject="nights without drones", unit="nights"),
        "Nuits sans drones en juin 2025~: 0, aucune nuit sans attaque.",
        "Ночі без дронів у червні 2025 року: 0, жодної ночі без атак.",
    ),
    (
        drones("nights", None, count=22, of="with"),
        "Drones lancés en juin 2025~: 22 nuits avec une attaque.",
        "Запущені дрони в червні 2025 року: 22 ночі з атаками.",
    ),
    (
        drones("nights", None, since_day="2025-05-01"),
        "Drones lancés en juin 2025~: une attaque chaque nuit depuis le 1er mai 2025.",
        "Запущені дрони в червні 2025 року: атаки щоночі з 1 травня 2025 року.",
    ),
    (
        drones("pace", 6000, value_hedge="more than", base="2025-05"),
        "Drones lancés en juin 2025~: à ce rythme, plus de 6_000 en fin de mois et davantage qu'en "
        "mai 2025.",
        "Запущені дрони в червні 2025 року: за нинішнього темпу більш ніж 6~000 до кінця місяця та "
        "більше, ніж у травні 2025 року.",
    ),
]  # fmt: skip


@pytest.mark.parametrize(
    ("claim", "french", "ukrainian"), GOLDEN, ids=[claim.type for claim, *_ in GOLDEN]
)
def test_golden_sentences(claim, french, ukrainian):
    assert claim.sentence("fr") == french.replace("~", NBSP).replace("_", NARROW)
    assert claim.sentence("uk") == ukrainian.replace("~", NBSP)


def test_each_type_has_a_golden_sentence():
    assert {claim.type for claim, *_ in GOLDEN} == set(CLAIM_TYPES)


def test_what_no_language_knows_stays_as_it_is():
    claim = drones("since", 12, since="2024-11", subject="sorties flown", unit="flights")
    assert claim.sentence("fr").startswith(f"Sorties flown en juin 2025{NBSP}: 12 flights, le")
    assert claim.sentence("uk").startswith("Sorties flown у червні 2025 року: 12 flights, най")
    share = drones("share", None, percent=5, of="reserves")
    assert share.sentence("fr").endswith(f"5{NBSP}% du total (reserves).")
    assert share.sentence("uk").endswith("5% від загального (reserves).")


def test_the_english_of_a_share_does_not_change():
    share = drones("share", None, percent=5, of="drones_launched")
    assert share.sentence() == "Drones launched in June 2025: 5% of drones launched."
