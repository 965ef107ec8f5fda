"""Run the simulations behind the statistical promises, and write their table into the docs."""

from __future__ import annotations

import argparse
import importlib
import json
import os
import sys
import time
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
PAGE = HERE.parents[1] / "docs" / "validity.md"
RESULTS = HERE.parent / "results" / "validity.json"
BEGIN, END = "<!-- validity:begin -->", "<!-- validity:end -->"

# The longest first, so that two cores end at about the same time.
SIMULATIONS = (
    "sim_rampup_intervals",
    "sim_rampups",
    "sim_nowcasts",
    "sim_forecasts",
    "sim_public_forecasts",
    "sim_alarms",
    "sim_trends",
    "sim_rates",
    "sim_surprises",
)


def simulate(name: str, scale: float) -> dict[str, Any]:
    """The rows of one simulation, and how long it took."""
    start = time.perf_counter()
    rows = importlib.import_module(name).rows(scale)
    seconds = time.perf_counter() - start
    return {"simulation": name, "seconds": seconds, "rows": [row.record() for row in rows]}


def page(results: list[dict[str, Any]], scale: float) -> str:
    """The part of the page that the script writes."""
    from promises import Row, table

    fields = ("method", "what", "share", "replicates", "low", "high")
    rows = [Row(**{key: row[key] for key in fields}) for each in results for row in each["rows"]]
    verdicts = [row.verdict for row in rows]
    promised = [verdict for verdict in verdicts if verdict != "told"]
    seconds = sum(each["seconds"] for each in results)
    return "\n\n".join(
        (
            BEGIN,
            f"{len(rows)} rows at scale {scale:g}, {seconds / 60:.0f} CPU minutes. Of "
            f"{len(promised)} targets {promised.count('met')} are met, "
            f"{promised.count('met within 4 s.e.')} within four Monte-Carlo standard errors, "
            f"{promised.count('not met')} not met.",
            table(rows),
            END,
        )
    )


def main() -> None:
    """Run all, or those named."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--scale", type=float, default=1.0, help="1 for at least 2,000 replicates")
    parser.add_argument("--only", nargs="*", choices=SIMULATIONS, default=SIMULATIONS)
    parser.add_argument("--processes", type=int, default=os.cpu_count())
    given = parser.parse_args()
    for library in ("NUMBA", "OPENBLAS", "MKL", "OMP"):
        os.environ[f"{library}_NUM_THREADS"] = "1"  # a process a core; threads would wait for it
    with ProcessPoolExecutor(given.processes) as pool:
        jobs = [pool.submit(simulate, name, given.scale) for name in given.only]
        results = [job.result() for job in jobs]
    for each in results:
        sys.stderr.write(f"{each['simulation']}: {each['seconds']:.0f} s\n")
    written = page(results, given.scale)
    if tuple(given.only) != SIMULATIONS or given.scale < 1:
        sys.stdout.write(written + "\n")  # a part is no evidence for the docs
        return
    RESULTS.write_text(json.dumps(results, indent=1) + "\n", encoding="utf-8")
    text = PAGE.read_text(encoding="utf-8")
    before, after = text.split(BEGIN)[0], text.split(END)[1]
    PAGE.write_text(before + written + after, encoding="utf-8")


if __name__ == "__main__":
    main()
