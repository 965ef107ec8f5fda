"""The jobs: what is done, on which arrays, how equal answers must be, and what is to be reached."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Job:
    """One job of the table.

    Parameters
    ----------
    key, title : str
    arrays : tuple of str
        Names in the workload.
    rtol : dict
        Relative tolerance of a named answer; the others are equal to the bit.
    times : float, optional
        To be reached: how many times as fast as the fastest peer, on one thread.
    against : str, optional
        The program that `times` is said of, where it is not the fastest peer.
    share : float, optional
        To be reached: the share of the measured bandwidth, on the threads where it is highest.
    r : tuple of str
        R packages that do the job too and have no program in peers_r.py.
    streams : bool
        Whether memory is the limit, so that a share of the bandwidth says something.
    alarms : bool
        Whether the answers are bounds, so that the counts above them are compared too.
    """

    key: str
    title: str
    arrays: tuple[str, ...]
    rtol: dict[str, float] = field(default_factory=dict)
    times: float | None = None
    share: float | None = None
    seconds: float | None = None
    r: tuple[str, ...] = ()
    streams: bool = False
    alarms: bool = False
    against: str | None = None


OBJECTIVE = {"objective": 1e-9}

JOBS = (
    Job("run_lengths", "Run lengths", ("flags",), times=15, share=0.85, streams=True),
    Job("run_ends", "Longest and current run, with ends", ("flags",), {}, 40, 0.45, streams=True),
    Job(
        "record_flags",
        "Record flags",
        ("counts",),
        times=20,
        share=0.55,
        r=("RecordTest",),
        streams=True,
        against="pandas",
    ),
    Job("steps_since", "Highest since, every month", ("counts",), times=30),
    Job("last_since", "Highest since, last month", ("counts",), seconds=0.005),
    Job("latest", "All facts of the last month, one scan", ("counts",), share=0.3, streams=True),
    Job("running_max", "12-month running maximum", ("counts",), times=5, streams=True),
    Job(
        "mann_kendall",
        "Mann-Kendall test",
        ("trend_counts",),
        {"variance": 1e-12, "z": 1e-12, "tau": 1e-12},
        times=20,
        r=("Kendall",),
    ),
    Job(
        "theil_sen",
        "Theil-Sen slope with interval",
        ("trend_counts",),
        {"slope": 1e-12, "low": 1e-12, "high": 1e-12},
        times=12,
    ),
    Job(
        "poisson",
        "Poisson trend with exposure",
        ("poisson_counts", "exposures"),
        # The errors of statsmodels are those of its last step but one.
        {"slope": 1e-8, "slope_error": 1e-5},
        times=250,
    ),
    Job(
        "negbin",
        "NB2 trend, ML dispersion",
        ("negbin_counts", "exposures"),
        {"slope": 1e-8, "alpha": 1e-8, "log_likelihood": 1e-10},
        times=130,
    ),
    Job("l2", "Change points, L2, exact", ("levels",), OBJECTIVE, times=5, r=("changepoint",)),
    Job("l2_long", "Change points, L2, one long series", ("long_levels",), OBJECTIVE, times=1),
    Job("poisson_cost", "Change points, Poisson, exact", ("level_counts",), OBJECTIVE, times=6),
    Job(
        "ears",
        "EARS C1, C2 and C3 bounds",
        ("season_counts",),
        {"c1": 1e-9, "c2": 1e-9, "c3": 1e-9},
        times=1000,
        alarms=True,
        against="R surveillance",
    ),
    Job(
        "farrington",
        "Farrington flexible, last 12 months",
        ("season_counts",),
        {"bound": 1e-6},
        times=200,
        against="R surveillance",
    ),
)
PENALTY = {"l2": 20.0, "l2_long": 30.0, "poisson_cost": 12.0}
