"""No error, and no warning, carries what moves a cursor or cannot be written."""

from __future__ import annotations

import pickle
import warnings

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trends.errors import BadOption, TrendsError, TrendsWarning, UnreadableFile

HOSTILE = "\x1b]52;c;cm0=\x07 \x9b2J \u202eabc \ud800 \0"


@given(st.text(st.characters()))
def test_whatever_is_quoted_is_printable(text: str) -> None:
    for said in (
        str(TrendsError(text)),
        str(TrendsWarning(text)),
        str(UnreadableFile(text, text, text)),
    ):
        assert said.replace("\n", "").isprintable()
        said.encode("utf-8")


def test_plain_text_is_left_alone() -> None:
    text = "launches.csv: 'дрони', 5 km².\nTwo lines"
    assert str(TrendsError(text)) == text
    error = BadOption("load", "x", 3, "a word")
    assert str(pickle.loads(pickle.dumps(TrendsError(text)))) == text
    assert "3" in str(error)


def test_a_warning_by_its_class_is_escaped_too() -> None:
    with pytest.warns(TrendsWarning) as caught:
        warnings.warn(HOSTILE, TrendsWarning, stacklevel=1)
    assert "\x1b" not in str(caught[0].message)
    assert r"\x1b" in str(caught[0].message)
