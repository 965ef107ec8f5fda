"""`trends.load` with a day, and with a store."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pandas as pd
import pytest

from trends.editions import load
from trends.errors import BadOption, UnknownName
from trends.loaders import data_sets
from trends.loaders import load as load_bundled
from trends.panel import Panel
from trends.vintages import Store


@pytest.mark.parametrize("name", [k for k, card in data_sets().items() if card.kind != "table"])
def test_bundled_data_have_one_vintage(name: str) -> None:
    day = data_sets()[name].as_of
    for as_of in (None, day, str(day), "2099-01-01"):
        assert load(name, as_of=as_of).values.tobytes() == load_bundled(name).values.tobytes()
    with pytest.raises(BadOption, match=f"at or after {day}, the one vintage of '{name}'"):
        load(name, as_of=day - dt.timedelta(days=1))


def test_figures_printed_until_a_day() -> None:
    every = load("published-monthly")
    early = load("published-monthly", as_of="2025-07-02")
    assert 0 < len(early) < len(every)
    assert early["published_date"].max() <= pd.Timestamp("2025-07-02")


def test_from_a_store(tmp_path: Path) -> None:
    path = tmp_path / "s"
    months = pd.period_range("2025-01", periods=1, freq="M")
    with Store.open(path) as store:
        store.add(load_bundled("drones-launched"))
        for value, day in ((1.0, "2025-03-01"), (2.0, "2025-05-01")):
            store.add(Panel([[value]], months, ["mine"], definition="D."), as_of=day)
        assert load("mine", store=store, as_of="2025-04-01").values.tolist() == [[1.0]]
    assert load("mine", store=path, definition="D.").values.tolist() == [[2.0]]
    found = load("drones-launched", store=path, as_of="2026-07-01")
    assert found["drones"]["2025-06"] == 5438
    assert found.anomalies == load_bundled("drones-launched").anomalies
    with pytest.raises(BadOption, match="at or after 2026-06-07, the first vintage"):
        load("drones-launched", store=path, as_of="2025-07-01")
    with pytest.raises(UnknownName, match="nothing is named 'missiles'"):
        load("missiles-launched", store=path)


def test_bad_input() -> None:
    with pytest.raises(UnknownName):
        load("nothing", as_of="2025-01-01")
    with pytest.raises(BadOption, match="a day such as"):
        load("drones-launched", as_of="now")
    with pytest.raises(BadOption, match="each has its own"):
        load("drones-launched", definition="x")
