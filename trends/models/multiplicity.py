"""P-values of many series at once."""

from __future__ import annotations

from typing import Literal

import numpy as np
import numpy.typing as npt

from trends.errors import BadOption, UnknownOption

__all__ = ["adjust_p_values"]

_METHODS = {"bh": "fdr_bh", "by": "fdr_by"}


def adjust_p_values(
    p: npt.ArrayLike, *, method: Literal["bh", "by"] = "bh"
) -> npt.NDArray[np.float64]:
    """Adjust p-values for the number of series, so that few of the findings are false.

    Of the series with an adjusted p-value of at most q, a share of at most q is false on average:
    with ``bh`` [1]_ where the series are independent or rise together, with ``by`` [2]_ however
    they depend on each other.

    Parameters
    ----------
    p : array_like of float, shape (n,)
        NaN where nothing was tested; it counts for nothing.
    method : {'bh', 'by'}
        Of Benjamini and Hochberg, or Benjamini and Yekutieli.

    Returns
    -------
    float64 array, shape (n,)
        At most 1; NaN where `p` is.

    Raises
    ------
    UnknownOption, BadOption
        If there is no such method, or `p` is not one row of numbers between 0 and 1.

    References
    ----------
    .. [1] Y. Benjamini and Y. Hochberg (1995), Journal of the Royal Statistical Society B 57,
       289-300, doi:10.1111/j.2517-6161.1995.tb02031.x.
    .. [2] Y. Benjamini and D. Yekutieli (2001), Annals of Statistics 29, 1165-1188,
       doi:10.1214/aos/1013699998.

    Examples
    --------
    >>> adjust_p_values([0.01, 0.04, 0.03, np.nan, 0.5]).round(3)
    array([0.04 , 0.053, 0.053,   nan, 0.5  ])
    """
    if method not in _METHODS:
        raise UnknownOption("adjust_p_values", method=method, known=tuple(_METHODS))
    row = np.asarray(p, dtype=np.float64)
    known = ~np.isnan(row)
    if row.ndim != 1 or ((row[known] < 0) | (row[known] > 1)).any():
        raise BadOption("adjust_p_values", "p", p, "one row of numbers from 0 to 1")
    adjusted = np.full(row.shape, np.nan)
    if known.any():
        from statsmodels.stats.multitest import multipletests

        adjusted[known] = multipletests(row[known], method=_METHODS[method])[1]
    return adjusted
