"""Fixtures shared by all tests."""

from __future__ import annotations

from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of real source files that lies beside a checkout, where it is present."""
    folder = ROOT.parent / "shared"
    if not (folder / "data" / "SOURCES.md").is_file():
        pytest.skip("the real source files (../shared) are not beside this checkout")
    return folder
