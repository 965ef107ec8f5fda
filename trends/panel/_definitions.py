"""The rule that made the numbers, as data."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

import pandas as pd

from trends.errors import whole


class Definition(str):
    """The rule that made the numbers of a panel: which rows, which day, what counts.

    It is the sentence itself, a `str`, that carries its name and parameters. Two numbers of
    different definitions are two series, never one.

    Parameters
    ----------
    sentence : str
        The rule, for a reader; what ``print`` shows.
    name : str
        A short key: ``"overnight"``. Definitions of one name and metric are the same.
    parameters : mapping of str to str
        The rule, for a program.
    mirrors : str
        The publisher whose figures it reproduces, if any.
    error : str
        How well it does, measured: months exact, mean absolute error.
    first, last : Period, optional
        The months in which it has a meaning.

    Examples
    --------
    >>> rule = Definition("Reports whose window starts at a stated time.", name="overnight")
    >>> print(rule, rule.name)
    Reports whose window starts at a stated time. overnight
    """

    __slots__ = ("error", "first", "last", "mirrors", "name", "parameters")

    name: str
    parameters: Mapping[str, str]
    mirrors: str
    error: str
    first: pd.Period | None
    last: pd.Period | None

    def __new__(cls, sentence: str = "", **about: Any) -> Definition:
        """Make a definition of its sentence and what is told about it."""
        return super().__new__(cls, whole(sentence))

    def __init__(
        self,
        sentence: str = "",
        *,
        name: str = "",
        parameters: Mapping[str, str] | None = None,
        mirrors: str = "",
        error: str = "",
        first: pd.Period | None = None,
        last: pd.Period | None = None,
    ) -> None:
        self.name, self.mirrors, self.error = name, mirrors, error
        self.parameters = MappingProxyType(dict(parameters or {}))
        self.first, self.last = first, last

    def __reduce__(self) -> tuple[Any, ...]:
        return _make, (str(self), self.facts())

    def facts(self) -> dict[str, Any]:
        """What is told about the sentence, by name."""
        facts = {key: getattr(self, key) for key in self.__slots__}
        return facts | {"parameters": dict(self.parameters)}

    def same_as(self, other: Definition) -> bool:
        """Whether both are one rule: by name where both have one, else by sentence."""
        if self.name and other.name:
            return self.name == other.name
        return str(self) == str(other)


def _make(sentence: str, facts: dict[str, Any]) -> Definition:
    return Definition(sentence, **facts)


def as_definition(given: str) -> Definition:
    """A definition of a sentence; a definition as it is."""
    return given if isinstance(given, Definition) else Definition(given)
