"""Charts: axes-level, on matplotlib, without touching its global state."""

from trends.plots._drawing import png_bytes, svg_text
from trends.plots._paces import Pace
from trends.plots._style import SIZES, page_axes
from trends.plots.bars import Marks, alt_text, drawn_span, plot_series
from trends.plots.charts import KINDS, plot
from trends.plots.lines import plot_sources

__all__ = [
    "KINDS",
    "SIZES",
    "Marks",
    "Pace",
    "alt_text",
    "drawn_span",
    "page_axes",
    "plot",
    "plot_series",
    "plot_sources",
    "png_bytes",
    "svg_text",
]
