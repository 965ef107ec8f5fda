"""Arrays in, arrays out, shape (..., n_time): one plain loop a kernel, no checks, no warnings.

The estimators are imported from their own modules: `associations`, `regressions`, `segmentations`
and `alarms`.
"""

from trends.kernels.changes import differences, ratios
from trends.kernels.extremes import earlier_highs, earlier_lows, running_highs, running_lows
from trends.kernels.latest import last_steps_since, last_steps_since_low, latest_facts
from trends.kernels.ranks import high_ranks, low_ranks
from trends.kernels.records import (
    known_counts,
    low_record_counts,
    low_record_flags,
    low_tie_flags,
    record_counts,
    record_flags,
    steps_since,
    steps_since_low,
    tie_flags,
)
from trends.kernels.runs import (
    fall_lengths,
    longest_falls,
    longest_rises,
    longest_runs,
    rise_lengths,
    run_lengths,
)
from trends.kernels.windows import (
    window_high_ranks,
    window_highs,
    window_low_ranks,
    window_lows,
    window_means,
    window_medians,
    window_sums,
)

__all__ = [
    "differences",
    "earlier_highs",
    "earlier_lows",
    "fall_lengths",
    "high_ranks",
    "known_counts",
    "last_steps_since",
    "last_steps_since_low",
    "latest_facts",
    "longest_falls",
    "longest_rises",
    "longest_runs",
    "low_ranks",
    "low_record_counts",
    "low_record_flags",
    "low_tie_flags",
    "ratios",
    "record_counts",
    "record_flags",
    "rise_lengths",
    "run_lengths",
    "running_highs",
    "running_lows",
    "steps_since",
    "steps_since_low",
    "tie_flags",
    "window_high_ranks",
    "window_highs",
    "window_low_ranks",
    "window_lows",
    "window_means",
    "window_medians",
    "window_sums",
]
