"""The docs: their examples run, their links lead somewhere, and nothing public is left out."""

from __future__ import annotations

import doctest
import importlib
import importlib.util
import inspect
import pkgutil
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

import trends
from trends.cli import app
from trends.loaders import data_sets

ROOT = Path(__file__).resolve().parents[1]
DOCS = ROOT / "docs"
NOT_PAGES = {"generated", "_templates", "_static"}
PAGES = [page for page in sorted(DOCS.rglob("*.md")) if not NOT_PAGES & set(page.parts)]
NAMES = [page.relative_to(ROOT).as_posix() for page in PAGES]
LINKED = [*PAGES, ROOT / "README.md", ROOT / "CONTRIBUTING.md"]
BLOCK = re.compile(r"^(?P<indent> *)```\w*\n(?P<body>.*?)^(?P=indent)```", re.M | re.S)
LINK = re.compile(r"\[[^\]]*\]\((?P<target>[^)\s]+)\)")


def _the_lister():
    spec = importlib.util.spec_from_file_location("_public", DOCS / "_public.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


lister = _the_lister()
public = lister.public
REFERENCE = (DOCS / "reference" / "index.md").read_text("utf-8")
LISTED = re.findall(r"^   (trends(?:\.\w+)?)$", REFERENCE, re.M)


@pytest.mark.parametrize("page", PAGES, ids=NAMES)
def test_examples_run(page: Path) -> None:
    blocks = [match["body"] for match in BLOCK.finditer(page.read_text("utf-8"))]
    text = "\n\n".join(block for block in blocks if ">>>" in block)
    options = doctest.NORMALIZE_WHITESPACE | doctest.ELLIPSIS
    test = doctest.DocTestParser().get_doctest(text, {}, page.name, str(page), 0)
    said: list[str] = []
    doctest.DocTestRunner(verbose=False, optionflags=options).run(test, out=said.append)
    assert not said, "".join(said)


def test_start_works_word_for_word(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    said, ran = "", 0
    for match in BLOCK.finditer((DOCS / "start.md").read_text("utf-8")):
        body = match["body"]
        if body.startswith("month,value"):
            Path("mine.csv").write_text(body, "utf-8")
        elif body.startswith("1. "):
            assert said == body
        for line in body.splitlines():
            if line.startswith("venv/bin/trends "):
                result = CliRunner().invoke(app, shlex.split(line)[1:])
                assert result.exit_code == 0, f"{line}: {result.output}"
                said, ran = result.stdout, ran + 1
    assert ran == 5
    assert Path("june/index.html").is_file()
    assert "171" in Path("mine/index.html").read_text("utf-8")
    call = re.search(
        r"panel = (trends\.load_table\(.*?\n\.\.\. \))",
        (DOCS / "start.md").read_text("utf-8"),
        re.S,
    )
    panel = eval(call[1].replace("# doctest: +SKIP", "").replace("\n...", ""), {"trends": trends})
    assert panel.status("2025-06") == "partial"


def anchors(page: Path) -> set[str]:
    """What GitHub calls the headings of a page."""
    text = re.sub(r"^```.*?^```", "", page.read_text("utf-8"), flags=re.M | re.S)
    heads = re.findall(r"^#+ +(.+)$", text, re.M)
    words = [re.sub(r"[^\w\- ]", "", head.replace("`", "").lower()) for head in heads]
    return {head.strip().replace(" ", "-") for head in words}


@pytest.mark.parametrize("page", LINKED, ids=[page.name for page in LINKED])
def test_links_lead_somewhere(page: Path) -> None:
    text = BLOCK.sub("", page.read_text("utf-8"))
    for match in LINK.finditer(text):
        target, _, anchor = match["target"].partition("#")
        if re.match(r"(https?|mailto|doi):", target):
            continue
        goal = (page.parent / target).resolve() if target else page
        assert goal.exists(), f"{page.name}: {match[0]}"
        assert goal.is_relative_to(ROOT), f"{page.name}: {match[0]} leads out of the repository"
        if anchor:
            assert anchor in anchors(goal), f"{page.name}: no heading {anchor} in {goal.name}"


def test_a_heading_is_called_as_github_calls_it() -> None:
    assert {"start", "your-own-table", "check-a-sentence"} <= anchors(DOCS / "start.md")


def test_every_module_is_in_the_reference() -> None:
    modules = {entry.name for entry in pkgutil.iter_modules(trends.__path__)}
    rooms = {f"trends.{name}" for name in modules if not name.startswith("_")}
    missing = rooms - {"trends.cli", *lister.hidden()} ^ set(LISTED) - {"trends"}
    assert not missing, "list the module in docs/reference/index.md"
    assert len(LISTED) == len(set(LISTED))


def test_every_public_name_is_in_the_reference() -> None:
    documented = {name for module in LISTED for name in public(module)}
    handed_on = {f"trends.{name}" for name in trends.__all__ if not name.startswith("__")}
    assert handed_on <= documented
    assert {"trends.report", "trends.report.Report"} <= documented
    assert "`trends.__version__`" in REFERENCE


@pytest.mark.parametrize("module", LISTED)
def test_every_public_name_has_a_docstring(module: str) -> None:
    for name in public(module):
        home, _, last = name.rpartition(".")
        thing = getattr(importlib.import_module(home), last)
        text = inspect.getdoc(thing) or ""
        assert len(text) > 10, name
        assert not text.startswith(f"{last}("), f"{name} has only what dataclass writes"


FUNCTIONS = [name for name in trends.__all__ if inspect.isfunction(getattr(trends, name))]


@pytest.mark.parametrize("name", FUNCTIONS)
def test_every_option_is_documented(name: str) -> None:
    thing = getattr(trends, name)
    text = inspect.getdoc(thing) or ""
    parameters, _, rest = text.partition("Parameters\n----------\n")[2].partition("\n\n")
    said = re.findall(r"^(\*{0,2}\w+(?:, \*{0,2}\w+)*)(?: :|$)", parameters + "\n" + rest, re.M)
    documented = {each.strip("* ") for names in said for each in names.split(",")}
    undocumented = set(inspect.signature(thing).parameters) - documented
    assert not undocumented, f"{name}: {undocumented}"


def test_every_data_set_has_a_source_and_terms() -> None:
    text = (DOCS / "sources.md").read_text("utf-8")
    rows = [line for line in text.splitlines() if line.startswith("| ")]
    for name in data_sets():
        assert sum(f"`{name}`" in row for row in rows) == 1, name


@pytest.mark.slow
def test_the_pages_build_without_a_warning_and_without_a_network(tmp_path: Path) -> None:
    pytest.importorskip("myst_nb", reason="needs the extra [docs]")
    build = [sys.executable, "-m", "sphinx", "-q", "-W", "--keep-going", "docs", str(tmp_path)]
    run = subprocess.run(build, cwd=ROOT, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr
    loads = re.compile(r"<(?:script|img|iframe)[^>]+src=\"https?:|<link[^>]+href=\"https?:")
    for page in tmp_path.rglob("*.html"):
        assert not loads.search(page.read_text("utf-8")), page.name
