"""A text as a row of items: numbers, times and the words of the lexicon."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from trends.reading._months import Time, read_time
from trends.reading._numbers import (
    Number,
    read_multiple,
    read_number,
    read_ordinal,
    read_range,
)  # fmt: skip
from trends.reading._subjects import HINTS, REFUSED, SERIES
from trends.reading._tokens import Plain
from trends.reading._words import LEXICON, pick

_WORD = re.compile(r"[^\W\d_]+(?:['-][^\W\d_]+)*\.?|[^\s\w]|\w")
_BREAK = frozenset({",", ";", ":", "\N{EM DASH}", "(", ")", ".", "!", "?", "-"})
_JOIN = frozenset(
    {"and", "while", "but", "with", "as", "marking", "making", "which", "whereas", "after"}
)
_LETTERS = re.compile(r"[\w']+")


@dataclass(slots=True)
class Item:
    """A piece of the text with a meaning; `used` once a claim rests on it."""

    tag: str
    start: int
    end: int
    value: object = ""
    words: str = ""
    used: bool = False

    @property
    def number(self) -> Number:
        """The number, of an item that is one."""
        assert isinstance(self.value, Number)
        return self.value

    @property
    def limits(self) -> tuple[Decimal, Decimal]:
        """The two ends, of a range."""
        assert isinstance(self.value, tuple)
        low, high = self.value
        return low, high

    @property
    def time(self) -> Time:
        """The time, of an item that is one."""
        assert isinstance(self.value, Time)
        return self.value


def _phrases() -> dict[str, list[tuple[str, str, str]]]:
    """Phrase -> its tags and values; several where it means several things."""
    found: dict[str, list[tuple[str, str, str]]] = {}
    tables = [(tag, rows) for tag, rows in LEXICON.items()]
    tables += [
        ("SERIES", SERIES), ("HINT", HINTS), ("REFUSED", REFUSED),
    ]  # fmt: skip
    for tag, rows in tables:
        for value, text in rows.items():
            for phrase in pick(text):
                found.setdefault(phrase, []).append((tag, value, phrase))
    return found


_PHRASES = _phrases()
_STARTS: dict[str, int] = {}
for _phrase in _PHRASES:
    _first = _phrase.split()[0].split("-")[0]
    _STARTS[_first] = max(_STARTS.get(_first, 0), len(_phrase))

_SOURCE = re.compile(
    r"(?:,? ?(?:according to|citing|based on|as reported by|data from|figures from|"
    r"on the figures of|an? (?:afp |new )?analysis (?:of|by|from)) )"
    r"(?P<after>(?:(?!in |since |and |while |for )[\w'&.-]+ ?){1,8})"
)
_NAMES = (
    r"deepstate(?: monitoring group| project| analysts)?|isw|the institute for the study of war|"
    r"institute for the study of war|afp|reuters|the bbc|bbc(?: verify)?|cnn|the uk mod|uk mod|"
    r"the british (?:ministry of defence|defence ministry)|britain's defence ministry|"
    r"the uk(?:'s)? ministry of defence|uk intelligence|british intelligence|the mod|"
    r"(?:president )?(?:volodymyr )?zelenskyy?|the ukrainian air force|ukraine's air force|"
    r"ukrainian air force|the air force|the general staff|ukraine's general staff|kyiv|"
    r"the russian defence ministry|russia's defence ministry|the russian mod|black bird group|"
    r"ukrainska pravda|the kyiv independent|kyiv independent|abc news|the economist|csis|"
    r"the un|syrskyi|oleksandr syrskyi|the new york times|nyt|euronews|bloomberg|mod|uk|"
    r"the us-based institute for the study of war|american think tank isw|"
    r"the critical threats project|ukrainian officials|officials|analysts|air force"
)
_SAYS = (
    r"said|says|say|reported|reports|report|shows|show|showed|put|puts|counted|counts|recorded|"
    r"estimated|estimates|data show(?:s|ed)?|data|figures show(?:s|ed)?|figures|own|map|"
    r"analysis shows?|analysis|monitors|tallied|told reporters|wrote|claims|claimed|"
    r"data indicates?|"
    r"numbers show|numbers|noted|assessed|calculated|map shows"
)
_NAMED = re.compile(
    rf"(?P<name>{_NAMES})(?:'s)?(?: [a-z]+ly)? (?P<says>{_SAYS})\b(?: (?:on|in a) "
    r"(?:monday|tuesday|wednesday|thursday|friday|saturday|sunday|report|briefing|statement))?"
    r"(?: that)?"
)
_BARE_NAME = re.compile(
    rf"(?P<name>{_NAMES})(?:'s)?(?= (?:september|own|tally|count|data|figures))"
)
_THAN = re.compile(r"(?:more|less|fewer) than (?:the|its|their)\b")
_UKRAINIAN = re.compile(r"ukrainian (?:drones?|uavs?|missiles?)|drones? (?:from|of) ukraine")


def read_items(plain: Plain) -> list[Item]:
    """The items of a text, left to right. Every place is looked at once."""
    text, at = plain.text, 0
    items: list[Item] = []
    while at < len(text):
        letter = text[at]
        if letter == " ":
            at += 1
            continue
        item = _than(text, at) or _read(plain, at)
        if item is not None:
            items.extend(item)
            at = max(part.end for part in item)
            continue
        word = _WORD.match(text, at)
        end = word.end() if word else at + 1
        found = text[at:end]
        if found.endswith(".") and len(found) > 1:
            end -= 1
            found = found[:-1]
        if found == "&":
            items.append(Item("JOIN", at, end, "and", "and"))
        elif found in _BREAK and not (found == "-" and text[at - 1 : at] != " "):
            items.append(Item("MARK", at, end, found, found))
        elif found in _JOIN:
            items.append(Item("JOIN", at, end, found, found))
        elif any(letter.isalpha() for letter in found):
            items.append(Item("WORD", at, end, found, found))
        at = end
    return items


def _than(text: str, at: int) -> list[Item] | None:
    """The "less than" of "27% less than the 634", "more than the 430": no hedge of a number."""
    return _phrase_at(text, at) if _THAN.match(text, at) else None


def _read(plain: Plain, at: int) -> list[Item] | None:
    text = plain.text
    source = _SOURCE.match(text, at) or _NAMED.match(text, at) or _BARE_NAME.match(text, at)
    if source is not None and (at == 0 or not text[at - 1].isalnum()):
        name = source.groupdict().get("name") or source.groupdict().get("after") or ""
        start = source.start("name" if source.groupdict().get("name") else "after")
        words = plain.cased[start : start + len(name.rstrip(" .,"))]
        end = source.end()
        return [Item("SOURCE", at, end - (text[end - 1] == " "), words, source[0])]
    if at and text[at - 1].isalnum():
        return None
    ukrainian = _UKRAINIAN.match(text, at)
    if ukrainian:
        return [Item("SERIES", at, ukrainian.end(), "ukrainian", ukrainian[0])]
    phrase = _phrase_at(text, at)
    time = read_time(text, plain.cased, at)
    if time and not (phrase and phrase[0].end > time[1]) and _whole(text, time[1]):
        return [Item("TIME", at, time[1], time[0], text[at : time[1]])]
    limits = None if text.endswith("from ", 0, at) else read_range(text, at)
    if limits:
        return [Item("RANGE", at, limits[1], limits[0], text[at : limits[1]])]
    if text.startswith("a month", at) or text.startswith("the first time", at):
        return phrase
    return _numeral(text, at, phrase)


def _numeral(text: str, at: int, phrase: list[Item] | None) -> list[Item] | None:
    number, times = read_number(text, at), read_multiple(text, at)
    long = phrase[0].end if phrase else 0
    if times and times[1] >= max(long, number[1] if number else 0) and _whole(text, times[1]):
        return [Item("TIMES", at, times[1], times[0], text[at : times[1]])]
    if phrase and phrase[0].tag == "NIGHT" and number and number[1] <= long:
        return phrase
    if number and number[1] >= long and _whole(text, number[1]):
        unit = number[0].unit
        tag = {"percent": "PERCENT", "points": "PERCENT", "km2": "NUMBER", "": "NUMBER"}.get(
            unit, "COUNT"
        )
        return [Item(tag, at, number[1], number[0], text[at : number[1]])]
    ordinal = read_ordinal(text, at)
    if ordinal and ordinal[1] >= long:
        return [Item("NTH", at, ordinal[1], ordinal[0], text[at : ordinal[1]])]
    return phrase


def _whole(text: str, end: int) -> bool:
    return end >= len(text) or not (text[end].isalnum() and text[end - 1].isalnum())


def _phrase_at(text: str, at: int) -> list[Item] | None:
    """The longest phrase of the lexicon that starts there."""
    word = _LETTERS.match(text, at)
    if word is None:
        return None
    longest = _STARTS.get(word[0])
    if longest is None:
        return None
    for end in range(min(len(text), at + longest), at, -1):
        found = text[at:end]
        if found in _PHRASES and (end == len(text) or not (text[end].isalnum())):
            return [Item(tag, at, end, value, found) for tag, value, _ in _PHRASES[found]]
    return None
