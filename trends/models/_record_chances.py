"""Chances of records and streaks where the order of the values is random.

Exact for values that are exchangeable and have no ties: each order is then equally likely. Where
values can tie the chances are bounds from above, since a tie sets no record and ends a streak:
break the ties at random, and what happened with ties still happens without.
"""

from __future__ import annotations

import functools
import math

import numpy as np
import numpy.typing as npt

from trends.errors import BadOption

__all__ = [
    "any_record_chance",
    "any_since_chance",
    "any_streak_chance",
    "in_any_series",
    "record_chance",
    "record_count_chances",
    "record_count_moments",
    "since_chance",
    "streak_chance",
]


def record_chance(n: int) -> float:
    """Chance that the last of `n` values is higher than all before it: ``1 / n``.

    Parameters
    ----------
    n : int
        How many values, the last one included.

    Returns
    -------
    float

    References
    ----------
    .. [1] B. C. Arnold, N. Balakrishnan and H. N. Nagaraja, *Records*, Wiley, 1998.

    Examples
    --------
    >>> record_chance(36)
    0.027777777777777776
    """
    return 1 / _whole("record_chance", "n", n, 1)


def any_record_chance(n: int, *, least: int = 1, span: int | None = None) -> float:
    """Chance that at least one record is set in `n` values.

    Records at different places are independent, so that the product of ``1 - 1 / i`` telescopes.

    Parameters
    ----------
    n : int
        How many values.
    least : int
        How many earlier values a record needs.
    span : int, optional
        Only among the last `span` values. By default anywhere.

    Returns
    -------
    float

    Examples
    --------
    >>> round(any_record_chance(36, least=12), 4)
    0.6667
    """
    n = _whole("any_record_chance", "n", n, 1)
    least = _whole("any_record_chance", "least", least, 1)
    before = max(least, n - _span("any_record_chance", span, n))
    return max(0.0, (n - before) / n)


def since_chance(lower: int) -> float:
    """Chance that a value is the highest of itself and the `lower` values before it.

    Parameters
    ----------
    lower : int
        How many values just before are all lower: a value that is the highest since the one k
        steps back has k - 1.

    Returns
    -------
    float
        ``1 / (lower + 1)``.

    Examples
    --------
    >>> since_chance(11)
    0.08333333333333333
    """
    return 1 / (_whole("since_chance", "lower", lower, 0) + 1)


def any_since_chance(lower: int, n: int, *, span: int | None = None) -> float:
    """Chance that at least one of `n` values is higher than the `lower` values before it.

    Parameters
    ----------
    lower : int
        How many values just before are all lower. All of them must be among the `n`.
    n : int
        How many values.
    span : int, optional
        Only among the last `span` values. By default anywhere.

    Returns
    -------
    float

    Notes
    -----
    Let f(n) be the chance of none. The highest of all n lies at j, each place being equally likely.
    If j > k, for k `lower` values, it is one. Otherwise nothing before it can be, nor any of the k
    after it, and the rest are free: ``f(n) = (f(n - 1) + ... + f(n - k)) / n``.

    Examples
    --------
    >>> round(any_since_chance(11, 36), 4)
    0.9665
    """
    lower = _whole("any_since_chance", "lower", lower, 0)
    n = _whole("any_since_chance", "n", n, 1)
    return _any_since(lower, min(n, _span("any_since_chance", span, n) + lower))


def streak_chance(rises: int) -> float:
    """Chance that at least `rises` consecutive rises end in a given place.

    Parameters
    ----------
    rises : int
        At least 0. They need one value more.

    Returns
    -------
    float
        ``1 / (rises + 1)!``.

    Examples
    --------
    >>> round(streak_chance(3), 4)
    0.0417
    """
    # lgamma would be good to 13 digits only; beyond 170! a float has no room
    rises = _whole("streak_chance", "rises", rises, 0)
    return 1 / math.factorial(rises + 1) if rises < 170 else 0.0


def any_streak_chance(rises: int, n: int, *, span: int | None = None) -> float:
    """Chance that the longest streak of rises in `n` values has at least `rises`.

    Parameters
    ----------
    rises : int
        How many consecutive rises.
    n : int
        How many values.
    span : int, optional
        Only streaks that end, or go on, in the last `span` values. By default anywhere.

    Returns
    -------
    float

    Notes
    -----
    With r = rises + 1, the exponential generating function of the orders without such a streak is
    one over the sum of ``x**(r*i) / (r*i)! - x**(r*i + 1) / (r*i + 1)!`` over i >= 0 [1]_, which is
    a recursion for the chance of none.

    References
    ----------
    .. [1] F. N. David and D. E. Barton, *Combinatorial Chance*, Griffin, 1962.

    Examples
    --------
    >>> round(any_streak_chance(3, 36), 4)
    0.7123
    """
    rises = _whole("any_streak_chance", "rises", rises, 0)
    n = _whole("any_streak_chance", "n", n, 1)
    return _any_streak(rises, min(n, _span("any_streak_chance", span, n) + rises))


def in_any_series(chance: float, n_series: int) -> float:
    """Chance that something happens in at least one of `n_series` independent series.

    Of dependent series it is at most ``n_series * chance``.

    Examples
    --------
    >>> round(in_any_series(1 / 36, 10), 4)
    0.2455
    """
    n_series = _whole("in_any_series", "n_series", n_series, 1)
    return 1.0 if chance >= 1 else -math.expm1(n_series * math.log1p(-chance))


def record_count_chances(n: int, *, least: int = 1) -> npt.NDArray[np.float64]:
    """Distribution of the number of records in `n` values.

    Parameters
    ----------
    n : int
        How many values.
    least : int
        How many earlier values a record needs: with 1 the first value is none, and the chances are
        unsigned Stirling numbers of the first kind divided by n!.

    Returns
    -------
    float64 array, shape (max(n - least, 0) + 1,)
        The chance of 0, 1, ... records.

    Examples
    --------
    >>> record_count_chances(4) * 24  # 6, 11, 6 and 1 of the 24 orders
    array([ 6., 11.,  6.,  1.])
    """
    n = _whole("record_count_chances", "n", n, 1)
    least = _whole("record_count_chances", "least", least, 1)
    return counted(1 / np.arange(least + 1, n + 1))


def record_count_moments(n: int, *, least: int = 1) -> tuple[float, float]:
    """Expected number of records in `n` values, and its variance.

    With `least` 1 they are ``H(n) - 1`` and ``H(n) - H2(n)``, of the harmonic numbers of order 1
    and 2.

    Examples
    --------
    >>> mean, variance = record_count_moments(36)
    >>> round(mean, 4), round(variance, 4)
    (3.1746, 2.557)
    """
    n = _whole("record_count_moments", "n", n, 1)
    places = range(_whole("record_count_moments", "least", least, 1) + 1, n + 1)
    return math.fsum(1 / i for i in places), math.fsum((1 - 1 / i) / i for i in places)


def counted(chances: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """Distribution of how many of some independent events happen."""
    found = np.ones(1)
    for chance in chances:
        found = np.append(found, 0.0) * (1 - chance) + np.append(0.0, found) * chance
    return found


@functools.lru_cache(maxsize=4096)
def _any_since(k: int, n: int) -> float:
    none = [1.0] * (n + 1)
    recent = float(k)  # the sum of the last k of `none`
    for i in range(k + 1, n + 1):
        none[i] = recent / i
        recent += none[i] - none[i - k]
    return 1.0 - none[n] if n > k else 0.0


@functools.lru_cache(maxsize=4096)
def _any_streak(k: int, n: int) -> float:
    r = k + 1
    # the terms of the series, as far as they count for anything beside the first
    sizes = range(r, min(n, 170, r + 29) + 1, r)
    terms = [(j, 1 / math.factorial(j), 1 / math.factorial(j + 1)) for j in sizes]
    some, none = [0.0] * (n + 1), [1.0] * (n + 1)
    for i in range(r, n + 1):
        # in terms of the chance of some, which loses no digits where it is small
        gain = sum(none[i - j] * here for j, here, _ in terms if j <= i)
        gain -= sum(none[i - j - 1] * after for j, _, after in terms if j < i)
        some[i] = min(1.0, some[i - 1] + gain)
        none[i] = 1.0 - some[i]
    return some[n]


def _span(where: str, span: int | None, n: int) -> int:
    return n if span is None else _whole(where, "span", span, 1)


def _whole(where: str, name: str, value: object, least: int) -> int:
    if isinstance(value, bool) or not isinstance(value, int | np.integer) or value < least:
        raise BadOption(where, name, value, f"a whole number of at least {least}")
    return int(value)
