"""Reports made from a grammar: the values are known because they were put in."""

# ruff: noqa: RUF001
from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from trends.posts import read_post

# Written by hand, apart from the parser's own table: nominative, genitive, instrumental.
UNITS = {
    2: ("два", "двох", "двома"),
    3: ("три", "трьох", "трьома"),
    4: ("чотири", "чотирьох", "чотирма"),
    5: ("п'ять", "п'яти", "п'ятьма"),
    6: ("шість", "шести", "шістьма"),
    7: ("сім", "семи", "сімома"),
    8: ("вісім", "восьми", "вісьмома"),
    9: ("дев'ять", "дев'яти", "дев'ятьма"),
}
TEENS = {
    11: ("одинадцять", "одинадцяти", "одинадцятьма"),
    12: ("дванадцять", "дванадцяти", "дванадцятьма"),
    15: ("п'ятнадцять", "п'ятнадцяти", "п'ятнадцятьма"),
    19: ("дев'ятнадцять", "дев'ятнадцяти", "дев'ятнадцятьма"),
}
TENS = {
    20: ("двадцять", "двадцяти", "двадцятьма"),
    30: ("тридцять", "тридцяти", "тридцятьма"),
    40: ("сорок", "сорока", "сорока"),
    50: ("п'ятдесят", "п'ятдесяти", "п'ятдесятьма"),
    70: ("сімдесят", "сімдесяти", "сімдесятьма"),
    90: ("дев'яносто", "дев'яноста", "дев'яноста"),
}
HUNDREDS = {
    0: ("", "", ""),
    100: ("сто", "ста", "ста"),
    200: ("двісті", "двохсот", "двомастами"),
    500: ("п'ятсот", "п'ятисот", "п'ятьмастами"),
}
MONTHS = (
    *("січня", "лютого", "березня", "квітня", "травня", "червня"),
    *("липня", "серпня", "вересня", "жовтня", "листопада", "грудня"),
)
MODELS = {
    "балістичними ракетами Іскандер-М": "Іскандер-М",
    "балістичними ракетами Іскандер-М/KN-23": "Іскандер-М/KN-23",
    "керованими авіаційними ракетами Х-59/69": "Х-59/69",
    "крилатими ракетами Х-101/Х-555": "Х-101/Х-555",
    "крилатими ракетами морського базування «Калібр»": "Калібр",
    "зенітними керованими ракетами С-300": "С-300",
    "протикорабельними ракетами 3М22 «Циркон»": "Циркон",
    "аеробалістичними ракетами Х-47М2 «Кинджал»": "Кинджал",
}


@st.composite
def words(draw: st.DrawFn, case: int) -> tuple[int, str]:
    """Draw a number and its words in one case: 0 nominative, 1 genitive, 2 instrumental."""
    hundred = draw(st.sampled_from(sorted(HUNDREDS)))
    low = draw(
        st.one_of(
            st.sampled_from(sorted(UNITS)).map(lambda n: (n, UNITS[n])),
            st.sampled_from(sorted(TEENS)).map(lambda n: (n, TEENS[n])),
            st.tuples(st.sampled_from(sorted(TENS)), st.sampled_from(sorted(UNITS))).map(
                lambda two: (
                    sum(two),
                    tuple(f"{TENS[two[0]][i]} {UNITS[two[1]][i]}" for i in range(3)),
                )
            ),
        )
    )
    return hundred + low[0], f"{HUNDREDS[hundred][case]} {low[1][case]}".strip()


@st.composite
def figures(draw: st.DrawFn, low: int, high: int) -> tuple[int, str]:
    """Draw a number in digits, with or without an ending."""
    number = draw(st.integers(low, high))
    return number, f"{number}{draw(st.sampled_from(['', '-ма', '-ти', '-ю', '-ма']))}"


@st.composite
def reports(draw: st.DrawFn) -> tuple[str, str, dict[str, int], dict[str, int]]:
    """Draw a report, when it was posted, and what it says."""
    night = draw(st.dates(date(2023, 1, 2), date(2026, 9, 30)))
    eve = night - timedelta(days=1)
    launched, said = draw(st.one_of(words(2), figures(2, 900)))
    down = draw(st.integers(0, launched))
    dot = draw(st.sampled_from(".:"))
    models = draw(st.lists(st.sampled_from(sorted(MODELS)), max_size=3, unique=True))
    counts = {model: draw(st.one_of(words(2), figures(2, 60))) for model in models}
    arms = [f"{counts[model][1]} {model}" for model in models]
    arms.append(f"{said} ударними БпЛА типу Shahed, Гербера")
    dash = draw(st.sampled_from("-–—"))
    if draw(st.booleans()):
        attack = ":\n\n" + ";\n".join(f"{dash} {arm} із Курської обл. рф" for arm in arms) + "."
    else:
        attack = " " + ", ".join(arms[:-1]) + (" та " if arms[1:] else "") + arms[-1] + "."
    text = (
        f"⚡️ЗБИТО/ПОДАВЛЕНО {down} ВОРОЖИХ БПЛА\n➖➖➖\n"
        f"У ніч на {night.day} {MONTHS[night.month - 1]} (з 18{dot}30 {eve.day} "
        f"{MONTHS[eve.month - 1]}) противник атакував{attack}\n\n"
        f"Станом на 09{dot}00 збито/подавлено {down} ворожих БпЛА типу Shahed.\n\n"
        f"Зафіксовано влучання 3 БпЛА на 2 локаціях, а також падіння уламків на 5 локаціях."
    )
    apostrophe = draw(st.sampled_from("'’ʼ`"))
    said_all = {"launched_drones": launched, "destroyed_drones": down, "hit_locations": 2}
    by_model = {MODELS[model]: count for model, (count, _) in counts.items()}
    return text.replace("'", apostrophe), f"{night}T09:30", said_all, by_model


@settings(max_examples=120, deadline=None)
@given(reports())
def test_a_report_from_the_grammar_is_read_as_it_was_made(
    made: tuple[str, str, dict[str, int], dict[str, int]],
) -> None:
    text, posted, said, by_model = made
    post = read_post(text, posted)
    assert post.kind == "night"
    for key, value in said.items():
        assert post.figures[key].value == value, key
        assert post.figures[key].bound == "exact"
    assert {model: each.value for model, each in post.launched_missiles.items()} == by_model
    night = date.fromisoformat(posted[:10])
    start, end = post.window
    assert start is not None
    assert start.date() == night - timedelta(days=1)
    assert (start.hour, start.minute) == (18, 30)
    assert end is not None
    assert (end.date(), end.hour) == (night, 9)
    contradicted = said["destroyed_drones"] + 3 > said["launched_drones"]
    assert bool(post.unsure) == contradicted


@settings(max_examples=60, deadline=None)
@given(words(2), st.sampled_from(["понад", "близько", "до", ""]))
def test_number_words_in_the_instrumental(made: tuple[int, str], bound: str) -> None:
    number, said = made
    post = read_post(f"У ніч на 5 травня ворог атакував {bound} {said} БпЛА.", "2025-05-05")
    figure = post.figures["launched_drones"]
    kinds = {"понад": "at least", "близько": "about", "до": "at most", "": "exact"}
    assert (figure.value, figure.bound) == (number, kinds[bound])


@settings(max_examples=60, deadline=None)
@given(words(0), words(1))
def test_number_words_in_the_nominative_and_genitive(
    one: tuple[int, str], two: tuple[int, str]
) -> None:
    low, high = sorted((one[0], two[0]))
    nominative = one[1] if one[0] == low else None
    if nominative is None:
        return
    post = read_post(f"Уночі 5 травня збито {nominative} із {two[1]} БпЛА.", "2025-05-05")
    assert post.figures["destroyed_drones"].value == low
    assert post.figures["launched_drones"].value == high


@settings(max_examples=120, deadline=None)
@given(st.text(max_size=400))
def test_any_text_can_be_read(text: str) -> None:
    post = read_post("У ніч на 5 травня збито 3 БпЛА " + text, "2025-05-05")
    for figure in post.figures.values():
        assert 0 <= figure.start < figure.end <= len(post.text)


PIECES = (
    *("збито", "атакував", "5", "108-ма", "БпЛА", "ракетами", "Х-59/69", "(", ")", ".", ",", ":"),
    *(";", "\n", "-", "–", "•", "із", "з", "них", "до", "понад", "18:00", "24.03.23", "31 лютого"),
    *("на", "11", "локаціях", "влучання", "падіння", "локаційно", "всі", "обидва", "сотня", "24"),
    *("Іскандер-", "М/С-400", "S8000", "999999999999", "²", "٣", "\u200b", "\u202e", "\x00"),
    *("Нагадаємо", "the", "of", "кілька", "двадцять", "балістичними", "протягом дня", "\u0301"),
)


@settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=60))
def test_any_order_of_the_words_can_be_read(pieces: list[str]) -> None:
    post = read_post(" ".join(["ніч на 5 травня збито", *pieces]), "2025-01-01T09:00")
    for name in (post.figures, post.launched_missiles, post.destroyed_missiles):
        for figure in name.values():
            assert 0 <= figure.start < figure.end <= len(post.text)
