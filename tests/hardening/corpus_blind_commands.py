"""What is typed, kept in a store, and claimed in a file."""

from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import Mapping
from pathlib import Path

import pandas as pd
from hardening.corpus_blind_areas import ECONOMIST, M2
from hardening.corpus_blind_config import ARGS, FILES, GOOD, MINE, TOMLS, Command, Content
from hardening.corpus_blind_posts import BOTH, POST, export, message
from hardening.corpus_blind_sources import HTML, LFS, ROWS, SHAHED, changed, table

# A case is a line; texts hold what people type.
# ruff: noqa: E501, RUF001
# fmt: off

def month(name: str, said: str, code: int = 2) -> Command:
    return Command(f"month {name}", ("report", said, *ARGS[2:]), code, (said.strip(),) if said.strip() and len(said) < 100 else (), FILES)


MONTHS = [
    Command("month 2025-06", ARGS, 0, (), FILES),
    month("13", "2025-13"),
    month("0", "2025-00"),
    Command("month of the year 1", ("report", "0001-01", *ARGS[2:]), 2, ("1-01",), FILES),
    month("of the year 9999", "9999-12"),
    month("of the year 99999", "99999-01"),
    month("empty", ""),
    month("of spaces", "   "),
    month("in Arabic digits", "٢٠٢٥-٠٦", 2),
    month("with a long dash", "2025–06"),
    month("turned round", "06-2025"),
    month("a day", "2025-06-31"),
    month("a word", "now"),
    month("in HTML", "<script>"),
    month("of 100,000 digits", "9" * 100_000),
    Command("month negative", ("report", "--", "-2025-06"), 2, ("-2025-06",), FILES),
    month("not in the data", "2025-07"),
    Command("month with a NUL", ("report", "2025-06\0", *ARGS[2:]), 2, (r"2025-06\x00",), FILES),
    month("a way up", "../2025-06"),
]


STORE = ("--store", "s.sqlite")
LAUNCHES: dict[str, Content] = {"l.csv": table(), "a.csv": M2}
ADD = ("store", "add", "l.csv", "--definition", "all", *STORE)


def foreign(folder: Path) -> None:
    """A database of another program."""
    with sqlite3.connect(folder / "s.sqlite") as other:
        other.execute("create table vintages (x)")
    other.close()


def corrupt(folder: Path) -> None:
    """A database with a page overwritten."""
    with sqlite3.connect(folder / "s.sqlite") as other:
        other.execute("create table t (x)")
        other.executemany("insert into t values (?)", [("x" * 500,)] * 500)
    other.close()
    content = bytearray((folder / "s.sqlite").read_bytes())
    content[100:4000] = b"\xff" * 3900
    (folder / "s.sqlite").write_bytes(content)


def store(name: str, args: tuple[str, ...], code: int | tuple[int, ...] = 2, says: tuple[str, ...] = (), files: Mapping[str, Content] | None = None, first: tuple[tuple[str, ...], ...] = (), env: Mapping[str, str | None] | None = None) -> Command:
    return Command(f"store: {name}", args, code, says, {**LAUNCHES, **(files or {})}, env or {}, first)


STORES = [
    store("launches", ADD, 0, ("2025-06-03",)),
    store("launches twice", ADD, 0, ("0 months added",), first=(ADD,)),
    store("an area, day named", ("store", "add", "a.csv", "--as-of", "2025-07-01", *STORE), 0, ("2025-07-01",)),
    store("another value on that day", ("store", "add", "m.csv", "--definition", "all", *STORE), 2, ("552", "553"), {"m.csv": changed(2, "launched", "473")}, (ADD,)),
    store("a day before the last", (*ADD, "--as-of", "2025-06-01"), 2, ("2025-06-01",)),
    store("a day that is none", (*ADD, "--as-of", "2025-06-31"), 2, ("2025-06-31",)),
    store("a day of another form", (*ADD, "--as-of", "03/07/2025"), 2, ("03/07/2025",)),
    store("a day in the year 9999", (*ADD, "--as-of", "9999-12-31"), (0, 2), ("9999-12-31",)),
    store("a day in Arabic digits", (*ADD, "--as-of", "٢٠٢٥-٠٧-٠١"), 2, ()),
    store("tomorrow", (*ADD, "--as-of", "tomorrow"), 2, ("tomorrow",)),
    store("a table without a day", ("store", "add", "mine.csv", "--unit", "x", *STORE), 2, ("--as-of",), FILES),
    store("a page", ("store", "add", "l.csv", *STORE), 2, ("l.csv",), {"l.csv": HTML}),
    store("a pointer", ("store", "add", "l.csv", *STORE), 2, ("l.csv",), {"l.csv": LFS}),
    store("a file that is gone", ("store", "add", "gone.csv", *STORE), 2, ("gone.csv",)),
    store("one good file and one bad", ("store", "add", "l.csv", "bad.csv", "--definition", "all", *STORE), 2, ("bad.csv",), {"bad.csv": HTML}),
    store("a source that is none", (*ADD, "--source", "rumours"), 2, ("rumours",)),
    store("an area as launches", ("store", "add", "a.csv", "--source", "launches", *STORE), 2, ("time_start",)),
    store("a weapon that is none", (*ADD, "--weapons", "swords"), 2, ("swords",)),
    store("a store that is a page", ("store", "log", *STORE), 2, ("s.sqlite",), {"s.sqlite": HTML * 100}),
    store("a store of another program", ("store", "log", *STORE), 2, ("s.sqlite",), {"s.sqlite": foreign}),
    store("adding to another program's", ADD, 2, ("s.sqlite",), {"s.sqlite": foreign}),
    store("a store that is broken", ("store", "log", *STORE), 2, ("s.sqlite",), {"s.sqlite": corrupt}),
    store("a store that is empty", ("store", "log", *STORE), (0, 2), (), {"s.sqlite": b""}),
    store("a store that is gone", ("store", "log", "--store", "no/s.sqlite"), (0, 2)),
    store("a store that is a folder", ("store", "log", "--store", "."), 2),
    store("a device", ("store", "log", "--store", "/dev/null"), (0, 2)),
    store("another kind of database", ("store", "log", "--store", "mysql://u@h/x"), 2, ("mysql",)),
    store("no password in the error", ("store", "log", "--store", "postgresql://u:geheim@127.0.0.1:1/x"), 2),
    store("days turned round", ("store", "diff", "2025-07-01", "2025-06-01", *STORE), (0, 2), (), first=(ADD,)),
    store("nothing known then", ("store", "diff", "2020-01-01", "2025-07-01", *STORE), (0, 2), (), first=(ADD,)),
    store("a series that is none", ("store", "diff", "2025-07-01", "2025-08-01", "--series", "x' or 1=1", *STORE), 2, ("x' or 1=1",), first=(ADD,)),
    store("in the data folder", ("store", "add", "l.csv", "--definition", "all"), 0, (), env={"XDG_DATA_HOME": "data"}),
    store("no home", ("store", "log"), (0, 2), (), env={"HOME": None, "XDG_DATA_HOME": None}),
]


def claims(name: str, content: str | bytes | object, code: int = 2, says: tuple[str, ...] = (), *more: str) -> Command:
    body = content if isinstance(content, (str, bytes)) else json.dumps(content)
    return Command(f"claims: {name}", ("verify", "claims.json", *more), code, says, {"claims.json": body, **FILES})


STREAK = {"type": "streak", "series": "drones", "month": "2025-06", "length": 2}
RISE = {"sentence": "Drone launches rose 35.8% in June on May", "month": "2025-06", "data": "drones-launched"}
RECORD = {"claim": {"type": "record", "series": "drones", "month": "2025-06"}, "data": "drones-launched"}
CLAIMS = [
    claims("a record", [RECORD], 0, ("1 of 1",)),
    claims("a sentence", [RISE], 0, ("1 of 1",)),
    claims("not as expected", [{**RECORD, "outcome": "false"}], 1, ("true",)),
    claims("a byte order mark", json.dumps([RECORD]).encode("utf-8-sig"), 0),
    claims("empty list", [], 2),
    claims("an object", RECORD),
    claims("null", None),
    claims("not JSON", "[{"),
    claims("a page", HTML),
    claims("NaN", '[{"claim": {"type": "threshold", "series": "drones", "month": "2025-06", "bound": NaN}, "data": "drones-launched"}]'),
    claims("1e999", '[{"claim": {"type": "threshold", "series": "drones", "month": "2025-06", "bound": 1e999}, "data": "drones-launched"}]'),
    claims("an entry that is a text", ["rose"], 2, ("1",)),
    claims("a key of one's own", [{**RECORD, "publisher": "AFP"}], 0),
    claims("a key misspelt", [{**RECORD, "outcom": "false"}], 2, ("outcom", "entry 1")),
    claims("a key in capitals", [{**RECORD, "Outcome": "false"}], 2, ("'Outcome'",)),
    claims("neither sentence nor claim", [{"data": "drones-launched"}], 2, ("claim",)),
    claims("sentence and claim", [{**RECORD, **RISE}], 2, ("sentence",)),
    claims("a sentence that is a number", [{**RISE, "sentence": 5}], 2, ("sentence",)),
    claims("a type that is none", [{**RECORD, "claim": {**STREAK, "type": "boast"}}], 2, ("boast",)),
    claims("a month that is none", [{**RECORD, "claim": {**STREAK, "month": "2025-13"}}], 2, ("2025-13",)),
    claims("a length that is a text", [{**RECORD, "claim": {**STREAK, "length": "two"}}], 2, ("two",)),
    claims("a length of true", [{**RECORD, "claim": {**STREAK, "length": True}}], 2, ("length",)),
    claims("an outcome that is none", [{**RECORD, "outcome": "maybe"}], 2, ("maybe",)),
    claims("data that is a way up", [{**RECORD, "data": "../../etc/passwd"}], 2, ("passwd",)),
    claims("data that is a list", [{**RECORD, "data": ["drones-launched"]}], 0),
    claims("an id twice", [{**RECORD, "id": "a"}, {**RECORD, "id": "a"}], 0),
    claims("a key twice", '[{"data": "drones-launched", "data": "missiles-launched", "claim": {"type": "record", "series": "drones", "month": "2025-06"}}]', 2, ("data",)),
    claims("100,000 deep", "[" * 100_000),
    claims("a published day that is none", [{"sentence": RISE["sentence"], "published": "2025-06-31"}], 2, ("2025-06-31",)),
    claims("escape codes in an id", [{**RECORD, "id": "\x1b[2J\x1b]0;x\x07"}], 0),
    claims("half of a surrogate pair", '[{"id": "\\ud83d", "data": "drones-launched", "claim": {"type": "record", "series": "drones", "month": "2025-06"}}]', 2, ("surrogates",)),
]

TYPED = [
    Command("an option that is none", ("report", "2025-06", "--colour"), 2, ("--colour",)),
    Command("a command that is none", ("rapport",), 2, ("rapport",)),
    Command("no month and no file", ("report", "--config", "gone.toml"), 2, ("gone.toml",)),
    Command("a month and a configuration", ("report", "2025-06", "--config", "report.toml"), 0, (), {"report.toml": GOOD, **FILES}),
    Command("a change of nan", ("check", "--data", "drones-launched", "--month", "2025-06", "--change", "nan", "--from", "2025-05"), 2, ("nan",)),
    Command("a change of inf", ("check", "--data", "drones-launched", "--month", "2025-06", "--change", "inf", "--from", "2025-05"), 2, ("inf",)),
    Command("a change of 1e400", ("check", "--data", "drones-launched", "--month", "2025-06", "--change", "1e400", "--from", "2025-05"), 2),
    Command("a change on a later month", ("check", "--data", "drones-launched", "--month", "2025-06", "--change", "5", "--from", "2025-07"), 1, ("FALSE", "July 2025")),
    Command("rank zero", ("check", "--data", "drones-launched", "--month", "2025-06", "--rank", "0"), 2, ("0",)),
    Command("rank minus one", ("check", "--data", "drones-launched", "--month", "2025-06", "--rank", "-1"), 2),
    Command("a streak of 10**30", ("check", "--data", "drones-launched", "--month", "2025-06", "--streak", "1" + "0" * 30), (1, 2)),
    Command("two claims at once", ("check", "--data", "drones-launched", "--month", "2025-06", "--rank", "1", "--record"), 2, ("--rank",)),
    Command("a claim that is no JSON", ("check", "--claim", "{", "--data", "drones-launched"), 2),
    Command("a claim with a key of the class", ("check", "--claim", '{"type": "record", "__class__": "os"}', "--data", "drones-launched"), 2, ("__class__",)),
    Command("a sentence of nothing", ("check", ""), 2),
    Command("a sentence of 1 MB", ("check", "rose " * 200_000, "--month", "2025-06"), (1, 2)),
    Command("a lone surrogate", ("check", "drones rose \udcff 5%", "--month", "2025-06"), (1, 2)),
    Command("escape codes in a name", ("report", "2025-06", "--data", "\x1b[2Jx"), 2, (), silent=("\x1b[2J",)),
    Command("a name with a new line", ("report", "2025-06", "--data", "a\nError: none"), 2),
    Command("out is a file", (*ARGS[: -4], "--out", "mine.csv"), 2, ("mine.csv",), FILES),
    Command("out in a file", (*ARGS[: -4], "--out", "mine.csv/x"), 2, ("mine.csv",), FILES),
    Command("out without right", (*ARGS[: -4], "--out", "/proc/x"), 2, ("/proc/x",), FILES),
    Command("out of 5,000 letters", (*ARGS[: -4], "--out", "a" * 5000), 2, (), FILES),
    Command("a folder as data", ("report", "2025-06", "--data", "."), 2),
    Command("a report of no report", ("diff", ".", "."), 2),
    Command("previous is no report", (*ARGS, "--previous", "mine.csv"), 2, ("mine.csv",), FILES),
    Command("a level of nan", ("nowcast", "2026-06", "--data", "drones-launched", "--level", "nan"), 2, ("nan",)),
    Command("a level of one", ("nowcast", "2026-06", "--data", "drones-launched", "--level", "1"), 2, ("1",)),
    Command("a panel that is no Parquet", ("scan", "mine.csv", "--out", "o.parquet"), 2, ("mine.csv",), FILES),
    Command("no threads", ("scan", "mine.csv", "--out", "o.parquet", "--threads", "0"), 2, ("0",), FILES),
    Command("a post that is none", ("reports", "explain", "mine.csv#1"), 2, ("mine.csv",), FILES),
    Command("a post without its number", ("reports", "explain", "#"), 2),
    Command("explain a page", ("data", "explain", "x.csv"), 2, ("x.csv",), {"x.csv": HTML}),
    Command("a data set that is a way up", ("data", "show", "../../../etc/passwd"), 2, ("passwd",)),
    Command("init over a file", ("init", "mine.csv"), 2, ("mine.csv",), FILES),
    Command("init into nowhere", ("init", "no/such/report.toml"), (0, 2)),
    Command("from after to", ("compare", "--from", "2025-06", "--to", "2025-01"), 2, ("2025",)),
    Command("from the year 1", ("compare", "--from", "0001-01"), (0, 2)),
    Command("a chart in no format", ("compare", "--chart", "x.exe"), 2, ("exe",)),
    Command("launches guessed", ("report", "2025-05", "--data", "l.csv", "--out", "o", "--format", "json"), 0, (), {"l.csv": table([("2025-03-31 18:00", "2025-04-01 08:00", SHAHED, "5", "5"), *ROWS])}),
    Command("an area guessed", ("report", "2025-06", "--data", "a.csv", "--out", "o", "--format", "json"), 0, (), {"a.csv": ECONOMIST + "2025-04-30,43600000000,\n" + M2.split("\n", 1)[1]}),
]


def keep(folder: Path) -> None:
    """Somebody's work in a folder that is called like an edition."""
    (folder / "2025-06").mkdir()
    (folder / "2025-06" / "mine.csv").write_text(MINE)


def panel_file(folder: Path) -> None:
    rows = {"unique_id": ["a", "a"], "ds": ["2025-05", "2025-06"], "y": [1.0, 2.0]}
    pd.DataFrame(rows).to_parquet(folder / "p.parquet")


def pipe(folder: Path) -> None:
    os.mkfifo(folder / "pipe")
    (folder / "link").symlink_to("pipe")


def later(folder: Path) -> None:
    """A store of a later version of something."""
    with sqlite3.connect(folder / "s.sqlite") as other:
        other.executescript("create table t(x); pragma user_version=99; pragma application_id=7;")
    other.close()


D = {"result.json": export(BOTH), "esc.json": export([message(1, POST+"\x1b[2J\u202e"), message(2, "\x1b]0;x\x07")])}
N = ("nowcast", "2025-06", "--days", "d.csv")
days = "date,value\n"+"".join(f"2025-{m:02}-{d:02},{d%7+1}\n" for m, n in ((1, 31), (2, 28), (3, 31), (4, 30), (5, 31), (6, 12)) for d in range(1, n+1))
MORE = [
 Command("edition: a folder of one's own is not replaced", ("report", "--config", "report.toml", "--quiet"), 2, ("2025-06",), {"report.toml": GOOD.replace('"out"', '"."').replace('"mine.csv"', '"2025-06/mine.csv"'), "x": keep}),
 Command("edition: latest is a file of one's own", ("report", "--config", "report.toml", "--quiet"), (0, 2), (), {"report.toml": GOOD.replace('"out"', '"."'), "latest": "mine", **FILES}),
 Command("scan onto itself", ("scan", "p.parquet", "--out", "p.parquet"), 2, ("p.parquet",), {"p": panel_file}),
 Command("scan into a folder", ("scan", "p.parquet", "--out", "."), 2, (), {"p": panel_file}),
 Command("scan onto a pipe", ("scan", "p.parquet", "--out", "pipe"), 2, ("a device or a pipe",), {"p": panel_file, "pipe": pipe}),
 Command("init onto a pipe", ("init", "pipe", "--force"), 2, ("a device or a pipe",), {"pipe": pipe}),
 Command("init onto a link to a pipe", ("init", "link", "--force"), 2, ("a device or a pipe",), {"pipe": pipe}),
 Command("scan fine", ("scan", "p.parquet", "--out", "o.parquet", "--quiet"), 0, (), {"p": panel_file}),
 Command("scan month 13", ("scan", "p.parquet", "--out", "o.parquet", "--month", "2025-13"), 2, ("2025-13",), {"p": panel_file}),
 Command("reports list", ("reports", "list", "result.json"), 0, ("108",), D),
 Command("reports list json", ("reports", "list", "result.json", "--json"), 0, ("108",), D),
 Command("reports explain with escapes", ("reports", "explain", "esc.json#1"), 0, ("108",), D, silent=("\x1b", "\u202e")),
 Command("reports list with escapes", ("reports", "list", "esc.json"), 0, (), D, silent=("\x1b", "\u202e")),
 Command("reports unread with escapes", ("reports", "list", "esc.json", "--unread"), 0, (), D, silent=("\x1b", "\u202e")),
 Command("reports explain a post that is none", ("reports", "explain", "result.json#99"), 2, ("99",), D),
 Command("reports explain no #", ("reports", "explain", "result.json"), 2, (), D),
 Command("reports explain escape in the id", ("reports", "explain", "result.json#\x1b[2J"), 2, (), D, silent=("\x1b",)),
 Command("reports of a folder without texts", ("reports", "list", "."), 2, (), {}),
 Command("nowcast of days", N, 0, (), {"d.csv": days}),
 Command("nowcast of days, no column", (*N, "--day-column", "tag"), 2, ("tag",), {"d.csv": days}),
 Command("nowcast of days, a hostile file", N, 2, ("d.csv",), {"d.csv": HTML}),
 Command("nowcast of a month that is over", ("nowcast", "2025-05", "--days", "d.csv"), (0, 2), (), {"d.csv": days}),
 Command("nowcast of a month later than the days", ("nowcast", "2026-05", "--days", "d.csv"), 2, (), {"d.csv": days}),
 Command("nowcast as of before", (*N, "--as-of", "2020-01-01"), 2, (), {"d.csv": days}),
 Command("nowcast as of a word", (*N, "--as-of", "soon"), 2, ("soon",), {"d.csv": days}),
 Command("nowcast with a bad value", N, 2, ("row 3", "x"), {"d.csv": days.replace("2025-01-03,4", "2025-01-03,x")}),
 Command("forecast none", ("forecast", "--data", "drones-launched", "--steps", "0"), 2),
 Command("compare a file with itself", ("compare", "mine.csv", "mine.csv", "--unit", "attacks"), (0, 2), (), FILES),
 Command("compare one", ("compare", "mine.csv", "--unit", "attacks"), (0, 2), (), FILES),
 Command("compare gone", ("compare", "mine.csv", "gone.csv", "--unit", "attacks"), 2, ("gone.csv",), FILES),
 Command("compare a chart into a folder", ("compare", "--chart", "d/x.svg"), (0, 2)),
 Command("data explain", ("data", "explain", "l.csv"), 0, ("659",), {"l.csv": table()}),
 Command("data explain model with escapes", ("data", "explain", "l.csv"), 0, (), {"l.csv": changed(2, "model", "\x1b[2JX")}, silent=("\x1b",)),
 Command("series with escapes", ("check", "--data", "e.csv", "--series-column", "s", "--value-column", "value", "--month-column", "month", "--month", "2025-06", "--record"), (1, 2), (), {"e.csv": "month,s,value\n2025-05,\x1b[2JA,1\n2025-06,\x1b[2JA,2\n"}, silent=("\x1b",)),
 Command("unit with escapes", ("report", "2025-06", "--data", "mine.csv", "--unit", "\x1b[2Jx", "--out", "o", "--format", "json"), (0, 2), (), FILES, silent=("\x1b",)),
 Command("quantity with a new line", ("report", "2025-06", "--data", "mine.csv", "--unit", "x", "--quantity", "a\nb", "--out", "o", "--format", "json"), (0, 2), (), FILES),
 Command("store named a?b", ("store", "add", "l.csv", "--definition", "all", "--store", "a?b#c%41.sqlite"), 0, (), {"l.csv": table()}),
 Command("store named memory", ("store", "log", "--store", ":memory:"), (0, 2)),
 Command("store empty name", ("store", "log", "--store", ""), (0, 2)),
 Command("store in a folder that is not there", ("store", "add", "l.csv", "--definition", "all", "--store", "a/b/s.sqlite"), (0, 2), (), {"l.csv": table()}),
 Command("store of random bytes", ("store", "log", "--store", "s.sqlite"), 2, ("s.sqlite",), {"s.sqlite": bytes(range(256))*64}),
 Command("store of a later version", ("store", "log", "--store", "s.sqlite"), 2, ("s.sqlite",), {"s.sqlite": later}),
 Command("verify with a store that is none", ("verify", "c.json", "--store", "s.sqlite", "--as-of", "2025-01-01"), 2, (), {"c.json": json.dumps([RECORD])}),
 Command("verify as of a word", ("verify", "c.json", "--as-of", "soon"), 2, ("soon",), {"c.json": json.dumps([RECORD])}),
 Command("verify data gone", ("verify", "c.json", "--data", "gone"), 2, ("gone",), {"c.json": json.dumps([{"claim": STREAK}])}),
 Command("verify escapes changed", ("verify", "c.json"), 1, (), {"c.json": json.dumps([{**RECORD, "outcome": "false", "id": "\x1b[2J"}])}, silent=("\x1b",)),
 Command("check escapes in the sentence", ("check", "drones \x1b[2J rose"), (1, 2), (), silent=("\x1b",)),
 Command("check escapes in a claim", ("check", "--claim", json.dumps({"type": "record", "series": "\x1b[2J", "month": "2025-06"}), "--data", "drones-launched"), 2, (), silent=("\x1b",)),
 Command("toml escapes", ("report", "--config", "report.toml"), 2, (), {"report.toml": '"\\u001b[2J" = 1\n'+GOOD, **FILES}, silent=("\x1b",)),
 Command("toml escapes in a value", ("report", "--config", "report.toml"), 2, (), {"report.toml": GOOD.replace("mine.csv", "\\u001b[2J.csv"), **FILES}, silent=("\x1b",)),
 Command("toml a quantity with escapes, printed", ("report", "--config", "report.toml"), (0, 2), (), {"report.toml": GOOD.replace('quantity = "attacks"', 'quantity = "\\u001b[2Jattacks"'), **FILES}, silent=("\x1b",)),
 Command("month twice in a file", ("report", "2025-06", "--data", "mine.csv", "--unit", "x"), 2, ("2025-06",), {"mine.csv": MINE+"2025-06,172\n"}),
 Command("guess: months in capitals", ("report", "2025-06", "--data", "mine.csv", "--unit", "x", "--out", "o", "--format", "json"), (0, 2), (), {"mine.csv": MINE.replace("month,value", "Month,Value")}),
 Command("guess: both kinds of columns", ("report", "2025-06", "--data", "mine.csv"), 2, ("mine.csv",), {"mine.csv": "a,b\n1,2\n"}),
 Command("guess: semicolons", ("report", "2025-06", "--data", "mine.csv", "--unit", "x", "--out", "o", "--format", "json"), 0, (), {"mine.csv": MINE.replace(",", ";")}),
 Command("anomalies of semicolons", ("report", "2025-06", "--data", "mine.csv", "--unit", "x", "--out", "o", "--format", "json", "--anomalies", "o.csv"), 0, (), {**FILES, "o.csv": "first;kind;note\n2025-05;outage;No power.\n"}),
 Command("anomalies gone", ("report", "2025-06", "--data", "mine.csv", "--unit", "x", "--anomalies", "gone.csv"), 2, ("gone.csv",), FILES),
]

COMMANDS = [*MONTHS, *TOMLS, *STORES, *CLAIMS, *TYPED, *MORE]
