# ruff: noqa: RUF001
"""A text cut into the words that a report needs, each with its place in the text."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import NamedTuple

from trends.posts._words import UNKNOWN, meaning

_PLAIN = str.maketrans(
    dict.fromkeys("\u2019\u02bc\u2018\u0060\u00b4\u2032\u02b9\uff07\u201b", "'")
    | dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212\u2796\ufe63\uff0d", "-")
    | dict.fromkeys("\u00a0\u2007\u202f\u2009\u200a\u2002\u2003\u2004\u2005\u2006\u2008\u3000", " ")
    | dict.fromkeys("\r\t\ufe0e\ufe0f", " ")  # the last two follow most emoji
    | dict.fromkeys("\u2028\u2029\x0b\x0c\x85", "\n")
    | dict.fromkeys("\u2022\u25aa\u25cf\u25ab\u00b7\u25e6", "•")
    | {chr(0xFF10 + digit): str(digit) for digit in range(10)}
    | {"\uff0f": "/", "\u2044": "/", "\u2215": "/", "\uff1a": ":", "\uff08": "(", "\uff09": ")"}
)
# Characters that are not seen are taken out, and the places of the rest remembered. The selectors
# after most emoji may stay: only after a digit are they part of a number.
_UNSEEN = re.compile(
    "[\u0000-\u0008\u000e-\u001f\u007f\u00ad\u0300-\u036f\u061c\u180e\u200b-\u200f\u202a-\u202e"
    "\u2060-\u206f\u20e3\ufe00-\ufe0f\ufeff\ufff9-\ufffb]"
)
_ODD = re.compile(
    "[\u0000-\u0008\u000b-\u001f\u007f\u0085\u00ad\u0300-\u036f\u061c\u180e\u2000-\u200f\u2028-\u202e"
    "\u2044\u205f-\u206f\u20e3\u2215\u3000\ufe00-\ufe0d\ufe63\ufeff\uff00-\uff5e\ufff9-\ufffb\u0130]"
)
_TOKEN = re.compile(
    r"(?P<name>(?:[хxсcsfпpаa]|kh|ту|tu|су|su|м[іi]г|миг|mig|[kк][nн])-?\d{1,4}[^\W\d_]{0,3}\d?"
    r"(?:/\d{2,3}[^\W\d_]{0,3}\d?)*(?![^\W_])"
    r"|3[мm]-?22(?![^\W_])"
    r"|(?:[іиi]скандер|iskander)\s{0,2}-?\s{0,2}[мкmk](?![^\W_])"
    r"|(?:shahed|шахед\w{0,3}|шахід\w{0,3}|герань)\s?-?\s?1?(?:31|36|38)(?:/1?3[168])?(?![^\W_]))"
    r"|(?P<time>\d{1,2}[.:]\d{2}(?:[.:]\d{2,4})?(?!\d))"
    r"|(?P<number>\d{1,2}(?:,| )\d{3}(?!\d)"
    r"|\d+(?:(?:-[^\W\d_]{1,3}|-(?:тьма|тьох|ьома|сьома)|ма|мя|ми|ти|х|ю|го|th|st|nd|rd)(?![^\W_]))?)"
    r"|(?P<word>[^\W\d_]+(?:['-][^\W_]+)*(?:/\d+[^\W_]{0,2})*)"
    r"|(?P<mark>[.,;:()\n/%•!?-])"
)
# Runs of letters and digits, looked up whole: most words of a report come again and again.
_CHUNK = re.compile(
    r"(?:[іиi]скандер|iskander)\s{0,2}-?\s{0,2}[мкmk](?![^\W_])"
    r"|\d{1,2}[ \u00a0\u202f]\d{3}(?![\d:.])"
    r"|(?:shahed|шахед\w{0,3}|герань)\s1?3[168](?![^\W_])(?:/1?3[168])?"
    r"|(?:\d+(?:[.:,]\d+)+|[^\W_]+)(?:['’ʼ`´′/\-‐‑–—−][^\W_]+)*"
    r"|[.,;:()\n/%•!?‐‑‒–—―−➖-]"
)
_LOWER = re.compile(r"[^\S\n]*[a-zа-яіїєґё0-9,;)–—-]")


class Token(NamedTuple):
    """One word or mark that a report needs; `gap` counts the words passed over before it."""

    kind: str
    value: object
    start: int
    end: int
    gap: int


class Plain(NamedTuple):
    """A text in small letters, without what is not seen, and where each letter stood."""

    text: str
    shown: str  # the same in its own letters: capitals tell a headline and a new sentence
    places: list[int] | None  # None: every letter stands where it stood

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Give the span of the text as it was."""
        if self.places is None or start >= end:
            return start, end
        return self.places[start], self.places[end - 1] + 1


def plain(text: str) -> Plain:
    """Write a text in small letters, one for each; odd signs are made plain."""
    if not _ODD.search(text):
        lower = text.lower()
        if len(lower) == len(text):
            return Plain(lower, text, None)
    text, places = _seen(text)
    shown = text.translate(_PLAIN)
    lower = "".join(small if len(small := letter.lower()) == 1 else letter for letter in shown)
    return Plain(lower, shown, places)


def _seen(text: str) -> tuple[str, list[int]]:
    """Take out what is not seen; a letter and the accent after it become one letter."""
    parts: list[str] = []
    places: list[int] = []
    last = 0
    for match in _UNSEEN.finditer(text):
        start, end = match.span()
        part = text[last:start]
        places.extend(range(last, start))
        if "\u0300" <= text[start] <= "\u036f" and part:
            both = unicodedata.normalize("NFC", part[-1] + text[start])
            part = part[:-1] + both if len(both) == 1 else part
        parts.append(part)
        last = end
    places.extend(range(last, len(text)))
    return "".join([*parts, text[last:]]), places


def tokens(text: Plain) -> list[Token]:
    """Cut a text into what a report needs, in one pass."""
    found: list[Token] = []
    append, gap, make = found.append, 0, tuple.__new__  # half the time of Token(...)
    for match in _CHUNK.finditer(text.text):
        chunk = match[0]
        cut = _cut(chunk) if len(chunk) <= 60 else _cut.__wrapped__(chunk)  # not worth the memory
        if cut is _UNKNOWN:
            gap += 1
            continue
        place = match.start()
        for kind, value, start, end in cut:
            if not kind:
                gap += 1
                continue
            if kind == "." and value == "." and not _ends(text.shown, place + end):
                continue
            append(make(Token, (kind, value, place + start, place + end, gap)))
            gap = 0
    return found


_UNKNOWN: tuple[tuple[str, object, int, int], ...] = (("", None, 0, 0),)


@lru_cache(maxsize=65_536)
def _cut(chunk: str) -> tuple[tuple[str, object, int, int], ...]:
    """Cut a run of letters and digits into words; what a report passes over is left out."""
    found: list[tuple[str, object, int, int]] = []
    for match in _TOKEN.finditer(chunk.translate(_PLAIN)):
        group, word = match.lastgroup, match[0]
        if group == "word" or group == "name":
            kind, value = meaning(word) if len(word) <= 60 else UNKNOWN
        elif group == "number":
            kind, value = "number", _digits(word)
        elif group == "time":
            kind, value = "time", word
        else:
            kind, value = ("." if word in ".!?" else word), word
        if kind != "filler":
            found.append((kind, value, *match.span()))
    return _UNKNOWN if len(found) == 1 and not found[0][0] else tuple(found)


def _digits(word: str) -> int | None:
    """Read digits with or without an ending; None if there are more than six."""
    digits = "".join(letter for letter in word if letter.isdigit())
    return int(digits) if len(digits) <= 6 else None


def _ends(shown: str, end: int) -> bool:
    """Tell whether a full stop ends a sentence: what follows does not go on in small letters."""
    return _LOWER.match(shown, end) is None
