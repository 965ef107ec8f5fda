"""Typed claims and the entries of verify, one fact wrong at a time."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import numpy as np
import pandas as pd
import pytest

from trends.checks import claim_of, verify
from trends.claims import Window
from trends.errors import BadTable, UnreadableFile
from trends.panel import Panel

ROW = (9.0, 3, 4, 5, 6, 8)


def panel(*values: float) -> Panel:
    return Panel([values], pd.period_range(end="2025-06", periods=len(values), freq="M"), ["x"])


WINDOW = {"type": "window", "series": "x", "month": "2025-06", "first": "2025-05"}


def test_lists_of_months_and_spans_are_read():
    typed = WINDOW | {"bases": [["2025-03", "2025-04"]], "number": Decimal("1.5"),
                      "relation": "multiple", "hedge": "about"}  # fmt: skip
    assert claim_of(typed, "here") == Window(
        series="x", month="2025-06", first="2025-05", bases=(("2025-03", "2025-04"),),
        number=Decimal("1.5"), relation="multiple", hedge="about",
    )  # fmt: skip
    ranked = {"type": "rank", "series": "x", "month": "2025-06", "rank": 2, "ahead": ["2025-01"]}
    assert claim_of(ranked, "here").ahead == (pd.Period("2025-01", "M"),)


@pytest.mark.parametrize(
    ("facts", "told"),
    [
        ({"bases": "2025-03"}, r"'bases' of a window is '2025-03', which is not a list"),
        ({"bases": [["2025-03"]]}, "which is not a list"),
        ({"bases": [["2025-03", 4]]}, "which is not a list"),
        ({"bases": [["2025-03", "2025-04"]], "relation": "more"}, "is 'more', which is not one of"),
        ({"bases": [["2025-03", "2025-04"]], "relation": 3}, "is 3, which is not one of 'above'"),
        ({"bases": [], "number": True}, "is True, which is not a number or a whole number"),
        ({"bases": [], "number": float("nan")}, "is nan, which is not a number"),
        ({"bases": [], "number": Decimal("NaN")}, r"is Decimal\('NaN'\), which is not a number"),
        ({"bases": [], "number": Decimal("1e-20")}, "which is not a number"),
        ({"bases": [], "number": 10**16}, "which is not a number"),
        ({"bases": [], "first": 5}, "'first' of a window is 5, which is not a month"),
        ({"bases": [], "subject": 5}, "'subject' of a window is 5, which is not text"),
        ({"bases": [], "value_hedge": None}, "is None, which is not one of ''"),
        ({"bases": [], "number": 10**5000}, "is a int too long to show, which is not"),
        ({"bases": [], "unit": ["a" * 80]}, r"is \('a{55}\.\.\., which is not text"),
    ],
)
def test_a_fact_of_another_kind_is_told(facts, told):
    with pytest.raises(BadTable, match=told):
        claim_of(WINDOW | facts, "here")


def test_numbers_at_the_edge_of_what_is_printed_are_taken():
    for number in (10**15, -(10**15), Decimal("1e-15"), 1e15, np.float64(2.5), np.int64(3)):
        assert claim_of(WINDOW | {"bases": [["2025-03", "2025-04"]], "number": number}, "").number


ENTRY = {"claim": {"type": "streak", "series": "x", "month": "2025-06", "length": 4}}


def test_an_entry_names_its_data_and_is_called_by_its_number(tmp_path):
    found = verify([ENTRY | {"id": 7}, ENTRY | {"id": "b", "month": "2025-05"}], panel(*ROW))
    assert list(found.frame()["label"]) == ["7", "b"]
    assert found.holds
    named = {"sentence": "Drones set a record in June 2025", "data": "drones-launched"}
    assert verify([named]).holds
    day = {"sentence": "The fourth consecutive monthly rise", "published": dt.date(2025, 7, 1)}
    assert verify([day | {"month": "2025-06"}], panel(*ROW)).holds


@pytest.mark.parametrize(
    ("entry", "told"),
    [
        (ENTRY | {"data": 5}, "'data' is 5, which is not the name of a data set"),
        (ENTRY | {"data": []}, "'data' is "),
        (ENTRY | {"data": [None]}, "'data' is "),
        (ENTRY | {"id": True}, "'id' is True, which is not text"),
        (ENTRY | {"outcome": 3}, "'outcome' is 3, which is not text"),
        ({"sentence": "A record", "month": 202506}, "'month' is 202506, which is not text"),
        (5, "no "),
    ],
)
def test_an_entry_that_is_none_is_told(entry, told):
    with pytest.raises(BadTable, match=told):
        verify([entry], panel(*ROW))


def test_a_folder_is_no_file_of_claims(tmp_path):
    with pytest.raises(UnreadableFile, match="not a file"):
        verify(tmp_path)
    with pytest.raises(UnreadableFile, match="cannot be read"):
        verify(tmp_path / "none.json")


def test_a_key_that_stands_twice_or_is_misspelt_is_told(tmp_path):
    path = tmp_path / "claims.json"
    path.write_text('[{"sentence": "A record", "month": "2025-05", "month": "2025-06"}]', "utf-8")
    with pytest.raises(UnreadableFile, match="'month' stands twice"):
        verify(path)
    with pytest.raises(BadTable, match=r"entry 2.*'sentences'.*Write 'sentence'"):
        verify([ENTRY, {"sentences": "A record"}], panel(*ROW))
    assert verify([ENTRY | {"publisher": "AFP"}], panel(*ROW)).holds
