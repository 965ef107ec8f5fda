"""What is said about how surprising a finding is: chances, a table and a paragraph."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
import pandas as pd

from trends.models._endog import Endog
from trends.models._exchangeability import joined
from trends.models._occurrences import Finding
from trends.panel import Plotted
from trends.wording import month_words, ordinal

Direction = Literal["high", "low", "rise", "fall"]
MODELS = {
    "exchangeable": "in random order",
    "ar": "with the memory of this one",
    "trend": "with the trend and memory of this one",
    "season": "with the trend, season and memory of this one",
}
REJECTED = 0.1  # joint p-value below which the order of the months is not taken for random
FEW = 36  # known months, below which a random order that is not rejected is said to mean little
RARE = 0.05


@dataclass(frozen=True, slots=True)
class Chance:
    """The chance of a finding under one null model.

    Parameters
    ----------
    null : {'exchangeable', 'ar', 'trend', 'season'}
        The model.
    at_this_month, anywhere : float
        Of such a finding in the month, named beforehand; and in at least one of the months
        searched, in at least one of the series searched.
    error, anywhere_error : float
        Their Monte-Carlo standard errors, 0 where exact.
    replicates : int
        How many series were made up, 0 where exact.
    """

    null: str
    at_this_month: float
    anywhere: float
    error: float = 0.0
    anywhere_error: float = 0.0
    replicates: int = 0


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class SurpriseResults(Plotted):
    """What `fit_surprise` computed.

    Parameters
    ----------
    endog : Endog
        The series up to the month.
    finding : {'record', 'since', 'streak'}
        What was looked at.
    direction : {'high', 'low', 'rise', 'fall'}
        Which way.
    size : int
        How large it is: months before a record; lower (higher) months just before; rises (falls) in
        a row. 0 where the month has none.
    least : int
        How many earlier months a record needs.
    span, n_series : int
        How many months, up to this one, and how many series were searched.
    null : str
        The model that the conclusion goes by.
    pvalues : dict
        Of each test of a random order; empty where there are too few months to test it.
    chances : tuple of Chance
        Under a random order, and under `null` where that is another model.
    seed : int
        Of the made-up series.
    """

    endog: Endog
    finding: Finding
    direction: Direction
    size: int
    least: int
    span: int
    n_series: int
    null: str
    pvalues: dict[str, float]
    chances: tuple[Chance, ...]
    seed: int

    @property
    def found(self) -> bool:
        """Whether the month has such a finding at all."""
        return self.size > 0

    @property
    def at_this_month(self) -> float:
        """Chance of it in this month, under `null`; 1 where there is nothing to be surprised at."""
        return self.chances[-1].at_this_month

    @property
    def anywhere(self) -> float:
        """Chance of it in any month of any series searched, under `null`."""
        return self.chances[-1].anywhere

    @property
    def exchangeable(self) -> float:
        """Joint p-value of a random order: the least, times the number of tests."""
        return joined(self.pvalues)

    def frame(self) -> pd.DataFrame:
        """One row a model and scope: `this month` and `anywhere`."""
        rows = [
            (each.null, scope, chance, error, each.replicates)
            for each in self.chances
            for scope, chance, error in (
                ("this month", each.at_this_month, each.error),
                ("anywhere", each.anywhere, each.anywhere_error),
            )
        ]
        return pd.DataFrame(rows, columns=["null", "scope", "chance", "error", "replicates"])

    def summary(self) -> str:
        """Plain words, the finding first, then both chances of each model, then the conclusion."""
        if not self.found:
            return f"{_subject(self)} {_nothing(self)}."
        return " ".join(
            [
                f"{_subject(self)} {_finding_words(self)}.",
                *(_chance_words(self, each) for each in self.chances),
                _conclusion(self),
                *(f"Note: {note}." for note in self.endog.notes),
            ]
        )


def _subject(found: SurpriseResults) -> str:
    months, at = found.endog.months, len(found.endog.values) - 1
    return f"Value {at}" if months is None else month_words(months[at])


def _step(found: SurpriseResults) -> str:
    return "value" if found.endog.months is None else "month"


def _finding_words(found: SurpriseResults) -> str:
    word = {"high": "highest", "low": "lowest"}.get(found.direction, found.direction)
    if found.finding == "streak":
        return f"is the {ordinal(found.size)} {word} in a row"
    count = found.size + 1
    span = f"{count} known" if found.finding == "record" else f"the last {count}"
    return f"is the {word} of {span} {_step(found)}s"


def _nothing(found: SurpriseResults) -> str:
    if found.finding == "record":
        return f"sets no record (with at least {found.least} earlier {_step(found)}s)"
    if found.finding == "streak":
        return f"is no {found.direction}"
    return f"is not {'higher' if found.direction == 'high' else 'lower'} than the one before"


def _chance_words(found: SurpriseResults, each: Chance) -> str:
    where = f"somewhere in {found.span} {_step(found)}s"
    unknown = int(np.isnan(found.endog.values[-found.span :]).sum())
    if unknown:
        where += f" ({unknown} of them unknown)"
    if found.n_series > 1:
        where += f" of {found.n_series} series"
    made = f" ({each.replicates:,} made up)" if each.replicates else ""
    what = {"record": "a record", "since": "one", "streak": "as many"}[found.finding]
    return (
        f"In series {MODELS[each.null]}{made}, {what} would come in this {_step(found)} with "
        f"chance {_share(each.at_this_month, each.error)}, and {where} with chance "
        f"{_share(each.anywhere, each.anywhere_error)}."
    )


def _conclusion(found: SurpriseResults) -> str:
    if not found.pvalues:
        tested = "Too few months to test whether their order is random."
    else:
        test = min(found.pvalues, key=lambda name: found.pvalues[name])
        p = found.exchangeable
        shown = "< 0.001" if p < 0.001 else f"= {p:.2g}"
        fate = "is rejected" if p < REJECTED else "is not rejected"
        tested = f"A random order {fate} (joint p {shown}; strongest: {test})"
        nobs = int((~np.isnan(found.endog.values)).sum())
        few = p >= REJECTED and nobs < FEW
        tested += f", but {nobs} {_step(found)}s show only strong departures." if few else "."
    if found.anywhere < RARE:
        verdict = "Rare, even for all that was searched."
    elif found.at_this_month < RARE:
        verdict = f"Rare in a {_step(found)} named beforehand, not rare in all that was searched."
    else:
        verdict = "Not rare."
    return f"{tested} {verdict}"


def _share(chance: float, error: float) -> str:
    text = f"{100 * chance:.2g}%" if chance < 0.1 else f"{100 * chance:.0f}%"
    if 0.995 <= chance < 1:
        text = "over 99%"
    if chance < 0.0001:
        text = "below 0.01%"
    return f"{text} (s.e. {100 * error:.1g})" if error else text
