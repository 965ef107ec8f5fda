"""Measure ours and the peers, in turn, on the same arrays: make bench.

    python benchmarks/run.py [--scale 0.05] [--jobs l2 l2_long] [--results DIR]

Progress goes to stderr; the results are latest.json and latest.md in the folder of results.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import statistics
import sys
import time
from pathlib import Path
from typing import Any

import machine
import numpy as np
import peers_r
import startups
import tables
import workload
from answers import agrees, difference, with_alarms
from jobs import JOBS, Job
from machine import HERE, ROOT, say
from measure import programs
from peers_r import RProgram
from programs import Program

THREADS = (1, 2)
LIMIT = 240.0  # seconds for one process
SHORT = 1.5  # a program that takes longer is not measured in the second round
Row = dict[str, Any]


class Bench:
    """One run: the data, the interpreters, and what has been found."""

    def __init__(self, scale: float, rounds: int) -> None:
        self.rounds = rounds
        self.data = workload.save(ROOT / "build" / "bench" / "data", scale)
        self.answers = ROOT / "build" / "bench" / "answers"
        self.pythons = {"ours": Path(sys.executable), "theirs": machine.peers_python()}
        self.ours, self.theirs = programs("ours"), programs("theirs")
        self.bandwidths: list[dict[str, float]] = []

    def rows(self, job: Job) -> list[Row]:
        """All programs of a job, one after the other, and once more the quick ones."""
        shutil.rmtree(self.answers, ignore_errors=True)
        self.answers.mkdir(parents=True)
        todo = [("ours", p, n) for p in self.ours if p.job == job.key for n in THREADS]
        todo += [("theirs", p, None) for p in self.theirs if p.job == job.key]
        todo += [(p.side, p, None) for p in peers_r.PROGRAMS if p.job == job.key]
        found: list[Row] = [{} for _ in todo]
        for turn in range(self.rounds):
            for k, (side, program, threads) in enumerate(todo):
                if not turn or statistics.median(found[k].get("times", [LIMIT])) < SHORT:
                    self.add(found[k], side, program, threads, self.answers / f"{k}.npz")
        if job.streams:
            bandwidth = machine.last_json([sys.executable, HERE / "bandwidth.py"], LIMIT)
            self.bandwidths.append({str(n): bandwidth[str(n)] for n in THREADS})
        self.compare(job, found)
        return found + [absent(job, package) for package in job.r]

    def add(
        self, row: Row, side: str, program: Program | RProgram, threads: int | None, path: Path
    ) -> None:
        if isinstance(program, RProgram):
            got = peers_r.measure(program, self.data, path, LIMIT)
            row["rtol"] = program.rtol
        else:
            command = [self.pythons[side], HERE / "measure.py", "--side", side, "--data", self.data]
            command += ["--job", program.job, "--program", program.name, "--answer", path]
            got = machine.last_json(command, LIMIT, threads)
        row.update(job=program.job, program=program.name, threads=threads, side=side)
        if "problem" in got:
            row.setdefault("problem", got["problem"])
            say(f"{program.job}: {program.name}: {got['problem']}")
            return
        n, t = got["shape"]
        row["times"] = row.get("times", []) + got["seconds"]
        row["cpu_times"] = row.get("cpu_times", []) + got["cpu_seconds"]
        row.update(version=got["version"], n=n, t=t, rows=program.rows)
        row.update(peak_mib=got["peak_mib"], above_mib=got["above_mib"])
        row.update(input_mib=got["input_mib"], traffic=got["input_mib"] * 2**20)
        row["traffic"] += got["result_bytes"]
        on = f" on {threads} thread{'s' * (threads > 1)}" if threads else ""
        say(f"{program.job}: {program.name}{on}: {statistics.median(row['times']):.4g} s")

    def compare(self, job: Job, found: list[Row]) -> None:
        """Fill in medians, ratios to ours on one thread, whether answers agree, and shares."""
        paths = [self.answers / f"{k}.npz" for k in range(len(found))]
        own = found[0] if found and found[0].get("times") else None
        answer = dict(np.load(paths[0])) if own else {}
        if job.alarms:
            answer = with_alarms(answer, np.load(self.data / f"{job.arrays[0]}.npy"))
        for row, path in zip(found, paths, strict=True):
            times, cpu = row.pop("times", []), row.pop("cpu_times", [])
            traffic = row.pop("traffic", 0)
            if not times:
                continue
            row.update(seconds=statistics.median(times), repeats=len(times))
            row.update(cpu_seconds=statistics.median(cpu))
            if own is None:
                continue
            if row is not own:
                row["differences"] = difference(answer, dict(np.load(path)))
                row["agrees"] = agrees(row["differences"], job.rtol | row.get("rtol", {}))
            for ratio, of in (("ratio", "seconds"), ("cpu_ratio", "cpu_seconds")):
                row[ratio] = row[of] / row["n"] / (own[of] / own["n"]) if own[of] else None
            if job.streams and row["side"] == "ours":
                moved = self.bandwidths[-1][str(row["threads"])]
                row["share_of_bandwidth"] = traffic / row["seconds"] / moved
        if own is not None:
            others = [row["agrees"] for row in found if "agrees" in row]
            own["agrees"] = all(others) if others else None


def absent(job: Job, package: str) -> Row:
    problem = peers_r.absent(package) or "no script for it yet"
    return {"job": job.key, "program": f"R {package}", "problem": problem}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--scale", type=float, default=1.0)
    parser.add_argument("--rounds", type=int, default=2)
    parser.add_argument("--jobs", nargs="*", choices=[job.key for job in JOBS])
    parser.add_argument("--results", type=Path, default=HERE / "results")
    options = parser.parse_args()
    began = time.perf_counter()
    about = machine.description(options.scale)
    bench = Bench(options.scale, options.rounds)
    rows: list[Row] = []
    for job in JOBS:
        if not options.jobs or job.key in options.jobs:
            rows += bench.rows(job)
            say(f"-- {job.key} done after {time.perf_counter() - began:.0f} s")
    if not options.jobs:
        rows += startups.rows()
    for threads in map(str, THREADS):
        if bench.bandwidths:
            found = [each[threads] for each in bench.bandwidths]
            about[f"bandwidth_{threads}"] = statistics.median(found)
    about.update(load_after=os.getloadavg()[0], seconds=time.perf_counter() - began)
    options.results.mkdir(parents=True, exist_ok=True)
    result = {"about": about, "rows": [tables.complete(row) for row in rows]}
    (options.results / "latest.json").write_text(json.dumps(result, indent=1) + "\n")
    (options.results / "latest.md").write_text(tables.page(result))
    say(f"written: {options.results}/latest.json and latest.md, after {about['seconds']:.0f} s")


if __name__ == "__main__":
    main()
