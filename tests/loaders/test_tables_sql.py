"""Tables from databases: SQLite, DuckDB and a real PostgreSQL, started here for these tests."""

from __future__ import annotations

import contextlib
import datetime as dt
import os
import pwd
import shutil
import sqlite3
import subprocess
import tempfile
import traceback
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from trends.errors import (
    BadOption,
    BadTable,
    BadValue,
    EmptyTable,
    MissingColumns,
    TrendsError,
    UnreadableFile,
)
from trends.loaders import load_table
from trends.loaders._limits import Limits
from trends.panel import Panel

sqlalchemy = pytest.importorskip("sqlalchemy", reason="pip install 'attack-trends[sql]'")

SECRET = "g:h/e@i%m"
QUOTED = "g%3Ah%2Fe%40i%25m"
MAKE = (
    "create table gains (month varchar(40), km2 double precision, who varchar(40))",
    "insert into gains values ('2025-04', 379, 'a'), ('2025-05', null, 'a'), "
    "('2025-06', 588.5, 'a'), ('2025-06', 7, 'b; drop table gains')",
)
ASK = "select month, km2 from gains where who = :who"


def load(url: str, query: str | None = ASK, **options: object) -> Panel:
    options = {"params": {"who": "a"}} | options
    return load_table(
        url, query=query, **{"month": "month", "value": "km2", "unit": "km2"} | options
    )


@pytest.fixture(scope="module")
def postgres() -> Iterator[str]:
    """The URL of a server of Debian's package: on a socket in a temporary folder, on no network."""
    pytest.importorskip("psycopg", reason="pip install 'attack-trends[postgres]'")
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    if not found:
        pytest.skip("PostgreSQL is not installed (apt-get install postgresql)")
    user = None
    if os.geteuid() == 0:  # initdb refuses root
        names = {entry.pw_name for entry in pwd.getpwall()}
        user = pwd.getpwnam("postgres" if "postgres" in names else "nobody")
    folder = Path(tempfile.mkdtemp(prefix="trends-sql-"))  # pytest's folders are root's own
    password = folder / "password"
    password.write_text(SECRET)
    for path in (folder, password) if user else ():
        os.chown(path, user.pw_uid, user.pw_gid)

    def run(program: str, *arguments: str) -> None:
        with (folder / "out").open("ab") as out:
            done = subprocess.run(
                [str(found[-1].parent / program), "-D", str(folder / "data"), *arguments],
                user=user.pw_uid if user else None,
                group=user.pw_gid if user else None,
                env={"PATH": os.environ["PATH"], "LC_ALL": "C"},
                cwd=folder,
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=subprocess.STDOUT,
                check=False,
                timeout=120,
            )
        assert done.returncode == 0, (folder / "out").read_text()

    try:
        run("initdb", "-U", "trends", "-A", "scram-sha-256", f"--pwfile={password}", "--no-sync")
        options = f"-c listen_addresses='' -c unix_socket_directories={folder} -c fsync=off"
        run("pg_ctl", "-w", "-l", str(folder / "log"), "-o", options, "start")
        try:
            yield f"postgresql://trends:{QUOTED}@/postgres?host={folder}"
        finally:
            run("pg_ctl", "-w", "-m", "immediate", "stop")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(params=["sqlite", "duckdb", "postgres"])
def base(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    if request.param == "sqlite":
        with contextlib.closing(sqlite3.connect(tmp_path / "gains.sqlite")) as made:
            for statement in MAKE:
                made.execute(statement)
            made.commit()
        return f"sqlite:///{tmp_path}/gains.sqlite"
    if request.param == "duckdb":
        duckdb = pytest.importorskip("duckdb", reason="duckdb is not installed")
        pytest.importorskip("duckdb_engine", reason="duckdb-engine is not installed")
        with duckdb.connect(tmp_path / "gains.duckdb") as made:
            for statement in MAKE:
                made.execute(statement)
        return f"duckdb:///{tmp_path}/gains.duckdb"
    url: str = request.getfixturevalue("postgres")
    import psycopg

    with psycopg.connect(url) as made:
        made.execute("drop table if exists gains")
        for statement in MAKE:
            made.execute(statement)
    return url


def test_a_query(base: str) -> None:
    panel = load(base)
    np.testing.assert_array_equal(panel.values, [[379, np.nan, 588.5]])
    assert panel.observed_days.tolist() == [30, 0, 30]
    every = load(base, "select * from gains", series="who", params=None)
    assert every.names == ("a", "b; drop table gains")


def test_parameters_are_bound(base: str) -> None:
    assert load(base, params={"who": "b; drop table gains"}).values.tolist() == [[7]]
    with pytest.raises(EmptyTable, match="a query without rows"):
        load(base, params={"who": "a' or '1'='1"})
    assert load(base).n_time == 3  # nothing was dropped
    with pytest.raises(UnreadableFile, match="'who'"):
        load(base, params={})


@pytest.mark.parametrize(
    "query",
    ["delete from gains", "drop table gains", "insert into gains values ('2025-07', 1, 'a')"],
)
def test_nothing_can_be_written(base: str, query: str) -> None:
    with pytest.raises(TrendsError):
        load(base, query, params=None)
    assert load(base).n_time == 3


def test_types_of_a_database(base: str) -> None:
    query = (
        "select cast('2025-06-01' as date) as month, cast(12.25 as numeric(9, 2)) as km2 "
        "union all select cast('2025-07-01' as date), 3"
    )
    if base.startswith("sqlite"):  # has neither dates nor decimals
        query = "select '2025-06-01' as month, 12.25 as km2 union all select '2025-07-01', 3"
    assert load(base, query, params=None).values.tolist() == [[12.25, 3]]


def test_days_of_a_database(base: str) -> None:
    query = "select '2025-06-01' as month, 2 as km2 union all select '2025-06-02', 3"
    panel = load(base, query, params=None, how="sum", as_of=dt.date(2025, 6, 2))
    assert (panel.values.tolist(), panel.observed_days.tolist()) == ([[5]], [2])


@pytest.mark.parametrize(
    ("query", "error", "said"),
    [
        ("select * from nowhere", UnreadableFile, "nowhere"),
        ("selec", UnreadableFile, "selec"),
        ("select month from gains", MissingColumns, "'km2'"),
        ("select month, km2, km2 from gains", BadTable, "two columns"),
        ("select 'soon' as month, 1 as km2", BadValue, "soon"),
        ("select '2025-06' as month, 'x' as km2", BadValue, "'x'"),
        ("  ", BadOption, "query"),
        (None, BadOption, "query"),
    ],
)
def test_bad_queries(base: str, query: str | None, error: type[Exception], said: str) -> None:
    with pytest.raises(error, match=said):
        load(base, query, params=None)


def test_a_long_answer_is_bounded(base: str) -> None:
    query = (
        "with recursive n(i) as (select 1 union all select i + 1 from n where i < 200000) "
        "select '2025-06' as month, i as km2 from n"
    )
    with pytest.raises(UnreadableFile, match="max_cells=50,000"):
        load(base, query, params=None, limits=Limits(max_cells=50_000))


# --- secrets --------------------------------------------------------------------------------------
SECRET_URLS = [
    f"postgresql://trends:{QUOTED}@127.0.0.1:1/base",
    f"postgresql+psycopg://trends:{QUOTED}@127.0.0.1:1/base",
    f"postgresql://127.0.0.1:1/base?user=trends&password={QUOTED}",
    f"postgresql://trends:{QUOTED}@127.0.0.1:port/base",
    f"postgresql://trends:{QUOTED}@127.0.0.1:1/base?nonsense=1",
    f"nonsense://trends:{QUOTED}@host/base",
    f"https://trends:{QUOTED}@host/base.csv",
    f"mysql://trends:{QUOTED}@host/base",
]


@pytest.mark.parametrize("url", SECRET_URLS)
@pytest.mark.parametrize("query", [ASK, None])
def test_passwords_are_never_printed(url: str, query: str | None) -> None:
    with pytest.raises(TrendsError) as caught:
        load(url, query)
    printed = "".join(traceback.format_exception(caught.value))
    printed = printed.replace(f'"{url}"', "")
    for secret in (SECRET, QUOTED):
        assert secret not in str(caught.value)
        assert secret not in repr(vars(caught.value))
        assert secret not in printed
    if query:
        assert caught.value.__cause__ is None


def test_wrong_and_right_password(postgres: str) -> None:
    wrong = postgres.replace(QUOTED, "geheim")
    with pytest.raises(UnreadableFile, match="authentication failed") as caught:
        load(wrong)
    assert "geheim" not in str(caught.value)
    with pytest.raises(UnreadableFile) as caught:
        load(postgres, "select 1/0 as month, 2 as km2", params=None)
    assert SECRET not in str(caught.value)
    assert QUOTED not in str(caught.value)
    panel = load(postgres, "select '2025-06' as month, 2 as km2", params=None)
    assert SECRET not in repr([panel, panel.notes, panel.source, panel.definition])


# --- files and drivers ----------------------------------------------------------------------------
@pytest.mark.parametrize("kind", ["sqlite", "duckdb"])
def test_no_file_is_made(kind: str, tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile, match="there is no such file"):
        load(f"{kind}:///{tmp_path}/none.base")
    assert list(tmp_path.iterdir()) == []
    (tmp_path / "text.base").write_text("no database")
    with pytest.raises(UnreadableFile):
        load(f"{kind}:///{tmp_path}/text.base")


def test_duckdb_fetches_nothing(tmp_path: Path) -> None:
    """For a file of SQLite it would download an extension."""
    pytest.importorskip("duckdb_engine", reason="duckdb-engine is not installed")
    with contextlib.closing(sqlite3.connect(tmp_path / "gains.base")) as made:
        made.execute(MAKE[0])
        made.commit()
    with pytest.raises(UnreadableFile) as caught:
        load(f"duckdb:///{tmp_path}/gains.base")
    assert "download" not in str(caught.value)


def test_without_sqlalchemy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "sqlalchemy", None)
    with pytest.raises(UnreadableFile, match=r"attack-trends\[sql\]"):
        load("sqlite:///x.sqlite")


def test_missing_driver() -> None:
    with pytest.raises(UnreadableFile, match="Install"):
        load("oracle://host/base")


def test_a_query_makes_no_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "gains.sqlite"
    with contextlib.closing(sqlite3.connect(file)) as made:
        made.execute("CREATE TABLE gains (month TEXT, km2 REAL)")
        made.commit()
    monkeypatch.chdir(tmp_path)
    with pytest.raises(UnreadableFile, match="not authorized"):
        load_table(
            f"sqlite:///{file}", month="month", value="km2", unit="km2", query="ATTACH 'new' AS y"
        )
    assert [each.name for each in tmp_path.iterdir()] == ["gains.sqlite"]
