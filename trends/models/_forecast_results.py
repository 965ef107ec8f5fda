"""What a forecast is handed on as: draws, and what is read off them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, TypeAlias

import numpy as np
import numpy.typing as npt
import pandas as pd

from trends.errors import BadOption, UnknownName
from trends.models._endog import Endog
from trends.panel import Shown
from trends.wording import month_words

Floats: TypeAlias = npt.NDArray[np.float64]
Family: TypeAlias = Literal["smoothing", "recent values"]


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class ForecastResults(Shown):
    """What `fit_forecast` expects of the months to come.

    Parameters
    ----------
    endog : Endog
        The values it was made from; the last one is known.
    level : float
        Of the intervals, unless another is asked for.
    family : {'smoothing', 'recent values'}
        Which of the two ways was gone.
    draws : float64 array, shape (n_draws, horizon)
        Paths. Each column is stratified: its quantiles are those of the predictive distribution.
    params : DataFrame, shape (n_members, horizon)
        The weights of what was combined.
    scale : str
        On which errors are of one size.
    origins : int
        How many earlier months were forecast from, to choose weights and widths.
    insufficient : bool
        Whether the series never varied, so that nothing tells how much it could.
    notes : tuple of str
        What a reader must know.
    """

    endog: Endog
    level: float
    family: Family
    draws: Floats
    params: pd.DataFrame
    scale: str
    origins: int
    insufficient: bool
    notes: tuple[str, ...]

    @property
    def horizon(self) -> int:
        """How many steps ahead."""
        return int(self.draws.shape[1])

    @property
    def nobs(self) -> int:
        """How many values were known."""
        return int(np.isfinite(self.endog.values).sum())

    @property
    def months(self) -> pd.PeriodIndex | None:
        """The months that are forecast, where the data have a clock."""
        if self.endog.months is None:
            return None
        return pd.period_range(self.endog.months[-1] + 1, periods=self.horizon, freq="M")

    @property
    def point(self) -> Floats:
        """The medians, shape (horizon,): as likely too high as too low."""
        return np.asarray(self.quantiles(0.5)[0], dtype=np.float64)

    @property
    def mean(self) -> Floats:
        """The means, shape (horizon,)."""
        return np.asarray(self.draws.mean(axis=0), dtype=np.float64)

    def quantiles(self, probabilities: npt.ArrayLike) -> Floats:
        """Quantiles of each step, shape (n_probabilities, horizon)."""
        asked = np.atleast_1d(np.asarray(probabilities, dtype=np.float64))
        if asked.ndim != 1 or not ((asked >= 0) & (asked <= 1)).all():
            raise BadOption("quantiles", "probabilities", probabilities, "between 0 and 1")
        # an order statistic, not a mean of two: a count stays a count
        found = np.quantile(self.draws, asked, axis=0, method="inverted_cdf")
        return np.asarray(found, dtype=np.float64)

    def conf_int(self, level: float | None = None) -> Floats:
        """The interval of each step, shape (horizon, 2), that covers with probability `level`."""
        level = checked_level("conf_int", self.level if level is None else level)
        return self.quantiles([(1 - level) / 2, (1 + level) / 2]).T

    def frame(self, level: float | None = None) -> pd.DataFrame:
        """One row a step: the median, the mean and the interval."""
        ends = self.conf_int(level)
        return pd.DataFrame(
            {
                "month": self.months if self.months is not None else range(1, self.horizon + 1),
                "point": self.point,
                "mean": self.mean,
                "low": ends[:, 0],
                "high": ends[:, 1],
            }
        ).rename(columns={} if self.months is not None else {"month": "step"})

    def summary(self) -> str:
        """A line a step, and what must be known."""
        unit = f" {self.endog.unit}" if self.endog.unit else ""
        last = "" if self.endog.months is None else f" up to {month_words(self.endog.months[-1])}"
        lines = [f"{self.endog.name}: expected from {self.nobs} known values{last}."]
        named = (
            [f"step {h}" for h in range(1, self.horizon + 1)]
            if self.months is None
            else [month_words(month) for month in self.months]
        )
        for name, point, (low, high) in zip(named, self.point, self.conf_int(), strict=True):
            if self.insufficient:
                lines.append(f"{name}: {_figure(point)}{unit}; no interval (insufficient).")
            else:
                lines.append(
                    f"{name}: {_figure(point)}{unit} ({100 * self.level:g}% interval "
                    f"{_figure(low)} to {_figure(high)})."
                )
        return "\n".join([*lines, *(f"Note: {note}." for note in self.notes)])


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Forecasts(Shown):
    """Forecasts of the series of a panel, by name.

    Parameters
    ----------
    results : dict of str to ForecastResults
    refused : dict of str to str
        Series without a forecast, and why.
    """

    results: dict[str, ForecastResults]
    refused: dict[str, str]

    def __getitem__(self, name: str) -> ForecastResults:
        if name not in self.results:
            raise UnknownName("forecast", name, tuple(self.results))
        return self.results[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self.results)

    def __len__(self) -> int:
        return len(self.results)

    def frame(self, level: float | None = None) -> pd.DataFrame:
        """The frames of all series, one below the other, with a column `series`."""
        frames = []
        for name, found in self.results.items():
            frame = found.frame(level)
            frame.insert(0, "series", name)
            frames.append(frame)
        return pd.concat(frames, ignore_index=True) if frames else pd.DataFrame()

    def summary(self) -> str:
        """The summaries of all series, and what was refused."""
        parts = [found.summary() for found in self.results.values()]
        return "\n".join([*parts, *(f"{name}: no forecast. {why}" for name, why in
                                    self.refused.items())])  # fmt: skip


def _figure(value: float) -> str:
    return f"{value:,.0f}" if abs(value) >= 100 else f"{value:.3g}"


def checked_level(where: str, level: float) -> float:
    """Hand on a level between 0 and 1."""
    if isinstance(level, bool) or not isinstance(level, int | float) or not 0 < level < 1:
        raise BadOption(where, "level", level, "between 0 and 1")
    return float(level)
