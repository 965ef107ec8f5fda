"""Runs, records, windows and the scan of the last month: asv run, or python bench_scans.py."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

import ours
import plainly
import workload

SHARE = 0.2  # of the size in the table of results


class Kernels:
    """Each kernel as `make bench` calls it, by element type."""

    param_names = ("job", "dtype")
    params = (
        (
            "run_lengths",
            "run_ends",
            "record_flags",
            "steps_since",
            "last_since",
            "running_max",
            "latest",
        ),
        ("float64", "int32"),
    )

    def setup(self, job: str, dtype: str) -> None:
        name = "flags" if job.startswith("run_") else "counts"
        self.values = workload.make(name, SHARE).astype(dtype)
        self.work = next(p.work for p in ours.PROGRAMS if (p.job, p.name) == (job, "trends"))
        for _ in range(3):  # compiled once there was enough work
            self.work(self.values)

    def time_kernel(self, job: str, dtype: str) -> None:
        self.work(self.values)

    def peakmem_kernel(self, job: str, dtype: str) -> None:
        self.work(self.values)


if __name__ == "__main__":
    plainly.run(Kernels)
