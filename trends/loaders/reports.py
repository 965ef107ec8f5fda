"""The air force's own reports, from an export of its channel."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Collection

from trends.errors import BadOption, EmptyTable, UnknownName
from trends.loaders._air_force import AirForceReports, Definition, Silence, check_options
from trends.loaders._exports import Progress
from trends.loaders._given import path_of
from trends.loaders._messages import Message, read_messages
from trends.loaders._reading import PathLike
from trends.loaders._tallies import Tally, Weapons, edition, tally_of
from trends.panel import Panel
from trends.posts import Post, read_post

LONGEST = 16_384  # characters; the messenger's own limit is 4,096


def recognise(columns: Collection[str]) -> dict[str, object] | None:
    """Tell whether these are the columns of an export: the options to load it, or None."""
    return {} if tuple(columns) == ("messages",) else None


def read_reports(
    path: PathLike, *, channel: str | None = None, progress: Progress | None = None
) -> AirForceReports:
    """Read every post of an export of the air force's channel.

    Parameters
    ----------
    path : path
        ``result.json`` of Telegram Desktop, of the channel or of a whole account; JSON lines
        (``.jsonl``, ``.ndjson``), one message a line with ``id``, ``date`` or ``date_unixtime``,
        and ``text``; a ``.txt`` file in which each post stands under a line of its own with its
        date (``2026-07-02 09:15``) after a blank line, or of one post, with the date in the file's
        name; or a folder of such files.
    channel : str, optional
        Of a whole account: the name or the id of the chat to read.
    progress : callable, optional
        Called with the bytes read and the bytes in all (of a folder: the files).

    Returns
    -------
    AirForceReports

    Raises
    ------
    UnreadableFile, EmptyTable
        If it cannot be opened, is cut off, is not JSON, or not UTF-8.
    BadTable
        If a message is not what an export holds (the error names it), or several chats are there
        and none was named.
    UnknownName
        If no chat is called so.

    Examples
    --------
    >>> found = read_reports("result.json")  # doctest: +SKIP
    >>> found.posts, len(found.tallies), len(found.unread)  # doctest: +SKIP
    (61204, 2310, 14)
    """
    if progress is not None and not callable(progress):
        raise BadOption("read_reports", "progress", progress, "a function")
    tallies: list[Tally] = []
    others: Counter[str] = Counter()
    posted: set[dt.date] = set()
    local = 0
    for message in read_messages(path_of(path), channel, progress):
        posted.add(message.posted.date())
        local += not message.clock
        if message.service or not message.text.strip():
            others["service messages" if message.service else "posts without text"] += 1
            continue
        tally = _tally(message)
        if tally.kind == "other" and not tally.unsure:
            others["no tallies of launches"] += 1
        else:
            tallies.append(tally)
    if not posted:
        raise EmptyTable(str(path), "no message")
    return AirForceReports(
        str(path), tuple(tallies), dict(others), frozenset(posted), min(posted), max(posted), local
    )


def load_reports(
    path: PathLike,
    *,
    weapons: Weapons = "drones",
    definition: Definition = "nights",
    include_day: bool | None = None,
    silent_nights: Silence = "unknown",
    channel: str | None = None,
    as_of: dt.date | str | None = None,
) -> Panel:
    """Load monthly launches from an export of the air force's channel.

    Parameters
    ----------
    path, channel
        As for `read_reports`.
    weapons : {'drones', 'missiles'}
        Drones launched, decoys included; or missiles of all models.
    definition : {'nights', 'nights and days'}
        *nights* counts the tally of each night once, in the month in which it ended. *nights and
        days* adds the tallies of the days, which the air force publishes only at times; their
        windows overlap those of the nights by hours, and the posts do not tell what they share.
    include_day : bool, optional
        The same in one word: True is *nights and days*, False is *nights*.
    silent_nights : {'unknown', 'zero'}
        A day on which the channel posted, and no tally of the night: not observed, or a night
        without launches. *zero* is right only where the export holds every post of its span.
    as_of : date or str, optional
        The day on which the export was made; by default that of the last post.

    Returns
    -------
    Panel
        One series. A night whose number is open, unsure or missing is not observed: its month is
        partial, with fewer `observed_days`, and `notes` name it.

    Raises
    ------
    UnreadableFile, EmptyTable, BadTable, UnknownName
        As for `read_reports`.
    BadTable
        Also if no post is a tally, or none has a sure number.

    Examples
    --------
    >>> load_reports("result.json")  # doctest: +SKIP
    <Panel: drones (drones, flow), 2022-09 to 2026-09, 49 months>
    """
    check_options("load_reports", weapons=weapons, definition=definition,
                  silent_nights=silent_nights)  # fmt: skip
    if include_day is not None:
        if include_day is False and definition != "nights":
            needed = "True or left out where definition='nights and days'"
            raise BadOption("load_reports", "include_day", include_day, needed)
        definition = "nights and days" if include_day else "nights"
    found = read_reports(path, channel=channel)
    return found.panel(
        weapons=weapons, definition=definition, silent_nights=silent_nights, as_of=as_of
    )


def find_post(path: PathLike, post: str | None = None, *, channel: str | None = None) -> Post:
    """Read one post of an export, with the spans of its text from which each figure was read.

    Parameters
    ----------
    path, channel
        As for `read_reports`.
    post : str, optional
        Its id, as in the column `post` of the rows. May be left out where the file holds one post.

    Returns
    -------
    Post
        Of a post that the export holds more than once, the last edition.

    Raises
    ------
    UnknownName
        If the export holds no such post, or several and none was named.

    Examples
    --------
    >>> find_post("result.json", "51234").figures["launched_drones"]  # doctest: +SKIP
    Figure(value=115, bound='exact', start=61, end=64)
    """
    found: Message | None = None
    known: list[str] = []
    for message in read_messages(path_of(path), channel):
        known += [message.post] if len(known) < 12 else []
        wanted = message.post == post if post is not None else len(known) == 1
        if wanted and (found is None or edition(message) >= edition(found)):
            found = message
    if found is None or (post is None and len(known) > 1):
        raise UnknownName(f"{path}: post", post, known)
    return read_post(found.text[:LONGEST], found.posted)


def _tally(message: Message) -> Tally:
    if len(message.text) <= LONGEST:
        read = read_post(message.text, message.posted)
        return tally_of(read, message.post, forwarded=message.forwarded, edited=message.edited)
    long = f"text: {len(message.text):,} characters, more than {LONGEST:,}; not read"
    return Tally(message.post, message.posted, "other", (None, None), None, {}, {}, {},
                 (long,), (), excerpt=message.text[:120])  # fmt: skip
