# ruff: noqa: RUF001  (Ukrainian)
"""Posts in the forms of the air force's reports, of our own words, and exports that hold them."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

MONTHS = (
    "січня", "лютого", "березня", "квітня", "травня", "червня",
    "липня", "серпня", "вересня", "жовтня", "листопада", "грудня",
)  # fmt: skip


def named(day: dt.date) -> str:
    return f"{day.day} {MONTHS[day.month - 1]}"


def night(day: dt.date, launched: object, destroyed: int = 0) -> str:
    eve = day - dt.timedelta(1)
    return (
        f"🕐 Підсумок ночі.\n\nУ ніч на {named(day)} (з 18:00 {named(eve)}) ворог атакував "
        f"{launched} ударними БпЛА типу Shahed, Гербера та дронами інших типів із напрямків: "
        f"Брянськ, Шаталово. Станом на 08:30 збито/подавлено {destroyed} ворожих БпЛА."
    )


def daytime(day: dt.date, launched: int, destroyed: int = 0) -> str:
    return (
        f"Упродовж дня {named(day)} (з 06:30 до 18:30) ворог атакував {launched} ударними БпЛА "
        f"типу Shahed. Станом на 18:30 збито/подавлено {destroyed} ворожих БпЛА."
    )


def message(number: int, posted: str, text: object, **more: object) -> dict[str, Any]:
    """A message as Telegram Desktop writes it; `posted` is UTC."""
    moment = dt.datetime.fromisoformat(posted).replace(tzinfo=dt.UTC)
    return {
        "id": number,
        "type": "message",
        "date": moment.strftime("%Y-%m-%dT%H:%M:%S"),
        "date_unixtime": str(int(moment.timestamp())),
        "from": "A channel",
        "text": text,
        **more,
    }


def chat(messages: Iterable[object], name: str = "A channel", number: int = 7) -> dict[str, Any]:
    return {"name": name, "type": "public_channel", "id": number, "messages": list(messages)}


def written(path: Path, found: object) -> Path:
    path.write_text(json.dumps(found, ensure_ascii=False, indent=1), "utf-8")
    return path


def nights(first: dt.date, numbers: Iterable[int]) -> Iterator[dict[str, Any]]:
    for offset, launched in enumerate(numbers):
        day = first + dt.timedelta(offset)
        yield message(offset + 1, f"{day}T06:00", night(day, launched, launched // 2))


def write_large(path: Path, size: int) -> tuple[int, int]:
    """Write an export of at least `size` bytes; how many messages, and drones of the nights."""
    first = dt.date(2022, 10, 1)
    number = drones = 0
    alerts = [
        "🚨 Увага! Швидкісна ціль у напрямку Полтави!",
        "🛵 Ворожі БпЛА на півночі Сумщини, курс південний.",
        "🟢 Відбій загрози застосування балістичного озброєння.",
    ]
    with path.open("w", encoding="utf-8") as file:
        file.write(
            '{\n "name": "A channel",\n "type": "public_channel",\n "id": 7,\n "messages": ['
        )
        while file.tell() < size:
            day = first + dt.timedelta(number // 40)
            clock = f"{day}T{number % 40 // 2:02}:{number % 2 * 30:02}"
            if number % 40 == 12:
                launched = 20 + number % 300
                drones += launched
                text: object = night(day, launched, launched // 2)
            else:
                text = [{"type": "bold", "text": alerts[number % 3]}, " ", "Будьте уважні. " * 12]
            entities = [{"type": "plain", "text": str(text)}, {"type": "hashtag", "text": "#увага"}]
            found = message(number + 1, clock, text, text_entities=entities)
            file.write(
                ("," if number else "") + "\n" + json.dumps(found, ensure_ascii=False, indent=1)
            )
            number += 1
        file.write("\n ]\n}\n")
    return number, drones
