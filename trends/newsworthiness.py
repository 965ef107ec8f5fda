"""Which of all true claims about a month come first."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from trends.claims import CLAIM_TYPES, Change, Claim, Multiple, Record, Since, Threshold
from trends.errors import BadOption, MonthOutside
from trends.panel import MonthLike, Panel, PanelLike, as_month, as_panel
from trends.robustness import RESTS_ON, find_margins

RULE = (
    "Claims are ordered by how rarely a month carries one as strong when the order of the months "
    "is random: a record of n months 1 in n, the highest since k months ago 1 in k, the r-th "
    "place of n months r in n, a streak of k 1 in (k + 1)!, a change or a multiple by its share "
    "among the changes of the series so far, a bound or a sign for the first time in n months 1 "
    "in n and since k months ago 1 in k, the highest total of twelve months 12 in n, a year to "
    "date above k whole years 1 in k + 1, a month without a quiet night the share of such months "
    "so far. Ties are broken by the simplicity of the wording, which is the order of the types, "
    "and by series."
)
SHORT_RULE = (
    "Of claims that say the same of one series only the first is kept: a bound crossed for the "
    "first time beside the record that crossed it, or beside a since-statement that reaches as far "
    "back, and a change beside a multiple of the same base. A claim that a revision of less than "
    "1% of one month would overturn counts as twice as common as it is."
)
NARROW = 0.01
_TYPES = tuple(CLAIM_TYPES)
_UPWARDS = ("above", "at least")


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
    month = as_month(month)
    found = [
        claim
        for panel in _panels(data, month)
        for kind in CLAIM_TYPES.values()
        for claim in kind.propose(panel, month)
    ]
    return sorted(found, key=order)


def _panels(data: PanelLike | Sequence[PanelLike], month: MonthLike) -> list[Panel]:
    """The panels that reach the month."""
    given = [data] if isinstance(data, Panel | pd.Series | pd.DataFrame) else data
    panels = [as_panel(each) for each in given]
    if not panels:
        raise BadOption("propose", "data", given, "at least one panel")
    month = as_month(month)
    inside = [panel for panel in panels if panel.months[0] <= month <= panel.months[-1]]
    if not inside:
        first = min(panel.months[0] for panel in panels)
        raise MonthOutside("propose", month, first, max(panel.months[-1] for panel in panels))
    return inside


def order(claim: Claim) -> tuple[float, int, str]:
    """The sort key of `RULE`."""
    rarity = 1.0 if claim.rarity is None else claim.rarity
    return (round(rarity, 12), _TYPES.index(claim.type), claim.series)


def claims(data: PanelLike | Sequence[PanelLike], month: MonthLike) -> list[Claim]:
    """The true claims about a month that are worth saying, the most newsworthy first.

    Those of `propose` without near-duplicates, and with the narrow ones set back.

    Parameters
    ----------
    data : Panel, Series, DataFrame, or a sequence of them
        What `as_panel` takes.
    month : Period, str or date
        The month, of which nothing later is looked at.

    Returns
    -------
    list of Claim
        In the order of `RULE` and `SHORT_RULE`.

    Raises
    ------
    MonthOutside, TooShort, NoValues
        As `propose`.

    Notes
    -----
    Each claim is weighed by its margin, which takes some milliseconds: for panels of thousands of
    series take `propose`.

    Examples
    --------
    >>> months = pd.period_range("2024-05", periods=14, freq="M")
    >>> drones = pd.Series([*range(3013, 3000, -1), 5438.0], months)
    >>> [claim.type for claim in propose(drones, "2025-06")]
    ['record', 'threshold', 'change', 'change']
    >>> [claim.type for claim in claims(drones, "2025-06")]
    ['record', 'change', 'change']
    """
    weighed: list[tuple[tuple[float, int, str], Claim]] = []
    for panel in _panels(data, month):
        for claim in propose(panel, month):
            rarity, kind, series = order(claim)
            weighed.append(((rarity * (2 if _narrow(claim, panel) else 1), kind, series), claim))
    kept: dict[tuple[object, ...], Claim] = {}
    for _, claim in sorted(weighed, key=lambda pair: pair[0]):
        kept.setdefault((claim.series, claim.subject, *_says(claim)), claim)
    return list(kept.values())


def _narrow(claim: Claim, panel: Panel) -> bool:
    if claim.type not in RESTS_ON:
        return False
    relative = find_margins(claim, panel).relative
    return bool(abs(relative) < NARROW)


def _says(claim: Claim) -> tuple[object, ...]:
    """What two claims have in common if they say the same."""
    match claim:
        case Record(direction=way):
            return ("extreme", way)
        case Since(direction=way, since=since):
            return ("since", way, since)
        case Threshold(op=op, first_ever=True):
            return ("extreme", "high" if op in _UPWARDS else "low")
        case Threshold(op=op, first_since=since) if since is not None:
            return ("since", "high" if op in _UPWARDS else "low", since)
        case Change(base=base) | Multiple(base=base):
            return ("against", base)
    return (claim.type, claim.sentence())
