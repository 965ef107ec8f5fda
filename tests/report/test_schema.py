"""report.json is what its schema says, and the schema is not emptier than it looks."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd
import pytest

from trends.loaders import load
from trends.report import report, schema_text

jsonschema = pytest.importorskip("jsonschema")
SCHEMA = json.loads(schema_text())
CHECK = jsonschema.Draft202012Validator(SCHEMA)
Told = Callable[[str], dict[str, Any]]


def test_the_schema_is_a_schema() -> None:
    jsonschema.Draft202012Validator.check_schema(SCHEMA)


@pytest.mark.parametrize("month", ["2025-06", "2025-08", "2026-02", "2026-05", "2026-06"])
def test_reports_of_the_bundled_data(told: Told, month: str) -> None:
    CHECK.validate(told(month))


def test_a_report_with_revisions_and_one_of_own_data() -> None:
    panel = load("area-controlled")
    CHECK.validate(
        json.loads(report(panel, "2025-06", previous=report(panel, "2025-05")).to_json())
    )
    months = pd.period_range("2024-01", periods=18, freq="M")
    rng = np.random.default_rng(1)
    frame = pd.DataFrame(rng.normal(0, 9, (18, 3)).round(2), months, ["a", "b", "c"])
    frame.iloc[3, 1] = np.nan
    CHECK.validate(json.loads(report(frame, months[-1]).to_json()))


def places(facts: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    found = [path] if path else []
    if isinstance(facts, dict):
        for key, value in facts.items():
            found += places(value, (*path, key))
    elif isinstance(facts, list) and facts:
        found += places(facts[0], (*path, 0))
    return found


OPEN = ("fields", "numbers")  # a typed claim has the fields of its type


def test_whatever_is_removed_or_turned_is_noticed(told: Told) -> None:
    facts = told("2025-06")
    paths = [path for path in places(facts) if not set(path) & set(OPEN)]
    assert len(paths) > 100
    for path in paths:
        for broken in (None, {"no": "such"}):
            copied = copy.deepcopy(facts)
            inner = copied
            for key in path[:-1]:
                inner = inner[key]
            if broken is None and isinstance(path[-1], str):
                del inner[path[-1]]
            else:
                inner[path[-1]] = {"no": "such"}
            assert not CHECK.is_valid(copied), path
