"""Over 800 files, good and hostile: exact totals, or an error that names row, column and value."""

from __future__ import annotations

import re
import tempfile
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hardening.corpus_tables import Case, Fault, all_cases

from trends.errors import BadOption, BadValue, TrendsError, TrendsWarning, UnreadableFile
from trends.loaders import (
    LOADERS,
    load_acled,
    load_file,
    load_fires,
    load_launches,
    load_table,
    load_territory,
    load_ucdp,
)
from trends.loaders._limits import Limits
from trends.panel import Panel

CASES = all_cases()
_TABLE = {"month": "month", "value": "km2", "unit": "km2"}
_LOADERS = {
    "load_acled": load_acled,
    "load_fires": load_fires,
    "load_launches": load_launches,
    "load_territory": load_territory,
    "load_ucdp": load_ucdp,
}


@pytest.fixture
def folder() -> Iterator[Path]:
    """A folder of its own, made and left faster than `tmp_path`."""
    with tempfile.TemporaryDirectory() as name:
        yield Path(name)


def load(case: Case, folder: Path) -> Panel:
    source = case.make(folder)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", TrendsWarning)
        if case.loader == "load_file":
            return load_file(source, LOADERS, **case.options)
        if case.loader == "load_table":
            return load_table(source, **{**_TABLE, **case.options})
        loader: Any = _LOADERS[case.loader]
        found: Panel = loader(source, **case.options)
        return found


def totals(panel: Panel) -> dict[str, dict[str, float]]:
    months = [str(month) for month in panel.months]
    return {
        name: dict(zip(months, panel.values[at].tolist(), strict=True))
        for at, name in enumerate(panel.names)
    }


def said_of(fault: Fault, message: str) -> list[str]:
    """What the message does not say of the fault."""
    lacks = []
    if fault.row is not None and not re.search(rf"\brows?,? (?:\d+ and )?{fault.row}\b", message):
        lacks.append(f"row {fault.row}")
    if fault.column is not None and repr(fault.column) not in message:
        lacks.append(f"column {fault.column}")
    if fault.found is not None and not any(
        part in message for part in (fault.found, repr(fault.found)[1:-1][:60])
    ):
        lacks.append(f"found {fault.found[:40]!a}")
    if fault.says and not re.search(fault.says.replace("(", r"\("), message):
        lacks.append(f"words {fault.says!r}")
    return lacks


@pytest.mark.parametrize(
    "case", CASES, ids=lambda case: case.name.encode("ascii", "replace").decode()
)
def test_case(case: Case, folder: Path) -> None:
    if isinstance(case.expected, Fault):
        with pytest.raises(TrendsError) as caught:
            load(case, folder)
        assert type(caught.value).__module__ == "trends.errors"
        message = str(caught.value)
        assert not said_of(case.expected, message), message
        assert len(message) < 3000
        assert all(char.isprintable() for char in message.replace("\n", "")), message
        return
    found = totals(load(case, folder))
    assert list(found) == list(case.expected)
    for name, months in case.expected.items():
        expected = {m: np.nan if v is None else float(v) for m, v in months.items()}
        assert list(found[name]) == list(expected)
        np.testing.assert_array_equal(list(found[name].values()), list(expected.values()))


def test_errors_name_row_column_and_value() -> None:
    faults = [case.expected for case in CASES if isinstance(case.expected, Fault)]
    assert len(CASES) > 800
    assert sum(fault.row is not None for fault in faults) > 400


def test_lines_and_sheet_rows_are_named(folder: Path) -> None:
    path = folder / "t.csv"
    path.write_text('\nmonth,km2,note\n\n2025-05,1,"two\nlines"\r\n2025-06,x,\n')
    with pytest.raises(BadValue, match=r"t\.csv, line 6: row 2, column 'km2': found 'x'"):
        load_table(path, **_TABLE)
    path.write_text("sep=;\nmonth;km2\n2025-05;1\n2025-06;x\n")
    with pytest.raises(BadValue, match=r"t\.csv, line 4: row 2, column 'km2'"):
        load_table(path, **_TABLE)
    book = folder / "t.xlsx"
    rows = [["month", "km2"], ["2025-05", 1], [None, None], ["2025-06", "x"]]
    pd.DataFrame(rows).to_excel(book, index=False, header=False, startrow=3)
    with pytest.raises(BadValue, match=r"t\.xlsx, sheet row 7: row 2, column 'km2'"):
        load_table(book, **_TABLE)


@pytest.mark.parametrize(
    ("text", "limit", "said"),
    [
        ("month,km2\n2025-05,1\n2025-06,2\n", {"max_rows": 1}, "max_rows=1"),
        ("month,km2\n2025-05,1\n2025-06,2\n", {"max_cells": 3}, "max_cells=3"),
        ("month,km2\n2025-05,1\n2025-06,2\n", {"max_columns": 1}, "max_columns=1"),
        ("month,km2\n2025-05,1\n2025-06,2\n", {"max_bytes": 9}, "max_bytes=9"),
        ("month,km2\n2025-05,1\n2025-06,22222\n", {"max_cell": 6}, "row 1, column 'month'"),
    ],
)
def test_limits_are_kept_and_can_be_raised(
    text: str, limit: dict[str, int], said: str, folder: Path
) -> None:
    path = folder / "t.csv"
    path.write_text(text)
    assert load_table(path, **_TABLE).n_time == 2
    with pytest.raises(TrendsError, match=said):
        load_table(path, **_TABLE, limits=Limits(**limit))


def test_limits_of_other_formats(folder: Path) -> None:
    path = folder / "t.json"
    path.write_text('[{"month": "2025-05", "km2": 1, "x": [[1]]}]')
    assert load_table(path, **_TABLE, limits=Limits(max_depth=4)).n_time == 1
    with pytest.raises(UnreadableFile, match="max_depth=3"):
        load_table(path, **_TABLE, limits=Limits(max_depth=3))
    path.write_text('[{"month": "2025-05", "km2": 1, "x": "' + "[" * 500 + '"}]')
    assert load_table(path, **_TABLE).n_time == 1
    with pytest.raises(BadOption, match="max_rows=0"):
        Limits(max_rows=0)


def test_a_small_workbook_cannot_take_long(folder: Path) -> None:
    book = folder / "t.xlsx"
    pd.DataFrame({"month": ["2025-05"] * 3000, "km2": 1}).to_excel(book, index=False)
    with pytest.raises(UnreadableFile, match="max_seconds"):
        load_table(book, **_TABLE, limits=Limits(max_seconds=0.001))
