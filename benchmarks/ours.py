"""What `trends` does for each job: the one place where the names of its kernels stand.

A kernel is looked up by name when its job is run. One that is not there (yet) is reported as
"not wired", and the other jobs go on.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable
from typing import Any

import numpy as np
from answers import l2_objective, poisson_objective
from jobs import PENALTY
from peers_scans import WINDOW, full_windows
from programs import Answer, Array, Arrays, Program, by

LAST = 12  # steps that the Farrington bound is asked for


class NotWired(Exception):
    """A name that is looked for in `trends` is not there."""


def kernel(module: str, name: str) -> Callable[..., Any]:
    try:
        return getattr(importlib.import_module(f"trends.kernels.{module}"), name)
    except (ImportError, AttributeError) as error:
        raise NotWired(f"not wired: {error}") from error


def call(module: str, name: str, *params: Any, **named: Any) -> Callable[[Any], Any]:
    """A `work` that calls a kernel on the one array of the job."""
    return lambda values: kernel(module, name)(values, *params, **named)


def with_out(module: str, name: str, dtype: type[np.generic]) -> dict[str, Any]:
    """A `work` that fills an array made before, as `prepare`."""

    def prepare(arrays: Arrays) -> tuple[Array, Array]:
        (values,) = arrays.values()
        return values, np.zeros(values.shape, dtype)

    return {"work": lambda both: kernel(module, name)(both[0], out=both[1]), "prepare": prepare}


def run_ends(facts: Array) -> Answer:
    longest, end, current = facts.T
    return {"longest": longest, "end": end, "current": current}


def latest(facts: Array) -> Answer:
    at = importlib.import_module("trends.kernels.latest").LATEST_FACTS.index
    names = {"rise": "rise", "record": "record", "since": "since_steps", "rank": "rank"}
    names["change"] = "difference"
    return {ours: facts[:, at(theirs)] for ours, theirs in names.items()}


def with_values(work: Callable[[Any], Any]) -> Callable[[Any], tuple[Array, Any]]:
    return lambda values: (values, work(values))


def mann_kendall(both: tuple[Array, Array]) -> Answer:
    values, tests = both
    _, s, variance, z, _ = tests.T
    ordered = np.sort(values, axis=1)
    places = np.ones(values.shape)  # of each value in its group of ties
    for t in range(1, values.shape[1]):
        tied = ordered[:, t] == ordered[:, t - 1]
        places[:, t] = np.where(tied, places[:, t - 1] + 1, 1)
    pairs = values.shape[1] * (values.shape[1] - 1) / 2
    tau = s / np.sqrt(pairs * (pairs - (places - 1).sum(axis=1)))
    return {"s": s, "variance": variance, "z": z, "tau": tau}


def theil_sen(facts: Array) -> Answer:
    slope, low, high, _ = facts.T
    return {"slope": slope, "low": low, "high": high}


def trend(name: str) -> Callable[[Any], Any]:
    def work(arrays: Arrays) -> Any:
        values = next(array for key, array in arrays.items() if key != "exposures")
        return kernel("regressions", name)(values, arrays["exposures"])

    return work


def poisson(fits: Array) -> Answer:
    return {"slope": fits[:, 1], "slope_error": np.sqrt(fits[:, 5])}


def negbin(fits: Array) -> Answer:
    return {"slope": fits[:, 1], "alpha": fits[:, 6], "log_likelihood": fits[:, 8]}


def segments(job: str, name: str, objective: Any) -> Program:
    work = with_values(call("segmentations", name, PENALTY[job]))
    return Program(job, "trends", work, lambda both: {"objective": objective(*both, PENALTY[job])})


def ears(values: Array) -> list[Array]:
    """C1, C2 and C3 with the baseline of EARS and the chances of R's surveillance."""
    alphas = {"c1": 0.001, "c2": 0.001, "c3": 0.025}
    return [
        kernel("alarms", f"ears_{name}_bounds")(values, 7, alpha, 0.0)
        for name, alpha in alphas.items()
    ]


def farrington(values: Array) -> Array:
    """Monthly, five years back, half-width 1 month, ten levels, as Noufaily et al. (2013)."""
    bounds = kernel("alarms", "farrington_bounds")
    method = kernel("alarms", "DELTA")
    options = (12, 5, 1, 10, 3, 0.05, 2.58, 0.05, 2 / 3, method, True)
    return np.asarray(bounds(values, np.ones(values.shape[1]), LAST, *options)[:, -LAST:])


PROGRAMS = (
    Program("run_lengths", "trends", call("runs", "run_lengths"), by("runs")),
    Program(
        "run_lengths",
        "trends, out=",
        answer=by("runs"),
        **with_out("runs", "run_lengths", np.int32),
    ),
    Program("run_ends", "trends", call("runs", "longest_runs"), run_ends),
    Program("record_flags", "trends", call("records", "record_flags"), by("records")),
    Program(
        "record_flags",
        "trends, out=",
        answer=by("records"),
        **with_out("records", "record_flags", np.bool_),
    ),
    Program("steps_since", "trends", call("records", "steps_since"), by("since")),
    Program("last_since", "trends", call("latest", "last_steps_since"), by("since")),
    Program("latest", "trends", call("latest", "latest_facts"), latest),
    Program("running_max", "trends", call("windows", "window_highs", WINDOW), full_windows),
    Program(
        "mann_kendall",
        "trends",
        with_values(call("associations", "mann_kendall_tests")),
        mann_kendall,
    ),
    Program("theil_sen", "trends", call("associations", "theil_sen_slopes", 0.05), theil_sen),
    Program("poisson", "trends", trend("poisson_trends"), poisson),
    Program("negbin", "trends", trend("negative_binomial_trends"), negbin),
    segments("l2", "mean_change_flags", l2_objective),
    segments("l2_long", "mean_change_flags", l2_objective),
    segments("poisson_cost", "poisson_change_flags", poisson_objective),
    Program(
        "ears", "trends", ears, lambda bounds: dict(zip(("c1", "c2", "c3"), bounds, strict=True))
    ),
    Program("farrington", "trends", farrington, by("bound")),
)
