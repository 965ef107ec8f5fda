"""What must hold of anything that the library writes, read back by tools that are not its own."""

from __future__ import annotations

import base64
import csv
import hashlib
import io
import json
import re
import unicodedata
import xml.etree.ElementTree as ET
from collections import Counter
from html.parser import HTMLParser

from markdown_it import MarkdownIt

VOID = {"meta", "link", "img", "br", "hr", "input", "wbr", "col", "path", "use", "rect", "line"}
FORMULA = tuple("=+-@\uff1d\uff0b\uff0d\uff20")


FRAGMENT = """
div p span table thead tbody tr th td ul ol li strong em b i pre code style br caption small h1 h2
h3 h4 h5 h6 dl dt dd details summary section figure figcaption bdi abbr a hr sup sub svg g path text
tspan defs use rect line title desc clippath metadata iframe header footer main article nav html
head body meta
"""
SVG = """
svg g path text tspan defs use rect line title desc clipPath metadata style RDF Work type Agent
creator date format polyline polygon circle image pattern marker
"""


def unsayable(letter: str) -> bool:
    """Whether a letter steers a terminal, turns round what is beside it, or is half of one."""
    control = unicodedata.category(letter) in ("Cc", "Cs") and letter not in "\n\t"
    return control or letter in "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u2028\u2029"


def plain(letter: str) -> bool:
    return letter.isprintable() or letter in "\n\t "


def pieces(text: str) -> list[str]:
    """The stretches of a text that must come back wherever it is shown."""
    parts = re.split(r"[\s\0]+", "".join(c if plain(c) and not c.isspace() else " " for c in text))
    return [unicodedata.normalize("NFC", part) for part in parts if part]


def steering(text: str) -> list[str]:
    return sorted({hex(ord(c)) for c in text.replace("\r\n", "\n") if unsayable(c)})


def missing(text: str, payload: str, *, squeezed: bool = False) -> list[str]:
    found = unicodedata.normalize("NFC", text)
    if squeezed:
        found = re.sub(r"[\s\u2060\u200b\xad]+", "", found)
    # a sentence begins with a capital
    found = found.casefold()
    return [piece[:60] for piece in pieces(payload) if piece.casefold() not in found]


class Page(HTMLParser):
    """Elements, attributes and text of a page."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: Counter[str] = Counter()
        self.outline: list[str] = []
        self.attributes: set[str] = set()
        self.addresses: list[tuple[str, str, str]] = []
        self.ids: list[str] = []
        self.styles: list[str] = []
        self.csp: list[str] = []
        self.classes: list[set[str]] = []
        self.words: list[str] = []
        self.bare: list[str] = []  # text with dollars that no class tells MathJax to leave alone
        self.comments: list[str] = []
        self.open: list[tuple[str, bool]] = []
        self.in_svg = 0
        self.feed(page)
        self.close()
        self.text = "".join(self.words)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags[tag] += 1
        self.in_svg += tag == "svg"
        if not self.in_svg and tag not in ("span", "bdi", "wbr"):
            self.outline.append(tag)
        held = {key: value or "" for key, value in attrs}
        self.attributes |= set(held)
        for key, value in held.items():
            if key in ("href", "src", "action", "srcset", "xlink:href", "data", "srcdoc", "poster"):
                self.addresses.append((tag, key, value))
            if key in ("alt", "title", "aria-label", "content", "summary"):
                self.words.append(f" {value} ")
        if "id" in held:
            self.ids.append(held["id"])
        if held.get("http-equiv", "").lower() == "content-security-policy":
            self.csp.append(held["content"])
        classes = set(held.get("class", "").split())
        left_alone = {"tex2jax_ignore", "mathjax_ignore"} <= classes
        if tag not in VOID:
            self.open.append((tag, left_alone or any(known for _, known in self.open)))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        self.in_svg -= tag == "svg"
        for place in range(len(self.open) - 1, -1, -1):
            if self.open[place][0] == tag:
                del self.open[place:]
                break

    def handle_data(self, data: str) -> None:
        if self.open and self.open[-1][0] == "style":
            self.styles.append(data)
        else:
            self.words.append(data)
            if re.search(r"\$|\\\(|\\\[|\\begin", data) and not (self.open and self.open[-1][1]):
                self.bare.append(data[:60])

    def handle_comment(self, data: str) -> None:
        self.comments.append(data)

    def handle_decl(self, decl: str) -> None:
        if decl.lower() != "doctype html":
            self.comments.append(decl)

    def handle_pi(self, data: str) -> None:
        self.comments.append(data)

    unknown_decl = handle_comment


def faults_of_page(
    page: str, payload: str, benign: Page, files: set[str], *, back: bool = True, logo: bool = False
) -> list[str]:
    """What is wrong with a whole page."""
    seen = Page(page)
    faults = []
    if strange := set(seen.tags) - set(benign.tags):
        faults.append(f"elements {sorted(strange)}")
    if strange := seen.attributes - benign.attributes - ({"src", "alt"} if logo else set()):
        faults.append(f"attributes {sorted(strange)}")
    if seen.comments != benign.comments:
        faults.append(f"comments {seen.comments[:2]}")
    if not logo and seen.outline != benign.outline:
        faults.append(f"outline {Counter(seen.outline) - Counter(benign.outline)}")
    for tag, key, value in seen.addresses:
        inside = value.startswith("#") and value[1:] in seen.ids
        picture = tag in ("img", "image") and value.startswith("data:image/")
        if not (inside or value in files or picture):
            faults.append(f"address {tag} {key}={value[:60]}")
    if twice := [name for name, count in Counter(seen.ids).items() if count > 1]:
        faults.append(f"ids twice {twice[:3]}")
    if any(re.search(r"[\s<>\"']", name) or not name for name in seen.ids):
        faults.append("an id with blanks or marks")
    if len(seen.csp) != 1:
        faults.append(f"{len(seen.csp)} policies")
    else:
        for style in seen.styles:
            digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
            if f"sha256-{digest}" not in seen.csp[0]:
                faults.append("a style sheet that the policy does not name")
    if found := steering(page):
        faults.append(f"steering {found}")
    if back and (lost := missing(seen.text, payload, squeezed=True)):
        faults.append(f"lost {lost[:3]}")
    return faults


def faults_of_fragment(
    html: str, payload: str, *, back: bool = True, typeset: bool = True
) -> list[str]:
    """What is wrong with what a notebook shows."""
    seen = Page(html)
    faults = []
    allowed = set(FRAGMENT.split())
    if strange := set(seen.tags) - allowed:
        faults.append(f"elements {sorted(strange)}")
    if bad := [name for name in seen.attributes if name.startswith("on")]:
        faults.append(f"handlers {bad}")
    for tag, key, value in seen.addresses:
        if tag == "iframe" and key == "srcdoc":
            faults += faults_of_fragment(value, payload, back=False)
        elif tag == "iframe" and value.startswith(inner := "data:text/html;base64,"):
            html_inside = base64.b64decode(value.removeprefix(inner)).decode()
            faults += faults_of_fragment(html_inside, payload, back=False, typeset=False)
        elif not value.startswith(("#", "data:image/")):
            faults.append(f"address {tag} {key}={value[:60]}")
    if typeset and seen.bare:
        faults.append(f"typeset as mathematics: {seen.bare[:2]}")
    if found := steering(html):
        faults.append(f"steering {found}")
    if back and (lost := missing(seen.text, payload, squeezed=True)):
        faults.append(f"lost {lost[:3]}")
    return faults


def tokens_of(text: str) -> tuple[Counter[str], str]:
    """The kinds of everything in a Markdown text, and what it shows."""
    kinds: Counter[str] = Counter()
    words: list[str] = []

    def walk(tokens: list) -> None:  # type: ignore[type-arg]
        for token in tokens:
            if token.type == "text_special" or not token.children:
                words.append(token.content)
            if token.nesting >= 0 and token.type not in ("text", "softbreak", "text_special"):
                kinds[f"{token.type}{token.tag if token.type == 'heading_open' else ''}"] += 1
            walk(token.children or [])

    walk(MarkdownIt("commonmark").enable(["table", "strikethrough"]).parse(text))
    return kinds, "".join(words)


def faults_of_markdown(text: str, payload: str, benign: str, *, back: bool = True) -> list[str]:
    kinds, words = tokens_of(text)
    known, _ = tokens_of(benign)
    faults = []
    if kinds - known or (payload.strip() and known - kinds):  # of blanks nothing stands there
        faults.append(f"tokens +{dict(kinds - known)} -{dict(known - kinds)}")
    if found := steering(text):
        faults.append(f"steering {found}")
    if back and (lost := missing(words, payload, squeezed=True)):
        faults.append(f"lost {lost[:3]}")
    return faults


def is_number(cell: str) -> bool:
    try:
        float(cell)
    except ValueError:
        return False
    return True


def starts_formula(cell: str) -> bool:
    """Whether a spreadsheet may take a cell for a formula, blanks and unseen letters aside."""
    bare = cell
    while bare and (bare[0].isspace() or not plain(bare[0])):
        bare = bare[1:]
    return bare.startswith(FORMULA) or cell[:1] in ("\t", "\r", "\n", "\0")


def rows_of(text: str, delimiter: str = ",") -> list[list[str]]:
    text = text.removeprefix("\ufeff")
    return list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))


def faults_of_csv(text: str, benign: str, *, payload: str = "", back: bool = False) -> list[str]:
    rows, known = rows_of(text), rows_of(benign)
    faults = []
    if [len(row) for row in rows] != [len(row) for row in known]:
        return [f"shape {len(rows)} x {len(rows[0])}, not {len(known)} x {len(known[0])}"]
    for row, same in zip(rows[1:], known[1:], strict=True):
        for cell, other in zip(row, same, strict=True):
            if is_number(other) and cell != other:
                faults.append(f"number {other} became {cell[:40]!r}")
            if not is_number(other) and starts_formula(cell):
                faults.append(f"formula {cell[:40]!r}")
    faults += [f"formula in the header {cell[:40]!r}" for cell in rows[0] if starts_formula(cell)]
    for delimiter in ";\t":
        for row in rows_of(text, delimiter):
            faults += [
                f"formula after {delimiter!r}: {cell[:40]!r}"
                for cell in row[1:]
                if starts_formula(cell) and not is_number(cell)
            ]
    if back and (
        lost := missing("".join(cell for row in rows for cell in row), payload, squeezed=True)
    ):
        faults.append(f"lost {lost[:3]}")
    return faults[:4]


def faults_of_svg(text: str, payload: str, *, back: bool = True) -> list[str]:
    try:
        root = ET.fromstring(text)
    except ET.ParseError as error:
        return [f"no XML: {error}"]
    faults = []
    for element in root.iter():
        name = str(element.tag).rpartition("}")[2]
        if name not in SVG.split():
            faults.append(f"element {name}")
        for key, value in element.attrib.items():
            bare = key.rpartition("}")[2]
            if bare.startswith("on") or (bare == "href" and not value.startswith("#")):
                faults.append(f"attribute {bare}={value[:40]}")
    if found := steering(text):
        faults.append(f"steering {found}")
    if back and (lost := missing("".join(root.itertext()), payload, squeezed=True)):
        faults.append(f"lost {lost[:3]}")
    return faults[:4]


def faults_of_shown(text: str, payload: str, *, back: bool = True) -> list[str]:
    """What is wrong with what a terminal prints."""
    faults = []
    if found := steering(text):
        faults.append(f"steering {found}")
    if back and (lost := missing(text, payload, squeezed=True)):
        faults.append(f"lost {lost[:3]}")
    return faults


def faults_of_json(text: str) -> list[str]:
    try:
        json.loads(text, parse_constant=lambda name: (_ for _ in ()).throw(ValueError(name)))
        text.encode()
    except ValueError as error:
        return [f"no strict JSON: {error}"]
    return []
