"""Files that are either the old ones or the new ones, never half of one; tables as CSV."""

from __future__ import annotations

import contextlib
import csv
import errno
import io
import os
import re
import stat
import tempfile
import time
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from typing import TypeAlias

from trends.errors import UnreadableFile

Cell: TypeAlias = str | float | Decimal | None

_BEFORE = re.compile(r"['\s\u200b-\u200f\u2060\ufeff]*")  # what a program may skip before a sign
# a spreadsheet whose list separator is not the comma parts a text here, quoted or not
_CELL_ENDS = re.compile(r"\r\n|[;\t\r\n]")
_DAY = 86_400


def write_files(folder: Path, contents: Mapping[str, str | bytes]) -> None:
    """Write all files beside their targets first, then put each in place.

    Parameters
    ----------
    folder : Path
        Made where it is absent.
    contents : mapping of str to str or bytes
        What to write, by file name.

    Raises
    ------
    UnreadableFile
        If anything cannot be written; no file is put in place unless all could be.

    Notes
    -----
    A program that is killed while it writes can leave ``.NAME.*.part`` files beside the targets.
    Nothing reads them; the next write of that name takes away those older than a day. A target that
    is a link is replaced, not followed.
    """
    written: list[tuple[Path, Path]] = []
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, content in contents.items():
            written.append((_beside(folder / name, content), folder / name))
        for _, target in written:  # before the first file is put in place
            refuse_special(target)
        for temporary, target in written:
            temporary.replace(target)
        flush_folder(folder)
        _sweep(folder, contents)
    except (OSError, ValueError) as error:  # ValueError: a name that no file can have
        raise unwritable(folder, error) from error
    finally:
        for temporary, _ in written:
            temporary.unlink(missing_ok=True)


def refuse_special(target: Path) -> None:
    """Refuse to put a file in the place of a folder, or of a device or a pipe, as root could."""
    with contextlib.suppress(FileNotFoundError):
        mode = target.stat().st_mode
        if stat.S_ISDIR(mode):
            raise IsADirectoryError(errno.EISDIR, "it is a folder", str(target))
        if not stat.S_ISREG(mode):
            raise FileExistsError(errno.EEXIST, "it is a device or a pipe", str(target))


def unwritable(path: Path, error: OSError | ValueError) -> UnreadableFile:
    """The error that says why nothing could be written."""
    return UnreadableFile(
        getattr(error, "filename", None) or path,
        f"cannot be written ({getattr(error, 'strerror', None) or error})",
        "Choose a folder that you may write to, with room for the files.",
    )


def flush_folder(folder: Path) -> None:
    """Let the names in a folder outlast a loss of power, where the system can."""
    with contextlib.suppress(OSError):  # Windows and some network drives flush no folder
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def csv_text(rows: Iterable[Sequence[Cell]]) -> str:
    """Rows as CSV, in which no spreadsheet finds a formula.

    Numbers are written as they are, with a decimal point and no thousands marks; unknown ones are
    empty. A text that begins with ``=``, ``+``, ``-``, ``@`` (or a wide or small form of one), a
    tab, a line end or NUL, whatever apostrophes or blanks stand before that, has an apostrophe put
    in front; and so has such a sign within a text after a semicolon, a tab or a line end, where a
    spreadsheet with another list separator begins a cell. To get the text back, take one apostrophe
    from each of these.

    Parameters
    ----------
    rows : iterable of sequences of str, int, float, Decimal or None
        The header first.

    Returns
    -------
    str

    Examples
    --------
    >>> print(csv_text([["Month", "=1+1"], ["2025-06", -588.0], ["2025-07", None]]), end="")
    Month,'=1+1
    2025-06,-588
    2025-07,
    """
    return "".join(map(_line, rows))


def _line(row: Sequence[Cell]) -> str:
    out = io.StringIO()
    # \r\n, so that a cell with either of them is quoted; with \n, Python 3.11 leaves \r bare
    csv.writer(out, lineterminator="\r\n").writerow([_written(cell) for cell in row])
    return out.getvalue().removesuffix("\r\n") + "\n"


def _written(cell: Cell) -> str:
    if cell is None or cell != cell:  # NaN differs from itself
        return ""
    if isinstance(cell, float):
        return f"{cell:.0f}" if cell.is_integer() else repr(float(cell))
    if not isinstance(cell, str):
        return str(cell)
    within = _CELL_ENDS.sub(lambda end: f"{end[0]}'" if _sign_at(cell, end.end()) else end[0], cell)
    return f"'{within}" if _like_a_formula(cell) else within


def _like_a_formula(text: str) -> bool:
    return _sign_at(text, 0) or text.lstrip("'")[:1] in tuple("\t\r\n")


def _sign_at(text: str, start: int) -> bool:
    skipped = _BEFORE.match(text, start)
    start = start if skipped is None else skipped.end()
    return unicodedata.normalize("NFKC", text[start : start + 1])[:1] in tuple("=+-@\0")


def _prefix(name: str) -> str:
    # the beginning of the name: with all of a long one, the temporary name would be too long
    return f".{name[:40]}."


def _sweep(folder: Path, names: Iterable[str]) -> None:
    """Remove what writers of these names that were killed more than a day ago left behind."""
    begun = "|".join(re.escape(_prefix(name)) for name in names)
    left = re.compile(rf"(?:{begun})[a-z0-9_]{{8}}\.part")
    with contextlib.suppress(OSError):  # no reason to fail: the files are written
        for entry in os.scandir(folder):
            if left.fullmatch(entry.name) and entry.is_file(follow_symlinks=False):
                age = time.time() - entry.stat(follow_symlinks=False).st_mtime
                if age > _DAY:
                    Path(entry.path).unlink(missing_ok=True)


def _beside(target: Path, content: str | bytes) -> Path:
    handle, name = tempfile.mkstemp(dir=target.parent, prefix=_prefix(target.name), suffix=".part")
    temporary = Path(name)
    try:
        if isinstance(content, str):
            # half a character, as an argument that is not UTF-8 leaves it, becomes its number
            content = content.encode("utf-8", errors="backslashreplace")
        with os.fdopen(handle, "wb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        temporary.chmod(0o666 & ~_umask())
    except BaseException:
        with contextlib.suppress(OSError):
            temporary.unlink()
        raise
    return temporary


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
