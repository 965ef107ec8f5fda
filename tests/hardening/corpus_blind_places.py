"""What is no table, or no file, and must be refused in words."""

# ruff: noqa: RUF001
from __future__ import annotations

import bz2
import gzip
import io
import json
import lzma
import os
import pickle
import socket
import tarfile
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
from hardening.blind_packets import written
from hardening.corpus_blind_databases import ASK, CSV
from hardening.corpus_blind_formats import GAP, GOOD, NO, Either, Input, Refused


def member(*names: str) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as packed:
        for name in names:
            packed.writestr(name, CSV)
    return buffer.getvalue()


def npy(found: Any) -> bytes:
    buffer = io.BytesIO()
    np.save(buffer, found, allow_pickle=True)
    return buffer.getvalue()


def tar() -> bytes:
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w") as packed:
        info = tarfile.TarInfo("a.csv")
        info.size = len(CSV)
        packed.addfile(info, io.BytesIO(CSV.encode()))
    return buffer.getvalue()


class Trap:
    """Unpickled, it leaves a file behind."""

    def __reduce__(self) -> Any:
        return os.mkdir, ("stolen",)


GZ, C = gzip.compress(CSV.encode()), CSV.encode()
ZSTD = bytes.fromhex("28b52ffd0458") + bytes(40)
MISTAKES = [
    *[
        Input(f"packed {n}", written(n, c), Either())
        for n, c in {
            "a.csv.gz": GZ,
            "a.csv.bz2": bz2.compress(C),
            "a.csv.xz": lzma.compress(C),
            "a.csv.zip": member("a.csv"),
        }.items()
    ],
    *[
        Input(f"packed {n}", written(n, c), NO)
        for n, c in {
            "a.csv": GZ,
            "b.csv": bz2.compress(C),
            "c.csv": lzma.compress(C),
            "d.csv": member("a.csv"),
            "e.csv": ZSTD,
            "a.json": gzip.compress(b"[]"),
            "two.zip": member("a.csv", "b.csv"),
            "half.csv.gz": GZ[:30],
            "bomb.csv.gz": gzip.compress(bytes(20_000_000))[:-2],
            "a.tar": tar(),
            "f.csv": tar(),
        }.items()
    ],
    *[
        Input(f"by mistake {n}", written(n, c), NO)
        for n, c in {
            "a.pkl": pickle.dumps(Trap()),
            "b.csv": pickle.dumps(Trap()),
            "c.parquet": pickle.dumps(Trap()),
            "d.npy": npy(np.array([Trap()])),
            "e.csv": npy(np.arange(3)),
            "f.npz": member("a.npy"),
            "g.html": b"<html><table><tr><th>month</th><th>value</th></tr></table>",
            "h.csv": b"<!DOCTYPE html>\n<html><body>month,value\n2025-01,10\n</body></html>\n",
            "i.csv": b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<</Type/Catalog>>\nendobj\n",
            "j.pdf": b"%PDF-1.7\n",
            "k.csv": b"\x89PNG\r\n\x1a\n" + bytes(90),
            "l.csv": b"\x7fELF" + bytes(90),
            "m.csv": b"{\\rtf1\\ansi month,value}",
            "n.csv": b"\xff\xd8\xff\xe0" + bytes(90),
            "o.csv": json.dumps([{"month": "2025-01", "value": 1}]).encode(),
            "p.sav": b"$FL2@(#) SPSS DATA FILE" + bytes(90),
            "q.dta": b"<stata_dta><header>",
            "r.rds": gzip.compress(b"X\n"),
            "s.csv": bytes(4096),
            "t.csv": b"<?xml version='1.0'?><Workbook/>",
            "u.yaml": b"!!python/object/apply:os.mkdir [stolen]",
            "v": C,
            "w.": C,
            "x.csv.exe": C,
            "y.eml": b"Subject: table\n\n" + C,
        }.items()
    ],
]


# Places ---------------------------------------------------------------------------------------


def fifo(name: str) -> Callable[[Path], Path]:
    def make(folder: Path) -> Path:
        os.mkfifo(folder / name)
        return folder / name

    return make


def link(name: str, target: str) -> Callable[[Path], Path]:
    def make(folder: Path) -> Path:
        (folder / name).symlink_to(target.format(folder))
        return folder / name

    return make


def bound(folder: Path) -> Path:
    with socket.socket(socket.AF_UNIX) as found:
        found.bind("a.csv")
    return folder / "a.csv"


def directory(name: str) -> Callable[[Path], Path]:
    def make(folder: Path) -> Path:
        (folder / name).mkdir()
        (folder / name / "x.parquet").write_bytes(b"")
        return folder / name

    return make


class Odd:
    def __init__(self, path: object) -> None:
        self.path = path

    def __fspath__(self) -> Any:
        return self.path


def home(folder: Path) -> str:
    (folder / "a.csv").write_text(CSV)
    return "~/a.csv"


CSVS = written("a.csv", C)
PLACES = [
    *[
        Input(f"a pipe, {n}", fifo(n), NO)
        for n in ("a.csv", "a.xlsx", "a.parquet", "a.json", "a.arrow", "a.jsonl")
    ],
    Input("a pipe as a database", lambda f: f"sqlite:///{fifo('a.db')(f)}", NO, {"query": ASK}),
    *[
        Input(f"a link {e} to {t}", link("a" + e, t), NO)
        for e, t in (
            (".csv", "/dev/zero"),
            (".xlsx", "/dev/zero"),
            (".json", "/dev/urandom"),
            (".parquet", "/dev/full"),
            (".csv", "/dev/null"),
            (".csv", "{}/none.csv"),
            (".csv", "a.csv"),
            (".csv", "/proc/self/mem"),
            (".csv", "/proc/self/pagemap"),
            (".json", "/proc/self/mem"),
            (".csv", "/proc/kmsg"),
            (".csv", "/dev/tty"),
            (".csv", "{}"),
            (".csv", "/proc/self/environ"),
            (".csv", "/proc/cpuinfo"),
        )
    ],
    Input("a link to a table", lambda f: (CSVS(f), link("b.csv", "a.csv")(f))[1], GOOD),
    Input("a socket", bound, NO),
    *[
        Input(f"a folder {n}", directory(n), NO)
        for n in ("a.csv", "a.xlsx", "a.parquet", "a.arrow", "a.json", "a")
    ],
    *[
        Input(f"the path {p[:30]!r}", lambda f, p=p: p, NO)
        for p in (
            "",
            " ",
            ".",
            "..",
            "-",
            "/",
            "/dev/stdin",
            "/dev/fd/0",
            "a\0.csv",
            "x" * 300 + ".csv",
            "/x" * 1000 + ".csv",
            "none.csv",
            "\udcff.csv",
            "http://127.0.0.1/a.csv",
            "https://example.org/a.xlsx",
            "ftp://127.0.0.1/a.csv",
            "s3://bucket/a.parquet",
            "data:text/csv,month",
            "jdbc:sqlite:a.db",
            "javascript:alert(1)",
            "//server/a.csv",
            "\\\\server\\a.csv",
            "HTTP://127.0.0.1/a.csv",
            "http:/127.0.0.1/a.csv",
            "gs://b/a.csv",
            "month,value\n2025-01,10",
        )
    ],
    Input("a file's address", lambda f: CSVS(f).as_uri(), Either()),
    Input("a path as text", lambda f: str(CSVS(f)), GOOD),
    Input("a path as bytes", lambda f: bytes(CSVS(f)), Either()),
    Input("an object with a path", lambda f: Odd(str(CSVS(f))), Either()),
    Input("an object with a path of bytes", lambda f: Odd(bytes(CSVS(f))), Either()),
    Input("an object with no path", lambda f: Odd(7), NO),
    Input("a buffer", lambda f: io.StringIO(CSV), NO),
    Input("bytes of a table", lambda f: CSV.encode(), NO),
    Input("a slash behind", lambda f: str(CSVS(f)) + "/", GOOD),
    Input("the home folder", home, NO),
    *[
        Input(f"named {n!r}", written(n + ".CSV", C), GOOD)
        for n in ("a\nb", "a b", "[a]*", "файл", "a;b&c", "%2e%2e", "-rf", "C:a", "a.b", "𝟘")
    ],
]


def readings(found: str, expect: Any, name: str = "", **more: Any) -> Input:
    return Input(
        f"areas: {name or found[:40]}",
        written("a.json", found.encode()),
        expect,
        {"unit": "km2", **more},
        "load_territory",
    )


TERRITORY = [
    readings('{"2025-01-31": 10, "2025-02-28": 20, "2025-03-31": 30}', GOOD),
    readings('{"2025-01-31": 10, "2025-02-28": null, "2025-03-31": 30}', Either(GAP)),
    readings('{"2025-01-31": 10, "2025-01-31": 20}', Refused("2025-01-31")),
    readings('{"2025-01-31": NaN}', NO),
    readings('{"2025-01-31": -5}', Refused("-5")),
    readings('{"2025-01-31": true}', NO),
    readings('{"2025-01-31": 1e400}', NO),
    readings('{"2025-01-31": [1]}', NO),
    readings('{"2025-02-31": 1}', Refused("2025-02-31")),
    readings('{"2025-01-31": "10,5"}', Either({"2025-01": 10.5})),
    readings("{}", NO),
    readings("[]", NO),
    readings("[" * 100_000, NO, "deep"),
    readings("", NO, "no bytes"),
    Input("areas: a pipe", fifo("a.csv"), NO, {"unit": "km2"}, "load_territory"),
    *[
        Input(f"days: {n}", m, NO, {}, "load_days")
        for n, m in (
            ("a pipe", fifo("a.csv")),
            ("a folder", directory("a.csv")),
            ("None", lambda f: None),
            ("an address", lambda f: "http://127.0.0.1/a.csv"),
            ("half a workbook", written("a.xlsx", b"PK\x03\x04" + bytes(50))),
        )
    ],
    *[
        Input(f"{r}: {n}", m, NO, o, r)
        for r, o in (
            ("load_ucdp", {}),
            ("load_acled", {}),
            ("load_fires", {}),
            ("load_launches", {}),
            ("load_territory", {"unit": "km2"}),
        )
        for n, m in (
            ("a pipe", fifo("a.csv")),
            ("None", lambda f: None),
            ("a device", link("a.csv", "/dev/zero")),
        )
    ],
]
