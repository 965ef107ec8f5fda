"""From axes to bytes: the same bytes each time, whatever the user's settings; and to words."""

from __future__ import annotations

import contextlib
import io
import re
from collections.abc import Iterator
from html import escape

from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.backends.backend_svg import FigureCanvasSVG
from matplotlib.figure import Figure

from trends.plots._dress import ALT
from trends.plots._style import styled

# what XML cannot hold or what turns the writing round; matplotlib writes every text of a chart into
# a comment, too
_NO_XML = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]"
)


def chart_words(ax: Axes) -> str:
    """What the charts of a figure show, in words; empty where none is ours."""
    said = (getattr(each, ALT, "") for each in _figure(ax).axes)
    return _NO_XML.sub("\ufffd", " ".join(text for text in said if text))


def svg_text(ax: Axes, prefix: str = "") -> str:
    """The figure of `ax` as SVG text, with its words; the same bytes each time.

    All ids begin with `prefix`: give each chart of a page its own.
    """
    buffer = io.StringIO()
    with styled(), _unmoved(ax):
        FigureCanvasSVG(_figure(ax)).print_figure(
            buffer, format="svg", metadata={"Date": None, "Creator": None}
        )
    text = _NO_XML.sub("\ufffd", buffer.getvalue())
    text = text[text.index("<svg") :]
    words = chart_words(ax)
    if words:
        title = _title(ax)
        head = f'<title id="title">{escape(title, quote=False)}</title>\n'
        head += f' <desc id="description">{escape(words, quote=False)}</desc>\n'
        text = text.replace("<svg ", '<svg role="img" aria-labelledby="title description" ', 1)
        text = re.sub(r"(<svg [^>]*>)", lambda found: f"{found[1]}\n {head}", text, count=1)
    if not prefix:
        return text
    text = re.sub(r'(\bid="|href="#|url\(#)', rf"\g<1>{prefix}", text)
    labelled = f'aria-labelledby="{prefix}title {prefix}description"'
    return text.replace('aria-labelledby="title description"', labelled, 1)


def png_bytes(ax: Axes, dpi: float | None = None) -> bytes:
    """The figure of `ax` as a PNG that holds its words; the same bytes each time.

    `dpi` is that of the figure by default: a "wide" chart has 1200 x 675 pixels.
    """
    buffer = io.BytesIO()
    figure, words = _figure(ax), chart_words(ax)
    about = {"Software": None, **({"Title": _title(ax), "Description": words} if words else {})}
    with styled(), _unmoved(ax):
        FigureCanvasAgg(figure).print_figure(
            buffer, format="png", dpi=figure.dpi if dpi is None else dpi, metadata=about
        )
    return buffer.getvalue()


def _figure(ax: Axes) -> Figure:
    """The figure that is drawn, of axes in it or in a part of it."""
    figure: Figure = ax.figure.canvas.figure
    return figure


def _title(ax: Axes) -> str:
    title = str(_figure(ax).get_label()) or ax.get_title(loc="left")
    return _NO_XML.sub("\ufffd", " ".join(title.split())) or "Chart"


@contextlib.contextmanager
def _unmoved(ax: Axes) -> Iterator[None]:
    """Put the axes back after drawing: the layout moves them, a little further each time."""
    figure = _figure(ax)
    canvas = figure.canvas
    before = [
        (each, each.get_position(original=True), each.get_in_layout()) for each in figure.axes
    ]
    try:
        yield
    finally:
        figure.set_canvas(canvas)  # a notebook's own, which another must not replace
        for each, position, in_layout in before:
            each.set_position(position)
            each.set_in_layout(in_layout)
