"""Hostile text in a real browser: nothing runs, nothing is asked for, everything is shown."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hardening.hostile_texts import FIELDS, MONTH, TEXTS, panel, rotated

from trends.errors import spelled
from trends.report import Report, Terms, report

api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
pytestmark = [
    pytest.mark.slow,
    pytest.mark.filterwarnings("ignore:Glyph .* missing from font"),
]
COUNTS = """() => ({
  scripts: document.querySelectorAll('script').length,
  handlers: [...document.querySelectorAll('*')].flatMap(
    e => e.getAttributeNames().filter(name => name.startsWith('on'))),
  active: [...document.querySelectorAll('iframe, object, embed, form, input, base, link, video, '
    + 'audio, math, template, marquee, foreignObject, animate, set, meta[http-equiv=refresh]')]
    .map(e => e.outerHTML),
  styles: document.querySelectorAll('style').length + document.querySelectorAll('[style]').length,
  pictures: [...document.images].map(e => e.src.slice(0, 11)),
  links: [...document.querySelectorAll('a, area, use, image')]
    .map(e => e.getAttribute('href') || e.getAttribute('xlink:href') || '')
    .filter(to => !/^(#[\\w-]+|[a-z0-9-]+\\.(csv|md|json|svg|png|pdf))$/.test(to)),
  fixed: [...document.querySelectorAll('main *')]
    .filter(e => getComputedStyle(e).position === 'fixed').length,
  text: document.body.textContent,
})"""
LOGO = "data:image/svg+xml," + (
    "%3Csvg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'%3E%3Cscript%3Ealert(1)"
    "%3C/script%3E%3Cimage href='http://192.0.2.1/x.png'/%3E%3C/svg%3E"
)


def program() -> str | None:
    """TRENDS_BROWSER, or the Chromium or Chrome of this machine."""
    names = ("chromium", "chromium-browser", "google-chrome", "chrome")
    return os.environ.get("TRENDS_BROWSER") or next(filter(None, map(shutil.which, names)), None)


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    path = program()
    if path is None:
        pytest.skip("no Chromium on this machine; name one in TRENDS_BROWSER")
    with api.sync_playwright() as playwright:
        arguments = ["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []
        started = playwright.chromium.launch(executable_path=path, args=arguments)
        yield started
        started.close()


class Watched:
    """A page, and what it did while it was open."""

    def __init__(self, browser: Any, **options: Any) -> None:
        self.context = browser.new_context(**options)
        self.page = self.context.new_page()
        self.asked: list[str] = []
        self.did: list[str] = []
        self.context.on("request", lambda request: self.asked.append(request.url))
        self.page.on("dialog", self._dialog)
        self.page.on("popup", lambda popup: self.did.append("popup"))
        self.page.on("download", lambda download: self.did.append("download"))
        self.page.on("console", lambda message: self.did.append(message.text))
        self.page.on("pageerror", lambda error: self.did.append(str(error)))

    def _dialog(self, dialog: Any) -> None:
        self.did.append(f"dialog {dialog.message}")
        dialog.dismiss()

    def open(self, address: str) -> dict[str, Any]:
        """What is in the page, once everything in it has been touched."""
        self.page.goto(address)
        self.page.evaluate("document.querySelectorAll('details').forEach(e => { e.open = true })")
        self.page.evaluate(
            "document.querySelectorAll('*').forEach(e => ['mouseover', 'click', 'focus', 'toggle']"
            ".forEach(kind => { if (!e.closest('a')) e.dispatchEvent(new Event(kind)) }))"
        )
        self.page.wait_for_timeout(30)
        found: dict[str, Any] = self.page.evaluate(COUNTS)
        return found


def made(k: int, notes: Sequence[str] = ()) -> Report:
    """Each text stands in each field in one of the reports."""
    texts = rotated(k)
    title = texts.pop("title")
    one = TEXTS[k]
    hostile = panel(**texts, notes=(*notes, one, TEXTS[k - 1]))
    earlier = None
    if k % 10 == 0:  # what was revised is told, too
        earlier = report(replace(hostile, values=hostile.values * 0.9), MONTH, title=title)
    terms = [Terms(licence=one, citation=TEXTS[k - 2])]
    return report(hostile, MONTH, title=title, logo=LOGO, terms=terms, previous=earlier)


@pytest.mark.parametrize("k", range(len(TEXTS)))
def test_nothing_runs_and_everything_is_shown(browser: Any, tmp_path: Path, k: int) -> None:
    looked_through(browser, made(k).save(tmp_path / "index.html").as_uri(), [TEXTS[k]])


def test_all_texts_in_one_page(browser: Any, tmp_path: Path) -> None:
    looked_through(browser, made(0, TEXTS).save(tmp_path / "index.html").as_uri(), TEXTS)


def looked_through(browser: Any, address: str, texts: Sequence[str]) -> None:
    for bypassed in (False, True):  # without its policy, too: the escaping alone is enough
        watched = Watched(browser, bypass_csp=bypassed)
        found = watched.open(address)
        assert watched.did == []
        assert set(watched.asked) <= {address, LOGO}
        assert (found["scripts"], found["handlers"], found["active"]) == (0, [], [])
        assert (found["styles"], found["fixed"]) == (1, 0)
        assert set(found["pictures"]) <= {"data:image/"}
        assert found["links"] == []
        shown = "\ufffd".join(found["text"].split("\0"))
        for text in texts:
            assert " ".join(spelled(text).split()) in " ".join(shown.split())
        watched.context.close()


@pytest.mark.parametrize("k", range(0, len(TEXTS), 9))
def test_a_chart_opened_by_itself(browser: Any, tmp_path: Path, k: int) -> None:
    made(k).save(tmp_path, formats=("svg",))
    for path in tmp_path.glob("*.svg"):
        watched = Watched(browser)
        watched.page.goto(path.as_uri())
        assert watched.page.evaluate("document.documentElement.tagName") == "svg"  # no XML error
        assert watched.page.evaluate("document.querySelectorAll('script, a, image').length") == 0
        assert watched.did == []
        assert watched.asked == [path.as_uri()]
        watched.context.close()


@pytest.mark.parametrize("k", [0, 40, 80])
def test_a_report_in_a_notebook(browser: Any, tmp_path: Path, k: int) -> None:
    text = f"<!doctype html><title>notebook</title>{made(k)._repr_html_()}"
    (tmp_path / "notebook.html").write_text(text, "utf-8")
    watched = Watched(browser)
    watched.page.goto((tmp_path / "notebook.html").as_uri())
    watched.page.wait_for_timeout(300)
    (_, frame) = watched.page.frames
    assert frame.locator("h1").count() == 1
    assert [each for each in watched.did if "sandbox" not in each.lower()] == []
    assert [each for each in watched.asked if not each.startswith(("data:", "file:"))] == []
    watched.context.close()


def test_the_watch_sees_what_harms(browser: Any, tmp_path: Path) -> None:
    """The same texts in a page that does not escape them."""
    page = "".join(TEXTS[:15])  # the next ones lead away from it
    (tmp_path / "index.html").write_text(f"<!doctype html><body>{page}</body>", "utf-8")
    watched = Watched(browser)
    found = watched.open((tmp_path / "index.html").as_uri())
    assert "dialog 1" in watched.did
    assert any("192.0.2.1" in address for address in watched.asked)
    assert found["scripts"] > 0
    assert found["handlers"]
    assert found["active"]
    watched.context.close()


def test_each_text_stands_once_in_each_field() -> None:
    places = {(name, text) for k in range(len(TEXTS)) for name, text in rotated(k).items()}
    assert len(places) == len(FIELDS) * len(TEXTS) >= 8 * 60
