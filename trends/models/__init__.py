"""Estimators in the manner of statsmodels: params, conf_int, summary."""

from trends.models._exchangeability import FosterStuartResults, fit_foster_stuart
from trends.models._record_chances import (
    any_record_chance,
    any_since_chance,
    any_streak_chance,
    in_any_series,
    record_chance,
    record_count_chances,
    record_count_moments,
    since_chance,
    streak_chance,
)
from trends.models.baselines import BaselineResults, fit_baseline
from trends.models.changepoints import ChangepointsResults, LineSegment, fit_changepoints
from trends.models.correlations import RankCorrelationResults, fit_rank_correlation
from trends.models.forecasts import ForecastResults, Forecasts, fit_forecast, forecast
from trends.models.multiplicity import adjust_p_values
from trends.models.nowcasts import DelayResults, NowcastResults, fit_delays, fit_nowcast
from trends.models.rampups import RampupResults, Recent, Segment, fit_rampup
from trends.models.rates import RateRatioResults, fit_rate_ratio
from trends.models.scores import (
    Evaluation,
    crps,
    evaluate,
    interval_score,
    log_score,
    scaled_error,
)
from trends.models.surprises import Chance, SurpriseResults, fit_surprise
from trends.models.trends import MannKendall, TheilSen, TrendResults, fit_trend

__all__ = [
    "BaselineResults",
    "Chance",
    "ChangepointsResults",
    "DelayResults",
    "Evaluation",
    "ForecastResults",
    "Forecasts",
    "FosterStuartResults",
    "LineSegment",
    "MannKendall",
    "NowcastResults",
    "RampupResults",
    "RankCorrelationResults",
    "RateRatioResults",
    "Recent",
    "Segment",
    "SurpriseResults",
    "TheilSen",
    "TrendResults",
    "adjust_p_values",
    "any_record_chance",
    "any_since_chance",
    "any_streak_chance",
    "crps",
    "evaluate",
    "fit_baseline",
    "fit_changepoints",
    "fit_delays",
    "fit_forecast",
    "fit_foster_stuart",
    "fit_nowcast",
    "fit_rampup",
    "fit_rank_correlation",
    "fit_rate_ratio",
    "fit_surprise",
    "fit_trend",
    "forecast",
    "in_any_series",
    "interval_score",
    "log_score",
    "record_chance",
    "record_count_chances",
    "record_count_moments",
    "scaled_error",
    "since_chance",
    "streak_chance",
]
