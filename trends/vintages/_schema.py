"""The tables of a store, the same in both databases, and their version."""

from __future__ import annotations

from trends.errors import UnreadableFile
from trends.vintages._connections import Connection

VERSION = 1

# Months and days are ISO text: it sorts by time, and is the same in SQLite and PostgreSQL.
_TABLES = (
    "CREATE TABLE trends_store (version INTEGER NOT NULL)",
    """CREATE TABLE trends_series (
        id INTEGER PRIMARY KEY,
        name TEXT NOT NULL,
        definition TEXT NOT NULL,
        unit TEXT NOT NULL,
        kind TEXT NOT NULL,
        UNIQUE (name, definition)
    )""",
    """CREATE TABLE trends_vintage (
        id INTEGER PRIMARY KEY,
        series_id INTEGER NOT NULL REFERENCES trends_series (id),
        as_of TEXT NOT NULL,
        quantity TEXT NOT NULL,
        adds_up_to TEXT NOT NULL,
        metric TEXT NOT NULL,
        source TEXT NOT NULL,
        anomalies TEXT NOT NULL,
        added_at TEXT NOT NULL,
        UNIQUE (series_id, as_of)
    )""",
    """CREATE TABLE trends_value (
        vintage_id INTEGER NOT NULL REFERENCES trends_vintage (id),
        month TEXT NOT NULL,
        value DOUBLE PRECISION NOT NULL,
        observed_days INTEGER NOT NULL,
        PRIMARY KEY (vintage_id, month)
    )""",
)


def prepare(connection: Connection, *, read_only: bool) -> None:
    """Check that the database is a store of this version; make it one where it is empty."""
    if _is_store(connection):
        return
    if read_only:
        raise UnreadableFile(
            connection.address,
            "holds no store",
            "Add a file first: trends store add FILE, or Store.open(path).add(panel).",
        )
    with connection.writing():
        if not _is_store(connection):  # another program may have made it meanwhile
            for statement in _TABLES:
                connection.execute(statement)
            connection.execute("INSERT INTO trends_store (version) VALUES (?)", (VERSION,))


def _is_store(connection: Connection) -> bool:
    tables = connection.tables()
    if "trends_store" not in tables:
        if tables and not connection.shared:
            raise UnreadableFile(
                connection.address,
                "is a database of something else, not a store",
                "Name another file, or a new one.",
            )
        return False
    versions = [version for (version,) in connection.execute("SELECT version FROM trends_store")]
    if versions != [VERSION]:
        found = versions[0] if len(versions) == 1 else versions
        raise UnreadableFile(
            connection.address,
            f"the store is of version {found}, and this library knows version {VERSION}",
            "Update attack-trends.",
        )
    return True
