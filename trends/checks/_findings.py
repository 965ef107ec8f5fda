"""The claims of a month, each with its verdict and what speaks against it."""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import pandas as pd

from trends.checks._printed import printed_instead
from trends.checks._support import Support, support_of
from trends.claims import (
    Change,
    Claim,
    Mean,
    Multiple,
    Outcome,
    Share,
    Total,
    Verdict,
    Window,
)
from trends.errors import TrendsError
from trends.loaders import data_sets, load
from trends.newsworthiness import order, propose
from trends.panel import Panel
from trends.robustness import (
    KINDS,
    RESTS_ON,
    Margins,
    Perturbations,
    find_margins,
    find_perturbations,
)

# what is said of amounts that the length of a month moves
COMPARES = frozenset({"record", "since", "rank", "streak"})


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
    by_day : Elsewhere, optional
        The same claim on the amounts divided by the days of their months.
    support : Support, optional
        How often chance alone brings as much, where that is known.
    margins : Margins, optional
        How little would overturn it, where it is true.
    perturbations : Perturbations, optional
        What other choices of reference, span or month would have said.
    notes : tuple of str
        What a reader of the sentence must know besides.
    """

    claim: Claim
    verdict: Verdict
    panel: Panel
    printed: tuple[str, ...] = ()
    elsewhere: tuple[Elsewhere, ...] = ()
    by_day: Elsewhere | None = None
    support: Support | None = None
    margins: Margins | None = None
    perturbations: Perturbations | None = None
    notes: tuple[str, ...] = ()

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
        if not other.numeric:
            return other.outcome == "false"
        base = getattr(self.claim, "base", None)
        if base is None:
            return False  # only the number is another
        here, there = self.verdict.numbers, other.numbers
        first, last = str(base), str(self.claim.month)
        return (here[last] - here[first]) * (there[last] - there[first]) < 0

    def table(self) -> pd.DataFrame:
        """Where it holds: definitions, sources, vintages, by day; ``where, outcome, reason``."""
        rows = [("here", self.verdict.outcome, self.verdict.reason)]
        by_day = () if self.by_day is None else (self.by_day,)
        rows += [(each.name, each.outcome, each.reason) for each in (*self.elsewhere, *by_day)]
        return pd.DataFrame(rows, columns=["where", "outcome", "reason"])

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
            "by_day": None if self.by_day is None else self.by_day.outcome,
            "definition": self.panel.definition,
            "support": None if self.support is None else dataclasses.asdict(self.support),
            "margin": None if self.margins is None else _margin(self.margins),
            "choices": None if self.perturbations is None else _choices(self.perturbations),
            "notes": list(self.notes),
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
            *([self.by_day.line()] if self.by_day and self.by_day.outcome == "false" else []),
            *([f"Support: {self.support.words}"] if self.support else []),
            *([f"Margin: {self.margins.summary()}"] if self.margins else []),
            *([f"Choices: {self.perturbations.summary()}"] if self.perturbations else []),
            *(f"Note: {note}" for note in self.notes),
        ]


def _plain(value: Any) -> Any:
    """What JSON can hold."""
    if isinstance(value, pd.Period):
        return str(value)
    if isinstance(value, Decimal):
        return float(value)
    if isinstance(value, tuple):
        return [_plain(each) for each in value]
    if isinstance(value, float) and not math.isfinite(value):
        return None
    return value


def find(panels: Sequence[Panel], month: pd.Period) -> list[Finding]:
    """Propose the claims of a month, and check each of them here and elsewhere."""
    findings = []
    for panel in panels:
        others = _others(panel)
        findings += [_weighed(claim, panel, others) for claim in propose(panel, month)]
    return sorted(findings, key=lambda finding: order(finding.claim))


def weigh(
    claim: Claim,
    panel: Panel,
    *,
    others: Mapping[str, Panel] | None = None,
    notes: tuple[str, ...] = (),
) -> Finding:
    """Check a claim, ask for its support, and try to break it.

    It is checked on the panel, on what publishers printed, under the other definitions, on the
    `others` (vintages of the panel, say) and by day; margins and other choices are looked at where
    it is true.
    """
    finding = _weighed(claim, panel, {**_others(panel), **(others or {})})
    verdict = finding.verdict
    checked = verdict.claim
    holds = verdict.outcome in ("true", "loose")
    return dataclasses.replace(
        finding,
        by_day=_by_day(claim, panel),
        support=support_of(checked, panel) if holds else None,
        margins=find_margins(checked, panel) if holds and checked.type in RESTS_ON else None,
        perturbations=find_perturbations(checked, panel)
        if verdict.outcome != "cannot say" and checked.type in KINDS
        else None,
        notes=notes,
    )


def _weighed(claim: Claim, panel: Panel, others: dict[str, Panel]) -> Finding:
    verdict = claim.check(panel)
    return Finding(
        verdict.claim,
        verdict,
        panel,
        tuple(printed_instead(claim, panel)),
        tuple(_elsewhere(claim, others)),
    )


def _by_day(claim: Claim, panel: Panel) -> Elsewhere | None:
    """The statement on daily rates, where it compares months."""
    if panel.kind != "flow" or claim.type not in COMPARES or getattr(claim, "per", "") == "day":
        return None
    rates = panel.per_day()
    verdict = claim.bare().check(rates)
    if verdict.outcome == "cannot say":
        return None
    return Elsewhere(
        "amounts a day", rates.definition, verdict.outcome, verdict.reason, verdict.numbers, False
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
            found.append(
                Elsewhere(
                    name,
                    panel.definition,
                    verdict.outcome,
                    verdict.reason,
                    verdict.numbers,
                    _numeric(claim),
                )
            )
    return found


def _numeric(claim: Claim) -> bool:
    """Whether all that a claim says is a number, which is another under every definition."""
    if isinstance(claim, Window):
        return claim.relation not in ("above", "below")
    return isinstance(claim, Change | Multiple | Total | Mean | Share)


def _margin(margins: Margins) -> dict[str, Any]:
    return {
        "month": None if margins.month is None else str(margins.month),
        "revision": _plain(margins.revision),
        "relative": _plain(margins.relative),
        "joint": _plain(margins.joint),
        "breaks": margins.breaks,
        "words": margins.summary(),
    }


def _choices(found: Perturbations) -> dict[str, Any]:
    return {
        "choice": found.choice,
        "picked": found.picked,
        "fairness": _plain(found.fairness),
        "robustness": _plain(found.robustness),
        "uniqueness": _plain(found.uniqueness),
        "months_as_strong": found.equals,
        "counter": found.counter,
        "words": found.summary(),
    }
