"""What it costs to start: `import trends` beside `import pandas`, and a whole report."""

from __future__ import annotations

import statistics
import sys
import tempfile
from importlib.metadata import version
from typing import Any

from machine import cost, say

MONTH = "2025-06"
IMPORTS = {
    "pandas": "import pandas",
    "trends": "import trends",
    "trends, Panel used": "import trends; trends.Panel",
}


def rows(repeats: int = 7) -> list[dict[str, Any]]:
    """Rows for the table: the import of pandas is the peer, the report has none."""
    found: dict[str, list[tuple[float, float, float]]] = {name: [] for name in IMPORTS}
    for repeat in range(repeats + 1):
        for name, code in IMPORTS.items():
            once = cost([sys.executable, "-c", code])
            if repeat:  # the first fills the caches of files
                found[name].append(once)
    say("start: imports measured")
    with tempfile.TemporaryDirectory() as folder:
        report = [sys.executable, "-m", "trends", "report", MONTH, "--out", folder]
        reports = [cost(report) for _ in range(4)][1:]
    say("start: reports measured")
    table = [row("import", name, costs) for name, costs in found.items()]
    table.append(row("report", "trends", reports))
    own = next(r["seconds"] for r in table if r["program"] == "trends, Panel used")
    for one in table[:-1]:
        one["ratio"] = one["seconds"] / own
    return table


def row(job: str, name: str, costs: list[tuple[float, float, float]]) -> dict[str, Any]:
    seconds, cpu, peak = (statistics.median(part) for part in zip(*costs, strict=True))
    package = "pandas" if name == "pandas" else "attack-trends"
    return {
        "job": job,
        "program": name,
        "version": version(package),
        "n": None,
        "t": None,
        "threads": None,
        "seconds": seconds,
        "cpu_seconds": cpu,
        "peak_mib": peak,
        "agrees": None,
        "ratio": None,
        "share_of_bandwidth": None,
        "repeats": len(costs),
    }
