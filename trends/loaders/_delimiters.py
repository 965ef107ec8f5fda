"""How a text file is written: its encoding and its delimiter, where the file itself decides."""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections.abc import Callable, Sequence
from contextlib import suppress
from itertools import islice

from trends.errors import TrendsError, UnreadableFile
from trends.loaders._reading import decode, marked
from trends.loaders._rows import parted, short, spaced, tidy_header

Header = tuple[str, ...]

_BLOCK = 1 << 23
_DELIMITERS = (",", ";", "\t", "|")
_OLD = ("windows-1251", "windows-1252", "koi8-u")
_NOTHING = ' "' + "".join(_DELIMITERS)  # what a row without anything in it is made of
_END = b"\n"
_HINT = re.compile(rb'"?sep=(.)"?(?:\r\n?|\n)', re.I)  # the first line of some files of Excel


def as_utf8(data: bytes, name: str, encoding: str | None) -> tuple[bytes, str]:
    """Make UTF-8 of text of this encoding, or of the one that it is marked with."""
    found = encoding or find_encoding(data, name)
    if found.lower().replace("_", "-") in ("utf-8", "utf-8-sig", "utf8"):
        return data, "utf-8-sig"
    return decode(data, name, found).encode("utf-8"), found


def find_encoding(data: bytes, name: str) -> str:
    """Tell the encoding by its mark; without one it is UTF-8, or not told apart from others."""
    if encoding := marked(data):
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
            name + f", line {data.count(_END, 0, line) + 1}",
            f"the bytes are not utf-8 text{_place(data, line, error.start)} ({error}), and no mark "
            "tells which encoding they have",
            f"Choose by the words around byte {error.start}: {read}. "
            "Then load_table(..., encoding='windows-1251'), or save the file as UTF-8.",
        ) from None


def _place(data: bytes, line: int, at: int) -> str:
    """Tell the row and the column of a byte, as far as quotation marks allow."""
    head = first_line(data)
    lines = islice(io.BytesIO(data), data.count(_END, 0, line))
    before = sum(bool(text.strip(_NOTHING.encode() + b"\r\n")) for text in lines)
    if not before:
        return " in the header"
    delimiter = max(_DELIMITERS, key=head.count)
    names = _parted(head, delimiter)
    cell = data[line:at].count(delimiter.encode())
    column = short(names[cell].strip()) if cell < len(names) else f"column {cell + 1}"
    return f" in row {before}, column {column!r}"


def _shown(word: bytes, encoding: str) -> str:
    return repr(word.decode(encoding, errors="replace").splitlines()[0])


def without_hint(data: bytes) -> tuple[bytes, str | None]:
    """Make the first line ``sep=;`` a blank one, and tell what it says."""
    start = len(codecs.BOM_UTF8) if data.startswith(codecs.BOM_UTF8) else 0
    match = _HINT.match(data, start)
    if match is None:
        return data, None
    return _END + data[match.end() :], match[1].decode("ascii", errors="replace")


def plain_text(
    data: bytes, name: str, usual: str, fits: Callable[[Header], bool]
) -> tuple[bytes, str]:
    """Make UTF-8 text of a file, and tell its delimiter: as it says itself, or by its header."""
    data, _ = as_utf8(data, name, None)
    data, said = without_hint(data)
    return data, said or find_delimiter(data, usual, fits)


def find_delimiter(data: bytes, usual: str, fits: Callable[[Header], bool]) -> str:
    """Choose the delimiter that parts the header into the columns needed; else the usual one."""
    for delimiter in (usual, *_DELIMITERS):
        lines = io.TextIOWrapper(io.BytesIO(data), "utf-8-sig", errors="replace", newline="")
        with suppress(TrendsError):  # the reader has the words for it
            _, header = next(parted(lines, "", delimiter), (0, []))
            if fits(tuple(map(tidy_header, header))):
                return delimiter
    return usual


def widest(data: bytes, usual: str) -> str:
    """Choose the delimiter of an unknown table: the usual one, unless it parts nothing."""
    head = first_line(data)
    if len(_parted(head, usual)) > 1:
        return usual
    return max((usual, *_DELIMITERS), key=lambda delimiter: len(_parted(head, delimiter)))


def first_line(data: bytes) -> str:
    """The first line with more than delimiters in it, of UTF-8 text."""
    for line in io.BytesIO(data):
        for text in line.decode("utf-8-sig", errors="replace").strip("\n").split("\r"):
            if text.strip(_NOTHING):
                return text
    return ""


def _parted(line: str, delimiter: str) -> Sequence[str]:
    try:
        rows = csv.reader([line], delimiter=delimiter, skipinitialspace=spaced(delimiter))
        return next(rows, [])
    except csv.Error:
        return []
