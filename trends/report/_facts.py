"""A report as plain facts, of which the page, the text and the JSON are made."""

from __future__ import annotations

from collections.abc import Sequence
from importlib.metadata import version
from typing import Any

import pandas as pd

from trends.checks import Finding
from trends.newsworthiness import RULE
from trends.report._sections import Section

SCHEMA = 1


def facts(
    month: pd.Period,
    headline: str,
    notices: Sequence[str],
    findings: Sequence[Finding],
    sections: Sequence[Section],
    left_out: Sequence[str],
) -> dict[str, Any]:
    """Everything that a report says, in what JSON can hold."""
    return {
        "schema": SCHEMA,
        "month": str(month),
        "version": version("attack-trends"),
        "headline": headline,
        "notices": list(notices),
        "order": RULE,
        "claims": [finding.facts() for finding in findings],
        "series": [_section_facts(section) for section in sections],
        "left_out": list(left_out),
    }


def _section_facts(section: Section) -> dict[str, Any]:
    panel = section.panel
    return {
        "name": section.name,
        "series": section.series,
        "unit": panel.unit,
        "kind": panel.kind,
        "definition": panel.definition,
        "source": panel.source,
        "as_of": None if panel.as_of is None else panel.as_of.isoformat(),
        "status": panel.status(section.marks.month),
        "printed": list(section.printed),
        "notes": list(panel.notes),
        "alt": section.alt,
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
        "anomalies": [
            {
                "first": str(a.first),
                "last": str(a.last),
                "kind": a.kind,
                "note": a.note,
                "source": a.source,
            }
            for a in panel.anomalies
        ],
    }
