"""Forecasts from each of the last origins, and those that they are compared with."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

from trends.models._endog import Endog
from trends.models._forecasters import forecasted, least_values, trimmed
from trends.models._predictives import Floats

RECENT = 12


@dataclass(frozen=True, slots=True, eq=False)
class Rolled:
    """What one method drew of the steps after one origin, and what came."""

    origin: int
    method: str
    actual: Floats  # (horizon,), NaN where unknown
    draws: Floats  # (n_draws, horizon)
    counts: bool
    scale: float  # mean absolute difference of a period in the data up to the origin


def rolled(endog: Endog, origins: int, **options: Any) -> Iterator[Rolled]:
    """Forecast from up to `origins` known values that are followed by `horizon` steps.

    Everything, and the check of what is a count, is of the data up to the origin.
    """
    endog = trimmed(endog)
    horizon, period = options["horizon"], options["period"]
    known = np.isfinite(endog.values)
    seen = np.cumsum(known)
    least = max(least_values(horizon), RECENT)
    able = [t for t in range(len(known) - horizon) if known[t] and seen[t] >= least]
    for t in able[-origins:]:
        past = endog.until(t)
        values = past.values
        counts = past.unit != "km2" and _whole(values)
        past = Endog(values, past.exposure, past.months, counts, past.name, past.unit)
        actual = endog.values[t + 1 : t + 1 + horizon]
        scale = _scale(values, period)
        ours = forecasted("evaluate", past, **options).draws
        rng = np.random.default_rng([options["seed"], t])
        others = {
            "forecast": ours,
            "seasonal naive": _seasonal_naive(values, horizon, period, len(ours)),
            "last 12": rng.choice(values[known[: t + 1]][-RECENT:], ours.shape),
        }
        for method, draws in others.items():
            yield Rolled(t, method, actual, draws, counts, scale)


def _whole(values: Floats) -> bool:
    known = values[~np.isnan(values)]
    return bool((known >= 0).all() and (known == np.floor(known)).all())


def _period(values: Floats, period: int) -> int:
    """The season, or 1 where none of its differences is known."""
    differences = values[period:] - values[:-period]
    return period if np.isfinite(differences).sum() > 1 else 1


def _scale(values: Floats, period: int) -> float:
    lag = _period(values, period)
    return float(np.nanmean(np.abs(values[lag:] - values[:-lag])))


def _seasonal_naive(values: Floats, horizon: int, period: int, n_draws: int) -> Floats:
    """The last period again; normal errors of its past differences, which add up by periods."""
    from scipy import special

    lag = _period(values, period)
    spread = float(np.sqrt(np.nanmean((values[lag:] - values[:-lag]) ** 2)))
    filled = values.copy()
    for t in range(1, len(filled)):
        if np.isnan(filled[t]):
            filled[t] = filled[t - lag] if t >= lag else filled[t - 1]
    steps = np.arange(horizon)
    centre = filled[len(filled) - lag + steps % lag]
    scores = special.ndtri((np.arange(n_draws) + 0.5) / n_draws)
    return np.asarray(centre + spread * np.sqrt(steps // lag + 1) * scores[:, None])
