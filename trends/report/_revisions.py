"""What changed between two reports: values that were revised, statements that no longer hold."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from trends.claims import CLAIM_TYPES, Claim
from trends.errors import BadTable, TrendsError, UnreadableFile
from trends.panel import Anomaly, Panel, as_month
from trends.report._facts import SCHEMA
from trends.wording import month_words, read_words

REMEDY = "Give the report.json that `trends report` wrote, or the folder that holds it."


def read_facts(path: str | Path) -> dict[str, Any]:
    """Read a ``report.json``, or that of a folder.

    Raises
    ------
    UnreadableFile, BadTable
        If it is not there, is no JSON, or is no report of this version of the schema.
    """
    path = Path(path)
    path = path / "report.json" if path.is_dir() else path
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise UnreadableFile(path, f"it cannot be read ({error.strerror})", REMEDY) from error
    except (ValueError, RecursionError) as error:
        raise UnreadableFile(path, f"it is not JSON ({error})", REMEDY) from error
    return checked_facts(found, str(path))


def earlier_facts(previous: Mapping[str, Any] | str | Path | None) -> Mapping[str, Any] | None:
    """The facts of an earlier report, from themselves or from where they lie."""
    if previous is None:
        return None
    if isinstance(previous, Mapping):
        return checked_facts(previous, "report: previous")
    return read_facts(previous)


def checked_facts(found: Any, name: str) -> dict[str, Any]:
    """Facts that were read, if they are those of a report of this version."""
    if not isinstance(found, Mapping) or not {"schema", "month", "claims", "series"} <= set(found):
        raise BadTable(name, "it is no report", REMEDY)
    if found["schema"] != SCHEMA:
        problem = f"it has version {found['schema']!r} of the schema, and version {SCHEMA} is read"
        raise BadTable(name, problem, "Make that report again with this version.")
    as_month(found["month"], name)
    return dict(found)


def changes(old: Mapping[str, Any], new: Mapping[str, Any]) -> dict[str, Any]:
    """What `new` revises of `old`, from the facts alone.

    Values are compared where series, definition and unit are the same; a statement of `old` is
    checked, without its figures, on the series that `new` holds, and told in the language of `new`.
    """
    try:
        return _changes(spoken(old, new["language"]), new)
    except (KeyError, TypeError, AttributeError) as error:
        raise BadTable("report.json", f"it is not whole ({error!r})", REMEDY) from error


def _changes(old: Mapping[str, Any], new: Mapping[str, Any]) -> dict[str, Any]:
    now = {_key(series): series for series in new["series"]}
    values, not_compared, n_compared = [], [], 0
    for then in old["series"]:
        there = now.get(_key(then))
        if there is None:
            continue
        if (then["definition"], then["unit"]) != (there["definition"], there["unit"]):
            not_compared.append(there["name"])
            continue
        n_both, found = _revised(then, there)
        n_compared += n_both
        values += found
    checked = [_again(claim, now, new["language"]) for claim in old["claims"]]
    return {
        "month": old["month"],
        "version": old["version"],
        "content_hash": old["content_hash"],
        "headline": old["headline"],
        "n_compared": n_compared,
        "values": sorted(values, key=lambda row: -abs(row["change"] or np.inf)),
        "not_compared": not_compared,
        "n_statements": len(checked),
        "overturned": [each for each in checked if each["outcome"] not in ("true", "cannot say")],
        "n_unchecked": sum(each["outcome"] == "cannot say" for each in checked),
    }


def _key(series: Mapping[str, Any]) -> tuple[str, str]:
    return series.get("quantity", series["name"]), series["series"]


def _revised(then: Mapping[str, Any], now: Mapping[str, Any]) -> tuple[int, list[dict[str, Any]]]:
    """Months complete in both, and those of them whose value is another."""
    before, after = (
        {row["month"]: row["value"] for row in each["history"] if row["status"] == "complete"}
        for each in (then, now)
    )
    both = [month for month in before if month in after]
    return len(both), [
        {
            "name": now["name"],
            "month": month,
            "then": before[month],
            "now": after[month],
            "change": after[month] / before[month] - 1 if before[month] > 0 else None,
        }
        for month in both
        if before[month] != after[month]
    ]


def spoken(facts: Mapping[str, Any], language: str) -> Mapping[str, Any]:
    """A report with its headline and its statements said in a language, from the typed claims."""
    if facts["language"] == language:
        return facts
    claims = [
        {**claim, "sentence": claim_of(claim).sentence(language)} for claim in facts["claims"]
    ]
    month = month_words(as_month(facts["month"]), language)
    nothing = read_words(language)("nothing", month=month)
    headline = claims[0]["sentence"] if claims else nothing
    return {**facts, "language": language, "claims": claims, "headline": headline}


def _again(
    facts: Mapping[str, Any], now: Mapping[tuple[str, str], Any], language: str
) -> dict[str, Any]:
    """A statement of an earlier report, on the figures of this one."""
    said = {"sentence": facts["sentence"], "outcome": "cannot say", "reason": ""}
    fitting = [s for s in now.values() if s["series"] == facts["series"]]
    fitting = [s for s in fitting if s["definition"] == facts["definition"]]
    if len(fitting) != 1:
        return said
    try:
        verdict = claim_of(facts).bare().check(panel_of(fitting[0]), language=language)
    except TrendsError:  # its months are not in the data any more
        return said
    return {**said, "outcome": verdict.outcome, "reason": verdict.reason}


def claim_of(facts: Mapping[str, Any]) -> Claim:
    """The typed claim that a report printed."""
    kind = CLAIM_TYPES[facts["type"]]
    names = {field.name for field in dataclasses.fields(kind)}
    given = {name: _tuples(value) for name, value in facts["fields"].items() if name in names}
    return kind(**given)


def panel_of(facts: Mapping[str, Any]) -> Panel:
    """The series that a report holds, as data."""
    rows = facts["history"]
    return Panel(
        np.array([[np.nan if row["value"] is None else row["value"] for row in rows]], dtype=float),
        pd.PeriodIndex([row["month"] for row in rows], freq="M"),
        (facts["series"],),
        unit=facts["unit"],
        kind=facts["kind"],
        observed_days=np.array([row["observed_days"] for row in rows], dtype=np.int32),
        quantity=facts.get("quantity", facts["name"]),
        definition=facts["definition"],
        source=facts["source"],
        adds_up_to=facts["adds_up_to"],
        anomalies=tuple(Anomaly(**each) for each in facts["anomalies"]),
    )


def _tuples(value: Any) -> Any:
    return tuple(_tuples(each) for each in value) if isinstance(value, list) else value
