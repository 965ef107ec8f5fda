"""A regression on time whose errors remember their past: every AR(1) coefficient weighed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from trends.models._least_squares import least_squares

Floats: TypeAlias = npt.NDArray[np.float64]

# Midpoints of equal arcs: the standard error of arcsin(phi) is about 1 / sqrt(n) whatever phi is.
_ARCS = 64
_THETAS = (np.arange(_ARCS) + 0.5) * np.pi / _ARCS - np.pi / 2
PHIS: Floats = np.sin(_THETAS)
# Uniform on (-1, 1). Tried: 1 / sqrt(1 - phi^2), (1 + phi), (1 + phi)^2, 1 / (1 - phi), phi > 0
# only. This one held the level best at once for phi 0, .3, .5 and .8 and n = 24 ... 120.
_PRIOR: Floats = np.cos(_THETAS)


@dataclass(frozen=True, slots=True)
class Profile:
    """The regression at each `phi`, and the restricted likelihood of that `phi`.

    Parameters
    ----------
    phis, loglik : float64 array, shape (p,)
        The restricted likelihood's logarithm, less a constant.
    criterion : float
        The least -2 log (full) likelihood, less a constant: it compares designs.
    beta : float64 array, shape (p, k)
    cov : float64 array, shape (p, k, k)
        Of `beta` where `phi` is true.
    df : int
        Degrees of freedom.
    """

    phis: Floats
    loglik: Floats
    criterion: float
    beta: Floats
    cov: Floats
    df: int

    @property
    def weights(self) -> Floats:
        """How probable each `phi` of `PHIS` is after the data, all values equal before."""
        weights = np.exp(self.loglik - self.loglik.max()) * _PRIOR
        return np.asarray(weights / weights.sum())

    @property
    def random_walk(self) -> float:
        """Twice the log restricted likelihood that a random walk lacks of the best `phi`."""
        return float(2 * (self.loglik.max() - self.loglik[-1]))

    def of(self, contrast: Floats) -> tuple[Floats, Floats]:
        """Estimate and standard error of ``contrast @ beta`` at each phi, shape (..., p)."""
        centre = contrast @ self.beta.T
        variance = np.einsum("...i,pij,...j->...p", contrast, self.cov, contrast)
        return centre, np.sqrt(variance)

    def quantiles(self, share: float, contrast: Floats) -> Floats:
        """Quantiles of ``contrast @ beta``: of t distributions mixed by `weights`, shape (...)."""
        from scipy.special import stdtr, stdtrit

        weights = self.weights
        used = weights > 1e-12
        centre, se = (part[..., used] for part in self.of(contrast))
        weights = weights[used] / weights[used].sum()
        ends = centre + se * stdtrit(self.df, share)  # it lies between the quantiles of the parts
        low, high = ends.min(-1), ends.max(-1)
        for _ in range(45):
            middle = (low + high) / 2
            below = stdtr(self.df, (middle[..., None] - centre) / se) @ weights < share
            low, high = np.where(below, middle, low), np.where(below, high, middle)
        return np.asarray((low + high) / 2)

    def p_value(self, contrast: Floats, *, random_walk: bool = False) -> float:
        """Two-sided p-value of ``contrast @ beta`` being 0, by the mixture or for a random walk."""
        from scipy.special import stdtr

        centre, se = self.of(contrast)
        below = stdtr(self.df, -centre / se)
        share = float(below[-1] if random_walk else below @ self.weights)
        return min(1.0, 2 * min(share, 1 - share))


def designs(steps: Floats, period: int, harmonics: int) -> Floats:
    """Columns of level, slope a step and `harmonics` waves a `period`, shape (n, 2 + 2 h)."""
    angle = 2 * np.pi / period * steps
    waves = [f(h * angle) for h in range(1, harmonics + 1) for f in (np.cos, np.sin)]
    return np.column_stack([np.ones(len(steps)), steps - steps.mean(), *waves])


def profiles(steps: Floats, design: Floats, endog: Floats, phis: Floats = PHIS) -> Profile:
    """Generalised least squares at each phi; between known steps g apart it is ``phi ** g``."""
    n, k = design.shape
    # Only what ordinary least squares leaves is whitened: squares lose no digits to the slope.
    first = least_squares(design, endog)
    gram, log_det = _products(steps, np.column_stack([design, endog - design @ first]), phis)
    gram[:, k, k] += n * _rounding(endog) ** 2
    root = np.linalg.cholesky(gram)
    diagonal = np.diagonal(root, axis1=1, axis2=2)
    rss = diagonal[:, k] ** 2
    inverse = np.linalg.inv(gram[:, :k, :k])
    beta = first + np.einsum("pij,pj->pi", inverse, gram[:, :k, k])
    loglik = -0.5 * ((n - k) * np.log(rss) + log_det) - np.log(diagonal[:, :k]).sum(1)
    criterion = float((n * np.log(rss) + log_det).min())
    cov = inverse * (rss / (n - k))[:, None, None]
    return Profile(phis, loglik, criterion, beta, cov, n - k)


def _rounding(endog: Floats) -> float:
    """Noise that is no more than rounding."""
    # of a constant even that is none, and a likelihood needs some
    return max(1e-9 * float(np.std(endog)), 1e-14 * float(np.abs(endog).max()), 1e-100)


def _products(steps: Floats, columns: Floats, phis: Floats) -> tuple[Floats, Floats]:
    """Products of whitened columns, shape (p, k, k), and the log determinants of correlations."""
    rho = phis[:, None] ** np.diff(steps)
    left = 1 - rho * rho
    white = np.empty((len(phis), *columns.shape))
    white[:, 0] = columns[0]
    white[:, 1:] = (columns[1:] - rho[..., None] * columns[:-1]) / np.sqrt(left)[..., None]
    return white.transpose(0, 2, 1) @ white, np.log(left).sum(1)


def best_phi(steps: Floats, design: Floats, endog: Floats, profile: Profile) -> float:
    """The phi of the highest restricted likelihood, between those of the grid too."""
    at = int(np.argmax(profile.loglik))
    if at in (0, _ARCS - 1):
        return float(PHIS[at])
    for _ in range(2):
        near = profile.phis[max(at - 1, 0)], profile.phis[min(at + 1, len(profile.phis) - 1)]
        profile = profiles(steps, design, endog, np.linspace(*near, 9))
        at = int(np.clip(np.argmax(profile.loglik), 1, 7))
    low, middle, high = profile.loglik[at - 1 : at + 2]
    bend = low - 2 * middle + high
    vertex = 0.5 * (low - high) / bend if bend < 0 else 0.0
    step = profile.phis[1] - profile.phis[0]
    return float(profile.phis[at] + np.clip(vertex, -1, 1) * step)
