"""`show_versions` on installations that have all, some, or nothing."""

from __future__ import annotations

import importlib.metadata
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

import trends
from trends.versions import find_versions, show_versions

ROOT = Path(__file__).resolve().parents[1]


def test_every_required_dependency_is_there() -> None:
    needed = importlib.metadata.requires("attack-trends") or []
    required = {line.partition(">=")[0] for line in needed if "extra ==" not in line}
    assert required
    found = find_versions()
    for name in required:
        assert found[name] == importlib.metadata.version(name)
    assert found["attack-trends"] == trends.__version__
    assert found["python"].endswith(".".join(map(str, sys.version_info[:3])))


def test_optional_ones_are_there_and_those_of_developers_are_not() -> None:
    extras = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    assert {"shapely", "sqlalchemy"} <= set(find_versions())
    assert not {"pytest", "mypy", "sphinx"} & set(find_versions())
    assert "dev" in extras["optional-dependencies"]


def test_the_table_is_aligned_and_complete(capsys: pytest.CaptureFixture[str]) -> None:
    show_versions()
    lines = capsys.readouterr().out.splitlines()
    assert [line.split()[0] for line in lines] == list(find_versions())
    (column,) = {len(line) - len(line.split(maxsplit=1)[1]) for line in lines}
    assert all(line[column - 2 : column] == "  " for line in lines)


def requiring(monkeypatch: pytest.MonkeyPatch, *lines: str) -> dict[str, str]:
    monkeypatch.setattr(importlib.metadata, "requires", lambda _: list(lines))
    return find_versions()


def test_what_is_absent_is_said_with_the_extra_that_brings_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    found = requiring(
        monkeypatch,
        "no-such-thing>=1",
        "no-such-extra[more]>=2; extra == 'more'",
        'no-such-extra>=2; extra == "most"',
        "pytest>=8; extra == 'dev'",
    )
    assert found["no-such-thing"] == "not installed"
    assert found["no-such-extra"] == (
        "not installed (pip install 'attack-trends[more]' or pip install 'attack-trends[most]')"
    )
    assert "pytest" not in found


def test_without_a_distribution_it_still_answers(monkeypatch: pytest.MonkeyPatch) -> None:
    def absent(name: str) -> None:
        raise importlib.metadata.PackageNotFoundError(name)

    monkeypatch.setattr(importlib.metadata, "requires", absent)
    monkeypatch.setattr(importlib.metadata, "version", absent)
    assert list(find_versions()) == ["attack-trends", "python", "system", "locale"]
    assert find_versions()["attack-trends"] == "not installed"


def test_it_imports_no_dependency() -> None:
    script = (
        "import sys; from trends.versions import find_versions; find_versions()\n"
        "assert not {'pandas', 'numpy', 'click', 'packaging'} & set(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", script], check=True, cwd=ROOT)
