"""The page: one file, no script, no request, readable without eyes; hostile text stays text."""

from __future__ import annotations

import base64
import hashlib
import html
import json
import re
from collections import Counter
from collections.abc import Callable
from html.parser import HTMLParser
from typing import Any

import numpy as np
import pandas as pd
import pytest

from trends.errors import spelled
from trends.panel import Anomaly, Panel
from trends.report import Report, report

VOID = {"meta", "link", "br", "hr", "img", "input", "wbr"}
HOSTILE = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=1>',
    "' onmouseover='alert(1)",
    "--></style></svg><script>alert(2)</script>",
    "{{ 7 * 7 }} {% raw %}",
    "`code` | cell | **bold** [a](javascript:alert(1))\n# head\r\n- item",
    "$x^2$ and a lone $ and $\\frac{1}$",
    "${unbalanced $x^{2$ \\",
    "&lt;b&gt; &amp; \u202e reversed",
)


class Page(HTMLParser):
    """Elements with their attributes, and the stack they stand on."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[tuple[str, dict[str, str | None], tuple[str, ...]]] = []
        self.stack: list[str] = []
        self.text: list[str] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert len({name for name, _ in attrs}) == len(attrs), f"an attribute twice on {tag}"
        self.elements.append((tag, dict(attrs), tuple(self.stack)))
        if tag not in VOID:
            self.stack.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs), tuple(self.stack)))

    def handle_endtag(self, tag: str) -> None:
        assert self.stack, f"</{tag}> closes nothing"
        assert self.stack.pop() == tag, f"</{tag}> closes another element"

    def handle_data(self, data: str) -> None:
        if not set(self.stack) & {"style", "svg"}:
            self.text.append(data)

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes, _ in self.elements if name == tag]


def check(made: Report) -> Page:
    """Everything that holds of every page."""
    page, facts = Page(made.to_html()), json.loads(made.to_json())
    assert page.stack == []
    tags = Counter(tag for tag, _, stack in page.elements if "svg" not in stack)
    for absent in ("script", "iframe", "object", "embed", "img", "link", "form", "base", "image"):
        assert tags[absent] == 0, absent
    for once in ("h1", "main", "title", "html"):
        assert tags[once] == 1, once
    for tag, attributes, _ in page.elements:
        for name, value in attributes.items():
            assert not name.startswith("on"), (tag, name)
            if name in ("src", "href", "xlink:href", "action", "srcset", "style"):
                assert name != "style", tag  # the policy of the page would refuse it
                assert re.fullmatch(r"#.*|[^:/]*", value or "", re.S)
                assert "http" not in (value or "")
                assert "javascript:" not in (value or "")
    ids = Counter(attributes["id"] for _, attributes, _ in page.elements if "id" in attributes)
    assert [name for name, times in ids.items() if times > 1] == []
    text = made.to_html()
    used = set(re.findall(r'href="#([^"]+)"', text)) | set(re.findall(r"url\(#([^)]+)\)", text))
    assert used <= set(ids)
    assert "@import" not in text
    _policy(page, text)
    _tables(page)
    _figures(page, text, facts["series"])
    assert page.all("html") == [{"lang": "en"}]
    return page


def _policy(page: Page, text: str) -> None:
    (policy,) = [m["content"] for m in page.all("meta") if "http-equiv" in m]
    assert policy is not None
    assert policy.startswith("default-src 'none';")
    assert "script-src" not in policy
    assert "unsafe" not in policy
    (style,) = re.findall(r"<style>(.*?)</style>", text, re.S)
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    assert f"style-src 'sha256-{digest}'" in policy


def _tables(page: Page) -> None:
    tables = len(page.all("table"))
    assert len(page.all("caption")) == tables
    assert {header.get("scope") for header in page.all("th")} <= {"col", "row"}
    rows = [stack for tag, _, stack in page.elements if tag == "tr"]
    heads = [attributes for attributes in page.all("th") if attributes["scope"] == "col"]
    assert len(rows) == tables + len(page.all("th")) - len(heads)
    assert all("table" in stack and "tr" in stack for tag, _, stack in page.elements if tag == "td")


def _figures(page: Page, text: str, series: list[dict[str, Any]]) -> None:
    """A wide and a narrow chart a series and a fit, each named and described."""
    expected = [each["expectation"] for each in series]
    fitted = sum((each["expected"] is not None) + (each["rampup"] is not None) for each in expected)
    assert len(page.all("figure")) == len(series) + fitted
    assert all("figure" in stack for tag, _, stack in page.elements if tag == "svg")
    charts = page.all("svg")
    assert len(charts) == 2 * (len(series) + fitted)
    said = dict(re.findall(r'<(?:title|desc) id="([^"]+)">([^<]*)<', text))
    for chart in charts:
        assert chart["role"] == "img"
        title, desc = (chart["aria-labelledby"] or "").split()
        drawn = series[int(title.split("-")[0].removeprefix("chart")) - 1]
        if "-fit" in title:
            name = _as_xml(spelled(drawn["name"])).lower()
            assert html.unescape(said[title]).lower().startswith(name)
            assert len(said[desc]) > 40
            continue
        assert html.unescape(said[title]) == _as_xml(drawn["title"])
        assert html.unescape(said[desc]) == _as_xml(drawn["alt"])


def _as_xml(text: str) -> str:
    return re.sub(r"[\x00-\x08\x0b\x0c\x0e-\x1f]", "\ufffd", text)


@pytest.mark.parametrize("month", ["2025-06", "2025-08", "2026-02", "2026-06"])
def test_page_of_the_bundled_data(made: Callable[[str], Report], month: str) -> None:
    page = check(made(month))
    assert made(month).headline.rstrip(".") in "".join(page.text)


def panel(text: str, n_series: int = 1) -> Panel:
    months = pd.period_range("2023-01", "2025-06", freq="M")
    values = np.arange(1.0, 31 * n_series - n_series + 1).reshape(n_series, 30) ** 1.2
    return Panel(
        values,
        months,
        [f"{text}{k or ''}" for k in range(n_series)],
        unit=text,
        quantity=text,
        definition=text,
        source=text,
        adds_up_to=text,
        metric=text,
        anomalies=(Anomaly(months[20], months[20], "method break", text, text),),
        notes=(text,),
    )


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_stays_text(text: str) -> None:
    made = report(panel(text), "2025-06")
    page = check(made)
    assert " ".join(spelled(text).split()) in " ".join("".join(page.text).split())
    (series,) = json.loads(made.to_json())["series"]
    assert series["definition"] == series["source"] == series["unit"] == series["name"] == text
    assert series["notes"] == [text]
    assert series["series"] == text
    _markdown(made.to_markdown())


def _markdown(text: str) -> None:
    """No tag, code, emphasis, link, formula or heading that the template did not write."""
    assert "<" not in text
    assert not re.search(r"(?<!\\)[`\[\]~$]", text)
    starts = re.findall(r"^#+ .*", text, re.M)
    assert len(starts) in (10, 11)
    for line in text.splitlines():
        if line.startswith("|"):
            assert len(re.findall(r"(?<!\\)\|", line)) in (5, 6, 8)
        assert len(re.findall(r"(?<!\\)\*\*", line)) in (0, 2)


def test_hostile_text_in_several_series_and_what_is_left_out() -> None:
    text = HOSTILE[0] + HOSTILE[1]
    late = panel(text)
    early = Panel(late.values, late.months - 120, late.names, quantity=text, source=text)
    made = report([panel(text, 3), early], "2025-06")
    page = check(made)
    # of three series: the chart, and what was expected; each wide and narrow
    assert len(page.all("svg")) == 12
    assert len(made.left_out) == 1


def test_the_notebook_page_is_a_frame_of_its_own(made: Callable[[str], Report]) -> None:
    frame = Page(made("2025-06")._repr_html_())
    ((tag, attributes, _),) = frame.elements
    assert tag == "iframe"
    assert (attributes["src"] or "").startswith("data:text/html;base64,")


def test_caveat_said_once_is_pointed_at(made: Callable[[str], Report]) -> None:
    text = html.unescape(made("2025-06").to_html())
    assert "Note: as for finding 1." in text


def test_json_is_strict(made: Callable[[str], Report]) -> None:
    def refuse(constant: str) -> None:
        raise AssertionError(constant)

    text = made("2025-06").to_json()
    assert json.loads(text, parse_constant=refuse)["schema"] == 2
