"""The HTML page and the Markdown text, rendered from the facts."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from trends.panel import as_month
from trends.wording import amount, month_words, percent, unit_words


def html_page(facts: dict[str, Any], charts: Sequence[str]) -> str:
    """One file: no script, no request; the charts are inline SVG."""
    template = _environment(escape=True).get_template("report.html")
    return template.render(**facts, charts=[Markup(chart) for chart in charts])


def markdown_page(facts: dict[str, Any]) -> str:
    """The same as text."""
    return _environment(escape=False).get_template("report.md").render(**facts)


def _environment(*, escape: bool) -> Environment:
    environment = Environment(
        loader=PackageLoader("trends.report"),
        autoescape=escape,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters |= {
        "amount": _amount,
        "percent": _percent,
        "month": _month,
        "unit": unit_words,
        "md": _markdown_text,
    }
    return environment


def _markdown_text(text: str) -> str:
    """Text in which no character begins a mark or a tag."""
    flat = " ".join(str(text).split())
    for mark in "\\`*_[]|#~$":
        flat = flat.replace(mark, f"\\{mark}")
    return flat.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _amount(value: float | None) -> str:
    return "unknown" if value is None else amount(value)


def _percent(share: float | None) -> str:
    return "" if share is None else percent(share)


def _month(month: str) -> str:
    return month_words(as_month(month))
