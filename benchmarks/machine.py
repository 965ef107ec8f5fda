"""The venv of the peers, processes to measure in, and what machine this is."""

from __future__ import annotations

import datetime as dt
import json
import os
import platform
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
ROOT = HERE.parent
PEERS = ROOT / "build" / "venv-peers"


def say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


def peers_python() -> Path:
    """The interpreter of the peers' venv, which is made or brought up to date if need be."""
    python, stamp = PEERS / "bin" / "python", PEERS / ".installed"
    pins = HERE / "peers.txt"
    if not stamp.exists() or stamp.read_text() != pins.read_text():
        say(f"installing the peers into {PEERS.relative_to(ROOT)}, which can take minutes ...")
        if not python.exists():
            subprocess.run([sys.executable, "-m", "venv", PEERS], check=True)
        pip = [python, "-m", "pip", "--disable-pip-version-check", "--quiet"]
        subprocess.run([*pip, "install", "-r", pins], check=True)
        stamp.write_text(pins.read_text())
    return python


def environment(threads: int | None = None) -> dict[str, str]:
    """The environment of a measured process: as it comes, but for the threads of ours."""
    kept = dict(os.environ)
    for name in ("OPENBLAS_CORETYPE", "OPENBLAS_L2_SIZE", "NUMBA_NUM_THREADS"):
        kept.pop(name, None)  # the first two would slow a current NumPy
    if threads is not None:
        kept["NUMBA_NUM_THREADS"] = str(threads)
    return kept


def last_json(command: list[Any], limit: float, threads: int | None = None) -> dict[str, Any]:
    """What a script prints as JSON in its last line, or {"problem": ...}."""
    try:
        done = subprocess.run(
            [str(part) for part in command],
            capture_output=True,
            text=True,
            timeout=limit,
            env=environment(threads),
            cwd=ROOT,
        )
        found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    except subprocess.TimeoutExpired:
        return {"problem": f"took longer than {limit:.0f} s"}
    except (IndexError, ValueError):
        return {"problem": f"ended with code {done.returncode}: {done.stderr[-300:].strip()}"}
    return found


def cost(command: list[Any]) -> tuple[float, float, float]:
    """Seconds, CPU seconds and peak MiB of a whole process, from its start to its end."""
    start = time.perf_counter()
    with subprocess.Popen(
        [str(part) for part in command],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        env=environment(),
        cwd=ROOT,
    ) as process:
        _, status, usage = os.wait4(process.pid, 0)
        elapsed = time.perf_counter() - start
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            raise RuntimeError(f"{command}: {process.stderr.read().decode()[-500:]}")  # type: ignore[union-attr]
    return elapsed, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def description(scale: float) -> dict[str, Any]:
    cpu = Path("/proc/cpuinfo")
    lines = cpu.read_text().splitlines() if cpu.exists() else []
    models = [line.split(":", 1)[1].strip() for line in lines if line.startswith("model name")]
    commit = subprocess.run(
        ["git", "describe", "--always", "--dirty"], capture_output=True, text=True, cwd=ROOT
    )
    return {
        "date": dt.datetime.now(dt.UTC).strftime("%Y-%m-%d %H:%M UTC"),
        "commit": commit.stdout.strip(),
        "cpu": models[0] if models else platform.processor(),
        "cores": os.cpu_count(),
        "python": platform.python_version(),
        "system": platform.platform(),
        "scale": scale,
        "load_before": os.getloadavg()[0],
    }
