"""How surprising a claim is: statistical support, apart from its arithmetic."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pandas as pd

from trends.claims import Claim
from trends.errors import TrendsError
from trends.models import SurpriseResults, fit_surprise
from trends.panel import Panel

RARE = 0.05
_FINDINGS: dict[str, tuple[Any, dict[str, Any]]] = {
    "record": ("record", {"high": "high", "low": "low"}),
    "since": ("since", {"high": "high", "low": "low"}),
    "streak": (
        "streak",
        {"rise": "rise", "acceleration": "rise", "fall": "fall", "slowing": "fall"},
    ),
}


@dataclass(frozen=True, slots=True)
class Support:
    """How often chance alone brings a claim as strong.

    Parameters
    ----------
    at_this_month : float
        Chance in the month, named beforehand.
    anywhere : float
        Chance in at least one of the months searched.
    null : str
        The model of chance that the two are of.
    words : str
        Both, in sentences, with the model and what was searched.
    """

    at_this_month: float
    anywhere: float
    null: str
    words: str

    @property
    def rare(self) -> bool:
        """Whether a month named beforehand brings it less than once in twenty times."""
        return self.at_this_month < RARE


def support_of(claim: Claim, panel: Panel, language: str = "en") -> Support | None:
    """The support of a record, a since-statement or a streak; None for other claims.

    Of a record within a span only that span counts. None also where the month has no such
    finding, or too little is known.
    """
    if claim.type not in _FINDINGS:
        return None
    finding, directions = _FINDINGS[claim.type]
    kind = getattr(claim, "direction", getattr(claim, "kind", ""))
    if kind not in directions:
        return None
    start: pd.Period | None = getattr(claim, "start", None)
    one = panel.select(claim.series)
    if panel.kind == "stock" and claim.type == "streak":
        one = one.flow()
    if start is not None and one.months[0] < start < claim.month:
        one = one.window(start, one.months[-1])
    try:
        found = fit_surprise(one, claim.month, finding=finding, direction=directions[kind])
    except TrendsError:
        return None
    return _told(found, language) if found.found else None


def _told(found: SurpriseResults, language: str) -> Support:
    return Support(found.at_this_month, found.anywhere, found.null, found.summary(language))
