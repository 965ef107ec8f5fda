"""AR(1) noise taken out of a row with gaps, and what a design is made of."""

import math

from trends.kernels._rowwise import Row

__all__ = ["centred_squares", "fill_season", "innovations"]


def centred_squares(z: Row, n: int) -> float:
    """Sum of squares about the mean."""
    mean = 0.0
    for i in range(n):
        mean += (z[i] - mean) / (i + 1)
    squares = 0.0
    for i in range(n):
        squares += (z[i] - mean) * (z[i] - mean)
    return squares


def innovations(times: Row, n: int, phi: float, share: Row, weight: Row) -> float:
    """Fill what turns a column into its innovations: ``weight[i] * (v[i] - share[i] * v[i - 1])``.

    Over a gap of g steps the correlation is ``phi**g``. Returns the log determinant of the
    covariance that is so divided out, relative to the variance of an innovation of one step.
    """
    own = 1.0 - phi * phi
    share[0], weight[0] = 0.0, math.sqrt(own)
    logdet = -math.log(own)
    for i in range(1, n):
        share[i], weight[i] = phi, 1.0
        gap = int(times[i] - times[i - 1])
        if gap > 1:
            power = phi
            for _ in range(min(gap, 200) - 1):
                power *= phi
            ratio = own / (1.0 - power * power)
            share[i], weight[i] = power, math.sqrt(ratio)
            logdet -= math.log(ratio)
    return logdet


def fill_season(times: Row, n: int, harmonic: int, period: int, cosine: Row, sine: Row) -> None:
    """Fill one harmonic of the season."""
    turn = 2.0 * math.pi * harmonic / period
    for i in range(n):
        cosine[i] = math.cos(turn * times[i])
        sine[i] = math.sin(turn * times[i])
