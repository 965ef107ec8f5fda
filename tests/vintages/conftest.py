"""A place for a store: a SQLite file, or a database of a real PostgreSQL server."""

from __future__ import annotations

import contextlib
import importlib.util
import itertools
import os
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest


def _binaries() -> Path | None:
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    on_path = shutil.which("initdb")
    return found[-1].parent if found else Path(on_path).parent if on_path else None


@dataclass(frozen=True)
class Server:
    folder: Path
    numbers: Iterator[int]
    run: Callable[..., None]

    def new_database(self) -> str:
        import psycopg

        name = f"store{next(self.numbers)}"
        with psycopg.connect(self.url("postgres"), autocommit=True) as admin:
            admin.execute(f"CREATE DATABASE {name}")
        return self.url(name)

    def restart(self, mode: str) -> None:
        """Stop the server in one of the ways of pg_ctl, and start it again."""
        data, log = str(self.folder / "data"), str(self.folder / "log")
        self.run("pg_ctl", "-D", data, "-w", "-m", mode, "-l", log, "restart")

    def url(self, database: str) -> str:
        return f"postgresql://trends:geheim@/{database}?host={self.folder}"


@pytest.fixture(scope="session")
def postgres() -> Iterator[Server]:
    """A server of Debian's package: on a socket in a temporary folder, and on no network."""
    binaries = _binaries()
    if binaries is None:
        pytest.skip("PostgreSQL is not installed (apt-get install postgresql)")
    if importlib.util.find_spec("psycopg") is None:
        pytest.skip("psycopg is not installed (pip install 'attack-trends[postgres]')")
    user = _ids("postgres", "nobody") if os.geteuid() == 0 else None  # initdb refuses root
    folder = Path(tempfile.mkdtemp(prefix="trends-postgres-"))  # pytest's folders are root's own
    if user:
        os.chown(folder, *user)

    def run(program: str, *arguments: str) -> None:
        with (folder / "out").open("ab") as out:  # not a pipe: the server would keep it open
            done = subprocess.run(
                [str(binaries / program), *arguments],
                user=user and user[0],
                group=user and user[1],
                env={"PATH": os.environ["PATH"], "LC_ALL": "C"},
                cwd=folder,
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=subprocess.STDOUT,
                check=False,
                timeout=120,
            )
        assert done.returncode == 0, (folder / "out").read_text()

    data = ["-D", str(folder / "data")]
    try:
        run("initdb", *data, "-U", "trends", "-A", "trust", "-E", "UTF8", "--no-sync")
        options = f"-c listen_addresses='' -c unix_socket_directories={folder} -c fsync=off"
        run("pg_ctl", *data, "-w", "-l", str(folder / "log"), "-o", options, "start")
        try:
            yield Server(folder, itertools.count(), run)
        finally:
            run("pg_ctl", *data, "-w", "-m", "immediate", "stop")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _ids(*users: str) -> tuple[int, int]:
    """User and group of the first of these users that there is."""
    import pwd  # not on Windows

    for user in users:
        with contextlib.suppress(KeyError):
            return pwd.getpwnam(user)[2:4]
    pytest.skip(f"none of the users {', '.join(users)} is there, and root may not start a server")


@pytest.fixture(params=["sqlite", "postgres"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Where a new store can be made: every test with it runs on both databases."""
    if request.param == "sqlite":
        return str(tmp_path / "store.sqlite")
    server: Server = request.getfixturevalue("postgres")
    return server.new_database()


@pytest.fixture
def unprivileged() -> Iterator[Path]:
    """A folder, as seen by a user for whom file permissions hold: not by root."""
    folder = Path(tempfile.mkdtemp(prefix="trends-unprivileged-"))
    as_root = os.geteuid() == 0
    if as_root:
        os.chown(folder, *_ids("nobody"))
        os.seteuid(_ids("nobody")[0])
    try:
        yield folder
    finally:
        if as_root:
            os.seteuid(0)
        folder.chmod(0o700)
        shutil.rmtree(folder)
