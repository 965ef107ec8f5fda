"""Exact change points by ruptures and skchange, and alarms in plain NumPy."""

from __future__ import annotations

from collections.abc import Iterable
from statistics import NormalDist
from typing import Any

import numpy as np
from answers import l2_objective, poisson_objective
from jobs import PENALTY
from programs import Answer, Array, Program

Segments = tuple[Array, list[Iterable[int]]]


def kernel_cpd(penalty: float) -> Any:
    def work(values: Array) -> Segments:
        from ruptures import KernelCPD

        found = [
            KernelCPD("linear", min_size=1).fit(row).predict(pen=penalty)[:-1] for row in values
        ]
        return values, found

    return work


def ruptures_pelt(penalty: float) -> Any:
    def work(values: Array) -> Segments:
        from ruptures import Pelt

        found = [
            Pelt("l2", min_size=1, jump=1).fit(row).predict(pen=penalty)[:-1] for row in values
        ]
        return values, found

    return work


def skchange_fpop(penalty: float) -> Any:
    def work(values: Array) -> Segments:
        from skchange.detectors import FPOP

        columns = values[:, :, None]
        return values, [FPOP(penalty).fit(row).predict(row) for row in columns]

    return work


def skchange_poisson(penalty: float) -> Any:
    def work(values: Array) -> Segments:
        from skchange.detectors import PELT
        from skchange.interval_scorers import PoissonCost

        detector = PELT(PoissonCost(), penalty, min_segment_length=1)
        columns = values.astype(np.int64)[:, :, None]
        return values, [detector.fit(row).predict(row) for row in columns]

    return work


def starts_of(segments: Segments) -> tuple[Array, Array]:
    values, found = segments
    starts = np.zeros(values.shape, bool)
    for row, at in zip(starts, found, strict=True):
        row[np.fromiter(at, int)] = True
    return values, starts


def l2(job: str) -> Any:
    return lambda segments: {"objective": l2_objective(*starts_of(segments), PENALTY[job])}


def poisson(segments: Segments) -> Answer:
    return {"objective": poisson_objective(*starts_of(segments), PENALTY["poisson_cost"])}


def numpy_ears(values: Array) -> Answer:
    """C1 and C2: mean + z deviations of 7 steps; C3: C2, lowered by the excess of two steps."""
    windows = np.lib.stride_tricks.sliding_window_view(values, 7, axis=1)
    mean, sd = (np.full(values.shape, np.nan) for _ in range(2))
    mean[:, 6:], sd[:, 6:] = windows.mean(axis=-1), windows.std(axis=-1, ddof=1)
    z, z3 = NormalDist().inv_cdf(0.999), NormalDist().inv_cdf(0.975)
    mean1, sd1, mean2, sd2 = earlier(mean, 1), earlier(sd, 1), earlier(mean, 3), earlier(sd, 3)
    with np.errstate(divide="ignore", invalid="ignore"):
        excess = np.maximum((values - mean2) / sd2 - 1, 0)
    excess = np.where((sd2 == 0) & (values == mean2), 0, excess)
    c3 = mean2 + sd2 * (z3 - earlier(excess, 1) - earlier(excess, 2))
    return {"c1": mean1 + z * sd1, "c2": mean2 + z * sd2, "c3": np.maximum(c3, 0)}


def earlier(values: Array, lag: int) -> Array:
    moved = np.full(values.shape, np.nan)
    moved[:, lag:] = values[:, :-lag]
    return moved


L2, LONG, POISSON = PENALTY["l2"], PENALTY["l2_long"], PENALTY["poisson_cost"]
PROGRAMS = (
    Program("l2", "ruptures KernelCPD", kernel_cpd(L2), l2("l2")),
    Program("l2", "skchange FPOP", skchange_fpop(L2), l2("l2")),
    Program("l2", "ruptures Pelt", ruptures_pelt(L2), l2("l2"), rows=20),
    Program("l2_long", "skchange FPOP", skchange_fpop(LONG), l2("l2_long")),
    Program("l2_long", "ruptures KernelCPD", kernel_cpd(LONG), l2("l2_long")),
    Program("poisson_cost", "skchange PELT", skchange_poisson(POISSON), poisson),
    Program("ears", "numpy", numpy_ears, dict),
)
