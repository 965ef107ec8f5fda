"""What a ramp-up is told as: its parts, and plain sentences with the effect first."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal, Protocol, TypeAlias

import pandas as pd

from trends.models._endog import Endog
from trends.wording import amount, month_words, unit_words

Position: TypeAlias = "int | pd.Period"
Interval: TypeAlias = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Segment:
    """Months of one level, or of one growth.

    Parameters
    ----------
    first, last : Period, or int where the series has no months
    type : {'level', 'line'}
    level : float
        Fitted in the middle of the segment, the season apart; of a month of 30.4 days.
    growth : float
        Of a line: percent a month for counts, units a month otherwise. NaN of a level.
    growth_interval : tuple of float
    jump : float
        The level at the end of the segment against that just before it: their ratio for counts,
        their difference otherwise. NaN of the first segment.
    jump_interval : tuple of float
    """

    first: Position
    last: Position
    type: Literal["level", "line"]
    level: float
    growth: float
    growth_interval: Interval
    jump: float
    jump_interval: Interval


@dataclass(frozen=True, slots=True)
class Recent:
    """The last months against those before.

    Parameters
    ----------
    window : int
        How many months: of 3, 6 and 12 those that are highest beyond their noise.
    jump : float
        Their level against that before: the ratio for counts, the difference otherwise.
    interval : tuple of float
        For that window; that it was chosen is not allowed for.
    """

    window: int
    jump: float
    interval: Interval


class Found(Protocol):
    """What the sentences are made of."""

    @property
    def endog(self) -> Endog: ...
    @property
    def alpha(self) -> float: ...
    @property
    def established(self) -> bool: ...
    @property
    def p_change(self) -> float: ...
    @property
    def p_recent(self) -> float: ...
    @property
    def p_outlier(self) -> float: ...
    @property
    def recent(self) -> Recent: ...
    @property
    def segments(self) -> tuple[Segment, ...]: ...
    @property
    def onset(self) -> Position | None: ...
    @property
    def rise(self) -> Segment | None: ...
    @property
    def outliers(self) -> tuple[Position, ...]: ...
    @property
    def warnings(self) -> tuple[str, ...]: ...


def sentences(found: Found, onsets: Sequence[Position]) -> Iterator[str]:
    """One a line: onset, size, the segments, three p-values, warnings."""
    counts, unit = found.endog.counts, unit_words(found.endog.unit)
    sure = f"{100 * (1 - found.alpha):g}%"
    rise = found.rise
    if rise is not None:
        when = _at(found.onset) if len(onsets) == 1 else _span(onsets[0], onsets[-1])
        yield (
            f"{found.endog.name}: the latest rise began in {_at(found.onset)} "
            f"({sure} confidence: {when})."
        )
        since = f"From then to {_at(rise.last)} the" if rise.type == "line" else "The"
        text = f"{since} level rose {_jump(rise, counts, unit, sure)}"
        if rise.type == "line":
            text += f", at {_growth(rise, counts, unit, sure)}"
        yield f"{text}."
    elif len(found.segments) > 1:
        yield f"{found.endog.name}: the level or its growth changed, but no change is a rise."
    else:
        yield f"{found.endog.name}: one {found.segments[0].type} describes it."
    if not found.established:
        low, high = found.segments[0].growth_interval
        steady = len(found.segments) == 1 and low * high > 0
        yield (
            "It moved steadily; that its growth changed is not established."
            if steady
            else "No change is established: the path is compatible with noise that remembers."
        )
    for segment in found.segments:
        yield _segment(segment, counts, unit, sure)
    yield f"Any change that a straight line does not explain: p {_p(found.p_change)}."
    recent = found.recent
    if not math.isnan(recent.jump):
        size = _size(recent.jump, recent.interval, counts, unit, sure)
        noise = "" if found.p_recent <= 0.05 else ", compatible with noise"
        yield (
            f"Last {recent.window} months against those before: {size}; "
            f"that they are higher: p {_p(found.p_recent)}{noise}."
        )
    single = ", ".join(_at(month) for month in found.outliers)
    set_aside = f"; set aside: {single}" if single else ""
    yield f"Single months that stand out: p {_p(found.p_outlier)}{set_aside}."
    for warning in found.warnings:
        yield f"Warning: {warning}."


def _segment(segment: Segment, counts: bool, unit: str, sure: str) -> str:
    level = amount(_rounded(segment.level), unit)
    text = f"{_span(segment.first, segment.last)}: {level} a month in its middle"
    if segment.type == "line":
        text += f", {_growth(segment, counts, unit, sure)}"
    return f"{text}."


def _growth(segment: Segment, counts: bool, unit: str, sure: str) -> str:
    low, high = segment.growth_interval
    if counts:
        return f"{segment.growth:+.1f}% a month ({sure} interval {low:+.1f}% to {high:+.1f}%)"
    of = f" {unit}" if unit else ""
    return f"{segment.growth:+.3g}{of} a month ({sure} interval {low:+.3g} to {high:+.3g})"


def _jump(segment: Segment, counts: bool, unit: str, sure: str) -> str:
    size = _size(segment.jump, segment.jump_interval, counts, unit, sure)
    return f"to {size}" if counts else f"by {size}"


def _size(jump: float, interval: Interval, counts: bool, unit: str, sure: str) -> str:
    low, high = interval
    if counts:
        return f"{jump:.3g} times ({sure} interval {low:.3g} to {high:.3g})"
    of = f" {unit}" if unit else ""
    return f"{jump:+.3g}{of} ({sure} interval {low:+.3g} to {high:+.3g})"


def _at(at: Position | None) -> str:
    return month_words(at) if isinstance(at, pd.Period) else f"step {at}"


def _span(first: Position, last: Position) -> str:
    return f"{_at(first)} to {_at(last)}"


def _rounded(value: float) -> float:
    return float(f"{value:.3g}")


def _p(p: float) -> str:
    return "unknown" if math.isnan(p) else f"= {p:.3f}" if p >= 0.001 else "< 0.001"
