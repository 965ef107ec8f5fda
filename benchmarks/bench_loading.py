"""How long and how large: a million events of 31 columns, against pandas that only reads the file.

asv-style; run plainly with ``python benchmarks/bench_loading.py [ROWS]``. Each measure runs in a
process of its own, so that peaks are its own.
"""

from __future__ import annotations

import csv
import random
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROWS = 1_000_000
HEADER = (  # noqa: SIM905 - the columns of an ACLED export; the rows are made up
    "event_id_cnty,event_date,year,time_precision,disorder_type,event_type,sub_event_type,actor1,"
    "assoc_actor_1,inter1,actor2,assoc_actor_2,inter2,interaction,civilian_targeting,iso,region,"
    "country,admin1,admin2,admin3,location,latitude,longitude,geo_precision,source,source_scale,"
    "notes,fatalities,tags,timestamp"
).split(",")
TYPES = ("Battles", "Explosions/Remote violence", "Violence against civilians", "Protests")


def write_events(path: Path, rows: int) -> None:
    """Write made-up events: 27 admin1 areas, four types, two years of days, a note each."""
    draw = random.Random(20250630)
    note = 'On this day, forces shelled positions, "no casualties" reported near the village of '
    with path.open("w", encoding="utf-8", newline="") as file:
        out = csv.writer(file)
        out.writerow(HEADER)
        for row in range(rows):
            day = f"{2024 + row % 2}-{draw.randint(1, 12):02}-{draw.randint(1, 28):02}"
            area, place = draw.randrange(27), draw.randrange(3000)
            out.writerow([
                f"UKR{row}", day, day[:4], 1, "Political violence", draw.choice(TYPES), "Shelling",
                "Military Forces of A (2000-)", "", 8, "Military Forces of B (2019-)", "", 1, 18,
                "", 804, "Europe", "Ukraine", f"Area {area}", f"District {area}-{place % 9}",
                f"Hromada {place}", f"Місто {place}", 48 + place / 1000, 35 + area / 9, 2,
                "Ministry of Defence; Institute", "Other", f"{note}{place}. " * 2,
                draw.choice((0, 0, 0, 1, 2, 5)), "", 1_700_000_000 + row // 300,
            ])  # fmt: skip


def read_by_pandas(path: Path) -> object:
    """Read the file and do no more."""
    import pandas as pd

    return pd.read_csv(path)


def load_and_add_up(path: Path) -> object:
    """Load and add up by area and type."""
    from trends.loaders import load_acled

    return load_acled(path, measure="fatalities", coverage=("2024-01-01", "2025-12-31"))


class LoadingAcled:
    """A million events."""

    timeout = 600

    def setup_cache(self) -> Path:
        path = Path(tempfile.mkdtemp()) / "events.csv"
        write_events(path, ROWS)
        return path

    def time_read_by_pandas(self, path: Path) -> None:
        read_by_pandas(path)

    def time_load_and_add_up(self, path: Path) -> None:
        load_and_add_up(path)

    def peakmem_read_by_pandas(self, path: Path) -> None:
        read_by_pandas(path)

    def peakmem_load_and_add_up(self, path: Path) -> None:
        load_and_add_up(path)


def measured(name: str, path: Path) -> tuple[float, float, float]:
    """Seconds, seconds of the processor, and peak MB of one function in a process of its own."""
    done = subprocess.run(
        [sys.executable, __file__, name, str(path)], check=True, capture_output=True, text=True
    )
    seconds, busy, peak = map(float, done.stdout.split())
    return seconds, busy, peak


def main() -> None:
    """Print a table, or measure one function."""
    if len(sys.argv) == 3:
        start = time.perf_counter()
        globals()[sys.argv[1]](Path(sys.argv[2]))
        seconds = time.perf_counter() - start
        used = resource.getrusage(resource.RUSAGE_SELF)
        print(seconds, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024)
        return
    rows = int(sys.argv[1]) if len(sys.argv) > 1 else ROWS
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "events.csv"
        write_events(path, rows)
        print(f"{rows:,} rows, {len(HEADER)} columns, {path.stat().st_size / 1e6:,.0f} MB")
        for name in ("read_by_pandas", "load_and_add_up"):
            runs = [measured(name, path) for _ in range(3)]
            seconds, busy = (min(run[at] for run in runs) for at in (0, 1))
            peak = max(run[2] for run in runs)
            print(
                f"{name:18} {seconds:6.2f} s, {busy:6.2f} s of processor, {peak:7,.0f} MB peak, "
                "with imports"
            )


if __name__ == "__main__":
    main()
