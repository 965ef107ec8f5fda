# ruff: noqa: RUF001
"""The names of missiles, as the reports write them."""

from __future__ import annotations

import re

# Latin letters that look like Cyrillic ones: either keyboard was used.
_ALIKE = str.maketrans("aceikmopxth", "асеікморхтн")
_TAIL = str.maketrans("рpd", "ппд")
_CRUISE = re.compile(r"(?:х|kh)-?(\d{2,3})([а-яa-z]{0,2}\d?)((?:/\d{2,3}[а-яa-z]{0,2}\d?)*)$")
_GROUND = re.compile(r"(?:с|s)-?([2-5]00)((?:/[2-5]00)?)$")
_ISKANDER = re.compile(r"(?:[іи]скандер|iskander)\w*?[\s-]*([мкmk])?$")
_STEMS = {
    "калібр": "Калібр",
    "калибр": "Калібр",
    "kalibr": "Калібр",
    "кинджал": "Кинджал",
    "кінджал": "Кинджал",
    "кинжал": "Кинджал",
    "кінжал": "Кинджал",
    "kinzhal": "Кинджал",
    "kindzhal": "Кинджал",
    "циркон": "Циркон",
    "zircon": "Циркон",
    "zirkon": "Циркон",
    "tsirkon": "Циркон",
    "онікс": "Онікс",
    "оникс": "Онікс",
    "oniks": "Онікс",
    "onyx": "Онікс",
    "орєшнік": "Орєшнік",
    "орешник": "Орєшнік",
    "oreshnik": "Орєшнік",
}
_STEM = re.compile("|".join(_STEMS))
_EXACT = {
    "3м22": "Циркон",
    "3m22": "Циркон",
    "3м-22": "Циркон",
    "п-800": "Онікс",
    "р-800": "Онікс",
    "p-800": "Онікс",
    "kn-23": "KN-23",
    "kn23": "KN-23",
    "кн-23": "KN-23",
    "кn-23": "KN-23",
    "kн-23": "KN-23",
    "кн23": "KN-23",
    "точка-у": "Точка-У",
    "точки-у": "Точка-У",
    "точкою-у": "Точка-У",
}


def model_named(word: str) -> str | None:
    """Name the model of missile that a word in small letters stands for, in one spelling.

    Examples
    --------
    >>> [model_named(word) for word in ("х-59/69", "kh-101", "с-300", "x-47м2", "дрон")]
    ['Х-59/69', 'Х-101', 'С-300', 'Кинджал', None]
    """
    if word in _EXACT:
        return _EXACT[word]
    if stem := _STEM.match(word):
        return _STEMS[stem[0]]
    if iskander := _ISKANDER.match(word):
        letter = (iskander[1] or "").translate(_ALIKE)
        return f"Іскандер-{letter.upper()}" if letter else "Іскандер"
    if not any(letter.isdigit() for letter in word):
        return None
    cyrillic = word if word.startswith("kh") else word.translate(_ALIKE)
    if cruise := _CRUISE.match(cyrillic):
        first, tail, more = cruise.groups()
        return "Кинджал" if first == "47" else f"Х-{first}{_upper(tail)}{_upper(more)}"
    if ground := _GROUND.match(cyrillic):
        return f"С-{ground[1]}{ground[2]}"
    return None


def _upper(tail: str) -> str:
    return tail.translate(_TAIL).upper()  # a Latin p became a Cyrillic er
