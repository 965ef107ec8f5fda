"""The three verdicts on a finding, worded by fixed rules and kept apart."""

from __future__ import annotations

import math
from typing import Any

from trends.checks import Finding, Support
from trends.wording import Words, chance_words, percent

RARE = 0.05


def verdicts(finding: Finding, words: Words) -> dict[str, dict[str, Any]]:
    """What the numbers say, how often chance says as much, how little would overturn it."""
    arithmetic: dict[str, Any] = {
        "word": words(f"verdict.{finding.outcome.replace(' ', '_')}"),
        "lines": [finding.verdict.reason],
        "detail": "",
    }
    return {
        "arithmetic": arithmetic,
        "support": support(finding.support, words),
        "robustness": robustness(finding, words),
    }


def support(found: Support | None, words: Words) -> dict[str, Any]:
    """Both chances always together; what is not rare is compatible with chance and no more."""
    if found is None:
        text = words("verdict.support_none_text")
        return {"word": words("verdict.support_none"), "lines": [text], "detail": ""}
    lines = [
        words(
            "verdict.support_text",
            null=words(f"verdict.null_{found.null}"),
            here=chance_words(found.at_this_month, words.language),
            anywhere=chance_words(found.anywhere, words.language),
        )
    ]
    if found.anywhere < RARE:
        word = "verdict.support_rare"
    elif found.rare:
        word = "verdict.support_rare_here"
    else:
        word = "verdict.support_common"
        lines.append(words("verdict.support_common_text"))
    return {"word": words(word), "lines": lines, "detail": found.words}


def robustness(finding: Finding, words: Words) -> dict[str, Any]:
    """The strongest objection as the word, all that was tried as the lines."""
    margins, choices, by_day = finding.margins, finding.perturbations, finding.by_day
    lines = []
    if margins is not None:
        lines.append(words("verdict.margin_line", line=margins.summary(words.language)))
    if by_day is not None and by_day.outcome != "true":
        lines.append(words("verdict.by_day_line", line=by_day.reason))
    if finding.elsewhere:
        lines.append(_elsewhere(finding, words))
    if choices is not None and (line := choices.summary(words.language)):
        lines.append(words("verdict.choices_line", line=line))
    return {"word": _objection(finding, words), "lines": lines, "detail": ""}


def _elsewhere(finding: Finding, words: Words) -> str:
    """Under how many other definitions it holds, and what those say that say otherwise.

    Of a change the number is another everywhere: what counts is whether the direction is.
    """
    others = finding.elsewhere
    against = [other for other in others if other.outcome == "false"]
    if any(other.numeric for other in others):
        return " ".join(other.line() for other in others)
    if not against:
        return words("verdict.holds_in", n=len(others))
    lines = " ".join(other.line() for other in against)
    return words("verdict.fails_in", n=len(against), of=len(others), lines=lines)


def _objection(finding: Finding, words: Words) -> str:
    margins, choices, by_day = finding.margins, finding.perturbations, finding.by_day
    if finding.outcome == "depends":
        return words("verdict.turns_elsewhere")
    if by_day is not None and by_day.outcome == "false":
        return words("verdict.turns_by_day")
    if choices is not None and choices.picked:
        return words("verdict.picked")
    if margins is not None and margins.month is not None and math.isfinite(margins.relative):
        size = percent(abs(margins.share), language=words.language).lstrip("+")
        return words("verdict.margin", size=size)
    return words("verdict.holds_elsewhere" if finding.elsewhere else "verdict.untested")
