"""Propose, check and say claims; one file a claim type."""

from trends.claims._claim import OUTCOMES, Claim, Outcome, Verdict, worst
from trends.claims._sums import summed
from trends.claims.changes import Change
from trends.claims.means import Mean
from trends.claims.multiples import Multiple
from trends.claims.nets import Net
from trends.claims.nights import Nights
from trends.claims.paces import Pace
from trends.claims.ranks import Rank
from trends.claims.records import Record
from trends.claims.shares import Share
from trends.claims.signs import Sign
from trends.claims.since import Since
from trends.claims.streaks import Streak
from trends.claims.thresholds import Threshold
from trends.claims.totals import Total
from trends.claims.windows import Window

CLAIM_TYPES: dict[str, type[Claim]] = {
    "record": Record,
    "since": Since,
    "streak": Streak,
    "rank": Rank,
    "multiple": Multiple,
    "change": Change,
    "threshold": Threshold,
    "total": Total,
    "window": Window,
    "share": Share,
    "mean": Mean,
    "net": Net,
    "sign": Sign,
    "nights": Nights,
    "pace": Pace,
}

__all__ = [
    "CLAIM_TYPES",
    "OUTCOMES",
    "Change",
    "Claim",
    "Mean",
    "Multiple",
    "Net",
    "Nights",
    "Outcome",
    "Pace",
    "Rank",
    "Record",
    "Share",
    "Sign",
    "Since",
    "Streak",
    "Threshold",
    "Total",
    "Verdict",
    "Window",
    "summed",
    "worst",
]
