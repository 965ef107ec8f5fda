"""What a file is that is not what its name says, by its first bytes."""

from __future__ import annotations

import codecs
import re

from trends.errors import UnreadableFile

_TABLES = {
    ".csv": "",
    ".tsv": "",
    ".txt": "",
    ".xlsx": "an Excel workbook",
    ".parquet": "a Parquet file",
    ".arrow": "an Arrow file",
    ".feather": "an Arrow file",
    ".ipc": "an Arrow file",
    ".json": "JSON",
    ".jsonl": "JSON",
    ".ndjson": "JSON",
}
_UNPACK = "Unpack it, and load what is in it."
_CSV = "Export the table as CSV."
_SIGNATURES: tuple[tuple[bytes, str, str], ...] = (
    (b"PK\x03\x04", "a zip archive or an Excel workbook", "Unpack it, or rename it to .xlsx."),
    (b"PK\x05\x06", "an empty zip archive", _UNPACK),
    (b"\x1f\x8b", "packed by gzip", _UNPACK),
    (b"BZh", "packed by bzip2", _UNPACK),
    (b"\xfd7zXZ\0", "packed by xz", _UNPACK),
    (b"\x28\xb5\x2f\xfd", "packed by zstd", _UNPACK),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive", _UNPACK),
    (b"Rar!\x1a\x07", "a RAR archive", _UNPACK),
    (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
        "an old Excel file (.xls), or one locked by a password",
        "Open it in a spreadsheet program, and save it without a password as .xlsx or CSV.",
    ),
    (b"\x89PNG", "a PNG picture", _CSV),
    (b"\xff\xd8\xff", "a JPEG picture", _CSV),
    (b"GIF8", "a GIF picture", _CSV),
    (b"%PDF-", "a PDF document", _CSV),
    (b"{\\rtf", "an RTF document", _CSV),
    (b"PAR1", "a Parquet file", "Rename it to .parquet."),
    (b"ARROW1", "an Arrow file", "Rename it to .arrow."),
    (b"SQLite format 3\0", "an SQLite database", "Load it with a query and the URL sqlite:///..."),
)
_PICKLE = re.compile(rb"\x80[\x02-\x05][\x80-\xff\](}c]")
_PAGE = re.compile(rb"\s*<(?:!doctype\s+html|html|head|body|table|meta|script|div|p)\b", re.I)
_XML = re.compile(rb"\s*<\?xml\b")
_JSON = re.compile(rb'\s*(?:\[\s*\{\s*"|\{\s*"[^"]*"\s*:)')
_ARROW = (b"ARROW1", b"FEA1")
_OWN: dict[str, tuple[bytes, ...]] = {".xlsx": (b"PK",), ".parquet": (b"PAR1",)}
_OWN |= {".arrow": _ARROW, ".feather": _ARROW, ".ipc": _ARROW}


def refuse_other(name: str, data: bytes, suffix: str) -> None:
    """Refuse a file of another kind than its name says, and say of which."""
    if suffix not in _TABLES or data.startswith(_OWN.get(suffix, ())):
        return
    found = _kind(data[:1024].removeprefix(codecs.BOM_UTF8), suffix)
    if found is None:
        return
    kind, remedy = found
    wanted = _TABLES[suffix]
    problem = f"it is not {wanted} but {kind}" if wanted else f"it is no text but {kind}"
    raise UnreadableFile(name, problem, remedy)


def _kind(head: bytes, suffix: str) -> tuple[str, str] | None:
    for mark, kind, remedy in _SIGNATURES:
        if head.startswith(mark):
            return kind, remedy
    if _PICKLE.match(head):
        return "a Python pickle", "Pickles can run code and are never read: save it as CSV."
    if _PAGE.match(head):
        return "an HTML page", "Open it in a spreadsheet program, and save it as CSV or .xlsx."
    if _XML.match(head):
        return "XML", _CSV
    if _JSON.match(head) and _TABLES[suffix] != "JSON":
        return "JSON", "Rename it to .json."
    return None
