"""`read_claim`: months, units, refusals, spans, and texts that are no sentences."""

from __future__ import annotations

import datetime as dt
import random
import time
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from trends.claims import Change, Since, Streak, Total
from trends.errors import BadOption, UnknownMonth
from trends.reading import Reading, read_claim

SEED = "Russia's biggest territorial gain since November while accelerating advances for a third "
SEED += "consecutive month"


def only(text: str, **options: object) -> object:
    (read,) = read_claim(text, **options).claims  # type: ignore[arg-type]
    return read.claim


def test_the_worked_example() -> None:
    first, second = read_claim(SEED, month="2025-06").claims
    assert first.claim == Since(series="territory_km2", month="2025-06", since="2024-11")
    streak = Streak(series="territory_km2", month="2025-06", length=3, kind="acceleration")
    assert second.claim == streak
    assert first.words == "Russia's biggest territorial gain since November"
    for read in (first, second):
        assert SEED[slice(*read.span)] == read.words


@pytest.mark.parametrize(
    ("words", "since"),
    [
        ("November", "2024-11"), ("June", "2024-06"), ("July", "2024-07"), ("May", "2025-05"),
        ("Nov. 2023", "2023-11"), ("November last year", "2024-11"), ("last November", "2024-11"),
        ("summer", "2024-08"), ("the spring", "2025-05"), ("winter 2023-24", "2024-02"),
        ("autumn 2023", "2023-11"), ("2023", "2023-12"),
    ],
)  # fmt: skip
def test_months_are_seen_from_the_month_spoken_of(words: str, since: str) -> None:
    claim = only(f"The largest monthly gain since {words}", month="2025-06")
    assert isinstance(claim, Since)
    assert str(claim.since) == since


def test_a_text_is_about_the_month_before_its_publication() -> None:
    claim = only("Drone launches rose 37%", published=dt.date(2025, 7, 1))
    assert isinstance(claim, Change)
    assert (str(claim.month), str(claim.base)) == ("2025-06", "2025-05")
    july = only("Drone launches rose 37% in July", published="2025-07-31")
    assert isinstance(july, Change)
    assert str(july.month) == "2025-07"


@pytest.mark.parametrize("unit", ["km2", "sq km", "square kilometres", "square kilometers", "km²"])
def test_areas_are_one_unit(unit: str) -> None:
    claim = only(f"Russia took 1,246 {unit} in June", month="2025-06")
    assert isinstance(claim, Total)
    assert claim.value == Decimal(1246)


def test_square_miles_are_converted_and_said() -> None:
    (read,) = read_claim("Russia took 17.5 square miles in June", month="2025-06").claims
    assert (read.claim.value, read.claim.value_hedge) == (Decimal("45.3"), "about")
    assert read.assumed == ("17.5 square miles is 45.3 km²",)


def test_digits_are_kept() -> None:
    claim = only("Drone launches rose 37.0%", month="2025-06")
    assert isinstance(claim, Change)
    assert str(claim.percent) == "37.0"


def test_a_source_is_no_part_of_the_claim() -> None:
    (read,) = read_claim("DeepState put June at 556 km2", month="2025-06").claims
    assert read.source == "DeepState"
    (read,) = read_claim("6,130 Shaheds in October", month="2024-10").claims
    assert read.definition_hint == "Shahed only"


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("Drone launches did not rise in June", "not"),
        ("June could bring a record number of drones", "could"),
        ("Russia took an area twice the size of Luxembourg", "size of"),
        ("Twenty football fields a day", "football"),
        ("Russian casualties were the highest since March", "casualties"),
        ("Gains in Donetsk were the largest since March", "donetsk"),
        ("Weekly drone launches were up 20%", "weekly"),
        ("The worst month since March", "worst"),
        ("The largest monthly drop in drones since March", "drop"),
        ("Ukrainian drone attacks on Russia reached a record", "Ukraine's own"),
        ("Ukraine launched 1,900 drones at Russia, a record", "Ukraine's own"),
        ("Russia said it shot down 3,008 Ukrainian drones", "Ukraine's own"),
        ("Russia fired a record 77 ballistic missiles", "one kind of missile"),
        ("In Huliaipole, Russian gains tripled in May", "huliaipole"),
        ("Daytime drone attacks rose 40 percent", "daytime"),
        ("In the south, Russian advances doubled", "south"),
        ("Russia took 200 sq km in June, in the south", "south"),
        ("Over the past week Russia used 1,500 drones, 30 tanks and 50 missiles", "week"),
        ("If Russia launches more drones, June will be a record", "condition"),
        ("Had Russia launched 7,000 drones, June would be a record", "condition"),
        ("Ukraine's targets were hit 12 times in June", "targets"),
        ("ISW's estimate is 20 percent lower than that of DeepState", "compared"),
        ("Two thirds of the drones were Shaheds", "compared"),
        ("Zelensky said 1,400 drones had been launched since Monday", "monday"),
        ("Die meisten Drohnen seit dem Beginn des Krieges und mit der Zeit", "English"),
        ("Найбільше дронів від початку війни", "English"),
        ("最多的无人机", "English"),
    ],
)
def test_what_is_refused_says_why(text: str, word: str) -> None:
    reading = read_claim(text, month="2025-06")
    assert not reading.claims
    assert word.lower() in " ".join(left.why for left in reading.unread).lower()


def test_a_forecast_does_not_lend_its_month() -> None:
    claim = only("Missiles fell 18%, and Russia could fire more in January", month="2025-12")
    assert isinstance(claim, Change)
    assert str(claim.month) == "2025-12"


def test_nothing_is_read_without_a_month() -> None:
    reading = read_claim("Drone launches rose 37%")
    assert not reading.claims
    assert "give month=" in reading.unread[0].why


def test_what_is_taken_for_granted_is_said() -> None:
    (read,) = read_claim("Missiles fell 18%", month="2025-12").claims
    assert "month before" in read.assumed[0]
    assert "taken for granted" in str(read_claim("Missiles fell 18%", month="2025-12"))


def test_an_open_series_is_said() -> None:
    (read,) = read_claim("Strikes rose by 12 percent in June", month="2025-06").claims
    assert read.claim.series == ""
    assert "not said" in read.assumed[-1]


def test_a_part_of_a_figure_is_no_figure() -> None:
    text = "Russia launched 5,438 drones in June, 2,900 of which were Shaheds"
    reading = read_claim(text, month="2025-06")
    assert [read.claim.value for read in reading.claims] == [Decimal(5438)]
    assert "part of another" in reading.unread[0].why


def test_a_speaker_is_no_part_of_what_is_said() -> None:
    text = "Yuriy Ihnat told television that Russia launched 5,438 drones in June"
    claim = only(text, month="2025-06")
    assert isinstance(claim, Total)
    assert claim.value == Decimal(5438)


def test_days_of_a_month_are_kept() -> None:
    claim = only("Between 1 and 14 June, 1,900 drones were launched", month="2025-06")
    assert isinstance(claim, Total)
    days = (dt.date(2025, 6, 1), dt.date(2025, 6, 14))
    assert (claim.first_day, claim.last_day) == days


def test_a_reading_is_printed_and_escaped() -> None:
    reading = read_claim(
        "<b>Drones up 37% on May, missiles & co; missiles did not rise</b>", month="2025-06"
    )
    page = reading._repr_html_()
    assert "Change:" in page
    assert "Not read" in page
    assert "<b>" not in page


@pytest.mark.parametrize(
    ("options", "error"),
    [
        ({"text": "a" * 10_001}, BadOption),
        ({"text": "a" * 1_000_000}, BadOption),
        ({"text": b"June"}, BadOption),
        ({"text": "June", "published": "yesterday"}, BadOption),
        ({"text": "June", "published": 7}, BadOption),
        ({"text": "June", "month": "June"}, UnknownMonth),
    ],
)
def test_options_are_checked(options: dict[str, object], error: type[Exception]) -> None:
    with pytest.raises(error):
        read_claim(**options)  # type: ignore[arg-type]


WORDS = (
    SEED + " 5,438 drones 37% than in the of at least almost double times half first second only "
    "record night every without net loss gained lost month year 2024 May on from to by up down "
    ", . ; ( ) and while since summer week square miles a daily average share of which shot down "
    "on pace for third in a row January 30 nights 9 July more fewer 1-2 between last previous"
).split(" ")


def well_formed(text: str, reading: Reading) -> None:
    for part in (*reading.claims, *reading.unread):
        assert text[slice(*part.span)] == part.words
    assert reading.claims or reading.unread
    assert str(reading) is not None
    for read in reading.claims:
        assert read.claim.sentence()


@given(st.lists(st.sampled_from(WORDS), max_size=40).map(" ".join))
@settings(max_examples=400, deadline=None)
def test_words_in_any_order_never_crash(text: str) -> None:
    well_formed(text, read_claim(text, month="2025-06"))


@given(st.text(max_size=300))
@settings(max_examples=300, deadline=None)
def test_any_text_never_crashes(text: str) -> None:
    well_formed(text, read_claim(text, published="2025-07-01"))


def test_ten_thousand_random_strings() -> None:
    rng = random.Random(0)
    letters = "abcdefgh 0123456789,.;:%-()'\n\t\x00éїжन中🚀\u202e²" + "since June record "
    for _ in range(10_000):
        text = "".join(rng.choices(letters, k=rng.randrange(60)))
        well_formed(text, read_claim(text, month="2025-06"))


@pytest.mark.parametrize(
    "unit",
    ["most ", "1 ", "a,", "and ", "first night ", "1-2 ", "a a ", "since ", "net a ", "\x00"],
)
def test_the_longest_texts_are_no_hang(unit: str) -> None:
    text = (unit * 10_000)[:10_000]
    start = time.process_time()
    read_claim(text, month="2025-06")
    assert time.process_time() - start < 10  # the promise of docs/promises.md; it is about 1
