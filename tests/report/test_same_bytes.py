"""The same data give the same bytes, whatever the process."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

FILES = (
    "index.html",
    "report.md",
    "report.json",
    "claims.csv",
    "territory-chart.csv",
    "territory-table.csv",
    "territory-chart.svg",
    "territory-chart.png",
)
TEXTS = [name for name in FILES if not name.endswith(".png")]


def run(folder: Path, **environment: str) -> dict[str, bytes]:
    subprocess.run(
        [sys.executable, "-m", "trends", "report", "2025-06", "--out", str(folder)],
        check=True,
        capture_output=True,
        env={**os.environ, **environment},
        cwd=folder.parent,
    )
    return {name: (folder / name).read_bytes() for name in FILES}


def test_two_processes_write_the_same_bytes(tmp_path: Path) -> None:
    here = run(
        tmp_path / "a",
        PYTHONHASHSEED="1",
        TZ="Pacific/Kiritimati",
        LC_ALL="C",
        NUMBA_NUM_THREADS="1",
        OPENBLAS_NUM_THREADS="1",
    )
    there = run(
        tmp_path / "b",
        PYTHONHASHSEED="4242",
        TZ="America/Los_Angeles",
        LC_ALL="C.UTF-8",
        LANG="uk_UA.UTF-8",
        MPLBACKEND="svg",
        COLUMNS="40",
        NUMBA_NUM_THREADS="2",
        OPENBLAS_NUM_THREADS="2",
    )
    assert here == there
    assert all(b"\r" not in here[name] and here[name].endswith(b"\n") for name in TEXTS)


def test_a_second_run_replaces_the_first_by_the_same(tmp_path: Path) -> None:
    assert run(tmp_path / "a") == run(tmp_path / "a")
    assert set(FILES) < {path.name for path in (tmp_path / "a").iterdir()}
