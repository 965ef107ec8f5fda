"""Slow, independent answers, straight from the definitions; imports nothing from `trends`.

A row is a list of numbers, None where unknown. Answers are lists, None where unknown.
"""

from __future__ import annotations

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
