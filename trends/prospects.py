"""What can be said by a month's end: the nowcast of a month, and the chance of each claim."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
import numpy.typing as npt
import pandas as pd

from trends.claims import Claim, Record, Since, Streak, Window
from trends.detect import find_records, find_streaks
from trends.errors import BadOption, UnknownMonth
from trends.models.nowcasts import DelayResults, NowcastResults, fit_nowcast
from trends.panel import MonthLike, Panel, PanelLike, Shown, as_month, as_panel
from trends.vintages import DayLike, Revisions, as_day
from trends.wording import month_words, ordinal

__all__ = ["Nowcast", "Prospect", "nowcast"]

LEAST_STEPS = 3  # "the highest since last month" says nothing
LEAST_CHANCE = 0.005
CHECKED = 200  # draws that a claim of another type is checked on
WHERE = "nowcast"


@dataclass(frozen=True, slots=True)
class Prospect:
    """A claim that a month may bear out by its end.

    Parameters
    ----------
    claim : Claim
        Without figures.
    words : str
        What it says, in a few words.
    chance : float
        The share of the draws of which it is true.
    or_more : float
        The share of which it or a stronger one is: of a "highest since", since that month or
        longer. Else the same as `chance`.
    """

    claim: Claim
    words: str
    chance: float
    or_more: float


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Nowcast(Shown):
    """What `nowcast` found.

    Parameters
    ----------
    fit : NowcastResults
        The total of the month.
    panel : Panel
        The months that it is compared with, and itself, partial.
    prospects : tuple of Prospect
        Records, since-statements, rises and streaks.
    """

    fit: NowcastResults
    panel: Panel
    prospects: tuple[Prospect, ...]

    @property
    def point(self) -> float:
        """The median of the draws."""
        return self.fit.point

    @property
    def draws(self) -> npt.NDArray[np.float64]:
        """Totals that the month may have, of equal weight."""
        return self.fit.draws

    def conf_int(self, level: float | None = None) -> tuple[float, float]:
        """The interval that holds the month's total with probability `level`."""
        return self.fit.conf_int(level)

    def chance(self, claim: Claim) -> float:
        """The share of draws of which a claim about the month is true, by its own check.

        Two hundred draws, evenly spread, take their turn as the month's total. The figures printed
        with the claim are left out; NaN if the nowcast is insufficient.
        """
        if claim.month != self.fit.month:
            needed = f"about {self.fit.month}, the month of the nowcast"
            raise BadOption("Nowcast.chance", "claim.month", str(claim.month), needed)
        if self.fit.insufficient:
            return float("nan")
        at = (np.arange(CHECKED) + 0.5) / CHECKED
        draws = np.quantile(self.draws, at, method="inverted_cdf")
        bare = claim.bare()
        true = [
            bare.check(_finished(self.panel, np.array([draw]))).outcome == "true" for draw in draws
        ]
        return float(np.mean(true))

    def frame(self) -> pd.DataFrame:
        """One row a prospect: ``type, words, chance, or_more``."""
        rows = [(each.claim.type, each.words, each.chance, each.or_more) for each in self.prospects]
        return pd.DataFrame(rows, columns=["type", "words", "chance", "or_more"])

    def summary(self) -> str:
        """The nowcast, and each prospect in a line."""
        lines = [self.fit.summary()]
        for each in self.prospects:
            more = f"; since then or longer {_percent(each.or_more)}"
            tail = more if each.or_more > each.chance else ""
            lines.append(f"Chance of {each.words}: {_percent(each.chance)}{tail}.")
        return "\n".join(lines)


def nowcast(
    data: pd.Series[float] | pd.DataFrame | Panel,
    month: MonthLike,
    *,
    level: float = 0.9,
    as_of: DayLike | None = None,
    kind: Literal["flow", "stock"] = "flow",
    months: PanelLike | None = None,
    past: pd.Series[float] | None = None,
    late: DelayResults | None = None,
    revisions: Revisions | None = None,
    seed: int = 0,
) -> Nowcast:
    """Estimate what a month that is not over is on pace for, and what could be said of it then.

    Parameters
    ----------
    data : Series, DataFrame or Panel
        Daily amounts, or a Panel of one monthly flow in which `month` is partial: as for
        `fit_nowcast`.
    month : Period, str or date
        The month. Nothing later is looked at.
    level : float
        Of the interval, between 0 and 1.
    as_of : date or str, optional
        The last day that is looked at, of daily data and of revisions.
    kind : {'flow', 'stock'}
        Whether daily data are amounts, or levels of which the differences are.
    months : Panel or Series, optional
        The complete months before, to be compared with, where they are longer or of another rule
        than the sums of the days. One series.
    past : Series, optional
        With a panel: totals of as many first days of earlier months.
    late : DelayResults, optional
        From `fit_delays`: the share of a day's counts that is reported by its age.
    revisions : Revisions, optional
        Of the monthly series, from `trends.vintages.revisions`: the total is that after revision,
        by as much as complete months were revised that were first known in the month after them.
    seed : int
        Of the draws.

    Returns
    -------
    Nowcast
        With ``point``, ``conf_int()``, ``draws``, ``summary()``, ``prospects`` and
        ``chance(claim)``.

    Raises
    ------
    TooShort, BadOption, WrongKind
        As `fit_nowcast`; and if `revisions` hold none of that kind.

    Notes
    -----
    Each draw takes its turn as the finished month and is given to `find_records` and
    `find_streaks`: the chance of a claim is the share of draws of which it is true, with all that
    those say of gaps, ties, method breaks and excluded months.

    Examples
    --------
    >>> days = pd.period_range("2024-01-01", "2025-06-10", freq="D")
    >>> counts = np.random.default_rng(1).negative_binomial(3, 0.03, len(days))
    >>> found = nowcast(pd.Series(counts, days), "2025-06")
    >>> found.frame().head(2)["words"].tolist()
    ['the highest month on record', 'the lowest month on record']
    """
    month = as_month(month, WHERE)
    last = None if as_of is None else as_day(as_of, WHERE)
    fit = fit_nowcast(
        data, month, level=level, as_of=last, kind=kind, past=past, late=late, seed=seed
    )
    if revisions is not None:
        fit = fit.revised(_sizes(revisions, fit, last), seed=seed)
    before = data if isinstance(data, Panel) and months is None else months
    panel = _compared(fit, before)
    return Nowcast(fit, panel, () if fit.insufficient else tuple(_prospects(panel, fit)))


def _sizes(revisions: Revisions, fit: NowcastResults, last: dt.date | None) -> list[float]:
    """What was still to come for months when they were new, as `revised` takes it."""
    frame = revisions.frame()
    if last is not None:
        frame = frame[[day <= last for day in frame["as_of"]]]
    sizes = []
    for _, rows in frame[frame["month"] < fit.month].groupby("month"):
        if rows["age"].iloc[0] == 0 and rows["age"].iloc[-1] > 0:
            first, newest = float(rows["value"].iloc[0]), float(rows["value"].iloc[-1])
            if not fit.counts:
                sizes.append(newest - first)
            elif first > 0:
                sizes.append(newest / first - 1)
    if not sizes:
        needed = "with a month that is known both in the month after it and later"
        raise BadOption(WHERE, "revisions", f"{len(revisions.vintages)} vintages", needed)
    return sizes


def _compared(fit: NowcastResults, before: PanelLike | None) -> Panel:
    """One series of the months before, with the month itself as partial."""
    if before is None:
        totals = fit.like_for_like["total"]
        first = totals.index[0] if len(totals) else fit.month
        clock = pd.period_range(first, fit.month, freq="M")
        row = totals.reindex(clock).to_numpy(np.float64, copy=True)
        panel = Panel(row[None, :], clock, (fit.name,), unit=fit.unit)
    else:
        panel = as_panel(before)
    if panel.n_series != 1:
        raise BadOption(WHERE, "months", f"{panel.n_series} series", "one series")
    if panel.months[-1] < fit.month - 1:
        raise UnknownMonth(f"{WHERE}: months", f"{fit.month - 1} (the data end before it)")
    return _at_month(panel, fit)


def _at_month(panel: Panel, fit: NowcastResults) -> Panel:
    """The panel up to the month, which holds what is observed of it."""
    clock = pd.period_range(panel.months[0], fit.month, freq="M")
    keep = min(len(clock) - 1, panel.n_time)
    row = np.append(panel.values[0, :keep].astype(np.float64), fit.observed)
    days = np.append(panel.observed_days[:keep], fit.observed_days)
    return replace(panel, values=row[None, :], months=clock, observed_days=days)


def _finished(panel: Panel, draws: npt.NDArray[np.float64]) -> Panel:
    """A series a draw, of which the last month is complete and has that total."""
    values = np.repeat(panel.values.astype(np.float64), len(draws), axis=0)
    values[:, -1] = draws
    days = panel.observed_days.copy()
    days[-1] = panel.months[-1].days_in_month
    names = panel.names if len(draws) == 1 else tuple(map(str, range(len(draws))))
    return replace(panel, values=values, names=names, observed_days=days)


def _prospects(panel: Panel, fit: NowcastResults) -> list[Prospect]:
    if panel.n_time < 2:
        return []
    ended, series, month = _finished(panel, fit.draws), panel.names[0], fit.month
    found: list[Prospect] = []
    further: list[Prospect] = []
    ways: tuple[tuple[Literal["high", "low"], str], ...]
    ways = (("high", "highest"), ("low", "lowest"))
    for direction, word in ways:
        records = find_records(ended, direction=direction)
        if records.earlier[0, -1] >= records.least:
            chance = float(records.flags[:, -1].mean())
            claim = Record(series=series, month=month, direction=direction)
            found.append(Prospect(claim, f"the {word} month on record", chance, chance))
        steps = records.since_steps[:, -1]
        # 0 is further back than all, and -1 is unknown
        for lag in sorted(set(steps[steps >= LEAST_STEPS].tolist())):
            chance = float(np.mean(steps == lag))
            more = float(np.mean((steps >= lag) | (steps == 0)))
            if more >= LEAST_CHANCE:
                since = Since(series=series, month=month, since=month - lag, direction=direction)
                words = f"the {word} since {month_words(month - lag)}"
                further.append(Prospect(since, words, chance, more))
    return found + further + _steps(ended, series, month)


def _steps(ended: Panel, series: str, month: pd.Period) -> list[Prospect]:
    """Above and below the month before, and the streaks that this would continue."""
    found: list[Prospect] = []
    before = month - 1
    if np.isnan(ended.known()[0, -2]):
        return found
    steps: tuple[tuple[Literal["rise", "fall"], Literal["above", "below"]], ...]
    steps = (("rise", "above"), ("fall", "below"))
    for direction, word in steps:
        lengths = find_streaks(ended, direction=direction).lengths
        chance = float(np.mean(lengths[:, -1] > 0))
        plain = Window(
            series=series, month=month, first=month, bases=((before, before),), relation=word
        )
        found.append(Prospect(plain, f"a total {word} {month_words(before)}", chance, chance))
        if length := int(lengths[0, -2]):
            claim = Streak(series=series, month=month, length=length + 1, kind=direction)
            words = f"the {ordinal(length + 1)} consecutive monthly {direction}"
            found.append(Prospect(claim, words, chance, chance))
    return found


def _percent(chance: float) -> str:
    """No chance of which draws can tell is 0 or 1."""
    if chance < LEAST_CHANCE:
        return "under 1%"
    return "over 99%" if chance > 1 - LEAST_CHANCE else f"{chance:.0%}"
