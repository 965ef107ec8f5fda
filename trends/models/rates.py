"""Whether the rate of a month, or of a few, differs from that of the months before."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from typing import Literal, TypeAlias

import numpy as np
import numpy.typing as npt
import pandas as pd

from trends.errors import BadOption, UnknownOption
from trends.models._endog import EndogLike
from trends.models._rate_counts import ratio_bounds
from trends.models._rate_estimates import Estimate, differ, divide
from trends.models._rate_spans import WHERE, Spans, When, spans_of
from trends.panel import Shown
from trends.wording import amount, unit_words

Family: TypeAlias = Literal["auto", "nb", "poisson", "gaussian"]
LEAST_MONTHS = 6
SEASONAL_PERIODS = 2  # of reference, from which on a season is fitted unasked
DRIFTING = 0.6  # autocorrelation from which on the level itself is in doubt


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class RateRatioResults(Shown, Estimate):
    """What `fit_rate_ratio` estimated.

    Parameters
    ----------
    effect : {'ratio', 'difference'}
        What `params` is: the window's rate divided by the expected one, or minus it, a day.
    status : {'ok', 'insufficient'}
        Whether there is enough to say anything.
    reason : str
        What is missing if there is not; empty otherwise.
    params : float
        The effect. NaN, as all that follows from it, where the status is "insufficient".
    p_value : float
        Two-sided: how often chance makes as large a difference, if the rate is the same.
    p_value_up : float
        One-sided: how often it makes as high a rate.
    observed, expected : float
        Totals of the window, and what the reference leads one to expect of it.
    exposure : float
        Of the window: its days.
    dispersion : float
        Of counts, alpha in ``mean + alpha * mean**2``; of other numbers, the variance of a rate.
    autocorrelation : float
        Of the errors of neighbouring months, corrected for the bias of short series.
    inflation : float
        By what autocorrelation multiplies the squared error.
    nobs : int
        The number of known reference months.
    df : float
        Degrees of freedom of the estimated error.
    harmonics : int
        Of the season that the expectation is adjusted for; 0 for none.
    family : {'nb', 'poisson', 'gaussian'}
        The distribution taken.
    alpha : float
        The level of the interval, and from which on `summary` speaks of noise.
    notes : tuple of str
        What a reader must know: months left out, no adjustment for season, drift.
    spans, rates, scale, shared
        The months compared, and what `frame` and `conf_int` are made from.
    """

    effect: Literal["ratio", "difference"]
    status: Literal["ok", "insufficient"]
    family: Literal["nb", "poisson", "gaussian"]
    alpha: float
    nobs: int
    harmonics: int
    notes: tuple[str, ...]
    spans: Spans

    @property
    def ratio(self) -> float:
        """The window's total divided by the expected one; NaN where that is not positive."""
        return self.observed / self.expected if self.expected > 0 else np.nan

    def conf_int(self, alpha: float | None = None) -> tuple[float, float]:
        """The interval that covers the true effect with probability 1 - `alpha`.

        It holds the effects that the two-sided test does not reject. By default at the level of
        the fit.
        """
        from scipy.special import stdtrit

        alpha = self.alpha if alpha is None else alpha
        _check_alpha("conf_int", alpha)
        if self.status != "ok":
            return (np.nan, np.nan)
        reach = float(stdtrit(self.df, 1 - alpha / 2)) * float(np.sqrt(self.scale))
        if self.shared is None:
            return (self.params - reach, self.params + reach)
        return ratio_bounds(self.shared, reach)

    def summary(self) -> str:
        """One sentence, the effect first, and one for each thing that a reader must know."""
        head, before = self.spans.words, self.spans.reference_words
        if self.harmonics:
            before += ", season included"
        if np.isfinite(self.observed):
            head += f": {self._per_day(self.observed / self.exposure)}"
        if self.status != "ok":
            text = f"{head}; cannot be held against {before}: {self.reason}"
            return ". ".join([text, *self.notes]) + "."
        interval = f"{100 * (1 - self.alpha):g}% interval"
        low, high = self.conf_int()
        if self.effect == "ratio":
            text = f"{head}, {_times(self.params)} times {before}"
            text += f" ({interval} {_times(low)} to {_times(high)}; {_p_words(self.p_value)}"
            text += f", NB dispersion {self.dispersion:.2g})" if self.family == "nb" else ")"
        else:
            side = "more" if self.params >= 0 else "less"
            text = f"{head}, {_amount(abs(self.params))} {side} than {before}"
            text += f" ({interval} {_amount(low)} to {_amount(high)}; {_p_words(self.p_value)})"
        if self.p_value >= self.alpha:
            text += "; compatible with noise"
        return ". ".join([text, *self.notes]) + "."

    def frame(self) -> pd.DataFrame:
        """One row a month of the reference and of the window: the data of a chart.

        `expected_rate` is what the reference leads one to expect a day; NaN where it does not.
        """
        endog = self.spans.endog
        places = np.concatenate([self.spans.reference, self.spans.window])
        parts = np.repeat(["reference", "window"], [self.nobs, len(self.spans.window)])
        rates = np.full(len(endog.values), np.nan) if self.rates is None else self.rates
        return pd.DataFrame(
            {
                "month": places if endog.months is None else endog.months[places],
                "part": parts,
                "value": endog.values[places],
                "exposure": endog.exposure[places],
                "rate": endog.values[places] / endog.exposure[places],
                "expected_rate": rates[places],
            }
        )

    def _per_day(self, rate: float) -> str:
        endog = self.spans.endog
        if endog.months is None:
            return _amount(rate)
        unit = unit_words(endog.unit) or endog.name
        return f"{_amount(rate)} {unit}" + ("" if unit.endswith("per day") else " a day")


def fit_rate_ratio(
    data: EndogLike,
    month: When | None = None,
    *,
    window: int = 1,
    reference: int | tuple[When, When] | None = None,
    exposure: npt.ArrayLike | None = None,
    family: Family = "auto",
    alpha: float = 0.05,
    seasonal: int | Literal["auto"] = "auto",
    period: int = 12,
) -> RateRatioResults:
    """Compare the rate of a month, or of the months that end there, with that of earlier months.

    The reference alone says what to expect: a log-linear mean with the days as exposure and a
    harmonic of the year, and a negative binomial's dispersion from the adjusted profile likelihood
    [1]_. The total of the window is held against the distribution that it has given the sum of both
    totals, as in [2]_; the normal score of its mid-p value, divided by an estimated error, against
    Student's t, with degrees of freedom after [3]_. Where neighbouring residuals resemble each
    other, the error grows accordingly. Numbers that are no counts (a net gain can be negative) are
    compared by their difference, on normal errors.

    Parameters
    ----------
    data : array_like of float, shape (n,), monthly Series, or Panel of one series
        Totals. Of a panel only complete months since its last method break are taken.
    month : month or int, optional
        The last month of the window; of an array, an index. By default the last known. Nothing
        later has a say.
    window : int
        How many months end there.
    reference : int, or a pair of months, optional
        How many months before the window it is held against, or the first and last of them. By
        default all.
    exposure : array_like of float, shape (n,), optional
        What a total is in proportion to. By default the days of its month; of arrays, 1.
    family : {'auto', 'nb', 'poisson', 'gaussian'}
        "auto" takes a negative binomial for counts and the normal for other numbers. "poisson"
        knows neither overdispersion nor autocorrelation: exact for independent events, and far too
        sure of almost everything else.
    alpha : float
        The level of the interval, and from which on the summary speaks of noise.
    seasonal : int or 'auto'
        How many harmonics of `period` the expectation has. "auto" takes one where the reference
        has two periods of known months; otherwise none, and notes it.
    period : int
        How many months a season's cycle has.

    Returns
    -------
    RateRatioResults
        "insufficient", and no p-value, where fewer than 5 are expected, where fewer than 6
        reference months are known (and two more for each harmonic), where the reference does not
        vary, or where the month asked about is not known.

    Raises
    ------
    BadOption, UnknownOption
        If an option is out of its range.
    UnknownMonth, MonthOutside
        If a month does not exist in the data.
    WrongKind
        If the data are a stock.
    NoValues
        If no value is known.

    References
    ----------
    .. [1] D. R. Cox and N. Reid (1987), Journal of the Royal Statistical Society B 49, 1-39,
       doi:10.1111/j.2517-6161.1987.tb01422.x.
    .. [2] M. D. Robinson and G. K. Smyth (2008), Biostatistics 9, 321-332,
       doi:10.1093/biostatistics/kxm030.
    .. [3] F. E. Satterthwaite (1946), Biometrics Bulletin 2, 110-114, doi:10.2307/3002019.

    Examples
    --------
    >>> counts = [13, 8, 11, 9, 15, 10, 12, 7, 14, 11, 10, 12, 28]
    >>> result = fit_rate_ratio(counts, seasonal=0)
    >>> result.summary()
    'value 12: 28, 2.5 times the 12 values before (95% interval 1.83 to 3.5; p < 0.001, NB
    dispersion 0).'
    """
    if family not in ("auto", "nb", "poisson", "gaussian"):
        raise UnknownOption(WHERE, family=family, known=("auto", "nb", "poisson", "gaussian"))
    _check_alpha(WHERE, alpha)
    _check_season(seasonal, period)
    spans = spans_of(data, month, window, reference, exposure)
    if family in ("nb", "poisson") and not spans.endog.counts:
        raise BadOption(WHERE, "family", family, "for these values, which are not all counts")
    if family == "auto":
        family = "nb" if spans.endog.counts else "gaussian"
    harmonics, notes = _season(spans, seasonal, period)
    found = Estimate(reason=_missing(spans, harmonics))
    if spans.window_known:
        total = float(spans.endog.values[spans.window].sum())
        days = float(spans.endog.exposure[spans.window].sum())
        found = replace(found, observed=total, exposure=days)
    if not found.reason:
        design = _design(len(spans.endog.values), harmonics, period)
        if family == "gaussian":
            found = differ(found, spans, design)
        else:
            found = divide(found, spans, design, dispersed=family == "nb")
    if found.autocorrelation >= DRIFTING:
        words = f"Neighbouring months resemble each other ({found.autocorrelation:.1f})"
        notes = (*notes, f"{words}: a trend or a ramp-up may say more than a comparison of levels")
    return RateRatioResults(
        **{part.name: getattr(found, part.name) for part in fields(found)},
        effect="difference" if family == "gaussian" else "ratio",
        status="insufficient" if found.reason else "ok",
        family=family,
        alpha=alpha,
        nobs=len(spans.reference),
        harmonics=harmonics,
        notes=notes,
        spans=spans,
    )


def _check_alpha(where: str, alpha: float) -> None:
    if not isinstance(alpha, int | float) or not 0 < alpha < 1:
        raise BadOption(where, "alpha", alpha, "between 0 and 1")


def _check_season(seasonal: object, period: object) -> None:
    if not isinstance(period, int) or period < 2:
        raise BadOption(WHERE, "period", period, "a whole number from 2")
    most = (period - 1) // 2
    whole = isinstance(seasonal, int) and not isinstance(seasonal, bool)
    if seasonal != "auto" and not (whole and 0 <= seasonal <= most):  # type: ignore[operator]
        raise BadOption(WHERE, "seasonal", seasonal, f"'auto' or a whole number from 0 to {most}")


def _season(
    spans: Spans, seasonal: int | Literal["auto"], period: int
) -> tuple[int, tuple[str, ...]]:
    """How many harmonics, and the notes with that on the season."""
    if seasonal != "auto":
        return seasonal, spans.notes
    needed, m = SEASONAL_PERIODS * period, len(spans.reference)
    phases = len(np.unique(spans.reference % period))
    if period > 2 and m >= needed and phases > period // 2:
        return 1, spans.notes
    return 0, (*spans.notes, f"Not adjusted for season, which takes {needed} reference months")


def _design(n: int, harmonics: int, period: int) -> npt.NDArray[np.float64]:
    turns = 2 * np.pi * np.arange(n) / period
    columns = [np.ones(n)]
    for k in range(1, harmonics + 1):
        columns += [np.cos(k * turns), np.sin(k * turns)]
    return np.stack(columns, axis=1)


def _missing(spans: Spans, harmonics: int) -> str:
    if not spans.window_known:
        return "its last month is not known"
    needed, m = LEAST_MONTHS + 2 * harmonics, len(spans.reference)
    return f"{m} reference months known where {needed} are needed" if m < needed else ""


def _times(ratio: float) -> str:
    return f"{ratio:.2f}" if ratio < 2 else f"{ratio:.1f}"


def _amount(value: float) -> str:
    """With one decimal, below 1 with two digits."""
    return amount(float(f"{value:.1f}") if abs(value) >= 1 else float(f"{value:.2g}"))


def _p_words(p: float) -> str:
    return "p < 0.001" if p < 0.001 else f"p = {p:.3f}" if p < 0.01 else f"p = {p:.2f}"
