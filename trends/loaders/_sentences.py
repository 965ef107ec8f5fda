"""What the loader of launches says: its definition, and what it left out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import pandas as pd

from trends.loaders._accounts import Line, rows_in_words
from trends.loaders._models import TITLES, elements
from trends.loaders._reports import OVERNIGHT_FROM
from trends.panel import Anomaly, Definition

_LOST = (
    "Drones lost to jamming count as shot down from 2025-07-24 on; before, reports kept them apart."
)


def definition_of(
    name: str, definition: str, attribution: str, measure: str, period: str = "month"
) -> Definition:
    """Put the rule that makes the numbers into a sentence, with its name and parameters."""
    titled = name in TITLES.values() or name.endswith((" drones", "bombs"))
    what = {
        "drones": "Drones of model Shahed-136/131, decoys included",
        "missiles": "Missiles of all kinds, bombs excluded",
    }.get(name, f"Weapons reported as {name}" if not titled else f"{name[0].upper()}{name[1:]}")
    which = {
        "overnight": "in reports whose window starts at a stated clock time",
        "all": "in all reports, with and without a clock time",
    }[definition]
    where = {
        "end": f"counted in the {period} in which the window ends",
        "start": f"counted in the {period} in which the window starts",
        "split": f"counted in each {period} of the window in proportion to its time",
    }[attribution]
    done = {
        "launched": "",
        "destroyed": ", shot down",
        "interception_rate": ", those shot down in percent of those launched",
    }[measure]
    apart = "" if measure == "launched" else f" {_LOST}"
    parts = (definition, "" if attribution == "end" else attribution)
    return Definition(
        f"{what}{done}, {which}, {where}.{apart}",
        name="-".join(filter(None, (*parts, "" if measure == "launched" else measure))),
        parameters={
            "weapons": name, "rows": definition, "attribution": attribution, "measure": measure,
        },
        first=OVERNIGHT_FROM if definition == "overnight" else None,
    )  # fmt: skip


def breaks_of(models: Iterable[str], measure: str) -> tuple[Anomaly, ...]:
    """Tell the method breaks of what is shot down: none of what is launched."""
    if measure == "launched" or not any("shahed-136/131" in elements(model) for model in models):
        return ()
    source = "The file's column not_reach_goal: 2,023 in July 2025 up to the 23rd, none after"
    mixed, new = pd.Period("2025-07", "M"), pd.Period("2025-08", "M")
    return (
        Anomaly(mixed, mixed, "method break", f"{_LOST} This month is of both kinds.", source,
                ("records", "ranks", "streaks", "trends")),
        Anomaly(new, new, "method break", _LOST, source),
    )  # fmt: skip


def notes_of(lines: Sequence[Line], name: str) -> tuple[list[str], tuple[str, ...]]:
    """Say what is left out; what may be a mistake also as a warning."""
    notes, warnings = [], []
    unknown = [line for line in lines if line.reason.endswith("the months left unknown")]
    for line in lines:
        if line in unknown:
            continue
        notes.append(sentence(line, name))
        if line.reason in ("models of unknown kind", "repeat another row"):
            warnings.append(notes[-1])
    if unknown:
        each = "; ".join(_amount(line, name) + _clock(line) for line in unknown)
        notes.append(
            f"Before {OVERNIGHT_FROM}: left unknown, for want of clock times in most reports: "
            f"{each}. definition='all' counts them."
        )
        warnings.append(notes[-1])
    return notes, tuple(warnings)


def _clock(line: Line) -> str:
    return " without" if line.reason.startswith("no clock") else " with one"


def _amount(line: Line, name: str) -> str:
    return f"{rows_in_words(line.rows)} ({line.launched:,.10g} {name})"


def sentence(line: Line, name: str) -> str:
    """Put one line of the account into words."""
    match line.reason:
        case "other weapons":
            return f"Not counted as {name}: {line.listed(amounts=True)}."
        case "several models, not all of them asked for":
            return f"Rows that name several models, not counted as {name}: {line.listed()}."
        case "models of unknown kind":
            return f"Models of unknown kind, not counted as {name}: {line.listed()}."
        case "repeat another row":
            return f"Rows that repeat another report, counted once: {line.listed()}."
        case "the same as another row, counted":
            return (
                "Rows the same as another, counted each, for no columns 'target' and 'source' tell "
                f"them apart: {line.listed()}."
            )
        case "no number launched" | "no number destroyed":
            return f"{line.reason.capitalize()}, not counted: {line.listed()}."
        case "no clock time":
            return (
                f"Left out from {OVERNIGHT_FROM} on, for want of a clock time: "
                f"{_amount(line, name)}."
            )
        case "end before they start":
            return f"Counted where they say, though they end before they start: {line.listed()}."
        case "several models, all of them asked for":
            return f"Rows that name several models, all {name}, counted once: {line.listed()}."
    return f"{line.reason[0].upper()}{line.reason[1:]}: {_amount(line, name)}."
