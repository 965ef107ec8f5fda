"""Sources of one quantity side by side: where they agree, and where a claim does not survive."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations

import numpy as np
import pandas as pd

from trends.claims import Claim
from trends.errors import BadOption, NoValues, TrendsError, whole
from trends.models import RankCorrelationResults, fit_rank_correlation
from trends.newsworthiness import propose
from trends.panel import MonthLike, Panel, Plotted, as_month, notebook_html

COMPARED = ("record", "since", "streak", "rank")  # a number is another in every source


@dataclass(frozen=True, slots=True)
class Pair:
    """How two sources agree, on the months that are complete in both.

    Parameters
    ----------
    a, b : str
        The sources.
    months : int
        The months compared.
    same_sign : float or None
        The share of months in which both are positive or both are negative.
    same_direction : float or None
        The share of months in which both rose or both fell on the month before.
    mean_difference, mean_absolute_difference : float or None
        Of `a` minus `b`, in the unit of the values.
    correlation : RankCorrelationResults or None
        Of the values, with an interval that respects autocorrelation.
    """

    a: str
    b: str
    months: int
    same_sign: float | None
    same_direction: float | None
    mean_difference: float | None
    mean_absolute_difference: float | None
    correlation: RankCorrelationResults | None


@dataclass(frozen=True, slots=True)
class Disagreement:
    """A claim that is true in one source and false in others."""

    claim: Claim
    source: str
    false_in: tuple[str, ...]
    true_in: tuple[str, ...]


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Comparison(Plotted):
    """What `compare` found.

    Parameters
    ----------
    panels : dict of str to Panel
        The sources by name.
    pairs : tuple of Pair
        Every two of them.
    disagreements : tuple of Disagreement
        Claims on which they part, month by month.
    """

    panels: dict[str, Panel]
    pairs: tuple[Pair, ...]
    disagreements: tuple[Disagreement, ...]

    def frame(self) -> pd.DataFrame:
        """Months down, sources across; NaN where a source has no complete month."""
        return pd.DataFrame({name: known(panel) for name, panel in self.panels.items()})

    def pairs_frame(self) -> pd.DataFrame:
        """One row a pair."""
        rows = []
        for pair in self.pairs:
            low, high = pair.correlation.conf_int() if pair.correlation else (None, None)
            rows.append(
                {
                    "a": pair.a,
                    "b": pair.b,
                    "months": pair.months,
                    "same_sign": pair.same_sign,
                    "same_direction": pair.same_direction,
                    "mean_difference": pair.mean_difference,
                    "mean_absolute_difference": pair.mean_absolute_difference,
                    "rank_correlation": pair.correlation.params if pair.correlation else None,
                    "low": low,
                    "high": high,
                }
            )
        return pd.DataFrame(rows)

    def disagreements_frame(self) -> pd.DataFrame:
        """One row a claim."""
        columns = ["month", "source", "claim", "true_in", "false_in"]
        rows = [
            (
                d.claim.month,
                d.source,
                d.claim.sentence(),
                ", ".join(d.true_in),
                ", ".join(d.false_in),
            )
            for d in self.disagreements
        ]
        return pd.DataFrame(rows, columns=columns)

    def _repr_html_(self) -> str:
        return notebook_html(table=str(self.pairs_frame().round(2).to_html(index=False)))


def compare(
    panels: Mapping[str, Panel] | Sequence[Panel],
    *,
    first: MonthLike | None = None,
    last: MonthLike | None = None,
) -> Comparison:
    """Lay sources of one quantity side by side.

    Parameters
    ----------
    panels : mapping of str to Panel, or sequence of Panel
        Two or more panels of one series each, of one unit. A sequence is named by its sources.
    first, last : month, optional
        The months looked at; those of any source by default.

    Returns
    -------
    Comparison

    Raises
    ------
    BadOption
        If there are fewer than two, or a panel has several series, or units or kinds differ.
    NoValues
        If no month is complete in any two of them.

    Examples
    --------
    >>> from trends.loaders import load
    >>> found = compare({name: load(f"territory-gain-{name}") for name in ("afp", "isw")})
    >>> pair = found.pairs[0]
    >>> pair.months, round(pair.mean_absolute_difference)
    (22, 94)
    """
    named = _named(panels)
    for name, panel in named.items():
        start = max(panel.months[0], as_month(first)) if first is not None else panel.months[0]
        end = min(panel.months[-1], as_month(last)) if last is not None else panel.months[-1]
        if start > end:
            raise NoValues("compare", f"{name} has no month from {first} to {last}")
        named[name] = panel.window(start, end)
    pairs = tuple(_pair(a, b, named[a], named[b]) for a, b in combinations(named, 2))
    if not any(pair.months for pair in pairs):
        raise NoValues("compare", "no month is complete in two sources")
    return Comparison(named, pairs, tuple(_disagreements(named)))


def known(panel: Panel) -> pd.Series[float]:
    """The complete months of the only series of a panel."""
    return panel[panel.names[0]].astype("float64").where(panel.complete)


def _named(panels: Mapping[str, Panel] | Sequence[Panel]) -> dict[str, Panel]:
    if isinstance(panels, Mapping):
        named = {whole(name): panel for name, panel in panels.items()}
    else:
        named = {panel.source or f"source {k}": panel for k, panel in enumerate(panels, 1)}
        if len(named) < len(panels):
            raise BadOption("compare", "panels", "two of one source", "named: give a dict")
    if len(named) < 2:
        raise BadOption("compare", "panels", f"{len(named)} panel", "two or more")
    one = next(iter(named.values()))
    for name, panel in named.items():
        if panel.n_series != 1:
            raise BadOption("compare", name, f"{panel.n_series} series", "one series: select it")
        if (panel.unit, panel.kind) != (one.unit, one.kind):
            found = f"{panel.unit or 'no unit'} ({panel.kind})"
            raise BadOption("compare", name, found, f"in {one.unit} ({one.kind}) as the first is")
    return named


def _pair(a: str, b: str, first: Panel, second: Panel) -> Pair:
    both = pd.DataFrame({"a": known(first), "b": known(second)})
    steps = both.diff().dropna()  # consecutive months only: a gap is NaN and so is its diff
    both = both.dropna()
    if both.empty:
        return Pair(a, b, 0, None, None, None, None, None)
    gap = both["a"] - both["b"]
    try:
        correlation = fit_rank_correlation(both["a"], both["b"], where=f"compare {a} and {b}")
    except TrendsError:  # too few months, or one that never varies: nothing to say
        correlation = None
    return Pair(
        a,
        b,
        len(both),
        float(np.mean(np.sign(both["a"]) == np.sign(both["b"]))),
        float(np.mean(np.sign(steps["a"]) == np.sign(steps["b"]))) if len(steps) else None,
        float(gap.mean()),
        float(gap.abs().mean()),
        correlation,
    )


def _disagreements(named: dict[str, Panel]) -> list[Disagreement]:
    found = []
    for name, panel in named.items():
        for month in panel.months[1:]:
            for claim in propose(panel, month) if panel.status(month) == "complete" else []:
                if claim.type not in COMPARED:
                    continue
                verdicts = {
                    other: _outcome(claim, there) for other, there in named.items() if other != name
                }
                false_in = tuple(other for other, v in verdicts.items() if v == "false")
                true_in = tuple(other for other, v in verdicts.items() if v == "true")
                if false_in:
                    found.append(Disagreement(claim, name, false_in, true_in))
    return sorted(found, key=lambda d: (d.claim.month, d.claim.rarity or 1.0, d.source))


def _outcome(claim: Claim, panel: Panel) -> str:
    try:
        return replace(claim.bare(), series=panel.names[0]).check(panel).outcome
    except TrendsError:
        return "cannot say"
