"""The rules of the house: who may import whom. Read from the source, so nothing is imported."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

TRENDS = Path(__file__).resolve().parents[1] / "trends"
FLOORS = (
    ("errors", "kernels"),
    ("panel", "wording", "writing"),
    ("posts",),
    ("loaders", "vintages", "models", "doctor"),
    ("detect", "editions", "versions"),
    ("claims", "plots", "scale"),
    ("reading", "robustness"),
    ("newsworthiness", "prospects"),
    ("comparisons", "outlooks"),
    ("overturns",),
    ("checks",),
    ("report",),
    ("accessor",),
    ("_cli_reading",),
    (
        "_cli_check",
        "_cli_report",
        "_cli_store",
        "_cli_compare",
        "_cli_scan",
        "_cli_data",
        "_cli_reports",
        "_cli_nowcast",
    ),
    ("cli",),
    ("__main__",),
)
FLOOR = {room: floor for floor, rooms in enumerate(FLOORS) for room in rooms}
CALL_KERNELS = {"kernels", "models", "detect"}
TOUCH_THE_WORLD = {"loaders", "vintages", "report", "writing", "cli", "doctor", "scale"}
ONLY_IN = {"statsmodels": {"models"}, "matplotlib": {"plots"}}
NAMELESS = {"utils", "util", "helpers", "helper", "common", "misc"}


def parts_of(path: str) -> list[str]:
    """``panel/_panel.py`` -> ``[trends, panel, _panel]``."""
    return ["trends", *path.removesuffix(".py").split("/")]


def imports(path: str, tree: ast.AST) -> Iterator[tuple[str, bool]]:
    """Yield the full name of each module that is imported, and whether inside a function."""
    package = parts_of(path)[:-1]
    inner = {
        id(node)
        for function in ast.walk(tree)
        if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef)
        for node in ast.walk(function)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((alias.name, id(node) in inner) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            above = package[: len(package) - node.level + 1] if node.level else []
            name = ".".join([*above, *([node.module] if node.module else [])])
            yield name, id(node) in inner


def check_trends_imports(path: str, tree: ast.AST) -> Iterator[str]:
    """Imports of ``trends`` itself: downwards, or of a private file of the own folder."""
    _, *here = parts_of(path)
    room, is_face = here[0], here[-1] == "__init__" and len(here) > 1
    for name, _ in imports(path, tree):
        top, *there = name.split(".")
        if top != "trends":
            continue
        if not there:
            yield "imports the top face"
        elif there[0] not in FLOOR:
            yield f"imports {name}, which is on no floor"
        elif there[0] == room:
            private = len(there) > 1 and there[-1].startswith("_")
            if not is_face and not private:
                yield f"imports its sibling {name}"
        elif is_face:
            yield f"is a face and imports {name}, from another folder"
        elif FLOOR[there[0]] >= FLOOR[room]:
            yield f"imports {name}, which is not on a lower floor"
        elif any(part.startswith("_") for part in there[1:]):
            yield f"imports {name}, the private file of another folder"
        elif there[0] == "kernels" and room not in CALL_KERNELS:
            yield f"imports {name}, but only models and detect call kernels"


def check_other_imports(path: str, tree: ast.AST) -> Iterator[str]:
    """Imports of other packages: numpy alone in kernels, the heavy ones each in one room."""
    room = parts_of(path)[1]
    for name, lazily in imports(path, tree):
        top = name.split(".")[0]
        if top == "trends" or top in sys.stdlib_module_names:
            continue
        if top == "numba":
            if path != "kernels/_rowwise.py" or not lazily:
                yield "imports numba elsewhere than in a function of kernels/_rowwise.py"
        elif room == "kernels" and top != "numpy":
            yield f"imports {name}; kernels import numpy only"
        elif room == "errors":
            yield f"imports {name}; errors import nothing"
        elif room not in ONLY_IN.get(top, {room}):
            yield f"imports {name}, which belongs in {', '.join(ONLY_IN[top])}"


def check_face(path: str, tree: ast.Module) -> Iterator[str]:
    """A folder's face: a docstring, imports, ``__all__`` and literal registries."""
    if not path.endswith("/__init__.py"):
        return
    for position, node in enumerate(tree.body):
        match node:
            case ast.Expr(value=ast.Constant(value=str())) if position == 0:
                pass
            case ast.ImportFrom():
                pass
            case ast.Assign(targets=[ast.Name(id=name)], value=value) if _is_literal(value):
                if not (name == "__all__" or name.isupper()):
                    yield f"line {node.lineno}: {name} is neither __all__ nor a registry"
            case ast.AnnAssign(target=ast.Name(id=name), value=value) if (
                name.isupper() and value is not None and _is_literal(value)
            ):
                pass
            case _:
                yield f"line {node.lineno}: a face holds no code"


def _is_literal(node: ast.expr) -> bool:
    match node:
        case ast.Tuple(elts=items) | ast.List(elts=items):
            return all(map(_is_item, items))
        case ast.Dict(keys=keys, values=values):
            return all(isinstance(key, ast.Constant) for key in keys) and all(map(_is_item, values))
    return False


def _is_item(node: ast.expr) -> bool:
    match node:
        case ast.Constant() | ast.Name() | ast.Attribute():
            return True
        case ast.Call(func=ast.Name(id=name), args=items, keywords=[]):  # a row of a registry
            return name[:1].isupper() and all(map(_is_item, items))
    return _is_literal(node)


def check_names(path: str, tree: ast.Module) -> Iterator[str]:
    """No ``TYPE_CHECKING``, no nameless files, no function that bears its module's name."""
    stem = parts_of(path)[-1]
    if NAMELESS & {part.strip("_") for part in parts_of(path)}:
        yield "has a name that says nothing"
    for node in ast.walk(tree):
        if "TYPE_CHECKING" in (getattr(node, "id", ""), getattr(node, "attr", "")):
            yield "uses TYPE_CHECKING"
    for node in tree.body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef) and node.name == stem:
            yield f"holds {node.name}, which bears the name of its module"


def check_world(path: str, tree: ast.AST) -> Iterator[str]:
    """Files and today's date only where the house says."""
    if parts_of(path)[1] in TOUCH_THE_WORLD:
        return
    for node in ast.walk(tree):
        match node:
            case ast.Call(func=ast.Name(id="open")):
                yield "opens a file"
            case ast.Call(func=ast.Attribute(attr="today" | "now" | "utcnow")):
                yield "asks for today's date"
            case ast.Call(func=ast.Attribute(value=ast.Name(id="pd"), attr=attr)) if (
                attr.startswith("read_")
            ):
                yield f"reads a file with pandas.{attr}"


CHECKS = (
    check_trends_imports,
    check_other_imports,
    check_face,
    check_names,
    check_world,
)


def broken_rules(path: str, source: str) -> list[str]:
    """What a file at `path` below ``trends/`` breaks. The top face is checked for less."""
    tree = ast.parse(source)
    if path == "__init__.py":
        return [*check_names(path, tree), *check_top_face(tree)]
    if parts_of(path)[1] not in FLOOR:
        return ["is on no floor: add it to FLOORS, and to the house rules"]
    return [problem for check in CHECKS for problem in check(path, tree)]


def check_top_face(tree: ast.AST) -> Iterator[str]:
    """The top face is lazy: importing it loads the standard library only."""
    for name, lazily in imports("__init__.py", tree):
        if not lazily and name.split(".")[0] not in sys.stdlib_module_names:
            yield f"loads {name} at once"


FILES = sorted(str(path.relative_to(TRENDS).as_posix()) for path in TRENDS.rglob("*.py"))


@pytest.mark.parametrize("path", FILES)
def test_a_file_keeps_the_rules(path: str) -> None:
    assert broken_rules(path, (TRENDS / path).read_text("utf-8")) == []


def test_all_files_are_looked_at() -> None:
    assert {"errors.py", "panel/_panel.py", "kernels/runs.py", "detect/__init__.py"} <= set(FILES)


KEPT = {
    "cli.py": "from trends.report import report\nimport click",
    "report/_html.py": "from trends.claims import propose\nfrom trends.report._order import order",
    "claims/since.py": "from trends.claims._claim import C\nfrom trends.detect import DETECTORS",
    "claims/streak.py": "from ._claim import Claim\nfrom ..panel import Panel",
    "detect/records.py": "from trends.kernels.records import record_flags\nimport pandas as pd",
    "models/poisson.py": "import statsmodels.api as sm\nfrom trends.kernels import ratios",
    "plots/bars.py": "import matplotlib.pyplot as plt",
    "kernels/_rowwise.py": "import numpy as np\ndef f():\n    import numba",
    "kernels/runs.py": "import math\nimport numpy\nfrom trends.kernels._rowwise import rowwise",
    "panel/_panel.py": "from trends.errors import InvalidPanel\nfrom trends.panel._months import m",
    "loaders/tables.py": "import pandas as pd\nopen(x)\npd.read_csv(x)\ndate.today()",
    "detect/__init__.py": "'''Doc.'''\nfrom trends.detect.records import f\n__all__ = ['f', 'X']\n"
    "X = {'f': f}\nY: tuple[int, ...] = (Row(f, a.b, 'text'),)",
    "__init__.py": "import importlib\ndef f():\n    import trends.panel",
}

BROKEN = [
    ("panel/_panel.py", "import trends", "top face"),
    ("panel/_panel.py", "from trends import as_panel", "top face"),
    ("panel/_panel.py", "from .. import as_panel", "top face"),
    ("panel/_panel.py", "from trends.loaders import load", "not on a lower floor"),
    ("panel/_panel.py", "def f():\n    from trends.loaders import load", "not on a lower floor"),
    ("kernels/runs.py", "from trends.errors import NoValues", "not on a lower floor"),
    ("errors.py", "from trends.kernels import ratios", "not on a lower floor"),
    ("errors.py", "import numpy", "errors import nothing"),
    ("loaders/tables.py", "from trends.models import fit", "not on a lower floor"),
    ("claims/since.py", "from trends.plots import chart", "not on a lower floor"),
    ("plots/bars.py", "from trends.claims import Since", "not on a lower floor"),
    ("detect/records.py", "from trends.claims import Since", "not on a lower floor"),
    ("detect/records.py", "from trends.detect.streaks import find_streaks", "sibling"),
    ("detect/records.py", "from .streaks import find_streaks", "sibling"),
    ("detect/records.py", "from trends.detect import find_streaks", "sibling"),
    ("detect/records.py", "from trends.panel._panel import Panel", "private file of another"),
    ("detect/records.py", "from trends.secret import x", "on no floor"),
    ("detect/__init__.py", "from trends.panel import Panel", "from another folder"),
    ("detect/__init__.py", "import os", "holds no code"),
    ("detect/__init__.py", "def f(): ...", "holds no code"),
    ("detect/__init__.py", "X = dict(f=f)", "holds no code"),
    ("detect/__init__.py", "X = {'f': g()}", "holds no code"),
    ("detect/__init__.py", "f = Finder(X)", "holds no code"),
    ("detect/__init__.py", "names = ['f']", "neither __all__ nor a registry"),
    ("detect/__init__.py", "for x in y: pass", "holds no code"),
    ("claims/since.py", "from trends.kernels import steps_since", "call kernels"),
    ("loaders/tables.py", "from trends.kernels.runs import rise_lengths", "call kernels"),
    ("kernels/runs.py", "import pandas as pd", "numpy only"),
    ("kernels/runs.py", "def f():\n    import numba", "imports numba"),
    ("kernels/_rowwise.py", "from numba import njit", "imports numba"),
    ("detect/records.py", "def f():\n    import statsmodels.api", "belongs in models"),
    ("report/_html.py", "from matplotlib import pyplot", "belongs in plots"),
    ("panel/_panel.py", "from typing import TYPE_CHECKING\nif TYPE_CHECKING: pass", "TYPE_CH"),
    ("panel/_panel.py", "import typing\nif typing.TYPE_CHECKING: pass", "TYPE_CHECKING"),
    ("panel/_utils.py", "", "says nothing"),
    ("loaders/helpers.py", "", "says nothing"),
    ("kernels/ranks.py", "def ranks(): ...", "name of its module"),
    ("claims/since.py", "open('x')", "opens a file"),
    ("detect/records.py", "import datetime\ndatetime.date.today()", "today"),
    ("panel/_panel.py", "import pandas as pd\npd.read_csv('x')", "read_csv"),
    ("elsewhere.py", "", "on no floor"),
    ("__init__.py", "from trends.panel import Panel", "loads trends.panel at once"),
    ("__init__.py", "import pandas", "loads pandas at once"),
]


@pytest.mark.parametrize("path", KEPT)
def test_what_is_allowed_passes(path: str) -> None:
    assert broken_rules(path, KEPT[path]) == []


@pytest.mark.parametrize(("path", "source", "problem"), BROKEN)
def test_a_planted_breach_is_caught(path: str, source: str, problem: str) -> None:
    assert problem in " ".join(broken_rules(path, source))
