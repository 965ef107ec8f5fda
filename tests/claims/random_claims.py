"""Claims of every type near the truth of random panels, so that they meet every verdict."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from decimal import Decimal
from random import Random

import numpy as np
import pandas as pd

from trends.claims import CLAIM_TYPES, Claim
from trends.panel import Anomaly, Panel

START = pd.Period("2023-01", "M")
HEDGES = ("", "", "about", "almost", "more than", "less than")
NOTE = "2022-24: A note of the data, in their own words."  # no name of a month, no common word


def panel_of(rng: Random, kind: str = "") -> Panel:
    """Three series, x and what was gained and lost, with gaps, ties, breaks, partial months."""
    length = rng.choice([3, 8, 14, 30, 40])
    months = pd.period_range(START, periods=length, freq="M")
    trend = rng.choice([0, 0, 40, 3, -20])
    scale = rng.choice([3, 12, 500, 5000])
    rows = [[float(rng.randint(-scale // 4 if rng.random() < 0.4 else 0, scale)) + trend * t
             for t in range(length)] for _ in range(3)]  # fmt: skip
    if rng.random() < 0.3:
        rows = [[x + rng.choice([0, 0.5, 0.25]) for x in row] for row in rows]
    nights = kind == "nights" or rng.random() < 0.1
    if nights:
        rows = [[float(rng.choice([0, 0, 0, 1, 3, 28])) for _ in row] for row in rows]
    values = np.array(rows)
    days = np.asarray(months.days_in_month).copy()
    for t in range(length):
        if rng.random() < 0.04:
            values[:, t], days[t] = np.nan, 0
        elif rng.random() < 0.03 or (kind == "pace" and t > length - 3):
            days[t] = rng.randint(1, 27)
    if rng.random() < 0.15:
        values[rng.randrange(3), rng.randrange(length)] = np.nan
    unit = rng.choice(["", "drones", "missiles", "km2", "km2 per day", "percent", "drones"])
    panel_kind = rng.choice(["flow", "flow", "flow", "stock", "rate"])
    return Panel(
        values,
        months,
        ["x", "gained", "lost"],
        unit="nights" if nights else "drones" if rng.random() < 0.2 else unit,
        kind="flow" if nights else panel_kind,
        quantity=rng.choice(["", "drones launched", "missiles launched"]),
        adds_up_to=rng.choice(["", "", "territory held"]),
        metric=rng.choice(["", "drones_largest_night"]) if not nights else "drones_nights_without",
        observed_days=days,
        anomalies=tuple(_anomalies(rng, length)),
    )


def _anomalies(rng: Random, length: int) -> Iterator[Anomaly]:
    for _ in range(rng.choice([0, 0, 1, 2])):
        first = rng.randrange(length)
        last = min(first + rng.randrange(3), length - 1)
        kind = rng.choice(["method break", "splice", "one-off", "outage", "double count"])
        left_out = tuple(p for p in ("records", "ranks", "streaks") if rng.random() < 0.5)
        yield Anomaly(START + first, START + last, kind, NOTE, "",
                      left_out if kind == "one-off" else ())  # fmt: skip


def claim_of(rng: Random, name: str, panel: Panel) -> Claim:
    """A claim whose figures are those of the panel, or near them, or of another month."""
    late = rng.random() < 0.7
    t = rng.randrange(max(panel.n_time - 4, 1) if late else 0, panel.n_time)
    month, series = panel.months[t], rng.choice(["x", "x", "gained"])
    row = panel[series]
    flow = row.diff() if panel.kind == "stock" else row

    def near(value: float, chance: float = 0.6) -> float | Decimal | int:
        if value != value:
            value = 7.0
        if rng.random() < chance:
            return value
        value *= rng.choice([1.0, 1.02, 0.95, 1.3, 0.7, 2.0])
        return rng.choice([round(value), round(value, 1), Decimal(f"{value:.1f}")])

    def other() -> pd.Period:
        if rng.random() < 0.05:
            return month + rng.choice([1, 60, -60, 0])
        return panel.months[rng.randrange(t)] if t else month

    def maybe(value: object, chance: float = 0.4) -> object:
        return value if rng.random() < chance else None

    def someday() -> dt.date:
        return (month.start_time + pd.Timedelta(days=rng.randint(-60, 40))).date()

    at = float(row.iloc[t])
    hedge = rng.choice(HEDGES)
    base = other()
    before = float(row.get(base, np.nan))
    ratio = at / before if before else 1.0
    high = rng.choice(["high", "low"])
    first = min(other(), month)
    span = flow.loc[first:month]
    total = float(span.sum())
    low_first = rng.choice([first, max(month - rng.randint(0, 3), START)])
    when = rng.choice([{}, {}, {"first_since": other()}, {"first_ever": True}])
    options: dict[str, object] = {}
    match name:
        case "record":
            best = float((row.iloc[:t].max() if high == "high" else row.iloc[:t].min()) if t else 0)
            options = {
                "direction": high, "start": maybe(other()), "day": maybe(someday()),
                "previous": maybe(other()),
                "previous_value": maybe(near(rng.choice([best, best, (best + at) / 2])), 0.6),
                "margin": maybe(near(abs(at - best))), "margin_hedge": hedge,
                "of": "night" if high == "high" and rng.random() < 0.6 else "month",
            }  # fmt: skip
        case "since":
            options = {"since": other(), "direction": high, "since_value": maybe(near(before)),
                       "words_since": rng.choice(["", "", "summer"])}  # fmt: skip
        case "streak":
            kinds = ["rise", "fall", "acceleration", "slowing", "record", "nights"]
            length = rng.choice([1, 1, 1, 2, 2, 3, 4])
            kind = rng.choice(kinds) if panel.unit != "nights" else "nights"
            nights = kind == "nights"
            chain = tuple(float(v) for v in row.iloc[max(t - length, 0) : t + 1])
            options = {
                "length": rng.choice([3, 31, 51, 61, 70]) if nights else length, "kind": kind,
                "chain": () if nights or np.isnan(chain).any() else maybe(chain) or (),
                "since_day": maybe(someday()) if nights else None,
            }  # fmt: skip
        case "rank":
            options = {
                "rank": rng.choice([1, 1, 2, 2, 3, 5, 13]), "direction": high,
                "start": maybe(other()), "end": maybe(other(), 0.1),
                "at_least": rng.random() < 0.3,
                "ahead": tuple(sorted({other() for _ in range(rng.choice([0, 0, 1, 2]))})),
                "excluding": rng.choice([(), (), ((first, first + 1),)]),
            }  # fmt: skip
        case "change":
            percent = near(round(100 * (ratio - 1), 1)) if np.isfinite(ratio) else 10
            gap = near(at - before)
            options = {
                "base": base, "hedge": hedge, "base_value": maybe(near(before)),
                "per": rng.choice(["month", "month", "day"]),
                **rng.choice([{"percent": percent}, {"percent": percent}, {"absolute": gap},
                              {"percent": gap, "points": True},
                              {"percent": percent, "absolute": gap}]),
            }  # fmt: skip
        case "multiple":
            multiple = near(round(abs(ratio), 1) or 0.5) if np.isfinite(ratio) else 2
            options = {"base": base, "multiple": max(float(multiple), 0.1), "hedge": hedge,
                       "base_value": maybe(near(before))}  # fmt: skip
        case "threshold":
            options = {"bound": near(at, 0.2), **when,
                       "op": rng.choice(["above", "below", "at least", "at most"])}  # fmt: skip
        case "total":
            options = {
                "first": low_first,
                "first_day": maybe(low_first.start_time.date() + dt.timedelta(5), 0.2),
                "last_day": maybe(month.start_time.date() + dt.timedelta(9), 0.2),
                "most": rng.random() < 0.4,
            }  # fmt: skip
        case "window":
            bases = tuple((b, min(b + rng.choice([0, 2, 11]), panel.months[-1]))
                          for b in (panel.months[rng.randrange(panel.n_time)]
                                    for _ in range(rng.choice([1, 1, 2]))))  # fmt: skip
            held = sum(float(flow.loc[a:b].sum()) for a, b in bases)
            relation = rng.choice(["above", "below", "multiple", "percent", "difference"])
            mine = float(flow.loc[low_first:month].sum())
            share = mine / held if held else 1.0
            number = {"multiple": max(abs(share), 0.1), "percent": 100 * (share - 1),
                      "difference": mine - held}.get(relation)  # fmt: skip
            if number is not None:
                number = near(round(number, 1) or 0.1)
                number = max(number, 0.1) if relation == "multiple" else number
            options = {
                "first": low_first, "bases": bases, "relation": relation, "hedge": hedge,
                "number": number,
                "per": rng.choice(["total", "total", "day"]), "base_value": maybe(near(held)),
            }  # fmt: skip
            total = mine
        case "share":
            whole = float(panel["lost"].iloc[t])
            options = {"percent": near(round(100 * at / whole, 1) if whole else 50),
                       "of": rng.choice(["lost", "lost", "lost", "drones_launched"]),
                       "hedge": hedge}  # fmt: skip
        case "mean":
            days = int(pd.period_range(low_first, month, freq="M").days_in_month.to_numpy().sum())
            mine = float(flow.loc[low_first:month].sum())
            options = {"per_day": near(round(mine / days, 1)), "hedge": hedge,
                       "first": rng.choice([None, low_first])}  # fmt: skip
        case "net":
            gained, lost = float(panel["gained"].iloc[t]), float(panel["lost"].iloc[t])
            names = rng.choice([{}, {"gained_from": "absent", "lost_from": "absent"},
                                {"lost_from": "absent"}])  # fmt: skip
            options = {"gained": maybe(near(gained), 0.7), "lost": maybe(near(lost), 0.7), **names}
        case "sign":
            options = {"sign": rng.choice(["negative", "positive"]), **when}
        case "nights":
            quiet = int(at) if at == at and 0 <= at <= 28 else 3
            options = {"count": min(max(int(near(quiet)), 0), 28), "hedge": hedge,
                       "of": rng.choice(["with", "without"]),
                       "since_day": maybe(someday(), 0.3)}  # fmt: skip
        case "pace":
            options = {"base": maybe(base, 0.6), "op": rng.choice(["above", "below"])}
    needed = name in ("total", "net", "pace")
    printed = near(total if name in ("total", "window") else at)
    if name == "pace" and at == at and panel.observed_days[t]:
        printed = near(round(at / int(panel.observed_days[t]) * month.days_in_month))
    if name == "net" and (options["gained"] is not None or options["lost"] is not None):
        needed = False
    value = printed if needed or rng.random() < 0.5 else None
    return CLAIM_TYPES[name](
        series=series, month=month, value=value, value_hedge=rng.choice(HEDGES), **options
    )  # fmt: skip


def cases(name: str, count: int, seed: int = 1) -> Iterator[tuple[Claim, Panel]]:
    """As many claims of a type, each with the panel that it is checked on."""
    rng = Random(f"{name} {seed}")
    for _ in range(count):
        special = name if name in ("nights", "pace") and rng.random() < 0.8 else ""
        if name == "streak" and rng.random() < 0.2:
            special = "nights"
        panel = panel_of(rng, special)
        yield claim_of(rng, name, panel), panel
