"""What a reader must know of a month before any claim."""

from __future__ import annotations

import pandas as pd

from trends.claims import Streak
from trends.detect import find_streaks
from trends.panel import Panel
from trends.wording import amount, chain_words, month_words


def notices(panel: Panel, month: pd.Period) -> list[str]:
    """What a reader must know of a month before any claim: partial, a gap, a break, a turn."""
    said = []
    name = panel.quantity or ", ".join(panel.names[:3])
    days = int(panel.observed_days[panel.position(month)])
    status = panel.status(month)
    if status == "partial":
        said.append(
            f"{month_words(month)} is not complete for {name}: {days} of {month.days_in_month} "
            "days were observed. It is shown and not compared."
        )
    if status == "gap":
        said.append(f"No value of {name} is known for {month_words(month)}.")
    for anomaly in panel.anomalies:
        if anomaly.kind == "method break" and anomaly.first <= month:
            since = (month - anomaly.first).n
            if since < 13:
                said.append(
                    f"Method break in {name}, {month_words(anomaly.first)}: {anomaly.note} Values "
                    "before and after are not compared."
                )
    return said + _turns(panel, month)


def _turns(panel: Panel, month: pd.Period) -> list[str]:
    """The streaks that the month ends."""
    known = panel.until(month)
    if known.n_time < 3:
        return []
    said = []
    for direction, other in (("rise", "fall"), ("fall", "rise")):
        before = find_streaks(known, direction=direction).lengths[:, -2]  # type: ignore[arg-type]
        now = find_streaks(known, direction=other).lengths[:, -1]  # type: ignore[arg-type]
        for i, series in enumerate(known.names):
            if before[i] < 2 or not now[i]:
                continue
            streak = next((c for c in Streak.propose(panel, month - 1) if c.series == series), None)
            if streak is None:
                continue
            words = {"acceleration": "months of acceleration", "slowing": "months of slowing"}
            what = words.get(streak.kind, f"monthly {streak.kind}s")
            sign = "<" if direction == "rise" else ">"
            chain = chain_words(streak.chain, [sign] * streak.length)
            way = "fall" if other == "fall" else "rise"
            said.append(
                f"{streak.subject[:1].upper()}{streak.subject[1:]}: the {way} to "
                f"{amount(float(known.values[i, -1]), streak.unit)} in {month_words(month)} ends a "
                f"streak of {streak.length} {what} ({chain})."
            )
    return said
