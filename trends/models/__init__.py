"""Estimators in the manner of statsmodels: params, conf_int, summary."""

from trends.models.correlations import RankCorrelationResults, fit_rank_correlation

__all__ = ["RankCorrelationResults", "fit_rank_correlation"]
