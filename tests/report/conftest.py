"""Reports on the bundled data, each made once."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import cache
from typing import Any

import pytest

from trends.loaders import load
from trends.report import Report, report

BUNDLED = ("drones-launched", "missiles-launched", "territory-gain-afp")


@cache
def _made(month: str) -> tuple[Report, dict[str, Any]]:
    made = report([load(name) for name in BUNDLED], month)
    return made, json.loads(made.to_json())


@pytest.fixture(scope="session")
def made() -> Callable[[str], Report]:
    """The report of a month on the bundled data."""
    return lambda month: _made(month)[0]


@pytest.fixture(scope="session")
def told() -> Callable[[str], dict[str, Any]]:
    """The JSON of that report, read back."""
    return lambda month: _made(month)[1]
