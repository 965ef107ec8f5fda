"""Ramp-ups, alarms and claims of many series: asv run, or python bench_statistics.py."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pandas as pd
import plainly
import statsmodels.api as sm

import trends
from trends.claims import CLAIM_TYPES

HERE = Path(__file__).parent


def panel(n_series: int, n_time: int = 120) -> trends.Panel:
    """Negative binomial counts without a change."""
    rng = np.random.default_rng(1)
    values = rng.poisson(30 * rng.gamma(5, 0.2, (n_series, n_time))).astype(np.float64)
    months = pd.period_range("2015-01", periods=n_time, freq="M")
    return trends.Panel(values, months, [f"s{i}" for i in range(n_series)])


class Detectors:
    """10,000 series of 120 months; 10 by statsmodels, for the same question asked of it."""

    timeout = 300

    def setup(self) -> None:
        self.many, self.few = panel(10_000), panel(10)
        trends.find_rampups(panel(300))  # compiled
        trends.find_alarms(panel(300), last=12)

    def time_find_rampups_10000(self) -> None:
        trends.find_rampups(self.many).frame()

    def time_find_alarms_last_12_of_10000(self) -> None:
        trends.find_alarms(self.many, last=12)

    def time_statsmodels_steps_10(self) -> None:
        """GLSAR(1) of a step at each month: the scan alone, without ramps, gates or outliers."""
        for row in np.sqrt(self.few.values + 0.375):
            for t in range(2, len(row) - 1):
                step = (np.arange(len(row)) >= t).astype(np.float64)
                sm.GLSAR(row, sm.add_constant(step), rho=1).iterative_fit(3)

    def time_propose_10000(self) -> None:
        trends.propose(self.many, "2024-12")


class Claims:
    """The published claims on the bundled data."""

    def setup(self) -> None:
        path = HERE.parent / "tests" / "golden" / "claims.json"
        self.pairs = []
        for entry in json.loads(path.read_text(encoding="utf-8")):
            if entry["data"] in trends.data_sets():
                data = trends.load(entry["data"])
                options = {
                    k: tuple(v) if isinstance(v, list) else v for k, v in entry["options"].items()
                }
                kind = CLAIM_TYPES[entry["type"]]
                claim = kind(series=data.names[0], month=entry["month"], **options)
                self.pairs.append((claim, data))

    def time_check_published_claims(self) -> None:
        for claim, data in self.pairs:
            claim.check(data)


if __name__ == "__main__":
    plainly.run(Detectors)
    plainly.run(Claims)
