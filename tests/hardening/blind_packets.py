"""Workbooks packed by hand: any XML in any part."""

# ruff: noqa: E501
from __future__ import annotations

import io
import warnings
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from hardening.corpus_blind_formats import MONTHS

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELS = "http://schemas.openxmlformats.org/package/2006/relationships"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
XML = '<?xml version="1.0" encoding="UTF-8"?>'
FORMATS = "".join(f'<xf numFmtId="{n}" xfId="0"/>' for n in (0, 14, 10, 46, 57))
PARTS = {
    "[Content_Types].xml": XML
    + '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension='
    '"rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension='
    '"xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="application/'
    'vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/worksheets/'
    'sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/>'
    '<Override PartName="/xl/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.'
    'spreadsheetml.styles+xml"/><Override PartName="/xl/sharedStrings.xml" ContentType="application/vnd.'
    'openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"/></Types>',
    "_rels/.rels": XML
    + f'<Relationships xmlns="{RELS}"><Relationship Id="r1" Type="{OFFICE}/officeDocument" '
    'Target="xl/workbook.xml"/></Relationships>',
    "xl/workbook.xml": XML
    + f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><workbookPr/><sheets><sheet name="S" sheetId="1" '
    'r:id="r1"/></sheets></workbook>',
    "xl/_rels/workbook.xml.rels": XML
    + f'<Relationships xmlns="{RELS}"><Relationship Id="r1" Type="{OFFICE}/worksheet" Target="worksheets/'
    f'sheet1.xml"/><Relationship Id="r2" Type="{OFFICE}/styles" Target="styles.xml"/><Relationship Id="r3" '
    f'Type="{OFFICE}/sharedStrings" Target="sharedStrings.xml"/></Relationships>',
    "xl/styles.xml": XML
    + f'<styleSheet xmlns="{MAIN}"><fonts count="1"><font/></fonts><fills count="1"><fill><patternFill/></fill></fills><borders '
    f'count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="5">{FORMATS}'
    "</cellXfs></styleSheet>",
    "xl/sharedStrings.xml": XML
    + f'<sst xmlns="{MAIN}"><si><t>2025-02</t></si><si><r><t>2025</t></r><r><t>-02</t></r></si>'
    "<si><t>東京</t><rPh sb='0' eb='2'><t>トウキョウ</t></rPh></si></sst>",
}


def text(place: str, found: str) -> str:
    return f'<c r="{place}" t="inlineStr"><is><t>{found}</t></is></c>'


def rows(**cells: str) -> str:
    """The rows of the plain table, with some cells written otherwise."""
    out = f'<row r="1">{text("A1", "month")}{text("B1", "value")}</row>'
    for n, month in enumerate(MONTHS, start=2):
        first = cells.get(f"a{n}", text(f"A{n}", month))
        second = cells.get(f"b{n}", f'<c r="B{n}"><v>{(n - 1) * 10}</v></c>')
        out += f'<row r="{n}">{first}{second}</row>'
    return out


def sheet(data: str, before: str = "", head: str = XML) -> str:
    return f'{head}<worksheet xmlns="{MAIN}">{before}<sheetData>{data}</sheetData></worksheet>'


def hand(
    data: str | bytes | None = None,
    *,
    name: str = "a.xlsx",
    drop: str = "",
    parts: Any = None,
    **cells: str,
) -> Callable[[Path], Path]:
    def make(folder: Path) -> Path:
        content = data if isinstance(data, bytes) else sheet(data or rows(**cells))
        found = {**PARTS, "xl/worksheets/sheet1.xml": content, **(parts or {})}
        with zipfile.ZipFile(folder / name, "w", zipfile.ZIP_DEFLATED) as packed:
            for part, body in found.items():
                if part != drop:
                    packed.writestr(part, body)
        return folder / name

    return make


def b3(xml: str) -> Callable[[Path], Path]:
    return hand(b3=xml)


def number(found: str, more: str = "") -> Callable[[Path], Path]:
    return b3(f'<c r="B3"{more}><v>{found}</v></c>')


BOMB = (
    '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">'
    + "".join(
        f'<!ENTITY {n} "{f"&{p};" * 10}">' for p, n in zip("abcdefgh", "bcdefghi", strict=True)
    )
    + "]>"
)
PASSWD = '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>'
STRICT = sheet(rows()).replace(MAIN, "http://purl.oclc.org/ooxml/spreadsheetml/main")
DATE1904 = PARTS["xl/workbook.xml"].replace("<workbookPr/>", '<workbookPr date1904="1"/>')


def with_part(part: str, head: str) -> Callable[[Path], Path]:
    """A part with a document type declaration after its first line."""
    body = sheet(rows()) if "sheet1" in part else PARTS[part]
    return hand(parts={part: body.replace("?>", "?>" + head, 1)})


def tail(count: int) -> str:
    return rows() + "".join(
        f'<row r="{n}" s="1"><c r="A{n}" s="1"/></row>' for n in range(5, count)
    )


def twice(folder: Path) -> Path:
    path = hand()(folder)
    with zipfile.ZipFile(path, "a") as packed, warnings.catch_warnings(action="ignore"):
        packed.writestr("xl/worksheets/sheet1.xml", sheet(rows(b3='<c r="B3"><v>99</v></c>')))
    return path


def patched(change: Callable[[bytearray], object], make: Any = None) -> Callable[[Path], Path]:
    def patch(folder: Path) -> Path:
        path: Path = (make or hand())(folder)
        content = bytearray(path.read_bytes())
        change(content)
        path.write_bytes(content)
        return path

    return patch


def lying_size(content: bytearray) -> None:
    """The directory says that the sheet unpacks to 100 bytes."""
    place = content.rindex(b"xl/worksheets/sheet1.xml")
    content[place - 22 : place - 18] = (100).to_bytes(4, "little")


UTF16 = '<?xml version="1.0" encoding="UTF-16"?>'
MERGED = '<mergeCells count="1"><mergeCell ref="B2:B3"/></mergeCells>'


def merged(found: str, mark: str, encoding: str = "utf-8") -> bytes:
    return found.replace("</worksheet>", MERGED.replace('"', mark) + "</worksheet>").encode(
        encoding
    )


def encrypted(content: bytearray) -> None:
    place = -1
    while (place := content.find(b"PK\x01\x02", place + 1)) >= 0:
        content[place + 8] |= 1


def method(content: bytearray) -> None:
    place = content.rindex(b"xl/worksheets/sheet1.xml") - 46
    content[place + 10] = 99


def flipped(content: bytearray) -> None:
    place = content.index(b"xl/worksheets/sheet1.xml") + 40
    content[place] ^= 0xFF


def written(name: str, content: bytes) -> Callable[[Path], Path]:
    def make(folder: Path) -> Path:
        (folder / name).write_bytes(content)
        return folder / name

    return make


def inside(name: str, parts: dict[str, str]) -> Callable[[Path], Path]:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as packed:
        for part, body in parts.items():
            packed.writestr(part, body)
    return written(name, buffer.getvalue())
