"""Files that are either the old ones or the new ones, never half of one."""

from __future__ import annotations

import contextlib
import errno
import os
import tempfile
from collections.abc import Mapping
from pathlib import Path

from trends.errors import UnreadableFile


def write_folder(folder: Path, texts: Mapping[str, str]) -> None:
    """Write all texts beside their targets first, then put each in place."""
    written: list[tuple[Path, Path]] = []
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, text in texts.items():
            written.append((_beside(folder / name, text), folder / name))
        for _, target in written:  # before the first file is put in place
            if target.is_dir():
                raise IsADirectoryError(errno.EISDIR, "it is a folder", str(target))
        for temporary, target in written:
            temporary.replace(target)
    except OSError as error:
        raise UnreadableFile(
            error.filename or folder,
            f"cannot be written ({error.strerror or error})",
            "Choose a folder that you may write to, with room for the files.",
        ) from error
    finally:
        for temporary, _ in written:
            temporary.unlink(missing_ok=True)


def _beside(target: Path, text: str) -> Path:
    handle, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.", suffix=".part")
    temporary = Path(name)
    try:
        # half a character, as an argument that is not UTF-8 leaves it, is written as its number
        with os.fdopen(
            handle, "w", encoding="utf-8", errors="backslashreplace", newline="\n"
        ) as stream:
            stream.write(text)
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
