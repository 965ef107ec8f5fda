"""Counts whose mean grows or shrinks by a rate: log-linear regressions, row by row."""

import functools
import math

import numpy as np
import numpy.typing as npt

from trends.kernels._dispersions import count_above
from trends.kernels._distributions import log_negative_binomial, log_poisson
from trends.kernels._loglinear import climb_both, climb_poisson, invert
from trends.kernels._rowwise import Kernel, Row, rowwise

__all__ = [
    "negative_binomial_regressions",
    "negative_binomial_trends",
    "poisson_regressions",
    "poisson_trends",
]


def _gather(
    counts: Row, exposure: Row, exog: Row, known: Row, time: Row, design: Row
) -> tuple[int, float]:
    """Take the steps of which all is known; their number, and the sum of their counts."""
    p = exog.shape[1]
    n = 0
    total = 0.0
    for t in range(counts.shape[0]):
        y, e = 1.0 * counts[t], 1.0 * exposure[t]
        if y == y and e > 0.0:
            row = 0.0
            for j in range(p):
                design[n, j] = exog[t, j]
                row += exog[t, j]
            if row == row:
                known[n], time[n] = y, e
                n += 1
                total += y
    return n, total


def _log_likelihood(known: Row, means: Row, n: int, alpha: float) -> float:
    total = 0.0
    for i in range(n):
        if alpha > 0.0:
            total += log_negative_binomial(known[i], means[i], alpha)
        else:
            total += log_poisson(known[i], means[i])
    return total


def _write(
    beta: Row, factor: Row, lean: Row, curvature: float, tail: tuple[float, float, float], out: Row
) -> None:
    """Write the params, their covariance with alpha free, and three facts more."""
    p = beta.shape[0]
    covariance = np.empty((p, p))
    invert(factor, p, covariance)
    for j in range(p):
        out[j] = beta[j]
        for k in range(p):
            out[p + j * p + k] = covariance[j, k] + lean[j] * lean[k] / curvature
    last = p + p * p
    out[last], out[last + 1], out[last + 2] = tail
    out[last + 4] = True


def _fit_poisson(
    counts: Row, exposure: Row, exog: Row, known: Row, time: Row, design: Row, means: Row,
    beta: Row, factor: Row, out: Row,
) -> tuple[int, bool]:  # fmt: skip
    """Fit, but write only what is known without: how many steps, and whether it could."""
    p = exog.shape[1]
    n, total = _gather(counts, exposure, exog, known, time, design)
    for j in range(p + p * p + 3):
        out[j] = math.nan
    out[p + p * p + 3], out[p + p * p + 4] = n, False
    if n < p or total <= 0.0:
        return n, False
    return n, climb_poisson(known, time, design, n, beta, means, factor)


def _poisson(counts: Row, exposure: Row, exog: Row, out: Row) -> None:
    steps, p = exog.shape
    known, time, means = np.empty(steps), np.empty(steps), np.empty(steps)
    design, beta, factor = np.empty((steps, p)), np.empty(p), np.empty((p, p))
    n, reached = _fit_poisson(counts, exposure, exog, known, time, design, means, beta, factor, out)
    if reached:
        tail = (0.0, math.nan, _log_likelihood(known, means, n, 0.0))
        _write(beta, factor, np.zeros(p), 1.0, tail, out)


def _negative_binomial(counts: Row, exposure: Row, exog: Row, out: Row) -> None:
    steps, p = exog.shape
    known, time, means = np.empty(steps), np.empty(steps), np.empty(steps)
    design, beta, factor = np.empty((steps, p)), np.empty(p), np.empty((p, p))
    n, reached = _fit_poisson(counts, exposure, exog, known, time, design, means, beta, factor, out)
    if not reached:
        return
    surplus = squares = 0.0
    for i in range(n):
        surplus += (known[i] - means[i]) * (known[i] - means[i]) - known[i]
        squares += means[i] * means[i]
    lean, alpha, deviation, curvature = np.zeros(p), 0.0, math.nan, 1.0
    if surplus > 0.0:  # otherwise the likelihood falls as alpha leaves 0
        above = np.empty(4 * n + 64)
        count_above(known, n, above)
        alpha = min(surplus / squares, 20.0)
        reached, alpha, curvature = climb_both(
            known, time, design, n, alpha, above, beta, means, factor, lean
        )
        if not reached:
            return
        deviation = alpha / math.sqrt(curvature)
    tail = (alpha, deviation, _log_likelihood(known, means, n, alpha))
    _write(beta, factor, lean, curvature, tail, out)


def _line(steps: int) -> Row:
    """Design of an intercept and the steps 0, 1, 2, ..."""
    exog = np.empty((steps, 2))
    for t in range(steps):
        exog[t, 0] = 1.0
        exog[t, 1] = t
    return exog


@rowwise(np.float64, width=11, rows=2, cost=200)
def poisson_trends(counts: Row, exposure: Row, out: Row) -> None:
    """Poisson regression on time: ``log(mean) = log(exposure) + a + b t``, t = 0, 1, 2, ...

    Parameters
    ----------
    counts : real array, shape (..., n_time)
        Not negative.
    exposure : real array, shape (..., n_time)

    Returns
    -------
    float64 array, shape (..., 11)
        a and b; their covariance, 4 numbers; the dispersion, which is 0, and its standard error,
        which is NaN; the log-likelihood; the number of steps used; whether it converged. A step
        with a NaN, or without exposure, is left out; where the likelihood has no highest point
        (only zeros, counts only at one end, fewer than two steps) all but the last two are NaN. Of
        the whole row, so not causal.

    References
    ----------
    .. [1] P. McCullagh and J. A. Nelder, *Generalized Linear Models*, 2nd ed., Chapman and Hall,
       1989, doi:10.1007/978-1-4899-3242-6.

    Examples
    --------
    >>> poisson_trends([3, 6, 12, 24], 1).round(4)[[0, 1, 9, 10]]
    array([1.0986, 0.6931, 4.    , 1.    ])
    """
    _poisson(counts, exposure, _line(counts.shape[0]), out)


@rowwise(np.float64, width=11, rows=2, cost=400)
def negative_binomial_trends(counts: Row, exposure: Row, out: Row) -> None:
    """Negative binomial (NB2) regression on time, as `poisson_trends`, dispersion included.

    Parameters
    ----------
    counts : real array, shape (..., n_time)
        Whole numbers that are not negative.
    exposure : real array, shape (..., n_time)

    Returns
    -------
    float64 array, shape (..., 11)
        As of `poisson_trends`, with the dispersion alpha of maximum likelihood (a variance is
        ``mean + alpha * mean**2``) and its standard error; the covariance is that of a and b with
        alpha unknown. Where the counts vary no more than Poisson's, so that the likelihood falls as
        alpha leaves 0, the answer is Poisson's: alpha 0, its error NaN. A step with a NaN, or
        without exposure, is left out; where the likelihood has no highest point all but the last
        two are NaN. Of the whole row, so not causal.

    Notes
    -----
    Counts above ``4 n_time + 64`` cost a Stirling series each; below, a term for each whole number
    up to the highest. Covariances are inverse observed informations, as in statsmodels; R's
    ``glm.nb`` gives those for a known alpha.

    References
    ----------
    .. [1] J. F. Lawless, "Negative binomial and mixed Poisson regression", Canadian Journal of
       Statistics 15, 1987, doi:10.2307/3314912.
    .. [2] B. Levin and J. Reeds, "Compound multinomial likelihood functions are unimodal", Annals
       of Statistics 5, 1977, doi:10.1214/aos/1176343741: when alpha is 0.

    Examples
    --------
    >>> negative_binomial_trends([1, 9, 0, 3, 25, 4, 30, 8], 1).round(3)[[0, 1, 6, 7, 10]]
    array([1.091, 0.294, 0.926, 0.544, 1.   ])
    """
    _negative_binomial(counts, exposure, _line(counts.shape[0]), out)


@functools.cache
def _kernel(dispersed: bool, p: int) -> Kernel[np.float64]:
    cost = (400 if dispersed else 200) * (1 + p * p / 8)
    wide = rowwise(np.float64, width=p + p * p + 5, rows=2, cost=cost)
    return wide(_negative_binomial if dispersed else _poisson)


def poisson_regressions(
    counts: npt.ArrayLike,
    exposure: npt.ArrayLike,
    exog: npt.ArrayLike,
    out: npt.NDArray[np.float64] | None = None,
) -> npt.NDArray[np.float64]:
    """Poisson regression on any few columns: ``log(mean) = log(exposure) + exog @ params``.

    Parameters
    ----------
    counts : real array, shape (..., n_time)
        Not negative.
    exposure : real array, shape (..., n_time)
    exog : real array, shape (n_time, p)
        The design, the same for all rows; a constant is not added.

    Returns
    -------
    float64 array, shape (..., p + p * p + 5)
        The p params; their covariance, row by row; then as of `poisson_trends`: dispersion, its
        standard error, log-likelihood, number of steps, whether it converged. A step with a NaN, or
        without exposure, is left out; where the likelihood has no highest point or the design not
        full rank all but the last two are NaN. Of the whole row, so not causal.

    Examples
    --------
    >>> poisson_regressions([2, 4, 3, 0], 1, [[1, 0], [1, 0], [1, 1], [1, 1]]).round(4)[:2]
    array([ 1.0986, -0.6931])
    """
    design = np.asarray(exog, np.float64)
    return _kernel(False, design.shape[1])(counts, exposure, design, out)


def negative_binomial_regressions(
    counts: npt.ArrayLike,
    exposure: npt.ArrayLike,
    exog: npt.ArrayLike,
    out: npt.NDArray[np.float64] | None = None,
) -> npt.NDArray[np.float64]:
    """Negative binomial (NB2) regression on any few columns, dispersion included.

    Parameters
    ----------
    counts : real array, shape (..., n_time)
        Whole numbers that are not negative.
    exposure : real array, shape (..., n_time)
    exog : real array, shape (n_time, p)
        The design, the same for all rows; a constant is not added.

    Returns
    -------
    float64 array, shape (..., p + p * p + 5)
        The numbers of `poisson_regressions`, fitted as in `negative_binomial_trends`. A step with a
        NaN, or without exposure, is left out; where the likelihood has no highest point or the
        design not full rank all but the last two are NaN. Of the whole row, so not causal.

    Examples
    --------
    >>> design = [[1, 0], [1, 0], [1, 0], [1, 1], [1, 1], [1, 1]]
    >>> negative_binomial_regressions([2, 9, 1, 3, 30, 9], 1, design).round(4)[:2]
    array([1.3863, 1.2528])
    """
    design = np.asarray(exog, np.float64)
    return _kernel(True, design.shape[1])(counts, exposure, design, out)
