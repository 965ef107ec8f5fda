"""How cost grows with the number of series and with their length: make growth.

    python benchmarks/growth.py [--most 100000] [--results DIR]

Each size is measured in a process of its own, on all threads. Writes growth.json into the folder
of results and the chart docs/images/growth.png.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from pathlib import Path

import numpy as np
import ours
from growth_points import DTYPES, KERNELS, Point
from machine import HERE, ROOT, last_json, say
from measure import ENOUGH, forget_peak, memory

SERIES = (1_000, 10_000, 100_000, 1_000_000)
STEPS = (60, 120, 240, 600, 1_200, 2_400, 5_000, 10_000)
N_TIME, N_STEPS = 240, 2_400_000  # the length as series grow; the work as steps grow
LIMIT = 300.0


def counts(n: int, n_time: int, dtype: str) -> np.ndarray:
    """Counts around a random walk, made row block by row block to keep the peak low."""
    rng = np.random.Generator(np.random.PCG64([n, n_time]))
    values = np.empty((n, n_time), dtype)
    for a in range(0, n, 10_000):
        shape = values[a : a + 10_000].shape
        walk = rng.normal(0, 0.08, shape).cumsum(axis=1) + 3
        values[a : a + 10_000] = rng.poisson(np.exp(walk.clip(0, 6)))
    return values


def measure(name: str, n: int, n_time: int, dtype: str) -> Point:
    """Seconds of one call, and the memory that it took above its input."""
    kernel = ours.kernel(*KERNELS[name]).compiled
    kernel(counts(64, n_time, dtype))
    values = counts(n, n_time, dtype)
    forget_peak()
    before, seconds = memory("VmRSS"), []
    while len(seconds) < 9 and (sum(seconds) < ENOUGH or len(seconds) < 3):
        start = time.perf_counter()
        kernel(values)
        seconds.append(time.perf_counter() - start)
    peak = memory("VmHWM")
    above = None if peak is None or before is None else peak - before
    return {
        "kernel": name,
        "dtype": dtype,
        "n": n,
        "t": n_time,
        "seconds": float(np.median(seconds)),
        "input_mib": values.nbytes / 2**20,
        "peak_mib": peak,
        "above_mib": above,
    }


def points(most: int) -> list[Point]:
    sizes = [("series", n, N_TIME) for n in SERIES if n <= most]
    sizes += [("steps", max(1, min(N_STEPS, most * N_TIME) // t), t) for t in STEPS]
    found = []
    for name in KERNELS:
        for dtype in DTYPES:
            for axis, n, n_time in sizes:
                command = [sys.executable, HERE / "growth.py", "--one", name, n, n_time, dtype]
                point = last_json(command, LIMIT)
                if "problem" in point:
                    say(f"{name} {dtype} {n} x {n_time}: {point['problem']}")
                    continue
                found.append(point | {"axis": axis})
                say(f"{name} {dtype} {n:,} x {n_time:,}: {point['seconds']:.4g} s")
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--most", type=int, default=max(SERIES), help="series at most")
    parser.add_argument("--results", type=Path, default=HERE / "results")
    parser.add_argument("--picture", type=Path, default=ROOT / "docs" / "images" / "growth.png")
    parser.add_argument("--one", nargs=4, help=argparse.SUPPRESS)
    parser.add_argument("--draw", action="store_true", help="only draw what was measured before")
    options = parser.parse_args()
    if options.one:
        name, n, n_time, dtype = options.one
        print(json.dumps(measure(name, int(n), int(n_time), dtype)))
        return
    options.results.mkdir(parents=True, exist_ok=True)
    kept = options.results / "growth.json"
    if not options.draw:
        kept.write_text(json.dumps(points(options.most), indent=1) + "\n")
    import growth_chart  # matplotlib is not for the measuring processes

    growth_chart.save(json.loads(kept.read_text()), options.picture)
    say(f"written: {kept} and {options.picture}")


if __name__ == "__main__":
    main()
