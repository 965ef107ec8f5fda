"""Whether a printed number fits the true one, by the words that stand before it."""

from __future__ import annotations

from decimal import Decimal
from typing import Literal, TypeAlias, get_args

from trends.errors import BadOption, UnknownOption

Printed: TypeAlias = float | int | Decimal
Hedge: TypeAlias = Literal["", "about", "almost", "more than", "less than"]
Fit: TypeAlias = Literal["true", "understated", "overstated", "loose", "false"]

# the true value divided by the printed one lies in the band; outside of it and on the side that the
# word allows, the sentence is true but says too little
_BANDS: dict[str, tuple[float, float]] = {
    "about": (0.95, 1.05),
    "almost": (0.90, 1.00),
    "more than": (1.00, 1.10),
    "less than": (0.90, 1.00),
}


def half_unit(printed: Printed) -> float:
    """Half a unit of the last digit printed.

    A float says nothing of trailing zeros: 37.0 is read as 37. Give a `Decimal` to tell them.

    Examples
    --------
    >>> half_unit(36.8), half_unit(37), half_unit(Decimal("37.0"))
    (0.05, 0.5, 0.05)
    """
    exact = printed if isinstance(printed, Decimal) else Decimal(repr(printed))
    if isinstance(printed, float) and exact == exact.to_integral_value():
        exact = exact.to_integral_value()
    exponent = exact.as_tuple().exponent
    if not isinstance(exponent, int):
        raise BadOption("a printed number", "value", printed, "a finite number")
    return float(Decimal(5).scaleb(min(exponent, 0) - 1))


def fit(true: float, printed: Printed, hedge: Hedge = "") -> Fit:
    """How a printed number fits the true one.

    Parameters
    ----------
    true : float
        The number that the data give.
    printed : float, int or Decimal
        The number in the sentence.
    hedge : {'', 'about', 'almost', 'more than', 'less than'}
        The word before it; ``words.md`` gives the bands.

    Returns
    -------
    {'true', 'understated', 'overstated', 'loose', 'false'}
        *loose* where the number fits only as if it were preceded by "about"; *understated* and
        *overstated* where "more than" or "less than" is true by more than a tenth.

    Examples
    --------
    >>> fit(36.84, 37), fit(35.8, 36.8), fit(20.4, 2), fit(1.94, 2, "almost")
    ('true', 'loose', 'false', 'true')
    """
    if hedge not in get_args(Hedge):
        raise UnknownOption("a printed number", hedge=hedge, known=get_args(Hedge))
    target = float(printed)
    slack = half_unit(printed) * (1 + 1e-9)  # a true value at the half itself may be rounded to it
    if target == 0.0 or true * target < 0:
        return "true" if abs(true - target) <= slack else "false"
    ratio = true / target
    about = _BANDS["about"][0] - 1e-9 <= ratio <= _BANDS["about"][1] + 1e-9
    if hedge == "":
        return "true" if abs(true - target) <= slack else "loose" if about else "false"
    low, high = _BANDS[hedge][0] - 1e-9, _BANDS[hedge][1] + 1e-9  # 0.315 / 0.3 is above 1.05
    if hedge == "more than" and ratio > high:
        return "understated"
    if hedge == "less than" and ratio < low:
        return "overstated"
    if low <= ratio <= high:
        return "true"
    return "loose" if hedge == "almost" and about else "false"
