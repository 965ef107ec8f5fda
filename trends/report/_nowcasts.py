"""What a month that is not over is on pace for, worded by fixed rules."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any, TypeAlias

import pandas as pd

from trends.claims import Record, Since, Streak, Window
from trends.errors import BadOption, NoValues, TooShort
from trends.loaders import days_of
from trends.panel import Panel
from trends.plots import Pace
from trends.prospects import Nowcast, Prospect, nowcast
from trends.wording import Words, amount, month_words, ordinal

DaysLike: TypeAlias = "Mapping[str, pd.Series[float] | pd.DataFrame]"

LEAST_CHANCE = 0.05  # of a low or a reach backwards that is worth a line
LEAST_STREAK = 3
STEPS = 20  # an interval is printed in at least as many steps
NO_SUMS = ("nights", "days")  # of which a month holds only so many


def outlook(
    panel: Panel,
    series: str,
    name: str,
    month: pd.Period,
    words: Words,
    days: DaysLike | None = None,
) -> dict[str, Any] | None:
    """What is known of a partial month and what it is on pace for; None of any other month.

    Days are those given, or else the bundled ones that the months are the sums of; without any the
    nowcast rests on the months.
    """
    one = panel.select(series).until(month)
    if one.status(month) != "partial" or math.isnan(one.values[0, -1]):
        return None
    if one.kind == "stock" and one.n_time > 1:
        one = one.flow()
    own = (days or {}).get(series)
    own = days_of(one) if own is None else _checked(own, one)
    found = _nowcast(one, month, own)
    value, k = float(one.values[0, -1]), int(one.observed_days[-1])
    about = {
        "name": f"{name[:1].upper()}{name[1:]}",
        "month": month_words(month, words.language),
        "observed": amount(_plain(value), one.unit, words.language),
        "k": k,
        "n": month.days_in_month,
    }
    same = [] if found is None else _same_days(found)
    facts: dict[str, Any] = {
        "observed": value,
        "observed_days": k,
        "days": month.days_in_month,
        "basis": None if found is None else "months" if own is None else "days",
        **_interval(found, value),
        "same_days": same,
        "chances": [] if found is None else _chances(found, one, words),
    }
    if found is None:
        key = "short" if one.kind == "flow" and one.unit not in NO_SUMS else "no_sum"
        sentences = [words("nowcast.known", **about), words(f"nowcast.{key}", **about)]
        return {**facts, "sentences": sentences}
    over = one.as_of is not None and one.as_of > month.end_time.date()
    said = {**about, **_printed(facts, one.unit, words)}
    sentences = [words("nowcast.missing" if over else "nowcast.pace", **said)]
    for each, key in zip(same, ("nowcast.same", "nowcast.year"), strict=False):
        sentences.append(words(key, **about, **_earlier(each, one.unit, words)))
    if not same:
        sentences.append(words("nowcast.no_days"))
    return {**facts, "sentences": sentences}


def pace_of(facts: dict[str, Any], unit: str, month: pd.Period, words: Words) -> Pace | None:
    """What the chart draws of it."""
    if facts["point"] is None:
        return None
    said = _printed(facts, unit, words)
    so_far = amount(_plain(facts["observed"]), language=words.language)
    lines = (
        words("nowcast.drawn", **said),
        words("nowcast.drawn_more", **said),
        words("nowcast.so_far", observed=so_far, k=facts["observed_days"], n=facts["days"]),
    )
    return Pace(
        facts["point"],
        facts["lower"],
        facts["upper"],
        lines,
        words("nowcast.alt", **said, month=month_words(month, words.language)),
    )


def pace_title(facts: dict[str, Any], name: str, unit: str, month: pd.Period, words: Words) -> str:
    """The claim of the chart."""
    said = _printed(facts, unit, words)
    name = f"{name[:1].upper()}{name[1:]}"
    return words("nowcast.title", name=name, month=month_words(month, words.language), **said)


def _nowcast(
    one: Panel, month: pd.Period, days: pd.Series[float] | pd.DataFrame | None
) -> Nowcast | None:
    if one.kind != "flow" or one.unit in NO_SUMS:
        return None
    try:
        found = nowcast(one, month) if days is None else nowcast(days, month, months=one)
    except (TooShort, NoValues):
        return None
    return None if found.fit.insufficient else found


def _checked(days: pd.Series[float] | pd.DataFrame, one: Panel) -> pd.Series[float]:
    """Days up to the last known one of the month, of which the panel's value is the sum."""
    month, row = one.months[-1], days["value"] if isinstance(days, pd.DataFrame) else days
    clock = row.index.to_period("D") if isinstance(row.index, pd.DatetimeIndex) else row.index
    if not isinstance(clock, pd.PeriodIndex) or clock.freqstr != "D":
        raise BadOption("report", "days", f"an index of {row.index.dtype}", "daily")
    seen = (clock.asfreq("M") == month) & row.notna().to_numpy()
    value, k, total = float(one.values[0, -1]), int(one.observed_days[-1]), float(row[seen].sum())
    if seen.sum() != k or not math.isclose(total, value, rel_tol=1e-9, abs_tol=1e-9):
        found = f"{seen.sum()} days of {month} that add up to {total:,.10g}"
        raise BadOption("report", "days", found, f"{k} days that add up to {value:,.10g}")
    return row[clock <= clock[seen].max()]


def _interval(found: Nowcast | None, observed: float) -> dict[str, Any]:
    """The middle and the interval, as round as the interval is wide."""
    if found is None:
        return dict.fromkeys(("point", "lower", "upper", "level", "n_past"))
    low, high = found.conf_int()
    unit = 10.0 ** math.floor(math.log10((high - low) / STEPS)) if high > low else 0.0
    unit = max(unit, 1.0) if found.fit.counts else unit
    point, low, high = (
        float(f"{round(bound / unit) * unit:.12g}") if unit else bound
        for bound in (found.point, low, high)
    )
    if found.fit.counts:  # no total is below what is known of it
        point, low, high = (max(bound, observed) for bound in (point, low, high))
    return {
        "point": point,
        "lower": low,
        "upper": high,
        "level": found.fit.level,
        "n_past": found.fit.nobs,
    }


def _same_days(found: Nowcast) -> list[dict[str, Any]]:
    """The same days of the month before and of a year before, where they are known."""
    rows, month = found.fit.like_for_like, found.fit.month
    known = dict(zip(rows.index, rows.to_dict("records"), strict=True))
    if month - 1 not in known:
        return []
    return [
        {
            "month": str(at),
            "value": float(known[at]["same_days"]),
            "total": float(known[at]["total"]),
        }
        for at in (month - 1, month - 12)
        if at in known
    ]


def _chances(found: Nowcast, one: Panel, words: Words) -> list[dict[str, Any]]:
    """A record and a total above the month before in any case; else what is not far-fetched."""
    reach: dict[str, Prospect] = {}  # of the sinces the nearest, which holds those further back
    for each in found.prospects:
        if isinstance(each.claim, Since):
            best = reach.get(each.claim.direction)
            if best is None or each.or_more > best.or_more:
                reach[each.claim.direction] = each
    told = []
    for each in found.prospects:
        claim = each.claim
        chance = each.or_more if isinstance(claim, Since) else each.chance
        always = (isinstance(claim, Record) and claim.direction == "high") or (
            isinstance(claim, Window) and claim.relation == "above"
        )
        if isinstance(claim, Since) and each is not reach[claim.direction]:
            continue
        if isinstance(claim, Streak) and claim.length < LEAST_STREAK:
            continue
        if isinstance(claim, Window) and claim.relation == "below":
            continue
        if always or chance >= LEAST_CHANCE:
            told.append(
                {
                    "type": claim.type,
                    "words": _claim_words(each, one, words),
                    "chance": round(chance, 3),
                    "said": _percent(chance, words),
                }
            )
    return told


def _claim_words(each: Prospect, one: Panel, words: Words) -> str:
    claim, language = each.claim, words.language
    if isinstance(claim, Record):
        return words(f"nowcast.record_{claim.direction}")
    if isinstance(claim, Since):
        since = month_words(claim.since, language)
        return words(f"nowcast.since_{claim.direction}", since=since)
    if isinstance(claim, Streak):
        nth = ordinal(claim.length, language)
        return words(f"nowcast.streak_{claim.kind}", nth=nth)
    before = claim.month - 1
    value = float(one.known()[0, one.position(before)])
    return words(
        "nowcast.above",
        month=month_words(before, language),
        value=amount(_plain(value), one.unit, language),
    )


def _printed(facts: dict[str, Any], unit: str, words: Words) -> dict[str, str]:
    return {
        "point": amount(_plain(facts["point"]), unit, words.language),
        "low": amount(_plain(facts["lower"]), language=words.language),
        "high": amount(_plain(facts["upper"]), language=words.language),
        "share": words("nowcast.percent", number=f"{100 * facts['level']:.0f}"),
    }


def _earlier(each: dict[str, Any], unit: str, words: Words) -> dict[str, str]:
    month = pd.Period(each["month"], "M")
    return {
        "before": amount(_plain(each["value"]), language=words.language),
        "total": amount(_plain(each["total"]), language=words.language),
        "base": month_words(month, words.language),
    }


def _percent(chance: float, words: Words) -> str:
    """Of draws none is 0 or 1."""
    if chance < 0.01:
        return words("nowcast.under")
    if chance > 0.99:
        return words("nowcast.over")
    return words("nowcast.percent", number=f"{100 * chance:.0f}")


def _plain(value: float) -> float:
    """Whole where it is large; a digit after the point below 10."""
    return float(round(value)) if abs(value) >= 10 else round(value, 1)
