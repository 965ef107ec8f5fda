"""A text in plain letters, and the places in the original that they came from."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

_PLAIN = str.maketrans({
    "\N{RIGHT SINGLE QUOTATION MARK}": "'", "\N{LEFT SINGLE QUOTATION MARK}": "'",
    "\N{EN DASH}": "-", "\N{NON-BREAKING HYPHEN}": "-", "\N{HYPHEN}": "-",
    "\N{MINUS SIGN}": "-", "\N{LEFT DOUBLE QUOTATION MARK}": '"',
    "\N{RIGHT DOUBLE QUOTATION MARK}": '"', "\N{SUPERSCRIPT TWO}": "2",
})  # fmt: skip
_THIN = "\N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}\N{THIN SPACE}"


@dataclass(frozen=True, slots=True)
class Plain:
    """Lower-case text with single spaces; `at[i]` is where its i-th letter stood."""

    text: str
    cased: str
    at: tuple[int, ...]
    original: str

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The place in the original of a piece of the plain text."""
        while start < end and self.text[start] in " ,;:.":
            start += 1
        while end > start and self.text[end - 1] in " ,;:":
            end -= 1
        if start >= end:
            return (0, 0)
        return (self.at[start], self.at[end - 1] + 1)

    def words(self, start: int, end: int) -> str:
        """The words of the original there."""
        first, last = self.span(start, end)
        return self.original[first:last]


def plain(text: str) -> Plain:
    """Plain letters: one kind of quote and dash, single spaces, thousands marked by commas."""
    letters: list[str] = []
    at: list[int] = []
    for i, letter in enumerate(text.translate(_PLAIN)):
        if letter in _THIN and letters and letters[-1].isdigit() and text[i + 1 : i + 2].isdigit():
            letter = ","
        kind = unicodedata.category(letter)
        if kind == "Cf":
            continue  # it is not seen: a mark of direction, a space of no width
        if letter.isspace() or kind in ("Cc", "Cs", "Co", "Cn"):
            letter = " "
        if letter == " " and (not letters or letters[-1] == " "):
            continue
        letters.append(letter)
        at.append(i)
    cased = "".join(letters)
    lower = "".join(a.lower() if len(a.lower()) == 1 else a for a in cased)
    return Plain(lower, cased, tuple(at), text)
