"""``import trends.accessor``, and every pandas Series and DataFrame has ``.trends``."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any, Concatenate, ParamSpec, TypeVar

import pandas as pd

from trends.checks import Check, check
from trends.claims import Claim
from trends.detect import (
    find_alarms,
    find_changes,
    find_latest,
    find_prominent_streaks,
    find_rampups,
    find_ranks,
    find_records,
    find_streaks,
)
from trends.models import (
    fit_baseline,
    fit_changepoints,
    fit_rampup,
    fit_rate_ratio,
    fit_surprise,
    fit_trend,
)
from trends.newsworthiness import propose
from trends.panel import as_panel
from trends.report import report

__all__ = ["TrendsAccessor"]

P = ParamSpec("P")
R = TypeVar("R")


def _of_its_data(
    function: Callable[Concatenate[Any, P], R],
) -> Callable[Concatenate[TrendsAccessor, P], R]:
    """The function as a method: the data that it takes first are those of the accessor."""

    @functools.wraps(function)
    def method(self: TrendsAccessor, /, *args: P.args, **kwargs: P.kwargs) -> R:
        return function(self._data, *args, **kwargs)

    first = (function.__doc__ or "").partition("\n")[0]
    method.__doc__ = (
        f"{first}\n\nSee `{function.__name__}`, whose `data` are this Series or DataFrame."
    )
    return method


class TrendsAccessor:
    """The functions of `trends` that take data first, as methods of a Series or DataFrame.

    Nothing is worked here: each method is the function of that name. pandas does not know what a
    series counts, nor under which definition, so that ``series.trends.as_panel(unit="drones")``
    gives better sentences than the bare series.

    Parameters
    ----------
    data : Series or DataFrame
        With months, as `as_panel` takes. What is wrong with it is said by the method called.

    Examples
    --------
    >>> import trends.accessor
    >>> months = pd.period_range("2025-03", "2025-06", freq="M")
    >>> km2 = pd.Series([240.0, 379, 507, 588], months, name="territory")
    >>> km2.trends.find_streaks().lengths
    array([[0, 1, 2, 3]], dtype=int32)
    >>> print(km2.trends.propose("2025-06")[0].sentence())
    Territory in June 2025: 588, the third consecutive monthly rise (240 < 379 < 507 < 588).
    """

    def __init__(self, data: pd.Series[Any] | pd.DataFrame) -> None:
        self._data = data

    as_panel = _of_its_data(as_panel)
    find_records = _of_its_data(find_records)
    find_streaks = _of_its_data(find_streaks)
    find_ranks = _of_its_data(find_ranks)
    find_changes = _of_its_data(find_changes)
    find_latest = _of_its_data(find_latest)
    find_prominent_streaks = _of_its_data(find_prominent_streaks)
    find_rampups = _of_its_data(find_rampups)
    find_alarms = _of_its_data(find_alarms)
    fit_trend = _of_its_data(fit_trend)
    fit_rampup = _of_its_data(fit_rampup)
    fit_changepoints = _of_its_data(fit_changepoints)
    fit_baseline = _of_its_data(fit_baseline)
    fit_surprise = _of_its_data(fit_surprise)
    fit_rate_ratio = _of_its_data(fit_rate_ratio)
    propose = _of_its_data(propose)
    report = _of_its_data(report)

    def check(self, sentence_or_claim: str | Claim, **options: Any) -> Check:
        """Check a sentence as it was printed, or a typed claim.

        See `check`, whose `data` are this Series or DataFrame.
        """
        return check(sentence_or_claim, self._data, **options)


pd.api.extensions.register_series_accessor("trends")(TrendsAccessor)
pd.api.extensions.register_dataframe_accessor("trends")(TrendsAccessor)
