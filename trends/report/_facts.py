"""A report as plain facts, of which the page, the text and the JSON are made."""

from __future__ import annotations

import math
from collections.abc import Sequence
from decimal import Decimal
from importlib.metadata import version
from typing import Any

import pandas as pd

from trends.claims import Claim
from trends.newsworthiness import RULE
from trends.report._findings import Finding
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
        "claims": [_claim_facts(finding) for finding in findings],
        "series": [_section_facts(section) for section in sections],
        "left_out": list(left_out),
    }


def _plain(value: Any) -> Any:
    """What JSON can hold."""
    if isinstance(value, pd.Period):
        return str(value)
    if isinstance(value, Decimal):
        return float(value)
    if isinstance(value, tuple):
        return [_plain(each) for each in value]
    if isinstance(value, float) and math.isnan(value):
        return None
    return value


def _claim_facts(finding: Finding) -> dict[str, Any]:
    claim: Claim = finding.claim
    fields = {name: _plain(getattr(claim, name)) for name in claim.__dataclass_fields__}
    return {
        "type": claim.type,
        "series": claim.series,
        "month": str(claim.month),
        "sentence": claim.sentence(),
        "outcome": finding.outcome,
        "reason": finding.verdict.reason,
        "numbers": finding.verdict.numbers,
        "caveats": list(finding.verdict.caveats),
        "printed": list(finding.printed),
        "elsewhere": [
            {"name": e.name, "outcome": e.outcome, "reason": e.reason} for e in finding.elsewhere
        ],
        "definition": finding.panel.definition,
        "fields": fields,
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
