"""Piecewise lines in AR(1) noise, averaged over where they begin and what the noise remembers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

FloatRow: TypeAlias = npt.NDArray[np.float64]
FloatTable: TypeAlias = npt.NDArray[np.float64]
IntTable: TypeAlias = npt.NDArray[np.int64]

# What the AR(1) coefficient may be, each as likely beforehand. Plugging in one estimate instead
# makes intervals too short: it is biased down in a short series.
PHIS: FloatRow = np.arange(-3, 10) / 10
PLAIN = 3  # where in PHIS is 0
LEAST_SHARE = 1e-5  # of the greatest weight: below, a term of a mixture is left out
TOLERANCE = 1e-6  # of a quantile, in scales


@dataclass(frozen=True, slots=True)
class Change:
    """A change of level (`step`), of slope (`ramp`) or of both, from position `at` on."""

    at: int
    step: bool
    ramp: bool


@dataclass(frozen=True, slots=True)
class Mixture:
    """Student's t distributions of one number, weighted: what is known about it."""

    weights: FloatRow
    centres: FloatRow
    scales: FloatRow
    df: int

    def below(self, value: float) -> float:
        """The weight below a value."""
        from scipy.special import stdtr

        return float(self.weights @ stdtr(self.df, (value - self.centres) / self.scales))

    def quantile(self, share: float) -> float:
        """The value below which `share` of the weight lies."""
        from scipy.special import stdtrit

        ends = self.centres + self.scales * stdtrit(self.df, share)
        low, high = float(ends.min()), float(ends.max())
        while high - low > TOLERANCE * float(self.scales.min()):
            middle = (low + high) / 2
            if not low < middle < high:
                break
            low, high = (middle, high) if self.below(middle) < share else (low, middle)
        return (low + high) / 2


@dataclass(frozen=True, slots=True)
class Profile:
    """How likely each set of starts is, and what it says about some linear functions."""

    starts: IntTable  # (n_models, n_varied)
    weights: FloatTable  # (n_models, n_phi), of sum 1
    centres: FloatTable  # (n_functions, n_models, n_phi)
    scales: FloatTable
    df: int
    log_weight: float = 0.0  # log of the sum that the weights had

    def mixture(self, function: int) -> Mixture:
        """What is known about one of the functions."""
        kept = self.weights > LEAST_SHARE * self.weights.max()
        weights = self.weights[kept] / self.weights[kept].sum()
        return Mixture(weights, self.centres[function][kept], self.scales[function][kept], self.df)

    def dated(self, other: Profile) -> Profile:
        """The same, the starts weighed on average as here and as in a fit on another scale."""
        lead = np.clip(other.log_weight - self.log_weight, -700.0, 700.0)
        share = 1 / (1 + np.exp(-lead))  # of the other scale, both as likely beforehand
        here = np.maximum(self.weights.sum(axis=1, keepdims=True), 1e-300)
        weights = (1 - share) * here + share * other.weights.sum(axis=1, keepdims=True)
        return replace(self, weights=self.weights / here * weights)

    def by_start(self, varied: int = 0) -> tuple[IntTable, FloatRow]:
        """The starts of one varied change, and the weight of each."""
        starts, group = np.unique(self.starts[:, varied], return_inverse=True)
        return starts.astype(np.int64), np.bincount(group, self.weights.sum(axis=1)).astype(
            np.float64
        )


def whiten(table: FloatTable, at: IntTable, phi: float) -> tuple[FloatTable, float]:
    """Columns of which AR(1) noise at the positions `at` is white, and log|V|.

    Across a gap the memory is ``phi**gap``.
    """
    reach = np.float_power(phi, np.diff(at))
    noise = np.sqrt((1 - reach * reach) / (1 - phi * phi))
    white = np.empty_like(table)
    white[0] = table[0] * np.sqrt(1 - phi * phi)
    white[1:] = (table[1:] - reach[:, None] * table[:-1]) / noise[:, None]
    return white, 2 * float(np.log(noise).sum()) - float(np.log(1 - phi * phi))


class Lines:
    """The regressions of one row on a line (or level), a season and changes.

    Parameters
    ----------
    values : float64 array, shape (n,)
        On the scale of the noise; NaN where a month takes no part.
    line : bool
        Whether the first segment has a slope.
    period, harmonics : int
        The season.
    jacobian : float
        Sum of the log derivatives of `values` by the data, where scales are to be compared.

    Attributes
    ----------
    beside : Lines or None
        The same months on another scale, which then has a say in when changes began.
    """

    def __init__(
        self,
        values: FloatRow,
        line: bool,
        period: int,
        harmonics: int,
        jacobian: float = 0.0,
    ) -> None:
        self.jacobian = jacobian
        self.beside: Lines | None = None
        self.n = len(values)
        self.at = np.flatnonzero(~np.isnan(values))
        self.line, self.period, self.harmonics = line, period, harmonics
        z = values[self.at]
        self.centre, self.spread = float(z.mean()), float(z.std()) or 1.0
        self.n_base = 1 + line + 2 * harmonics
        self.total = len(z)
        starts = np.arange(self.n)
        steps = (self.at[:, None] >= starts) * 1.0
        ramps = np.maximum(self.at[:, None] - starts + 1, 0) / self.n
        z = (z - self.centre) / self.spread
        self.table = np.column_stack([self.base(self.at), steps, ramps, z])
        # by phi: products of all columns, whitened, the row itself the last; and log|V|
        white = [whiten(self.table, self.at, phi) for phi in PHIS]
        self.products = np.stack([rows.T @ rows for rows, _ in white])
        self.volumes = np.array([volume for _, volume in white])

    def base(self, at: IntTable) -> FloatTable:
        """The columns that every model has: level, slope, season."""
        columns: list[FloatRow] = [np.ones(len(at))]
        if self.line:
            columns.append((at - (self.n - 1) / 2) / self.n)
        for h in range(1, self.harmonics + 1):
            angle = 2 * np.pi * h * at / self.period
            columns += [np.cos(angle), np.sin(angle)]
        return np.column_stack(columns)

    def columns(self, changes: Sequence[Change], starts: IntTable) -> IntTable:
        """Which columns each model has, shape (n_models, k); `starts` is (n_models, n_changes)."""
        parts = [np.tile(np.arange(self.n_base), (len(starts), 1))]
        for j, change in enumerate(changes):
            if change.step:
                parts.append(self.n_base + starts[:, j : j + 1])
            if change.ramp:
                parts.append(self.n_base + self.n + starts[:, j : j + 1])
        return np.concatenate(parts, axis=1)

    def slope(self, changes: Sequence[Change], starts: IntTable, segment: int) -> FloatTable:
        """The function that gives the slope of a segment (0: before the first change)."""
        row = [0.0] + [1.0] * self.line + [0.0] * (2 * self.harmonics)
        for j, change in enumerate(changes):
            row += [0.0] * change.step + [float(j < segment)] * change.ramp
        return np.tile(np.array(row) / self.n, (len(starts), 1))

    def level(self, changes: Sequence[Change], starts: IntTable, at: IntTable) -> FloatTable:
        """The function that gives the level at a position of each model, without the season."""
        parts: list[FloatRow] = [np.ones(len(starts))]
        if self.line:
            parts.append(((at - (self.n - 1) / 2) / self.n).astype(np.float64))
        parts += [np.zeros(len(starts))] * (2 * self.harmonics)
        for j, change in enumerate(changes):
            if change.step:
                parts.append((at >= starts[:, j]).astype(np.float64))
            if change.ramp:
                parts.append((np.maximum(at - starts[:, j] + 1, 0) / self.n).astype(np.float64))
        return np.column_stack(parts)

    def profile(
        self,
        changes: Sequence[Change],
        starts: IntTable,
        functions: Sequence[FloatTable] = (),
        varied: Sequence[int] = (0,),
    ) -> Profile:
        """Weigh models that differ in their starts, with each phi, by their likelihood.

        The coefficients are integrated out (which is REML), scaled so that no start gains by a
        smaller column.
        """
        index = self.columns(changes, starts)
        k = index.shape[1]
        df = max(self.total - k, 1)
        a = self.products[:, index[:, :, None], index[:, None, :]]
        a += 1e-11 * a * np.eye(k)
        right = np.empty((*a.shape[:-1], 1 + len(functions)))
        right[..., 0] = self.products[:, index, -1]
        for f, function in enumerate(functions):
            right[..., 1 + f] = function
        solved = np.linalg.solve(a, right)
        beta, own = solved[..., 0], self.products[:, -1, -1, None]
        rss = own - np.einsum("...k,...k", right[..., 0], beta)
        rss = np.maximum(rss, 1e-10 * own + 1e-300)
        sizes = np.linalg.slogdet(a)[1]
        price = df * np.log(rss) + sizes - sizes[PLAIN] + self.volumes[:, None]
        log_weights = -0.5 * price.T
        centres = np.einsum("...kf,...k->...f", right[..., 1:], beta)
        spreads = np.einsum("...kf,...kf->...f", right[..., 1:], solved[..., 1:])
        scales = np.sqrt(np.maximum(spreads, 1e-300) * rss[..., None] / df)
        weights = np.exp(log_weights - log_weights.max())
        total = float(np.log(weights.sum()) + log_weights.max())
        found = Profile(
            starts[:, list(varied)],
            weights / weights.sum(),
            centres.T * self.spread,
            scales.T * self.spread,
            df,
            total - self.total * float(np.log(self.spread)) + self.jacobian,
        )
        if self.beside is None or len(starts) == 1:
            return found
        return found.dated(self.beside.profile(changes, starts))

    def criterion(self, changes: Sequence[Change], starts: IntTable) -> float:
        """Minus twice the log-likelihood of one model at its best phi, up to a constant."""
        index = self.columns(changes, starts)[0]
        found = []
        for products, volume in zip(self.products, self.volumes, strict=True):
            a, b = products[np.ix_(index, index)], products[index, -1]
            rss = products[-1, -1] - b @ np.linalg.solve(a + 1e-11 * a * np.eye(len(a)), b)
            # the noise has a floor, so that no wiggle of a smooth curve counts for much
            found.append(self.total * np.log(max(rss, 0.0) + 0.01 * self.total) + volume)
        return float(min(found))

    def candidates(self, changes: Sequence[Change], which: int) -> IntTable:
        """Where a change may be, the others being where they are.

        Each side keeps two known months, three where the segment has a slope of its own.
        """
        change = changes[which]
        first = changes[which - 1].at if which else 0
        stop = changes[which + 1].at if which + 1 < len(changes) else self.n
        before, after = (3 if self.line and not which else 2), 3 if change.ramp else 2
        if change.ramp and not change.step and not self.line and not which:
            before = 1
        taus = np.arange(first + 1, stop)
        known_before = np.searchsorted(self.at, taus) - np.searchsorted(self.at, first)
        known_after = np.searchsorted(self.at, stop) - np.searchsorted(self.at, taus)
        kept: IntTable = taus[(known_before >= before) & (known_after >= after)]
        return kept if len(kept) else np.array([change.at])
