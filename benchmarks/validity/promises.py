"""A promise of a statistic, the simulated share that it is held against, and its table."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import asdict, dataclass


@dataclass(frozen=True)
class Row:
    """One simulated share.

    `low` and `high` are the target, 0 and 1 where one side is free; `None` for both where the
    figure is told and nothing is promised.
    """

    method: str  # fit_rate_ratio, ...
    what: str  # what was simulated, and what was counted
    share: float
    replicates: int
    low: float | None = 0.0
    high: float | None = 1.0

    @property
    def error(self) -> float:
        """The Monte-Carlo standard error of the share."""
        return math.sqrt(self.share * (1 - self.share) / self.replicates)

    @property
    def verdict(self) -> str:
        """Whether the share is on the right side of its target, within four such errors, or not."""
        if self.low is None or self.high is None:
            return "told"
        if self.low <= self.share <= self.high:
            return "met"
        # a share of 0 or 1 has no error of its own: take that of the target it missed
        missed = self.low if self.share < self.low else self.high
        error = max(self.error, math.sqrt(missed * (1 - missed) / self.replicates))
        near = self.low - 4 * error <= self.share <= self.high + 4 * error
        return "met within 4 s.e." if near else "not met"

    def record(self) -> dict[str, object]:
        """The row and what follows from it, for JSON."""
        return {**asdict(self), "error": self.error, "verdict": self.verdict}


def table(rows: Iterable[Row]) -> str:
    """A Markdown table."""
    lines = [
        "| method | simulated | share | s.e. | replicates | target | |",
        "| --- | --- | --: | --: | --: | --- | --- |",
    ]
    for row in rows:
        verdict = "**not met**" if row.verdict == "not met" else row.verdict
        lines.append(
            f"| {row.method} | {row.what} | {row.share:.3f} | {row.error:.3f} | "
            f"{row.replicates:,} | {_target(row)} | {verdict} |"
        )
    return "\n".join(lines)


def _target(row: Row) -> str:
    if row.low is None or row.high is None:
        return ""
    if row.low <= 0:
        return f"at most {row.high:g}"
    return f"at least {row.low:g}" if row.high >= 1 else f"{row.low:g} to {row.high:g}"
