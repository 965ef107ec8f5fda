"""Arrays in, arrays out, shape (..., n_time): one plain loop a kernel, no checks, no warnings."""

from trends.kernels.changes import differences, ratios
from trends.kernels.ranks import high_ranks, low_ranks
from trends.kernels.records import (
    earlier_highs,
    earlier_lows,
    known_counts,
    low_record_flags,
    record_flags,
    steps_since,
    steps_since_low,
)
from trends.kernels.runs import fall_lengths, rise_lengths, run_lengths

__all__ = [
    "differences",
    "earlier_highs",
    "earlier_lows",
    "fall_lengths",
    "high_ranks",
    "known_counts",
    "low_ranks",
    "low_record_flags",
    "ratios",
    "record_flags",
    "rise_lengths",
    "run_lengths",
    "steps_since",
    "steps_since_low",
]
