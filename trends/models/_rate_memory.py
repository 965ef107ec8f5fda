"""Months that remember each other: what autocorrelation does to the variance of a contrast.

The residuals of a fitted model are less autocorrelated than its errors. Both expectations are
written out for AR(1) errors, as power series in its coefficient, and solved for it: what is left of
the bias of the usual estimate and of the usual variance is of second order.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

FloatRow = npt.NDArray[np.float64]
_GRID = np.linspace(-0.6, 0.9, 76)  # beyond 0.9 a few years cannot tell a drift from a level


@dataclass(frozen=True, slots=True)
class Memory:
    """The autocorrelation found, and what follows from it.

    Parameters
    ----------
    autocorrelation : float
        Of errors one step apart.
    inflation : float
        By what the squared error of the contrast exceeds that of independent errors.
    df : float
        Degrees of freedom of that squared error, by Satterthwaite's rule.
    """

    autocorrelation: float
    inflation: float
    df: float


def remember(
    residuals: FloatRow,
    basis: FloatRow,
    places: npt.NDArray[np.int64],
    contrast: FloatRow,
    share: float = 1.0,
) -> Memory:
    """Estimate the autocorrelation of a regression and correct the variance of a contrast for it.

    Parameters
    ----------
    residuals : float64 array, shape (m,)
        Of the whitened regression: of variance about 1.
    basis : float64 array, shape (m, p)
        Orthonormal, of its whitened design.
    places : int array, shape (m,)
        The step at which each stands.
    contrast : float64 array, shape (n,)
        The contrast's weight at every step from the first place on, 0 where there is none.
    share : float
        Of the errors' variance, what can be remembered: the randomness of counting cannot.
    """
    n, (m, p) = len(contrast), basis.shape
    steps = places - places[0]
    error = np.zeros(n)
    error[steps] = residuals
    columns = np.zeros((p, n))
    columns[:, steps] = basis.T
    known = np.zeros(n)
    known[steps] = 1.0
    # traces of M R and of M R M A: R the correlations, A the pairs one step apart, M the residuals
    beside = np.array([_neighbours(column, known) for column in columns])
    plain, lagged = np.zeros(n), np.zeros(n)
    plain[0] = m
    lagged[1] = known[1:] @ known[:-1]
    between = columns @ beside.T
    for i in range(p):
        plain -= _lag_sums(columns[i], columns[i])
        lagged += _lag_sums(columns[i], between[i] @ columns - 2 * beside[i])
    weights = _lag_sums(contrast, contrast)

    powers = _GRID[:, None] ** np.arange(n)
    powers[:, 1:] *= share
    usual = np.maximum.accumulate((powers @ lagged) / (powers @ plain))
    total = float(error @ error)
    found = float(error @ _neighbours(error, known)) / total if total > 1e-9 * m else 0.0
    rho = float(np.interp(found, usual, _GRID))
    inflations = (powers @ weights) / weights[0] * (m - p) / (powers @ plain)
    inflation = float(np.interp(rho, _GRID, inflations))
    slope = float(np.interp(rho, _GRID, np.gradient(np.log(inflations), _GRID)))
    reach = max(float(np.interp(rho, _GRID, np.gradient(usual, _GRID))), 0.25)
    noise = (1 - rho * rho) / m / reach**2
    df = max(1.0, 2 / (2 / (m - p) + slope * slope * noise))
    return Memory(rho, inflation, df)


def _neighbours(row: FloatRow, known: FloatRow) -> FloatRow:
    """Half the sum of the two beside each known step."""
    beside = np.zeros(len(row))
    beside[1:] += row[:-1]
    beside[:-1] += row[1:]
    return beside * known / 2


def _lag_sums(a: FloatRow, b: FloatRow) -> FloatRow:
    """Sums of ``a[i] * b[j]`` over all pairs k steps apart, for each k."""
    full = np.correlate(a, b, "full")
    sums = full[len(a) - 1 :].copy()
    sums[1:] += full[: len(a) - 1][::-1]
    return sums
