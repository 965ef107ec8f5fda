"""The nowcasts of many series are those of each."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from trends import find_outlooks, nowcast
from trends.errors import BadOption
from trends.panel import Panel


def days(n: int = 500) -> pd.DataFrame:
    index = pd.period_range(end="2025-06-10", periods=n, freq="D")
    counts = np.random.default_rng(4).poisson([20.0, 5.0, 90.0], (n, 3)).astype(float)
    return pd.DataFrame(counts, index, ["a", "b", "c"])


def test_each_series_is_nowcast_by_itself() -> None:
    table = days()
    frame = find_outlooks(table, "2025-06", level=0.8).frame().set_index("series")
    for name in table:
        alone = nowcast(table[name], "2025-06", level=0.8)
        low, high = alone.conf_int()
        assert tuple(frame.loc[name, ["point", "low", "high"]]) == (alone.point, low, high)
        chances = {each.words: each.chance for each in alone.prospects}
        assert frame.loc[name, "above"] == chances["a total above May 2025"]
        assert frame.loc[name, "observed_days"] == 10


def test_what_cannot_be_told_is_refused_by_itself() -> None:
    months = pd.period_range("2023-01", "2025-06", freq="M")
    values = np.random.default_rng(5).poisson(300.0, (2, 30)).astype(float)
    values[1, :-2] = np.nan  # too short a history
    observed = np.append(months.days_in_month[:-1], 9)
    panel = Panel(values, months, ["long", "short"], observed_days=observed, unit="drones")
    found = find_outlooks(panel, "2025-06")
    assert list(found.found) == ["long"]
    assert list(found.refused) == ["short"]
    row = found.frame().set_index("series").loc["short"]
    assert np.isnan(row["point"])
    assert "fit_nowcast" in row["why"] or "nowcast" in row["why"]


@pytest.mark.parametrize(
    ("data", "options"),
    [
        (days()["a"], {}),
        (pd.concat([days()["a"], days()["a"]], axis=1), {}),
        (days(), {"level": 1}),
    ],
)
def test_what_is_asked_wrongly(data: object, options: dict[str, float]) -> None:
    with pytest.raises(BadOption, match="find_outlooks"):
        find_outlooks(data, "2025-06", **options)
