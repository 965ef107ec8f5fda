"""Posts in the forms that real reports take, in our own words and with our own numbers."""

# ruff: noqa: DTZ001, RUF001
from __future__ import annotations

import csv
import json
import time
from datetime import datetime
from pathlib import Path

import pytest

from trends.errors import BadOption
from trends.posts import Post, explain, read_post

READINGS = Path(__file__).resolve().parents[3] / "shared" / "data" / "air_force_reports.csv"
POSTED = "2025-05-05T09:10"


HOSTILE = (
    *("збито 5 ", "(", "9", "Х-59/", "атакував\n- ", "\u0301", "балістичними, ", "(5 із 7 "),
    *("збито 3 шахеди - шахеди ", "5 БпЛА\n- ", "збито 5 цілей. "),
)


def values(post: Post) -> dict[str, int | None]:
    return {key: figure.value for key, figure in post.figures.items()}


def launched(post: Post) -> dict[str, int | None]:
    return {model: figure.value for model, figure in post.launched_missiles.items()}


def destroyed(post: Post) -> dict[str, int | None]:
    return {model: figure.value for model, figure in post.destroyed_missiles.items()}


def unsure(post: Post) -> set[str]:
    return {entry.split(":")[0] for entry in post.unsure}


LIST = """⚡️ ЗБИТО/ПОДАВЛЕНО 61 ЦІЛЬ: 5 РАКЕТ ТА 54 ВОРОЖІ БПЛА
➖➖➖➖➖➖
У ніч на 5 травня (з 19:30 4 травня) противник завдав комбінованого удару із застосуванням ударних
БпЛА та ракет різних типів.

Усього зафіксовано 84 засоби повітряного нападу – 11 ракет і 71 БпЛА різних типів:

- 3 балістичні ракети Іскандер-М/KN-23 (район пуску – Курська обл., - рф);
- 2 протирадіолокаційні ракети “Х-31П” та 4 керовані авіаційні ракети “Х-59/69” (акваторія);
- крилату ракету 3М22 "Циркон" та ракету, тип якої встановлюється;
- 2 S8000 "Бандероль" із Брянської обл.;
- 71 ударний БпЛА типу Shahed (30 із них - реактивні), Гербера (із напрямків: Курськ, Орел – рф).

Станом на 08.40 збито/подавлено 61 ціль:

- 1 балістичну ракету Іскандер-М/KN-23;
- 4 керовані авіаційні ракети Х-59/69;
- 2 S8000 "Бандероль";
- 54 ворожі БпЛА типу Shahed, Гербера та дрони інших типів.

Зафіксовано влучання 2 ракет на 2 локаціях та 11 ударних БпЛА на 7 локаціях, а також падіння збитих
(уламки) на 3. Крім того, дві протирадіолокаційні ракети Х-31П не досягли цілі.
Інформація щодо однієї ракети уточнюється.

Атака триває, в повітряному просторі до 10 ворожих БпЛА.
"""


def test_an_inventory_its_list_and_its_headline_are_counted_once() -> None:
    post = read_post(LIST, POSTED)
    assert launched(post) == {
        "Іскандер-М/KN-23": 3,
        "Х-31П": 2,
        "Х-59/69": 4,
        "Циркон": 1,
        "unknown": 1,
    }
    assert destroyed(post) == {"Іскандер-М/KN-23": 1, "Х-59/69": 4}
    assert values(post) == {
        "launched_drones": 71,
        "of_which_jet": 30,
        "destroyed_drones": 54,
        "destroyed_missiles": 5,
        "hits": 11,
        "hit_locations": 9,
        "debris_locations": 3,
        "not_reached": 2,
    }
    assert not post.unsure
    assert post.window == (datetime(2025, 5, 4, 19, 30), datetime(2025, 5, 5, 8, 40))
    assert post.launch_places == ("Курськ", "Орел")
    assert any("84" in check for check in post.checks)


@pytest.mark.parametrize(
    ("old", "new", "key"),
    [
        ("ЗБИТО/ПОДАВЛЕНО 61 ЦІЛЬ:", "ЗБИТО/ПОДАВЛЕНО 62 ЦІЛІ:", "destroyed_drones"),
        ("ТА 54 ВОРОЖІ БПЛА", "ТА 55 ВОРОЖІ БПЛА", "destroyed_drones"),
        ("61 ЦІЛЬ: 5 РАКЕТ", "61 ЦІЛЬ: 6 РАКЕТ", "destroyed_missiles"),
        ("84 засоби", "85 засоби", "launched_drones"),
        ("і 71 БпЛА різних", "і 70 БпЛА різних", "launched_drones"),
        ("– 11 ракет", "– 14 ракет", "launched_missiles"),
        ("- 71 ударний", "- 17 ударний", "launched_drones"),
        ("- 4 керовані авіаційні ракети Х-59/69;", "- 5 керовані ракети Х-59/69;", "unsure"),
        ("(30 із них", "(90 із них", "of_which_jet"),
        ("збито/подавлено 61 ціль", "збито/подавлено 60 ціль", "destroyed_drones"),
        ("- 2 S8000", "- 12 якихось S8000", "unread"),
    ],
)
def test_one_altered_number_is_noticed(old: str, new: str, key: str) -> None:
    assert LIST.count(old) >= 1
    post = read_post(LIST.replace(old, new, 1), POSTED)
    assert post.unsure
    assert key == "unsure" or key in unsure(post)


@pytest.mark.parametrize(
    ("attack", "expected"),
    [
        ("108-ма ударними БпЛА", {"launched_drones": 108}),
        ("двадцятьма вісьмома БпЛА", {"launched_drones": 28}),
        ("ста сімдесятьма п’ятьма дронами", {"launched_drones": 175}),
        ("чотирма десятками безпілотників", {"launched_drones": 40}),
        ("1 204 ударними БпЛА", {"launched_drones": 1204}),
        ("１０８ ударними БпЛА", {"launched_drones": 108}),
        ("1\u200b08 ударними БпЛА", {"launched_drones": 108}),
        ("\n118-та ударними БпЛА", {"launched_drones": 118}),
        ("31 безпілотним літальним апаратом", {"launched_drones": 31}),
        ("76 реактивними БпЛА типу Shahed", {"launched_drones": 76, "of_which_shahed": 76}),
        ("90 БпЛА, близько 50 із них- шахеди", {"launched_drones": 90, "of_which_shahed": 50}),
        ("90 БпЛА (до 17 із них – «шахеди»)", {"launched_drones": 90, "of_which_shahed": 17}),
        ("90 БпЛА типу Shahed та імітаторами", {"launched_drones": 90}),
        ("90 БпЛА типу Shahed (більшість - реактивні)", {"launched_drones": 90}),
    ],
)
def test_drones_launched(attack: str, expected: dict[str, int]) -> None:
    post = read_post(f"У ніч на 5 травня противник атакував {attack}.", POSTED)
    assert {key: post.figures[key].value for key in expected} == expected
    assert ("of_which_shahed" in post.figures) == (
        "of_which_shahed" in expected or "більшість" in attack
    )
    assert not post.unsure


@pytest.mark.parametrize(
    ("attack", "expected"),
    [
        ("балістичною ракетою Іскандер-М", {"Іскандер-М": 1}),
        ("балістичними ракетами Іскандер-М", {"Іскандер-М": None}),
        ("двома Х-47М2 «Кинджал»", {"Кинджал": 2}),
        ("5 ракетами Х-59/69 та КР Х-101/Іскандер-К", {"Х-59/69": 5, "Х-101/Іскандер-К": None}),
        ("балістичними ракетами Іскандер- М/С-400/KN-23", {"Іскандер-М/С-400/KN-23": None}),
        ("6 керованими ракетами Х-31П, Х-59 із акваторії", {"Х-31П/Х-59": 6}),
        ("ракетами Х-101. Усього – 43 крилаті ракети", {"Х-101": 43}),
        (
            "балістичними та протикорабельними ракетами: Іскандер-М/С-400, Онікс",
            {"Іскандер-М/С-400": None, "Онікс": None},
        ),
        ("ракетами, які летять по балістиці: Онікс, С-400", {"Онікс/С-400": None}),
        ("5-ма ЗКР С-300/С-400", {"С-300/С-400": 5}),
        ("13 ракетами (9 Іскандер-К та 4 балістичні KN-23)", {"Іскандер-К": 9, "KN-23": 4}),
        ("ракетою, тип якої встановлюється", {"unknown": 1}),
        ("9 крилатими ракетами Х-101 та керованими ракетами Х-59", {"Х-101": 9, "Х-59": None}),
        ("ракетою Х-22/Х-32, 2 ракетами X-22/X-32 з моря", {"Х-22/Х-32": 3}),
        ("ракетою П-800 «Онікс» з літака Ту-22М3", {"Онікс": 1}),
        ("6-ма ракетами типу «Калібр» (район пуску – Новоросійськ)", {"Калібр": 6}),
    ],
)
def test_missiles_launched(attack: str, expected: dict[str, int | None]) -> None:
    for tail in (" та 50 БпЛА", ", а також 50 БпЛА типу Shahed"):
        post = read_post(f"У ніч на 5 травня противник атакував {attack}{tail}.", POSTED)
        assert launched(post) == expected
        assert post.figures["launched_drones"].value == 50
        assert not post.unsure


@pytest.mark.parametrize(
    ("said", "value", "bound"),
    [
        ("понад 70", 70, "at least"),
        ("не менше 70", 70, "at least"),
        ("більше ніж 70", 70, "at least"),
        ("до 17", 17, "at most"),
        ("не більше 17", 17, "at most"),
        ("близько 140", 140, "about"),
        ("майже сорока", 40, "about"),
    ],
)
def test_open_numbers_stay_bounds(said: str, value: int, bound: str) -> None:
    post = read_post(f"У ніч на 5 травня ворог атакував {said} БпЛА.", POSTED)
    figure = post.figures["launched_drones"]
    assert (figure.value, figure.bound) == (value, bound)
    assert said in post.text[figure.start : figure.end]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("збито 24 із 30 БпЛА", {"launched_drones": 30, "destroyed_drones": 24}),
        ("збито 7 із 10 БпЛА та 36 із 43 ракет Х-101", {"destroyed_missiles": 36}),
        ("ворог застосував 9 БпЛА та 28 ракет Х-101 та ракет Х-59", {"launched_drones": 9}),
        ("атаковано 30 БпЛА.\nЗокрема, ворог задіяв близько 20 «Шахедів»", {"of_which_shahed": 20}),
        ("атаковано 30 БпЛА. Збито:\n- 9 БпЛА", {"destroyed_drones": 9}),
        ("атаковано 30 БпЛА. Збито\n\n- 9 БпЛА", {"destroyed_drones": 9}),
        ("ворог атакував 9 БпЛА. Усі вони були знищені", {"destroyed_drones": 9}),
        ("збито 16 з 16 «шахедів»", {"launched_drones": 16, "destroyed_drones": 16}),
        ("ворог атакував двома БпЛА. Обидва – знищені", {"destroyed_drones": 2}),
        ("ворог атакував вісьмома БпЛА. Усі – збито", {"destroyed_drones": 8}),
        ("атаковано 60 БпЛА. Збито 46.", {"launched_drones": 60, "destroyed_drones": 46}),
        (
            "ворог атакував 74 БпЛА. Збито 46 БпЛА, 26 – локаційно втрачені, 1 БпЛА повернувся",
            {"destroyed_drones": 46, "suppressed_or_lost": 26},
        ),
        (
            "ворог атакував 74 БпЛА. Дев’ять ворожих БпЛА знищено, ще 5 дронів не досягли цілей",
            {"destroyed_drones": 9, "not_reached": 5},
        ),
        (
            "ворог атакував 9 БпЛА. Збито 9 цілей:\n- 6 БпЛА;\n- 2 розвідувальні БпЛА «Орлан-10»;"
            "\n- 1 БпЛА Supercam.",
            {"destroyed_drones": 6},
        ),
        ("ворог атакував 74 БпЛА. Збито ракету Х-59 та 20 дронів", {"destroyed_missiles": 1}),
        (
            "виявлено 45 повітряних цілей – БпЛА типу Shahed та дронів невстановленого типу",
            {"launched_drones": 45},
        ),
        ("противник 104-ма БпЛА типу Shahed", {"launched_drones": 104}),
    ],
)
def test_what_became_of_them(text: str, expected: dict[str, int]) -> None:
    post = read_post(f"У ніч на 5 травня {text}.", POSTED)
    assert {key: post.figures[key].value for key in expected} == expected
    assert not post.unsure


@pytest.mark.parametrize(
    ("text", "kind", "start", "end"),
    [
        ("У ніч на 5 травня (з 18:00 4 травня)", "night", "2025-05-04T18:00", None),
        ("У ніч на 05, травня (з 18.00 04.05)", "night", "2025-05-04T18:00", None),
        ("У ніч на 5 травня (із 19.00 4 березня)", "night", "2025-05-04T19:00", None),
        ("У ніч на 5 травня (із 21.00 5 травня)", "night", "2025-05-04T21:00", None),
        ("Протягом ночі (з 00:10 5 травня)", "night", "2025-05-05T00:10", None),
        ("У ніч на 5 травня 2025 року з 23.30 по 4.30", "night", "2025-05-04T23:30", "T04:30"),
        ("Із 20-ї години 4-го по 04 годину 5 травня", "night", "2025-05-04T20:00", "T04:00"),
        ("Із 20.00 вечора 4-го до опівночі 5-го травня", "night", "2025-05-04T20:00", "T00:00"),
        ("Протягом дня 5 травня (із 6.30 до 8.00)", "day", "2025-05-05T06:30", "T08:00"),
        ("У період із 6.30 по 8.30 5 травня", "day", "2025-05-05T06:30", "T08:30"),
        ("У ніч на 05.05.25", "night", None, None),
        ("Цієї ночі", "night", None, None),
        ("Уточнена інформація: у ніч на 5 травня", "correction", None, None),
        ('Повітряне командування "Захід". У ніч на 5 травня', "regional", None, None),
        ("Бойова робота у ніч на 5 травня", "other", None, None),
    ],
)
def test_windows(text: str, kind: str, start: str | None, end: str | None) -> None:
    post = read_post(f"{text} противник атакував 50 БпЛА. Збито 40 БпЛА.", POSTED)
    assert post.kind == kind
    assert post.window[0] == (datetime.fromisoformat(start) if start else None)
    assert post.window[1] == (datetime.fromisoformat("2025-05-05" + end) if end else None)
    slips = ("4 березня" in text) + ("21.00 5 травня" in text)
    assert sum("read as" in note for note in post.checks) == slips


def test_the_year_turns_with_the_night() -> None:
    text = "У ніч на 1 січня (з 18:00 31 грудня) атаковано 20 БпЛА. Станом на 08:30 збито 9 БпЛА."
    post = read_post(text, "2026-01-01T08:50")
    assert post.window == (datetime(2025, 12, 31, 18), datetime(2026, 1, 1, 8, 30))
    late = read_post(text.replace("на 1 січня", "на 31 грудня"), "2026-01-01T08:50")
    assert late.window[1] == datetime(2025, 12, 31, 8, 30)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "In the night of 5 May the enemy attacked with 27 Shahed-type attack UAVs and two "
            "Iskander-M ballistic missiles. Air defense shot down 19 of them, another 5 were lost.",
            {"launched_drones": 27, "destroyed_drones": 19, "suppressed_or_lost": 5},
        ),
        (
            "Overnight into May 5, 2025, over 70 drones were launched. All 61 drones were downed.",
            {"launched_drones": 70, "destroyed_drones": 61},
        ),
        (
            "В ночь на 5 мая враг атаковал двумя ракетами «Искандер-М» и 27-ю БпЛА типа Shahed. "
            "Сбито 19 «шахедов». Ещё пять — локационно потеряны.",
            {"launched_drones": 27, "destroyed_drones": 19, "suppressed_or_lost": 5},
        ),
    ],
)
def test_english_and_russian(text: str, expected: dict[str, int]) -> None:
    post = read_post(text, POSTED)
    assert post.kind == "night"
    assert {key: post.figures[key].value for key in expected} == expected
    assert launched(post) == ({"Іскандер-М": 2} if "skander" in text or "скандер" in text else {})


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("атакував 50 БпЛА. Збито 60 БпЛА", "launched_drones"),
        ("атакував 50 БпЛА. Зранку уточнено: атакував 51 БпЛА", "launched_drones"),
        ("атакував 49 БпЛА з півдня, а також 8 БпЛА невідомого типу", "launched_drones"),
        ("атакував 5-6 ракетами Х-59 та 30 БпЛА", "unread"),
        ("атакував 30 чимось та 20 БпЛА", "unread"),
        ("атакував 20 БпЛА\n\nОкремо 9 БпЛА над морем", "unread"),
        ("атакував ударними БпЛА", "launched_drones"),
        ("атакував 2 ракетами Х-59 та 9 БпЛА. Збито 3 ракети Х-59", "launched_missiles"),
        ("атакував 9 БпЛА. За тиждень збито 500 БпЛА", "unread"),
    ],
)
def test_what_is_unsure_is_said(text: str, key: str) -> None:
    assert key in unsure(read_post(f"У ніч на 5 травня ворог {text}.", POSTED))


@pytest.mark.parametrize(
    "text",
    [
        *("", "🛵 3 БпЛА курсом на Київ.", "Відбій повітряної тривоги!", "\x00\ufeff\u202e"),
        *("Увага! Балістика!", "Група з 5 ударних БпЛА на Полтавщині, курс західний."),
    ],
)
def test_an_alert_is_no_report(text: str) -> None:
    post = read_post(text, POSTED)
    assert (post.kind, post.figures, post.launched_missiles) == ("other", {}, {})


def test_a_count_in_one_case_covers_the_missiles_joined_to_it() -> None:
    text = "У ніч на 5 травня ворог випустив 28 ракет Х-101/Х-555, «Калібр» та ракет Х-59, 9 БпЛА."
    assert launched(read_post(text, POSTED)) == {"Х-101/Х-555/Калібр/Х-59": 28}
    share = read_post("У ніч на 5 травня збито 36 із 43 крилатих ракет Х-101.", POSTED)
    assert (launched(share), destroyed(share)) == ({"Х-101": 43}, {"Х-101": 36})


def test_a_reminder_of_another_night_is_not_read() -> None:
    text = "У ніч на 5 травня збито 7 із 9 БпЛА.\nНагадаємо, у ніч на 3 травня збито 20 із 25 БпЛА."
    assert values(read_post(text, POSTED)) == {"launched_drones": 9, "destroyed_drones": 7}


def test_spans_are_of_the_text_as_it_was_given() -> None:
    text = "⚡️\u200e У ніч на 5 травня ворог атакував 1\u200b08\u00a0уда\u0301рними БпЛА."
    figure = read_post(text, POSTED).figures["launched_drones"]
    assert text[figure.start : figure.end] == "1\u200b08\u00a0уда\u0301рними БпЛА"


def test_explain_shows_the_words_and_what_is_unsure() -> None:
    post = read_post("У ніч на 5 травня атаковано 9 БпЛА. Збито 12 БпЛА.", POSTED)
    shown = explain(post, 10)
    assert "launched_drones: 9  атаковано «9 БпЛА»" in shown
    assert "unsure: destroyed_drones: " in shown
    with pytest.raises(BadOption, match="around"):
        explain(post, -1)


@pytest.mark.parametrize("posted", ["yesterday", None, 5, "2025-05-05T09:00+03:00"])
def test_the_time_of_a_post_must_be_a_time_of_kyiv(posted: object) -> None:
    with pytest.raises(BadOption, match="posted"):
        read_post("", posted)  # type: ignore[arg-type]


@pytest.mark.parametrize("text", [None, b"bytes", ["a list"]])
def test_a_text_must_be_a_str(text: object) -> None:
    with pytest.raises(BadOption, match="text"):
        read_post(text, POSTED)  # type: ignore[arg-type]


@pytest.mark.slow  # a clock tells nothing on a busy machine
@pytest.mark.parametrize("piece", HOSTILE)
def test_the_time_grows_with_the_length(piece: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("trends.posts.reports.MOST", 10**9)
    spent = []
    for length in (10_000, 160_000):
        text = "У ніч на 5 травня збито 7 із 9 БпЛА. " + piece * (length // len(piece))
        taken = []
        for _ in range(3):  # the least of three: another process may take the caches away
            before = time.process_time()
            read_post(text, POSTED)
            taken.append(time.process_time() - before)
        spent.append(min(taken))
    assert spent[1] < 80 * spent[0] + 0.1  # 16 if linear, 256 if the square


@pytest.mark.parametrize("piece", HOSTILE[:5])
def test_a_huge_text_is_cut_and_said(piece: str) -> None:
    text = "У ніч на 5 травня збито 7 із 9 БпЛА. " + piece * (10_000_000 // len(piece))
    assert "text" in unsure(read_post(text, POSTED))


@pytest.mark.skipif(not READINGS.exists(), reason="the careful readings are not here")
def test_the_careful_readings_said_in_a_report_are_read_back() -> None:
    """Every count of every row, named as there, comes back under the same name."""
    with READINGS.open(encoding="utf-8") as file:
        rows = [row for row in csv.DictReader(file) if row["launched_drones"]]
    assert len(rows) > 180
    for row in rows:
        models = json.loads(row["launched_missiles"])
        arms = [
            f"{count or ''} ракетами {model}"
            for model, count in models.items()
            if model != "unknown"
        ]
        arms.append(f"{row['launched_drones']} ударними БпЛА")
        text = (
            f"У ніч на {row['date'][8:]}.{row['date'][5:7]} противник атакував {', '.join(arms)}."
        )
        if row["destroyed_drones"]:
            text += f" Збито {row['destroyed_drones']} БпЛА."
        post = read_post(text, row["date"])
        assert post.figures["launched_drones"].value == int(row["launched_drones"])
        assert sorted(launched(post).values(), key=str) == sorted(
            (count for model, count in models.items() if model != "unknown"), key=str
        )
        cyrillic = {model: n for model, n in models.items() if model[0] in "ІХСКЦО"}
        assert {model: launched(post).get(model, "no") for model in cyrillic} == cyrillic
