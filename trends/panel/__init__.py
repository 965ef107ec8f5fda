"""The one shape that carries data, and the clock it runs on."""

from trends.panel._anomalies import Anomaly, AnomalyKind, Purpose
from trends.panel._checks import BoolArray, ValueArray
from trends.panel._conversion import PanelLike, as_panel
from trends.panel._definitions import Definition
from trends.panel._joining import join
from trends.panel._months import MonthLike, as_month
from trends.panel._panel import FloatArray, IntArray, Kind, Panel, Status
from trends.panel._plotting import Plotted
from trends.panel._showing import Shown, notebook_html

__all__ = [
    "Anomaly",
    "AnomalyKind",
    "BoolArray",
    "Definition",
    "FloatArray",
    "IntArray",
    "Kind",
    "MonthLike",
    "Panel",
    "PanelLike",
    "Plotted",
    "Purpose",
    "Shown",
    "Status",
    "ValueArray",
    "as_month",
    "as_panel",
    "join",
    "notebook_html",
]
