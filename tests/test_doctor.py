"""`trends doctor` on sound, mixed and broken installations."""

from __future__ import annotations

import json
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from trends import doctor

ROOT = Path(__file__).resolve().parents[1]
DEPENDENCIES = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"][
    "dependencies"
]


def examine_with(folder: Path) -> dict[str, dict[str, object]]:
    """Findings of a Python that finds the distributions and modules in `folder` first."""
    script = (
        "import sys; sys.path.insert(0, sys.argv[1])\n"
        "import dataclasses, json\n"
        "from trends import doctor\n"
        "print(json.dumps([dataclasses.asdict(finding) for finding in doctor.examine()]))"
    )
    run = subprocess.run(
        [sys.executable, "-W", "error", "-c", script, str(folder)],
        capture_output=True,
        text=True,
        check=True,
        cwd=ROOT,
    )
    return {finding["name"]: finding for finding in json.loads(run.stdout)}


def distribution(folder: Path, name: str, version: str, **files: str) -> Path:
    info = folder / f"{name.replace('-', '_')}-{version}.dist-info"
    info.mkdir(parents=True)
    (info / "METADATA").write_text(
        f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n{files.pop('metadata', '')}"
    )
    for file, text in files.items():
        (info / file).write_text(text)
    return info


def test_this_installation_is_sound() -> None:
    findings = doctor.examine()
    assert [finding for finding in findings if not finding.ok] == []
    assert all(not finding.advice for finding in findings)


def test_every_dependency_is_looked_at() -> None:
    names = {finding.name for finding in doctor.examine()}
    assert {needed.partition(">=")[0] for needed in DEPENDENCIES} <= names
    assert "pytest" not in names


@pytest.mark.parametrize("name", ["trends", "Trends"])
def test_unrelated_distribution_of_that_name(tmp_path: Path, name: str) -> None:
    distribution(tmp_path, name, "1.4.2")
    finding = examine_with(tmp_path)["folder trends/"]
    assert not finding["ok"]
    assert f"{name} 1.4.2" in str(finding["found"])
    assert "pip uninstall trends attack-trends" in str(finding["advice"])
    assert "pip install attack-trends" in str(finding["advice"])


@pytest.mark.parametrize("record", ["trends/__init__.py,,\n", "x.py,,\ntrends/api.py,,\n"])
def test_other_distribution_with_the_same_folder(tmp_path: Path, record: str) -> None:
    distribution(tmp_path, "search-words", "2.0", RECORD=record)
    finding = examine_with(tmp_path)["folder trends/"]
    assert not finding["ok"]
    assert "search-words 2.0" in str(finding["found"])
    assert "an environment of its own" in str(finding["advice"])


def test_distribution_with_a_like_name_is_no_rival(tmp_path: Path) -> None:
    distribution(tmp_path, "trends-plus", "1.0", RECORD="my/trends/x.py,,\ntrends_plus/y.py,,\n")
    assert examine_with(tmp_path)["folder trends/"]["ok"]


def test_overwritten_file(tmp_path: Path) -> None:
    record = "trends/__init__.py,sha256=AAAA,10\ntrends/gone.py,sha256=BBBB,10\n"
    distribution(tmp_path, "attack-trends", "0.1.0", RECORD=record)
    (tmp_path / "trends").mkdir()
    own = distribution(tmp_path / "other", "attack-trends", "0.1.0", RECORD=record)
    (own.parent / "trends").mkdir()
    (own.parent / "trends" / "__init__.py").write_text("# the other one\n")
    found = doctor._own(doctor.importlib.metadata.Distribution.at(own))
    assert not found.ok
    assert "trends/__init__.py, trends/gone.py" in found.found
    assert "pip install attack-trends" in found.advice


def test_broken_pandas(tmp_path: Path) -> None:
    (tmp_path / "pandas.py").write_text("raise ImportError('numpy.dtype size changed')\n")
    findings = examine_with(tmp_path)
    assert not findings["pandas"]["ok"]
    assert "ImportError: numpy.dtype size changed" in str(findings["pandas"]["found"])
    assert "--force-reinstall" in str(findings["pandas"]["advice"])
    assert findings["click"]["ok"]


def test_old_dependency(tmp_path: Path) -> None:
    distribution(tmp_path, "click", "7.1")
    finding = examine_with(tmp_path)["click"]
    assert not finding["ok"]
    assert "7.1, older than 8." in str(finding["found"])
    assert "--upgrade 'click>=8." in str(finding["advice"])


def test_missing_dependency_and_old_python(tmp_path: Path) -> None:
    needs = "Requires-Python: >=99.1\nRequires-Dist: no-such-thing>=1.0\n"
    distribution(tmp_path, "attack-trends", "0.1.0", metadata=needs, RECORD="")
    findings = examine_with(tmp_path)
    assert findings["no-such-thing"]["found"] == "not installed"
    assert not findings["Python"]["ok"]
    assert "Python 99.1" in str(findings["Python"]["advice"])


def test_not_installed() -> None:
    assert not doctor._own(None).ok
    assert doctor._python(None).ok
    assert list(doctor._dependencies(None)) == []


@pytest.mark.parametrize(
    ("older", "newer"),
    [("2.2.0rc1", "2.2.3"), ("2.9", "2.10"), ("3", "3.0.1"), ("8.1.7.post1", "8.1.8"), ("", "1")],
)
def test_order_of_versions(older: str, newer: str) -> None:
    assert doctor._numbers(older) < doctor._numbers(newer)


def test_equal_versions() -> None:
    assert doctor._numbers("17.0") == doctor._numbers("17.0.0") == doctor._numbers("17")


def test_data_that_are_not_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doctor, "HERE", tmp_path / "trends")
    assert "no datapackage.json" in doctor._data().found
    card = tmp_path / "trends" / "_data" / "datapackage.json"
    card.parent.mkdir(parents=True)
    for text, found in [
        ("{", "JSONDecodeError"),
        ("[]", "TypeError"),
        ('{"resources": []}', "lacks every data set"),
        ('{"resources": [{"path": "a.csv"}, {"path": "b.csv"}]}', "lacks a.csv, b.csv"),
    ]:
        card.write_text(text)
        assert not doctor._data().ok
        assert found in doctor._data().found
    for name in ("a.csv", "b.csv"):
        (card.parent / name).touch()
    assert doctor._data() == doctor.Finding("data sets", True, f"2 in {card.parent}")


def test_it_needs_only_python() -> None:
    script = (
        "import sys; import trends.doctor\n"
        "assert not {'pandas', 'numpy', 'click', 'packaging'} & set(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", script], check=True, cwd=ROOT)
