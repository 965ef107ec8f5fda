"""The chart of growth.py: time and memory against the number of series, time against length."""

from __future__ import annotations

from pathlib import Path

import growth_points
import numpy as np
from growth_points import Point
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

# As in trends.plots: Okabe and Ito (2008), told apart without colour vision.
BLUE, VERMILLION, GREY, INK = "#0072B2", "#D55E00", "#8A8F94", "#1B1F23"
COLOURS = dict(zip(growth_points.KERNELS, (BLUE, VERMILLION, INK), strict=True))
STYLES = {"float64": "-", "int32": "--"}


def save(found: list[Point], path: Path) -> None:
    figure = Figure(figsize=(12.5, 4.4), layout="constrained")
    FigureCanvasAgg(figure)
    left, middle, right = figure.subplots(1, 3)
    draw(left, growth_points.curves(found, "series", "seconds"), "Seconds", "series of 240 steps")
    inputs(middle, found)
    factors = {(p["kernel"], p["dtype"]): factor(p) for p in found if p["axis"] == "series"}
    memory = growth_points.curves(found, "series", "peak_mib")
    draw(middle, memory, "Peak memory of the process, MiB", "series of 240 steps", factors)
    per_series = {
        key: np.array([sizes, costs * 1e6])
        for key, (sizes, costs) in growth_points.curves(found, "steps", "seconds").items()
    }
    draw(right, per_series, "Microseconds a series", "steps of a series")
    path.parent.mkdir(parents=True, exist_ok=True)
    figure.savefig(path, dpi=110)


def draw(
    ax: Axes,
    lines: dict[tuple[str, str], np.ndarray],
    title: str,
    along: str,
    factors: dict[tuple[str, str], float] | None = None,
) -> None:
    """Cost against size on logarithmic axes; a label ends in the exponent, or in the factor."""
    for (name, dtype), (sizes, costs) in lines.items():
        label = f"{name}, {dtype}"
        if factors is None:
            label += f": power {growth_points.slope(sizes, costs):.2f}"
        else:
            label += f": {factors[name, dtype]:.2f} of the input"
        ax.plot(sizes, costs, STYLES[dtype], color=COLOURS[name], marker="o", ms=3.5, label=label)
    ax.set_xscale("log")
    ax.set_yscale("log")
    ax.set_title(title, loc="left", color=INK, fontweight="bold", fontsize=11)
    ax.set_xlabel(along, color=INK)
    ax.grid(color=GREY, alpha=0.25, linewidth=0.6)
    ax.spines[["top", "right"]].set_visible(False)
    ax.spines[["left", "bottom"]].set_color(GREY)
    ax.tick_params(colors=INK, which="both")
    ax.legend(frameon=False, fontsize=8, loc="upper left", labelcolor=INK)
    low, high = ax.get_ylim()
    ax.set_ylim(low, high * (high / low) ** 0.45)  # room for the words


def inputs(ax: Axes, found: list[Point]) -> None:
    """The size of the input, which no answer can do without."""
    for dtype, style in STYLES.items():
        key = ("series", dtype)
        sizes = sorted({(p["n"], p["input_mib"]) for p in found if (p["axis"], p["dtype"]) == key})
        if sizes:
            ax.plot(*zip(*sizes, strict=True), style, color=GREY, label=f"the input, {dtype}")


def factor(point: Point) -> float:
    """Input and all that is held above it, as a share of the input."""
    return 1 + point["above_mib"] / point["input_mib"]
