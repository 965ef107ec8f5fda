"""Which of all true claims about a month come first."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from trends.claims import CLAIM_TYPES, Claim
from trends.errors import BadOption, MonthOutside
from trends.panel import MonthLike, Panel, PanelLike, as_month, as_panel

RULE = (
    "Claims are ordered by how rarely a month carries one as strong when the order of the months "
    "is random: a record of n months 1 in n, the highest since k months ago 1 in k, the r-th "
    "place of n months r in n, a streak of k 1 in (k + 1)!, a change or a multiple by its share "
    "among the changes of the series so far. Ties are broken by claim type and series."
)
_TYPES = tuple(CLAIM_TYPES)


def propose(data: PanelLike | Sequence[PanelLike], month: MonthLike) -> list[Claim]:
    """All true claims about a month, the most newsworthy first.

    Parameters
    ----------
    data : Panel, Series, DataFrame, or a sequence of them
        What `as_panel` takes. A panel that has no complete value in `month` yields no claim.
    month : Period, str or date
        The month, of which nothing later is looked at.

    Returns
    -------
    list of Claim
        In the order of `RULE`.

    Raises
    ------
    MonthOutside
        If the month lies outside all of the data.
    TooShort, NoValues
        If a panel has fewer than two months up to `month`, or no value.

    Examples
    --------
    >>> months = pd.period_range("2025-02", periods=5, freq="M")
    >>> km2 = pd.Series([389.0, 240, 379, 507, 588], months)
    >>> [claim.type for claim in propose(km2, "2025-06")]
    ['streak', 'change']
    """
    given = [data] if isinstance(data, Panel | pd.Series | pd.DataFrame) else data
    panels = [as_panel(each) for each in given]
    if not panels:
        raise BadOption("propose", "data", given, "at least one panel")
    month = as_month(month)
    inside = [panel for panel in panels if panel.months[0] <= month <= panel.months[-1]]
    if not inside:
        first = min(panel.months[0] for panel in panels)
        raise MonthOutside("propose", month, first, max(panel.months[-1] for panel in panels))
    found = [
        claim
        for panel in inside
        for kind in CLAIM_TYPES.values()
        for claim in kind.propose(panel, month)
    ]
    return sorted(found, key=order)


def order(claim: Claim) -> tuple[float, int, str]:
    """The sort key of `RULE`."""
    rarity = 1.0 if claim.rarity is None else claim.rarity
    return (round(rarity, 12), _TYPES.index(claim.type), claim.series)
