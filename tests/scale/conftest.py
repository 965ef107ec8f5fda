"""Series with all that can be odd about them, and what `find_latest` says of them as a whole."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
import pytest

from trends.detect import find_latest
from trends.panel import Panel


@dataclass(frozen=True)
class Made:
    values: Any
    names: list[str]
    months: pd.PeriodIndex

    def panel(self) -> Panel:
        return Panel(self.values, self.months, tuple(self.names))

    def wide(self) -> pd.DataFrame:
        frame = pd.DataFrame(self.values, columns=self.months.astype(str))
        frame.insert(0, "unique_id", self.names)
        return frame

    def long(self, *, gaps: bool = True) -> pd.DataFrame:
        """Sorted by series; unknown cells are left out by turns, or are NaN."""
        n, n_time = self.values.shape
        frame = pd.DataFrame(
            {
                "unique_id": np.repeat(np.array(self.names, dtype=object), n_time),
                "ds": np.tile(self.months.to_timestamp(), n),
                "y": self.values.ravel(),
            }
        )
        if not gaps:
            return frame
        first = np.arange(len(frame)) % n_time == 0  # so that each series has a row
        hidden = frame["y"].isna() & (np.arange(len(frame)) % 2 == 0) & ~first
        return frame[~hidden].reset_index(drop=True)

    def facts(self, panel: Panel | None = None) -> pd.DataFrame:
        """What `find_latest` says, in the words of the table of facts."""
        frame = find_latest(self.panel() if panel is None else panel).frame()
        frame = frame.rename(columns={"series": "unique_id"})
        for name in ("month", "longest_rise_end", "longest_fall_end", "since", "since_low"):
            frame[name] = [None if pd.isna(month) else str(month) for month in frame[name]]
        return plain(frame.astype({"value": np.float64}))


def plain(frame: pd.DataFrame) -> pd.DataFrame:
    """The same with None for every unknown text, whatever the library that made it."""
    text = [name for name in frame.columns if frame[name].dtype.kind not in "iufb"]
    return frame.assign(
        **{
            name: pd.Series(
                [None if pd.isna(value) else str(value) for value in frame[name]],
                dtype=object,
                index=frame.index,
            )
            for name in text
        }
    ).reset_index(drop=True)


def make(n: int, n_time: int, *, seed: int = 0, whole: bool = False) -> Made:
    rng = np.random.default_rng(seed)
    months = pd.period_range("2020-01", periods=n_time, freq="M")
    names = [f"series-{i:06d}" for i in range(n)]
    values = rng.integers(0, 12, (n, n_time))
    if whole:
        return Made(values, names, months)
    values = values.astype(np.float64)
    values[rng.random(values.shape) < 0.08] = np.nan
    values[1] = np.nan
    values[2, : n_time // 2] = np.nan
    values[3] = 0
    values[4] = np.arange(n_time) * 0.1
    values[:, -1] = np.nan  # nothing is known of the last month,
    values[: n // 2, -2] = np.nan  # and little of the one before:
    values[-1, -2] = 11  # whole blocks are unknown in the month that the facts are about
    return Made(values, names, months)


@pytest.fixture(scope="session")
def made() -> Made:
    return make(230, 41)


@pytest.fixture(scope="session")
def same() -> Any:
    """Compare two tables of facts, to the bit."""

    def compare(found: pd.DataFrame, expected: pd.DataFrame) -> None:
        pd.testing.assert_frame_equal(plain(found), expected, check_exact=True)

    return compare


@pytest.fixture(scope="session")
def maker() -> Any:
    return make


@pytest.fixture(params=["wide", "long"])
def shape(request: pytest.FixtureRequest) -> str:
    return str(request.param)
