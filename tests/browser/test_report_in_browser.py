"""The page in a real browser: no violation, no request, nothing lost in any width or scheme."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from trends.loaders import load
from trends.report import report

api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
axe = pytest.importorskip(
    "axe_playwright_python.sync_playwright", reason="axe-playwright-python is not installed"
)
pytestmark = pytest.mark.slow
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
VIEWS = {"light": (1280, "light"), "dark": (1280, "dark"), "phone": (360, "light"),
         "phone-dark": (360, "dark"), "narrow": (320, "light")}  # fmt: skip
every_view = pytest.mark.parametrize("view", VIEWS)
NAMES = ("drones-launched", "missiles-launched", "territory-gain-afp")


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


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A report with every part: partial months, streak, splice, break, revisions, downloads."""
    where = tmp_path_factory.mktemp("editions")
    panels = [load(name) for name in NAMES]
    before = report(panels, "2025-06")
    report(panels, "2025-06").save(where / "2025-06")
    report(panels, "2026-02", previous=before).save(where / "2026-02")
    report(panels[:2], "2026-06", previous=before).save(where / "2026-06")
    return where


def opened(browser: Any, folder: Path, view: str, month: str = "2025-06", **more: Any) -> Any:
    width, scheme = VIEWS[view]
    context = browser.new_context(
        viewport={"width": width, "height": 800}, color_scheme=scheme, **more
    )
    page = context.new_page()
    page.goto((folder / month / "index.html").as_uri())
    return page


@pytest.mark.parametrize(
    ("view", "month"),
    [
        ("light", "2025-06"),
        ("dark", "2025-06"),
        ("phone", "2025-06"),
        ("phone-dark", "2026-02"),
        ("light", "2026-06"),
    ],
)
def test_axe_finds_nothing(browser: Any, folder: Path, view: str, month: str) -> None:
    page = opened(browser, folder, view, month, bypass_csp=True)
    page.evaluate("document.querySelectorAll('details').forEach(each => { each.open = true })")
    found = axe.Axe().run(page, options={"runOnly": {"type": "tag", "values": TAGS}}).response
    assert [(v["id"], v["nodes"][0]["html"]) for v in found["violations"]] == []
    assert len(found["passes"]) > 20
    page.context.close()


def test_axe_would_find_something(browser: Any, folder: Path) -> None:
    page = opened(browser, folder, "light", bypass_csp=True)
    page.evaluate(
        "(e => { e.removeAttribute('aria-labelledby'); e.querySelector('title').remove() })"
        "(document.querySelector('svg'))"
    )
    page.evaluate("document.querySelector('p').style.color = '#ddd'")
    found = axe.Axe().run(page, options={"runOnly": {"type": "tag", "values": TAGS}}).response
    assert {"svg-img-alt", "color-contrast"} <= {each["id"] for each in found["violations"]}
    page.context.close()


@every_view
def test_no_script_no_request_no_complaint(browser: Any, folder: Path, view: str) -> None:
    width, scheme = VIEWS[view]
    context = browser.new_context(
        viewport={"width": width, "height": 800}, color_scheme=scheme, java_script_enabled=False
    )
    page, asked, said = context.new_page(), [], []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: said.append(message.text))
    address = (folder / "2025-06" / "index.html").as_uri()
    page.goto(address)
    assert page.locator("h1").inner_text().startswith("Drones launched in June 2025: 5,438")
    page.screenshot(full_page=True)
    assert asked == [address]
    assert said == []
    context.close()


@every_view
def test_nothing_is_wider_than_the_window(browser: Any, folder: Path, view: str) -> None:
    page = opened(browser, folder, view)
    assert page.evaluate("document.documentElement.scrollWidth") <= VIEWS[view][0]
    page.context.close()


@every_view
def test_each_chart_is_seen_once_and_named(browser: Any, folder: Path, view: str) -> None:
    page = opened(browser, folder, view)
    seen = page.get_by_role("img").filter(visible=True)
    assert seen.count() == 3 * len(NAMES)  # the months, the expected range, the ramp-up
    for k in range(3 * len(NAMES)):
        box = seen.nth(k).bounding_box()
        assert box["width"] >= 0.85 * min(VIEWS[view][0], 864) - 40
    assert page.get_by_role("img", name="the third consecutive month of acceleration").count() == 1
    page.context.close()


def test_the_dark_page_is_dark_to_the_last_bar(browser: Any, folder: Path) -> None:
    """No part of a chart is white where the page is not."""
    page = opened(browser, folder, "dark")
    fills = page.evaluate(
        "[...document.querySelectorAll('figure svg path')].map(e => getComputedStyle(e).fill)"
    )
    assert fills
    assert "rgb(255, 255, 255)" not in fills
    assert "rgb(0, 0, 0)" not in fills
    page.context.close()


def test_the_keyboard_reaches_everything(browser: Any, folder: Path) -> None:
    page = opened(browser, folder, "light")
    wanted = page.locator("a, summary, [tabindex='0']").count()
    reached = set()
    for _ in range(wanted + 2):
        page.keyboard.press("Tab")
        box = page.evaluate(
            "(e => e === document.body ? null : [...document.querySelectorAll('*')].indexOf(e))"
            "(document.activeElement)"
        )
        if box is not None:
            reached.add(box)
            style = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
            assert style != "none"
    closed = page.locator("details:not([open]) a").count()
    assert len(reached) >= wanted - closed
    page.context.close()


def test_a_permalink_goes_to_its_finding(browser: Any, folder: Path) -> None:
    page = opened(browser, folder, "light", reduced_motion="reduce")
    links = page.locator("a.perma")
    assert 3 <= links.count() <= 5
    links.nth(1).click()
    target = page.evaluate("location.hash")
    assert page.locator(f"li{target}").bounding_box()["y"] < 60
    box = links.nth(1).bounding_box()
    assert min(box["width"], box["height"]) >= 24  # WCAG 2.2, 2.5.8
    page.context.close()


def test_print_shows_what_is_folded(browser: Any, folder: Path) -> None:
    page = opened(browser, folder, "light")
    page.emulate_media(media="print")
    assert page.locator("nav").is_hidden()
    assert page.locator(".more li").first.is_visible()
    assert page.pdf(format="A4", prefer_css_page_size=True).startswith(b"%PDF")
    page.context.close()
