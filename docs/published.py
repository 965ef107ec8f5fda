"""Write docs/published.md from the golden claims: python docs/published.py."""

from __future__ import annotations

import json
import sys
from pathlib import Path

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parent / "tests" / "golden"))

from test_golden_claims import GOLDEN, claim_of, panel_of  # noqa: E402

from trends.checks import Finding, weigh  # noqa: E402
from trends.errors import TrendsError  # noqa: E402
from trends.reading import read_claim  # noqa: E402

INTRO = """# Published claims, checked

Written by `python docs/published.py` from `tests/golden/claims.json`: {n} claims that were
published about these series, in our words, each checked on the data named. *Margin* is the
smallest revision of one month that would overturn a claim that holds, and the share by which
every month would have to be off at once. *As strong* counts the 24 months before that could have
carried the same headline, and says where the reference, the start or the window looks picked.
*Read* says what `trends.read_claim` makes of our paraphrase: the same claim, another one, or
nothing. Why a verdict differs from the label that the claim had in the collection is said in the
file, and here under the table.

{counts}
"""


def cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")


def margin(found: Finding) -> str:
    if found.margins is None or found.margins.month is None:
        return ""
    far = found.margins
    return f"{far.month}: {100 * far.relative:+.1f}%; all {100 * far.joint:.1f}%"


def choices(found: Finding) -> str:
    if found.perturbations is None:
        return ""
    seen = found.perturbations
    word = "the strongest there is" if seen.usual else "looks picked"
    picked = f"; {seen.choice} {word}" if seen.picked else ""
    return f"{seen.equals} of {len(seen.months)}{picked}"


def read(golden: dict) -> str:
    """What the reader makes of the paraphrase, beside the typed claim."""
    try:
        reading = read_claim(golden["paraphrase"], month=golden["month"])
    except TrendsError as error:
        return f"refused: {error}"
    types = [each.claim.type for each in reading.claims]
    if golden["type"] in types:
        return "same type"
    return f"as {', '.join(types)}" if types else "not read"


def main() -> None:
    rows, why, outcomes = [], [], {}
    for golden in GOLDEN:
        panel = panel_of(golden["data"], golden["published"])
        found = weigh(claim_of(golden, panel), panel)
        outcome = found.verdict.outcome
        outcomes[outcome] = outcomes.get(outcome, 0) + 1
        said = f"{golden['publisher']}, {golden['published']}: {golden['paraphrase']}"
        cells = (golden["id"], said, golden["data"], f"**{outcome}**. {found.verdict.reason}")
        rows.append((*cells, margin(found), choices(found), read(golden)))
        if golden["why"]:
            why.append(f"- **{golden['id']}**: {golden['why']}")
    head = ("id", "said", "checked on", "verdict", "margin", "as strong", "read")
    lines = ["| " + " | ".join(head) + " |", "|" + " --- |" * len(head)]
    lines += ["| " + " | ".join(cell(part) for part in row) + " |" for row in rows]
    counts = ", ".join(f"{number} {outcome}" for outcome, number in sorted(outcomes.items()))
    intro = INTRO.format(n=len(GOLDEN), counts=f"Verdicts: {counts}.")
    text = "\n".join([intro, *lines, "", "## Where we differ from the label", "", *why, ""])
    (HERE / "published.md").write_text(text, encoding="utf-8")
    reads = [row[-1] for row in rows]
    tally = {each: reads.count(each) for each in sorted(set(reads))}
    sys.stderr.write(json.dumps(tally, indent=1) + "\n")


if __name__ == "__main__":
    main()
