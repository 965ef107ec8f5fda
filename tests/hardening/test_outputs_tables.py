"""CSV: no cell is a formula, numbers stay numbers, and the text can be had back."""

from __future__ import annotations

import ast
import csv
import io
import re
import unicodedata
from decimal import Decimal
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hardening.hostile_texts import FORMULAS, MONTH, TEXTS, panel
from hypothesis import given
from hypothesis import strategies as st

from trends.report import report
from trends.writing import csv_text

ROOT = Path(__file__).resolve().parents[2]
SIGNS = "=+-@\t\r\n\0\uff1d\uff0b\uff0d\uff20"  # as the documentation names them
text = st.text(st.one_of(st.sampled_from([*SIGNS, *"'\" ,;\ufeff\u200b"]), st.characters()))
numbers = st.one_of(st.none(), st.integers(), st.floats(allow_infinity=False, allow_nan=False))


def rows(written: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(written, newline=""), strict=True))


def had_back(cell: str) -> str:
    """The documented rule: one apostrophe off, where it stands before a sign."""
    out, at = "", 0
    for end in re.finditer(r"\r\n|[;\t\r\n]", cell):
        after = end.end()
        out += cell[at:after]
        at = after + (cell[after : after + 1] == "'" and before_sign(cell[after:]))
    out += cell[at:]
    return out[1:] if out[:1] == "'" and before_sign(out, line_ends=True) else out


def before_sign(cell: str, *, line_ends: bool = False) -> bool:
    """Whether a sign of a formula comes after blanks and apostrophes, or a line end after those."""
    bare = cell.lstrip("'")
    blank = bare.lstrip("' \t\r\n\v\f\x1c\x1d\x1e\x1f\x85\xa0\u1680\u2028\u2029\u202f\u205f\u3000"
                        "\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a"
                        "\u200b\u200c\u200d\u200e\u200f\u2060\ufeff")  # fmt: skip
    sign = unicodedata.normalize("NFKC", blank[:1])[:1]
    return sign in tuple("=+-@\0") or (line_ends and bare[:1] in tuple("\t\r\n"))


@given(st.lists(st.lists(text, min_size=2, max_size=2), min_size=1, max_size=4))
def test_text_comes_back_and_is_no_formula(table: list[list[str]]) -> None:
    found = rows(csv_text(table))
    assert not [cell for row in found for cell in row if cell.startswith(tuple(SIGNS))]
    assert [[had_back(cell) for cell in row] for row in found] == table


@pytest.mark.parametrize("text", [*TEXTS, "'tis", "plain", ""])
def test_each_hostile_text_comes_back(text: str) -> None:
    ((found, _),) = rows(csv_text([[text, 1]]))
    assert not found.startswith(tuple(SIGNS))
    assert had_back(found) == text
    if not text.strip("'").strip().startswith(tuple("=+-@")) and text in ("'tis", "plain", ""):
        assert found == text


@given(st.lists(numbers, min_size=1, max_size=5))
def test_numbers_stay_numbers(values: list[float | None]) -> None:
    ((*found, _),) = rows(csv_text([[*values, "x"]]))
    for cell, value in zip(found, values, strict=True):
        assert cell[:1] != "'"
        assert (cell == "") if value is None else (float(cell) == float(value))


def test_of_each_kind_of_number() -> None:
    cells = [-5, -5.5, np.float64(-0.1), np.int64(-3), Decimal("-1.0"), float("nan"), None, 1e300]
    found = rows(csv_text([cells]))[0]
    assert found[:7] == ["-5", "-5.5", "-0.1", "-3", "-1.0", "", ""]
    assert float(found[7]) == 1e300


def test_a_reader_of_its_own_sees_the_same(tmp_path: Path) -> None:
    path = tmp_path / "own.csv"
    path.write_text(csv_text([["month", "-series", "v"], ["2025-05", "=a", -588.0]]), newline="")
    frame = pd.read_csv(path)
    assert list(frame) == ["month", "'-series", "v"]
    assert frame["v"].tolist() == [-588]
    assert frame["'-series"].tolist() == ["'=a"]


@pytest.mark.parametrize("name", FORMULAS)
def test_the_tables_of_a_report(name: str) -> None:
    hostile = panel(quantity=name, series=name, unit=name)
    changed = hostile.values.copy()
    changed[0, -1] = -5.5
    from trends.report._downloads import chart_csv, table_csv
    from trends.wording import read_words

    months = [str(month) for month in hostile.months]
    facts: dict[str, Any] = {
        "name": name,
        "unit": name,
        "months": [{"month": MONTH, "value": -5.5, "change": -0.25, "per_day_change": None,
                    "year_on_year": 0.5, "rank": 3, "flags": [name]}],
        "history": [{"month": month, "value": -5.5, "status": "complete", "observed_days": 30}
                    for month in months[:2]],
    }  # fmt: skip
    for written in (table_csv(facts, read_words("en")), chart_csv(facts, None, read_words("en"))):
        head, *body = rows(written)
        for cell in (*head, *(cell for row in body for cell in row)):
            number = re.fullmatch(r"-?\d+(\.\d+)?", cell)
            assert number or not cell.startswith(tuple(SIGNS)), cell
        assert {row[1] for row in body} == {"-5.5"}


def test_claims_are_texts() -> None:
    files = report(panel(quantity="=1+1", series="@a"), MONTH).files(("csv",))
    for name, written in files.items():
        assert isinstance(written, str), name
        for row in rows(written):
            for cell in row:
                assert not cell.startswith(tuple(SIGNS)) or float(cell) < 0


def test_there_is_no_other_way_to_csv() -> None:
    """No file of the library but this one writes CSV or Excel."""
    writers = {"to_csv", "to_excel", "DictWriter", "write_csv"}
    found = set()
    for path in (ROOT / "trends").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Attribute) and (
                node.attr in writers
                or (node.attr == "writer" and getattr(node.value, "id", "") == "csv")
            ):
                found.add(path.relative_to(ROOT / "trends").as_posix())
    # the loader writes a line to look at how text is quoted, and no file
    assert found <= {"writing.py", "loaders/_columns.py"}
