"""The XML of a sheet, looked over before it is parsed, for what would be lost or read wrongly."""

from __future__ import annotations

import re
from collections.abc import Callable
from xml.etree import ElementTree

from trends.errors import BadTable, UnreadableFile
from trends.loaders._rows import brief

_LAST_ROW = 1_048_576
_CHUNK = 1 << 20

# Attributes in quotation marks of one kind, nothing between the tags: so most programs write, and
# so the patterns below expect it. What is written otherwise is written anew for them.
_OTHERWISE = re.compile(rb"='|\s=|=\s|>\s+<|<!|&#|\A[^<]")
_ROW = rb"<(?P<p>(?:\w+:)?)row\s(?:[^<>]{0,400}?\s)?r=\"\d{1,9}\"[^<>]{0,400}?"
_EMPTY_ROW = re.compile(_ROW + rb"(?:/>|>(?:<(?P=p)c\s[^<>]{0,200}/>)*</(?P=p)row>)")
_PLACE = re.compile(rb"<(?:\w+:)?(?:row|c)\s(?:[^<>]{0,300}?\s)?r=\"([A-Za-z]{0,9})(\d{1,12})\"")
_CELL = rb"<(?P<p>(?:\w+:)?)c(?P<about>(?:\s[^<>]{0,300})?)>"
_FORMULA = rb"(?:<(?P=p)f(?:\s[^<>]{0,300})?(?:/>|>[^<]*</(?P=p)f>))?"
_NUMBER = rb"(?:\s*[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?)?\s*</"
_NO_NUMBER = re.compile(
    _CELL.replace(rb"c(", rb"c(?![^<>]{0,300}\st=\"(?:s|str|e|d|b|inlineStr)\")(", 1)
    + _FORMULA
    + rb"<(?P=p)v>(?!"
    + _NUMBER
    + rb")(?P<found>[^<]{0,200})"
)
_NO_TEXT = re.compile(
    _CELL.replace(rb"c(", rb"c(?=[^<>]{0,300}\st=\"s\")(", 1)
    + rb"<(?P=p)v>(?!\s*\d{1,9}\s*</)(?P<found>[^<]{0,200})"
)
_AT = re.compile(rb"(?:^|\s)r=\"(\w{1,20})\"")


def plain_xml(xml: bytes, check: Callable[[], None]) -> bytes:
    """Write the XML in the one way that the patterns expect, without rows of nothing but format."""
    if _OTHERWISE.search(xml.removeprefix(b"\xef\xbb\xbf")) is not None:
        parts: list[str] = []
        writer = ElementTree.C14NWriterTarget(parts.append, strip_text=True)
        parser = ElementTree.XMLParser(target=writer)
        for at in range(0, len(xml), _CHUNK):
            check()
            parser.feed(xml[at : at + _CHUNK])
        parser.close()
        xml = "".join(parts).encode()
    return _EMPTY_ROW.sub(b"", xml)


def check_places(xml: bytes, name: str, check: Callable[[], None]) -> None:
    """Refuse cells and rows that are not one behind the other: some would be lost in silence."""
    row = column = 0
    for number, found in enumerate(_PLACE.finditer(xml)):
        letters, digits = found.groups()
        at = int(digits)
        if not number % 65_536:
            check()
        if not letters:
            wrong, row, column = at <= row, at, 0
        else:
            here = column_at(letters.decode().upper()) + 1
            wrong, column = here <= column or (at != row and row > 0), here
        if row > _LAST_ROW:
            raise UnreadableFile(name, "it has more rows than a sheet can have", "Save it again.")
        if wrong:
            place = f"{letters.decode()}{at}" if letters else f"row {at}"
            raise UnreadableFile(
                name,
                f"{place} stands at a wrong place of the sheet, or is there twice",
                "Open it in a spreadsheet program, look it over, and save it again.",
            )


def check_numbers(xml: bytes, name: str) -> None:
    """Refuse cells said to hold a number, or the number of a text, that hold something else."""
    for pattern, kind in ((_NO_NUMBER, "a number"), (_NO_TEXT, "one of the shared texts")):
        found = pattern.search(xml)
        if found is not None:
            place = _AT.search(found["about"])
            cell = f"cell {place[1].decode()}" if place else "a cell"
            text = found["found"].decode(errors="replace")
            raise BadTable(
                name,
                f"{cell} is said to hold {kind}, found {brief(text)}",
                "Correct the cell in a spreadsheet program, and save the file again.",
            )


def column_at(letters: str) -> int:
    """Turn the letters of a column into its position, from 0."""
    at = 0
    for letter in letters:
        at = 26 * at + ord(letter) - ord("A") + 1
    return at - 1
