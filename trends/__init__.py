"""Attack-intensity trends: load, detect, check and report monthly conflict series.

>>> import trends
>>> panel = trends.Panel  # a name is loaded when it is first used
>>> trends.as_month("2025-06")
Period('2025-06', 'M')
"""

from __future__ import annotations

import importlib
import importlib.metadata
import sys
from types import ModuleType

_HANDED_ON = {
    "trends.checks": (
        "Check",
        "check",
        "verify",
    ),
    "trends.claims": (
        "Change",
        "Mean",
        "Multiple",
        "Net",
        "Nights",
        "Pace",
        "Rank",
        "Record",
        "Share",
        "Sign",
        "Since",
        "Streak",
        "Threshold",
        "Total",
        "Verdict",
        "Window",
    ),
    "trends.comparisons": ("compare",),
    "trends.detect": (
        "find_alarms",
        "find_changes",
        "find_latest",
        "find_prominent_streaks",
        "find_rampups",
        "find_ranks",
        "find_records",
        "find_streaks",
    ),
    "trends.editions": ("load",),
    "trends.errors": (
        "TrendsError",
        "TrendsWarning",
    ),
    "trends.loaders": (
        "AirForceReports",
        "Limits",
        "data_sets",
        "explain_launches",
        "find_post",
        "load_acled",
        "load_daily_records",
        "load_days",
        "load_fires",
        "load_launches",
        "load_launches_daily",
        "load_launches_weekly",
        "load_polygons",
        "load_reports",
        "load_table",
        "load_territory",
        "load_territory_changes",
        "load_ucdp",
        "read_reports",
    ),
    "trends.models": (
        "adjust_p_values",
        "evaluate",
        "fit_baseline",
        "fit_changepoints",
        "fit_forecast",
        "fit_nowcast",
        "fit_rampup",
        "fit_rank_correlation",
        "fit_rate_ratio",
        "fit_surprise",
        "fit_trend",
        "forecast",
    ),
    "trends.newsworthiness": (
        "claims",
        "propose",
    ),
    "trends.outlooks": (
        "Outlooks",
        "find_outlooks",
    ),
    "trends.overturns": ("find_overturns",),
    "trends.panel": (
        "Anomaly",
        "Definition",
        "Panel",
        "as_month",
        "as_panel",
        "join",
    ),
    "trends.plots": ("plot",),
    "trends.posts": (
        "Post",
        "read_post",
    ),
    "trends.prospects": (
        "Nowcast",
        "Prospect",
        "nowcast",
    ),
    "trends.reading": ("read_claim",),
    "trends.report": ("report",),
    "trends.robustness": (
        "find_margins",
        "find_perturbations",
    ),
    "trends.scale": (
        "Clock",
        "scan_block",
        "scan_dask",
        "scan_dask_array",
        "scan_parquet",
        "scan_spark",
    ),
    "trends.versions": ("show_versions",),
    "trends.vintages": (
        "Store",
        "revisions",
    ),
}
_HOMES = {name: home for home, names in _HANDED_ON.items() for name in names}

__all__ = sorted([*_HOMES, "__version__"])


class _Face(ModuleType):
    """A module whose handed-on names outlive the import of a submodule of the same name."""

    def __setattr__(self, name: str, value: object) -> None:
        # Python binds a submodule to its parent when it is first imported:
        # `trends.report` would be the folder or the function, by the order of imports.
        if not (name in _HOMES and isinstance(value, ModuleType)):
            super().__setattr__(name, value)


def __getattr__(name: str) -> object:
    if name == "__version__":
        value: object = importlib.metadata.version("attack-trends")
    elif name in _HOMES:
        value = getattr(importlib.import_module(_HOMES[name]), name)
    else:
        raise AttributeError(f"module 'trends' has no attribute {name!r}")
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})


sys.modules[__name__].__class__ = _Face
