"""JSON as it arrives, good and hostile, and what must come out of each."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable
from pathlib import Path

import pandas as pd
from hardening.blind_packets import written
from hardening.corpus_blind_columns import BIG, PLAIN
from hardening.corpus_blind_formats import GAP, GOOD, NO, Cell, Either, Input, Refused

RECORDS = [{"month": m, "value": v} for m, v in GOOD.items()]
LINES = "".join(json.dumps(r) + "\n" for r in RECORDS)


def text(found: str | bytes, name: str = "a.json") -> Callable[[Path], Path]:
    return written(
        name, found if isinstance(found, bytes) else found.encode("utf-8", "surrogatepass")
    )


def second(value: str, month: str = '"2025-02"', name: str = "a.json") -> Callable[[Path], Path]:
    first, last = json.dumps(RECORDS[0]), json.dumps(RECORDS[2])
    return text(f'[{first}, {{"month": {month}, "value": {value}}}, {last}]', name)


JSON = [
    Input("records", text(json.dumps(RECORDS)), GOOD),
    Input("records, a mark of order", text(b"\xef\xbb\xbf" + json.dumps(RECORDS).encode()), GOOD),
    Input("records in UTF-16", text(json.dumps(RECORDS).encode("utf-16")), Either()),
    Input("lines", text(LINES, "a.jsonl"), GOOD),
    Input("lines, called ndjson", text(LINES.replace("\n", "\r\n"), "a.ndjson"), GOOD),
    Input("lines, empty ones between", text(LINES.replace("\n", "\n\n") + "\n", "a.jsonl"), GOOD),
    Input("lines, no end", text(LINES.rstrip(), "a.jsonl"), GOOD),
    Input("lines, a mark of order", text("\ufeff" + LINES, "a.jsonl"), GOOD),
    Input(
        "lines, a separator in a text",
        text(LINES.replace("}", ', "note": "a\u2028b\u0085c"}'), "a.jsonl"),
        GOOD,
    ),
    Input("lines called json", text(LINES), Either()),
    Input("records called jsonl", text(json.dumps(RECORDS), "a.jsonl"), Either()),
    Input(
        "lines, the second broken", text(LINES.replace("20.0}", "20.0"), "a.jsonl"), Refused("2")
    ),
    Input("lines, an array among them", text(LINES + "[1, 2]\n", "a.jsonl"), Refused("4")),
    Input("columns of lists", text(json.dumps(PLAIN)), Either()),
    Input("columns of pandas", text(pd.DataFrame(PLAIN).to_json()), Either()),
    Input("split", text(pd.DataFrame(PLAIN).to_json(orient="split")), Either()),
    Input("table schema", text(pd.DataFrame(PLAIN).to_json(orient="table")), Either()),
    Input(
        "a header and rows",
        text(json.dumps([["month", "value"], *map(list, GOOD.items())])),
        Either(),
    ),
    Input("wrapped", text(json.dumps({"count": 3, "data": RECORDS})), Either()),
    Input("pretty", text(json.dumps(RECORDS, indent=4)), GOOD),
    Input("escaped keys", text(json.dumps(RECORDS).replace('"month"', '"\\u006donth"')), GOOD),
    Input("numbers as text", second('"20"'), GOOD),
    Input("an exponent", second("2E+1"), GOOD),
    Input("null", second("null"), GAP),
    Input(
        "a key that is absent",
        text(json.dumps([RECORDS[0], {"month": "2025-02"}, RECORDS[2]])),
        Either(GAP),
    ),
    Input(
        "a key more", text(json.dumps([RECORDS[0], {**RECORDS[1], "note": [1]}, RECORDS[2]])), GOOD
    ),
    Input(
        "brackets in a text", text(json.dumps([{**r, "note": "[{" * 5000} for r in RECORDS])), GOOD
    ),
    Input(
        "an escaped quote and brackets",
        text(json.dumps([{**r, "note": '\\"' + "[" * 500} for r in RECORDS])),
        GOOD,
    ),
    Input("a key twice", second('20, "value": 99'), Refused("value")),
    Input("a key twice, escaped", second('20, "v\\u0061lue": 99'), Refused("value")),
    Input("NaN", second("NaN"), Either(GAP)),
    Input("Infinity", second("Infinity"), Refused("2")),
    Input("1e400", second("1e400"), Refused("2")),
    Input("-1e400", second("-1e400"), Refused("2")),
    Input("an integer beyond doubles", second(str(BIG)), Cell(2, "value", str(BIG))),
    Input("an integer of 10,000 digits", second("9" * 10_000), NO),
    Input("an integer of 50,000,000 digits", lambda f: second("9" * 5_000_000)(f), NO),
    Input("true", second("true"), Cell(2, "value", "True")),
    Input("a list", second("[20]"), Refused("2")),
    Input("an object", second('{"n": 20}'), Refused("2")),
    Input("a word", second('"zwanzig"'), Cell(2, "value", "zwanzig")),
    Input(
        "a month in milliseconds", second("20", "1738368000000"), Cell(2, "month", "1738368000000")
    ),
    Input("a month that is none", second("20", '"2025-02-31"'), Cell(2, "month", "2025-02-31")),
    Input("a month that is null", second("20", "null"), Refused("2")),
    Input("leading zeros", second("020"), NO),
    Input("a plus", second("+20"), NO),
    Input("hexadecimal", second("0x14"), NO),
    Input("underscores", second("2_0"), NO),
    Input("a trailing comma", text(json.dumps(RECORDS)[:-1] + ",]"), NO),
    Input("a comment", text("// mine\n" + json.dumps(RECORDS)), NO),
    Input("single quotes", text(str(RECORDS)), NO),
    Input("half", text(json.dumps(RECORDS)[:-9]), NO),
    Input("two documents", text(json.dumps(RECORDS) + json.dumps(RECORDS)), NO),
    Input(
        "two documents in lines", text(json.dumps(RECORDS[:2]) + "\n" + json.dumps(RECORDS[2:])), NO
    ),
    Input("deep", text("[" * 200_000 + "]" * 200_000), NO),
    Input("deep and open", text('{"a":' * 200_000), NO),
    Input(
        "deep in a line",
        text(LINES + '{"month": ' + "[" * 5_000 + "]" * 5_000 + "}\n", "a.jsonl"),
        NO,
    ),
    *[
        Input(f"the document {d!r}", text(d), NO)
        for d in (
            "[]",
            "{}",
            "null",
            "1",
            '"a"',
            "[1, 2]",
            "[null]",
            "[[]]",
            "[{}]",
            "",
            "  ",
            "[{}, {}]",
        )
    ],
    Input(
        "half a surrogate",
        text('[{"month": "2025-01", "value": 1, "series": "\\ud800"}]'),
        NO,
        {"series": "series"},
    ),
    Input(
        "raw surrogate bytes",
        text('[{"month": "2025-01", "value": 1, "series": "\ud800"}]'),
        NO,
        {"series": "series"},
    ),
    Input(
        "a NUL in a name",
        text('[{"month": "2025-01", "value": 1, "series": "a\\u0000b"}]'),
        {"2025-01": 1.0},
        {"series": "series"},
    ),
    Input(
        "GeoJSON as a table",
        text(
            json.dumps(
                {
                    "type": "FeatureCollection",
                    "features": [
                        {"type": "Feature", "geometry": None, "properties": r} for r in RECORDS
                    ],
                }
            )
        ),
        Either(),
    ),
    Input("many keys", text("[{" + ", ".join(f'"k{n}": 1' for n in range(200_000)) + "}]"), NO),
    Input(
        "many keys in turn",
        text("[" + ", ".join(f'{{"k{n}": 1}}' for n in range(20_000)) + "]"),
        NO,
    ),
    Input("packed in text", text(base64.b64encode(LINES.encode()), "a.jsonl"), NO),
]
