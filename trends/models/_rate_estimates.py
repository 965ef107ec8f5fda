"""What a reference leads one to expect of a window, and how far the window is from it."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from trends.models._rate_counts import SharedTotal, fit_log_linear
from trends.models._rate_memory import remember
from trends.models._rate_spans import Spans

FloatRow = npt.NDArray[np.float64]
LEAST_EXPECTED = 5.0
LEAST_SHARE = 0.5  # where counting is most of the noise, little can be told of the rest
LEAST_EXCESS = 0.5  # a dozen equal counts must not make the next one surprising


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Estimate:
    """The numbers of a `RateRatioResults`, which says what they are; NaN where there is none."""

    reason: str = ""
    params: float = np.nan
    p_value: float = np.nan
    p_value_up: float = np.nan
    observed: float = np.nan
    expected: float = np.nan
    exposure: float = np.nan
    dispersion: float = np.nan
    autocorrelation: float = np.nan
    inflation: float = np.nan
    df: float = np.nan
    scale: float = np.nan  # the squared error of the score, or of the difference
    rates: FloatRow | None = None  # expected, by place
    shared: SharedTotal | None = None


def divide(start: Estimate, spans: Spans, design: FloatRow, *, dispersed: bool) -> Estimate:
    """Counts: the ratio, and its test given the sum of both totals."""
    endog, then, now = spans.endog, spans.reference, spans.window
    total = float(endog.values[then].sum())
    if total == 0:
        return replace(start, expected=0.0, reason="nothing counted in the reference")
    fit = fit_log_linear(
        endog.values[then], endog.exposure[then], design[then], dispersed=dispersed
    )
    if fit is None:
        return replace(start, reason="the reference's counts fit no such mean")
    rates = np.exp(design @ fit.coefficients)
    means = rates[now] * endog.exposure[now]
    start = replace(start, expected=float(means.sum()), dispersion=fit.dispersion, rates=rates)
    if start.expected < LEAST_EXPECTED:
        few = f"{start.expected:.1f} expected where {LEAST_EXPECTED:g} are needed"
        return replace(start, reason=few)
    spread = np.sqrt(means + fit.dispersion * means**2) / start.expected
    whitened = design[then] * (fit.means / np.sqrt(fit.variances))[:, None]
    basis, triangle = np.linalg.qr(whitened)
    pull = np.linalg.solve(triangle.T, design[now].T @ means / start.expected)
    shared = SharedTotal(
        start.observed,
        (start.expected, total),
        (float(spread @ spread), float(pull @ pull)),
        start.observed + total,
    )
    start = replace(start, params=start.observed / start.expected, shared=shared)
    if not dispersed:
        return _tested(start, shared.score(1.0), 1.0)
    residuals = (endog.values[then] - fit.means) / np.sqrt(fit.variances)
    share = float(np.mean(1 - fit.means / fit.variances))
    share = max(share, LEAST_SHARE)
    start = _remembering(start, spans, residuals, basis, basis @ pull, spread, share)
    excess = 1.0 if fit.dispersion > 0 else max(fit.excess, LEAST_EXCESS)
    return _tested(start, shared.score(1.0), excess * start.inflation)


def differ(start: Estimate, spans: Spans, design: FloatRow) -> Estimate:
    """Other numbers: the difference of mean rates."""
    endog, then, now = spans.endog, spans.reference, spans.window
    basis, triangle = np.linalg.qr(design[then])
    if np.abs(np.diag(triangle)).min() < 1e-9 * len(then):
        return replace(start, reason="the reference's months do not tell a season")
    rates = endog.values[then] / endog.exposure[then]
    coefficients = np.linalg.solve(triangle, basis.T @ rates)
    residuals = rates - design[then] @ coefficients
    df = len(then) - design.shape[1]
    variance = float(residuals @ residuals) / df
    expected = design @ coefficients
    shares = endog.exposure[now] / start.exposure
    level = float(expected[now] @ shares)
    start = replace(start, expected=level * start.exposure, dispersion=variance, rates=expected)
    if variance <= 1e-20 * float(rates @ rates) / len(then):
        return replace(start, reason="the reference does not vary")
    pull = np.linalg.solve(triangle.T, design[now].T @ shares)
    start = replace(start, params=start.observed / start.exposure - level)
    start = _remembering(start, spans, residuals / np.sqrt(variance), basis, basis @ pull, shares)
    scale = variance * float(pull @ pull + shares @ shares) * start.inflation
    return _tested(start, start.params, scale)


def _remembering(
    start: Estimate,
    spans: Spans,
    residuals: FloatRow,
    basis: FloatRow,
    pull: FloatRow,
    push: FloatRow,
    share: float = 1.0,
) -> Estimate:
    then, now = spans.reference, spans.window
    contrast = np.zeros(now[-1] - then[0] + 1)
    contrast[then - then[0]] = -pull
    contrast[now - then[0]] = push
    memory = remember(residuals, basis, then, contrast, share)
    return replace(
        start,
        autocorrelation=memory.autocorrelation,
        inflation=memory.inflation,
        df=memory.df,
    )


def _tested(start: Estimate, score: float, scale: float) -> Estimate:
    from scipy.special import stdtr

    df = start.df if np.isfinite(start.df) else np.inf  # nothing estimated: the normal's
    t = score / np.sqrt(scale)
    return replace(
        start,
        df=df,
        p_value=float(min(1.0, 2 * stdtr(df, -abs(t)))),
        p_value_up=float(stdtr(df, -t)),
        scale=scale,
    )
