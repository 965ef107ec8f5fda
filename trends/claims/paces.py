"""What a month that is not over is on pace for."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import ClassVar, Literal, Self

import numpy as np
import pandas as pd

from trends.claims._case import Case, fits_printed
from trends.claims._claim import Claim, Outcome, Verdict, worst
from trends.claims._rounding import Printed
from trends.claims._words import Speech
from trends.errors import BadOption, TooShort, UnknownOption
from trends.models import NowcastResults, fit_nowcast
from trends.panel import MonthLike, Panel, PanelLike
from trends.wording import Phrase, chance_words, read_words

LEVEL = 0.9
LIKELY = 0.5
UNLIKELY = 0.05  # what lies beyond one end of the interval
LEAST_CHANCE = 0.005  # no less can be told from the draws


@dataclass(frozen=True, slots=True, kw_only=True)
class Pace(Claim):
    """The month is on pace for so much, or to pass another month.

    Parameters
    ----------
    value : float, int or Decimal, optional
        What the month is said to be on pace for.
    base : Period or str, optional
        The month that it is said to be on pace to pass.
    op : {'above', 'below'}
        Whether it is to end above or below that month.

    Examples
    --------
    >>> months = pd.period_range("2025-06", periods=13, freq="M")
    >>> days = [*months[:-1].days_in_month, 7]
    >>> past = [5438, 6297, 4132, 5638, 5298, 5429, 5131, 4452, 5059, 6462, 6583, 8150]
    >>> drones = Panel([[*past, 2136]], months, ["drones"], observed_days=days)
    >>> Pace(series="drones", month="2026-06", value=20_000).check(drones).outcome
    'false'
    >>> Pace(series="drones", month="2026-06", base="2026-05").check(drones).reason.split("; ")[1]
    'the chance that it ends above May 2026, with 8,150, is 59%.'
    """

    type: ClassVar[str] = "pace"
    figures: ClassVar[tuple[tuple[str, str], ...]] = ()
    beside: ClassVar[tuple[str, ...]] = ()

    base: pd.Period | None = None
    op: Literal["above", "below"] = "above"

    def __post_init__(self) -> None:
        Claim.__post_init__(self)
        if self.op not in ("above", "below"):
            raise UnknownOption("Pace", op=self.op, known=("above", "below"))
        if self.value is None and self.base is None:
            raise BadOption("Pace", "value", None, "a figure, or a month in base")

    @classmethod
    def propose(cls, panel: Panel, month: MonthLike) -> list[Self]:
        """Nothing: a month that is not over is not compared with whole ones."""
        panel.position(month)
        return []

    def check(self, data: PanelLike, *, language: str = "en") -> Verdict:
        """Check the claim against a nowcast of the month from the months of its series.

        A figure is *true* within the 90% interval and *false* outside of it. Of "more than" so
        much, and of passing another month, the chance decides: *true* from one half on, *false*
        up to 5%, *loose* in between. Where earlier months are too few for an interval, or do not
        vary, nothing can be said: the days are scaled up, and called that.
        """
        case = Case.of(self, data, language)
        if stop := self._stopped(case):
            return case.verdict("cannot say", stop)
        so_far, panel = case.other(self.series), case.panel
        about = {
            "value": case.amount(so_far),
            "n": int(panel.observed_days[panel.position(self.month)]),
            "of": self.month.days_in_month,
            "month": self.month,
        }
        try:
            found = fit_nowcast(panel.select(self.series), self.month, level=LEVEL)
        except TooShort:
            found = None
        if found is None or found.insufficient:
            scaled = case.amount(round(so_far / about["n"] * about["of"]))  # type: ignore[operator]
            reason = case.say("pace.scaled", scaled=scaled, **about)
            return case.verdict("cannot say", reason, caveats=(case.say("pace.no_interval"),))
        return self._judged(case, found, case.say("pace.is", point=_shown(case, found), **about))

    def _judged(self, case: Case[Pace], found: NowcastResults, reason: str) -> Verdict:
        """The verdict on a month of which a nowcast is known."""
        outcomes: list[Outcome] = []
        reasons, op = [reason], self.op
        if self.value is not None:
            outcome, words = self._value_judged(case, found, self.value)
            outcomes.append(outcome)
            reasons.append(words)
        if self.base is not None:
            before = case.at(self.base)
            chance = found.chance(above=before)
            if self.op == "below":
                chance = found.chance(up_to=np.nextafter(before, -np.inf))
            outcomes.append(_by_chance(chance))
            reasons.append(
                case.say(
                    f"pace.{self.op}", base=self.base, before=case.amount(before),
                    chance=_chance(chance, case.language),
                )
            )  # fmt: skip
            op = "above" if found.chance(above=before) >= LIKELY else "below"
        point = None if self.value is None else _rounded(found.point)
        return case.verdict(
            worst(*outcomes),
            case.joined(*reasons),
            caveats=(case.say("pace.need_not", **_interval(case, found)),),
            corrected=replace(case.claim, value=point, op=op),
        )

    def _value_judged(
        self, case: Case[Pace], found: NowcastResults, value: Printed
    ) -> tuple[Outcome, str]:
        """How the figure lies in the interval; of a bound, how likely it is kept."""
        bound = float(value)
        if self.value_hedge in ("more than", "less than"):
            above = self.value_hedge == "more than"
            chance = found.chance(above=bound) if above else found.chance(up_to=bound)
            said = case.figure(value, case.panel.unit, self.value_hedge)
            words = case.say("pace.bound", said=said, chance=_chance(chance, case.language))
            return _by_chance(chance), words
        low, high = found.conf_int()
        ends = (fits_printed(end, value, self.value_hedge) == "true" for end in (low, high))
        inside = low <= bound <= high or any(ends)  # an end as it would be printed is no miss
        key = "pace.inside" if inside else "pace.outside"
        said = case.figure(value, hedge=self.value_hedge)
        return "true" if inside else "false", case.say(key, said=said, **_interval(case, found))

    def _stopped(self, case: Case[Pace]) -> str:
        """Why the month has no pace, or what it is compared with no value."""
        so_far = case.other(self.series)
        if np.isnan(so_far):
            return case.say("unknown", month=self.month)
        if case.panel.status(self.month) == "complete":
            return case.say("pace.over", month=self.month, value=case.amount(so_far))
        if case.panel.kind != "flow":
            return case.say("pace.level")
        if self.base is None:
            return ""
        if not case.values.index[0] <= self.base <= case.values.index[-1]:
            return case.say("reach", month=self.base)
        for anomaly in case.breaks(min(self.base, self.month), max(self.base, self.month)):
            return case.say("broken", month=anomaly.first, note=anomaly.note.rstrip("."))
        if not np.isnan(case.at(self.base)):
            return ""
        if case.panel.status(self.base) != "partial":
            return case.say("unknown", month=self.base)
        days = int(case.panel.observed_days[case.panel.position(self.base)])
        return case.say("partial", month=self.base, n=days, of=self.base.days_in_month)

    def _said(self, say: Speech) -> str:
        aim = say.figure(self.value, self._shown_unit(), self.value_hedge)
        base = say.month(self.base)
        return say(f"pace.{self.op}", value=aim, both="" if aim and base else None, base=base)

    def _value_said(self, say: Speech) -> str | None:
        return None  # it is no figure of the month


def _by_chance(chance: float) -> Outcome:
    if chance >= LIKELY:
        return "true"
    return "false" if chance <= UNLIKELY else "loose"


def _rounded(value: float) -> float:
    """Whole where it is large; a digit after the point below 10."""
    return round(value) if abs(value) >= 10 else round(value, 1)


def _shown(case: Case[Pace], found: NowcastResults) -> Phrase:
    return case.amount(_rounded(found.point))


def _interval(case: Case[Pace], found: NowcastResults) -> dict[str, object]:
    low, high = (_rounded(end) for end in found.conf_int())
    share = chance_words(found.level, case.language)
    return {"share": share, "low": case.amount(low, ""), "high": case.amount(high)}


def _chance(chance: float, language: str) -> str:
    """No chance of which draws can tell is 0 or 1."""
    if chance < LEAST_CHANCE:
        least = chance_words(2 * LEAST_CHANCE, language)
        return read_words(language)("chance.below", share=least, error=None)
    return chance_words(min(chance, 1 - LEAST_CHANCE), language)
