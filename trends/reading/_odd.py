"""Figures and days that are none, or that could be read in two ways."""

from __future__ import annotations

import calendar
import re
import unicodedata
from collections.abc import Iterator

from trends.reading._calendar import NAMES
from trends.reading._numbers import FIGURE

MOST_DIGITS = 15  # more are beyond what a float, and a reader, can tell apart

_RUN = re.compile(r"\d+(?:[.,'_]{1,3}\d+|(?: \d{3})+(?!\d|,\d|\.\d))*")
_FIGURE = re.compile(FIGURE)
_MONTH = rf"(?P<month>{'|'.join(NAMES)})\b"
_COUNTED = r"(?! (?:drones?|missiles?|uavs?|shaheds?|square|sq|km|long|cruise|ballistic|attack))"
_YEAR = re.compile(rf"{_MONTH},? (?:of )?(?P<year>\d{{4,}})(?![\d,.]*\d){_COUNTED}")
_OF_YEAR = r"(?:,? (?P<year>\d{4})\b)?"
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_DAYS = (
    re.compile(rf"(?<![\d.,]){_DAY}(?: of)? {_MONTH}{_OF_YEAR}"),
    re.compile(rf"{_MONTH} {_DAY}(?![\d,.]*\d| ?%| per ?cent){_COUNTED}{_OF_YEAR}"),
)
# plus-minus, about, arrows, less and more, equal, times
_SIGNED = re.compile(
    r"[\u00b1\u00d7~\u2190-\u21ff\u2248\u2264\u2265<>=] ?\d[\d,.]*|"
    r"\d[\d,.]* ?[\u00b1\u2190-\u21ff=]"
)
_THOUSANDTHS = re.compile(r"(?<![\d.,])\d{1,3}\.\d{3}(?![\d.,]*\d)")
_SLASHED = re.compile(
    rf"(?<!\w\d)(?<![\d/])\d{{1,2}}/\d{{1,2}}(?![\d/])(?! (?:of )?(?:{'|'.join(NAMES)}))"
)
_DATED = re.compile(rf"(?:{'|'.join(NAMES)}) (?:the )?$")
_VERBS = ("may", "march")  # "of the 40 may have": only with a year is it a day


def odd_figures(text: str) -> Iterator[tuple[int, int, str]]:
    """The places in a plain text where a figure stands that must not be read, and why.

    Examples
    --------
    >>> [why for *_, why in odd_figures("5,43 drones on 31 february 2025")]
    ["'5,43' is no number that can be told", "'31 february 2025' is no day"]
    """
    for match in _RUN.finditer(text):
        if not _FIGURE.fullmatch(match[0]):
            yield match.start(), match.end(), f"{_short(match)} is no number that can be told"
        elif sum(letter.isdigit() for letter in match[0]) > MOST_DIGITS:
            yield match.start(), match.end(), f"{_short(match)} has more than {MOST_DIGITS} digits"
        elif len({letter.isascii() for letter in match[0] if letter.isdigit()}) > 1:
            yield match.start(), match.end(), f"{_short(match)} mixes digits of two scripts"
    for at, letter in enumerate(text):
        if unicodedata.category(letter) in ("No", "Nl"):
            yield at, at + 1, f"{letter!r} is no digit"
    for match in _SIGNED.finditer(text):
        yield match.start(), match.end(), f"{_short(match)}: a sign that this reader does not know"
    for match in _THOUSANDTHS.finditer(text):
        yield match.start(), match.end(), f"{_short(match)} may be thousands or thousandths"
    for match in _SLASHED.finditer(text):
        if not _DATED.search(text[: match.start()]):
            yield match.start(), match.end(), f"{_short(match)} may be a day or a fraction"
    for match in _YEAR.finditer(text):
        if not 1900 <= int(match["year"][:5]) < 2100 or len(match["year"]) > 4:
            yield match.start("year"), match.end(), f"{_short(match)} is no month"
    for rule in _DAYS:
        for match in rule.finditer(text):
            if _is_no_day(match) and (match["year"] or match["month"] not in _VERBS):
                yield match.start(), match.end(), f"{_short(match)} is no day"


def _is_no_day(match: re.Match[str]) -> bool:
    month = NAMES.index(match["month"]) + 1
    year = int(match["year"] or 0)
    last = calendar.monthrange(year if 1900 <= year < 2100 else 2024, month)[1]
    return not 1 <= int(match["day"]) <= last


def _short(match: re.Match[str]) -> str:
    return repr(match[0] if len(match[0]) <= 30 else f"{match[0][:27]}...")
