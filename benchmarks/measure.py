"""Measure one program in a process of its own, in whichever venv it is started.

    python benchmarks/measure.py --job run_lengths --program bottleneck --data DIR

The last line that it prints is JSON: the seconds and CPU seconds of each repetition, the peak
memory, and what went wrong if anything did.
"""

from __future__ import annotations

import argparse
import contextlib
import importlib
import importlib.metadata
import json
import platform
import time
from pathlib import Path
from typing import Any

import numpy as np
from jobs import JOBS
from programs import Arrays, Program

MODULES = {"ours": "ours", "theirs": "peers_scans peers_trends peers_segments"}
WARM_ROWS = 4  # peers are warmed up on these; ours on all, since it counts its work
ENOUGH = 2.0  # seconds


def programs(side: str) -> list[Program]:
    modules = [importlib.import_module(name) for name in MODULES[side].split()]
    return [program for module in modules for program in module.PROGRAMS]


def load(job: str, data: Path, rows: int | None = None) -> Arrays:
    (names,) = (j.arrays for j in JOBS if j.key == job)
    # A copy: memory that a file is mapped to would be read while the program is timed.
    return {name: np.load(data / f"{name}.npy", mmap_mode="r")[:rows].copy() for name in names}


def measure(program: Program, arrays: Arrays, most: int, whole: bool) -> dict[str, Any]:
    given = program.prepare(arrays)
    if whole:
        warm_up(program, given)
    else:
        few = {name: array[:WARM_ROWS] for name, array in arrays.items()}
        program.work(program.prepare(few))
    forget_peak()
    before = memory("VmRSS")
    seconds, cpu = [], []
    while len(seconds) < most and sum(seconds) < ENOUGH:
        result = None  # so that two are never held
        start, cpu_start = time.perf_counter(), time.process_time()
        result = program.work(given)
        seconds.append(time.perf_counter() - start)
        cpu.append(time.process_time() - cpu_start)
    peak = memory("VmHWM")
    answer = program.answer(result)
    size = sum(array.nbytes for array in arrays.values())
    return {
        "seconds": seconds,
        "cpu_seconds": cpu,
        "peak_mib": peak,
        "above_mib": None if peak is None or before is None else peak - before,
        "input_mib": size / 2**20,
        "shape": next(iter(arrays.values())).shape,
        "result_bytes": result.nbytes if isinstance(result, np.ndarray) else 0,
        "answer": answer,
    }


def warm_up(program: Program, given: Any) -> None:
    """Call until it is compiled, which ours is once it has been given enough work."""
    start = time.perf_counter()
    for call in range(12):
        program.work(given)
        if call >= 4 and time.perf_counter() - start > ENOUGH:
            break


def memory(field: str) -> float | None:
    """VmRSS or VmHWM of this process in MiB, where there is a /proc."""
    status = Path("/proc/self/status")
    lines = status.read_text().splitlines() if status.exists() else []
    found = [line.split()[1] for line in lines if line.startswith(field)]
    return int(found[0]) / 1024 if found else None


def forget_peak() -> None:
    """Let VmHWM begin anew: reading the arrays is not part of the job."""
    with contextlib.suppress(OSError):
        Path("/proc/self/clear_refs").write_text("5")


def version(program: Program) -> str:
    if program.distribution == "python":
        return platform.python_version()
    name = "attack-trends" if program.distribution.startswith("trends") else program.distribution
    return importlib.metadata.version(name)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--side", choices=MODULES, default="theirs")
    parser.add_argument("--job", required=True)
    parser.add_argument("--program", required=True)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--answer", type=Path)
    parser.add_argument("--most", type=int, default=9)
    options = parser.parse_args()
    (program,) = (
        p for p in programs(options.side) if (p.job, p.name) == (options.job, options.program)
    )
    try:
        arrays = load(options.job, options.data, program.rows)
        found = measure(program, arrays, options.most, options.side == "ours")
        answer = found.pop("answer")
        if options.answer:
            np.savez(options.answer, **answer)
        found["version"] = version(program)
    except Exception as error:  # the row says so, and the others go on
        found = {"problem": f"{type(error).__name__}: {error}"}
    print(json.dumps(found))


if __name__ == "__main__":
    main()
