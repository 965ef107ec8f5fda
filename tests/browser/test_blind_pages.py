"""The blind corpus in a real browser: one page a text, nothing runs and nothing is asked for."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hardening.corpus_blind_outputs import TEXTS
from hardening.test_blind_outputs import FIELDS, IDS, LANGUAGES, made

api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
pytestmark = [
    pytest.mark.slow,
    pytest.mark.filterwarnings("ignore:Glyph .* missing from font"),
]
SEEN = """() => ({
  pwned: window.pwned === undefined,
  active: document.querySelectorAll('script, iframe, object, embed, form, input, base, link, math, '
    + 'video, audio, template, foreignObject, animate, set, img, meta[http-equiv=refresh]').length,
  handlers: [...document.querySelectorAll('*')].flatMap(
    e => e.getAttributeNames().filter(name => name.startsWith('on'))).length,
  links: [...document.querySelectorAll('[href], [src]')].map(
    e => e.getAttribute('href') || e.getAttribute('src')).filter(to => !/^#[\\w-]+$/.test(to)),
  styles: document.querySelectorAll('style').length + document.querySelectorAll('[style]').length,
})"""


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    names = ("chromium", "chromium-browser", "google-chrome", "chrome")
    path = os.environ.get("TRENDS_BROWSER") or next(filter(None, map(shutil.which, names)), None)
    if path is None:
        pytest.skip("no Chromium on this machine; name one in TRENDS_BROWSER")
    with api.sync_playwright() as playwright:
        arguments = ["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []
        started = playwright.chromium.launch(executable_path=path, args=arguments)
        yield started
        started.close()


@pytest.mark.parametrize("name", IDS)
def test_a_text_in_every_field_is_only_text(browser: Any, tmp_path: Path, name: str) -> None:
    text, language = TEXTS[name], LANGUAGES[IDS.index(name) % 3]
    found = made(language, (text,), **dict.fromkeys(FIELDS, text))
    address = found.save(tmp_path / "index.html").as_uri()
    for bypassed in (False, True):  # without the page's own policy, too
        context = browser.new_context(bypass_csp=bypassed)
        page, asked, did = context.new_page(), [], []
        context.on("request", lambda request, asked=asked: asked.append(request.url))
        for event in ("dialog", "popup", "download", "console", "pageerror"):
            page.on(event, lambda found, did=did: did.append(str(found)))
        page.goto(address)
        page.evaluate(
            "document.querySelectorAll('*').forEach(e => ['mouseover', 'click', 'focus'].forEach("
            "kind => { if (!e.closest('a')) e.dispatchEvent(new Event(kind)) }))"
        )
        seen = page.evaluate(SEEN)
        assert seen == {"pwned": True, "active": 0, "handlers": 0, "links": [], "styles": 1}
        assert asked == [address]
        assert did == []
        context.close()
