"""Files of launches as they arrive, and how a file is written: by another than wrote the loaders."""

from __future__ import annotations

import datetime as dt
import gzip
import io
import os
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

Values = Mapping[str, Mapping[str, float]]
Reader = Callable[[Any], Any]


@dataclass(frozen=True)
class Refused:
    """An error of the library whose words hold these."""

    words: tuple[str, ...] = ()


@dataclass(frozen=True)
class Cell:
    """An error about a cell: its row, its column and what was found."""

    row: int
    column: str
    value: str


@dataclass(frozen=True)
class Case:
    """A file, how it is read, and what must come out of it."""

    name: str
    make: Callable[[Path], Any]
    read: Reader
    good: Values | None = None  # every known value, by series and month
    refused: Refused | Cell | None = None  # with good: either will do
    note: str = ""  # a word that the notes must hold where it is read


def text(content: str, name: str = "f.csv", encoding: str = "utf-8") -> Callable[[Path], Path]:
    """Write a text and give its path."""
    return data(content.encode(encoding), name)


def data(content: bytes, name: str = "f.csv") -> Callable[[Path], Path]:
    """Write bytes and give their path."""

    def make(folder: Path) -> Path:
        path = folder / name
        path.write_bytes(content)
        return path

    return make


def launches(**options: Any) -> Reader:
    """Read with `load_launches`, every report unless told."""

    def read(path: Any) -> Any:
        import trends

        return trends.load_launches(path, **{"definition": "all", **options})

    return read


def call(name: str, **options: Any) -> Reader:
    """Read with a loader of the face."""

    def read(path: Any) -> Any:
        import trends

        return getattr(trends, name)(path, **options)

    return read


SHAHED = "Shahed-136/131"
HEAD = ("time_start", "time_end", "model", "launched", "destroyed")
ROWS: list[tuple[str, ...]] = [
    ("2025-05-30 18:00", "2025-05-31 08:00", SHAHED, "100", "80"),
    ("2025-05-31 18:00", "2025-06-01 08:00", SHAHED, "472", "382"),
    ("2025-06-01 18:00", "2025-06-02 07:30", SHAHED, "80", "52"),
    ("2025-06-02 18:00", "2025-06-03 07:30", "X-101/X-555", "7", "5"),
]
USUAL = {"drones": {"2025-05": 100.0, "2025-06": 552.0}}


def table(
    rows: list[tuple[str, ...]] = ROWS,
    head: tuple[str, ...] = HEAD,
    sep: str = ",",
    end: str = "\n",
) -> str:
    """Join rows to a table, plainly."""
    return end.join([sep.join(head), *(sep.join(row) for row in rows)]) + end


def changed(row: int, column: str, value: str) -> str:
    """The usual table with one cell changed; rows count from 1."""
    rows = [list(one) for one in ROWS]
    rows[row - 1][HEAD.index(column)] = value
    return table([tuple(one) for one in rows])


def cell(name: str, row: int, column: str, value: str, good: Values | None = None) -> Case:
    """A cell that must be refused with its place, or read as `good` where that is given."""
    found = value.strip().strip('"')
    return Case(name, text(changed(row, column, value)), launches(), good, Cell(row, column, found))


def moved(order: str) -> str:
    """The usual table, its columns in another order."""
    at = [int(one) for one in order]
    return table([tuple(r[i] for i in at) for r in ROWS], tuple(HEAD[i] for i in at))


def zipped(name: str, content: bytes) -> bytes:
    """A zip of one file."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as pack:
        pack.writestr(name, content)
    return out.getvalue()


def workbook(folder: Path) -> Path:
    """The usual table as a workbook with true dates and numbers."""
    frame = pd.DataFrame(ROWS, columns=list(HEAD))
    for column in HEAD[:2]:
        frame[column] = pd.to_datetime(frame[column])
    frame = frame.astype({"launched": int, "destroyed": int})
    frame.to_excel(folder / "f.xlsx", index=False)
    return folder / "f.xlsx"


def fifo(folder: Path) -> Path:
    os.mkfifo(folder / "f.csv")
    return folder / "f.csv"


def dangling(folder: Path) -> Path:
    (folder / "f.csv").symlink_to(folder / "gone.csv")
    return folder / "f.csv"


# A case is a line; texts hold what people type.
# ruff: noqa: E501
# fmt: off

HTML = "<!DOCTYPE html>\n<html><head><title>503 Service Unavailable</title></head></html>\n"
LFS = "version https://git-lfs.github.com/spec/v1\noid sha256:4d7a\nsize 811228\n"
GERMAN = [(a, b, m, n + ",0", d + ",0") for a, b, m, n, d in ROWS]
DOTTED = [(*(pd.Timestamp(x).strftime("%d.%m.%Y %H:%M") for x in r[:2]), *r[2:]) for r in ROWS]
SLASHED = [(*(pd.Timestamp(x).strftime("%m/%d/%Y %H:%M") for x in r[:2]), *r[2:]) for r in ROWS]
OLD = "time_start,time_end,model,launch_place,target,carrier,launched,destroyed,source\n" + "".join(
    f"{a},{b},{m},,north-east,,{n},{d},kpszsu/posts/x{n}\n" for a, b, m, n, d in ROWS
)
LAUNCHES = [
    Case("columns in another order", text(moved("42013")), launches(), USUAL),
    Case("the nine columns of 2023", text(OLD), launches(), USUAL),
    Case("an index column without a name", text(table([(str(i), *r) for i, r in enumerate(ROWS)], ("", *HEAD))), launches(), USUAL),
    Case("semicolons and decimal commas", text(table(GERMAN, sep=";")), launches(), USUAL),
    Case("tabs", text(table(sep="\t")), launches(), USUAL),
    Case("tabs, named tsv", text(table(sep="\t"), "f.tsv"), launches(), USUAL),
    Case("a byte order mark", text(table(), encoding="utf-8-sig"), launches(), USUAL),
    Case("UTF-16 as Excel's Unicode text", text(table(sep="\t"), "f.txt", "utf-16"), launches(), USUAL, Refused()),
    Case("line ends of Windows", text(table(end="\r\n")), launches(), USUAL),
    Case("line ends of old Macs", text(table(end="\r")), launches(), USUAL, Refused()),
    Case("no line end at the end", text(table().rstrip("\n")), launches(), USUAL),
    Case("empty lines at the end", text(table() + "\n\n\n"), launches(), USUAL),
    Case("rows of separators at the end", text(table() + ",,,,\n,,,,\n"), launches(), USUAL),
    Case("rows out of order", text(table([ROWS[i] for i in (2, 0, 3, 1)])), launches(), USUAL),
    Case("every field quoted", text(table([tuple(f'"{c}"' for c in r) for r in ROWS])), launches(), USUAL),
    Case("a line break in a quoted cell", text(table([(*r, '"Kyiv\nand Odesa"') for r in ROWS], (*HEAD, "target"))), launches(), USUAL),
    Case("stray spaces, hours without zero", text(changed(1, "time_end", " 2025-05-31 8:00 ")), launches(), USUAL),
    Case("seconds, as pandas writes them", text(changed(1, "time_end", "2025-05-31 08:00:00")), launches(), USUAL),
    Case("a T between day and hour", text(changed(1, "time_end", "2025-05-31T08:00")), launches(), USUAL),
    Case("a workbook with true dates", workbook, launches(), USUAL, Refused()),
    Case("compressed by gzip", data(gzip.compress(table().encode()), "f.csv.gz"), launches(), USUAL, Refused()),
    Case("a zip that is called csv", data(zipped("f.csv", table().encode())), launches(), USUAL, Refused()),
    Case("missiles", text(table()), launches(weapons="missiles"), {"missiles": {"2025-05": 0.0, "2025-06": 7.0}}),
    Case("a window shared out", text(table([("2025-05-31 18:00", "2025-06-01 06:00", SHAHED, "120", "7")])), launches(attribution="split"), {"drones": {"2025-05": 60.0, "2025-06": 60.0}}),
    Case("by the start", text(table()), launches(attribution="start"), {"drones": {"2025-05": 572.0, "2025-06": 80.0}}),
    Case("the rate", text(table()), launches(measure="interception_rate"), {"drones": {"2025-05": 80.0, "2025-06": 100 * 434 / 552}}),
    Case("one window, two targets", text(table([*ROWS, ("2025-06-01 18:00", "2025-06-02 07:30", SHAHED, "9", "9")])), launches(), {"drones": {"2025-05": 100.0, "2025-06": 561.0}}),
    Case("the hour that the summer lacks", text(changed(1, "time_end", "2025-05-31 08:00").replace("2025-05-30 18:00,2025-05-31 08:00", "2025-03-29 18:00,2025-03-30 03:30")), launches(), {"drones": {"2025-03": 100.0, "2025-04": 0.0, "2025-05": 0.0, "2025-06": 552.0}}),
    Case("the hour that comes twice", text(table([("2025-10-25 20:00", "2025-10-26 03:30", SHAHED, "50", "9")])), launches(), {"drones": {"2025-10": 50.0}}),
    Case("the same moment with its zone", text(table().replace("2025-05-31 08:00", "2025-05-31T08:00+03:00")), launches(), USUAL, Cell(1, "time_end", "2025-05-31T08:00+03:00")),
    Case("UTC that is another day in Kyiv", text(table([("2025-05-31T15:00Z", "2025-05-31T22:30Z", SHAHED, "50", "9")])), launches(), {"drones": {"2025-06": 50.0}}, Cell(1, "time_start", "2025-05-31T15:00Z")),
    Case("German days", text(table(DOTTED)), launches(), USUAL, Cell(1, "time_start", "30.05.2025 18:00")),
    Case("American days", text(table(SLASHED)), launches(), USUAL, Cell(1, "time_start", "05/30/2025 18:00")),
    Case("a Cyrillic letter in the model", text(changed(1, "model", "Sh\u0430hed-136/131")), launches(), USUAL),
    Case("capitals and spaces in the model", text(changed(1, "model", " shahed-136/131  ")), launches(), USUAL),
    cell("a zero-width space in the model", 1, "model", "Shahed\u200b-136/131", USUAL),
    cell("a right-to-left mark in the model", 1, "model", "\u200fShahed-136/131", USUAL),
    cell("thousands marked", 2, "launched", '"1,472"', {"drones": {"2025-05": 100.0, "2025-06": 1552.0}}),
    cell("thousands by a narrow space", 2, "launched", "1\u202f472", {"drones": {"2025-05": 100.0, "2025-06": 1552.0}}),
    cell("Arabic digits", 2, "launched", "\u0664\u0667\u0662", USUAL),
    cell("full-width digits", 2, "launched", "\uff14\uff17\uff12", USUAL),
    Case("a number in quotes of Excel", text(changed(2, "launched", '"=""472"""')), launches(), USUAL, Cell(2, "launched", '="472"')),
    Case("nan as pandas writes it", text(changed(2, "launched", "nan")), launches(), {"drones": {"2025-05": 100.0, "2025-06": 80.0}}, Cell(2, "launched", "nan"), "launched"),
    Case("n/a", text(changed(2, "launched", "n/a")), launches(), {"drones": {"2025-05": 100.0, "2025-06": 80.0}}, Cell(2, "launched", "n/a"), "launched"),
    Case("no number", text(changed(2, "launched", "")), launches(), {"drones": {"2025-05": 100.0, "2025-06": 80.0}}, note="launched"),
    Case("a row twice, and no column to tell", text(table([*ROWS, ROWS[2]])), launches(), {"drones": {"2025-05": 100.0, "2025-06": 632.0}}, note="same as another"),
    Case("a row twice", text(OLD + OLD.splitlines()[3] + "\n"), launches(), USUAL, note="repeat another report"),
    Case("two copies, one after the other", text(OLD + OLD.split("\n", 1)[1]), launches(), USUAL, note="repeat another report"),
    Case("two copies, one revised", text(OLD + OLD.split("\n", 1)[1].replace(",472,", ",473,")), launches(), None, Refused(("rows 2 and 6", "launched", "472", "473"))),
    Case("two copies, one of them with points", text(OLD + OLD.split("\n", 1)[1].replace(",472,", ",472.0,")), launches(), USUAL, note="repeat another report"),
    Case("sep= on the first line", text("sep=,\n" + table()), launches(), USUAL, Refused()),
    Case("a title above the header", text("Massive attacks,,,,\n" + table()), launches(), USUAL, Refused()),
    Case("a file with a remark above", text("# downloaded 2026-01-01\n" + table()), launches(), USUAL, Refused()),
    # refused
    cell("the header again, of a second download", 3, "time_start", "time_start"),
    cell("31 June", 2, "time_end", "2025-06-31 08:00"),
    cell("29 February", 2, "time_end", "2025-02-29 08:00"),
    cell("month 13", 2, "time_end", "2025-13-01 08:00"),
    cell("25 o'clock", 2, "time_end", "2025-06-01 25:00"),
    cell("one day of another form", 3, "time_start", "01/06/2025 18:00"),
    cell("an Excel serial", 2, "time_end", "45809.333"),
    cell("now", 2, "time_end", "now"),
    cell("no end", 2, "time_end", ""),
    cell("year 1", 2, "time_start", "0001-01-01 00:00"),
    cell("a window of forty days", 2, "time_end", "2025-07-10 08:00"),
    Case("end and start swapped by a week", text(changed(2, "time_start", "2025-06-08 18:00")), launches(), None, Cell(2, "time_end", "2025-06-01 08:00")),
    cell("a negative count", 2, "launched", "-472"),
    cell("a thousand, or one", 2, "launched", "1.000"),
    cell("half a drone", 2, "launched", "472.5"),
    cell("infinite", 2, "launched", "inf"),
    cell("1e308", 2, "launched", "1e308"),
    cell("true", 2, "launched", "TRUE"),
    cell("over 70", 2, "launched", "понад 70"),
    cell("70+", 2, "launched", "70+"),
    cell("a range", 2, "launched", "5-6"),
    cell("an Excel error", 2, "launched", "#REF!"),
    cell("a formula", 2, "launched", "=SUM(D1:D2)"),
    cell("hexadecimal", 2, "launched", "0x1F"),
    cell("a unit", 2, "launched", "472 drones", USUAL),
    Case("an unknown model", text(changed(2, "model", "Shahed-999")), launches(), {"drones": {"2025-05": 100.0, "2025-06": 80.0}}, note="Shahed-999 (1 row)"),
    Case("a model in HTML", text(changed(2, "model", "<b>Shahed</b>")), launches(), {"drones": {"2025-05": 100.0, "2025-06": 80.0}}, note="<b>Shahed</b> (1 row)"),
    cell("no model", 2, "model", ""),
    Case("a year mistyped: 2205", text(table([*ROWS, ("2205-06-01 18:00", "2205-06-02 07:30", SHAHED, "9", "9")])), launches(), None, Cell(5, "time_start", "2205-06-01 18:00")),
    Case("year 9999", text(table([*ROWS, ("9999-12-31", "9999-12-31", SHAHED, "9", "9")])), launches(), None, Cell(5, "time_start", "9999-12-31")),
    Case("a total below", text(table() + "Total,,,659,519\n"), launches(), None, Cell(5, "time_start", "Total")),
    Case("more shot down than launched, as a rate", text(changed(2, "destroyed", "500")), launches(measure="interception_rate"), None, Cell(2, "destroyed", "500")),
    Case("a half download", text(table()[:-25]), launches(), None, Refused()),
    Case("a half download, in quotes", text(table([(*r, '"Kyiv, Odesa"') for r in ROWS], (*HEAD, "target"))[:-8]), launches(), None, Refused()),
    Case("a quote that swallows rows", text(table([(*r, t) for r, t in zip(ROWS, ("a", '"b', "c", "d"), strict=True)], (*HEAD, "target"))), launches(), None, Refused()),
    Case("a comma too many", text(table([*ROWS[:2], (*ROWS[2], "x"), ROWS[3]])), launches(), None, Refused(("3",))),
    Case("a page of an error", text(HTML), launches(), None, Refused()),
    Case("a pointer of Git LFS", text(LFS), launches(), None, Refused()),
    Case("a message in JSON", text('{"message": "Not Found"}'), launches(), None, Refused()),
    Case("empty", data(b""), launches(), None, Refused()),
    Case("a header alone", text(table([])), launches(), None, Refused()),
    Case("launched renamed", text(table(head=(*HEAD[:3], "launches", "destroyed"))), launches(), None, Refused(("launched", "launches"))),
    Case("launched twice", text(table([(*r, "1") for r in ROWS], (*HEAD, "launched"))), launches(), None, Refused(("launched",))),
    Case("all in one cell", text("\n".join(f'"{line}"' for line in table(sep=";").splitlines())), launches(), None, Refused()),
    Case("a NUL", text(table().replace("07:30", "07:3\x000", 1)), launches(), None, Refused()),
    Case("the code page of Kyiv", text(table().replace("X-101/X-555", "Молнія"), encoding="cp1251"), launches(), USUAL, Refused()),
    Case("a folder", lambda folder: folder, launches(), None, Refused()),
    Case("a pipe", fifo, launches(), None, Refused()),
    Case("a device without end", lambda _: Path("/dev/zero"), launches(), None, Refused()),
    Case("a broken link", dangling, launches(), None, Refused(("f.csv",))),
    Case("an address", lambda _: "https://example.org/a.csv", launches(), None, Refused()),
    Case("no name", lambda _: "", launches(), None, Refused()),
    Case("a name with NUL", lambda _: "a\0b.csv", launches(), None, Refused()),
    Case("a name of 5,000 letters", lambda _: "a" * 5000, launches(), None, Refused()),
    Case("no weapons", text(table()), launches(weapons=[]), None, Refused()),
    Case("a weapon that is none", text(table()), launches(weapons="dron"), None, Refused(("dron",))),
    Case("made before its last report", text(table()), launches(as_of=dt.date(2025, 6, 1)), None, Refused()),
]
