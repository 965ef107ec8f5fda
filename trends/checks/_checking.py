"""Check a sentence, or a typed claim: each claim of it on the data that it speaks of."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from trends.checks._choosing import DataLike, NoData, bound, choose, panels_of
from trends.checks._findings import Finding, weigh
from trends.claims import Claim, Outcome, worst
from trends.errors import BadOption, MonthOutside
from trends.panel import MonthLike, Panel, notebook_html
from trends.reading import ReadClaim, Unread, read_claim
from trends.vintages import Store
from trends.wording import check_language, read_words


@dataclass(frozen=True, slots=True)
class Unchecked:
    """A claim that was read and could not be laid beside any data."""

    claim: Claim
    words: str
    why: str


@dataclass(frozen=True, slots=True, eq=False)
class Check:
    """What `check` found of a sentence.

    Parameters
    ----------
    text : str
        The sentence; that of a typed claim where one was given.
    findings : tuple of Finding
        The claims in it, each with its verdict, support and robustness.
    words : tuple of str
        The words that each finding was read from.
    unchecked : tuple of Unchecked
        Claims without data.
    unread : tuple of Unread
        Words that say something and could not be read.
    """

    text: str
    findings: tuple[Finding, ...]
    words: tuple[str, ...]
    unchecked: tuple[Unchecked, ...] = ()
    unread: tuple[Unread, ...] = ()

    @property
    def outcome(self) -> Outcome:
        """The worst verdict; *cannot say* where a claim has no data or words were not read."""
        found: list[Outcome] = [finding.outcome for finding in self.findings]
        if self.unchecked or self.unread or not found:
            found.append("cannot say")
        return worst(*found)

    def frame(self) -> pd.DataFrame:
        """One row a claim: ``words, type, month, outcome, reason, corrected``."""
        rows = [
            (
                words,
                finding.claim.type,
                finding.claim.month,
                finding.outcome,
                finding.verdict.reason,
                finding.verdict.corrected.sentence(finding.language)
                if finding.verdict.corrected
                else "",
            )
            for words, finding in zip(self.words, self.findings, strict=True)
        ]
        columns = ["words", "type", "month", "outcome", "reason", "corrected"]
        return pd.DataFrame(rows, columns=columns)

    def facts(self) -> dict[str, Any]:
        """What JSON can hold."""
        return {
            "text": self.text,
            "outcome": self.outcome,
            "claims": [
                {"words": words, **finding.facts()}
                for words, finding in zip(self.words, self.findings, strict=True)
            ],
            "unchecked": [
                {"words": each.words, "sentence": each.claim.sentence(), "why": each.why}
                for each in self.unchecked
            ],
            "unread": [{"words": each.words, "why": each.why} for each in self.unread],
        }

    def __str__(self) -> str:
        lines = [self.text] if self.text else []
        for words, finding in zip(self.words, self.findings, strict=True):
            if words and words != self.text:
                lines.append(f"- {words!r}")
            lines += finding.lines()
        lines += [f"- {each.words!r}\nCANNOT SAY: {each.why}" for each in self.unchecked]
        lines += [f"Not read: {each.words!r} ({each.why})" for each in self.unread]
        if not self.findings and not self.unchecked and not self.unread:
            lines.append("CANNOT SAY: no claim was found in it.")
        return "\n".join(lines)

    def _repr_html_(self) -> str:
        return notebook_html(str(self).splitlines())


def check(
    sentence_or_claim: str | Claim,
    data: DataLike = None,
    *,
    month: MonthLike | None = None,
    published: dt.date | str | None = None,
    as_of: dt.date | str | None = None,
    definition: str | None = None,
    store: Store | str | Path | None = None,
    language: str = "en",
) -> Check:
    """Check a sentence as it was printed, or a typed claim.

    A verdict keeps three things apart. *Arithmetic*: whether the numbers say so, with rounding
    words by their bands, and what would be true instead. *Support*: how often chance alone brings
    as much, in this month and anywhere that one might have looked. *Robustness*: how little would
    overturn it, what other choices of reference or span would have said, and under which other
    definitions it holds.

    Parameters
    ----------
    sentence_or_claim : str or Claim
        A sentence is read by `read_claim`: nothing in it is guessed.
    data : Panel, Series, DataFrame, name of a data set, or a sequence of them, optional
        What to check on. By default the bundled data; each claim finds the series it speaks of.
    month : Period or str, optional
        The month that a sentence is about, where it names none.
    published : date or str, optional
        The day on which it was printed: "last month" is the one before. With a store, the claim is
        also checked on the data as they were known on that day.
    as_of, definition, store
        As of `trends.load`: the data as known on that day, under that definition.
    language : {'en', 'fr', 'uk'}
        Of what is answered. A sentence itself is read in English.

    Returns
    -------
    Check

    Raises
    ------
    BadOption
        If a typed claim is given with a month.
    UnknownName
        If a typed claim is about a quantity that the data do not have.

    Examples
    --------
    >>> km2 = pd.Series([725.0, 476, 430, 389, 240, 379, 507, 588],
    ...                 pd.period_range("2024-11", periods=8, freq="M"), name="territory")
    >>> found = check("Russia's biggest territorial gain since November while accelerating "
    ...               "advances for a third consecutive month", km2, month="2025-06")
    >>> [(f.claim.type, f.outcome) for f in found.findings]
    [('since', 'true'), ('streak', 'true')]
    """
    check_language(language, "check")
    panels = panels_of(data, as_of=as_of, store=store, definition=definition)
    earlier = _earlier(data, published, store, definition, language)
    if isinstance(sentence_or_claim, Claim):
        if month is not None:
            raise BadOption("check", "month", str(month), "given with a claim, which has its own")
        panel = choose(sentence_or_claim, panels)
        others = _twins(sentence_or_claim, earlier)
        finding = weigh(bound(sentence_or_claim, panel), panel, others=others, language=language)
        return Check(finding.claim.sentence(language), (finding,), ("",))
    reading = read_claim(sentence_or_claim, month=month, published=published)
    findings, words, unchecked = [], [], []
    for read in reading.claims:
        found = _try(read, panels, earlier, language)
        if isinstance(found, Unchecked):
            unchecked.append(found)
        else:
            findings.append(found)
            words.append(read.words)
    return Check(sentence_or_claim, tuple(findings), tuple(words), tuple(unchecked), reading.unread)


def _try(
    read: ReadClaim, panels: list[Panel], earlier: dict[str, list[Panel]], language: str
) -> Finding | Unchecked:
    said = (read.source, read.definition_hint)
    try:
        panel = choose(read.claim, panels, *said)
        others = _twins(read.claim, earlier, *said)
        notes = _notes(read, panel, language)
        return weigh(bound(read.claim, panel), panel, others=others, notes=notes, language=language)
    except (NoData, MonthOutside) as error:
        return Unchecked(read.claim, read.words, str(error))


def _earlier(
    data: DataLike,
    published: dt.date | str | None,
    store: Store | str | Path | None,
    definition: str | None,
    language: str,
) -> dict[str, list[Panel]]:
    """The data of a store as they were known on the day of publication."""
    if store is None or published is None or data is None:
        return {}
    try:
        then = panels_of(data, as_of=published, store=store, definition=definition)
    except BadOption:
        return {}  # nothing was known yet
    return {read_words(language)("reasons.told.known_on", day=f"{published}"): then}


def _twins(
    claim: Claim, earlier: dict[str, list[Panel]], source: str = "", hint: str = ""
) -> dict[str, Panel]:
    return {name: choose(claim, panels, source, hint) for name, panels in earlier.items()}


def _notes(read: ReadClaim, panel: Panel, language: str) -> tuple[str, ...]:
    """What the sentence says of its source and definition, beside what the data are."""
    said = [words for words in (read.source, read.definition_hint) if words]
    if not said:
        return ()
    note = read_words(language)(
        "reasons.told.says",
        said=", ".join(said),
        source=panel.source,
        definition=panel.definition,
    )
    return (note,)
