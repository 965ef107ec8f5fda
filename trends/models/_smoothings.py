"""Exponential smoothing, combined by past errors, in intervals as wide as past errors were."""

from __future__ import annotations

import math

import numpy as np
import numpy.typing as npt

from trends.kernels.forecasts import MEMBERS, smoothing_paths
from trends.models._predictives import (
    MOST_ORIGINS,
    Floats,
    Predictive,
    outcomes,
    pooled_across_steps,
)

# None of these was tuned beyond the first digit: halving or doubling any of them moves the
# coverage of the simulations by less than 0.01.
HALF_LIFE = 60.0  # in steps, of an error's weight
OVERLAP = 0.5  # for weights, errors h steps ahead count as one in 1 + OVERLAP * (h - 1)
MOST_WORTH = 24.0  # independent errors that weights are chosen by
BORROWED = 4.0  # errors that the width which theory adds is worth
EMPIRICAL = 60.0  # origins at which past errors shape the tails as much as Student's t
# What weights and widths cost that are chosen by the same errors, over the worth of these. A width
# raised by the step alone left turning trends and walks short where it suited fixed seasons.
CHOSEN = 8.0
STRAIGHT = 2.0  # times the highest value known, from which on logs give way to a straight line
LEAST_ROOM = 8  # steps beyond two periods, below which no season is fitted
SCALES = {1.0: "as they are", 0.5: "square roots", 0.0: "logs"}


def smoothed(values: Floats, horizon: int, period: int, *, signed: bool) -> Predictive:
    """Predict on the scale, of three, on which past forecasts were most probable.

    Of values that can be negative, on their own scale alone.
    """
    known = values[~np.isnan(values)]
    signed = signed or bool(known.min() < 0)
    powers = [1.0] if signed else [1.0, 0.5]
    if not signed and known.min() > 0:
        powers.append(0.0)
    fits = [_Combination(_there(values, power), horizon, period) for power in powers]
    densities = [
        _log_slope(known, power) - float(np.log(np.maximum(fit.widths, 1e-300)).mean())
        for fit, power in zip(fits, powers, strict=True)
    ]
    best = int(np.argmax(densities))
    fit, power = fits[best], powers[best]
    least = -math.inf if signed else 0.0

    top = STRAIGHT * float(known.max())

    def quantiles(probabilities: Floats) -> Floats:
        return np.maximum(_back(fit.quantiles(probabilities), power, top), least)

    return Predictive(
        quantiles, fit.correlation, fit.members, fit.weights, SCALES[power], fit.origins
    )


def _there(values: Floats, power: float) -> Floats:
    if power == 1:
        return values
    return np.asarray(np.sqrt(values) if power else np.log(values), dtype=np.float64)


def _back(values: Floats, power: float, top: float) -> Floats:
    """Back from a scale; logs beyond that of `top` go on along the tangent."""
    if power == 1:
        return values
    if power:
        return np.maximum(values, 0.0) ** 2
    beyond = np.maximum(values - math.log(top), 0.0)
    return np.asarray(np.exp(values - beyond) * (1 + beyond), dtype=np.float64)


def _log_slope(known: Floats, power: float) -> float:
    """Mean log of the slope of the scale, which makes densities on different scales comparable."""
    if power == 1:
        return 0.0
    if power == 0:
        return -float(np.log(known).mean())
    least = max(0.01 * float(known.mean()), 1e-300)  # at 0 the slope has no end
    return float(np.log(0.5 / np.sqrt(np.maximum(known, least))).mean())


class _Combination:
    """Members weighted by their past errors, and the width of the errors of their mean."""

    def __init__(self, values: Floats, horizon: int, period: int) -> None:
        n = len(values)
        seasonal = n >= 2 * period + LEAST_ROOM
        first = 2 * period + 1 if seasonal else max(6, n // 3)
        self.origins = min(MOST_ORIGINS, n - first)
        paths, params = smoothing_paths(values, period, horizon, self.origins, first=first)
        number = len(MEMBERS) if seasonal else 4
        paths, params = paths[:number], params[:number]
        self.members: tuple[str, ...] = tuple(MEMBERS[:number])
        actual = outcomes(values, self.origins, horizon)
        ages = self.origins - np.arange(self.origins + 1.0)
        recency = np.where(np.isnan(actual), 0.0, (0.5 ** (ages / HALF_LIFE))[:, None])
        number_known = recency.sum(axis=0)
        worth = number_known / (1 + OVERLAP * np.arange(horizon))
        self.weights = _weights(_mean_squares(actual - paths, recency), worth)
        responses = np.array(
            [_responses(one, k, horizon, period) for k, one in enumerate(params)], dtype=np.float64
        )
        combined = np.einsum("mh,moh->oh", self.weights, paths)
        errors = actual - combined
        worth = number_known / _shared(self.weights, responses)
        self.centre = combined[-1]
        self.widths, self.df = self._width(errors, recency, worth, responses)
        self.correlation = _correlation(self.weights.mean(axis=1) @ responses)
        self.shapes = _shapes(errors, self.widths)

    def _width(
        self, errors: Floats, recency: Floats, worth: Floats, responses: Floats
    ) -> tuple[Floats, Floats]:
        """Root mean squares of past errors, drawn to how theory lets them grow with the step."""
        growth = np.einsum("mh,mh->h", self.weights, np.cumsum(responses**2, axis=1))
        squares = _mean_squares(errors, recency)
        one_step = float(worth @ (squares / growth)) / max(float(worth.sum()), 1e-9)
        squares = (worth * squares + BORROWED * one_step * growth) / (worth + BORROWED)
        return np.sqrt(squares), worth + BORROWED

    def quantiles(self, probabilities: Floats) -> Floats:
        from scipy import special

        own = special.stdtrit(self.df, probabilities[:, None])
        seen = np.quantile(self.shapes, probabilities)[:, None] if len(self.shapes) else own
        share = self.origins / (self.origins + EMPIRICAL)
        shape = (1 - share) * own + share * seen
        wider = np.sqrt(1 + CHOSEN / self.df)
        return np.asarray(self.centre + wider * self.widths * shape, dtype=np.float64)


def _mean_squares(errors: Floats, recency: Floats) -> Floats:
    squares = np.where(np.isnan(errors), 0.0, errors) ** 2
    known = np.maximum(recency.sum(axis=0), 1e-9)
    return np.asarray((squares * recency).sum(axis=-2) / known, dtype=np.float64)


def _weights(squares: Floats, worth: Floats) -> Floats:
    """Weights as of Gaussian likelihoods, of errors pooled over neighbouring steps ahead."""
    borrowed = pooled_across_steps(len(worth)) * np.maximum(worth, 1e-9)
    borrowed /= borrowed.sum(axis=1, keepdims=True)
    logs = np.log(np.maximum(squares, 1e-300)) @ borrowed.T
    likelihoods = np.exp(-0.5 * np.minimum(worth, MOST_WORTH) * (logs - logs.min(axis=0)))
    return np.asarray(likelihoods / likelihoods.sum(axis=0), dtype=np.float64)


def _responses(params: Floats, member: int, horizon: int, period: int) -> Floats:
    """What an error of 1 adds to the steps after it, shape (horizon,)."""
    alpha, beta, phi, gamma, _ = params
    steps = np.arange(1, horizon)
    if member % 4 == 3:
        later = phi**steps
    else:
        later = alpha + beta * np.cumsum(phi**steps) + gamma * (steps % period == 0)
    return np.concatenate(([1.0], later))


def _shared(weights: Floats, responses: Floats) -> Floats:
    """How many neighbouring squared errors are worth one, for each step ahead, shape (horizon,).

    Errors from origins less than h steps apart are made of the same innovations: all but the same
    of a walk, and of none in common where noise is all there is.
    """
    mixed = weights.T @ responses
    counts = np.ones(len(mixed))
    for h, response in enumerate(mixed, start=1):
        shared = np.correlate(response[:h], response[:h], "full")[h - 1 :]
        counts[h - 1] += 2 * float(((shared[1:] / shared[0]) ** 2).sum())
    return counts


def _correlation(responses: Floats) -> Floats:
    horizon = len(responses)
    back = np.arange(horizon)[:, None] - np.arange(horizon)
    made_of = np.where(back >= 0, responses[np.maximum(back, 0)], 0.0)
    made_of /= np.sqrt((made_of**2).sum(axis=1, keepdims=True))
    return np.asarray(made_of @ made_of.T, dtype=np.float64)


def _shapes(errors: Floats, widths: Floats) -> Floats:
    """Past errors in units of their width, all steps together, and their mirror images."""
    standard = (errors / np.where(widths > 0, widths, 1.0))[~np.isnan(errors)]
    size = np.sqrt(np.mean(standard**2)) if len(standard) else 0.0
    if not size > 0:
        return np.empty(0)
    mirrored: npt.NDArray[np.float64] = np.concatenate((standard, -standard))
    return mirrored
