"""How much memory this machine moves in a second, on one thread and on two.

As in STREAM's copy: each byte of an array beyond any cache is read and written, and both count.
It changes from minute to minute on a shared machine, so that each job has its own.
"""

from __future__ import annotations

import itertools
import json
import statistics
import sys
import threading
import time

import numpy as np

SIZE = 256 * 2**20


def measure(threads: int, repeats: int = 7, size: int = SIZE) -> float:
    """Bytes a second, the median of several copies."""
    given, room = np.ones(size // 8), np.ones(size // 8)
    edges = [given.size * k // threads for k in range(threads + 1)]
    parts = [slice(a, b) for a, b in itertools.pairwise(edges)]
    found = [seconds(given, room, parts) for _ in range(repeats)]
    return 2 * given.nbytes / statistics.median(found)


def seconds(given: np.ndarray, room: np.ndarray, parts: list[slice]) -> float:
    others = [
        threading.Thread(target=np.copyto, args=(room[part], given[part])) for part in parts[1:]
    ]
    start = time.perf_counter()
    for thread in others:
        thread.start()
    np.copyto(room[parts[0]], given[parts[0]])
    for thread in others:
        thread.join()
    return time.perf_counter() - start


if __name__ == "__main__":
    print(json.dumps({threads: measure(int(threads)) for threads in sys.argv[1:] or ["1", "2"]}))
