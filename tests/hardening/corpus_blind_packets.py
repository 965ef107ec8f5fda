"""Workbooks packed by hand, good and hostile, and what must come out of each."""

from __future__ import annotations

from hardening.blind_packets import (
    BOMB,
    DATE1904,
    MAIN,
    MERGED,
    PARTS,
    PASSWD,
    STRICT,
    UTF16,
    XML,
    b3,
    encrypted,
    flipped,
    hand,
    inside,
    lying_size,
    merged,
    method,
    number,
    patched,
    rows,
    sheet,
    tail,
    text,
    twice,
    with_part,
    written,
)
from hardening.corpus_blind_formats import (
    GAP,
    GOOD,
    NO,
    PLAIN,
    Cell,
    Either,
    Input,
    Refused,
    book,
    formatted,
)

LONG = "x" * 90_000
OLE = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(504)
BY_HAND = [
    Input("by hand", hand(), GOOD),
    Input(
        "an empty fill",
        hand(parts={"xl/styles.xml": PARTS["xl/styles.xml"].replace("<patternFill/>", "")}),
        GOOD,
    ),
    Input("a formula with a result", b3('<c r="B3"><f>A1*2</f><v>20</v></c>'), GOOD),
    Input("a formula with a text", b3('<c r="B3" t="str"><f>A1</f><v>20</v></c>'), GOOD),
    Input("a formula with an empty result", b3('<c r="B3"><f>A1*2</f></c>'), Refused("B3")),
    Input(
        "a formula with an error",
        b3('<c r="B3" t="e"><f>X</f><v>#NAME?</v></c>'),
        Cell(2, "value", "#NAME?"),
    ),
    Input("a lost reference", number("#REF!", ' t="e"'), Cell(2, "value", "#REF!")),
    Input("a division by zero", number("#DIV/0!", ' t="e"'), Cell(2, "value", "#DIV/0!")),
    Input("not available", number("#N/A", ' t="e"'), GAP),
    Input("a lost month", hand(a3='<c r="A3" t="e"><v>#REF!</v></c>'), Cell(2, "month", "#REF!")),
    Input("a true by hand", number("1", ' t="b"'), Cell(2, "value", "True")),
    Input("an exponent", number("2E1"), GOOD),
    Input("spaces around", number(" 20 "), GOOD),
    Input("not a number", number("NaN"), Refused("cell B3")),
    Input("infinite", number("INF"), Refused("cell B3")),
    Input("too large", number("1e400"), Refused("2")),
    Input("underscores", number("2_0"), Refused("2_0")),
    Input("a word where a number is said", number("twenty"), Refused("twenty")),
    Input("hexadecimal", number("0x14"), Refused("0x14")),
    Input("a number beyond doubles", number("9007199254740993"), Refused("9007199254740993")),
    Input("an empty v", number(""), GAP),
    Input("shared text", hand(a3='<c r="A3" t="s"><v>0</v></c>'), GOOD),
    Input("rich text", hand(a3='<c r="A3" t="s"><v>1</v></c>'), GOOD),
    Input("shared text beyond the list", hand(a3='<c r="A3" t="s"><v>77</v></c>'), NO),
    Input("shared text below zero", hand(a3='<c r="A3" t="s"><v>-3</v></c>'), NO),
    Input("a serial with a format", hand(a3='<c r="A3" s="1"><v>45689</v></c>'), GOOD),
    Input("an East Asian date format", hand(a3='<c r="A3" s="4"><v>45689</v></c>'), Either()),
    Input("the serial of 29 February 1900", hand(a3='<c r="A3" s="1"><v>60</v></c>'), NO),
    Input("a serial below zero", hand(a3='<c r="A3" s="1"><v>-5</v></c>'), NO),
    Input("a serial beyond 9999", hand(a3='<c r="A3" s="1"><v>2958466</v></c>'), NO),
    Input("an endless serial", hand(a3='<c r="A3" s="1"><v>1e300</v></c>'), NO),
    Input(
        "serials of 1904",
        hand(a3='<c r="A3" s="1"><v>44227</v></c>', parts={"xl/workbook.xml": DATE1904}),
        GOOD,
    ),
    Input("an ISO date cell", hand(a3='<c r="A3" t="d"><v>2025-02-01T00:00:00</v></c>'), GOOD),
    Input("an ISO date that is none", hand(a3='<c r="A3" t="d"><v>2025-02-31</v></c>'), NO),
    Input("a format out of range", number("20", ' s="999"'), Either()),
    Input("an unknown kind of cell", number("20", ' t="zz"'), Either()),
    Input("dimension too small", hand(sheet(rows(), '<dimension ref="A1"/>').encode()), GOOD),
    Input(
        "dimension too large",
        hand(sheet(rows(), '<dimension ref="A1:XFD1048576"/>').encode()),
        GOOD,
    ),
    Input(
        "dimension nonsense", hand(sheet(rows(), '<dimension ref="Z9:A-1"/>').encode()), Either()
    ),
    Input("no places", hand(rows().replace("<row r=", "<row q=").replace("<c r=", "<c q=")), GOOD),
    Input(
        "cells out of order",
        hand(a3='<c r="B3"><v>20</v></c>', b3=text("A3", "2025-02")),
        Refused("A3"),
    ),
    Input("a cell twice", b3('<c r="B3"><v>20</v></c><c r="B3"><v>99</v></c>'), NO),
    Input(
        "a row twice",
        hand(rows() + f'<row r="3">{text("A3", "2025-04")}<c r="B3"><v>99</v></c></row>'),
        NO,
    ),
    Input(
        "a row far away",
        hand(rows() + '<row r="99999999999"><c r="A99999999999"><v>1</v></c></row>'),
        NO,
    ),
    Input("a column far away", b3('<c r="B3"><v>20</v></c><c r="ZZZZZ3"><v>1</v></c>'), NO),
    Input("a place that is none", b3('<c r="3B"><v>20</v></c>'), NO),
    Input("many formatted rows", hand(tail(300_000)), GOOD),
    Input("strict", hand(STRICT.encode()), Either()),
    Input(
        "prefixed",
        hand(
            sheet(rows())
            .replace("<", "<x:")
            .replace("<x:/", "</x:")
            .replace("<x:?", "<?")
            .replace("xmlns=", "xmlns:x=")
            .encode()
        ),
        GOOD,
    ),
    Input(
        "in UTF-16",
        hand(sheet(rows(), head='<?xml version="1.0" encoding="UTF-16"?>').encode("utf-16")),
        Either(),
    ),
    *[
        Input(f"entities in {p}", with_part(p, BOMB), NO)
        for p in (*PARTS, "xl/worksheets/sheet1.xml")
    ],
    Input(
        "an outer entity", hand(sheet(rows(a3=text("A3", "&e;")), head=XML + PASSWD).encode()), NO
    ),
    Input(
        "a declaration in UTF-16",
        hand(sheet(rows(), head='<?xml version="1.0" encoding="UTF-16"?>' + BOMB).encode("utf-16")),
        NO,
    ),
    Input(
        "a declaration late",
        hand(sheet(rows(), head=XML + "<!--" + "x" * 100_000 + "-->" + BOMB).encode()),
        NO,
    ),
    Input("a sheet of spaces", lambda f: hand(rows() + " " * 90_000_000)(f), NO),
    Input("a sheet of zeros", lambda f: number("0" * 50_000_000)(f), NO),
    Input(
        "a large unread part",
        lambda f: hand(parts={"xl/media/x.bin": bytes(90_000_000)})(f),
        Either(),
    ),
    Input("a lie about the size", patched(lying_size), NO),
    Input(
        "long text shared often",
        hand(
            rows()
            + "".join(
                f'<row r="{n}"><c r="A{n}" t="s"><v>0</v></c></row>' for n in range(5, 30_000)
            ),
            parts={
                "xl/sharedStrings.xml": f'{XML}<sst xmlns="{MAIN}"><si><t>{LONG}</t></si></sst>'
            },
        ),
        NO,
    ),
    Input("a deep part", hand((XML + "<a>" * 20_000 + "</a>" * 20_000).encode()), NO),
    Input("not well formed", hand(sheet(rows())[:-20].encode()), NO),
    Input("a NUL in the text", hand(sheet(rows(a3=text("A3", "2025\0-02"))).encode()), NO),
    Input("a sheet twice in the packet", twice, Refused("twice")),
    Input("merged, in other quotation marks", hand(merged(sheet(rows()), "'")), Refused("B2:B3")),
    Input(
        "merged, in UTF-16",
        hand(merged(sheet(rows(), head=UTF16), '"', "utf-16")),
        Refused("B2:B3"),
    ),
    Input("merged, in a remark", hand(f"{sheet(rows())}<!-- {MERGED} -->".encode()), GOOD),
    Input(
        "a formula on lines of its own",
        b3('<c r="B3">\n  <f>A1</f>\n  <v></v>\n</c>'),
        Refused("B3"),
    ),
    Input(
        "a formula shared, without result",
        b3('<c r="B3"><f t="shared" si="0"/></c>'),
        Refused("B3"),
    ),
    Input("a place by its code", b3('<c r="&#66;3"><f>1</f></c>'), Refused("B3")),
    Input("every tag on a line", hand(sheet(rows()).replace("><", ">\n <").encode()), GOOD),
    Input("marked as data", b3('<c r="B3"><v><![CDATA[20]]></v></c>'), GOOD),
    Input("a remark in a number", b3('<c r="B3"><v>2<!-- 9 -->0</v></c>'), GOOD),
    Input("a percent format in letters", book(PLAIN, tweak=formatted("B", '0"%"')), GOOD),
    Input("a flipped byte", patched(flipped), NO),
    Input("half a packet", patched(lambda c: c.__delitem__(slice(len(c) // 2, None))), NO),
    Input(
        "letters before the packet",
        patched(lambda c: c.__setitem__(slice(0, 0), b"mail")),
        Either(),
    ),
    Input("a packet under a key", patched(encrypted), NO),
    Input("an unknown packing", patched(method), NO),
    Input(
        "an outer sheet",
        hand(
            parts={
                "xl/_rels/workbook.xml.rels": PARTS["xl/_rels/workbook.xml.rels"].replace(
                    'Target="worksheets/sheet1.xml"',
                    'Target="http://127.0.0.1/x" TargetMode="External"',
                )
            }
        ),
        NO,
    ),
    Input(
        "a sheet elsewhere",
        hand(
            parts={
                "xl/_rels/workbook.xml.rels": PARTS["xl/_rels/workbook.xml.rels"].replace(
                    "worksheets/sheet1.xml", "../../../../etc/passwd"
                )
            }
        ),
        NO,
    ),
    *[
        Input(f"without {p}", hand(drop=p), NO if "work" in p or "Types" in p else Either())
        for p in (
            "[Content_Types].xml",
            "xl/workbook.xml",
            "xl/worksheets/sheet1.xml",
            "xl/styles.xml",
            "_rels/.rels",
        )
    ],
    Input(
        "a letter",
        inside("a.xlsx", {"word/document.xml": "<w/>", "[Content_Types].xml": "<Types/>"}),
        NO,
    ),
    Input("an empty packet", inside("a.xlsx", {}), NO),
    Input("no bytes", written("a.xlsx", b""), NO),
    Input("an old workbook", written("a.xls", OLE), NO),
    Input("an old workbook, renamed", written("a.xlsx", OLE), NO),
    Input(
        "a workbook under a password",
        written("a.xlsx", OLE + "EncryptedPackage".encode("utf-16-le")),
        NO,
    ),
    Input("a binary workbook", inside("a.xlsb", {"xl/workbook.bin": "x"}), NO),
    Input(
        "an open document",
        inside(
            "a.ods",
            {"mimetype": "application/vnd.oasis.opendocument.spreadsheet", "content.xml": "<x/>"},
        ),
        NO,
    ),
    Input(
        "a page called workbook",
        written("a.xls", b"<html><table><tr><td>month</td></tr></table></html>"),
        NO,
    ),
    Input("a text called workbook", written("a.xlsx", b"month,value\n2025-01,10\n"), NO),
]
