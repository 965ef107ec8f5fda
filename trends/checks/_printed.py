"""What publishers printed for the months that a claim is about."""

from __future__ import annotations

import pandas as pd

from trends.claims import Change, Claim, Multiple
from trends.loaders import load
from trends.panel import Panel
from trends.wording import amount, language_of, month_words, read_words


def printed_figures(panel: Panel, month: pd.Period, language: str = "en") -> list[str]:
    """Every published figure for a month of the panel's metric, with its publisher and caveat."""
    if not panel.metric:
        return []
    words = read_words(language)
    return [
        words(
            "reasons.told.figure",
            publisher=row["publisher"],
            figure=amount(float(row["value"]), str(row["unit"]), language),
            day=f"{row['published_date']:%Y-%m-%d}",
            note=row["note"] or None,
        )
        for row in _rows(panel.metric, month).to_dict("records")
    ]


def printed_instead(claim: Claim, panel: Panel, language: str = "en") -> list[str]:
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
        said.append(
            read_words(language)(
                "reasons.told.instead",
                publisher=publisher,
                before=amount(before, "", language),
                base=month_words(claim.base, language),
                after=amount(after, "", language),
                month=month_words(claim.month, language),
                number=_said(claim, after / before, panel, language),
            )
        )
    return said


def _said(claim: Change | Multiple, ratio: float, panel: Panel, language: str) -> str:
    """The number that a claim of its kind would print."""
    words, speaks = read_words(language), language_of(language)
    if isinstance(claim, Multiple):
        return words("reasons.told.times", number=speaks.ratio(ratio))
    daily = ratio * claim.base.days_in_month / claim.month.days_in_month - 1
    same_length = claim.base.days_in_month == claim.month.days_in_month
    by_day = None if same_length or panel.kind != "flow" else speaks.percent(daily)
    return words("reasons.told.percent", percent=speaks.percent(ratio - 1), daily=by_day)


def _rows(metric: str, month: pd.Period) -> pd.DataFrame:
    table = load("published-monthly")
    return table[(table["metric"] == metric) & (table["period"] == str(month))]


def _plain(rows: pd.DataFrame, unit: str) -> pd.Series[float]:
    kept = rows[(rows["note"].fillna("") == "") & (rows["unit"] == unit)]
    return kept.drop_duplicates("publisher", keep="last").set_index("publisher")["value"]
