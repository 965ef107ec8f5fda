"""What publishers printed for the months that a claim is about."""

from __future__ import annotations

import pandas as pd

from trends.claims import Change, Claim, Multiple
from trends.loaders import load
from trends.panel import Panel
from trends.wording import amount, month_words, percent


def printed_figures(panel: Panel, month: pd.Period) -> list[str]:
    """Every published figure for a month of the panel's metric, with its publisher and caveat."""
    if not panel.metric:
        return []
    said = []
    for row in _rows(panel.metric, month).to_dict("records"):
        note = f"; {row['note']}" if row["note"] else ""
        figure = amount(float(row["value"]), str(row["unit"]))
        said.append(f"{row['publisher']}: {figure} ({row['published_date']:%Y-%m-%d}{note})")
    return said


def printed_instead(claim: Claim, panel: Panel) -> list[str]:
    """A change as it comes out of the figures of one publisher, where these differ from ours.

    Only figures that were printed without a reservation, in the unit of the panel, and for both
    months by the same publisher.
    """
    if not isinstance(claim, Change | Multiple) or not panel.metric:
        return []
    now, base = (_plain(_rows(panel.metric, m), panel.unit) for m in (claim.month, claim.base))
    said = []
    for publisher in now.index.intersection(base.index):
        after, before = float(now[publisher]), float(base[publisher])
        if (after, before) == (claim.value, claim.base_value) or before <= 0:
            continue
        number = _said(claim, after / before, panel)
        said.append(
            f"{publisher} printed {amount(before)} for {month_words(claim.base)} and "
            f"{amount(after)} for {month_words(claim.month)}: {number}."
        )
    return said


def _said(claim: Change | Multiple, ratio: float, panel: Panel) -> str:
    """The number that a claim of its kind would print."""
    if isinstance(claim, Multiple):
        return f"{ratio:,.3g} times"
    daily = ratio * claim.base.days_in_month / claim.month.days_in_month - 1
    same_length = claim.base.days_in_month == claim.month.days_in_month
    by_day = "" if same_length or panel.kind != "flow" else f" ({percent(daily)} per day)"
    return f"{percent(ratio - 1)}{by_day}"


def _rows(metric: str, month: pd.Period) -> pd.DataFrame:
    table = load("published-monthly")
    return table[(table["metric"] == metric) & (table["period"] == str(month))]


def _plain(rows: pd.DataFrame, unit: str) -> pd.Series[float]:
    kept = rows[(rows["note"].fillna("") == "") & (rows["unit"] == unit)]
    return kept.drop_duplicates("publisher", keep="last").set_index("publisher")["value"]
