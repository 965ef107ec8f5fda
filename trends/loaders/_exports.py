"""A messenger's export, message by message, in constant memory."""

from __future__ import annotations

import codecs
import json
import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO, TypeAlias

from trends.errors import BadTable, EmptyTable, UnknownName, UnreadableFile

Progress: TypeAlias = Callable[[int, int], None]  # bytes read, bytes in all

# Why json and not ijson, which is as fast: ijson keeps the path of every open bracket, so that a
# file of a few hundred kB of "[" takes all memory (tried with 3.6); json ends in a RecursionError.
_CHUNK = 1 << 20
_MOST = 1 << 24  # characters of one value: a text of 10 MB fits
_LISTS = ("chats", "left_chats")  # of an account's export
_AGAIN = "Export the chat again (Telegram Desktop, format JSON)."
_NAME = "A whole account was exported: name the chat to read, by name or id: channel='...'."

_decode = json.JSONDecoder().raw_decode


@dataclass(slots=True)
class Chat:
    """One chat of an export: where it stands, what it is called, how many messages it holds."""

    place: int
    about: dict[str, object] = field(default_factory=dict)  # name, type, id
    messages: int = 0

    def is_called(self, name: str) -> bool:
        """Whether this is its name or its id."""
        return name in (str(self.about.get("name")), str(self.about.get("id")))


class _Text:
    """The text of a JSON file; values are taken off its front."""

    def __init__(
        self, stream: BinaryIO, name: str, progress: Progress | None, most: int = _MOST
    ) -> None:
        self.stream, self.name, self.progress, self.most = stream, name, progress, most
        self.total = os.fstat(stream.fileno()).st_size
        self.where = "before the first message"
        self.text, self.at, self.read, self.ended = "", 0, 0, False
        self.broken = ""  # where the bytes are no text; what stands before can still be read
        self.decoder = codecs.getincrementaldecoder("utf-8-sig")()

    def fail(self, problem: str) -> UnreadableFile:
        return UnreadableFile(self.name, f"{self.where}: {problem}", _AGAIN)

    def cut(self) -> UnreadableFile:
        return self.fail(self.broken or "the file ends in the middle; it was cut off")

    def fill(self) -> None:
        """Read on: as much again as is held, so that a long value is not tried too often."""
        held = self.text[self.at :]
        data = self.stream.read(max(_CHUNK, len(held)))
        self.read, self.ended = self.read + len(data), not data
        try:
            text = self.decoder.decode(data, self.ended)
        except UnicodeDecodeError as error:
            text = error.object[: error.start].decode("utf-8-sig")
            place = self.read - len(error.object) + error.start
            self.broken = f"byte {place:,} is not UTF-8 text ({error.reason})"
            self.ended = True
        self.text, self.at = held + text, 0
        if self.progress is not None:
            self.progress(self.read, self.total)

    def peek(self) -> str:
        """The next character that is not a blank."""
        while True:
            while self.at < len(self.text):
                if self.text[self.at] not in " \t\r\n":
                    return self.text[self.at]
                self.at += 1
            if self.ended:
                raise self.cut()
            self.fill()

    def take(self, wanted: str) -> str:
        found = self.peek()
        if found not in wanted:
            raise self.fail(f"found {found!r} where {' or '.join(map(repr, wanted))} must stand")
        self.at += 1
        return found

    def value(self) -> object:
        """The next value, whole."""
        self.peek()
        while True:
            try:
                value, end = _decode(self.text, self.at)
                if end < len(self.text) or self.ended:  # a number could go on
                    self.at = end
                    return value
            except RecursionError as error:
                raise self.fail("its brackets are nested too deeply") from error
            except json.JSONDecodeError as error:
                near = len(self.text) - (0 if self.ended else 20)  # a word may be cut in two
                if not error.msg.startswith("Unterminated") and error.pos < near:
                    raise self.fail(f"this is not JSON ({error.msg})") from error
                if self.ended:
                    raise self.cut() from error
            except ValueError as error:
                raise self.fail(f"a number is too long ({error})") from error
            if len(self.text) - self.at > self.most:
                raise self.fail(f"one value is longer than {self.most:,} characters")
            self.fill()

    def members(self) -> Iterator[str]:
        """The keys of an object; the caller takes the value of each."""
        self.take("{")
        if self.peek() == "}":
            self.at += 1
            return
        while True:
            if self.peek() != '"':
                raise self.fail(f"found {self.peek()!r} where a name must stand")
            key = self.value()
            self.take(":")
            yield str(key)
            if self.take(",}") == "}":
                return

    def elements(self) -> Iterator[None]:
        """Stop before each element of a list; the caller takes it."""
        self.take("[")
        if self.peek() == "]":
            self.at += 1
            return
        while True:
            yield
            if self.take(",]") == "]":
                return


def is_export(file: Path) -> bool:
    """Whether a JSON file is an export of chats, by its beginning."""
    try:
        with file.open("rb") as stream:
            text = _Text(stream, str(file), None, _CHUNK)
            if text.peek() != "{":
                return False
            for number, key in enumerate(text.members()):
                if key == "messages" and text.peek() == "[":
                    return True
                if key in _LISTS and text.peek() == "{":
                    return True
                if number > 50:
                    return False
                text.value()
    except (OSError, ValueError):  # ValueError: every error of this library too
        return False
    return False


def messages(
    file: Path, channel: str | None, progress: Progress | None
) -> Iterator[tuple[int, object]]:
    """Yield the messages of one chat, each with its number in the chat, from 1."""
    chosen = _choose(file, channel)
    with file.open("rb") as stream:
        text = _Text(stream, str(file), progress)
        for chat in _chats(text):
            if chat.place != chosen.place:
                _skip(text, chat)
                continue
            for _ in text.elements():
                chat.messages += 1
                text.where = f"message {chat.messages:,}"
                yield chat.messages, text.value()
            text.where = f"after message {chat.messages:,}"


def _choose(file: Path, channel: str | None) -> Chat:
    """The one chat of an export, or that which is named; an account's file is read twice."""
    found: list[Chat] = []
    with file.open("rb") as stream:
        text = _Text(stream, str(file), None)
        for chat in _chats(text):
            found.append(chat)
            if chat.place == 0:  # the export of one chat
                break
            _skip(text, chat)
    if not found:
        raise BadTable(str(file), "it holds no list of messages, so it is no export", _AGAIN)
    names = [str(chat.about.get("name") or chat.about.get("id")) for chat in found]
    if channel is not None:
        named = [chat for chat in found if chat.is_called(channel)]
        if found[0].place == 0 and not found[0].about:
            raise BadTable(
                str(file), "the chat bears no name, so it cannot be chosen", "Leave out channel."
            )
        if len(named) != 1:
            raise UnknownName(f"{file}: channel", channel, names)
        return named[0]
    if len(found) > 1:
        raise BadTable(str(file), f"it holds {len(found)} chats ({', '.join(names[:12])})", _NAME)
    return found[0]


def _chats(text: _Text) -> Iterator[Chat]:
    """Stop before each list of messages; the caller takes it. Place 0: the file is one chat."""
    about: dict[str, object] = {}
    place = 0
    for key in text.members():
        if key == "messages":
            yield Chat(0, about)
        elif key in _LISTS and text.peek() == "{":
            for inner in text.members():
                if inner != "list":
                    text.value()
                    continue
                for _ in text.elements():
                    place += 1
                    yield from _chat(text, place)
        else:
            _tell(about, key, text.value())
    text.where = "after the last message"
    _end(text)


def _chat(text: _Text, place: int) -> Iterator[Chat]:
    about: dict[str, object] = {}
    for key in text.members():
        if key == "messages":
            yield Chat(place, about)
        else:
            _tell(about, key, text.value())


def _tell(about: dict[str, object], key: str, value: object) -> None:
    if key in ("name", "type", "id") and isinstance(value, str | int):
        about[key] = value


def _skip(text: _Text, chat: Chat) -> None:
    for _ in text.elements():
        chat.messages += 1
        text.where = f"chat {chat.place}, message {chat.messages:,}"
        text.value()


def _end(text: _Text) -> None:
    """Refuse what follows the last bracket."""
    while not text.text[text.at :].strip() and not text.ended:
        text.at = len(text.text)
        text.fill()
    if text.text[text.at :].strip():
        raise text.fail("something follows the end of the export")
    if text.broken:
        raise text.cut()


def lines(file: Path, progress: Progress | None) -> Iterator[tuple[int, object]]:
    """Yield one message a line, each with its number, from 1; blank lines are skipped."""
    with file.open("rb") as stream:
        total, read, number = os.fstat(stream.fileno()).st_size, 0, 0
        while data := stream.readline(2 * _MOST):
            read += len(data)
            if progress is not None:
                progress(read, total)
            if not data.strip():
                continue
            number += 1
            where = f"message {number:,}"
            if len(data) == 2 * _MOST:
                raise UnreadableFile(
                    file, f"{where}: a line of more than {2 * _MOST:,} bytes", "Part the messages."
                )
            try:
                yield number, json.loads(data.removeprefix(codecs.BOM_UTF8).decode("utf-8"))
            except RecursionError as error:
                raise UnreadableFile(
                    file, f"{where}: its brackets are nested too deeply", "Export it again."
                ) from error
            except ValueError as error:
                raise UnreadableFile(
                    file, f"{where}: not a JSON object ({error})", "Write one message a line."
                ) from error
        if not number:
            raise EmptyTable(str(file), "no line with a message")
