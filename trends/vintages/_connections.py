"""The one seam between the store and its two databases: a SQLite file, or PostgreSQL by URL."""

from __future__ import annotations

import os
import re
import sqlite3
import sys
from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, TypeAlias
from urllib.parse import unquote

from trends.errors import BadOption, UnreadableFile

Row: TypeAlias = tuple[Any, ...]

WAIT_SECONDS = 60  # for another writer
_ADVISORY_LOCK = 0x7472656E6473  # "trends": any number that all writers agree on


class Connection(ABC):
    """An open database. Statements are written with ``?`` for each bound parameter."""

    address: str  # fit to be printed: without a password
    shared: bool  # whether other tables may lie beside those of the store

    @abstractmethod
    def execute(self, statement: str, parameters: Sequence[object] = ()) -> list[Row]:
        """Run one statement; all rows that it returns."""

    @abstractmethod
    def insert(self, statement: str, rows: Iterable[Sequence[object]]) -> None:
        """Run one statement for each row."""

    @abstractmethod
    def tables(self) -> set[str]:
        """The names of the tables in reach."""

    @abstractmethod
    def close(self) -> None:
        """Let go of the database."""

    @abstractmethod
    def _begin(self) -> None:
        """Begin a transaction as the only writer, waiting for another to end."""

    @contextmanager
    def writing(self) -> Iterator[None]:
        """All or nothing, one writer at a time."""
        self._begin()
        try:
            yield
            self.execute("COMMIT")
        except BaseException:
            self._roll_back()
            raise

    def _roll_back(self) -> None:
        with suppress(UnreadableFile):  # if the connection is gone, so is the transaction
            self.execute("ROLLBACK")


def connect(where: str | Path | None, *, read_only: bool = False) -> Connection:
    """Open the database at a path or URL; the user's own where none is given."""
    if isinstance(where, str) and "://" in where:
        if not re.match(r"postgres(ql)?://", where):
            raise BadOption("Store.open", "store", _without_password(where), "a path, or a URL "
                            "that begins with postgresql://")  # fmt: skip
        return _PostgreSQL(where, read_only)
    if where is None:
        path = default_path()
        if not read_only:
            _make_folder(path)
    elif isinstance(where, str | os.PathLike) and str(where).strip():
        path = Path(where).expanduser()
    else:
        raise BadOption("Store.open", "store", where, "a path or a URL")
    return _SQLite(path, read_only)


def default_path() -> Path:
    """The store in the user's data folder, by the custom of the system.

    Returns
    -------
    Path
        ``~/.local/share/attack-trends/store.sqlite`` or under ``XDG_DATA_HOME``;
        ``~/Library/Application Support`` on macOS; ``%APPDATA%`` on Windows.

    Examples
    --------
    >>> default_path().name
    'store.sqlite'
    """
    if sys.platform == "win32":
        given, usual = os.environ.get("APPDATA", ""), Path.home() / "AppData" / "Roaming"
    elif sys.platform == "darwin":
        given, usual = "", Path.home() / "Library" / "Application Support"
    else:
        given, usual = os.environ.get("XDG_DATA_HOME", ""), Path.home() / ".local" / "share"
    # the XDG rules say to ignore a relative path
    folder = Path(given) if given and Path(given).is_absolute() else usual
    return folder / "attack-trends" / "store.sqlite"


def _make_folder(path: Path) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UnreadableFile(
            path, f"its folder cannot be made ({error.strerror})", "Choose another: --store PATH."
        ) from error


class _SQLite(Connection):
    """A file. The rollback journal, not WAL, which network drives cannot do."""

    shared = False

    def __init__(self, path: Path, read_only: bool) -> None:
        self.address = str(path)
        self._check(path, read_only)
        # Not mode=ro: a reader too must be able to undo the write of a program that was killed.
        uri = f"{path.absolute().as_uri()}?mode={'rw' if read_only else 'rwc'}"
        with self._said():
            self._base = sqlite3.connect(uri, uri=True, timeout=WAIT_SECONDS, isolation_level=None)
        try:
            self.execute(f"PRAGMA query_only = {'ON' if read_only else 'OFF'}")
            self.execute("PRAGMA foreign_keys = ON")
            self.tables()  # the first look at the file itself
        except BaseException:
            self.close()
            raise

    @staticmethod
    def _check(path: Path, read_only: bool) -> None:
        try:
            if "\0" in str(path):  # SQLite would end the name there
                raise ValueError("a null character in its name")
            if path.is_dir():
                raise UnreadableFile(path, "is a folder, not a store", "Name a file in it.")
            if read_only and not path.exists():
                raise UnreadableFile(
                    path,
                    "there is no store",
                    "Add a file first: trends store add FILE, or Store.open(path).add(panel).",
                )
            if not path.parent.is_dir():
                raise UnreadableFile(path, "its folder does not exist", "Make the folder first.")
        except (OSError, ValueError) as error:  # a name that no file can have
            if isinstance(error, UnreadableFile):
                raise
            raise UnreadableFile(path, f"cannot be opened ({error})", "Name another.") from error

    def execute(self, statement: str, parameters: Sequence[object] = ()) -> list[Row]:
        with self._said():
            return self._base.execute(statement, parameters).fetchall()

    def insert(self, statement: str, rows: Iterable[Sequence[object]]) -> None:
        with self._said():
            self._base.executemany(statement, rows)

    def tables(self) -> set[str]:
        found = self.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
        return {name for (name,) in found}

    def close(self) -> None:
        self._base.close()

    def _begin(self) -> None:
        # A transaction that began as a reader could not wait for another writer: IMMEDIATE can.
        self.execute("BEGIN IMMEDIATE")

    @contextmanager
    def _said(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.Error as error:
            problem, remedy = _in_words(str(error))
            raise UnreadableFile(self.address, problem, remedy) from error


def _in_words(message: str) -> tuple[str, str]:
    """What an error of SQLite means, and what to do."""
    known = {
        "not a database": ("is not a store", "Name another file, or a new one."),
        "unable to open": (
            "cannot be opened or made there",
            "Check that the folder can be written to, or choose another: --store PATH.",
        ),
        "readonly": (
            "can only be read here",
            "Open it without read_only, make the file and its folder writable, or copy it.",
        ),
        "locked": (
            f"another program has been writing for {WAIT_SECONDS} seconds",
            "Try again when it has ended.",
        ),
        "malformed": ("is damaged", "Take it from a backup."),
        "full": ("the disk is full", "Make room; the store is as it was before."),
        "closed": ("the store was closed", "Open it again: Store.open(path)."),
    }
    for word, said in known.items():
        if word in message:
            return said
    return f"the database says: {message}", "See docs/vintages.md."


class _PostgreSQL(Connection):
    """A database by URL, through psycopg (the extra ``postgres``)."""

    shared = True

    def __init__(self, url: str, read_only: bool) -> None:
        self.address = _without_password(url)
        self._secrets = _passwords(url)
        try:
            import psycopg
        except ImportError as error:
            raise UnreadableFile(
                self.address,
                f"PostgreSQL needs psycopg, which cannot be imported ({error})",
                "Install it: pip install 'attack-trends[postgres]'.",
            ) from error
        self._error: type[Exception] = psycopg.Error
        with self._said():
            # options that a URL holds already stay in force
            self._base: Any = psycopg.connect(url, autocommit=True, connect_timeout=10)
            self._base.execute(f"SET lock_timeout = '{WAIT_SECONDS}s'")
            if read_only:
                self._base.execute("SET default_transaction_read_only = on")

    def execute(self, statement: str, parameters: Sequence[object] = ()) -> list[Row]:
        with self._said():
            cursor = self._base.execute(statement.replace("?", "%s"), parameters)
            return list(cursor.fetchall()) if cursor.description is not None else []

    def insert(self, statement: str, rows: Iterable[Sequence[object]]) -> None:
        with self._said(), self._base.cursor() as cursor:
            cursor.executemany(statement.replace("?", "%s"), rows)

    def tables(self) -> set[str]:
        found = self.execute(
            "SELECT tablename FROM pg_tables WHERE schemaname = ANY(current_schemas(false))"
        )
        return {name for (name,) in found}

    def close(self) -> None:
        self._base.close()

    def _begin(self) -> None:
        self.execute("BEGIN")
        try:
            self.execute("SELECT pg_advisory_xact_lock(?)", (_ADVISORY_LOCK,))
        except BaseException:
            self._roll_back()
            raise

    @contextmanager
    def _said(self) -> Iterator[None]:
        try:
            yield
        except self._error as error:
            message = " ".join(str(error).split())
            for secret in self._secrets:
                message = message.replace(secret, "***")
            # the cause would print the password again
            raise UnreadableFile(
                self.address, f"the database says: {message}", "Check the URL and the rights."
            ) from None


_USER = re.compile(r"(://[^/?#@:]*:)([^/?#]*)(@)")
_OPTION = re.compile(r"([?&](?:password|passfile)=)([^&#]*)", re.IGNORECASE)


def _without_password(url: str) -> str:
    return _OPTION.sub(r"\1***", _USER.sub(r"\1***\3", url))


def _passwords(url: str) -> set[str]:
    found = {m[2] for pattern in (_USER, _OPTION) for m in pattern.finditer(url)}
    return {text for raw in found for text in (raw, unquote(raw)) if text}
