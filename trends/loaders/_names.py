"""Names of series without what cannot be seen: the same name looks the same, and is the same."""

from __future__ import annotations

import unicodedata

# Marks of direction, spaces of no width, hyphens that are not shown. Joiners (U+200C, U+200D) stay:
# Persian and emoji are written with them.
_UNSEEN = frozenset(
    "\u00ad\u061c\u200b\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2061\u2062\u2063\u2064"
    "\u2066\u2067\u2068\u2069\ufeff"
)


def clean_name(cell: object) -> str:
    r"""Write a cell as a name: no control or direction marks, one space between words.

    Examples
    --------
    >>> clean_name("Donetsk\u202e\n Oblast ")
    'Donetsk Oblast'
    """
    text = str(cell)
    if not text.isprintable():
        text = " ".join(text.split())
        text = "".join(mark for mark in text if mark not in _UNSEEN and not _control(mark))
    return " ".join(text.split())


def _control(mark: str) -> bool:
    return unicodedata.category(mark) in ("Cc", "Cs")
