"""Tests, slopes, regressions, change points and alarms: asv run, or python bench_trends.py."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

import ours
import plainly
import workload
from jobs import JOBS

SHARE = 0.5  # of the size in the table of results


class Estimators:
    """Each estimator as `make bench` calls it."""

    param_names = ("job",)
    params = (
        (
            "mann_kendall",
            "theil_sen",
            "poisson",
            "negbin",
            "l2",
            "l2_long",
            "poisson_cost",
            "ears",
            "farrington",
        ),
    )

    def setup(self, job: str) -> None:
        names = next(each.arrays for each in JOBS if each.key == job)
        program = next(p for p in ours.PROGRAMS if (p.job, p.name) == (job, "trends"))
        self.given = program.prepare({name: workload.make(name, SHARE) for name in names})
        self.work = program.work
        for _ in range(3):  # compiled once there was enough work
            self.work(self.given)

    def time_estimator(self, job: str) -> None:
        self.work(self.given)

    def peakmem_estimator(self, job: str) -> None:
        self.work(self.given)


if __name__ == "__main__":
    plainly.run(Estimators)
