"""What a reader must know of a month before any claim."""

from __future__ import annotations

import pandas as pd

from trends.claims import Streak
from trends.detect import find_streaks
from trends.panel import Panel
from trends.report._words import Words
from trends.wording import amount, chain_words, month_words

PACES = ("acceleration", "slowing", "rise", "fall")
RECENT = 13  # months for which a method break is news


def notices(panel: Panel, month: pd.Period, words: Words) -> list[str]:
    """What a reader must know of a month before any claim: partial, a gap, a break, a turn."""
    said = []
    name, when = panel.quantity or ", ".join(panel.names[:3]), month_words(month)
    days = int(panel.observed_days[panel.position(month)])
    status = panel.status(month)
    if status == "partial":
        said.append(words("notices.partial", month=when, name=name, n=days, of=month.days_in_month))
    if status == "gap":
        said.append(words("notices.gap", name=name, month=when))
    said += [
        words("notices.method_break", name=name, month=month_words(a.first), note=a.note)
        for a in panel.anomalies
        if a.kind == "method break" and a.first <= month and (month - a.first).n < RECENT
    ]
    return said + _turns(panel, month, words)


def _turns(panel: Panel, month: pd.Period, words: Words) -> list[str]:
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
            proposed = [c for c in Streak.propose(panel, month - 1) if c.kind in PACES]
            streak = next((c for c in proposed if c.series == series), None)
            if streak is None:
                continue
            sign = "<" if direction == "rise" else ">"
            said.append(
                words(
                    f"notices.ends_{other}",
                    subject=f"{streak.subject[:1].upper()}{streak.subject[1:]}",
                    figure=amount(float(known.values[i, -1]), streak.unit),
                    month=month_words(month),
                    n=streak.length,
                    what=words(f"notices.{streak.kind}"),
                    chain=chain_words(streak.chain, [sign] * streak.length),
                )
            )
    return said
