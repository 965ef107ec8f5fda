"""Names of series without what cannot be seen: the same name looks the same, and is the same."""

from __future__ import annotations

import re
import unicodedata
import warnings
from collections.abc import Iterable

from trends.errors import TrendsWarning
from trends.loaders._rows import brief

# Marks of direction, spaces of no width, hyphens that are not shown. Joiners (U+200C, U+200D) stay:
# Persian and emoji are written with them.
_UNSEEN = frozenset(
    "\u00ad\u061c\u200b\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2061\u2062\u2063\u2064"
    "\u2066\u2067\u2068\u2069\ufeff"
)
# Letters of Greek, Cyrillic and Armenian that the fonts of matplotlib draw as Latin ones (a test
# compares the outlines), and signs that stand for an apostrophe or a hyphen.
_LOOK = (
    str.maketrans("ΑΒΕΖΗΙΚΜΝΟΡΤΥΧοϜϲϳϹ", "ABEZHIKMNOPTYXoFcjC")  # noqa: RUF001
    | str.maketrans("ЅІЈАВЕКМНОРСТХаеорсухѕіјҮһӀӏԚԛԜԝ", "SIJABEKMHOPCTXaeopcyxsijYhIlQqWw")
    | str.maketrans("ՍՕհոսօ", "UOhnuo")  # noqa: RUF001
    | dict.fromkeys(map(ord, "\u2018\u2019\u02b9\u02bc\u2032\u00b4`"), "'")
    | dict.fromkeys(map(ord, "\u2010\u2011\u2012\u2013\u2014\u2212"), "-")
)
# Printable, and not seen: fillers, a blank pattern of Braille, selectors of a variant.
_FILLERS = re.compile(
    "[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u2800\u3164\ufe00-\ufe0f\U000e0100-\U000e01ef]"
)
_SHOWN = 3  # pairs in a warning


def warn_of_look_alikes(table: str, names: Iterable[str]) -> str:
    """Warn of names that look the same and are not; say so for the notes, too."""
    first: dict[str, str] = {}
    pairs = []
    for name in names:
        other = first.setdefault(look(name), name)
        if other != name:
            pairs.append((other, name))
    if not pairs:
        return ""
    each = "; ".join(apart(*pair) for pair in pairs[:_SHOWN])
    more = f"; and {len(pairs) - _SHOWN} more" if len(pairs) > _SHOWN else ""
    said = f"Names that look the same, kept apart as they are written: {each}{more}."
    warnings.warn(
        f"{table}: {said} If they are one series, write them in one way.",
        TrendsWarning,
        stacklevel=3,
    )
    return said


def look(name: str) -> str:
    """Write what looks the same in one way: letters of other scripts, signs, what is not seen."""
    if name.isascii():
        return name.replace("`", "'")
    text = _FILLERS.sub("", unicodedata.normalize("NFKC", name.translate(_LOOK)).translate(_LOOK))
    if not text.isprintable():
        text = "".join(mark for mark in text if unicodedata.category(mark) not in ("Cc", "Cf"))
    return " ".join(text.split())


def apart(one: str, other: str) -> str:
    """Tell by their code points the characters in which two names differ."""
    return " and ".join(
        f"{brief(name)} ({_points(name, than) or 'without'})"
        for name, than in ((one, other), (other, one))
    )


def _points(name: str, other: str) -> str:
    if len(name) == len(other):
        odd = [mark for mark, than in zip(name, other, strict=True) if mark != than]
    else:
        odd = [mark for mark in name if mark not in other]
    shown = [
        f"U+{ord(mark):04X} {unicodedata.name(mark, '')}".strip() for mark in dict.fromkeys(odd)
    ]
    return ", ".join(shown[:_SHOWN]) + ", ..." * (len(shown) > _SHOWN)


def clean_name(cell: object) -> str:
    r"""Write a cell as a name: no control or direction marks, one space between words, composed.

    Examples
    --------
    >>> clean_name("Donetsk\u202e\n Oblast ")
    'Donetsk Oblast'
    """
    text = str(cell)
    if not text.isprintable():
        text = " ".join(text.split())
        text = "".join(mark for mark in text if mark not in _UNSEEN and not _control(mark))
    return unicodedata.normalize("NFC", " ".join(text.split()))


def _control(mark: str) -> bool:
    return unicodedata.category(mark) in ("Cc", "Cs")
