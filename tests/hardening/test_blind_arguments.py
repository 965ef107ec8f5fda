"""Arguments of the wrong kind: an error of the library, or the right answer; never a fault."""

from __future__ import annotations

import datetime as dt
import io
import warnings
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hardening.corpus_blind_areas import JUNE, MAY, ONE_SQUARE
from hardening.corpus_blind_events import BURNT, FIRES, ODD, acled_table, ged
from hardening.corpus_blind_posts import BOTH, export
from hardening.corpus_blind_sources import table

import trends
from trends import loaders
from trends.errors import TrendsError
from trends.vintages import Store

ALL = {"definition": "all"}
FILES: dict[str, tuple[str, str, dict[str, Any]]] = {
    "load_launches": ("l.csv", table(), ALL),
    "load_launches_daily": ("l.csv", table(), ALL),
    "load_daily_records": ("l.csv", table(), {}),
    "explain_launches": ("l.csv", table(), ALL),
    "load_territory": ("a.csv", "date,area\n2025-05-31,43700\n2025-06-29,43800\n", {}),
    "load_acled": ("e.csv", acled_table(), {}),
    "load_ucdp": ("u.csv", ged(), {}),
    "load_fires": ("f.csv", FIRES + "".join(BURNT), {}),
    "load_days": ("d.csv", "date,value\n2025-06-01,5\n", {}),
    "load_reports": ("result.json", export(BOTH), {}),
    "read_reports": ("result.json", export(BOTH), {}),
    "load_polygons": (MAY, ONE_SQUARE, {}),
    "load_territory_changes": (MAY, ONE_SQUARE, {}),
    "load_anomalies": ("o.csv", ODD + "2026-05,2026-05,ceasefire,Three days.,\n", {}),
}
DATED = [name for name in FILES if name not in ("load_days", "read_reports", "load_anomalies")]
OPTIONS: list[tuple[str, str, list[Any]]] = [
    ("load_launches", "weapons", [None, 5, b"drones", [None], {}, "", "and", "/"]),
    ("load_launches", "definition", [None, ["all"], {}]),
    ("load_launches", "attribution", [5]),
    ("load_launches", "measure", [None]),
    ("load_daily_records", "per", [5, ["night"]]),
    ("load_daily_records", "min_earlier", [0, "5", None, True]),
    ("load_territory", "date", [5, ["date"]]),
    ("load_territory", "area", [5, b"area"]),
    ("load_territory", "unit", [5, ["km2"]]),
    ("load_acled", "by", [5, None, [5], [["a"]], ["country", "country"], ""]),
    ("load_acled", "measure", [None, ["events"]]),
    ("load_acled", "coverage", [5, (None, None), "2025", {1: 2}, ("2025-01-01", "2025-13-01")]),
    ("load_ucdp", "by", [5, None]),
    ("load_ucdp", "attribution", [5]),
    ("load_fires", "side", [5, ["all"]]),
    ("load_fires", "fires", [None]),
    ("load_days", "day", [5, None]),
    ("load_days", "value", [None, ["v"]]),
    ("load_days", "decimal", [5, ""]),
    ("load_days", "thousands", [5]),
    ("load_days", "date_format", [5, "", "%Q"]),
    ("load_reports", "weapons", [5, ["drones"]]),
    ("load_reports", "definition", [None]),
    ("load_reports", "silent_nights", [None]),
    ("read_reports", "progress", [5]),
    ("load_polygons", "layers", [5, [], [5]]),
    ("load_polygons", "regions", [5]),
    ("load_polygons", "reckoning", [5, ["month-end"]]),
    ("load_polygons", "late", ["3", -1, None, 10**9]),
    ("load_polygons", "dates", [5, [("a", 1)], {MAY: "2025-05-31"}]),
    ("load_territory_changes", "steps", [5, None]),
    *((name, "limits", [5, {"max_rows": 1}]) for name in FILES if FILES[name][0].endswith(".csv")),
]


def loader(name: str) -> Callable[..., Any]:
    if name in ("load_polygons", "load_territory_changes"):
        pytest.importorskip("pyproj")
    found: Callable[..., Any] = getattr(trends, name, None) or getattr(loaders, name)
    return found


def written(name: str, folder: Path) -> tuple[Path, dict[str, Any]]:
    file, text, options = FILES[name]
    (folder / file).write_text(text, encoding="utf-8")
    if file == MAY:
        (folder / JUNE).write_text(text)
        return folder, options
    return folder / file, options


@pytest.mark.parametrize("name", FILES)
def test_what_is_no_path(name: str) -> None:
    frame = pd.DataFrame({"x": [1]})
    for wrong in (None, 5, b"l.csv", io.StringIO("x"), frame, [5], {1: 2}, True, float("nan")):
        with pytest.raises(TrendsError):
            loader(name)(wrong)


@pytest.mark.parametrize("name", DATED)
@pytest.mark.filterwarnings("ignore::trends.errors.TrendsWarning")
def test_days_of_every_kind(name: str, tmp_path: Path) -> None:
    load = loader(name)
    path, options = written(name, tmp_path)
    day = dt.date(2027, 1, 1)
    for right in (day, "2027-01-01", dt.datetime(2027, 1, 1), pd.Timestamp(day)):  # noqa: DTZ001
        made = load(path, **options, as_of=right)
        assert getattr(made, "as_of", day) == day
    wrong = ("soon", "1999-01-01", dt.date(1999, 1, 1), 5, pd.NaT, pd.Period("2027-01"), np.nan)
    for found in (*wrong, "", "2027-13-01", dt.date.max):
        with pytest.raises(TrendsError, match="as_of"):
            load(path, **options, as_of=found)


@pytest.mark.parametrize(("name", "option", "values"), OPTIONS)
def test_options_of_the_wrong_kind(
    name: str, option: str, values: list[Any], tmp_path: Path
) -> None:
    load = loader(name)
    path, options = written(name, tmp_path)
    for value in values:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            with pytest.raises(TrendsError):
                load(path, **{**options, option: value})


def test_stores(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for wrong in (5, b"x", Path("/"), "s\0x", [], "postgresql://", "mysql://x", "a" * 5000):
        with pytest.raises(TrendsError):
            Store.open(wrong)  # type: ignore[arg-type]
    (tmp_path / "l.csv").write_text(table())
    panel = trends.load_launches("l.csv", definition="all")
    with Store.open("s.sqlite") as store:
        store.add(panel)
        calls: list[Callable[[Any], object]] = [
            store.add,
            store.load,
            lambda wrong: store.add(panel, as_of=wrong or 0),
            lambda wrong: store.load("drones", as_of=wrong or 0),
            lambda wrong: store.diff(wrong, "2027-01-01"),
            lambda wrong: store.load("drones", definition=wrong or 0),
        ]
        for call in calls:
            for wrong in (5, None, b"x", ["drones"], pd.NaT):
                with pytest.raises(TrendsError):
                    call(wrong)


def test_claims_and_names() -> None:
    for wrong in (5, None, "", b"x", ["x"], "x.json", [5], [{}], [None], [], {}):
        with pytest.raises(TrendsError):
            trends.verify(wrong)  # type: ignore[arg-type]
    for wrong in (5, "", b"x", None, ["drones-launched"]):
        with pytest.raises(TrendsError):
            trends.load(wrong)  # type: ignore[arg-type]
