"""Phrases that know their other forms, and the templates that ask for them."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import cache
from string import Formatter
from typing import Self

from trends.errors import spelled

_OPTIONAL = re.compile(r"\[([^\[\]]*)\]")


class Phrase(str):
    """A text that a template can ask for another form: ``f"{month:in}"``.

    Parameters
    ----------
    make : callable
        The text in a form; ``""`` is the plain one, which the phrase is as a string.
    forms : tuple of str
        The forms besides.
    plural : int
        The position of the plural form that goes with the phrase, which is a number:
        ``f"{nights:night|nights}"``.

    Examples
    --------
    >>> june = Phrase(lambda form: "en juin" if form == "in" else "juin", ("in",))
    >>> june, f"{june:in}"
    ('juin', 'en juin')
    """

    __slots__ = ("_forms", "_make", "_plural")
    _make: Callable[[str], str]
    _forms: tuple[str, ...]
    _plural: int

    def __new__(
        cls, make: Callable[[str], str], forms: tuple[str, ...] = (), plural: int = 0
    ) -> Self:
        self = super().__new__(cls, make(""))
        self._make, self._forms, self._plural = make, forms, plural
        return self

    def __format__(self, form: str) -> str:
        if "|" in form:
            return form.split("|")[self._plural]
        return self._make(form) if form in self._forms else super().__format__(form)

    def __reduce__(self) -> tuple[type[str], tuple[str]]:
        return str, (str(self),)  # a copy is the plain text


def fill(template: str, slots: Mapping[str, object]) -> str:
    """Put words into a template; a part in brackets is left out where one of its words is None.

    What would steer a terminal or turn the writing round, numbers and all, is spelled out.

    Examples
    --------
    >>> fill("the highest[ since {month}]", {"month": "May 2025"})
    'the highest since May 2025'
    >>> fill("the highest[ since {month}]", {"month": None})
    'the highest'
    """
    said = "".join(
        part
        for part, names in _parts(template)
        if names is None or not any(slots[name] is None for name in names)
    )
    return spelled(said.format_map(slots))


@cache
def _parts(template: str) -> tuple[tuple[str, tuple[str, ...] | None], ...]:
    """The pieces of a template; those in brackets with the names of their slots."""
    pieces = _OPTIONAL.split(template)
    return tuple(
        (
            piece,
            tuple(name for _, name, _, _ in Formatter().parse(piece) if name is not None)
            if k % 2
            else None,
        )
        for k, piece in enumerate(pieces)
    )
