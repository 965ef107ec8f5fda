"""Numbers in other digits, with another minus, or with their unit behind, to plain ones."""

from __future__ import annotations

import re
from typing import Any

_ZEROS = ("\u0660", "\u06f0", "\uff10")  # Arabic, Persian, full-width
_ODD = "[\u0660-\u0669\u06f0-\u06f9\uff10-\uff19\u2212]"
_PLAIN = str.maketrans(
    {chr(ord(zero) + n): str(n) for zero in _ZEROS for n in range(10)}
    | {"\u066b": ".", "\uff0c": ",", "\uff0e": "."}
)
_PARTED = re.compile(r"-?\d{1,3}(?:\u066c\d{3})+(?:\u066b\d*)?")
_UNIT = re.compile(r"[^\W\d_].+", re.S)
_EXPONENT = re.compile(r"[eE][+-]?\d*")
PERCENT = ("%", "percent", "per cent")
_SPACE = "[ \u00a0\u2009\u202f]*"


def plain_texts(texts: Any, unit: str) -> tuple[Any, str]:
    """Write an Arrow array of texts in plain digits, without the unit; and say what was odd."""
    import pyarrow as pa
    import pyarrow.compute as pc

    said = []
    odd = pc.match_substring_regex(texts, _ODD)
    if pc.any(odd).as_py():
        said.append(f"read digits or a minus of other kinds (as in {_first(texts, odd)!r})")
        texts = pa.array([_plain(text) for text in texts.to_pylist()], pa.large_string())
    ends = _endings(unit)
    if ends:
        pattern = f"^([+-]?[0-9.,](?:.*[0-9.,])?){_SPACE}(?:{'|'.join(map(re.escape, ends))})$"
        behind = pc.match_substring_regex(texts, pattern)
        if pc.any(behind).as_py():
            said.append(f"read without the unit behind (as in {_first(texts, behind)!r})")
            texts = pc.replace_substring_regex(texts, pattern, r"\1")
    return texts, " and ".join(said)


def _endings(unit: str) -> tuple[str, ...]:
    """Tell what may stand behind numbers of this unit."""
    unit = unit.strip()
    if unit in PERCENT:
        return PERCENT
    if not _UNIT.fullmatch(unit) or len(unit) < 2 or _EXPONENT.fullmatch(unit):
        return ()
    return tuple(dict.fromkeys((unit, unit.replace("2", "\u00b2"), unit.replace("\u00b2", "2"))))


def _plain(text: str) -> str:
    """Write digits of one kind as 0 to 9; those of several kinds stay, and are no number."""
    kinds = {zero for mark in text for zero in _ZEROS if zero <= mark <= chr(ord(zero) + 9)}
    if text.startswith("\u2212"):
        text = "-" + text[1:]
    if len(kinds) + any("0" <= mark <= "9" for mark in text) != 1:
        return text
    if _PARTED.fullmatch(text):
        text = text.replace("\u066c", "")
    return text.translate(_PLAIN)


def _first(texts: Any, hits: Any) -> str:
    import pyarrow.compute as pc

    return str(texts[int(pc.index(hits, True).as_py())])
