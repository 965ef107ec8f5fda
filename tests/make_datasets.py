"""Make the tables of `datasets/` again from the real source files.

    python tests/make_datasets.py ../shared/data datasets

writes every .csv file; `datapackage.json`, which describes them, is written by hand.
"""

from __future__ import annotations

import calendar
import csv
import sys
import warnings
from pathlib import Path
from typing import Literal

import pandas as pd

from trends.errors import TrendsWarning
from trends.loaders import load_launches, load_launches_daily, load_territory
from trends.loaders._nights import _attacks
from trends.loaders._reports import read_reports
from trends.loaders._selections import select

LAUNCHES = "raw/massive_missile_attacks/missile_attacks_daily.csv"
AREA = "raw/economist_isw_area/area_assessed_as_controlled_by_russia.csv"
SPLICE = pd.Period("2025-03", "M")
CONSECUTIVE_FROM = "2026-06-24"  # the hand-read nights before are single ones

Attribution = Literal["end", "start"]
Row = tuple[str, str, int]  # month, value (empty: unknown), observed days


def main(source: Path, out: Path) -> None:
    out.mkdir(parents=True, exist_ok=True)
    for weapons in ("drones", "missiles"):
        _write(out / f"{weapons}-launched.csv", launches(source / LAUNCHES, weapons))
        _write(out / f"{weapons}-largest-night.csv", largest(source / LAUNCHES, [weapons]))
        _write(out / f"{weapons}-nights-without.csv", without(source / LAUNCHES, weapons))
        _write_days(out / f"{weapons}-launched-daily.csv", daily(source / LAUNCHES, weapons))
    started = launches(source / LAUNCHES, "drones", "start")
    _write(out / "drones-launched-by-start.csv", started)
    _write(out / "drones-launched-nights.csv", nights(_read(source / "air_force_reports.csv")))
    both = largest(source / LAUNCHES, ["drones", "missiles"])
    _write(out / "drones-and-missiles-largest-night.csv", both)
    published = _read(source / "published_monthly.csv")
    _write(out / "territory-gain-afp.csv", afp(published))
    monthly = _read(source / "monthly_territory.csv")
    for name, column, partial in [
        ("isw", "isw_control_plus_advances_eom", {"2026-01": 24}),
        ("deepstate", "deepstate_eom", {"2026-08": 22}),
        ("deepstate-bom", "deepstate_bom", {"2024-07": 24}),
    ]:
        _write(out / f"territory-gain-{name}.csv", column_of(monthly, column, partial))
    _write(out / "area-controlled.csv", area(source / AREA))
    with (out / "published-monthly.csv").open("w", encoding="utf-8", newline="") as file:
        fields = ["month", "metric", "value", "unit", "publisher", "published_date"]
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["period", *fields[1:], "source_url", "note"])
        writer.writerows([row[key] for key in [*fields, "source_url", "note"]] for row in published)


def launches(path: Path, weapons: str, attribution: Attribution = "end") -> list[Row]:
    """All reports before the splice, those with a clock time from then on."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", TrendsWarning)  # that overnight is unknown before
        late = load_launches(path, weapons=weapons, definition="overnight", attribution=attribution)
    early = load_launches(path, weapons=weapons, definition="all", attribution=attribution)
    return [
        (str(month), f"{(early if month < SPLICE else late)[weapons][month]:.0f}", int(days))
        for month, days in zip(early.months, early.observed_days, strict=True)
    ]


def nights(reports: list[dict[str, str]]) -> list[Row]:
    """The night tallies from the first of 91 consecutive ones on, up to the first night missing."""
    drones = {
        pd.Period((row["window_end"] or row["date"])[:10], "D"): int(row["launched_drones"])
        for row in reports
        if row["kind"] == "night" and row["date"] >= CONSECUTIVE_FROM
    }
    days = pd.Series(drones).sort_index()
    days = days[: days.index[0] + _unbroken(days.index) - 1]
    groups = days.groupby(days.index.asfreq("M"))
    return [(str(month), str(values.sum()), len(values)) for month, values in groups]


def _unbroken(days: pd.PeriodIndex) -> int:
    return next((n for n, day in enumerate(days) if day != days[0] + n), len(days))


def largest(path: Path, weapons: list[str]) -> list[Row]:
    """The most in one reporting window that ends in the month, by the same two rules."""
    reports = read_reports(path, "launched", None)
    early, late = (
        _attacks(select(reports, weapons, definition), "night")
        for definition in ("all", "overnight")
    )
    windows = pd.concat(
        [
            early[early["day"] < SPLICE.start_time],
            late[late["day"] >= SPLICE.start_time],
        ]
    )
    most = windows.groupby(windows["day"].dt.to_period("M"))["value"].max()
    days = load_launches(path, weapons=weapons, definition="all").observed_days
    months = pd.period_range(most.index[0], periods=len(days), freq="M")
    return [
        (str(month), f"{most.get(month, 0.0):.0f}", int(seen))
        for month, seen in zip(months, days, strict=True)
    ]


def without(path: Path, weapons: str) -> list[Row]:
    """The observed days of the month on which no window with any ended, by the same two rules."""
    days = daily(path, weapons)
    groups = days.groupby(days.index.asfreq("M"))
    return [(str(month), f"{int((values == 0).sum())}", len(values)) for month, values in groups]


def daily(path: Path, weapons: str) -> pd.Series[float]:
    """The days that the months of `launches` are the sums of."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", TrendsWarning)
        late = load_launches_daily(path, weapons=weapons, definition="overnight")["value"]
    early = load_launches_daily(path, weapons=weapons, definition="all")["value"]
    first = SPLICE.asfreq("D", "start")
    return pd.concat([early[early.index < first], late[late.index >= first]])


def afp(published: list[dict[str, str]]) -> list[Row]:
    """The first figure that AFP printed after the end of a month, neither partial nor revised."""
    found: dict[str, tuple[str, str]] = {}
    for row in published:
        if row["publisher"] != "AFP" or row["metric"] != "territory_km2" or len(row["month"]) != 7:
            continue
        if row["note"].startswith(("PARTIAL", "REVISED BASIS", "almost")):
            continue
        if row["published_date"] <= f"{row['month']}-{_length(row['month']):02d}":
            continue
        print_ = (row["published_date"], row["value"])
        found[row["month"]] = min(print_, found.get(row["month"], print_))
    months = pd.period_range(min(found), max(found), freq="M").astype(str)
    return [(m, found[m][1], _length(m)) if m in found else (m, "", 0) for m in months]


def column_of(rows: list[dict[str, str]], column: str, partial: dict[str, int]) -> list[Row]:
    return [
        (row["month"], row[column], partial.get(row["month"], _length(row["month"])))
        for row in rows
        if row[column]
    ]


def area(path: Path) -> list[Row]:
    panel = load_territory(path)
    (values,) = panel.values
    return [
        (str(month), f"{value:.3f}", int(days))
        for month, value, days in zip(panel.months, values, panel.observed_days, strict=True)
    ]


def _length(month: str) -> int:
    return calendar.monthrange(int(month[:4]), int(month[5:]))[1]


def _read(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def _write(path: Path, rows: list[Row]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["month", "value", "observed_days"])
        writer.writerows(rows)


def _write_days(path: Path, days: pd.Series[float]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["day", "value"])
        writer.writerows((str(day), f"{value:.0f}") for day, value in days.items())


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
