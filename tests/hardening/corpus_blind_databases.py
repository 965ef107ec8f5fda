"""Queries of databases, honest and hostile, and what must come out of each."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

from hardening.blind_packets import written
from hardening.corpus_blind_formats import GAP, GOOD, NO, Cell, Either, Input, Refused

CSV = "month,value\n" + "".join(f"{m},{v:.0f}\n" for m, v in GOOD.items())
ASK = "SELECT month, value FROM t"


def base(*more: str, name: str = "a.db", url: str = "sqlite:///{}") -> Callable[[Path], str]:
    def make(folder: Path) -> str:
        with sqlite3.connect(folder / name) as con:
            con.execute("CREATE TABLE t (month TEXT, value REAL)")
            con.executemany("INSERT INTO t VALUES (?, ?)", GOOD.items())
            for line in more:
                con.execute(line)
        con.close()
        return url.format(folder / name)

    return make


def beside(folder: Path) -> str:
    """The rows are in the log beside the file, which its writer has left open."""
    url = base("PRAGMA user_version = 1")(folder)
    con = sqlite3.connect(folder / "a.db")
    con.execute("PRAGMA journal_mode = WAL")
    con.execute("UPDATE t SET value = 21 WHERE month = '2025-02'")
    con.commit()
    OPEN.append(con)
    return url


OPEN: list[sqlite3.Connection] = []


def broken_base(change: Callable[[bytearray], object]) -> Callable[[Path], str]:
    def make(folder: Path) -> str:
        base(*("INSERT INTO t SELECT month || 'x', value FROM t",) * 8)(folder)
        content = bytearray((folder / "a.db").read_bytes())
        change(content)
        (folder / "a.db").write_bytes(content)
        return f"sqlite:///{folder / 'a.db'}"

    return make


def duck(*more: str, url: str = "duckdb:///{}") -> Callable[[Path], str]:
    def make(folder: Path) -> str:
        import duckdb

        (folder / "other.csv").write_text(CSV)
        with duckdb.connect(str(folder / "a.duckdb")) as con:
            con.execute("CREATE TABLE t (month VARCHAR, value DOUBLE)")
            con.executemany("INSERT INTO t VALUES (?, ?)", list(GOOD.items()))
            for line in more:
                con.execute(line.format(folder))
        return url.format(folder / "a.duckdb")

    return make


def asked(name: str, query: str, expect: Any, make: Any = None, **more: Any) -> Input:
    return Input(f"SQLite: {name}", make or base(), expect, {"query": query, **more})


def ducked(name: str, query: str, expect: Any, *lines: str, **more: Any) -> Input:
    return Input(f"DuckDB: {name}", duck(*lines), expect, {"query": query, **more})


def in_memory(folder: Path) -> str:
    (folder / "a.csv").write_text(CSV)
    return "duckdb:///:memory:"


ENDLESS = "WITH RECURSIVE r(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM r) "
SQL = [
    asked("plain", ASK, GOOD),
    asked("a semicolon at the end", ASK + ";\n", GOOD),
    asked("a remark before", "-- mine; yours\n/* DROP */ " + ASK, GOOD),
    asked("with", "WITH x AS (SELECT * FROM t) SELECT month, value FROM x", GOOD),
    asked("words in a text", "SELECT month, value FROM t WHERE month <> 'x; DELETE FROM t'", GOOD),
    asked("a view", "SELECT * FROM v", GOOD, base("CREATE VIEW v AS " + ASK)),
    asked(
        "a quoted name",
        'SELECT month, value FROM "my ""odd"" table"',
        GOOD,
        base('CREATE TABLE "my ""odd"" table" AS SELECT * FROM t'),
    ),
    asked(
        "bound",
        ASK + " WHERE month >= :m",
        {"2025-02": 20.0, "2025-03": 30.0},
        params={"m": "2025-02"},
    ),
    asked("bound malice", ASK + " WHERE month <> :m", GOOD, params={"m": "'; DROP TABLE t; --"}),
    asked("a time in a text", "SELECT month, value, '12:30 :x' AS note FROM t -- :y", GOOD),
    asked("bound nothing", ASK + " WHERE month = :m", NO),
    asked("a colon in a text", "SELECT month, value FROM t WHERE month <> ':m'", GOOD),
    asked(
        "null",
        "SELECT month, CASE WHEN month = '2025-02' THEN NULL ELSE value END AS value FROM t",
        GAP,
    ),
    asked("no rows", ASK + " WHERE 0", NO),
    asked("no table", "SELECT * FROM u", Refused("u")),
    asked("no column", "SELECT month FROM t", Refused("value")),
    asked("a name twice", "SELECT month, value, value FROM t", Refused("value")),
    asked(
        "a word in a number column",
        ASK,
        Cell(4, "value", "many"),
        base("INSERT INTO t VALUES ('2025-04', 'many')"),
    ),
    asked("a BLOB for a month", ASK, NO, base("INSERT INTO t VALUES (x'00ff', 1)")),
    asked("a BLOB for a value", ASK, NO, base("INSERT INTO t VALUES ('2025-04', x'00ff')")),
    asked("infinity", ASK, Refused("inf"), base("INSERT INTO t VALUES ('2025-04', 9e999)")),
    asked(
        "a large whole number",
        "SELECT month, 4611686018427387905 AS value FROM t",
        Cell(1, "value", "4611686018427387905"),
    ),
    asked("no UTF-8", "SELECT CAST(x'ff32' AS TEXT) AS month, value FROM t", NO),
    asked("delete", "DELETE FROM t", NO),
    asked("insert that returns", "INSERT INTO t VALUES ('2025-04', 1) RETURNING month, value", NO),
    asked("with a delete", "WITH x AS (SELECT 1) DELETE FROM t", NO),
    asked("two", ASK + "; DROP TABLE t", NO),
    asked("attach", "ATTACH 'other.db' AS o", NO),
    asked("pragma", "PRAGMA writable_schema = 1", NO),
    asked("vacuum into", "VACUUM INTO 'stolen.db'", NO),
    asked("an extension", "SELECT load_extension('x.so') AS month, 1 AS value", NO),
    asked("empty", "", NO),
    asked("a remark only", "-- nothing", NO),
    asked("nonsense", "SELEKT", NO),
    asked("a NUL", "SELECT month\0, value FROM t", NO),
    asked("endless", ENDLESS + "SELECT count(*) AS month, 1 AS value FROM r", NO),
    asked("endless rows", ENDLESS + "SELECT '2025-01' AS month, n AS value FROM r", NO),
    asked(
        "a large blob",
        "SELECT month, zeroblob(9000000) AS value FROM t, (SELECT 1 UNION SELECT 2)",
        Cell(1, "value", "x00"),
    ),
    asked("a large text", "SELECT hex(zeroblob(400000000)) AS month, value FROM t", NO),
    asked(
        "an endless view",
        "SELECT * FROM v",
        NO,
        base("CREATE VIEW v AS " + ENDLESS + "SELECT '2025-01' AS month, count(*) AS value FROM r"),
    ),
    asked("a log beside", ASK, GOOD | {"2025-02": 21.0}, beside),
    asked("marks in the path", ASK, Either(), base(name="a b#c.db")),
    asked("no file", ASK, NO, lambda f: f"sqlite:///{f}/none.db"),
    asked("a folder", ASK, NO, lambda f: f"sqlite:///{f}"),
    asked(
        "a text", ASK, NO, lambda f: (written("a.db", b"month,value")(f), f"sqlite:///{f}/a.db")[1]
    ),
    asked("no bytes", ASK, NO, lambda f: (written("a.db", b"")(f), f"sqlite:///{f}/a.db")[1]),
    asked("a broken mark", ASK, NO, broken_base(lambda c: c.__setitem__(slice(0, 6), b"SQLITE"))),
    asked("half", ASK, NO, broken_base(lambda c: c.__delitem__(slice(len(c) // 2, None)))),
    asked(
        "broken pages",
        ASK,
        NO,
        broken_base(lambda c: c.__setitem__(slice(4096, 9000), b"\xaa" * 4904)),
    ),
    asked(
        "a broken description",
        ASK,
        NO,
        broken_base(lambda c: c.__setitem__(slice(100, 108), b"\xff" * 8)),
    ),
    asked("an unknown database", ASK, NO, lambda f: "oracle://u@127.0.0.1/x"),
    asked("no server", ASK, NO, lambda f: "postgresql://nobody@127.0.0.1:9/none"),
    asked(
        "a password in the address",
        ASK,
        NO,
        lambda f: "postgresql://nobody:S3cret@127.0.0.1:9/none",
    ),
    Input("SQLite: no query", base(), Refused("query")),
    Input("SQLite: as a path", base(url="{}"), NO),
    Input("SQLite: as a csv", base(name="a.csv", url="{}"), NO),
    Input("a query of a file", written("a.csv", CSV.encode()), NO, {"query": ASK}),
    ducked("plain", ASK, GOOD),
    ducked(
        "with",
        "WITH x AS (SELECT *, sum(value) OVER () s FROM t) SELECT month, value FROM x;",
        GOOD,
    ),
    ducked(
        "bound",
        ASK + " WHERE month >= :m",
        {"2025-02": 20.0, "2025-03": 30.0},
        params={"m": "2025-02"},
    ),
    ducked("a view", "SELECT * FROM v", GOOD, "CREATE VIEW v AS " + ASK),
    ducked("large whole numbers", "SELECT month, value::HUGEINT AS value FROM t", GOOD),
    ducked("decimals", "SELECT month, value::DECIMAL(38, 9) AS value FROM t", GOOD),
    ducked("dates", "SELECT (month || '-01')::DATE AS month, value FROM t", GOOD),
    ducked(
        "an enumeration",
        "SELECT * FROM e",
        GOOD,
        "CREATE TYPE k AS ENUM ('2025-01', '2025-02', '2025-03')",
        "CREATE TABLE e AS SELECT month::k AS month, value FROM t",
    ),
    ducked("lists", "SELECT month, [value] AS value FROM t", NO),
    ducked("a duration", "SELECT month, INTERVAL 1 DAY AS value FROM t", NO),
    *[
        ducked(f"hostile, {q[:60]}", q, NO)
        for q in (
            "COPY t TO 'stolen.csv'",
            "COPY (SELECT 1) TO 'stolen.csv'",
            "EXPORT DATABASE 'stolen'",
            "INSTALL httpfs",
            "LOAD httpfs",
            "ATTACH 'stolen.duckdb' AS s",
            "SELECT * FROM 'other.csv'",
            "SELECT * FROM read_csv('other.csv')",
            "FROM read_blob('/etc/passwd')",
            "SELECT file AS month, 1 AS value FROM glob('/etc/*')",
            "SET enable_external_access = true",
            "SET enable_external_access = true; SELECT * FROM read_csv('other.csv')",
            "SELECT month, value FROM t; COPY t TO 'stolen.csv'",
            "CREATE TEMP TABLE u AS SELECT 1",
            "INSERT INTO t VALUES ('x', 1)",
            "SELECT * FROM query('COPY t TO ''stolen.csv''')",
            "SELECT * FROM query('SELECT * FROM read_csv(''other.csv'')')",
            "EXPLAIN SELECT * FROM t",
        )
    ],
    ducked(
        "a pivot", "PIVOT (SELECT month, 'value' AS k, value AS n FROM t) ON k USING sum(n)", GOOD
    ),
    Input(
        "DuckDB: in memory, a query that writes",
        lambda f: "duckdb:///:memory:",
        Refused("COPY"),
        {"query": "COPY (SELECT 1) TO 'stolen.csv'"},
    ),
    Input(
        "DuckDB: in memory, a file of one's own",
        in_memory,
        GOOD,
        {"query": "SELECT * FROM 'a.csv'"},
    ),
    Input(
        "DuckDB: a view of a file",
        duck("CREATE VIEW v AS SELECT * FROM '{}/other.csv'"),
        NO,
        {"query": "SELECT * FROM v"},
    ),
    Input(
        "DuckDB: a macro that writes",
        duck("CREATE MACRO m() AS TABLE SELECT * FROM read_text('/etc/passwd')"),
        NO,
        {"query": "SELECT filename AS month, 1 AS value FROM m()"},
    ),
    ducked("endless", ENDLESS + "SELECT '2025-01' AS month, count(*) AS value FROM r", NO),
    ducked(
        "endless rows", "SELECT '2025-01' AS month, range AS value FROM range(100000000000)", NO
    ),
    Input(
        "DuckDB: a text",
        lambda f: (written("a.duckdb", CSV.encode())(f), f"duckdb:///{f}/a.duckdb")[1],
        NO,
        {"query": ASK},
    ),
    Input("DuckDB: no file", lambda f: f"duckdb:///{f}/none.duckdb", NO, {"query": ASK}),
    Input("DuckDB: as a path", duck(url="{}"), NO),
]
