"""The same claim under other definitions, and by day."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass

from trends.claims import Change, Claim, Mean, Multiple, Outcome, Share, Total, Window
from trends.errors import TrendsError
from trends.loaders import data_sets, load
from trends.panel import Panel
from trends.wording import read_words

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
    language: str = "en"

    def line(self) -> str:
        """What holds there, in a line; where only the number is another, the number."""
        words = read_words(self.language)
        word = None if self.numeric else words(f"outcomes.{self.outcome}")
        return words("reasons.told.elsewhere", name=self.name, outcome=word, reason=self.reason)


def by_day(claim: Claim, panel: Panel, language: str) -> Elsewhere | None:
    """The statement on daily rates, where it compares months."""
    if panel.kind != "flow" or claim.type not in COMPARES or getattr(claim, "per", "") == "day":
        return None
    name = read_words(language)("reasons.told.by_day")
    return _checked(claim.bare(), panel.per_day(), name, language, numeric=False)


def other_definitions(panel: Panel) -> dict[str, Panel]:
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


def elsewhere(claim: Claim, others: Mapping[str, Panel], language: str) -> list[Elsewhere]:
    """The statement on other panels, where it can be checked."""
    found = []
    for name, panel in others.items():
        bare = dataclasses.replace(claim.bare(), series=panel.names[0])
        try:
            each = _checked(bare, panel, name, language, numeric=_numeric(claim))
        except TrendsError:
            continue  # its data do not reach the month
        found += [each] if each else []
    return found


def _checked(
    claim: Claim, panel: Panel, name: str, language: str, *, numeric: bool
) -> Elsewhere | None:
    verdict = claim.check(panel, language=language)
    if verdict.outcome == "cannot say":
        return None
    return Elsewhere(
        name, panel.definition, verdict.outcome, verdict.reason, verdict.numbers, numeric, language
    )


def _numeric(claim: Claim) -> bool:
    """Whether all that a claim says is a number, which is another under every definition."""
    if isinstance(claim, Window):
        return claim.relation not in ("above", "below")
    return isinstance(claim, Change | Multiple | Total | Mean | Share)
