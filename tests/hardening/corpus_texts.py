"""Files of text: encodings, delimiters, quotation marks, widths, headers; and what is no table."""

from __future__ import annotations

import bz2
import gzip
import lzma
import os
import socket
import zipfile
from collections.abc import Iterator
from pathlib import Path

from hardening.corpus_tables import Case, Fault, text

HEAD, ROWS = "month,km2\n", "2025-05,507\n2025-06,588\n"
PLAIN = HEAD + ROWS
TOTALS = {"2025-05": 507, "2025-06": 588}
PNG = bytes.fromhex("89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c489")
JPEG = bytes.fromhex("ffd8ffe000104a46494600010100000100010000")
OLE = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(504)
HTML = "<!DOCTYPE html><html><body><table><tr><td>month</td><td>km2</td></tr></table></body></html>"


def cases() -> Iterator[Case]:
    yield from _encodings()
    yield from _lines()
    yield from _delimiters()
    yield from _quotes()
    yield from _headers()
    yield from _not_tables()
    yield from _not_files()


def _encodings() -> Iterator[Case]:
    for encoding in ("utf-8", "utf-8-sig", "utf-16", "utf-32"):
        yield text(f"encoding: {encoding}", PLAIN.encode(encoding), TOTALS)
    for mark, encoding in ((b"\xfe\xff", "utf-16-be"), (b"\0\0\xfe\xff", "utf-32-be")):
        yield text(f"encoding: {encoding}", mark + PLAIN.encode(encoding), TOTALS)
    named = "month,km2,who\n2025-05,1,Донецьк\n2025-06,2,Донецьк\n"
    totals = {"Донецьк": {"2025-05": 1.0, "2025-06": 2.0}}
    for encoding in ("cp1251", "koi8-u", "utf-16-le", "iso8859-5"):
        data = named.encode(encoding)
        yield text(f"encoding declared: {encoding}", data, totals, series="who", encoding=encoding)
    for encoding in ("cp1251", "koi8-u"):
        fault = Fault(1, "who", says="encoding=")
        yield text(f"encoding open: {encoding}", named.encode(encoding), fault, series="who")
    latin = "month,km2,who\n2025-05,1,a\n2025-06,2,Orléans\n".encode("latin-1")
    yield text("encoding open: latin-1", latin, Fault(2, "who", says="encoding="), series="who")
    unmarked = PLAIN.encode("utf-16-le")
    yield text("encoding open: utf-16", unmarked, Fault(says="encoding"))
    yield text("encoding unknown", PLAIN, Fault(says="'nonesuch'"), encoding="nonesuch")
    yield text("encoding no text", PLAIN, Fault(says="'base64'"), encoding="base64")
    yield text(
        "encoding that fails", "month,km2\n2025-05,é\n", Fault(says="ascii"), encoding="ascii"
    )
    moji = "month,km2,who\n2025-05,1,Ð\u0094Ð¾Ð½\n"
    yield text("byte mark twice", "\ufeff\ufeff" + PLAIN, TOTALS)
    yield text(
        "mojibake", moji, {"Ð\u200bÐ¾Ð½".replace("\u200b", ""): {"2025-05": 1}}, series="who"
    )
    yield text(
        "byte mark inside",
        HEAD + "2025-05,507\n\ufeff2025-06,588\n",
        Fault(2, "month", "\ufeff2025-06"),
    )


def _lines() -> Iterator[Case]:
    yield text("lines: CRLF", PLAIN.replace("\n", "\r\n"), TOTALS)
    yield text("lines: CR", PLAIN.replace("\n", "\r"), TOTALS)
    yield text("lines: mixed", "month,km2\r\n2025-05,507\r2025-06,588\n", TOTALS)
    yield text("lines: no end", PLAIN[:-1], TOTALS)
    yield text("lines: blank first", "\n\n" + PLAIN, TOTALS)
    yield text("lines: blanks of spaces", HEAD + "   \n" + ROWS, TOTALS)
    nul = HEAD + "2025-05,507\n2025-06,5\x0088\n"
    yield text("NUL in a value", nul, Fault(2, "km2", "5\\x0088"))
    yield text("NUL in the month", HEAD + "2025-\x0005,507\n", Fault(1, "month", "2025-\\x0005"))
    yield text("NULs at the end", PLAIN + "\0" * 512, Fault(says="NUL"))
    for name, mark in {"bell": "\a", "escape": "\x1b[31m", "backspace": "\b"}.items():
        yield text(
            f"control: {name}",
            HEAD + f"2025-05,5{mark}07\n",
            Fault(1, "km2", repr(f"5{mark}07")[1:-1]),
        )
    yield text("form feed around", HEAD + "2025-05,\f507\n2025-06,588\n", TOTALS)
    yield text("end of file mark", PLAIN + "\x1a", Fault(3, "km2", "\\x1a"))


def _delimiters() -> Iterator[Case]:
    for mark, word in ((";", "semicolon"), ("\t", "tab"), ("|", "pipe")):
        yield text(f"delimiter: {word}", PLAIN.replace(",", mark), TOTALS)
        yield text(f"delimiter in txt: {word}", PLAIN.replace(",", mark), TOTALS, file="a.txt")
    yield text("delimiter declared", PLAIN.replace(",", ":"), TOTALS, delimiter=":")
    yield text("delimiter hinted", "sep=;\n" + PLAIN.replace(",", ";"), TOTALS)
    comma = "month;km2\n2025-05;507,5\n2025-06;588\n"
    yield text("semicolon, decimal comma", comma, {"2025-05": 507.5, "2025-06": 588})
    tab = "month\tkm2\n2025-05\t1.234,5\n2025-06\t588\n"
    yield text("tab, German marks", tab, {"2025-05": 1234.5, "2025-06": 588}, file="a.tsv")
    bare = HEAD + "2025-05,507,5\n2025-06,588\n"
    yield text("bare decimal comma", bare, Fault(1, "km2", "5"))
    wide = "month      km2\n2025-05    507\n2025-06    588\n"
    yield text("fixed width", wide, Fault(says="fixed width"))
    yield text("delimiter of two", PLAIN, Fault(says="single character"), delimiter="::")
    yield text("delimiter a quote", PLAIN, Fault(says="single character"), delimiter='"')
    wrong = Fault(says="no column")
    yield text("delimiter wrong", PLAIN, wrong, delimiter=";")


def _quotes() -> Iterator[Case]:
    named = "month,km2,who\n"
    for name, cell, value in (
        ("delimiter inside", '"a,b"', "a,b"),
        ("quote inside", '"a ""b"" c"', 'a "b" c'),
        ("quote in the middle", 'a"b"', 'a"b"'),
        ("all quoted", '"a"', "a"),
    ):
        data = named + f"2025-05,1,{cell}\n2025-06,2,{cell}\n"
        totals = {value: {"2025-05": 1.0, "2025-06": 2.0}}
        yield text(f"quotes: {name}", data, totals, series="who")
    notes = "month,km2,note\n" + '2025-05,507,"two\nlines"\n2025-06,588,\n'
    yield text("quotes: lines in a note", notes, TOTALS)
    open_ = "month,km2,note\n" + '2025-05,507,"never closed\n2025-06,588,\n2025-07,1,\n'
    yield text("quotes: never closed", open_, Fault(1, "note", "never closed"))
    closed = "month,km2,note\n2025-05,507,ok\n" + '2025-06,588,"closed" early\n'
    yield text("quotes: text after", closed, TOTALS)
    header = '"month","km2\n2025-05,507\n2025-06,588\n'
    yield text("quotes: open header", header, Fault(says="header"))
    backslash = "month,km2,who\n" + '2025-05,1,"a\\"b"\n'
    yield text("quotes: backslash", backslash, Fault(1, "who", says="quotation"), series="who")
    single = "month,km2\n'2025-05','507'\n"
    yield text("quotes: single", single, Fault(1, "km2", "'507'"))


def _headers() -> Iterator[Case]:
    few, many = HEAD + "2025-05,507\n2025-06\n", HEAD + "2025-05,507\n2025-06,588,9\n"
    yield text("ragged: too few", few, Fault(2, "km2", "2025-06"))
    yield text("ragged: too many", many, Fault(2, "km2", "9"))
    trailing = "month,km2,\n2025-05,507,\n2025-06,588,\n"
    yield text("header: trailing delimiter", trailing, TOTALS)
    yield text("header: padded", " month , km2 \n" + ROWS, TOTALS)
    yield text("header: quoted", '"month","km2"\n' + ROWS, TOTALS)
    other = "km2,month,note\n507,2025-05,a\n588,2025-06,b\n"
    yield text("header: another order", other, TOTALS)
    twice = "month,km2,km2\n2025-05,507,1\n"
    yield text("header: name twice", twice, Fault(says="two columns are named 'km2'"))
    notes = "month,km2,note,note\n2025-05,507,a,b\n"
    yield text("header: other name twice", notes, Fault(says="two columns are named 'note'"))
    case = "Month,KM2\n" + ROWS
    yield text("header: other case", case, Fault(says="no column 'month', 'km2'"))
    yield text("header: none", ROWS, Fault(says="no column 'month', 'km2'"))
    yield text("header: only", HEAD, Fault(says="a header and no rows"))
    yield text("header: only, no end", HEAD[:-1], Fault(says="a header and no rows"))
    yield text("header: title above", "Gains,\n" + PLAIN, Fault(says="no column"))
    yield text("header: comment above", "# made by x\n" + PLAIN, Fault(says="no column"))
    yield text("header: homoglyph", "m\u043enth,km2\n" + ROWS, Fault(says="no column 'month'"))
    yield text("header: one cell", "month\n", Fault(says="no column 'km2'"))
    long = "x" * 100_000
    yield text("header: long name", f"{long},km2\n" + ROWS, Fault(says="no column 'month'"))
    names = ",".join(f"c{n}" for n in range(10_000))
    wide = f"month,km2,{names}\n" + "".join(f"{m},{v}{',1' * 10_000}\n" for m, v in TOTALS.items())
    yield text("ten thousand columns", wide, TOTALS)
    names = "," * 300_000
    yield text(
        "too many columns", f"month,km2{names}\n2025-05,1{names}\n", Fault(says="max_columns")
    )
    yield text("a column too many names", "a," * 60_000 + "b\n", Fault(says="max_columns"))
    yield text("header: controls", "month,km\x072\n" + ROWS, Fault(says=r"km\\x072"))
    huge = HEAD + "2025-05,507\n2025-06," + "5" * 1_000_000 + "\n"
    yield text("a huge cell", huge, Fault(2, "km2", "555"))
    huge = HEAD + "2025-05,507\n" + "5" * 1_000_000 + ",588\n"
    yield text("a huge month", huge, Fault(2, "month", "555"))
    named = HEAD[:-1] + ",who\n2025-05,507,a\n2025-06,588," + "x" * 110_000 + "\n"
    yield text("a huge name", named, Fault(2, "who", "xxx", says="max_cell"), series="who")
    huge = "month,km2,note\n2025-05,507,a\n2025-06,588," + "x" * 1_000_000 + "\n"
    yield text("a huge note", huge, TOTALS)


def _not_tables() -> Iterator[Case]:
    yield text("empty", "", Fault(says="0 bytes"))
    for name, data in {"spaces": "   ", "line ends": "\n\n\n", "byte mark": "\ufeff"}.items():
        yield text(f"nothing but {name}", data, Fault(says="no header"))
    yield text("one cell", "588", Fault(says="no column"))
    for name, data, said in (
        ("gzip", gzip.compress(PLAIN.encode()), "gzip"),
        ("bzip2", bz2.compress(PLAIN.encode()), "bzip2"),
        ("xz", lzma.compress(PLAIN.encode()), "xz"),
        ("PNG", PNG, "PNG"),
        ("JPEG", JPEG, "JPEG"),
        ("PDF", b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n", "PDF"),
        ("RTF", b"{\\rtf1\\ansi month,km2\\par 2025-05,507}", "RTF"),
        ("old Excel", OLE, "Excel"),
        ("HTML", HTML.encode(), "HTML"),
        ("HTML in capitals", b"\n<HTML><BODY>month,km2</BODY></HTML>", "HTML"),
        ("XML", b"<?xml version='1.0'?><rows/>", "XML"),
        ("JSON", b'[{"month": "2025-05", "km2": 507}]', "JSON"),
        ("parquet", b"PAR1" + bytes(20) + b"PAR1", "Parquet"),
        ("SQLite", b"SQLite format 3\0" + bytes(84), "SQLite"),
        ("ELF", b"\x7fELF\x02\x01\x01" + bytes(57), "NUL"),
        ("pickle", b"\x80\x04\x95\x10\0\0\0\0\0\0\0]\x94.", "pickle"),
    ):
        for file in ("table.csv", "table.xlsx", "table.parquet", "table.json", "table.arrow"):
            if name.lower() in file or (name in ("XML", "pickle", "ELF") and file != "table.csv"):
                continue
            if file != "table.csv" and name not in ("HTML", "old Excel", "gzip", "PNG"):
                continue
            yield text(f"{name} as {file[6:]}", data, Fault(says=said), file=file)
    for suffix in (".xls", ".xlsb", ".ods", ".pkl", ".yaml", ".npy", ".csv.gz", ".zip", ""):
        yield text(
            f"name ends in {suffix or 'nothing'}",
            PLAIN,
            Fault(says="the name ends in"),
            file="t" + suffix,
        )
    yield Case("a zip as csv", _zip, Fault(says="zip"))
    words = "Dear all,\nplease find the figures attached,\nyours\n"
    yield text("a letter", words, Fault(says="no column"))
    yield text("upper suffix", PLAIN, TOTALS, file="TABLE.CSV")


def _zip(folder: Path) -> Path:
    path = folder / "table.csv"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("table.csv", PLAIN)
    return path


def _fifo(folder: Path) -> Path:
    path = folder / "pipe.csv"
    os.mkfifo(path)
    return path


def _socket(folder: Path) -> Path:
    path = folder / "s.csv"
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(str(path))
    return path


def _link(target: str) -> object:
    def make(folder: Path) -> Path:
        path = folder / "link.csv"
        path.symlink_to(folder / target)
        return path

    return make


def _sealed(folder: Path) -> Path:
    path = folder / "sealed.csv"
    path.write_text(PLAIN)
    path.chmod(0)
    return path


def _device(folder: Path) -> Path:
    path = folder / "zero.csv"
    path.symlink_to("/dev/zero")
    return path


def _folder(folder: Path) -> Path:
    path = folder / "folder.csv"
    path.mkdir()
    return path


def _not_files() -> Iterator[Case]:
    yield Case("a pipe", _fifo, Fault(says="pipe"))
    yield Case("a socket", _socket, Fault(says="socket"))
    yield Case("a device", _device, Fault(says="device"))
    yield Case("a folder", _folder, Fault(says="folder"))
    yield Case("a broken link", _link("nothing.csv"), Fault(says="no such file"))
    yield Case("a link to itself", _link("link.csv"), Fault(says="cannot be opened"))
    yield Case("no such file", lambda folder: folder / "absent.csv", Fault(says="no such file"))
    yield Case(
        "a long name", lambda folder: folder / ("x" * 300 + ".csv"), Fault(says="cannot be opened")
    )
    yield Case(
        "NUL in the name", lambda folder: str(folder) + "/a\0b.csv", Fault(says="cannot be opened")
    )
    yield Case("no path", lambda folder: "", Fault(says="name ends in|folder"))
    yield Case("bytes", lambda folder: PLAIN.encode(), Fault(says="path"))
    yield Case("None", lambda folder: None, Fault(says="path"))
    yield Case("a number", lambda folder: 7, Fault(says="path"))
    yield Case("a list", lambda folder: [1, 2], Fault(says="path"))
    if os.geteuid():  # the superuser reads all
        yield Case("unreadable", _sealed, Fault(says="cannot be opened"))
