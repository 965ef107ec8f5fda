"""What was expected of a month, from the months before it."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from trends.errors import BadOption
from trends.kernels.expectations import (
    FACTS,
    LEAST_STEPS,
    MOST_YEARS,
    expectation_facts,
    past_weights,
)
from trends.models._endog import Endog, EndogLike
from trends.panel import MonthLike, Panel, Plotted, as_panel
from trends.wording import amount, month_words

Floats = npt.NDArray[np.float64]

__all__ = ["BaselineResults", "fit_baseline"]


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class BaselineResults(Plotted):
    """What `fit_baseline` found of the last month of `endog`.

    Parameters
    ----------
    endog : Endog
        The months up to the one judged.
    alpha : float
        The prediction interval is missed with this chance.
    period : int
        Steps of a year.
    expected, lower, upper : float
        Of the month judged, in its unit: an amount a month, not a day. Bounds of counts are the
        lowest and highest count inside. NaN if the result is `insufficient`.
    p_value : float
        Chance of a value as high or higher.
    params : Series
        Of counts ``level`` (a unit of exposure now, without season), ``trend`` (growth a step, on
        the log scale), ``season`` and ``memory`` (factors of the month judged). Of numbers
        ``trend`` is an amount a step, and ``season`` and ``memory`` are added.
    dispersion : float
        Predictive variance divided by the mean, of counts; the variance itself of numbers.
    nobs : int
        Months of the past that were used.
    counts : bool
        Whether they were taken for counts.
    weights : float64 array
        How much each month counts for: 1, less for past outbreaks, NaN where it is not used.
    """

    endog: Endog
    alpha: float
    period: int
    expected: float
    lower: float
    upper: float
    p_value: float
    params: pd.Series[float]
    dispersion: float
    nobs: int
    counts: bool
    weights: Floats

    @property
    def value(self) -> float:
        """The month judged; NaN where unknown."""
        return float(self.endog.values[-1])

    @property
    def insufficient(self) -> bool:
        """Whether the past tells nothing: too short, or real numbers that do not vary."""
        return math.isnan(self.expected)

    @property
    def down_weighted(self) -> list[pd.Period] | list[int]:
        """Past months that count for less than one, as outbreaks."""
        at = np.flatnonzero(self.weights < 1.0)
        if self.endog.months is None:
            return [int(k) for k in at]
        return list(self.endog.months[at])

    def conf_int(self, alpha: float | None = None) -> tuple[float, float]:
        """The interval that the month lies in with probability 1 - `alpha`, were all as before."""
        if alpha is None:
            return self.lower, self.upper
        facts = _facts(self.endog, _checked_alpha("conf_int", alpha), self.period)
        return _inside(facts)

    def predict(self, alpha: float | None = None) -> pd.Series[float]:
        """``expected``, ``lower`` and ``upper`` in one row."""
        low, high = self.conf_int(alpha)
        return pd.Series({"expected": self.expected, "lower": low, "upper": high})

    def frame(self) -> pd.DataFrame:
        """What was expected of each month, each from the months before it, up to the one judged."""
        rows = []
        for k in range(len(self.endog.values)):
            facts = _facts(self.endog.until(k), self.alpha, self.period)
            rows.append((facts["expected"], *_inside(facts), facts["p_value"]))
        frame = pd.DataFrame(rows, columns=["expected", "lower", "upper", "p"])
        months = self.endog.months
        frame.insert(0, "month", np.arange(len(frame)) if months is None else months)
        frame.insert(1, "value", self.endog.values)
        frame["above"] = frame["value"] > frame["upper"]
        return frame

    def summary(self) -> str:
        """One sentence, the effect first, and notes."""
        months = self.endog.months
        when = f"step {len(self.endog.values) - 1}" if months is None else month_words(months[-1])
        if self.insufficient:
            least = max(LEAST_STEPS, self.period)
            text = f"{when}: insufficient, {self.nobs} known months before it ({least} needed)"
            if self.nobs >= least:
                text = f"{when}: insufficient, the months before it do not vary"
        else:
            text = f"{when}: {self._found()} {self._range()}"
        down = self.down_weighted
        if down:
            named = ", ".join(str(month) for month in down)
            text += f"; as outbreaks, {named} count for less"
        return "; ".join([text, *self.endog.notes])

    def _found(self) -> str:
        unit = self.endog.unit
        if math.isnan(self.value):
            return "unknown, against"
        if self._days() == 1.0:
            return f"{amount(self.value, unit)} against"
        return f"{_short(self.value / self._days())} {unit or 'a day'}".rstrip() + (
            " a day against" if unit else " against"
        )

    def _range(self) -> str:
        days = self._days()
        low, high = self.lower / days, self.upper / days
        share = f"{100 * (1 - self.alpha):g}%"
        text = (
            f"{_short(self.expected / days)} expected "
            f"({share} prediction interval {_short(low)} to {_short(high)})"
        )
        if math.isnan(self.value):
            return text
        if self.value > self.upper:
            return f"{text}: above the expected range"
        side = "below" if self.value < self.lower else "within"
        return f"{text}: {side} the expected range"

    def _days(self) -> float:
        """Days to divide by: of counts on a clock, else 1."""
        by_day = self.counts and self.endog.months is not None
        return float(self.endog.exposure[-1]) if by_day else 1.0


def fit_baseline(
    data: EndogLike,
    month: MonthLike | int | None = None,
    *,
    alpha: float = 0.05,
    period: int = 12,
) -> BaselineResults:
    """Estimate what the months before led one to expect of a month.

    As `find_alarms`, for one month of one series: regression on trend and season, log-linear and
    negative binomial for counts; params drawn to 0 by priors and averaged over their widths, so
    that no trend or season is chosen; past outbreaks weighed down; the memory of residuals carried
    on; estimation error in the interval. Nothing after the month is looked at.

    Parameters
    ----------
    data : Panel, Series, or array_like of shape (n,)
        One series. Of a panel only complete months since its last method break are used.
    month : month, or int for data without a clock, optional
        The month to judge; by default the last.
    alpha : float
        The prediction interval is missed with this chance, half on either side.
    period : int
        Steps of a year.

    Returns
    -------
    BaselineResults
        `insufficient` with fewer than 12 known months, or a year of steps, before.

    Raises
    ------
    BadOption, MonthOutside, UnknownMonth
        If an option is out of range, or the month outside the data.
    NoValues
        If nothing is known.

    References
    ----------
    .. [1] A. Noufaily, D. G. Enki, P. Farrington, P. Garthwaite, N. Andrews and A. Charlett, "An
       improved algorithm for outbreak detection in multiple surveillance systems", Statistics in
       Medicine 32, 2013, doi:10.1002/sim.5595.

    Examples
    --------
    >>> months = pd.period_range("2024-05", periods=14, freq="M")
    >>> drones = pd.Series([310, 330, 300, 340, 280, 310, 290, 305, 320, 300, 350, 290, 310, 600],
    ...                    months, name="drones")
    >>> found = fit_baseline(drones)
    >>> found.expected.__round__(), found.conf_int()
    (305, (254.0, 360.0))
    >>> found.summary()[-24:]
    'above the expected range'
    """
    alpha = _checked_alpha("fit_baseline", alpha)
    if isinstance(period, bool) or not isinstance(period, int | np.integer) or period < 1:
        raise BadOption("fit_baseline", "period", period, "a whole number of at least 1")
    endog = _taken(data, month)
    facts = _facts(endog, alpha, period)
    lower, upper = _inside(facts)
    counts = bool(facts["counts"])
    scale = facts["expected"] if counts else 1.0
    weights = past_weights(endog.values, endog.exposure, period, endog.counts)
    return BaselineResults(
        endog,
        alpha,
        int(period),
        facts["expected"],
        lower,
        upper,
        facts["p_value"],
        _params(facts, period),
        facts["variance"] / scale,
        int(facts["nobs"]),
        counts,
        weights,
    )


def _checked_alpha(where: str, alpha: float) -> float:
    if not isinstance(alpha, int | float) or not 0 < alpha < 1:
        raise BadOption(where, "alpha", alpha, "between 0 and 1")
    return alpha


def _taken(data: EndogLike, month: MonthLike | int | None) -> Endog:
    """Cut first, so that nothing that comes after the month is looked at."""
    if isinstance(data, pd.Series) and isinstance(data.index, pd.PeriodIndex):
        data = as_panel(data.rename("series") if data.name is None else data)
    if isinstance(data, Panel):
        if isinstance(month, int):
            needed = "a month, which data with a clock need"
            raise BadOption("fit_baseline", "month", month, needed)
        cut = data if month is None else data.until(month)
        endog = Endog.of("fit_baseline", cut, least=1)
        if cut.kind == "flow":
            return endog
        return Endog(
            endog.values, np.ones(len(endog.values)), endog.months, False, endog.name, endog.unit,
            endog.notes,
        )  # fmt: skip
    row = np.atleast_1d(np.asarray(data))
    last = len(row) - 1
    if month is not None:
        whole = isinstance(month, int | np.integer) and not isinstance(month, bool)
        if not whole or not 0 <= int(month) <= last:  # type: ignore[arg-type]
            raise BadOption("fit_baseline", "month", month, f"a whole number from 0 to {last}")
        last = int(month)  # type: ignore[arg-type]
    return Endog.of("fit_baseline", row[: last + 1], least=1)


def _facts(endog: Endog, alpha: float, period: int) -> dict[str, float]:
    start = max(0, len(endog.values) - 1 - MOST_YEARS * period)
    facts = expectation_facts(
        endog.values[start:], endog.exposure[start:], period, alpha / 2, endog.counts
    )
    names = (*FACTS, *(f"param{k}" for k in range(len(facts) - len(FACTS))))
    return dict(zip(names, facts.tolist(), strict=True))


def _inside(facts: dict[str, float]) -> tuple[float, float]:
    """Bounds that lie half-way between counts, as the counts inside."""
    low, high = facts["lower"], facts["upper"]
    if facts["counts"] and not math.isnan(low):
        return float(math.ceil(low)), float(math.floor(high))
    return low, high


def _params(facts: dict[str, float], period: int) -> pd.Series[float]:
    cosines = [facts[f"param{k}"] for k in range(2, 8, 2)]
    season = sum(x for x in cosines if not math.isnan(x))
    level = facts["param0"]
    if facts["counts"]:
        level, season = math.exp(level), math.exp(season)
    season = season if not math.isnan(level) else math.nan
    return pd.Series(
        {
            "level": level,
            "trend": facts["param1"] / period,
            "season": season,
            "memory": facts["memory"],
        }
    )


def _short(value: float) -> str:
    """Two significant digits below 10, whole numbers above."""
    if abs(value) >= 9.95 or value == 0:
        return amount(float(round(value)))
    return amount(float(f"{value:.2g}"))
