"""The files of known sources, good and damaged: ACLED, UCDP, launches, territory, fires."""
# Cases are a line each, and times without a zone, as files hold them.
# ruff: noqa: E501

from __future__ import annotations

import json
from collections.abc import Iterator

from hardening.corpus_tables import GAP, Case, Fault, text

ACLED = "event_id_cnty,event_date,event_type,admin1,fatalities\n"
EVENTS = "UKR1,2025-05-30,Battles,Donetsk,1\nUKR2,2025-06-01,Battles,Donetsk,2\n"
UCDP = "id,country,date_start,date_end,best\n"
DEATHS = "1,Ukraine,2025-05-30,2025-05-30,4\n2,Ukraine,2025-05-31,2025-06-01,5\n"
LAUNCHES = "time_start,time_end,model,launched\n"
NIGHTS = "2025-05-31 18:00,2025-06-01 08:30,Shahed-136/131,5\n2025-06-02 20:00,2025-06-03 8:00,Shahed-136/131,7\n"
AREA = "date,area\n"
AREAS = "2025-05-31,100\n2025-06-30,103\n"
FIRES = (
    "date,war_fires_per_day,war_fires_per_day_in_ukraine_held_area,"
    "war_fires_per_day_in_russia_held_area\n"
)
FIRE = "2025-05-31,5,2,3\n2025-06-01,7,3,4\n"


def cases() -> Iterator[Case]:
    yield from _acled()
    yield from _ucdp()
    yield from _launches()
    yield from _territory()
    yield from _fires()
    yield from _known()


def _acled() -> Iterator[Case]:
    def case(name: str, rows: str, expected: object, head: str = ACLED, **options: object) -> Case:
        options = {"by": "event_type", "measure": "fatalities", **options}
        return text(f"acled: {name}", head + rows, expected, loader="load_acled", **options)

    good = {"Battles": {"2025-05": 1, "2025-06": 2}}
    yield case("good", EVENTS, good)
    yield case("days in words", "1,30 May 2025,Battles,a,1\n2,1-Jun-2025,Battles,a,2\n", good)
    yield case("repeated event", EVENTS + EVENTS, good)
    covered = {"Battles": {"2025-04": 0, "2025-05": 1, "2025-06": 2}}
    yield case("coverage", EVENTS, covered, coverage=("2025-04-01", "2025-06-30"))
    hole = "1,2025-04-30,Battles,a,1\n2,2025-06-01,Battles,a,2\n"
    yield case("a hole", hole, {"Battles": {"2025-04": 1, "2025-05": GAP, "2025-06": 2}})
    for cell in ("-1", "1.5", "x", "1e400", "inf", "True", "1_0", "\u0661", "1;2", "12*"):
        yield case(
            f"fatalities {cell!a}",
            f"{EVENTS}UKR3,2025-06-02,Battles,b,{cell}\n",
            Fault(3, "fatalities", cell),
        )
    for cell in (
        "2025-02-31",
        "01/02/2025",
        "now",
        "",
        "20250601",
        "0001-01-01",
        "31 February 2025",
        "45809",
    ):
        yield case(
            f"day {cell}", f"{EVENTS}UKR3,{cell},Battles,b,1\n", Fault(3, "event_date", cell)
        )
    yield case("no id", f"{EVENTS},2025-06-02,Battles,b,1\n", Fault(3, "event_id_cnty", ""))
    two = Fault(3, "fatalities", "9", says="two versions")
    yield case("two versions", f"{EVENTS}UKR1,2025-05-30,Battles,Donetsk,9\n", two)
    yield case("total below", f"{EVENTS}Total,,,,3\n", Fault(3, "event_date", ""))
    yield case("ragged", f"{EVENTS}UKR3,2025-06-02\n", Fault(3, "event_type", "2025-06-02"))
    yield case(
        "lacks a column",
        "1,2025-06-02,Battles,a\n",
        Fault(says="fatalities"),
        head=ACLED[:-12] + "\n",
    )
    yield case("header only", "", Fault(says="no rows"))
    yield case("all empty", "1,2025-06-02,Battles,a,\n", Fault(says="empty"))
    yield case("NUL", "1,2025-06-02,Bat\0tles,a,1\n", Fault(1, "event_type", "\\x00"))
    records = [
        dict(zip(ACLED.strip().split(","), row.split(","), strict=True)) for row in EVENTS.split()
    ]
    options = {"by": "event_type", "measure": "fatalities"}
    yield text(
        "acled: JSON",
        json.dumps({"data": records}),
        good,
        file="a.json",
        loader="load_acled",
        **options,
    )
    twice = '[{"event_id_cnty":"1","event_date":"2025-06-01","event_type":"a","admin1":"b","fatalities":1,"fatalities":2}]'
    yield text(
        "acled: JSON key twice",
        twice,
        Fault(1, "fatalities", "2"),
        file="a.json",
        loader="load_acled",
        **options,
    )
    deep = "[" * 100_000
    yield text(
        "acled: JSON deep",
        deep,
        Fault(says="max_depth"),
        file="a.json",
        loader="load_acled",
        **options,
    )
    marked = (ACLED + EVENTS).encode("utf-16")
    yield text("acled: UTF-16", marked, good, loader="load_acled", **options)
    semicolons = (ACLED + EVENTS).replace(",", ";")
    yield text("acled: semicolons", semicolons, good, loader="load_acled", **options)


def _ucdp() -> Iterator[Case]:
    def case(name: str, rows: str, expected: object, **options: object) -> Case:
        return text(f"ucdp: {name}", UCDP + rows, expected, loader="load_ucdp", **options)

    yield case("good", DEATHS, {"Ukraine": {"2025-05": 4, "2025-06": 5}})
    yield case("started", DEATHS, {"Ukraine": {"2025-05": 9}}, attribution="start")
    split = {"Ukraine": {"2025-05": 6.5, "2025-06": 2.5}}
    yield case("split", DEATHS, split, attribution="split")
    for cell in ("-1", "4.5", "x", "1e400", "NaNs", "1,0"):
        row = f'{DEATHS}3,Russia,2025-06-02,2025-06-02,"{cell}"\n'
        yield case(f"best {cell}", row, Fault(3, "best", cell))
    for cell in ("2025-02-31", "9999-12-31", "now", "", "2025-06", "02/06/2025"):
        yield case(
            f"start {cell}", f"{DEATHS}3,Russia,{cell},2025-06-02,1\n", Fault(3, "date_start", cell)
        )
    backwards = f"{DEATHS}3,Russia,2025-06-02,2025-06-01,1\n"
    yield case("backwards", backwards, Fault(3, "date_end", "2025-06-01"))
    yield case(
        "forty years",
        f"{DEATHS}3,Russia,1985-06-02,2025-06-01,1\n",
        Fault(3, "date_end", "2025-06-01"),
    )
    yield case("no id", f"{DEATHS} ,Russia,2025-06-02,2025-06-02,1\n", Fault(3, "id", ""))
    yield case(
        "two versions",
        f"{DEATHS}1,Ukraine,2025-05-29,2025-05-30,4\n",
        Fault(3, "date_start", "2025-05-29"),
    )
    yield case("ragged", f"{DEATHS}3,Russia,2025-06-02,2025-06-02,1,1\n", Fault(3, "best", "1"))
    yield case("header again", DEATHS + UCDP, Fault(3, "date_start", "date_start"))


def _launches() -> Iterator[Case]:
    def case(name: str, rows: str, expected: object, **options: object) -> Case:
        return text(
            f"launches: {name}", LAUNCHES + rows, expected, loader="load_launches", **options
        )

    yield case("good", NIGHTS, {"drones": {"2025-06": 12}})
    half = NIGHTS.replace("06-01 08:30", "06-01 06:00")
    yield case("split", half, {"drones": {"2025-05": 2.5, "2025-06": 9.5}}, attribution="split")
    for cell in ("-1", "1.5", "x", "1e999", "0x5", "5+", "~5", "5 (2 destroyed)", "\u06f5"):
        rows = f"{NIGHTS}2025-06-04 20:00,2025-06-05 8:00,Shahed-136/131,{cell}\n"
        yield case(f"launched {cell!a}", rows, Fault(3, "launched", cell))
    for cell in (
        "2025-02-31 20:00",
        "04.06.2025",
        "2025-06-04 25:00",
        "2025-06-04 20:61",
        "",
        "now",
        "0001-01-01",
    ):
        rows = f"{NIGHTS}{cell},2025-06-05 8:00,Shahed-136/131,1\n"
        yield case(f"start {cell}", rows, Fault(3, "time_start", cell))
    rows = f"{NIGHTS}2025-06-04 20:00,2025-06-02 8:00,Shahed-136/131,1\n"
    yield case("backwards", rows, Fault(3, "time_end", "2025-06-02 8:00"))
    yield case(
        "years long",
        f"{NIGHTS}2015-06-04 20:00,2025-06-05 8:00,Shahed-136/131,1\n",
        Fault(3, "time_end", "2025-06-05 8:00"),
    )
    yield case("no model", f"{NIGHTS}2025-06-04 20:00,2025-06-05 8:00,,1\n", Fault(3, "model", ""))
    yield case("total below", f"{NIGHTS}Total,,,12\n", Fault(3, "time_start", "Total"))
    yield case(
        "ragged",
        f"{NIGHTS}2025-06-04 20:00,2025-06-05 8:00\n",
        Fault(3, "model", "2025-06-05 8:00"),
    )
    yield case("another weapon", NIGHTS, Fault(says="'tanks'"), weapons="tanks")


def _territory() -> Iterator[Case]:
    def case(name: str, rows: str, expected: object, **options: object) -> Case:
        return text(f"territory: {name}", AREA + rows, expected, loader="load_territory", **options)

    good = {"territory": {"2025-05": 100, "2025-06": 103}}
    yield case("good", AREAS, good)
    yield case("unsorted, repeated", "2025-06-30,103\n2025-05-31,100\n2025-06-30,103\n", good)
    yield case("in m2", AREA and "2025-05-31,100000000\n2025-06-30,103000000\n", good, unit="m2")
    for cell in ("-1", "x", "1e400", "inf", "1e12", "100 km2", "1,5", "12%"):
        yield case(f"area {cell}", f'{AREAS}2025-07-01,"{cell}"\n', Fault(3, "area", cell))
    for cell in ("2025-02-31", "2025-07", "01/07/2025", "now", "", "0001-01-01", "9999-12-31"):
        yield case(f"day {cell}", f"{AREAS}{cell},104\n", Fault(3, "date", cell))
    yield case("two areas", f"{AREAS}2025-06-30,104\n", Fault(3, "area", "104"))
    yield case("all empty", "2025-06-30,\n", Fault(says="empty"))
    options = {"loader": "load_territory", "file": "area.json"}
    both = json.dumps({"2025-05-31": 100, "2025-06-30": 103})
    yield text("territory: JSON", both, good, unit="km2", **options)
    twice = '{"2025-05-31": 100, "2025-06-30": 103, "2025-06-30": 104}'
    yield text("territory: JSON key twice", twice, Fault(says="2025-06-30"), unit="km2", **options)
    infinite = '{"2025-05-31": Infinity}'
    yield text(
        "territory: JSON infinite", infinite, Fault(1, "value", "inf"), unit="km2", **options
    )
    big = '{"2025-05-31": 1' + "0" * 400 + "}"
    yield text("territory: JSON big", big, Fault(1, "value", "1000"), unit="km2", **options)
    unknown = text(
        "territory: no unit", "day,km\n2025-05-31,1\n", Fault(says="unit"), loader="load_territory"
    )
    yield Case(
        unknown.name,
        unknown.make,
        unknown.expected,
        {"date": "day", "area": "km"},
        "load_territory",
    )


def _fires() -> Iterator[Case]:
    def case(name: str, rows: str, expected: object) -> Case:
        return text(f"fires: {name}", FIRES + rows, expected, loader="load_fires", side="russia")

    held = "fires in Russia-held area"
    column = "war_fires_per_day_in_russia_held_area"
    yield case("good", FIRE, {held: {"2025-05": 3, "2025-06": 4}})
    for cell in ("-1", "1.5", "x", "1e400"):
        yield case(f"number {cell}", f"{FIRE}2025-06-02,1,1,{cell}\n", Fault(3, column, cell))
    for cell in ("2025-02-31", "2025-06", "now", "0001-01-01"):
        yield case(f"day {cell}", f"{FIRE}{cell},1,1,1\n", Fault(3, "date", cell))
    yield case("two rows of a day", f"{FIRE}2025-06-01,7,3,5\n", Fault(3, column, "5"))


def _known() -> Iterator[Case]:
    for name, data, totals in (
        ("acled", ACLED + EVENTS, {"Donetsk / Battles": {"2025-05": 1, "2025-06": 1}}),
        ("ucdp", UCDP + DEATHS, {"Ukraine": {"2025-05": 4, "2025-06": 5}}),
        ("launches", LAUNCHES + NIGHTS, {"drones": {"2025-06": 12}}),
        ("territory", AREA + AREAS, {"territory": {"2025-05": 100, "2025-06": 103}}),
        (
            "table",
            "month,value\n2025-05,507\n2025-06,588\n",
            {"value": {"2025-05": 507, "2025-06": 588}},
        ),
    ):
        yield text(f"load_file: {name}", data, totals, loader="load_file")
    yield text("load_file: unknown", "a,b\n1,2\n", Fault(says="no column"), loader="load_file")
    yield text("load_file: empty", "", Fault(says="0 bytes"), loader="load_file")
    yield text("load_file: PNG", b"\x89PNG\r\n\x1a\n\0\0", Fault(says="PNG"), loader="load_file")
    bad = "month,value\n2025-05,507\n2025-06,x\n"
    yield text("load_file: bad value", bad, Fault(2, "value", "x"), loader="load_file")
