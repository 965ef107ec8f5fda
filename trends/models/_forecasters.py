"""From one series to draws of its future: which way to go, days of months, whole numbers."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd

from trends.errors import BadOption, TooShort
from trends.models._endog import Endog
from trends.models._forecast_results import Family, ForecastResults, checked_level
from trends.models._predictives import Floats
from trends.models._recent_values import resampled
from trends.models._smoothings import smoothed

MOST_AHEAD = 24
ZERO_HEAVY = 0.1  # share of zeros from which counts are resampled
SHORT_PERIODS = 3


def checked_whole(where: str, option: str, found: Any, low: int, high: int) -> int:
    """Hand on a whole number within its range."""
    whole = isinstance(found, int | np.integer) and not isinstance(found, bool)
    if not whole or not low <= found <= high:
        raise BadOption(where, option, found, f"a whole number from {low} to {high}")
    return int(found)


def least_values(horizon: int) -> int:
    """How many known values a forecast needs."""
    return 14 + horizon


def trimmed(endog: Endog) -> Endog:
    """Begin with the first known value, and end with the last."""
    known = np.flatnonzero(np.isfinite(endog.values))
    span = slice(known[0], known[-1] + 1)
    months = None if endog.months is None else endog.months[span]
    values, exposure = endog.values[span], endog.exposure[span]
    return replace(endog, values=values, exposure=exposure, months=months)


def forecasted(
    where: str,
    endog: Endog,
    horizon: int,
    *,
    level: float,
    period: int,
    n_draws: int,
    seed: int,
) -> ForecastResults:
    """Forecast a series whose options have been checked."""
    endog = trimmed(endog)
    values = endog.values
    known = values[~np.isnan(values)]
    if len(known) < least_values(horizon):
        raise TooShort(where, len(known), least_values(horizon))
    family: Family = "smoothing"
    if endog.counts and np.mean(known == 0) >= ZERO_HEAVY:
        family = "recent values"
    days = np.ones(horizon)
    if family == "smoothing":
        mean_days = float(endog.exposure.mean())
        days = _days_ahead(endog, horizon) / mean_days
        net = endog.unit == "km2" and bool((endog.exposure != 1).any())  # a gain can be a loss
        found = smoothed(values / endog.exposure * mean_days, horizon, period, signed=net)
    else:
        found = resampled(values, horizon)
    draws = found.draws(n_draws, np.random.default_rng(seed)) * days
    if endog.counts:
        draws = np.round(draws)
    insufficient = bool(np.ptp(known) == 0)
    if insufficient:
        draws = np.full(draws.shape, known[0])
    params = pd.DataFrame(
        found.weights, index=list(found.members), columns=range(1, horizon + 1)
    )  # fmt: skip
    notes = _notes(endog, family, period, insufficient)
    return ForecastResults(
        endog, level, family, draws, params, found.scale, found.origins, insufficient, notes
    )


def _days_ahead(endog: Endog, horizon: int) -> Floats:
    if endog.months is None or (endog.exposure == 1).all():
        return np.full(horizon, endog.exposure.mean())
    months = pd.period_range(endog.months[-1] + 1, periods=horizon, freq="M")
    return months.days_in_month.to_numpy(np.float64)


def _notes(endog: Endog, family: Family, period: int, insufficient: bool) -> tuple[str, ...]:
    notes = list(endog.notes)
    gaps = int(np.isnan(endog.values).sum())
    if gaps:
        notes.append(f"{gaps} value{'s' if gaps > 1 else ''} within the series unknown")
    if insufficient:
        notes.append("all known values are equal, so nothing tells how far another could be off")
    elif family == "smoothing" and len(endog.values) < SHORT_PERIODS * period:
        notes.append(f"fewer than {SHORT_PERIODS} periods of {period}: a season is hardly known")
    if family == "recent values":
        notes.append("past values as draws: no season is used, and no trend")
    return tuple(notes)


def checked_options(
    where: str, horizon: Any, level: float, period: Any, n_draws: Any, seed: Any
) -> dict[str, Any]:
    """Check what all ways in have in common."""
    return {
        "horizon": checked_whole(where, "horizon", horizon, 1, MOST_AHEAD),
        "level": checked_level(where, level),
        "period": checked_whole(where, "period", period, 2, 366),
        "n_draws": checked_whole(where, "n_draws", n_draws, 100, 1_000_000),
        "seed": checked_whole(where, "seed", seed, 0, 2**63 - 1),
    }
