"""Which findings a report shows in full."""

from __future__ import annotations

from collections.abc import Sequence

from trends.checks import Finding

FEWEST_MAIN, MOST_MAIN = 3, 5
EVEN = 0.5  # share of months that could carry a claim as strong
MOST_OF_ONE = 2  # of them, findings of one series


def main_findings(findings: Sequence[Finding]) -> tuple[int, ...]:
    """Which findings are shown in full, in their order: three to five where there are as many.

    Of one series two at most; beyond the third only what fewer than half of all months could carry;
    and no round number that is passed for the first time by a record that is shown.
    """
    chosen: list[int] = []
    for k, finding in enumerate(findings):
        own = [
            findings[j].claim.type
            for j in chosen
            if findings[j].panel is finding.panel
            and findings[j].claim.series == finding.claim.series
        ]
        said = finding.claim.type == "threshold" and "record" in own
        rare = finding.claim.rarity is not None and finding.claim.rarity < EVEN
        wanted = len(chosen) < FEWEST_MAIN or (rare and len(chosen) < MOST_MAIN)
        if wanted and not said and len(own) < MOST_OF_ONE:
            chosen.append(k)
    return tuple(chosen)
