"""Ordinary least squares, to as many digits as the data hold."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

FloatRow = npt.NDArray[np.float64]


def least_squares(design: FloatRow, endog: FloatRow) -> FloatRow:
    """The coefficients of least squares, shape (k,): the shortest ones where columns depend.

    Columns of one length, so that none is cut off for its unit alone (of a load squared lstsq kept
    6 digits, and keeps 12), and a second pass over what the first leaves.
    """
    lengths = np.linalg.norm(design, axis=0)
    scaled = design / np.where(lengths > 0, lengths, 1.0)
    beta = np.linalg.lstsq(scaled, endog, rcond=None)[0]
    beta = beta + np.linalg.lstsq(scaled, endog - scaled @ beta, rcond=None)[0]
    return np.asarray(beta / np.where(lengths > 0, lengths, 1.0))
