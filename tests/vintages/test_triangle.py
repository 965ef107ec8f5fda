"""The triangle of revisions, by hand."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from trends.errors import UnknownName, WrongKind
from trends.panel import Panel
from trends.vintages import Revisions, Store, revisions

NAN = float("nan")
VINTAGES = {  # from 2025-01; the last month of each is not complete
    "2025-03-10": ([10, 20, 5], [31, 28, 10]),
    "2025-04-30": ([10, 22, 30, 40], [31, 28, 31, 30]),
    "2025-06-01": ([11, 22, 30, 40, 50, 1], [31, 28, 31, 30, 31, 1]),
}


def made(place: Path, kind: str = "flow") -> Revisions:
    with Store.open(place) as store:
        for day, (values, days) in VINTAGES.items():
            months = pd.period_range("2025-01", periods=len(values), freq="M")
            panel = Panel(
                [values], months, ["a"], observed_days=days, definition="D.", unit="u", kind=kind
            )
            store.add(panel, as_of=day)
    return revisions("a", store=place)


def test_triangle(tmp_path: Path) -> None:
    found = made(tmp_path / "s")
    assert (found.series, found.definition, found.unit, found.kind) == ("a", "D.", "u", "flow")
    triangle = found.triangle()
    assert [str(month) for month in triangle.index] == [f"2025-0{k}" for k in range(1, 6)]
    assert [str(day) for day in triangle.columns] == list(VINTAGES)
    assert triangle.fillna(-1).values.tolist() == [
        [10, 10, 11], [20, 22, 22], [-1, 30, 30], [-1, 40, 40], [-1, -1, 50],
    ]  # fmt: skip


def test_frame(tmp_path: Path) -> None:
    frame = made(tmp_path / "s").frame()
    assert frame[["age", "value", "to_come"]].values.tolist() == [
        [1, 10, 1], [2, 10, 1], [4, 11, 0],
        [0, 20, 2], [1, 22, 0], [3, 22, 0],
        [0, 30, 0], [2, 30, 0],
        [0, 40, 0], [1, 40, 0],  # April is complete on its last day
        [0, 50, 0],
    ]  # fmt: skip


def test_by_age(tmp_path: Path) -> None:
    table = made(tmp_path / "s").by_age()
    assert table.reset_index().values.tolist() == [
        [0, 3, 1, pytest.approx(2 / 3), pytest.approx(2 / 3), 2],  # Feb, Mar, Apr
        [1, 2, 1, 0.5, 0.5, 1],  # Jan, Feb
        [2, 1, 1, 1, 1, 1],  # Jan
    ]


def test_flow_of_a_stock(tmp_path: Path) -> None:
    found = made(tmp_path / "s", kind="stock").flow()
    assert found.kind == "flow"
    assert found.triangle().fillna(-1).values.tolist() == [
        [10, 12, 11], [-1, 8, 8], [-1, 10, 10], [-1, -1, 10],
    ]  # fmt: skip
    with pytest.raises(WrongKind, match="needs a stock"):
        found.flow()


def test_one_vintage_has_no_revisions(tmp_path: Path) -> None:
    months = pd.period_range("2025-01", periods=2, freq="M")
    panel = Panel([[1.0, 2.0]], months, ["a"], definition="D.")
    with Store.open(tmp_path / "s") as store:
        store.add(panel, as_of="2025-06-01")
        found = revisions(panel, store=store)
        assert found.by_age().empty
        assert found.triangle().shape == (2, 1)
        with pytest.raises(UnknownName, match="nothing is named 'b'"):
            revisions("b", store=store)
