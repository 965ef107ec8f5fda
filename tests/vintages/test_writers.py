"""Several writers at once, and writers that are killed in the middle of a write."""

from __future__ import annotations

import random
import sqlite3
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import Any

import pytest

from trends.errors import UnreadableFile
from trends.vintages import Store, _connections

WRITERS = Path(__file__).with_name("writers.py")


def test_several_writers_lose_and_double_nothing(place: str) -> None:
    """Four writers of overlapping spans begin at once, while there is no store yet."""
    spans = [(0, 12), (6, 18), (0, 12), (12, 24)]
    writers = [
        subprocess.Popen(
            [sys.executable, str(WRITERS), "write", place, str(first), str(last)],
            stderr=subprocess.PIPE,
            text=True,
        )
        for first, last in spans
    ]
    for writer in writers:
        assert writer.communicate(timeout=120)[1] == ""
        assert writer.returncode == 0
    with Store.open(place, read_only=True) as store:
        log = store.log()
        assert len(log) == 24 * 3
        assert (log["months"] == 48).all()
        assert not log.duplicated(["series", "as_of"]).any()
        cells = store.cells("s2", None, "test")
        want = [[k * 1000 + 2 + t / 64 for t in range(48)] for k in range(24)]
        assert cells.values.tolist() == want


@pytest.mark.skipif(sys.platform == "win32", reason="needs fork and kill -9")
@pytest.mark.parametrize("times", [25, pytest.param(200, marks=pytest.mark.slow)])
def test_a_killed_writer_leaves_whole_vintages(place: str, times: int) -> None:
    done = subprocess.run(
        [sys.executable, str(WRITERS), "kill", place, str(times), "20250601"],
        capture_output=True,
        text=True,
        check=False,
        timeout=1200,
    )
    assert done.returncode == 0, done.stderr
    inside, vintages = map(int, done.stdout.split())
    assert vintages >= 2
    if "://" not in place:
        assert inside >= 3, "no kill hit a write"


@pytest.mark.slow
@pytest.mark.parametrize("mode", ["fast", "immediate"])
def test_a_restarted_server_loses_nothing(postgres: Any, mode: str) -> None:
    """What was said to be there is there; a vintage in the middle is whole or absent."""
    place, chance, said = postgres.new_database(), random.Random(5), 0
    for _ in range(10):
        writer = subprocess.Popen(
            [sys.executable, str(WRITERS), "say", place, str(said), "1000"],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        assert writer.stdout is not None
        writer.stdout.readline()
        time.sleep(chance.uniform(0, 0.5))
        postgres.restart(mode)
        _, problem = writer.communicate(timeout=120)
        assert writer.returncode == 1
        assert "UnreadableFile" in problem.splitlines()[-1]
        with Store.open(place, read_only=True) as store:
            log = store.log()
            sizes = log.groupby("as_of").size()
            assert (sizes == 30).all()
            assert (log["months"] == 48).all()
            assert len(sizes) >= said + 1
            said = len(sizes)
            cells = store.cells("s29", None, "test")
            assert cells.values.tolist() == [
                [k * 1000 + 29 + t / 64 for t in range(48)] for k in range(said)
            ]
    assert said >= 10


def test_a_writer_waits_for_another(tmp_path: Path) -> None:
    path = tmp_path / "s"
    with Store.open(path):
        pass
    other = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
    other.execute("BEGIN IMMEDIATE")
    ended = threading.Timer(0.5, lambda: other.execute("COMMIT"))
    begun = time.monotonic()
    ended.start()
    with Store.open(path) as store, store._connection.writing():
        assert time.monotonic() - begun > 0.4
    ended.join()
    other.close()


def test_waiting_has_an_end(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_connections, "WAIT_SECONDS", 0.1)
    path = tmp_path / "s"
    with Store.open(path) as one, Store.open(path) as two, one._connection.writing():
        assert two.log().empty  # reading goes on
        with (
            pytest.raises(UnreadableFile, match=r"has been writing for 0\.1 seconds"),
            two._connection.writing(),
        ):
            pass


def interrupted(store: Store) -> None:
    connection = store._connection
    with connection.writing():
        connection.execute("INSERT INTO trends_series VALUES (1, 'a', 'b', '', 'flow')")
        raise KeyboardInterrupt


def test_an_error_in_the_middle_undoes_the_write(place: str) -> None:
    with Store.open(place) as store:
        with pytest.raises(KeyboardInterrupt):
            interrupted(store)
        assert store._connection.execute("SELECT COUNT(*) FROM trends_series") == [(0,)]
