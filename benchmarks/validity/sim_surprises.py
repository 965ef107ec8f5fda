"""How surprising a record or a streak is: exact chances, and what the stated chances are worth."""

from __future__ import annotations

import numpy as np
import series
from promises import Row

from trends.models._exchangeability import fit_foster_stuart
from trends.models._occurrences import occurrences, size_at_end
from trends.models._record_chances import (
    any_record_chance,
    any_since_chance,
    any_streak_chance,
    record_chance,
    since_chance,
    streak_chance,
)
from trends.models.surprises import Finding, Null, fit_surprise

ALPHA = 0.05
MADE_UP = 400  # series a replicate makes up; the library's default is 10,000
EXACT = (
    ("record", 35, record_chance(36), any_record_chance(36, least=12)),
    ("since", 11, since_chance(11), any_since_chance(11, 36)),
    ("streak", 3, streak_chance(3), any_streak_chance(3, 36)),
)
CASES: tuple[tuple[str, int, Finding, Null, float | None], ...] = (
    # the exact chance of `since` is uniform on 1/1, 1/2, ...; that of streaks on 1/2!, 1/3!, ...
    ("iid", 36, "since", "auto", 0.05),
    ("iid", 120, "since", "auto", 0.05),
    ("iid", 36, "streak", "auto", 0.05),
    ("iid counts of mean 3", 36, "since", "auto", 0.05),
    ("AR .5", 36, "since", "auto", 0.07),
    ("AR .5", 120, "since", "auto", 0.07),
    ("AR .5", 36, "streak", "auto", 0.07),
    ("AR .5", 36, "since", "exchangeable", None),
    ("AR .8", 36, "since", "auto", 0.07),
    ("AR .8", 36, "streak", "auto", 0.07),
    ("AR .8", 36, "streak", "exchangeable", None),
    ("AR .8", 120, "streak", "auto", 0.07),
    ("trend z = 4", 36, "since", "auto", 0.07),
    ("trend z = 8", 36, "since", "auto", 0.07),
    ("trend z = 8", 120, "since", "auto", 0.07),
    ("trend z = 8", 36, "streak", "auto", 0.07),
    ("trend z = 8", 36, "since", "exchangeable", None),
    ("trend z = 8, AR .5", 36, "since", "auto", 0.07),
    ("growth 5% a month, NB k = 5", 36, "since", "auto", 0.07),
    ("season .4, NB k = 5", 60, "since", "auto", 0.07),
    ("AR .5", 36, "streak", "exchangeable", None),
)


def made(rng: np.random.Generator, what: str, replicates: int, n: int) -> series.Floats:
    """Rows of a null."""
    shape = (replicates, n)
    if what.startswith("growth"):
        return series.negative_binomial(rng, np.tile(30 * 1.05 ** np.arange(n), (replicates, 1)), 5)
    if what.startswith("season"):
        return series.negative_binomial(
            rng, np.tile(30 * series.season(n, 0.4), (replicates, 1)), 5
        )
    if what.startswith("iid counts"):
        return rng.poisson(3, shape).astype(np.float64)
    rows = series.ar1(rng, shape, 0.8 if "AR .8" in what else 0.5 if "AR .5" in what else 0.0)
    if what.startswith("trend"):
        # z: the slope over its standard error in independent errors
        at = np.arange(n) - (n - 1) / 2
        rows += float(what.split(",")[0].split()[-1]) * at / np.sqrt((at * at).sum())
    return rows


def rows(scale: float = 1.0) -> list[Row]:
    """The table; `scale` 1 draws 2,000 series a row, and 40,000 where nothing is fitted."""
    rng = np.random.default_rng(20260607)
    return [*_exact_rows(rng, int(40_000 * scale)), *_levels(rng, int(2000 * scale))]


def _exact_rows(rng: np.random.Generator, replicates: int) -> list[Row]:
    found = []
    noise = rng.standard_normal((replicates, 36))
    for finding, size, here, anywhere in EXACT:
        at_end, somewhere = occurrences(noise, finding, size, 12, 36)
        for scope, events, exact in (("at month 36", at_end, here), ("in 36", somewhere, anywhere)):
            what = f"{finding} of size {size} {scope}, iid: exact {exact:.4f}"
            found.append(Row("fit_surprise", what, float(events.mean()), replicates, exact, exact))
    few = noise[: max(1, replicates // 20)]
    tests = [fit_foster_stuart(row) for row in few]
    for name, p in (
        ("d", [test.pvalue_d for test in tests]),
        ("s", [test.pvalue_s for test in tests]),
    ):
        share = float(np.mean(np.array(p) <= ALPHA))
        what = f"{name} at 5%, n = 36, iid"
        found.append(Row("fit_foster_stuart", what, share, len(few), 0.0, ALPHA))
    return found


def _levels(rng: np.random.Generator, replicates: int) -> list[Row]:
    found = []
    for what, n, finding, null, high in CASES:
        rare = 0
        for seed, row in enumerate(made(rng, what, replicates, n)):
            # without a finding, or with one that no model makes rare, nothing need be made up
            if size_at_end(row, finding, 12):
                answer = fit_surprise(
                    row, finding=finding, null=null, replicates=MADE_UP, seed=seed
                )
                rare += answer.at_this_month <= ALPHA
        words = f"stated chance of '{finding}' at most 5%, {what}, n = {n}, {null}"
        low = None if high is None else 0.0
        found.append(Row("fit_surprise", words, rare / replicates, replicates, low, high))
    return found
