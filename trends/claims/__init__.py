"""Propose, check and say claims; one file a claim type."""

from trends.claims._claim import Claim, Outcome, Verdict
from trends.claims.changes import Change
from trends.claims.multiples import Multiple
from trends.claims.ranks import Rank
from trends.claims.records import Record
from trends.claims.since import Since
from trends.claims.streaks import Streak

CLAIM_TYPES: dict[str, type[Claim]] = {
    "record": Record,
    "since": Since,
    "streak": Streak,
    "rank": Rank,
    "multiple": Multiple,
    "change": Change,
}

__all__ = [
    "CLAIM_TYPES",
    "Change",
    "Claim",
    "Multiple",
    "Outcome",
    "Rank",
    "Record",
    "Since",
    "Streak",
    "Verdict",
]
