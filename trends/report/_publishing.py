"""An edition in a folder of its own: there as a whole or not at all."""

from __future__ import annotations

import contextlib
import ctypes
import os
import shutil
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path

from trends.errors import UnreadableFile
from trends.report._files import CLAIMS, OF_SERIES, PAGES, SCHEMA_FILE
from trends.writing import flush_folder, unwritable, write_files

LATEST = "latest"
_HERE, _EXCHANGE = -100, 2  # AT_FDCWD and RENAME_EXCHANGE of Linux


def publish(folder: Path, name: str, contents: Mapping[str, str | bytes]) -> Path:
    """Put an edition into ``folder/name`` at one blow, and let ``folder/latest`` point at it.

    Parameters
    ----------
    folder : Path
        Of the editions; made where it is absent.
    name : str
        Of this one. An edition of that name is replaced as a whole; one of the same bytes is left.
        What else bears that name is not: a file, or a folder that holds files of other names.
    contents : mapping of str to str or bytes
        The files.

    Returns
    -------
    Path
        The edition.

    Raises
    ------
    UnreadableFile
        If it cannot be written, or if something else is in its place. What was there is whole.

    Notes
    -----
    On Linux the new folder and the old one change places in one call. Elsewhere the old one is
    moved away first, so that for a moment there is none; if the second move fails, it is put back.
    ``latest`` never goes back to an earlier edition, and is left out where no links can be made.
    """
    target = folder / name
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if not _holds(target, contents):
            _refuse_others(target, contents)
            with tempfile.TemporaryDirectory(
                dir=folder, prefix=f".{name}.", suffix=".part"
            ) as part:
                fresh = Path(part) / name
                write_files(fresh, contents)
                _put(fresh, target)
        _link(folder, name)
        flush_folder(folder)
    except UnreadableFile:
        raise
    except (OSError, ValueError) as error:  # ValueError: a name that no file can have
        raise unwritable(folder, error) from error
    return target


def _holds(target: Path, contents: Mapping[str, str | bytes]) -> bool:
    if not target.is_dir() or {path.name for path in target.iterdir()} != set(contents):
        return False
    wanted = {
        name: text if isinstance(text, bytes) else text.encode("utf-8", "backslashreplace")
        for name, text in contents.items()
    }
    return all((target / name).read_bytes() == text for name, text in wanted.items())


def _refuse_others(target: Path, contents: Mapping[str, str | bytes]) -> None:
    """Replace editions and links only: anything else is somebody's work."""
    if target.is_symlink() or not os.path.lexists(target):
        return
    known = {*PAGES.values(), SCHEMA_FILE, CLAIMS, *contents, "Thumbs.db", "desktop.ini"}
    others = ["a file"]
    if target.is_dir():
        others = [
            path.name
            for path in sorted(target.iterdir())
            if not (path.name in known or path.name.endswith(OF_SERIES)) and path.name[:1] != "."
        ]
    if others:
        raise UnreadableFile(
            target,
            f"it is no edition to be replaced: found {others[0]!r}",
            "Move it away, or name another folder.",
        )


def _put(fresh: Path, target: Path) -> None:
    if not os.path.lexists(target):
        try:
            fresh.rename(target)
            return
        except OSError:
            if not os.path.lexists(target):
                raise  # else another program was first
    if not _exchange(fresh, target):
        aside = fresh.with_name(f"{fresh.name}.old")
        target.rename(aside)
        try:
            fresh.rename(target)
        except OSError:
            aside.rename(target)
            raise
        shutil.rmtree(aside, ignore_errors=True)


def _exchange(a: Path, b: Path) -> bool:
    """Let two folders change places in one call, where the system can."""
    if not sys.platform.startswith("linux"):
        return False
    swap = getattr(ctypes.CDLL(None, use_errno=True), "renameat2", None)
    if swap is None:
        return False
    return bool(swap(_HERE, os.fsencode(a), _HERE, os.fsencode(b), _EXCHANGE) == 0)


def _link(folder: Path, name: str) -> None:
    link = folder / LATEST
    now = str(link.readlink()) if link.is_symlink() else ""
    if now >= name or (link.exists() and not link.is_symlink()):
        return
    fresh = folder / f".{LATEST}.{os.getpid()}"
    with contextlib.suppress(OSError, NotImplementedError):  # no links here, as on some Windows
        fresh.unlink(missing_ok=True)
        fresh.symlink_to(name, target_is_directory=True)
        fresh.replace(link)
    fresh.unlink(missing_ok=True)


def previous_edition(folder: Path, name: str) -> Path | None:
    """The latest edition before `name` that holds a ``report.json``."""
    if not folder.is_dir():
        return None
    earlier = [
        path
        for path in folder.iterdir()
        if not path.is_symlink() and path.name[:1] != "." and path.name < name
    ]
    found = [path for path in earlier if (path / "report.json").is_file()]
    return max(found, key=lambda path: path.name, default=None)
