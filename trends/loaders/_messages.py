"""The messages of a channel, from an export or from plain texts: who posted what, and when."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from trends.errors import BadTable, EmptyTable, UnreadableFile
from trends.loaders._exports import Progress, lines, messages
from trends.loaders._reading import decode, read_bytes

LINES = (".jsonl", ".ndjson")
SUFFIXES = (".json", *LINES, ".txt")

_AGAIN = "Export the chat again, or mend or remove this message."
_YEARS = range(2013, 2100)  # the messenger's first, and what any arithmetic of dates bears
_DATED = re.compile(
    r"(\d{4})-(\d\d)-(\d\d)(?:[T _]+(\d\d)[:.-]?(\d\d)(?:[:.-]?\d\d)?)?(?!\d)", re.ASCII
)
_HEADING = re.compile(r"(?:\A|\n[ \t]*\n)[ \t]*(\d{4}-\d\d-\d\d(?:[ T]\d\d:\d\d)?)[ \t]*(?=\n|\Z)")


@dataclass(frozen=True, slots=True)
class Message:
    """One message: its id, its text, and when it was posted, in Kyiv."""

    post: str
    posted: dt.datetime  # naive, local
    text: str
    service: bool = False  # a pinned message, a new photo: no post
    forwarded: bool = False
    edited: dt.datetime | None = None
    clock: bool = True  # whether the moment is known in UTC; else the date is as given


def read_messages(
    file: Path, channel: str | None = None, progress: Progress | None = None
) -> Iterator[Message]:
    """Read the messages of an export, of a text file, or of a folder of text files."""
    suffix = file.suffix.lower()
    if file.is_dir():
        yield from _folder(file, progress)
        return
    if suffix not in SUFFIXES:
        raise UnreadableFile(
            file,
            f"the name ends in {file.suffix!r}, which this loader does not read",
            f"Give a file that ends in {', '.join(SUFFIXES)}, or a folder of texts.",
        )
    try:
        size = file.stat().st_size
        with file.open("rb"):
            pass
    except (OSError, ValueError):
        size = len(read_bytes(file))  # has the words for it
    if not size:
        raise EmptyTable(str(file), "an empty file (0 bytes)")
    if suffix == ".txt":
        yield from _texts(file)
        return
    found = lines(file, progress) if suffix in LINES else messages(file, channel, progress)
    for number, record in found:
        yield _message(record, number, str(file))


def _message(record: object, number: int, name: str) -> Message:
    """Check one record, which may hold anything."""
    if not isinstance(record, dict):
        raise _wrong(name, number, record, "message", record, "an object")
    text = record.get("text", record.get("message", ""))
    if not isinstance(text, str):
        if not isinstance(text, list):
            raise _wrong(name, number, record, "text", text, "a text or a list of texts")
        text = "".join(
            part if isinstance(part, str) else _part(part, number, record, name) for part in text
        )
    identity = record.get("id")
    if isinstance(identity, bool) or not isinstance(identity, int | str):
        raise _wrong(name, number, record, "id", identity, "a number")
    posted = _moment(record, "date", number, name)
    if posted is None or posted[0].year not in _YEARS:
        needed = f"a date and time of {_YEARS[0]} to {_YEARS[-1]}"
        raise _wrong(name, number, record, "date", record.get("date"), needed)
    return Message(
        str(identity),
        posted[0],
        text,
        record.get("type", "message") == "service",
        any(record.get(key) is not None for key in ("forwarded_from", "forwarded_from_id")),
        (_moment(record, "edited", number, name) or (None,))[0],
        posted[1],
    )


def _part(part: object, number: int, record: dict[str, object], name: str) -> str:
    if isinstance(part, dict) and isinstance(part.get("text"), str):
        return str(part["text"])
    raise _wrong(name, number, record, "text", part, "a text or an object with a text")


def _moment(
    record: dict[str, object], key: str, number: int, name: str
) -> tuple[dt.datetime, bool] | None:
    """When it was, in Kyiv, and whether that is sure; a date alone is the exporter's time."""
    seconds, stamp = record.get(f"{key}_unixtime"), record.get(key)
    if seconds is not None:
        try:
            if isinstance(seconds, bool) or not isinstance(seconds, int | str):
                raise ValueError
            return _local(dt.datetime.fromtimestamp(int(seconds), dt.UTC)), True
        except (ValueError, OverflowError, OSError) as error:
            needed = "seconds since 1970"
            raise _wrong(name, number, record, f"{key}_unixtime", seconds, needed) from error
    if stamp is None:
        return None
    try:
        found = dt.datetime.fromisoformat(stamp)  # type: ignore[arg-type]
        return (found, False) if found.tzinfo is None else (_local(found), True)
    except (TypeError, ValueError, OverflowError) as error:
        raise _wrong(name, number, record, key, stamp, "a date and time") from error


def _local(moment: dt.datetime) -> dt.datetime:
    return moment.astimezone(_kyiv()).replace(tzinfo=None)


@cache
def _kyiv() -> ZoneInfo:
    for key in ("Europe/Kyiv", "Europe/Kiev"):  # the second in time zone data before 2022
        try:
            return ZoneInfo(key)
        except ZoneInfoNotFoundError:
            continue
    raise UnreadableFile(
        "Europe/Kyiv", "this system has no time zone data", "Install them: pip install tzdata."
    )


def _wrong(
    name: str, number: int, record: object, key: str, found: object, needed: str
) -> BadTable:
    identity = record.get("id") if isinstance(record, dict) else None
    known = f" (id {identity})" if isinstance(identity, int | str) and key != "id" else ""
    shown = ascii(found) if len(ascii(found)) <= 80 else ascii(found)[:77] + "..."
    return BadTable(
        name, f"message {number:,}{known}, {key!r}: found {shown}, which is not {needed}", _AGAIN
    )


def _texts(file: Path) -> Iterator[Message]:
    """A file of posts, each under a line with its date; or of one, with the date in its name."""
    text = decode(read_bytes(file), str(file)).replace("\r\n", "\n")
    if not text.strip():
        raise EmptyTable(str(file), "no text")
    headings = list(_HEADING.finditer(text))
    if not headings or text[: headings[0].start()].strip():
        posted = _dated(file.stem, file)
        yield Message(file.name, posted, text, clock=False)
        return
    for number, heading in enumerate(headings):
        end = headings[number + 1].start() if number + 1 < len(headings) else len(text)
        post = f"{file.name}#{number + 1}"
        yield Message(post, _dated(heading[1], file), text[heading.end() : end].strip("\n"),
                      clock=False)  # fmt: skip


def _dated(text: str, file: Path) -> dt.datetime:
    """The day and time in a heading or a file's name; noon where there is no time."""
    found = _DATED.search(text)
    try:
        if found is None:
            raise ValueError
        clock = f"{found[4]}:{found[5]}" if found[4] else "12:00"
        return dt.datetime.fromisoformat(f"{found[1]}-{found[2]}-{found[3]}T{clock}")
    except ValueError as error:
        raise UnreadableFile(
            file,
            f"{text[:60]!a} holds no date of the post",
            "Name the file for its date (2026-07-02.txt, 2026-07-02_0915.txt), or write the date "
            "(2026-07-02 09:15) on a line of its own before each post, after a blank line.",
        ) from error


def _folder(folder: Path, progress: Progress | None) -> Iterator[Message]:
    """The texts of a folder, in the order of their names."""
    files = sorted(folder.glob("*.txt"))
    if not files:
        raise EmptyTable(str(folder), "a folder without .txt files")
    for number, file in enumerate(files, start=1):
        yield from _texts(file)
        if progress is not None:
            progress(number, len(files))
