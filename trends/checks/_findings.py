"""The claims of a month, each with its verdict and what speaks against it."""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import pandas as pd

from trends.checks._printed import printed_instead
from trends.claims import Change, Claim, Multiple, Outcome, Verdict
from trends.errors import TrendsError
from trends.loaders import data_sets, load
from trends.newsworthiness import order, propose
from trends.panel import Panel


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """The same claim, checked under another definition of the same quantity."""

    name: str
    definition: str
    outcome: Outcome
    reason: str
    numbers: dict[str, float]
    numeric: bool

    def line(self) -> str:
        """What holds there, in a line; where only the number is another, the number."""
        word = "" if self.numeric else f" {self.outcome}."
        return f"On {self.name}:{word} {self.reason}"


@dataclass(frozen=True, slots=True)
class Finding:
    """One claim of a report.

    Parameters
    ----------
    claim : Claim
        What is said.
    verdict : Verdict
        Its check on the report's own data, by the second way of computing.
    panel : Panel
        Where it comes from.
    printed : tuple of str
        The same statement from the figures that publishers printed.
    elsewhere : tuple of Elsewhere
        The same claim under the other bundled definitions of the quantity.
    """

    claim: Claim
    verdict: Verdict
    panel: Panel
    printed: tuple[str, ...]
    elsewhere: tuple[Elsewhere, ...]

    @property
    def outcome(self) -> Outcome:
        """*depends* where the claim is true here and false under another definition.

        The number of a change or a multiple is another under every definition: such a claim depends
        on the definition where its direction does.
        """
        if self.verdict.outcome != "true":
            return self.verdict.outcome
        turned = any(self._contradicted(other) for other in self.elsewhere)
        return "depends" if turned else "true"

    def _contradicted(self, other: Elsewhere) -> bool:
        if not isinstance(self.claim, Change | Multiple):
            return other.outcome == "false"
        base, month = str(self.claim.base), str(self.claim.month)
        here, there = self.verdict.numbers, other.numbers
        return (here[month] - here[base]) * (there[month] - there[base]) < 0

    def facts(self) -> dict[str, Any]:
        """The finding in what JSON can hold."""
        claim = self.claim
        fields = {f.name: _plain(getattr(claim, f.name)) for f in dataclasses.fields(claim)}
        return {
            "type": claim.type,
            "series": claim.series,
            "month": str(claim.month),
            "sentence": claim.sentence(),
            "outcome": self.outcome,
            "reason": self.verdict.reason,
            "numbers": self.verdict.numbers,
            "caveats": list(self.verdict.caveats),
            "printed": list(self.printed),
            "elsewhere": [
                {"name": e.name, "outcome": e.outcome, "reason": e.reason, "line": e.line()}
                for e in self.elsewhere
            ],
            "definition": self.panel.definition,
            "fields": fields,
        }

    def lines(self) -> list[str]:
        """The finding as lines of text."""
        first, *rest = str(self.verdict).splitlines()
        if self.outcome == "depends":
            first = f"TRUE, and it depends on the definition: {self.verdict.reason}"
        return [
            first,
            *rest,
            *(f"Printed figures: {line}" for line in self.printed),
            *(other.line() for other in self.elsewhere),
        ]


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


def find(panels: Sequence[Panel], month: pd.Period) -> list[Finding]:
    """Propose the claims of a month, and check each of them here and elsewhere."""
    findings = []
    for panel in panels:
        others = _others(panel)
        findings += [_weighed(claim, panel, others) for claim in propose(panel, month)]
    return sorted(findings, key=lambda finding: order(finding.claim))


def weigh(claim: Claim, panel: Panel) -> Finding:
    """Check a claim on a panel, on what publishers printed, and under the other definitions."""
    return _weighed(claim, panel, _others(panel))


def _weighed(claim: Claim, panel: Panel, others: dict[str, Panel]) -> Finding:
    verdict = claim.check(panel)
    return Finding(
        verdict.claim,
        verdict,
        panel,
        tuple(printed_instead(claim, panel)),
        tuple(_elsewhere(claim, others)),
    )


def _others(panel: Panel) -> dict[str, Panel]:
    """The bundled data sets that measure the same under another definition."""
    if not panel.metric or panel.n_series > 1:
        return {}
    return {
        name: load(name)
        for name, card in data_sets().items()
        if card.metric == panel.metric
        and card.kind == panel.kind
        and card.definition != panel.definition
    }


def _elsewhere(claim: Claim, others: dict[str, Panel]) -> list[Elsewhere]:
    found = []
    for name, panel in others.items():
        try:
            verdict = dataclasses.replace(claim.bare(), series=panel.names[0]).check(panel)
        except TrendsError:
            continue  # its data do not reach the month
        if verdict.outcome != "cannot say":
            numeric = isinstance(claim, Change | Multiple)
            found.append(
                Elsewhere(
                    name,
                    panel.definition,
                    verdict.outcome,
                    verdict.reason,
                    verdict.numbers,
                    numeric,
                )
            )
    return found
