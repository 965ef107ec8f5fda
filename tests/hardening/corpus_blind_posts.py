"""Exports of the air force's channel as they arrive."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

from hardening.corpus_blind_sources import HTML, Case, Refused, Values, call, data, text

# A case is a line; texts hold what people type.
# ruff: noqa: E501, RUF001
# fmt: off

POST = "У ніч на 3 травня (з 19:00 2 травня) противник атакував 108-ма ударними БпЛА. Станом на 08.30 збито 90 БпЛА."
NEXT = "У ніч на 4 травня (з 19:00 3 травня) противник атакував 165 ударними БпЛА. Станом на 08.30 збито 69 БпЛА."
NIGHT = {"*": {"2025-05": 108.0}}
NIGHTS = {"*": {"2025-05": 273.0}}


def message(number: Any, body: Any, date: str = "2025-05-03T09:00:00", **more: Any) -> dict[str, Any]:
    moment = dt.datetime.fromisoformat(date) - dt.timedelta(hours=3)
    unix = int(moment.replace(tzinfo=dt.UTC).timestamp())
    return {"id": number, "type": "message", "date": date, "date_unixtime": str(unix), "text": body, **more}


BOTH = [message(1, POST), message(2, NEXT, "2025-05-04T09:00:00")]


def export(messages: Any, **more: Any) -> str:
    chat = {"name": "Повітряні Сили", "type": "public_channel", "id": 1, "messages": messages}
    return json.dumps({**chat, **more}, ensure_ascii=False)


def posts(name: str, content: str | bytes, good: Values | None = None, refused: Refused | None = None, file: str = "result.json", **options: Any) -> Case:
    made = data(content, file) if isinstance(content, bytes) else text(content, file)
    return Case("reports: " + name, made, call("load_reports", **options), good, refused if refused or good else Refused())


def lines(messages: list[dict[str, Any]]) -> str:
    return "".join(json.dumps(m, ensure_ascii=False) + "\n" for m in messages)


ACCOUNT = json.dumps({"chats": {"list": [{"name": "Повітряні Сили", "type": "public_channel", "id": 1, "messages": BOTH}, {"name": "Cats", "type": "personal_chat", "id": 2, "messages": [message(1, "meow")]}]}}, ensure_ascii=False)
REPORTS = [
    posts("two nights", export(BOTH), NIGHTS),
    posts("text in parts", export([message(1, [{"type": "bold", "text": POST[:30]}, POST[30:]])]), NIGHT),
    posts("a byte order mark", export(BOTH).encode("utf-8-sig"), NIGHTS, Refused()),
    posts("a message of service and one without text", export([{"id": 9, "type": "service", "date": "2025-05-01T00:00:00", "action": "create_channel", "text": ""}, *BOTH]), NIGHTS),
    posts("an unknown key", export(BOTH, reactions=[{"type": "emoji"}]), NIGHTS),
    posts("messages turned round", export(BOTH[::-1]), NIGHTS),
    posts("a post forwarded", export([*BOTH, message(3, POST, "2025-05-03T11:00:00", forwarded_from="x")]), NIGHTS),
    posts("one id, two editions", export([message(1, POST.replace("108-ма", "107-ма")), *BOTH]), NIGHTS),
    posts("JSON lines", lines(BOTH), NIGHTS, file="a.jsonl"),
    posts("JSON lines with an empty line", lines(BOTH) + "\n", NIGHTS, file="a.ndjson"),
    posts("lines of text", f"2025-05-03 09:00\n{POST}\n\n2025-05-04 09:00\n{NEXT}\n", NIGHTS, file="a.txt"),
    posts("lines of text from Windows", f"2025-05-03 09:00\r\n{POST}\r\n\r\n2025-05-04 09:00\r\n{NEXT}\r\n".encode("utf-8-sig"), NIGHTS, file="a.txt"),
    posts("one text", POST, NIGHT, file="2025-05-03_0900.txt"),
    posts("an account, and the channel named", ACCOUNT, NIGHTS, channel="Повітряні Сили"),
    posts("an account, and no channel named", ACCOUNT, None, Refused(("Cats",))),
    posts("a channel that is none", ACCOUNT, None, Refused(("Dogs",)), channel="Dogs"),
    posts("cut off", export(BOTH)[:-60]),
    posts("cut off after a message", export(BOTH)[:-2]),
    posts("no messages", export([])),
    posts("messages are null", export(None)),
    posts("no posts that count", export([message(1, "Повітряна тривога")])),
    posts("a text that is a number", export([message(7, 5)]), None, Refused(("7",))),
    posts("no id", export([{k: v for k, v in BOTH[0].items() if k != "id"}])),
    posts("an id that is a list", export([message([1], POST)])),
    posts("no date", export([{k: v for k, v in BOTH[0].items() if "date" not in k}]), None, Refused(("1",))),
    posts("a date that is none", export([{**BOTH[0], "date": "2025-05-99T00:00:00", "date_unixtime": "x"}]), None, Refused(("1",))),
    posts("a moment of 1e20", export([{**BOTH[0], "date_unixtime": "1" + "0" * 20}]), None, Refused(("1",))),
    posts("a moment that is NaN", export([{**BOTH[0], "date_unixtime": float("nan")}]), None, Refused()),
    posts("in the year 2205", export([{**BOTH[0], "date": "2205-05-03T09:00:00", "date_unixtime": "7425000000"}])),
    posts("a page in place of JSON", HTML),
    posts("the export in HTML", HTML, file="messages.html"),
    posts("JSON 100,000 deep", '{"messages": ' + "[" * 100_000),
    posts("another code page", f"2025-05-03 09:00\n{POST}\n".encode("cp1251"), None, Refused(), file="a.txt"),
    posts("a text without a date", POST, None, Refused(), file="a.txt"),
    posts("a line of JSON lines cut off", lines(BOTH)[:-30], None, Refused(("2",)), file="a.jsonl"),
    posts("over 70, an open number", export([message(1, POST.replace("108-ма", "понад 70")), BOTH[1]]), {"*": {"2025-05": 165.0}}),
    posts("nothing but a number with 5,000 digits", export([message(1, POST.replace("108", "9" * 5000))])),
]
HALF = "\\ud83d"
REPORTS += [
 posts("half a character in an unrelated post", export([*BOTH, message(3,"HALF","2025-05-05T09:00:00")]).replace("HALF", HALF), NIGHTS, Refused()),
 posts("half a character in a tally", export([message(1,"HALF "+POST)]).replace("HALF", HALF), NIGHT, Refused()),
 posts("an entity that is null", export([message(1,[None,POST])]), None, Refused(("1",))),
 posts("an entity without text", export([message(1,[{"type":"bold"},POST])]), NIGHT, Refused(("1",))),
 posts("an entity that is a number", export([message(1,[5,POST])]), None, Refused(("1",))),
 posts("id as text", export([message("1",POST)]), NIGHT),
 posts("id negative", export([message(-1,POST)]), NIGHT),
 posts("id true", export([message(True,POST)]), None, Refused()),
 posts("messages an object", export({"1":BOTH[0]})),
 posts("a message that is a text", export([POST])),
 posts("a message that is null", export([None,*BOTH])),
 posts("unixtime of another zone than date", export([{**BOTH[0],"date":"2025-05-02T23:00:00"}]), NIGHT),
 posts("unixtime as number", export([{**BOTH[0],"date_unixtime":int(BOTH[0]["date_unixtime"])}]), NIGHT),
 posts("only a date", export([{k:v for k,v in BOTH[0].items() if k!="date_unixtime"}]), NIGHT),
 posts("only a date with zone", export([{"id":1,"type":"message","date":"2025-05-03T06:00:00Z","text":POST}]), NIGHT, Refused(("1",))),
 posts("two tallies of one night that disagree", export([BOTH[0], message(2,POST.replace("108-ма","118-ма"),"2025-05-03T10:00:00"), message(3,NEXT,"2025-05-04T09:00:00")]), {"*":{"2025-05":165.0}}),
 posts("a zero-width space in a number", export([message(1,POST.replace("108-ма","1\u200b08-ма"))]), NIGHT, Refused()),
 posts("full-width digits", export([message(1,POST.replace("108-ма","１０８"))]), NIGHT, Refused()),
 posts("no-break spaces", export([message(1,POST.replace(" ","\u00a0"))]), NIGHT),
 posts("a key twice", export([BOTH[0]]).replace('"id": 1, "type": "message"','"id": 1, "id": 2, "type": "message"'), NIGHT, Refused()),
 posts("messages before the name", json.dumps({"messages":BOTH,"name":"x","type":"public_channel","id":1}), NIGHTS),
 posts("a list of messages alone", json.dumps(BOTH), NIGHTS, Refused()),
 posts("trailing comma", export(BOTH)[:-2]+",]}"),
 posts("text after the end", export(BOTH)+"\n{}"),
 posts("UTF-16", export(BOTH).encode("utf-16"), NIGHTS, Refused()),
 posts("an invalid date line", f"2025-13-03 09:00\n{POST}\n", None, Refused(), file="a.txt"),
 posts("a date in the name that is none", POST, None, Refused(), file="2025-02-30_0900.txt"),
 posts("as of before the last post", export(BOTH), None, Refused(("2025-05-04",)), as_of="2025-05-01"),
 posts("missiles", export([message(1,POST.replace("108-ма ударними БпЛА","двома ракетами Х-59"))]), {"*":{"2025-05":2.0}}, None, weapons="missiles"),
 posts("a folder in capitals", export(BOTH), NIGHTS, None, file="RESULT.JSON"),
 posts("1,000 messages of one id", export([message(1,POST)]*1000), NIGHT),
 posts("a text of 1 MB", export([message(5,"ж"*1_000_000),*BOTH]), NIGHTS),
 posts("a number beyond any", export([message(1,POST.replace("108-ма","999999999")), BOTH[1]]), {"*":{"2025-05":165.0}}, Refused()),
]
