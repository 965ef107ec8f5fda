"""Hostile text in a report stays text: in the page, the Markdown, the charts, the PDF."""

from __future__ import annotations

import ast
import base64
import json
import re
import shutil
import subprocess
import time
import warnings
import xml.etree.ElementTree as ET
import zlib
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import cache
from html.parser import HTMLParser
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest
from hardening.hostile_texts import ATTRIBUTES, FIELDS, MONTH, TEXTS, panel, rotated

from trends.checks import check, find
from trends.claims import CLAIM_TYPES, Claim
from trends.comparisons import compare
from trends.detect import find_records
from trends.errors import UnreadableFile, spelled
from trends.panel import Panel
from trends.plots import plot, svg_text
from trends.reading import read_claim
from trends.report import Report, Terms, report
from trends.report._charts import described, for_page

LOGO = "data:image/svg+xml;base64," + base64.b64encode(b"<svg onload='alert(1)'/>").decode()
# all of them, in every place: tests/browser
SAMPLE = [0, *(pytest.param(k, marks=pytest.mark.slow) for k in (26, 52, 78, 104))]
ELEMENTS = {"script", "iframe", "object", "embed", "link", "form", "base", "image", "input"}
ELEMENTS |= {"video", "audio", "foreignobject", "animate", "set", "math", "template", "marquee"}


def made(texts: dict[str, str], notes: tuple[str, ...]) -> Report:
    """A report with these texts; one with revisions is in tests/browser."""
    title = texts.pop("title")
    hostile = panel(**texts, notes=notes)
    terms = [Terms(licence=notes[0], citation=notes[-1])]
    return report(hostile, MONTH, title=title, logo=LOGO, terms=terms)


@cache
def hostile(k: int) -> Report:
    return made(rotated(k), TEXTS)


@cache
def harmless() -> Report:
    """The same with words: what is not text in it is the library's own."""
    return made(dict.fromkeys(FIELDS, "plain"), tuple(f"plain {k}" for k in range(len(TEXTS))))


@pytest.fixture(autouse=True)
def _letters_that_no_font_has() -> Iterator[None]:
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", "Glyph .* missing from font")
        yield


class Elements(HTMLParser):
    """The elements and attributes of a page, and its text."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[tuple[str, tuple[str, ...]]] = []
        self.values: list[tuple[str, str]] = []
        self.text = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, tuple(name for name, _ in attrs)))
        self.values += [(name, value or "") for name, value in attrs]

    def handle_data(self, data: str) -> None:
        self.text += data


def flat(text: str) -> str:
    return " ".join(text.split())


@pytest.mark.parametrize("k", SAMPLE)
def test_the_page_has_no_element_but_its_own(k: int) -> None:
    page = Elements(hostile(k).to_html())
    assert not {tag for tag, _ in page.found} & ELEMENTS
    names = {name for _, attributes in page.found for name in attributes}
    assert not {name for name in names if name.startswith("on")}
    assert "style" not in names
    for name, value in page.values:
        if name in ("src", "href", "xlink:href"):
            assert value.startswith("#") or value == LOGO, (name, value)
    usual = Elements(harmless().to_html())
    assert {tag for tag, _ in page.found} <= {tag for tag, _ in usual.found} | {"span"}
    for text in TEXTS:
        assert flat(spelled(text)) in flat(page.text)


@pytest.mark.parametrize("k", SAMPLE)
def test_the_markdown_has_the_structure_of_a_harmless_one(k: int) -> None:
    markdown = pytest.importorskip("markdown_it", reason="markdown-it-py is not installed")
    reader = markdown.MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])

    def structure(text: str) -> list[Any]:
        return [
            (token.type, [each.type for each in token.children or () if each.type != "text"])
            for token in reader.parse(text)
        ]

    text = hostile(k).to_markdown()
    kinds = {kind for _, inside in structure(text) for kind in inside}
    assert kinds == {"strong_open", "strong_close"}
    assert shape(structure(text)) == shape(structure(harmless().to_markdown()))
    # what a reader with addresses of its own makes a link
    assert not re.search(r"(?<!\\)://|www\.\w|(?<!\\)@", text)


def shape(tokens: list[Any]) -> list[Any]:
    """The headings, rules and code, and the items of the notes; other lists vary with the words."""
    blocks = ("heading_open", "hr", "code_block", "fence", "html_block", "blockquote_open")
    return [token for token, _ in tokens if token in blocks]


@pytest.mark.parametrize("text", ["- x", "+ x", "1. x", "12) x", "===", "---", "- - -", "=", "-"])
def test_a_line_that_is_only_text_is_a_paragraph(text: str) -> None:
    from trends.report._pages import _markdown_text

    markdown = pytest.importorskip("markdown_it", reason="markdown-it-py is not installed")
    found = markdown.MarkdownIt("commonmark").parse(f"before\n{_markdown_text(text)}\n")
    assert [token.type for token in found] == ["paragraph_open", "inline", "paragraph_close"]
    assert found[1].content.count("\n") == 1


@pytest.mark.parametrize("number", ["5,438", "-9.2 km²", "+24.2", "2025-06", "1.5 million"])
def test_figures_are_not_escaped(number: str) -> None:
    from trends.report._pages import _markdown_text

    assert _markdown_text(number) == number


@pytest.mark.parametrize("k", SAMPLE)
def test_files_are_whole_and_named_by_slugs(k: int) -> None:
    for name, content in hostile(k).files(("json", "csv", "svg")).items():
        assert re.fullmatch(r"[a-z0-9][a-z0-9-]{0,60}\.(json|csv|svg)", name)
        if name.endswith(".json"):
            assert json.loads(content)
        if name.endswith(".svg"):
            assert isinstance(content, str)
            drawing = ET.fromstring(content)
            kinds = {element.tag.rpartition("}")[2].lower() for element in drawing.iter()}
            assert not kinds & (ELEMENTS | {"a"})
            for element in drawing.iter():
                for attribute, value in element.attrib.items():
                    assert not attribute.startswith("on")
                    if attribute.endswith("href"):
                        assert value.startswith("#")


@pytest.mark.parametrize("text", ["$x^2$", "${unbalanced $x^{2$ \\", "$\\href{javascript:1}{x}$"])
def test_a_formula_in_a_chart_is_drawn_as_text(text: str) -> None:
    """matplotlib writes each text that it draws into a comment, a formula as a formula."""
    ax = plot(panel(quantity=text, unit=text, series=text, source=text))
    shown = svg_text(ax)
    assert text in " ".join(re.findall(r"<!-- (.*?) -->", shown, re.S)).replace("\n", " ")
    assert all(not each.get_parse_math() for each in ax.figure.findobj(_is_text))


@pytest.mark.parametrize("text", ATTRIBUTES)
def test_quotation_marks_in_a_chart_pair_with_none_of_its_own(text: str) -> None:
    ax = plot(panel(quantity=text, unit=text, series=text, source=text))
    drawing = Elements(for_page(described(svg_text(ax, "c-"), text, text, "c-")))
    usual = plot(panel(**dict.fromkeys(("quantity", "unit", "series", "source"), "plain")))
    plain = Elements(for_page(described(svg_text(usual, "c-"), "plain", "plain", "c-")))
    assert {name for name, _ in drawing.values} == {name for name, _ in plain.values}
    assert [tag for tag, _ in drawing.found].count("g") >= 20


def _is_text(artist: Any) -> bool:
    return hasattr(artist, "get_parse_math") and "$" in artist.get_text()


def test_a_long_name_takes_no_longer() -> None:
    begun = time.process_time()
    long = panel(quantity="x" * 10_000, source="y" * 10_000, unit="z" * 10_000, series="s" * 10_000)
    assert len(svg_text(plot(long))) < 3_000_000
    assert time.process_time() - begun < 10  # it was 100 seconds


typst = pytest.mark.skipif(find_spec("typst") is None, reason="typst is not installed")


@typst
def test_the_pdf_has_no_action_and_reads_no_file() -> None:
    printable = tuple(text for text in TEXTS if text.isascii())
    controls = ("a\x00b\x1b[31m\ufeff\ufffe\ufdd0 c",)
    pdf = made(rotated(0, printable), printable + controls).to_pdf()
    parts = [pdf]
    for start in re.finditer(rb"stream\r?\n", pdf):
        try:
            parts.append(zlib.decompressobj().decompress(pdf[start.end() :]))
        except zlib.error:
            continue  # a picture or a font
    assert len(parts) > 20
    whole = b"\n".join(parts)
    for action in (b"/JavaScript", b"/JS ", b"/JS(", b"/Launch", b"/URI", b"/OpenAction", b"/AA "):
        assert action not in whole, action
    for action in (b"/EmbeddedFile", b"/SubmitForm", b"/ImportData", b"/RichMedia", b"/GoToR"):
        assert action not in whole, action
    if (reader := shutil.which("pdftotext")) is not None:
        done = subprocess.run([reader, "-", "-"], input=pdf, capture_output=True, check=True)
        text = flat(done.stdout.decode())
        assert "root:" not in text
        assert '#read("/etc/passwd")' in text
        assert '#eval("1 + 1")' in text


@typst
@pytest.mark.slow
def test_letters_that_the_fonts_of_the_pdf_lack() -> None:
    with pytest.raises(UnreadableFile, match=r"report\.pdf: it cannot be set .*\. Leave out"):
        hostile(0).to_pdf()


Shown = Callable[[Panel, str], Any]
SHOWN: dict[str, Shown] = {
    "panel": lambda panel, text: panel,
    "reading": lambda panel, text: read_claim(text),
    "check": lambda panel, text: check(text, panel, month=MONTH),
    "comparison": lambda panel, text: compare(
        {text: panel, "b": replace(panel, values=panel.values + 1)}
    ),
    "claim": lambda panel, text: _claim(panel),
    "verdict": lambda panel, text: _claim(panel).check(panel),
    "finding": lambda panel, text: find([panel], MONTH)[0],
    "records": lambda panel, text: find_records(panel),
}


def _claim(panel: Panel) -> Claim:
    return next(claim for kind in CLAIM_TYPES.values() for claim in kind.propose(panel, MONTH))


@pytest.mark.parametrize("kind", SHOWN)
@pytest.mark.parametrize("text", TEXTS[:40:8])
def test_what_a_notebook_shows(kind: str, text: str) -> None:
    about = dict.fromkeys(("quantity", "unit", "definition", "source", "series"), text)
    shown = Elements(SHOWN[kind](panel(**about, notes=(text,)), text)._repr_html_())
    tags = {tag for tag, _ in shown.found}
    assert not tags & (ELEMENTS | {"a", "img", "svg", "style"})
    assert not [name for name, _ in shown.values if name.startswith(("on", "href", "src"))]


def test_nothing_else_shows_itself_in_a_notebook() -> None:
    """Every class with a page of its own is among those above."""
    root = Path(__file__).resolve().parents[2] / "trends"
    found = {
        node.name
        for path in root.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.ClassDef)
        and any(getattr(each, "name", "") == "_repr_html_" for each in node.body)
    }
    plain = panel()
    shown = {base.__name__ for make in SHOWN.values() for base in type(make(plain, "x")).__mro__}
    assert found <= shown | {"Report"}


def test_a_report_in_a_notebook_is_a_frame_without_scripts() -> None:
    shown = Elements(hostile(0)._repr_html_())
    assert [tag for tag, _ in shown.found] == ["iframe"]
    assert ("sandbox", "") in shown.values
