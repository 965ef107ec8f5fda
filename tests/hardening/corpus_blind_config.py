"""Configurations as colleagues write them, and what a shell gives a program."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from hardening.corpus_blind_sources import HTML

Content = str | bytes | Callable[[Path], None]


@dataclass(frozen=True)
class Command:
    """A command in a folder of files: the exit code, and words that it must say."""

    name: str
    args: tuple[str, ...]
    code: int | tuple[int, ...] = 2
    says: tuple[str, ...] = ()
    files: Mapping[str, Content] = field(default_factory=dict)
    env: Mapping[str, str | None] = field(default_factory=dict)
    first: tuple[tuple[str, ...], ...] = ()  # commands that go before and must succeed
    silent: tuple[str, ...] = ()  # words that it must not say


# A case is a line; texts hold what people type.
# ruff: noqa: E501
# fmt: off

MINE = "month,value\n2025-04,120\n2025-05,133\n2025-06,171\n"
ARGS = ("report", "2025-06", "--data", "mine.csv", "--unit", "attacks", "--out", "out", "--format", "json")
FILES: dict[str, Content] = {"mine.csv": MINE}


def toml(name: str, body: str | bytes, code: int | tuple[int, ...] = 2, says: tuple[str, ...] = (), files: Mapping[str, Content] | None = None, env: Mapping[str, str | None] | None = None) -> Command:
    every = {"report.toml": body, **FILES, **(files or {})}
    return Command(f"toml: {name}", ("report", "--config", "report.toml", "--quiet"), code, says, every, env or {})


SERIES = '[[series]]\ndata = "mine.csv"\nunit = "attacks"\nquantity = "attacks"\n'
OUT = '[output]\nfolder = "out"\nformats = ["json"]\n'
GOOD = 'months = "2025-06"\n' + OUT + SERIES
DEEP = "a = " + "[" * 3000 + "]" * 3000 + "\n"
TOMLS = [
    toml("plain", GOOD, 0),
    toml("line ends of Windows", GOOD.replace("\n", "\r\n"), 0),
    toml("a byte order mark", GOOD.encode("utf-8-sig"), (0, 2)),
    toml("a list of months", GOOD.replace('"2025-06"', '["2025-05", "2025-06"]'), 0),
    toml("last complete", GOOD.replace('"2025-06"', '"last complete"'), 0),
    toml("title in Arabic", 'title = "الهجمات"\n' + GOOD, 0),
    toml("a folder of its own name", GOOD.replace('"out"', '"a/b/c"'), 0),
    toml("dotted keys", 'months = "2025-06"\noutput.folder = "out"\noutput.formats = ["json"]\n' + SERIES, 0),
    toml("an inline table", 'months = "2025-06"\noutput = {folder = "out", formats = ["json"]}\nseries = [{data = "mine.csv", unit = "attacks"}]\n', 0),
    toml("empty", "", 2, ("series",)),
    toml("UTF-16", GOOD.encode("utf-16")),
    toml("a code page", ('title = "Août"\n' + GOOD).encode("cp1252")),
    toml("not TOML", "months: 2025-06\n"),
    toml("JSON", '{"months": "2025-06"}'),
    toml("a page", HTML),
    toml("cut off", GOOD[:-4]),
    toml("a NUL", GOOD + "\0"),
    toml("a key twice", 'months = "2025-05"\n' + GOOD),
    toml("an unknown key", "colour = 1\n" + GOOD, 2, ("colour",)),
    toml("an unknown key of a series", GOOD + "colour = 1\n", 2, ("colour",)),
    toml("an unknown key of the output", GOOD.replace("[output]\n", "[output]\ncolour = 1\n"), 2, ("colour",)),
    toml("a key misspelt", GOOD.replace("months", "month"), 2, ("month",)),
    toml("months a number", GOOD.replace('"2025-06"', "202506"), 2, ("months", "202506")),
    toml("months a day", GOOD.replace('"2025-06"', "2025-06-01"), 2, ("months",)),
    toml("months true", GOOD.replace('"2025-06"', "true"), 2, ("months",)),
    toml("months a list in a list", GOOD.replace('"2025-06"', '[["2025-06"]]'), 2, ("months",)),
    toml("months empty", GOOD.replace('"2025-06"', "[]"), 2, ("months",)),
    toml("a month twice", GOOD.replace('"2025-06"', '["2025-06", "2025-06"]'), (0, 2)),
    toml("month 13", GOOD.replace("2025-06", "2025-13"), 2, ("2025-13",)),
    toml("a month outside", GOOD.replace("2025-06", "2031-01"), 2, ("2031",)),
    toml("title a number", "title = 5\n" + GOOD, 2, ("title",)),
    toml("title of 1 MB", 'title = "' + "x" * 1_000_000 + '"\n' + GOOD, (0, 2)),
    toml("language none", 'language = "xx"\n' + GOOD, 2, ("xx",)),
    toml("language a list", 'language = ["en"]\n' + GOOD, 2, ("language",)),
    toml("formats none", GOOD.replace('["json"]', '["exe"]'), 2, ("exe",)),
    toml("formats a text", GOOD.replace('["json"]', '"json"'), (0, 2)),
    toml("formats empty", GOOD.replace('["json"]', "[]"), 2, ("formats",)),
    toml("folder empty", GOOD.replace('"out"', '""'), 2, ("folder",)),
    toml("folder beside", GOOD.replace('"out"', '"../OUTSIDE/x"'), 0),
    toml("folder with NUL", GOOD.replace('"out"', '"a\\u0000b"'), 2, ("folder",)),
    toml("folder a file", GOOD.replace('"out"', '"mine.csv"'), 2, ("mine.csv",)),
    toml("folder a number", GOOD.replace('"out"', "5"), 2, ("folder",)),
    toml("data above", GOOD.replace('"mine.csv"', '"../../../../../../etc/passwd"'), 2, ("passwd",)),
    toml("data an address", GOOD.replace('"mine.csv"', '"http://169.254.169.254/latest"'), 2, ("http://",)),
    toml("data a file address", GOOD.replace('"mine.csv"', '"file:///etc/passwd"'), 2, ("file://",)),
    toml("data gone", GOOD.replace("mine.csv", "gone.csv"), 2, ("gone.csv",)),
    toml("data a list", GOOD.replace('"mine.csv"', '["mine.csv"]'), 2, ("data",)),
    toml("data missing", GOOD.replace('data = "mine.csv"\n', ""), 2, ("data",)),
    toml("data a device", GOOD.replace("mine.csv", "/dev/zero"), 2, ("/dev/zero",)),
    toml("series one table", GOOD.replace("[[series]]", "[series]"), 2, ("series",)),
    toml("series a text", 'months = "2025-06"\nseries = "mine.csv"\n', 2, ("series",)),
    toml("series twice", GOOD + SERIES, (0, 2)),
    toml("select that is none", GOOD + 'select = ["west"]\n', 2, ("west",)),
    toml("unit a number", GOOD.replace('unit = "attacks"', "unit = 1"), 2, ("unit",)),
    toml("as_of a word", GOOD + 'store = "s.sqlite"\nas_of = "soon"\n', 2, ("no store",)),
    toml("as_of a TOML day, no store", GOOD + "as_of = 2025-07-01\n", (0, 2)),
    toml("a store with a password", GOOD + 'store = "postgresql://u:geheim@10.0.0.1/x"\n', 2, ()),
    toml("a logo that is a script, which a picture does not run", 'logo = "l.svg"\n' + GOOD.replace('["json"]', '["html"]'), 0, (), {"l.svg": "<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>"}),
    toml("a logo too large", 'logo = "l.png"\n' + GOOD.replace('["json"]', '["html"]'), 2, ("l.png",), {"l.png": b"\x89PNG\r\n\x1a\n" + b"0" * 300_000}),
    toml("a logo gone", 'logo = "l.png"\n' + GOOD, 2, ("l.png",)),
    toml("3,000 deep", DEEP + GOOD),
    toml("10,000 unknown keys", "".join(f"k{i} = 1\n" for i in range(10_000)) + GOOD, 2, ("30,000 bytes",)),
    toml("an integer of 10,000 digits", "months = " + "9" * 10_000 + "\n" + OUT + SERIES),
    toml("a home that is gone", GOOD, 0, env={"HOME": None}),
    toml("anomalies that are wrong", GOOD + 'anomalies = "odd.csv"\n', 2, ("odd.csv", "armistice"), {"odd.csv": "first,kind,note\n2025-05,armistice,x\n"}),
    toml("an empty name of a column", GOOD + 'value_column = ""\n', 2, ("no column ''",)),
    toml("a column that is none", GOOD + 'value_column = "zahl"\n', 2, ("zahl",)),
]

# Run as processes of their own: what a shell gives them.
SHELL = [
    ("a closed pipe", "trends data show drones-launched | head -c 1 >/dev/null; exit ${PIPESTATUS[0]}", (0, 1, 141)),
    ("a closed output", "trends data list >&-", (0, 2)),
    ("closed errors", "trends report 2025-13 2>&-", (2,)),
    ("a full output", "trends data list >/dev/full", (2,)),
    ("a folder that is gone", 'mkdir gone && cd gone && rmdir ../gone && trends report 2025-06 --out x', (2,)),
    ("a folder that is gone, and nothing to write", 'mkdir gone && cd gone && rmdir ../gone && trends data list', (0,)),
    ("the plain locale", "LC_ALL=C LANG=C PYTHONUTF8=0 PYTHONCOERCECLOCALE=0 trends check 'Missiles fell 2% in November to 215' --month 2025-11", (1,)),
    ("plain ASCII", "PYTHONIOENCODING=ascii trends check 'Missiles fell 2% in November to 215' --month 2025-11", (1,)),
    ("no home", "env -u HOME -u XDG_DATA_HOME trends store log", (0, 2)),
    ("a home that cannot be written", "HOME=/proc XDG_DATA_HOME= trends store log", (0, 2)),
    ("a data folder that is no full path", "XDG_DATA_HOME=rel trends store log", (0, 2)),
    ("no input", "trends data list <&-", (0,)),
    ("a strange time zone", "TZ=Moon/Base trends data list", (0,)),
    ("columns of minus one", "COLUMNS=-1 trends --help", (0,)),
    ("an epoch that is none", "SOURCE_DATE_EPOCH=soon trends data list", (0, 2)),
    ("a backend that is none", "MPLBACKEND=nonsense trends report 2025-06 --out o --format svg", (0,)),
    ("caches that cannot be written", "MPLCONFIGDIR=/proc/x NUMBA_CACHE_DIR=/proc/x trends report 2025-06 --out o --format svg", (0,)),
]
