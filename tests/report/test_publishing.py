"""An edition is there as a whole or not at all, and ``latest`` points at the last."""

from __future__ import annotations

import os
import threading
from pathlib import Path

import pytest

from trends.errors import UnreadableFile
from trends.report import _publishing as publishing
from trends.report import previous_edition, publish

OLD = {"index.html": "old", "report.json": "{}"}
NEW = {"index.html": "new", "chart.png": b"\x89"}


def held(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_an_edition_and_the_link(tmp_path: Path) -> None:
    assert publish(tmp_path, "2025-06", OLD) == tmp_path / "2025-06"
    assert held(tmp_path / "2025-06") == {"index.html": b"old", "report.json": b"{}"}
    assert (tmp_path / "latest").readlink() == Path("2025-06")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["2025-06", "latest"]


def test_latest_does_not_go_back(tmp_path: Path) -> None:
    for name in ("2025-06", "2025-05", "2025-07"):
        publish(tmp_path, name, OLD)
        assert (tmp_path / "latest").readlink() == Path(max("2025-06", name))


def test_the_same_bytes_are_left_alone(tmp_path: Path) -> None:
    folder = publish(tmp_path, "2025-06", OLD)
    before = folder.stat().st_ino, (folder / "index.html").stat().st_mtime_ns
    publish(tmp_path, "2025-06", OLD)
    assert before == (folder.stat().st_ino, (folder / "index.html").stat().st_mtime_ns)


@pytest.mark.parametrize("exchanging", [True, False])
def test_an_edition_is_replaced_as_a_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, exchanging: bool
) -> None:
    if not exchanging:
        monkeypatch.setattr(publishing, "_exchange", lambda a, b: False)
    publish(tmp_path, "2025-06", OLD)
    publish(tmp_path, "2025-06", NEW)
    assert held(tmp_path / "2025-06") == {"index.html": b"new", "chart.png": b"\x89"}
    assert sorted(path.name for path in tmp_path.iterdir()) == ["2025-06", "latest"]


def test_a_failing_second_move_puts_the_old_edition_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(publishing, "_exchange", lambda a, b: False)
    publish(tmp_path, "2025-06", OLD)
    rename, calls = Path.rename, []

    def fail(self: Path, target: Path) -> Path:
        calls.append(target)
        if len(calls) == 2:
            raise OSError(28, "No space left on device", str(target))
        return rename(self, target)

    monkeypatch.setattr(Path, "rename", fail)
    with pytest.raises(UnreadableFile, match="No space left"):
        publish(tmp_path, "2025-06", NEW)
    assert held(tmp_path / "2025-06") == {"index.html": b"old", "report.json": b"{}"}


def test_a_full_disk_leaves_the_old_edition(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish(tmp_path, "2025-06", OLD)

    def full(handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(UnreadableFile, match="No space left"):
        publish(tmp_path, "2025-06", NEW)
    assert held(tmp_path / "2025-06") == {"index.html": b"old", "report.json": b"{}"}
    assert sorted(path.name for path in tmp_path.iterdir()) == ["2025-06", "latest"]


@pytest.mark.skipif(
    not Path("/proc/self").exists(), reason="elsewhere than on Linux there is a moment without"
)
def test_a_reader_never_sees_half_an_edition(tmp_path: Path) -> None:
    """Read while editions are exchanged: each look at the folder finds one of the two, whole."""
    publish(tmp_path, "e", {"a": "0", "b": "0"})
    stop, seen = threading.Event(), []

    def read() -> None:
        while not stop.is_set():
            handle = os.open(tmp_path / "e", os.O_RDONLY)  # one look, then its files
            try:
                texts = []
                for name in ("a", "b"):
                    inner = os.open(name, os.O_RDONLY, dir_fd=handle)
                    texts.append(os.read(inner, 9))
                    os.close(inner)
                seen.append(len(set(texts)) == 1)
            except FileNotFoundError:
                pass  # that edition was thrown away meanwhile
            finally:
                os.close(handle)

    reader = threading.Thread(target=read)
    reader.start()
    for k in range(60):
        publish(tmp_path, "e", {"a": str(k), "b": str(k)})
    stop.set()
    reader.join()
    assert seen
    assert all(seen)


def test_the_edition_before(tmp_path: Path) -> None:
    assert previous_edition(tmp_path / "absent", "2025-06") is None
    for name in ("2025-04", "2025-05", "2025-06"):
        publish(tmp_path, name, OLD)
    publish(tmp_path, "2025-05", NEW)  # without a report.json
    found = previous_edition(tmp_path, "2025-06")
    assert found is not None
    assert found.name == "2025-04"


def test_a_folder_that_cannot_be_made(tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("mine")
    with pytest.raises(UnreadableFile, match="cannot be written"):
        publish(tmp_path / "taken", "2025-06", OLD)
    assert (tmp_path / "taken").read_text() == "mine"
