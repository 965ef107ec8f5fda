"""Files of events, fires, days and anomalies as they arrive."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

import pandas as pd
from hardening.corpus_blind_sources import HTML, Case, Cell, Reader, Refused, Values, call, text

# A case is a line; texts hold what people type.
# ruff: noqa: E501
# fmt: off

HEAD = ("event_id_cnty", "event_date", "event_type", "actor1", "country", "admin1", "fatalities", "timestamp")
EVENTS = [
    ("UKR1", "2025-05-16", "Battles", "Military Forces of Russia (2000-)", "Ukraine", "Kharkiv", "3", "1747700000"),
    ("UKR2", "2025-05-31", "Battles", "Military Forces of Ukraine (2019-)", "Ukraine", "Donetsk", "0", "1748900000"),
    ("UKR3", "2025-06-01", "Explosions/Remote violence", "Military Forces of Russia (2000-)", "Ukraine", "Kharkiv", "12", "1749100000"),
]
ONE = (("2025-05-01", "2025-06-30"), ())
COVER = (dt.date(2025, 5, 1), dt.date(2025, 6, 30))


def acled_table(rows: list[tuple[str, ...]] = EVENTS, head: tuple[str, ...] = HEAD, sep: str = ",") -> str:
    return "".join(sep.join(r) + "\n" for r in [head, *rows])


def acled(**options: Any) -> Reader:
    return call("load_acled", **{"by": (), "coverage": COVER, "measure": "fatalities", **options})


def event(name: str, row: int, column: str, value: str, good: Values | None = None, **options: Any) -> Case:
    rows = [list(r) for r in EVENTS]
    rows[row - 1][HEAD.index(column)] = value
    body = acled_table([tuple(r) for r in rows])
    return Case(name, text(body), acled(**options), good, Cell(row, column, value.strip('"')))


def dated(form: str) -> str:
    return acled_table([(r[0], pd.Timestamp(r[1]).strftime(form), *r[2:]) for r in EVENTS])


def dead(may: float, june: float) -> Values:
    return {"*": {"2025-05": may, "2025-06": june}}


RECORDS = [dict(zip(HEAD, r, strict=True)) for r in EVENTS]
NA = acled_table([(*r[:5], "NA", *r[6:]) for r in EVENTS])
ACLED = [
    Case("acled: ISO days", text(acled_table()), acled(), dead(3, 12)),
    Case("acled: days of the export tool", text(dated("%d %B %Y")), acled(), dead(3, 12)),
    Case("acled: a byte order mark", text(acled_table(), encoding="utf-8-sig"), acled(), dead(3, 12)),
    Case("acled: semicolons", text(acled_table(sep=";")), acled(), dead(3, 12)),
    Case("acled: events", text(acled_table()), acled(measure="events"), dead(2, 1)),
    Case("acled: the API's JSON", text(json.dumps({"status": 200, "success": True, "count": 3, "data": RECORDS}), "f.json"), acled(), dead(3, 12)),
    Case("acled: the rows of the API alone", text(json.dumps(RECORDS), "f.json"), acled(), dead(3, 12), Refused()),
    Case("acled: by a province called NA", text(NA), acled(by="admin1", measure="events"), {"NA": {"2025-05": 2.0, "2025-06": 1.0}}),
    Case("acled: an actor in HTML", text(acled_table().replace("(2000-)", "<script>alert(1)</script>")), acled(by="actor1", measure="events"), {"Military Forces of Russia <script>alert(1)</script>": {"2025-05": 1.0, "2025-06": 1.0}, "Military Forces of Ukraine (2019-)": {"2025-05": 1.0, "2025-06": 0.0}}, Refused(("actor1",))),
    Case("acled: columns in another order", text(acled_table([r[::-1] for r in EVENTS], HEAD[::-1])), acled(), dead(3, 12)),
    Case("acled: the same event twice", text(acled_table([*EVENTS, EVENTS[2]])), acled(), dead(3, 12), note="repeat"),
    Case("acled: newest first", text(acled_table(EVENTS[::-1])), acled(), dead(3, 12)),
    Case("acled: days that Excel shortened", text(dated("%d-%b-%y")), acled(), dead(3, 12), Cell(1, "event_date", "16-May-25")),
    Case("acled: German months", text(acled_table().replace("2025-05-16", "16 Mai 2025")), acled(), dead(3, 12), Cell(1, "event_date", "16 Mai 2025")),
    Case("acled: days with midnight", text(dated("%Y-%m-%dT00:00:00")), acled(), dead(3, 12), Cell(1, "event_date", "2025-05-16T00:00:00")),
    Case("acled: without the coverage", text(acled_table()), acled(coverage=None), dead(3, 12)),
    Case("acled: a short coverage", text(acled_table()), acled(coverage=(dt.date(2025, 5, 1), dt.date(2025, 5, 31))), {"*": {"2025-05": 3.0}}, note="outside"),
    event("acled: no number", 3, "fatalities", "", dead(3, 0)),
    event("acled: a float", 3, "fatalities", "12.0", dead(3, 12)),
    event("acled: thousands", 3, "fatalities", '"1,200"', dead(3, 1200)),
    event("acled: a negative", 3, "fatalities", "-12"),
    event("acled: a range", 3, "fatalities", "10-15"),
    event("acled: half a death", 3, "fatalities", "1.5"),
    event("acled: American days", 1, "event_date", "5/16/2025"),
    event("acled: a day that may be two", 3, "event_date", "06/01/2025"),
    event("acled: 31 June", 3, "event_date", "31 June 2025"),
    event("acled: year 25", 3, "event_date", "01 June 25"),
    event("acled: no id", 3, "event_id_cnty", ""),
    event("acled: year 9999", 3, "event_date", "9999-12-31", coverage=None),
    Case("acled: two versions of an event", text(acled_table([*EVENTS, (*EVENTS[2][:6], "14", "1750000000")])), acled(), None, Refused(("UKR3",))),
    Case("acled: an error of the API", text('{"status": 403, "success": false, "error": "denied"}', "f.json"), acled(), None, Refused()),
    Case("acled: the API without rows", text('{"status": 200, "success": true, "count": 0, "data": []}', "f.json"), acled(), None, Refused()),
    Case("acled: a header alone", text(acled_table([])), acled(), None, Refused()),
    Case("acled: a page to sign in", text(HTML), acled(), None, Refused()),
    Case("acled: no column fatalities", text(acled_table(head=(*HEAD[:6], "deaths", "timestamp"))), acled(), None, Refused(("fatalities",))),
    Case("acled: by a column that is none", text(acled_table()), acled(by="admin9"), None, Refused(("admin9",))),
    Case("acled: a coverage turned round", text(acled_table()), acled(coverage=COVER[::-1]), None, Refused()),
    Case("acled: a coverage of one day in text", text(acled_table()), acled(coverage="2025-05-01"), None, Refused()),
    Case("acled: a coverage of 8,000 years", text(acled_table()), acled(coverage=(dt.date(1, 1, 1), dt.date(9999, 12, 31))), None, Refused()),
    Case("acled: half a download", text(acled_table()[:-40]), acled(), None, Refused()),
    Case("acled: milliseconds in timestamp", text(acled_table().replace("1749100000", "1749100000000")), acled(), dead(3, 12), Refused(("timestamp",))),
]

GED = ("id", "type_of_violence", "country", "date_start", "date_end", "best", "high", "low")
WAR = [
    ("1", "1", "Syria", "2013-01-03", "2013-01-03", "2", "2", "2"),
    ("2", "3", '"Congo, Democratic Republic of"', "2013-01-30", "2013-02-02", "10", "12", "4"),
]
GED_COVER = (dt.date(2013, 1, 1), dt.date(2013, 2, 28))


def ged(rows: list[tuple[str, ...]] = WAR, head: tuple[str, ...] = GED) -> str:
    return "".join(",".join(r) + "\n" for r in [head, *rows])


def ucdp(**options: Any) -> Reader:
    return call("load_ucdp", **{"by": (), "coverage": GED_COVER, **options})


def killed(january: float, february: float) -> Values:
    return {"*": {"2013-01": january, "2013-02": february}}


def ged_cell(name: str, row: int, column: str, value: str, good: Values | None = None) -> Case:
    rows = [list(r) for r in WAR]
    rows[row - 1][GED.index(column)] = value
    return Case(name, text(ged([tuple(r) for r in rows])), ucdp(), good, Cell(row, column, value.strip('"')))


UCDP = [
    Case("ucdp: the end", text(ged()), ucdp(), killed(2, 10)),
    Case("ucdp: the start", text(ged()), ucdp(attribution="start"), killed(12, 0)),
    Case("ucdp: shared out by days", text(ged()), ucdp(attribution="split"), killed(7, 5)),
    Case("ucdp: by country with a comma", text(ged()), ucdp(by="country"), {"Syria": {"2013-01": 2, "2013-02": 0}, "Congo, Democratic Republic of": {"2013-01": 0, "2013-02": 10}}),
    Case("ucdp: days with a time", text(ged().replace("-03,", "-03 00:00:00.000,")), ucdp(), killed(2, 10)),
    Case("ucdp: an event twice", text(ged([*WAR, WAR[1]])), ucdp(), killed(2, 10), note="repeat"),
    Case("ucdp: no best number", text(ged([WAR[0], (*WAR[1][:5], "", "12", "4")])), ucdp(), killed(2, 0)),
    Case("ucdp: two versions of an event", text(ged([*WAR, (*WAR[1][:5], "11", "12", "4")])), ucdp(), None, Refused(("2",))),
    Case("ucdp: American days", text(ged().replace("2013-01-03", "1/3/2013")), ucdp(), None, Cell(1, "date_start", "1/3/2013")),
    ged_cell("ucdp: ends before it starts", 2, "date_end", "2013-01-29"),
    ged_cell("ucdp: minus one", 2, "best", "-1"),
    ged_cell("ucdp: half a death", 2, "best", "2.5"),
    ged_cell("ucdp: a word", 2, "best", "several"),
    ged_cell("ucdp: 30 February", 2, "date_end", "2013-02-30"),
    ged_cell("ucdp: a year mistyped", 2, "date_end", "3013-02-02"),
    ged_cell("ucdp: no start", 2, "date_start", ""),
    Case("ucdp: low above high", text(ged([WAR[0], (*WAR[1][:5], "10", "4", "12")])), ucdp(measure="low"), killed(2, 12), Refused()),
    Case("ucdp: eight columns without a header", text("".join(",".join(r) + "\n" for r in WAR)), ucdp(), None, Refused()),
    Case("ucdp: by no column", text(ged()), ucdp(by="continent"), None, Refused(("continent",))),
    Case("ucdp: half a download", text(ged()[:-9]), ucdp(), None, Refused()),
]

FIRES = "date,fires_per_day,war_fires_per_day,fires_per_day_in_ukraine_held_area,war_fires_per_day_in_ukraine_held_area,fires_per_day_in_russia_held_area,war_fires_per_day_in_russia_held_area\n"
BURNT = ["2025-06-02,1023,674,234,117,789,557\n", "2025-06-01,40,30,10,5,30,25\n"]


def fires(**options: Any) -> Reader:
    return call("load_fires", **{"side": "russia", **options})


SEEN = {"*": {"2025-06": 582.0}}


def burnt(row: str) -> str:
    return FIRES + BURNT[0] + row + "\n"


FIRE = [
    Case("fires: newest first", text(FIRES + "".join(BURNT)), fires(), SEEN),
    Case("fires: all of them", text(FIRES + "".join(BURNT)), fires(fires="all"), {"*": {"2025-06": 819.0}}),
    Case("fires: a day twice", text(FIRES + "".join(BURNT) + BURNT[1]), fires(), SEEN, note="repeat a day"),
    Case("fires: floats", text(burnt("2025-06-01,40.0,30.0,10.0,5.0,30.0,25.0")), fires(), SEEN),
    Case("fires: semicolons", text((FIRES + "".join(BURNT)).replace(",", ";")), fires(), SEEN),
    Case("fires: a gap", text(burnt("2025-06-01,40,30,10,5,30,")), fires(), {"*": {"2025-06": 557.0}}),
    Case("fires: a day with two rows", text(FIRES + "".join(BURNT) + "2025-06-01,40,30,10,5,30,26\n"), fires(), None, Refused(("2025-06-01",))),
    Case("fires: a negative", text(burnt("2025-06-01,40,30,10,5,30,-25")), fires(), None, Cell(2, "war_fires_per_day_in_russia_held_area", "-25")),
    Case("fires: a word", text(burnt("2025-06-01,40,30,10,5,30,cloudy")), fires(), None, Cell(2, "war_fires_per_day_in_russia_held_area", "cloudy")),
    Case("fires: half a fire", text(burnt("2025-06-01,40,30,10,5,30,25.5")), fires(), None, Cell(2, "war_fires_per_day_in_russia_held_area", "25.5")),
    Case("fires: 31 June", text(burnt("2025-06-31,40,30,10,5,30,25")), fires(), None, Cell(2, "date", "2025-06-31")),
    Case("fires: American days", text(burnt("6/1/2025,40,30,10,5,30,25")), fires(), None, Cell(2, "date", "6/1/2025")),
    Case("fires: a year mistyped", text(burnt("2205-06-01,40,30,10,5,30,25")), fires(), None, Cell(2, "date", "2205-06-01")),
    Case("fires: a column renamed", text((FIRES + "".join(BURNT)).replace("russia", "occupied")), fires(), None, Refused(("war_fires_per_day_in_russia_held_area",))),
    Case("fires: the other file of the folder", text("date,area\n2025-06-01,3\n"), fires(), None, Refused()),
    Case("fires: a side that is none", text(FIRES + "".join(BURNT)), fires(side="moldova"), None, Refused(("moldova",))),
]


def days(**options: Any) -> Reader:
    """Daily values, summed by month."""

    def read(path: Any) -> Any:
        import trends

        found = trends.load_days(path, **options)
        return found.groupby(found.index.asfreq("M")).sum(min_count=1)

    return read


def day(name: str, row: str, good: Values | None = None, cell: Cell | None = None, **options: Any) -> Case:
    return Case("days: " + name, text("date,value\n2025-06-01,472\n" + row + "\n"), days(**options), good, cell)


TWO = {"*": {"2025-06": 523.0}}
DAYS = [
    day("plain", "2025-06-03,51", TWO),
    day("twice the same", "2025-06-03,51\n2025-06-03,51.0", TWO),
    day("midnights", "2025-06-03T00:00:00,51", TWO, Cell(2, "date", "2025-06-03T00:00:00")),
    day("missing", "2025-06-03,51\n2025-06-04,", TWO),
    Case("days: declared", text("Tag;Zahl\n01.06.2025;472\n03.06.2025;51,0\n"), days(day="Tag", value="Zahl", date_format="%d.%m.%Y", decimal=","), TWO),
    Case("days: a frame of moments", lambda _: pd.DataFrame({"date": pd.to_datetime(["2025-06-01", "2025-06-03"]), "value": [472, 51]}), days(), TWO),
    Case("days: a frame of periods", lambda _: pd.DataFrame({"date": pd.period_range("2025-06-01", periods=2, freq="D"), "value": [472, 51]}), days(), TWO, Refused()),
    Case("days: a frame in UTC", lambda _: pd.DataFrame({"date": pd.to_datetime(["2025-05-31T22:00Z", "2025-06-03T22:00Z"]), "value": [472, 51]}), days(), None, Refused(("date",))),
    day("two values", "2025-06-01,51", None, None),
    day("an hour", "2025-06-03 13:00,51", TWO),
    day("an hour of a zone", "2025-06-03T22:00:00Z,51", None, Cell(2, "date", "2025-06-03T22:00:00Z")),
    day("midnight of a zone", "2025-06-03T00:00:00+03:00,51", TWO),
    day("infinite", "2025-06-03,inf", None, Cell(2, "value", "inf")),
    day("a word", "2025-06-03,many", None, Cell(2, "value", "many")),
    day("true", "2025-06-03,TRUE", None, Cell(2, "value", "TRUE")),
    day("a total", "Total,523", None, Cell(2, "date", "Total")),
    day("an ambiguous day", "03/06/2025,51", None, Cell(2, "date", "03/06/2025")),
    day("a serial", "45811,51", None, Cell(2, "date", "45811")),
    day("a month", "2025-06,51", None, Cell(2, "date", "2025-06")),
    day("8,000 years", "9999-12-31,51", None, None),
    day("a form that is none", "2025-06-03,51", None, None, date_format="%Q"),
]
DAYS = [Case(c.name, c.make, c.read, c.good, c.refused or (None if c.good else Refused())) for c in DAYS]


def anomalies(path: Any) -> Any:
    """Months by kind, as a table of ones."""
    import trends.loaders

    found = trends.loaders.load_anomalies(path)
    return {name: {str(a.first): 1.0 for a in each} for name, each in found.items()}


ODD = "first,last,kind,note,series\n"
ANOMALIES = [
    Case("anomalies: plain", text(ODD + "2026-05,2026-05,ceasefire,Three days.,\n"), anomalies, {"": {"2026-05": 1}}),
    Case("anomalies: of a series", text(ODD + "2026-05,,outage,No power.,north\n"), anomalies, {"north": {"2026-05": 1}}),
    Case("anomalies: semicolons", text((ODD + "2026-05,2026-05,ceasefire,Three days.,\n").replace(",", ";")), anomalies, {"": {"2026-05": 1}}),
    Case("anomalies: a kind that is none", text(ODD + "2026-05,2026-05,armistice,Three days.,\n"), anomalies, None, Cell(1, "kind", "armistice")),
    Case("anomalies: turned round", text(ODD + "2026-05,2026-04,ceasefire,Three days.,\n"), anomalies, None, Cell(1, "last", "2026-04")),
    Case("anomalies: month 13", text(ODD + "2026-13,2026-13,ceasefire,Three days.,\n"), anomalies, None, Cell(1, "first", "2026-13")),
    Case("anomalies: as Excel shortened it", text(ODD + "May-26,May-26,ceasefire,Three days.,\n"), anomalies, {"": {"2026-05": 1}}, Cell(1, "first", "May-26")),
    Case("anomalies: no note", text(ODD + "2026-05,2026-05,ceasefire,,\n"), anomalies, None, Cell(1, "note", "")),
    Case("anomalies: left out of what is no finding", text("first,kind,note,excluded_from\n2026-05,outage,No.,records mean\n"), anomalies, None, Cell(1, "excluded_from", "mean")),
    Case("anomalies: no column kind", text("first,note\n2026-05,No.\n"), anomalies, None, Refused(("kind",))),
    Case("anomalies: a header alone", text(ODD), anomalies, None, Refused()),
]
