"""Reports retold by others and older forms, in our own words and with our own numbers."""

# ruff: noqa: RUF001
from __future__ import annotations

import pytest

from trends.posts import Post, read_post

POSTED = "2025-05-05T09:10"
NIGHT = "У ніч на 5 травня ворог атакував "


def launched(post: Post) -> dict[str, int | None]:
    return {model: figure.value for model, figure in post.launched_missiles.items()}


def unsure(post: Post) -> set[str]:
    return {entry.split(":")[0] for entry in post.unsure}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("12 дронів випустили окупанти вночі. 9 з них вдалося збити.", (12, 9, None)),
        ("Вночі збито 7 шахедів з 11, які запустив ворог.", (11, 7, None)),
        ("У ніч на 5 травня сили ППО знищили всі 14 безпілотників.", (14, 14, None)),
        ("Overnight on May 5 air defences downed all of the 21 Shahed drones.", (21, 21, None)),
        ("Overnight the enemy struck with 33 attack UAVs. Of these, 8 were lost.", (33, None, 8)),
        ("Officials confirmed the destruction of 40 drones overnight.", (None, 40, None)),
        ("Officials confirmed the downing of 40 drones overnight.", (None, 40, None)),
        (NIGHT + "дронами типу «Шахед». Запущено 17 БпЛА.", (17, None, None)),
        (NIGHT + "60 БпЛА. 20 БпЛА локаційно втрачено. Один БпЛА — в повітрі.", (60, None, 20)),
        (NIGHT + "60 БпЛА. Знищено 34 з 60 дронів. Решта 26 дронів влучили.", (60, 34, None)),
        (NIGHT + "90 ударних і імітаційних безпілотників. Збито 80.", (90, 80, None)),
        ("Сорок два дрони, з яких більшість шахеди, росія випустила вночі.", (42, None, None)),
        ("Повітряні сили вночі повідомляли про збиття 23 БпЛА.", (None, 23, None)),
        (NIGHT + "понад десятком дронів. Загалом випущено 13 БпЛА.", (13, None, None)),
    ],
)
def test_drones(text: str, expected: tuple[int | None, int | None, int | None]) -> None:
    post = read_post(text, POSTED)
    keys = ("launched_drones", "destroyed_drones", "suppressed_or_lost")
    found = [post.figures[key].value if key in post.figures else None for key in keys]
    assert tuple(found) == expected
    said = dict(zip(keys, expected, strict=True))
    assert not [key for key in keys if said[key] is not None and key in unsure(post)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("25 ракетами Калібр та Х-101. Випущено 8 Калібрів і 17 ракет Х-101.", {8, 17}),
        ("ракетами Х-101. Усього пуски 30 ракет різних типів.", {None}),
        ("39 ракетами різних типів, у тому числі 11 балістичних.", {39}),
        ("ракети Х-59 в напрямку Сум і Х-31П в напрямку Одеси.", {None}),
        ("двома ракетами (попередньо Х-555 або Х-101).", {2}),
        ("чотирма авіаракетами Х-59.", {4}),
    ],
)
def test_missiles_by_model(text: str, expected: set[int | None]) -> None:
    post = read_post(NIGHT + text, POSTED)
    assert set(launched(post).values()) == expected
    assert "launched_missiles" not in unsure(post) or None in expected


def test_models_joined_and_apart() -> None:
    text = "25 ракетами Калібр та Х-101. Випущено 8 ракет Калібр і 17 ракет Х-101."
    assert launched(read_post(NIGHT + text, POSTED)) == {"Калібр": 8, "Х-101": 17}
    less = read_post(NIGHT + text.replace("25", "26"), POSTED)
    assert "launched_missiles" in unsure(less)
    shelled = read_post("Уночі окупанти обстріляли місто 3 ракетами С-300. Збито 5 БпЛА.", POSTED)
    assert launched(shelled) == {"С-300": 3}
    strikes = read_post(NIGHT + "5 БпЛА. Вдень завдано 64 авіаційних ударів.", POSTED)
    assert launched(strikes) == {}


@pytest.mark.parametrize(
    ("text", "key"),
    [
        (
            "Уночі випустили 14 дронів. 11 з них збито. Над містом збито 9 дронів.",
            "destroyed_drones",
        ),
        (
            NIGHT + "4 БпЛА. Усі БпЛА типу Shahed та один БпЛА іншого типу збито.",
            "destroyed_drones",
        ),
        ("За тиждень росія запустила 1000 дронів і 36 ракет.", "launched_drones"),
        ("За тиждень росія запустила 1000 дронів і 36 ракет.", "launched_missiles"),
        ("У вересні випущено 5638 дронів. Уночі 5 травня випущено 810 дронів.", "launched_drones"),
        ("Уночі дрони запустили з Криму. Згодом повідомили про 88 дронів.", "launched_drones"),
        ("Збито 18 ракет Х-101 і 7 із 9 балістичних ракет вночі 5 травня.", "launched_missiles"),
    ],
)
def test_doubts(text: str, key: str) -> None:
    assert key in unsure(read_post(text, POSTED))


def test_other_attacks_are_left_out() -> None:
    first = "Overnight Russia launched 94 drones. Air defences shot down 60 drones.\n\n"
    week = read_post(first + "Russia launched 370 drones in the past week.", POSTED)
    assert week.figures["launched_drones"].value == 94
    assert "unread" in unsure(week)
    also = read_post(NIGHT + "9 БпЛА.\nЧитайте також: Єдиний дрон збито над морем", POSTED)
    assert "destroyed_drones" not in also.figures
    often = read_post(NIGHT + "9 БпЛА.\n\nРосія регулярно атакує дронами і ракетами.", POSTED)
    assert launched(often) == {}


def test_places_split_by_a_dash() -> None:
    text = NIGHT + "50 БпЛА. Влучання 26 БпЛА на семи локаціях, на одній – падіння уламків."
    post = read_post(text, POSTED)
    assert post.figures["hit_locations"].value == 7
    assert post.figures["debris_locations"].value == 1


@pytest.mark.parametrize(
    "text",
    [
        "Українці збили в ніч на понеділок, 5 травня, 38 БпЛА. Як зазначено, у ніч на 5 травня "
        "(із 19.00 4 травня) противник атакував 71 БпЛА.",
        "Уночі ППО збила 63 дрони. Про це повідомило видання з посиланням на Повітряні сили, "
        "які оприлюднили зведення вранці у своєму каналі, а згодом і на сторінці.\n\n"
        "За даними військових, з 19:00 4 травня до ранку 5 травня противник атакував 71 БпЛА.",
    ],
)
def test_the_window_may_stand_further_on(text: str) -> None:
    start = read_post(text, POSTED).window[0]
    assert start is not None
    assert start.isoformat() == "2025-05-04T19:00:00"


LISTED = """У ніч на 5 травня 2025 року ворог завдав удару, застосувавши ракети та БпЛА.

Усього – 45 засобів повітряного нападу:
▪️36 ударних БпЛА «Shahed-131/136»;
▪️не менше 5 крилатих ракет Х-101/Х-555 (Саратовська обл. – рф.);
▪️4 протирадіолокаційні ракети Х-31П.

Збито 27 ударних БпЛА."""


def test_a_list_without_a_verb_and_with_other_bullets() -> None:
    post = read_post(LISTED, POSTED)
    assert post.figures["launched_drones"].value == 36
    assert launched(post) == {"Х-101/Х-555": 5, "Х-31П": 4}
    assert post.launched_missiles["Х-101/Х-555"].bound == "at least"
    assert unsure(post) == set()


@pytest.mark.parametrize(
    "mark", ["(двома – Х-59/69, однією – Х-35)", "двома – Х-59/69 та однією Х-35"]
)
def test_models_behind_a_dash(mark: str) -> None:
    post = read_post(NIGHT + f"9 БпЛА та трьома авіаційними ракетами {mark}.", POSTED)
    assert launched(post) == {"Х-59/69": 2, "Х-35": 1}
    assert "launched_missiles" not in unsure(post)
