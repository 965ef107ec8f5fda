"""How good forecasts were, from one origin after the other."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias, cast

import numpy as np
import pandas as pd

from trends.errors import NoValues, TooShort, TrendsError
from trends.models._endog import Endog, EndogLike
from trends.models._forecasters import checked_options, checked_whole, least_values, trimmed
from trends.models._rollings import Rolled, rolled
from trends.models._scores import crps, interval_score, log_score, scaled_error
from trends.panel import Panel, Shown, as_panel

__all__ = ["Evaluation", "crps", "evaluate", "interval_score", "log_score", "scaled_error"]

Many: TypeAlias = "EndogLike | pd.DataFrame | Sequence[EndogLike] | Mapping[str, EndogLike]"


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Evaluation(Shown):
    """What `evaluate` found.

    Parameters
    ----------
    scores : DataFrame
        One row a series, origin, step ahead and method.
    level : float
        Of the intervals.
    skipped : dict of str to str
        Series that could not be forecast, and why.
    """

    scores: pd.DataFrame
    level: float
    skipped: dict[str, str]

    def frame(self) -> pd.DataFrame:
        """Means by step ahead and method; each series counts alike, whatever its unit.

        `crps` and `interval_score` are in units of the past change over a period, as `mase` is.
        """
        kept = self.scores[self.scores["scale"] > 0]
        table = kept.assign(
            crps=kept["crps"] / kept["scale"],
            interval_score=kept["interval_score"] / kept["scale"],
            coverage=kept["covered"].astype(float),
        ).rename(columns={"scaled_error": "mase"})
        means = ["crps", "log_score", "interval_score", "mase", "coverage"]
        groups = table.groupby(["step", "method"], sort=False)
        frame = groups[means].mean()
        frame.insert(0, "nobs", groups.size())
        return frame.reset_index()

    def summary(self) -> str:
        """A line a method, over all steps ahead."""
        table = self.frame().drop(columns="step").groupby("method", sort=False).mean()
        number = self.scores["series"].nunique()
        lines = [f"{number} series; scores in units of the past change over a period."]
        for method, row in table.iterrows():
            lines.append(
                f"{method}: CRPS {row['crps']:.3f}, interval score {row['interval_score']:.2f}, "
                f"MASE {row['mase']:.2f}; {100 * self.level:g}% intervals covered "
                f"{row['coverage']:.3f}."
            )
        if self.skipped:
            lines.append(f"{len(self.skipped)} series skipped.")
        return "\n".join(lines)


def evaluate(
    data: Many,
    horizon: int,
    *,
    origins: int = 12,
    level: float = 0.95,
    period: int = 12,
    n_draws: int = 1000,
    seed: int = 0,
) -> Evaluation:
    """Forecast from one origin after the other, and score against what came.

    Each forecast is made anew from the data up to its origin. It is compared with the seasonal
    naive one (last year's month, with normal errors) and with draws from the last 12 known values.

    Parameters
    ----------
    data : Panel, DataFrame, Series, array_like, or a list or dict of such
        A list or dict holds one series an item.
    horizon : int
        Steps ahead, 1 to 24.
    origins : int
        From how many of the last months of each series to forecast; fewer where it is short.
    level, period, n_draws, seed
        As of `fit_forecast`.

    Returns
    -------
    Evaluation
        Outcomes that are unknown are not scored. `skipped` names series that are too short.

    Raises
    ------
    NoValues
        If no series could be forecast.
    BadOption
        If an option is out of its range.

    Examples
    --------
    >>> found = evaluate([100 + (k * k) % 17 for k in range(40)], 2, origins=3)
    >>> found.frame()[["step", "method", "nobs"]].head(3).to_string(index=False).split()[:6]
    ['step', 'method', 'nobs', '1', 'forecast', '3']
    """
    options = checked_options("evaluate", horizon, level, period, n_draws, seed)
    origins = checked_whole("evaluate", "origins", origins, 1, 10_000)
    records: list[dict[str, Any]] = []
    skipped: dict[str, str] = {}
    for name, one in _series(data):
        try:
            endog = trimmed(Endog.of("evaluate", one))
            found = [
                _scored(name, part, endog, level) for part in rolled(endog, origins, **options)
            ]
            if not found:
                needed = least_values(options["horizon"]) + options["horizon"]
                raise TooShort("evaluate", endog.values.size, needed)
        except TrendsError as error:
            skipped[name] = str(error)
        else:
            records.extend(record for records_ in found for record in records_)
    if not records:
        why = f"{len(skipped)} series, none of which is long enough" if skipped else "no series"
        raise NoValues("evaluate", why)
    return Evaluation(pd.DataFrame.from_records(records), level, skipped)


def _series(data: Many) -> list[tuple[str, EndogLike]]:
    if isinstance(data, pd.DataFrame):
        data = as_panel(data)
    if isinstance(data, Panel):
        return [(name, data.select(name)) for name in data.names]
    if isinstance(data, Mapping):
        return [(str(name), one) for name, one in data.items()]
    if isinstance(data, list | tuple) and data and not np.isscalar(data[0]):
        return [(str(k), one) for k, one in enumerate(data)]
    name = str(data.name) if isinstance(data, pd.Series) and data.name is not None else "series"
    return [(name, cast(EndogLike, data))]


def _scored(name: str, part: Rolled, endog: Endog, level: float) -> list[dict[str, Any]]:
    """One record a step ahead whose outcome is known."""
    low, high = np.quantile(
        part.draws, [(1 - level) / 2, (1 + level) / 2], axis=0, method="inverted_cdf"
    )
    point = np.median(part.draws, axis=0)
    columns = {
        "actual": part.actual,
        "point": point,
        "low": low,
        "high": high,
        "crps": crps(part.actual, part.draws),
        "log_score": log_score(part.actual, part.draws, counts=part.counts),
        "interval_score": interval_score(part.actual, low, high, level=level),
        "scaled_error": np.abs(part.actual - point) / part.scale
        if part.scale > 0
        else low * np.nan,
        "covered": (low <= part.actual) & (part.actual <= high),
    }
    origin = part.origin if endog.months is None else endog.months[part.origin]
    about = {"series": name, "origin": origin, "method": part.method, "scale": part.scale}
    return [
        {**about, "step": h + 1, **{key: column[h] for key, column in columns.items()}}
        for h in np.flatnonzero(np.isfinite(part.actual))
    ]
