"""How little would have to be revised for a claim to fall."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
import numpy.typing as npt
import pandas as pd

from trends.claims import Claim
from trends.errors import BadOption
from trends.panel import Panel, PanelLike, Shown, as_panel
from trends.robustness._inequalities import Inequality, comparable, rests_on
from trends.wording import Figure, Portion, Saying

__all__ = ["Margins", "find_margins"]

_Row: TypeAlias = tuple[pd.Period, float, float, float, Saying]


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Margins(Shown):
    """What `find_margins` found of a claim that is true.

    Parameters
    ----------
    claim : Claim
        The claim, of which the statement is looked at and not the figures printed with it.
    panel : Panel
        What it is true of.
    month : Period or None
        The month of which the smallest revision, relative to its value, overturns the claim; None
        where no revision of one month can, or the type of the claim knows no margin.
    revision : float
        That revision, in the unit of the panel: with it the claim stands on the edge, and beyond it
        falls.
    relative : float
        The revision divided by the value of the month.
    breaks : Saying
        What does not hold any more then; ``breaks.into("fr")`` in another language.
    joint : float
        The smallest share of itself by which every month may have to be revised at once, each in
        the worse direction, to overturn the claim.
    as_large : float
        The share of past revisions that were at least as large as `relative`; NaN where none are
        known.
    n_revisions : int
        How many are known.
    months : DataFrame
        One row a month that the claim rests on: ``month, value, revision, relative, breaks``.
    """

    claim: Claim
    panel: Panel
    month: pd.Period | None
    revision: float
    relative: float
    breaks: Saying
    joint: float
    as_large: float
    n_revisions: int
    months: pd.DataFrame

    def frame(self) -> pd.DataFrame:
        """One row a month that the claim rests on, the weakest first."""
        return self.months.copy()

    def summary(self, language: str = "en") -> str:
        """One or two sentences.

        Parameters
        ----------
        language : {'en', 'fr', 'uk'}
            Of the sentences.
        """
        if self.month is None:
            return Saying("margins.none").into(language)
        said = [
            Saying(
                f"margins.{'more' if self.revision > 0 else 'less'}",
                month=self.month,
                moved=Figure(self._moved(), self.panel.unit),
                relative=Portion(self.share, signed=True),
                joint=Portion(self.joint),
            )
        ]
        if self.n_revisions:
            large = Portion(self.as_large, decimals=0)
            said.append(Saying("margins.revisions", n=self.n_revisions, share=large))
        return " ".join(each.into(language) for each in said)

    @property
    def share(self) -> float:
        """`relative`, but of counts for the whole number that it takes."""
        return self.relative * (self._moved() / abs(self.revision) if self.revision else 1.0)

    def _moved(self) -> float:
        """The size of the revision; of counts a whole number, since no other can come."""
        known = self.panel.values[~np.isnan(self.panel.values.astype(np.float64))]
        whole = bool((known == np.floor(known)).all()) and self.panel.unit != "km2"
        return float(np.ceil(abs(self.revision)) if whole else abs(self.revision))


_NO_ROW = (None, 0.0, np.nan, np.nan, Saying(""))


def find_margins(
    claim: Claim, data: PanelLike, *, revisions: npt.ArrayLike | None = None
) -> Margins:
    """Find the smallest revision of one month, and of all months at once, that overturns a claim.

    A claim that is true consists of inequalities that are linear in the values of the months:
    *highest since November* says that June is above May, above April, and so on. The smallest
    revision is the smallest that breaks one of them, which is exact and needs no search. What only
    makes a claim loose (a streak that is longer, a number that is a little off) overturns nothing.

    Parameters
    ----------
    claim : Claim
        A claim that is true of the data.
    data : Panel, Series or DataFrame
        What `as_panel` takes.
    revisions : array_like of float, optional
        Sizes of past revisions of such values, relative to the value: ``to_come / value`` of
        `trends.revisions`.

    Returns
    -------
    Margins

    Raises
    ------
    BadOption
        If the claim is not true of the data: it is overturned already.

    Notes
    -----
    Multiplying the series by a positive number multiplies `revision` and changes nothing else.

    Examples
    --------
    >>> from trends.claims import Since
    >>> km2 = pd.Series([725.0, 476, 430, 389, 240, 379, 507, 588],
    ...                 pd.period_range("2024-11", periods=8, freq="M"))
    >>> print(find_margins(Since(series="value", month="2025-06", since="2024-11"), km2).summary())
    It falls if June 2025 is 81 less (−13.8%), or if every month is 7.4% off in the worse direction.
    """
    panel = as_panel(data)
    bare = claim.bare()
    outcome = bare.check(panel).outcome
    if outcome not in ("true", "loose"):
        raise BadOption("find_margins", "claim", outcome, "a claim that is true of the data")
    rests = [each for each in rests_on(bare, panel) or () if each.turns == "false"]
    values = comparable(bare, panel, None)
    columns = ["month", "value", "revision", "relative", "breaks"]
    weakest: dict[pd.Period, _Row] = {}
    for row in sorted(_rows(rests, values), key=lambda row: (abs(row[3]), -row[0].ordinal)):
        weakest.setdefault(row[0], row)
    rows = list(weakest.values())
    months = pd.DataFrame(rows, columns=columns)
    joint = min((_joint(each, values) for each in rests), default=np.nan)
    known = np.abs(np.asarray([] if revisions is None else revisions, np.float64))
    known = known[np.isfinite(known)]
    finite = [row for row in rows if np.isfinite(row[3])]
    month, _, revision, relative, breaks = finite[0] if finite else _NO_ROW
    as_large = float(np.mean(known >= abs(relative))) if len(known) and finite else np.nan
    return Margins(
        claim, panel, month, revision, relative, breaks, joint, as_large, len(known), months
    )


def _rows(rests: list[Inequality], values: pd.Series[float]) -> list[_Row]:
    """For each inequality and month of it the revision that breaks it."""
    rows = []
    for each in rests:
        slack = max(each.slack(values), 0.0)
        for month, factor in each.terms.items():
            value = float(values.get(month, np.nan))
            revision = -slack / factor if factor else np.inf
            relative = revision / abs(value) if value else np.copysign(np.inf, revision)
            rows.append((month, value, revision, relative, each.words))
    return rows


def _joint(each: Inequality, values: pd.Series[float]) -> float:
    """The share of itself by which every month has to move for an inequality to break."""
    room = sum(abs(factor * values.get(month, np.nan)) for month, factor in each.terms.items())
    return float(max(each.slack(values), 0.0) / room) if room else np.inf
