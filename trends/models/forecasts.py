"""What to expect of the next months, with intervals as wide as past errors were."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd

from trends.errors import TrendsError
from trends.models._endog import Endog, EndogLike
from trends.models._forecast_results import ForecastResults, Forecasts
from trends.models._forecasters import checked_options, forecasted, least_values
from trends.panel import Panel, as_panel

__all__ = ["ForecastResults", "Forecasts", "fit_forecast", "forecast"]


def fit_forecast(
    data: EndogLike,
    horizon: int,
    *,
    level: float = 0.95,
    period: int = 12,
    n_draws: int = 2000,
    seed: int = 0,
) -> ForecastResults:
    r"""Forecast a series some months ahead.

    Two ways, by one rule. Counts of which a tenth or more are zero are *resampled*: a mixture of
    past values, of the last 12, 24 and 60 months, all, with three rates of forgetting, after a
    month like the last one, and of a negative binomial; weights are those of the least CRPS
    of forecasts from up to 60 earlier months, drawn to equal ones. All other series are *smoothed*:
    simple exponential smoothing, damped trend, half the past slope (theta) and a return to the
    mean, each without and with a season, and the same month of the year before [1]_ [2]_. Each is
    fitted again and again to the beginning of the series, and the errors that it then made weight
    it, for each step ahead.

    The intervals are those of Student's t about the weighted mean, as wide as *its* past errors
    were at that step ahead. Where these are few they are drawn to how the fitted models let errors
    grow, and with more of them their own distribution takes the place of t. This is done on the
    values, their square roots or their logs, on whichever past forecasts were most probable.

    Parameters
    ----------
    data : Panel of one series, Series, or array_like of float, shape (n,)
        NaN where unknown. Partial months of a panel are left out, and months before its last method
        break; flows are forecast by the day.
    horizon : int
        Steps ahead of the last known value, 1 to 24.
    level : float
        Of the intervals.
    period : int
        Length of the season in steps.
    n_draws : int
        Number of paths.
    seed : int
        Of the draws.

    Returns
    -------
    ForecastResults

    Raises
    ------
    TooShort, NoValues
        If fewer than ``14 + horizon`` values are known.
    BadOption
        If an option is out of its range.

    References
    ----------
    .. [1] R. J. Hyndman, A. B. Koehler, J. K. Ord and R. D. Snyder (2008), Forecasting with
       Exponential Smoothing, Springer, doi:10.1007/978-3-540-71918-2.
    .. [2] R. J. Hyndman and B. Billah (2003), "Unmasking the Theta method", International Journal
       of Forecasting 19, 287-290, doi:10.1016/S0169-2070(01)00143-1.

    Examples
    --------
    >>> launched = [426, 790, 1334, 1912, 2434, 1807, 2629, 3902, 4198, 2476, 4003, 5438]
    >>> found = fit_forecast([253, 304, 290, 377, 355, *launched], 2)
    >>> found.draws.shape, found.family
    ((2000, 2), 'smoothing')
    >>> low, high = found.conf_int()[0]
    >>> bool(low < found.point[0] < high)
    True
    """
    options = checked_options("fit_forecast", horizon, level, period, n_draws, seed)
    endog = Endog.of("fit_forecast", data, least=least_values(options["horizon"]))
    return forecasted("fit_forecast", endog, **options)


def forecast(
    data: EndogLike | pd.DataFrame,
    horizon: int,
    *,
    level: float = 0.95,
    period: int = 12,
    n_draws: int = 2000,
    seed: int = 0,
) -> ForecastResults | Forecasts:
    """Forecast one series, or each series of a panel, as `fit_forecast` does.

    Parameters
    ----------
    data : Panel, DataFrame, Series, or array_like of float, shape (n,)
    horizon, level, period, n_draws, seed
        As of `fit_forecast`.

    Returns
    -------
    ForecastResults or Forecasts
        `Forecasts` for a panel or DataFrame of several series; series that cannot be forecast are
        `refused` there, with the reason.

    Raises
    ------
    TooShort, NoValues
        If the only series has fewer than ``14 + horizon`` known values.
    BadOption
        If an option is out of its range.

    Examples
    --------
    >>> import pandas as pd
    >>> months = pd.period_range("2023-01", periods=30, freq="M")
    >>> found = forecast(pd.Series(range(100, 130), months, name="reports"), 3)
    >>> list(found.months.astype(str))
    ['2025-07', '2025-08', '2025-09']
    """
    options = checked_options("forecast", horizon, level, period, n_draws, seed)
    if isinstance(data, pd.DataFrame):
        data = as_panel(data)
    if not isinstance(data, Panel) or data.n_series == 1:
        endog = Endog.of("forecast", data, least=least_values(options["horizon"]))
        return forecasted("forecast", endog, **options)
    results, refused = {}, {}
    for name in data.names:
        try:
            endog = Endog.of("forecast", data.select(name))
            found = forecasted("forecast", replace(endog, name=name), **options)
        except TrendsError as error:
            refused[name] = str(error)
        else:
            results[name] = found
    return Forecasts(results, refused)
