"""What a claim would be with another reference, another span, or another month."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from trends.claims import Claim
from trends.errors import BadOption
from trends.panel import Panel, PanelLike, Shown, as_panel
from trends.robustness._counters import counter
from trends.robustness._inequalities import RESTS_ON, comparable
from trends.robustness._strengths import KINDS, Choice
from trends.wording import Saying

__all__ = ["Perturbations", "find_perturbations"]

CHERRY = 0.10  # a choice among the strongest tenth of all choices is called picked
SPAN = 24
USUAL = (1, 12)  # months back


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Perturbations(Shown):
    """What `find_perturbations` found.

    Parameters
    ----------
    claim : Claim
        The claim.
    panel : Panel
        What it is said of.
    choice : {'reference', 'start', 'window', ''}
        Which of its parameters the speaker could have chosen otherwise; '' for none.
    strength : float
        What it says, as one number: a change, how many months are beaten, the length of a streak.
    choices : DataFrame
        One row another choice: ``choice, strength``.
    months : DataFrame
        One row another month that could have carried the claim: ``month, strength``.
    fairness : float
        Mean over the choices of their strength relative to that of the claim, minus 1: 0 where the
        claim says what a usual choice says, below where it says more.
    robustness : float
        ``exp(-mean(min(0, relative strength - 1)**2))``: 1 where no other choice weakens it.
    uniqueness : float
        Share of the other months with a weaker statement.
    picked : bool
        Whether the choice is among the strongest tenth.
    counter : Saying
        The strongest argument against it, in a sentence; '' where there is none.
        ``counter.into("fr")`` is the same in another language.
    """

    claim: Claim
    panel: Panel
    choice: Choice
    strength: float
    choices: pd.DataFrame
    months: pd.DataFrame
    fairness: float
    robustness: float
    uniqueness: float
    picked: bool
    counter: Saying

    @property
    def equals(self) -> int:
        """How many of the other months could have carried a headline as strong."""
        return int((self.months["strength"] >= _floor(self.strength)).sum())

    @property
    def usual(self) -> bool:
        """Whether the reference is one that suggests itself: the month or the year before."""
        base = getattr(self.claim, "base", None)
        return base is not None and (self.claim.month - base).n in USUAL

    def frame(self) -> pd.DataFrame:
        """The other choices, the strongest first."""
        return self.choices.sort_values("strength", ascending=False, ignore_index=True)

    def summary(self, language: str = "en") -> str:
        """Some sentences.

        Parameters
        ----------
        language : {'en', 'fr', 'uk'}
            Of the sentences.
        """
        said = []
        if len(self.months):
            said.append(_counted("months", self.equals, len(self.months)))
        if self.choice and len(self.choices):
            as_strong = int((self.choices["strength"] >= _floor(self.strength)).sum())
            tail = Saying("")
            if self.picked:
                tail = Saying(f"choices.{'usual' if self.usual else 'picked'}")
            said.append(_counted(self.choice, as_strong, len(self.choices), tail=tail))
        return " ".join(each.into(language) for each in (*said, self.counter) if each)


def _counted(key: str, k: int, n: int, **slots: Saying) -> Saying:
    return Saying(f"choices.{key if k else f'no_{key}'}", k=k, n=n, **slots)


def find_perturbations(claim: Claim, data: PanelLike, *, span: int = SPAN) -> Perturbations:
    """Lay a claim beside those that other choices of reference, span or month would have given.

    A change of 40% says little if most other reference months give less, and *highest since March*
    if every other month is the highest since some month. Each claim has one strength, a number; it
    is computed anew for every reference (the `span` months before), start of the span or length of
    the window, and for every month of the `span` before. Fairness, robustness and uniqueness are
    those of [1]_, with every choice weighted alike.

    Parameters
    ----------
    claim : Claim
        A record, since, rank, streak, change, multiple, threshold, total or window claim. It need
        not be true.
    data : Panel, Series or DataFrame
        What `as_panel` takes.
    span : int
        How many months back choices reach.

    Returns
    -------
    Perturbations

    Raises
    ------
    BadOption
        If the claim is of another type, or its month is not known.

    Notes
    -----
    Multiplying the series by a positive number changes nothing but a threshold. A reference is
    called *picked* where at most a tenth of the references, itself included, say as much; where
    some show a rise and some a fall, at most a twentieth. So of references drawn at random no more
    than a tenth are, whatever the series.

    References
    ----------
    .. [1] Y. Wu, P. K. Agarwal, C. Li, J. Yang and C. Yu, "Toward computational fact-checking",
       Proceedings of the VLDB Endowment 7(7), 589-600, 2014, doi:10.14778/2732286.2732295.

    Examples
    --------
    >>> from trends.claims import Multiple
    >>> km2 = pd.Series([725.0, 476, 430, 389, 240, 379, 507, 588],
    ...                 pd.period_range("2024-11", periods=8, freq="M"))
    >>> claim = Multiple(series="value", month="2025-06", base="2025-03", multiple=2.4)
    >>> found = find_perturbations(claim, km2)
    >>> found.strength, found.picked, found.counter
    (2.45, False, 'But against the month before, May 2025 (507), it is +16.0%.')
    """
    if claim.type not in KINDS:
        raise BadOption("find_perturbations", "claim", claim.type, f"one of {', '.join(KINDS)}")
    if span < 1:
        raise BadOption("find_perturbations", "span", span, "at least 1")
    panel = as_panel(data)
    row = comparable(claim, panel, RESTS_ON[claim.type][0] if claim.type in RESTS_ON else None)
    if claim.month not in row.index:
        needed = "a claim on a complete month that is known"
        raise BadOption("find_perturbations", "claim", str(claim.month), needed)
    kind = KINDS[claim.type]
    near = row.loc[claim.month - span : claim.month]
    own, all_choices = kind.choices(claim, row.loc[: claim.month])
    all_choices = all_choices.dropna()
    if kind.choice == "reference":
        reach = min(own, claim.month - span)
        all_choices = all_choices[all_choices.index >= reach]
    strength = float(all_choices.get(own, np.nan))
    others = all_choices[all_choices.index != own]
    months = near.index[:-1]
    elsewhere = pd.Series([kind.at(claim, row, month) for month in months], months, dtype=float)
    elsewhere = elsewhere.dropna()
    relative = others / strength - 1 if strength > 0 else others * np.nan
    # Rises and falls are both there to be picked from: of references drawn at random no more than
    # the tenth may be called picked, whichever way they turn out.
    both = (all_choices < kind.neutral).any() and (all_choices > kind.neutral).any()
    most = CHERRY / 2 if both else CHERRY
    picked = len(others) > 0 and (all_choices >= _floor(strength)).mean() <= most
    return Perturbations(
        claim,
        panel,
        kind.choice,
        strength,
        others.rename_axis("choice").rename("strength").reset_index(),
        elsewhere.rename_axis("month").rename("strength").reset_index(),
        float(relative.mean()) if len(others) else np.nan,
        float(np.exp(-np.mean(np.minimum(relative, 0.0) ** 2))) if len(others) else np.nan,
        float((elsewhere < _floor(strength)).mean()) if len(elsewhere) else np.nan,
        bool(picked),
        counter(claim, _ranked(claim, panel, row), panel.unit),
    )


def _ranked(claim: Claim, panel: Panel, row: pd.Series[float]) -> pd.Series[float]:
    """The months up to the claim's that an argument may name: not those left out of ranks."""
    ranked = comparable(claim, panel, "ranks")
    return (ranked if claim.month in ranked.index else row).loc[: claim.month]


def _floor(strength: float) -> float:
    """What is as strong, but for the last bits."""
    return strength - 1e-12 * max(1.0, abs(strength))
