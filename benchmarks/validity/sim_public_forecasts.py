"""Whether forecast intervals cover what came, on public monthly series."""

from __future__ import annotations

import numpy as np
import public_series as public
import series
from promises import Row
from sim_forecasts import COVER, LEVEL, STEPS, TOLD, naive_interval

from trends.models.forecasts import fit_forecast
from trends.models.scores import interval_score

WINDOWS = 4  # of a series
SCORE = "interval score of ours / (ours + seasonal naive)"


def table(named: public.Named, number: int) -> series.Floats:
    """Of each window: length, whether covered (ours, naive), and the scores by step ahead."""
    found = []
    for name, values in named.items():
        for window in public.windows(name, values, number):
            past, came = window[: -public.AHEAD], window[-public.AHEAD :]
            low, high = fit_forecast(past, public.AHEAD, level=LEVEL).conf_int().T
            ends = naive_interval(past)
            scale = np.mean(np.abs(past[12:] - past[:-12]))
            found.append(
                (
                    np.full(public.AHEAD, len(past)),
                    (low <= came) & (came <= high),
                    (ends[0] <= came) & (came <= ends[1]),
                    interval_score(came, low, high, level=LEVEL) / scale,
                    interval_score(came, *ends, level=LEVEL) / scale,
                )
            )
    return np.array(found, dtype=np.float64)


def rows(scale: float = 1.0) -> list[Row]:
    """All rows: those on which the widths were chosen are told, those kept back are held to it."""
    number = max(1, round(WINDOWS * scale))
    every = max(1, round(1 / (WINDOWS * scale)))  # of few replicates, some of the series

    def some(named: public.Named) -> public.Named:
        return dict(list(named.items())[::every])

    found: list[Row] = []
    _add(found, "public, looked at: textbooks, wages, prices", some(public.textbook()), number)
    other = some(public.st_louis(kept_back=False))
    _add(found, "public, looked at: St. Louis, half", other, number)
    jobs, half = some(public.employment()), some(public.st_louis(kept_back=True))
    _add(found, "public, kept back: employment", jobs, number)
    _add(found, "public, kept back: St. Louis, half", half, number)
    until = some(public.st_louis(kept_back=True, until=2019))
    _add(found, "public, kept back: St. Louis, half, to 2019", until, number)
    both = {**jobs, **half} if jobs and half else {}
    _add(found, "public, kept back: both", both, number, COVER, (0.0, 0.5))
    return found


def _add(
    found: list[Row],
    words: str,
    named: public.Named,
    number: int,
    cover: tuple[float | None, float | None] = TOLD,
    best: tuple[float | None, float | None] = TOLD,
) -> None:
    if not named:
        return
    scores = table(named, number)

    def add(what: str, share: float, rows: int, target: tuple[float | None, float | None]) -> None:
        found.append(Row("fit_forecast", f"{words}, {what}", float(share), rows, *target))

    for h in STEPS:
        lengths, covered, naive, ours, theirs = scores[:, :, h - 1].T
        add(f"h={h}: covered", covered.mean(), len(scores), cover)
        add(f"h={h}: seasonal naive covered", naive.mean(), len(scores), TOLD)
        add(f"h={h}: {SCORE}", ours.sum() / (ours.sum() + theirs.sum()), len(scores), best)
        for n in public.LENGTHS if cover != TOLD else ():
            taken = covered[lengths == n]
            if len(taken):
                add(f"{n} months, h={h}: covered", taken.mean(), len(taken), TOLD)
