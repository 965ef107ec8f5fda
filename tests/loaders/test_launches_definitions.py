"""The definitions that the cards list are those that the loader makes."""

from __future__ import annotations

import warnings
from pathlib import Path

import pytest

from trends.errors import TrendsWarning
from trends.loaders import definitions, load_launches


@pytest.mark.parametrize("weapons", ["drones", "missiles"])
@pytest.mark.parametrize(
    ("definition", "attribution"), [("overnight", "end"), ("all", "end"), ("overnight", "start")]
)
def test_cards_and_loader_say_the_same(
    shared: Path, weapons: str, definition: str, attribution: str
) -> None:
    path = shared / "data" / "raw" / "massive_missile_attacks" / "missile_attacks_daily.csv"
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", TrendsWarning)  # months before 2025-03 are left unknown
        made = load_launches(
            path, weapons=weapons, definition=definition, attribution=attribution
        ).definition
    listed = {rule.name: rule for rule in definitions(f"{weapons}_launched")}[made.name]
    assert str(listed) == str(made)
    assert listed.parameters == made.parameters
    assert listed.first == made.first
