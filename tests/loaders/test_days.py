"""Daily tables, kept as days."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from trends.errors import BadTable, BadValue, MissingColumns, NoValues
from trends.loaders import load_days


def test_days_are_sorted_and_gaps_are_unknown(tmp_path: Path) -> None:
    file = tmp_path / "days.csv"
    file.write_text("date;km2\n2025-06-04;1.234,5\n2025-06-01;0,25\n2025-06-01;0,25\n2025-06-02;\n")
    found = load_days(file, value="km2", unit="km2")
    assert found.index.equals(pd.period_range("2025-06-01", "2025-06-04", freq="D"))
    np.testing.assert_array_equal(found, [0.25, np.nan, np.nan, 1234.5])
    assert found.attrs == {"unit": "km2", "left_out": 1}


@pytest.mark.parametrize(
    ("rows", "error", "words"),
    [
        ("2025-06-01,1\n2025-06-01,2\n", BadTable, "2025-06-01 has the values 1, 2"),
        ("2025-06-31,1\n", BadValue, "found '2025-06-31'"),
        ("2025-06-01,many\n", BadValue, "found 'many'"),
        ("2025-06-01,\n", NoValues, "every cell of 'value'"),
    ],
)
def test_what_is_no_day_or_no_value(
    tmp_path: Path, rows: str, error: type[Exception], words: str
) -> None:
    file = tmp_path / "days.csv"
    file.write_text(f"date,value\n{rows}")
    with pytest.raises(error, match=words):
        load_days(file)


def test_columns_are_named() -> None:
    with pytest.raises(MissingColumns, match="no column 'date'"):
        load_days(pd.DataFrame({"day": ["2025-06-01"], "value": [1]}))
