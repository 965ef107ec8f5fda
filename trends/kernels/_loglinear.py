"""Maximum likelihood for counts with a log-linear mean: Poisson, and negative binomial (NB2).

A mean is ``exposure * exp(design @ beta)``, a variance ``mean + alpha * mean**2``. Newton's steps,
halved where the likelihood would fall; for a given alpha it is concave in beta. A fall after a step
below 1e-4 is but rounding; what is left after one below 1e-9 is the square of that.
"""

import math

import numpy as np

from trends.kernels._dispersions import counts_part, mean_part
from trends.kernels._rowwise import Row

__all__ = ["climb_both", "climb_poisson", "invert"]


def factorise(matrix: Row, p: int) -> bool:
    """Put Cholesky's factor into the lower triangle; False where it is singular."""
    for i in range(p):
        whole = matrix[i, i]
        for j in range(i + 1):
            rest = matrix[i, j]
            for k in range(j):
                rest -= matrix[i, k] * matrix[j, k]
            if j < i:
                matrix[i, j] = rest / matrix[j, j]
            elif rest > 1e-12 * whole:
                matrix[i, i] = math.sqrt(rest)
            else:
                return False
    return True


def solve(factor: Row, p: int, vector: Row) -> None:
    """Solve for `vector`, in place, by Cholesky's factor."""
    for i in range(p):
        rest = vector[i]
        for k in range(i):
            rest -= factor[i, k] * vector[k]
        vector[i] = rest / factor[i, i]
    for i in range(p - 1, -1, -1):
        rest = vector[i]
        for k in range(i + 1, p):
            rest -= factor[k, i] * vector[k]
        vector[i] = rest / factor[i, i]


def invert(factor: Row, p: int, inverse: Row) -> None:
    """Fill `inverse` from Cholesky's factor, row by row."""
    for i in range(p):
        for j in range(p):
            inverse[i, j] = 1.0 if i == j else 0.0
        solve(factor, p, inverse[i])


def clear(vector: Row, matrix: Row) -> None:
    """Set all to 0, by loops: what assigns to slices takes numba three times as long to compile."""
    for i in range(vector.shape[0]):
        vector[i] = 0.0
        for j in range(vector.shape[0]):
            matrix[i, j] = 0.0


def start(counts: Row, exposure: Row, design: Row, n: int, beta: Row, factor: Row) -> bool:
    """Fit by weighted least squares to the counts drawn half-way to their common rate."""
    p = design.shape[1]
    total = time = 0.0
    for i in range(n):
        total += counts[i]
        time += exposure[i]
    clear(beta, factor)
    for i in range(n):
        mean = 0.5 * (counts[i] + total / time * exposure[i])
        pull = mean * math.log(mean / exposure[i]) + counts[i] - mean
        for j in range(p):
            beta[j] += design[i, j] * pull
            for k in range(j + 1):
                factor[j, k] += mean * design[i, j] * design[i, k]
    if not factorise(factor, p):
        return False
    solve(factor, p, beta)
    return True


def predict(
    counts: Row, exposure: Row, design: Row, n: int, alpha: float, beta: Row, means: Row
) -> float:
    """Fill the means; return the part of the log-likelihood that they change."""
    likelihood = 0.0
    for i in range(n):
        eta = 0.0
        for j in range(design.shape[1]):
            eta += design[i, j] * beta[j]
        eta = min(max(eta, -600.0), 600.0)
        means[i] = mean = exposure[i] * math.exp(eta)
        likelihood += counts[i] * eta
        if alpha > 0.0:
            likelihood -= (counts[i] + 1.0 / alpha) * math.log1p(alpha * mean)
        else:
            likelihood -= mean
    return likelihood


def derive(
    counts: Row, design: Row, n: int, alpha: float, means: Row, score: Row, cross: Row, info: Row
) -> None:
    """Derivatives by beta: the first, the mixed one with log(alpha), and less the second."""
    p = design.shape[1]
    clear(score, info)
    clear(cross, info)
    for i in range(n):
        shrink = 1.0 / (1.0 + alpha * means[i])
        excess = (counts[i] - means[i]) * shrink
        weight = means[i] * (1.0 + alpha * counts[i]) * shrink * shrink
        mixed = alpha * means[i] * excess * shrink
        for j in range(p):
            x = design[i, j]
            score[j] += excess * x
            cross[j] += mixed * x
            for k in range(j + 1):
                info[j, k] += weight * x * design[i, k]


def reach_of(design: Row, n: int, step: Row) -> float:
    """Most that a step of beta moves the logarithm of a mean."""
    reach = 0.0
    for i in range(n):
        move = 0.0
        for j in range(design.shape[1]):
            move += design[i, j] * step[j]
        reach = max(reach, abs(move))
    return reach


def climb_poisson(
    counts: Row, exposure: Row, design: Row, n: int, beta: Row, means: Row, factor: Row
) -> bool:
    """Go to the top of the Poisson likelihood; whether it was reached.

    `factor` is left with Cholesky's of the information.
    """
    p = design.shape[1]
    step, unused, before = np.empty(p), np.empty(p), np.empty(p)
    if not start(counts, exposure, design, n, beta, factor):
        return False
    best = reach = 0.0
    for attempt in range(60):
        height = predict(counts, exposure, design, n, 0.0, beta, means)
        if attempt and reach > 1e-4 and not height >= best:
            reach *= 0.5
            for j in range(p):
                step[j] *= 0.5
        else:
            best = height
            derive(counts, design, n, 0.0, means, step, unused, factor)
            if not factorise(factor, p):
                return False
            solve(factor, p, step)
            reach = reach_of(design, n, step)
            for j in range(p):
                before[j] = beta[j]
        for j in range(p):
            beta[j] = before[j] + step[j]
        if reach < 1e-9:
            return True
    return False


def slide(
    slope: float, bend: float, alpha: float, step: Row, cross: Row, lean: Row
) -> tuple[float, float]:
    """Step of log(alpha), and less the second derivative by it once beta follows.

    `slope` and `bend` are the derivatives by alpha, `step` that of beta were alpha fixed, and
    `lean` how beta follows. Uphill and short where the likelihood is not concave.
    """
    drive, curvature = alpha * slope, -alpha * (slope + alpha * bend)
    for j in range(step.shape[0]):
        drive -= cross[j] * step[j]
        curvature -= cross[j] * lean[j]
    if curvature <= 0.0:
        return (1.0 if drive > 0.0 else -1.0), curvature
    return min(max(drive / curvature, -2.0), 2.0), curvature


def climb_both(
    counts: Row, exposure: Row, design: Row, n: int, alpha: float, above: Row, beta: Row,
    means: Row, factor: Row, lean: Row,
) -> tuple[bool, float, float]:  # fmt: skip
    """Go to the top of the NB2 likelihood, from `beta` and `alpha`.

    Returns whether it was reached, alpha, and the curvature there by log(alpha). `factor` is left
    with Cholesky's of the information on beta for that alpha, and `lean` with less the derivative
    of beta by log(alpha).
    """
    p = design.shape[1]
    step, cross, before = np.empty(p), np.empty(p), np.empty(p)
    old = tau = math.log(alpha)
    best = reach = move = curvature = 0.0
    for attempt in range(100):
        alpha = math.exp(tau)
        part, slope, bend = counts_part(counts, n, alpha, above)
        height = part + predict(counts, exposure, design, n, alpha, beta, means)
        if attempt and reach > 1e-4 and not height >= best:
            reach *= 0.5
            move *= 0.5
            for j in range(p):
                step[j] *= 0.5
        else:
            best = height
            derive(counts, design, n, alpha, means, step, cross, factor)
            if not factorise(factor, p):
                break
            solve(factor, p, step)
            for j in range(p):
                lean[j], before[j] = cross[j], beta[j]
            solve(factor, p, lean)
            more, turn = mean_part(counts, n, alpha, means)
            move, curvature = slide(slope + more, bend + turn, alpha, step, cross, lean)
            for j in range(p):
                step[j] -= lean[j] * move
            reach = abs(move) + reach_of(design, n, step)
            old = tau
        tau = min(max(old + move, -50.0), 50.0)
        for j in range(p):
            beta[j] = before[j] + step[j]
        if reach < 1e-9:
            return curvature > 0.0, math.exp(tau), curvature
    return False, alpha, curvature
