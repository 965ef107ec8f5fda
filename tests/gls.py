"""Generalised least squares with AR(1) noise: covariances and designs written out, then solved."""

from __future__ import annotations

import functools
import math

import numpy as np

from trends.kernels import _scans

PHIS = [0.1 * k for k in range(9)]
# What each kind of change must be better by, to be taken for the best
BIDS = {
    _scans.STEP: 0,
    _scans.RAMP: 1,
    _scans.STEP_LINE: 6,
    _scans.RAMP_LINE: 6,
    _scans.PLATEAU: 4,
    _scans.PLATEAU_LINE: 7.5,
}


def noise(seed, *shape):
    return np.random.default_rng(seed).standard_normal(shape)


def standard(z):
    return (z - z.mean()) / z.std()


def gappy(n, missing=(3, 8, 9)):
    return np.delete(np.arange(float(n)), missing)


def table():
    """Room for what a scan finds."""
    found = np.zeros((_scans.N_MODELS, _scans.N_COLUMNS))
    found[:, [_scans.CRITERION, _scans.KEY]] = math.inf
    return found


def covariance(times, phi):
    apart = np.abs(np.subtract.outer(times, times))
    return np.where(apart == 0, 1.0, phi**apart) / (1 - phi * phi)


@functools.cache
def _whitener(times, phi):
    cov = covariance(np.array(times), phi)
    return np.linalg.inv(np.linalg.cholesky(cov)), np.linalg.slogdet(cov)[1]


def whitener(times, phi):
    """What whitens a column, and the log determinant of the covariance."""
    return _whitener(tuple(times), phi)


def gls(z, columns, root):
    """Squares left, and the log determinant of the whitened cross-products."""
    q, r = np.linalg.qr(root @ np.column_stack(columns))
    y = root @ z
    rest = y - q @ (q.T @ y)
    return rest @ rest, 2 * np.log(np.abs(r.diagonal())).sum()


def size(column, root):
    """Log of the whitened squares of a column."""
    return np.log(((root @ column) ** 2).sum())


def season(times, harmonics, period):
    turns = [2 * np.pi * (h + 1) / period * times for h in range(harmonics)]
    return [wave(turn) for turn in turns for wave in (np.cos, np.sin)]


def columns_of(model, times, place, harmonics, period):
    null = [np.ones(len(times)), *season(times, harmonics, period)]
    line = times - times.mean()
    step = (np.arange(len(times)) >= place).astype(float)
    ramp = np.maximum(times - times[place] + 1, 0) * step
    pulse = (np.arange(len(times)) == place).astype(float)
    added = {
        _scans.FLAT: [],
        _scans.LINE: [],
        _scans.STEP: [step],
        _scans.RAMP: [ramp],
        _scans.STEP_LINE: [step],
        _scans.RAMP_LINE: [ramp],
        _scans.PULSE: [pulse],
        _scans.PULSE_LINE: [pulse],
        _scans.BOTH: [step, ramp],
    }[model]
    flat = (_scans.FLAT, _scans.STEP, _scans.RAMP, _scans.PULSE)
    return null + ([] if model in flat else [line]), added


def places(model, n):
    return {
        _scans.FLAT: [0],
        _scans.LINE: [0],
        _scans.STEP: range(2, n - 1),
        _scans.RAMP: range(1, n - 2),
        _scans.STEP_LINE: range(2, n - 1),
        _scans.RAMP_LINE: range(2, n - 2),
        _scans.PULSE: range(n),
        _scans.PULSE_LINE: range(n),
        _scans.BOTH: range(2, n - 2),
    }[model]


def onset_prior(model, n, place):
    """Half of the onsets are expected in the last twelve steps; outliers are no onsets."""
    changes = (_scans.STEP, _scans.RAMP, _scans.STEP_LINE, _scans.RAMP_LINE, _scans.BOTH,
               _scans.PLATEAU, _scans.PLATEAU_LINE)  # fmt: skip
    if n <= 24 or model not in changes:
        return 0.0
    share = 0.5 / 12 if place >= n - 12 else 0.5 / (n - 12)
    return 2 * math.log(share * n)


def direct(model, times, z, harmonics, period, recent=False):
    """Best key of all places and phi; the criterion, the place and phi there."""
    n, best = len(z), (math.inf, math.inf)
    for phi in PHIS:
        root, logdet = whitener(times, phi)
        floor = 0.01 * n * z.var() * (1 - phi * phi)
        for place in places(model, n):
            null, added = columns_of(model, times, place, harmonics, period)
            rss, logs = gls(z, null + added, root)
            used = len(null) + len(added)
            logs -= sum(size(column, root) for column in added)
            rss += floor
            key = (n - used) * np.log(rss / (n - used)) + logdet + logs
            key -= onset_prior(model, n, place) if recent else 0.0
            best = min(best, (key, n * np.log(rss / n) + logdet, place, phi))
    return best


def null_criterion(times, z, harmonics, period):
    """Of a level or, at a price of 4, of a line."""
    flat, line = (direct(m, times, z, harmonics, period)[1] for m in (_scans.FLAT, _scans.LINE))
    return min(flat, line + 4)
