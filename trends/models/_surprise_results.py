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
from trends.wording import (
    Words,
    chance_words,
    language_of,
    month_words,
    ordinal,
    read_words,
    said,
)

Direction = Literal["high", "low", "rise", "fall"]
MODELS = ("exchangeable", "ar", "trend", "season")
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

    def summary(self, language: str = "en") -> str:
        """Plain words, the finding first, then both chances of each model, then the conclusion.

        Parameters
        ----------
        language : {'en', 'fr', 'uk'}
            Of the words; English where the values have no months.
        """
        months, at = self.endog.months, len(self.endog.values) - 1
        if months is None:
            return _told(self, read_words("en"), f"Value {at}").replace("month", "value")
        return _told(self, read_words(language), month_words(months[at], language))


def _told(found: SurpriseResults, words: Words, month: str) -> str:
    way = f"{found.finding}_{found.direction}"
    if not found.found:
        key = "record" if found.finding == "record" else way
        return words(f"surprise.no_{key}", month=month, n=found.least)
    nth = ordinal(found.size, words.language)
    notes = (said(note, words.language) for note in found.endog.notes)
    return " ".join(
        [
            words(f"surprise.{way}", month=month, n=found.size + 1, nth=nth),
            *(_chance(found, each, words) for each in found.chances),
            _tested(found, words),
            words(f"surprise.{_fate(found)}"),
            *(words("surprise.note", note=note) for note in notes),
        ]
    )


def _chance(found: SurpriseResults, each: Chance, words: Words) -> str:
    return words(
        f"surprise.chance_{found.finding}",
        model=words(f"surprise.model_{each.null}"),
        made=each.replicates or None,
        here=chance_words(each.at_this_month, words.language, error=each.error),
        n=found.span,
        unknown=int(np.isnan(found.endog.values[-found.span :]).sum()) or None,
        series=found.n_series if found.n_series > 1 else None,
        anywhere=chance_words(each.anywhere, words.language, error=each.anywhere_error),
    )


def _tested(found: SurpriseResults, words: Words) -> str:
    if not found.pvalues:
        return words("surprise.untested")
    test, p = min(found.pvalues, key=lambda name: found.pvalues[name]), found.exchangeable
    nobs = int((~np.isnan(found.endog.values)).sum())
    return words(
        f"surprise.{'rejected' if p < REJECTED else 'not_rejected'}",
        p=language_of(words.language).number("< 0.001" if p < 0.001 else f"= {p:.2g}"),
        test=words(f"surprise.tests.{test}"),
        few=nobs if nobs < FEW else None,
    )


def _fate(found: SurpriseResults) -> str:
    if found.anywhere < RARE:
        return "rare"
    return "rare_here" if found.at_this_month < RARE else "not_rare"
