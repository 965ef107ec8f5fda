"""Every name that a report is read into falls into a class."""

# ruff: noqa: RUF001
from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from trends.loaders._models import broad_class, elements

READINGS = Path(__file__).resolve().parents[3] / "shared" / "data" / "air_force_reports.csv"


@pytest.mark.parametrize(
    ("model", "kind"),
    [
        ("Х-59/69", "cruise"),
        ("Х-22/32", "cruise"),
        ("Х-101/555", "cruise"),
        ("Х-31П", "cruise"),
        ("Х-31ПД", "cruise"),
        ("Х-55СМ", "cruise"),
        ("Х-31П/Х-59/69", "cruise"),
        ("С-300/400", "surface-to-air"),
        ("С-200", "surface-to-air"),
        ("Орєшнік", "ballistic"),
        ("Точка-У", "ballistic"),
        ("KN-23", "ballistic"),
        ("Іскандер", "several missile classes"),
        ("Іскандер/KN-23", "several missile classes"),
        ("unknown", "unknown missile"),
        ("Shahed-131/136", "drones"),
        ("Калібр/5", None),
        ("69", None),
    ],
)
def test_classes(model: str, kind: str | None) -> None:
    assert broad_class(model) == kind


def test_a_number_takes_the_letters_before_it() -> None:
    assert elements("Х-59/69") == elements("X-59/X-69") == elements("Kh-59/69")
    assert elements("Х-31P") == elements("Х-31П") == {"x-31p"}
    assert elements("Іскандер") == {"iskander-m/iskander-k"}


@pytest.mark.skipif(not READINGS.exists(), reason="the readings are not here")
def test_every_model_of_the_readings_has_a_class() -> None:
    with READINGS.open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    cells = [row[key] for row in rows for key in ("launched_missiles", "destroyed_missiles")]
    models = {model for cell in cells if cell.startswith("{") for model in json.loads(cell)}
    assert len(models) > 30
    assert [model for model in models if broad_class(model) is None] == []
