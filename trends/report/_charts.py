"""The chart of a section: inline in the page, wide and narrow, and as files of its own."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from html import escape
from typing import Any

import pandas as pd
from markupsafe import Markup

from trends.errors import spelled
from trends.models.baselines import BaselineResults
from trends.models.rampups import RampupResults
from trends.plots import alt_text, page_axes, plot, plot_series, png_bytes, svg_text
from trends.report._expectations import expected_title, rampup_title
from trends.report._sections import Section
from trends.wording import Words

BAND = 25  # months that the chart of the expected range shows
NARROW = (4.3, 3.8)  # inches: text of 9 points stays 9 points on a phone
WIDE = (8.6, 4.0)


@dataclass(frozen=True, slots=True)
class FitChart:
    """A chart of what was fitted, with its title, as the page shows it."""

    title: str
    wide: Markup
    narrow: Markup


def inline_charts(section: Section, prefix: str, language: str = "en") -> tuple[Markup, Markup]:
    """The wide and the narrow chart, without the title and the source that the page has as text."""
    panel = replace(section.panel, source="")
    marks = replace(section.marks, title="")

    def draw(ax: Any) -> None:
        plot_series(panel, section.series, marks, ax=ax, language=language)

    return _both(draw, section.marks.title, section.alt, prefix)


def fit_charts(section: Section, prefix: str, words: Words) -> list[FitChart]:
    """The charts of the expected range and of the ramp-up, of those that could be fitted."""
    charts = []
    for k, (found, title) in enumerate(_fitted(section, words)):
        draw = partial(_draw_fit, found, words)
        wide, narrow = _both(draw, title, "", f"{prefix}-fit{k}")
        charts.append(FitChart(title, wide, narrow))
    return charts


def fit_svgs(section: Section, words: Words) -> list[tuple[str, str, str]]:
    """The same as files: title, alternative text and SVG."""
    made = []
    for k, (found, title) in enumerate(_fitted(section, words)):
        ax = plot(found, title="", source="", first=_start(found), language=words.language)
        alt, one = alt_text(ax), f"fit{k}-"
        made.append((title, alt, described(svg_text(ax, one), title, alt, one) + "\n"))
    return made


def _fitted(section: Section, words: Words) -> list[tuple[BaselineResults | RampupResults, str]]:
    baseline, rampup = section.fits.baseline, section.fits.rampup
    found: list[tuple[BaselineResults | RampupResults, str]] = []
    if baseline is not None and not baseline.insufficient:
        found.append((baseline, expected_title(baseline, section.name, section.fits.month, words)))
    if rampup is not None:
        found.append((rampup, rampup_title(rampup, section.name, words)))
    return found


def _draw_fit(found: BaselineResults | RampupResults, words: Words, ax: Any) -> None:
    plot(found, ax=ax, title="", source="", first=_start(found), language=words.language)


def _start(found: BaselineResults | RampupResults) -> pd.Period | None:
    """Of the expected range two years are drawn, of a ramp-up all months that it was fitted to."""
    months = found.endog.months
    if months is None or isinstance(found, RampupResults):
        return None
    return max(months[0], months[-1] - BAND + 1)


def _both(draw: Callable[[Any], None], title: str, alt: str, prefix: str) -> tuple[Markup, Markup]:
    """Draw twice; an alternative text that is not given is that of the chart."""
    charts = []
    for name, size in (("wide", WIDE), ("narrow", NARROW)):
        ax = page_axes(size)
        draw(ax)
        one = f"{prefix}-{name}-"
        text = described(svg_text(ax, one), title, alt or alt_text(ax), one)
        charts.append(Markup(for_page(text)))
    return charts[0], charts[1]


def chart_svg(section: Section, language: str = "en") -> str:
    """A file of its own: title, unit and source are in the picture."""
    ax = plot_series(section.panel, section.series, section.marks, language=language)
    return described(svg_text(ax, "chart-"), section.marks.title, section.alt, "chart-") + "\n"


def chart_png(section: Section, language: str = "en") -> bytes:
    """More than 1,200 pixels wide, as networks ask for."""
    ax = plot_series(section.panel, section.series, section.marks, language=language)
    return png_bytes(ax, dpi=180)


def described(svg: str, title: str, alt: str, prefix: str) -> str:
    """An SVG that says what it shows, in the words of the report."""
    title, alt = (_xml(text) for text in (title, alt))
    # each text of the chart once more, with quotation marks that would pair with those of the SVG
    svg = re.sub(r"<!--.*?-->\s*", "", svg, flags=re.DOTALL)
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
    return escape(re.sub(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]", "\ufffd", spelled(text)))
