"""A panel in, a frozen result out."""

from trends.detect.alarms import Alarms, find_alarms
from trends.detect.changes import Changes, find_changes
from trends.detect.latest import Latest, find_latest
from trends.detect.prominences import ProminentStreaks, find_prominent_streaks
from trends.detect.rampups import Rampups, find_rampups
from trends.detect.ranks import Ranks, find_ranks
from trends.detect.records import Records, find_records
from trends.detect.streaks import Streaks, find_streaks

__all__ = [
    "DETECTORS",
    "Alarms",
    "Changes",
    "Latest",
    "ProminentStreaks",
    "Rampups",
    "Ranks",
    "Records",
    "Streaks",
    "find_alarms",
    "find_changes",
    "find_latest",
    "find_prominent_streaks",
    "find_rampups",
    "find_ranks",
    "find_records",
    "find_streaks",
]

DETECTORS = {
    "alarms": find_alarms,
    "rampups": find_rampups,
    "records": find_records,
    "streaks": find_streaks,
    "ranks": find_ranks,
    "changes": find_changes,
    "latest": find_latest,
    "prominent_streaks": find_prominent_streaks,
}
