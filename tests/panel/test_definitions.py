"""A definition is its sentence, and carries what a program needs."""

from __future__ import annotations

import copy
import json
import pickle

import pandas as pd
import pytest

from trends.errors import BadOption, DifferentDefinitions
from trends.loaders import data_sets, definitions, load
from trends.panel import Anomaly, Definition, Panel, join

MONTHS = pd.period_range("2025-05", periods=2, freq="M")
RULE = Definition("Only x counts.", name="x", parameters={"rows": "x"}, mirrors="AFP", error="none")


def panel(
    values: list[float], definition: str = "", start: str = "2025-05", **more: object
) -> Panel:
    months = pd.period_range(start, periods=len(values), freq="M")
    return Panel([values], months, ["s"], unit="km2", definition=definition, **more)


def test_a_sentence_becomes_a_definition_and_stays_text() -> None:
    held = panel([1, 2], "Only x counts.").definition
    assert isinstance(held, Definition)
    assert held == "Only x counts."
    assert json.dumps(held) == '"Only x counts."'


@pytest.mark.parametrize("again", [copy.deepcopy, lambda d: pickle.loads(pickle.dumps(d))])
def test_a_copy_keeps_everything(again) -> None:
    assert again(RULE).facts() == RULE.facts()
    assert again(panel([1, 2], RULE)).definition.facts() == RULE.facts()


def test_every_bundled_set_has_one_of_the_definitions_of_its_metric() -> None:
    for name, card in data_sets().items():
        if card.kind == "table":
            continue
        names = [rule.name for rule in definitions(card.metric)]
        assert len(names) == len(set(names))
        assert load(name).definition.name in names
    assert definitions("no such metric") == ()


def test_join_keeps_the_months_of_all() -> None:
    joined = join({"a": panel([1, 2], RULE), "b": panel([5.5, 6, 7], RULE, "2025-06")})
    assert joined.names == ("a", "b")
    assert joined["a"].dropna().tolist() == [1, 2]
    assert joined["b"].dropna().tolist() == [5.5, 6, 7]
    assert list(map(str, joined.months)) == ["2025-05", "2025-06", "2025-07", "2025-08"]
    assert joined.definition.name == "x"


def test_join_refuses_different_definitions_unless_asked() -> None:
    pair = {"afp": load("territory-gain-afp"), "isw": load("territory-gain-isw")}
    with pytest.raises(DifferentDefinitions, match="mixed=True"):
        join(pair)
    joined = join(pair, mixed=True)
    assert joined["afp"]["2025-06"] == 588
    assert joined["isw"]["2025-06"] == 481.8
    assert joined.definition.startswith("afp: ")


def test_a_month_that_one_covers_less_is_partial_and_a_gap_of_both_is_a_gap() -> None:
    whole = panel([1, float("nan"), 3], RULE)
    part = panel([1, float("nan"), 3], RULE, observed_days=[31, 0, 7])
    joined = join({"a": whole, "b": part})
    assert [joined.status(month) for month in joined.months] == ["complete", "gap", "partial"]


def test_anomalies_notes_and_sources_of_all_are_kept() -> None:
    odd = Anomaly(MONTHS[0], MONTHS[0], "outage", "A day is missing.")
    a = panel([1, 2], RULE, anomalies=(odd,), notes=("n",), source="A")
    joined = join({"a": a, "b": panel([1, 2], RULE, source="B")})
    assert joined.anomalies == (odd,)
    assert joined.notes == ("a: n",)
    assert joined.source == "A; B"


@pytest.mark.parametrize(
    ("panels", "words"),
    [
        ({}, "at least one"),
        ({"a": panel([1, 2]), "b": Panel([[1.0, 2]], MONTHS, ["s"], unit="drones")}, "drones"),
        ({"a": Panel([[1.0], [2.0]], MONTHS[:1], ["s", "t"])}, "one series"),
    ],
)
def test_join_refusals(panels: dict[str, Panel], words: str) -> None:
    with pytest.raises(BadOption, match=words):
        join(panels)
