"""The language that a chart is drawn in."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from contextvars import ContextVar

import pandas as pd

from trends.wording import Phrase, check_language, language_of, month_words, read_words

_SPOKEN: ContextVar[str] = ContextVar("language of charts", default="en")


@contextlib.contextmanager
def speaking(language: str) -> Iterator[None]:
    """Draw in a language: all that is written meanwhile takes its words from there."""
    check_language(language, "plot")
    token = _SPOKEN.set(language)
    try:
        yield
    finally:
        _SPOKEN.reset(token)


def spoken() -> str:
    """The language of the chart that is being drawn."""
    return _SPOKEN.get()


def said(key: str, **values: object) -> str:
    """A fixed text of charts."""
    return read_words(spoken())(f"chart.{key}", **values)


def kind_words(kind: str) -> str:
    """What an anomaly is called."""
    return read_words(spoken())(f"kinds.{kind}")


def month_said(month: pd.Period) -> str:
    """A month, with the forms that the language has."""
    return month_words(month, spoken())


def step_said(step: object) -> str:
    """The number of a step, which has no other forms."""
    return Phrase(lambda form: f"step {step}", language_of(spoken()).forms)
