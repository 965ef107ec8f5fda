"""Finished blocks on disk: each is there as a whole or not at all."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import IO, Any

import pyarrow as pa
import pyarrow.parquet as pq

from trends.errors import BadOption, BadTable, UnreadableFile
from trends.scale._block import FACTS
from trends.writing import flush_folder, refuse_special, unwritable

_NEXT = b"trends.next_row"


class Parts:
    """The folder ``<out>.parts``: a manifest, and one Parquet file a finished block.

    A block is written beside its place, flushed, and moved there in one step; blocks are finished
    in order. So whatever kills the program, the parts 0 ... k - 1 are whole and no other exists.
    """

    def __init__(self, out: Path) -> None:
        self.out = out
        if not out.name:
            raise BadOption("scan_parquet", "out", str(out), "the name of a file")
        try:
            refuse_special(out)
        except (OSError, ValueError) as error:
            raise unwritable(out, error) from error
        self.folder = out.with_name(out.name + ".parts")
        self.done = 0
        self.next_row = 0
        self._lock: IO[bytes] | None = None

    def __enter__(self) -> Parts:
        with self._worded():
            if self.out.is_dir():
                raise UnreadableFile(self.out, "is a folder", "Name the file to write.")
            if not self.out.parent.is_dir():
                remedy = "Make it first."
                raise UnreadableFile(self.out, "its folder does not exist", remedy)
            shutil.rmtree(self._old, ignore_errors=True)
            self.folder.mkdir(exist_ok=True)
            self._lock = (self.folder / "lock").open("ab")
        if sys.platform != "win32":
            import fcntl

            try:
                fcntl.flock(self._lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError as error:
                self._lock.close()
                remedy = "Wait for it, or name another file."
                raise UnreadableFile(self.out, "another scan is writing it", remedy) from error
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._lock is not None:
            self._lock.close()

    @contextlib.contextmanager
    def _worded(self) -> Iterator[None]:
        try:
            yield
        except UnreadableFile:
            raise
        except (OSError, ValueError) as error:  # ValueError: a name that no file can have
            raise unwritable(self.out, error) from error

    @property
    def _old(self) -> Path:
        return self.out.with_name(self.out.name + ".parts.old")

    @property
    def _manifest(self) -> Path:
        return self.folder / "manifest.json"

    def begun(self, asked: dict[str, Any]) -> dict[str, Any] | None:
        """What was noted when this scan was begun; None if nothing was.

        Raises
        ------
        BadTable
            If the scan begun there was of another input or had other options.
        """
        if not self._manifest.is_file():
            return None
        try:
            noted: dict[str, Any] = json.loads(self._manifest.read_text("utf-8"))
            before = noted["asked"]
        except (ValueError, TypeError, KeyError) as error:
            problem = f"the manifest cannot be read ({error})"
            raise BadTable(str(self.folder), problem, _ANEW) from error
        other = [
            f"{key} was {before.get(key)!r} and is {asked.get(key)!r}"
            for key in sorted({*before, *asked})
            if before.get(key) != asked.get(key)
        ]
        if other:
            problem = f"holds an unfinished scan of another input or option ({'; '.join(other)})"
            raise BadTable(str(self.folder), problem, _ANEW)
        self._find_done()
        return noted

    def _find_done(self) -> None:
        while self._part(self.done).is_file():
            self.done += 1
        while self.done:  # a crash of the machine, not of the program, may tear the latest one
            try:
                noted = pq.read_schema(self._part(self.done - 1)).metadata
                self.next_row = int(noted[_NEXT])
                return
            except (pa.ArrowException, OSError, KeyError, TypeError, ValueError):
                self.done -= 1
        self.next_row = 0

    def begin(self, noted: dict[str, Any]) -> None:
        """Note what this scan is of."""
        text = json.dumps(noted, indent=2, ensure_ascii=False)
        beside = self._manifest.with_suffix(".tmp")
        with self._worded():
            beside.write_text(text, "utf-8")
            _flush(beside)
            beside.replace(self._manifest)
            flush_folder(self.folder)

    def add(self, facts: Any, next_row: int) -> None:
        """Put one more finished block there."""
        beside = self.folder / "part.tmp"
        with self._worded():
            pq.write_table(facts.replace_schema_metadata({_NEXT: str(next_row).encode()}), beside)
            _flush(beside)
            beside.replace(self._part(self.done))
            flush_folder(self.folder)
        self.done += 1
        self.next_row = next_row

    def join(self) -> int:
        """Make one file of all parts, put it in its place in one step; the number of series."""
        beside, size = self.folder / "joined.tmp", 0
        with self._worded():
            with pq.ParquetWriter(beside, FACTS) as writer:
                for k in range(self.done):
                    facts = pq.ParquetFile(self._part(k)).read().replace_schema_metadata(None)
                    writer.write_table(facts)
                    size += facts.num_rows
            _flush(beside)
            beside.replace(self.out)
            flush_folder(self.out.parent)
        self.drop()
        return size

    def drop(self) -> None:
        """Remove the folder, so that it is never found half-empty."""
        if self._lock is not None:
            self._lock.close()
        shutil.rmtree(self._old, ignore_errors=True)
        self.folder.rename(self._old)
        shutil.rmtree(self._old)

    def clear(self) -> None:
        """Forget what was begun here."""
        self._manifest.unlink(missing_ok=True)
        for path in self.folder.glob("part*"):
            path.unlink()

    def _part(self, k: int) -> Path:
        return self.folder / f"part-{k:08d}.parquet"


_ANEW = "Ask for the same again to go on, or begin anew with --restart (restart=True)."


def _flush(path: Path) -> None:
    with path.open("rb+") as file:
        os.fsync(file.fileno())
