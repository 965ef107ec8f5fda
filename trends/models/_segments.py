"""From the months at which a row changes to its segments, and what is known about each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from trends.models._profiles import Change, FloatRow, FloatTable, IntTable, Lines, Mixture, whiten

STEP, RAMP, BOTH, OUTLIER = 1, 2, 3, 4  # marks of the kernel
FAR = 5.0  # robust standard deviations
MOST_STARTS = 60  # of each of two that are varied together
ROUNDS = 3  # of moving each change to its likeliest month, the others fixed
LEAST_LOG_WEIGHT = -12.0  # below the best: a start is left out where two are varied together


@dataclass(frozen=True, slots=True)
class Piecewise:
    """A row as segments: levels or lines that meet or jump, a season, and AR(1) noise."""

    lines: Lines
    changes: tuple[Change, ...]
    mixtures: tuple[tuple[Mixture | None, Mixture | None], ...]  # slope, jump: of each segment

    @property
    def bounds(self) -> list[int]:
        """Where the segments begin, and where the last one ends."""
        return [0, *(change.at for change in self.changes), self.lines.n]

    def sloped(self, segment: int) -> bool:
        """Whether a segment may have a slope."""
        return self.lines.line or any(change.ramp for change in self.changes[:segment])

    def levels(self, *, season: bool = False) -> FloatRow:
        """The fit at each position."""
        rows = [self._row(p, season) for p in range(self.lines.n)]
        profile = self.lines.profile(self.changes, _starts(self.changes), rows, varied=())
        levels: FloatRow = profile.centres[:, 0] @ profile.weights[0] + self.lines.centre
        return levels

    def _row(self, at: int, season: bool) -> FloatTable:
        here = np.array([at])
        row = self.lines.level(self.changes, _starts(self.changes), here)
        if season:
            row[:, : self.lines.n_base] = self.lines.base(here)
        return row

    def fitted(self, alpha: float) -> tuple[FloatRow, FloatRow, FloatRow]:
        """Fit and interval of it at each position, the months of change taken as known."""
        from scipy.special import stdtrit

        lines = self.lines
        rows = [self._row(p, season=True) for p in range(lines.n)]
        profile = lines.profile(self.changes, _starts(self.changes), rows, varied=())
        centres, scales, weights = profile.centres[:, 0], profile.scales[:, 0], profile.weights[0]
        fit = centres @ weights
        spread = np.sqrt((scales**2 + (centres - fit[:, None]) ** 2) @ weights)
        reach = stdtrit(profile.df, 1 - alpha / 2) * spread
        return fit + lines.centre, fit + lines.centre - reach, fit + lines.centre + reach


def scaled(rates: FloatRow, log: bool) -> FloatRow:
    """The rates on the scale on which effects are measured."""
    return np.log(rates + 0.5) if log else rates


def fit_pieces(
    rates: FloatRow, marks: npt.NDArray[np.int32], log: bool, period: int, harmonics: int
) -> Piecewise:
    """Fit the segments that begin at the marks, and move each to its likeliest month.

    Of counts effects are measured in logs, and changes dated on average by logs and square roots:
    a step shows better in roots, and steady growth is a line only in logs. Roots alone held the
    onset of ramps in 0.88 to 0.93, and logs alone took a third more months at steps.
    """
    changes = tuple(
        Change(t, mark in (STEP, BOTH), mark in (RAMP, BOTH))
        for t, mark in enumerate(marks)
        if mark in (STEP, RAMP, BOTH)
    )
    values = np.where(marks == OUTLIER, np.nan, rates)
    pieces = _placed(values, changes, log, period, harmonics)
    if log:
        residuals = scaled(values, log) - pieces.levels(season=True)
        values = np.where(_far(residuals), np.nan, values)
        if np.isnan(values).sum() > np.isnan(residuals).sum():
            pieces = _placed(values, changes, log, period, harmonics)
    return replace(
        pieces, mixtures=tuple(_known(pieces, j) for j in range(len(pieces.changes) + 1))
    )


def _placed(
    values: FloatRow, changes: tuple[Change, ...], log: bool, period: int, harmonics: int
) -> Piecewise:
    measured = scaled(values, log)
    level, line = (Lines(measured, sloped, period, harmonics) for sloped in (False, True))
    # a slope of the first segment costs what the segmentation asks for one more number
    sloped = _criterion(line, changes) + 1.5 * np.log(level.total) < _criterion(level, changes)
    lines = line if sloped else level
    if log and changes:
        known = values[lines.at]
        lines.jacobian = -float(np.log(known + 0.5).sum())
        by_root = -0.5 * float(np.log(4 * (known + 0.375)).sum())
        lines.beside = Lines(np.sqrt(values + 0.375), sloped, period, harmonics, by_root)
    for _ in range(ROUNDS if changes else 0):
        moved = changes
        for j in range(len(moved)):
            starts, weights = _vary(lines, moved, (j,))
            best = int(starts[weights.argmax(), j])
            moved = (*moved[:j], replace(moved[j], at=best), *moved[j + 1 :])
        if moved == changes:
            break
        changes = moved
    return Piecewise(lines, changes, ())


def _far(residuals: FloatRow) -> npt.NDArray[np.bool_]:
    """Single months far off in logs, as one near 0 is; none if there are more than a few."""
    known = residuals[~np.isnan(residuals)]
    spread = 1.4826 * float(np.median(abs(known - np.median(known))))
    far: npt.NDArray[np.bool_] = abs(residuals) > FAR * max(spread, 0.1 * float(known.std()))
    return far if far.sum() <= max(1, len(known) // 12) else np.zeros_like(far)


def onset_weights(pieces: Piecewise, which: int) -> tuple[IntTable, FloatRow]:
    """The months in which a change may have begun, and the weight of each."""
    lines, changes = pieces.lines, pieces.changes
    varied = [which] + [which + 1] * (which + 1 < len(changes))
    starts, _ = _vary(lines, changes, varied)
    return lines.profile(changes, starts, varied=(which,)).by_start()


def latest_rise(pieces: Piecewise) -> int | None:
    """Which change is the latest that raised the level, or the slope to a positive one."""
    lines, changes = pieces.lines, pieces.changes
    starts, ends = _starts(changes), pieces.bounds
    for j in range(len(changes) - 1, -1, -1):
        before, after = (lines.slope(changes, starts, s) for s in (j, j + 1))
        end = lines.level(changes, starts, np.array([ends[j + 2] - 1]))
        start = lines.level(changes, starts, np.array([ends[j + 1] - 1]))
        profile = lines.profile(changes, starts, [after, after - before, end - start], varied=())
        slope, bend, rise = profile.centres[:, 0] @ profile.weights[0]
        steeper = bend > 0 and slope > 0
        if rise > 0 and (steeper if not changes[j].step else (steeper or not changes[j].ramp)):
            return j
        if rise > 0 and changes[j].step and changes[j].ramp and _jump(lines, changes, j) > 0:
            return j
    return None


def outlier_p(pieces: Piecewise, values: FloatRow, phi: float) -> float:
    """The p-value of the farthest single month, with all months in: Bonferroni's over months."""
    from scipy.special import stdtr

    lines = Lines(values, pieces.lines.line, pieces.lines.period, pieces.lines.harmonics)
    index = lines.columns(pieces.changes, _starts(pieces.changes))[0]
    df = lines.total - len(index) - 1
    if df < 1:
        return 1.0
    table = np.column_stack([lines.table[:, [*index, -1]], np.eye(lines.total)])
    white, _ = whiten(table, lines.at, phi)
    q = np.linalg.qr(white[:, : len(index)])[0]
    rest = white[:, len(index) :] - q @ (q.T @ white[:, len(index) :])
    residual, pulses = rest[:, 0], rest[:, 1:]
    sizes, rss = (pulses**2).sum(axis=0), float(residual @ residual)
    alone = sizes > 1e-8  # a month that some other column fits by itself cannot be judged
    if rss < 1e-12 * lines.total or not alone.any():
        return 1.0
    gain = float(((residual @ pulses[:, alone]) ** 2 / sizes[alone]).max())
    t = np.sqrt(gain * df / max(rss - gain, 1e-300))
    return float(min(1.0, 2 * lines.total * stdtr(df, -t)))


def step_since(values: FloatRow, start: int, period: int, harmonics: int) -> Mixture | None:
    """What is known about the difference of the levels from `start` on and before."""
    lines = Lines(values, False, period, harmonics)
    changes = (Change(start, step=True, ramp=False),)
    if start not in lines.candidates(changes, 0):
        return None
    return _jump_mixture(lines, changes, 0)


def _starts(changes: Sequence[Change]) -> IntTable:
    return np.array([[change.at for change in changes]], dtype=np.int64).reshape(1, len(changes))


def _criterion(lines: Lines, changes: Sequence[Change]) -> float:
    return lines.criterion(changes, _starts(changes))


def _jump(lines: Lines, changes: Sequence[Change], j: int) -> float:
    mixture = _jump_mixture(lines, changes, j)
    return float(mixture.weights @ mixture.centres)


def _jump_mixture(lines: Lines, changes: Sequence[Change], j: int) -> Mixture:
    starts = _starts(changes)
    at = starts[:, j]
    function = lines.level(changes, starts, at) - lines.level(changes, starts, at - 1)
    return lines.profile(changes, starts, [function], varied=()).mixture(0)


def _vary(
    lines: Lines, changes: Sequence[Change], varied: Sequence[int]
) -> tuple[IntTable, FloatRow]:
    """All pairs of starts of the varied changes that are likely enough, and their weights."""
    kept = []
    for j in varied:
        taus = lines.candidates(changes, j)
        starts = np.repeat(_starts(changes), len(taus), axis=0)
        starts[:, j] = taus
        weights = lines.profile(changes, starts, varied=(j,)).weights.sum(axis=1)
        if len(varied) == 1:
            return starts, weights
        likely = np.log(weights + 1e-300) > np.log(weights.max()) + LEAST_LOG_WEIGHT
        likely &= weights >= np.sort(weights)[-min(MOST_STARTS, len(weights))]
        kept.append(taus[likely])
    a, b = (grid.ravel() for grid in np.meshgrid(*kept, indexing="ij"))
    apart = b - a >= 2 + changes[varied[0]].ramp
    starts = np.repeat(_starts(changes), int(apart.sum()), axis=0)
    starts[:, varied[0]], starts[:, varied[1]] = a[apart], b[apart]
    return starts, np.ones(len(starts))


def _known(pieces: Piecewise, segment: int) -> tuple[Mixture | None, Mixture | None]:
    """Slope of a segment, and its end minus the month before it, over where it begins and ends."""
    lines, changes = pieces.lines, pieces.changes
    varied = [j for j in (segment - 1, segment) if 0 <= j < len(changes)]
    starts = _vary(lines, changes, varied)[0] if varied else _starts(changes)
    last = starts[:, segment] - 1 if segment < len(changes) else np.full(len(starts), lines.n - 1)
    functions, sloped = [], pieces.sloped(segment)
    if sloped:
        functions.append(lines.slope(changes, starts, segment))
    if segment:
        before = lines.level(changes, starts, starts[:, segment - 1] - 1)
        functions.append(lines.level(changes, starts, last) - before)
    profile = lines.profile(changes, starts, functions, varied=varied)
    slope = profile.mixture(0) if sloped else None
    return slope, profile.mixture(len(functions) - 1) if segment else None
