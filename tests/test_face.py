"""What `trends` hands on, how lazily, and in which order of imports."""

from __future__ import annotations

import ast
import importlib
import importlib.metadata
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

import trends
from trends import errors

PACKAGE = Path(trends.__file__).parent
HEAVY = ("numpy", "pandas", "scipy", "statsmodels", "matplotlib", "numba", "pyarrow", "jinja2")


def python(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *arguments], capture_output=True, text=True, check=True, timeout=120
    )


def imported(*arguments: str) -> set[str]:
    """Top-level names of all modules that a run of Python imports."""
    lines = python("-X", "importtime", *arguments).stderr.splitlines()
    return {
        line.rpartition("|")[2].strip().partition(".")[0]
        for line in lines
        if "import time:" in line
    }


@pytest.mark.parametrize("name", trends.__all__)
def test_every_name_is_handed_on(name: str) -> None:
    assert not isinstance(getattr(trends, name), ModuleType)
    assert name in dir(trends)


def test_stub_and_runtime_agree() -> None:
    stub = ast.parse((PACKAGE / "__init__.pyi").read_text("utf-8"))
    said = {"__version__": None}
    for node in stub.body:
        if isinstance(node, ast.ImportFrom):
            for alias in node.names:
                assert alias.asname == alias.name, "a stub hands on only `x as x`"
                said[alias.name] = node.module
    assert said == {**trends._HOMES, "__version__": None}


def test_homes_hand_the_same_names_on() -> None:
    for name, home in trends._HOMES.items():
        assert getattr(trends, name) is getattr(importlib.import_module(home), name)


def test_unknown_name() -> None:
    with pytest.raises(AttributeError, match="'trends' has no attribute 'repport'"):
        _ = trends.repport


def test_version_is_that_of_the_distribution() -> None:
    assert trends.__version__ == importlib.metadata.version("attack-trends")


@pytest.mark.parametrize(
    "lines",
    [
        "import trends; f = trends.report",
        "from trends import report as f",
        "import trends.report; import trends; f = trends.report",
        "from trends.report import report; import trends; f = trends.report",
        "import trends; f = trends.report; import trends.report; f = trends.report",
        "import trends, importlib; importlib.import_module('trends.report'); f = trends.report",
    ],
)
def test_report_is_the_function_in_any_order_of_imports(lines: str) -> None:
    python(
        "-W",
        "error",
        "-W",
        "ignore::DeprecationWarning",  # old releases use what newer dependencies deprecate
        "-c",
        f"{lines}\n"
        "import sys\n"
        "from trends.report import report\n"
        "assert f is report and not isinstance(f, type(sys)), f\n"
        "assert isinstance(sys.modules['trends.report'], type(sys))",
    )


def test_names_can_be_replaced_for_a_test(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(trends, "TrendsError", KeyError)
    assert trends.TrendsError is KeyError
    monkeypatch.undo()
    assert trends.TrendsError is errors.TrendsError


def test_import_loads_nothing_heavy() -> None:
    modules = imported("-c", "import trends; dir(trends); trends.TrendsError")
    assert "trends" in modules
    assert not modules & set(HEAVY)


def test_help_loads_no_pandas() -> None:
    modules = imported("-m", "trends", "--help")
    assert "trends" in modules
    assert not modules & set(HEAVY)


def test_module_is_the_program() -> None:
    script = Path(sys.executable).with_name("trends")
    if not script.is_file():
        pytest.skip("the script is not installed beside this interpreter")
    for option in ("--version", "--help"):
        by_script = subprocess.run([script, option], capture_output=True, text=True, check=True)
        assert python("-m", "trends", option).stdout.replace("python -m ", "") == by_script.stdout
