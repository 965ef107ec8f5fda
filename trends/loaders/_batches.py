"""How much the batches of an Arrow file unpack to, told before any of them is unpacked."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from typing import Any

from trends.errors import UnreadableFile
from trends.loaders._limits import Limits

_MARK = b"ARROW1"
_DICTIONARY, _RECORDS = 2, 3  # the kinds of a message that have a body
_AS_IT_IS = -1  # in place of the length, of a buffer that is not packed


def whole_stream(data: bytes) -> Any:
    """The messages of a file or a stream; a file is a stream between two marks, and an index.

    The index is not followed: it could lead to other messages than those that were looked at.
    """
    import pyarrow as pa

    if not data.startswith(_MARK):
        return pa.py_buffer(data)
    batches = pa.ipc.open_file(pa.py_buffer(data)).num_record_batches  # its end is there, and sound
    stream = pa.py_buffer(data).slice(8)
    found = sum(_table(one.metadata.to_pybytes())[1] == _RECORDS for one in _messages(stream))
    if found != batches:
        raise ValueError(f"its index names {batches:,} batches, and it holds {found:,}")
    return stream


def check_unpacked(stream: Any, name: str, limits: Limits) -> None:
    """Refuse batches that unpack to more than the size of the file can explain.

    Each packed buffer begins with the length that it unpacks to, and as much is asked of the
    memory before it is unpacked.
    """
    total = 0
    for message in _messages(stream):
        for length in _lengths(message.metadata.to_pybytes(), message.body):
            if length < 0:
                raise UnreadableFile(
                    name, f"a batch says that it unpacks to {length:,} bytes", "Write it again."
                )
            total += length
        limits.check_unpacked(name, total, stream.size)


def _messages(stream: Any) -> Iterator[Any]:
    import pyarrow as pa

    reader = pa.ipc.MessageReader.open_stream(stream)
    while True:
        try:
            yield reader.read_next_message()
        except StopIteration:
            return


def _table(described: bytes) -> tuple[int, int]:
    """Where the header of a message stands, and of which kind it is."""
    (root,) = struct.unpack_from("<I", described)
    kind, header = _member(described, root, 1), _member(described, root, 2)
    return (_follow(described, header) if header else 0), (described[kind] if kind else 0)


def _lengths(described: bytes, body: Any) -> Iterator[int]:
    """The bytes of each buffer of a message, unpacked."""
    at, kind = _table(described)
    if kind == _DICTIONARY:
        data = _member(described, at, 1)
        at = _follow(described, data) if data else 0
    if kind not in (_DICTIONARY, _RECORDS) or not at:
        return
    packed, buffers = _member(described, at, 3), _member(described, at, 2)
    if not buffers:
        return
    vector = _follow(described, buffers)
    (count,) = struct.unpack_from("<I", described, vector)
    for number in range(count):
        start, length = struct.unpack_from("<qq", described, vector + 4 + 16 * number)
        if packed and length >= 8:
            (said,) = struct.unpack_from("<q", body.slice(start, 8).to_pybytes())
            length = length - 8 if said == _AS_IT_IS else said
        yield length


def _member(described: bytes, table: int, number: int) -> int | None:
    """Where a member of a FlatBuffers table stands; None where it is left out."""
    (back,) = struct.unpack_from("<i", described, table)
    (size,) = struct.unpack_from("<H", described, table - back)
    at = 4 + 2 * number
    if at >= size:
        return None
    (offset,) = struct.unpack_from("<H", described, table - back + at)
    return table + offset if offset else None


def _follow(described: bytes, at: int) -> int:
    (offset,) = struct.unpack_from("<I", described, at)
    return int(at + offset)
