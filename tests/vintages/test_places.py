"""Places that are no store, or cannot be one: clear errors, and nothing overwritten."""

from __future__ import annotations

import datetime as dt
import sqlite3
import sys
from pathlib import Path

import pandas as pd
import pytest

from trends.errors import BadOption, TrendsError, UnreadableFile
from trends.panel import Panel
from trends.vintages import Store, _connections, as_day, default_path, revisions

PANEL = Panel([[1.0]], pd.period_range("2025-01", periods=1, freq="M"), ["a"], definition="D.")


def test_a_file_that_is_not_a_store(tmp_path: Path) -> None:
    csv, other = tmp_path / "a.csv", tmp_path / "b.sqlite"
    csv.write_text("month,value\n2025-01,1\n" * 50)
    base = sqlite3.connect(other)
    base.execute("CREATE TABLE photos (x)")
    base.commit()
    base.close()
    for path, said in ((csv, "is not a store"), (other, "database of something else")):
        before = path.read_bytes()
        for read_only in (True, False):
            with pytest.raises(UnreadableFile, match=said):
                Store.open(path, read_only=read_only)
        assert path.read_bytes() == before


def test_a_damaged_store(tmp_path: Path) -> None:
    path = tmp_path / "s"
    with Store.open(path) as store:
        for k in range(1, 20):
            store.add(PANEL, as_of=dt.date(2025, 2, k))
    whole = path.read_bytes()
    for damaged in (whole[: len(whole) // 2], whole[:4096] + b"\xff" * (len(whole) - 4096)):
        path.write_bytes(damaged)
        with pytest.raises(TrendsError):
            read_all(path)


def read_all(path: Path) -> None:
    with Store.open(path) as store:
        store.load("a")
        store.log()


def test_an_empty_file_becomes_a_store(tmp_path: Path) -> None:
    """A writer that is killed at once leaves one."""
    path = tmp_path / "s"
    path.touch()
    with pytest.raises(UnreadableFile, match="holds no store"):
        Store.open(path, read_only=True)
    with Store.open(path) as store:
        assert store.add(PANEL, as_of="2025-02-01").new == 1


def test_a_folder_and_a_missing_folder(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile, match="is a folder, not a store"):
        Store.open(tmp_path)
    with pytest.raises(UnreadableFile, match="its folder does not exist"):
        Store.open(tmp_path / "no" / "s")
    with pytest.raises(UnreadableFile, match=r"there is no store\. Add a file first"):
        revisions("a", store=tmp_path / "s")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", ["a b", "50%20", "what?mode=ro", "#1", "дрони", "a'b"])
def test_names_of_files(tmp_path: Path, name: str) -> None:
    with Store.open(tmp_path / name) as store:
        store.add(PANEL, as_of="2025-02-01")
    assert [path.name for path in tmp_path.iterdir()] == [name]


@pytest.mark.parametrize("name", ["", "  ", 5, "mysql://u:geheim@h/d", "sqlite:///x"])
def test_what_is_no_place(name: object) -> None:
    with pytest.raises(BadOption, match="a path") as caught:
        Store.open(name)
    assert "geheim" not in str(caught.value)


def test_names_that_no_file_can_have(tmp_path: Path) -> None:
    for name in ("a\0b", "x" * 5000):
        with pytest.raises(UnreadableFile):
            Store.open(tmp_path / name)


@pytest.mark.skipif(sys.platform == "win32", reason="file permissions of POSIX")
def test_an_unwritable_folder(unprivileged: Path) -> None:
    with Store.open(unprivileged / "s") as store:
        store.add(PANEL, as_of="2025-02-01")
    unprivileged.chmod(0o500)
    with pytest.raises(UnreadableFile, match="cannot be opened or made there"):
        Store.open(unprivileged / "new")
    with Store.open(unprivileged / "s") as store:
        assert len(store.log()) == 1
        with pytest.raises(UnreadableFile, match=r"cannot be opened or made|can only be read"):
            store.add(PANEL, as_of="2025-03-01")
        assert len(store.log()) == 1


@pytest.mark.skipif(sys.platform == "win32", reason="file permissions of POSIX")
def test_a_write_protected_file(unprivileged: Path) -> None:
    path = unprivileged / "s"
    with Store.open(path) as store:
        store.add(PANEL, as_of="2025-02-01")
    path.chmod(0o400)
    for read_only in (False, True):
        with Store.open(path, read_only=read_only) as store:
            assert store.load("a").values.tolist() == [[1.0]]
            with pytest.raises(UnreadableFile, match="can only be read here"):
                store.add(PANEL, as_of="2025-03-01")
    path.chmod(0o000)
    with pytest.raises(UnreadableFile, match="cannot be opened"):
        Store.open(path)


@pytest.mark.skipif(sys.platform != "linux", reason="the rules of XDG")
def test_the_user_s_own_store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    for given in ("", "relative/path"):
        monkeypatch.setenv("XDG_DATA_HOME", given)
        assert default_path() == tmp_path / ".local/share/attack-trends/store.sqlite"
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    with pytest.raises(UnreadableFile, match="there is no store"):
        Store.open(read_only=True)
    assert not (tmp_path / "data").exists()  # reading makes no folder
    with Store.open() as store:
        assert store.address == str(tmp_path / "data" / "attack-trends" / "store.sqlite")
    (tmp_path / "file").touch()
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "file"))
    with pytest.raises(UnreadableFile, match="its folder cannot be made"):
        Store.open()


@pytest.mark.parametrize(
    ("platform", "end"),
    [("darwin", "Library/Application Support"), ("win32", "AppData/Roaming")],
)
def test_other_systems(monkeypatch: pytest.MonkeyPatch, platform: str, end: str) -> None:
    monkeypatch.setattr(_connections.sys, "platform", platform)
    monkeypatch.delenv("APPDATA", raising=False)
    assert default_path() == Path.home() / end / "attack-trends" / "store.sqlite"


URLS = [
    ("postgresql://u:ge%20heim@127.0.0.1:1/d", "postgresql://u:***@127.0.0.1:1/d"),
    ("postgres://127.0.0.1:1/d?user=u&password=geheim&sslmode=disable", "password=***&ssl"),
    ("postgresql://u:geheim@127.0.0.1:1/d?nonsense=1", "***@127"),
    ("postgresql://u:geheim:x@127.0.0.1:port/d", "u:***"),
]


@pytest.mark.parametrize(("url", "said"), URLS)
def test_an_unreachable_server_and_no_password_in_the_error(url: str, said: str) -> None:
    pytest.importorskip("psycopg")
    with pytest.raises(UnreadableFile) as caught:
        Store.open(url)
    message = str(caught.value)
    assert said in message
    assert "heim" not in message
    assert caught.value.__cause__ is None


def test_psycopg_is_an_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "psycopg", None)
    with pytest.raises(UnreadableFile, match=r"attack-trends\[postgres\]"):
        Store.open("postgresql://localhost/d")


@pytest.mark.parametrize(
    "day", ["2025-7-1", "2025-07-01T00:00", "20250701", "", None, 1, "\u0662025-01-01"]
)
def test_what_is_no_day(day: object) -> None:
    with pytest.raises(BadOption, match="a day such as 2025-07-01"):
        as_day(day)


def test_days() -> None:
    want = dt.date(2025, 7, 1)
    given = ["2025-07-01", " 2025-07-01 ", want, pd.Timestamp("2025-07-01 23:59")]
    assert [as_day(day) for day in given] == [want] * 4
