"""What the loader of the air force's reports says: its definition, and what it left out."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Mapping, Sequence

from trends.loaders._postings import account
from trends.loaders._tallies import Count
from trends.panel import Definition as Rule

_MOST = 40  # days that a note names


def rule_of(weapons: str, definition: str, silent_nights: str = "unknown") -> Rule:
    """The rule in a sentence, with its name and parameters."""
    what = {"drones": "Drones launched, decoys included", "missiles": "Missiles of all models"}
    which = {
        "nights": "by the air force's tally of each night, day tallies not counted",
        "nights and days": "by the air force's tallies of nights and, where there is one, of the "
        "day, whose windows overlap by hours",
    }
    quiet = {
        "unknown": "A night without a sure number is not observed",
        "zero": "A night without a tally is one without launches, one without a sure number is "
        "not observed",
    }
    return Rule(
        f"{what[weapons]}, {which[definition]}; corrections replace what they correct. "
        f"Counted in the month in which the night ended. {quiet[silent_nights]}.",
        name=definition.replace(" ", "-") + ("-silent-zero" if silent_nights == "zero" else ""),
        parameters={
            "weapons": weapons, "rows": definition, "attribution": "end", "measure": "launched",
            "silent nights": silent_nights,
        },
    )  # fmt: skip


def notes_of(
    others: Mapping[str, int], local: int, found: Count, weapons: str, silent: Sequence[dt.date]
) -> list[str]:
    """Say what was left out, day by day where a day is lost."""
    lines = account(others, found)
    left = lines[lines["fate"] == "left out"]
    reasons = "; ".join(f"{r} ({n:,})" for r, n in left[["reason", "posts"]].to_numpy())
    notes = [f"Posts in the file: {lines['posts'].iloc[0]:,}; used: {lines['posts'].iloc[1]:,}"
             + (f"; left out: {reasons}." if reasons else ".")]  # fmt: skip
    open_ = [(d, why) for d, why in sorted(found.unknown.items()) if why.startswith("open number")]
    if open_:
        each = "; ".join(f"{day} {why.partition(': ')[2]}" for day, why in open_[:_MOST])
        notes.append(f"Open numbers, not in the totals: {each}{_more(open_)}.")
    rest = [(d, why) for d, why in sorted(found.unknown.items()) if (d, why) not in open_]
    if rest:
        each = "; ".join(f"{day} ({why})" for day, why in rest[:_MOST])
        notes.append(f"Days left unknown: {each}{_more(rest)}.")
    missing = _missing(found, silent)
    if missing:
        by_month = Counter(day.strftime("%Y-%m") for day in missing)
        each = ", ".join(f"{month} ({n})" for month, n in sorted(by_month.items()))
        notes.append(f"Days without a tally, not observed: {each}.")
    if silent:
        notes.append(f"Nights without a tally, counted as without {weapons}: {len(silent):,}.")
    shared = [(day, hours) for day, hours in found.overlaps if hours]
    if found.overlaps:
        notes.append(
            f"Day tallies counted: {len(found.overlaps):,}; {len(shared):,} share hours with the "
            f"night before ({sum(h for _, h in shared):,.10g} in all), which are counted as they "
            "stand."
        )
    if local:
        notes.append(f"Times as given for {local:,} posts, whose moment in UTC is not in the file.")
    return notes


def _missing(found: Count, silent: Sequence[dt.date]) -> list[dt.date]:
    """Days of the span of which there is neither a number nor a tally."""
    known = {*found.days, *found.unknown, *silent}
    first, last = min(known), max(known)
    span = (first + dt.timedelta(days=n) for n in range((last - first).days + 1))
    return [day for day in span if day not in known]


def _more(items: Sequence[object]) -> str:
    return f"; and {len(items) - _MOST:,} more" if len(items) > _MOST else ""
