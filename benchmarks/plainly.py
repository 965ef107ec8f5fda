"""Run asv-style classes without asv: every combination of parameters, every time_* and peakmem_*.

A peakmem_* is run too, but asv alone tells its peak: each needs a process of its own.
"""

from __future__ import annotations

import itertools
import statistics
import time
from typing import Any


def run(*classes: type, least: float = 0.2) -> None:
    """Print the median seconds of each method."""
    for cls in classes:
        for given in itertools.product(*parameters(cls)):
            for name in sorted(vars(cls)):
                if name.startswith(("time_", "peakmem_")):
                    seconds = measure(cls(), name, given, least)
                    words = ", ".join(map(str, given))
                    print(f"{cls.__name__}.{name}({words}): {seconds * 1e3:.3f} ms")


def parameters(cls: type) -> list[Any]:
    """The lists of `params`, which asv lets be one list alone."""
    found = list(getattr(cls, "params", ()))
    return found if not found or isinstance(found[0], list | tuple) else [found]


def measure(bench: Any, name: str, given: tuple[Any, ...], least: float) -> float:
    bench.setup(*given)
    method = getattr(bench, name)
    method(*given)
    seconds: list[float] = []
    while len(seconds) < 3 or (sum(seconds) < least and len(seconds) < 50):
        start = time.perf_counter()
        method(*given)
        seconds.append(time.perf_counter() - start)
    return statistics.median(seconds)
