"""Which data a claim is checked on."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TypeAlias

import pandas as pd

from trends.claims import Claim, Share, summed
from trends.editions import load
from trends.errors import UnknownName
from trends.loaders import data_sets
from trends.panel import Panel, PanelLike, as_panel, join
from trends.vintages import Store

DataLike: TypeAlias = "PanelLike | str | Sequence[PanelLike | str] | None"
SUM = "+"  # between the metrics of a sum of series


class NoData(UnknownName):
    """No data that a claim could be checked on."""


def panels_of(
    data: DataLike,
    *,
    as_of: dt.date | str | None = None,
    store: Store | str | Path | None = None,
    definition: str | None = None,
) -> list[Panel]:
    """The panels that were given or named; of the bundled data all, those first that lead."""
    named = [data] if isinstance(data, str | Panel | pd.Series | pd.DataFrame) else data
    if named is None:
        named = [name for name, card in data_sets().items() if card.kind != "table"]
    found = []
    for each in named:
        if isinstance(each, str):
            found.append(load(each, as_of=as_of, store=store, definition=definition))
        else:
            found.append(as_panel(each))
    return found


def choose(claim: Claim, panels: Sequence[Panel], source: str = "", hint: str = "") -> Panel:
    """The panel that measures what a claim is about.

    Of several that do, the one whose source the sentence names, then the one whose definition
    says most of what the sentence says of it, then the first. Sums of series, and the whole that
    a share is of, are put together.

    Raises
    ------
    NoData
        If none does.
    """

    def of(metric: str) -> Panel:
        fitting = [p for p in panels if metric in (p.metric, *p.names)]
        if not fitting and SUM in metric:
            return summed({each: of(each) for each in metric.split(SUM)})
        alone = len(panels) == 1 and panels[0].n_series == 1
        if not fitting and alone and (not panels[0].metric or not metric):
            return panels[0]  # the one series of somebody's own: it is what is spoken of
        if not fitting:
            known = sorted({name for p in panels for name in (p.metric, *p.names) if name})
            raise NoData("check", metric or "a sentence that names no quantity", known)
        return max(fitting, key=lambda p: (_says(source, p.source), _says(hint, p.definition)))

    if isinstance(claim, Share):
        part = of(claim.series)
        if claim.of in part.names:
            return part
        if claim.series in claim.of.split(SUM):
            return summed({each: of(each) for each in claim.of.split(SUM)}, parts=True)
        return join({claim.series: part, claim.of: of(claim.of)}, mixed=True)
    return of(claim.series)


def bound(claim: Claim, panel: Panel) -> Claim:
    """The claim about the series of the panel."""
    if claim.series in panel.names:
        return claim
    return replace(claim, series=panel.names[0])


def _says(words: str, text: str) -> float:
    """How much of the words a text says, by their first five letters: most where it begins so."""
    initials = "".join(re.findall(r"\b[A-Z]", text)).lower()  # ISW: Institute for the Study of War
    score = 0.0
    for word in {word.lower() for word in re.findall(r"\w{3,}", words)}:
        for where in (text.lower(), initials if len(word) < 5 else ""):
            if word[:5] in where:
                score += 1 / (1 + where.index(word[:5]))
                break
    return score
