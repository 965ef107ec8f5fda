"""A report as plain facts, of which the page, the text and the JSON are made."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.metadata import version
from typing import Any

import numpy as np
import pandas as pd

from trends.checks import Finding
from trends.loaders import data_sets
from trends.panel import Panel, as_month
from trends.report._sections import Section
from trends.report._tables import exact
from trends.report._verdicts import verdicts
from trends.wording import Words

SCHEMA = 2
METHOD = ("one", "two", "three", "four", "five")


@dataclass(frozen=True, slots=True)
class Terms:
    """Under which terms data may be passed on.

    Parameters
    ----------
    licence : str
        Its name, or the conditions in words; '' for that of the bundled data set.
    citation : str
        How the data are cited; '' for their source and quantity.
    """

    licence: str = ""
    citation: str = ""


def facts(
    month: pd.Period,
    title: str,
    headline: str,
    notices: Sequence[str],
    findings: Sequence[Finding],
    main: Sequence[int],
    sections: Sequence[Section],
    left_out: Sequence[str],
    terms: Sequence[Terms],
    words: Words,
) -> dict[str, Any]:
    """Everything that a report says, in what JSON can hold; the hash is of all the rest."""
    names = identifiers(findings)
    said = {
        "schema": SCHEMA,
        "title": title,
        "language": words.language,
        "month": str(month),
        "version": version("attack-trends"),
        "headline": headline,
        "notices": list(notices),
        "order": words("method.rule"),
        "claims": [
            {
                **finding.facts(),
                "id": names[k],
                "main": k in main,
                "figures": _figures(finding),
                "verdict": verdicts(finding, words) if k in main else None,
            }
            for k, finding in enumerate(findings)
        ],
        "series": [
            _section_facts(section) | _terms(section.panel, each)
            for section, each in zip(sections, terms, strict=True)
        ],
        "left_out": list(left_out),
        "method": [words(f"method.{number}") for number in METHOD],
    }
    return {**said, "revisions": None, "content_hash": content_hash(said)}


def content_hash(said: dict[str, Any]) -> str:
    """SHA-256 of the facts, of one spelling whatever their order."""
    text = json.dumps(said, ensure_ascii=True, sort_keys=True, allow_nan=False)
    return hashlib.sha256(text.encode()).hexdigest()


def identifiers(findings: Sequence[Finding]) -> list[str]:
    """The permalink of each claim: what it is about, told apart by its base or a number."""
    taken: list[str] = []
    for finding in findings:
        claim = finding.claim
        parts = [claim.type, claim.series, str(claim.month)]
        base = getattr(claim, "base", None) or getattr(claim, "since", None)
        parts += [str(base)] if base is not None else []
        name = re.sub(r"[^a-z0-9]+", "-", "-".join(parts).lower()).strip("-")
        copies = [k for k in range(2, len(taken) + 2) if f"{name}-{k}" not in taken]
        taken.append(f"{name}-{copies[0]}" if name in taken else name)
    return taken


def _figures(finding: Finding) -> list[dict[str, Any]]:
    """The number of the claim first, then those that it is compared with, the latest first."""
    numbers, month = finding.verdict.numbers, str(finding.claim.month)
    others = sorted((key for key in numbers if key != month), reverse=True)
    keys = [month] * (month in numbers) + others
    return [{"when": key, "value": numbers[key], "month": _is_month(key)} for key in keys]


def _is_month(key: str) -> bool:
    return re.fullmatch(r"\d{4}-\d{2}", key) is not None and str(as_month(key)) == key


def _section_facts(section: Section) -> dict[str, Any]:
    panel = section.panel
    return {
        "name": section.name,
        "quantity": _quantity(panel, section.series),
        "series": section.series,
        "unit": panel.unit,
        "kind": panel.kind,
        "metric": panel.metric,
        "adds_up_to": panel.adds_up_to,
        "definition": str(panel.definition),
        "source": panel.source,
        "as_of": None if panel.as_of is None else panel.as_of.isoformat(),
        "status": panel.status(section.marks.month),
        "printed": list(section.printed),
        "notes": list(panel.notes),
        "title": section.marks.title,
        "alt": section.alt,
        "legend": list(section.legend),
        "months": [
            {
                "month": str(row.month),
                "value": row.value,
                "change": row.change,
                "per_day_change": row.per_day_change,
                "year_on_year": row.year_on_year,
                "rank": row.rank,
                "flags": list(row.flags),
            }
            for row in section.rows
        ],
        "history": _history(panel.select(section.series).until(section.marks.month)),
        "nowcast": section.nowcast,
        "expectation": section.expectation,
        "disagreement": section.disagreement,
        "anomalies": [
            {
                "first": str(a.first),
                "last": str(a.last),
                "kind": a.kind,
                "note": a.note,
                "source": a.source,
                "excluded_from": list(a.excluded_from),
            }
            for a in panel.anomalies
            if a.first <= section.marks.month
        ],
    }


def _history(one: Panel) -> list[dict[str, Any]]:
    return [
        {
            "month": str(month),
            "value": None if np.isnan(value) else exact(value),
            "observed_days": int(days),
            "status": one.status(month),
        }
        for month, value, days in zip(one.months, one.values[0], one.observed_days, strict=True)
    ]


def _quantity(panel: Panel, series: str) -> str:
    """The words of the data for what is measured, which no language of a report changes."""
    if panel.quantity and panel.n_series > 1:
        return f"{panel.quantity}, {series}"
    return panel.quantity or series


def _terms(panel: Panel, given: Terms) -> dict[str, str]:
    """What was given, else the licence of the bundled data set of this definition."""
    cards = (card for card in data_sets().values() if card.metric == panel.metric)
    own = (card.licence for card in cards if card.definition == panel.definition)
    bundled = next(own, "") if panel.metric else ""
    return {"licence": given.licence or bundled, "citation": given.citation}
