"""The seeded arrays that every program is measured on, and their files.

python benchmarks/workload.py --scale 0.05 build/bench/data
"""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path

import numpy as np
import numpy.typing as npt

SEED = 20250601
Array = npt.NDArray[np.generic]
Make = Callable[[np.random.Generator, int], Array]


def flags(rng: np.random.Generator, n: int) -> Array:
    """Zeros and ones that tend to stay as they are, as float64 (n, 240)."""
    turns = np.where(rng.random((n, 240)) < 0.15, 1, 0)
    return (turns.cumsum(axis=1) % 2).astype(np.float64)


def counts(rng: np.random.Generator, n: int) -> Array:
    """Counts around a random walk, with ties, as float64 (n, 240)."""
    return random_walk_counts(rng, n, 240)


def trend_counts(rng: np.random.Generator, n: int) -> Array:
    """Counts around a random walk, with ties, as float64 (n, 120)."""
    return random_walk_counts(rng, n, 120)


def exposures(rng: np.random.Generator, n: int) -> Array:
    """Observed days of each step, 20 to 31, as float64 (n, 60)."""
    return rng.integers(20, 32, (n, 60)).astype(np.float64)


def poisson_counts(rng: np.random.Generator, n: int) -> Array:
    """Poisson counts with a log-linear trend, to go with `exposures`, as float64 (n, 60)."""
    return rng.poisson(trend_means(rng, n)).astype(np.float64)


def negbin_counts(rng: np.random.Generator, n: int) -> Array:
    """Overdispersed counts (NB2, alpha 0.1 to 0.8) with a trend, as float64 (n, 60)."""
    means, alpha = trend_means(rng, n), rng.uniform(0.1, 0.8, (n, 1))
    return rng.poisson(means * rng.gamma(1 / alpha, alpha, means.shape)).astype(np.float64)


def levels(rng: np.random.Generator, n: int) -> Array:
    """Normal values whose mean jumps every 30 steps or so, as float64 (n, 240)."""
    return jumping(rng, (n, 240), 1 / 30) + rng.normal(size=(n, 240))


def long_levels(rng: np.random.Generator, n: int) -> Array:
    """One series of n normal values whose mean jumps every 1,000 steps or so."""
    return jumping(rng, (1, n), 1 / 1000) + rng.normal(size=(1, n))


def level_counts(rng: np.random.Generator, n: int) -> Array:
    """Poisson counts whose mean jumps every 30 steps or so, as float64 (n, 240)."""
    return rng.poisson(np.exp(2.5 + 0.25 * jumping(rng, (n, 240), 1 / 30))).astype(np.float64)


def season_counts(rng: np.random.Generator, n: int) -> Array:
    """Monthly counts with a season, a trend and overdispersion, as float64 (n, 240)."""
    month = np.arange(240)
    log_mean = rng.uniform(1.5, 4, (n, 1)) + rng.normal(0, 0.002, (n, 1)) * month
    log_mean = log_mean + 0.3 * np.cos(2 * np.pi * (month - rng.integers(0, 12, (n, 1))) / 12)
    return rng.poisson(np.exp(log_mean) * rng.gamma(5, 1 / 5, (n, 240))).astype(np.float64)


# name: (what makes it, its size at scale 1, the least size)
ARRAYS: dict[str, tuple[Make, int, int]] = {
    "flags": (flags, 100_000, 16),
    "counts": (counts, 100_000, 16),
    "trend_counts": (trend_counts, 10_000, 16),
    "exposures": (exposures, 10_000, 16),
    "poisson_counts": (poisson_counts, 10_000, 16),
    "negbin_counts": (negbin_counts, 10_000, 16),
    "levels": (levels, 1_000, 16),
    "long_levels": (long_levels, 100_000, 1_000),
    "level_counts": (level_counts, 1_000, 16),
    "season_counts": (season_counts, 1_000, 16),
}


def make(name: str, scale: float = 1.0) -> Array:
    """One array of the workload: the same for the same scale, whatever else is made."""
    how, size, least = ARRAYS[name]
    rng = np.random.Generator(np.random.PCG64([SEED, list(ARRAYS).index(name)]))
    return how(rng, max(least, round(size * scale)))


def save(folder: Path, scale: float = 1.0) -> Path:
    """Write the arrays that are not there yet, one .npy a name; return their folder."""
    folder = folder / f"scale-{scale:g}-seed-{SEED}"
    folder.mkdir(parents=True, exist_ok=True)
    for name in ARRAYS:
        if not (path := folder / f"{name}.npy").exists():
            partly = path.with_suffix(".part")
            with partly.open("wb") as file:
                np.save(file, make(name, scale))
            partly.rename(path)
    return folder


def random_walk_counts(rng: np.random.Generator, n: int, n_time: int) -> Array:
    level = rng.uniform(1, 4, (n, 1)) + rng.normal(0, 0.08, (n, n_time)).cumsum(axis=1)
    return rng.poisson(np.exp(level.clip(0, 6))).astype(np.float64)


def trend_means(rng: np.random.Generator, n: int) -> Array:
    # The exposures are made anew from their own seed, so that the rows fit.
    days = make("exposures", n / ARRAYS["exposures"][1])[:n]
    rate = rng.uniform(-1, 1.5, (n, 1)) + rng.normal(0, 0.01, (n, 1)) * np.arange(60)
    return np.exp(rate.clip(-2, 3)) * days


def jumping(rng: np.random.Generator, shape: tuple[int, int], chance: float) -> Array:
    jumps = np.where(rng.random(shape) < chance, rng.normal(0, 3, shape), 0.0)
    walk = jumps.cumsum(axis=1)
    return walk - np.round(walk / 12) * 12  # jumps back before it is far off


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--scale", type=float, default=1.0)
    options = parser.parse_args()
    print(save(options.folder, options.scale))
