"""Whether forecast intervals cover, and how the scores compare with last year's month."""

from __future__ import annotations

import numpy as np
import series
from promises import Row

from trends.models.forecasts import fit_forecast
from trends.models.scores import crps, interval_score

AHEAD = 12
LEVEL = 0.95
REPLICATES = 4004  # of each collection, shared out to its makers
COVER = (0.93, 0.96)  # of public series, in sim_public_forecasts
MADE_UP = (0.93, 1.0)  # widths that suit the public ones are wide here
TOLD = (None, None)
STEPS = (1, 12)
LENGTHS = (42, 60, 84, 120, 200, 300)


def _noise(rng, n, phi, df):
    """AR(1) of variance 1 with innovations of Student's t."""
    steps = rng.standard_t(df, n + 50) / np.sqrt(df / (df - 2)) * np.sqrt(1 - phi * phi)
    for t in range(1, n + 50):
        steps[t] += phi * steps[t - 1]
    return steps[50:]


def _shape(rng, n, size):
    """A season of twelve free months, of standard deviation `size`, and the months of `n`."""
    months = rng.standard_normal(12)
    months -= months.mean()
    return size * months[np.arange(n) % 12]


def trend_season_ar(rng, n):
    """A line, a fixed season and AR(1) noise, all added."""
    slope = rng.normal(0, 0.03)
    noise = _noise(rng, n, rng.uniform(0, 0.8), 6)
    return 100 + 10 * (slope * np.arange(n) + _shape(rng, n, rng.uniform(0, 2)) + noise)


def growing_season(rng, n):
    """Season and noise in proportion to a level that grows as a random walk with drift."""
    level = np.cumsum(rng.normal(rng.uniform(-0.002, 0.008), rng.uniform(0.005, 0.03), n))
    noise = rng.uniform(0.01, 0.06) * _noise(rng, n, 0.0, 6)
    return 1000 * np.exp(level + _shape(rng, n, rng.uniform(0.02, 0.25)) + noise)


def shifting_level(rng, n):
    """A level that jumps about every five years, with noise and a season."""
    jumps = (rng.random(n) < 1 / 60) * rng.normal(0, 3, n)
    noise = _noise(rng, n, 0.3, 6)
    return 200 + 10 * (np.cumsum(jumps) + _shape(rng, n, rng.uniform(0, 1)) + noise)


def drifting_walk(rng, n):
    """A random walk with drift and without season."""
    steps = rng.normal(0.1, 1, n) * np.sqrt(0.6) + rng.standard_t(4, n) * np.sqrt(0.2)
    return 500 + 5 * np.cumsum(steps)


def turning_trend(rng, n):
    """A trend whose slope wanders and dies away, with noise and a wandering season."""
    slope, level = 0.0, 0.0
    path = np.empty(n)
    for t in range(n):
        slope = 0.95 * slope + rng.normal(0, 0.05)
        level += slope + rng.normal(0, 0.3)
        path[t] = level
    season = _shape(rng, n, 1.0) + np.cumsum(_shape(rng, n, 1.0) * rng.normal(0, 0.05, n))
    return 400 + 20 * (path + season + rng.normal(0, 0.3, n))


def seasonal_counts(rng, n):
    """Negative binomial counts with growth and a season."""
    mean = rng.uniform(5, 60) * np.exp(rng.normal(0, 0.005) * np.arange(n))
    return series.negative_binomial(rng, mean * np.exp(_shape(rng, n, 0.3)), rng.uniform(5, 50))


def changing_noise(rng, n):
    """AR(1) about a level; the noise is in bursts."""
    spread = np.exp(0.5 * _noise(rng, n, 0.9, 30))
    return 50 + 5 * spread * _noise(rng, n, 0.5, 30) + 3 * _shape(rng, n, rng.uniform(0, 1))


COLLECTION = (
    trend_season_ar,
    growing_season,
    shifting_level,
    drifting_walk,
    turning_trend,
    seasonal_counts,
    changing_noise,
)


def bursts(rng, n):
    """Zero-heavy counts: quiet months, and episodes that begin and end, of wandering size."""
    quiet, active, size = rng.uniform(0.02, 0.2), False, rng.uniform(0.5, 3.5)
    counts = np.zeros(n)
    lasting = rng.uniform(0.6, 0.95)
    for t in range(n):
        active = rng.random() < (lasting if active else quiet)
        size += rng.normal(0, 0.15)
        if active:
            counts[t] = series.negative_binomial(rng, [np.exp(min(size, 8.0))], 0.8)[0]
    return counts


def rare(rng, n):
    """Independent counts of mean below one."""
    return series.negative_binomial(rng, np.full(n, rng.uniform(0.05, 0.8)), rng.uniform(0.3, 3))


def wandering(rng, n):
    """Counts of which the log mean is a random walk that comes back."""
    return rng.poisson(np.exp(rng.uniform(-2, 1) + 1.2 * series.ar1(rng, (1, n), 0.95)[0])).astype(
        float
    )


ZERO_HEAVY = (bursts, rare, wandering)


def naive_interval(past):
    """Last year's months, and a normal interval of the past changes over a year."""
    spread = np.sqrt(np.mean((past[12:] - past[:-12]) ** 2))
    return past[-12:] - 1.96 * spread, past[-12:] + 1.96 * spread


def forecasts(rng, make, replicates):
    """For each series: length, whether covered, our interval score and the naive one's, scaled."""
    found = []
    for _ in range(replicates):
        n = int(rng.choice(LENGTHS))
        values = make(rng, n + AHEAD)
        past, came = values[:n], values[n:]
        low, high = fit_forecast(past, AHEAD, level=LEVEL).conf_int().T
        naive = naive_interval(past)
        scale = np.mean(np.abs(past[12:] - past[:-12]))
        ours = interval_score(came, low, high, level=LEVEL) / scale
        theirs = interval_score(came, *naive, level=LEVEL) / scale
        covered = (low <= came) & (came <= high), (naive[0] <= came) & (came <= naive[1])
        found.append((np.full(AHEAD, n), *covered, ours, theirs))
    return np.array(found, dtype=np.float64)


def zero_heavy(rng, make, replicates):
    """For each series: whether covered, CRPS of our draws and of the last 12 months."""
    found = []
    while len(found) < replicates:
        values = make(rng, int(rng.choice(LENGTHS[1:])) + AHEAD)
        past, came = values[:-AHEAD], values[-AHEAD:]
        if np.mean(past == 0) < 0.1 or past.max() == 0:
            continue
        result = fit_forecast(past, AHEAD, level=LEVEL)
        low, high = result.conf_int().T
        last = np.tile(past[-12:, None], AHEAD)
        scores = crps(came, result.draws), crps(came, last, fair=False)
        found.append(((low <= came) & (came <= high), *scores))
    return np.array(found, dtype=np.float64)


def rows(scale: float = 1.0) -> list[Row]:
    """All rows. A part of two scores has no binomial error: its s.e. is an upper bound."""
    rng = np.random.default_rng(57)
    found = []

    def add(what, share, replicates, target=TOLD):
        found.append(Row("fit_forecast", what, float(share), replicates, *target))

    def pair(what, ours, theirs, steps, target=TOLD):
        for h in steps:
            a, b = ours[:, h - 1].sum(), theirs[:, h - 1].sum()
            add(f"{what}, h={h}", a / (a + b), len(ours), target)

    each = max(4, round(REPLICATES * scale / len(COLLECTION)))
    tables = [forecasts(rng, make, each) for make in COLLECTION]
    pooled = np.concatenate(tables)
    for h in STEPS:
        covered, naive = pooled[:, 1, h - 1], pooled[:, 2, h - 1]
        add(f"collection, h={h}: covered", covered.mean(), len(pooled), MADE_UP)
        add(f"collection, h={h}: seasonal naive covered", naive.mean(), len(pooled))
        for n in LENGTHS:
            taken = covered[pooled[:, 0, 0] == n]
            if len(taken):
                add(f"collection, {n} months, h={h}: covered", taken.mean(), len(taken))
    what = "interval score of ours / (ours + seasonal naive)"
    pair(f"collection: {what}", pooled[:, 3], pooled[:, 4], STEPS, (0.0, 0.5))
    for make, table in zip(COLLECTION, tables, strict=True):
        name = make.__name__.replace("_", " ")
        for h in STEPS:
            add(f"{name}, h={h}: covered", table[:, 1, h - 1].mean(), len(table))
        pair(f"{name}: {what}", table[:, 3], table[:, 4], STEPS)
    each = max(10, round(REPLICATES * scale / len(ZERO_HEAVY)))
    what = "CRPS of ours / (ours + last 12 months)"
    tables = [zero_heavy(rng, make, each) for make in ZERO_HEAVY]
    for make, table in zip(ZERO_HEAVY, tables, strict=True):
        pair(f"{make.__name__}: {what}", table[:, 1], table[:, 2], STEPS, (0.0, 0.5))
        for h in STEPS:
            add(f"{make.__name__}, h={h}: covered", table[:, 0, h - 1].mean(), len(table))
    return found
