"""Write docs/loaders.md from the real source files: python docs/loaders.py [../shared/data/raw]."""

import csv
import re
import sys
import warnings
from pathlib import Path

import pandas as pd

from trends.loaders import (
    load_fires,
    load_launches,
    load_polygons,
    load_territory,
    load_territory_changes,
    load_ucdp,
)

RAW = Path(sys.argv[1] if len(sys.argv) > 1 else "../shared/data/raw")
LAUNCHES = "massive_missile_attacks/"
AREA = "economist_isw_area/area_assessed_as_controlled_by_russia"
DEEPSTATE = "deepstate_geojson"
GED = "ucdp/ucdp_ged_sample_1000rows.csv"
FIRES = "economist_isw_area/strikes_by_location_and_day.csv"

INTRO = """# Loaders, and what each leaves out

Written by `python docs/loaders.py` from the files in `../shared/data/raw`. *Rows in* are the data
rows (or files) as Python's csv module counts them. *Rows used* are those that make up the values.
All else is named in the notes of the panel, given below each table as they are.

ACLED is not here: its terms forbid copies of rows, so that `load_acled` is tested on made-up rows
only. It leaves out a row that repeats an event (same id, day, series and number; a second version
is refused), that lies outside the declared coverage, or that has no number of fatalities where
these are added up. Each is counted.
"""


def rows_in(path: Path) -> int:
    if path.is_dir():
        return len(list(path.glob("*.geojson")))
    with path.open(encoding="utf-8-sig", newline="") as file:
        return sum(1 for row in csv.reader(file) if row) - 1


def launches_used(path: Path, definition: str) -> int:
    """Count the rows as the definition says, by pandas."""
    table = pd.read_csv(path, dtype=str)
    rows = table[(table["model"] == "Shahed-136/131") & table["launched"].notna()]
    if definition == "overnight":
        timed = rows["time_start"].str.contains(":")
        rows = rows[timed & (rows["time_end"].str[:7] >= "2025-03")]
    return len(rows)


def days_used(path: Path) -> int:
    table = pd.read_csv(path)
    area = next(name for name in table if name.startswith("area"))
    return int(table.dropna(subset=[area])["date"].str[:10].nunique())


def said(notes: tuple[str, ...]) -> int:
    """The number that the loader itself says it counted."""
    text = " ".join(notes)
    found = re.search(r"Counted: ([\d,]+)|close a month: ([\d,]+)", text)
    assert found is not None, text
    return int((found[1] or found[2]).replace(",", ""))


def cases() -> list[tuple]:
    real = LAUNCHES + "missile_attacks_daily.csv"
    old = sorted((RAW / LAUNCHES / "vintages").glob("*.csv"))
    areas = [AREA + end for end in (".csv", "_asof_2025-07-07.csv", "_asof_2026-04-03.csv")]
    whole = {"coverage": ("1989-01-01", "2022-12-31")}
    start = {"reckoning": "month-start"}
    return [
        (load_launches, real, {}, lambda p, _: launches_used(p, "overnight")),
        *(
            (load_launches, str(path.relative_to(RAW)), {"definition": "all"},
             lambda p, _: launches_used(p, "all"))
            for path in [RAW / real, *old]
        ),
        *((load_territory, path, {}, lambda p, _: days_used(p)) for path in areas),
        (load_territory, "liveuamap_territory/territory.csv", {}, lambda p, _: days_used(p)),
        (load_polygons, DEEPSTATE, start, lambda _, panel: said(panel.notes)),
        (load_territory_changes, DEEPSTATE, start, lambda _, panel: said(panel.notes)),
        (load_ucdp, GED, whole, lambda _, panel: said(panel.notes)),
        (load_ucdp, GED, {"attribution": "split", **whole}, lambda _, panel: said(panel.notes)),
        (load_fires, FIRES, {}, lambda _, panel: said(panel.notes)),
    ]  # fmt: skip


def main() -> None:
    warnings.simplefilter("ignore")
    lines, last = [INTRO], None
    for load, name, options, used in cases():
        panel = load(RAW / name, **options)
        if load is not last:
            lines.append(f"\n## {load.__name__}\n")
            last = load
        call = "".join(f", {key}={value!r}" for key, value in options.items())
        count, kept = rows_in(RAW / name), used(RAW / name, panel)
        lines += [
            f"`{load.__name__}({name.rpartition('/')[2]!r}{call})`\n",
            "| rows in | rows used | left out | months | values |",
            "|---:|---:|---:|---|---|",
            f"| {count:,} | {kept:,} | {count - kept:,} | {panel.months[0]} to {panel.months[-1]} "
            f"({panel.n_time}) | {panel.n_series} series, {panel.unit}, {panel.kind} |\n",
            *(f"- {note}" for note in panel.notes),
            "",
        ]
    Path(__file__).with_suffix(".md").write_text("\n".join(lines).rstrip() + "\n", "utf-8")


if __name__ == "__main__":
    main()
