"""Ramp-ups: how often nothing is called something, and how often something is found."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import series
from promises import Row

from trends.kernels import rampups
from trends.kernels.rampups import rampup_facts, rampup_marks

LENGTHS = (36, 60, 120)
REPLICATES = 2400
METHOD = "fit_rampup"


def facts(rows: series.Floats, *, counts: bool = False, seasonal: bool = False) -> series.Floats:
    return np.asarray(rampup_facts.compiled(rows, counts, 12, seasonal))


def changed(rows: series.Floats, *, counts: bool = False, seasonal: bool = False) -> series.Floats:
    return facts(rows, counts=counts, seasonal=seasonal)[:, rampups.CHANGED]


def row(what: str, hits: series.Floats, low: float | None, high: float | None) -> Row:
    return Row(METHOD, what, float(np.mean(hits)), len(hits), low, high)


def nulls(rng: series.Rng, n: int, size: int) -> Iterator[Row]:
    """Rows without a change, called changed."""
    shape = (size, n)
    mean = np.full(shape, 30.0)
    yield row(f"iid normal, n={n}: any change", changed(rng.standard_normal(shape)), 0.03, 0.07)
    five = facts(series.negative_binomial(rng, mean, 5), counts=True)
    yield row(f"NB k=5, n={n}: any change", five[:, rampups.CHANGED], 0.03, 0.07)
    late = five[:, rampups.P_RECENT] <= 0.05
    yield row(f"NB k=5, n={n}: recent level up", late, 0.0, 0.07)
    one = series.negative_binomial(rng, mean, 1)
    yield row(f"NB k=1, n={n}: any change", changed(one, counts=True), None, None)
    half = facts(series.ar1(rng, shape, 0.5))
    yield row(f"AR .5, n={n}: any change", half[:, rampups.CHANGED], 0.0, 0.08)
    yield row(f"AR .5, n={n}: recent level up", half[:, rampups.P_RECENT] <= 0.05, 0.0, 0.08)
    yield row(f"AR .8, n={n}: any change", changed(series.ar1(rng, shape, 0.8)), None, None)
    rows = series.lognormal_counts(rng, shape, 0.5)
    yield row(f"lognormal AR .5, n={n}: any change", changed(rows, counts=True), 0.0, 0.08)
    walk = facts(series.ar1(rng, shape, 1))
    yield row(f"random walk, n={n}: warned", walk[:, rampups.DRIFT], 0.95, 1.0)
    yield row(f"random walk, n={n}: any change", walk[:, rampups.CHANGED], None, None)
    rows = rng.poisson(30 * series.season(n, 0.4), shape).astype(np.float64)
    found = changed(rows, counts=True, seasonal=True)
    yield row(f"seasonal Poisson, n={n}: any change", found, 0.0, 0.07)
    found = changed(series.ar1(rng, shape, 0.5), seasonal=True)
    yield row(f"AR .5, season allowed, n={n}: any change", found, 0.0, 0.08)
    time = np.arange(n) - (n - 1) / 2
    line = 4 * time / np.sqrt((time * time).sum())
    found = changed(rng.standard_normal(shape) + line)
    yield row(f"linear trend z=4, n={n}: any change", found, 0.0, 0.10)


def p_values(rng: series.Rng, n: int, size: int) -> Iterator[Row]:
    """Uniform p-values are below each level as often as it says; smaller ones more seldom."""
    told = facts(rng.standard_normal((size, n)))
    for level in (0.01, 0.1, 0.5):
        for name, p in (("any change", rampups.P_CHANGE), ("recent level up", rampups.P_RECENT)):
            hits = told[:, p] <= level
            yield row(f"iid normal, n={n}: p of {name} <= {level:g}", hits, 0.0, level)


def powers(rng: series.Rng, n: int, size: int) -> Iterator[Row]:
    """NB k=5 counts of mean 30, raised in the last months."""
    promised = {(2, 6): (0.70, 0.85), (2, 3): (0.50, 0.65), (1.5, 6): (None, 0.45)}
    for (ratio, last), (least_any, least_late) in promised.items():
        mean = np.full((size, n), 30.0)
        mean[:, -last:] *= ratio
        told = facts(series.negative_binomial(rng, mean, 5), counts=True)
        late = told[:, rampups.P_RECENT] <= 0.05
        what = f"NB k=5, x{ratio:g} in the last {last}, n={n}"
        yield row(f"{what}: recent level up", late, least_late, 1.0)
        high = None if least_any is None else 1.0
        yield row(f"{what}: any change", told[:, rampups.CHANGED], least_any, high)
    mean = np.full((size, n), 30.0)
    mean[:, n // 3 : n // 3 + 10] *= 2
    bulge = changed(series.negative_binomial(rng, mean, 5), counts=True)
    yield row(f"NB k=5, x2 for 10 months in mid series, n={n}: any change", bulge, None, None)


def kinds(rng: series.Rng, n: int, size: int) -> Iterator[Row]:
    """What is planted is called by its name."""
    shape, every = (size, n), np.arange(size)
    rows, at = rng.standard_normal(shape), rng.integers(0, n, size)
    rows[every, at] += 5
    told, marks = facts(rows), np.asarray(rampup_marks.compiled(rows, False, 12, False))
    yield row(f"outlier of 5 sd, n={n}: flagged", marks[every, at] == 4, 0.85, 1.0)
    yield row(f"outlier of 5 sd, n={n}: any change", told[:, rampups.CHANGED], 0.0, 0.07)
    for share in (2, 3):
        last = n // share
        rows = rng.standard_normal(shape)
        rows[:, -last:] += 3
        told = facts(rows)
        what = f"step of 3 sd before the last 1/{share}, n={n}"
        hits = np.isin(told[:, rampups.BEST_TYPE], (1, 3))
        yield row(f"{what}: typed a step", hits, 0.90, 1.0)
        yield row(f"{what}: any change", told[:, rampups.CHANGED], None, None)
        rows = rng.standard_normal(shape)
        rows[:, -last:] += 5 * np.arange(1, last + 1) / last
        told = facts(rows)
        what = f"ramp of 5 sd over the last 1/{share}, n={n}"
        hits = np.isin(told[:, rampups.BEST_TYPE], (2, 4))
        yield row(f"{what}: typed a ramp", hits, 0.90, 1.0)
        yield row(f"{what}: any change", told[:, rampups.CHANGED], None, None)


def rows(scale: float = 1.0) -> list[Row]:
    """Simulate all rows; at scale 1 with 2,400 replicates each."""
    size, rng = max(20, round(REPLICATES * scale)), np.random.default_rng(20261123)
    told = []
    for n in LENGTHS:
        for part in (nulls, p_values, powers, kinds):
            told += list(part(rng, n, size))
    return told
