"""Text tables as offices and programs write them, as in `corpus_blind_text`."""

# ruff: noqa: RUF001 (odd letters are what is tested)

from __future__ import annotations

from hardening.corpus_blind_text import (
    PLAIN,
    D,
    bad,
    column,
    either,
    good,
    months,
    rows,
)

UKRAINIAN = (
    "Дата;Область;Кількість, шт.\r\n"
    "05.01.2025;Київська;1 234,5\r\n"
    "10.02.2025;Київська;12\r\n"
    "05.01.2025;Одеська;7\r\n"
)
good(
    "excel in Ukraine",
    UKRAINIAN.replace("1 234", "1\u00a0234"),
    {"Київська": {"2025-01": 1234.5, "2025-02": 12}, "Одеська": {"2025-01": 7, "2025-02": None}},
    month="Дата",
    value="Кількість, шт.",
    series="Область",
    date_format="%d.%m.%Y",
    write="cp1251",
    encoding="cp1251",
)
good(
    "excel in Germany",
    'Monat;Angriffe;Anmerkung\r\n2025-01;1.234,00;"geschätzt; vorläufig"\r\n2025-02;987,00;\r\n',
    [1234, 987],
    month="Monat",
    value="Angriffe",
    write="cp1252",
    encoding="cp1252",
)
good(
    "excel in France",
    "Mois;Nombre\r\n01/01/2025;1\u202f234\r\n01/02/2025;987\r\n",
    [1234, 987],
    month="Mois",
    value="Nombre",
    date_format=D,
)
good(
    "excel in Egypt",
    "الشهر;العدد\r\n2025-01;١٬٢٣٤\r\n2025-02;٩٨٧\r\n",
    [1234, 987],
    month="الشهر",
    value="العدد",
    write="utf-8-sig",
)
good(
    "excel in Switzerland",
    "Monat;Wert\r\n31.01.2025;1'234.50\r\n28.02.2025;987.00\r\n",
    [1234.5, 987],
    month="Monat",
    value="Wert",
    date_format="%d.%m.%Y",
)
good(
    "google sheets in India",
    'Month,Deaths\n2025-01,"1,23,456"\n2025-02,"9,87,654"\n2025-03,"12,34,56,789"\n',
    [123456, 987654, 123456789],
    month="Month",
    value="Deaths",
    thousands=",",
)
good(
    "our world in data",
    "Entity,Code,Day,Deaths\n"
    "Ukraine,UKR,2025-01-31,5\n"
    "Ukraine,UKR,2025-02-28,7\n"
    "World,OWID_WRL,2025-01-31,50\n",
    {"Ukraine": {"2025-01": 5, "2025-02": 7}, "World": {"2025-01": 50, "2025-02": None}},
    month="Day",
    value="Deaths",
    series="Entity",
)
bad(
    "hdx with its row of tags",
    "month,value\n#date,#affected\n2025-01,5\n",
    (2, "value", "#affected"),
)
either(
    "world bank",
    '"Data Source","Indicators",\n'
    "\n"
    '"Last Updated","2025-07-01",\n'
    "\n"
    '"month","value",\n'
    '"2025-01","5",\n',
    [5],
)
bad("eurostat's bulk", "freq,geo\\TIME_PERIOD\t2025-01 \t2025-02 \nM,UA\t5 p\t: \n", file="t.tsv")
good(
    "sdmx",
    "DATAFLOW,FREQ,TIME_PERIOD,OBS_VALUE,OBS_STATUS\n"
    "X:Y(1.0),M,2025-01,5,A\n"
    "X:Y(1.0),M,2025-02,,M\n"
    "X:Y(1.0),M,2025-03,7,A\n",
    [5, None, 7],
    month="TIME_PERIOD",
    value="OBS_VALUE",
)
good(
    "statista's german percent",
    "Monat;Anteil\n2025-01;12,5 %\n2025-02;9,75\u00a0%\n",
    [12.5, 9.75],
    month="Monat",
    value="Anteil",
    unit="percent",
)
good(
    "stata",
    "month\tvalue\n2025m1\t5\n2025m2\t.\n2025m3\t7\n",
    [5, None, 7],
    date_format="%Ym%m",
    missing=(".",),
    file="t.txt",
)
good(
    "spss",
    "month,value\r\n2025-01-01,      5.00\r\n2025-02-01,       .  \r\n",
    [5, None],
    missing=(".",),
)
good("R's csv2", '"month";"value"\n"2025-01-01";1234,5\n"2025-02-01";NA\n', [1234.5, None])
good(
    "R's large numbers",
    '"month","value"\n"2025-01-01",1e+05\n"2025-02-01",123456\n',
    [100000, 123456],
)
bad("R's zoo", '"month","value"\n"Jan 2025",5\n', (2, "month", "Jan 2025"))
good(
    "postgresql's copy",
    "month\tvalue\tnote\n2025-01-01\t5\t\\N\n2025-02-01\t\\N\ta\n",
    [5, None],
    missing=("\\N",),
    file="t.tsv",
)
good("sqlite's list mode", "month|value\n2025-01|5\n2025-02|7\n", [5, 7])
bad("pandas, two levels of columns", ",value,value\nplace,Kyiv,Odesa\nmonth,,\n2025-01,5,7\n")
good("pandas periods", ",month,value\n0,2025-01,5\n1,2025-02,7\n", [5, 7])
good(
    "polars",
    "month,value\n2025-01-01T00:00:00.000000,5.0\n2025-02-01T00:00:00.000000,7.0\n",
    [5, 7],
)
good(
    "excel's unicode text",
    'month\tvalue\tnote\r\n2025-01\t"1,234.5"\t"a, b"\r\n2025-02\t12\t\r\n',
    [1234.5, 12],
    write="utf-16",
    file="t.txt",
)
either("numbers of apple", "Table 1\nmonth;value\n2025-01;5\n2025-02;7\n", [5, 7])
good(
    "telegram copied",
    "month\tvalue\n2025-01\t1\u00a0234\u00a0\n2025-02\t12\u00a0345\n",
    [1234, 12345],
    file="t.txt",
)
bad(
    "wikipedia pasted",
    "month\tvalue\n2025-01\t1,234[a]\n2025-02\t2,345\n",
    (3, "value", "2,345"),
    file="t.txt",
)
bad(
    "a pdf pasted: two cells in one",
    "month\tvalue\n2025-01\t5 7\n2025-02\t\n",
    (2, "value", "5 7"),
    file="t.txt",
)
bad(
    "a press office: first half",
    "month;value\n2025-01;1. Halbjahr: 5\n",
    (2, "value", "1. Halbjahr: 5"),
)
bad("a press office: bold", "month;value\n2025-01;**5**\n", (2, "value", "**5**"))
good(
    "air alarms by the hour, counted",
    rows(*(f"2025-01-{d:02}T06:00:00,{d}" for d in range(1, 32))),
    [496],
    how="sum",
)
good(
    "ministry: cumulative, last of month",
    rows("2025-01-30,100", "2025-01-31,110", "2025-02-27,150", "2025-02-28,155"),
    [110, 155],
    how="last",
    kind="stock",
)
good("negative gains", column("-9.2", "24.2"), [-9.2, 24.2])
good("net gains in german", column("−9,2", "24,2", mark=";"), [-9.2, 24.2])
good(
    "commas in numbers of a tab file",
    "month\tvalue\n2025-01\t1,234\n2025-02\t12,345,678\n",
    [1234, 12345678],
    file="t.tsv",
)
bad(
    "commas in small numbers of a tab file",
    "month\tvalue\n2025-01\t1,234\n2025-02\t12\n",
    says=("1,234",),
    file="t.tsv",
)
good("german millions", column("1.234.567", "999", mark=";"), [1234567, 999])
bad("german millions broken by a point", column("1.234.567", "1.5", mark=";"), (3, "value", "1.5"))
good(
    "observed days beside series",
    rows("2025-06,a,5,11", "2025-06,b,7,11", head="month,place,value,observed_days"),
    {"a": {"2025-06": 5}, "b": {"2025-06": 7}},
    series="place",
    days={"2025-06": 11},
)
good(
    "days of two series",
    rows(
        "2025-01-01,a,1",
        "2025-01-01,b,2",
        "2025-01-02,a,3",
        "2025-01-02,b,4",
        head="month,place,value",
    ),
    {"a": {"2025-01": 4}, "b": {"2025-01": 6}},
    series="place",
    how="sum",
    days={"2025-01": 2},
)
# A day that is absent may be a zero or unknown: the sum of b is not known to be 2.
either(
    "days that one series lacks",
    rows("2025-01-01,a,1", "2025-01-02,a,3", "2025-01-01,b,2", head="month,place,value"),
    {"a": {"2025-01": 4}, "b": {"2025-01": None}},
    series="place",
    how="sum",
)
good(
    "the unit in a column of its own",
    "month,value,unit\n2025-01,5,attacks\n2025-02,7,attacks\n",
    [5, 7],
)
good("a name given", PLAIN, [5, 7], name="strikes")
good(
    "upper-case hours and zone",
    months("2025-01-15 12:00:00+00:00", "2025-02-15 12:00:00+00:00"),
    [1, 2],
)
bad(
    "a stamp of the DST gap of nowhere",
    months("2025-01-01T00:60:00"),
    (2, "month", "2025-01-01T00:60:00"),
)
good("an hour that DST leaves out", months("2025-03-30T03:30:00"), {"2025-03": 1})
