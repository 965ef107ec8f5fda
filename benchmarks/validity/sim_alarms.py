"""Alarms where nothing happened, and where an outbreak did: `find_alarms`, weekly and monthly."""

from __future__ import annotations

import numpy as np
import series
from promises import Row

from trends.detect.alarms import find_alarms

ALPHA, PAST, AFTER = 0.01, 312, 4
METHOD = "find_alarms"
# Noufaily et al. 2013: log level, growth a week, cosine, sine, variance over mean
SCENES = (
    (0.1, 0.0025, 0.6, 0.6, 1.5),
    (-2.0, 0.005, 0.1, 0.3, 2.0),
    (1.5, 0.003, 0.2, -0.4, 1.0),
    (0.5, 0.002, 0.5, 0.5, 5.0),
    (2.5, 0.001, 1.0, 0.1, 3.0),
    (3.75, 0.001, 0.1, -0.1, 1.1),
    (5.0, 0.0001, 0.05, 0.01, 1.2),
)
SCENARIOS = [(*scene, trend, m) for scene in SCENES for trend in (0, 1) for m in (0, 1, 2)]


def weeks(
    rng: series.Rng, scenario: tuple[float, ...], replicates: int, n: int
) -> tuple[series.Floats, series.Floats]:
    """Counts of variance phi times the mean, by row, and their standard deviation."""
    theta, beta, cosine, sine, phi, trend, pairs = scenario
    t = np.arange(1, n + 1)
    log = theta + beta * trend * t
    for j in range(1, int(pairs) + 1):
        angle = 2 * np.pi * j * t / 52
        log += cosine * np.cos(angle) + sine * np.sin(angle)
    mean = np.broadcast_to(np.exp(log), (replicates, n))
    rate = mean if phi == 1 else rng.gamma(mean / (phi - 1)) * (phi - 1)
    return rng.poisson(rate).astype(np.float64), np.sqrt(phi * mean[0])


def outbreak(rng: series.Rng, n: int, start: int, size: float) -> series.Floats:
    """About `size` cases, half of them in the first week."""
    cases = np.floor(rng.lognormal(0, 0.5, rng.poisson(size))).astype(int) + start
    return np.bincount(cases[cases < n], minlength=n).astype(np.float64)


def weekly(rng: series.Rng, each: int, past_outbreaks: bool) -> tuple[float, float, int]:
    """False alarms a week, and outbreaks of five standard deviations with an alarm."""
    n = PAST + AFTER
    false, found = [], []
    for scenario in SCENARIOS:
        counts, sd = weeks(rng, scenario, each, n)
        if past_outbreaks:
            for row in counts:
                for start in rng.choice(np.arange(49, PAST - 5), 4, replace=False):
                    row += outbreak(rng, n, start, rng.choice([2, 3, 5, 10]) * sd[start])
        extra = np.array([outbreak(rng, n, PAST, 5 * sd[PAST]) for _ in range(each)])
        both = np.concatenate([counts, counts + extra])
        alarms = find_alarms(both, alpha=ALPHA, period=52, last=AFTER).alarms
        false.append(alarms[:each, PAST:].mean())
        found.append((alarms[each:] & (extra > 0)).any(axis=1).mean())
    return float(np.mean(false)), float(np.mean(found)), each * len(SCENARIOS)


def weekly_rows(scale: float) -> list[Row]:
    """What the scenarios of Noufaily et al. give, with and without past outbreaks."""
    each = max(2, round(100 * scale))
    rng = np.random.default_rng(5595)
    words = "weekly, 42 scenarios, 312 weeks of past"
    false, found, size = weekly(rng, each, past_outbreaks=False)
    more_false, fewer, _ = weekly(rng, each, past_outbreaks=True)
    return [
        Row(METHOD, f"{words}: alarm where nothing happened", false, 4 * size, 0.005, 0.015),
        Row(METHOD, f"{words}: outbreak of 5 sd found", found, size, 0.58, 1.0),
        Row(METHOD, f"{words}, 4 outbreaks among them: false alarm", more_false, 4 * size, 0, 0.01),
        Row(
            METHOD, f"{words}, 4 outbreaks among them: detection lost", found - fewer, size, 0, 0.1
        ),
    ]


def monthly_rows(scale: float) -> list[Row]:
    """Negative binomial and other months, without and with one month doubled."""
    rng = np.random.default_rng(12)
    size = max(40, round(4000 * scale))
    rows = []
    for n in (24, 36, 60, 120):
        days = series.calendar_days(n + 1)
        shape = (size, n + 1)
        nb = np.broadcast_to(days / 30.4 * 30 * series.season(n + 1, 0.3), shape)
        cases = {
            "negative binomial, k=5, mean 30, season 0.3": (nb, 5.0),
            "negative binomial, k=1, mean 30": (np.full(shape, 30.0), 1.0),
            "Poisson, mean 10": (np.full(shape, 10.0), np.inf),
            "growing by 2% a month, k=5": (20 * 1.02 ** np.arange(n + 1) + np.zeros(shape), 5.0),
        }
        target = (0.005, 0.015) if n >= 36 else (None, None)
        for words, (mean, k) in cases.items():
            times = days if "season" in words else np.ones(n + 1)
            past = series.negative_binomial(rng, mean, k)
            last = series.negative_binomial(rng, 2 * mean[:, -1], k)
            both = np.concatenate([past, np.column_stack([past[:, :-1], last])])
            alarms = find_alarms(both, alpha=ALPHA, exposure=times, last=1).alarms[:, -1]
            rows.append(
                Row(METHOD, f"{words}, n={n}: false alarm", alarms[:size].mean(), size, *target)
            )
            if k == 5.0 and "season" in words:
                doubled = f"{words}, n={n}: a doubled month found"
                goal = (0.17, 1.0) if n >= 36 else (None, None)
                rows.append(Row(METHOD, doubled, alarms[size:].mean(), size, *goal))
        rows += told(rng, size, n)
    return rows


def told(rng: series.Rng, size: int, n: int) -> list[Row]:
    """Series that remember their past, and real numbers."""
    shape = (size, n + 1)
    walk = rng.poisson(30 * np.exp(0.15 * series.ar1(rng, shape, 1.0))).astype(np.float64)
    cases = {
        "lognormal, AR 0.5": series.lognormal_counts(rng, shape, 0.5),
        "lognormal, AR 0.8": series.lognormal_counts(rng, shape, 0.8),
        "random walk, 15% a month": walk,
        "growing by 5% a month, season 0.4, k=10": series.negative_binomial(
            rng, 5 * 1.05 ** np.arange(n + 1) * series.season(n + 1, 0.4) + np.zeros(shape), 10.0
        ),
        "normal": 100 * series.ar1(rng, shape, 0.0) + 50.5,
        "normal, AR 0.8": 100 * series.ar1(rng, shape, 0.8) + 50.5,
    }
    found = [find_alarms(c, alpha=ALPHA, last=1).alarms[:, -1].mean() for c in cases.values()]
    return [
        Row(METHOD, f"{words}, n={n}: false alarm", float(share), size, None, None)
        for words, share in zip(cases, found, strict=True)
    ]


def p_rows(scale: float) -> list[Row]:
    """How often p-values are low where nothing happened."""
    rng = np.random.default_rng(3)
    size, n = max(40, round(4000 * scale)), 60
    rows = []
    for words, mean in (("mean 200", 200.0), ("mean 2", 2.0)):
        counts = series.negative_binomial(rng, np.full((size, n + 1), mean), 5.0)
        p = find_alarms(counts, last=1).p_values[:, -1]
        for level in (0.05, 0.1, 0.5, 0.9):
            target = (0.9 * level - 0.005, 1.1 * level) if mean > 100 else (0.0, 1.1 * level)
            share = float((p <= level).mean())
            rows.append(Row(METHOD, f"p at most {level}, k=5, {words}, n=60", share, size, *target))
    return rows


def rows(scale: float = 1.0) -> list[Row]:
    """All of them."""
    return [*weekly_rows(scale), *monthly_rows(scale), *p_rows(scale)]
