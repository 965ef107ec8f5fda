"""Simulate the nulls of ramp-ups, and write trends/kernels/_nulls.py.

    python benchmarks/validity/calibrate_rampups.py > _nulls.py

The nulls are independent normal noise, and half of that with half of AR(1) noise of 0.3; each
quantile is the larger of the two, as nobody knows the phi of a short row.
"""

from __future__ import annotations

import sys

import numpy as np
import series

from trends.kernels import _measures as measures
from trends.kernels._gates import (
    line_level,
    partition_price,
    recent_line_level,
    recent_price,
    scan_price,
)
from trends.kernels._measures import measure
from trends.kernels._rowwise import Row, rowwise
from trends.kernels._scales import IDENTITY, gather, put_on
from trends.kernels._scans import N_COLUMNS, N_MODELS

LENGTHS = (8, 12, 18, 24, 36, 60, 120, 240, 480, 1000)
REPLICATES = (20000, 20000, 20000, 20000, 20000, 20000, 10000, 3000, 1500, 600)
TAILS = (0.95, 0.8, 0.65, 0.5, 0.35, 0.2, 0.1, 0.07, 0.05, 0.03, 0.02, 0.01, 0.005)
PHI = 0.3
HEAD = '''"""Nulls of ramp-ups, simulated: written by benchmarks/validity/calibrate_rampups.py."""

# Numbers stand inside of functions: what is compiled is then kept by them in the cache.


def n_knots() -> int:
    """How many lengths of a row were simulated."""
    return {lengths}


def n_tails() -> int:
    """How many quantiles are kept of each."""
    return {tails}
'''
ONE = '''

def {name}(k: int) -> float:
    """{says}."""
    return ({items})[k]
'''
TABLE = '''

def {name}(k: int, j: int) -> float:
    """{says}."""
    table = (
{rows}
    )  # fmt: skip
    return table[k][j]
'''


@rowwise(np.float64, width=measures.N_RAW, cost=30000.0)
def raw_statistics(values: Row, out: Row) -> None:
    """Measure a row, before any critical value."""
    times, y, z = np.empty(values.shape[0]), np.empty(values.shape[0]), np.empty(values.shape[0])
    known = gather(values, times, y)
    put_on(y, known, IDENTITY, IDENTITY, z)
    found, marks = np.empty((N_MODELS, N_COLUMNS)), np.empty(values.shape[0], np.int32)
    measure(times, z, known, 12, False, found, out, marks)


def recents(raw: series.Floats) -> tuple[series.Floats, series.Floats]:
    """Signed squares of the largest recent rises, and by how much each beats a line."""
    rises = raw[:, measures.RISE_3 : measures.PHI_3]
    prices = recent_price(1.0) * raw[:, measures.PHI_3 : measures.LINE_3]
    priced = np.where(rises > -np.inf, rises - prices, -np.inf)
    every, window = np.arange(len(raw)), priced.argmax(axis=1)
    best = priced[every, window]
    return best * np.abs(best), raw[every, measures.LINE_3 + window]


def scans(raw: series.Floats, n: int) -> series.Floats:
    return raw[:, measures.OVER_FLAT] - scan_price(1.0, n) * np.sqrt(raw[:, measures.SCAN_PHI])


def gains(raw: series.Floats) -> series.Floats:
    return raw[:, measures.GAIN] - partition_price(1.0) * raw[:, measures.GAIN_PHI]


def unions(raw: series.Floats, n: int, level: float, cut: float, recent: float) -> series.Floats:
    scan = np.minimum(scans(raw, n) - level, raw[:, measures.OVER_LINE] - line_level())
    rise, over_line = recents(raw)
    late = np.minimum(rise - recent**2, over_line - recent_line_level())
    return np.maximum(np.maximum(scan, late), gains(raw) - cut)


def worse(plain: series.Floats, wandering: series.Floats, tail: float) -> float:
    """Quantile of independent noise, or of both together where that is larger."""
    both = np.concatenate([plain, wandering])
    return float(max(np.quantile(plain, 1 - tail), np.quantile(both, 1 - tail)))


def calibrate(rng: series.Rng, n: int, replicates: int) -> list[object]:
    plain = raw_statistics(rng.standard_normal((replicates, n)))
    wandering = raw_statistics(series.ar1(rng, (replicates, n), PHI))
    passed = plain[:, measures.OVER_LINE] > line_level()
    level = float(np.quantile(np.where(passed, scans(plain, n), -99.0), 0.985))
    cut = float(np.quantile(gains(plain), 0.996))
    # the recent level gets what the others leave of 5%
    for recent in np.arange(1.0, 9.0, 0.02):
        a, b = (unions(raw, n, level, cut, recent) for raw in (plain, wandering))
        if worse(a, b, 0.05) <= 0:
            break
    changes = [worse(a, b, tail) for tail in TAILS]
    lates = [worse(recents(plain)[0], recents(wandering)[0], tail) for tail in TAILS]
    print(f"{n}: {level:.2f} {cut:.2f} {recent:.2f} {changes} {lates}", file=sys.stderr)
    return [level, cut, float(recent), changes, lates]


def main() -> None:
    rng = np.random.default_rng(20260705)
    found = [calibrate(rng, n, r) for n, r in zip(LENGTHS, REPLICATES, strict=True)]
    text = HEAD.format(lengths=len(LENGTHS), tails=len(TAILS))
    columns = [
        ("row_length", "One of the lengths", LENGTHS),
        ("tail", "One of the probabilities of being higher", TAILS),
        ("scan_level", "Exceeded by the best single change in 1.5% of independent noise",
         [f[0] for f in found]),
        ("partition_level", "Exceeded by the best cut in 0.4% of independent noise",
         [f[1] for f in found]),
        ("recent_level", "What the recent level must exceed for 5% in all",
         [f[2] for f in found]),
    ]  # fmt: skip
    for name, says, values in columns:
        items = ", ".join(str(round(float(value), 3)) for value in values)
        text += ONE.format(name=name, says=says, items=items)
    for name, says, at in [
        ("change_quantile", "Quantiles of the union of the three tests, by length and tail", 3),
        ("recent_quantile", "Quantiles of the signed square of the recent rise", 4),
    ]:
        rows = "\n".join(
            "        (" + ", ".join(f"{value:.2f}" for value in f[at]) + ")," for f in found
        )
        text += TABLE.format(name=name, says=says, rows=rows)
    print(text, end="")


if __name__ == "__main__":
    main()
