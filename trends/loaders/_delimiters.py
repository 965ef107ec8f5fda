"""How a text file is written: its encoding and its delimiter, where the file itself decides."""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections.abc import Callable, Sequence

from trends.errors import UnreadableFile

Header = tuple[str, ...]

_MARKS = {
    codecs.BOM_UTF8: "utf-8-sig",
    codecs.BOM_UTF32_LE: "utf-32",  # before UTF-16, whose mark it begins with
    codecs.BOM_UTF32_BE: "utf-32",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}
_BLOCK = 1 << 23
_DELIMITERS = (",", ";", "\t", "|")
_OLD = ("windows-1251", "windows-1252", "koi8-u")
_HINT = re.compile(rb'"?sep=(.)"?\r?\n')  # the first line of some files of Excel


def find_encoding(data: bytes, name: str) -> str:
    """Tell the encoding by its mark; without one it is UTF-8, or not told apart from others."""
    for mark, encoding in _MARKS.items():
        if data.startswith(mark):
            return encoding
    decoder = codecs.getincrementaldecoder("utf-8")()
    view = memoryview(data)
    try:
        for start in range(0, len(view), _BLOCK):  # the whole as text would take its room again
            decoder.decode(view[start : start + _BLOCK])
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        _refuse(data, name)
    return "utf-8-sig"


def _refuse(data: bytes, name: str) -> None:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.rfind(b"\n", 0, error.start) + 1
        word = data[max(line, error.start - 12) : error.start + 12]
        read = ", ".join(f"{_shown(word, old)} in {old}" for old in _OLD)
        raise UnreadableFile(
            name,
            f"the bytes are not utf-8 text ({error}), and no mark tells which encoding they have",
            f"Choose by the words around byte {error.start}: {read}. "
            "Then load_table(..., encoding='windows-1251'), or save the file as UTF-8.",
        ) from None


def _shown(word: bytes, encoding: str) -> str:
    return repr(word.decode(encoding, errors="replace").splitlines()[0])


def without_hint(data: bytes) -> tuple[bytes, str | None]:
    """Take off a first line ``sep=;``, and tell what it says."""
    start = len(codecs.BOM_UTF8) if data.startswith(codecs.BOM_UTF8) else 0
    match = _HINT.match(data, start)
    if match is None:
        return data, None
    return data[match.end() :], match[1].decode("ascii", errors="replace")


def find_delimiter(data: bytes, usual: str, fits: Callable[[Header], bool]) -> str:
    """Choose the delimiter that parts the header into the columns needed; else the usual one."""
    head = first_line(data)
    for delimiter in (usual, *_DELIMITERS):
        if fits(tuple(cell.strip() for cell in _parted(head, delimiter))):
            return delimiter
    return usual


def widest(data: bytes, usual: str) -> str:
    """Choose the delimiter of an unknown table: the usual one, unless it parts nothing."""
    head = first_line(data)
    if len(_parted(head, usual)) > 1:
        return usual
    return max((usual, *_DELIMITERS), key=lambda delimiter: len(_parted(head, delimiter)))


def first_line(data: bytes) -> str:
    """The first line with text in it, of UTF-8 text."""
    for line in io.BytesIO(data):
        text = line.decode("utf-8-sig", errors="replace").strip("\r\n")
        if text.strip():
            return text
    return ""


def _parted(line: str, delimiter: str) -> Sequence[str]:
    try:
        return next(csv.reader([line], delimiter=delimiter), [])
    except csv.Error:
        return []
