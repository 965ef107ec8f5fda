"""The chart of a section: inline in the page, wide and narrow, and as files of its own."""

from __future__ import annotations

import re
from dataclasses import replace
from html import escape

from markupsafe import Markup

from trends.plots import plot_series, png_bytes, svg_text
from trends.report._sections import Section

NARROW = (4.3, 3.8)  # inches: text of 9 points stays 9 points on a phone
WIDE = (8.6, 4.0)


def inline_charts(section: Section, prefix: str) -> tuple[Markup, Markup]:
    """The wide and the narrow chart, without the title and the source that the page has as text."""
    panel = replace(section.panel, source="")
    marks = replace(section.marks, title="")
    figure = plot_series(panel, section.series, marks).figure.__class__  # of the style of charts
    charts = []
    for name, size in (("wide", WIDE), ("narrow", NARROW)):
        ax = figure(figsize=size, layout="constrained").subplots()  # type: ignore[call-arg]
        plot_series(panel, section.series, marks, ax=ax)
        one = f"{prefix}-{name}-"
        text = described(svg_text(ax, one), section.marks.title, section.alt, one)
        charts.append(Markup(for_page(text)))
    return charts[0], charts[1]


def chart_svg(section: Section) -> str:
    """A file of its own: title, unit and source are in the picture."""
    ax = plot_series(section.panel, section.series, section.marks)
    return described(svg_text(ax, "chart-"), section.marks.title, section.alt, "chart-") + "\n"


def chart_png(section: Section) -> bytes:
    """More than 1,200 pixels wide, as networks ask for."""
    return png_bytes(plot_series(section.panel, section.series, section.marks), dpi=180)


def described(svg: str, title: str, alt: str, prefix: str) -> str:
    """An SVG that says what it shows, in the words of the report."""
    title, alt = (_xml(text) for text in (title, alt))
    svg = re.sub(r"\s*<(metadata|title|desc)\b.*?</\1>", "", svg, flags=re.DOTALL)
    head, body = svg.split(">", 1)
    head = re.sub(r' (role|aria-labelledby)="[^"]*"', "", head)
    return (
        f'{head} role="img" aria-labelledby="{prefix}title {prefix}desc">\n'
        f'<title id="{prefix}title">{title}</title>\n<desc id="{prefix}desc">{alt}</desc>{body}'
    ).rstrip()


def for_page(svg: str) -> str:
    """An SVG whose colours the page may change, without a style that its policy would refuse."""
    svg = re.sub(r"<defs>\s*<style.*?</style>\s*</defs>", "", svg, flags=re.DOTALL)
    svg = re.sub(r' width="[\d.]+pt" height="[\d.]+pt"', "", svg, count=1)
    svg = svg.replace("<svg ", '<svg stroke-linejoin="round" fill="#1b1f23" ', 1)
    svg = re.sub(r' style="([^"]*)"', lambda found: _attributes(found[1]), svg)
    return re.sub(r'"#([0-9a-f]{6})"', r'"var(--k-\1, #\1)"', svg)


def _attributes(style: str) -> str:
    pairs = (part.split(":", 1) for part in style.split(";") if ":" in part)
    return "".join(f' {name.strip()}="{value.strip()}"' for name, value in pairs)


def _xml(text: str) -> str:
    """Text that XML can hold: no half characters, no control characters."""
    text = text.encode("utf-8", "replace").decode("utf-8")
    return escape(re.sub(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]", "\ufffd", text))
