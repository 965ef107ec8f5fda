"""Every result shows itself in a line, as text, and as a table in a notebook."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd
import pytest

import trends

HOSTILE = "<script>alert(1)</script>"


def panel_of(n_series: int = 1, n_time: int = 60) -> trends.Panel:
    rng = np.random.default_rng(3)
    values = rng.poisson(50.0, (n_series, n_time)).astype(float)
    months = pd.period_range("2020-01", periods=n_time, freq="M")
    names = [HOSTILE, *(f"s{k}" for k in range(1, n_series))]
    return trends.Panel(values, months, names, quantity=HOSTILE, unit="drones")


RESULTS: dict[str, Callable[[trends.Panel], Any]] = {
    "find_records": trends.find_records,
    "find_streaks": trends.find_streaks,
    "find_prominent_streaks": trends.find_prominent_streaks,
    "find_ranks": trends.find_ranks,
    "find_changes": trends.find_changes,
    "find_alarms": trends.find_alarms,
    "find_rampups": trends.find_rampups,
    "find_latest": trends.find_latest,
    "fit_trend": trends.fit_trend,
    "fit_rampup": trends.fit_rampup,
    "fit_changepoints": trends.fit_changepoints,
    "fit_baseline": lambda panel: trends.fit_baseline(panel, "2024-12"),
    "fit_surprise": trends.fit_surprise,
    "fit_rate_ratio": lambda panel: trends.fit_rate_ratio(
        panel, "2024-12", reference=("2023-12", "2024-11")
    ),
    "nowcast": lambda panel: trends.nowcast(
        pd.Series(np.arange(900) % 7 + 1.0, pd.period_range("2022-01-01", periods=900, freq="D")),
        "2024-06",
    ),
    "forecast": lambda panel: trends.forecast(panel, 3),
    "evaluate": lambda panel: trends.evaluate(panel, 1),
    "propose": lambda panel: trends.claims(trends.load("drones-launched"), "2025-06"),
    "check": lambda panel: trends.check("A record in June 2025"),
}


@pytest.mark.parametrize("name", RESULTS)
def test_a_result_shows_itself(name: str) -> None:
    found = RESULTS[name](panel_of())
    for one in found if isinstance(found, list | tuple) else [found]:
        page = one._repr_html_()
        assert page
        assert page.count("<p>") == page.count("</p>")
        assert "<script" not in page
        assert "array(" not in repr(one) + str(one)
        assert len(repr(one)) < 1000


def test_a_large_frame_is_not_made() -> None:
    found = trends.find_records(panel_of(20_000, 12))
    assert "<table" not in found._repr_html_()
    assert str(found) == repr(found)


def test_segments_are_told_by_their_months() -> None:
    assert "2020-01 to 2024-12" in trends.fit_changepoints(panel_of()).summary()
