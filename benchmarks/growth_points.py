"""What growth is measured on, and the lines that its points make."""

from __future__ import annotations

from typing import Any

import numpy as np

KERNELS = {
    "run_lengths": ("runs", "run_lengths"),
    "steps_since": ("records", "steps_since"),
    "latest_facts": ("latest", "latest_facts"),
}
DTYPES = ("float64", "int32")
Point = dict[str, Any]


def slope(xs: np.ndarray, ys: np.ndarray) -> float:
    """Exponent of growth: the slope of the straight line through the logarithms."""
    return float(np.polyfit(np.log(xs), np.log(ys), 1)[0])


def curves(found: list[Point], axis: str, of: str) -> dict[tuple[str, str], np.ndarray]:
    """What is drawn: (size, cost) of each kernel and type.

    Along the steps the time is that of one series, so that it would grow as its length does.
    """
    lines = {}
    for name in KERNELS:
        for dtype in DTYPES:
            chosen = [
                p for p in found if (p["axis"], p["kernel"], p["dtype"]) == (axis, name, dtype)
            ]
            pairs = [
                (p["n"], p[of]) if axis == "series" else (p["t"], p[of] / p["n"]) for p in chosen
            ]
            if len(pairs) > 1:
                lines[name, dtype] = np.array(pairs, float).T
    return lines
