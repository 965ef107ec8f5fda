"""What a reader must know of a month before any claim."""

from __future__ import annotations

from typing import Any

import pandas as pd

from trends.claims import Streak
from trends.detect import find_streaks
from trends.panel import Panel
from trends.wording import Words, amount, chain_words, month_words, quantity_words

PACES = ("acceleration", "slowing", "rise", "fall")
RECENT = 13  # months for which a method break is news


def notices(panel: Panel, month: pd.Period, words: Words) -> list[str]:
    """What a reader must know of a month before any claim: partial, a gap, a break, a turn."""
    said = []
    name = quantity_words(panel.quantity or ", ".join(panel.names[:3]), words.language)
    when = month_words(month, words.language)
    days = int(panel.observed_days[panel.position(month)])
    status = panel.status(month)
    if status == "partial":
        said.append(words("notices.partial", month=when, name=name, n=days, of=month.days_in_month))
    if status == "gap":
        said.append(words("notices.gap", name=name, month=when))
    said += [
        words(
            "notices.method_break",
            name=name,
            month=month_words(a.first, words.language),
            note=a.note,
        )
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
            said.append(_turn(streak, float(known.values[i, -1]), other, month, words))
    return said


def _turn(streak: Any, value: float, way: str, month: pd.Period, words: Words) -> str:
    subject = str(quantity_words(streak.subject, words.language))
    signs = ["<" if way == "fall" else ">"] * streak.length
    return words(
        f"notices.ends_{way}",
        subject=f"{subject[:1].upper()}{subject[1:]}",
        figure=amount(value, streak.unit, words.language),
        month=month_words(month, words.language),
        what=words(f"notices.{streak.kind}", n=streak.length),
        chain=chain_words(streak.chain, signs, words.language),
    )
