"""From axes to bytes: the same bytes each time."""

from __future__ import annotations

import contextlib
import io
import re
from collections.abc import Iterator

import matplotlib as mpl
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.backends.backend_svg import FigureCanvasSVG


def svg_text(ax: Axes, prefix: str = "") -> str:
    """The figure of `ax` as SVG text; the same bytes each time.

    All ids begin with `prefix`: give each chart of a page its own.
    """
    buffer = io.StringIO()
    fixed = mpl.rc_context({"svg.hashsalt": "attack-trends", "svg.fonttype": "path"})
    with fixed, _unmoved(ax):
        FigureCanvasSVG(ax.figure).print_figure(  # type: ignore[arg-type]
            buffer, format="svg", metadata={"Date": None, "Creator": None}
        )
    text = buffer.getvalue()
    text = text[text.index("<svg") :]
    return re.sub(r'(\bid="|href="#|url\(#)', rf"\g<1>{prefix}", text) if prefix else text


def png_bytes(ax: Axes, dpi: int = 160) -> bytes:
    """The figure of `ax` as a PNG; the same bytes each time."""
    buffer = io.BytesIO()
    with _unmoved(ax):
        FigureCanvasAgg(ax.figure).print_figure(  # type: ignore[arg-type]
            buffer, format="png", dpi=dpi, metadata={"Software": None}
        )
    return buffer.getvalue()


@contextlib.contextmanager
def _unmoved(ax: Axes) -> Iterator[None]:
    """Put the axes back after drawing: the layout moves them, a little further each time."""
    before = [
        (each, each.get_position(original=True), each.get_in_layout()) for each in ax.figure.axes
    ]
    try:
        yield
    finally:
        for each, position, in_layout in before:
            each.set_position(position)
            each.set_in_layout(in_layout)
