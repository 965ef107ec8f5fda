"""Whether onset, growth and ratio lie in their intervals, and 30 quiet series stay quiet."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import numpy as np
import numpy.typing as npt
import pandas as pd
import series
from promises import Row

from trends.detect.rampups import find_rampups
from trends.models._rampup_results import smallest_set
from trends.models._segments import fit_pieces, onset_weights
from trends.models.rampups import fit_rampup
from trends.panel import Panel

REPLICATES = 2000
COVER = (0.935, 0.965)
# A set of whole months cannot hold exactly 95%: that of a sharp step, of few months, holds more.
AT_LEAST = (0.935, 1.0)
TOLD = (None, None)
STEP, RAMP = 1, 2
Maker = Callable[[np.random.Generator, npt.NDArray[np.float64]], series.Floats]


def negative_binomial(rng, effect, mean=30.0):
    """Counts of variance mean + mean**2 / 5."""
    return series.negative_binomial(rng, mean * np.exp(effect), 5.0)


def lognormal(rng, effect):
    """Poisson counts of which the log mean is AR(1) of 0.5."""
    noise = 0.3 * series.ar1(rng, (1, len(effect)), 0.5)[0]
    return rng.poisson(30 * np.exp(effect + noise)).astype(np.float64)


def remembering(rng, effect):
    """Real values, below 0 at times, with AR(1) noise of 0.5."""
    return effect + series.ar1(rng, (1, len(effect)), 0.5)[0]


# What, how made, months, onset, mark, size: log ratio, log growth, or standard deviations
PLANTED: list[tuple[str, Maker, int, int, int, float]] = [
    ("NB k=5, x2", negative_binomial, 36, 24, STEP, np.log(2)),
    ("NB k=5, x2", negative_binomial, 60, 40, STEP, np.log(2)),
    ("NB k=5, x3", negative_binomial, 36, 24, STEP, np.log(3)),
    ("NB k=5 mean 5, x3", partial(negative_binomial, mean=5.0), 36, 24, STEP, np.log(3)),
    ("NB k=5, 15% a month", negative_binomial, 36, 26, RAMP, np.log(1.15)),
    ("NB k=5, 8% a month", negative_binomial, 48, 33, RAMP, np.log(1.08)),
    ("NB k=5, 5% a month", negative_binomial, 72, 42, RAMP, np.log(1.05)),
    ("lognormal AR 0.5, x2", lognormal, 60, 40, STEP, np.log(2)),
    ("lognormal AR 0.5, x2", lognormal, 120, 90, STEP, np.log(2)),
    ("lognormal AR 0.5, 8% a month", lognormal, 48, 33, RAMP, np.log(1.08)),
    ("lognormal AR 0.5, 5% a month", lognormal, 72, 42, RAMP, np.log(1.05)),
    ("normal AR 0.5, 3 sd", remembering, 60, 40, STEP, 3.0),
    ("normal AR 0.5, 0.3 sd a month", remembering, 60, 45, RAMP, 0.3),
]


def path(n: int, onset: int, mark: int, size: float) -> series.Floats:
    """A level that jumps by `size`, or grows by it each month."""
    since = np.maximum(np.arange(n) - onset + 1, 0)
    return size * (np.minimum(since, 1) if mark == STEP else since)


def rows(scale: float = 1.0) -> list[Row]:
    """Coverage, with the kind of the change known; then given that it was found."""
    count = max(1, round(REPLICATES * scale))
    found = []
    for case, (what, maker, n, onset, mark, size) in enumerate(PLANTED):
        rng = np.random.default_rng([5, 13, case])
        effect = path(n, onset, mark, size)
        marks = np.zeros(n, np.int32)
        marks[onset] = mark
        covered, dated = 0, 0
        for _ in range(count):
            values = maker(rng, effect)
            pieces = fit_pieces(values, marks, maker is not remembering, 12, 0)
            slope, jump = pieces.mixtures[1]
            known = jump if mark == STEP else slope
            covered += 0.025 <= known.below(size) <= 0.975
            dated += onset in smallest_set(*onset_weights(pieces, 0), 0.05)
        name = f"{'step' if mark == STEP else 'ramp'}, {what}, n={n}"
        told = "ratio" if mark == STEP and maker is not remembering else "size"
        told = "growth" if mark == RAMP else told
        found.append(
            Row("fit_rampup", f"{name}: 95% interval of {told}", covered / count, count, *COVER)
        )
        found.append(
            Row("fit_rampup", f"{name}: 95% set of the onset", dated / count, count, *AT_LEAST)
        )
    return [*found, *given_that_it_is_found(count), quiet(count)]


def given_that_it_is_found(count: int) -> list[Row]:
    """Only steps that were established, each as it was typed."""
    rng = np.random.default_rng([5, 13, 100])
    effect = path(60, 40, STEP, np.log(2))
    covered, dated, found = 0, 0, 0
    while found < count:
        result = fit_rampup(negative_binomial(rng, effect), seasonal=False)
        if not result.established or result.rise is None:
            continue
        found += 1
        low, high = result.rise.jump_interval
        covered += low <= 2 <= high
        dated += 40 in result.onset_set()
    what = "step, NB k=5, x2, n=60, those established"
    return [
        Row("fit_rampup", f"{what}: 95% interval of ratio", covered / found, found, *TOLD),
        Row("fit_rampup", f"{what}: 95% set of the onset", dated / found, found, *TOLD),
    ]


def quiet(count: int) -> Row:
    """Panels of 30 series of 60 months in which nothing happens."""
    rng = np.random.default_rng([5, 13, 200])
    months = pd.period_range("2020-01", periods=60, freq="M")
    names = [f"series {k}" for k in range(30)]
    any_found = 0
    for _ in range(count):
        values = series.negative_binomial(rng, np.full((30, 60), 30.0), 5.0)
        panel = Panel(values, months, names, unit="attacks")
        found = find_rampups(panel, alpha=0.1, adjust="bh")
        any_found += bool(found.adjusted[:, 0].any())
    what = "30 quiet NB k=5 series, n=60, BH q = 0.1: any change found"
    return Row("find_rampups", what, any_found / count, count, 0.0, 0.1)
