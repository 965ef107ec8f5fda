"""Slow, independent answers, straight from the definitions; imports nothing from `trends`.

A row is a list of numbers, None where unknown. Answers are lists, None where unknown.
"""

from __future__ import annotations

import math
import statistics
from collections.abc import Callable, Sequence

Number = int | float
Row = Sequence[Number | None]


def differences(row: Row, lag: int) -> list[float | None]:
    """What was added since `lag` steps ago."""
    pairs = [(None, x) for x in row[:lag]] + list(zip(row, row[lag:], strict=False))
    return [
        None if base is None or value is None else float(value) - float(base)
        for base, value in pairs
    ]


def ratios(row: Row, lag: int) -> list[float | None]:
    """The multiple of the value `lag` steps ago, where that is positive."""
    pairs = [(None, x) for x in row[:lag]] + list(zip(row, row[lag:], strict=False))
    return [
        None if base is None or value is None or base <= 0 else float(value) / float(base)
        for base, value in pairs
    ]


def run_lengths(row: Row) -> list[int]:
    """Consecutive flags up to each step, counted backwards from it."""
    answers = []
    for t in range(len(row)):
        back = 0
        while back <= t and row[t - back] is not None and row[t - back] != 0:
            back += 1
        answers.append(back)
    return answers


def rise_lengths(row: Row) -> list[int]:
    """Consecutive rises: each above the month before, both observed."""
    return _streaks(row, lambda value, before: value > before)


def fall_lengths(row: Row) -> list[int]:
    """Consecutive falls: each below the month before, both observed."""
    return _streaks(row, lambda value, before: value < before)


def _streaks(row: Row, moves: Callable[[Number, Number], bool]) -> list[int]:
    answers = []
    for t in range(len(row)):
        length = 0
        for s in range(t, 0, -1):
            value, before = row[s], row[s - 1]
            if value is None or before is None or not moves(value, before):
                break
            length += 1
        answers.append(length)
    return answers


def known_counts(row: Row) -> list[int]:
    """How many earlier months are known."""
    return [sum(x is not None for x in row[:t]) for t in range(len(row))]


def _earlier(row: Row, t: int) -> list[Number]:
    return [x for x in row[:t] if x is not None]


def record_flags(row: Row, least: int = 1) -> list[bool]:
    """Higher than every earlier known month, of which there are at least `least`."""
    return [
        x is not None and len(_earlier(row, t)) >= least and all(x > e for e in _earlier(row, t))
        for t, x in enumerate(row)
    ]


def low_record_flags(row: Row, least: int = 1) -> list[bool]:
    """Lower than every earlier known month, of which there are at least `least`."""
    return record_flags(mirror(row), least)


def tie_flags(row: Row, least: int = 1) -> list[bool]:
    """Equal to the highest of the earlier known months, of which there are at least `least`."""
    return [
        x is not None
        and len(_earlier(row, t)) >= least
        and x in _earlier(row, t)
        and not any(e > x for e in _earlier(row, t))
        for t, x in enumerate(row)
    ]


def earlier_highs(row: Row) -> list[float | None]:
    """The highest earlier known month."""
    return [max(map(float, _earlier(row, t)), default=None) for t in range(len(row))]


def earlier_lows(row: Row) -> list[float | None]:
    """The lowest earlier known month."""
    return [min(map(float, _earlier(row, t)), default=None) for t in range(len(row))]


def steps_since(row: Row) -> list[int]:
    """Steps to the latest month not lower, every month between lower and observed."""
    answers = []
    for t, value in enumerate(row):
        candidates = [s for s in range(t) if row[s] is None or value is None or row[s] >= value]
        if value is None:
            answers.append(-1)
        elif not candidates:
            answers.append(0)
        elif row[candidates[-1]] is None:
            answers.append(-1)
        else:
            answers.append(t - candidates[-1])
    return answers


def steps_since_low(row: Row) -> list[int]:
    """Steps to the latest month not higher, every month between higher and observed."""
    return steps_since(mirror(row))


def high_ranks(row: Row) -> list[int]:
    """1 + the number of earlier months that are higher; -1 where unknown."""
    return [
        -1 if x is None else 1 + len([e for e in _earlier(row, t) if e > x])
        for t, x in enumerate(row)
    ]


def low_ranks(row: Row) -> list[int]:
    """1 + the number of earlier months that are lower; -1 where unknown."""
    return high_ranks(mirror(row))


def mirror(row: Row) -> list[Number | None]:
    """The row upside down."""
    return [None if x is None else -x for x in row]


def low_tie_flags(row: Row, least: int = 1) -> list[bool]:
    """Equal to the lowest of the earlier known months, of which there are at least `least`."""
    return tie_flags(mirror(row), least)


def record_counts(row: Row) -> list[int]:
    """How many months are higher than all known ones before."""
    return [sum(record_flags(row))]


def low_record_counts(row: Row) -> list[int]:
    """How many months are lower than all known ones before."""
    return [sum(low_record_flags(row))]


def running_highs(row: Row) -> list[float | None]:
    """The highest known month so far."""
    return [max(map(float, _earlier(row, t + 1)), default=None) for t in range(len(row))]


def running_lows(row: Row) -> list[float | None]:
    """The lowest known month so far."""
    return [min(map(float, _earlier(row, t + 1)), default=None) for t in range(len(row))]


def _longest(lengths: list[int]) -> list[int]:
    longest = max(lengths, default=0)
    return [longest, lengths.index(longest) if longest else -1, lengths[-1] if lengths else 0]


def longest_runs(row: Row) -> list[int]:
    """The longest run of flags, the step where the first such ends, and the last run."""
    return _longest(run_lengths(row))


def longest_rises(row: Row) -> list[int]:
    """The longest streak of rises, the step where the first such ends, and the last streak."""
    return _longest(rise_lengths(row))


def longest_falls(row: Row) -> list[int]:
    """The longest streak of falls, the step where the first such ends, and the last streak."""
    return _longest(fall_lengths(row))


def last_steps_since(row: Row) -> list[int]:
    """Steps from the last month to the latest not lower."""
    return steps_since(row)[-1:] or [-1]


def last_steps_since_low(row: Row) -> list[int]:
    """Steps from the last month to the latest not higher."""
    return steps_since_low(row)[-1:] or [-1]


def latest_facts(row: Row) -> list[float | None]:
    """What the other oracles say of the last month."""
    rises, falls = longest_rises(row), longest_falls(row)
    return [
        *(rises[2], falls[2], rises[0], rises[1], falls[0], falls[1]),
        *(record_flags(row)[-1:] or [False]),
        *(low_record_flags(row)[-1:] or [False]),
        *last_steps_since(row),
        *last_steps_since_low(row),
        *(high_ranks(row)[-1:] or [-1]),
        *(low_ranks(row)[-1:] or [-1]),
        *(known_counts(row)[-1:] or [0]),
        *(differences(row, 1)[-1:] or [None]),
        *(ratios(row, 1)[-1:] or [None]),
    ]


def _windows(row: Row, window: int, what: Callable[[list[float]], float]) -> list[float | None]:
    answers: list[float | None] = []
    for t in range(len(row)):
        span = [float(x) for x in row[max(0, t - window + 1) : t + 1] if x is not None]
        answers.append(what(span) if len(span) == window else None)
    return answers


def window_sums(row: Row, window: int) -> list[float | None]:
    """The sum of the last `window` months, all known."""
    return _windows(row, window, math.fsum)


def window_means(row: Row, window: int) -> list[float | None]:
    """The mean of the last `window` months, all known."""
    return _windows(row, window, lambda span: math.fsum(span) / len(span))


def window_medians(row: Row, window: int) -> list[float | None]:
    """The median of the last `window` months, all known."""
    return _windows(row, window, statistics.median)


def window_highs(row: Row, window: int) -> list[float | None]:
    """The highest of the last `window` months, all known."""
    return _windows(row, window, max)


def window_lows(row: Row, window: int) -> list[float | None]:
    """The lowest of the last `window` months, all known."""
    return _windows(row, window, min)


def window_high_ranks(row: Row, window: int) -> list[int]:
    """1 + the number of the `window` - 1 months before that are higher; -1 where unknown."""
    return [high_ranks(row[max(0, t - window + 1) : t + 1])[-1] for t in range(len(row))]


def window_low_ranks(row: Row, window: int) -> list[int]:
    """1 + the number of the `window` - 1 months before that are lower; -1 where unknown."""
    return window_high_ranks(mirror(row), window)
