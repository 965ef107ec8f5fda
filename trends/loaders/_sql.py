"""The rows of a query, through SQLAlchemy (the extra ``sql``). Passwords are never printed."""

from __future__ import annotations

import re
import sqlite3
import threading
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote

from trends.errors import BadOption, BadTable, BadValue, EmptyTable, TrendsError, UnreadableFile
from trends.loaders._coded import Choose, Columns
from trends.loaders._frames import check_names, column_of
from trends.loaders._limits import Limits, Stopwatch
from trends.loaders._reading import NO_FETCHING

_URL = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*://")
_NO_DATABASE = re.compile(r"(https?|ftps?|sftp|file|s3a?|gs|gcs|az|abfss?|hdfs|webhdfs):", re.I)
_SECRET_OPTION = re.compile(r"([?&](?:password|passfile|sslpassword|token)=)([^&#]*)", re.I)
_USER = re.compile(r"(://[^/?#@:]*:)([^/?#]*)(@)")
# SQLAlchemy looks for names of parameters inside texts, quoted names and remarks, too.
_QUOTED = re.compile(r"'(?:[^']|'')*'|\"(?:[^\"]|\"\")*\"|--[^\n]*|/\*.*?\*/", re.S)
_BIND = re.compile(r"(?<![:\w\\]):(?=\w)")
# Left alone, DuckDB fetches an extension for a file or an address that it does not know.
_NO_DOWNLOADS = ("autoinstall_known_extensions", "autoload_known_extensions")
# A view in a file from anywhere can read other files, and a query can write them.
_NO_FILES = "enable_external_access"
_ROWS = 10_000
# SQLite makes 2 GB of text of a few letters. So long is a cell at most, read or not, and few are
# fetched at once while they are so long.
_LONG, _LONG_ROWS = 10_000_000, 16
_PATIENCE = 10  # seconds, to connect


def is_url(source: object) -> bool:
    """Tell a URL from a path."""
    return isinstance(source, str) and _URL.match(source) is not None


def without_password(url: str) -> str:
    """Write a URL so that it can be printed."""
    return _SECRET_OPTION.sub(r"\1***", _USER.sub(r"\1***\3", url))


def read_query(
    url: str, query: str | None, params: Mapping[str, object] | None, choose: Choose, limits: Limits
) -> Columns:
    """Run one query, its parameters bound by the database, and take the columns chosen."""
    name = without_password(url)
    if _NO_DATABASE.match(url):
        raise UnreadableFile(name, "this is an address and not a database", NO_FETCHING)
    if not isinstance(query, str) or not query.strip():
        raise BadOption("load_table", "query", query, "a query, which a database needs")
    try:
        import sqlalchemy
    except ImportError as error:
        raise UnreadableFile(
            name, "SQL needs sqlalchemy", "Install it: pip install 'attack-trends[sql]'."
        ) from error
    secrets, watch = _secrets(url), limits.stopwatch(name)
    engine = None
    try:
        engine, size = _engine(url, name)
        watch = limits.stopwatch(name, size)
        with engine.connect() as connection:
            if engine.dialect.name == "postgresql":
                connection = connection.execution_options(postgresql_readonly=True)
            streamed = connection.execution_options(stream_results=True, max_row_buffer=_ROWS)
            given = dict(params or {})
            bound = _QUOTED.sub(lambda found: _BIND.sub(r"\:", found[0]), query)
            _only_selects(connection, bound, name, limits)
            with (
                _stopped_after(connection, limits.seconds(size)),
                closing(streamed.execute(sqlalchemy.text(bound), given)) as result,
            ):
                return _columns(result, name, choose, limits, watch)
    except TrendsError:
        raise
    except Exception as error:  # of drivers of many kinds
        watch.check()
        # No cause is kept: it would print the URL, and the parameters.
        raise UnreadableFile(name, _problem(error, secrets), _remedy(error, url)) from None
    finally:
        if engine is not None:
            engine.dispose()


def _only_selects(connection: Any, query: str, name: str, limits: Limits) -> None:
    """Deny what would make or read other files, though the database was opened to be read only."""
    driver = connection.connection.driver_connection
    if isinstance(driver, sqlite3.Connection):
        denied = {sqlite3.SQLITE_ATTACH: sqlite3.SQLITE_DENY}
        driver.set_authorizer(lambda action, *_: denied.get(action, sqlite3.SQLITE_OK))
        driver.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, max(_LONG, 4 * limits.max_cell))
    elif connection.dialect.name == "duckdb":
        import duckdb
        import sqlalchemy

        compiled = str(sqlalchemy.text(query).compile(dialect=connection.dialect))
        found = [one.type.name for one in duckdb.extract_statements(compiled)]
        if found not in (["SELECT"], ["MULTI"]):  # PIVOT is several, of one
            said = ", ".join(found) or "nothing"
            raise BadTable(name, f"the query is not one SELECT but {said}", "Give one SELECT.")


@contextmanager
def _stopped_after(connection: Any, seconds: float) -> Iterator[None]:
    """Interrupt what the database does when the time is over, where its driver can."""
    driver = connection.connection.driver_connection
    stop = getattr(driver, "interrupt", None) or getattr(driver, "cancel", None)
    timer = threading.Timer(seconds, stop or (lambda: None))
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()


def _engine(address: str, name: str) -> tuple[Any, int | None]:
    """How to connect, and the size of the database where it is a file."""
    import sqlalchemy

    size = None
    url = sqlalchemy.make_url(address)
    options: dict[str, object] = {}
    if url.drivername in ("postgresql", "postgres"):
        url = url.set(drivername="postgresql+psycopg")
    if url.get_backend_name() == "postgresql":
        options["connect_timeout"] = _PATIENCE
        options["client_encoding"] = "utf8"  # else text of a server without encoding is bytes
    elif url.get_backend_name() in ("sqlite", "duckdb"):
        file = url.database
        if url.get_backend_name() == "duckdb":
            denied = dict.fromkeys(_NO_DOWNLOADS, False)
            if file and not file.startswith(":memory:"):
                denied |= {_NO_FILES: False, "lock_configuration": True}
            options["config"] = denied
        if file and not file.startswith((":memory:", "file:", "md:")):
            if not Path(file).is_file():  # else the driver would make it
                raise UnreadableFile(name, f"there is no such file, {file}", "Check the path.")
            size = Path(file).stat().st_size
            if url.get_backend_name() == "duckdb":
                options["read_only"] = True
            else:
                path = quote(str(Path(file).absolute()))
                ask = {"mode": "ro", "uri": "true"}
                url = sqlalchemy.URL.create("sqlite", database=f"file:{path}", query=ask)
    pool = sqlalchemy.pool.NullPool
    return sqlalchemy.create_engine(url, connect_args=options, poolclass=pool), size


def _columns(result: Any, name: str, choose: Choose, limits: Limits, watch: Stopwatch) -> Columns:
    if not result.returns_rows:
        raise BadTable(name, "the query returns no table", "Give one SELECT.")
    present = check_names(result.keys(), name, limits)
    wanted = list(dict.fromkeys(choose(present)))
    at = [present.index(column) for column in wanted]
    kept: list[list[object]] = [[] for _ in at]
    many = _LONG_ROWS
    while rows := result.fetchmany(many):
        longest = max(map(_longest, rows))
        many = min(2 * many, _ROWS) if longest < _LONG // _ROWS else _LONG_ROWS
        for column, cells, position in zip(wanted, kept, at, strict=True):
            found = [row[position] for row in rows]
            if longest > limits.max_cell:  # before more of them are fetched
                _check_lengths(found, len(cells) + 1, name, column, limits)
            cells.extend(found)
        limits.check_cells(name, len(kept[0]), len(present))
        watch.check()
    if not kept[0]:
        raise EmptyTable(name, "a query without rows")
    return Columns(
        name,
        present,
        {column: column_of(cells) for column, cells in zip(wanted, kept, strict=True)},
    )


def _longest(row: Any) -> int:
    return max((len(cell) for cell in row if isinstance(cell, str | bytes)), default=0)


def _check_lengths(cells: list[object], first: int, name: str, column: str, limits: Limits) -> None:
    for row, cell in enumerate(cells, start=first):
        if isinstance(cell, str | bytes) and len(cell) > limits.max_cell:
            needed = f"short enough: cells hold up to max_cell={limits.max_cell:,} characters"
            raise BadValue(name, row, column, cell, needed)


def _secrets(url: str) -> set[str]:
    found = {match[2] for kind in (_USER, _SECRET_OPTION) for match in kind.finditer(url)}
    return {text for raw in found for text in (raw, unquote(raw), quote(raw)) if text}


def _problem(error: Exception, secrets: set[str]) -> str:
    first = error.args[0] if error.args else type(error).__name__
    message = " ".join(str(getattr(error, "orig", None) or first).split())
    for secret in sorted(secrets, key=len, reverse=True):
        message = message.replace(secret, "***")
    return f"the database says: {message}".rstrip(".")


def _remedy(error: Exception, url: str) -> str:
    if isinstance(error, ImportError) or type(error).__name__ == "NoSuchModuleError":
        backend = url.split(":", 1)[0].split("+")[0]
        extra = {"postgresql": "'attack-trends[postgres]'", "duckdb": "duckdb-engine"}
        driver = extra.get(backend, "a SQLAlchemy driver for it, if there is one")
        return f"Install {driver}; nothing else is fetched from a network."
    return "Check the URL, the rights, the query and its params."
