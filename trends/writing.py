"""Files that are either the old ones or the new ones, never half of one."""

from __future__ import annotations

import contextlib
import errno
import os
import tempfile
from collections.abc import Mapping
from pathlib import Path

from trends.errors import UnreadableFile


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
    """
    written: list[tuple[Path, Path]] = []
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, content in contents.items():
            written.append((_beside(folder / name, content), folder / name))
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


def _beside(target: Path, content: str | bytes) -> Path:
    handle, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.", suffix=".part")
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
