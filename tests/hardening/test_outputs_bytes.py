"""The same bytes for every hash seed, locale, time zone and number of threads."""

from __future__ import annotations

import hashlib
import importlib.util
import itertools
import os
import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

SEEDS = ("0", "1", "4242")
LOCALES = ("C", "de_DE.UTF-8")
ZONES = ("Pacific/Kiritimati", "America/Los_Angeles")
THREADS = ("1", "2")
FORMATS = ("html", "md", "json", "csv", "svg", "png")


def german(folder: Path) -> str:
    """A folder with a locale of decimal commas, made here where the system has none."""
    program = shutil.which("localedef")
    target = folder / "de_DE.UTF-8"
    if program is None or subprocess.run(
        [program, "-i", "de_DE", "-f", "UTF-8", str(target)], check=False, capture_output=True
    ).returncode not in (0, 1):  # 1: made, with warnings
        pytest.skip("no other locale can be made here (localedef)")
    check = "import locale; locale.setlocale(locale.LC_ALL, ''); print(locale.str(1.5))"
    said = subprocess.run(
        [sys.executable, "-c", check],
        env={**os.environ, "LOCPATH": str(folder), "LC_ALL": "de_DE.UTF-8"},
        capture_output=True,
        text=True,
        check=True,
    )
    assert said.stdout.strip() == "1,5"
    return str(folder)


def digests(folder: Path, source: Path, **environment: str) -> dict[str, str]:
    """What the commands write: a report with everything, and the facts of a large panel."""
    folder.mkdir()
    formats = [*FORMATS, *(["pdf"] if importlib.util.find_spec("typst") else [])]
    chosen = [word for name in formats for word in ("--format", name)]
    for command in (
        ["report", "2025-06", "--out", "report", *chosen],
        ["scan", str(source), "--out", "facts.parquet"],
        ["compare", "--chart", "compared.svg"],
        ["data", "list", "--json"],
    ):
        done = subprocess.run(
            [sys.executable, "-m", "trends", *command],
            env={**os.environ, **environment},
            cwd=folder,
            capture_output=True,
            check=True,
        )
        (folder / f"{command[0]}.out").write_bytes(done.stdout)
    (folder / "scan.out").unlink()  # it names the folder
    files = (path for path in folder.rglob("*") if path.is_file())
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(files)
    }


@pytest.mark.slow
def test_twenty_four_processes_write_the_same_bytes(tmp_path: Path) -> None:
    locales = german(tmp_path)
    months = [str(month) for month in pd.period_range("2018-01", periods=90, freq="M")]
    values = np.random.default_rng(3).poisson(20, size=(4_000, 90)).astype(float)
    frame = pd.DataFrame(values, columns=months)
    frame.insert(0, "unique_id", [f"s{k:05d}" for k in range(4_000)])
    frame.to_parquet(tmp_path / "panel.parquet")
    found = []
    for k, (seed, locale, zone, threads) in enumerate(
        itertools.product(SEEDS, LOCALES, ZONES, THREADS)
    ):
        environment = {"PYTHONHASHSEED": seed, "LC_ALL": locale, "LOCPATH": locales, "TZ": zone}
        environment |= {f"{name}_NUM_THREADS": threads for name in ("NUMBA", "OPENBLAS", "OMP")}
        found.append(digests(tmp_path / str(k), tmp_path / "panel.parquet", **environment))
        assert found[-1] == found[0], (seed, locale, zone, threads)
    assert len(found) == 24
    assert len(found[0]) > 15
