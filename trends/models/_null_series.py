"""Made-up series that resemble a given one in trend, season and memory, but in nothing else."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt

from trends.models._exchangeability import harmonics

FloatArray = npt.NDArray[np.float64]
NULLS = ("ar", "trend", "season")  # each holds what the one before it holds
PHIS = np.round(np.arange(-0.6, 0.981, 0.02), 2)
LEAST_FITTED = 12  # known months
_BLOCK = 1 << 21  # made-up values at a time


def null_series(
    values: FloatArray, null: str, replicates: int, rng: np.random.Generator
) -> Iterator[FloatArray]:
    """Draw series of the model fitted to one, in blocks of shape (some, n).

    The model, of the values or of their logs, is a level (``ar``), with a line (``trend``) and two
    harmonics of the year (``season``), and Gaussian errors that are AR(1). Each replicate draws its
    own parameters from what the data leave open: the coefficient of the errors from its restricted
    likelihood over `PHIS`, then their variance and the rest from the least squares that belong to
    it (the posterior under flat priors). Unknown months are unknown in every replicate.
    """
    x = _design(len(values), null)
    fit = max((_Fit(*scale, x) for scale in scales(values)), key=lambda fit: fit.loglike)
    step = max(1, _BLOCK // len(values))
    for start in range(0, replicates, step):
        made = fit.draw(min(step, replicates - start), rng)
        made[:, np.isnan(values)] = np.nan
        yield made


def scales(values: FloatArray) -> list[tuple[FloatArray, float]]:
    """The values and, of numbers from zero up, their logs, each with the log of its slope summed.

    Records and streaks do not change with the scale, so the one is taken that the model fits
    better: growth by a share is a line in logs, growth by an amount in the values. Half of the
    least positive value is added where there are zeros.
    """
    known = values[~np.isnan(values)]
    found = [(values, 0.0)]
    if (known >= 0).all() and (known > 0).any():
        zero = 0.0 if (known > 0).all() else float(known[known > 0].min()) / 2
        logs = np.log(values + zero)
        found.append((logs, -float(np.nansum(logs))))
    return found


def _design(n: int, null: str) -> FloatArray:
    at = np.arange(n)
    columns = [np.ones((n, 1))]
    if null in ("trend", "season"):
        columns.append((at - at.mean())[:, None] / max(n, 1))
    if null == "season":
        columns.append(harmonics(at))
    return np.hstack(columns)


class _Fit:
    """Generalised least squares for every coefficient of `PHIS` at once."""

    def __init__(self, z: FloatArray, slopes: float, x: FloatArray) -> None:
        self.x = x
        at = np.flatnonzero(~np.isnan(z))
        both = np.hstack([x[at], z[at, None] - z[at].mean()])
        self.free = len(at) - x.shape[1]
        # each known month given the known one before it, in units of the spread of an error
        powers = PHIS[:, None] ** np.diff(at)
        sds = np.sqrt(1 - powers**2)
        white = np.empty((len(PHIS), *both.shape))
        white[:, 0] = both[0]
        white[:, 1:] = (both[1:] - powers[..., None] * both[:-1]) / sds[..., None]
        gram = white.transpose(0, 2, 1) @ white
        xx, xz, zz = gram[:, :-1, :-1], gram[:, :-1, -1:], gram[:, -1, -1]
        self.betas = np.linalg.solve(xx, xz)[..., 0]
        # a series that the model fits to the last digit keeps a little noise
        least = 1e-12 * zz + np.finfo(float).tiny
        self.rss = np.maximum(zz - np.einsum("gi,gi->g", self.betas, xz[..., 0]), least)
        self.roots = np.linalg.cholesky(np.linalg.inv(xx))
        spread = np.log(sds).sum(axis=1)
        # in full, to compare scales: the restricted one depends on the unit
        self.loglike = float((-len(at) / 2 * np.log(self.rss) - spread).max()) + slopes
        restricted = -self.free / 2 * np.log(self.rss) - np.linalg.slogdet(xx)[1] / 2 - spread
        weights = np.exp(restricted - restricted.max())
        self.weights = weights / weights.sum()

    def draw(self, replicates: int, rng: np.random.Generator) -> FloatArray:
        drawn = rng.choice(len(PHIS), size=replicates, p=self.weights)
        sds = np.sqrt(self.rss[drawn] / rng.chisquare(self.free, replicates))
        shifts = rng.standard_normal((replicates, self.x.shape[1]))
        betas = np.einsum("rij,rj->ri", self.roots[drawn], shifts) * sds[:, None]
        errors = rng.standard_normal((replicates, len(self.x)))
        phis = PHIS[drawn]
        errors[:, 1:] *= np.sqrt(1 - phis**2)[:, None]
        for t in range(1, len(self.x)):
            errors[:, t] += phis * errors[:, t - 1]
        return np.asarray((self.betas[drawn] + betas) @ self.x.T + sds[:, None] * errors)
