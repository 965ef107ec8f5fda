"""The claims of a month, each with its verdict and what speaks against it."""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import pandas as pd

from trends.checks._elsewhere import Elsewhere, by_day, elsewhere, other_definitions
from trends.checks._printed import printed_instead
from trends.checks._support import Support, support_of
from trends.claims import Claim, Outcome, Verdict
from trends.newsworthiness import order, propose
from trends.panel import Panel, notebook_html
from trends.robustness import (
    KINDS,
    RESTS_ON,
    Margins,
    Perturbations,
    find_margins,
    find_perturbations,
)
from trends.wording import read_words, said


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
    language : str
        The language of all that is said.
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
    language: str = "en"

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
            "sentence": claim.sentence(self.language),
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
            "margin": None if self.margins is None else _margin(self.margins, self.language),
            "choices": None
            if self.perturbations is None
            else _choices(self.perturbations, self.language),
            "notes": list(self.notes),
            "fields": fields,
        }

    def _repr_html_(self) -> str:
        return notebook_html(self.lines())

    def lines(self) -> list[str]:
        """The finding as lines of text."""
        words = read_words(self.language)

        def told(key: str, *lines: str) -> list[str]:
            return [words(f"reasons.told.{key}", line=line) for line in lines]

        first, *rest = str(self.verdict).splitlines()
        if self.outcome == "depends":
            (first,) = told("depends", self.verdict.reason)
        margins, choices = self.margins, self.perturbations
        return [
            first,
            *rest,
            *told("printed", *self.printed),
            *(other.line() for other in self.elsewhere),
            *([self.by_day.line()] if self.by_day and self.by_day.outcome == "false" else []),
            *(told("support", self.support.words) if self.support else []),
            *(told("margin", margins.summary(self.language)) if margins else []),
            *(told("choices", choices.summary(self.language)) if choices else []),
            *told("note", *self.notes),
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


def find(panels: Sequence[Panel], month: pd.Period, language: str = "en") -> list[Finding]:
    """Propose the claims of a month, and check each of them here and elsewhere."""
    findings = []
    for panel in panels:
        others = other_definitions(panel)
        findings += [_weighed(claim, panel, others, language) for claim in propose(panel, month)]
    return sorted(findings, key=lambda finding: order(finding.claim))


def weigh(
    claim: Claim,
    panel: Panel,
    *,
    others: Mapping[str, Panel] | None = None,
    notes: tuple[str, ...] = (),
    language: str = "en",
) -> Finding:
    """Check a claim, ask for its support, and try to break it.

    It is checked on the panel, on what publishers printed, under the other definitions, on the
    `others` (vintages of the panel, say) and by day; margins and other choices are looked at where
    it is true.
    """
    finding = _weighed(claim, panel, {**other_definitions(panel), **(others or {})}, language)
    verdict = finding.verdict
    checked = verdict.claim
    holds = verdict.outcome in ("true", "loose")
    return dataclasses.replace(
        finding,
        by_day=by_day(claim, panel, language),
        support=support_of(checked, panel, language) if holds else None,
        margins=find_margins(checked, panel) if holds and checked.type in RESTS_ON else None,
        perturbations=find_perturbations(checked, panel)
        if verdict.outcome != "cannot say" and checked.type in KINDS
        else None,
        notes=notes,
    )


def _weighed(claim: Claim, panel: Panel, others: dict[str, Panel], language: str = "en") -> Finding:
    verdict = claim.check(panel, language=language)
    return Finding(
        verdict.claim,
        verdict,
        panel,
        tuple(printed_instead(claim, panel, language)),
        tuple(elsewhere(claim, others, language)),
        language=language,
    )


def _margin(margins: Margins, language: str) -> dict[str, Any]:
    return {
        "month": None if margins.month is None else str(margins.month),
        "revision": _plain(margins.revision),
        "relative": _plain(margins.relative),
        "joint": _plain(margins.joint),
        "breaks": said(margins.breaks, language),
        "words": margins.summary(language),
    }


def _choices(found: Perturbations, language: str) -> dict[str, Any]:
    return {
        "choice": found.choice,
        "picked": found.picked,
        "fairness": _plain(found.fairness),
        "robustness": _plain(found.robustness),
        "uniqueness": _plain(found.uniqueness),
        "months_as_strong": found.equals,
        "counter": said(found.counter, language),
        "words": found.summary(language),
    }
