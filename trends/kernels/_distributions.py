"""Quantiles and tails that kernels need, as loops that compile.

The standard library's ``math.lgamma`` and numba's differ in the last bits; these do not.
"""

import math

__all__ = [
    "count_cdf",
    "count_quantile",
    "incomplete_beta",
    "incomplete_gamma",
    "log_gamma",
    "log_negative_binomial",
    "log_poisson",
    "normal_quantile",
    "normal_two_sided",
    "student_two_sided",
]


def normal_two_sided(z: float) -> float:
    """Chance that a standard normal lies at least this far from 0."""
    return math.erfc(abs(z) / math.sqrt(2.0))


def normal_quantile(p: float) -> float:
    """Quantile of the standard normal, for 0 < p < 1.

    Abramowitz and Stegun 26.2.23 (1964), made exact by Halley's steps on ``math.erfc``.
    """
    tail = min(p, 1.0 - p)
    r = math.sqrt(-2.0 * math.log(tail))
    above = 2.515517 + r * (0.802853 + r * 0.010328)
    x = r - above / (1.0 + r * (1.432788 + r * (0.189269 + r * 0.001308)))
    for _ in range(3):
        excess = 0.5 * math.erfc(x / math.sqrt(2.0)) - tail
        u = excess * math.sqrt(2.0 * math.pi) * math.exp(0.5 * x * x)
        x += u / (1.0 - 0.5 * x * u)
    return -x if p < 0.5 else x


def log_gamma(x: float) -> float:
    """Logarithm of the gamma function, for x > 0."""
    return _leading(x) + _stirling_rest(x)


def _leading(x: float) -> float:
    """Stirling's formula without its series."""
    half_log_two_pi = 0.9189385332046727
    return (x - 0.5) * math.log(x) - x + half_log_two_pi


def _stirling_rest(x: float) -> float:
    """What log-gamma is more than the leading terms: Stirling's series, moved up to 10."""
    given, below = x, 1.0
    while x < 10.0:
        below *= x
        x += 1.0
    r = 1.0 / x
    q = r * r
    series = 1.0 / 1260.0 - q * (1.0 / 1680.0 - q * (1.0 / 1188.0 - q * 691.0 / 360360.0))
    series = r * (1.0 / 12.0 - q * (1.0 / 360.0 - q * series))
    if x == given:
        return series
    return series + _leading(x) - math.log(below) - _leading(given)


def _log_ratio(ratio: float, excess: float) -> float:
    """Logarithm of a ratio, of which the excess over 1 is known exactly."""
    return math.log1p(excess) if abs(excess) < 0.5 else math.log(ratio)


def log_poisson(count: float, mean: float) -> float:
    """Logarithm of the chance of a count, of a mean above 0; of small terms only (Loader, 2000)."""
    if count <= 0.0:
        return -mean
    more = mean - count
    away = count * _log_ratio(mean / count, more / count) - more
    return away - _stirling_rest(count) - 0.5 * math.log(2.0 * math.pi * count)


def log_negative_binomial(count: float, mean: float, alpha: float) -> float:
    """Logarithm of the chance of a count, of a mean above 0 and a dispersion alpha above 0."""
    if count <= 0.0:
        return -math.log1p(alpha * mean) / alpha
    x = 1.0 / (1.0 + alpha * mean)
    return _log_beta_front(x, alpha * mean * x, 1.0 / alpha, count) - math.log(count)


def _log_beta_front(x: float, y: float, a: float, b: float) -> float:
    """Logarithm of ``x**a y**b / beta(a, b)``, y = 1 - x; differences of log-gamma would cancel."""
    c, u = a + b, x * b - a * y
    away = a * _log_ratio(x * c / a, u / a) + b * _log_ratio(y * c / b, -u / b)
    rest = _stirling_rest(c) - _stirling_rest(a) - _stirling_rest(b)
    return away + rest + 0.5 * math.log(a / c * b / (2.0 * math.pi))


def _away_from_zero(x: float) -> float:
    return x if abs(x) > 1e-300 else 1e-300


def _beta_fraction(x: float, a: float, b: float) -> float:
    """Evaluate the continued fraction of the incomplete beta (DLMF 8.17.22) by Lentz's method."""
    c = 1.0
    d = 1.0 / _away_from_zero(1.0 - (a + b) * x / (a + 1.0))
    h = d
    for m in range(1, 20000):
        k = 2.0 * m
        term = m * (b - m) * x / ((a + k - 1.0) * (a + k))
        d = 1.0 / _away_from_zero(1.0 + term * d)
        c = _away_from_zero(1.0 + term / c)
        h *= d * c
        term = -(a + m) * (a + b + m) * x / ((a + k) * (a + k + 1.0))
        d = 1.0 / _away_from_zero(1.0 + term * d)
        c = _away_from_zero(1.0 + term / c)
        h *= d * c
        if abs(d * c - 1.0) < 1e-15:
            break
    return h


def incomplete_beta(x: float, a: float, b: float) -> float:
    """Regularised incomplete beta function, for a, b > 0."""
    if x <= 0.0:
        return 0.0
    if x >= 1.0:
        return 1.0
    front = math.exp(max(_log_beta_front(x, 1.0 - x, a, b), -700.0))
    if x < (a + 1.0) / (a + b + 2.0):
        return front * _beta_fraction(x, a, b) / a
    return 1.0 - front * _beta_fraction(1.0 - x, b, a) / b


def incomplete_gamma(a: float, x: float) -> float:
    """Upper regularised incomplete gamma function, for a > 0 (DLMF 8.7.1 and 8.9.2)."""
    if x <= 0.0:
        return 1.0
    front = a * math.exp(max(log_poisson(a, x), -700.0))
    if x < a + 1.0:
        term = total = 1.0 / a
        k = a
        while term > total * 1e-17:
            k += 1.0
            term *= x / k
            total += term
        return 1.0 - front * total
    b = x + 1.0 - a
    c = 1e300
    d = 1.0 / _away_from_zero(b)
    h = d
    for m in range(1, 20000):
        term = m * (a - m)
        b += 2.0
        d = 1.0 / _away_from_zero(b + term * d)
        c = _away_from_zero(b + term / c)
        h *= d * c
        if abs(d * c - 1.0) < 1e-15:
            break
    return front * h


def student_two_sided(t: float, df: float) -> float:
    """Chance that Student's t lies at least this far from 0."""
    return incomplete_beta(df / (df + t * t), 0.5 * df, 0.5)


def count_cdf(count: float, mean: float, phi: float) -> float:
    """Chance of at most `count`, of a mean above 0 and a variance of `phi` times the mean.

    Negative binomial for phi > 1, otherwise Poisson.
    """
    if count < 0.0:
        return 0.0
    if phi > 1.0:
        return incomplete_beta(1.0 / phi, mean / (phi - 1.0), count + 1.0)
    return incomplete_gamma(count + 1.0, mean)


def count_quantile(p: float, mean: float, phi: float) -> float:
    """Lowest count of at least this chance: bisection from where Cornish and Fisher put it."""
    if mean <= 0.0:
        return 0.0
    phi = max(phi, 1.0)
    sd = math.sqrt(mean * phi)
    z = normal_quantile(p)
    skewed = z + (2.0 * phi - 1.0) / sd * (z * z - 1.0) / 6.0
    high = float(math.floor(max(0.0, mean + sd * skewed)))
    low = high
    stride = 1.0 + math.floor(0.01 * sd)
    while count_cdf(high, mean, phi) < p:
        low = high
        high += stride
        stride *= 2.0
    if low == high:
        stride = 1.0 + math.floor(0.01 * sd)
        low = high - stride
        while low >= 0.0 and count_cdf(low, mean, phi) >= p:
            high = low
            stride *= 2.0
            low -= stride
    low = max(low, -1.0)  # of too low a chance, or -1
    while high - low > 1.0:
        middle = float(math.floor(0.5 * (low + high)))
        if not low < middle < high:  # beyond 2**53 there is no count between
            break
        if count_cdf(middle, mean, phi) < p:
            low = middle
        else:
            high = middle
    return high
