"""ACLED: the forms an export can have. Its terms forbid copies of rows: all rows are made up."""

from __future__ import annotations

import csv
import datetime as dt
import importlib.util
import io
import json
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from trends.errors import (
    BadOption,
    BadTable,
    BadValue,
    EmptyTable,
    MissingColumns,
    NoValues,
    TrendsError,
    TrendsWarning,
    UnknownOption,
)
from trends.loaders import LOADERS, load_acled, load_file

COLUMNS = "event_id_cnty,event_date,event_type,admin1,admin2,fatalities,timestamp"
ROWS = [
    ("UKR1", "2025-03-30", "Battles", "Donetsk", "Bakhmut", "3", "1743500000"),
    ("UKR2", "2025-03-31", "Battles", "Donetsk", "", "0", "1743500000"),
    ("UKR3", "2025-05-02", "Battles", "Sumy", "Sumy", "5", "1746500000"),
    ("UKR4", "2025-05-02", "Protests", "Donetsk", "", "0", "1746500000"),
    ("UKR5", "2025-05-16", "Battles", "Donetsk", "Bakhmut", "2", "1748500000"),
]


def table(rows: list[tuple[str, ...]], columns: str = COLUMNS) -> str:
    text = io.StringIO()
    csv.writer(text).writerows([columns.split(","), *rows])
    return text.getvalue()


def write(tmp_path: Path, text: str, name: str = "acled.csv", encoding: str = "utf-8") -> Path:
    path = tmp_path / name
    path.write_bytes(text.encode(encoding))
    return path


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return write(tmp_path, table(ROWS))


def test_without_coverage_no_event_is_unknown(path: Path) -> None:
    panel = load_acled(path)
    assert panel.names == ("Donetsk / Battles", "Donetsk / Protests", "Sumy / Battles")
    assert (panel.kind, panel.unit) == ("flow", "events")
    np.testing.assert_array_equal(
        panel.values, [[2, np.nan, 1], [np.nan, np.nan, 1], [np.nan, np.nan, 1]]
    )
    assert panel.observed_days.tolist() == [2, 0, 2]
    assert panel.status("2025-04") == "gap"
    assert any("left unknown, not zero: 5 of 9." in note for note in panel.notes)
    assert "Counted: 5 rows." in panel.notes


def test_zero_inside_a_declared_coverage(path: Path) -> None:
    panel = load_acled(path, coverage=("2025-03-01", dt.date(2025, 5, 20)))
    assert panel.values.tolist() == [[2, 0, 1], [0, 0, 1], [0, 0, 1]]
    assert panel.observed_days.tolist() == [31, 30, 20]
    assert not any("unknown" in note for note in panel.notes)


def test_outside_the_coverage_is_left_out_and_said(path: Path) -> None:
    panel = load_acled(path, measure="fatalities", coverage=("2025-03-31", "2025-05-02"), by=())
    assert panel.names == ("fatalities",)
    assert panel.values.tolist() == [[0, 0, 5]]
    assert panel.observed_days.tolist() == [1, 30, 2]
    assert any("2025-03-31 to 2025-05-02: 2 rows (5 fatalities)" in note for note in panel.notes)
    with pytest.raises(NoValues, match="2020-01-01"):
        load_acled(path, coverage=("2020-01-01", "2020-12-31"))


def test_fatalities_by_one_column(path: Path) -> None:
    panel = load_acled(path, by="admin2", measure="fatalities")
    assert panel.names == ("(empty)", "Bakhmut", "Sumy")
    assert panel["Bakhmut"]["2025-03"] == 3
    assert any("'admin2' is empty, counted as '(empty)': 2." in note for note in panel.notes)
    assert "lowest number reported" in panel.definition
    assert load_acled(path, by="event_type", measure="fatalities").definition != panel.definition


def test_newest_upload_dates_the_file(path: Path, tmp_path: Path) -> None:
    assert load_acled(path).as_of == dt.date(2025, 5, 29)
    assert load_acled(path, as_of=dt.date(2025, 6, 1)).as_of == dt.date(2025, 6, 1)
    with pytest.raises(BadOption, match="as_of"):
        load_acled(path, as_of=dt.date(2025, 5, 1))
    other = write(
        tmp_path, table([r[:6] for r in ROWS], COLUMNS.removesuffix(",timestamp")), "a.csv"
    )
    assert load_acled(other).as_of == dt.date(2025, 5, 16)
    wrong = write(tmp_path, table([(*ROWS[0][:6], "yesterday")]))
    with pytest.raises(BadValue, match="timestamp"):
        load_acled(wrong)


@pytest.mark.parametrize("form", ["%d %B %Y", "%d-%b-%Y", "%Y-%m-%d 00:00:00"])
def test_forms_of_a_date(form: str, path: Path, tmp_path: Path) -> None:
    rows = [(r[0], dt.date.fromisoformat(r[1]).strftime(form), *r[2:]) for r in ROWS]
    other = write(tmp_path, table(rows), "other.csv")
    np.testing.assert_array_equal(load_acled(other).values, load_acled(path).values)


@pytest.mark.parametrize(
    "day", ["31 June 2025", "16 Mai 2025", "05/16/2025", "0 May 2025", "1800-01-01", "9999-01-01"]
)
def test_what_is_no_date(day: str, tmp_path: Path) -> None:
    rows = [*ROWS, ("UKR6", day, *ROWS[0][2:])]
    with pytest.raises(BadValue, match=r"row 6, column 'event_date'"):
        load_acled(write(tmp_path, table(rows)))


def test_export_tool_with_mark_all_columns_and_line_breaks(shared: Path, tmp_path: Path) -> None:
    header = (shared / "data/raw/acled/acled_export_header_only.csv").read_text().strip().split(",")
    known = {
        "event_id_cnty": "UKR1", "event_date": "16 May 2025", "event_type": "Battles",
        "admin1": "Kharkiv", "fatalities": "2", "notes": 'Shells hit,\r\nthen "more", and Ізюм',
    }  # fmt: skip
    text = table([tuple(known.get(name, "x") for name in header)], ",".join(header))
    text = text.replace(",x\r\n", ",1748500000\r\n")
    path = write(tmp_path, text, encoding="utf-8-sig")
    panel = load_acled(path, measure="fatalities")
    assert panel["Kharkiv / Battles"].tolist() == [2]
    assert load_file(path, LOADERS).names == panel.names


def test_old_header(path: Path, tmp_path: Path) -> None:
    header = "DATA_ID,EVENT_DATE,EVENT_TYPE,ADMIN1,ADMIN2,FATALITIES,ISO3"
    rows = [(str(at), *row[1:6], "UKR") for at, row in enumerate(ROWS)]
    old = write(tmp_path, table(rows, header), "old.csv")
    np.testing.assert_array_equal(load_acled(old).values, load_acled(path).values)
    assert load_file(old, LOADERS).names == load_acled(path).names
    both = load_acled(old, by=("iso3",))
    assert both.names == ("UKR",)


@pytest.mark.parametrize("wrapped", [True, False])
def test_api_json(wrapped: bool, path: Path, tmp_path: Path) -> None:
    records = [dict(zip(COLUMNS.split(","), row, strict=True)) for row in ROWS]
    for record in records:
        record["fatalities"] = int(record["fatalities"])  # type: ignore[assignment]
    answer = {"status": 200, "success": True, "count": 5, "data": records} if wrapped else records
    other = write(tmp_path, json.dumps(answer), "acled.json")
    expected = load_acled(path, measure="fatalities")
    found = load_acled(other, measure="fatalities")
    np.testing.assert_array_equal(found.values, expected.values)
    assert found.notes == expected.notes


@pytest.mark.parametrize(
    ("answer", "error", "words"),
    [
        ({"status": 403, "success": False, "error": "key"}, BadTable, "'success', 'error'"),
        ({"data": []}, EmptyTable, "without records"),
        ([1, 2], BadTable, "not a list of JSON records"),
        ([{"event_date": "2025-01-01"}, {"event_type": "x"}], MissingColumns, "record 1"),
        ([dict(zip(COLUMNS.split(","), [[1], *ROWS[0][1:]], strict=True))] * 2, None, ""),
        ([dict(zip(COLUMNS.split(","), [*ROWS[0][:5], True, 1], strict=True))], BadValue, "True"),
        ([dict(zip(COLUMNS.split(","), [*ROWS[0][:5], -1, 1], strict=True))], BadValue, "-1"),
    ],
)
def test_other_json(
    answer: object, error: type[TrendsError] | None, words: str, tmp_path: Path
) -> None:
    path = write(tmp_path, json.dumps(answer), "acled.json")
    if error is None:
        assert load_acled(path, measure="fatalities", by=()).values.tolist() == [[3]]
        return
    with pytest.raises(error, match=words):
        load_acled(path, measure="fatalities")


def test_parquet_and_excel(path: Path, tmp_path: Path) -> None:
    frame = pd.read_csv(path, dtype={"event_id_cnty": str})
    frame["event_date"] = pd.to_datetime(frame["event_date"])
    frame.to_parquet(tmp_path / "a.parquet")
    frame.to_excel(tmp_path / "a.xlsx", index=False)
    for name in ("a.parquet", "a.xlsx"):
        found = load_acled(tmp_path / name, measure="fatalities")
        np.testing.assert_array_equal(found.values, load_acled(path, measure="fatalities").values)


def test_one_page_of_the_api_is_said(tmp_path: Path) -> None:
    rows = [(f"UKR{n}", *ROWS[0][1:]) for n in range(5000)]
    with pytest.warns(TrendsWarning, match="5,000 rows, one page"):
        assert load_acled(write(tmp_path, table(rows))).values.sum() == 5000


def test_repeated_event(path: Path, tmp_path: Path) -> None:
    twice = write(tmp_path, table([*ROWS, ROWS[0], ROWS[0], ROWS[4]]), "twice.csv")
    panel = load_acled(twice)
    np.testing.assert_array_equal(panel.values, load_acled(path).values)
    assert "Dropped because they repeat an event: 3 rows." in panel.notes
    changed = [*ROWS, (*ROWS[0][:5], "4", ROWS[0][6])]
    other = write(tmp_path, table(changed), "changed.csv")
    with pytest.raises(BadTable, match="event UKR1 has two versions, in rows 1 and 6"):
        load_acled(other, measure="fatalities")
    nameless = [*ROWS, ("", *ROWS[0][1:])]
    with pytest.raises(BadValue, match="row 6, column 'event_id_cnty'"):
        load_acled(write(tmp_path, table(nameless)))


def test_unknown_fatalities_are_no_zero(tmp_path: Path) -> None:
    rows = [*ROWS, ("UKR6", "2025-05-20", "Battles", "Sumy", "", "", "1748500000")]
    panel = load_acled(write(tmp_path, table(rows)), by="admin1", measure="fatalities")
    assert panel["Sumy"]["2025-05"] == 5
    assert "Left out because 'fatalities' is empty: 1 row." in panel.notes


def test_options(path: Path) -> None:
    with pytest.raises(UnknownOption, match="deaths"):
        load_acled(path, measure="deaths")  # type: ignore[arg-type]
    with pytest.raises(MissingColumns, match="admin7"):
        load_acled(path, by="admin7")
    for by in (("admin1", "admin1"), (1,)):
        with pytest.raises(BadOption, match="by"):
            load_acled(path, by=by)  # type: ignore[arg-type]
    for coverage in ("2025", ("2025-05-01",), ("2025-05-02", "2025-05-01"), ("May", "June"), 7):
        with pytest.raises(BadOption, match="coverage"):
            load_acled(path, coverage=coverage)  # type: ignore[arg-type]


def test_too_many_series(tmp_path: Path) -> None:
    rows = [
        (f"U{n}", f"{1900 + n % 120}-01-01", "Battles", f"a{n}", "", "1", "1")
        for n in range(40_000)
    ]
    with pytest.raises(BadTable, match="40,000 series of 1,429 months are too many"):
        load_acled(write(tmp_path, table(rows)))


def test_broken_rows_are_told_by_their_number(tmp_path: Path) -> None:
    text = table([*ROWS * 1, ("UKR6", "2025-05-20", 'a "quoted", type', "Sumy", "x\ny", "1", "1")])
    assert load_acled(write(tmp_path, text)).n_series == 4
    ragged = text + "UKR7,2025-05-20,Battles\n"
    with pytest.raises(BadTable, match="row 7 has 3 cells where the header has 7"):
        load_acled(write(tmp_path, ragged))
    with pytest.raises(TrendsError, match="field larger"):
        load_acled(write(tmp_path, text + "U" * 10_000_000 + '","'))
    with pytest.raises(TrendsError, match=r"acled\.csv"):
        load_acled(write(tmp_path, text + '"open,1,2,3,4,5,6\n'))


@pytest.mark.parametrize("open_rows", [(1,), (1, 3), (4,), (0, 1, 3)])
def test_a_quotation_mark_that_is_not_closed_swallows_no_rows(
    open_rows: tuple[int, ...], tmp_path: Path
) -> None:
    lines = table(ROWS).splitlines()
    for row in open_rows:
        head, _, last = lines[row + 1].rpartition(",")
        lines[row + 1] = f'{head},"{last}'
    path = write(tmp_path, "\n".join(lines) + "\n")
    with pytest.raises(TrendsError, match="it is not a table of text"):
        load_acled(path)


def test_a_quotation_mark_within_a_cell_is_text(tmp_path: Path) -> None:
    text = table(ROWS).replace("Sumy,Sumy", 'Su"my,"S"')
    assert 'Su"my / Battles' in load_acled(write(tmp_path, text)).names


def test_header_over_two_lines_and_old_line_ends(tmp_path: Path) -> None:
    text = table(ROWS)
    odd = text.replace("admin2", '"admin\n2"', 1)
    assert load_acled(write(tmp_path, odd)).n_series == 3
    mac = text.replace("\r\n", "\r")
    assert load_acled(write(tmp_path, mac)).n_series == 3
    assert load_acled(write(tmp_path, "\n\n" + text)).n_series == 3


def test_formulas_are_text(tmp_path: Path) -> None:
    rows = [("UKR1", "2025-05-20", "=1+1", "@SUM(A1)", "", "1", "1")]
    assert load_acled(write(tmp_path, table(rows))).names == ("@SUM(A1) / =1+1",)
    with pytest.raises(BadValue, match="=1"):
        load_acled(write(tmp_path, table([(*ROWS[0][:5], "=1", "1")])), measure="fatalities")


def test_equal_to_pandas_on_many_rows(tmp_path: Path) -> None:
    draw = np.random.default_rng(4)
    n = 40_000
    frame = pd.DataFrame({
        "event_id_cnty": [f"E{at}" for at in range(n)],
        "event_date": pd.Timestamp("2024-01-01") + pd.to_timedelta(draw.integers(0, 700, n), "D"),
        "event_type": draw.choice(["Battles", "Protests"], n),
        "admin1": draw.choice(["Ізюм", "b", "c"], n),
        "fatalities": draw.poisson(0.7, n),
        "notes": "long text, with commas " * 20,
    })  # fmt: skip
    path = tmp_path / "many.csv"
    frame.to_csv(path, index=False, date_format="%Y-%m-%d")
    keys = [frame["event_date"].dt.to_period("M"), frame["admin1"], frame["event_type"]]
    expected = frame.groupby(keys)["fatalities"].sum().unstack([1, 2])
    panel = load_acled(path, measure="fatalities")
    for name in panel.names:
        admin, kind = name.split(" / ")
        np.testing.assert_array_equal(panel[name], expected[admin][kind])


@pytest.mark.slow
def test_a_million_rows_cost_less_than_three_readings_by_pandas(tmp_path: Path) -> None:
    file = Path(__file__).parents[2] / "benchmarks" / "bench_loading.py"
    spec = importlib.util.spec_from_file_location("bench_loading", file)
    assert spec is not None
    assert spec.loader is not None
    bench = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(bench)
    path = tmp_path / "events.csv"
    bench.write_events(path, 1_000_000)
    plain, ours = (
        [bench.measured(name, path) for _ in range(3)]
        for name in ("read_by_pandas", "load_and_add_up")
    )
    # Of the processor, imports included: the clock on the wall also counts what others run.
    assert min(run[1] for run in ours) < 3 * min(run[1] for run in plain)
    assert max(run[2] for run in ours) < 3 * max(run[2] for run in plain)
