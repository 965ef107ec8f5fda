"""Killed, out of room, or two at once: the old file or the new one, whole."""

from __future__ import annotations

import contextlib
import datetime as dt
import os
import random
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hardening.writers import NAMES, check_whole, contents, write

from trends.errors import TrendsError, UnreadableFile
from trends.panel import Panel
from trends.scale import scan_parquet
from trends.vintages import Store

WRITERS = Path(__file__).with_name("writers.py")
pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="needs fork and kill -9")
ways = pytest.mark.parametrize("way", ["files", "edition"])
some = pytest.mark.parametrize("times", [10, pytest.param(200, marks=pytest.mark.slow)])


def run(*arguments: object) -> subprocess.Popen[str]:
    root = WRITERS.parents[2]
    return subprocess.Popen(
        [sys.executable, str(WRITERS), *map(str, arguments)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": str(root)},
    )


@ways
@some
def test_a_killed_writer_leaves_whole_files(way: str, times: int, tmp_path: Path) -> None:
    done = run("kill", way, tmp_path, times, 20250601)
    said, problem = done.communicate(timeout=600)
    assert done.returncode == 0, problem
    interrupted, last = map(int, said.split())
    assert last > 1, "no killed writer had written anything"
    if times == 200:
        assert interrupted >= 20, "hardly a kill hit a write"


@ways
def test_two_writers_at_once(way: str, tmp_path: Path) -> None:
    both = [run("write", way, tmp_path, first, 20) for first in (1_000, 2_000)]
    for each in both:
        _, problem = each.communicate(timeout=120)
        assert each.returncode == 0, problem
    assert check_whole(way, tmp_path) in (1_019, 2_019)
    assert [path.name for path in tmp_path.rglob(".*")] == []


@pytest.fixture
def small(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Path]:
    """A disk of its own, of so many kilobytes."""
    place = tmp_path / "disk"
    place.mkdir()
    program = shutil.which("mount")
    if program is None or os.geteuid() != 0:
        pytest.skip("only root can mount a small disk")
    options = f"size={request.param}k"
    done = subprocess.run(
        [program, "-t", "tmpfs", "-o", options, "tmpfs", str(place)],
        check=False,
        capture_output=True,
    )
    if done.returncode:
        pytest.skip(f"no small disk can be mounted: {done.stderr.decode().strip()}")
    yield place
    subprocess.run(["umount", "-l", str(place)], check=True)


@contextlib.contextmanager
def room(disk: Path, left: int) -> Iterator[None]:
    """Fill a disk until so many bytes are left."""
    full = disk / "filler"
    free = os.statvfs(disk).f_bavail * os.statvfs(disk).f_frsize
    full.write_bytes(b"x" * max(0, free - left))
    yield
    full.unlink()


@ways
@some
@pytest.mark.parametrize("small", [256], indirect=True)
def test_a_full_disk_leaves_the_old_or_the_new(way: str, times: int, small: Path) -> None:
    chance, refused, last = random.Random(7), 0, 0
    folder = small / "out"
    size = sum(map(len, contents(0).values()))
    write(way, folder, 0)
    for number in range(1, times + 1):
        with room(small, chance.randrange(int(1.5 * size))):
            try:
                write(way, folder, number)
                last, problem = number, "No space left"
            except UnreadableFile as error:
                refused, problem = refused + 1, str(error)
            assert "No space left" in problem
            assert check_whole(way, folder) == last
            assert not list(folder.rglob(".*"))
    assert 0 < refused < times


@pytest.mark.parametrize("small", [600], indirect=True)
def test_a_full_disk_under_a_store(small: Path) -> None:
    months = pd.period_range("2021-01", periods=48, freq="M")
    place, added = small / "store.sqlite", 0
    names, problem = [f"s{k}" for k in range(30)], ""
    with Store.open(place) as store:
        while not problem:
            day = dt.date(2025, 1, 1) + dt.timedelta(days=added)
            values = added + np.arange(48.0)[None, :] + np.arange(30.0)[:, None]
            try:
                store.add(Panel(values, months, names, definition="x", as_of=day))
                added += 1
            except UnreadableFile as error:
                problem = str(error)
    assert "the disk is full" in problem
    assert 2 < added < 100
    base = sqlite3.connect(place)
    assert base.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    base.close()
    with Store.open(place, read_only=True) as store:
        log = store.log()
        assert len(log) == added * 30
        assert (log["months"] == 48).all()


@pytest.mark.parametrize("small", [256], indirect=True)
def test_a_full_disk_under_a_scan(small: Path, tmp_path: Path) -> None:
    source, out = tmp_path / "panel.parquet", small / "facts.parquet"
    months = [str(month) for month in pd.period_range("2021-01", periods=48, freq="M")]
    values = np.random.default_rng(1).normal(size=(2_000, 48))
    frame = pd.DataFrame(values, columns=months)
    frame.insert(0, "unique_id", [f"s{k:05d}" for k in range(2_000)])
    frame.head(3).to_parquet(source)
    scan_parquet(source, out)
    before = out.read_bytes()
    frame.to_parquet(source)
    with room(small, 40_000), pytest.raises(TrendsError, match=r"cannot be written|No space left"):
        scan_parquet(source, out, block_rows=500)
    assert out.read_bytes() == before
    assert scan_parquet(source, out, block_rows=500).n_series == 2_000


def test_a_limit_on_the_size_of_files(tmp_path: Path) -> None:
    """The same where no disk can be mounted: the system refuses the end of a file."""
    write("files", tmp_path, 1)
    script = (
        "import resource, signal, sys; from pathlib import Path\n"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (10_000, 10_000))\n"
        "from hardening.writers import write\n"
        "write('files', Path(sys.argv[1]), 2)\n"
    )
    path = os.pathsep.join(map(str, (WRITERS.parents[2], WRITERS.parents[1])))
    done = subprocess.run(
        [sys.executable, "-c", script, str(tmp_path)],
        env={**os.environ, "PYTHONPATH": path},
        capture_output=True,
        text=True,
        check=False,
    )
    assert "cannot be written (File too large)" in done.stderr
    assert check_whole("files", tmp_path) == 1
    assert sorted(each.name for each in tmp_path.iterdir()) == sorted(NAMES)


def test_files_and_folder_are_flushed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each file before it is moved, the folder after."""
    steps: list[str] = []
    fsync, replace = os.fsync, Path.replace

    def flushed(handle: int) -> None:
        steps.append("folder" if Path(f"/proc/self/fd/{handle}").is_dir() else "file")
        fsync(handle)

    def moved(self: Path, target: Path) -> Path:
        steps.append("move")
        return replace(self, target)

    if not Path("/proc/self/fd").is_dir():
        pytest.skip("there is no /proc here")
    monkeypatch.setattr(os, "fsync", flushed)
    monkeypatch.setattr(Path, "replace", moved)
    write("files", tmp_path, 1)
    assert steps == ["file"] * 3 + ["move"] * 3 + ["folder"]
