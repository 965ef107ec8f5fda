"""The bundled data: valid, complete cards, made again from the sources byte for byte."""

from __future__ import annotations

import csv
import datetime as dt
import importlib.util
import json
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from trends.errors import UnknownName
from trends.loaders import DataSet, data_sets, load
from trends.panel import Panel

ROOT = Path(__file__).resolve().parents[2]
DATASETS = ROOT / "datasets"
DAILY = ["drones-launched-daily", "missiles-launched-daily"]
PANELS = [name for name, card in data_sets().items() if card.kind != "table"]


def test_names() -> None:
    assert sorted(data_sets()) == [
        "area-controlled",
        "drones-and-missiles-largest-night",
        "drones-largest-night",
        "drones-launched",
        "drones-launched-by-start",
        "drones-launched-daily",
        "drones-launched-nights",
        "drones-nights-without",
        "missiles-largest-night",
        "missiles-launched",
        "missiles-launched-daily",
        "missiles-nights-without",
        "published-monthly",
        "territory-gain-afp",
        "territory-gain-deepstate",
        "territory-gain-deepstate-bom",
        "territory-gain-isw",
    ]
    assert {path.stem for path in DATASETS.glob("*.csv")} == set(data_sets())
    assert not list(DATASETS.glob("**/*.py"))


def test_unknown_name() -> None:
    with pytest.raises(UnknownName, match=r"'drones'.*'drones-launched'"):
        load("drones")


def test_frictionless() -> None:
    frictionless = pytest.importorskip("frictionless")
    report = frictionless.validate(str(DATASETS / "datapackage.json"))
    assert report.valid, report.flatten(["type", "message"])
    package = json.loads((DATASETS / "datapackage.json").read_text("utf-8"))
    assert package["$schema"].endswith("/2.0/datapackage.json")


@pytest.mark.parametrize("name", PANELS)
def test_panel_agrees_with_its_card_and_file(name: str) -> None:
    card, panel = data_sets()[name], load(name)
    assert isinstance(card, DataSet)
    assert panel.names == (card.series,)
    for field in ("unit", "kind", "quantity", "definition", "as_of", "anomalies"):
        assert getattr(panel, field) == getattr(card, field)
    assert panel.source == card.sources[0]
    assert all([card.title, card.description, card.metric, card.licence, card.definition])
    assert (card.first, card.last) == (panel.months[0], panel.months[-1])
    for anomaly in card.anomalies:
        assert card.first <= anomaly.first
        assert anomaly.last <= card.last
    with (DATASETS / f"{name}.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    assert [row["month"] for row in rows] == list(map(str, panel.months))
    expected = [float(row["value"]) if row["value"] else np.nan for row in rows]
    np.testing.assert_array_equal(panel.values[0], expected)
    assert panel.observed_days.tolist() == [int(row["observed_days"]) for row in rows]


def test_headline_figures() -> None:
    drones = load("drones-launched")
    known = {"2025-05": 4003, "2025-06": 5438, "2025-07": 6297, "2025-08": 4132, "2026-05": 8150}
    assert {month: drones["drones"][month] for month in known} == known
    assert (drones.status("2022-09"), drones.status("2026-06")) == ("partial", "partial")
    assert drones.observed_days[-1] == 7
    (splice,) = drones.anomalies
    assert (splice.kind, str(splice.first)) == ("splice", "2025-03")
    afp = load("territory-gain-afp")
    gains = [379, 507, 588, 634, 594]
    assert afp["territory"]["2025-04":"2025-08"].tolist() == gains
    assert afp.status("2024-07") == "gap"
    assert int((~np.isnan(afp.values)).sum()) == 26
    assert [a.kind for a in afp.anomalies] == ["one-off", "method break"]
    assert afp.anomalies[0].excluded_from == ("ranks",)
    isw = load("territory-gain-isw")
    rounded = isw["territory"]["2025-03":"2025-06"].round().tolist()
    assert rounded == [204, 187, 516, 482]
    assert isw.observed_days[-1] == 24
    assert load("territory-gain-deepstate").observed_days[-1] == 22
    assert load("territory-gain-deepstate-bom").observed_days[0] == 24
    assert round(load("area-controlled").flow()["territory"]["2026-03"], 1) == 24.2


def test_metrics_are_those_of_the_published_figures() -> None:
    metrics = set(load("published-monthly")["metric"])
    assert {"drones_launched", "missiles_launched", "territory_km2"} <= metrics
    gains = [card for name, card in data_sets().items() if name.startswith("territory-gain")]
    assert {card.metric for card in gains} == {"territory_km2"}
    assert data_sets()["drones-launched"].metric == "drones_launched"


def test_published() -> None:
    table = load("published-monthly")
    assert isinstance(table, pd.DataFrame)
    assert len(table) == 124
    assert table["value"].dtype == np.float64
    june = table[(table["period"] == "2025-06") & (table["metric"] == "drones_launched")]
    afp = june[june["publisher"] == "AFP"].iloc[0]
    assert (afp["value"], afp["published_date"].date()) == (5438, dt.date(2025, 7, 1))
    assert set(table[table["period"].str.len() == 4]["period"]) <= {"2023", "2024", "2025"}
    months = table[table["period"].str.len() == 7]["period"]
    card = data_sets()["published-monthly"]
    assert (str(card.first), str(card.last)) == (months.min(), months.max())
    assert str(card.as_of) == str(table["published_date"].max().date())


@pytest.mark.parametrize("name", DAILY)
def test_days_add_up_to_the_months(name: str) -> None:
    card, days = data_sets()[name], load(name)
    assert isinstance(days, pd.DataFrame)
    assert (days.attrs["unit"], days.attrs["quantity"]) == (card.unit, card.quantity)
    panel = load(name.removesuffix("-daily"))
    assert isinstance(panel, Panel)
    groups = days["value"].groupby(pd.PeriodIndex(days.index).asfreq("M"))
    np.testing.assert_array_equal(groups.sum(), panel.values[0])
    np.testing.assert_array_equal(groups.count(), panel.observed_days)
    assert (card.definition, card.metric) == (panel.definition, panel.metric)
    assert (card.first, card.last) == (panel.months[0], panel.months[-1])


def test_cards_are_honest_about_licences() -> None:
    for name in ("drones-launched", "missiles-launched"):
        licence = data_sets()[name].licence
        assert "CC BY-NC-SA 4.0" in licence
        assert "to be confirmed" in licence


def test_made_again(shared: Path, tmp_path: Path) -> None:
    spec = importlib.util.spec_from_file_location("make_datasets", ROOT / "tests/make_datasets.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    module.main(shared / "data", tmp_path)
    made = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    assert made == {path.name: path.read_bytes() for path in DATASETS.glob("*.csv")}


def test_nights() -> None:
    night = load("drones-largest-night")["drones"]
    known = {"2023-05": 54, "2024-11": 188, "2025-05": 355, "2025-07": 728, "2025-09": 810}
    assert {month: night[month] for month in known} == known
    assert load("drones-and-missiles-largest-night")["weapons"]["2025-07"] == 741
    quiet = load("drones-nights-without")
    assert quiet["nights"]["2025-04":"2025-09"].tolist() == [3, 3, 0, 0, 0, 0]
    for weapons in ("drones", "missiles"):
        total = load(f"{weapons}-launched")
        most, none = load(f"{weapons}-largest-night"), load(f"{weapons}-nights-without")
        assert (most.values <= total.values).all()
        attacked = total.observed_days - none.values
        assert (attacked * most.values >= total.values).all()  # no night beyond the largest


def test_splice_as_described(shared: Path) -> None:
    from trends.loaders import load_launches

    path = shared / "data/raw/massive_missile_attacks/missile_attacks_daily.csv"
    for weapons, at_splice, least, most in (
        ("drones", 0.0, 0.0, 1.7),
        ("missiles", 5.7, 0.3, 6.6),
    ):
        late = load(f"{weapons}-launched")[weapons]["2025-03":"2026-05"]
        every = load_launches(path, weapons=weapons, definition="all")[weapons]
        above = (every["2025-03":"2026-05"] / late - 1) * 100
        assert round(above["2025-03"], 1) == at_splice
        assert least <= above.min()
        assert above.max() <= most


def test_the_day_that_a_night_belongs_to_moves_a_month():
    ended, began = load("drones-launched")["drones"], load("drones-launched-by-start")["drones"]
    assert (began["2025-05"], began["2025-06"]) == (4305, 5018)
    whole = slice("2022-10", "2026-05")
    moved = (began[whole] - ended[whole]).abs()
    assert moved["2025-06"] == 420  # the night to 1 June, less that to 1 July
    assert moved.sum() > 0
    # what one month loses its neighbour gains: only the ends of the span can differ
    assert abs(began[whole].sum() - ended[whole].sum()) < 0.01 * ended[whole].sum()
