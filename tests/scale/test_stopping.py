"""A scan that is stopped at any moment is taken up, without losing or doubling a block."""

from __future__ import annotations

import itertools
import multiprocessing
import os
import random
import shutil
import signal
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
from scale.files import left_behind, n_parts, read, write

from trends.errors import BadTable, UnreadableFile
from trends.scale import scan_parquet
from trends.scale._parts import Parts


class Crash(BaseException):
    """The program ends here; nothing may be tidied up after it."""


STEPS = [(Path, "replace"), (Path, "rename"), (Path, "unlink"), (shutil, "rmtree"), (os, "fsync")]
STEPS += [(pq, "write_table")]


def crashing(real: Callable[..., Any], counted: Any, crash_at: int, after: bool) -> Any:
    """Do what `real` does, and crash before or after a certain step of the whole scan."""

    def step(*args: Any, **named: Any) -> Any:
        now = next(counted) == crash_at
        if now and not after:
            raise Crash
        result = real(*args, **named)
        if now:
            raise Crash
        return result

    return step


@pytest.mark.parametrize("after", [False, True], ids=["before", "after"])
def test_a_crash_at_every_step(
    made: Any, shape: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, after: bool
) -> None:
    source, out = write(made, shape, tmp_path / "panel.parquet"), tmp_path / "facts.parquet"
    scan_parquet(source, tmp_path / "expected.parquet", block_rows=60)
    expected = (tmp_path / "expected.parquet").read_bytes()
    for crash_at in range(1, 100):
        counted = itertools.count(1)
        with monkeypatch.context() as patch:
            for owner, name in STEPS:
                real = getattr(owner, name)
                patch.setattr(owner, name, crashing(real, counted, crash_at, after))
            try:
                scan_parquet(source, out, block_rows=60)
            except Crash:
                pass
            else:
                break
        if out.exists():
            assert out.read_bytes() == expected
        scan_parquet(source, out, block_rows=60)
        assert out.read_bytes() == expected
        assert left_behind(out) == ["facts.parquet"]
        out.unlink()
    assert 20 < crash_at < 99


def test_killed_ten_times(maker: Any, same: Any, shape: str, tmp_path: Path) -> None:
    made = maker(3000, 24)
    source, out = write(made, shape, tmp_path / "panel.parquet", 1000), tmp_path / "facts.parquet"
    options = {"block_rows": 15}  # 200 blocks
    scan_parquet(source, tmp_path / "expected.parquet", **options)
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["trends.scale"])
    chance, seen = random.Random(7), [0]
    for _ in range(10):
        process = context.Process(target=scan_parquet, args=(source, out), kwargs=options)
        process.start()
        goal, give_up = seen[-1] + chance.randint(1, 12), time.monotonic() + 60
        while n_parts(out) < goal and time.monotonic() < give_up:
            time.sleep(0.001)
        time.sleep(chance.random() * 0.01)
        os.kill(process.pid, signal.SIGKILL)
        process.join()
        assert process.exitcode == -signal.SIGKILL
        assert not out.exists()
        assert n_parts(out) >= goal
        seen.append(n_parts(out))
    done = scan_parquet(source, out, **options)
    assert done.n_kept == seen[-1] < done.n_blocks == 200
    assert out.read_bytes() == (tmp_path / "expected.parquet").read_bytes()
    same(read(out), made.facts())
    assert left_behind(out) == ["facts.parquet"]


def stop(source: Path, out: Path, blocks: int, **options: Any) -> None:
    """Scan no more than some blocks."""

    def crash(rows: int, of: int) -> None:
        nonlocal blocks
        blocks -= 1
        if blocks < 0:
            raise Crash

    with pytest.raises(Crash):
        scan_parquet(source, out, progress=crash, **options)


def test_a_torn_part_is_made_anew(made: Any, same: Any, shape: str, tmp_path: Path) -> None:
    source, out = write(made, shape, tmp_path / "panel.parquet"), tmp_path / "facts.parquet"
    stop(source, out, 3, block_rows=20)
    (tmp_path / "facts.parquet.parts" / "part-00000002.parquet").write_bytes(b"PAR1")
    assert scan_parquet(source, out, block_rows=20).n_kept == 2
    same(read(out), made.facts())


def test_another_scan_is_not_taken_up(made: Any, same: Any, shape: str, tmp_path: Path) -> None:
    source, out = write(made, shape, tmp_path / "panel.parquet"), tmp_path / "facts.parquet"
    stop(source, out, 3, block_rows=20)
    for other, words in (
        ({"block_rows": 30}, "block_rows was 20 and is 30"),
        ({"block_rows": 20, "least": 5}, "least was 12 and is 5"),
        ({"block_rows": 20, "month": "2022-06"}, "month was None and is '2022-06'"),
    ):
        with pytest.raises(BadTable, match="unfinished scan of another") as caught:
            scan_parquet(source, out, **other)
        assert words in str(caught.value)
        assert "--restart" in str(caught.value)
    os.utime(source)
    with pytest.raises(BadTable, match="mtime_ns was"):
        scan_parquet(source, out, block_rows=20)
    assert not out.exists()
    assert n_parts(out) == 3
    assert scan_parquet(source, out, block_rows=20, restart=True).n_kept == 0
    same(read(out), made.facts())


def test_an_unreadable_manifest(made: Any, tmp_path: Path) -> None:
    source, out = write(made, "wide", tmp_path / "panel.parquet"), tmp_path / "facts.parquet"
    stop(source, out, 2, block_rows=20)
    (tmp_path / "facts.parquet.parts" / "manifest.json").write_text("{}")
    with pytest.raises(BadTable, match="manifest cannot be read"):
        scan_parquet(source, out, block_rows=20)


def test_a_file_that_changes_is_refused(made: Any, shape: str, tmp_path: Path) -> None:
    source, out = write(made, shape, tmp_path / "panel.parquet"), tmp_path / "facts.parquet"
    with pytest.raises(BadTable, match="changed while it was read"):
        scan_parquet(source, out, block_rows=100, progress=lambda rows, of: os.utime(source))
    assert left_behind(out) == []


@pytest.mark.skipif(sys.platform == "win32", reason="there is no flock")
def test_two_at_once(made: Any, tmp_path: Path) -> None:
    source, out = write(made, "wide", tmp_path / "panel.parquet"), tmp_path / "facts.parquet"
    with Parts(out), pytest.raises(UnreadableFile, match="another scan is writing it"):
        scan_parquet(source, out)
    scan_parquet(source, out)


def test_a_former_result_stays_until_the_end(made: Any, shape: str, tmp_path: Path) -> None:
    source, out = write(made, shape, tmp_path / "panel.parquet"), tmp_path / "facts.parquet"
    out.write_text("former")
    stop(source, out, 3, block_rows=20)
    assert out.read_text() == "former"
    scan_parquet(source, out, block_rows=20)
    assert len(read(out)) == 230
