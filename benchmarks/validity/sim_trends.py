"""Whether the trend test keeps its level, and its interval covers, on series that remember."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import numpy as np
import numpy.typing as npt
import series
from promises import Row

from trends.kernels.associations import hamed_rao_tests, mann_kendall_tests, yue_wang_tests
from trends.models.trends import TrendResults, fit_trend

REPLICATES = 2000
FIVE = (0.035, 0.065)
COVER = (0.935, 0.965)
TOLD = (None, None)
Maker = Callable[[np.random.Generator, tuple[int, int]], series.Floats]


def counts(rng, shape, k=5.0, growth=0.0, amplitude=0.0, mean=30.0):
    """Negative binomial counts of months of unequal length, `mean` in 30 days of the first."""
    steps = np.arange(shape[1])
    level = mean * np.exp(growth * steps) * series.season(shape[1], amplitude)
    days = series.calendar_days(shape[1]) / 30
    return series.negative_binomial(rng, np.broadcast_to(level * days, shape), k)


def remembering(rng, shape, phi, slope=0.0):
    """Real values about a line, with standard deviation 1."""
    return series.ar1(rng, shape, phi) + slope * np.arange(shape[1])


def lognormal(rng, shape, growth=0.0):
    """Poisson counts of which the log mean is AR(1) of 0.5 about a line."""
    level = 30 * np.exp(growth * np.arange(shape[1]))
    return rng.poisson(level * np.exp(0.3 * series.ar1(rng, shape, 0.5))).astype(np.float64)


def walking_counts(rng, shape, step):
    """Poisson counts of which the log mean is a random walk."""
    return rng.poisson(30 * np.exp(step * series.ar1(rng, shape, 1.0))).astype(np.float64)


def doubled(rng, shape):
    """Counts of which the level doubles once, in the middle: a change, and no trend."""
    level = 30 * np.where(np.arange(shape[1]) < shape[1] // 2, 1.0, 2.0)
    return series.negative_binomial(rng, np.broadcast_to(level, shape), 5.0)


def with_gaps(rng, shape, phi):
    """A quarter of the months unknown, at random."""
    values = series.ar1(rng, shape, phi)
    values[rng.random(shape) < 0.25] = np.nan
    return values


# What, how made, months, the target of the level, and of the share warned of a random walk
NULLS: list[tuple[str, Maker, int, tuple, tuple]] = [
    ("iid normal", partial(remembering, phi=0.0), 24, (0.0, 0.065), TOLD),
    *(("iid normal", partial(remembering, phi=0.0), n, FIVE, TOLD) for n in (36, 60, 120)),
    *(("NB k=5 mean 30, calendar", counts, n, FIVE, TOLD) for n in (36, 60, 120)),
    ("NB k=1 mean 30, calendar", partial(counts, k=1.0), 36, FIVE, TOLD),
    ("NB k=5 mean 10, calendar", partial(counts, mean=10.0), 36, FIVE, TOLD),
    ("NB k=5, season 0.4", partial(counts, amplitude=0.4), 60, FIVE, TOLD),
    ("AR 0.5", partial(remembering, phi=0.5), 24, TOLD, TOLD),
    ("AR 0.5", partial(remembering, phi=0.5), 36, (0.0, 0.075), TOLD),
    ("AR 0.5", partial(remembering, phi=0.5), 60, (0.0, 0.075), TOLD),
    ("AR 0.5", partial(remembering, phi=0.5), 120, (0.0, 0.065), TOLD),
    ("AR 0.5, a quarter unknown", partial(with_gaps, phi=0.5), 60, (0.0, 0.075), TOLD),
    ("Poisson-lognormal AR 0.5", lognormal, 36, (0.0, 0.075), TOLD),
    ("Poisson-lognormal AR 0.5", lognormal, 120, (0.0, 0.065), TOLD),
    ("AR 0.8", partial(remembering, phi=0.8), 24, TOLD, TOLD),
    ("AR 0.8", partial(remembering, phi=0.8), 36, (0.0, 0.12), TOLD),
    ("AR 0.8", partial(remembering, phi=0.8), 120, (0.0, 0.08), TOLD),
    *(("random walk", partial(remembering, phi=1.0), n, TOLD, (0.95, 1.0)) for n in (36, 60, 120)),
    ("Poisson of a log walk of 0.1", partial(walking_counts, step=0.1), 36, TOLD, TOLD),
    ("Poisson of a log walk of 0.1", partial(walking_counts, step=0.1), 120, TOLD, TOLD),
    ("Poisson of a log walk of 0.3", partial(walking_counts, step=0.3), 60, TOLD, TOLD),
    ("NB k=5, doubled in mid span", doubled, 36, TOLD, TOLD),
]
# What, how made, months, the true growth
GROWTHS: list[tuple[str, Maker, int, float]] = [
    ("NB k=5, +2% a month", partial(counts, growth=0.02), 36, np.expm1(0.02)),
    ("NB k=5, +2% a month", partial(counts, growth=0.02), 120, np.expm1(0.02)),
    ("NB k=5, -1% a month", partial(counts, growth=-0.01), 60, np.expm1(-0.01)),
    ("AR 0.5, +0.05 sd a month", partial(remembering, phi=0.5, slope=0.05), 36, 0.05),
    ("AR 0.5, +0.05 sd a month", partial(remembering, phi=0.5, slope=0.05), 60, 0.05),
    ("AR 0.5, +0.05 sd a month", partial(remembering, phi=0.5, slope=0.05), 120, 0.05),
    (
        "NB k=5 mean 3, +2% a month",
        partial(counts, mean=3.0, growth=0.02),
        36,
        np.expm1(0.02),
    ),
    (
        "NB k=5 mean 1, +2% a month",
        partial(counts, mean=1.0, growth=0.02),
        60,
        np.expm1(0.02),
    ),
    ("Poisson-lognormal AR 0.5, +3%", partial(lognormal, growth=0.03), 60, np.expm1(0.03)),
]
RANKS = [(n, phi) for n in (36, 120) for phi in (0.0, 0.5, 0.8)]


def fits(rng: np.random.Generator, make: Maker, n: int, replicates: int) -> list[TrendResults]:
    """One fit a row; counts are given the days of their months."""
    rows = make(rng, (replicates, n))
    counted = make is counts or getattr(make, "func", None) is counts
    days = series.calendar_days(n) if counted else np.ones(n)
    return [fit_trend(row, exposure=days) for row in rows]


def rows(scale: float = 1.0) -> list[Row]:
    """All rows; at scale 1 of 2,000 replicates each, 8,000 of the rank tests."""
    rng = np.random.default_rng(52)
    replicates = max(20, round(REPLICATES * scale))
    found = []

    def add(what: str, hits: npt.ArrayLike, target: tuple = TOLD) -> None:
        found.append(Row("fit_trend", what, float(np.mean(hits)), np.size(hits), *target))

    for what, make, n, level, warned in NULLS:
        results = fits(rng, make, n, replicates)
        p = np.array([result.p_value for result in results])
        add(f"{what}, n={n}: p < 0.05", p < 0.05, level)
        if "AR" in what or "walk" in what or "doubled" in what or n <= 24:
            add(f"{what}, n={n}: warned of a random walk", [r.random_walk for r in results], warned)
        if what == "iid normal":
            add(f"{what}, n={n}: p < 0.5", p < 0.5, (0.46, 0.54))
        if "walk" in what:
            drifts = FIVE if what == "random walk" else TOLD
            drift = np.array([result.p_value_random_walk for result in results])
            add(f"{what}, n={n}: p of no drift < 0.05", drift < 0.05, drifts)
    for what, make, n, true in GROWTHS:
        results = fits(rng, make, n, replicates)
        ends = np.array([result.conf_int(0.05) for result in results])
        covered = (ends[:, 0] <= true) & (true <= ends[:, 1])
        low = "mean 3" in what or "mean 1" in what  # fit_trend itself warns of these
        add(f"{what}, n={n}: covered", covered, TOLD if low else COVER)
        add(f"{what}, n={n}: p < 0.05", (ends[:, 0] > 0) | (ends[:, 1] < 0))
    for n, phi in RANKS:
        values = series.ar1(rng, (4 * replicates, n), phi)
        tests = {
            "Mann-Kendall": mann_kendall_tests(values),
            "Hamed-Rao": hamed_rao_tests(values, n, 0.05),
            "Yue-Wang": yue_wang_tests(values, 1),
        }
        for name, test in tests.items():
            add(f"{name}, AR {phi:g}, n={n}: p < 0.05", test[:, 4] < 0.05)
    return found
